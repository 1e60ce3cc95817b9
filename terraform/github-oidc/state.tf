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

  state_account = coalesce(var.state.account_id, local.account)
  # A bucket's name belongs to whoever takes it next, so the account is said as well.
  in_state_account = { StringEquals = { "aws:ResourceAccount" = local.state_account } }
  via_state = { StringEquals = { "kms:ViaService" = [
    for service in concat(["s3"], var.state.lock_table_arn == null ? [] : ["dynamodb"]) :
    "${service}.${try(split(":", var.state.kms_key_arn)[3], data.aws_region.current.id)}.${local.dns_suffix}"
  ] } }

  state_statements = {
    for role, object_actions in { plan = ["s3:GetObject"], apply = ["s3:GetObject", "s3:PutObject"] } : role => [
      for statement in [
        {
          Sid       = "FindState"
          Effect    = "Allow"
          Action    = ["s3:ListBucket"]
          Resource  = [var.state.bucket_arn]
          Condition = local.in_state_account
        },
        {
          Sid       = "State"
          Effect    = "Allow"
          Action    = object_actions
          Resource  = local.state_objects
          Condition = local.in_state_account
        },
        # Terraform asks S3 to write the lock only if no lock exists. Whoever may release a lock may also delete that of another run.
        {
          Sid       = "TakeLock"
          Effect    = "Allow"
          Action    = ["s3:PutObject"]
          Resource  = [for object in local.state_objects : "${object}.tflock"]
          Condition = merge(local.in_state_account, { Null = { "s3:if-none-match" = "false" } })
        },
        {
          Sid       = "LockFile"
          Effect    = "Allow"
          Action    = ["s3:GetObject", "s3:DeleteObject"]
          Resource  = [for object in local.state_objects : "${object}.tflock"]
          Condition = local.in_state_account
        },
        {
          Sid      = "LockTable"
          Effect   = "Allow"
          Action   = ["dynamodb:PutItem", "dynamodb:DeleteItem"]
          Resource = var.state.lock_table_arn[*]
          Condition = {
            "ForAllValues:StringEquals" = { "dynamodb:LeadingKeys" = local.lock_items[role] }
            Null                        = { "dynamodb:LeadingKeys" = "false" }
          }
        },
        {
          Sid      = "ReadLock"
          Effect   = "Allow"
          Action   = ["dynamodb:GetItem"]
          Resource = var.state.lock_table_arn[*]
          Condition = {
            "ForAllValues:StringEquals" = { "dynamodb:LeadingKeys" = local.lock_items.apply }
            Null                        = { "dynamodb:LeadingKeys" = "false" }
          }
        },
        {
          Sid      = "FindLockTable"
          Effect   = "Allow"
          Action   = ["dynamodb:DescribeTable"]
          Resource = var.state.lock_table_arn[*]
        },
        {
          Sid       = "StateKey"
          Effect    = "Allow"
          Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
          Resource  = var.state.kms_key_arn[*]
          Condition = local.via_state
        },
      ] : statement if length(statement.Resource) > 0
    ]
  }
}
