/** The loop of every watch, with a platform of the test's own. */
import { describe, expect, test } from 'vitest'
import { CancelledError, type Failure } from '../../src/errors.ts'
import type { Hold, Observation, PlatformWatch, Target, WatchContext } from '../../src/platforms/platform.ts'
import { followDeployment, gateHold, isWatchedAgain, waitUntilStable, watchReport } from '../../src/platforms/watch.ts'

const target: Target = { kind: 'boat' }
const version = { id: 'arn:boat/7', label: 'boat:7' }
const failure: Failure = { code: 'ECS_DEPLOYMENT_FAILED', sentence: 'The boat sinks.', fix: 'Swim.', remedy: 'replace' }

/** A watch whose looks have these results in order, the last one from then on. */
function looks(...results: readonly (Observation | Error)[]): PlatformWatch {
  let call = 0
  return {
    api: 'Boat',
    start: () => async () => {
      const next = results[Math.min(call++, results.length - 1)]
      if (next === undefined || next instanceof Error) throw next
      return next
    },
    defaultTimeoutMs: 1,
    delayMs: () => 1,
    accessDenied: (_, error) => ({ ...failure, code: 'ECS_ACCESS', sentence: String(error) }),
    timedOut: (_, timeoutMs, last) => ({
      kind: 'failed',
      failure: { ...failure, code: 'ECS_TIMEOUT', sentence: `${timeoutMs}: ${last.for}` },
      observed: 'The boat is late',
    }),
    report: ({ elapsedMs, failure: of }) => ({ readiness: { elapsedMs, failure: of } }),
  }
}

async function follow(watch: PlatformWatch, more: Partial<WatchContext> = {}) {
  const lines: string[] = []
  const context = { log: (line: unknown) => void lines.push(String(line)), times: { timeoutMs: 5_000 }, ...more }
  return { ...(await followDeployment(watch, target, context)), lines }
}

const waiting = (what: string): Observation => ({ kind: 'waiting', for: what })
const named = (name: string, message = 'no') => Object.assign(new Error(message), { name })

test('a change is one line, and a version that serves ends the watch', async () => {
  const deployment = { id: 'd-1', createdAt: 1 }
  const result = await follow(
    looks(waiting('the tide'), waiting('the tide'), { ...waiting('the wind'), deployment }, waiting('the wind'), {
      kind: 'serving',
      version,
      running: 2,
    }),
  )
  expect(result.lines).toEqual(['the tide', 'the wind'])
  expect(result).toMatchObject({ revision: 'boat:7', running: 2, failure: undefined, deployment })
})

test('a failure ends it, with what was observed', async () => {
  const result = await follow(looks({ kind: 'failed', failure, observed: 'The boat sinks' }))
  expect(result).toMatchObject({ failure, observed: 'The boat sinks', revision: undefined, running: 0 })
})

describe('a failure that an answer of before the change looks like', () => {
  const absent: Observation = { kind: 'failed', failure, observed: 'The boat is not there', mayBeStale: true }
  const other: Observation = { ...absent, failure: { ...failure, code: 'ECS_SUPERSEDED' } }
  const serving: Observation = { kind: 'serving', version }

  test('is believed when three looks in a row find it, and one line says what is waited for', async () => {
    const result = await follow(looks(absent, absent, absent, serving))
    expect(result).toMatchObject({ failure, observed: 'The boat is not there' })
    expect(result.lines).toEqual(['Waiting until 3 answers of the Boat API agree: The boat sinks.'])
  })

  test.each([
    ['twice and then never again', [absent, absent, serving]],
    ['twice, and twice again after another answer', [absent, absent, waiting('the tide'), absent, absent, serving]],
    ['twice, and twice another one', [absent, absent, other, other, serving]],
  ])('is not believed %s', async (_, results) => {
    expect(await follow(looks(...results))).toMatchObject({ failure: undefined, revision: 'boat:7' })
  })

  test('counts on after an error, which is no answer', async () => {
    const result = await follow(looks(absent, named('ThrottlingException'), absent, absent, serving))
    expect(result.failure).toBe(failure)
  })

  test('is the result when the time is over before the third look', async () => {
    const result = await follow(looks(absent), { times: { timeoutMs: 0 } })
    expect(result).toMatchObject({ failure, observed: 'The boat is not there' })
  })
})

test('the time is over: the last wait is in the sentence', async () => {
  const result = await follow(looks(waiting('the tide')), { times: { timeoutMs: 20, delayMs: () => 5 } })
  expect(result).toMatchObject({
    failure: { code: 'ECS_TIMEOUT', sentence: '20: the tide' },
    observed: 'The boat is late',
  })
})

test('a bake time is added to the default timeout, and not to one that the user has set', async () => {
  const baking: Observation = { kind: 'waiting', for: 'the oven', bakeMs: 60 }
  const times = { timeoutMs: 20, delayMs: () => 5 }
  const late = (await follow(looks(baking), { times })).failure
  expect(late?.sentence).toBe('80: the oven')
  expect((await follow(looks(baking), { times: { ...times, isFixed: true } })).failure?.sentence).toBe('20: the oven')
})

