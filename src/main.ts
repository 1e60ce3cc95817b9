/**
 * Terraform MCP Deploy: plan on the pull request, apply on the merge what was reviewed, wait until AWS runs it, prove
 * that it speaks MCP, taint it or roll it back when it does not, and register it when it does. This page is that sentence.
 * What many of such runs have before and after them, around their matrix, is in matrix.ts.
 */
import { info, notice, setFailed, setOutput, warning } from '@actions/core'
import { checkedOutCommit } from './checkout.ts'
import {
  certificateLasts,
  isAsWritten,
  recordPassed,
  repair,
  speaksMcp,
  stable,
  stillServes,
} from './commands/apply.ts'
import {
  assertStackNameMatches,
  confirmDestroy,
  deactivateGitHubDeployments,
  deleteLastGoodRevision,
  destroyStack,
  destroysWholeStack,
  planDestroy,
} from './commands/destroy.ts'
import { aroundMatrix } from './commands/discover.ts'
import { emptyReport, Job } from './commands/job.ts'
import {
  checkCredentialLifetime,
  checkQueuedPlan,
  checkUntrustedPullRequest,
  isApproved,
  mergedPullRequest,
  plan,
  prepare,
  requestReview,
} from './commands/prepare.ts'
import { finishGitHubDeployment, startGitHubDeployment, updateVerifyIssue } from './commands/publish.ts'
import { InputError, messageOf } from './errors.ts'
import { decideTrigger } from './event.ts'
import { GitHub, statusOf } from './github/api.ts'
import { markClosed } from './github/comment.ts'
import { type DeployCommand, type Inputs, isMatrixCommand, type Run, readInputs, readRun } from './inputs.ts'
import { AliveMcp } from './monitors/alivemcp.ts'
import type { MonitorService } from './monitors/monitor.ts'
import { type Notification, notificationOf, notify, removalNotification } from './monitors/notify.ts'
import { Webhook } from './monitors/webhook.ts'
import { writeCommentUrl, writeOutcome } from './outputs.ts'
import { readDeployment } from './platforms/deployment.ts'
import { consoleLinks } from './platforms/index.ts'
import { redactAll } from './redact.ts'
import { marker } from './report/comment.ts'
import type { Report } from './report/report.ts'

const flows = { plan: planFlow, apply: applyFlow, verify: verifyFlow, destroy: destroyFlow }

/** Pull request: plan → comment. Of somebody without credentials: format and validity. Merge queue: still as reviewed? */
async function planFlow(job: Job): Promise<void> {
  const { visitor, queued } = job.trigger
  if (visitor !== undefined) return await checkUntrustedPullRequest(job, visitor)
  const planned = await plan(job, await prepare(job))
  if (queued === undefined) requestReview(job, planned)
  else await checkQueuedPlan(job, planned, queued)
}

/** Merge: plan → same as reviewed → apply → stable → speaks MCP; tainted or rolled back when it is not. */
async function applyFlow(job: Job): Promise<void> {
  refuseUnreviewable(job.inputs)
  const pullRequest = await mergedPullRequest(job)
  job.report.pullRequest = pullRequest?.number
  if (pullRequest === undefined)
    notice(
      `No merged pull request belongs to ${job.report.commit}: the report of this apply is in the job summary only.`,
    )
  const terraform = await prepare(job)
  const planned = await plan(job, terraform)
  if (!(await isApproved(job, planned, pullRequest)) || !(await checkCredentialLifetime(job))) return

  await announceApply(job)
  await startGitHubDeployment(job)
  job.applyBegan = Date.now()
  const state = await job.timed('apply', async () => {
    await terraform.apply()
    return await terraform.showState()
  })
  job.report.apply = 'done'
  const deployment = readDeployment(state, job.inputs)
  job.report.deployment = deployment
  job.report.links = consoleLinks(deployment.serving, state)

  const failure =
    (await stable(job, deployment)) ??
    (await speaksMcp(job, deployment.endpoint, deployment)) ??
    (await stillServes(job, deployment))
  if (failure === undefined) await recordPassed(job, deployment)
  else await repair(job, terraform, deployment, failure)
}

