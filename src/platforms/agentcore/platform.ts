/** Amazon Bedrock AgentCore Runtime: immutable versions behind endpoints, each session in a microVM of its own. */
import { randomUUID } from 'node:crypto'
import { messageOf, ServiceError } from '../../errors.ts'
import { logGroupLink, runtimeLink } from '../aws/console-links.ts'
import type { Platform, PlatformVersions, PlatformWatch } from '../platform.ts'
import { AgentCore } from './client.ts'
import { agentCoreFailure, codes } from './codes.ts'
import { runtimeEvidence } from './evidence.ts'
import {
  type AgentCoreRuntime,
  defaultQualifier,
  findRuntime,
  isOwnUrl,
  listRuntimes,
  logGroupOf,
  runtimesAt,
  runtimeVersion,
  urlOf,
  versionInState,
} from './runtime.ts'
import { delayMs, timedOut, watchRuntime } from './stability.ts'

/** The header of the session, which keeps all requests of one gate run in one microVM. */
const sessionHeader = 'X-Amzn-Bedrock-AgentCore-Runtime-Session-Id'

const watch: PlatformWatch<AgentCoreRuntime> = {
  api: 'AgentCore',
  start: target => watchRuntime(new AgentCore(target.region), target),
  defaultTimeoutMs: 10 * 60_000,
  delayMs,
  accessDenied: ({ id }, error) =>
    agentCoreFailure('AGENTCORE_ACCESS', `AWS does not let this job watch the runtime ${id}: ${messageOf(error)}`),
  timedOut,
  report: ({ hold: _, ...stability }) => ({
    stability: { ...stability, runs: `AgentCore serves ${stability.revision ?? ''}` },
  }),
}

const versions: PlatformVersions<AgentCoreRuntime> = {
  wanted: ({ name, version }) => (version === undefined ? undefined : runtimeVersion(name, version)),
  before(target, prior) {
    const version = versionInState(target, prior)
    return version === undefined ? undefined : runtimeVersion(target.name, version)
  },
  // A record holds only the number, so it is always a version of this runtime.
  ofId: ({ name }, id) => (/^[1-9]\d{0,4}$/.test(id) ? runtimeVersion(name, id) : undefined),
  named: ({ name }, wanted) => (/^[1-9]\d{0,4}$/.test(wanted) ? runtimeVersion(name, wanted) : undefined),
  examples: ({ version }) => `the number of a version, such as ${Math.max(1, Number(version) - 1)}`,
  retarget: (target, { id }) => ({ ...target, version: id, endpointVersion: id }),
  rollBack: (target, { id }) => pointAt(new AgentCore(target.region), target, id),
  recordName: ({ id, qualifier }) => `/terraform-mcp-deploy/agentcore/${id}/${qualifier}/passed-version`,
}

export const agentcore: Platform<AgentCoreRuntime> = {
  kind: 'agentcore',
  outputs: ['agentcore_runtime_arn'],
  find: findRuntime,
  candidates: runtimesAt,
  addresses: { endpointOf: target => urlOf(target), list: listRuntimes },
  access(target, endpoint) {
    // A gateway or a domain in front of the runtime has its own way in.
    if (!isOwnUrl(target, endpoint)) return {}
    const { region, authorizer } = target
    const leaveUrl = urlOf(target, 'stopruntimesession')
    return {
      ...(authorizer !== 'jwt' && region !== undefined && { signing: { service: 'bedrock-agentcore', region } }),
      // AWS requires at least 33 characters.
      headers: { [sessionHeader]: `terraform-mcp-deploy-${randomUUID()}` },
      traits: ['one-target'],
      ...(leaveUrl !== undefined && { leaveUrl }),
    }
  },
  watch,
  versions,
  taintTarget: ({ name }) => ({
    address: undefined,
    why: `a replacement of the runtime ${name} would have another ARN, so all clients would lose its URL.`,
    name: `the runtime ${name}`,
    nextApply: '',
  }),
  evidence: runtimeEvidence,
  consoleLinks: target =>
    target.region === undefined
      ? []
      : [runtimeLink(target.region, target.id), logGroupLink(target.region, logGroupOf(target))].filter(
          link => link !== undefined,
        ),
  codes,
  permissions: {
    watch: ['bedrock-agentcore:GetAgentRuntime', 'bedrock-agentcore:GetAgentRuntimeEndpoint'],
    rollBack: [
      'bedrock-agentcore:GetAgentRuntimeEndpoint',
      'bedrock-agentcore:UpdateAgentRuntimeEndpoint',
      'ssm:GetParameter',
      'ssm:PutParameter',
      'ssm:DeleteParameter',
    ],
    gate: ['bedrock-agentcore:InvokeAgentRuntime', 'bedrock-agentcore:StopRuntimeSession'],
    evidence: [
      'bedrock-agentcore:GetAgentRuntime',
      'bedrock-agentcore:GetAgentRuntimeEndpoint',
      'logs:FilterLogEvents',
    ],
  },
  messages: {
    name: ({ name }) => name,
    version: 'version',
    notWatched: () => undefined,
    noRollback: ({ name, qualifier }) =>
      qualifier === defaultQualifier
        ? `There is nothing to roll back to: clients of ${name} call the endpoint DEFAULT, which always follows the newest version. Give them a named endpoint with agent_runtime_version, which can go back.`
        : undefined,
    nextPlan: ({ version, qualifier }) =>
      `Terraform still has version ${version ?? ''}. If the endpoint ${qualifier} sets agent_runtime_version, the next plan with unchanged inputs moves it forward to that version again: change the image or the settings before the next apply. If it does not, no plan moves it, and it stays where it is.`,
  },
}

/**
 * Points the endpoint at an earlier version, unless it is there already. Sessions that run keep their version until they end. Throws
 * a ServiceError if there is no such endpoint, or the SDK's errors.
 */
async function pointAt(
  client: AgentCore,
  { id, name, qualifier }: AgentCoreRuntime,
  version: string,
): Promise<'started' | 'already'> {
  const endpoint = await client.endpoint(id, qualifier)
  if (endpoint === undefined) throw new ServiceError(`The runtime ${name} has no endpoint ${qualifier}.`)
  const isSettled = endpoint.status === 'READY' || endpoint.status === 'UPDATE_FAILED'
  if (isSettled && endpoint.liveVersion === version) return 'already'
  await client.pointEndpoint(id, qualifier, version)
  return 'started'
}
