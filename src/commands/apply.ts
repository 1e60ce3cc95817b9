/**
 * From an apply to what is proved of it: AWS runs this very revision, the endpoint speaks MCP, and the same revision serves
 * still. What fails is explained by what AWS shows, and repaired where a repair can help.
 */
import { info } from '@actions/core'
import { withTainted } from '../approval/review.ts'
import { CancelledError, type Failure, messageOf } from '../errors.ts'
import { describeCertificate, judgeCertificate, readCertificate, unreadCertificate } from '../gate/certificate-check.ts'
import { type GateRequest, gate } from '../gate/gate.ts'
import { Parameters } from '../platforms/aws/parameters.ts'
import { type Deployment, type EcsService, revisionInState } from '../platforms/deployment.ts'
import { Ec2 } from '../platforms/ec2/client.ts'
import { waitUntilReady } from '../platforms/ec2/ready.ts'
import { Ecs } from '../platforms/ecs/client.ts'
import { type Stability, waitUntilStable } from '../platforms/ecs/stability.ts'
import {
  decideRollback,
  saveLastGoodRevision as notePassed,
  type RollbackDecision,
  readLastGoodRevision,
  rollbackResult,
  rollbackStarted,
  startRollback,
} from '../platforms/rollback.ts'
import type { Terraform } from '../terraform/cli.ts'
import { driftMode, driftOf, judgeDrift } from '../terraform/drift.ts'
import { decideTaint, taint, taintFailureMessage } from '../terraform/taint.ts'
import type { Job } from './job.ts'
import { showPlan } from './prepare.ts'

export async function stable(job: Job, deployment: Deployment): Promise<Failure | undefined> {
  const { serving } = deployment
  if (serving.kind === 'ec2') return ready(job, deployment)
  const { plan } = job.report
  job.report.previousRevision = revisionInState(plan?.priorState, serving.service, serving.cluster)
  const seen = await job.timed('stability', () => runs(job, serving, job.report.previousRevision))
  job.report.stability = seen
  return job.failed(seen.failure, deployment, seen.observed)
}

async function ready(job: Job, deployment: Deployment): Promise<Failure | undefined> {
  const { serving } = deployment
  if (serving.kind === 'ecs') return undefined
  const { instanceId, region, address } = serving
  if (address === undefined) {
    info(`The instance ${instanceId} is not in this Terraform state, so its status checks are not watched.`)
    return undefined
  }
  const seen = await job.timed('stability', () =>
    waitUntilReady(new Ec2(region), instanceId, job.inputs.ec2.timeoutMs, job.tell),
  )
  job.report.readiness = seen
  return job.failed(seen.failure, deployment)
}

function runs(job: Job, serving: EcsService, previous: string | undefined): Promise<Stability> {
  const { timeoutMs } = job.inputs.ecs
  return waitUntilStable(new Ecs(serving.region), serving, previous, timeoutMs, job.tell, job.applyBegan)
}

/** @param deployment undefined when AWS cannot be asked what lies behind the endpoint */
export async function speaksMcp(job: Job, endpoint: string, deployment?: Deployment): Promise<Failure | undefined> {
  const began = Date.now()
  job.report.gate = await job.timed('gate', () => askGate(job, { endpoint }))
  return job.failed(job.report.gate.failure, deployment, undefined, began)
}

function askGate(job: Job, more: Partial<GateRequest> & Pick<GateRequest, 'endpoint'>): ReturnType<typeof gate> {
  return gate({ ...job.inputs.mcp, ...more }, info, secret => job.hide(secret))
}

/** The certificate must not expire soon. Of a gate that failed in TLS it is told already what the certificate is. */
export async function certificateLasts(job: Job, endpoint: string): Promise<void> {
  const { certificateDays } = job.inputs
  if (certificateDays === 0) return
  await job.timed('certificate', async () => {
    const certificate = await readCertificate(endpoint)
    if (certificate === 'none') return
    // Without a server there is no certificate, and the gate has said so.
    if (certificate === undefined && job.report.failures.length > 0) return
    if (certificate === undefined) return void (await job.failed(unreadCertificate(endpoint)))
    const seen = describeCertificate(certificate, endpoint, Date.now())
    job.report.certificate = seen
    job.tell(`The certificate of ${seen.host} is valid until ${seen.validTo}, ${seen.daysLeft} days from now.`)
    await job.failed(judgeCertificate(seen, certificateDays))
  })
}

/**
 * A plan of what is deployed, of which nothing is applied. `auto` promised no plan, so one that cannot be made is a warning.
 * @param prepared gives Terraform, only when it is needed
 */
