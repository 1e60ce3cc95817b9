# Images that another account and Lambda pull, with a key of their own. Releases stay.

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

variable "production_account_id" {
  description = "The account in which production runs."
  type        = string
}

resource "aws_kms_key" "images" {
  # checkov:skip=CKV2_AWS_64: Without a policy, AWS gives the key to the account, whose IAM policies decide.
  description             = "Images of the MCP servers"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

module "images" {
  source = "../.."

  name             = "acme/weather"
  kms_key_arn      = aws_kms_key.images.arn
  lambda           = true
  pull_account_ids = [var.production_account_id]
  images           = { keep = 100, keep_tags = ["release-*"] }
}

output "repository_url" {
  description = "What the workflow pushes to."
  value       = module.images.repository_url
}
