/**
 * Plans of a workspace with remote execution. There a plan file is only a reference to a run of HCP Terraform (JSON with
 * `remote_plan_format`, internal/cloud/cloudplan/saved_plan.go), and the plan and the apply happen elsewhere.
 */
import { existsSync, readFileSync } from 'node:fs'
import { InputError } from '../errors.ts'
import { asObject, asText, parseJson } from '../json.ts'

/** Units of the longest reference. A plan of this machine is an archive, which begins with other bytes. */
const maxUnits = 65_536

/**
 * Refuses a plan that was made elsewhere: this action could neither read its state there nor stop its apply.
 * @param planFile path of the plan file
 * @throws InputError
 */
export function assertLocalPlan(planFile: string): void {
  if (!existsSync(planFile)) return
  const content = readFileSync(planFile)
  if (content.length > maxUnits || content[0] !== '{'.charCodeAt(0)) return
  const { remote_plan_format: format, hostname, run_id: run } = asObject(parseJson(content.toString('utf8')))
  if (format === undefined) return
  throw new InputError(
    `The plan was made on ${asText(hostname) ?? 'another machine'} (${asText(run) ?? 'unknown run'}) and not on this runner, so it cannot be reviewed and applied ` +
      'here. Nothing was applied. Set the execution mode of the workspace to Local: then HCP Terraform keeps the state, and this action plans and applies.',
    'REMOTE_EXECUTION',
  )
}
