/**
 * The plan as Markdown: counts, then what is destroyed and replaced, then the rest, each resource in its fold, then
 * drift, outputs, checks and warnings. It fits a budget: what does not is named, or at least counted, and nothing is cut
 * in the middle.
 */
import type { Diagnostic } from '../terraform/diagnostics.ts'
import type { Kind } from '../terraform/kind.ts'
import type {
  Check,
  Counts,
  Deferred,
  Drift,
  Invocation,
  Plan,
  PlannedChange,
  PlannedOutput,
} from '../terraform/plan.ts'
import { code, count, fence, fold, html, prose, shorten, visible } from './markdown.ts'

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

/** Terraform's reasons for leaving something to a later plan (`deferred_changes`). */
const deferrals: Readonly<Record<string, string>> = {
  instance_count_unknown: 'its count or for_each is known only after this apply',
  resource_config_unknown: 'its configuration is known only after this apply',
  provider_config_unknown: "its provider's configuration is known only after this apply",
  absent_prereq: 'what it reads does not exist yet',
  deferred_prereq: 'what it depends on is left for later, too',
}

/** Marks a line of a `diff` block with the colour of what happens. */
const signs: Readonly<Partial<Record<Kind, string>>> = { delete: '-', replace: '!', update: '!', create: '+' }

/** One resource's diff; more is in the summary. A long one must not push all others out of the comment. */
const maxLinesPerChange = 120
const maxUnitsPerChange = 8_000
const maxUnitsPerLine = 600

/** The part of the room that drift, outputs, checks, warnings and their like get each, where a plan is too large. */
const minShares = 12

/** Fewer units are not worth a fold. */
const minRoom = 1_000

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
export function destructiveChanges({ changes }: Plan): string[] {
  return changes
    .filter(({ kind }) => kind === 'delete' || kind === 'replace')
    .map(
      change =>
        `${symbols[change.kind]} **${verbs[change.kind]}** ${code(shorten(change.address, 200))}${reasonText(change)}`,
    )
}

/** What stands in a fold below and is easily missed there, as one line; empty when there is nothing. */
export function attentionLine({ checks, warnings, deferred, invocations }: Plan): string {
  const failing = checks.filter(({ status }) => status === 'fail' || status === 'error').length
  const parts = [
    failing === 0 ? '' : `❌ ${count(failing, 'check')} ${failing === 1 ? 'does' : 'do'} not hold`,
    warnings.length === 0 ? '' : `⚠️ ${count(warnings.length, 'warning')} of Terraform`,
    invocations.length === 0 ? '' : `⚡ ${count(invocations.length, 'provider action')} to run`,
    deferred.length === 0 ? '' : `⏸️ ${deferred.length} left for a later plan`,
  ]
  return parts.filter(part => part !== '').join(' · ')
}

/**
 * One fold for each change, most dangerous first, then what did not fit by name and by number, then what the plan says
 * besides: whole parts of at most `budget` UTF-16 units.
 * @param elsewhere where the rest can be read, as the end of a sentence
 */
export function planFolds(plan: Plan, budget: number, elsewhere: string): string {
  const share = Math.min(maxUnitsPerChange, Math.floor(budget / minShares))
  const besides = share * minShares < minRoom * 2 ? '' : besidesFolds(plan, share)
  const room = budget - besides.length - 1
  if (room < minRoom) return plan.changes.length === 0 ? '' : leftOutLine(plan.changes, elsewhere)

  const folds: string[] = []
  let used = 0
  for (const change of plan.changes) {
    const fold = changeFold(change)
    folds.push(fold)
    used += fold.length + 1
    if (used > room) break
  }
  if (used <= room) return [...folds, besides].filter(part => part !== '').join('\n')

  // The names of a quarter tell a reviewer more than a few further folds would.
  const forFolds = (room * 3) / 4
  while (used > forFolds) used -= (folds.pop()?.length ?? used) + 1
  const rest = plan.changes.slice(folds.length)
  const line = leftOutLine(rest, elsewhere)
  const names = namesFold(rest, room - used - line.length - 200)
  return [...folds, names, line, besides].filter(part => part !== '').join('\n')
}

/** @param share UTF-16 units of each block */
function besidesFolds({ drift, outputs, checks, warnings, invocations, deferred }: Plan, share: number): string {
  return [
    driftFold(drift, share),
    outputsFold(outputs, share),
    checksFold(checks, share),
    warningsFold(warnings, share),
    invocationsFold(invocations, share),
    deferredFold(deferred, share),
  ]
    .filter(part => part !== '')
    .join('\n')
}

function changeFold(change: PlannedChange): string {
  const { address, kind, previousAddress, imported } = change
  const notes = [
    previousAddress === undefined ? '' : ` (moved from <code>${html(shorten(previousAddress, 200))}</code>)`,
    imported && kind !== 'import' ? ' (imported)' : '',
    change.deposed ? ' (what an earlier replacement left behind)' : '',
  ].join('')
  const summary = `${symbols[kind]} ${verbs[kind]} <code>${html(shorten(address, 200))}</code>${notes}`
  return fold(summary, change.lines.length === 0 ? 'No attribute changes.' : diffBlock(change.lines))
}

