# Settings that may be left out altogether are objects that default to null. Whether an object is null is known
# when Terraform plans, even if a value inside it is not.

# Who

variable "name" {
  description = "What the names of roles and policies begin with: `NAME-plan` and `NAME-apply`."
  type        = string
  default     = "mcp-deploy"
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9-]{0,39}$", var.name))
    error_message = "name must be 1 to 40 letters, digits and hyphens."
  }
}

variable "repository" {
  description = "The GitHub repository, `owner/name`, in the exact case that GitHub shows."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+$", var.repository))
    error_message = "repository must be one repository, owner/name. A * is refused: the roles would be open to repositories that you do not know."
  }
}

variable "repository_ids" {
  description = <<-EOT
    Ids of owner and repository, for a repository with immutable subject claims: every one made, renamed or moved since 15 July 2026, and those that chose them. `gh api repos/OWNER/NAME --jq '{owner_id: .owner.id, repository_id: .id}'` prints the ids, `gh api repos/OWNER/NAME/actions/oidc/customization/sub` whether they are used. Null: the repository has the older claims, of names alone.
    - `owner_id`, `repository_id`: whole numbers.
  EOT
  type = object({
    owner_id      = number
    repository_id = number
  })
  default = null

  validation {
    condition     = var.repository_ids == null ? true : alltrue([for id in values(var.repository_ids) : id >= 1 && id == floor(id)])
    error_message = "repository_ids.owner_id and repository_ids.repository_id must be whole numbers from 1."
  }
}

variable "plan_from" {
  description = <<-EOT
    Which jobs may take the plan role.
    - `pull_requests`: those of pull requests. GitHub gives none of a fork a token.
    - `branches`: those on these branches, for a manual run or a scheduled verification.
    - `environments`: those that name one of these environments.
  EOT
  type = object({
    pull_requests = optional(bool, true)
    branches      = optional(list(string), ["main"])
    environments  = optional(list(string), [])
  })
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for name in concat(var.plan_from.branches, var.plan_from.environments) : can(regex("^[^\\s*?\\[]+( [^\\s*?\\[]+)*$", name))])
    error_message = "plan_from.branches and plan_from.environments must be exact names. A * or ? is refused: it would open the role to whoever can make a branch or an environment."
  }

  validation {
    condition     = var.plan_from.pull_requests || length(var.plan_from.branches) + length(var.plan_from.environments) > 0
    error_message = "plan_from must let something plan: pull_requests, a branch or an environment."
  }
}

variable "apply_from" {
  description = <<-EOT
    Which jobs may take the apply role: one of the two.
    - `branch`: those on this branch. Protect it: whoever can push to it can apply.
    - `environment`: those that name this environment. Let it deploy from protected branches only, in its settings on GitHub; it can ask for a review, too.
  EOT
  type = object({
    branch      = optional(string)
    environment = optional(string)
  })
  default  = { branch = "main" }
  nullable = false

  validation {
    condition     = (var.apply_from.branch == null) != (var.apply_from.environment == null)
    error_message = "apply_from must have either a branch or an environment: a job that names an environment has no branch in its subject."
  }

  validation {
    condition     = alltrue([for name in compact([var.apply_from.branch, var.apply_from.environment]) : can(regex("^[^\\s*?\\[]+( [^\\s*?\\[]+)*$", name))])
    error_message = "apply_from must hold an exact name. A * or ? is refused: it would let whoever can make a branch or an environment apply."
  }

  validation {
    condition     = !startswith(coalesce(var.apply_from.branch, "-"), "refs/")
    error_message = "apply_from.branch must be the name of a branch, such as main, without refs/heads/. Pull requests and tags cannot apply."
  }
}

variable "oidc_provider" {
  description = <<-EOT
    The account's identity provider for GitHub Actions, of which AWS allows one. Null: it is made.
    - `arn`: ARN of the one that is there.
  EOT
  type = object({
    arn = string
  })
  default = null

  validation {
    condition     = var.oidc_provider == null ? true : can(regex("^arn:[^:]+:iam::[0-9]{12}:oidc-provider/token\\.actions\\.githubusercontent\\.com$", var.oidc_provider.arn))
    error_message = "oidc_provider.arn must be arn:aws:iam::ACCOUNT:oidc-provider/token.actions.githubusercontent.com."
  }
}

# What

variable "state" {
  description = <<-EOT
    The Terraform state of what is deployed, as terraform/state-backend gives it in its output `state`.
    - `bucket_arn`: the bucket.
    - `keys`: the exact keys. That of a workspace is `env:/WORKSPACE/KEY`.
    - `lock_table_arn`: the lock table, if there is one.
    - `kms_key_arn`: the KMS key of bucket and table, if it is your own.
  EOT
  type = object({
    bucket_arn     = string
    keys           = list(string)
    lock_table_arn = optional(string)
    kms_key_arn    = optional(string)
  })
  nullable = false

  validation {
    condition     = can(regex("^arn:[^:]+:s3:::[a-z0-9.-]+$", var.state.bucket_arn))
    error_message = "state.bucket_arn must be the ARN of one bucket (arn:aws:s3:::NAME)."
  }

  validation {
    condition     = length(var.state.keys) > 0 && alltrue([for key in var.state.keys : can(regex("^[^*?]+$", key))])
    error_message = "state.keys must hold at least one key, each exact. A * or ? is refused: the roles would read the states of others."
  }
}

