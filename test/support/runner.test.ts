import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ActionRun, type RunnerTimes, runAction, startAction } from './runner.ts'

const hostile = 'a=b<<EOF\nEOF\n::error::no\r\n%0A\n__proto__\n'
let directory: string

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'runner-test-'))
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

function sample(scenario: string, more: Partial<ActionRun> = {}): ActionRun {
  return {
    action: join(import.meta.dirname, 'fixtures/sample-action'),
    inputs: { scenario },
    event: { name: 'push', payload: { after: 'abc' } },
    workspace: directory,
    temp: join(directory, 'temp'),
    github: {
      apiUrl: 'http://127.0.0.1:1',
      token: 'ghs_the-token',
      repository: 'octo/infra',
      sha: 'abc',
      ref: 'refs/heads/main',
    },
    ...more,
  }
}

/** Times that are long enough for the sample action to print that it ignores a signal. */
const quickTimes: RunnerTimes = { terminateAfterMs: 500, killAfterMs: 500, openStreamsTimeoutMs: 300 }

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    // A process that was killed stays a zombie until its parent has noticed.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

describe('what the action is given', { timeout: 60_000 }, () => {
  test('inputs, defaults and GITHUB_* variables, and nothing of the parent but PATH and HOME', async () => {
    process.env.PARENT_ONLY = 'leak'
    const inputs = { SCENARIO: 'environment', surprise: 'x', 'old-name': 'y' }
    const run = await runAction(sample('', { inputs, env: { AWS_REGION: 'eu-central-1' } }))
    delete process.env.PARENT_ONLY
    const environment = JSON.parse(readFileSync(join(directory, 'temp/environment.json'), 'utf8'))
    expect(environment).toMatchObject({
      AWS_REGION: 'eu-central-1',
      CI: 'true',
      cwd: directory,
      GITHUB_ACTIONS: 'true',
      GITHUB_REF_NAME: 'main',
      GITHUB_REPOSITORY_OWNER: 'octo',
      GITHUB_WORKSPACE: directory,
      'INPUT_GITHUB-TOKEN': 'ghs_the-token',
      INPUT_GREETING_WITH_SPACE: 'hello',
      'INPUT_NO-DEFAULT': '',
      INPUT_SURPRISE: 'x',
    })
    expect(JSON.parse(readFileSync(environment.GITHUB_EVENT_PATH, 'utf8'))).toEqual({ after: 'abc' })
    expect(Object.keys(environment)).not.toContain('PARENT_ONLY')
    expect(Object.keys(environment)).not.toContain('GITHUB_TOKEN')
    expect(run.log).toContain("Unexpected input(s) 'surprise', valid inputs are ['scenario', ")
    expect(run.log).toContain("Input 'old-name' has been deprecated with message: use scenario")
    expect(run.log).toContain('token in the log: ***')
    expect(run.outputs['token-length']).toBe('13')
  })

  test('state, environment and PATH reach post', async () => {
    const run = await runAction(sample('state'))
    expect(run.post?.log).toContain(`post sees ${JSON.stringify(hostile)} and EXPORTED=yes`)
    expect(run.post?.log).toContain('post finds /added/by/main first in PATH')
    expect(run.post?.log).toContain('post is given state')
    expect(run.main.log).not.toContain('post sees')
    expect(run.conclusion).toBe('success')
  })

  test('an action that is no JavaScript action is refused', () => {
    expect(() => startAction(sample('x', { action: directory }))).toThrow('action.yml')
  })
})

