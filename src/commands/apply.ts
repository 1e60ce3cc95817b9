/**
 * `apply`: exactly what was reviewed is applied; then AWS must run this very revision, the endpoint must speak MCP, and the
 * same revision must serve still. A failure is explained by what AWS shows, and what is running is tainted or rolled back.
 */
import { type ReviewedPullRequest, reviewPlan, withTainted } from '../approval/review.ts'
import { type Failure, InputError, messageOf } from '../errors.ts'
import { isFork } from '../event.ts'
import { type GateReport, type GateRequest, gate } from '../gate/gate.ts'
import { statusOf } from '../github/api.ts'
import { line, log, secrets } from '../log.ts'
import { explained, symptoms } from '../platforms/aws/causes.ts'
import { consoleLinks } from '../platforms/aws/console.ts'
import { Parameters } from '../platforms/aws/parameters.ts'
import { apply, type Deployment, type EcsService, readDeployment, revisionInState } from '../platforms/deployment.ts'
import { diagnose } from '../platforms/diagnose.ts'
import { Ec2 } from '../platforms/ec2/client.ts'
import { waitUntilReady } from '../platforms/ec2/ready.ts'
import { Ecs } from '../platforms/ecs/client.ts'
import { type Stability, waitUntilStable } from '../platforms/ecs/stability.ts'
import {
  decideRollback,
  type RollbackDecision,
  readLastGoodRevision,
  rollbackResult,
  rollbackStarted,
  saveLastGoodRevision,
  startRollback,
} from '../platforms/rollback.ts'
import { evidenceLines } from '../report/evidence.ts'
import type { Terraform } from '../terraform/cli.ts'
import { decideTaint, taint, taintFailureMessage } from '../terraform/taint.ts'
import { checkCredentialLifetime } from './credentials.ts'
import type { CheckResult, Job } from './job.ts'
import { planForApproval, prepare } from './prepare.ts'
import { postComment, startGitHubDeployment } from './publish.ts'

/** How long a push waits for GitHub to know its pull request. */
const pullRequestTimeoutMs = 15_000

export async function runApply(job: Job): Promise<void> {
  assertReviewable(job)
  const pullRequest = await mergedPullRequest(job)
  job.record({ pullRequest: pullRequest?.number })
  if (pullRequest === undefined)
    log.notice(
      line`No merged pull request belongs to ${job.report.commit}: the report of this apply is in the job summary only.`,
    )
  const terraform = await prepare(job)
  if (!(await checkApproval(job, terraform, pullRequest)) || !checkCredentialLifetime(job)) return

  await announceApply(job)
  await startGitHubDeployment(job)
  const began = Date.now()
  const deployment = await applyPlan(job, terraform)
  const proved =
    (await checkStability(job, deployment, began)) &&
    (await checkGate(job, deployment.endpoint, deployment)) &&
    (await checkStillServing(job, deployment, began))
  if (proved) await saveRevision(job, deployment)
  else await repair(job, terraform, deployment, began)
}

function assertReviewable({ inputs: { comment, planApproval } }: Job): void {
  if (comment !== 'never' || planApproval !== 'reviewed') return
  throw new InputError(
    'Input comment is "never" and plan-approval is "reviewed": without the comment there is no plan to review. ' +
      'Set comment to "always" or "changes", or plan-approval to "none".',
  )
}

/** The pull request whose merge is applied, undefined for a commit that was pushed without one. */
async function mergedPullRequest(job: Job): Promise<ReviewedPullRequest | undefined> {
  const pull = job.run.payload.pull_request
  return pull === undefined
    ? await job.github()?.pullRequestOf(job.report.commit, pullRequestTimeoutMs)
    : { number: pull.number, head: pull.head.sha, fromFork: isFork(pull) }
}

/** Whether the plan is the reviewed one. If it is, the comment says from here on that it is being applied. */
async function checkApproval(
  job: Job,
  terraform: Terraform,
  pullRequest: ReviewedPullRequest | undefined,
): Promise<boolean> {
  const planned = await planForApproval(job, terraform)
  return await job.check('approval', async () => {
    const { approval, failure, record } = await reviewPlan(planned, pullRequest, async number =>
      job.github()?.readComment(number, job.isOurComment),
    )
    job.signedRecord = record
    return { adds: { approval }, failure }
  })
}

