/**
 * One round: a probe of all eras, and after the first passing round a sampling with many fresh connections. Before a
 * final code ends the gate, and at the deadline, the failing request is repeated. The gate continues to wait when only
 * some targets fail.
 */

import { monotonicMs } from '../poll.ts'
import { type Code, codes, type Era, type Failure, failure, isInterruption } from './codes.ts'
import { contractFault, decideRound } from './decide.ts'
import { type Eras, isBelowHttp, NOT_ASKED, probeEras } from './eras.ts'
import type { Expectations } from './expectations.ts'
import type { HttpTarget } from './http-exchange.ts'
import { probeStreamable } from './legacy.ts'
import { type AuthContext, authenticate, probeAuthChallenge } from './login.ts'
import { endsAtAuthChallenge, type GateRequest } from './request.ts'
import type { Conversation, EraResult, Exchange } from './rpc.ts'
import type { TargetSampling } from './sampling.ts'
import { secretsOf } from './sanitize.ts'

/** One attempt: a probe of all eras. */
export interface Round {
  readonly startedAt: string
  /** Milliseconds until the verdict on all eras, without the sampling. */
  readonly elapsedMs: number
  readonly verdict: 'green' | Code
  readonly exchanges: readonly Exchange[]
  /** Result of the sampling with many fresh connections; present on the first passing round in a row. */
  readonly survey?: SamplingReport
}

/** The sampling of targets as the report shows it. */
export interface SamplingReport {
  readonly elapsedMs: number
  readonly verdict: 'green' | Code
  /** Total number of tries, and the number of failed ones. */
  readonly tries: number
  readonly failed: number
  readonly exchanges: readonly Exchange[]
}

/** The verdict of a round or of a sampling. */
export interface DecidedRound {
  readonly fault: Failure | undefined
  /** Whether waiting cannot fix the fault. */
  readonly final: boolean
}

/** Runs one round: login, probes of all eras, and the decision. Never throws. */
export async function runRound(
  access: AuthContext,
  request: GateRequest,
  expected: Expectations,
): Promise<DecidedRound & { readonly eras: Eras; readonly report: Round }> {
  const startedAt = new Date().toISOString()
  const started = monotonicMs()
  const exchanges: Exchange[] = []
  const noEras: Eras = { modern: NOT_ASKED, legacy: NOT_ASKED, 'http-sse': NOT_ASKED }
  const barred = await authenticate(access, request, exchanges)
  const eras =
    barred || endsAtAuthChallenge(request)
      ? noEras
      : await probeEras(access.target, request.transport, expected, exchanges, request.require, access.memory)
  const elapsedMs = monotonicMs() - started
  const first =
    barred ??
    (endsAtAuthChallenge(request)
      ? undefined
      : (decideRound(eras, request) ?? contractFault(eras, expected, secretsOf(access.target.headers))))
  const { fault, final } = await confirmFailure(first, access.target, eras, expected, exchanges)
  return { eras, fault, final, report: { startedAt, elapsedMs, verdict: fault?.code ?? 'green', exchanges } }
}

interface SampledTargets extends DecidedRound {
  readonly erasFailingSampling: Partial<Eras>
  readonly report: SamplingReport
  /** The rate limit or deadline that ended the sampling. */
  readonly interruption?: Failure
}

/**
 * Samples the targets of every era that just passed, over many fresh connections. An era with one bad target has
 * failed. Never throws.
 */
export async function sampleTargets(
  access: AuthContext,
  request: GateRequest,
  expected: Expectations,
  eras: Eras,
  requestsPerRound: number,
): Promise<SampledTargets> {
  // No first request needs it, so only a round that passed waits until it is loaded.
  const { decideSampling, SAMPLED_REQUESTS, sampleChallenge, sampleEra, sampleStep } = await import('./sampling.ts')
  const started = monotonicMs()
  const later = (request.rounds - 1) * requestsPerRound
  const target = { ...access.target, reservedRequests: access.target.budget.reserve(later) }
  // The sampling takes at most half of the remaining time, because the later rounds need the rest.
  const halfMs = (access.target.deadline - started) / 2
  const deadline =
    started + (later > 0 ? Math.min(target.times.samplingTimeoutMs, halfMs) : target.times.samplingTimeoutMs)
  const exchanges: Exchange[] = []
  const erasFailingSampling: Partial<Record<Era, EraResult>> = {}
  const samplings: TargetSampling[] = []
  let first: Failure | undefined
  if (request.auth === 'required' && !target.avoidsClientErrors) {
    const sampling = await sampleChallenge(target, 'the wall', deadline - monotonicMs(), async () => {
      const challenge = await probeAuthChallenge(target, request, exchanges)
      if ('code' in challenge) return challenge
      const steps = challenge.steps.join(', ')
      const sentence = `The authentication challenge comes before ${steps}, and at another try before ${access.challengeSteps}.`
      return steps === access.challengeSteps ? undefined : failure('AUTH_NOT_REQUIRED', steps, sentence)
    })
    samplings.push(sampling)
    first = decideSampling(sampling)
  }
  // Sessions need the most requests, so the legacy era comes first and the others share the rest.
  const sampled = (['legacy', 'modern', 'http-sse'] as const).filter(era => isSampled(eras[era]))
  for (const [index, era] of sampled.entries()) {
    if (samplings.some(({ failures }) => failures.some(isInterruption))) break
    const { failure: knownFailure } = eras[era]
    const conversation = { target, era, exchanges }
    const restMs = deadline - monotonicMs()
    const requests = Math.floor((SAMPLED_REQUESTS - requestsPerRound - exchanges.length) / (sampled.length - index))
    const eraSamplings = knownFailure
      ? [await sampleStep(conversation, eras[era], knownFailure.step, expected, restMs)]
      : await sampleEra(conversation, eras[era], expected, restMs, requests)
    samplings.push(...eraSamplings)
    const fault = eraSamplings.map(sampling => decideSampling(sampling, era)).find(Boolean)
    if (fault) erasFailingSampling[era] = { ...eras[era], verdict: 'failed', isOffered: true, failure: fault }
  }
  first ??= endsAtAuthChallenge(request) ? undefined : decideRound({ ...eras, ...erasFailingSampling }, request)
  const { fault, final } = await confirmFailure(first, target, eras, expected, exchanges)
  const interruption = samplings.flatMap(({ failures }) => failures).find(isInterruption)
  const report: SamplingReport = {
    elapsedMs: monotonicMs() - started,
    verdict: fault?.code ?? 'green',
    tries: samplings.reduce((sum, sampling) => sum + sampling.tries, 0),
    failed: samplings.reduce((sum, sampling) => sum + sampling.failures.length, 0),
    exchanges,
  }
  return { erasFailingSampling, fault, final, report, ...(interruption && { interruption }) }
}

