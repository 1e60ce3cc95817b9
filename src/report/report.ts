/**
 * What is known of a run so far. Every step adds its part; the comment, the summary, the JSON report and the
 * outputs are renderings of this one value, so they cannot tell different stories.
 */

import type { Approval } from '../approval/review.ts'
import type { Failure } from '../errors.ts'
import type { CertificateReport } from '../gate/certificate-check.ts'
import type { GateReport } from '../gate/gate.ts'
import type { GitHubDeployment } from '../github/deployment.ts'
import type { IssueResult } from '../github/issue.ts'
import type { MonitorResult } from '../monitors/monitor.ts'
import type { ExplainedFailure } from '../platforms/aws/causes.ts'
import type { Link } from '../platforms/aws/console-links.ts'
import type { Evidence } from '../platforms/aws/evidence.ts'
import type { Deployment } from '../platforms/deployment.ts'
import type { Readiness, Stability } from '../platforms/platform.ts'
import type { Rollback } from '../platforms/rollback.ts'
import type { Finding } from '../rules/findings.ts'
import type { Check } from '../terraform/check.ts'
import type { DestroyReport } from '../terraform/destroy.ts'
import type { Problem } from '../terraform/diagnostics.ts'
import type { DriftReport } from '../terraform/drift.ts'
import type { Plan } from '../terraform/plan.ts'
import type { Taint } from '../terraform/taint.ts'
import { registrationOf } from './monitor.ts'

/** The commands that end in a report. */
export const reportCommands = ['plan', 'apply', 'verify', 'destroy'] as const

export interface Report {
  readonly command: (typeof reportCommands)[number]
  /** What names the sticky comment: one for each stack, directory and workspace, and name where there is one. */
  readonly target: {
    readonly name?: string | undefined
    readonly stack: string | undefined
    readonly directory: string
    readonly workspace: string | undefined
  }
  readonly commit: string
  readonly runUrl: string
  pullRequest?: number | undefined
  plan?: Plan
  /** What the plan means for the MCP server, from the plan rules. */
  findings?: readonly Finding[]
  approval?: Approval
  /** Instead of a plan, where there can be none. */
  check?: Check
  /** Revision that served before the apply. */
  previousRevision?: string | undefined
  /** `started` says that the state may have changed although no later part is known. */
  apply?: 'started' | 'done'
  deployment?: Deployment
  stability?: Stability
  /** Of an EC2 instance. */
  readiness?: Readiness
  /** What the run could not check of what it deployed: sentences. */
  notChecked?: readonly string[]
  gate?: GateReport
  /** Of an https endpoint, when it is verified on a schedule. */
  certificate?: CertificateReport
  /** What a plan would change of what is deployed. */
  drift?: DriftReport
  /** Pages of the AWS console. */
  links?: readonly Link[]
  /** What AWS showed of the failure. */
  evidence?: Evidence
  taint?: Taint
  rollback?: Rollback
  /** What became of a destroy, as soon as its plan is there. */
  destroy?: DestroyReport
  /** What each monitor did when it was told how the run ended. */
  monitors?: readonly MonitorResult[]
  /** The issue of a scheduled verify. */
  issue?: IssueResult
  /** In GitHub's own terms, for the pull request's box. */
  githubDeployment?: GitHubDeployment
  /** What failed, in the order in which it was found. The first one is the headline; none means that the run passed. */
  readonly failures: FailureInPhase[]
  /** What Terraform says is wrong, when a command of it failed. */
  problems?: readonly Problem[]
  /** What went wrong besides, such as a taint that could not be made. */
  readonly warnings: string[]
  /** Milliseconds of each phase, in order. */
  readonly phases: { readonly phase: Phase; readonly ms: number }[]
}

export type Phase =
  | 'install'
  | 'init'
  | 'check'
  | 'plan'
  | 'approval'
  | 'unregister'
  | 'apply'
  | 'destroy'
  | 'stability'
  | 'gate'
  | 'certificate'
  | 'drift'
  | 'diagnosis'
  | 'taint'
  | 'rollback'
  | 'register'
  | 'issue'

/** `code` is empty for what is no check: a Terraform error, a bad input, a cancelled job. */
export interface FailureInPhase extends Omit<ExplainedFailure, 'remedy'> {
  readonly phase: Phase | 'start' | 'credentials' | 'report' | 'comment'
  readonly remedy: Failure['remedy'] | undefined
}

