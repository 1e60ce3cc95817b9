# What applying needs whichever stack it is: the VPC and its parts, security groups, and the records of the host names.
# Who may be changed is known by its tag, because the ids of EC2 are known to nobody beforehand.

locals {
  rules        = "${local.arn}:ec2:${local.here}:security-group-rule/*"
  made_network = [for type in ["internet-gateway", "route-table", "security-group", "subnet", "vpc"] : "${local.arn}:ec2:${local.here}:${type}/*"]

  network_statements = [
    for statement in [
      {
        Sid    = "Make"
        Effect = "Allow"
        Action = [
          "ec2:CreateInternetGateway",
          "ec2:CreateRouteTable",
          "ec2:CreateSecurityGroup",
          "ec2:CreateSubnet",
          "ec2:CreateVpc",
        ]
        Resource  = local.made_network
        Condition = local.for_server
      },
      {
        Sid    = "Change"
        Effect = "Allow"
        Action = [
          "ec2:AssociateRouteTable",
          "ec2:AttachInternetGateway",
          "ec2:AuthorizeSecurityGroupEgress",
          "ec2:AuthorizeSecurityGroupIngress",
          "ec2:CreateRoute",
          "ec2:CreateRouteTable",
          "ec2:CreateSubnet",
          "ec2:CreateTags",
          "ec2:DeleteInternetGateway",
          "ec2:DeleteRoute",
          "ec2:DeleteRouteTable",
          "ec2:DeleteSecurityGroup",
          "ec2:DeleteSubnet",
          "ec2:DeleteTags",
          "ec2:DeleteVpc",
          "ec2:DetachInternetGateway",
          "ec2:DisassociateRouteTable",
          "ec2:ModifySecurityGroupRules",
          "ec2:ModifySubnetAttribute",
          "ec2:ModifyVpcAttribute",
          "ec2:ReplaceRoute",
          "ec2:ReplaceRouteTableAssociation",
          "ec2:RevokeSecurityGroupEgress",
          "ec2:RevokeSecurityGroupIngress",
          "ec2:UpdateSecurityGroupRuleDescriptionsEgress",
          "ec2:UpdateSecurityGroupRuleDescriptionsIngress",
        ]
        Resource  = concat(local.made_network, [local.rules])
        Condition = local.of_servers
      },
      # A rule that is made has no tag yet. Its group is checked as well.
      {
        Sid      = "Rules"
        Effect   = "Allow"
        Action   = ["ec2:AuthorizeSecurityGroupEgress", "ec2:AuthorizeSecurityGroupIngress"]
        Resource = [local.rules]
      },
      # A given VPC has no tag of ours, and a group that is in it opens nothing.
      {
        Sid      = "GroupInGivenVpc"
        Effect   = "Allow"
        Action   = ["ec2:CreateSecurityGroup"]
        Resource = ["${local.arn}:ec2:${local.here}:vpc/*"]
      },
      {
        Sid      = "TagWhatIsMade"
        Effect   = "Allow"
        Action   = ["ec2:CreateTags"]
        Resource = concat(local.made_network, [local.rules], length(local.on_ec2) > 0 ? local.made_instances : [])
        Condition = { StringEquals = merge(local.for_server.StringEquals, { "ec2:CreateAction" = concat(
          ["AuthorizeSecurityGroupEgress", "AuthorizeSecurityGroupIngress", "CreateInternetGateway", "CreateRouteTable", "CreateSecurityGroup", "CreateSubnet", "CreateVpc"],
          length(local.on_ec2) > 0 ? ["AllocateAddress", "RunInstances"] : [],
        ) }) }
      },
      # AWS makes the default group of a VPC, without a tag. It gets one before its rules are taken away.
      {
        Sid       = "TagDefaultGroup"
        Effect    = "Allow"
        Action    = ["ec2:CreateTags"]
        Resource  = ["${local.arn}:ec2:${local.here}:security-group/*"]
        Condition = merge(local.for_server, { Null = { "aws:ResourceTag/McpServer" = "true" } })
      },
      {
        Sid      = "Records"
        Effect   = "Allow"
        Action   = ["route53:ChangeResourceRecordSets"]
        Resource = [for id in var.hosted_zone_ids : "${local.arn}:route53:::hostedzone/${id}"]
      },
      {
        Sid      = "RecordsInEffect"
        Effect   = "Allow"
        Action   = ["route53:GetChange"]
        Resource = length(var.hosted_zone_ids) > 0 ? ["${local.arn}:route53:::change/*"] : []
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
        Resource = local.secrets
      },
      {
        Sid      = "SecretsKey"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = var.secrets_kms_key_arns
      },
      {
        Sid    = "LogGroups"
        Effect = "Allow"
        Action = [
          "logs:CreateLogGroup",
          "logs:DeleteLogGroup",
          "logs:DeleteRetentionPolicy",
          "logs:PutRetentionPolicy",
          "logs:TagResource",
          "logs:UntagResource",
        ]
        Resource = flatten([for group in local.log_groups : [group, "${group}:*"]])
      },
    ] : statement if length(statement.Resource) > 0
  ]

  # Whoever can make a role and put a policy into it can do what that role may do. A boundary is the only limit.
  with_boundary = var.server_permissions_boundary == null ? {} : {
    Condition = { StringEquals = { "iam:PermissionsBoundary" = var.server_permissions_boundary.arn } }
  }

  role_statements = {
    for stack, roles in { ecs = local.ecs_roles, ec2 = local.ec2_roles } : stack => [
      for statement in [
        merge(local.with_boundary, {
          Sid      = "MakeRoles"
          Effect   = "Allow"
          Action   = ["iam:CreateRole", "iam:PutRolePolicy"]
          Resource = roles
        }),
        {
          Sid    = "ChangeRoles"
          Effect = "Allow"
          Action = [
            "iam:DeleteRole",
            "iam:DeleteRolePolicy",
            "iam:DetachRolePolicy",
            "iam:TagRole",
            "iam:UntagRole",
            "iam:UpdateAssumeRolePolicy",
            "iam:UpdateRole",
            "iam:UpdateRoleDescription",
          ]
          Resource = roles
        },
        merge(local.with_boundary, {
          Sid      = "BoundRoles"
          Effect   = "Allow"
          Action   = ["iam:PutRolePermissionsBoundary"]
          Resource = var.server_permissions_boundary == null ? [] : roles
        }),
      ] : statement if length(statement.Resource) > 0
    ]
  }
}
