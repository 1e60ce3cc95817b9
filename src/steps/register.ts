/**
 * Tells every monitor how the deployment ended: verified, failing, or nothing that concerns them. A monitor that does
 * not answer is a warning, because the server itself is fine, or is red for a reason of its own.
 */
import type { MonitorService, News, Told } from '../clients/monitor.ts'
import { messageOf } from '../errors.ts'
import type { Inputs, Run } from '../inputs.ts'
import type { Report } from '../report/report.ts'
import type { GateReport } from './gate.ts'

/** `told` is the method of a monitor that the news are for; `removed` is for what destroys the stack. */
export interface Announcement {
  readonly told: 'verified' | 'failing' | 'removed'
  readonly news: News
}

/**
 * What there is to tell of a run, or undefined: a plan changes nothing. Pure.
 */
export function announcement(
  report: Report,
  run: Pick<Run, 'owner' | 'repo'>,
  inputs: Pick<Inputs, 'mcp'>,
): Announcement | undefined {
  const { command, gate, deployment, rollback, failure, target, commit, runUrl, pullRequest } = report
  if (command === 'plan') return undefined
  if (failure === undefined && gate?.passed !== true) return undefined
  const prior = report.plan?.outputsBefore.mcp_endpoint
  // An input takes the place of the output, so the output says nothing of what was registered before.
  const before = inputs.mcp.endpoint === undefined && typeof prior === 'string' && prior !== '' ? prior : undefined
  const endpoint = gate?.endpoint ?? deployment?.endpoint ?? inputs.mcp.endpoint ?? before
  return {
    told: failure === undefined ? 'verified' : 'failing',
    news: {
      command,
      endpoint,
      previousEndpoint: before === endpoint ? undefined : before,
      name: deployment?.serving.kind === 'ecs' ? deployment.serving.service : run.repo,
      protocolVersions: gate?.protocolVersions ?? [],
      // What was rolled back to has been gated too.
      speaksMcp: rollback?.restored === true || (gate && speaksMcp(gate)),
      failure,
      repository: `${run.owner}/${run.repo}`,
      target,
      commit,
      runUrl,
      pullRequest,
    },
  }
}

/** A server that speaks MCP can fail the gate all the same: by another era, or by what the user expects of it. */
function speaksMcp({ passed, eras, failure }: GateReport): boolean {
  const unmet: readonly string[] = ['OLD_REVISION', 'TOOL_MISSING', 'CONTRACT_BROKEN', 'CONTRACT_MISSING']
  const anyEra = Object.values(eras).some(({ verdict }) => verdict === 'passed')
  return passed || anyEra || unmet.includes(failure?.code ?? '')
}

/** All at once, in the order of the monitors. Never throws. */
export async function tell(monitors: readonly MonitorService[], { told, news }: Announcement): Promise<Told[]> {
  return Promise.all(
    monitors.map(async (monitor): Promise<Told> => {
      try {
        return await monitor[told](news)
      } catch (error) {
        const warning = `The ${monitor.name} was not told how the deployment ended: ${messageOf(error)}`
        return { monitor: monitor.name, outcome: 'failed', notices: [], warning }
      }
    }),
  )
}
