/**
 * What every monitor has in common: it is told when an endpoint is verified, when a deployment fails, and when the
 * endpoint is gone. A new monitor is a class with these three methods and one line in the list in main.ts. A monitor
 * never turns a run red: what it could not do is a sentence in its answer.
 */
import type { FailureInPhase, MonitorResult, Report } from '../report/report.ts'

export type { MonitorResult }

/** What happened to an endpoint. The addresses and the failure may hold what must be shown to nobody. */
export interface MonitorEvent {
  readonly command: 'apply' | 'verify' | 'destroy'
  /** Undefined when the run failed before it was known. */
  readonly endpoint: string | undefined
  /** The endpoint of the state before the apply, where it was another one. */
  readonly previousEndpoint: string | undefined
  /** The ECS service, else the repository. Two stacks may share it. */
  readonly name: string
  /** Negotiated MCP versions, newest first; empty when nobody got past the wall to negotiate one. */
  readonly protocolVersions: readonly string[]
  /** Whether what is serving is an MCP server at all, as far as the gate saw; undefined when it was not reached. */
  readonly isMcpServer: boolean | undefined
  readonly failure: FailureInPhase | undefined
  /** `owner/name` */
  readonly repository: string
  readonly target: Report['target']
  readonly commit: string
  readonly runUrl: string
  readonly pullRequest: number | undefined
}

export interface MonitorService {
  /** As it stands in the report. */
  readonly name: string
  verified(event: MonitorEvent): Promise<MonitorResult>
  failing(event: MonitorEvent): Promise<MonitorResult>
  removed(event: MonitorEvent): Promise<MonitorResult>
}
