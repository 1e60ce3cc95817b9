# The network that is made: its flow log, and what is open in it.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name = "orders-mcp"
  git  = { url = "https://github.com/example/mcp.git", ref = "v1.2.3" }
  dns  = { domain_name = "mcp.example.com", zone_id = "Z0123456789" }
}

run "no_flow_log_unless_asked_for" {
  command = plan

  assert {
    condition     = length(aws_flow_log.this) == 0
    error_message = "a flow log needs a destination"
  }
}

run "flow_log_in_a_bucket" {
  command = plan

  variables {
    flow_log = { destination_arn = "arn:aws:s3:::logs-of-example/vpc" }
  }

  assert {
    condition     = aws_flow_log.this[0].log_destination == "arn:aws:s3:::logs-of-example/vpc" && aws_flow_log.this[0].log_destination_type == "s3" && aws_flow_log.this[0].traffic_type == "ALL" && aws_flow_log.this[0].vpc_id == "vpc-made"
    error_message = "flow log"
  }
}

run "flow_log_in_a_log_group" {
  command = plan

  variables {
    flow_log = {
      destination_arn          = "arn:aws:logs:us-east-1:123456789012:log-group:/vpc/orders"
      iam_role_arn             = "arn:aws:iam::123456789012:role/flow-logs"
      traffic_type             = "REJECT"
      max_aggregation_interval = 60
    }
  }

  assert {
    condition     = aws_flow_log.this[0].log_destination_type == "cloud-watch-logs" && aws_flow_log.this[0].iam_role_arn == "arn:aws:iam::123456789012:role/flow-logs" && aws_flow_log.this[0].max_aggregation_interval == 60 && aws_flow_log.this[0].traffic_type == "REJECT"
    error_message = "flow log"
  }
}
