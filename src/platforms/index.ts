/**
 * The table of platforms, and the only place that distinguishes them. A target is found by the inputs,
 * else the outputs, else the address of the endpoint in the state; without any of them there is only an endpoint. Pure.
 */
import { InputError, messageOf, ServiceError } from '../errors.ts'
import type { StateJson } from '../terraform/json.ts'
import type { TaintTarget } from '../terraform/taint.ts'
import { joined } from '../text.ts'
import { agentcore } from './agentcore/platform.ts'
import { isDenied } from './aws/client.ts'
import type { Link } from './aws/console-links.ts'
import { ec2 } from './ec2/platform.ts'
import { ecs } from './ecs/platform.ts'
import { ecsExpress } from './ecs-express/platform.ts'
import { endpointOnly } from './endpoint.ts'
import { lambda } from './lambda/platform.ts'
import {
  type Access,
  outputText,
  type Platform,
  type PlatformInputs,
  type Target,
  type Version,
  type WatchTimes,
} from './platform.ts'

/** In the order in which they are asked; `endpointOnly` takes what no other takes. */
export const platforms: readonly Platform[] = [ecs, ecsExpress, ec2, lambda, agentcore, endpointOnly]

/** The platforms that know more of a target than its endpoint. */
export const specific = platforms.filter(platform => platform !== endpointOnly)

/** The platform of a target. */
export function platformOf({ kind }: Target): Platform {
  return platforms.find(platform => platform.kind === kind) ?? endpointOnly
}

/**
 * Finds the target that serves the endpoint. Throws an InputError if inputs and outputs name a target only in part. It also throws one if
 * more than one target of the state may serve the endpoint.
 */
export function findTarget(inputs: PlatformInputs, state: StateJson, endpoint: string): Target {
  const explicit = findExplicitTarget(inputs, state)
  if (explicit !== undefined) return explicit
  const declared = Object.keys(state.values?.outputs ?? {})
  const incomplete = specific.filter(({ outputs }) => outputs.some(name => declared.includes(name)))
  const empty = incomplete.flatMap(({ outputs }) => outputs).filter(name => outputText(state, name) === undefined)
  if (empty.length > 0) {
    throw new InputError(
      `The output${empty.length > 1 ? 's' : ''} ${joined(empty, 'and')} ${empty.length > 1 ? 'have' : 'has'} no value: without ` +
        'it, the resource behind the endpoint is not known. Give it a value, or remove the output: then only the endpoint is checked.',
    )
  }
  return findCandidate(endpoint, state) ?? endpointOnly.find(inputs, state) ?? { kind: endpointOnly.kind }
}

/**
 * The target of the state that the endpoint's address leads to; undefined without such a target. Throws an InputError that lists
 * all targets if there are several.
 */
export function findCandidate(endpoint: string, state: StateJson): Target | undefined {
  const candidates = candidatesFor(endpoint, state)
  return onlyOne(candidates, `may serve the endpoint ${endpoint}, so it is not known which of them to watch`)
}

/** A target with the address that its platform gives it; the address is undefined while a state does not hold it. */
export interface AddressedTarget {
  readonly target: Target
  readonly endpoint: string | undefined
}

/**
 * The target that serves a deployment without a URL in inputs and outputs: what they name, else the only MCP server of the state whose
 * platform gives it an address. Throws an InputError that lists all of them if there are several.
 */
export function findAddressedTarget(inputs: PlatformInputs, state: StateJson): AddressedTarget | undefined {
  const listed = specific.flatMap(({ addresses }) => addresses?.list(state) ?? [])
  const target =
    findExplicitTarget(inputs, state) ??
    onlyOne(listed, 'are MCP servers of this state, so it is not known which of them to check')
  const { addresses } = target === undefined ? {} : platformOf(target)
  return target === undefined || addresses === undefined
    ? undefined
    : { target, endpoint: addresses.endpointOf(target) }
}

function onlyOne(targets: readonly Target[], problem: string): Target | undefined {
  if (targets.length < 2) return targets[0]
  const names = targets.map(target => platformOf(target).messages.name(target))
  const ways = new Set(targets.map(target => joined(platformOf(target).outputs, 'and')))
  throw new InputError(`${joined(names, 'and')} ${problem}. Name one with the output ${joined([...ways], 'or')}.`)
}

