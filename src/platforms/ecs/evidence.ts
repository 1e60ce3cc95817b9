/**
 * Everything that may explain why an ECS service does not serve: its events, its stopped tasks, its task definition, its
 * target groups with their load balancers, and the end of a container's log. Read-only.
 */
import { lastPart } from '../../text.ts'
import { failing } from '../aws/causes/task-rule.ts'
import { type Evidence, hasFailed, type LogTail, noEvidence } from '../aws/evidence.ts'
import { LoadBalancing, type TargetGroup } from '../aws/load-balancing.ts'
import { logTail } from '../aws/logs.ts'
import type { Ask, EvidenceContext } from '../platform.ts'
import { Ecs, type Task, type TaskDefinition } from './client.ts'
import type { EcsService } from './service.ts'

const maxLogLines = 20
const maxEvents = 20
const maxStoppedTasks = 10

export async function serviceEvidence(
  { cluster, service, region, taskDefinition }: EcsService,
  { ask, omitted, followed, since }: EvidenceContext,
): Promise<Evidence> {
  const ecs = new Ecs(region)
  const state = await ask('the events of the service', 'ecs:DescribeServices', () =>
    ecs.describeService(cluster, service),
  )
  const ours =
    followed ??
    state?.deployments.find(each =>
      taskDefinition === undefined ? each.status === 'PRIMARY' : each.taskDefinition === taskDefinition.arn,
    )
  // A task names the deployment that started it as ecs-svc/ID, and a service revision ends in the same id.
  const isOurs = (task: Task) =>
    ours === undefined ? task.taskDefinition === taskDefinition?.arn : lastPart(task.startedBy) === lastPart(ours.id)
  const tasks = (status: 'RUNNING' | 'STOPPED') => async () =>
    (await ecs.tasks(cluster, service, status)).filter(isOurs)
  const revision = taskDefinition?.arn ?? state?.deployments[0]?.taskDefinition
  const [stopped = [], definition, groups] = await Promise.all([
    ask('the stopped tasks', 'ecs:ListTasks and ecs:DescribeTasks', tasks('STOPPED')),
    revision === undefined
      ? undefined
      : ask('the task definition', 'ecs:DescribeTaskDefinition', () => ecs.taskDefinition(revision)),
    targetGroups(region, state?.targetGroups ?? [], ask),
  ])
  const failed = stopped.filter(task => hasFailed(task) && task.stoppedAt >= since).slice(0, maxStoppedTasks)
  const [last] = failed
  const talking = last ?? (await ask('the running tasks', 'ecs:ListTasks and ecs:DescribeTasks', tasks('RUNNING')))?.[0]
  const log = talking && definition && (await logOf(talking, definition, region, ask))
  return {
    ...noEvidence(`${cluster}/${service}`),
    events: (state?.events ?? [])
      .filter(({ createdAt }) => createdAt >= Math.max(since, ours?.createdAt ?? 0))
      .slice(0, maxEvents),
    stopped: failed,
    ...(definition && { definition }),
    ...groups,
    ...(log && { log }),
    omitted,
  }
}

async function targetGroups(
  region: string | undefined,
  arns: readonly string[],
  ask: Ask,
): Promise<Pick<Evidence, 'targetGroups' | 'loadBalancers'>> {
  const balancing = new LoadBalancing(region)
  const groups: TargetGroup[] = []
  for (const arn of arns) {
    const group = await ask('the health checks', 'elasticloadbalancing:DescribeTargetGroups', () =>
      balancing.targetGroup(arn),
    )
    const targets = await ask('the health of the targets', 'elasticloadbalancing:DescribeTargetHealth', () =>
      balancing.targets(arn),
    )
    if (targets !== undefined) groups.push({ ...(group ?? unknownGroup(arn)), targets })
  }
  const loadBalancers = await Promise.all(
    [...new Set(groups.flatMap(group => group.loadBalancers))].map(arn =>
      ask(
        'the load balancer',
        'elasticloadbalancing:DescribeLoadBalancers and elasticloadbalancing:DescribeListeners',
        () => balancing.loadBalancer(arn),
      ),
    ),
  )
  return { targetGroups: groups, loadBalancers: loadBalancers.filter(balancer => balancer !== undefined) }
}

/** A group whose health check may not be seen: `…:targetgroup/NAME/ID`. */
function unknownGroup(arn: string): Omit<TargetGroup, 'targets'> {
  return { arn, name: arn.split('/')[1] ?? arn, port: undefined, healthPath: '', healthyCodes: '', loadBalancers: [] }
}

/** The end of the output of the container for which a task stopped, or of the first that has a log. */
async function logOf(
  task: Task,
  definition: TaskDefinition,
  region: string | undefined,
  ask: Ask,
): Promise<LogTail | undefined> {
  const withLog = definition.containers.filter(({ log }) => log !== undefined)
  const container = withLog.find(({ name }) => name === failing(task)?.name) ?? withLog[0]
  if (container?.log === undefined) return undefined
  const { group, prefix, region: own } = container.log
  const stream = `${prefix}/${container.name}/${lastPart(task.arn)}`
  const lines = await ask(`the log of container ${container.name}`, 'logs:GetLogEvents', () =>
    logTail(own ?? region, group, stream, maxLogLines),
  )
  return lines && { container: container.name, group, stream, lines }
}
