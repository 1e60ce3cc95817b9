# A trial in the account's default VPC over plain HTTP: one task, no name, no certificate.

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

data "aws_vpc" "default" {
  default = true
}

data "aws_subnets" "default" {
  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.default.id]
  }

  filter {
    name   = "default-for-az"
    values = ["true"]
  }
}

module "mcp" {
  source = "../.."

  name                = "trial-mcp"
  image               = var.image
  allow_insecure_http = true

  network = {
    vpc_id            = data.aws_vpc.default.id
    public_subnet_ids = data.aws_subnets.default.ids
  }
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
