/**
 * What the pages say that the roles of terraform/github-oidc can and cannot do, put as questions to the policies that the
 * same page's configuration gives. A sentence that is no longer on its page fails here, and so does one that is not true.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { configurations, type RenderedPair, rendered } from '../support/role-configurations.ts'
import { call, calls, may, type Question, reaches } from '../support/role-questions.ts'

const repository = join(import.meta.dirname, '../..')
const here = 'us-east-1:123456789012'

/** Which of the roles gets a call done, by itself or by a server's role. */
type Answer = 'both' | 'apply' | 'plan' | 'neither'

interface Sentence {
  readonly page: string
  readonly says: string
  readonly configuration: keyof typeof configurations
  /** The call of the module, `roles` if it is not said. */
  readonly module?: string
  readonly server?: string
  readonly answers: Partial<Record<Question, Answer>>
  /** Calls that are asked in this place only. */
  readonly also?: readonly (readonly [ReturnType<typeof call>, Answer])[]
}

const readme = 'terraform/github-oidc/README.md'
const secret = (name: string) =>
  call('secretsmanager:GetSecretValue', `arn:aws:secretsmanager:HERE:secret:${name}-AbCdEf`)
const fn = (name: string) => `arn:aws:lambda:HERE:function:${name}:live`
const signed = (action: string, resource: string) =>
  call(action, resource, { 'lambda:FunctionUrlAuthType': ['AWS_IAM'] })
const apiTags = (id: string) =>
  `arn:aws:apigateway:us-east-1::/tags/arn%3Aaws%3Aapigateway%3Aus-east-1%3A%3A%2Fv2%2Fapis%2F${id}`
const runtimes = 'arn:aws:bedrock-agentcore:HERE:runtime'
const read = (key: string) => call('s3:GetObject', `arn:aws:s3:::acme-terraform-state/${key}`)

const rule = (balancer: string, context: Parameters<typeof call>[2] = {}) =>
  ['DeleteRule', 'ModifyRule'].map(action =>
    call(
      `elasticloadbalancing:${action}`,
      `arn:aws:elasticloadbalancing:${here}:listener-rule/app/${balancer}/1/2/3`,
      context,
    ),
  )
const tagged = (server: string) => ({ 'aws:ResourceTag/McpServer': [server] })
const requested = (server: string) => ({ 'aws:RequestTag/McpServer': [server] })
const listener = (balancer: string) => `arn:aws:elasticloadbalancing:${here}:listener/app/${balancer}/1/2`

