/**
 * The commands of Terraform: arguments, exit codes, output, and a graceful stop. A command that may hold the state lock
 * runs detached and writes to files. So it outlives this process and its signals, and saves the state and releases
 * the lock. `interrupt()` forwards one SIGINT.
 */
import type { ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ChildEnvironment, query, startDetached } from '../child.ts'
import { CancelledError, InputError, messageOf, TerraformError } from '../errors.ts'
import { parseExactJson } from '../json.ts'
import { line, log, secrets } from '../log.ts'
import { sleep } from '../poll.ts'
import { isSetting } from './backend.ts'
import { type CapabilityName, can } from './capabilities.ts'
import { type Diagnostic, fromValidate, readDiagnostics, type ValidateDiagnostic } from './diagnostics.ts'
import {
  lockFileName,
  preparePluginCache,
  terraformEnvironment,
  untrustedSettings,
  varFileArguments,
} from './environment.ts'
import type { PlanJson, StateJson } from './json.ts'
import { parseOutput, withoutPreface } from './json-output.ts'
import {
  findRun,
  findUnknownRun,
  isLockTimeout,
  type RemoteRun,
  type RemoteRuns,
  readSavedRun,
  unconfirmedRun,
} from './remote-workspace.ts'
import { endpointSecrets, resourceNames, sensitiveValues } from './sensitive.ts'
import {
  addStateSecrets,
  leftOutMessages,
  messageStart,
  openMessages,
  readStateSecrets,
  withoutNewIds,
} from './state-secrets.ts'
import { TailedFile } from './tailed-file.ts'
import type { ToolName } from './tools.ts'
import { transientCause } from './transient.ts'

/** The mode of a plan. `refresh-only` compares the state with the real resources and ignores the configuration. */
export type PlanMode = 'normal' | 'refresh-only' | 'destroy'

/** A Terraform process that may outlive this one. `post` waits for it and queries its lock. */
export interface RunningCommand {
  readonly pid: number
  readonly tool: ToolName
  readonly binary: string
  readonly directory: string
  /** Absolute paths of the variable files that this version needs to show the state, and to query its lock. */
  readonly varFiles: { readonly show: readonly string[]; readonly untaint: readonly string[] }
  readonly command: string
  /** Start time in ISO 8601. */
  readonly started: string
  /** Page of the run in HCP Terraform that the command shows. The run does not end with the command. */
  readonly remoteRun?: string
  /** Absolute path of the data directory, if the action has moved it. */
  readonly dataDirectory?: string
  /** Paths of the files with its stdout and its stderr. */
  readonly log: string
  readonly errors: string
}

/** The binary, the root module and the inputs that every command of one run uses. */
export interface TerraformOptions {
  readonly tool: ToolName
  readonly binary: string
  readonly version: string
  /** Path of the root module. */
  readonly directory: string
  /** Path of a directory for output and the plan file. Both may hold secrets, so it is private to this run. */
  readonly tempDirectory: string
  readonly varFiles: readonly string[]
  readonly lockTimeoutMs: number
  readonly parallelism: number
  /** Writes whole lines of Terraform's output to the job log. */
  readonly logOutput: (text: string) => void
  /** Whether the root module is trusted: untrusted code gets an allowlist of variables, without credentials. */
  readonly isTrusted: boolean
  /** A callback for commands that change the state: called at the start, and with undefined at the end. */
  readonly onRunning: (running: RunningCommand | undefined) => void
}

/** Variables that switch the log of Terraform or OpenTofu on. */
const logVariables = ['TF_LOG', 'TF_LOG_CORE', 'TF_LOG_PROVIDER']

/** Progress lines of a plan. Without ids they hold no values, so they can be logged before the plan's secrets are known. */
const planProgress =
  /: (Refreshing|Reading|Still reading|Read complete|Refresh complete)|^(Acquiring|Releasing) state lock/

/** Time in which the state is read for its secrets, and that time after a cancellation: the runner kills the step after 10 s. */
const maxReadMs = 30_000
const maxCancelledReadMs = 4_000

/** Time after a cancellation in which a read of the state can still end before the runner kills the step. */
const maxCancelledMs = 6_000

/** Time from the first start of a read-only command during which a transient failure is retried. */
const timeoutMs = 120_000

