/**
 * Whether a blue/green, linear or canary deployment of ECS serves the revision that this apply made (Amazon ECS Developer
 * Guide, "Service deployments"). ECS keeps the old tasks until the deployment is complete, and may wait in it for a verdict:
 * then the new revision is held. Pure.
 */
import { joined, lastPart } from '../../text.ts'
import type { FailedObservation, Hold, Observation } from '../platform.ts'
import type { LifecycleHook, ServiceDeployment, ServiceState } from './client.ts'
import { codes, ecsFailure } from './codes.ts'
import { revision } from './service.ts'

/** Everything that the verdict depends on. */
export interface DeploymentView {
  /** `CLUSTER/SERVICE` */
  readonly name: string
  readonly service: ServiceState
  /** The newest one; undefined when ECS remembers none. */
  readonly deployment: ServiceDeployment | undefined
  /** Task definitions by the ARN of their service revision. */
  readonly taskDefinitions: ReadonlyMap<string, string>
  /** ARN of the revision that must serve; undefined when Terraform does not manage it. */
  readonly expected: string | undefined
  /** Whether the deployment must be complete. Else it is enough that all traffic goes to the new revision. */
  readonly isFinal: boolean
  /** Ids of the pauses that were answered. */
  readonly answered: readonly string[]
  /** The URL of the test listener. */
  readonly testEndpoint: string | undefined
  /** Answers a pause. */
  readonly answer: (hookId: string, action: 'CONTINUE' | 'ROLLBACK') => Promise<void>
}

/** The verdict over the newest service deployment, or what to wait for. */
export function judgeServiceDeployment(view: DeploymentView): Observation {
  const { name, service, deployment, expected } = view
  if (deployment === undefined) return withoutDeployment(view)
  const target = taskDefinitionOf(view, deployment.targetRevision)
  const former = deployment.rollback && taskDefinitionOf(view, deployment.rollback.revision)
  const isOurs = expected === undefined || isSame(target, expected)
  const isReturn = !isOurs && former !== undefined && isSame(former, expected)
  if (!isOurs && !isReturn) {
    const sentence = `Somebody deployed ${lastPart(target)} to ${name} after this apply made ${lastPart(expected)}.`
    return { ...failed('ECS_SUPERSEDED', sentence), mayBeStale: true }
  }
  switch (deployment.status) {
    case 'SUCCESSFUL':
      if (isReturn) {
        const sentence = `${name} runs ${lastPart(target)}, not ${lastPart(expected)}.`
        return { ...failed('ECS_SUPERSEDED', sentence), mayBeStale: true }
      }
      return complete(view, deployment, target)
    case 'PENDING':
    case 'IN_PROGRESS':
      return isReturn
        ? waiting(deployment, `Waiting for ECS: ${name} still deploys ${lastPart(target)}.`, false)
        : underWay(view, deployment, target)
    case 'STOP_REQUESTED':
    case 'STOPPED':
      return failed(
        'ECS_STOPPED',
        sentence(`The deployment of ${lastPart(target)} to ${name} was stopped`, reasonsOf(deployment)),
      )
    case 'ROLLBACK_FAILED':
      return failed(
        'ECS_ROLLBACK_FAILED',
        sentence(`ECS could not roll ${name} back from ${lastPart(target)}`, reasonsOf(deployment)),
      )
    default:
      if (!isReturn) return rolledBack(view, deployment, target, former)
      return deployment.status === 'ROLLBACK_SUCCESSFUL'
        ? { kind: 'serving', version: revision(former), running: service.runningCount }
        : waiting(deployment, `Waiting for ECS: ${name} goes back to ${lastPart(former)}.`, false)
  }
}

/** A service whose last deployment ECS does not remember any more. */
function withoutDeployment({ name, service, expected }: DeploymentView): Observation {
  const { taskDefinition, runningCount, desiredCount } = service
  if (expected !== undefined && !isSame(taskDefinition, expected))
    return { kind: 'waiting', for: `Waiting for ECS to start a deployment of ${name}.` }
  return runningCount === desiredCount
    ? { kind: 'serving', version: revision(taskDefinition), running: runningCount }
    : { kind: 'waiting', for: `Waiting for ECS: ${runningCount} of ${desiredCount} tasks of ${name} run.` }
}

/** Success is not the end: with early success criteria, tasks of the old revision may still answer. */
function complete({ service }: DeploymentView, deployment: ServiceDeployment, target: string): Observation {
  const isOld = ({ arn, runningCount }: ServiceState['revisions'][number]) =>
    arn !== deployment.targetRevision && runningCount > 0
  if (service.revisions.some(isOld))
    return waiting(deployment, 'Waiting for ECS: tasks of the revision before still run.', true)
  return { kind: 'serving', version: revision(target), running: service.runningCount }
}

