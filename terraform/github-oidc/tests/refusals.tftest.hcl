# What is refused before anything is planned, one run for each rule.

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

run "name_with_slash_is_refused" {
  command = plan

  variables {
    name = "a/b"
  }

  expect_failures = [var.name]
}

run "repository_without_owner_is_refused" {
  command = plan

  variables {
    repository = "orders"
  }

  expect_failures = [var.repository]
}

run "every_repository_of_an_owner_is_refused" {
  command = plan

  variables {
    repository = "acme/*"
  }

  expect_failures = [var.repository]
}

run "id_that_is_no_number_of_a_repository_is_refused" {
  command = plan

  variables {
    repository_ids = { owner_id = 0, repository_id = 1.5 }
  }

  expect_failures = [var.repository_ids]
}

run "ids_that_pages_show_as_placeholder_are_refused" {
  command = plan

  variables {
    repository_ids = { owner_id = 0, repository_id = 0 }
  }

  expect_failures = [var.repository_ids]
}

run "plan_from_every_branch_is_refused" {
  command = plan

  variables {
    plan_from = { branches = ["*"] }
  }

  expect_failures = [var.plan_from]
}

run "plan_from_every_environment_is_refused" {
  command = plan

  variables {
    plan_from = { environments = ["prod-?"] }
  }

  expect_failures = [var.plan_from]
}

run "plan_from_nowhere_is_refused" {
  command = plan

  variables {
    plan_from = { pull_requests = false, branches = [] }
  }

  expect_failures = [var.plan_from]
}

run "apply_from_every_branch_is_refused" {
  command = plan

  variables {
    apply_from = { branch = "*" }
  }

  expect_failures = [var.apply_from]
}

run "apply_from_every_release_branch_is_refused" {
  command = plan

  variables {
    apply_from = { branch = "release/*" }
  }

  expect_failures = [var.apply_from]
}

run "apply_from_every_environment_is_refused" {
  command = plan

  variables {
    apply_from = { environment = "*" }
  }

  expect_failures = [var.apply_from]
}

run "apply_from_a_pull_request_is_refused" {
  command = plan

  variables {
    apply_from = { branch = "refs/pull/1/merge" }
  }

  expect_failures = [var.apply_from]
}

run "bucket_name_for_an_arn_is_refused" {
  command = plan

  variables {
    state = { bucket_arn = "acme-terraform-state", keys = ["a"] }
  }

  expect_failures = [var.state]
}

run "every_bucket_is_refused" {
  command = plan

  variables {
    state = { bucket_arn = "arn:aws:s3:::*", keys = ["a"] }
  }

  expect_failures = [var.state]
}

run "every_key_is_refused" {
  command = plan

  variables {
    state = { bucket_arn = "arn:aws:s3:::acme", keys = ["orders/*"] }
  }

  expect_failures = [var.state]
}

run "no_key_is_refused" {
  command = plan

  variables {
    state = { bucket_arn = "arn:aws:s3:::acme", keys = [] }
  }

  expect_failures = [var.state]
}

run "every_server_is_refused" {
  command = plan

  variables {
    servers = ["*"]
  }

  expect_failures = [var.servers]
}

run "no_server_is_refused" {
  command = plan

  variables {
    servers = []
  }

  expect_failures = [var.servers]
}

run "unknown_stack_is_refused" {
  command = plan

  variables {
    stacks = ["eks"]
  }

  expect_failures = [var.stacks]
}

run "every_key_of_kms_is_refused" {
  command = plan

  variables {
    secrets_kms_key_arns = ["arn:aws:kms:eu-central-1:123456789012:key/*"]
  }

  expect_failures = [var.secrets_kms_key_arns]
}

run "boundary_that_is_no_policy_is_refused" {
  command = plan

  variables {
    permissions_boundary_arn = "boundary"
  }

  expect_failures = [var.permissions_boundary_arn]
}

