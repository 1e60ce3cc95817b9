/**
 * Writes docs/dependent-permissions.md from test/support/dependent-permissions.ts. With `--check` it writes nothing and exits
 * 1 when the page is out of date.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dependentPermissions } from '../test/support/dependent-permissions.ts'

const INTRODUCTION = `# Dependent permissions

<!-- Written by scripts/dependent-permissions.ts from test/support/dependent-permissions.ts: change the table there, then run \`npm run fix\`. -->

What AWS asks of a caller in addition to the action of the operation itself. Some services check it before they act, some make a
second call in the caller's name. A role that lacks one of these fails in the middle of an apply. The roles of
[terraform/github-oidc](../terraform/github-oidc/README.md) have all of them, and \`test/modules/permissions.test.ts\` asks each row
whenever Terraform makes the call. None of these rows was tried on AWS itself.
`

/** The page. */
export function dependentPermissionsPage(): string {
  const cells = dependentPermissions.map(({ on, when, asks, resource, page }) => [
    `\`${on}\`${when === undefined ? '' : `, if ${when}`}`,
    asks.map(action => `\`${action}\``).join('<br>'),
    resource,
    `[source](${page})`,
  ])
  const head = ['Terraform calls', 'AWS also asks for', 'on', 'where AWS says so']
  return `${INTRODUCTION}\n${[head, head.map(() => '---'), ...cells].map(line => `| ${line.join(' | ')} |`).join('\n')}\n`
}

if (import.meta.main) {
  const file = join(import.meta.dirname, '..', 'docs', 'dependent-permissions.md')
  const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const after = dependentPermissionsPage()
  if (after !== before && process.argv.includes('--check')) {
    console.error(
      'docs/dependent-permissions.md is not what its table says. Run `node scripts/dependent-permissions.ts` and commit it.',
    )
    process.exitCode = 1
  } else if (after !== before) {
    writeFileSync(file, after)
    console.log('docs/dependent-permissions.md written')
  }
}
