/** The ECS service that serves an endpoint, found in inputs, outputs and state. Pure. */
import { asList, asObject, asText } from '../../json.ts'
import { listManagedResources, type StateJson, type StateResource } from '../../terraform/json.ts'
import { lastPart } from '../../text.ts'
import { namesBehind } from '../aws/dns.ts'
import { outputText, type PlatformInputs, type Version } from '../platform.ts'

export interface EcsService {
  readonly kind: 'ecs'
  /** Name or ARN. */
  readonly cluster: string
  /** Name or ARN. */
  readonly service: string
  /** The service as its monitors are named. */
  readonly name: string
  /** From the service's ARN in the state; undefined when the state does not hold the service. */
  readonly region: string | undefined
  /** The revision in the state: the one that the service must run. */
  readonly taskDefinition: { readonly arn: string; readonly address: string } | undefined
  /** CODE_DEPLOY or EXTERNAL where they make the deployments: then an apply deploys nothing. */
  readonly controller?: string
  /** URL of the test listener, at which only a new revision answers during a blue/green deployment. */
  readonly testEndpoint?: string
}

/** The service that the inputs name, or else the outputs. */
export function findService({ ecs }: PlatformInputs, state: StateJson | undefined): EcsService | undefined {
  const cluster = ecs.cluster ?? outputText(state, 'ecs_cluster_name')
  const service = ecs.service ?? outputText(state, 'ecs_service_name')
  if (cluster === undefined || service === undefined) return undefined
  const resources = listManagedResources(state?.values?.root_module)
  const inState = serviceInState(resources, service, cluster)
  return toTarget(cluster, service, inState, resources, outputText(state, 'mcp_test_endpoint'))
}

/**
 * Services behind the load balancer that the endpoint's address leads to. Where the state has a target group of something
 * else, the address does not say which of them answers, so there is no candidate.
 */
export function servicesBehind(endpoint: URL, state: StateJson): EcsService[] {
  const resources = listManagedResources(state.values?.root_module)
  const ofType = (pattern: RegExp) => resources.filter(({ type }) => pattern.test(type))
  const names = namesBehind(endpoint.hostname, resources)
  const isReached = ofType(/^aws_a?lb$/).some(({ values }) => names.has(asText(values?.dns_name)?.toLowerCase() ?? ''))
  if (!isReached) return []
  const services = ofType(/^aws_ecs_service$/).filter(service => targetGroupsOf(service).length > 0)
  const theirs = new Set(services.flatMap(targetGroupsOf))
  const isSomethingElse = ({ values }: StateResource) => !theirs.has(asText(values?.arn) ?? '')
  if (ofType(/^aws_a?lb_target_group$/).some(isSomethingElse)) return []
  return services.flatMap(service => {
    const name = asText(service.values?.name)
    const cluster = asText(service.values?.cluster) ?? 'default'
    return name === undefined
      ? []
      : [toTarget(lastPart(cluster), name, service, resources, outputText(state, 'mcp_test_endpoint'))]
  })
}

/** ARNs of the target groups that a service registers its tasks with. */
export function targetGroupsOf(service: StateResource | undefined): string[] {
  return asList(service?.values?.load_balancer).flatMap(each => asText(asObject(each).target_group_arn) ?? [])
}

function toTarget(
  cluster: string,
  service: string,
  inState: StateResource | undefined,
  resources: readonly StateResource[],
  testEndpoint: string | undefined,
): EcsService {
  const controller = asText(asObject(asList(inState?.values?.deployment_controller)[0]).type) ?? 'ECS'
  return {
    kind: 'ecs',
    cluster,
    service,
    name: service,
    region: asText(inState?.values?.id)?.split(':')[3],
    taskDefinition:
      controller === 'ECS' ? taskDefinitionOf(resources, asText(inState?.values?.task_definition)) : undefined,
    ...(controller !== 'ECS' && { controller }),
    ...(testEndpoint !== undefined && { testEndpoint }),
  }
}

/**
 * The task definition revision that the service runs according to a state, such as the one before the apply.
 * @param cluster name or ARN; without it the first service of that name counts
 */
export function revisionInState(state: StateJson | undefined, service: string, cluster?: string): string | undefined {
  const resource = serviceInState(listManagedResources(state?.values?.root_module), service, cluster)
  return asText(resource?.values?.task_definition)
}

/**
 * By name and cluster, because AWS lets services of one name live in several clusters. Inputs, outputs and attributes
 * have names or ARNs (`…:cluster/NAME`, `…:service/CLUSTER/NAME`), so their last parts are compared.
 */
function serviceInState(
  resources: readonly StateResource[],
  service: string,
  cluster: string | undefined,
): StateResource | undefined {
  return resources.find(
    ({ type, values }) =>
      type === 'aws_ecs_service' &&
      values?.name === lastPart(service) &&
      (cluster === undefined || lastPart(asText(values.cluster) ?? 'default') === lastPart(cluster)),
  )
}

/**
 * The task definition resource of the service's family. By family and not by revision, because after a rollback
 * the service runs a revision that the state no longer holds. Without the service in the state, the only task definition counts.
 * It does not count if a service of another name or cluster is there, to which it may belong.
 */
function taskDefinitionOf(
  resources: readonly StateResource[],
  served: string | undefined,
): EcsService['taskDefinition'] {
  const definitions = resources.filter(({ type }) => type === 'aws_ecs_task_definition')
  const isOurs = definitions.length === 1 && !resources.some(({ type }) => type === 'aws_ecs_service')
  const definition =
    served === undefined && isOurs
      ? definitions[0]
      : definitions.find(({ values }) => asText(values?.family) === familyOf(served ?? ''))
  const arn = asText(definition?.values?.arn)
  return definition === undefined || arn === undefined ? undefined : { arn, address: definition.address }
}

/** `arn:aws:ecs:REGION:ACCOUNT:task-definition/FAMILY:REVISION`, `FAMILY:REVISION` or `FAMILY` → `FAMILY`. */
export function familyOf(taskDefinition: string): string {
  return lastPart(taskDefinition).replace(/:\d+$/, '')
}

/** Whether two ARNs are revisions of one family in one account and region. */
export function isSameFamily(a: string, b: string): boolean {
  const [family, other] = [a, b].map(
    arn => /^(arn:[^:]+:ecs:[^:]+:\d+:task-definition\/[\w-]+):[1-9]\d*$/.exec(arn)?.[1],
  )
  return family !== undefined && family === other
}

/** A task definition's ARN, or `FAMILY:REVISION`, as a version. */
export function revision(taskDefinition: string): Version {
  return { id: taskDefinition, label: lastPart(taskDefinition) }
}
