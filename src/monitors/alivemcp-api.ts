/**
 * Client for AliveMCP's undocumented API: `{api}/v1/monitors` with a bearer key, and the public `/api/embed-status/SLUG`
 * (alivemcp.com/seo/mcp-server-uptime-api). It reads answers tolerantly and distinguishes a missing endpoint from a failing
 * one. It sends the key in one header to one origin.
 */
import { messageOf, ServiceError } from '../errors.ts'
import { type Answer, type HttpOptions, request } from '../http.ts'
import { asObject, parseJson } from '../json.ts'
import { secrets } from '../log.ts'

export interface Monitor {
  /** Id for the path of a request; empty if the entry has none that is valid there. */
  readonly id: string
  readonly name: string
  readonly url: string
  readonly slug: string | undefined
  /** Undefined if the entry does not contain it. */
  readonly paused: boolean | undefined
}

export interface NewMonitor {
  readonly name: string
  readonly url: string
  readonly interval_seconds: number
  /** The negotiated MCP protocol version, such as 2025-11-25. Unset if authentication prevented the negotiation. */
  readonly protocol_version?: string
}

export interface PublicStatus {
  readonly status?: string
  readonly badgeUrl?: string
  readonly statusPageUrl?: string
}

/** Status codes of an endpoint that the API does not have. */
const unsupportedStatuses: readonly number[] = [404, 405, 501]
const acceptedStatuses: readonly number[] = [200, 201, 202, 204]

/** All in milliseconds. */
export interface AliveMcpTimes {
  /** Limit of one request. */
  readonly requestTimeoutMs: number
  /** Limit of all requests of one run. */
  readonly timeoutMs: number
}

export const defaultAliveMcpTimes: AliveMcpTimes = { requestTimeoutMs: 10_000, timeoutMs: 60_000 }

const maxPages = 100

export class AliveMcpApi {
  readonly #monitors: string
  readonly #readBase: URL
  readonly #apiKey: string
  readonly #times: AliveMcpTimes
  readonly #deadline: number

  constructor(apiUrl: string, apiKey: string, times = defaultAliveMcpTimes) {
    this.#monitors = `${apiUrl}/v1/monitors`
    this.#readBase = publicBase(apiUrl)
    this.#times = times
    this.#deadline = Date.now() + times.timeoutMs
    this.#apiKey = apiKey
  }

  /**
   * Lists every monitor of the account, page by page.
   * @returns undefined if the API cannot list monitors
   * @throws ServiceError for any other answer and for an incomplete list, which would lead to a duplicate monitor
   */
  async list(): Promise<Monitor[] | undefined> {
    const monitors: Monitor[] = []
    const visited = new Set<string>()
    for (let page: string | undefined = this.#monitors; page !== undefined; ) {
      if (visited.has(page) || visited.size === maxPages)
        throw new ServiceError(`GET ${this.#monitors} answered an endless list of monitors.`)
      visited.add(page)
      const answer = await this.#request('GET', page)
      if (unsupportedStatuses.includes(answer.status) && visited.size === 1) return undefined
      if (answer.status !== 200) throw new ServiceError(`GET ${this.#monitors} answered ${answer.status}.`)
      const body = answer.json
      const lists = listsIn(body)
      if (lists.length === 0) throw new ServiceError(`GET ${this.#monitors} answered 200 without a list of monitors.`)
      const entries = lists.flat().map(monitorOf)
      monitors.push(...entries.filter(monitor => monitor !== undefined))
      page = nextPage(page, answer.headers.link, body)
      if (page !== undefined && new URL(page).origin !== new URL(this.#monitors).origin)
        throw new ServiceError(`GET ${this.#monitors} continues on another host, which must not get the key.`)
    }
    return monitors
  }

  /**
   * Creates a monitor. A 409 means that it exists already.
   * @param idempotencyKey a key per monitor, so that a repeated request creates no second one
   * @returns the outcome, with the id and the slug of the answer
   * @throws ServiceError for any other answer
   */
  async create(
    monitor: NewMonitor,
    idempotencyKey: string,
  ): Promise<{ readonly outcome: 'created' | 'exists'; readonly id: string; readonly slug: string | undefined }> {
    const { status, json: body } = await this.#request('POST', this.#monitors, monitor, {
      'Idempotency-Key': idempotencyKey,
    })
    const named = { id: idOf(body), slug: slugOf(body) }
    if (status === 409) return { outcome: 'exists', ...named }
    if (!acceptedStatuses.includes(status)) throw new ServiceError(`POST ${this.#monitors} answered ${status}.`)
    return { outcome: 'created', ...named }
  }

