/**
 * Joins the reports of a matrix of stacks: each report that its jobs uploaded, and each stack without one because its job was
 * cancelled or never ran. Another job of the run can write an artifact. So a report is accepted only in the shape that
 * the action writes, and only of this run.
 */
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { InputError } from '../errors.ts'
import { asObject } from '../json.ts'
import { destroyOutcomes } from '../terraform/destroy.ts'
import { type OutcomeFacts, outcomeOf } from './outcome.ts'
import { reportCommands } from './report.ts'

/** The parts of a report that the summary shows. */
export interface StackReport extends OutcomeFacts {
  readonly target: {
    readonly name: string | undefined
    readonly stack: string
    readonly directory: string
    readonly workspace: string
  }
  readonly runUrl: string
  readonly failures: readonly {
    readonly phase: string
    readonly code: string
    readonly sentence: string
    readonly fix: string
  }[]
  readonly counts: Readonly<Record<string, number>> | undefined
  readonly endpoint: string | undefined
}

/** A stack of the output of `discover`, with the fields that identify its report. */
export interface ExpectedStack {
  readonly name: string
  readonly stack: string
  readonly directory: string
  readonly workspace: string
}

export type Row =
  | { readonly name: string; readonly report: StackReport }
  /** The reason why there is no readable report. */
  | { readonly name: string; readonly missing: string }

export interface Joined {
  /** Failed rows first, each group sorted by name. */
  readonly rows: readonly Row[]
  /** Names of the stacks that failed or have no report. */
  readonly failed: readonly string[]
}

/** The most JSON files in the directory. A run has fewer jobs. */
const maxFiles = 70_000

/** Bytes of the largest report. One of ten thousand changes has about two million. */
const maxReportBytes = 10_000_000

/** The most nested directories. Artifacts have two. */
const maxDepth = 10

/**
 * Assigns reports to stacks. Pure.
 * @param expected the stacks that must have a report; undefined if they are not known
 * @param unreadable files that have the name of a report but not its shape
 */
export function joinReports(
  expected: readonly ExpectedStack[] | undefined,
  reports: readonly StackReport[],
  unreadable: readonly string[] = [],
): Joined {
  const unmatched = newestOfEach(reports)
  const rows: Row[] = []
  for (const stack of expected ?? []) {
    const match = unmatched.find(report => isOf(report, stack))
    if (match === undefined) {
      rows.push({
        name: stack.name,
        missing: 'It has no report: its job was cancelled, never ran, or did not upload one.',
      })
      continue
    }
    unmatched.splice(unmatched.indexOf(match), 1)
    rows.push({ name: stack.name, report: match })
  }
  for (const report of unmatched) rows.push({ name: nameOf(report), report })
  for (const file of unreadable)
    rows.push({ name: file, missing: 'The file is not a report of this action, or is too large.' })
  const failed = rows.filter(isFailed)
  const byName = (a: Row, b: Row) =>
    Number(isFailed(b)) - Number(isFailed(a)) || (a.name < b.name ? -1 : Number(a.name > b.name))
  return { rows: rows.toSorted(byName), failed: failed.map(({ name }) => name).toSorted() }
}

function isFailed(row: Row): boolean {
  return 'missing' in row || outcomeOf(row.report).isFailed
}

/** The end of the address of a further attempt. The first attempt has none. */
const attemptPattern = /\/attempts\/(\d{1,6})$/

function attemptOf(runUrl: string): number {
  return Number(attemptPattern.exec(runUrl)?.[1] ?? 1)
}

/**
 * Keeps the reports of one run up to its present attempt: "Re-run failed jobs" leaves the reports of the other jobs in an earlier one. A
 * report of another run, or of an attempt that never was, could hide a stack that failed. Pure.
 * @param runUrl address of the run and its attempt
 * @returns the reports, and the number of those that are left out
 */
export function reportsOfRun(
  reports: readonly StackReport[],
  runUrl: string,
): { readonly reports: readonly StackReport[]; readonly foreign: number } {
  const run = (url: string) => url.replace(attemptPattern, '')
  const own = reports.filter(each => run(each.runUrl) === run(runUrl) && attemptOf(each.runUrl) <= attemptOf(runUrl))
  return { reports: own, foreign: reports.length - own.length }
}

/** Returns the report of the last attempt of each job. Of two reports of one attempt, the failed one counts. */
function newestOfEach(reports: readonly StackReport[]): StackReport[] {
  const attempt = ({ runUrl }: StackReport) => attemptOf(runUrl)
  const newest = new Map<string, StackReport>()
  const nameless: StackReport[] = []
  for (const report of reports) {
    // Without a name, several stacks of one directory look the same, so each report counts.
    if (report.target.name === undefined) {
      nameless.push(report)
      continue
    }
    const other = newest.get(report.target.name)
    const isNewer = other === undefined || attempt(report) > attempt(other)
    const isWorse = other !== undefined && attempt(report) === attempt(other) && outcomeOf(report).isFailed
    if (isNewer || isWorse) newest.set(report.target.name, report)
  }
  return [...newest.values(), ...nameless]
}

