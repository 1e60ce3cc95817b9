/**
 * The only writer of outputs, job summary, JSON report and annotations. It is the counterpart of inputs.ts; action.yml
 * describes each output. Every event loads this file, so it loads the report's
 * pages only when it writes one.
 */
import { appendFileSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { saveState, setFailed, setOutput } from '@actions/core'
import { isThrownCode, ServiceError, thrownCodes } from './errors.ts'
import type { Trigger } from './event.ts'
import type { GateReport } from './gate/gate.ts'
import { Line, line, log, secrets } from './log.ts'
import { redactAll } from './redact.ts'
import type { Recording } from './report/gate-page.ts'
import type { Markdown } from './report/markdown.ts'
import type { Joined } from './report/read-reports.ts'
import type { FailureInPhase, Report } from './report/report.ts'
import { publicUrl } from './secret-parts.ts'
import type { Discovery } from './stacks/changes.ts'
import type { Matrices } from './stacks/matrix.ts'
import { secretsFileOf } from './terraform/after-stop.ts'
import type { RunningCommand } from './terraform/cli.ts'
import { count, shorten } from './text.ts'
import { failureCode } from './words.ts'

/** Names of the files that later steps can read, all in one directory. */
export const reportFiles = {
  report: 'report.json',
  plan: 'plan.txt',
  junit: 'gate-junit.xml',
  contract: 'mcp-contract.json',
  page: 'gate.html',
} as const

/**
 * Writes the outputs, the report, the plan and the gate's files. Decisions use the unredacted report; foreign text is redacted
 * here.
 * @param directory where the files are written
 * @param recording the messages of the gate, for its page
 */
export async function writeReport(report: Report, directory: string, recording?: Recording): Promise<void> {
  const { driftAddresses } = await import('./report/checks.ts')
  const { registrationOf, reportJson } = await import('./report/report.ts')
  const { serialize } = await import('./report/serialize.ts')
  const reportSchema = await loadReportSchema()
  const { plan, approval, gate, taint, certificate, issue, githubDeployment, destroy } = report
  const writer = new OutputWriter(directory)
  const json = serialize(reportSchema, reportJson(report))
  const warnings = [...report.warnings.map(secrets.redact), ...omissionWarnings(json.omittedAddresses)]
  const { value } = json
  writer.file('gate-report', reportFiles.report, jsonText({ ...(value as object), warnings }))
  if (plan !== undefined) {
    setOutput('has-changes', plan.hasChanges)
    setOutput('plan-summary', JSON.stringify(plan.counts))
    writer.file('plan-file', reportFiles.plan, secrets.redact(plan.text))
  }
  setOutput('plan-fingerprint', approval?.fingerprint ?? '')
  setOutput('applied', report.apply === 'done')
  setOutput('terraform-outputs', JSON.stringify(writer.omitSecretOutputs(report.deployment?.outputs ?? {})))
  setOutput('mcp-endpoint', writer.omitIfSecret('mcp-endpoint', gate?.endpoint ?? report.deployment?.endpoint ?? ''))
  setOutput('gate', gate === undefined ? 'skipped' : gate.passed ? 'passed' : 'failed')
  if (gate !== undefined) await writeGate(gate, writer)
  setOutput('tainted', JSON.stringify(writer.omitSecretTexts('tainted', taint?.tainted ?? [])))
  setOutput('monitor-id', writer.omitIfSecret('monitor-id', registrationOf(report)?.id ?? ''))
  setOutput('certificate-days-left', certificate?.daysLeft ?? '')
  const { drift } = report
  setOutput('drift', drift === undefined ? '' : JSON.stringify(writer.omitSecretTexts('drift', driftAddresses(drift))))
  setOutput('issue-url', issue?.url ?? '')
  setOutput('deployment-id', githubDeployment?.id ?? '')
  setOutput('destroyed', destroy === undefined ? '' : destroy.outcome === 'done' || destroy.outcome === 'nothing')
  const { rollback } = report
  setOutput('rolled-back-to', rollback?.restored === true ? writer.omitIfSecret('rolled-back-to', rollback.to) : '')
  for (const text of [...(gate?.warnings ?? []), ...warnings, ...writer.warnings]) log.warning(line`${text}`)
  for (const { warning, notices } of report.monitors ?? []) {
    if (warning !== undefined) log.warning(line`${warning}`)
    for (const text of notices) log.notice(line`${text}`)
  }
  // The page is for people only, so an error in it must not cost an output.
  if (gate === undefined) return
  const { renderGatePage } = await import('./report/gate-page.ts')
  const page = renderGatePage(gate, { recording, docsUrl: report.docsUrl })
  writer.file('gate-page', reportFiles.page, String(page))
}

/** The schema of the JSON report, which is embedded at build. */
export async function loadReportSchema() {
  return (await import('../docs/report.schema.json', { with: { type: 'json' } })).default
}

async function writeGate(gate: GateReport, writer: OutputWriter): Promise<void> {
  const { contractText, renderJUnit } = await import('./report/gate.ts')
  const { serialize } = await import('./report/serialize.ts')
  const reportSchema = await loadReportSchema()
  const eras = Object.fromEntries(Object.entries(gate.eras).map(([era, { verdict }]) => [era, verdict]))
  setOutput('mcp-eras', JSON.stringify(eras))
  setOutput('mcp-tools', JSON.stringify(gate.tools.map(secrets.redact)))
  const { value } = serialize(reportSchema, { ...gate, endpoint: publicUrl(gate.endpoint) }, reportSchema.$defs.gate)
  writer.file('gate-junit', reportFiles.junit, renderJUnit(value as GateReport))
  if (gate.contract === undefined) return
  setOutput('mcp-contract-hash', gate.contract.hash)
  // The whole contract comes from the server, including the argument names.
  const { hash, tools } = gate.contract
  const text = contractText({ hash, tools: redactAll(tools, secrets.redact) })
  writer.file('mcp-contract-file', reportFiles.contract, text)
}

function omissionWarnings(addresses: number): string[] {
  if (addresses === 0) return []
  return [`The report omits ${count(addresses, 'resource')} whose address holds a secret.`]
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

/** Writer of outputs. An output that holds a secret is omitted with a warning, and never altered. */
class OutputWriter {
  readonly warnings: string[] = []
  readonly #directory: string

  constructor(directory: string) {
    this.#directory = directory
  }

  /** Writes a file and sets the output to its path. */
  file(output: string, name: string, text: string): void {
    const path = join(this.#directory, name)
    writeFileSync(path, text)
    setOutput(output, path)
  }

  /** Returns the text, or an empty one if it holds a secret. */
  omitIfSecret(output: string, text: string): string {
    if (secrets.redact(text) === text) return text
    this.warnings.push(`The output ${output} is omitted because it holds a secret.`)
    return ''
  }

  /** Returns the texts without a secret. */
  omitSecretTexts(output: string, texts: readonly string[]): string[] {
    const open = texts.filter(text => secrets.redact(text) === text)
    const hidden = texts.length - open.length
    if (hidden > 0)
      this.warnings.push(`The output ${output} omits ${count(hidden, 'resource')} whose address holds a secret.`)
    return open
  }

  /** Returns the Terraform outputs without a secret. */
  omitSecretOutputs(outputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const open = Object.entries(outputs).filter(([name, value]) => {
      if (isFreeOfSecrets(value)) return true
      this.warnings.push(`The output terraform-outputs omits ${name}, which holds a secret.`)
      return false
    })
    return Object.fromEntries(open)
  }
}

/** Whether no text, number or key in a value holds a secret. */
function isFreeOfSecrets(value: unknown): boolean {
  if (typeof value === 'string' || typeof value === 'number') return secrets.redact(String(value)) === String(value)
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([key, inner]) => isFreeOfSecrets(key) && isFreeOfSecrets(inner))
}

export async function writeSummary(report: Report): Promise<void> {
  const { renderSummary } = await import('./report/summary.ts')
  addToSummary(renderSummary(report))
}

/**
 * The toolkit's `summary` is not used: it loads fs/promises, which costs every event a tenth of its start
 * (docs/decisions/0125-dist-in-chunks.md).
 * @throws ServiceError
 */
function addToSummary(markdown: Markdown): void {
  const file = process.env.GITHUB_STEP_SUMMARY ?? ''
  if (file === '')
    throw new ServiceError(
      'GITHUB_STEP_SUMMARY is not set, so the job summary cannot be written: this runner has none.',
    )
  // The runner made the file; when somebody took it away, nobody would read a new one.
  if (!existsSync(file)) throw new ServiceError(`Unable to access summary file ${file}: it is not there.`)
  appendFileSync(file, String(markdown))
}

/** Fails the job with one annotation. */
export function failRun(sentence: Line | readonly Line[]): void {
  setFailed([sentence].flat().map(String).join('\n'))
}

/** Saves the running Terraform process with the secrets of this run, or that no process runs, for the post step. */
export function saveRunning(running: RunningCommand | undefined): void {
  // The directory is private to this run and holds the plan file, which has the same values.
  if (running !== undefined) writeFileSync(secretsFileOf(running), JSON.stringify(secrets.values), { mode: 0o600 })
  saveState('running', running ?? '')
}

/**
 * Writes the command. The toolkit would write it between random delimiters, which protect text of unknown content. Their module takes
 * milliseconds to load, and a word of ours needs none.
 */
export function writeCommand(command: Trigger['command']): void {
  const file = process.env.GITHUB_OUTPUT ?? ''
  if (file !== '' && existsSync(file)) appendFileSync(file, `command=${command}\n`)
  else setOutput('command', command)
}

export function writeCommentUrl(url: string): void {
  setOutput('comment-url', url)
}

/**
 * Writes the outputs and the summary of `discover`.
 * @param directory where the file with the stacks is written
 */
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
  const { renderDiscovery } = await import('./report/joined.ts')
  addToSummary(renderDiscovery(discovery))
}

/**
 * Writes the outputs and the summary of a matrix of stacks.
 * @param runs the start of the address of every run of this repository
 */
export async function writeJoined(joined: Joined, runs: string): Promise<void> {
  setOutput('stack-count', joined.rows.length)
  setOutput('failed-stacks', JSON.stringify(joined.failed))
  const { renderJoined } = await import('./report/joined.ts')
  addToSummary(renderJoined(joined, runs))
}

/** Writes phase and code of the first failure as outputs; both are empty if the run passed. */
export function writeOutcome(failure: Pick<FailureInPhase, 'phase' | 'code'> | undefined): void {
  const { phase = '', code = '' } = failure ?? {}
  setOutput('failure-phase', phase)
  setOutput('failure-code', code)
  // These names of version 0.1 are deprecated. gate-code was empty for thrown errors.
  setOutput('failed-phase', phase)
  setOutput('gate-code', isThrownCode(code) ? '' : code)
}

/** UTF-16 units of the longest annotation; GitHub cuts one at 4,096. */
const maxAnnotationUnits = 4_000

/**
 * Annotates Terraform's diagnostics at their lines of code, and each failure with its fix. Sets the exit code of the process.
 */
export async function writeAnnotations(report: Report): Promise<void> {
  const { outcomeOf } = await import('./report/outcome.ts')
  const { annotationsOf } = await import('./report/problems.ts')
  const { annotations, errors } = annotationsOf(report)
  for (const { level, message, at } of annotations) log[level](annotationText(message), at)
  const { headline, exitCode } = outcomeOf(report)
  if (exitCode === 0) return
  process.exitCode = exitCode
  const [first, ...more] = report.failures
  const annotated = annotations.filter(({ level }) => level === 'error').length
  if (first === undefined) {
    log.error(line`${Line.word(headline)}: RUN_INCOMPLETE: ${Line.word(thrownCodes.RUN_INCOMPLETE.meaning)}.`)
    return
  }
  if (annotated === 0) {
    for (const failure of report.failures) log.error(failureText(failure, failure.sentence))
    log.error(line`${Line.word(headline)}.`)
    return
  }
  for (const failure of more) log.error(failureText(failure, failure.sentence))
  // Terraform's diagnostics have their own annotations, so the last one holds only the first line of the failure.
  const [sentence = ''] = first.sentence.split('\n')
  const others =
    errors > annotated ? ` The first ${annotated} of ${errors} errors are annotated, all of them are in the log.` : ''
  log.error(failureText(first, `${sentence}${others}`, line`${Line.word(headline)}: `))
}

/** The annotation of a failure. Its code and our own words stay as they are; the sentence and the fix are foreign in part. */
function failureText({ code, fix }: FailureInPhase, sentence: string, before: Line = line``): Line[] {
  const [first = line``, ...rest] = annotationText(sentence, maxAnnotationUnits - 1_100)
  const [advice = line``, ...more] = annotationText(fix, 1_000)
  const toDo = fix === '' ? [] : [line`What to do: ${advice}`, ...more]
  return [line`${before}${failureCode(code)}: ${first}`, ...rest, ...toDo]
}

/** Redacts a text before shortening it, so that no part of a secret remains. */
function annotationText(text: string, limit = maxAnnotationUnits): Line[] {
  return shorten(secrets.redact(text), limit)
    .split('\n')
    .map(each => line`${each}`)
}
