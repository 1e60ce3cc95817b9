# The cluster, unless one is given, and the service that keeps the tasks running. The service outlives every deployment: replacing it would
# stop all tasks first, so whatever can change is changed in place.

resource "aws_ecs_cluster" "this" {
  # checkov:skip=CKV_AWS_65: Container Insights are on by default. The scanner does not read the variable.
  # checkov:skip=CKV_AWS_224: The log of a shell is encrypted with execute_command_log.kms_key_arn, if you turn shells on.
  count = local.make_cluster ? 1 : 0

  name = var.name
  tags = local.tags

  setting {
    name  = "containerInsights"
    value = var.observability.container_insights
  }

  dynamic "configuration" {
    for_each = var.execute_command_log[*]

    content {
      execute_command_configuration {
        kms_key_id = configuration.value.kms_key_arn
        logging    = "OVERRIDE"

        log_configuration {
          cloud_watch_encryption_enabled = configuration.value.kms_key_arn != null
          cloud_watch_log_group_name     = aws_cloudwatch_log_group.exec[0].name
        }
      }
    }
  }
}

# What is typed and shown in a shell by ECS Exec.
resource "aws_cloudwatch_log_group" "exec" {
  count = var.execute_command_log == null ? 0 : 1

  name              = "/ecs/${var.name}/exec"
  retention_in_days = var.execute_command_log.retention_days
  kms_key_id        = var.execute_command_log.kms_key_arn
  tags              = local.tags
}

resource "aws_ecs_cluster_capacity_providers" "this" {
  count = local.make_cluster ? 1 : 0

  cluster_name       = aws_ecs_cluster.this[0].name
  capacity_providers = ["FARGATE", "FARGATE_SPOT"]
}

resource "aws_ecs_service" "this" {
  name                              = var.name
  cluster                           = local.cluster_arn
  task_definition                   = aws_ecs_task_definition.this.arn
  desired_count                     = local.min_tasks
  availability_zone_rebalancing     = "ENABLED"
  enable_execute_command            = var.execute_command
  health_check_grace_period_seconds = var.health_check.grace_period
  wait_for_steady_state             = var.wait_for_steady_state
  propagate_tags                    = "SERVICE"
  tags                              = local.tags

  # Only with this does the provider change the share of Spot in place instead of replacing the service.
  force_new_deployment = true

  # The first task is always on demand, so that Spot running dry does not end the service.
  capacity_provider_strategy {
    capacity_provider = "FARGATE"
    base              = 1
    weight            = 100 - var.scaling.spot_percentage
  }

  dynamic "capacity_provider_strategy" {
    for_each = var.scaling.spot_percentage > 0 ? [var.scaling.spot_percentage] : []

    content {
      capacity_provider = "FARGATE_SPOT"
      weight            = capacity_provider_strategy.value
    }
  }

  # New tasks are healthy before old ones go, also when there is only one.
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = local.task_subnet_ids
    security_groups  = [aws_security_group.task.id]
    assign_public_ip = !local.private_tasks
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.this.arn
    container_name   = local.container_name
    container_port   = var.container.port
  }

  # What the tasks need to start, or the service to be made, without the service naming it.
  depends_on = [
    aws_ecs_cluster_capacity_providers.this,
    aws_iam_role_policy.ecs_exec,
    aws_iam_role_policy.file_systems,
    aws_iam_role_policy.read_secrets,
    aws_iam_role_policy.task,
    aws_iam_role_policy_attachment.execution,
    aws_lb_listener.http,
    aws_lb_listener.https,
    aws_lb_listener_rule.this,
    aws_route.internet,
    aws_secretsmanager_secret_version.this,
    aws_vpc_security_group_egress_rule.load_balancer,
    aws_vpc_security_group_egress_rule.task,
    aws_vpc_security_group_ingress_rule.task,
  ]

  lifecycle {
    # The number of tasks belongs to the scalable target in scaling.tf.
    ignore_changes = [desired_count]

    # After the circuit breaker has rolled back, the service is steady again, on the old revision, and the provider
    # takes that for success: https://github.com/hashicorp/terraform-provider-aws/issues/20858
    postcondition {
      condition     = !var.wait_for_steady_state || self.task_definition == aws_ecs_task_definition.this.arn
      error_message = "ECS rolled the deployment back: the service runs ${self.task_definition}, not the new revision. Its events and the reasons of its stopped tasks say why."
    }
  }
}