function isOf({ target }: StackReport, { name, stack, directory, workspace }: ExpectedStack): boolean {
  if (target.name !== undefined) return target.name === name
  return target.stack === stack && target.directory === directory && target.workspace === workspace
}

function nameOf({ target: { name, stack, directory, workspace } }: StackReport): string {
  if (name !== undefined) return name
  return [stack, directory, workspace].filter(part => part !== '' && part !== '.').join(' ') || 'root module'
}

/**
 * Reads every report below a directory. Other files are ignored, but a report.json that is not a report is unreadable.
 * @param directory an absolute path; a directory that does not exist has no reports
 * @throws InputError for too many files
 */
export function readReports(directory: string): { reports: StackReport[]; unreadable: string[] } {
  const reports: StackReport[] = []
  const unreadable: string[] = []
  for (const path of jsonFiles(directory)) {
    const report =
      lstatSync(join(directory, path)).size > maxReportBytes
        ? undefined
        : readStackReport(parseFile(join(directory, path)))
    if (report !== undefined) reports.push(report)
    else if (/(^|\/)report\.json$/.test(path)) unreadable.push(path)
  }
  return { reports, unreadable }
}

function jsonFiles(directory: string): string[] {
  const paths: string[] = []
  const open = ['']
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const entry of entriesOf(join(directory, at))) {
      const path = at === '' ? entry.name : `${at}/${entry.name}`
      if (entry.isDirectory() && path.split('/').length < maxDepth) open.push(path)
      else if (entry.isFile() && entry.name.endsWith('.json')) paths.push(path)
      if (paths.length > maxFiles)
        throw new InputError(
          `Input reports names ${directory}, which has more than ${maxFiles} JSON files: name the directory that only the reports were downloaded to.`,
        )
    }
  }
  return paths.sort()
}

function entriesOf(directory: string) {
  try {
    return readdirSync(directory, { withFileTypes: true })
  } catch {
    return []
  }
}

function parseFile(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** Reads the shown parts of a report; undefined if the JSON is not a report (docs/report.schema.json). */
export function readStackReport(json: unknown): StackReport | undefined {
  const { command, target, runUrl, plan, apply, gate, deployment, failure, failures, approval, check, destroy } =
    asObject(json)
  const known = reportCommands.find(each => each === command)
  const { name, stack, directory, workspace } = asObject(target)
  const [url, place] = [text(runUrl), text(directory)]
  if (known === undefined || url === undefined || place === undefined) return undefined
  const { hasChanges, counts } = asObject(plan)
  const { passed, endpoint } = asObject(gate)
  const { outcome } = asObject(approval)
  const destroyed = destroyOutcomes.find(each => each === asObject(destroy).outcome)
  return {
    command: known,
    target: { name: text(name), stack: text(stack) ?? '', directory: place, workspace: text(workspace) ?? '' },
    runUrl: url,
    ...(typeof hasChanges === 'boolean' && { plan: { hasChanges } }),
    counts: countsOf(counts),
    ...((apply === 'started' || apply === 'done') && { apply }),
    ...(gate !== undefined && { gate: { passed: passed === true } }),
    endpoint: text(endpoint) ?? text(asObject(deployment).endpoint),
    // Any value in the place of a failure counts as one. Reports of version 0.1 have one failure instead of a list.
    failures: (Array.isArray(failures) ? failures : failure === undefined ? [] : [failure]).map(readFailure),
    ...(outcome === 'refused' && { approval: { outcome } }),
    ...(check !== undefined && { check: true }),
    ...(destroyed !== undefined && { destroy: { outcome: destroyed } }),
  }
}

function readFailure(value: unknown): StackReport['failures'][number] {
  const { phase, code, sentence, fix } = asObject(value)
  return { phase: text(phase) ?? '', code: text(code) ?? '', sentence: text(sentence) ?? '', fix: text(fix) ?? '' }
}

function countsOf(counts: unknown): StackReport['counts'] {
  const numbers = Object.entries(asObject(counts)).filter(
    (each): each is [string, number] => typeof each[1] === 'number',
  )
  return numbers.length === 0 ? undefined : Object.fromEntries(numbers)
}

/**
 * Reads the stacks from the output `stacks` or `batches` of `discover`.
 * @throws InputError for any other text
 */
export function expectedStacks(json: string): ExpectedStack[] {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    value = undefined
  }
  const matrices = Array.isArray(value) ? value : [value]
  const entries = matrices.flatMap(matrix => asObject(matrix).include ?? [undefined])
  return entries.map(entry => {
    const { name, stack, workspace, 'working-directory': directory } = asObject(entry)
    const [shown, place] = [text(name), text(directory)]
    if (shown === undefined || place === undefined) {
      throw new InputError(
        'Input stacks is not a list of stacks: set it to the output stacks or batches of command discover, or the path of a file with it (output stacks-file).',
      )
    }
    return { name: shown, stack: text(stack) ?? '', directory: place, workspace: text(workspace) ?? '' }
  })
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
