/**
 * The commands of Terraform: argv arrays, exit codes, output, and a stop that loses nothing. A command that may hold the
 * state lock runs detached and writes to files, so that neither the runner's signals to this process nor its death reach
 * it, which would leave a half-written state and a held lock; `interrupt()` forwards one SIGINT.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { gte } from 'semver'
import { CancelledError, messageOf, TerraformError } from '../errors.ts'
import { line, log } from '../log.ts'
import { sleep } from '../poll.ts'
import { type Diagnostic, fromValidate, type ValidateDiagnostic } from './diagnostics.ts'
import { lockFileName, pluginCache, terraformEnvironment } from './environment.ts'
import type { PlanJson, StateJson } from './json.ts'
import { query } from './query.ts'
import { TailedFile } from './tailed-file.ts'
import { type ToolName, tools } from './tools.ts'
import { transientCause } from './transient.ts'

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
  readonly tempDirectory: string
  readonly varFiles: readonly string[]
  readonly lockTimeoutMs: number
  readonly parallelism: number
  /** Writes whole lines of Terraform's output to the job log, such as `log.foreign`. */
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

/** Bytes of a failed command's diagnostics that are read, the last ones: TF_LOG may have written gigabytes before them. */
const maxDiagnosticBytes = 4 * 1024 * 1024

interface HowToRun {
  /** Which lines of its output are printed: none without it. */
  readonly isShown?: (line: string) => boolean
  readonly okCodes?: readonly number[]
  readonly changesState?: boolean
  /** The command changes nothing that a second run would not find again. */
  readonly isRetried?: boolean
  /** Whether its output is returned. What nobody reads is never one string, which has a maximum length. */
  readonly isRead?: boolean
}

const everyLine = () => true

