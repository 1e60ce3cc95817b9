/**
 * Coverage: whether reviewed plans together allow a plan that equals none of them. Pure. It compares digests only: names of
 * resources and attributes, never a value.
 */
import {
  changeDifference,
  type Difference,
  hasSameHiddenParts,
  hasSameInputs,
  isSameChange,
  settingDifferences,
} from './compare.ts'
import { type DigestedChange, nullDigest, type PlanDigest } from './digest.ts'
import type { Values } from './fingerprint.ts'

/** A reviewed plan. `begun`: an apply of it has started and has not finished; `whole`: none has started. */
export interface ReviewedPlan {
  readonly outline: PlanDigest
  readonly progress: 'whole' | 'begun'
  /** The present plan with the hashes of this record, if it was made with another key. Its changes have the same order. */
  readonly now?: PlanDigest
}

/** The objects of the prior state. Addresses are those of a digest: redacted, and `output.NAME` for outputs. */
export interface ExistingObjects {
  has(address: string): boolean
  /** Hash per attribute of an object that the plan does not change; undefined if the plan does not contain it. */
  values(address: string): Values | undefined
}

/** The result of a comparison with several reviewed plans. */
export interface Coverage {
  readonly isCovered: boolean
  readonly differences: readonly Difference[]
  /** Indexes of the reviewed plans that cover a change. */
  readonly used: readonly number[]
}

/** The setting that hashes all sensitive values together if no key hashes each of them. */
const sensitiveSetting = 'sensitive values'

/**
 * Compares a plan with the reviewed plans of all pull requests that the last apply did not reach.
 * Every planned change needs its counterpart in the newest reviewed plan that has its address. Every reviewed change that is no
 * longer planned must be done already.
 * @param reviewed newest first
 */
export function coverageOf(reviewed: readonly ReviewedPlan[], now: PlanDigest, existing: ExistingObjects): Coverage {
  const differences: Difference[] = []
  const used = new Set<number>()
  // In other circumstances the newest plan covers nothing, but it shows what differs beyond them.
  const usable = reviewed.map((plan, index) => (index === 0 ? plan.outline.changes !== undefined : isUsable(plan, now)))
  const changesOf = reviewed.map(({ outline }, index) =>
    usable[index] === true ? byAddress(outline.changes ?? []) : new Map(),
  )
  if (reviewed[0] !== undefined) differences.push(...settingsThatDiffer(reviewed[0], now))
  for (const [position, planned] of (now.changes ?? []).entries()) {
    const index = changesOf.findIndex(changes => counterparts(changes, planned).length > 0)
    const plan = reviewed[index]
    const change = plan?.now?.changes?.[position] ?? planned
    const candidates = plan === undefined ? [] : counterparts(changesOf[index] ?? new Map(), change)
    const [first] = candidates
    if (plan === undefined || first === undefined) {
      differences.push({ what: 'added', address: change.address, actions: change.actions })
    } else if (candidates.some(candidate => isCovered(candidate, change, plan.progress))) used.add(index)
    else differences.push(changeDifference(first, change))
  }
  const planned = new Set((now.changes ?? []).map(({ address }) => withoutDeposedKey(address)))
  reviewed.forEach((plan, index) => {
    if (usable[index] === false || (index > 0 && !used.has(index))) return
    for (const change of plan.outline.changes ?? []) {
      const { address, actions } = change
      const isReviewedAgain = changesOf.slice(0, index).some(changes => changes.has(address))
      if (planned.has(withoutDeposedKey(address)) || isReviewedAgain || isDone(change, plan.progress, existing))
        continue
      differences.push({ what: 'gone', address, actions })
    }
  })
  const isKnown = now.changes !== undefined && usable.includes(true)
  return { isCovered: isKnown && differences.length === 0, differences, used: [...used].sort((a, b) => a - b) }
}

/**
 * The changes of a plan that are not a consequence of a taint, after an apply has finished. Only the replacement of a tainted
 * resource is covered then, and what adopts the values of the new one.
 * @param tainted addresses that this action has tainted since the apply
 */
