/**
 * What AWS asks of the caller behind an operation, beside the operation's own action. AWS's list of actions does not have
 * most of it. test/support/aws-authorization.ts asks these questions, and test/modules/permissions.test.ts fails if a row
 * is not asked when its operation is recorded. `node scripts/dependent-permissions.ts` writes docs/dependent-permissions.md.
 */
export interface DependentPermission {
  /** The operation that is called, as its action. */
  readonly on: string
  /** Only a request that has this. */
  readonly when?: string
  readonly asks: readonly string[]
  /** The resource that is asked about. */
  readonly resource: string
  /** AWS's page, or the public report of the refusal. */
  readonly page: string
  /** Why no stack of test/modules/permissions.test.ts makes the call. The row is then asked only with a request of the test's own. */
  readonly notPlayed?: string
  /** How the modules do without the permission, which the roles then lack. */
  readonly avoided?: string
}

const elb = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-api-permissions.html'
const elbTags =
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/tagging-resources-during-creation.html'
const ecsTags = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/supported-iam-actions-tagging.html'
const scaling = 'https://docs.aws.amazon.com/autoscaling/application/userguide/security_iam_permission_validation.html'
const ecsScaling = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/auto-scaling-IAM.html'
const linked = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html'
const passRole = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html'
const ec2Tags = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html'
const secretKeys = 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html'

const flowLogs = 'https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-create-flow-log.html'
const agentCoreRoles = 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/service-linked-roles.html'
const newProvider = 'the oldest supported provider does not know the resource'

/** Operations of EC2 that tag what they make, beside those that have rows of their own. */
const taggedByEc2 = [
  'AllocateAddress',
  'AuthorizeSecurityGroupEgress',
  'AuthorizeSecurityGroupIngress',
  'CreateFlowLogs',
  'CreateInternetGateway',
  'CreateRouteTable',
  'CreateSecurityGroup',
  'CreateSubnet',
]

