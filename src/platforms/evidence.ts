/**
 * Evidence of a failure: everything on the platform that may explain it. Each detail is read separately. A missing permission
 * therefore omits only that detail, and the report names the IAM action. Nothing is changed.
 */
import { messageOf } from '../errors.ts'
import { isDenied } from './aws/client.ts'
import { type Evidence, type MissingDetail, noEvidence } from './aws/evidence.ts'
import { platformOf } from './index.ts'
import type { Ask, FollowedDeployment, Target } from './platform.ts'

/** Milliseconds by which the clocks of this machine and of AWS may differ. */
const clockSkewMs = 60_000

/**
 * What the platform shows of the target. Never throws: evidence that cannot be had must not hide the failure that it was
 * to explain. Nothing, for a platform without evidence.
 * @param followed our rollout, where it is known; else the rollout of the state's version, or the newest
 * @param since when the step that failed began (milliseconds since 1970): what was over by then did not cause the failure
 */
export async function collectEvidence(target: Target, followed?: FollowedDeployment, since = 0): Promise<Evidence> {
  const { evidence, messages } = platformOf(target)
  const omitted: MissingDetail[] = []
  const context = { ask: askInto(omitted), omitted, followed, since: since - clockSkewMs }
  return evidence === undefined ? noEvidence(messages.name(target)) : await evidence(target, context)
}

/** Whether the platform can show anything. Pure. */
export function hasEvidence(target: Target): boolean {
  return platformOf(target).evidence !== undefined
}

function askInto(omitted: MissingDetail[]): Ask {
  return async (detail, action, call) => {
    try {
      return await call()
    } catch (error) {
      omitted.push({ detail, action: isDenied(error) ? action : undefined, why: messageOf(error) })
      return undefined
    }
  }
}
