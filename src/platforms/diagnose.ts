/**
 * After a failure: asks AWS for everything that may explain it. Each detail is asked for by itself, so that a missing
 * permission costs that detail alone and the report names the IAM action that would give it. Changes nothing, and
 * never throws: a diagnosis that fails must not hide what it was to explain.
 */
import { stripVTControlCharacters } from 'node:util'
import { messageOf } from '../errors.ts'
import { failing } from './aws/causes/task-rule.ts'
import { isDenied } from './aws/client.ts'
import { type Evidence, hasFailed, type LogTail, type MissingDetail, noEvidence } from './aws/evidence.ts'
import { LoadBalancing, type TargetGroup } from './aws/load-balancing.ts'
import { logTail } from './aws/logs.ts'
import type { Deployment, Ec2Instance, EcsService } from './deployment.ts'
import { Ec2 } from './ec2/client.ts'
import { Ecs, type Task, type TaskDefinition } from './ecs/client.ts'
import type { FollowedDeployment } from './ecs/stability.ts'

/** Lines of a container's log, events, tasks, and lines of the console. */
const most = { log: 20, events: 20, stopped: 10, console: 100 }

/** Milliseconds by which the clocks of this machine and of AWS may differ. */
const clockSkewMs = 60_000

/**
 * @param followed our deployment, where it is known; else the one of the state's revision, or the newest
 * @param since when what failed was begun (milliseconds since 1970): what was over by then did not cause it
 */
export function diagnose(serving: Deployment['serving'], followed?: FollowedDeployment, since = 0): Promise<Evidence> {
  return serving.kind === 'ecs' ? diagnoseService(serving, followed, since - clockSkewMs) : diagnoseInstance(serving)
}

/** Asks for one detail: what was found, or undefined and the reason in `omitted`. */
type Ask = <T>(detail: string, action: string, call: () => Promise<T>) => Promise<T | undefined>

function asking(omitted: MissingDetail[]): Ask {
  return async (detail, action, call) => {
    try {
      return await call()
    } catch (error) {
      omitted.push({ detail, action: isDenied(error) ? action : undefined, why: messageOf(error) })
      return undefined
    }
  }
}

async function diagnoseService(
  serving: EcsService,
  followed: FollowedDeployment | undefined,
  since: number,
): Promise<Evidence> {
  const { cluster, service, region, taskDefinition } = serving
  const ecs = new Ecs(region)
  const omitted: MissingDetail[] = []
  const ask = asking(omitted)
  const state = await ask('the events of the service', 'ecs:DescribeServices', () =>
    ecs.describeService(cluster, service),
  )
  const ours =
    followed ??
    state?.deployments.find(each =>
      taskDefinition === undefined ? each.status === 'PRIMARY' : each.taskDefinition === taskDefinition.arn,
    )
  const isOurs = (task: Task) =>
    ours === undefined ? task.taskDefinition === taskDefinition?.arn : task.startedBy === ours.id
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
  const failed = stopped.filter(task => hasFailed(task) && task.stoppedAt >= since).slice(0, most.stopped)
  const [last] = failed
  const talking = last ?? (await ask('the running tasks', 'ecs:ListTasks and ecs:DescribeTasks', tasks('RUNNING')))?.[0]
  const log = talking && definition && (await logOf(talking, definition, region, ask))
  return {
    ...noEvidence(`${cluster}/${service}`),
    events: (state?.events ?? [])
      .filter(({ createdAt }) => createdAt >= Math.max(since, ours?.createdAt ?? 0))
      .slice(0, most.events),
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
  const stream = `${prefix}/${container.name}/${task.arn.replace(/^.*\//, '')}`
  const lines = await ask(`the log of container ${container.name}`, 'logs:GetLogEvents', () =>
    logTail(own ?? region, group, stream, most.log),
  )
  return lines && { container: container.name, group, stream, lines }
}

async function diagnoseInstance({ instanceId, region }: Ec2Instance): Promise<Evidence> {
  const ec2 = new Ec2(region)
  const omitted: MissingDetail[] = []
  const ask = asking(omitted)
  const [instance, output] = await Promise.all([
    ask('the status checks', 'ec2:DescribeInstanceStatus', () => ec2.status(instanceId)),
    ask('the console output', 'ec2:GetConsoleOutput', () => ec2.console(instanceId)),
  ])
  return { ...noEvidence(instanceId), ...(instance && { instance }), console: consoleLines(output ?? ''), omitted }
}

/** The last lines of a console as text: without colours, and what a carriage return overwrote. */
function consoleLines(output: string): string[] {
  return stripVTControlCharacters(output)
    .split(/\r*\n/)
    .map(line => line.replace(/^.*\r/, '').trimEnd())
    .filter(line => line !== '')
    .slice(-most.console)
}
