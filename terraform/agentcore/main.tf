# One MCP server on Bedrock AgentCore Runtime, behind an endpoint that pins its version. This file holds what the others share.

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  region  = data.aws_region.current.id
  account = data.aws_caller_identity.current.account_id
  prefix  = "arn:${data.aws_partition.current.partition}"

  # ACCOUNT.dkr.ecr.REGION.SUFFIX/REPOSITORY@DIGEST
  image      = regex("^(\\d{12})\\.dkr\\.ecr\\.([a-z0-9-]+)\\.[a-z.]+/([^@]+)@", var.image)
  repository = "${local.prefix}:ecr:${local.image[1]}:${local.image[0]}:repository/${local.image[2]}"

  # AgentCore takes no hyphens.
  runtime_name = replace(var.name, "-", "_")

  # The roles of terraform/github-oidc know the server by this tag.
  tags = merge(var.tags, { McpServer = var.name })
}
