# Staging and production from one codebase: the same root module, a variable file for each, and a state of its own by
# `backend-config` (key=orders-mcp/staging.tfstate, key=orders-mcp/production.tfstate). In the workflow:
#   with: { working-directory: infra, var-file: "${{ inputs.environment }}.tfvars", backend-config: …,
#           stack-name: "orders-mcp ${{ inputs.environment }}" } # by which each has a comment of its own

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
  description = "Container image of the MCP server."
  type        = string
}

variable "environment" {
  description = "staging or production."
  type        = string

  validation {
    condition     = contains(["staging", "production"], var.environment)
    error_message = "environment must be staging or production."
  }
}

variable "zone_name" {
  description = "Route 53 zone of the host names."
  type        = string
}

data "aws_route53_zone" "this" {
  name = var.zone_name
}

locals {
  is_production = var.environment == "production"
}

module "mcp" {
  source = "../.."

  name  = local.is_production ? "orders-mcp" : "orders-mcp-staging"
  image = var.image

  dns = {
    domain_name = "${local.is_production ? "mcp" : "mcp-staging"}.${var.zone_name}"
    zone_id     = data.aws_route53_zone.this.zone_id
  }

  scaling       = { min = local.is_production ? 2 : 1, max = local.is_production ? 6 : 1 }
  task_size     = { cpu = local.is_production ? 1024 : 256, memory = local.is_production ? 2048 : 512 }
  load_balancer = { deletion_protection = local.is_production }
  environment   = { NODE_ENV = "production", STAGE = var.environment }
  tags          = { Environment = var.environment }
}

# The action reads these three from the root module.

output "mcp_endpoint" {
  description = "URL of the MCP endpoint."
  value       = module.mcp.mcp_endpoint
}

output "ecs_cluster_name" {
  description = "Name of the ECS cluster."
  value       = module.mcp.ecs_cluster_name
}

output "ecs_service_name" {
  description = "Name of the ECS service."
  value       = module.mcp.ecs_service_name
}
