/** The AWS credentials of the job must outlive what comes: what could not be finished is not begun. */
import { decideCredentialLifetime, neededMs } from '../platforms/aws/credentials.ts'
import type { Job } from './job.ts'

export function checkCredentialLifetime(job: Job): boolean {
  const { command } = job.report
  const needed = neededMs({ ...job.inputs, command })
  const { failure, warning } = decideCredentialLifetime(job.inputs.credentialsEnd, Date.now(), needed)
  if (warning !== undefined) job.warn(warning)
  if (failure === undefined) return true
  job.failWith(failure, 'credentials')
  return false
}
