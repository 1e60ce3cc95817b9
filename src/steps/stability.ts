/**
 * Waits until AWS runs the revision that this apply made. "Steady" is not enough: after a circuit-breaker
 * rollback the service is steady too, on the old revision, so it is our revision that is followed.
 */
import type { Ecs, EcsDeployment, ServiceState } from '../clients/ecs.ts'
import { type Failure, messageOf } from '../errors.ts'
import { poll } from '../poll.ts'
import type { EcsService } from './apply.ts'

export interface Stability {
  /** The revision that serves, `FAMILY:REVISION`; undefined when none of ours does. */
  readonly revision: string | undefined
  readonly running: number
  readonly elapsedMs: number
  readonly failure: Failure | undefined
}

type Judgement = { readonly state: 'stable' | 'failed' } & Omit<Stability, 'elapsedMs'>

/**
 * Follows the service until our deployment is COMPLETED with running = desired, has failed, or `timeoutMs` is over.
 * @param previous the revision that served before the apply, if any: it tells a rollback from somebody's newer deployment
 * @param log gets each service event once, and each change of what is waited for
 */
export async function stability(
  ecs: Ecs,
  { cluster, service, taskDefinition }: EcsService,
  previous: string | undefined,
  timeoutMs: number,
  log: (line: string) => void,
): Promise<Stability> {
  const started = Date.now()
  const seen = new Set<string>()
  let lastWait = ''
  const result = await poll<Judgement>(
    async () => {
      let judged: Judgement | { waitingFor: string }
      try {
        const state = await ecs.describeService(cluster, service)
        for (const line of newEvents(state, taskDefinition?.arn, seen)) log(line)
        judged = judge(state, taskDefinition?.arn, previous, `${cluster}/${service}`)
      } catch (error) {
        judged = judgeError(error, `${cluster}/${service}`)
      }
      if (!('waitingFor' in judged)) return { done: judged }
      if (judged.waitingFor !== lastWait) log(judged.waitingFor)
      lastWait = judged.waitingFor
      return judged
    },
    // Most rollouts show their first change in seconds; afterwards the API is asked no more often than people look.
    { delayMs: attempt => (attempt < 20 ? 1_500 : 10_000), timeoutMs },
  )
  const elapsedMs = Date.now() - started
  if (!result.timedOut) {
    const { revision, running, failure } = result.value
    return { revision, running, elapsedMs, failure }
  }
  return {
    revision: undefined,
    running: 0,
    elapsedMs,
    failure: {
      code: 'ECS_TIMEOUT',
      sentence: `The ECS deployment was not complete after ${Math.round(timeoutMs / 1000)} s; last seen: ${result.waitingFor}`,
      fix: 'Look at the events of the service and at the stopped tasks for the reason, or raise ecs-timeout if the server starts slowly.',
      remedy: 'wait',
    },
  }
}

/**
 * The verdict over one DescribeServices answer, or what to wait for. Pure.
 * @param expected ARN of the revision that must serve; undefined when Terraform does not manage it, and then
 *   whatever deployment is the newest counts
 */
export function judge(
  state: ServiceState | undefined,
  expected: string | undefined,
  previous: string | undefined,
  name: string,
): Judgement | { readonly waitingFor: string } {
  if (state === undefined || state.status !== 'ACTIVE') {
    return failed(
      'ECS_NO_SERVICE',
      `There is no active ECS service ${name}${state ? ` (its status is ${state.status})` : ''}.`,
      {
        fix: 'Check that the outputs ecs_cluster_name and ecs_service_name, or the inputs ecs-cluster and ecs-service, name the service that Terraform makes, and that AWS_REGION is its region.',
        remedy: 'config',
      },
    )
  }
  if (state.desiredCount === 0) {
    return failed(
      'ECS_SCALED_TO_ZERO',
      `The desired count of ECS service ${name} is 0: no task runs, so nothing can answer.`,
      {
        fix: 'Raise the desired count, or the minimum of the autoscaling.',
        remedy: 'config',
      },
    )
  }
  const primary = state.deployments.find(deployment => deployment.status === 'PRIMARY')
  if (primary === undefined) return { waitingFor: `Waiting for ECS to start a deployment of ${name}.` }
  if (expected !== undefined && !sameRevision(primary.taskDefinition, expected)) {
    return notOurs(state, primary, expected, previous, name)
  }
  if (primary.rolloutState === 'FAILED') {
    return failed(
      'ECS_DEPLOYMENT_FAILED',
      `The ECS deployment of ${short(primary.taskDefinition)} failed: ${reasons(state, primary)}`,
      {
        fix: 'Look at the stopped tasks and the logs of the service for why the container does not start or stay healthy.',
        remedy: 'replace',
      },
    )
  }
  const draining = state.deployments.some(other => other !== primary && other.runningCount > 0)
  const complete = primary.rolloutState === undefined || primary.rolloutState === 'COMPLETED'
  if (
    complete &&
    !draining &&
    primary.runningCount === state.desiredCount &&
    state.runningCount === state.desiredCount
  ) {
    return {
      state: 'stable',
      revision: short(primary.taskDefinition),
      running: primary.runningCount,
      failure: undefined,
    }
  }
  const failures = primary.failedTasks > 0 ? `, ${primary.failedTasks} failed to start` : ''
  const old = draining ? ', tasks of the revision before still run' : ''
  return {
    waitingFor:
      `Waiting for ECS: deployment of ${short(primary.taskDefinition)} is ${primary.rolloutState ?? 'running'}, ` +
      `${primary.runningCount} of ${state.desiredCount} tasks run${failures}${old}.`,
  }
}

