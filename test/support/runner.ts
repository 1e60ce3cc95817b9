/**
 * Runs a JavaScript action as the GitHub Actions runner does: inputs, environment, workflow and file commands, masking,
 * cancellation, `post`. It follows the source of actions/runner (`src/Runner.Worker`), so what is red or green here is so
 * on GitHub as far as one step on Linux goes; `run:` steps are run by bash with the same environment. It knows no jobs
 * (see workflow.ts), no `pre`, no containers, caches or artifacts, and finds orphaned processes only where there is a `/proc`.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { arch } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { parse } from 'yaml'
import { type Contexts, conditionHolds, fillTemplate, type JobStatus } from './expressions.ts'
import { createFileCommands, type FileCommandPaths, parseKeyValues } from './file-commands.ts'
import { SecretMasker } from './secret-masker.ts'
import { isRegistered, parseCommand, type WorkflowCommand } from './workflow-commands.ts'

/** The part of the `github` context that differs from run to run. */
export interface GitHubContext {
  apiUrl: string
  token: string
  /** `owner/name` */
  repository: string
  sha: string
  ref: string
  baseRef?: string
  headRef?: string
  serverUrl?: string
  actor?: string
  runId?: string
  runAttempt?: string
  workflow?: string
  /** Path in the repository. */
  workflowFile?: string
  job?: string
}

/** What every step is given. */
interface StepRun {
  event: { name: string; payload: unknown }
  /** What the workflow's `env:` and the runner's machine give beyond PATH and HOME. */
  env?: Record<string, string>
  workspace: string
  /** RUNNER_TEMP, which outlives the run because outputs name files in it; the caller removes it. */
  temp: string
  /** RUNNER_TOOL_CACHE; without it a directory in `temp`. */
  toolCache?: string
  github: GitHubContext
  /** Values the workflow took from `secrets`, masked from the start as the token always is. */
  secrets?: readonly string[]
  /** Without it those of GitHub's runner. */
  times?: RunnerTimes
}

export interface ActionRun extends StepRun {
  /** The directory that holds action.yml. */
  action: string
  inputs: Record<string, string>
  /** The commit that actions/checkout left in the workspace, by default that of the event; false without that action. */
  checkedOut?: string | false
  /** Cancels the job when this shows in the log of `main`. */
  cancelAt?: string | RegExp
}

export interface Annotation {
  level: 'error' | 'warning' | 'notice'
  message: string
  properties: Record<string, string>
}

/** One process of the action, after it ended. */
export interface Phase {
  exitCode: number | null
  signal: NodeJS.Signals | null
  conclusion: JobStatus
  /** The masked log, as the page of the run shows it. */
  log: string
  annotations: Annotation[]
  outputs: Record<string, string>
  state: Record<string, string>
  env: Record<string, string>
  path: string[]
  /** The masked step summary; empty when there is none or GitHub would have dropped it. */
  summary: string
}

export interface ActionResult {
  main: Phase
  post?: Phase
  outputs: Record<string, string>
  summary: string
  log: string
  annotations: Annotation[]
  /** Registered secrets, in the order in which they became known. */
  masks: string[]
  conclusion: JobStatus
  /** Processes that outlived the step and were killed at the end of the job; with `kill()`, those still alive. */
  orphans: number[]
}

export interface RunningAction {
  /** The runner's cancellation: SIGINT, 7.5 s later SIGTERM, 2.5 s later SIGKILL, to the node process only; then `post`. */
  cancel(): void
  /** The machine is lost: SIGKILL to the node process only; no `post`, and what it started lives on. */
  kill(): void
  /** Waits for a line of the log that contains the text or matches; rejects when the run ends without one. */
  line(pattern: string | RegExp): Promise<string>
  /** The process id of the phase that is running. */
  pid(): number | undefined
  /** Ends every process that the action left alive, and says which. */
  endOrphans(): number[]
  done: Promise<ActionResult>
}

interface ActionManifest {
  inputs?: Record<string, { default?: unknown; deprecationMessage?: string } | null>
  runs: { using: string; main: string; post?: string; 'post-if'?: string }
}

