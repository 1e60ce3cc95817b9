# A server that others depend on: a host name with a certificate, a rate limit, reserved concurrency, a year of log, and a secret
# that the server reads itself.

terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7"
    }
  }
}

provider "aws" {}

variable "image" {
  description = "Container image of the MCP server in ECR, by digest."
  type        = string
}

variable "zone_name" {
  description = "Route 53 zone in which mcp.ZONE is made."
  type        = string
}

variable "upstream_secret_arn" {
  description = "Secret in Secrets Manager that the server reads when it starts."
  type        = string
}

data "aws_route53_zone" "this" {
  name = var.zone_name
}

module "mcp" {
  source = "../.."

  name               = "orders-mcp"
  image              = var.image
  architecture       = "arm64"
  memory             = 1024
  max_concurrency    = 50
  rate_limit         = { per_second = 20, burst = 40 }
  log_retention_days = 365

  dns = {
    domain_name = "mcp.${var.zone_name}"
    zone_id     = data.aws_route53_zone.this.zone_id
  }

  environment = { UPSTREAM_SECRET_ARN = var.upstream_secret_arn }
  role_policies = {
    read-upstream-secret = jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = var.upstream_secret_arn }]
    })
  }
}

# The action reads these three from the root module.

output "mcp_endpoint" {
  description = "URL of the MCP endpoint."
  value       = module.mcp.mcp_endpoint
}

output "lambda_function_name" {
  description = "Name of the function."
  value       = module.mcp.lambda_function_name
}

output "lambda_alias" {
  description = "Alias that clients are sent through."
  value       = module.mcp.lambda_alias
}
