/**
 * The issue that is open while a scheduled `verify` is red: its marker, its text, and what is remembered in a hidden line,
 * that is which failure it tells and when that was told last. All foreign text is escaped, as in the comment.
 */
import { driftFold } from './checks.ts'
import { failureAlert, failureDetails, timelineLines } from './comment.ts'
import { evidenceFold } from './evidence.ts'
import { linkLine } from './links.ts'
import { code, prose, shorten, visible } from './markdown.ts'
import type { Report } from './report.ts'
import { targetName } from './target.ts'

/** UTF-16 units, under GitHub's 65,536, with room for the line that closes it. */
const limit = 60_000

export interface IssueState {
  /** The code of the failure. Issues of version 0.1 have the phase of what was thrown. */
  readonly key: string
  /** When the issue was opened, and when its text was last written; milliseconds since 1970. */
  readonly since: number
  readonly told: number
}

/** Plain text: GitHub reads no Markdown in a title but backticks. */
export function issueTitle(report: Report, endpoint: string | undefined): string {
  const what = endpoint === undefined ? targetName(report) : `${targetName(report)}, ${endpoint}`
  return `MCP server fails its verification: ${shorten(visible(what).replace(/[\n\t`]/g, ' '), 180)}`
}

/** @param report without secrets; with a failure */
export function renderIssue(report: Report, marker: string, state: IssueState): string {
  const head = [
    `${marker}\n${stateLine(state)}`,
    `[This run](${report.runUrl}) of \`verify\` is red, and it has been so since ${when(state.since)}. The issue is closed by the next run that is green.`,
    failureAlert(report, 2_000),
  ]
  const foot = `<sub>${prose(targetName(report))}, ${code(report.commit.slice(0, 7))}. Written anew when the failure changes, and otherwise at most once a day; last at ${when(state.told)}.</sub>`
  let left = limit - foot.length - head.join('\n\n').length
  const body = [
    failureDetails(report, 15_000),
    timelineLines(report)
      .map(line => `- ${line}`)
      .join('\n'),
    linkLine(report),
    driftFold(report, 15_000),
    evidenceFold(report, 15_000),
  ].filter(part => {
    if (part === '' || part.length + 2 > left) return false
    left -= part.length + 2
    return true
  })
  return [...head, ...body, foot].join('\n\n')
}

/** The line that closes the issue, also as its last comment. */
export function closingLine({ runUrl, command }: Pick<Report, 'runUrl' | 'command'>, now: number): string {
  if (command === 'destroy')
    return `⚪ **Destroyed** at ${when(now)}, by [this run](${runUrl}): nothing is left to verify.`
  return `✅ **Green again** at ${when(now)}: [this run](${runUrl}) verified it.`
}

/** What is new about an issue that stays open, as a comment: editing its text notifies nobody. */
export function changedLine({ failures: [failure], runUrl }: Report): string {
  const what = failure?.code ?? ''
  return `❌ It fails in another way now: **${prose(what)}**, ${prose(shorten(failure?.sentence.split('\n')[0] ?? '', 1_000))} See [this run](${runUrl}); the text above is about it.`
}

/** The text of an issue that is closed: what was wrong stays below. */
export function closedBody(body: string, marker: string, line: string): string {
  const [, rest = ''] = /^(?:<!--[^\n]*-->\s*\n)*([\s\S]*)$/.exec(`${body}\n`) ?? []
  return `${marker}\n\n${line}\n\n${rest.trim()}`
}

function stateLine({ key, since, told }: IssueState): string {
  return `<!-- ${key.replace(/[^\w-]/g, '')} since=${since} told=${told} -->`
}

/** Undefined when somebody has taken the line out. */
export function readIssueState(body: string): IssueState | undefined {
  const [, key, since, told] = /^<!-- ([\w-]+) since=(\d{1,15}) told=(\d{1,15}) -->\r?$/m.exec(body) ?? []
  return key === undefined ? undefined : { key, since: Number(since), told: Number(told) }
}

function when(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
