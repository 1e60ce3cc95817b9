/**
 * The legacy era over Streamable HTTP, revisions up to 2025-11-25: initialize, initialized, tools/list and the end of
 * the session. Each request has its own connection and sends no cookies, like the official clients behind a load
 * balancer. `withCookies` detects the one failure that cookies prevent.
 */
import { createParser } from 'eventsource-parser'
import { isObject } from '../json.ts'
import { monotonicMs } from '../poll.ts'
import { codes } from './codes.ts'
import { isMessage } from './events.ts'
import { type Ask, checkOffer, type Expectations, type Offer, type Opened } from './expectations.ts'
import { exchange, type HttpOutcome } from './http-exchange.ts'
import { MODERN_RPC_CODES, parseJson, type Refusal } from './read-reply.ts'
import {
  answerServerRequests,
  CLIENT_INFO,
  type Conversation,
  type EraResult,
  failed,
  type RpcExchange,
  recordExchange,
  recordReply,
  send,
  unfitRefusal,
} from './rpc.ts'
import { clean, secretsOf } from './sanitize.ts'
import { initializeResult } from './schemas.ts'

/**
 * Supported versions, newest first. The gate requests the first and accepts any (basic/lifecycle, version negotiation).
 */
export const LEGACY_VERSIONS = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05', '2024-10-07'] as const

/** The result of the legacy era, with the traits of its session. */
export interface StreamableResult extends EraResult {
  /** Whether the server returned a session id, so its state may exist in only one task. */
  readonly inSession: boolean
  /** Each listing of the tools, in order. */
  readonly listings: readonly EraResult[]
  /** Warning for clients that open the GET stream: empty after a correct answer, absent when it was not opened. */
  readonly streamWarning?: string
  /** Whether the server set cookies with its session, as a load balancer with lb_cookie stickiness does. */
  readonly setsCookies: boolean
}

/** Options of one probed session. */
export interface SessionOptions {
  /** Whether to return the cookies of the initialize response, which no official client does. */
  readonly withCookies?: boolean
  /** Number of tool listings within the session; the default is 1. */
  readonly lists?: number
  /** Whether to open the GET stream during the listing, as clients do. */
  readonly opensStream?: boolean
}

/** Runs one complete session and ends it. Never throws. */
export async function probeStreamable(
  conversation: Conversation,
  expected: Expectations,
  { withCookies = false, lists = 1, opensStream = false }: SessionOptions = {},
): Promise<StreamableResult> {
  const secrets = secretsOf(conversation.target.headers)
  const since = monotonicMs()
  const opening = await initialize(conversation)
  const { session, cookies } = opening
  const isSession = session['mcp-session-id'] !== undefined
  const traits = { inSession: isSession, setsCookies: cookies !== '' }
  const headers = { ...session, ...(withCookies && cookies !== '' && { cookie: cookies }) }
  const { server } = opening
  if ('answered' in server) {
    if (isSession) await endSession(conversation, headers)
    const result = failed(conversation, 'initialize', server, since)
    return { ...result, ...traits, listings: [result] }
  }
  const inVersion = { ...headers, 'mcp-protocol-version': server.protocolVersion }
  let streamWarning: string | undefined
  const use = async (): Promise<readonly [EraResult, ...EraResult[]]> => {
    const { endpoint: url } = conversation.target
    const { reply } = await send(conversation, { method: 'notifications/initialized', url, headers: inVersion })
    if (!reply.answered) return [failed(conversation, 'notifications/initialized', reply, since)]
    const opened: Opened = {
      conversation,
      step: 'initialize',
      protocolVersion: server.protocolVersion,
      offer: server,
      ask: legacyRequests(conversation, inVersion),
      isModern: false,
      since,
    }
    const stream = opensStream ? openGetStream(conversation, inVersion) : undefined
    const listings: [EraResult, ...EraResult[]] = [await checkOffer(opened, expected, secrets)]
    // A failed listing does not end the loop: behind a balancer, another target may answer the next one.
    while (listings.length < lists && listings.at(-1)?.failure?.code !== 'SESSION_LOST') {
      listings.push(await checkOffer(opened, expected, secrets))
    }
    streamWarning = await stream?.close()
    return listings
  }
  const listings = await use()
  if (isSession) await endSession(conversation, inVersion)
  const [first] = listings
  const result = listings.find(({ verdict }) => verdict !== 'passed') ?? first
  return { ...result, ...traits, listings, ...(streamWarning !== undefined && { streamWarning }) }
}

