/** Commands that change nothing and print little, and what a process of the action gets. */
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { childEnvironment, findProgram, query } from '../src/child.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'query-'))
})
afterEach(() => {
  rmSync(directory, { recursive: true, force: true })
})

const nothing = childEnvironment({}, true)
const node = (code: string) => ['-e', code]

test('exit code and both outputs are returned, and nothing is printed', async () => {
  const stdout = vi.spyOn(process.stdout, 'write')
  const code = 'console.log(process.cwd()); console.error("::error::hidden"); process.exitCode = 3'
  const result = await query(process.execPath, node(code), { cwd: directory, env: nothing })
  expect(result).toEqual({ exitCode: 3, stdout: `${realpathSync(directory)}\n`, stderr: '::error::hidden\n' })
  expect(stdout).not.toHaveBeenCalled()
  stdout.mockRestore()
})

test('the environment is the given one and no other', async () => {
  process.env.QUERY_TEST_SECRET = 'secret'
  const code = 'console.log(JSON.stringify(process.env))'
  const { stdout } = await query(process.execPath, node(code), {
    env: childEnvironment({ A: 'a b', TF_INPUT: '0' }, true),
  })
  delete process.env.QUERY_TEST_SECRET
  expect(JSON.parse(stdout)).toEqual({ A: 'a b', TF_INPUT: '0' })
})

test.each(['a b', '"quoted"', '-dash', '$HOME', 'back\\slash', ''])('an argument arrives as it is: %j', async text => {
  const code = 'console.log(JSON.stringify(process.argv.slice(1)))'
  const { stdout } = await query(process.execPath, [...node(code), '--', text], { env: nothing })
  expect(JSON.parse(stdout)).toEqual([text])
})

test('a program that ends at once does no harm', async () => {
  for (let run = 0; run < 20; run++) expect((await query('/bin/false', [], { env: nothing })).exitCode).toBe(1)
})

test('a program that is not there is an error', async () => {
  await expect(query(join(directory, 'nowhere'), [], { env: nothing })).rejects.toThrow('nowhere')
})

test('a program that does not end is an error at the deadline', async () => {
  const code = 'setTimeout(() => {}, 2_000)'
  await expect(query(process.execPath, node(code), { env: nothing, timeoutMs: 200 })).rejects.toThrow(
    'it did not end within 0.2 s',
  )
})

test('a program that does not end is killed at the deadline, also one that ignores SIGINT', async () => {
  const file = join(directory, 'pid')
  const code = `process.on('SIGINT', () => {}); require('fs').writeFileSync(${JSON.stringify(file)}, String(process.pid)); setInterval(() => {}, 1000)`
  await expect(query(process.execPath, node(code), { env: nothing, timeoutMs: 1_000 })).rejects.toThrow('did not end')
  const pid = Number(readFileSync(file, 'utf8'))
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'))
})

describe('the environment', () => {
  /** What the runner gives an action, and what a workflow adds. */
  const job = {
    PATH: '/usr/bin',
    HOME: '/home/runner',
    LC_ALL: 'C.UTF-8',
    https_proxy: 'http://proxy.example:3128',
    AWS_ACCESS_KEY_ID: 'AKIA',
    KUBECONFIG: '/home/runner/.kube/config',
    DATABASE_URL: 'postgres://db',
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'oidc',
    ACTIONS_ID_TOKEN_REQUEST_URL: 'https://oidc',
    GITHUB_TOKEN: 'ghs_env',
    GITHUB_SHA: '1'.repeat(40),
    TF_VAR_password: 'variable',
    TF_PLUGIN_CACHE_DIR: '/cache',
    INPUTS: 'not an input',
  }
  const ofTheAction = {
    'INPUT_GITHUB-TOKEN': 'ghs_input',
    STATE_running: 'saved',
    GITHUB_ENV: '/env',
    GITHUB_PATH: '/path',
    GITHUB_OUTPUT: '/output',
    GITHUB_STATE: '/state',
    GITHUB_STEP_SUMMARY: '/summary',
    ACTIONS_RUNTIME_TOKEN: 'runtime',
    ACTIONS_RUNTIME_URL: 'https://runtime',
    ACTIONS_RESULTS_URL: 'https://results',
    ACTIONS_CACHE_URL: 'https://cache',
  }

  test('of trusted code has everything but the action’s own variables', () => {
    expect(childEnvironment({ ...job, ...ofTheAction }, true)).toEqual(job)
  })

  test('of untrusted code is an allowlist, so a name that nobody thought of is not in it', () => {
    const { PATH, HOME, LC_ALL, https_proxy } = job
    expect(childEnvironment({ ...job, ...ofTheAction, MY_DOOR: 'x' }, false)).toEqual({
      PATH,
      HOME,
      LC_ALL,
      https_proxy,
    })
  })

  test('reaches a real process as it is', async () => {
    const env = childEnvironment({ ...job, ...ofTheAction }, true)
    const { stdout } = await query('/usr/bin/env', [], { env })
    expect(stdout).not.toMatch(/INPUT_|STATE|GITHUB_(ENV|PATH|OUTPUT|STEP_SUMMARY)|ACTIONS_RUNTIME/)
    expect(stdout).toContain('AWS_ACCESS_KEY_ID=AKIA')
  })
})

describe('a program on PATH', () => {
  const program = (...path: string[]) => {
    mkdirSync(join(directory, ...path.slice(0, -1)), { recursive: true })
    writeFileSync(join(directory, ...path), '#!/bin/sh\n', { mode: 0o755 })
    return join(directory, ...path)
  }

  test('is found as an absolute path, in the order of PATH, without what cannot be run', () => {
    program('a', 'terraform')
    chmodSync(join(directory, 'a/terraform'), 0o644)
    mkdirSync(join(directory, 'b/terraform'), { recursive: true })
    const found = program('c', 'terraform')
    program('d', 'terraform')
    const PATH = ['a', 'b', 'nowhere', 'c', 'd'].map(each => join(directory, each)).join(':')
    expect(findProgram('terraform', { PATH })).toBe(found)
    expect(findProgram('tofu', { PATH })).toBeUndefined()
    expect(findProgram('terraform', {})).toBeUndefined()
  })

  test('is never one of the working directory: relative and empty entries are skipped', () => {
    program('terraform')
    const before = process.cwd()
    process.chdir(directory)
    try {
      for (const PATH of ['', '.', ':/nowhere', './', '..']) expect(findProgram('terraform', { PATH })).toBeUndefined()
    } finally {
      process.chdir(before)
    }
  })

  test('is not one of an avoided directory, also not by a link', () => {
    const own = program('checkout', 'bin', 'terraform')
    const other = program('usr', 'terraform')
    mkdirSync(join(directory, 'links'))
    symlinkSync(own, join(directory, 'links/terraform'))
    symlinkSync(join(directory, 'checkout/bin'), join(directory, 'linked'))
    const PATH = ['checkout/bin', 'linked', 'links', 'usr'].map(each => join(directory, each)).join(':')
    expect(findProgram('terraform', { PATH })).toBe(own)
    expect(findProgram('terraform', { PATH }, join(directory, 'checkout'))).toBe(other)
  })
})