describe('what the action says', { timeout: 60_000 }, () => {
  test('outputs of any content', async () => {
    const run = await runAction(sample('outputs'))
    expect({ ...run.outputs }).toEqual({
      hostile,
      ['__proto__']: 'not a prototype',
      empty: '',
      json: '{"a":[1,"\\n"]}',
      plain: 'x<<y=z',
    })
    expect(run.annotations).toEqual([])
  })

  test('a malformed output file fails the step', async () => {
    const run = await runAction(sample('brokenOutput'))
    expect(run.main.exitCode).toBe(0)
    expect(run.conclusion).toBe('failure')
    expect(run.annotations.map(each => each.message)).toEqual([
      "Unable to process file command 'output' successfully.",
      "Invalid value. Matching delimiter not found 'EOF'",
    ])
  })

  test('masks cover what is printed later, line by line and encoded, and neither outputs nor earlier lines', async () => {
    const run = await runAction(sample('masks', { secrets: ['from-the-workflow'] }))
    expect(run.masks).toEqual(['ghs_the-token', 'from-the-workflow', 's3cr3t-value', 'first line\nsecond "line"'])
    expect(run.log).toContain('before: s3cr3t-value')
    expect(run.log).toContain('after: ***')
    expect(run.log).toMatch(/encoded: [A-Za-z0-9]+\*\*\*/)
    expect(run.log).toContain('one line: *** and json: ***')
    expect(run.log).toContain('uri: ***')
    expect(run.log).toContain("Can't add secret mask for empty string")
    expect(run.annotations).toContainEqual({ level: 'error', message: 'annotation ***', properties: {} })
    expect(run.summary).toBe('summary ***')
    expect(run.outputs.unmasked).toBe('s3cr3t-value')
  })

  test('commands are text between stop-commands and its token', async () => {
    const run = await runAction(sample('stopCommands'))
    expect(run.log).toContain('::error::not an annotation')
    expect(run.log).toContain('visible again')
    expect(run.annotations).toEqual([
      { level: 'warning', message: 'old grammar', properties: {} },
      { level: 'warning', message: 'two\nlines', properties: { title: 'a,b', file: 'x.tf' } },
    ])
  })

  test.each(['weakStopToken', 'setEnv', 'fail'])('%s fails the step', async scenario => {
    const run = await runAction(sample(scenario))
    expect(run.conclusion).toBe('failure')
    expect(run.annotations.some(each => each.level === 'error')).toBe(true)
    expect(run.post?.log).toContain('EXPORTED=\n')
  })

  test('NODE_OPTIONS cannot be exported, which is an error annotation and no failure', async () => {
    const run = await runAction(sample('nodeOptions'))
    expect(run.conclusion).toBe('success')
    expect(run.annotations[0]?.message).toContain("Can't store NODE_OPTIONS")
  })

  test('a failing post fails the job', async () => {
    const run = await runAction(sample('failingPost'))
    expect(run.main.conclusion).toBe('success')
    expect(run.conclusion).toBe('failure')
  })

  test('a summary over 1 MiB is dropped with an error, and the step stays green', async () => {
    const run = await runAction(sample('largeSummary'))
    expect(run.summary).toBe('')
    expect(run.annotations[0]?.message).toContain('supports content up to a size of 1024k')
    expect(run.conclusion).toBe('success')
  })

  test('ten annotations of a level are kept, cut at 4,096 characters', async () => {
    const run = await runAction(sample('manyAnnotations'))
    expect(run.annotations).toHaveLength(10)
    expect(run.annotations[0]?.message).toHaveLength(4096)
    expect(run.log).toContain('##[warning]12 ')
  })
})

describe('how the action ends', { timeout: 60_000 }, () => {
  test('cancelled and leaving at once: its files are read and post runs', async () => {
    const run = await runAction(sample('cancelHonoured', { cancelAt: 'working' }))
    expect(run.conclusion).toBe('cancelled')
    expect(run.main).toMatchObject({ exitCode: 0, signal: null })
    expect(run.outputs.interrupted).toBe('true')
    expect(run.post?.log).toContain('post sees "left early"')
  })

  test('cancelled and staying: SIGINT, SIGTERM, SIGKILL, then post', async () => {
    const action = startAction(sample('cancelIgnored', { times: quickTimes }))
    await action.line('working')
    action.cancel()
    await action.line(/^ignored SIGTERM$/)
    const run = await action.done
    expect(run.main).toMatchObject({ exitCode: null, signal: 'SIGKILL', conclusion: 'cancelled' })
    expect(run.log.indexOf('ignored SIGINT')).toBeLessThan(run.log.indexOf('ignored SIGTERM'))
    expect(run.post?.conclusion).toBe('success')
  })

  test('killed: no post, and the child lives on until it is ended', async () => {
    const action = startAction(sample('orphan'))
    const child = Number((await action.line('child ')).split(' ')[1])
    action.kill()
    const run = await action.done
    expect(run.post).toBeUndefined()
    expect(run.main.signal).toBe('SIGKILL')
    expect(run.orphans).toEqual([child])
    expect(alive(child)).toBe(true)
    expect(action.endOrphans()).toEqual([child])
    await expect.poll(() => alive(child)).toBe(false)
  })

  test('a child that holds the output open does not hold the step, and dies at the end of the job', async () => {
    const run = await runAction(sample('orphanHoldingOutput', { times: quickTimes }))
    const child = Number(/child (\d+)/.exec(run.log)?.[1])
    expect(run.conclusion).toBe('success')
    expect(run.post?.log).toContain('post sees')
    expect(run.orphans).toEqual([child])
    await expect.poll(() => alive(child)).toBe(false)
  })

  test('waiting for a line that never comes ends with the run', async () => {
    const action = startAction(sample('fail'))
    await expect(action.line('never said')).rejects.toThrow(/ended without a log line like never said[\s\S]*said so/)
  })
})
