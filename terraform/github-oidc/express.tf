# What an Express service of ECS needs. ECS makes its load balancer, scaling and certificate by the infrastructure role, so none of
# these is granted to the apply role.

locals {
  express_services = flatten([
    for server in local.on_express : [for cluster in distinct(["default", server]) : "${local.arn}:ecs:${local.here}:service/${cluster}/${server}"]
  ])
  express_log_groups = [for server in local.on_express : "${local.arn}:logs:${local.here}:log-group:/aws/ecs/default/${server}-*"]
  express_parts = flatten([
    for server in local.on_express : flatten([
      for cluster in distinct(["default", server]) : [
        for type in ["service-deployment", "service-revision"] : "${local.arn}:ecs:${local.here}:${type}/${cluster}/${server}/*"
      ]
    ])
  ])
  express_clusters = length(local.on_express) == 0 ? [] : concat(["${local.arn}:ecs:${local.here}:cluster/default"], [for server in local.on_express : "${local.arn}:ecs:${local.here}:cluster/${server}"])

  express_read_statements = [
    for statement in [
      {
        Sid    = "ReadExpress"
        Effect = "Allow"
        Action = [
          "ecs:DescribeExpressGatewayService",
          "ecs:DescribeServiceDeployments",
          "ecs:DescribeServiceRevisions",
          "ecs:DescribeServices",
          "ecs:ListServiceDeployments",
          "ecs:ListTagsForResource",
        ]
        Resource = concat(local.express_services, local.express_parts)
      },
      {
        Sid       = "ExpressTasks"
        Effect    = "Allow"
        Action    = ["ecs:ListTasks"]
        Resource  = length(local.on_express) > 0 ? ["*"] : []
        Condition = { ArnEquals = { "ecs:cluster" = local.express_clusters } }
      },
      {
        Sid      = "ReadExpressTasks"
        Effect   = "Allow"
        Action   = ["ecs:DescribeTasks"]
        Resource = [for cluster in local.express_clusters : "${replace(cluster, ":cluster/", ":task/")}/*"]
      },
      {
        Sid       = "ReadExpressTaskDefinitions"
        Effect    = "Allow"
        Action    = ["ecs:DescribeTaskDefinition"]
        Resource  = length(local.on_express) > 0 && length(local.on_ecs) == 0 ? ["*"] : []
        Condition = local.in_region
      },
      # What says why the load balancer of the service refuses its tasks. AWS takes no resource for these.
      {
        Sid    = "ReadExpressBalancers"
        Effect = "Allow"
        Action = [
          "elasticloadbalancing:DescribeListeners",
          "elasticloadbalancing:DescribeLoadBalancers",
          "elasticloadbalancing:DescribeTargetGroups",
          "elasticloadbalancing:DescribeTargetHealth",
        ]
        Resource  = length(local.on_express) > 0 && length(local.on_ecs) == 0 ? ["*"] : []
        Condition = local.in_region
      },
      {
        Sid      = "ReadExpressLogs"
        Effect   = "Allow"
        Action   = ["logs:GetLogEvents"]
        Resource = [for group in local.express_log_groups : "${group}:*"]
      },
    ] : statement if length(statement.Resource) > 0
  ]

  express_statements = [
    for statement in [
      {
        Sid       = "MakeExpress"
        Effect    = "Allow"
        Action    = ["ecs:CreateExpressGatewayService", "ecs:UpdateExpressGatewayService"]
        Resource  = local.express_services
        Condition = var.networks == null ? null : { "ForAllValues:StringEquals" = { "ecs:subnet" = local.given_subnets } }
      },
      {
        Sid    = "ChangeExpress"
        Effect = "Allow"
        Action = [
          "ecs:DeleteExpressGatewayService",
          "ecs:StopServiceDeployment",
          "ecs:TagResource",
          "ecs:UntagResource",
        ]
        Resource = concat(local.express_services, [for arn in local.express_parts : arn if strcontains(arn, ":service-deployment/")])
      },
      {
        Sid       = "HandInfrastructureRole"
        Effect    = "Allow"
        Action    = ["iam:PassRole"]
        Resource  = length(local.on_express) > 0 ? tolist(var.express_infrastructure_role_arns) : []
        Condition = { StringEquals = { "iam:PassedToService" = "ecs.amazonaws.com" } }
      },
    ] : { for key, value in statement : key => value if value != null } if length(statement.Resource) > 0
  ]
}
