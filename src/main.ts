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
import { type ExplainedFailure, explained, symptoms } from './aws/causes.ts'
import { checkedOutCommit } from './checkout.ts'
import { terraformAdvice } from './clients/advice.ts'
import { AliveMcp } from './clients/alivemcp.ts'
import { Ec2 } from './clients/ec2.ts'
import { Ecs } from './clients/ecs.ts'
import { GitHub, statusOf } from './clients/github.ts'
import { installTerraform } from './clients/install.ts'
import type { MonitorService } from './clients/monitor.ts'
import { Parameters } from './clients/parameters.ts'
import { CommandFence, Terraform } from './clients/terraform.ts'
import { releasePlatform, tools } from './clients/tools.ts'
import { Webhook } from './clients/webhook.ts'
import { CancelledError, type Failure, InputError, messageOf, TerraformError } from './errors.ts'
import { type Inputs, type Run, readInputs, readRun } from './inputs.ts'
import { reportFiles, writeCommentUrl, writeFailure, writeOutcome, writeReport, writeSummary } from './outputs.ts'
import { marker } from './report/comment.ts'
import { evidenceLines } from './report/evidence.ts'
import { redactAll, redactor } from './report/redact.ts'
import { type FailureInPhase, headline, type Phase, type Report } from './report/report.ts'
import { configuredBackend, prepareRootModule, refuseLostState } from './root-module.ts'
import { apply, type Deployment, type EcsService, readDeployment, revisionInState } from './steps/apply.ts'
import { alsoTainted, type Planned, propose, type Reviewed, review, reviewQueued } from './steps/approval.ts'
import { check, checkFailure } from './steps/check.ts'
import { comment, markClosed, wantsComment } from './steps/comment.ts'
import { diagnose } from './steps/diagnose.ts'
import { type GateRequest, gate } from './steps/gate.ts'
import { instanceReady } from './steps/instance.ts'
import { makePlan, type PlanAndSecrets, requireOutputs } from './steps/plan.ts'
import { announcement, tell } from './steps/register.ts'
import {
  decideRollback,
  type RollbackDecision,
  readPassed,
  recordPassed,
  rolledBack,
  startRollback,
} from './steps/rollback.ts'
import { type Stability, stability } from './steps/stability.ts'
import { decideTaint, taint, untainted } from './steps/taint.ts'
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
  #applyBegan = 0

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
    try {
      await Promise.race([this.#carryOut(), this.#cancelled()])
    } catch (error) {
      this.#report.failure ??= failureOf(error, this.#phase, this.#run.runsUrl)
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
      this.#report.failure ??= failureOf(error, this.#phase, this.#run.runsUrl)
    }
    await this.#tellMonitors()
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

  /** Merge: plan → same as reviewed → apply → stable → speaks MCP; tainted or rolled back when it is not. */
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
    this.#applyBegan = Date.now()
    const state = await this.#timed('apply', () => apply(terraform))
    this.#report.apply = 'done'
    const deployment = readDeployment(state, this.#inputs)
    this.#report.deployment = deployment

    const failure =
      (await this.#stable(deployment)) ??
      (await this.#speaksMcp(deployment.endpoint, deployment)) ??
      (await this.#stillServes(deployment))
    if (failure === undefined) await this.#recordPassed(deployment)
    else await this.#repair(terraform, deployment, failure)
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
    const { endpoint } = this.#inputs.mcp
    if (endpoint !== undefined) {
      await this.#speaksMcp(endpoint)
      return
    }
    const terraform = await this.#prepare()
    const deployment = readDeployment(await terraform.showState(), this.#inputs)
    await this.#speaksMcp(deployment.endpoint, deployment)
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
    await this.#failed(checkFailure(this.#report.check, forks))
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
    const { tool, terraformVersion, terraformMirror } = this.#inputs
    const directory = prepareRootModule(this.#inputs, this.#scratch)
    const { binary, version } = await this.#timed('install', () =>
      installTerraform({ tool, version: terraformVersion, directory, mirror: terraformMirror, warn: warning }),
    )
    info(`${tools[tool].title} ${version}: ${binary}`)
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
      return (await this.#failed(failure)) === undefined
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
      await this.#failed(failure)
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

  async #stable(deployment: Deployment): Promise<Failure | undefined> {
    const { serving } = deployment
    if (serving.kind === 'ec2') return this.#ready(deployment)
    const { plan } = this.#report
    this.#report.previousRevision = revisionInState(plan?.priorState, serving.service, serving.cluster)
    const seen = await this.#timed('stability', () => this.#runs(serving, this.#report.previousRevision))
    this.#report.stability = seen
    return this.#failed(seen.failure, deployment, seen.seen)
  }

  async #ready(deployment: Deployment): Promise<Failure | undefined> {
    const { serving } = deployment
    if (serving.kind === 'ecs') return undefined
    const { instanceId, region, address } = serving
    if (address === undefined) {
      info(`The instance ${instanceId} is not in this Terraform state, so its status checks are not watched.`)
      return undefined
    }
    const seen = await this.#timed('stability', () =>
      instanceReady(new Ec2(region), instanceId, this.#inputs.ec2.timeoutMs, this.#tell),
    )
    this.#report.readiness = seen
    return this.#failed(seen.failure, deployment)
  }

  #runs(serving: EcsService, previous: string | undefined): Promise<Stability> {
    const { timeoutMs } = this.#inputs.ecs
    return stability(new Ecs(serving.region), serving, previous, timeoutMs, this.#tell, this.#applyBegan)
  }

  /** @param deployment undefined when AWS cannot be asked what lies behind the endpoint */
  async #speaksMcp(endpoint: string, deployment?: Deployment): Promise<Failure | undefined> {
    const began = Date.now()
    this.#report.gate = await this.#timed('gate', () => this.#gate({ endpoint }))
    return this.#failed(this.#report.gate.failure, deployment, undefined, began)
  }

  #gate(more: Partial<GateRequest> & Pick<GateRequest, 'endpoint'>): ReturnType<typeof gate> {
    return gate({ ...this.#inputs.mcp, ...more }, info, secret => this.#hide(secret))
  }

  /** What answered the gate must be what was applied: nobody has deployed or rolled back meanwhile. */
  async #stillServes(deployment: Deployment): Promise<Failure | undefined> {
    const { serving } = deployment
    if (serving.kind === 'ec2') return undefined
    this.#phase = 'stability'
    const again = await this.#runs(serving, this.#report.previousRevision)
    return this.#failed(again.failure, deployment, again.seen)
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

  /** So that a later run can go back to it. What cannot be noted is a warning: the deployment itself is well. */
  async #recordPassed({ serving }: Deployment): Promise<void> {
    if (this.#inputs.onFailure !== 'rollback' || serving.kind === 'ec2') return
    await this.#warnOf(() => recordPassed(new Parameters(serving.region), serving))
  }

  /** Rolls back where that was asked for and there is something to go back to; else taints. */
  async #repair(terraform: Terraform, deployment: Deployment, failure: Failure): Promise<void> {
    const { serving } = deployment
    if (this.#inputs.onFailure === 'rollback' && serving.kind === 'ecs') {
      const passed = await this.#warnOf(() => readPassed(new Parameters(serving.region), serving))
      const decision = decideRollback(serving, failure, passed, this.#report.previousRevision)
      if (decision.to !== undefined) {
        const isStarted = await this.#timed('rollback', () => this.#rollBack(deployment, serving, decision))
        if (isStarted) return
      } else {
        this.#report.warnings.push(decision.why)
        if (decision.instead === 'nothing') return
      }
    }
    if (this.#inputs.onFailure === 'rollback' && serving.kind === 'ec2' && failure.remedy !== 'config')
      this.#report.warnings.push(
        `There is nothing to roll back to: an instance has no earlier revision, so ${serving.instanceId} is tainted.`,
      )
    await this.#taint(terraform, deployment, failure)
  }

  /**
   * Deploys the revision, waits for it and gates it: only then is it said that it serves again. What only the new version
   * was asked for (tools, a contract, a version) is not asked of the old one.
   * @returns whether the service could be pointed at it at all
   */
  async #rollBack(
    { endpoint }: Deployment,
    serving: EcsService,
    decision: Extract<RollbackDecision, { to: string }>,
  ): Promise<boolean> {
    const { to } = decision
    const began = await this.#warnOf(async () => {
      const isNew = await startRollback(new Ecs(serving.region), serving, to)
      info(isNew ? `Rolling ${serving.service} back to ${to}.` : `ECS has gone back to ${to} by itself.`)
      return true
    })
    if (began === undefined) return false
    const target = { ...serving, taskDefinition: { arn: to, address: serving.taskDefinition?.address ?? '' } }
    const runs = () => this.#runs(target, undefined)
    const verdict = async () =>
      (await this.#gate({ endpoint, tools: [], contract: undefined, expectVersion: undefined })).failure
    const failure = (await runs()).failure ?? (await verdict()) ?? (await runs()).failure
    this.#report.rollback = rolledBack(serving, decision, failure)
    this.#tell(this.#report.rollback.sentence)
    return true
  }

  /** A taint that fails is told beside the failure that asked for it, and hides nothing. */
  async #taint(terraform: Terraform, { serving }: Deployment, failure: Failure): Promise<void> {
    const decision = decideTaint(serving, failure, this.#inputs.onFailure)
    try {
      const done = await this.#timed('taint', () => taint(terraform, decision))
      this.#report.taint = done
      if (this.#record !== undefined) this.#record = alsoTainted(this.#record, done.tainted)
    } catch (error) {
      this.#report.warnings.push(untainted(decision, error))
    }
  }

  /** What an action gives, or undefined and a warning in the report: it must not hide why the step is red. */
  async #warnOf<T>(action: () => Promise<T>): Promise<T | undefined> {
    try {
      return await action()
    } catch (error) {
      this.#report.warnings.push(messageOf(error))
      return undefined
    }
  }

  /**
   * Notes a failure with its cause. The first one counts; `seen` goes before "because", and what was over when that
   * `began` is not the cause.
   * @param deployment undefined when AWS cannot be asked
   */
  async #failed(
    failure: Failure | undefined,
    deployment?: Deployment,
    seen?: string,
    began?: number,
  ): Promise<Failure | undefined> {
    if (failure === undefined) return undefined
    const phase = this.#phase
    const told = deployment === undefined ? failure : await this.#explained(failure, deployment, seen, began)
    const { code, cause, sentence, fix, remedy }: ExplainedFailure = told
    this.#report.failure ??= { code, ...(cause && { cause }), sentence, fix, remedy, phase }
    return told
  }

  /** Asks AWS why, where AWS may know. */
  async #explained(
    failure: Failure,
    { serving, endpoint }: Deployment,
    seen: string | undefined,
    began: number | undefined,
  ): Promise<ExplainedFailure> {
    if (symptoms[failure.code] === undefined) return failure
    const evidence = await this.#timed('diagnosis', async () => {
      const found = await diagnose(serving, this.#report.stability?.deployment, began)
      for (const line of evidenceLines(found)) this.#tell(line)
      return found
    })
    this.#report.evidence = evidence
    return explained(failure, evidence, endpoint, seen)
  }

  /** Prints a line that is foreign in part: no secret, and nothing in it that the runner takes for a command of ours. */
  readonly #tell = (line: string): void => {
    const shown = redactor(this.#secrets)(line).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    info(shown.replaceAll('##[', '## [').replace(/^(\s*):{2}/, '$1: :'))
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
        if (this.#report.failure === undefined) this.#report.failure = failureOf(error, phase, this.#run.runsUrl)
        else warning(redact(messageOf(error)))
      }
    }
    await tried(() => writeSummary(redactAll(this.#report, redact)), 'report')
    await tried(() => writeReport(redactAll(this.#report, redact), this.#scratch), 'report')
    await tried(() => this.#forgetSecrets(), 'report')
    await tried(() => this.#comment(), 'comment')
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

function failureOf(error: unknown, phase: FailureInPhase['phase'], runsUrl: string): FailureInPhase {
  return { code: '', sentence: messageOf(error), fix: adviceFor(error, phase, runsUrl), remedy: undefined, phase }
}

function adviceFor(error: unknown, phase: FailureInPhase['phase'], runsUrl: string): string {
  if (error instanceof CancelledError)
    return 'Run it again: what is applied already is found, and only what is missing is done.'
  if (!(error instanceof TerraformError)) return ''
  const advice = terraformAdvice(error, { runs: runsUrl, platform: releasePlatform(process.platform, process.arch) })
  if (advice !== '' || phase !== 'apply') return advice
  return 'Repair what Terraform names and run it again. What was applied by then is kept in the state, may be serving already, and is not verified; nothing was tainted or rolled back.'
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
  writeOutcome({ phase: 'start', code: '' })
  setFailed(messageOf(error))
}
// Whatever is still open by now, such as a connection of a cancelled gate, must not keep the job.
process.exit()
