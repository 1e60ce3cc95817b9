/**
 * Decides the outcome of a run once, from the unredacted report or from one that was read back from JSON. The exit code, the
 * headline, the history, GitHub's deployment status, the monitors and the summary of a matrix only read it. A run passes only if
 * every step that its command promises has succeeded. Pure.
 */
import type { approvalCodes } from '../approval/codes.ts'
import { isThrownCode } from '../errors.ts'
import type { Report } from './report.ts'

/** The parts of a report that decide the outcome. */
export interface OutcomeFacts extends Pick<Report, 'command' | 'apply'> {
  readonly plan?: { readonly hasChanges: boolean } | undefined
  /** Result of fmt and validate on a pull request that gets no credentials. */
  readonly check?: unknown
  readonly failures: readonly { readonly phase: string; readonly code: string }[]
  readonly gate?: { readonly passed: boolean } | undefined
  readonly approval?: { readonly outcome: string } | undefined
  readonly destroy?: { readonly outcome: NonNullable<Report['destroy']>['outcome'] } | undefined
}

/** `running` also covers a run that ended without a failure and without its promised result. */
export type Status = 'running' | 'passed' | 'failed' | 'cancelled'

export type Headline = (typeof headlines)[number]

/** Names of outcomes in the history of the comment. */
export type HistoryWord =
  | 'planned'
  | 'plan-failed'
  | 'applying'
  | 'applied'
  | 'verified'
  | 'failed'
  | 'destroying'
  | 'destroyed'
  | 'destroy-failed'

export interface Outcome {
  readonly status: Status
  readonly headline: Headline
  readonly icon: '✅' | '❌' | '📋' | '⏳'
  readonly historyWord: HistoryWord
  /** `failure`: a check did not pass. `error`: the run ended early. */
  readonly deploymentState: 'success' | 'failure' | 'error'
  /** The monitor method to call; undefined if monitors are not notified. */
  readonly monitorMethod: 'verified' | 'failing' | undefined
  readonly exitCode: 0 | 1
  /** Whether the run counts as failed now that it is over. */
  readonly isFailed: boolean
  /** The step that started and has no known end. */
  readonly unfinished: 'apply' | 'destroy' | undefined
}

export const headlines = [
  'Running',
  'Applying',
  'Destroying',
  'Plan',
  'Plan: no changes',
  'Checked, not planned',
  'Verified',
  'Applied and verified',
  'Rolled back and verified',
  'Destroyed',
  'Nothing to destroy',
  'Nothing was done',
  'Not applied: the plan was not reviewed',
  'Not applied: the plan has changed',
  'Not applied: the plan comment was changed',
  'Not applied: the plan was not approved',
  'Not applied: the plan has another fingerprint',
  'Not applied: the reviewed plan is outdated',
  'Not applied: the reviewed plan was already applied',
  'Not applied: the commit is superseded',
  'Not applied: the key of the plan comment has changed',
  'Not applied: the plan comment is for another stack',
  'Not applied: the plan comment is not signed',
  'Not applied: another workflow made the reviewed plan',
  'Not applied: the request was refused',
  'Not applied: the reviewed image is outdated',
  'Not applied: the reviewed image is gone',
  'Not applied: the image was not found',
  'Not applied: the plan failed',
  'Not begun: the AWS credentials end',
  'Not destroyed: it was not confirmed',
  'Plan failed',
  'Check failed',
  'Verification failed',
  'Apply failed',
  'Deployment failed',
  'Destroy failed',
  'Not rolled back',
  'Rollback failed',
] as const

export function outcomeOf(report: OutcomeFacts): Outcome {
  const status = statusOf(report)
  return {
    status,
    headline: headlineOf(report, status),
    icon: iconOf(report, status),
    historyWord: historyWordOf(report, status),
    deploymentState: deploymentStateOf(report, status),
    monitorMethod: monitorMethodOf(report, status),
    exitCode: status === 'passed' ? 0 : 1,
    isFailed: status !== 'passed',
    unfinished: unfinishedOf(report),
  }
}

function statusOf(report: OutcomeFacts): Status {
  const [failure] = report.failures
  if (failure !== undefined) return failure.code === 'CANCELLED' ? 'cancelled' : 'failed'
  return isDone(report) ? 'passed' : 'running'
}

/** Whether every step that the command promises has succeeded. */
function isDone({ command, plan, check, apply, gate, destroy }: OutcomeFacts): boolean {
  switch (command) {
    case 'plan':
      return plan !== undefined || check !== undefined
    case 'apply':
      return gate?.passed === true && apply !== 'started'
    case 'verify':
    case 'rollback':
      return gate?.passed === true
    case 'destroy':
      return destroy?.outcome === 'done' || destroy?.outcome === 'nothing'
  }
}

function headlineOf(report: OutcomeFacts, status: Status): Headline {
  if (status === 'passed') return passedHeadline(report)
  if (status === 'running') return runningHeadline(report)
  const { command, failures, check, approval, destroy } = report
  const [failure] = failures
  const refusal = refusals[failure?.code ?? '']
  if (approval?.outcome === 'refused') return refusal ?? 'Not applied: the plan was not approved'
  // An image is refused before there is a plan to approve.
  if (command === 'apply' && refusal !== undefined) return refusal
  if (failure?.code === 'CREDENTIALS_EXPIRE') return 'Not begun: the AWS credentials end'
  if (destroy?.outcome === 'unconfirmed') return 'Not destroyed: it was not confirmed'
  if (failure?.phase === 'start') return 'Nothing was done'
  switch (command) {
    case 'plan':
      return check === undefined ? 'Plan failed' : 'Check failed'
    case 'apply':
      return applyFailure(report)
    case 'verify':
      return 'Verification failed'
    case 'destroy':
      return 'Destroy failed'
    case 'rollback':
      return ['stability', 'gate'].includes(failure?.phase ?? '') ? 'Rollback failed' : 'Not rolled back'
  }
}