run "server_boundary_that_is_no_policy_is_refused" {
  command = plan

  variables {
    server_permissions_boundary = { arn = "boundary" }
  }

  expect_failures = [var.server_permissions_boundary]
}

run "administrator_in_pull_requests_is_refused" {
  command = plan

  variables {
    plan_policy_arns = { all = "arn:aws:iam::aws:policy/AdministratorAccess" }
  }

  expect_failures = [var.plan_policy_arns]
}

run "policy_that_is_none_is_refused" {
  command = plan

  variables {
    apply_policy_arns = { all = "AdministratorAccess" }
  }

  expect_failures = [var.apply_policy_arns]
}

run "session_of_a_day_is_refused" {
  command = plan

  variables {
    max_session_duration = 86400
  }

  expect_failures = [var.max_session_duration]
}

run "any_ref_without_environment_is_refused" {
  command = plan

  variables {
    apply_from = { any_ref = true }
  }

  expect_failures = [var.apply_from]
}

run "every_workflow_is_refused" {
  command = plan

  variables {
    apply_from = { workflows = [".github/workflows/*.yml"] }
  }

  expect_failures = [var.apply_from]
}

run "workflow_of_any_ref_is_refused" {
  command = plan

  variables {
    apply_from = { environment = "production", any_ref = true, workflows = [".github/workflows/deploy.yml"] }
  }

  expect_failures = [var.apply_from]
}

run "provider_of_somebody_else_is_refused" {
  command = plan

  variables {
    oidc_provider = { arn = "arn:aws:iam::123456789012:saml-provider/acme" }
  }

  expect_failures = [var.oidc_provider]
}

