# What is refused before anything is planned, one run for each rule. They need no provider.

mock_provider "aws" {}

variables {
  name  = "orders-mcp"
  image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/orders-mcp@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
}

run "a_name_with_an_underscore" {
  command = plan

  variables {
    name = "orders_mcp"
  }

  expect_failures = [var.name]
}

run "an_image_by_a_tag" {
  command = plan

  variables {
    image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/orders-mcp:v1"
  }

  expect_failures = [var.image]
}

run "an_image_of_another_registry" {
  command = plan

  variables {
    image = "ghcr.io/acme/orders-mcp@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  }

  expect_failures = [var.image]
}

run "the_endpoint_that_makes" {
  command = plan

  variables {
    endpoint_name = "DEFAULT"
  }

  expect_failures = [var.endpoint_name]
}

run "an_endpoint_with_a_hyphen" {
  command = plan

  variables {
    endpoint_name = "my-endpoint"
  }

  expect_failures = [var.endpoint_name]
}

run "an_issuer_without_its_configuration" {
  command = plan

  variables {
    jwt = { discovery_url = "https://id.example.com", allowed_clients = ["a"] }
  }

  expect_failures = [var.jwt]
}

run "an_issuer_whose_every_token_would_do" {
  command = plan

  variables {
    jwt = { discovery_url = "https://id.example.com/.well-known/openid-configuration" }
  }

  expect_failures = [var.jwt]
}

run "a_header_that_is_none" {
  command = plan

  variables {
    forwarded_headers = ["X Tenant"]
  }

  expect_failures = [var.forwarded_headers]
}

run "a_policy_that_is_no_policy" {
  command = plan

  variables {
    role_policies = { read = "s3:GetObject" }
  }

  expect_failures = [var.role_policies]
}

run "a_boundary_by_its_name" {
  command = plan

  variables {
    permissions_boundary_arn = "boundary"
  }

  expect_failures = [var.permissions_boundary_arn]
}

run "a_retention_that_loud_atch_does_not_know" {
  command = plan

  variables {
    log_retention_days = 31
  }

  expect_failures = [var.log_retention_days]
}

run "an_alias_of_a_key" {
  command = plan

  variables {
    log_kms_key_arn = "alias/logs"
  }

  expect_failures = [var.log_kms_key_arn]
}
