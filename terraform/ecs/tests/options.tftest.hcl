# What is off by default: each option, and that it changes nothing else.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name  = "orders-mcp"
  image = "repo/mcp:v1"
  dns   = { domain_name = "mcp.example.com", zone_id = "Z0123456789" }
}

run "nothing_of_it_by_default" {
  command = plan

  assert {
    condition     = length(jsondecode(aws_ecs_task_definition.this.container_definitions)) == 1 && length(aws_ecs_task_definition.this.volume) == 0 && !can(jsondecode(aws_ecs_task_definition.this.container_definitions)[0].mountPoints)
    error_message = "one container without volumes"
  }
  assert {
    condition     = !aws_lb.this[0].internal && aws_lb_target_group.this.health_check[0].matcher == "200" && length(aws_appautoscaling_policy.requests) + length(aws_iam_role_policy.file_systems) == 0
    error_message = "a public load balancer, 200, and no further policies"
  }
  assert {
    condition     = length(output.dns_records) == 0 && join(" ", output.zone_name_servers) == "ns-1.awsdns-01.com"
    error_message = "the records are made in the zone"
  }
  assert {
    condition     = aws_acm_certificate_validation.this[0].timeouts.create == "15m"
    error_message = "a certificate that is not issued fails in minutes, not in 75"
  }
}

run "health_by_the_mcp_endpoint" {
  command = plan

  variables {
    health_check = { path = "/mcp", matcher = "200,400-406" }
  }

  assert {
    condition     = aws_lb_target_group.this.health_check[0].path == "/mcp" && aws_lb_target_group.this.health_check[0].matcher == "200,400-406"
    error_message = "an image without a health page is asked for its MCP endpoint"
  }
}

run "certificate_timeout" {
  command = plan

  variables {
    certificate_timeout_minutes = 40
  }

  assert {
    condition     = aws_acm_certificate_validation.this[0].timeouts.create == "40m"
    error_message = "the wait is ${aws_acm_certificate_validation.this[0].timeouts.create}"
  }
}

run "name_of_another_zone_is_refused" {
  command = plan

  variables {
    dns = { domain_name = "mcp.notexample.com", zone_id = "Z0123456789" }
  }

  expect_failures = [data.aws_route53_zone.endpoint]
}

run "apex_of_the_zone" {
  command = plan

  variables {
    dns = { domain_name = "example.com", zone_id = "Z0123456789" }
  }

  assert {
    condition     = output.mcp_endpoint == "https://example.com/mcp"
    error_message = "the name of the zone is in the zone"
  }
}

run "internal_load_balancer_with_a_private_zone" {
  command = plan

  variables {
    network       = { vpc_id = "vpc-given", public_subnet_ids = ["subnet-1", "subnet-2"], task_subnet_ids = ["subnet-1", "subnet-2"] }
    load_balancer = { internal = true }
    allowed_cidrs = ["10.0.0.0/8"]
    dns           = { domain_name = "mcp.example.com", zone_id = "ZPRIVATE", validation_zone_id = "ZPUBLIC" }
  }

  assert {
    condition     = aws_lb.this[0].internal && !aws_ecs_service.this.network_configuration[0].assign_public_ip
    error_message = "nothing has a public address"
  }
  assert {
    condition     = aws_route53_record.endpoint[0].zone_id == "ZPRIVATE" && aws_route53_record.validation[0].zone_id == "ZPUBLIC"
    error_message = "the name is private, and the certificate is validated where the internet sees it"
  }
}

run "pinned_zones" {
  command = plan

  variables {
    availability_zones = ["us-east-1c", "us-east-1f"]
    excluded_zone_ids  = ["use1-az5"]
    vpc_cidr           = "10.9.0.0/23"
  }

  assert {
    condition     = [for subnet in aws_subnet.public : subnet.availability_zone] == ["us-east-1c", "us-east-1f"]
    error_message = "subnets are in ${join(", ", aws_subnet.public[*].availability_zone)}"
  }
  assert {
    condition     = [for subnet in aws_subnet.public : subnet.cidr_block] == ["10.9.0.0/27", "10.9.0.32/27"]
    error_message = "a load balancer needs a /27"
  }
  assert {
    condition     = data.aws_availability_zones.available[0].exclude_zone_ids == toset(["use1-az5"])
    error_message = "zones are excluded by id"
  }
}

