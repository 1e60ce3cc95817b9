/**
 * Bad input to the modules: every run of tests/refusals.tftest.hcl without its `expect_failures`, so that Terraform prints
 * what a user would read. Every message that variables.tf can give must have been printed by one of them.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorkspace, shippedModules, type Workspace } from './workspace.ts'

let workspace: Workspace
beforeAll(() => {
  workspace = openWorkspace()
})
afterAll(() => workspace.remove())

/** What Terraform says in one of the lines of `terraform test -json`. */
interface Line {
  readonly '@level'?: string
  readonly test_summary?: { readonly failed: number; readonly errored: number }
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

const modules = readdirSync(shippedModules).filter(name =>
  existsSync(join(shippedModules, name, 'tests/refusals.tftest.hcl')),
)

test.each(modules)(
  'each refusal of %s prints its message, and no message is without a refusal',
  async name => {
    const tests = join(workspace.directory, 'terraform', name, 'tests')
    const [head = '', ...runs] = readFileSync(join(tests, 'refusals.tftest.hcl'), 'utf8').split(/^(?=run ")/m)
    for (const file of readdirSync(tests).filter(each => each.endsWith('.tftest.hcl'))) rmSync(join(tests, file))
    // Terraform skips the runs after one that failed, but only those of the same file.
    for (const [index, run] of runs.entries()) {
      workspace.write(
        `terraform/${name}/tests/r${index}.tftest.hcl`,
        head + run.replace(/^ *expect_failures = .*$/m, ''),
      )
    }
    await workspace.must(`terraform/${name}`, ['init', '-backend=false', '-input=false', '-no-color'])
    const { output } = await workspace.run(`terraform/${name}`, ['test', '-json'])
    const lines = output.split('\n').flatMap(line => (line.startsWith('{') ? [JSON.parse(line) as Line] : []))
    const printed = lines.flatMap(({ diagnostic }) => (diagnostic?.severity === 'error' ? [diagnostic.detail] : []))
    // A value that is refused is an error of its run, a condition that fails is a failure.
    const [summary] = lines.flatMap(({ test_summary: counts }) => counts ?? [])
    expect((summary?.failed ?? 0) + (summary?.errored ?? 0)).toBe(runs.length)
    const unseen = messagesOf(name).filter(parts => !printed.some(text => parts.every(part => text.includes(part))))
    expect(unseen).toEqual([])
  },
  1_200_000,
)
