/** What AgentCore shows of a runtime that does not serve: its reasons, and the end of the log of the endpoint. Read-only. */
import { type Evidence, noEvidence } from '../aws/evidence.ts'
import { recentLogLines } from '../aws/logs.ts'
import type { EvidenceContext } from '../platform.ts'
import { AgentCore } from './client.ts'
import { type AgentCoreRuntime, logGroupOf } from './runtime.ts'

const maxLogLines = 20

export async function runtimeEvidence(
  target: AgentCoreRuntime,
  { ask, omitted, since }: EvidenceContext,
): Promise<Evidence> {
  const { id, qualifier, region, authorizer } = target
  const client = new AgentCore(region)
  const group = logGroupOf(target)
  const [runtime, endpoint, lines] = await Promise.all([
    ask('the state of the runtime', 'bedrock-agentcore:GetAgentRuntime', () => client.runtime(id)),
    ask('the state of the endpoint', 'bedrock-agentcore:GetAgentRuntimeEndpoint', () => client.endpoint(id, qualifier)),
    ask('the log of the runtime', 'logs:FilterLogEvents', () => recentLogLines(region, group, since, maxLogLines)),
  ])
  const failureReasons = [runtime?.failureReason, endpoint?.failureReason].filter(reason => reason)
  return {
    ...noEvidence(`${id}/${qualifier}`),
    microVm: { failureReasons: failureReasons.filter(reason => reason !== undefined), authorizer },
    ...(lines !== undefined && { log: { container: id, group, stream: '', lines } }),
    omitted,
  }
}
