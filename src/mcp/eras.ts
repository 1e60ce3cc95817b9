/**
 * All eras of one endpoint, each spoken to once, in the order in which a client would find out. Which of them must
 * pass is decided by the gate.
 */
import { type Code, codes, type Era } from './codes.ts'
import type { Expectations } from './expectations.ts'
import { probeModern } from './modern.ts'
import type { Conversation, EraResult, Exchange } from './rpc.ts'
import { probeSse } from './sse.ts'
import { probeStreamable, type StreamableResult } from './streamable.ts'
import type { Line } from './wire.ts'

export const ERAS = ['modern', 'legacy', 'http-sse'] as const

export type Eras = Readonly<Record<'modern' | 'http-sse', EraResult>> & {
  readonly legacy: EraResult & Partial<Pick<StreamableResult, 'inSession' | 'setsCookies'>>
}

export type Transport = 'auto' | 'streamable-http' | 'sse'

export const NOT_ASKED: EraResult = { verdict: 'absent', warnings: [], elapsedMs: 0 }

/**
 * One after the other: eras probed at the same time would interleave on a round-robin load balancer, and a lost
 * session could look found.
 */
export async function probeEras(
  line: Line,
  transport: Transport,
  expected: Expectations,
  exchanges: Exchange[],
): Promise<Eras> {
  const talk = (era: Era): Conversation => ({ line, era, exchanges })
  if (transport === 'sse') {
    return { modern: NOT_ASKED, legacy: NOT_ASKED, 'http-sse': await probeSse(talk('http-sse'), expected) }
  }
  const modern = await probeModern(talk('modern'), expected)
  if (modern.failure && isBelowHttp(modern.failure.code)) {
    return { modern, legacy: { ...modern, failure: { ...modern.failure, era: 'legacy' } }, 'http-sse': NOT_ASKED }
  }
  const legacy = await probeStreamable(talk('legacy'), expected)
  if (transport === 'streamable-http' || modern.verdict === 'passed' || !mayBeOldTransport(legacy)) {
    return { modern, legacy, 'http-sse': NOT_ASKED }
  }
  const sse = await probeSse(talk('http-sse'), expected)
  const claimed = sse.verdict === 'passed' || codes[sse.failure?.code ?? 'PATH_404'].layer === 'MCP'
  if (!claimed || sse.failure?.code === 'SSE_NO_ENDPOINT') return { modern, legacy, 'http-sse': NOT_ASKED }
  const { failure: _, ...absent } = legacy
  return { modern, legacy: { ...absent, verdict: 'absent' }, 'http-sse': sse }
}

/** Whether a failure with this code never reached an HTTP server. */
export function isBelowHttp(code: Code): boolean {
  return ['DNS', 'TCP', 'TLS'].includes(codes[code].layer)
}

/** basic/transports, backwards compatibility: 400, 404 or 405 to the initialize POST is the sign to try a GET. */
function mayBeOldTransport({ failure }: EraResult): boolean {
  const signs: readonly Code[] = ['HTTP_400', 'PATH_404', 'HTTP_405', 'HTTP_406', 'HTTP_415', 'HTTP_4XX']
  return failure?.step === 'initialize' && signs.includes(failure.code)
}
