/**
 * The size of every policy of terraform/github-oidc, for each combination of stacks, with and without a given network and with all
 * other inputs, for three servers of the longest name in the region with the longest name. IAM takes 6,144
 * characters in a policy.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Aws, startAws } from '../support/aws.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

const stacks = ['agentcore', 'ec2', 'ecs', 'ecs-express', 'lambda']
/** Each stack, each pair, and all together. Another stack only adds statements, apart from two short ones. */
const combinations = [
  ...stacks.map(stack => [stack]),
  ...stacks.flatMap((first, index) => stacks.slice(index + 1).map(second => [first, second])),
  stacks,
]
const key = (id: string) => `"arn:aws:kms:ap-southeast-1:123456789012:key/${id}-2222-3333-4444-555555555555"`

const root = `
  terraform {
    required_providers {
      aws = { source = "hashicorp/aws" }
    }
  }
  locals {
    cases = merge([
      for stacks in ${JSON.stringify(combinations)} : {
        for network in [true, false] : join(" ", concat(stacks, network ? ["network"] : [])) => { stacks = stacks, network = network }
      }
    ]...)
    networks = {
      vpc_ids    = ["vpc-0123456789abcdef0"]
      subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1", "subnet-0123456789abcdef2"]
    }
  }
  module "roles" {
    source         = "../terraform/github-oidc"
    for_each       = local.cases
    name           = "a-name-of-forty-characters-for-the-roles"
    repository     = "acme/orders-mcp"
    repository_ids = { owner_id = 1234567890, repository_id = 1234567890 }
    oidc_provider  = { arn = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }
    policies_per_role = 20
    servers        = ["a-name-of-24-characters1", "a-name-of-24-characters2", "a-name-of-24-characters3"]
    stacks         = each.value.stacks
    networks       = each.value.network ? local.networks : null
    flow_logs      = !each.value.network && length(setintersection(each.value.stacks, ["ec2", "ecs"])) > 0 ? { role_arns = ["arn:aws:iam::123456789012:role/flow-logs"] } : null
    listeners      = contains(each.value.stacks, "ecs") ? ["arn:aws:elasticloadbalancing:ap-southeast-1:123456789012:listener/app/a-name-of-thirty-two-characters-1/0123456789abcdef/0123456789abcdef"] : []
    clusters       = contains(each.value.stacks, "ecs") ? ["arn:aws:ecs:ap-southeast-1:123456789012:cluster/a-shared-cluster"] : []
    certificate_names = ["mcp.example.org"]
    express_infrastructure_role_arns = ["arn:aws:iam::123456789012:role/ecsInfrastructureRoleForExpressServices"]
    hosted_zones   = { Z0123456789ABCDEFGHIJ = ["first.mcp.example.com", "second.mcp.example.com", "third.mcp.example.com"] }
    web_acl_arns   = ["arn:aws:wafv2:ap-southeast-1:123456789012:regional/webacl/acme/11111111-2222-3333-4444-555555555555"]
    instances      = { key_names = ["ops"], disk_kms_key_arns = [${key('33333333')}] }
    layer_arns     = ["arn:aws:lambda:ap-southeast-1:123456789012:layer:tracing:7"]
    secrets_kms_key_arns       = [${key('11111111')}]
    session_kms_key_arns       = [${key('99999999')}]
    plan_reads_managed_secrets = true
    plan_calls_servers         = true
    state = {
      bucket_arn = "arn:aws:s3:::acme-terraform-state"
      keys       = ["orders-mcp/production.tfstate"]
    }
  }
  output "sizes" {
    value = { for name, roles in module.roles : name => merge(
      { boundary = length(roles.server_boundary_document) },
      merge([for role, documents in roles.policy_documents : { for purpose, text in documents : "\${role}-\${purpose}" => length(text) }]...),
    ) }
  }
`

let aws: Aws
let workspace: Workspace
let sizes: Readonly<Record<string, Readonly<Record<string, number>>>>
beforeAll(async () => {
  workspace = openWorkspace()
  aws = await startAws({ tasks: {}, dir: workspace.directory })
  workspace.write('sizes/main.tf', root)
  const env = { ...aws.env, AWS_REGION: 'ap-southeast-1', AWS_DEFAULT_REGION: 'ap-southeast-1' }
  const plan = await workspace.plan('sizes', env)
  sizes = plan.planned_values?.outputs?.sizes?.value as typeof sizes
}, 600_000)
afterAll(async () => {
  await aws?.stop()
  workspace?.remove()
})

test('each combination of inputs is planned', () => {
  expect(Object.keys(sizes)).toHaveLength(combinations.length * 2)
})

test('no policy has more than 6,144 characters, and none is without a statement', () => {
  const wrong = Object.entries(sizes).flatMap(([name, documents]) =>
    Object.entries(documents)
      .filter(([, size]) => size > 6144 || size < 100)
      .map(([document, size]) => `${name}: ${document} has ${size}`),
  )
  expect(wrong).toEqual([])
})

test('as many policies as the README says, and one more with listeners, clusters or flow logs', () => {
  const count = (name: string) => Object.keys(sizes[name] ?? {}).filter(each => each.startsWith('apply-')).length
  expect({
    ecs: count('ecs'),
    'ec2 ecs': count('ec2 ecs'),
    lambda: count('lambda'),
    'agentcore lambda': count('agentcore lambda'),
    agentcore: count('agentcore'),
    'ecs-express': count('ecs-express'),
  }).toEqual({ ecs: 8 + 1, 'ec2 ecs': 9 + 1, lambda: 7, 'agentcore lambda': 9, agentcore: 5, 'ecs-express': 5 })
})
