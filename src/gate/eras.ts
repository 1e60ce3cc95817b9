/**
 * All eras of one endpoint, each spoken to once. Which of them must
 * pass is decided by the gate.
 */
import { sleep } from '../poll.ts'
import { type Code, codes, type Era, type Failure, isInterruption } from './codes.ts'
import type { Expectations } from './expectations.ts'
import type { HttpTarget } from './http-exchange.ts'
import { endSession, initialize, probeStreamable, type StreamableResult } from './legacy.ts'
import { probeSse } from './legacy-sse.ts'
import { probeModern } from './modern.ts'
import type { Refusal } from './read-reply.ts'
import { type Conversation, type EraResult, type Exchange, failed, unfitRefusal } from './rpc.ts'
import type { GateTimes } from './times.ts'

export const ERAS = ['modern', 'legacy', 'http-sse'] as const

export type Eras = Readonly<Record<'modern' | 'http-sse', EraResult>> & {
  readonly legacy: EraResult & Partial<Pick<StreamableResult, 'inSession' | 'setsCookies'>>
}

export type Transport = 'auto' | 'streamable-http' | 'sse'

export const NOT_ASKED: EraResult = { verdict: 'absent', warnings: [], elapsedMs: 0 }

/** What one round knows of the rounds before it. */
export interface Memory {
  /** server/discover was left without any answer although the legacy era passed. */
  modernIsSilent: boolean
  /** The legacy era was seen to work after a server/discover that was not answered as one that is not known. */
  survivesDiscover?: boolean
  /** How often the GET stream was opened; it is not opened again once it was answered. */
  streamTries?: number
  /** What clients meet that open the GET stream. */
  streamWarning?: string | undefined
}

/** A stream that stays silent is opened in a second round: the first may have met a cold start. */
const MAX_STREAM_TRIES = 2

/**
 * How long server/discover is waited for, in milliseconds; undefined is the default of the wire. Some servers of old SDKs
 * never answer a method they do not know (1.10, JSON answers). One that has just answered three legacy requests is awake,
 * so what it has to say comes soon, and once it was silent it is asked again in every round, but not waited for.
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
 * One after the other: eras probed at the same time would interleave on a round-robin load balancer, and a lost
 * session could look found. Legacy comes first, because server/discover is a method that an older server does not know.
 *
 * @param require the eras that must pass; server/discover is not sent when the legacy era alone must
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
    return { modern: NOT_ASKED, legacy: NOT_ASKED, 'http-sse': await probeSse(conversationIn('http-sse'), expected) }
  }
  let legacy = await probeLegacy(conversationIn('legacy'), expected, memory)
  if (legacy.failure && isSameForAllEras(legacy.failure)) {
    const { inSession: _, setsCookies: _cookies, ...same } = legacy
    return { modern: { ...same, failure: { ...legacy.failure, era: 'modern' } }, legacy, 'http-sse': NOT_ASKED }
  }
  let modern: EraResult = NOT_ASKED
  if (asksModern(require, legacy)) {
    const needsModern = require === 'modern' || require === 'both'
    const answerTimeoutMs = needsModern ? undefined : timeoutFor(legacy, memory, target.times)
    modern = await probeModern({ ...conversationIn('modern'), ...(answerTimeoutMs && { answerTimeoutMs }) }, expected)
    memory.modernIsSilent = modern.failure?.code === 'HEADERS_TIMEOUT'
    legacy = await afterDiscover(conversationIn('legacy'), legacy, modern, memory)
  }
  if (transport === 'streamable-http' || modern.verdict === 'passed' || !mayBeOldTransport(legacy)) {
    return { modern, legacy, 'http-sse': NOT_ASKED }
  }
  const sse = await probeSse(conversationIn('http-sse'), expected)
  if (!claimsOldTransport(sse)) return { modern, legacy, 'http-sse': NOT_ASKED }
  const { failure: _, isOffered: _offer, ...absent } = legacy
  return { modern, legacy: { ...absent, verdict: 'absent' }, 'http-sse': sse }
}

export type Requirement = 'any' | 'legacy' | 'modern' | 'both'

/**
 * The first revision whose SDKs survive a method that they do not know. Python SDKs 1.8 and 1.9, which speak no later
 * revision than 2025-03-26, stop for good at server/discover, and no server of such an SDK offers 2026-07-28.
 */
const FIRST_ROBUST_VERSION = '2025-06-18'

function asksModern(require: Requirement, { verdict, protocolVersion = '' }: EraResult): boolean {
  if (require === 'modern' || require === 'both') return true
  return require === 'any' && !(verdict === 'passed' && protocolVersion < FIRST_ROBUST_VERSION)
}

async function probeLegacy(
  conversation: Conversation,
  expected: Expectations,
  memory: Memory,
): Promise<StreamableResult> {
  const tries = memory.streamTries ?? 0
  const opensStream = tries < MAX_STREAM_TRIES && (tries === 0 || memory.streamWarning !== undefined)
  const legacy = await probeStreamable(conversation, expected, { opensStream })
  if (legacy.streamWarning !== undefined) {
    memory.streamTries = tries + 1
    memory.streamWarning = legacy.streamWarning || undefined
  }
  const warnings = memory.streamWarning === undefined ? [] : [memory.streamWarning]
  return { ...legacy, warnings: [...legacy.warnings, ...warnings] }
}

/** The legacy era, which has failed after all when the server does not work any more after server/discover. */
async function afterDiscover(
  conversation: Conversation,
  legacy: StreamableResult,
  { verdict, isOffered, failure: fault }: EraResult,
  memory: Memory,
): Promise<StreamableResult> {
  const isSuspect = verdict === 'failed' && !isOffered && fault !== undefined && !isInterruption(fault)
  if (legacy.verdict !== 'passed' || !isSuspect || memory.survivesDiscover) return legacy
  const since = performance.now()
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

/** Whether a failure holds for each era: it is below HTTP, of the load balancer, or a rate limit. */
function isSameForAllEras({ code }: Failure): boolean {
  return isBelowHttp(code) || ['ALB_502', 'ALB_503', 'ALB_504', 'RATE_LIMITED'].includes(code)
}

/** Whether a failure with this code never reached a server, so that another request would not either. */
export function isBelowHttp(code: Code): boolean {
  return ['DNS', 'TCP', 'TLS'].includes(codes[code].layer) && code !== 'CONN_RESET' && code !== 'CONN_FAILED'
}

/** basic/transports, backwards compatibility: 400, 404 or 405 to the initialize POST is the sign to try a GET. */
function mayBeOldTransport({ failure }: EraResult): boolean {
  const signs: readonly Code[] = ['HTTP_400', 'PATH_404', 'HTTP_405', 'HTTP_406', 'HTTP_415', 'HTTP_4XX']
  return failure?.step === 'initialize' && signs.includes(failure.code)
}

/**
 * Whether a GET showed the older transport: it passed, it came further than its opening, or the opening was refused in
 * another way than by a server that does not know it.
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
