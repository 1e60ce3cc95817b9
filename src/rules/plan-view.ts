/**
 * The JSON plan as the rules read it: resources by type with what they were and will be, unknown values told from absent
 * ones, and what the plan says about the MCP server. Nothing here throws, whatever the JSON holds: providers differ.
 */
import { asList, asObject, type JsonObject, parseJson } from '../json.ts'
import type { PlanJson } from '../terraform/json.ts'

export type ChangeKind = 'create' | 'update' | 'replace' | 'delete'

/** A managed resource that this plan creates, changes or removes. */
export interface Changed {
  readonly address: string
  readonly type: string
  readonly doing: ChangeKind
  /** A replacement that makes the new one before the old one is destroyed. */
  readonly createsFirst: boolean
  readonly reason: string
  /** Attributes as they are and as they will be; empty where there is none. */
  readonly before: JsonObject
  readonly after: JsonObject
  readonly unknown: JsonObject
  readonly sensitive: JsonObject
}

/** What this plan says about how the server keeps its sessions, and where that stands. */
export interface Sessions {
  /** A clause, such as `the variable mcp sets transport = "sse"`. */
  readonly evidence: string
  readonly sse: boolean
}

/** What the workflow says beside the plan. */
export interface UserInputs {
  /** The input mcp-endpoint. */
  readonly endpoint: string | undefined
  /** The input mcp-transport. */
  readonly transport: string
}

export interface PlanView {
  /** What changes, of these types, in the plan's order. */
  changed(...types: readonly string[]): readonly Changed[]
  /** Resources of these types that the plan leaves as they are; their attributes stand in `after`. */
  unchanged(...types: readonly string[]): readonly { readonly address: string; readonly after: JsonObject }[]
  /** Policy documents that can be read only during the apply: what is known of them, and their JSON so far. */
  readonly deferredPolicies: readonly {
    readonly address: string
    readonly after: JsonObject
    readonly before: unknown
  }[]
  readonly sessions: Sessions | undefined
  /** Path of the endpoint, and whether the plan or the workflow says so: if not, it is the usual one. */
  readonly mcpPath: { readonly path: string; readonly isStated: boolean }
  /** The output `mcp_endpoint`, where a value is known. */
  readonly endpoint: { readonly before: string | undefined; readonly after: string | undefined }
}

/** Reads a plan, and never throws. */
export function viewOf(json: PlanJson, stated: UserInputs): PlanView {
  const plan = asObject(json)
  const resources = asList(plan.resource_changes).map(asObject)
  const managed = resources.filter(({ mode }) => mode === 'managed')
  const changes = managed.flatMap(resource => changedResource(resource) ?? [])
  const kept = managed
    .filter(({ change }) => doingOf(asList(asObject(change).actions)) === undefined)
    .map(({ address, type, change }) => ({
      address: text(address) ?? '',
      type: text(type) ?? '',
      after: asObject(asObject(change).after),
    }))
  const endpoint = asObject(asObject(plan.output_changes).mcp_endpoint)
  const known = { before: text(endpoint.before), after: text(endpoint.after) }
  const containers = [...changes, ...kept].flatMap(({ after }) => containersOf(after.container_definitions))
  const mcpPath = pathOf(stated.endpoint ?? known.after ?? known.before, settingsOf(plan))
  // Thirty rules ask, and a plan has ten thousand changes of which few are of a type that a rule is about.
  const [changedTypes, keptTypes] = [changes, kept].map(all => new Set(all.map(({ type }) => type)))
  return {
    changed: (...types) =>
      types.some(type => changedTypes?.has(type)) ? changes.filter(({ type }) => types.includes(type)) : [],
    unchanged: (...types) =>
      types.some(type => keptTypes?.has(type)) ? kept.filter(({ type }) => types.includes(type)) : [],
    deferredPolicies: deferredPolicies(resources, plan.prior_state),
    sessions: sessionsOf(plan, containers, mcpPath, stated),
    mcpPath,
    endpoint: known,
  }
}

/** The containers of a task definition; none where the text is unknown, sensitive in a way that hides it, or no JSON. */
export function containersOf(definitions: unknown): JsonObject[] {
  return asList(parsed(definitions)).map(asObject)
}

/** The value of JSON in a text; undefined for anything else. */
export function parsed(value: unknown): unknown {
  return typeof value === 'string' ? parseJson(value) : undefined
}

