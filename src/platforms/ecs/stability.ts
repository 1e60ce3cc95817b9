/**
 * Waits until AWS runs the revision that this apply made. "Steady" is not enough: after a circuit-breaker
 * rollback the service is steady too, on the old revision, so it is our deployment that is followed. Gives up before
 * the deadline when its tasks fail in a way that time does not heal.
 */

import { type Failure, type FailureCode, messageOf } from '../../errors.ts'
import { poll } from '../../poll.ts'
import { taskCause } from '../aws/causes/task.ts'
import { isDenied } from '../aws/client.ts'
import { hasFailed, noEvidence } from '../aws/evidence.ts'
import type { EcsService } from '../deployment.ts'
import type { Ecs, EcsDeployment, ServiceState, Task } from './client.ts'

export interface Stability {
  /** The revision that serves, `FAMILY:REVISION`; undefined when none of ours does. */
  readonly revision: string | undefined
  readonly running: number
  readonly elapsedMs: number
  readonly failure: Failure | undefined
  /** What was seen of the failure, to be followed by "because". */
  readonly observed?: string | undefined
  /** The deployment that was followed. */
  readonly deployment?: FollowedDeployment | undefined
}

/** Our deployment, by the id that ECS gave it. */
export type FollowedDeployment = Pick<EcsDeployment, 'id' | 'createdAt'>

type Judgement = { readonly state: 'stable' | 'failed' } & Omit<Stability, 'elapsedMs' | 'deployment'>

/** Milliseconds by which the clocks of this machine and of AWS may differ. */
const clockSkewMs = 60_000

/**
 * Follows the service until our deployment is COMPLETED with running = desired, has failed or cannot come up, or
 * `timeoutMs` is over.
 * @param previous the revision that served before the apply, if any: it tells a rollback from somebody's newer deployment
 * @param log gets each service event and each task that stopped once, and each change of what is waited for
 * @param since when what is deployed was begun (milliseconds since 1970): tasks that stopped before may have been
 *   repaired by now, so they are no reason to give up
 */
export async function waitUntilStable(
  ecs: Ecs,
  { cluster, service, taskDefinition }: EcsService,
  previous: string | undefined,
  timeoutMs: number,
  log: (line: string) => void,
  since = Date.now(),
): Promise<Stability> {
  const started = Date.now()
  const name = `${cluster}/${service}`
  const seen = new Set<string>()
  const stopped = new StoppedTasks(ecs, cluster, service, since - clockSkewMs, log)
  let followed: FollowedDeployment | undefined
  let lastWait = ''
  const result = await poll<Judgement>(
    async () => {
      let judged: Judgement | { waitingFor: string }
      try {
        const state = await ecs.describeService(cluster, service)
        const ours = ourDeployment(state, taskDefinition?.arn)
        if (ours !== undefined && ours.createdAt >= (followed?.createdAt ?? 0)) {
          if (followed !== undefined && followed.id !== ours.id)
            log(`ECS: deployment ${ours.id} of the same revision has taken the place of ${followed.id}.`)
          followed = { id: ours.id, createdAt: ours.createdAt }
        }
        for (const line of newEvents(state, followed, seen)) log(line)
        judged = judge(state, taskDefinition?.arn, previous, name, followed)
        if (state !== undefined && followed !== undefined && 'waitingFor' in judged) {
          judged = judgeTasks(await stopped.of(followed), state, shortOf(ours), name) ?? judged
        }
      } catch (error) {
        judged = judgeError(error, name)
      }
      if (!('waitingFor' in judged)) return { done: judged }
      if (judged.waitingFor !== lastWait) log(judged.waitingFor)
      lastWait = judged.waitingFor
      return judged
    },
    { delayMs, timeoutMs },
  )
  const elapsedMs = Date.now() - started
  if (!result.timedOut) return { ...result.value, elapsedMs, deployment: followed }
  const what = taskDefinition === undefined ? '' : ` of ${short(taskDefinition.arn)}`
  const late = `The ECS deployment${what} was not complete after ${Math.round(timeoutMs / 1000)} s`
  return {
    revision: undefined,
    running: 0,
    elapsedMs,
    deployment: followed,
    observed: late,
    failure: {
      code: 'ECS_TIMEOUT',
      sentence: `${late}; last seen: ${result.waitingFor}`,
      fix: 'Look at the events of the service and at the stopped tasks for the reason, or raise ecs-timeout if the server starts slowly.',
      remedy: 'wait',
    },
  }
}

/** Most rollouts show their first change in seconds; afterwards the API is asked no more often than people look. */
function delayMs(attempt: number): number {
  if (attempt < 10) return 1_500
  if (attempt < 20) return 5_000
  return attempt < 60 ? 10_000 : 15_000
}

/** The tasks of our deployment that failed, asked for again and again; each is told once. */
class StoppedTasks {
  readonly #known = new Set<string>()
  readonly #failed: Task[] = []
  #isDenied = false
  readonly #ecs: Ecs
  readonly #cluster: string
  readonly #service: string
  readonly #since: number
  readonly #log: (line: string) => void

  constructor(ecs: Ecs, cluster: string, service: string, since: number, log: (line: string) => void) {
    this.#ecs = ecs
    this.#cluster = cluster
    this.#service = service
    this.#since = since
    this.#log = log
  }

