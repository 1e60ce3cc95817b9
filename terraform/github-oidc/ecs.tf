# What an apply of terraform/ecs needs beside the network: cluster and service, load balancer, certificate, scaling, and
# handing its two roles to ECS.

locals {
  elb = "${local.arn}:elasticloadbalancing:${local.here}"

  load_balancers = [for server in local.on_ecs : "${local.elb}:loadbalancer/app/${server}/*"]
  listeners      = [for server in local.on_ecs : "${local.elb}:listener/app/${server}/*"]
  # The module names target groups by the first six characters and a number: AWS allows 32 in all. So another server may
  # have the same, and only the tag shows whose a target group is.
  target_groups = distinct([for server in local.on_ecs : "${local.elb}:targetgroup/${substr(server, 0, 6)}20*"])

  scalable_targets = ["${local.arn}:application-autoscaling:${local.here}:scalable-target/*"]
  of_ecs           = { "application-autoscaling:service-namespace" = "ecs" }
  # Application Auto Scaling makes these in the caller's name: https://docs.aws.amazon.com/autoscaling/application/userguide/security_iam_permission_validation.html
  scaling_alarms = [for server in local.on_ecs : "${local.arn}:cloudwatch:${local.here}:alarm:TargetTracking-service/${server}/${server}-*"]

  # https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
  linked_services = ["ecs.amazonaws.com", "ecs.application-autoscaling.amazonaws.com", "elasticloadbalancing.amazonaws.com"]

  service_deployments = [for server in local.on_ecs : "${local.arn}:ecs:${local.here}:service-deployment/${server}/${server}/*"]

  # `CLUSTER/SERVER` in the clusters of others.
  guests = flatten([for cluster in local.given_clusters : [for server in local.on_ecs : "${cluster}/${server}"]])
  # The rules of a listener have its ARN with another word in it.
  listener_rules = [for arn in var.listeners : "${replace(arn, ":listener/", ":listener-rule/")}/*"]

  parameters       = "${local.arn}:ssm:${local.here}:parameter/terraform-mcp-deploy"
  change_parameter = ["ssm:DeleteParameter", "ssm:GetParameter", "ssm:PutParameter"]

  given_subnets = var.networks == null ? [] : tolist(var.networks.subnet_ids)
  in_subnets = {
    for service, key in { ecs = "ecs:subnet", elb = "elasticloadbalancing:Subnet" } : service => var.networks == null ? {} : {
      Condition               = { "ForAllValues:StringEquals" = { (key) = local.given_subnets } }
    }
  }

  change_log_groups = [
    "logs:AssociateKmsKey",
    "logs:CreateLogGroup",
    "logs:DeleteLogGroup",
    "logs:DeleteRetentionPolicy",
    "logs:DisassociateKmsKey",
    "logs:PutRetentionPolicy",
    "logs:TagResource",
    "logs:UntagResource",
  ]

  ecs_statements = concat(local.scaling_statements, [
    {
      Sid    = "Ecs"
      Effect = "Allow"
      Action = [
        "ecs:CreateCluster",
        "ecs:DeleteCluster",
        "ecs:DeleteService",
        "ecs:PutClusterCapacityProviders",
        "ecs:TagResource",
        "ecs:UntagResource",
        "ecs:UpdateCluster",
        "ecs:UpdateClusterSettings",
      ]
      Resource = concat(
        [for server in local.on_ecs : "${local.arn}:ecs:${local.here}:cluster/${server}"],
        local.services,
        [for server in local.on_ecs : "${local.arn}:ecs:${local.here}:task-definition/${server}:*"],
      )
    },
    merge(local.in_subnets.ecs, {
      Sid      = "Services"
      Effect   = "Allow"
      Action   = ["ecs:CreateService", "ecs:UpdateService"]
      Resource = local.services
    }),
    # Whatever AWS's list of resources says, it refuses this with the resource `*`: https://github.com/aws/containers-roadmap/issues/929
    {
      Sid       = "TaskDefinitions"
      Effect    = "Allow"
      Action    = ["ecs:RegisterTaskDefinition"]
      Resource  = ["*"]
      Condition = local.for_server
    },
    {
      Sid      = "LogGroups"
      Effect   = "Allow"
      Action   = local.change_log_groups
      Resource = flatten([for group in local.log_groups_of.ecs : [group, "${group}:*"]])
    },
    {
      Sid      = "SecretValues"
      Effect   = "Allow"
      Action   = ["secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue", "secretsmanager:UpdateSecretVersionStage"]
      Resource = local.secrets
    },
  ])

  # What the action does to a rollout: it answers a pause, stops a deployment, and goes back. IAM checks the service and the
  # deployment, whose ARN holds the service's name.
  rollout_statements = [
    {
      Sid      = "Rollouts"
      Effect   = "Allow"
      Action   = ["ecs:ContinueServiceDeployment", "ecs:StopServiceDeployment"]
      Resource = concat(local.services, local.service_deployments)
    },
    # With `on-failure: rollback` the action notes here which task definition the gate passed last, until the stack is destroyed.
    {
      Sid      = "PassedTaskDefinition"
      Effect   = "Allow"
      Action   = local.change_parameter
      Resource = [for server in local.on_ecs : "${local.parameters}/${server}/${server}/passed-task-definition"]
    },
  ]

  # Rules of listeners and services in clusters that belong to others. AWS has no condition for the paths, host names and priority of a
  # rule, so whoever may make rules can take the requests of others.
  shared_statements = [
    for statement in [
      {
        Sid       = "MakeRules"
        Effect    = "Allow"
        Action    = ["elasticloadbalancing:CreateRule"]
        Resource  = tolist(var.listeners)
        Condition = local.for_server
      },
      {
        Sid       = "TagNewRules"
        Effect    = "Allow"
        Action    = ["elasticloadbalancing:AddTags"]
        Resource  = local.listener_rules
        Condition = { StringEquals = merge(local.for_server.StringEquals, { "elasticloadbalancing:CreateAction" = "CreateRule" }) }
      },
      {
        Sid    = "ChangeRules"
        Effect = "Allow"
        Action = [
          "elasticloadbalancing:AddTags",
          "elasticloadbalancing:DeleteRule",
          "elasticloadbalancing:ModifyRule",
          "elasticloadbalancing:RemoveTags",
          "elasticloadbalancing:SetRulePriorities",
        ]
        Resource  = local.listener_rules
        Condition = local.of_servers
      },
      merge(local.in_subnets.ecs, {
        Sid      = "DeployServices"
        Effect   = "Allow"
        Action   = ["ecs:CreateService", "ecs:UpdateService"]
        Resource = [for guest in local.guests : "${local.arn}:ecs:${local.here}:service/${guest}"]
      }),
      {
        Sid      = "ChangeServices"
        Effect   = "Allow"
        Action   = ["ecs:ContinueServiceDeployment", "ecs:DeleteService", "ecs:StopServiceDeployment", "ecs:TagResource", "ecs:UntagResource"]
        Resource = flatten([for guest in local.guests : [for type in ["service/${guest}", "service-deployment/${guest}/*"] : "${local.arn}:ecs:${local.here}:${type}"]])
      },
      {
        Sid      = "PassedTaskDefinition"
        Effect   = "Allow"
        Action   = local.change_parameter
        Resource = [for guest in local.guests : "${local.parameters}/${guest}/passed-task-definition"]
      },
      {
        Sid      = "ScalingAlarms"
        Effect   = "Allow"
        Action   = ["cloudwatch:DeleteAlarms", "cloudwatch:PutMetricAlarm"]
        Resource = [for guest in local.guests : "${local.arn}:cloudwatch:${local.here}:alarm:TargetTracking-service/${guest}-*"]
      },
    ] : statement if length(statement.Resource) > 0
  ]

  load_balancer_statements = [
    for statement in [
      merge(local.in_subnets.elb, {
        Sid      = "MakeLoadBalancer"
        Effect   = "Allow"
        Action   = ["elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:SetSubnets"]
        Resource = local.load_balancers
      }),
      {
        Sid    = "LoadBalancing"
        Effect = "Allow"
        Action = [
          "elasticloadbalancing:AddTags",
          "elasticloadbalancing:CreateListener",
          "elasticloadbalancing:DeleteListener",
          "elasticloadbalancing:DeleteLoadBalancer",
          "elasticloadbalancing:ModifyListener",
          "elasticloadbalancing:ModifyListenerAttributes",
          "elasticloadbalancing:ModifyLoadBalancerAttributes",
          "elasticloadbalancing:RemoveTags",
          "elasticloadbalancing:SetSecurityGroups",
        ]
        Resource = concat(local.load_balancers, local.listeners)
      },
      {
        Sid       = "MakeTargetGroup"
        Effect    = "Allow"
        Action    = ["elasticloadbalancing:CreateTargetGroup"]
        Resource  = local.target_groups
        Condition = local.for_server
      },
      {
        Sid       = "TagNewTargetGroup"
        Effect    = "Allow"
        Action    = ["elasticloadbalancing:AddTags"]
        Resource  = local.target_groups
        Condition = { StringEquals = merge(local.for_server.StringEquals, { "elasticloadbalancing:CreateAction" = "CreateTargetGroup" }) }
      },
      {
        Sid    = "TargetGroups"
        Effect = "Allow"
        Action = [
          "elasticloadbalancing:AddTags",
          "elasticloadbalancing:DeleteTargetGroup",
          "elasticloadbalancing:ModifyTargetGroup",
          "elasticloadbalancing:ModifyTargetGroupAttributes",
          "elasticloadbalancing:RemoveTags",
        ]
        Resource  = local.target_groups
        Condition = local.of_servers
      },
      {
        Sid      = "Firewall"
        Effect   = "Allow"
        Action   = ["wafv2:AssociateWebACL", "wafv2:DisassociateWebACL"]
        Resource = length(var.web_acl_arns) > 0 ? concat(local.load_balancers, tolist(var.web_acl_arns)) : []
      },
      # AWS checks it without a resource; the association above is checked against the load balancer.
      {
        Sid      = "FirewallOfLoadBalancer"
        Effect   = "Allow"
        Action   = ["elasticloadbalancing:SetWebAcl"]
        Resource = length(var.web_acl_arns) > 0 ? ["*"] : []
      },
    ] : statement if length(statement.Resource) > 0
  ]

  scaling_statements = [
    {
      Sid       = "MakeScaling"
      Effect    = "Allow"
      Action    = ["application-autoscaling:RegisterScalableTarget"]
      Resource  = local.scalable_targets
      Condition = { StringEquals = merge(local.for_server.StringEquals, local.of_ecs) }
    },
    {
      Sid    = "Scaling"
      Effect = "Allow"
      Action = [
        "application-autoscaling:DeleteScalingPolicy",
        "application-autoscaling:DeregisterScalableTarget",
        "application-autoscaling:PutScalingPolicy",
        "application-autoscaling:RegisterScalableTarget",
      ]
      Resource  = local.scalable_targets
      Condition = { StringEquals = merge(local.of_servers.StringEquals, local.of_ecs) }
    },
    {
      Sid       = "ScalingTags"
      Effect    = "Allow"
      Action    = ["application-autoscaling:TagResource", "application-autoscaling:UntagResource"]
      Resource  = local.scalable_targets
      Condition = local.of_servers
    },
    # A target that is being made has no tag yet, and AWS gives no key that says so.
    {
      Sid       = "FirstScalingTag"
      Effect    = "Allow"
      Action    = ["application-autoscaling:TagResource"]
      Resource  = local.scalable_targets
      Condition = merge(local.for_server, { Null = { "aws:ResourceTag/McpServer" = "true" } })
    },
    {
      Sid      = "ScalingAlarms"
      Effect   = "Allow"
      Action   = ["cloudwatch:DeleteAlarms", "cloudwatch:PutMetricAlarm"]
      Resource = local.scaling_alarms
    },
  ]

  ecs_role_statements = concat(local.role_statements.ecs, [
    {
      Sid      = "ExecutionRole"
      Effect   = "Allow"
      Action   = ["iam:AttachRolePolicy", "iam:DetachRolePolicy"]
      Resource = [for server in local.on_tasks : "${local.arn}:iam::${local.account}:role/${server}-exec-${local.made_suffix}"]
      Condition = merge(
        { ArnEquals = { "iam:PolicyARN" = "${local.arn}:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy" } },
        try(local.with_boundary.Condition, {}),
      )
    },
    {
      Sid       = "HandRolesToTasks"
      Effect    = "Allow"
      Action    = ["iam:PassRole"]
      Resource  = local.ecs_roles
      Condition = { StringEquals = { "iam:PassedToService" = "ecs-tasks.amazonaws.com" } }
    },
    {
      Sid       = "FirstUseInTheAccount"
      Effect    = "Allow"
      Action    = ["iam:CreateServiceLinkedRole"]
      Resource  = [for service in length(local.on_tasks) > 0 ? local.linked_services : [] : "${local.arn}:iam::${local.account}:role/aws-service-role/${service}/*"]
      Condition = { StringEquals = { "iam:AWSServiceName" = local.linked_services } }
    },
  ])
}
