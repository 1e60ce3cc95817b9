# What both roles do with the state. A plan takes the lock as well, so even the plan role writes and deletes the lock
# file: https://developer.hashicorp.com/terraform/language/backend/s3#permissions-required

locals {
  state_objects = [for key in var.state.keys : "${var.state.bucket_arn}/${key}"]

  # Beside its lock the table holds the checksum of each state, which only an apply changes.
  lock_ids = [for key in var.state.keys : "${split(":::", var.state.bucket_arn)[1]}/${key}"]
  lock_items = {
    plan  = local.lock_ids
    apply = concat(local.lock_ids, [for id in local.lock_ids : "${id}-md5"])
  }

  state_statements = {
    for role, object_actions in { plan = ["s3:GetObject"], apply = ["s3:GetObject", "s3:PutObject"] } : role => [
      for statement in [
        {
          Sid      = "FindState"
          Effect   = "Allow"
          Action   = ["s3:ListBucket"]
          Resource = [var.state.bucket_arn]
        },
        {
          Sid      = "State"
          Effect   = "Allow"
          Action   = object_actions
          Resource = local.state_objects
        },
        {
          Sid      = "LockFile"
          Effect   = "Allow"
          Action   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
          Resource = [for object in local.state_objects : "${object}.tflock"]
        },
        {
          Sid       = "LockTable"
          Effect    = "Allow"
          Action    = ["dynamodb:PutItem", "dynamodb:DeleteItem"]
          Resource  = var.state.lock_table_arn[*]
          Condition = { "ForAllValues:StringEquals" = { "dynamodb:LeadingKeys" = local.lock_items[role] } }
        },
        {
          Sid       = "ReadLockTable"
          Effect    = "Allow"
          Action    = ["dynamodb:DescribeTable", "dynamodb:GetItem"]
          Resource  = var.state.lock_table_arn[*]
          Condition = { "ForAllValues:StringEquals" = { "dynamodb:LeadingKeys" = local.lock_items.apply } }
        },
        {
          Sid      = "StateKey"
          Effect   = "Allow"
          Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
          Resource = var.state.kms_key_arn[*]
        },
      ] : statement if length(statement.Resource) > 0
    ]
  }
}
