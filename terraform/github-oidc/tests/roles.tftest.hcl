# Who may take which role, and what is in their policies.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  repository     = "acme/orders"
  repository_ids = { owner_id = 123456, repository_id = 456789, in_subject = false }
  servers        = ["orders"]
  state          = { bucket_arn = "arn:aws:s3:::acme-terraform-state", keys = ["orders/production.tfstate"] }
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
        "token.actions.githubusercontent.com:aud"           = ["sts.amazonaws.com"]
        "token.actions.githubusercontent.com:sub"           = ["repo:acme/orders:ref:refs/heads/main"]
        "token.actions.githubusercontent.com:repository_id" = ["456789"]
        "token.actions.githubusercontent.com:ref"           = ["refs/heads/main"]
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
    condition     = keys(aws_iam_policy.this) == ["apply-ecs", "apply-ecs-rollout", "apply-load-balancer", "apply-look", "apply-network", "apply-read", "apply-server-roles", "apply-state", "plan-look", "plan-read", "plan-state"]
    error_message = "the plan role must have nothing but what reads and locks: ${jsonencode(keys(aws_iam_policy.this))}"
  }
  assert {
    condition = alltrue([
      for role in ["plan", "apply"] : jsonencode([
        for statement in jsondecode(output.policy_documents[role]["look"]).Statement : statement.Resource if contains(statement.Action, "ecr:DescribeImages")
      ]) == jsonencode([["arn:aws:ecr:eu-central-1:123456789012:repository/orders", "arn:aws:ecr:eu-central-1:123456789012:repository/orders/*"]])
    ])
    error_message = "both roles may read the digests of the servers' images, and of no others"
  }
  assert {
    condition     = { for name, attached in aws_iam_role_policy_attachment.this : name => attached.role } == { for name in keys(aws_iam_policy.this) : name => "mcp-deploy-${split("-", name)[0]}" }
    error_message = "each policy must be attached to its role"
  }
  assert {
    condition     = aws_iam_policy.boundary[0].name == "mcp-deploy-servers" && output.server_permissions_boundary_arn == "arn:aws:iam::123456789012:policy/mcp-deploy-servers"
    error_message = "the servers' boundary is made without being asked for"
  }
  assert {
    condition = alltrue([
      for statement in jsondecode(output.policy_documents.apply["server-roles"]).Statement :
      statement.Condition.StringEquals["iam:PermissionsBoundary"] == output.server_permissions_boundary_arn
      if length(setintersection(statement.Action, ["iam:CreateRole", "iam:PutRolePolicy", "iam:DeleteRolePolicy", "iam:AttachRolePolicy", "iam:DetachRolePolicy", "iam:PutRolePermissionsBoundary"])) > 0
    ])
    error_message = "no role of a server may be made, filled or emptied without the boundary"
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
  assert {
    condition     = output.trust_conditions.apply.StringEquals["token.actions.githubusercontent.com:ref"] == ["refs/heads/main"]
    error_message = "and must run on the branch all the same"
  }
}

run "apply_from_an_environment_on_any_ref" {
  command = plan

  variables {
    apply_from = { environment = "production", any_ref = true }
  }

  assert {
    condition     = !can(output.trust_conditions.apply.StringEquals["token.actions.githubusercontent.com:ref"])
    error_message = "the branch is not compared when that is written out"
  }
}

run "apply_from_workflows" {
  command = plan

  variables {
    apply_from = { branch = "release", workflows = [".github/workflows/deploy.yml", "acme/shared/.github/workflows/deploy.yml@refs/tags/v1"] }
  }

  assert {
    condition     = output.trust_conditions.apply.StringEquals["token.actions.githubusercontent.com:job_workflow_ref"] == tolist(["acme/orders/.github/workflows/deploy.yml@refs/heads/release", "acme/shared/.github/workflows/deploy.yml@refs/tags/v1"])
    error_message = "workflows are ${jsonencode(output.trust_conditions)}"
  }
  assert {
    condition     = !can(output.trust_conditions.plan.StringEquals["token.actions.githubusercontent.com:job_workflow_ref"])
    error_message = "a pull request's workflow has a ref of its own"
  }
}

