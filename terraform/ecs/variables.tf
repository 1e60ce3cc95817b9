# Settings that may be left out altogether are objects that default to null. Whether an object is null is known
# when Terraform plans, even if a value inside it is not, so a zone, an ACL or a VPC may be made in the same apply.

# What runs

variable "name" {
  description = "Name of this MCP server. Every resource is named after it; 24 characters at most, so that the longest of those names still fits."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,22}[a-z0-9]$", var.name)) && !strcontains(var.name, "--")
    error_message = "name must be 2 to 24 lower-case letters, digits and single hyphens, beginning with a letter and not ending in a hyphen."
  }

  validation {
    condition     = !startswith(var.name, "internal-")
    error_message = "name must not begin with \"internal-\": AWS reserves that prefix for its own load balancer names."
  }
}

variable "image" {
  description = "Container image with a tag or a digest. With a digest the plan shows exactly what will run."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[^\\s]+(@sha256:[0-9a-f]{64}|:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})$", var.image))
    error_message = "image must end in a tag (repository:v1.2.3) or a digest (repository@sha256:...); without either it would mean whatever \"latest\" is at the time."
  }
}

variable "deployment_token" {
  description = "Any text. Change it to roll out the same image again, for example when a tag has been pushed again."
  type        = string
  default     = ""
  nullable    = false
}

