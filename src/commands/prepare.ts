/**
 * From the trigger to a plan that may be applied: Terraform installed and initialized, the plan made and shown, and put up
 * for review or compared with what was reviewed. Nothing here changes anything.
 */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { info, saveState, warning } from '@actions/core'
import { lineageOf } from '../approval/lineage.ts'
import {
  type PlanToApprove,
  type ReviewedPullRequest,
  requestReview as recordForReview,
  reviewPlan,
  reviewQueuedPlan,
} from '../approval/review.ts'
import { lockFileDigest } from '../approval/settings.ts'
import { isFork, type UntrustedAuthor } from '../event.ts'
import { decideCredentialLifetime, neededMs } from '../platforms/aws/credentials.ts'
import { requireOutputs } from '../platforms/index.ts'
import { Repository } from '../stacks/repository.ts'
import { type RunningWorkflow, refuseSharedState } from '../stacks/shared-state.ts'
import { check, checkFailure } from '../terraform/check.ts'
import { CommandFence, type PlanMode, Terraform } from '../terraform/cli.ts'
import { installTerraform } from '../terraform/install/install.ts'
import { type MadePlan, makePlan } from '../terraform/plan.ts'
import { assertRemoteBackend, configuredBackend, prepareRootModule } from '../terraform/root-module.ts'
import { tools } from '../terraform/tools.ts'
import type { Job } from './job.ts'

/** How long a push waits for GitHub to know its pull request. */
const pullRequestTimeoutMs = 15_000

const print = (text: string) => void process.stdout.write(text)

/** The pull request whose merge is applied, undefined for a commit that was pushed without one. */
export async function mergedPullRequest(job: Job): Promise<ReviewedPullRequest | undefined> {
  const pull = job.run.payload.pull_request
  return pull === undefined
    ? await job.github()?.pullRequestOf(job.report.commit, pullRequestTimeoutMs)
    : { number: pull.number, head: pull.head.sha, fromFork: isFork(pull) }
}

/** Terraform, installed and initialized; everything that can be refused is refused here. */
export async function prepare(job: Job): Promise<Terraform> {
  const { stack, backendConfig, workspace, allowLocalState } = job.inputs
  refuseSharedState(runningWorkflow(job.run), new Repository(job.run.workspace))
  const terraform = await install(job, true)
  job.lockFile = lockFileDigest(terraform.directory)
  await job.timed('init', async () => {
    await terraform.init(backendConfig)
    const { command } = job.report
    if ((command === 'apply' || command === 'destroy') && !allowLocalState)
      assertRemoteBackend(configuredBackend(terraform.directory), stack, command)
    // A misspelt workspace would be a new one, in which nothing is there to destroy.
    if (workspace !== undefined) await terraform.selectWorkspace(workspace, command !== 'destroy')
  })
  return terraform
}

/** The plan, made and shown, its secrets hidden. @param how what it is made for, and addresses to replace */
export async function showPlan(
  job: Job,
  terraform: Terraform,
  how: { readonly replaces: readonly string[]; readonly mode: PlanMode },
): Promise<MadePlan> {
  const made = await makePlan(terraform, { ...job.inputs, ...how }, job.run)
  const { plan, warnings, secrets } = made
  for (const secret of secrets) job.hide(secret)
  job.report.plan = { ...plan, warnings: plan.warnings.map(each => job.placed(each)) }
  job.report.warnings.push(...warnings)
  const fence = new CommandFence(print)
  fence.print(job.redact(plan.text))
  fence.close()
  return made
}

/** The plan, with all that its approval depends on. */
export async function plan(job: Job, terraform: Terraform): Promise<PlanToApprove> {
  return await job.timed('plan', async () => {
    const { plan, json } = await showPlan(job, terraform, { replaces: job.inputs.replaces, mode: 'normal' })
    requireOutputs(plan.outputNames, job.inputs)

    const { owner, repo, workflow, workspace: checkout } = job.run
    const { planApproval, planApprovalKey } = job.inputs
    const { directory, planFile } = terraform
    const { terraformVersion, hasChanges } = plan
    return {
      json,
      hasChanges,
      madeWith: { ...job.inputs, terraformVersion, directory, checkout, lockFile: job.lockFile },
      secrets: { key: planApprovalKey, lineage: lineageOf(readFileSync(planFile)) },
      approval: planApproval,
      binding: { repository: `${owner}/${repo}`, workflow, target: job.marker },
      commit: job.report.commit,
      runUrl: job.report.runUrl,
      redact: job.redact,
    }
  })
}

