/** Rules about the events of a service (ECS Developer Guide, "Service event messages"). */
import {
  lineRule,
  quotable,
  quoted,
  type Rule,
  restrictedAccount,
  restrictedAccountFix,
  unassumableRole,
  unassumableRoleFix,
} from './rule.ts'

const eventRule = lineRule(({ events }) => events.map(({ message }) => message))

export const eventRules: readonly Rule[] = [
  eventRule(
    'ROLE_NOT_ASSUMABLE',
    'config',
    unassumableRole,
    ([, role = '']) => `ECS may not assume the role "${quotable(role)}"`,
    unassumableRoleFix,
  ),
  eventRule(
    'ACCOUNT_RESTRICTED',
    'config',
    restrictedAccount,
    ([text]) => `AWS restricts this account: ${quoted(text)}`,
    restrictedAccountFix,
  ),
  eventRule(
    'REVISION_INACTIVE',
    'config',
    /TaskDefinition is inactive|task definition[^.]* is inactive/i,
    () => 'the task definition of the service was deregistered',
    'Apply again, which registers a new revision. Let nothing deregister the revisions that a service still uses (skip_destroy of aws_ecs_task_definition).',
  ),
  eventRule(
    'DEPLOYMENT_PERCENT',
    'config',
    /because of the service deployment configuration/i,
    () => 'its smallest and largest percentage of running tasks leave no room to replace a task',
    'Set deployment_maximum_percent to 200, or deployment_minimum_healthy_percent to 0 if the server may be away for a moment.',
  ),
  eventRule(
    'CAPACITY',
    'wait',
    /capacity is unavailable|insufficient capacity/i,
    () => 'AWS has no capacity left for the tasks at this time',
    'Run it again later, give the service subnets in more Availability Zones, or another task size.',
  ),
  eventRule(
    'QUOTA',
    'config',
    /reached the limit|limit on the number of|vCPU.*limit|quota/i,
    ([text]) => `a quota of the account is reached (${quotable(text)})`,
    'Ask for more in Service Quotas ("Fargate On-Demand vCPU resource count"), or stop what is not needed.',
  ),
  eventRule(
    'NO_INSTANCE',
    'config',
    /no container instances? (?:met all of its requirements|were found)/i,
    () => 'no container instance of the cluster has room for the task, or the cluster has no instance',
    'Add instances to the cluster (its Auto Scaling group), make the task smaller, or run it on Fargate.',
  ),
  eventRule(
    'NETWORK_SETTINGS',
    'config',
    /((?:subnets?|security groups?)[^.]*(?:does not exist|do not exist|not exist|invalid|not found))/i,
    ([, text = '']) => `its network settings cannot be used: ${quoted(text)}`,
    'Correct the subnets and security groups of the service; all of them must be of one VPC.',
  ),
  eventRule(
    'TARGET_GROUP_LOOSE',
    'config',
    /does not have an associated load balancer/i,
    () => 'no listener of a load balancer forwards to its target group',
    'Add a listener or a listener rule that forwards to the target group, and let the service depend on it (depends_on).',
  ),
  eventRule(
    'HEALTH_CHECK_FAILS',
    'replace',
    /is unhealthy in .*?due to \(reason (.+?)\)\.?$/i,
    ([, reason = '']) => `the load balancer finds its tasks unhealthy: ${quoted(reason)}`,
    'Make the health path of the target group answer with a healthy status, and raise health_check_grace_period_seconds when the server starts slowly.',
  ),
]
