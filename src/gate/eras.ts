/** The probe of all eras of one endpoint, once each. The gate decides which of them must pass. */
import { monotonicMs, sleep } from '../poll.ts'
import { type Code, codes, type Era, type Failure, failure, isInterruption } from './codes.ts'
import type { Expectations } from './expectations.ts'
import type { HttpTarget } from './http-exchange.ts'
import { endSession, initialize, probeStreamable, type StreamableResult } from './legacy.ts'
import { probeModern } from './modern.ts'
import type { Refusal } from './read-reply.ts'
import { type Conversation, type EraResult, type Exchange, failed, unfitRefusal } from './rpc.ts'
import type { GateTimes } from './times.ts'

/** The eras, newest first. */
export const ERAS = ['modern', 'legacy', 'http-sse'] as const

/** The result of each era in one round. */
export type Eras = Readonly<Record<'modern' | 'http-sse', EraResult>> & {
  readonly legacy: EraResult & Partial<Pick<StreamableResult, 'inSession' | 'setsCookies'>>
}

/** The transport of the legacy era; `auto` tries HTTP+SSE only after Streamable HTTP was refused. */
export type Transport = 'auto' | 'streamable-http' | 'sse'

/** The result of an era that was not probed. */
export const NOT_ASKED: EraResult = { verdict: 'absent', warnings: [], elapsedMs: 0 }

/** State that one round passes on to the next ones. */
export interface Memory {
  /** Whether server/discover got no answer although the legacy era passed. */
  modernIsSilent: boolean
  /** Whether the legacy era still worked after an unusual answer to server/discover. */
  survivesDiscover?: boolean
  /** How often the GET stream was opened; it is not opened again once it was answered. */
  streamTries?: number
  /** Warning for clients that open the GET stream; undefined when its answer was correct. */
  streamWarning?: string | undefined
}

/**
 * Maximum number of rounds that open the GET stream. A silent stream gets a second try, because the first may have met
 * a cold start.
 */
const MAX_STREAM_TRIES = 2

/**
 * Returns the timeout of server/discover in milliseconds; undefined selects the default of the exchange. Some servers
 * of old SDKs never answer an unknown method (SDK 1.10, JSON answers). A server that just answered three legacy
 * requests is warm, so its answer comes soon. After a silent round the gate sends it again in each round, but with a
 * shorter timeout.
 */
function timeoutFor(
  { verdict, elapsedMs, failure }: EraResult,
  memory: Memory,
  { minDiscoverTimeoutMs, minSilentDiscoverTimeoutMs, phaseTimeoutsMs }: GateTimes,
): number | undefined {
  const minMs = memory.modernIsSilent ? minSilentDiscoverTimeoutMs : minDiscoverTimeoutMs
  if (verdict === 'passed') return Math.min(Math.max(minMs, 5 * elapsedMs), phaseTimeoutsMs.headers)
  return failure?.code === 'HEADERS_TIMEOUT' ? minDiscoverTimeoutMs : undefined
}

/**
 * Probes the eras sequentially. Parallel probes would interleave on a round-robin load balancer and could hide a lost
 * session. Legacy comes first, because older servers do not know server/discover. Never throws.
 *
 * @param require the eras that must pass; `legacy` skips server/discover
 */
export async function probeEras(
  target: HttpTarget,
  transport: Transport,
  expected: Expectations,
  exchanges: Exchange[],
  require: Requirement = 'any',
  memory: Memory = { modernIsSilent: false },
): Promise<Eras> {
  const conversationIn = (era: Era): Conversation => ({ target, era, exchanges })
  if (transport === 'sse') {
    return {
      modern: NOT_ASKED,
      legacy: NOT_ASKED,
      'http-sse': await probeOldTransport(conversationIn('http-sse'), expected),
    }
  }
  let legacy = await probeLegacy(conversationIn('legacy'), expected, memory)
  if (legacy.failure && isSameForAllEras(legacy.failure)) {
    const { inSession: _, setsCookies: _cookies, ...same } = legacy
    return { modern: { ...same, failure: { ...legacy.failure, era: 'modern' } }, legacy, 'http-sse': NOT_ASKED }
  }
  let modern: EraResult = NOT_ASKED
  if (asksModern(require, legacy, target)) {
    const needsModern = require === 'modern' || require === 'both'
    const answerTimeoutMs = needsModern ? undefined : timeoutFor(legacy, memory, target.times)
    modern = await probeModern({ ...conversationIn('modern'), ...(answerTimeoutMs && { answerTimeoutMs }) }, expected)
    memory.modernIsSilent = modern.failure?.code === 'HEADERS_TIMEOUT'
    if (legacy.verdict === 'passed') modern = asDiscoverFailure(modern)
    legacy = await afterDiscover(conversationIn('legacy'), legacy, modern, memory)
  }
  if (transport === 'streamable-http' || modern.verdict === 'passed' || !mayBeOldTransport(legacy)) {
    return { modern, legacy, 'http-sse': NOT_ASKED }
  }
  const sse = await probeOldTransport(conversationIn('http-sse'), expected)
  if (!claimsOldTransport(sse)) return { modern, legacy, 'http-sse': NOT_ASKED }
  const { failure: _, isOffered: _offer, ...absent } = legacy
  return { modern, legacy: { ...absent, verdict: 'absent' }, 'http-sse': sse }
}

/** Probes HTTP+SSE. Few endpoints need that, so its code is loaded only then. */
async function probeOldTransport(conversation: Conversation, expected: Expectations): Promise<EraResult> {
  return await (await import('./legacy-sse.ts')).probeSse(conversation, expected)
}

