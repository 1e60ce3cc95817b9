# What terraform/agentcore needs: the runtime with its endpoints, its role and its log. The id of a runtime is its name and ten
# characters that AWS adds, so the names of others do not fit.

locals {
  on_agentcore = contains(var.stacks, "agentcore") ? var.servers : []

  runtime_ids           = [for server in local.on_agentcore : "${server}-${join("", [for _ in range(10) : "?"])}"]
  runtimes              = [for id in local.runtime_ids : "${local.arn}:bedrock-agentcore:${local.here}:runtime/${id}"]
  runtimes_and_endpoint = flatten([for runtime in local.runtimes : [runtime, "${runtime}/runtime-endpoint/*"]])
  agentcore_roles       = [for server in local.on_agentcore : "${local.arn}:iam::${local.account}:role/${server}-ac-${local.made_suffix}"]
  # AgentCore names the log by the runtime and the endpoint.
  agentcore_log_groups = [for id in local.runtime_ids : "${local.arn}:logs:${local.here}:log-group:/aws/bedrock-agentcore/runtimes/${id}-*"]

  # https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/service-linked-roles.html
  agentcore_linked_services = ["network.bedrock-agentcore.amazonaws.com", "runtime-identity.bedrock-agentcore.amazonaws.com"]

  in_runtime_subnets = var.networks == null ? {} : { "ForAllValues:StringEquals" = { "bedrock-agentcore:subnets" = local.given_subnets } }

  agentcore_read_statements = {
    for role in ["plan", "apply"] : role => [
      for statement in [
        {
          Sid      = "ReadRuntimes"
          Effect   = "Allow"
          Action   = ["bedrock-agentcore:GetAgentRuntime", "bedrock-agentcore:GetAgentRuntimeEndpoint", "bedrock-agentcore:ListTagsForResource"]
          Resource = local.runtimes_and_endpoint
        },
        # It answers for one runtime, and AWS takes no resource for it.
        {
          Sid       = "LookForVersions"
          Effect    = "Allow"
          Action    = ["bedrock-agentcore:ListAgentRuntimeVersions"]
          Resource  = length(local.on_agentcore) > 0 ? ["*"] : []
          Condition = local.in_region
        },
        {
          Sid      = "ReadRuntimeRoles"
          Effect   = "Allow"
          Action   = local.read_roles
          Resource = local.agentcore_roles
        },
        {
          Sid      = "ReadRuntimeLogs"
          Effect   = "Allow"
          Action   = ["logs:FilterLogEvents", "logs:ListTagsForResource"]
          Resource = flatten([for group in local.agentcore_log_groups : [group, "${group}:*"]])
        },
        {
          Sid      = "CallRuntimes"
          Effect   = "Allow"
          Action   = ["bedrock-agentcore:InvokeAgentRuntime", "bedrock-agentcore:StopRuntimeSession"]
          Resource = role == "apply" || var.plan_calls_servers ? local.runtimes_and_endpoint : []
        },
      ] : statement if length(statement.Resource) > 0
    ]
  }

  agentcore_statements = concat(local.role_statements.agentcore, [
    for statement in [
      {
        Sid       = "MakeRuntimes"
        Effect    = "Allow"
        Action    = ["bedrock-agentcore:CreateAgentRuntime"]
        Resource  = length(local.on_agentcore) > 0 ? ["*"] : []
        Condition = merge(local.for_server, local.in_runtime_subnets)
      },
      merge(length(local.in_runtime_subnets) == 0 ? {} : { Condition = local.in_runtime_subnets }, {
        Sid                                                          = "UpdateRuntimes"
        Effect                                                       = "Allow"
        Action                                                       = ["bedrock-agentcore:UpdateAgentRuntime"]
        Resource                                                     = local.runtimes
      }),
      {
        Sid    = "ChangeRuntimes"
        Effect = "Allow"
        Action = [
          "bedrock-agentcore:CreateAgentRuntimeEndpoint",
          "bedrock-agentcore:DeleteAgentRuntime",
          "bedrock-agentcore:DeleteAgentRuntimeEndpoint",
          "bedrock-agentcore:TagResource",
          "bedrock-agentcore:UntagResource",
          "bedrock-agentcore:UpdateAgentRuntimeEndpoint",
        ]
        Resource = local.runtimes_and_endpoint
      },
      {
        Sid       = "HandRoleToRuntime"
        Effect    = "Allow"
        Action    = ["iam:PassRole"]
        Resource  = local.agentcore_roles
        Condition = { StringEquals = { "iam:PassedToService" = "bedrock-agentcore.amazonaws.com" } }
      },
      {
        Sid       = "FirstRuntimeInTheAccount"
        Effect    = "Allow"
        Action    = ["iam:CreateServiceLinkedRole"]
        Resource  = [for service in length(local.on_agentcore) > 0 ? local.agentcore_linked_services : [] : "${local.arn}:iam::${local.account}:role/aws-service-role/${service}/*"]
        Condition = { StringEquals = { "iam:AWSServiceName" = local.agentcore_linked_services } }
      },
      {
        Sid      = "RuntimeLogs"
        Effect   = "Allow"
        Action   = local.change_log_groups
        Resource = flatten([for group in local.agentcore_log_groups : [group, "${group}:*"]])
      },
      # With `on-failure: rollback` the action notes here which version of an endpoint the gate passed last.
      {
        Sid      = "PassedRuntimeVersion"
        Effect   = "Allow"
        Action   = local.change_parameter
        Resource = [for id in local.runtime_ids : "${local.parameters}/agentcore/${id}/*"]
      },
    ] : statement if length(statement.Resource) > 0
  ])
}
