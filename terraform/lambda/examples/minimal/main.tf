# A trial: one function behind an HTTP API, under the name that AWS gives.

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
  description = "Container image of the MCP server in ECR."
  type        = string
}

module "mcp" {
  source = "../.."

  name  = "trial-mcp"
  image = var.image
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
