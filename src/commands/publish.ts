/**
 * Publishes a run in this order: monitors and the issue of a scheduled verify, unless the job was cancelled; summary and report
 * files; the comment, which GitHub may refuse; outputs and annotations; the deployment status. Each runs even if another fails.
 */
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { FingerprintedPlan } from '../approval/decide.ts'
import type { Secrets } from '../approval/review.ts'
import type { AppliedChanges } from '../approval/stale.ts'
import { messageOf } from '../errors.ts'
import { type GitHub, statusOf } from '../github/api.ts'
import { decideComment, writeReportComment } from '../github/comment.ts'
import { isCommentOf } from '../github/comment-owner.ts'
import { finalStatus, startDeployment } from '../github/deployment.ts'
import { updateVerifyIssue } from '../github/issue.ts'
import { line, log } from '../log.ts'
import { monitorsFor } from '../monitors/index.ts'
import { type Notification, notificationOf, notify } from '../monitors/notify.ts'
import { reportFiles, writeAnnotations, writeCommentUrl, writeOutcome, writeReport, writeSummary } from '../outputs.ts'
import { runOf } from '../report/history.ts'
import { outcomeOf } from '../report/outcome.ts'
import type { FailureInPhase } from '../report/report.ts'
import { stackName } from '../report/target.ts'
import type { Job } from './job.ts'

/** Publishes the report of a run, complete or not. */
export async function publish(job: Job): Promise<void> {
  // Anybody may comment, so a refused request to apply notifies no monitor and opens no issue.
  if (!job.signal.aborted && !isRefusedRequest(job)) {
    await attempt(job, job.phase, () => notifyMonitors(job, notificationOf(job.report, job.run, job.inputs)))
    await attempt(job, job.phase, () => updateIssue(job))
  }
  let commentUrl: string | undefined
  await attempt(job, 'report', () => writeSummary(job.report))
  const { gate } = job.report
  await attempt(job, 'report', () => writeReport(job.report, job.tempDirectory, gate && job.recorders.get(gate)))
  await attempt(job, 'report', () => deleteSecretFiles(job))
  let isSuperseded = false
  await attempt(job, 'comment', async () => {
    const posted = await writeComment(job)
    if (posted === 'superseded') isSuperseded = true
    else commentUrl = posted
  })
  if (commentUrl !== undefined) writeCommentUrl(commentUrl)
  if (!isSuperseded) {
    await setLabels(job)
    await setPlanStatus(job)
  }
  await markStalePlans(job)
  if (!job.signal.aborted) await notifyMergerOf(job, commentUrl).catch(error => log.warning(line`${messageOf(error)}`))
  writeOutcome(job.report.failures[0])
  await writeAnnotations(job.report)
  await finishGitHubDeployment(job).catch(error => log.warning(line`${messageOf(error)}`))
}

/** Whether the run refused a comment that asked for an apply before the merge. */
function isRefusedRequest({ trigger, report }: Job): boolean {
  return trigger.request !== undefined && report.apply === undefined && report.failures.length > 0
}

/** Runs a writer. Its error fails a run that passed, and is a warning in a run that already failed. */
async function attempt(job: Job, phase: FailureInPhase['phase'], write: () => unknown): Promise<void> {
  try {
    await write()
  } catch (error) {
    if (job.report.failures.length === 0) await job.fail(error, phase)
    else log.warning(line`${messageOf(error)}`)
  }
}

/**
 * Writes the report to the pull request.
 * @returns the address of the comment; undefined if none is written
 * @throws ServiceError if the comment cannot be posted
 */
export async function postComment(job: Job): Promise<string | undefined> {
  const posted = await writeComment(job)
  return posted === 'superseded' ? undefined : posted
}

