import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { acceptanceReason, acceptancesIn, readAcceptances } from '../../src/rules/accept.ts'
import { parseHcl } from '../../src/terraform/hcl.ts'
import fc from '../support/property.ts'

const rule = 'http-without-redirect'
const listener = (above: string, inside = '') => `${above}
resource "aws_lb_listener" "http" {${inside}
  port = 80
}
`
const read = (content: string, module: string[] = []) => acceptancesIn(content, 'main.tf', module)

describe('a comment accepts the resource it stands at', () => {
  test.each([
    ['above', listener(`# mcp-deploy:accept ${rule} only in the office`)],
    ['with a colon', listener(`# mcp-deploy:accept ${rule}: only in the office`)],
    ['as //', listener(`// mcp-deploy:accept ${rule} only in the office`)],
    ['as a block', listener(`/* mcp-deploy:accept ${rule} only in the office */`)],
    ['as a line of a block', listener(`/*\n  mcp-deploy:accept ${rule} only in the office\n*/`)],
    ['above other comments', listener(`# mcp-deploy:accept ${rule} only in the office\n# Port 80 for old clients.`)],
    ['on its line', listener('', ` # mcp-deploy:accept ${rule} only in the office`)],
    ['inside', listener('', `\n  # mcp-deploy:accept ${rule} only in the office`)],
    ['behind an attribute', listener('', `\n  tags = {} # mcp-deploy:accept ${rule} only in the office`)],
    [
      'with the line ends of Windows',
      listener(`# mcp-deploy:accept ${rule} only in the office`).replaceAll('\n', '\r\n'),
    ],
    [
      'after a heredoc and a template that look like the end of it',
      listener(
        '',
        `\n  a = <<-EOT\n    }\n    # "\n  EOT\n  b = "\${join("}", ["# {"])} // }"\n  # mcp-deploy:accept ${rule} only in the office`,
      ),
    ],
  ])('%s', (_, content) => {
    expect(read(content)).toEqual({
      acceptances: [{ rule, reason: 'only in the office', block: 'aws_lb_listener.http' }],
      problems: [],
    })
  })

  test('of a module, by the way of calls that leads to it', () => {
    const [acceptance] = read(listener(`# mcp-deploy:accept ${rule} why`), ['a', 'b']).acceptances
    expect(acceptance?.block).toBe('module.a.module.b.aws_lb_listener.http')
  })
})

describe('which findings it is for', () => {
  const at = (block: string | undefined, address: string, accepted = rule) =>
    acceptanceReason([{ rule: accepted, reason: 'why', block }], rule, address)
  test.each([
    ['the resource', 'aws_lb_listener.http', 'aws_lb_listener.http', 'why'],
    ['each instance of it', 'module.m.aws_lb.x', 'module.m["a.b[0]"].aws_lb.x[3]', 'why'],
    ['everything in a module', 'module.m', 'module.m[0].module.n.aws_lb.x', 'why'],
    ['the whole plan', undefined, 'aws_lb.x', 'why'],
    ['not another resource', 'aws_lb.x', 'aws_lb.xy', undefined],
    ['not another module', 'module.m', 'module.mn.aws_lb.x', undefined],
    ['not the same in another module', 'aws_lb.x', 'module.m.aws_lb.x', undefined],
  ])('%s', (_, block, address, expected) => {
    expect(at(block, address)).toBe(expected)
    expect(at(block, address, 'another-rule')).toBeUndefined()
  })
})

describe('what accepts nothing is told', () => {
  test.each([
    [
      'an unknown rule',
      listener('# mcp-deploy:accept http-redirect why'),
      /^main\.tf, line 1: .*"http-redirect", which does not exist/,
    ],
    ['no rule', listener('# mcp-deploy:accept'), /line 1: .* names no rule/],
    ['no reason', listener(`# mcp-deploy:accept ${rule}:`), /gives no reason/],
    [
      'an empty line between',
      listener(`# mcp-deploy:accept ${rule} why\n`),
      /directly above a resource, module or output/,
    ],
    ['at a variable', `# mcp-deploy:accept ${rule} why\nvariable "a" {}\n`, /directly above/],
    ['at the end', `${listener('')}# mcp-deploy:accept ${rule} why\n`, /line 5: .*directly above/],
  ])('%s', (_, content, problem) => {
    const { acceptances, problems } = read(content)
    expect(acceptances).toEqual([])
    expect(problems).toEqual([expect.stringMatching(problem)])
  })

  test.each([
    ['in a string', `a = "# mcp-deploy:accept ${rule} why"`],
    ['in a heredoc', `a = <<EOT\n# mcp-deploy:accept ${rule} why\nEOT`],
    ['in a sentence', `# see mcp-deploy:accept ${rule} why`],
  ])('and what only looks like one is nothing: %s', (_, line) => {
    expect(read(listener('', `\n  ${line}`))).toEqual({ acceptances: [], problems: [] })
  })
})

