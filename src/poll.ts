/**
 * The only place that waits. A check says either that it is done or what it is still waiting for;
 * a deadline ends every wait, and the caller learns what the last one was for.
 */
export type Polled<T> = { readonly done: T } | { readonly waitingFor: string }

export type PollResult<T> =
  | { readonly timedOut: false; readonly value: T }
  | { readonly timedOut: true; readonly waitingFor: string }

export interface PollOptions {
  /** Milliseconds to wait after check number `attempt` (0 is the first). */
  readonly delayMs: (attempt: number) => number
  /** Milliseconds after which no further check starts. */
  readonly timeoutMs: number
}

/**
 * Calls `check` until it is done or the time is up. The last check runs at the deadline itself, so a
 * change in the final delay is still seen.
 */
export async function poll<T>(
  check: (attempt: number) => Promise<Polled<T>>,
  { delayMs, timeoutMs }: PollOptions,
): Promise<PollResult<T>> {
  const deadline = Date.now() + timeoutMs
  for (let attempt = 0; ; attempt++) {
    const polled = await check(attempt)
    if ('done' in polled) return { timedOut: false, value: polled.done }
    const left = deadline - Date.now()
    if (left <= 0) return { timedOut: true, waitingFor: polled.waitingFor }
    await sleep(Math.min(delayMs(attempt), left))
  }
}

/** Resolves after `ms` milliseconds. A global timer on purpose: tests replace it. */
export function sleep(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms))
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
