/**
 * The table of platforms, and the only place that distinguishes them. A target is found by the inputs,
 * else the outputs, else the address of the endpoint in the state; what remains is only an endpoint. Pure.
 */
import { InputError } from '../errors.ts'
import type { StateJson } from '../terraform/json.ts'
import type { TaintTarget } from '../terraform/taint.ts'
import type { Link } from './aws/console-links.ts'
import { ec2 } from './ec2/platform.ts'
import { ecs } from './ecs/platform.ts'
import { endpointOnly, endpointTarget } from './endpoint.ts'
import { outputText, type Platform, type PlatformInputs, type Target, type Version } from './platform.ts'

/** In the order in which they are asked; `endpointOnly` takes what no other takes. */
export const platforms: readonly Platform[] = [ecs, ec2, endpointOnly]

const specific = platforms.filter(platform => platform !== endpointOnly)

/** The platform of a target. */
export function platformOf({ kind }: Target): Platform {
  return platforms.find(platform => platform.kind === kind) ?? endpointOnly
}

/** Finds the target that serves the endpoint. Throws an InputError if inputs and outputs name a target only in part. */
export function findTarget(inputs: PlatformInputs, state: StateJson, endpoint: string): Target {
  const explicit = findExplicitTarget(inputs, state)
  if (explicit !== undefined) return explicit
  const declared = Object.keys(state.values?.outputs ?? {})
  if (specific.some(({ outputs }) => outputs.some(name => declared.includes(name)))) {
    throw new InputError(
      'The outputs ecs_cluster_name and ecs_service_name, or instance_id, have no value: without them it is not known ' +
        'what serves the endpoint. Add them to the root module, or set the inputs ecs-cluster and ecs-service.',
    )
  }
  const candidates = candidatesFor(endpoint, state)
  const [first, ...more] = candidates
  if (first !== undefined && more.length === 0) return first
  return endpointTarget(candidates.map(target => platformOf(target).messages.name(target)))
}

/** The target in an earlier state, for a stack that will be destroyed; undefined if the state names no target. */
export function findFormerTarget(inputs: PlatformInputs, state: StateJson | undefined): Target | undefined {
  const explicit = findExplicitTarget(inputs, state)
  const endpoint = inputs.mcp.endpoint ?? outputText(state, 'mcp_endpoint')
  if (explicit !== undefined || state === undefined || endpoint === undefined) return explicit
  const [first, ...more] = candidatesFor(endpoint, state)
  return more.length === 0 ? first : undefined
}

/**
 * Refuses a root module whose apply could not be verified, while nothing has been changed. Throws an InputError that
 * names the missing outputs.
 */
export function requireOutputs(outputNames: readonly string[], inputs: PlatformInputs): void {
  const missing = inputs.mcp.endpoint === undefined && !outputNames.includes('mcp_endpoint') ? ['mcp_endpoint'] : []
  const lacksOf = ({ outputs }: Platform) => outputs.filter(name => !outputNames.includes(name))
  const hasTarget =
    findExplicitTarget(inputs, undefined) !== undefined || specific.some(each => lacksOf(each).length === 0)
  if (!hasTarget) {
    const incomplete = specific.find(platform => lacksOf(platform).length < platform.outputs.length)
    missing.push(...(incomplete === undefined ? [] : lacksOf(incomplete)))
  }
  if (missing.length === 0) return
  const example = missing.map(name => `output "${name}" { value = … }`).join(' and ')
  throw new InputError(
    `The root module lacks the output${missing.length > 1 ? 's' : ''} ${missing.join(', ')}, ` +
      `so what is deployed could not be verified. ${similarOutputs(missing, outputNames)}Add ${example}, ` +
      'or set the inputs mcp-endpoint, ecs-cluster and ecs-service; for one EC2 instance, add the output instance_id.',
  )
}

/** Words in the names of outputs that usually hold the value of a required output. */
const similarNames: Readonly<Record<string, RegExp>> = {
  mcp_endpoint: /(?:^|_)(?:url|uri|endpoint|fqdn|hostname|domain_name|dns_name)$/i,
  ecs_cluster_name: /cluster/i,
  ecs_service_name: /service(?:_name|_arn|_id)?$/i,
  instance_id: /instance/i,
}

/** Returns a sentence about outputs that look like the missing ones; empty without any. */
function similarOutputs(missing: readonly string[], outputNames: readonly string[]): string {
  const pairs = missing.flatMap(name => {
    const similar = outputNames.filter(output => similarNames[name]?.test(output)).slice(0, 3)
    return similar.length === 0 ? [] : [`${name} may be the value of ${similar.join(' or ')}`]
  })
  return pairs.length === 0 ? '' : `By their names, ${pairs.join(', and ')}. `
}

/** Why the target is not watched, for the report; undefined when it is. */
export function notWatched(target: Target): string | undefined {
  return platformOf(target).messages.notWatched(target)
}

/** Milliseconds that a watch of the target may take; 0 if the target is not watched. */
export function watchTimeoutMs(target: Target, inputs: PlatformInputs): number {
  return platformOf(target).watch?.timeoutMs(inputs) ?? 0
}

/** The version that served by an earlier state; undefined where there was none or the platform has no versions. */
export function versionBefore(target: Target, prior: StateJson | undefined): Version | undefined {
  return platformOf(target).versions?.before(target, prior)
}

/** The resource that can be replaced without losing the address; undefined if the target has no such resource. */
export function taintTargetOf(target: Target): TaintTarget | undefined {
  return platformOf(target).taintTarget?.(target)
}

/** Pages of the platform's console that show the target. */
export function consoleLinks(target: Target, state: StateJson): readonly Link[] {
  return platformOf(target).consoleLinks?.(target, state) ?? []
}

function findExplicitTarget(inputs: PlatformInputs, state: StateJson | undefined): Target | undefined {
  for (const platform of specific) {
    const target = platform.find(inputs, state)
    if (target !== undefined) return target
  }
  return undefined
}

function candidatesFor(endpoint: string, state: StateJson): readonly Target[] {
  const url = URL.parse(endpoint)
  if (url === null) return []
  return specific.flatMap(platform => platform.candidates?.(url, state) ?? [])
}
