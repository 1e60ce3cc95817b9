/**
 * Who is told on GitHub besides the comment: whoever watches the environment, by a deployment with its statuses, and whoever
 * watches the repository, by the issue of a scheduled `verify`. Neither keeps a deployment or turns a run red.
 */

import { finalStatus, startDeployment } from '../github/deployment.ts'
import { updateVerifyIssue as updateIssue } from '../github/issue.ts'
import { redactAll } from '../redact.ts'
import { outcomeOf } from '../report/outcome.ts'
import { stackName } from '../report/target.ts'
import type { Job } from './job.ts'

/** Before anything is changed: a token that may not do it is told now, and the deployment goes on. */
export async function startGitHubDeployment(job: Job): Promise<void> {
  const { environment } = job.inputs
  if (environment === undefined) return
  const begun = await job.warnOf(() =>
    startDeployment(
      job.githubFor('environment', 'nothing'),
      job.report,
      environment,
      stackName(job.report.target, job.run.repo),
    ),
  )
  if (begun !== undefined) job.report.githubDeployment = begun
}

/** The status that stays: also of a run that was cancelled, or whose comment was refused in the end. */
export async function finishGitHubDeployment(job: Job): Promise<void> {
  const { githubDeployment } = job.report
  if (githubDeployment === undefined) return
  const status = finalStatus(job.report)
  await job.githubFor('environment', 'nothing').addDeploymentStatus(githubDeployment.id, status)
}

/** Opens, updates or closes the issue of a verify; closes it when there is nothing left to verify. */
export async function updateVerifyIssue(job: Job): Promise<void> {
  const { issue, mcp, targets } = job.inputs
  const { command } = job.report
  const { status } = outcomeOf(job.report)
  const isGone = command === 'destroy' && status === 'passed' && targets.length === 0
  if (issue === 'never' || (command !== 'verify' && !isGone)) return
  const news = await job.warnOf(() =>
    job.timed('issue', () =>
      updateIssue(job.githubFor('issue', 'never'), redactAll(job.report, job.redact), mcp.endpoint, Date.now()),
    ),
  )
  if (news !== undefined) job.report.issue = news
}
