/** Decision about a plan: whether it may be applied, and the reason. Pure. */
import type { Failure, FailureCode } from '../errors.ts'
import { approvalCodes, unstableValue } from './codes.ts'
import { type Difference, differences } from './compare.ts'
import { changesBeyondTaint, coverageOf, type ExistingObjects, type ReviewedPlan } from './coverage.ts'
import type { Detail, PlanDigest } from './digest.ts'
import type { NormalizedPlan, PlanRemarks } from './fingerprint.ts'
import type { Binding, PlanRecord } from './record.ts'
import type { PlanSigner } from './signer.ts'

/** The approval that an apply needs: `none`, `reviewed`, or the fingerprint of an approved plan. */
export type RequiredApproval = string

/** A normalized plan with its fingerprint, ready for comparison and for a record. */
export interface FingerprintedPlan {
  readonly normalized: NormalizedPlan
  readonly signer: PlanSigner
  readonly fingerprint: string
  digest(detail: Detail): PlanDigest
}

/** The approval as the report contains it. */
export interface Approval {
  /** `awaiting` on a pull request, `refused`, or the reason why the plan may be applied. */
  readonly outcome:
    | 'awaiting'
    | 'reviewed'
    | 'covered'
    | 'remainder'
    | 'approved-by-fingerprint'
    | 'no-changes'
    | 'not required'
    | 'refused'
  readonly fingerprint: string
  /** The reviewed plan; undefined if none was used. */
  readonly reviewed: { readonly commit: string; readonly runUrl: string } | undefined
  /** Numbers of the pull requests whose reviewed plans together cover this plan, for the outcome `covered`. */
  readonly pullRequests?: readonly number[]
  /** Differences from the reviewed plan. */
  readonly differences: readonly Difference[]
  /** What a reviewer must know about the comparison; only on a pull request. */
  readonly remarks?: PlanRemarks | undefined
}

/**
 * What a signature shows. `intact`: record and comment are as this action wrote them. `unsigned`: they have a valid checksum, but a
 * state or a key exists now, and no secret has signed them. `other-key`: another kind of key signed them. `edited`: anything else.
 */
export type Integrity = 'intact' | 'unsigned' | 'other-key' | 'edited'

/** The record in a plan comment. */
export interface CommentRecord {
  readonly record: PlanRecord
  readonly integrity: Integrity
}

/** The facts of a pull request that an approval depends on. */
export interface ReviewedPullRequest {
  readonly number: number
  /** The merged commit of the pull request's branch. */
  readonly head: string
  /** The branch that it was merged into. */
  readonly base: string
  readonly fromFork: boolean
}

/** The intact record of an earlier pull request that the last apply did not reach. */
export interface EarlierReview {
  readonly pullRequest: number
  readonly record: PlanRecord
}

/** The facts that decide about an approval. */
export interface ApprovalFacts {
  readonly approval: RequiredApproval
  readonly plan: FingerprintedPlan
  readonly hasChanges: boolean
  readonly pullRequest: ReviewedPullRequest | undefined
  /** Whether the pull request has a comment of this stack, with or without a record. */
  readonly hasComment: boolean
  readonly commentRecord: CommentRecord | undefined
  readonly binding: Omit<Binding, 'pullRequest'>
  readonly formerTarget?: string | undefined
  readonly commit: string
  /** Why the commit is superseded; undefined if it is not. */
  readonly superseded: string | undefined
  /** Newest first. Empty until they are needed. */
  readonly earlier: readonly EarlierReview[]
  readonly existing: ExistingObjects
}

export interface Decision {
  readonly approval: Approval
  readonly failure?: Failure
}

/**
 * Decides whether this plan may be applied.
 * @returns the approval with its differences; for a refusal also the failure
 */
