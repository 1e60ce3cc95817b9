/** Explains a failure by evidence of the platform. Its tables and clients load only after a failure. */
import type { Failure } from '../errors.ts'
import { log } from '../log.ts'
import type { Deployment } from '../platforms/deployment.ts'
import type { CheckResult, Job } from './job.ts'

/**
 * Returns the lookup that explains a failed check; empty if the platform has no evidence for it.
 * @param deployment undefined if the deployment is not known
 * @param context `observed` is the text before "because"; events before `began` (milliseconds since 1970) are not a cause
 */
export async function explanationOf(
  job: Job,
  failure: Failure | undefined,
  deployment: Deployment | undefined,
  { observed, began }: { readonly observed?: string | undefined; readonly began?: number },
): Promise<Pick<CheckResult, 'explain'>> {
  if (failure === undefined || deployment === undefined) return {}
  const { explained, symptoms } = await import('../platforms/aws/causes.ts')
  const { collectEvidence, hasEvidence } = await import('../platforms/evidence.ts')
  if (symptoms[failure.code] === undefined || !hasEvidence(deployment.serving)) return {}
  const explain = async () => {
    const { evidenceLines } = await import('../report/evidence.ts')
    const evidence = await collectEvidence(deployment.serving, job.report.stability?.deployment, began)
    log.line(evidenceLines(evidence))
    return { failure: explained(failure, evidence, deployment.endpoint, observed), adds: { evidence } }
  }
  return { explain }
}
