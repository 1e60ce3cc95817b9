/**
 * Review of a plan: collects the facts for its approval and makes the records for the comment. Everything is read before anything
 * is changed. decide.ts makes the decision.
 */
import type { Failure } from '../errors.ts'
import type { PlanJson } from '../terraform/json.ts'
import {
  type Approval,
  type ApprovalFacts,
  type CommentRecord,
  decideApproval,
  decideQueued,
  type EarlierReview,
  type FingerprintedPlan,
  type Integrity,
  type RequiredApproval,
  type ReviewedPullRequest,
  whyRecordUnusable,
} from './decide.ts'
import { type Detail, digestOf } from './digest.ts'
import { existingObjects } from './existing.ts'
import { fingerprintOf } from './fingerprint.ts'
import { normalizeInForm, viewInForm } from './forms.ts'
import type { ReviewedImage } from './images.ts'
import { type ApplyRun, applied, applying, type Life, reviewed } from './life.ts'
import { type Binding, type PlanRecord, readRecord, recordLength, type SignedRecord, signatureMode } from './record.ts'
import { currentForm, type Form, formOf, type PlanContext } from './settings.ts'
import { createPlanSigner, type PlanSigner, saltedSigner } from './signer.ts'
import { type CommitRange, type LaterPullRequest, whySuperseded } from './superseded.ts'

export type { Approval, FingerprintedPlan, ReviewedPullRequest } from './decide.ts'

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
  /** The branch of the run, such as `main`. A commit is superseded on it, and on the branch that its pull request was merged into. */
  readonly branch: string
  readonly run: ApplyRun
  readonly runUrl: string
  /** Whether the pull request is applied before its merge, so that no commit of the branch can be newer than it. */
  readonly isBeforeMerge?: boolean
  /** The images of the plan, which the record keeps. */
  readonly images?: readonly ReviewedImage[]
  /** Removes secrets from texts that stay readable. */
  readonly redact: (text: string) => string
}

/** A pull request that was merged, and the commit that its merge made. */
export interface MergedPullRequest extends ReviewedPullRequest {
  readonly mergeCommit: string
}

/** What the approval reads from GitHub. Each method throws a ServiceError if GitHub does not answer. */
export interface ReviewSource {
  /** The comment of this stack; undefined if the pull request has none. */
  readComment(pullRequest: number): Promise<string | undefined>
  /** The commits from one commit to another commit or branch. */
  commitsBetween(base: string, head: string): Promise<CommitRange>
  /** The merged pull requests of a branch, of which GitHub returns the hundred that were updated last; newest merge first. */
  mergedPullRequests(branch: string): Promise<readonly MergedPullRequest[]>
}

/** The most records of earlier pull requests that are read for one decision. */
const maxOtherRecords = 10

/** The most records of later pull requests that are read. With more of them a commit is superseded: what is not read may be applied. */
const maxLaterRecords = 30

/**
 * Prepares the review of a plan.
 * @param pullRequest number of the pull request whose head is `commit`; undefined if no pull request is open
 * @returns the approval, and the record for the pull request's comment
 */
export function requestReview(
  request: PlanToApprove,
  pullRequest: number | undefined,
): { approval: Approval; record?: SignedRecord } {
  const { json, context, secrets, redact, binding, commit, runUrl, images } = request
  const signer = signerFor(secrets, request.approval, undefined)
  const plan = fingerprintPlan(json, context, signer, redact)
  const { fingerprint, normalized } = plan
  const { remarks } = normalized
  const approval: Approval = { outcome: 'awaiting', fingerprint, reviewed: undefined, differences: [], remarks }
  if (pullRequest === undefined) return { approval }
  const about = { binding: { ...binding, pullRequest }, head: commit, runUrl, ...imagesPart(images) }
  const record = createRecord(plan, { ...about, life: reviewed })
  return { approval, record: { record, signer } }
}