/** The last bytes of a failed command's stderr that are read. */
const maxDiagnosticBytes = 4 * 1024 * 1024

interface RunOptions {
  /** Predicate for the lines that are logged; without it, no line is logged. */
  readonly isLogged?: (line: string) => boolean
  readonly okCodes?: readonly number[]
  readonly changesState?: boolean
  /** Whether a transient failure is retried; only for commands that change nothing. */
  readonly isRetried?: boolean
  /** Whether stdout is returned as one string, whose length is limited. */
  readonly returnsOutput?: boolean
  /** Whether the command may start after `interrupt()`; only for a short one that takes no lock. */
  readonly runsAfterInterrupt?: boolean
  /** Whether the secrets of the state are read before messages are logged or thrown, which may hold them. */
  readonly readsSecrets?: boolean
  /** Whether a workspace with remote execution runs it. Then stdout has the messages of the run. */
  readonly isRemote?: boolean
  /** The run in HCP Terraform that the command confirms. */
  readonly run?: RemoteRun
}

const everyLine = () => true

interface CommandResult {
  readonly exitCode: number
  /** Empty unless `returnsOutput`. */
  readonly stdout: string
}

/**
 * Terraform or OpenTofu in one root module. Commands throw TerraformError when they fail, and CancelledError after
 * `interrupt()`.
 */
export class Terraform {
  readonly planFile: string
  /** Path of the root module. */
  readonly directory: string
  readonly tool: ToolName
  readonly version: string
  readonly #options: TerraformOptions
  #variableFile: string | undefined
  #child: ChildProcess | undefined
  #interrupted = false
  #interruptedAt = 0
  /** The workspace that plans and applies; undefined while this machine does. */
  #remote: RemoteRuns | undefined
  /** The reason why the settings of the workspace are not known. */
  #remoteUnknown: string | undefined
  #dataDirectory: string | undefined
  /** The output of the command that a remote run belongs to. */
  #remoteOutput: TailedFile | undefined
  /** Runs with a plan that is not confirmed, oldest first. The last one is that of `planFile`. */
  #openRuns: RemoteRun[] = []
  #hasChanges = true

  constructor(options: TerraformOptions) {
    this.#options = options
    this.directory = options.directory
    this.tool = options.tool
    this.version = options.version
    this.planFile = join(options.tempDirectory, 'plan.tfplan')
  }

  /**
   * Sets variables of the root module for every later command. They take precedence over variable files and TF_VAR_ variables. The apply
   * gets them too, because a plan does not hold ephemeral variables.
   */
  setVariables(values: Readonly<Record<string, string>>): void {
    if (Object.keys(values).length === 0) return
    const file = join(this.#options.tempDirectory, 'variables.tfvars.json')
    writeFileSync(file, JSON.stringify(values), { mode: 0o600 })
    this.#variableFile = file
  }

  /**
   * Sets the workspace that plans and applies from now on.
   * @param remote the workspace, or the reason why it is not known where the root module is planned
   * @param dataDirectory value of TF_DATA_DIR, which `post` does not have
   */
  useRemote(remote: RemoteRuns | string, dataDirectory?: string): void {
    this.#dataDirectory = dataDirectory
    if (typeof remote === 'string') this.#remoteUnknown = remote
    else this.#remote = remote
  }

  /** The run in HCP Terraform that made the plan; undefined for a plan of this machine. */
  get remoteRun(): RemoteRun | undefined {
    return this.#remote && this.#openRuns.at(-1)
  }

  /** Discards the plans in HCP Terraform that were not applied, so that nobody confirms one of them there. Warns of each that stays. */
  async discardOpenRuns(): Promise<void> {
    const runs = this.#openRuns
    this.#openRuns = []
    for (const run of runs) {
      try {
        await this.#remote?.service.discard(run)
      } catch (error) {
        log.warning(
          line`The plan of ${run.url} could not be discarded: ${messageOf(error)}. Look at the run, and discard it if it can still be confirmed.`,
        )
      }
    }
  }

  /** Initializes the backend, providers and modules. @param backendConfig lines of the input backend-config */
  async init(backendConfig: readonly string[]): Promise<void> {
    const args = ['init', '-input=false', '-no-color', ...this.#earlyVariables(), ...this.#lockFileArguments()]
    await this.#run([...args, ...this.#backendArguments(backendConfig)], { isLogged: everyLine, isRetried: true })
  }

  /** The settings of the backend. Those with a secret are in a file, because other users can read the arguments of a process. */
  #backendArguments(backendConfig: readonly string[]): string[] {
    const hasSecret = (line: string) => isSetting(line) && secrets.redact(line) !== line
    const hidden = backendConfig.filter(hasSecret)
    const argumentsOf = (values: readonly string[]) => values.map(value => `-backend-config=${value}`)
    if (hidden.length === 0) return argumentsOf(backendConfig)
    const file = join(this.#options.tempDirectory, 'secrets.tfbackend')
    writeFileSync(file, hidden.map(settingLine).join(''), { mode: 0o600 })
    return argumentsOf([...backendConfig.filter(line => !hasSecret(line)), file])
  }

  /** Installs only providers and modules, which needs no credentials. */
  async initWithoutBackend(): Promise<void> {
    await this.#run(['init', '-input=false', '-no-color', '-backend=false', ...this.#earlyVariables()], {
      isLogged: everyLine,
    })
  }

