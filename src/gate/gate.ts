/**
 * The gate: it checks several times in a row that the deployment is an MCP server. It repeats rounds until enough of
 * them pass, waiting cannot fix a failure, or the time is up. It only reads: discover or initialize, list tools, end
 * the session; it never calls a tool. Checks of AWS resources are in other modules.
 */

import { monotonicMs, type Polled, poll } from '../poll.ts'
import { codes, type Failure, failure, isInterruption } from './codes.ts'
import { asSingleEraFailure, disagreement, mergeRounds, missingContractFailure } from './decide.ts'
import { ERAS, type Eras, NOT_ASKED } from './eras.ts'
import type { Expectations } from './expectations.ts'
import { findStreamableAddress, withCookieJar, withHint } from './hints.ts'
import { checkHosts } from './hosts.ts'
import { type ExchangeObserver, exchange } from './http-exchange.ts'
import type { AuthContext } from './login.ts'
import { endsAtAuthChallenge, type GateRequest, targetFor } from './request.ts'
import { type GateReport, latencyOf, resultOf } from './result.ts'
import { describeMixedTargets, type Round, runRound, sampleTargets } from './round.ts'
import type { Exchange } from './rpc.ts'
import { secretsOf } from './sanitize.ts'
import { defaultGateTimes, type GateTimes } from './times.ts'

export type { Era } from './codes.ts'
export type { GateRequest } from './request.ts'
export type { GateReport } from './result.ts'
/** The failure type of the gate under a name that does not clash outside this folder. */
export type GateFailure = Failure

/** Number of last rounds that FLAPPING considers. */
const RECENT_ROUNDS = 10

/**
 * Runs the gate. `log` gets one line for each change of the observed state (DNS, TCP, TLS, HTTP, MCP), not one per
 * round. `onSecret` gets each obtained token before its first use, and `observer` the messages of each exchange.
 *
 * @returns the report, also of a gate that failed
 * @throws InputError before any request when the endpoint, a header, a count or the proxy setting cannot be used
 */