/** Writes the comment. @returns its address, or `superseded` if it shows a newer plan */
async function writeComment(job: Job): Promise<string | undefined> {
  const { pullRequest } = job.report
  const wanted = decideComment(job.inputs.comment, job.report)
  // The token of a fork can only read.
  const isUntrusted = job.trigger.untrustedAuthor !== undefined
  if (pullRequest === undefined || wanted === 'nothing' || isUntrusted) return undefined
  // Before the plan was compared, the comment has what the reviewers need, and anybody may have written the request.
  if (isRefusedRequest(job) && job.report.approval === undefined) return undefined
  const github = await job.github()
  if (github === undefined) return undefined
  const { report, marker, signedRecord: record } = job
  const isOurs = (body: string) => isCommentOf(job, body)
  const posted = await writeReportComment(github, { pullRequest, report, marker, isOurs, wanted, record })
  if (posted === 'kept') {
    log.notice(
      line`The comment on pull request #${pullRequest} stays as it is, because a new run needs the plan in it. The report of this run is in the job summary.`,
    )
    return undefined
  }
  if (posted !== 'superseded' && posted !== 'closed') return posted?.url
  const why = posted === 'closed' ? line`is not open any more` : line`has a newer commit, whose plan the comment shows`
  log.notice(
    line`Pull request #${pullRequest} ${why}. Its comment stays as it is, and this plan, of ${report.commit.slice(0, 7)}, is in the job summary.`,
  )
  return 'superseded'
}

/** Sets the labels of the pull request by its plan. A missing permission is a notice, because the labels are only a help. */
async function setLabels(job: Job): Promise<void> {
  const { labels } = job.inputs
  const { command, pullRequest, plan, failures } = job.report
  const isUntrusted = job.trigger.untrustedAuthor !== undefined || job.trigger.queued !== undefined
  if (labels === undefined || command !== 'plan' || pullRequest === undefined || isUntrusted) return
  await orNotice('The labels of the pull request are not up to date', async () => {
    const { labelKindsOf, updateLabels } = await import('../github/labels.ts')
    const kinds = labelKindsOf(failures.length > 0 ? undefined : plan)
    await updateLabels(await job.githubFor('labels', 'nothing'), pullRequest, labels, kinds)
  })
}

/**
 * Sets the status of the pull request's plan, or of the commit of a merge queue. A missing permission is a notice, because nothing
 * depends on the status here: the apply compares the plan itself.
 */
async function setPlanStatus(job: Job): Promise<void> {
  const { report, trigger, run } = job
  const isQueued = trigger.queued !== undefined
  const isWanted = report.command === 'plan' && (isQueued || report.pullRequest !== undefined)
  if (!isWanted || !setsPlanStatus(job) || trigger.untrustedAuthor !== undefined || job.signal.aborted) return
  await orNotice('The commit status of the plan is not up to date (input plan-status)', async () => {
    const { planStatusOf } = await import('../github/plan-status.ts')
    const github = await job.githubFor('plan-status', 'never')
    const isFailed = report.failures.length > 0
    const sha = isQueued ? (run.payload.merge_group?.head_sha ?? run.sha) : report.commit
    const is = isQueued
      ? isFailed
        ? 'queue-failed'
        : 'queued'
      : isFailed
        ? 'failed'
        : await whetherCurrent(job, github)
    await github.setCommitStatus(sha, planStatusOf(report, { is }))
  })
}

/** Whether runs set the status: it is about the records, which are in the comments. */
function setsPlanStatus({ inputs: { planStatus, comment, githubToken } }: Job): boolean {
  return planStatus === 'always' && comment !== 'never' && githubToken !== ''
}

/** A re-run of a plan job checks out the test merge of its first attempt, so a newer base is not in its plan. */
async function whetherCurrent({ run, report }: Job, github: GitHub): Promise<'current' | 'rerun'> {
  const base = run.payload.pull_request?.base
  if (runOf(report.runUrl).attempt <= 1 || base?.sha === undefined) return 'current'
  return (await github.commitsBetween(base.sha, base.ref)).relation === 'same' ? 'current' : 'rerun'
}

/** Sets the status of the open pull requests whose plans this apply made stale. */
async function markStalePlans(job: Job): Promise<void> {
  const { begunPlan, report, inputs } = job
  if (begunPlan === undefined || !setsPlanStatus(job) || inputs.planApproval === 'none' || job.signal.aborted) return
  await orNotice('The commit status of other plans is not up to date (input plan-status)', async () => {
    const { maxOpenPlans, readOpenPlans, stalePlansOf } = await import('../approval/open-plans.ts')
    const { markStale } = await import('../github/plan-status.ts')
    const { request, plan, branch } = begunPlan
    const github = await job.githubFor('plan-status', 'never')
    const open = await readOpenPlans(request, branch, report.pullRequest, {
      openPullRequests: each => github.openPullRequests(each),
      readFirstComments: number => github.readFirstComments(number, body => isCommentOf(job, body)),
    })
    if (open.unread > 0)
      log.line(
        line`The plans of ${open.unread} open pull requests were not compared with this apply: one run reads the ${maxOpenPlans} that were updated last.`,
      )
    const stale = stalePlansOf(open, plan === undefined ? 'everything' : appliedChanges(job, request.secrets, plan))
    const { pullRequest, commit } = report
    await markStale(github, report, stale, plan === undefined ? 'destroy' : { pullRequest, commit })
    for (const { number } of stale)
      log.line(line`The plan of pull request #${number} is stale: this run changed what it starts from.`)
  })
}

