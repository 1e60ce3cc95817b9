# A network that exists already: the load balancer in its public subnets, the tasks in its private ones, without public
# addresses. The private subnets need a way out (a NAT gateway, or endpoints for ECR, S3, logs and secrets).

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

variable "vpc_id" {
  description = "The VPC."
  type        = string
}

variable "public_subnet_ids" {
  description = "Subnets of the load balancer, in two availability zones at least."
  type        = list(string)
}

variable "private_subnet_ids" {
  description = "Subnets of the tasks."
  type        = list(string)
}

variable "certificate_arn" {
  description = "Certificate in ACM for mcp.example.com."
  type        = string
}

module "mcp" {
  source = "../.."

  name          = "orders-mcp"
  image         = var.image
  allowed_cidrs = ["203.0.113.0/24"]
  certificate   = { arn = var.certificate_arn, domain_name = "mcp.example.com" }

  network = {
    vpc_id            = var.vpc_id
    public_subnet_ids = var.public_subnet_ids
    task_subnet_ids   = var.private_subnet_ids
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
