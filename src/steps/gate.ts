/**
 * The gate: is what was deployed an MCP server, now and several times in a row? Rounds are tried until enough
 * are green, a failure cannot heal by waiting, or the time is up. Read-only on the server: discover or
 * initialize, list tools, end the session; never a tool call. What must be true of AWS is not checked here.
 */
import { validateHeaderName, validateHeaderValue } from 'node:http'
import { InputError, messageOf } from '../errors.ts'
import { type Code, codes, type Era, type Failure, failure } from '../mcp/codes.ts'
import { probeModern } from '../mcp/modern.ts'
import type { Conversation, EraResult, Exchange } from '../mcp/rpc.ts'
import { probeSse } from '../mcp/sse.ts'
import { probeStreamable } from '../mcp/streamable.ts'
import { type Line, openLine } from '../mcp/wire.ts'
import { type Polled, poll } from '../poll.ts'

export type { Era } from '../mcp/codes.ts'
export type GateFailure = Failure

export interface GateRequest {
  readonly endpoint: string
  /**
   * The eras that must pass. `any`: one of the three. `legacy`: initialize over Streamable HTTP, or over HTTP+SSE
   * when `transport` asks for it: a server of the deprecated transport alone locks out Streamable HTTP clients.
   */
  readonly require: 'any' | 'legacy' | 'modern' | 'both'
  readonly transport: 'auto' | 'streamable-http' | 'sse'
  /** Sent on every request; the values are secrets and never appear in the report or the log. */
  readonly headers: Readonly<Record<string, string>>
  /** Tools that must be listed, in every era that passes. */
  readonly tools: readonly string[]
  /** Green rounds in a row. */
  readonly rounds: number
  /** Milliseconds for the whole gate; the last round starts at the deadline at the latest. */
  readonly timeoutMs: number
}

/** One attempt: all eras once. */
export interface Round {
  readonly startedAt: string
  readonly elapsedMs: number
  readonly verdict: 'green' | Code
  readonly exchanges: readonly Exchange[]
}

export interface EraReport {
  readonly verdict: 'passed' | 'failed' | 'absent'
  readonly protocolVersion?: string
  readonly failure?: GateFailure
}

export interface GateReport {
  readonly passed: boolean
  readonly endpoint: string
  /** The failed check that decides, when not passed. */
  readonly failure?: GateFailure
  /** As seen in the last round. */
  readonly eras: Readonly<Record<Era, EraReport>>
  /** Negotiated versions of the eras that passed, newest first. */
  readonly protocolVersions: readonly string[]
  /** Names of the listed tools, sorted. */
  readonly tools: readonly string[]
  readonly serverInfo?: { readonly name: string; readonly version: string }
  readonly warnings: readonly string[]
  /**
   * Median over the green rounds of the time, in milliseconds, from the first byte sent to the whole tool list:
   * of the slowest required era, and with `any` of the fastest that passed. Null without a green round.
   */
  readonly latencyMs: number | null
  readonly elapsedMs: number
  readonly rounds: readonly Round[]
}

type Eras = Readonly<Record<Era, EraResult>>

const ERAS = ['modern', 'legacy', 'http-sse'] as const
const NOT_ASKED: EraResult = { verdict: 'absent', warnings: [], elapsedMs: 0 }

/** Below a second, so that a server that becomes healthy waits half of it at the median. */
const STEADY_DELAY_MS = 800
const FIRST_DELAYS_MS = [150, 300, 500]
const GREEN_DELAY_MS = 200
const LONGEST_RETRY_AFTER_MS = 60_000

/** FLAPPING looks at this many last rounds. */
const RECENT_ROUNDS = 10

/**
 * Runs the gate. `log` gets one line for each change of what is seen (DNS, TCP, TLS, HTTP, MCP), not one for each
 * round.
 *
 * @throws InputError before any request when the endpoint, a header, a count or the proxy setting cannot be used.
 */
