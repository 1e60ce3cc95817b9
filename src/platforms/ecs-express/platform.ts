/** Amazon ECS Express Mode: a service whose load balancer, address and canary deployments AWS makes. */
import { messageOf } from '../../errors.ts'
import { serviceLink } from '../aws/console-links.ts'
import { Ecs } from '../ecs/client.ts'
import { codes, ecsFailure } from '../ecs/codes.ts'
import { serviceEvidence } from '../ecs/evidence.ts'
import type { EcsService } from '../ecs/service.ts'
import { delayMs, timedOut } from '../ecs/stability.ts'
import type { Platform, PlatformWatch } from '../platform.ts'
import { type ExpressService, expressServicesAt, findExpressService, listExpressServices } from './service.ts'
import { watchExpress } from './stability.ts'

const watch: PlatformWatch<ExpressService> = {
  api: 'ECS',
  start: target => watchExpress(new Ecs(target.region), target),
  // A canary of AWS takes seven minutes and more.
  defaultTimeoutMs: 30 * 60_000,
  tellsVersionsApart: true,
  delayMs,
  accessDenied: ({ cluster, service }, error) =>
    ecsFailure(
      'ECS_ACCESS',
      `AWS does not let this job watch ECS service ${cluster}/${service}: ${error instanceof Error ? error.name : ''}: ${messageOf(error)}`,
    ),
  timedOut: (target, timeoutMs, last) => timedOut(asService(target), timeoutMs, last),
  report: ({ hold: _, ...stability }) => ({
    stability: { ...stability, runs: `ECS runs service revision ${stability.revision ?? ''}` },
  }),
}

export const ecsExpress: Platform<ExpressService> = {
  kind: 'ecs-express',
  outputs: ['ecs_express_service_arn'],
  find: findExpressService,
  candidates: expressServicesAt,
  addresses: { endpointOf: ({ url }) => url, list: listExpressServices },
  access: () => ({ traits: ['counts-client-errors'] }),
  watch,
  taintTarget: ({ name }) => ({
    address: undefined,
    why: `a replacement of the Express service ${name} would take its load balancer and its URL with it.`,
    name: `the Express service ${name}`,
    nextApply: '',
  }),
  evidence: (target, context) => serviceEvidence(asService(target), context),
  consoleLinks: ({ region, cluster, service }) =>
    region === undefined ? [] : [serviceLink(region, cluster, service)].filter(link => link !== undefined),
  codes,
  permissions: {
    watch: ['ecs:DescribeServices', 'ecs:ListServiceDeployments', 'ecs:DescribeServiceDeployments'],
    rollBack: [],
    gate: [],
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
    name: ({ name }) => name,
    version: 'service revision',
    notWatched: () => undefined,
    noRollback: ({ name }) =>
      `Nothing was rolled back: ECS itself takes ${name} back while a deployment runs. After it only another deployment can, so apply the image that worked before.`,
    nextPlan: () => '',
  },
}

/** The service as ECS knows it. Its service revision is what would be a task definition elsewhere. */
function asService({ cluster, service, name, region }: ExpressService): EcsService {
  return { kind: 'ecs', cluster, service, name, region, taskDefinition: undefined }
}
