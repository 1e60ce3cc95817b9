# Where clients reach the server. An HTTP API is open to everybody, has a host name of your own, and gives each answer in one
# piece within 30 seconds. A function URL streams answers, and AWS asks for the signature of a caller that IAM allows.

resource "aws_lambda_function_url" "this" {
  count = local.is_api ? 0 : 1

  function_name      = aws_lambda_function.this.function_name
  qualifier          = aws_lambda_alias.live.name
  authorization_type = "AWS_IAM"
  invoke_mode        = "RESPONSE_STREAM"
}

resource "aws_apigatewayv2_api" "this" {
  count = local.is_api ? 1 : 0

  name                         = var.name
  description                  = "MCP server ${var.name}"
  protocol_type                = "HTTP"
  disable_execute_api_endpoint = var.dns != null
  tags                         = local.tags
}

resource "aws_apigatewayv2_integration" "this" {
  count = local.is_api ? 1 : 0

  api_id                 = aws_apigatewayv2_api.this[0].id
  integration_type       = "AWS_PROXY"
  integration_uri        = "${aws_lambda_function.this.arn}:${aws_lambda_alias.live.name}"
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_route" "this" {
  # checkov:skip=CKV_AWS_309: The MCP server authorizes its clients: the API passes every request on.
  count = local.is_api ? 1 : 0

  api_id    = aws_apigatewayv2_api.this[0].id
  route_key = "$default"
  target    = "integrations/${aws_apigatewayv2_integration.this[0].id}"
}

resource "aws_apigatewayv2_stage" "this" {
  # checkov:skip=CKV_AWS_76: The log of the function has every request.
  count = local.is_api ? 1 : 0

  api_id      = aws_apigatewayv2_api.this[0].id
  name        = "$default"
  auto_deploy = true

  default_route_settings {
    throttling_burst_limit = var.rate_limit.burst
    throttling_rate_limit  = var.rate_limit.per_second
  }
}

resource "aws_lambda_permission" "api" {
  count = local.is_api ? 1 : 0

  statement_id  = "http-api"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.function_name
  qualifier     = aws_lambda_alias.live.name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.this[0].execution_arn}/*"
}

resource "aws_acm_certificate" "this" {
  count = var.dns == null ? 0 : 1

  domain_name       = var.dns.domain_name
  validation_method = "DNS"
  tags              = local.tags

  lifecycle {
    create_before_destroy = true
  }
}

locals {
  # One host name, so one option; the provider gives a set.
  validation_option = one(flatten(aws_acm_certificate.this[*].domain_validation_options[*]))
}

resource "aws_route53_record" "validation" {
  count = var.dns == null ? 0 : 1

  zone_id = var.dns.zone_id
  name    = local.validation_option.resource_record_name
  type    = local.validation_option.resource_record_type
  records = [local.validation_option.resource_record_value]
  ttl     = 60

  # ACM asks for the same record whenever the same name is requested again in the account.
  allow_overwrite = true
}

resource "aws_acm_certificate_validation" "this" {
  count = var.dns == null ? 0 : 1

  certificate_arn         = aws_acm_certificate.this[0].arn
  validation_record_fqdns = aws_route53_record.validation[*].fqdn
}

resource "aws_apigatewayv2_domain_name" "this" {
  count = var.dns == null ? 0 : 1

  domain_name = var.dns.domain_name
  tags        = local.tags

  domain_name_configuration {
    certificate_arn = aws_acm_certificate_validation.this[0].certificate_arn
    endpoint_type   = "REGIONAL"
    security_policy = "TLS_1_2"
  }
}

resource "aws_apigatewayv2_api_mapping" "this" {
  count = var.dns == null ? 0 : 1

  api_id      = aws_apigatewayv2_api.this[0].id
  domain_name = aws_apigatewayv2_domain_name.this[0].id
  stage       = aws_apigatewayv2_stage.this[0].id
}

resource "aws_route53_record" "endpoint" {
  count = var.dns == null ? 0 : 1

  zone_id = var.dns.zone_id
  name    = var.dns.domain_name
  type    = "A"

  alias {
    name                   = aws_apigatewayv2_domain_name.this[0].domain_name_configuration[0].target_domain_name
    zone_id                = aws_apigatewayv2_domain_name.this[0].domain_name_configuration[0].hosted_zone_id
    evaluate_target_health = false
  }
}
