/**
 * From an apply to what is proved of it: AWS runs this very revision, the endpoint speaks MCP, and the same revision serves
 * still. What fails is explained by what AWS shows, and repaired where a repair can help.
 */
import { info } from '@actions/core'
import { withTainted } from '../approval/review.ts'
import { CancelledError, type Failure, messageOf } from '../errors.ts'
import { describeCertificate, judgeCertificate, readCertificate, unreadCertificate } from '../gate/certificate-check.ts'
import { type GateRequest, gate } from '../gate/gate.ts'
import type { Deployment } from '../platforms/deployment.ts'
import { notWatched, taintTargetOf, versionBefore, watchTimeoutMs } from '../platforms/index.ts'
import { saveLastGoodRevision as notePassed, readLastGoodRevision } from '../platforms/last-good-revision.ts'
import type { Target, Version, WatchContext } from '../platforms/platform.ts'
import {
  decideRepair,
  type RollbackTarget,
  rollbackLine,
  rollbackResult,
  rollbackStarted,
  rolledBack,
  startRollback,
} from '../platforms/rollback.ts'
import { checkStillServing, gateHold, waitUntilStable, watchReport } from '../platforms/watch.ts'
import type { Terraform } from '../terraform/cli.ts'
import { driftMode, driftOf, judgeDrift } from '../terraform/drift.ts'
import { decideTaint, taint, taintFailureMessage } from '../terraform/taint.ts'
import type { Job } from './job.ts'
import { showPlan } from './prepare.ts'

export async function stable(job: Job, deployment: Deployment): Promise<Failure | undefined> {
  const { serving } = deployment
  const skipped = notWatched(serving)
  if (skipped !== undefined) {
    job.tell(`Not checked: ${skipped}`)
    job.report.notChecked = [skipped]
    return undefined
  }
  const previous = versionBefore(serving, job.report.plan?.priorState)
  job.report.previousRevision = previous?.id
  const seen = await job.timed('stability', () => waitUntilStable(serving, watching(job, serving, previous)))
  if (seen === undefined) return undefined
  Object.assign(job.report, watchReport(serving, seen))
  const { hold } = seen
  if (hold !== undefined) {
    const failure = await job.timed('gate', () =>
      gateHold(hold, async endpoint => (await askGate(job, { endpoint })).failure),
    )
    return (await job.failed(failure, deployment)) ?? (await stable(job, deployment))
  }
  return job.failed(seen.failure, deployment, seen.observed)
}

function watching(job: Job, serving: Target, previous: Version | undefined): WatchContext {
  return {
    previous,
    since: job.applyBegan,
    log: text => job.tell(String(text)),
    times: { timeoutMs: watchTimeoutMs(serving, job.inputs) },
  }
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
    if (certificate === undefined) return await alsoFailed(job, unreadCertificate(endpoint))
    const seen = describeCertificate(certificate, endpoint, Date.now())
    job.report.certificate = seen
    job.tell(`The certificate of ${seen.host} is valid until ${seen.validTo}, ${seen.daysLeft} days from now.`)
    await alsoFailed(job, judgeCertificate(seen, certificateDays))
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
      await alsoFailed(job, judgeDrift(drift, job.report.commit, mode))
    })
  } catch (error) {
    if (job.inputs.drift !== 'auto' || error instanceof CancelledError) throw error
    job.report.warnings.push(`No plan could be made, so it is not known what has drifted: ${messageOf(error)}`)
  }
}

/** One run can find several things; the first is why it is red, and the others are told beside it. */
async function alsoFailed(job: Job, failure: Failure | undefined): Promise<void> {
  const isSecond = job.report.failures.length > 0
  if (failure !== undefined && isSecond) job.report.warnings.push(`${failure.code}: ${failure.sentence}`)
  else await job.failed(failure)
}

/** What answered the gate must be what was applied: nobody has deployed or rolled back meanwhile. */
export async function stillServes(job: Job, deployment: Deployment): Promise<Failure | undefined> {
  const { serving } = deployment
  job.phase = 'stability'
  const previous = versionBefore(serving, job.report.plan?.priorState)
  const again = await checkStillServing(serving, watching(job, serving, previous))
  return job.failed(again?.failure, deployment, again?.observed)
}

/** So that a later run can go back to it. What cannot be noted is a warning: the deployment itself is well. */
export async function recordPassed(job: Job, { serving }: Deployment): Promise<void> {
  if (job.inputs.onFailure === 'rollback') await job.warnOf(() => notePassed(serving))
}

/** Rolls back where that was asked for and there is something to go back to; else taints. */
export async function repair(job: Job, terraform: Terraform, deployment: Deployment, failure: Failure): Promise<void> {
  const { serving } = deployment
  const { onFailure } = job.inputs
  const mayGoBack = onFailure === 'rollback' && failure.remedy !== 'config'
  const { rollback, warning, taints } = decideRepair(serving, failure, onFailure, {
    passed: mayGoBack ? await job.warnOf(() => readLastGoodRevision(serving)) : undefined,
    previous: versionBefore(serving, job.report.plan?.priorState),
  })
  if (warning !== undefined) job.report.warnings.push(warning)
  if (rollback !== undefined && (await job.timed('rollback', () => rollBack(job, deployment, rollback)))) return
  if (taints) await taintServing(job, terraform, deployment, failure)
}

/**
 * Deploys the revision, waits for it and gates it: only then is it said that it serves again. What only the new version
 * was asked for (tools, a contract, a version) is not asked of the old one.
 * @returns whether the service could be pointed at it at all
 */
async function rollBack(job: Job, { endpoint, serving }: Deployment, decision: RollbackTarget): Promise<boolean> {
  const { to } = decision
  const began = await job.warnOf(async () => {
    const isNew = await startRollback(serving, to)
    job.report.rollback = rollbackStarted(serving, decision)
    job.tell(String(rollbackLine(serving, to, isNew)))
    return true
  })
  if (began === undefined) return false
  const target = rolledBack(serving, to)
  const serves = async () => (await waitUntilStable(target, watching(job, target, undefined)))?.failure
  const verdict = async () =>
    (await askGate(job, { endpoint, tools: [], contract: undefined, expectVersion: undefined })).failure
  const failure = (await serves()) ?? (await verdict()) ?? (await serves())
  job.report.rollback = rollbackResult(serving, decision, failure)
  job.tell(job.report.rollback.sentence)
  return true
}

/** A taint that fails is told beside the failure that asked for it, and hides nothing. */
async function taintServing(job: Job, terraform: Terraform, { serving }: Deployment, failure: Failure): Promise<void> {
  const decision = decideTaint(taintTargetOf(serving), failure, job.inputs.onFailure)
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