/** As much of a report as its headline needs, which is what is read back of one. */
export interface Outcome extends Pick<Report, 'command' | 'apply'> {
  readonly plan?: Pick<Plan, 'hasChanges'>
  readonly failures: readonly { readonly phase: string }[]
  readonly gate?: Pick<GateReport, 'passed'>
  readonly approval?: Pick<Approval, 'outcome'>
  readonly destroy?: Pick<DestroyReport, 'outcome'>
  readonly check?: unknown
}

/** What was begun and of whose end nothing is known; undefined when there is no such thing. */
export function unfinished({ apply, destroy }: Pick<Outcome, 'apply' | 'destroy'>): 'apply' | 'destroy' | undefined {
  if (apply === 'started') return 'apply'
  return destroy?.outcome === 'started' ? 'destroy' : undefined
}

/** One line that says how the run ended. */
export function headline(report: Outcome): string {
  const {
    plan,
    failures: [failure],
    apply,
    gate,
    approval,
    check,
    destroy,
  } = report
  if (failure !== undefined) {
    if (approval?.outcome === 'refused') return 'Not applied: the plan was not reviewed'
    if (failure.phase === 'credentials') return 'Not begun: the AWS credentials end'
    if (destroy?.outcome === 'unconfirmed') return 'Not destroyed: it was not confirmed'
    const what = {
      plan: check === undefined ? 'Plan failed' : 'Check failed',
      verify: 'Verification failed',
      apply: 'Deployment failed',
      destroy: 'Destroy failed',
    }[report.command]
    return failure.phase === 'start' ? 'Nothing was done' : what
  }
  if (check !== undefined) return 'Checked, not planned'
  if (report.command === 'destroy') {
    const ends = { done: 'Destroyed', nothing: 'Nothing to destroy', unconfirmed: '', started: '', left: '' }
    return (destroy && ends[destroy.outcome]) || 'Destroying'
  }
  if (report.command === 'plan') return plan?.hasChanges === true ? 'Plan' : 'Plan: no changes'
  if (gate?.passed)
    return report.command === 'verify' ? 'Verified' : apply === 'done' ? 'Applied and verified' : 'Verified'
  return apply === 'started' ? 'Applying' : 'Running'
}

/** What names the comment and the headings: the stack's name, or `ecs`, a directory, and a workspace where there is one. */
export function targetName({ target: { name, stack, directory, workspace } }: Report): string {
  if (name !== undefined) return name
  const place = [stack, directory === '.' ? undefined : directory].filter(part => part !== undefined).join(' in ')
  return `${place || 'root module'}${workspace === undefined ? '' : `, workspace ${workspace}`}`
}

/**
 * The name of a stack in one line that a person can type, which is what confirms its destruction: `ecs`,
 * `services/weather`, `services/weather:ecs` where a shipped module has its var files in a directory, `ecs@staging` with
 * a workspace, and for the root directory without `stack` the name of the repository.
 */
export function stackName({ name: given, stack, directory, workspace }: Report['target'], repository: string): string {
  if (given !== undefined) return given
  const place = directory === '.' ? undefined : directory.replaceAll('\\', '/')
  const name = [place, stack].filter(part => part !== undefined).join(':') || repository
  return workspace === undefined ? name : `${name}@${workspace}`
}

/** The protocol versions by era that passed, or why an era did not. */
export function eraLine(gate: GateReport): string {
  return Object.entries(gate.eras)
    .map(([era, { verdict, protocolVersion }]) => `${era} ${protocolVersion ?? verdict}`)
    .join(', ')
}

/**
 * The report as a workflow or a person reads it later (docs/report.schema.json): without the plan's values but those
 * that have drifted, sensitive outputs, and schemas of tools, which are a file of their own.
 */
export function reportJson(report: Report): Record<string, unknown> {
  const { plan, findings = [], deployment, gate, ...rest } = report
  const [failure] = report.failures
  return {
    ...rest,
    ...(failure && { failure }),
    registration: registrationOf(report),
    gate: gate && {
      ...gate,
      contract: gate.contract && { hash: gate.contract.hash, comparison: gate.contract.comparison },
    },
    plan: plan && {
      hasChanges: plan.hasChanges,
      counts: plan.counts,
      changes: plan.changes.map(({ address, kind }) => ({ address, kind })),
      findings,
      terraformVersion: plan.terraformVersion,
    },
    deployment: deployment && { endpoint: deployment.endpoint, serving: deployment.serving },
  }
}
