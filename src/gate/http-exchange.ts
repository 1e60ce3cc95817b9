/**
 * One HTTP exchange, as an MCP client would make it and no more forgiving: a fresh connection, no cookies, no
 * Origin, no redirect to another origin. DNS, TCP, TLS, response headers and body are separate phases, each
 * with its own deadline and its measured time, and what came is bounded, whatever the peer sends. The result
 * is always a description of what was seen, never a throw: `read-reply.ts` says what it means.
 *
 * Proxies: HTTPS_PROXY, HTTP_PROXY and NO_PROXY are obeyed by Node's own agents (`proxyEnv`, Node >= 24.5; an
 * older Node 24 connects directly).
 */
import http, { type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import https from 'node:https'
import { isIP } from 'node:net'
import { pipeline, type Readable } from 'node:stream'
import zlib from 'node:zlib'
import { type Certificate, certificateOf } from './certificate.ts'
import { RequestBudget } from './request-budget.ts'
import { defaultGateTimes, type GateTimes } from './times.ts'

/** No legitimate answer to list or initialize comes near this; counted after decompression. */
export const BODY_CAP_BYTES = 4 * 1024 * 1024

/** An event stream of empty lines costs far more memory than its bytes once it is parsed. */
export const LINES_CAP = 200_000

export type Phase = 'dns' | 'tcp' | 'tls' | 'headers' | 'body'

/** Milliseconds each phase took; null when the exchange did not enter it (no DNS for an address, no TLS). */
export type Phases = Readonly<Record<Phase, number | null>>

/** What all exchanges of one gate share. `deadline` is a `performance.now()` time. */
export interface HttpTarget {
  readonly endpoint: URL
  readonly headers: Readonly<Record<string, string>>
  readonly agents: { readonly 'http:': http.Agent; readonly 'https:': https.Agent }
  readonly deadline: number
  readonly times: GateTimes
  /** Milliseconds for the answer to one request, headers and body, where the user has set them. */
  readonly requestTimeoutMs?: number | undefined
  readonly budget: RequestBudget
  /** Requests of the budget that sampling leaves to the rounds after it. */
  readonly reservedRequests?: number
}

/** Limits of one gate that a user may set. */
export interface TargetLimits {
  readonly requestTimeoutMs?: number | undefined
  readonly requestsPerMinute?: number | undefined
}

/** More than the gate sends while it waits for a server, and less than the limiters of public endpoints allow. */
const REQUESTS_PER_MINUTE = 120

export interface HttpRequest {
  readonly url: URL
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** False where not even a redirect within the origin may carry the body on. */
  readonly followsRedirect?: false
  /** Milliseconds for the response headers, when the default does not fit (an answer that is not waited for so long). */
  readonly headersTimeoutMs?: number
  /** Milliseconds for the body, when the default does not fit (a stream that stays open). */
  readonly bodyTimeoutMs?: number
  /** Closes the exchange from outside; it then ends as if the reader had had enough. */
  readonly signal?: AbortSignal
  /** Called once, when the response headers are there. */
  readonly onHeaders?: (status: number, headers: IncomingHttpHeaders) => void
  /**
   * Called with each run of complete lines of a text/event-stream body. `enough` closes the stream;
   * `soon` leaves it a little more time.
   */
  readonly onLines?: (lines: string) => 'more' | 'soon' | 'enough'
}

/** How the body ended: by itself, closed by us, cut by the peer, at the deadline, at the cap, or not inflatable. */
export type Ending = 'end' | 'enough' | 'cut' | 'slow' | 'too-big' | 'bad-encoding'

export interface Reply {
  readonly kind: 'reply'
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** UTF-8 text of at most 4 MiB, decompressed. */
  readonly body: string
  readonly bytes: number
  readonly ending: Ending
  /** The deadline of the whole gate ended the body, and not the time that one request may take. */
  readonly isCut?: true
  readonly phases: Phases
  readonly elapsedMs: number
}

export interface Fault {
  readonly kind: 'fault'
  /** Where it stopped; `proxy` when the way to the proxy was not even open. */
  readonly phase: Phase | 'proxy'
  /** An errno, OpenSSL or Node code; DEADLINE when the phase took too long; BUDGET_SPENT when no request was left. */
  readonly code: string
  readonly message: string
  /** What the peer shows of itself in TLS, where that explains the fault: see `certificateOf`. */
  readonly certificate?: Certificate
  /** The deadline of the whole gate ended the exchange, and not the time that one request may take. */
  readonly isCut?: true
  readonly phases: Phases
  readonly elapsedMs: number
}

export type HttpOutcome = Reply | Fault

/** Agents that open a new connection for each request and obey the proxy variables of `environment`. */
export function openTarget(
  endpoint: URL,
  headers: Readonly<Record<string, string>>,
  timeoutMs: number,
  environment: NodeJS.ProcessEnv,
  times = defaultGateTimes,
  { requestTimeoutMs, requestsPerMinute = REQUESTS_PER_MINUTE }: TargetLimits = {},
): HttpTarget {
  // Node's own 250 ms per address gives up on a distant host that has several.
  const options = { keepAlive: false, proxyEnv: environment, autoSelectFamilyAttemptTimeout: 1000 }
  return {
    endpoint,
    headers,
    agents: { 'http:': new http.Agent(options), 'https:': new https.Agent(options) },
    deadline: performance.now() + timeoutMs,
    times,
    requestTimeoutMs,
    budget: new RequestBudget(requestsPerMinute),
  }
}

/** As many as the MCP SDK clients follow. */
const MAX_REDIRECTS = 5

/**
 * Makes the exchange, following redirects as the MCP SDK clients do: within the origin, without user info, and only those
 * that keep the method (307 and 308, for a GET any). All others are reported as they are. A fault that the certificate of
 * the peer explains carries it.
 */
export async function exchange(target: HttpTarget, request: HttpRequest): Promise<HttpOutcome> {
  let url = request.url
  let outcome = await once(target, request)
  for (let followed = 0; followed < MAX_REDIRECTS && request.followsRedirect !== false; followed++) {
    const redirected = outcome.kind === 'reply' ? redirectTarget(outcome, request.method, url) : undefined
    if (redirected === undefined) break
    url = redirected
    outcome = await once(target, { ...request, url })
  }
  if (outcome.kind === 'reply' || !isAboutCertificate(outcome, url)) return outcome
  const certificate = await certificateOf(target.agents['https:'], url, target.times.certificateTimeoutMs)
  return certificate ? { ...outcome, certificate } : outcome
}

function redirectTarget({ status, headers }: Reply, method: HttpRequest['method'], from: URL): URL | undefined {
  const keepsMethod = status === 307 || status === 308 || (method === 'GET' && [301, 302, 303].includes(status))
  if (!keepsMethod || headers.location === undefined) return undefined
  const target = URL.parse(headers.location, from.href)
  return target?.origin === from.origin && target.username === '' && target.password === '' ? target : undefined
}

/** A certificate that was refused; or a port that plain http was sent to and that did not answer in HTTP. */
function isAboutCertificate({ phase, code }: Fault, url: URL): boolean {
  if (url.protocol === 'http:') return /^(?:ECONNRESET|EPIPE|HPE_)/.test(code) && phase === 'headers'
  return /CERT|SIGNATURE|INVALID_CA|HOSTNAME_MISMATCH/.test(code)
}

const NO_PHASES: Phases = { dns: null, tcp: null, tls: null, headers: null, body: null }

/** One exchange, as soon as the request budget allows it. What reached no server is not counted. */
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
  const outcome = await exchangeOnce(target, request)
  if (outcome.kind === 'fault' && outcome.phase !== 'headers' && outcome.phase !== 'body') target.budget.refund()
  return outcome
}