/** How requests of one gate run reach a target; empty where the URL is enough. */
export function accessTo(target: Target, endpoint: string): Access {
  const url = URL.parse(endpoint)
  return url === null ? {} : (platformOf(target).access?.(target, url) ?? {})
}

/** The target in an earlier state, for a stack that will be destroyed; undefined if the state names no target. */
export function findFormerTarget(inputs: PlatformInputs, state: StateJson | undefined): Target | undefined {
  const explicit = findExplicitTarget(inputs, state)
  const endpoint = inputs.mcp.endpoint ?? outputText(state, 'mcp_endpoint')
  if (explicit !== undefined || state === undefined) return explicit
  const [first, ...more] =
    endpoint === undefined
      ? specific.flatMap(({ addresses }) => addresses?.list(state) ?? [])
      : candidatesFor(endpoint, state)
  return more.length === 0 ? first : undefined
}

/** Whether the platform can be asked if it runs the new version. */
export function isWatched(target: Target): boolean {
  const { watch, messages } = platformOf(target)
  return watch !== undefined && messages.notWatched(target) === undefined
}

/** What is not known of a target that is not watched. */
export interface Unproved {
  /** The sentence for the report. */
  readonly sentence: string
  /** How to prove which version answers: sentences. Undefined if the plan changed nothing. */
  readonly advice: string | undefined
}

/**
 * What nothing proves about a target that is not watched; undefined if it is watched, or if the expected version of the
 * server proves which version answers.
 */
export function unprovedOf(
  target: Target,
  { expectVersion, hasChanges }: { readonly expectVersion: string | undefined; readonly hasChanges: boolean },
): Unproved | undefined {
  const { messages } = platformOf(target)
  const sentence = isWatched(target) ? undefined : messages.notWatched(target)
  if (sentence === undefined || (messages.proof !== undefined && expectVersion !== undefined)) return undefined
  return { sentence, advice: hasChanges ? messages.proof : undefined }
}

/** How long a watch of the target may take: by the input deploy-timeout, else by the platform. */
export function watchTimes(target: Target, { deployTimeoutMs, formerTimeoutsMs }: PlatformInputs): WatchTimes {
  const set = deployTimeoutMs ?? formerTimeoutsMs[target.kind]
  return { timeoutMs: set ?? platformOf(target).watch?.defaultTimeoutMs ?? 0, isFixed: set !== undefined }
}

/**
 * Milliseconds that a watch may take while its target is not known yet.
 * @param kind the shipped module that is deployed, if it is one
 */
export function expectedWatchMs(inputs: PlatformInputs, kind: string | undefined): number {
  return watchTimes({ kind: specific.find(platform => platform.kind === kind)?.kind ?? ecs.kind }, inputs).timeoutMs
}

/** The version that served by an earlier state; undefined without such a version, or if the platform has no versions. */
export function versionBefore(target: Target, prior: StateJson | undefined): Version | undefined {
  return platformOf(target).versions?.before(target, prior)
}

/** The resource that can be replaced without losing the address; undefined if the target has no such resource. */
export function taintTargetOf(target: Target): TaintTarget | undefined {
  return platformOf(target).taintTarget?.(target)
}

/**
 * Digests of the images that the target runs; undefined if the platform does not report them.
 * @throws ServiceError if the platform cannot be asked
 */
export async function readRunningImages(target: Target): Promise<readonly string[] | undefined> {
  const { runningImages, permissions, messages } = platformOf(target)
  try {
    return await runningImages?.(target)
  } catch (error) {
    const why = isDenied(error) ? `give the role ${joined(permissions.images ?? [], 'and')}` : messageOf(error)
    throw new ServiceError(`Which image ${messages.name(target)} runs was not checked: ${why}.`)
  }
}

/** Pages of the platform's console that show the target. */
export function consoleLinks(target: Target, state: StateJson): readonly Link[] {
  return platformOf(target).consoleLinks?.(target, state) ?? []
}

/** The target that inputs or outputs name completely. */
export function findExplicitTarget(inputs: PlatformInputs, state: StateJson | undefined): Target | undefined {
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