variable "mcp" {
  description = <<-EOT
    How the server speaks MCP.
    - `path`: path of the endpoint.
    - `transport`: `streamable-http` or `sse`.
    - `stateful`: the server keeps sessions in the memory of the task that opened them.
    - `sticky_cookie`: route by the load balancer's cookie for a day. Only helps clients that keep cookies.
  EOT
  type = object({
    path          = optional(string, "/mcp")
    transport     = optional(string, "streamable-http")
    stateful      = optional(bool, false)
    sticky_cookie = optional(bool, false)
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
}

variable "container" {
  description = <<-EOT
    The container.
    - `port`: port on which the server listens; the container is given it as `PORT`.
    - `command`: replaces the command of the image.
    - `user`: user, or user:group, to run as instead of the image's.
    - `read_only_root_filesystem`: nothing in the container can be written to.
    - `health_check_command`: a check that ECS runs inside the container, as `["CMD", ...]` or `["CMD-SHELL", "..."]`. Without it only the load balancer's check decides. Name only programs that the image has: a missing `curl` kills every task.
  EOT
  type = object({
    port                      = optional(number, 3000)
    command                   = optional(list(string))
    user                      = optional(string)
    read_only_root_filesystem = optional(bool, false)
    health_check_command      = optional(list(string))
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.container.port == floor(var.container.port) && var.container.port >= 1 && var.container.port <= 65535
    error_message = "container.port must be a whole number from 1 to 65535."
  }

  validation {
    condition     = var.container.health_check_command == null ? true : contains(["CMD", "CMD-SHELL"], try(var.container.health_check_command[0], ""))
    error_message = "container.health_check_command must begin with CMD or CMD-SHELL."
  }
}

variable "sidecars" {
  description = <<-EOT
    Further containers of each task, by name. They share its network, so the server reaches them on 127.0.0.1, and its size.
    - `image`: image with a tag or a digest.
    - `command`: replaces the command of the image.
    - `environment`: variables that may be read by anyone who sees the plan.
    - `secrets`: variables from secrets that exist, as in `secrets`.
    - `essential`: the task is replaced when the container ends.
    - `memory`: MiB that it may use at most.
  EOT
  type = map(object({
    image       = string
    command     = optional(list(string))
    environment = optional(map(string), {})
    secrets     = optional(map(string), {})
    essential   = optional(bool, true)
    memory      = optional(number)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for name, sidecar in var.sidecars : can(regex("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", name)) && name != "mcp-server"])
    error_message = "sidecars must have names of letters, digits, _ and -; the name mcp-server is the server's."
  }

  validation {
    condition     = alltrue([for sidecar in values(var.sidecars) : can(regex("^[^\\s]+(@sha256:[0-9a-f]{64}|:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})$", sidecar.image))])
    error_message = "The image of each of sidecars must end in a tag or a digest."
  }

  validation {
    condition     = alltrue(flatten([for sidecar in values(var.sidecars) : [for arn in values(sidecar.secrets) : can(regex("^arn:[^:]+:(secretsmanager:[^:]+:[0-9]+:secret:.+|ssm:[^:]+:[0-9]+:parameter/.+)$", arn))]]))
    error_message = "The secrets of each of sidecars must be ARNs of Secrets Manager secrets or of SSM parameters."
  }

  validation {
    condition     = alltrue([for sidecar in values(var.sidecars) : length(setintersection(keys(sidecar.environment), keys(sidecar.secrets))) == 0])
    error_message = "environment and secrets of one of sidecars must not share a name: ECS refuses a container in which one variable is set twice."
  }

  validation {
    condition     = alltrue([for sidecar in values(var.sidecars) : sidecar.memory == null ? true : sidecar.memory >= 6 && sidecar.memory == floor(sidecar.memory)]) && sum(concat([0], [for sidecar in values(var.sidecars) : coalesce(sidecar.memory, 0)])) < var.task_size.memory
    error_message = "memory of each of sidecars must be a whole number from 6 MiB, and all together less than task_size.memory."
  }
}

variable "file_systems" {
  description = <<-EOT
    EFS file systems of yours in the server's container, by the path at which they are mounted. Their security group must let in the output `task_security_group_id` on port 2049.
    - `file_system_id`: the file system.
    - `access_point_id`: an access point of it, which sets the user and the directory.
    - `read_only`: nothing can be written.
  EOT
  type = map(object({
    file_system_id  = string
    access_point_id = string
    read_only       = optional(bool, false)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for path in keys(var.file_systems) : can(regex("^(/[A-Za-z0-9._-]+)+$", path))])
    error_message = "file_systems must map absolute paths, such as /data."
  }

  validation {
    condition     = alltrue([for each in values(var.file_systems) : can(regex("^fs-[0-9a-f]{8,40}$", each.file_system_id)) && can(regex("^fsap-[0-9a-f]{8,40}$", each.access_point_id))])
    error_message = "file_systems must have ids such as fs-0123456789abcdef0 and fsap-0123456789abcdef0."
  }
}

variable "task_size" {
  description = <<-EOT
    Size of one Fargate task.
    - `cpu`: CPU units, 1024 to a vCPU.
    - `memory`: MiB.
    - `architecture`: `X86_64` or `ARM64` (Graviton, about a fifth cheaper). The image must be built for it.
  EOT
  type = object({
    cpu          = optional(number, 512)
    memory       = optional(number, 1024)
    architecture = optional(string, "X86_64")
  })
  default  = {}
  nullable = false

  # https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size
  validation {
    condition = contains(lookup({
      256   = [512, 1024, 2048]
      512   = range(1024, 4097, 1024)
      1024  = range(2048, 8193, 1024)
      2048  = range(4096, 16385, 1024)
      4096  = range(8192, 30721, 1024)
      8192  = range(16384, 61441, 4096)
      16384 = range(32768, 122881, 8192)
    }, tostring(var.task_size.cpu), []), var.task_size.memory)
    error_message = "Fargate has no task of ${var.task_size.cpu} CPU units and ${var.task_size.memory} MiB. Allowed memory for each cpu: 256: 512, 1024, 2048; 512: 1024-4096; 1024: 2048-8192; 2048: 4096-16384; 4096: 8192-30720, all by 1024; 8192: 16384-61440 by 4096; 16384: 32768-122880 by 8192."
  }

  validation {
    condition     = contains(["X86_64", "ARM64"], var.task_size.architecture)
    error_message = "task_size.architecture must be X86_64 or ARM64."
  }
}

variable "scaling" {
  description = <<-EOT
    How many tasks run.
    - `min`: the fewest.
    - `max`: the most. Left out it is `min`, and the number is fixed; larger, and tasks are added when the average CPU passes `cpu_target`.
    - `cpu_target`: percent.
    - `requests_target`: requests per task and minute; tasks are also added when more arrive. For servers that wait for others and use little CPU. Streams count once.
    - `spot_percentage`: share of the tasks beyond the first that run on Fargate Spot, which AWS may stop with two minutes' notice.
  EOT
  type = object({
    min             = optional(number, 1)
    max             = optional(number)
    cpu_target      = optional(number, 60)
    requests_target = optional(number)
    spot_percentage = optional(number, 0)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.scaling.min >= 1 && var.scaling.min == floor(var.scaling.min)
    error_message = "scaling.min must be a whole number from 1."
  }

  validation {
    condition     = var.scaling.max == null ? true : var.scaling.max >= var.scaling.min && var.scaling.max == floor(var.scaling.max)
    error_message = "scaling.max must be a whole number not below scaling.min; leave it out for a fixed number of tasks."
  }

  validation {
    condition     = var.scaling.cpu_target >= 10 && var.scaling.cpu_target <= 90
    error_message = "scaling.cpu_target must be 10 to 90 percent."
  }

  validation {
    condition     = var.scaling.requests_target == null ? true : var.scaling.requests_target >= 1 && coalesce(var.scaling.max, var.scaling.min) > var.scaling.min
    error_message = "scaling.requests_target must be 1 or more, and needs a scaling.max above scaling.min."
  }

  validation {
    condition     = var.scaling.spot_percentage >= 0 && var.scaling.spot_percentage <= 100 && var.scaling.spot_percentage == floor(var.scaling.spot_percentage)
    error_message = "scaling.spot_percentage must be a whole number from 0 to 100."
  }

  validation {
    condition     = coalesce(var.scaling.max, var.scaling.min) == 1 || (var.mcp.transport != "sse" && !var.mcp.stateful) || var.mcp.sticky_cookie
    error_message = "This server (mcp.transport = \"sse\" or mcp.stateful = true) needs every request of a session at the task that opened it, and with more than one task the load balancer can only promise that by cookie. The clients of the MCP SDKs keep no cookies, so their requests would reach the wrong task and fail. Run one task, or make the server stateless, or set mcp.sticky_cookie = true if all your clients do keep cookies."
  }
}

variable "health_check" {
  description = <<-EOT
    The load balancer's health check of each task.
    - `path`: must answer a status of `matcher`. The MCP endpoint is allowed only where `matcher` has a 4xx.
    - `matcher`: statuses that are healthy, such as `200`, `200,401` or `200-299`. For an image without a health page: the MCP endpoint as `path` with `400,405,406`, and `401` for a server with authentication.
    - `interval`, `timeout`: seconds.
    - `healthy_threshold`, `unhealthy_threshold`: answers in a row that change the verdict.
    - `grace_period`: seconds after its start during which a task is not stopped for failing.
  EOT
  type = object({
    path                = optional(string, "/health")
    matcher             = optional(string, "200")
    interval            = optional(number, 15)
    timeout             = optional(number, 5)
    healthy_threshold   = optional(number, 2)
    unhealthy_threshold = optional(number, 3)
    grace_period        = optional(number, 60)
  })
  default  = {}
  nullable = false

  validation {
    condition     = startswith(var.health_check.path, "/")
    error_message = "health_check.path must begin with /."
  }

  validation {
    condition     = trimsuffix(split("?", var.health_check.path)[0], "/") != trimsuffix(var.mcp.path, "/") || (can(regex("4[0-9]{2}", var.health_check.matcher)) && var.mcp.transport != "sse")
    error_message = "health_check.path must not be the MCP endpoint (${var.mcp.path}), unless health_check.matcher has a 4xx and the transport is not sse: a health check is a plain GET, which MCP answers with an error or with a stream that never ends, so a working server would be taken for dead."
  }

  # https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Matcher.html
  validation {
    condition     = can(regex("^[234][0-9]{2}(-[234][0-9]{2})?(,[234][0-9]{2}(-[234][0-9]{2})?)*$", var.health_check.matcher))
    error_message = "health_check.matcher must hold statuses from 200 to 499: one (200), several (200,401) or a range (200-299). A 5xx is never healthy."
  }

  validation {
    condition     = var.health_check.interval >= 5 && var.health_check.interval <= 300 && var.health_check.timeout >= 2 && var.health_check.timeout < var.health_check.interval
    error_message = "health_check.interval must be 5 to 300 seconds, and health_check.timeout at least 2 and less than the interval."
  }

  validation {
    condition     = alltrue([for n in [var.health_check.healthy_threshold, var.health_check.unhealthy_threshold] : n >= 2 && n <= 10])
    error_message = "health_check.healthy_threshold and health_check.unhealthy_threshold must be 2 to 10."
  }

  validation {
    condition     = var.health_check.grace_period >= 0 && var.health_check.grace_period <= 2147483647
    error_message = "health_check.grace_period must be 0 to 2147483647 seconds."
  }
}

# What it is given

variable "environment" {
  description = "Environment variables that may be read by anyone who sees the plan. `PORT` is set by the module."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = !contains(keys(var.environment), "PORT")
    error_message = "environment must not hold PORT: it is container.port."
  }
}

variable "secrets" {
  description = "Environment variables from secrets that exist already: name to ARN of a Secrets Manager secret (a `:json-key:version-stage:version-id` suffix is allowed) or of an SSM parameter."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for arn in values(var.secrets) : can(regex("^arn:[^:]+:(secretsmanager:[^:]+:[0-9]+:secret:.+|ssm:[^:]+:[0-9]+:parameter/.+)$", arn))])
    error_message = "secrets must map each name to the ARN of a Secrets Manager secret or of an SSM parameter."
  }

  validation {
    condition     = length(setintersection(keys(var.secrets), keys(var.managed_secrets))) == 0 && length(setintersection(concat(keys(var.secrets), keys(var.managed_secrets)), keys(var.environment))) == 0
    error_message = "environment, secrets and managed_secrets must not share a name: ECS refuses a container in which one variable is set twice."
  }
}

