import { describe, expect, test } from 'vitest'
import { parseHcl, plainString } from '../../src/terraform/hcl.ts'

describe('the settings of a block', () => {
  test('are kept as they are written, up to a comment or the end of their line', () => {
    const { attributes, blocks } = parseHcl(`top = "file" # of settings
terraform {
  required_version = ">= 1.11" // a comment
  backend "s3" { key = "one line" }
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5" }
  }
}
module "m" {
  source = "./m" /* more */
  list   = [
    "a", # kept
    { b = "}" },
  ]
  text = <<-EOT
    source = "not this"
  EOT
  call = join("}", [for x in y : "\${x}}"])
  "quoted" = 1
}
`)
    expect([...attributes]).toEqual([['top', '"file"']])
    const [terraform, module] = blocks
    expect(terraform?.attributes.get('required_version')).toBe('">= 1.11"')
    expect(terraform?.blocks.map(({ type, labels }) => [type, ...labels])).toEqual([
      ['backend', 's3'],
      ['required_providers'],
    ])
    expect(terraform?.blocks[0]?.attributes.get('key')).toBe('"one line"')
    expect(terraform?.blocks[1]?.attributes.get('aws')).toBe('{ source = "hashicorp/aws", version = "~> 5" }')
    expect([...(module?.attributes.keys() ?? [])]).toEqual(['source', 'list', 'text', 'call', 'quoted'])
    expect(module?.attributes.get('source')).toBe('"./m"')
    expect(module?.attributes.get('call')).toBe('join("}", [for x in y : "${x}}"])')
  })

  test('with the line ends of Windows', () => {
    expect(parseHcl('a = "b"\r\nc {\r\n  d = 1\r\n}\r\n')).toMatchObject({
      attributes: new Map([['a', '"b"']]),
      blocks: [{ type: 'c', firstLine: 2, lastLine: 4, attributes: new Map([['d', '1']]) }],
    })
  })
})

test.each([
  ['"a"', 'a'],
  ['"a\\n\\"b\\" \\u00e4 \\U0001F600"', 'a\n"b" ä 😀'],
  ['"$${a} %%{b} $c"', '${a} %{b} $c'],
  ['"${a}"', undefined],
  ['"%{ if a }b%{ endif }"', undefined],
  ['"a" == "b"', undefined],
  ['var.a', undefined],
  ['1', undefined],
  [undefined, undefined],
])('the text of %s', (value, expected) => {
  expect(plainString(value)).toBe(expected)
})
