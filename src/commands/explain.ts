/** The explanation of a failure by evidence of the platform. Its tables and clients load only when something failed. */
import type { Failure } from '../errors.ts'
import { log } from '../log.ts'
import type { Deployment } from '../platforms/deployment.ts'
import type { CheckResult, Job } from './job.ts'

/**
 * How to ask the platform why a check failed; empty when it cannot know.
 * @param deployment undefined when it is not known what serves
 * @param about `observed` goes before "because"; what was over when the check `began` (milliseconds since 1970) is no cause
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
