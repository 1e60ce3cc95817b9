/** Labels of a pull request by what its newest plan does. Only the configured labels are added and removed. */
import type { LabelKind, Labels } from '../inputs.ts'
import type { Plan } from '../terraform/plan.ts'
import type { GitHub } from './api.ts'

/** Returns the kinds of label that describe a plan; none for a plan that failed, because its old labels would be wrong. */
export function labelKindsOf(plan: Pick<Plan, 'hasChanges' | 'counts'> | undefined): LabelKind[] {
  if (plan === undefined) return []
  if (!plan.hasChanges) return ['no-changes']
  const { add, change, destroy, replace } = plan.counts
  const kinds: readonly [LabelKind, boolean][] = [
    ['add', add > replace],
    ['change', change > 0],
    ['replace', replace > 0],
    ['destroy', destroy > replace],
  ]
  return kinds.flatMap(([kind, applies]) => (applies ? [kind] : []))
}

/**
 * Adds the labels of these kinds and removes the other configured ones. A label that the repository lacks is created with its
 * colour; an existing one keeps its colour. Needs at most 2 requests, and one more for each label to create or to remove.
 * @throws ServiceError
 */
export async function updateLabels(
  github: Pick<GitHub, 'labelsOf' | 'createLabel' | 'addLabels' | 'removeLabel'>,
  pullRequest: number,
  labels: Labels,
  kinds: readonly LabelKind[],
): Promise<void> {
  // GitHub compares the names of labels without case.
  const existing = new Map((await github.labelsOf(pullRequest)).map(name => [name.toLowerCase(), name]))
  const wanted = kinds.flatMap(kind => labels[kind] ?? [])
  const missing = wanted.filter(({ name }) => !existing.has(name.toLowerCase()))
  for (const { name, color } of missing) await github.createLabel(name, color)
  if (missing.length > 0)
    await github.addLabels(
      pullRequest,
      missing.map(({ name }) => name),
    )
  for (const { name } of Object.values(labels)) {
    const old = existing.get(name.toLowerCase())
    const isWanted = wanted.some(each => each.name.toLowerCase() === name.toLowerCase())
    if (old !== undefined && !isWanted) await github.removeLabel(pullRequest, old)
  }
}