/** Schedule: what is deployed must still speak MCP, have a valid certificate, and be as it is written. Changes nothing. */
async function verifyFlow(job: Job): Promise<void> {
  const { endpoint } = job.inputs.mcp
  if (endpoint !== undefined) {
    await speaksMcp(job, endpoint)
    await certificateLasts(job, endpoint)
    return await isAsWritten(job, () => prepare(job))
  }
  const terraform = await prepare(job)
  const state = await terraform.showState()
  const deployment = readDeployment(state, job.inputs)
  job.report.deployment = deployment
  job.report.links = consoleLinks(deployment.serving, state)
  await speaksMcp(job, deployment.endpoint, deployment)
  await certificateLasts(job, deployment.endpoint)
  await isAsWritten(job, async () => terraform)
}

/** Only by command: destroy plan → confirmed by the stack's name → monitors told, before it pages → nothing is left. */
async function destroyFlow(job: Job): Promise<void> {
  assertStackNameMatches(job)
  const terraform = await prepare(job)
  const planned = await planDestroy(job, terraform)
  if (!(await confirmDestroy(job, planned)) || !(await checkCredentialLifetime(job))) return

  if (destroysWholeStack(job)) {
    await tellMonitors(job, removalNotification(job.report, job.run, job.inputs))
    await deleteLastGoodRevision(job, planned)
  } else notice('With target the stack goes on: its monitors, deployments and issue are left as they are.')
  const isGone = await destroyStack(job, terraform, planned)
  if (isGone && destroysWholeStack(job)) await deactivateGitHubDeployments(job)
}

async function tellOthers(job: Job): Promise<void> {
  await tellMonitors(job, notificationOf(job.report, job.run, job.inputs))
  await updateVerifyIssue(job)
}

/**
 * A verified endpoint is registered; what fails, or is about to be destroyed, is told to whoever listens. A new monitor
 * is one more line here.
 */
async function tellMonitors(job: Job, announced: Notification | undefined): Promise<void> {
  const { alivemcp, webhook } = job.inputs
  const { redact } = job
  const monitors: MonitorService[] = []
  if (alivemcp !== undefined) monitors.push(new AliveMcp(alivemcp))
  if (webhook !== undefined) monitors.push(new Webhook(webhook, value => redactAll(value, redact)))
  if (announced === undefined || monitors.length === 0) return
  const phase = announced.method === 'removed' ? 'unregister' : 'register'
  job.report.monitors = await job.timed(phase, () => notify(monitors, announced))
}

function refuseUnreviewable({ comment, planApproval }: Inputs): void {
  if (comment !== 'never' || planApproval !== 'reviewed') return
  throw new InputError(
    'Input comment is "never" and plan-approval is "reviewed": without the comment there is no plan to review. ' +
      'Set comment to "always" or "changes", or plan-approval to "none".',
  )
}

/** A token that may not comment is told before anything is changed; a fault of GitHub's keeps no deployment. */
async function announceApply(job: Job): Promise<void> {
  job.report.apply = 'started'
  try {
    await job.comment()
  } catch (error) {
    if ([401, 403, 404].includes(statusOf(error))) {
      delete job.report.apply
      throw error
    }
    warning(messageOf(error))
  }
}

/** The pull request is over and nothing of its plan will be applied: its comment says so. Needs no Terraform. */
async function closePlan(
  inputs: Inputs,
  run: Run,
  { pullRequest, sha }: { pullRequest: number; sha: string },
): Promise<void> {
  if (inputs.comment === 'never' || inputs.githubToken === '') return
  const report: Report = { ...emptyReport(inputs, run), command: 'plan', commit: sha, pullRequest }
  const posted = await markClosed(
    new GitHub(inputs.githubToken, run.owner, run.repo, info),
    pullRequest,
    report,
    marker(report),
  )
  if (posted !== undefined) writeCommentUrl(posted.url)
}

async function deploy(inputs: Inputs, run: Run, command: DeployCommand): Promise<void> {
  const trigger = decideTrigger(command, run, checkedOutCommit(inputs.workingDirectory, run.workspace))
  setOutput('command', trigger.command)
  if (trigger.command !== 'none')
    return await new Job(inputs, run, trigger).carryOut(flows[trigger.command], tellOthers, finishGitHubDeployment)
  notice(trigger.reason)
  if (trigger.closed !== undefined) await closePlan(inputs, run, trigger.closed)
}

try {
  const run = readRun(process.env)
  const inputs = readInputs(run.workspace)
  if (isMatrixCommand(inputs.command)) await aroundMatrix[inputs.command](inputs, run)
  else await deploy(inputs, run, inputs.command)
} catch (error) {
  writeOutcome({ phase: 'start', code: '' })
  setFailed(messageOf(error))
}
// Whatever is still open by now, such as a connection of a cancelled gate, must not keep the job.
process.exit()
