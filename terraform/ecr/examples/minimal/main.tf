# One repository with the defaults, and the policy for the role that builds.

terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7"
    }
  }
}

provider "aws" {}

module "images" {
  source = "../.."

  name = "weather"
}

output "repository_url" {
  description = "What the workflow pushes to."
  value       = module.images.repository_url
}

output "push_policy" {
  description = "For the role that builds."
  value       = module.images.push_policy
}
