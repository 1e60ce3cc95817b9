# What is refused before anything is planned, one run for each rule.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  repository = "acme/orders"
  servers    = ["orders"]
  state      = { bucket_arn = "arn:aws:s3:::acme-terraform-state", keys = ["orders/production.tfstate"] }
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

run "apply_from_branch_and_environment_is_refused" {
  command = plan

  variables {
    apply_from = { branch = "main", environment = "production" }
  }

  expect_failures = [var.apply_from]
}

run "apply_from_nowhere_is_refused" {
  command = plan

  variables {
    apply_from = {}
  }

  expect_failures = [var.apply_from]
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

run "provider_of_somebody_else_is_refused" {
  command = plan

  variables {
    oidc_provider = { arn = "arn:aws:iam::123456789012:oidc-provider/example.com" }
  }

  expect_failures = [var.oidc_provider]
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
    stacks = ["lambda"]
  }

  expect_failures = [var.stacks]
}

run "every_zone_is_refused" {
  command = plan

  variables {
    hosted_zone_ids = ["*"]
  }

  expect_failures = [var.hosted_zone_ids]
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
