/**
 * Amazon ECS as plain data (docs.aws.amazon.com, Amazon ECS API Reference): a service with its deployments, its tasks,
 * the content of a task definition, its service deployments, and the calls that change something: UpdateService,
 * StopServiceDeployment and ContinueServiceDeployment.
 */
import type {
  ContainerDefinition,
  DeploymentConfiguration,
  ECSClient,
  ServiceDeployment as SdkServiceDeployment,
  Task as SdkTask,
} from '@aws-sdk/client-ecs'
import { type AwsTimes, awsOptions } from '../aws/client.ts'

export interface ServiceState {
  readonly status: string
  readonly desiredCount: number
  readonly runningCount: number
  readonly deployments: readonly EcsDeployment[]
  /** Newest first. */
  readonly events: readonly ServiceEvent[]
  /** Whether ECS itself ends a deployment whose tasks fail (deploymentCircuitBreaker). */
  readonly circuitBreaker: boolean
  /** ARNs of the target groups that the tasks register with. */
  readonly targetGroups: readonly string[]
  /** What makes its deployments: ECS itself, or CODE_DEPLOY or EXTERNAL, which know task sets only. */
  readonly controller: string
  /** ROLLING, BLUE_GREEN, LINEAR or CANARY. */
  readonly strategy: string
  /** Whether CloudWatch alarms end a deployment. */
  readonly hasAlarms: boolean
  /** FAMILY:REVISION or the ARN that the service is set to. */
  readonly taskDefinition: string
  /** The service revisions that run tasks now. */
  readonly revisions: readonly { readonly arn: string; readonly runningCount: number }[]
  readonly taskSets: readonly TaskSet[]
}

/** A set of tasks of one revision, for a service whose deployments ECS does not make itself. */
export interface TaskSet {
  /** PRIMARY is the one that gets production traffic. */
  readonly status: string
  readonly taskDefinition: string
  readonly desiredCount: number
  readonly runningCount: number
  /** Whether the scheduler has nothing left to do (STEADY_STATE). */
  readonly isSteady: boolean
}

/** A deployment that ECS makes of a service, with its stages (API_ServiceDeployment). */
export interface ServiceDeployment {
  readonly arn: string
  /** PENDING, IN_PROGRESS, SUCCESSFUL, STOP_REQUESTED, STOPPED, or ROLLBACK_ and how far the rollback is. */
  readonly status: string
  readonly reason: string
  /** RECONCILE_SERVICE … BAKE_TIME, CLEAN_UP; empty before the first. */
  readonly stage: string
  readonly createdAt: number
  /** ARN of the service revision that it deploys. */
  readonly targetRevision: string
  readonly requestedCount: number
  readonly runningCount: number
  /** Percent of the production and of the test traffic that the new revision is to get; undefined before it is decided. */
  readonly productionWeight: number | undefined
  readonly testWeight: number | undefined
  readonly hooks: readonly LifecycleHook[]
  readonly triggeredAlarms: readonly string[]
  /** How many tasks failed, and how many may; undefined without a circuit breaker. */
  readonly circuitBreaker: { readonly failures: number; readonly threshold: number } | undefined
  /** Set as soon as ECS goes back: why, and to which service revision. */
  readonly rollback: { readonly reason: string; readonly revision: string } | undefined
  /** Milliseconds that it waits on purpose. */
  readonly bakeMs: number
}

export interface LifecycleHook {
  readonly id: string
  /** IN_PROGRESS, AWAITING_ACTION, SUCCEEDED, FAILED or TIMED_OUT. */
  readonly status: string
  /** When ECS decides itself, in milliseconds since 1970, and how: CONTINUE or ROLLBACK. */
  readonly expiresAt: number | undefined
  readonly timeoutAction: string | undefined
}

/** What a service revision deploys. */
export interface ServiceRevision {
  readonly arn: string
  readonly taskDefinition: string
}

export interface EcsDeployment {
  readonly id: string
  /** PRIMARY is the newest, ACTIVE one that is being replaced. */
  readonly status: string
  readonly taskDefinition: string
  readonly desiredCount: number
  readonly runningCount: number
  readonly pendingCount: number
  readonly failedTasks: number
  /** IN_PROGRESS, COMPLETED or FAILED; undefined for deployment controllers that have none. */
  readonly rolloutState: string | undefined
  readonly rolloutStateReason: string | undefined
  readonly createdAt: number
}

