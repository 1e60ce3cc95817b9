import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { secrets } from '../../src/log.ts'
import {
  type PlanCheckLimits,
  planCheckFailure,
  planCheckLimits,
  runPlanCheck,
} from '../../src/terraform/plan-checks.ts'

let logged = ''
beforeEach(() => {
  logged = ''
  vi.spyOn(process.stdout, 'write').mockImplementation(text => {
    logged += String(text)
    return true
  })
})
afterEach(() => vi.restoreAllMocks())

let directory: string
let planJson: string
beforeAll(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'plan-checks-')))
  planJson = join(directory, 'plan.json')
  writeFileSync(planJson, '{"format_version":"1.2"}')
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

function check(
  command: string,
  more: { isRequired?: boolean; limits?: Partial<PlanCheckLimits>; signal?: AbortSignal } = {},
) {
  const { isRequired = true, limits = {}, signal = new AbortController().signal } = more
  return runPlanCheck(
    { name: 'policy', command, isRequired },
    { directory, planJson, tempDirectory: directory, signal, limits: { ...planCheckLimits, ...limits } },
  )
}

/** Whether a process still runs. A zombie has ended. */
function isAlive(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
  return /^[^Z\s]/.test(stdout)
}

describe('verdict', () => {
  test('exit code 0 passes, any other one fails, and an optional check warns', async () => {
    expect(await check('true')).toEqual({ name: 'policy', outcome: 'passed', observed: 'exit code 0', output: '' })
    expect(await check('exit 3')).toMatchObject({ outcome: 'failed', observed: 'exit code 3' })
    expect(await check('exit 3', { isRequired: false })).toMatchObject({ outcome: 'warned', observed: 'exit code 3' })
  })

  test('a command that fails in a pipe or before the last one fails the check', async () => {
    expect(await check('false | cat')).toMatchObject({ outcome: 'failed' })
    expect(await check('false; true')).toMatchObject({ outcome: 'failed' })
  })

  test('the command runs in the checkout with the plan as a file, and prints on both streams in order', async () => {
    const { outcome, output } = await check('pwd; cat "$PLAN_JSON" >&2; echo; echo last')
    expect(outcome).toBe('passed')
    expect(output).toBe(`${directory}\n{"format_version":"1.2"}\nlast`)
  })

  test('a command gets none of the inputs of the action', async () => {
    process.env.INPUT_GITHUB_TOKEN = 'token-of-the-action'
    try {
      expect((await check('env')).output).not.toContain('token-of-the-action')
    } finally {
      delete process.env.INPUT_GITHUB_TOKEN
    }
  })

  test('a command that does not exist is a failed check with its own advice', async () => {
    const result = await check('no-such-program-1234 "$PLAN_JSON"')
    expect(result).toMatchObject({ outcome: 'failed', observed: 'exit code 127' })
    expect(planCheckFailure([result])?.fix).toMatch(/^The command of policy was not found.*install it in a step before/)
  })
})

describe('limits', () => {
  test('a check that takes too long is stopped with the programs that it started', async () => {
    const result = await check('sleep 600 & echo $!; wait', { limits: { timeoutMs: 400 } })
    expect(result).toMatchObject({ outcome: 'failed', observed: 'it did not end within 0.4 s' })
    await expect.poll(() => isAlive(Number(result.output))).toBe(false)
  })

  test('a program that a passed check leaves behind is stopped', async () => {
    const result = await check('sleep 600 & echo $!')
    expect(result.outcome).toBe('passed')
    await expect.poll(() => isAlive(Number(result.output))).toBe(false)
  })

  test('a check that prints without end is stopped', async () => {
    const result = await check('yes', { limits: { maxOutputBytes: 1024 * 1024 } })
    expect(result).toMatchObject({ outcome: 'failed', observed: 'it printed more than 1 MiB' })
    expect(result.output.length).toBeLessThan(50_000)
    expect(logged.length).toBeLessThan(3 * 1024 * 1024)
    expect(logged).toContain('The rest of the output is left out.')
  })

  test('a line without end and bytes that are no text do no harm', async () => {
    const long = await check('head -c 3000000 /dev/zero | tr "\\0" x', { limits: { maxOutputBytes: 1024 * 1024 } })
    expect(long.output.length).toBeLessThan(50_000)
    const bytes = await check("printf 'a\\377\\376\\000b\\n'")
    expect(bytes.outcome).toBe('passed')
    expect(bytes.output).toMatch(/^a.*b$/s)
  })

  test('a cancelled job stops the check', async () => {
    const controller = new AbortController()
    const running = check('sleep 600', { signal: controller.signal })
    controller.abort()
    expect(await running).toMatchObject({ outcome: 'failed', observed: 'the job was cancelled' })
  })

  test('no file is left', async () => {
    await check('echo x')
    expect(readdirSync(directory)).toEqual(['plan.json'])
  })
})

describe('output', () => {
  test('a secret of the plan is hidden, also where a colour stands inside it and where the output is cut', async () => {
    secrets.add('hunter2-of-the-plan')
    expect((await check("printf 'a hunter2-\\033[31mof-the-plan b'")).output).toBe('a *** b')
    const half = `head -c 19990 /dev/zero | tr '\\0' x; printf hunter2-of-the-plan; head -c 60000 /dev/zero | tr '\\0' y`
    expect((await check(half)).output).not.toContain('hunter2')
    expect(logged.replaceAll('::add-mask::hunter2-of-the-plan', '')).not.toContain('hunter2')
  })
})

describe('failure', () => {
  const result = (name: string, outcome: 'passed' | 'warned' | 'failed') =>
    ({ name, outcome, observed: 'exit code 1', output: '' }) as const

  test('every failed check is named, and a warning is no failure', () => {
    expect(planCheckFailure([result('a', 'passed'), result('b', 'warned')])).toBeUndefined()
    expect(planCheckFailure([result('a', 'failed'), result('b', 'warned'), result('c', 'failed')])).toMatchObject({
      code: 'PLAN_CHECK_FAILED',
      sentence: 'The plan does not pass a (exit code 1), c (exit code 1).',
      remedy: 'config',
    })
  })
})
