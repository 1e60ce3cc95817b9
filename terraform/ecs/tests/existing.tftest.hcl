# A load balancer and a cluster that exist: what is not made, and that the outputs lead to what is there.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name    = "orders-mcp"
  image   = "repo/mcp:v1"
  network = { vpc_id = "vpc-given", task_subnet_ids = ["subnet-3", "subnet-4"] }
  mcp     = { path = "/orders/mcp" }
  listener = {
    arn               = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/shared/0123456789abcdef/fedcba9876543210"
    security_group_id = "sg-shared"
    priority          = 100
    path_patterns     = ["/orders/*"]
    domain_name       = "mcp.example.org"
  }
}

run "rule_on_the_listener" {
  command = plan

  assert {
    condition     = length(aws_lb.this) + length(aws_lb_listener.https) + length(aws_lb_listener.http) + length(aws_security_group.load_balancer) + length(aws_vpc_security_group_ingress_rule.load_balancer) + length(aws_vpc_security_group_egress_rule.load_balancer) + length(aws_acm_certificate.this) == 0
    error_message = "nothing of the load balancer may be made"
  }
  assert {
    condition     = aws_lb_listener_rule.this[0].listener_arn == var.listener.arn && aws_lb_listener_rule.this[0].priority == 100 && aws_lb_listener_rule.this[0].action[0].target_group_arn == aws_lb_target_group.this.arn
    error_message = "the rule must send requests to the target group"
  }
  assert {
    condition     = [for condition in aws_lb_listener_rule.this[0].condition : flatten([condition.path_pattern[*].values, condition.host_header[*].values])] == [["/orders/*"]]
    error_message = "only the path counts: ${jsonencode(aws_lb_listener_rule.this[0].condition)}"
  }
  assert {
    condition     = aws_vpc_security_group_ingress_rule.task.referenced_security_group_id == "sg-shared"
    error_message = "the load balancer that exists must reach the tasks"
  }
  assert {
    condition     = output.mcp_endpoint == "https://mcp.example.org/orders/mcp"
    error_message = "mcp_endpoint is ${output.mcp_endpoint}"
  }
  assert {
    condition     = output.load_balancer_arn == "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/shared/0123456789abcdef" && output.load_balancer_dns_name == "shared-1234567890.us-east-1.elb.amazonaws.com" && data.aws_lb.given[0].arn == output.load_balancer_arn
    error_message = "the load balancer is ${output.load_balancer_arn}"
  }
  assert {
    condition     = output.ecs_cluster_name == "orders-mcp" && output.target_group_arn == aws_lb_target_group.this.arn
    error_message = "the cluster is made all the same"
  }
}

run "host_name_in_route_53" {
  command = plan

  variables {
    dns = { domain_name = "orders.example.com", zone_id = "Z0123456789" }
    mcp = {}
    listener = {
      arn               = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/shared/0123456789abcdef/fedcba9876543210"
      security_group_id = "sg-shared"
      priority          = 7
      host_headers      = ["*.example.com"]
      path_patterns     = ["/mc?", "/.well-known/*"]
    }
  }

  assert {
    condition     = toset([for condition in aws_lb_listener_rule.this[0].condition : jsonencode(sort(flatten([condition.path_pattern[*].values, condition.host_header[*].values])))]) == toset(["[\"*.example.com\"]", "[\"/.well-known/*\",\"/mc?\"]"])
    error_message = "host and path count: ${jsonencode(aws_lb_listener_rule.this[0].condition)}"
  }
  assert {
    condition     = aws_route53_record.endpoint[0].alias[0].name == "shared-1234567890.us-east-1.elb.amazonaws.com" && aws_route53_record.endpoint[0].alias[0].zone_id == "ZLOADBALANCERS" && length(aws_route53_record.validation) == 0
    error_message = "the name must lead to the load balancer that exists"
  }
  assert {
    condition     = output.mcp_endpoint == "https://orders.example.com/mcp"
    error_message = "mcp_endpoint is ${output.mcp_endpoint}"
  }
}

