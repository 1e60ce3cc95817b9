/**
 * The security review as code: every example of every module and its defaults are planned with the real AWS provider
 * against the AWS stand-in, and the plan is held against the table of rules. What breaks a rule must stand with its reason
 * in the module's README, and what stands there must still be broken by something.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PlanJson } from '../../src/terraform/json.ts'
import { type Aws, startAws } from '../support/aws.ts'
import { sharedListener } from '../support/shared-listener.ts'
import { findings, rules } from './rules.ts'
import { isKnownToProvider, openWorkspace, shippedModules, type Workspace } from './workspace.ts'

/** A plan that makes one resource, with others beside it. */
const planOf = (type: string, values: object, ...others: { type: string; values: object }[]): PlanJson => {
  const resources = [{ type, values }, ...others].map((each, index) => ({
    address: `${each.type}.r${index}`,
    mode: 'managed' as const,
    ...each,
  }))
  return { format_version: '1.2', planned_values: { root_module: { resources } } } as unknown as PlanJson
}

const policy = (Action: string, Resource: string) =>
  JSON.stringify({ Statement: [{ Effect: 'Allow', Action, Resource }] })
const containers = (container: object) => JSON.stringify([container])
const trust = (Principal: unknown, Condition: object = {}) =>
  JSON.stringify({ Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', Condition }] })

/** By rule, resources that break it and one that keeps it. */
const samples: Readonly<Record<string, { bad: [string, object][]; good: Parameters<typeof planOf> }>> = {
  'open-to-the-world': {
    bad: [
      ['aws_vpc_security_group_ingress_rule', { cidr_ipv4: '0.0.0.0/0', from_port: 22, to_port: 22 }],
      ['aws_vpc_security_group_ingress_rule', { cidr_ipv6: '::/0', from_port: 22, to_port: 22 }],
      ['aws_vpc_security_group_ingress_rule', { cidr_ipv4: '0.0.0.0/0', from_port: 80, to_port: 443 }],
      ['aws_vpc_security_group_ingress_rule', { cidr_ipv4: '0.0.0.0/0' }],
    ],
    good: ['aws_vpc_security_group_ingress_rule', { cidr_ipv4: '0.0.0.0/0', from_port: 443, to_port: 443 }],
  },
  'open-to-the-world-inline': {
    bad: [['aws_security_group', { ingress: [{ cidr_blocks: ['0.0.0.0/0'] }] }]],
    good: ['aws_security_group', {}],
  },
  'egress-anywhere': {
    bad: [['aws_vpc_security_group_egress_rule', { cidr_ipv4: '0.0.0.0/0' }]],
    good: ['aws_vpc_security_group_egress_rule', { referenced_security_group_id: 'sg-1' }],
  },
  'star-action': {
    bad: [
      ['aws_iam_role_policy', { policy: policy('*', '*') }],
      ['aws_iam_policy', { policy: policy('s3:*', 'arn:aws:s3:::a/*') }],
    ],
    good: ['aws_iam_policy', { policy: policy('s3:GetObject', 'arn:aws:s3:::a/*') }],
  },
  'star-resource': {
    bad: [['aws_iam_role_policy', { policy: policy('iam:PassRole', '*') }]],
    good: ['aws_iam_role_policy', { policy: policy('ec2:DescribeVpcs', '*') }],
  },
  'anybody-may-assume': {
    bad: [
      ['aws_iam_role', { assume_role_policy: trust('*') }],
      ['aws_iam_role', { assume_role_policy: trust({ AWS: '*' }) }],
      [
        'aws_iam_role',
        { assume_role_policy: trust({ Federated: 'p' }, { StringLike: { sub: 'repo:acme/orders:pull' } }) },
      ],
    ],
    good: ['aws_iam_role', { assume_role_policy: trust({ Service: 'ecs-tasks.amazonaws.com' }) }],
  },
  'public-bucket-policy': {
    bad: [['aws_s3_bucket_policy', { policy: trust('*') }]],
    good: ['aws_s3_bucket_policy', { policy: trust({ AWS: 'arn:aws:iam::123456789012:root' }) }],
  },
  'bucket-encrypted': {
    bad: [['aws_s3_bucket', {}]],
    good: ['aws_s3_bucket', {}, { type: 'aws_s3_bucket_server_side_encryption_configuration', values: {} }],
  },
  'bucket-versioned': {
    bad: [['aws_s3_bucket_versioning', { versioning_configuration: [{ status: 'Suspended' }] }]],
    good: ['aws_s3_bucket_versioning', { versioning_configuration: [{ status: 'Enabled' }] }],
  },
  'bucket-private': {
    bad: [
      [
        'aws_s3_bucket_public_access_block',
        {
          block_public_acls: true,
          block_public_policy: true,
          ignore_public_acls: true,
          restrict_public_buckets: false,
        },
      ],
    ],
    good: [
      'aws_s3_bucket_public_access_block',
      { block_public_acls: true, block_public_policy: true, ignore_public_acls: true, restrict_public_buckets: true },
    ],
  },
  'bucket-has-access-block': {
    bad: [['aws_s3_bucket', {}]],
    good: ['aws_s3_bucket', {}, { type: 'aws_s3_bucket_public_access_block', values: {} }],
  },
  'bucket-tls-only': {
    bad: [['aws_s3_bucket', {}]],
    good: [
      'aws_s3_bucket',
      {},
      {
        type: 'aws_s3_bucket_policy',
        values: {
          policy: JSON.stringify({
            Statement: [{ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
          }),
        },
      },
    ],
  },
  'bucket-access-logs': {
    bad: [['aws_s3_bucket', {}]],
    good: ['aws_s3_bucket', {}, { type: 'aws_s3_bucket_logging', values: {} }],
  },
  'table-encrypted': {
    bad: [['aws_dynamodb_table', { server_side_encryption: [{ enabled: true }] }]],
    good: [
      'aws_dynamodb_table',
      { server_side_encryption: [{ enabled: true }], point_in_time_recovery: [{ enabled: true }] },
    ],
  },
  tls: {
    bad: [['aws_lb_listener', { protocol: 'HTTPS', ssl_policy: 'ELBSecurityPolicy-2016-08' }]],
    good: ['aws_lb_listener', { protocol: 'HTTPS', ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06' }],
  },
  'plain-http': {
    bad: [['aws_lb_listener', { protocol: 'HTTP', default_action: [{ type: 'forward' }] }]],
    good: ['aws_lb_listener', { protocol: 'HTTP', default_action: [{ type: 'redirect' }] }],
  },
  'load-balancer-headers': { bad: [['aws_lb', {}]], good: ['aws_lb', { drop_invalid_header_fields: true }] },
  'load-balancer-deletion-protection': {
    bad: [['aws_lb', { enable_deletion_protection: false }]],
    good: ['aws_lb', { enable_deletion_protection: true }],
  },
  'load-balancer-access-logs': {
    bad: [['aws_lb', { access_logs: [] }]],
    good: ['aws_lb', { access_logs: [{ enabled: true }] }],
  },
  'load-balancer-waf': {
    bad: [['aws_lb', {}]],
    good: ['aws_lb', {}, { type: 'aws_wafv2_web_acl_association', values: {} }],
  },
  'task-public-address': {
    bad: [['aws_ecs_service', { network_configuration: [{ assign_public_ip: true }] }]],
    good: ['aws_ecs_service', { network_configuration: [{ assign_public_ip: false }] }],
  },
  'ecs-exec': {
    bad: [['aws_ecs_service', { enable_execute_command: true }]],
    good: ['aws_ecs_service', { enable_execute_command: false }],
  },
  'task-privileged': {
    bad: [
      ['aws_ecs_task_definition', { container_definitions: containers({ privileged: true }) }],
      ['aws_ecs_task_definition', { container_definitions: containers({ environment: [{ name: 'DB_PASSWORD' }] }) }],
    ],
    good: ['aws_ecs_task_definition', { container_definitions: containers({ environment: [{ name: 'PORT' }] }) }],
  },
  'container-read-only': {
    bad: [['aws_ecs_task_definition', { container_definitions: containers({}) }]],
    good: ['aws_ecs_task_definition', { container_definitions: containers({ readonlyRootFilesystem: true }) }],
  },
  'container-insights': {
    bad: [['aws_ecs_cluster', { setting: [{ value: 'disabled' }] }]],
    good: ['aws_ecs_cluster', { setting: [{ value: 'enhanced' }] }],
  },
  'log-retention': {
    bad: [['aws_cloudwatch_log_group', { retention_in_days: 0 }]],
    good: ['aws_cloudwatch_log_group', { retention_in_days: 30 }],
  },
  imdsv2: {
    bad: [
      ['aws_instance', { metadata_options: [{ http_tokens: 'optional' }] }],
      ['aws_instance', {}],
      ['aws_instance', { metadata_options: [{ http_tokens: 'required', http_put_response_hop_limit: 2 }] }],
    ],
    good: ['aws_instance', { metadata_options: [{ http_tokens: 'required', http_put_response_hop_limit: 1 }] }],
  },
  'instance-public-address': {
    bad: [['aws_instance', { associate_public_ip_address: true }]],
    good: ['aws_instance', { associate_public_ip_address: false }],
  },
  'disk-encrypted': {
    bad: [
      ['aws_instance', { root_block_device: [{ encrypted: false }] }],
      ['aws_instance', { root_block_device: [{ encrypted: true }], ebs_block_device: [{}] }],
      ['aws_instance', {}],
    ],
    good: ['aws_instance', { root_block_device: [{ encrypted: true }] }],
  },
  'secret-in-plan': {
    bad: [['aws_secretsmanager_secret_version', { secret_string: 'value' }]],
    good: ['aws_secretsmanager_secret_version', { secret_string: null }],
  },
  'subnet-public-addresses': {
    bad: [['aws_subnet', { map_public_ip_on_launch: true }]],
    good: ['aws_subnet', { map_public_ip_on_launch: false }],
  },
  'key-rotation': {
    bad: [['aws_kms_key', { enable_key_rotation: false }]],
    good: ['aws_kms_key', { enable_key_rotation: true }],
  },
}

const broken = (plan: PlanJson) => findings(plan).map(({ rule }) => rule)

describe.each(rules)('$id: $must', ({ id }) => {
  const { bad = [], good } = samples[id] ?? {}

  test('goes red, and only when it should', () => {
    expect(bad.length).toBeGreaterThan(0)
    for (const [type, values] of bad) expect(broken(planOf(type, values)), JSON.stringify(values)).toContain(id)
    expect(good === undefined ? [id] : broken(planOf(...good))).not.toContain(id)
  })
})

const subnets = { public_subnet_ids: '["subnet-1","subnet-2"]', private_subnet_ids: '["subnet-3"]' }

/** By module and root module, the variables without which it cannot be planned. `.` is the module with its defaults. The words in capitals are ids of what the test has made. */
const variables: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'ecs/.': {
    name: 'orders-mcp',
    image: 'mcp:1',
    dns: '{domain_name="mcp.example.com",zone_id="ZONE"}',
    secret_values: '{}',
  },
  'ecs/minimal': { image: 'mcp:1' },
  'ecs/production': {
    image: `mcp@sha256:${'0'.repeat(64)}`,
    zone_name: 'example.com',
    access_log_bucket: 'logs',
    database_secret_arn: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf',
    upstream_api_key: 'a value',
  },
  'ecs/existing-vpc': {
    image: 'mcp:1',
    vpc_id: 'vpc-1',
    ...subnets,
    certificate_arn: 'arn:aws:acm:us-east-1:123456789012:certificate/1',
  },
  'ecs/environments': {},
  'ecs/cognito': { image: 'mcp:1', zone_id: 'ZONE', user_pool_domain: 'orders-mcp' },
  'ecs/internal': {
    image: 'mcp:1',
    vpc_id: 'vpc-1',
    private_subnet_ids: '["subnet-1","subnet-2"]',
    private_zone_id: 'ZONE',
    public_zone_id: 'ZONE',
    file_system: '{file_system_id="fs-0123456789abcdef0",access_point_id="fsap-0123456789abcdef0"}',
  },
  'ecs/shared-load-balancer': {
    orders_image: 'mcp:1',
    weather_image: 'mcp:2',
    listener_arn: 'LISTENER',
    load_balancer_security_group_id: 'GROUP',
    cluster_arn: 'arn:aws:ecs:us-east-1:123456789012:cluster/shared',
    vpc_id: 'VPC',
    private_subnet_ids: '["subnet-1"]',
  },
  'ec2/.': { name: 'orders-mcp', npm: '{package="@acme/mcp",version="1.0.0"}', domain_name: 'mcp.example.com' },
  'ec2/minimal': { package_version: '1.0.0' },
  'ec2/production': {
    commit: '0123456789abcdef0123456789abcdef01234567',
    zone_name: 'example.com',
    network: '{vpc_id="vpc-1",subnet_id="subnet-1"}',
    repository_token_arn: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:token-AbCdEf',
    database_secret_arn: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf',
  },
  'ec2/python': { package_version: '1.0.0', zone_id: 'Z0123456789ABCDEFGHIJ' },
  'lambda/.': { name: 'orders-mcp', image: 'repo/mcp:v1' },
  'lambda/minimal': { image: 'repo/mcp:v1' },
  'lambda/production': {
    image: `repo/mcp@sha256:${'0'.repeat(64)}`,
    zone_name: 'example.com',
    upstream_secret_arn: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:upstream-AbCdEf',
  },
  'ecr/.': { name: 'weather' },
  'ecr/production': { production_account_id: '210987654321' },
  'github-oidc/.': {
    repository: 'acme/orders',
    repository_ids: '{owner_id=1,repository_id=2}',
    servers: '["orders"]',
    state: '{bucket_arn="arn:aws:s3:::states",keys=["orders.tfstate"]}',
  },
  'github-oidc/minimal': { repository_ids: '{owner_id=1,repository_id=2}' },
  'github-oidc/production': { repository_ids: '{owner_id=1,repository_id=2}', hosted_zone_id: 'Z0123456789ABCDEFGHIJ' },
  'state-backend/.': { bucket_name: 'acme-states' },
  'state-backend/minimal': { bucket_name: 'acme-states' },
  'state-backend/production': { bucket_name: 'acme-states', access_log_bucket: 'logs' },
}

/** By module and example, resources that its plan must show. */
const planned: Readonly<Record<string, readonly string[]>> = {
  'ecs/shared-load-balancer': [
    'module.orders.aws_lb_listener_rule.this[0]',
    'module.weather.aws_lb_listener_rule.this[0]',
    'module.orders.aws_ecs_service.this',
  ],
  'ec2/minimal': ['module.mcp.aws_instance.this', 'module.mcp.aws_vpc.this[0]'],
  'ec2/production': [
    'module.mcp.aws_route53_record.this[0]',
    'module.mcp.aws_secretsmanager_secret.certificates[0]',
    'module.mcp.aws_cloudwatch_log_group.this[0]',
    'module.mcp.aws_iam_role_policy.server["read-orders"]',
    'module.mcp.aws_vpc_security_group_ingress_rule.ssh["203.0.113.0/24"]',
  ],
}

/** Rows of the table of exceptions in a module's README: rule and type of resource, of which each has a reason. */
function exceptions(module: string): string[] {
  const readme = readFileSync(join(shippedModules, module, 'README.md'), 'utf8')
  const section = /### Exceptions from the security rules\n([\s\S]*?)(?=\n##)/.exec(readme)?.[1] ?? ''
  return [...section.matchAll(/^\| `([^`]+)` \| `([^`]+)` \| \S.{15,} \|$/gm)].map(
    ([, rule, type]) => `${rule} ${type}`,
  )
}

describe('the shipped modules', () => {
  let aws: Aws
  let workspace: Workspace
  /** What the variables name, by the word that they have for it. */
  let made: Readonly<Record<string, string>>
  beforeAll(async () => {
    workspace = openWorkspace()
    aws = await startAws({ tasks: {}, dir: workspace.directory })
    workspace.write(
      'zone/main.tf',
      `
        terraform {
          required_providers {
            aws = { source = "hashicorp/aws" }
          }
        }
        resource "aws_route53_zone" "this" { name = "example.com" }
        resource "aws_acm_certificate" "this" {
          domain_name       = "mcp.example.com"
          validation_method = "DNS"
        }
        data "aws_subnets" "default" {}
        data "aws_security_group" "default" {
          name = "default"
        }
        output "made" {
          value = {
            ZONE        = aws_route53_zone.this.zone_id
            CERTIFICATE = aws_acm_certificate.this.arn
            GROUP       = data.aws_security_group.default.id
            VPC         = data.aws_security_group.default.vpc_id
            subnets     = slice(sort(data.aws_subnets.default.ids), 0, 2)
          }
        }
      `,
    )
    await workspace.must('zone', ['init', '-no-color'])
    await workspace.must('zone', ['apply', '-auto-approve', '-no-color'], aws.env)
    const { subnets, ...ids } = JSON.parse(await workspace.must('zone', ['output', '-json', 'made'], aws.env))
    const listener = await sharedListener(aws.endpoint, { subnets, groups: [ids.GROUP], certificate: ids.CERTIFICATE })
    made = { ...ids, LISTENER: listener }
  })
  afterAll(async () => {
    await aws?.stop()
    workspace?.remove()
  })

  const modules = readdirSync(shippedModules)
    .filter(name => existsSync(join(shippedModules, name, 'versions.tf')))
    .filter(isKnownToProvider)
  test.each(modules)(
    '%s can be planned in every shape, and breaks no rule without a reason in its README',
    async name => {
      const examples = readdirSync(join(shippedModules, name, 'examples'))
      expect(examples).toEqual(expect.arrayContaining(['minimal', 'production']))
      const found = new Set<string>()
      for (const shape of ['.', ...examples]) {
        const folder = shape === '.' ? `terraform/${name}` : `terraform/${name}/examples/${shape}`
        const given = Object.entries(variables[`${name}/${shape}`] ?? {})
        const env = {
          ...aws.env,
          ...Object.fromEntries(
            given.map(([key, value]) => [
              `TF_VAR_${key}`,
              Object.entries(made).reduce((text, [word, id]) => text.replace(word, id), value),
            ]),
          ),
        }
        const varFiles = readdirSync(join(workspace.directory, folder)).filter(file => file.endsWith('.tfvars'))
        await workspace.must(folder, ['init', '-input=false', '-no-color'], env)
        for (const file of varFiles.length > 0 ? varFiles : [undefined]) {
          const more = file === undefined ? [] : [`-var-file=${file}`]
          await workspace.must(folder, ['plan', '-input=false', '-no-color', '-out=tfplan', ...more], env)
          const plan = JSON.parse(await workspace.must(folder, ['show', '-json', 'tfplan'], env)) as PlanJson
          const created = plan.resource_changes?.map(({ address }) => address) ?? []
          expect(created.length, shape).toBeGreaterThan(1)
          expect(created, shape).toEqual(expect.arrayContaining([...(planned[`${name}/${shape}`] ?? [])]))
          for (const { rule, address } of findings(plan)) {
            const type = address
              .replaceAll(/\[[^\]]*\]/g, '')
              .split('.')
              .at(-2)
            found.add(`${rule} ${type}`)
          }
        }
      }
      expect([...found].sort()).toEqual(exceptions(name).sort())
    },
  )
})
