/**
 * Reads a workflow file as far as workflow.ts can carry it out, after GitHub's "Workflow syntax". A key, an event or a
 * permission that is not implemented is an error: nothing in a workflow is passed over in silence.
 */
import { parse } from 'yaml'
import type { Trigger } from './events.ts'

export type Access = 'read' | 'write'
export type JobPermissions = Readonly<Record<string, Access>>
/** A value in which expressions may stand. */
export type Text = string | number | boolean

export interface Workflow {
  readonly path: string
  readonly name: string
  readonly on: Readonly<Record<string, EventFilter>>
  readonly permissions: JobPermissions | undefined
  readonly env: Readonly<Record<string, Text>>
  readonly concurrency: Concurrency | undefined
  readonly jobs: Readonly<Record<string, JobDefinition>>
}

interface EventFilter {
  readonly branches?: readonly string[]
  readonly types?: readonly string[]
  readonly crons?: readonly string[]
  readonly inputs?: Readonly<Record<string, InputDefinition>>
  readonly outputs?: Readonly<Record<string, { readonly value: string }>>
}

export interface InputDefinition {
  readonly type: 'string' | 'boolean' | 'number' | 'choice'
  readonly required: boolean
  readonly default?: Text
  readonly options?: readonly string[]
}

export interface Concurrency {
  readonly group: string
  readonly queue: 'single' | 'max'
}

export interface JobDefinition {
  readonly name: string | undefined
  readonly needs: readonly string[]
  readonly if: string | undefined
  readonly permissions: JobPermissions | undefined
  readonly concurrency: Concurrency | undefined
  /** Labels, joined by a comma. */
  readonly runsOn: string
  readonly environment: { readonly name: string; readonly url?: string } | undefined
  readonly env: Readonly<Record<string, Text>>
  readonly outputs: Readonly<Record<string, string>>
  /** As written: an expression, or vectors with `include` and `exclude`. */
  readonly matrix: unknown
  readonly failFast: boolean
  readonly steps: readonly StepDefinition[]
  /** Of a reusable workflow: its path, and what it is given. */
  readonly uses: string | undefined
  readonly with: Readonly<Record<string, Text>>
  readonly inheritsSecrets: boolean
}

export interface StepDefinition {
  readonly id: string | undefined
  readonly name: string
  readonly if: string | undefined
  readonly uses: string | undefined
  readonly with: Readonly<Record<string, Text>>
  readonly run: string | undefined
  readonly shell: 'bash' | undefined
  readonly env: Readonly<Record<string, Text>>
  readonly continueOnError: Text
}

const permissionNames = ['checks', 'contents', 'deployments', 'id-token', 'issues', 'pull-requests', 'statuses']

/** What each event can be narrowed by, and the activity types that it has without `types:`. */
const events: Readonly<Record<string, { keys: readonly string[]; types?: readonly string[] }>> = {
  push: { keys: ['branches'] },
  pull_request: { keys: ['branches', 'types'], types: ['opened', 'synchronize', 'reopened'] },
  pull_request_target: { keys: ['branches', 'types'], types: ['opened', 'synchronize', 'reopened'] },
  merge_group: { keys: ['branches', 'types'], types: ['checks_requested'] },
  schedule: { keys: [] },
  issue_comment: { keys: ['types'], types: ['created', 'edited', 'deleted'] },
  workflow_dispatch: { keys: ['inputs'] },
  workflow_call: { keys: ['inputs', 'outputs'] },
}

/** Reads the text of the workflow at `path` in the repository. Throws where it is wrong or holds what is unknown here. */
export function readWorkflow(path: string, text: string): Workflow {
  const file = map(path, parse(text), ['name', 'on', 'permissions', 'env', 'concurrency', 'jobs'])
  const jobs = map(`${path}: jobs`, file.jobs)
  return {
    path,
    name: file.name === undefined ? path : String(file.name),
    on: readEvents(path, file.on),
    permissions: readPermissions(path, file.permissions),
    env: texts(`${path}: env`, file.env),
    concurrency: readConcurrency(path, file.concurrency),
    jobs: Object.fromEntries(Object.entries(jobs).map(([id, job]) => [id, readJob(`${path}: job ${id}`, job)])),
  }
}