variable "managed_secrets" {
  description = "Environment variables whose secret this module makes: name to version. Raise the version by one to write the value in `secret_values` again and roll the tasks. 0: the value is put into the secret by other means, before the first task needs it."
  type        = map(number)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name, version in var.managed_secrets : can(regex("^[A-Za-z_][A-Za-z0-9_]*$", name)) && version >= 0 && version == floor(version)])
    error_message = "managed_secrets must map names of environment variables to whole numbers from 0."
  }
}

variable "secret_values" {
  description = "Values of `managed_secrets`, by name. They are in no plan and in no state, so both plan and apply must be given them, as `TF_VAR_secret_values`."
  type        = map(string)
  default     = {}
  nullable    = false
  sensitive   = true
  ephemeral   = true
}

variable "secrets_kms_key_arn" {
  description = "ARN of the KMS key that encrypts the secrets: those that this module makes are encrypted with it, and the tasks may decrypt with it. Null: AWS's own key."
  type        = string
  default     = null

  validation {
    condition     = var.secrets_kms_key_arn == null ? true : can(regex("^arn:[^:]+:kms:[^:]+:[0-9]+:key/.+$", var.secrets_kms_key_arn))
    error_message = "secrets_kms_key_arn must be the ARN of a KMS key (arn:aws:kms:REGION:ACCOUNT:key/ID), not an alias: policies do not follow aliases."
  }
}

