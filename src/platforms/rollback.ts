/**
 * The repair of a deployment that failed: with `on-failure: rollback` the target goes back to the version that the gate
 * passed last. If that is not possible or does not help, the running version is tainted or not changed.
 */
import type { Failure } from '../errors.ts'
import { type Line, line } from '../log.ts'
import type { OnFailure } from '../terraform/taint.ts'
import { platformOf } from './index.ts'
import type { Target, Version } from './platform.ts'

/** A rollback, as the report contains it. */
export interface Rollback {
  /** Labels of the version that failed, and of the version that serves again. */
  readonly from: string
  readonly to: string
  /** Whether the gate passed before, by the record, what the target went back to. */
  readonly wasPassed: boolean
  /** Whether the platform runs it and the gate has passed it now. */
  readonly restored: boolean
  readonly sentence: string
}

/** A version to go back to. */
export interface RollbackTarget {
  readonly to: Version
  /** Whether the gate has passed it, by the record. */
  readonly wasPassed: boolean
}

export type RollbackDecision =
  | RollbackTarget
  /** No version to go back to, with the reason; `instead` is the action that may help. */
  | { readonly to: undefined; readonly why: string; readonly instead: 'taint' | 'nothing' }

/** The versions that a target could go back to. */
export interface KnownVersions {
  /** The version that the gate passed last, by the record. */
  readonly passed: Version | undefined
  /** The version that served before the apply. It counts when there is no record. */
  readonly previous: Version | undefined
}

export interface Repair {
  /** Undefined where nothing is rolled back. */
  readonly rollback: RollbackTarget | undefined
  /** Why there is no rollback although `on-failure` requests one: a sentence for the report. */
  readonly warning: string | undefined
  /** Whether the running version is tainted if there is no rollback or it could not be started. */
  readonly taints: boolean
}

/** What to do about a failure. Pure. */
export function decideRepair(
  target: Target,
  failure: Pick<Failure, 'remedy'>,
  onFailure: OnFailure,
  known: KnownVersions,
): Repair {
  const { versions, messages } = platformOf(target)
  if (onFailure !== 'rollback') return { rollback: undefined, warning: undefined, taints: true }
  const noRollback = messages.noRollback(target)
  if (versions === undefined || noRollback !== undefined) {
    const warning = failure.remedy === 'config' ? undefined : noRollback
    return { rollback: undefined, warning, taints: true }
  }
  const decision = decideRollback(target, failure, known)
  return decision.to === undefined
    ? { rollback: undefined, warning: decision.why, taints: decision.instead === 'taint' }
    : { rollback: decision, warning: undefined, taints: true }
}

/** What to go back to. Pure. */
export function decideRollback(
  target: Target,
  { remedy }: Pick<Failure, 'remedy'>,
  { passed, previous }: KnownVersions,
): RollbackDecision {
  const { versions, messages } = platformOf(target)
  const name = messages.name(target)
  if (remedy === 'config') {
    return {
      to: undefined,
      why: 'Nothing was rolled back: what is wrong lies around the server, and an older revision would meet it, too.',
      instead: 'nothing',
    }
  }
  const failed = versions?.wanted(target)
  if (failed === undefined) {
    return {
      to: undefined,
      why: `Nothing was rolled back: the ${messages.version} of ${name} is not in this Terraform state, so it is not known what failed.`,
      instead: 'nothing',
    }
  }
  if (passed !== undefined && !isSameVersion(passed, failed)) return { to: passed, wasPassed: true }
  if (previous !== undefined && !isSameVersion(previous, failed)) return { to: previous, wasPassed: false }
  return {
    to: undefined,
    why:
      passed === undefined
        ? `There is nothing to roll back to: ${name} has run no other revision that is known to have passed the gate.`
        : `There is nothing to roll back to: ${failed.label} is itself the revision that the gate passed last.`,
    instead: 'taint',
  }
}

/**
 * Points the target at an earlier version, unless the platform has gone back to it already. Throws a ServiceError that
 * gives the reason why the target cannot run it, or the SDK's errors.
 * @returns whether a deployment was started
 */
export async function startRollback(target: Target, to: Version): Promise<boolean> {
  return (await platformOf(target).versions?.rollBack(target, to)) === 'started'
}

/** The log line for a rollback that has begun. Pure. */
export function rollbackLine(target: Target, to: Version, isStarted: boolean): Line {
  const { watch, messages } = platformOf(target)
  return isStarted
    ? line`Rolling ${messages.name(target)} back to ${to.id}.`
    : line`${watch?.api ?? 'The platform'} has already gone back to ${to.id}.`
}

/** The target as it is when that version must serve: what is watched after a rollback. Pure. */
export function rolledBack<T extends Target>(target: T, to: Version): T {
  return (platformOf(target).versions?.retarget(target, to) ?? target) as T
}

/** The rollback as soon as the target is pointed at `to`, for the report of a run that is cancelled then. Pure. */
export function rollbackStarted(target: Target, { to, wasPassed }: RollbackTarget): Rollback {
  const { versions, messages } = platformOf(target)
  return {
    from: versions?.wanted(target)?.label ?? '',
    to: to.label,
    wasPassed,
    restored: false,
    sentence: `${messages.name(target)} is on its way back to ${to.label}, and the run ended before it was known whether that serves: run this again. ${messages.nextPlan(target)}`,
  }
}

/** The result of a rollback, with the effect of the next plan. Pure. */
export function rollbackResult(
  target: Target,
  decision: RollbackTarget,
  failure: Pick<Failure, 'sentence'> | undefined,
): Rollback {
  const { messages } = platformOf(target)
  const name = messages.name(target)
  const { label } = decision.to
  const before = decision.wasPassed
    ? 'which the gate had passed'
    : 'which served before this apply, without a record that the gate had passed it'
  const now =
    failure === undefined
      ? `${name} runs ${label} again, ${before}, and it passes the gate now.`
      : `${name} was rolled back to ${label}, ${before}, but it does not pass now: ${failure.sentence}`
  return {
    ...rollbackStarted(target, decision),
    restored: failure === undefined,
    sentence: `${now} ${messages.nextPlan(target)}`,
  }
}

/** The result for a version that was given up before any client reached it. Pure. @param previous the version that stays live */
export function heldBack(target: Target, held: Version, previous: Version, failure: Failure | undefined): Rollback {
  const name = platformOf(target).messages.name(target)
  const now =
    failure === undefined
      ? `${name} still runs ${previous.label}`
      : `${name} was to go on with ${previous.label}, but: ${failure.sentence}`
  return {
    from: held.label,
    to: previous.label,
    wasPassed: false,
    restored: failure === undefined,
    sentence: `The gate refused ${held.label} before any client reached it. ${now}${failure === undefined ? '.' : ''} ${platformOf(target).messages.nextPlan(target)}`,
  }
}

function isSameVersion(a: Version, b: Version): boolean {
  return a.id === b.id || a.label === b.label
}
