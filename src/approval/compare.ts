/**
 * Where a plan differs from the one that was reviewed, and whether it is what an interrupted apply of that one has left
 * to do. Both are pure, and both see outlines only: names of resources and of attributes, never a value.
 */
import type { DigestedChange, PlanDigest } from './digest.ts'

/** One difference, in the words of its kind. */
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

/** Settings first, then by address. Empty when nothing differs, or when the reviewed changes were too many to be kept. */
export function differences(reviewed: PlanDigest, now: PlanDigest): Difference[] {
  const found: Difference[] = settingDifferences(reviewed, now)
  if (reviewed.changes === undefined || now.changes === undefined) return found
  const was = byAddress(reviewed.changes)
  const is = byAddress(now.changes)
  for (const address of [...new Set([...was.keys(), ...is.keys()])].sort()) {
    const before = was.get(address)
    const after = is.get(address)
    if (before === undefined && after !== undefined) found.push({ what: 'added', address, actions: after.actions })
    else if (after === undefined && before !== undefined) found.push({ what: 'gone', address, actions: before.actions })
    else if (before !== undefined && after !== undefined && before.digest !== after.digest)
      found.push(changeDifference(before, after))
  }
  return found
}

/**
 * What this plan does beyond what is left of the reviewed one, after an apply of it was interrupted: no line of it may
 * be new. A change that is done already is gone, one that was half done may begin at its second half, and what was
 * unknown may be known.
 * @param tainted addresses that this action has tainted itself since then, whose replacement is what a taint is for
 */
export function unreviewedChanges(reviewed: PlanDigest, now: PlanDigest, tainted: readonly string[]): Difference[] {
  // Sensitive values without a key are one setting for all, and of a part of the plan there are fewer.
  const found: Difference[] = settingDifferences(reviewed, now).filter(
    difference => difference.what !== 'setting' || difference.name !== 'sensitive values',
  )
  const was = byAddress(reviewed.changes ?? [])
  for (const change of now.changes ?? []) {
    const { address, actions } = change
    const before = was.get(address) ?? was.get(address.replace(/ \(deposed \w+\)$/, ''))
    if (before === undefined) {
      const isAllowed = replacesTainted(change, tainted) || followsTaint(change, tainted)
      if (!isAllowed) found.push({ what: 'added', address, actions })
    } else if (!isRemainderOf(before, change, tainted)) found.push(changeDifference(before, change))
  }
  return found
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

/** What an apply of `whole` can have left undone. */
const remainders: Readonly<Record<string, readonly string[]>> = {
  // A resource whose creation was interrupted is tainted by Terraform.
  create: ['create', 'delete,create', 'create,delete', 'update'],
  update: ['update'],
  'delete,create': ['delete,create', 'delete', 'create', 'create,delete'],
  'create,delete': ['create,delete', 'delete', 'create', 'delete,create'],
  delete: ['delete'],
}

function isRemainderOf(whole: DigestedChange, rest: DigestedChange, tainted: readonly string[]): boolean {
  const isTainted = replacesTainted(rest, tainted)
  if (whole.actions !== rest.actions && !remainders[whole.actions]?.includes(rest.actions) && !isTainted) return false
  const reviewed = whole.values?.after
  const planned = rest.values?.after
  if (reviewed === undefined || planned === undefined) return true
  return Object.entries(planned).every(([name, value]) => {
    const was = reviewed[name]
    // What a taint replaces is made anew with all of its attributes, of which an update names those that differ.
    return was === undefined ? isTainted || value === '?' : was === value || was.startsWith('?') || value === '?'
  })
}

/** A taint asks for a replacement, and for nothing that leaves no resource behind. */
function replacesTainted({ address, actions }: DigestedChange, tainted: readonly string[]): boolean {
  return tainted.includes(address) && actions.includes('create') && actions.includes('delete')
}

/** An update that only takes over what the replacement of a tainted resource will be. */
function followsTaint({ actions, values }: DigestedChange, tainted: readonly string[]): boolean {
  if (tainted.length === 0 || (actions !== 'update' && actions !== 'create')) return false
  const after = Object.values(values?.after ?? {})
  return after.length > 0 && after.every(value => value.startsWith('?'))
}

function byAddress(changes: readonly DigestedChange[]): Map<string, DigestedChange> {
  return new Map(changes.map(change => [change.address, change]))
}
