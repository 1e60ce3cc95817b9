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
    Ids of owner and repository, which no other repository ever gets. `gh api repos/OWNER/NAME --jq '{owner_id: .owner.id, repository_id: .id}'` prints them. Null must be written out: then whoever gets hold of the name gets both roles.
    - `owner_id`, `repository_id`: whole numbers.
    - `in_subject`: whether the repository has immutable subject claims, as every repository has that was made, renamed or moved since 15 July 2026. `gh api repos/OWNER/NAME/actions/oidc/customization/sub` prints it. Set it to false for older repositories.
  EOT
  type = object({
    owner_id      = number
    repository_id = number
    in_subject    = optional(bool, true)
  })

  validation {
    condition     = var.repository_ids == null ? true : alltrue([for id in [var.repository_ids.owner_id, var.repository_ids.repository_id] : id >= 1 && id == floor(id)])
    error_message = "repository_ids.owner_id and repository_ids.repository_id must be the ids of your repository, whole numbers from 1: gh api repos/OWNER/NAME --jq '{owner_id: .owner.id, repository_id: .id}' prints them."
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
    Which jobs may take the apply role.
    - `branch`: jobs on this branch only. Protect it: whoever can push to it can apply.
    - `environment`: and only jobs that name this environment. It can ask for a review in its settings on GitHub.
    - `any_ref`: true lets every branch, tag and pull request apply that the settings of the environment on GitHub let through. If those settings are missing, a pull request can apply.
    - `workflows`: and only jobs of these workflow files, each a path such as `.github/workflows/deploy.yml`. A reusable workflow of another repository is written `OWNER/NAME/PATH@REF`.
  EOT
  type = object({
    branch      = optional(string, "main")
    environment = optional(string)
    any_ref     = optional(bool, false)
    workflows   = optional(set(string), [])
  })
  default  = {}
  nullable = false

  validation {
    condition     = !var.apply_from.any_ref || var.apply_from.environment != null
    error_message = "apply_from.any_ref needs an environment: without one every job of the repository could apply."
  }

  validation {
    condition     = alltrue([for name in compact([var.apply_from.branch, var.apply_from.environment]) : can(regex("^[^\\s*?\\[]+( [^\\s*?\\[]+)*$", name))])
    error_message = "apply_from must hold exact names. A * or ? is refused: it would let whoever can make a branch or an environment apply."
  }

  validation {
    condition     = !startswith(var.apply_from.branch, "refs/")
    error_message = "apply_from.branch must be the name of a branch, such as main, without refs/heads/. Pull requests and tags cannot apply."
  }

  validation {
    condition     = alltrue([for workflow in var.apply_from.workflows : can(regex("^(\\.github/workflows/[^*?@]+\\.ya?ml|[^/*?]+/[^/*?]+/[^*?@]+\\.ya?ml@[^*?]+)$", workflow))])
    error_message = "apply_from.workflows must hold paths such as .github/workflows/deploy.yml, or OWNER/NAME/PATH@REF for a workflow of another repository, without * or ?."
  }

  validation {
    condition     = length(var.apply_from.workflows) == 0 || !var.apply_from.any_ref
    error_message = "apply_from.workflows cannot be combined with any_ref: the name of a workflow ends with the ref that it runs from."
  }
}

