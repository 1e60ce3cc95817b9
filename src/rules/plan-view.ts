/**
 * View of the JSON plan for the rules: resources by type before and after the apply, unknown values, and settings of the
 * MCP server. Nothing here throws, whatever the JSON contains, because providers differ.
 */
import { asList, asObject, type JsonObject, parseJson } from '../json.ts'
import type { PlanJson } from '../terraform/json.ts'
import { type Configured, readConfigured } from './configured.ts'

/** The effect of a plan on a resource. */
export type ChangeKind = 'create' | 'update' | 'replace' | 'delete'

/** A managed resource that this plan creates, changes or removes. */
export interface ChangedResource {
  readonly address: string
  readonly type: string
  readonly kind: ChangeKind
  /** Whether a replacement creates the new resource before it destroys the old one. */
  readonly createsFirst: boolean
  readonly reason: string
  /** Attributes before and after the apply; empty if the resource does not exist then. */
  readonly before: JsonObject
  readonly after: JsonObject
  readonly unknown: JsonObject
  readonly sensitive: JsonObject
}

/** Evidence that the server keeps sessions. */
export interface Sessions {
  /** A clause, such as `the variable mcp sets transport = "sse"`. */
  readonly evidence: string
  readonly sse: boolean
}

/** Inputs of the workflow that describe the MCP server. */
export interface UserInputs {
  /** The input mcp-endpoint. */
  readonly endpoint: string | undefined
  /** The input mcp-transport. */
  readonly transport: string
  /** The input stack: a shipped module, whose resources the user cannot edit. */
  readonly stack?: string | undefined
}

/** The view of one plan. */
export interface PlanView {
  /** The changed resources of these types, in the plan's order. */
  changed(...types: readonly string[]): readonly ChangedResource[]
  /** The resources of these types that do not change. Their attributes are in `after`. */
  unchanged(
    ...types: readonly string[]
  ): readonly { readonly address: string; readonly type: string; readonly after: JsonObject }[]
  /** The resources of these types that stay and are no longer managed. `isReplaced` if a new one takes the address. */
  forgotten(
    ...types: readonly string[]
  ): readonly { readonly address: string; readonly type: string; readonly isReplaced: boolean }[]
  /** Policy documents that Terraform reads during the apply: their known attributes, and their JSON before the apply. */
  readonly deferredPolicies: readonly {
    readonly address: string
    readonly after: JsonObject
    readonly before: unknown
  }[]
  /** Undefined if nothing shows that the server keeps sessions. */
  readonly sessions: Sessions | undefined
  /** Path of the endpoint. `isStated` is false if it is the usual path, because neither plan nor workflow names one. */
  readonly mcpPath: { readonly path: string; readonly isStated: boolean }
  /** What arguments refer to, for values that are unknown until the apply. */
  readonly configured: Configured
  /** Values of the root variables that are declared sensitive. */
  readonly secretVariables: readonly unknown[]
  /** Known values of the output `mcp_endpoint`. */
  readonly endpoint: { readonly before: string | undefined; readonly after: string | undefined }
}

/** Creates the view of a plan. Never throws. */
export function viewOf(json: PlanJson, inputs: UserInputs): PlanView {
  const plan = asObject(json)
  const resources = asList(plan.resource_changes).map(asObject)
  const managed = resources.filter(({ mode }) => mode === 'managed')
  const changes = managed.flatMap(resource => changedResource(resource) ?? [])
  const unchanged = managed
    .filter(({ change }) => changeKindOf(asList(asObject(change).actions)) === undefined && !isForgotten(change))
    .map(({ address, type, change }) => ({
      address: asString(address) ?? '',
      type: asString(type) ?? '',
      after: asObject(asObject(change).after),
    }))
  const forgotten = managed
    .filter(({ change }) => isForgotten(change))
    .map(({ address, type, change }) => ({
      address: asString(address) ?? '',
      type: asString(type) ?? '',
      isReplaced: asList(asObject(change).actions).includes('create'),
    }))
  const endpoint = asObject(asObject(plan.output_changes).mcp_endpoint)
  const known = { before: asString(endpoint.before), after: asString(endpoint.after) }
  const containers = [...changes, ...unchanged].flatMap(({ after }) => containersOf(after.container_definitions))
  const mcpPath = pathOf(inputs.endpoint ?? known.after ?? known.before, settingsOf(plan))
  // Sets, because thirty rules query up to ten thousand changes, and few changes have a type that a rule queries.
  const [changedTypes, unchangedTypes] = [changes, unchanged].map(all => new Set(all.map(({ type }) => type)))
  return {
    changed: (...types) =>
      types.some(type => changedTypes?.has(type)) ? changes.filter(({ type }) => types.includes(type)) : [],
    unchanged: (...types) =>
      types.some(type => unchangedTypes?.has(type)) ? unchanged.filter(({ type }) => types.includes(type)) : [],
    forgotten: (...types) => forgotten.filter(({ type }) => types.includes(type)),
    deferredPolicies: deferredPolicies(resources, plan.prior_state),
    sessions: sessionsOf(plan, containers, mcpPath, inputs),
    mcpPath,
    configured: readConfigured(plan),
    secretVariables: secretVariablesOf(plan),
    endpoint: known,
  }
}

/** The containers of a task definition; empty if the text is unknown, hidden, or not JSON. */
export function containersOf(definitions: unknown): JsonObject[] {
  return asList(parseJsonText(definitions)).map(asObject)
}

