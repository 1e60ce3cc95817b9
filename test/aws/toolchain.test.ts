/** Where the toolchain looks: each place in a process of its own, whose environment has that place only. */
import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { cliConfig, moto, providerMirror } from '../support/toolchain.ts'

const run = promisify(execFile)
const MINUTES = 60_000

let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'toolchain-'))
})

afterEach(() => {
  rmSync(directory, { recursive: true, force: true })
})

/** What an expression over the toolchain's exports is in a process with this environment and no other. */
async function evaluate(expression: string, env: Record<string, string>): Promise<string> {
  const script = `import * as toolchain from ${JSON.stringify(new URL('../support/toolchain.ts', import.meta.url).href)}
    console.log(await (${expression}))`
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], { env })
  return stdout.trim()
}

function command(name: string, text: string): void {
  const file = join(directory, name)
  writeFileSync(file, text)
  chmodSync(file, 0o755)
}

test('moto is found behind moto_server when the python3 on PATH has none', { timeout: 2 * MINUTES }, async () => {
  const { stdout } = await run(await moto(), ['-c', 'import sys; print(sys.executable)'])
  command('python3', '#!/bin/sh\nexit 1\n')
  command('moto_server', `#!${stdout.trim()}\n`)
  expect(await evaluate('toolchain.moto()', { PATH: directory, HOME: directory })).toBe(stdout.trim())
})

test('no moto anywhere, and none to be installed, is one clear line', { timeout: 2 * MINUTES }, async () => {
  command('python3', '#!/bin/sh\nexit 1\n')
  await expect(evaluate('toolchain.moto()', { PATH: directory, HOME: directory })).rejects.toMatchObject({
    stderr: expect.stringMatching(
      /Error: The AWS stand-in needs Python .* with moto \S+, .* pip install 'moto\[server\]==/,
    ),
  })
})

test('a version of the AWS provider that the test runner names is installed once, and no other directory counts', {
  timeout: 5 * MINUTES,
}, async () => {
  // In the tests of a commit this is the version that the machine has, so that nothing is downloaded.
  const version = readdirSync(join(providerMirror() ?? '', 'registry.terraform.io/hashicorp/aws'))[0] ?? ''
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: homedir(),
    XDG_CACHE_HOME: directory,
    TEST_AWS_PROVIDER: `= ${version}`,
    TF_CLI_CONFIG_FILE: cliConfig(directory),
  }
  expect(await evaluate('toolchain.providerMirror()', env)).toBe('undefined')
  const installed = join(directory, `terraform-mcp-deploy/aws-provider--${version}`, 'providers')
  for (const config of [env.TF_CLI_CONFIG_FILE, join(directory, 'not-there')]) {
    const mirror = 'toolchain.installAwsProvider().then(() => toolchain.providerMirror())'
    expect(await evaluate(mirror, { ...env, TF_CLI_CONFIG_FILE: config })).toBe(installed)
  }
  expect(readdirSync(join(installed, 'registry.terraform.io/hashicorp/aws'))).toEqual([version])
})

test('a version of the AWS provider that does not exist is one clear line', { timeout: 5 * MINUTES }, async () => {
  const env = { PATH: process.env.PATH ?? '', HOME: homedir(), XDG_CACHE_HOME: directory, TEST_AWS_PROVIDER: '0.0.1' }
  const mirrors = { ...env, TF_CLI_CONFIG_FILE: cliConfig(directory) }
  await expect(evaluate('toolchain.installAwsProvider()', mirrors)).rejects.toMatchObject({
    stderr: expect.stringMatching(/Error: The AWS provider "0\.0\.1" could not be installed: .*terraform init/),
  })
  expect(readdirSync(join(directory, 'terraform-mcp-deploy'))).toEqual([])
})

test('the AWS provider comes from an implied mirror directory, all else from its registry', {
  timeout: 2 * MINUTES,
}, async () => {
  const mirror =
    process.platform === 'darwin'
      ? join(directory, '.terraform.d', 'plugins')
      : join(directory, 'data', 'terraform', 'plugins')
  mkdirSync(join(mirror, 'registry.terraform.io/hashicorp/aws/5.100.0'), { recursive: true })
  const env = { PATH: dirname(process.execPath), HOME: directory, XDG_DATA_HOME: join(directory, 'data') }
  expect(await evaluate('toolchain.providerMirror()', env)).toBe(mirror)

  const file = await evaluate(`toolchain.cliConfig(${JSON.stringify(directory)})`, env)
  const written = readFileSync(file, 'utf8')
  expect(written).toContain(`path    = "${mirror}"\n    include = ["registry.terraform.io/hashicorp/aws"]`)
  expect(written).toContain(
    'direct {\n    exclude = ["registry.terraform.io/hashicorp/aws", "registry.opentofu.org/hashicorp/aws"]',
  )
  expect(written).toContain('disable_checkpoint = true')
})

test('the workflows install the moto that the patches are for', () => {
  const file = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
  const pinned = /^MOTO_VERSION = "(.+)"$/m.exec(file('demo/aws/moto_patches.py'))?.[1]
  expect(file('.github/moto-requirements.txt')).toContain(`\nmoto==${pinned} \\\n`)
})