describe('the outline of a file', () => {
  test('blocks with their labels and lines, whatever stands in them', () => {
    const { blocks } = parseHcl(`locals {
  a = { b = "}" }
  c = "$\${not} %%{neither} \${"\${"}"}"} \\"}"
}
resource "a" "b" { x = [for y in z : y if y != "}"] }
module "m" {
  x = <<EOT
}
EOTs
  EOT
  dynamic "y" {
    content {}
  }
}
`)
    expect(blocks).toMatchObject([
      { type: 'locals', labels: [], firstLine: 1, lastLine: 4 },
      { type: 'resource', labels: ['a', 'b'], firstLine: 5, lastLine: 5 },
      { type: 'module', labels: ['m'], firstLine: 6, lastLine: 14 },
    ])
  })

  test('a file that is broken, or no HCL at all, is taken as far as it goes', () => {
    expect(parseHcl('resource "a" "b" {\n  x = "never closed\n}\n').blocks).toMatchObject([
      { type: 'resource', labels: ['a', 'b'], firstLine: 1, lastLine: 3 },
    ])
    const piece = fc.constantFrom(
      '"',
      '${',
      '%{',
      '{',
      '}',
      '<<EOT\n',
      'EOT\n',
      '#',
      '//',
      '/*',
      '*/',
      '\n',
      '\\',
      'a',
      ' ',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), pieces => {
        const content = pieces.join('')
        const lines = content.split('\n').length
        const { blocks, comments } = parseHcl(content)
        for (const { firstLine, lastLine } of blocks)
          expect(1 <= firstLine && firstLine <= lastLine && lastLine <= lines).toBe(true)
        for (const { line } of comments) expect(1 <= line && line <= lines).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('the files of a configuration', () => {
  let directory: string
  const write = (path: string, content: string) => {
    mkdirSync(join(directory, path, '..'), { recursive: true })
    writeFileSync(join(directory, path), content)
  }
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'accept-'))
  })
  afterEach(() => rmSync(directory, { recursive: true, force: true }))

  test('of the root module and of the modules that Terraform recorded', () => {
    write(
      'main.tf',
      `${listener(`# mcp-deploy:accept ${rule} root`)}# mcp-deploy:accept instance-replaced call\nmodule "m" { source = "./m" }\n`,
    )
    write('m/lb.tf', listener(`# mcp-deploy:accept ${rule} in m`))
    write('m/old/lb.tf', listener(`# mcp-deploy:accept ${rule} not called by anything`))
    write('notes.md', `# mcp-deploy:accept ${rule} no configuration`)
    write(
      '.terraform/modules/modules.json',
      JSON.stringify({
        Modules: [
          { Key: '', Source: '', Dir: '.' },
          { Key: 'm', Source: './m', Dir: 'm' },
          { Key: 'gone', Dir: 'gone' },
        ],
      }),
    )
    const { acceptances, problems } = readAcceptances(directory)
    expect(problems).toEqual([])
    expect(acceptances.map(({ reason, block }) => [reason, block])).toEqual([
      ['root', 'aws_lb_listener.http'],
      ['call', 'module.m'],
      ['in m', 'module.m.aws_lb_listener.http'],
    ])
  })

  test('without modules, and with a record that is no JSON', () => {
    write('main.tf', listener(`# mcp-deploy:accept ${rule} root`))
    expect(readAcceptances(directory).acceptances).toHaveLength(1)
    write('.terraform/modules/modules.json', '{')
    expect(readAcceptances(directory).acceptances).toHaveLength(1)
  })
})
