# What is refused before anything is planned, one run for each rule.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name  = "orders-mcp"
  image = "repo/mcp:v1"
}

run "name_with_capitals_is_refused" {
  command = plan

  variables {
    name = "Orders"
  }

  expect_failures = [var.name]
}

run "name_with_double_hyphen_is_refused" {
  command = plan

  variables {
    name = "orders--mcp"
  }

  expect_failures = [var.name]
}

run "image_without_a_tag_is_refused" {
  command = plan

  variables {
    image = "repo/mcp"
  }

  expect_failures = [var.image]
}

run "image_beside_a_package_is_refused" {
  command = plan

  variables {
    package = { file = "outputs.tf", runtime = "nodejs22.x", adapter_layer_arn = "arn:aws:lambda:us-east-1:753240598075:layer:LambdaAdapterLayerX86:25" }
  }

  expect_failures = [var.image]
}

run "layer_without_a_version_is_refused" {
  command = plan

  variables {
    image   = null
    package = { file = "outputs.tf", runtime = "nodejs22.x", adapter_layer_arn = "arn:aws:lambda:us-east-1:753240598075:layer:LambdaAdapterLayerX86" }
  }

  expect_failures = [var.package]
}

run "unknown_architecture_is_refused" {
  command = plan

  variables {
    architecture = "sparc"
  }

  expect_failures = [var.architecture]
}

run "too_little_memory_is_refused" {
  command = plan

  variables {
    memory = 64
  }

  expect_failures = [var.memory]
}

run "a_timeout_over_fifteen_minutes_is_refused" {
  command = plan

  variables {
    timeout = 901
  }

  expect_failures = [var.timeout]
}

run "a_port_out_of_range_is_refused" {
  command = plan

  variables {
    port = 70000
  }

  expect_failures = [var.port]
}

run "an_mcp_path_with_a_query_is_refused" {
  command = plan

  variables {
    mcp_path = "/mcp?x"
  }

  expect_failures = [var.mcp_path]
}

run "a_health_path_that_is_the_mcp_path_is_refused" {
  command = plan

  variables {
    health_path = "/mcp"
  }

  expect_failures = [var.health_path]
}

run "a_variable_that_the_module_sets_is_refused" {
  command = plan

  variables {
    environment = { PORT = "1" }
  }

  expect_failures = [var.environment]
}

run "no_concurrency_is_refused" {
  command = plan

  variables {
    max_concurrency = 0
  }

  expect_failures = [var.max_concurrency]
}

run "an_unknown_address_is_refused" {
  command = plan

  variables {
    address = "alb"
  }

  expect_failures = [var.address]
}

run "a_host_name_of_a_function_url_is_refused" {
  command = plan

  variables {
    address = "function-url"
    dns     = { domain_name = "mcp.example.com", zone_id = "Z1" }
  }

  expect_failures = [var.dns]
}

run "a_rate_of_zero_is_refused" {
  command = plan

  variables {
    rate_limit = { per_second = 0 }
  }

  expect_failures = [var.rate_limit]
}

run "a_vpc_without_subnets_is_refused" {
  command = plan

  variables {
    vpc = { subnet_ids = [], security_group_ids = ["sg-1"] }
  }

  expect_failures = [var.vpc]
}

run "a_retention_that_cloudwatch_does_not_know_is_refused" {
  command = plan

  variables {
    log_retention_days = 10
  }

  expect_failures = [var.log_retention_days]
}
