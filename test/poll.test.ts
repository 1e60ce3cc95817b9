/** The one place that waits: deadlines and cancellation. */
import { describe, expect, test } from 'vitest'
import { CancelledError } from '../src/errors.ts'
import { monotonicMs, poll, sleep } from '../src/poll.ts'

const delayMs = () => 5

test('the clock goes forward in milliseconds', async () => {
  const [began, reference] = [monotonicMs(), performance.now()]
  await sleep(30)
  const [took, expected] = [monotonicMs() - began, performance.now() - reference]
  expect(took).toBeGreaterThanOrEqual(29)
  expect(Math.abs(took - expected)).toBeLessThan(1_000)
})

test('checks until it is done', async () => {
  let checks = 0
  const check = async () => (++checks === 3 ? { done: checks } : { waitingFor: 'the third' })
  expect(await poll(check, { delayMs, timeoutMs: 60_000 })).toEqual({ timedOut: false, value: 3 })
})

test('the time is over: the last check is at the deadline', async () => {
  const times: number[] = []
  const began = Date.now()
  const check = async () => {
    times.push(Date.now() - began)
    return { waitingFor: 'ever' }
  }
  const polled = await poll(check, { delayMs: () => 60_000, timeoutMs: 50 })
  expect(polled).toEqual({ timedOut: true, waitingFor: 'ever' })
  expect(times).toHaveLength(2)
  expect(times[1]).toBeGreaterThanOrEqual(45)
})

describe('a cancelled run', () => {
  const soon = () => {
    const cancel = new AbortController()
    setTimeout(() => cancel.abort(), 10)
    return cancel.signal
  }

  test('ends a wait at once', async () => {
    const began = Date.now()
    const wait = poll(async () => ({ waitingFor: 'ever' }), {
      delayMs: () => 60_000,
      timeoutMs: 60_000,
      signal: soon(),
    })
    await expect(wait).rejects.toThrow(CancelledError)
    expect(Date.now() - began).toBeLessThan(5_000)
  })

  test('ends a check that has begun, and what the check throws later is nobody’s concern', async () => {
    const check = () => new Promise<never>((_, reject) => setTimeout(() => reject(new Error('late')), 30))
    await expect(poll(check, { delayMs, timeoutMs: 60_000, signal: soon() })).rejects.toThrow(CancelledError)
    await sleep(50)
  })

  test('starts no check', async () => {
    let checks = 0
    const check = async () => ({ done: ++checks })
    await expect(poll(check, { delayMs, timeoutMs: 1, signal: AbortSignal.abort() })).rejects.toThrow(CancelledError)
    expect(checks).toBe(0)
  })

  test('has the error that the signal was aborted with', async () => {
    const reason = new CancelledError('The job was cancelled during gate.')
    await expect(sleep(60_000, AbortSignal.abort(reason))).rejects.toBe(reason)
  })

  test('leaves no listener on the signal', async () => {
    const { signal } = new AbortController()
    let listeners = 0
    const { addEventListener, removeEventListener } = signal
    signal.addEventListener = (...of: Parameters<typeof addEventListener>) => {
      listeners++
      addEventListener.apply(signal, of)
    }
    signal.removeEventListener = (...of: Parameters<typeof removeEventListener>) => {
      listeners--
      removeEventListener.apply(signal, of)
    }
    await sleep(1, signal)
    expect(listeners).toBe(0)
  })
})
