# The account's whole bootstrap: the bucket for the states, and for staging and for production a pair of roles that
# reaches its own state alone. Production is applied from a GitHub environment that asks for a review, and no server may
# be given a role without the boundary.

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
  description = "Ids of owner and repository, for a repository with immutable subject claims."
  type = object({
    owner_id      = number
    repository_id = number
  })
  default = null
}

variable "hosted_zone_id" {
  description = "Route 53 zone of the servers' host names."
  type        = string
}

# What a server may do at the most, whatever its policies say.
resource "aws_iam_policy" "server_boundary" {
  name = "mcp-server-boundary"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:GetAuthorizationToken",
        "ecr:GetDownloadUrlForLayer",
        "kms:Decrypt",
        "logs:CreateLogStream",
        "logs:PutLogEvents",
        "s3:GetObject",
        "secretsmanager:GetSecretValue",
        "ssm:GetParameters",
      ]
      Resource = "*"
    }]
  })
}

module "backend" {
  source = "../../../state-backend"

  bucket_name  = "acme-terraform-state"
  name         = "orders-mcp"
  environments = ["staging", "production"]
}

module "staging" {
  source = "../.."

  name                        = "orders-staging"
  repository                  = "acme/orders-mcp"
  repository_ids              = var.repository_ids
  state                       = module.backend.state["staging"]
  servers                     = ["orders-mcp-staging"]
  hosted_zone_ids             = [var.hosted_zone_id]
  server_permissions_boundary = { arn = aws_iam_policy.server_boundary.arn }
}

module "production" {
  source = "../.."

  name                        = "orders-production"
  repository                  = "acme/orders-mcp"
  repository_ids              = var.repository_ids
  oidc_provider               = { arn = module.staging.oidc_provider_arn }
  plan_from                   = { branches = [] }
  apply_from                  = { environment = "production" }
  state                       = module.backend.state["production"]
  servers                     = ["orders-mcp"]
  hosted_zone_ids             = [var.hosted_zone_id]
  server_permissions_boundary = { arn = aws_iam_policy.server_boundary.arn }
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