/** The value of JSON text; undefined for any other value. */
export function parseJsonText(value: unknown): unknown {
  return typeof value === 'string' ? parseJson(value) : undefined
}

/** The first block of a nested block list, such as `health_check`; empty without a block. */
export function firstBlock(value: unknown): JsonObject {
  return asObject(asList(value)[0])
}

/** The string, even if it is empty; undefined for any other value. */
export function asString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** The number. Providers write some numbers as text, such as `deregistration_delay`. */
export function asNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : undefined
}

/** The strings of a list, or one string as a list; other values are omitted. */
export function asStrings(value: unknown): string[] {
  return asList(typeof value === 'string' ? [value] : value).filter(each => typeof each === 'string')
}

/** Whether the plan changes this attribute, or may change it because its value is unknown. */
export function differs({ before, after, unknown }: ChangedResource, attribute: string): boolean {
  return holdsUnknown(unknown[attribute]) || JSON.stringify(before[attribute]) !== JSON.stringify(after[attribute])
}

/** Whether a mark of `after_unknown` is `true`, or contains `true` for a part of the value. */
export function holdsUnknown(unknown: unknown): boolean {
  if (typeof unknown !== 'object' || unknown === null) return unknown === true
  return Object.values(unknown).some(holdsUnknown)
}

function changedResource({ address, type, change, action_reason }: JsonObject): ChangedResource | undefined {
  const { actions, before, after, after_unknown, after_sensitive } = asObject(change)
  const steps = asList(actions)
  const kind = changeKindOf(steps)
  if (kind === undefined) return undefined
  return {
    address: asString(address) ?? '',
    type: asString(type) ?? '',
    kind,
    createsFirst: steps[0] === 'create' && steps.includes('delete'),
    reason: asString(action_reason) ?? '',
    before: asObject(before),
    after: asObject(after),
    unknown: asObject(after_unknown),
    sensitive: asObject(after_sensitive),
  }
}

/** Whether the old object of a change stays and is no longer managed. */
function isForgotten(change: unknown): boolean {
  return asList(asObject(change).actions).includes('forget')
}

function changeKindOf(actions: readonly unknown[]): ChangeKind | undefined {
  if (actions.includes('create')) return actions.includes('delete') ? 'replace' : 'create'
  return actions.includes('update') ? 'update' : actions.includes('delete') ? 'delete' : undefined
}

/** Policy documents with unknown arguments. The plan lists such a data source as a change with the action `read`. */
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
    address: asString(address) ?? '',
    after: asObject(asObject(change).after),
    before: before.get(address),
  }))
}

function secretVariablesOf(plan: JsonObject): unknown[] {
  const declared = asObject(asObject(asObject(plan.configuration).root_module).variables)
  const values = asObject(plan.variables)
  return Object.entries(declared).flatMap(([name, variable]) =>
    asObject(variable).sensitive === true ? [asObject(values[name]).value] : [],
  )
}

/** Values of a variable or module argument `mcp`, which configures the server in the shipped modules. */
function settingsOf(plan: JsonObject): { readonly place: string; readonly mcp: JsonObject }[] {
  const variable = asObject(asObject(plan.variables).mcp).value
  const calls = asObject(asObject(asObject(plan.configuration).root_module).module_calls)
  const moduleArguments = Object.entries(calls).map(([name, call]) => ({
    place: `the argument mcp of module.${name}`,
    mcp: asObject(asObject(asObject(asObject(call).expressions).mcp).constant_value),
  }))
  return [{ place: 'the variable mcp', mcp: asObject(variable) }, ...moduleArguments]
}

/** Command line flags of gateways such as mcp-proxy and supergateway. */
const sseFlag = /(?:^|\s)--(?:sse|[\w-]*transport(?:\s+|=)sse)(?:\s|$)/i
const statefulFlag = /(?:^|\s)--stateful(?:\s|$)/i

/** Environment variables that set the transport of a server, such as MCP_TRANSPORT and FASTMCP_TRANSPORT. */
const transportVariable = /^(?:[A-Z0-9]+_)*TRANSPORT(?:_TYPE|_MODE)?$/i

function sessionsOf(
  plan: JsonObject,
  containers: readonly JsonObject[],
  mcpPath: PlanView['mcpPath'],
  inputs: UserInputs,
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
    const line = [...asStrings(entryPoint), ...asStrings(command)].join(' ')
    if (sseFlag.test(line)) return { evidence: "the container's command sets the transport sse", sse: true }
    if (statefulFlag.test(line)) return { evidence: "the container's command has --stateful", sse: false }
  }
  if (mcpPath.isStated && /\/sse\/?$/.test(mcpPath.path))
    return { evidence: `the path of the endpoint is ${mcpPath.path}`, sse: true }
  return inputs.transport === 'sse' ? { evidence: 'the input mcp-transport is "sse"', sse: true } : undefined
}

function pathOf(endpoint: string | undefined, settings: ReturnType<typeof settingsOf>): PlanView['mcpPath'] {
  if (endpoint !== undefined && URL.canParse(endpoint)) return { path: new URL(endpoint).pathname, isStated: true }
  const set = settings.map(({ mcp }) => asString(mcp.path)).find(path => path !== undefined)
  return set === undefined ? { path: '/mcp', isStated: false } : { path: set, isStated: true }
}
