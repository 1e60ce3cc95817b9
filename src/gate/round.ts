/**
 * One round: all eras once, and after a first green one many fresh connections to each. Before a final code may end the
 * gate, and at the deadline, the failing request is asked again: what only some targets say is waited for.
 */

import { type Code, codes, type Era, type Failure } from './codes.ts'
import { contractFault, decideRound } from './decide.ts'
import { ERAS, type Eras, isBelowHttp, NOT_ASKED, probeEras } from './eras.ts'
import type { Expectations } from './expectations.ts'
import type { HttpTarget } from './http-exchange.ts'
import { probeStreamable } from './legacy.ts'
import { type AuthContext, authenticate, probeAuthChallenge } from './login.ts'
import { endsAtAuthChallenge, type GateRequest } from './request.ts'
import type { Conversation, EraResult, Exchange } from './rpc.ts'
import { decideSampling, sampleEra, sampleStep, samplingAction, type TargetSampling } from './sampling.ts'
import { secretsOf } from './sanitize.ts'

/** One attempt: all eras once. */
export interface Round {
  readonly startedAt: string
  /** Until the verdict on all eras, without the survey. */
  readonly elapsedMs: number
  readonly verdict: 'green' | Code
  readonly exchanges: readonly Exchange[]
  /** After the first green round in a row: what many fresh connections found. */
  readonly survey?: SamplingReport
}

export interface SamplingReport {
  readonly elapsedMs: number
  readonly verdict: 'green' | Code
  /** How often something was tried in all, and how much of it failed. */
  readonly tries: number
  readonly failed: number
  readonly exchanges: readonly Exchange[]
}

export interface DecidedRound {
  readonly fault: Failure | undefined
  /** Waiting cannot heal the fault. */
  readonly final: boolean
}

export async function runRound(
  access: AuthContext,
  request: GateRequest,
  expected: Expectations,
): Promise<DecidedRound & { readonly eras: Eras; readonly report: Round }> {
  const startedAt = new Date().toISOString()
  const started = performance.now()
  const exchanges: Exchange[] = []
  const noEras: Eras = { modern: NOT_ASKED, legacy: NOT_ASKED, 'http-sse': NOT_ASKED }
  const barred = await authenticate(access, request, exchanges)
  const eras =
    barred || endsAtAuthChallenge(request)
      ? noEras
      : await probeEras(access.line, request.transport, expected, exchanges, needsModern(request), access.memory)
  const elapsedMs = performance.now() - started
  const first =
    barred ??
    (endsAtAuthChallenge(request)
      ? undefined
      : (decideRound(eras, request) ?? contractFault(eras, expected, secretsOf(access.line.headers))))
  const { fault, final } = await confirmFailure(first, access.line, eras, expected, exchanges)
  return { eras, fault, final, report: { startedAt, elapsedMs, verdict: fault?.code ?? 'green', exchanges } }
}

function needsModern({ require }: GateRequest): boolean {
  return require === 'modern' || require === 'both'
}

/** Many fresh connections to every era that just passed; an era with a bad target among them has not. */
export async function sampleTargets(
  { line }: AuthContext,
  request: GateRequest,
  expected: Expectations,
  eras: Eras,
): Promise<DecidedRound & { readonly spoiled: Partial<Eras>; readonly report: SamplingReport }> {
  const started = performance.now()
  const exchanges: Exchange[] = []
  const spoiled: Partial<Record<Era, EraResult>> = {}
  const surveys: TargetSampling[] = []
  let first: Failure | undefined
  if (request.auth === 'required') {
    const survey = await samplingAction('the wall', line.times.samplingTimeoutMs, async () => {
      const wall = await probeAuthChallenge(line, request, exchanges)
      return 'code' in wall ? wall : undefined
    })
    surveys.push(survey)
    first = decideSampling(survey)
  }
  for (const era of ERAS) {
    if (eras[era].verdict !== 'passed') continue
    const found = await sampleEra({ line, era, exchanges }, eras[era], expected, line.times.samplingTimeoutMs)
    surveys.push(...found)
    const fault = found.map(survey => decideSampling(survey, era)).find(Boolean)
    if (fault) spoiled[era] = { ...eras[era], verdict: 'failed', failure: fault }
  }
  first ??= endsAtAuthChallenge(request) ? undefined : decideRound({ ...eras, ...spoiled }, request)
  const { fault, final } = await confirmFailure(first, line, eras, expected, exchanges)
  const report: SamplingReport = {
    elapsedMs: performance.now() - started,
    verdict: fault?.code ?? 'green',
    tries: surveys.reduce((sum, survey) => sum + survey.tries, 0),
    failed: surveys.reduce((sum, survey) => sum + survey.failures.length, 0),
    exchanges,
  }
  return { spoiled, fault, final, report }
}

/**
 * Whether a fault is what every target says. A final code of one target among good ones is no reason to give up: its
 * task may be on its way out.
 */
async function confirmFailure(
  fault: Failure | undefined,
  line: HttpTarget,
  eras: Eras,
  expected: Expectations,
  exchanges: Exchange[],
): Promise<Pick<DecidedRound, 'fault' | 'final'>> {
  if (fault?.era === undefined || !codes[fault.code].final || !mayDiffer(fault, exchanges)) {
    return { fault, final: fault !== undefined && codes[fault.code].final }
  }
  if (fault.code === 'SESSION_LOST') {
    const sessions = [1, 2].map(() => () => probeStreamable({ line, era: 'legacy', exchanges }, expected))
    for (const session of sessions) {
      if ((await session()).failure?.code === 'SESSION_LOST') return { fault, final: true }
    }
    return { fault, final: false }
  }
  const survey = await sampleStep(
    { line, era: fault.era, exchanges },
    eras[fault.era],
    fault.step,
    expected,
    line.times.confirmationTimeoutMs,
  )
  if (survey.failures.length === survey.tries) return { fault, final: true }
  return { fault: decideSampling(survey, fault.era) ?? fault, final: false }
}

/** At the deadline: whether the last fault is that of some targets only. */
export async function describeMixedTargets(
  fault: Failure,
  line: HttpTarget,
  eras: Eras,
  expected: Expectations,
  exchanges: readonly Exchange[],
): Promise<Failure> {
  if (fault.era === undefined || fault.code === 'FLAPPING' || !mayDiffer(fault, exchanges)) return fault
  const conversation: Conversation = { line, era: fault.era, exchanges: [] }
  const survey = await sampleStep(conversation, eras[fault.era], fault.step, expected, line.times.confirmationTimeoutMs)
  const verdict = decideSampling(survey, fault.era)
  return verdict?.code === 'FLAPPING' ? verdict : fault
}

/** Replies of this many bytes are not fetched again and again: memory is bounded, and so is the patience of a server. */
const LARGE_BYTES = 512 * 1024

/** Whether another target may say something else. Asked again, a wall says the same, and counts the attempts. */
function mayDiffer({ code }: Failure, exchanges: readonly Exchange[]): boolean {
  return !isBelowHttp(code) && !code.startsWith('AUTH_') && exchanges.every(({ bytes }) => bytes < LARGE_BYTES)
}
