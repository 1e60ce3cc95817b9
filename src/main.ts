/**
 * Terraform MCP Deploy: plan on the pull request, apply on the merge what was planned, wait until AWS runs it, prove
 * that it speaks MCP, taint it when it does not, and register it when it does. This page is that sentence; the
 * steps are in steps/, and only here are errors caught and the step's outcome decided.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { endGroup, info, notice, saveState, setFailed, setOutput, setSecret, startGroup, warning } from '@actions/core'
import { AliveMcp } from './clients/alivemcp.ts'
import { Ecs } from './clients/ecs.ts'
import { GitHub } from './clients/github.ts'
import { installTerraform } from './clients/install.ts'
import type { MonitorService } from './clients/monitor.ts'
import { CommandFence, heldLock, Terraform } from './clients/terraform.ts'
import { Webhook } from './clients/webhook.ts'
import { CancelledError, type Failure, InputError, messageOf, TerraformError } from './errors.ts'
import { type Inputs, type Run, readInputs, readRun } from './inputs.ts'
import { reportFiles, writeCommentUrl, writeFailure, writeOutcome, writeReport } from './outputs.ts'
import { marker } from './report/comment.ts'
import { redactAll, redactor } from './report/redact.ts'
import { type FailureInPhase, headline, type Phase, type Report } from './report/report.ts'
import { configuredBackend, prepareRootModule, refuseLostState } from './root-module.ts'
import { apply, type Deployment, readDeployment, revisionInState } from './steps/apply.ts'
import { comment, wantsComment } from './steps/comment.ts'
import { gate } from './steps/gate.ts'
import { makePlan, requireOutputs } from './steps/plan.ts'
import { announcement, tell } from './steps/register.ts'
import { stability } from './steps/stability.ts'
import { decideTaint, taint } from './steps/taint.ts'
import { decideTrigger, type Trigger } from './trigger.ts'

/** How long a push waits for GitHub to know its pull request. */
const pullRequestPatienceMs = 15_000

const print = (text: string) => void process.stdout.write(text)

class Deploy {
  readonly #inputs: Inputs
  readonly #run: Run
  readonly #report: Report
  readonly #marker: string
  readonly #scratch: string
  readonly #secrets: Set<string>
  #phase: FailureInPhase['phase'] = 'start'
  #terraform: Terraform | undefined
  #commentUrl: string | undefined

