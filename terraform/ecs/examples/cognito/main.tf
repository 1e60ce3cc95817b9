# A server that only answers clients with a token of a Cognito user pool: the pool, its scope, a client for the gate, and the service whose
# server checks each token. The server is in the folder beside this file.

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

variable "image" {
  description = "Container image of the MCP server."
  type        = string
}

variable "zone_id" {
  description = "Route 53 zone of example.com."
  type        = string
}

variable "user_pool_domain" {
  description = "Prefix of the pool's domain, unique in the region: the token endpoint is on it."
  type        = string
}

locals {
  host     = "mcp.example.com"
  resource = "https://${local.host}/mcp"
  scope    = "${aws_cognito_resource_server.mcp.identifier}/read"
  issuer   = "https://${aws_cognito_user_pool.this.endpoint}"
}

resource "aws_cognito_user_pool" "this" {
  name                = "orders-mcp"
  deletion_protection = "ACTIVE"

  # The clients here are machines. Nobody can sign up.
  admin_create_user_config {
    allow_admin_create_user_only = true
  }
}

# Without a domain the pool has no token endpoint.
resource "aws_cognito_user_pool_domain" "this" {
  domain       = var.user_pool_domain
  user_pool_id = aws_cognito_user_pool.this.id
}

resource "aws_cognito_resource_server" "mcp" {
  identifier   = "mcp"
  name         = "MCP server"
  user_pool_id = aws_cognito_user_pool.this.id

  scope {
    scope_name        = "read"
    scope_description = "List and call the tools"
  }
}

# The client of the gate. Each further client is one more resource like this one, and its id goes into OAUTH_CLIENT_IDS.
resource "aws_cognito_user_pool_client" "gate" {
  name                                 = "gate"
  user_pool_id                         = aws_cognito_user_pool.this.id
  generate_secret                      = true
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_flows                  = ["client_credentials"]
  allowed_oauth_scopes                 = [local.scope]
  access_token_validity                = 15

  token_validity_units {
    access_token = "minutes"
  }
}

module "mcp" {
  source = "../.."

  name  = "orders-mcp"
  image = var.image

  dns = {
    domain_name = local.host
    zone_id     = var.zone_id
  }

  environment = {
    MCP_RESOURCE     = local.resource
    OAUTH_ISSUER     = local.issuer
    OAUTH_CLIENT_IDS = aws_cognito_user_pool_client.gate.id
    OAUTH_SCOPE      = local.scope
  }
}

# The action reads these three from the root module.

output "mcp_endpoint" {
  description = "URL of the MCP endpoint."
  value       = module.mcp.mcp_endpoint
}

output "ecs_cluster_name" {
  description = "Name of the ECS cluster."
  value       = module.mcp.ecs_cluster_name
}

output "ecs_service_name" {
  description = "Name of the ECS service."
  value       = module.mcp.ecs_service_name
}

output "mcp_client" {
  description = "The gate logs in with this client (mcp-oauth-from-output)."
  sensitive   = true

  value = {
    client_id     = aws_cognito_user_pool_client.gate.id
    client_secret = aws_cognito_user_pool_client.gate.client_secret
    issuer        = local.issuer
    scope         = local.scope
    # Cognito binds no token of a machine to a resource.
    resource = "none"
  }
}