variable "oidc_provider" {
  description = <<-EOT
    The account's identity provider for GitHub Actions. AWS allows one for each issuer. Null: one for github.com is made.
    - `arn`: ARN of an existing provider. The issuer is read from it.
    - `issuer`: makes a provider for this issuer instead: `HOSTNAME/_services/token` of GitHub Enterprise Server, `token.actions.SUBDOMAIN.ghe.com` of GitHub Enterprise Cloud with data residency.
  EOT
  type = object({
    arn    = optional(string)
    issuer = optional(string)
  })
  default = null

  validation {
    condition     = var.oidc_provider == null ? true : (var.oidc_provider.arn == null) != (var.oidc_provider.issuer == null)
    error_message = "oidc_provider must have either arn or issuer."
  }

  validation {
    condition     = try(var.oidc_provider.arn, null) == null ? true : can(regex("^arn:[^:]+:iam::[0-9]{12}:oidc-provider/[a-zA-Z0-9.-]+(/_services/token)?$", var.oidc_provider.arn))
    error_message = "oidc_provider.arn must be arn:aws:iam::ACCOUNT:oidc-provider/ISSUER."
  }

  validation {
    condition     = try(var.oidc_provider.issuer, null) == null ? true : can(regex("^([a-zA-Z0-9.-]+/_services/token|token\\.actions\\.(githubusercontent\\.com|[a-zA-Z0-9-]+\\.ghe\\.com))$", var.oidc_provider.issuer))
    error_message = "oidc_provider.issuer must be HOSTNAME/_services/token or token.actions.SUBDOMAIN.ghe.com, without https://."
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
    - `account_id`: the account of bucket, table and key, if it is not this one.
  EOT
  type = object({
    bucket_arn     = string
    keys           = list(string)
    lock_table_arn = optional(string)
    kms_key_arn    = optional(string)
    account_id     = optional(string)
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

  validation {
    condition     = var.state.account_id == null ? true : can(regex("^[0-9]{12}$", var.state.account_id))
    error_message = "state.account_id must be the 12 digits of an AWS account."
  }
}

variable "servers" {
  description = "Names of the MCP servers that may be deployed: the variable `name` of the shipped modules."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.servers) > 0 && alltrue([for name in var.servers : can(regex("^[a-z]([a-z0-9-]{0,22}|[a-z0-9_]{0,30})[a-z0-9]$", name))])
    error_message = "servers must hold at least one name, each of 2 to 24 lower-case letters, digits and hyphens, or for terraform/agentcore of up to 32 with underscores in place of hyphens. A * is refused: the apply role could change every server of the account."
  }

  validation {
    condition     = alltrue([for name in var.servers : !can(regex("-(ac|exec|fn|task)$", name))])
    error_message = "servers must hold no name that ends in -task, -exec, -fn or -ac: the roles of a server orders begin with orders-task-, orders-exec-, orders-fn- and orders-ac-, so the two servers could change each other's roles."
  }
}

variable "stacks" {
  description = <<-EOT
    How they are deployed.
    - `ecs`, `ec2`, `lambda`, `agentcore`: by the module of that name.
    - `ecs-express`: by `aws_ecs_express_gateway_service`, with the server's name as `service_name`, in the cluster `default` or in one of that name.
  EOT
  type        = set(string)
  default     = ["ecs"]
  nullable    = false

  validation {
    condition     = length(var.stacks) > 0 && length(setsubtract(var.stacks, ["agentcore", "ec2", "ecs", "ecs-express", "lambda"])) == 0
    error_message = "stacks must hold at least one of ecs, ec2, lambda, agentcore and ecs-express."
  }
}

variable "networks" {
  description = <<-EOT
    Existing networks for the servers, the modules' variable `network`. Null: each server makes its own VPC. With a value the apply role makes no VPC, and nothing of a server outside of these.
    - `vpc_ids`: the VPCs.
    - `subnet_ids`: the subnets, for load balancers, tasks, instances, functions and runtimes.
  EOT
  type = object({
    vpc_ids    = set(string)
    subnet_ids = set(string)
  })
  default = null

  validation {
    condition     = var.networks == null ? true : length(var.networks.vpc_ids) > 0 && length(var.networks.subnet_ids) > 0 && alltrue(concat([for id in var.networks.vpc_ids : can(regex("^vpc-[0-9a-z]+$", id))], [for id in var.networks.subnet_ids : can(regex("^subnet-[0-9a-z]+$", id))]))
    error_message = "networks must hold at least one id of a VPC (vpc-…) and one of a subnet (subnet-…), each exact."
  }
}

variable "hosted_zones" {
  description = "The host names of the servers, by the id of their Route 53 zone: `{ Z0123456789ABCDEFGHIJ = [\"mcp.example.com\"] }`. The apply role may change the A record of each name and the record that validates its certificate, and no other record of the zone."
  type        = map(set(string))
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for id in keys(var.hosted_zones) : can(regex("^[A-Z0-9]{1,32}$", id))])
    error_message = "The keys of hosted_zones must be ids of zones, such as Z0123456789ABCDEFGHIJ."
  }

  validation {
    condition     = alltrue([for names in values(var.hosted_zones) : length(names) > 0 && alltrue([for name in names : can(regex("^[a-z0-9-]+(\\.[a-z0-9-]+)+$", name))])])
    error_message = "Each zone in hosted_zones must have at least one exact host name in lower case, such as mcp.example.com. A * is refused: the apply role could take the names of others."
  }
}

