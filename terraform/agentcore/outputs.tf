# The first two are what the action reads to verify a deployment; their names are part of its contract.

output "agentcore_runtime_arn" {
  description = "ARN of the runtime."
  value       = aws_bedrockagentcore_agent_runtime.this.agent_runtime_arn
}

output "agentcore_endpoint_name" {
  description = "Endpoint of the runtime that clients call."
  value       = aws_bedrockagentcore_agent_runtime_endpoint.this.name
}

output "mcp_endpoint" {
  description = "URL of the MCP endpoint. Clients sign their requests (IAM), or send a token of the issuer in `jwt`."
  value       = "https://bedrock-agentcore.${local.region}.${data.aws_partition.current.dns_suffix}/runtimes/${urlencode(aws_bedrockagentcore_agent_runtime.this.agent_runtime_arn)}/invocations?qualifier=${aws_bedrockagentcore_agent_runtime_endpoint.this.name}"
}

output "runtime_version" {
  description = "Version of the runtime that this apply made."
  value       = aws_bedrockagentcore_agent_runtime.this.agent_runtime_version
}

output "role_name" {
  description = "Role of the MCP server, to attach further policies to."
  value       = aws_iam_role.this.name
}

output "log_group_name" {
  description = "CloudWatch log group of the endpoint."
  value       = aws_cloudwatch_log_group.this.name
}