run "name_outside_of_route_53" {
  command = plan

  variables {
    dns          = null
    external_dns = { domain_name = "mcp.example.org" }
  }

  assert {
    condition     = length(aws_route53_record.endpoint) + length(aws_route53_record.validation) + length(data.aws_route53_zone.endpoint) == 0
    error_message = "nothing in Route 53"
  }
  assert {
    condition     = aws_acm_certificate.this[0].domain_name == "mcp.example.org" && aws_lb_listener.https[0].certificate_arn == aws_acm_certificate_validation.this[0].certificate_arn
    error_message = "the certificate is issued all the same"
  }
  assert {
    condition     = output.mcp_endpoint == "https://mcp.example.org/mcp" && [for record in output.dns_records : "${record.name} ${record.type} ${record.value}"] == ["_challenge.mcp.example.com CNAME _answer.acm-validations.aws.", "mcp.example.org CNAME orders-mcp-1234567890.us-east-1.elb.amazonaws.com"]
    error_message = "records are ${jsonencode(output.dns_records)}"
  }
}

run "tasks_follow_the_requests" {
  command = plan

  variables {
    scaling = { min = 1, max = 4, requests_target = 300 }
  }

  assert {
    condition = (
      aws_appautoscaling_policy.requests[0].target_tracking_scaling_policy_configuration[0].target_value == 300
      && aws_appautoscaling_policy.requests[0].target_tracking_scaling_policy_configuration[0].predefined_metric_specification[0].resource_label == "app/orders-mcp/0123456789abcdef/targetgroup/orders-mcp/0123456789abcdef"
      && length(aws_appautoscaling_policy.cpu) == 1
    )
    error_message = "the requests at this target group, beside the CPU"
  }
}

run "sidecar" {
  command = plan

  variables {
    sidecars = {
      collector = {
        image       = "public.ecr.aws/aws-observability/aws-otel-collector:v0.43.3"
        command     = ["--config=/etc/ecs/ecs-default-config.yaml"]
        environment = { LEVEL = "info" }
        secrets     = { TOKEN = "arn:aws:secretsmanager:us-east-1:123456789012:secret:token-AbCdEf:key::" }
        essential   = false
        memory      = 128
      }
    }
  }

  assert {
    condition = jsondecode(aws_ecs_task_definition.this.container_definitions)[1] == {
      name             = "collector"
      image            = "public.ecr.aws/aws-observability/aws-otel-collector:v0.43.3"
      command          = ["--config=/etc/ecs/ecs-default-config.yaml"]
      environment      = [{ name = "LEVEL", value = "info" }]
      secrets          = [{ name = "TOKEN", valueFrom = "arn:aws:secretsmanager:us-east-1:123456789012:secret:token-AbCdEf:key::" }]
      essential        = false
      memory           = 128
      logConfiguration = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].logConfiguration
    }
    error_message = "the sidecar is ${jsonencode(jsondecode(aws_ecs_task_definition.this.container_definitions)[1])}"
  }
  assert {
    condition     = jsondecode(aws_iam_role_policy.read_secrets[0].policy).Statement[0].Resource == ["arn:aws:secretsmanager:us-east-1:123456789012:secret:token-AbCdEf"]
    error_message = "ECS may read its secret, and no other"
  }
  assert {
    condition     = one(aws_ecs_service.this.load_balancer).container_name == "mcp-server"
    error_message = "requests go to the server"
  }
}

run "file_system" {
  command = plan

  variables {
    file_systems = {
      "/data"      = { file_system_id = "fs-0123456789abcdef0", access_point_id = "fsap-0123456789abcdef0" }
      "/data/docs" = { file_system_id = "fs-0123456789abcdef1", access_point_id = "fsap-0123456789abcdef1", read_only = true }
    }
  }

  assert {
    condition = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].mountPoints == [
      { containerPath = "/data", readOnly = false, sourceVolume = "data" },
      { containerPath = "/data/docs", readOnly = true, sourceVolume = "data-docs" },
    ]
    error_message = "mounts are ${jsonencode(jsondecode(aws_ecs_task_definition.this.container_definitions)[0].mountPoints)}"
  }
  assert {
    condition     = alltrue([for volume in aws_ecs_task_definition.this.volume : volume.efs_volume_configuration[0].transit_encryption == "ENABLED" && volume.efs_volume_configuration[0].authorization_config[0].iam == "ENABLED"]) && toset([for volume in aws_ecs_task_definition.this.volume : "${volume.name} ${volume.efs_volume_configuration[0].file_system_id}"]) == toset(["data fs-0123456789abcdef0", "data-docs fs-0123456789abcdef1"])
    error_message = "encrypted on the way, by access point and role"
  }
  assert {
    condition     = [for statement in jsondecode(aws_iam_role_policy.file_systems[0].policy).Statement : statement.Action] == [["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"], ["elasticfilesystem:ClientMount"]]
    error_message = "who only reads may only read"
  }
}
