/**
 * Which pages of the AWS console show what was deployed: found in the state by what serves, so that they fit a module of
 * any shape. Pure.
 */
import { allResources, type StateJson, type StateResource } from '../../terraform/json.ts'
import type { Deployment } from '../deployment.ts'
import { instanceLink, type Link, logGroupLink, serviceLink, targetGroupLink } from './console-links.ts'

/** What serves first, then what is in front of it, then what it writes. Empty where the state does not hold it. */
export function consoleLinks(state: StateJson, serving: Deployment['serving']): Link[] {
  const { region } = serving
  if (region === undefined) return []
  if (serving.kind === 'ec2') return present([instanceLink(region, serving.instanceId)])
  const resources = allResources(state.values?.root_module)
  const { cluster, service, taskDefinition } = serving
  const inState = resources.find(
    ({ type, values }) => type === 'aws_ecs_service' && idOf(values) === `${lastPart(cluster)}/${lastPart(service)}`,
  )
  const definition = resources.find(({ address }) => address === taskDefinition?.address)
  const groups = logGroups(definition, region)
  const named = new Map(groups.map(group => [`${group.at} ${group.name}`, group]))
  return present([
    serviceLink(region, cluster, service),
    ...targetGroups(inState).map(targetGroupLink),
    ...[...named.values()].map(({ name, at }) => logGroupLink(at, name)),
  ])
}

/** `CLUSTER/SERVICE` of an ARN such as `arn:aws:ecs:REGION:ACCOUNT:service/CLUSTER/SERVICE`. */
function idOf(values: StateResource['values']): string {
  return String(values?.id ?? '').replace(/^.*:service\//, '')
}

function targetGroups(service: StateResource | undefined): string[] {
  const { load_balancer: balancers } = service?.values ?? {}
  const arns = Array.isArray(balancers) ? balancers.map(each => each?.target_group_arn) : []
  return arns.filter(arn => typeof arn === 'string')
}

/** Of each container that writes to CloudWatch by the driver awslogs. */
function logGroups(definition: StateResource | undefined, region: string): { name: string; at: string }[] {
  let containers: unknown
  try {
    containers = JSON.parse(String(definition?.values?.container_definitions))
  } catch {
    return []
  }
  if (!Array.isArray(containers)) return []
  return containers.flatMap(container => {
    const { logDriver, options } = container?.logConfiguration ?? {}
    const name = logDriver === 'awslogs' ? options?.['awslogs-group'] : undefined
    return typeof name === 'string' ? [{ name, at: String(options['awslogs-region'] ?? region) }] : []
  })
}

function present(links: readonly (Link | undefined)[]): Link[] {
  return links.filter(link => link !== undefined)
}

function lastPart(arn: string): string {
  return arn.replace(/^.*\//, '')
}
