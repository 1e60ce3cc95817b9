# What the function is, and what its role may do.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name  = "orders-mcp"
  image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/orders-mcp:v1"
}

run "an_image_is_published_behind_the_alias" {
  command = plan

  assert {
    condition     = aws_lambda_function.this.publish && aws_lambda_function.this.package_type == "Image"
    error_message = "Each apply must publish a version."
  }

  assert {
    condition     = aws_lambda_alias.live.function_version == aws_lambda_function.this.version && output.lambda_alias == "live"
    error_message = "The alias must point at the version that this apply published."
  }

  assert {
    condition     = aws_lambda_function.this.environment[0].variables == tomap({ PORT = "8080", AWS_LWA_PORT = "8080", AWS_LWA_READINESS_CHECK_PATH = "/health", AWS_LWA_INVOKE_MODE = "buffered" })
    error_message = "The Web Adapter must know port and health path."
  }

  assert {
    condition     = aws_lambda_function.this.tags.McpServer == "orders-mcp"
    error_message = "The roles of terraform/github-oidc know the server by this tag."
  }
}

run "a_zip_package_starts_by_the_web_adapter" {
  command = plan

  variables {
    image = null
    package = {
      file              = "outputs.tf"
      runtime           = "nodejs22.x"
      adapter_layer_arn = "arn:aws:lambda:us-east-1:753240598075:layer:LambdaAdapterLayerX86:25"
    }
    environment = { LOG_LEVEL = "debug" }
  }

  assert {
    condition     = aws_lambda_function.this.handler == "run.sh" && one(aws_lambda_function.this.layers) == "arn:aws:lambda:us-east-1:753240598075:layer:LambdaAdapterLayerX86:25"
    error_message = "The handler must be the script that starts the server."
  }

  assert {
    condition     = aws_lambda_function.this.environment[0].variables.AWS_LAMBDA_EXEC_WRAPPER == "/opt/bootstrap" && aws_lambda_function.this.environment[0].variables.LOG_LEVEL == "debug"
    error_message = "The layer starts by its wrapper, and the own variables must be there."
  }
}

run "the_role_may_write_its_own_log_and_nothing_else" {
  command = plan

  assert {
    condition = jsondecode(aws_iam_role_policy.log.policy).Statement == [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/orders-mcp:*"
    }]
    error_message = "The role may write its own log group only."
  }

  assert {
    condition     = length(aws_iam_role_policy.network) == 0 && length(aws_iam_role_policy.server) == 0
    error_message = "Without a VPC and policies of the caller there is no other policy."
  }
}

run "a_function_in_a_vpc_may_open_network_interfaces" {
  command = plan

  variables {
    vpc           = { subnet_ids = ["subnet-1"], security_group_ids = ["sg-1"] }
    role_policies = { read = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }
  }

  assert {
    condition     = one(aws_lambda_function.this.vpc_config).subnet_ids == toset(["subnet-1"]) && length(aws_iam_role_policy.network) == 1 && length(aws_iam_role_policy.server) == 1
    error_message = "A function in a VPC needs the permissions for its network interfaces."
  }
}
