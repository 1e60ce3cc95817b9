# The runtime, whose versions never change, and the endpoint that clients call. AWS starts a microVM for each session, at its first
# request. The container must be built for linux/arm64 and serve MCP at 0.0.0.0:8000/mcp.

resource "aws_bedrockagentcore_agent_runtime" "this" {
  agent_runtime_name = local.runtime_name
  description        = "MCP server ${var.name}"
  role_arn           = aws_iam_role.this.arn
  tags               = local.tags

  # An empty map comes back as none, which the provider calls inconsistent.
  environment_variables = length(var.environment) == 0 ? null : var.environment

  agent_runtime_artifact {
    container_configuration {
      container_uri = var.image
    }
  }

  network_configuration {
    network_mode = "PUBLIC"
  }

  protocol_configuration {
    server_protocol = "MCP"
  }

  dynamic "authorizer_configuration" {
    for_each = var.jwt[*]

    content {
      custom_jwt_authorizer {
        discovery_url    = authorizer_configuration.value.discovery_url
        allowed_clients  = authorizer_configuration.value.allowed_clients
        allowed_audience = authorizer_configuration.value.allowed_audience
      }
    }
  }

  dynamic "request_header_configuration" {
    for_each = length(var.forwarded_headers) == 0 ? [] : [var.forwarded_headers]

    content {
      request_header_allowlist = request_header_configuration.value
    }
  }

  # Without its permissions AgentCore could not pull the first image.
  depends_on = [aws_iam_role_policy.image, aws_iam_role_policy.log]
}

# A named endpoint stays on its version until agent_runtime_version changes. With the version of this apply, each apply moves it, and a
# rollback can move it back.
resource "aws_bedrockagentcore_agent_runtime_endpoint" "this" {
  agent_runtime_id      = aws_bedrockagentcore_agent_runtime.this.agent_runtime_id
  agent_runtime_version = aws_bedrockagentcore_agent_runtime.this.agent_runtime_version
  name                  = var.endpoint_name
  description           = "The version of ${var.name} that clients get"
  tags                  = local.tags

  # AgentCore writes to this group when the first session begins.
  depends_on = [aws_cloudwatch_log_group.this]
}

resource "aws_cloudwatch_log_group" "this" {
  # checkov:skip=CKV_AWS_338: Set log_retention_days to 365 or more where a rule of yours requires it.
  name              = "/aws/bedrock-agentcore/runtimes/${aws_bedrockagentcore_agent_runtime.this.agent_runtime_id}-${var.endpoint_name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_kms_key_arn
  tags              = local.tags
}