/**
 * Decides whether a plan may be applied, from the comment of its pull request and, where these matter, of others.
 * @param pullRequest the merged pull request of the commit; undefined for a commit without one
 * @param source undefined if the run has no access to GitHub
 * @returns the approval, its failure, the plan as it was compared, and the records for the comment
 * @throws ServiceError if GitHub does not answer
 */
export async function reviewPlan(
  request: PlanToApprove,
  pullRequest: ReviewedPullRequest | undefined,
  source: ReviewSource | undefined,
): Promise<{ approval: Approval; failure?: Failure; plan: FingerprintedPlan } & ReviewRecords> {
  const own = await readOwnFacts(request, pullRequest, source)
  const mayBeSuperseded = own.hasChanges && !request.isBeforeMerge
  const superseded = source && mayBeSuperseded ? await findSuperseding(request, pullRequest, source) : undefined
  let facts: ApprovalFacts = { ...own, superseded }
  let decided = decideApproval(facts)
  const { code } = decided.failure ?? {}
  if (
    source !== undefined &&
    pullRequest !== undefined &&
    !request.isBeforeMerge &&
    (code === 'PLAN_CHANGED' || code === 'PLAN_NOT_REVIEWED')
  ) {
    facts = { ...facts, earlier: await readEarlierReviews(request, pullRequest, source) }
    if (facts.earlier.length > 0) decided = decideApproval(facts)
  }
  return { ...decided, plan: facts.plan, ...recordsAfter(request, facts, decided.approval) }
}

/**
 * Decides whether a merge queue may continue with this plan. No plan of a merge queue is applied.
 * @throws ServiceError if the comment cannot be read
 */
export async function reviewQueuedPlan(
  request: PlanToApprove,
  pullRequest: ReviewedPullRequest,
  source: Pick<ReviewSource, 'readComment'>,
): Promise<{ approval: Approval; failure?: Failure }> {
  return decideQueued({ ...(await readOwnFacts(request, pullRequest, source)), superseded: undefined })
}

/** The record after Terraform has finished. @param tainted addresses that are tainted now; a new run may replace them */
export function asApplied(signed: SignedRecord, commit: string, tainted: readonly string[]): SignedRecord {
  return withLife(signed, applied(commit, tainted))
}

/** The record while its plan is not what runs: an apply has not finished, or it was rolled back. A new run may go on. */
export function asApplying(signed: SignedRecord, commit: string, run: ApplyRun): SignedRecord {
  return withLife(signed, applying(reviewed, commit, run))
}

function withLife(signed: SignedRecord, life: Life): SignedRecord {
  return { ...signed, record: { ...signed.record, life } }
}

/** The record, signed with the state that its apply has created. A record with a key does not change. */
export function signedWithState(signed: SignedRecord, lineage: string): SignedRecord {
  if (signatureMode(signed.record) !== 'none') return signed
  const signer = createPlanSigner('', lineage, undefined)
  return { record: { ...signed.record, signedWith: signer.mode }, signer }
}

/** The records of a pull request for its comment. A part is undefined if the comment has no record then. */
interface ReviewRecords {
  /** While nothing is changed yet: the record that the comment has. */
  readonly record?: SignedRecord | undefined
  /** From the moment before the apply starts. */
  readonly begun?: SignedRecord | undefined
}

