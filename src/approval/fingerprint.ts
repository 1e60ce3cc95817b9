/**
 * Normalized plan and its fingerprint: the part of `terraform show -json` that an approval covers, in one canonical form.
 * Two plans that would do the same are equal. Order, serial, time, data sources and untouched computed attributes do not
 * count.
 */
import { createHash } from 'node:crypto'
import type { ActionInvocation, Change, PlanJson, ResourceChange } from '../terraform/json.ts'
import { at, canonical, shape } from './canonical.ts'
import type { PlanSigner } from './signer.ts'

/** Canonical JSON by attribute: `?` if the value is known only after the apply, `*…` if it is sensitive. */
export type Values = Readonly<Record<string, string>>

/** One change in canonical form. Digests in existing records hash it as JSON, so names and order of its fields are fixed. */
export interface NormalizedChange {
  /** Address of the resource, with the key of a deposed object; or `output.NAME`. */
  readonly address: string
  /** Terraform's actions in their order, such as `update` or `delete,create`. */
  readonly actions: string
  /** Terraform's further fields: provider, `previous_address`, `importing`, `action_reason`, `replace_paths`. */
  readonly notes: Values
  readonly before: Values
  readonly after: Values
}

/** A plan in canonical form. */
export interface NormalizedPlan {
  /** The plan's circumstances by name: versions, workspace, backend, targets. They are readable and never secret. */
  readonly settings: Values
  /** Sorted by address. */
  readonly changes: readonly NormalizedChange[]
}

/**
 * The canonical form of a plan.
 * @param json output of `terraform show -json`
 * @param settings the circumstances of the plan, from settingsOf
 */
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

/** The fingerprint: `sha256:` and 64 hexadecimal digits, or `scrypt:SALT:…` if no key protects the sensitive values. */
export function fingerprintOf({ settings, changes }: NormalizedPlan, signer: PlanSigner): string {
  const hash = createHash('sha256')
  let text = canonical(settings)
  for (const { address, actions, notes, before, after } of changes) {
    text += `\n${JSON.stringify([address, actions, canonical(notes), before, after])}`
    // One call per change would cost more than the hash itself, for ten thousand changes.
    if (text.length > 100_000) {
      hash.update(text)
      text = ''
    }
  }
  return `${signer.prefix}:${hash.update(text).digest('hex')}`
}

/** Whether a resource changes. Data sources and untouched resources do not. */
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
  const wrap = (value: unknown) => ({ value })
  return {
    address,
    actions: change.actions.join(),
    notes: {},
    ...normalizeValues(
      {
        actions: change.actions,
        before: wrap(change.before),
        after: wrap(change.after),
        before_sensitive: wrap(change.before_sensitive),
        after_sensitive: wrap(change.after_sensitive),
        after_unknown: wrap(change.after_unknown),
      },
      address,
      signer,
    ),
  }
}

/** The change of an invoked action (Terraform 1.14), which changes no attribute of a resource. */
function normalizeInvocation(invocation: ActionInvocation, signer: PlanSigner): NormalizedChange {
  const { address = '', config_values, config_sensitive, config_unknown, ...trigger } = invocation
  const keyed = (value: unknown) => signer.value(address, value)
  const config = canonical(config_values, config_sensitive, config_unknown, keyed)
  return { address, actions: 'invoke', notes: { invocation: canonical(trigger) }, before: {}, after: { config } }
}

/**
 * The values that a change concerns:
 * - an update: the attributes that differ, because AWS changes computed attributes at any time;
 * - a creation: all of `after`;
 * - a deletion: the identity of the object.
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
    const values: Record<string, string> = {}
    for (const name of names.sort()) {
      const text = canonical(parts[name], at(sensitive, name), at(unknown, name), keyed(name))
      if (!isNew || text !== 'null') values[name] = text
    }
    return values
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

/** The attributes that identify the provider's object; all attributes if it has neither `id` nor `arn`. */
function identity(values: Values): Values {
  const identifiers = only(values, name => name === 'id' || name === 'arn')
  return Object.keys(identifiers).length > 0 ? identifiers : values
}

function only(values: Values, wanted: (name: string) => boolean): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => wanted(name)))
}

function sorted<T>(list: readonly T[], by: (item: T) => string): T[] {
  return list.toSorted((a, b) => (by(a) < by(b) ? -1 : by(a) > by(b) ? 1 : 0))
}
