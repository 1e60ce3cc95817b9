/**
 * What the roles of terraform/github-oidc may do and no story of test/modules/permissions.test.ts does, each with the reason why it
 * is granted all the same. That test fails for a right that is neither used nor listed here, and for one that is listed and used.
 * `node scripts/dependent-permissions.ts` writes the table into docs/dependent-permissions.md.
 */
export interface UnusedPermission {
  /** The stories that do not use it. */
  readonly stacks: readonly string[]
  readonly actions: readonly string[]
  readonly reason: string
}

const everywhere = ['ecs', 'ec2', 'lambda']

export const unusedPermissions: readonly UnusedPermission[] = [
  {
    stacks: everywhere,
    actions: ['dynamodb:DescribeTable'],
    reason: "The documentation of Terraform's S3 backend lists it for a lock table.",
  },
  {
    stacks: everywhere.filter(stack => stack !== 'ecs'),
    actions: ['route53:ListHostedZones', 'route53:ListTagsForResource'],
    reason:
      'A root module that finds its zone by name, as the examples do. The stories give its id. terraform/ecs reads its zone.',
  },
  {
    stacks: everywhere,
    actions: ['iam:PutRolePermissionsBoundary'],
    reason: 'A role that was made before the boundary existed gets it by an apply.',
  },
  {
    stacks: everywhere,
    actions: ['iam:UpdateRole', 'iam:UpdateRoleDescription'],
    reason: 'A change of the description or of the longest session, or somebody else made one.',
  },
  {
    stacks: everywhere,
    actions: ['logs:AssociateKmsKey', 'logs:DeleteRetentionPolicy', 'logs:DisassociateKmsKey'],
    reason: 'A change of the key or of the retention of a log.',
  },
  {
    stacks: ['ecs', 'ec2'],
    actions: [
      'ec2:ModifySecurityGroupRules',
      'ec2:UpdateSecurityGroupRuleDescriptionsEgress',
      'ec2:UpdateSecurityGroupRuleDescriptionsIngress',
    ],
    reason: 'A change of who may reach the server.',
  },
  {
    stacks: ['ecs', 'ec2'],
    actions: ['ec2:ModifySubnetAttribute', 'ec2:ReplaceRoute', 'ec2:ReplaceRouteTableAssociation'],
    reason: 'Somebody changed the network outside of Terraform, and an apply sets it back.',
  },
  {
    stacks: ['ecs', 'lambda'],
    actions: ['ecr:DescribeImages'],
    reason: 'The input `reviewed-images`, which has a test of its own.',
  },
  {
    stacks: ['ecs', 'ec2'],
    actions: ['secretsmanager:UpdateSecret'],
    reason: 'A change of the description or of the key of a secret.',
  },
  {
    stacks: ['ecs'],
    actions: ['secretsmanager:UpdateSecretVersionStage'],
    reason: 'The value of a managed secret goes back to an earlier version.',
  },
  {
    stacks: ['ecs'],
    actions: [
      'ecs:ContinueServiceDeployment',
      'ecs:DescribeServiceDeployments',
      'ecs:DescribeServiceRevisions',
      'ecs:ListServiceDeployments',
      'ecs:StopServiceDeployment',
    ],
    reason:
      'The action, for a blue/green, linear or canary deployment. The emulator has none; `test/platforms/ecs/service-deployment.test.ts` makes the calls.',
  },
  {
    stacks: ['ecs'],
    actions: ['ecs:UpdateCluster', 'ecs:UpdateClusterSettings'],
    reason: 'A change of Container Insights or of the log of ECS Exec.',
  },
  {
    stacks: ['ecs'],
    actions: [
      'elasticloadbalancing:ModifyListener',
      'elasticloadbalancing:ModifyListenerAttributes',
      'elasticloadbalancing:ModifyTargetGroup',
      'elasticloadbalancing:SetSecurityGroups',
      'elasticloadbalancing:SetSubnets',
    ],
    reason: 'A change of the certificate, the health check, the security groups or the subnets.',
  },
  {
    stacks: ['ecs'],
    actions: ['wafv2:GetWebACL'],
    reason:
      'The provider reads which web ACL a load balancer has, and the list of AWS names both types of resources for that.',
  },
  {
    stacks: ['ec2'],
    actions: ['cloudformation:DescribeStackEvents'],
    reason: 'The provider asks why a stack failed.',
  },
  {
    stacks: ['ec2'],
    actions: ['cloudformation:TagResource'],
    reason: "The provider's `default_tags` tag the stack. The stories set none.",
  },
  {
    stacks: ['ec2'],
    actions: ['ec2:DescribeIamInstanceProfileAssociations'],
    reason: 'The provider asks when the profile of a running instance changes.',
  },
  {
    stacks: ['ec2'],
    actions: ['ec2:ModifyInstanceMetadataOptions', 'ec2:ModifyVolume'],
    reason: 'Somebody changed the instance outside of Terraform, and an apply sets it back.',
  },
  {
    stacks: ['lambda'],
    actions: ['acm:RemoveTagsFromCertificate', 'iam:UntagRole', 'lambda:UntagResource', 'logs:UntagResource'],
    reason: 'A change of the tags.',
  },
  {
    stacks: ['lambda'],
    actions: ['apigateway:PATCH', 'lambda:UpdateFunctionUrlConfig'],
    reason: 'A change of the limits of the API or of the mode of the URL.',
  },
  {
    stacks: ['lambda'],
    actions: ['lambda:GetFunctionCodeSigningConfig', 'lambda:GetLayerVersion'],
    reason: 'A zip package with the layer of the Web Adapter. The story deploys an image.',
  },
  {
    stacks: ['lambda'],
    actions: ['lambda:InvokeFunction', 'lambda:InvokeFunctionUrl'],
    reason: "The gate calls a signed URL at the function's own address, where the test records nothing.",
  },
]