variable "task_role_policies" {
  description = "What the MCP server itself may do in AWS: name to IAM policy document in JSON. Empty: nothing."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name, policy in var.task_role_policies : can(jsondecode(policy).Statement) && !contains(["ecs-exec", "file-systems"], name)])
    error_message = "task_role_policies must map each name to an IAM policy document in JSON, with a Statement; the names \"ecs-exec\" and \"file-systems\" are taken."
  }
}

variable "permissions_boundary_arn" {
  description = "Permissions boundary of both roles: the output `server_permissions_boundary_arn` of terraform/github-oidc, whose apply role makes no role without it. Null: none."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary_arn == null ? true : can(regex("^arn:[^:]+:iam::([0-9]{12}|aws):policy/.+$", var.permissions_boundary_arn))
    error_message = "permissions_boundary_arn must be the ARN of an IAM policy."
  }
}

# How it is reached

variable "network" {
  description = <<-EOT
    An existing network. Null: a VPC with two public subnets is made.
    - `vpc_id`: the VPC.
    - `public_subnet_ids`: subnets of the load balancer, in two availability zones at least. Private ones for `load_balancer.internal`. With `listener` they are only for tasks, and may be left out when `task_subnet_ids` is given.
    - `task_subnet_ids`: private subnets of the tasks; they need a way out to pull the image and read secrets. Empty: the tasks run in the public subnets, with public addresses.
  EOT
  type = object({
    vpc_id            = string
    public_subnet_ids = optional(list(string), [])
    task_subnet_ids   = optional(list(string), [])
  })
  default = null

  validation {
    condition     = var.network == null ? true : length(var.network.public_subnet_ids) >= 2 || var.listener != null
    error_message = "network.public_subnet_ids must hold two subnets at least, in different availability zones: a load balancer needs two."
  }

  validation {
    condition     = var.network == null ? true : length(concat(var.network.public_subnet_ids, var.network.task_subnet_ids)) > 0
    error_message = "network must hold a subnet for the tasks: task_subnet_ids, or public_subnet_ids."
  }

  validation {
    condition     = var.listener == null || var.network != null
    error_message = "listener needs network: the tasks must be in the VPC of its load balancer."
  }
}

