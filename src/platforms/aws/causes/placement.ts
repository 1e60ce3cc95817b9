/** Stopped tasks that lack what is around their containers, or lost it: logs, addresses, volumes, and the host. */
import {
  lastWords,
  quotable,
  quoted,
  restrictedAccount,
  restrictedAccountFix,
  unassumableRole,
  unassumableRoleFix,
} from './rule.ts'
import type { TaskRule } from './task-rule.ts'

export const surroundingRules: readonly TaskRule[] = [
  {
    code: 'LOG_GROUP',
    remedy: 'replace',
    patience: 2,
    reads: /failed to (?:validate logger args|create Cloudwatch log (?:stream|group))|log group does not exist/i,
    clause: (_, __, evidence) => {
      const log = evidence.definition?.containers.find(container => container.log !== undefined)?.log
      return `the log group ${log === undefined ? 'of the container' : `"${log.group}"`} does not exist or may not be written to`
    },
    fix: 'Create the log group before the service (aws_cloudwatch_log_group), and give the execution role logs:CreateLogStream and logs:PutLogEvents.',
  },
  {
    code: 'SUBNET_FULL',
    remedy: 'config',
    patience: 2,
    reads:
      /not enough free addresses|InsufficientFreeAddresses|insufficient.*\bIP\b|RESOURCE:ENI|network interface provision/i,
    clause: () => 'the subnets of the service have no address left, or no network interface could be made in them',
    fix: 'Give the service larger or further subnets, and look for network interfaces that nothing uses any more.',
  },
  {
    code: 'ENVIRONMENT_FILE',
    remedy: 'config',
    patience: 2,
    reads: /failed to download env files|environment variable files/i,
    clause: () => 'the environment files of the task definition cannot be read from S3',
    fix: 'Check that the files exist, and that the execution role has s3:GetObject on them and s3:GetBucketLocation on their bucket. Give the tasks a way to S3, such as a gateway endpoint.',
  },
  {
    code: 'VOLUME',
    remedy: 'config',
    patience: 2,
    reads: /EFS utils|failed to mount|mount\.nfs|volume.*(?:attach|mount)/i,
    clause: (_, task) => `a volume of the task cannot be mounted: ${quoted(lastWords(task.stoppedReason))}`,
    fix: 'Check that the file system has a mount target in each subnet of the service, and that its security group lets port 2049 in. Check the access point and its policy.',
  },
]

export const hostRules: readonly TaskRule[] = [
  {
    code: 'ACCOUNT_RESTRICTED',
    remedy: 'config',
    patience: 1,
    reads: restrictedAccount,
    clause: ([text]) => `AWS restricts this account: ${quoted(text)}`,
    fix: restrictedAccountFix,
  },
  {
    code: 'ROLE_NOT_ASSUMABLE',
    remedy: 'config',
    patience: 2,
    reads: unassumableRole,
    clause: ([, role = '']) => `ECS may not assume the role "${quotable(role)}"`,
    fix: unassumableRoleFix,
  },
  {
    code: 'SPOT_INTERRUPTED',
    remedy: 'wait',
    patience: Number.POSITIVE_INFINITY,
    reads: /SpotInterruption|Spot Task was interrupted/i,
    clause: () => 'AWS took the Spot capacity back',
    fix: 'Run it again, or let the first tasks run on FARGATE (base of its capacity provider).',
  },
  {
    code: 'CAPACITY',
    remedy: 'wait',
    patience: Number.POSITIVE_INFINITY,
    reads: /capacity is unavailable/i,
    clause: () => 'AWS has no Fargate capacity left here at this time',
    fix: 'Run it again later, give the service subnets in more Availability Zones, or another task size.',
  },
  {
    code: 'HOST_LOST',
    remedy: 'wait',
    patience: Number.POSITIVE_INFINITY,
    reads: /Host EC2|TerminationNotice|maintenance|retire/i,
    clause: () => 'AWS stopped the host of the task',
    fix: 'Run it again: ECS starts the task elsewhere.',
  },
  {
    code: 'STOPPED_BY_HAND',
    remedy: 'wait',
    patience: Number.POSITIVE_INFINITY,
    reads: /UserInitiated/,
    clause: (_, task) => `somebody stopped the task: ${quoted(task.stoppedReason)}`,
    fix: 'Find out who stops tasks of this service (CloudTrail, StopTask), and run it again.',
  },
]
