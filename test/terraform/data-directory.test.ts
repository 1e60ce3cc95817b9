/** Which data directory Terraform gets, whatever a commit has in the checkout. Real Terraform: test/e2e/untrusted.test.ts. */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  assertNoCommittedPlugins,
  isolateDataDirectory,
  unlinkDataDirectory,
} from '../../src/terraform/data-directory.ts'

let root: string
let checkout: string
let directory: string
let tempDirectory: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'data-'))
  checkout = join(root, 'checkout')
  directory = join(checkout, 'infra')
  tempDirectory = join(root, 'temp/run')
  for (const each of [directory, tempDirectory]) mkdirSync(each, { recursive: true })
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const isolate = (env: NodeJS.ProcessEnv = {}) => isolateDataDirectory({ directory, checkout, tempDirectory, env })

describe('the data directory', () => {
  test('is an empty one in the temporary directory under its own name, and what was committed is put back', () => {
    mkdirSync(join(directory, '.terraform'))
    writeFileSync(join(directory, '.terraform/environment'), 'production')
    const putBack = isolate()
    expect(realpathSync(join(directory, '.terraform'))).toBe(realpathSync(join(tempDirectory, 'terraform-data')))
    expect(existsSync(join(directory, '.terraform/environment'))).toBe(false)
    writeFileSync(join(directory, '.terraform/environment'), 'staging')
    putBack()
    expect(lstatSync(join(directory, '.terraform')).isDirectory()).toBe(true)
    expect(readFileSync(join(directory, '.terraform/environment'), 'utf8')).toBe('production')
  })

  test('is no link in a root module that is uploaded, and what was committed is put back', () => {
    mkdirSync(join(directory, '.terraform'))
    writeFileSync(join(directory, '.terraform/environment'), 'production')
    const putBack = isolate()
    writeFileSync(join(directory, '.terraform/environment'), 'weather')
    const data = unlinkDataDirectory(directory, {}) ?? ''
    expect(readFileSync(join(data, 'environment'), 'utf8')).toBe('weather')
    expect(lstatSync(join(directory, '.terraform'), { throwIfNoEntry: false })).toBeUndefined()
    putBack()
    expect(readFileSync(join(directory, '.terraform/environment'), 'utf8')).toBe('production')
  })

  test('that the workflow named outside of the checkout stays as it is', () => {
    const env = { TF_DATA_DIR: join(root, 'own') }
    isolate(env)
    expect(unlinkDataDirectory(directory, env)).toBeUndefined()
  })

  test('leaves nothing where nothing was', () => {
    isolate()()
    expect(lstatSync(join(directory, '.terraform'), { throwIfNoEntry: false })).toBeUndefined()
  })

  test.each(['/etc', '../elsewhere', '.'])('is not where a committed link leads: %s', target => {
    symlinkSync(target, join(directory, '.terraform'))
    const putBack = isolate()
    expect(realpathSync(join(directory, '.terraform'))).toContain('terraform-data')
    putBack()
    expect(readlinkSync(join(directory, '.terraform'))).toBe(target)
  })

  test('a link that a killed run left is replaced', () => {
    for (const left of ['gone/terraform-data', 'there/terraform-data']) {
      mkdirSync(join(root, 'there/terraform-data'), { recursive: true })
      writeFileSync(join(root, 'there/terraform-data/environment'), 'production')
      symlinkSync(join(root, left), join(directory, '.terraform'))
      tempDirectory = mkdtempSync(join(root, 'temp/'))
      const putBack = isolate()
      expect(existsSync(join(directory, '.terraform/environment'))).toBe(false)
      putBack()
      expect(lstatSync(join(directory, '.terraform'), { throwIfNoEntry: false })).toBeUndefined()
    }
  })

  test.each(['data', './data', '../.tf', 'a/b'])('of TF_DATA_DIR in the checkout is not believed either: %s', name => {
    mkdirSync(join(directory, name), { recursive: true })
    writeFileSync(join(directory, name, 'environment'), 'production')
    const putBack = isolate({ TF_DATA_DIR: name })
    expect(existsSync(join(directory, name, 'environment'))).toBe(false)
    putBack()
    expect(existsSync(join(directory, name, 'environment'))).toBe(true)
  })

  test.each(['.', '..', 'linked/data'])('of TF_DATA_DIR that cannot be replaced is refused: %s', name => {
    symlinkSync(root, join(directory, 'linked'))
    expect(() => isolate({ TF_DATA_DIR: name })).toThrow(/^The variable TF_DATA_DIR is ".*outside of the checkout/)
  })

  test('of TF_DATA_DIR outside of the checkout is what the workflow chose', () => {
    const own = join(root, 'own')
    mkdirSync(own)
    isolate({ TF_DATA_DIR: own })
    expect(lstatSync(own).isSymbolicLink()).toBe(false)
    expect(existsSync(join(directory, '.terraform'))).toBe(false)
  })

  test('of a copy in the temporary directory is already there', () => {
    directory = join(tempDirectory, 'ecs')
    mkdirSync(directory)
    isolate()
    expect(existsSync(join(directory, '.terraform'))).toBe(false)
  })

  test('of two runs in one directory, one after the other, is not shared', () => {
    const first = isolate()
    writeFileSync(join(directory, '.terraform/environment'), 'one')
    first()
    tempDirectory = join(root, 'temp/second')
    mkdirSync(tempDirectory)
    isolate()
    expect(existsSync(join(directory, '.terraform/environment'))).toBe(false)
  })
})

describe('providers in the checkout', () => {
  beforeEach(() => mkdirSync(join(directory, 'terraform.d/plugins'), { recursive: true }))
  const configuration = (text: string) => {
    writeFileSync(join(root, 'terraformrc'), text)
    return { TF_CLI_CONFIG_FILE: join(root, 'terraformrc') }
  }

  test('are refused', () => {
    for (const env of [{}, configuration('plugin_cache_dir = "/cache"\n# provider_installation {}\n')])
      expect(() => assertNoCommittedPlugins('terraform', directory, { HOME: root, ...env })).toThrow(
        expect.objectContaining({ code: 'CODE_UNTRUSTED' }),
      )
  })

  test.each([
    ['a CLI configuration', () => configuration('provider_installation {\n  direct {}\n}\n')],
    ['-plugin-dir', () => ({ HOME: root, TF_CLI_ARGS_init: '-plugin-dir=/opt/providers' })],
  ])('are the workflow’s own business with %s', (_, env) => {
    expect(() => assertNoCommittedPlugins('terraform', directory, env())).not.toThrow()
  })

  test('a CLI configuration of the checkout says nothing', () => {
    for (const name of ['.terraformrc', 'terraform.rc'])
      writeFileSync(join(directory, name), 'provider_installation {\n  direct {}\n}\n')
    expect(() => assertNoCommittedPlugins('terraform', directory, { HOME: root })).toThrow(/terraform\.d/)
  })
})
