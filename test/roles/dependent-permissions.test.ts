/**
 * Each row of the table of dependent permissions, with a request of its own: the evaluator asks what the row says, and the roles
 * allow it. The rows that Terraform's calls bring about are asked again where those calls are recorded.
 */
import { expect, test } from 'vitest'
import { type AwsRequest, authorizationsOf, type Known } from '../support/aws-authorization.ts'
import { type DependentPermission, dependentPermissions } from '../support/dependent-permissions.ts'

const account = '123456789012'
const role = (name: string) => `arn:aws:iam::${account}:role/orders-mcp-${name}-20261128174512345600000001`
const tag = { McpServer: 'orders-mcp' }
const key = `arn:aws:kms:us-east-1:${account}:key/11111111-2222-3333-4444-555555555555`
const secret = `arn:aws:secretsmanager:us-east-1:${account}:secret:orders-mcp/KEY-AbCdEf`
const balancer = `arn:aws:elasticloadbalancing:us-east-1:${account}:loadbalancer/app/orders-mcp/0a`
const formTag = { 'Tags.member.1.Key': 'McpServer', 'Tags.member.1.Value': 'orders-mcp' }

function nothingKnown(): Known {
  return {
    tags: new Map(),
    associations: new Map(),
    boundaries: new Map(),
    profiles: new Map([['orders-mcp-profile', role('x').split('/')[1] ?? '']]),
    secretKeys: new Map([[secret, key]]),
    stateKeys: new Map([
      ['states', key],
      ['locks', key],
    ]),
    taskRoles: new Map([['orders-mcp', [role('exec'), role('task')]]]),
    publicImages: new Map(),
    subnetVpcs: new Map(),
  }
}

type Sample = Partial<AwsRequest> & { readonly parameters?: Readonly<Record<string, unknown>> }
const tagSpecification = (type: string) => ({
  'TagSpecification.1.ResourceType': type,
  'TagSpecification.1.Tag.1.Key': 'McpServer',
  'TagSpecification.1.Tag.1.Value': 'orders-mcp',
})
const ec2Samples: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  AllocateAddress: tagSpecification('elastic-ip'),
  AuthorizeSecurityGroupEgress: { GroupId: 'sg-0123456789abcdef0', ...tagSpecification('security-group-rule') },
  AuthorizeSecurityGroupIngress: { GroupId: 'sg-0123456789abcdef0', ...tagSpecification('security-group-rule') },
  CreateFlowLogs: {
    'ResourceId.1': 'vpc-0123456789abcdef0',
    LogDestinationType: 's3',
    DeliverLogsPermissionArn: `arn:aws:iam::${account}:role/flow-logs`,
    ...tagSpecification('vpc-flow-log'),
  },
  CreateInternetGateway: tagSpecification('internet-gateway'),
  CreateRouteTable: { VpcId: 'vpc-0123456789abcdef0', ...tagSpecification('route-table') },
  CreateSecurityGroup: { VpcId: 'vpc-0123456789abcdef0', ...tagSpecification('security-group') },
  CreateSubnet: { VpcId: 'vpc-0123456789abcdef0', ...tagSpecification('subnet') },
  CreateVpc: tagSpecification('vpc'),
  DeleteFlowLogs: { 'FlowLogId.1': 'fl-0123456789abcdef0' },
  RunInstances: {
    ImageId: 'ami-0123456789abcdef0',
    SubnetId: 'subnet-0123456789abcdef0',
    'SecurityGroupId.1': 'sg-0123456789abcdef0',
    'IamInstanceProfile.Name': 'orders-mcp-profile',
    'BlockDeviceMapping.1.Ebs.KmsKeyId': key,
    ...tagSpecification('instance'),
  },
}
const json = (value: unknown) => JSON.stringify(value)

