/**
 * Whether ECS runs the revision that this apply made. "Steady" is not enough: after a circuit-breaker rollback the service
 * is steady too, on the old revision, so our deployment is followed. The watch ends before its deadline when the tasks fail
 * in a way that waiting cannot fix.
 */
import { messageOf } from '../../errors.ts'
import { type Line, line } from '../../log.ts'
import { lastPart } from '../../text.ts'
import { taskCause } from '../aws/causes/task.ts'
import { isDenied } from '../aws/client.ts'
import { hasFailed, noEvidence } from '../aws/evidence.ts'
import type {
  FailedObservation,
  FollowedDeployment,
  Observation,
  WaitingObservation,
  WatchContext,
} from '../platform.ts'
import type { Ecs, EcsDeployment, ServiceState, Task } from './client.ts'
import { type codes, ecsFailure } from './codes.ts'
import { type EcsService, revision } from './service.ts'
import { judgeServiceDeployment } from './service-deployment.ts'

/** Milliseconds by which the clocks of this machine and of AWS may differ. */
const clockSkewMs = 60_000

/**
 * Follows the service. Each look returns whether our deployment is COMPLETED with running = desired, has failed or cannot
 * come up. The log gets each service event and each task that stopped once. A look throws the SDK's errors.
 */
export function watchService(
  ecs: Ecs,
  { cluster, service, taskDefinition, testEndpoint }: EcsService,
  {
    previous,
    since = Date.now(),
    answeredHolds = [],
    isFinal = false,
    log,
  }: Pick<WatchContext, 'previous' | 'since' | 'answeredHolds' | 'isFinal' | 'log'>,
): () => Promise<Observation> {
  const name = `${cluster}/${service}`
  const loggedEvents = new Set<string>()
  const stopped = new StoppedTasks(ecs, cluster, service, since - clockSkewMs, log)
  const taskDefinitions = new Map<string, string>()
  const loggedNotices = new Set<string>()
  let followed: FollowedDeployment | undefined
  const logOnce = (notice: Line) => {
    if (!loggedNotices.has(String(notice))) log(notice)
    loggedNotices.add(String(notice))
  }

  /** A look at a service whose deployments have stages. */
  const lookAtDeployment = async (state: ServiceState): Promise<Observation> => {
    const deployment = await ecs.newestDeployment(cluster, service)
    const revisions = [deployment?.targetRevision, deployment?.rollback?.revision].filter(arn => arn !== undefined)
    const unread = revisions.filter(arn => arn !== '' && !taskDefinitions.has(arn))
    for (const { arn, taskDefinition: of } of unread.length === 0 ? [] : await ecs.serviceRevisions(unread))
      taskDefinitions.set(arn, of)
    if (deployment !== undefined)
      followed = { id: lastPart(deployment.targetRevision), createdAt: deployment.createdAt }
    for (const event of newEvents(state, followed, loggedEvents)) log(line`ECS: ${event}`)
    return judgeServiceDeployment({
      name,
      service: state,
      deployment,
      taskDefinitions,
      expected: taskDefinition?.arn,
      isFinal,
      answered: answeredHolds,
      testEndpoint,
      answer: async (hookId, action) => {
        if (deployment !== undefined) await ecs.answerHook(deployment.arn, hookId, action)
      },
    })
  }

  const look = async (): Promise<Observation> => {
    const state = await ecs.describeService(cluster, service)
    const unusable = unusableService(state, name)
    if (unusable !== undefined) return unusable
    if (state !== undefined && state.controller !== 'ECS') {
      logOnce(
        line`${state.controller} makes the deployments of ${name}, so this apply deployed no new revision. The one that serves is checked, and never repaired.`,
      )
      return judgeTaskSets(state, name)
    }
    if (state !== undefined && state.strategy !== 'ROLLING') return await lookAtDeployment(state)
    const ours = ourDeployment(state, taskDefinition?.arn)
    if (ours !== undefined && ours.createdAt >= (followed?.createdAt ?? 0)) {
      if (followed !== undefined && followed.id !== ours.id)
        log(line`ECS: deployment ${ours.id} of the same revision has taken the place of ${followed.id}.`)
      followed = { id: ours.id, createdAt: ours.createdAt }
    }
    for (const event of newEvents(state, followed, loggedEvents)) log(line`ECS: ${event}`)
    const judged = judge(state, taskDefinition?.arn, previous?.id, name, followed)
    if (state === undefined || followed === undefined || judged.kind !== 'waiting') return judged
    const failedTasks = await stopped.of(followed)
    const isHealthy = judged.isHealthy === true && failedTasks.length === 0
    return judgeTasks(failedTasks, state, shortOf(ours), name) ?? { ...judged, isHealthy }
  }
  return async () => {
    try {
      return { ...(await look()), deployment: followed }
    } catch (error) {
      if (!(error instanceof Error && error.name === 'ClusterNotFoundException')) throw error
      const fix = 'Check ecs_cluster_name (or the input ecs-cluster) and AWS_REGION.'
      return stale(
        failed('ECS_NO_SERVICE', `AWS finds no cluster for ECS service ${name}: ${messageOf(error)}`, { fix }),
      )
    }
  }
}

