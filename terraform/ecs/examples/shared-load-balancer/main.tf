# Two servers behind one listener and in one cluster, both of which exist already. Each has paths of its own. In practice each server has a root
# module and a state of its own, so that one deployment cannot hold up the other. The example shows both in one file.

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

variable "orders_image" {
  description = "Container image of the server for orders."
  type        = string
}

variable "weather_image" {
  description = "Container image of the server for the weather."
  type        = string
}

variable "listener_arn" {
  description = "HTTPS listener of the load balancer, with a certificate for mcp.example.com."
  type        = string
}

variable "load_balancer_security_group_id" {
  description = "Security group of the load balancer, which lets requests out to port 3000."
  type        = string
}

variable "cluster_arn" {
  description = "ECS cluster with the capacity provider FARGATE."
  type        = string
}

variable "vpc_id" {
  description = "VPC of the load balancer."
  type        = string
}

variable "private_subnet_ids" {
  description = "Subnets of the tasks, with a way out."
  type        = list(string)
}

locals {
  cluster = { arn = var.cluster_arn }
  network = { vpc_id = var.vpc_id, task_subnet_ids = var.private_subnet_ids }

  # mcp.example.com points at the load balancer already.
  listener = {
    arn               = var.listener_arn
    security_group_id = var.load_balancer_security_group_id
    domain_name       = "mcp.example.com"
  }
}

module "orders" {
  source = "../.."

  name     = "orders-mcp"
  image    = var.orders_image
  mcp      = { path = "/orders/mcp" }
  cluster  = local.cluster
  network  = local.network
  listener = merge(local.listener, { priority = 110, path_patterns = ["/orders/*"] })
}

module "weather" {
  source = "../.."

  name     = "weather-mcp"
  image    = var.weather_image
  mcp      = { path = "/weather/mcp" }
  cluster  = local.cluster
  network  = local.network
  listener = merge(local.listener, { priority = 120, path_patterns = ["/weather/*"] })
}

# The action verifies one endpoint for each root module: here that of the server for orders.

output "mcp_endpoint" {
  description = "URL of the MCP endpoint."
  value       = module.orders.mcp_endpoint
}

output "ecs_cluster_name" {
  description = "Name of the ECS cluster."
  value       = module.orders.ecs_cluster_name
}

output "ecs_service_name" {
  description = "Name of the ECS service."
  value       = module.orders.ecs_service_name
}

output "weather_endpoint" {
  description = "URL of the other MCP endpoint."
  value       = module.weather.mcp_endpoint
}
