/**
 * GitHub Actions for one repository: runs a workflow file of the event's commit as GitHub does, as far as our pages need
 * it. Events and their filters, permissions of the token, concurrency groups, environments with reviewers, `needs`,
 * matrices, reusable workflows, conditions, outputs, artifacts. Jobs run one after the other; `post` of an action runs with
 * its step and not at the end of the job; time limits are read and not kept. What a file asks for beyond that is an error.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { arch } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Trigger } from './events.ts'
import {
  asksForStatus,
  type Contexts,
  conditionHolds,
  fillTemplate,
  type JobStatus,
  templateValue,
} from './expressions.ts'
import type { GitHub, Permissions } from './github.ts'
import { type Annotation, runAction, runScript } from './runner.ts'
import { type StandInJob, StepFailed, standInFor } from './workflow-actions.ts'
import {
  type Concurrency,
  fitsBranch,
  type JobDefinition,
  type JobPermissions,
  listensTo,
  readWorkflow,
  type StepDefinition,
  type Text,
  type Workflow,
} from './workflow-file.ts'
import { type Combination, combinationsOf } from './workflow-matrix.ts'

/** A machine that takes jobs, by its labels joined by a comma. */
export interface Runner {
  /** What is in the environment of the machine itself. */
  readonly env: Readonly<Record<string, string>>
  /** Self-hosted: the checkout and the tool cache of one job are there for the next. */
  readonly keeps?: boolean
}

/** An environment in the repository's settings. */
export interface Environment {
  readonly vars?: Readonly<Record<string, string>>
  readonly secrets?: Readonly<Record<string, string>>
  /** Branches that may deploy to it; without them all refs. */
  readonly branches?: readonly string[]
  /** What the reviewers say when a job waits for them. */
  readonly review?: () => boolean | Promise<boolean>
}

export interface Settings {
  readonly github: GitHub
  readonly runners: Readonly<Record<string, Runner>>
  readonly vars?: Readonly<Record<string, string>>
  readonly secrets?: Readonly<Record<string, string>>
  readonly environments?: Readonly<Record<string, Environment>>
  /** The roles in AWS that trust this repository: each with the subjects that may take it. */
  readonly roles?: Readonly<Record<string, readonly string[]>>
  /** The registry of build-push-action: pushes an image with this content and returns its digest. */
  readonly push?: (reference: string, content: string) => Promise<string>
  /** Addresses of a GitHub Enterprise Server. */
  readonly server?: { readonly url: string; readonly apiUrl: string }
  /** Where the machines have their files; the caller removes it. */
  readonly directory: string
}

export type JobConclusion = JobStatus | 'skipped'

export interface StepResult {
  readonly name: string
  readonly id: string | undefined
  readonly outcome: JobConclusion
  readonly conclusion: JobConclusion
  readonly outputs: Readonly<Record<string, string>>
  readonly log: string
  readonly summary: string
  readonly annotations: readonly Annotation[]
}

export interface JobResult {
  readonly id: string
  readonly matrix: Combination | undefined
  readonly conclusion: JobConclusion
  /** Why, where no step says it. */
  readonly reason: string
  readonly permissions: JobPermissions
  readonly environment: { readonly name: string; readonly url: string } | undefined
  /** Roles in AWS that were taken, in order. */
  readonly roles: readonly string[]
  readonly steps: readonly StepResult[]
  readonly log: string
}

export interface WorkflowRun {
  /** False when the workflow does not listen to the event: then nothing was run. */
  readonly triggered: boolean
  readonly conclusion: JobStatus
  readonly group: string | undefined
  /** In the order in which they ended; one for each combination of a matrix. */
  readonly jobs: readonly JobResult[]
}

/** What a whole run shares. */
interface RunContext {
  readonly trigger: Trigger
  readonly workflow: Workflow
  /** Of the workflow that was triggered, also in those that it calls. */
  readonly entry: Workflow
  readonly runId: string
  readonly inputs: Contexts
  readonly secrets: Readonly<Record<string, string>>
  /** What a job may have at most. */
  readonly ceiling: JobPermissions | undefined
  readonly isFork: boolean
  readonly files: ReadonlyMap<string, string>
  readonly artifacts: Map<string, Map<string, Buffer>>
  readonly results: JobResult[]
}

/** What a job was to those that need it. */
interface Needed {
  readonly result: JobConclusion
  readonly outputs: Record<string, string>
  /** Of itself and of all that it needs. */
  readonly chain: readonly JobConclusion[]
}

