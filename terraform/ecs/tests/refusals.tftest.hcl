# What is refused before anything is planned, one run for each rule.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name  = "orders-mcp"
  image = "repo/mcp:v1"
  dns   = { domain_name = "mcp.example.com", zone_id = "Z0123456789" }
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

run "name_that_aws_reserves_is_refused" {
  command = plan

  variables {
    name = "internal-mcp"
  }

  expect_failures = [var.name]
}

run "image_without_tag_is_refused" {
  command = plan

  variables {
    image = "registry.example.com:5000/mcp"
  }

  expect_failures = [var.image]
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

run "port_out_of_range_is_refused" {
  command = plan

  variables {
    container = { port = 65536 }
  }

  expect_failures = [var.container]
}

run "health_check_command_without_cmd_is_refused" {
  command = plan

  variables {
    container = { health_check_command = ["curl", "-f", "http://127.0.0.1:3000/health"] }
  }

  expect_failures = [var.container]
}

run "memory_that_fargate_lacks_is_refused" {
  command = plan

  variables {
    task_size = { cpu = 256, memory = 4096 }
  }

  expect_failures = [var.task_size]
}

run "cpu_that_fargate_lacks_is_refused" {
  command = plan

  variables {
    task_size = { cpu = 300 }
  }

  expect_failures = [var.task_size]
}

run "unknown_architecture_is_refused" {
  command = plan

  variables {
    task_size = { architecture = "arm64" }
  }

  expect_failures = [var.task_size]
}

run "zero_tasks_are_refused" {
  command = plan

  variables {
    scaling = { min = 0 }
  }

  expect_failures = [var.scaling]
}

run "max_below_min_is_refused" {
  command = plan

  variables {
    scaling = { min = 3, max = 2 }
  }

  expect_failures = [var.scaling]
}

run "cpu_target_out_of_range_is_refused" {
  command = plan

  variables {
    scaling = { max = 2, cpu_target = 95 }
  }

  expect_failures = [var.scaling]
}

run "spot_percentage_out_of_range_is_refused" {
  command = plan

  variables {
    scaling = { spot_percentage = 101 }
  }

  expect_failures = [var.scaling]
}

run "sse_with_two_tasks_is_refused" {
  command = plan

  variables {
    mcp     = { transport = "sse" }
    scaling = { min = 2 }
  }

  expect_failures = [var.scaling]
}

run "stateful_server_that_may_scale_is_refused" {
  command = plan

  variables {
    mcp     = { stateful = true }
    scaling = { max = 2 }
  }

  expect_failures = [var.scaling]
}

run "relative_health_check_path_is_refused" {
  command = plan

  variables {
    health_check = { path = "health" }
  }

  expect_failures = [var.health_check]
}

run "health_check_on_the_mcp_path_is_refused" {
  command = plan

  variables {
    health_check = { path = "/mcp" }
  }

  expect_failures = [var.health_check]
}

run "health_check_on_the_mcp_path_with_query_is_refused" {
  command = plan

  variables {
    mcp          = { path = "/v1/mcp/" }
    health_check = { path = "/v1/mcp?probe=1" }
  }

  expect_failures = [var.health_check]
}

run "health_check_timeout_above_interval_is_refused" {
  command = plan

  variables {
    health_check = { interval = 10, timeout = 10 }
  }

  expect_failures = [var.health_check]
}

run "health_check_threshold_of_one_is_refused" {
  command = plan

  variables {
    health_check = { healthy_threshold = 1 }
  }

  expect_failures = [var.health_check]
}

run "negative_grace_period_is_refused" {
  command = plan

  variables {
    health_check = { grace_period = -1 }
  }

  expect_failures = [var.health_check]
}

run "port_in_environment_is_refused" {
  command = plan

  variables {
    environment = { PORT = "8080" }
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

run "one_name_in_secrets_and_managed_secrets_is_refused" {
  command = plan

  variables {
    secrets         = { API_KEY = "arn:aws:ssm:us-east-1:123456789012:parameter/api-key" }
    managed_secrets = { API_KEY = 0 }
  }

  expect_failures = [var.secrets]
}

run "managed_secret_that_is_no_variable_name_is_refused" {
  command = plan

  variables {
    managed_secrets = { "api-key" = 0 }
  }

  expect_failures = [var.managed_secrets]
}

run "fractional_secret_version_is_refused" {
  command = plan

  variables {
    managed_secrets = { API_KEY = 1.5 }
  }

  expect_failures = [var.managed_secrets]
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
    task_role_policies = { bucket = "s3:GetObject" }
  }

  expect_failures = [var.task_role_policies]
}

run "one_public_subnet_is_refused" {
  command = plan

  variables {
    network = { vpc_id = "vpc-1", public_subnet_ids = ["subnet-1"] }
  }

  expect_failures = [var.network]
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

run "url_as_domain_name_is_refused" {
  command = plan

  variables {
    dns = { domain_name = "https://mcp.example.com", zone_id = "Z0123456789" }
  }

  expect_failures = [var.dns]
}

run "certificate_that_is_no_arn_is_refused" {
  command = plan

  variables {
    certificate = { arn = "mcp.example.com" }
  }

  expect_failures = [var.certificate]
}

run "certificate_without_any_host_name_is_refused" {
  command = plan

  variables {
    dns         = null
    certificate = { arn = "arn:aws:acm:us-east-1:123456789012:certificate/given" }
  }

  expect_failures = [var.certificate]
}

run "two_host_names_are_refused" {
  command = plan

  variables {
    certificate = { arn = "arn:aws:acm:us-east-1:123456789012:certificate/given", domain_name = "other.example.com" }
  }

  expect_failures = [var.certificate]
}

run "plain_http_must_be_asked_for" {
  command = plan

  variables {
    dns = null
  }

  expect_failures = [var.allow_insecure_http]
}

run "idle_timeout_out_of_range_is_refused" {
  command = plan

  variables {
    load_balancer = { idle_timeout = 4001 }
  }

  expect_failures = [var.load_balancer]
}

run "deregistration_delay_out_of_range_is_refused" {
  command = plan

  variables {
    load_balancer = { deregistration_delay = 3601 }
  }

  expect_failures = [var.load_balancer]
}

run "exec_into_a_read_only_container_is_refused" {
  command = plan

  variables {
    execute_command = true
    container       = { read_only_root_filesystem = true }
  }

  expect_failures = [var.execute_command]
}

run "retention_that_cloudwatch_lacks_is_refused" {
  command = plan

  variables {
    observability = { log_retention_days = 31 }
  }

  expect_failures = [var.observability]
}

run "unknown_container_insights_is_refused" {
  command = plan

  variables {
    observability = { container_insights = "on" }
  }

  expect_failures = [var.observability]
}

run "boundary_that_is_no_policy_is_refused" {
  command = plan

  variables {
    permissions_boundary_arn = "boundary"
  }

  expect_failures = [var.permissions_boundary_arn]
}

run "log_of_a_shell_that_is_not_there_is_refused" {
  command = plan

  variables {
    execute_command_log = {}
  }

  expect_failures = [var.execute_command_log]
}

run "key_of_the_shell_that_is_no_key_is_refused" {
  command = plan

  variables {
    execute_command     = true
    execute_command_log = { kms_key_arn = "alias/logs" }
  }

  expect_failures = [var.execute_command_log]
}

run "shell_kept_for_a_time_that_cloudwatch_does_not_have_is_refused" {
  command = plan

  variables {
    execute_command     = true
    execute_command_log = { retention_days = 2 }
  }

  expect_failures = [var.execute_command_log]
}

run "key_of_the_log_that_is_no_key_is_refused" {
  command = plan

  variables {
    observability = { logs_kms_key_arn = "alias/logs" }
  }

  expect_failures = [var.observability]
}

run "matcher_with_5xx_is_refused" {
  command = plan

  variables {
    health_check = { matcher = "200,500" }
  }

  expect_failures = [var.health_check]
}

run "matcher_that_is_no_status_is_refused" {
  command = plan

  variables {
    health_check = { matcher = "2xx" }
  }

  expect_failures = [var.health_check]
}

run "health_check_on_the_stream_of_sse_is_refused" {
  command = plan

  variables {
    mcp          = { transport = "sse", path = "/sse" }
    health_check = { path = "/sse", matcher = "200,405" }
  }

  expect_failures = [var.health_check]
}

run "requests_target_of_a_fixed_number_is_refused" {
  command = plan

  variables {
    scaling = { min = 2, requests_target = 100 }
  }

  expect_failures = [var.scaling]
}

run "requests_target_of_none_is_refused" {
  command = plan

  variables {
    scaling = { max = 2, requests_target = 0 }
  }

  expect_failures = [var.scaling]
}

run "vpc_range_with_subnets_too_small_for_a_load_balancer_is_refused" {
  command = plan

  variables {
    vpc_cidr = "10.0.0.0/24"
  }

  expect_failures = [var.vpc_cidr]
}

run "one_zone_is_refused" {
  command = plan

  variables {
    availability_zones = ["us-east-1a"]
  }

  expect_failures = [var.availability_zones]
}

run "the_same_zone_twice_is_refused" {
  command = plan

  variables {
    availability_zones = ["us-east-1a", "us-east-1a"]
  }

  expect_failures = [var.availability_zones]
}

run "zone_name_as_id_is_refused" {
  command = plan

  variables {
    excluded_zone_ids = ["us-east-1a"]
  }

  expect_failures = [var.excluded_zone_ids]
}

run "url_as_external_name_is_refused" {
  command = plan

  variables {
    dns          = null
    external_dns = { domain_name = "https://mcp.example.org" }
  }

  expect_failures = [var.external_dns]
}

run "name_in_two_places_is_refused" {
  command = plan

  variables {
    external_dns = { domain_name = "mcp.example.org" }
  }

  expect_failures = [var.external_dns]
}

run "hasty_certificate_timeout_is_refused" {
  command = plan

  variables {
    certificate_timeout_minutes = 1
  }

  expect_failures = [var.certificate_timeout_minutes]
}

run "internal_load_balancer_in_a_vpc_of_its_own_is_refused" {
  command = plan

  variables {
    load_balancer = { internal = true }
  }

  expect_failures = [var.load_balancer]
}

run "sidecar_with_the_name_of_the_server_is_refused" {
  command = plan

  variables {
    sidecars = { mcp-server = { image = "a:1" } }
  }

  expect_failures = [var.sidecars]
}

run "sidecar_without_a_tag_is_refused" {
  command = plan

  variables {
    sidecars = { proxy = { image = "proxy" } }
  }

  expect_failures = [var.sidecars]
}

run "secret_of_a_sidecar_that_is_no_arn_is_refused" {
  command = plan

  variables {
    sidecars = { proxy = { image = "a:1", secrets = { KEY = "x" } } }
  }

  expect_failures = [var.sidecars]
}

run "one_name_twice_in_a_sidecar_is_refused" {
  command = plan

  variables {
    sidecars = { proxy = { image = "a:1", environment = { KEY = "x" }, secrets = { KEY = "arn:aws:ssm:us-east-1:123456789012:parameter/key" } } }
  }

  expect_failures = [var.sidecars]
}

run "sidecar_that_takes_all_memory_is_refused" {
  command = plan

  variables {
    sidecars = { proxy = { image = "a:1", memory = 1024 } }
  }

  expect_failures = [var.sidecars]
}

run "relative_mount_is_refused" {
  command = plan

  variables {
    file_systems = { data = { file_system_id = "fs-0123456789abcdef0", access_point_id = "fsap-0123456789abcdef0" } }
  }

  expect_failures = [var.file_systems]
}

run "arn_as_file_system_is_refused" {
  command = plan

  variables {
    file_systems = { "/data" = { file_system_id = "arn:aws:x", access_point_id = "fsap-0123456789abcdef0" } }
  }

  expect_failures = [var.file_systems]
}

run "policy_with_a_name_of_ours_is_refused" {
  command = plan

  variables {
    task_role_policies = { file-systems = "{\"Statement\":[]}" }
  }

  expect_failures = [var.task_role_policies]
}

run "load_balancer_as_listener_is_refused" {
  command = plan

  variables {
    network  = { vpc_id = "vpc-given", task_subnet_ids = ["subnet-3"] }
    listener = { arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/shared/0123456789abcdef", security_group_id = "sg-shared", priority = 100, path_patterns = ["/mcp"] }
  }

  expect_failures = [var.listener]
}

run "name_as_security_group_of_the_listener_is_refused" {
  command = plan

  variables {
    network  = { vpc_id = "vpc-given", task_subnet_ids = ["subnet-3"] }
    listener = { arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/shared/0123456789abcdef/fedcba9876543210", security_group_id = "default", priority = 100, path_patterns = ["/mcp"] }
  }

  expect_failures = [var.listener]
}

run "priority_that_aws_does_not_have_is_refused" {
  command = plan

  variables {
    network  = { vpc_id = "vpc-given", task_subnet_ids = ["subnet-3"] }
    listener = { arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/shared/0123456789abcdef/fedcba9876543210", security_group_id = "sg-shared", priority = 50001, path_patterns = ["/mcp"] }
  }

  expect_failures = [var.listener]
}

run "listener_without_a_condition_is_refused" {
  command = plan

  variables {
    network  = { vpc_id = "vpc-given", task_subnet_ids = ["subnet-3"] }
    listener = { arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/shared/0123456789abcdef/fedcba9876543210", security_group_id = "sg-shared", priority = 100 }
  }

  expect_failures = [var.listener]
}

run "six_values_in_a_rule_are_refused" {
  command = plan

  variables {
    network  = { vpc_id = "vpc-given", task_subnet_ids = ["subnet-3"] }
    listener = { arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/shared/0123456789abcdef/fedcba9876543210", security_group_id = "sg-shared", priority = 100, path_patterns = ["/mcp", "/b", "/c"], host_headers = ["mcp.example.com", "*.example.com", "*.example.*"] }
  }

  expect_failures = [var.listener]
}

run "path_pattern_with_a_query_is_refused" {
  command = plan

  variables {
    network  = { vpc_id = "vpc-given", task_subnet_ids = ["subnet-3"] }
    listener = { arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/shared/0123456789abcdef/fedcba9876543210", security_group_id = "sg-shared", priority = 100, path_patterns = ["/mcp", "/mcp=x"] }
  }

  expect_failures = [var.listener]
}

run "url_as_host_header_is_refused" {
  command = plan

  variables {
    network  = { vpc_id = "vpc-given", task_subnet_ids = ["subnet-3"] }
    listener = { arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/shared/0123456789abcdef/fedcba9876543210", security_group_id = "sg-shared", priority = 100, path_patterns = ["/mcp"], host_headers = ["mcp.example.com", "https://mcp.example.com"] }
  }

  expect_failures = [var.listener]
}

run "path_pattern_of_another_path_is_refused" {
  command = plan

  variables {
    network  = { vpc_id = "vpc-given", task_subnet_ids = ["subnet-3"] }
    listener = { arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/shared/0123456789abcdef/fedcba9876543210", security_group_id = "sg-shared", priority = 100, path_patterns = ["/orders/*", "/mc", "/m.p"] }
  }

  expect_failures = [var.listener]
}

run "host_header_of_another_host_is_refused" {
  command = plan

  variables {
    network  = { vpc_id = "vpc-given", task_subnet_ids = ["subnet-3"] }
    listener = { arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/shared/0123456789abcdef/fedcba9876543210", security_group_id = "sg-shared", priority = 100, path_patterns = ["/mcp"], host_headers = ["orders.example.com", "mcp.example.com?"] }
  }

  expect_failures = [var.listener]
}

run "host_name_of_the_listener_beside_dns_is_refused" {
  command = plan

  variables {
    network  = { vpc_id = "vpc-given", task_subnet_ids = ["subnet-3"] }
    listener = { arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/shared/0123456789abcdef/fedcba9876543210", security_group_id = "sg-shared", priority = 100, path_patterns = ["/mcp"], domain_name = "mcp.example.com" }
  }

  expect_failures = [var.listener]
}

run "certificate_for_a_listener_that_exists_is_refused" {
  command = plan

  variables {
    network     = { vpc_id = "vpc-given", task_subnet_ids = ["subnet-3"] }
    listener    = { arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/shared/0123456789abcdef/fedcba9876543210", security_group_id = "sg-shared", priority = 100, path_patterns = ["/mcp"] }
    certificate = { arn = "arn:aws:acm:us-east-1:123456789012:certificate/given" }
  }

  expect_failures = [var.listener]
}

run "listener_without_a_network_is_refused" {
  command = plan

  variables {
    listener = { arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/shared/0123456789abcdef/fedcba9876543210", security_group_id = "sg-shared", priority = 100, path_patterns = ["/mcp"] }
  }

  expect_failures = [var.network]
}

run "network_without_any_subnet_is_refused" {
  command = plan

  variables {
    network  = { vpc_id = "vpc-given" }
    listener = { arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/shared/0123456789abcdef/fedcba9876543210", security_group_id = "sg-shared", priority = 100, path_patterns = ["/mcp"] }
  }

  expect_failures = [var.network]
}

run "ranges_for_a_listener_that_exists_are_refused" {
  command = plan

  variables {
    network       = { vpc_id = "vpc-given", task_subnet_ids = ["subnet-3"] }
    listener      = { arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/shared/0123456789abcdef/fedcba9876543210", security_group_id = "sg-shared", priority = 100, path_patterns = ["/mcp"] }
    allowed_cidrs = ["203.0.113.0/24"]
  }

  expect_failures = [var.allowed_cidrs]
}

run "web_acl_for_a_listener_that_exists_is_refused" {
  command = plan

  variables {
    network       = { vpc_id = "vpc-given", task_subnet_ids = ["subnet-3"] }
    listener      = { arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/shared/0123456789abcdef/fedcba9876543210", security_group_id = "sg-shared", priority = 100, path_patterns = ["/mcp"] }
    load_balancer = { waf = { web_acl_arn = "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/mcp/1" } }
  }

  expect_failures = [var.load_balancer]
}

run "name_of_a_cluster_is_refused" {
  command = plan

  variables {
    cluster = { arn = "shared" }
  }

  expect_failures = [var.cluster]
}

run "log_of_the_shell_in_a_cluster_that_exists_is_refused" {
  command = plan

  variables {
    cluster             = { arn = "arn:aws:ecs:us-east-1:123456789012:cluster/shared" }
    execute_command     = true
    execute_command_log = {}
  }

  expect_failures = [var.execute_command_log]
}

run "container_insights_of_a_cluster_that_exists_are_refused" {
  command = plan

  variables {
    cluster       = { arn = "arn:aws:ecs:us-east-1:123456789012:cluster/shared" }
    observability = { container_insights = "disabled" }
  }

  expect_failures = [var.observability]
}

run "flow_log_of_a_given_vpc_is_refused" {
  command = plan

  variables {
    network  = { vpc_id = "vpc-given", public_subnet_ids = ["subnet-1", "subnet-2"] }
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
