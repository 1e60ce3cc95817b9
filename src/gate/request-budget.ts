/**
 * The limit on the requests that one gate sends per minute. It keeps rate limiters of servers from treating the gate as
 * an attack.
 */
import { monotonicMs } from '../poll.ts'

const WINDOW_MS = 60_000

/** A sliding window of one minute over the sent requests. */
export class RequestBudget {
  readonly #maxPerMinute: number
  /** Moments (`monotonicMs()`) of the requests of the last minute, oldest first. */
  readonly #sent: number[] = []

  constructor(maxPerMinute: number) {
    this.#maxPerMinute = maxPerMinute
  }

  /** Milliseconds until one more request may be sent; 0 when it may be sent now. */
  get waitMs(): number {
    const now = monotonicMs()
    while (this.#sent[0] !== undefined && this.#sent[0] <= now - WINDOW_MS) this.#sent.shift()
    const oldest = this.#sent[this.#sent.length - this.#maxPerMinute]
    return oldest === undefined ? 0 : oldest + WINDOW_MS - now
  }

  /** Number of requests that may be sent immediately. */
  get room(): number {
    return this.waitMs > 0 ? 0 : this.#maxPerMinute - this.#sent.length
  }

  /** Returns how many of the later requests to reserve: at most half of the limit per minute. */
  reserve(later: number): number {
    return Math.min(later, Math.floor(this.#maxPerMinute / 2))
  }

  /** Counts one request as soon as it may be sent. Resolves to false immediately when that is later than `deadline`. */
  async take(deadline: number): Promise<boolean> {
    for (let wait = this.waitMs; wait > 0; wait = this.waitMs) {
      if (monotonicMs() + wait > deadline) return false
      await new Promise(resolve => setTimeout(resolve, wait))
    }
    this.#sent.push(monotonicMs())
    return true
  }

  /** Returns one request that reached no server to the budget. */
  refund(): void {
    this.#sent.pop()
  }
}
