# Who may talk to whom: the allowed ranges to the load balancer, the load balancer to the tasks, the tasks to anything. The security
# group of a load balancer that exists is not changed.

locals {
  listener_ports = !local.make_load_balancer ? {} : local.https ? { https = 443, redirect = 80 } : { http = 80 }

  listener_rules = {
    for pair in setproduct(var.allowed_cidrs, keys(local.listener_ports)) :
    "${pair[0]} ${pair[1]}" => { cidr = pair[0], listener = pair[1], port = local.listener_ports[pair[1]] }
  }
}

resource "aws_security_group" "load_balancer" {
  count = local.make_load_balancer ? 1 : 0

  name_prefix = "${var.name}-alb-"
  description = "Load balancer of the MCP server ${var.name}"
  vpc_id      = local.vpc_id
  tags        = merge(local.tags, { Name = "${var.name}-alb" })

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "load_balancer" {
  for_each = local.listener_rules

  security_group_id = aws_security_group.load_balancer[0].id
  description       = "MCP clients (${each.value.listener})"
  cidr_ipv4         = each.value.cidr
  ip_protocol       = "tcp"
  from_port         = each.value.port
  to_port           = each.value.port
  tags              = local.tags
}

resource "aws_vpc_security_group_egress_rule" "load_balancer" {
  count = local.make_load_balancer ? 1 : 0

  security_group_id            = aws_security_group.load_balancer[0].id
  description                  = "To the tasks"
  referenced_security_group_id = aws_security_group.task.id
  ip_protocol                  = "tcp"
  from_port                    = var.container.port
  to_port                      = var.container.port
  tags                         = local.tags
}

resource "aws_security_group" "task" {
  name_prefix = "${var.name}-task-"
  description = "Tasks of the MCP server ${var.name}"
  vpc_id      = local.vpc_id
  tags        = merge(local.tags, { Name = "${var.name}-task" })

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "task" {
  security_group_id            = aws_security_group.task.id
  description                  = "From the load balancer only"
  referenced_security_group_id = local.load_balancer_group_id
  ip_protocol                  = "tcp"
  from_port                    = var.container.port
  to_port                      = var.container.port
  tags                         = local.tags
}

resource "aws_vpc_security_group_egress_rule" "task" {
  security_group_id = aws_security_group.task.id
  description       = "Image, secrets, logs, and whatever the tools call"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
  tags              = local.tags
}