variable "vpc_cidr" {
  description = "IPv4 range of the VPC that is made when `network` is null. Each subnet has a sixteenth of it, and a load balancer needs a /27."
  type        = string
  default     = "10.42.0.0/16"
  nullable    = false

  validation {
    condition     = can(cidrnetmask(var.vpc_cidr)) && try(tonumber(split("/", var.vpc_cidr)[1]) >= 16 && tonumber(split("/", var.vpc_cidr)[1]) <= 23, false)
    error_message = "vpc_cidr must be an IPv4 range from /16 to /23: of a smaller one the subnets are too small for a load balancer."
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

variable "availability_zones" {
  description = "Names of the two zones of the subnets that are made when `network` is null. Empty: the first two of the region. It counts when the subnets are made; later they stay where they are."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = contains([0, 2], length(distinct(var.availability_zones))) && length(var.availability_zones) <= 2 && alltrue([for zone in var.availability_zones : can(regex("^[a-z]{2}(-[a-z]+)+-[0-9][a-z]$", zone))])
    error_message = "availability_zones must hold two different names of zones, such as eu-central-1a and eu-central-1b, or be empty."
  }
}

variable "excluded_zone_ids" {
  description = "Ids of zones (not names: the same zone has other names in other accounts) in which no subnet is made. The default are zones that Fargate or load balancers do not serve, or not in full."
  type        = set(string)
  default     = ["apne1-az3", "cac1-az3", "cnn1-az3", "cnn1-az4", "use1-az3", "usw1-az2"]
  nullable    = false

  validation {
    condition     = alltrue([for id in var.excluded_zone_ids : can(regex("^[a-z0-9]+-az[0-9]+$", id))])
    error_message = "excluded_zone_ids must hold ids of zones, such as use1-az3."
  }
}

variable "allowed_cidrs" {
  description = "IPv4 ranges from which the endpoint can be reached. Whoever verifies the deployment must be in one of them."
  type        = set(string)
  default     = ["0.0.0.0/0"]
  nullable    = false

  validation {
    condition     = length(var.allowed_cidrs) > 0 && alltrue([for cidr in var.allowed_cidrs : can(cidrnetmask(cidr))])
    error_message = "allowed_cidrs must hold at least one range, and IPv4 ranges only (such as 203.0.113.0/24): the load balancer has IPv4 addresses only."
  }

  validation {
    condition     = var.listener == null || var.allowed_cidrs == toset(["0.0.0.0/0"])
    error_message = "allowed_cidrs has no effect with listener: the security group of your load balancer decides who reaches it."
  }
}

variable "dns" {
  description = <<-EOT
    Host name in a Route 53 zone. The record is made and, unless `certificate` is given, a certificate is issued and validated.
    - `domain_name`: host name of the endpoint.
    - `zone_id`: the public zone that holds it. For `load_balancer.internal` it may be private.
    - `validation_zone_id`: the public zone in which the certificate is validated. Null: `zone_id`. Required for a private `zone_id`, because certificates are only issued for names that the internet knows.
  EOT
  type = object({
    domain_name        = string
    zone_id            = string
    validation_zone_id = optional(string)
  })
  default = null

  validation {
    condition     = var.dns == null ? true : can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z0-9-]{2,}$", var.dns.domain_name))
    error_message = "dns.domain_name must be a lower-case host name such as mcp.example.com, without scheme, path or wildcard."
  }
}

variable "external_dns" {
  description = <<-EOT
    Host name that is not in Route 53. A certificate is issued; you make the two records in the output `dns_records` where the name is kept. See "A name outside of Route 53".
    - `domain_name`: host name of the endpoint.
  EOT
  type = object({
    domain_name = string
  })
  default = null

  validation {
    condition     = var.external_dns == null ? true : can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z0-9-]{2,}$", var.external_dns.domain_name))
    error_message = "external_dns.domain_name must be a lower-case host name such as mcp.example.com, without scheme, path or wildcard."
  }

  validation {
    condition     = var.external_dns == null || (var.dns == null && var.certificate == null)
    error_message = "The endpoint has one host name and one certificate: give external_dns, dns or certificate."
  }
}

