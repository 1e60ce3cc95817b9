/**
 * Whether an EC2 instance passes its two status checks, of its host and of its operating system. They prove that it has
 * booted, not that the server runs: only the gate proves that.
 */
import type { FailedObservation, Observation, WaitingObservation } from '../platform.ts'
import type { Ec2, InstanceStatus } from './client.ts'
import { ec2Failure } from './codes.ts'
import type { Ec2Instance } from './instance.ts'

/** Follows the status checks. Each look returns whether both pass or the instance is gone. It throws the SDK's errors. */
export function watchInstance(ec2: Ec2, { instanceId }: Ec2Instance): () => Promise<Observation> {
  return async () => decideReadiness(await ec2.status(instanceId), instanceId)
}

/** AWS runs the checks once a minute. */
export function delayMs(attempt: number): number {
  return attempt < 10 ? 2_000 : 10_000
}

/** The end of a watch whose time is over. */
export function timedOut({ instanceId }: Ec2Instance, timeoutMs: number, last: WaitingObservation): FailedObservation {
  const sentence = `The instance ${instanceId} did not pass its status checks within ${Math.round(timeoutMs / 1000)} s; last seen: ${last.for}`
  return { kind: 'failed', failure: ec2Failure('EC2_TIMEOUT', sentence) }
}

/** The verdict over one DescribeInstanceStatus answer, or what to wait for. Pure. */
function decideReadiness(status: InstanceStatus | undefined, instanceId: string): Observation {
  if (status === undefined) {
    const sentence = `There is no EC2 instance ${instanceId} in this account and region.`
    return { kind: 'failed', failure: ec2Failure('EC2_NO_INSTANCE', sentence), mayBeStale: true }
  }
  const { state, system, instance } = status
  if (!/^(pending|running)$/.test(state)) {
    const sentence = `The instance ${instanceId} is ${state}: nothing can answer there.`
    // An instance that was just started may still be shown as stopped. One that is terminated is never started again.
    const mayBeStale = /^stopp/.test(state)
    return { kind: 'failed', failure: ec2Failure('EC2_NOT_RUNNING', sentence), ...(mayBeStale && { mayBeStale }) }
  }
  const passes = (check: string) => check === 'ok' || check === 'not-applicable'
  if (state === 'running' && passes(system) && passes(instance)) return { kind: 'serving' }
  return {
    kind: 'waiting',
    for: `Waiting for EC2: the instance ${instanceId} is ${state}, its system check ${system || 'unknown'}, its instance check ${instance || 'unknown'}.`,
  }
}
