/**
 * What AWS shows of a deployment that failed, as plain data: the material of the rules in causes.ts and of the report.
 * Every text in it is foreign.
 */
import type { InstanceStatus } from '../ec2/client.ts'
import type { ServiceEvent, Task, TaskDefinition } from '../ecs/client.ts'
import type { LoadBalancer, TargetGroup } from './load-balancing.ts'

export interface Evidence {
  /** `CLUSTER/SERVICE`, or the id of an instance. */
  readonly subject: string
  /** Of this deployment, newest first. */
  readonly events: readonly ServiceEvent[]
  /** Tasks of this deployment that stopped unexpectedly, newest first. */
  readonly stopped: readonly Task[]
  readonly definition?: TaskDefinition
  readonly targetGroups: readonly TargetGroup[]
  readonly loadBalancers: readonly LoadBalancer[]
  /** The end of the output of the container that failed or, when none did, of the one that serves. */
  readonly log?: LogTail
  readonly instance?: InstanceStatus
  readonly lambda?: {
    /** Whether an answer arrives only when it is complete. */
    readonly isBuffered: boolean
    readonly timeoutSeconds: number | undefined
  }
  /** A server that AWS starts in a microVM for each session. */
  readonly microVm?: {
    /** Why AWS could not make a version, or move clients to it. */
    readonly failureReasons: readonly string[]
    /** Whether it takes signed requests or tokens; undefined when the state does not say. */
    readonly authorizer: 'iam' | 'jwt' | undefined
  }
  /** The end of what the instance wrote while it booted. */
  readonly console: readonly string[]
  readonly omitted: readonly MissingDetail[]
}

export interface LogTail {
  readonly container: string
  readonly group: string
  /** Empty for the lines of all streams of the group. */
  readonly stream: string
  /** Oldest first. */
  readonly lines: readonly string[]
}

/** A detail that could not be read. */
export interface MissingDetail {
  readonly detail: string
  /** The missing IAM action; undefined if no permission is missing. */
  readonly action: string | undefined
  readonly why: string
}

/** Evidence without details. */
export function noEvidence(subject: string): Evidence {
  return { subject, events: [], stopped: [], targetGroups: [], loadBalancers: [], console: [], omitted: [] }
}

/** Whether a task stopped unexpectedly: not because of a rollout, a scaling or a deletion. */
export function hasFailed({ stopCode, stoppedReason }: Task): boolean {
  return stopCode !== 'ServiceSchedulerInitiated' || /health check/i.test(stoppedReason)
}
