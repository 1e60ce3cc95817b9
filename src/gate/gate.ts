/**
 * The gate: it checks several times in a row that the deployment is an MCP server. It repeats rounds until enough of
 * them pass, waiting cannot fix a failure, or the time is up. It only reads: discover or initialize, list tools, end
 * the session; it never calls a tool. Checks of AWS resources are in other modules.
 */

import { type Polled, poll } from '../poll.ts'
import { codes, type Failure, failure, isInterruption } from './codes.ts'
import { asSingleEraFailure, disagreement, mergeRounds, missingContractFailure } from './decide.ts'
import { ERAS, type Eras, NOT_ASKED } from './eras.ts'
import type { Expectations } from './expectations.ts'
import { withCookieJar, withHint } from './hints.ts'
import type { AuthContext } from './login.ts'
import { endsAtAuthChallenge, type GateRequest, targetFor } from './request.ts'
import { type GateReport, latencyOf, resultOf } from './result.ts'
import { describeMixedTargets, type Round, runRound, sampleTargets } from './round.ts'
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
 * round. `onSecret` gets each obtained token before its first use.
 *
 * @returns the report, also of a gate that failed
 * @throws InputError before any request when the endpoint, a header, a count or the proxy setting cannot be used
 */
export async function gate(
  request: GateRequest,
  log: (line: string) => void,
  onSecret: (secret: string) => void = () => {},
  times = defaultGateTimes,
): Promise<GateReport> {
  const access: AuthContext = {
    target: targetFor(request, times),
    onSecret,
    warnings: new Set(),
    memory: { modernIsSilent: false },
  }
  const expected: Expectations = { tools: request.tools, version: request.expectVersion, contract: committed(request) }
  const started = performance.now()
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
      if (!isSampled) {
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
    rounds.push(report)
    waitMs = waitAfter(fault ?? interruption, times)
    if (fault === undefined) {
      logChange('green', greenLine(eras, access.challenge, request))
      return counted.length >= request.rounds ? { done: undefined } : { waitingFor: 'more green rounds' }
    }
    logChange(fault.code, faultLine(fault, final))
    if (!isInterruption(fault)) {
      counted = []
      isSampled = false
      erasFailingSampling = {}
      failures++
    }
    const isTooLate = waitMs !== undefined && performance.now() + waitMs > access.target.deadline
    return final || isTooLate ? { done: fault } : { waitingFor: fault.sentence }
  }
  const delayMs = (): number => {
    if (waitMs !== undefined) return waitMs
    return fault === undefined || isInterruption(fault)
      ? times.greenDelayMs
      : (times.firstRetryDelaysMs[failures - 1] ?? times.retryDelayMs)
  }

  const polled = await poll(check, { delayMs, timeoutMs: request.timeoutMs })
  const { target, challenge } = access
  const verdict = polled.timedOut
    ? atDeadline(
        rounds,
        fault && (await describeMixedTargets(fault, target, eras, expected, rounds.at(-1)?.exchanges ?? [])),
        request.rounds,
      )
    : polled.value
  eras = mergeRounds(counted.map(round => round.eras)) ?? eras
  if (eras.legacy.failure?.code === 'SESSION_LOST') {
    eras = { ...eras, legacy: { ...eras.legacy, failure: await withCookieJar(eras.legacy.failure, target, expected) } }
  }
  const cause = verdict?.code === 'SESSION_LOST' ? (eras.legacy.failure ?? verdict) : verdict
  const decided = cause ? asSingleEraFailure(await withHint(cause, target), eras) : missingContractFailure(request)
  return resultOf(request, {
    eras,
    failure: decided,
    challenge,
    warnings: access.warnings,
    latencies: counted.map(({ latencyMs }) => latencyMs),
    elapsedMs: performance.now() - started,
    rounds,
  })
}

/** One passing round of a row. */
interface CountedRound {
  readonly eras: Eras
  readonly latencyMs: number
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
export function atDeadline(rounds: readonly Round[], last: Failure | undefined, wanted: number): Failure {
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
