/** The circumstances of a plan: two that differ in one of them are two plans, and the difference names it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { parseIgnoredPath } from '../../src/approval/ignored-paths.ts'
import {
  currentForm,
  dataDirectory,
  formOf,
  lockFileDigest,
  type PlanContext,
  settingsOf,
} from '../../src/approval/settings.ts'

const checkout = mkdtempSync(join(tmpdir(), 'settings-'))
afterAll(() => rmSync(checkout, { recursive: true, force: true }))

let number = 0
function place(files: Readonly<Record<string, string>> = {}): string {
  const directory = join(checkout, `place${number++}`)
  mkdirSync(join(directory, '.terraform'), { recursive: true })
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text)
  return directory
}
const context = (directory: string, more: Partial<PlanContext> = {}): PlanContext => ({
  terraformVersion: '1.11.4',
  tool: 'terraform',
  directory,
  workspace: undefined,
  targets: [],
  replaces: [],
  checkout,
  lockFile: undefined,
  ...more,
})
const backend = (type: string, config: object) => ({
  '.terraform/terraform.tfstate': JSON.stringify({ version: 3, backend: { type, config } }),
})
const lock = (version: string) => ({
  '.terraform.lock.hcl': `provider "registry.terraform.io/hashicorp/aws" {\n  version = "${version}"\n}\n`,
})
/** The settings of two plans in one directory, which differ only in what a test gives. */
const settings = (files: Readonly<Record<string, string>> = {}, more: Partial<PlanContext> = {}, env = {}) => {
  const directory = place(files)
  return settingsOf(context(directory, { workingDirectory: join(checkout, 'infra'), ...more }), env)
}

test('a plan without anything special has few settings', () => {
  expect(settings()).toEqual({
    'canonical form': '2',
    tool: 'Terraform 1',
    directory: 'infra',
    workspace: 'default',
    backend: 'local',
  })
})

describe('a workspace of HCP Terraform', () => {
  const workspaces = { name: 'weather', project: null, tags: null }

  test('is named by the block and by variables', () => {
    const named = settings(backend('cloud', { hostname: 'app.terraform.io', organization: 'acme', workspaces })).backend
    const variables = { TF_CLOUD_HOSTNAME: 'app.terraform.io', TF_CLOUD_ORGANIZATION: 'acme' }
    const block = backend('cloud', { hostname: null, organization: null, workspaces })
    expect(named).toMatch(/^cloud hostname=app\.terraform\.io organization=acme workspaces=.*"weather"/)
    expect(settings(block, {}, variables).backend).toBe(named)
    expect(settings(block, {}, { ...variables, TF_CLOUD_ORGANIZATION: 'other' }).backend).not.toBe(named)
  })

  test('that plans itself is another plan than one that only keeps the state', () => {
    expect(settings({}, { isRemote: true }).execution).toBe('in the workspace')
    expect(settings({}, { isRemote: false }).execution).toBeUndefined()
  })
})

describe('each of them makes another plan', () => {
  const s3 = { bucket: 'state', key: 'staging.tfstate', region: 'eu-west-1', access_key: null }
  test.each<[string, string, Record<string, string>, Record<string, string>]>([
    [
      'key of the backend',
      'backend',
      settings(backend('s3', s3)),
      settings(backend('s3', { ...s3, key: 'production' })),
    ],
    ['bucket of the backend', 'backend', settings(backend('s3', s3)), settings(backend('s3', { ...s3, bucket: 'b' }))],
    ['kind of backend', 'backend', settings(backend('s3', s3)), settings(backend('gcs', s3))],
    [
      'store of the backend',
      'backend',
      settings(backend('s3', s3)),
      settings(backend('s3', { ...s3, endpoints: { s3: 'https://minio.example.com' } })),
    ],
    [
      'workspace that Terraform has selected',
      'workspace',
      settings({ '.terraform/environment': 'staging' }),
      settings({ '.terraform/environment': 'production' }),
    ],
    [
      'workspace of the environment',
      'workspace',
      settings({}, {}, { TF_WORKSPACE: 'a' }),
      settings({}, {}, { TF_WORKSPACE: 'b' }),
    ],
    ['versions of the providers', 'provider versions', settings(lock('5.1.0')), settings(lock('5.2.0'))],
    ['committed lock file', '.terraform.lock.hcl', settings({}, { lockFile: 'a' }), settings({}, { lockFile: 'b' })],
    ['tool', 'tool', settings({}, { tool: 'terraform' }), settings({}, { tool: 'tofu' })],
    ['major version', 'tool', settings(), settings({}, { terraformVersion: '2.0.0' })],
    ['directory', 'directory', settings(), settings({}, { workingDirectory: join(checkout, 'other') })],
    ['stack', 'directory', settings({}, { stack: 'ecs' }), settings({}, { stack: 'ec2' })],
    ['target', 'target', settings({}, { targets: ['aws_lb.a'] }), settings({}, { targets: ['aws_lb.b'] })],
    ['replace', 'replace', settings({}, { replaces: ['aws_lb.a'] }), settings({}, { replaces: ['aws_lb.b'] })],
    [
      'ignored path',
      'plan-approval-ignore',
      settings({}, { ignoredPaths: [parseIgnoredPath('aws_lb.a:name')].filter(each => each !== undefined) }),
      settings({}, { ignoredPaths: [parseIgnoredPath('aws_lb.a:tags')].filter(each => each !== undefined) }),
    ],
  ])('%s', (_, name, one, other) => {
    const differing = [...new Set([...Object.keys(one), ...Object.keys(other)])].filter(key => one[key] !== other[key])
    expect(differing).toEqual([name])
    expect(one[name]).not.toBe('')
  })
})

