/**
 * Stale plans: a plan that was put on a pull request before an apply, and that the apply after its merge would refuse. Pure. It
 * compares digests only: names of resources and attributes, never a value.
 */
import { isSameChange, settingDifferences } from './compare.ts'
import type { DigestedChange, PlanDigest } from './digest.ts'

/** What an apply changed; `everything` for a destroy, after which no plan starts from what it read. */
export type AppliedChanges = PlannedChanges | 'everything'

interface PlannedChanges {
  /** The applied plan, in as much detail as possible. */
  readonly outline: PlanDigest
  /** Addresses that this action tainted afterwards. Every new plan replaces them. */
  readonly tainted: readonly string[]
  /** Whether the apply created the state, whose lineage signs records from then on. */
  readonly createdState: boolean
}

/** Settings that do not decide whether a plan is stale: an input of its workflow, or a sum over all changes. */
const ignoredSettings = ['target', 'replace', 'plan-approval-ignore', 'sensitive values']

/**
 * Whether an apply made a reviewed plan stale. A plan is current if it starts from what the apply left, or if the apply did not change
 * what it changes. An expression that reads a changed value of another resource is not followed.
 */
export function isStale(reviewed: PlanDigest, applied: AppliedChanges): boolean {
  if (applied === 'everything' || applied.createdState) return true
  const { outline, tainted } = applied
  const hasOtherSettings = settingDifferences(reviewed, outline).some(({ name }) => !ignoredSettings.includes(name))
  if (hasOtherSettings) return true
  if (reviewed.changes === undefined || outline.changes === undefined) return true
  const { changes } = reviewed
  const isReplaced = (address: string) => changes.some(each => each.address === address && isReplacement(each))
  if (tainted.some(address => !isReplaced(address))) return true
  const done = new Map(outline.changes.map(change => [change.address, change]))
  return changes.some(change => {
    const same = done.get(change.address)
    return same !== undefined && !startsAfter(change, same)
  })
}

/** Whether a reviewed change starts from what an applied change left, or is done by it. */
function startsAfter(reviewed: DigestedChange, applied: DigestedChange): boolean {
  // The comparison at the merge finds that such a change is done.
  if (isSameChange(reviewed, applied)) return true
  const isNew = reviewed.actions === 'create'
  if (isRemoval(applied)) return isNew
  if (isNew || reviewed.values === undefined || applied.values === undefined) return false
  const { after } = applied.values
  return Object.entries(reviewed.values.before).every(([name, value]) => {
    const left = after[name]
    return left === undefined || left.startsWith('?') || value.startsWith('?') || left === value
  })
}

function isRemoval({ actions }: DigestedChange): boolean {
  return !actions.includes('create') && (actions.includes('delete') || actions.includes('forget'))
}

function isReplacement({ actions }: DigestedChange): boolean {
  return actions.includes('create') && actions.includes('delete')
}