/** All in milliseconds. */
export interface RunnerTimes {
  /** From SIGINT to SIGTERM. */
  readonly terminateAfterMs: number
  /** From SIGTERM to SIGKILL. */
  readonly killAfterMs: number
  /** How long a step that has ended waits for a child that holds its output open. */
  readonly openStreamsTimeoutMs: number
}

/** The times of GitHub's runner. */
export const defaultRunnerTimes: RunnerTimes = {
  terminateAfterMs: 7_500,
  killAfterMs: 2_500,
  openStreamsTimeoutMs: 5_000,
}

const summaryLimit = 1024 * 1024
const annotationsPerLevel = 10
const annotationLimit = 4096

/** Runs an action to its end, `post` included. Throws when action.yml is missing or names no node runtime. */
export function runAction(run: ActionRun): Promise<ActionResult> {
  return startAction(run).done
}

/** Starts an action and gives the handle by which a test watches, cancels or kills it. Throws as `runAction` does. */
export function startAction(run: ActionRun): RunningAction {
  const manifest: ActionManifest = parse(readFileSync(join(run.action, 'action.yml'), 'utf8'))
  if (!/^node\d+$/.test(manifest.runs.using)) throw new Error(`runs.using is ${manifest.runs.using}: not a node action`)
  if (run.checkedOut !== false) writeHead(run.workspace, run.checkedOut ?? run.github.sha)
  return new Job(run, manifest)
}

/** Leaves the commit where git has it. A repository that the test made itself stays as it is. */
function writeHead(workspace: string, commit: string): void {
  const git = join(workspace, '.git')
  if (existsSync(join(git, 'objects'))) return
  mkdirSync(git, { recursive: true })
  writeFileSync(join(git, 'HEAD'), `${commit}\n`)
}

