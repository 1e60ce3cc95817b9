# The function, its published versions, and the alias that clients are sent through. A version never changes, so the alias
# can go back to an earlier one in seconds and without a build.

resource "aws_cloudwatch_log_group" "this" {
  # checkov:skip=CKV_AWS_338: Set log_retention_days to 365 or more where a rule of yours requires it.
  name              = local.log_group
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_kms_key_arn
  tags              = local.tags
}

resource "aws_lambda_function" "this" {
  # checkov:skip=CKV_AWS_116: A dead letter queue is for asynchronous calls, and every call of a client waits for its reply.
  # checkov:skip=CKV_AWS_272: Code signing needs a signing profile of yours.
  # checkov:skip=CKV_AWS_173: Environment variables are encrypted with a key of AWS. Secrets do not belong there.
  function_name    = var.name
  description      = "MCP server ${var.name}"
  role             = aws_iam_role.this.arn
  package_type     = local.is_image ? "Image" : "Zip"
  image_uri        = var.image
  filename         = try(var.package.file, null)
  source_code_hash = try(filebase64sha256(var.package.file), null)
  handler          = try(var.package.handler, null)
  runtime          = try(var.package.runtime, null)
  layers           = try([var.package.adapter_layer_arn], null)
  architectures    = [var.architecture]
  memory_size      = var.memory
  timeout          = var.timeout
  publish          = true
  tags             = local.tags

  reserved_concurrent_executions = var.max_concurrency

  environment {
    variables = merge(
      {
        PORT                         = tostring(var.port)
        AWS_LWA_PORT                 = tostring(var.port)
        AWS_LWA_READINESS_CHECK_PATH = var.health_path
        AWS_LWA_INVOKE_MODE          = local.is_api ? "buffered" : "response_stream"
      },
      # The Web Adapter of a zip package is a layer, which starts by this wrapper.
      local.is_image ? {} : { AWS_LAMBDA_EXEC_WRAPPER = "/opt/bootstrap" },
      var.environment,
    )
  }

  logging_config {
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.this.name
  }

  tracing_config {
    mode = "PassThrough"
  }

  dynamic "vpc_config" {
    for_each = var.vpc[*]

    content {
      subnet_ids         = vpc_config.value.subnet_ids
      security_group_ids = vpc_config.value.security_group_ids
    }
  }

  # Without its permissions the first version could neither write its log nor open its network interfaces.
  depends_on = [aws_iam_role_policy.log, aws_iam_role_policy.network]
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  description      = "The version that clients get"
  function_name    = aws_lambda_function.this.function_name
  function_version = aws_lambda_function.this.version
}
