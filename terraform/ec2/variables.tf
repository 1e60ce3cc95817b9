# Settings that may be left out altogether are objects that default to null. Whether an object is null is known
# when Terraform plans, even if a value inside it is not, so a zone or a VPC may be made in the same apply.

# What runs

variable "name" {
  description = "Name of this MCP server. Every resource is named after it; 24 characters at most, so that the longest of those names still fits."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,22}[a-z0-9]$", var.name)) && !strcontains(var.name, "--")
    error_message = "name must be 2 to 24 lower-case letters, digits and single hyphens, beginning with a letter and not ending in a hyphen."
  }
}

variable "git" {
  description = <<-EOT
    The server from a git repository. Give this, `npm`, `pypi` or `command`.
    - `url`: https URL of the repository.
    - `ref`: tag, branch or full commit. With a commit the plan shows exactly what will run; a branch that moved is only deployed with a new `deployment_token`.
    - `token_secret_arn`: secret with a token that may read a private repository, in Secrets Manager or as an SSM parameter.
  EOT
  type = object({
    url              = string
    ref              = string
    token_secret_arn = optional(string)
  })
  default = null

  validation {
    condition     = var.git == null ? true : can(regex("^https://[A-Za-z0-9.-]+(:[0-9]+)?/[A-Za-z0-9._~/+-]+$", var.git.url))
    error_message = "git.url must be an https URL such as https://github.com/example/mcp-server.git, without user, password or query; a token goes into git.token_secret_arn."
  }

  validation {
    condition     = var.git == null ? true : can(regex("^[A-Za-z0-9_][A-Za-z0-9._/+-]{0,199}$", var.git.ref))
    error_message = "git.ref must be a tag, a branch or a full commit of letters, digits and . _ / + - only."
  }

  validation {
    condition     = var.git == null ? true : var.git.token_secret_arn == null ? true : can(regex("^arn:[^:]+:(secretsmanager:[^:]+:[0-9]+:secret:.+|ssm:[^:]+:[0-9]+:parameter/.+)$", var.git.token_secret_arn))
    error_message = "git.token_secret_arn must be the ARN of a Secrets Manager secret or of an SSM parameter."
  }

  validation {
    condition     = length([for source in [var.git, var.npm, var.pypi, var.command] : source if source != null]) == 1
    error_message = "What runs comes from exactly one place: give git, npm, pypi or command."
  }
}

variable "npm" {
  description = <<-EOT
    The server from the npm registry.
    - `package`: name of the package.
    - `version`: exact version.
  EOT
  type = object({
    package = string
    version = string
  })
  default = null

  validation {
    condition     = var.npm == null ? true : can(regex("^(@[a-z0-9][a-z0-9._-]*/)?[a-z0-9][a-z0-9._-]*$", var.npm.package))
    error_message = "npm.package must be the name of a package, such as @example/mcp-server."
  }

  validation {
    condition     = var.npm == null ? true : can(regex("^[0-9]+\\.[0-9]+\\.[0-9]+(-[0-9A-Za-z.-]+)?$", var.npm.version))
    error_message = "npm.version must be an exact version such as 1.4.0: with a range or a tag nobody could say what runs."
  }
}

variable "pypi" {
  description = <<-EOT
    The server from the Python Package Index, installed by uv into a virtual environment.
    - `package`: name of the package.
    - `version`: exact version. Its dependencies are the newest that it allows; for pinned ones give `git` with a `uv.lock`.
  EOT
  type = object({
    package = string
    version = string
  })
  default = null

  validation {
    condition     = var.pypi == null ? true : can(regex("^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$", var.pypi.package))
    error_message = "pypi.package must be the name of a package, such as example-mcp-server."
  }

  validation {
    condition     = var.pypi == null ? true : can(regex("^[0-9]+(\\.[0-9]+)*((a|b|rc)[0-9]+)?(\\.post[0-9]+)?$", var.pypi.version))
    error_message = "pypi.version must be an exact version such as 1.4.0: with a range nobody could say what runs."
  }
}

variable "command" {
  description = "Shell command of a server that is on the image already (`instance.ami_id`), instead of a package. It stays in the foreground, as a systemd service in `/opt/mcp/app`."
  type        = string
  default     = null

  validation {
    condition     = var.command == null ? true : trimspace(var.command) != ""
    error_message = "command must not be empty."
  }
}

