# What AWS would answer, where a random word would not do: identifiers that other arguments are checked against.

mock_data "aws_caller_identity" {
  defaults = { account_id = "123456789012" }
}

mock_data "aws_partition" {
  defaults = { partition = "aws" }
}

mock_data "aws_region" {
  defaults = { id = "us-east-1" }
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

mock_resource "aws_apigatewayv2_api" {
  defaults = {
    id            = "x1y2z3"
    api_endpoint  = "https://x1y2z3.execute-api.us-east-1.amazonaws.com"
    execution_arn = "arn:aws:execute-api:us-east-1:123456789012:x1y2z3"
  }
}

mock_resource "aws_apigatewayv2_domain_name" {
  defaults = { id = "mcp.example.com" }
}

mock_resource "aws_iam_role" {
  defaults = { arn = "arn:aws:iam::123456789012:role/orders-mcp" }
}

mock_resource "aws_lambda_function" {
  defaults = {
    arn     = "arn:aws:lambda:us-east-1:123456789012:function:orders-mcp"
    version = "7"
  }
}

mock_resource "aws_lambda_function_url" {
  defaults = { function_url = "https://abc.lambda-url.us-east-1.on.aws/" }
}