test('a patch or minor version of the tool, and a credential of the backend, make no other plan', () => {
  expect(settings({}, { terraformVersion: '1.12.0' })).toEqual(settings())
  expect(settings(backend('s3', { bucket: 'b', access_key: 'one', token: 't' }))).toEqual(
    settings(backend('s3', { bucket: 'b', access_key: 'two' })),
  )
})

test('the order of targets and of ignored paths makes no other plan', () => {
  const ignoredPaths = ['aws_lb.a:name', 'aws_lb.b:name'].map(parseIgnoredPath).filter(each => each !== undefined)
  const one = { targets: ['a.a', 'a.b'], replaces: ['a.c', 'a.d'], ignoredPaths }
  const other = {
    targets: one.targets.toReversed(),
    replaces: one.replaces.toReversed(),
    ignoredPaths: ignoredPaths.toReversed(),
  }
  expect(settings({}, one)).toEqual(settings({}, other))
})

test('the path of a local backend is relative to the checkout, because runners differ', () => {
  expect(settings(backend('local', { path: join(checkout, 'state/a.tfstate') })).backend).toBe(
    'local path=state/a.tfstate',
  )
})

test('the variable TF_WORKSPACE overrides the selected workspace, as in Terraform', () => {
  expect(settings({ '.terraform/environment': 'staging' }, {}, { TF_WORKSPACE: 'production' }).workspace).toBe(
    'production',
  )
})

test('the password in the address of a backend is not in the settings', () => {
  const made = settings(backend('http', { address: 'https://ci:hunter2@state.example.com/a?token=hunter3' }))
  expect(made.backend).toBe('http address=https://state.example.com/a')
})

test('neither is the password in one of several addresses of a backend', () => {
  const endpoints = { s3: 'https://ci:hunter2@minio.example.com', dynamodb: 'https://minio.example.com?key=hunter3' }
  expect(settings(backend('s3', { endpoints })).backend).toBe(
    's3 endpoints={"s3":"https://minio.example.com","dynamodb":"https://minio.example.com"}',
  )
})

test('the data directory is where TF_DATA_DIR says', () => {
  const data = place(backend('s3', { key: 'x' }))
  expect(settings({}, {}, { TF_DATA_DIR: join(data, '.terraform') }).backend).toBe('s3 key=x')
})

describe('the digest of the committed lock file', () => {
  test('differs for two files, and comments and line ends do not count', () => {
    const of = (text: string) => lockFileDigest(place({ '.terraform.lock.hcl': text }))
    expect(of('provider "a" {\n  version = "1"\n}\n')).not.toBe(of('provider "a" {\n  version = "2"\n}\n'))
    expect(of('# new\r\n\r\nprovider "a" {\r\n}\r\n')).toBe(of('provider "a" {\n}\n'))
    expect(of('a = "b" # c\n')).not.toBe(of('a = "b"\n'))
    expect(of('a\nb\n')).not.toBe(of('ab\n'))
    expect(of('a\n')).toMatch(/^[\da-f]{12}$/)
    expect(lockFileDigest(place())).toBeUndefined()
  })
})

