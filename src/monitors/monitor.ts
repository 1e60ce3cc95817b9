/**
 * The contract of a monitor. It is notified when an endpoint is verified, when a deployment fails, and before the endpoint is
 * destroyed. A new monitor is a class with these three methods and one line in index.ts. A monitor never fails a run: its
 * result describes in sentences what it could not do.
 */
import type { FailureInPhase, MonitorResult, Report } from '../report/report.ts'

export type { MonitorResult }

/** The event of an endpoint. Its addresses and its failure may hold secrets. */
export interface MonitorEvent {
  readonly command: 'apply' | 'verify' | 'destroy'
  /** Undefined if the run failed before it was known. */
  readonly endpoint: string | undefined
  /** The endpoint in the state before the apply, undefined if it is the same. */
  readonly previousEndpoint: string | undefined
  /** Name of the ECS service, else of the repository. Two stacks may share it. */
  readonly name: string
  /** Negotiated MCP versions, newest first. Empty if authentication prevented the negotiation. */
  readonly protocolVersions: readonly string[]
  /** Whether the endpoint is an MCP server, as the gate observed; undefined if the gate did not run. */
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
  /** The name in the report. */
  readonly name: string
  verified(event: MonitorEvent): Promise<MonitorResult>
  failing(event: MonitorEvent): Promise<MonitorResult>
  removed(event: MonitorEvent): Promise<MonitorResult>
}