export async function gate(
  request: GateRequest,
  log: (line: string) => void,
  onSecret: (secret: string) => void = () => {},
  times = defaultGateTimes,
  observer?: ExchangeObserver,
): Promise<GateReport> {
  const access: AuthContext = {
    target: { ...targetFor(request, times, onSecret), observer },
    onSecret,
    warnings: new Set(),
    memory: { modernIsSilent: false },
  }
  const expected: Expectations = { tools: request.tools, version: request.expectVersion, contract: committed(request) }
  const started = monotonicMs()
  const rounds: Round[] = []
  /** The passing rounds in a row; together they determine the verdict and the report. */
  let counted: CountedRound[] = []
  let eras: Eras = { modern: NOT_ASKED, legacy: NOT_ASKED, 'http-sse': NOT_ASKED }
  let fault: Failure | undefined
  let isSampled = false
  /** Eras that failed in the sampling of these rounds, although no later round may show that failure. */
  let erasFailingSampling: Partial<Eras> = {}
  let failures = 0
  let logged = ''
  /** The failure of the last rounds in a row, since when it is the same, and in how many rounds. */
  let same: SameFailure | undefined
  let waitMs: number | undefined
  const logChange = (state: string, text: string): void => {
    if (state !== logged) log(text)
    logged = state
  }

  const check = async (): Promise<Polled<Failure | undefined>> => {
    const round = await runRound(access, request, expected)
    let { report, final } = round
    let interruption: Failure | undefined
    eras = { ...round.eras, ...erasFailingSampling }
    fault = round.fault
    if (fault === undefined) {
      fault = disagreement(counted.at(-1)?.eras, eras, request)
      if (fault) report = { ...report, verdict: fault.code }
    }
    if (fault === undefined) {
      const latencyMs = endsAtAuthChallenge(request) ? report.elapsedMs : latencyOf(eras, request)
      if (!isSampled && request.traits?.includes('one-target') !== true) {
        const sampling = await sampleTargets(access, request, expected, eras, report.exchanges.length)
        report = { ...report, survey: sampling.report }
        erasFailingSampling = sampling.erasFailingSampling
        eras = { ...eras, ...erasFailingSampling }
        fault = sampling.fault
        final = sampling.final
        interruption = sampling.interruption
        isSampled = fault === undefined
      }
      if (fault === undefined) counted.push({ eras, latencyMs })
    }
    // A deadline that cut a server with earlier passing rounds reveals nothing else about it.
    if (fault?.isCut && counted.length > 0) {
      fault = tooFewRounds(counted.length, request.rounds, fault)
      report = { ...report, verdict: fault.code }
    }
    // The first start may only have taken too long, and is over at the next request.
    final ||= report.verdict === 'START_FAILED' && rounds.at(-1)?.verdict === 'START_FAILED'
    rounds.push(report)
    waitMs = waitAfter(fault ?? interruption, times)
    if (fault === undefined) {
      same = undefined
      logChange('green', greenLine(eras, access.challenge, request))
      return counted.length >= request.rounds ? { done: undefined } : { waitingFor: 'more green rounds' }
    }
    same = isInterruption(fault) ? same : sameFailure(same, fault)
    const isSteady = same !== undefined && monotonicMs() - same.since >= times.sameAnswerMs
    if (same && isSteady && !final && mayBeSteady(fault)) {
      final = true
      fault = withSteadiness(fault, same)
    }
    logChange(fault.code, faultLine(fault, final))
    if (!isInterruption(fault)) {
      counted = []
      isSampled = false
      erasFailingSampling = {}
      failures++
    }
    const isTooLate = waitMs !== undefined && monotonicMs() + waitMs > access.target.deadline
    return final || isTooLate || request.endsAtFailure ? { done: fault } : { waitingFor: fault.sentence }
  }
  const delayMs = (): number => {
    if (waitMs !== undefined) return waitMs
    return fault === undefined || isInterruption(fault)
      ? times.greenDelayMs
      : (times.firstRetryDelaysMs[failures - 1] ?? times.retryDelayMs)
  }

  const polled = await poll(check, { delayMs, timeoutMs: request.timeoutMs })
  const { challenge } = access
  // The probes for hints are in no list of the report, so nobody observes them.
  const target = { ...access.target, observer: undefined }
  const last = polled.timedOut ? fault : polled.value
  const isUndecided = polled.timedOut || request.endsAtFailure === true
  const mixed =
    last && isUndecided
      ? await describeMixedTargets(last, target, eras, expected, rounds.at(-1)?.exchanges ?? [])
      : last
  const ended = polled.timedOut ? atDeadline(rounds, mixed, request.rounds) : mixed
  const verdict = ended?.isCut && ended.code !== 'DEADLINE' && failures === 0 ? asUnproven(ended) : ended
  eras = mergeRounds(counted.map(round => round.eras)) ?? eras
  if (eras.legacy.failure?.code === 'SESSION_LOST') {
    eras = { ...eras, legacy: { ...eras.legacy, failure: await withCookieJar(eras.legacy.failure, target, expected) } }
  }
  const compatibility = checkHosts(eras, request.hosts ?? [], secretsOf(target.headers))
  for (const warning of compatibility.warnings) access.warnings.add(warning)
  const afterRounds = verdict ?? compatibility.failure ?? (await callTools(access, request, eras, rounds))
  const newer = eras['http-sse'].verdict === 'passed' ? await findStreamableAddress(target) : undefined
  if (newer !== undefined && afterRounds?.code !== 'OLD_TRANSPORT')
    access.warnings.add(`The same server has Streamable HTTP at ${newer}: use that address, the newer transport.`)
  const cause = afterRounds?.code === 'SESSION_LOST' ? (eras.legacy.failure ?? afterRounds) : afterRounds
  const decided = cause ? asSingleEraFailure(await withHint(cause, target), eras) : missingContractFailure(request)
  await leave(access, request, rounds)
  return resultOf(request, {
    eras,
    failure: decided,
    challenge,
    warnings: access.warnings,
    latencies: counted.map(({ latencyMs }) => latencyMs),
    elapsedMs: monotonicMs() - started,
    rounds,
  })
}

/** Ends the session that the headers of all requests opened, if one of them reached the platform. A refusal is a warning. */
async function leave({ target, warnings }: AuthContext, request: GateRequest, rounds: readonly Round[]): Promise<void> {
  const url = request.leaveUrl === undefined ? null : URL.parse(request.leaveUrl)
  const isReached = rounds.some(({ exchanges }) => exchanges.some(({ status }) => status !== null))
  if (url === null || !isReached || endsAtAuthChallenge(request)) return
  const { endSessionTimeoutMs } = target.times
  const outcome = await exchange(
    { ...target, deadline: monotonicMs() + endSessionTimeoutMs },
    {
      url,
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: '{}',
      followsRedirect: false,
      headersTimeoutMs: endSessionTimeoutMs,
      bodyTimeoutMs: endSessionTimeoutMs,
    },
  )
  if (outcome.kind === 'reply' && outcome.status < 300) return
  const observed = outcome.kind === 'reply' ? `HTTP ${outcome.status}` : outcome.code
  warnings.add(
    `The session of the gate could not be ended (${observed}), so the platform keeps it until its own timeout.`,
  )
}

/** Makes the calls of the user and shows their exchanges in the last round. */
async function callTools(
  { target }: AuthContext,
  { calls = [] }: GateRequest,
  eras: Eras,
  rounds: Round[],
): Promise<Failure | undefined> {
  if (calls.length === 0) return undefined
  const { runCalls } = await import('./calls.ts')
  const exchanges: Exchange[] = []
  const failed = await runCalls(target, calls, eras, exchanges)
  const last = rounds.pop()
  if (last) rounds.push({ ...last, exchanges: [...last.exchanges, ...exchanges] })
  return failed
}

/** One passing round of a row. */
interface CountedRound {
  readonly eras: Eras
  readonly latencyMs: number
}

