/** The step `plan-checks`: runs the user's own checks of a plan and records their results. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { line, log } from '../log.ts'
import type { Terraform } from '../terraform/cli.ts'
import { type PlanCheckResult, planCheckFailure, runPlanCheck } from '../terraform/plan-checks.ts'
import type { Job } from './job.ts'

/** Runs the checks in order, all of them even if one fails. @returns whether the plan may be applied */
export async function checkPlan(job: Job, terraform: Terraform): Promise<boolean> {
  const { planChecks } = job.inputs
  if (planChecks.length === 0) return true
  return await job.check('plan-checks', async () => {
    const planJson = join(job.tempDirectory, 'plan.json')
    const results: PlanCheckResult[] = []
    try {
      await terraform.writePlanJson(planJson)
      for (const check of planChecks) {
        log.line(line`${check.name}: ${check.command}`)
        const { run, signal, tempDirectory } = job
        const result = await runPlanCheck(check, { directory: run.workspace, planJson, tempDirectory, signal })
        log.line(line`${check.name}: ${result.outcome}, ${result.observed}`)
        signal.throwIfAborted()
        results.push(result)
      }
    } finally {
      rmSync(planJson, { force: true })
    }
    return { adds: { planChecks: results }, failure: planCheckFailure(results) }
  })
}