variable "servers" {
  description = "Names of the MCP servers that may be deployed: the variable `name` of terraform/ecs or terraform/ec2."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.servers) > 0 && alltrue([for name in var.servers : can(regex("^[a-z][a-z0-9-]{0,22}[a-z0-9]$", name))])
    error_message = "servers must hold at least one name, each of 2 to 24 lower-case letters, digits and hyphens. A * is refused: the apply role could change every server of the account."
  }
}

variable "stacks" {
  description = "How they are deployed: `ecs`, `ec2` or both."
  type        = set(string)
  default     = ["ecs"]
  nullable    = false

  validation {
    condition     = length(var.stacks) > 0 && length(setsubtract(var.stacks, ["ecs", "ec2"])) == 0
    error_message = "stacks must hold ecs, ec2 or both."
  }
}

variable "hosted_zone_ids" {
  description = "Route 53 zones in which the apply role may change records: those of the servers' `dns`."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for id in var.hosted_zone_ids : can(regex("^[A-Z0-9]{1,32}$", id))])
    error_message = "hosted_zone_ids must hold ids of zones, such as Z0123456789ABCDEFGHIJ."
  }
}

variable "secrets_kms_key_arns" {
  description = "KMS keys that encrypt the servers' secrets: their `secrets_kms_key_arn`."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.secrets_kms_key_arns : can(regex("^arn:[^:]+:kms:[^:]+:[0-9]+:key/[^*]+$", arn))])
    error_message = "secrets_kms_key_arns must hold ARNs of KMS keys (arn:aws:kms:REGION:ACCOUNT:key/ID), without a *."
  }
}

variable "plan_reads_managed_secrets" {
  description = "The plan role may read the values of the secrets `NAME/*`. Needed when terraform/ecs has `managed_secrets` of a version above 0: the AWS provider reads such a secret back whenever it plans."
  type        = bool
  default     = false
  nullable    = false
}

variable "permissions_boundary_arn" {
  description = "Permissions boundary of both roles: what they may do at the most, whatever their policies say. Null: none."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary_arn == null ? true : can(regex("^arn:[^:]+:iam::([0-9]{12}|aws):policy/.+$", var.permissions_boundary_arn))
    error_message = "permissions_boundary_arn must be the ARN of an IAM policy."
  }
}

variable "server_permissions_boundary" {
  description = <<-EOT
    Permissions boundary without which the apply role can make no role for a server: give the modules the same. Null: none, and then whoever can apply can give a server every right in the account.
    - `arn`: ARN of an IAM policy.
  EOT
  type = object({
    arn = string
  })
  default = null

  validation {
    condition     = var.server_permissions_boundary == null ? true : can(regex("^arn:[^:]+:iam::([0-9]{12}|aws):policy/.+$", var.server_permissions_boundary.arn))
    error_message = "server_permissions_boundary.arn must be the ARN of an IAM policy."
  }
}

variable "plan_policy_arns" {
  description = "Further policies of the plan role, for what your root module makes beside the shipped modules: a name of your choice to the ARN. They should only read: a pull request can run any code."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for arn in values(var.plan_policy_arns) : !can(regex(":policy/(AdministratorAccess|PowerUserAccess|IAMFullAccess)$", arn))])
    error_message = "plan_policy_arns must not hold AdministratorAccess, PowerUserAccess or IAMFullAccess: the plan role is open to every pull request."
  }
}

variable "apply_policy_arns" {
  description = "Further policies of the apply role: a name of your choice to the ARN."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for arn in values(var.apply_policy_arns) : can(regex("^arn:[^:]+:iam::([0-9]{12}|aws):policy/.+$", arn))])
    error_message = "apply_policy_arns must map each name to the ARN of an IAM policy."
  }
}

variable "max_session_duration" {
  description = "Seconds for which a job may have the credentials of a role. Its `role-duration-seconds` asks for as many; more than an hour is for applies that take long."
  type        = number
  default     = 3600
  nullable    = false

  validation {
    condition     = var.max_session_duration >= 3600 && var.max_session_duration <= 43200 && floor(var.max_session_duration) == var.max_session_duration
    error_message = "max_session_duration must be whole seconds from 3600 to 43200, that is one hour to twelve."
  }
}

variable "tags" {
  description = "Tags of every resource."
  type        = map(string)
  default     = {}
  nullable    = false
}