/** A failure that is the same in several rounds in a row; `since` is a `monotonicMs()` time. */
interface SameFailure {
  readonly sentence: string
  readonly since: number
  readonly rounds: number
}

function sameFailure(before: SameFailure | undefined, { sentence }: Failure): SameFailure {
  return before?.sentence === sentence
    ? { ...before, rounds: before.rounds + 1 }
    : { sentence, since: monotonicMs(), rounds: 1 }
}

/**
 * Whether the same failure in each round is one of the program and not of its start: the server answers, and its
 * tool list fails.
 */
function mayBeSteady({ code, step }: Failure): boolean {
  return step === 'tools/list' && ['RPC_ERROR', 'SSE_EMPTY', 'SERVER_ERROR'].includes(code)
}

function withSteadiness(fault: Failure, { since, rounds }: SameFailure): Failure {
  const seconds = Math.round((monotonicMs() - since) / 1000)
  const sentence = `${fault.sentence} It was the same in ${rounds} rounds over ${seconds} s, so the gate stopped waiting.`
  const fix = `${fault.fix} ${codes.LIST_UNBUILDABLE.fix}`
  return { ...fault, sentence, fix }
}

/** Returns the failure of a gate whose end cut its only failed requests: nothing failed, so nothing may be replaced. */
function asUnproven(cut: Failure): Failure {
  if (cut.remedy === 'config') return cut
  return {
    ...cut,
    sentence: `${cut.sentence} The end of mcp-timeout cut this request.`,
    fix: `${codes.DEADLINE.fix} ${cut.fix}`,
    remedy: 'config',
  }
}

/**
 * Returns the milliseconds that a server requested before the next round, within limits; undefined when it requested no
 * delay.
 */
function waitAfter(fault: Failure | undefined, times: GateTimes): number | undefined {
  if (fault?.code !== 'RATE_LIMITED') return undefined
  return Math.min(Math.max(fault.retryAfterMs ?? times.rateLimitedDelayMs, times.retryDelayMs), times.maxRetryAfterMs)
}

/** Returns the committed contract to compare with; a contract that is not committed yet is reported at the end. */
function committed({ contract }: GateRequest): Expectations['contract'] {
  return contract?.tools && { path: contract.path, tools: contract.tools }
}

/** Codes of a limit on requests, the server's or our own. They reveal nothing about the other rounds. */
const requestLimitCodes: readonly (string | undefined)[] = ['RATE_LIMITED', 'REQUESTS_SPENT']

/** Returns the failure when the time is up: the last failure, alternating rounds, or too few rounds. Pure. */
function atDeadline(rounds: readonly Round[], last: Failure | undefined, wanted: number): Failure {
  const recent = rounds
    .slice(-RECENT_ROUNDS)
    .map(({ verdict, survey }) => (verdict === 'green' ? survey?.verdict : verdict))
    .filter(verdict => !requestLimitCodes.includes(verdict))
  const failed = recent.filter(verdict => verdict !== undefined && verdict !== 'green')
  // A sampling with counts reveals more than the rounds around it. A lost session keeps its own code at any frequency.
  if (last && ['FLAPPING', 'DEADLINE', ...requestLimitCodes].includes(last.code)) return last
  if (last?.code === 'SESSION_LOST' && failed.every(verdict => verdict === 'SESSION_LOST')) return last
  const [first] = failed
  if (first && failed.length < recent.length) {
    const named = [...new Set(failed)].join(', ')
    const shown = last ? ` The last one: ${last.sentence}` : ''
    const sentence = `FLAPPING ${failed.length}/${recent.length}: of the last ${recent.length} rounds ${failed.length} failed (${named}).${shown}`
    return failure('FLAPPING', last?.step ?? 'rounds', sentence, last?.era)
  }
  return last ?? tooFewRounds(recent.length, wanted)
}

/**
 * Returns the failure of a gate without enough passing rounds at its deadline, including the request that the deadline
 * cut.
 */
function tooFewRounds(done: number, wanted: number, cut?: Failure): Failure {
  const sentence = `Only ${done} of ${wanted} green rounds were done when the time was up.`
  const shown = cut ? ` The end of the time cut a request to ${cut.step}.` : ''
  return { ...failure('DEADLINE', 'rounds', sentence + shown), ...(cut?.isCut && { isCut: true }) }
}

function faultLine(fault: Failure, final: boolean): string {
  return `${codes[fault.code].layer}: ${fault.code}: ${fault.sentence}${final ? '' : ' Waiting.'}`
}

function greenLine(eras: Eras, challenge: AuthContext['challenge'], { auth, rounds }: GateRequest): string {
  const passedEras = ERAS.filter(era => eras[era].verdict === 'passed').map(
    era => `${era} ${eras[era].protocolVersion ?? ''}`,
  )
  const authorizedBy =
    auth === 'required' && challenge ? [`authorization by ${challenge.authorizationServers.join(', ')}`] : []
  return `MCP: green (${[...authorizedBy, ...passedEras].join(', ')}); ${rounds} in a row are wanted.`
}
