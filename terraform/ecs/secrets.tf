# Secrets that this module makes. Their values pass through a write-only argument: Terraform sends them to AWS and
# keeps them in no plan and no state, so only the version number tells it that there is something to write.

resource "aws_secretsmanager_secret" "this" {
  # checkov:skip=CKV2_AWS_57: The module does not know the service that issues the secret. A new version number rotates it.
  for_each = var.managed_secrets

  name_prefix             = "${var.name}/${each.key}-"
  description             = "${each.key} of the MCP server ${var.name}"
  kms_key_id              = var.secrets_kms_key_arn
  recovery_window_in_days = 7
  tags                    = local.tags
}

resource "aws_secretsmanager_secret_version" "this" {
  for_each = { for name, version in var.managed_secrets : name => version if version > 0 }

  secret_id                = aws_secretsmanager_secret.this[each.key].id
  secret_string_wo         = lookup(var.secret_values, each.key, "")
  secret_string_wo_version = each.value

  lifecycle {
    # The other way round the secret would be without a current value while a task starts.
    create_before_destroy = true

    # Here and not on the variable, so that a destroy does not need the values. An empty one is refused as well: that
    # is how a secret arrives that CI does not have.
    precondition {
      condition     = lookup(var.secret_values, each.key, "") != ""
      error_message = "secret_values has no value for ${each.key}. Both plan and apply need one, in TF_VAR_secret_values."
    }
  }
}

locals {
  secret_arns = merge(var.secrets, { for name, secret in aws_secretsmanager_secret.this : name => secret.arn })

  # An ARN that picks one key or version out of a secret is longer than the ARN that IAM knows.
  read_arns = concat(values(local.secret_arns), flatten([for sidecar in values(var.sidecars) : values(sidecar.secrets)]))
  readable_secrets = distinct([
    for arn in local.read_arns : join(":", slice(split(":", arn), 0, 7)) if split(":", arn)[2] == "secretsmanager"
  ])
  readable_parameters = distinct([for arn in local.read_arns : arn if split(":", arn)[2] == "ssm"])
}