function recordsAfter(
  request: PlanToApprove,
  { plan, pullRequest, commentRecord, commit }: ApprovalFacts,
  { outcome }: Approval,
): ReviewRecords {
  if (pullRequest === undefined) return {}
  const { secrets, binding, run, runUrl, images } = request
  const own = commentRecord?.integrity === 'intact' ? commentRecord.record : undefined
  const signer = createPlanSigner(secrets.key, secrets.lineage, undefined)
  // The checksum of an unsigned record proves nothing, before and after. It only keeps the reason of a refusal for the next run.
  const unsigned = commentRecord?.integrity === 'unsigned' ? commentRecord.record : undefined
  const kept = own !== undefined ? { record: own, signer } : unsigned && { record: unsigned, signer: saltedSigner() }
  if (outcome === 'refused') return { record: kept }
  const isReviewed = outcome === 'reviewed' || outcome === 'remainder' || outcome === 'covered'
  const isKept = isReviewed || outcome === 'no-changes'
  const place = { ...binding, pullRequest: pullRequest.number }
  const about = { binding: place, head: pullRequest.head, runUrl, ...imagesPart(images) }
  // A plan without changes needs no review, so the record may be that of an earlier commit, and a new run would refuse it.
  const isOfThisPlace = commentRecord && whyRecordUnusable(commentRecord, pullRequest, request) === undefined
  const record = (isKept && isOfThisPlace ? own : undefined) ?? createRecord(plan, { ...about, life: reviewed })
  const withLife = (life: Life) => ({ record: { ...record, ...signature(record, signer), life }, signer })
  if (outcome === 'no-changes') return { record: withLife(applied(commit, [])) }
  return { record: kept, begun: withLife(applying(record.life, commit, run)) }
}

/** The field `images` of a record. A plan without images has the record that it always had. */
function imagesPart(images: readonly ReviewedImage[] = []): Pick<PlanRecord, 'images'> {
  return images.length === 0 ? {} : { images }
}

/** The field `signedWith` of a record that is signed again. */
function signature({ mode }: PlanRecord, signer: PlanSigner): Pick<PlanRecord, 'signedWith'> {
  return signer.mode === mode ? {} : { signedWith: signer.mode }
}

/** What a record is read with before a plan exists. */
export type RecordRequest = Pick<PlanToApprove, 'secrets' | 'binding' | 'formerTarget'>

/** The images of a reviewed plan. */
export interface RecordedImages {
  readonly images: readonly ReviewedImage[]
  /** The record, for a comment that is written before the plan is compared; undefined if it does not count. */
  readonly record?: SignedRecord
  /** Why no record counts: a sentence. */
  readonly why?: string
}

/**
 * Reads the images of the plan that was reviewed on a pull request, before this run plans. They only decide what is planned: the plan
 * is compared with the record afterwards.
 * @throws ServiceError if GitHub does not answer
 */
export async function readRecordedImages(
  request: RecordRequest,
  pullRequest: ReviewedPullRequest,
  source: Pick<ReviewSource, 'readComment'>,
): Promise<RecordedImages> {
  const body = await source.readComment(pullRequest.number)
  const found = body === undefined ? undefined : findRecord(body, request.secrets)
  if (found === undefined)
    return { images: [], why: `Pull request #${pullRequest.number} has no plan comment of this action.` }
  const unusable = whyRecordUnusable(found, pullRequest, request)
  if (unusable !== undefined) return { images: [], why: unusable.sentence }
  const signer = createPlanSigner(request.secrets.key, request.secrets.lineage, undefined)
  return { images: found.record.images ?? [], record: { record: found.record, signer } }
}

/**
 * Reads the images of the pull requests that were merged before this one. A source that such a pull request changed has the image that was
 * reviewed there.
 * @returns newest first, from intact records of this stack
 * @throws ServiceError if GitHub does not answer
 */
export async function readEarlierImages(
  request: RecordRequest,
  pullRequest: ReviewedPullRequest,
  source: Pick<ReviewSource, 'readComment' | 'mergedPullRequests'>,
): Promise<readonly ReviewedImage[]> {
  const merged = await source.mergedPullRequests(pullRequest.base)
  const ownIndex = merged.findIndex(({ number }) => number === pullRequest.number)
  const earlier = ownIndex < 0 ? [] : merged.slice(ownIndex + 1, ownIndex + 1 + maxOtherRecords)
  const images: ReviewedImage[] = []
  for (const each of earlier) images.push(...(await readRecordedImages(request, each, source)).images)
  return images
}

