/**
 * Attributes that a newer version of a provider fills in: they are new in its schema, so every resource has them without a value in
 * the state, and with one after a refresh. That is not a change outside of Terraform. Pure.
 */
import { asObject } from '../json.ts'
import { configuredAttributes } from './configured.ts'
import { listManagedResources, type PlanJson, type ResourceChange } from './json.ts'

/** An attribute that a provider fills in. */
export interface FilledIn {
  /** Source address of the provider. */
  readonly provider: string
  readonly attribute: string
  /** Number of resources. */
  readonly resources: number
}

/** One resource does not show whether the attribute is new or was set by somebody. */
const minResources = 2

/**
 * Finds the attributes that providers fill in. An attribute counts only if no resource of the provider whose configuration leaves it
 * out has it without a value, or had one before.
 */
export function findFilledIn(json: PlanJson): FilledIn[] {
  const configured = configuredAttributes(json)
  const drifted = new Map((json.resource_drift ?? []).map(resource => [resource.address, resource]))
  const counts = new Map<string, number>()
  const others = new Set<string>()
  for (const { address, provider_name: provider, values } of listManagedResources(
    json.prior_state?.values?.root_module,
  )) {
    if (provider === undefined) continue
    const drift = drifted.get(address)
    for (const [attribute, value] of Object.entries(values ?? {})) {
      const set = configured(address)
      if (set === undefined || Object.hasOwn(set, attribute)) continue
      const key = JSON.stringify([provider, attribute])
      if (drift !== undefined && isFilled(drift, attribute)) counts.set(key, (counts.get(key) ?? 0) + 1)
      else if (value !== undefined) others.add(key)
    }
  }
  return [...counts]
    .filter(([key, resources]) => resources >= minResources && !others.has(key))
    .map(([key, resources]) => {
      const [provider, attribute] = JSON.parse(key) as [string, string]
      return { provider, attribute, resources }
    })
    .sort((a, b) => (a.provider + a.attribute < b.provider + b.attribute ? -1 : 1))
}

/** Whether an attribute without a value has a plain one now. Collections may be tags, which an apply would remove. */
function isFilled({ change }: ResourceChange, attribute: string): boolean {
  if (change.after === null || change.after === undefined) return false
  const [before, after] = [asObject(change.before)[attribute], asObject(change.after)[attribute]]
  return (
    (before === null || before === undefined) && ['string', 'number', 'boolean'].includes(typeof after) && after !== ''
  )
}

/** Returns a change without the attributes that its provider fills in. */
export function withoutFilledIn(resource: ResourceChange, filledIn: readonly FilledIn[]): ResourceChange {
  const names = new Set(
    filledIn.filter(({ provider }) => provider === resource.provider_name).map(({ attribute }) => attribute),
  )
  const { after } = resource.change
  if (names.size === 0 || after === null || after === undefined) return resource
  const rest = Object.entries(asObject(after)).filter(([name]) => !names.has(name))
  return { ...resource, change: { ...resource.change, after: Object.fromEntries(rest) } }
}