export function decideApproval(facts: ApprovalFacts): Decision {
  const { approval: required, plan, hasChanges, pullRequest, commit, superseded } = facts
  const { fingerprint } = plan
  if (!hasChanges) return allow(facts, 'no-changes')
  if (superseded !== undefined) return refuse(facts, 'COMMIT_SUPERSEDED', superseded)
  if (required === 'none') return allow(facts, 'not required')
  if (required === fingerprint) return allow(facts, 'approved-by-fingerprint')
  const unusable = whyUnusable(facts)
  const record = unusable === undefined ? facts.commentRecord?.record : undefined
  if (required !== 'reviewed' && !isApplyOf(record, required, commit)) {
    return refuse(
      facts,
      'PLAN_FINGERPRINT_CHANGED',
      `The fingerprint of this plan is ${fingerprint}, and plan-approval names ${required}.`,
    )
  }
  if (record === undefined) {
    const others = decideByOthers(facts)
    if (others !== undefined && unusable?.code === 'PLAN_NOT_REVIEWED') return others
    const { code, sentence } = unusable ?? notReviewed(commit)
    return refuse(facts, code, sentence)
  }
  if (record.life.stage === 'applied') return decideAfterApply(facts, record, record.life)
  if (record.fingerprint === fingerprint) return allow(facts, 'reviewed', record)
  return decideByCoverage(facts, record, pullRequest?.number ?? 0)
}

/**
 * Decides whether a merge queue's plan still contains every reviewed change that is not done yet. Further changes are allowed: they
 * may come from pull requests that are ahead in the queue and not applied yet.
 */
export function decideQueued(facts: ApprovalFacts): Decision {
  const decided = decideApproval(facts)
  const outline = facts.commentRecord?.record.outline
  if (decided.failure?.code !== 'PLAN_CHANGED' || outline === undefined) return decided
  const missing = decided.approval.differences.filter(({ what }) => what !== 'added')
  if (missing.length > 0 || outline.changes === undefined) {
    const fix = 'Update the pull request from its base branch, review the new plan, and add it to the queue again.'
    return { approval: { ...decided.approval, differences: missing }, failure: { ...decided.failure, fix } }
  }
  return { approval: { ...decided.approval, outcome: 'reviewed' } }
}

/** Whether the record is that of the plan with this fingerprint, and its apply has begun at this commit. */
function isApplyOf(record: PlanRecord | undefined, fingerprint: string, commit: string): boolean {
  return record?.fingerprint === fingerprint && record.life.stage !== 'reviewed' && record.life.commit === commit
}

/** After Terraform has finished, only the replacement of what this action tainted is covered. */
function decideAfterApply(
  facts: ApprovalFacts,
  record: PlanRecord,
  life: Extract<PlanRecord['life'], { stage: 'applied' }>,
): Decision {
  const { plan, commit } = facts
  const isSameCommit = isOfCommit(life, record, commit)
  const beyond = changesBeyondTaint(record.outline, plan.digest('attributes'), isSameCommit ? life.tainted : [])
  if (isSameCommit && beyond.length === 0) return allow(facts, 'remainder', record)
  return refuse(
    facts,
    'PLAN_APPLIED',
    isSameCommit
      ? `The reviewed plan was applied already. What this plan changes was changed outside of this workflow since then.`
      : `The reviewed plan was applied already, at commit ${life.commit.slice(0, 7)}.`,
    beyond,
    record,
  )
}

/** Compares the plan with the record and, as far as they were read, with the records of earlier pull requests. */
function decideByCoverage(facts: ApprovalFacts, record: PlanRecord, number: number): Decision {
  const { plan, commit, earlier, existing } = facts
  const now = plan.digest('attributes')
  const own = { outline: record.outline, progress: progressOf(record, commit) }
  const coverage = coverageOf([own, ...earlier.map(reviewedPlanOf)], now, existing)
  if (coverage.isCovered) {
    const others = coverage.used.flatMap(index => earlier[index - 1]?.pullRequest ?? [])
    if (own.progress === 'begun' && others.length === 0) return allow(facts, 'remainder', record)
    return allow(facts, 'covered', record, [number, ...others])
  }
  return refuse(
    facts,
    'PLAN_CHANGED',
    `The plan differs from the plan that was reviewed on pull request #${number}.`,
    coverage.differences.length > 0 ? coverage.differences : differences(record.outline, now),
    record,
  )
}

