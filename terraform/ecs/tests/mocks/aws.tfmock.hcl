# What AWS would answer, where a random word would not do: identifiers that other arguments are checked against.

mock_data "aws_availability_zones" {
  defaults = { names = ["us-east-1a", "us-east-1b", "us-east-1c"] }
}

mock_data "aws_caller_identity" {
  defaults = { account_id = "123456789012" }
}

mock_data "aws_partition" {
  defaults = { partition = "aws" }
}

mock_data "aws_region" {
  defaults = { id = "us-east-1" }
}

mock_data "aws_route53_zone" {
  defaults = { name = "example.com", private_zone = false, name_servers = ["ns-1.awsdns-01.com"] }
}

mock_data "aws_lb" {
  defaults = {
    dns_name        = "shared-1234567890.us-east-1.elb.amazonaws.com"
    zone_id         = "ZLOADBALANCERS"
    internal        = false
    vpc_id          = "vpc-given"
    security_groups = ["sg-shared", "sg-other"]
  }
}

mock_data "aws_lb_listener" {
  defaults = {
    arn      = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/shared/0123456789abcdef/fedcba9876543210"
    protocol = "HTTPS"
    port     = 443
  }
}

mock_resource "aws_acm_certificate" {
  defaults = {
    arn = "arn:aws:acm:us-east-1:123456789012:certificate/issued"
    domain_validation_options = [{
      domain_name           = "mcp.example.com"
      resource_record_name  = "_challenge.mcp.example.com."
      resource_record_type  = "CNAME"
      resource_record_value = "_answer.acm-validations.aws."
    }]
  }
}

mock_resource "aws_acm_certificate_validation" {
  defaults = { certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/issued" }
}

mock_resource "aws_ecs_cluster" {
  defaults = { arn = "arn:aws:ecs:us-east-1:123456789012:cluster/orders-mcp" }
}

mock_resource "aws_ecs_service" {
  defaults = { id = "arn:aws:ecs:us-east-1:123456789012:service/orders-mcp/orders-mcp" }
}

mock_resource "aws_ecs_task_definition" {
  defaults = { arn = "arn:aws:ecs:us-east-1:123456789012:task-definition/orders-mcp:1" }
}

mock_resource "aws_iam_role" {
  defaults = { arn = "arn:aws:iam::123456789012:role/orders-mcp" }
}

mock_resource "aws_lb" {
  defaults = {
    arn        = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/orders-mcp/0123456789abcdef"
    arn_suffix = "app/orders-mcp/0123456789abcdef"
    dns_name   = "orders-mcp-1234567890.us-east-1.elb.amazonaws.com"
  }
}

mock_resource "aws_lb_target_group" {
  defaults = {
    arn        = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/orders-mcp/0123456789abcdef"
    arn_suffix = "targetgroup/orders-mcp/0123456789abcdef"
  }
}

mock_resource "aws_secretsmanager_secret" {
  defaults = { arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:orders-mcp/API_KEY-AbCdEf" }
}

mock_resource "aws_subnet" {
  defaults = { id = "subnet-made" }
}

mock_resource "aws_vpc" {
  defaults = { id = "vpc-made" }
}

mock_resource "aws_security_group" {
  defaults = { id = "sg-made" }
}
