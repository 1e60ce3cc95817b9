# What a server's role may do at most, whatever policies it is given. The apply role can only make and fill roles that have
# this boundary, so it cannot give a server more than is written here.

locals {
  boundary_arn  = var.server_permissions_boundary == null ? "${local.arn}:iam::${local.account}:policy/${var.name}-servers" : var.server_permissions_boundary.arn
  make_boundary = var.server_permissions_boundary == null
  has_boundary  = var.server_permissions_boundary == null ? true : !var.server_permissions_boundary.none

  # The role of a function does not pull its image: Lambda does that, by the policy of the repository.
  pulls_images = setunion(local.on_tasks, local.on_agentcore)

  image_repositories = var.image_repository_arns != null ? tolist(var.image_repository_arns) : flatten([
    for server in local.pulls_images : [for suffix in ["", "/*"] : "${local.arn}:ecr:${local.here}:repository/${server}${suffix}"]
  ])
  given_secrets    = [for arn in var.server_secret_arns : arn if split(":", arn)[2] == "secretsmanager"]
  given_parameters = [for arn in var.server_secret_arns : arn if split(":", arn)[2] == "ssm"]
  tls_secrets      = [for server in local.on_ec2 : "${local.arn}:secretsmanager:${local.here}:secret:${server}/tls-*"]

  boundary_statements = concat(
    [
      for statement in [
        {
          Sid      = "FindRegistry"
          Effect   = "Allow"
          Action   = ["ecr:GetAuthorizationToken"]
          Resource = length(local.pulls_images) > 0 ? ["*"] : []
        },
        {
          Sid      = "Images"
          Effect   = "Allow"
          Action   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
          Resource = length(local.pulls_images) > 0 ? local.image_repositories : []
        },
        {
          Sid      = "Logs"
          Effect   = "Allow"
          Action   = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
          Resource = [for group in concat(local.log_groups, local.lambda_log_groups, local.agentcore_log_groups, local.express_log_groups) : "${group}:*"]
        },
        {
          Sid      = "Secrets"
          Effect   = "Allow"
          Action   = ["secretsmanager:GetSecretValue"]
          Resource = concat(local.secrets, local.given_secrets)
        },
        {
          Sid      = "KeepTheCertificate"
          Effect   = "Allow"
          Action   = ["secretsmanager:PutSecretValue"]
          Resource = local.tls_secrets
        },
        {
          Sid      = "Parameters"
          Effect   = "Allow"
          Action   = ["ssm:GetParameter", "ssm:GetParameters"]
          Resource = local.given_parameters
        },
        {
          Sid       = "Keys"
          Effect    = "Allow"
          Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
          Resource  = tolist(var.secrets_kms_key_arns)
          Condition = local.via_secrets
        },
        {
          Sid      = "SessionKeys"
          Effect   = "Allow"
          Action   = ["kms:Decrypt"]
          Resource = tolist(var.session_kms_key_arns)
        },
        # A shell by ECS Exec or Session Manager. These open a channel for the caller alone, and take no resource.
        {
          Sid    = "Sessions"
          Effect = "Allow"
          Action = concat(
            [
              "ssmmessages:CreateControlChannel",
              "ssmmessages:CreateDataChannel",
              "ssmmessages:OpenControlChannel",
              "ssmmessages:OpenDataChannel",
            ],
            length(local.on_ecs) > 0 ? ["logs:DescribeLogGroups"] : [],
            length(local.on_ec2) > 0 ? ["ssm:UpdateInstanceInformation"] : [],
          )
          Resource = local.has_network ? ["*"] : []
        },
        {
          Sid      = "SayThatItIsReady"
          Effect   = "Allow"
          Action   = ["cloudformation:SignalResource"]
          Resource = local.readiness_stacks
        },
      ] : statement if length(statement.Resource) > 0
    ],
    [
      for index, right in var.servers_may :
      { Sid = "More${index}", Effect = "Allow", Action = tolist(right.actions), Resource = tolist(right.resources) }
    ],
    # Whatever is allowed above: the state holds what Terraform knows, and is Terraform's alone.
    [
      {
        Sid      = "NeverTheState"
        Effect   = "Deny"
        Action   = ["s3:*"]
        Resource = [var.state.bucket_arn, "${var.state.bucket_arn}/*"]
      },
    ],
    [for arn in var.state.lock_table_arn[*] : { Sid = "NeverTheLock", Effect = "Deny", Action = ["dynamodb:*"], Resource = [arn] }],
  )
  boundary_document = jsonencode({ Version = "2012-10-17", Statement = local.boundary_statements })
}

resource "aws_iam_policy" "boundary" {
  count = local.make_boundary ? 1 : 0

  name        = "${var.name}-servers"
  description = "What the servers of ${var.name} may do at most"
  policy      = local.boundary_document
  tags        = var.tags

  lifecycle {
    precondition {
      condition     = length(local.boundary_document) <= 6144
      error_message = "The boundary ${var.name}-servers has ${length(local.boundary_document)} characters, and IAM takes 6144: name fewer servers, and use this module once more for the others."
    }
  }
}
