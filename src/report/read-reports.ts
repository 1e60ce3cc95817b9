/**
 * What a matrix of stacks did, joined: each report that its jobs uploaded, and each stack that has none because its job was
 * cancelled or never ran. An artifact can be written by whoever opens a pull request, so a report is taken only in the shape that
 * the action writes.
 */
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { InputError } from '../errors.ts'
import { asObject } from '../json.ts'
import { destroyOutcomes } from '../terraform/destroy.ts'
import { type OutcomeFacts, outcomeOf } from './outcome.ts'
import { reportCommands } from './report.ts'

/** As much of a report as is shown. */
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

/** A stack as `discover` named it, as far as a report is found by it. */
export interface ExpectedStack {
  readonly name: string
  readonly stack: string
  readonly directory: string
  readonly workspace: string
}

export type Row =
  | { readonly name: string; readonly report: StackReport }
  /** There is no report, or none that can be read. */
  | { readonly name: string; readonly missing: string }

export interface Joined {
  /** What failed first, each group by name. */
  readonly rows: readonly Row[]
  /** Names of the stacks that failed or have no report. */
  readonly failed: readonly string[]
}

/** Reports to be read, more than a run can have jobs. */
const maxFiles = 70_000

/** Bytes; a report of ten thousand changes has about two million. */
const maxReportBytes = 10_000_000

/** Folders below each other; artifacts have two. */
const maxDepth = 10

/**
 * Which stack each report is of, and which have none. Pure.
 * @param expected undefined when nobody says which there should be
 * @param unreadable files that are named like a report and are none
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
        missing: 'There is no report of it: its job was cancelled, never ran, or did not upload one.',
      })
      continue
    }
    unmatched.splice(unmatched.indexOf(match), 1)
    rows.push({ name: stack.name, report: match })
  }
  for (const report of unmatched) rows.push({ name: nameOf(report), report })
  for (const file of unreadable)
    rows.push({ name: file, missing: 'The file is no report of this action, or is too large.' })
  const failed = rows.filter(isFailed)
  const byName = (a: Row, b: Row) =>
    Number(isFailed(b)) - Number(isFailed(a)) || (a.name < b.name ? -1 : Number(a.name > b.name))
  return { rows: rows.toSorted(byName), failed: failed.map(({ name }) => name).toSorted() }
}

export function isFailed(row: Row): boolean {
  return 'missing' in row || outcomeOf(row.report).isFailed
}

/** A job that was run again leaves a report of each attempt; of two of one attempt the one that failed counts. */
function newestOfEach(reports: readonly StackReport[]): StackReport[] {
  const attempt = ({ runUrl }: StackReport) => Number(/\/attempts\/(\d{1,6})$/.exec(runUrl)?.[1] ?? 1)
  const newest = new Map<string, StackReport>()
  const nameless: StackReport[] = []
  for (const report of reports) {
    // Without a name several stacks of one directory look alike, and each has its own.
    if (report.target.name === undefined) {
      nameless.push(report)
      continue
    }
    const other = newest.get(report.target.name)
    const isNewer = other === undefined || attempt(report) > attempt(other)
    const isWorse = other !== undefined && attempt(report) === attempt(other) && report.failures.length > 0
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
 * Reads every report below a directory. Other files are passed over; one that is named report.json and is none is told.
 * @param directory absolute; one that does not exist holds none
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

/** The parts of a report that are shown, undefined when it is none (docs/report.schema.json). */
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
    // Whatever stands in the place of a failure is one. Reports of version 0.1 have no list.
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
 * The stacks that `discover` found, of its output `stacks` or `batches`.
 * @throws InputError when it is neither
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
        'Input stacks is no list of stacks: give the output stacks or batches of command discover, or the path of a file with it (output stacks-file).',
      )
    }
    return { name: shown, stack: text(stack) ?? '', directory: place, workspace: text(workspace) ?? '' }
  })
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