variable "runtime" {
  description = "What is installed for the server: `node`, `python` (uv and an interpreter from it) or `none`. Null: `node` for `git` and `npm`, `python` for `pypi`, `none` for `command`."
  type        = string
  default     = null

  validation {
    condition     = var.runtime == null ? true : contains(["node", "python", "none"], var.runtime)
    error_message = "runtime must be node, python or none."
  }

  validation {
    condition     = var.runtime == null ? true : (var.npm == null || var.runtime == "node") && (var.pypi == null || var.runtime == "python")
    error_message = "runtime must be node for npm, and python for pypi; leave it out."
  }
}

variable "build_command" {
  description = "Shell command that installs and builds a server from `git`, run once in the checkout as the server's user. Null: `npm ci && npm run build --if-present && npm prune --omit=dev` for `node`, which needs a package-lock.json; `uv sync --locked --no-dev` for `python`, which needs a uv.lock; nothing for `none`."
  type        = string
  default     = null

  validation {
    condition     = var.build_command == null ? true : trimspace(var.build_command) != ""
    error_message = "build_command must not be empty; leave it out for the default, and give true for nothing."
  }
}

variable "start_command" {
  description = "Shell command that starts the server and stays in the foreground. Null: `npm start` for `git` with `node`, the command named like the package for `npm` and `pypi`. Required for `git` with another runtime: for example `.venv/bin/my-server`."
  type        = string
  default     = null

  validation {
    condition     = var.start_command == null ? true : trimspace(var.start_command) != ""
    error_message = "start_command must not be empty; leave it out for the default."
  }

  validation {
    condition     = var.command == null || var.start_command == null
    error_message = "command starts the server: give command or start_command, not both."
  }

  validation {
    condition     = var.git == null || var.start_command != null || coalesce(var.runtime, "node") == "node"
    error_message = "start_command is required for git with the runtime python or none: only npm has a standard command to start a server."
  }
}

variable "node_major" {
  description = "Major version of Node.js, one with long-term support. Its newest release is installed at boot."
  type        = number
  default     = 24
  nullable    = false

  validation {
    condition     = contains([22, 24, 26], var.node_major)
    error_message = "node_major must be 22, 24 or 26: the versions with long-term support."
  }
}

variable "python_version" {
  description = "Version of CPython for the runtime `python`: a line such as `3.13`, or a release such as `3.13.5`. The pinned uv decides which release a line is, and checks the interpreter's digest."
  type        = string
  default     = "3.13"
  nullable    = false

  validation {
    condition     = can(regex("^3\\.1[0-4](\\.[0-9]{1,2})?$", var.python_version))
    error_message = "python_version must be 3.10 to 3.14, or a release of these such as 3.13.5."
  }
}

variable "deployment_token" {
  description = "Any text. Change it to replace the instance with the same settings. Reasons are a branch that has moved, a secret with a new value, or a new operating system."
  type        = string
  default     = ""
  nullable    = false
}

variable "mcp" {
  description = <<-EOT
    How the server speaks MCP.
    - `path`: path of the endpoint.
    - `transport`: `streamable-http` or `sse`.
    - `port`: port on which the server listens on 127.0.0.1; it is given it as `PORT`, and the address as `HOST`.
    - `host_header`: `Host` that Caddy sends to the server. Null: the name that the client used. For a server that accepts only `localhost` and cannot be configured.
  EOT
  type = object({
    path        = optional(string, "/mcp")
    transport   = optional(string, "streamable-http")
    port        = optional(number, 3000)
    host_header = optional(string)
  })
  default  = {}
  nullable = false

  validation {
    condition     = can(regex("^/[A-Za-z0-9._~/-]*$", var.mcp.path))
    error_message = "mcp.path must begin with / and hold only letters, digits and . _ ~ / -"
  }

  validation {
    condition     = contains(["streamable-http", "sse"], var.mcp.transport)
    error_message = "mcp.transport must be streamable-http or sse."
  }

  validation {
    condition     = var.mcp.port == floor(var.mcp.port) && var.mcp.port >= 1024 && var.mcp.port <= 65535
    error_message = "mcp.port must be a whole number from 1024 to 65535: the server's user may not open a lower one, and 80 and 443 are Caddy's."
  }

  validation {
    condition     = var.mcp.host_header == null ? true : can(regex("^[A-Za-z0-9.-]+(:[0-9]{1,5})?$", var.mcp.host_header))
    error_message = "mcp.host_header must be a host name with or without a port, such as localhost:3000."
  }
}

