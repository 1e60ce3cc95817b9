# The instance's role: what the machine itself needs to boot, to be reached by Session Manager and to keep its
# certificate, and then what the caller adds for the server. Every resource that can be named is named.

locals {
  # An ARN that picks one key or version out of a secret is longer than the ARN that IAM knows.
  read_arns           = concat(values(var.secrets), var.git == null ? [] : var.git.token_secret_arn[*])
  readable_secrets    = distinct([for arn in local.read_arns : join(":", slice(split(":", arn), 0, 7)) if split(":", arn)[2] == "secretsmanager"])
  readable_parameters = distinct([for arn in local.read_arns : arn if split(":", arn)[2] == "ssm"])

  arn_prefix  = "arn:${data.aws_partition.current.partition}"
  arn_account = "${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}"

  statements = [
    # https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html
    # without the right of AWS's own policy to read every parameter of the account. None of these takes a resource.
    {
      Sid    = "SessionManager"
      Effect = "Allow"
      Action = [
        "ssm:UpdateInstanceInformation",
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
      ]
      Resource = ["*"]
    },
    {
      Sid      = "SayThatItIsReady"
      Effect   = "Allow"
      Action   = ["cloudformation:SignalResource"]
      Resource = ["${local.arn_prefix}:cloudformation:${local.arn_account}:stack/${var.name}-ready-*/*"]
    },
    {
      Sid      = "ReadSecrets"
      Effect   = "Allow"
      Action   = ["secretsmanager:GetSecretValue"]
      Resource = local.readable_secrets
    },
    {
      Sid      = "ReadParameters"
      Effect   = "Allow"
      Action   = ["ssm:GetParameter"]
      Resource = local.readable_parameters
    },
    {
      # To write the certificate takes a data key: https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
      Sid      = "SecretsKey"
      Effect   = "Allow"
      Action   = concat(["kms:Decrypt"], local.https ? ["kms:GenerateDataKey"] : [])
      Resource = var.secrets_kms_key_arn[*]
    },
    {
      Sid      = "KeepTheCertificate"
      Effect   = "Allow"
      Action   = ["secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"]
      Resource = aws_secretsmanager_secret.certificates[*].arn
    },
    {
      Sid      = "WriteLogs"
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
      Resource = [for group in aws_cloudwatch_log_group.this : "${group.arn}:*"]
    },
  ]
}

resource "aws_iam_role" "this" {
  name_prefix = "${var.name}-"
  description = "Instance of the MCP server ${var.name}"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ec2.amazonaws.com" }
    }]
  })
  permissions_boundary = var.permissions_boundary_arn
  tags                 = local.tags
}

resource "aws_iam_role_policy" "machine" {
  name   = "machine"
  role   = aws_iam_role.this.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [for statement in local.statements : statement if length(statement.Resource) > 0] })
}

resource "aws_iam_role_policy" "server" {
  for_each = var.role_policies

  name   = each.key
  role   = aws_iam_role.this.id
  policy = each.value
}

resource "aws_iam_instance_profile" "this" {
  name_prefix = "${var.name}-"
  role        = aws_iam_role.this.name
  tags        = local.tags
}
