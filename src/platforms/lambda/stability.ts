/**
 * Whether Lambda serves what this apply made: the alias points only at its version, and that version can be invoked; without
 * an alias, the last update of $LATEST is over and has this package.
 */
import { joined } from '../../text.ts'
import type { FailedObservation, Observation, Version, WaitingObservation } from '../platform.ts'
import { type Alias, type FunctionState, isSplit, type Lambda, type Reason } from './client.ts'
import { type codes, lambdaFailure } from './codes.ts'
import { type LambdaFunction, publishedVersion } from './function.ts'

/** Reasons that end without a change, or that AWS tries again. All others stay until somebody changes something. */
const passing =
  /^(Creating|Restoring|Idle|InternalError|EniLimitExceeded|SubnetOutOfIPAddresses|EC2RequestLimitExceeded|InsufficientCapacity|CapacityProviderScalingLimitExceeded|DependencyError|EFSMount(?:ConnectivityError|Timeout)|EFSIOError|VcpuLimitExceeded)?$/

/** Follows a function. Each look throws the SDK's errors. */
export function watchFunction(lambda: Lambda, target: LambdaFunction): () => Promise<Observation> {
  const { name, alias: aliasName, version, weights = {} } = target
  return async () => {
    if (aliasName === undefined) return judgeLatest(target, await lambda.state(name, undefined))
    const alias = await lambda.alias(name, aliasName)
    const state = alias === undefined ? undefined : await lambda.state(name, version ?? alias.version)
    const judged = judgeAlias(target, alias, state)
    if (judged.kind !== 'serving') return judged
    for (const each of Object.keys(weights)) {
      const other = judgeVersion(publishedVersion(name, each), await lambda.state(name, each))
      if (other !== undefined) return other
    }
    return judged
  }
}

/** Control-plane reads of one account share fifteen a second. */
export function delayMs(attempt: number): number {
  return attempt < 30 ? 2_000 : 5_000
}

/** The verdict over an alias and the version that it must point at, or what to wait for. Pure. */
export function judgeAlias(
  { name, alias: aliasName = '', version, weights = {} }: LambdaFunction,
  alias: Alias | undefined,
  state: FunctionState | undefined,
): Observation {
  if (alias === undefined) return failed('LAMBDA_NO_FUNCTION', `There is no alias ${aliasName} of a function ${name}.`)
  const wanted = publishedVersion(name, version ?? alias.version)
  const unusable = judgeVersion(wanted, state)
  if (unusable !== undefined) return unusable
  if (alias.version === wanted.id && isSplit(alias) && isSamePart(alias.weights, weights)) {
    const others = Object.entries(weights).map(([each, part]) => `${percent(part)} of the requests to version ${each}`)
    return {
      kind: 'serving',
      version: { id: wanted.id, label: `${wanted.label}, and by the configuration ${joined(others, 'and')}` },
      running: 1,
    }
  }
  if (alias.version !== wanted.id && !isSplit(alias)) {
    return failed(
      'LAMBDA_SUPERSEDED',
      `The alias ${aliasName} of ${name} points at version ${alias.version}, not at version ${wanted.id}, which this apply made.`,
    )
  }
  if (isSplit(alias)) {
    return {
      kind: 'waiting',
      isHealthy: true,
      for: `Waiting for Lambda: the alias ${aliasName} of ${name} still splits its requests between versions.`,
    }
  }
  return { kind: 'serving', version: wanted, running: 1 }
}

/** What keeps a published version from being invoked; undefined when nothing does. */
function judgeVersion({ label }: Version, state: FunctionState | undefined): Observation | undefined {
  if (state === undefined) return failed('LAMBDA_NO_FUNCTION', `There is no ${label}.`)
  return judgeState(state, label)
}

/** Whether an alias splits its requests as the configuration does. */
function isSamePart(actual: Readonly<Record<string, number>>, configured: Readonly<Record<string, number>>): boolean {
  const versions = new Set([...Object.keys(actual), ...Object.keys(configured)])
  return [...versions].every(version => Math.abs((actual[version] ?? 0) - (configured[version] ?? 0)) < 1e-6)
}

function percent(part: number): string {
  return `${Number((part * 100).toFixed(2))} %`
}

/** The verdict over $LATEST, or what to wait for. Pure. */
export function judgeLatest({ name, codeSha256 }: LambdaFunction, state: FunctionState | undefined): Observation {
  if (state === undefined)
    return failed('LAMBDA_NO_FUNCTION', `There is no function ${name} in this account and region.`)
  const label = `the code of ${name}`
  const unusable = judgeState(state, label)
  if (unusable !== undefined) return unusable
  if (state.lastUpdate === 'InProgress')
    return { kind: 'waiting', for: `Waiting for Lambda: the update of ${name} is in progress; the old code answers.` }
  if (state.lastUpdate === 'Failed') {
    if (passing.test(state.lastUpdateReason.code) && state.lastUpdateReason.code !== '')
      return { kind: 'waiting', for: `Waiting for Lambda: ${reasonText(state.lastUpdateReason)}.` }
    return failed(
      'LAMBDA_FAILED',
      `Lambda could not update ${name}: ${reasonText(state.lastUpdateReason)}. The old code still answers.`,
    )
  }
  if (codeSha256 !== undefined && state.codeSha256 !== codeSha256) {
    return failed(
      'LAMBDA_SUPERSEDED',
      `Somebody changed ${label} after this apply: it is ${shortHash(state.codeSha256)}, not ${shortHash(codeSha256)}.`,
    )
  }
  return { kind: 'serving', version: latestVersion(name, state.codeSha256), running: 1 }
}

/** The package of $LATEST as a version that is shown. It cannot be gone back to. */
function latestVersion(name: string, codeSha256: string): { id: string; label: string } {
  return { id: codeSha256, label: `code ${shortHash(codeSha256)} of ${name}` }
}

/** The end of a watch whose time is over. */
export function timedOut({ name }: LambdaFunction, timeoutMs: number, last: WaitingObservation): FailedObservation {
  const code = last.isHealthy === true ? 'LAMBDA_STILL_MOVING' : 'LAMBDA_TIMEOUT'
  return failed(
    code,
    `The function ${name} was not ready after ${Math.round(timeoutMs / 1000)} s; last seen: ${last.for}`,
  )
}

/** What keeps a function or a version from being invoked; undefined when nothing does. */
function judgeState({ state, stateReason }: FunctionState, label: string): Observation | undefined {
  if (/^(Active|Inactive|Deactivat(?:ed|ing))?$/.test(state)) return undefined
  const why = stateReason.text === '' && stateReason.code === '' ? '' : `: ${reasonText(stateReason)}`
  if (state === 'Pending' || passing.test(stateReason.code))
    return { kind: 'waiting', for: `Waiting for Lambda: ${label} is ${state}${why}.` }
  return failed('LAMBDA_FAILED', `Lambda cannot run ${label}${why}.`)
}

function reasonText({ code, text }: Reason): string {
  return [code, text.replace(/\.$/, '')].filter(part => part !== '').join(': ') || 'without a reason'
}

/** A digest of a package as people compare it. */
function shortHash(sha256: string): string {
  return sha256.slice(0, 12)
}

function failed(code: keyof typeof codes, sentence: string): FailedObservation {
  // What is missing, and what still points at another version, may be an answer of before the apply.
  const mayBeStale = code === 'LAMBDA_NO_FUNCTION' || code === 'LAMBDA_SUPERSEDED'
  return { kind: 'failed', failure: lambdaFailure(code, sentence), ...(mayBeStale && { mayBeStale }) }
}