run "listener_with_a_port_of_its_own" {
  command = plan

  override_data {
    target = data.aws_lb_listener.given[0]
    values = { protocol = "HTTPS", port = 8443, arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/shared/0123456789abcdef/fedcba9876543210" }
  }

  assert {
    condition     = output.mcp_endpoint == "https://mcp.example.org:8443/orders/mcp"
    error_message = "mcp_endpoint is ${output.mcp_endpoint}"
  }
}

run "plain_listener_when_asked_for" {
  command = plan

  variables {
    allow_insecure_http = true
    listener = {
      arn               = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/shared/0123456789abcdef/fedcba9876543210"
      security_group_id = "sg-shared"
      priority          = 100
      path_patterns     = ["/orders/*"]
    }
  }

  override_data {
    target = data.aws_lb_listener.given[0]
    values = { protocol = "HTTP", port = 80, arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/shared/0123456789abcdef/fedcba9876543210" }
  }

  assert {
    condition     = output.mcp_endpoint == "http://shared-1234567890.us-east-1.elb.amazonaws.com/orders/mcp"
    error_message = "mcp_endpoint is ${output.mcp_endpoint}"
  }
}

run "plain_listener_is_refused" {
  command = plan

  override_data {
    target = data.aws_lb_listener.given[0]
    values = { protocol = "HTTP", port = 80 }
  }

  expect_failures = [data.aws_lb_listener.given]
}

run "name_of_the_load_balancer_over_https_is_refused" {
  command = plan

  variables {
    listener = {
      arn               = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/shared/0123456789abcdef/fedcba9876543210"
      security_group_id = "sg-shared"
      priority          = 100
      path_patterns     = ["/orders/*"]
    }
  }

  expect_failures = [data.aws_lb_listener.given]
}

run "load_balancer_of_another_vpc_is_refused" {
  command = plan

  variables {
    network = { vpc_id = "vpc-other", task_subnet_ids = ["subnet-3"] }
  }

  expect_failures = [data.aws_lb.given]
}

run "security_group_of_something_else_is_refused" {
  command = plan

  variables {
    listener = {
      arn               = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/shared/0123456789abcdef/fedcba9876543210"
      security_group_id = "sg-database"
      priority          = 100
      path_patterns     = ["/orders/*"]
      domain_name       = "mcp.example.org"
    }
  }

  expect_failures = [data.aws_lb.given]
}

run "scaling_by_requests_at_the_load_balancer_that_exists" {
  command = plan

  variables {
    scaling = { min = 1, max = 3, requests_target = 200 }
  }

  assert {
    condition     = aws_appautoscaling_policy.requests[0].target_tracking_scaling_policy_configuration[0].predefined_metric_specification[0].resource_label == "app/shared/0123456789abcdef/targetgroup/orders-mcp/0123456789abcdef"
    error_message = "the label is ${aws_appautoscaling_policy.requests[0].target_tracking_scaling_policy_configuration[0].predefined_metric_specification[0].resource_label}"
  }
}

run "cluster_that_exists" {
  command = plan

  variables {
    cluster = { arn = "arn:aws:ecs:us-east-1:123456789012:cluster/shared" }
  }

  assert {
    condition     = length(aws_ecs_cluster.this) + length(aws_ecs_cluster_capacity_providers.this) == 0 && aws_ecs_service.this.cluster == "arn:aws:ecs:us-east-1:123456789012:cluster/shared"
    error_message = "the service must be in the cluster that exists"
  }
  assert {
    condition     = output.ecs_cluster_name == "shared" && output.ecs_service_name == "orders-mcp" && aws_appautoscaling_target.this.resource_id == "service/shared/orders-mcp"
    error_message = "the action must find the service in it"
  }
}

run "certificate_that_exists_needs_no_listener" {
  command = plan

  variables {
    listener    = null
    network     = { vpc_id = "vpc-given", public_subnet_ids = ["subnet-1", "subnet-2"] }
    certificate = { arn = "arn:aws:acm:us-east-1:123456789012:certificate/given", domain_name = "mcp.example.org" }
    cluster     = { arn = "arn:aws:ecs:us-east-1:123456789012:cluster/shared" }
  }

  assert {
    condition     = length(aws_lb.this) == 1 && length(aws_lb_listener_rule.this) == 0 && output.ecs_cluster_name == "shared" && output.mcp_endpoint == "https://mcp.example.org/orders/mcp"
    error_message = "a load balancer of its own in a cluster that exists"
  }
}

run "flow_log_in_a_bucket" {
  command = plan

  variables {
    listener = null
    network  = null
    dns      = { domain_name = "mcp.example.com", zone_id = "Z0123456789" }
    flow_log = { destination_arn = "arn:aws:s3:::logs-of-example/vpc" }
  }

  assert {
    condition     = aws_flow_log.this[0].log_destination == "arn:aws:s3:::logs-of-example/vpc" && aws_flow_log.this[0].log_destination_type == "s3" && aws_flow_log.this[0].traffic_type == "ALL" && aws_flow_log.this[0].vpc_id == "vpc-made"
    error_message = "flow log"
  }
}

run "flow_log_in_a_log_group" {
  command = plan

  variables {
    listener = null
    network  = null
    dns      = { domain_name = "mcp.example.com", zone_id = "Z0123456789" }
    flow_log = {
      destination_arn          = "arn:aws:logs:us-east-1:123456789012:log-group:/vpc/orders"
      iam_role_arn             = "arn:aws:iam::123456789012:role/flow-logs"
      traffic_type             = "REJECT"
      max_aggregation_interval = 60
    }
  }

  assert {
    condition     = aws_flow_log.this[0].log_destination_type == "cloud-watch-logs" && aws_flow_log.this[0].iam_role_arn == "arn:aws:iam::123456789012:role/flow-logs" && aws_flow_log.this[0].max_aggregation_interval == 60 && aws_flow_log.this[0].traffic_type == "REJECT"
    error_message = "flow log"
  }
}