/** Most rollouts show their first change in seconds; afterwards the API is asked no more often than people look. */
export function delayMs(attempt: number): number {
  if (attempt < 10) return 1_500
  if (attempt < 20) return 5_000
  return attempt < 60 ? 10_000 : 15_000
}

/** The end of a watch whose time is over. A revision that runs without a failure is not to blame for the time. */
export function timedOut(
  { taskDefinition }: EcsService,
  timeoutMs: number,
  last: WaitingObservation,
): FailedObservation {
  const what = taskDefinition === undefined ? '' : ` of ${lastPart(taskDefinition.arn)}`
  const late = `The ECS deployment${what} was not complete after ${Math.round(timeoutMs / 1000)} s`
  const code = last.isHealthy === true ? 'ECS_STILL_DEPLOYING' : 'ECS_TIMEOUT'
  return failed(code, `${late}; last seen: ${last.for}`, {}, late)
}

/** The tasks of our deployment that failed, listed at each look; each is logged once. */
class StoppedTasks {
  readonly #known = new Set<string>()
  readonly #failed: Task[] = []
  #isDenied = false
  readonly #ecs: Ecs
  readonly #cluster: string
  readonly #service: string
  readonly #since: number
  readonly #log: (line: Line) => void

  constructor(ecs: Ecs, cluster: string, service: string, since: number, log: (line: Line) => void) {
    this.#ecs = ecs
    this.#cluster = cluster
    this.#service = service
    this.#since = since
    this.#log = log
  }

