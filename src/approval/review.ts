/**
 * Approval of a plan: whether it matches the reviewed plan. The decision is pure. The comment of the pull request is read once,
 * before anything is changed.
 */
import type { Failure, FailureCode } from '../errors.ts'
import type { PlanJson } from '../terraform/json.ts'
import { approvalCodes } from './codes.ts'
import { type Difference, differences, unreviewedChanges } from './compare.ts'
import { type Detail, digestOf, type PlanDigest } from './digest.ts'
import { fingerprintOf, type NormalizedPlan, type PlanRemarks } from './fingerprint.ts'
import { normalizeInForm } from './forms.ts'
import { type Binding, type PlanRecord, readRecord, recordLength, type SignedRecord } from './record.ts'
import { currentForm, type Form, formOf, type PlanContext } from './settings.ts'
import { createPlanSigner, type PlanSigner, saltedSigner } from './signer.ts'

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
    | 'remainder'
    | 'approved-by-fingerprint'
    | 'no-changes'
    | 'not required'
    | 'refused'
  readonly fingerprint: string
  /** The reviewed plan; undefined if none was used. */
  readonly reviewed: { readonly commit: string; readonly runUrl: string } | undefined
  /** Differences from the reviewed plan. */
  readonly differences: readonly Difference[]
  /** What a reviewer must know about the comparison; only on a pull request. */
  readonly remarks?: PlanRemarks | undefined
}

/** The record in a plan comment. `intact` is true if the signature matches record and comment. */
export interface CommentRecord {
  readonly record: PlanRecord
  readonly intact: boolean
}

/** The facts of a pull request that an approval depends on. */
export interface ReviewedPullRequest {
  readonly number: number
  /** The merged commit of the pull request's branch. */
  readonly head: string
  readonly fromFork: boolean
}

/** A plan and everything that its approval depends on. */
export interface PlanToApprove {
  readonly json: PlanJson
  readonly hasChanges: boolean
  readonly context: PlanContext
  readonly secrets: Secrets
  readonly approval: RequiredApproval
  readonly binding: Omit<Binding, 'pullRequest'>
  /** The name of `binding.target` in version 0.1, if it differs. */
  readonly formerTarget?: string | undefined
  readonly commit: string
  readonly runUrl: string
  /** Removes secrets from texts that stay readable. */
  readonly redact: (text: string) => string
}

/**
 * Prepares the review of a plan.
 * @param pullRequest number of the pull request whose head is `commit`; undefined if no pull request is open
 * @returns the approval, and the record for the pull request's comment
 */
export function requestReview(
  request: PlanToApprove,
  pullRequest: number | undefined,
): { approval: Approval; record?: SignedRecord } {
  const { json, context, secrets, redact, binding, commit, runUrl } = request
  const signer = signerFor(secrets, request.approval, undefined)
  const plan = fingerprintPlan(json, context, signer, redact)
  const { fingerprint, normalized } = plan
  const { remarks } = normalized
  const approval: Approval = { outcome: 'awaiting', fingerprint, reviewed: undefined, differences: [], remarks }
  if (pullRequest === undefined) return { approval }
  const record = createRecord(plan, { binding: { ...binding, pullRequest }, head: commit, runUrl })
  return { approval, record: { record, signer } }
}

/**
 * Decides whether a plan may be applied, from the comment of its pull request.
 * @param pullRequest the merged pull request of the commit; undefined if there is none
 * @param readComment reads the plan comment of a pull request; undefined if it has none
 * @returns the approval, its failure, and the new record for the comment; a refusal keeps the old record
 * @throws ServiceError if the comment cannot be read
 */
