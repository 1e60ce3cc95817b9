/** The sensitive values of plans and states, so that they can be redacted everywhere else. Pure. */

import { exactDigits } from '../json.ts'
import { compositeSecrets, looksGenerated, numberText, urlSecrets } from '../secret-parts.ts'
import type { PlanJson, StateJson, StateModule } from './json.ts'

/** The values that Terraform marks as sensitive in a plan and its prior state, as text. */
export function sensitiveValues(json: PlanJson): string[] {
  const values = new Set<string>()
  const changes = [
    ...(json.resource_changes ?? []).map(resource => resource.change),
    ...(json.resource_drift ?? []).map(resource => resource.change),
    ...(json.deferred_changes ?? []).flatMap(({ resource_change }) => resource_change?.change ?? []),
    ...Object.values(json.output_changes ?? {}),
  ]
  for (const change of changes) {
    collectSensitive(change.before, change.before_sensitive, values)
    collectSensitive(change.after, change.after_sensitive, values)
  }
  const invocations = [
    ...(json.action_invocations ?? []),
    ...(json.deferred_action_invocations ?? []).flatMap(({ action_invocation }) => action_invocation ?? []),
  ]
  for (const { config_values, config_sensitive } of invocations)
    collectSensitive(config_values, config_sensitive, values)
  for (const [name, variable] of Object.entries(json.configuration?.root_module?.variables ?? {})) {
    if (variable.sensitive === true) collectSensitive(json.variables?.[name]?.value, true, values)
  }
  collectInState(json.prior_state, values)
  return [...values]
}

/** The values that Terraform marks as sensitive in a state, as text. */
export function sensitiveStateValues(state: StateJson): string[] {
  const values = new Set<string>()
  collectInState(state, values)
  return [...values]
}

/** An instance key in an address, which can hold any text. */
const instanceKey = /\[(?:\d+|"(?:[^"\\]|\\.)*")\]/

/**
 * The addresses and types of a plan's or a state's resources, in which no secret is hidden: they are names of the configuration.
 * Instance keys are not among them.
 */
export function resourceNames(json: PlanJson | StateJson): string[] {
  const names = new Set<string>()
  const add = ({ address, type }: { readonly address: string; readonly type: string }) => {
    for (const part of address.split(instanceKey)) if (part !== '') names.add(part)
    names.add(type)
  }
  const addModule = (module: StateModule | undefined): void => {
    for (const resource of module?.resources ?? []) add(resource)
    for (const child of module?.child_modules ?? []) addModule(child)
  }
  if ('values' in json) addModule(json.values?.root_module)
  if ('resource_changes' in json || 'prior_state' in json) {
    for (const change of [...(json.resource_changes ?? []), ...(json.resource_drift ?? [])]) add(change)
    addModule(json.prior_state?.values?.root_module)
  }
  return [...names]
}

/** The user info and the query values of the endpoint that an output names, before and after a plan. */
export function endpointSecrets(json: PlanJson | StateJson): string[] {
  const urls: unknown[] = []
  if ('values' in json) urls.push(json.values?.outputs?.mcp_endpoint?.value)
  if ('output_changes' in json)
    urls.push(json.output_changes?.mcp_endpoint?.before, json.output_changes?.mcp_endpoint?.after)
  return urls.flatMap(url => (typeof url === 'string' ? urlSecrets(url) : []))
}

/** The values that a data source reads, such as a secret of Secrets Manager, are only in the state, not in a change. */
function collectInState(state: StateJson | undefined, values: Set<string>): void {
  for (const output of Object.values(state?.values?.outputs ?? {})) {
    collectSensitive(output.value, output.sensitive, values)
  }
  collectInModule(state?.values?.root_module, values)
}

function collectInModule(module: StateModule | undefined, values: Set<string>): void {
  for (const resource of module?.resources ?? []) collectSensitive(resource.values, resource.sensitive_values, values)
  for (const child of module?.child_modules ?? []) collectInModule(child, values)
}

/**
 * Collects the sensitive scalars of a value as text. In a list or a map that is sensitive as a whole, names decide which ones.
 * @param sensitive `true`, or the shape of the value with `true` where a part is sensitive
 * @param values the set that the scalars are added to
 */
export function collectSensitive(value: unknown, sensitive: unknown, values: Set<string>): void {
  if (value === null || value === undefined || sensitive === false || sensitive === undefined) return
  if (typeof value === 'object' && exactDigits(value) === undefined) {
    if (sensitive === true) for (const secret of compositeSecrets(value)) values.add(secret)
    // Most of ten thousand resources have no marks, so the marks are walked, and of the value only what they mark.
    else if (typeof sensitive === 'object' && sensitive !== null)
      for (const key of Object.keys(sensitive)) {
        if (!Object.hasOwn(value, key)) continue
        const part = (value as Record<string, unknown>)[key]
        if (!isPlace(key, part)) collectSensitive(part, (sensitive as Record<string, unknown>)[key], values)
      }
  } else if (sensitive === true) {
    const text = typeof value === 'string' ? value : numberText(value)
    if (text !== undefined && text !== '') values.add(text)
  }
}

/**
 * Whether a value is a place, such as the host of a database. Terraform marks it when it comes from a sensitive object. It is hidden
 * there, and elsewhere it is an ordinary word.
 */
function isPlace(name: string, value: unknown): boolean {
  const isPlaceName =
    /^(host|hostname|address|port|database|db_?name|schema|region|engine|protocol|scheme|arn|type|zone|family|cidr)$/i
  return typeof value === 'string' && isPlaceName.test(name) && !looksGenerated(value)
}
