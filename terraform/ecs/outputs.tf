# The first three are what the action reads to verify a deployment; their names are part of its contract.

output "mcp_endpoint" {
  description = "URL of the MCP endpoint."
  value       = local.endpoint
}

output "ecs_cluster_name" {
  description = "Name of the ECS cluster."
  value       = local.cluster_name
}

output "ecs_service_name" {
  description = "Name of the ECS service."
  value       = aws_ecs_service.this.name
}

output "task_definition_arn" {
  description = "ARN of the task definition revision that this apply deployed."
  value       = aws_ecs_task_definition.this.arn
}

output "load_balancer_dns_name" {
  description = "DNS name of the load balancer: where your own record points when `certificate.domain_name` or `listener.domain_name` is given."
  value       = local.load_balancer.dns_name
}

output "dns_records" {
  description = "Records that you make for `external_dns`, each with `name`, `type` and `value`: that of the certificate's validation, and that of the endpoint. Empty without it."
  value = var.external_dns == null ? [] : [
    { name = trimsuffix(local.validation_option.resource_record_name, "."), type = local.validation_option.resource_record_type, value = local.validation_option.resource_record_value },
    { name = var.external_dns.domain_name, type = "CNAME", value = local.load_balancer.dns_name },
  ]
}

output "zone_name_servers" {
  description = "Name servers of the zone in `dns`. The registrar, or the zone above, must name the same ones, or no certificate is issued."
  value       = flatten(data.aws_route53_zone.endpoint[*].name_servers)
}

output "load_balancer_arn" {
  description = "ARN of the load balancer, for alarms."
  value       = local.load_balancer.arn
}

output "target_group_arn" {
  description = "ARN of the target group, which knows the health of each task."
  value       = aws_lb_target_group.this.arn
}

output "log_group_name" {
  description = "CloudWatch log group of the tasks."
  value       = aws_cloudwatch_log_group.this.name
}

output "vpc_id" {
  description = "VPC that everything is in."
  value       = local.vpc_id
}

output "task_security_group_id" {
  description = "Security group of the tasks, to be let into a database or another service."
  value       = aws_security_group.task.id
}

output "task_role_name" {
  description = "Role of the MCP server, to attach further policies to."
  value       = aws_iam_role.task.name
}

output "execution_role_name" {
  description = "Role with which ECS starts the tasks."
  value       = aws_iam_role.execution.name
}

output "secret_arns" {
  description = "ARNs of the secrets that the module made, by name."
  value       = { for name, secret in aws_secretsmanager_secret.this : name => secret.arn }
}
