# Two roles that GitHub Actions may take without a stored secret: one that plans, for pull requests, and one that
# applies, for one branch or one environment. Who may take which is decided here; what they may do, in the other files.

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  issuer       = "token.actions.githubusercontent.com"
  provider_arn = var.oidc_provider == null ? aws_iam_openid_connect_provider.github[0].arn : var.oidc_provider.arn

  # https://docs.github.com/en/actions/reference/security/oidc#immutable-subject-claims
  names = split("/", var.repository)
  subject = "repo:${join("/", var.repository_ids == null ? local.names : [
    "${local.names[0]}@${var.repository_ids.owner_id}",
    "${local.names[1]}@${var.repository_ids.repository_id}",
  ])}"

  # A job that names an environment has that in its subject, in place of the event and the branch.
  # https://docs.github.com/en/actions/reference/security/oidc#example-subject-claims
  subjects = {
    plan = concat(
      var.plan_from.pull_requests ? ["${local.subject}:pull_request"] : [],
      [for branch in var.plan_from.branches : "${local.subject}:ref:refs/heads/${branch}"],
      [for environment in var.plan_from.environments : "${local.subject}:environment:${local.encoded[environment]}"],
    )
    apply = [
      var.apply_from.environment != null
      ? "${local.subject}:environment:${local.encoded[var.apply_from.environment]}"
      : "${local.subject}:ref:refs/heads/${var.apply_from.branch}"
    ]
  }

  # A colon in the name of an environment would end that part of the subject.
  encoded = {
    for environment in concat(var.plan_from.environments, var.apply_from.environment[*]) :
    environment => replace(environment, ":", "%3A")
  }

  # One document for each role and purpose: a policy of IAM holds 6144 characters, and a role ten policies.
  purposes = {
    plan = ["look", "read", "state"]
    apply = concat(
      ["look", "read", "state", "network"],
      contains(var.stacks, "ecs") ? ["ecs", "load-balancer"] : [],
      contains(var.stacks, "ec2") ? ["ec2"] : [],
    )
  }
  statements = {
    for role in keys(local.purposes) : role => {
      state           = local.state_statements[role]
      look            = local.look_statements
      read            = local.read_statements
      network         = local.network_statements
      ecs             = local.ecs_statements
      "load-balancer" = local.load_balancer_statements
      ec2             = local.ec2_statements
    }
  }
  documents = {
    for role, purposes in local.purposes : role => {
      for purpose in purposes : purpose => jsonencode({ Version = "2012-10-17", Statement = local.statements[role][purpose] })
    }
  }

  policies = merge([
    for role, documents in local.documents : {
      for purpose, document in documents : "${role}-${purpose}" => { role = role, document = document, size = length(document) }
    }
  ]...)
}

# AWS knows the authorities behind GitHub's certificate, so no thumbprint is pinned.
resource "aws_iam_openid_connect_provider" "github" {
  count = var.oidc_provider == null ? 1 : 0

  url            = "https://${local.issuer}"
  client_id_list = ["sts.amazonaws.com"]
  tags           = var.tags
}

resource "aws_iam_role" "this" {
  for_each = local.subjects

  name                 = "${var.name}-${each.key}"
  description          = "GitHub Actions of ${var.repository}: Terraform ${each.key}"
  max_session_duration = var.max_session_duration
  permissions_boundary = var.permissions_boundary_arn
  tags                 = var.tags

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = local.provider_arn }
      Condition = {
        StringEquals = {
          "${local.issuer}:aud" = "sts.amazonaws.com"
          "${local.issuer}:sub" = each.value
        }
      }
    }]
  })
}

resource "aws_iam_policy" "this" {
  for_each = local.policies

  name        = "${var.name}-${each.key}"
  description = "Terraform ${each.value.role} from GitHub Actions of ${var.repository}"
  policy      = each.value.document
  tags        = var.tags

  lifecycle {
    precondition {
      condition     = each.value.size <= 6144
      error_message = "The policy ${var.name}-${each.key} has ${each.value.size} characters, and IAM takes 6144: name fewer servers, and use this module once more for the others."
    }
  }
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each = local.policies

  role       = aws_iam_role.this[each.value.role].name
  policy_arn = aws_iam_policy.this[each.key].arn
}

resource "aws_iam_role_policy_attachment" "further" {
  for_each = merge(
    { for name, arn in var.plan_policy_arns : "plan-${name}" => { role = "plan", arn = arn } },
    { for name, arn in var.apply_policy_arns : "apply-${name}" => { role = "apply", arn = arn } },
  )

  role       = aws_iam_role.this[each.value.role].name
  policy_arn = each.value.arn
}
