/**
 * The configurations of terraform/github-oidc that the pages and examples show, and what Terraform plans for each: the
 * trust, the policies and the boundary as AWS would get them. `node scripts/role-policies.ts` writes the plans to
 * test/fixtures/roles, so that tests and pages can ask IAM's questions without running Terraform.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { codeBlocks } from './markdown-blocks.ts'

const repository = join(import.meta.dirname, '../..')

export interface Configuration {
  /** The page or example that shows it. */
  readonly page: string
  /** Directory in terraform/ to plan, or the text of a root module. */
  readonly root: { readonly directory: string } | { readonly text: string }
  readonly variables?: Readonly<Record<string, string>>
}

/** A policy document, parsed. */
export interface Document {
  readonly Version: string
  readonly Statement: readonly unknown[]
}

/** One use of the module. */
export interface RenderedPair {
  /** Trust policy and policies by role: `plan` and `apply`. */
  readonly roles: Readonly<
    Record<string, { readonly name: string; readonly trust: Document; readonly policies: Record<string, Document> }>
  >
  /** The boundary of the servers' roles; null where the module makes none. */
  readonly boundary: Document | null
}

/** By the name of the module's call. */
export type Rendered = Readonly<Record<string, RenderedPair>>

/** The HCL block of a page that calls terraform/github-oidc, with the modules of this repository. */
function shownIn(page: string): string {
  const blocks = codeBlocks(readFileSync(join(repository, page), 'utf8'))
  const block = blocks.find(({ language, text }) => language === 'hcl' && text.includes('terraform/github-oidc?ref='))
  if (block === undefined) throw new Error(`${page} shows no use of terraform/github-oidc`)
  return block.text
    .replace('owner_id = 0, repository_id = 0', 'owner_id = 1, repository_id = 2') // 0 is a placeholder, which the module refuses.
    .replaceAll(/"github\.com\/OWNER\/terraform-mcp-deploy\/\/(terraform\/[\w-]+)\?ref=v1"/g, '"../$1"')
}

const provider = `
  terraform {
    required_providers {
      aws = { source = "hashicorp/aws" }
    }
  }
`
const backend = `
  module "backend" {
    source       = "../terraform/state-backend"
    bucket_name  = "acme-terraform-state"
    name         = "orders-mcp"
  }
`
const key = 'arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555'

/** The use of the module that its README shows, with other stacks. */
function withStacks(stacks: string, more = ''): string {
  return shownIn('terraform/github-oidc/README.md').replace(/^}\n/m, `\n  stacks = ${stacks}\n  ${more}\n}\n`)
}

/** Every input that makes a policy longer, for as many servers of the longest name as the page promises. */
const largest = `
  module "roles" {
    source         = "../terraform/github-oidc"
    name           = "a-name-of-forty-characters-for-the-roles"
    repository     = "acme/orders-mcp"
    repository_ids = { owner_id = 1234567890, repository_id = 1234567890 }
    apply_from     = { environment = "production", workflows = [".github/workflows/deploy.yml"] }
    servers        = ["a-name-of-24-characters1", "a-name-of-24-characters2", "a-name-of-24-characters3"]
    stacks         = ["ecs", "ec2"]
    hosted_zones   = { Z0123456789ABCDEFGHIJ = ["first.mcp.example.com", "second.mcp.example.com", "third.mcp.example.com"] }
    web_acl_arns   = ["arn:aws:wafv2:us-east-1:123456789012:regional/webacl/acme/11111111-2222-3333-4444-555555555555"]
    instances      = { key_names = ["ops"], disk_kms_key_arns = ["${key}"] }
    secrets_kms_key_arns       = ["${key}"]
    session_kms_key_arns       = ["${key.replace('11111111', '99999999')}"]
    plan_reads_managed_secrets = true
    server_secret_arns = [
      "arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf",
      "arn:aws:ssm:us-east-1:123456789012:parameter/mcp/token",
    ]
    servers_may = [{ actions = ["s3:GetObject", "s3:ListBucket"], resources = ["arn:aws:s3:::acme-orders", "arn:aws:s3:::acme-orders/*"] }]
    state = {
      bucket_arn     = "arn:aws:s3:::a-bucket-whose-name-has-sixty-three-characters-the-longest-one"
      keys           = ["orders-mcp/staging.tfstate", "orders-mcp/production.tfstate"]
      lock_table_arn = "arn:aws:dynamodb:us-east-1:123456789012:table/a-bucket-whose-name-has-sixty-three-characters-the-longest-one-lock"
      kms_key_arn    = "${key}"
    }
  }
`

/** The ids that a page or an example leaves to its reader. */
const ids = { repository_ids: '{owner_id=1,repository_id=2}' }