export async function gate(request: GateRequest, log: (line: string) => void): Promise<GateReport> {
  const line = lineFor(request)
  const started = performance.now()
  const rounds: Round[] = []
  const latencies: number[] = []
  let eras: Eras = { modern: NOT_ASKED, legacy: NOT_ASKED, 'http-sse': NOT_ASKED }
  let greenInRow = 0
  let failures = 0
  let logged = ''
  let retryAfterMs: number | undefined

  const check = async (): Promise<Polled<Failure | undefined>> => {
    const round = await runRound(line, request)
    rounds.push(round.report)
    eras = round.eras
    const fault = round.failure
    const state = fault?.code ?? 'green'
    if (state !== logged) log(progress(round.eras, fault, request.rounds))
    logged = state
    if (fault === undefined) {
      greenInRow++
      latencies.push(latencyOf(eras, request))
      return greenInRow >= request.rounds ? { done: undefined } : { waitingFor: 'more green rounds' }
    }
    greenInRow = 0
    failures++
    retryAfterMs = Object.values(eras).find(era => era.retryAfterMs !== undefined)?.retryAfterMs
    return codes[fault.code].final ? { done: fault } : { waitingFor: fault.sentence }
  }
  const delayMs = (): number =>
    greenInRow > 0
      ? GREEN_DELAY_MS
      : Math.max(FIRST_DELAYS_MS[failures - 1] ?? STEADY_DELAY_MS, Math.min(retryAfterMs ?? 0, LONGEST_RETRY_AFTER_MS))

  const polled = await poll(check, { delayMs, timeoutMs: request.timeoutMs })
  const last = judge(eras, request)
  const verdict = polled.timedOut ? atDeadline(rounds, last, request.rounds) : polled.value
  const decided = verdict && (await explained(verdict, line, request))
  const passed = ERAS.map(era => eras[era]).filter(era => era.verdict === 'passed')
  const serverInfo = passed.find(era => era.serverInfo)?.serverInfo
  return {
    passed: decided === undefined,
    endpoint: request.endpoint,
    ...(decided && { failure: decided }),
    eras: { modern: reportOf(eras.modern), legacy: reportOf(eras.legacy), 'http-sse': reportOf(eras['http-sse']) },
    protocolVersions: [...new Set(passed.flatMap(era => era.protocolVersion ?? []))].sort().reverse(),
    tools: [...new Set(passed[0]?.tools)].sort(),
    ...(serverInfo && { serverInfo }),
    warnings: warningsOf(eras),
    latencyMs: median(latencies),
    elapsedMs: performance.now() - started,
    rounds,
  }
}

/** Header names that frame the message: setting them by hand breaks the exchange. */
const FRAMING = /^(?:connection|content-length|expect|keep-alive|te|trailer|transfer-encoding|upgrade)$/i

function lineFor({ endpoint, headers, require, transport, rounds, timeoutMs }: GateRequest): Line {
  const url = URL.parse(endpoint)
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === '') {
    throw new InputError(
      `The MCP endpoint "${endpoint}" is not an http or https URL, such as https://mcp.example.com/mcp.`,
    )
  }
  if (url.username !== '' || url.password !== '') {
    throw new InputError('The MCP endpoint must not carry a user name or password; use mcp-headers.')
  }
  url.hash = ''
  for (const [name, value] of Object.entries(headers)) {
    try {
      validateHeaderName(name)
      validateHeaderValue(name, value)
    } catch {
      throw new InputError(`mcp-headers: "${name.slice(0, 100)}" is not a header that can be sent.`)
    }
    if (FRAMING.test(name)) throw new InputError(`mcp-headers: "${name}" is set by the connection itself.`)
  }
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new InputError(`mcp-rounds: ${rounds} is not a whole number from 1.`)
  if (transport === 'sse' && (require === 'modern' || require === 'both')) {
    throw new InputError(
      `mcp-require: ${require} cannot pass with mcp-transport: sse, which only legacy clients speak.`,
    )
  }
  try {
    return openLine(url, headers, timeoutMs, process.env)
  } catch (error) {
    throw new InputError(`HTTPS_PROXY or HTTP_PROXY of the runner cannot be used: ${messageOf(error)}`)
  }
}

async function runRound(line: Line, request: GateRequest) {
  const startedAt = new Date().toISOString()
  const started = performance.now()
  const exchanges: Exchange[] = []
  const eras = await probe(line, request, exchanges)
  const fault = judge(eras, request)
  const report: Round = {
    startedAt,
    elapsedMs: performance.now() - started,
    verdict: fault?.code ?? 'green',
    exchanges,
  }
  return { eras, report, ...(fault && { failure: fault }) }
}

/**
 * One after the other: eras probed at the same time would interleave on a round-robin load balancer, and a lost
 * session could look found.
 */
async function probe(line: Line, { transport, tools }: GateRequest, exchanges: Exchange[]): Promise<Eras> {
  const talk = (era: Era): Conversation => ({ line, era, exchanges })
  if (transport === 'sse') {
    return { modern: NOT_ASKED, legacy: NOT_ASKED, 'http-sse': await probeSse(talk('http-sse'), tools) }
  }
  const modern = await probeModern(talk('modern'), tools)
  if (modern.failure && isBelowHttp(modern.failure.code)) {
    return { modern, legacy: { ...modern, failure: { ...modern.failure, era: 'legacy' } }, 'http-sse': NOT_ASKED }
  }
  const legacy = await probeStreamable(talk('legacy'), tools)
  if (transport === 'streamable-http' || modern.verdict === 'passed' || !mayBeOldTransport(legacy)) {
    return { modern, legacy, 'http-sse': NOT_ASKED }
  }
  const sse = await probeSse(talk('http-sse'), tools)
  const claimed = sse.verdict === 'passed' || codes[sse.failure?.code ?? 'PATH_404'].layer === 'MCP'
  if (!claimed || sse.failure?.code === 'SSE_NO_ENDPOINT') return { modern, legacy, 'http-sse': NOT_ASKED }
  const { failure: _, ...absent } = legacy
  return { modern, legacy: { ...absent, verdict: 'absent' }, 'http-sse': sse }
}

