/**
 * Reports as the action makes them, for tests of what is rendered: from a JSON plan, and with the parts of a deployment
 * that a test adds. Secrets are taken out on the way, as in src/main.ts.
 */

import { redactAll, redactor } from '../../src/redact.ts'
import type { Report } from '../../src/report/report.ts'
import type { PlanJson } from '../../src/terraform/json.ts'
import { readPlan } from '../../src/terraform/plan.ts'
import { sensitiveValues } from '../../src/terraform/sensitive.ts'

/** The JSON of `terraform show -json`, with the field that says whether an apply would do anything. */
export type ShownPlan = PlanJson & { readonly applyable?: boolean }

/** A run that has planned, without secrets. `text` is Terraform's own words. */
export function planReport(json: ShownPlan, more: Partial<Report> = {}, text = ''): Report {
  const report: Report = {
    command: 'plan',
    target: { stack: undefined, directory: '.', workspace: undefined },
    commit: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
    runUrl: 'https://github.com/acme/weather/actions/runs/1',
    pullRequest: 7,
    plan: readPlan(json, json.applyable === true, text, redactor(sensitiveValues(json))),
    failures: [],
    warnings: [],
    phases: [
      { phase: 'init', ms: 900 },
      { phase: 'plan', ms: 4_700 },
    ],
    ...more,
  }
  return redactAll(report, redactor(sensitiveValues(json)))
}
