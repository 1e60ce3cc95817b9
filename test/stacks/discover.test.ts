import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { calls, repositoryForEach, shipped } from './repository.ts'

const { at, write, stacks } = repositoryForEach()
const found = (...args: Parameters<typeof stacks>) => stacks(...args).map(({ directory }) => directory)

describe('a root module that calls a shipped module is a stack', () => {
  test.each([
    'github.com/acme/terraform-mcp-deploy//terraform/ecs?ref=v1',
    'github.com/acme/terraform-mcp-deploy.git//terraform/ec2',
    'git::https://github.com/acme/terraform-mcp-deploy.git//terraform/ecs?ref=v1.2.3&depth=1',
    'git::https://ghe.acme.example/tools/terraform-mcp-deploy//terraform/ecs',
    'git::ssh://git@github.com/acme/terraform-mcp-deploy.git//terraform/ecs?ref=v1',
    'git@github.com:acme/terraform-mcp-deploy.git//terraform/ecs?ref=v1',
    'https://github.com/acme/terraform-mcp-deploy/archive/refs/tags/v1.zip//terraform/ecs',
    'acme/terraform-mcp-deploy/aws//terraform/ecs',
    'registry.acme.example/acme/deploy/mcp//terraform/ec2',
    'acme/deploy/mcp//terraform/ec2',
    'github.com/acme/terraform-mcp-deploy//terraform/lambda?ref=v1',
    'github.com/acme/terraform-mcp-deploy//terraform/agentcore',
  ])('%s', source => {
    write({ 'infra/main.tf': calls(source) })
    expect(found()).toEqual(['infra'])
  })

  test.each([
    'github.com/acme/terraform-mcp-deploy//terraform/state-backend?ref=v1',
    'github.com/acme/terraform-mcp-deploy?ref=v1',
    'github.com/acme/other//terraform/ecs',
    'github.com/acme/not-terraform-mcp-deploys//terraform/ecs',
    'github.com/acme/x?ref=/terraform-mcp-deploy//terraform/ecs',
    'terraform-aws-modules/ecs/aws',
    '../gone/terraform/ecs',
    '../../../../etc/terraform/ecs',
  ])('and of no other: %s', source => {
    write({ 'infra/main.tf': calls(source) })
    expect(found()).toEqual([])
  })

  test('by the name that the workflow knows the action by', () => {
    write({ 'infra/main.tf': calls('github.com/acme/our-deploy//terraform/ecs') })
    expect(found('.', ['our-deploy'])).toEqual(['infra'])
    expect(found()).toEqual([])
  })

  test('in JSON, through local modules, and as a copy in the repository', () => {
    write({
      'json/main.tf.json': JSON.stringify({
        module: { a: { source: 'acme/terraform-mcp-deploy/aws//terraform/ecs' } },
      }),
      'list/main.tf.json': JSON.stringify({ module: [{ a: [{ source: '../modules/server' }] }] }),
      'through/main.tf': calls('../modules/server/'),
      'modules/server/main.tf': calls('./inner'),
      'modules/server/inner/main.tf': shipped,
      'copied/main.tf': calls('../vendor/mcp/terraform/ecs'),
      'vendor/mcp/terraform/ecs/outputs.tf': 'output "mcp_endpoint" {\n  value = ""\n}\n',
      'function/main.tf': calls('../vendor/mcp/terraform/lambda'),
      'vendor/mcp/terraform/lambda/outputs.tf': 'output "mcp_endpoint" {\n  value = ""\n}\n',
      'another/main.tf': calls('../vendor/other/terraform/ecs'),
      'vendor/other/terraform/ecs/main.tf': 'resource "a" "b" {}\n',
    })
    expect(found()).toEqual(['copied', 'function', 'json', 'list', 'through'])
  })

  test('not what another module calls, nor what stands in a comment, a string or a heredoc', () => {
    write({
      'main.tf': calls('./server'),
      'server/main.tf': shipped,
      'comment/main.tf': `# ${shipped.replaceAll('\n', '\n# ')}`,
      'heredoc/main.tf': `locals {\n  a = <<-EOT\n${shipped}  EOT\n}\n`,
    })
    expect(found()).toEqual(['.'])
  })

  test('modules that call each other in a circle end, and are no root', () => {
    write({ 'a/main.tf': calls('../b') + shipped, 'b/main.tf': calls('../a'), 'c/main.tf': calls('../a', '../c') })
    expect(found()).toEqual(['c'])
  })

  test('no hidden folder, node_modules or link is entered, and nothing outside is read', () => {
    write({
      'stack/main.tf': shipped,
      '.terraform/modules/x/main.tf': shipped,
      'stack/.terraform/modules/x/main.tf': shipped,
      'node_modules/x/main.tf': shipped,
      'outside/main.tf': calls('../link'),
    })
    symlinkSync('/', join(at.root, 'link'))
    symlinkSync('stack', join(at.root, 'again'))
    expect(found()).toEqual(['stack'])
  })

  test('below a directory, while the whole repository says what is called', () => {
    write({
      'a/main.tf': calls('../b/server'),
      'b/server/main.tf': shipped,
      'b/main.tf': shipped,
      'bb/main.tf': shipped,
    })
    expect(found('b')).toEqual(['b'])
  })
})

