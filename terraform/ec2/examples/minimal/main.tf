# A trial over plain HTTP: one small instance in a VPC of its own, a server from npm, no name and no certificate.

terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7"
    }
  }
}

provider "aws" {}

variable "package_version" {
  description = "Exact version of the npm package that is served."
  type        = string
}

module "mcp" {
  source = "../.."

  name                = "trial-mcp"
  npm                 = { package = "@modelcontextprotocol/server-everything", version = var.package_version }
  start_command       = "node_modules/.bin/mcp-server-everything streamableHttp"
  allow_insecure_http = true
}

# The action reads these two from the root module.

output "mcp_endpoint" {
  description = "URL of the MCP endpoint."
  value       = module.mcp.mcp_endpoint
}

output "instance_id" {
  description = "Instance that serves."
  value       = module.mcp.instance_id
}
