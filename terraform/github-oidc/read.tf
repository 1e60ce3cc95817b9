# What both roles may look at: what Terraform reads to plan what the modules made, and what the action reads to say why a
# deployment failed. Nothing here changes anything. `*` as the resource stands only where AWS takes no other.
# https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html

locals {
  arn     = "arn:${data.aws_partition.current.partition}"
  account = data.aws_caller_identity.current.account_id
  here    = "${data.aws_region.current.id}:${local.account}"

  on_ecs = contains(var.stacks, "ecs") ? var.servers : []
  on_ec2 = contains(var.stacks, "ec2") ? var.servers : []
  # An Express service runs tasks as well, and hands the same two roles to them.
  on_express = contains(var.stacks, "ecs-express") ? var.servers : []
  on_tasks   = setunion(local.on_ecs, local.on_express)

  # The modules tag whatever they make.
  of_servers = { StringEquals = { "aws:ResourceTag/McpServer" = var.servers } }
  for_server = { StringEquals = { "aws:RequestTag/McpServer" = var.servers } }

  # Terraform ends a generated name with the time and a counter, 26 characters. With their exact number the roles of
  # `orders` are not those of `orders-2`, of `orders-task` on ECS, or of a pair of roles for GitHub that is called so.
  made_suffix = "20${join("", [for _ in range(24) : "?"])}"
  ecs_roles = flatten([
    for server in local.on_tasks : [for kind in ["exec", "task"] : "${local.arn}:iam::${local.account}:role/${server}-${kind}-${local.made_suffix}"]
  ])
  ec2_roles = [for server in local.on_ec2 : "${local.arn}:iam::${local.account}:role/${server}-${local.made_suffix}"]
  secrets   = [for server in var.servers : "${local.arn}:secretsmanager:${local.here}:secret:${server}/*"]
  log_groups_of = {
    ecs = [for path in flatten([for server in local.on_ecs : ["/ecs/${server}", "/ecs/${server}/exec"]]) : "${local.arn}:logs:${local.here}:log-group:${path}"]
    ec2 = [for server in local.on_ec2 : "${local.arn}:logs:${local.here}:log-group:/mcp/${server}"]
  }
  log_groups = flatten(values(local.log_groups_of))

  # A server has the cluster of its name, and may be in one of the given ones as well.
  given_clusters = [for arn in var.clusters : split("/", arn)[1]]
  clusters       = [for cluster in concat(tolist(local.on_ecs), local.given_clusters) : "${local.arn}:ecs:${local.here}:cluster/${cluster}"]
  services       = [for server in local.on_ecs : "${local.arn}:ecs:${local.here}:service/${server}/${server}"]

  dns_suffix  = data.aws_partition.current.dns_suffix
  in_region   = { StringEquals = { "aws:RequestedRegion" = data.aws_region.current.id } }
  via_secrets = { StringEquals = { "kms:ViaService" = "secretsmanager.${data.aws_region.current.id}.${local.dns_suffix}" } }

  read_roles = [
    "iam:GetRole",
    "iam:GetRolePolicy",
    "iam:ListAttachedRolePolicies",
    "iam:ListInstanceProfilesForRole",
    "iam:ListRolePolicies",
  ]

  read_anything = concat(
    length(local.on_ecs) > 0 ? ["ec2:DescribeAvailabilityZones"] : [],
    length(local.on_ecs) + length(local.on_ec2) > 0 ? [
      "ec2:DescribeInternetGateways",
      "ec2:DescribeNetworkAcls",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeRouteTables",
      "ec2:DescribeSecurityGroupRules",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeSubnets",
      "ec2:DescribeVpcs",
    ] : [],
    length(local.on_ecs) + length(local.on_ec2) + length(local.on_lambda) + length(local.on_agentcore) > 0 ? ["logs:DescribeLogGroups"] : [],
    length(local.on_ecs) > 0 ? [
      "application-autoscaling:DescribeScalableTargets",
      "application-autoscaling:DescribeScalingPolicies",
      "cloudwatch:DescribeAlarms",
      "ec2:DescribeAccountAttributes",
      "ecs:DescribeTaskDefinition",
      "elasticloadbalancing:DescribeCapacityReservation",
      "elasticloadbalancing:DescribeListenerAttributes",
      "elasticloadbalancing:DescribeListeners",
      "elasticloadbalancing:DescribeLoadBalancerAttributes",
      "elasticloadbalancing:DescribeLoadBalancers",
      "elasticloadbalancing:DescribeTags",
      "elasticloadbalancing:DescribeTargetGroupAttributes",
      "elasticloadbalancing:DescribeTargetGroups",
      "elasticloadbalancing:DescribeTargetHealth",
    ] : [],
    # The health check of an Express service is the usual reason why it never gets its new version.
    length(local.on_express) > 0 && length(local.on_ecs) == 0 ? [
      "elasticloadbalancing:DescribeListeners",
      "elasticloadbalancing:DescribeLoadBalancers",
      "elasticloadbalancing:DescribeTargetGroups",
      "elasticloadbalancing:DescribeTargetHealth",
    ] : [],
    length(var.listeners) > 0 ? ["elasticloadbalancing:DescribeRules"] : [],
    length(local.on_ecs) + length(local.on_ec2) > 0 ? ["ec2:DescribeAddresses"] : [],
    var.flow_logs == null ? [] : ["ec2:DescribeFlowLogs"],
    length(local.on_ec2) > 0 ? [
      "ec2:DescribeAddressesAttribute",
      "ec2:DescribeIamInstanceProfileAssociations",
      "ec2:DescribeImages",
      "ec2:DescribeInstanceCreditSpecifications",
      "ec2:DescribeInstanceStatus",
      "ec2:DescribeInstanceTypeOfferings",
      "ec2:DescribeInstanceTypes",
      "ec2:DescribeInstances",
      "ec2:DescribeTags",
      "ec2:DescribeVolumes",
    ] : [],
  )

  look_statements = [
    for statement in [
      {
        Sid       = "Look"
        Effect    = "Allow"
        Action    = local.read_anything
        Resource  = length(local.read_anything) > 0 ? ["*"] : []
        Condition = local.in_region
      },
      { Sid = "FindZone", Effect = "Allow", Action = ["route53:ListHostedZones"], Resource = length(var.hosted_zones) > 0 ? ["*"] : [] },
      {
        Sid      = "Network"
        Effect   = "Allow"
        Action   = ["ec2:DescribeVpcAttribute"]
        Resource = local.has_network ? ["${local.arn}:ec2:${local.here}:vpc/*"] : []
      },
      {
        Sid      = "Roles"
        Effect   = "Allow"
        Action   = local.read_roles
        Resource = concat(local.ecs_roles, local.ec2_roles)
      },
      {
        Sid      = "Secrets"
        Effect   = "Allow"
        Action   = ["secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy"]
        Resource = local.has_network ? local.secrets : []
      },
      {
        Sid      = "SecretValues"
        Effect   = "Allow"
        Action   = ["secretsmanager:GetSecretValue"]
        Resource = local.has_network && var.plan_reads_managed_secrets ? local.secrets : []
      },
      {
        Sid       = "SecretsKey"
        Effect    = "Allow"
        Action    = ["kms:Decrypt"]
        Resource  = local.has_network && var.plan_reads_managed_secrets ? var.secrets_kms_key_arns : []
        Condition = local.via_secrets
      },
      {
        Sid      = "Logs"
        Effect   = "Allow"
        Action   = concat(length(local.on_ecs) > 0 ? ["logs:GetLogEvents"] : [], ["logs:ListTagsForResource"])
        Resource = flatten([for group in local.log_groups : [group, "${group}:*"]])
      },
      {
        Sid      = "Records"
        Effect   = "Allow"
        Action   = ["route53:GetHostedZone", "route53:ListResourceRecordSets", "route53:ListTagsForResource"]
        Resource = [for id in keys(var.hosted_zones) : "${local.arn}:route53:::hostedzone/${id}"]
      },
      # The input reviewed-images resolves the tag of an image to its digest.
      {
        Sid      = "ImageDigests"
        Effect   = "Allow"
        Action   = ["ecr:DescribeImages"]
        Resource = local.reviewed_repositories
      },
    ] : statement if length(statement.Resource) > 0
  ]
  reviewed_repositories = var.image_repository_arns != null ? tolist(var.image_repository_arns) : flatten([
    for server in setunion(local.pulls_images, local.on_lambda) : [for suffix in ["", "/*"] : "${local.arn}:ecr:${local.here}:repository/${server}${suffix}"]
  ])

  read_statements = [
    for statement in [
      {
        Sid    = "Ecs"
        Effect = "Allow"
        Action = [
          "ecs:DescribeClusters",
          "ecs:DescribeServiceDeployments",
          "ecs:DescribeServiceRevisions",
          "ecs:DescribeServices",
          "ecs:DescribeTasks",
          "ecs:ListServiceDeployments",
          "ecs:ListTagsForResource",
        ]
        Resource = flatten([
          [
            for server in local.on_ecs : [
              for resource in ["cluster/${server}", "service/${server}/*", "service-deployment/${server}/*", "service-revision/${server}/*", "task/${server}/*"] :
              "${local.arn}:ecs:${local.here}:${resource}"
            ]
          ],
          # A task has no name of its server in its ARN.
          [
            for cluster in local.given_clusters : [
              for resource in concat(["cluster/${cluster}", "task/${cluster}/*"], flatten([
                for server in local.on_ecs : [for type in ["service/${cluster}/${server}", "service-deployment/${cluster}/${server}/*", "service-revision/${cluster}/${server}/*"] : type]
              ])) : "${local.arn}:ecs:${local.here}:${resource}"
            ]
          ],
        ])
      },
      {
        Sid       = "Tasks"
        Effect    = "Allow"
        Action    = ["ecs:ListTasks"]
        Resource  = length(local.on_ecs) > 0 ? ["*"] : []
        Condition = { ArnEquals = { "ecs:cluster" = local.clusters } }
      },
      {
        Sid       = "Certificates"
        Effect    = "Allow"
        Action    = ["acm:DescribeCertificate", "acm:ListTagsForCertificate"]
        Resource  = local.has_certificates ? ["${local.arn}:acm:${local.here}:certificate/*"] : []
        Condition = local.of_servers
      },
      {
        Sid       = "Scaling"
        Effect    = "Allow"
        Action    = ["application-autoscaling:ListTagsForResource"]
        Resource  = length(local.on_ecs) > 0 ? ["${local.arn}:application-autoscaling:${local.here}:scalable-target/*"] : []
        Condition = local.of_servers
      },
      {
        Sid      = "Firewall"
        Effect   = "Allow"
        Action   = ["wafv2:GetWebACLForResource", "wafv2:GetWebACL"]
        Resource = length(local.on_ecs) > 0 && length(var.web_acl_arns) > 0 ? concat(local.load_balancers, tolist(var.web_acl_arns)) : []
      },
      {
        Sid       = "Instances"
        Effect    = "Allow"
        Action    = ["ec2:DescribeInstanceAttribute", "ec2:GetConsoleOutput"]
        Resource  = length(local.on_ec2) > 0 ? ["${local.arn}:ec2:${local.here}:instance/*"] : []
        Condition = local.of_servers
      },
      {
        Sid      = "InstanceProfiles"
        Effect   = "Allow"
        Action   = ["iam:GetInstanceProfile"]
        Resource = local.instance_profiles
      },
      {
        Sid      = "Readiness"
        Effect   = "Allow"
        Action   = ["cloudformation:DescribeStackEvents", "cloudformation:DescribeStacks", "cloudformation:GetTemplate"]
        Resource = local.readiness_stacks
      },
      # The certificate's private key is in such a secret, and no plan needs it.
      {
        Sid      = "NoPrivateKey"
        Effect   = "Deny"
        Action   = ["secretsmanager:GetSecretValue"]
        Resource = local.tls_secrets
      },
    ] : statement if length(statement.Resource) > 0
  ]
}
