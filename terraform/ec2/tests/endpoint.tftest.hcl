# How the endpoint is reached: network, name and open ports.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name = "orders-mcp"
  git  = { url = "https://github.com/example/mcp.git", ref = "v1.2.3" }
  dns  = { domain_name = "mcp.example.com", zone_id = "Z0123456789" }
}

run "network_is_made" {
  command = plan

  assert {
    condition     = aws_instance.this.subnet_id == "subnet-made" && output.vpc_id == "vpc-made" && aws_subnet.public[0].cidr_block == "10.43.0.0/20"
    error_message = "one public subnet"
  }
  assert {
    condition     = aws_subnet.public[0].availability_zone == "us-east-1b"
    error_message = "the first zone that has the instance type"
  }
  assert {
    condition     = aws_route.internet[0].destination_cidr_block == "0.0.0.0/0"
    error_message = "a way out"
  }
  assert {
    condition     = aws_instance.this.associate_public_ip_address
    error_message = "also before it has the Elastic IP"
  }
}

run "given_network" {
  command = plan

  variables {
    network = { vpc_id = "vpc-given", subnet_id = "subnet-given" }
  }

  assert {
    condition     = length(aws_vpc.this) + length(aws_subnet.public) + length(aws_internet_gateway.this) + length(data.aws_ec2_instance_type_offerings.this) == 0
    error_message = "no network is made"
  }
  assert {
    condition     = aws_instance.this.subnet_id == "subnet-given" && aws_security_group.this.vpc_id == "vpc-given" && output.vpc_id == "vpc-given"
    error_message = "the given one is used"
  }
}

run "name_in_route_53" {
  command = plan

  assert {
    condition     = aws_route53_record.this[0].name == "mcp.example.com" && aws_route53_record.this[0].type == "A" && aws_route53_record.this[0].records == toset(["203.0.113.10"]) && aws_route53_record.this[0].zone_id == "Z0123456789"
    error_message = "the name leads to the Elastic IP"
  }
  assert {
    condition     = output.mcp_endpoint == "https://mcp.example.com/mcp"
    error_message = "mcp_endpoint is ${output.mcp_endpoint}"
  }
  assert {
    condition     = sort([for rule in aws_vpc_security_group_ingress_rule.web : "${rule.cidr_ipv4} ${rule.from_port}"]) == tolist(["0.0.0.0/0 443", "0.0.0.0/0 80"])
    error_message = "443, and 80 for the certificate authority"
  }
}

run "name_elsewhere" {
  command = plan

  variables {
    dns         = null
    domain_name = "mcp.example.org"
    mcp         = { path = "/v1/mcp" }
  }

  assert {
    condition     = length(aws_route53_record.this) == 0 && jsondecode(base64decode(regex("base64 -d <<<'([^']*)'", local.user_data)[0])).domain == "mcp.example.org"
    error_message = "no record outside Route 53"
  }
  assert {
    condition     = output.mcp_endpoint == "https://mcp.example.org/v1/mcp" && output.public_ip == "203.0.113.10"
    error_message = "the endpoint, and where to point the name"
  }
}

run "allowed_ranges" {
  command = plan

  variables {
    allowed_cidrs = ["198.51.100.0/24"]
  }

  assert {
    condition     = sort([for rule in aws_vpc_security_group_ingress_rule.web : "${rule.cidr_ipv4} ${rule.from_port}"]) == tolist(["0.0.0.0/0 80", "198.51.100.0/24 443"])
    error_message = "clients from the range; the certificate authority from anywhere"
  }
}

run "plain_http_when_asked_for" {
  command = plan

  variables {
    dns                 = null
    allow_insecure_http = true
    allowed_cidrs       = ["198.51.100.0/24"]
  }

  assert {
    condition     = sort([for rule in aws_vpc_security_group_ingress_rule.web : "${rule.cidr_ipv4} ${rule.from_port}"]) == tolist(["198.51.100.0/24 80"])
    error_message = "80 from the range, and 443 closed"
  }
  assert {
    condition     = output.mcp_endpoint == "http://203.0.113.10/mcp" && jsondecode(base64decode(regex("base64 -d <<<'([^']*)'", local.user_data)[0])).domain == ""
    error_message = "mcp_endpoint is ${output.mcp_endpoint}"
  }
}

run "local_zones_are_not_used" {
  command = plan

  override_data {
    target          = data.aws_ec2_instance_type_offerings.this
    override_during = plan
    values          = { locations = ["us-east-1-bos-1a", "us-east-1-wl1-bos-wlz-1", "us-east-1d", "us-east-1c"] }
  }

  assert {
    condition     = aws_subnet.public[0].availability_zone == "us-east-1c"
    error_message = "the subnet is in ${aws_subnet.public[0].availability_zone}"
  }
}