describe('.mcp-deploy.yml makes a stack', () => {
  test('of a module that calls none of ours, or that others call', () => {
    write({ 'a/.mcp-deploy.yml': '', 'a/main.tf': '', 'b/main.tf': calls('../a') })
    expect(found()).toEqual(['a'])
  })

  test('one for each environment, each overriding', () => {
    write({
      'services/weather/.mcp-deploy.yml': `stack: ecs
var-file: common.tfvars
backend-config: |
  bucket=acme
  region=eu-west-1
environments:
  staging:
    var-file: [common.tfvars, staging.tfvars]
  production:
    name: Weather, live
    environment: Production (EU)
    workspace: live
    var-file: |
      production.tfvars
    backend-config: [bucket=acme-live, key=old.tfstate]
    paths: [contracts/**]
`,
    })
    expect(stacks()).toEqual([
      {
        name: 'Weather, live',
        directory: 'services/weather',
        stack: 'ecs',
        workspace: 'live',
        varFiles: ['production.tfvars'],
        backendConfig: ['bucket=acme-live', 'key=old.tfstate'],
        environment: 'Production (EU)',
        stateKey: 'old.tfstate',
        concurrencyGroup: 'deploy-services/weather/production',
        paths: ['contracts/**'],
        files: ['services/weather/production.tfvars'],
        modules: [],
      },
      {
        name: 'services/weather (staging)',
        directory: 'services/weather',
        stack: 'ecs',
        workspace: undefined,
        varFiles: ['common.tfvars', 'staging.tfvars'],
        backendConfig: ['bucket=acme', 'region=eu-west-1'],
        environment: 'staging',
        stateKey: 'services/weather/staging.tfstate',
        concurrencyGroup: 'deploy-services/weather/staging',
        paths: [],
        files: ['services/weather/common.tfvars', 'services/weather/staging.tfvars'],
        modules: [],
      },
    ])
  })

  test.each([
    [
      'without a module or a stack',
      { 'a/.mcp-deploy.yml': '' },
      /^a\/\.mcp-deploy\.yml: its directory has no root module, and key stack is empty/,
    ],
    [
      'with both',
      { 'a/.mcp-deploy.yml': 'stack: ecs', 'a/main.tf': '' },
      /key stack is "ecs", and "a" also has \.tf files/,
    ],
    [
      'under another name',
      { 'a/.mcp-deploy.yaml': '' },
      /a\/\.mcp-deploy\.yaml is not read: rename it to \.mcp-deploy\.yml/,
    ],
    [
      'with a name that another has',
      { 'a/.mcp-deploy.yml': 'stack: ecs\nname: B', 'b/.mcp-deploy.yml': 'stack: ecs' },
      /stacks "B" in "a" and "b" have the same name "b"/,
    ],
  ])('refused: %s', (_, files, message) => {
    write(files)
    expect(stacks).toThrow(message)
  })

  test('refused: a link out of the repository', () => {
    mkdirSync(join(at.root, 'a'))
    symlinkSync('/etc/hostname', join(at.root, 'a/.mcp-deploy.yml'))
    expect(stacks).toThrow(/a\/\.mcp-deploy\.yml is a directory or a link out of the repository/)
  })
})