export function changesBeyondTaint(outline: PlanDigest, now: PlanDigest, tainted: readonly string[]): Difference[] {
  const reviewed = byAddress(outline.changes ?? [])
  const beyond = (now.changes ?? []).filter(change => {
    const [was] = counterparts(reviewed, change)
    return !replacesTainted(change, was, tainted) && !followsTaint(change, was, tainted)
  })
  return [
    ...settingDifferences(outline, now).filter(({ name }) => name !== sensitiveSetting),
    ...beyond.map(({ address, actions }): Difference => ({ what: 'added', address, actions })),
  ]
}

/** Whether a plan may be compared change by change: its circumstances are the same, and its record has room for changes. */
function isUsable(plan: ReviewedPlan, now: PlanDigest): boolean {
  return plan.outline.changes !== undefined && settingsThatDiffer(plan, now).length === 0
}

/** A begun plan without a key has fewer sensitive values left, so their common hash does not count for it. */
function settingsThatDiffer({ outline, progress, now: same }: ReviewedPlan, now: PlanDigest): Difference[] {
  return settingDifferences(outline, same ?? now).filter(
    ({ name }) => progress === 'whole' || name !== sensitiveSetting,
  )
}

function isCovered(reviewed: DigestedChange, change: DigestedChange, progress: ReviewedPlan['progress']): boolean {
  if (isSameChange(reviewed, change) && reviewed.address === change.address) return true
  return progress === 'begun' && isRemainder(reviewed, change)
}

/** The actions that can remain of an interrupted change, by the actions of that change. */
const remainders: Readonly<Record<string, readonly string[]>> = {
  // Terraform taints a resource whose creation was interrupted.
  create: ['create', 'delete,create', 'create,delete', 'update'],
  update: ['update'],
  // A plain deletion does not remain of a replacement: without the creation it is another change.
  'delete,create': ['delete,create', 'create,delete', 'create'],
  'create,delete': ['create,delete', 'delete,create', 'create'],
  delete: ['delete'],
  'forget,create': ['forget,create', 'create'],
  'create,forget': ['create,forget', 'forget,create', 'create'],
  forget: ['forget'],
  invoke: ['invoke'],
}

function isRemainder(reviewed: DigestedChange, change: DigestedChange): boolean {
  const isDeposed = change.address !== reviewed.address
  const isAllowed = isDeposed
    ? change.actions === 'delete' && reviewed.actions.includes('create')
    : remainders[reviewed.actions]?.includes(change.actions) === true
  if (!isAllowed) return false
  // A record of a large plan has only addresses and actions.
  if (reviewed.values === undefined || change.values === undefined) return true
  const { before, after } = change.values
  return (
    hasSameHiddenParts(reviewed, change) &&
    Object.entries(after).every(([name, value]) => matchesAfter(name, value, reviewed, change)) &&
    Object.entries(before).every(
      ([name, value]) => matches(value, valueBefore(reviewed, name)) || matches(value, valueAfter(reviewed, name)),
    )
  )
}

/** Whether a value is the reviewed one. A reviewed value that was known only after the apply may be known now. */
function matches(value: string, reviewed: string | undefined): boolean {
  return reviewed !== undefined && (value === reviewed || reviewed.startsWith('?'))
}

/**
 * Whether the planned value of an attribute is the reviewed one. If it was unknown or is, it must depend on the same values: with
 * another image tag, an unknown image is another image.
 */
function matchesAfter(name: string, value: string, reviewed: DigestedChange, change: DigestedChange): boolean {
  const was = valueAfter(reviewed, name)
  const isUnknown = value.startsWith('?') || was?.startsWith('?') === true
  return matches(value, was) && (!isUnknown || hasSameInputs(reviewed, change, name))
}

/** The reviewed value of an attribute after the change. A creation lists every attribute that is not null. */
function valueAfter({ actions, values }: DigestedChange, name: string): string | undefined {
  return values?.after[name] ?? (actions.includes('create') ? nullDigest : undefined)
}

/** The reviewed value of an attribute before the change. Before a creation every attribute is null. */
function valueBefore({ actions, values }: DigestedChange, name: string): string | undefined {
  return values?.before[name] ?? (actions === 'create' ? nullDigest : undefined)
}

