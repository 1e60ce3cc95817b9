# An endpoint in the VPC only: an internal load balancer with a name in a private zone, a collector of traces as a sidecar, and a file
# system. The job that deploys must run in the VPC, because its gate asks the endpoint.

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

variable "private_subnet_ids" {
  description = "Subnets of the load balancer and the tasks, in two availability zones at least, with a way out."
  type        = list(string)
}

variable "private_zone_id" {
  description = "Private zone of the VPC that holds mcp.example.com."
  type        = string
}

variable "public_zone_id" {
  description = "Public zone of example.com, in which the certificate is validated."
  type        = string
}

variable "file_system" {
  description = "EFS file system and an access point of it."
  type = object({
    file_system_id  = string
    access_point_id = string
  })
}

module "mcp" {
  source = "../.."

  name  = "orders-mcp"
  image = var.image

  network = {
    vpc_id            = var.vpc_id
    public_subnet_ids = var.private_subnet_ids
    task_subnet_ids   = var.private_subnet_ids
  }

  load_balancer = { internal = true }
  allowed_cidrs = ["10.0.0.0/8"]

  dns = {
    domain_name        = "mcp.example.com"
    zone_id            = var.private_zone_id
    validation_zone_id = var.public_zone_id
  }

  # This image has no health page.
  health_check = { path = "/mcp", matcher = "400,405,406" }
  scaling      = { min = 1, max = 4, requests_target = 600 }

  sidecars = {
    traces = {
      image     = "public.ecr.aws/aws-observability/aws-otel-collector:v0.43.3"
      command   = ["--config=/etc/ecs/ecs-default-config.yaml"]
      essential = false
      memory    = 128
    }
  }

  file_systems = { "/data" = var.file_system }
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
