# The load balancer and its listeners, or the rule on a listener that exists, and the target group. Replacing any of these is downtime, so nothing that
# changes from one deployment to the next is among their arguments.

locals {
  # One stream carries a whole session, silent between two calls.
  streams = var.mcp.transport == "sse"
}

resource "aws_lb" "this" {
  # checkov:skip=CKV_AWS_150: load_balancer.deletion_protection is off by default, so that a destroy destroys.
  # checkov:skip=CKV2_AWS_20: Port 80 redirects to HTTPS, except with allow_insecure_http = true, in trials.
  # checkov:skip=CKV2_AWS_76: The ACL is yours; an ACL is often shared.
  count = local.make_load_balancer ? 1 : 0

  name                       = var.name
  internal                   = var.load_balancer.internal
  load_balancer_type         = "application"
  security_groups            = [aws_security_group.load_balancer[0].id]
  subnets                    = local.public_subnet_ids
  idle_timeout               = coalesce(var.load_balancer.idle_timeout, local.streams ? 3600 : 300)
  drop_invalid_header_fields = true
  enable_deletion_protection = var.load_balancer.deletion_protection
  tags                       = local.tags

  dynamic "access_logs" {
    for_each = var.load_balancer.access_logs[*]

    content {
      enabled = true
      bucket  = access_logs.value.bucket
      prefix  = coalesce(access_logs.value.prefix, var.name)
    }
  }
}

resource "aws_lb_target_group" "this" {
  # checkov:skip=CKV_AWS_378: The load balancer ends TLS. Traffic to the tasks stays in the VPC, and only the load balancer may reach them.
  name_prefix = substr(var.name, 0, 6)

  # ECS registers each task with its own port, so this one is never used. As a constant it keeps a change of
  # container.port from replacing the target group.
  port                 = 80
  protocol             = "HTTP"
  target_type          = "ip"
  vpc_id               = local.vpc_id
  deregistration_delay = var.load_balancer.deregistration_delay == null ? (local.streams ? 300 : 60) : var.load_balancer.deregistration_delay
  tags                 = local.tags

  health_check {
    path                = var.health_check.path
    matcher             = var.health_check.matcher
    interval            = var.health_check.interval
    timeout             = var.health_check.timeout
    healthy_threshold   = var.health_check.healthy_threshold
    unhealthy_threshold = var.health_check.unhealthy_threshold
  }

  stickiness {
    type            = "lb_cookie"
    enabled         = var.mcp.sticky_cookie
    cookie_duration = 86400
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_lb_listener" "https" {
  count = local.https ? 1 : 0

  load_balancer_arn = aws_lb.this[0].arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"
  certificate_arn   = local.make_certificate ? aws_acm_certificate_validation.this[0].certificate_arn : var.certificate.arn
  tags              = local.tags

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this.arn
  }
}

resource "aws_lb_listener" "http" {
  # checkov:skip=CKV_AWS_2: It redirects to HTTPS, except with allow_insecure_http = true, in trials.
  count = local.make_load_balancer ? 1 : 0

  load_balancer_arn = aws_lb.this[0].arn
  port              = 80
  protocol          = "HTTP"
  tags              = local.tags

  default_action {
    type             = local.https ? "redirect" : "forward"
    target_group_arn = local.https ? null : aws_lb_target_group.this.arn

    dynamic "redirect" {
      for_each = local.https ? ["https"] : []

      content {
        protocol    = "HTTPS"
        port        = "443"
        status_code = "HTTP_301"
      }
    }
  }
}

# A listener that exists, as AWS knows it. What would make an endpoint that nobody reaches is refused before anything is made.
data "aws_lb_listener" "given" {
  count = local.make_load_balancer ? 0 : 1

  arn = var.listener.arn

  lifecycle {
    postcondition {
      condition     = self.protocol == "HTTPS" || (self.protocol == "HTTP" && var.allow_insecure_http)
      error_message = "listener.arn is a listener of ${self.protocol}, so there would be no TLS: give the HTTPS listener, or set allow_insecure_http = true for a trial."
    }
    postcondition {
      condition     = self.protocol != "HTTPS" || local.domain_name != null
      error_message = "listener.arn speaks HTTPS, and no certificate has the load balancer's own name: give listener.domain_name or dns."
    }
  }
}

data "aws_lb" "given" {
  count = local.make_load_balancer ? 0 : 1

  arn = local.given_load_balancer_arn

  lifecycle {
    postcondition {
      condition     = self.vpc_id == var.network.vpc_id
      error_message = "The load balancer of listener.arn is in ${self.vpc_id}, and network.vpc_id is ${var.network.vpc_id}: it reaches tasks only in its own VPC."
    }
    postcondition {
      condition     = contains(self.security_groups, var.listener.security_group_id)
      error_message = "listener.security_group_id must be a security group of the load balancer of listener.arn, which has ${join(", ", self.security_groups)}."
    }
  }
}

resource "aws_lb_listener_rule" "this" {
  count = local.make_load_balancer ? 0 : 1

  listener_arn = data.aws_lb_listener.given[0].arn
  priority     = var.listener.priority
  tags         = local.tags

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this.arn
  }

  dynamic "condition" {
    for_each = length(var.listener.path_patterns) > 0 ? [var.listener.path_patterns] : []

    content {
      path_pattern {
        values = condition.value
      }
    }
  }

  dynamic "condition" {
    for_each = length(var.listener.host_headers) > 0 ? [var.listener.host_headers] : []

    content {
      host_header {
        values = condition.value
      }
    }
  }
}

resource "aws_wafv2_web_acl_association" "this" {
  count = var.load_balancer.waf == null ? 0 : 1

  resource_arn = aws_lb.this[0].arn
  web_acl_arn  = var.load_balancer.waf.web_acl_arn
}
