/** Checks that the AWS credentials outlast the rest of the run, before anything is changed. */
import { decideCredentialLifetime, neededMs } from '../platforms/aws/credentials.ts'
import { expectedWatchMs } from '../platforms/index.ts'
import type { Job } from './job.ts'

export function checkCredentialLifetime(job: Job): boolean {
  const { command } = job.report
  const { mcp, stack } = job.inputs
  const needed = neededMs({ command, watchMs: expectedWatchMs(job.inputs, stack), mcp })
  const { failure, warning } = decideCredentialLifetime(job.inputs.credentialsEnd, Date.now(), needed)
  if (warning !== undefined) job.warn(warning)
  if (failure === undefined) return true
  job.failWith(failure, 'credentials')
  return false
}