export interface ServiceEvent {
  readonly id: string
  readonly createdAt: number
  readonly message: string
}

export interface Task {
  readonly arn: string
  /** Id of the deployment that started it. */
  readonly startedBy: string
  readonly taskDefinition: string
  /** HEALTHY, UNHEALTHY or UNKNOWN, by the health checks of its containers. */
  readonly health: string
  /** Why it stopped, in AWS's words; empty while it runs. */
  readonly stoppedReason: string
  /** Such as EssentialContainerExited, TaskFailedToStart or ServiceSchedulerInitiated. */
  readonly stopCode: string
  /** Milliseconds since 1970; 0 while it runs. */
  readonly stoppedAt: number
  readonly containers: readonly TaskContainer[]
}

export interface TaskContainer {
  readonly name: string
  readonly exitCode: number | undefined
  readonly reason: string
  readonly health: string
  /** Digest of the image that it runs; undefined before the image is there. */
  readonly imageDigest?: string | undefined
}

export interface TaskDefinition {
  readonly arn: string
  /** ACTIVE, or INACTIVE when it was deregistered: then no service can be pointed at it. */
  readonly status: string
  /** `X86_64` or `ARM64`; undefined if the definition does not set it. */
  readonly architecture: string | undefined
  readonly containers: readonly DefinedContainer[]
}

export interface DefinedContainer {
  readonly name: string
  readonly image: string
  readonly essential: boolean
  readonly ports: readonly number[]
  /** The command of its own health check; empty without one. */
  readonly healthCheck: string
  /** Where its output is, when that is CloudWatch Logs. */
  readonly log: { readonly group: string; readonly prefix: string; readonly region: string | undefined } | undefined
}

/** ListTasks and DescribeTasks take and give at most this many. */
const maxTasks = 100

export class Ecs {
  readonly #region: string | undefined
  readonly #times: AwsTimes | undefined
  #client: ECSClient | undefined

  /** @param region undefined means the SDK's own chain, AWS_REGION first */
  constructor(region: string | undefined, times?: AwsTimes) {
    this.#region = region
    this.#times = times
  }

  /** The service's state, or undefined when there is no such service. Throws the SDK's errors. */
  async describeService(cluster: string, service: string): Promise<ServiceState | undefined> {
    const { DescribeServicesCommand } = await import('../aws/sdk.ts')
    const client = await this.#open()
    const { services = [] } = await client.send(new DescribeServicesCommand({ cluster, services: [service] }))
    const [state] = services
    if (state === undefined) return undefined
    return {
      status: state.status ?? '',
      desiredCount: state.desiredCount ?? 0,
      runningCount: state.runningCount ?? 0,
      deployments: (state.deployments ?? []).map(deployment => ({
        id: deployment.id ?? '',
        status: deployment.status ?? '',
        taskDefinition: deployment.taskDefinition ?? '',
        desiredCount: deployment.desiredCount ?? 0,
        runningCount: deployment.runningCount ?? 0,
        pendingCount: deployment.pendingCount ?? 0,
        failedTasks: deployment.failedTasks ?? 0,
        rolloutState: deployment.rolloutState,
        rolloutStateReason: deployment.rolloutStateReason,
        createdAt: deployment.createdAt?.getTime() ?? 0,
      })),
      events: (state.events ?? []).map(event => ({
        id: event.id ?? '',
        createdAt: event.createdAt?.getTime() ?? 0,
        message: event.message ?? '',
      })),
      circuitBreaker: state.deploymentConfiguration?.deploymentCircuitBreaker?.enable === true,
      targetGroups: (state.loadBalancers ?? []).flatMap(({ targetGroupArn }) => targetGroupArn ?? []),
      controller: state.deploymentController?.type ?? 'ECS',
      strategy: state.deploymentConfiguration?.strategy ?? 'ROLLING',
      hasAlarms: state.deploymentConfiguration?.alarms?.enable === true,
      taskDefinition: state.taskDefinition ?? '',
      revisions: (state.currentServiceRevisions ?? []).map(({ arn = '', runningTaskCount = 0 }) => ({
        arn,
        runningCount: runningTaskCount,
      })),
      taskSets: (state.taskSets ?? []).map(taskSet => ({
        status: taskSet.status ?? '',
        taskDefinition: taskSet.taskDefinition ?? '',
        desiredCount: taskSet.computedDesiredCount ?? 0,
        runningCount: taskSet.runningCount ?? 0,
        isSteady: taskSet.stabilityStatus === 'STEADY_STATE',
      })),
    }
  }

