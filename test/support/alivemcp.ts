/**
 * The monitor AliveMCP, as far as it is known: `POST /v1/monitors` with a bearer key creates a monitor, `GET` lists them.
 * Nothing more of the API is documented in public, so the shape of the answers is a guess, and a client must not
 * depend on it.
 */
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import { type Answer, answerWithFaults, type Fault, readBody } from './faults.ts'
import { listen } from './mcp/listen.ts'

export interface Monitor {
  id: string
  name: string
  url: string
  interval_seconds: number
  protocol_version: string
}

export interface AliveMcpRequest {
  method: string
  path: string
  authorized: boolean
  headers: IncomingMessage['headers']
  body: unknown
  /** 0 when there was no answer. */
  status: number
}

export interface AliveMcp {
  apiUrl: string
  apiKey: string
  monitors: Monitor[]
  requests: AliveMcpRequest[]
  faults: Fault[]
  stop(): Promise<void>
}

export interface AliveMcpOptions {
  /** Answers 409 to a second monitor of one URL instead of creating it. */
  oneMonitorPerUrl?: boolean
}

const apiKey = 'amk_keyOfTheMonitoringAccount0000000'

const fields: Record<keyof Omit<Monitor, 'id'>, (value: unknown) => boolean> = {
  name: value => typeof value === 'string' && value.trim() !== '',
  url: value => typeof value === 'string' && /^https?:$/.test(URL.parse(value)?.protocol ?? ''),
  interval_seconds: value => Number.isInteger(value) && Number(value) > 0,
  protocol_version: value => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value),
}

function refusal(status: number, message: string): Answer {
  return { status, headers: {}, body: { error: { message } } }
}

/** Names the first field that is missing, wrong or unknown. */
function invalidField(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return 'body'
  const given = body as Record<string, unknown>
  const wrong = Object.entries(fields).find(([name, valid]) => !valid(given[name]))
  return wrong?.[0] ?? Object.keys(given).find(name => !(name in fields))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Starts a monitor without any monitors. Stop it when done. */
export async function startAliveMcp({ oneMonitorPerUrl = false }: AliveMcpOptions = {}): Promise<AliveMcp> {
  const monitors: Monitor[] = []
  const requests: AliveMcpRequest[] = []
  const faults: Fault[] = []

  function carryOut({ method, path, authorized, body }: AliveMcpRequest): Answer {
    if (!authorized) return refusal(401, 'invalid API key')
    if (path !== '/v1/monitors') return refusal(404, 'not found')
    if (method === 'GET') return { status: 200, headers: {}, body: { monitors } }
    if (method !== 'POST') return refusal(405, 'method not allowed')
    const wrong = invalidField(body)
    if (wrong !== undefined) return refusal(422, `invalid ${wrong}`)
    const wanted = body as Omit<Monitor, 'id'>
    if (oneMonitorPerUrl && monitors.some(each => each.url === wanted.url)) {
      return refusal(409, 'there is a monitor of this url')
    }
    const monitor = { id: `mon_${randomUUID()}`, ...wanted }
    monitors.push(monitor)
    return { status: 201, headers: {}, body: monitor }
  }

  const server = createServer((incoming, response) => {
    const { method = '', url: path = '', headers } = incoming
    const answer = async () => {
      const body = parsed(await readBody(incoming))
      const authorized = headers.authorization === `Bearer ${apiKey}`
      const request: AliveMcpRequest = { method, path, authorized, headers, body, status: 0 }
      requests.push(request)
      request.status = await answerWithFaults(faults, incoming, response, async () => carryOut(request))
    }
    // What goes wrong here is a connection that the client has closed.
    answer().catch(() => response.destroy())
  })
  const listening = await listen(server)
  return {
    apiUrl: listening.url,
    apiKey,
    monitors,
    requests,
    faults,
    stop: async () => listening[Symbol.asyncDispose](),
  }
}
