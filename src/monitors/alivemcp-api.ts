/**
 * AliveMCP's API, as far as it can be used without documentation: `{api}/v1/monitors` with a bearer key, and the public
 * `/api/embed-status/SLUG` (alivemcp.com/seo/mcp-server-uptime-api). Answers are read tolerantly, a missing part of the
 * API is told apart from a failing one, and the key goes into one header to one origin.
 */
import { messageOf, ServiceError } from '../errors.ts'
import { type Answer, type HttpOptions, request } from '../http.ts'
import { asObject, parseJson } from '../json.ts'

export interface Monitor {
  /** Empty when the entry has none that can stand in a path. */
  readonly id: string
  readonly name: string
  readonly url: string
  readonly slug: string | undefined
  /** Undefined when the entry does not say. */
  readonly paused: boolean | undefined
}

export interface NewMonitor {
  readonly name: string
  readonly url: string
  readonly interval_seconds: number
  /** The negotiated MCP protocol version, such as 2025-11-25; left out when nobody got past the wall to negotiate one. */
  readonly protocol_version?: string
}

export interface PublicStatus {
  readonly status?: string
  readonly badgeUrl?: string
  readonly statusPageUrl?: string
}

/** What an API answers where it has no such endpoint. */
const unsupportedStatuses: readonly number[] = [404, 405, 501]
const acceptedStatuses: readonly number[] = [200, 201, 202, 204]

/** All in milliseconds. */
export interface AliveMcpTimes {
  /** For one answer. */
  readonly requestTimeoutMs: number
  /** For everything that one run asks. */
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
   * Every monitor of the account, page by page, or undefined when the API has no way to list them.
   * @throws ServiceError for any other answer, and for a list that cannot be read to its end: a part of it would make
   *   a second monitor of what is in the rest
   */
  async list(): Promise<Monitor[] | undefined> {
    const monitors: Monitor[] = []
    const visited = new Set<string>()
    for (let page: string | undefined = this.#monitors; page !== undefined; ) {
      if (visited.has(page) || visited.size === maxPages)
        throw new ServiceError(`GET ${this.#monitors} answered a list of monitors that does not end.`)
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
        throw new ServiceError(`GET ${this.#monitors} continues on another host, which is not sent the key.`)
    }
    return monitors
  }

  /**
   * Creates a monitor; a 409 means that there is one already, and counts.
   * @param idempotencyKey the same for the same deployment, so that a repeated request makes no second monitor
   * @returns what the answer names of it
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
   * @returns false when the API has no way to change a monitor
   * @throws ServiceError for any other answer that is no success
   */
  async update(id: string, change: Partial<NewMonitor> & { readonly paused?: boolean }): Promise<boolean> {
    return this.#send('PATCH', id, change)
  }

  /**
   * @returns false when the API has no way to delete a monitor, or when this one is gone: only the list can tell
   * @throws ServiceError for any other answer that is no success
   */
  async remove(id: string): Promise<boolean> {
    return this.#send('DELETE', id)
  }

  /** What the public page of a monitor shows; empty when there is no answer, because nothing depends on it. */
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
    if (remainingMs <= 0) throw new ServiceError(`no end after ${this.#times.timeoutMs / 1000} s`)
    return Math.min(this.#times.requestTimeoutMs, remainingMs)
  }
}

/** The public pages of the API at api.alivemcp.com are at alivemcp.com; any other API has its own. */
export function publicBase(apiUrl: string): URL {
  const { origin } = new URL(apiUrl)
  return new URL(origin === 'https://api.alivemcp.com' ? 'https://alivemcp.com' : origin)
}

/** Reads `{status, status_page_url}`. A link is given only when it is https and on the monitor's own host. */
export function readPublicStatus(base: URL, slug: string, body: unknown): PublicStatus {
  const { status, status_page_url: page } = asObject(body)
  const badgeUrl = linkOnHost(base, `/badge/${slug}.svg`)
  const statusPageUrl = typeof page === 'string' ? linkOnHost(base, page) : undefined
  return {
    ...(typeof status === 'string' && status.trim() !== '' && { status: status.slice(0, 100) }),
    ...(badgeUrl !== undefined && { badgeUrl }),
    ...(statusPageUrl !== undefined && { statusPageUrl }),
  }
}

function linkOnHost(base: URL, link: string): string | undefined {
  const url = URL.parse(link, base)
  const own = url?.protocol === 'https:' && url.host === base.host && url.username === '' && url.password === ''
  return own && url.href.length <= 500 ? url.href : undefined
}

/** The answer itself, or every list one or two levels down as in `{"data": {"monitors": […]}}`. */
function listsIn(body: unknown, depth = 2): unknown[][] {
  if (Array.isArray(body)) return [body]
  return depth === 0 ? [] : Object.values(asObject(body)).flatMap(part => listsIn(part, depth - 1))
}

/**
 * The page after this one: `Link: <…>; rel="next"` (RFC 8288), a `next` in the answer that is a link, or a cursor.
 * @throws ServiceError when there is more and no way to it
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
    if (url === null) throw new ServiceError('The next page of the list of monitors has no address that can be read.')
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
    throw new ServiceError('The list of monitors has more pages, and does not say where.')
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

/** `id` at the top, or one level down as in `{"monitor": {"id": …}}`; empty for what cannot stand in a path. */
function idOf(body: unknown): string {
  for (const candidate of [body, ...Object.values(asObject(body))]) {
    const { id } = asObject(candidate)
    if (typeof id === 'number') return String(id)
    if (typeof id === 'string' && id.length <= 200 && !/^\.{0,2}$/.test(id)) return id.toWellFormed()
  }
  return ''
}

/** At the places of an id. Anything but letters, digits, dots, dashes and underscores is no slug. */
function slugOf(body: unknown): string | undefined {
  for (const candidate of [body, ...Object.values(asObject(body))]) {
    const { slug } = asObject(candidate)
    if (typeof slug === 'string' && /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(slug)) return slug
  }
  return undefined
}