  /** The newest service deployment, or undefined when ECS remembers none. Throws the SDK's errors. */
  async newestDeployment(cluster: string, service: string): Promise<ServiceDeployment | undefined> {
    const { DescribeServiceDeploymentsCommand, ListServiceDeploymentsCommand } = await import('../aws/sdk.ts')
    const client = await this.#open()
    const { serviceDeployments: listed = [] } = await client.send(
      new ListServiceDeploymentsCommand({ cluster, service }),
    )
    const [newest] = listed.toSorted((a, b) => (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0))
    if (newest?.serviceDeploymentArn === undefined) return undefined
    const { serviceDeployments = [] } = await client.send(
      new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [newest.serviceDeploymentArn] }),
    )
    return serviceDeployments[0] && readServiceDeployment(serviceDeployments[0])
  }

  /** What the service revisions of these ARNs deploy. Throws the SDK's errors. */
  async serviceRevisions(serviceRevisionArns: string[]): Promise<ServiceRevision[]> {
    const { DescribeServiceRevisionsCommand } = await import('../aws/sdk.ts')
    const client = await this.#open()
    const { serviceRevisions = [] } = await client.send(new DescribeServiceRevisionsCommand({ serviceRevisionArns }))
    return serviceRevisions.map(({ serviceRevisionArn: arn = '', taskDefinition = '' }) => ({ arn, taskDefinition }))
  }

  /** Answers a paused deployment. Throws the SDK's errors. */
  async answerHook(serviceDeploymentArn: string, hookId: string, action: 'CONTINUE' | 'ROLLBACK'): Promise<void> {
    const { ContinueServiceDeploymentCommand } = await import('../aws/sdk.ts')
    const client = await this.#open()
    await client.send(new ContinueServiceDeploymentCommand({ serviceDeploymentArn, hookId, action }))
  }

  /** Ends a running deployment; ECS restores the revision and the listener rules before it. Throws the SDK's errors. */
  async rollBackDeployment(serviceDeploymentArn: string): Promise<void> {
    const { StopServiceDeploymentCommand } = await import('../aws/sdk.ts')
    const client = await this.#open()
    await client.send(new StopServiceDeploymentCommand({ serviceDeploymentArn, stopType: 'ROLLBACK' }))
  }

  /**
   * The service's tasks of a status, newest first, whatever deployment started them. ECS shows stopped ones for about an
   * hour. `known` are left out of the second call, DescribeTasks. Throws the SDK's errors.
   */
  async tasks(
    cluster: string,
    service: string,
    desiredStatus: 'RUNNING' | 'STOPPED',
    known: ReadonlySet<string> = new Set(),
  ): Promise<Task[]> {
    const { DescribeTasksCommand, ListTasksCommand } = await import('../aws/sdk.ts')
    const client = await this.#open()
    const { taskArns = [] } = await client.send(
      new ListTasksCommand({ cluster, serviceName: service, desiredStatus, maxResults: maxTasks }),
    )
    const wanted = taskArns.filter(arn => !known.has(arn))
    if (wanted.length === 0) return []
    const { tasks = [] } = await client.send(new DescribeTasksCommand({ cluster, tasks: wanted }))
    return tasks.map(readTask).sort((a, b) => b.stoppedAt - a.stoppedAt)
  }

  /** The content of a revision. Throws the SDK's errors. */
  async taskDefinition(revision: string): Promise<TaskDefinition> {
    const { DescribeTaskDefinitionCommand } = await import('../aws/sdk.ts')
    const client = await this.#open()
    const { taskDefinition } = await client.send(new DescribeTaskDefinitionCommand({ taskDefinition: revision }))
    return {
      arn: taskDefinition?.taskDefinitionArn ?? revision,
      status: taskDefinition?.status ?? '',
      architecture: taskDefinition?.runtimePlatform?.cpuArchitecture,
      containers: (taskDefinition?.containerDefinitions ?? []).map(readContainer),
    }
  }

  /** Points the service at a revision, which starts a deployment of it. Throws the SDK's errors. */
  async deploy(cluster: string, service: string, taskDefinition: string): Promise<void> {
    const { UpdateServiceCommand } = await import('../aws/sdk.ts')
    const client = await this.#open()
    await client.send(new UpdateServiceCommand({ cluster, service, taskDefinition }))
  }

  async #open(): Promise<ECSClient> {
    const { ECSClient } = await import('../aws/sdk.ts')
    this.#client ??= new ECSClient(awsOptions(this.#region, this.#times))
    return this.#client
  }
}

