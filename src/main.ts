/**
 * Terraform MCP Deploy: plan on the pull request, apply on the merge what was reviewed, wait until AWS runs it, prove
 * that it speaks MCP, taint it or roll it back when it does not, and register it when it does. This page is that sentence.
 */
import { info, notice, setFailed, setOutput, warning } from '@actions/core'
import { checkedOutCommit } from './checkout.ts'
import { AliveMcp } from './clients/alivemcp.ts'
import { GitHub, statusOf } from './clients/github.ts'
import type { MonitorService } from './clients/monitor.ts'
import { Webhook } from './clients/webhook.ts'
import { InputError, messageOf } from './errors.ts'
import { type Inputs, type Run, readInputs, readRun } from './inputs.ts'
import { emptyReport, Job } from './job.ts'
import { writeCommentUrl, writeOutcome } from './outputs.ts'
import { certificateLasts, isAsWritten, recordPassed, repair, speaksMcp, stable, stillServes } from './proof.ts'
import {
  checkVisitor,
  compareQueued,
  credentialsLast,
  isApproved,
  mergedPullRequest,
  plan,
  prepare,
  putUpForReview,
} from './proposal.ts'
import { deactivate, forgetRecord, isMeant, isWhole, planDestroy, refuseOtherName, takeDown } from './removal.ts'
import { marker } from './report/comment.ts'
import { redactAll } from './report/redact.ts'
import type { Report } from './report/report.ts'
import { apply, readDeployment } from './steps/apply.ts'
import { markClosed } from './steps/comment.ts'
import { consoleLinks } from './steps/console.ts'
import { type Announcement, announcement, removal, tell } from './steps/register.ts'
import { announceDeployment, concludeDeployment, tellByIssue } from './telling.ts'
import { decideTrigger } from './trigger.ts'

const flows = { plan: planFlow, apply: applyFlow, verify: verifyFlow, destroy: destroyFlow }

/** Pull request: plan → comment. Of somebody without credentials: format and validity. Merge queue: still as reviewed? */
async function planFlow(job: Job): Promise<void> {
  const { visitor, queued } = job.trigger
  if (visitor !== undefined) return await checkVisitor(job, visitor)
  const planned = await plan(job, await prepare(job))
  if (queued === undefined) putUpForReview(job, planned)
  else await compareQueued(job, planned, queued)
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
  if (!(await isApproved(job, planned, pullRequest)) || !(await credentialsLast(job))) return

  await announceApply(job)
  await announceDeployment(job)
  job.applyBegan = Date.now()
  const state = await job.timed('apply', () => apply(terraform))
  job.report.apply = 'done'
  const deployment = readDeployment(state, job.inputs)
  job.report.deployment = deployment
  job.report.links = consoleLinks(state, deployment.serving)

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
  job.report.links = consoleLinks(state, deployment.serving)
  await speaksMcp(job, deployment.endpoint, deployment)
  await certificateLasts(job, deployment.endpoint)
  await isAsWritten(job, async () => terraform)
}

/** Only by command: destroy plan → confirmed by the stack's name → monitors told, before it pages → nothing is left. */
async function destroyFlow(job: Job): Promise<void> {
  refuseOtherName(job)
  const terraform = await prepare(job)
  const planned = await planDestroy(job, terraform)
  if (!(await isMeant(job, planned)) || !(await credentialsLast(job))) return

  if (isWhole(job)) {
    await tellMonitors(job, removal(job.report, job.run, job.inputs))
    await forgetRecord(job, planned)
  } else notice('With target the stack goes on: its monitors, deployments and issue are left as they are.')
  const isGone = await takeDown(job, terraform, planned)
  if (isGone && isWhole(job)) await deactivate(job)
}

async function tellOthers(job: Job): Promise<void> {
  await tellMonitors(job, announcement(job.report, job.run, job.inputs))
  await tellByIssue(job)
}

/**
 * A verified endpoint is registered; what fails, or is about to be destroyed, is told to whoever listens. A new monitor
 * is one more line here.
 */
async function tellMonitors(job: Job, announced: Announcement | undefined): Promise<void> {
  const { alivemcp, webhook } = job.inputs
  const { redact } = job
  const monitors: MonitorService[] = []
  if (alivemcp !== undefined) monitors.push(new AliveMcp(alivemcp))
  if (webhook !== undefined) monitors.push(new Webhook(webhook, value => redactAll(value, redact)))
  if (announced === undefined || monitors.length === 0) return
  const phase = announced.told === 'removed' ? 'unregister' : 'register'
  job.report.monitors = await job.timed(phase, () => tell(monitors, announced))
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

try {
  const run = readRun(process.env)
  const inputs = readInputs(run.workspace)
  const trigger = decideTrigger(inputs.command, run, checkedOutCommit(inputs.workingDirectory, run.workspace))
  setOutput('command', trigger.command)
  if (trigger.command === 'none') {
    notice(trigger.reason)
    if (trigger.closed !== undefined) await closePlan(inputs, run, trigger.closed)
  } else await new Job(inputs, run, trigger).carryOut(flows[trigger.command], tellOthers, concludeDeployment)
} catch (error) {
  writeOutcome({ phase: 'start', code: '' })
  setFailed(messageOf(error))
}
// Whatever is still open by now, such as a connection of a cancelled gate, must not keep the job.
process.exit()
