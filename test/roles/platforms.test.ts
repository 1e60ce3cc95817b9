/**
 * The rights of each platform in terraform/github-oidc, row by row: what the modules and the action need of the server's own
 * things, and the same call on what lies beside them, such as the function of another name or the account's other roles.
 */
import { describe, expect, test } from 'vitest'
import { platforms } from '../../src/platforms/index.ts'
import { type RenderedPair, rendered } from '../support/role-configurations.ts'
import { call, may, reaches } from '../support/role-questions.ts'

type Context = Parameters<typeof call>[2]
/** Which of the roles gets a call done, by itself or by a server's role that it makes. */
type Answer = 'both' | 'apply' | 'neither'
type Row = readonly [answer: Answer, action: string, resource: string, context?: Context]

const server = 'orders-mcp'
const suffix = '20261128174512345600000001'
const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`
const boundary = { 'iam:PermissionsBoundary': ['arn:aws:iam::123456789012:policy/mcp-deploy-servers'] }
const passedTo = (service: string) => ({ 'iam:PassedToService': [service] })
const request = (name: string) => ({ 'aws:RequestTag/McpServer': [name] })
const tagged = (name: string) => ({ 'aws:ResourceTag/McpServer': [name] })

const ecs = (kind: string, name: string) => `arn:aws:ecs:HERE:${kind}/${name}`
const rollout: readonly Row[] = [
  ...['ListServiceDeployments', 'DescribeServiceDeployments', 'DescribeServiceRevisions'].flatMap((name): Row[] => [
    ['both', `ecs:${name}`, ecs('service', `${server}/${server}`)],
    ['neither', `ecs:${name}`, ecs('service', 'payroll/payroll')],
    ['neither', `ecs:${name}`, ecs('service', `${server}-2/${server}-2`)],
  ]),
  ['both', 'ecs:DescribeServiceDeployments', ecs('service-deployment', `${server}/${server}/0a`)],
  ['both', 'ecs:DescribeServiceRevisions', ecs('service-revision', `${server}/${server}/1`)],
  ['neither', 'ecs:DescribeServiceRevisions', ecs('service-revision', 'payroll/payroll/1')],
  ...['ContinueServiceDeployment', 'StopServiceDeployment'].flatMap((name): Row[] => [
    ['apply', `ecs:${name}`, ecs('service', `${server}/${server}`)],
    ['apply', `ecs:${name}`, ecs('service-deployment', `${server}/${server}/0a`)],
    ['neither', `ecs:${name}`, ecs('service', 'payroll/payroll')],
    ['neither', `ecs:${name}`, ecs('service-deployment', 'payroll/payroll/0a')],
    ['neither', `ecs:${name}`, ecs('service-deployment', `${server}-2/${server}-2/0a`)],
  ]),
]

const fn = (name: string) => `arn:aws:lambda:HERE:function:${name}`
const gateway = 'arn:aws:apigateway:us-east-1::'
const tagPath = (rest: string) => `${gateway}/tags/arn%3Aaws%3Aapigateway%3Aus-east-1%3A%3A%2Fv2${rest}`
const lambda: readonly Row[] = [
  ...['GetAlias', 'GetFunction', 'GetFunctionConfiguration', 'GetPolicy', 'ListVersionsByFunction'].flatMap(
    (name): Row[] => [
      ['both', `lambda:${name}`, fn(server)],
      ['both', `lambda:${name}`, fn(`${server}:live`)],
      ['neither', `lambda:${name}`, fn('payroll')],
      ['neither', `lambda:${name}`, fn(`${server}-2`)],
    ],
  ),
  ...['CreateFunction', 'UpdateFunctionCode', 'UpdateFunctionConfiguration', 'PublishVersion', 'UpdateAlias'].flatMap(
    (name): Row[] => [
      ['apply', `lambda:${name}`, fn(server)],
      ['neither', `lambda:${name}`, fn('payroll')],
      ['neither', `lambda:${name}`, fn(`${server}-2`)],
    ],
  ),
  ...['DeleteFunction', 'CreateAlias', 'DeleteAlias', 'PutFunctionConcurrency', 'RemovePermission'].flatMap(
    (name): Row[] => [
      ['apply', `lambda:${name}`, fn(`${server}:live`)],
      ['neither', `lambda:${name}`, fn('payroll:live')],
    ],
  ),
  ['apply', 'lambda:CreateFunctionUrlConfig', fn(`${server}:live`), { 'lambda:FunctionUrlAuthType': ['AWS_IAM'] }],
  ['neither', 'lambda:CreateFunctionUrlConfig', fn(`${server}:live`), { 'lambda:FunctionUrlAuthType': ['NONE'] }],
  ['neither', 'lambda:UpdateFunctionUrlConfig', fn(`${server}:live`), { 'lambda:FunctionUrlAuthType': ['NONE'] }],
  ['neither', 'lambda:CreateFunctionUrlConfig', fn('payroll'), { 'lambda:FunctionUrlAuthType': ['AWS_IAM'] }],
  ['apply', 'lambda:AddPermission', fn(`${server}:live`), { 'lambda:Principal': ['apigateway.amazonaws.com'] }],
  ['neither', 'lambda:AddPermission', fn(`${server}:live`), { 'lambda:Principal': ['*'] }],
  ['neither', 'lambda:AddPermission', fn(`${server}:live`), { 'lambda:Principal': ['210987654321'] }],
  ['neither', 'lambda:AddPermission', fn('payroll'), { 'lambda:Principal': ['apigateway.amazonaws.com'] }],
  ['apply', 'lambda:InvokeFunctionUrl', fn(`${server}:live`), { 'lambda:FunctionUrlAuthType': ['AWS_IAM'] }],
  ['apply', 'lambda:InvokeFunction', fn(`${server}:live`), { 'lambda:InvokedViaFunctionUrl': ['true'] }],
  ['neither', 'lambda:InvokeFunction', fn(`${server}:live`)],
  ['neither', 'lambda:InvokeFunction', fn('payroll:live'), { 'lambda:InvokedViaFunctionUrl': ['true'] }],
  ['apply', 'lambda:GetLayerVersion', 'arn:aws:lambda:us-east-1:753240598075:layer:LambdaAdapterLayerX86:25'],
  ['neither', 'lambda:GetLayerVersion', 'arn:aws:lambda:us-east-1:210987654321:layer:backdoor:1'],
  ['apply', 'iam:PassRole', role(`${server}-fn-${suffix}`), passedTo('lambda.amazonaws.com')],
  ['neither', 'iam:PassRole', role(`${server}-fn-${suffix}`), passedTo('ec2.amazonaws.com')],
  ['neither', 'iam:PassRole', role('payroll-admin'), passedTo('lambda.amazonaws.com')],
  ['neither', 'iam:PassRole', role('mcp-deploy-apply'), passedTo('lambda.amazonaws.com')],
  ['apply', 'iam:CreateRole', role(`${server}-fn-${suffix}`), boundary],
  ['apply', 'iam:PutRolePolicy', role(`${server}-fn-${suffix}`), boundary],
  ['neither', 'iam:CreateRole', role(`${server}-fn-${suffix}`)],
  ['neither', 'iam:PutRolePolicy', role(`${server}-fn-2-fn-${suffix}`), boundary],
  ['neither', 'iam:AttachRolePolicy', role(`${server}-fn-${suffix}`), boundary],
  ['neither', 'iam:UpdateAssumeRolePolicy', role(`${server}-fn-${suffix}`), boundary],
  ['apply', 'logs:CreateLogGroup', `arn:aws:logs:HERE:log-group:/aws/lambda/${server}`],
  ['neither', 'logs:DeleteLogGroup', 'arn:aws:logs:HERE:log-group:/aws/lambda/payroll'],
  ['both', 'logs:FilterLogEvents', `arn:aws:logs:HERE:log-group:/aws/lambda/${server}:log-stream:`],
  ['neither', 'logs:FilterLogEvents', 'arn:aws:logs:HERE:log-group:/aws/lambda/payroll:log-stream:'],
  ['apply', 'ssm:PutParameter', `arn:aws:ssm:HERE:parameter/terraform-mcp-deploy/lambda/${server}/live/passed-version`],
  ['neither', 'ssm:PutParameter', 'arn:aws:ssm:HERE:parameter/terraform-mcp-deploy/lambda/payroll/live/passed-version'],
  ['apply', 'apigateway:POST', `${gateway}/apis`, request(server)],
  ['neither', 'apigateway:POST', `${gateway}/apis`, request('payroll')],
  ['apply', 'apigateway:POST', `${gateway}/apis/a1/routes`, tagged(server)],
  ['apply', 'apigateway:PATCH', `${gateway}/apis/a1`, tagged(server)],
  ['apply', 'apigateway:DELETE', `${gateway}/apis/a1/integrations/i1`, tagged(server)],
  ['neither', 'apigateway:PATCH', `${gateway}/apis/b2`, tagged('payroll')],
  ['neither', 'apigateway:PATCH', `${gateway}/apis/b2`],
  ['both', 'apigateway:GET', `${gateway}/apis/a1`, tagged(server)],
  ['neither', 'apigateway:GET', `${gateway}/apis/b2`, tagged('payroll')],
  ['apply', 'apigateway:POST', tagPath('%2Fapis%2F*')],
  ['neither', 'apigateway:POST', tagPath('%2Fapis%2Fb2')],
  ['neither', 'apigateway:DELETE', tagPath('%2Fapis%2Fb2')],
  ['apply', 'apigateway:POST', `${gateway}/domainnames`, request(server)],
  ['neither', 'apigateway:POST', `${gateway}/domainnames`, request('payroll')],
  ['apply', 'apigateway:POST', `${gateway}/domainnames/mcp.example.com/apimappings`],
  ['neither', 'apigateway:POST', `${gateway}/domainnames/www.example.com/apimappings`],
  ['neither', 'apigateway:DELETE', `${gateway}/restapis/b2`, tagged(server)],
  ['neither', 'ecs:UpdateService', ecs('service', `${server}/${server}`)],
  ['neither', 'ec2:CreateVpc', 'arn:aws:ec2:HERE:vpc/new', request(server)],
]

const runtime = (id: string) => `arn:aws:bedrock-agentcore:HERE:runtime/${id}`
/** AgentCore takes no hyphens in a name. */
const runtimeServer = 'orders_mcp'
const ours = `${runtimeServer}-0a1B2c3D4e`
const agentcore: readonly Row[] = [
  ...['GetAgentRuntime', 'GetAgentRuntimeEndpoint'].flatMap((name): Row[] => [
    ['both', `bedrock-agentcore:${name}`, runtime(ours)],
    ['both', `bedrock-agentcore:${name}`, runtime(`${ours}/runtime-endpoint/live`)],
    ['neither', `bedrock-agentcore:${name}`, runtime('payroll-0a1B2c3D4e')],
    ['neither', `bedrock-agentcore:${name}`, runtime('orders_mcp_2-0a1B2c3D4e')],
  ]),
  ['both', 'bedrock-agentcore:ListAgentRuntimeVersions', '*'],
  ['neither', 'bedrock-agentcore:ListAgentRuntimeVersions', '*', { 'aws:RequestedRegion': ['eu-west-1'] }],
  ...['UpdateAgentRuntime', 'DeleteAgentRuntime', 'CreateAgentRuntimeEndpoint', 'UpdateAgentRuntimeEndpoint'].flatMap(
    (name): Row[] => [
      ['apply', `bedrock-agentcore:${name}`, runtime(ours)],
      ['neither', `bedrock-agentcore:${name}`, runtime('payroll-0a1B2c3D4e')],
      ['neither', `bedrock-agentcore:${name}`, runtime('orders_mcp_2-0a1B2c3D4e')],
      ['neither', `bedrock-agentcore:${name}`, runtime('orders_mcp-0a1B2c3D4e5f')],
    ],
  ),
  ['apply', 'bedrock-agentcore:UpdateAgentRuntimeEndpoint', runtime(`${ours}/runtime-endpoint/live`)],
  ['apply', 'bedrock-agentcore:CreateAgentRuntime', '*', request(runtimeServer)],
  ['neither', 'bedrock-agentcore:CreateAgentRuntime', '*', request('payroll')],
  ['neither', 'bedrock-agentcore:CreateAgentRuntime', '*'],
  ...['InvokeAgentRuntime', 'StopRuntimeSession'].flatMap((name): Row[] => [
    ['apply', `bedrock-agentcore:${name}`, runtime(ours)],
    ['apply', `bedrock-agentcore:${name}`, runtime(`${ours}/runtime-endpoint/DEFAULT`)],
    ['neither', `bedrock-agentcore:${name}`, runtime('payroll-0a1B2c3D4e')],
  ]),
  ['neither', 'bedrock-agentcore:InvokeAgentRuntimeCommand', runtime(ours)],
  ['neither', 'bedrock-agentcore:InvokeAgentRuntimeForUser', runtime(ours)],
  ['apply', 'iam:PassRole', role(`${runtimeServer}-ac-${suffix}`), passedTo('bedrock-agentcore.amazonaws.com')],
  ['neither', 'iam:PassRole', role('payroll-admin'), passedTo('bedrock-agentcore.amazonaws.com')],
  ['neither', 'iam:PassRole', role(`${runtimeServer}-ac-${suffix}`), passedTo('lambda.amazonaws.com')],
  ['apply', 'iam:CreateRole', role(`${runtimeServer}-ac-${suffix}`), boundary],
  ['neither', 'iam:CreateRole', role(`${runtimeServer}-ac-${suffix}`)],
  ['neither', 'iam:PutRolePolicy', role(`payroll-ac-${suffix}`), boundary],
  ...['network', 'runtime-identity'].map((name): Row => {
    const service = `${name}.bedrock-agentcore.amazonaws.com`
    const linked = role(`aws-service-role/${service}/AWSServiceRole`)
    return ['apply', 'iam:CreateServiceLinkedRole', linked, { 'iam:AWSServiceName': [service] }]
  }),
  [
    'neither',
    'iam:CreateServiceLinkedRole',
    role('aws-service-role/organizations.amazonaws.com/AWSServiceRole'),
    { 'iam:AWSServiceName': ['organizations.amazonaws.com'] },
  ],
  ['apply', 'logs:CreateLogGroup', `arn:aws:logs:HERE:log-group:/aws/bedrock-agentcore/runtimes/${ours}-DEFAULT`],
  [
    'neither',
    'logs:DeleteLogGroup',
    'arn:aws:logs:HERE:log-group:/aws/bedrock-agentcore/runtimes/payroll-0a1B2c3D4e-DEFAULT',
  ],
  [
    'both',
    'logs:FilterLogEvents',
    `arn:aws:logs:HERE:log-group:/aws/bedrock-agentcore/runtimes/${ours}-live:log-stream:`,
  ],
  [
    'apply',
    'ssm:PutParameter',
    `arn:aws:ssm:HERE:parameter/terraform-mcp-deploy/agentcore/${ours}/live/passed-version`,
  ],
  [
    'neither',
    'ssm:PutParameter',
    'arn:aws:ssm:HERE:parameter/terraform-mcp-deploy/agentcore/payroll-0a1B2c3D4e/live/passed-version',
  ],
  ['neither', 'bedrock-agentcore:DeleteGateway', 'arn:aws:bedrock-agentcore:HERE:gateway/payroll'],
]

const express: readonly Row[] = [
  ...['CreateExpressGatewayService', 'UpdateExpressGatewayService', 'DeleteExpressGatewayService'].flatMap(
    (name): Row[] => [
      ['apply', `ecs:${name}`, ecs('service', `default/${server}`)],
      ['apply', `ecs:${name}`, ecs('service', `${server}/${server}`)],
      ['neither', `ecs:${name}`, ecs('service', 'default/payroll')],
      ['neither', `ecs:${name}`, ecs('service', `default/${server}-2`)],
    ],
  ),
  ...['DescribeExpressGatewayService', 'DescribeServices', 'ListServiceDeployments'].flatMap((name): Row[] => [
    ['both', `ecs:${name}`, ecs('service', `default/${server}`)],
    ['neither', `ecs:${name}`, ecs('service', 'default/payroll')],
  ]),
  ['apply', 'ecs:StopServiceDeployment', ecs('service-deployment', `default/${server}/0a`)],
  ['neither', 'ecs:StopServiceDeployment', ecs('service-deployment', 'default/payroll/0a')],
  ['both', 'ecs:DescribeServiceRevisions', ecs('service-revision', `default/${server}/1`)],
  ['apply', 'iam:PassRole', role('ecsInfrastructureRoleForExpressServices'), passedTo('ecs.amazonaws.com')],
  ['neither', 'iam:PassRole', role('ecsInfrastructureRoleForExpressServices'), passedTo('ecs-tasks.amazonaws.com')],
  ['neither', 'iam:PassRole', role('payroll-admin'), passedTo('ecs.amazonaws.com')],
  ['neither', 'iam:PutRolePolicy', role('ecsInfrastructureRoleForExpressServices'), boundary],
  ['apply', 'iam:PassRole', role(`${server}-task-${suffix}`), passedTo('ecs-tasks.amazonaws.com')],
  [
    'neither',
    'elasticloadbalancing:DeleteLoadBalancer',
    'arn:aws:elasticloadbalancing:HERE:loadbalancer/app/ecs-express-gateway-alb/0a',
  ],
  ['neither', 'ecs:UpdateService', ecs('service', `default/${server}`)],
]

const eip = 'arn:aws:ec2:HERE:elastic-ip/eipalloc-0a'
const ec2: readonly Row[] = [
  // The association is gone, so AWS knows no address to compare the tag of.
  ['apply', 'ec2:DisassociateAddress', 'arn:aws:ec2:HERE:elastic-ip/*'],
  ['apply', 'ec2:DisassociateAddress', eip, { ...tagged(server), 'ec2:AllocationId': ['eipalloc-0a'] }],
  ['neither', 'ec2:DisassociateAddress', eip, { ...tagged('payroll'), 'ec2:AllocationId': ['eipalloc-0a'] }],
  ['neither', 'ec2:DisassociateAddress', eip, { 'ec2:AllocationId': ['eipalloc-0a'] }],
]

const key = 'arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555'
const byEc2 = { 'kms:ViaService': ['ec2.us-east-1.amazonaws.com'] }
const disks: readonly Row[] = [
  ...['Decrypt', 'DescribeKey', 'GenerateDataKeyWithoutPlaintext', 'ReEncryptFrom', 'ReEncryptTo'].flatMap(
    (name): Row[] => [
      ['apply', `kms:${name}`, key, byEc2],
      ['neither', `kms:${name}`, key.replace('11111111', '00000000'), byEc2],
      ...(name === 'Decrypt' ? [] : [['neither', `kms:${name}`, key] satisfies Row]),
    ],
  ),
  ['apply', 'kms:CreateGrant', key, { ...byEc2, 'kms:GrantIsForAWSResource': ['true'] }],
  ['neither', 'kms:CreateGrant', key, byEc2],
  ['neither', 'kms:CreateGrant', key, { 'kms:GrantIsForAWSResource': ['true'] }],
  ['neither', 'kms:PutKeyPolicy', key, byEc2],
]

/** The same calls where an existing network is named and a plan may call the server. */
const inNetwork: readonly Row[] = [
  ['apply', 'lambda:CreateFunction', fn(server), { 'lambda:SubnetIds': ['subnet-0a'] }],
  ['apply', 'lambda:CreateFunction', fn(server)],
  ['neither', 'lambda:UpdateFunctionConfiguration', fn(server), { 'lambda:SubnetIds': ['subnet-others'] }],
  [
    'apply',
    'bedrock-agentcore:CreateAgentRuntime',
    '*',
    { ...request(runtimeServer), 'bedrock-agentcore:subnets': ['subnet-0a', 'subnet-0b'] },
  ],
  [
    'neither',
    'bedrock-agentcore:CreateAgentRuntime',
    '*',
    { ...request(runtimeServer), 'bedrock-agentcore:subnets': ['subnet-others'] },
  ],
  [
    'neither',
    'bedrock-agentcore:UpdateAgentRuntime',
    runtime(ours),
    { 'bedrock-agentcore:subnets': ['subnet-others'] },
  ],
  ['apply', 'ecs:CreateExpressGatewayService', ecs('service', `default/${server}`), { 'ecs:subnet': ['subnet-0a'] }],
  [
    'neither',
    'ecs:CreateExpressGatewayService',
    ecs('service', `default/${server}`),
    { 'ecs:subnet': ['subnet-others'] },
  ],
  ['both', 'bedrock-agentcore:InvokeAgentRuntime', runtime(ours)],
  ['both', 'lambda:InvokeFunctionUrl', fn(`${server}:live`), { 'lambda:FunctionUrlAuthType': ['AWS_IAM'] }],
  ['neither', 'bedrock-agentcore:InvokeAgentRuntime', runtime('payroll-0a1B2c3D4e')],
]

function pairOf(configuration: string): RenderedPair {
  const pair = rendered(configuration).roles
  if (pair === undefined) throw new Error(`${configuration} has no module roles`)
  return pair
}

function answerOf(pair: RenderedPair, [, action, resource, context]: Row, by = reaches, of = server): Answer | 'plan' {
  const asked = call(action, resource, context)
  const [plan, apply] = [by(pair, 'plan', of, asked), by(pair, 'apply', of, asked)]
  return plan ? (apply ? 'both' : 'plan') : apply ? 'apply' : 'neither'
}

/** A role that a server gets does not count here: these calls are the apply role's own. */
const itself: typeof reaches = (pair, name, _, asked) => may(pair, name, asked)

describe.each([
  ['readme', rollout],
  ['lambda', lambda],
  ['agentcore', agentcore],
  ['ecs-express', express],
  ['ec2', ec2],
  ['largest', disks],
  ['serverless-network', inNetwork],
] as const)('the roles of %s', (configuration, rows) => {
  test.each(rows.map(row => [row[1], row[2], JSON.stringify(row[3] ?? {}), row] as const))(
    '%s %s %s',
    (...[, , , row]) => {
      expect(answerOf(pairOf(configuration), row, itself)).toBe(row[0])
      // Nothing that is refused is reached in a second step, by a role that is made for a server.
      if (row[0] === 'neither' && configuration !== 'largest')
        expect(answerOf(pairOf(configuration), row)).toBe('neither')
    },
  )
})

/** The platform, the configuration that deploys it, and what its actions are asked about. */
const targets: Readonly<
  Record<string, { configuration: string; arns: Readonly<Record<string, readonly string[]>>; context?: Context }>
> = {
  ecs: {
    configuration: 'readme',
    arns: {
      ecs: ['service', 'service-deployment', 'service-revision', 'task'].map(kind =>
        ecs(
          kind,
          kind === 'task' ? `${server}/0a` : kind === 'service' ? `${server}/${server}` : `${server}/${server}/0a`,
        ),
      ),
      logs: [`arn:aws:logs:HERE:log-group:/ecs/${server}:log-stream:mcp/1`],
      ssm: [`arn:aws:ssm:HERE:parameter/terraform-mcp-deploy/${server}/${server}/passed-task-definition`],
    },
    context: { 'ecs:cluster': [ecs('cluster', server).replace('HERE', 'us-east-1:123456789012')] },
  },
  ec2: { configuration: 'ec2', arns: { ec2: ['arn:aws:ec2:HERE:instance/i-0a'] }, context: tagged(server) },
  lambda: {
    configuration: 'lambda',
    arns: {
      lambda: [fn(`${server}:live`)],
      logs: [`arn:aws:logs:HERE:log-group:/aws/lambda/${server}:log-stream:`],
      ssm: [`arn:aws:ssm:HERE:parameter/terraform-mcp-deploy/lambda/${server}/live/passed-version`],
    },
    context: { 'lambda:FunctionUrlAuthType': ['AWS_IAM'], 'lambda:InvokedViaFunctionUrl': ['true'] },
  },
  agentcore: {
    configuration: 'agentcore',
    arns: {
      'bedrock-agentcore': [runtime(ours), runtime(`${ours}/runtime-endpoint/live`)],
      logs: [`arn:aws:logs:HERE:log-group:/aws/bedrock-agentcore/runtimes/${ours}-live:log-stream:`],
      ssm: [`arn:aws:ssm:HERE:parameter/terraform-mcp-deploy/agentcore/${ours}/live/passed-version`],
    },
  },
  'ecs-express': {
    configuration: 'ecs-express',
    arns: {
      ecs: ['service', 'service-deployment', 'service-revision', 'task'].map(kind =>
        ecs(kind, kind === 'task' ? 'default/0a' : kind === 'service' ? `default/${server}` : `default/${server}/0a`),
      ),
      logs: [`arn:aws:logs:HERE:log-group:/aws/ecs/default/${server}-0a:log-stream:mcp/1`],
    },
    context: { 'ecs:cluster': ['arn:aws:ecs:us-east-1:123456789012:cluster/default'] },
  },
}

describe.each(platforms.filter(({ kind }) => kind !== 'endpoint').map(platform => [platform.kind, platform] as const))(
  'what the platform %s calls',
  (kind, { permissions: { watch, evidence, rollBack, gate } }) => {
    const { configuration, arns, context } = targets[kind] ?? { configuration: '', arns: {} }
    const isAllowed = (name: string, action: string) => {
      const pair = pairOf(configuration)
      const resources = ['*', ...(arns[action.split(':')[0] ?? ''] ?? [])]
      return resources.some(resource => may(pair, name, call(action, resource, context)))
    }
    const changing = /:(Continue|Stop|Update|Put|Delete|Invoke)/
    const refused = (name: string, actions: readonly string[]) => actions.filter(action => !isAllowed(name, action))

    test('is granted to the apply role', () => {
      expect(refused('apply', [...watch, ...evidence, ...rollBack, ...gate])).toEqual([])
    })

    test('is granted to the plan role as far as it only reads', () => {
      const reading = [...watch, ...evidence].filter(action => !changing.test(action))
      expect(reading.length).toBeGreaterThan(0)
      expect(refused('plan', reading)).toEqual([])
    })

    test('is refused to the plan role where it changes or calls something', () => {
      const actions = [...new Set([...watch, ...rollBack, ...gate].filter(action => changing.test(action)))]
      expect(refused('plan', actions)).toEqual(actions)
    })
  },
)
