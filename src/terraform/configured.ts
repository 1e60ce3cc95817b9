/** The attributes that a configuration sets. All others are computed by a provider. Pure. */
import { type ModuleJson, type PlanJson, withoutInstanceKeys } from './json.ts'

/** Returns the attributes that the configuration sets for a resource; undefined if the plan does not say it. */
export type ConfiguredAttributes = (address: string) => ReadonlySet<string> | undefined

/** Reads the configuration of a plan. */
export function configuredAttributes({ configuration }: PlanJson): ConfiguredAttributes {
  const byAddress = new Map<string, ReadonlySet<string>>()
  collect(configuration?.root_module, '', byAddress)
  return address => byAddress.get(withoutInstanceKeys(address))
}

function collect(module: ModuleJson | undefined, prefix: string, byAddress: Map<string, ReadonlySet<string>>): void {
  for (const { address, expressions } of module?.resources ?? []) {
    if (address !== undefined) byAddress.set(`${prefix}${address}`, new Set(Object.keys(expressions ?? {})))
  }
  for (const [name, call] of Object.entries(module?.module_calls ?? {}))
    collect(call.module, `${prefix}module.${name}.`, byAddress)
}
