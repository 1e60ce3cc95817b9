/**
 * The only place that waits. A check says either that it is done or what it is still waiting for;
 * a deadline ends every wait, and the caller learns what the last one was for. A cancelled run ends a wait at once.
 */
import { CancelledError } from './errors.ts'

export type Polled<T> = { readonly done: T } | { readonly waitingFor: string }

export type PollResult<T> =
  | { readonly timedOut: false; readonly value: T }
  | { readonly timedOut: true; readonly waitingFor: string }

export interface PollOptions {
  /** Milliseconds to wait after check number `attempt` (0 is the first). */
  readonly delayMs: (attempt: number) => number
  /** Milliseconds after which no further check starts. */
  readonly timeoutMs: number
  /** Ends the wait, also one for a check that has begun. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Calls `check` until it is done or the time is up. The last check runs at the deadline itself, so a
 * change in the final delay is still seen. Throws a CancelledError as soon as `signal` is aborted.
 */
export async function poll<T>(
  check: (attempt: number) => Promise<Polled<T>>,
  { delayMs, timeoutMs, signal }: PollOptions,
): Promise<PollResult<T>> {
  const deadline = Date.now() + timeoutMs
  for (let attempt = 0; ; attempt++) {
    const polled = await untilCancelled(() => check(attempt), signal)
    if ('done' in polled) return { timedOut: false, value: polled.done }
    const remainingMs = deadline - Date.now()
    if (remainingMs <= 0) return { timedOut: true, waitingFor: polled.waitingFor }
    await sleep(Math.min(delayMs(attempt), remainingMs), signal)
  }
}

/**
 * Resolves after `ms` milliseconds. A global timer on purpose: tests replace it. Throws a CancelledError as soon as
 * `signal` is aborted.
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
 * The result of `action`, unless the run is cancelled first. What the action does after that is nobody's concern.
 * Throws the CancelledError that the signal was aborted with, or a new one.
 */
export async function untilCancelled<T>(action: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
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
 * The wait that a service asks for by the header Retry-After: seconds, or a date (RFC 9110 §10.2.3).
 * @returns milliseconds from now, undefined when it asks for none, or for a moment that has passed
 */
export function retryAfterMs(header: string | readonly string[] | undefined): number | undefined {
  const value = [header].flat()[0]?.trim() ?? ''
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1_000
  const ms = Date.parse(value) - Date.now()
  return ms >= 0 ? ms : undefined
}