function exchangeOnce(target: HttpTarget, request: HttpRequest): Promise<HttpOutcome> {
  const { url, signal } = request
  const { phaseTimeoutsMs, minPhaseTimeoutMs, doubtfulStreamTimeoutMs } = target.times
  const started = performance.now()
  const phases: Record<Phase, number | null> = { dns: null, tcp: null, tls: null, headers: null, body: null }
  const host = url.hostname.replace(/^\[|\]$/g, '')
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
    const remainingMs = Math.max(target.deadline - performance.now(), minPhaseTimeoutMs)
    isCut = remainingMs < ms
    const armed = setTimeout(
      // After a stall of the event loop the timer comes before the progress that is already waiting to be seen.
      () => setImmediate(() => timer === armed && !settled && onDeadline()),
      Math.min(ms, remainingMs),
    )
    timer = armed
  }
  const leave = (): void => {
    if (phase !== 'proxy') phases[phase] = performance.now() - entered
    entered = performance.now()
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
      resolve({ ...outcome, phases, elapsedMs: performance.now() - started })
      // The agent keeps nothing alive; a body that was not read to its end is closed with its connection.
      req.destroy()
    }
    const fail = (code: string, message: string): void =>
      settle({ kind: 'fault', phase, code, message, ...(code === 'DEADLINE' && isCut && { isCut }) })
    const abandon = (): void => fail('ABANDONED', 'the exchange was closed before a response')
    onDeadline = () => fail('DEADLINE', `no progress in the ${phase} phase`)

    const module = url.protocol === 'https:' ? https : http
    const req = module.request(url, {
      method: request.method,
      agent: target.agents[url.protocol === 'https:' ? 'https:' : 'http:'],
      headers: {
        ...lowerCased(target.headers),
        'user-agent': 'terraform-mcp-deploy',
        'accept-encoding': 'gzip, deflate, br',
        ...request.headers,
        ...(request.body !== undefined && { 'content-length': String(Buffer.byteLength(request.body)) }),
      },
    })
    signal?.addEventListener('abort', abandon)
    if (signal?.aborted) return abandon()
    arm(phaseTimeoutsMs.dns + phaseTimeoutsMs.tcp)

    req.on('socket', socket => {
      // Through a proxy the tunnel is already up: DNS and TCP to the endpoint are the proxy's.
      if (!socket.connecting) return enter('headers')
      enter(isIP(host) ? 'tcp' : 'dns')
      socket.once('lookup', error => error ?? (phase === 'dns' && enter('tcp')))
      socket.once('connect', () => enter(url.protocol === 'https:' ? 'tls' : 'headers'))
      socket.once('secureConnect', () => enter('headers'))
    })
    req.on('error', error => {
      // Once a response has begun, the reader of its body sees the same error and knows how far it came.
      if (responded) return
      const cause = rootOf(error)
      fail(cause.code ?? cause.name, cause.message)
    })
    // Nobody asked for it, and the HTTP client of the MCP SDKs gives up on it.
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
    // As bytes, because Node would write headers together with a string as UTF-8, and field values are Latin-1.
    req.end(request.body === undefined ? undefined : Buffer.from(request.body))
  })
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

