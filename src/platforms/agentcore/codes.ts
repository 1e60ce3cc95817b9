/**
 * The failure codes of Bedrock AgentCore: what each means and what to do. A runtime is never replaced, because a new one has another ARN
 * and so another URL.
 */
import type { CodeRow, Failure, Named } from '../../errors.ts'

export const codes = {
  AGENTCORE_NO_RUNTIME: {
    meaning: 'there is no AgentCore runtime or endpoint of this name',
    remedy: 'config',
    fix: 'Check that the outputs agentcore_runtime_arn and agentcore_endpoint_name name what Terraform makes.',
  },
  AGENTCORE_FAILED: {
    meaning: 'AgentCore could not create the new version, or could not move the endpoint to it',
    remedy: 'replace',
    fix: 'Correct what AgentCore names: usually the image, which must be in ECR for linux/arm64, or what the role of the runtime may do.',
  },
  AGENTCORE_ENDPOINT_STALE: {
    meaning: 'the endpoint stays on an earlier version, so this apply deployed nothing to its clients',
    remedy: 'config',
    fix: 'Set agent_runtime_version of the endpoint to the agent_runtime_version of the runtime. If it must stay where it is, let the output agentcore_endpoint_name name the endpoint that this apply deploys to, such as DEFAULT.',
  },
  AGENTCORE_SUPERSEDED: {
    meaning: 'somebody moved the endpoint or made another version after this apply',
    remedy: 'config',
    fix: 'Deploy one thing at a time: let only this workflow change the runtime, and give it a concurrency group.',
  },
  AGENTCORE_STILL_MOVING: {
    meaning: 'the new version is ready, but the endpoint was not moved to it in time',
    remedy: 'config',
    fix: 'Run the job again: it applies nothing and only checks. Raise deploy-timeout if it takes so long every time.',
  },
  AGENTCORE_TIMEOUT: {
    meaning: 'the runtime was not ready in time',
    remedy: 'wait',
    fix: 'Look at the state of the runtime in the console for what it waits for, or raise deploy-timeout.',
  },
  AGENTCORE_ACCESS: {
    meaning: 'AWS does not let this job watch the runtime',
    remedy: 'config',
    fix: 'Give the role of this job the actions bedrock-agentcore:GetAgentRuntime and bedrock-agentcore:GetAgentRuntimeEndpoint. Set AWS_REGION, and let the session outlive the deployment.',
  },
} as const satisfies Record<string, CodeRow>

declare module '../../errors.ts' {
  interface FailureCodes extends Named<typeof codes> {}
}

/** A failure of this table. */
export function agentCoreFailure(code: keyof typeof codes, sentence: string): Failure {
  const { fix, remedy } = codes[code]
  return { code, sentence, fix, remedy }
}
