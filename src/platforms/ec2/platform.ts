/** One EC2 instance. It has no versions: a repair replaces it. */
import { messageOf } from '../../errors.ts'
import { instanceLink } from '../aws/console-links.ts'
import type { Platform, PlatformWatch } from '../platform.ts'
import { Ec2 } from './client.ts'
import { codes, ec2Failure } from './codes.ts'
import { instanceEvidence } from './evidence.ts'
import { type Ec2Instance, findInstance, instancesAt } from './instance.ts'
import { delayMs, timedOut, watchInstance } from './ready.ts'

const watch: PlatformWatch<Ec2Instance> = {
  api: 'EC2',
  start: target => watchInstance(new Ec2(target.region), target),
  defaultTimeoutMs: 10 * 60_000,
  delayMs,
  accessDenied: ({ instanceId }, error) =>
    ec2Failure('EC2_ACCESS', `AWS does not let this job watch the instance ${instanceId}: ${messageOf(error)}`),
  timedOut,
  report: ({ elapsedMs, failure }) => ({ readiness: { elapsedMs, failure } }),
}

export const ec2: Platform<Ec2Instance> = {
  kind: 'ec2',
  outputs: ['instance_id'],
  find: findInstance,
  candidates: instancesAt,
  watch,
  taintTarget: ({ instanceId, address }) => ({
    address,
    name: `the instance ${instanceId}`,
    nextApply: 'replaces the instance',
  }),
  evidence: instanceEvidence,
  consoleLinks: ({ region, instanceId }) => {
    const link = region === undefined ? undefined : instanceLink(region, instanceId)
    return link === undefined ? [] : [link]
  },
  codes,
  permissions: {
    watch: ['ec2:DescribeInstanceStatus'],
    rollBack: [],
    gate: [],
    evidence: ['ec2:DescribeInstanceStatus', 'ec2:GetConsoleOutput'],
  },
  messages: {
    name: ({ instanceId }) => `the instance ${instanceId}`,
    version: 'instance',
    notWatched: ({ instanceId, address }) =>
      address === undefined
        ? `The instance ${instanceId} is not in this Terraform state, so its status checks are not watched.`
        : undefined,
    noRollback: ({ instanceId }) =>
      `There is nothing to roll back to: an instance has no earlier revision, so ${instanceId} is tainted.`,
    nextPlan: () => '',
  },
}
