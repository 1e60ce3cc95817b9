# Two environments in one bucket under a key of your own, with access logs, and the lock table beside the lock file for
# those who still run Terraform 1.9.

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

variable "bucket_name" {
  description = "Name of the bucket, unique among all of AWS."
  type        = string
}

variable "access_log_bucket" {
  description = "S3 bucket that S3's logging service may write to."
  type        = string
}

resource "aws_kms_key" "state" {
  # checkov:skip=CKV2_AWS_64: Without a policy, AWS gives the key to the account, whose IAM policies decide.
  description         = "Terraform state"
  enable_key_rotation = true
}

module "backend" {
  source = "../.."

  bucket_name  = var.bucket_name
  environments = ["staging", "production"]
  lock         = "both"
  kms_key_arn  = aws_kms_key.state.arn
  old_versions = { days = 365, keep = 50 }
  access_logs  = { bucket = var.access_log_bucket }
  tags         = { Team = "platform" }
}

output "backend_config" {
  description = "By environment, for the action's input `backend-config`."
  value       = module.backend.backend_config
}
