/** The values that Terraform marks as sensitive, read from its JSON, so that they can be kept out of everything else. Pure. */
import type { PlanJson, StateModule } from './json.ts'

/** Every scalar that Terraform marks as sensitive, as text. */
export function sensitiveValues(json: PlanJson): string[] {
  const found = new Set<string>()
  const changes = [
    ...(json.resource_changes ?? []).map(resource => resource.change),
    ...(json.resource_drift ?? []).map(resource => resource.change),
    ...(json.deferred_changes ?? []).flatMap(({ resource_change }) => resource_change?.change ?? []),
    ...Object.values(json.output_changes ?? {}),
  ]
  for (const change of changes) {
    collectSensitive(change.before, change.before_sensitive, found)
    collectSensitive(change.after, change.after_sensitive, found)
  }
  for (const { config_values, config_sensitive } of json.action_invocations ?? [])
    collectSensitive(config_values, config_sensitive, found)
  for (const [name, variable] of Object.entries(json.configuration?.root_module?.variables ?? {})) {
    if (variable.sensitive === true) collectSensitive(json.variables?.[name]?.value, true, found)
  }
  for (const output of Object.values(json.prior_state?.values?.outputs ?? {})) {
    collectSensitive(output.value, output.sensitive, found)
  }
  collectInModule(json.prior_state?.values?.root_module, found)
  return [...found]
}

/** What a data source has read, such as a secret of Secrets Manager, is in the state and in no change. */
function collectInModule(module: StateModule | undefined, found: Set<string>): void {
  for (const { values, sensitive_values } of module?.resources ?? []) collectSensitive(values, sensitive_values, found)
  for (const child of module?.child_modules ?? []) collectInModule(child, found)
}

/** Walks a value beside its sensitivity, which is `true` or has the value's own shape. */
export function collectSensitive(value: unknown, sensitive: unknown, found: Set<string>): void {
  if (value === null || value === undefined || sensitive === false || sensitive === undefined) return
  if (typeof value === 'object') {
    for (const [key, part] of Object.entries(value)) {
      const partly = sensitive === true || (sensitive as Record<string, unknown> | null)?.[key]
      collectSensitive(part, partly, found)
    }
  } else if (sensitive === true && typeof value !== 'boolean') {
    found.add(String(value))
  }
}
