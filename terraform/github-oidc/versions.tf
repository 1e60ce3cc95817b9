terraform {
  required_version = ">= 1.9" # conditions that look at other variables

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7"
    }
  }
}
