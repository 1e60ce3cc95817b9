/**
 * Reader of workflow files: the steps that use this action, as far as they are certain without a run. Literal matrices are expanded.
 * Values that only a run knows are unknown. Pure.
 */
import { parse } from 'yaml'
import { asList, asObject } from '../json.ts'
import { maxJobs } from './matrix.ts'

/** One step in one combination of its job's matrix. */
export interface WorkflowStep {
  /** Id of the job with its matrix values, for messages. */
  readonly job: string
  readonly jobId: string
  /** The environment of the input deployment-environment (or its deprecated name), or else of the job; undefined if none is set. */
  readonly environment: Value | undefined
  /** Values of the step's `with:`, by input. */
  readonly inputs: Readonly<Record<string, Value>>
  /** Merged `env:` of workflow, job and step. */
  readonly env: Readonly<Record<string, Value>>
  /** The `if:` of the job and of the step. */
  readonly conditions: readonly string[]
  /** Whether the workflow can run on a push or on the merge of a pull request. */
  readonly mayBePush: boolean
  /** `runs-on` and `container` as comparable JSON. */
  readonly machine: string
}

/**
 * A text with its certainty:
 * - `literal`: it contains no expression;
 * - `same in a run`: it has one value in all jobs of a run (`github.*` and `inputs.*`);
 * - `unknown`: it may have any value.
 */
export interface Value {
  readonly text: string
  readonly certainty: 'literal' | 'same in a run' | 'unknown'
}

/** Bytes of a workflow file. GitHub accepts about half a megabyte. */
const maxFileBytes = 1_000_000

/**
 * The steps that use this action, in the order of the file; empty if the text is not a workflow.
 * @param workflow the text of a workflow file
 * @param isOurs whether a `uses:` names this action
 */
export function stepsOf(workflow: string, isOurs: (uses: string) => boolean): WorkflowStep[] {
  if (Buffer.byteLength(workflow) > maxFileBytes) return []
  let document: unknown
  try {
    document = parse(workflow, { maxAliasCount: 100, logLevel: 'silent' })
  } catch {
    return []
  }
  const { jobs, env, on } = asObject(document)
  const mayBePush = mayRunOnPush(on)
  return Object.entries(asObject(jobs)).flatMap(([id, job]) =>
    stepsOfJob(id, asObject(job), asObject(env), isOurs).map(step => ({ ...step, mayBePush })),
  )
}

/** Whether a workflow can run on a push or a merge. A called workflow runs on the event of its caller. */
function mayRunOnPush(on: unknown): boolean {
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
  // A script can set variables for later steps.
  const scripts = steps.map(({ run }) => (typeof run === 'string' ? run : '')).join('\n')
  return matrixCombinations(asObject(job.strategy).matrix).flatMap(combination => {
    const value = (source: unknown) => evaluate(source, combination)
    const values = (source: unknown) =>
      Object.fromEntries(Object.entries(asObject(source)).map(([name, each]) => [name, value(each)]))
    const environment = typeof job.environment === 'object' ? asObject(job.environment).name : job.environment
    const matrixValues = Object.entries(combination ?? {}).map(([name, each]) => `${name}: ${String(each)}`)
    return ours.map(step => {
      const inputs = values(step.with)
      const own = [inputs['deployment-environment'], inputs.environment].find(input => input && input.text !== '')
      return {
        job: matrixValues.length === 0 ? jobId : `${jobId} (${matrixValues.join(', ')})`,
        jobId,
        environment: own ?? (environment === undefined || environment === null ? undefined : value(environment)),
        inputs,
        env: { ...values(env), ...values(job.env), ...scriptVariables(scripts), ...values(step.env) },
        conditions: [job.if, step.if].filter(each => each !== undefined && each !== null).map(String),
        machine: JSON.stringify([job['runs-on'], job.container]),
      }
    })
  })
}

