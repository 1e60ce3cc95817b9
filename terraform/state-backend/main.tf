# The bucket that holds Terraform's state: encrypted, versioned, private, and reachable over TLS only. Losing it means
# that Terraform no longer knows what it made, so nothing here deletes it by accident.

data "aws_partition" "current" {}
data "aws_region" "current" {}

resource "aws_s3_bucket" "this" {
  # checkov:skip=CKV2_AWS_62: Nobody waits for events of a state.
  # checkov:skip=CKV_AWS_144: Versions protect a state. A copy in another region would be a second place with its secrets.
  bucket = var.bucket_name
  tags   = var.tags

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_versioning" "this" {
  bucket = aws_s3_bucket.this.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    bucket_key_enabled = var.kms_key_arn != null

    apply_server_side_encryption_by_default {
      sse_algorithm     = var.kms_key_arn == null ? "AES256" : "aws:kms"
      kms_master_key_id = var.kms_key_arn
    }
  }
}

resource "aws_s3_bucket_public_access_block" "this" {
  bucket                  = aws_s3_bucket.this.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    id     = "old-versions"
    status = "Enabled"

    filter {}

    # Both must be true: a state that nobody has touched for a year still has versions to go back to.
    noncurrent_version_expiration {
      noncurrent_days           = var.old_versions.days
      newer_noncurrent_versions = var.old_versions.keep
    }

    # Every lock that is released leaves a delete marker.
    expiration {
      expired_object_delete_marker = true
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }

  depends_on = [aws_s3_bucket_versioning.this]
}

resource "aws_s3_bucket_policy" "this" {
  bucket = aws_s3_bucket.this.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "DenyPlainHttp"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [local.bucket_arn, "${local.bucket_arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })

  # S3 takes one change of a bucket's access at a time.
  depends_on = [aws_s3_bucket_public_access_block.this]
}

resource "aws_s3_bucket_logging" "this" {
  count = var.access_logs == null ? 0 : 1

  bucket        = aws_s3_bucket.this.id
  target_bucket = var.access_logs.bucket
  target_prefix = coalesce(var.access_logs.prefix, "${var.bucket_name}/")
}

resource "aws_dynamodb_table" "lock" {
  count = var.lock == "native" ? 0 : 1

  name         = "${var.bucket_name}-lock"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "LockID"
  tags         = var.tags

  attribute {
    name = "LockID"
    type = "S"
  }

  # The table also holds the checksum of each state, without which Terraform refuses to read it.
  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = var.kms_key_arn
  }
}

locals {
  # Known before the bucket is, so that the policy can be read in the plan.
  bucket_arn = "arn:${data.aws_partition.current.partition}:s3:::${var.bucket_name}"
  lock_table = one(aws_dynamodb_table.lock[*])

  # Known before the bucket is as well: the policies of terraform/github-oidc can be read in the plan.
  keys = { for environment in var.environments : environment => "${var.name}/${environment}.tfstate" }

  backend = {
    for environment in var.environments : environment => {
      for key, value in {
        bucket         = aws_s3_bucket.this.id
        key            = local.keys[environment]
        region         = data.aws_region.current.id
        encrypt        = true
        kms_key_id     = var.kms_key_arn
        use_lockfile   = var.lock == "dynamodb" ? null : true
        dynamodb_table = var.lock == "native" ? null : local.lock_table.name
      } : key => value if value != null
    }
  }
}
