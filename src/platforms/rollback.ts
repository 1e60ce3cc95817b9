/**
 * After a failed deployment, with `on-failure: rollback`: the service goes back to the task definition that the gate
 * passed last. Which one that was is kept in a parameter of AWS Systems Manager and not in a tag of the task definition:
 * Terraform would see the tag as a change made outside of it and plan its removal (docs/decisions.md).
 */

import { type Failure, messageOf, ServiceError } from '../errors.ts'
import { isDenied } from './aws/client.ts'
import type { Parameters } from './aws/parameters.ts'
import type { EcsService } from './deployment.ts'
import type { Ecs } from './ecs/client.ts'

/** What was done, for the report. */
export interface Rollback {
  /** `FAMILY:REVISION` that failed, and the one that serves again. */
  readonly from: string
  readonly to: string
  /** Whether the gate passed before, by the record, what the service went back to. */
  readonly wasPassed: boolean
  /** Whether ECS runs it and the gate has passed it now. */
  readonly restored: boolean
  readonly sentence: string
}

export type RollbackDecision =
  | { readonly to: string; readonly wasPassed: boolean }
  /** Nothing to go back to, and why; `instead` says whether a taint can help. */
  | { readonly to: undefined; readonly why: string; readonly instead: 'taint' | 'nothing' }

/** Where the last passed task definition of a service is kept. */
export function lastGoodRevisionParameter({ cluster, service }: Pick<EcsService, 'cluster' | 'service'>): string {
  return `/terraform-mcp-deploy/${lastPart(cluster)}/${lastPart(service)}/passed-task-definition`
}

/**
 * What to go back to. Pure.
 * @param passed ARN of the revision that the gate passed last, by the record
 * @param previous the revision that served before the apply; it counts when there is no record
 */
export function decideRollback(
  { service, taskDefinition }: EcsService,
  { remedy }: Pick<Failure, 'remedy'>,
  passed: string | undefined,
  previous: string | undefined,
): RollbackDecision {
  if (remedy === 'config') {
    return {
      to: undefined,
      why: 'Nothing was rolled back: what is wrong lies around the server, and an older revision would meet it, too.',
      instead: 'nothing',
    }
  }
  const failed = taskDefinition?.arn
  if (failed === undefined) {
    return {
      to: undefined,
      why: `Nothing was rolled back: the task definition of ${service} is not in this Terraform state, so it is not known what failed.`,
      instead: 'nothing',
    }
  }
  if (passed !== undefined && !sameRevision(passed, failed)) return { to: passed, wasPassed: true }
  if (previous !== undefined && !sameRevision(previous, failed)) return { to: previous, wasPassed: false }
  return {
    to: undefined,
    why:
      passed === undefined
        ? `There is nothing to roll back to: ${service} has run no other revision that is known to have passed the gate.`
        : `There is nothing to roll back to: ${lastPart(failed)} is itself the revision that the gate passed last.`,
    instead: 'taint',
  }
}

/** The record, or undefined when the gate has passed nothing yet. Throws a ServiceError that names the permission. */
export async function readLastGoodRevision(parameters: Parameters, serving: EcsService): Promise<string | undefined> {
  const name = lastGoodRevisionParameter(serving)
  try {
    return await parameters.read(name)
  } catch (error) {
    throw new ServiceError(
      `Which task definition passed the gate last could not be read from the parameter ${name}${advice(error, 'ssm:GetParameter')}`,
    )
  }
}

/** Notes the revision that the gate has just passed. Throws a ServiceError that names the permission. */
export async function saveLastGoodRevision(parameters: Parameters, serving: EcsService): Promise<void> {
  const { taskDefinition } = serving
  const name = lastGoodRevisionParameter(serving)
  if (taskDefinition === undefined) return
  try {
    if ((await parameters.read(name)) === taskDefinition.arn) return
    await parameters.write(name, taskDefinition.arn, 'The task definition that Terraform MCP Deploy verified last')
  } catch (error) {
    throw new ServiceError(
      `That ${lastPart(taskDefinition.arn)} passed the gate could not be noted in the parameter ${name}, so a later rollback would not know of it${advice(error, 'ssm:GetParameter and ssm:PutParameter')}`,
    )
  }
}

/** Takes the record away with its service. Throws a ServiceError that names the permission. */
export async function deleteLastGoodRevision(parameters: Parameters, serving: EcsService): Promise<void> {
  const name = lastGoodRevisionParameter(serving)
  try {
    await parameters.remove(name)
  } catch (error) {
    throw new ServiceError(
      `The parameter ${name}, which says what passed the gate last, could not be deleted and is of no use any more${advice(error, 'ssm:DeleteParameter')}`,
    )
  }
}

/**
 * Points the service at `to`, unless ECS has gone back to it by itself. Throws a ServiceError that says why the service
 * cannot run it.
 * @returns whether a deployment was started
 */
export async function startRollback(ecs: Ecs, { cluster, service }: EcsService, to: string): Promise<boolean> {
  const { status } = await ecs.taskDefinition(to)
  if (status === 'INACTIVE') {
    throw new ServiceError(
      `${lastPart(to)} is deregistered, so ${service} cannot go back to it: set skip_destroy = true on the aws_ecs_task_definition, so that Terraform keeps the revisions it replaces.`,
    )
  }
  const state = await ecs.describeService(cluster, service)
  const primary = state?.deployments.find(deployment => deployment.status === 'PRIMARY')
  if (primary !== undefined && sameRevision(primary.taskDefinition, to)) return false
  await ecs.deploy(cluster, service, to)
  return true
}

/** What is known as soon as the service is pointed at `to`: a run that is cancelled must say that it was. Pure. */
export function rollbackStarted(
  serving: EcsService,
  decision: { readonly to: string; readonly wasPassed: boolean },
): Rollback {
  const { service } = serving
  return {
    from: lastPart(serving.taskDefinition?.arn ?? ''),
    to: lastPart(decision.to),
    wasPassed: decision.wasPassed,
    restored: false,
    sentence: `${service} is on its way back to ${lastPart(decision.to)}, and the run ended before it was known whether that serves: run this again. ${nextPlan(serving)}`,
  }
}

/** What became of it, and above all what the next plan will do. Pure. */
export function rollbackResult(
  serving: EcsService,
  { to, wasPassed }: { readonly to: string; readonly wasPassed: boolean },
  failure: Pick<Failure, 'sentence'> | undefined,
): Rollback {
  const { service } = serving
  const from = lastPart(serving.taskDefinition?.arn ?? '')
  const target = lastPart(to)
  const before = wasPassed
    ? 'which the gate had passed'
    : `which served before this apply, without a record that the gate had passed it`
  const now =
    failure === undefined
      ? `${service} runs ${target} again, ${before}, and it passes the gate now.`
      : `${service} was rolled back to ${target}, ${before}, but it does not pass now: ${failure.sentence}`
  return { from, to: target, wasPassed, restored: failure === undefined, sentence: `${now} ${nextPlan(serving)}` }
}

function nextPlan({ taskDefinition }: EcsService): string {
  return `Terraform still wants ${lastPart(taskDefinition?.arn ?? '')}: the next plan with unchanged inputs deploys the broken revision again. Change the image or the settings before the next apply.`
}

function advice(error: unknown, actions: string): string {
  return isDenied(error) ? `: give the role ${actions} on it.` : `: ${messageOf(error)}`
}

function sameRevision(a: string, b: string): boolean {
  return lastPart(a) === lastPart(b)
}

function lastPart(arn: string): string {
  return arn.replace(/^.*\//, '')
}
