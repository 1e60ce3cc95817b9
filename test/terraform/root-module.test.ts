import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { InputError } from '../../src/errors.ts'
import { assertRemoteBackend, configuredBackend, locate, prepareRootModule } from '../../src/terraform/root-module.ts'

let root: string
let workingDirectory: string
let scratch: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'root-module-'))
  workingDirectory = join(root, 'infra')
  scratch = join(root, 'scratch')
  for (const each of [workingDirectory, scratch]) mkdirSync(each)
})
afterEach(() => {
  delete process.env.TF_DATA_DIR
  rmSync(root, { recursive: true, force: true })
})

const write = (name: string, text = '') => writeFileSync(join(workingDirectory, name), text)
const prepare = (stack?: 'ecs' | 'ec2', backendConfig: string[] = []) =>
  prepareRootModule({ stack, workingDirectory, backendConfig }, scratch)

test.each(['main.tf', 'main.tf.json'])('a root module of your own (%s) is run where it is', file => {
  write(file)
  expect(prepare()).toBe(workingDirectory)
  expect(readdirSync(scratch)).toEqual([])
})

test('neither a module nor a stack is refused, and both are', () => {
  expect(() => prepare()).toThrow(InputError)
  expect(() => prepare()).toThrow(/infra has no \.tf file and the input stack is empty/)
  write('outputs.tf')
  expect(() => prepare('ecs')).toThrow(/stack is "ecs", and .*outputs\.tf belongs to a root module of your own/)
})

describe('a shipped module', () => {
  test('is copied without its tests, with what Terraform reads by itself beside it', () => {
    for (const file of ['terraform.tfvars', 'a.auto.tfvars', 'b.auto.tfvars.json', '.terraform.lock.hcl']) write(file)
    for (const file of ['.terraform-version', 'prod.tfvars', 'README.md', 'notes.txt']) write(file, 'mine')
    const directory = prepare('ecs')
    const files = readdirSync(directory)
    expect(files).toEqual(expect.arrayContaining(['main.tf', 'variables.tf', 'outputs.tf', 'backend.tf.json']))
    expect(files).toEqual(
      expect.arrayContaining(['terraform.tfvars', 'a.auto.tfvars', 'b.auto.tfvars.json', '.terraform.lock.hcl']),
    )
    expect(readFileSync(join(directory, '.terraform-version'), 'utf8')).toBe('mine')
    for (const unused of ['prod.tfvars', 'notes.txt', 'README.md', 'tests', 'examples'])
      expect(files).not.toContain(unused)
    expect(readdirSync(workingDirectory)).not.toContain('backend.tf.json')
  })

  test('is copied with what its configuration reads besides', () => {
    expect(readdirSync(prepare('ec2'))).toEqual(expect.arrayContaining(['instance.tf', 'bootstrap.sh.tftpl']))
  })

  test('has its state in S3 when that is configured, and else beside the var files', () => {
    const backend = (directory: string) => JSON.parse(readFileSync(join(directory, 'backend.tf.json'), 'utf8'))
    expect(backend(prepare('ecs', ['bucket=b']))).toEqual({ terraform: { backend: { s3: { use_lockfile: true } } } })
    expect(backend(prepare('ecs'))).toEqual({
      terraform: { backend: { local: { path: join(workingDirectory, 'terraform.tfstate') } } },
    })
  })
})

