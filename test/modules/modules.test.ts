/**
 * The modules as Terraform sees them: formatted, and their own tests pass. That they and their examples are valid is seen
 * where each is planned (security.test.ts), and that variables are refused in refusals.test.ts, in a fiftieth of the time.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  isKnownToProvider,
  openWorkspace,
  refusalsFile,
  refusalsOf,
  shippedModules,
  type Workspace,
} from './workspace.ts'

const names = readdirSync(shippedModules).filter(name => existsSync(join(shippedModules, name, 'versions.tf')))
let workspace: Workspace

beforeAll(() => {
  workspace = openWorkspace()
})
afterAll(() => workspace.remove())

test('the modules are formatted', async () => {
  await workspace.must('terraform', ['fmt', '-check', '-recursive', '-diff'])
})

test.each(names.filter(isKnownToProvider))('the tests of terraform/%s pass', async name => {
  const folder = `terraform/${name}`
  const { head, others } = refusalsOf(name)
  if (others.length > 0) workspace.write(`${folder}/${refusalsFile}`, head + others.join(''))
  else rmSync(join(workspace.directory, folder, refusalsFile))
  await workspace.must(folder, ['init', '-backend=false', '-input=false', '-no-color'])
  const output = await workspace.must(folder, ['test', '-no-color'])
  expect(output).toMatch(/Success! [1-9]\d* passed, 0 failed\./)
})
