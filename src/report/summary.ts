/**
 * Renders the job summary: the timeline of the run, then the whole plan as Terraform printed it. The runner drops a summary of
 * more than 1 MiB completely, so the plan is cut at a line before that, with a remark.
 */
import { seconds } from '../words.ts'
import { checkSection, differencesSection } from './approval.ts'
import { checksSection, driftSection } from './checks.ts'
import { failureAlert, failureDetails, planOverview, timelineLines } from './comment.ts'
import { evidenceSection } from './evidence.ts'
import { findingsSection } from './findings.ts'
import { gateSection } from './gate.ts'
import { mergeLine, placeLine, title } from './heading.ts'
import { imagesSection } from './images.ts'
import { linkLine } from './links.ts'
import { collapsible, fence, list, Markdown, md, type Plain, plain, row } from './markdown.ts'
import { planChecksSection } from './plan-checks.ts'
import type { Report } from './report.ts'

/** Bytes of the longest summary; the runner's limit is 1,048,576. */
export const maxSummaryBytes = 1_000_000

/** Characters of the longest bar. */
const barLength = 24

export function renderSummary(report: Report): Markdown {
  const { plan, gate, phases } = report
  const head = Markdown.join(
    [
      md`## ${title(report)}`,
      placeLine(report),
      failureAlert(report, 2_000),
      failureDetails(report, 50_000),
      differencesSection(report),
      checkSection(report),
      planChecksSection(report.planChecks, 200_000),
      list(timelineLines(report)),
      linkLine(report),
      checksSection(report),
      driftSection(report, 50_000),
      evidenceSection(report, 100_000),
      gate && gateSection(gate),
      planOverview(report, 50_000),
      mergeLine(report),
      imagesSection(report),
      plan && findingsSection(report, 200_000),
      phases.length === 0 ? undefined : phaseTable(phases),
    ],
    '\n\n',
  )
  if (head.bytes > maxSummaryBytes)
    return md`## ${title(report)}\n\n${failureAlert(report, 2_000)}\n\nThis report is too long for a summary: read it in the job log.\n`
  const text = plain`${withoutRefresh(plan?.text ?? '')}`.trim()
  if (text.isEmpty) return md`${head}\n`
  const room = maxSummaryBytes - head.bytes - 1_000
  const whole = md`${head}\n\n${collapsible(md`The whole plan`, fence(visibleLines(text, room)), true)}\n`
  // A fence is as long as the longest run of backticks in the plan, and such a run can be as long as the plan.
  return whole.bytes <= maxSummaryBytes
    ? whole
    : md`${head}\n\nThe plan is in the job log, and in the file plan.txt (output plan-file).\n`
}

/** A line of Terraform about reading the state or a data source. */
const refreshLine = /: (?:Refreshing state|Reading|Still reading)\.\.\.|: Read complete after /

/** Removes the lines about reading the state, which precede a plan. The job log has them. */
function withoutRefresh(text: string): string {
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start)
    const line = text.slice(start, end === -1 ? undefined : end)
    if (line !== '' && !refreshLine.test(line)) return text.slice(start)
    if (end === -1) break
    start = end + 1
  }
  return text
}

/** Renders one row for each phase, with a bar in proportion to its time. */
export function phaseTable(phases: Report['phases']): Markdown {
  const longest = Math.max(...phases.map(({ ms }) => ms), 1)
  const rows = phases.map(({ phase, ms }) => row([Markdown.word(phase), md`${seconds(ms)}`, bar(ms / longest)]))
  return Markdown.join([md`| phase | time | |\n|---|---:|:---|`, ...rows], '\n')
}

/** Characters from one eighth to seven eighths of a full block. */
const eighthParts = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const

/** Renders a bar of at least one eighth of a character. */
function bar(share: number): Markdown {
  const eighths = Math.max(1, Math.round(share * barLength * 8))
  const full = Array.from({ length: Math.floor(eighths / 8) }, () => md`█`)
  return Markdown.join([...full, Markdown.word(eighthParts[eighths % 8] ?? '')], '')
}

/**
 * Makes a text visible and cuts it to whole lines of at most `limit` bytes, and adds a line with the number of omitted lines. It is
 * also cut before, because a plan can be many times as long as a summary.
 */
function visibleLines(text: Plain, limit: number): Plain {
  const start = text.wholeLines(limit)
  const { text: shown, omitted: more } = start.text.visible.wholeLines(limit)
  if (start.omitted === undefined && more === undefined) return shown
  const omitted = (start.omitted ?? 0) + (more ?? 0)
  return plain`${shown}\n… ${omitted} more lines: GitHub shows no summary above 1 MiB. The job log and the file plan.txt (output plan-file) have all of them.`
}
