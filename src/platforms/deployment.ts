/**
 * Applies the plan file and reads from the state what now exists: where the endpoint is, what serves it, and the
 * revision that this apply made, which is the only one whose answers count.
 */

import { InputError } from '../errors.ts'
import type { Inputs } from '../inputs.ts'
import type { Terraform } from '../terraform/cli.ts'
import { allResources, type StateJson, type StateResource } from '../terraform/json.ts'

export interface Deployment {
  readonly endpoint: string
  /** Outputs of the root module, without the sensitive ones. */
  readonly outputs: Readonly<Record<string, unknown>>
  readonly serving: EcsService | Ec2Instance
}

export interface EcsService {
  readonly kind: 'ecs'
  readonly cluster: string
  readonly service: string
  /** From the service's ARN in the state; undefined when the state does not hold the service. */
  readonly region: string | undefined
  /** The revision in the state: the one that the service must run. */
  readonly taskDefinition: { readonly arn: string; readonly address: string } | undefined
}

export interface Ec2Instance {
  readonly kind: 'ec2'
  readonly instanceId: string
  /** From the instance's ARN in the state; undefined when the state does not hold it. */
  readonly region?: string | undefined
  readonly address: string | undefined
}

export async function apply(terraform: Terraform): Promise<StateJson> {
  await terraform.apply()
  return terraform.showState()
}

/** What the state says is deployed. Throws an InputError that names the missing output. */
export function readDeployment(state: StateJson, inputs: Pick<Inputs, 'mcp' | 'ecs'>): Deployment {
  const all = state.values?.outputs ?? {}
  return {
    endpoint: endpointOf(inputs.mcp.endpoint ?? asText(all.mcp_endpoint?.value)),
    outputs: Object.fromEntries(
      Object.entries(all)
        .filter(([, output]) => output.sensitive !== true)
        .map(([name, output]) => [name, output.value]),
    ),
    serving: requireServing(state, inputs.ecs),
  }
}

/**
 * The task definition revision that the service runs according to a state, such as the one before the apply.
 * @param cluster name or ARN; without it the first service of that name counts
 */
export function revisionInState(state: StateJson | undefined, service: string, cluster?: string): string | undefined {
  const found = serviceInState(allResources(state?.values?.root_module), service, cluster)
  return asText(found?.values?.task_definition)
}

function endpointOf(endpoint: string | undefined): string {
  if (endpoint === undefined) {
    throw new InputError(
      'The output mcp_endpoint has no value. Add `output "mcp_endpoint" { value = … }` to the root module with the URL ' +
        'of the MCP endpoint, or set the input mcp-endpoint.',
    )
  }
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw new InputError(
      `The output mcp_endpoint is "${endpoint}": it must be a URL that begins with https:// or http://.`,
    )
  }
  return endpoint
}

function requireServing(state: StateJson, ecs: Inputs['ecs']): EcsService | Ec2Instance {
  const serving = findServing(state, ecs)
  if (serving !== undefined) return serving
  throw new InputError(
    'The outputs ecs_cluster_name and ecs_service_name, or instance_id, have no value: without them it is not known ' +
      'what serves the endpoint. Add them to the root module, or set the inputs ecs-cluster and ecs-service.',
  )
}

/** What serves the endpoint, by the inputs and the outputs of the state; undefined when neither says. */
export function findServing(state: StateJson | undefined, ecs: Inputs['ecs']): EcsService | Ec2Instance | undefined {
  const resources = allResources(state?.values?.root_module)
  const output = (name: string) => asText(state?.values?.outputs?.[name]?.value)
  const cluster = ecs.cluster ?? output('ecs_cluster_name')
  const service = ecs.service ?? output('ecs_service_name')
  if (cluster !== undefined && service !== undefined) {
    const inState = serviceInState(resources, service, cluster)
    return {
      kind: 'ecs',
      cluster,
      service,
      region: asText(inState?.values?.id)?.split(':')[3],
      taskDefinition: taskDefinitionOf(resources, asText(inState?.values?.task_definition)),
    }
  }
  const instanceId = output('instance_id')
  if (instanceId === undefined) return undefined
  const instance = resources.find(({ type, values }) => type === 'aws_instance' && values?.id === instanceId)
  return { kind: 'ec2', instanceId, region: asText(instance?.values?.arn)?.split(':')[3], address: instance?.address }
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

function lastPart(arn: string): string {
  return arn.replace(/^.*\//, '')
}

/**
 * The task definition resource of the service's family. By family and not by revision, because after a rollback
 * the service runs a revision that the state no longer holds.
 */
function taskDefinitionOf(
  resources: readonly StateResource[],
  served: string | undefined,
): EcsService['taskDefinition'] {
  const definitions = resources.filter(({ type }) => type === 'aws_ecs_task_definition')
  const found =
    served === undefined && definitions.length === 1
      ? definitions[0]
      : definitions.find(({ values }) => asText(values?.family) === familyOf(served ?? ''))
  const arn = asText(found?.values?.arn)
  return found === undefined || arn === undefined ? undefined : { arn, address: found.address }
}

/** `arn:aws:ecs:REGION:ACCOUNT:task-definition/FAMILY:REVISION`, `FAMILY:REVISION` or `FAMILY` → `FAMILY`. */
export function familyOf(taskDefinition: string): string {
  return taskDefinition.replace(/^.*\//, '').replace(/:\d+$/, '')
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