  /** Newest first. Empty without the permission; the log names the missing permission once. */
  async of({ id }: FollowedDeployment): Promise<readonly Task[]> {
    if (this.#isDenied) return []
    try {
      const tasks = await this.#ecs.tasks(this.#cluster, this.#service, 'STOPPED', this.#known)
      for (const task of tasks.toReversed()) {
        this.#known.add(task.arn)
        if (task.startedBy !== id || !hasFailed(task) || task.stoppedAt < this.#since) continue
        this.#failed.unshift(task)
        this.#log(line`ECS: task ${lastPart(task.arn)} stopped: ${stoppedText(task)}`)
      }
    } catch (error) {
      if (!isDenied(error)) throw error
      this.#isDenied = true
      this.#log(line`Why tasks stop is not known: give the role ecs:ListTasks and ecs:DescribeTasks.`)
    }
    return this.#failed
  }
}

/** `Essential container in task exited (server: exit code 3)` */
function stoppedText({ stoppedReason, stopCode, containers }: Task): string {
  const ended = containers
    .filter(({ exitCode, reason }) => exitCode !== undefined || (reason !== '' && reason !== stoppedReason))
    .map(({ name, exitCode, reason }) =>
      [`${name}:`, exitCode === undefined ? '' : `exit code ${exitCode}`, reason].filter(part => part !== '').join(' '),
    )
  return `${stoppedReason || stopCode}${ended.length === 0 ? '' : ` (${ended.join(', ')})`}`
}

/**
 * Whether the tasks of our deployment fail in a way that waiting cannot fix. Pure. If ECS's circuit breaker is on, it
 * decides first about failures that only repeat, because it also decides whether ECS rolls back.
 */
function judgeTasks(
  stopped: readonly Task[],
  { circuitBreaker, desiredCount }: ServiceState,
  revisionLabel: string,
  name: string,
): FailedObservation | undefined {
  const breakerOpensAt = Math.min(200, Math.max(3, Math.ceil(desiredCount / 2)))
  const cause = taskCause({ ...noEvidence(name), stopped }, circuitBreaker ? breakerOpensAt + 2 : undefined)
  if (cause === undefined || !cause.hopeless) return undefined
  const observed = `The tasks of ${revisionLabel} in ${name} do not stay up`
  const often = cause.times === 1 ? '' : ` (${cause.times} times)`
  const { fix, remedy = 'replace' } = cause
  return failed('ECS_TASKS_FAIL', `${observed} because ${cause.clause}${often}.`, { fix, remedy }, observed)
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
): Observation {
  const unusable = unusableService(state, name)
  if (state === undefined || unusable !== undefined) return unusable ?? noService(state, name)
  const primary = state.deployments.find(deployment => deployment.status === 'PRIMARY')
  if (primary === undefined) return { kind: 'waiting', for: `Waiting for ECS to start a deployment of ${name}.` }
  if (expected !== undefined && !sameRevision(primary.taskDefinition, expected)) {
    return notOurs(state, primary, expected, previous, name)
  }
  const isOlder = followed !== undefined && primary.createdAt < followed.createdAt
  if (followed !== undefined && primary.id !== followed.id && (isOlder || isRollback(primary))) {
    const ours = state.deployments.find(({ id }) => id === followed.id)
    const observed = `ECS rolled ${name} back to an earlier deployment of ${lastPart(primary.taskDefinition)}, ${primary.id}`
    const rolledBack = failed(
      'ECS_ROLLED_BACK',
      `${observed}. ${reasons(state, ours ?? primary)}`.trimEnd(),
      {
        fix: `Look at the stopped tasks of the deployment ${followed.id}: what it changed (a secret, a setting of the service) keeps them from starting or staying healthy.`,
      },
      `${observed},`,
    )
    return isRollback(primary) || ours?.rolloutState === 'FAILED' ? rolledBack : stale(rolledBack)
  }
  if (primary.rolloutState === 'FAILED') {
    const observed = `The ECS deployment of ${lastPart(primary.taskDefinition)} failed`
    return failed(
      'ECS_DEPLOYMENT_FAILED',
      `${observed}: ${reasons(state, primary) || 'ECS gives no reason.'}`,
      {},
      observed,
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
    return { kind: 'serving', version: revision(primary.taskDefinition), running: primary.runningCount }
  }
  const failures = primary.failedTasks > 0 ? `, ${primary.failedTasks} failed to start` : ''
  const old = draining ? ', tasks of the revision before still run' : ''
  return {
    kind: 'waiting',
    isHealthy: primary.failedTasks === 0 && primary.runningCount >= state.desiredCount,
    for:
      `Waiting for ECS: deployment of ${lastPart(primary.taskDefinition)} is ${primary.rolloutState ?? 'running'}, ` +
      `${primary.runningCount} of ${state.desiredCount} tasks run${failures}${old}.`,
  }
}

function unusableService(state: ServiceState | undefined, name: string): FailedObservation | undefined {
  if (state === undefined || state.status !== 'ACTIVE') return noService(state, name)
  if (state.desiredCount > 0) return undefined
  return stale(
    failed('ECS_SCALED_TO_ZERO', `The desired count of ECS service ${name} is 0: no task runs, so nothing can answer.`),
  )
}

function noService(state: ServiceState | undefined, name: string): FailedObservation {
  return stale(
    failed(
      'ECS_NO_SERVICE',
      `There is no active ECS service ${name}${state ? ` (its status is ${state.status})` : ''}.`,
    ),
  )
}

/** The verdict over a service whose deployments something else makes: whether the task set that serves is steady. Pure. */
function judgeTaskSets({ taskSets }: Pick<ServiceState, 'taskSets'>, name: string): Observation {
  const primary = taskSets.find(({ status }) => status === 'PRIMARY')
  if (primary === undefined) return { kind: 'waiting', for: `Waiting for a task set of ${name} that serves.` }
  const { taskDefinition, runningCount, desiredCount, isSteady } = primary
  if (isSteady && runningCount === desiredCount)
    return { kind: 'serving', version: revision(taskDefinition), running: runningCount }
  return {
    kind: 'waiting',
    isHealthy: runningCount >= desiredCount,
    for: `Waiting for ECS: ${runningCount} of ${desiredCount} tasks of ${lastPart(taskDefinition)} run${isSteady ? '' : ', not steady yet'}.`,
  }
}

/** Another revision than ours is the newest deployment: ECS rolled back, or somebody else deployed. */
function notOurs(
  state: ServiceState,
  primary: EcsDeployment,
  expected: string,
  previous: string | undefined,
  name: string,
): FailedObservation {
  const ours = state.deployments.find(deployment => sameRevision(deployment.taskDefinition, expected))
  const isUndone = ours?.rolloutState === 'FAILED' || isRollback(primary)
  const isPrevious = previous !== undefined && sameRevision(primary.taskDefinition, previous)
  if (isUndone || isPrevious) {
    const observed = `ECS rolled ${name} back: it runs ${lastPart(primary.taskDefinition)}, not ${lastPart(expected)}, which this apply made`
    const rolledBack = failed(
      'ECS_ROLLED_BACK',
      `${observed}. ${reasons(state, ours ?? primary)}`.trimEnd(),
      {
        fix: `Look at the stopped tasks of ${lastPart(expected)} for why they do not start or stay healthy. The old revision still serves.`,
      },
      `${observed},`,
    )
    // Without a trace of ours the answer may be of the time before the apply.
    return isUndone ? rolledBack : stale(rolledBack)
  }
  return stale(
    failed(
      'ECS_SUPERSEDED',
      `Somebody deployed ${lastPart(primary.taskDefinition)} to ${name} after this apply made ${lastPart(expected)}.`,
    ),
  )
}

function failed(
  code: keyof typeof codes,
  sentence: string,
  more: Parameters<typeof ecsFailure>[2] = {},
  observed?: string,
): FailedObservation {
  return { kind: 'failed', failure: ecsFailure(code, sentence, more), observed }
}

/** A failure that an answer of before the last change looks like. */
function stale(observation: FailedObservation): FailedObservation {
  return { ...observation, mayBeStale: true }
}

/** Events since our deployment began, oldest first, each one once. */
function newEvents(
  state: ServiceState | undefined,
  ours: FollowedDeployment | undefined,
  logged: Set<string>,
): string[] {
  if (state === undefined || ours === undefined) return []
  const fresh = state.events.filter(({ id, createdAt }) => createdAt >= ours.createdAt && !logged.has(id)).reverse()
  for (const { id } of fresh) logged.add(id)
  return fresh.map(({ message }) => message)
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
  return lastPart(a) === lastPart(b)
}

/** Whether ECS itself started it to undo another. */
function isRollback({ rolloutState, rolloutStateReason }: EcsDeployment): boolean {
  return rolloutState !== 'FAILED' && /roll(ing|ed) ?back|circuit breaker/i.test(rolloutStateReason ?? '')
}

function shortOf(deployment: EcsDeployment | undefined): string {
  return lastPart(deployment?.taskDefinition ?? '')
}
