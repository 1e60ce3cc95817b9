# One MCP server on ECS Fargate behind an application load balancer. This file holds what the others share: where
# the module runs, and the decisions that follow from which variables are given.

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  make_network       = var.network == null
  make_load_balancer = var.listener == null
  make_cluster       = var.cluster == null
  make_certificate   = local.make_load_balancer && (var.dns != null || var.external_dns != null) && var.certificate == null

  # Whether the listener that is made speaks TLS. A given one says so itself.
  https = local.make_load_balancer && (var.dns != null || var.external_dns != null || var.certificate != null)

  vpc_id            = local.make_network ? aws_vpc.this[0].id : var.network.vpc_id
  public_subnet_ids = local.make_network ? aws_subnet.public[*].id : var.network.public_subnet_ids
  private_tasks     = local.make_network ? false : length(var.network.task_subnet_ids) > 0
  task_subnet_ids   = local.private_tasks ? var.network.task_subnet_ids : local.public_subnet_ids

  # The ARN of a listener has its load balancer's in it.
  given_load_balancer_arn = local.make_load_balancer ? null : join("/", slice(split("/", replace(var.listener.arn, ":listener/", ":loadbalancer/")), 0, 4))

  # The load balancer in front, made or given.
  load_balancer = local.make_load_balancer ? {
    arn        = aws_lb.this[0].arn
    arn_suffix = aws_lb.this[0].arn_suffix
    dns_name   = aws_lb.this[0].dns_name
    zone_id    = aws_lb.this[0].zone_id
    } : {
    arn        = local.given_load_balancer_arn
    arn_suffix = join("/", slice(split("/", var.listener.arn), 1, 4))
    dns_name   = data.aws_lb.given[0].dns_name
    zone_id    = data.aws_lb.given[0].zone_id
  }
  # Apart from the above, because a zone whose check depends on what is made would only be read by the apply.
  internal               = local.make_load_balancer ? var.load_balancer.internal : data.aws_lb.given[0].internal
  load_balancer_group_id = local.make_load_balancer ? aws_security_group.load_balancer[0].id : var.listener.security_group_id

  # Without a name of its own the endpoint has the load balancer's, exactly as AWS gives it.
  domain_name = try(coalesce(try(var.dns.domain_name, null), try(var.external_dns.domain_name, null), try(var.certificate.domain_name, null), try(var.listener.domain_name, null)), null)
  host        = local.domain_name == null ? local.load_balancer.dns_name : local.domain_name
  scheme      = local.make_load_balancer ? (local.https ? "https" : "http") : lower(data.aws_lb_listener.given[0].protocol)
  # A given listener may have a port of its own.
  port     = local.make_load_balancer ? "" : contains([80, 443], data.aws_lb_listener.given[0].port) ? "" : ":${data.aws_lb_listener.given[0].port}"
  endpoint = "${local.scheme}://${local.host}${local.port}${var.mcp.path}"

  cluster_arn  = local.make_cluster ? aws_ecs_cluster.this[0].arn : var.cluster.arn
  cluster_name = local.make_cluster ? aws_ecs_cluster.this[0].name : split("/", var.cluster.arn)[1]

  min_tasks = var.scaling.min
  max_tasks = coalesce(var.scaling.max, var.scaling.min)

  # The roles of terraform/github-oidc know the server by this tag.
  tags = merge(var.tags, { McpServer = var.name })
}
