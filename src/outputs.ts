/**
 * The only writer of what the workflow sees: outputs, job summary, JSON report and the error annotation. The
 * counterpart of inputs.ts; each output is described in action.yml.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { error as annotateError, notice, setOutput, summary, warning } from '@actions/core'
import { driftAddresses } from './report/checks.ts'
import { contractText, renderJUnit } from './report/gate.ts'
import { registrationOf } from './report/monitor.ts'
import { type FailureInPhase, type Report, reportJson } from './report/report.ts'
import { renderSummary } from './report/summary.ts'

/** What is written for the steps that follow, by name in one directory. */
export const reportFiles = {
  report: 'report.json',
  plan: 'plan.txt',
  junit: 'gate-junit.xml',
  contract: 'mcp-contract.json',
} as const

/** @param report without secrets; @param directory where the files are written */
export function writeReport(report: Report, directory: string): void {
  const {
    plan,
    approval,
    gate,
    deployment,
    taint,
    certificate,
    drift,
    issue,
    githubDeployment,
    destroy,
    monitors = [],
  } = report
  const write = (file: string, text: string): string => {
    const path = join(directory, file)
    writeFileSync(path, text)
    return path
  }
  setOutput('gate-report', write(reportFiles.report, `${JSON.stringify(reportJson(report), null, 2)}\n`))
  if (plan !== undefined) {
    setOutput('has-changes', plan.hasChanges)
    setOutput('plan-summary', JSON.stringify(plan.counts))
    setOutput('plan-file', write(reportFiles.plan, plan.text))
  }
  setOutput('plan-fingerprint', approval?.fingerprint ?? '')
  setOutput('applied', report.apply === 'done')
  setOutput('terraform-outputs', JSON.stringify(deployment?.outputs ?? {}))
  setOutput('mcp-endpoint', gate?.endpoint ?? deployment?.endpoint ?? '')
  setOutput('gate', gate === undefined ? 'skipped' : gate.passed ? 'passed' : 'failed')
  if (gate !== undefined) {
    const eras = Object.fromEntries(Object.entries(gate.eras).map(([era, { verdict }]) => [era, verdict]))
    setOutput('mcp-eras', JSON.stringify(eras))
    setOutput('mcp-tools', JSON.stringify(gate.tools))
    setOutput('gate-junit', write(reportFiles.junit, renderJUnit(gate)))
    if (gate.contract !== undefined) {
      setOutput('mcp-contract-hash', gate.contract.hash)
      setOutput('mcp-contract-file', write(reportFiles.contract, contractText(gate.contract)))
    }
  }
  setOutput('tainted', JSON.stringify(taint?.tainted ?? []))
  setOutput('monitor-id', registrationOf(report)?.id ?? '')
  setOutput('certificate-days-left', certificate?.daysLeft ?? '')
  setOutput('drift', drift === undefined ? '' : JSON.stringify(driftAddresses(drift)))
  setOutput('issue-url', issue?.url ?? '')
  setOutput('deployment-id', githubDeployment?.id ?? '')
  setOutput('destroyed', destroy === undefined ? '' : destroy.outcome === 'done' || destroy.outcome === 'nothing')
  for (const text of [...(gate?.warnings ?? []), ...report.warnings]) warning(text)
  for (const told of monitors) {
    if (told.warning !== undefined) warning(told.warning)
    for (const text of told.notices) notice(text)
  }
}

/** @param report without secrets */
export async function writeSummary(report: Report): Promise<void> {
  await summary.addRaw(renderSummary(report)).write()
}

export function writeCommentUrl(url: string): void {
  setOutput('comment-url', url)
}

/** Where the run failed and by which check, for the steps that follow; both empty when it is green. */
export function writeOutcome(failure: Pick<FailureInPhase, 'phase' | 'code'> | undefined): void {
  setOutput('failed-phase', failure?.phase ?? '')
  setOutput('gate-code', failure?.code ?? '')
}

/** One annotation that can be acted on: what was seen and what to do. GitHub shows the first 4,096 characters. */
export function writeFailure({ code, sentence, fix }: { code: string; sentence: string; fix: string }): void {
  annotateError(
    `${code === '' ? '' : `${code}: `}${sentence}${fix === '' ? '' : `\nWhat to do: ${fix}`}`.slice(0, 4_000),
  )
}
