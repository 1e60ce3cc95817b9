/**
 * Apply before the merge: checks a comment that requests it with the data of GitHub about the pull request. It runs before any code of the
 * pull request does, and again right before the apply.
 */
import { maxOpenPlans, readOpenPlans } from '../approval/open-plans.ts'
import { readStage } from '../approval/record.ts'
import {
  type Access,
  decisiveReviewers,
  type RequestFacts,
  unmergedFailure,
  whyRequestRefused,
} from '../approval/request.ts'
import type { PlanToApprove, ReviewedPullRequest } from '../approval/review.ts'
import type { Failure } from '../errors.ts'
import type { ApplyRequest } from '../event.ts'
import type { GitHub } from '../github/api.ts'
import { isCommentOf } from '../github/comment-owner.ts'
import { line, log } from '../log.ts'
import { readHistory } from '../report/history.ts'
import type { Job } from './job.ts'

/** The most reviewers whose access is read. */
const maxReviewers = 20

/**
 * Checks the request of this run.
 * @returns the pull request; undefined if the request is refused
 * @throws ServiceError if GitHub does not answer
 */
export async function checkRequest(job: Job, request: ApplyRequest): Promise<ReviewedPullRequest | undefined> {
  let pullRequest: ReviewedPullRequest | undefined
  const isAllowed = await job.check('approval', async () => {
    const facts = await readRequestFacts(job, request)
    pullRequest = facts.pullRequest
    log.line(line`${request.by} asked to apply pull request #${facts.pullRequest.number} at ${facts.pullRequest.head}.`)
    return { failure: whyRequestRefused(facts) }
  })
  return isAllowed ? pullRequest : undefined
}

/** Reads at most 6 requests' worth of facts, and one for each reviewer. Of a person without access nothing more is read. */
async function readRequestFacts(job: Job, request: ApplyRequest): Promise<RequestFacts> {
  const github = await job.githubFor('comment', 'never')
  const pullRequest = await github.requestedPullRequest(job.report.pullRequest ?? 0)
  const access = await github.accessOf(request.by)
  const known = { request, pullRequest, checkedOut: job.report.commit, access }
  const isStranger = access !== 'admin' && access !== 'write'
  if (isStranger) return { ...known, containsBase: false, reviews: [], reviewers: new Map(), planned: undefined }
  const { relation } = await github.commitsBetween(pullRequest.base, pullRequest.head)
  const reviews = await github.reviewsOf(pullRequest.number)
  const reviewers = new Map<string, Access>()
  for (const by of decisiveReviewers({ reviews }).slice(0, maxReviewers)) reviewers.set(by, await github.accessOf(by))
  const planned = await whenPlanned(job, github, pullRequest.number)
  return { ...known, containsBase: relation !== 'unrelated', reviews, reviewers, planned }
}

/** When the plan was put on the pull request. An apply that has begun writes the comment, too, so it does not count then. */
async function whenPlanned(job: Job, github: GitHub, number: number): Promise<string | undefined> {
  const comment = await github.findComment(number, body => isCommentOf(job, body))
  return comment !== undefined && readStage(comment.body) === 'reviewed' ? comment.updatedAt : undefined
}

/** The failure if another pull request is applied and not merged. @throws ServiceError */
export async function checkOthersMerged(job: Job, planned: PlanToApprove, base: string): Promise<Failure | undefined> {
  const numbers = await appliedUnmerged(job, planned, base)
  return numbers.length === 0 ? undefined : unmergedFailure(numbers)
}

/** Warns the reviewers of a plan that takes back what another pull request has applied before its merge. */
export async function warnOfUnmerged(job: Job, planned: PlanToApprove, base: string): Promise<void> {
  const numbers = (await job.orWarn(() => appliedUnmerged(job, planned, base))) ?? []
  for (const number of numbers)
    job.warn(
      `Pull request #${number} is applied and not merged, so this plan takes its changes back. Merge #${number} first, then update this branch.`,
    )
}

/** Numbers of the other open pull requests whose plan was applied or is being applied. */
async function appliedUnmerged(job: Job, planned: PlanToApprove, base: string): Promise<number[]> {
  const github = await job.githubFor('comment', 'never')
  const { plans, unread } = await readOpenPlans(planned, base, job.report.pullRequest, {
    openPullRequests: branch => github.openPullRequests(branch),
    readFirstComments: number => github.readFirstComments(number, body => isCommentOf(job, body)),
  })
  if (unread > 0)
    log.line(
      line`${unread} open pull requests were not asked whether they are applied: one run reads the ${maxOpenPlans} that were updated last.`,
    )
  // A newer plan replaces the record, and the history of the comment still has the apply.
  const isApplied = (body: string) =>
    readHistory(body).some(({ outcome }) => outcome === 'applying' || outcome === 'applied' || outcome === 'verified')
  return plans.flatMap(({ number, record, body }) =>
    record.life.stage !== 'reviewed' || isApplied(body) ? [number] : [],
  )
}
