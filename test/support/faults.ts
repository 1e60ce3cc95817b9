/**
 * Faults that a test puts into a stand-in: wrong answers, slow ones, none, and answers that are lost after the work was
 * done. The stand-ins share the description; each applies it to its own requests.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'

export interface Fault {
  method?: string
  /** Tested against the path and query. */
  path: RegExp
  /** How many more requests it hits. */
  times: number
  status?: number
  headers?: Record<string, string>
  /** Text is sent as it is, anything else as JSON. */
  body?: unknown
  delayMs?: number
  /** Cuts the connection instead of an answer. */
  reset?: boolean
  /** Never answers, until the client or the stand-in closes the connection. */
  hang?: boolean
  /** The service does what was asked, and only its answer is replaced or lost. */
  afterwards?: boolean
}

export interface Answer {
  status: number
  headers: Record<string, string>
  body: unknown
}

function replacesAnswer(fault: Fault): boolean {
  return Boolean(fault.reset || fault.hang) || fault.status !== undefined || fault.body !== undefined
}

/**
 * Answers a request by `carryOut`, as far as the first fault that fits lets it. Counts the fault down.
 * @returns the status that was sent, 0 when there was none
 */
export async function answerWithFaults(
  faults: readonly Fault[],
  incoming: IncomingMessage,
  response: ServerResponse,
  carryOut: () => Promise<Answer>,
): Promise<number> {
  const { method = '', url = '' } = incoming
  const fault = faults.find(each => each.times > 0 && (each.method ?? method) === method && url.search(each.path) >= 0)
  if (fault) fault.times--
  if (fault?.delayMs) await delay(fault.delayMs)

  const replaced = fault !== undefined && replacesAnswer(fault)
  const answered = replaced && !fault.afterwards ? undefined : await carryOut()
  if (fault?.hang) return 0
  if (fault?.reset) {
    incoming.socket.resetAndDestroy()
    return 0
  }
  const { status, headers, body } =
    replaced || !answered ? { status: fault?.status ?? 200, headers: {}, body: fault?.body } : answered
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers, ...fault?.headers })
  response.end(body === undefined || typeof body === 'string' ? body : JSON.stringify(body))
  return status
}

/** The whole body of a request as text. */
export async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
