# The network that is made when none is given: two public subnets and no NAT gateway, which would cost as much as a
# task and the load balancer together. The security groups, not the subnets, keep the tasks out of reach.

data "aws_availability_zones" "available" {
  # checkov:skip=CKV_AWS_394: A subnet keeps its zone: aws_subnet.public ignores later changes of the list.
  count            = local.make_network ? 1 : 0
  state            = "available"
  exclude_zone_ids = var.excluded_zone_ids

  # Local Zones and Wavelength Zones are opted into, and take no application load balancer.
  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
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
  count = local.make_network ? 2 : 0

  vpc_id            = aws_vpc.this[0].id
  cidr_block        = cidrsubnet(var.vpc_cidr, 4, count.index)
  availability_zone = length(var.availability_zones) > 0 ? var.availability_zones[count.index] : data.aws_availability_zones.available[0].names[count.index]
  tags              = merge(local.tags, { Name = "${var.name}-public-${count.index}" })

  lifecycle {
    # The zones are taken by their position in AWS's list. A list that changes must not replace the subnets that serve.
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
  count = local.make_network ? 2 : 0

  subnet_id      = aws_subnet.public[count.index].id
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
