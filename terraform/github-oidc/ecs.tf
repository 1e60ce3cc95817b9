# What an apply of terraform/ecs needs beside the network: cluster and service, load balancer, certificate, scaling, and
# handing its two roles to ECS.

locals {
  elb = "${local.arn}:elasticloadbalancing:${local.here}"

  load_balancers = [for server in var.servers : "${local.elb}:loadbalancer/app/${server}/*"]
  # The module names target groups by the first six characters and a number: AWS allows 32 in all.
  load_balancing = concat(local.load_balancers, flatten([
    for server in var.servers : ["${local.elb}:listener/app/${server}/*", "${local.elb}:targetgroup/${substr(server, 0, 6)}*"]
  ]))

  # https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
  linked_services = ["ecs.amazonaws.com", "ecs.application-autoscaling.amazonaws.com", "elasticloadbalancing.amazonaws.com"]

  ecs_statements = concat(local.role_statements.ecs, [
    merge(local.with_boundary, {
      Sid      = "ExecutionRole"
      Effect   = "Allow"
      Action   = ["iam:AttachRolePolicy"]
      Resource = [for server in var.servers : "${local.arn}:iam::${local.account}:role/${server}-exec-*"]
      Condition = merge(
        { ArnEquals = { "iam:PolicyARN" = "${local.arn}:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy" } },
        try(local.with_boundary.Condition, {}),
      )
    }),
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
      Resource  = [for service in local.linked_services : "${local.arn}:iam::${local.account}:role/aws-service-role/${service}/*"]
      Condition = { StringEquals = { "iam:AWSServiceName" = local.linked_services } }
    },
    {
      Sid    = "Ecs"
      Effect = "Allow"
      Action = [
        "ecs:CreateCluster",
        "ecs:CreateService",
        "ecs:DeleteCluster",
        "ecs:DeleteService",
        "ecs:PutClusterCapacityProviders",
        "ecs:RegisterTaskDefinition",
        "ecs:TagResource",
        "ecs:UntagResource",
        "ecs:UpdateCluster",
        "ecs:UpdateClusterSettings",
        "ecs:UpdateService",
      ]
      Resource = concat(local.clusters, flatten([
        for server in var.servers : ["${local.arn}:ecs:${local.here}:service/${server}/${server}", "${local.arn}:ecs:${local.here}:task-definition/${server}:*"]
      ]))
    },
    # With `on-failure: rollback` the action notes here which task definition the gate passed last, until the stack is destroyed.
    {
      Sid      = "PassedTaskDefinition"
      Effect   = "Allow"
      Action   = ["ssm:DeleteParameter", "ssm:GetParameter", "ssm:PutParameter"]
      Resource = [for server in var.servers : "${local.arn}:ssm:${local.here}:parameter/terraform-mcp-deploy/${server}/${server}/passed-task-definition"]
    },
    {
      Sid    = "Scaling"
      Effect = "Allow"
      Action = [
        "application-autoscaling:DeleteScalingPolicy",
        "application-autoscaling:DeregisterScalableTarget",
        "application-autoscaling:PutScalingPolicy",
        "application-autoscaling:RegisterScalableTarget",
        "application-autoscaling:TagResource",
        "application-autoscaling:UntagResource",
      ]
      Resource = ["${local.arn}:application-autoscaling:${local.here}:scalable-target/*"]
    },
    {
      Sid      = "SecretValues"
      Effect   = "Allow"
      Action   = ["secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue", "secretsmanager:UpdateSecretVersionStage"]
      Resource = local.secrets
    },
  ])

  load_balancer_statements = [
    {
      Sid    = "LoadBalancing"
      Effect = "Allow"
      Action = [
        "elasticloadbalancing:AddTags",
        "elasticloadbalancing:CreateListener",
        "elasticloadbalancing:CreateLoadBalancer",
        "elasticloadbalancing:CreateTargetGroup",
        "elasticloadbalancing:DeleteListener",
        "elasticloadbalancing:DeleteLoadBalancer",
        "elasticloadbalancing:DeleteTargetGroup",
        "elasticloadbalancing:ModifyListener",
        "elasticloadbalancing:ModifyListenerAttributes",
        "elasticloadbalancing:ModifyLoadBalancerAttributes",
        "elasticloadbalancing:ModifyTargetGroup",
        "elasticloadbalancing:ModifyTargetGroupAttributes",
        "elasticloadbalancing:RemoveTags",
        "elasticloadbalancing:SetSecurityGroups",
        "elasticloadbalancing:SetSubnets",
      ]
      Resource = local.load_balancing
    },
    {
      Sid      = "Firewall"
      Effect   = "Allow"
      Action   = ["wafv2:AssociateWebACL", "wafv2:DisassociateWebACL"]
      Resource = concat(local.load_balancers, ["${local.arn}:wafv2:${local.here}:regional/webacl/*"])
    },
    # AWS checks it without a resource; the association above is checked against the load balancer.
    { Sid = "FirewallOfLoadBalancer", Effect = "Allow", Action = ["elasticloadbalancing:SetWebAcl"], Resource = ["*"] },
    {
      Sid       = "AskForCertificate"
      Effect    = "Allow"
      Action    = ["acm:RequestCertificate"]
      Resource  = ["*"]
      Condition = local.for_server
    },
    # Only one without the tag: otherwise that of another server could be made ours, and deleted.
    {
      Sid       = "TagCertificate"
      Effect    = "Allow"
      Action    = ["acm:AddTagsToCertificate"]
      Resource  = ["${local.arn}:acm:${local.here}:certificate/*"]
      Condition = merge(local.for_server, { Null = { "aws:ResourceTag/McpServer" = "true" } })
    },
    {
      Sid       = "Certificates"
      Effect    = "Allow"
      Action    = ["acm:AddTagsToCertificate", "acm:DeleteCertificate", "acm:RemoveTagsFromCertificate"]
      Resource  = ["${local.arn}:acm:${local.here}:certificate/*"]
      Condition = local.of_servers
    },
  ]
}
