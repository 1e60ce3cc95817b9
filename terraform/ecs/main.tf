# One MCP server on ECS Fargate behind an application load balancer. This file holds what the others share: where
# the module runs, and the decisions that follow from which variables are given.

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  make_network     = var.network == null
  make_certificate = (var.dns != null || var.external_dns != null) && var.certificate == null
  https            = var.dns != null || var.external_dns != null || var.certificate != null

  vpc_id            = local.make_network ? aws_vpc.this[0].id : var.network.vpc_id
  public_subnet_ids = local.make_network ? aws_subnet.public[*].id : var.network.public_subnet_ids
  private_tasks     = local.make_network ? false : length(var.network.task_subnet_ids) > 0
  task_subnet_ids   = local.private_tasks ? var.network.task_subnet_ids : local.public_subnet_ids

  # Without a name of its own the endpoint has the load balancer's, exactly as AWS gives it.
  domain_name = try(coalesce(try(var.dns.domain_name, null), try(var.external_dns.domain_name, null), try(var.certificate.domain_name, null)), null)
  host        = local.https ? local.domain_name : aws_lb.this.dns_name
  endpoint    = "${local.https ? "https" : "http"}://${local.host}${var.mcp.path}"

  min_tasks = var.scaling.min
  max_tasks = coalesce(var.scaling.max, var.scaling.min)

  # The roles of terraform/github-oidc know the server by this tag.
  tags = merge(var.tags, { McpServer = var.name })
}
