/**
 * One run of the action: what all flows share. It holds the report, keeps secrets out of everything that leaves, times the
 * phases, hears a cancelled job, and in the end publishes what is known, whatever that is.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { endGroup, info, notice, setSecret, startGroup, warning } from '@actions/core'
import type { SignedRecord } from '../approval/record.ts'
import { CancelledError, type Failure, InputError, messageOf, TerraformError } from '../errors.ts'
import type { Trigger } from '../event.ts'
import { GitHub } from '../github/api.ts'
import { comment, wantsComment } from '../github/comment.ts'
import type { Inputs, Run } from '../inputs.ts'
import { reportFiles, writeAnnotations, writeCommentUrl, writeOutcome, writeReport, writeSummary } from '../outputs.ts'
import { type ExplainedFailure, explained, symptoms } from '../platforms/aws/causes.ts'
import type { Deployment } from '../platforms/deployment.ts'
import { collectEvidence, hasEvidence } from '../platforms/evidence.ts'
import { redactAll, redactor } from '../redact.ts'
import { marker } from '../report/comment.ts'
import { evidenceLines } from '../report/evidence.ts'
import { count } from '../report/markdown.ts'
import { type Problem, placeText } from '../report/problems.ts'
import type { FailureInPhase, Phase, Report } from '../report/report.ts'
import { terraformAdvice } from '../terraform/advice.ts'
import type { Terraform } from '../terraform/cli.ts'
import { type Diagnostic, readDiagnostics } from '../terraform/diagnostics.ts'
import { locate } from '../terraform/root-module.ts'
import { releasePlatform } from '../terraform/tools.ts'

export type Decided = Exclude<Trigger, { command: 'none' }>

export class Job {
  readonly inputs: Inputs
  readonly run: Run
  readonly trigger: Decided
  readonly report: Report
  readonly marker: string
  /** A directory of this run alone. Of what is in it only the report's files are left in the end. */
  readonly scratch: string
  /** Told when the job is cancelled, as soon as there is one. */
  terraform: Terraform | undefined
  /** What the comment says to the next apply. */
  record: SignedRecord | undefined
  phase: FailureInPhase['phase'] = 'start'
  /** Of the dependency lock file, before `terraform init` may write it. */
  lockFile: string | undefined
  /** Milliseconds since the epoch. */
  applyBegan = 0
  readonly #secrets: Set<string>
  #redactor: { readonly secrets: number; readonly redact: (text: string) => string } | undefined
  #client: GitHub | undefined
  #commentUrl: string | undefined

  constructor(inputs: Inputs, run: Run, trigger: Decided) {
    this.inputs = inputs
    this.run = run
    this.trigger = trigger
    this.scratch = mkdtempSync(join(run.temp, 'terraform-mcp-deploy-'))
    this.#secrets = new Set(inputs.secrets)
    this.report = {
      ...emptyReport(inputs, run),
      command: trigger.command,
      commit: trigger.sha,
      pullRequest: trigger.pullRequest,
    }
    this.marker = marker(this.report)
  }

  /**
   * Runs a flow to its end, whatever that is, and publishes it.
   * @param tellOthers what follows a flow that was not cancelled, green or red
   * @param conclude the last thing of all, also of a run that was cancelled; what it throws is a warning
   */
  async carryOut(
    flow: (job: Job) => Promise<void>,
    tellOthers: (job: Job) => Promise<void>,
    conclude: (job: Job) => Promise<void>,
  ): Promise<void> {
    try {
      await Promise.race([this.#flowAndNews(flow, tellOthers), this.#cancelled()])
    } catch (error) {
      this.#thrown(error, this.phase)
    }
    await this.#publish()
    await conclude(this).catch(error => warning(this.redact(messageOf(error))))
  }

  async #flowAndNews(flow: (job: Job) => Promise<void>, tellOthers: (job: Job) => Promise<void>): Promise<void> {
    try {
      await flow(this)
    } catch (error) {
      // Whoever cancelled the run knows, and the runner kills what takes more than seconds now.
      if (error instanceof CancelledError) throw error
      this.#thrown(error, this.phase)
    }
    await tellOthers(this)
  }

  /** Notes what a flow ended with, unless it is red already, with what Terraform says of the code. */
  #thrown(error: unknown, phase: FailureInPhase['phase']): void {
    if (this.report.failures.length > 0) {
      if (error instanceof CancelledError) this.report.warnings.push(messageOf(error))
      return
    }
    this.report.failures.push(this.failureOf(error, phase))
  }

  /** Why what was thrown makes the run red, with advice where there is some. What Terraform says of the code goes into the report. */
  failureOf(error: unknown, phase: FailureInPhase['phase'] = this.phase): FailureInPhase {
    const problems =
      error instanceof TerraformError ? readDiagnostics(error.diagnostics).map(each => this.placed(each)) : []
    if (problems.length > 0) this.report.problems = problems
    const sentence = sentenceOf(error, problems)
    return { code: '', sentence, fix: adviceFor(error, phase, this.run.runsUrl), remedy: undefined, phase }
  }

  /** Where in the repository a diagnostic of this run's Terraform is. */
  placed(diagnostic: Diagnostic): Problem {
    const { workspace, repositoryUrl } = this.run
    const directory = this.terraform?.directory ?? this.inputs.workingDirectory
    const commit = `${repositoryUrl}/blob/${this.report.commit}`
    return locate(diagnostic, { directory, workspace, commit }, this.inputs)
  }

  /** Takes out of a text every secret that is known by now. */
  get redact(): (text: string) => string {
    // Secrets are only added, and each line that is printed asks for this.
    if (this.#redactor?.secrets !== this.#secrets.size) {
      this.#redactor = { secrets: this.#secrets.size, redact: redactor(this.#secrets) }
    }
    return this.#redactor.redact
  }

  /** From here on in no log line, comment, summary or report. */
  hide(secret: string): void {
    this.#secrets.add(secret)
    setSecret(secret)
  }

  async timed<T>(phase: Phase, action: () => Promise<T>): Promise<T> {
    this.phase = phase
    const started = Date.now()
    startGroup(phase)
    try {
      return await action()
    } finally {
      endGroup()
      this.report.phases.push({ phase, ms: Date.now() - started })
    }
  }

  /**
   * Notes a failure with its cause. The first one counts; `seen` goes before "because", and what was over when that
   * `began` is not the cause.
   * @param deployment undefined when AWS cannot be asked
   */
  async failed(
    failure: Failure | undefined,
    deployment?: Deployment,
    seen?: string,
    began?: number,
  ): Promise<Failure | undefined> {
    if (failure === undefined) return undefined
    const { phase } = this
    const isFirst = this.report.failures.length === 0
    const note = ({ code, cause, sentence, fix, remedy }: ExplainedFailure) => {
      if (isFirst) this.report.failures.push({ code, ...(cause && { cause }), sentence, fix, remedy, phase })
    }
    // Before AWS is asked: a run that is cancelled meanwhile must not lose it.
    note(failure)
    const told = deployment === undefined ? failure : await this.#explained(failure, deployment, seen, began)
    note(told)
    return told
  }

  /** Asks AWS why, where AWS may know. */
  async #explained(
    failure: Failure,
    { serving, endpoint }: Deployment,
    seen: string | undefined,
    began: number | undefined,
  ): Promise<ExplainedFailure> {
    if (symptoms[failure.code] === undefined || !hasEvidence(serving)) return failure
    const evidence = await this.timed('diagnosis', async () => {
      const found = await collectEvidence(serving, this.report.stability?.deployment, began)
      if (found !== undefined) for (const line of evidenceLines(found)) this.tell(line)
      return found
    })
    if (evidence === undefined) return failure
    this.report.evidence = evidence
    return explained(failure, evidence, endpoint, seen)
  }

  /** What an action gives, or undefined and a warning in the report: it must not hide why the step is red. */
  async warnOf<T>(action: () => Promise<T>): Promise<T | undefined> {
    try {
      return await action()
    } catch (error) {
      this.report.warnings.push(messageOf(error))
      return undefined
    }
  }

  /** Prints a line that is foreign in part: no secret, and nothing in it that the runner takes for a command of ours. */
  readonly tell = (line: string): void => {
    const shown = this.redact(line).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    info(shown.replaceAll('##[', '## [').replace(/^(\s*):{2}/, '$1: :'))
  }

  async readComment(pullRequest: number): Promise<string | undefined> {
    return await this.github()?.readComment(pullRequest, this.marker)
  }

  async comment(): Promise<void> {
    const { pullRequest } = this.report
    const wanted = wantsComment(this.inputs.comment, this.report)
    // Their token may only read.
    const isVisitor = this.trigger.visitor !== undefined
    if (pullRequest === undefined || wanted === 'nothing' || isVisitor) return
    const github = this.github()
    if (github === undefined) return
    this.phase = 'comment'
    const report = redactAll(this.report, this.redact)
    const posted = await comment(github, { pullRequest, report, marker: this.marker, wanted, record: this.record })
    if (posted === 'outrun') {
      notice(
        `The comment on pull request #${pullRequest} shows the plan of a newer commit and stays as it is. This plan, of ${report.commit.slice(0, 7)}, is in the job summary.`,
      )
    } else {
      this.#commentUrl = posted?.url
    }
  }

  github(): GitHub | undefined {
    return this.inputs.comment === 'never' ? undefined : this.githubFor('comment', 'never')
  }

  /** @param input what needs GitHub; @param off its value that needs none */
  githubFor(input: 'comment' | 'issue' | 'environment', off: string): GitHub {
    const { githubToken } = this.inputs
    if (githubToken === '') {
      const what = { comment: 'comment', issue: 'issue', environment: 'deployment' }[input]
      throw new InputError(
        `Input github-token is empty, so no ${what} can be written: give a token, or set ${input} to ${off}.`,
      )
    }
    this.#client ??= new GitHub(githubToken, this.run.owner, this.run.repo, info)
    return this.#client
  }

  /**
   * Summary and report first, the comment last: what GitHub's API refuses is still in the job. Each is tried whatever
   * became of the others, and what fails makes the step red.
   */
  async #publish(): Promise<void> {
    const { redact } = this
    const tried = async (what: () => unknown, phase: FailureInPhase['phase']) => {
      try {
        await what()
      } catch (error) {
        if (this.report.failures.length === 0) this.#thrown(error, phase)
        else warning(redact(messageOf(error)))
      }
    }
    await tried(() => writeSummary(redactAll(this.report, redact)), 'report')
    await tried(() => writeReport(redactAll(this.report, redact), this.scratch), 'report')
    await tried(() => this.#forgetSecrets(), 'report')
    await tried(() => this.comment(), 'comment')
    if (this.#commentUrl !== undefined) writeCommentUrl(this.#commentUrl)
    const report = redactAll(this.report, redact)
    writeOutcome(report.failures[0])
    writeAnnotations(report)
  }

  /** The plan file, captured output and copied var files may hold secrets; the report holds none. */
  #forgetSecrets(): void {
    const kept: readonly string[] = Object.values(reportFiles)
    for (const entry of readdirSync(this.scratch)) {
      if (!kept.includes(entry)) rmSync(join(this.scratch, entry), { recursive: true, force: true })
    }
  }

  /**
   * Rejects when the job is cancelled between two Terraform commands. While one runs it alone is told, once, and the
   * flow ends by its end: the state must be saved first.
   */
  #cancelled(): Promise<never> {
    return new Promise((_, reject) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) {
        process.on(signal, () => {
          this.terraform?.interrupt()
          if (this.terraform?.running !== true)
            reject(new CancelledError(`The job was cancelled during ${this.phase}.`))
        })
      }
    })
  }
}