export async function reviewPlan(
  request: PlanToApprove,
  pullRequest: ReviewedPullRequest | undefined,
  readComment: (pullRequest: number) => Promise<string | undefined>,
): Promise<{ approval: Approval; failure?: Failure; record?: SignedRecord }> {
  const facts = await readApprovalFacts(request, pullRequest, readComment)
  const decided = decideApproval(facts)
  const { plan, commentRecord } = facts
  const reviewed = commentRecord?.intact === true ? commentRecord.record : undefined
  const sign = (record: PlanRecord) => ({ ...decided, record: { record, signer: plan.signer } })
  const { outcome } = decided.approval
  if (decided.failure !== undefined || outcome === 'no-changes')
    return reviewed === undefined ? decided : sign(reviewed)
  if (pullRequest === undefined) return decided

  const { binding, commit, runUrl } = request
  const about = { binding: { ...binding, pullRequest: pullRequest.number }, head: pullRequest.head, runUrl }
  const isReviewed = outcome === 'reviewed' || outcome === 'remainder'
  const record = (isReviewed ? reviewed : undefined) ?? createRecord(plan, about)
  return sign({ ...record, applied: { commit, tainted: reviewed?.applied?.tainted ?? [] } })
}

/**
 * Decides whether a merge queue may continue with this plan. No plan of a merge queue is applied.
 * @throws ServiceError if the comment cannot be read
 */
export async function reviewQueuedPlan(
  request: PlanToApprove,
  pullRequest: ReviewedPullRequest,
  readComment: (pullRequest: number) => Promise<string | undefined>,
): Promise<{ approval: Approval; failure?: Failure }> {
  return decideQueued(await readApprovalFacts(request, pullRequest, readComment))
}

/** The record with further tainted addresses. A new run of the job may replace them without a review. */
export function withTainted(signed: SignedRecord, addresses: readonly string[]): SignedRecord {
  const { applied } = signed.record
  if (applied === undefined) return signed
  const tainted = [...new Set([...applied.tainted, ...addresses])]
  return { ...signed, record: { ...signed.record, applied: { ...applied, tainted } } }
}

async function readApprovalFacts(
  request: PlanToApprove,
  pullRequest: ReviewedPullRequest | undefined,
  readComment: (pullRequest: number) => Promise<string | undefined>,
): Promise<ApprovalFacts> {
  const { json, hasChanges, context, secrets, approval, binding, formerTarget, commit, redact } = request
  const body = pullRequest === undefined ? undefined : await readComment(pullRequest.number)
  const commentRecord = body === undefined ? undefined : findRecord(body, secrets, commit)
  // A value that is the reviewed head on both sides is the commit on both sides.
  const commits = [...(context.commits ?? []), ...(pullRequest === undefined ? [] : [pullRequest.head])]
  const form = formOf(commentRecord?.intact === true ? commentRecord.record.outline.settings : undefined)
  const signer = signerFor(secrets, approval, commentRecord)
  const plan = fingerprintPlan(json, { ...context, commits }, signer, redact, form)
  return { approval, plan, hasChanges, pullRequest, commentRecord, binding, formerTarget, commit }
}

/**
 * Normalizes a plan and computes its fingerprint. It reads the lock file and the backend from the plan's directory.
 * @param form the canonical form of the record that the plan is compared with
 * @param redact removes secrets from texts that stay readable
 */
export function fingerprintPlan(
  json: PlanJson,
  context: PlanContext,
  signer: PlanSigner,
  redact: (text: string) => string,
  form: Form = currentForm,
): FingerprintedPlan {
  const normalized = normalizeInForm(form, json, context, signer, process.env)
  return {
    normalized,
    signer,
    fingerprint: fingerprintOf(normalized, signer),
    digest: detail => digestOf(normalized, redact, detail),
  }
}

/** The possible keys for sensitive values. */
export interface Secrets {
  /** The input plan-approval-key, or empty. */
  readonly key: string
  /** Lineage of the state; undefined while there is no state. */
  readonly lineage: string | undefined
}

/**
 * The record in a comment. A record without a key is valid while there is no state whose lineage could be the key. It is also
 * valid for the remainder of the apply that created the state.
 * @param commit the commit to apply
 */
function findRecord(body: string, { key, lineage }: Secrets, commit: string): CommentRecord | undefined {
  return readRecord(body, record => {
    const signer = createPlanSigner(key, lineage, saltOf(record.fingerprint))
    if (signer.mode === record.mode) return signer
    const hasCreatedState = record.mode === 'none' && signer.mode === 'lineage' && record.applied?.commit === commit
    return hasCreatedState ? saltedSigner(saltOf(record.fingerprint)) : undefined
  })
}

