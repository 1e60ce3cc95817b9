/** The sensitive values of a JSON plan, so that they can be redacted everywhere else. Pure. */
import type { PlanJson, StateModule } from './json.ts'

/** Every scalar that Terraform marks as sensitive, as text. */
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
  for (const { config_values, config_sensitive } of json.action_invocations ?? [])
    collectSensitive(config_values, config_sensitive, values)
  for (const [name, variable] of Object.entries(json.configuration?.root_module?.variables ?? {})) {
    if (variable.sensitive === true) collectSensitive(json.variables?.[name]?.value, true, values)
  }
  for (const output of Object.values(json.prior_state?.values?.outputs ?? {})) {
    collectSensitive(output.value, output.sensitive, values)
  }
  collectInModule(json.prior_state?.values?.root_module, values)
  return [...values]
}

/** The values that a data source reads, such as a secret of Secrets Manager, are only in the state, not in a change. */
function collectInModule(module: StateModule | undefined, values: Set<string>): void {
  for (const resource of module?.resources ?? []) collectSensitive(resource.values, resource.sensitive_values, values)
  for (const child of module?.child_modules ?? []) collectInModule(child, values)
}

/**
 * Collects the sensitive scalars of a value as text.
 * @param sensitive `true`, or the shape of the value with `true` where a part is sensitive
 * @param values the set that the scalars are added to
 */
export function collectSensitive(value: unknown, sensitive: unknown, values: Set<string>): void {
  if (value === null || value === undefined || sensitive === false || sensitive === undefined) return
  if (typeof value === 'object') {
    for (const [key, part] of Object.entries(value)) {
      const partly = sensitive === true || (sensitive as Record<string, unknown> | null)?.[key]
      collectSensitive(part, partly, values)
    }
  } else if (sensitive === true && typeof value !== 'boolean') {
    values.add(String(value))
  }
}
