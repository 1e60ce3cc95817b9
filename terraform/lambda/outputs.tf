# The first three are what the action reads to verify a deployment; their names are part of its contract.

output "mcp_endpoint" {
  description = "URL of the MCP endpoint."
  value       = local.endpoint
}

output "lambda_function_name" {
  description = "Name of the function."
  value       = aws_lambda_function.this.function_name
}

output "lambda_alias" {
  description = "Alias that clients are sent through."
  value       = aws_lambda_alias.live.name
}

output "function_version" {
  description = "Version that this apply published."
  value       = aws_lambda_function.this.version
}

output "function_arn" {
  description = "ARN of the alias, for callers of a signed function URL: they need `lambda:InvokeFunctionUrl` and `lambda:InvokeFunction` on it."
  value       = aws_lambda_alias.live.arn
}

output "role_name" {
  description = "Role of the MCP server, to attach further policies to."
  value       = aws_iam_role.this.name
}

output "log_group_name" {
  description = "CloudWatch log group of the function."
  value       = aws_cloudwatch_log_group.this.name
}