/** Whether the workflow runs for what happened. */
export function listensTo({ on }: Workflow, { event, github }: Trigger): boolean {
  const filter = on[event.name]
  if (filter === undefined) return false
  const payload = event.payload as { action?: string; schedule?: string; merge_group?: { base_ref: string } }
  if (event.name === 'schedule') return filter.crons?.includes(payload.schedule ?? '') ?? false
  const types = filter.types ?? events[event.name]?.types
  if (types !== undefined && !types.includes(payload.action ?? '')) return false
  const branch = payload.merge_group?.base_ref ?? github.baseRef ?? github.ref
  return fitsBranch(filter.branches, branch.replace(/^refs\/heads\//, ''))
}

/** Whether a branch fits one of the patterns, of which only `*` and `**` are implemented; undefined fits all. */
export function fitsBranch(patterns: readonly string[] | undefined, branch: string): boolean {
  return (
    patterns?.some(pattern => {
      if (/[!?+[\]]/.test(pattern)) throw new Error(`the branch pattern ${pattern} is not implemented`)
      const source = pattern.split(/(\*\*|\*)/).map(part => ({ '*': '[^/]*', '**': '.*' })[part] ?? RegExp.escape(part))
      return new RegExp(`^${source.join('')}$`).test(branch)
    }) ?? true
  )
}

function readEvents(path: string, on: unknown): Workflow['on'] {
  const names = typeof on === 'string' ? [on] : Array.isArray(on) ? on.map(String) : undefined
  const given = names === undefined ? map(`${path}: on`, on) : Object.fromEntries(names.map(name => [name, null]))
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const event = events[name]
      if (event === undefined) throw new Error(`${path}: the event ${name} is not implemented`)
      const where = `${path}: on.${name}`
      if (name === 'schedule') return [name, { crons: list(where, value).map(each => cron(where, each)) }]
      const { branches, types, inputs, outputs } = map(where, value ?? {}, event.keys)
      return [
        name,
        {
          ...(branches !== undefined && { branches: list(where, branches).map(String) }),
          ...(types !== undefined && { types: list(where, types).map(String) }),
          ...(inputs !== undefined && { inputs: readInputs(where, inputs) }),
          ...(outputs !== undefined && { outputs: readCallOutputs(where, outputs) }),
        },
      ]
    }),
  )
}

const cron = (where: string, entry: unknown) => String(map(where, entry, ['cron']).cron)

function readInputs(where: string, inputs: unknown): Record<string, InputDefinition> {
  return Object.fromEntries(
    Object.entries(map(where, inputs)).map(([name, value]) => {
      const keys = ['description', 'type', 'required', 'default', 'options']
      const input = map(`${where}.inputs.${name}`, value ?? {}, keys)
      const type = String(input.type ?? 'string')
      if (!/^(string|boolean|number|choice)$/.test(type)) throw new Error(`${where}.inputs.${name}: type ${type}`)
      const options = type === 'choice' ? { options: list(`${where}.inputs.${name}`, input.options).map(String) } : {}
      const preset = input.default === undefined ? {} : { default: text(where, input.default) }
      return [name, { type: type as InputDefinition['type'], required: input.required === true, ...preset, ...options }]
    }),
  )
}

function readCallOutputs(where: string, outputs: unknown): Record<string, { value: string }> {
  return Object.fromEntries(
    Object.entries(map(where, outputs)).map(([name, output]) => {
      const { value } = map(`${where}.outputs.${name}`, output, ['description', 'value'])
      return [name, { value: String(value) }]
    }),
  )
}

function readPermissions(where: string, permissions: unknown): JobPermissions | undefined {
  if (permissions === undefined) return undefined
  const asked = Object.entries(map(`${where}: permissions`, permissions, permissionNames))
  for (const [name, access] of asked) {
    if (access === 'read' || access === 'write' || access === 'none') continue
    throw new Error(`${where}: permission ${name} is ${access}`)
  }
  return Object.fromEntries(asked.filter(([, access]) => access !== 'none')) as JobPermissions
}