  /**
   * Checks the format of a directory, recursively, without executing anything of it.
   * @returns the files that `terraform fmt` would rewrite, and the errors of files that it cannot read; paths are relative to the directory
   */
  async checkFormat(directory: string): Promise<{ unformatted: string[]; diagnostics: Diagnostic[] }> {
    const args = ['fmt', '-check', '-recursive', '-no-color', '.']
    const { stdout, stderr } = await this.#query(args, [0, 2, 3], directory)
    const unformatted = stdout.split('\n').filter(line => line !== '')
    return { unformatted, diagnostics: readDiagnostics(cleanDiagnostics(stderr)) }
  }

  /** Errors and warnings of `terraform validate -json` (developer.hashicorp.com, "Command: validate"). */
  async validate(): Promise<Diagnostic[]> {
    const { stdout } = await this.#query(['validate', '-json', '-no-color', ...this.#earlyVariables()], [0, 1])
    return (parseOutput(stdout) as { diagnostics: ValidateDiagnostic[] }).diagnostics.map(fromValidate)
  }

  /**
   * Selects a workspace.
   * @param name the workspace, which may begin with a dash
   * @param create whether a missing workspace is created
   */
  async selectWorkspace(name: string, create = true): Promise<void> {
    const variables = this.#earlyVariables('workspaceVariables')
    await this.#run(['workspace', 'select', '-no-color', `-or-create=${create}`, ...variables, '--', name], {
      isLogged: everyLine,
      isRetried: true,
    })
  }

  /** Plans into `planFile`. Logs only the progress and returns the plan text, which may hold secrets. */
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
        ...this.#lockArguments(),
        `-parallelism=${this.#options.parallelism}`,
        ...varFileArguments(this.#varFiles()),
        ...targets.map(address => `-target=${address}`),
        ...replaces.map(address => `-replace=${address}`),
      ],
      {
        isLogged: each => planProgress.test(each),
        okCodes: [0, 2],
        isRetried: true,
        returnsOutput: true,
        readsSecrets: true,
        isRemote: this.#remote !== undefined,
      },
    )
    this.#assertKnownWorkspace()
    const run = this.remoteRun
    if (this.#remote !== undefined && run !== undefined && (await this.#remote.service.appliesUnconfirmed(run)))
      throw unconfirmedRun(run, this.#remote.workspace)
    this.#hasChanges = exitCode === 2
    return { hasChanges: this.#hasChanges, text: stdout }
  }

  /** Refuses a plan of a workspace whose settings could not be checked. */
  #assertKnownWorkspace(): void {
    const saved = readSavedRun(this.planFile)
    if (saved !== undefined && this.#remote === undefined) throw this.#unknownWorkspace(saved)
  }

  #unknownWorkspace(saved: { readonly host: string; readonly id: string }): InputError {
    return new InputError(
      `The plan was made on ${saved.host} (${saved.id}), and it is not known whether only the reviewed plan is applied there. ` +
        `${this.#remoteUnknown ?? ''} Nothing was applied. Otherwise set the execution mode of the workspace to Local: then it ` +
        'keeps the state, and this action plans and applies on the runner.',
      'REMOTE_EXECUTION',
    )
  }

  /** Reads `planFile` as JSON with every digit of its numbers (parseExactJson). From then on its sensitive values are redacted. */
  async showPlan(): Promise<PlanJson> {
    const plan = parseExactJson(await this.#planJson()) as PlanJson
    secrets.add(...sensitiveValues(plan), ...endpointSecrets(plan))
    secrets.addOpenWords(resourceNames(plan))
    return plan
  }

  /** Writes `planFile` as JSON into a file that only this user can read, because it holds secrets. @param file path of a new file */
  async writePlanJson(file: string): Promise<void> {
    writeFileSync(file, await this.#planJson(), { mode: 0o600, flag: 'wx' })
  }

  async #planJson(): Promise<string> {
    const { stdout } = await this.#run(['show', '-json', '-no-color', ...this.#earlyVariables(), this.planFile], {
      isRetried: true,
      returnsOutput: true,
    })
    return withoutPreface(stdout)
  }

  /**
   * Applies `planFile`. Ephemeral variables are not in a plan, so the variable files are passed too. Versions without
   * ephemeral variables reject them next to a plan.
   */
  async apply(): Promise<void> {
    if (this.#remote !== undefined && !this.#hasChanges) {
      // The service refuses to apply such a plan.
      log.line(line`The plan has no changes, so there is nothing to apply in ${this.remoteRun?.url}.`)
      return
    }
    const run = this.#openRuns.pop()
    const variables = this.#earlyVariables('planVariables')
    await this.#run(
      [
        'apply',
        '-input=false',
        '-no-color',
        ...this.#lockArguments(),
        `-parallelism=${this.#options.parallelism}`,
        ...variables,
        this.planFile,
      ],
      { isLogged: everyLine, changesState: true, readsSecrets: true, ...(run && { isRemote: true, run }) },
    )
  }

  /** Reads the state as JSON. From then on its sensitive values are redacted. */
  async showState(): Promise<StateJson> {
    const { stdout } = await this.#run(['show', '-json', '-no-color', ...this.#earlyVariables()], {
      isRetried: true,
      returnsOutput: true,
    })
    return addStateSecrets(stdout)
  }

  /**
   * Reads the state as its backend stores it. It runs also after an interruption: it takes no lock and changes nothing, and the
   * record of an interrupted first apply needs the state's lineage.
   */
  async pullState(): Promise<string> {
    const { stdout } = await this.#run(['state', 'pull', ...this.#earlyVariables()], {
      returnsOutput: true,
      runsAfterInterrupt: true,
    })
    return stdout
  }

  /** Marks a resource in the state, so that the next apply replaces it. */
  async taint(address: string): Promise<void> {
    await this.#run(['taint', '-no-color', ...this.#earlyVariables(), ...this.#lockArguments(), address], {
      isLogged: everyLine,
      changesState: true,
    })
  }

  /**
   * Interrupts the running command once; a second SIGINT would make Terraform abort without saving the state.
   * No further command starts afterwards. On Windows, `kill` would end the process immediately, with the state unsaved
   * and the lock held. There the command continues to its end, and `post` waits for it. A run in HCP Terraform goes on without the
   * command, so the run is cancelled, and the command ends after it.
   */
  interrupt(): void {
    if (this.#interrupted) return
    this.#interrupted = true
    this.#interruptedAt = Date.now()
    if (this.#remoteOutput !== undefined && this.#remote !== undefined)
      void this.#cancelRun(this.#remote, this.#remoteOutput)
    else this.#interruptChild()
  }

  #interruptChild(): void {
    if (process.platform !== 'win32') this.#child?.kill('SIGINT')
  }

  /** Cancels the run of a command. Before it has one, the command is interrupted and starts none. */
  async #cancelRun({ workspace, service }: RemoteRuns, output: TailedFile): Promise<void> {
    const run = findRun(output.text(), workspace)
    if (run === undefined) return this.#interruptChild()
    try {
      log.line(line`Cancelling the run ${run.url}`)
      await service.cancel(run)
    } catch (error) {
      log.warning(
        line`The run goes on, because it could not be cancelled: ${messageOf(error)}. Cancel it there: ${run.url}`,
      )
      this.#interruptChild()
    }
  }

  /** Whether a command is running that a signal must be forwarded to. */
  get isRunning(): boolean {
    return this.#child !== undefined
  }

  #lockArguments(): string[] {
    return [`-lock-timeout=${Math.ceil(this.#options.lockTimeoutMs / 1000)}s`]
  }

  /** The variable files for a command other than plan and apply. */
  #earlyVariables(capability: CapabilityName = 'earlyVariables'): string[] {
    return varFileArguments(this.#varFilesSince(capability))
  }

  #varFilesSince(capability: CapabilityName): readonly string[] {
    const { tool, version } = this.#options
    return can(tool, version, capability) ? this.#varFiles() : []
  }

  /** The variable files of the inputs, and after them the file of the action. */
  #varFiles(): readonly string[] {
    const own = this.#variableFile === undefined ? [] : [this.#variableFile]
    return [...this.#options.varFiles, ...own]
  }

  /**
   * The `-lockfile` argument of init. A committed lock file holds the reviewed providers, so init must not change it.
   * TF_CLI_ARGS takes precedence.
   */
  #lockFileArguments(): string[] {
    const { directory } = this.#options
    const userArguments = [process.env.TF_CLI_ARGS, process.env.TF_CLI_ARGS_init].join(' ')
    return existsSync(join(directory, lockFileName)) && !/(^|\s)--?(lockfile|upgrade)\b/.test(userArguments)
      ? ['-lockfile=readonly']
      : []
  }

  /** Runs a command and retries transient failures of read-only commands. */
  async #run(args: readonly string[], options: RunOptions): Promise<CommandResult> {
    const deadline = Date.now() + timeoutMs
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.#runOnce(args, options)
      } catch (error) {
        const delayMs = 2_000 * 2 ** attempt
        const cause =
          error instanceof TerraformError && options.isRetried ? transientCause(error.diagnostics) : undefined
        if (cause === undefined || Date.now() + delayMs > deadline) throw error
        const { tool } = this.#options
        log.line(line`${tool} ${args[0]} failed because ${cause}. Retrying in ${delayMs / 1000} s.`)
        await sleep(delayMs)
      }
    }
  }

  async #runOnce(args: readonly string[], options: RunOptions): Promise<CommandResult> {
    const command = args[0] ?? ''
    const { tool, binary, directory, tempDirectory, logOutput, onRunning } = this.#options
    if (options.runsAfterInterrupt !== true) this.#assertNotInterrupted(command)
    const name = join(tempDirectory, `${randomUUID()}-${command}`)
    const out = new TailedFile(`${name}.out`)
    const err = new TailedFile(`${name}.err`)
    this.#remoteOutput = options.isRemote ? out : undefined
    const trace = this.#isTraced() ? new TailedFile(`${name}.trace`) : undefined
    const logTrace = () => {
      for (const text of trace?.newLines(true) ?? []) logOutput(text)
    }
    const { isLogged, readsSecrets } = options
    // Messages wait until the secrets of the state are known; progress lines do not.
    let held: string | undefined
    const logLines = (text: string) => {
      let logged = ''
      // Not split, because a plan can have a hundred thousand lines, and nearly none of them is progress.
      for (let start = 0, end = 0; start < text.length; start = end) {
        end = text.indexOf('\n', start) + 1 || text.length
        const each = text.slice(start, end)
        if (isLogged?.(each)) logged += each
      }
      if (logged !== '') logOutput(logged)
    }
    const logNewLines = (file: TailedFile, isEnd = false) => {
      if (isLogged === undefined) return
      for (const text of file.newLines(isEnd)) logLines(text)
    }
    const logProgress = () => {
      if (isLogged === undefined || held !== undefined) return
      for (const text of out.newLines()) {
        const message = text.search(messageStart)
        logLines(withoutNewIds(message === -1 ? text : text.slice(0, message)))
        if (message === -1) continue
        held = text.slice(message)
        return
      }
    }
    const logMessages = () => {
      logLines(held ?? '')
      logNewLines(out, true)
    }
    /** Logs the messages that hold no value of the state, which cannot be read. */
    const logOpenMessages = () => {
      const messages = [held ?? '', ...out.newLines(true)].join('')
      logLines(withNewLine(openMessages(messages)))
      logOutput(withNewLine(openMessages(err.lastLines(maxDiagnosticBytes))))
    }

    const child = startDetached(binary, args, {
      cwd: directory,
      env: this.#environment(trace?.path),
      output: out.descriptor,
      errors: err.descriptor,
    })
    this.#child = child
    const ended = new Promise<{ exitCode: number | null; signal: NodeJS.Signals | null }>((resolve, reject) => {
      child.once('error', error => reject(new TerraformError(command, null, `${binary}: ${error.message}`, tool)))
      child.once('exit', (exitCode, signal) => resolve({ exitCode, signal }))
    })
    if (options.changesState && child.pid !== undefined) {
      const started = new Date().toISOString()
      const varFiles = {
        show: this.#varFilesSince('earlyVariables'),
        untaint: this.#varFilesSince('workspaceVariables'),
      }
      const files = { log: out.path, errors: err.path }
      const elsewhere = {
        ...(options.run && { remoteRun: options.run.url }),
        ...(this.#dataDirectory !== undefined && { dataDirectory: this.#dataDirectory }),
      }
      onRunning({ pid: child.pid, tool, binary, directory, varFiles, command, started, ...files, ...elsewhere })
    }
    const ticker = setInterval(() => {
      if (readsSecrets) return logProgress()
      logNewLines(out)
      logNewLines(err)
    }, 200)
    try {
      const { exitCode, signal } = await ended
      const hasFailed = exitCode === null || !(options.okCodes ?? [0]).includes(exitCode)
      let isKnown = true
      if (readsSecrets) {
        logProgress()
        const hasMessages = hasFailed || held !== undefined || !err.isEmpty
        if (hasMessages) isKnown = await this.#readSecrets(err.lastLines(maxDiagnosticBytes))
      }
      if (isKnown) {
        logTrace()
        logMessages()
      } else logOpenMessages()
      const run =
        options.isRemote && options.run === undefined && this.#remote && findRun(out.text(), this.#remote.workspace)
      if (run) this.#openRuns.push(run)
      if (hasFailed) {
        if (isKnown) logNewLines(err, true)
        const written = [
          ...(options.isRemote ? [messagesOf(out.lastLines(maxDiagnosticBytes))] : []),
          err.lastLines(maxDiagnosticBytes),
        ].join('\n')
        if (run && !this.#interrupted && isLockTimeout(out.text())) throw await this.#lockTimeout(run)
        const unknown = this.#remoteUnknown === undefined ? undefined : findUnknownRun(out.text())
        if (unknown !== undefined) throw this.#unknownWorkspace(unknown)
        const diagnostics = isKnown
          ? cleanDiagnostics(written)
          : `${openMessages(written)}\n\n${leftOutMessages(tool)}`.trim()
        if (this.#interrupted) {
          throw new CancelledError(
            `The job was cancelled: ${tool} ${command} was interrupted and has stopped.\n${diagnostics}`.trim(),
          )
        }
        const killed = signal === null ? '' : `It was killed by ${signal}. Has the machine run out of memory?\n`
        throw new TerraformError(command, exitCode, `${killed}${diagnostics}`.trim(), tool)
      }
      if (isKnown) for (const text of err.newLines(true)) logOutput(text)
      else log.line(line`${leftOutMessages(tool)}`)
      return { exitCode, stdout: options.returnsOutput ? out.text() : '' }
    } finally {
      clearInterval(ticker)
      this.#child = undefined
      this.#remoteOutput = undefined
      log.closeFence()
      out.remove()
      err.remove()
      trace?.remove()
      if (options.changesState) onRunning(undefined)
    }
  }

  /** The error of a plan that waited too long for the lock of its workspace. Terraform ends, and its run would still wait. */
  async #lockTimeout(run: RemoteRun): Promise<InputError> {
    const { organization = '', name = '', host = '' } = this.#remote?.workspace ?? {}
    await this.#remote?.service.cancel(run).catch(error => log.warning(line`${messageOf(error)}`))
    return new InputError(
      `Somebody or another run has locked the workspace ${organization}/${name} on ${host} for longer than lock-timeout ` +
        `(${this.#options.lockTimeoutMs / 1000} s). Nothing was changed. Its page names the holder: https://${host}/app/${organization}/${name}. ` +
        'Wait for that run and run this job again, or raise lock-timeout. ' +
        `If nobody needs the lock any more, \`${this.tool} force-unlock ${organization}/${name}\` in the root module releases it.`,
      'STATE_LOCKED',
    )
  }

  /**
   * Reads the sensitive values of the state, so that messages about them can be shown. After a cancellation there is only a short
   * time for it, and no command of this class starts any more.
   * @param diagnostics what the command wrote to stderr
   * @returns whether they are known
   */
  async #readSecrets(diagnostics: string): Promise<boolean> {
    const { binary, directory } = this.#options
    const cancelledMs = maxCancelledMs - (Date.now() - this.#interruptedAt)
    const limitMs = this.#interrupted ? Math.min(maxCancelledReadMs, cancelledMs) : maxReadMs
    if (limitMs <= 0) return false
    return await readStateSecrets({
      binary,
      directory,
      env: this.#environment(),
      varFiles: this.#varFilesSince('earlyVariables'),
      timeoutMs: limitMs,
      diagnostics,
    })
  }

  /** Runs a command that needs no state, changes nothing and has a small output. */
  async #query(
    args: readonly string[],
    okCodes: readonly number[],
    cwd = this.#options.directory,
  ): Promise<CommandResult & { readonly stderr: string }> {
    const command = args[0] ?? ''
    const { tool, binary, logOutput, tempDirectory } = this.#options
    this.#assertNotInterrupted(command)
    const trace = this.#isTraced() ? new TailedFile(join(tempDirectory, `${randomUUID()}-${command}.trace`)) : undefined
    const { exitCode, stdout, stderr } = await query(binary, args, { cwd, env: this.#environment(trace?.path) }).catch(
      error => {
        throw new TerraformError(command, null, `${binary}: ${messageOf(error)}`, tool)
      },
    )
    for (const text of trace?.newLines(true) ?? []) logOutput(text)
    trace?.remove()
    if (stderr !== '') logOutput(stderr)
    log.closeFence()
    if (!okCodes.includes(exitCode)) throw new TerraformError(command, exitCode, cleanDiagnostics(stderr), tool)
    return { exitCode, stdout, stderr }
  }

  #assertNotInterrupted(command: string): void {
    if (!this.#interrupted) return
    throw new CancelledError(`${this.#options.tool} ${command} was not started: the job was cancelled.`)
  }

  /** Whether the log of TF_LOG goes to a file of this run. In stderr it would stand before the first error. */
  #isTraced(): boolean {
    const { isTrusted } = this.#options
    return isTrusted && logVariables.some(name => process.env[name]) && !process.env.TF_LOG_PATH
  }

  /** @param trace path of the file for the log of TF_LOG */
  #environment(trace?: string): ChildEnvironment {
    const { isTrusted, directory, tool } = this.#options
    const settings = isTrusted ? preparePluginCache(tool, process.env, directory) : untrustedSettings(process.env)
    return terraformEnvironment(process.env, isTrusted, { ...settings, ...(trace && { TF_LOG_PATH: trace }) })
  }
}

/** Returns the messages in the log of a remote run, which ends with them. */
function messagesOf(output: string): string {
  const start = output.search(messageStart)
  return start === -1 ? '' : output.slice(start)
}

/** Returns a text as whole lines; an empty text stays empty. */
function withNewLine(text: string): string {
  return text === '' ? '' : `${text}\n`
}

/** Returns a setting `key=value` as a line of a settings file. */
function settingLine(setting: string): string {
  const equals = setting.indexOf('=')
  const value = JSON.stringify(setting.slice(equals + 1)).replace(/[$%](?=\{)/g, '$&$&')
  return `${setting.slice(0, equals).trim()} = ${value}\n`
}

/**
 * Removes the frame that Terraform draws around diagnostics, and the log lines of TF_LOG. Those hold requests, which must
 * not reach a comment.
 */
function cleanDiagnostics(diagnostics: string): string {
  return diagnostics
    .replace(/^\d{4}-\d\d-\d\dT\S+ \[(TRACE|DEBUG|INFO|WARN|ERROR)\].*\n(?:[ -].*\n)*/gm, '')
    .replace(/^[│╷╵] ?/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
