/**
 * The only writer of what the workflow sees: outputs, job summary, JSON report and annotations. The
 * counterpart of inputs.ts; each output is described in action.yml.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { error as annotateError, notice, saveState, setFailed, setOutput, summary, warning } from '@actions/core'
import type { Line } from './log.ts'
import { driftAddresses } from './report/checks.ts'
import { contractText, renderJUnit } from './report/gate.ts'
import { renderDiscovery, renderJoined } from './report/joined.ts'
import { shorten } from './report/markdown.ts'
import { registrationOf } from './report/monitor.ts'
import { annotationLimit, annotationsOf } from './report/problems.ts'
import type { Joined } from './report/read-reports.ts'
import { type FailureInPhase, headline, type Report, reportJson } from './report/report.ts'
import { renderSummary } from './report/summary.ts'
import type { Discovery } from './stacks/changes.ts'
import type { Matrices } from './stacks/matrix.ts'
import type { Running } from './terraform/cli.ts'

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

/** Fails the run with one annotation. */
export function failRun(sentence: Line | readonly Line[]): void {
  setFailed([sentence].flat().map(String).join('\n'))
}

/** Leaves for post.ts which Terraform is running, or that none is. */
export function saveRunning(running: Running | undefined): void {
  saveState('running', running ?? '')
}

export function writeCommand(command: string): void {
  setOutput('command', command)
}

export function writeCommentUrl(url: string): void {
  setOutput('comment-url', url)
}

/** @param directory where the file with the stacks is written */
export async function writeDiscovery(
  discovery: Discovery,
  { stacks, batches, count }: Matrices,
  directory: string,
): Promise<void> {
  const file = join(directory, 'stacks.json')
  writeFileSync(file, `${batches}\n`)
  setOutput('stacks', stacks)
  setOutput('batches', batches)
  setOutput('stack-count', count)
  setOutput('stacks-file', file)
  await summary.addRaw(renderDiscovery(discovery)).write()
}

/** @param runs what the address of a run of this repository begins with */
export async function writeJoined(joined: Joined, runs: string): Promise<void> {
  setOutput('stack-count', joined.rows.length)
  setOutput('failed-stacks', JSON.stringify(joined.failed))
  await summary.addRaw(renderJoined(joined, runs)).write()
}

/** Where the run failed and by which check, for the steps that follow; both empty when it is green. */
export function writeOutcome(failure: Pick<FailureInPhase, 'phase' | 'code'> | undefined): void {
  setOutput('failed-phase', failure?.phase ?? '')
  setOutput('gate-code', failure?.code ?? '')
}

/**
 * What is wrong, where GitHub shows it: what Terraform says of the code at its lines, and of a red run what was seen and what
 * to do. Sets the exit code. @param report without secrets
 */
export function writeAnnotations(report: Report): void {
  const { annotations, errors } = annotationsOf(report)
  for (const { level, message, at } of annotations) (level === 'error' ? annotateError : warning)(message, at)
  const [failure] = report.failures
  if (failure === undefined) return
  const { code, sentence, fix } = failure
  const prefix = code === '' ? '' : `${code}: `
  const toDo = fix === '' ? '' : `\nWhat to do: ${fix}`
  const shown = annotations.filter(({ level }) => level === 'error').length
  if (shown === 0) {
    annotateError(shorten(`${prefix}${sentence}${toDo}`, annotationLimit))
    setFailed(`${headline(report)}.`)
    return
  }
  // Terraform's words have their annotations, so the last one that GitHub keeps says the rest.
  const [first = ''] = sentence.split('\n')
  const others =
    errors > shown ? ` The first ${shown} of ${errors} errors are annotated, all of them are in the log.` : ''
  setFailed(shorten(`${headline(report)}: ${prefix}${first}${others}${toDo}`, annotationLimit))
}
