/**
 * `destroy`: only by this command, never by `auto`. The plan is confirmed by the stack's name, monitors are notified before
 * the endpoint goes, exactly that plan is applied, and the state is read back: what remains of the stack fails the run.
 */
import { deactivateDeployments } from '../github/deployment.ts'
import { line, log } from '../log.ts'
import { removalNotification } from '../monitors/notify.ts'
import { findFormerTarget } from '../platforms/index.ts'
import { deleteLastGoodRevision } from '../platforms/last-good-revision.ts'
import { stackName } from '../report/target.ts'
import type { Terraform } from '../terraform/cli.ts'
import { countsLine } from '../terraform/counts.ts'
import {
  applyDestroyPlan,
  checkDestroyConfirmation,
  type DestroyReport,
  destroyIncompleteCode,
  destroyIncompleteFailure,
  destroyUnconfirmedFailure,
  remainingResources,
  remainingSentence,
} from '../terraform/destroy.ts'
import type { MadePlan } from '../terraform/plan.ts'
import { checkCredentialLifetime } from './credentials.ts'
import type { Job } from './job.ts'
import { makeAndLogPlan, prepare } from './prepare.ts'
import { notifyMonitors } from './publish.ts'

export async function runDestroy(job: Job): Promise<void> {
  // Throws for the name of another stack, before anything is started.
  checkDestroyConfirmation(job.inputs.confirmDestroy, nameOf(job))
  const terraform = await prepare(job)
  const planned = await job.step('plan', () =>
    // A module that lacks outputs can be destroyed like any other.
    makeAndLogPlan(job, terraform, { replaces: [], mode: 'destroy' }),
  )
  if (!confirmDestroy(job, planned) || !checkCredentialLifetime(job)) return

  if (destroysWholeStack(job)) {
    await notifyMonitors(job, removalNotification(job.report, job.run, job.inputs))
    await deleteSavedRevision(job, planned)
  } else log.notice(line`With target the stack goes on: its monitors, deployments and issue are left as they are.`)
  const isGone = await destroyStack(job, terraform, planned)
  if (isGone && destroysWholeStack(job)) await deactivateGitHubDeployments(job)
}

/** With `target` the stack goes on: neither its monitors nor its deployments are over. */
function destroysWholeStack({ inputs }: Pick<Job, 'inputs'>): boolean {
  return inputs.targets.length === 0
}

/** Whether somebody wants this. Without the name of the stack only its plan is shown. */
function confirmDestroy(job: Job, { plan }: MadePlan): boolean {
  if (checkDestroyConfirmation(job.inputs.confirmDestroy, nameOf(job))) return true
  recordDestroy(job, { outcome: 'unconfirmed' })
  job.failWith(
    destroyUnconfirmedFailure(nameOf(job), plan.hasChanges ? String(countsLine(plan.counts)) : undefined),
    'approval',
  )
  return false
}

/** Deletes the parameter that a rollback reads. It goes first, because only this state knows the service that it is about. */
async function deleteSavedRevision(job: Job, { plan }: MadePlan): Promise<void> {
  if (job.inputs.onFailure !== 'rollback') return
  const serving = findFormerTarget(job.inputs, plan.priorState)
  if (serving !== undefined) await job.orWarn(() => deleteLastGoodRevision(serving))
}

/** Applies the plan. What remains is named and fails the run. @returns whether nothing remains */
async function destroyStack(job: Job, terraform: Terraform, { plan, json }: MadePlan): Promise<boolean> {
  // What somebody has deleted outside of Terraform is no change to plan, and still in the state.
  if (!plan.hasChanges && (json.resource_drift ?? []).length === 0) {
    recordDestroy(job, { outcome: 'nothing' })
    const scope = destroysWholeStack(job) ? '' : ' that target names'
    log.notice(line`There is nothing to destroy: the state of ${nameOf(job)} holds no resource${scope}.`)
    return true
  }
  recordDestroy(job, { outcome: 'started' })
  return await job.check('destroy', async () => {
    const { state, error } = await applyDestroyPlan(terraform)
    const remaining = state === undefined ? [] : remainingResources(plan, state, destroysWholeStack(job))
    if (remaining.length === 0 && error !== undefined) throw error
    recordDestroy(job, { outcome: remaining.length === 0 ? 'done' : 'left', left: remaining })
    if (error === undefined) return { failure: destroyIncompleteFailure(remaining) }
    const failure = job.failureOf(error, 'destroy')
    const sentence = `${remainingSentence(remaining)}\n${failure.sentence}`
    return { failure: { ...failure, remedy: 'config', code: destroyIncompleteCode, sentence } }
  })
}

/** GitHub shows the environment of a stack that is gone as active until its deployments are set inactive. */
async function deactivateGitHubDeployments(job: Job): Promise<void> {
  const { environment } = job.inputs
  if (environment === undefined) return
  const { runUrl } = job.report
  const deactivated = await job.orWarn(() =>
    deactivateDeployments(job.githubFor('environment', 'nothing'), environment, nameOf(job), runUrl),
  )
  if (deactivated !== undefined) recordDestroy(job, { ...job.report.destroy, deactivated })
}

/** The name by which this stack's destroy is confirmed. */
function nameOf(job: Job): string {
  return stackName(job.report.target, job.run.repo)
}

function recordDestroy(job: Job, more: Partial<DestroyReport>): void {
  job.record({ destroy: { stack: nameOf(job), outcome: 'started', left: [], ...more } })
}
