/**
 * The report of a run. Every step adds its part. The comment, the summary, the JSON report and the outputs all render this one
 * value, so they cannot contradict each other.
 */

import type { ChosenImage } from '../approval/images.ts'
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
import type { Finding, Unjudged } from '../rules/findings.ts'
import { publicUrl } from '../secret-parts.ts'
import type { UntrustedCheck } from '../terraform/check.ts'
import type { DestroyReport } from '../terraform/destroy.ts'
import type { Problem } from '../terraform/diagnostics.ts'
import { lineText } from '../terraform/diff/line.ts'
import type { DriftReport } from '../terraform/drift.ts'
import type { ToolName } from '../terraform/names.ts'
import type { Plan } from '../terraform/plan.ts'
import type { PlanCheckResult } from '../terraform/plan-checks.ts'
import type { RemoteRun } from '../terraform/remote-workspace.ts'
import type { Taint } from '../terraform/taint.ts'
import type { Target } from './target.ts'

/** The commands that end in a report. */
export const reportCommands = ['plan', 'apply', 'verify', 'destroy', 'rollback'] as const

export interface Report {
  readonly command: (typeof reportCommands)[number]
  readonly target: Target
  /** Name of the state, set once Terraform is initialized. Two jobs of one run with different states must not share a comment. */
  state?: string
  readonly commit: string
  readonly runUrl: string
  pullRequest?: number | undefined
  /** URL of the folder docs/ in the running version of the action; undefined for `uses: ./`. */
  readonly docsUrl?: string | undefined
  /** Input deployment-environment. */
  readonly environment?: string | undefined
  /** Input plan-approval: `reviewed`, `none`, or a fingerprint. */
  readonly planApproval?: string | undefined
  /** The setting that distinguishes the state in its backend, such as the key of an object in S3. */
  stateKey?: string | undefined
  /** The tool of this run; undefined until it is installed. */
  tool?: ToolName
  plan?: Plan
  /** The run in HCP Terraform that made the plan; unset for a plan of the runner. */
  remoteRun?: RemoteRun
  /** Findings of the plan rules about the MCP server. */
  findings?: readonly Finding[]
  /** What the plan rules could not judge. */
  unjudged?: readonly Unjudged[]
  /** Results of the user's own checks of the plan (input plan-checks). */
  planChecks?: readonly PlanCheckResult[]
  approval?: Approval
  /** The images of the input reviewed-images that Terraform gets. */
  images?: readonly ChosenImage[]
  /** Digests of the images that the platform runs, if it reports them. */
  runningImages?: readonly string[]
  /** Result of fmt and validate on a pull request that gets no credentials. */
  check?: UntrustedCheck
  /** The running revision before the apply. */
  previousRevision?: string | undefined
  /** `started` means that the state may have changed, even without any later part. */
  apply?: 'started' | 'done'
  deployment?: Deployment
  stability?: Stability
  /** Result of the status checks of an EC2 instance. */
  readiness?: Readiness
  /** Sentences about checks that the run could not do. */
  notChecked?: readonly string[]
  gate?: GateReport
  /** The certificate of an https endpoint, for a scheduled verify. */
  certificate?: CertificateReport
  /** Differences between the deployed resources and the configuration. */
  drift?: DriftReport
  /** Pages of the AWS console. */
  links?: readonly Link[]
  /** Evidence from AWS about the failure. */
  evidence?: Evidence
  taint?: Taint
  rollback?: Rollback
  /** Result of a destroy, set once its plan exists. */
  destroy?: DestroyReport
  /** Result of each monitor's notification. */
  monitors?: readonly MonitorResult[]
  /** The issue of a scheduled verify. */
  issue?: IssueResult
  /** The deployment on GitHub, which the pull request shows. */
  githubDeployment?: GitHubDeployment
  /** Failures in the order of the run. The first one is the headline. */
  readonly failures: FailureInPhase[]
  /** Terraform's diagnostics with their places, if a command failed. */
  problems?: readonly Problem[]
  /** Other problems that did not fail the run, such as a taint that failed. */
  readonly warnings: string[]
  /** Milliseconds of each phase, in order. */
  readonly phases: { readonly phase: Phase; readonly ms: number }[]
}

/** A deployment on GitHub, in one of its environments. */
export interface GitHubDeployment {
  readonly environment: string
  readonly id: number
}

/** Result for the issue of a scheduled verify. `kept`: it is open, and the failure was already reported today. */
export interface IssueResult {
  readonly number: number
  readonly url: string
  readonly outcome: 'opened' | 'updated' | 'kept' | 'closed'
}

/** Result of a monitor for an event. `none`: it had nothing to do, or could not do it; the notices explain which. */
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
  /** Id of the monitor or of the delivery; empty if the answer had none. */
  readonly id?: string
  readonly slug?: string
  /** The last public status of the monitor, such as `live`. */
  readonly status?: string
  readonly badgeUrl?: string
  readonly statusPageUrl?: string
  /** Sentences about steps that the monitor could not do, and what to do manually. */
  readonly notices: readonly string[]
  /** The reason of a failure and its consequence. */
  readonly warning?: string
}

export type Phase =
  | 'install'
  | 'init'
  | 'check'
  | 'plan'
  | 'plan-checks'
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

/** A failure with its phase and its cause. Without an action nothing is tainted. */
export interface FailureInPhase extends Omit<ExplainedFailure, 'remedy'> {
  readonly phase: Phase | 'start' | 'credentials' | 'report' | 'comment'
  readonly remedy: Failure['remedy'] | undefined
}

/** Returns the first monitor that watches the verified endpoint. */
export function registrationOf({ monitors }: Pick<Report, 'monitors'>): MonitorResult | undefined {
  return monitors?.find(({ outcome }) => ['created', 'exists', 'updated', 'resumed'].includes(outcome))
}

/**
 * Returns the report with the field names of docs/report.schema.json, which decides what is written. Plan values (except drifted
 * ones), sensitive outputs and tool schemas are omitted. The result is not redacted.
 */
export function reportJson(report: Report): Record<string, unknown> {
  const { plan, findings = [], unjudged = [], stability, gate, deployment, drift, ...rest } = report
  const [failure] = report.failures
  return {
    ...rest,
    ...(failure && { failure }),
    registration: registrationOf(report),
    deployment: deployment && { ...deployment, endpoint: publicUrl(deployment.endpoint) },
    gate: gate && {
      ...gate,
      endpoint: publicUrl(gate.endpoint),
      contract: gate.contract && { hash: gate.contract.hash, comparison: gate.contract.comparison },
    },
    drift: drift && {
      ...drift,
      changes: drift.changes.map(change => ({ ...change, lines: change.lines.map(lineText) })),
    },
    plan: plan && {
      hasChanges: plan.hasChanges,
      counts: plan.counts,
      changes: plan.changes.map(({ address, kind }) => ({ address, kind })),
      findings,
      unjudged,
      terraformVersion: plan.terraformVersion,
    },
    stability: stability && { ...stability, seen: stability.observed },
  }
}
