/**
 * Pages of the AWS console that show an ECS service. They are found in the state through the service, so that they fit a
 * module of any shape. Pure.
 */
import { asList, asObject, asText, parseJson } from '../../json.ts'
import { listManagedResources, type StateJson, type StateResource } from '../../terraform/json.ts'
import { lastPart } from '../../text.ts'
import { type Link, logGroupLink, serviceLink, targetGroupLink } from '../aws/console-links.ts'
import { type EcsService, targetGroupsOf } from './service.ts'

/** The service first, then its target groups, then its log groups. Empty where the state does not hold the service. */
export function serviceLinks({ region, cluster, service, taskDefinition }: EcsService, state: StateJson): Link[] {
  if (region === undefined) return []
  const resources = listManagedResources(state.values?.root_module)
  const inState = resources.find(
    ({ type, values }) => type === 'aws_ecs_service' && idOf(values) === `${lastPart(cluster)}/${lastPart(service)}`,
  )
  const definition = resources.find(({ address }) => address === taskDefinition?.address)
  const groups = new Map(logGroups(definition, region).map(group => [`${group.at} ${group.name}`, group]))
  return [
    serviceLink(region, cluster, service),
    ...targetGroupsOf(inState).map(targetGroupLink),
    ...[...groups.values()].map(({ name, at }) => logGroupLink(at, name)),
  ].filter(link => link !== undefined)
}

/** `CLUSTER/SERVICE` of an ARN such as `arn:aws:ecs:REGION:ACCOUNT:service/CLUSTER/SERVICE`. */
function idOf(values: StateResource['values']): string {
  return String(values?.id ?? '').replace(/^.*:service\//, '')
}

/** Of each container that writes to CloudWatch with the driver awslogs. */
function logGroups(definition: StateResource | undefined, region: string): { name: string; at: string }[] {
  const containers = asList(parseJson(String(definition?.values?.container_definitions)))
  return containers.flatMap(container => {
    const { logDriver, options } = asObject(asObject(container).logConfiguration)
    const { 'awslogs-group': group, 'awslogs-region': at } = asObject(options)
    const name = asText(group)
    return logDriver === 'awslogs' && name !== undefined ? [{ name, at: asText(at) ?? region }] : []
  })
}
