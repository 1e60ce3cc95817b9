# A server in Python from the Python Package Index, with a host name in Route 53: uv installs a pinned interpreter and an exact version.

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
  description = "Exact version of the package that is served."
  type        = string
}

variable "zone_id" {
  description = "Public zone in Route 53 of example.com."
  type        = string
}

module "mcp" {
  source = "../.."

  name           = "orders-mcp"
  pypi           = { package = "example-orders-mcp", version = var.package_version }
  python_version = "3.13"
  dns            = { domain_name = "mcp.example.com", zone_id = var.zone_id }

  # The server must accept the public name. Its variable for that is an example.
  start_command = "FASTMCP_HTTP_ALLOWED_HOSTS=$PUBLIC_HOST .venv/bin/example-orders-mcp --host $HOST --port $PORT"
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