variable "certificate_timeout_minutes" {
  description = "How long the apply waits until a new certificate is issued. It is minutes where the name is delegated, and never where it is not."
  type        = number
  default     = 15
  nullable    = false

  validation {
    condition     = var.certificate_timeout_minutes == floor(var.certificate_timeout_minutes) && var.certificate_timeout_minutes >= 5 && var.certificate_timeout_minutes <= 120
    error_message = "certificate_timeout_minutes must be a whole number from 5 to 120."
  }
}

variable "certificate" {
  description = <<-EOT
    An existing certificate.
    - `arn`: ARN in ACM, in the region of the load balancer.
    - `domain_name`: host name of the endpoint, when `dns` does not give it. You point it at the output `load_balancer_dns_name` yourself.
  EOT
  type = object({
    arn         = string
    domain_name = optional(string)
  })
  default = null

  validation {
    condition     = var.certificate == null ? true : can(regex("^arn:[^:]+:(acm|iam):.+$", var.certificate.arn))
    error_message = "certificate.arn must be the ARN of a certificate in ACM or IAM."
  }

  validation {
    condition     = var.certificate == null ? true : (var.certificate.domain_name != null) != (var.dns != null)
    error_message = "The endpoint needs exactly one host name: give certificate.domain_name without dns, or dns without certificate.domain_name."
  }
}

variable "listener" {
  description = <<-EOT
    An existing HTTPS listener of an application load balancer, which several services may share. Null: a load balancer with its listeners is made. See "A load balancer that exists".
    - `arn`: the listener. Its certificates must cover the host name of the endpoint.
    - `security_group_id`: security group of its load balancer. It must let requests out to the tasks at `container.port`.
    - `priority`: of the rule that sends requests to this server, 1 to 50000. No other rule of the listener may have it; lower ones come first.
    - `path_patterns`: paths that belong to this server, such as `/orders/*`. One of them must match `mcp.path`.
    - `host_headers`: host names that belong to this server, such as `orders.example.com`. One of them must match the host name of the endpoint.
    - `domain_name`: host name of the endpoint, when `dns` does not give it. You point it at the output `load_balancer_dns_name` yourself.
  EOT
  type = object({
    arn               = string
    security_group_id = string
    priority          = number
    path_patterns     = optional(list(string), [])
    host_headers      = optional(list(string), [])
    domain_name       = optional(string)
  })
  default = null

  validation {
    condition     = var.listener == null ? true : can(regex("^arn:[^:]+:elasticloadbalancing:[^:]+:[0-9]+:listener/app/[^/]+/[^/]+/[^/]+$", var.listener.arn))
    error_message = "listener.arn must be the ARN of a listener of an application load balancer (arn:aws:elasticloadbalancing:REGION:ACCOUNT:listener/app/NAME/ID/ID)."
  }

  validation {
    condition     = var.listener == null ? true : can(regex("^sg-[0-9a-z-]+$", var.listener.security_group_id))
    error_message = "listener.security_group_id must be the id of a security group, such as sg-0123456789abcdef0."
  }

  validation {
    condition     = var.listener == null ? true : var.listener.priority >= 1 && var.listener.priority <= 50000 && var.listener.priority == floor(var.listener.priority)
    error_message = "listener.priority must be a whole number from 1 to 50000."
  }

  # https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
  validation {
    condition     = var.listener == null ? true : contains(range(1, 6), length(concat(var.listener.path_patterns, var.listener.host_headers)))
    error_message = "listener must have one to five path_patterns and host_headers in all: AWS takes five values in a rule, and without any the rule would take every request of the listener."
  }

  # https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
  validation {
    condition     = var.listener == null ? true : alltrue([for pattern in var.listener.path_patterns : can(regex("^/[A-Za-z0-9_.$/~\"'@:+&*?-]{0,127}$", pattern))])
    error_message = "listener.path_patterns must begin with / and have at most 128 letters, digits and _ - . $ / ~ \" ' @ : + & * ? in them."
  }

  validation {
    condition     = var.listener == null ? true : alltrue([for pattern in var.listener.host_headers : can(regex("^[a-z0-9.*?-]{1,128}$", pattern)) && strcontains(pattern, ".")])
    error_message = "listener.host_headers must be lower-case host names, such as orders.example.com or *.example.com."
  }

  validation {
    condition = var.listener == null ? true : length(var.listener.path_patterns) == 0 || anytrue([
      for pattern in var.listener.path_patterns : can(regex("^${replace(replace(replace(pattern, "/[.$+]/", "[$0]"), "*", ".*"), "?", ".")}$", var.mcp.path))
    ])
    error_message = "None of listener.path_patterns matches mcp.path, so no request would reach this server: the load balancer passes the path on as it is, and changes nothing of it."
  }

  validation {
    condition = var.listener == null ? true : length(var.listener.host_headers) == 0 || anytrue([
      for pattern in var.listener.host_headers : can(regex("^${replace(replace(replace(pattern, ".", "[.]"), "*", ".*"), "?", ".")}$", coalesce(try(var.dns.domain_name, null), var.listener.domain_name, "-")))
    ])
    error_message = "None of listener.host_headers matches the host name of the endpoint, dns.domain_name or listener.domain_name, so no request would reach this server."
  }

  validation {
    condition     = try(var.listener.domain_name, null) == null ? true : can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z0-9-]{2,}$", var.listener.domain_name)) && var.dns == null
    error_message = "listener.domain_name must be a lower-case host name such as mcp.example.com, without scheme, path or wildcard, and only without dns: the endpoint has one host name."
  }

  validation {
    condition     = var.listener == null || (var.certificate == null && var.external_dns == null)
    error_message = "certificate and external_dns are for a load balancer that is made: add the certificate to your listener, and give listener.domain_name or dns."
  }
}

