# Two roles that GitHub Actions may take without a stored secret: one that plans, for pull requests, and one that
# applies, for one branch or one environment. Who may take which is decided here; what they may do, in the other files.

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  github_issuer = "token.actions.githubusercontent.com"
  provider_arn  = try(var.oidc_provider.arn, null) != null ? var.oidc_provider.arn : "${local.arn}:iam::${local.account}:oidc-provider/${local.made_issuer}"
  made_issuer   = coalesce(try(var.oidc_provider.issuer, null), local.github_issuer)
  make_provider = var.oidc_provider == null ? true : var.oidc_provider.arn == null
  issuer        = split(":oidc-provider/", local.provider_arn)[1]

  # https://docs.github.com/en/actions/reference/security/oidc#immutable-subject-claims
  names       = split("/", var.repository)
  ids_in_name = var.repository_ids == null ? false : var.repository_ids.in_subject
  subject = "repo:${join("/", local.ids_in_name ? [
    "${local.names[0]}@${var.repository_ids.owner_id}",
    "${local.names[1]}@${var.repository_ids.repository_id}",
  ] : local.names)}"

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
      : "${local.subject}:ref:${local.apply_ref}"
    ]
  }
  apply_ref = "refs/heads/${var.apply_from.branch}"

  # A colon in the name of an environment would end that part of the subject.
  encoded = {
    for environment in concat(var.plan_from.environments, var.apply_from.environment[*]) :
    environment => replace(environment, ":", "%3A")
  }

  # AWS compares further claims of github.com's tokens, and of no other issuer's. A claim that is not compared is absent,
  # and a condition on it would refuse everybody.
  # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
  compares_claims = local.issuer == local.github_issuer
  claims = {
    for role in keys(local.subjects) : role => local.compares_claims ? merge(
      var.repository_ids == null ? {} : { repository_id = [tostring(var.repository_ids.repository_id)] },
      role == "plan" || var.apply_from.any_ref ? {} : { ref = [local.apply_ref] },
      role == "plan" || length(var.apply_from.workflows) == 0 ? {} : { job_workflow_ref = [
        for workflow in var.apply_from.workflows :
        startswith(workflow, ".github/") ? "${var.repository}/${workflow}@${local.apply_ref}" : workflow
      ] },
    ) : {}
  }
  # Dependabot's pull requests bring code that nobody of the repository has read.
  refused_claims = {
    plan  = local.compares_claims ? { actor = ["dependabot[bot]"] } : {}
    apply = {}
  }
  trust = {
    for role, subjects in local.subjects : role => merge(
      { StringEquals = merge(
        { "${local.issuer}:aud" = ["sts.amazonaws.com"], "${local.issuer}:sub" = subjects },
        { for claim, values in local.claims[role] : "${local.issuer}:${claim}" => values },
      ) },
      length(local.refused_claims[role]) == 0 ? {} : {
        StringNotEquals = { for claim, values in local.refused_claims[role] : "${local.issuer}:${claim}" => values }
      },
    )
  }

  # One document for each role and purpose: a policy of IAM holds 6144 characters, and a role ten policies.
  own_purpose = setintersection(var.stacks, ["agentcore", "ecs-express", "lambda"])
  purposes = {
    plan = concat(["look", "read", "state"], sort(local.own_purpose))
    apply = concat(
      ["look", "read", "state", "network", "options", "server-roles"],
      contains(var.stacks, "ecs") ? ["ecs", "ecs-rollout", "load-balancer"] : [],
      contains(var.stacks, "ec2") ? ["ec2"] : [],
      contains(var.stacks, "lambda") ? ["lambda-change", "lambda-setup"] : [],
      contains(var.stacks, "agentcore") ? ["agentcore-change"] : [],
      sort(local.own_purpose),
    )
  }
  statements = {
    for role in keys(local.purposes) : role => {
      state   = local.state_statements[role]
      look    = local.look_statements
      read    = local.read_statements
      network = concat(local.network_statements, local.record_statements, local.certificate_statements)
      "server-roles" = [
        for statement in concat(local.ecs_role_statements, local.ec2_role_statements) : statement if length(statement.Resource) > 0
      ]
      ecs                = local.ecs_statements
      "ecs-rollout"      = local.rollout_statements
      "load-balancer"    = local.load_balancer_statements
      options            = concat(local.shared_statements, local.flow_log_statements)
      ec2                = local.ec2_statements
      lambda             = local.lambda_read_statements[role]
      "lambda-change"    = local.lambda_statements
      "lambda-setup"     = local.lambda_setup_statements
      agentcore          = local.agentcore_read_statements[role]
      "agentcore-change" = local.agentcore_statements
      "ecs-express"      = concat(local.express_read_statements, [for statement in local.express_statements : statement if role == "apply"])
    }
  }
  documents = {
    for role, purposes in local.purposes : role => {
      for purpose in purposes : purpose => jsonencode({ Version = "2012-10-17", Statement = local.statements[role][purpose] })
      if length(local.statements[role][purpose]) > 0
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
  count = local.make_provider ? 1 : 0

  url            = "https://${local.made_issuer}"
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
      Condition = local.trust[each.key]
    }]
  })

  depends_on = [aws_iam_openid_connect_provider.github]

  lifecycle {
    precondition {
      condition     = length(local.documents[each.key]) + length(each.key == "plan" ? var.plan_policy_arns : var.apply_policy_arns) <= var.policies_per_role
      error_message = "The role ${var.name}-${each.key} would have ${length(local.documents[each.key]) + length(each.key == "plan" ? var.plan_policy_arns : var.apply_policy_arns)} policies, and IAM takes ${var.policies_per_role}: name fewer stacks and use this module once more for the others, or ask AWS for a higher quota and set policies_per_role."
    }
  }
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