/** Opens a session, uses it and ends it. Returns the refusal when it cannot be opened. Never throws. */
export async function inLegacySession<T>(
  conversation: Conversation,
  use: (ask: Ask) => Promise<T>,
): Promise<T | Refusal> {
  const { endpoint: url } = conversation.target
  const { server, session } = await initialize(conversation)
  if ('answered' in server) return server
  const headers = { ...session, 'mcp-protocol-version': server.protocolVersion }
  const { reply } = await send(conversation, { method: 'notifications/initialized', url, headers })
  const result = reply.answered ? await use(legacyRequests(conversation, headers)) : reply
  if (session['mcp-session-id'] !== undefined) await endSession(conversation, headers)
  return result
}

/** Opens the stream of messages from the server (basic/transports, "Listening for Messages from the Server"). */
function openGetStream(
  conversation: Conversation,
  headers: Readonly<Record<string, string>>,
): { readonly close: () => Promise<string> } {
  const { target, era } = conversation
  const { endpoint: url } = target
  const closing = new AbortController()
  const opened = Promise.withResolvers<void>()
  const requests = answerServerRequests(conversation, url, headers)
  const parser = createParser({ onEvent: event => isMessage(event) && requests.answer(parseJson(event.data)?.value) })
  const ended = exchange(target, {
    url,
    method: 'GET',
    headers: { accept: 'text/event-stream', ...headers },
    headersTimeoutMs: target.times.streamHeadersTimeoutMs,
    signal: closing.signal,
    onHeaders: () => opened.resolve(),
    onLines: lines => {
      parser.feed(lines)
      return 'more'
    },
  })
  const close = async (): Promise<string> => {
    await Promise.race([opened.promise, ended])
    closing.abort()
    const outcome = await ended
    await requests.sent()
    const code = streamFault(outcome)
    recordExchange(conversation, { era, step: 'GET', method: 'GET' }, outcome, code ?? 'ok')
    if (code === undefined) return ''
    const observed =
      outcome.kind === 'fault'
        ? `sent no response headers in ${target.times.streamHeadersTimeoutMs} ms`
        : `answered HTTP ${outcome.status}`
    return `${code}: GET ${url.origin}${url.pathname}, with which clients open the stream of the session, ${observed}. ${codes[code].fix}`
  }
  return { close }
}

/** Returns the code of a faulty answer to the GET; 405 is correct for a server without a stream. Pure. */
function streamFault(outcome: HttpOutcome): 'GET_STREAM_SILENT' | 'GET_STREAM_REFUSED' | undefined {
  if (outcome.isCut) return undefined
  if (outcome.kind === 'fault') {
    return outcome.code === 'DEADLINE' && outcome.phase === 'headers' ? 'GET_STREAM_SILENT' : undefined
  }
  return outcome.status === 403 || outcome.status >= 500 ? 'GET_STREAM_REFUSED' : undefined
}

/** The outcome of the initialize request. */
export interface Initialized {
  readonly server: InitializeResult | Refusal
  /** The session header of all later requests; empty without a session. */
  readonly session: Readonly<Record<string, string>>
  /** The cookies of the response as one Cookie header; empty without cookies. */
  readonly cookies: string
}

