/**
 * Reports as the action makes them, for tests of what is rendered: from a JSON plan, and with the parts of a deployment
 * that a test adds. The secrets of the plan are known from then on, as in a run.
 */

import { secrets } from '../../src/log.ts'
import type { Report } from '../../src/report/report.ts'
import { readYaml } from '../../src/terraform/diff/yaml.ts'
import type { PlanJson } from '../../src/terraform/json.ts'
import type { ToolName } from '../../src/terraform/names.ts'
import { readPlan } from '../../src/terraform/plan.ts'
import { sensitiveValues } from '../../src/terraform/sensitive.ts'
import { knowSecrets } from './secrets.ts'

/** The JSON of `terraform show -json`, with the field that says whether an apply would do anything. */
export type ShownPlan = PlanJson & { readonly applyable?: boolean }

/** A run that has planned, with its values as they are. `text` is the tool's own words. OpenTofu prints no `applyable`. */
export function planReport(
  json: ShownPlan,
  more: Partial<Report> = {},
  text = '',
  tool: ToolName = 'terraform',
): Report {
  knowSecrets(sensitiveValues(json))
  return {
    command: 'plan',
    target: { stack: undefined, directory: '.', workspace: undefined },
    commit: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
    runUrl: 'https://github.com/acme/weather/actions/runs/1',
    pullRequest: 7,
    tool,
    plan: readPlan(json, tool === 'tofu' || json.applyable === true, text, secrets.redact, 'normal', readYaml, tool),
    failures: [],
    warnings: [],
    phases: [
      { phase: 'init', ms: 900 },
      { phase: 'plan', ms: 4_700 },
    ],
    ...more,
  }
}
