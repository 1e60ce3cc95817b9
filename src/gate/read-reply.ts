/**
 * The interpretation of a recorded HTTP exchange as a JSON-RPC reply or a refusal. It is pure and accepts any bytes,
 * statuses and headers. It knows the JSON-RPC envelope and the transport, not the methods; the caller of a method
 * validates the result.
 */
import { isObject } from '../json.ts'
import { retryAfterMs } from '../poll.ts'
import type { Certificate } from './certificate.ts'
import { type Code, codes } from './codes.ts'
import { type EventStream, isMessage, readEvents } from './events.ts'
import { readableText } from './foreign-text.ts'
import { hostGuardFix } from './host-guards.ts'
import {
  BODY_CAP_BYTES,
  type Fault,
  type HttpOutcome,
  hasUnknownEncoding,
  LINES_CAP,
  mediaType,
  type Reply,
} from './http-exchange.ts'
import { clean, previewJson } from './sanitize.ts'

/** The request context on which the interpretation of the reply depends. */
export interface RequestContext {
  /** The JSON-RPC id; absent for a notification or a DELETE, which the server accepts without an answer. */
  readonly id?: number
  readonly url: URL
  /** Whether the request carried an Mcp-Session-Id from this server. */
  readonly inSession: boolean
  /** Whether the request carried an Authorization header. */
  readonly authorized: boolean
  /** Whether the request carried a signature of AWS. */
  readonly isSigned?: boolean
  /** Whether the connection offered a client certificate. */
  readonly hasClientCertificate?: boolean
  /** Strings that must never be shown; see `secretsOf`. */
  readonly secrets: readonly string[]
}

/** A JSON-RPC error object. */
export interface RpcError {
  readonly code: number
  readonly message: string
  readonly data: unknown
}

/** A refused wire exchange, with its failure code. */
export interface Refusal {
  readonly answered: false
  readonly code: Code
  readonly sentence: string
  /** The JSON-RPC error of the body, under any HTTP status. */
  readonly rpc?: RpcError
  readonly status?: number
  readonly retryAfterMs?: number
  /** The unchanged WWW-Authenticate header of a 401. */
  readonly challenge?: string
  /** Set when the deadline of the whole gate ended the exchange, which reveals nothing about the server. */
  readonly isCut?: true
  /** A more specific fix than the fix of the code. */
  readonly fix?: string
}

/** The interpretation of a reply: a JSON-RPC result, or a refusal. */
export type ParsedReply = { readonly answered: true; readonly result: Record<string, unknown> } | Refusal

/** Returns the refusal that a rejected certificate causes; undefined for any other fault. */
function readCertificateFault(
  { code, message, certificate }: Fault,
  at: string,
  { url, secrets }: RequestContext,
): Refusal | undefined {
  if (UNTRUSTED_CODES.test(code)) {
    return refusal(
      'TLS_UNTRUSTED',
      `The certificate of ${at} is not trusted (${code})${whyUntrusted(certificate, secrets)}.`,
    )
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID' || code === 'HOSTNAME_MISMATCH') {
    const shown = certificate
      ? `${describe(certificate, secrets)}; you asked ${url.hostname}`
      : `for another name: "${clean(message, secrets)}"`
    return refusal('TLS_NAME', `The certificate of ${at} is ${shown}.`)
  }
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    const isPast = code === 'CERT_HAS_EXPIRED'
    const when = certificate && date(isPast ? certificate.validTo : certificate.validFrom)
    const state = isPast ? `expired${when ? ` on ${when}` : ''}` : `is not valid ${when ? `before ${when}` : 'yet'}`
    const shown = certificate ? `; it is ${describe(certificate, secrets)}` : ''
    return refusal(
      'TLS_EXPIRED',
      `The certificate of ${at} ${state} (the clock of the runner shows ${date(new Date())})${shown}.`,
    )
  }
  return undefined
}