const sentences: readonly Sentence[] = [
  {
    page: readme,
    says: 'It changes neither load balancer nor cluster.',
    configuration: 'shared-load-balancer',
    answers: { ownService: 'apply', othersService: 'neither', groupInOthersVpc: 'neither' },
    also: [
      [call('ecs:UpdateCluster', 'arn:aws:ecs:HERE:cluster/shared'), 'neither'],
      [call('ecs:DeleteCluster', 'arn:aws:ecs:HERE:cluster/shared'), 'neither'],
      [call('elasticloadbalancing:ModifyListener', listener('shared')), 'neither'],
      [
        call(
          'elasticloadbalancing:SetSecurityGroups',
          `arn:aws:elasticloadbalancing:${here}:loadbalancer/app/shared/1`,
        ),
        'neither',
      ],
    ],
  },
  {
    page: readme,
    says: "**With `listeners` the apply role can take requests of the listener's other services.**",
    configuration: 'shared-load-balancer',
    answers: {},
    also: [
      [call('elasticloadbalancing:CreateRule', listener('shared'), requested('orders-mcp')), 'apply'],
      [call('elasticloadbalancing:CreateRule', listener('other'), requested('orders-mcp')), 'neither'],
      [call('elasticloadbalancing:CreateRule', listener('shared')), 'neither'],
    ],
  },
  {
    page: readme,
    says: 'It cannot change or delete the rules of others, because those have no tag of a server.',
    configuration: 'shared-load-balancer',
    answers: {},
    also: [
      ...rule('shared', tagged('orders-mcp')).map(each => [each, 'apply'] as const),
      ...rule('shared', tagged('payroll')).map(each => [each, 'neither'] as const),
      ...rule('shared').map(each => [each, 'neither'] as const),
      ...rule('other', tagged('orders-mcp')).map(each => [each, 'neither'] as const),
      // A rule of somebody else does not become ours by a tag.
      [
        call(
          'elasticloadbalancing:AddTags',
          `arn:aws:elasticloadbalancing:${here}:listener-rule/app/shared/1/2/3`,
          requested('orders-mcp'),
        ),
        'neither',
      ],
    ],
  },
  {
    page: readme,
    says: '**With `clusters` both roles can read all tasks of these clusters**',
    configuration: 'shared-load-balancer',
    answers: {},
    also: [
      [call('ecs:DescribeTasks', 'arn:aws:ecs:HERE:task/shared/1'), 'both'],
      [call('ecs:DescribeTasks', 'arn:aws:ecs:HERE:task/other/1'), 'neither'],
      [call('ecs:DescribeServices', 'arn:aws:ecs:HERE:service/shared/orders-mcp'), 'both'],
      [call('ecs:DescribeServices', 'arn:aws:ecs:HERE:service/shared/payroll'), 'neither'],
      [call('ecs:UpdateService', 'arn:aws:ecs:HERE:service/shared/payroll'), 'neither'],
      [call('ecs:DeleteService', 'arn:aws:ecs:HERE:service/shared/payroll'), 'neither'],
      [call('ecs:DeleteService', 'arn:aws:ecs:HERE:service/shared/orders-mcp'), 'apply'],
    ],
  },
  {
    page: readme,
    says: '**With `flow_logs` the apply role makes and deletes flow logs of the VPCs that it makes.**',
    configuration: 'flow-logs',
    answers: {},
    also: [
      [call('ec2:CreateFlowLogs', 'arn:aws:ec2:HERE:vpc/vpc-0a', tagged('orders-mcp')), 'apply'],
      [call('ec2:CreateFlowLogs', 'arn:aws:ec2:HERE:vpc/vpc-0a', tagged('payroll')), 'neither'],
      [call('ec2:CreateFlowLogs', 'arn:aws:ec2:HERE:vpc/vpc-0a'), 'neither'],
      [call('ec2:DeleteFlowLogs', 'arn:aws:ec2:HERE:vpc-flow-log/fl-0a', tagged('orders-mcp')), 'apply'],
      [call('ec2:DeleteFlowLogs', 'arn:aws:ec2:HERE:vpc-flow-log/fl-0a', tagged('payroll')), 'neither'],
      [call('ec2:DeleteFlowLogs', 'arn:aws:ec2:HERE:vpc-flow-log/fl-0a'), 'neither'],
      [
        call('iam:PassRole', 'arn:aws:iam::123456789012:role/flow-logs', {
          'iam:PassedToService': ['vpc-flow-logs.amazonaws.com'],
        }),
        'apply',
      ],
      [
        call('iam:PassRole', 'arn:aws:iam::123456789012:role/flow-logs', {
          'iam:PassedToService': ['ec2.amazonaws.com'],
        }),
        'neither',
      ],
    ],
  },
  {
    page: readme,
    says: 'It can also start and end any delivery of logs in the\n  region',
    configuration: 'flow-logs',
    answers: {},
    also: [
      [call('logs:CreateLogDelivery', '*'), 'apply'],
      [call('logs:DeleteLogDelivery', '*'), 'apply'],
    ],
  },
  {
    page: readme,
    says: 'so that `external_dns` of terraform/ecs gets its certificate',
    configuration: 'flow-logs',
    answers: {},
    also: [
      [
        call('acm:RequestCertificate', '*', { ...requested('orders-mcp'), 'acm:DomainNames': ['mcp.example.org'] }),
        'apply',
      ],
      [
        call('acm:RequestCertificate', '*', { ...requested('orders-mcp'), 'acm:DomainNames': ['shop.example.org'] }),
        'neither',
      ],
    ],
  },
  {
    page: readme,
    says: 'it reads, and it takes the lock of the state',
    configuration: 'readme',
    answers: { readOwnState: 'both', takeLock: 'both', ownState: 'apply', ownService: 'apply', ownName: 'apply' },
  },
  {
    page: readme,
    says: 'The plan role changes only the lock of its states.',
    configuration: 'readme',
    answers: {
      takeLock: 'both',
      ownState: 'apply',
      othersState: 'neither',
      stagingState: 'neither',
      foreignBucket: 'neither',
    },
  },
  { page: readme, says: 'cannot overwrite one', configuration: 'readme', answers: { overwriteLock: 'neither' } },
  {
    page: readme,
    says: '**It can delete the lock of a running apply**',
    configuration: 'readme',
    answers: { deleteLock: 'both' },
  },
  {
    page: readme,
    says: 'It reads no secret value',
    configuration: 'readme',
    answers: { ownSecret: 'apply', othersSecret: 'neither', similarSecret: 'neither', othersParameter: 'neither' },
  },
  {
    page: readme,
    says: '**Both roles can read the environment of every task definition of the account in their region.**',
    configuration: 'readme',
    answers: { anyTaskDefinition: 'both', anyTaskDefinitionElsewhere: 'neither' },
  },
  {
    page: readme,
    says: '**The apply role is not an administrator.**',
    configuration: 'readme',
    answers: {
      newAdministrator: 'neither',
      newUser: 'neither',
      otherRole: 'neither',
      ownTrust: 'neither',
      ownPolicies: 'neither',
      ownBoundary: 'neither',
      bucketPolicy: 'neither',
      serverTrust: 'neither',
      similarRole: 'neither',
      fillSimilarRole: 'neither',
    },
  },
  {
    page: readme,
    says: 'A server reaches its own secrets, logs and images, and what you name.',
    configuration: 'readme',
    answers: {
      ownSecret: 'apply',
      images: 'apply',
      othersSecret: 'neither',
      othersImages: 'neither',
      pushImage: 'neither',
      anyObject: 'neither',
      othersParameter: 'neither',
    },
    also: [
      [call('logs:PutLogEvents', 'arn:aws:logs:HERE:log-group:/ecs/orders-mcp:log-stream:mcp/1'), 'apply'],
      [call('logs:PutLogEvents', 'arn:aws:logs:HERE:log-group:/ecs/orders-mcp-2:log-stream:mcp/1'), 'neither'],
    ],
  },
  {
    page: readme,
    says: 'and what you name',
    configuration: 'largest',
    server: 'a-name-of-24-characters1',
    answers: { othersSecret: 'neither', anyObject: 'neither' },
    also: [
      [secret('database'), 'apply'],
      [call('ssm:GetParameters', 'arn:aws:ssm:HERE:parameter/mcp/token'), 'apply'],
      [call('s3:GetObject', 'arn:aws:s3:::acme-orders/1'), 'apply'],
      [
        call('kms:Decrypt', `arn:aws:kms:${here}:key/11111111-2222-3333-4444-555555555555`, {
          'kms:ViaService': ['ssm.us-east-1.amazonaws.com'],
        }),
        'neither',
      ],
    ],
  },
  {
    page: readme,
    says: "**The roles of staging cannot read production's state or secrets**",
    configuration: 'production',
    module: 'staging',
    server: 'orders-mcp-staging',
    answers: {
      ownSecret: 'neither',
      readOwnState: 'neither',
      ownState: 'neither',
      deleteLock: 'neither',
      ownService: 'neither',
      ownName: 'neither',
    },
    also: [
      [secret('orders-mcp-staging/KEY'), 'apply'],
      [secret('orders-database'), 'neither'],
      [read('orders-mcp/staging.tfstate'), 'both'],
      [read('bootstrap.tfstate'), 'neither'],
    ],
  },
  {
    page: readme,
    says: "those of production cannot read staging's",
    configuration: 'production',
    module: 'production',
    answers: { ownSecret: 'apply', readOwnState: 'both', stagingState: 'neither' },
    also: [
      [secret('orders-mcp-staging/KEY'), 'neither'],
      [secret('orders-database'), 'apply'],
    ],
  },
  {
    page: 'docs/recipes/environments-with-approval.md',
    says: 'A pair reaches the state, the secrets and the host name of its own environment only.',
    configuration: 'production',
    module: 'staging',
    server: 'orders-mcp-staging',
    answers: { ownSecret: 'neither', readOwnState: 'neither', ownName: 'neither' },
    also: [
      [
        call('route53:ChangeResourceRecordSets', 'arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ', {
          'route53:ChangeResourceRecordSetsNormalizedRecordNames': ['staging.mcp.example.com'],
          'route53:ChangeResourceRecordSetsRecordTypes': ['A'],
        }),
        'apply',
      ],
    ],
  },
  {
    page: readme,
    says: '**In the hosted zone only the A record of each name and its validation record can be changed.**',
    configuration: 'readme',
    answers: {
      ownName: 'apply',
      ownValidation: 'apply',
      othersName: 'neither',
      mailOfName: 'neither',
      othersZone: 'neither',
    },
    also: [[call('route53:ChangeResourceRecordSets', 'arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ'), 'neither']],
  },
  {
    page: readme,
    says: 'Security groups, instances, subnets and target groups without that tag, or with that of another server, are not touched.',
    configuration: 'readme',
    answers: {
      untaggedGroup: 'neither',
      othersGroup: 'neither',
      ownGroup: 'apply',
      othersTargetGroup: 'neither',
      groupInOthersVpc: 'neither',
    },
    also: [
      [
        call(
          'elasticloadbalancing:DeleteTargetGroup',
          `arn:aws:elasticloadbalancing:${here}:targetgroup/orders20261128174512345600000001/1`,
        ),
        'neither',
      ],
      [call('ec2:DeleteSubnet', 'arn:aws:ec2:HERE:subnet/subnet-0a'), 'neither'],
    ],
  },
  {
    page: readme,
    says: 'Security groups, instances, subnets and target groups without that tag',
    configuration: 'ec2',
    answers: {
      untaggedGroup: 'neither',
      othersGroup: 'neither',
      othersInstance: 'neither',
      untaggedInstance: 'neither',
      instanceInOthersSubnet: 'neither',
      instanceFromAnyImage: 'neither',
      instanceFromSnapshot: 'neither',
      instanceWithAnyKey: 'neither',
    },
    also: [[call('ec2:RunInstances', 'arn:aws:ec2:us-east-1::image/ami-0a', { 'ec2:Public': ['true'] }), 'apply']],
  },
  {
    page: readme,
    says: '**Two things without a tag can be taken: a certificate, and a scalable target of Application Auto Scaling.**',
    configuration: 'readme',
    answers: {
      untaggedCertificate: 'apply',
      untaggedScaling: 'apply',
      othersCertificate: 'neither',
      othersScaling: 'neither',
      tableScaling: 'neither',
      othersAlarm: 'neither',
    },
  },
  {
    page: readme,
    says: '**Without `networks` the load balancer and the tasks can be put into any subnet.',
    configuration: 'readme',
    answers: { anySubnet: 'apply', anyGroup: 'apply', tasksAnywhere: 'apply' },
  },
  {
    page: readme,
    says: 'set `networks`',
    configuration: 'existing-network',
    answers: {
      anySubnet: 'neither',
      namedSubnet: 'apply',
      tasksAnywhere: 'neither',
      groupInOthersVpc: 'neither',
      instanceInOthersSubnet: 'neither',
    },
    also: [
      [call('ec2:CreateSecurityGroup', 'arn:aws:ec2:HERE:vpc/vpc-0a'), 'apply'],
      [call('ec2:RunInstances', 'arn:aws:ec2:HERE:subnet/subnet-0a'), 'apply'],
      [call('ec2:CreateVpc', 'arn:aws:ec2:HERE:vpc/new', { 'aws:RequestTag/McpServer': ['orders-mcp'] }), 'neither'],
    ],
  },
  {
    page: readme,
    says: 'It never reaches the state, whatever you name.',
    configuration: 'largest',
    server: 'a-name-of-24-characters1',
    answers: { othersState: 'neither' },
  },
  {
    page: readme,
    says: 'The apply role may read and write that one parameter of Systems Manager',
    configuration: 'readme',
    answers: { ownService: 'apply', othersService: 'neither' },
    also: [
      [
        call(
          'ssm:PutParameter',
          'arn:aws:ssm:HERE:parameter/terraform-mcp-deploy/orders-mcp/orders-mcp/passed-task-definition',
        ),
        'apply',
      ],
      [call('ssm:PutParameter', 'arn:aws:ssm:HERE:parameter/payroll'), 'neither'],
    ],
  },
  {
    page: readme,
    says: '**The plan role calls no server**, unless `plan_calls_servers` is set.',
    configuration: 'lambda',
    answers: { newAdministrator: 'neither', ownTrust: 'neither', ownBoundary: 'neither', bucketPolicy: 'neither' },
    also: [[signed('lambda:InvokeFunctionUrl', fn('orders-mcp')), 'apply']],
  },
  {
    page: readme,
    says: 'unless `plan_calls_servers` is set',
    configuration: 'serverless-network',
    answers: {},
    also: [
      [signed('lambda:InvokeFunctionUrl', fn('orders-mcp')), 'both'],
      [signed('lambda:InvokeFunctionUrl', fn('payroll')), 'neither'],
    ],
  },
  {
    page: readme,
    says: '`lambda:GetFunction` answers with both.',
    configuration: 'lambda',
    answers: { ownSecret: 'apply', othersSecret: 'neither', anyObject: 'neither' },
    also: [
      [call('lambda:GetFunction', fn('orders-mcp')), 'both'],
      [call('lambda:GetFunction', fn('payroll')), 'neither'],
    ],
  },
  {
    page: readme,
    says: '**No function is opened to everybody.**',
    configuration: 'lambda',
    answers: {},
    also: [
      [call('lambda:CreateFunctionUrlConfig', fn('orders-mcp'), { 'lambda:FunctionUrlAuthType': ['NONE'] }), 'neither'],
      [call('lambda:AddPermission', fn('orders-mcp'), { 'lambda:Principal': ['*'] }), 'neither'],
    ],
  },
  {
    page: readme,
    says: 'The API of somebody else cannot be tagged as ours.',
    configuration: 'lambda',
    answers: {},
    also: [
      [call('apigateway:POST', apiTags('b2')), 'neither'],
      [call('apigateway:POST', apiTags('*')), 'apply'],
      [call('apigateway:PATCH', 'arn:aws:apigateway:us-east-1::/apis/b2'), 'neither'],
    ],
  },
  {
    page: readme,
    says: '**A runtime of AgentCore is known by its name** and the ten characters that AWS adds to it.',
    configuration: 'agentcore',
    answers: { newAdministrator: 'neither', ownTrust: 'neither', ownBoundary: 'neither', othersSecret: 'neither' },
    also: [
      [call('bedrock-agentcore:UpdateAgentRuntime', `${runtimes}/orders_mcp-0a1B2c3D4e`), 'apply'],
      [call('bedrock-agentcore:UpdateAgentRuntime', `${runtimes}/orders_mcp_2-0a1B2c3D4e`), 'neither'],
    ],
  },
  {
    page: readme,
    says: 'An Express service gets no other infrastructure role than those that you name.',
    configuration: 'ecs-express',
    answers: { newAdministrator: 'neither', ownTrust: 'neither', ownBoundary: 'neither', othersSecret: 'neither' },
    also: [
      [
        call('iam:PassRole', 'arn:aws:iam::123456789012:role/payroll-admin', {
          'iam:PassedToService': ['ecs.amazonaws.com'],
        }),
        'neither',
      ],
    ],
  },
  {
    page: readme,
    says: 'only with a key in `instances.disk_kms_key_arns`',
    configuration: 'ec2',
    answers: {},
    also: [
      [
        call('kms:CreateGrant', `arn:aws:kms:${here}:key/11111111-2222-3333-4444-555555555555`, {
          'kms:GrantIsForAWSResource': ['true'],
          'kms:ViaService': ['ec2.us-east-1.amazonaws.com'],
        }),
        'neither',
      ],
    ],
  },
  {
    page: 'README.md',
    says: "become an administrator; change the state bucket, the two roles or the servers' boundary; read the secrets or the state of others",
    configuration: 'minimal',
    answers: {
      newAdministrator: 'neither',
      bucketPolicy: 'neither',
      ownTrust: 'neither',
      ownBoundary: 'neither',
      othersSecret: 'neither',
      othersState: 'neither',
    },
  },
  {
    page: 'README.md',
    says: 'read the state, hold its lock, and read the environment of every task definition in its region',
    configuration: 'minimal',
    answers: {
      readOwnState: 'both',
      takeLock: 'both',
      anyTaskDefinition: 'both',
      ownSecret: 'apply',
      ownState: 'apply',
    },
  },
  {
    page: 'docs/getting-started.md',
    says: 'The two roles can reach the state of the server, but not this one. Neither role can change the bucket or itself.',
    configuration: 'getting-started',
    server: 'weather',
    answers: { ownTrust: 'neither', ownPolicies: 'neither', ownBoundary: 'neither', newAdministrator: 'neither' },
    also: [
      [call('s3:GetObject', 'arn:aws:s3:::acme-weather-terraform-state/weather/production.tfstate'), 'both'],
      [call('s3:PutObject', 'arn:aws:s3:::acme-weather-terraform-state/weather/production.tfstate'), 'apply'],
      [call('s3:GetObject', 'arn:aws:s3:::acme-weather-terraform-state/bootstrap.tfstate'), 'neither'],
      [call('s3:PutBucketPolicy', 'arn:aws:s3:::acme-weather-terraform-state'), 'neither'],
    ],
  },
  {
    page: 'docs/getting-started.md',
    says: 'a server can read the secrets that are named after it and nothing else of the account',
    configuration: 'getting-started',
    server: 'weather',
    answers: { othersSecret: 'neither', anyObject: 'neither', othersParameter: 'neither', otherRole: 'neither' },
    also: [[secret('weather/API_KEY'), 'apply']],
  },
  {
    page: 'docs/threat-model.md',
    says: "make roles under the server's name, with the boundary",
    configuration: 'readme',
    answers: { newAdministrator: 'neither' },
  },
  {
    page: 'docs/threat-model.md',
    says: 'without a boundary, `none = true`, this role is an administrator',
    configuration: 'unbounded',
    answers: { newAdministrator: 'apply', ownTrust: 'apply', othersSecret: 'apply' },
  },
  {
    page: 'docs/threat-model.md',
    says: 'secret values only with `plan_reads_managed_secrets`',
    configuration: 'largest',
    server: 'a-name-of-24-characters1',
    answers: {},
    also: [
      [secret('a-name-of-24-characters1/KEY'), 'both'],
      [secret('a-name-of-24-characters1/tls-20261128'), 'apply'],
    ],
  },
]

