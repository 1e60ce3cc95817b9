/**
 * Whether the plan that is about to be applied is the one that was reviewed. The decision is pure; what it needs of the
 * pull request's comment is read once, before anything is changed.
 */

import type { Failure, FailureCode } from '../errors.ts'
import type { PlanJson } from '../terraform/json.ts'
import { type Difference, differences, unreviewedChanges } from './compare.ts'
import { type Detail, digestOf, type PlanDigest } from './digest.ts'
import { fingerprintOf, type NormalizedPlan, normalizePlan } from './fingerprint.ts'
import { type Binding, type PlanRecord, readRecord, recordLength, type SignedRecord } from './record.ts'
import { type PlannedWith, settingsOf } from './settings.ts'
import { createPlanSigner, type PlanSigner, saltedSigner } from './signer.ts'

/** What must have been approved before an apply: `none`, `reviewed`, or the fingerprint of a plan. */
export type RequiredApproval = string

/** A plan, ready to be compared and recorded. */
export interface FingerprintedPlan {
  readonly plan: NormalizedPlan
  readonly signer: PlanSigner
  readonly fingerprint: string
  digest(detail: Detail): PlanDigest
}

export interface Approval {
  /** `awaiting` review, on a pull request; why it may be applied; or `refused`. */
  readonly outcome: 'awaiting' | 'reviewed' | 'rest' | 'given' | 'empty' | 'not required' | 'refused'
  readonly fingerprint: string
  /** The plan that was reviewed. */
  readonly reviewed: { readonly commit: string; readonly runUrl: string } | undefined
  /** Where this plan differs from it. */
  readonly differences: readonly Difference[]
}

/** The comment's record as it was found. */
export interface FoundRecord {
  readonly record: PlanRecord
  readonly intact: boolean
}

/** A pull request as far as an approval depends on it. */
export interface ReviewedPullRequest {
  readonly number: number
  /** The commit that was merged. */
  readonly head: string
  readonly fromFork: boolean
}

/** A plan and all that its approval depends on. */
export interface PlanToApprove {
  readonly json: PlanJson
  readonly hasChanges: boolean
  readonly madeWith: PlannedWith
  readonly secrets: Secrets
  readonly approval: RequiredApproval
  readonly binding: Omit<Binding, 'pullRequest'>
  /** What version 0.1 called `binding.target`, where that is another name. */
  readonly formerTarget?: string | undefined
  readonly commit: string
  readonly runUrl: string
  /** Takes secrets out of what is kept readable. */
  readonly redact: (text: string) => string
}

/**
 * Puts a plan up for review.
 * @param pullRequest whose head is `commit`; undefined where there is none
 * @returns what the comment must say to the merge, where there is one
 */
export function requestReview(
  planned: PlanToApprove,
  pullRequest: number | undefined,
): { approval: Approval; record?: SignedRecord } {
  const { json, madeWith, secrets, redact, binding, commit, runUrl } = planned
  const seal = signerFor(secrets, planned.approval, undefined)
  const intent = fingerprintPlan(json, madeWith, seal, redact)
  const { fingerprint } = intent
  const approval: Approval = { outcome: 'awaiting', fingerprint, reviewed: undefined, differences: [] }
  if (pullRequest === undefined) return { approval }
  const record = recordOf(intent, { binding: { ...binding, pullRequest }, head: commit, runUrl })
  return { approval, record: { record, seal } }
}

/**
 * Whether a plan may be applied, by the comment of its pull request.
 * @returns what the comment must say from now on: that it is being applied, or, after a refusal, what it said before
 * @throws ServiceError
 */
export async function reviewPlan(
  planned: PlanToApprove,
  pullRequest: ReviewedPullRequest | undefined,
  readComment: (pullRequest: number) => Promise<string | undefined>,
): Promise<{ approval: Approval; failure?: Failure; record?: SignedRecord }> {
  const question = await ask(planned, pullRequest, readComment)
  const decided = decideApproval(question)
  const { intent, found } = question
  const reviewed = found?.intact === true ? found.record : undefined
  const sign = (record: PlanRecord) => ({ ...decided, record: { record, seal: intent.signer } })
  const { outcome } = decided.approval
  if (decided.failure !== undefined || outcome === 'empty') return reviewed === undefined ? decided : sign(reviewed)
  if (pullRequest === undefined) return decided

  const { binding, commit, runUrl } = planned
  const about = { binding: { ...binding, pullRequest: pullRequest.number }, head: pullRequest.head, runUrl }
  const isOfReview = outcome === 'reviewed' || outcome === 'rest'
  const record = (isOfReview ? reviewed : undefined) ?? recordOf(intent, about)
  return sign({ ...record, applied: { commit, tainted: reviewed?.applied?.tainted ?? [] } })
}

/** As `review`, for the plan of a merge queue, which nothing is applied by. */
export async function reviewQueuedPlan(
  planned: PlanToApprove,
  pullRequest: ReviewedPullRequest,
  readComment: (pullRequest: number) => Promise<string | undefined>,
): Promise<{ approval: Approval; failure?: Failure }> {
  return decideQueued(await ask(planned, pullRequest, readComment))
}

