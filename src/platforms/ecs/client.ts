/**
 * Amazon ECS as plain data (docs.aws.amazon.com, Amazon ECS API Reference): a service with its deployments, its tasks,
 * the content of a task definition, and the one call that changes something, UpdateService.
 */
import type { ContainerDefinition, ECSClient, Task as SdkTask } from '@aws-sdk/client-ecs'
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
    }
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

function readTask(task: SdkTask): Task {
  return {
    arn: task.taskArn ?? '',
    startedBy: task.startedBy ?? '',
    taskDefinition: task.taskDefinitionArn ?? '',
    health: task.healthStatus ?? 'UNKNOWN',
    stoppedReason: task.stoppedReason ?? '',
    stopCode: task.stopCode ?? '',
    stoppedAt: task.stoppedAt?.getTime() ?? 0,
    containers: (task.containers ?? []).map(({ name, exitCode, reason, healthStatus }) => ({
      name: name ?? '',
      exitCode,
      reason: reason ?? '',
      health: healthStatus ?? 'UNKNOWN',
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
