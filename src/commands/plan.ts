/**
 * `plan`: the plan of a pull request is put up for review in its comment. A merge queue's plan is compared with the reviewed
 * one. The code of a fork or of Dependabot gets no credentials, so it is only formatted and validated.
 */
import { requestReview, reviewQueuedPlan } from '../approval/review.ts'
import type { UntrustedAuthor } from '../event.ts'
import { check, checkFailure } from '../terraform/check.ts'
import type { Job } from './job.ts'
import { install, planForApproval, prepare } from './prepare.ts'

export async function runPlan(job: Job): Promise<void> {
  const { untrustedAuthor, queued } = job.trigger
  if (untrustedAuthor !== undefined) return await checkUntrustedPullRequest(job, untrustedAuthor)
  const planned = await planForApproval(job, await prepare(job))
  if (queued === undefined) {
    const { approval, record } = requestReview(planned, job.report.pullRequest)
    job.record({ approval })
    job.signedRecord = record
  } else await checkQueuedPlan(job, planned, queued)
}

/** Fails before the merge where the apply after it would be refused. */
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
            'This plan does more than the reviewed one. Pull requests before it in the queue may be why; after the merge it must be the same.',
          ]
        : [],
    }
  })
}

async function checkUntrustedPullRequest(job: Job, author: UntrustedAuthor): Promise<void> {
  const { workingDirectory, forks } = job.inputs
  const terraform = await install(job, false)
  await job.check('check', async () => {
    const result = await check(terraform, author, workingDirectory, each => job.locate(each))
    return { adds: { check: result }, failure: checkFailure(result, forks === 'fail') }
  })
}