/** The signer that makes this plan's fingerprint comparable with the approved one. */
function signerFor(
  { key, lineage }: Secrets,
  approval: RequiredApproval,
  commentRecord: CommentRecord | undefined,
): PlanSigner {
  if (commentRecord?.intact === true && commentRecord.record.mode === 'none')
    return saltedSigner(saltOf(commentRecord.record.fingerprint))
  return createPlanSigner(key, lineage, saltOf(approval))
}

/** The salt in a fingerprint `scrypt:SALT:…`; undefined in any other text. */
function saltOf(fingerprint: string): string | undefined {
  return /^scrypt:([0-9a-f]+):/.exec(fingerprint)?.[1]
}

/** UTF-16 units of a comment that a record may occupy. */
const maxRecordUnits = 20_000

/** Limit of digests in a record. Each is six random bytes, which cannot be compressed. */
const maxDigests = maxRecordUnits / 8

/** The record of a plan, in as much detail as its comment has room for. */
export function createRecord(
  { fingerprint, signer, normalized, digest }: FingerprintedPlan,
  about: Omit<PlanRecord, 'version' | 'fingerprint' | 'mode' | 'outline'>,
): PlanRecord {
  const recordWith = (detail: Detail): PlanRecord => {
    return { version: 1, fingerprint, mode: signer.mode, ...about, outline: digest(detail) }
  }
  const { changes } = normalized
  if (changes.length > maxDigests) return recordWith('nothing')
  const attributes = changes.reduce((sum, { before, after }) => sum + Object.keys({ ...before, ...after }).length, 0)
  const details: Detail[] = changes.length + attributes <= maxDigests ? ['attributes', 'addresses'] : ['addresses']
  for (const detail of details) {
    const record = recordWith(detail)
    if (recordLength(record) <= maxRecordUnits) return record
  }
  return recordWith('nothing')
}

/** The facts that decide about an approval. */
export interface ApprovalFacts {
  readonly approval: RequiredApproval
  readonly plan: FingerprintedPlan
  readonly hasChanges: boolean
  readonly pullRequest: ReviewedPullRequest | undefined
  readonly commentRecord: CommentRecord | undefined
  readonly binding: Omit<Binding, 'pullRequest'>
  readonly formerTarget?: string | undefined
  readonly commit: string
}

/**
 * Decides whether this plan may be applied. Pure.
 * @returns the approval with its differences; for a refusal also the failure
 */
export function decideApproval(facts: ApprovalFacts): { approval: Approval; failure?: Failure } {
  const { approval: required, plan, hasChanges, pullRequest, commentRecord, commit } = facts
  const { fingerprint } = plan
  const allow = (outcome: Approval['outcome'], reviewed?: PlanRecord) => ({
    approval: { outcome, fingerprint, reviewed: reviewedPlan(reviewed), differences: [] },
  })
  const refuse = (code: FailureCode, sentence: string, more: Pick<Approval, 'differences'>, reviewed?: PlanRecord) => ({
    approval: { outcome: 'refused' as const, fingerprint, reviewed: reviewedPlan(reviewed), ...more },
    failure: { code, sentence, fix: fixFor(code, fingerprint), remedy: 'config' as const },
  })
  const none = { differences: [] }

  if (!hasChanges) return allow('no-changes')
  if (required === 'none') return allow('not required')
  if (required === fingerprint) return allow('approved-by-fingerprint')
  if (required !== 'reviewed' && commentRecord?.record.applied?.commit !== commit) {
    return refuse(
      'PLAN_CHANGED',
      `The fingerprint of this plan is ${fingerprint}, and plan-approval names ${required}.`,
      none,
    )
  }
  if (pullRequest === undefined) {
    return refuse(
      'PLAN_NOT_REVIEWED',
      `Nobody has reviewed this plan: no merged pull request belongs to commit ${commit}.`,
      none,
    )
  }
  const unusable = whyUnusable(facts, pullRequest)
  if (unusable !== undefined) return refuse(unusable.code, unusable.sentence, none)

  const record = (commentRecord as CommentRecord).record
  if (record.fingerprint === fingerprint) return allow('reviewed', record)
  const current = plan.digest('attributes')
  const { applied, outline } = record
  const isRemainder =
    applied?.commit === commit &&
    outline.changes !== undefined &&
    unreviewedChanges(outline, current, applied.tainted).length === 0
  if (isRemainder) return allow('remainder', record)
  return refuse(
    'PLAN_CHANGED',
    `The plan differs from the plan that was reviewed on pull request #${pullRequest.number}.`,
    {
      differences:
        applied?.commit === commit
          ? unreviewedChanges(outline, current, applied.tainted)
          : differences(outline, current),
    },
    record,
  )
}

