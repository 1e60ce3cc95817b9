# Where the stack lives, and who reaches whom in it.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name  = "orders-mcp"
  image = "repo/mcp:v1"
  dns   = { domain_name = "mcp.example.com", zone_id = "Z0123456789" }
}

run "vpc_is_made_when_none_is_given" {
  command = plan

  variables {
    vpc_cidr = "10.9.0.0/20"
  }

  assert {
    condition     = [for subnet in aws_subnet.public : subnet.cidr_block] == ["10.9.0.0/24", "10.9.1.0/24"]
    error_message = "two subnets must be cut from vpc_cidr"
  }
  assert {
    condition     = [for subnet in aws_subnet.public : subnet.availability_zone] == ["us-east-1a", "us-east-1b"]
    error_message = "the subnets must be in different zones"
  }
  assert {
    condition     = aws_route.internet[0].destination_cidr_block == "0.0.0.0/0"
    error_message = "without a NAT gateway the tasks need the internet gateway"
  }
  assert {
    condition     = aws_ecs_service.this.network_configuration[0].assign_public_ip
    error_message = "a task in a public subnet cannot pull its image without a public address"
  }
  assert {
    condition     = output.vpc_id == "vpc-made"
    error_message = "vpc_id must be the VPC that was made"
  }
}

run "given_network_is_used" {
  command = plan

  variables {
    network = { vpc_id = "vpc-given", public_subnet_ids = ["subnet-1", "subnet-2"] }
  }

  assert {
    condition     = length(aws_vpc.this) + length(aws_subnet.public) + length(aws_internet_gateway.this) == 0
    error_message = "nothing may be made in a network that is given"
  }
  assert {
    condition     = aws_lb.this[0].subnets == toset(["subnet-1", "subnet-2"]) && aws_ecs_service.this.network_configuration[0].subnets == toset(["subnet-1", "subnet-2"])
    error_message = "load balancer and tasks must be in the public subnets"
  }
  assert {
    condition     = alltrue([for id in [aws_security_group.task.vpc_id, aws_security_group.load_balancer[0].vpc_id, aws_lb_target_group.this.vpc_id, output.vpc_id] : id == "vpc-given"])
    error_message = "everything must be in the given VPC"
  }
}

run "tasks_in_private_subnets_have_no_public_address" {
  command = plan

  variables {
    network = { vpc_id = "vpc-given", public_subnet_ids = ["subnet-1", "subnet-2"], task_subnet_ids = ["subnet-3"] }
  }

  assert {
    condition     = aws_ecs_service.this.network_configuration[0].subnets == toset(["subnet-3"]) && !aws_ecs_service.this.network_configuration[0].assign_public_ip
    error_message = "tasks must be in the private subnet, without public address"
  }
  assert {
    condition     = aws_lb.this[0].subnets == toset(["subnet-1", "subnet-2"])
    error_message = "the load balancer stays in the public subnets"
  }
}

run "everyone_may_reach_https_and_the_redirect" {
  command = plan

  assert {
    condition     = { for key, rule in aws_vpc_security_group_ingress_rule.load_balancer : key => rule.from_port } == { "0.0.0.0/0 https" = 443, "0.0.0.0/0 redirect" = 80 }
    error_message = "443 and 80 must be open, and nothing else"
  }
}

run "only_allowed_ranges_may_reach_it" {
  command = plan

  variables {
    allowed_cidrs = ["203.0.113.0/24", "198.51.100.7/32"]
  }

  assert {
    condition     = toset([for rule in aws_vpc_security_group_ingress_rule.load_balancer : rule.cidr_ipv4]) == toset(["203.0.113.0/24", "198.51.100.7/32"])
    error_message = "only the allowed ranges may get in"
  }
}

run "only_the_load_balancer_reaches_the_tasks" {
  command = plan

  variables {
    container = { port = 8080 }
  }

  override_resource {
    target          = aws_security_group.load_balancer[0]
    values          = { id = "sg-load-balancer" }
    override_during = plan
  }

  assert {
    condition = (
      aws_vpc_security_group_ingress_rule.task.referenced_security_group_id == "sg-load-balancer"
      && aws_vpc_security_group_ingress_rule.task.from_port == 8080
      && aws_vpc_security_group_ingress_rule.task.to_port == 8080
    )
    error_message = "the task's port must be open to the load balancer alone"
  }
  assert {
    condition     = aws_vpc_security_group_egress_rule.load_balancer[0].from_port == 8080
    error_message = "the load balancer must be let out to the task's port"
  }
}
