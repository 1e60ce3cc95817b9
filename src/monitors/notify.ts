/**
 * Notifies every monitor of how the run ended: verified, failing, or nothing that concerns monitors. A monitor that does not
 * answer is a warning, because the server itself is fine, or has failed for its own reason.
 */

import { messageOf } from '../errors.ts'
import type { Run } from '../event.ts'
import type { GateReport } from '../gate/gate.ts'
import type { Inputs } from '../inputs.ts'
import { outcomeOf } from '../report/outcome.ts'
import type { Report } from '../report/report.ts'
import type { MonitorEvent, MonitorResult, MonitorService } from './monitor.ts'

/** An event, and the method of the monitors that takes it. */
export interface Notification {
  readonly method: 'verified' | 'failing' | 'removed'
  readonly event: MonitorEvent
}

/**
 * The notification about a run; undefined when it concerns no monitor. Pure.
 */
export function notificationOf(
  report: Report,
  run: Pick<Run, 'owner' | 'repo'>,
  inputs: Pick<Inputs, 'mcp'>,
): Notification | undefined {
  const { command } = report
  const { monitorMethod: method } = outcomeOf(report)
  if (method === undefined || command === 'plan') return undefined
  return { method, event: eventOf(command, report, run, inputs) }
}

/**
 * The notification that a stack will be destroyed. It comes before the destroy, because a monitor that sees its endpoint
 * disappear pages somebody. Pure.
 * @param report of a destroy that has planned
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
  // An input takes the place of the output, so the output says nothing of what was registered before.
  const before = inputs.mcp.endpoint === undefined ? output('mcp_endpoint') : undefined
  const endpoint = gate?.endpoint ?? deployment?.endpoint ?? inputs.mcp.endpoint ?? before
  return {
    command,
    endpoint,
    previousEndpoint: before === endpoint ? undefined : before,
    name: deployment?.serving.name ?? (command === 'destroy' ? output('ecs_service_name') : undefined) ?? run.repo,
    protocolVersions: gate?.protocolVersions ?? [],
    // The gate has also passed the version that was rolled back to.
    isMcpServer: rollback?.restored === true || (gate && isMcpServer(gate)),
    failure,
    repository: `${run.owner}/${run.repo}`,
    target,
    commit,
    runUrl,
    pullRequest,
  }
}

/** A server that speaks MCP can fail the gate all the same: by another era, or by what the user expects of it. */
function isMcpServer({ passed, eras, failure }: GateReport): boolean {
  const unmet: readonly string[] = ['OLD_REVISION', 'TOOL_MISSING', 'CONTRACT_BROKEN', 'CONTRACT_MISSING']
  const anyEra = Object.values(eras).some(({ verdict }) => verdict === 'passed')
  return passed || anyEra || unmet.includes(failure?.code ?? '')
}

/** All at once, in the order of the monitors. Never throws. */
export async function notify(
  monitors: readonly MonitorService[],
  { method, event }: Notification,
): Promise<MonitorResult[]> {
  return Promise.all(
    monitors.map(async (monitor): Promise<MonitorResult> => {
      try {
        return await monitor[method](event)
      } catch (error) {
        const what = method === 'removed' ? 'that the endpoint goes' : 'how the deployment ended'
        const warning = `The ${monitor.name} was not told ${what}: ${messageOf(error)}`
        return { monitor: monitor.name, outcome: 'failed', notices: [], warning }
      }
    }),
  )
}