/** A request that fulfils the conditions of every row about its operation. */
const samples: Readonly<Record<string, Sample>> = {
  'elasticloadbalancing:CreateLoadBalancer': { parameters: { Name: 'orders-mcp', ...formTag } },
  'elasticloadbalancing:CreateTargetGroup': { parameters: { Name: 'orders2026', ...formTag } },
  'elasticloadbalancing:CreateListener': { parameters: { LoadBalancerArn: balancer, ...formTag } },
  'elasticloadbalancing:CreateRule': {
    parameters: { ListenerArn: `${balancer.replace(':loadbalancer', ':listener')}/1b`, ...formTag },
  },
  'elasticloadbalancing:SetSubnets': { parameters: { LoadBalancerArn: balancer } },
  'elasticloadbalancing:SetSecurityGroups': { parameters: { LoadBalancerArn: balancer } },
  'application-autoscaling:RegisterScalableTarget': {
    parameters: { ResourceId: 'service/orders-mcp/orders-mcp', ServiceNamespace: 'ecs', Tags: tag },
  },
  'application-autoscaling:PutScalingPolicy': { parameters: { ResourceId: 'service/orders-mcp/orders-mcp' } },
  'application-autoscaling:DeleteScalingPolicy': { parameters: { ResourceId: 'service/orders-mcp/orders-mcp' } },
  'application-autoscaling:DeregisterScalableTarget': { parameters: { ResourceId: 'service/orders-mcp/orders-mcp' } },
  'ecs:CreateCluster': { parameters: { clusterName: 'orders-mcp', tags: [{ key: 'McpServer', value: 'orders-mcp' }] } },
  'ecs:RegisterTaskDefinition': {
    parameters: {
      family: 'orders-mcp',
      executionRoleArn: role('exec'),
      taskRoleArn: role('task'),
      tags: [{ key: 'McpServer', value: 'orders-mcp' }],
    },
  },
  'ecs:CreateService': {
    parameters: {
      cluster: 'orders-mcp',
      serviceName: 'orders-mcp',
      taskDefinition: 'orders-mcp:1',
      tags: [{ key: 'McpServer', value: 'orders-mcp' }],
    },
  },
  'ecs:UpdateService': { parameters: { cluster: 'orders-mcp', service: 'orders-mcp', taskDefinition: 'orders-mcp:2' } },
  'ecs:CreateExpressGatewayService': {
    parameters: {
      serviceName: 'orders-mcp',
      executionRoleArn: role('exec'),
      taskRoleArn: role('task'),
      infrastructureRoleArn: `arn:aws:iam::${account}:role/ecsInfrastructureRoleForExpressServices`,
    },
  },
  'iam:AddRoleToInstanceProfile': {
    parameters: { InstanceProfileName: 'orders-mcp-p', RoleName: role('x').split('/')[1] },
  },
  ...Object.fromEntries(Object.entries(ec2Samples).map(([name, parameters]) => [`ec2:${name}`, { parameters }])),
  'acm:RequestCertificate': {
    parameters: { DomainName: 'mcp.example.com', Tags: [{ Key: 'McpServer', Value: 'orders-mcp' }] },
  },
  'logs:CreateLogGroup': { parameters: { logGroupName: '/ecs/orders-mcp', tags: tag } },
  'secretsmanager:CreateSecret': {
    parameters: { Name: 'orders-mcp/KEY', Tags: [{ Key: 'McpServer', Value: 'orders-mcp' }] },
  },
  'secretsmanager:PutSecretValue': { parameters: { SecretId: secret } },
  'secretsmanager:GetSecretValue': { parameters: { SecretId: secret } },
  'wafv2:AssociateWebACL': {
    parameters: { WebACLArn: `arn:aws:wafv2:us-east-1:${account}:regional/webacl/acme/0a`, ResourceArn: balancer },
  },
  'lambda:CreateFunction': {
    operation: 'POST',
    path: '/2015-03-31/functions',
    body: json({
      FunctionName: 'orders-mcp',
      Role: role('fn'),
      Tags: tag,
      Layers: ['arn:aws:lambda:us-east-1:753240598075:layer:LambdaAdapterLayerX86:25'],
      VpcConfig: { SubnetIds: ['subnet-0a'], SecurityGroupIds: ['sg-0a'] },
    }),
  },
  'lambda:UpdateFunctionConfiguration': {
    operation: 'PUT',
    path: '/2015-03-31/functions/orders-mcp/configuration',
    body: json({ Role: role('fn') }),
  },
  'apigateway:POST': { operation: 'POST', path: '/v2/apis', body: json({ name: 'orders-mcp', tags: tag }) },
  'bedrock-agentcore:CreateAgentRuntime': {
    operation: 'PUT',
    path: '/runtimes/',
    body: json({
      agentRuntimeName: 'orders_mcp',
      roleArn: role('ac'),
      tags: tag,
      networkConfiguration: { networkMode: 'VPC', networkModeConfig: { subnets: ['subnet-0a'] } },
    }),
  },
  'bedrock-agentcore:UpdateAgentRuntime': {
    operation: 'PUT',
    path: '/runtimes/orders_mcp-0a1B2c3D4e/',
    body: json({ roleArn: role('ac') }),
  },
  's3:GetObject': { operation: 'GET', path: '/states/orders-mcp/production.tfstate' },
  's3:PutObject': { operation: 'PUT', path: '/states/orders-mcp/production.tfstate' },
  'dynamodb:PutItem': { parameters: { TableName: 'locks', Item: { LockID: { S: 'states/orders-mcp' } } } },
}

function requestOf({ on }: DependentPermission): AwsRequest {
  const [service = '', operation = ''] = on.split(':')
  const sample = samples[on]
  if (sample === undefined) throw new Error(`There is no request for the rows about ${on}.`)
  return { service, operation, parameters: {}, path: '/', body: '', headers: {}, ...sample }
}

test.each(dependentPermissions.map(row => [row.on, row.when ?? '', row.asks.join(', '), row] as const))(
  '%s %s asks %s',
  async (on, _when, _asks, row) => {
    const asked = await authorizationsOf(requestOf(row), nothingKnown())
    const actions = asked.map(({ action }) => action)
    expect(actions).toContain(on)
    // An action that asks for itself, such as the tags of a new API, is asked twice.
    const others = actions.filter((action, index) => action !== on || actions.indexOf(action) !== index)
    for (const action of row.asks) {
      if (row.avoided === undefined) expect(others).toContain(action)
      else expect(others).not.toContain(action)
    }
  },
)

test('each row has an https page, and says where it is asked', () => {
  for (const { page, resource } of dependentPermissions) {
    expect(page).toMatch(/^https:\/\/(docs\.aws\.amazon\.com|github\.com)\//)
    expect(resource).not.toBe('')
  }
})
