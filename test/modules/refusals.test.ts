/**
 * Bad input to the modules: every run of tests/refusals.tftest.hcl about a variable, once as it stands and once without its
 * `expect_failures`, so that Terraform prints what a user would read. Every message that variables.tf can give must have
 * been printed by one of them. Values are refused before anything else is read, so variables.tf stands alone here, and a
 * hundred runs take seconds instead of minutes: without the AWS provider, whose schema each run would load.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorkspace, refusalsFile, refusalsOf, shippedModules, type Workspace } from './workspace.ts'

let workspace: Workspace
beforeAll(() => {
  workspace = openWorkspace()
})
afterAll(() => workspace.remove())

/** What Terraform says in one of the lines of `terraform test -json`. */
interface Line {
  readonly '@level'?: string
  readonly test_summary?: { readonly passed: number; readonly failed: number; readonly errored: number }
  readonly diagnostic?: { readonly severity: string; readonly detail: string }
}

/** The literal parts of the messages in variables.tf, in their order; what is computed is left out. */
function messagesOf(module: string): string[][] {
  const source = readFileSync(join(shippedModules, module, 'variables.tf'), 'utf8')
  return [...source.matchAll(/^ {4}error_message = "((?:[^"\\]|\\.)*)"$/gm)].map(([, text = '']) =>
    text
      .replaceAll('\\"', '"')
      .split(/\$\{[^}]*\}/)
      .map(part => part.trim()),
  )
}

const modules = readdirSync(shippedModules).filter(name => existsSync(join(shippedModules, name, refusalsFile)))

test.each(modules)('each refusal of %s prints its message, and no message is without a refusal', async name => {
  const { head, ofVariables } = refusalsOf(name)
  const folder = `refusals-${name}`
  workspace.write(`${folder}/variables.tf`, readFileSync(join(shippedModules, name, 'variables.tf'), 'utf8'))
  const variables = head.replace(/^mock_provider "aws" \{(?:\}|[\s\S]*?^\})$/m, '')
  workspace.write(`${folder}/tests/expected.tftest.hcl`, variables + ofVariables.join(''))
  // Terraform skips the runs after one that failed, but only those of the same file.
  for (const [index, run] of ofVariables.entries()) {
    const unexpected = run.replace(/^ *expect_failures = .*$/m, '')
    workspace.write(`${folder}/tests/r${index}.tftest.hcl`, variables + unexpected)
  }
  await workspace.must(folder, ['init', '-backend=false', '-input=false', '-no-color'])
  const { output } = await workspace.run(folder, ['test', '-json'])
  const lines = output.split('\n').flatMap(line => (line.startsWith('{') ? [JSON.parse(line) as Line] : []))
  const printed = lines.flatMap(({ diagnostic }) => (diagnostic?.severity === 'error' ? [diagnostic.detail] : []))
  // A value that is refused is an error of its run, a condition that fails is a failure.
  const [summary] = lines.flatMap(({ test_summary: counts }) => counts ?? [])
  expect(ofVariables.length).toBeGreaterThan(0)
  expect((summary?.failed ?? 0) + (summary?.errored ?? 0), output).toBe(ofVariables.length)
  expect(summary?.passed, output).toBe(ofVariables.length)
  const unseen = messagesOf(name).filter(parts => !printed.some(text => parts.every(part => text.includes(part))))
  expect(unseen).toEqual([])
})
