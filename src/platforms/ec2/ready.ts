/**
 * Waits until an EC2 instance passes its two status checks, of its host and of its operating system. They say that it
 * has booted, not that the server runs: that is the gate's to prove.
 */

import { type Failure, type FailureCode, messageOf } from '../../errors.ts'
import { poll } from '../../poll.ts'
import { isDenied } from '../aws/client.ts'
import type { Ec2, InstanceStatus } from './client.ts'

export interface Readiness {
  readonly elapsedMs: number
  readonly failure: Failure | undefined
}

type Judgement = { readonly failure: Failure | undefined }

/**
 * Follows the status checks until both pass, the instance is gone, or `timeoutMs` is over.
 * @param log gets each change of what is waited for
 */
export async function waitUntilReady(
  ec2: Ec2,
  instanceId: string,
  timeoutMs: number,
  log: (line: string) => void,
): Promise<Readiness> {
  const started = Date.now()
  let lastWait = ''
  const result = await poll<Judgement>(
    async () => {
      let judged: Judgement | { waitingFor: string }
      try {
        judged = decideReadiness(await ec2.status(instanceId), instanceId)
      } catch (error) {
        judged = judgeError(error, instanceId)
      }
      if (!('waitingFor' in judged)) return { done: judged }
      if (judged.waitingFor !== lastWait) log(judged.waitingFor)
      lastWait = judged.waitingFor
      return judged
    },
    // The checks themselves run once a minute.
    { delayMs: attempt => (attempt < 10 ? 2_000 : 10_000), timeoutMs },
  )
  const elapsedMs = Date.now() - started
  if (!result.timedOut) return { elapsedMs, failure: result.value.failure }
  const failure: Failure = {
    code: 'EC2_TIMEOUT',
    sentence: `The instance ${instanceId} did not pass its status checks within ${Math.round(timeoutMs / 1000)} s; last seen: ${result.waitingFor}`,
    fix: 'Look at the end of the console output for why it does not come up, or raise ec2-timeout.',
    remedy: 'wait',
  }
  return { elapsedMs, failure }
}

/** The verdict over one DescribeInstanceStatus answer, or what to wait for. Pure. */
export function decideReadiness(
  status: InstanceStatus | undefined,
  instanceId: string,
): Judgement | { readonly waitingFor: string } {
  if (status === undefined) {
    return failed('EC2_NO_INSTANCE', `There is no EC2 instance ${instanceId} in this account and region.`, {
      fix: 'Check that the output instance_id names the instance that Terraform makes, and that AWS_REGION is its region.',
      remedy: 'config',
    })
  }
  const { state, system, instance } = status
  if (!/^(pending|running)$/.test(state)) {
    return failed('EC2_NOT_RUNNING', `The instance ${instanceId} is ${state}: nothing can answer there.`, {
      fix: 'Look at its state transition reason in the EC2 console: somebody stopped it, or AWS took a Spot instance back.',
      remedy: 'replace',
    })
  }
  const passes = (check: string) => check === 'ok' || check === 'not-applicable'
  if (state === 'running' && passes(system) && passes(instance)) return { failure: undefined }
  return {
    waitingFor: `Waiting for EC2: the instance ${instanceId} is ${state}, its system check ${system || 'unknown'}, its instance check ${instance || 'unknown'}.`,
  }
}

/** A missing permission ends the wait; throttling and network errors are asked again. */
function judgeError(error: unknown, instanceId: string): Judgement | { readonly waitingFor: string } {
  const message = messageOf(error)
  if (isDenied(error) || /AuthFailure|ExpiredToken|Credentials|Region is missing/.test(`${nameOf(error)} ${message}`)) {
    return failed('EC2_ACCESS', `AWS does not let this job watch the instance ${instanceId}: ${message}`, {
      fix: 'Give the role that this job assumes the action ec2:DescribeInstanceStatus, AWS_REGION, and a session that outlives the deployment.',
      remedy: 'config',
    })
  }
  return { waitingFor: `Waiting for the EC2 API: ${nameOf(error)}: ${message}` }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : ''
}

function failed(code: FailureCode, sentence: string, { fix, remedy }: Pick<Failure, 'fix' | 'remedy'>): Judgement {
  return { failure: { code, sentence, fix, remedy } }
}
