/** The pull request whose merge a run is about. */
import type { ReviewedPullRequest } from '../approval/review.ts'
import { isFork } from '../event.ts'
import type { Job } from './job.ts'

/** The longest wait until GitHub returns the pull request of a push. */
const pullRequestTimeoutMs = 15_000

/**
 * Returns the pull request whose merge made the commit, undefined for a direct push.
 * @param timeoutMs how long a pull request is waited for
 */
export async function mergedPullRequest(
  job: Job,
  timeoutMs = pullRequestTimeoutMs,
): Promise<ReviewedPullRequest | undefined> {
  const pull = job.run.payload.pull_request
  return pull === undefined
    ? await (await job.github())?.pullRequestOf(job.report.commit, timeoutMs)
    : { number: pull.number, head: pull.head.sha, base: pull.base.ref, fromFork: isFork(pull) }
}
