variable "bucket_name" {
  description = "Name of the bucket, unique among all of AWS."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.bucket_name))
    error_message = "bucket_name must be 3 to 63 lower-case letters, digits and hyphens, beginning and ending with a letter or digit. Dots are refused: the certificate of S3 does not cover a name that has them."
  }

  validation {
    condition     = !can(regex("^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|--x-s3|--table-s3)$", var.bucket_name))
    error_message = "bucket_name must not begin with xn--, sthree- or amzn-s3-demo-, nor end in -s3alias, --ol-s3, --x-s3 or --table-s3: S3 reserves those."
  }
}

variable "name" {
  description = "What the states are of: the first part of each key."
  type        = string
  default     = "mcp-server"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]*$", var.name))
    error_message = "name must be lower-case letters, digits and hyphens."
  }
}

variable "environments" {
  description = "Environments, each of which gets a key of its own: `NAME/ENVIRONMENT.tfstate`."
  type        = set(string)
  default     = ["production"]
  nullable    = false

  validation {
    condition     = length(var.environments) > 0 && alltrue([for environment in var.environments : can(regex("^[a-z0-9][a-z0-9-]*$", environment))])
    error_message = "environments must hold at least one name, and each must be lower-case letters, digits and hyphens."
  }
}

variable "lock" {
  description = "How a state is locked: `native`, a file in the bucket (Terraform 1.10 and later); `dynamodb`, a table, for older versions; `both`, while moving from the table to the file."
  type        = string
  default     = "native"
  nullable    = false

  validation {
    condition     = contains(["native", "dynamodb", "both"], var.lock)
    error_message = "lock must be native, dynamodb or both."
  }
}

variable "kms_key_arn" {
  description = "ARN of the KMS key that encrypts states and lock table. Null: keys of S3 and DynamoDB, which cost nothing."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null ? true : can(regex("^arn:[^:]+:kms:[^:]+:[0-9]+:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a KMS key (arn:aws:kms:REGION:ACCOUNT:key/ID), not an alias: policies do not follow aliases."
  }
}

variable "old_versions" {
  description = <<-EOT
    Which earlier versions of a state are kept.
    - `days`: for how long after they were replaced.
    - `keep`: how many always stay, whatever their age.
  EOT
  type = object({
    days = optional(number, 90)
    keep = optional(number, 10)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.old_versions.days >= 1 && var.old_versions.days == floor(var.old_versions.days)
    error_message = "old_versions.days must be a whole number from 1."
  }

  validation {
    condition     = var.old_versions.keep >= 1 && var.old_versions.keep <= 100 && var.old_versions.keep == floor(var.old_versions.keep)
    error_message = "old_versions.keep must be a whole number from 1 to 100."
  }
}

variable "access_logs" {
  description = <<-EOT
    Server access logs of the bucket. Null: none.
    - `bucket`: another bucket, whose policy lets S3's logging service write.
    - `prefix`: default `BUCKET_NAME/`.
  EOT
  type = object({
    bucket = string
    prefix = optional(string)
  })
  default = null

  validation {
    condition     = var.access_logs == null ? true : var.access_logs.bucket != ""
    error_message = "access_logs.bucket must name a bucket."
  }
}

variable "tags" {
  description = "Tags of bucket and table."
  type        = map(string)
  default     = {}
  nullable    = false
}