/** The only block of a nested block list, such as `health_check`. */
export function block(value: unknown): JsonObject {
  return asObject(asList(value)[0])
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** Providers write some numbers as text, such as `deregistration_delay`. */
export function number(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : undefined
}

export function texts(value: unknown): string[] {
  return asList(typeof value === 'string' ? [value] : value).filter(each => typeof each === 'string')
}

/** Whether the plan gives this attribute another value, or may: it is unknown. */
export function differs({ before, after, unknown }: Changed, attribute: string): boolean {
  return holdsUnknown(unknown[attribute]) || JSON.stringify(before[attribute]) !== JSON.stringify(after[attribute])
}

/** `after_unknown` is true, or has the value's shape with true where a part is unknown. */
function holdsUnknown(unknown: unknown): boolean {
  if (typeof unknown !== 'object' || unknown === null) return unknown === true
  return Object.values(unknown).some(holdsUnknown)
}

function changedResource({ address, type, change, action_reason }: JsonObject): Changed | undefined {
  const { actions, before, after, after_unknown, after_sensitive } = asObject(change)
  const steps = asList(actions)
  const doing = doingOf(steps)
  if (doing === undefined) return undefined
  return {
    address: text(address) ?? '',
    type: text(type) ?? '',
    doing,
    createsFirst: steps[0] === 'create' && steps.includes('delete'),
    reason: text(action_reason) ?? '',
    before: asObject(before),
    after: asObject(after),
    unknown: asObject(after_unknown),
    sensitive: asObject(after_sensitive),
  }
}

function doingOf(actions: readonly unknown[]): ChangeKind | undefined {
  if (actions.includes('create')) return actions.includes('delete') ? 'replace' : 'create'
  return actions.includes('update') ? 'update' : actions.includes('delete') ? 'delete' : undefined
}

/** A data source whose arguments are not all known is listed as a change that reads. */
function deferredPolicies(resources: readonly JsonObject[], priorState: unknown): PlanView['deferredPolicies'] {
  const deferred = resources.filter(
    ({ mode, type, change }) =>
      mode === 'data' && type === 'aws_iam_policy_document' && asList(asObject(change).actions).includes('read'),
  )
  if (deferred.length === 0) return []
  const before = new Map<unknown, unknown>()
  const collect = (module: JsonObject): void => {
    for (const resource of asList(module.resources).map(asObject))
      before.set(resource.address, asObject(resource.values).json)
    for (const child of asList(module.child_modules)) collect(asObject(child))
  }
  collect(asObject(asObject(asObject(priorState).values).root_module))
  return deferred.map(({ address, change }) => ({
    address: text(address) ?? '',
    after: asObject(asObject(change).after),
    before: before.get(address),
  }))
}

/** Values of a variable or module argument `mcp`, the shipped module's name for how the server speaks MCP. */
function settingsOf(plan: JsonObject): { readonly place: string; readonly mcp: JsonObject }[] {
  const variable = asObject(asObject(plan.variables).mcp).value
  const calls = asObject(asObject(asObject(plan.configuration).root_module).module_calls)
  const found = Object.entries(calls).map(([name, call]) => ({
    place: `the argument mcp of module.${name}`,
    mcp: asObject(asObject(asObject(asObject(call).expressions).mcp).constant_value),
  }))
  return [{ place: 'the variable mcp', mcp: asObject(variable) }, ...found]
}

/** What gateways such as mcp-proxy and supergateway are told on their command line. */
const sseFlag = /(?:^|\s)--(?:sse|[\w-]*transport(?:\s+|=)sse)(?:\s|$)/i
const statefulFlag = /(?:^|\s)--stateful(?:\s|$)/i

/** Names that servers and gateways read their transport from, such as MCP_TRANSPORT and FASTMCP_TRANSPORT. */
const transportVariable = /^(?:[A-Z0-9]+_)*TRANSPORT(?:_TYPE|_MODE)?$/i

function sessionsOf(
  plan: JsonObject,
  containers: readonly JsonObject[],
  mcpPath: PlanView['mcpPath'],
  stated: UserInputs,
): Sessions | undefined {
  for (const { place, mcp } of settingsOf(plan)) {
    if (mcp.transport === 'sse') return { evidence: `${place} sets transport = "sse"`, sse: true }
    if (mcp.stateful === true) return { evidence: `${place} sets stateful = true`, sse: false }
  }
  for (const container of containers) {
    for (const { name, value } of asList(container.environment).map(asObject)) {
      if (typeof name !== 'string' || typeof value !== 'string') continue
      if (transportVariable.test(name) && /^(?:http\+)?sse$/i.test(value))
        return { evidence: `the container's environment sets ${name}=${value}`, sse: true }
      const keepsSessions =
        (/STATELESS(?:_HTTP|_MODE)?$/i.test(name) && /^(?:false|0|no)$/i.test(value)) ||
        (/STATEFUL(?:_HTTP|_MODE)?$/i.test(name) && /^(?:true|1|yes)$/i.test(value))
      if (keepsSessions) return { evidence: `the container's environment sets ${name}=${value}`, sse: false }
    }
  }
  for (const { command, entryPoint } of containers) {
    const line = [...texts(entryPoint), ...texts(command)].join(' ')
    if (sseFlag.test(line)) return { evidence: "the container's command asks for the transport sse", sse: true }
    if (statefulFlag.test(line)) return { evidence: "the container's command has --stateful", sse: false }
  }
  if (mcpPath.isStated && /\/sse\/?$/.test(mcpPath.path))
    return { evidence: `the path of the endpoint is ${mcpPath.path}`, sse: true }
  return stated.transport === 'sse' ? { evidence: 'the input mcp-transport is "sse"', sse: true } : undefined
}

function pathOf(endpoint: string | undefined, settings: ReturnType<typeof settingsOf>): PlanView['mcpPath'] {
  if (endpoint !== undefined && URL.canParse(endpoint)) return { path: new URL(endpoint).pathname, isStated: true }
  const set = settings.map(({ mcp }) => text(mcp.path)).find(path => path !== undefined)
  return set === undefined ? { path: '/mcp', isStated: false } : { path: set, isStated: true }
}
