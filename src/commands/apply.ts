/**
 * `apply`: applies exactly the reviewed plan. Then AWS must run this revision, the endpoint must speak MCP, and the same
 * revision must still serve. AWS evidence explains a failure, and the running revision is tainted or rolled back.
 */
import { lineageInState } from '../approval/lineage.ts'
import type { SignedRecord } from '../approval/record.ts'
import {
  asApplied,
  asApplying,
  type FingerprintedPlan,
  type PlanToApprove,
  type ReviewedPullRequest,
  type ReviewSource,
  reviewPlan,
  signedWithState,
} from '../approval/review.ts'
import { type Failure, InputError, messageOf } from '../errors.ts'
import type { GateReport } from '../gate/gate.ts'
import { statusOf } from '../github/api.ts'
import { isCommentOf } from '../github/comment-owner.ts'
import { line, log } from '../log.ts'
import { type Deployment, readDeployment } from '../platforms/deployment.ts'
import { consoleLinks, isWatched, taintTargetOf, unprovedOf, versionBefore, watchTimes } from '../platforms/index.ts'
import { readLastGoodRevision, saveLastGoodRevision } from '../platforms/last-good-revision.ts'
import type { Hold, Target, WatchContext } from '../platforms/platform.ts'
import {
  decideRepair,
  heldBack,
  type RollbackTarget,
  rollbackLine,
  rollbackResult,
  rollbackStarted,
  rolledBack,
  startRollback,
} from '../platforms/rollback.ts'
import { gateHold, isWatchedAgain, waitUntilStable, watchReport } from '../platforms/watch.ts'
import { runOf } from '../report/history.ts'
import type { Terraform } from '../terraform/cli.ts'
import { readChecks } from '../terraform/plan.ts'
import { decideTaint, taint, taintFailureMessage } from '../terraform/taint.ts'
import { checkGate, gateEarlierVersion, readCredentials, runGate } from './check-gate.ts'
import { checkPlan } from './check-plan.ts'
import { checkCredentialLifetime } from './credentials.ts'
import { explanationOf } from './explain.ts'
import { chooseImages, recordRunningImages } from './images.ts'
import type { Job } from './job.ts'
import { mergedPullRequest } from './merged-pull-request.ts'
import { planForApproval, prepare } from './prepare.ts'
import { postComment, startGitHubDeployment } from './publish.ts'
import { checkOthersMerged, checkRequest } from './request.ts'

export async function runApply(job: Job): Promise<void> {
  assertReviewable(job)
  const { request } = job.trigger
  const pullRequest = request === undefined ? await mergedPullRequest(job) : await checkRequest(job, request)
  // Nothing of an unmerged pull request runs before its request was checked.
  if (request !== undefined && pullRequest === undefined) return
  job.record({ pullRequest: pullRequest?.number })
  if (pullRequest === undefined)
    log.notice(
      line`No merged pull request belongs to ${job.report.commit}: the report of this apply is in the job summary only.`,
    )
  const terraform = await prepare(job)
  if (!(await chooseImages(job, terraform, pullRequest, 'reviewed'))) return
  const planned = await planForApproval(job, terraform)
  if (!(await checkPlan(job, terraform))) return
  const approved = await checkApproval(job, planned, pullRequest)
  if (approved === undefined || !checkCredentialLifetime(job)) return
  // The plan took a while, and the branch or a review may have changed.
  if (request !== undefined && job.report.plan?.hasChanges === true && (await checkRequest(job, request)) === undefined)
    return

  await announceApply(job, approved.begun)
  job.begunPlan = { request: planned, plan: approved.plan, branch: pullRequest?.base ?? planned.branch }
  await startGitHubDeployment(job)
  const began = Date.now()
  const deployment = await applyPlan(job, terraform)
  if (request !== undefined)
    job.warn(
      'This pull request is applied and not merged. Merge it now: until then, the plan of every other pull request takes its changes back.',
    )
  const isStable = await checkStability(job, deployment, began)
  // Before that, the platform may go back to the earlier version, and the next run must be able to apply the plan again.
  if (isStable) recordApplied(job, [])
  const isVerified =
    isStable &&
    (await checkGate(job, deployment.endpoint, deployment)) &&
    (await checkStillServing(job, deployment, began))
  if (!isVerified) return await repair(job, terraform, deployment, began)
  await saveRevision(job, deployment)
  await recordRunningImages(job, deployment.serving)
}

