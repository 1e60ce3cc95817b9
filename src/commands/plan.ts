/**
 * `plan`: posts the plan of a pull request for review. The plan of a merge queue is compared with the reviewed one. The code of a
 * fork or of Dependabot is checked instead: it is read, and executed only in a job without any credentials.
 */
import { join } from 'node:path'
import { type Approval, requestReview, reviewQueuedPlan } from '../approval/review.ts'
import { repositoryRoot } from '../checkout.ts'
import type { UntrustedAuthor } from '../event.ts'
import { isCommentOf } from '../github/comment-owner.ts'
import { runUntrustedCheck, untrustedCheckFailure } from '../terraform/check.ts'
import type { Terraform } from '../terraform/cli.ts'
import { heldCredentials } from '../terraform/credentials.ts'
import { checkPlan } from './check-plan.ts'
import { chooseImages } from './images.ts'
import type { Job } from './job.ts'
import { install, planForApproval, prepare } from './prepare.ts'
import { locateProblem } from './thrown-error.ts'

export async function runPlan(job: Job): Promise<void> {
  const { untrustedAuthor, queued } = job.trigger
  if (untrustedAuthor !== undefined) return await checkUntrustedPullRequest(job, untrustedAuthor)
  const terraform = await prepare(job)
  if (!(await chooseImagesOfPlan(job, terraform, queued))) return
  const planned = await planForApproval(job, terraform)
  await checkPlan(job, terraform)
  if (queued === undefined) {
    const { approval, record } = requestReview(planned, job.report.pullRequest)
    job.record({ approval })
    job.warn(...datedWarnings(approval))
    const base = job.run.payload.pull_request?.base.ref
    if (job.inputs.applyBeforeMerge !== undefined && base !== undefined && job.inputs.comment !== 'never')
      await (await import('./request.ts')).warnOfUnmerged(job, planned, base)
    job.signedRecord = record
  } else await checkQueuedPlan(job, planned, queued)
}

/**
 * Chooses the images of a plan. A pull request puts its own images up for review. A merge queue uses the reviewed ones, and any other plan
 * the images that an apply of this commit would use.
 */
async function chooseImagesOfPlan(job: Job, terraform: Terraform, queued: number | undefined): Promise<boolean> {
  if (job.report.pullRequest !== undefined) return await chooseImages(job, terraform, undefined, 'own')
  const pullRequest = queued === undefined ? undefined : await (await job.github())?.pullRequest(queued)
  return await chooseImages(job, terraform, pullRequest, queued === undefined ? 'current' : 'reviewed')
}

/** The most values that are warned of; the comment lists more. */
const maxDatedWarnings = 5

/** Warns of values that another day changes, before an apply is refused because of them. */
function datedWarnings({ remarks }: Approval): string[] {
  return (remarks?.dated ?? []).slice(0, maxDatedWarnings).map(({ address, attribute }) => {
    return (
      `${address}: ${attribute} holds the date of this plan, or a time that is whole hours away from it. If it comes from plantimestamp(), an apply on another day is refused, ` +
      'and with timeadd() every apply. Use plantimestamp() itself or a format with seconds, which are compared as placeholders, ' +
      `or add the line ${address}:${attribute} to the input plan-approval-ignore of the plan and the apply.`
    )
  })
}

/** Fails before the merge if the apply after it would be refused. */
async function checkQueuedPlan(
  job: Job,
  planned: Parameters<typeof reviewQueuedPlan>[0],
  number: number,
): Promise<void> {
  const github = await job.github()
  if (planned.approval !== 'reviewed' || github === undefined) return
  await job.check('approval', async () => {
    const pullRequest = await github.pullRequest(number)
    const { approval, failure } = await reviewQueuedPlan(planned, pullRequest, {
      readComment: each => github.readComment(each, body => isCommentOf(job, body)),
    })
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
  const { workingDirectory: directory, forks } = job.inputs
  const { workspace: checkout, event, payload } = job.run
  // GitHub gives the runs of forks of a public repository a token that only reads, whatever the workflow requests.
  const isTokenPublic = author === 'fork' && payload.repository?.private === false && event !== 'pull_request_target'
  const credentials = heldCredentials(process.env, {
    isTokenPublic,
    checkouts: [checkout, repositoryRoot(join(directory, 'main.tf'), checkout)],
  })
  const terraform = await install(job, false)
  await job.check('check', async () => {
    const code = { author, directory, checkout, credentials, copy: join(job.tempDirectory, 'format') }
    const result = await runUntrustedCheck(terraform, code, each => locateProblem(job, each))
    return { adds: { check: result }, failure: untrustedCheckFailure(terraform.tool, result, forks === 'fail') }
  })
}
