output "bucket" {
  description = "Name of the bucket."
  value       = aws_s3_bucket.this.id
}

output "bucket_arn" {
  description = "ARN of the bucket."
  value       = local.bucket_arn
}

output "lock_table_arn" {
  description = "ARN of the lock table, or null."
  value       = one(aws_dynamodb_table.lock[*].arn)
}

output "backend_config" {
  description = "By environment, the lines for the action's input `backend-config`; for `terraform init` each of them after a `-backend-config=`."
  value = {
    for environment, settings in local.backend : environment => join("\n", [for key, value in settings : "${key}=${value}"])
  }
}

output "backend_block" {
  description = "By environment, the block to paste into a root module of your own."
  value = {
    for environment, settings in local.backend : environment => join("\n", concat(
      ["terraform {", "  backend \"s3\" {"],
      [for key, value in settings : "    ${format("%-14s", key)} = ${contains(["true", "false"], tostring(value)) ? value : jsonencode(value)}"],
      ["  }", "}"],
    ))
  }
}

output "state" {
  description = "By environment, the value of the variable `state` of terraform/github-oidc."
  value = {
    for environment in var.environments : environment => {
      bucket_arn     = local.bucket_arn
      keys           = [local.keys[environment]]
      lock_table_arn = one(aws_dynamodb_table.lock[*].arn)
      kms_key_arn    = var.kms_key_arn
    }
  }
}
