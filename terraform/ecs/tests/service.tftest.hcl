# What a task is, and how the service keeps and replaces it.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

# For runs that apply: what is made up while planning would differ from what is made up while applying.
mock_provider "aws" {
  alias  = "applied"
  source = "./tests/mocks"
}

variables {
  name  = "orders-mcp"
  image = "repo/mcp:v1"
  dns   = { domain_name = "mcp.example.com", zone_id = "Z0123456789" }
}

run "defaults" {
  command = plan

  assert {
    condition = jsondecode(aws_ecs_task_definition.this.container_definitions) == [{
      name                   = "mcp-server"
      image                  = "repo/mcp:v1"
      essential              = true
      readonlyRootFilesystem = false
      environment            = [{ name = "PORT", value = "3000" }]
      secrets                = []
      linuxParameters        = { initProcessEnabled = true }
      portMappings           = [{ containerPort = 3000, hostPort = 3000, protocol = "tcp" }]
      logConfiguration = {
        logDriver = "awslogs"
        options   = { "awslogs-group" = "/ecs/orders-mcp", "awslogs-region" = "us-east-1", "awslogs-stream-prefix" = "mcp" }
      }
    }]
    error_message = "container is ${aws_ecs_task_definition.this.container_definitions}"
  }
  assert {
    condition     = aws_ecs_task_definition.this.cpu == "512" && aws_ecs_task_definition.this.memory == "1024" && aws_ecs_task_definition.this.runtime_platform[0].cpu_architecture == "X86_64"
    error_message = "size of the task"
  }
  assert {
    condition     = aws_ecs_task_definition.this.skip_destroy
    error_message = "a rollback needs the revisions that went before"
  }
  assert {
    condition     = aws_ecs_service.this.deployment_circuit_breaker[0].enable && aws_ecs_service.this.deployment_circuit_breaker[0].rollback
    error_message = "circuit breaker with rollback"
  }
  assert {
    condition     = aws_ecs_service.this.deployment_minimum_healthy_percent == 100 && aws_ecs_service.this.deployment_maximum_percent == 200
    error_message = "a deployment must never go below what serves"
  }
  assert {
    condition     = aws_ecs_service.this.availability_zone_rebalancing == "ENABLED" && aws_ecs_service.this.health_check_grace_period_seconds == 60
    error_message = "defaults of the service"
  }
  assert {
    condition     = !aws_ecs_service.this.wait_for_steady_state && !aws_ecs_service.this.enable_execute_command && length(aws_iam_role_policy.ecs_exec) == 0
    error_message = "neither waiting nor ECS Exec unless asked for"
  }
  assert {
    condition     = aws_cloudwatch_log_group.this.retention_in_days == 30
    error_message = "logs must have an end by default"
  }
  assert {
    condition     = output.ecs_cluster_name == "orders-mcp" && output.ecs_service_name == "orders-mcp"
    error_message = "the action finds the service by these outputs"
  }
}

run "container_insights_are_on" {
  command = plan

  assert {
    condition     = one(aws_ecs_cluster.this[0].setting).name == "containerInsights" && one(aws_ecs_cluster.this[0].setting).value == "enabled"
    error_message = "Container Insights"
  }
}

run "container_options" {
  command = plan

  variables {
    container = {
      port                      = 8080
      command                   = ["node", "server.js"]
      user                      = "1000:1000"
      read_only_root_filesystem = true
      health_check_command      = ["CMD", "/healthy"]
    }
    task_size    = { cpu = 1024, memory = 3072, architecture = "ARM64" }
    environment  = { NODE_ENV = "production" }
    health_check = { grace_period = 600 }
  }

  assert {
    condition = alltrue([
      for setting, wanted in {
        command                = jsonencode(["node", "server.js"])
        user                   = jsonencode("1000:1000")
        readonlyRootFilesystem = jsonencode(true)
        environment            = jsonencode([{ name = "NODE_ENV", value = "production" }, { name = "PORT", value = "8080" }])
        healthCheck            = jsonencode({ command = ["CMD", "/healthy"], interval = 30, retries = 3, startPeriod = 300, timeout = 5 })
      } : jsonencode(jsondecode(aws_ecs_task_definition.this.container_definitions)[0][setting]) == wanted
    ])
    error_message = "container is ${aws_ecs_task_definition.this.container_definitions}"
  }
  assert {
    condition     = aws_ecs_task_definition.this.cpu == "1024" && aws_ecs_task_definition.this.memory == "3072" && aws_ecs_task_definition.this.runtime_platform[0].cpu_architecture == "ARM64"
    error_message = "size of the task"
  }
  assert {
    condition     = one(aws_ecs_service.this.load_balancer).container_port == 8080 && aws_lb_target_group.this.port == 80
    error_message = "the port is the service's; on the target group it would replace it"
  }
}

run "token_makes_a_new_revision" {
  command = plan

  variables {
    deployment_token = "2026-11-22"
  }

  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].dockerLabels == { "mcp.deployment-token" = "2026-11-22" }
    error_message = "the token must be in the task definition"
  }
}