/**
 * Decides whether a merge queue's plan still contains every reviewed change. Further changes are allowed: they may come from pull
 * requests that are ahead in the queue and not applied yet.
 */
function decideQueued(facts: ApprovalFacts): { approval: Approval; failure?: Failure } {
  const { plan, pullRequest, commentRecord } = facts
  const decided = decideApproval(facts)
  const record = commentRecord?.record
  if (decided.failure?.code !== 'PLAN_CHANGED' || record === undefined || pullRequest === undefined) return decided
  const missing = differences(record.outline, plan.digest('attributes')).filter(({ what }) => what !== 'added')
  if (missing.length > 0 || record.outline.changes === undefined) {
    const fix = 'Update the pull request from its base branch, review the new plan, and add it to the queue again.'
    return { approval: { ...decided.approval, differences: missing }, failure: { ...decided.failure, fix } }
  }
  return { approval: { ...decided.approval, outcome: 'reviewed' } }
}

function whyUnusable(
  { commentRecord, binding, formerTarget }: ApprovalFacts,
  { number, head, fromFork }: ReviewedPullRequest,
): { code: FailureCode; sentence: string } | undefined {
  const on = `pull request #${number}`
  if (commentRecord === undefined) {
    return {
      code: 'PLAN_NOT_REVIEWED',
      sentence: fromFork
        ? `Nobody has reviewed this plan: ${on} came from a fork, and runs of forks get no credentials and no plan.`
        : `Nobody has reviewed this plan: ${on} has no plan comment of this action.`,
    }
  }
  const { record, intact } = commentRecord
  if (!intact) {
    return {
      code: 'PLAN_RECORD_CHANGED',
      sentence: `The plan comment on ${on} is not as this action wrote it: somebody edited it, or plan-approval-key has changed.`,
    }
  }
  const { repository, pullRequest, workflow, target } = record.binding
  const elsewhere = [
    repository === binding.repository ? '' : `repository ${repository}`,
    pullRequest === number ? '' : `pull request #${pullRequest}`,
    target === binding.target || target === formerTarget ? '' : 'another stack, directory or workspace',
    workflow === binding.workflow ? '' : `the workflow ${workflow}, and this workflow is ${binding.workflow}`,
  ].find(text => text !== '')
  if (elsewhere?.startsWith('the workflow') === true) {
    return { code: 'PLAN_WORKFLOW_FOREIGN', sentence: `The plan comment on ${on} belongs to ${elsewhere}.` }
  }
  if (elsewhere !== undefined) {
    return { code: 'PLAN_RECORD_CHANGED', sentence: `The plan comment on ${on} belongs to ${elsewhere}.` }
  }
  if (record.head !== head) {
    return {
      code: 'PLAN_NOT_REVIEWED',
      sentence: `Nobody has reviewed the plan of the merged commit ${head.slice(0, 7)}: the plan comment on ${on} shows commit ${record.head.slice(0, 7)}.`,
    }
  }
  return undefined
}

function fixFor(code: FailureCode, fingerprint: string): string {
  const fix = howToApprove(fingerprint)
  return code === 'PLAN_WORKFLOW_FOREIGN' ? `${approvalCodes.PLAN_WORKFLOW_FOREIGN.fix} ${fix}` : fix
}

function howToApprove(fingerprint: string): string {
  return (
    `Nothing was changed. Read the plan of this run. To apply it unchanged, run the workflow manually with command apply and plan-approval ${fingerprint}. ` +
    'Otherwise open a pull request and review its plan, which is based on what is deployed now.'
  )
}

function reviewedPlan(record: PlanRecord | undefined): Approval['reviewed'] {
  return record === undefined ? undefined : { commit: record.head, runUrl: record.runUrl }
}
