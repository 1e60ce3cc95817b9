/**
 * The monitor AliveMCP, as far as it is known: `POST /v1/monitors` with a bearer key creates a monitor, and
 * `GET /api/embed-status/SLUG` shows its status to everybody. That `GET` lists them, page by page, and that `PATCH` and
 * `DELETE` of `/v1/monitors/ID` change and remove one is a guess, like the shape of the answers: a client must not depend
 * on it. A second monitor of one URL is created, whatever the Idempotency-Key, unless a test wants it otherwise.
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
  protocol_version?: string
  paused: boolean
  slug: string
}

export interface AliveMcpRequest {
  method: string
  path: string
  authorized: boolean
  headers: IncomingMessage['headers']
  body: unknown
  /** 0 when there was no answer. */
  status: number
  /** When it came, milliseconds since 1970. */
  at: number
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
  /** Monitors on one page of the list; the next one is in the Link header. */
  pageSize?: number
}

const apiKey = 'amk_keyOfTheMonitoringAccount0000000'

type Given = Omit<Monitor, 'id' | 'slug' | 'paused'>

const fields: Record<keyof Given, (value: unknown) => boolean> = {
  name: value => typeof value === 'string' && value.trim() !== '',
  url: value => typeof value === 'string' && /^https?:$/.test(URL.parse(value)?.protocol ?? ''),
  interval_seconds: value => Number.isInteger(value) && Number(value) > 0,
  protocol_version: value => value === undefined || (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)),
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
export async function startAliveMcp({
  oneMonitorPerUrl = false,
  pageSize = 1_000,
}: AliveMcpOptions = {}): Promise<AliveMcp> {
  const monitors: Monitor[] = []
  const requests: AliveMcpRequest[] = []
  const faults: Fault[] = []

  function carryOut({ method, path, authorized, body }: AliveMcpRequest): Answer {
    const { pathname, searchParams } = new URL(path, 'http://monitor')
    const seen = monitors.find(({ slug }) => pathname === `/api/embed-status/${slug}`)
    if (seen && method === 'GET') {
      const { slug, paused } = seen
      const status_page_url = `https://alivemcp.com/status/${slug}`
      return { status: 200, headers: {}, body: { slug, status: paused ? 'unknown' : 'live', status_page_url } }
    }
    if (!authorized) return refusal(401, 'invalid API key')
    const addressed = monitors.find(({ id }) => pathname === `/v1/monitors/${id}`)
    if (addressed && method === 'PATCH') return { status: 200, headers: {}, body: Object.assign(addressed, body) }
    if (addressed && method === 'DELETE') {
      monitors.splice(monitors.indexOf(addressed), 1)
      return { status: 204, headers: {}, body: undefined }
    }
    if (pathname !== '/v1/monitors') return refusal(404, 'not found')
    if (method === 'GET') {
      const page = Number(searchParams.get('page') ?? 0)
      const end = (page + 1) * pageSize
      const link = end < monitors.length ? { link: `</v1/monitors?page=${page + 1}>; rel="next"` } : {}
      return { status: 200, headers: { ...link }, body: { monitors: monitors.slice(page * pageSize, end) } }
    }
    if (method !== 'POST') return refusal(405, 'method not allowed')
    const wrong = invalidField(body)
    if (wrong !== undefined) return refusal(422, `invalid ${wrong}`)
    const wanted = body as Given
    if (oneMonitorPerUrl && monitors.some(each => each.url === wanted.url)) {
      return refusal(409, 'there is a monitor of this url')
    }
    const id = `mon_${randomUUID()}`
    const monitor = { id, ...wanted, paused: false, slug: `s-${id.slice(4, 12)}` }
    monitors.push(monitor)
    return { status: 201, headers: {}, body: monitor }
  }

  const server = createServer((incoming, response) => {
    const { method = '', url: path = '', headers } = incoming
    const answer = async () => {
      const body = parsed(await readBody(incoming))
      const authorized = headers.authorization === `Bearer ${apiKey}`
      const request: AliveMcpRequest = { method, path, authorized, headers, body, status: 0, at: Date.now() }
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
