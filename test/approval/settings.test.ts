/** The circumstances of a plan: two that differ in one of them are two plans, and the difference names it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { parseIgnoredPath } from '../../src/approval/ignored-paths.ts'
import { currentForm, formOf, lockFileDigest, type PlanContext, settingsOf } from '../../src/approval/settings.ts'

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

test('the data directory is where TF_DATA_DIR says', () => {
  const data = place(backend('s3', { key: 'x' }))
  expect(settings({}, {}, { TF_DATA_DIR: join(data, '.terraform') }).backend).toBe('s3 key=x')
})

describe('the digest of the committed lock file', () => {
  test('differs for two files, and comments and line ends do not count', () => {
    const of = (text: string) => lockFileDigest(place({ '.terraform.lock.hcl': text }))
    expect(of('provider "a" {\n  version = "1"\n}\n')).not.toBe(of('provider "a" {\n  version = "2"\n}\n'))
    expect(of('# new\r\nprovider "a" {\r\n}\r\n')).toBe(of('provider "a" {\n}\n'))
    expect(lockFileDigest(place())).toBeUndefined()
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

  test('is the current one for what this version writes, and where there is no record', () => {
    expect(formOf(settings())).toBe(currentForm)
    expect(formOf(undefined)).toBe(currentForm)
  })
})
