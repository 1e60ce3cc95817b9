/**
 * The only writer of what the workflow sees: outputs, job summary, JSON report and the error annotation. The
 * counterpart of inputs.ts; each output is described in action.yml.
 */
import { writeFileSync } from 'node:fs'
import { error as annotateError, setOutput, summary, warning } from '@actions/core'
import { type Report, reportJson } from './report/report.ts'
import { renderSummary } from './report/summary.ts'

/** @param report without secrets; @param reportFile where the JSON report is written */
export async function writeReport(report: Report, reportFile: string): Promise<void> {
  const { plan, gate, deployment, taint, registration, failure } = report
  writeFileSync(reportFile, `${JSON.stringify(reportJson(report), null, 2)}\n`)
  setOutput('gate-report', reportFile)
  if (plan !== undefined) {
    setOutput('has-changes', plan.hasChanges)
    setOutput('plan-summary', JSON.stringify(plan.counts))
  }
  setOutput('applied', report.apply === 'done')
  setOutput('terraform-outputs', JSON.stringify(deployment?.outputs ?? {}))
  setOutput('mcp-endpoint', gate?.endpoint ?? deployment?.endpoint ?? '')
  setOutput('gate', gate === undefined ? 'skipped' : gate.passed ? 'passed' : 'failed')
  setOutput('gate-code', failure?.code ?? '')
  if (gate !== undefined) {
    const eras = Object.fromEntries(Object.entries(gate.eras).map(([era, { verdict }]) => [era, verdict]))
    setOutput('mcp-eras', JSON.stringify(eras))
    setOutput('mcp-tools', JSON.stringify(gate.tools))
  }
  setOutput('tainted', JSON.stringify(taint?.tainted ?? []))
  if (registration !== undefined && registration.outcome !== 'failed') setOutput('monitor-id', registration.id)
  for (const text of report.warnings) warning(text)
  if (registration?.outcome === 'failed') warning(registration.warning)
  await summary.addRaw(renderSummary(report)).write()
}

export function writeCommentUrl(url: string): void {
  setOutput('comment-url', url)
}

/** One annotation that can be acted on: what was seen and what to do. GitHub shows the first 4,096 characters. */
export function writeFailure({ code, sentence, fix }: { code: string; sentence: string; fix: string }): void {
  annotateError(
    `${code === '' ? '' : `${code}: `}${sentence}${fix === '' ? '' : `\nWhat to do: ${fix}`}`.slice(0, 4_000),
  )
}
