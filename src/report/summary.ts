/**
 * The job summary: the timeline of the run, then the whole plan in Terraform's own words. The runner drops a summary of
 * more than 1 MiB as a whole, so the plan is cut at a line before that, and the summary says so.
 */
import { seconds } from '../words.ts'
import { checkSection, differencesSection } from './approval.ts'
import { checksSection, driftSection } from './checks.ts'
import { failureAlert, failureDetails, planOverview, timelineLines, title } from './comment.ts'
import { evidenceSection } from './evidence.ts'
import { findingsSection } from './findings.ts'
import { gateSection } from './gate.ts'
import { linkLine } from './links.ts'
import { collapsible, fence, list, Markdown, md, type Plain, plain, row } from './markdown.ts'
import type { Report } from './report.ts'

/** Bytes, under the runner's 1,048,576. */
export const maxSummaryBytes = 1_000_000

/** Characters of the bar of the longest phase. */
const barLength = 24

export function renderSummary(report: Report): Markdown {
  const { plan, gate, phases } = report
  const head = Markdown.join(
    [
      md`## ${title(report)}`,
      failureAlert(report, 2_000),
      failureDetails(report, 50_000),
      differencesSection(report),
      checkSection(report),
      list(timelineLines(report)),
      linkLine(report),
      checksSection(report),
      driftSection(report, 50_000),
      evidenceSection(report, 100_000),
      gate && gateSection(gate),
      phases.length === 0 ? undefined : phaseTable(phases),
      planOverview(report, 50_000),
      plan && findingsSection(report.findings ?? [], 200_000),
    ],
    '\n\n',
  )
  if (head.bytes > maxSummaryBytes)
    return md`## ${title(report)}\n\n${failureAlert(report, 2_000)}\n\nThis report is too long for a summary: read it in the job log.\n`
  const text = plain`${plan?.text}`.trim()
  if (text.isEmpty) return md`${head}\n`
  const room = maxSummaryBytes - head.bytes - 1_000
  const whole = md`${head}\n\n${collapsible(md`The whole plan`, fence(wholeLines(text.visible, room)), true)}\n`
  // A fence is as long as the longest run of backticks in the plan, and such a run can be as long as the plan.
  return whole.bytes <= maxSummaryBytes
    ? whole
    : md`${head}\n\nThe plan is in the job log, and in the file plan.txt (output plan-file).\n`
}

/** One row for each phase, with a bar that is as long, compared with the others, as the phase was. */
export function phaseTable(phases: Report['phases']): Markdown {
  const longest = Math.max(...phases.map(({ ms }) => ms), 1)
  const rows = phases.map(({ phase, ms }) => row([Markdown.word(phase), md`${seconds(ms)}`, bar(ms / longest)]))
  return Markdown.join([md`| phase | time | |\n|---|---:|:---|`, ...rows], '\n')
}

/** Parts of a bar of one eighth to seven eighths of a character. */
const eighthParts = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const

/** A bar in eighths of a character; whatever took any time at all can be seen. */
function bar(share: number): Markdown {
  const eighths = Math.max(1, Math.round(share * barLength * 8))
  const full = Array.from({ length: Math.floor(eighths / 8) }, () => md`█`)
  return Markdown.join([...full, Markdown.word(eighthParts[eighths % 8] ?? '')], '')
}

/** The longest prefix of whole lines of at most `limit` bytes, and a line that says how many are left out. */
function wholeLines(text: Plain, limit: number): Plain {
  const { text: shown, omitted } = text.wholeLines(limit)
  if (omitted === undefined) return shown
  return plain`${shown}\n… ${omitted} more lines: GitHub shows no summary above 1 MiB. The job log has them all, and so has the file plan.txt (output plan-file).`
}
