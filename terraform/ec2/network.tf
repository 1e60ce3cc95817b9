# The network that is made when none is given, one public subnet, and who may talk to the instance.

# Not every zone of a region has every instance type.
data "aws_ec2_instance_type_offerings" "this" {
  count = local.make_network ? 1 : 0

  location_type = "availability-zone"

  filter {
    name   = "instance-type"
    values = [var.instance.type]
  }
}

resource "aws_vpc" "this" {
  # checkov:skip=CKV2_AWS_12: Nothing uses the default group. To close it, the apply role would need rights on every group of the account.
  count = local.make_network ? 1 : 0

  cidr_block           = var.vpc_cidr
  enable_dns_hostnames = true
  tags                 = merge(local.tags, { Name = var.name })
}

# The first edition closed the VPC's default security group. It has no tag when AWS makes it, so the apply role needed the
# right to change every untagged group of the account. It stays as it is, and nothing here uses it.
removed {
  from = aws_default_security_group.this

  lifecycle {
    destroy = false
  }
}

resource "aws_internet_gateway" "this" {
  count = local.make_network ? 1 : 0

  vpc_id = aws_vpc.this[0].id
  tags   = merge(local.tags, { Name = var.name })
}

resource "aws_subnet" "public" {
  count = local.make_network ? 1 : 0

  vpc_id     = aws_vpc.this[0].id
  cidr_block = cidrsubnet(var.vpc_cidr, 4, 0)
  # A Local Zone or Wavelength Zone that the account opted into is in the list too, with a longer name than the region's own.
  availability_zone = sort([for zone in data.aws_ec2_instance_type_offerings.this[0].locations : zone if length(zone) == length(data.aws_region.current.id) + 1])[0]
  tags              = merge(local.tags, { Name = "${var.name}-public" })

  lifecycle {
    # A zone in which AWS offers the type tomorrow must not move the subnet, and the server with it.
    ignore_changes = [availability_zone]
  }
}

resource "aws_route_table" "public" {
  count = local.make_network ? 1 : 0

  vpc_id = aws_vpc.this[0].id
  tags   = merge(local.tags, { Name = "${var.name}-public" })
}

resource "aws_route" "internet" {
  count = local.make_network ? 1 : 0

  route_table_id         = aws_route_table.public[0].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this[0].id
}

resource "aws_route_table_association" "public" {
  count = local.make_network ? 1 : 0

  subnet_id      = aws_subnet.public[0].id
  route_table_id = aws_route_table.public[0].id
}

resource "aws_flow_log" "this" {
  count = local.make_network && var.flow_log != null ? 1 : 0

  vpc_id                   = aws_vpc.this[0].id
  log_destination          = var.flow_log.destination_arn
  log_destination_type     = startswith(split(":", var.flow_log.destination_arn)[2], "s3") ? "s3" : "cloud-watch-logs"
  iam_role_arn             = var.flow_log.iam_role_arn
  traffic_type             = var.flow_log.traffic_type
  max_aggregation_interval = var.flow_log.max_aggregation_interval
  tags                     = merge(local.tags, { Name = var.name })
}

locals {
  web_ports = local.https ? { https = 443 } : {}

  web_rules = merge(
    { for pair in setproduct(var.allowed_cidrs, keys(local.web_ports)) : "${pair[0]} ${pair[1]}" => { cidr = pair[0], port = local.web_ports[pair[1]], description = "MCP clients" } },
    # The certificate authority asks over plain HTTP, from addresses that it does not tell.
    local.https
    ? { "0.0.0.0/0 acme" = { cidr = "0.0.0.0/0", port = 80, description = "Certificate authority; everything else is redirected to HTTPS" } }
    : { for cidr in var.allowed_cidrs : "${cidr} http" => { cidr = cidr, port = 80, description = "MCP clients (plain HTTP)" } if var.allow_insecure_http },
  )
}

resource "aws_security_group" "this" {
  name_prefix = "${var.name}-"
  description = "MCP server ${var.name}"
  vpc_id      = local.vpc_id
  tags        = merge(local.tags, { Name = var.name })

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "web" {
  for_each = local.web_rules

  security_group_id = aws_security_group.this.id
  description       = each.value.description
  cidr_ipv4         = each.value.cidr
  ip_protocol       = "tcp"
  from_port         = each.value.port
  to_port           = each.value.port
  tags              = local.tags
}

resource "aws_vpc_security_group_ingress_rule" "ssh" {
  for_each = var.ssh == null ? toset([]) : var.ssh.allowed_cidrs

  security_group_id = aws_security_group.this.id
  description       = "SSH"
  cidr_ipv4         = each.value
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
  tags              = local.tags
}

resource "aws_vpc_security_group_egress_rule" "this" {
  security_group_id = aws_security_group.this.id
  description       = "Packages, secrets, certificates, logs, and whatever the tools call"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
  tags              = local.tags
}