run "provider_and_issuer_are_refused" {
  command = plan

  variables {
    oidc_provider = { arn = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com", issuer = "token.actions.githubusercontent.com" }
  }

  expect_failures = [var.oidc_provider]
}

run "issuer_of_somebody_else_is_refused" {
  command = plan

  variables {
    oidc_provider = { issuer = "https://accounts.example.com" }
  }

  expect_failures = [var.oidc_provider]
}

run "account_without_twelve_digits_is_refused" {
  command = plan

  variables {
    state = { bucket_arn = "arn:aws:s3:::acme-terraform-state", keys = ["orders/production.tfstate"], account_id = "1234" }
  }

  expect_failures = [var.state]
}

run "server_with_the_name_of_a_role_is_refused" {
  command = plan

  variables {
    servers = ["orders-task"]
  }

  expect_failures = [var.servers]
}

run "every_subnet_is_refused" {
  command = plan

  variables {
    networks = { vpc_ids = ["vpc-0a"], subnet_ids = ["*"] }
  }

  expect_failures = [var.networks]
}

run "name_for_a_zone_is_refused" {
  command = plan

  variables {
    hosted_zones = { "example.com" = ["mcp.example.com"] }
  }

  expect_failures = [var.hosted_zones]
}

run "every_host_name_is_refused" {
  command = plan

  variables {
    hosted_zones = { Z0123456789ABCDEFGHIJ = ["*.example.com"] }
  }

  expect_failures = [var.hosted_zones]
}

run "every_web_acl_is_refused" {
  command = plan

  variables {
    web_acl_arns = ["arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/*"]
  }

  expect_failures = [var.web_acl_arns]
}

run "every_image_of_the_account_is_refused" {
  command = plan

  variables {
    instances = { image_ids = ["ami-*"] }
  }

  expect_failures = [var.instances]
}

run "every_key_pair_is_refused" {
  command = plan

  variables {
    instances = { key_names = ["*"] }
  }

  expect_failures = [var.instances]
}

run "boundary_and_none_are_refused" {
  command = plan

  variables {
    server_permissions_boundary = { arn = "arn:aws:iam::123456789012:policy/servers", none = true }
  }

  expect_failures = [var.server_permissions_boundary]
}

run "every_action_of_a_service_is_refused" {
  command = plan

  variables {
    servers_may = [{ actions = ["s3:*"], resources = ["arn:aws:s3:::orders/*"] }]
  }

  expect_failures = [var.servers_may]
}

run "servers_that_change_roles_are_refused" {
  command = plan

  variables {
    servers_may = [{ actions = ["iam:PassRole"], resources = ["*"] }]
  }

  expect_failures = [var.servers_may]
}

run "every_secret_is_refused" {
  command = plan

  variables {
    server_secret_arns = ["arn:aws:secretsmanager:eu-central-1:123456789012:secret:*"]
  }

  expect_failures = [var.server_secret_arns]
}

run "every_image_is_refused" {
  command = plan

  variables {
    image_repository_arns = ["arn:aws:ecr:eu-central-1:123456789012:repository/*"]
  }

  expect_failures = [var.image_repository_arns]
}

run "every_key_of_a_shell_is_refused" {
  command = plan

  variables {
    session_kms_key_arns = ["*"]
  }

  expect_failures = [var.session_kms_key_arns]
}

run "server_named_like_the_roles_of_a_function_is_refused" {
  command = plan

  variables {
    servers = ["orders-fn"]
  }

  expect_failures = [var.servers]
}

run "express_without_an_infrastructure_role_is_refused" {
  command = plan

  variables {
    stacks = ["ecs-express"]
  }

  expect_failures = [var.express_infrastructure_role_arns]
}

run "every_infrastructure_role_is_refused" {
  command = plan

  variables {
    stacks                           = ["ecs-express"]
    express_infrastructure_role_arns = ["arn:aws:iam::123456789012:role/*"]
  }

  expect_failures = [var.express_infrastructure_role_arns]
}

run "every_layer_is_refused" {
  command = plan

  variables {
    layer_arns = ["arn:aws:lambda:eu-central-1:123456789012:layer:*:1"]
  }

  expect_failures = [var.layer_arns]
}

run "alias_of_a_disk_key_is_refused" {
  command = plan

  variables {
    instances = { disk_kms_key_arns = ["arn:aws:kms:eu-central-1:123456789012:alias/ebs"] }
  }

  expect_failures = [var.instances]
}

run "quota_of_policies_that_aws_does_not_give_is_refused" {
  command = plan

  variables {
    policies_per_role = 30
  }

  expect_failures = [var.policies_per_role]
}

run "certificate_for_any_name_is_refused" {
  command = plan

  variables {
    certificate_names = ["*.example.com"]
  }

  expect_failures = [var.certificate_names]
}

run "listener_with_a_wildcard_is_refused" {
  command = plan

  variables {
    listeners = ["arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/*/1/2"]
  }

  expect_failures = [var.listeners]
}

run "listener_without_ecs_is_refused" {
  command = plan

  variables {
    stacks    = ["lambda"]
    listeners = ["arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/shared/1/2"]
  }

  expect_failures = [var.listeners]
}

run "every_cluster_is_refused" {
  command = plan

  variables {
    clusters = ["arn:aws:ecs:us-east-1:123456789012:cluster/*"]
  }

  expect_failures = [var.clusters]
}

run "cluster_without_ecs_is_refused" {
  command = plan

  variables {
    stacks   = ["lambda"]
    clusters = ["arn:aws:ecs:us-east-1:123456789012:cluster/shared"]
  }

  expect_failures = [var.clusters]
}

run "any_role_for_flow_logs_is_refused" {
  command = plan

  variables {
    flow_logs = { role_arns = ["arn:aws:iam::123456789012:role/*"] }
  }

  expect_failures = [var.flow_logs]
}

run "flow_logs_in_a_given_network_are_refused" {
  command = plan

  variables {
    networks  = { vpc_ids = ["vpc-0a"], subnet_ids = ["subnet-0a"] }
    flow_logs = {}
  }

  expect_failures = [var.flow_logs]
}