function isBelowHttp(code: Code): boolean {
  return ['DNS', 'TCP', 'TLS'].includes(codes[code].layer)
}

/** basic/transports, backwards compatibility: 400, 404 or 405 to the initialize POST is the sign to try a GET. */
function mayBeOldTransport({ failure: fault }: EraResult): boolean {
  const signs: readonly Code[] = ['HTTP_400', 'PATH_404', 'HTTP_405', 'HTTP_406', 'HTTP_415', 'HTTP_4XX']
  return fault?.step === 'initialize' && signs.includes(fault.code)
}

/** The failure that keeps these eras from satisfying the request, or undefined when they do. Pure. */
export function judge(
  eras: Eras,
  { require, transport }: Pick<GateRequest, 'require' | 'transport'>,
): Failure | undefined {
  if (require === 'any') {
    if (ERAS.some(era => eras[era].verdict === 'passed')) return undefined
    // The era that came furthest is the one this server means to speak.
    const [best] = (['legacy', 'http-sse', 'modern'] as const)
      .flatMap(era => eras[era].failure ?? [])
      .sort((a, b) => progressOf(b) - progressOf(a))
    return best ?? failure('MODERN_ABSENT', 'server/discover', 'The endpoint speaks no era of MCP.', 'modern')
  }
  const faults = [
    ...(require === 'modern' ? [] : [legacyFault(eras, transport)]),
    ...(require === 'legacy' ? [] : [modernFault(eras)]),
  ].filter(fault => fault !== undefined)
  return faults.find(fault => codes[fault.code].final) ?? faults[0]
}

function legacyFault(eras: Eras, transport: GateRequest['transport']): Failure | undefined {
  const era = eras[transport === 'sse' ? 'http-sse' : 'legacy']
  if (era.verdict === 'passed') return undefined
  if (transport !== 'sse' && eras['http-sse'].verdict === 'passed') {
    return failure('OLD_TRANSPORT', 'initialize', 'The endpoint speaks only HTTP+SSE (2024-11-05).', 'http-sse')
  }
  return era.failure ?? eras['http-sse'].failure
}

function modernFault({ modern, legacy, 'http-sse': sse }: Eras): Failure | undefined {
  if (modern.verdict === 'passed') return undefined
  if (modern.verdict === 'failed' && modern.failure) return modern.failure
  // Absent because of its age when an older era is there; else for the reason the endpoint gave.
  const isOlder = legacy.verdict === 'passed' || sse.verdict === 'passed' || legacy.failure?.code === 'SESSION_LOST'
  const refused = modern.failure?.sentence ?? ''
  return isOlder || !modern.failure
    ? failure(
        'MODERN_ABSENT',
        'server/discover',
        `The server does not offer revision 2026-07-28. ${refused}`.trim(),
        'modern',
      )
    : modern.failure
}

function progressOf({ code, step }: Failure): number {
  const layers = ['DNS', 'TCP', 'TLS', 'HTTP', 'MCP']
  const refusesEra = code === 'LEGACY_CLIENTS_LOCKED_OUT' || (step === 'server/discover' && code.startsWith('RPC_'))
  return (step === 'tools/list' ? 10 : 0) + (refusesEra ? -1 : 0) + layers.indexOf(codes[code].layer)
}

/** What to say when the time is up: the last failure, that rounds alternated, or that there were too few. Pure. */
export function atDeadline(rounds: readonly Round[], last: Failure | undefined, wanted: number): Failure {
  const recent = rounds.slice(-RECENT_ROUNDS)
  const failed = recent.filter(round => round.verdict !== 'green')
  const [first] = failed
  if (first && failed.length < recent.length) {
    const named = [...new Set(failed.map(round => round.verdict))].join(', ')
    const shown = last ? ` The last one: ${last.sentence}` : ''
    const sentence = `FLAPPING ${failed.length}/${recent.length}: of the last ${recent.length} rounds ${failed.length} failed (${named}).${shown}`
    return failure('FLAPPING', last?.step ?? 'rounds', sentence, last?.era)
  }
  if (last) return last
  return failure(
    'DEADLINE',
    'rounds',
    `Only ${recent.length} of ${wanted} green rounds were done when the time was up.`,
  )
}

