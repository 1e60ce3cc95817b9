import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cliConfig } from '../support/toolchain.ts'

const modules = fileURLToPath(new URL('../../terraform/', import.meta.url))
const names = readdirSync(modules).filter(name => existsSync(join(modules, name, 'versions.tf')))
let directory: string
let env: NodeJS.ProcessEnv

/** Runs Terraform in a copy, so that no `.terraform` is left among the sources. */
async function terraform(folder: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('terraform', args, {
    cwd: join(directory, 'terraform', folder),
    env,
    maxBuffer: 64 << 20,
  })
  return stdout
}

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'modules-'))
  cpSync(modules, join(directory, 'terraform'), { recursive: true })
  env = {
    ...process.env,
    TF_CLI_CONFIG_FILE: cliConfig(directory),
    TF_IN_AUTOMATION: '1',
    CHECKPOINT_DISABLE: '1',
    AWS_REGION: 'us-east-1',
  }
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

test('the modules are formatted', async () => {
  await terraform('.', 'fmt', '-check', '-recursive', '-diff')
})

describe.each(names)('terraform/%s', name => {
  test('is valid, and its tests pass', async () => {
    await terraform(name, 'init', '-backend=false', '-input=false', '-no-color')
    await terraform(name, 'validate', '-no-color')
    const output = await terraform(name, 'test', '-no-color')
    expect(output).toMatch(/Success! [1-9]\d* passed, 0 failed\./)
  })

  const examples = existsSync(join(modules, name, 'examples')) ? readdirSync(join(modules, name, 'examples')) : []
  test.each(examples)('the example %s is valid', async example => {
    const folder = join(name, 'examples', example)
    await terraform(folder, 'init', '-backend=false', '-input=false', '-no-color')
    await terraform(folder, 'validate', '-no-color')
  })
})