/** Returns what this apply changed. */
function appliedChanges({ report }: Job, { key, lineage }: Secrets, plan: FingerprintedPlan): AppliedChanges {
  const createdState = key === '' && lineage === undefined
  return { outline: plan.digest('attributes'), tainted: report.taint?.tainted ?? [], createdState }
}

/** Runs an action that only informs people. A missing permission is a notice, any other error a warning. */
async function orNotice(what: string, action: () => Promise<void>): Promise<void> {
  try {
    await action()
  } catch (error) {
    const isRefused = [401, 403, 404].includes(statusOf(error))
    log[isRefused ? 'notice' : 'warning'](line`${what}: ${messageOf(error)}`)
  }
}

/** Notifies the person who merged a pull request whose deployment failed, or asked to apply it. With `issue: failures` the issue does that. */
async function notifyMergerOf(job: Job, commentUrl: string | undefined): Promise<void> {
  if (job.report.command !== 'apply' || outcomeOf(job.report).status !== 'failed') return
  const github = await job.github()
  const { request } = job.trigger
  if (github === undefined || job.inputs.issue !== 'never') return
  // A stranger cannot make this action write comments.
  if (job.report.failures[0]?.code === 'APPLY_NOT_PERMITTED') return
  const { notifyMerger } = await import('../github/merger.ts')
  await notifyMerger(github, job.report, commentUrl, request?.by)
}

/** Notifies every configured monitor, in the order of the table. */
export async function notifyMonitors(job: Job, notification: Notification | undefined): Promise<void> {
  const monitors = monitorsFor(job.inputs)
  if (notification === undefined || monitors.length === 0) return
  const phase = notification.method === 'removed' ? 'unregister' : 'register'
  job.record({ monitors: await job.step(phase, () => notify(monitors, notification)) })
}

/** Starts a deployment on GitHub before anything is changed. An error is a warning, and the apply continues. */
export async function startGitHubDeployment(job: Job): Promise<void> {
  const { deploymentEnvironment } = job.inputs
  if (deploymentEnvironment === undefined) return
  const { report, run } = job
  const githubDeployment = await job.orWarn(async () =>
    startDeployment(
      await job.githubFor('deployment-environment', 'nothing'),
      report,
      deploymentEnvironment,
      stackName(report.target, run.repo),
    ),
  )
  if (githubDeployment !== undefined) job.record({ githubDeployment })
}

/** Sets the final deployment status, also of a cancelled run or one with a refused comment. */
async function finishGitHubDeployment(job: Job): Promise<void> {
  const { githubDeployment } = job.report
  if (githubDeployment === undefined) return
  const status = finalStatus(job.report)
  const github = await job.githubFor('deployment-environment', 'nothing')
  await github.addDeploymentStatus(githubDeployment.id, status)
}

/** Opens, updates or closes the issue of a verify or an apply; closes it when the stack is destroyed. */
async function updateIssue(job: Job): Promise<void> {
  const { issue, mcp, targets } = job.inputs
  const { command } = job.report
  const isGone = command === 'destroy' && outcomeOf(job.report).status === 'passed' && targets.length === 0
  if (issue === 'never' || (!['verify', 'apply', 'rollback'].includes(command) && !isGone)) return
  const updated = await job.orWarn(() =>
    job.step('issue', async () =>
      updateVerifyIssue(await job.githubFor('issue', 'never'), job.report, mcp.endpoint, Date.now()),
    ),
  )
  if (updated !== undefined) job.record({ issue: updated })
}

/** The plan file, captured output and copied var files may hold secrets; the report's files hold none. */
function deleteSecretFiles({ tempDirectory, putBackData }: Job): void {
  putBackData()
  const reportFileNames: readonly string[] = Object.values(reportFiles)
  for (const entry of readdirSync(tempDirectory)) {
    if (!reportFileNames.includes(entry)) rmSync(join(tempDirectory, entry), { recursive: true, force: true })
  }
}