function assertReviewable({ inputs: { comment, planApproval }, trigger }: Job): void {
  if (trigger.request !== undefined && (comment === 'never' || planApproval !== 'reviewed'))
    throw new InputError(
      `Input apply-before-merge needs the reviewed plan: set plan-approval to "reviewed" (it is "${planApproval}") and comment to "always" or "changes" (it is "${comment}").`,
    )
  if (comment !== 'never' || planApproval !== 'reviewed') return
  throw new InputError(
    'Input comment is "never" and plan-approval is "reviewed": without the comment there is no plan to review. ' +
      'Set comment to "always" or "changes", or plan-approval to "none".',
  )
}

/**
 * Checks that the plan matches the reviewed one.
 * @returns the record of a begun apply and the plan as it was compared; undefined if the plan is refused
 */
async function checkApproval(
  job: Job,
  planned: PlanToApprove,
  pullRequest: ReviewedPullRequest | undefined,
): Promise<{ readonly begun: SignedRecord | undefined; readonly plan: FingerprintedPlan } | undefined> {
  let approved: { readonly begun: SignedRecord | undefined; readonly plan: FingerprintedPlan } | undefined
  const isApproved = await job.check('approval', async () => {
    const { approval, failure, plan, record, begun } = await reviewPlan(planned, pullRequest, await reviewSource(job))
    job.signedRecord = record
    approved = { begun, plan }
    if (planned.isBeforeMerge !== true || pullRequest === undefined) return { adds: { approval }, failure }
    if (failure !== undefined) return { adds: { approval }, failure: { ...failure, fix: beforeMergeFix } }
    return { adds: { approval }, failure: await checkOthersMerged(job, planned, pullRequest.base) }
  })
  return isApproved ? approved : undefined
}

/** Returns what the approval reads from GitHub; undefined without comments, because these hold the records. */
async function reviewSource(job: Job): Promise<ReviewSource | undefined> {
  const github = await job.github()
  return (
    github && {
      readComment: number => github.readComment(number, body => isCommentOf(job, body)),
      commitsBetween: (base, head) => github.commitsBetween(base, head),
      mergedPullRequests: branch => github.mergedPullRequests(branch),
    }
  )
}

/** What helps against every refusal of a plan before the merge. */
const beforeMergeFix =
  'Nothing was changed. Update the branch so that it is planned again, have the new plan approved, and comment again.'

/** Updates the comment before the apply. A token without permission ends the run; any other GitHub error is a warning. */
async function announceApply(job: Job, begun: SignedRecord | undefined): Promise<void> {
  const before = job.signedRecord
  job.signedRecord = begun ?? before
  job.record({ apply: 'started' })
  try {
    await postComment(job)
  } catch (error) {
    if (error instanceof InputError || [401, 403, 404].includes(statusOf(error))) {
      job.record({ apply: undefined })
      job.signedRecord = before
      throw error
    }
    log.warning(line`${messageOf(error)}`)
  }
}

/**
 * Signs the record again with the state that the apply has created. A record with a key stays as it is.
 * @returns whether the record has changed
 */
async function signWithState(job: Job, terraform: Terraform): Promise<boolean> {
  const { signedRecord } = job
  if (signedRecord === undefined || signedRecord.signer.mode !== 'none') return false
  try {
    const lineage = lineageInState(await terraform.pullState())
    if (lineage === undefined || lineage === '') return false
    job.signedRecord = signedWithState(signedRecord, lineage)
    return true
  } catch (error) {
    log.warning(line`The plan record could not be signed with the new state: ${messageOf(error)}`)
    return false
  }
}

async function applyPlan(job: Job, terraform: Terraform): Promise<Deployment> {
  const state = await job.step('apply', async () => {
    try {
      await terraform.apply()
    } catch (error) {
      // What was created before the error is in the state, and the next run needs a signed record to go on.
      await signWithState(job, terraform)
      throw error
    }
    if (await signWithState(job, terraform)) await job.orWarn(() => postComment(job))
    return await terraform.showState()
  })
  const { plan } = job.report
  // What was unknown in the plan is known now, and what failed before the apply may pass.
  const checked =
    plan !== undefined && state.checks !== undefined ? { plan: { ...plan, checks: readChecks(state) } } : {}
  job.record({ apply: 'done', ...checked })
  await readCredentials(job, state)
  const deployment = readDeployment(state, job.inputs)
  job.record({ deployment, links: consoleLinks(deployment.serving, state) })
  return deployment
}

