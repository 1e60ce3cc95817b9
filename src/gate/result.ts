/**
 * The result of the gate: one value for the outputs, the comment, the summary, the JSON report and the JUnit file.
 * Pure.
 */
import type { AuthChallenge } from './authorization.ts'
import type { Era, Failure } from './codes.ts'
import type { Comparison, ContractFile } from './contract.ts'
import { contractIn, namesOf, warningsOf } from './decide.ts'
import { ERAS, type Eras } from './eras.ts'
import type { GateRequest } from './request.ts'
import type { Round } from './round.ts'
import type { EraResult } from './rpc.ts'

/** The result of one era in the report. */
export interface EraReport {
  readonly verdict: 'passed' | 'failed' | 'absent'
  readonly protocolVersion?: string
  readonly failure?: Failure
}

/** The report of one gate run. */
export interface GateReport {
  readonly passed: boolean
  readonly endpoint: string
  /** The decisive failure; absent when the gate passed. */
  readonly failure?: Failure
  /** The eras over all counted rounds; without a counted round, those of the last round. */
  readonly eras: Readonly<Record<Era, EraReport>>
  /** Negotiated versions of the passing eras, newest first. */
  readonly protocolVersions: readonly string[]
  /** Names of the listed tools, sorted. */
  readonly tools: readonly string[]
  readonly serverInfo?: { readonly name: string; readonly version: string }
  /** The current contract, ready to commit, with its differences from the committed one. */
  readonly contract?: ContractFile & { readonly comparison?: Comparison }
  /** The authentication challenge for clients without credentials; absent when it was not probed or not found. */
  readonly wall?: Omit<AuthChallenge, 'warning' | 'steps'>
  readonly warnings: readonly string[]
  /**
   * Median latency of the counted rounds (the passing ones in a row), in milliseconds; null without a passing round.
   * The latency is the time from the first sent byte to the complete tool list. It is that of the slowest required era,
   * and with `any` that of the fastest passing era.
   */
  readonly latencyMs: number | null
  readonly elapsedMs: number
  readonly rounds: readonly Round[]
}

/** The outcome of all rounds of one gate. */
export interface Outcome {
  /** The eras over all counted rounds; without a counted round, those of the last round. */
  readonly eras: Eras
  /** The decisive failure; undefined when the gate passed. */
  readonly failure: Failure | undefined
  readonly challenge: Omit<AuthChallenge, 'warning' | 'steps'> | undefined
  readonly warnings: ReadonlySet<string>
  /** Latency of each counted round, in milliseconds. */
  readonly latencies: readonly number[]
  readonly elapsedMs: number
  readonly rounds: readonly Round[]
}

/** Builds the report of a finished gate. */
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

/** Returns the milliseconds of a passing round, as `latencyMs` of the report counts them. */
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
