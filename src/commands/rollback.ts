/**
 * `rollback`: points the target at an earlier version, waits until that runs, and runs the gate. Terraform only reads the state, so
 * nothing of it changes. The command never goes on to another version.
 */
import type { Failure } from '../errors.ts'
import type { GateReport } from '../gate/gate.ts'
import { line, log } from '../log.ts'
import { type Deployment, readDeployment } from '../platforms/deployment.ts'
import { consoleLinks, watchTimes } from '../platforms/index.ts'
import { readLastGoodRevision, saveLastGoodRevision } from '../platforms/last-good-revision.ts'
import type { WatchContext } from '../platforms/platform.ts'
import { decideRequestedRollback, requestedRollback, whyNoRollback } from '../platforms/requested-rollback.ts'
import { type RollbackTarget, rollbackLine, rolledBack, startRollback } from '../platforms/rollback.ts'
import { gateHold, waitUntilStable, watchReport } from '../platforms/watch.ts'
import { gateEarlierVersion, readCredentials } from './check-gate.ts'
import { checkCredentialLifetime } from './credentials.ts'
import { explanationOf } from './explain.ts'
import type { Job } from './job.ts'
import { prepare } from './prepare.ts'
import { startGitHubDeployment } from './publish.ts'

export async function runRollback(job: Job): Promise<void> {
  const terraform = await prepare(job)
  const state = await terraform.showState()
  const deployment = readDeployment(state, job.inputs)
  job.record({ deployment, links: consoleLinks(deployment.serving, state) })
  await readCredentials(job, state)
  const decision = await checkVersion(job, deployment)
  if (decision === undefined || !checkCredentialLifetime(job)) return

  await startGitHubDeployment(job)
  const began = Date.now()
  await goBack(job, deployment, decision)
  const target: Deployment = { ...deployment, serving: rolledBack(deployment.serving, decision.to) }
  const passes =
    (await checkStability(job, target, began)) &&
    (await checkEarlierVersion(job, target, began)) &&
    (await checkStability(job, target, began, { isFinal: true }))
  const [failure] = job.report.failures
  job.record({ rollback: requestedRollback(deployment.serving, decision, { failure }) })
  if (passes && job.inputs.onFailure === 'rollback') await job.orWarn(() => saveLastGoodRevision(target.serving))
}

/** Decides the version before anything is changed. @returns undefined if none can be used */
async function checkVersion(job: Job, { serving }: Deployment): Promise<RollbackTarget | undefined> {
  let decision: RollbackTarget | undefined
  await job.check('rollback', async () => {
    const impossible = whyNoRollback(serving)
    if (impossible !== undefined) return { failure: impossible }
    const { rollbackTo } = job.inputs
    // With a name, the record only shows whether that version passed before.
    const passed = await (rollbackTo === undefined
      ? readLastGoodRevision(serving)
      : job.orWarn(() => readLastGoodRevision(serving)))
    const decided = decideRequestedRollback(serving, rollbackTo, passed)
    if ('code' in decided) return { failure: decided }
    decision = decided
    return {}
  })
  return decision
}

/** @throws ServiceError with the reason why the target cannot run the version, or the SDK's errors; nothing is changed then */
async function goBack(job: Job, { serving }: Deployment, decision: RollbackTarget): Promise<void> {
  await job.step('rollback', async () => {
    const isNew = await startRollback(serving, decision.to)
    job.record({ rollback: requestedRollback(serving, decision, undefined) })
    log.line(rollbackLine(serving, decision.to, isNew))
  })
}

/**
 * Waits until the platform runs the version. A version that is held gets its clients when it has passed the gate.
 * @param answeredHolds ids of the holds that passed already
 */
async function checkStability(
  job: Job,
  deployment: Deployment,
  began: number,
  more: Pick<WatchContext, 'answeredHolds' | 'isFinal'> = {},
): Promise<boolean> {
  const { serving, endpoint } = deployment
  const context: WatchContext = {
    since: began,
    log: log.line,
    signal: job.signal,
    times: watchTimes(serving, job.inputs),
    ...more,
  }
  let answered: string | undefined
  const isStable = await job.check('stability', async () => {
    const watched = await waitUntilStable(serving, context)
    const { hold, failure, observed } = watched
    if (hold === undefined) {
      return {
        adds: watchReport(serving, watched),
        failure,
        ...(await explanationOf(job, failure, deployment, { observed })),
      }
    }
    answered = hold.id
    let gate: GateReport | undefined
    const verdict = await gateHold(serving, hold, async at => {
      gate = await gateEarlierVersion(job, at ?? endpoint, serving)
      return gate.failure
    })
    return { adds: { gate }, failure: verdict.failure }
  })
  if (!isStable || answered === undefined) return isStable
  return await checkStability(job, deployment, began, {
    ...more,
    answeredHolds: [...(more.answeredHolds ?? []), answered],
  })
}

/** Checks that the version speaks MCP. What the inputs expect of the newest version is not asked of an earlier one. */
async function checkEarlierVersion(job: Job, deployment: Deployment, began: number): Promise<boolean> {
  const skipped = newestExpectations(job)
  if (skipped.length > 0) {
    const sentence = `${skipped.join(', ')}: these inputs are about the newest version.`
    log.line(line`Not checked: ${sentence}`)
    job.record({ notChecked: [sentence] })
  }
  return await job.check('gate', async () => {
    const gate = await gateEarlierVersion(job, deployment.endpoint, deployment.serving)
    const failure: Failure | undefined = gate.failure
    return { adds: { gate }, failure, ...(await explanationOf(job, failure, deployment, { began })) }
  })
}

/** Names of the inputs that are set and not checked. */
function newestExpectations({ inputs: { mcp } }: Job): string[] {
  const isSet = {
    'mcp-tools': mcp.tools.length > 0,
    'mcp-contract': mcp.contract !== undefined,
    'mcp-expect-version': mcp.expectVersion !== undefined,
    'mcp-call': mcp.calls.length > 0,
    'mcp-hosts': mcp.hosts.length > 0,
  }
  return Object.entries(isSet).flatMap(([name, isIt]) => (isIt ? [name] : []))
}
