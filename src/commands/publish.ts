/**
 * Publishes a run in this order: monitors and the issue of a scheduled verify, unless the job was cancelled; summary and report
 * files; the comment, which GitHub may refuse; outputs and annotations; the deployment status. Each runs even if another fails.
 */
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { messageOf } from '../errors.ts'
import { decideComment, writeReportComment } from '../github/comment.ts'
import { finalStatus, startDeployment } from '../github/deployment.ts'
import { updateVerifyIssue } from '../github/issue.ts'
import { line, log } from '../log.ts'
import { monitorsFor } from '../monitors/index.ts'
import { type Notification, notificationOf, notify } from '../monitors/notify.ts'
import { reportFiles, writeAnnotations, writeCommentUrl, writeOutcome, writeReport, writeSummary } from '../outputs.ts'
import { outcomeOf } from '../report/outcome.ts'
import type { FailureInPhase } from '../report/report.ts'
import { stackName } from '../report/target.ts'
import type { Job } from './job.ts'

/** Publishes the report of a run, complete or not. */
export async function publish(job: Job): Promise<void> {
  if (!job.signal.aborted) {
    await attempt(job, job.phase, () => notifyMonitors(job, notificationOf(job.report, job.run, job.inputs)))
    await attempt(job, job.phase, () => updateIssue(job))
  }
  let commentUrl: string | undefined
  await attempt(job, 'report', () => writeSummary(job.report))
  await attempt(job, 'report', () => writeReport(job.report, job.tempDirectory))
  await attempt(job, 'report', () => deleteSecretFiles(job))
  await attempt(job, 'comment', async () => {
    commentUrl = await postComment(job)
  })
  if (commentUrl !== undefined) writeCommentUrl(commentUrl)
  writeOutcome(job.report.failures[0])
  await writeAnnotations(job.report)
  await finishGitHubDeployment(job).catch(error => log.warning(line`${messageOf(error)}`))
}

/** Runs a writer. Its error fails a run that passed, and is a warning in a run that already failed. */
async function attempt(job: Job, phase: FailureInPhase['phase'], write: () => unknown): Promise<void> {
  try {
    await write()
  } catch (error) {
    if (job.report.failures.length === 0) job.fail(error, phase)
    else log.warning(line`${messageOf(error)}`)
  }
}

/**
 * Writes the report to the pull request.
 * @returns the address of the comment; undefined if none is written
 * @throws ServiceError if the comment cannot be posted
 */
export async function postComment(job: Job): Promise<string | undefined> {
  const { pullRequest } = job.report
  const wanted = decideComment(job.inputs.comment, job.report)
  // The token of a fork can only read.
  const isUntrusted = job.trigger.untrustedAuthor !== undefined
  if (pullRequest === undefined || wanted === 'nothing' || isUntrusted) return undefined
  const github = job.github()
  if (github === undefined) return undefined
  const { report, marker, isOurComment: isOurs, signedRecord: record } = job
  const posted = await writeReportComment(github, { pullRequest, report, marker, isOurs, wanted, record })
  if (posted !== 'superseded') return posted?.url
  log.notice(
    line`The comment on pull request #${pullRequest} shows the plan of a newer commit and stays as it is. This plan, of ${report.commit.slice(0, 7)}, is in the job summary.`,
  )
  return undefined
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
  const githubDeployment = await job.orWarn(() =>
    startDeployment(
      job.githubFor('deployment-environment', 'nothing'),
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
  await job.githubFor('deployment-environment', 'nothing').addDeploymentStatus(githubDeployment.id, status)
}

/** Opens, updates or closes the issue of a verify; closes it when the stack is destroyed. */
async function updateIssue(job: Job): Promise<void> {
  const { issue, mcp, targets } = job.inputs
  const { command } = job.report
  const isGone = command === 'destroy' && outcomeOf(job.report).status === 'passed' && targets.length === 0
  if (issue === 'never' || (command !== 'verify' && !isGone)) return
  const updated = await job.orWarn(() =>
    job.step('issue', () => updateVerifyIssue(job.githubFor('issue', 'never'), job.report, mcp.endpoint, Date.now())),
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