# What it is given

variable "environment" {
  description = "Environment variables that may be read by anyone who sees the plan. `HOST` and `PORT` are set by the module. `PUBLIC_HOST` is the host of the endpoint, for a server that has a list of allowed hosts; `NODE_ENV` is `production` for `node`; each unless it is given."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = length(setintersection(keys(var.environment), ["HOST", "PORT"])) == 0
    error_message = "environment must not hold HOST or PORT: the server listens where Caddy looks for it, on 127.0.0.1 and mcp.port."
  }

  validation {
    condition     = alltrue([for name in keys(var.environment) : can(regex("^[A-Za-z_][A-Za-z0-9_]*$", name))])
    error_message = "environment must map names of letters, digits and _ that do not begin with a digit."
  }
}

variable "secrets" {
  description = "Environment variables from secrets that exist: name to ARN of a Secrets Manager secret (a `:json-key:version-stage:version-id` suffix is allowed) or of an SSM parameter. Read at every start of the server, and only ever kept in memory."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for arn in values(var.secrets) : can(regex("^arn:[^:]+:(secretsmanager:[^:]+:[0-9]+:secret:.+|ssm:[^:]+:[0-9]+:parameter/.+)$", arn))])
    error_message = "secrets must map each name to the ARN of a Secrets Manager secret or of an SSM parameter."
  }

  validation {
    condition     = alltrue([for name in keys(var.secrets) : can(regex("^[A-Za-z_][A-Za-z0-9_]*$", name))]) && length(setintersection(keys(var.secrets), concat(keys(var.environment), ["HOST", "PORT"]))) == 0
    error_message = "secrets must map names of environment variables, none of them HOST, PORT or a name that environment has too."
  }
}

variable "secrets_kms_key_arn" {
  description = "ARN of the KMS key that encrypts the secrets: the instance may decrypt with it, and its certificate is encrypted with it. Null: AWS's own key."
  type        = string
  default     = null

  validation {
    condition     = var.secrets_kms_key_arn == null ? true : can(regex("^arn:[^:]+:kms:[^:]+:[0-9]+:key/.+$", var.secrets_kms_key_arn))
    error_message = "secrets_kms_key_arn must be the ARN of a KMS key (arn:aws:kms:REGION:ACCOUNT:key/ID), not an alias: policies do not follow aliases."
  }
}

variable "role_policies" {
  description = "What the MCP server itself may do in AWS: name to IAM policy document in JSON. Empty: nothing, and the server cannot reach the instance's credentials at all. With a policy it can, and may then do what the machine may."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name, policy in var.role_policies : can(jsondecode(policy).Statement) && name != "machine"])
    error_message = "role_policies must map each name to an IAM policy document in JSON, with a Statement; the name \"machine\" is taken."
  }
}

variable "permissions_boundary_arn" {
  description = "Permissions boundary of the instance's role: the output `server_permissions_boundary_arn` of terraform/github-oidc, whose apply role makes no role without it. A boundary of your own must leave the role what the machine needs: see `roles.tf`. Null: none."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary_arn == null ? true : can(regex("^arn:[^:]+:iam::([0-9]{12}|aws):policy/.+$", var.permissions_boundary_arn))
    error_message = "permissions_boundary_arn must be the ARN of an IAM policy."
  }
}

# Where it runs and how it is reached

