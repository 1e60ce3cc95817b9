/** Differences between a plan and the reviewed plan. Pure. They name resources and attributes, never a value. */
import type { DigestedChange, PlanDigest } from './digest.ts'
import { inputsNote, providerBlockNote, provisionersNote } from './fingerprint.ts'

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
  const settings = settingDifferences(reviewed, now)
  if (reviewed.changes === undefined || now.changes === undefined) return settings
  const was = byAddress(reviewed.changes)
  const is = byAddress(now.changes)
  const changed = [...is].flatMap(([address, after]): [string, Difference][] => {
    const before = was.get(address)
    if (before === undefined) return [[address, { what: 'added', address, actions: after.actions }]]
    return isSameChange(before, after) ? [] : [[address, changeDifference(before, after)]]
  })
  const gone = [...was].flatMap(([address, { actions }]): [string, Difference][] =>
    is.has(address) ? [] : [[address, { what: 'gone', address, actions }]],
  )
  const inOrder = [...changed, ...gone].sort(([a], [b]) => (a < b ? -1 : 1))
  return [...settings, ...inOrder.map(([, difference]) => difference)]
}

/** The circumstances that differ, by name. */
export function settingDifferences(
  reviewed: PlanDigest,
  now: PlanDigest,
): (Difference & { readonly what: 'setting' })[] {
  const names = new Set([...Object.keys(reviewed.settings), ...Object.keys(now.settings)])
  return [...names].sort().flatMap((name): (Difference & { readonly what: 'setting' })[] => {
    const [was = '', is = ''] = [reviewed.settings[name], now.settings[name]]
    return was === is ? [] : [{ what: 'setting', name, was, is }]
  })
}

/** Whether a change is the reviewed one. A record that has little room keeps the first part of the digest. */
export function isSameChange(reviewed: DigestedChange, now: DigestedChange): boolean {
  return now.digest.startsWith(reviewed.digest)
}

/** The difference between two changes at one address. */
export function changeDifference(before: DigestedChange, after: DigestedChange): Difference {
  const { address, actions } = after
  if (before.actions !== actions) return { what: 'actions', address, was: before.actions, is: actions }
  const attributes = (['notes', 'before', 'after'] as const).flatMap(side => {
    const was = before.values?.[side] ?? {}
    const is = after.values?.[side] ?? {}
    return [...Object.keys(was), ...Object.keys(is)].filter(name => was[name] !== is[name])
  })
  return { what: 'attributes', address, actions, attributes: [...new Set(attributes)].sort() }
}

/**
 * Whether an attribute depends on the same values as in the reviewed change. It decides when the value was unknown in the review,
 * because two unknown values need not be equal.
 */
export function hasSameInputs(reviewed: DigestedChange | undefined, now: DigestedChange, attribute: string): boolean {
  const note = inputsNote(attribute)
  return reviewed?.values?.notes[note] === now.values?.notes[note]
}

/**
 * Whether what no planned value shows is as in the reviewed change: the provider block, the programs that run beside it, and the inputs
 * of arguments that only the provider gets. Of a change that was not reviewed only the inputs count, because the code was reviewed.
 */
export function hasSameHiddenParts(reviewed: DigestedChange | undefined, now: DigestedChange): boolean {
  if (now.values === undefined || (reviewed !== undefined && reviewed.values === undefined)) return true
  const { notes, after } = now.values
  const inputs = Object.keys(notes).filter(note => note.startsWith(inputsNote('')) && !isOfValue(note, after))
  // A deletion also has no provider block where the configuration has no block any more.
  const isMade = /create|update/.test(now.actions)
  const code = reviewed === undefined || !isMade ? [] : [providerBlockNote, ...own(notes, provisionersNote)]
  return [...code, ...inputs].every(note => reviewed?.values?.notes[note] === notes[note])
}

function isOfValue(note: string, after: Readonly<Record<string, string>>): boolean {
  return Object.hasOwn(after, note.slice(inputsNote('').length))
}

function own(notes: Readonly<Record<string, string>>, name: string): string[] {
  return Object.hasOwn(notes, name) ? [name] : []
}

/** Changes by address. Each further change of one address, such as a second invocation of an action, has its number. */
function byAddress(changes: readonly DigestedChange[]): Map<string, DigestedChange> {
  const map = new Map<string, DigestedChange>()
  for (const change of changes) {
    let key = change.address
    for (let number = 2; map.has(key); number++) key = `${change.address} (${number})`
    map.set(key, change)
  }
  return map
}
