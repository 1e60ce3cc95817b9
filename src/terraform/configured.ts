/** The attributes that a configuration sets. All others are computed by a provider. Pure. */
import { asList, asObject, asText } from '../json.ts'
import { type Change, type ModuleJson, type PlanJson, withoutInstanceKeys } from './json.ts'

/** The expressions of a resource block, by attribute. */
type Expressions = Readonly<Record<string, unknown>>

/** Returns the attributes that the configuration sets for a resource, with their expressions; undefined if the plan does not say it. */
export type ConfiguredAttributes = (address: string) => Expressions | undefined

/** Reads the configuration of a plan. */
export function configuredAttributes({ configuration }: PlanJson): ConfiguredAttributes {
  const byAddress = new Map<string, Expressions>()
  collect(configuration?.root_module, '', byAddress)
  return address => byAddress.get(withoutInstanceKeys(address))
}

/** An argument that the provider gets during the apply, and whose value is in no plan and no state. */
export interface WriteOnlyArgument {
  readonly name: string
  /** What its value is read from, such as `ephemeral.random_password.this`; empty for a literal. */
  readonly sources: readonly string[]
}

/**
 * Returns the write-only arguments that a change sends. A plan does not mark them: they are null in it although the configuration sets
 * them. Either an ephemeral resource is their source, or their name ends with `_wo` by the convention of providers. An update
 * sends one with a version only when the version changes.
 */
export function writeOnlyArguments(
  { actions, before, after, after_unknown }: Change,
  set: Expressions = {},
): WriteOnlyArgument[] {
  const [was, will, unknown] = [asObject(before), asObject(after), asObject(after_unknown)]
  return Object.entries(set).flatMap(([name, expression]) => {
    if (will[name] !== null || unknown[name] === true) return []
    const { constant_value: literal, references } = asObject(expression)
    const sources = sourcesIn(references)
    const isSet = sources.length > 0 || (literal !== undefined && literal !== null)
    const isWriteOnly = name.endsWith('_wo') || sources.some(source => source.startsWith('ephemeral.'))
    if (!isSet || !isWriteOnly) return []
    const version = `${name}_version`
    const isSent = actions.includes('create') || !(version in will) || was[version] !== will[version]
    return isSent ? [{ name, sources }] : []
  })
}

/** Returns the references of an expression. Of `a.b.c` and `a.b`, both of which Terraform lists for `a.b.c`, only the shorter one. */
function sourcesIn(references: unknown): string[] {
  const all = new Set(asList(references).flatMap(each => asText(each) ?? []))
  const isPart = (reference: string) =>
    [...reference.matchAll(/[.[]/g)].some(({ index }) => all.has(reference.slice(0, index)))
  return [...all].filter(each => !isPart(each))
}

function collect(module: ModuleJson | undefined, prefix: string, byAddress: Map<string, Expressions>): void {
  for (const { address, expressions } of module?.resources ?? []) {
    if (address !== undefined) byAddress.set(`${prefix}${address}`, expressions ?? {})
  }
  for (const [name, call] of Object.entries(module?.module_calls ?? {}))
    collect(call.module, `${prefix}module.${name}.`, byAddress)
}