/** What is known of a run before it has begun. */
export function emptyReport(
  inputs: Inputs,
  run: Run,
): Pick<Report, 'target' | 'runUrl' | 'failures' | 'warnings' | 'phases'> {
  const { stackName: name, stack, workingDirectory, workspace } = inputs
  // As on GitHub: a plan made on Windows and an apply on Linux have one comment.
  const directory = relative(run.workspace, workingDirectory).replaceAll(sep, '/') || '.'
  return {
    target: { ...(name !== undefined && { name }), stack, directory, workspace },
    runUrl: run.url,
    failures: [],
    warnings: [],
    phases: [],
  }
}

/** The first line says already what is wrong, and where: it stands alone in an issue, a webhook and a status. */
function sentenceOf(error: unknown, problems: readonly Problem[]): string {
  const [first, ...more] = problems.filter(({ severity }) => severity === 'error')
  if (!(error instanceof TerraformError) || first === undefined) return messageOf(error)
  const others = more.length === 0 ? '' : `, and ${count(more.length, 'more error')}`
  const seen = `${first.summary.replace(/\.$/, '')}${placeText(first)}${others}`
  return `${error.headline}: ${seen}.\n${error.diagnostics}`
}

function adviceFor(error: unknown, phase: FailureInPhase['phase'], runsUrl: string): string {
  if (error instanceof CancelledError)
    return 'Run it again: what is done already is found, and only what is missing is done.'
  if (!(error instanceof TerraformError)) return ''
  const advice = terraformAdvice(error, { runs: runsUrl, platform: releasePlatform(process.platform, process.arch) })
  if (advice !== '' || (phase !== 'apply' && phase !== 'destroy')) return advice
  if (phase === 'destroy')
    return 'Repair what Terraform names and run the destroy again: what is gone is found to be gone, and only the rest is destroyed. The monitors were told that the endpoint goes; an apply that is verified registers it again.'
  return 'Repair what Terraform names and run it again. What was applied by then is kept in the state, may be serving already, and is not verified; nothing was tainted or rolled back.'
}