variable "allow_insecure_http" {
  description = "Serve plain HTTP when there is no `dns`, `external_dns` or `certificate`, or when `listener` is one of HTTP. For trials: whatever clients send, tokens too, can be read on the way."
  type        = bool
  default     = false
  nullable    = false

  validation {
    condition     = var.allow_insecure_http || var.dns != null || var.external_dns != null || var.certificate != null || var.listener != null
    error_message = "There would be no TLS: give dns or external_dns (a certificate is then issued), certificate or listener, or set allow_insecure_http = true for a trial."
  }
}

variable "load_balancer" {
  description = <<-EOT
    The load balancer that is made. With `listener` only `deregistration_delay` counts.
    - `internal`: only reachable from the VPC and from what is connected to it. Needs `network`. The gate must run in the VPC, too.
    - `idle_timeout`: seconds without a byte after which a connection is cut, so the longest silent tool call. Left out: 300, and 3600 for `sse`, whose one stream lasts as long as the session.
    - `deregistration_delay`: seconds that requests in flight are given when their task is replaced. Left out: 60, and 300 for `sse`, whose streams end with it.
    - `deletion_protection`: AWS refuses to delete it.
    - `access_logs`: S3 `bucket`, and `prefix` (default: the name), whose policy lets Elastic Load Balancing write.
    - `waf`: `web_acl_arn` of a regional WAF ACL.
  EOT
  type = object({
    internal             = optional(bool, false)
    idle_timeout         = optional(number)
    deregistration_delay = optional(number)
    deletion_protection  = optional(bool, false)
    access_logs = optional(object({
      bucket = string
      prefix = optional(string)
    }))
    waf = optional(object({
      web_acl_arn = string
    }))
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.load_balancer.idle_timeout == null ? true : var.load_balancer.idle_timeout >= 1 && var.load_balancer.idle_timeout <= 4000
    error_message = "load_balancer.idle_timeout must be 1 to 4000 seconds."
  }

  validation {
    condition     = var.load_balancer.deregistration_delay == null ? true : var.load_balancer.deregistration_delay >= 0 && var.load_balancer.deregistration_delay <= 3600
    error_message = "load_balancer.deregistration_delay must be 0 to 3600 seconds."
  }

  validation {
    condition     = !var.load_balancer.internal || var.network != null
    error_message = "load_balancer.internal needs network: nobody could reach a load balancer in a VPC of its own."
  }

  validation {
    condition     = var.listener == null || (!var.load_balancer.internal && var.load_balancer.idle_timeout == null && !var.load_balancer.deletion_protection && var.load_balancer.access_logs == null && var.load_balancer.waf == null)
    error_message = "load_balancer.internal, idle_timeout, deletion_protection, access_logs and waf have no effect with listener: set them where your load balancer is made."
  }
}

# How it is run

variable "cluster" {
  description = <<-EOT
    An existing ECS cluster, which several services may share. Null: one is made.
    - `arn`: the cluster. `FARGATE` must be one of its capacity providers, and `FARGATE_SPOT` for `scaling.spot_percentage`.
  EOT
  type = object({
    arn = string
  })
  default = null

  validation {
    condition     = var.cluster == null ? true : can(regex("^arn:[^:]+:ecs:[^:]+:[0-9]+:cluster/[A-Za-z0-9_-]+$", var.cluster.arn))
    error_message = "cluster.arn must be the ARN of an ECS cluster (arn:aws:ecs:REGION:ACCOUNT:cluster/NAME)."
  }
}

variable "execute_command" {
  description = "Let operators open a shell in a running task (ECS Exec)."
  type        = bool
  default     = false
  nullable    = false

  validation {
    condition     = !(var.execute_command && var.container.read_only_root_filesystem)
    error_message = "execute_command and container.read_only_root_filesystem exclude each other: the agent behind ECS Exec must write to the container's file system."
  }
}

variable "execute_command_log" {
  description = <<-EOT
    Keeps what is typed and shown in a shell by ECS Exec, in the log group `/ecs/NAME/exec`. Null: CloudTrail shows who opened a shell, and nothing shows what was done in it.
    - `kms_key_arn`: KMS key that encrypts the connection and the log. Its policy must let CloudWatch Logs use it.
    - `retention_days`: days that the log is kept.
  EOT
  type = object({
    kms_key_arn    = optional(string)
    retention_days = optional(number, 365)
  })
  default = null

  validation {
    condition     = var.execute_command_log == null || var.execute_command
    error_message = "execute_command_log needs execute_command: without it there is no shell to log."
  }

  validation {
    condition     = var.execute_command_log == null || var.cluster == null
    error_message = "execute_command_log is a setting of the cluster, so it has no effect with cluster: set it where your cluster is made."
  }

  validation {
    condition     = try(var.execute_command_log.kms_key_arn, null) == null ? true : can(regex("^arn:[^:]+:kms:[^:]+:[0-9]+:key/[^*]+$", var.execute_command_log.kms_key_arn))
    error_message = "execute_command_log.kms_key_arn must be the ARN of a KMS key (arn:aws:kms:REGION:ACCOUNT:key/ID)."
  }

  validation {
    condition     = var.execute_command_log == null ? true : contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.execute_command_log.retention_days)
    error_message = "execute_command_log.retention_days must be one that CloudWatch has, such as 90, 180, 365 or 731."
  }
}