variable "instance" {
  description = <<-EOT
    The machine. A change of any of these makes a new one.
    - `type`: instance type. `t4g` and the others with a `g` after the generation are Graviton.
    - `ami_id`: image, Ubuntu 24.04 or made from it. Null: Canonical's newest for the type's architecture.
    - `volume_size`: GiB of the encrypted root volume.
    - `kms_key_arn`: KMS key that encrypts the volume. Null: the account's default key for EBS. A key of your own, as default too, must be named in `instances.disk_kms_key_arns` of terraform/github-oidc.
  EOT
  type = object({
    type        = optional(string, "t4g.small")
    ami_id      = optional(string)
    volume_size = optional(number, 16)
    kms_key_arn = optional(string)
  })
  default  = {}
  nullable = false

  validation {
    condition     = can(regex("^[a-z0-9-]+\\.[a-z0-9-]+$", var.instance.type))
    error_message = "instance.type must be an EC2 instance type such as t4g.small."
  }

  validation {
    condition     = var.instance.ami_id == null ? true : can(regex("^ami-[0-9a-f]{8,17}$", var.instance.ami_id))
    error_message = "instance.ami_id must be the id of an image, such as ami-0123456789abcdef0."
  }

  validation {
    condition     = var.instance.volume_size == floor(var.instance.volume_size) && var.instance.volume_size >= 8 && var.instance.volume_size <= 16384
    error_message = "instance.volume_size must be a whole number from 8 to 16384 GiB."
  }

  validation {
    condition     = var.instance.kms_key_arn == null ? true : can(regex("^arn:[^:]+:kms:[^:]+:[0-9]+:key/[^*]+$", var.instance.kms_key_arn))
    error_message = "instance.kms_key_arn must be the ARN of a KMS key (arn:aws:kms:REGION:ACCOUNT:key/ID), not an alias."
  }
}

variable "ready_timeout_minutes" {
  description = "How long a new instance may take until its server answers. One that takes longer never gets the address."
  type        = number
  default     = 15
  nullable    = false

  validation {
    condition     = var.ready_timeout_minutes == floor(var.ready_timeout_minutes) && var.ready_timeout_minutes >= 5 && var.ready_timeout_minutes <= 120
    error_message = "ready_timeout_minutes must be a whole number from 5 to 120."
  }
}

variable "network" {
  description = <<-EOT
    An existing network. Null: a VPC with one public subnet is made.
    - `vpc_id`: the VPC.
    - `subnet_id`: a public subnet of it, with a route to an internet gateway.
  EOT
  type = object({
    vpc_id    = string
    subnet_id = string
  })
  default = null
}

variable "vpc_cidr" {
  description = "IPv4 range of the VPC that is made when `network` is null."
  type        = string
  default     = "10.43.0.0/16"
  nullable    = false

  validation {
    condition     = can(cidrnetmask(var.vpc_cidr)) && try(tonumber(split("/", var.vpc_cidr)[1]) >= 16 && tonumber(split("/", var.vpc_cidr)[1]) <= 24, false)
    error_message = "vpc_cidr must be an IPv4 range from /16 to /24."
  }
}

variable "flow_log" {
  description = <<-EOT
    Flow log of the VPC that is made when `network` is null. Null: none.
    - `destination_arn`: S3 bucket, with a prefix if you like, or log group of CloudWatch.
    - `iam_role_arn`: role with which AWS writes to the log group. A bucket needs none.
    - `traffic_type`: `ALL`, `ACCEPT` or `REJECT`.
    - `max_aggregation_interval`: 60 or 600 seconds.
  EOT
  type = object({
    destination_arn          = string
    iam_role_arn             = optional(string)
    traffic_type             = optional(string, "ALL")
    max_aggregation_interval = optional(number, 600)
  })
  default = null

  validation {
    condition     = var.flow_log == null || var.network == null
    error_message = "flow_log is for the VPC that is made: without network. Your own VPC has its own flow logs."
  }

  validation {
    condition     = var.flow_log == null ? true : can(regex("^arn:[^:]+:(s3:::[a-z0-9.-]+(/.*)?|logs:[^:]+:[0-9]+:log-group:[^:*]+)$", var.flow_log.destination_arn))
    error_message = "flow_log.destination_arn must be the ARN of a bucket (arn:aws:s3:::NAME/PREFIX) or of a log group (arn:aws:logs:REGION:ACCOUNT:log-group:NAME), without a :* at its end."
  }

  validation {
    condition     = var.flow_log == null ? true : can(regex("^arn:[^:]+:logs:", var.flow_log.destination_arn)) == can(regex("^arn:[^:]+:iam::[0-9]{12}:role/.+$", var.flow_log.iam_role_arn))
    error_message = "flow_log.iam_role_arn must be the ARN of a role where the destination is a log group, and null where it is a bucket."
  }

  validation {
    condition     = var.flow_log == null ? true : contains(["ALL", "ACCEPT", "REJECT"], var.flow_log.traffic_type) && contains([60, 600], var.flow_log.max_aggregation_interval)
    error_message = "flow_log.traffic_type must be ALL, ACCEPT or REJECT, and flow_log.max_aggregation_interval 60 or 600."
  }
}

