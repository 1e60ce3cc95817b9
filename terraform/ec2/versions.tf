terraform {
  required_version = ">= 1.11" # as the other modules; the action installs no older one

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7"
    }
  }
}
