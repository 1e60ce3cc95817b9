/**
 * The plan as Markdown: counts, then what is destroyed and replaced, then the rest, each resource in its fold, then
 * the outputs. It fits a budget: what does not is named, or at least counted, and nothing is cut in the middle.
 */
import type { Counts, Kind, Plan, PlannedChange, PlannedOutput } from '../steps/plan.ts'
import { code, count, fence, fold, html, shorten, visible } from './markdown.ts'

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

/** Marks a line of a `diff` block with the colour of what happens. */
const signs: Readonly<Partial<Record<Kind, string>>> = { delete: '-', replace: '!', update: '!', create: '+' }

/** One resource's diff; more is in the summary. A long one must not push all others out of the comment. */
const linesOfOne = 120
const unitsOfOne = 8_000
const unitsOfLine = 600

/** `1 to add, 2 to change, 0 to destroy`, and apart from these what is there of replacements, imports and moves. */
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
    .map(
      change =>
        `${symbols[change.kind]} **${verbs[change.kind]}** ${code(shorten(change.address, 200))}${reasonText(change)}`,
    )
}

/**
 * One fold for each change, most dangerous first, then what did not fit by name and by number, then the outputs: whole
 * parts of at most `budget` UTF-16 units.
 * @param elsewhere where the rest can be read, as the end of a sentence
 */
export function planFolds(plan: Plan, budget: number, elsewhere: string): string {
  const outputs = outputsFold(plan.outputs)
  const room = budget - outputs.length - 1
  if (room < 1_000) return plan.changes.length === 0 ? '' : leftOutLine(plan.changes, elsewhere)

  const folds: string[] = []
  let used = 0
  for (const change of plan.changes) {
    const fold = changeFold(change)
    folds.push(fold)
    used += fold.length + 1
    if (used > room) break
  }
  if (used <= room) return [...folds, outputs].filter(part => part !== '').join('\n')

  // The names of a quarter tell a reviewer more than a few further folds would.
  const forFolds = (room * 3) / 4
  while (used > forFolds) used -= (folds.pop()?.length ?? used) + 1
  const rest = plan.changes.slice(folds.length)
  const line = leftOutLine(rest, elsewhere)
  const names = namesFold(rest, room - used - line.length - 200)
  return [...folds, names, line, outputs].filter(part => part !== '').join('\n')
}

function changeFold(change: PlannedChange): string {
  const { address, kind, previousAddress, imported } = change
  const notes = [
    previousAddress === undefined ? '' : ` (moved from <code>${html(shorten(previousAddress, 200))}</code>)`,
    imported && kind !== 'import' ? ' (imported)' : '',
  ].join('')
  const summary = `${symbols[kind]} ${verbs[kind]} <code>${html(shorten(address, 200))}</code>${notes}`
  return fold(summary, change.lines.length === 0 ? 'No attribute changes.' : diffBlock(change.lines))
}

/** Whole lines within the limits of one block, and how many there are besides. */
function diffBlock(lines: readonly string[]): string {
  const shown: string[] = []
  let units = 0
  for (const line of lines) {
    const short = shorten(line, unitsOfLine)
    units += short.length + 1
    if (shown.length === linesOfOne || units > unitsOfOne) break
    shown.push(short)
  }
  if (shown.length < lines.length) shown.push(`# … ${count(lines.length - shown.length, 'more line')}`)
  return fence(shown.join('\n'), 'diff')
}

function namesFold(changes: readonly PlannedChange[], room: number): string {
  const lines: string[] = []
  let left = room
  for (const { address, kind } of changes) {
    const line = visible(`${signs[kind] ?? '#'} ${verbs[kind]} ${shorten(address, 200)}`).replaceAll('\n', ' ')
    left -= line.length + 1
    if (left < 0) break
    lines.push(line)
  }
  if (lines.length === 0) return ''
  const which = lines.length === changes.length ? 'The others' : `The next ${lines.length}`
  return fold(`${which} by name`, fence(lines.join('\n'), 'diff'))
}

function leftOutLine(changes: readonly PlannedChange[], elsewhere: string): string {
  const each = (Object.keys(verbs) as Kind[]).flatMap(kind => {
    const n = changes.filter(change => change.kind === kind).length
    return n === 0 ? [] : [`${n} to ${verbs[kind]}`]
  })
  return `\n**${count(changes.length, 'more change')}** (${each.join(', ')}) ${changes.length === 1 ? 'is' : 'are'} not shown in full: ${elsewhere}.\n`
}

function outputsFold(outputs: readonly PlannedOutput[]): string {
  if (outputs.length === 0) return ''
  const lines = outputs.flatMap(output => output.lines)
  return fold(`Outputs: ${count(outputs.length, 'change')}`, diffBlock(lines))
}

function reasonText({ reason, forcedBy }: PlannedChange): string {
  const forcing = forcedBy
    .slice(0, 5)
    .map(attribute => code(shorten(attribute, 80)))
    .join(', ')
  if (reason === 'replace_because_cannot_update' && forcing !== '') return `: ${forcing} cannot be changed in place`
  return reason === undefined ? '' : `: ${reasons[reason] ?? code(reason)}`
}
