/**
 * The AWS stand-in as a process: moto's patches (in their own language), its start, and above all its end, after
 * which nothing that it started may be left, however it came about.
 */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startAws } from '../support/aws.ts'
import { moto } from '../support/toolchain.ts'
import { completed, createStack, SERVER } from './stack.ts'

const MINUTES = 60_000
const run = promisify(execFile)

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'aws-'))
})

afterEach(() => {
  rmSync(directory, { recursive: true, force: true })
})

const tasks = { 'repo/mcp:v1': { command: [process.execPath, '-e', SERVER], env: { VERSION: '1' } } }

/** Brings a service with one task up and returns the port its process listens on. */
async function runningTask(endpoint: string): Promise<number> {
  const stack = await createStack(endpoint, 'us-east-1')
  await stack.createService(await stack.register('repo/mcp:v1'), 1)
  await stack.until(completed)
  const { port } = (await (await fetch(stack.url)).json()) as { port: number }
  return port
}

/** Waits until nothing listens at any of these addresses. */
async function gone(...urls: string[]): Promise<boolean> {
  for (let attempt = 0; attempt < 300; attempt++) {
    const answers = await Promise.allSettled(urls.map(url => fetch(url)))
    if (answers.every(answer => answer.status === 'rejected')) return true
    await delay(100)
  }
  return false
}

test.each(['test_moto_patches.py', 'test_rollout.py', 'test_lambda_front.py', 'test_agentcore.py'])(
  '%s',
  { timeout: 6 * MINUTES },
  async file => {
    const finished = await run(await moto(), [here(file)]).catch((error: { stderr: string }) => error)
    expect(finished.stderr).toMatch(/\nRan \d+ tests .*\n\nOK\n$/)
  },
)

test('another moto than the pinned one is refused in one line', { timeout: 2 * MINUTES }, async () => {
  const script = `import sys; sys.path.insert(0, ${JSON.stringify(here('../../demo/aws'))})
import moto, moto_patches
moto.__version__ = "4.0.0"
moto_patches.require_moto()`
  const refused = run(await moto(), ['-c', script])
  await expect(refused).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^The AWS stand-in needs moto \S+, found 4\.0\.0: pip install .*\n$/),
  })
})

test('makes versioned buckets', { timeout: 2 * MINUTES }, async () => {
  const aws = await startAws({ tasks: {}, dir: directory })
  try {
    await aws.createBucket('state')
    const versioning = await fetch(`${aws.endpoint}/state?versioning`)
    expect(await versioning.text()).toContain('<Status>Enabled</Status>')
  } finally {
    await aws.stop()
  }
})

describe('nothing is left', { timeout: 4 * MINUTES }, () => {
  test('after stop', async () => {
    const aws = await startAws({ tasks, dir: directory })
    const task = await runningTask(aws.endpoint).finally(() => aws.stop())
    expect(await gone(`http://127.0.0.1:${task}`, aws.endpoint)).toBe(true)
  })

  test('after the emulator itself was killed', async () => {
    const aws = await startAws({ tasks, dir: directory })
    const task = await runningTask(aws.endpoint).finally(() => process.kill(aws.pid, 'SIGKILL'))
    expect(await gone(`http://127.0.0.1:${task}`, aws.endpoint)).toBe(true)
  })

  test('after the process that started it was killed', async () => {
    const script = `
      import { startAws } from ${JSON.stringify(new URL('../support/aws.ts', import.meta.url).href)}
      const aws = await startAws(JSON.parse(process.argv[1]))
      console.log(aws.endpoint)
      setInterval(() => {}, 1000)`
    const parameters = JSON.stringify({ tasks, dir: directory })
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script, parameters], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    try {
      const [line] = await once(createInterface({ input: parent.stdout }), 'line')
      const endpoint = String(line)
      const task = await runningTask(endpoint)
      parent.kill('SIGKILL')
      expect(await gone(`http://127.0.0.1:${task}`, endpoint)).toBe(true)
    } finally {
      parent.kill('SIGKILL')
    }
  })
})
