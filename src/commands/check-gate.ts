/** The gate as a check of a run: the endpoint must speak MCP. A failure is explained by evidence of the platform. */
import { type GateReport, type GateRequest, gate } from '../gate/gate.ts'
import { line, log, secrets } from '../log.ts'
import type { Deployment } from '../platforms/deployment.ts'
import { explanationOf } from './explain.ts'
import type { Job } from './job.ts'

/** @param deployment undefined when AWS cannot be asked what lies behind the endpoint */
export async function checkGate(job: Job, endpoint: string, deployment?: Deployment): Promise<boolean> {
  const began = Date.now()
  return await job.check('gate', async () => {
    const report = await runGate(job, { endpoint })
    const explanation = await explanationOf(job, report.failure, deployment, { began })
    return { adds: { gate: report }, failure: report.failure, ...explanation }
  })
}

/** One run of the gate with the inputs of the workflow. @param more replaces some of them */
export function runGate(job: Job, more: Partial<GateRequest> & Pick<GateRequest, 'endpoint'>): Promise<GateReport> {
  return gate(
    { ...job.inputs.mcp, ...more },
    text => log.line(line`${text}`),
    secret => secrets.add(secret),
  )
}