  /**
   * Changes a monitor.
   * @returns false if the API cannot change monitors
   * @throws ServiceError for any other answer without success
   */
  async update(id: string, change: Partial<NewMonitor> & { readonly paused?: boolean }): Promise<boolean> {
    return this.#send('PATCH', id, change)
  }

  /**
   * Deletes a monitor.
   * @returns false if the API cannot delete monitors or the monitor does not exist; the list distinguishes the two
   * @throws ServiceError for any other answer without success
   */
  async remove(id: string): Promise<boolean> {
    return this.#send('DELETE', id)
  }

  /** Reads the public status of a monitor. It is empty without an answer, because nothing depends on it. */
  async publicStatus(slug: string): Promise<PublicStatus> {
    const url = new URL(`/api/embed-status/${slug}`, this.#readBase).href
    const headers = { Accept: 'application/json' }
    try {
      const { status, body } = await request(url, { headers, timeoutMs: this.#remainingTimeoutMs() })
      return status === 200 ? readPublicStatus(this.#readBase, slug, parseJson(body.toString('utf8'))) : {}
    } catch {
      return {}
    }
  }

  async #send(method: 'PATCH' | 'DELETE', id: string, content?: object): Promise<boolean> {
    const { status } = await this.#request(method, `${this.#monitors}/${encodeURIComponent(id)}`, content)
    if (unsupportedStatuses.includes(status)) return false
    if (!acceptedStatuses.includes(status)) throw new ServiceError(`${method} of monitor ${id} answered ${status}.`)
    return true
  }

  async #request(
    method: NonNullable<HttpOptions['method']>,
    url: string,
    content?: object,
    headers: Record<string, string> = {},
  ): Promise<Answer & { readonly json: unknown }> {
    try {
      const answer = await request(url, {
        method,
        headers: {
          Accept: 'application/json',
          Authorization: `Bearer ${this.#apiKey}`,
          ...(content === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(content !== undefined && { body: JSON.stringify(content) }),
        timeoutMs: this.#remainingTimeoutMs(),
      })
      return { ...answer, json: parseJson(answer.body.toString('utf8')) }
    } catch (error) {
      throw new ServiceError(`${method} ${this.#monitors}: ${messageOf(error)}.`, { cause: error })
    }
  }

  #remainingTimeoutMs(): number {
    const remainingMs = this.#deadline - Date.now()
    if (remainingMs <= 0) throw new ServiceError(`the time limit of ${this.#times.timeoutMs / 1000} s has passed`)
    return Math.min(this.#times.requestTimeoutMs, remainingMs)
  }
}

/** Returns the base of the public pages: alivemcp.com for api.alivemcp.com, else the API's own origin. */
export function publicBase(apiUrl: string): URL {
  const { origin } = new URL(apiUrl)
  return new URL(origin === 'https://api.alivemcp.com' ? 'https://alivemcp.com' : origin)
}

/** Reads `{status, status_page_url}`. It returns only https links on the monitor's own host. */
export function readPublicStatus(base: URL, slug: string, body: unknown): PublicStatus {
  const { status, status_page_url: page } = asObject(body)
  const badgeUrl = linkOnHost(base, `/badge/${slug}.svg`)
  const statusPageUrl = typeof page === 'string' ? linkOnHost(base, page) : undefined
  return {
    ...(typeof status === 'string' && status.trim() !== '' && { status: secrets.redact(status).slice(0, 100) }),
    ...(badgeUrl !== undefined && { badgeUrl }),
    ...(statusPageUrl !== undefined && { statusPageUrl }),
  }
}

function linkOnHost(base: URL, link: string): string | undefined {
  const url = URL.parse(link, base)
  const own = url?.protocol === 'https:' && url.host === base.host && url.username === '' && url.password === ''
  return own && url.href.length <= 500 ? url.href : undefined
}

/** Returns the answer if it is a list, else every list one or two levels down, as in `{"data": {"monitors": […]}}`. */
function listsIn(body: unknown, depth = 2): unknown[][] {
  if (Array.isArray(body)) return [body]
  return depth === 0 ? [] : Object.values(asObject(body)).flatMap(part => listsIn(part, depth - 1))
}

/**
 * Returns the address of the next page: `Link: <…>; rel="next"` (RFC 8288), a `next` link in the answer, or a cursor.
 * @throws ServiceError if there are more pages without an address
 */
function nextPage(page: string, link: string | string[] | undefined, body: unknown): string | undefined {
  const linked = [link]
    .flat()
    .flatMap(value => (value ?? '').split(/,(?=\s*<)/))
    .map(value => /^\s*<([^>]*)>.*;\s*rel="?(?:[^"]*\s)?next(?=[\s";]|$)/i.exec(value)?.[1])
    .find(value => value !== undefined)
  const top = asObject(body)
  const places = [top, ...['links', '_links', 'pagination', 'paging', 'meta', 'data'].map(key => asObject(top[key]))]
  const firstValue = (...keys: string[]) =>
    places
      .flatMap(place => keys.map(key => place[key]))
      .map(value => asObject(value).href ?? value)
      .find(value => (typeof value === 'string' && value !== '') || typeof value === 'number')
  const next = linked ?? firstValue('next', 'next_url', 'nextUrl', 'next_page_url')
  if (typeof next === 'string' && /[/?]/.test(next)) {
    const url = URL.parse(next, page)
    if (url === null) throw new ServiceError('The address of the next page of monitors cannot be read.')
    return url.href
  }
  const cursor = firstValue('next_cursor', 'nextCursor') ?? (typeof next === 'string' ? next : undefined)
  const number = firstValue('next_page', 'nextPage') ?? (typeof next === 'number' ? next : undefined)
  if (cursor !== undefined || number !== undefined) {
    const url = new URL(page)
    url.searchParams.set(cursor === undefined ? 'page' : 'cursor', String(cursor ?? number))
    return url.href
  }
  if (places.some(place => place.has_more === true || place.hasMore === true))
    throw new ServiceError('The list of monitors has more pages, but no address of them.')
  return undefined
}

function monitorOf(entry: unknown): Monitor | undefined {
  const { name, url } = asObject(entry)
  if (typeof url !== 'string') return undefined
  return {
    id: idOf(entry),
    name: typeof name === 'string' ? name : '',
    url,
    slug: slugOf(entry),
    paused: pausedOf(asObject(entry)),
  }
}

function pausedOf({ paused, status, state, enabled, active }: Record<string, unknown>): boolean | undefined {
  if (typeof paused === 'boolean') return paused
  if (status === 'paused' || state === 'paused') return true
  if (typeof enabled === 'boolean') return !enabled
  return typeof active === 'boolean' ? !active : undefined
}

/** Reads `id` at the top, or one level down as in `{"monitor": {"id": …}}`. It is empty if it is invalid in a path. */
function idOf(body: unknown): string {
  for (const candidate of [body, ...Object.values(asObject(body))]) {
    const { id } = asObject(candidate)
    if (typeof id === 'number') return String(id)
    if (typeof id === 'string' && id.length <= 200 && !/^\.{0,2}$/.test(id)) return id.toWellFormed()
  }
  return ''
}

/** Reads `slug` at the same places. A valid one has only letters, digits, dots, dashes and underscores. */
function slugOf(body: unknown): string | undefined {
  for (const candidate of [body, ...Object.values(asObject(body))]) {
    const { slug } = asObject(candidate)
    if (typeof slug === 'string' && /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(slug)) return slug
  }
  return undefined
}
