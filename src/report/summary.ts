/**
 * The job summary: the story of the run, then the whole plan in Terraform's own words. The runner drops a summary of
 * more than 1 MiB as a whole, so the plan is cut at a line before that and says so.
 */
import { checkSection, differencesSection } from './approval.ts'
import { checksSection, driftFold } from './checks.ts'
import { failureAlert, failureDetails, planOverview, timelineLines, title } from './comment.ts'
import { evidenceFold } from './evidence.ts'
import { findingsSection } from './findings.ts'
import { gateSection } from './gate.ts'
import { linkLine } from './links.ts'
import { fence, fold, seconds, visible } from './markdown.ts'
import type { Report } from './report.ts'

/** Bytes, under the runner's 1,048,576. */
export const summaryLimit = 1_000_000

/** Characters of the bar of the longest phase. */
const barLength = 24

/** @param report without secrets: see redactAll */
export function renderSummary(report: Report): string {
  const { plan, gate, phases } = report
  const lines = timelineLines(report)
  const head = [
    `## ${title(report)}`,
    failureAlert(report, 2_000),
    failureDetails(report, 50_000),
    differencesSection(report),
    checkSection(report),
    lines.map(line => `- ${line}`).join('\n'),
    linkLine(report),
    checksSection(report),
    driftFold(report, 50_000),
    evidenceFold(report, 100_000),
    gate === undefined ? '' : gateSection(gate),
    phases.length === 0 ? '' : phaseTable(phases),
    planOverview(report, 50_000),
    plan === undefined ? '' : findingsSection(report.findings ?? [], 200_000),
  ]
    .filter(part => part !== '')
    .join('\n\n')
  if (Buffer.byteLength(head) > summaryLimit)
    return `## ${title(report)}\n\n${failureAlert(report, 2_000)}\n\nThis report is too long for a summary: read it in the job log.\n`
  if (plan === undefined || plan.text.trim() === '') return `${head}\n`
  const room = summaryLimit - Buffer.byteLength(head) - 1_000
  const whole = `${head}\n\n${fold('The whole plan', fence(wholeLines(visible(plan.text.trim()), room)), true)}\n`
  // A fence is as long as the longest run of backticks in the plan, and such a run can be as long as the plan.
  return Buffer.byteLength(whole) <= summaryLimit
    ? whole
    : `${head}\n\nThe plan is in the job log, and in the file plan.txt (output plan-file).\n`
}

/** A bar for each phase, as long beside the others as the phase was. */
export function phaseTable(phases: Report['phases']): string {
  const longest = Math.max(...phases.map(({ ms }) => ms), 1)
  const rows = phases.map(({ phase, ms }) => `| ${phase} | ${seconds(ms)} | ${bar(ms / longest)} |`)
  return ['| phase | time | |', '|---|---:|:---|', ...rows].join('\n')
}

/** In eighths of a character; what took any time at all can be seen. */
function bar(share: number): string {
  const eighths = Math.max(1, Math.round(share * barLength * 8))
  return '█'.repeat(Math.floor(eighths / 8)) + ' ▏▎▍▌▋▊▉'.charAt(eighths % 8).trim()
}

/** The longest prefix of whole lines of at most `limit` bytes. */
function wholeLines(text: string, limit: number): string {
  const bytes = Buffer.from(text)
  if (bytes.length <= limit) return text
  const cut = bytes.subarray(0, Math.max(0, bytes.lastIndexOf(10, Math.max(0, limit)))).toString()
  const left = text.split('\n').length - cut.split('\n').length
  return `${cut}\n… ${left} more lines: GitHub shows no summary above 1 MiB. The job log has them all, and so has the file plan.txt (output plan-file).`
}
