# One bucket, one environment, locked by a file in the bucket.

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

module "backend" {
  source = "../.."

  bucket_name = var.bucket_name
}

output "backend_config" {
  description = "For the action's input `backend-config`."
  value       = module.backend.backend_config["production"]
}
