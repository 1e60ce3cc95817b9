/**
 * Elastic Load Balancing as plain data (API Reference version 2015-12-01): how a target group checks its targets and
 * what it found, and where its load balancer listens. Read-only.
 */
import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2'
import { type AwsTimes, awsOptions } from './client.ts'

export interface TargetGroup {
  readonly arn: string
  readonly name: string
  /** Port of the targets, as the group was made; a target may have its own. */
  readonly port: number | undefined
  /** The path that the health check requests, such as `/health`. Empty for a check that only connects. */
  readonly healthPath: string
  /** Statuses that are healthy, such as `200` or `200-299`. */
  readonly healthyCodes: string
  readonly loadBalancers: readonly string[]
  readonly targets: readonly Target[]
}

export interface Target {
  readonly id: string
  readonly port: number | undefined
  /** healthy, unhealthy, initial, draining, unused or unavailable. */
  readonly state: string
  /** Such as Target.ResponseCodeMismatch (API_TargetHealth); empty when healthy. */
  readonly reason: string
  readonly description: string
}

export interface LoadBalancer {
  readonly arn: string
  readonly name: string
  /** internet-facing or internal */
  readonly scheme: string
  /** active, provisioning, active_impaired or failed */
  readonly state: string
  readonly listeners: readonly { readonly port: number; readonly protocol: string; readonly defaultAction: string }[]
}

export class LoadBalancing {
  readonly #region: string | undefined
  readonly #times: AwsTimes | undefined
  #client: ElasticLoadBalancingV2Client | undefined

  /** @param region undefined means the SDK's own chain, AWS_REGION first */
  constructor(region: string | undefined, times?: AwsTimes) {
    this.#region = region
    this.#times = times
  }

  /** DescribeTargetGroups without the health of the targets. Throws the SDK's errors. */
  async targetGroup(arn: string): Promise<Omit<TargetGroup, 'targets'>> {
    const { DescribeTargetGroupsCommand } = await import('./sdk.ts')
    const client = await this.#open()
    const { TargetGroups = [] } = await client.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [arn] }))
    const [group] = TargetGroups
    const isHttp = /^HTTPS?$/.test(group?.HealthCheckProtocol ?? '')
    return {
      arn,
      name: group?.TargetGroupName ?? '',
      port: group?.Port,
      healthPath: isHttp ? (group?.HealthCheckPath ?? '/') : '',
      healthyCodes: group?.Matcher?.HttpCode ?? group?.Matcher?.GrpcCode ?? '',
      loadBalancers: group?.LoadBalancerArns ?? [],
    }
  }

  /** DescribeTargetHealth. Throws the SDK's errors. */
  async targets(targetGroup: string): Promise<Target[]> {
    const { DescribeTargetHealthCommand } = await import('./sdk.ts')
    const client = await this.#open()
    const { TargetHealthDescriptions = [] } = await client.send(
      new DescribeTargetHealthCommand({ TargetGroupArn: targetGroup }),
    )
    return TargetHealthDescriptions.map(({ Target, TargetHealth }) => ({
      id: Target?.Id ?? '',
      port: Target?.Port,
      state: TargetHealth?.State ?? '',
      reason: TargetHealth?.Reason ?? '',
      description: TargetHealth?.Description ?? '',
    }))
  }

  /** DescribeLoadBalancers and DescribeListeners. Throws the SDK's errors. */
  async loadBalancer(arn: string): Promise<LoadBalancer> {
    const { DescribeListenersCommand, DescribeLoadBalancersCommand } = await import('./sdk.ts')
    const client = await this.#open()
    const { LoadBalancers = [] } = await client.send(new DescribeLoadBalancersCommand({ LoadBalancerArns: [arn] }))
    const { Listeners = [] } = await client.send(new DescribeListenersCommand({ LoadBalancerArn: arn }))
    return {
      arn,
      name: LoadBalancers[0]?.LoadBalancerName ?? '',
      scheme: LoadBalancers[0]?.Scheme ?? '',
      state: LoadBalancers[0]?.State?.Code ?? '',
      listeners: Listeners.map(({ Port, Protocol, DefaultActions }) => ({
        port: Port ?? 0,
        protocol: Protocol ?? '',
        defaultAction: DefaultActions?.at(-1)?.Type ?? '',
      })),
    }
  }

  async #open(): Promise<ElasticLoadBalancingV2Client> {
    const { ElasticLoadBalancingV2Client } = await import('./sdk.ts')
    this.#client ??= new ElasticLoadBalancingV2Client(awsOptions(this.#region, this.#times))
    return this.#client
  }
}