/** Node keeps the first of several Content-Type fields; clients see them joined, and refuse that. */
function headersOf({ headers, headersDistinct }: IncomingMessage): IncomingHttpHeaders {
  const types = headersDistinct['content-type']
  return types && types.length > 1 ? { ...headers, 'content-type': types.join(', ') } : headers
}

/** Of several failed addresses the one that was reached says most: a refusal before a missing route. */
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
    // One growing buffer instead of a list of pieces: four million one-byte chunks must not become objects.
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
        // A CR at the very end may be the first half of CR LF: clients wait for what follows.
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
 * The media type, in lower case and without parameters; empty when there is none, or several, as no client would choose
 * between them.
 */
export function mediaType(headers: IncomingHttpHeaders): string {
  const stated = headers['content-type'] ?? ''
  return !hasSeveralValues(stated) ? (stated.split(';', 1)[0] ?? '').trim().toLowerCase() : ''
}

/** Whether a field value holds a comma outside of its quoted strings (RFC 9110 §5.6.4). */
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

/** The limit of fetch, and so of every client that uses it. */
const MAX_ENCODINGS = 5

/** The content encodings in the order in which they were applied. */
function encodingsOf(headers: IncomingHttpHeaders): readonly string[] {
  const names = (headers['content-encoding'] ?? '').toLowerCase().split(',')
  return names.map(name => name.trim()).filter(name => name !== '' && name !== 'identity')
}

/** Whether the body was left as it came, because one of its encodings is none that clients know. */
export function hasUnknownEncoding(headers: IncomingHttpHeaders): boolean {
  return encodingsOf(headers).some(name => !(name in decoders))
}

/**
 * The decompressed body; as it came when one of the encodings is unknown, which is what fetch does (a server that says
 * `Content-Encoding: utf-8` works). Partial output is flushed, because an event stream may be compressed and endless.
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

const zlibFlush = { flush: zlib.constants.Z_SYNC_FLUSH, finishFlush: zlib.constants.Z_SYNC_FLUSH }
const brotliFlush = { flush: zlib.constants.BROTLI_OPERATION_FLUSH, finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH }
const zstdFlush = { flush: zlib.constants.ZSTD_e_flush, finishFlush: zlib.constants.ZSTD_e_flush }

const decoders = {
  gzip: () => zlib.createGunzip(zlibFlush),
  'x-gzip': () => zlib.createGunzip(zlibFlush),
  // The standard means zlib's format (RFC 9110 §8.4.1.2); servers that send raw deflate are read by every client.
  deflate: (first: number | undefined) =>
    first === undefined || (first & 0x0f) === 8 ? zlib.createInflate(zlibFlush) : zlib.createInflateRaw(zlibFlush),
  br: () => zlib.createBrotliDecompress(brotliFlush),
  zstd: () => zlib.createZstdDecompress(zstdFlush),
}

/** The first byte of a stream, which stays in it; undefined when it ends without one. */
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