/**
 * Checks that the platform runs the applied version. A held version passes the gate before it gets clients.
 * @param answeredHolds ids of the holds that passed already
 */
async function checkStability(
  job: Job,
  deployment: Deployment,
  began: number,
  answeredHolds: readonly string[] = [],
): Promise<boolean> {
  const { serving } = deployment
  if (!isWatched(serving)) {
    recordUnproved(job, serving)
    return true
  }
  job.record({ previousRevision: versionBefore(serving, job.report.plan?.priorState)?.id })
  let hold: Hold | undefined
  const isStable = await job.check('stability', async () => {
    const watched = await waitUntilStable(serving, { ...watchContext(job, serving, began), answeredHolds })
    hold = watched.hold
    return {
      adds: watchReport(serving, watched),
      failure: watched.failure,
      ...(await explanationOf(job, watched.failure, deployment, { observed: watched.observed })),
    }
  })
  if (!isStable || hold === undefined) return isStable
  return (
    (await checkHold(job, deployment, hold, began)) &&
    (await checkStability(job, deployment, began, [...answeredHolds, hold.id]))
  )
}

/** Records what nothing proves about the new version. The expected version of the server, if it is set, proves it. */
function recordUnproved(job: Job, serving: Target): void {
  const { expectVersion } = job.inputs.mcp
  const unproved = unprovedOf(serving, { expectVersion, hasChanges: job.report.plan?.hasChanges === true })
  if (unproved === undefined) {
    log.line(line`The gate proves which version answers: the server must report ${expectVersion} (mcp-expect-version).`)
    return
  }
  const { sentence, advice } = unproved
  log.line(line`Not checked: ${sentence}`)
  if (advice !== undefined) log.notice(line`${advice}`)
  job.record({ notChecked: [sentence] })
}

/** Runs the gate for a version that no client reaches yet. The platform gives up a version that does not pass. */
async function checkHold(job: Job, { endpoint, serving }: Deployment, hold: Hold, began: number): Promise<boolean> {
  const { version, expires } = hold
  const unanswered =
    expires === undefined
      ? line``
      : line` Without an answer until ${new Date(expires.at).toISOString()}, the platform does ${expires.action}.`
  log.line(line`${version.label} is held before it gets all clients: the gate decides.${unanswered}`)
  let isGivenUp = false
  const passes = await job.check('gate', async () => {
    let report: GateReport | undefined
    const { failure, unanswered } = await gateHold(serving, hold, async at => {
      report = await runGate(job, { endpoint: at ?? endpoint }, serving)
      return report.failure
    })
    isGivenUp = failure !== undefined && unanswered === undefined
    const warnings = unanswered === undefined ? [] : [`The platform did not get the result of the gate: ${unanswered}`]
    return { adds: { gate: report }, failure, warnings }
  })
  if (isGivenUp) await recordHeldBack(job, serving, hold, began)
  return passes
}

/** Waits until the platform has given up a held version, and records that it has reached no client. */
async function recordHeldBack(job: Job, serving: Target, { version }: Hold, began: number): Promise<void> {
  job.record({
    taint: { address: undefined, tainted: [], why: 'Nothing was tainted: no client reached the new version.' },
  })
  const previous = versionBefore(serving, job.report.plan?.priorState)
  if (previous === undefined) return
  await job.step('rollback', () =>
    job.orWarn(async () => {
      const target = rolledBack(serving, previous)
      const { failure } = await waitUntilStable(target, { ...watchContext(job, target, began), previous: undefined })
      const rollback = heldBack(serving, version, previous, failure)
      job.record({ rollback })
      log.line(line`${rollback.sentence}`)
    }),
  )
}

/** @param began milliseconds since 1970 when the apply started */
function watchContext(job: Job, serving: Target, began: number): WatchContext {
  return {
    previous: versionBefore(serving, job.report.plan?.priorState),
    since: began,
    log: log.line,
    signal: job.signal,
    times: watchTimes(serving, job.inputs),
  }
}