function describe({ names, issuer, validFrom, validTo }: Certificate, secrets: readonly string[]): string {
  const shown = names.slice(0, 5).map(name => clean(name, secrets))
  const more = names.length > shown.length ? ` and ${names.length - shown.length} more` : ''
  const whose = shown.length === 0 ? 'for no name' : `for ${shown.join(', ')}${more}`
  return `${whose}, issued by "${clean(issuer, secrets)}", valid from ${date(validFrom)} to ${date(validTo)}`
}

function whyUntrusted(certificate: Certificate | undefined, secrets: readonly string[]): string {
  if (certificate === undefined) return ''
  const why = certificate.isSelfSigned
    ? 'it is self-signed'
    : certificate.hasIssuer
      ? 'the authority at the end of its chain is not a public one'
      : 'the server sends only this one, without the certificate of its issuer, and the runner does not know that issuer'
  return `: ${why}; it is ${describe(certificate, secrets)}`
}

/** Formats a date of a certificate to the minute, in UTC; hostile certificates may contain an invalid date. */
function date(value: Date): string {
  return Number.isNaN(value.getTime()) ? 'no date' : `${value.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

function seconds(ms: number | null): string {
  return `${Math.round((ms ?? 0) / 100) / 10} s`
}

/** Codes that blame the caller (JSON-RPC 2.0 §5.1). Any other code means that the server failed. */
const REFUSING_RPC_CODES = new Set([-32700, -32600, -32601, -32602])

/** Error codes that only revision 2026-07-28 defines (its section on error codes). */
export const MODERN_RPC_CODES = { headerMismatch: -32020, missingCapability: -32021, unsupportedVersion: -32022 }

const UNTRUSTED_CODES =
  /^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT_UNTRUSTED|CERT_REJECTED|CERT_CHAIN_TOO_LONG|INVALID_CA|CERT_REVOKED|CERT_SIGNATURE_FAILURE)/

const UNREACHABLE_CODES = new Set(['EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL'])

/** Interprets the reply to a request (with an id) or to a notification (without one). Never throws. */
export function readOutcome(outcome: HttpOutcome, context: RequestContext): ParsedReply {
  const parsed = outcome.kind === 'fault' ? readFault(outcome, context) : readReply(outcome, context)
  return outcome.isCut && !parsed.answered ? { ...parsed, isCut: true } : parsed
}

function refusal(code: Code, sentence: string, more: Omit<Refusal, 'answered' | 'code' | 'sentence'> = {}): Refusal {
  return { answered: false, code, sentence, ...more }
}

function readFault(fault: Fault, context: RequestContext): Refusal {
  const { phase, code, message, phases, certificate } = fault
  const { url, secrets } = context
  const host = url.hostname
  const via = fault.connectTo === undefined ? '' : ` (by mcp-connect-to ${fault.connectTo})`
  const at = `${host}:${url.port || (url.protocol === 'https:' ? 443 : 80)}${via}`
  const detail = clean(message, secrets)
  if (code === 'NOT_SIGNED') {
    return refusal('AWS_CREDENTIALS_MISSING', `The request to ${host} could not be signed: ${detail}.`)
  }
  if (code === 'BUDGET_SPENT') {
    return refusal('REQUESTS_SPENT', 'No request of mcp-requests-per-minute was left before the end of mcp-timeout.')
  }
  if (code === 'DEADLINE') {
    switch (phase) {
      case 'dns':
        return refusal('DNS_TIMEOUT', `The resolver did not answer for ${host}.`)
      case 'tls':
        return refusal('TLS_TIMEOUT', `${at} accepts TCP connections but does not answer the TLS handshake.`)
      case 'tcp':
        return refusal('TCP_TIMEOUT', `${at} does not answer connection attempts at all.`)
      case 'proxy':
        return refusal('PROXY_FAILED', `The proxy of the runner did not open a connection to ${at} in time.`)
      default:
        return refusal(
          'HEADERS_TIMEOUT',
          `${at} accepted the request but sent no response headers in ${seconds(phases.headers)}.`,
        )
    }
  }
  const aboutCertificate = readCertificateFault(fault, at, context)
  // This check precedes the proxy check, because the handshake with the endpoint happens inside the proxy tunnel.
  if (aboutCertificate) return aboutCertificate
  if (phase === 'proxy' || code.startsWith('ERR_PROXY')) {
    return refusal('PROXY_FAILED', `The proxy of the runner did not open a connection to ${at}: ${code}, "${detail}".`)
  }
  if (code === 'ENOTFOUND') return refusal('DNS_NXDOMAIN', `The name ${host} does not exist in DNS.`)
  if (phase === 'dns' || /^EAI_|^ESERVFAIL$/.test(code)) {
    return refusal('DNS_FAILED', `The name ${host} could not be resolved (${code}).`)
  }
  if (
    /(?:bad|expired|revoked|unsupported) certificate|certificate (?:unknown|expired|revoked)|alert unknown ca/i.test(
      message,
    )
  ) {
    return refusal('CLIENT_CERTIFICATE_REFUSED', `${at} refused the client certificate: ${code}, "${detail}".`)
  }
  if (/certificate required/i.test(message) || code === 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED') {
    return refusal('MTLS_REQUIRED', `${at} ended the connection because no client certificate was sent (${code}).`)
  }
  if (url.protocol === 'http:' && certificate) {
    const shown = describe(certificate, secrets)
    return refusal('PORT_SPEAKS_TLS', `${at} is a TLS port (its certificate is ${shown}), and the URL has http.`)
  }
  if (/wrong version number|packet length too long|http request|unknown protocol|record layer failure/i.test(message)) {
    return refusal('TLS_NOT_TLS', `${at} does not speak TLS: it answered the handshake with something else.`)
  }
  if (phase === 'tls') return refusal('TLS_FAILED', `The TLS handshake with ${at} failed: ${code}, "${detail}".`)
  if (code === 'ECONNREFUSED') return refusal('TCP_REFUSED', `Nothing listens at ${at}: the connection was refused.`)
  if (code === 'ETIMEDOUT') return refusal('TCP_TIMEOUT', `${at} does not answer connection attempts at all.`)
  if (UNREACHABLE_CODES.has(code)) {
    return refusal('TCP_UNREACHABLE', `There is no route to ${at} (${code}).`)
  }
  if (code === 'HPE_HEADER_OVERFLOW') {
    return refusal('HEADERS_TOO_BIG', `${at} sent more than 16 KiB of response headers.`)
  }
  if (code.startsWith('UNASKED_')) return refusal('NOT_HTTP', `${at} answered with ${detail}.`)
  if (code.startsWith('HPE_'))
    return refusal('NOT_HTTP', `${at} answered with something that is not HTTP/1.1 (${code}).`)
  if (code === 'ECONNRESET' || code === 'EPIPE') {
    const fix = `${codes.CONN_RESET.fix} Some servers also close the connection when they refuse the certificate of mcp-client-cert.`
    const more = context.hasClientCertificate ? { fix } : {}
    return refusal('CONN_RESET', `${at} closed the connection before it answered.`, more)
  }
  return refusal('CONN_FAILED', `The connection to ${at} failed in the ${phase} phase: ${code}, "${detail}".`)
}

function readReply(reply: Reply, context: RequestContext): ParsedReply {
  const { status } = reply
  if (status < 200 || status >= 300) return { ...readStatus(reply, context), status }
  if (context.id === undefined) return { answered: true, result: {} }
  const parsed = readSuccess(reply, context, context.id)
  if (parsed.answered) return parsed
  // The unchanged body is read first, because some servers name an encoding and use none.
  if (hasUnknownEncoding(reply.headers) && parsed.code.startsWith('NOT_JSON'))
    return { ...notDecoded(reply, context), status }
  return { ...parsed, status }
}

function notDecoded({ headers }: Reply, { url, secrets }: RequestContext): Refusal {
  const encoding = clean(headers['content-encoding'] ?? '', secrets)
  const address = `${url.origin}${url.pathname}`
  return refusal('BODY_ENCODING', `${address} sent a body that does not decode as Content-Encoding "${encoding}".`)
}

function readStatus(reply: Reply, context: RequestContext): Refusal {
  const { status, headers, body } = reply
  const rpc = rpcErrorIn(body)
  const address = `${context.url.origin}${context.url.pathname}`
  const detail = rpc ? `JSON-RPC ${rpc.code} "${clean(rpc.message, context.secrets)}"` : quoted(body, context)
  const observed = `${address} answered HTTP ${status}${server(reply, context)}, ${detail}.`
  const more = rpc ? { rpc } : {}
  const byLoadBalancer = /^awselb\b/i.test(header(reply, 'server'))
  const isPage = /^\s*</.test(body) || mediaType(reply.headers) === 'text/html'

  if (status >= 300 && status < 400) {
    const location = headers.location === undefined ? 'nowhere' : `"${clean(headers.location, context.secrets)}"`
    return refusal('REDIRECT', `${address} answered HTTP ${status} and redirects to ${location}.`)
  }
  const aboutSession = context.inSession && !byLoadBalancer ? readSessionFault(reply, rpc, observed) : undefined
  if (aboutSession) return { ...aboutSession, ...more }
  const guardFix = hostGuardFix(status, body)
  if (guardFix) {
    const sentence = `The server refuses the host name ${context.url.hostname}: ${observed}`
    return refusal('HOST_REJECTED', sentence, { ...more, fix: guardFix })
  }
  if ((status === 401 || status === 403) && /csrf/i.test(body.slice(0, 4000))) {
    return refusal('HTTP_403', observed, { ...more, fix: CSRF_FIX })
  }
  switch (status) {
    case 400:
      if (/plain HTTP request was sent to HTTPS port|HTTP request to an HTTPS server/i.test(body)) {
        return refusal('PORT_SPEAKS_TLS', `${address} is a TLS port, and the URL has http.`)
      }
      if (/no required ssl certificate was sent|ssl certificate error/i.test(body.slice(0, 4000))) {
        return refusal('MTLS_REQUIRED', observed)
      }
      if (/\baccept\b/i.test(rpc?.message ?? (isPage ? '' : body.slice(0, 2000))))
        return refusal('HTTP_406', observed, more)
      return rpc ? readRpcError(rpc, observed) : refusal('HTTP_400', observed)
    case 401:
      if (context.isSigned && isAwsRefusal(reply)) return refusal('AWS_SIGNATURE_REFUSED', observed)
      return readUnauthorized(reply, context, address)
    case 403:
      if (/insufficient_scope/i.test(headers['www-authenticate'] ?? '')) {
        return refusal(
          'AUTH_SCOPE',
          `${observed} WWW-Authenticate: "${clean(headers['www-authenticate'] ?? '', context.secrets)}"`,
        )
      }
      if (/\bhost\b/i.test(rpc?.message ?? (isPage ? '' : body.slice(0, 2000)))) {
        return refusal('HOST_REJECTED', `The server refuses the host name ${context.url.hostname}: ${observed}`, more)
      }
      if (isAwsRefusal(reply)) return refusal(context.isSigned ? 'AWS_SIGNATURE_REFUSED' : 'AWS_FORBIDDEN', observed)
      return byLoadBalancer || isPage ? refusal('WAF_403', observed) : refusal('HTTP_403', observed, more)
    case 404:
      if (byLoadBalancer) return refusal('ALB_404', observed)
      return rpc ? readRpcError(rpc, observed) : refusal('PATH_404', observed)
    case 405:
      return refusal('HTTP_405', observed, more)
    case 406:
      return refusal('HTTP_406', observed, more)
    case 413:
      return refusal('HTTP_413', observed, more)
    case 415:
      return refusal('HTTP_415', observed, more)
    case 421:
      return refusal('HOST_REJECTED', `The server refuses the host name ${context.url.hostname}: ${observed}`, more)
    case 424:
      return refusal('START_FAILED', observed)
    case 429: {
      const waitMs = retryAfterMs(headers['retry-after'])
      const wait = waitMs === undefined ? '' : ` It requests a wait of ${Math.ceil(waitMs / 1000)} s.`
      return refusal('RATE_LIMITED', observed + wait, waitMs === undefined ? {} : { retryAfterMs: waitMs })
    }
    case 502:
    case 503:
    case 504:
      if (byLoadBalancer) return refusal(`ALB_${status}`, observed)
  }
  if (rpc) return readRpcError(rpc, observed)
  const fix = status >= 500 ? serverErrorFix(reply) : {}
  return refusal(status >= 500 ? 'SERVER_ERROR' : 'HTTP_4XX', observed, fix)
}

/** The fix of an error that a framework or API Gateway names. */
function serverErrorFix({ status, headers, body }: Reply): { readonly fix?: string } {
  if (body.includes('Task group is not initialized')) return { fix: LIFESPAN_FIX }
  const isGateway = headers['apigw-requestid'] !== undefined || headers['x-amz-apigw-id'] !== undefined
  const isTimeout =
    (status === 504 && /"message"\s{0,4}:\s{0,4}"Endpoint request timed out"/i.test(body.slice(0, 2000))) ||
    (status === 503 && isGateway && /"message"\s{0,4}:\s{0,4}"Service Unavailable"/i.test(body.slice(0, 2000)))
  return isTimeout ? { fix: GATEWAY_TIMEOUT_FIX } : {}
}

/** Quotas of Amazon API Gateway: "Maximum integration timeout". */
const GATEWAY_TIMEOUT_FIX =
  'API Gateway gives an integration 29 s (REST API) or 30 s (HTTP API): find what the server waits for, such as an event stream that it keeps open. A function URL with RESPONSE_STREAM, or a load balancer, has no such limit.'

const LIFESPAN_FIX =
  'Run the lifespan of the MCP application in the one that mounts it: FastAPI(lifespan=mcp_app.lifespan), or Starlette with session_manager.run() in its lifespan.'

/** Whether API Gateway or a Lambda function URL refused the request before any code of the user ran. */
function isAwsRefusal({ headers, body }: Pick<Reply, 'headers' | 'body'>): boolean {
  const start = body.slice(0, 2000)
  return (
    headers['x-amzn-errortype'] !== undefined ||
    /"message"\s{0,4}:\s{0,4}"(?:Missing Authentication Token|Forbidden|The request signature|User: )/i.test(start)
  )
}

/**
 * Returns the refusal of a request in a session: the server does not know the session, or its header did not arrive.
 * Returns undefined for any other subject, such as a missing path.
 */
function readSessionFault({ status, body }: Reply, rpc: RpcError | undefined, observed: string): Refusal | undefined {
  if (status !== 400 && status !== 404) return undefined
  const text = rpc?.message ?? body.slice(0, 2000)
  if (/missing session|session-id header is required|session id is required|no session id/i.test(text)) {
    return refusal('SESSION_HEADER_LOST', `The Mcp-Session-Id that was sent did not reach the server: ${observed}`)
  }
  const isLost =
    /session|not initialized/i.test(text) || (status === 404 && (body.trim() === '' || rpc?.code === -32001))
  return isLost ? refusal('SESSION_LOST', `The server gave a session and then did not know it: ${observed}`) : undefined
}

const CSRF_FIX =
  'Leave the MCP path out of the CSRF protection (Spring Security: csrf.ignoringRequestMatchers): clients send no token of a form.'

/**
 * Whether Spring Security sent the response, whose headers against caching are its own. It hides a refusal by CSRF
 * behind a 401, because its error page requires the login.
 */
function isSpringSecurity({ headers }: Reply): boolean {
  return headers['x-xss-protection'] === '0' && headers.pragma === 'no-cache' && headers.expires === '0'
}

/** Interprets a 401. The challenge leads clients to the login (RFC 9728 §5.1 and the authorization section of MCP). */
function readUnauthorized(reply: Reply, { authorized, secrets }: RequestContext, address: string): Refusal {
  const { headers } = reply
  const csrf = authorized && isSpringSecurity(reply) ? { fix: `Check the credentials in mcp-headers. ${CSRF_FIX}` } : {}
  const challenge = headers['www-authenticate']
  const refused = authorized
    ? `${address} does not accept the given credentials (HTTP 401)`
    : `${address} answered HTTP 401`
  const renamed =
    headers['x-amzn-remapped-www-authenticate'] === undefined
      ? ''
      : ' (API Gateway renamed it to x-amzn-remapped-www-authenticate)'
  return challenge === undefined
    ? refusal(
        'AUTH_BARE_401',
        `${refused} without WWW-Authenticate${renamed}, so clients cannot find where to log in.`,
        csrf,
      )
    : refusal('AUTH_REQUIRED', `${refused} with WWW-Authenticate: "${clean(challenge, secrets)}".`, {
        challenge,
        ...csrf,
      })
}

function readSuccess(reply: Reply, context: RequestContext, id: number): ParsedReply {
  const { status, body, bytes, ending } = reply
  const address = `${context.url.origin}${context.url.pathname}`
  const type = mediaType(reply.headers)
  const stated =
    reply.headers['content-type'] === undefined
      ? 'no Content-Type'
      : `Content-Type "${clean(reply.headers['content-type'], context.secrets)}"`

  const cap = `${BODY_CAP_BYTES / 1024 / 1024} MiB`
  if (ending === 'too-big') {
    const limit = type === 'text/event-stream' ? `${cap} or ${LINES_CAP} lines of events` : cap
    return refusal('BODY_TOO_BIG', `${address} sent more than ${limit} as one answer.`)
  }
  if (isTooIntricate(body)) {
    return refusal(
      'BODY_TOO_BIG',
      `${address} sent more than ${MOST_NODES} JSON objects, arrays and members as one answer.`,
    )
  }
  if (ending === 'bad-encoding') return notDecoded(reply, context)
  if (status === 202 || status === 204) {
    return refusal('ACCEPTED_NO_REPLY', `${address} answered a request with HTTP ${status} and no JSON-RPC response.`)
  }
  if (type === 'text/event-stream') return readStream(reply, context, id, address)
  if (ending === 'cut') {
    const announced = reply.headers['content-length']
    const of = announced === undefined ? '' : ` of ${clean(announced, [])}`
    return refusal('BODY_TRUNCATED', `${address} closed the connection after ${bytes}${of} bytes of the body.`)
  }
  if (ending === 'slow') {
    return refusal('BODY_SLOW', `${address} sent only ${bytes} bytes of the body in ${seconds(reply.phases.body)}.`)
  }
  if (bytes === 0) return refusal('EMPTY_200', `${address} answered HTTP ${status} with an empty body (${stated}).`)
  if (type === 'text/html' || /^\s*<(?:!doctype|html|head|body)\b/i.test(body)) {
    const title = titleOf(body)
    const page = title ? `a web page titled "${clean(title, context.secrets)}"` : `a web page, ${quoted(body, context)}`
    return refusal('HTML_PAGE', `${address} answered HTTP ${status} with ${page}.`)
  }
  if (type !== 'application/json') {
    return refusal('CONTENT_TYPE', `${address} answered HTTP ${status} with ${stated}, ${quoted(body, context)}.`)
  }
  // Clients decode the body as UTF-8, which removes a byte order mark (Encoding Standard, "UTF-8 decode").
  const parsed = parseJson(body.replace(/^\ufeff/, ''))
  if (parsed === undefined)
    return refusal('NOT_JSON', `${address} answered with ${quoted(body, context)}, which is not JSON.`)
  // Revision 2025-03-26 allowed batches, and the SDK clients still read them.
  const messages = Array.isArray(parsed.value) ? parsed.value : [parsed.value]
  const stranger = messages.length > 1 ? messages.find(message => !isJsonRpc(message)) : undefined
  if (stranger !== undefined) {
    const shown = previewJson(stranger, context.secrets)
    return refusal('NOT_JSONRPC', `${address} answered with a batch that has a stranger among its messages: ${shown}.`)
  }
  const responses = messages.map(readMessage).filter(message => message !== undefined)
  return (
    pickAnswer(responses, id, address, context) ??
    refusal(
      'NOT_JSONRPC',
      `${address} answered with JSON that is not a JSON-RPC 2.0 response: ${quoted(body, context)}.`,
    )
  )
}

function readStream(reply: Reply, context: RequestContext, id: number, address: string): ParsedReply {
  const stream = readEvents(reply.body)
  const messages = stream.events.filter(isMessage).filter(event => event.data !== '')
  const parsed = messages.map(event => parseJson(event.data))
  const responses = parsed.map(json => json && readMessage(json.value)).filter(message => message !== undefined)
  const answer = pickAnswer(responses, id, address, context)
  if (answer) return answer

  const bad = messages[parsed.indexOf(undefined)]
  if (bad) return refusal('SSE_BAD_JSON', `${address} sent an event that is not JSON, ${quoted(bad.data, context)}.`)
  const misnamed = stream.events.find(event => !isMessage(event) && carriesAnswer(event.data, id))
  if (misnamed) {
    const name = clean(misnamed.event ?? '', context.secrets)
    return refusal('SSE_EVENT_NAME', `${address} sent the answer as "event: ${name}", which clients ignore.`)
  }
  const [code, sentence] = streamWithoutAnswer(stream, reply, address)
  const isAlive = code === 'SSE_SILENT' && stream.comments + stream.events.length > 0
  return refusal(code, sentence, isAlive ? { fix: SLOW_HANDLER_FIX } : {})
}

/** The fix of a stream with keep-alives but no answer. Keep-alives prove that nothing buffers the stream. */
const SLOW_HANDLER_FIX =
  'The stream is alive, and the answer did not come: find out what the handler waits for, or raise mcp-request-timeout if it only takes long.'

function streamWithoutAnswer(stream: EventStream, { ending, bytes }: Reply, address: string): [Code, string] {
  const got = `${count(stream.events.length, 'event')} and ${count(stream.comments, 'keep-alive comment')}`
  if (ending === 'slow' || ending === 'enough') {
    return ['SSE_SILENT', `${address} opened an event stream and sent ${got}, but no answer.`]
  }
  if (stream.unfinished || ending === 'cut') {
    return ['SSE_TRUNCATED', `${address} closed the event stream inside an event, after ${bytes} bytes.`]
  }
  return ['SSE_EMPTY', `${address} closed the event stream after ${got}, without the answer.`]
}

/**
 * Returns the text of the first title element of a page. It searches each mark once, so that repeated tags cost no
 * extra time.
 */
function titleOf(body: string): string | undefined {
  const start = body.slice(0, 64 * 1024)
  const element = start.search(/<title/i)
  const text = element === -1 ? -1 : start.indexOf('>', element) + 1
  return text < 1 ? undefined : start.slice(text).split('<', 1)[0]
}

interface RpcMessage {
  readonly id: unknown
  readonly result?: Record<string, unknown>
  readonly error?: RpcError
}

/**
 * Reads a JSON-RPC response as strictly as the SDK clients, without additional members. Requests and notifications
 * return undefined.
 */
function readMessage(value: unknown): RpcMessage | undefined {
  if (!isObject(value) || value.jsonrpc !== '2.0') return undefined
  const { jsonrpc: _, id, result, error, ...rest } = value
  if (Object.keys(rest).length > 0) return undefined
  if (isObject(result) && error === undefined) return { id, result }
  const rpc = readError(error)
  return rpc && result === undefined ? { id, error: rpc } : undefined
}

/** Whether the value is any JSON-RPC 2.0 message. Clients refuse a whole batch because of one other value. */
function isJsonRpc(value: unknown): boolean {
  if (readMessage(value)) return true
  if (!isObject(value) || value.jsonrpc !== '2.0' || typeof value.method !== 'string') return false
  const { jsonrpc: _, method: _method, id, params, ...rest } = value
  const hasId = id === undefined || typeof id === 'string' || Number.isInteger(id)
  return hasId && (params === undefined || isObject(params)) && Object.keys(rest).length === 0
}

function pickAnswer(
  messages: readonly RpcMessage[],
  id: number,
  address: string,
  context: RequestContext,
): ParsedReply | undefined {
  // An error without a matching request has a null id or no id (JSON-RPC 2.0 §5).
  const answer = messages.find(message => isId(message.id, id)) ?? messages.find(({ id, error }) => error && id == null)
  if (answer?.result) return { answered: true, result: answer.result }
  if (answer?.error) {
    return readRpcError(
      answer.error,
      `${address} answered JSON-RPC ${answer.error.code} "${clean(answer.error.message, context.secrets)}".`,
    )
  }
  const other = messages[0]
  if (other === undefined) return undefined
  const shownId =
    typeof other.id === 'string'
      ? `"${clean(other.id, context.secrets)}"`
      : typeof other.id === 'number'
        ? other.id
        : `of type ${typeof other.id}`
  return refusal('WRONG_ID', `${address} answered request ${id} with the id ${shownId}.`)
}

/**
 * Whether the received id equals the request's id. The SDK clients also accept the number as a string, in any spelling.
 */
export function isId(value: unknown, id: number): boolean {
  return (typeof value === 'number' || typeof value === 'string') && Number(value) === id
}

function readRpcError(rpc: RpcError, sentence: string): Refusal {
  if (rpc.code === MODERN_RPC_CODES.headerMismatch) return refusal('MODERN_HEADERS_LOST', sentence, { rpc })
  if (rpc.code === MODERN_RPC_CODES.missingCapability) return refusal('CLIENT_CAPABILITY_MISSING', sentence, { rpc })
  return refusal(REFUSING_RPC_CODES.has(rpc.code) ? 'RPC_REFUSED' : 'RPC_ERROR', sentence, { rpc })
}

function readError(error: unknown): RpcError | undefined {
  if (!isObject(error) || !Number.isInteger(error.code)) return undefined
  const message = typeof error.message === 'string' ? error.message : ''
  return { code: error.code as number, message, data: error.data }
}

/** Returns the JSON-RPC error in the body of an HTTP error, which may also be an event stream. */
function rpcErrorIn(body: string): RpcError | undefined {
  const texts = /^\s*\{/.test(body)
    ? [body]
    : /^(?:event|data|id|retry|:)/.test(body)
      ? readEvents(body).events.map(e => e.data)
      : []
  for (const text of texts) {
    const json = parseJson(text)?.value
    const error = isObject(json) && json.jsonrpc === '2.0' ? readError(json.error) : undefined
    if (error) return error
  }
  return undefined
}

function carriesAnswer(data: string, id: number): boolean {
  const message = readMessage(parseJson(data)?.value)
  return message !== undefined && isId(message.id, id)
}

/** Maximum number of objects, arrays and members. A body that consists of them needs 100 times its size once parsed. */
const MOST_NODES = 300_000

function isTooIntricate(text: string): boolean {
  let nodes = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === 0x7b || unit === 0x5b || unit === 0x3a) nodes++
  }
  return nodes > MOST_NODES
}

/** Parses the JSON text; undefined when it is not JSON or would take too much memory. Never throws. */
export function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return isTooIntricate(text) ? undefined : { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}

function server(reply: Reply, { secrets }: RequestContext): string {
  const name = header(reply, 'server')
  return name === '' ? '' : ` (Server: ${clean(name, secrets)})`
}

function header({ headers }: Reply, name: string): string {
  return [headers[name] ?? []].flat().join(', ')
}

function quoted(body: string, { secrets }: RequestContext): string {
  const text = clean(readableText(body), secrets)
  return body === '' ? 'with an empty body' : text === '' ? 'with a body without text' : `body "${text}"`
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`
}