/** The record with what was tainted since: running the job again may replace that, which nobody has reviewed. */
export function withTainted(signed: SignedRecord, addresses: readonly string[]): SignedRecord {
  const { applied } = signed.record
  if (applied === undefined) return signed
  const tainted = [...new Set([...applied.tainted, ...addresses])]
  return { ...signed, record: { ...signed.record, applied: { ...applied, tainted } } }
}

async function ask(
  planned: PlanToApprove,
  pullRequest: ReviewedPullRequest | undefined,
  readComment: (pullRequest: number) => Promise<string | undefined>,
): Promise<ApprovalQuestion> {
  const { json, hasChanges, madeWith, secrets, approval, binding, formerTarget, commit, redact } = planned
  const body = pullRequest === undefined ? undefined : await readComment(pullRequest.number)
  const found = body === undefined ? undefined : findRecord(body, secrets, commit)
  const intent = fingerprintPlan(json, madeWith, signerFor(secrets, approval, found), redact)
  return { approval, intent, hasChanges, pullRequest, found, binding, formerTarget, commit }
}

/** @param redact takes secrets out of what is kept readable */
export function fingerprintPlan(
  json: PlanJson,
  madeWith: PlannedWith,
  seal: PlanSigner,
  redact: (text: string) => string,
): FingerprintedPlan {
  const meaning = normalizePlan(json, settingsOf(madeWith, process.env), seal)
  return {
    plan: meaning,
    signer: seal,
    fingerprint: fingerprintOf(meaning, seal),
    digest: detail => digestOf(meaning, redact, detail),
  }
}

/** What sensitive values may be keyed by. */
export interface Secrets {
  /** The input plan-approval-key, or empty. */
  readonly key: string
  /** Of the state, while there is one. */
  readonly lineage: string | undefined
}

/**
 * The record in a comment. One without a key counts as long as there is no state whose lineage could be the key, and for
 * what is left of an apply that made the state.
 * @param commit that is being applied
 */
function findRecord(body: string, { key, lineage }: Secrets, commit: string): FoundRecord | undefined {
  return readRecord(body, record => {
    const seal = createPlanSigner(key, lineage, saltOf(record.fingerprint))
    if (seal.mode === record.mode) return seal
    const madeTheState = record.mode === 'none' && seal.mode === 'lineage' && record.applied?.commit === commit
    return madeTheState ? saltedSigner(saltOf(record.fingerprint)) : undefined
  })
}

/** What to make this plan's fingerprint with, so that it can be compared with the one that it must be. */
function signerFor({ key, lineage }: Secrets, approval: RequiredApproval, found: FoundRecord | undefined): PlanSigner {
  if (found?.intact === true && found.record.mode === 'none') return saltedSigner(saltOf(found.record.fingerprint))
  return createPlanSigner(key, lineage, saltOf(approval))
}

/** The salt that a fingerprint of `scrypt:SALT:…` was made with. */
function saltOf(fingerprint: string): string | undefined {
  return /^scrypt:([0-9a-f]+):/.exec(fingerprint)?.[1]
}

/** UTF-16 units of a comment that a record may take. */
const maxRecordUnits = 20_000

/** What stands for a change or an attribute is six random bytes, so more of them cannot fit, however well names compress. */
const maxDigests = maxRecordUnits / 8

/** The record of a plan in as much detail as its comment has room for. */
export function recordOf(
  { fingerprint, signer, plan, digest }: FingerprintedPlan,
  about: Omit<PlanRecord, 'version' | 'fingerprint' | 'mode' | 'outline'>,
): PlanRecord {
  const made = (detail: Detail): PlanRecord => {
    return { version: 1, fingerprint, mode: signer.mode, ...about, outline: digest(detail) }
  }
  const { changes } = plan
  if (changes.length > maxDigests) return made('nothing')
  const attributes = changes.reduce((sum, { before, after }) => sum + Object.keys({ ...before, ...after }).length, 0)
  const possible: Detail[] = changes.length + attributes <= maxDigests ? ['attributes', 'addresses'] : ['addresses']
  for (const detail of possible) {
    const record = made(detail)
    if (recordLength(record) <= maxRecordUnits) return record
  }
  return made('nothing')
}

export interface ApprovalQuestion {
  readonly approval: RequiredApproval
  readonly intent: FingerprintedPlan
  readonly hasChanges: boolean
  readonly pullRequest: ReviewedPullRequest | undefined
  readonly found: FoundRecord | undefined
  readonly binding: Omit<Binding, 'pullRequest'>
  readonly formerTarget?: string | undefined
  readonly commit: string
}

