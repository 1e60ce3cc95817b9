/**
 * Comparison of a plan with the reviewed plan, and with the remainder of an interrupted apply. Both functions are pure. They
 * compare digests only: names of resources and attributes, never a value.
 */
import type { DigestedChange, PlanDigest } from './digest.ts'

/** One difference between two plans; `what` is its kind. These field names are part of the report. */
export type Difference =
  | { readonly what: 'setting'; readonly name: string; readonly was: string; readonly is: string }
  | { readonly what: 'added' | 'gone'; readonly address: string; readonly actions: string }
  | { readonly what: 'actions'; readonly address: string; readonly was: string; readonly is: string }
  | {
      readonly what: 'attributes'
      readonly address: string
      readonly actions: string
      readonly attributes: readonly string[]
    }

/**
 * The differences between the reviewed plan and the current plan: settings first, then changes by address. Changes are not
 * compared if a record had no room for them.
 */
export function differences(reviewed: PlanDigest, now: PlanDigest): Difference[] {
  const result: Difference[] = settingDifferences(reviewed, now)
  if (reviewed.changes === undefined || now.changes === undefined) return result
  const was = byAddress(reviewed.changes)
  const is = byAddress(now.changes)
  for (const address of [...new Set([...was.keys(), ...is.keys()])].sort()) {
    const before = was.get(address)
    const after = is.get(address)
    if (before === undefined && after !== undefined) result.push({ what: 'added', address, actions: after.actions })
    else if (after === undefined && before !== undefined)
      result.push({ what: 'gone', address, actions: before.actions })
    else if (before !== undefined && after !== undefined && before.digest !== after.digest)
      result.push(changeDifference(before, after))
  }
  return result
}

/**
 * The changes of this plan that are not a remainder of the reviewed plan, after an apply of that plan was interrupted.
 * A finished change is missing from the remainder. A half-finished change may start at its second half. A value that was
 * unknown may be known now.
 * @param tainted addresses that this action has tainted since the review; their replacement is allowed
 */
export function unreviewedChanges(reviewed: PlanDigest, now: PlanDigest, tainted: readonly string[]): Difference[] {
  // Without a key, one setting covers all sensitive values, and a remainder has fewer of them.
  const result: Difference[] = settingDifferences(reviewed, now).filter(
    difference => difference.what !== 'setting' || difference.name !== 'sensitive values',
  )
  const was = byAddress(reviewed.changes ?? [])
  for (const change of now.changes ?? []) {
    const { address, actions } = change
    const before = was.get(address) ?? was.get(address.replace(/ \(deposed \w+\)$/, ''))
    if (before === undefined) {
      const isAllowed = replacesTainted(change, tainted) || followsTaint(change, tainted)
      if (!isAllowed) result.push({ what: 'added', address, actions })
    } else if (!isRemainderOf(before, change, tainted)) result.push(changeDifference(before, change))
  }
  return result
}

function settingDifferences(reviewed: PlanDigest, now: PlanDigest): Difference[] {
  const names = new Set([...Object.keys(reviewed.settings), ...Object.keys(now.settings)])
  return [...names].sort().flatMap((name): Difference[] => {
    const [was = '', is = ''] = [reviewed.settings[name], now.settings[name]]
    return was === is ? [] : [{ what: 'setting', name, was, is }]
  })
}

function changeDifference(before: DigestedChange, after: DigestedChange): Difference {
  const { address, actions } = after
  if (before.actions !== actions) return { what: 'actions', address, was: before.actions, is: actions }
  const attributes = (['notes', 'before', 'after'] as const).flatMap(side => {
    const was = before.values?.[side] ?? {}
    const is = after.values?.[side] ?? {}
    return [...Object.keys(was), ...Object.keys(is)].filter(name => was[name] !== is[name])
  })
  return { what: 'attributes', address, actions, attributes: [...new Set(attributes)].sort() }
}

/** The actions that can remain of an interrupted change, by the actions of that change. */
const remainders: Readonly<Record<string, readonly string[]>> = {
  // Terraform taints a resource whose creation was interrupted.
  create: ['create', 'delete,create', 'create,delete', 'update'],
  update: ['update'],
  'delete,create': ['delete,create', 'delete', 'create', 'create,delete'],
  'create,delete': ['create,delete', 'delete', 'create', 'delete,create'],
  delete: ['delete'],
}

function isRemainderOf(whole: DigestedChange, remainder: DigestedChange, tainted: readonly string[]): boolean {
  const isTainted = replacesTainted(remainder, tainted)
  const { actions } = remainder
  if (whole.actions !== actions && !remainders[whole.actions]?.includes(actions) && !isTainted) return false
  const reviewed = whole.values?.after
  const planned = remainder.values?.after
  if (reviewed === undefined || planned === undefined) return true
  return Object.entries(planned).every(([name, value]) => {
    const was = reviewed[name]
    // A replacement after a taint has all attributes; the reviewed update had only those that differ.
    if (was === undefined) return isTainted || value === '?'
    return was === value || ((was.startsWith('?') || value === '?') && hasSameInputs(whole, remainder, name))
  })
}

/**
 * Whether an attribute depends on the same values as in the reviewed change. It decides when the value was unknown in the review,
 * because two unknown values need not be equal.
 */
export function hasSameInputs(reviewed: DigestedChange, now: DigestedChange, attribute: string): boolean {
  const note = `inputs of ${attribute}`
  return reviewed.values?.notes[note] === now.values?.notes[note]
}

/** Whether a change replaces a tainted resource. Only a replacement is allowed, not a deletion. */
function replacesTainted({ address, actions }: DigestedChange, tainted: readonly string[]): boolean {
  return tainted.includes(address) && actions.includes('create') && actions.includes('delete')
}

/** Whether a change only adopts values that the replacement of a tainted resource will have. */
function followsTaint({ actions, values }: DigestedChange, tainted: readonly string[]): boolean {
  if (tainted.length === 0 || (actions !== 'update' && actions !== 'create')) return false
  const after = Object.values(values?.after ?? {})
  return after.length > 0 && after.every(value => value.startsWith('?'))
}

function byAddress(changes: readonly DigestedChange[]): Map<string, DigestedChange> {
  return new Map(changes.map(change => [change.address, change]))
}