run "repository_without_ids" {
  command = plan

  variables {
    repository_ids = null
  }

  assert {
    condition     = output.subjects.apply == ["repo:acme/orders:ref:refs/heads/main"] && !can(output.trust_conditions.apply.StringEquals["token.actions.githubusercontent.com:repository_id"])
    error_message = "only the name is compared when that is written out"
  }
}

run "dependabot_gets_no_role" {
  command = plan

  assert {
    condition     = output.trust_conditions.plan.StringNotEquals == { "token.actions.githubusercontent.com:actor" = ["dependabot[bot]"] }
    error_message = "trust is ${jsonencode(output.trust_conditions)}"
  }
}

run "provider_of_another_issuer" {
  command = plan

  variables {
    oidc_provider = { issuer = "github.example.com/_services/token" }
  }

  assert {
    condition     = aws_iam_openid_connect_provider.github[0].url == "https://github.example.com/_services/token" && output.oidc_provider_arn == "arn:aws:iam::123456789012:oidc-provider/github.example.com/_services/token"
    error_message = "the provider is ${output.oidc_provider_arn}"
  }
  assert {
    condition     = keys(output.trust_conditions.apply) == ["StringEquals"] && keys(output.trust_conditions.apply.StringEquals) == ["github.example.com/_services/token:aud", "github.example.com/_services/token:sub"]
    error_message = "AWS compares nothing else of such a token: ${jsonencode(output.trust_conditions)}"
  }
}

run "given_provider_with_data_residency" {
  command = plan

  variables {
    oidc_provider = { arn = "arn:aws:iam::123456789012:oidc-provider/token.actions.acme.ghe.com" }
  }

  assert {
    condition     = length(aws_iam_openid_connect_provider.github) == 0 && keys(output.trust_conditions.plan.StringEquals) == ["token.actions.acme.ghe.com:aud", "token.actions.acme.ghe.com:sub"]
    error_message = "the issuer is read from the ARN"
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
    condition = length(aws_iam_policy.boundary) == 0 && output.server_permissions_boundary_arn == "arn:aws:iam::123456789012:policy/servers" && alltrue([
      for statement in jsondecode(output.policy_documents.apply["server-roles"]).Statement :
      statement.Condition.StringEquals["iam:PermissionsBoundary"] == "arn:aws:iam::123456789012:policy/servers"
      if length(setintersection(statement.Action, ["iam:CreateRole", "iam:PutRolePolicy", "iam:AttachRolePolicy", "iam:PutRolePermissionsBoundary"])) > 0
    ])
    error_message = "a given boundary takes the place of the one that is made"
  }
}

run "no_boundary_must_be_written_out" {
  command = plan

  variables {
    server_permissions_boundary = { none = true }
  }

  assert {
    condition     = length(aws_iam_policy.boundary) == 0 && output.server_permissions_boundary_arn == null && !strcontains(output.policy_documents.apply["server-roles"], "iam:PermissionsBoundary")
    error_message = "then there is none"
  }
}

