/**
 * All eras of one endpoint, each spoken to once. Which of them must
 * pass is decided by the gate.
 */
import { type Code, codes, type Era } from './codes.ts'
import type { Expectations } from './expectations.ts'
import type { HttpTarget } from './http-exchange.ts'
import { probeStreamable, type StreamableResult } from './legacy.ts'
import { probeSse } from './legacy-sse.ts'
import { probeModern } from './modern.ts'
import type { Conversation, EraResult, Exchange } from './rpc.ts'
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
}

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
 * session could look found.
 *
 * @param needsModern the modern era is required, so a slow answer of it is waited for
 */
export async function probeEras(
  line: HttpTarget,
  transport: Transport,
  expected: Expectations,
  exchanges: Exchange[],
  needsModern = false,
  memory: Memory = { modernIsSilent: false },
): Promise<Eras> {
  const talk = (era: Era): Conversation => ({ line, era, exchanges })
  if (transport === 'sse') {
    return { modern: NOT_ASKED, legacy: NOT_ASKED, 'http-sse': await probeSse(talk('http-sse'), expected) }
  }
  const legacy = await probeStreamable(talk('legacy'), expected)
  if (legacy.failure && isBelowHttp(legacy.failure.code)) {
    const { inSession: _, setsCookies: _cookies, ...same } = legacy
    return { modern: { ...same, failure: { ...legacy.failure, era: 'modern' } }, legacy, 'http-sse': NOT_ASKED }
  }
  const patienceMs = needsModern ? undefined : timeoutFor(legacy, memory, line.times)
  const modern = await probeModern({ ...talk('modern'), ...(patienceMs && { patienceMs }) }, expected)
  memory.modernIsSilent = modern.failure?.code === 'HEADERS_TIMEOUT'
  if (transport === 'streamable-http' || modern.verdict === 'passed' || !mayBeOldTransport(legacy)) {
    return { modern, legacy, 'http-sse': NOT_ASKED }
  }
  const sse = await probeSse(talk('http-sse'), expected)
  const claimed = sse.verdict === 'passed' || codes[sse.failure?.code ?? 'PATH_404'].layer === 'MCP'
  if (!claimed || sse.failure?.code === 'SSE_NO_ENDPOINT') return { modern, legacy, 'http-sse': NOT_ASKED }
  const { failure: _, ...absent } = legacy
  return { modern, legacy: { ...absent, verdict: 'absent' }, 'http-sse': sse }
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
