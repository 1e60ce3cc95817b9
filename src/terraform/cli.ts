/**
 * The only spawner of Terraform: argv arrays, exit codes, capture, and a stop that loses nothing. Each child
 * is detached and writes to files, so that neither the runner's signals to this process nor its death reach
 * Terraform, which would leave a half-written state and a held lock; `interrupt()` forwards one SIGINT.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, readSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { StringDecoder } from 'node:string_decoder'
import { promisify } from 'node:util'
import { gte } from 'semver'
import { CancelledError, TerraformError } from '../errors.ts'
import { sleep } from '../poll.ts'
import { type Diagnostic, fromValidate, type ValidateDiagnostic } from './diagnostics.ts'
import { type ToolName, tools } from './tools.ts'
import { transientCause } from './transient.ts'

/** `terraform show -json PLANFILE`, the parts that are read (developer.hashicorp.com, "JSON Output Format"). */
export interface PlanJson {
  readonly format_version: string
  readonly terraform_version?: string
  readonly variables?: Readonly<Record<string, { readonly value?: unknown }>>
  readonly resource_changes?: readonly ResourceChange[]
  readonly resource_drift?: readonly ResourceChange[]
  /** What the plan's changes were computed from: drift elsewhere has no part in them. */
  readonly relevant_attributes?: readonly {
    readonly resource: string
    readonly attribute: readonly (string | number)[]
  }[]
  /** What this apply cannot do yet: from Terraform 1.9 on, where the configuration allows it. */
  readonly deferred_changes?: readonly { readonly reason?: string; readonly resource_change?: ResourceChange }[]
  /** Provider actions that the apply runs: from Terraform 1.14 on. */
  readonly action_invocations?: readonly ActionInvocation[]
  readonly deferred_action_invocations?: readonly {
    readonly reason?: string
    readonly action_invocation?: ActionInvocation
  }[]
  readonly output_changes?: Readonly<Record<string, Change>>
  /** From Terraform 1.5 on in this form. */
  readonly checks?: readonly CheckResult[]
  readonly prior_state?: StateJson
  readonly planned_values?: { readonly outputs?: Readonly<Record<string, OutputValue>> }
  readonly configuration?: {
    readonly root_module?: {
      readonly outputs?: Readonly<Record<string, unknown>>
      readonly variables?: Readonly<Record<string, { readonly sensitive?: boolean }>>
    }
  }
}

export interface ActionInvocation {
  readonly address?: string
  readonly config_values?: unknown
  readonly config_sensitive?: unknown
  readonly config_unknown?: unknown
  readonly lifecycle_action_trigger?: {
    readonly triggering_resource_address?: string
    /** Such as `AfterCreate`. */
    readonly action_trigger_event?: string
  }
}

/** Conditions of a `check` block, a resource or an output. */
export interface CheckResult {
  readonly address: { readonly kind: string; readonly to_display: string }
  readonly status: 'pass' | 'fail' | 'error' | 'unknown'
  readonly instances?: readonly {
    readonly address: { readonly to_display: string }
    readonly status: CheckResult['status']
    readonly problems?: readonly { readonly message?: string }[]
  }[]
}

export interface ResourceChange {
  readonly address: string
  readonly previous_address?: string
  readonly mode: 'managed' | 'data'
  readonly type: string
  readonly provider_name?: string
  /** Key of an object that a replacement has left behind and that is still to be destroyed. */
  readonly deposed?: string
  readonly change: Change
  /** Why, such as `replace_because_tainted`. */
  readonly action_reason?: string
}

export type Action = 'no-op' | 'create' | 'read' | 'update' | 'delete' | 'forget'

export interface Change {
  readonly actions: readonly Action[]
  readonly before?: unknown
  readonly after?: unknown
  /** True, or the shape of the value with `true` where a part is known only after apply. */
  readonly after_unknown?: unknown
  readonly before_sensitive?: unknown
  readonly after_sensitive?: unknown
  /** Paths of the attributes that force a replacement. */
  readonly replace_paths?: readonly (readonly (string | number)[])[]
  readonly importing?: unknown
}

export interface OutputValue {
  readonly value?: unknown
  readonly sensitive?: boolean
}

/** `terraform show -json` of the state. */
export interface StateJson {
  readonly values?: { readonly outputs?: Readonly<Record<string, OutputValue>>; readonly root_module?: StateModule }
}

export interface StateModule {
  readonly resources?: readonly StateResource[]
  readonly child_modules?: readonly StateModule[]
}

