/**
 * What the gate hands on: one value from which the outputs, the comment, the summary, the JSON report and the JUnit file
 * are made. Pure.
 */
import type { AuthChallenge } from './authorization.ts'
import type { Era, Failure } from './codes.ts'
import type { Comparison, ContractFile } from './contract.ts'
import { contractIn, namesOf, warningsOf } from './decide.ts'
import { ERAS, type Eras } from './eras.ts'
import type { GateRequest } from './request.ts'
import type { Round } from './round.ts'
import type { EraResult } from './rpc.ts'

export interface EraReport {
  readonly verdict: 'passed' | 'failed' | 'absent'
  readonly protocolVersion?: string
  readonly failure?: Failure
}

export interface GateReport {
  readonly passed: boolean
  readonly endpoint: string
  /** The failed check that decides, when not passed. */
  readonly failure?: Failure
  /** As the counted rounds show them together; without one, as the last round does. */
  readonly eras: Readonly<Record<Era, EraReport>>
  /** Negotiated versions of the eras that passed, newest first. */
  readonly protocolVersions: readonly string[]
  /** Names of the listed tools, sorted. */
  readonly tools: readonly string[]
  readonly serverInfo?: { readonly name: string; readonly version: string }
  /** The contract that is served, ready to be committed, and what changed since the committed one. */
  readonly contract?: ContractFile & { readonly comparison?: Comparison }
  /** What the endpoint tells clients without credentials, when it was asked without any and answered with a wall. */
  readonly wall?: Omit<AuthChallenge, 'warning' | 'steps'>
  readonly warnings: readonly string[]
  /**
   * Median over the counted rounds (the passing ones in a row) of the time, in milliseconds, from the first byte sent to the whole tool list:
   * of the slowest required era, and with `any` of the fastest that passed. Null without a green round.
   */
  readonly latencyMs: number | null
  readonly elapsedMs: number
  readonly rounds: readonly Round[]
}

/** What the rounds of one gate came to. */
export interface Outcome {
  /** As the counted rounds show them together; without one, as the last round does. */
  readonly eras: Eras
  /** The failure that decides; undefined when the gate passed. */
  readonly failure: Failure | undefined
  readonly challenge: Omit<AuthChallenge, 'warning' | 'steps'> | undefined
  readonly warnings: ReadonlySet<string>
  /** Of each counted round, milliseconds. */
  readonly latencies: readonly number[]
  readonly elapsedMs: number
  readonly rounds: readonly Round[]
}

/** The report of a gate that has come to its end. */
export function resultOf(request: GateRequest, outcome: Outcome): GateReport {
  const { eras, failure, challenge, warnings, latencies, elapsedMs, rounds } = outcome
  const passed = ERAS.map(era => eras[era]).filter(era => era.verdict === 'passed')
  const serverInfo = passed.find(era => era.serverInfo)?.serverInfo
  const contract = contractIn(eras, request.contract?.tools)
  return {
    passed: failure === undefined,
    endpoint: request.endpoint,
    ...(failure && { failure: shownFailure(failure) }),
    eras: { modern: reportOf(eras.modern), legacy: reportOf(eras.legacy), 'http-sse': reportOf(eras['http-sse']) },
    protocolVersions: [...new Set(passed.flatMap(era => era.protocolVersion ?? []))].sort().reverse(),
    tools: namesOf(passed[0]),
    ...(serverInfo && { serverInfo }),
    ...(contract && { contract }),
    ...(challenge && { wall: challenge }),
    warnings: [...warningsOf(eras), ...warnings],
    latencyMs: median(latencies),
    elapsedMs,
    rounds,
  }
}

function reportOf({ verdict, protocolVersion, failure: fault }: EraResult): EraReport {
  return {
    verdict,
    ...(protocolVersion !== undefined && { protocolVersion }),
    ...(fault && verdict === 'failed' && { failure: shownFailure(fault) }),
  }
}

function shownFailure({ isCut: _, retryAfterMs: _wait, ...rest }: Failure): Failure {
  return rest
}

/** Milliseconds of a green round, as `latencyMs` of the report counts them. */
export function latencyOf(eras: Eras, { require, transport }: GateRequest): number {
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
