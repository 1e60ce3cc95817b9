/** Plans that HCP Terraform made are refused: a plan file of the cloud integration is a reference to a run. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { assertLocalPlan } from '../../src/terraform/remote-plan.ts'

function planFile(content: string | Buffer): string {
  const directory = mkdtempSync(join(tmpdir(), 'remote-plan-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const file = join(directory, 'plan.tfplan')
  writeFileSync(file, content)
  return file
}

test('a reference to a run of HCP Terraform is refused with the run and the way on', () => {
  const saved = { remote_plan_format: 1, run_id: 'run-GXfuHMkbyHccAGUg', hostname: 'app.terraform.io' }
  expect(() => assertLocalPlan(planFile(JSON.stringify(saved)))).toThrow(
    expect.objectContaining({
      code: 'REMOTE_EXECUTION',
      message: expect.stringMatching(
        /^The plan was made on app\.terraform\.io \(run-GXfuHMkbyHccAGUg\) .* Nothing was applied\. Set the execution mode of the workspace to Local/,
      ),
    }),
  )
})

test.each([
  ['an archive', Buffer.from('PK\x03\x04 and more')],
  ['JSON of another kind', '{"format_version":"1.2"}'],
  ['an encrypted plan of OpenTofu', '{"meta":{},"encrypted_data":"x","encryption_version":"v0"}'],
  ['no JSON', '{'],
  ['nothing', ''],
])('%s is a plan of this machine', (_, content) => {
  expect(() => assertLocalPlan(planFile(content))).not.toThrow()
})