  /** Newest first. Without the permission there are none, and the log says once which one is missing. */
  async of({ id }: FollowedDeployment): Promise<readonly Task[]> {
    if (this.#isDenied) return []
    try {
      const found = await this.#ecs.tasks(this.#cluster, this.#service, 'STOPPED', this.#known)
      for (const task of found.toReversed()) {
        this.#known.add(task.arn)
        if (task.startedBy !== id || !hasFailed(task) || task.stoppedAt < this.#since) continue
        this.#failed.unshift(task)
        this.#log(`ECS: task ${short(task.arn)} stopped: ${stoppedLine(task)}`)
      }
    } catch (error) {
      if (!isDenied(error)) throw error
      this.#isDenied = true
      this.#log('Why tasks stop is not known: give the role ecs:ListTasks and ecs:DescribeTasks.')
    }
    return this.#failed
  }
}

/** `Essential container in task exited (server: exit code 3)` */
function stoppedLine({ stoppedReason, stopCode, containers }: Task): string {
  const ended = containers
    .filter(({ exitCode, reason }) => exitCode !== undefined || (reason !== '' && reason !== stoppedReason))
    .map(({ name, exitCode, reason }) =>
      [`${name}:`, exitCode === undefined ? '' : `exit code ${exitCode}`, reason].filter(part => part !== '').join(' '),
    )
  return `${stoppedReason || stopCode}${ended.length === 0 ? '' : ` (${ended.join(', ')})`}`
}

/**
 * Whether the tasks of our deployment fail in a way that waiting does not heal. Pure. Where ECS's circuit breaker is on,
 * it decides first what merely repeats itself: it also says whether it rolls back.
 */
function judgeTasks(
  stopped: readonly Task[],
  { circuitBreaker, desiredCount }: ServiceState,
  revision: string,
  name: string,
): Judgement | undefined {
  const breakerOpensAt = Math.min(200, Math.max(3, Math.ceil(desiredCount / 2)))
  const cause = taskCause({ ...noEvidence(name), stopped }, circuitBreaker ? breakerOpensAt + 2 : undefined)
  if (cause === undefined || !cause.hopeless) return undefined
  const seen = `The tasks of ${revision} in ${name} do not stay up`
  const often = cause.times === 1 ? '' : ` (${cause.times} times)`
  return failed(
    'ECS_TASKS_FAIL',
    `${seen} because ${cause.clause}${often}.`,
    { fix: cause.fix, remedy: cause.remedy ?? 'replace' },
    seen,
  )
}

/** The newest deployment of our revision; of any, when Terraform manages none. */
function ourDeployment(state: ServiceState | undefined, expected: string | undefined): EcsDeployment | undefined {
  return state?.deployments
    .filter(({ status, taskDefinition }) =>
      expected === undefined ? status === 'PRIMARY' : sameRevision(taskDefinition, expected),
    )
    .filter(deployment => !isRollback(deployment))
    .sort((a, b) => b.createdAt - a.createdAt)[0]
}

/**
 * The verdict over one DescribeServices answer, or what to wait for. Pure.
 * @param expected ARN of the revision that must serve; undefined when Terraform does not manage it, and then
 *   whatever deployment is the newest counts
 * @param followed our deployment as it was seen before: an older one of the same revision in its place is a rollback, too
 */
export function judge(
  state: ServiceState | undefined,
  expected: string | undefined,
  previous: string | undefined,
  name: string,
  followed?: FollowedDeployment,
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
  const isOlder = followed !== undefined && primary.createdAt < followed.createdAt
  if (followed !== undefined && primary.id !== followed.id && (isOlder || isRollback(primary))) {
    const ours = state.deployments.find(({ id }) => id === followed.id)
    const seen = `ECS rolled ${name} back to an earlier deployment of ${short(primary.taskDefinition)}, ${primary.id}`
    return failed(
      'ECS_ROLLED_BACK',
      `${seen}. ${reasons(state, ours ?? primary)}`.trimEnd(),
      {
        fix: `Look at the stopped tasks of the deployment ${followed.id}: what it changed (a secret, a setting of the service) keeps them from starting or staying healthy.`,
        remedy: 'replace',
      },
      `${seen},`,
    )
  }
  if (primary.rolloutState === 'FAILED') {
    const seen = `The ECS deployment of ${short(primary.taskDefinition)} failed`
    return failed(
      'ECS_DEPLOYMENT_FAILED',
      `${seen}: ${reasons(state, primary) || 'ECS gives no reason.'}`,
      {
        fix: 'Look at the stopped tasks and the logs of the service for why the container does not start or stay healthy.',
        remedy: 'replace',
      },
      seen,
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
    isRollback(primary) ||
    (previous !== undefined && sameRevision(primary.taskDefinition, previous))
  if (rolledBack) {
    const seen = `ECS rolled ${name} back: it runs ${short(primary.taskDefinition)}, not ${short(expected)}, which this apply made`
    return failed(
      'ECS_ROLLED_BACK',
      `${seen}. ${reasons(state, ours ?? primary)}`.trimEnd(),
      {
        fix: `Look at the stopped tasks of ${short(expected)} for why they do not start or stay healthy. The old revision still serves.`,
        remedy: 'replace',
      },
      `${seen},`,
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
  code: FailureCode,
  sentence: string,
  { fix, remedy }: Pick<Failure, 'fix' | 'remedy'>,
  seen?: string,
): Judgement & { readonly failure: Failure } {
  return { state: 'failed', revision: undefined, running: 0, failure: { code, sentence, fix, remedy }, observed: seen }
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
function newEvents(state: ServiceState | undefined, ours: FollowedDeployment | undefined, seen: Set<string>): string[] {
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

/** Whether ECS itself started it to undo another. */
function isRollback({ rolloutState, rolloutStateReason }: EcsDeployment): boolean {
  return rolloutState !== 'FAILED' && /roll(ing|ed) ?back|circuit breaker/i.test(rolloutStateReason ?? '')
}

function shortOf(deployment: EcsDeployment | undefined): string {
  return short(deployment?.taskDefinition ?? '')
}

/** `FAMILY:REVISION` of an ARN. */
function short(taskDefinition: string): string {
  return taskDefinition.replace(/^.*\//, '')
}