/** A pull request without a record adds no change of its own if earlier reviews cover the whole plan. */
function decideByOthers(facts: ApprovalFacts): Decision | undefined {
  const { plan, earlier, existing, pullRequest, hasComment } = facts
  if (pullRequest === undefined || hasComment || earlier.length === 0) return undefined
  const { isCovered, used } = coverageOf(earlier.map(reviewedPlanOf), plan.digest('attributes'), existing)
  if (!isCovered) return undefined
  const numbers = used.flatMap(index => earlier[index]?.pullRequest ?? [])
  return allow(facts, 'covered', earlier[used[0] ?? 0]?.record, numbers)
}

function reviewedPlanOf({ record }: EarlierReview): ReviewedPlan {
  return { outline: record.outline, progress: record.life.stage === 'applying' ? 'begun' : 'whole' }
}

function progressOf(record: PlanRecord, commit: string): ReviewedPlan['progress'] {
  const { life } = record
  return life.stage === 'applying' && isOfCommit(life, record, commit) ? 'begun' : 'whole'
}

/** Whether a life is that of this commit. Before the merge, the head of the pull request was applied, and the merge has its plan. */
function isOfCommit(life: { readonly commit: string }, { head }: PlanRecord, commit: string): boolean {
  return life.commit === commit || life.commit === head
}

function allow(
  { plan: { fingerprint } }: ApprovalFacts,
  outcome: Approval['outcome'],
  record?: PlanRecord,
  pullRequests?: readonly number[],
): Decision {
  const numbers = pullRequests === undefined ? {} : { pullRequests }
  return { approval: { outcome, fingerprint, reviewed: reviewedCommit(record), ...numbers, differences: [] } }
}

function refuse(
  { plan: { fingerprint, normalized } }: ApprovalFacts,
  code: FailureCode,
  sentence: string,
  found: readonly Difference[] = [],
  record?: PlanRecord,
): Decision & { readonly failure: Failure } {
  return {
    approval: { outcome: 'refused', fingerprint, reviewed: reviewedCommit(record), differences: found },
    failure: { code, sentence, fix: wayOn(code, fingerprint, normalized.remarks), remedy: 'config' },
  }
}

interface Refusal {
  readonly code: FailureCode
  readonly sentence: string
}

function notReviewed(commit: string): Refusal {
  return {
    code: 'PLAN_NOT_REVIEWED',
    sentence: `Nobody has reviewed this plan: no merged pull request belongs to commit ${commit}.`,
  }
}

/** The reason why the record on the pull request does not count; undefined if it counts. */
function whyUnusable(facts: ApprovalFacts): Refusal | undefined {
  const { commentRecord, pullRequest, commit, hasComment } = facts
  if (pullRequest === undefined) return notReviewed(commit)
  const on = `pull request #${pullRequest.number}`
  if (commentRecord === undefined) {
    const why = pullRequest.fromFork
      ? `${on} came from a fork, and runs of forks get no credentials and no plan`
      : hasComment
        ? `the comment of this action on ${on} contains no plan`
        : `${on} has no plan comment of this action`
    return { code: 'PLAN_NOT_REVIEWED', sentence: `Nobody has reviewed this plan: ${why}.` }
  }
  return whyRecordUnusable(commentRecord, pullRequest, facts)
}

