/**
 * The summaries around a matrix of stacks: which were discovered, and what became of each. Names, sentences and addresses
 * come from the repository and from artifacts, and all of them are escaped.
 */
import type { Discovery } from '../stacks/changes.ts'
import { code, count, prose, shorten } from './markdown.ts'
import { outcomeOf } from './outcome.ts'
import { countsLine } from './plan.ts'
import type { Joined, Row, StackReport } from './read-reports.ts'
import { summaryLimit } from './summary.ts'

/** @param runs what the address of a run of this repository begins with; any other is no link */
export function renderJoined({ rows, failed }: Joined, runs: string): string {
  const title =
    failed.length > 0
      ? `❌ ${failed.length} of ${count(rows.length, 'stack')} failed`
      : `✅ ${count(rows.length, 'stack')}`
  const quotes = rows.flatMap(row => failureLine(row) ?? [])
  const head = ['| stack | how it ended | changes | gate | endpoint | run |', '|---|---|---|---|---|---|']
  return [
    `## ${title}`,
    withinLimit(quotes, summaryLimit / 2, 'failures'),
    rows.length === 0
      ? 'There was no stack to run for.'
      : [
          ...head,
          withinLimit(
            rows.map(row => tableRow(row, runs)),
            summaryLimit / 3,
            'stacks',
          ),
        ].join('\n'),
  ]
    .filter(part => part !== '')
    .join('\n\n')
    .concat('\n')
}

/** The sentence of a row that failed, undefined where it did not. */
function failureLine(row: Row): string | undefined {
  const name = code(shorten(row.name, 200))
  if ('missing' in row) return `- **${name}**: ${prose(row.missing)}`
  const [failure] = row.report.failures
  if (failure === undefined) {
    const { unfinished, isFailed } = outcomeOf(row.report)
    if (unfinished !== undefined) return `- **${name}**: The ${unfinished} was begun, and nothing is known of its end.`
    return isFailed ? `- **${name}**: The run ended before everything was checked.` : undefined
  }
  const [sentence = ''] = failure.sentence.split('\n')
  const what = failure.code === '' ? failure.phase : failure.code
  const fix = failure.fix === '' ? '' : ` **What to do**: ${prose(shorten(failure.fix, 500))}`
  return `- **${name}** ${code(shorten(what, 60))}: ${prose(shorten(sentence, 500))}${fix}`
}

function tableRow(row: Row, runs: string): string {
  const name = code(shorten(row.name, 200))
  if ('missing' in row) return cells([`❌ ${name}`, 'No report', '', '', '', ''])
  const { report } = row
  const { isFailed, headline } = outcomeOf(report)
  return cells([
    `${isFailed ? '❌' : '✅'} ${name}`,
    headline,
    changesOf(report),
    report.gate === undefined ? '' : report.gate.passed ? 'passed' : 'failed',
    report.endpoint === undefined || report.endpoint === '' ? '' : code(shorten(report.endpoint, 200)),
    isRun(report.runUrl, runs) ? `[run](${report.runUrl})` : '',
  ])
}

function changesOf({ plan, counts }: StackReport): string {
  if (plan === undefined) return ''
  if (!plan.hasChanges) return 'none'
  const known = (name: string) => Math.max(0, Math.trunc(counts?.[name] ?? 0))
  return countsLine({
    add: known('add'),
    change: known('change'),
    destroy: known('destroy'),
    replace: known('replace'),
    import: known('import'),
    move: known('move'),
    forget: known('forget'),
  })
}

function isRun(url: string, runs: string): boolean {
  return url.startsWith(runs) && /^\d+(\/attempts\/\d+)?$/.test(url.slice(runs.length))
}

/** @param discovery what was found; the names of all are in the log, too */
export function renderDiscovery({ found, concerned, because }: Discovery): string {
  const rows = concerned.map(({ name, directory, environment = '' }) =>
    cells([
      code(shorten(name, 200)),
      code(shorten(directory, 200)),
      environment === '' ? '' : code(shorten(environment, 100)),
    ]),
  )
  const table = ['| stack | directory | environment |', '|---|---|---|', withinLimit(rows, summaryLimit / 2, 'stacks')]
  return [
    `## ${concerned.length} of ${count(found.length, 'stack')}`,
    `These run because ${prose(shorten(because, 500))}.`,
    ...(rows.length === 0 ? [] : [table.join('\n')]),
  ]
    .join('\n\n')
    .concat('\n')
}

/** A bar ends a cell, even within code, and a backslash before it would take the meaning of ours away. */
function cells(values: readonly string[]): string {
  return `| ${values.map(value => value.replace(/(\\*)\|/g, '$1$1\\|')).join(' | ')} |`
}

/** Whole lines of at most `limit` bytes, and a word on what was left out. */
function withinLimit(lines: readonly string[], limit: number, what: string): string {
  let left = limit
  const kept = lines.filter(line => {
    left -= Buffer.byteLength(line) + 1
    return left >= 0
  })
  if (kept.length === lines.length) return kept.join('\n')
  return [...kept, '', `… ${lines.length - kept.length} more ${what}: GitHub shows no summary above 1 MiB.`].join('\n')
}
