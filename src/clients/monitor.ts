/**
 * AliveMCP's monitors: `GET` and `POST {api}/v1/monitors` with a bearer key. Its API is not documented in public, so
 * answers are read tolerantly; the key goes into one header and nowhere else, and no redirect is followed.
 */
import { HttpClient } from '@actions/http-client'
import { BearerCredentialHandler } from '@actions/http-client/lib/auth'
import { ServiceError } from '../errors.ts'

export interface Monitor {
  readonly id: string
  readonly name: string
  readonly url: string
}

export interface NewMonitor {
  readonly name: string
  readonly url: string
  readonly interval_seconds: number
  /** The negotiated MCP protocol version, such as 2025-11-25; left out when nobody got past the wall to negotiate one. */
  readonly protocol_version?: string
}

export class AliveMcp {
  readonly #monitors: string
  readonly #http: HttpClient

  constructor(apiUrl: string, apiKey: string) {
    this.#monitors = `${apiUrl}/v1/monitors`
    this.#http = new HttpClient('terraform-mcp-deploy', [new BearerCredentialHandler(apiKey)], {
      socketTimeout: 10_000,
      allowRedirects: false,
    })
  }

  /**
   * Every monitor of the account, or undefined when the API has no way to list them (404, 405 or 501).
   * @throws ServiceError for any other answer, and for one in which no list is found
   */
  async list(): Promise<Monitor[] | undefined> {
    const { status, body } = await this.#request('GET')
    if (status === 404 || status === 405 || status === 501) return undefined
    if (status !== 200) throw new ServiceError(`GET ${this.#monitors} answered ${status}.`)
    const lists = listsIn(body)
    if (lists.length === 0) throw new ServiceError(`GET ${this.#monitors} answered 200 without a list of monitors.`)
    return lists
      .flat()
      .map(monitorOf)
      .filter(monitor => monitor !== undefined)
  }

  /**
   * Creates a monitor; a 409 means that there is one already, and counts.
   * @param idempotencyKey the same for the same deployment, so that a repeated request makes no second monitor
   * @returns its id, empty when the answer names none
   * @throws ServiceError for any other answer
   */
  async create(
    monitor: NewMonitor,
    idempotencyKey: string,
  ): Promise<{ readonly outcome: 'created' | 'exists'; readonly id: string }> {
    const { status, body } = await this.#request('POST', monitor, { 'Idempotency-Key': idempotencyKey })
    if (status === 409) return { outcome: 'exists', id: idOf(body) }
    if (status !== 200 && status !== 201) throw new ServiceError(`POST ${this.#monitors} answered ${status}.`)
    return { outcome: 'created', id: idOf(body) }
  }

  async #request(
    method: 'GET' | 'POST',
    content?: NewMonitor,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; body: unknown }> {
    const json = content === undefined ? '' : JSON.stringify(content)
    const response = await this.#http.request(method, this.#monitors, json, {
      Accept: 'application/json',
      ...(content === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    })
    const text = await response.readBody()
    return { status: response.message.statusCode ?? 0, body: parsed(text) }
  }
}

/** The answer itself, or every list one or two levels down as in `{"data": {"monitors": […]}}`. */
function listsIn(body: unknown, depth = 2): unknown[][] {
  if (Array.isArray(body)) return [body]
  return depth === 0 ? [] : Object.values(asObject(body)).flatMap(part => listsIn(part, depth - 1))
}

function monitorOf(entry: unknown): Monitor | undefined {
  const { name, url } = asObject(entry)
  if (typeof url !== 'string') return undefined
  return { id: idOf(entry), name: typeof name === 'string' ? name : '', url }
}

/** `id` at the top, or one level down as in `{"monitor": {"id": …}}`. */
function idOf(body: unknown): string {
  for (const candidate of [body, ...Object.values(asObject(body))]) {
    const { id } = asObject(candidate)
    if (typeof id === 'string' || typeof id === 'number') return String(id)
  }
  return ''
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
