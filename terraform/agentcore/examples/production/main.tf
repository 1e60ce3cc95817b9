# A server that others depend on: tokens of an issuer, a year of log, and a secret that the server reads itself.

terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.17, < 7"
    }
  }
}

provider "aws" {}

variable "image" {
  description = "Container image of the MCP server in ECR, by digest, built for linux/arm64."
  type        = string
}

variable "discovery_url" {
  description = "OpenID Connect configuration of the issuer."
  type        = string
}

variable "client_ids" {
  description = "Clients of the issuer that may call the server, that of the action among them."
  type        = set(string)
}

variable "upstream_secret_arn" {
  description = "Secret in Secrets Manager that the server reads when it starts."
  type        = string
}

module "mcp" {
  source = "../.."

  name               = "orders-mcp"
  image              = var.image
  log_retention_days = 365

  jwt = {
    discovery_url   = var.discovery_url
    allowed_clients = var.client_ids
  }

  environment = { UPSTREAM_SECRET_ARN = var.upstream_secret_arn }
  role_policies = {
    read-upstream-secret = jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = var.upstream_secret_arn }]
    })
  }
}

# The action reads these two from the root module.

output "agentcore_runtime_arn" {
  description = "ARN of the runtime."
  value       = module.mcp.agentcore_runtime_arn
}

output "agentcore_endpoint_name" {
  description = "Endpoint of the runtime that clients call."
  value       = module.mcp.agentcore_endpoint_name
}
