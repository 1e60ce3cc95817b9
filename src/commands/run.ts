/** Runs a command that ends in a report, records its errors and publishes the report. */
import type { Run } from '../event.ts'
import type { Inputs } from '../inputs.ts'
import { addConfigurationSecrets } from './configuration-secrets.ts'
import { Job, type ReportedTrigger } from './job.ts'
import { runVerify } from './verify.ts'

const commands = {
  plan: async (job: Job) => (await import('./plan.ts')).runPlan(job),
  apply: async (job: Job) => (await import('./apply.ts')).runApply(job),
  verify: runVerify,
  destroy: async (job: Job) => (await import('./destroy.ts')).runDestroy(job),
  rollback: async (job: Job) => (await import('./rollback.ts')).runRollback(job),
}

export async function runCommand(inputs: Inputs, run: Run, trigger: ReportedTrigger): Promise<void> {
  const job = new Job(inputs, run, trigger)
  try {
    addConfigurationSecrets(job)
    await commands[trigger.command](job)
  } catch (error) {
    await job.fail(error)
  }
  await (await import('./publish.ts')).publish(job)
  // A plan that was only reviewed or refused must not be confirmed where it was made.
  await job.terraform?.discardOpenRuns()
}