export const configurations: Readonly<Record<string, Configuration>> = {
  readme: {
    page: 'terraform/github-oidc/README.md',
    root: { text: provider + backend + shownIn('terraform/github-oidc/README.md') },
  },
  minimal: {
    page: 'terraform/github-oidc/examples/minimal/main.tf',
    root: { directory: 'github-oidc/examples/minimal' },
    variables: ids,
  },
  production: {
    page: 'terraform/github-oidc/examples/production/main.tf',
    root: { directory: 'github-oidc/examples/production' },
    variables: { ...ids, hosted_zone_id: 'Z0123456789ABCDEFGHIJ' },
  },
  'getting-started': {
    page: 'docs/getting-started.md',
    root: { text: shownIn('docs/getting-started.md').replace(/provider "aws" \{[^}]*\}/, '') },
    variables: ids,
  },
  'merge-queue': {
    page: 'docs/recipes/merge-queue.md',
    root: { text: provider + shownIn('docs/recipes/merge-queue.md') },
  },
  ec2: {
    page: 'docs/recipes/ec2.md',
    root: { text: provider + shownIn('docs/recipes/ec2.md') },
  },
  'enterprise-server': {
    page: 'docs/recipes/github-enterprise-server.md',
    root: { text: provider + shownIn('docs/recipes/github-enterprise-server.md') },
  },
  'existing-network': {
    page: 'terraform/github-oidc/README.md',
    root: {
      text:
        provider +
        backend +
        shownIn('terraform/github-oidc/README.md').replace(
          /^}\n/m,
          '\n  stacks   = ["ecs", "ec2"]\n  networks = { vpc_ids = ["vpc-0a"], subnet_ids = ["subnet-0a", "subnet-0b"] }\n}\n',
        ),
    },
  },
  'shared-load-balancer': {
    page: 'terraform/github-oidc/README.md',
    root: {
      text:
        provider +
        backend +
        shownIn('terraform/github-oidc/README.md').replace(
          /^}\n/m,
          `
  listeners = ["arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/shared/1/2"]
  clusters  = ["arn:aws:ecs:us-east-1:123456789012:cluster/shared"]
  networks  = { vpc_ids = ["vpc-0a"], subnet_ids = ["subnet-0a", "subnet-0b"] }
}
`,
        ),
    },
  },
  'flow-logs': {
    page: 'terraform/github-oidc/README.md',
    root: {
      text:
        provider +
        backend +
        withStacks(
          '["ecs"]',
          `flow_logs         = { role_arns = ["arn:aws:iam::123456789012:role/flow-logs"] }
  certificate_names = ["mcp.example.org"]`,
        ),
    },
  },
  unbounded: {
    page: 'terraform/github-oidc/README.md',
    root: {
      text:
        provider +
        backend +
        shownIn('terraform/github-oidc/README.md').replace(
          /^}\n/m,
          '\n  server_permissions_boundary = { none = true }\n}\n',
        ),
    },
  },
  lambda: {
    page: 'terraform/github-oidc/README.md',
    root: { text: provider + backend + withStacks('["lambda"]') },
  },
  agentcore: {
    page: 'terraform/github-oidc/README.md',
    root: { text: provider + backend + withStacks('["agentcore"]').replace('["orders-mcp"]', '["orders_mcp"]') },
  },
  'ecs-express': {
    page: 'terraform/github-oidc/README.md',
    root: {
      text:
        provider +
        backend +
        withStacks(
          '["ecs-express"]',
          'express_infrastructure_role_arns = ["arn:aws:iam::123456789012:role/ecsInfrastructureRoleForExpressServices"]',
        ),
    },
  },
  'serverless-network': {
    page: 'terraform/github-oidc/README.md',
    root: {
      text:
        provider +
        backend +
        withStacks(
          '["agentcore", "ecs-express", "lambda"]',
          `express_infrastructure_role_arns = ["arn:aws:iam::123456789012:role/ecsInfrastructureRoleForExpressServices"]
  networks           = { vpc_ids = ["vpc-0a"], subnet_ids = ["subnet-0a", "subnet-0b"] }
  plan_calls_servers = true
  policies_per_role  = 12`,
        ).replace('["orders-mcp"]', '["orders-mcp", "orders_mcp"]'),
    },
  },
  largest: { page: 'terraform/github-oidc/README.md', root: { text: provider + largest } },
}

interface PlannedModule {
  readonly address?: string
  readonly resources?: readonly {
    readonly type: string
    readonly name: string
    readonly index?: string | number
    readonly values?: Readonly<Record<string, unknown>>
  }[]
  readonly child_modules?: readonly PlannedModule[]
}

/** The pairs of roles in a plan as `terraform show -json` gives it. */
export function pairsOf(plan: { planned_values?: { root_module?: PlannedModule } }): Rendered {
  const modules = plan.planned_values?.root_module?.child_modules ?? []
  const pairs: Record<string, RenderedPair> = {}
  for (const { address = '', resources = [] } of modules) {
    const of = (type: string, name: string) => resources.filter(each => each.type === type && each.name === name)
    const parse = (text: unknown): Document => {
      if (typeof text !== 'string') throw new Error(`a policy of ${address} is not known before the apply`)
      return JSON.parse(text) as Document
    }
    const made = of('aws_iam_role', 'this')
    if (made.length === 0) continue
    const [boundary] = of('aws_iam_policy', 'boundary')
    pairs[address.replace('module.', '')] = {
      roles: Object.fromEntries(
        made.map(({ index = '', values = {} }) => [
          index,
          {
            name: String(values.name),
            trust: parse(values.assume_role_policy),
            policies: Object.fromEntries(
              of('aws_iam_policy', 'this')
                .filter(policy => String(policy.index).startsWith(`${index}-`))
                .map(policy => [String(policy.index).slice(`${index}-`.length), parse(policy.values?.policy)]),
            ),
          },
        ]),
      ),
      boundary: boundary === undefined ? null : parse(boundary.values?.policy),
    }
  }
  return pairs
}

const fixture = (name: string) => join(repository, 'test/fixtures/roles', `${name}.json`)

/** Where the plan of a configuration is kept. */
export const fixtureOf = fixture

/** The kept plan of a configuration, or of `first-edition`. */
export function rendered(name: string): Rendered {
  return JSON.parse(readFileSync(fixture(name), 'utf8')) as Rendered
}