run "fixed_number_of_tasks" {
  command = plan

  variables {
    scaling = { min = 2 }
  }

  assert {
    condition     = aws_appautoscaling_target.this.min_capacity == 2 && aws_appautoscaling_target.this.max_capacity == 2 && aws_ecs_service.this.desired_count == 2
    error_message = "the number must be 2"
  }
  assert {
    condition     = length(aws_appautoscaling_policy.cpu) == 0
    error_message = "nothing to scale"
  }
  assert {
    condition     = [for strategy in aws_ecs_service.this.capacity_provider_strategy : strategy.capacity_provider] == ["FARGATE"]
    error_message = "no Spot unless asked for"
  }
}

run "autoscaling_and_spot" {
  command = plan

  variables {
    scaling = { min = 2, max = 6, cpu_target = 50, spot_percentage = 75 }
  }

  assert {
    condition     = aws_appautoscaling_target.this.min_capacity == 2 && aws_appautoscaling_target.this.max_capacity == 6
    error_message = "range"
  }
  assert {
    condition     = aws_appautoscaling_policy.cpu[0].target_tracking_scaling_policy_configuration[0].target_value == 50
    error_message = "CPU target"
  }
  assert {
    condition     = { for strategy in aws_ecs_service.this.capacity_provider_strategy : strategy.capacity_provider => "${strategy.weight}/${coalesce(strategy.base, 0)}" } == { FARGATE = "25/1", FARGATE_SPOT = "75/0" }
    error_message = "the first task on demand, three quarters of the rest on Spot"
  }
  assert {
    condition     = aws_ecs_service.this.force_new_deployment
    error_message = "without it a change of the Spot share replaces the service"
  }
}

run "one_stateful_task_is_allowed" {
  command = plan

  variables {
    mcp = { transport = "sse", path = "/sse", stateful = true }
  }

  assert {
    condition     = output.mcp_endpoint == "https://mcp.example.com/sse" && !aws_lb_target_group.this.stickiness[0].enabled
    error_message = "with one task there is nothing to stick to"
  }
}

run "stateful_tasks_are_allowed_for_clients_that_keep_cookies" {
  command = plan

  variables {
    mcp     = { stateful = true, sticky_cookie = true }
    scaling = { min = 2, max = 4 }
  }

  assert {
    condition     = aws_lb_target_group.this.stickiness[0].enabled && aws_lb_target_group.this.stickiness[0].type == "lb_cookie"
    error_message = "the cookie must be set"
  }
}

run "execute_command_with_a_log" {
  command = plan

  variables {
    execute_command     = true
    execute_command_log = { kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/k" }
    observability       = { logs_kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/k" }
  }

  assert {
    condition     = aws_cloudwatch_log_group.exec[0].name == "/ecs/orders-mcp/exec" && alltrue([for group in [aws_cloudwatch_log_group.exec[0], aws_cloudwatch_log_group.this] : group.kms_key_id == "arn:aws:kms:us-east-1:123456789012:key/k"])
    error_message = "both logs must have the key"
  }
  assert {
    condition     = one(aws_ecs_cluster.this[0].configuration[0].execute_command_configuration).logging == "OVERRIDE" && one(one(aws_ecs_cluster.this[0].configuration[0].execute_command_configuration).log_configuration).cloud_watch_log_group_name == "/ecs/orders-mcp/exec"
    error_message = "the shell must be logged there"
  }
  assert {
    condition     = [for statement in jsondecode(aws_iam_role_policy.ecs_exec[0].policy).Statement : statement.Action[0]] == ["ssmmessages:CreateControlChannel", "logs:DescribeLogGroups", "logs:CreateLogStream", "kms:Decrypt"]
    error_message = "the task writes the log: ${aws_iam_role_policy.ecs_exec[0].policy}"
  }
}

run "execute_command" {
  command = plan

  variables {
    execute_command = true
  }

  assert {
    condition     = aws_ecs_service.this.enable_execute_command && strcontains(aws_iam_role_policy.ecs_exec[0].policy, "ssmmessages:OpenDataChannel")
    error_message = "ECS Exec needs the service's leave and the role's"
  }
}

run "observability_and_tags" {
  command = plan

  variables {
    observability = { log_retention_days = 90, container_insights = "enhanced" }
    tags          = { Team = "orders" }
  }

  assert {
    condition     = one(aws_ecs_cluster.this[0].setting).value == "enhanced" && aws_cloudwatch_log_group.this.retention_in_days == 90
    error_message = "observability"
  }
  assert {
    condition     = aws_ecs_service.this.tags == tomap({ McpServer = "orders-mcp", Team = "orders" }) && aws_ecs_service.this.propagate_tags == "SERVICE"
    error_message = "tags"
  }
}

run "waiting_apply_that_got_its_revision_passes" {
  command = apply

  providers = {
    aws = aws.applied
  }

  variables {
    wait_for_steady_state = true
    secret_values         = {}
  }

  assert {
    condition     = aws_ecs_service.this.task_definition == output.task_definition_arn
    error_message = "revision"
  }
}