variable "allowed_cidrs" {
  description = "IPv4 ranges from which the endpoint can be reached. Whoever verifies the deployment must be in one of them."
  type        = set(string)
  default     = ["0.0.0.0/0"]
  nullable    = false

  validation {
    condition     = length(var.allowed_cidrs) > 0 && alltrue([for cidr in var.allowed_cidrs : can(cidrnetmask(cidr))])
    error_message = "allowed_cidrs must hold at least one range, and IPv4 ranges only (such as 203.0.113.0/24): an Elastic IP is an IPv4 address."
  }
}

variable "ssh" {
  description = <<-EOT
    SSH as well. Null: only Session Manager, which needs no open port and no key.
    - `key_name`: EC2 key pair.
    - `allowed_cidrs`: IPv4 ranges from which SSH can be reached.
  EOT
  type = object({
    key_name      = string
    allowed_cidrs = set(string)
  })
  default = null

  validation {
    condition     = var.ssh == null ? true : length(var.ssh.allowed_cidrs) > 0 && alltrue([for cidr in var.ssh.allowed_cidrs : can(cidrnetmask(cidr)) && try(tonumber(split("/", cidr)[1]) >= 8, false)])
    error_message = "ssh.allowed_cidrs must hold IPv4 ranges of /8 or smaller: SSH is not opened to the world. Session Manager needs no open port."
  }
}

variable "dns" {
  description = <<-EOT
    Host name in a Route 53 zone. The record is made, and the instance gets a certificate for the name.
    - `domain_name`: host name of the endpoint.
    - `zone_id`: the public zone that holds it.
  EOT
  type = object({
    domain_name = string
    zone_id     = string
  })
  default = null

  validation {
    condition     = var.dns == null ? true : can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z0-9-]{2,}$", var.dns.domain_name))
    error_message = "dns.domain_name must be a lower-case host name such as mcp.example.com, without scheme, path or wildcard."
  }
}

variable "domain_name" {
  description = "Host name of the endpoint when its A record is not in Route 53. You point it at the output `public_ip` yourself; the instance gets a certificate for it as soon as it does."
  type        = string
  default     = null

  validation {
    condition     = var.domain_name == null ? true : can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z0-9-]{2,}$", var.domain_name))
    error_message = "domain_name must be a lower-case host name such as mcp.example.com, without scheme, path or wildcard."
  }

  validation {
    condition     = var.domain_name == null || var.dns == null
    error_message = "The endpoint has one host name: give dns or domain_name."
  }
}

variable "acme_email" {
  description = "E-mail address of the account at the certificate authority. Let's Encrypt sends no notices of expiry to it; the action checks the certificate. Empty: none."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = can(regex("^([A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+)?$", var.acme_email))
    error_message = "acme_email must be an e-mail address, or empty."
  }
}

variable "allow_insecure_http" {
  description = "Serve plain HTTP when there is neither `dns` nor `domain_name`. For trials: whatever clients send, tokens too, can be read on the way."
  type        = bool
  default     = false
  nullable    = false

  validation {
    condition     = var.allow_insecure_http || var.dns != null || var.domain_name != null
    error_message = "There would be no TLS: give dns or domain_name (a certificate is then issued), or set allow_insecure_http = true for a trial."
  }
}

# How it is run

variable "logs" {
  description = <<-EOT
    What the server writes to its standard output and error, in CloudWatch. Null: only in the journal of the instance, and gone with it.
    - `retention_days`: days that logs are kept.
    - `kms_key_arn`: KMS key that encrypts the log. Its policy must let CloudWatch Logs use it. Null: AWS's own key.
  EOT
  type = object({
    retention_days = optional(number, 30)
    kms_key_arn    = optional(string)
  })
  default = null

  validation {
    condition     = var.logs == null ? true : contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.logs.retention_days)
    error_message = "logs.retention_days must be one that CloudWatch has: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653."
  }

  validation {
    condition     = try(var.logs.kms_key_arn, null) == null ? true : can(regex("^arn:[^:]+:kms:[^:]+:[0-9]+:key/[^*]+$", var.logs.kms_key_arn))
    error_message = "logs.kms_key_arn must be the ARN of a KMS key (arn:aws:kms:REGION:ACCOUNT:key/ID)."
  }
}

variable "tags" {
  description = "Tags of every resource."
  type        = map(string)
  default     = {}
  nullable    = false
}
