/**
 * What a workflow file says of its steps that use this action, as far as that is certain without running it: literal
 * matrices are expanded, and a value that depends on what only the run knows is unknown. Pure.
 */
import { parse } from 'yaml'
import { asList, asObject } from '../json.ts'

/** One run of a step: each combination of its matrix is one of its own. */
export interface WorkflowStep {
  /** Id of the job, with the values of its matrix. */
  readonly job: string
  readonly jobId: string
  /** GitHub environment of the input deployment-environment (or of its deprecated name) or else of the job, if any. */
  readonly environment: Value | undefined
  /** The step's `with:`, by input. */
  readonly inputs: Readonly<Record<string, Value>>
  /** What `env:` of the workflow, the job and the step says together. */
  readonly env: Readonly<Record<string, Value>>
  /** The conditions of the job and of the step. */
  readonly conditions: readonly string[]
  /** Whether the workflow runs on a push or on the merge of a pull request, as far as it says. */
  readonly mayBePush: boolean
  /** `runs-on` and `container`, as far as two of them can be compared. */
  readonly machine: string
}

/**
 * A text in which nothing is left to evaluate (`literal`), that is the same wherever it stands in one run
 * (`same in a run`: `github.*` and `inputs.*`), or that may be anything (`unknown`).
 */
export interface Value {
  readonly text: string
  readonly known: 'literal' | 'same in a run' | 'unknown'
}

/** Bytes of a workflow file; GitHub takes about half a megabyte. */
const largestFile = 1_000_000

/** Jobs that one matrix may make. */
const mostJobs = 256

/**
 * The steps that use this action, in the order of the file. A file that is no workflow has none.
 * @param isOurs whether a `uses:` names this action
 */
export function stepsOf(workflow: string, isOurs: (uses: string) => boolean): WorkflowStep[] {
  if (Buffer.byteLength(workflow) > largestFile) return []
  let document: unknown
  try {
    document = parse(workflow, { maxAliasCount: 100, logLevel: 'silent' })
  } catch {
    return []
  }
  const { jobs, env, on } = asObject(document)
  const mayBePush = isPush(on)
  return Object.entries(asObject(jobs)).flatMap(([id, job]) =>
    stepsOfJob(id, asObject(job), asObject(env), isOurs).map(step => ({ ...step, mayBePush })),
  )
}

/** A workflow that is called runs on the event of its caller. */
function isPush(on: unknown): boolean {
  const events = typeof on === 'string' ? [on] : Array.isArray(on) ? on : Object.keys(asObject(on))
  const types = asList(asObject(asObject(on).pull_request).types)
  return events.some(event => event === 'push' || event === 'workflow_call') || types.includes('closed')
}

function stepsOfJob(
  jobId: string,
  job: Record<string, unknown>,
  env: Record<string, unknown>,
  isOurs: (uses: string) => boolean,
): Omit<WorkflowStep, 'mayBePush'>[] {
  const steps = asList(job.steps).map(asObject)
  const ours = steps.filter(({ uses }) => typeof uses === 'string' && isOurs(uses))
  if (ours.length === 0) return []
  // A script may set for the steps after it what `env:` would set.
  const scripts = steps.map(({ run }) => (typeof run === 'string' ? run : '')).join('\n')
  return combinations(asObject(job.strategy).matrix).flatMap(combination => {
    const value = (given: unknown) => textIn(given, combination)
    const values = (given: unknown) =>
      Object.fromEntries(Object.entries(asObject(given)).map(([name, each]) => [name, value(each)]))
    const environment = typeof job.environment === 'object' ? asObject(job.environment).name : job.environment
    const shown = Object.entries(combination ?? {}).map(([name, each]) => `${name}: ${String(each)}`)
    return ours.map(step => {
      const inputs = values(step.with)
      const own = [inputs['deployment-environment'], inputs.environment].find(input => input && input.text !== '')
      return {
        job: shown.length === 0 ? jobId : `${jobId} (${shown.join(', ')})`,
        jobId,
        environment: own ?? (environment === undefined || environment === null ? undefined : value(environment)),
        inputs,
        env: { ...values(env), ...values(job.env), ...scripted(scripts), ...values(step.env) },
        conditions: [job.if, step.if].filter(each => each !== undefined && each !== null).map(String),
        machine: JSON.stringify([job['runs-on'], job.container]),
      }
    })
  })
}

