terraform {
  # Lower than that of the other modules: the lock table is for those who cannot upgrade yet.
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7"
    }
  }
}
