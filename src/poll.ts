/**
 * The only module that waits, and its clock. A check returns either its result or what it is still waiting for. A deadline ends every wait,
 * and the caller gets what the last check waited for. A cancelled run ends a wait immediately.
 */
import { CancelledError } from './errors.ts'

/**
 * Milliseconds of a clock that only goes forward, from an unknown moment. `performance.now()` is such a clock, too, but its module
 * takes a millisecond to load, which is before the first request of the gate.
 */
export function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1_000 + nanoseconds / 1_000_000
}

export type Polled<T> = { readonly done: T } | { readonly waitingFor: string }

export type PollResult<T> =
  | { readonly timedOut: false; readonly value: T }
  | { readonly timedOut: true; readonly waitingFor: string }

export interface PollOptions {
  /** Milliseconds to wait after check number `attempt`, which starts at 0. */
  readonly delayMs: (attempt: number) => number
  /** Milliseconds after which no further check starts; a function if a check can change them. */
  readonly timeoutMs: number | (() => number)
  /** Ends the wait, also during a check. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Calls `check` until it is done or the time is up. The last check runs at the deadline, so it still observes a change during
 * the final delay.
 * @throws CancelledError as soon as `signal` is aborted
 */
export async function poll<T>(
  check: (attempt: number) => Promise<Polled<T>>,
  { delayMs, timeoutMs, signal }: PollOptions,
): Promise<PollResult<T>> {
  const began = Date.now()
  for (let attempt = 0; ; attempt++) {
    const polled = await untilCancelled(() => check(attempt), signal)
    if ('done' in polled) return { timedOut: false, value: polled.done }
    const remainingMs = began + (typeof timeoutMs === 'number' ? timeoutMs : timeoutMs()) - Date.now()
    if (remainingMs <= 0) return { timedOut: true, waitingFor: polled.waitingFor }
    await sleep(Math.min(delayMs(attempt), remainingMs), signal)
  }
}

/**
 * Resolves after `ms` milliseconds. It uses the global timer, which tests replace.
 * @throws CancelledError as soon as `signal` is aborted
 */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  try {
    await untilCancelled(
      () =>
        new Promise<void>(resolve => {
          timer = setTimeout(resolve, ms)
        }),
      signal,
    )
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Resolves with the result of `action`, unless the run is cancelled first. A later result of the action is ignored.
 * @throws the CancelledError that the signal was aborted with, or a new one
 */
async function untilCancelled<T>(action: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return await action()
  if (signal.aborted) throw cancellation(signal)
  let cancel = () => {}
  const cancelled = new Promise<never>((_, reject) => {
    cancel = () => reject(cancellation(signal))
    signal.addEventListener('abort', cancel, { once: true })
  })
  try {
    return await Promise.race([action(), cancelled])
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}

function cancellation({ reason }: AbortSignal): CancelledError {
  return reason instanceof CancelledError ? reason : new CancelledError('The job was cancelled during a wait.')
}

/**
 * Reads the header Retry-After, which holds seconds or a date (RFC 9110 §10.2.3).
 * @returns milliseconds from now, undefined if the header is missing, not readable or a moment that has passed
 */
export function retryAfterMs(header: string | readonly string[] | undefined): number | undefined {
  const value = [header].flat()[0]?.trim() ?? ''
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1_000
  const ms = Date.parse(value) - Date.now()
  return ms >= 0 ? ms : undefined
}
