/**
 * Notifies every monitor of the end of a run: verified or failing. A monitor that does not answer is a warning, because it does
 * not change the result of the deployment.
 */

import { messageOf } from '../errors.ts'
import type { Run } from '../event.ts'
import type { GateReport } from '../gate/gate.ts'
import type { Inputs } from '../inputs.ts'
import { outcomeOf } from '../report/outcome.ts'
import type { Report } from '../report/report.ts'
import type { MonitorEvent, MonitorResult, MonitorService } from './monitor.ts'

/** An event, and the monitor method that receives it. */
export interface Notification {
  readonly method: 'verified' | 'failing' | 'removed'
  readonly event: MonitorEvent
}

/**
 * Returns the notification about a run, undefined if it does not concern monitors. Pure.
 */
export function notificationOf(
  report: Report,
  run: Pick<Run, 'owner' | 'repo'>,
  inputs: Pick<Inputs, 'mcp'>,
): Notification | undefined {
  const { command } = report
  const { monitorMethod: method } = outcomeOf(report)
  if (method === undefined || command === 'plan') return undefined
  // A rollback deploys a version, as an apply does.
  return { method, event: eventOf(command === 'rollback' ? 'apply' : command, report, run, inputs) }
}

/**
 * Returns the notification that a stack will be destroyed. It is sent before the destroy, because a monitor pages somebody when
 * its endpoint disappears. Pure.
 * @param report the report of a destroy after its plan
 */
export function removalNotification(
  report: Report,
  run: Pick<Run, 'owner' | 'repo'>,
  inputs: Pick<Inputs, 'mcp'>,
): Notification {
  return { method: 'removed', event: eventOf('destroy', report, run, inputs) }
}

function eventOf(
  command: MonitorEvent['command'],
  report: Report,
  run: Pick<Run, 'owner' | 'repo'>,
  inputs: Pick<Inputs, 'mcp'>,
): MonitorEvent {
  const {
    gate,
    deployment,
    rollback,
    failures: [failure],
    target,
    commit,
    runUrl,
    pullRequest,
    plan,
  } = report
  const output = (name: string) => {
    const prior = plan?.outputsBefore[name]
    return typeof prior === 'string' && prior !== '' ? prior : undefined
  }
  // The input replaces the output, so the output is not the endpoint that was registered before.
  const before = inputs.mcp.endpoint === undefined ? output('mcp_endpoint') : undefined
  const endpoint = gate?.endpoint ?? deployment?.endpoint ?? inputs.mcp.endpoint ?? before
  return {
    command,
    endpoint,
    previousEndpoint: before === endpoint ? undefined : before,
    name: deployment?.serving.name ?? (command === 'destroy' ? output('ecs_service_name') : undefined) ?? run.repo,
    protocolVersions: gate?.protocolVersions ?? [],
    // After a rollback the gate has passed the restored version.
    isMcpServer: rollback?.restored === true || (gate && isMcpServer(gate)),
    failure,
    repository: `${run.owner}/${run.repo}`,
    target,
    commit,
    runUrl,
    pullRequest,
  }
}

/** Whether the gate observed an MCP server. One can still fail the gate, in another era or against the user's expectations. */
function isMcpServer({ passed, eras, failure }: GateReport): boolean {
  const unmet: readonly string[] = ['OLD_REVISION', 'TOOL_MISSING', 'CONTRACT_BROKEN', 'CONTRACT_MISSING']
  const anyEra = Object.values(eras).some(({ verdict }) => verdict === 'passed')
  return passed || anyEra || unmet.includes(failure?.code ?? '')
}

/** Notifies all monitors at the same time. The results have the order of the monitors. Never throws. */
export async function notify(
  monitors: readonly MonitorService[],
  { method, event }: Notification,
): Promise<MonitorResult[]> {
  return Promise.all(
    monitors.map(async (monitor): Promise<MonitorResult> => {
      try {
        return await monitor[method](event)
      } catch (error) {
        const what = method === 'removed' ? 'of the destroy' : 'of the result'
        const warning = `The ${monitor.name} was not notified ${what}: ${messageOf(error)}`
        return { monitor: monitor.name, outcome: 'failed', notices: [], warning }
      }
    }),
  )
}