/** Whether targets may differ in this era: it passed, or the server offers it and it failed. */
function isSampled({ verdict, isOffered }: EraResult): boolean {
  return verdict === 'passed' || (verdict === 'failed' && isOffered === true)
}

/**
 * Checks whether every target shows the fault. A final code of one target among good ones does not end the gate: its
 * task may be about to stop.
 */
async function confirmFailure(
  fault: Failure | undefined,
  target: HttpTarget,
  eras: Eras,
  expected: Expectations,
  exchanges: Exchange[],
): Promise<Pick<DecidedRound, 'fault' | 'final'>> {
  if (fault && isInterruption(fault)) return { fault, final: false }
  if (fault?.era === undefined || !codes[fault.code].final || !mayDiffer(fault, exchanges)) {
    return { fault, final: fault !== undefined && codes[fault.code].final }
  }
  if (fault.code === 'SESSION_LOST') {
    const sessions = [1, 2].map(() => () => probeStreamable({ target, era: 'legacy', exchanges }, expected))
    for (const session of sessions) {
      if ((await session()).failure?.code === 'SESSION_LOST') return { fault, final: true }
    }
    return { fault, final: false }
  }
  const { decideSampling, sampleStep } = await import('./sampling.ts')
  const sampling = await sampleStep(
    { target, era: fault.era, exchanges },
    eras[fault.era],
    fault.step,
    expected,
    target.times.confirmationTimeoutMs,
  )
  const failed = sampling.failures.filter(each => !isInterruption(each)).length
  const answered = sampling.tries - (sampling.failures.length - failed)
  if (failed === answered) return { fault, final: failed > 0 }
  return { fault: decideSampling(sampling, fault.era) ?? fault, final: false }
}

/** Checks at the deadline whether the last fault affects only some targets, and then returns FLAPPING. */
export async function describeMixedTargets(
  fault: Failure,
  target: HttpTarget,
  eras: Eras,
  expected: Expectations,
  exchanges: readonly Exchange[],
): Promise<Failure> {
  if (isInterruption(fault) || fault.era === undefined || fault.code === 'FLAPPING') return fault
  if (!mayDiffer(fault, exchanges)) return fault
  const conversation: Conversation = { target, era: fault.era, exchanges: [] }
  const { decideSampling, sampleStep } = await import('./sampling.ts')
  const sampling = await sampleStep(
    conversation,
    eras[fault.era],
    fault.step,
    expected,
    target.times.confirmationTimeoutMs,
  )
  const verdict = decideSampling(sampling, fault.era)
  return verdict?.code === 'FLAPPING' ? verdict : fault
}

/** Size of a reply from which it is not fetched repeatedly, which bounds memory and the load on the server. */
const LARGE_BYTES = 512 * 1024
/** Number of requests from which a round is not repeated; most of them are pages of one list. */
const MAX_REPEATED_REQUESTS = 40

/**
 * Whether another target may answer differently. A repeated authentication challenge would not change, and servers
 * count the attempts. OLD_TRANSPORT names an era that passed, so a repetition of it would show no failure.
 */
function mayDiffer({ code }: Failure, exchanges: readonly Exchange[]): boolean {
  const isSmall = exchanges.length <= MAX_REPEATED_REQUESTS && exchanges.every(({ bytes }) => bytes < LARGE_BYTES)
  return isSmall && !isBelowHttp(code) && !code.startsWith('AUTH_') && code !== 'OLD_TRANSPORT'
}
