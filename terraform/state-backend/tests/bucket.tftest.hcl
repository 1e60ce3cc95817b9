# What is made, and what the outputs tell the user to paste.

mock_provider "aws" {
  override_during = plan

  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { id = "eu-central-1" }
  }
  mock_resource "aws_s3_bucket" {
    defaults = { id = "acme-terraform-state" }
  }
  mock_resource "aws_dynamodb_table" {
    defaults = { arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/acme-terraform-state-lock" }
  }
}

variables {
  bucket_name = "acme-terraform-state"
}

run "defaults" {
  command = plan

  assert {
    condition     = aws_s3_bucket_versioning.this.versioning_configuration[0].status == "Enabled"
    error_message = "a broken state is repaired from its last version"
  }
  assert {
    condition = (
      aws_s3_bucket_public_access_block.this.block_public_acls && aws_s3_bucket_public_access_block.this.block_public_policy
      && aws_s3_bucket_public_access_block.this.ignore_public_acls && aws_s3_bucket_public_access_block.this.restrict_public_buckets
    )
    error_message = "all four kinds of public access must be blocked"
  }
  assert {
    condition     = aws_s3_bucket_ownership_controls.this.rule[0].object_ownership == "BucketOwnerEnforced"
    error_message = "no ACLs"
  }
  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.this.rule).apply_server_side_encryption_by_default).sse_algorithm == "AES256"
    error_message = "encrypted with S3's key"
  }
  assert {
    condition = jsondecode(aws_s3_bucket_policy.this.policy).Statement == [{
      Sid       = "DenyPlainHttp"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::acme-terraform-state", "arn:aws:s3:::acme-terraform-state/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
    error_message = "policy is ${aws_s3_bucket_policy.this.policy}"
  }
  assert {
    condition = (
      one(aws_s3_bucket_lifecycle_configuration.this.rule).status == "Enabled"
      && one(one(aws_s3_bucket_lifecycle_configuration.this.rule).noncurrent_version_expiration).noncurrent_days == 90
      && one(one(aws_s3_bucket_lifecycle_configuration.this.rule).noncurrent_version_expiration).newer_noncurrent_versions == 10
    )
    error_message = "old versions must go, but for the last ten"
  }
  assert {
    condition     = length(aws_dynamodb_table.lock) == 0 && output.lock_table_arn == null
    error_message = "no table for those who do not need it"
  }
  assert {
    condition     = length(aws_s3_bucket_logging.this) == 0
    error_message = "no access logs unless asked for"
  }
  assert {
    condition = output.backend_config.production == join("\n", [
      "bucket=acme-terraform-state",
      "encrypt=true",
      "key=mcp-server/production.tfstate",
      "region=eu-central-1",
      "use_lockfile=true",
    ])
    error_message = "backend_config is ${output.backend_config.production}"
  }
  assert {
    condition     = strcontains(output.backend_block.production, "    key            = \"mcp-server/production.tfstate\"") && strcontains(output.backend_block.production, "    use_lockfile   = true")
    error_message = "backend_block is ${output.backend_block.production}"
  }
}

run "each_environment_has_a_key_of_its_own" {
  command = plan

  variables {
    name         = "orders"
    environments = ["staging", "production"]
  }

  assert {
    condition     = { for environment, state in output.state : environment => state.keys } == { staging = ["orders/staging.tfstate"], production = ["orders/production.tfstate"] }
    error_message = "two environments with one key would overwrite each other"
  }
}

run "table_for_terraform_before_1_10" {
  command = plan

  variables {
    lock = "dynamodb"
  }

  assert {
    condition     = aws_dynamodb_table.lock[0].hash_key == "LockID" && aws_dynamodb_table.lock[0].server_side_encryption[0].enabled && aws_dynamodb_table.lock[0].point_in_time_recovery[0].enabled
    error_message = "the table must be as Terraform wants it, encrypted, and recoverable"
  }
  assert {
    condition     = strcontains(output.backend_config.production, "dynamodb_table=acme-terraform-state-lock") && !strcontains(output.backend_config.production, "use_lockfile")
    error_message = "Terraform before 1.10 refuses use_lockfile"
  }
  assert {
    condition     = output.state.production.lock_table_arn == "arn:aws:dynamodb:eu-central-1:123456789012:table/acme-terraform-state-lock"
    error_message = "the roles must be told of the table"
  }
}

run "both_locks_while_moving" {
  command = plan

  variables {
    lock = "both"
  }

  assert {
    condition     = strcontains(output.backend_config.production, "dynamodb_table=") && strcontains(output.backend_config.production, "use_lockfile=true")
    error_message = "both locks must be taken"
  }
}

run "own_key" {
  command = plan

  variables {
    kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/1"
    lock        = "both"
  }

  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.this.rule).apply_server_side_encryption_by_default).kms_master_key_id == "arn:aws:kms:eu-central-1:123456789012:key/1"
    error_message = "the bucket must use the key"
  }
  assert {
    condition     = strcontains(output.backend_config.production, "kms_key_id=arn:aws:kms:eu-central-1:123456789012:key/1")
    error_message = "with encrypt and without kms_key_id the backend asks S3 for its own key instead"
  }
  assert {
    condition     = aws_dynamodb_table.lock[0].server_side_encryption[0].kms_key_arn == "arn:aws:kms:eu-central-1:123456789012:key/1"
    error_message = "the table must use the key"
  }
}

run "access_logs" {
  command = plan

  variables {
    access_logs = { bucket = "acme-logs" }
  }

  assert {
    condition     = aws_s3_bucket_logging.this[0].target_bucket == "acme-logs" && aws_s3_bucket_logging.this[0].target_prefix == "acme-terraform-state/"
    error_message = "logs go to the bucket, under the name"
  }
}
