/**
 * Steady requests to a URL, to show that a deployment drops none. One after the other on fresh connections, as
 * unrelated clients come; bounded in number, so that a demo that nobody watches ends.
 */

/** Five minutes at ten a second. */
const mostRequests = 3_000
const pauseMs = 100

export interface Traffic {
  stop(): Promise<{ readonly sent: number; readonly failed: readonly string[] }>
}

export function startTraffic(url: URL): Traffic {
  let stopped = false
  let sent = 0
  const failed: string[] = []
  const running = (async () => {
    while (!stopped && sent < mostRequests) {
      sent++
      try {
        const response = await fetch(url, { headers: { connection: 'close' }, signal: AbortSignal.timeout(10_000) })
        await response.arrayBuffer()
        if (response.status !== 200) failed.push(`request ${sent}: ${response.status}`)
      } catch (error) {
        failed.push(`request ${sent}: ${String(error instanceof Error ? (error.cause ?? error) : error)}`)
      }
      await new Promise(resolve => setTimeout(resolve, pauseMs))
    }
  })()
  return {
    async stop() {
      stopped = true
      await running
      return { sent, failed }
    },
  }
}
