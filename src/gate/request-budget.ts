/**
 * RequestBudget limits how many requests one gate sends in any minute, so that the limiter of a server does not take the
 * gate for an attack.
 */

const WINDOW_MS = 60_000

export class RequestBudget {
  readonly #maxPerMinute: number
  /** Moments (`performance.now()`) of the requests of the last minute, oldest first. */
  readonly #sent: number[] = []

  constructor(maxPerMinute: number) {
    this.#maxPerMinute = maxPerMinute
  }

  /** Milliseconds until one more request may be sent; 0 when it may be sent now. */
  get waitMs(): number {
    const now = performance.now()
    while (this.#sent[0] !== undefined && this.#sent[0] <= now - WINDOW_MS) this.#sent.shift()
    const oldest = this.#sent[this.#sent.length - this.#maxPerMinute]
    return oldest === undefined ? 0 : oldest + WINDOW_MS - now
  }

  /** Requests that may be sent at once. */
  get room(): number {
    return this.waitMs > 0 ? 0 : this.#maxPerMinute - this.#sent.length
  }

  /** How many of a number of later requests are kept free: never more than half of what a minute allows. */
  reserve(later: number): number {
    return Math.min(later, Math.floor(this.#maxPerMinute / 2))
  }

  /** Counts one request once it may be sent. Resolves to false, at once, when that is later than `deadline`. */
  async take(deadline: number): Promise<boolean> {
    for (let wait = this.waitMs; wait > 0; wait = this.waitMs) {
      if (performance.now() + wait > deadline) return false
      await new Promise(resolve => setTimeout(resolve, wait))
    }
    this.#sent.push(performance.now())
    return true
  }

  /** Takes back one request that reached no server. */
  refund(): void {
    this.#sent.pop()
  }
}
