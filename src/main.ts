/**
 * Terraform MCP Deploy: plan on the pull request, apply on the merge what was planned, wait until AWS runs it, prove
 * that it speaks MCP, taint it when it does not, and register it when it does. This page is that sentence; the
 * steps are in steps/, and only here are errors caught and the step's outcome decided.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { endGroup, info, notice, saveState, setFailed, setOutput, setSecret, startGroup, warning } from '@actions/core'
import { lineageOf } from './approval/lineage.ts'
import type { SignedRecord } from './approval/record.ts'
import { lockFileDigest } from './approval/settings.ts'
import { checkedOutCommit } from './checkout.ts'
import { Ecs } from './clients/ecs.ts'
import { GitHub, statusOf } from './clients/github.ts'
import { installTerraform } from './clients/install.ts'
import { AliveMcp } from './clients/monitor.ts'
import { CommandFence, heldLock, Terraform } from './clients/terraform.ts'
import { CancelledError, type Failure, InputError, messageOf, TerraformError } from './errors.ts'
import { type Inputs, type Run, readInputs, readRun } from './inputs.ts'
import { reportFiles, writeCommentUrl, writeFailure, writeReport, writeSummary } from './outputs.ts'
import { marker } from './report/comment.ts'
import { redactAll, redactor } from './report/redact.ts'
import { type FailureInPhase, headline, type Phase, type Report } from './report/report.ts'
import { configuredBackend, prepareRootModule, refuseLostState } from './root-module.ts'
import { apply, type Deployment, readDeployment, revisionInState } from './steps/apply.ts'
import { alsoTainted, type Planned, propose, type Reviewed, review, reviewQueued } from './steps/approval.ts'
import { check, checkFailure } from './steps/check.ts'
import { comment, markClosed, wantsComment } from './steps/comment.ts'
import { gate } from './steps/gate.ts'
import { makePlan, type PlanAndSecrets, requireOutputs } from './steps/plan.ts'
import { register } from './steps/register.ts'
import { stability } from './steps/stability.ts'
import { decideTaint, taint } from './steps/taint.ts'
import { decideTrigger, isFork, type Trigger, type Visitor } from './trigger.ts'

/** How long a push waits for GitHub to know its pull request. */
const pullRequestPatienceMs = 15_000

const print = (text: string) => void process.stdout.write(text)

type Decided = Exclude<Trigger, { command: 'none' }>

class Deploy {
  readonly #inputs: Inputs
  readonly #run: Run
  readonly #trigger: Decided
  readonly #report: Report
  readonly #marker: string
  readonly #scratch: string
  readonly #secrets: Set<string>
  #phase: FailureInPhase['phase'] = 'start'
  #terraform: Terraform | undefined
  #client: GitHub | undefined
  #commentUrl: string | undefined
  /** Of the dependency lock file, before `terraform init` may write it. */
  #lockFile: string | undefined
  /** What the comment says to the next apply. */
  #record: SignedRecord | undefined

