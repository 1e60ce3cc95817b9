# The task definition: what one task runs, with which settings. Any change makes a new revision, and the service
# rolls over to it.

resource "aws_cloudwatch_log_group" "this" {
  # checkov:skip=CKV_AWS_338: Set observability.log_retention_days to 365 or more where a rule of yours requires it.
  name              = "/ecs/${var.name}"
  retention_in_days = var.observability.log_retention_days
  kms_key_id        = var.observability.logs_kms_key_arn
  tags              = local.tags
}

locals {
  container_name = "mcp-server"

  # Labels do nothing in the container. They make a revision differ when only the reason to roll has changed: a new
  # token, or a new value in a secret, which a running task would not notice.
  container_labels = merge(
    var.deployment_token == "" ? {} : { "mcp.deployment-token" = var.deployment_token },
    { for name, version in var.managed_secrets : "mcp.secret-version.${name}" => tostring(version) if version > 0 },
  )

  container_settings = {
    name                   = local.container_name
    image                  = var.image
    essential              = true
    command                = var.container.command
    user                   = var.container.user
    readonlyRootFilesystem = var.container.read_only_root_filesystem
    dockerLabels           = length(local.container_labels) > 0 ? local.container_labels : null

    portMappings = [{
      containerPort = var.container.port
      hostPort      = var.container.port
      protocol      = "tcp"
    }]

    environment = [
      for name, value in merge({ PORT = tostring(var.container.port) }, var.environment) : { name = name, value = value }
    ]
    secrets = [for name, arn in local.secret_arns : { name = name, valueFrom = arn }]

    mountPoints = length(var.file_systems) == 0 ? null : [
      for path, each in var.file_systems : { sourceVolume = local.volume_names[path], containerPath = path, readOnly = each.read_only }
    ]

    # A server that starts children (many run npm or uv) is not the process that should reap them.
    linuxParameters = { initProcessEnabled = true }

    healthCheck = var.container.health_check_command == null ? null : {
      command     = var.container.health_check_command
      interval    = 30
      timeout     = 5
      retries     = 3
      startPeriod = min(var.health_check.grace_period, 300)
    }

    logConfiguration = local.log_configuration
  }

  log_configuration = {
    logDriver = "awslogs"
    options = {
      awslogs-group         = aws_cloudwatch_log_group.this.name
      awslogs-region        = data.aws_region.current.id
      awslogs-stream-prefix = "mcp"
    }
  }

  sidecar_settings = [
    for name, sidecar in var.sidecars : {
      name             = name
      image            = sidecar.image
      essential        = sidecar.essential
      command          = sidecar.command
      memory           = sidecar.memory
      environment      = [for key, value in sidecar.environment : { name = key, value = value }]
      secrets          = [for key, arn in sidecar.secrets : { name = key, valueFrom = arn }]
      logConfiguration = local.log_configuration
    }
  ]

  volume_names = { for path in keys(var.file_systems) : path => trim(replace(path, "/[^A-Za-z0-9_-]/", "-"), "-") }
}

resource "aws_ecs_task_definition" "this" {
  family                   = var.name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.task_size.cpu
  memory                   = var.task_size.memory
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task.arn
  container_definitions    = jsonencode(concat([{ for key, value in local.container_settings : key => value if value != null }], [for sidecar in local.sidecar_settings : { for key, value in sidecar : key => value if value != null }]))
  tags                     = local.tags

  # ECS cannot go back to a revision that has been deregistered.
  skip_destroy = true

  dynamic "volume" {
    for_each = var.file_systems

    content {
      name = local.volume_names[volume.key]

      efs_volume_configuration {
        file_system_id     = volume.value.file_system_id
        transit_encryption = "ENABLED"

        authorization_config {
          access_point_id = volume.value.access_point_id
          iam             = "ENABLED"
        }
      }
    }
  }

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.task_size.architecture
  }
}