/** Variables that scripts mention. Scripts may set them, so their values are unknown. */
function scriptVariables(scripts: string): Record<string, Value> {
  const names =
    scripts.match(/\b(TF_WORKSPACE|TF_CLI_ARGS(_init)?|TF_DATA_DIR|AWS_(ENDPOINT_URL|S3_ENDPOINT)\w*)\b/g) ?? []
  return Object.fromEntries(names.map(name => [name, { text: '', certainty: 'unknown' }]))
}

type Combination = Readonly<Record<string, unknown>>

/** The combinations of a matrix; one without values if there is no matrix; [undefined] if only the run knows them. */
function matrixCombinations(matrix: unknown): (Combination | undefined)[] {
  if (matrix === undefined || matrix === null) return [{}]
  const { include, exclude, ...axes } = asObject(matrix)
  const lists = [include ?? [], exclude ?? [], ...Object.values(axes)]
  if (typeof matrix !== 'object' || !lists.every(Array.isArray)) return [undefined]
  let combined: Combination[] = [{}]
  for (const [axis, values] of Object.entries(axes)) {
    combined = combined.flatMap(each => asList(values).map(value => ({ ...each, [axis]: value })))
    if (combined.length > maxJobs) return [undefined]
  }
  const isLike = (each: Combination, other: Combination, names: readonly string[]) =>
    names.every(name => JSON.stringify(each[name]) === JSON.stringify(other[name]))
  const included = combined.filter(
    each => !asList(exclude).some(out => isLike(each, asObject(out), Object.keys(asObject(out)))),
  )
  const hasAxes = Object.keys(axes).length > 0
  const results: Record<string, unknown>[] = hasAxes ? included.map(each => ({ ...each })) : []
  for (const more of asList(include).map(asObject)) {
    // An `include` extends every combination whose values it does not change. Otherwise it is a new combination.
    const shared = Object.keys(more).filter(name => name in axes)
    const fitting = hasAxes
      ? results.filter((each, index) => index < included.length && isLike(each, more, shared))
      : []
    for (const each of fitting) Object.assign(each, more)
    if (fitting.length === 0) results.push({ ...more })
  }
  return results.length > maxJobs ? [undefined] : results
}

/** A value of the file with its matrix expressions replaced. */
function evaluate(source: unknown, combination: Combination | undefined): Value {
  if (typeof source === 'object' && source !== null) return { text: JSON.stringify(source), certainty: 'unknown' }
  let certainty: Value['certainty'] = 'literal'
  const text = replaceExpressions(String(source ?? ''), (whole, expression) => {
    const inMatrix = /^matrix\.([\w-]+(?:\.[\w-]+)*)$/.exec(expression.trim())?.[1]
    const value = inMatrix === undefined ? undefined : memberOf(combination, inMatrix.split('.'))
    if (value !== undefined && !String(value).includes('${{')) return String(value)
    if (certainty !== 'unknown') certainty = isSameInRun(expression) ? 'same in a run' : 'unknown'
    return whole.replace(/\s+/g, ' ')
  })
  return { text, certainty }
}

/** A text with each `${{ … }}` replaced, in linear time. A pattern would search an end for each of a million beginnings. */
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

/** A plain value of a combination; undefined if it is unknown. GitHub treats a missing value as empty. */
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

/** Whether an expression has one value in all jobs of a run: its only contexts are `github` and `inputs`. */
function isSameInRun(expression: string): boolean {
  const code = expression.replace(/'(?:[^']|'')*'/g, ' ')
  // These properties differ between jobs. Brackets and the whole context may refer to them.
  if (/github\s*\.\s*(job|action|env|path|token|workspace|retention)|\bgithub\b(?!\s*\.)|\[/i.test(code)) return false
  const words = code.match(/(?<![\w.-])[A-Za-z_][\w-]*/g) ?? []
  const allowed = /^(github|inputs|true|false|null|contains|startsWith|endsWith|format|join|toJSON|fromJSON)$/i
  return words.every(word => allowed.test(word))
}
