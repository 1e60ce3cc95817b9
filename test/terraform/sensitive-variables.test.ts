import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { literalValue, textsInExpression } from '../../src/terraform/hcl-literal.ts'
import { backendSecrets, sensitiveVariableValues } from '../../src/terraform/sensitive-variables.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'variables-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const write = (files: Readonly<Record<string, string>>) => {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text)
}
const values = (env: NodeJS.ProcessEnv = {}, varFiles: string[] = []) =>
  sensitiveVariableValues({ directories: [directory], varFiles, env }).toSorted()

const declared = `
  variable "password" {
    type      = string
    sensitive = true
  }
  variable "session" { ephemeral = true }
  variable "name" { default = "open-default" }
`

describe('the values of sensitive and ephemeral variables', () => {
  test.each<[string, Readonly<Record<string, string>>, NodeJS.ProcessEnv, string[]]>([
    ['the environment', {}, { TF_VAR_password: 'from-env', TF_VAR_name: 'open', TF_VAR_unknown: 'open' }, ['from-env']],
    ['terraform.tfvars', { 'terraform.tfvars': 'password = "from-file"\nname = "open"' }, {}, ['from-file']],
    ['terraform.tfvars.json', { 'terraform.tfvars.json': '{"session":"from-json","name":"open"}' }, {}, ['from-json']],
    ['a file that is loaded by its name', { 'a.auto.tfvars': 'password = "from-auto"' }, {}, ['from-auto']],
    ['the same as JSON', { 'a.auto.tfvars.json': '{"password":"from-auto"}' }, {}, ['from-auto']],
    [
      'a heredoc',
      { 'terraform.tfvars': 'password = <<-EOT\n  line one\n  line two\nEOT\n' },
      {},
      ['line one\nline two\n'],
    ],
    ['-var of TF_CLI_ARGS', {}, { TF_CLI_ARGS: `-var 'password=from args' -var name=open` }, ['from args']],
    [
      '-var-file of TF_CLI_ARGS_plan',
      { 'x.vars': 'password = "in-x"' },
      { TF_CLI_ARGS_plan: '-var-file="x.vars"' },
      ['in-x'],
    ],
    ['another file', { 'other.tfvars': 'password = "open"' }, {}, []],
    ['an empty value', { 'terraform.tfvars': 'password = ""' }, { TF_VAR_session: '' }, []],
  ])('%s', (_, files, env, expected) => {
    write({ 'main.tf': declared, ...files })
    expect(values(env)).toEqual(expected)
  })

  test('the input var-file, relative to the root module or not', () => {
    write({ 'main.tf': declared, 'prod.tfvars': 'password = "from-prod"' })
    expect(values({}, ['prod.tfvars'])).toEqual(['from-prod'])
    expect(values({}, [join(directory, 'prod.tfvars')])).toEqual(['from-prod'])
  })

  test('defaults, of .tf, .tofu and .tf.json', () => {
    write({
      'a.tf':
        'variable "a" {\n  sensitive = true\n  default = "default-a"\n}\nvariable "e" {\n  sensitive = true\n  default = ""\n}',
      'b.tofu': 'variable "b" {\n  default = "default-b"\n  sensitive = true # secret\n}',
      'c.tf.json':
        '{"variable":{"c":{"sensitive":true,"default":"default-c"},"d":[{"ephemeral":true,"default":{"token":"default-d"}}]}}',
    })
    expect(values()).toEqual(['default-a', 'default-b', 'default-c', 'default-d'])
  })

  test('of a map only what its names call secret, from the environment too', () => {
    write({ 'main.tf': declared, 'terraform.tfvars': 'password = { host = "db", port = 5432, password = "p-1" }' })
    const env = { TF_VAR_session: '{ token = "t-1", region = "us-east-1" }' }
    expect(values(env)).toEqual(['p-1', 't-1', env.TF_VAR_session].toSorted())
  })

  test('an expression that cannot be read still shows none of its texts', () => {
    write({ 'main.tf': 'variable "a" {\n  sensitive = true\n  default = merge({ x = "in-merge" }, {})\n}' })
    expect(values()).toEqual(['in-merge'])
  })

  test('not a module below, not a broken file, not a directory that does not exist', () => {
    mkdirSync(join(directory, 'server'))
    writeFileSync(join(directory, 'server/main.tf'), 'variable "x" {\n  sensitive = true\n  default = "below"\n}')
    write({ 'broken.tf': 'variable "x" { sensitive = true default = ', 'terraform.tfvars.json': '{' })
    expect(values()).toEqual([])
    expect(sensitiveVariableValues({ directories: [join(directory, 'gone')], varFiles: [], env: {} })).toEqual([])
  })
})

test('the credentials of a backend, from the input, from its files and from the configuration', () => {
  write({
    'main.tf':
      'terraform {\n  backend "http" {\n    address = "https://ci:in-tf@state/x"\n    password = "pw-in-tf"\n  }\n}',
    'b.tfbackend': 'secret_key = "in-file"\nkey = "state/weather.tfstate"\n',
  })
  const lines = [
    'access_key=AKIA1',
    'bucket=acme',
    'conn_str="postgres://u:in-dsn@h/d"',
    'address=https://h/s?token=in-query',
    'b.tfbackend',
  ]
  const found = backendSecrets([...lines, 'secret_suffix=state', 'use_lockfile=true'], directory)
  expect(found).toEqual(expect.arrayContaining(['AKIA1', 'in-dsn', 'in-query', 'in-file', 'in-tf', 'pw-in-tf']))
  for (const open of ['acme', 'state/weather.tfstate', 'state', 'true']) expect(found).not.toContain(open)
})

test.each<[string, unknown]>([
  ['"a\\nb"', 'a\nb'],
  ['-1.5e3', -1500],
  ['9007199254740993', '9007199254740993'],
  ['null', null],
  ['[1, "a", true,]', [1, 'a', true]],
  ['{ a = "x", "b" : [ { c = 1 } ]\n d = 2 # d\n }', { a: 'x', b: [{ c: 1 }], d: 2 }],
  ['[]', []],
  ['{}', {}],
  ['var.x', undefined],
  ['"${var.x}"', undefined],
  ['[1', undefined],
  [`${'['.repeat(500)}${']'.repeat(500)}`, undefined],
])('the literal %s', (expression, value) => {
  expect(literalValue(expression)).toEqual(value)
})

test('the texts in any expression', () => {
  expect(textsInExpression('f("a", ["b\\"c"], "${x}")')).toEqual(['a', 'b"c', '${x}'])
  expect(textsInExpression('<<EOT\nbody\nEOT')).toEqual(['body'])
})