/** Variables that a script names, and so may set. */
function scripted(scripts: string): Record<string, Value> {
  const names =
    scripts.match(/\b(TF_WORKSPACE|TF_CLI_ARGS(_init)?|TF_DATA_DIR|AWS_(ENDPOINT_URL|S3_ENDPOINT)\w*)\b/g) ?? []
  return Object.fromEntries(names.map(name => [name, { text: '', known: 'unknown' }]))
}

type Combination = Readonly<Record<string, unknown>>

/** Those of a matrix, one without values where there is none; [undefined] when it is only known in the run. */
function combinations(matrix: unknown): (Combination | undefined)[] {
  if (matrix === undefined || matrix === null) return [{}]
  const { include, exclude, ...axes } = asObject(matrix)
  const lists = [include ?? [], exclude ?? [], ...Object.values(axes)]
  if (typeof matrix !== 'object' || !lists.every(Array.isArray)) return [undefined]
  let combined: Combination[] = [{}]
  for (const [axis, values] of Object.entries(axes)) {
    combined = combined.flatMap(each => asList(values).map(value => ({ ...each, [axis]: value })))
    if (combined.length > mostJobs) return [undefined]
  }
  const isLike = (each: Combination, other: Combination, names: readonly string[]) =>
    names.every(name => JSON.stringify(each[name]) === JSON.stringify(other[name]))
  const kept = combined.filter(
    each => !asList(exclude).some(out => isLike(each, asObject(out), Object.keys(asObject(out)))),
  )
  const hasAxes = Object.keys(axes).length > 0
  const made: Record<string, unknown>[] = hasAxes ? kept.map(each => ({ ...each })) : []
  for (const more of asList(include).map(asObject)) {
    // It adds to each combination of which it changes nothing, and is a new one where it fits none.
    const shared = Object.keys(more).filter(name => name in axes)
    const fitting = hasAxes ? made.filter((each, index) => index < kept.length && isLike(each, more, shared)) : []
    for (const each of fitting) Object.assign(each, more)
    if (fitting.length === 0) made.push({ ...more })
  }
  return made.length > mostJobs ? [undefined] : made
}

function textIn(given: unknown, combination: Combination | undefined): Value {
  if (typeof given === 'object' && given !== null) return { text: JSON.stringify(given), known: 'unknown' }
  let known: Value['known'] = 'literal'
  const text = replaceExpressions(String(given ?? ''), (whole, expression) => {
    const inMatrix = /^matrix\.([\w-]+(?:\.[\w-]+)*)$/.exec(expression.trim())?.[1]
    const value = inMatrix === undefined ? undefined : memberOf(combination, inMatrix.split('.'))
    if (value !== undefined && !String(value).includes('${{')) return String(value)
    if (known !== 'unknown') known = isSameInRun(expression) ? 'same in a run' : 'unknown'
    return whole.replace(/\s+/g, ' ')
  })
  return { text, known }
}

/** A text with each `${{ … }}` replaced. Not by a pattern, which would look for an end behind each of a million beginnings. */
function replaceExpressions(text: string, replace: (whole: string, expression: string) => string): string {
  const parts: string[] = []
  let position = 0
  for (;;) {
    const begin = text.indexOf('${{', position)
    const end = begin === -1 ? -1 : text.indexOf('}}', begin + 3)
    if (end === -1) return parts.join('') + text.slice(position)
    parts.push(text.slice(position, begin), replace(text.slice(begin, end + 2), text.slice(begin + 3, end)))
    position = end + 2
  }
}

/** A plain value of a combination; what is missing in one of them is empty on GitHub. */
function memberOf(
  combination: Combination | undefined,
  path: readonly string[],
): string | number | boolean | undefined {
  if (combination === undefined) return undefined
  let value: unknown = combination
  for (const name of path) value = asObject(value)[name]
  if (value === undefined || value === null) return ''
  return typeof value === 'object' ? undefined : (value as string | number | boolean)
}

/** Whether an expression has one value in all jobs of a run: of contexts it names `github` and `inputs` alone. */
function isSameInRun(expression: string): boolean {
  const code = expression.replace(/'(?:[^']|'')*'/g, ' ')
  // These differ from job to job, and so may what stands in brackets or is read as a whole.
  if (/github\s*\.\s*(job|action|env|path|token|workspace|retention)|\bgithub\b(?!\s*\.)|\[/i.test(code)) return false
  const words = code.match(/(?<![\w.-])[A-Za-z_][\w-]*/g) ?? []
  const allowed = /^(github|inputs|true|false|null|contains|startsWith|endsWith|format|join|toJSON|fromJSON)$/i
  return words.every(word => allowed.test(word))
}