/**
 * Whether a reviewed change that is no longer planned is done. After an apply has begun, the object only has to exist, or to be gone:
 * providers may store a value in another form than the plan has. Before that, every value must be the reviewed one.
 */
function isDone(change: DigestedChange, progress: ReviewedPlan['progress'], existing: ExistingObjects): boolean {
  const { address, actions, values } = change
  const isRemoved = !actions.includes('create') && (actions.includes('delete') || actions.includes('forget'))
  // The JSON of a state lists no deposed objects, and Terraform plans to destroy each that exists.
  if (isRemoved) return address !== withoutDeposedKey(address) || !existing.has(address)
  if (actions === 'invoke') return progress === 'begun'
  if (progress === 'begun') return address.startsWith('output.') || existing.has(address)
  const current = existing.values(address)
  if (current === undefined || values === undefined) return false
  const isNewObject =
    !/delete|forget/.test(actions) || values.before.id === undefined || current.id !== values.before.id
  return (
    isNewObject && Object.entries(values.after).every(([name, value]) => matches(current[name] ?? nullDigest, value))
  )
}

/**
 * Whether a change replaces a tainted resource, or finishes such a replacement. Its values are the reviewed ones or the current ones. A
 * deletion without a creation is not allowed.
 */
function replacesTainted(change: DigestedChange, was: DigestedChange | undefined, tainted: readonly string[]): boolean {
  const { address, actions, values } = change
  const isDeposed = address !== withoutDeposedKey(address)
  if (!tainted.includes(withoutDeposedKey(address))) return false
  if (isDeposed) return actions === 'delete'
  if (!actions.includes('create') || !hasSameHiddenParts(was, change)) return false
  // What the object is now does not count: it is tainted, and providers write values otherwise than the configuration does.
  const isUnchanged = (name: string) => actions !== 'create' && values?.before[name] === undefined
  return Object.entries(values?.after ?? {}).every(
    ([name, value]) =>
      isUnchanged(name) ||
      (value.startsWith('?')
        ? hasReviewedInputs(name, was, change)
        : was !== undefined && matchesAfter(name, value, was, change)),
  )
}

/** Whether a change only adopts values that the replacement of a tainted resource will have. */
function followsTaint(change: DigestedChange, was: DigestedChange | undefined, tainted: readonly string[]): boolean {
  const { actions, values } = change
  if (tainted.length === 0 || (actions !== 'update' && actions !== 'create')) return false
  const after = Object.entries(values?.after ?? {})
  return (
    after.length > 0 &&
    hasSameHiddenParts(was, change) &&
    after.every(([name, value]) => value.startsWith('?') && hasReviewedInputs(name, was, change)) &&
    startsFromReviewed(values?.before, was)
  )
}

/**
 * Whether a value that is unknown because of a taint depends on the reviewed values only. An attribute that was not reviewed may depend
 * on resources, but not on variables. Outputs change nothing, and of a large plan the record has no values.
 */
function hasReviewedInputs(name: string, was: DigestedChange | undefined, change: DigestedChange): boolean {
  if (change.address.startsWith('output.') || (was !== undefined && was.values === undefined)) return true
  return hasSameInputs(was, change, name)
}

/** Whether the values before a change are the reviewed ones, as far as a change of them was reviewed. */
function startsFromReviewed(before: Values = {}, was: DigestedChange | undefined): boolean {
  return Object.entries(before).every(
    ([name, value]) =>
      was?.values?.after[name] === undefined ||
      matches(value, valueBefore(was, name)) ||
      matches(value, valueAfter(was, name)),
  )
}

function counterparts(
  changes: ReadonlyMap<string, readonly DigestedChange[]>,
  { address }: DigestedChange,
): readonly DigestedChange[] {
  return changes.get(address) ?? changes.get(withoutDeposedKey(address)) ?? []
}

function withoutDeposedKey(address: string): string {
  return address.replace(/ \(deposed \w+\)$/, '')
}

/** Changes by address. Two invocations of one provider action have the same address. */
function byAddress(changes: readonly DigestedChange[]): Map<string, DigestedChange[]> {
  const map = new Map<string, DigestedChange[]>()
  for (const change of changes) map.set(change.address, [...(map.get(change.address) ?? []), change])
  return map
}
