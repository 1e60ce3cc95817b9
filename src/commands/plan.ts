/**
 * `plan`: posts the plan of a pull request for review. The plan of a merge queue is compared with the reviewed one. The code of a
 * fork or of Dependabot gets no credentials, so only fmt and validate run.
 */
import { requestReview, reviewQueuedPlan } from '../approval/review.ts'
import type { UntrustedAuthor } from '../event.ts'
import { runUntrustedCheck, untrustedCheckFailure } from '../terraform/check.ts'
import { checkPlan } from './check-plan.ts'
import type { Job } from './job.ts'
import { install, planForApproval, prepare } from './prepare.ts'

export async function runPlan(job: Job): Promise<void> {
  const { untrustedAuthor, queued } = job.trigger
  if (untrustedAuthor !== undefined) return await checkUntrustedPullRequest(job, untrustedAuthor)
  const terraform = await prepare(job)
  const planned = await planForApproval(job, terraform)
  await checkPlan(job, terraform)
  if (queued === undefined) {
    const { approval, record } = requestReview(planned, job.report.pullRequest)
    job.record({ approval })
    job.signedRecord = record
  } else await checkQueuedPlan(job, planned, queued)
}

/** Fails before the merge if the apply after it would be refused. */
async function checkQueuedPlan(
  job: Job,
  planned: Parameters<typeof reviewQueuedPlan>[0],
  number: number,
): Promise<void> {
  const github = job.github()
  if (planned.approval !== 'reviewed' || github === undefined) return
  await job.check('approval', async () => {
    const pullRequest = await github.pullRequest(number)
    const { approval, failure } = await reviewQueuedPlan(planned, pullRequest, each =>
      github.readComment(each, job.isOurComment),
    )
    const doesMore = failure === undefined && approval.differences.length > 0
    return {
      adds: { approval },
      failure,
      warnings: doesMore
        ? [
            'This plan has more changes than the reviewed one. Earlier pull requests in the queue may be the cause; after the merge it must match.',
          ]
        : [],
    }
  })
}

async function checkUntrustedPullRequest(job: Job, author: UntrustedAuthor): Promise<void> {
  const { workingDirectory, forks } = job.inputs
  const terraform = await install(job, false)
  await job.check('check', async () => {
    const result = await runUntrustedCheck(terraform, author, workingDirectory, each => job.locate(each))
    return { adds: { check: result }, failure: untrustedCheckFailure(result, forks === 'fail') }
  })
}
