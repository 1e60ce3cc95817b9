/** Amazon ECS: a service whose versions are task definition revisions. */
import { messageOf, ServiceError } from '../../errors.ts'
import { lastPart } from '../../text.ts'
import type { Platform, PlatformVersions, PlatformWatch } from '../platform.ts'
import { Ecs } from './client.ts'
import { codes, ecsFailure } from './codes.ts'
import { serviceLinks } from './console.ts'
import { serviceEvidence } from './evidence.ts'
import { type EcsService, findService, isSameFamily, revision, revisionInState, servicesBehind } from './service.ts'
import { delayMs, timedOut, watchService } from './stability.ts'

const watch: PlatformWatch<EcsService> = {
  api: 'ECS',
  start: (target, context) => watchService(new Ecs(target.region), target, context),
  defaultTimeoutMs: 15 * 60_000,
  delayMs,
  accessDenied: ({ cluster, service }, error) =>
    ecsFailure(
      'ECS_ACCESS',
      `AWS does not let this job watch ECS service ${cluster}/${service}: ${error instanceof Error ? error.name : ''}: ${messageOf(error)}`,
    ),
  timedOut,
  report: ({ hold: _, ...stability }) => ({ stability }),
}

const versions: PlatformVersions<EcsService> = {
  wanted: ({ taskDefinition }) => taskDefinition && revision(taskDefinition.arn),
  before({ cluster, service }, prior) {
    const served = revisionInState(prior, service, cluster)
    return served === undefined ? undefined : revision(served)
  },
  ofId: ({ taskDefinition }, id) =>
    taskDefinition !== undefined && isSameFamily(taskDefinition.arn, id) ? revision(id) : undefined,
  named({ taskDefinition }, name) {
    if (taskDefinition === undefined) return undefined
    const family = taskDefinition.arn.replace(/:\d+$/, '')
    const number = /^[1-9]\d{0,8}$/.test(name) ? name : undefined
    const id =
      number === undefined ? (name.startsWith('arn:') ? name : family.replace(/[^/]*$/, name)) : `${family}:${number}`
    return isSameFamily(taskDefinition.arn, id) ? revision(id) : undefined
  },
  examples({ taskDefinition }) {
    const [family, number] = lastPart(taskDefinition?.arn ?? '').split(':')
    const earlier = Math.max(1, Number(number) - 1)
    return `a revision such as ${family}:${earlier}, its number ${earlier}, or its ARN`
  },
  retarget: (target, { id }) => ({
    ...target,
    taskDefinition: { arn: id, address: target.taskDefinition?.address ?? '' },
  }),
  rollBack: (target, { id }) => pointAt(new Ecs(target.region), target, id),
  recordName: ({ cluster, service }) =>
    `/terraform-mcp-deploy/${lastPart(cluster)}/${lastPart(service)}/passed-task-definition`,
}

export const ecs: Platform<EcsService> = {
  kind: 'ecs',
  outputs: ['ecs_cluster_name', 'ecs_service_name'],
  find: findService,
  candidates: servicesBehind,
  watch,
  versions,
  async runningImages({ cluster, service, region, taskDefinition }) {
    const tasks = await new Ecs(region).tasks(cluster, service, 'RUNNING')
    const ours = tasks.filter(task => taskDefinition === undefined || task.taskDefinition === taskDefinition.arn)
    const digests = ours.flatMap(({ containers }) => containers.flatMap(({ imageDigest }) => imageDigest ?? []))
    return [...new Set(digests)]
  },
  taintTarget: ({ service, taskDefinition, controller }) => ({
    address: taskDefinition?.address,
    ...(controller !== undefined && {
      why: `${controller} deploys ${service}, so a new task definition of Terraform would not reach it.`,
    }),
    name: `the task definition of ${service}`,
    nextApply: 'creates a new revision of it and deploys that without downtime',
  }),
  evidence: serviceEvidence,
  consoleLinks: serviceLinks,
  codes,
  permissions: {
    watch: [
      'ecs:DescribeServices',
      'ecs:ListTasks',
      'ecs:DescribeTasks',
      'ecs:ListServiceDeployments',
      'ecs:DescribeServiceDeployments',
      'ecs:DescribeServiceRevisions',
      'ecs:ContinueServiceDeployment',
    ],
    rollBack: [
      'ecs:DescribeTaskDefinition',
      'ecs:DescribeServices',
      'ecs:UpdateService',
      'ecs:ListServiceDeployments',
      'ecs:DescribeServiceDeployments',
      'ecs:StopServiceDeployment',
      'ssm:GetParameter',
      'ssm:PutParameter',
      'ssm:DeleteParameter',
    ],
    gate: [],
    images: ['ecs:ListTasks', 'ecs:DescribeTasks'],
    evidence: [
      'ecs:DescribeServices',
      'ecs:ListTasks',
      'ecs:DescribeTasks',
      'ecs:DescribeTaskDefinition',
      'elasticloadbalancing:DescribeTargetGroups',
      'elasticloadbalancing:DescribeTargetHealth',
      'elasticloadbalancing:DescribeLoadBalancers',
      'elasticloadbalancing:DescribeListeners',
      'logs:GetLogEvents',
    ],
  },
  messages: {
    name: ({ service }) => service,
    version: 'task definition',
    notWatched: () => undefined,
    noRollback: ({ service, controller }) =>
      controller === undefined
        ? undefined
        : `Nothing was rolled back: ${controller} deploys ${service}, so it also decides which version is live.`,
    nextPlan: ({ taskDefinition }) =>
      `Terraform still has ${lastPart(taskDefinition?.arn ?? '')}: the next plan with unchanged inputs deploys the broken revision again. Change the image or the settings before the next apply.`,
  },
}

/**
 * Points the service at a revision, unless ECS has gone back to it already. Throws a ServiceError with the reason why the
 * service cannot run it, or the SDK's errors.
 */
async function pointAt(
  client: Ecs,
  { cluster, service }: EcsService,
  taskDefinition: string,
): Promise<'started' | 'already'> {
  const status = await statusOf(client, service, taskDefinition)
  if (status === 'INACTIVE') {
    throw new ServiceError(
      `${lastPart(taskDefinition)} is deregistered, so ${service} cannot go back to it: set skip_destroy = true on the aws_ecs_task_definition, so that Terraform keeps the revisions it replaces.`,
    )
  }
  const state = await client.describeService(cluster, service)
  const primary = state?.deployments.find(deployment => deployment.status === 'PRIMARY')
  if (primary !== undefined && lastPart(primary.taskDefinition) === lastPart(taskDefinition)) return 'already'
  if (state !== undefined && state.strategy !== 'ROLLING') {
    const running = await client.newestDeployment(cluster, service)
    if (running?.status.startsWith('ROLLBACK_') === true) return 'already'
    if (running?.status === 'IN_PROGRESS' || running?.status === 'PENDING') {
      await client.rollBackDeployment(running.arn)
      return 'started'
    }
  }
  await client.deploy(cluster, service, taskDefinition)
  return 'started'
}

/** The status of a revision. Throws a ServiceError if there is no such revision. */
async function statusOf(client: Ecs, service: string, taskDefinition: string): Promise<string> {
  try {
    return (await client.taskDefinition(taskDefinition)).status
  } catch (error) {
    // ECS has no other name for a task definition that does not exist.
    if (!(error instanceof Error && error.name === 'ClientException')) throw error
    throw new ServiceError(
      `There is no task definition ${lastPart(taskDefinition)}, so ${service} cannot go back to it.`,
    )
  }
}
