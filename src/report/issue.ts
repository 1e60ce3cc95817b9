/**
 * The issue that is open while a scheduled `verify` fails: its marker, its text, and a hidden line that remembers which
 * failure it reports and when that was reported last.
 */
import { type Line, line } from '../log.ts'
import { minute } from '../words.ts'
import { driftSection } from './checks.ts'
import { failureAlert, failureDetails, failureName, targetLabel, timelineLines } from './comment.ts'
import { evidenceSection } from './evidence.ts'
import { linkLine } from './links.ts'
import { alreadyPosted, code, hiddenLine, knownLink, list, Markdown, md, plain, prose } from './markdown.ts'
import type { Report } from './report.ts'

/** UTF-16 units, under GitHub's 65,536, with room for the line that closes it. */
const maxIssueUnits = 60_000

export interface IssueState {
  /** The code of the failure. Issues of version 0.1 have the phase of what was thrown. */
  readonly key: string
  /** When the issue was opened, in milliseconds since 1970. */
  readonly since: number
  /** When its text was last written, in milliseconds since 1970. */
  readonly reported: number
}

/** Plain text: GitHub reads no Markdown in a title but backticks. */
export function issueTitle(report: Report, endpoint: string | undefined): Line {
  const target = targetLabel(report)
  const what = endpoint === undefined ? target : line`${target}, ${endpoint}`
  return line`MCP server fails its verification: ${what.withoutBackticks().shorten(180)}`
}

/** @param report with a failure */
export function renderIssue(report: Report, marker: string, state: IssueState): Markdown {
  const run = knownLink(md`This run`, report.runUrl)
  const head = Markdown.join(
    [
      md`${hiddenLine(marker)}\n${stateLine(state)}`,
      md`${run} of \`verify\` is red, and it has been so since ${minute(state.since)}. The issue is closed by the next run that is green.`,
      failureAlert(report, 2_000),
    ],
    '\n\n',
  )
  const foot = md`<sub>${prose(targetLabel(report))}, ${code(plain`${report.commit}`.start(7))}. Written anew when the failure changes, and otherwise at most once a day; last at ${minute(state.reported)}.</sub>`
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

/** The line that closes the issue, also as its last comment. */
export function closingLine({ runUrl, command }: Pick<Report, 'runUrl' | 'command'>, now: number): Markdown {
  const run = knownLink(md`this run`, runUrl)
  if (command === 'destroy') return md`⚪ **Destroyed** at ${minute(now)}, by ${run}: nothing is left to verify.`
  return md`✅ **Green again** at ${minute(now)}: ${run} verified it.`
}

/** What changed about an issue that stays open, as a comment: editing its text notifies nobody. */
export function changedLine({ failures: [failure], runUrl }: Report): Markdown {
  const name = failure === undefined ? md`` : failureName(failure)
  const sentence = prose(plain`${failure?.sentence}`.firstLine, 1_000)
  return md`❌ It fails in another way now: **${name}**, ${sentence} See ${knownLink(md`this run`, runUrl)}; the text above is about it.`
}

/** The text of an issue that is closed: the closing line, then the failure as the issue showed it. */
export function closedBody(body: string, marker: string, closing: Markdown): Markdown {
  const [, rest = ''] = /^(?:<!--[^\n]*-->\s*\n)*([\s\S]*)$/.exec(`${body}\n`) ?? []
  return md`${hiddenLine(marker)}\n\n${closing}\n\n${alreadyPosted(rest.trim())}`
}

function stateLine({ key, since, reported }: IssueState): Markdown {
  return hiddenLine(`<!-- ${key.replace(/[^\w-]/g, '')} since=${since} told=${reported} -->`)
}

/** Undefined when somebody has taken the line out. */
export function readIssueState(body: string): IssueState | undefined {
  const [, key, since, reported] = /^<!-- ([\w-]+) since=(\d{1,15}) told=(\d{1,15}) -->\r?$/m.exec(body) ?? []
  return key === undefined ? undefined : { key, since: Number(since), reported: Number(reported) }
}
