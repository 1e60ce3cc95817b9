/**
 * Terraform MCP Deploy: plan on the pull request, apply on the merge exactly what was reviewed, wait until the platform runs
 * it, and prove that it speaks MCP. If it does not, taint it or roll it back; if it does, register it. Each command is one page
 * in commands/, loaded when the event needs it.
 */
import { readCheckout } from './checkout.ts'
import { codeOf, messageOf } from './errors.ts'
import { decideTrigger, readRun } from './event.ts'
import { loadMcpCalls, readInputs } from './inputs.ts'
import { line, linesOf, log, secrets } from './log.ts'
import { failRun, writeCommand, writeOutcome } from './outputs.ts'
import { environmentSecrets } from './secret-parts.ts'
import { driftMode } from './terraform/drift.ts'

async function main(): Promise<void> {
  secrets.add(...environmentSecrets(process.env))
  const run = readRun(process.env)
  const read = readInputs(run.workspace)
  const inputs = { ...read, mcp: await loadMcpCalls(read.mcp) }
  const { mcp, drift } = inputs
  const verifiesOnlyEndpoint = mcp.endpoint !== undefined && driftMode(drift, mcp.endpoint) === 'ignore'
  const checkout = readCheckout(inputs.workingDirectory, run.workspace)
  const trigger = decideTrigger(inputs.command, run, checkout, {
    verifiesOnlyEndpoint,
    applyBeforeMerge: inputs.applyBeforeMerge,
  })
  writeCommand(trigger.command)
  switch (trigger.command) {
    case 'plan':
    case 'apply':
    case 'verify':
    case 'destroy':
    case 'rollback':
      return await (await import('./commands/run.ts')).runCommand(inputs, run, trigger)
    case 'discover':
      return await (await import('./commands/discover.ts')).runDiscover(inputs, run)
    case 'summary':
      return await (await import('./commands/summary.ts')).runSummary(inputs, run)
    case 'none':
      log.notice(line`${trigger.reason}`)
      if (trigger.closed !== undefined)
        await (await import('./commands/close.ts')).closePlan(inputs, run, trigger.closed)
  }
}

try {
  await main()
} catch (error) {
  writeOutcome({ phase: 'start', code: codeOf(error) })
  failRun(linesOf(messageOf(error)))
}
await log.flush()
// Whatever is still open by now, such as a connection of a cancelled gate, must not keep the job.
process.exit()