/** A token that may not comment ends the run before anything is changed. Any other fault of GitHub's delays no deployment. */
async function announceApply(job: Job): Promise<void> {
  job.record({ apply: 'started' })
  try {
    await postComment(job)
  } catch (error) {
    if (error instanceof InputError || [401, 403, 404].includes(statusOf(error))) {
      job.record({ apply: undefined })
      throw error
    }
    log.warning(line`${messageOf(error)}`)
  }
}

async function applyPlan(job: Job, terraform: Terraform): Promise<Deployment> {
  const state = await job.step('apply', () => apply(terraform))
  job.record({ apply: 'done' })
  const deployment = readDeployment(state, job.inputs)
  job.record({ deployment, links: consoleLinks(state, deployment.serving) })
  return deployment
}

async function checkStability(job: Job, deployment: Deployment, began: number): Promise<boolean> {
  const { serving } = deployment
  if (serving.kind === 'ec2') return await checkReadiness(job, deployment)
  const previousRevision = revisionInState(job.report.plan?.priorState, serving.service, serving.cluster)
  job.record({ previousRevision })
  return await job.check('stability', async () => {
    const stability = await followService(job, serving, previousRevision, began)
    return {
      adds: { stability },
      failure: stability.failure,
      ...explaining(job, stability.failure, deployment, { observed: stability.observed }),
    }
  })
}

async function checkReadiness(job: Job, deployment: Deployment): Promise<boolean> {
  const { serving } = deployment
  if (serving.kind === 'ecs') return true
  const { instanceId, region, address } = serving
  if (address === undefined) {
    log.line(line`The instance ${instanceId} is not in this Terraform state, so its status checks are not watched.`)
    return true
  }
  return await job.check('stability', async () => {
    const readiness = await waitUntilReady(new Ec2(region), instanceId, job.inputs.ec2.timeoutMs, logText)
    return {
      adds: { readiness },
      failure: readiness.failure,
      ...explaining(job, readiness.failure, deployment, {}),
    }
  })
}

function followService(job: Job, serving: EcsService, previous: string | undefined, began: number): Promise<Stability> {
  return waitUntilStable(new Ecs(serving.region), serving, previous, job.inputs.ecs.timeoutMs, logText, began)
}

/** @param deployment undefined when AWS cannot be asked what lies behind the endpoint */
export async function checkGate(job: Job, endpoint: string, deployment?: Deployment): Promise<boolean> {
  const began = Date.now()
  return await job.check('gate', async () => {
    const report = await runGate(job, { endpoint })
    return {
      adds: { gate: report },
      failure: report.failure,
      ...explaining(job, report.failure, deployment, { began }),
    }
  })
}

function runGate(job: Job, more: Partial<GateRequest> & Pick<GateRequest, 'endpoint'>): Promise<GateReport> {
  return gate({ ...job.inputs.mcp, ...more }, logText, secret => secrets.add(secret))
}

/** What answered the gate must be what was applied: nobody may have deployed or rolled back since. */
async function checkStillServing(job: Job, deployment: Deployment, began: number): Promise<boolean> {
  const { serving } = deployment
  if (serving.kind === 'ec2') return true
  return await job.check('stability', async () => {
    const { failure, observed } = await followService(job, serving, job.report.previousRevision, began)
    return { failure, ...explaining(job, failure, deployment, { observed }) }
  })
}

/** Asks AWS why, where AWS may know. @param observed goes before "because"; what was over when it `began` is no cause */
function explaining(
  job: Job,
  failure: Failure | undefined,
  deployment: Deployment | undefined,
  { observed, began }: { readonly observed?: string | undefined; readonly began?: number },
): Pick<CheckResult, 'explain'> {
  if (failure === undefined || deployment === undefined || symptoms[failure.code] === undefined) return {}
  const explain = async () => {
    const evidence = await diagnose(deployment.serving, job.report.stability?.deployment, began)
    log.line(evidenceLines(evidence))
    return { failure: explained(failure, evidence, deployment.endpoint, observed), adds: { evidence } }
  }
  return { explain }
}

