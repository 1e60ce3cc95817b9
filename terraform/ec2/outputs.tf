# The first two are what the action reads to verify a deployment; their names are part of its contract.

output "mcp_endpoint" {
  description = "URL of the MCP endpoint."
  value       = local.endpoint

  # A caller that uses the endpoint needs the instance that was found ready to have it.
  depends_on = [aws_eip_association.this]
}

output "instance_id" {
  description = "Instance that serves."
  value       = aws_instance.this.id
}

output "public_ip" {
  description = "Elastic IP: where your own A record points when `domain_name` is given without `dns`. It stays the same for every instance."
  value       = aws_eip.this.public_ip
}

output "shell_command" {
  description = "Opens a shell on the instance by Session Manager."
  value       = "aws ssm start-session --region ${data.aws_region.current.id} --target ${aws_instance.this.id}"
}

output "log_group_name" {
  description = "CloudWatch log group of the server; null without `logs`."
  value       = one(aws_cloudwatch_log_group.this[*].name)
}

output "vpc_id" {
  description = "VPC that the instance is in."
  value       = local.vpc_id
}

output "security_group_id" {
  description = "Security group of the instance, to be let into a database or another service."
  value       = aws_security_group.this.id
}

output "role_name" {
  description = "Role of the instance."
  value       = aws_iam_role.this.name
}

output "certificates_secret_arn" {
  description = "Secret in which the instance keeps the certificate and its key; null without a host name."
  value       = one(aws_secretsmanager_secret.certificates[*].arn)
}