/** Sends initialize and reads its response. Never throws. */
export async function initialize(conversation: Conversation): Promise<Initialized> {
  const { endpoint: url, headers } = conversation.target
  const opened = await send(conversation, { method: 'initialize', id: 1, url, params: initializeParams })
  const { reply } = opened
  return {
    server: reply.answered ? readInitializeResult(reply.result, secretsOf(headers)) : (lockedOut(reply) ?? reply),
    session: reply.answered ? sessionOf(opened) : {},
    cookies: cookiesOf(opened),
  }
}

/**
 * Ends a session, which would otherwise stay in the server's memory. The server may refuse; the result does not matter.
 */
export async function endSession(conversation: Conversation, headers: Readonly<Record<string, string>>): Promise<void> {
  const { endpoint: url, avoidsClientErrors } = conversation.target
  // A server that lets its clients end no session answers 405, so the session is left to its own timeout.
  if (avoidsClientErrors) return
  const { endSessionTimeoutMs } = conversation.target.times
  const outcome = await exchange(conversation.target, {
    url,
    method: 'DELETE',
    headers,
    headersTimeoutMs: endSessionTimeoutMs,
    bodyTimeoutMs: endSessionTimeoutMs,
  })
  recordReply(conversation, { method: 'DELETE', url, headers }, 'DELETE', outcome)
}

/** Returns the function that sends requests with the headers of a session. */
export function legacyRequests(conversation: Conversation, headers: Readonly<Record<string, string>>): Ask {
  let id = 1
  return (method, params) =>
    send(conversation, { method, id: ++id, url: conversation.target.endpoint, headers, params: { ...params } })
}

/** Parameters of every initialize request. */
export const initializeParams = { protocolVersion: LEGACY_VERSIONS[0], capabilities: {}, clientInfo: CLIENT_INFO }

/** A valid initialize result. */
export interface InitializeResult extends Required<Offer> {
  readonly protocolVersion: string
}

/** Checks an initialize result against the schema of 2024-11-05 to 2025-11-25. Pure. */
export function readInitializeResult(
  result: Record<string, unknown>,
  secrets: readonly string[],
): InitializeResult | Refusal {
  const fault = initializeResult(result, '')
  if (fault) return unfitRefusal('BAD_INIT_RESULT', `The initialize result ${clean(fault, secrets)}.`)
  const { protocolVersion, capabilities, serverInfo } = result as unknown as InitializeResult
  const { name, version } = serverInfo
  if (!LEGACY_VERSIONS.some(known => known === protocolVersion)) {
    const shownVersion = clean(protocolVersion, secrets)
    return unfitRefusal(
      'NO_COMMON_VERSION',
      `initialize was answered with protocol version "${shownVersion}", which clients do not speak.`,
    )
  }
  return { protocolVersion, capabilities, serverInfo: { name: clean(name, secrets), version: clean(version, secrets) } }
}

/** Returns the refusal of a server that supports only 2026-07-28: it refuses initialize and lists its versions. */
function lockedOut({ rpc, sentence }: Refusal): Refusal | undefined {
  if (rpc?.code !== MODERN_RPC_CODES.unsupportedVersion) return undefined
  const supported = isObject(rpc.data) && Array.isArray(rpc.data.supported) ? rpc.data.supported : []
  const offersLegacy = supported.some(version => LEGACY_VERSIONS.some(known => known === version))
  return offersLegacy
    ? undefined
    : unfitRefusal('LEGACY_CLIENTS_LOCKED_OUT', `initialize is refused, only 2026-07-28 is served: ${sentence}`)
}

function sessionOf({ outcome }: RpcExchange): Record<string, string> {
  const id = outcome.kind === 'reply' ? outcome.headers['mcp-session-id'] : undefined
  return typeof id === 'string' && id !== '' ? { 'mcp-session-id': id } : {}
}

function cookiesOf({ outcome }: RpcExchange): string {
  const set = outcome.kind === 'reply' ? (outcome.headers['set-cookie'] ?? []) : []
  return set.map(cookie => cookie.split(';', 1)[0]).join('; ')
}