run "what_servers_may_do_at_most" {
  command = plan

  variables {
    server_secret_arns    = ["arn:aws:secretsmanager:eu-central-1:123456789012:secret:database-??????", "arn:aws:ssm:eu-central-1:123456789012:parameter/token"]
    image_repository_arns = ["arn:aws:ecr:eu-central-1:123456789012:repository/shared"]
    servers_may           = [{ actions = ["s3:GetObject"], resources = ["arn:aws:s3:::orders/*"] }]
  }

  assert {
    condition = {
      for statement in jsondecode(aws_iam_policy.boundary[0].policy).Statement : statement.Sid => statement.Resource
      } == {
      FindRegistry  = ["*"]
      Images        = ["arn:aws:ecr:eu-central-1:123456789012:repository/shared"]
      Logs          = ["arn:aws:logs:eu-central-1:123456789012:log-group:/ecs/orders:*", "arn:aws:logs:eu-central-1:123456789012:log-group:/ecs/orders/exec:*"]
      More0         = ["arn:aws:s3:::orders/*"]
      NeverTheState = ["arn:aws:s3:::acme-terraform-state", "arn:aws:s3:::acme-terraform-state/*"]
      Parameters    = ["arn:aws:ssm:eu-central-1:123456789012:parameter/token"]
      Secrets       = ["arn:aws:secretsmanager:eu-central-1:123456789012:secret:orders/*", "arn:aws:secretsmanager:eu-central-1:123456789012:secret:database-??????"]
      Sessions      = ["*"]
    }
    error_message = "the boundary is ${aws_iam_policy.boundary[0].policy}"
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
      TakeLock      = ["s3:PutObject"]
      LockFile      = ["s3:GetObject", "s3:DeleteObject"]
      LockTable     = ["dynamodb:PutItem", "dynamodb:DeleteItem"]
      ReadLock      = ["dynamodb:GetItem"]
      FindLockTable = ["dynamodb:DescribeTable"]
      StateKey      = ["kms:Decrypt", "kms:GenerateDataKey"]
    }
    error_message = "a plan reads the state and takes the lock"
  }
  assert {
    condition     = [for statement in jsondecode(output.policy_documents.plan.state).Statement : statement.Resource if statement.Sid == "LockFile"] == [["arn:aws:s3:::acme-terraform-state/orders/production.tfstate.tflock"]]
    error_message = "of this state alone"
  }
  assert {
    condition     = alltrue([for statement in jsondecode(output.policy_documents.plan.state).Statement : statement.Condition.StringEquals["aws:ResourceAccount"] == "123456789012" if startswith(statement.Action[0], "s3:")])
    error_message = "in this account alone"
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

run "three_servers_on_ecs_and_ec2_fit" {
  command = plan

  variables {
    servers                    = ["a-name-of-24-characters1", "a-name-of-24-characters2", "a-name-of-24-characters3"]
    stacks                     = ["ecs", "ec2"]
    hosted_zones               = { Z0123456789ABCDEFGHIJ = ["first.mcp.example.com", "second.mcp.example.com", "third.mcp.example.com"] }
    secrets_kms_key_arns       = ["arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"]
    plan_reads_managed_secrets = true
  }

  assert {
    condition     = length([for name in keys(aws_iam_policy.this) : name if startswith(name, "apply-")]) == 9
    error_message = "IAM takes ten policies of 6144 characters on a role: ${jsonencode({ for name, policy in aws_iam_policy.this : name => length(policy.policy) })}"
  }
}

run "three_servers_on_lambda_and_agentcore_fit" {
  command = plan

  variables {
    servers            = ["a-name-of-24-characters1", "a-name-of-24-characters2", "a-name-of-24-characters3"]
    stacks             = ["lambda", "agentcore"]
    hosted_zones       = { Z0123456789ABCDEFGHIJ = ["first.mcp.example.com", "second.mcp.example.com", "third.mcp.example.com"] }
    plan_calls_servers = true
    layer_arns         = ["arn:aws:lambda:eu-central-1:123456789012:layer:tracing:7"]
    networks           = { vpc_ids = ["vpc-0a"], subnet_ids = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1", "subnet-0123456789abcdef2"] }
  }

  assert {
    condition     = alltrue([for policy in aws_iam_policy.this : length(policy.policy) <= 6144])
    error_message = "sizes are ${jsonencode({ for name, policy in aws_iam_policy.this : name => length(policy.policy) })}"
  }
}

run "more_policies_than_iam_takes_are_refused" {
  command = plan

  variables {
    stacks            = ["ecs", "ec2"]
    apply_policy_arns = { for name in ["queues", "topics"] : name => "arn:aws:iam::123456789012:policy/${name}" }
  }

  expect_failures = [aws_iam_role.this["apply"]]
}

run "a_higher_quota_takes_more_policies" {
  command = plan

  variables {
    stacks                           = ["ecs", "ec2", "lambda", "agentcore", "ecs-express"]
    express_infrastructure_role_arns = ["arn:aws:iam::123456789012:role/express"]
    policies_per_role                = 15
  }

  assert {
    condition     = length(output.policy_documents.apply) == 15
    error_message = "each purpose has a policy: ${jsonencode(keys(output.policy_documents.apply))}"
  }
}

run "lambda_alone" {
  command = plan

  variables {
    stacks       = ["lambda"]
    hosted_zones = { Z0123456789ABCDEFGHIJ = ["mcp.example.com"] }
  }

  assert {
    condition     = keys(output.policy_documents.apply) == ["lambda", "lambda-change", "lambda-setup", "look", "network", "read", "state"]
    error_message = "no empty policy: ${jsonencode(keys(output.policy_documents.apply))}"
  }
  assert {
    condition     = !strcontains(jsonencode(output.policy_documents), "ecs:") && !strcontains(jsonencode(output.policy_documents), "ec2:Create") && !strcontains(jsonencode(output.policy_documents), "iam:AttachRolePolicy")
    error_message = "nothing of the other stacks: ${jsonencode(output.policy_documents)}"
  }
  assert {
    condition     = [for statement in jsondecode(output.policy_documents.plan.lambda).Statement : statement.Sid if statement.Sid == "CallByUrl" || statement.Sid == "CallThroughUrl"] == []
    error_message = "a pull request may not call the server"
  }
}

run "plan_calls_servers_when_asked" {
  command = plan

  variables {
    stacks             = ["lambda", "agentcore"]
    plan_calls_servers = true
  }

  assert {
    condition     = strcontains(output.policy_documents.plan.lambda, "lambda:InvokeFunctionUrl") && strcontains(output.policy_documents.plan.agentcore, "bedrock-agentcore:InvokeAgentRuntime")
    error_message = "then it may"
  }
}

run "agentcore_alone" {
  command = plan

  variables {
    servers = ["orders_mcp"]
    stacks  = ["agentcore"]
  }

  assert {
    condition     = [for statement in jsondecode(output.policy_documents.apply["agentcore-change"]).Statement : statement.Resource if statement.Sid == "UpdateRuntimes"] == [["arn:aws:bedrock-agentcore:eu-central-1:123456789012:runtime/orders_mcp-??????????"]]
    error_message = "the runtime of this name alone: ${output.policy_documents.apply["agentcore-change"]}"
  }
  assert {
    condition     = !strcontains(jsonencode(output.policy_documents), "ecs:") && !strcontains(jsonencode(output.policy_documents), "ec2:") && !strcontains(jsonencode(output.policy_documents), "lambda:")
    error_message = "nothing of the other stacks"
  }
}

run "express_hands_on_only_the_named_infrastructure_role" {
  command = plan

  variables {
    stacks                           = ["ecs-express"]
    express_infrastructure_role_arns = ["arn:aws:iam::123456789012:role/express"]
  }

  assert {
    condition = {
      for statement in concat(jsondecode(output.policy_documents.apply["ecs-express"]).Statement, jsondecode(output.policy_documents.apply["server-roles"]).Statement) :
      statement.Condition.StringEquals["iam:PassedToService"] => statement.Resource if contains(statement.Action, "iam:PassRole")
      } == {
      "ecs.amazonaws.com"       = ["arn:aws:iam::123456789012:role/express"]
      "ecs-tasks.amazonaws.com" = ["arn:aws:iam::123456789012:role/orders-exec-20????????????????????????", "arn:aws:iam::123456789012:role/orders-task-20????????????????????????"]
    }
    error_message = "roles are ${output.policy_documents.apply["ecs-express"]}"
  }
}

run "policy_that_iam_would_refuse_is_refused" {
  command = plan

  variables {
    servers = [for number in range(30) : "server-with-a-name-${number}"]
  }

  expect_failures = [
    aws_iam_policy.this["apply-ecs"],
    aws_iam_policy.this["apply-ecs-rollout"],
    aws_iam_policy.this["apply-load-balancer"],
    aws_iam_policy.this["apply-look"],
    aws_iam_policy.this["apply-network"],
    aws_iam_policy.this["apply-read"],
    aws_iam_policy.this["apply-server-roles"],
    aws_iam_policy.this["plan-look"],
    aws_iam_policy.this["plan-read"],
    aws_iam_policy.boundary[0],
  ]
}

run "listener_and_cluster_that_exist" {
  command = plan

  variables {
    listeners = ["arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shared/1/2"]
    clusters  = ["arn:aws:ecs:eu-central-1:123456789012:cluster/shared"]
  }

  assert {
    condition = {
      for statement in jsondecode(output.policy_documents.apply.options).Statement : statement.Sid => statement.Resource if endswith(statement.Sid, "Rules")
      } == {
      MakeRules   = ["arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shared/1/2"]
      TagNewRules = ["arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener-rule/app/shared/1/2/*"]
      ChangeRules = ["arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener-rule/app/shared/1/2/*"]
    }
    error_message = "rules are ${output.policy_documents.apply.options}"
  }
  assert {
    condition     = alltrue([for statement in jsondecode(output.policy_documents.apply.options).Statement : strcontains(jsonencode(statement), "McpServer") if endswith(statement.Sid, "Rules")])
    error_message = "only rules with a server's tag: ${output.policy_documents.apply.options}"
  }
  assert {
    condition     = !strcontains(output.policy_documents.apply.options, "cluster/shared") && !strcontains(output.policy_documents.apply.ecs, "shared")
    error_message = "the shared cluster is not changed: ${output.policy_documents.apply.options}"
  }
  assert {
    condition     = one([for statement in jsondecode(output.policy_documents.apply.options).Statement : statement.Resource if statement.Sid == "DeployServices"]) == ["arn:aws:ecs:eu-central-1:123456789012:service/shared/orders"]
    error_message = "the service of the server's name alone: ${output.policy_documents.apply.options}"
  }
  assert {
    condition     = !contains(keys(output.policy_documents.plan), "options") && strcontains(output.policy_documents.plan.look, "elasticloadbalancing:DescribeRules")
    error_message = "the plan role only reads rules: ${jsonencode(keys(output.policy_documents.plan))}"
  }
}

run "nothing_shared_unless_named" {
  command = plan

  assert {
    condition     = !contains(keys(output.policy_documents.apply), "options") && !strcontains(jsonencode(output.policy_documents), "FlowLog") && !strcontains(jsonencode(output.policy_documents), "DescribeRules")
    error_message = "no rights without the inputs"
  }
}

run "flow_logs_of_made_networks" {
  command = plan

  variables {
    flow_logs = { role_arns = ["arn:aws:iam::123456789012:role/flow-logs"] }
  }

  assert {
    condition     = one([for statement in jsondecode(output.policy_documents.apply.options).Statement : statement.Resource if statement.Sid == "FlowLogsToLogGroups"]) == ["arn:aws:iam::123456789012:role/flow-logs"] && !strcontains(jsonencode(output.policy_documents.plan), "CreateFlowLogs")
    error_message = "options are ${output.policy_documents.apply.options}"
  }
}

run "certificate_for_a_name_outside_of_route_53" {
  command = plan

  variables {
    certificate_names = ["mcp.example.org"]
  }

  assert {
    condition     = one([for statement in jsondecode(output.policy_documents.apply.network).Statement : statement.Condition["ForAllValues:StringEquals"]["acm:DomainNames"] if statement.Sid == "AskForCertificate"]) == ["mcp.example.org"] && !strcontains(output.policy_documents.apply.network, "ChangeResourceRecordSets")
    error_message = "network is ${output.policy_documents.apply.network}"
  }
}
