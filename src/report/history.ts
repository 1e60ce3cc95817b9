/**
 * Results of earlier runs of the pull request, stored in the comment as one hidden line of data. Only that line is read back,
 * and only entries in our own shape. No visible text of a comment is copied into the next one, so edits by others disappear.
 */
import { createHash } from 'node:crypto'
import { countsLine } from '../terraform/counts.ts'
import type { Counts } from '../terraform/plan.ts'
import { count } from '../words.ts'
import { code, collapsible, hiddenLine, knownLink, list, Markdown, md } from './markdown.ts'
import { type HistoryWord, outcomeOf } from './outcome.ts'
import type { Report } from './report.ts'

/** The text for each outcome in the comment. */
const outcomeWords = {
  planned: 'planned',
  'plan-failed': 'the plan failed',
  applying: 'was being applied',
  applied: 'applied',
  verified: 'applied and verified',
  failed: 'the deployment failed',
  destroying: 'was being destroyed',
  destroyed: 'destroyed',
  'destroy-failed': 'the destroy failed',
  closed: 'closed without being merged',
} as const satisfies Record<HistoryWord | 'closed', string>
type Outcome = HistoryWord | 'closed'

export interface Entry {
  /** GITHUB_RUN_ID, which grows from run to run of a GitHub server, and GITHUB_RUN_ATTEMPT. */
  readonly run: number
  readonly attempt: number
  readonly sha: string
  readonly outcome: Outcome
  /** Counts as Terraform counts them. Entries of version 0.1 have `counts`, which excludes replacements from the others. */
  readonly totals?: Counts
  /** Digest of the state that the run used; entries of version 0.1 have none. */
  readonly state?: string
}

/** The most entries that are stored, because more would take room from the plan. */
const maxEntries = 10

const countNames = ['add', 'change', 'destroy', 'replace', 'import', 'move', 'forget'] as const
const linePrefix = '<!-- terraform-mcp-deploy-runs:'
const lineSuffix = ' -->'

/** Returns the history entry of this run. */
export function entryOf(report: Report): Entry {
  const { run, attempt } = runOf(report.runUrl)
  const { plan, commit, state } = report
  return {
    run,
    attempt,
    sha: commit,
    outcome: outcomeOf(report).historyWord,
    ...(plan && { totals: plan.counts }),
    ...(state !== undefined && { state: digestOfState(state) }),
  }
}

/** Reads run and attempt from a run's address; 0 and 1 if it has none. */
export function runOf(runUrl: string): { run: number; attempt: number } {
  const [, run = '0', attempt = '1'] = /\/actions\/runs\/(\d{1,15})(?:\/attempts\/(\d{1,6}))?$/.exec(runUrl) ?? []
  return { run: Number(run), attempt: Number(attempt) }
}

/**
 * Reads the entries of a comment, newest first. The comment shows the first one. Entries that `historyLine` does not write are
 * ignored, because people can edit a comment.
 */
export function readHistory(body: string): Entry[] {
  for (const line of body.split(/\r?\n/, 5)) {
    if (!line.startsWith(linePrefix) || !line.endsWith(lineSuffix)) continue
    try {
      const parsed: unknown = JSON.parse(
        Buffer.from(line.slice(linePrefix.length, -lineSuffix.length), 'base64url').toString('utf8'),
      )
      return Array.isArray(parsed) ? parsed.slice(0, maxEntries).flatMap(readEntry) : []
    } catch {
      return []
    }
  }
  return []
}

/** Puts `now` before the other entries and replaces an earlier entry of the same run. */
export function addEntry(now: Entry, before: readonly Entry[]): Entry[] {
  const others = before.filter(({ run, attempt, sha }) => run !== now.run || attempt !== now.attempt || sha !== now.sha)
  return [now, ...others].slice(0, maxEntries)
}

/** Renders the entries as a hidden line. It is base64url, because no text in it may end an HTML comment. */
export function historyLine(entries: readonly Entry[]): Markdown {
  return hiddenLine(`${linePrefix}${Buffer.from(JSON.stringify(entries)).toString('base64url')}${lineSuffix}`)
}

/** Renders the earlier runs as a collapsible section; empty for the first run. */
export function historySection([now, ...before]: readonly Entry[], runUrl: string): Markdown {
  if (now === undefined || before.length === 0) return md``
  const runs = runUrl.replace(/\/runs\/[^/]*(\/attempts\/\d+)?$/, '/runs')
  const lines = before.map(({ run, attempt, sha, outcome, totals }) => {
    const what = totals === undefined ? md`` : md`: ${countsLine(totals)}`
    const url = `${runs}/${run}${attempt > 1 ? `/attempts/${attempt}` : ''}`
    return md`${code(sha.slice(0, 7))} ${Markdown.word(outcomeWords[outcome])}${what} (${knownLink(md`run`, url)})`
  })
  return collapsible(md`Earlier: ${count(before.length, 'run')}, by commit`, list(lines))
}

/**
 * Whether a plan is superseded: the comment shows an apply, or the result of a later run for another commit. An apply is never
 * superseded, because its changes are real.
 */
export function isSuperseded(now: Entry, shown: Entry | undefined): boolean {
  if (shown === undefined || !isPlanWord(now.outcome)) return false
  const isApply = !isPlanWord(shown.outcome) && shown.outcome !== 'closed'
  return isApply || (shown.run > now.run && shown.sha !== now.sha)
}

function isPlanWord(outcome: Outcome): boolean {
  return outcome === 'planned' || outcome === 'plan-failed'
}

/**
 * Whether another job of the same run has written the comment for another state. In that case two stacks share one comment, and
 * the later job would silently replace the plan of the earlier one.
 */
export function isOfAnotherState(now: Entry, shown: Entry | undefined): boolean {
  if (shown === undefined || shown.state === undefined || now.state === undefined) return false
  const isSameRun = shown.run === now.run && shown.attempt === now.attempt && shown.sha === now.sha
  return isSameRun && shown.state !== now.state
}

/** Returns 64 bits of a digest, because the comment must not show the name of a bucket. */
function digestOfState(state: string): string {
  return createHash('sha256').update(state).digest('hex').slice(0, 16)
}

function readEntry(value: unknown): Entry[] {
  if (typeof value !== 'object' || value === null) return []
  const { run, attempt, sha, outcome, totals, counts, state } = value as Partial<
    Record<keyof Entry | 'counts', unknown>
  >
  if (!isCount(run) || !isCount(attempt)) return []
  if (typeof sha !== 'string' || !/^[\da-f]{7,64}$/.test(sha)) return []
  if (typeof outcome !== 'string' || !Object.hasOwn(outcomeWords, outcome)) return []
  const read = readCounts(totals) ?? withReplacements(readCounts(counts))
  const isState = typeof state === 'string' && /^[\da-f]{16}$/.test(state)
  return [{ run, attempt, sha, outcome: outcome as Outcome, ...(read && { totals: read }), ...(isState && { state }) }]
}

/** Adds the replacements to the additions and destructions, as later versions count them. */
function withReplacements(counts: Counts | undefined): Counts | undefined {
  if (counts === undefined) return undefined
  const { add, destroy, replace } = counts
  return { ...counts, add: add + replace, destroy: destroy + replace }
}

function readCounts(value: unknown): Counts | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const fields = value as Record<string, unknown>
  const read = countNames.map(name => [name, fields[name]] as const)
  return read.every(([, number]) => isCount(number)) ? (Object.fromEntries(read) as unknown as Counts) : undefined
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