/** The eras that must pass; `any` accepts one of them. */
export type Requirement = 'any' | 'legacy' | 'modern' | 'both'

/**
 * The first revision whose SDKs survive an unknown method. Python SDKs 1.8 and 1.9 support revisions up to 2025-03-26
 * and stop permanently at server/discover. No server of such an SDK offers 2026-07-28.
 */
const FIRST_ROBUST_VERSION = '2025-06-18'

function asksModern(
  require: Requirement,
  { verdict, protocolVersion = '' }: EraResult,
  { avoidsClientErrors }: HttpTarget,
): boolean {
  if (require === 'modern' || require === 'both') return true
  if (avoidsClientErrors && verdict === 'passed') return false
  return require === 'any' && !(verdict === 'passed' && protocolVersion < FIRST_ROBUST_VERSION)
}

async function probeLegacy(
  conversation: Conversation,
  expected: Expectations,
  memory: Memory,
): Promise<StreamableResult> {
  const tries = memory.streamTries ?? 0
  const mayOpen = conversation.target.avoidsClientErrors !== true
  const opensStream = mayOpen && tries < MAX_STREAM_TRIES && (tries === 0 || memory.streamWarning !== undefined)
  const legacy = await probeStreamable(conversation, expected, { opensStream })
  if (legacy.streamWarning !== undefined) {
    memory.streamTries = tries + 1
    memory.streamWarning = legacy.streamWarning || undefined
  }
  const warnings = memory.streamWarning === undefined ? [] : [memory.streamWarning]
  return { ...legacy, warnings: [...legacy.warnings, ...warnings] }
}

/** Returns the legacy era; it has failed when the server no longer works after server/discover. */
async function afterDiscover(
  conversation: Conversation,
  legacy: StreamableResult,
  { verdict, isOffered, failure: fault }: EraResult,
  memory: Memory,
): Promise<StreamableResult> {
  const isSuspect = verdict === 'failed' && !isOffered && fault !== undefined && !isInterruption(fault)
  if (legacy.verdict !== 'passed' || !isSuspect || memory.survivesDiscover) return legacy
  const since = monotonicMs()
  let last: Refusal | undefined
  for (const delay of conversation.target.times.survivalDelaysMs) {
    if (delay > 0) await sleep(delay)
    const { server, session } = await initialize(conversation)
    if (session['mcp-session-id'] !== undefined) await endSession(conversation, session)
    if (!('answered' in server) || server.isCut || server.code === 'RATE_LIMITED') {
      memory.survivesDiscover = !('answered' in server)
      return legacy
    }
    last = server
  }
  const sentence = `The server answered initialize and tools/list, and after server/discover it does not answer any more: ${last?.sentence}`
  const { inSession, setsCookies, listings } = legacy
  const failedEra = failed(conversation, 'server/discover', unfitRefusal('DISCOVER_FATAL', sentence), since)
  return { ...failedEra, inSession, setsCookies, listings }
}

/**
 * Returns the modern era with its own code when only server/discover is answered with a server error: the server works,
 * and does not know the method.
 */
function asDiscoverFailure(modern: EraResult): EraResult {
  const { failure: fault } = modern
  const isServerError = fault?.code === 'SERVER_ERROR' || fault?.code === 'RPC_ERROR'
  if (fault === undefined || !isServerError || fault.step !== 'server/discover' || fault.isCut) return modern
  return { ...modern, failure: failure('DISCOVER_FAILS', fault.step, fault.sentence, 'modern') }
}

/** Whether a failure holds for each era: it is below HTTP, from the load balancer or the platform, or a rate limit. */
function isSameForAllEras({ code }: Failure): boolean {
  return isBelowHttp(code) || ['ALB_502', 'ALB_503', 'ALB_504', 'RATE_LIMITED', 'START_FAILED'].includes(code)
}

/** Whether a failure with this code never reached a server, so that another request would not reach one either. */
export function isBelowHttp(code: Code): boolean {
  return ['DNS', 'TCP', 'TLS'].includes(codes[code].layer) && code !== 'CONN_RESET' && code !== 'CONN_FAILED'
}

/** Whether a GET should follow: 400, 404 or 405 to the initialize POST (basic/transports, backwards compatibility). */
function mayBeOldTransport({ failure }: EraResult): boolean {
  const signs: readonly Code[] = ['HTTP_400', 'PATH_404', 'HTTP_405', 'HTTP_406', 'HTTP_415', 'HTTP_4XX']
  return failure?.step === 'initialize' && signs.includes(failure.code)
}

/**
 * Whether a GET showed the older transport. It passed, it failed after its opening, or its refusal is not that of a
 * server without this transport.
 */
function claimsOldTransport({ verdict, failure }: EraResult): boolean {
  if (verdict === 'passed') return true
  if (failure === undefined) return false
  if (failure.step !== 'endpoint') return true
  const isUnknown: readonly Code[] = [
    ...['HTTP_400', 'PATH_404', 'HTTP_405', 'HTTP_406', 'HTTP_415', 'HTTP_4XX', 'RPC_REFUSED', 'RPC_ERROR'],
    ...['HTML_PAGE', 'CONTENT_TYPE', 'EMPTY_200', 'NOT_JSON', 'NOT_JSONRPC', 'ALB_404', 'REDIRECT'],
  ] as Code[]
  return !isUnknown.includes(failure.code)
}