  constructor(inputs: Inputs, run: Run, trigger: Decided) {
    this.#inputs = inputs
    this.#run = run
    this.#trigger = trigger
    this.#scratch = mkdtempSync(join(run.temp, 'terraform-mcp-deploy-'))
    this.#secrets = new Set(inputs.secrets)
    this.#report = {
      ...emptyReport(inputs, run),
      command: trigger.command,
      commit: trigger.sha,
      pullRequest: trigger.pullRequest,
    }
    this.#marker = marker(this.#report)
  }

  /** Runs the command to its end, whatever that is, and reports it. */
  async run(): Promise<void> {
    const flows = { plan: () => this.#plan(), apply: () => this.#apply(), verify: () => this.#verify() }
    try {
      await Promise.race([flows[this.#report.command](), this.#cancelled()])
    } catch (error) {
      this.#report.failure ??= failureOf(error, this.#phase)
    }
    await this.#publish()
  }

  /** Pull request: plan → comment. Of somebody without credentials: format and validity. Merge queue: still as reviewed? */
  async #plan(): Promise<void> {
    const { visitor, queued } = this.#trigger
    if (visitor !== undefined) return await this.#check(visitor)
    const terraform = await this.#prepare()
    const made = await this.#makePlan(terraform)
    if (queued !== undefined) return await this.#compareQueued(this.#planned(terraform, made), queued)
    const { approval, record } = propose(this.#planned(terraform, made), this.#report.pullRequest)
    this.#report.approval = approval
    this.#record = record
  }

  /** Merge: plan → same as reviewed → apply → stable → speaks MCP → registered; tainted when it is not. */
  async #apply(): Promise<void> {
    const { command, commit } = this.#report
    if (this.#inputs.comment === 'never' && this.#inputs.planApproval === 'reviewed') {
      throw new InputError(
        'Input comment is "never" and plan-approval is "reviewed": without the comment there is no plan to review. ' +
          'Set comment to "always" or "changes", or plan-approval to "none".',
      )
    }
    const pullRequest = await this.#pullRequest()
    this.#report.pullRequest = pullRequest?.number
    if (pullRequest === undefined)
      notice(`No merged pull request belongs to ${commit}: the report of this ${command} is in the job summary only.`)
    const terraform = await this.#prepare()
    const made = await this.#makePlan(terraform)
    if (!(await this.#approved(this.#planned(terraform, made), pullRequest))) return

    await this.#announceApply()
    const state = await this.#timed('apply', () => apply(terraform))
    this.#report.apply = 'done'
    const deployment = readDeployment(state, this.#inputs)
    this.#report.deployment = deployment

    const failure =
      (await this.#stable(deployment)) ??
      (await this.#speaksMcp(deployment.endpoint)) ??
      (await this.#stillServes(deployment))
    if (failure === undefined) await this.#register(deployment)
    else await this.#taint(terraform, deployment, failure)
  }

  /** A token that may not comment is told before anything is changed; a fault of GitHub's keeps no deployment. */
  async #announceApply(): Promise<void> {
    this.#report.apply = 'started'
    try {
      await this.#comment()
    } catch (error) {
      if ([401, 403, 404].includes(statusOf(error))) {
        delete this.#report.apply
        throw error
      }
      warning(messageOf(error))
    }
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

  /** The pull request whose merge is applied. */
  async #pullRequest(): Promise<Reviewed | undefined> {
    const pull = this.#run.payload.pull_request
    return pull === undefined
      ? await this.#github()?.pullRequestOf(this.#report.commit, pullRequestPatienceMs)
      : { number: pull.number, head: pull.head.sha, fromFork: isFork(pull) }
  }

  async #check(visitor: Visitor): Promise<void> {
    const { workingDirectory, forks } = this.#inputs
    const { terraform } = await this.#install(false)
    this.#report.check = await this.#timed('check', () => check(terraform, visitor, workingDirectory))
    this.#failed(checkFailure(this.#report.check, forks))
  }

  /** Terraform, installed and initialized; everything that can be refused is refused here. */
  async #prepare(): Promise<Terraform> {
    const { stack, backendConfig, workspace, allowLocalState } = this.#inputs
    const { terraform, directory } = await this.#install(true)
    this.#lockFile = lockFileDigest(directory)
    await this.#timed('init', async () => {
      await terraform.init(backendConfig)
      if (this.#report.command === 'apply' && !allowLocalState) refuseLostState(configuredBackend(directory), stack)
      if (workspace !== undefined) await terraform.selectWorkspace(workspace)
    })
    return terraform
  }

  /** @param credentials whether Terraform may have those of the environment */
  async #install(credentials: boolean): Promise<{ terraform: Terraform; directory: string }> {
    const { terraformVersion } = this.#inputs
    const directory = prepareRootModule(this.#inputs, this.#scratch)
    const { binary, version } = await this.#timed('install', () => installTerraform(terraformVersion, directory))
    info(`Terraform ${version}: ${binary}`)
    const terraform = new Terraform({
      ...this.#inputs,
      binary,
      version,
      directory,
      scratch: this.#scratch,
      credentials,
      print,
      onRunning: running => saveState('running', running ?? ''),
    })
    this.#terraform = terraform
    return { terraform, directory }
  }

  async #makePlan(terraform: Terraform): Promise<PlanAndSecrets> {
    return await this.#timed('plan', async () => {
      const made = await makePlan(terraform, this.#inputs, this.#run)
      const { plan, warnings, secrets } = made
      for (const secret of secrets) this.#hide(secret)
      this.#report.plan = plan
      this.#report.warnings.push(...warnings)
      const fence = new CommandFence(print)
      fence.print(redactor(this.#secrets)(plan.text))
      fence.close()
      requireOutputs(plan, this.#inputs)
      return made
    })
  }

  /** Whether the plan is the one that was reviewed. If it is, the comment says from here on that it is being applied. */
  async #approved(planned: Planned, pullRequest: Reviewed | undefined): Promise<boolean> {
    return await this.#timed('approval', async () => {
      const { approval, failure, record } = await review(planned, pullRequest, number => this.#readComment(number))
      this.#report.approval = approval
      this.#record = record
      return this.#failed(failure) === undefined
    })
  }

  /** A merge queue's plan is red before the merge where the one after it would be refused. */
  async #compareQueued(planned: Planned, number: number): Promise<void> {
    const github = this.#github()
    if (planned.approval !== 'reviewed' || github === undefined) return
    await this.#timed('approval', async () => {
      const pullRequest = await github.pullRequest(number)
      const { approval, failure } = await reviewQueued(planned, pullRequest, each => this.#readComment(each))
      this.#report.approval = approval
      if (failure === undefined && approval.differences.length > 0) {
        this.#report.warnings.push(
          'This plan does more than the reviewed one. Pull requests before it in the queue may be why; after the merge it must be the same.',
        )
      }
      this.#failed(failure)
    })
  }

  async #readComment(pullRequest: number): Promise<string | undefined> {
    return await this.#github()?.readComment(pullRequest, this.#marker)
  }

  #planned({ directory, planFile }: Terraform, { json, plan }: PlanAndSecrets): Planned {
    const { owner, repo, workflow, workspace } = this.#run
    const { commit, runUrl } = this.#report
    const { planApproval, planApprovalKey } = this.#inputs
    return {
      json,
      hasChanges: plan.hasChanges,
      madeWith: {
        ...this.#inputs,
        terraformVersion: plan.terraformVersion,
        directory,
        checkout: workspace,
        lockFile: this.#lockFile,
      },
      secrets: { key: planApprovalKey, lineage: lineageOf(readFileSync(planFile)) },
      approval: planApproval,
      binding: { repository: `${owner}/${repo}`, workflow, target: this.#marker },
      commit,
      runUrl,
      redact: redactor(this.#secrets),
    }
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
    const again = await stability(
      new Ecs(serving.region),
      serving,
      this.#report.previousRevision,
      this.#inputs.ecs.timeoutMs,
      info,
    )
    return this.#failed(again.failure)
  }

  async #register({ endpoint, serving }: Deployment): Promise<void> {
    const { alivemcp } = this.#inputs
    const protocolVersion = this.#report.gate?.protocolVersions[0]
    if (alivemcp === undefined) return
    this.#report.registration = await this.#timed('register', () =>
      register(new AliveMcp(alivemcp.apiUrl, alivemcp.apiKey), {
        name: alivemcp.name ?? (serving.kind === 'ecs' ? serving.service : this.#run.repo),
        url: endpoint,
        interval_seconds: Math.round(alivemcp.intervalMs / 1000),
        ...(protocolVersion !== undefined && { protocol_version: protocolVersion }),
      }),
    )
  }

  /** A taint that fails is told beside the failure that asked for it, and hides nothing. */
  async #taint(terraform: Terraform, { serving }: Deployment, failure: Failure): Promise<void> {
    const decision = decideTaint(serving, failure, this.#inputs.onFailure)
    try {
      const done = await this.#timed('taint', () => taint(terraform, decision))
      this.#report.taint = done
      if (this.#record !== undefined) this.#record = alsoTainted(this.#record, done.tainted)
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

  /**
   * Summary and report first, the comment last: what GitHub's API refuses is still in the job. Each is tried whatever
   * became of the others, and what fails makes the step red.
   */
  async #publish(): Promise<void> {
    const redact = redactor(this.#secrets)
    const tried = async (what: () => unknown, phase: FailureInPhase['phase']) => {
      try {
        await what()
      } catch (error) {
        if (this.#report.failure === undefined) this.#report.failure = failureOf(error, phase)
        else warning(redact(messageOf(error)))
      }
    }
    await tried(() => writeSummary(redactAll(this.#report, redact)), 'report')
    await tried(() => writeReport(redactAll(this.#report, redact), this.#scratch), 'report')
    await tried(() => this.#forgetSecrets(), 'report')
    await tried(() => this.#comment(), 'comment')
    if (this.#commentUrl !== undefined) writeCommentUrl(this.#commentUrl)
    const { failure } = redactAll(this.#report, redact)
    if (failure === undefined) return
    writeFailure(failure)
    setFailed(`${headline(this.#report)}.`)
  }

  async #comment(): Promise<void> {
    const { pullRequest } = this.#report
    const wanted = wantsComment(this.#inputs.comment, this.#report)
    // Their token may only read.
    const isVisitor = this.#trigger.visitor !== undefined
    if (pullRequest === undefined || wanted === 'nothing' || isVisitor) return
    const github = this.#github()
    if (github === undefined) return
    this.#phase = 'comment'
    const report = redactAll(this.#report, redactor(this.#secrets))
    const posted = await comment(github, { pullRequest, report, marker: this.#marker, wanted, record: this.#record })
    if (posted === 'outrun') {
      notice(
        `The comment on pull request #${pullRequest} shows the plan of a newer commit and stays as it is. This plan, of ${report.commit.slice(0, 7)}, is in the job summary.`,
      )
    } else {
      this.#commentUrl = posted?.url
    }
  }

  #github(): GitHub | undefined {
    const { githubToken } = this.#inputs
    if (this.#inputs.comment === 'never') return undefined
    if (githubToken === '')
      throw new InputError(
        'Input github-token is empty, so no comment can be written: give a token, or set comment to never.',
      )
    this.#client ??= new GitHub(githubToken, this.#run.owner, this.#run.repo, info)
    return this.#client
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

/** The pull request is over and nothing of its plan will be applied: its comment says so. Needs no Terraform. */
async function closePlan(
  inputs: Inputs,
  run: Run,
  { pullRequest, sha }: { pullRequest: number; sha: string },
): Promise<void> {
  if (inputs.comment === 'never' || inputs.githubToken === '') return
  const report: Report = { ...emptyReport(inputs, run), command: 'plan', commit: sha, pullRequest }
  const posted = await markClosed(
    new GitHub(inputs.githubToken, run.owner, run.repo, info),
    pullRequest,
    report,
    marker(report),
  )
  if (posted !== undefined) writeCommentUrl(posted.url)
}

function emptyReport(inputs: Inputs, run: Run): Pick<Report, 'target' | 'runUrl' | 'warnings' | 'phases'> {
  const { stack, workingDirectory, workspace } = inputs
  const directory = relative(run.workspace, workingDirectory) || '.'
  return { target: { stack, directory, workspace }, runUrl: run.url, warnings: [], phases: [] }
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
  const trigger = decideTrigger(inputs.command, run, checkedOutCommit(inputs.workingDirectory, run.workspace))
  setOutput('command', trigger.command)
  if (trigger.command === 'none') {
    notice(trigger.reason)
    if (trigger.closed !== undefined) await closePlan(inputs, run, trigger.closed)
  } else await new Deploy(inputs, run, trigger).run()
} catch (error) {
  setFailed(messageOf(error))
}
// Whatever is still open by now, such as a connection of a cancelled gate, must not keep the job.
process.exit()
