# A trial: an image that is in ECR, called with the caller's own AWS credentials.

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

module "mcp" {
  source = "../.."

  name  = "orders-mcp"
  image = var.image
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
