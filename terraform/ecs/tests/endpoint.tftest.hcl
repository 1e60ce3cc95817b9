# How the endpoint is reached: name, certificate, listeners and what stands before them.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name  = "orders-mcp"
  image = "repo/mcp:v1"
  dns   = { domain_name = "mcp.example.com", zone_id = "Z0123456789" }
}

run "certificate_is_issued_and_validated" {
  command = plan

  assert {
    condition     = aws_acm_certificate.this[0].domain_name == "mcp.example.com" && aws_acm_certificate.this[0].validation_method == "DNS"
    error_message = "a certificate must be asked for"
  }
  assert {
    condition = (
      aws_route53_record.validation[0].name == "_challenge.mcp.example.com."
      && aws_route53_record.validation[0].type == "CNAME"
      && aws_route53_record.validation[0].records == toset(["_answer.acm-validations.aws."])
      && aws_route53_record.validation[0].zone_id == "Z0123456789"
    )
    error_message = "ACM's challenge must be answered in the zone"
  }
  assert {
    condition     = aws_lb_listener.https[0].certificate_arn == aws_acm_certificate_validation.this[0].certificate_arn
    error_message = "the listener must wait for the validation"
  }
  assert {
    condition     = aws_route53_record.endpoint[0].name == "mcp.example.com" && aws_route53_record.endpoint[0].alias[0].name == "orders-mcp-1234567890.us-east-1.elb.amazonaws.com"
    error_message = "the name must lead to the load balancer"
  }
  assert {
    condition     = output.mcp_endpoint == "https://mcp.example.com/mcp"
    error_message = "mcp_endpoint is ${output.mcp_endpoint}"
  }
}

run "tls_and_redirect" {
  command = plan

  assert {
    condition     = startswith(aws_lb_listener.https[0].ssl_policy, "ELBSecurityPolicy-TLS13-1-2-")
    error_message = "TLS 1.3, and 1.2 at the least"
  }
  assert {
    condition     = aws_lb_listener.http[0].default_action[0].type == "redirect" && aws_lb_listener.http[0].default_action[0].redirect[0].protocol == "HTTPS"
    error_message = "plain HTTP must be redirected"
  }
}

run "given_certificate_with_a_name_in_route_53" {
  command = plan

  variables {
    certificate = { arn = "arn:aws:acm:us-east-1:123456789012:certificate/given" }
  }

  assert {
    condition     = aws_lb_listener.https[0].certificate_arn == "arn:aws:acm:us-east-1:123456789012:certificate/given"
    error_message = "the given certificate must be used"
  }
  assert {
    condition     = length(aws_acm_certificate.this) + length(aws_route53_record.validation) + length(aws_acm_certificate_validation.this) == 0
    error_message = "no other certificate may be asked for"
  }
  assert {
    condition     = length(aws_route53_record.endpoint) == 1 && output.mcp_endpoint == "https://mcp.example.com/mcp"
    error_message = "the name is still made"
  }
}

run "given_certificate_with_a_name_elsewhere" {
  command = plan

  variables {
    dns         = null
    certificate = { arn = "arn:aws:acm:us-east-1:123456789012:certificate/given", domain_name = "mcp.example.org" }
    mcp         = { path = "/v1/mcp" }
  }

  assert {
    condition     = length(aws_route53_record.endpoint) == 0
    error_message = "no record may be made outside Route 53"
  }
  assert {
    condition     = output.mcp_endpoint == "https://mcp.example.org/v1/mcp"
    error_message = "mcp_endpoint is ${output.mcp_endpoint}"
  }
}

run "plain_http_when_asked_for" {
  command = plan

  variables {
    dns                 = null
    allow_insecure_http = true
  }

  assert {
    condition     = length(aws_lb_listener.https) == 0 && aws_lb_listener.http[0].default_action[0].type == "forward"
    error_message = "HTTP must be forwarded"
  }
  assert {
    condition     = [for rule in aws_vpc_security_group_ingress_rule.load_balancer : rule.from_port] == [80]
    error_message = "443 must stay closed"
  }
  assert {
    condition     = output.mcp_endpoint == "http://orders-mcp-1234567890.us-east-1.elb.amazonaws.com/mcp"
    error_message = "mcp_endpoint is ${output.mcp_endpoint}"
  }
}