/** Whole lines within the limits of one block, and how many there are besides. */
function diffBlock(lines: readonly string[], mostUnits = maxUnitsPerChange): string {
  const shown: string[] = []
  let units = 0
  for (const line of lines) {
    const short = shorten(line, maxUnitsPerLine)
    units += short.length + 1
    if (shown.length === maxLinesPerChange || units > mostUnits) break
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

function driftFold(drift: readonly Drift[], share: number): string {
  if (drift.length === 0) return ''
  const items = drift.map(({ address, kind, lines }) => {
    return { address, what: kind === 'delete' ? 'is gone' : 'was changed', lines }
  })
  return attributesFold(`Changed outside of Terraform: ${count(drift.length, 'resource')}`, items, share)
}

/** Resources with the lines of their attributes, in one fold of at most about `units`. */
export function attributesFold(
  title: string,
  items: readonly { readonly address: string; readonly what: string; readonly lines: readonly string[] }[],
  units: number,
): string {
  const lines = items.flatMap(({ address, what, lines }) => [
    visible(`# ${shorten(address, 200)} ${what}`).replaceAll('\n', ' '),
    ...lines,
  ])
  return fold(title, diffBlock(lines, units))
}

function outputsFold(outputs: readonly PlannedOutput[], share: number): string {
  if (outputs.length === 0) return ''
  const lines = outputs.flatMap(output => output.lines)
  return fold(`Outputs: ${count(outputs.length, 'change')}`, diffBlock(lines, share))
}

/** Those that fail are open; those that hold are only counted. */
function checksFold(checks: readonly Check[], share: number): string {
  const [failing, unknown] = [['fail', 'error'], ['unknown']].map(wanted =>
    checks.filter(({ status }) => wanted.includes(status)),
  ) as [Check[], Check[]]
  if (failing.length === 0 && unknown.length === 0) return ''
  const lines = [
    ...failing.map(({ address, problems, status }) => {
      const said = problems.map(problem => prose(shorten(problem, 500))).join('; ')
      return `❌ ${code(shorten(address, 200))}: ${said || (status === 'error' ? 'could not be checked' : 'does not hold')}`
    }),
    ...unknown.map(({ address }) => `⚪ ${code(shorten(address, 200))}: is known after the apply`),
  ]
  const holding = checks.length - failing.length - unknown.length
  const each = [
    failing.length === 0 ? '' : `${failing.length} ${failing.length === 1 ? 'does' : 'do'} not hold`,
    unknown.length === 0 ? '' : `${unknown.length} known after the apply`,
    holding === 0 ? '' : `${holding} ${holding === 1 ? 'holds' : 'hold'}`,
  ].filter(part => part !== '')
  return fold(`Checks: ${each.join(', ')}`, list(lines, share), failing.length > 0)
}

function warningsFold(warnings: readonly Diagnostic[], share: number): string {
  if (warnings.length === 0) return ''
  const lines = warnings.flatMap(({ summary, excerpt, detail }, index) => [
    ...(index === 0 ? [] : ['']),
    `Warning: ${summary}`,
    ...[excerpt, detail].flatMap(part => (part === '' ? [] : ['', ...visible(part).split('\n')])),
  ])
  return fold(`Warnings of Terraform: ${warnings.length}`, textBlock(lines, share))
}

function invocationsFold(invocations: readonly Invocation[], share: number): string {
  if (invocations.length === 0) return ''
  const lines = invocations.map(({ address, event, resource }) => {
    const when = event.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase()
    const of = resource === '' ? '' : ` of ${code(shorten(resource, 200))}`
    return `⚡ ${code(shorten(address, 200))}${when === '' ? '' : ` ${prose(shorten(when, 80))}${of}`}`
  })
  return fold(`Provider actions that the apply runs: ${invocations.length}`, list(lines, share))
}

function deferredFold(deferred: readonly Deferred[], share: number): string {
  if (deferred.length === 0) return ''
  const lines = deferred.map(({ address, kind, reason }) => {
    const what = kind === 'none' ? '' : ` (${verbs[kind]})`
    return `⏸️ ${code(shorten(address, 200))}${what}: ${deferrals[reason] ?? (prose(shorten(reason, 80)) || 'Terraform does not say why')}`
  })
  return fold(`Left for a later plan: ${deferred.length}`, list(lines, share))
}

/** Whole items of at most about `units`, and how many there are besides. */
function list(items: readonly string[], units: number): string {
  let left = units
  const shown = items.filter(item => {
    left -= item.length + 3
    return left >= 0
  })
  const more = items.length - shown.length
  return [...shown, ...(more === 0 ? [] : [`and ${more} more`])].map(item => `- ${item}`).join('\n')
}

/** Whole lines in a fence of at most about `units`. */
function textBlock(lines: readonly string[], units: number): string {
  const shown: string[] = []
  let left = units
  for (const line of lines) {
    const short = shorten(line, maxUnitsPerLine)
    left -= short.length + 1
    if (left < 0) break
    shown.push(short)
  }
  if (shown.length < lines.length) shown.push(`… ${count(lines.length - shown.length, 'more line')}`)
  return fence(shown.join('\n'))
}

function reasonText({ kind, reason, forcedBy }: PlannedChange): string {
  const forcing = forcedBy
    .slice(0, 5)
    .map(attribute => code(shorten(attribute, 80)))
    .join(', ')
  const more = forcedBy.length > 5 ? ` and ${forcedBy.length - 5} more` : ''
  const isForced = kind === 'replace' && forcing !== ''
  const why = [
    reason === undefined || (isForced && reason === 'replace_because_cannot_update')
      ? ''
      : (reasons[reason] ?? code(shorten(reason, 80))),
    isForced ? `${forcing}${more} cannot be changed in place` : '',
  ].filter(part => part !== '')
  return why.length === 0 ? '' : `: ${why.join('; ')}`
}