/** So that a later run can go back to it. If it cannot be saved, that is a warning: the deployment itself is well. */
async function saveRevision(job: Job, { serving }: Deployment): Promise<void> {
  if (job.inputs.onFailure !== 'rollback' || serving.kind === 'ec2') return
  await job.orWarn(() => saveLastGoodRevision(new Parameters(serving.region), serving))
}

/** Rolls back where that was asked for and there is something to go back to; else taints. */
async function repair(job: Job, terraform: Terraform, deployment: Deployment, began: number): Promise<void> {
  const { serving } = deployment
  const [failure] = job.report.failures
  if (failure?.remedy === undefined) return
  if (job.inputs.onFailure === 'rollback' && serving.kind === 'ecs') {
    const passed = await job.orWarn(() => readLastGoodRevision(new Parameters(serving.region), serving))
    const decision = decideRollback(serving, { remedy: failure.remedy }, passed, job.report.previousRevision)
    if (decision.to !== undefined) {
      const isStarted = await job.step('rollback', () => rollBack(job, deployment, serving, decision, began))
      if (isStarted) return
    } else {
      job.warn(decision.why)
      if (decision.instead === 'nothing') return
    }
  }
  if (job.inputs.onFailure === 'rollback' && serving.kind === 'ec2' && failure.remedy !== 'config')
    job.warn(
      `There is nothing to roll back to: an instance has no earlier revision, so ${serving.instanceId} is tainted.`,
    )
  await taintServing(job, terraform, deployment, { remedy: failure.remedy })
}

/**
 * Deploys the revision, waits for it and gates it: only then does the report say that it serves again. What only the new
 * version was asked for (tools, a contract, a version) is not asked of the old one.
 * @returns whether the service could be pointed at it at all
 */
async function rollBack(
  job: Job,
  { endpoint }: Deployment,
  serving: EcsService,
  decision: Extract<RollbackDecision, { to: string }>,
  began: number,
): Promise<boolean> {
  const { to } = decision
  const started = await job.orWarn(async () => {
    const isNew = await startRollback(new Ecs(serving.region), serving, to)
    job.record({ rollback: rollbackStarted(serving, decision) })
    log.line(isNew ? line`Rolling ${serving.service} back to ${to}.` : line`ECS has gone back to ${to} by itself.`)
    return true
  })
  if (started === undefined) return false
  const target = { ...serving, taskDefinition: { arn: to, address: serving.taskDefinition?.address ?? '' } }
  const serves = () => followService(job, target, undefined, began)
  const verdict = async () =>
    (await runGate(job, { endpoint, tools: [], contract: undefined, expectVersion: undefined })).failure
  const failure = (await serves()).failure ?? (await verdict()) ?? (await serves()).failure
  const rollback = rollbackResult(serving, decision, failure)
  job.record({ rollback })
  log.line(line`${rollback.sentence}`)
  return true
}

/** A taint that fails is reported beside the failure that asked for it, and hides nothing. */
async function taintServing(
  job: Job,
  terraform: Terraform,
  { serving }: Deployment,
  failure: Pick<Failure, 'remedy'>,
): Promise<void> {
  const decision = decideTaint(serving, failure, job.inputs.onFailure)
  const { address } = decision
  if (address !== undefined && job.signedRecord !== undefined) {
    // Before it happens: a run that dies in it leaves a taint that nobody has reviewed, and running it again may replace that.
    job.signedRecord = withTainted(job.signedRecord, [address])
    await job.orWarn(() => postComment(job))
  }
  try {
    job.record({ taint: await job.step('taint', () => taint(terraform, decision)) })
  } catch (error) {
    job.warn(taintFailureMessage(decision, error))
  }
}

function logText(text: string): void {
  log.line(line`${text}`)
}
