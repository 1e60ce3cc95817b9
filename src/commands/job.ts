/**
 * Job is one run of a command. It owns the report, handles cancellation, times the phases and records failures. Only its methods
 * write the report; all other code reads it.
 */
import { mkdtempSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { SignedRecord } from '../approval/record.ts'
import type { FingerprintedPlan, PlanToApprove } from '../approval/review.ts'
import type { stateSettings } from '../approval/settings.ts'
import { CancelledError, type Failure, InputError, messageOf } from '../errors.ts'
import type { Run, Trigger } from '../event.ts'
import type { GateReport } from '../gate/gate.ts'
import type { Recorder } from '../gate/recorder.ts'
import type { GitHub } from '../github/api.ts'
import type { Inputs } from '../inputs.ts'
import { line, log } from '../log.ts'
import type { OutputCredentials } from '../platforms/credential-outputs.ts'
import type { FailureInPhase, Phase, Report } from '../report/report.ts'
import { backendOf, commentMarker, formerCommentMarker } from '../report/target.ts'
import type { Terraform } from '../terraform/cli.ts'
import { inWordsOf } from '../terraform/names.ts'

/** A trigger of a command with a report. */
export type ReportedTrigger = Extract<Trigger, { readonly command: Report['command'] }>

/** The parts of a report that checks add. */
type AddedParts = Omit<Report, 'command' | 'target' | 'commit' | 'runUrl' | 'failures' | 'warnings' | 'phases'>
export type ReportParts = { readonly [Part in keyof AddedParts]?: AddedParts[Part] | undefined }

/** The result of a check. Without a failure it passed. */
export interface CheckResult {
  readonly adds?: ReportParts
  readonly failure?: Failure | undefined
  readonly warnings?: readonly string[]
  /** Explains the failure by evidence. It runs after the failure is recorded, so that a cancellation cannot lose it. */
  readonly explain?: () => Promise<{ readonly failure: Failure; readonly adds: ReportParts }>
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

/** A plan whose apply began. It can make the plans of open pull requests stale. */
export interface BegunPlan {
  readonly request: Pick<PlanToApprove, 'binding' | 'formerTarget' | 'secrets'>
  /** Undefined for a destroy, which nobody reviews. */
  readonly plan: FingerprintedPlan | undefined
  readonly branch: string
}

export class Job {
  readonly inputs: Inputs
  readonly run: Run
  readonly trigger: ReportedTrigger
  /** Backend and workspace of the state; unset until Terraform is initialized. */
  state: ReturnType<typeof stateSettings> | undefined
  /** Temporary directory of this run. Only the report's files remain in it. */
  readonly tempDirectory: string
  /** Aborted when the runner cancels the job; the reason is a CancelledError. Every wait and every check obeys it. */
  readonly signal: AbortSignal
  /** The Terraform process to interrupt on cancellation; unset until it is installed. */
  terraform: Terraform | undefined
  /** Puts back the data directory of Terraform that was in the checkout before the run. */
  putBackData: () => void = () => {}
  /** The recorder of each gate of this run, by its report. */
  readonly recorders = new WeakMap<GateReport, Recorder>()
  /** Credentials of the gate that outputs of the root module hold; unset until a state was read. */
  outputCredentials: Pick<OutputCredentials, 'headers' | 'oauth'> | undefined
  /** Signed record of the plan, embedded in the pull request comment for the apply. */
  signedRecord: SignedRecord | undefined
  /** The plan that Terraform began to apply; undefined until then. */
  begunPlan: BegunPlan | undefined
  /** Digest of the dependency lock file before `terraform init`, which may write it. */
  lockFile: string | undefined
  readonly #report: Mutable<Report>
  #phase: FailureInPhase['phase'] = 'start'
  #client: GitHub | undefined

  constructor(inputs: Inputs, run: Run, trigger: ReportedTrigger) {
    this.inputs = inputs
    this.run = run
    this.trigger = trigger
    this.tempDirectory = mkdtempSync(join(run.temp, 'terraform-mcp-deploy-'))
    this.#report = {
      ...emptyReport(inputs, run),
      command: trigger.command,
      commit: trigger.sha,
      pullRequest: trigger.pullRequest,
    }
    this.signal = this.#cancellation()
  }

  get report(): Readonly<Report> {
    return this.#report
  }

  /** The first line of this stack's comment. */
  get marker(): string {
    return commentMarker(this.#report)
  }

  /** The marker of version 0.1, undefined if it is the same. */
  get formerMarker(): string | undefined {
    return formerCommentMarker(this.#report)
  }

  get phase(): FailureInPhase['phase'] {
    return this.#phase
  }

  /**
   * Runs one check: sets the phase, times it, ends it on cancellation, and records its parts and its failure.
   * @returns whether it passed
   * @throws any error of the action; CancelledError if the job is cancelled
   */
  async check(phase: Phase, action: () => Promise<CheckResult>): Promise<boolean> {
    const { adds = {}, failure, warnings = [], explain } = await this.step(phase, action)
    this.record(adds)
    this.warn(...warnings)
    if (failure === undefined) return true
    const index = this.#report.failures.push(this.#inPhase(failure)) - 1
    if (explain === undefined) return false
    const explained = await this.step('diagnosis', explain)
    this.record(explained.adds)
    this.#report.failures[index] = { ...this.#inPhase(explained.failure), phase }
    return false
  }

  /** Runs one step of a check, timed under its phase in its own section of the log. */
  async step<T>(phase: Phase, action: () => Promise<T>): Promise<T> {
    this.#phase = phase
    const started = Date.now()
    log.group(line`${phase}`)
    try {
      return await this.#untilCancelled(action)
    } finally {
      log.endGroup()
      this.#addTime(phase, Date.now() - started)
    }
  }

  /** Adds parts to the report, such as `apply: 'started'`. An undefined part is removed. */
  record(parts: ReportParts): void {
    Object.assign(this.#report, parts)
    for (const [part, value] of Object.entries(parts))
      if (value === undefined) delete this.#report[part as keyof AddedParts]
  }

  warn(...warnings: readonly string[]): void {
    this.#report.warnings.push(...warnings)
  }

  /** Records a thrown error as a failure. @param phase the phase in which it was thrown */
  async fail(error: unknown, phase: FailureInPhase['phase'] = this.#phase): Promise<void> {
    this.#report.failures.push(await this.failureOf(error, phase))
  }

  /** Records a failure outside of a check. @param phase the phase of the failure */
  failWith(failure: Failure, phase: FailureInPhase['phase'] = this.#phase): void {
    this.#report.failures.push({ ...this.#inPhase(failure), phase })
  }

  /** Returns the result of an action. An error becomes a warning, so that it does not hide the failure of the run. */
  async orWarn<T>(action: () => Promise<T>): Promise<T | undefined> {
    try {
      return await this.#untilCancelled(action)
    } catch (error) {
      if (this.signal.aborted) throw error
      this.warn(messageOf(error))
      return undefined
    }
  }

  /** Converts a thrown error into a failure with its fix. Terraform's diagnostics are added to the report. */
  async failureOf(error: unknown, phase: FailureInPhase['phase'] = this.#phase): Promise<FailureInPhase> {
    const { explainError } = await import('./thrown-error.ts')
    const { failure, problems } = explainError(error, phase, this)
    if (problems.length > 0) this.record({ problems })
    return failure
  }

  /** Returns the GitHub client for the comment; undefined if the input comment is "never". */
  async github(): Promise<GitHub | undefined> {
    return this.inputs.comment === 'never' ? undefined : await this.githubFor('comment', 'never')
  }

  /**
   * Returns the GitHub client.
   * @param input the input that needs GitHub
   * @param off the value of that input that does not need it
   * @throws InputError without a token
   */
  async githubFor(
    input: 'comment' | 'issue' | 'labels' | 'plan-status' | 'deployment-environment',
    off: string,
  ): Promise<GitHub> {
    const { githubToken } = this.inputs
    if (githubToken === '') {
      const what = {
        comment: 'comment',
        issue: 'issue',
        labels: 'label',
        'plan-status': 'status',
        'deployment-environment': 'deployment',
      }[input]
      throw new InputError(
        `Input github-token is empty, so no ${what} can be written: give a token, or set ${input} to ${off}.`,
      )
    }
    const { GitHub } = await import('../github/api.ts')
    this.#client ??= new GitHub(githubToken, this.run.owner, this.run.repo, text => log.line(line`${text}`))
    return this.#client
  }

  #inPhase({ code, sentence, fix, remedy, ...more }: Failure & { readonly cause?: string }): FailureInPhase {
    const cause = more.cause === undefined ? {} : { cause: more.cause }
    return { code, ...cause, sentence, fix: inWordsOf(this.inputs.tool, fix), remedy, phase: this.#phase }
  }

  /** Adds the time of a phase. A phase that runs twice, such as the wait before and after the gate, has the sum. */
  #addTime(phase: Phase, ms: number): void {
    const { phases } = this.#report
    const index = phases.findIndex(each => each.phase === phase)
    if (index === -1) phases.push({ phase, ms })
    else phases[index] = { phase, ms: ms + (phases[index]?.ms ?? 0) }
  }

  /**
   * Ends an action when the job is cancelled. A running Terraform is interrupted once, and the action ends only after Terraform,
   * because it must save the state first.
   */
  async #untilCancelled<T>(action: () => Promise<T>): Promise<T> {
    this.signal.throwIfAborted()
    let stop = () => {}
    const aborted = new Promise<never>((_, reject) => {
      stop = () => {
        if (this.terraform?.isRunning !== true) reject(this.signal.reason)
      }
      this.signal.addEventListener('abort', stop)
    })
    try {
      return await Promise.race([action(), aborted])
    } finally {
      this.signal.removeEventListener('abort', stop)
    }
  }

  #cancellation(): AbortSignal {
    const controller = new AbortController()
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        this.terraform?.interrupt()
        controller.abort(new CancelledError(`The job was cancelled during ${this.#phase}.`))
      })
    }
    return controller.signal
  }
}

