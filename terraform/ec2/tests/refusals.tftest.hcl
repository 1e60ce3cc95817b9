# What is refused before anything is planned, one run for each rule.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name = "orders-mcp"
  git  = { url = "https://github.com/example/mcp.git", ref = "v1.2.3" }
  dns  = { domain_name = "mcp.example.com", zone_id = "Z0123456789" }
}

run "name_with_capitals_is_refused" {
  command = plan

  variables {
    name = "Orders"
  }

  expect_failures = [var.name]
}

run "name_that_is_too_long_is_refused" {
  command = plan

  variables {
    name = "a-name-of-twenty-five-aaa"
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

run "repository_over_ssh_is_refused" {
  command = plan

  variables {
    git = { url = "git@github.com:example/mcp.git", ref = "v1" }
  }

  expect_failures = [var.git]
}

run "password_in_the_repository_url_is_refused" {
  command = plan

  variables {
    git = { url = "https://me:secret@github.com/example/mcp.git", ref = "v1" }
  }

  expect_failures = [var.git]
}

run "shell_in_the_repository_url_is_refused" {
  command = plan

  variables {
    git = { url = "https://github.com/$(reboot)", ref = "v1" }
  }

  expect_failures = [var.git]
}

run "option_as_ref_is_refused" {
  command = plan

  variables {
    git = { url = "https://github.com/example/mcp.git", ref = "--upload-pack=reboot" }
  }

  expect_failures = [var.git]
}

run "token_that_is_no_arn_is_refused" {
  command = plan

  variables {
    git = { url = "https://github.com/example/mcp.git", ref = "v1", token_secret_arn = "ghp_123" }
  }

  expect_failures = [var.git]
}

run "git_and_npm_are_refused" {
  command = plan

  variables {
    npm = { package = "@example/mcp", version = "1.0.0" }
  }

  expect_failures = [var.git]
}

run "neither_git_nor_npm_is_refused" {
  command = plan

  variables {
    git = null
  }

  expect_failures = [var.git]
}

run "package_that_is_a_url_is_refused" {
  command = plan

  variables {
    git = null
    npm = { package = "https://example.com/x.tgz", version = "1.0.0" }
  }

  expect_failures = [var.npm]
}

run "version_range_is_refused" {
  command = plan

  variables {
    git = null
    npm = { package = "mcp", version = "^1.0.0" }
  }

  expect_failures = [var.npm]
}

run "empty_start_command_is_refused" {
  command = plan

  variables {
    start_command = " "
  }

  expect_failures = [var.start_command]
}

run "node_without_long_term_support_is_refused" {
  command = plan

  variables {
    node_major = 23
  }

  expect_failures = [var.node_major]
}

run "relative_mcp_path_is_refused" {
  command = plan

  variables {
    mcp = { path = "mcp" }
  }

  expect_failures = [var.mcp]
}

run "unknown_transport_is_refused" {
  command = plan

  variables {
    mcp = { transport = "stdio" }
  }

  expect_failures = [var.mcp]
}

run "privileged_port_is_refused" {
  command = plan

  variables {
    mcp = { port = 443 }
  }

  expect_failures = [var.mcp]
}

run "port_in_environment_is_refused" {
  command = plan

  variables {
    environment = { PORT = "8080" }
  }

  expect_failures = [var.environment]
}

run "environment_name_that_is_none_is_refused" {
  command = plan

  variables {
    environment = { "LOG LEVEL" = "debug" }
  }

  expect_failures = [var.environment]
}

run "secret_that_is_no_arn_is_refused" {
  command = plan

  variables {
    secrets = { API_KEY = "hunter2" }
  }

  expect_failures = [var.secrets]
}

run "one_name_in_environment_and_secrets_is_refused" {
  command = plan

  variables {
    environment = { API_KEY = "x" }
    secrets     = { API_KEY = "arn:aws:ssm:us-east-1:123456789012:parameter/api-key" }
  }

  expect_failures = [var.secrets]
}

run "kms_alias_is_refused" {
  command = plan

  variables {
    secrets_kms_key_arn = "arn:aws:kms:us-east-1:123456789012:alias/mcp"
  }

  expect_failures = [var.secrets_kms_key_arn]
}

run "policy_that_is_no_json_is_refused" {
  command = plan

  variables {
    role_policies = { bucket = "s3:GetObject" }
  }

  expect_failures = [var.role_policies]
}

run "policy_with_the_name_of_ours_is_refused" {
  command = plan

  variables {
    role_policies = { machine = "{\"Statement\":[]}" }
  }

  expect_failures = [var.role_policies]
}

run "boundary_that_is_no_policy_is_refused" {
  command = plan

  variables {
    permissions_boundary_arn = "boundary"
  }

  expect_failures = [var.permissions_boundary_arn]
}

run "instance_type_that_is_none_is_refused" {
  command = plan

  variables {
    instance = { type = "small" }
  }

  expect_failures = [var.instance]
}

run "image_that_is_no_id_is_refused" {
  command = plan

  variables {
    instance = { ami_id = "ubuntu-24.04" }
  }

  expect_failures = [var.instance]
}

run "volume_that_is_too_small_is_refused" {
  command = plan

  variables {
    instance = { volume_size = 4 }
  }

  expect_failures = [var.instance]
}

run "hasty_timeout_is_refused" {
  command = plan

  variables {
    ready_timeout_minutes = 1
  }

  expect_failures = [var.ready_timeout_minutes]
}

run "vpc_range_that_is_too_small_is_refused" {
  command = plan

  variables {
    vpc_cidr = "10.0.0.0/28"
  }

  expect_failures = [var.vpc_cidr]
}

run "nobody_allowed_is_refused" {
  command = plan

  variables {
    allowed_cidrs = []
  }

  expect_failures = [var.allowed_cidrs]
}

run "ipv6_range_is_refused" {
  command = plan

  variables {
    allowed_cidrs = ["2001:db8::/32"]
  }

  expect_failures = [var.allowed_cidrs]
}

run "ssh_from_the_world_is_refused" {
  command = plan

  variables {
    ssh = { key_name = "k", allowed_cidrs = ["0.0.0.0/0"] }
  }

  expect_failures = [var.ssh]
}

run "ssh_from_half_the_world_is_refused" {
  command = plan

  variables {
    ssh = { key_name = "k", allowed_cidrs = ["0.0.0.0/1"] }
  }

  expect_failures = [var.ssh]
}

run "ssh_from_nowhere_is_refused" {
  command = plan

  variables {
    ssh = { key_name = "k", allowed_cidrs = [] }
  }

  expect_failures = [var.ssh]
}

run "url_as_domain_name_is_refused" {
  command = plan

  variables {
    dns = { domain_name = "https://mcp.example.com", zone_id = "Z0123456789" }
  }

  expect_failures = [var.dns]
}

run "wildcard_as_domain_name_is_refused" {
  command = plan

  variables {
    dns         = null
    domain_name = "*.example.com"
  }

  expect_failures = [var.domain_name]
}

run "two_host_names_are_refused" {
  command = plan

  variables {
    domain_name = "other.example.com"
  }

  expect_failures = [var.domain_name]
}

run "email_that_is_none_is_refused" {
  command = plan

  variables {
    acme_email = "ops"
  }

  expect_failures = [var.acme_email]
}

run "plain_http_must_be_asked_for" {
  command = plan

  variables {
    dns = null
  }

  expect_failures = [var.allow_insecure_http]
}

run "retention_that_cloudwatch_lacks_is_refused" {
  command = plan

  variables {
    logs = { retention_days = 31 }
  }

  expect_failures = [var.logs]
}

run "bootstrap_that_ec2_does_not_take_is_refused" {
  command = plan

  variables {
    environment = { CONFIGURATION = join("", [for n in range(300) : sha512(tostring(n))]) }
  }

  expect_failures = [aws_instance.this]
}

run "key_of_the_log_that_is_no_key_is_refused" {
  command = plan

  variables {
    logs = { kms_key_arn = "alias/logs" }
  }

  expect_failures = [var.logs]
}

run "alias_of_a_disk_key_is_refused" {
  command = plan

  variables {
    instance = { kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:alias/ebs" }
  }

  expect_failures = [var.instance]
}

run "python_package_that_is_a_url_is_refused" {
  command = plan

  variables {
    git  = null
    pypi = { package = "https://example.com/x.whl", version = "1.0.0" }
  }

  expect_failures = [var.pypi]
}

run "python_version_range_is_refused" {
  command = plan

  variables {
    git  = null
    pypi = { package = "mcp", version = ">=1.0" }
  }

  expect_failures = [var.pypi]
}

run "git_and_pypi_are_refused" {
  command = plan

  variables {
    pypi = { package = "mcp", version = "1.0.0" }
  }

  expect_failures = [var.git]
}

run "empty_command_is_refused" {
  command = plan

  variables {
    git     = null
    command = " "
  }

  expect_failures = [var.command]
}

run "command_and_start_command_are_refused" {
  command = plan

  variables {
    git           = null
    command       = "/opt/server"
    start_command = "npm start"
  }

  expect_failures = [var.start_command]
}

run "unknown_runtime_is_refused" {
  command = plan

  variables {
    runtime       = "deno"
    start_command = "x"
  }

  expect_failures = [var.runtime]
}

run "python_for_npm_is_refused" {
  command = plan

  variables {
    git     = null
    npm     = { package = "mcp", version = "1.0.0" }
    runtime = "python"
  }

  expect_failures = [var.runtime]
}

run "node_for_pypi_is_refused" {
  command = plan

  variables {
    git     = null
    pypi    = { package = "mcp", version = "1.0.0" }
    runtime = "node"
  }

  expect_failures = [var.runtime]
}

run "empty_build_command_is_refused" {
  command = plan

  variables {
    build_command = ""
  }

  expect_failures = [var.build_command]
}

run "python_from_git_without_a_command_is_refused" {
  command = plan

  variables {
    runtime = "python"
  }

  expect_failures = [var.start_command]
}

run "python_that_is_too_old_is_refused" {
  command = plan

  variables {
    python_version = "3.9"
  }

  expect_failures = [var.python_version]
}

run "url_as_host_header_is_refused" {
  command = plan

  variables {
    mcp = { host_header = "http://localhost" }
  }

  expect_failures = [var.mcp]
}

run "flow_log_of_a_given_vpc_is_refused" {
  command = plan

  variables {
    network  = { vpc_id = "vpc-given", subnet_id = "subnet-1" }
    flow_log = { destination_arn = "arn:aws:s3:::logs" }
  }

  expect_failures = [var.flow_log]
}

run "flow_log_to_a_name_is_refused" {
  command = plan

  variables {
    flow_log = { destination_arn = "logs" }
  }

  expect_failures = [var.flow_log]
}

run "flow_log_to_a_log_group_without_a_role_is_refused" {
  command = plan

  variables {
    flow_log = { destination_arn = "arn:aws:logs:us-east-1:123456789012:log-group:/vpc" }
  }

  expect_failures = [var.flow_log]
}

run "flow_log_of_some_other_traffic_is_refused" {
  command = plan

  variables {
    flow_log = { destination_arn = "arn:aws:s3:::logs", traffic_type = "all" }
  }

  expect_failures = [var.flow_log]
}
