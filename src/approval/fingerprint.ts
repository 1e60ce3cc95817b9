/**
 * What a plan would do, and nothing else: the part of `terraform show -json` that an approval is about, in one canonical
 * form, and its fingerprint. Two plans that would do the same are equal here, whatever their order, serial or time, and
 * whatever data sources and untouched computed attributes have read meanwhile.
 */
import { createHash } from 'node:crypto'
import type { ActionInvocation, Change, PlanJson, ResourceChange } from '../terraform/json.ts'
import { at, canonical, shape } from './canonical.ts'
import type { PlanSigner } from './signer.ts'

/** Attribute → its value as canonical JSON, `?` where it is known only after the apply, `*…` where it is sensitive. */
export type Values = Readonly<Record<string, string>>

export interface NormalizedChange {
  /** Address of the resource, with the key of a deposed object, or `output.NAME`. */
  readonly address: string
  /** Terraform's actions in their order, such as `update` or `delete,create`. */
  readonly actions: string
  /** `previous_address`, `importing`, `action_reason`, `replace_paths`: what Terraform says besides. */
  readonly notes: Values
  readonly before: Values
  readonly after: Values
}

export interface NormalizedPlan {
  /** What the plan was made with, by name: versions, workspace, backend, targets. Readable, and never secret. */
  readonly settings: Values
  /** Sorted by address. */
  readonly changes: readonly NormalizedChange[]
}

/** @param settings what the plan was made with: see settingsOf */
export function normalizePlan(json: PlanJson, settings: Values, signer: PlanSigner): NormalizedPlan {
  const resources = (json.resource_changes ?? [])
    .filter(changesSomething)
    .map(change => ({ ...change, key: keyOf(change) }))
  const outputs = Object.entries(json.output_changes ?? {}).filter(([, { actions }]) => !isNothing(actions))
  const changes = [
    ...sorted(resources, ({ key }) => key).map(({ key, ...change }) => normalizeChange(key, change, signer)),
    ...sorted(outputs, ([name]) => name).map(([name, change]) => normalizeOutput(name, change, signer)),
    ...sorted(json.action_invocations ?? [], ({ address = '' }) => address).map(invocation =>
      normalizeInvocation(invocation, signer),
    ),
  ]
  const keyed = signer.together()
  return { settings: keyed === undefined ? settings : { ...settings, 'sensitive values': keyed }, changes }
}

/** `sha256:` and 64 hexadecimal digits, or `scrypt:SALT:…` when nothing secret was there to key sensitive values by. */
export function fingerprintOf({ settings, changes }: NormalizedPlan, signer: PlanSigner): string {
  const hash = createHash('sha256')
  let text = canonical(settings)
  for (const { address, actions, notes, before, after } of changes) {
    text += `\n${JSON.stringify([address, actions, canonical(notes), before, after])}`
    // A call for each of ten thousand changes costs more than the hash.
    if (text.length > 100_000) {
      hash.update(text)
      text = ''
    }
  }
  return `${signer.prefix}:${hash.update(text).digest('hex')}`
}

/** A data source that is read at the apply, and a resource that stays as it is, are no change. */
function changesSomething({ mode, change, previous_address, address }: ResourceChange): boolean {
  if (mode === 'data') return false
  const moved = previous_address !== undefined && previous_address !== address
  return !isNothing(change.actions) || moved || (change.importing !== undefined && change.importing !== null)
}

function isNothing(actions: Change['actions']): boolean {
  return actions.every(action => action === 'no-op' || action === 'read')
}

function keyOf({ address, deposed }: ResourceChange): string {
  return deposed === undefined ? address : `${address} (deposed ${deposed})`
}

function normalizeChange(address: string, resource: ResourceChange, signer: PlanSigner): NormalizedChange {
  const { change, previous_address, action_reason, provider_name } = resource
  const notes: Record<string, string> = {}
  if (provider_name !== undefined) notes.provider = provider_name
  if (previous_address !== undefined && previous_address !== resource.address) notes['moved from'] = previous_address
  if (change.importing !== undefined && change.importing !== null) notes.importing = canonical(change.importing)
  if (action_reason !== undefined) notes.reason = action_reason
  if ((change.replace_paths ?? []).length > 0) {
    notes['replaced because of'] = canonical((change.replace_paths ?? []).map(path => canonical(path)).sort())
  }
  return { address, actions: change.actions.join(), notes, ...normalizeValues(change, address, signer) }
}

function normalizeOutput(name: string, change: Change, signer: PlanSigner): NormalizedChange {
  const address = `output.${name}`
  const named = (value: unknown) => ({ value })
  return {
    address,
    actions: change.actions.join(),
    notes: {},
    ...normalizeValues(
      {
        actions: change.actions,
        before: named(change.before),
        after: named(change.after),
        before_sensitive: named(change.before_sensitive),
        after_sensitive: named(change.after_sensitive),
        after_unknown: named(change.after_unknown),
      },
      address,
      signer,
    ),
  }
}

/** An action of Terraform 1.14 does something too, although no resource's attributes change. */
function normalizeInvocation(invocation: ActionInvocation, signer: PlanSigner): NormalizedChange {
  const { address = '', config_values, config_sensitive, config_unknown, ...trigger } = invocation
  const keyed = (value: unknown) => signer.value(address, value)
  const config = canonical(config_values, config_sensitive, config_unknown, keyed)
  return { address, actions: 'invoke', notes: { invocation: canonical(trigger) }, before: {}, after: { config } }
}

/**
 * The values that the change is about. Of an update those that differ: what else the object has is not touched, and
 * computed attributes of AWS change by themselves. What is made anew is all of `after`; of what goes, which object it is.
 */
function normalizeValues(
  change: Change,
  address: string,
  signer: PlanSigner,
): Pick<NormalizedChange, 'before' | 'after'> {
  const keyed = (attribute: string) => (value: unknown) => signer.value(`${address}.${attribute}`, value)
  const side = (value: unknown, sensitive: unknown, unknown: unknown, isNew: boolean): Record<string, string> => {
    const [parts, unknowns] = [shape(value), shape(unknown)]
    const names = Object.keys(parts)
    for (const name in unknowns) if (!Object.hasOwn(parts, name)) names.push(name)
    const found: Record<string, string> = {}
    for (const name of names.sort()) {
      const text = canonical(parts[name], at(sensitive, name), at(unknown, name), keyed(name))
      if (!isNew || text !== 'null') found[name] = text
    }
    return found
  }
  const makes = change.actions.includes('create')
  const isNew = makes && !change.actions.includes('delete')
  const will = side(change.after, change.after_sensitive, change.after_unknown, isNew)
  if (isNew) return { before: {}, after: will }
  const was = side(change.before, change.before_sensitive, false, false)
  if (!makes && !change.actions.includes('update')) return { before: identity(was), after: {} }
  const differs = (name: string) => (was[name] ?? 'null') !== (will[name] ?? 'null')
  return {
    before: { ...only(was, differs), ...(makes ? identity(was) : {}) },
    after: only(will, name => differs(name) || (makes && will[name] !== 'null')),
  }
}

/** Which object of the provider's it is, or all of it where the type has no name for that. */
function identity(values: Values): Values {
  const named = only(values, name => name === 'id' || name === 'arn')
  return Object.keys(named).length > 0 ? named : values
}

function only(values: Values, wanted: (name: string) => boolean): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => wanted(name)))
}

function sorted<T>(list: readonly T[], by: (item: T) => string): T[] {
  return list.toSorted((a, b) => (by(a) < by(b) ? -1 : by(a) > by(b) ? 1 : 0))
}