/** Returns the parts of a report that are known before the run. */
export function emptyReport(
  inputs: Inputs,
  run: Run,
): Pick<Report, 'target' | 'runUrl' | 'docsUrl' | 'environment' | 'planApproval' | 'failures' | 'warnings' | 'phases'> {
  const { stackName: name, stack, workingDirectory, workspace, backendConfig } = inputs
  const inheritedWorkspace = workspace === undefined ? process.env.TF_WORKSPACE || undefined : undefined
  const backend = backendOf(backendConfig, file => readFileSync(file, 'utf8'))
  // Slashes as on GitHub, so that a plan on Windows and an apply on Linux share one comment.
  const directory = relative(run.workspace, workingDirectory).replaceAll(sep, '/') || '.'
  return {
    target: { ...(name !== undefined && { name }), stack, directory, workspace, inheritedWorkspace, backend },
    runUrl: run.url,
    docsUrl: docsUrl(run.action),
    environment: inputs.deploymentEnvironment,
    planApproval: inputs.planApproval,
    failures: [],
    warnings: [],
    phases: [],
  }
}

/** Returns the URL of the docs in the running version of the action, undefined if that is unknown. */
function docsUrl(action: Run['action']): string | undefined {
  return action === undefined ? undefined : `${action.url}/blob/${encodeURI(action.ref)}/docs`
}
