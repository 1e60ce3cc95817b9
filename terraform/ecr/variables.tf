variable "name" {
  description = "Name of the repository, such as `weather` or `acme/weather`."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9]+([._-][a-z0-9]+)*(/[a-z0-9]+([._-][a-z0-9]+)*)*$", var.name)) && length(var.name) >= 2 && length(var.name) <= 256
    error_message = "name must be 2 to 256 lower-case letters, digits and single . _ - or / between them."
  }
}

variable "images" {
  description = <<-EOT
    Which images stay. An image that no rule keeps is deleted, and then nothing can start it again, not even a rollback.
    - `keep`: the newest images, whatever their tags.
    - `keep_tags`: patterns of tags whose images stay beside those, such as `release-*`.
    - `untagged_days`: for how many days an image without a tag stays. The parts of an image for several platforms have no tag; ECR keeps them as long as that image.
  EOT
  type = object({
    keep          = optional(number, 200)
    keep_tags     = optional(set(string), [])
    untagged_days = optional(number, 30)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.images.keep >= 10 && var.images.keep <= 10000 && var.images.keep == floor(var.images.keep)
    error_message = "images.keep must be a whole number from 10 to 10000."
  }

  validation {
    condition     = var.images.untagged_days >= 1 && var.images.untagged_days <= 3650 && var.images.untagged_days == floor(var.images.untagged_days)
    error_message = "images.untagged_days must be a whole number from 1 to 3650."
  }

  validation {
    condition     = alltrue([for pattern in var.images.keep_tags : can(regex("^[A-Za-z0-9_.*-]{1,128}$", pattern)) && length(regexall("\\*", pattern)) <= 4])
    error_message = "Each of images.keep_tags must be a tag of letters, digits and _ . - with at most four *."
  }
}

variable "lambda" {
  description = "Whether functions of this account and region may start these images."
  type        = bool
  default     = false
  nullable    = false
}

variable "pull_account_ids" {
  description = "Other accounts that may pull, such as that of production."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for id in var.pull_account_ids : can(regex("^[0-9]{12}$", id))])
    error_message = "Each of pull_account_ids must be the 12 digits of an account."
  }
}

variable "kms_key_arn" {
  description = "ARN of the KMS key that encrypts the images. Null: ECR's own key, which costs nothing. A change replaces the repository."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null ? true : can(regex("^arn:[^:]+:kms:[^:]+:[0-9]+:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a KMS key (arn:aws:kms:REGION:ACCOUNT:key/ID), not an alias."
  }
}

variable "force_delete" {
  description = "Whether a destroy deletes a repository that holds images."
  type        = bool
  default     = false
  nullable    = false
}

variable "tags" {
  description = "Tags of the repository."
  type        = map(string)
  default     = {}
  nullable    = false
}
