/**
 * `destroy`: runs only by this command, never by `auto`. The stack's name confirms the plan, monitors are notified before the
 * endpoint disappears, and exactly that plan is applied. Resources that remain in the state fail the run.
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
import type { PlanResult } from '../terraform/plan.ts'
import { checkCredentialLifetime } from './credentials.ts'
import { passImagesUnresolved } from './images.ts'
import type { Job } from './job.ts'
import { bindingOf, branchOf, makeAndLogPlan, planLineage, prepare } from './prepare.ts'
import { notifyMonitors } from './publish.ts'

export async function runDestroy(job: Job): Promise<void> {
  // A wrong name must throw before anything is started.
  checkDestroyConfirmation(job.inputs.confirmDestroy, nameOf(job))
  const terraform = await prepare(job)
  passImagesUnresolved(job, terraform)
  const planned = await job.step('plan', () =>
    // A module without the required outputs can also be destroyed.
    makeAndLogPlan(job, terraform, { replaces: [], mode: 'destroy' }),
  )
  if (!confirmDestroy(job, planned) || !checkCredentialLifetime(job)) return

  if (destroysWholeStack(job)) {
    await notifyMonitors(job, removalNotification(job.report, job.run, job.inputs))
    await deleteSavedRevision(job, planned)
  } else
    log.notice(line`With target the rest of the stack remains, so its monitors, deployments and issue are not changed.`)
  const isGone = await destroyStack(job, terraform, planned)
  if (isGone && destroysWholeStack(job)) await deactivateGitHubDeployments(job)
}

/** Whether the whole stack is destroyed. With `target` its monitors and deployments remain. */
function destroysWholeStack({ inputs }: Pick<Job, 'inputs'>): boolean {
  return inputs.targets.length === 0
}

/** Checks that the input confirm-destroy is the stack's name. Without it only the plan is shown. @returns whether it is confirmed */
function confirmDestroy(job: Job, { plan }: PlanResult): boolean {
  if (checkDestroyConfirmation(job.inputs.confirmDestroy, nameOf(job))) return true
  recordDestroy(job, { outcome: 'unconfirmed' })
  job.failWith(
    destroyUnconfirmedFailure(nameOf(job), plan.hasChanges ? String(countsLine(plan.counts)) : undefined),
    'approval',
  )
  return false
}

/** Deletes the parameter for rollbacks before the destroy, because only the current state has its service. */
async function deleteSavedRevision(job: Job, { plan }: PlanResult): Promise<void> {
  if (job.inputs.onFailure !== 'rollback') return
  const serving = findFormerTarget(job.inputs, plan.priorState)
  if (serving !== undefined) await job.orWarn(() => deleteLastGoodRevision(serving))
}

/** Applies the plan. Remaining resources are listed and fail the run. @returns whether nothing remains */
async function destroyStack(job: Job, terraform: Terraform, { plan, json }: PlanResult): Promise<boolean> {
  // A resource that was deleted outside of Terraform is not in the plan but still in the state.
  if (!plan.hasChanges && (json.resource_drift ?? []).length === 0) {
    recordDestroy(job, { outcome: 'nothing' })
    const scope = destroysWholeStack(job) ? '' : ' that target names'
    log.notice(line`There is nothing to destroy: the state of ${nameOf(job)} holds no resource${scope}.`)
    return true
  }
  recordDestroy(job, { outcome: 'started' })
  // Its only purpose is the status of other plans, so an error must not stop the destroy.
  const lineage = await job.orWarn(() => planLineage(terraform, job.inputs))
  const secrets = { key: job.inputs.planApprovalKey, lineage }
  job.begunPlan = { request: { ...bindingOf(job), secrets }, plan: undefined, branch: branchOf(job) }
  return await job.check('destroy', async () => {
    const { state, error } = await applyDestroyPlan(terraform)
    const remaining = state === undefined ? [] : remainingResources(plan, state, destroysWholeStack(job))
    if (remaining.length === 0 && error !== undefined) throw error
    recordDestroy(job, { outcome: remaining.length === 0 ? 'done' : 'left', left: remaining })
    if (error === undefined) return { failure: destroyIncompleteFailure(remaining) }
    const failure = await job.failureOf(error, 'destroy')
    const sentence = `${remainingSentence(remaining)}\n${failure.sentence}`
    return { failure: { ...failure, remedy: 'config', code: destroyIncompleteCode, sentence } }
  })
}

/** Sets the stack's deployments inactive, because GitHub would otherwise show its environment as active. */
async function deactivateGitHubDeployments(job: Job): Promise<void> {
  const { deploymentEnvironment } = job.inputs
  if (deploymentEnvironment === undefined) return
  const { runUrl } = job.report
  const deactivated = await job.orWarn(async () =>
    deactivateDeployments(
      await job.githubFor('deployment-environment', 'nothing'),
      deploymentEnvironment,
      nameOf(job),
      runUrl,
    ),
  )
  if (deactivated !== undefined) recordDestroy(job, { ...job.report.destroy, deactivated })
}

/** Returns the name that confirms the destroy of this stack. */
function nameOf(job: Job): string {
  return stackName(job.report.target, job.run.repo)
}

function recordDestroy(job: Job, more: Partial<DestroyReport>): void {
  job.record({ destroy: { stack: nameOf(job), outcome: 'started', left: [], ...more } })
}
