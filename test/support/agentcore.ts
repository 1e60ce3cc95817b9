/** A runtime in the AWS stand-in, made with AWS's own SDK, as Terraform would make it. */

import { setTimeout as delay } from 'node:timers/promises'
import {
  BedrockAgentCoreControlClient,
  CreateAgentRuntimeCommand,
  CreateAgentRuntimeEndpointCommand,
  GetAgentRuntimeCommand,
  GetAgentRuntimeEndpointCommand,
  UpdateAgentRuntimeCommand,
  UpdateAgentRuntimeEndpointCommand,
} from '@aws-sdk/client-bedrock-agentcore-control'

export const repository = '123456789012.dkr.ecr.us-east-1.amazonaws.com/weather'

export interface RuntimeInAws {
  readonly arn: string
  readonly id: string
  /** Makes another version of this image, and waits until it is READY or has failed. */
  update(tag: string): Promise<string>
  /** Moves the endpoint to a version. @param waits whether until it is there */
  move(version: string, waits?: boolean): Promise<void>
  /** The version that clients of the endpoint get. */
  live(): Promise<string | undefined>
  close(): void
}

/** @param discoveryUrl of the issuer whose tokens it takes; without one it takes signed requests */
export async function createRuntime(
  endpoint: string,
  name: string,
  tag: string,
  { endpointName = 'live', discoveryUrl }: { endpointName?: string; discoveryUrl?: string } = {},
): Promise<RuntimeInAws> {
  const credentials = { accessKeyId: 'testing', secretAccessKey: 'testing' }
  const client = new BedrockAgentCoreControlClient({ endpoint, region: 'us-east-1', credentials })
  const configuration = (image: string) => ({
    agentRuntimeArtifact: { containerConfiguration: { containerUri: `${repository}:${image}` } },
    roleArn: 'arn:aws:iam::123456789012:role/weather',
    networkConfiguration: { networkMode: 'PUBLIC' as const },
    protocolConfiguration: { serverProtocol: 'MCP' as const },
    ...(discoveryUrl !== undefined && {
      authorizerConfiguration: { customJWTAuthorizer: { discoveryUrl, allowedClients: ['client'] } },
    }),
  })
  const made = await client.send(new CreateAgentRuntimeCommand({ agentRuntimeName: name, ...configuration(tag) }))
  const [agentRuntimeId, arn] = [made.agentRuntimeId ?? '', made.agentRuntimeArn ?? '']
  const settled = async <T extends { status?: string | undefined }>(read: () => Promise<T>): Promise<T> => {
    for (;;) {
      const found = await read()
      if (!/^(CREATING|UPDATING)$/.test(found.status ?? '')) return found
      await delay(200)
    }
  }
  const atEndpoint = { agentRuntimeId, endpointName }
  const readEndpoint = () => client.send(new GetAgentRuntimeEndpointCommand(atEndpoint))
  await settled(() => client.send(new GetAgentRuntimeCommand({ agentRuntimeId })))
  if (endpointName !== 'DEFAULT') {
    await client.send(
      new CreateAgentRuntimeEndpointCommand({ agentRuntimeId, name: endpointName, agentRuntimeVersion: '1' }),
    )
    await settled(readEndpoint)
  }
  return {
    arn,
    id: agentRuntimeId,
    async update(image) {
      const { agentRuntimeVersion = '' } = await client.send(
        new UpdateAgentRuntimeCommand({ agentRuntimeId, ...configuration(image) }),
      )
      await settled(() => client.send(new GetAgentRuntimeCommand({ agentRuntimeId })))
      return agentRuntimeVersion
    },
    async move(agentRuntimeVersion, waits = true) {
      await client.send(new UpdateAgentRuntimeEndpointCommand({ ...atEndpoint, agentRuntimeVersion }))
      if (waits) await settled(readEndpoint)
    },
    live: async () => (await settled(readEndpoint)).liveVersion,
    close: () => client.destroy(),
  }
}
