# The account's whole bootstrap: the bucket for the states, and for staging and for production a pair of roles that
# reaches its own state only. Each environment is applied from the branch main in the GitHub environment of its name.

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7"
    }
  }
}

provider "aws" {}

variable "repository_ids" {
  description = "Ids of owner and repository: gh api repos/acme/orders-mcp --jq '{owner_id: .owner.id, repository_id: .id}' prints them."
  type        = object({ owner_id = number, repository_id = number, in_subject = optional(bool, true) })
}

variable "hosted_zone_id" {
  description = "Route 53 zone of the servers' host names."
  type        = string
}

module "backend" {
  source = "../../../state-backend"

  bucket_name  = "acme-terraform-state"
  name         = "orders-mcp"
  environments = ["staging", "production"]
}

locals {
  # Both environments run the same images. The repository is written to by neither.
  image_repositories = ["arn:aws:ecr:us-east-1:123456789012:repository/orders-mcp"]
}

module "staging" {
  source = "../.."

  name                  = "orders-staging"
  repository            = "acme/orders-mcp"
  repository_ids        = var.repository_ids
  apply_from            = { environment = "staging" }
  state                 = module.backend.state["staging"]
  servers               = ["orders-mcp-staging"]
  hosted_zones          = { (var.hosted_zone_id) = ["staging.mcp.example.com"] }
  image_repository_arns = local.image_repositories
}

module "production" {
  source = "../.."

  name                  = "orders-production"
  repository            = "acme/orders-mcp"
  repository_ids        = var.repository_ids
  oidc_provider         = { arn = module.staging.oidc_provider_arn }
  plan_from             = { branches = [] }
  apply_from            = { environment = "production" }
  state                 = module.backend.state["production"]
  servers               = ["orders-mcp"]
  hosted_zones          = { (var.hosted_zone_id) = ["mcp.example.com"] }
  image_repository_arns = local.image_repositories
  server_secret_arns    = ["arn:aws:secretsmanager:us-east-1:123456789012:secret:orders-database-AbCdEf"]
}

output "backend_config" {
  description = "By environment, for the action's input `backend-config`."
  value       = module.backend.backend_config
}

output "roles" {
  description = "By environment, the roles of the jobs."
  value = {
    staging    = { plan = module.staging.plan_role_arn, apply = module.staging.apply_role_arn }
    production = { plan = module.production.plan_role_arn, apply = module.production.apply_role_arn }
  }
}

output "server_permissions_boundary_arns" {
  description = "By environment, for the variable `permissions_boundary_arn` of terraform/ecs."
  value = {
    staging    = module.staging.server_permissions_boundary_arn
    production = module.production.server_permissions_boundary_arn
  }
}
