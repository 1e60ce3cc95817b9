# What applying needs whichever stack it is: the VPC and its parts, security groups, certificates and records of the host names.
# Who may be changed is known by its tag, because the ids of EC2 are known to nobody beforehand.

locals {
  has_network = length(local.on_ecs) + length(local.on_ec2) > 0
  rules       = local.has_network ? ["${local.arn}:ec2:${local.here}:security-group-rule/*"] : []
  # Where the VPC is given, the security groups are all that is made in it.
  network_types = !local.has_network ? [] : var.networks == null ? ["internet-gateway", "route-table", "security-group", "subnet", "vpc"] : ["security-group"]
  has_flow_logs = local.has_network && var.flow_logs != null
  made_network  = [for type in local.network_types : "${local.arn}:ec2:${local.here}:${type}/*"]

  # A certificate is validated by a record _HASH.NAME.
  certificate_names = distinct(concat(flatten([for names in values(var.hosted_zones) : tolist(names)]), tolist(var.certificate_names)))
  for_names = length(local.certificate_names) == 0 ? {} : {
    "ForAllValues:StringEquals" = { "acm:DomainNames" = local.certificate_names }
  }

  # A load balancer and the host name of an HTTP API have one.
  has_certificates = length(local.on_ecs) + length(local.on_lambda) > 0

  certificate_statements = [
    for statement in [
      {
        Sid       = "AskForCertificate"
        Effect    = "Allow"
        Action    = ["acm:RequestCertificate"]
        Resource  = local.has_certificates && length(local.certificate_names) > 0 ? ["*"] : []
        Condition = merge(local.for_server, local.for_names)
      },
      # A certificate that is being made has no tag yet, and AWS gives no key that says so. One that has another server's tag
      # cannot be made ours, and deleted.
      {
        Sid       = "TagCertificate"
        Effect    = "Allow"
        Action    = ["acm:AddTagsToCertificate"]
        Resource  = local.has_certificates && length(local.certificate_names) > 0 ? ["${local.arn}:acm:${local.here}:certificate/*"] : []
        Condition = merge(local.for_server, { Null = { "aws:ResourceTag/McpServer" = "true" } })
      },
      {
        Sid       = "Certificates"
        Effect    = "Allow"
        Action    = ["acm:AddTagsToCertificate", "acm:DeleteCertificate", "acm:RemoveTagsFromCertificate"]
        Resource  = local.has_certificates ? ["${local.arn}:acm:${local.here}:certificate/*"] : []
        Condition = local.of_servers
      },
    ] : statement if length(statement.Resource) > 0
  ]

  network_statements = [
    for statement in [
      {
        Sid    = "Make"
        Effect = "Allow"
        Action = concat(["ec2:CreateSecurityGroup"], var.networks == null ? [
          "ec2:CreateInternetGateway",
          "ec2:CreateRouteTable",
          "ec2:CreateSubnet",
          "ec2:CreateVpc",
        ] : [])
        Resource  = local.made_network
        Condition = local.for_server
      },
      {
        Sid    = "Change"
        Effect = "Allow"
        Action = concat(
          [
            "ec2:AuthorizeSecurityGroupEgress",
            "ec2:AuthorizeSecurityGroupIngress",
            "ec2:CreateTags",
            "ec2:DeleteSecurityGroup",
            "ec2:DeleteTags",
            "ec2:ModifySecurityGroupRules",
            "ec2:RevokeSecurityGroupEgress",
            "ec2:RevokeSecurityGroupIngress",
            "ec2:UpdateSecurityGroupRuleDescriptionsEgress",
            "ec2:UpdateSecurityGroupRuleDescriptionsIngress",
          ],
          var.networks == null ? [
            "ec2:AssociateRouteTable",
            "ec2:AttachInternetGateway",
            "ec2:CreateRoute",
            "ec2:CreateRouteTable",
            "ec2:CreateSecurityGroup",
            "ec2:CreateSubnet",
            "ec2:DeleteInternetGateway",
            "ec2:DeleteRoute",
            "ec2:DeleteRouteTable",
            "ec2:DeleteSubnet",
            "ec2:DeleteVpc",
            "ec2:DetachInternetGateway",
            "ec2:DisassociateRouteTable",
            "ec2:ModifySubnetAttribute",
            "ec2:ModifyVpcAttribute",
            "ec2:ReplaceRoute",
            "ec2:ReplaceRouteTableAssociation",
          ] : [],
        )
        Resource  = concat(local.made_network, local.rules)
        Condition = local.of_servers
      },
      # A rule that is made has no tag yet. Its group is checked as well.
      {
        Sid      = "Rules"
        Effect   = "Allow"
        Action   = ["ec2:AuthorizeSecurityGroupEgress", "ec2:AuthorizeSecurityGroupIngress"]
        Resource = local.rules
      },
      {
        Sid      = "GroupInGivenVpc"
        Effect   = "Allow"
        Action   = ["ec2:CreateSecurityGroup"]
        Resource = local.has_network ? local.given_vpcs : []
      },
      {
        Sid      = "TagWhatIsMade"
        Effect   = "Allow"
        Action   = ["ec2:CreateTags"]
        Resource = concat(local.made_network, local.rules, length(local.on_ec2) > 0 ? local.made_instances : [])
        Condition = { StringEquals = merge(local.for_server.StringEquals, { "ec2:CreateAction" = concat(
          ["AuthorizeSecurityGroupEgress", "AuthorizeSecurityGroupIngress", "CreateSecurityGroup"],
          var.networks == null ? ["CreateInternetGateway", "CreateRouteTable", "CreateSubnet", "CreateVpc"] : [],
          length(local.on_ec2) > 0 ? ["AllocateAddress", "RunInstances"] : [],
        ) }) }
      },
      {
        Sid      = "RecordsInEffect"
        Effect   = "Allow"
        Action   = ["route53:GetChange"]
        Resource = length(var.hosted_zones) > 0 ? ["${local.arn}:route53:::change/*"] : []
      },
      {
        Sid    = "Secrets"
        Effect = "Allow"
        Action = [
          "secretsmanager:CreateSecret",
          "secretsmanager:DeleteSecret",
          "secretsmanager:TagResource",
          "secretsmanager:UntagResource",
          "secretsmanager:UpdateSecret",
        ]
        Resource = local.has_network ? local.secrets : []
      },
      {
        Sid       = "SecretsKey"
        Effect    = "Allow"
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = local.has_network ? var.secrets_kms_key_arns : []
        Condition = local.via_secrets
      },
    ] : statement if length(statement.Resource) > 0
  ]

  # Flow logs of the VPCs that are made.
  flow_logs = local.has_flow_logs ? ["${local.arn}:ec2:${local.here}:vpc-flow-log/*"] : []
  flow_log_statements = [
    for statement in [
      {
        Sid       = "MakeFlowLogs"
        Effect    = "Allow"
        Action    = ["ec2:CreateFlowLogs"]
        Resource  = local.flow_logs
        Condition = local.for_server
      },
      {
        Sid       = "OfMadeVpcs"
        Effect    = "Allow"
        Action    = ["ec2:CreateFlowLogs"]
        Resource  = local.has_flow_logs ? ["${local.arn}:ec2:${local.here}:vpc/*"] : []
        Condition = local.of_servers
      },
      {
        Sid       = "ChangeFlowLogs"
        Effect    = "Allow"
        Action    = ["ec2:CreateTags", "ec2:DeleteFlowLogs", "ec2:DeleteTags"]
        Resource  = local.flow_logs
        Condition = local.of_servers
      },
      {
        Sid       = "TagNewFlowLogs"
        Effect    = "Allow"
        Action    = ["ec2:CreateTags"]
        Resource  = local.flow_logs
        Condition = { StringEquals = merge(local.for_server.StringEquals, { "ec2:CreateAction" = "CreateFlowLogs" }) }
      },
      # EC2 sets up and ends the delivery to a bucket in the caller's name, and AWS takes no resource for that.
      # https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-create-flow-log.html
      {
        Sid       = "FlowLogsToBuckets"
        Effect    = "Allow"
        Action    = ["logs:CreateLogDelivery", "logs:DeleteLogDelivery"]
        Resource  = local.has_flow_logs ? ["*"] : []
        Condition = local.in_region
      },
      {
        Sid       = "FlowLogsToLogGroups"
        Effect    = "Allow"
        Action    = ["iam:PassRole"]
        Resource  = local.has_flow_logs ? tolist(var.flow_logs.role_arns) : []
        Condition = { StringEquals = { "iam:PassedToService" = "vpc-flow-logs.amazonaws.com" } }
      },
    ] : statement if length(statement.Resource) > 0
  ]

  record_statements = [
    for zone, names in var.hosted_zones : {
      Sid      = "Records${zone}"
      Effect   = "Allow"
      Action   = ["route53:ChangeResourceRecordSets"]
      Resource = ["${local.arn}:route53:::hostedzone/${zone}"]
      # "All of these" is also true of none, so that there are some is said as well.
      Condition = {
        "ForAllValues:StringLike" = {
          "route53:ChangeResourceRecordSetsNormalizedRecordNames" = flatten([for name in names : [name, "_*.${name}"]])
        }
        "ForAllValues:StringEquals" = { "route53:ChangeResourceRecordSetsRecordTypes" = ["A", "CNAME"] }
        Null = {
          "route53:ChangeResourceRecordSetsNormalizedRecordNames" = "false"
          "route53:ChangeResourceRecordSetsRecordTypes"           = "false"
        }
      }
    }
  ]

  # Whoever can make a role and put a policy into it can do what that role may do. A boundary is the only limit.
  with_boundary = local.has_boundary ? {
    Condition = { StringEquals = { "iam:PermissionsBoundary" = local.boundary_arn } }
  } : {}

  # Who may take a server's role is written when the role is made, and not changed by an apply.
  role_statements = {
    for stack, roles in { ecs = local.ecs_roles, ec2 = local.ec2_roles, lambda = local.lambda_roles, agentcore = local.agentcore_roles } : stack => [
      for statement in [
        merge(local.with_boundary, {
          Sid      = "MakeRoles"
          Effect   = "Allow"
          Action   = concat(["iam:CreateRole", "iam:DeleteRolePolicy", "iam:PutRolePolicy"], local.has_boundary ? ["iam:PutRolePermissionsBoundary"] : [])
          Resource = roles
        }),
        {
          Sid      = "ChangeRoles"
          Effect   = "Allow"
          Action   = ["iam:DeleteRole", "iam:TagRole", "iam:UntagRole", "iam:UpdateRole", "iam:UpdateRoleDescription"]
          Resource = roles
        },
      ] : statement if length(statement.Resource) > 0
    ]
  }
}