const ours = /^[^/]+\/terraform-mcp-deploy@/
const ourDirectory = fileURLToPath(new URL('../../', import.meta.url))

export class GitHubActions {
  readonly #settings: Settings
  readonly #groups = new Map<string, { waiting: Array<(admitted: boolean) => void> }>()
  #runs = 0

  constructor(settings: Settings) {
    this.#settings = settings
  }

  /**
   * Runs the workflow at `path`, as it is at the commit of the event, if it listens to that event.
   * @throws when there is no such file, and on what is not implemented here
   */
  async run(path: string, trigger: Trigger): Promise<WorkflowRun> {
    const { github, secrets = {} } = this.#settings
    const files = await github.filesAt(trigger.github.sha)
    const text = files.get(path)
    if (text === undefined) throw new Error(`commit ${trigger.github.sha} has no ${path}`)
    const workflow = readWorkflow(path, text)
    if (!listensTo(workflow, trigger)) return { triggered: false, conclusion: 'success', group: undefined, jobs: [] }
    const isFork = comesFromFork(trigger)
    const hasSecrets = !isFork && trigger.github.actor !== 'dependabot[bot]'
    const context: RunContext = {
      trigger,
      workflow,
      entry: workflow,
      runId: `${1000 + this.#runs++}`,
      inputs: dispatchInputs(workflow, trigger),
      secrets: hasSecrets ? secrets : {},
      ceiling: undefined,
      isFork,
      files,
      artifacts: new Map(),
      results: [],
    }
    const contexts = this.#contexts(context)
    const { concurrency } = workflow
    const group = concurrency && fillTemplate(concurrency.group, only(contexts, 'github inputs vars'))
    const ran = await this.#oneAtATime(group, concurrency, async () => {
      const needed = await this.#jobs(context)
      return Object.values(needed).map(({ result }) => result)
    })
    const conclusion = ran === undefined ? 'cancelled' : overall(ran)
    return { triggered: true, conclusion, group, jobs: context.results }
  }

  /** Undefined when a later one took the place of the one that waited. */
  async #oneAtATime<T>(
    name: string | undefined,
    concurrency: Concurrency | undefined,
    work: () => Promise<T>,
  ): Promise<T | undefined> {
    if (name === undefined) return await work()
    // GitHub compares the names of groups without case.
    const key = name.toLowerCase()
    const busy = this.#groups.get(key)
    if (busy !== undefined) {
      if (concurrency?.queue !== 'max') for (const give of busy.waiting.splice(0)) give(false)
      const admitted = await new Promise<boolean>(settle => busy.waiting.push(settle))
      if (!admitted) return undefined
    }
    const group = busy ?? { waiting: [] }
    this.#groups.set(key, group)
    try {
      return await work()
    } finally {
      const next = group.waiting.shift()
      if (next === undefined) this.#groups.delete(key)
      else next(true)
    }
  }

  async #jobs(context: RunContext): Promise<Record<string, Needed>> {
    const done: Record<string, Needed> = {}
    const waiting = new Map(Object.entries(context.workflow.jobs))
    while (waiting.size > 0) {
      const ready = [...waiting].find(([, { needs }]) => needs.every(name => name in done))
      if (ready === undefined) throw new Error(`the jobs ${[...waiting.keys()].join(', ')} need what is not there`)
      const [id, job] = ready
      waiting.delete(id)
      const needs = Object.fromEntries(job.needs.map(name => [name, done[name] as Needed]))
      done[id] = await this.#job(context, id, job, needs)
    }
    return done
  }

  async #job(
    context: RunContext,
    id: string,
    job: JobDefinition,
    needs: Readonly<Record<string, Needed>>,
  ): Promise<Needed> {
    const before = Object.values(needs).flatMap(({ chain }) => chain)
    const contexts = { ...this.#contexts(context), needs }
    const status = statusOf(before)
    const end = (result: JobConclusion, outputs = {}): Needed => ({ result, outputs, chain: [...before, result] })
    const record = (conclusion: JobConclusion, reason: string) => {
      context.results.push({ ...nothingRan, id, conclusion, reason })
      return end(conclusion)
    }
    if (!holds(job.if, only(contexts, 'github needs vars inputs'), status)) return record('skipped', 'its condition')

    let combinations: Array<Combination | undefined> = [undefined]
    if (job.matrix !== undefined) {
      try {
        combinations = combinationsOf(filled(job.matrix, only(contexts, 'github needs vars inputs')))
      } catch (error) {
        return record('failure', (error as Error).message)
      }
    }
    const conclusions: JobConclusion[] = []
    const outputs: Record<string, string> = {}
    for (const [index, matrix] of combinations.entries()) {
      if (job.failFast && conclusions.includes('failure')) {
        conclusions.push('cancelled')
        context.results.push({ ...nothingRan, id, matrix, conclusion: 'cancelled', reason: 'fail-fast' })
        continue
      }
      const strategy = { 'job-index': index, 'job-total': combinations.length, 'fail-fast': job.failFast }
      const instance = { ...contexts, strategy, matrix: matrix ?? {} }
      const ran =
        job.uses === undefined ? this.#instance(context, id, job, instance) : this.#call(context, job, instance)
      const ended = await ran
      conclusions.push(ended.conclusion)
      Object.assign(outputs, ended.outputs)
    }
    return end(overall(conclusions), outputs)
  }

  /** A reusable workflow, which can take away permissions and add none. */
  async #call(context: RunContext, job: JobDefinition, contexts: Contexts): Promise<Ended> {
    const path = job.uses?.replace(/^\.\//, '') ?? ''
    const text = context.files.get(path)
    if (!job.uses?.startsWith('./') || text === undefined) throw new Error(`the workflow ${job.uses} is not there`)
    const workflow = readWorkflow(path, text)
    const given = filled(job.with, only(contexts, 'github needs strategy matrix inputs vars')) as Contexts
    const inputs = typedInputs(workflow, 'workflow_call', given)
    const ceiling = permissionsOf(job, context)
    const called: RunContext = {
      ...context,
      workflow,
      inputs,
      ceiling,
      secrets: job.inheritsSecrets ? context.secrets : {},
    }
    const done = await this.#jobs(called)
    const jobs = Object.fromEntries(Object.entries(done).map(([id, { outputs, result }]) => [id, { outputs, result }]))
    const outputs = Object.entries(workflow.on.workflow_call?.outputs ?? {}).map(([name, { value }]) => [
      name,
      fillTemplate(value, { ...only(this.#contexts(called), 'github inputs vars'), jobs }),
    ])
    return {
      conclusion: overall(Object.values(done).map(({ result }) => result)),
      outputs: Object.fromEntries(outputs),
    }
  }

  async #instance(context: RunContext, id: string, job: JobDefinition, contexts: Contexts): Promise<Ended> {
    const { vars = {}, environments = {}, github } = this.#settings
    const { trigger, results } = context
    const early = 'github needs strategy matrix vars inputs'
    const matrix = job.matrix === undefined ? undefined : (contexts.matrix as Combination)
    const permissions = permissionsOf(job, context)
    const record = (conclusion: JobConclusion, reason: string): Ended => {
      results.push({ ...nothingRan, id, matrix, permissions, conclusion, reason })
      return { conclusion, outputs: {} }
    }
    // An empty name is no environment.
    const name = (job.environment && fillTemplate(job.environment.name, only(contexts, early))) || undefined
    const environment = name === undefined ? {} : environments[name]
    if (environment === undefined) throw new Error(`the settings have no environment ${name}`)
    const ref = trigger.github.ref.replace(/^refs\/heads\//, '')
    if (!fitsBranch(environment.branches, ref))
      return record('failure', `Branch "${ref}" is not allowed to deploy to ${name}.`)
    const group = job.concurrency && fillTemplate(job.concurrency.group, only(contexts, early))
    const ended = await this.#oneAtATime(group, job.concurrency, async () => {
      if (environment.review !== undefined && !(await environment.review()))
        return record('failure', `The deployment to ${name} was rejected.`)
      const token = context.isFork ? github.readOnlyToken : github.issueToken(standInPermissions(permissions))
      const secrets = context.isFork ? context.secrets : { ...context.secrets, ...environment.secrets }
      return await new JobRun(this.#settings, context, id, job, {
        ...contexts,
        github: { ...(contexts.github as object), token, job: id },
        vars: { ...vars, ...environment.vars },
        secrets: { ...secrets, GITHUB_TOKEN: token },
      }).carryOut(permissions, name, matrix)
    })
    return ended ?? record('cancelled', 'another job took its place in the queue')
  }

  #contexts({ trigger, entry, runId, inputs }: RunContext): Contexts {
    const { github, vars = {}, server } = this.#settings
    const { event, github: context } = trigger
    return {
      github: {
        ...context,
        base_ref: context.baseRef ?? '',
        head_ref: context.headRef ?? '',
        ref_name: context.ref.replace(/^refs\/(heads|tags|pull)\//, ''),
        repository_owner: github.owner,
        actor: context.actor ?? github.owner,
        event_name: event.name,
        event: event.payload,
        workflow: entry.name,
        run_id: runId,
        run_attempt: '1',
        server_url: server?.url ?? 'https://github.com',
        api_url: server?.apiUrl ?? github.apiUrl,
      },
      vars,
      inputs,
    }
  }
}

