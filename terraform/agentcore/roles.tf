# The runtime's role: AgentCore may pull the image and write the log, and the server may do what the caller adds.

resource "aws_iam_role" "this" {
  name_prefix          = "${var.name}-runtime-"
  description          = "What the MCP server ${var.name} may do"
  permissions_boundary = var.permissions_boundary_arn
  tags                 = local.tags

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "bedrock-agentcore.amazonaws.com" }
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account }
        ArnLike      = { "aws:SourceArn" = "${local.prefix}:bedrock-agentcore:${local.region}:${local.account}:*" }
      }
    }]
  })
}

resource "aws_iam_role_policy" "image" {
  name = "image"
  role = aws_iam_role.this.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
        Resource = local.repository
      },
      {
        # AWS knows no resource for this action.
        Effect   = "Allow"
        Action   = "ecr:GetAuthorizationToken"
        Resource = "*"
      },
    ]
  })
}

# The group is named after the id of the runtime, which AWS makes of its name and ten characters.
resource "aws_iam_role_policy" "log" {
  name = "log"
  role = aws_iam_role.this.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
      Resource = "${local.prefix}:logs:${local.region}:${local.account}:log-group:/aws/bedrock-agentcore/runtimes/${local.runtime_name}-*"
    }]
  })
}

resource "aws_iam_role_policy" "server" {
  for_each = var.role_policies

  name   = each.key
  role   = aws_iam_role.this.id
  policy = each.value
}