export async function isAsWritten(job: Job, prepared: () => Promise<Terraform>): Promise<void> {
  const mode = driftMode(job.inputs)
  if (mode === 'ignore') return
  try {
    const terraform = await prepared()
    await job.timed('drift', async () => {
      // What is to be replaced once, on purpose, is no drift.
      const { plan } = await showPlan(job, terraform, { replaces: [], mode: job.inputs.driftPlan })
      const drift = driftOf(plan)
      job.report.drift = drift
      await job.failed(judgeDrift(drift, job.report.commit, mode))
    })
  } catch (error) {
    if (job.inputs.drift !== 'auto' || error instanceof CancelledError) throw error
    job.report.warnings.push(`No plan could be made, so it is not known what has drifted: ${messageOf(error)}`)
  }
}

/** What answered the gate must be what was applied: nobody has deployed or rolled back meanwhile. */
export async function stillServes(job: Job, deployment: Deployment): Promise<Failure | undefined> {
  const { serving } = deployment
  if (serving.kind === 'ec2') return undefined
  job.phase = 'stability'
  const again = await runs(job, serving, job.report.previousRevision)
  return job.failed(again.failure, deployment, again.observed)
}

/** So that a later run can go back to it. What cannot be noted is a warning: the deployment itself is well. */
export async function recordPassed(job: Job, { serving }: Deployment): Promise<void> {
  if (job.inputs.onFailure !== 'rollback' || serving.kind === 'ec2') return
  await job.warnOf(() => notePassed(new Parameters(serving.region), serving))
}

/** Rolls back where that was asked for and there is something to go back to; else taints. */
export async function repair(job: Job, terraform: Terraform, deployment: Deployment, failure: Failure): Promise<void> {
  const { serving } = deployment
  if (job.inputs.onFailure === 'rollback' && serving.kind === 'ecs') {
    const passed = await job.warnOf(() => readLastGoodRevision(new Parameters(serving.region), serving))
    const decision = decideRollback(serving, failure, passed, job.report.previousRevision)
    if (decision.to !== undefined) {
      const isStarted = await job.timed('rollback', () => rollBack(job, deployment, serving, decision))
      if (isStarted) return
    } else {
      job.report.warnings.push(decision.why)
      if (decision.instead === 'nothing') return
    }
  }
  if (job.inputs.onFailure === 'rollback' && serving.kind === 'ec2' && failure.remedy !== 'config')
    job.report.warnings.push(
      `There is nothing to roll back to: an instance has no earlier revision, so ${serving.instanceId} is tainted.`,
    )
  await taintServing(job, terraform, deployment, failure)
}

/**
 * Deploys the revision, waits for it and gates it: only then is it said that it serves again. What only the new version
 * was asked for (tools, a contract, a version) is not asked of the old one.
 * @returns whether the service could be pointed at it at all
 */
async function rollBack(
  job: Job,
  { endpoint }: Deployment,
  serving: EcsService,
  decision: Extract<RollbackDecision, { to: string }>,
): Promise<boolean> {
  const { to } = decision
  const began = await job.warnOf(async () => {
    const isNew = await startRollback(new Ecs(serving.region), serving, to)
    job.report.rollback = rollbackStarted(serving, decision)
    info(isNew ? `Rolling ${serving.service} back to ${to}.` : `ECS has gone back to ${to} by itself.`)
    return true
  })
  if (began === undefined) return false
  const target = { ...serving, taskDefinition: { arn: to, address: serving.taskDefinition?.address ?? '' } }
  const serves = () => runs(job, target, undefined)
  const verdict = async () =>
    (await askGate(job, { endpoint, tools: [], contract: undefined, expectVersion: undefined })).failure
  const failure = (await serves()).failure ?? (await verdict()) ?? (await serves()).failure
  job.report.rollback = rollbackResult(serving, decision, failure)
  job.tell(job.report.rollback.sentence)
  return true
}

/** A taint that fails is told beside the failure that asked for it, and hides nothing. */
async function taintServing(job: Job, terraform: Terraform, { serving }: Deployment, failure: Failure): Promise<void> {
  const decision = decideTaint(serving, failure, job.inputs.onFailure)
  const { address } = decision
  if (address !== undefined && job.record !== undefined) {
    // Before it happens: a run that dies over it leaves a taint that nobody has reviewed, and running it again may replace that.
    job.record = withTainted(job.record, [address])
    await job.warnOf(() => job.comment())
  }
  try {
    job.report.taint = await job.timed('taint', () => taint(terraform, decision))
  } catch (error) {
    job.report.warnings.push(taintFailureMessage(decision, error))
  }
}