# The load balancer's name is used as AWS gives it, also where a stand-in for AWS puts a port in it.
run "load_balancer_name_is_used_as_it_comes" {
  command = plan

  variables {
    dns                 = null
    allow_insecure_http = true
  }

  override_resource {
    target          = aws_lb.this[0]
    override_during = plan
    values = {
      arn      = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/orders-mcp/0123456789abcdef"
      dns_name = "127.0.0.1:5710"
    }
  }

  assert {
    condition     = output.mcp_endpoint == "http://127.0.0.1:5710/mcp"
    error_message = "mcp_endpoint is ${output.mcp_endpoint}"
  }
}

run "load_balancer_defaults" {
  command = plan

  assert {
    condition     = aws_lb.this[0].idle_timeout == 300 && aws_lb.this[0].drop_invalid_header_fields && !aws_lb.this[0].enable_deletion_protection
    error_message = "defaults of the load balancer"
  }
  assert {
    condition     = aws_lb_target_group.this.deregistration_delay == "60"
    error_message = "draining"
  }
  assert {
    condition     = length(aws_lb.this[0].access_logs) == 0 && length(aws_wafv2_web_acl_association.this) == 0
    error_message = "access logs and WAF are only there when asked for"
  }
  assert {
    condition     = aws_lb_target_group.this.health_check[0].path == "/health" && aws_lb_target_group.this.health_check[0].matcher == "200"
    error_message = "health check"
  }
  assert {
    condition     = !aws_lb_target_group.this.stickiness[0].enabled
    error_message = "no cookie unless asked for"
  }
}

run "sse_keeps_its_stream" {
  command = plan

  variables {
    mcp = { transport = "sse" }
  }

  assert {
    condition     = aws_lb.this[0].idle_timeout == 3600 && aws_lb_target_group.this.deregistration_delay == "300"
    error_message = "a session is one stream, silent between two calls"
  }
}

run "draining_may_be_switched_off" {
  command = plan

  variables {
    mcp           = { transport = "sse" }
    load_balancer = { idle_timeout = 120, deregistration_delay = 0 }
  }

  assert {
    condition     = aws_lb.this[0].idle_timeout == 120 && aws_lb_target_group.this.deregistration_delay == "0"
    error_message = "what is given counts"
  }
}

run "load_balancer_options" {
  command = plan

  variables {
    load_balancer = {
      idle_timeout         = 900
      deregistration_delay = 120
      deletion_protection  = true
      access_logs          = { bucket = "logs-of-example" }
      waf                  = { web_acl_arn = "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/mcp/1" }
    }
    health_check = { path = "/ready", interval = 30 }
  }

  assert {
    condition     = aws_lb.this[0].idle_timeout == 900 && aws_lb.this[0].enable_deletion_protection && aws_lb_target_group.this.deregistration_delay == "120"
    error_message = "options of the load balancer"
  }
  assert {
    condition     = aws_lb.this[0].access_logs[0].enabled && aws_lb.this[0].access_logs[0].bucket == "logs-of-example" && aws_lb.this[0].access_logs[0].prefix == "orders-mcp"
    error_message = "access logs go to the bucket, under the name"
  }
  assert {
    condition     = aws_wafv2_web_acl_association.this[0].web_acl_arn == "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/mcp/1"
    error_message = "the ACL must be attached"
  }
  assert {
    condition     = aws_lb_target_group.this.health_check[0].path == "/ready" && aws_lb_target_group.this.health_check[0].interval == 30
    error_message = "health check"
  }
}

run "health_check_below_the_mcp_path_is_allowed" {
  command = plan

  variables {
    health_check = { path = "/mcp/health" }
  }

  assert {
    condition     = aws_lb_target_group.this.health_check[0].path == "/mcp/health"
    error_message = "health check"
  }
}