const plain = (text: string) => text.replaceAll(/\s+/g, ' ')

function pairOf({ configuration, module = 'roles' }: Sentence): RenderedPair {
  const pair = rendered(configuration)[module]
  if (pair === undefined) throw new Error(`${configuration} has no module ${module}`)
  return pair
}

function answerOf(pair: RenderedPair, server: string, asked: ReturnType<typeof call>): Answer {
  const [plan, apply] = [reaches(pair, 'plan', server, asked), reaches(pair, 'apply', server, asked)]
  return plan ? (apply ? 'both' : 'plan') : apply ? 'apply' : 'neither'
}

test.each(sentences.map(sentence => [sentence.page, sentence.says, sentence] as const))(
  '%s: %s',
  (page, says, sentence) => {
    expect(plain(readFileSync(join(repository, page), 'utf8'))).toContain(plain(says))
    const { server = 'orders-mcp', answers, also = [] } = sentence
    const pair = pairOf(sentence)
    const asked = Object.entries(answers).map(
      ([question, answer]) => [question, calls[question as Question], answer] as const,
    )
    const more = also.map(([each, answer]) => [`${each.action} ${each.resource}`, each, answer] as const)
    const found = [...asked, ...more].map(([name, each]) => [name, answerOf(pair, server, each)])
    expect(Object.fromEntries(found)).toEqual(
      Object.fromEntries([...asked, ...more].map(([name, , answer]) => [name, answer])),
    )
  },
)

