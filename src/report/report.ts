/**
 * What is known of a run so far. Every step adds its part; the comment, the summary, the JSON report and the
 * outputs are renderings of this one value, so they cannot tell different stories.
 */

import type { Approval } from '../approval/review.ts'
import type { Failure } from '../errors.ts'
import type { CertificateReport } from '../gate/certificate-check.ts'
import type { GateReport } from '../gate/gate.ts'
import type { ExplainedFailure } from '../platforms/aws/causes.ts'
import type { Link } from '../platforms/aws/console-links.ts'
import type { Evidence } from '../platforms/aws/evidence.ts'
import type { Deployment } from '../platforms/deployment.ts'
import type { Readiness, Stability } from '../platforms/platform.ts'
import type { Rollback } from '../platforms/rollback.ts'
import type { Finding } from '../rules/findings.ts'
import type { UntrustedCheck } from '../terraform/check.ts'
import type { DestroyReport } from '../terraform/destroy.ts'
import type { Problem } from '../terraform/diagnostics.ts'
import type { DriftReport } from '../terraform/drift.ts'
import type { Plan } from '../terraform/plan.ts'
import type { Taint } from '../terraform/taint.ts'
import type { Target } from './target.ts'

/** The commands that end in a report. */
export const reportCommands = ['plan', 'apply', 'verify', 'destroy'] as const

export interface Report {
  readonly command: (typeof reportCommands)[number]
  readonly target: Target
  /** Names the state, once Terraform is initialized: two jobs of one run that differ in it must not share a comment. */
  state?: string
  readonly commit: string
  readonly runUrl: string
  pullRequest?: number | undefined
  plan?: Plan
  /** What the plan means for the MCP server, from the plan rules. */
  findings?: readonly Finding[]
  approval?: Approval
  /** Instead of a plan, where there can be none. */
  check?: UntrustedCheck
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

/** A deployment that GitHub knows. */
export interface GitHubDeployment {
  readonly environment: string
  readonly id: number
}

/** What was done with the issue of a scheduled verify. `kept`: it is open, and everything was already reported today. */
export interface IssueResult {
  readonly number: number
  readonly url: string
  readonly outcome: 'opened' | 'updated' | 'kept' | 'closed'
}

/** What a monitor did with an event. `none`: there was nothing for it to do, or it could not; the notices say which. */
export interface MonitorResult {
  readonly monitor: string
  readonly outcome:
    | 'created'
    | 'exists'
    | 'updated'
    | 'resumed'
    | 'paused'
    | 'removed'
    | 'delivered'
    | 'none'
    | 'failed'
  /** Id of the monitor, or of the delivery; empty when the answer named none. */
  readonly id?: string
  readonly slug?: string
  /** The last status that the monitor shows in public, such as `live`. */
  readonly status?: string
  readonly badgeUrl?: string
  readonly statusPageUrl?: string
  /** What was not done, and what to do manually. */
  readonly notices: readonly string[]
  /** Why it failed, and what follows from that. */
  readonly warning?: string
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

/** A failure, where in the run it was found, and what AWS shows behind it. Without a remedy nothing is tainted. */
export interface FailureInPhase extends Omit<ExplainedFailure, 'remedy'> {
  readonly phase: Phase | 'start' | 'credentials' | 'report' | 'comment'
  readonly remedy: Failure['remedy'] | undefined
}

/** The first monitor that keeps watching the verified endpoint. */
export function registrationOf({ monitors }: Pick<Report, 'monitors'>): MonitorResult | undefined {
  return monitors?.find(({ outcome }) => ['created', 'exists', 'updated', 'resumed'].includes(outcome))
}

/** The protocol versions by era that passed, or why an era did not. */
export function eraLine(gate: GateReport): string {
  return Object.entries(gate.eras)
    .map(([era, { verdict, protocolVersion }]) => `${era} ${protocolVersion ?? verdict}`)
    .join(', ')
}

/**
 * The report in the names of docs/report.schema.json, which says what of it is written: no values of the plan except those
 * that have drifted, no sensitive outputs, and no schemas of tools, which are a file of their own. Not redacted.
 */
export function reportJson(report: Report): Record<string, unknown> {
  const { plan, findings = [], stability, gate, ...rest } = report
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
    stability: stability && { ...stability, seen: stability.observed },
  }
}