/** Checks after the gate that the applied version still serves, because somebody may have deployed or rolled back. */
async function checkStillServing(job: Job, deployment: Deployment, began: number): Promise<boolean> {
  const { serving } = deployment
  if (!isWatchedAgain(serving)) return true
  return await job.check('stability', async () => {
    const context = { ...watchContext(job, serving, began), isFinal: true }
    const { failure, observed } = await waitUntilStable(serving, context)
    return { failure, ...(await explanationOf(job, failure, deployment, { observed })) }
  })
}

/** Saves the revision for a later rollback. An error is only a warning, because the deployment itself passed. */
async function saveRevision(job: Job, { serving }: Deployment): Promise<void> {
  if (job.inputs.onFailure === 'rollback') await job.orWarn(() => saveLastGoodRevision(serving))
}

/** Rolls back if the input on-failure allows it and an earlier revision exists, else taints. */
async function repair(job: Job, terraform: Terraform, deployment: Deployment, began: number): Promise<void> {
  const { serving } = deployment
  const { onFailure } = job.inputs
  const remedy = job.report.failures[0]?.remedy
  // A version that was given up before any client reached it needs no repair.
  if (remedy === undefined || job.report.taint !== undefined) return
  const { rollback, warning, taints } = decideRepair(serving, { remedy }, onFailure, {
    passed: onFailure === 'rollback' ? await job.orWarn(() => readLastGoodRevision(serving)) : undefined,
    previous: versionBefore(serving, job.report.plan?.priorState),
  })
  if (warning !== undefined) job.warn(warning)
  if (rollback !== undefined && (await job.step('rollback', () => rollBack(job, deployment, rollback, began)))) return
  if (taints) await taintServing(job, terraform, deployment, { remedy })
}

/** Records that the plan is applied and runs. @param tainted addresses that are tainted now */
function recordApplied(job: Job, tainted: readonly string[]): void {
  if (job.signedRecord !== undefined) job.signedRecord = asApplied(job.signedRecord, job.report.commit, tainted)
}

/** Records that the plan is not what runs, before the platform is rolled back. */
async function recordUnfinished(job: Job): Promise<void> {
  const { signedRecord, report } = job
  if (signedRecord === undefined || signedRecord.record.life.stage === 'applying') return
  job.signedRecord = asApplying(signedRecord, report.commit, runOf(report.runUrl))
  await job.orWarn(() => postComment(job))
}

/**
 * Deploys the earlier revision, waits for it and runs the gate. Expectations of the new version (tools, contract, version) do
 * not apply to the earlier one.
 * @returns whether the rollback could be started
 */
async function rollBack(
  job: Job,
  { endpoint, serving }: Deployment,
  decision: RollbackTarget,
  began: number,
): Promise<boolean> {
  const { to } = decision
  await recordUnfinished(job)
  const started = await job.orWarn(async () => {
    const isNew = await startRollback(serving, to)
    job.record({ rollback: rollbackStarted(serving, decision) })
    log.line(rollbackLine(serving, to, isNew))
    return true
  })
  if (started === undefined) return false
  const target = rolledBack(serving, to)
  const context = { ...watchContext(job, target, began), previous: undefined }
  const stabilityFailure = () => waitUntilStable(target, context)
  const gateFailure = async () => (await gateEarlierVersion(job, endpoint, target)).failure
  const failure = (await stabilityFailure()).failure ?? (await gateFailure()) ?? (await stabilityFailure()).failure
  const rollback = rollbackResult(serving, decision, failure)
  job.record({ rollback })
  log.line(line`${rollback.sentence}`)
  return true
}

/** Taints the running version. A taint that fails is a warning and does not hide the failure. */
async function taintServing(
  job: Job,
  terraform: Terraform,
  { serving }: Deployment,
  failure: Pick<Failure, 'remedy'>,
): Promise<void> {
  const decision = decideTaint(taintTargetOf(serving), failure, job.inputs.onFailure)
  const { address } = decision
  if (address !== undefined && job.signedRecord !== undefined) {
    // The record must list the taint first, so that a later run accepts the replacement if this run stops here.
    recordApplied(job, [address])
    await job.orWarn(() => postComment(job))
  }
  try {
    job.record({ taint: await job.step('taint', () => taint(terraform, decision)) })
  } catch (error) {
    job.warn(taintFailureMessage(decision, error, terraform.tool))
  }
}