function readServiceDeployment(deployment: SdkServiceDeployment): ServiceDeployment {
  const { targetServiceRevision: target, rollback, deploymentCircuitBreaker: breaker, alarms } = deployment
  return {
    arn: deployment.serviceDeploymentArn ?? '',
    status: deployment.status ?? '',
    reason: deployment.statusReason ?? '',
    stage: deployment.lifecycleStage ?? '',
    createdAt: deployment.createdAt?.getTime() ?? 0,
    targetRevision: target?.arn ?? '',
    requestedCount: target?.requestedTaskCount ?? 0,
    runningCount: target?.runningTaskCount ?? 0,
    productionWeight: target?.requestedProductionTrafficWeight,
    testWeight: target?.requestedTestTrafficWeight,
    hooks: (deployment.lifecycleHookDetails ?? []).map(hook => ({
      id: hook.hookId ?? '',
      status: hook.status ?? '',
      expiresAt: hook.expiresAt?.getTime(),
      timeoutAction: hook.timeoutAction,
    })),
    triggeredAlarms: alarms?.triggeredAlarmNames ?? [],
    circuitBreaker:
      breaker?.threshold === undefined || breaker.status === 'DISABLED'
        ? undefined
        : { failures: breaker.failureCount ?? 0, threshold: breaker.threshold },
    rollback: rollback && { reason: rollback.reason ?? '', revision: rollback.serviceRevisionArn ?? '' },
    bakeMs: bakeMinutes(deployment.deploymentConfiguration) * 60_000,
  }
}

/** Minutes for which a deployment waits on purpose: between its steps, and with all traffic on the new revision. */
function bakeMinutes(configuration: DeploymentConfiguration | undefined): number {
  const { strategy, bakeTimeInMinutes = 0, linearConfiguration, canaryConfiguration } = configuration ?? {}
  const { stepPercent = 100, stepBakeTimeInMinutes = 0 } = linearConfiguration ?? {}
  if (strategy === 'LINEAR')
    return bakeTimeInMinutes + stepBakeTimeInMinutes * (Math.ceil(100 / Math.max(1, stepPercent)) - 1)
  if (strategy === 'CANARY') return bakeTimeInMinutes + (canaryConfiguration?.canaryBakeTimeInMinutes ?? 0)
  return bakeTimeInMinutes
}

function readTask(task: SdkTask): Task {
  return {
    arn: task.taskArn ?? '',
    startedBy: task.startedBy ?? '',
    taskDefinition: task.taskDefinitionArn ?? '',
    health: task.healthStatus ?? 'UNKNOWN',
    stoppedReason: task.stoppedReason ?? '',
    stopCode: task.stopCode ?? '',
    stoppedAt: task.stoppedAt?.getTime() ?? 0,
    containers: (task.containers ?? []).map(({ name, exitCode, reason, healthStatus, imageDigest }) => ({
      name: name ?? '',
      exitCode,
      reason: reason ?? '',
      health: healthStatus ?? 'UNKNOWN',
      imageDigest,
    })),
  }
}

function readContainer(container: ContainerDefinition): DefinedContainer {
  const { logDriver, options = {} } = container.logConfiguration ?? {}
  const { 'awslogs-group': group, 'awslogs-stream-prefix': prefix, 'awslogs-region': region } = options
  return {
    name: container.name ?? '',
    image: container.image ?? '',
    essential: container.essential !== false,
    ports: (container.portMappings ?? []).flatMap(({ containerPort }) => containerPort ?? []),
    healthCheck: (container.healthCheck?.command ?? []).join(' '),
    log: logDriver === 'awslogs' && group && prefix ? { group, prefix, region } : undefined,
  }
}