variable "observability" {
  description = <<-EOT
    Logs and metrics in CloudWatch.
    - `log_retention_days`: days that logs are kept; 0 means without an end.
    - `logs_kms_key_arn`: KMS key that encrypts the server's log. Its policy must let CloudWatch Logs use it. Null: AWS's own key.
    - `container_insights`: `disabled`, `enabled` or `enhanced`, of the cluster that is made. Billed by the metric.
  EOT
  type = object({
    log_retention_days = optional(number, 30)
    container_insights = optional(string, "enabled")
    logs_kms_key_arn   = optional(string)
  })
  default  = {}
  nullable = false

  validation {
    condition     = contains([0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.observability.log_retention_days)
    error_message = "observability.log_retention_days must be one that CloudWatch has: 0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653."
  }

  validation {
    condition     = contains(["disabled", "enabled", "enhanced"], var.observability.container_insights)
    error_message = "observability.container_insights must be disabled, enabled or enhanced."
  }

  validation {
    condition     = var.cluster == null || var.observability.container_insights == "enabled"
    error_message = "observability.container_insights is a setting of the cluster, so it has no effect with cluster: set it where your cluster is made."
  }

  validation {
    condition     = var.observability.logs_kms_key_arn == null ? true : can(regex("^arn:[^:]+:kms:[^:]+:[0-9]+:key/[^*]+$", var.observability.logs_kms_key_arn))
    error_message = "observability.logs_kms_key_arn must be the ARN of a KMS key (arn:aws:kms:REGION:ACCOUNT:key/ID)."
  }
}

variable "wait_for_steady_state" {
  description = "Make the apply itself wait until the deployment is complete, and fail when ECS rolled it back. The action waits, too, and reports more, so it needs this off."
  type        = bool
  default     = false
  nullable    = false
}

variable "tags" {
  description = "Tags of every resource."
  type        = map(string)
  default     = {}
  nullable    = false
}