/** Another revision than ours is the newest deployment: ECS rolled back, or somebody else deployed. */
function notOurs(
  state: ServiceState,
  primary: EcsDeployment,
  expected: string,
  previous: string | undefined,
  name: string,
): Judgement {
  const ours = state.deployments.find(deployment => sameRevision(deployment.taskDefinition, expected))
  const rolledBack =
    ours?.rolloutState === 'FAILED' ||
    /roll(ing|ed) ?back|circuit breaker/i.test(primary.rolloutStateReason ?? '') ||
    (previous !== undefined && sameRevision(primary.taskDefinition, previous))
  if (rolledBack) {
    return failed(
      'ECS_ROLLED_BACK',
      `ECS rolled ${name} back: it runs ${short(primary.taskDefinition)}, not ${short(expected)}, which this apply made. ${reasons(state, ours ?? primary)}`,
      {
        fix: `Look at the stopped tasks of ${short(expected)} for why they do not start or stay healthy. The old revision still serves.`,
        remedy: 'replace',
      },
    )
  }
  return failed(
    'ECS_SUPERSEDED',
    `Somebody deployed ${short(primary.taskDefinition)} to ${name} after this apply made ${short(expected)}.`,
    {
      fix: 'Deploy one thing at a time: let only this workflow change the service, and give it a concurrency group.',
      remedy: 'config',
    },
  )
}

function failed(
  code: string,
  sentence: string,
  { fix, remedy }: Pick<Failure, 'fix' | 'remedy'>,
): Judgement & { readonly failure: Failure } {
  return { state: 'failed', revision: undefined, running: 0, failure: { code, sentence, fix, remedy } }
}

/** Permission and configuration errors end the wait; throttling and network errors are asked again. */
function judgeError(error: unknown, name: string): Judgement | { readonly waitingFor: string } {
  const kind = error instanceof Error ? error.name : ''
  const message = messageOf(error)
  if (kind === 'ClusterNotFoundException') {
    return failed('ECS_NO_SERVICE', `AWS finds no cluster for ECS service ${name}: ${message}`, {
      fix: 'Check ecs_cluster_name (or the input ecs-cluster) and AWS_REGION.',
      remedy: 'config',
    })
  }
  if (
    /AccessDenied|UnrecognizedClient|ExpiredToken|InvalidClientToken|InvalidSignature|CredentialsProviderError/.test(
      kind,
    ) ||
    /Region is missing|credential/i.test(message)
  ) {
    return failed('ECS_ACCESS', `AWS does not let this job watch ECS service ${name}: ${kind}: ${message}`, {
      fix: 'Give the role that this job assumes the action ecs:DescribeServices, AWS_REGION, and a session that outlives the deployment.',
      remedy: 'config',
    })
  }
  return { waitingFor: `Waiting for the ECS API: ${kind}: ${message}` }
}

/** Events since our deployment began, oldest first, each one once. */
function newEvents(state: ServiceState | undefined, expected: string | undefined, seen: Set<string>): string[] {
  const ours = state?.deployments.find(({ status, taskDefinition }) =>
    expected === undefined ? status === 'PRIMARY' : sameRevision(taskDefinition, expected),
  )
  if (state === undefined || ours === undefined) return []
  const fresh = state.events.filter(({ id, createdAt }) => createdAt >= ours.createdAt && !seen.has(id)).reverse()
  for (const { id } of fresh) seen.add(id)
  return fresh.map(({ message }) => `ECS: ${message}`)
}

/** ECS's own reason and its last events that speak of a failure. */
function reasons(state: ServiceState, deployment: EcsDeployment): string {
  const events = state.events
    .filter(
      ({ createdAt, message }) =>
        createdAt >= deployment.createdAt && /fail|unable|unhealthy|stopped|error/i.test(message),
    )
    .slice(0, 2)
    .map(({ message }) => message)
  return [deployment.rolloutStateReason, ...events].filter(reason => reason).join(' ')
}

function sameRevision(a: string, b: string): boolean {
  return short(a) === short(b)
}

/** `FAMILY:REVISION` of an ARN. */
function short(taskDefinition: string): string {
  return taskDefinition.replace(/^.*\//, '')
}
