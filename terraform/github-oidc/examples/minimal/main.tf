# One server on ECS, planned from pull requests and applied from the branch main.

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

module "roles" {
  source = "../.."

  repository     = "acme/orders-mcp"
  repository_ids = var.repository_ids
  servers        = ["orders-mcp"]
  state          = { bucket_arn = "arn:aws:s3:::acme-terraform-state", keys = ["orders-mcp/production.tfstate"] }
}

output "plan_role_arn" {
  description = "For the repository variable AWS_PLAN_ROLE."
  value       = module.roles.plan_role_arn
}

output "apply_role_arn" {
  description = "For the repository variable AWS_APPLY_ROLE."
  value       = module.roles.apply_role_arn
}

output "server_permissions_boundary_arn" {
  description = "For the variable permissions_boundary_arn of terraform/ecs."
  value       = module.roles.server_permissions_boundary_arn
}