/** The facts of the plan and of its own pull request. */
async function readOwnFacts(
  request: PlanToApprove,
  pullRequest: ReviewedPullRequest | undefined,
  source: Pick<ReviewSource, 'readComment'> | undefined,
): Promise<Omit<ApprovalFacts, 'superseded'>> {
  const { json, hasChanges, context, secrets, approval, binding, formerTarget, commit, redact } = request
  const body = pullRequest === undefined ? undefined : await source?.readComment(pullRequest.number)
  const commentRecord = body === undefined ? undefined : findRecord(body, secrets)
  const signer = signerFor(secrets, approval, commentRecord)
  // A value that is the reviewed head on both sides is the commit on both sides.
  const commits = [...(context.commits ?? []), ...(pullRequest === undefined ? [] : [pullRequest.head])]
  const inContext = { ...context, commits }
  const form = formOf(commentRecord?.integrity === 'intact' ? commentRecord.record.outline.settings : undefined)
  const plan = fingerprintPlan(json, inContext, signer, redact, form)
  const view = viewInForm(form, json, inContext, process.env)
  const existing = existingObjects(json, signer, redact, view)
  const hasComment = body !== undefined
  const facts = { approval, plan, hasChanges, pullRequest, commentRecord, binding, formerTarget, commit, existing }
  return { ...facts, hasComment, earlier: [] }
}

/**
 * Returns the reason why the commit is superseded. For the newest commit of its branch this is one request. Where the run is on another
 * branch than the one that the pull request was merged into, both count: whoever may move one of them back may not move the other.
 */
async function findSuperseding(
  request: PlanToApprove,
  pullRequest: ReviewedPullRequest | undefined,
  source: ReviewSource,
): Promise<string | undefined> {
  // The ref of a pull request, refs/pull/7/merge, is not a branch.
  const ofRun = request.branch.startsWith('refs/') ? [] : [request.branch]
  for (const branch of new Set([...(pullRequest === undefined ? [] : [pullRequest.base]), ...ofRun])) {
    const reason = await findSupersedingOn(branch, request, pullRequest, source)
    if (reason !== undefined) return reason
  }
  return undefined
}

async function findSupersedingOn(
  branch: string,
  request: PlanToApprove,
  pullRequest: ReviewedPullRequest | undefined,
  source: ReviewSource,
): Promise<string | undefined> {
  const { commit, run, approval: required } = request
  const range = await source.commitsBetween(commit, branch)
  const later: LaterPullRequest[] = []
  let unread = 0
  if (range.relation === 'ancestor') {
    const after = range.commits && new Set(range.commits)
    const merged = await source.mergedPullRequests(branch)
    // Without the list of commits, the order of the merges decides.
    const ownIndex = merged.findIndex(({ number }) => number === pullRequest?.number)
    const candidates = merged.filter(({ mergeCommit }, index) => after?.has(mergeCommit) ?? index < ownIndex)
    for (const { number, mergeCommit } of candidates.slice(0, maxLaterRecords)) {
      const life = await readLifeOf(request, number, source)
      later.push({ number, mergeCommit, life })
      if (life?.stage === 'applied' || life?.stage === 'applying') break
    }
    unread = candidates.length - later.length
  }
  return whySuperseded({ commit, branch, range, later, unread, attempt: run.attempt, required })
}

/** The life of another pull request's record for this stack, whichever workflow and commit it is about. */
async function readLifeOf(
  { secrets, binding, formerTarget }: PlanToApprove,
  number: number,
  source: ReviewSource,
): Promise<Life | undefined> {
  const body = await source.readComment(number)
  const found = body === undefined ? undefined : findRecord(body, secrets)
  if (found === undefined) return undefined
  const { workflow } = found.record.binding
  const anyHead = { number, head: found.record.head }
  const isOurs = whyRecordUnusable(found, anyHead, { binding: { ...binding, workflow }, formerTarget }) === undefined
  return isOurs ? found.record.life : undefined
}

