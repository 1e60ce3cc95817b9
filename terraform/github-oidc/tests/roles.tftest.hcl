# Who may take which role, and what is in their policies.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  repository = "acme/orders"
  servers    = ["orders"]
  state      = { bucket_arn = "arn:aws:s3:::acme-terraform-state", keys = ["orders/production.tfstate"] }
}

run "defaults" {
  command = plan

  assert {
    condition = output.subjects == {
      plan  = ["repo:acme/orders:pull_request", "repo:acme/orders:ref:refs/heads/main"]
      apply = ["repo:acme/orders:ref:refs/heads/main"]
    }
    error_message = "subjects are ${jsonencode(output.subjects)}"
  }
  assert {
    condition = jsondecode(aws_iam_role.this["apply"].assume_role_policy).Statement == [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }
      Condition = { StringEquals = {
        "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
        "token.actions.githubusercontent.com:sub" = ["repo:acme/orders:ref:refs/heads/main"]
      } }
    }]
    error_message = "trust is ${aws_iam_role.this["apply"].assume_role_policy}"
  }
  assert {
    condition     = alltrue([for role in aws_iam_role.this : !strcontains(role.assume_role_policy, "StringLike") && !strcontains(role.assume_role_policy, "*")])
    error_message = "no pattern may decide who takes a role"
  }
  assert {
    condition     = length(aws_iam_openid_connect_provider.github) == 1 && aws_iam_openid_connect_provider.github[0].url == "https://token.actions.githubusercontent.com" && aws_iam_openid_connect_provider.github[0].client_id_list == toset(["sts.amazonaws.com"])
    error_message = "the provider must be made"
  }
  assert {
    condition     = aws_iam_role.this["plan"].name == "mcp-deploy-plan" && aws_iam_role.this["apply"].name == "mcp-deploy-apply"
    error_message = "names"
  }
  assert {
    condition     = keys(aws_iam_policy.this) == ["apply-ecs", "apply-load-balancer", "apply-look", "apply-network", "apply-read", "apply-state", "plan-look", "plan-read", "plan-state"]
    error_message = "the plan role must have nothing but what reads and locks: ${jsonencode(keys(aws_iam_policy.this))}"
  }
  assert {
    condition     = { for name, attached in aws_iam_role_policy_attachment.this : name => attached.role } == { for name in keys(aws_iam_policy.this) : name => "mcp-deploy-${split("-", name)[0]}" }
    error_message = "each policy must be attached to its role"
  }
}

run "apply_from_an_environment" {
  command = plan

  variables {
    apply_from = { environment = "production" }
  }

  assert {
    condition     = output.subjects.apply == ["repo:acme/orders:environment:production"]
    error_message = "a job that names an environment has no branch in its subject"
  }
}

run "repository_with_immutable_subjects" {
  command = plan

  variables {
    repository_ids = { owner_id = 123456, repository_id = 456789 }
  }

  assert {
    condition     = output.subjects.apply == ["repo:acme@123456/orders@456789:ref:refs/heads/main"]
    error_message = "subjects are ${jsonencode(output.subjects)}"
  }
}

run "plan_from_an_environment_alone" {
  command = plan

  variables {
    plan_from = { pull_requests = false, branches = [], environments = ["staging: eu"] }
  }

  assert {
    condition     = output.subjects.plan == ["repo:acme/orders:environment:staging%3A eu"]
    error_message = "subjects are ${jsonencode(output.subjects)}"
  }
}

run "given_provider" {
  command = plan

  variables {
    oidc_provider = { arn = "arn:aws:iam::210987654321:oidc-provider/token.actions.githubusercontent.com" }
  }

  assert {
    condition     = length(aws_iam_openid_connect_provider.github) == 0 && strcontains(aws_iam_role.this["plan"].assume_role_policy, "arn:aws:iam::210987654321:oidc-provider")
    error_message = "AWS allows one provider an account"
  }
}

run "boundaries" {
  command = plan

  variables {
    permissions_boundary_arn    = "arn:aws:iam::123456789012:policy/ci"
    server_permissions_boundary = { arn = "arn:aws:iam::123456789012:policy/servers" }
  }

  assert {
    condition     = alltrue([for role in aws_iam_role.this : role.permissions_boundary == "arn:aws:iam::123456789012:policy/ci"])
    error_message = "both roles must have the boundary"
  }
  assert {
    condition = alltrue([
      for statement in jsondecode(output.policy_documents.apply.ecs).Statement :
      statement.Condition.StringEquals["iam:PermissionsBoundary"] == "arn:aws:iam::123456789012:policy/servers"
      if length(setintersection(statement.Action, ["iam:CreateRole", "iam:PutRolePolicy", "iam:AttachRolePolicy", "iam:PutRolePermissionsBoundary"])) > 0
    ])
    error_message = "no role of a server may be made or filled without the boundary"
  }
}

