/**
 * Questions to IAM about what a holder of the roles of terraform/github-oidc can get done, for the sentences of the pages
 * and for the table in docs/threat-model.md. The account has neighbours: untagged things, names with the same beginning,
 * other zones, subnets, secrets, states and task definitions.
 */
import type { AwsCall } from './aws-authorization.ts'
import { allows, statementsOf } from './iam.ts'
import type { RenderedPair } from './role-configurations.ts'

const account = '123456789012'
const here = `us-east-1:${account}`
/** What Terraform puts behind a name that it generates: the time and a counter. */
const suffix = '20261128174512345600000001'
const tag = (which: 'Request' | 'Resource', server: string) => ({ [`aws:${which}Tag/McpServer`]: [server] })

/** A call in the account's own region, unless its context says something else. */
export function call(action: string, resource: string, context: AwsCall['context'] = {}): AwsCall {
  const everywhere = { 'aws:RequestedRegion': ['us-east-1'], 'aws:ResourceAccount': [account] }
  return { action, resource: resource.replace('HERE', here), context: { ...everywhere, ...context } }
}

/** The role's own policies allow the call. */
export function may(pair: RenderedPair, role: string, asked: AwsCall): boolean {
  return allows(Object.values(pair.roles[role]?.policies ?? {}).flatMap(statementsOf), asked)
}

/**
 * Whoever holds the role can get the call done: by the role itself, or by a role that it makes for a server, fills with any
 * policy and hands to a task or an instance.
 */
export function reaches(pair: RenderedPair, role: string, server: string, asked: AwsCall): boolean {
  if (may(pair, role, asked)) return true
  const made = [
    { name: `${server}-task-${suffix}`, service: 'ecs-tasks.amazonaws.com' },
    { name: `${server}-${suffix}`, service: 'ec2.amazonaws.com' },
    { name: `${server}-fn-${suffix}`, service: 'lambda.amazonaws.com' },
    { name: `${server}-ac-${suffix}`, service: 'bedrock-agentcore.amazonaws.com' },
  ]
  return made.some(({ name, service }) => {
    const arn = `arn:aws:iam::${account}:role/${name}`
    const can = (action: string, context: AwsCall['context']) => may(pair, role, call(action, arn, context))
    if (!can('iam:PassRole', { 'iam:PassedToService': [service] })) return false
    const fills = (context: AwsCall['context']) => can('iam:CreateRole', context) && can('iam:PutRolePolicy', context)
    if (fills({})) return true
    return pair.boundary !== null && allows(statementsOf(pair.boundary), asked)
  })
}

const zone = 'arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ'
const record = (name: string, type = 'A') => ({
  'route53:ChangeResourceRecordSetsNormalizedRecordNames': [name],
  'route53:ChangeResourceRecordSetsRecordTypes': [type],
})