export interface StateResource {
  readonly address: string
  readonly mode: 'managed' | 'data'
  readonly type: string
  readonly tainted?: boolean
  readonly values?: Readonly<Record<string, unknown>>
  /** The shape of the values with `true` where they are sensitive. */
  readonly sensitive_values?: unknown
}

/** Managed resources of every module, at any depth. */
export function allResources(module: StateModule | undefined): StateResource[] {
  if (module === undefined) return []
  return [...(module.resources ?? []), ...(module.child_modules ?? []).flatMap(allResources)].filter(
    resource => resource.mode === 'managed',
  )
}

/** The address in the configuration: `module.a["x"].b.c[0]` → `module.a.b.c`. */
export function withoutKeys(address: string): string {
  return address.replace(/\[(\d+|"(?:[^"\\]|\\.)*")\]/g, '')
}

/** What a plan is made for: `refresh-only` compares the state with what is there, whatever the configuration says. */
export type PlanMode = 'normal' | 'refresh-only' | 'destroy'

/** A Terraform process that may outlive this one; what `post` needs to wait for it, and to ask about its lock. */
export interface Running {
  readonly pid: number
  readonly tool: ToolName
  readonly binary: string
  readonly directory: string
  readonly command: string
  /** ISO 8601. */
  readonly started: string
  /** The files of its output and of its diagnostics. */
  readonly log: string
  readonly errors: string
}

export interface TerraformOptions {
  readonly tool: ToolName
  readonly binary: string
  readonly version: string
  /** The root module. */
  readonly directory: string
  /** A directory for what Terraform prints and for the plan file. They may hold secrets, so it is private to this run. */
  readonly scratch: string
  readonly varFiles: readonly string[]
  readonly lockTimeoutMs: number
  readonly parallelism: number
  readonly print: (text: string) => void
  /** False: the code is somebody else's, so Terraform and its providers get nothing of the environment that opens doors. */
  readonly credentials: boolean
  /** Called when a command that changes state has started, and with undefined when it has ended. */
  readonly onRunning: (running: Running | undefined) => void
}

/** Lines of a running plan that name no value: they show that it moves, before its secrets are known. */
const planProgress =
  /: (Refreshing|Reading|Still reading|Read complete|Refresh complete)|^(Acquiring|Releasing) state lock/

/** How long a command that changes nothing is tried again, from its first start. */
const timeoutMs = 120_000

const lockFileName = '.terraform.lock.hcl'

interface HowToRun {
  /** Which lines of its output are printed. */
  readonly show: (line: string) => boolean
  readonly okCodes?: readonly number[]
  readonly changesState?: boolean
  /** It changes nothing that a second run would not find again. */
  readonly again?: boolean
}

export class Terraform {
  readonly planFile: string
  /** The root module. */
  readonly directory: string
  readonly #options: TerraformOptions
  #child: ChildProcess | undefined
  #interrupted = false

  constructor(options: TerraformOptions) {
    this.#options = options
    this.directory = options.directory
    this.planFile = join(options.scratch, 'plan.tfplan')
  }

  async init(backendConfig: readonly string[]): Promise<void> {
    const args = ['init', '-input=false', '-no-color', ...this.#lockFile()]
    await this.#run([...args, ...backendConfig.map(line => `-backend-config=${line}`)], {
      show: () => true,
      again: true,
    })
  }

  /** Providers and modules alone: no backend is asked, so no credentials are needed. */
  async initWithoutBackend(): Promise<void> {
    await this.#run(['init', '-input=false', '-no-color', '-backend=false'], { show: () => true })
  }

  /**
   * Files below a directory that `terraform fmt` would rewrite, and those that it cannot read, relative to it.
   * @param directory the root module's, or where the variable files of a shipped module are
   */
  async unformatted(directory: string): Promise<string[]> {
    const { stdout } = await this.#run(['fmt', '-check', '-recursive', '-no-color', directory], {
      show: () => false,
      okCodes: [0, 2, 3],
    })
    return stdout
      .split('\n')
      .filter(line => line !== '')
      .map(file => relative(directory, resolve(this.#options.directory, file)))
  }

  /** Errors and warnings of `terraform validate -json` ("JSON Output Format" of that command). */
  async validate(): Promise<Diagnostic[]> {
    const { stdout } = await this.#run(['validate', '-json', '-no-color'], { show: () => false, okCodes: [0, 1] })
    return (JSON.parse(stdout) as { diagnostics: ValidateDiagnostic[] }).diagnostics.map(fromValidate)
  }

  /**
   * @param name may begin with a dash, which Terraform allows
   * @param create whether it is made where there is none
   */
  async selectWorkspace(name: string, create = true): Promise<void> {
    await this.#run(['workspace', 'select', '-no-color', `-or-create=${create}`, '--', name], {
      show: () => true,
      again: true,
    })
  }

  /** Plans into `planFile`; Terraform's text is returned and, but for its progress, not printed: see `print`. */
  async plan(
    targets: readonly string[],
    replaces: readonly string[],
    mode: PlanMode = 'normal',
  ): Promise<{ hasChanges: boolean; text: string }> {
    const { exitCode, stdout } = await this.#run(
      [
        'plan',
        ...(mode === 'normal' ? [] : [`-${mode}`]),
        '-input=false',
        '-no-color',
        '-detailed-exitcode',
        `-out=${this.planFile}`,
        ...this.#locking(),
        `-parallelism=${this.#options.parallelism}`,
        ...this.#variables(),
        ...targets.map(address => `-target=${address}`),
        ...replaces.map(address => `-replace=${address}`),
      ],
      { show: line => planProgress.test(line), okCodes: [0, 2], again: true },
    )
    return { hasChanges: exitCode === 2, text: stdout }
  }

  async showPlan(): Promise<PlanJson> {
    const { stdout } = await this.#run(['show', '-json', '-no-color', this.planFile], {
      show: () => false,
      again: true,
    })
    return JSON.parse(stdout) as PlanJson
  }

  /**
   * Applies `planFile`. The variable files go along, because ephemeral variables are in no plan; versions that know no
   * ephemeral variables refuse them beside a plan.
   */
  async apply(): Promise<void> {
    const { tool, version } = this.#options
    const variables = gte(version, tools[tool].variablesBesidePlan) ? this.#variables() : []
    await this.#run(
      [
        'apply',
        '-input=false',
        '-no-color',
        ...this.#locking(),
        `-parallelism=${this.#options.parallelism}`,
        ...variables,
        this.planFile,
      ],
      { show: () => true, changesState: true },
    )
  }

  async showState(): Promise<StateJson> {
    const { stdout } = await this.#run(['show', '-json', '-no-color'], { show: () => false, again: true })
    return JSON.parse(stdout) as StateJson
  }

  async taint(address: string): Promise<void> {
    await this.#run(['taint', '-no-color', ...this.#locking(), address], { show: () => true, changesState: true })
  }

  /**
   * Tells the running command to stop, once: a second SIGINT makes Terraform abort and lose what it did.
   * No further command starts afterwards. Windows has no SIGINT for a process that has no console in common with this one,
   * and `kill` would end it there and then, with its state unsaved and its lock held: it goes on to its end, and `post`
   * waits for it.
   */
  interrupt(): void {
    if (this.#interrupted) return
    this.#interrupted = true
    if (process.platform !== 'win32') this.#child?.kill('SIGINT')
  }

  /** Whether a command is running that a signal must be forwarded to. */
  get running(): boolean {
    return this.#child !== undefined
  }

  #locking(): string[] {
    return [`-lock-timeout=${Math.ceil(this.#options.lockTimeoutMs / 1000)}s`]
  }

  #variables(): string[] {
    return this.#options.varFiles.map(file => `-var-file=${file}`)
  }

  /**
   * A committed lock file says which providers were reviewed, so init may not change it: what it lacks is an error. Who has
   * decided otherwise by TF_CLI_ARGS is obeyed.
   */
  #lockFile(): string[] {
    const { directory } = this.#options
    const decided = [process.env.TF_CLI_ARGS, process.env.TF_CLI_ARGS_init].join(' ')
    return existsSync(join(directory, lockFileName)) && !/(^|\s)--?(lockfile|upgrade)\b/.test(decided)
      ? ['-lockfile=readonly']
      : []
  }

  /** Runs a command, and where it changes nothing runs it again after a failure that waiting can heal. */
  async #run(args: readonly string[], how: HowToRun): Promise<{ exitCode: number; stdout: string }> {
    const deadline = Date.now() + timeoutMs
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.#runOnce(args, how)
      } catch (error) {
        const waitMs = 2_000 * 2 ** attempt
        const cause = error instanceof TerraformError && how.again ? transientCause(error.diagnostics) : undefined
        if (cause === undefined || Date.now() + waitMs > deadline) throw error
        const { tool, print } = this.#options
        print(`${tool} ${args[0]} failed because ${cause}. It is tried again in ${waitMs / 1000} s.\n`)
        await sleep(waitMs)
      }
    }
  }

  async #runOnce(args: readonly string[], how: HowToRun): Promise<{ exitCode: number; stdout: string }> {
    const command = args[0] ?? ''
    const { tool, binary, directory, scratch, print, onRunning } = this.#options
    if (this.#interrupted) throw new CancelledError(`${tool} ${command} was not started: the job was cancelled.`)
    const name = join(scratch, `${randomUUID()}-${command}`)
    const out = new TailedFile(`${name}.out`)
    const err = new TailedFile(`${name}.err`)
    const fence = new CommandFence(print)
    const show = (text: string) => {
      const shown = text.split(/(?<=\n)/).filter(line => how.show(line))
      if (shown.length > 0) fence.print(shown.join(''))
    }

    const child = spawn(binary, args, {
      cwd: directory,
      env: {
        ...terraformEnvironment(process.env, this.#options.credentials),
        ...(this.#options.credentials ? pluginCache(process.env, directory) : {}),
      },
      detached: true,
      windowsHide: true,
      stdio: ['ignore', out.descriptor, err.descriptor],
    })
    this.#child = child
    const ended = new Promise<{ exitCode: number | null; signal: NodeJS.Signals | null }>((resolve, reject) => {
      child.once('error', error => reject(new TerraformError(command, null, `${binary}: ${error.message}`, tool)))
      child.once('exit', (exitCode, signal) => resolve({ exitCode, signal }))
    })
    if (how.changesState && child.pid !== undefined) {
      const started = new Date().toISOString()
      onRunning({ pid: child.pid, tool, binary, directory, command, started, log: out.path, errors: err.path })
    }
    const ticker = setInterval(() => {
      show(out.readLines())
      show(err.readLines())
    }, 200)
    try {
      const { exitCode, signal } = await ended
      show(out.readLines(true))
      if (exitCode === null || !(how.okCodes ?? [0]).includes(exitCode)) {
        show(err.readLines(true))
        const diagnostics = withoutDiagnosticMarks(err.all())
        if (this.#interrupted) {
          throw new CancelledError(
            `The job was cancelled: ${tool} ${command} was told to stop and has stopped.\n${diagnostics}`.trim(),
          )
        }
        const killed = signal === null ? '' : `It was killed by ${signal}. Has the machine run out of memory?\n`
        throw new TerraformError(command, exitCode, `${killed}${diagnostics}`.trim(), tool)
      }
      fence.print(err.readLines(true))
      return { exitCode, stdout: out.all() }
    } finally {
      clearInterval(ticker)
      this.#child = undefined
      fence.close()
      out.remove()
      err.remove()
      if (how.changesState) onRunning(undefined)
    }
  }
}

/**
 * Terraform's environment: this process's, without what only the action may know. The inputs hold the GitHub
 * token and the monitor's key, and a provider or an `external` program of the plan has no use for either.
 */
export function terraformEnvironment(env: NodeJS.ProcessEnv, credentials = true): NodeJS.ProcessEnv {
  const closed = credentials ? actionOnly : grantsAccess
  const kept = Object.entries(env).filter(([name]) => !closed.test(name))
  return { ...Object.fromEntries(kept), TF_IN_AUTOMATION: '1', TF_INPUT: '0', CHECKPOINT_DISABLE: '1' }
}

const actionOnly = /^(INPUT_|STATE_|ACTIONS_RUNTIME_TOKEN$)/

/** Credentials and values of the workflow's `env:`, as far as their names tell. */
const grantsAccess =
  /^(INPUT_|STATE_|ACTIONS_|AWS_|AZURE_|ARM_|GOOGLE_|GCP_|CLOUDSDK_|TF_VAR_|TF_TOKEN_|TF_CLI_ARGS|VAULT_)|TOKEN|SECRET|PASSWORD|CREDENTIAL|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY/i
/**
 * Keeps providers between jobs in the runner's tool cache, unless the user has chosen a place. Only beside a lock file:
 * Terraform verifies what it takes from the cache against the lock file's hashes, and without them downloads all the same.
 * A machine's runners have a tool cache each, so that no two inits write into one, which Terraform does not allow.
 */
export function pluginCache(env: NodeJS.ProcessEnv, directory: string): { TF_PLUGIN_CACHE_DIR?: string } {
  const { RUNNER_TOOL_CACHE: tools, TF_PLUGIN_CACHE_DIR: chosen } = env
  if (!tools || chosen !== undefined || !existsSync(join(directory, lockFileName)) || configuresCache(env)) return {}
  const cache = join(tools, 'terraform-plugins')
  mkdirSync(cache, { recursive: true })
  return { TF_PLUGIN_CACHE_DIR: cache }
}

/** The variable would go before the setting of the CLI configuration. */
function configuresCache(env: NodeJS.ProcessEnv): boolean {
  const file =
    env.TF_CLI_CONFIG_FILE ??
    (process.platform === 'win32'
      ? join(env.APPDATA ?? '', 'terraform.rc')
      : join(env.HOME ?? homedir(), '.terraformrc'))
  try {
    return /^\s*plugin_cache_dir\s*=/m.test(readFileSync(file, 'utf8'))
  } catch {
    return false
  }
}

/** A state lock that somebody holds, in Terraform's words. */
export interface HeldLock {
  readonly id: string
  readonly who: string
  readonly created: string
}

/** Who holds the state lock, from the diagnostics of a command that did not get it. */
export function heldLock(diagnostics: string): HeldLock | undefined {
  if (!diagnostics.includes('Error acquiring the state lock')) return undefined
  // The backend "http" shows the lock that was wanted where all others show the one that is held.
  const overHttp = /HTTP remote state already locked:\s+ID=(\S+)/.exec(diagnostics)?.[1]
  if (overHttp !== undefined) return { id: overHttp, who: 'somebody', created: 'an unknown time' }
  const field = (name: string) => new RegExp(`^\\s*${name}:\\s+(.+)$`, 'm').exec(diagnostics)?.[1]?.trim()
  const id = field('ID')
  return id === undefined
    ? undefined
    : { id, who: field('Who') ?? 'somebody', created: field('Created') ?? 'an unknown time' }
}

/**
 * Asks whether the state of a root module is locked. No command of Terraform only asks; this one takes the lock if it is
 * free, finds nothing to untaint, changes nothing and gives the lock back.
 * @returns undefined when nobody holds it
 * @throws Error when that cannot be said
 */
export async function askForLock({
  binary,
  directory,
}: Pick<Running, 'binary' | 'directory'>): Promise<HeldLock | undefined> {
  const args = ['untaint', '-allow-missing', '-no-color', '-lock-timeout=0s', 'terraform_data.terraform_mcp_deploy']
  try {
    const env = terraformEnvironment(process.env)
    await promisify(execFile)(binary, args, { cwd: directory, env, timeout: 30_000, killSignal: 'SIGINT' })
    return undefined
  } catch (error) {
    const lock = heldLock(String((error as { stderr?: unknown }).stderr))
    if (lock === undefined) throw error
    return lock
  }
}

/**
 * Diagnostics without the frame that Terraform draws around some, which costs width and says nothing, and without
 * what TF_LOG adds, which holds requests and must reach no comment.
 */
function withoutDiagnosticMarks(diagnostics: string): string {
  return diagnostics
    .replace(/^\d{4}-\d\d-\d\dT\S+ \[(TRACE|DEBUG|INFO|WARN|ERROR)\].*\n(?:[ -].*\n)*/gm, '')
    .replace(/^[│╷╵] ?/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/**
 * Prints foreign text so that no line of it is read as a workflow command ("Stopping and starting workflow
 * commands", docs.github.com). Opened at the first print, closed once.
 */
export class CommandFence {
  readonly #print: (text: string) => void
  readonly #token = randomUUID()
  #open = false
  #endsLine = true

  constructor(print: (text: string) => void) {
    this.#print = print
  }

  print(text: string): void {
    if (text === '') return
    if (!this.#open) this.#print(`::stop-commands::${this.#token}\n`)
    this.#open = true
    this.#endsLine = text.endsWith('\n')
    this.#print(text)
  }

  close(): void {
    if (this.#open) this.#print(`${this.#endsLine ? '' : '\n'}::${this.#token}::\n`)
    this.#open = false
  }
}

/** A file that a child writes and this process reads as it grows. */
class TailedFile {
  readonly path: string
  readonly descriptor: number
  readonly #decoder = new StringDecoder('utf8')
  #position = 0
  #rest = ''

  constructor(path: string) {
    this.path = path
    this.descriptor = openSync(path, 'wx+', 0o600)
  }

  /** What came since the last call, whole lines only unless it is the end. */
  readLines(end = false): string {
    const chunk = Buffer.allocUnsafe(1 << 16)
    let text = this.#rest
    for (;;) {
      const bytes = readSync(this.descriptor, chunk, 0, chunk.length, this.#position)
      if (bytes === 0) break
      this.#position += bytes
      text += this.#decoder.write(chunk.subarray(0, bytes))
    }
    const cut = end ? text.length : text.lastIndexOf('\n') + 1
    this.#rest = text.slice(cut)
    return text.slice(0, cut)
  }

  all(): string {
    return readFileSync(this.path, 'utf8')
  }

  remove(): void {
    closeSync(this.descriptor)
    rmSync(this.path, { force: true })
  }
}