/** Adds what one more look tells about a failure that ends the gate: the right path, or that cookies would help. */
async function explained(fault: Failure, line: Line, request: GateRequest): Promise<Failure> {
  if (fault.code === 'SESSION_LOST') {
    const again = await probeStreamable({ line, era: 'legacy', exchanges: [] }, request.tools, true)
    if (again.verdict !== 'passed' || !again.setsCookies) return fault
    const sentence = `${fault.sentence} A second session that sent the cookies back was whole.`
    return failure('SESSION_NEEDS_COOKIES', fault.step, sentence, fault.era)
  }
  if (fault.code !== 'PATH_404' && fault.code !== 'HTTP_405' && fault.code !== 'HTML_PAGE') return fault
  const found = await pathThatSpeaks(line, request)
  return found === undefined ? fault : { ...fault, sentence: `${fault.sentence} MCP answers at ${found}.` }
}

/** The usual paths on the same origin, tried once and together; the first of the list that speaks MCP. */
async function pathThatSpeaks(line: Line, request: GateRequest): Promise<string | undefined> {
  const found = await Promise.all(
    ['/mcp', '/sse', '/'].map(async path => {
      const endpoint = new URL(path, line.endpoint.href)
      if (endpoint.pathname === line.endpoint.pathname) return undefined
      const there: Line = { ...line, endpoint, giveUpAt: Math.min(line.giveUpAt, performance.now() + 1000) }
      const eras = await probe(
        there,
        { ...request, transport: path === '/sse' ? 'sse' : 'streamable-http', tools: [] },
        [],
      )
      return ERAS.some(era => eras[era].verdict === 'passed') ? endpoint.href : undefined
    }),
  )
  return found.find(address => address !== undefined)
}

function progress(eras: Eras, fault: Failure | undefined, wanted: number): string {
  if (fault) {
    const next = codes[fault.code].final ? '' : ' Waiting.'
    return `${codes[fault.code].layer}: ${fault.code}: ${fault.sentence}${next}`
  }
  const spoken = ERAS.filter(era => eras[era].verdict === 'passed').map(
    era => `${era} ${eras[era].protocolVersion ?? ''}`,
  )
  return `MCP: green (${spoken.join(', ')}); ${wanted} in a row are wanted.`
}

function reportOf({ verdict, protocolVersion, failure: fault }: EraResult): EraReport {
  return {
    verdict,
    ...(protocolVersion !== undefined && { protocolVersion }),
    ...(fault && verdict === 'failed' && { failure: fault }),
  }
}

/** What a person should know although it does not decide. Pure. */
function warningsOf({ modern, legacy, 'http-sse': sse }: Eras): readonly string[] {
  const warnings = [modern, legacy, sse].flatMap(era => era.warnings)
  if (modern.verdict === 'passed' && legacy.verdict === 'failed' && legacy.failure) {
    const { code, sentence, fix } = legacy.failure
    const name = code === 'LEGACY_CLIENTS_LOCKED_OUT' ? code : `MODERN_OK_LEGACY_BROKEN (${code})`
    warnings.push(`${name}: clients that open with initialize cannot use this server. ${sentence} ${fix}`)
  }
  if (legacy.verdict === 'passed' && modern.verdict === 'failed' && modern.failure) {
    const { code, sentence, fix } = modern.failure
    warnings.push(
      `LEGACY_OK_MODERN_BROKEN (${code}): clients of revision 2026-07-28 cannot use this server. ${sentence} ${fix}`,
    )
  }
  if (sse.verdict === 'passed') {
    warnings.push(
      `OLD_TRANSPORT: only HTTP+SSE (2024-11-05) is served, deprecated since 2025-03-26. ${codes.OLD_TRANSPORT.fix}`,
    )
  }
  const differ =
    modern.tools && legacy.tools && [...modern.tools].sort().join('\n') !== [...legacy.tools].sort().join('\n')
  if (differ)
    warnings.push('The modern and the legacy era list different tools; the report shows those of the modern era.')
  return [...new Set(warnings)]
}

function latencyOf(eras: Eras, { require, transport }: GateRequest): number {
  const { modern, legacy, 'http-sse': sse } = eras
  switch (require) {
    case 'modern':
      return modern.elapsedMs
    case 'legacy':
      return transport === 'sse' ? sse.elapsedMs : legacy.elapsedMs
    case 'both':
      return Math.max(modern.elapsedMs, legacy.elapsedMs)
    case 'any':
      return Math.min(...[modern, legacy, sse].filter(era => era.verdict === 'passed').map(era => era.elapsedMs))
  }
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.slice(Math.floor((sorted.length - 1) / 2), Math.floor(sorted.length / 2) + 1)
  return middle.length === 0 ? null : middle.reduce((sum, value) => sum + value, 0) / middle.length
}
