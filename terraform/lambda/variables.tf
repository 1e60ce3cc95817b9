# What runs

variable "name" {
  description = "Name of this MCP server. Every resource is named after it."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,22}[a-z0-9]$", var.name)) && !strcontains(var.name, "--")
    error_message = "name must be 2 to 24 lower-case letters, digits and single hyphens, beginning with a letter and not ending in a hyphen."
  }
}

variable "image" {
  description = "Container image in ECR with a tag or a digest, which holds the Lambda Web Adapter; instead of `package`. With a digest the plan shows exactly what will run. Lambda takes no image index: build with `provenance: false`."
  type        = string
  default     = null

  validation {
    condition     = var.image == null || can(regex("^[^\\s]+(@sha256:[0-9a-f]{64}|:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})$", var.image))
    error_message = "image must end in a tag (repository:v1.2.3) or a digest (repository@sha256:...); without either it would mean whatever \"latest\" is at the time."
  }

  validation {
    condition     = (var.image == null) != (var.package == null)
    error_message = "Set either image or package."
  }
}

variable "package" {
  description = <<-EOT
    Zip package, instead of `image`.
    - `file`: path of the zip file.
    - `runtime`: runtime of Lambda, such as `nodejs22.x`.
    - `adapter_layer_arn`: ARN of the Lambda Web Adapter layer of the region and of `architecture`.
    - `handler`: script in the package that starts the server.
  EOT
  type = object({
    file              = string
    runtime           = string
    adapter_layer_arn = string
    handler           = optional(string, "run.sh")
  })
  default = null

  validation {
    condition     = var.package == null || can(regex("^arn:[a-z-]+:lambda:[a-z0-9-]+:\\d{12}:layer:[A-Za-z0-9-_]+:\\d+$", var.package.adapter_layer_arn))
    error_message = "package.adapter_layer_arn must be the ARN of one version of a layer, such as arn:aws:lambda:eu-central-1:753240598075:layer:LambdaAdapterLayerX86:25."
  }
}

variable "architecture" {
  description = "CPU of the image or package: `x86_64` or `arm64`."
  type        = string
  default     = "x86_64"
  nullable    = false

  validation {
    condition     = contains(["x86_64", "arm64"], var.architecture)
    error_message = "architecture must be x86_64 or arm64."
  }
}

variable "memory" {
  description = "Memory in MB, which also decides the share of CPU."
  type        = number
  default     = 512
  nullable    = false

  validation {
    condition     = var.memory >= 128 && var.memory <= 10240 && floor(var.memory) == var.memory
    error_message = "memory must be a whole number from 128 to 10240."
  }
}

variable "timeout" {
  description = "Seconds that one request may take. Behind an HTTP API the client gets an error after 30 seconds."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = var.timeout >= 1 && var.timeout <= 900 && floor(var.timeout) == var.timeout
    error_message = "timeout must be a whole number of seconds from 1 to 900."
  }
}

variable "port" {
  description = "Port on which the server listens; it also gets it as PORT."
  type        = number
  default     = 8080
  nullable    = false

  validation {
    condition     = var.port >= 1 && var.port <= 65535 && floor(var.port) == var.port
    error_message = "port must be a whole number from 1 to 65535."
  }
}

variable "mcp_path" {
  description = "Path of the MCP endpoint."
  type        = string
  default     = "/mcp"
  nullable    = false

  validation {
    condition     = can(regex("^/[A-Za-z0-9._~/-]*$", var.mcp_path))
    error_message = "mcp_path must begin with / and hold only letters, digits and . _ ~ / -"
  }
}

variable "health_path" {
  description = "Path that the Web Adapter requests until the server has started."
  type        = string
  default     = "/health"
  nullable    = false

  validation {
    condition     = can(regex("^/[A-Za-z0-9._~/-]*$", var.health_path)) && var.health_path != var.mcp_path
    error_message = "health_path must begin with /, hold only letters, digits and . _ ~ / -, and differ from mcp_path, which answers a GET with an error."
  }
}

variable "environment" {
  description = "Environment variables of the server. They are readable to everybody who may read the function: a secret belongs in Secrets Manager, read by the server with a policy of `role_policies`."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.environment) : can(regex("^[A-Za-z][A-Za-z0-9_]*$", name)) && !can(regex("^(AWS_LWA_|PORT$|AWS_LAMBDA_EXEC_WRAPPER$)", name))])
    error_message = "environment must hold names of letters, digits and _, and none that the module sets: PORT, AWS_LAMBDA_EXEC_WRAPPER and those that begin with AWS_LWA_."
  }
}

variable "max_concurrency" {
  description = "How many requests may run at the same time, reserved for this function. Null: as many as the account allows."
  type        = number
  default     = null

  validation {
    condition     = var.max_concurrency == null || try(var.max_concurrency >= 1 && floor(var.max_concurrency) == var.max_concurrency, false)
    error_message = "max_concurrency must be a whole number from 1: with 0 no request would be answered."
  }
}

# Where clients reach it

variable "address" {
  description = "`http-api`: an HTTP API that is open to everybody, without streaming and with at most 30 seconds for an answer. `function-url`: a function URL that streams, for callers who sign their requests (AWS_IAM)."
  type        = string
  default     = "http-api"
  nullable    = false

  validation {
    condition     = contains(["http-api", "function-url"], var.address)
    error_message = "address must be http-api or function-url."
  }
}

variable "dns" {
  description = "Host name of the HTTP API, and the Route 53 zone that it is in. Null: the name that AWS gives."
  type        = object({ domain_name = string, zone_id = string })
  default     = null

  validation {
    condition     = var.dns == null || var.address == "http-api"
    error_message = "dns needs address = \"http-api\": a function URL has no host name of its own."
  }
}

variable "rate_limit" {
  description = "Requests that the HTTP API lets through: `per_second` on average, and up to `burst` at once. The others get 429."
  type        = object({ per_second = optional(number, 50), burst = optional(number, 100) })
  default     = {}
  nullable    = false

  validation {
    condition     = var.rate_limit.per_second >= 1 && var.rate_limit.burst >= 1
    error_message = "rate_limit.per_second and rate_limit.burst must be at least 1: with 0 no request would be answered."
  }
}

variable "vpc" {
  description = "Subnets and security groups, for a server that reaches something in a VPC. It then reaches the internet through a NAT gateway only."
  type        = object({ subnet_ids = set(string), security_group_ids = set(string) })
  default     = null

  validation {
    condition     = var.vpc == null || try(length(var.vpc.subnet_ids) > 0 && length(var.vpc.security_group_ids) > 0, false)
    error_message = "vpc must name at least one subnet and one security group."
  }
}

# What it may do, and what is kept of it

variable "role_policies" {
  description = "Policies of the server's role as JSON, by name."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "permissions_boundary_arn" {
  description = "Permissions boundary of the role, as terraform/github-oidc makes one."
  type        = string
  default     = null
}

variable "log_retention_days" {
  description = "Days for which the log is kept."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days must be a number of days that CloudWatch knows, such as 7, 30, 90 or 365."
  }
}

variable "log_kms_key_arn" {
  description = "KMS key of the log group. Null: a key of CloudWatch."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags of every resource."
  type        = map(string)
  default     = {}
  nullable    = false
}