test.each([named('ThrottlingException', 'Rate exceeded'), named('TimeoutError', 'socket hang up')])(
  '%s is asked again',
  async error => {
    const result = await follow(looks(error, { kind: 'serving', version }))
    expect(result).toMatchObject({ failure: undefined, revision: 'boat:7' })
    expect(result.lines).toEqual([`Waiting for the Boat API: ${error.name}: ${error.message}`])
  },
)

test.each([
  named('AccessDeniedException'),
  named('UnauthorizedOperation'),
  named('AuthFailure'),
  named('ExpiredTokenException'),
  named('UnrecognizedClientException'),
  named('InvalidSignatureException'),
  named('Error', 'Region is missing'),
  named('CredentialsProviderError', 'Could not load credentials from any providers'),
])('%s ends it at once', async error => {
  expect((await follow(looks(error, { kind: 'serving', version }))).failure?.code).toBe('ECS_ACCESS')
})

describe('a run that is cancelled', () => {
  test.each([
    ['during a wait', { ...looks(waiting('the tide')), delayMs: () => 60_000 }],
    ['during a look', { ...looks(), start: () => () => new Promise<Observation>(() => {}) }],
  ])('%s ends the watch at once', async (_, watch) => {
    const cancel = new AbortController()
    const reason = new CancelledError('The job was cancelled during stability.')
    const began = Date.now()
    setTimeout(() => cancel.abort(reason), 20)
    await expect(follow(watch, { times: { timeoutMs: 60_000 }, signal: cancel.signal })).rejects.toBe(reason)
    expect(Date.now() - began).toBeLessThan(5_000)
  })

  test('asks nothing any more', async () => {
    let asked = 0
    const look = async (): Promise<Observation> => {
      asked++
      return { kind: 'serving' }
    }
    const watch: PlatformWatch = { ...looks(), start: () => look }
    await expect(follow(watch, { signal: AbortSignal.abort() })).rejects.toThrow(CancelledError)
    expect(asked).toBe(0)
  })
})

describe('a version that is held', () => {
  const held = () => {
    const done: string[] = []
    const hold: Hold = {
      id: 'h-1',
      version,
      endpoint: 'https://test.example/mcp',
      continue: async () => void done.push('continue'),
      rollBack: async () => void done.push('rollBack'),
    }
    return { hold, done }
  }

  test('ends the watch, so that it can be gated', async () => {
    const { hold } = held()
    expect(await follow(looks({ kind: 'held', hold }))).toMatchObject({ hold, failure: undefined, revision: undefined })
  })

  test('gets its clients when it passes at its own endpoint, and is given up when it does not', async () => {
    const passes = held()
    const asked: string[] = []
    const gate = async (url: string | undefined) => void asked.push(String(url))
    expect(await gateHold({ kind: 'ecs' }, passes.hold, gate)).toEqual({ failure: undefined, unanswered: undefined })
    expect(asked).toEqual(['https://test.example/mcp'])
    expect(passes.done).toEqual(['continue'])
    const fails = held()
    expect(await gateHold({ kind: 'ecs' }, fails.hold, async () => failure)).toEqual({ failure, unanswered: undefined })
    expect(fails.done).toEqual(['rollBack'])
  })

  test('the platform refuses the answer: the failure of the gate is kept, and a pass becomes a failure', async () => {
    const refuses = () => Promise.reject(named('AccessDeniedException', 'no ecs:ContinueServiceDeployment'))
    const hold = { ...held().hold, continue: refuses, rollBack: refuses }
    const service = { kind: 'ecs', cluster: 'prod', service: 'weather' } as Target
    const unanswered = 'no ecs:ContinueServiceDeployment'
    expect(await gateHold(service, hold, async () => failure)).toEqual({ failure, unanswered })
    expect(await gateHold(service, hold, async () => undefined)).toMatchObject({
      failure: { code: 'ECS_ACCESS', remedy: 'config' },
      unanswered,
    })
  })
})

test('a target without versions, or one that is not watched at all, is not watched again after the gate', () => {
  expect(isWatchedAgain({ kind: 'ecs' })).toBe(true)
  expect(isWatchedAgain({ kind: 'ec2', instanceId: 'i-1', address: 'x' } as Target)).toBe(false)
  expect(isWatchedAgain({ kind: 'endpoint' })).toBe(false)
})

test('a watch of what cannot be watched is a fault of ours', async () => {
  await expect(waitUntilStable({ kind: 'endpoint' }, { log: () => {}, times: { timeoutMs: 1 } })).rejects.toThrow(
    /cannot be watched/,
  )
})

test('the report has the fields that it always had', () => {
  const result = { revision: 'weather:7', running: 2, elapsedMs: 9, failure: undefined, deployment: undefined }
  expect(watchReport({ kind: 'ecs' }, result)).toEqual({ stability: result })
  expect(watchReport({ kind: 'ec2' }, result)).toEqual({ readiness: { elapsedMs: 9, failure: undefined } })
})
