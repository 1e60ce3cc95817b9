# What runs

variable "name" {
  description = "Name of this MCP server. Every resource is named after it; the runtime has underscores for its hyphens, and AWS adds ten characters to make its id."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,22}[a-z0-9]$", var.name)) && !strcontains(var.name, "--")
    error_message = "name must be 2 to 24 lower-case letters, digits and single hyphens, beginning with a letter and not ending in a hyphen."
  }
}

variable "image" {
  description = "Container image in ECR by digest, built for linux/arm64. It serves MCP at 0.0.0.0:8000/mcp."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^\\d{12}\\.dkr\\.ecr\\.[a-z0-9-]+\\.[a-z.]+/[a-z0-9._/-]+@sha256:[0-9a-f]{64}$", var.image))
    error_message = "image must be an image of ECR by its digest, such as 123456789012.dkr.ecr.eu-central-1.amazonaws.com/orders-mcp@sha256:...; a tag could mean another image at every pull."
  }
}

variable "environment" {
  description = "Environment variables of the server. They are readable to everybody who may read the runtime: a secret belongs in Secrets Manager, read by the server with a policy of `role_policies`."
  type        = map(string)
  default     = {}
  nullable    = false
}

# Where clients reach it

variable "endpoint_name" {
  description = "Name of the endpoint that clients call. It is part of their URL."
  type        = string
  default     = "live"
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z][a-zA-Z0-9_]{0,47}$", var.endpoint_name)) && var.endpoint_name != "DEFAULT"
    error_message = "endpoint_name must be 1 to 48 letters, digits and underscores, beginning with a letter, and not DEFAULT, which AWS makes and which cannot go back."
  }
}

variable "jwt" {
  description = <<-EOT
    Issuer whose tokens the runtime takes, instead of signed requests (IAM).
    - `discovery_url`: its OpenID Connect configuration.
    - `allowed_clients`: client ids that a token may be for.
    - `allowed_audience`: audiences that a token may be for.
  EOT
  type = object({
    discovery_url    = string
    allowed_clients  = optional(set(string))
    allowed_audience = optional(set(string))
  })
  default = null

  validation {
    condition     = var.jwt == null || can(regex("^https://.+/\\.well-known/openid-configuration$", var.jwt.discovery_url))
    error_message = "jwt.discovery_url must begin with https:// and end in /.well-known/openid-configuration."
  }

  validation {
    condition     = var.jwt == null || try(length(var.jwt.allowed_clients), 0) + try(length(var.jwt.allowed_audience), 0) > 0
    error_message = "jwt needs allowed_clients or allowed_audience: without both, every token of the issuer would open the server."
  }
}

variable "forwarded_headers" {
  description = "Request headers that AgentCore hands on to the server. It drops all others but those of MCP and `Authorization` with `jwt`."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for header in var.forwarded_headers : can(regex("^[A-Za-z][A-Za-z0-9-]{0,99}$", header))])
    error_message = "forwarded_headers must be names of headers, such as X-Amzn-Bedrock-AgentCore-Runtime-Custom-Tenant."
  }
}

# What it may do, and what is kept

variable "role_policies" {
  description = "Policies of the server's role as JSON, by name."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for policy in values(var.role_policies) : can(jsondecode(policy).Statement)])
    error_message = "role_policies must be policies as JSON, as jsonencode gives them."
  }
}

variable "permissions_boundary_arn" {
  description = "Permissions boundary of the role, as terraform/github-oidc makes one."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary_arn == null || can(regex("^arn:[a-z-]+:iam::(\\d{12}|aws):policy/", var.permissions_boundary_arn))
    error_message = "permissions_boundary_arn must be the ARN of a policy."
  }
}

variable "log_retention_days" {
  description = "Days for which the log is kept."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days must be a number of days that CloudWatch Logs knows, such as 30, 90 or 365."
  }
}

variable "log_kms_key_arn" {
  description = "KMS key of the log group. Null: a key of CloudWatch."
  type        = string
  default     = null

  validation {
    condition     = var.log_kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:\\d{12}:key/", var.log_kms_key_arn))
    error_message = "log_kms_key_arn must be the ARN of a key, not of an alias."
  }
}

variable "tags" {
  description = "Tags of every resource."
  type        = map(string)
  default     = {}
  nullable    = false
}
