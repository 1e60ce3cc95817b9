/**
 * Renders the summaries of `discover` and `summary`: the discovered stacks, and the result of each. Names, sentences and
 * addresses come from the repository and from artifacts, and all of them are escaped.
 */
import type { Discovery } from '../stacks/changes.ts'
import { countsLine } from '../terraform/counts.ts'
import { count, failureCode, wordOf } from '../words.ts'
import { code, knownLink, list, Markdown, md, plain, prose, row } from './markdown.ts'
import { outcomeOf } from './outcome.ts'
import type { Joined, Row, StackReport } from './read-reports.ts'
import type { FailureInPhase } from './report.ts'
import { maxSummaryBytes } from './summary.ts'

/** All phases. A phase in an artifact that is not in this table is foreign text. */
const phases: Readonly<Record<FailureInPhase['phase'], true>> = {
  start: true,
  install: true,
  init: true,
  check: true,
  plan: true,
  'plan-checks': true,
  approval: true,
  credentials: true,
  unregister: true,
  apply: true,
  destroy: true,
  stability: true,
  gate: true,
  certificate: true,
  drift: true,
  diagnosis: true,
  taint: true,
  rollback: true,
  register: true,
  issue: true,
  report: true,
  comment: true,
}

/**
 * Renders the summary of a matrix.
 * @param runs the start of the address of every run of this repository; any other address does not become a link
 */
export function renderJoined({ rows, failed }: Joined, runs: string): Markdown {
  const title =
    failed.length > 0
      ? md`❌ ${failed.length} of ${count(rows.length, 'stack')} failed`
      : md`✅ ${count(rows.length, 'stack')}`
  const failures = rows.flatMap(each => failureLine(each) ?? [])
  const table = Markdown.join(
    [
      md`| stack | how it ended | changes | gate | endpoint | run |\n|---|---|---|---|---|---|`,
      linesWithinLimit(
        rows.map(each => tableRow(each, runs)),
        maxSummaryBytes / 3,
        md`stacks`,
      ),
    ],
    '\n',
  )
  const parts = [
    md`## ${title}`,
    linesWithinLimit(
      failures.map(each => list([each])),
      maxSummaryBytes / 2,
      md`failures`,
    ),
    rows.length === 0 ? md`There was no stack to run for.` : table,
  ]
  return md`${Markdown.join(parts, '\n\n')}\n`
}

/** Renders the failure of a row, undefined if it passed. */
function failureLine(each: Row): Markdown | undefined {
  const name = code(each.name, 200)
  if ('missing' in each) return md`**${name}**: ${prose(each.missing)}`
  const [failure] = each.report.failures
  if (failure === undefined) {
    const { unfinished, isFailed } = outcomeOf(each.report)
    if (unfinished !== undefined)
      return md`**${name}**: The ${Markdown.word(unfinished)} was started, and its end is not known.`
    return isFailed ? md`**${name}**: The run ended before everything was checked.` : undefined
  }
  const sentence = prose(plain`${failure.sentence}`.firstLine, 500)
  const what = failure.code === '' ? wordOf(Object.keys(phases), failure.phase) : failureCode(failure.code)
  const fix = failure.fix === '' ? md`` : md` **What to do**: ${prose(failure.fix, 500)}`
  return md`**${name}** ${code(what, 60)}: ${sentence}${fix}`
}

function tableRow(each: Row, runs: string): Markdown {
  const name = code(each.name, 200)
  if ('missing' in each) return row([md`❌ ${name}`, md`No report`, md``, md``, md``, md``])
  const { report } = each
  const { isFailed, headline } = outcomeOf(report)
  const { gate, endpoint = '', runUrl } = report
  return row([
    md`${isFailed ? md`❌` : md`✅`} ${name}`,
    Markdown.word(headline),
    changesOf(report),
    gate === undefined ? md`` : gate.passed ? md`passed` : md`failed`,
    endpoint === '' ? md`` : code(endpoint, 200),
    isRun(runUrl, runs) ? knownLink(md`run`, runUrl) : md``,
  ])
}

function changesOf({ plan, counts }: StackReport): Markdown {
  if (plan === undefined) return md``
  if (!plan.hasChanges) return md`none`
  const known = (name: string) => Math.max(0, Math.trunc(counts?.[name] ?? 0))
  return md`${countsLine({
    add: known('add'),
    change: known('change'),
    destroy: known('destroy'),
    replace: known('replace'),
    import: known('import'),
    move: known('move'),
    forget: known('forget'),
  })}`
}

function isRun(url: string, runs: string): boolean {
  return url.startsWith(runs) && /^\d+(\/attempts\/\d+)?$/.test(url.slice(runs.length))
}

/** Renders the summary of `discover`. */
export function renderDiscovery({ stacks, concerned, because }: Discovery): Markdown {
  const rows = concerned.map(({ name, directory, environment = '' }) =>
    row([code(name, 200), code(directory, 200), environment === '' ? md`` : code(environment, 100)]),
  )
  const table = Markdown.join(
    [md`| stack | directory | environment |\n|---|---|---|`, linesWithinLimit(rows, maxSummaryBytes / 2, md`stacks`)],
    '\n',
  )
  const parts = [
    md`## ${concerned.length} of ${count(stacks.length, 'stack')}`,
    md`These run because ${prose(because, 500)}.`,
    rows.length === 0 ? md`` : table,
  ]
  return md`${Markdown.join(parts, '\n\n')}\n`
}

/** Joins whole lines of at most `limit` bytes, and adds the number of the others. */
function linesWithinLimit(lines: readonly Markdown[], limit: number, what: Markdown): Markdown {
  let remaining = limit
  const shown = lines.filter(each => {
    remaining -= each.bytes + 1
    return remaining >= 0
  })
  const text = Markdown.join(shown, '\n')
  if (shown.length === lines.length) return text
  return md`${text}\n\n… ${lines.length - shown.length} more ${what}: GitHub shows no summary above 1 MiB.`
}