describe('the state key', () => {
  const backend = (body: string) => `terraform {\n  backend "s3" {\n    ${body}\n  }\n}\n${shipped}`

  test('is that of the backend block, of backend-config over it, or one that no other stack has', () => {
    write({
      'own/main.tf': backend('bucket = "b"\n    key = "own.tfstate" # kept'),
      'over/main.tf': backend('key = "block.tfstate"'),
      'over/.mcp-deploy.yml': 'backend-config: [state.tfbackend, key=line.tfstate]',
      'over/state.tfbackend': 'key = "file.tfstate"\nbucket = "b"\n',
      'file/main.tf': backend('key = "block.tfstate"'),
      'file/.mcp-deploy.yml': 'backend-config: state.tfbackend',
      'file/state.tfbackend': 'key = "file.tfstate"\n',
      'a/staging/main.tf': shipped,
      'a/main.tf': shipped,
      'a/.mcp-deploy.yml': 'environments: { staging: { workspace: s }, production: }',
      'sp ace/ä%~/main.tf': shipped,
    })
    expect(stacks().map(({ stateKey }) => stateKey)).toEqual([
      'a/production.tfstate',
      'a/staging.tfstate',
      'a/staging/terraform.tfstate',
      'file.tfstate',
      'line.tfstate',
      'own.tfstate',
      'sp%20ace/%C3%A4%25%7E/terraform.tfstate',
    ])
  })

  test.each([
    [
      'two modules with the same block',
      {
        'a/main.tf': backend('bucket = "b"\n    key = "k"'),
        'b/main.tf': backend('key = "k"\n    bucket = "b"\n    profile = "x"'),
      },
      /stacks "a" and "b" keep the same state \(s3, bucket b, key k, workspace default\).*key=b\/terraform\.tfstate/,
    ],
    [
      'two environments of one module',
      { 'a/main.tf': backend('key = "k"'), 'a/.mcp-deploy.yml': 'environments: { staging: , production: }' },
      /stacks "a \(production\)" in "a" and "a \(staging\)" in "a" keep the same state \(s3, key k, workspace default\)/,
    ],
    [
      'a block and a file',
      {
        'a/main.tf': backend('key = "k"'),
        'b/.mcp-deploy.yml': 'stack: ec2\nbackend-config: x.tfbackend',
        'b/x.tfbackend': 'key="k"',
      },
      /"a" and "b" keep the same state/,
    ],
    [
      'somebody chose the key that another has by itself',
      { 'a/main.tf': shipped, 'b/.mcp-deploy.yml': 'stack: ec2\nbackend-config: key=a/terraform.tfstate' },
      /"a" and "b" keep the same state/,
    ],
    [
      'an empty workspace is the default one',
      {
        'a/main.tf': backend('key = "k"'),
        'a/.mcp-deploy.yml': 'environments: { staging: , production: { workspace: default } }',
      },
      /keep the same state/,
    ],
    [
      'prefixes of a bucket in another cloud',
      {
        'a/main.tf': `terraform {\n  backend "gcs" {\n    bucket = "b"\n    prefix = "p"\n  }\n}\n${shipped}`,
        'b/main.tf.json': JSON.stringify({
          terraform: { backend: { gcs: { bucket: 'b', prefix: 'p' } } },
          module: { m: { source: 'acme/terraform-mcp-deploy/aws//terraform/ecs' } },
        }),
      },
      /same state \(gcs, bucket b, prefix p, workspace default\)/,
    ],
  ])('shared is refused: %s', (_, files, message) => {
    write(files as Record<string, string>)
    expect(stacks).toThrow(message)
  })

  test.each([
    [
      'another bucket',
      { 'a/main.tf': backend('bucket = "a"\nkey = "k"'), 'b/main.tf': backend('bucket = "b"\nkey = "k"') },
    ],
    [
      'another workspace',
      { 'a/main.tf': backend('key = "k"'), 'a/.mcp-deploy.yml': 'environments: { s: { workspace: s }, p: }' },
    ],
    [
      'local states',
      {
        'a/main.tf': `terraform {\n  backend "local" {}\n}\n${shipped}`,
        'b/main.tf': `terraform {\n  backend "local" {\n    path = "x"\n  }\n}\n${shipped}`,
        'c/main.tf': `terraform {\n  backend "local" {\n    path = "x"\n  }\n}\n${shipped}`,
      },
    ],
    [
      'another endpoint',
      {
        'a/main.tf': backend('key = "k"\nendpoints = { s3 = "http://a" }'),
        'b/main.tf': backend('key = "k"\nendpoints = { s3 = "http://b" }'),
      },
    ],
  ])('not shared: %s', (_, files) => {
    write(files as Record<string, string>)
    expect(stacks().length).toBeGreaterThan(1)
  })
})

test('a name that no input can hold is refused, and one that is only strange is data', () => {
  write({ 'a "$(b)" ${{ c }}/main.tf': shipped })
  expect(found()).toEqual(['a "$(b)" ${{ c }}'])
  write({ 'two\nlines/main.tf': shipped })
  expect(stacks).toThrow(/directory "two\\nlines" is a stack, and its name has a control character/)
})