describe('the text of a setting', () => {
  test('all of them, for a module that is shipped', () => {
    const files = {
      '.terraform.lock.hcl': [
        'provider "registry.opentofu.org/hashicorp/null" {\n  version     = "3.2.4"\n  constraints = "~> 3.0"\n}',
        'provider "registry.terraform.io/hashicorp/aws" {\n  version = "5.1.0"\n}',
        'provider  "a.registry.terraform.io/acme/own"  {\n\n  version="1.0.0"\n}\n',
      ].join('\n\n'),
      ...backend('s3', {
        key: 'k',
        bucket: 'b',
        endpoints: { s3: 'https://ci:hunter2@minio.example.com' },
        region: '',
      }),
      '.terraform/environment': 'staging\n',
    }
    const ignoredPaths = ['aws_lb.b:name', 'aws_lb.a:name'].map(parseIgnoredPath).filter(each => each !== undefined)
    const more = { stack: 'ecs', tool: 'tofu', lockFile: '0123', targets: ['a.b', 'a.a'], replaces: ['a.d', 'a.c'] }
    expect(settings(files, { ...more, ignoredPaths, workingDirectory: checkout })).toEqual({
      'canonical form': '2',
      tool: 'OpenTofu 1',
      directory: 'ecs in .',
      workspace: 'staging',
      backend: 's3 bucket=b endpoints={"s3":"https://minio.example.com"} key=k',
      'provider versions': 'a.registry.terraform.io/acme/own 1.0.0, hashicorp/aws 5.1.0, hashicorp/null 3.2.4',
      '.terraform.lock.hcl': '0123',
      target: 'a.a a.b',
      replace: 'a.c a.d',
      'plan-approval-ignore': 'aws_lb.a:name aws_lb.b:name',
    })
  })

  test('where the caller gives only what it must', () => {
    const directory = place()
    const { tool: _, ...minimal } = context(directory)
    expect(settingsOf(minimal, {})).toMatchObject({ tool: 'Terraform 1', directory: basename(directory) })
    expect(settingsOf({ ...minimal, tool: 'other' }, {}).tool).toBe('other 1')
  })

  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['a backend file without a backend', { '.terraform/terraform.tfstate': '{"version":3}' }, 'local'],
    ['a backend without a configuration', { '.terraform/terraform.tfstate': '{"backend":{"type":"http"}}' }, 'http'],
    [
      'settings of the backend that name no state',
      backend('s3', { profile: 'ci', encrypt: true, key: 'k' }),
      's3 key=k',
    ],
    ['null and empty settings', backend('s3', { key: '', bucket: null }), 's3'],
  ])('%s', (_, files, name) => {
    expect(settings(files).backend).toBe(name)
  })

  test('an empty file of the workspace is the default one, and an empty variable no variable', () => {
    expect(settings({ '.terraform/environment': ' \n' }).workspace).toBe('default')
    expect(settings({ '.terraform/environment': 'a' }, {}, { TF_WORKSPACE: '', TF_DATA_DIR: '' }).workspace).toBe('a')
  })

  test('a relative TF_DATA_DIR is in the root module', () => {
    const directory = place()
    expect(dataDirectory(directory, { TF_DATA_DIR: 'data' })).toBe(join(directory, 'data'))
    expect(dataDirectory(directory, {})).toBe(join(directory, '.terraform'))
  })
})

describe('the form of a record', () => {
  test('is 1 for the settings of version 0.1, and those are written as before', () => {
    const directory = place({
      ...lock('5.1.0'),
      ...backend('s3', { key: 'k', endpoint: 'x' }),
      '.terraform/environment': 'b',
    })
    const written = settingsOf(context(directory, { workspace: 'a' }), {}, 1)
    expect(written).toEqual({
      'Terraform version': '1.11.4',
      'provider versions': 'hashicorp/aws 5.1.0',
      workspace: 'a',
      backend: 's3 key=k',
    })
    expect(formOf(written)).toBe(1)
  })

  test('1 has the workspace of the input, or of the variable, or the default one', () => {
    const directory = place({ '.terraform/environment': 'b' })
    const workspaceOf = (workspace: string | undefined, env: NodeJS.ProcessEnv) =>
      settingsOf(context(directory, { workspace }), env, 1).workspace
    expect(workspaceOf('a', { TF_WORKSPACE: 'c' })).toBe('a')
    expect(workspaceOf(undefined, { TF_WORKSPACE: 'c' })).toBe('c')
    expect(workspaceOf(undefined, { TF_WORKSPACE: '' })).toBe('default')
  })

  test('1 has the backend as it is written', () => {
    const files = backend('http', { address: 'https://ci:x@state.example.com/a?token=y' })
    expect(settingsOf(context(place(files)), {}, 1).backend).toBe(
      'http address=https://ci:x@state.example.com/a?token=y',
    )
  })

  test('is the current one for what this version writes, and where there is no record', () => {
    expect(formOf(settings())).toBe(currentForm)
    expect(formOf(undefined)).toBe(currentForm)
  })
})
