# Two roles. The execution role is ECS's own, for what happens before the container starts: pull the image, read the
# secrets, open the log stream. The task role is the MCP server's, and holds nothing but what the caller adds.

locals {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
    }]
  })

  read_secrets = [
    for statement in [
      {
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = local.readable_secrets
      },
      {
        Effect   = "Allow"
        Action   = "ssm:GetParameters"
        Resource = local.readable_parameters
      },
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = var.secrets_kms_key_arn[*]
      },
    ] : statement if length(statement.Resource) > 0
  ]

  # https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html#ecs-exec-required-iam-permissions
  ecs_exec = {
    Effect = "Allow"
    Action = [
      "ssmmessages:CreateControlChannel",
      "ssmmessages:CreateDataChannel",
      "ssmmessages:OpenControlChannel",
      "ssmmessages:OpenDataChannel",
    ]
    Resource = "*"
  }

  # https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html#ecs-exec-logging
  exec_log = [
    for statement in [
      {
        Effect   = "Allow"
        Action   = ["logs:DescribeLogGroups"]
        Resource = var.execute_command_log == null ? [] : ["*"]
      },
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
        Resource = var.execute_command_log == null ? [] : ["arn:${data.aws_partition.current.partition}:logs:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:log-group:/ecs/${var.name}/exec:*"]
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt"]
        Resource = compact([try(var.execute_command_log.kms_key_arn, null)])
      },
    ] : statement if length(statement.Resource) > 0
  ]
}

resource "aws_iam_role" "execution" {
  name_prefix          = "${var.name}-exec-"
  description          = "ECS starts the tasks of the MCP server ${var.name}"
  assume_role_policy   = local.assume_role_policy
  permissions_boundary = var.permissions_boundary_arn
  tags                 = local.tags
}

resource "aws_iam_role_policy_attachment" "execution" {
  role       = aws_iam_role.execution.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

resource "aws_iam_role_policy" "read_secrets" {
  count = length(var.secrets) + length(var.managed_secrets) + sum(concat([0], [for sidecar in values(var.sidecars) : length(sidecar.secrets)])) > 0 ? 1 : 0

  name   = "read-secrets"
  role   = aws_iam_role.execution.id
  policy = jsonencode({ Version = "2012-10-17", Statement = local.read_secrets })
}

resource "aws_iam_role" "task" {
  name_prefix          = "${var.name}-task-"
  description          = "What the MCP server ${var.name} may do"
  assume_role_policy   = local.assume_role_policy
  permissions_boundary = var.permissions_boundary_arn
  tags                 = local.tags
}

resource "aws_iam_role_policy" "task" {
  for_each = var.task_role_policies

  name   = each.key
  role   = aws_iam_role.task.id
  policy = each.value
}

# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-volumes.html
resource "aws_iam_role_policy" "file_systems" {
  count = length(var.file_systems) > 0 ? 1 : 0

  name = "file-systems"
  role = aws_iam_role.task.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      for each in values(var.file_systems) : {
        Effect    = "Allow"
        Action    = concat(["elasticfilesystem:ClientMount"], each.read_only ? [] : ["elasticfilesystem:ClientWrite"])
        Resource  = "arn:${data.aws_partition.current.partition}:elasticfilesystem:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:file-system/${each.file_system_id}"
        Condition = { StringEquals = { "elasticfilesystem:AccessPointArn" = "arn:${data.aws_partition.current.partition}:elasticfilesystem:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:access-point/${each.access_point_id}" } }
      }
    ]
  })
}

resource "aws_iam_role_policy" "ecs_exec" {
  count = var.execute_command ? 1 : 0

  name   = "ecs-exec"
  role   = aws_iam_role.task.id
  policy = jsonencode({ Version = "2012-10-17", Statement = concat([local.ecs_exec], local.exec_log) })
}