export const dependentPermissions: readonly DependentPermission[] = [
  {
    on: 'elasticloadbalancing:CreateLoadBalancer',
    asks: [
      'ec2:DescribeAccountAttributes',
      'ec2:DescribeAddresses',
      'ec2:DescribeInternetGateways',
      'ec2:DescribeSecurityGroups',
      'ec2:DescribeSubnets',
      'ec2:DescribeVpcs',
    ],
    resource: '`*`',
    page: elb,
  },
  {
    on: 'elasticloadbalancing:CreateLoadBalancer',
    when: 'it is the first in the account',
    asks: ['iam:CreateServiceLinkedRole'],
    resource: "the service's linked role",
    page: linked,
  },
  {
    on: 'elasticloadbalancing:CreateLoadBalancer',
    when: 'the request has tags',
    asks: ['elasticloadbalancing:AddTags'],
    resource: 'what is made',
    page: elbTags,
  },
  {
    on: 'elasticloadbalancing:CreateTargetGroup',
    asks: ['ec2:DescribeInternetGateways', 'ec2:DescribeVpcs'],
    resource: '`*`',
    page: elb,
  },
  {
    on: 'elasticloadbalancing:CreateTargetGroup',
    when: 'the request has tags',
    asks: ['elasticloadbalancing:AddTags'],
    resource: 'what is made',
    page: elbTags,
  },
  {
    on: 'elasticloadbalancing:CreateListener',
    when: 'the request has tags',
    asks: ['elasticloadbalancing:AddTags'],
    resource: 'what is made',
    page: elbTags,
  },
  {
    on: 'elasticloadbalancing:CreateRule',
    when: 'the request has tags',
    asks: ['elasticloadbalancing:AddTags'],
    resource: 'what is made',
    page: elbTags,
  },
  {
    on: 'elasticloadbalancing:SetSubnets',
    asks: [
      'ec2:DescribeAccountAttributes',
      'ec2:DescribeAddresses',
      'ec2:DescribeInternetGateways',
      'ec2:DescribeSubnets',
      'ec2:DescribeVpcs',
    ],
    resource: '`*`',
    page: elb,
    notPlayed: 'no story moves a load balancer to other subnets',
  },
  {
    on: 'elasticloadbalancing:SetSecurityGroups',
    asks: ['ec2:DescribeSecurityGroups'],
    resource: '`*`',
    page: elb,
    notPlayed: 'no story gives a load balancer other security groups',
  },
  {
    on: 'application-autoscaling:RegisterScalableTarget',
    asks: ['ecs:DescribeServices', 'ecs:UpdateService'],
    resource: 'the service that is scaled',
    page: ecsScaling,
  },
  {
    on: 'application-autoscaling:RegisterScalableTarget',
    when: 'it is the first in the account',
    asks: ['iam:CreateServiceLinkedRole'],
    resource: "the service's linked role",
    page: linked,
  },
  {
    on: 'application-autoscaling:RegisterScalableTarget',
    when: 'the request has tags',
    asks: ['application-autoscaling:TagResource'],
    resource: 'the scalable target',
    page: 'https://docs.aws.amazon.com/autoscaling/application/userguide/resource-tagging-support.html',
  },
  {
    on: 'application-autoscaling:PutScalingPolicy',
    asks: ['cloudwatch:DescribeAlarms', 'cloudwatch:PutMetricAlarm', 'ecs:DescribeServices', 'ecs:UpdateService'],
    resource: 'alarms `TargetTracking-service/CLUSTER/SERVICE-…`, and the service',
    page: scaling,
  },
  {
    on: 'application-autoscaling:DeleteScalingPolicy',
    asks: ['cloudwatch:DeleteAlarms', 'cloudwatch:DescribeAlarms'],
    resource: 'the same alarms',
    page: scaling,
  },
  {
    on: 'application-autoscaling:DeregisterScalableTarget',
    asks: ['cloudwatch:DeleteAlarms'],
    resource: 'the same alarms',
    page: scaling,
  },
  {
    on: 'ecs:CreateCluster',
    asks: ['iam:CreateServiceLinkedRole'],
    resource: "the service's linked role",
    page: linked,
  },
  {
    on: 'ecs:RegisterTaskDefinition',
    when: 'it names roles',
    asks: ['iam:PassRole'],
    resource: 'each role',
    page: passRole,
  },
  {
    on: 'ecs:RegisterTaskDefinition',
    when: 'the request has tags',
    asks: ['ecs:TagResource'],
    resource: 'what is made',
    page: ecsTags,
  },
  {
    on: 'ecs:CreateCluster',
    when: 'the request has tags',
    asks: ['ecs:TagResource'],
    resource: 'what is made',
    page: ecsTags,
  },
  {
    on: 'ecs:CreateService',
    when: 'the request has tags',
    asks: ['ecs:TagResource'],
    resource: 'what is made',
    page: ecsTags,
  },
  {
    on: 'ecs:CreateExpressGatewayService',
    asks: ['iam:PassRole'],
    resource: 'execution role, task role and infrastructure role',
    page: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/infrastructure_IAM_role.html',
    notPlayed: newProvider,
  },
  {
    on: 'ecs:CreateService',
    when: 'its task definition names roles',
    asks: ['iam:PassRole'],
    resource: 'each role',
    page: passRole,
  },
  {
    on: 'ecs:UpdateService',
    when: 'it is given a task definition that names roles',
    asks: ['iam:PassRole'],
    resource: 'each role',
    page: passRole,
  },
  {
    on: 'iam:AddRoleToInstanceProfile',
    asks: ['iam:PassRole'],
    resource: 'the role',
    page: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddRoleToInstanceProfile.html',
  },
  {
    on: 'ec2:RunInstances',
    when: 'it names an instance profile',
    asks: ['iam:PassRole'],
    resource: 'its role',
    page: passRole,
  },
  {
    on: 'ec2:RunInstances',
    when: 'the request has tags',
    asks: ['ec2:CreateTags'],
    resource: 'what is made',
    page: ec2Tags,
  },
  {
    on: 'ec2:RunInstances',
    when: 'the disk has a key of your own',
    asks: [
      'kms:CreateGrant',
      'kms:Decrypt',
      'kms:DescribeKey',
      'kms:GenerateDataKeyWithoutPlaintext',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
    ],
    resource: 'the key, by EC2; the grant for an AWS resource only',
    page: 'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html',
  },
  ...['CreateVpc', ...taggedByEc2].map(operation => ({
    on: `ec2:${operation}`,
    when: 'the request has tags',
    asks: ['ec2:CreateTags'],
    resource: 'what is made',
    page: ec2Tags,
  })),
  {
    on: 'ec2:CreateFlowLogs',
    when: 'it writes to a bucket',
    asks: ['logs:CreateLogDelivery'],
    resource: '`*`',
    page: flowLogs,
  },
  {
    on: 'ec2:CreateFlowLogs',
    when: 'it writes to a log group',
    asks: ['iam:PassRole'],
    resource: 'the role',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html',
  },
  {
    on: 'ec2:CreateFlowLogs',
    when: "the bucket's policy does not let AWS deliver",
    asks: ['s3:GetBucketPolicy', 's3:PutBucketPolicy'],
    resource: 'the bucket',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html',
    avoided: "AWS would write over the policy of the bucket, so the bucket's owner gives it beforehand",
  },
  {
    on: 'ec2:DeleteFlowLogs',
    asks: ['logs:DeleteLogDelivery'],
    resource: '`*`',
    page: flowLogs,
  },
  {
    on: 'lambda:CreateFunction',
    asks: ['iam:PassRole'],
    resource: 'the role',
    page: passRole,
  },
  {
    on: 'lambda:UpdateFunctionConfiguration',
    when: 'it names the role',
    asks: ['iam:PassRole'],
    resource: 'the role',
    page: passRole,
  },
  {
    on: 'lambda:CreateFunction',
    when: 'the request has tags',
    asks: ['lambda:TagResource'],
    resource: 'the function',
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-tags.html',
  },
  {
    on: 'lambda:CreateFunction',
    when: 'the function is in a VPC',
    asks: ['ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs'],
    resource: '`*`',
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html',
  },
  {
    on: 'lambda:CreateFunction',
    when: 'it has a layer',
    asks: ['lambda:GetLayerVersion'],
    resource: 'each layer',
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/permissions-user-function.html',
    notPlayed: 'the story deploys an image, and an image has no layers',
  },
  {
    on: 'lambda:CreateFunction',
    when: 'the repository of the image does not let Lambda pull',
    asks: ['ecr:GetRepositoryPolicy', 'ecr:SetRepositoryPolicy'],
    resource: 'the repository',
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/images-create.html',
    avoided: 'terraform/ecr with `lambda = true` gives the repository that policy',
  },
  {
    on: 'apigateway:POST',
    when: 'it makes an API or a host name with tags',
    asks: ['apigateway:POST'],
    resource: 'the path `/tags/ARN`, with `*` for an id that does not exist yet',
    page: 'https://github.com/hashicorp/terraform-provider-aws/issues/20634',
  },
  {
    on: 'bedrock-agentcore:CreateAgentRuntime',
    asks: ['iam:PassRole'],
    resource: 'the role',
    page: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-permissions.html',
    notPlayed: newProvider,
  },
  {
    on: 'bedrock-agentcore:UpdateAgentRuntime',
    asks: ['iam:PassRole'],
    resource: 'the role',
    page: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-permissions.html',
    notPlayed: newProvider,
  },
  {
    on: 'bedrock-agentcore:CreateAgentRuntime',
    when: 'it is the first in the account',
    asks: ['iam:CreateServiceLinkedRole'],
    resource: "the linked role of the runtime's identity, and in a VPC that of its network",
    page: agentCoreRoles,
    notPlayed: newProvider,
  },
  {
    on: 's3:GetObject',
    when: 'the state has a key of your own',
    asks: ['kms:Decrypt'],
    resource: 'the key, by S3',
    page: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
    notPlayed: 'the bucket of the stories has the key of S3',
  },
  {
    on: 's3:PutObject',
    when: 'the state has a key of your own',
    asks: ['kms:Decrypt', 'kms:GenerateDataKey'],
    resource: 'the key, by S3',
    page: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
    notPlayed: 'the bucket of the stories has the key of S3',
  },
  {
    on: 'dynamodb:PutItem',
    when: 'the lock table has a key of your own',
    asks: ['kms:Decrypt'],
    resource: 'the key, by DynamoDB',
    page: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html',
    notPlayed: 'the lock table of the stories has the key of DynamoDB',
  },
  {
    on: 'acm:RequestCertificate',
    when: 'the request has tags',
    asks: ['acm:AddTagsToCertificate'],
    resource: 'the certificate, which has no tag yet',
    page: 'https://github.com/hashicorp/terraform-provider-aws/issues/11903',
  },
  {
    on: 'logs:CreateLogGroup',
    when: 'the request has tags',
    asks: ['logs:TagResource'],
    resource: 'the log group',
    page: 'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html',
  },
  {
    on: 'secretsmanager:CreateSecret',
    when: 'the request has tags',
    asks: ['secretsmanager:TagResource'],
    resource: 'the secret',
    page: 'https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html',
  },
  {
    on: 'secretsmanager:PutSecretValue',
    when: 'the secret has a key of your own',
    asks: ['kms:Decrypt', 'kms:GenerateDataKey'],
    resource: 'the key, by Secrets Manager',
    page: secretKeys,
  },
  {
    on: 'secretsmanager:GetSecretValue',
    when: 'the secret has a key of your own',
    asks: ['kms:Decrypt'],
    resource: 'the key, by Secrets Manager',
    page: secretKeys,
  },
  {
    on: 'wafv2:AssociateWebACL',
    when: 'it is for a load balancer',
    asks: ['elasticloadbalancing:SetWebAcl'],
    resource: '`*`',
    page: 'https://docs.aws.amazon.com/waf/latest/APIReference/API_AssociateWebACL.html',
  },
]