/**
 * Reads the records of the pull requests that were merged before this one and that the last apply did not reach.
 * @returns intact records, newest first
 */
async function readEarlierReviews(
  request: PlanToApprove,
  pullRequest: ReviewedPullRequest,
  source: ReviewSource,
): Promise<EarlierReview[]> {
  const merged = await source.mergedPullRequests(pullRequest.base)
  const ownIndex = merged.findIndex(({ number }) => number === pullRequest.number)
  const found: (EarlierReview & { readonly mergeCommit: string })[] = []
  for (const each of ownIndex < 0 ? [] : merged.slice(ownIndex + 1, ownIndex + 1 + maxOtherRecords)) {
    const body = await source.readComment(each.number)
    const record = body === undefined ? undefined : findRecord(body, request.secrets)
    if (record === undefined || whyRecordUnusable(record, each, request) !== undefined) continue
    if (record.record.life.stage === 'applied') break
    found.push({ pullRequest: each.number, record: record.record, mergeCommit: each.mergeCommit })
  }
  const oldest = found.at(-1)
  if (oldest === undefined) return []
  // After a force push, an earlier merge may not be a part of this commit any more.
  const { relation, commits = [] } = await source.commitsBetween(oldest.mergeCommit, request.commit)
  if (relation !== 'ancestor') return []
  const between = new Set([oldest.mergeCommit, ...commits])
  return found.filter(({ mergeCommit }) => between.has(mergeCommit))
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
    digest: detail => digestOf(normalized, redact, detail, form === 1 ? '' : signer.digestKey),
    digestWithoutKey: detail => digestOf(normalized, redact, detail),
  }
}

/** The possible keys for sensitive values. */
export interface Secrets {
  /** The input plan-approval-key, or empty. */
  readonly key: string
  /** Lineage of the state; undefined while there is no state. */
  readonly lineage: string | undefined
}

/** The record in a comment. A record without a key is intact only while no key and no state exist. */
export function findRecord(body: string, { key, lineage }: Secrets): CommentRecord | undefined {
  let signedWith: Integrity = 'other-key'
  const found = readRecord(body, record => {
    const strongest = createPlanSigner(key, lineage, undefined)
    const mode = signatureMode(record)
    if (strongest.mode === mode) {
      signedWith = 'intact'
      return strongest
    }
    if (mode !== 'none' || strongest.mode === 'key') return undefined
    signedWith = 'unsigned'
    return saltedSigner()
  })
  if (found === undefined) return undefined
  const integrity = found.intact || signedWith === 'other-key' ? signedWith : 'edited'
  return { record: found.record, integrity }
}

/** The signer that makes this plan's fingerprint comparable with the approved one. */
function signerFor(
  { key, lineage }: Secrets,
  approval: RequiredApproval,
  commentRecord: CommentRecord | undefined,
): PlanSigner {
  if (commentRecord?.integrity === 'intact' && commentRecord.record.mode === 'none')
    return saltedSigner(saltOf(commentRecord.record.fingerprint))
  return createPlanSigner(key, lineage, saltOf(approval))
}

/** The salt in a fingerprint `scrypt:SALT:…`; undefined in any other text. */
function saltOf(fingerprint: string): string | undefined {
  return /^scrypt:([0-9a-f]+):/.exec(fingerprint)?.[1]
}

/** UTF-16 units of a comment that a record may occupy. */
const maxRecordUnits = 20_000

/** Limit of digests in a record. Each has at least six random bytes, which cannot be compressed. */
const maxDigests = maxRecordUnits / 8

/** The record of a plan, in as much detail as its comment has room for. */
export function createRecord(
  { fingerprint, signer, normalized, digest }: FingerprintedPlan,
  about: Omit<PlanRecord, 'version' | 'fingerprint' | 'mode' | 'outline'>,
): PlanRecord {
  const recordWith = (detail: Detail): PlanRecord => {
    return { version: 2, fingerprint, mode: signer.mode, ...about, outline: digest(detail) }
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
