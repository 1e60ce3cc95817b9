/**
 * A text that outlives the runs: one parameter of AWS Systems Manager (API Reference, GetParameter, PutParameter and
 * DeleteParameter). No secret is stored there.
 */
import type { SSMClient } from '@aws-sdk/client-ssm'
import { type AwsTimes, awsOptions } from './client.ts'

export class Parameters {
  readonly #region: string | undefined
  readonly #times: AwsTimes | undefined
  #client: SSMClient | undefined

  /** @param region undefined means the SDK's own chain, AWS_REGION first */
  constructor(region: string | undefined, times?: AwsTimes) {
    this.#region = region
    this.#times = times
  }

  /** The value, or undefined when the parameter does not exist. Throws the SDK's errors otherwise. */
  async read(name: string): Promise<string | undefined> {
    const { GetParameterCommand } = await import('./sdk.ts')
    const client = await this.#open()
    try {
      return (await client.send(new GetParameterCommand({ Name: name }))).Parameter?.Value
    } catch (error) {
      if (error instanceof Error && error.name === 'ParameterNotFound') return undefined
      throw error
    }
  }

  /** Throws the SDK's errors. */
  async write(name: string, value: string, description: string): Promise<void> {
    const { PutParameterCommand } = await import('./sdk.ts')
    const client = await this.#open()
    await client.send(
      new PutParameterCommand({ Name: name, Value: value, Description: description, Type: 'String', Overwrite: true }),
    )
  }

  /** Deletes the parameter; does nothing if it does not exist. Throws the SDK's errors. */
  async remove(name: string): Promise<void> {
    const { DeleteParameterCommand } = await import('./sdk.ts')
    const client = await this.#open()
    try {
      await client.send(new DeleteParameterCommand({ Name: name }))
    } catch (error) {
      if (!(error instanceof Error && error.name === 'ParameterNotFound')) throw error
    }
  }

  async #open(): Promise<SSMClient> {
    const { SSMClient } = await import('./sdk.ts')
    this.#client ??= new SSMClient(awsOptions(this.#region, this.#times))
    return this.#client
  }
}
