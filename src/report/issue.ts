/**
 * Renders the issue that is open while a scheduled `verify` fails. A hidden line in it stores the code of the failure and the
 * time of the last report.
 */
import { type Line, line } from '../log.ts'
import { publicUrl } from '../secret-parts.ts'
import { minute } from '../words.ts'
import { driftSection } from './checks.ts'
import { failureAlert, failureDetails, failureName, timelineLines } from './comment.ts'
import { evidenceSection } from './evidence.ts'
import { targetLabel } from './heading.ts'
import { linkLine } from './links.ts'
import { alreadyPosted, code, hiddenLine, knownLink, list, Markdown, md, plain, prose } from './markdown.ts'
import type { Report } from './report.ts'

/** UTF-16 units of the longest text. GitHub's limit is 65,536, and the closing line needs room. */
const maxIssueUnits = 60_000

export interface IssueState {
  /** Code of the failure. Issues of version 0.1 have the phase instead if an error was thrown. */
  readonly key: string
  /** Milliseconds since 1970 when the issue was opened. */
  readonly since: number
  /** Milliseconds since 1970 when its text was last written. */
  readonly reported: number
}

/** Returns the title as plain text. The only Markdown that GitHub reads in a title is backticks. */
export function issueTitle(report: Report, endpoint: string | undefined): Line {
  const target = targetLabel(report)
  const what = endpoint === undefined ? target : line`${target}, ${publicUrl(endpoint)}`
  const failed = report.command === 'verify' ? line`verification` : line`deployment`
  return line`MCP server fails its ${failed}: ${what.withoutBackticks().shorten(180)}`
}

/** Renders the text of the issue. @param report a report with a failure */
export function renderIssue(report: Report, marker: string, state: IssueState): Markdown {
  const run = knownLink(md`This run`, report.runUrl)
  const head = Markdown.join(
    [
      md`${hiddenLine(marker)}\n${stateLine(state)}`,
      md`${run} of \`${Markdown.word(report.command)}\` failed. It has failed since ${minute(state.since)}. The next run that passes closes the issue.`,
      failureAlert(report, 2_000),
    ],
    '\n\n',
  )
  const foot = md`<sub>${prose(targetLabel(report))}, ${code(plain`${report.commit}`.start(7))}. Updated when the failure changes, and otherwise at most once a day; last at ${minute(state.reported)}.</sub>`
  let remaining = maxIssueUnits - foot.length - head.length
  const body = [
    failureDetails(report, 15_000),
    list(timelineLines(report)),
    linkLine(report),
    driftSection(report, 15_000),
    evidenceSection(report, 15_000),
  ].filter(part => {
    if (part.isEmpty || part.length + 2 > remaining) return false
    remaining -= part.length + 2
    return true
  })
  return Markdown.join([head, ...body, foot], '\n\n')
}

/** Renders the line that closes the issue, which is also its last comment. */
export function closingLine({ runUrl, command }: Pick<Report, 'runUrl' | 'command'>, now: number): Markdown {
  const run = knownLink(md`this run`, runUrl)
  if (command === 'destroy') return md`⚪ **Destroyed** at ${minute(now)}, by ${run}: nothing is left to verify.`
  return md`✅ **Passes again** at ${minute(now)}: ${run} verified it.`
}

/** Renders a comment about a changed failure, because an edit of the issue text notifies nobody. */
export function changedLine({ failures: [failure], runUrl }: Report): Markdown {
  const name = failure === undefined ? md`` : failureName(failure)
  const sentence = prose(plain`${failure?.sentence}`.firstLine, 1_000)
  return md`❌ The failure has changed: **${name}**, ${sentence} See ${knownLink(md`this run`, runUrl)} and the updated text above.`
}

/** Renders the text of a closed issue: the closing line, then the earlier text. */
export function closedBody(body: string, marker: string, closing: Markdown): Markdown {
  const [, rest = ''] = /^(?:<!--[^\n]*-->\s*\n)*([\s\S]*)$/.exec(`${body}\n`) ?? []
  return md`${hiddenLine(marker)}\n\n${closing}\n\n${alreadyPosted(rest.trim())}`
}

function stateLine({ key, since, reported }: IssueState): Markdown {
  return hiddenLine(`<!-- ${key.replace(/[^\w-]/g, '')} since=${since} told=${reported} -->`)
}

/** Reads the hidden line, undefined if somebody has removed it. */
export function readIssueState(body: string): IssueState | undefined {
  const [, key, since, reported] = /^<!-- ([\w-]+) since=(\d{1,15}) told=(\d{1,15}) -->\r?$/m.exec(body) ?? []
  return key === undefined ? undefined : { key, since: Number(since), reported: Number(reported) }
}