test('every configuration that a page shows is asked something', () => {
  const asked = new Set(sentences.map(({ configuration }) => configuration))
  // What these say is about who may take the roles: trust.test.ts.
  const trustOnly = ['merge-queue', 'enterprise-server']
  expect(Object.keys(configurations).filter(name => !asked.has(name) && !trustOnly.includes(name))).toEqual([])
})

describe('the questions see what was wrong with the first edition', () => {
  const first = rendered('first-edition')
  const wrong = (module: string, server: string, role = 'apply') =>
    Object.entries(calls)
      .filter(([, asked]) => reaches(first[module] as RenderedPair, role, server, asked))
      .map(([name]) => name)

  test('its default apply role is an administrator', () => {
    expect(wrong('readme', 'orders-mcp')).toEqual(Object.keys(calls))
  })

  test("its example lets staging read production's secrets and state, and every object", () => {
    expect(wrong('staging', 'orders-mcp-staging')).toEqual(
      expect.arrayContaining([
        'ownSecret',
        'othersSecret',
        'readOwnState',
        'othersState',
        'anyObject',
        'othersName',
        'othersImages',
      ]),
    )
  })

  test('what has no tag, and what begins with the same letters, can be taken by its policies alone', () => {
    const pair = first.production as RenderedPair
    const taken = Object.entries(calls)
      .filter(([, asked]) => may(pair, 'apply', asked))
      .map(([name]) => name)
    expect(taken).toEqual(
      expect.arrayContaining([
        'untaggedGroup',
        'othersTargetGroup',
        'othersScaling',
        'tableScaling',
        'othersName',
        'mailOfName',
        'similarRole',
        'serverTrust',
        'groupInOthersVpc',
        'anyFirewall',
        'overwriteLock',
        'foreignBucket',
        'anyTaskDefinitionElsewhere',
      ]),
    )
  })
})

/** The characters of a policy in the region with the longest name. */
const lengthOf = (policy: unknown) => JSON.stringify(policy).replaceAll('us-east-1', 'ap-southeast-1').length

test.each(Object.keys(configurations))('the policies of %s fit into IAM', name => {
  for (const { roles, boundary } of Object.values(rendered(name))) {
    for (const { policies, trust } of Object.values(roles)) {
      // IAM takes ten, and two are left for the policies of the user's own. A page shows no use with more.
      expect(Object.keys(policies).length).toBeLessThanOrEqual(name === 'serverless-network' ? 12 : 9)
      for (const policy of Object.values(policies)) expect(lengthOf(policy)).toBeLessThanOrEqual(6144)
      // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
      expect(JSON.stringify(trust).length).toBeLessThanOrEqual(2048)
    }
    expect(lengthOf(boundary)).toBeLessThanOrEqual(6144)
  }
})
