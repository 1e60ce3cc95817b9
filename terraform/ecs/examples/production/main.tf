# A server that others depend on: its own VPC, a host name with a certificate, two to six tasks with part of them on
# Spot, a rate limit in front, access logs, and two secrets, one of them made here.

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
  description = "Container image of the MCP server, by digest."
  type        = string
}

variable "zone_name" {
  description = "Route 53 zone in which mcp.ZONE is made."
  type        = string
}

variable "access_log_bucket" {
  description = "S3 bucket that Elastic Load Balancing may write to."
  type        = string
}

variable "database_secret_arn" {
  description = "Secret in Secrets Manager whose key `url` is the database's."
  type        = string
}

variable "upstream_api_key" {
  description = "Value of UPSTREAM_API_KEY. Give it to plan and to apply as TF_VAR_upstream_api_key."
  type        = string
  sensitive   = true
  ephemeral   = true
}

data "aws_route53_zone" "this" {
  name = var.zone_name
}

resource "aws_wafv2_web_acl" "this" {
  # checkov:skip=CKV_AWS_192: An example of an ACL with one rule. Add the rules that your server needs.
  # checkov:skip=CKV2_AWS_31: The log of an ACL needs a destination of yours.
  name  = "orders-mcp"
  scope = "REGIONAL"

  default_action {
    allow {}
  }

  rule {
    name     = "rate-limit"
    priority = 1

    action {
      block {}
    }

    statement {
      # Requests from one address in five minutes. The gate's own probes are far below it.
      rate_based_statement {
        limit              = 2000
        aggregate_key_type = "IP"
      }
    }

    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "orders-mcp-rate-limit"
      sampled_requests_enabled   = true
    }
  }

  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "orders-mcp"
    sampled_requests_enabled   = true
  }
}

module "mcp" {
  source = "../.."

  name  = "orders-mcp"
  image = var.image

  dns = {
    domain_name = "mcp.${var.zone_name}"
    zone_id     = data.aws_route53_zone.this.zone_id
  }

  scaling   = { min = 2, max = 6, spot_percentage = 50 }
  task_size = { cpu = 1024, memory = 2048, architecture = "ARM64" }

  load_balancer = {
    deletion_protection = true
    access_logs         = { bucket = var.access_log_bucket }
    waf                 = { web_acl_arn = aws_wafv2_web_acl.this.arn }
  }

  # The boundary that terraform/github-oidc made: its apply role makes no role without it.
  permissions_boundary_arn = "arn:aws:iam::123456789012:policy/mcp-deploy-servers"

  environment     = { NODE_ENV = "production" }
  secrets         = { DATABASE_URL = "${var.database_secret_arn}:url::" }
  managed_secrets = { UPSTREAM_API_KEY = 1 }
  secret_values   = { UPSTREAM_API_KEY = var.upstream_api_key }

  observability = { log_retention_days = 90, container_insights = "enabled" }
  tags          = { Environment = "production" }
}

# The action reads the first three from the root module.

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

output "task_security_group_id" {
  description = "To be let into the database."
  value       = module.mcp.task_security_group_id
}
