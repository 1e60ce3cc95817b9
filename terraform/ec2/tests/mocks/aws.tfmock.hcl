# What AWS would answer, where a random word would not do: identifiers that other arguments are checked against.

mock_data "aws_ami" {
  defaults = { id = "ami-0123456789abcdef0" }
}

mock_data "aws_caller_identity" {
  defaults = { account_id = "123456789012" }
}

mock_data "aws_ec2_instance_type" {
  defaults = { supported_architectures = ["arm64"] }
}

mock_data "aws_ec2_instance_type_offerings" {
  defaults = { locations = ["us-east-1c", "us-east-1b"] }
}

mock_data "aws_partition" {
  defaults = { partition = "aws" }
}

mock_data "aws_region" {
  defaults = { id = "us-east-1" }
}

mock_resource "aws_cloudwatch_log_group" {
  defaults = { arn = "arn:aws:logs:us-east-1:123456789012:log-group:/mcp/orders-mcp" }
}

mock_resource "aws_eip" {
  defaults = { id = "eipalloc-made", public_ip = "203.0.113.10" }
}

mock_resource "aws_iam_role" {
  defaults = { arn = "arn:aws:iam::123456789012:role/orders-mcp" }
}

mock_resource "aws_instance" {
  defaults = { id = "i-0123456789abcdef0" }
}

mock_resource "aws_secretsmanager_secret" {
  defaults = { arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:orders-mcp/tls-AbCdEf" }
}

mock_resource "aws_security_group" {
  defaults = { id = "sg-made" }
}

mock_resource "aws_subnet" {
  defaults = { id = "subnet-made" }
}

mock_resource "aws_vpc" {
  defaults = { id = "vpc-made" }
}