function underWay(view: DeploymentView, deployment: ServiceDeployment, target: string): Observation {
  const { stage, runningCount, requestedCount, productionWeight } = deployment
  const hook = deployment.hooks.find(({ id, status }) => status === 'AWAITING_ACTION' && !view.answered.includes(id))
  if (hook !== undefined) return paused(view, deployment, target, hook)
  const isCutOver = productionWeight === 100 && runningCount >= requestedCount
  if (isCutOver && stage === 'BAKE_TIME' && !view.isFinal)
    return { kind: 'serving', version: revision(target), running: runningCount }
  const failures = deployment.circuitBreaker?.failures ?? 0
  const traffic = productionWeight === undefined ? '' : `, ${productionWeight} % of the traffic goes to it`
  const tasks = failures === 0 ? '' : `, ${failures} tasks failed`
  return waiting(
    deployment,
    `Waiting for ECS: deployment of ${lastPart(target)} is at ${stage || 'its beginning'}, ${runningCount} of ${requestedCount} tasks run${tasks}${traffic}.`,
    runningCount >= requestedCount && requestedCount > 0 && failures === 0,
  )
}

/** A pause waits for a verdict. The gate can give one where only the new revision answers. */
function paused(
  view: DeploymentView,
  deployment: ServiceDeployment,
  target: string,
  { id, expiresAt, timeoutAction }: LifecycleHook,
): Observation {
  const isCutOver = deployment.productionWeight === 100
  const atTest = deployment.testWeight === 100 ? view.testEndpoint : undefined
  if (!isCutOver && atTest === undefined) {
    const until = expiresAt === undefined ? '' : ` until ${new Date(expiresAt).toISOString()}`
    const then = timeoutAction === undefined ? '' : `, then ECS does ${timeoutAction}`
    const why =
      view.testEndpoint === undefined
        ? 'the gate could answer it if the output mcp_test_endpoint named the test listener'
        : 'the test listener does not lead to the new revision yet, so the gate cannot answer it'
    return waiting(
      deployment,
      `Waiting for ECS: deployment of ${lastPart(target)} is paused at ${deployment.stage}${until}${then}; ${why}.`,
      true,
    )
  }
  const hold: Hold = {
    id,
    version: revision(target),
    endpoint: atTest,
    ...(expiresAt !== undefined && { expires: { at: expiresAt, action: timeoutAction ?? 'ROLLBACK' } }),
    continue: () => view.answer(id, 'CONTINUE'),
    rollBack: () => view.answer(id, 'ROLLBACK'),
  }
  return { kind: 'held', hold }
}

function rolledBack(
  { name }: DeploymentView,
  deployment: ServiceDeployment,
  target: string,
  former: string | undefined,
): FailedObservation {
  const to = former === undefined ? '' : ` to ${lastPart(former)}`
  const observed = `ECS rolled ${name} back${to}, because the deployment of ${lastPart(target)} failed`
  const alarms = deployment.triggeredAlarms
  const isUnanswered = deployment.hooks.some(({ status }) => status === 'TIMED_OUT')
  return failed('ECS_ROLLED_BACK', sentence(observed, reasonsOf(deployment)), {
    ...(isUnanswered && { remedy: 'config' }),
    fix: isUnanswered
      ? 'Nobody answered the pause of the deployment in time: raise its timeout, and give the output mcp_test_endpoint, so that the gate answers it.'
      : alarms.length > 0
        ? `Look at the alarm${alarms.length > 1 ? 's' : ''} ${joined(alarms, 'and')} for what the new revision does. The old revision serves again.`
        : codes.ECS_ROLLED_BACK.fix,
  })
}

/** What ECS reports about the end of a deployment, as clauses. */
function reasonsOf({ reason, rollback, triggeredAlarms, circuitBreaker, hooks }: ServiceDeployment): string[] {
  const alarms =
    triggeredAlarms.length === 0
      ? ''
      : `the alarm${triggeredAlarms.length > 1 ? 's' : ''} ${joined(triggeredAlarms, 'and')} went off`
  const breaker =
    circuitBreaker !== undefined && circuitBreaker.failures >= circuitBreaker.threshold
      ? `the circuit breaker opened after ${circuitBreaker.failures} failed tasks`
      : ''
  const ends: Readonly<Record<string, string>> = {
    FAILED: 'a lifecycle hook failed',
    TIMED_OUT: 'nobody answered its pause in time',
  }
  const words = [alarms, breaker, ...hooks.map(({ status }) => ends[status] ?? ''), rollback?.reason ?? '', reason]
  return [...new Set(words.map(word => word.trim().replace(/\.$/, '')))].filter(word => word !== '')
}

function sentence(observed: string, reasons: readonly string[]): string {
  return reasons.length === 0 ? `${observed}.` : `${observed}: ${reasons.join('; ')}.`
}

function taskDefinitionOf({ taskDefinitions }: DeploymentView, serviceRevision: string): string {
  return taskDefinitions.get(serviceRevision) ?? ''
}

function waiting({ bakeMs }: ServiceDeployment, what: string, isHealthy: boolean): Observation {
  return { kind: 'waiting', for: what, bakeMs, isHealthy }
}

function isSame(a: string, b: string): boolean {
  return lastPart(a) === lastPart(b)
}

function failed(
  code: keyof typeof codes,
  text: string,
  more: Parameters<typeof ecsFailure>[2] = {},
): FailedObservation {
  return { kind: 'failed', failure: ecsFailure(code, text, more), observed: undefined }
}
