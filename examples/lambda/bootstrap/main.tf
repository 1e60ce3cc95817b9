terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100" # the modules allow 6, which their tests did not run
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

variable "repository_ids" {
  type = object({ owner_id = number, repository_id = number, in_subject = optional(bool, true) })
}

module "backend" {
  source = "github.com/OWNER/terraform-mcp-deploy//terraform/state-backend?ref=v1"

  bucket_name = "weather-terraform-state-123456789012"
  name        = "weather"
}

module "roles" {
  source = "github.com/OWNER/terraform-mcp-deploy//terraform/github-oidc?ref=v1"

  repository     = "acme/weather"
  repository_ids = var.repository_ids
  servers        = ["weather"]
  stacks         = ["lambda"]
  state          = module.backend.state["production"]
}

module "images" {
  source = "github.com/OWNER/terraform-mcp-deploy//terraform/ecr?ref=v1"

  name   = "weather"
  lambda = true
}

output "backend_config" {
  value = module.backend.backend_config["production"]
}

output "plan_role_arn" {
  value = module.roles.plan_role_arn
}

output "apply_role_arn" {
  value = module.roles.apply_role_arn
}

output "image_repository" {
  value = module.images.repository_url
}