  constructor(inputs: Inputs, run: Run, trigger: Exclude<Trigger, { command: 'none' }>) {
    this.#inputs = inputs
    this.#run = run
    this.#scratch = mkdtempSync(join(run.temp, 'terraform-mcp-deploy-'))
    this.#secrets = new Set(inputs.secrets)
    this.#report = {
      command: trigger.command,
      target: {
        stack: inputs.stack,
        directory: relative(run.workspace, inputs.workingDirectory) || '.',
        workspace: inputs.workspace,
      },
      commit: trigger.sha,
      runUrl: run.url,
      pullRequest: trigger.pullRequest,
      warnings: [],
      phases: [],
    }
    this.#marker = marker(this.#report)
  }

  /** Runs the command to its end, whatever that is, and reports it. */
  async run(): Promise<void> {
    try {
      await Promise.race([this.#carryOut(), this.#cancelled()])
    } catch (error) {
      this.#report.failure ??= failureOf(error, this.#phase)
    }
    await this.#publish()
  }

  async #carryOut(): Promise<void> {
    const flows = { plan: () => this.#plan(), apply: () => this.#apply(), verify: () => this.#verify() }
    try {
      await flows[this.#report.command]()
    } catch (error) {
      // Whoever cancelled the run knows, and the runner kills what takes more than seconds now.
      if (error instanceof CancelledError) throw error
      this.#report.failure ??= failureOf(error, this.#phase)
    }
    await this.#tellMonitors()
  }

  /** Pull request: plan → comment. */
  async #plan(): Promise<void> {
    const terraform = await this.#prepare()
    await this.#makePlan(terraform)
  }

  /** Merge: plan → apply → stable → speaks MCP; tainted when it does not. */
  async #apply(): Promise<void> {
    const { command, commit } = this.#report
    this.#report.pullRequest ??= await this.#github()?.pullRequestOf(commit, pullRequestPatienceMs)
    if (this.#report.pullRequest === undefined)
      notice(`No merged pull request belongs to ${commit}: the report of this ${command} is in the job summary only.`)
    const terraform = await this.#prepare()
    await this.#makePlan(terraform)

    this.#report.apply = 'started'
    await this.#comment()
    const state = await this.#timed('apply', () => apply(terraform))
    this.#report.apply = 'done'
    const deployment = readDeployment(state, this.#inputs)
    this.#report.deployment = deployment

    const failure =
      (await this.#stable(deployment)) ??
      (await this.#speaksMcp(deployment.endpoint)) ??
      (await this.#stillServes(deployment))
    if (failure !== undefined) await this.#taint(terraform, deployment, failure)
  }

  /** Schedule: the endpoint that is deployed must still speak MCP. Changes nothing. */
  async #verify(): Promise<void> {
    let endpoint = this.#inputs.mcp.endpoint
    if (endpoint === undefined) {
      const terraform = await this.#prepare()
      endpoint = readDeployment(await terraform.showState(), this.#inputs).endpoint
    }
    await this.#speaksMcp(endpoint)
  }

  /** Terraform, installed and initialized; everything that can be refused is refused here. */
  async #prepare(): Promise<Terraform> {
    const { stack, terraformVersion, backendConfig, workspace, allowLocalState } = this.#inputs
    const directory = prepareRootModule(this.#inputs, this.#scratch)
    const { binary, version } = await this.#timed('install', () => installTerraform(terraformVersion, directory))
    info(`Terraform ${version}: ${binary}`)
    const terraform = new Terraform({
      ...this.#inputs,
      binary,
      version,
      directory,
      scratch: this.#scratch,
      print,
      onRunning: running => saveState('running', running ?? ''),
    })
    this.#terraform = terraform
    await this.#timed('init', async () => {
      await terraform.init(backendConfig)
      if (this.#report.command === 'apply' && !allowLocalState) refuseLostState(configuredBackend(directory), stack)
      if (workspace !== undefined) await terraform.selectWorkspace(workspace)
    })
    return terraform
  }

  async #makePlan(terraform: Terraform): Promise<void> {
    await this.#timed('plan', async () => {
      const { plan, secrets } = await makePlan(terraform, this.#inputs)
      for (const secret of secrets) this.#hide(secret)
      this.#report.plan = plan
      const fence = new CommandFence(print)
      fence.print(redactor(this.#secrets)(plan.text))
      fence.close()
      requireOutputs(plan, this.#inputs)
    })
  }

  /** From here on in no log line, comment, summary or report. */
  #hide(secret: string): void {
    this.#secrets.add(secret)
    setSecret(secret)
  }

  async #stable({ serving }: Deployment): Promise<Failure | undefined> {
    if (serving.kind === 'ec2') return undefined
    const { plan } = this.#report
    this.#report.previousRevision = revisionInState(plan?.priorState, serving.service, serving.cluster)
    this.#report.stability = await this.#timed('stability', () =>
      stability(new Ecs(serving.region), serving, this.#report.previousRevision, this.#inputs.ecs.timeoutMs, info),
    )
    return this.#failed(this.#report.stability.failure)
  }

  async #speaksMcp(endpoint: string): Promise<Failure | undefined> {
    const { mcp } = this.#inputs
    this.#report.gate = await this.#timed('gate', () => gate({ ...mcp, endpoint }, info, secret => this.#hide(secret)))
    return this.#failed(this.#report.gate.failure)
  }

  /** What answered the gate must be what was applied: nobody has deployed or rolled back meanwhile. */
  async #stillServes({ serving }: Deployment): Promise<Failure | undefined> {
    if (serving.kind === 'ec2') return undefined
    this.#phase = 'stability'
    const again = await stability(
      new Ecs(serving.region),
      serving,
      this.#report.previousRevision,
      this.#inputs.ecs.timeoutMs,
      info,
    )
    return this.#failed(again.failure)
  }

  /** A verified endpoint is registered; what fails is told to whoever listens. A new monitor is one more line here. */
  async #tellMonitors(): Promise<void> {
    const { alivemcp, webhook } = this.#inputs
    const redact = redactor(this.#secrets)
    const monitors: MonitorService[] = []
    if (alivemcp !== undefined) monitors.push(new AliveMcp(alivemcp))
    if (webhook !== undefined) monitors.push(new Webhook(webhook, value => redactAll(value, redact)))
    const announced = announcement(this.#report, this.#run, this.#inputs)
    if (announced === undefined || monitors.length === 0) return
    this.#report.monitors = await this.#timed('register', () => tell(monitors, announced))
  }

  /** A taint that fails is told beside the failure that asked for it, and hides nothing. */
  async #taint(terraform: Terraform, { serving }: Deployment, failure: Failure): Promise<void> {
    const decision = decideTaint(serving, failure, this.#inputs.onFailure)
    try {
      this.#report.taint = await this.#timed('taint', () => taint(terraform, decision))
    } catch (error) {
      this.#report.warnings.push(
        `${decision.address} could not be tainted, so the next plan will not replace it: ${messageOf(error)}`,
      )
    }
  }

  #failed(failure: Failure | undefined): Failure | undefined {
    if (failure === undefined) return undefined
    const { code, sentence, fix, remedy } = failure
    this.#report.failure ??= { code, sentence, fix, remedy, phase: this.#phase }
    return failure
  }

  /** Summary and report first, the comment last: what GitHub's API refuses is still in the job. */
  async #publish(): Promise<void> {
    const redact = redactor(this.#secrets)
    await writeReport(redactAll(this.#report, redact), this.#scratch)
    this.#forgetSecrets()
    try {
      await this.#comment()
    } catch (error) {
      this.#report.failure ??= failureOf(error, 'comment')
      if (this.#report.failure.phase !== 'comment') warning(messageOf(error))
    }
    if (this.#commentUrl !== undefined) writeCommentUrl(this.#commentUrl)
    const { failure } = redactAll(this.#report, redact)
    writeOutcome(failure)
    if (failure === undefined) return
    writeFailure(failure)
    setFailed(`${headline(this.#report)}.`)
  }

  async #comment(): Promise<void> {
    const { pullRequest } = this.#report
    const wanted = wantsComment(this.#inputs.comment, this.#report)
    if (pullRequest === undefined || wanted === 'nothing') return
    const github = this.#github()
    if (github === undefined) return
    this.#phase = 'comment'
    const report = redactAll(this.#report, redactor(this.#secrets))
    this.#commentUrl = (await comment(github, pullRequest, report, this.#marker, wanted))?.url
  }

  #github(): GitHub | undefined {
    const { githubToken } = this.#inputs
    if (this.#inputs.comment === 'never') return undefined
    if (githubToken === '')
      throw new InputError(
        'Input github-token is empty, so no comment can be written: give a token, or set comment to never.',
      )
    return new GitHub(githubToken, this.#run.owner, this.#run.repo)
  }

  /**
   * Rejects when the job is cancelled between two Terraform commands. While one runs it alone is told, once, and the
   * flow ends by its end: the state must be saved first.
   */
  #cancelled(): Promise<never> {
    return new Promise((_, reject) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) {
        process.on(signal, () => {
          this.#terraform?.interrupt()
          if (this.#terraform?.running !== true)
            reject(new CancelledError(`The job was cancelled during ${this.#phase}.`))
        })
      }
    })
  }

  async #timed<T>(phase: Phase, action: () => Promise<T>): Promise<T> {
    this.#phase = phase
    const started = Date.now()
    startGroup(phase)
    try {
      return await action()
    } finally {
      endGroup()
      this.#report.phases.push({ phase, ms: Date.now() - started })
    }
  }

  /** The plan file, captured output and copied var files may hold secrets; the report holds none. */
  #forgetSecrets(): void {
    const kept: readonly string[] = Object.values(reportFiles)
    for (const entry of readdirSync(this.#scratch)) {
      if (!kept.includes(entry)) rmSync(join(this.#scratch, entry), { recursive: true, force: true })
    }
  }
}

function failureOf(error: unknown, phase: FailureInPhase['phase']): FailureInPhase {
  return { code: '', sentence: messageOf(error), fix: adviceFor(error, phase), remedy: undefined, phase }
}

function adviceFor(error: unknown, phase: FailureInPhase['phase']): string {
  if (error instanceof CancelledError)
    return 'Run it again: what is applied already is found, and only what is missing is done.'
  if (!(error instanceof TerraformError)) return ''
  const lock = heldLock(error.diagnostics)
  if (lock !== undefined) {
    return `Wait for the run of ${lock.who}, which holds the lock since ${lock.created}, and run this one again. If nothing runs any more, \`terraform force-unlock ${lock.id}\` releases it.`
  }
  return phase === 'apply'
    ? 'Repair what Terraform names and run it again: what is applied already is kept in the state.'
    : ''
}

try {
  const run = readRun(process.env)
  const inputs = readInputs(run.workspace)
  const trigger = decideTrigger(inputs.command, run)
  setOutput('command', trigger.command)
  if (trigger.command === 'none') notice(trigger.reason)
  else await new Deploy(inputs, run, trigger).run()
} catch (error) {
  writeOutcome({ phase: 'start', code: '' })
  setFailed(messageOf(error))
}
// Whatever is still open by now, such as a connection of a cancelled gate, must not keep the job.
process.exit()