describe('where a diagnostic is on GitHub', () => {
  const commit = 'https://github.com/acme/infra/blob/abc'
  const diagnostic = { severity: 'error', summary: 'Bad', detail: '', excerpt: '' } as const
  const place = (file: string, directory = workingDirectory, stack?: 'ecs') =>
    locate({ ...diagnostic, file, line: 3 }, { directory, workspace: root, commit }, { stack, workingDirectory })

  test('relative to the repository, whatever the root module', () => {
    mkdirSync(join(root, 'modules/we # ird'), { recursive: true })
    for (const file of ['modules/we # ird/main.tf', 'infra/main.tf', 'infra/prod.tfvars'])
      writeFileSync(join(root, file), '')
    expect(place('main.tf')).toEqual({
      ...diagnostic,
      file: 'infra/main.tf',
      line: 3,
      url: `${commit}/infra/main.tf#L3`,
    })
    expect(place('../modules/we # ird/main.tf')).toEqual({
      ...diagnostic,
      file: 'modules/we # ird/main.tf',
      line: 3,
      url: `${commit}/modules/we%20%23%20ird/main.tf#L3`,
    })
    expect(place(join(workingDirectory, 'prod.tfvars'))).toMatchObject({ file: 'infra/prod.tfvars' })
  })

  test('relative to the checkout, where that is in a directory of its own', () => {
    mkdirSync(join(workingDirectory, '.git'))
    write('main.tf')
    expect(place('main.tf')).toMatchObject({ file: 'main.tf', url: `${commit}/main.tf#L3` })
  })

  test('what is not in the repository is named in words', () => {
    mkdirSync(join(workingDirectory, '.terraform/modules/vpc'), { recursive: true })
    write('.terraform/modules/vpc/main.tf')
    const foreign = ['.terraform/modules/vpc/main.tf', 'gone.tf', '/etc/passwd', '<value for var.x>', '../../x.tf']
    for (const file of foreign) expect(place(file)).toEqual({ ...diagnostic, outsideRepository: `${file} line 3` })
  })

  test('a shipped module is named as such, and what was copied beside it is what it was copied from', () => {
    write('terraform.tfvars')
    const directory = prepare('ecs')
    expect(place('main.tf', directory, 'ecs')).toEqual({
      ...diagnostic,
      outsideRepository: 'terraform/ecs/main.tf line 3 of this action',
    })
    expect(place('terraform.tfvars', directory, 'ecs')).toMatchObject({ file: 'infra/terraform.tfvars', line: 3 })
  })

  test('without a place there is none', () => {
    expect(
      locate(diagnostic, { directory: root, workspace: root, commit }, { stack: undefined, workingDirectory }),
    ).toEqual(diagnostic)
  })
})

describe('a state that would be lost', () => {
  const record = (directory: string, content: object) => {
    mkdirSync(directory, { recursive: true })
    writeFileSync(join(directory, 'terraform.tfstate'), JSON.stringify(content))
  }

  test('the backend is the one that init recorded, local without a record', () => {
    expect(configuredBackend(workingDirectory)).toBe('local')
    record(join(workingDirectory, '.terraform'), { version: 3 })
    expect(configuredBackend(workingDirectory)).toBe('local')
    record(join(workingDirectory, '.terraform'), { version: 3, backend: { type: 's3' } })
    expect(configuredBackend(workingDirectory)).toBe('s3')
  })

  test.each(['data', join('/', 'DATA')])('also in TF_DATA_DIR (%s)', name => {
    const data = name.startsWith('/') ? join(root, 'elsewhere') : name
    process.env.TF_DATA_DIR = data
    record(name.startsWith('/') ? data : join(workingDirectory, name), { backend: { type: 'gcs' } })
    expect(configuredBackend(workingDirectory)).toBe('gcs')
  })

  test('is refused with what to do, for a module of your own and for a shipped one', () => {
    expect(() => assertRemoteBackend('local', undefined, 'apply')).toThrow(InputError)
    expect(() => assertRemoteBackend('local', undefined, 'apply')).toThrow(/add a backend block.*allow-local-state/)
    expect(() => assertRemoteBackend('local', 'ecs', 'apply')).toThrow(
      /set the input backend-config.*allow-local-state/,
    )
    expect(() => assertRemoteBackend('local', 'ecs', 'destroy')).toThrow(/it has no resources to destroy/)
    expect(() => assertRemoteBackend('s3', 'ecs', 'apply')).not.toThrow()
  })
})
