/**
 * Plans every configuration of terraform/github-oidc that a page or an example shows, and writes the roles to test/fixtures/roles. It
 * uses Terraform and the AWS provider against the AWS stand-in. The test test/modules/role-policies.test.ts fails when
 * they are out of date. `first-edition.json` is what the first edition of the module gave, and is not written again.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { openWorkspace, type Workspace } from '../test/modules/workspace.ts'
import { startAws } from '../test/support/aws.ts'
import { configurations, fixtureOf, pairsOf, type Rendered } from '../test/support/role-configurations.ts'

/** The roles that Terraform plans for a configuration. */
export async function planRoles(workspace: Workspace, env: Record<string, string>, name: string): Promise<Rendered> {
  const { root, variables = {} } = configurations[name] ?? {}
  if (root === undefined) throw new Error(`There is no configuration ${name}.`)
  const folder = 'directory' in root ? `terraform/${root.directory}` : `roles-${name}`
  if ('text' in root) workspace.write(`${folder}/main.tf`, root.text)
  const given = Object.entries(variables).map(([variable, value]) => [`TF_VAR_${variable}`, value])
  const plan = await workspace.plan(folder, { ...env, ...Object.fromEntries(given) })
  return pairsOf(plan as object as Parameters<typeof pairsOf>[0])
}

if (import.meta.main) {
  const workspace = openWorkspace()
  const aws = await startAws({ tasks: {}, dir: workspace.directory })
  try {
    const wanted = process.argv.slice(2)
    for (const name of wanted.length > 0 ? wanted : Object.keys(configurations)) {
      const file = fixtureOf(name)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, `${JSON.stringify(await planRoles(workspace, aws.env, name), null, 1)}\n`)
      console.log(`${name} written`)
    }
  } finally {
    await aws.stop()
    workspace.remove()
  }
}
