/**
 * Writes docs/dependent-permissions.md from test/support/dependent-permissions.ts. With `--check` it writes nothing and exits
 * 1 when the page is out of date.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dependentPermissions } from '../test/support/dependent-permissions.ts'
import { unusedPermissions } from '../test/support/unused-permissions.ts'

const INTRODUCTION = `# Dependent permissions

<!-- Written by scripts/dependent-permissions.ts from test/support/dependent-permissions.ts and test/support/unused-permissions.ts: change the tables there, then run \`npm run fix\`. -->

This page has two tables about the roles of [terraform/github-oidc](../terraform/github-oidc/README.md): what AWS checks in addition to
the action of a call, and which rights no test uses.

Some services check a permission before they act, and some make a second call in the caller's name. A role that lacks it fails in the
middle of an apply. Two tests ask each row: \`test/roles/dependent-permissions.test.ts\` with a request of its own, and
\`test/modules/permissions.test.ts\` whenever Terraform or the action makes the call against the emulator. None of these rows was
tried on AWS itself.
`

const UNUSED = `## Rights that no test uses

\`test/modules/permissions.test.ts\` deploys each stack with all its features, changes it and destroys it, and compares every call with
the policies. The rights in this table are granted and were never used there. A right that is neither used nor in the table fails
the test. The stacks \`agentcore\` and \`ecs-express\` are not in it, because the oldest supported provider cannot deploy them:
all their rights are from documentation.
`

const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => '---'), ...rows].map(line => `| ${line.join(' | ')} |`).join('\n')
const codes = (values: readonly string[], separator: string) => values.map(value => `\`${value}\``).join(separator)

/** The page. */
export function dependentPermissionsPage(): string {
  const rows = dependentPermissions.map(({ on, when, asks, resource, page, notPlayed, avoided }) => [
    `\`${on}\`${when === undefined ? '' : `, if ${when}`}`,
    codes(asks, '<br>'),
    resource,
    avoided !== undefined
      ? `not granted: ${avoided}`
      : notPlayed === undefined
        ? 'when it is called, and with a request of its own'
        : `with a request of its own: ${notPlayed}`,
    `[source](${page})`,
  ])
  const unused = unusedPermissions.map(({ stacks, actions, reason }) => [
    codes(actions, '<br>'),
    stacks.join(', '),
    reason,
  ])
  return [
    INTRODUCTION,
    table(['Call', 'AWS also asks for', 'on', 'asked by the tests', 'where AWS says so'], rows),
    '',
    UNUSED,
    table(['Right', 'stack', 'why it is granted'], unused),
    '',
  ].join('\n')
}

if (import.meta.main) {
  const file = join(import.meta.dirname, '..', 'docs', 'dependent-permissions.md')
  const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const after = dependentPermissionsPage()
  if (after !== before && process.argv.includes('--check')) {
    console.error('docs/dependent-permissions.md is out of date. Run `npm run fix` and commit it.')
    process.exitCode = 1
  } else if (after !== before) {
    writeFileSync(file, after)
    console.log('docs/dependent-permissions.md written')
  }
}