variable "certificate_names" {
  description = "Host names outside of Route 53 for which the apply role may ask for a certificate: `external_dns.domain_name` of terraform/ecs."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for name in var.certificate_names : can(regex("^[a-z0-9-]+(\\.[a-z0-9-]+)+$", name))])
    error_message = "certificate_names must hold exact host names in lower case, such as mcp.example.com. A * is refused: the apply role could get a certificate for the names of others."
  }
}

variable "listeners" {
  description = "Listeners of existing load balancers, of which the servers may have rules: `listener.arn` of terraform/ecs. AWS has no condition for the paths, host names and priority of a rule. So the apply role can take requests of the listener's other services."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.listeners : can(regex("^arn:[^:]+:elasticloadbalancing:[^:]+:[0-9]{12}:listener/app/[^/*?]+/[^/*?]+/[^/*?]+$", arn))])
    error_message = "listeners must hold ARNs of listeners of application load balancers (arn:aws:elasticloadbalancing:REGION:ACCOUNT:listener/app/NAME/ID/ID), without a *."
  }

  validation {
    condition     = length(var.listeners) == 0 || contains(var.stacks, "ecs")
    error_message = "listeners is for the stack ecs: no other module makes rules."
  }
}

variable "clusters" {
  description = "Existing ECS clusters, in which the servers may run: `cluster.arn` of terraform/ecs. The apply role deploys the services of the servers' names there, and does not change the clusters. Both roles can read all tasks of these clusters, because AWS has only the cluster in the ARN of a task."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.clusters : can(regex("^arn:[^:]+:ecs:[^:]+:[0-9]{12}:cluster/[A-Za-z0-9_-]+$", arn))])
    error_message = "clusters must hold ARNs of ECS clusters (arn:aws:ecs:REGION:ACCOUNT:cluster/NAME), without a *."
  }

  validation {
    condition     = length(var.clusters) == 0 || contains(var.stacks, "ecs")
    error_message = "clusters is for the stack ecs: no other module runs tasks in a cluster that exists."
  }
}

variable "flow_logs" {
  description = <<-EOT
    Flow logs of the VPCs that the modules make: `flow_log` of terraform/ecs and terraform/ec2. Null: none.
    - `role_arns`: roles with which AWS writes to a log group: `flow_log.iam_role_arn`. A bucket needs none, but its policy must let AWS deliver before the first apply.
  EOT
  type = object({
    role_arns = optional(set(string), [])
  })
  default = null

  validation {
    condition     = var.flow_logs == null ? true : alltrue([for arn in var.flow_logs.role_arns : can(regex("^arn:[^:]+:iam::[0-9]{12}:role/[^*?]+$", arn))])
    error_message = "flow_logs.role_arns must hold ARNs of roles (arn:aws:iam::ACCOUNT:role/NAME), without a *."
  }

  validation {
    condition     = var.flow_logs == null || (var.networks == null && length(setintersection(var.stacks, ["ec2", "ecs"])) > 0)
    error_message = "flow_logs is for VPCs that the stacks ecs and ec2 make: without networks. Your own VPC has its own flow logs."
  }
}

