/**
 * One HTTP exchange, as strict as that of an MCP client: a fresh connection, no cookies, no Origin and no redirect to
 * another origin. DNS, TCP, TLS, response headers and body are separate phases, each with its own deadline and measured
 * time. The received data is bounded. The result is always a description of the outcome, never a throw; `read-reply.ts`
 * interprets it.
 *
 * Node's agents apply HTTPS_PROXY, HTTP_PROXY and NO_PROXY (`proxyEnv`, Node >= 24.5; an older Node 24 connects
 * directly).
 */
import type { Agent, AgentOptions, IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { Agent as SecureAgent, AgentOptions as SecureAgentOptions } from 'node:https'
import { isIP } from 'node:net'
import { pipeline, type Readable } from 'node:stream'
import zlib from 'node:zlib'
import { messageOf } from '../errors.ts'
import { monotonicMs } from '../poll.ts'
import type { Sign } from './aws-signing.ts'
import { type Certificate, certificateOf } from './certificate.ts'
import { http, https, tls as nodeTls } from './node-http.ts'
import { RequestBudget } from './request-budget.ts'
import { defaultGateTimes, type GateTimes } from './times.ts'

/** Maximum bytes of a body after decompression; no legitimate answer to list or initialize comes near this. */
export const BODY_CAP_BYTES = 4 * 1024 * 1024

/** Maximum lines of an event stream, because parsed empty lines take far more memory than their bytes. */
export const LINES_CAP = 200_000

/** A timed part of an exchange. */
export type Phase = 'dns' | 'tcp' | 'tls' | 'headers' | 'body'

/** Milliseconds of each phase; null when the exchange did not enter it (no DNS for an address, no TLS). */
export type Phases = Readonly<Record<Phase, number | null>>

/** The agents of one origin, by protocol. */
export interface Agents {
  readonly 'http:': Agent
  readonly 'https:': SecureAgent
}

/** A host name or address, and a port. */
export interface Address {
  readonly host: string
  readonly port: number
}

/** A client certificate and additional certificate authorities, all in PEM. */
export interface TlsOptions {
  readonly cert?: string | undefined
  readonly key?: string | undefined
  readonly ca?: string | undefined
}

/** The shared state of all exchanges of one gate. `deadline` is a `monotonicMs()` time. */
export interface HttpTarget {
  readonly endpoint: URL
  readonly headers: Readonly<Record<string, string>>
  readonly agents: Agents
  /** Whether the endpoint gets a client certificate. */
  readonly hasClientCertificate: boolean
  /** The agents for other origins, which get neither the client certificate nor the address of `connectTo`. */
  readonly otherAgents: Agents
  /** The address to connect to instead of that of the endpoint's name; name, Host and SNI stay. */
  readonly connectTo?: Address | undefined
  /** Signs the requests to the endpoint's origin; a signed request follows no redirect. */
  readonly sign?: Sign | undefined
  /** Whether requests are left out that a correct server may answer with a 4xx status. */
  readonly avoidsClientErrors?: boolean
  readonly deadline: number
  readonly times: GateTimes
  /** Milliseconds for the answer to one request, headers and body; undefined when the user set no limit. */
  readonly requestTimeoutMs?: number | undefined
  readonly budget: RequestBudget
  /** Number of requests that sampling must leave to the later rounds. */
  readonly reservedRequests?: number
  /** Gets every exchange with its messages; undefined if nobody shows them. */
  readonly observer?: ExchangeObserver | undefined
}

/** Limits of one gate that users may set, and its way to the endpoint. */
export interface TargetOptions {
  readonly requestTimeoutMs?: number | undefined
  readonly requestsPerMinute?: number | undefined
  readonly tls?: TlsOptions | undefined
  readonly connectTo?: Address | undefined
  readonly sign?: Sign | undefined
  readonly avoidsClientErrors?: boolean
}

/**
 * Default limit: more than the gate sends while it waits for a server, and less than rate limiters of public endpoints
 * allow.
 */
const REQUESTS_PER_MINUTE = 600

/** One HTTP request with its limits and callbacks. */
export interface HttpRequest {
  readonly url: URL
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** Whether the bodies of the request and of its reply hold credentials, so that nobody may keep them. */
  readonly holdsCredentials?: true
  /** False when no redirect, even within the origin, may carry the body. */
  readonly followsRedirect?: false
  /** Milliseconds for the response headers, when the default is too long. */
  readonly headersTimeoutMs?: number
  /** Milliseconds for the body, when the default does not fit, as for a stream that stays open. */
  readonly bodyTimeoutMs?: number
  /** Closes the exchange early; it then ends as if the reader had enough. */
  readonly signal?: AbortSignal
  /** Called once, when the response headers arrive. */
  readonly onHeaders?: (status: number, headers: IncomingHttpHeaders) => void
  /**
   * Called with each run of complete lines of a text/event-stream body. `enough` closes the stream; `soon` gives it a
   * little more time.
   */
  readonly onLines?: (lines: string) => 'more' | 'soon' | 'enough'
}

/** The end of a body: complete, closed by us, cut by the peer, at the deadline, at the cap, or not decodable. */
export type Ending = 'end' | 'enough' | 'cut' | 'slow' | 'too-big' | 'bad-encoding'

/** An HTTP response, as far as it was read. */
export interface Reply {
  readonly kind: 'reply'
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** UTF-8 text of at most 4 MiB, decompressed. */
  readonly body: string
  readonly bytes: number
  readonly ending: Ending
  /** Set when the deadline of the whole gate ended the body, not the limit of one request. */
  readonly isCut?: true
  readonly phases: Phases
  readonly elapsedMs: number
}

/** An exchange without an HTTP response. */
export interface Fault {
  readonly kind: 'fault'
  /** The address of `connectTo`, when the exchange used it. */
  readonly connectTo?: string
  /** The phase of the fault; `proxy` when even the connection to the proxy failed. */
  readonly phase: Phase | 'proxy'
  /** An errno, OpenSSL or Node code; DEADLINE when the phase took too long; BUDGET_SPENT when no request was left. */
  readonly code: string
  readonly message: string
  /** The peer's certificate when it explains the fault; see `certificateOf`. */
  readonly certificate?: Certificate
  /** Set when the deadline of the whole gate ended the exchange, not the limit of one request. */
  readonly isCut?: true
  readonly phases: Phases
  readonly elapsedMs: number
}

/** The outcome of one exchange: a response, or the fault that prevented it. */
export type HttpOutcome = Reply | Fault

/** The request of an outcome. */
export interface SentRequest {
  readonly request: HttpRequest
  /** The address after all redirects. */
  readonly url: URL
  /** Names of the headers that the user set or that sign the request. Their values are credentials. */
  readonly setHeaders: readonly string[]
}

/** Gets every exchange, and which entry of the report describes it. */
export interface ExchangeObserver {
  readonly onSent: (outcome: HttpOutcome, sent: SentRequest) => void
  readonly onRecorded: (entry: object, outcome: HttpOutcome) => void
}

/**
 * Opens the target of one gate. Its agents open a new connection for each request and obey the proxy variables of
 * `environment`.
 *
 * @param timeoutMs milliseconds until the deadline of the whole gate
 * @throws Error of Node when a proxy variable is invalid
 */
export function openTarget(
  endpoint: URL,
  headers: Readonly<Record<string, string>>,
  timeoutMs: number,
  environment: NodeJS.ProcessEnv,
  times = defaultGateTimes,
  options: TargetOptions = {},
): HttpTarget {
  const { requestTimeoutMs, requestsPerMinute = REQUESTS_PER_MINUTE, tls = {}, connectTo, sign } = options
  // Node's default of 250 ms per address is too short for a distant host with several addresses.
  const direct = { keepAlive: false, autoSelectFamilyAttemptTimeout: 1000 }
  const proxied = { ...direct, proxyEnv: environment }
  const ca = tls.ca === undefined ? {} : { ca: [...nodeTls().getCACertificates('default'), tls.ca] }
  const client = { ...ca, ...(tls.cert !== undefined && { cert: tls.cert, key: tls.key }) }
  // The given address is the way to the endpoint, so no proxy is asked for another one.
  const own = connectTo === undefined ? proxied : direct
  const agents = openAgents(own, client)
  const otherAgents = openAgents(proxied, ca)
  // Node reads a proxy variable when it makes the agent. An invalid one must be refused before any request.
  const { HTTPS_PROXY: upper, https_proxy: lower } = environment
  if (upper || lower) void otherAgents['https:']
  return {
    endpoint,
    headers,
    agents,
    otherAgents,
    hasClientCertificate: tls.cert !== undefined,
    connectTo,
    sign,
    avoidsClientErrors: options.avoidsClientErrors === true,
    deadline: monotonicMs() + timeoutMs,
    times,
    requestTimeoutMs,
    budget: new RequestBudget(requestsPerMinute),
  }
}

/** Makes the agents of one origin, that of https when it is first asked for. */
function openAgents(options: AgentOptions, secure: SecureAgentOptions): Agents {
  let agent: SecureAgent | undefined
  return {
    'http:': new http.Agent(options),
    get 'https:'() {
      agent ??= new (https().Agent)({ ...options, ...secure })
      return agent
    },
  }
}

/** Maximum number of redirects, as in the MCP SDK clients. */
const MAX_REDIRECTS = 5

/**
 * Makes the exchange and follows redirects as the MCP SDK clients do: within the origin, without user info, and with
 * the method unchanged. These are 307 and 308, and for a GET any redirect; all others are returned unchanged. A fault
 * that the peer's certificate explains includes it. Never throws.
 */
export async function exchange(target: HttpTarget, request: HttpRequest): Promise<HttpOutcome> {
  const { outcome, url } = await exchangeFollowing(target, request)
  const isSigned = target.sign !== undefined && isEndpoint(target, url)
  const setHeaders = [...Object.keys(target.headers), ...(isSigned ? ['authorization'] : [])]
  target.observer?.onSent(outcome, { request, url, setHeaders })
  return outcome
}

interface Followed {
  readonly outcome: HttpOutcome
  /** The address that gave the outcome. */
  readonly url: URL
}

async function exchangeFollowing(target: HttpTarget, request: HttpRequest): Promise<Followed> {
  let url = request.url
  let outcome = await once(target, request)
  const isSigned = target.sign !== undefined && isEndpoint(target, url)
  for (let followed = 0; followed < MAX_REDIRECTS && request.followsRedirect !== false && !isSigned; followed++) {
    const redirected = outcome.kind === 'reply' ? redirectTarget(outcome, request.method, url) : undefined
    if (redirected === undefined) break
    url = redirected
    outcome = await once(target, { ...request, url })
  }
  if (outcome.kind === 'reply' || !isAboutCertificate(outcome, url)) return { outcome, url }
  const isOwn = isEndpoint(target, url)
  const certificate = await certificateOf(
    (isOwn ? target.agents : target.otherAgents)['https:'],
    url,
    target.times.certificateTimeoutMs,
    isOwn ? target.connectTo : undefined,
  )
  return { outcome: certificate ? { ...outcome, certificate } : outcome, url }
}

function redirectTarget({ status, headers }: Reply, method: HttpRequest['method'], from: URL): URL | undefined {
  const keepsMethod = status === 307 || status === 308 || (method === 'GET' && [301, 302, 303].includes(status))
  if (!keepsMethod || headers.location === undefined) return undefined
  const target = URL.parse(headers.location, from.href)
  return target?.origin === from.origin && target.username === '' && target.password === '' ? target : undefined
}

/**
 * Whether a certificate explains the fault: it was refused, or a plain http request reached a port that does not answer
 * in HTTP.
 */
function isAboutCertificate({ phase, code }: Fault, url: URL): boolean {
  if (url.protocol === 'http:') return /^(?:ECONNRESET|EPIPE|HPE_)/.test(code) && phase === 'headers'
  return /CERT|SIGNATURE|INVALID_CA|HOSTNAME_MISMATCH/.test(code)
}

/** Whether a URL belongs to the endpoint's origin. Only that origin gets signatures and the client certificate. */
function isEndpoint({ endpoint }: HttpTarget, { origin }: URL): boolean {
  return origin === endpoint.origin
}

const NO_PHASES: Phases = { dns: null, tcp: null, tls: null, headers: null, body: null }

/** Makes one exchange as soon as the request budget allows it. Requests that reached no server are not counted. */
async function once(target: HttpTarget, request: HttpRequest): Promise<HttpOutcome> {
  if (!(await target.budget.take(target.deadline))) {
    const message = 'no request was left before the end of the time'
    return {
      kind: 'fault',
      phase: 'proxy',
      code: 'BUDGET_SPENT',
      message,
      isCut: true,
      phases: NO_PHASES,
      elapsedMs: 0,
    }
  }
  let signature: Readonly<Record<string, string>> = {}
  if (target.sign !== undefined && isEndpoint(target, request.url)) {
    const { method, url, headers, body = '' } = request
    try {
      signature = await target.sign({ method, url, contentType: headers['content-type'], body })
    } catch (error) {
      const message = messageOf(error)
      return { kind: 'fault', phase: 'proxy', code: 'NOT_SIGNED', message, phases: NO_PHASES, elapsedMs: 0 }
    }
  }
  const outcome = await exchangeOnce(target, { ...request, headers: { ...request.headers, ...signature } })
  if (outcome.kind === 'fault' && outcome.phase !== 'headers' && outcome.phase !== 'body') target.budget.refund()
  return outcome
}

/** The options of a request that connect to an address and keep the name of the endpoint for the certificate. */
interface Way extends Partial<Address> {
  readonly hostname?: string
  readonly servername?: string
}

function wayTo({ host, port }: Address, endpointHost: string): Way {
  return { host, hostname: host, port, ...(isIP(endpointHost) === 0 && { servername: endpointHost }) }
}

function exchangeOnce(target: HttpTarget, request: HttpRequest): Promise<HttpOutcome> {
  const { url, signal } = request
  const { phaseTimeoutsMs, minPhaseTimeoutMs, doubtfulStreamTimeoutMs } = target.times
  const started = monotonicMs()
  const phases: Record<Phase, number | null> = { dns: null, tcp: null, tls: null, headers: null, body: null }
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const isOwn = isEndpoint(target, url)
  const way: Way = isOwn && target.connectTo ? wayTo(target.connectTo, host) : {}
  let phase: Phase | 'proxy' = 'proxy'
  let entered = started
  let timer: NodeJS.Timeout | undefined
  let onDeadline = (): void => {}
  let responded = false
  let settled = false
  let isCut = false
  let sentAt = started

  const arm = (ms: number): void => {
    clearTimeout(timer)
    const remainingMs = Math.max(target.deadline - monotonicMs(), minPhaseTimeoutMs)
    isCut = remainingMs < ms
    const armed = setTimeout(
      // After a stall of the event loop, the timer fires before pending progress. The extra tick processes that
      // progress first.
      () => setImmediate(() => timer === armed && !settled && onDeadline()),
      Math.min(ms, remainingMs),
    )
    timer = armed
  }
  const leave = (): void => {
    if (phase !== 'proxy') phases[phase] = monotonicMs() - entered
    entered = monotonicMs()
  }
  const enter = (next: Phase): void => {
    leave()
    phase = next
    if (next === 'headers') sentAt = entered
    const own = { headers: request.headersTimeoutMs, body: request.bodyTimeoutMs }[next as 'headers' | 'body']
    const isAnswer = next === 'headers' || next === 'body'
    const restMs = isAnswer && target.requestTimeoutMs ? target.requestTimeoutMs - (entered - sentAt) : undefined
    arm(own ?? restMs ?? phaseTimeoutsMs[next])
  }

  return new Promise<HttpOutcome>(resolve => {
    const settle = (outcome: Omit<Reply, 'phases' | 'elapsedMs'> | Omit<Fault, 'phases' | 'elapsedMs'>): void => {
      if (settled) return
      settled = true
      clearTimeout(timer)
      signal?.removeEventListener('abort', abandon)
      leave()
      resolve({ ...outcome, phases, elapsedMs: monotonicMs() - started })
      // The agent reuses no connection; an unfinished body is closed with its connection.
      req.destroy()
    }
    const fail = (code: string, message: string): void =>
      settle({
        kind: 'fault',
        phase,
        code,
        message,
        ...(code === 'DEADLINE' && isCut && { isCut }),
        ...(way.host !== undefined && { connectTo: `${way.host}:${way.port}` }),
      })
    const abandon = (): void => fail('ABANDONED', 'the exchange was closed before a response')
    onDeadline = () => fail('DEADLINE', `no progress in the ${phase} phase`)

    const module = url.protocol === 'https:' ? https() : http
    const req = module.request(url, {
      method: request.method,
      ...way,
      agent: (isOwn ? target.agents : target.otherAgents)[url.protocol === 'https:' ? 'https:' : 'http:'],
      headers: {
        host: url.host,
        ...lowerCased(target.headers),
        'user-agent': 'terraform-mcp-deploy',
        'accept-encoding': 'gzip, deflate, br',
        ...request.headers,
        ...(request.body !== undefined && { 'content-length': String(Buffer.byteLength(request.body)) }),
      },
    })
    // First of all, because a request that is destroyed at once fails too, and an error that nobody hears ends the process.
    req.on('error', error => {
      // After a response has begun, the body reader gets the same error and knows its position.
      if (responded) return
      const cause = rootOf(error)
      fail(cause.code ?? cause.name, cause.message)
    })
    signal?.addEventListener('abort', abandon)
    if (signal?.aborted) return abandon()
    arm(phaseTimeoutsMs.dns + phaseTimeoutsMs.tcp)

    req.on('socket', socket => {
      // Through a proxy the tunnel is already open; the proxy performed DNS and TCP for the endpoint.
      if (!socket.connecting) return enter('headers')
      enter(isIP(way.host ?? host) ? 'tcp' : 'dns')
      socket.once('lookup', error => error ?? (phase === 'dns' && enter('tcp')))
      socket.once('connect', () => enter(url.protocol === 'https:' ? 'tls' : 'headers'))
      socket.once('secureConnect', () => enter('headers'))
    })
    // The request did not invite this response, and the HTTP client of the MCP SDKs gives up on it.
    req.on('continue', () => fail('UNASKED_CONTINUE', 'HTTP 100 Continue, although no Expect was sent'))
    req.on('upgrade', (_res, socket) => {
      socket.destroy()
      fail('UNASKED_UPGRADE', 'HTTP 101 Switching Protocols, although no Upgrade was sent')
    })
    req.on('response', res => {
      responded = true
      const headers = headersOf(res)
      enter('body')
      request.onHeaders?.(res.statusCode ?? 0, headers)
      const bodyReader = readBody(res, headers, request, () => arm(doubtfulStreamTimeoutMs))
      signal?.removeEventListener('abort', abandon)
      signal?.addEventListener('abort', bodyReader.close)
      onDeadline = bodyReader.expire
      void bodyReader.body.then(({ text, bytes, ending }) => {
        signal?.removeEventListener('abort', bodyReader.close)
        const cut = ending === 'slow' && isCut ? { isCut } : {}
        settle({ kind: 'reply', status: res.statusCode ?? 0, headers, body: text, bytes, ending, ...cut })
      })
    })
    // The body is sent as bytes: Node would write headers together with a string as UTF-8, and field values are
    // Latin-1.
    req.end(request.body === undefined ? undefined : Buffer.from(request.body))
  })
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

/** Joins several Content-Type fields, because clients get them joined and refuse that. Node returns only the first. */
function headersOf({ headers, headersDistinct }: IncomingMessage): IncomingHttpHeaders {
  const types = headersDistinct['content-type']
  return types && types.length > 1 ? { ...headers, 'content-type': types.join(', ') } : headers
}

/**
 * Selects the most informative error of several failed addresses: a refusal from a reached host before a missing route.
 */
function rootOf(error: NodeJS.ErrnoException): NodeJS.ErrnoException {
  if (!(error instanceof AggregateError)) return error
  const each = error.errors as NodeJS.ErrnoException[]
  return (
    ['ECONNREFUSED', 'ETIMEDOUT'].map(code => each.find(one => one.code === code)).find(Boolean) ?? each[0] ?? error
  )
}

interface BodyReader {
  readonly body: Promise<{ readonly text: string; readonly bytes: number; readonly ending: Ending }>
  readonly close: () => void
  readonly expire: () => void
}

function readBody(
  res: IncomingMessage,
  headers: IncomingHttpHeaders,
  request: HttpRequest,
  onDoubt: () => void,
): BodyReader {
  const isEvents = isEventStream(headers)
  let stoppedAs: Ending | undefined
  const stop = (ending: Ending): void => {
    stoppedAs ??= ending
    res.destroy()
  }

  const read = async () => {
    // One growing buffer replaces a list of chunks, because four million one-byte chunks must not become objects.
    let buffer = Buffer.allocUnsafe(16 * 1024)
    let bytes = 0
    let lines = 0
    let shown = 0
    let ending: Ending = 'end'
    try {
      for await (const chunk of await inflated(res)) {
        if (isEvents) for (const byte of chunk) if (byte === 10 || byte === 13) lines++
        if (bytes + chunk.length > BODY_CAP_BYTES || lines > LINES_CAP) {
          ending = 'too-big'
          break
        }
        if (bytes + chunk.length > buffer.length) {
          const larger = Buffer.allocUnsafe(Math.min(BODY_CAP_BYTES, Math.max(buffer.length * 2, bytes + chunk.length)))
          buffer.copy(larger, 0, 0, bytes)
          buffer = larger
        }
        chunk.copy(buffer, bytes)
        // A final CR may be the first half of CR LF: clients wait for the next byte.
        const lineEnd = Math.max(chunk.lastIndexOf(10), chunk.lastIndexOf(13, -2))
        const heldBack = bytes > shown && buffer[bytes - 1] === 13
        if (isEvents && request.onLines && (lineEnd >= 0 || heldBack)) {
          const wanted = request.onLines(buffer.toString('utf8', shown, bytes + lineEnd + 1))
          shown = bytes + lineEnd + 1
          if (wanted === 'soon') onDoubt()
          if (wanted === 'enough') ending = 'enough'
        }
        bytes += chunk.length
        if (ending === 'enough') break
      }
      ending = stoppedAs ?? ending
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? ''
      ending =
        stoppedAs ?? (/^(?:Z_|ZSTD_|ERR_?_?BROTLI|ERR__ERROR_FORMAT|BAD_ENCODING)/.test(code) ? 'bad-encoding' : 'cut')
    }
    return { text: buffer.toString('utf8', 0, bytes), bytes, ending }
  }
  return { body: read(), close: () => stop('enough'), expire: () => stop('slow') }
}

/**
 * Returns the media type in lower case, without parameters. It is empty for no type or several types, because no client
 * would choose between them.
 */
export function mediaType(headers: IncomingHttpHeaders): string {
  const stated = headers['content-type'] ?? ''
  return !hasSeveralValues(stated) ? (stated.split(';', 1)[0] ?? '').trim().toLowerCase() : ''
}

/** Whether a field value contains a comma outside its quoted strings (RFC 9110 §5.6.4). */
function hasSeveralValues(value: string): boolean {
  let isQuoted = false
  for (let at = 0; at < value.length; at++) {
    const char = value[at]
    if (isQuoted && char === '\\') at++
    else if (char === '"') isQuoted = !isQuoted
    else if (char === ',' && !isQuoted) return true
  }
  return false
}

/** Whether these response headers announce server-sent events. */
export function isEventStream(headers: IncomingHttpHeaders): boolean {
  return mediaType(headers) === 'text/event-stream'
}

/** Maximum number of content encodings, as in fetch and every client that uses it. */
const MAX_ENCODINGS = 5

/** Returns the content encodings in the order of their application. */
function encodingsOf(headers: IncomingHttpHeaders): readonly string[] {
  const names = (headers['content-encoding'] ?? '').toLowerCase().split(',')
  return names.map(name => name.trim()).filter(name => name !== '' && name !== 'identity')
}

/** Whether the body stays encoded, because clients do not know one of its encodings. */
export function hasUnknownEncoding(headers: IncomingHttpHeaders): boolean {
  return encodingsOf(headers).some(name => !(name in decoders))
}

/**
 * Decompresses the body. Like fetch, it returns the unchanged body for an unknown encoding, so a server with
 * `Content-Encoding: utf-8` works. Partial output is flushed, because an event stream may be compressed and endless.
 *
 * @throws Error with code BAD_ENCODING for more than five encodings
 */
async function inflated(res: IncomingMessage): Promise<AsyncIterable<Buffer>> {
  const encodings = encodingsOf(res.headers)
  let stream: Readable = res
  if (hasUnknownEncoding(res.headers)) return stream
  if (encodings.length > MAX_ENCODINGS) {
    throw Object.assign(new Error(`${encodings.length} content encodings`), { code: 'BAD_ENCODING' })
  }
  for (const name of encodings.toReversed()) {
    const first = name === 'deflate' ? await firstByte(stream) : undefined
    stream = pipeline(stream, decoders[name as keyof typeof decoders](first), () => {})
  }
  return stream
}

const flushingBy = (flush: number) => ({ flush, finishFlush: flush })
const zlibFlush = () => flushingBy(zlib.constants.Z_SYNC_FLUSH)
const brotliFlush = () => flushingBy(zlib.constants.BROTLI_OPERATION_FLUSH)
const zstdFlush = () => flushingBy(zlib.constants.ZSTD_e_flush)

const decoders = {
  gzip: () => zlib.createGunzip(zlibFlush()),
  'x-gzip': () => zlib.createGunzip(zlibFlush()),
  // The standard requires the zlib format (RFC 9110 §8.4.1.2), but every client also reads raw deflate.
  deflate: (first: number | undefined) =>
    first === undefined || (first & 0x0f) === 8 ? zlib.createInflate(zlibFlush()) : zlib.createInflateRaw(zlibFlush()),
  br: () => zlib.createBrotliDecompress(brotliFlush()),
  zstd: () => zlib.createZstdDecompress(zstdFlush()),
}

/** Returns the first byte of a stream without consuming it; undefined when the stream is empty. */
async function firstByte(stream: Readable): Promise<number | undefined> {
  for (;;) {
    const chunk = stream.read() as Buffer | null
    if (chunk !== null) {
      stream.unshift(chunk)
      return chunk[0]
    }
    if (stream.readableEnded || stream.destroyed) return undefined
    await new Promise<void>(resolve => {
      for (const event of ['readable', 'end', 'close', 'error']) stream.once(event, () => resolve())
    })
  }
}