/** Calls of a holder of the roles for the server orders-mcp, by what they would achieve. */
export const calls = {
  ownService: call('ecs:UpdateService', 'arn:aws:ecs:HERE:service/orders-mcp/orders-mcp'),
  othersService: call('ecs:UpdateService', 'arn:aws:ecs:HERE:service/orders-mcp-2/orders-mcp-2'),
  ownSecret: call('secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:HERE:secret:orders-mcp/KEY-20261128-AbCdEf'),
  othersSecret: call('secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:HERE:secret:payroll-AbCdEf'),
  similarSecret: call('secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:HERE:secret:orders-mcp-2/KEY-AbCdEf'),
  othersParameter: call('ssm:GetParameters', 'arn:aws:ssm:HERE:parameter/payroll'),
  ownState: call('s3:PutObject', 'arn:aws:s3:::acme-terraform-state/orders-mcp/production.tfstate'),
  readOwnState: call('s3:GetObject', 'arn:aws:s3:::acme-terraform-state/orders-mcp/production.tfstate'),
  othersState: call('s3:GetObject', 'arn:aws:s3:::acme-terraform-state/payroll/production.tfstate'),
  stagingState: call('s3:GetObject', 'arn:aws:s3:::acme-terraform-state/orders-mcp/staging.tfstate'),
  bucketPolicy: call('s3:PutBucketPolicy', 'arn:aws:s3:::acme-terraform-state'),
  foreignBucket: call('s3:GetObject', 'arn:aws:s3:::acme-terraform-state/orders-mcp/production.tfstate', {
    'aws:ResourceAccount': ['210987654321'],
  }),
  takeLock: call('s3:PutObject', 'arn:aws:s3:::acme-terraform-state/orders-mcp/production.tfstate.tflock', {
    's3:if-none-match': ['*'],
  }),
  overwriteLock: call('s3:PutObject', 'arn:aws:s3:::acme-terraform-state/orders-mcp/production.tfstate.tflock'),
  deleteLock: call('s3:DeleteObject', 'arn:aws:s3:::acme-terraform-state/orders-mcp/production.tfstate.tflock'),
  anyObject: call('s3:GetObject', 'arn:aws:s3:::customer-data/2026.csv'),
  newUser: call('iam:CreateUser', `arn:aws:iam::${account}:user/mallory`),
  newAdministrator: call('iam:AttachUserPolicy', `arn:aws:iam::${account}:user/mallory`, {
    'iam:PolicyARN': ['arn:aws:iam::aws:policy/AdministratorAccess'],
  }),
  otherRole: call('sts:AssumeRole', `arn:aws:iam::${account}:role/payroll-admin`),
  ownTrust: call('iam:UpdateAssumeRolePolicy', `arn:aws:iam::${account}:role/mcp-deploy-apply`),
  serverTrust: call('iam:UpdateAssumeRolePolicy', `arn:aws:iam::${account}:role/orders-mcp-task-${suffix}`),
  ownBoundary: call('iam:CreatePolicyVersion', `arn:aws:iam::${account}:policy/mcp-deploy-servers`),
  ownPolicies: call('iam:PutRolePolicy', `arn:aws:iam::${account}:role/mcp-deploy-apply`),
  similarRole: call('iam:DeleteRole', `arn:aws:iam::${account}:role/orders-mcp-task-exec-${suffix}`),
  fillSimilarRole: call('iam:PutRolePolicy', `arn:aws:iam::${account}:role/orders-mcp-task-exec-${suffix}`, {
    'iam:PermissionsBoundary': [`arn:aws:iam::${account}:policy/mcp-deploy-servers`],
  }),
  untaggedGroup: call('ec2:CreateTags', 'arn:aws:ec2:HERE:security-group/sg-0a', tag('Request', 'orders-mcp')),
  othersGroup: call(
    'ec2:AuthorizeSecurityGroupIngress',
    'arn:aws:ec2:HERE:security-group/sg-0a',
    tag('Resource', 'others'),
  ),
  ownGroup: call(
    'ec2:AuthorizeSecurityGroupIngress',
    'arn:aws:ec2:HERE:security-group/sg-0a',
    tag('Resource', 'orders-mcp'),
  ),
  untaggedCertificate: call('acm:AddTagsToCertificate', 'arn:aws:acm:HERE:certificate/1', tag('Request', 'orders-mcp')),
  othersCertificate: call('acm:DeleteCertificate', 'arn:aws:acm:HERE:certificate/1', tag('Resource', 'others')),
  ownName: call('route53:ChangeResourceRecordSets', zone, record('mcp.example.com')),
  ownValidation: call('route53:ChangeResourceRecordSets', zone, record('_0123456789abcdef.mcp.example.com', 'CNAME')),
  othersName: call('route53:ChangeResourceRecordSets', zone, record('www.example.com')),
  mailOfName: call('route53:ChangeResourceRecordSets', zone, record('mcp.example.com', 'MX')),
  othersZone: call(
    'route53:ChangeResourceRecordSets',
    'arn:aws:route53:::hostedzone/Z000OTHER',
    record('mcp.example.com'),
  ),
  othersTargetGroup: call(
    'elasticloadbalancing:DeleteTargetGroup',
    `arn:aws:elasticloadbalancing:HERE:targetgroup/orders${suffix}/0123456789abcdef`,
    tag('Resource', 'orders-shop'),
  ),
  othersScaling: call(
    'application-autoscaling:DeregisterScalableTarget',
    'arn:aws:application-autoscaling:HERE:scalable-target/0a',
    {
      'application-autoscaling:service-namespace': ['ecs'],
      ...tag('Resource', 'others'),
    },
  ),
  untaggedScaling: call(
    'application-autoscaling:TagResource',
    'arn:aws:application-autoscaling:HERE:scalable-target/0a',
    tag('Request', 'orders-mcp'),
  ),
  tableScaling: call(
    'application-autoscaling:RegisterScalableTarget',
    'arn:aws:application-autoscaling:HERE:scalable-target/new',
    {
      'application-autoscaling:service-namespace': ['dynamodb'],
      ...tag('Request', 'orders-mcp'),
    },
  ),
  othersAlarm: call('cloudwatch:DeleteAlarms', 'arn:aws:cloudwatch:HERE:alarm:payroll-is-down'),
  anyTaskDefinition: call('ecs:DescribeTaskDefinition', '*'),
  anyTaskDefinitionElsewhere: call('ecs:DescribeTaskDefinition', '*', { 'aws:RequestedRegion': ['eu-west-1'] }),
  anySubnet: call(
    'elasticloadbalancing:CreateLoadBalancer',
    'arn:aws:elasticloadbalancing:HERE:loadbalancer/app/orders-mcp/0a',
    {
      'elasticloadbalancing:Subnet': ['subnet-others'],
    },
  ),
  namedSubnet: call(
    'elasticloadbalancing:CreateLoadBalancer',
    'arn:aws:elasticloadbalancing:HERE:loadbalancer/app/orders-mcp/0a',
    {
      'elasticloadbalancing:Subnet': ['subnet-0a', 'subnet-0b'],
    },
  ),
  anyGroup: call(
    'elasticloadbalancing:SetSecurityGroups',
    'arn:aws:elasticloadbalancing:HERE:loadbalancer/app/orders-mcp/0a',
    {
      'elasticloadbalancing:SecurityGroup': ['sg-others'],
    },
  ),
  tasksAnywhere: call('ecs:CreateService', 'arn:aws:ecs:HERE:service/orders-mcp/orders-mcp', {
    'ecs:subnet': ['subnet-others'],
  }),
  groupInOthersVpc: call('ec2:CreateSecurityGroup', 'arn:aws:ec2:HERE:vpc/vpc-others'),
  instanceInOthersSubnet: call('ec2:RunInstances', 'arn:aws:ec2:HERE:subnet/subnet-others'),
  instanceFromAnyImage: call('ec2:RunInstances', 'arn:aws:ec2:us-east-1::image/ami-0a', { 'ec2:Public': ['false'] }),
  instanceFromSnapshot: call('ec2:RunInstances', 'arn:aws:ec2:us-east-1::snapshot/snap-0a'),
  instanceWithAnyKey: call('ec2:RunInstances', 'arn:aws:ec2:HERE:key-pair/admin'),
  othersInstance: call('ec2:TerminateInstances', 'arn:aws:ec2:HERE:instance/i-0a', tag('Resource', 'others')),
  untaggedInstance: call('ec2:TerminateInstances', 'arn:aws:ec2:HERE:instance/i-0a'),
  othersTlsKey: call(
    'secretsmanager:GetSecretValue',
    'arn:aws:secretsmanager:HERE:secret:orders-mcp/tls-20261128-AbCdEf',
  ),
  anyFirewall: call('wafv2:AssociateWebACL', 'arn:aws:wafv2:HERE:regional/webacl/others/0a'),
  images: call('ecr:BatchGetImage', 'arn:aws:ecr:HERE:repository/orders-mcp'),
  othersImages: call('ecr:BatchGetImage', 'arn:aws:ecr:HERE:repository/payroll'),
  pushImage: call('ecr:PutImage', 'arn:aws:ecr:HERE:repository/orders-mcp'),
} satisfies Record<string, AwsCall>

export type Question = keyof typeof calls
