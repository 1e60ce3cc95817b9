# One MCP server on Lambda behind an HTTP API or a signed function URL. This file holds what the others share.

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  is_image  = var.image != null
  is_api    = var.address == "http-api"
  domain    = var.dns == null ? null : var.dns.domain_name
  endpoint  = "${local.base}${var.mcp_path}"
  base      = local.domain != null ? "https://${local.domain}" : trimsuffix(local.is_api ? aws_apigatewayv2_api.this[0].api_endpoint : aws_lambda_function_url.this[0].function_url, "/")
  log_group = "/aws/lambda/${var.name}"

  # The roles of terraform/github-oidc know the server by this tag.
  tags = merge(var.tags, { McpServer = var.name })
}