variable "web_acl_arns" {
  description = "Web ACLs of AWS WAF that the servers' load balancers may use: their `load_balancer.waf`."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.web_acl_arns : can(regex("^arn:[^:]+:wafv2:[^:]+:[0-9]{12}:regional/webacl/[^*?]+$", arn))])
    error_message = "web_acl_arns must hold ARNs of regional web ACLs (arn:aws:wafv2:REGION:ACCOUNT:regional/webacl/NAME/ID), without a *."
  }
}

variable "instances" {
  description = <<-EOT
    What terraform/ec2 may start its instances from, beside public images.
    - `image_ids`: private images: the module's `instance.ami_id`.
    - `key_names`: key pairs that may be put on an instance: the module's `ssh.key_name`.
    - `disk_kms_key_arns`: KMS keys that encrypt the disks: the module's `instance.kms_key_arn`, or the key that the account has set as its default for EBS.
  EOT
  type = object({
    image_ids         = optional(set(string), [])
    key_names         = optional(set(string), [])
    disk_kms_key_arns = optional(set(string), [])
  })
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for id in var.instances.image_ids : can(regex("^ami-[0-9a-f]+$", id))])
    error_message = "instances.image_ids must hold exact ids of images, such as ami-0123456789abcdef0."
  }

  validation {
    condition     = alltrue([for name in var.instances.key_names : can(regex("^[^*?]+$", name))])
    error_message = "instances.key_names must hold exact names of key pairs, without * or ?."
  }

  validation {
    condition     = alltrue([for arn in var.instances.disk_kms_key_arns : can(regex("^arn:[^:]+:kms:[^:]+:[0-9]+:key/[^*]+$", arn))])
    error_message = "instances.disk_kms_key_arns must hold ARNs of KMS keys (arn:aws:kms:REGION:ACCOUNT:key/ID), without a *: policies do not follow aliases."
  }
}

variable "layer_arns" {
  description = "Versions of layers that functions may have beside the Lambda Web Adapter of AWS: `package.adapter_layer_arn` of terraform/lambda."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.layer_arns : can(regex("^arn:[^:]+:lambda:[^:]+:[0-9]{12}:layer:[A-Za-z0-9-_]+:[0-9]+$", arn))])
    error_message = "layer_arns must hold ARNs of exact versions of layers (arn:aws:lambda:REGION:ACCOUNT:layer:NAME:VERSION)."
  }
}

variable "express_infrastructure_role_arns" {
  description = "Infrastructure roles that an apply may hand to ECS Express: `infrastructure_role_arn`. An administrator makes them, because such a role changes load balancers and security groups."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.express_infrastructure_role_arns : can(regex("^arn:[^:]+:iam::[0-9]{12}:role/[^*?]+$", arn))])
    error_message = "express_infrastructure_role_arns must hold ARNs of roles (arn:aws:iam::ACCOUNT:role/NAME), without a *."
  }

  validation {
    condition     = !contains(var.stacks, "ecs-express") || length(var.express_infrastructure_role_arns) > 0
    error_message = "express_infrastructure_role_arns must hold a role when stacks has ecs-express: ECS makes no Express service without one."
  }
}

variable "plan_calls_servers" {
  description = "The plan role may call the servers' signed endpoints: function URLs and AgentCore runtimes. Needed when a job with the plan role verifies such an endpoint (`mcp-sigv4`). Then a pull request can call their tools."
  type        = bool
  default     = false
  nullable    = false
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
    Permissions boundary of the servers' roles. The apply role makes and fills no role without it, so give its ARN to the modules as `permissions_boundary_arn`. Null: this module makes it as `NAME-servers`, and the output `server_permissions_boundary_arn` has its ARN.
    - `arn`: ARN of a policy of your own to use instead.
    - `none`: true for no boundary. Then whoever can apply can give a server every right in the account.
  EOT
  type = object({
    arn  = optional(string)
    none = optional(bool, false)
  })
  default = null

  validation {
    condition     = var.server_permissions_boundary == null ? true : (var.server_permissions_boundary.arn != null) != var.server_permissions_boundary.none
    error_message = "server_permissions_boundary must have either arn or none = true. Leave it out for the boundary that this module makes."
  }

  validation {
    condition     = try(var.server_permissions_boundary.arn, null) == null ? true : can(regex("^arn:[^:]+:iam::([0-9]{12}|aws):policy/.+$", var.server_permissions_boundary.arn))
    error_message = "server_permissions_boundary.arn must be the ARN of an IAM policy."
  }
}

