/**
 * The life of what is made once per account, with the real AWS provider against the AWS stand-in: the state bucket with its
 * own state moved into it by the block that it prints, and the roles. A destroy of the bucket is refused, and done as the
 * README says.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Aws, startAws } from '../support/aws.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

/** Milliseconds. The provider waits most of a minute for the lifecycle of a bucket, and the machine may be shared. */
const wholeLife = 1_200_000

let aws: Aws
let workspace: Workspace
beforeAll(async () => {
  workspace = openWorkspace()
  aws = await startAws({ tasks: {}, dir: workspace.directory })
}, wholeLife)
afterAll(async () => {
  await aws?.stop()
  workspace?.remove()
})

const terraform = (folder: string, command: string, ...args: string[]) =>
  workspace.run(folder, [command, '-no-color', '-input=false', ...args], aws.env)
const must = (folder: string, command: string, ...args: string[]) =>
  workspace.must(folder, [command, '-no-color', '-input=false', ...args], aws.env)
const planned = async (folder: string) => (await terraform(folder, 'plan', '-detailed-exitcode')).code

const bootstrap = (lock: string, environments: string) => `
  module "backend" {
    source       = "../terraform/state-backend"
    bucket_name  = "acme-terraform-state"
    lock         = "${lock}"
    environments = ${environments}
  }
  output "block" { value = module.backend.backend_block["production"] }
  output "config" { value = module.backend.backend_config["production"] }
`

test.concurrent(
  'state-backend: applied, planned empty, changed, used by the block it prints, not destroyed, destroyed on purpose',
  async () => {
    workspace.write('backend/main.tf', bootstrap('both', '["production"]'))
    await must('backend', 'init')
    await must('backend', 'apply', '-auto-approve')
    expect(await planned('backend')).toBe(0)

    workspace.write('backend/main.tf', bootstrap('native', '["staging", "production"]'))
    const changed = await must('backend', 'apply', '-auto-approve')
    expect(changed).toContain('0 added, 0 changed, 1 destroyed')
    expect(await planned('backend')).toBe(0)

    const block = await workspace.must('backend', ['output', '-raw', 'block'], aws.env)
    workspace.write('backend/backend.tf', block)
    await must('backend', 'init', '-migrate-state', '-force-copy')
    expect(await planned('backend')).toBe(0)

    // The lines for the action's input reach the same state.
    workspace.write('lines/main.tf', 'terraform {\n  backend "s3" {}\n}\n')
    const config = await workspace.must('backend', ['output', '-raw', 'config'], aws.env)
    await must('lines', 'init', ...config.split('\n').map(line => `-backend-config=${line}`))
    expect(await workspace.must('lines', ['state', 'list'], aws.env)).toContain('module.backend.aws_s3_bucket.this')

    const refused = await terraform('backend', 'destroy', '-auto-approve')
    expect(refused.code).toBe(1)
    expect(refused.output).toContain('Instance cannot be destroyed')

    workspace.write('backend/backend.tf', '')
    await must('backend', 'init', '-migrate-state', '-force-copy')
    workspace.write(
      'terraform/state-backend/destroy_override.tf',
      `
        resource "aws_s3_bucket" "this" {
          force_destroy = true

          lifecycle {
            prevent_destroy = false
          }
        }
      `,
    )
    await must('backend', 'apply', '-auto-approve')
    expect(await must('backend', 'destroy', '-auto-approve')).toContain('Destroy complete!')
  },
  wholeLife,
)

const roles = (applyFrom: string) => `
  module "roles" {
    source     = "../terraform/github-oidc"
    repository     = "acme/orders"
    repository_ids = { owner_id = 1, repository_id = 2 }
    servers        = ["orders"]
    apply_from     = ${applyFrom}
    state          = { bucket_arn = "arn:aws:s3:::acme-terraform-state", keys = ["orders/production.tfstate"] }
  }
  output "subjects" { value = module.roles.subjects }
`

test.concurrent(
  'github-oidc: applied, planned empty, changed in place and destroyed',
  async () => {
    workspace.write('roles/main.tf', roles('{ branch = "main" }'))
    await must('roles', 'init')
    await must('roles', 'apply', '-auto-approve')
    expect(await planned('roles')).toBe(0)

    workspace.write('roles/main.tf', roles('{ environment = "production" }'))
    expect(await must('roles', 'apply', '-auto-approve')).toContain('0 added, 1 changed, 0 destroyed')
    expect(await planned('roles')).toBe(0)
    expect(await must('roles', 'destroy', '-auto-approve')).toContain('Destroy complete!')
  },
  wholeLife,
)
