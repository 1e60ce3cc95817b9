/**
 * The gate: is what was deployed an MCP server, now and several times in a row? Rounds are tried until enough
 * are green, a failure cannot heal by waiting, or the time is up. Read-only on the server: discover or
 * initialize, list tools, end the session; never a tool call. What must be true of AWS is not checked here.
 */

import { type Polled, poll } from '../poll.ts'
import { codes, type Failure, failure } from './codes.ts'
import { asSingleEraFailure, missingContractFailure } from './decide.ts'
import { ERAS, type Eras, NOT_ASKED } from './eras.ts'
import type { Expectations } from './expectations.ts'
import { withCookieJar, withHint } from './hints.ts'
import type { AuthContext } from './login.ts'
import { endsAtAuthChallenge, type GateRequest, targetFor } from './request.ts'
import { type GateReport, latencyOf, resultOf } from './result.ts'
import { describeMixedTargets, type Round, runRound, sampleTargets } from './round.ts'
import { defaultGateTimes } from './times.ts'

export type { Era } from './codes.ts'
export type { GateRequest } from './request.ts'
export type { GateReport } from './result.ts'
export type GateFailure = Failure

/** FLAPPING looks at this many last rounds. */
const RECENT_ROUNDS = 10

/**
 * Runs the gate. `log` gets one line for each change of what is seen (DNS, TCP, TLS, HTTP, MCP), not one for each
 * round; `onSecret` each token that was obtained, before anything is done with it.
 *
 * @throws InputError before any request when the endpoint, a header, a count or the proxy setting cannot be used.
 */
export async function gate(
  request: GateRequest,
  log: (line: string) => void,
  onSecret: (secret: string) => void = () => {},
  times = defaultGateTimes,
): Promise<GateReport> {
  const access: AuthContext = {
    line: targetFor(request, times),
    onSecret,
    warnings: new Set(),
    memory: { modernIsSilent: false },
  }
  const expected: Expectations = { tools: request.tools, version: request.expectVersion, contract: committed(request) }
  const started = performance.now()
  const rounds: Round[] = []
  const latencies: number[] = []
  let eras: Eras = { modern: NOT_ASKED, legacy: NOT_ASKED, 'http-sse': NOT_ASKED }
  let fault: Failure | undefined
  let greenInRow = 0
  let surveyed = false
  /** Eras that the survey of these green rounds found wanting, although no round may show it again. */
  let spoiled: Partial<Eras> = {}
  let failures = 0
  let logged = ''
  let retryAfterMs: number | undefined
  const tell = (state: string, text: string): void => {
    if (state !== logged) log(text)
    logged = state
  }

  const check = async (): Promise<Polled<Failure | undefined>> => {
    const round = await runRound(access, request, expected)
    let { report, final } = round
    eras = { ...round.eras, ...spoiled }
    fault = round.fault
    if (fault === undefined) {
      latencies.push(endsAtAuthChallenge(request) ? report.elapsedMs : latencyOf(eras, request))
      if (!surveyed) {
        const survey = await sampleTargets(access, request, expected, eras)
        report = { ...report, survey: survey.report }
        spoiled = survey.spoiled
        eras = { ...eras, ...spoiled }
        fault = survey.fault
        final = survey.final
        surveyed = fault === undefined
      }
    }
    rounds.push(report)
    if (fault === undefined) {
      greenInRow++
      tell('green', greenLine(eras, access.wall, request))
      return greenInRow >= request.rounds ? { done: undefined } : { waitingFor: 'more green rounds' }
    }
    tell(fault.code, faultLine(fault, final))
    greenInRow = 0
    surveyed = false
    spoiled = {}
    failures++
    retryAfterMs = Object.values(eras).find(era => era.retryAfterMs !== undefined)?.retryAfterMs
    return final ? { done: fault } : { waitingFor: fault.sentence }
  }
  const delayMs = (): number =>
    greenInRow > 0
      ? times.greenDelayMs
      : Math.max(
          times.firstRetryDelaysMs[failures - 1] ?? times.retryDelayMs,
          Math.min(retryAfterMs ?? 0, times.maxRetryAfterMs),
        )

  const polled = await poll(check, { delayMs, timeoutMs: request.timeoutMs })
  const { line, wall } = access
  const verdict = polled.timedOut
    ? atDeadline(
        rounds,
        fault && (await describeMixedTargets(fault, line, eras, expected, rounds.at(-1)?.exchanges ?? [])),
        request.rounds,
      )
    : polled.value
  if (eras.legacy.failure?.code === 'SESSION_LOST') {
    eras = { ...eras, legacy: { ...eras.legacy, failure: await withCookieJar(eras.legacy.failure, line, expected) } }
  }
  const cause = verdict?.code === 'SESSION_LOST' ? (eras.legacy.failure ?? verdict) : verdict
  const decided = cause ? asSingleEraFailure(await withHint(cause, line), eras) : missingContractFailure(request)
  return resultOf(request, {
    eras,
    failure: decided,
    wall,
    warnings: access.warnings,
    latencies,
    elapsedMs: performance.now() - started,
    rounds,
  })
}

/** What there is to compare with; a contract that is not committed yet is told at the end. */
function committed({ contract }: GateRequest): Expectations['contract'] {
  return contract?.tools && { path: contract.path, tools: contract.tools }
}

/** What to say when the time is up: the last failure, that rounds alternated, or that there were too few. Pure. */
export function atDeadline(rounds: readonly Round[], last: Failure | undefined, wanted: number): Failure {
  const recent = rounds
    .slice(-RECENT_ROUNDS)
    .map(({ verdict, survey }) => (verdict === 'green' ? survey?.verdict : verdict))
  const failed = recent.filter(verdict => verdict !== undefined && verdict !== 'green')
  // A survey that counted says more than the rounds around it; a lost session is what it is, however often.
  if (last?.code === 'FLAPPING') return last
  if (last?.code === 'SESSION_LOST' && failed.every(verdict => verdict === 'SESSION_LOST')) return last
  const [first] = failed
  if (first && failed.length < recent.length) {
    const named = [...new Set(failed)].join(', ')
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

function faultLine(fault: Failure, final: boolean): string {
  return `${codes[fault.code].layer}: ${fault.code}: ${fault.sentence}${final ? '' : ' Waiting.'}`
}

function greenLine(eras: Eras, wall: AuthContext['wall'], { auth, rounds }: GateRequest): string {
  const spoken = ERAS.filter(era => eras[era].verdict === 'passed').map(
    era => `${era} ${eras[era].protocolVersion ?? ''}`,
  )
  const walled = auth === 'required' && wall ? [`authorization by ${wall.authorizationServers.join(', ')}`] : []
  return `MCP: green (${[...walled, ...spoken].join(', ')}); ${rounds} in a row are wanted.`
}
