# Where clients reach the server.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name  = "orders-mcp"
  image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/orders-mcp:v1"
}

run "an_http_api_calls_the_alias" {
  command = plan

  assert {
    condition     = output.mcp_endpoint == "https://x1y2z3.execute-api.us-east-1.amazonaws.com/mcp"
    error_message = "Without a host name of its own the endpoint has the API's."
  }

  assert {
    condition     = aws_apigatewayv2_integration.this[0].integration_uri == "arn:aws:lambda:us-east-1:123456789012:function:orders-mcp:live"
    error_message = "The API must call the alias and not $LATEST."
  }

  assert {
    condition     = aws_lambda_permission.api[0].qualifier == "live" && aws_lambda_permission.api[0].source_arn == "arn:aws:execute-api:us-east-1:123456789012:x1y2z3/*"
    error_message = "Only this API may call the alias."
  }

  assert {
    condition     = length(aws_lambda_function_url.this) == 0 && !aws_apigatewayv2_api.this[0].disable_execute_api_endpoint
    error_message = "There is one address."
  }
}

run "a_host_name_of_its_own_is_the_only_one" {
  command = plan

  variables {
    dns = { domain_name = "mcp.example.com", zone_id = "Z0123456789" }
  }

  assert {
    condition     = output.mcp_endpoint == "https://mcp.example.com/mcp" && aws_apigatewayv2_api.this[0].disable_execute_api_endpoint
    error_message = "With a host name the address of the API itself is closed."
  }

  assert {
    condition     = aws_apigatewayv2_domain_name.this[0].domain_name_configuration[0].security_policy == "TLS_1_2" && aws_route53_record.validation[0].name == "_challenge.mcp.example.com."
    error_message = "The certificate is validated in the zone, and old TLS is refused."
  }
}

run "a_function_url_streams_and_asks_for_a_signature" {
  command = plan

  variables {
    address = "function-url"
  }

  assert {
    condition     = output.mcp_endpoint == "https://abc.lambda-url.us-east-1.on.aws/mcp"
    error_message = "The URL of a function ends in a slash, which must not be doubled."
  }

  assert {
    condition     = aws_lambda_function_url.this[0].authorization_type == "AWS_IAM" && aws_lambda_function_url.this[0].invoke_mode == "RESPONSE_STREAM" && aws_lambda_function_url.this[0].qualifier == "live"
    error_message = "A function URL is signed, streams, and belongs to the alias."
  }

  assert {
    condition     = aws_lambda_function.this.environment[0].variables.AWS_LWA_INVOKE_MODE == "response_stream"
    error_message = "The Web Adapter must stream where the URL does."
  }

  assert {
    condition     = length(aws_apigatewayv2_api.this) == 0 && length(aws_lambda_permission.api) == 0
    error_message = "There is one address."
  }
}