variable "servers_may" {
  description = <<-EOT
    What the boundary lets the servers' roles do beside starting, logging and reading their own secrets. It only limits: the rights themselves come from `task_role_policies` of terraform/ecs or `role_policies` of the others.
    - `actions`: exact actions, such as `s3:GetObject`.
    - `resources`: ARNs.
  EOT
  type = list(object({
    actions   = set(string)
    resources = set(string)
  }))
  default  = []
  nullable = false

  validation {
    condition     = alltrue([for right in var.servers_may : length(right.resources) > 0 && length(right.actions) > 0 && alltrue([for action in right.actions : can(regex("^[a-z0-9-]+:[A-Za-z0-9]+$", action))])])
    error_message = "servers_may must name for each right at least one resource and exact actions, such as s3:GetObject. A * in an action is refused."
  }

  validation {
    condition     = alltrue([for action in flatten([for right in var.servers_may : tolist(right.actions)]) : !can(regex("^(?i)(iam|organizations|account):", action))])
    error_message = "servers_may must hold no action of iam, organizations or account: with those a server could lift its own limits."
  }
}

variable "server_secret_arns" {
  description = "Secrets of Secrets Manager and parameters of Systems Manager that the servers are given from elsewhere: the values of their `secrets`. The secrets `NAME/*` need not be named. A secret's ARN may end in `-??????` for the six characters that AWS adds."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.server_secret_arns : can(regex("^arn:[^:]+:(secretsmanager:[^:]+:[0-9]{12}:secret:[^*?:]+(-\\?{6})?|ssm:[^:]+:[0-9]{12}:parameter/[^*?:]+)$", arn))])
    error_message = "server_secret_arns must hold ARNs of secrets or parameters, without a *. Leave out the key and version that follow the name of a secret."
  }
}

variable "session_kms_key_arns" {
  description = "KMS keys that encrypt a shell by ECS Exec: `execute_command_log.kms_key_arn` of terraform/ecs."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.session_kms_key_arns : can(regex("^arn:[^:]+:kms:[^:]+:[0-9]+:key/[^*]+$", arn))])
    error_message = "session_kms_key_arns must hold ARNs of KMS keys (arn:aws:kms:REGION:ACCOUNT:key/ID), without a *."
  }
}

variable "image_repository_arns" {
  description = "ECR repositories that the servers' images come from. Null: those that have the name of a server, or begin with it and a slash."
  type        = set(string)
  default     = null

  validation {
    condition     = var.image_repository_arns == null ? true : alltrue([for arn in var.image_repository_arns : can(regex("^arn:[^:]+:ecr:[^:]+:[0-9]{12}:repository/[^*?]+$", arn))])
    error_message = "image_repository_arns must hold ARNs of ECR repositories (arn:aws:ecr:REGION:ACCOUNT:repository/NAME), without a *."
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

variable "policies_per_role" {
  description = "How many policies IAM takes on a role: the account's quota. AWS raises it up to 20 when asked."
  type        = number
  default     = 10
  nullable    = false

  validation {
    condition     = var.policies_per_role >= 10 && var.policies_per_role <= 20 && floor(var.policies_per_role) == var.policies_per_role
    error_message = "policies_per_role must be a whole number from 10 to 20."
  }
}

variable "max_session_duration" {
  description = "Seconds for which a job may have the credentials of a role. Its `role-duration-seconds` requests as many; more than an hour is for applies that take long."
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
