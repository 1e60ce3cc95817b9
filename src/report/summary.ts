/**
 * The job summary: the story of the run, then the whole plan in Terraform's own words. The runner drops a summary of
 * more than 1 MiB as a whole, so the plan is cut at a line before that and says so.
 */
import { failureText, storyLines } from './comment.ts'
import { cell, fence, fold, prose, seconds } from './markdown.ts'
import { countsLine, dangers } from './plan.ts'
import { headline, type Report, targetName } from './report.ts'

/** Bytes, under the runner's 1,048,576. */
export const summaryLimit = 1_000_000

/** @param report without secrets: see redactAll */
export function renderSummary(report: Report): string {
  const { plan, gate, phases } = report
  const parts = [`## ${headline(report)}: ${prose(targetName(report))}`]
  if (report.failure !== undefined) parts.push(failureText(report))
  const lines = storyLines(report)
  if (lines.length > 0) parts.push(lines.map(line => `- ${line}`).join('\n'))
  if (gate !== undefined) parts.push(eraTable(gate))
  if (phases.length > 0) {
    parts.push(
      ['| phase | time |', '|---|---:|', ...phases.map(({ phase, ms }) => `| ${phase} | ${seconds(ms)} |`)].join('\n'),
    )
  }
  if (plan !== undefined) {
    parts.push(
      plan.hasChanges ? `**${countsLine(plan.counts)}**` : 'No changes: the infrastructure is as it is written.',
    )
    const named = dangers(plan)
    if (named.length > 0) parts.push(named.slice(0, 200).join('\n'))
  }
  const head = parts.join('\n\n')
  if (plan === undefined || plan.text.trim() === '') return `${head}\n`
  const room = summaryLimit - Buffer.byteLength(head) - 1_000
  return `${head}\n\n${fold('The whole plan', fence(wholeLines(plan.text.trim(), room)), true)}\n`
}

function eraTable({ eras }: NonNullable<Report['gate']>): string {
  const rows = Object.entries(eras).map(
    ([era, { verdict, protocolVersion, failure }]) =>
      `| ${era} | ${verdict} | ${protocolVersion ?? ''} | ${failure === undefined ? '' : `${cell(failure.code)} ${prose(failure.sentence)}`} |`,
  )
  return ['| MCP era | verdict | version | why |', '|---|---|---|---|', ...rows].join('\n')
}

/** The longest prefix of whole lines of at most `limit` bytes. */
function wholeLines(text: string, limit: number): string {
  const bytes = Buffer.from(text)
  if (bytes.length <= limit) return text
  const cut = bytes.subarray(0, Math.max(0, bytes.lastIndexOf(10, Math.max(0, limit))))
  const left = text.split('\n').length - cut.toString().split('\n').length
  return `${cut.toString()}\n… ${left} more lines: GitHub shows no summary above 1 MiB. The job log has them all.`
}
