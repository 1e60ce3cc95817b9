/**
 * `verify`: checks that the endpoint speaks MCP, has a valid certificate and matches its configuration. It changes nothing.
 * With the input mcp-endpoint it needs no Terraform, unless credentials are in outputs, so the code for Terraform loads only when
 * it is needed.
 */
import { CancelledError, messageOf } from '../errors.ts'
import { line, log } from '../log.ts'
import type { Terraform } from '../terraform/cli.ts'
import { driftFailure, driftMode, driftOf } from '../terraform/drift.ts'
import { checkGate, readCredentials } from './check-gate.ts'
import type { Job } from './job.ts'

export async function runVerify(job: Job): Promise<void> {
  const { endpoint, fromOutputs } = job.inputs.mcp
  if (endpoint !== undefined && fromOutputs.headers === undefined && fromOutputs.oauth === undefined) {
    await checkGate(job, endpoint)
    await checkCertificate(job, endpoint)
    return await checkDrift(job, async () => (await import('./prepare.ts')).prepare(job))
  }
  const { prepare } = await import('./prepare.ts')
  const { readDeployment } = await import('../platforms/deployment.ts')
  const { consoleLinks } = await import('../platforms/index.ts')
  const terraform = await prepare(job)
  const state = await terraform.showState()
  await readCredentials(job, state)
  const deployment = readDeployment(state, job.inputs)
  job.record({ deployment, links: consoleLinks(deployment.serving, state) })
  await checkGate(job, deployment.endpoint, deployment)
  await checkCertificate(job, deployment.endpoint)
  await checkDrift(job, async () => terraform)
}

/** Checks that the certificate does not expire soon. If the gate failed in TLS, its failure already describes the certificate. */
async function checkCertificate(job: Job, endpoint: string): Promise<void> {
  const { certificateDays } = job.inputs
  if (certificateDays === 0) return
  await job.check('certificate', async () => {
    const certificates = await import('../gate/certificate-check.ts')
    const { decideCertificate, describeCertificate, readCertificate, unreadCertificate } = certificates
    const certificate = await readCertificate(endpoint, undefined, job.inputs.mcp)
    if (certificate === 'none') return {}
    if (certificate === undefined) {
      // Without a server there is no certificate, and the gate has already failed.
      return job.report.failures.length > 0 ? {} : { failure: unreadCertificate(endpoint) }
    }
    const described = describeCertificate(certificate, endpoint, Date.now())
    const { host, validTo, daysLeft } = described
    log.line(line`The certificate of ${host} is valid until ${validTo}, ${daysLeft} days from now.`)
    return { adds: { certificate: described }, failure: decideCertificate(described, certificateDays) }
  })
}

/**
 * Plans without applying and checks for drift. With `auto`, a plan that cannot be made is a warning.
 * @param prepared prepares Terraform, only if it is needed
 */
async function checkDrift(job: Job, prepared: () => Promise<Terraform>): Promise<void> {
  const mode = driftMode(job.inputs.drift, job.inputs.mcp.endpoint)
  if (mode === 'ignore') return
  try {
    const terraform = await prepared()
    await job.check('drift', async () => {
      // A requested replacement is not drift.
      const { makeAndLogPlan } = await import('./prepare.ts')
      await (await import('./images.ts')).chooseCurrentImages(job, terraform)
      const { plan } = await makeAndLogPlan(job, terraform, { replaces: [], mode: job.inputs.driftPlan })
      const drift = driftOf(plan)
      return { adds: { drift }, failure: driftFailure(drift, job.report.commit, mode) }
    })
  } catch (error) {
    if (job.inputs.drift !== 'auto' || error instanceof CancelledError) throw error
    job.warn(`No plan could be made, so drift was not checked: ${messageOf(error)}`)
  }
}