interface CommandResult {
  readonly exitCode: number
  /** Empty unless `isRead`. */
  readonly stdout: string
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
    this.planFile = join(options.tempDirectory, 'plan.tfplan')
  }

  async init(backendConfig: readonly string[]): Promise<void> {
    const args = ['init', '-input=false', '-no-color', ...this.#lockFile()]
    await this.#run([...args, ...backendConfig.map(line => `-backend-config=${line}`)], {
      isShown: everyLine,
      isRetried: true,
    })
  }

  /** Providers and modules alone: no backend is asked, so no credentials are needed. */
  async initWithoutBackend(): Promise<void> {
    await this.#run(['init', '-input=false', '-no-color', '-backend=false'], { isShown: everyLine })
  }

  /**
   * Files below a directory that `terraform fmt` would rewrite, and those that it cannot read, relative to it.
   * @param directory the root module's, or where the variable files of a shipped module are
   */
  async unformatted(directory: string): Promise<string[]> {
    const { stdout } = await this.#query(['fmt', '-check', '-recursive', '-no-color', directory], [0, 2, 3])
    return stdout
      .split('\n')
      .filter(line => line !== '')
      .map(file => relative(directory, resolve(this.#options.directory, file)))
  }

  /** Errors and warnings of `terraform validate -json` ("JSON Output Format" of that command). */
  async validate(): Promise<Diagnostic[]> {
    const { stdout } = await this.#query(['validate', '-json', '-no-color'], [0, 1])
    return (JSON.parse(stdout) as { diagnostics: ValidateDiagnostic[] }).diagnostics.map(fromValidate)
  }

  /**
   * @param name may begin with a dash, which Terraform allows
   * @param create whether it is made where there is none
   */
  async selectWorkspace(name: string, create = true): Promise<void> {
    await this.#run(['workspace', 'select', '-no-color', `-or-create=${create}`, '--', name], {
      isShown: everyLine,
      isRetried: true,
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
      { isShown: each => planProgress.test(each), okCodes: [0, 2], isRetried: true, isRead: true },
    )
    return { hasChanges: exitCode === 2, text: stdout }
  }

  async showPlan(): Promise<PlanJson> {
    const { stdout } = await this.#run(['show', '-json', '-no-color', this.planFile], {
      isRetried: true,
      isRead: true,
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
      { isShown: everyLine, changesState: true },
    )
  }

  async showState(): Promise<StateJson> {
    const { stdout } = await this.#run(['show', '-json', '-no-color'], { isRetried: true, isRead: true })
    return JSON.parse(stdout) as StateJson
  }

  async taint(address: string): Promise<void> {
    await this.#run(['taint', '-no-color', ...this.#locking(), address], { isShown: everyLine, changesState: true })
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

  /** Runs a command, and one that changes nothing again after a failure that waiting can fix. */
  async #run(args: readonly string[], how: HowToRun): Promise<CommandResult> {
    const deadline = Date.now() + timeoutMs
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.#runOnce(args, how)
      } catch (error) {
        const waitMs = 2_000 * 2 ** attempt
        const cause = error instanceof TerraformError && how.isRetried ? transientCause(error.diagnostics) : undefined
        if (cause === undefined || Date.now() + waitMs > deadline) throw error
        const { tool } = this.#options
        log.line(line`${tool} ${args[0]} failed because ${cause}. It is tried again in ${waitMs / 1000} s.`)
        await sleep(waitMs)
      }
    }
  }

  async #runOnce(args: readonly string[], how: HowToRun): Promise<CommandResult> {
    const command = args[0] ?? ''
    const { tool, binary, directory, tempDirectory, print, onRunning } = this.#options
    this.#assertNotInterrupted(command)
    const name = join(tempDirectory, `${randomUUID()}-${command}`)
    const out = new TailedFile(`${name}.out`)
    const err = new TailedFile(`${name}.err`)
    const { isShown } = how
    const show = (file: TailedFile, isEnd = false) => {
      if (isShown === undefined) return
      for (const text of file.newLines(isEnd)) {
        const shown = text.split(/(?<=\n)/).filter(isShown)
        if (shown.length > 0) print(shown.join(''))
      }
    }

    const child = spawn(binary, args, {
      cwd: directory,
      env: this.#environment(),
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
      show(out)
      show(err)
    }, 200)
    try {
      const { exitCode, signal } = await ended
      show(out, true)
      if (exitCode === null || !(how.okCodes ?? [0]).includes(exitCode)) {
        show(err, true)
        const diagnostics = withoutDiagnosticMarks(err.lastLines(maxDiagnosticBytes))
        if (this.#interrupted) {
          throw new CancelledError(
            `The job was cancelled: ${tool} ${command} was told to stop and has stopped.\n${diagnostics}`.trim(),
          )
        }
        const killed = signal === null ? '' : `It was killed by ${signal}. Has the machine run out of memory?\n`
        throw new TerraformError(command, exitCode, `${killed}${diagnostics}`.trim(), tool)
      }
      for (const text of err.newLines(true)) print(text)
      return { exitCode, stdout: how.isRead ? out.text() : '' }
    } finally {
      clearInterval(ticker)
      this.#child = undefined
      log.closeFence()
      out.remove()
      err.remove()
      if (how.changesState) onRunning(undefined)
    }
  }

  /** Runs a command that needs no state, changes nothing and prints little. */
  async #query(args: readonly string[], okCodes: readonly number[]): Promise<CommandResult> {
    const command = args[0] ?? ''
    const { tool, binary, directory, print } = this.#options
    this.#assertNotInterrupted(command)
    const { exitCode, stdout, stderr } = await query(binary, args, { cwd: directory, env: this.#environment() }).catch(
      error => {
        throw new TerraformError(command, null, `${binary}: ${messageOf(error)}`, tool)
      },
    )
    if (stderr !== '') print(stderr)
    log.closeFence()
    if (!okCodes.includes(exitCode)) throw new TerraformError(command, exitCode, withoutDiagnosticMarks(stderr), tool)
    return { exitCode, stdout }
  }

  #assertNotInterrupted(command: string): void {
    if (!this.#interrupted) return
    throw new CancelledError(`${this.#options.tool} ${command} was not started: the job was cancelled.`)
  }

  #environment(): Record<string, string> {
    const { credentials, directory } = this.#options
    const cache = credentials ? pluginCache(process.env, directory) : {}
    return { ...terraformEnvironment(process.env, credentials), ...cache }
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
