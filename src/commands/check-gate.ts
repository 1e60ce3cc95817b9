/** The gate as a check of a run. Evidence of the platform explains a failure. */
import { type GateReport, type GateRequest, gate } from '../gate/gate.ts'
import { Recorder } from '../gate/recorder.ts'
import { line, log, secrets } from '../log.ts'
import { withAccess } from '../platforms/access.ts'
import type { Deployment } from '../platforms/deployment.ts'
import type { Target } from '../platforms/platform.ts'
import type { StateJson } from '../terraform/json.ts'
import { explanationOf } from './explain.ts'
import type { Job } from './job.ts'

/** Checks that the endpoint speaks MCP. @param deployment undefined if AWS evidence is not available */
export async function checkGate(job: Job, endpoint: string, deployment?: Deployment): Promise<boolean> {
  const began = Date.now()
  return await job.check('gate', async () => {
    const report = await runGate(job, { endpoint }, deployment?.serving)
    const explanation = await explanationOf(job, report.failure, deployment, { began })
    return { adds: { gate: report }, failure: report.failure, ...explanation }
  })
}

/** Credentials of the inputs together with those of the outputs. */
function withOutputs({ inputs, outputCredentials }: Job): Partial<GateRequest> {
  if (outputCredentials === undefined) return {}
  const { headers, oauth } = outputCredentials
  return { headers: { ...inputs.mcp.headers, ...headers }, oauth: oauth ?? inputs.mcp.oauth }
}

/**
 * Reads the credentials that outputs of the root module hold, and makes their secrets known before anything uses them.
 * @throws InputError that names the input and the output
 */
export async function readCredentials(job: Job, state: StateJson): Promise<void> {
  const { fromOutputs, headers } = job.inputs.mcp
  if (fromOutputs.headers === undefined && fromOutputs.oauth === undefined) return
  const { credentialSecrets, readOutputCredentials } = await import('../platforms/credential-outputs.ts')
  secrets.add(...credentialSecrets(state, fromOutputs))
  job.outputCredentials = readOutputCredentials(state, fromOutputs, headers)
}

/** What the inputs expect of the newest version. An earlier one is asked for none of it. */
const newestOnly = {
  tools: [],
  contract: undefined,
  expectVersion: undefined,
  calls: [],
  hosts: [],
} as const satisfies Partial<GateRequest>

/** Runs the gate for an earlier version, which the inputs are not about. */
export async function gateEarlierVersion(job: Job, endpoint: string, serving: Target): Promise<GateReport> {
  return await runGate(job, { endpoint, ...newestOnly }, serving)
}

/**
 * Runs the gate with the inputs of the workflow.
 * @param more values that replace some of them
 * @param serving the target behind the endpoint, which knows how requests reach it; undefined if only the URL is known
 */
export async function runGate(
  job: Job,
  more: Partial<GateRequest> & Pick<GateRequest, 'endpoint'>,
  serving: Target | undefined,
): Promise<GateReport> {
  const request: GateRequest = { ...job.inputs.mcp, ...withOutputs(job), ...more }
  // Without a target nothing of the platforms is loaded.
  const access = serving && (await import('../platforms/index.ts')).accessTo(serving, request.endpoint)
  const recorder = new Recorder()
  const report = await gate(
    access === undefined ? request : withAccess(request, access),
    text => log.line(line`${text}`),
    secret => secrets.add(secret),
    undefined,
    recorder,
  )
  job.recorders.set(report, recorder)
  return report
}
