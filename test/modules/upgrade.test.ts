/**
 * What docs/upgrading-roles.md says that changes: the first edition of the modules is applied against the AWS stand-in, and
 * then this edition is planned over it. Nothing that serves may be replaced.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Aws, startAws } from '../support/aws.ts'
import { ec2At } from '../support/instance.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

/** Milliseconds. The provider waits a minute for a load balancer, and the machine may be shared. */
const wholeLife = 1_200_000

const page = readFileSync(join(import.meta.dirname, '../../docs/upgrading-roles.md'), 'utf8')

let aws: Aws
let workspace: Workspace
beforeAll(async () => {
  workspace = openWorkspace()
  const archive = join(import.meta.dirname, '../fixtures/first-edition.tar.gz')
  execFileSync('mkdir', ['first-edition'], { cwd: workspace.directory })
  execFileSync('tar', ['-xzf', archive, '-C', 'first-edition'], { cwd: workspace.directory })
  const task = { command: [process.execPath, '-e', 'setInterval(() => {}, 1000)'] }
  aws = await startAws({ tasks: { 'server:v1': task }, dir: workspace.directory })
}, wholeLife)
afterAll(async () => {
  await aws?.stop()
  workspace?.remove()
})

interface Change {
  readonly address: string
  readonly change: { readonly actions: readonly string[] }
}

/** Applies a root module with the first edition, then plans it with this one: `ADDRESS: ACTIONS` of what is not a no-op. */
async function changes(folder: string, first: string, now: string): Promise<string[]> {
  const must = (args: readonly string[]) =>
    workspace.must(folder, [args[0] ?? '', '-no-color', '-input=false', ...args.slice(1)], aws.env)
  workspace.write(`${folder}/main.tf`, first)
  await must(['init'])
  await must(['apply', '-auto-approve'])
  workspace.write(`${folder}/main.tf`, now)
  const plan = (await workspace.plan(folder, aws.env)) as { resource_changes?: readonly Change[] }
  return (plan.resource_changes ?? [])
    .map(({ address, change }) => `${address.replace(/^module\.\w+\./, '')}: ${change.actions.join(', ')}`)
    .filter(line => !/: (no-op|read)$/.test(line))
    .sort()
}

/** Whether a table of the page has the resource, with its key or as all of its kind. */
function isOnPage(line: string): boolean {
  const [resource = ''] = /^[^:]+?(?=\[0\]|:)/.exec(line) ?? []
  return [resource, resource.replace(/\[.*/, '')].some(name => page.includes(`\`${name}\``))
}

const module = (edition: string, name: string) =>
  edition === 'now' ? `../terraform/${name}` : `../first-edition/terraform/${name}`
const boundary = (edition: string) =>
  edition === 'now' ? 'permissions_boundary_arn = "arn:aws:iam::123456789012:policy/mcp-deploy-servers"' : ''

test(
  'the roles are changed in place',
  async () => {
    const roles = (edition: string, more: string) => `
      module "roles" {
        source     = "${module(edition, 'github-oidc')}"
        repository = "acme/orders"
        servers    = ["orders"]
        stacks     = ["ecs", "ec2"]
        state      = { bucket_arn = "arn:aws:s3:::acme-terraform-state", keys = ["orders/production.tfstate"] }
        ${more}
      }
    `
    const now = `
        repository_ids = { owner_id = 1, repository_id = 2, in_subject = false }
        hosted_zones   = { Z0123456789ABCDEFGHIJ = ["mcp.example.com"] }
    `
    const found = await changes(
      'roles',
      roles('first', 'hosted_zone_ids = ["Z0123456789ABCDEFGHIJ"]'),
      roles('now', now),
    )
    const created = found.filter(line => line.endsWith(': create'))
    expect(created).toEqual([
      'aws_iam_policy.boundary[0]: create',
      'aws_iam_policy.this["apply-ecs-rollout"]: create',
      'aws_iam_policy.this["apply-server-roles"]: create',
      'aws_iam_role_policy_attachment.this["apply-ecs-rollout"]: create',
      'aws_iam_role_policy_attachment.this["apply-server-roles"]: create',
    ])
    const others = found.filter(line => !created.includes(line))
    expect(others.length).toBeGreaterThan(8)
    expect(others.filter(line => !/^aws_iam_(policy|role)\.this\["[\w-]+"\]: update$/.test(line))).toEqual([])
    expect(found.filter(line => !isOnPage(line))).toEqual([])
  },
  wholeLife,
)

test(
  'a server on ECS: the boundary is attached, the default security group is let go, and no task is restarted',
  async () => {
    const ecs = (edition: string) => `
      module "server" {
        source              = "${module(edition, 'ecs')}"
        name                = "orders"
        image               = "server:v1"
        allow_insecure_http = true
        ${boundary(edition)}
      }
    `
    const found = await changes('ecs', ecs('first'), ecs('now'))
    expect(found).toEqual([
      'aws_default_security_group.this[0]: forget',
      'aws_iam_role.execution: update',
      'aws_iam_role.task: update',
    ])
    expect(found.filter(line => !isOnPage(line))).toEqual([])
  },
  wholeLife,
)

test(
  'a server on EC2: beside that, one new instance, which is made before the old one goes',
  async () => {
    const ec2 = (edition: string) => `
      module "server" {
        source              = "${module(edition, 'ec2')}"
        name                = "weather"
        npm                 = { package = "@acme/mcp", version = "1.0.0" }
        allow_insecure_http = true
        ${boundary(edition)}
      }
    `
    await using _booting = ec2At(aws.endpoint).boot('SUCCESS')
    const found = await changes('ec2', ec2('first'), ec2('now'))
    expect(found.filter(line => /: (delete|delete, create)$/.test(line))).toEqual([])
    expect(found).toEqual([
      'aws_cloudformation_stack.ready: create, delete',
      'aws_default_security_group.this[0]: forget',
      'aws_eip_association.this: create, delete',
      'aws_iam_role.this: update',
      'aws_instance.this: create, delete',
      'terraform_data.machine: update',
    ])
  },
  wholeLife,
)
