/**
 * One EC2 instance as plain data (Amazon EC2 API Reference): its status checks, and what it wrote to its console while
 * it booted. Read-only.
 */
import type { EC2Client } from '@aws-sdk/client-ec2'
import { type AwsTimes, awsOptions } from '../aws/client.ts'

export interface InstanceStatus {
  /** pending, running, stopping, stopped, shutting-down or terminated */
  readonly state: string
  /** ok, initializing, impaired, insufficient-data or not-applicable: the host and its network. */
  readonly system: string
  /** The same of the instance's own operating system. */
  readonly instance: string
}

export class Ec2 {
  readonly #region: string | undefined
  readonly #times: AwsTimes | undefined
  #client: EC2Client | undefined

  /** @param region undefined means the SDK's own chain, AWS_REGION first */
  constructor(region: string | undefined, times?: AwsTimes) {
    this.#region = region
    this.#times = times
  }

  /** Undefined when there is no such instance. Throws the SDK's errors otherwise. */
  async status(instanceId: string): Promise<InstanceStatus | undefined> {
    const { DescribeInstanceStatusCommand } = await import('../aws/sdk.ts')
    const client = await this.#open()
    try {
      const { InstanceStatuses = [] } = await client.send(
        new DescribeInstanceStatusCommand({ InstanceIds: [instanceId], IncludeAllInstances: true }),
      )
      const [status] = InstanceStatuses
      return status === undefined
        ? undefined
        : {
            state: status.InstanceState?.Name ?? '',
            system: status.SystemStatus?.Status ?? '',
            instance: status.InstanceStatus?.Status ?? '',
          }
    } catch (error) {
      if (error instanceof Error && error.name.startsWith('InvalidInstanceID')) return undefined
      throw error
    }
  }

  /**
   * The console output as text, at most the last 64 KB. The newest is asked for first, which only Nitro instances give;
   * of any other AWS has what it stored shortly after the last change of state. Throws the SDK's errors.
   */
  async console(instanceId: string): Promise<string> {
    const { GetConsoleOutputCommand } = await import('../aws/sdk.ts')
    const client = await this.#open()
    const ask = async (Latest: boolean): Promise<string> => {
      const { Output = '' } = await client.send(new GetConsoleOutputCommand({ InstanceId: instanceId, Latest }))
      return Buffer.from(Output, 'base64').toString('utf8')
    }
    try {
      return (await ask(true)) || (await ask(false))
    } catch (error) {
      if (error instanceof Error && error.name === 'UnsupportedOperation') return ask(false)
      throw error
    }
  }

  async #open(): Promise<EC2Client> {
    const { EC2Client } = await import('../aws/sdk.ts')
    this.#client ??= new EC2Client(awsOptions(this.#region, this.#times))
    return this.#client
  }
}