/** The headline for each code that refuses an apply. */
const refusals: Readonly<Record<string, Headline>> = {
  PLAN_NOT_REVIEWED: 'Not applied: the plan was not reviewed',
  PLAN_CHANGED: 'Not applied: the plan has changed',
  PLAN_RECORD_CHANGED: 'Not applied: the plan comment was changed',
  PLAN_FINGERPRINT_CHANGED: 'Not applied: the plan has another fingerprint',
  PLAN_OUTDATED: 'Not applied: the reviewed plan is outdated',
  PLAN_APPLIED: 'Not applied: the reviewed plan was already applied',
  COMMIT_SUPERSEDED: 'Not applied: the commit is superseded',
  PLAN_KEY_CHANGED: 'Not applied: the key of the plan comment has changed',
  PLAN_RECORD_FOREIGN: 'Not applied: the plan comment is for another stack',
  PLAN_BEFORE_STATE: 'Not applied: the plan comment is not signed',
  APPLY_UNSIGNED: 'Not applied: the plan comment is not signed',
  PLAN_WORKFLOW_FOREIGN: 'Not applied: another workflow made the reviewed plan',
  APPLY_NOT_PERMITTED: 'Not applied: the request was refused',
  APPLY_CODE_UNTRUSTED: 'Not applied: the request was refused',
  APPLY_NOT_OPEN: 'Not applied: the request was refused',
  APPLY_HEAD_MOVED: 'Not applied: the request was refused',
  APPLY_BEHIND: 'Not applied: the request was refused',
  APPLY_NOT_APPROVED: 'Not applied: the request was refused',
  APPLY_NOT_MERGEABLE: 'Not applied: the request was refused',
  APPLY_OTHER_UNMERGED: 'Not applied: the request was refused',
  IMAGE_OUTDATED: 'Not applied: the reviewed image is outdated',
  IMAGE_GONE: 'Not applied: the reviewed image is gone',
  IMAGE_UNRESOLVED: 'Not applied: the image was not found',
} satisfies Readonly<Record<Exclude<keyof typeof approvalCodes, 'PLAN_FILE_UNREADABLE'>, Headline>>

/** Returns the headline of a failed apply by how far it came. */
function applyFailure({ failures: [failure], apply }: OutcomeFacts): Headline {
  if (failure?.phase === 'apply') return 'Apply failed'
  const isPlanned = apply !== undefined || !['install', 'init', 'plan'].includes(failure?.phase ?? '')
  return isPlanned ? 'Deployment failed' : 'Not applied: the plan failed'
}

function passedHeadline({ command, check, plan, apply, destroy }: OutcomeFacts): Headline {
  if (check !== undefined) return 'Checked, not planned'
  if (command === 'plan') return plan?.hasChanges === true ? 'Plan' : 'Plan: no changes'
  if (command === 'destroy') return destroy?.outcome === 'nothing' ? 'Nothing to destroy' : 'Destroyed'
  if (command === 'rollback') return 'Rolled back and verified'
  return apply === 'done' ? 'Applied and verified' : 'Verified'
}

function runningHeadline({ command, apply }: OutcomeFacts): Headline {
  if (command === 'destroy') return 'Destroying'
  return apply === 'started' ? 'Applying' : 'Running'
}

function iconOf({ command, plan }: OutcomeFacts, status: Status): Outcome['icon'] {
  if (status === 'running') return '⏳'
  if (status !== 'passed') return '❌'
  return command === 'plan' && plan?.hasChanges !== false ? '📋' : '✅'
}

function historyWordOf({ command, apply }: OutcomeFacts, status: Status): HistoryWord {
  const isFailed = status === 'failed' || status === 'cancelled'
  if (command === 'plan') return isFailed ? 'plan-failed' : 'planned'
  if (command === 'destroy') return isFailed ? 'destroy-failed' : status === 'passed' ? 'destroyed' : 'destroying'
  if (isFailed) return 'failed'
  if (status === 'passed') return 'verified'
  return apply === 'done' ? 'applied' : 'applying'
}

function deploymentStateOf({ failures: [failure] }: OutcomeFacts, status: Status): Outcome['deploymentState'] {
  if (status === 'passed') return 'success'
  // Reports of version 0.1 have no code for thrown errors.
  const isCheck = failure !== undefined && failure.code !== '' && !isThrownCode(failure.code)
  return isCheck ? 'failure' : 'error'
}

/** Returns the monitor method. A plan changes nothing, a destroy notifies before it starts, and a cancelled run notifies nobody. */
function monitorMethodOf({ command }: OutcomeFacts, status: Status): Outcome['monitorMethod'] {
  if (command === 'plan' || command === 'destroy') return undefined
  if (status === 'passed') return 'verified'
  return status === 'failed' ? 'failing' : undefined
}

function unfinishedOf({ apply, destroy }: OutcomeFacts): Outcome['unfinished'] {
  if (apply === 'started') return 'apply'
  return destroy?.outcome === 'started' ? 'destroy' : undefined
}
