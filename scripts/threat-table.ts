/**
 * Writes the table in docs/threat-model.md of what one pull request of an attacker can get, before and after its merge. Each
 * cell is the answer of the tests' IAM evaluator about the policies in test/fixtures/roles. With `--check` it writes nothing
 * and exits 1 when the page is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type RenderedPair, rendered } from '../test/support/role-configurations.ts'
import { calls, type Question, reaches } from '../test/support/role-questions.ts'

const BEGIN = '<!-- BEGIN_ROLES: written by scripts/threat-table.ts -->'
const END = '<!-- END_ROLES -->'

interface Row {
  readonly what: string
  readonly question: Question
  /** Only a pair of roles for terraform/ec2 could do it. */
  readonly stack?: 'ec2'
}

const rows: readonly Row[] = [
  { what: 'make itself an administrator of the account', question: 'newAdministrator' },
  { what: 'take any other role that trusts the account', question: 'otherRole' },
  { what: 'change the two roles', question: 'ownTrust' },
  { what: 'change the boundary', question: 'ownBoundary' },
  { what: 'read any secret of the account', question: 'othersSecret' },
  { what: 'read any object in any bucket', question: 'anyObject' },
  { what: 'read the state of another environment or stack', question: 'othersState' },
  { what: 'change the policy of the state bucket', question: 'bucketPolicy' },
  { what: 'open or delete a security group that has no tag', question: 'untaggedGroup' },
  { what: 'open or delete a security group of another server', question: 'othersGroup' },
  { what: 'point another host name of the zone to itself', question: 'othersName' },
  {
    what: 'delete the target group of a server whose name begins with the same six letters',
    question: 'othersTargetGroup',
  },
  { what: 'turn off the scaling of another service', question: 'othersScaling' },
  { what: 'change a service of another server', question: 'othersService' },
  { what: 'pull the images of others', question: 'othersImages' },
  {
    what: 'start an instance from any private image of the account and read its disk',
    question: 'instanceFromAnyImage',
    stack: 'ec2',
  },
  { what: 'start an instance in a subnet of others', question: 'instanceInOthersSubnet', stack: 'ec2' },
  { what: '**tag a certificate that has no tag, and delete it if nothing uses it**', question: 'untaggedCertificate' },
  { what: '**tag a scalable target that has no tag, and remove it**', question: 'untaggedScaling' },
  {
    what: '**put its load balancer or tasks into any subnet and security group**, unless `networks` is set',
    question: 'anySubnet',
  },
  { what: '**read the environment of every task definition in the region**', question: 'anyTaskDefinition' },
  { what: 'read its own state', question: 'readOwnState' },
  { what: 'write its own state', question: 'ownState' },
  { what: "delete its own state's lock", question: 'deleteLock' },
  { what: "read its own server's secrets", question: 'ownSecret' },
  { what: 'replace its own server', question: 'ownService' },
  { what: "change its own server's host name", question: 'ownName' },
]

/** The table, for the roles of one configuration. */
export function threatTable(): string {
  const pair = (name: string, module: string): RenderedPair => {
    const found = rendered(name)[module]
    if (found === undefined) throw new Error(`There is no module ${module} in ${name}.`)
    return found
  }
  const pairs = {
    today: { ecs: pair('readme', 'roles'), ec2: pair('ec2', 'roles') },
    none: { ecs: pair('unbounded', 'roles'), ec2: pair('unbounded', 'roles') },
    first: { ecs: pair('first-edition', 'production'), ec2: pair('first-edition', 'ec2') },
  }
  const cells = rows.map(({ what, question, stack = 'ecs' as const }) => {
    const answer = (edition: keyof typeof pairs, role: 'plan' | 'apply') =>
      reaches(pairs[edition][stack], role, 'orders-mcp', calls[question]) ? '**yes**' : 'no'
    return [what, answer('today', 'plan'), answer('today', 'apply'), answer('none', 'apply'), answer('first', 'apply')]
  })
  const head = [
    'it can',
    'not merged',
    'merged',
    'merged, boundary `none`',
    'merged, first edition with its example boundary',
  ]
  return [head, head.map(() => '---'), ...cells].map(line => `| ${line.join(' | ')} |`).join('\n')
}

/** The page with the table between its marks. */
export function withTable(page: string): string {
  const [before, rest] = page.split(`${BEGIN}\n`)
  const [, after] = (rest ?? '').split(`${END}\n`)
  if (before === undefined || after === undefined) throw new Error('docs/threat-model.md has no place for the table.')
  return `${before}${BEGIN}\n\n${threatTable()}\n\n${END}\n${after}`
}

if (import.meta.main) {
  const file = join(import.meta.dirname, '..', 'docs', 'threat-model.md')
  const before = readFileSync(file, 'utf8')
  const after = withTable(before)
  if (after !== before && process.argv.includes('--check')) {
    console.error('docs/threat-model.md is out of date. Run `npm run fix` and commit it.')
    process.exitCode = 1
  } else if (after !== before) {
    writeFileSync(file, after)
    console.log('docs/threat-model.md written')
  }
}