/** Whether this plan may be applied, and if not, where it differs and what to do. */
export function decideApproval(question: ApprovalQuestion): { approval: Approval; failure?: Failure } {
  const { approval: required, intent, hasChanges, pullRequest, found, commit } = question
  const { fingerprint } = intent
  const may = (outcome: Approval['outcome'], reviewed?: PlanRecord) => ({
    approval: { outcome, fingerprint, reviewed: reviewedPlan(reviewed), differences: [] },
  })
  const refuse = (code: FailureCode, sentence: string, more: Pick<Approval, 'differences'>, reviewed?: PlanRecord) => ({
    approval: { outcome: 'refused' as const, fingerprint, reviewed: reviewedPlan(reviewed), ...more },
    failure: { code, sentence, fix: howToApprove(fingerprint), remedy: 'config' as const },
  })
  const none = { differences: [] }

  if (!hasChanges) return may('empty')
  if (required === 'none') return may('not required')
  if (required === fingerprint) return may('given')
  if (required !== 'reviewed' && found?.record.applied?.commit !== commit) {
    return refuse('PLAN_CHANGED', `The plan is not ${required}, which plan-approval names: it is ${fingerprint}.`, none)
  }
  if (pullRequest === undefined) {
    return refuse(
      'PLAN_NOT_REVIEWED',
      `No merged pull request belongs to ${commit}, so nobody has reviewed this plan.`,
      none,
    )
  }
  const unusable = whyUnusable(question, pullRequest)
  if (unusable !== undefined) return refuse(unusable.code, unusable.sentence, none)

  const record = (found as FoundRecord).record
  if (record.fingerprint === fingerprint) return may('reviewed', record)
  const now = intent.digest('attributes')
  const { applied, outline } = record
  const isRest =
    applied?.commit === commit &&
    outline.changes !== undefined &&
    unreviewedChanges(outline, now, applied.tainted).length === 0
  if (isRest) return may('rest', record)
  return refuse(
    'PLAN_CHANGED',
    `The plan is not the one that was reviewed on pull request #${pullRequest.number}: what it would change has changed since.`,
    {
      differences:
        applied?.commit === commit ? unreviewedChanges(outline, now, applied.tainted) : differences(outline, now),
    },
    record,
  )
}

/**
 * Whether a merge queue's plan still holds every reviewed change as it was. What it holds besides may come from the pull
 * requests before it in the queue, which are not applied yet.
 */
function decideQueued(question: ApprovalQuestion): { approval: Approval; failure?: Failure } {
  const { intent, pullRequest, found } = question
  const decided = decideApproval(question)
  const record = found?.record
  if (decided.failure?.code !== 'PLAN_CHANGED' || record === undefined || pullRequest === undefined) return decided
  const lost = differences(record.outline, intent.digest('attributes')).filter(({ what }) => what !== 'added')
  if (lost.length > 0 || record.outline.changes === undefined) {
    const fix =
      'Plan the pull request again on top of its base branch, and review that plan, before it is queued again.'
    return { approval: { ...decided.approval, differences: lost }, failure: { ...decided.failure, fix } }
  }
  return { approval: { ...decided.approval, outcome: 'reviewed' } }
}

function whyUnusable(
  { found, binding, formerTarget }: ApprovalQuestion,
  { number, head, fromFork }: ReviewedPullRequest,
): { code: FailureCode; sentence: string } | undefined {
  const on = `pull request #${number}`
  if (found === undefined) {
    return {
      code: 'PLAN_NOT_REVIEWED',
      sentence: fromFork
        ? `${capitalize(on)} came from a fork, which gets no credentials, so no plan of it was reviewed.`
        : `There is no plan on ${on} that this action wrote, so nobody has reviewed this one.`,
    }
  }
  const { record, intact } = found
  if (!intact) {
    return {
      code: 'PLAN_RECORD_CHANGED',
      sentence: `The plan comment on ${on} is not as this action wrote it: it was edited, or plan-approval-key is another one.`,
    }
  }
  const { repository, pullRequest, workflow, target } = record.binding
  const elsewhere = [
    repository === binding.repository ? '' : `repository ${repository}`,
    pullRequest === number ? '' : `pull request #${pullRequest}`,
    target === binding.target || target === formerTarget ? '' : 'another stack, directory or workspace',
    workflow === binding.workflow ? '' : `the workflow ${workflow}, and this one is ${binding.workflow}`,
  ].find(text => text !== '')
  if (elsewhere !== undefined) {
    return { code: 'PLAN_RECORD_CHANGED', sentence: `The plan on ${on} was made for ${elsewhere}.` }
  }
  if (record.head !== head) {
    return {
      code: 'PLAN_NOT_REVIEWED',
      sentence: `The plan on ${on} is of commit ${record.head.slice(0, 7)}, and ${head.slice(0, 7)} was merged: nobody has reviewed the plan of that.`,
    }
  }
  return undefined
}

function howToApprove(fingerprint: string): string {
  return (
    `Nothing was changed. Read the plan of this run; to apply it as it is, run the workflow by hand with command apply and plan-approval ${fingerprint}. ` +
    'Otherwise open a pull request: its plan is made of what is there now.'
  )
}

function reviewedPlan(record: PlanRecord | undefined): Approval['reviewed'] {
  return record === undefined ? undefined : { commit: record.head, runUrl: record.runUrl }
}

function capitalize(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