interface Ended {
  readonly conclusion: JobConclusion
  readonly outputs: Readonly<Record<string, string>>
}

const nothingRan = {
  matrix: undefined,
  permissions: {},
  environment: undefined,
  roles: [],
  steps: [],
  log: '',
} as const

/** The steps of one job on one machine. */
class JobRun {
  readonly #settings: Settings
  readonly #context: RunContext
  readonly #id: string
  readonly #job: JobDefinition
  readonly #contexts: Contexts
  readonly #runner: Runner
  readonly #workspace: string
  readonly #temp: string
  readonly #toolCache: string
  readonly #steps: StepResult[] = []
  readonly #roles: string[] = []
  readonly #masks = new Set<string>()
  #exported: Record<string, string> = {}
  #path: string[] = []

  constructor(settings: Settings, context: RunContext, id: string, job: JobDefinition, contexts: Contexts) {
    const labels = fillTemplate(job.runsOn, only(contexts, 'github needs strategy matrix vars inputs'))
    const runner = settings.runners[labels]
    if (runner === undefined) throw new Error(`job ${id} would wait for ever: there is no runner "${labels}"`)
    this.#settings = settings
    this.#context = context
    this.#id = id
    this.#job = job
    this.#contexts = contexts
    this.#runner = runner
    const machine = runner.keeps
      ? join(settings.directory, labels.replaceAll(/\W+/g, '-'))
      : mkdtempSync(join(settings.directory, 'runner-'))
    this.#workspace = join(machine, 'work', settings.github.repo)
    this.#temp = join(machine, 'temp')
    this.#toolCache = join(machine, 'tools')
    rmSync(this.#temp, { recursive: true, force: true })
    for (const each of [this.#workspace, this.#temp, this.#toolCache]) mkdirSync(each, { recursive: true })
    for (const secret of Object.values(contexts.secrets as Record<string, string>)) this.#masks.add(secret)
  }

  async carryOut(
    permissions: JobPermissions,
    environment: string | undefined,
    matrix: Combination | undefined,
  ): Promise<Ended> {
    for (const step of this.#job.steps) this.#steps.push(await this.#step(step, permissions, environment))
    const conclusion = this.#status()
    const known = 'github needs strategy matrix job runner env vars steps inputs'
    const now = this.#now(this.#env())
    const outputs = texts(this.#job.outputs, only(now, `${known} secrets`))
    const { url = '' } = this.#job.environment ?? {}
    this.#context.results.push({
      id: this.#id,
      matrix,
      conclusion,
      reason: '',
      permissions,
      environment:
        environment === undefined ? undefined : { name: environment, url: fillTemplate(url, only(now, known)) },
      roles: this.#roles,
      steps: this.#steps,
      log: this.#steps.map(({ log }) => log).join('\n'),
    })
    return { conclusion, outputs }
  }

  #status(): JobStatus {
    return this.#steps.some(({ conclusion }) => conclusion === 'failure') ? 'failure' : 'success'
  }

  /** The `env` of the workflow, the job and what the steps so far exported, which is what expressions see. */
  #env(): Record<string, string> {
    const early = only(this.#contexts, 'github secrets inputs vars')
    const atJob = only(this.#contexts, 'github needs strategy matrix vars secrets inputs')
    return {
      ...texts(this.#context.workflow.env, early),
      ...texts(this.#job.env, atJob),
      ...this.#exported,
    }
  }

  #now(env: Readonly<Record<string, string>>): Contexts {
    const steps = this.#steps.flatMap(({ id, ...step }) => (id === undefined ? [] : [[id, step] as const]))
    return {
      ...this.#contexts,
      github: { ...(this.#contexts.github as object), workspace: this.#workspace },
      env,
      job: { status: this.#status() },
      steps: Object.fromEntries(
        steps.map(([id, { outputs, outcome, conclusion }]) => [id, { outputs, outcome, conclusion }]),
      ),
      runner: {
        os: 'Linux',
        arch: arch() === 'arm64' ? 'ARM64' : 'X64',
        temp: this.#temp,
        tool_cache: this.#toolCache,
      },
    }
  }

  async #step(step: StepDefinition, permissions: JobPermissions, environment: string | undefined): Promise<StepResult> {
    const { name, id } = step
    const anywhere = 'github needs strategy matrix job runner env vars secrets steps inputs'
    const before = this.#now(this.#env())
    const own = texts(step.env, only(before, anywhere))
    const contexts = this.#now({ ...this.#env(), ...own })
    // Secrets are no part of what a condition may ask.
    const asked = only(contexts, 'github needs strategy matrix job runner env vars steps inputs')
    const base = { name, id, outputs: {}, log: '', summary: '', annotations: [] }
    if (!holds(step.if, asked, this.#status())) return { ...base, outcome: 'skipped', conclusion: 'skipped' }

    const available = only(contexts, anywhere)
    const tolerated = filled(step.continueOnError, asked) === true
    const inputs = texts(step.with, available)
    const said = await this.#carryOutStep(step, inputs, available, own, permissions, environment)
    const conclusion = said.outcome === 'failure' && tolerated ? 'success' : said.outcome
    return { ...base, ...said, conclusion }
  }

  async #carryOutStep(
    step: StepDefinition,
    inputs: Record<string, string>,
    contexts: Contexts,
    own: Readonly<Record<string, string>>,
    permissions: JobPermissions,
    environment: string | undefined,
  ): Promise<Partial<StepResult> & { outcome: JobConclusion }> {
    const { trigger, artifacts, entry, runId } = this.#context
    const { github, roles = {}, server, push } = this.#settings
    const context = contexts.github as { token: string }
    if (step.uses !== undefined && !ours.test(step.uses)) {
      const subject = subjectOf(trigger, environment)
      const { sha } = trigger.github
      const place = { github, sha, workspace: this.#workspace }
      const job: StandInJob = { ...place, permissions, subject, roles, artifacts, push }
      try {
        const { env = {}, outputs = {}, masks = [], role } = await standInFor(step.uses, inputs, job)
        this.#exported = { ...this.#exported, ...env }
        for (const mask of masks) this.#masks.add(mask)
        if (role !== undefined) this.#roles.push(role)
        return { outcome: 'success', outputs }
      } catch (error) {
        if (!(error instanceof StepFailed)) throw error
        return { outcome: 'failure', log: `##[error]${error.message}` }
      }
    }
    const machine: Record<string, string> = { RUNNER_ENVIRONMENT: this.#runner.keeps ? 'self-hosted' : 'github-hosted' }
    const env = { ...machine, ...this.#runner.env, ...this.#env(), ...own }
    const run = {
      event: trigger.event,
      env: { ...env, PATH: [...this.#path.toReversed(), env.PATH ?? process.env.PATH ?? ''].join(delimiter) },
      workspace: this.#workspace,
      temp: this.#temp,
      toolCache: this.#toolCache,
      secrets: [...this.#masks],
      github: {
        ...trigger.github,
        apiUrl: server?.apiUrl ?? github.apiUrl,
        serverUrl: server?.url ?? 'https://github.com',
        token: context.token,
        runId,
        workflow: entry.name,
        workflowFile: entry.path,
        job: this.#id,
      },
    }
    if (step.run !== undefined) {
      const ran = await runScript(run, fillTemplate(step.run, contexts), step.shell)
      this.#learn(ran)
      return { ...ran, outcome: ran.conclusion }
    }
    const ran = await runAction({ ...run, action: ourDirectory, inputs, checkedOut: false })
    this.#learn({ ...ran.main, masks: ran.masks })
    const { outputs, log, summary, annotations } = ran
    return { outcome: ran.conclusion, outputs, log, summary, annotations }
  }

  #learn({ env, path, masks }: { env: Record<string, string>; path: string[]; masks: string[] }): void {
    this.#exported = { ...this.#exported, ...env }
    this.#path = [...this.#path, ...path]
    for (const mask of masks) this.#masks.add(mask)
  }
}

/** The contexts that GitHub knows at a place of the file ("Context availability"): any other is an error there. */
function only(contexts: Contexts, names: string): Contexts {
  return Object.fromEntries(names.split(' ').flatMap(name => (name in contexts ? [[name, contexts[name]]] : [])))
}

/** The texts of `env`, `with` and `outputs`. */
function texts(values: Readonly<Record<string, Text>>, contexts: Contexts): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, fillTemplate(String(value), contexts)]),
  )
}

/** A value of the file in which an expression may stand for a number, a list or a map. */
function filled(value: unknown, contexts: Contexts): unknown {
  if (typeof value === 'string') return templateValue(value, contexts)
  if (Array.isArray(value)) return value.map(each => filled(each, contexts))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, filled(each, contexts)]))
}

function holds(condition: string | undefined, contexts: Contexts, status: JobConclusion): boolean {
  if (condition === undefined) return status === 'success'
  if (!asksForStatus(condition) && status !== 'success') return false
  return conditionHolds(condition, contexts, status)
}

/** What success() and failure() say to a job, by all jobs before it. */
function statusOf(before: readonly JobConclusion[]): JobConclusion {
  return (['failure', 'cancelled', 'skipped'] as const).find(each => before.includes(each)) ?? 'success'
}

function overall(conclusions: readonly JobConclusion[]): JobStatus {
  if (conclusions.includes('failure')) return 'failure'
  return conclusions.includes('cancelled') ? 'cancelled' : 'success'
}

function comesFromFork({ event }: Trigger): boolean {
  const { pull_request: pull } = event.payload as {
    pull_request?: Record<'head' | 'base', { repo: { full_name: string } | null }>
  }
  return pull !== undefined && pull.head.repo?.full_name !== pull.base.repo?.full_name
}

/** The token's permissions: those of the job or else of the workflow; none but what is written. */
function permissionsOf(job: JobDefinition, { workflow, ceiling, isFork }: RunContext): JobPermissions {
  const asked = job.permissions ?? workflow.permissions ?? ceiling
  if (asked === undefined) throw new Error(`${workflow.path} names no permissions: what they are is a setting`)
  for (const [name, access] of Object.entries(asked)) {
    if (ceiling === undefined || ceiling[name] === 'write' || ceiling[name] === access) continue
    throw new Error(`${workflow.path} asks for ${name}: ${access}, which the workflow that calls it does not have`)
  }
  if (!isFork) return asked
  return Object.fromEntries(Object.keys(asked).flatMap(name => (name === 'id-token' ? [] : [[name, 'read' as const]])))
}

function standInPermissions(permissions: JobPermissions): Permissions {
  const entries = Object.entries(permissions).filter(([name]) => name !== 'id-token')
  return Object.fromEntries(entries.map(([name, access]) => [name.replaceAll('-', '_'), access]))
}

/** The subject that GitHub puts into the token of a job ("OpenID Connect reference"). */
function subjectOf({ event, github }: Trigger, environment: string | undefined): string {
  const repository = `repo:${github.repository}`
  if (environment !== undefined) return `${repository}:environment:${environment}`
  return event.name === 'pull_request' ? `${repository}:pull_request` : `${repository}:ref:${github.ref}`
}

function dispatchInputs(workflow: Workflow, { event }: Trigger): Contexts {
  if (event.name !== 'workflow_dispatch') return {}
  return typedInputs(workflow, 'workflow_dispatch', (event.payload as { inputs?: Contexts }).inputs ?? {})
}

/** Inputs by their types, with defaults. Throws where GitHub refuses to start. */
function typedInputs(workflow: Workflow, event: string, given: Contexts): Contexts {
  const declared = workflow.on[event]?.inputs ?? {}
  const unexpected = Object.keys(given).filter(name => !(name in declared))
  if (unexpected.length > 0) throw new Error(`Unexpected inputs provided: ${JSON.stringify(unexpected)}`)
  return Object.fromEntries(
    Object.entries(declared).map(([name, { type, required, default: preset, options }]) => {
      const value = (given[name] ?? preset) as Text | undefined
      if (value === undefined && required) throw new Error(`Required input '${name}' not provided`)
      if (options !== undefined && value !== undefined && !options.includes(String(value)))
        throw new Error(`Provided value '${value}' for input '${name}' not in the list of allowed values`)
      if (type === 'boolean') return [name, value === true || value === 'true']
      return [name, type === 'number' ? Number(value ?? 0) : String(value ?? '')]
    }),
  )
}