/** Puts the plan up for review: the comment will say to the merge what it must be. */
export function requestReview(job: Job, planned: PlanToApprove): void {
  const { approval, record } = recordForReview(planned, job.report.pullRequest)
  job.report.approval = approval
  job.record = record
}

/** Whether the plan is the one that was reviewed. If it is, the comment says from here on that it is being applied. */
export async function isApproved(
  job: Job,
  planned: PlanToApprove,
  pullRequest: ReviewedPullRequest | undefined,
): Promise<boolean> {
  return await job.timed('approval', async () => {
    const { approval, failure, record } = await reviewPlan(planned, pullRequest, number => job.readComment(number))
    job.report.approval = approval
    job.record = record
    return (await job.failed(failure)) === undefined
  })
}

/** Whether the credentials last for what comes: what could not be finished is not begun. */
export async function checkCredentialLifetime(job: Job): Promise<boolean> {
  job.phase = 'credentials'
  const { command } = job.report
  const needed = neededMs({ ...job.inputs, command })
  const { failure, warning } = decideCredentialLifetime(job.inputs.credentialsEnd, Date.now(), needed)
  if (warning !== undefined) job.report.warnings.push(warning)
  return (await job.failed(failure)) === undefined
}

/** A merge queue's plan is red before the merge where the one after it would be refused. */
export async function checkQueuedPlan(job: Job, planned: PlanToApprove, number: number): Promise<void> {
  const github = job.github()
  if (planned.approval !== 'reviewed' || github === undefined) return
  await job.timed('approval', async () => {
    const pullRequest = await github.pullRequest(number)
    const { approval, failure } = await reviewQueuedPlan(planned, pullRequest, each => job.readComment(each))
    job.report.approval = approval
    if (failure === undefined && approval.differences.length > 0) {
      job.report.warnings.push(
        'This plan does more than the reviewed one. Pull requests before it in the queue may be why; after the merge it must be the same.',
      )
    }
    await job.failed(failure)
  })
}

/** `uses: ./` is this action only where the runner knows no repository that it comes from. */
function runningWorkflow({ workflow, job, action }: Job['run']): RunningWorkflow {
  const named = action && new RegExp(`^[^/\\s]+/${RegExp.escape(basename(action.url))}(/[^@]*)?@`, 'i')
  const isOurs = (uses: string) => (named === undefined ? /^\.\/?$/.test(uses) : named.test(uses))
  return { file: workflow, job, isOurs, env: process.env }
}

/** What can be said of somebody's pull request without credentials. */
export async function checkUntrustedPullRequest(job: Job, visitor: UntrustedAuthor): Promise<void> {
  const { workingDirectory, forks } = job.inputs
  const terraform = await install(job, false)
  job.report.check = await job.timed('check', () =>
    check(terraform, visitor, workingDirectory, each => job.placed(each)),
  )
  await job.failed(checkFailure(job.report.check, forks))
}

/** @param credentials whether Terraform may have those of the environment */
async function install(job: Job, credentials: boolean): Promise<Terraform> {
  const { tool, terraformVersion, terraformMirror } = job.inputs
  const directory = prepareRootModule(job.inputs, job.scratch)
  const { binary, version } = await job.timed('install', () =>
    installTerraform({ tool, version: terraformVersion, directory, mirror: terraformMirror, warn: warning }),
  )
  info(`${tools[tool].title} ${version}: ${binary}`)
  job.terraform = new Terraform({
    ...job.inputs,
    binary,
    version,
    directory,
    scratch: job.scratch,
    credentials,
    print,
    onRunning: running => saveState('running', running ?? ''),
  })
  return job.terraform
}
