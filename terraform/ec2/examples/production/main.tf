# A server that others depend on: in a given VPC, from a private repository at a commit, with a host name and its
# certificate, a secret, a bucket that it may read, logs, and SSH from the office beside Session Manager.

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

variable "commit" {
  description = "Full commit of the server to run."
  type        = string
}

variable "zone_name" {
  description = "Route 53 zone in which mcp.ZONE is made."
  type        = string
}

variable "network" {
  description = "VPC, and a public subnet of it."
  type = object({
    vpc_id    = string
    subnet_id = string
  })
}

variable "repository_token_arn" {
  description = "Secret with a token that may read the repository."
  type        = string
}

variable "database_secret_arn" {
  description = "Secret in Secrets Manager whose key `url` is the database's."
  type        = string
}

data "aws_route53_zone" "this" {
  name = var.zone_name
}

data "aws_iam_policy_document" "read_orders" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::example-orders/*"]
  }
}

module "mcp" {
  source = "../.."

  name    = "orders-mcp"
  network = var.network

  git = {
    url              = "https://github.com/example/orders-mcp.git"
    ref              = var.commit
    token_secret_arn = var.repository_token_arn
  }

  dns = {
    domain_name = "mcp.${var.zone_name}"
    zone_id     = data.aws_route53_zone.this.zone_id
  }
  acme_email = "ops@example.com"

  # The boundary that terraform/github-oidc made: its apply role makes no role without it.
  permissions_boundary_arn = "arn:aws:iam::123456789012:policy/mcp-deploy-servers"

  instance      = { type = "t4g.medium", volume_size = 30 }
  environment   = { LOG_LEVEL = "info" }
  secrets       = { DATABASE_URL = "${var.database_secret_arn}:url::" }
  role_policies = { read-orders = data.aws_iam_policy_document.read_orders.json }

  ssh  = { key_name = "ops", allowed_cidrs = ["203.0.113.0/24"] }
  logs = { retention_days = 90 }
  tags = { Environment = "production" }
}

# The action reads the first two from the root module.

output "mcp_endpoint" {
  description = "URL of the MCP endpoint."
  value       = module.mcp.mcp_endpoint
}

output "instance_id" {
  description = "Instance that serves."
  value       = module.mcp.instance_id
}

output "security_group_id" {
  description = "To be let into the database."
  value       = module.mcp.security_group_id
}
