/**
 * The plan as Markdown: counts, then what is destroyed and replaced, then the rest, each resource in its fold, then
 * the outputs. It fits a budget; what does not fit is counted and never cut in the middle.
 */
import { type Counts, type Kind, kinds, type Plan, type PlannedChange, type PlannedOutput } from '../steps/plan.ts'
import { diffLines } from './diff.ts'
import { code, count, fence, fold, html } from './markdown.ts'

const verbs: Readonly<Record<Kind, string>> = {
  delete: 'destroy',
  replace: 'replace',
  update: 'update',
  create: 'create',
  forget: 'forget',
  move: 'move',
  import: 'import',
  read: 'read',
  none: 'keep',
}

const symbols: Readonly<Record<Kind, string>> = {
  delete: '🔴',
  replace: '🟠',
  update: '🟡',
  create: '🟢',
  forget: '⚪',
  move: '🔵',
  import: '🔵',
  read: '⚪',
  none: '⚪',
}

/** Terraform's reasons in words (JSON output format, `action_reason`). */
const reasons: Readonly<Record<string, string>> = {
  replace_because_tainted: 'is tainted: the last deployment of it failed',
  replace_because_cannot_update: 'cannot be changed in place',
  replace_by_request: 'was asked for by the input replace',
  replace_by_triggers: 'by replace_triggered_by',
  delete_because_no_resource_config: 'is no longer in the configuration',
  delete_because_no_module: 'its module is no longer in the configuration',
  delete_because_wrong_repetition: 'count or for_each was added or taken away',
  delete_because_count_index: 'its index is out of range of count',
  delete_because_each_key: 'its key is no longer in for_each',
  delete_because_no_move_target: 'was moved to an address that is not in the configuration',
}

/** Lines of one resource's diff; more are in the summary. */
const linesOfOne = 120

/** `1 to add, 2 to change, 0 to destroy, 1 to replace`, as Terraform counts, with what it counts apart. */
export function countsLine(counts: Counts): string {
  const rare = (['replace', 'import', 'move', 'forget'] as const).filter(kind => counts[kind] > 0)
  return [
    `${counts.add} to add`,
    `${counts.change} to change`,
    `${counts.destroy} to destroy`,
    ...rare.map(kind => `${counts[kind]} to ${kind}`),
  ].join(', ')
}

/** What somebody may have to lose: named before anything else, and outside of every fold. */
export function dangers({ changes }: Plan): string[] {
  return changes
    .filter(({ kind }) => kind === 'delete' || kind === 'replace')
    .map(change => `- ${symbols[change.kind]} **${verbs[change.kind]}** ${code(change.address)}${reasonText(change)}`)
}

/**
 * One fold for each change, most dangerous first, then the outputs, within `budget` UTF-16 units.
 * @param elsewhere where the whole plan can be read, for the line that counts what did not fit
 */
export function planFolds(plan: Plan, budget: number, elsewhere: string): string {
  const parts: string[] = []
  const leftOut = new Map<Kind, number>()
  let left = budget - 400
  const outputs = plan.outputs.length === 0 ? '' : outputsFold(plan.outputs)
  if (outputs.length < left / 4) left -= outputs.length
  for (const change of plan.changes) {
    const text = changeFold(change)
    if (leftOut.size === 0 && text.length + 1 <= left) {
      parts.push(text)
      left -= text.length + 1
    } else {
      leftOut.set(change.kind, (leftOut.get(change.kind) ?? 0) + 1)
    }
  }
  if (leftOut.size > 0) {
    const total = [...leftOut.values()].reduce((sum, n) => sum + n, 0)
    const each = kinds.filter(kind => leftOut.has(kind)).map(kind => `${leftOut.get(kind)} to ${verbs[kind]}`)
    parts.push(`\n**${count(total, 'more change')} not shown here** (${each.join(', ')}): ${elsewhere}.\n`)
  }
  if (outputs !== '') {
    parts.push(
      outputs.length < budget / 4 ? outputs : `\n${count(plan.outputs.length, 'output')} change: ${elsewhere}.\n`,
    )
  }
  return parts.join('\n')
}

function changeFold(change: PlannedChange): string {
  const { address, kind, previousAddress, imported } = change
  const notes = [
    previousAddress === undefined ? '' : ` (moved from <code>${html(previousAddress)}</code>)`,
    imported && kind !== 'import' ? ' (imported)' : '',
  ].join('')
  const lines = diffLines(change.change, kind)
  const shown = lines.slice(0, linesOfOne)
  if (lines.length > shown.length) shown.push(`# … ${count(lines.length - shown.length, 'more line')}`)
  const summary = `${symbols[kind]} ${verbs[kind]} <code>${html(address)}</code>${notes}`
  return fold(summary, shown.length === 0 ? 'No attribute changes.' : fence(shown.join('\n'), 'diff'))
}

function outputsFold(outputs: readonly PlannedOutput[]): string {
  const lines = outputs.flatMap(({ name, change, kind }) =>
    diffLines(
      {
        ...change,
        before: { [name]: change.before },
        after: { [name]: change.after },
        before_sensitive: { [name]: change.before_sensitive },
        after_sensitive: { [name]: change.after_sensitive },
        after_unknown: { [name]: change.after_unknown },
      },
      kind,
    ),
  )
  return fold(`Outputs: ${count(outputs.length, 'change')}`, fence(lines.slice(0, linesOfOne).join('\n'), 'diff'))
}

function reasonText({ reason, change }: PlannedChange): string {
  const paths = (change.replace_paths ?? []).map(path => String(path[0] ?? '')).filter(path => path !== '')
  const forcing = [...new Set(paths)].slice(0, 5).map(code).join(', ')
  if (reason === 'replace_because_cannot_update' && forcing !== '') return `: ${forcing} cannot be changed in place`
  return reason === undefined ? '' : `: ${reasons[reason] ?? code(reason)}`
}
