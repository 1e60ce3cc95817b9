/** Plans on open pull requests: their records of this stack, as far as a fixed number of comments contains them. */
import { whyRecordUnusable } from './decide.ts'
import type { PlanRecord } from './record.ts'
import { findRecord, type PlanToApprove } from './review.ts'
import { type AppliedChanges, isStale } from './stale.ts'

/** An open pull request of the branch. */
export interface OpenPullRequest {
  readonly number: number
  /** The last commit of its branch. */
  readonly head: string
}

/** A pull request with a signed record of this stack. */
export interface OpenPlan extends OpenPullRequest {
  readonly record: PlanRecord
  /** Whether no secret signed the record, and a state exists now. The apply after the merge refuses such a record. */
  readonly isUnsigned: boolean
  /** The whole comment. */
  readonly body: string
}

/** The plans that were read. */
export interface OpenPlans {
  readonly plans: readonly OpenPlan[]
  /** Number of pull requests whose comments were not read. */
  readonly unread: number
}

/** What is read from GitHub. Each method throws a ServiceError if GitHub does not answer. */
export interface OpenPlanSource {
  /** The open pull requests of a branch, of which GitHub returns the hundred that were updated last; newest update first. */
  openPullRequests(branch: string): Promise<readonly OpenPullRequest[]>
  /** The comment of this stack among the first hundred comments: one request. */
  readFirstComments(pullRequest: number): Promise<string | undefined>
}

/** The most open pull requests whose comment one run reads. Each is one request. */
export const maxOpenPlans = 20

/**
 * Reads the records of this stack on the open pull requests of a branch: one request, and one for each pull request.
 * @param except number of the run's own pull request
 * @throws ServiceError if GitHub does not answer
 */
export async function readOpenPlans(
  { binding, formerTarget, secrets }: Pick<PlanToApprove, 'binding' | 'formerTarget' | 'secrets'>,
  branch: string,
  except: number | undefined,
  source: OpenPlanSource,
): Promise<OpenPlans> {
  const open = (await source.openPullRequests(branch)).filter(({ number }) => number !== except)
  const plans: OpenPlan[] = []
  for (const { number, head } of open.slice(0, maxOpenPlans)) {
    const body = await source.readFirstComments(number)
    if (body === undefined) continue
    const found = findRecord(body, secrets)
    if (found === undefined || (found.integrity !== 'intact' && found.integrity !== 'unsigned')) continue
    const { record } = found
    const here = { binding: { ...binding, workflow: record.binding.workflow }, formerTarget }
    const isOurs = whyRecordUnusable({ record, integrity: 'intact' }, { number, head: record.head }, here) === undefined
    if (isOurs) plans.push({ number, head, record, isUnsigned: found.integrity === 'unsigned', body })
  }
  return { plans, unread: Math.max(open.length - maxOpenPlans, 0) }
}

/** The plans that an apply made stale. A pull request with a newer commit is left out: its plan is not made yet. */
export function stalePlansOf({ plans }: OpenPlans, applied: AppliedChanges): readonly OpenPlan[] {
  return plans.filter(
    ({ head, record, isUnsigned }) => record.head === head && (isUnsigned || isStale(record.outline, applied)),
  )
}