/** Runs the script of a `run:` step to its end, as `bash -e` or, where the step names its shell, with `-o pipefail`. */
export async function runScript(run: StepRun, script: string, shell?: 'bash'): Promise<Phase & { masks: string[] }> {
  const log: string[] = []
  const masker = new SecretMasker()
  for (const secret of [run.github.token, ...(run.secrets ?? [])]) masker.add(secret)
  const step = new Step(masker, line => log.push(masker.mask(line)))
  const files = createFileCommands(run.temp)
  const file = join(run.temp, `${randomUUID()}.sh`)
  writeFileSync(file, script)
  const options = shell === 'bash' ? ['--noprofile', '--norc', '-eo', 'pipefail'] : ['-e']
  const child = spawn('bash', [...options, file], {
    cwd: run.workspace,
    env: { ...stepEnvironment(run), ...files },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of [child.stdout, child.stderr]) readLines(stream, line => step.receive(line))
  const { exitCode, signal } = await ended(child, run.times)
  rmSync(file, { force: true })
  const summary = step.readFiles(files)
  const conclusion = exitCode === 0 && !step.commandFailed ? 'success' : 'failure'
  const { annotations, outputs, state, env, path } = step
  const masks = [...masker.registered]
  return {
    exitCode,
    signal,
    conclusion,
    log: log.join('\n'),
    annotations,
    outputs,
    state,
    env,
    path,
    summary,
    masks,
  }
}

class Job implements RunningAction {
  readonly done: Promise<ActionResult>
  readonly #run: ActionRun
  readonly #manifest: ActionManifest
  readonly #masker = new SecretMasker()
  readonly #trackingId = `github_${randomUUID()}`
  readonly #log: string[] = []
  readonly #watchers = new Set<(line: string) => void>()
  readonly #env: Record<string, string>
  #path: string[] = []
  #current: ChildProcess | undefined
  #cancelled = false
  #killed = false

  constructor(run: ActionRun, manifest: ActionManifest) {
    this.#run = run
    this.#manifest = manifest
    this.#env = { ...stepEnvironment(run), RUNNER_TRACKING_ID: this.#trackingId }
    for (const secret of [run.github.token, ...(run.secrets ?? [])]) this.#masker.add(secret)
    this.done = this.#execute()
    // The caller may only be interested in `line`; an unobserved rejection must not end its process.
    this.done.catch(() => {})
  }

  cancel(): void {
    this.#cancelled = true
    const child = this.#current
    if (!child) return
    void (async () => {
      const ended = new Promise(settle => child.once('exit', settle))
      const { terminateAfterMs, killAfterMs } = this.#run.times ?? defaultRunnerTimes
      for (const [signal, waitMs] of [
        ['SIGINT', terminateAfterMs],
        ['SIGTERM', killAfterMs],
        ['SIGKILL', killAfterMs],
      ] as const) {
        if (child.exitCode !== null || child.signalCode !== null) return
        child.kill(signal)
        const timer = new AbortController()
        await Promise.race([ended, delay(waitMs, undefined, { signal: timer.signal }).catch(() => {})])
        timer.abort()
      }
    })()
  }

  kill(): void {
    this.#killed = true
    this.#current?.kill('SIGKILL')
  }

  pid(): number | undefined {
    return this.#current?.pid
  }

  line(pattern: string | RegExp): Promise<string> {
    const shown = this.#log.find(line => matches(line, pattern))
    if (shown !== undefined) return Promise.resolve(shown)
    const seen = Promise.withResolvers<string>()
    const watcher = (line: string) => {
      if (matches(line, pattern)) seen.resolve(line)
    }
    this.#watchers.add(watcher)
    this.done
      .then(
        () =>
          seen.reject(new Error(`the run ended without a log line like ${pattern}; its log:\n${this.#log.join('\n')}`)),
        seen.reject,
      )
      .finally(() => this.#watchers.delete(watcher))
    return seen.promise
  }

  endOrphans(): number[] {
    const orphans = this.#orphans()
    for (const pid of orphans) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // It ended between being found and being killed.
      }
    }
    return orphans
  }

  async #execute(): Promise<ActionResult> {
    const { runs } = this.#manifest
    const inputs = this.#inputs()
    const main = await this.#phase(runs.main, inputs, {}, this.#run.cancelAt)
    let conclusion = main.conclusion
    let post: Phase | undefined
    const condition = runs['post-if'] ?? 'always()'
    if (runs.post && !this.#killed && conditionHolds(condition, this.#contexts(), conclusion)) {
      post = await this.#phase(runs.post, inputs, main.state)
      if (conclusion === 'success') conclusion = post.conclusion
    }
    return {
      main,
      ...(post && { post }),
      outputs: main.outputs,
      summary: main.summary + (post?.summary ?? ''),
      log: this.#log.join('\n'),
      annotations: [...main.annotations, ...(post?.annotations ?? [])],
      masks: [...this.#masker.registered],
      conclusion,
      orphans: this.#killed ? this.#orphans() : this.endOrphans(),
    }
  }

  #contexts(): Contexts {
    const github = { ...this.#run.github, api_url: this.#run.github.apiUrl, event: this.#run.event.payload }
    return {
      github: { ...github, event_name: this.#run.event.name, workspace: this.#run.workspace },
      runner: { os: 'Linux', temp: this.#run.temp },
      env: this.#run.env ?? {},
    }
  }

  /** Given and defaulted inputs; the runner enforces neither `required` nor the list of names, it only warns. */
  #inputs(): Record<string, string> {
    const declared = this.#manifest.inputs ?? {}
    const inputs: Record<string, string> = Object.create(null)
    const given = new Map(Object.entries(this.#run.inputs).map(([name, value]) => [name.toLowerCase(), value]))
    for (const [name, input] of Object.entries(declared)) {
      const value = given.get(name.toLowerCase())
      inputs[name] = value ?? fillTemplate(String(input?.default ?? ''), this.#contexts())
      if (value !== undefined && input?.deprecationMessage) {
        this.#write(`##[warning]Input '${name}' has been deprecated with message: ${input.deprecationMessage}`)
      }
    }
    const known = new Set(Object.keys(declared).map(name => name.toLowerCase()))
    const unexpected = Object.keys(this.#run.inputs).filter(name => !known.has(name.toLowerCase()))
    for (const name of unexpected) inputs[name] = this.#run.inputs[name] ?? ''
    if (unexpected.length > 0) {
      const quote = (names: string[]) => names.map(name => `'${name}'`).join(', ')
      this.#write(
        `##[warning]Unexpected input(s) ${quote(unexpected)}, valid inputs are [${quote(Object.keys(declared))}]`,
      )
    }
    return inputs
  }

  async #phase(
    script: string,
    inputs: Record<string, string>,
    state: Record<string, string>,
    cancelAt?: string | RegExp,
  ): Promise<Phase> {
    const files = createFileCommands(this.#run.temp)
    const step = new Step(this.#masker, line => this.#write(line))
    const { NODE_ICU_DATA: _, ...env } = this.#env
    for (const [name, value] of Object.entries(inputs)) env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] = value
    for (const [name, value] of Object.entries(state)) env[`STATE_${name}`] = value
    const firstLine = this.#log.length

    const child = spawn(process.execPath, [resolve(this.#run.action, script)], {
      cwd: this.#run.workspace,
      env: { ...env, ...files, PATH: [...this.#path.toReversed(), env.PATH ?? ''].join(delimiter) },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#current = child
    const cancelWatcher = (line: string) => {
      if (cancelAt !== undefined && !this.#cancelled && matches(line, cancelAt)) this.cancel()
    }
    this.#watchers.add(cancelWatcher)
    for (const stream of [child.stdout, child.stderr]) readLines(stream, line => step.receive(line))

    const wasCancelled = this.#cancelled
    const { exitCode, signal } = await ended(child, this.#run.times)
    this.#watchers.delete(cancelWatcher)
    this.#current = undefined
    const summary = step.readFiles(files)
    Object.assign(this.#env, step.env)
    this.#path = [...this.#path.filter(each => !step.path.includes(each)), ...step.path]

    const cancelled = this.#cancelled && !wasCancelled
    const conclusion = cancelled ? 'cancelled' : exitCode === 0 && !step.commandFailed ? 'success' : 'failure'
    return {
      exitCode,
      signal,
      conclusion,
      log: this.#log.slice(firstLine).join('\n'),
      annotations: step.annotations,
      outputs: step.outputs,
      state: step.state,
      env: step.env,
      path: step.path,
      summary,
    }
  }

  #write(text: string): void {
    // A command's data may hold newlines, and each becomes a line of its own in the log.
    for (const line of text.split('\n')) {
      const masked = this.#masker.mask(line)
      this.#log.push(masked)
      for (const watcher of this.#watchers) watcher(masked)
    }
  }

  #orphans(): number[] {
    let pids: string[]
    try {
      pids = readdirSync('/proc').filter(name => /^\d+$/.test(name))
    } catch {
      return []
    }
    return pids.flatMap(pid => {
      try {
        const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
        return environment.includes(`RUNNER_TRACKING_ID=${this.#trackingId}`) ? [Number(pid)] : []
      } catch {
        return []
      }
    })
  }
}

/** What one phase says to the runner, through its output and its files. */
class Step {
  readonly annotations: Annotation[] = []
  readonly outputs: Record<string, string> = Object.create(null)
  readonly state: Record<string, string> = Object.create(null)
  readonly env: Record<string, string> = Object.create(null)
  path: string[] = []
  commandFailed = false
  readonly #masker: SecretMasker
  readonly #write: (line: string) => void
  #resumeToken: string | undefined
  #echo = false

  constructor(masker: SecretMasker, write: (line: string) => void) {
    this.#masker = masker
    this.#write = write
  }

  receive(line: string): void {
    const command = parseCommand(line, this.#resumeToken)
    if (!command) {
      this.#write(line)
    } else if (this.#resumeToken !== undefined) {
      if (command.name === this.#resumeToken.toLowerCase()) this.#resumeToken = undefined
      this.#write(line)
    } else {
      if (this.#echo && command.name !== 'add-mask') this.#write(line)
      this.#obey(command, line)
    }
  }

  #obey({ name, properties, data }: WorkflowCommand, line: string): void {
    switch (name) {
      case 'stop-commands':
        if (data === '' || isRegistered(data) || data.toLowerCase() === 'pause-logging') {
          this.#refuse(line, `the token '${data}' does not protect what follows`)
        } else {
          this.#write(line)
          this.#resumeToken = data
        }
        break
      case 'add-mask':
        if (data.trim() === '') {
          this.#annotate('warning', "Can't add secret mask for empty string in ##[add-mask] command.")
        } else {
          if (this.#echo) this.#write('::add-mask::***')
          this.#masker.add(data)
        }
        break
      case 'error':
      case 'warning':
      case 'notice':
        this.#annotate(name, data, properties)
        break
      case 'group':
      case 'endgroup':
        this.#write(`##[${name}]${data}`)
        break
      case 'echo':
        this.#echo = data.trim().toLowerCase() === 'on'
        break
      case 'set-output':
        this.#store(this.outputs, properties.name, data, line)
        break
      case 'save-state':
        this.#store(this.state, properties.name, data, line)
        break
      case 'set-env':
      case 'add-path':
        this.#refuse(line, `The \`${name}\` command is disabled. Please upgrade to using Environment Files.`)
        break
    }
  }

  #store(values: Record<string, string>, name: string | undefined, value: string, line: string): void {
    if (name) values[name] = value
    else this.#refuse(line, "Required field 'name' is missing.")
  }

  #refuse(line: string, reason: string): void {
    this.#annotate('error', `Unable to process command '${line}' successfully.`)
    this.#annotate('error', reason)
    this.commandFailed = true
  }

  #annotate(level: Annotation['level'], text: string, properties: Record<string, string> = {}): void {
    this.#write(`##[${level}]${text}`)
    if (this.annotations.filter(each => each.level === level).length >= annotationsPerLevel) return
    this.annotations.push({ level, message: this.#masker.mask(text).slice(0, annotationLimit), properties })
  }

  /** Processes the file commands, after success, failure and cancellation alike; gives the masked summary. */
  readFiles(files: FileCommandPaths): string {
    const process = (file: keyof FileCommandPaths, action: (text: string) => void): void => {
      try {
        action(readFileSync(files[file], 'utf8'))
      } catch (error) {
        this.#annotate(
          'error',
          `Unable to process file command '${file.slice('GITHUB_'.length).toLowerCase()}' successfully.`,
        )
        this.#annotate('error', (error as Error).message)
        this.commandFailed = true
      } finally {
        rmSync(files[file], { force: true })
      }
    }
    process('GITHUB_PATH', text => {
      this.path = text.split(/\r?\n/).filter(line => line !== '')
    })
    process('GITHUB_ENV', text => {
      for (const [name, value] of parseKeyValues(text)) {
        if (name.toUpperCase() === 'NODE_OPTIONS') {
          this.#annotate('error', "Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.")
        } else {
          this.env[name] = value
        }
      }
    })
    let summary = ''
    process('GITHUB_STEP_SUMMARY', text => {
      const bytes = Buffer.byteLength(text)
      if (bytes > summaryLimit) {
        this.#annotate(
          'error',
          `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of ${summaryLimit / 1024}k, got ${Math.floor(bytes / 1024)}k.`,
        )
      } else {
        summary = text
          .split('\n')
          .map(line => this.#masker.mask(line))
          .join('\n')
      }
    })
    process('GITHUB_STATE', text => {
      for (const [name, value] of parseKeyValues(text)) this.state[name] = value
    })
    process('GITHUB_OUTPUT', text => {
      for (const [name, value] of parseKeyValues(text)) this.outputs[name] = value
    })
    return summary
  }
}

function matches(line: string, pattern: string | RegExp): boolean {
  return typeof pattern === 'string' ? line.includes(pattern) : line.search(pattern) >= 0
}

function stepEnvironment(run: StepRun & { action?: string }): Record<string, string> {
  return {
    ...inheritedEnvironment(),
    ...run.env,
    ...githubVariables(run),
    GITHUB_ACTIONS: 'true',
    CI: run.env?.CI ?? 'true',
    RUNNER_OS: 'Linux',
    RUNNER_ARCH: arch() === 'arm64' ? 'ARM64' : 'X64',
    RUNNER_NAME: 'stand-in',
    RUNNER_ENVIRONMENT: run.env?.RUNNER_ENVIRONMENT ?? 'self-hosted',
    RUNNER_TEMP: run.temp,
    RUNNER_TOOL_CACHE: run.toolCache ?? join(run.temp, '_tool'),
    RUNNER_WORKSPACE: resolve(run.workspace, '..'),
  }
}

function inheritedEnvironment(): Record<string, string> {
  const inherited: Record<string, string> = {}
  for (const name of ['PATH', 'HOME']) {
    const value = process.env[name]
    if (value !== undefined) inherited[name] = value
  }
  return inherited
}

/** The GITHUB_* variables of a step, never GITHUB_TOKEN (`GitHubContext.cs`); writes event.json, which one of them names. */
function githubVariables(run: StepRun & { action?: string }): Record<string, string> {
  const { github, event, action, workspace, temp } = run
  const workflowFile = github.workflowFile ?? '.github/workflows/deploy.yml'
  const workflowDirectory = join(temp, '_github_workflow')
  mkdirSync(workflowDirectory, { recursive: true })
  const eventPath = join(workflowDirectory, 'event.json')
  writeFileSync(eventPath, JSON.stringify(event.payload))
  const serverUrl = github.serverUrl ?? 'https://github.com'
  const actor = github.actor ?? 'octocat'
  return {
    GITHUB_ACTION: '__self',
    ...(action !== undefined && { GITHUB_ACTION_PATH: resolve(action) }),
    GITHUB_ACTION_REF: '',
    GITHUB_ACTION_REPOSITORY: '',
    GITHUB_ACTOR: actor,
    GITHUB_API_URL: github.apiUrl,
    GITHUB_BASE_REF: github.baseRef ?? '',
    GITHUB_EVENT_NAME: event.name,
    GITHUB_EVENT_PATH: eventPath,
    GITHUB_GRAPHQL_URL: `${github.apiUrl}/graphql`,
    GITHUB_HEAD_REF: github.headRef ?? '',
    GITHUB_JOB: github.job ?? 'deploy',
    GITHUB_REF: github.ref,
    GITHUB_REF_NAME: github.ref.replace(/^refs\/(heads|tags|pull)\//, ''),
    GITHUB_REF_PROTECTED: 'false',
    GITHUB_REF_TYPE: github.ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    GITHUB_REPOSITORY: github.repository,
    GITHUB_REPOSITORY_OWNER: github.repository.split('/')[0] ?? '',
    GITHUB_RETENTION_DAYS: '90',
    GITHUB_RUN_ATTEMPT: github.runAttempt ?? '1',
    GITHUB_RUN_ID: github.runId ?? '1',
    GITHUB_RUN_NUMBER: '1',
    GITHUB_SERVER_URL: serverUrl,
    GITHUB_SHA: github.sha,
    GITHUB_TRIGGERING_ACTOR: actor,
    GITHUB_WORKFLOW: github.workflow ?? 'deploy',
    GITHUB_WORKFLOW_REF: `${github.repository}/${workflowFile}@${github.ref}`,
    GITHUB_WORKFLOW_SHA: github.sha,
    GITHUB_WORKSPACE: resolve(workspace),
  }
}

function readLines(stream: Readable, receive: (line: string) => void): void {
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('data', (chunk: string) => {
    // A carriage return at the end of a chunk may be the first half of a line ending.
    const lines = (rest + chunk).split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    for (const line of lines) receive(line)
  })
  stream.on('close', () => {
    if (rest !== '') receive(rest.replace(/\r$/, ''))
  })
}

/** Waits for the process and its streams; a child that holds them open is given some time (`ProcessInvoker.cs`). */
async function ended(
  child: ChildProcess,
  { openStreamsTimeoutMs } = defaultRunnerTimes,
): Promise<{ exitCode: number | null; signal: NodeJS.Signals | null }> {
  const closed = new Promise<void>(settle => child.once('close', () => settle()))
  const exit = await new Promise<{ exitCode: number | null; signal: NodeJS.Signals | null }>((settle, fail) => {
    child.once('exit', (exitCode, signal) => settle({ exitCode, signal }))
    child.once('error', fail)
  })
  const timer = new AbortController()
  await Promise.race([closed, delay(openStreamsTimeoutMs, undefined, { signal: timer.signal }).catch(() => {})])
  timer.abort()
  child.stdout?.destroy()
  child.stderr?.destroy()
  return exit
}