/** The reason why a record does not count for a pull request and a stack; undefined if it counts. */
export function whyRecordUnusable(
  { record, integrity }: CommentRecord,
  { number, head }: Pick<ReviewedPullRequest, 'number' | 'head'>,
  { binding, formerTarget }: Pick<ApprovalFacts, 'binding' | 'formerTarget'>,
): Refusal | undefined {
  const on = `pull request #${number}`
  if (integrity !== 'intact')
    return { code: integrityCode(record, integrity), sentence: integritySentence(on, record, integrity) }
  const { repository, pullRequest, workflow, target } = record.binding
  const elsewhere = [
    repository === binding.repository ? '' : `repository ${repository}`,
    pullRequest === number ? '' : `pull request #${pullRequest}`,
    target === binding.target || target === formerTarget ? '' : 'another stack, directory or workspace',
  ].find(text => text !== '')
  if (elsewhere !== undefined) {
    return { code: 'PLAN_RECORD_FOREIGN', sentence: `The plan comment on ${on} belongs to ${elsewhere}.` }
  }
  if (workflow !== binding.workflow) {
    return {
      code: 'PLAN_WORKFLOW_FOREIGN',
      sentence: `The workflow ${workflow} made the plan on ${on}, and this workflow is ${binding.workflow}.`,
    }
  }
  if (record.head !== head) {
    return {
      code: 'PLAN_OUTDATED',
      sentence: `Nobody has reviewed the plan of the merged commit ${head.slice(0, 7)}: the plan comment on ${on} shows commit ${record.head.slice(0, 7)}.`,
    }
  }
  return undefined
}

function integrityCode({ life }: PlanRecord, integrity: Exclude<Integrity, 'intact'>): FailureCode {
  if (integrity === 'edited') return 'PLAN_RECORD_CHANGED'
  if (integrity === 'other-key') return 'PLAN_KEY_CHANGED'
  return life.stage === 'reviewed' ? 'PLAN_BEFORE_STATE' : 'APPLY_UNSIGNED'
}

function integritySentence(on: string, { life }: PlanRecord, integrity: Exclude<Integrity, 'intact'>): string {
  if (integrity === 'edited') {
    return `The plan comment on ${on} is not as this action wrote it: somebody edited it, or plan-approval-key has another value.`
  }
  if (integrity === 'other-key') {
    return `The plan comment on ${on} was signed with another kind of key: plan-approval-key was added or removed, or the state is lost.`
  }
  return life.stage === 'reviewed'
    ? `The plan on ${on} was made before a state existed, so no secret signs it, and now a state exists.`
    : `The first apply of the plan on ${on} ended before it could sign its record with the new state.`
}

const newPlan = 'Otherwise open a pull request and review its plan, which is based on what is deployed now.'

/** The action that helps, as sentences. */
function wayOn(code: FailureCode, fingerprint: string, remarks: PlanRemarks | undefined): string {
  if (code === 'COMMIT_SUPERSEDED') {
    return (
      'Nothing was changed. Re-run the newest run of this workflow on the branch: its plan contains this commit, and the reviewed plans of both pull requests cover it. ' +
      'To go back to an older version, merge a pull request that reverts the newer one.'
    )
  }
  const first = code === 'PLAN_WORKFLOW_FOREIGN' ? `${approvalCodes.PLAN_WORKFLOW_FOREIGN.fix} ` : ''
  return `${first}Nothing was changed. Read the plan of this run. To apply it unchanged, start the workflow manually with plan-approval ${fingerprint} (in the recipes, the input approve). ${unstableSentence(code, remarks)}${newPlan}`
}

/** The sentence about a fingerprint that does not help, because each plan has another one. Empty if that is not to be expected. */
function unstableSentence(code: FailureCode, remarks: PlanRemarks | undefined): string {
  const [first] = remarks?.dated ?? []
  if (first === undefined) return code === 'PLAN_FINGERPRINT_CHANGED' ? `${unstableValue} ` : ''
  const line = `${first.address}:${first.attribute}`
  return `If ${first.attribute} of ${first.address} comes from plantimestamp(), a later run has another fingerprint: then add the line ${line} to plan-approval-ignore in both jobs first. `
}

function reviewedCommit(record: PlanRecord | undefined): Approval['reviewed'] {
  return record === undefined ? undefined : { commit: record.head, runUrl: record.runUrl }
}
