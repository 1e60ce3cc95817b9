/** The kept plans of the roles, test/fixtures/roles, are what Terraform plans for the pages and examples now. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { planRoles } from '../../scripts/role-policies.ts'
import { type Aws, startAws } from '../support/aws.ts'
import { configurations, rendered } from '../support/role-configurations.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

let aws: Aws
let workspace: Workspace
beforeAll(async () => {
  workspace = openWorkspace()
  aws = await startAws({ tasks: {}, dir: workspace.directory })
})
afterAll(async () => {
  await aws?.stop()
  workspace?.remove()
})

test.each(Object.keys(configurations))('the roles of %s', async name => {
  expect(rendered(name), 'run `node scripts/role-policies.ts` and commit what it writes').toEqual(
    await planRoles(workspace, aws.env, name),
  )
})

test('nothing is kept that no configuration gives', () => {
  const kept = readdirSync(join(import.meta.dirname, '../fixtures/roles')).map(file => file.replace('.json', ''))
  expect(kept.sort()).toEqual([...Object.keys(configurations), 'first-edition'].sort())
})
