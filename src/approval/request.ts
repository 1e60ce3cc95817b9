/**
 * Request to apply a pull request before its merge: a comment by somebody with write access. Pure. Everything that the request depends on
 * is read from GitHub, so the code of the pull request decides nothing.
 */
import type { Failure, FailureCode } from '../errors.ts'
import type { ApplyRequest } from '../event.ts'
import { approvalCodes } from './codes.ts'

/** What a person may do in the repository, as GitHub reports it. Maintainers have `write`, and who may only triage has `read`. */
export type Access = 'admin' | 'write' | 'read' | 'none'

/** A review of a person, in the order of submission. */
export interface Review {
  readonly by: string
  readonly state: 'approved' | 'changes-requested' | 'dismissed'
  /** The head of the pull request when the review was submitted. */
  readonly commit: string
  /** ISO 8601 */
  readonly at: string
}

/** The pull request that somebody wants to apply. */
export interface RequestedPullRequest {
  readonly number: number
  readonly isOpen: boolean
  readonly head: string
  /** The branch that it is merged into. */
  readonly base: string
  readonly fromFork: boolean
  /** Whether Dependabot opened it or owns its branch. */
  readonly fromDependabot: boolean
  readonly author: string
  /** GitHub's word for whether the rules of the branch allow the merge: `clean`, `blocked`, `behind`, `dirty`, `draft`, … */
  readonly mergeability: string
}

/** The facts that decide about a request. */
export interface RequestFacts {
  readonly request: ApplyRequest
  readonly pullRequest: RequestedPullRequest
  /** The commit that is checked out. */
  readonly checkedOut: string
  readonly access: Access
  /** Whether the head contains the whole base branch. */
  readonly containsBase: boolean
  /** Oldest first, without those of bots. */
  readonly reviews: readonly Review[]
  /** What the reviewers may do; whoever is missing was not asked for. */
  readonly reviewers: ReadonlyMap<string, Access>
  /** When the plan was put on the pull request, in ISO 8601; undefined if an apply of it has begun, or without a plan. */
  readonly planned: string | undefined
}

/** The states of a pull request in which its branch's rules allow the merge. `unstable`: a check that is not required failed. */
const mergeableStates = ['clean', 'unstable', 'has_hooks']

/**
 * Decides whether a request may be carried out.
 * @returns the first reason against it; undefined if it may be carried out
 */
export function whyRequestRefused(facts: RequestFacts): Failure | undefined {
  const { request, pullRequest, checkedOut, access, containsBase } = facts
  const on = `Pull request #${pullRequest.number}`
  const head = pullRequest.head.slice(0, 7)
  if (access !== 'admin' && access !== 'write')
    return refusal(
      'APPLY_NOT_PERMITTED',
      `${request.by} asked for the apply and has no write access to the repository.`,
    )
  if (pullRequest.fromFork || pullRequest.fromDependabot) {
    const whose = pullRequest.fromFork ? 'a fork' : 'Dependabot'
    return refusal(
      'APPLY_CODE_UNTRUSTED',
      `${on} is from ${whose}: its code does not run with the credentials of an apply.`,
    )
  }
  if (!pullRequest.isOpen) return refusal('APPLY_NOT_OPEN', `${on} is not open any more: its merge is what is applied.`)
  if (checkedOut !== pullRequest.head)
    return refusal(
      'APPLY_HEAD_MOVED',
      `Commit ${checkedOut.slice(0, 7)} is checked out, and the last commit of pull request #${pullRequest.number} is ${head}.`,
    )
  if (!containsBase || pullRequest.mergeability === 'behind')
    return refusal('APPLY_BEHIND', `${on} does not contain the newest commit of ${pullRequest.base}.`)
  const approval = whyNotApproved(facts)
  if (approval !== undefined) return refusal('APPLY_NOT_APPROVED', `${on} is not approved: ${approval}.`)
  if (!mergeableStates.includes(pullRequest.mergeability))
    return refusal(
      'APPLY_NOT_MERGEABLE',
      `${on} cannot be merged now (GitHub reports "${pullRequest.mergeability}"), so it is not applied either.`,
    )
  return undefined
}

/** The reviewers whose access decides: those whose last review approves the head or requests changes. */
export function decisiveReviewers({ reviews }: Pick<RequestFacts, 'reviews'>): string[] {
  return lastReviews(reviews)
    .filter(({ state }) => state !== 'dismissed')
    .map(({ by }) => by)
}

/** The reason why the head does not count as approved, as a clause; undefined if it does. */
function whyNotApproved({ pullRequest, reviews, reviewers, request, planned }: RequestFacts): string | undefined {
  const head = pullRequest.head.slice(0, 7)
  const last = lastReviews(reviews)
  const mayWrite = (by: string, unknown: Access) => ['admin', 'write'].includes(reviewers.get(by) ?? unknown)
  const refusing = last.find(({ state, by }) => state === 'changes-requested' && mayWrite(by, 'write'))
  if (refusing !== undefined) return `${refusing.by} requested changes`
  const approvals = last.filter(
    ({ state, by }) => state === 'approved' && by !== pullRequest.author && mayWrite(by, 'none'),
  )
  if (approvals.length === 0) return 'nobody else with write access approved it'
  const ofHead = approvals.filter(({ commit }) => commit === pullRequest.head)
  if (ofHead.length === 0)
    return `the approval is for commit ${approvals.at(-1)?.commit.slice(0, 7)}, and the last commit is ${head}`
  const ofPlan = ofHead.filter(({ at }) => planned === undefined || Date.parse(at) >= Date.parse(planned))
  if (ofPlan.length === 0) return 'the plan on it is newer than the approval'
  const beforeRequest = ofPlan.some(({ at }) => Date.parse(at) <= Date.parse(request.at))
  return beforeRequest ? undefined : 'the comment is older than the approval'
}

/** The last review of each person. */
function lastReviews(reviews: readonly Review[]): Review[] {
  return [...new Map(reviews.map(review => [review.by, review])).values()]
}

function refusal(code: FailureCode & keyof typeof approvalCodes, sentence: string): Failure {
  return { code, sentence, fix: approvalCodes[code].fix, remedy: 'config' }
}

/** The failure of a request while another pull request is applied and not merged. */
export function unmergedFailure(numbers: readonly number[]): Failure {
  const which = numbers.map(number => `#${number}`).join(', ')
  return refusal(
    'APPLY_OTHER_UNMERGED',
    `Another pull request is applied and not merged (${which}): this plan does not contain its changes, so it would take them back.`,
  )
}