run "state_and_lock" {
  command = plan

  variables {
    state = {
      bucket_arn     = "arn:aws:s3:::acme-terraform-state"
      keys           = ["orders/production.tfstate"]
      lock_table_arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/locks"
      kms_key_arn    = "arn:aws:kms:eu-central-1:123456789012:key/1"
    }
  }

  assert {
    condition = {
      for statement in jsondecode(output.policy_documents.plan.state).Statement : statement.Sid => statement.Action
      } == {
      FindState     = ["s3:ListBucket"]
      State         = ["s3:GetObject"]
      LockFile      = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
      LockTable     = ["dynamodb:PutItem", "dynamodb:DeleteItem"]
      ReadLockTable = ["dynamodb:DescribeTable", "dynamodb:GetItem"]
      StateKey      = ["kms:Decrypt", "kms:GenerateDataKey"]
    }
    error_message = "a plan reads the state and takes the lock"
  }
  assert {
    condition     = [for statement in jsondecode(output.policy_documents.plan.state).Statement : statement.Resource if statement.Sid == "LockFile"] == [["arn:aws:s3:::acme-terraform-state/orders/production.tfstate.tflock"]]
    error_message = "of this state alone"
  }
  assert {
    condition     = [for statement in jsondecode(output.policy_documents.apply.state).Statement : statement.Action if statement.Sid == "State"] == [["s3:GetObject", "s3:PutObject"]]
    error_message = "an apply writes the state"
  }
}

run "plan_reads_no_secret_values" {
  command = plan

  assert {
    condition     = !strcontains(jsonencode(output.policy_documents.plan), "secretsmanager:GetSecretValue")
    error_message = "a pull request may not read secrets unless that was asked for"
  }
}

run "plan_reads_managed_secrets_when_asked" {
  command = plan

  variables {
    plan_reads_managed_secrets = true
    stacks                     = ["ecs", "ec2"]
  }

  assert {
    condition = [for statement in concat(jsondecode(output.policy_documents.plan.look).Statement, jsondecode(output.policy_documents.plan.read).Statement) : "${statement.Effect} ${statement.Resource[0]}" if contains(statement.Action, "secretsmanager:GetSecretValue")] == [
      "Allow arn:aws:secretsmanager:eu-central-1:123456789012:secret:orders/*",
      "Deny arn:aws:secretsmanager:eu-central-1:123456789012:secret:orders/tls-*",
    ]
    error_message = "never the private key of a certificate"
  }
}

run "ec2_alone" {
  command = plan

  variables {
    stacks = ["ec2"]
  }

  assert {
    condition     = output.policy_documents.apply.ec2 != "" && !contains(keys(output.policy_documents.apply), "ecs") && !strcontains(output.policy_documents.apply.look, "ecs:")
    error_message = "nothing of ECS"
  }
}

run "further_policies" {
  command = plan

  variables {
    plan_policy_arns  = { queues = "arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess" }
    apply_policy_arns = { queues = "arn:aws:iam::123456789012:policy/queues" }
  }

  assert {
    condition     = { for name, attached in aws_iam_role_policy_attachment.further : name => "${attached.role} ${attached.policy_arn}" } == { apply-queues = "mcp-deploy-apply arn:aws:iam::123456789012:policy/queues", plan-queues = "mcp-deploy-plan arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess" }
    error_message = "each to its role"
  }
}

run "three_servers_on_both_stacks_fit" {
  command = plan

  variables {
    servers                     = ["a-name-of-24-characters1", "a-name-of-24-characters2", "a-name-of-24-characters3"]
    stacks                      = ["ecs", "ec2"]
    hosted_zone_ids             = ["Z0123456789ABCDEFGHIJ"]
    secrets_kms_key_arns        = ["arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"]
    plan_reads_managed_secrets  = true
    server_permissions_boundary = { arn = "arn:aws:iam::123456789012:policy/servers" }
  }

  assert {
    condition     = length(aws_iam_policy.this) == 10
    error_message = "IAM takes ten policies of 6144 characters on a role: ${jsonencode({ for name, policy in aws_iam_policy.this : name => length(policy.policy) })}"
  }
}

run "policy_that_iam_would_refuse_is_refused" {
  command = plan

  variables {
    servers = [for number in range(30) : "server-with-a-name-${number}"]
  }

  expect_failures = [
    aws_iam_policy.this["apply-ecs"],
    aws_iam_policy.this["apply-load-balancer"],
    aws_iam_policy.this["apply-look"],
    aws_iam_policy.this["apply-network"],
    aws_iam_policy.this["apply-read"],
    aws_iam_policy.this["plan-look"],
    aws_iam_policy.this["plan-read"],
  ]
}