function readConcurrency(where: string, concurrency: unknown): Concurrency | undefined {
  if (concurrency === undefined) return undefined
  if (typeof concurrency === 'string') return { group: concurrency, queue: 'single' }
  const { group, queue = 'single' } = map(`${where}: concurrency`, concurrency, ['group', 'queue'])
  if (queue !== 'single' && queue !== 'max') throw new Error(`${where}: concurrency.queue is ${queue}`)
  return { group: String(group), queue }
}

function readJob(where: string, value: unknown): JobDefinition {
  const everyJob = ['name', 'needs', 'if', 'permissions', 'concurrency', 'strategy']
  const isCall = typeof value === 'object' && value !== null && 'uses' in value
  const job = map(where, value, [
    ...everyJob,
    ...(isCall
      ? ['uses', 'with', 'secrets']
      : ['runs-on', 'environment', 'env', 'outputs', 'timeout-minutes', 'steps']),
  ])
  const strategy = map(`${where}: strategy`, job.strategy ?? {}, ['matrix', 'fail-fast', 'max-parallel'])
  if (job.secrets !== undefined && job.secrets !== 'inherit') throw new Error(`${where}: secrets is not "inherit"`)
  return {
    name: optional(job.name),
    needs: job.needs === undefined ? [] : [job.needs].flat().map(String),
    if: optional(job.if),
    permissions: readPermissions(where, job.permissions),
    concurrency: readConcurrency(where, job.concurrency),
    runsOn: [job['runs-on'] ?? []].flat().map(String).join(', '),
    environment: readEnvironment(where, job.environment),
    env: texts(`${where}: env`, job.env),
    outputs: texts(`${where}: outputs`, job.outputs) as Record<string, string>,
    matrix: strategy.matrix,
    failFast: strategy['fail-fast'] !== false,
    steps: isCall ? [] : list(`${where}: steps`, job.steps).map((step, i) => readStep(`${where}: step ${i + 1}`, step)),
    uses: optional(job.uses),
    with: texts(`${where}: with`, job.with),
    inheritsSecrets: job.secrets === 'inherit',
  }
}

function readEnvironment(where: string, environment: unknown): JobDefinition['environment'] {
  if (environment === undefined) return undefined
  if (typeof environment === 'string') return { name: environment }
  const { name, url } = map(`${where}: environment`, environment, ['name', 'url'])
  return { name: String(name), ...(url !== undefined && { url: String(url) }) }
}

function readStep(where: string, value: unknown): StepDefinition {
  const isRun = typeof value === 'object' && value !== null && 'run' in value
  const step = map(where, value, [
    ...['id', 'name', 'if', 'env', 'continue-on-error', 'timeout-minutes'],
    ...(isRun ? ['run', 'shell'] : ['uses', 'with']),
  ])
  if (step.shell !== undefined && step.shell !== 'bash') throw new Error(`${where}: shell ${step.shell}`)
  if (!isRun && typeof step.uses !== 'string') throw new Error(`${where} has neither uses nor run`)
  return {
    id: optional(step.id),
    name: String(step.name ?? step.id ?? step.uses ?? 'run'),
    if: optional(step.if),
    uses: optional(step.uses),
    with: texts(`${where}: with`, step.with),
    run: optional(step.run),
    shell: step.shell,
    env: texts(`${where}: env`, step.env),
    continueOnError: text(where, step['continue-on-error'] ?? false),
  }
}

function map(where: string, value: unknown, keys?: readonly string[]): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${where} is no map`)
  const unknown = Object.keys(value).filter(key => keys !== undefined && !keys.includes(key))
  if (unknown.length > 0) throw new Error(`${where}: ${unknown.join(', ')} is not implemented`)
  return value as Record<string, unknown>
}

function list(where: string, value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new Error(`${where} is no list`)
  return value
}

function text(where: string, value: unknown): Text {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  throw new Error(`${where}: ${JSON.stringify(value)} is no text`)
}

function texts(where: string, value: unknown): Record<string, Text> {
  if (value === undefined) return {}
  return Object.fromEntries(
    // An empty value of `env` or `with` is an empty text.
    Object.entries(map(where, value)).map(([name, each]) => [name, each === null ? '' : text(where, each)]),
  )
}

function optional(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : String(value)
}
