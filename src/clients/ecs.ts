/**
 * DescribeServices as plain data (docs.aws.amazon.com, Amazon ECS API Reference, API_DescribeServices). The SDK is
 * loaded only when an ECS service is there to be watched: a pull request pays nothing for it.
 */
import type { ECSClient } from '@aws-sdk/client-ecs'

export interface ServiceState {
  readonly status: string
  readonly desiredCount: number
  readonly runningCount: number
  readonly deployments: readonly EcsDeployment[]
  /** Newest first. */
  readonly events: readonly ServiceEvent[]
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

/** Milliseconds. Without them the SDK waits for ever for an answer that was lost, and no deadline of ours would end it. */
const requestHandler = { connectionTimeout: 5_000, requestTimeout: 10_000, throwOnRequestTimeout: true }

export class Ecs {
  readonly #region: string | undefined
  #client: ECSClient | undefined

  /** @param region undefined means the SDK's own chain, AWS_REGION first */
  constructor(region: string | undefined) {
    this.#region = region
  }

  /** The service's state, or undefined when there is no such service. Throws the SDK's errors. */
  async describeService(cluster: string, service: string): Promise<ServiceState | undefined> {
    const { DescribeServicesCommand, ECSClient } = await import('@aws-sdk/client-ecs')
    this.#client ??= new ECSClient({ requestHandler, ...(this.#region === undefined ? {} : { region: this.#region }) })
    const { services = [] } = await this.#client.send(new DescribeServicesCommand({ cluster, services: [service] }))
    const found = services[0]
    if (found === undefined) return undefined
    return {
      status: found.status ?? '',
      desiredCount: found.desiredCount ?? 0,
      runningCount: found.runningCount ?? 0,
      deployments: (found.deployments ?? []).map(deployment => ({
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
      events: (found.events ?? []).map(event => ({
        id: event.id ?? '',
        createdAt: event.createdAt?.getTime() ?? 0,
        message: event.message ?? '',
      })),
    }
  }
}
