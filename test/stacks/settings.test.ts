import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { InputError } from '../../src/errors.ts'
import { parseSettings } from '../../src/stacks/settings.ts'
import fc from '../support/property.ts'
import { repositoryForEach, shipped } from './repository.ts'

const read = (text: string) => parseSettings(text, 'a/.mcp-deploy.yml', 'a')
const schema = JSON.parse(readFileSync(new URL('../../docs/mcp-deploy.schema.json', import.meta.url), 'utf8'))
const fits = new Ajv2020({ allowUnionTypes: true }).compile(schema)

describe('what may be said', () => {
  test.each([
    ['nothing', '', {}],
    ['a comment', '# nothing\n', {}],
    [
      'texts',
      'name: W\nstack: ecs\nworkspace: w\nenvironment: e',
      { name: 'W', stack: 'ecs', workspace: 'w', environment: 'e' },
    ],
    ['a number as it is written', 'workspace: 007', { workspace: '007' }],
    ['one line', 'var-file: a.tfvars', { varFiles: ['a.tfvars'] }],
    ['lines', 'backend-config: |\n  a=b\n\n  f.tfbackend\n', { backendConfig: ['a=b', 'f.tfbackend'] }],
    ['a list', 'paths:\n  - a/**\n  - "*.json"', { paths: ['a/**', '*.json'] }],
    ['a file above, in the repository', 'var-file: ../common.tfvars', { varFiles: ['../common.tfvars'] }],
    ['environments', 'environments:\n  a:\n  b: { workspace: x }', { environments: { a: {}, b: { workspace: 'x' } } }],
    ['strange text is data', `name: '"$(rm -rf /)" \${{ secrets.X }}'`, { name: '"$(rm -rf /)" ${{ secrets.X }}' }],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toEqual(expected)
    if (text.startsWith('#') || text === '') return
    expect(fits(parse(text, { schema: 'failsafe' })), JSON.stringify(fits.errors)).toBe(true)
  })
})

describe('what is refused names the file, the line, the key, the value and what is allowed', () => {
  test.each([
    [
      'an unknown key',
      'name: a\nworkspce: b',
      /^a\/\.mcp-deploy\.yml:2: key workspce is "b": there is no such key, allowed are name, stack, workspace, var-file, backend-config, environment, paths, environments/,
    ],
    [
      'an unknown key of an environment',
      'environments:\n  x:\n    paht: b',
      /:3: key environments\.x\.paht is "b": .*allowed are name, stack/,
    ],
    [
      'environments within one',
      'environments:\n  x:\n    environments: {}',
      /:3: key environments\.x\.environments is a map/,
    ],
    ['a list', '- a', /:1: is a list: allowed is a map with the keys name/],
    ['a text', 'hello', /:1: is "hello": allowed is a map/],
    ['another stack', '\n\nstack: eks', /:3: key stack is "eks": allowed is "ecs", "ec2", "lambda" or "agentcore"/],
    ['no text', 'workspace: [a]', /:1: key workspace is a list: allowed is letters, digits/],
    ['a truth', 'workspace: true', /key workspace is true: allowed/],
    ['nothing', 'workspace:', /key workspace is empty: allowed/],
    ['no workspace', 'workspace: a/b', /key workspace is "a\/b"/],
    ['two lines', 'name: "a\\nb"', /key name is "a b": allowed is one line of at most 100/],
    ['space that GitHub trims', 'environment: " a"', /key environment is " a"/],
    ['a long name', `name: ${'a'.repeat(101)}`, /key name is "a{101}": allowed/],
    [
      'a path out of the repository',
      'var-file: ../../x',
      /key var-file is "\.\.\/\.\.\/x": allowed are paths of files in this repository/,
    ],
    ['an absolute path', 'var-file: /etc/passwd', /key var-file is "\/etc\/passwd"/],
    [
      'a file of settings out of it',
      'backend-config:\n  - a=b\n  - ../../x',
      /:3: key backend-config is "\.\.\/\.\.\/x": allowed are key=value/,
    ],
    ['two lines in an item', 'var-file: ["a\\nb"]', /key var-file is/],
    ['an empty item', 'var-file: [""]', /key var-file is ""/],
    ['a map in a list', 'paths: [{ a: b }]', /key paths is a map: allowed are globs/],
    ['a glob out of it', 'paths: a/../../x', /key paths is "a\/\.\.\/\.\.\/x"/],
    ['a glob that takes away', 'paths: "!a"', /key paths is "!a"/],
    ['no environment', 'environments: {}', /key environments is an empty map: allowed is a map of at least one/],
    ['environments in a list', 'environments: [a]', /key environments is a list/],
    [
      'an environment with a slash',
      'environments: { a/b: }',
      /key environments has the name "a\/b": allowed are letters/,
    ],
    ['a key twice', 'name: a\nname: b', /:2: is not valid YAML: Map keys must be unique/],
    ['no YAML', 'name: [', /is not valid YAML/],
    ['an alias', 'name: &a x\nworkspace: *a', /:1: has an anchor: write the value itself/],
    ['a bomb', `a: &a [${'1,'.repeat(9)}]\nb: &b [${'*a,'.repeat(9)}]\nc: [${'*b,'.repeat(9)}]`, /has an anchor/],
    ['a tag', 'name: !!binary aGk=', /has the tag "tag:yaml\.org,2002:binary"/],
    ['a file that is too large', `# ${'x'.repeat(70_000)}`, /has 70002 bytes: allowed are 65536/],
    ['a document that is too deep', '['.repeat(60_000), /a\/\.mcp-deploy\.yml.* is not (valid|readable) YAML/],
    ['a second document', 'name: a\n---\nname: b', /is not valid YAML/],
  ])('%s', (_, text, message) => {
    expect(() => read(text)).toThrow(InputError)
    expect(() => read(text)).toThrow(message)
  })
})

