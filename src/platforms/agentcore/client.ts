/**
 * The control plane of Bedrock AgentCore as plain data (Bedrock AgentCore Control Plane API Reference): a runtime, one of its endpoints, and
 * the one call that changes something, UpdateAgentRuntimeEndpoint. Environment variables of a runtime are never read.
 */
import type { BedrockAgentCoreControlClient } from '@aws-sdk/client-bedrock-agentcore-control'
import { type AwsTimes, awsOptions } from '../aws/client.ts'

export interface RuntimeState {
  /** CREATING, UPDATING, READY, DELETING, or CREATE_FAILED, UPDATE_FAILED, DELETE_FAILED. */
  readonly status: string
  /** The newest version. */
  readonly version: string
  /** In AWS's words; empty when nothing failed. */
  readonly failureReason: string
}

export interface EndpointState {
  /** The same words as those of a runtime. */
  readonly status: string
  /** The version that new sessions get; undefined before the first. */
  readonly liveVersion: string | undefined
  /** The version that the endpoint moves to; undefined when it does not move. */
  readonly targetVersion: string | undefined
  readonly failureReason: string
}

export class AgentCore {
  readonly #region: string | undefined
  readonly #times: AwsTimes | undefined
  #client: BedrockAgentCoreControlClient | undefined

  /** @param region undefined means the SDK's own chain, AWS_REGION first */
  constructor(region: string | undefined, times?: AwsTimes) {
    this.#region = region
    this.#times = times
  }

  /** Undefined when there is no such runtime. Throws the SDK's errors otherwise. */
  async runtime(agentRuntimeId: string): Promise<RuntimeState | undefined> {
    const { GetAgentRuntimeCommand } = await import('../aws/sdk.ts')
    const client = await this.#open()
    return await orUndefined(async () => {
      const found = await client.send(new GetAgentRuntimeCommand({ agentRuntimeId }))
      return {
        status: found.status ?? '',
        version: found.agentRuntimeVersion ?? '',
        failureReason: found.failureReason ?? '',
      }
    })
  }

  /** Undefined when the runtime has no such endpoint. Throws the SDK's errors otherwise. */
  async endpoint(agentRuntimeId: string, endpointName: string): Promise<EndpointState | undefined> {
    const { GetAgentRuntimeEndpointCommand } = await import('../aws/sdk.ts')
    const client = await this.#open()
    return await orUndefined(async () => {
      const found = await client.send(new GetAgentRuntimeEndpointCommand({ agentRuntimeId, endpointName }))
      return {
        status: found.status ?? '',
        liveVersion: found.liveVersion || undefined,
        targetVersion: found.targetVersion || undefined,
        failureReason: found.failureReason ?? '',
      }
    })
  }

  /** Points an endpoint at a version. Throws the SDK's errors. */
  async pointEndpoint(agentRuntimeId: string, endpointName: string, agentRuntimeVersion: string): Promise<void> {
    const { UpdateAgentRuntimeEndpointCommand } = await import('../aws/sdk.ts')
    const client = await this.#open()
    await client.send(new UpdateAgentRuntimeEndpointCommand({ agentRuntimeId, endpointName, agentRuntimeVersion }))
  }

  async #open(): Promise<BedrockAgentCoreControlClient> {
    const { BedrockAgentCoreControlClient } = await import('../aws/sdk.ts')
    this.#client ??= new BedrockAgentCoreControlClient(awsOptions(this.#region, this.#times))
    return this.#client
  }
}

/** AWS also answers a read of something that is gone with a refusal that names the reason. */
async function orUndefined<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call()
  } catch (error) {
    const { name, message } = error instanceof Error ? error : { name: '', message: '' }
    const isGone =
      name === 'ResourceNotFoundException' || (name === 'AccessDeniedException' && /was not found/.test(message))
    if (isGone) return undefined
    throw error
  }
}
