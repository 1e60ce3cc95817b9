# Where the subnets stay when AWS's list of zones changes after they were made.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name          = "orders-mcp"
  image         = "repo/mcp:v1"
  dns           = { domain_name = "mcp.example.com", zone_id = "Z0123456789" }
  secret_values = {}
}

run "network_is_made" {
  command = apply

  plan_options {
    target = [aws_subnet.public]
  }
}

run "subnets_stay_when_a_zone_leaves_the_list" {
  command = plan

  plan_options {
    target = [aws_subnet.public]
  }

  override_data {
    target = data.aws_availability_zones.available[0]
    values = { names = ["us-east-1b", "us-east-1c"] }
  }

  assert {
    condition     = [for subnet in aws_subnet.public : subnet.availability_zone] == ["us-east-1a", "us-east-1b"]
    error_message = "subnets are in ${join(", ", aws_subnet.public[*].availability_zone)}"
  }
}
