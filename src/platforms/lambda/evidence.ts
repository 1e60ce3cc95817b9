/** What AWS shows of a Lambda function that does not serve: its state and the end of its log. Read-only. */
import { type Evidence, noEvidence } from '../aws/evidence.ts'
import { recentLogLines } from '../aws/logs.ts'
import type { EvidenceContext } from '../platform.ts'
import { Lambda } from './client.ts'
import type { LambdaFunction } from './function.ts'

const maxLogLines = 20

export async function functionEvidence(
  { name, region, alias, version, isBuffered }: LambdaFunction,
  { ask, omitted, since }: EvidenceContext,
): Promise<Evidence> {
  const state = await ask('the state of the function', 'lambda:GetFunctionConfiguration', () =>
    new Lambda(region).state(name, version ?? alias),
  )
  const group = state?.logGroup ?? `/aws/lambda/${name}`
  const lines = await ask('the log of the function', 'logs:FilterLogEvents', () =>
    recentLogLines(region, group, since, maxLogLines),
  )
  return {
    ...noEvidence(alias === undefined ? name : `${name}:${alias}`),
    lambda: { isBuffered, timeoutSeconds: state?.timeoutSeconds },
    ...(lines !== undefined && { log: { container: name, group, stream: '', lines } }),
    omitted,
  }
}