describe('whatever is in the repository, discovery ends with stacks or with an InputError', () => {
  const { write, stacks } = repositoryForEach()
  const keys = fc.constantFrom(
    'name',
    'stack',
    'workspace',
    'var-file',
    'backend-config',
    'environment',
    'paths',
    'environments',
    'x',
    '__proto__',
    'constructor',
  )
  const value = fc.letrec<{ any: unknown }>(tie => ({
    any: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom('ecs', 'ec2', 'a', 'key=k', '../x', '**', '${{ x }}', "'", '\n'),
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('any'), { maxLength: 3 }),
      fc.dictionary(keys, tie('any'), { maxKeys: 4 }),
    ),
  })).any
  const yaml = fc.oneof(
    fc.dictionary(keys, value, { maxKeys: 5 }).map(each => JSON.stringify(each)),
    fc
      .array(
        fc.constantFrom(
          'name',
          ': ',
          '- ',
          '\n',
          '  ',
          '"',
          "'",
          '&a',
          '*a',
          '!!set',
          '[',
          ']',
          '{',
          '}',
          '|',
          '>',
          '#',
          '<<',
          '---',
          'ecs',
          '\t',
          '\u0000',
          '?',
        ),
        { maxLength: 30 },
      )
      .map(parts => parts.join('')),
  )
  const terraform = fc
    .array(
      fc.constantFrom(
        'module "m" {\n',
        'source = "./b"\n',
        'source = "../"\n',
        'source = "./"\n',
        shipped,
        'terraform {\n',
        'backend "s3" {\n',
        'key = "k"\n',
        'bucket = b["c"]\n',
        '}\n',
        '{',
        '"',
        '${',
        '<<EOT\n',
        'EOT\n',
        '[',
        '=',
        '#',
      ),
      { maxLength: 20 },
    )
    .map(parts => parts.join(''))
  const json = fc.oneof(
    value.map(each => JSON.stringify(each) ?? ''),
    value.map(each => JSON.stringify({ module: each, terraform: each, output: each }) ?? ''),
  )

  test('any settings, modules and JSON', () => {
    fc.assert(
      fc.property(yaml, yaml, terraform, terraform, json, (one, two, a, b, c) => {
        write({
          '.mcp-deploy.yml': one,
          'a/.mcp-deploy.yml': two,
          'a/main.tf': a,
          'a/b/main.tf': b,
          'c/main.tf.json': c,
        })
        try {
          stacks()
        } catch (error) {
          expect(error, `${error}`).toBeInstanceOf(InputError)
          expect((error as Error).message).not.toMatch(/[\n\r\0]/)
        }
      }),
      { numRuns: 500 },
    )
  })
})
