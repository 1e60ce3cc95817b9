# One MCP server on one EC2 instance with an Elastic IP. This file holds what the others share: where the module runs,
# and the decisions that follow from which variables are given.

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  make_network = var.network == null
  vpc_id       = local.make_network ? aws_vpc.this[0].id : var.network.vpc_id
  subnet_id    = local.make_network ? aws_subnet.public[0].id : var.network.subnet_id

  domain_name = var.dns != null ? var.dns.domain_name : var.domain_name
  https       = var.dns != null || var.domain_name != null
  host        = local.https ? local.domain_name : aws_eip.this.public_ip
  endpoint    = "${local.https ? "https" : "http"}://${local.host}${var.mcp.path}"

  runtime = coalesce(var.runtime, var.pypi != null ? "python" : var.command != null ? "none" : "node")

  build_commands = {
    node   = "npm ci && npm run build --if-present && npm prune --omit=dev"
    python = "uv sync --locked --no-dev"
  }

  runtime_environment = local.runtime == "node" ? { NODE_ENV = "production" } : local.runtime == "python" ? { PYTHONUNBUFFERED = "1" } : {}

  # `npx` and `uvx` would ask the registry again at every start; the package's command is installed already.
  start_command = coalesce(
    var.start_command,
    var.command,
    var.npm == null ? null : "node_modules/.bin/${reverse(split("/", try(var.npm.package, "")))[0]}",
    var.pypi == null ? null : ".venv/bin/${try(var.pypi.package, "")}",
    "npm start",
  )

  # The roles of terraform/github-oidc know the server by this tag.
  tags = merge(var.tags, { McpServer = var.name })
}
