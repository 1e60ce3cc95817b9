/**
 * From a destroy plan to a stack that is gone: confirmed by its name, what hangs on it put away while the state still
 * says what it is called, destroyed, and read back. What cannot be put away elsewhere is a warning; what is left of the
 * stack is red.
 */
import { notice } from '@actions/core'
import { deactivateDeployments } from '../github/deployment.ts'
import { findFormerTarget } from '../platforms/index.ts'
import { deleteLastGoodRevision as deleteParameter } from '../platforms/last-good-revision.ts'
import { stackName } from '../report/report.ts'
import type { Terraform } from '../terraform/cli.ts'
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
import type { Job } from './job.ts'
import { showPlan } from './prepare.ts'

/** The name by which this stack's destroy is confirmed. */
export function nameOf(job: Job): string {
  return stackName(job.report.target, job.run.repo)
}

/** Refuses the name of another stack, before anything is started. */
export function assertStackNameMatches(job: Job): void {
  checkDestroyConfirmation(job.inputs.confirmDestroy, nameOf(job))
}

/** With `target` the stack goes on: neither its monitors nor its deployments are over. */
export function destroysWholeStack({ inputs }: Pick<Job, 'inputs'>): boolean {
  return inputs.targets.length === 0
}

/** The destroy plan, made and shown. A module that lacks outputs can be destroyed like any other. */
export async function planDestroy(job: Job, terraform: Terraform): Promise<MadePlan> {
  return await job.timed('plan', () => showPlan(job, terraform, { replaces: [], mode: 'destroy' }))
}

/** Whether somebody wants this. Without the name of the stack its plan has been shown, and that is all. */
export async function confirmDestroy(job: Job, { plan }: MadePlan): Promise<boolean> {
  if (checkDestroyConfirmation(job.inputs.confirmDestroy, nameOf(job))) return true
  note(job, { outcome: 'unconfirmed' })
  job.phase = 'approval'
  await job.failed(destroyUnconfirmedFailure(nameOf(job), plan))
  return false
}

/** The record for a rollback. It goes first, because only this state knows the service that it is about. */
export async function deleteLastGoodRevision(job: Job, { plan }: MadePlan): Promise<void> {
  if (job.inputs.onFailure !== 'rollback') return
  const serving = findFormerTarget(job.inputs, plan.priorState)
  if (serving !== undefined) await job.warnOf(() => deleteParameter(serving))
}

/** Applies the plan. What is left is named, and red. @returns whether nothing is left */
export async function destroyStack(job: Job, terraform: Terraform, { plan, json }: MadePlan): Promise<boolean> {
  // What somebody has deleted by hand is no change to plan, and still in the state.
  if (!plan.hasChanges && (json.resource_drift ?? []).length === 0) {
    note(job, { outcome: 'nothing' })
    notice(
      `There is nothing to destroy: the state of ${nameOf(job)} holds no resource${destroysWholeStack(job) ? '' : ' that target names'}.`,
    )
    return true
  }
  note(job, { outcome: 'started' })
  const { state, error } = await job.timed('destroy', () => applyDestroyPlan(terraform))
  const left = state === undefined ? [] : remainingResources(plan, state, destroysWholeStack(job))
  if (left.length === 0 && error !== undefined) throw error
  note(job, { outcome: left.length === 0 ? 'done' : 'left', left })
  if (error === undefined) return (await job.failed(destroyIncompleteFailure(left))) === undefined
  const told = job.failureOf(error)
  job.report.failures.push({
    ...told,
    code: destroyIncompleteCode,
    sentence: `${remainingSentence(left)}\n${told.sentence}`,
  })
  return false
}

/** GitHub shows the environment of a stack that is gone as active for ever, unless it is told. */
export async function deactivateGitHubDeployments(job: Job): Promise<void> {
  const { environment } = job.inputs
  if (environment === undefined) return
  const { runUrl } = job.report
  const deactivated = await job.warnOf(() =>
    deactivateDeployments(job.githubFor('environment', 'nothing'), environment, nameOf(job), runUrl),
  )
  if (deactivated !== undefined) note(job, { ...job.report.destroy, deactivated })
}

function note(job: Job, more: Partial<DestroyReport>): void {
  job.report.destroy = { stack: nameOf(job), outcome: 'started', left: [], ...more }
}
