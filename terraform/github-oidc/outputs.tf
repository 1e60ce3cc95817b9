output "plan_role_arn" {
  description = "`role-to-assume` of the jobs that plan."
  value       = aws_iam_role.this["plan"].arn
}

output "apply_role_arn" {
  description = "`role-to-assume` of the jobs that apply."
  value       = aws_iam_role.this["apply"].arn
}

output "oidc_provider_arn" {
  description = "ARN of the identity provider, for another use of this module in the same account."
  value       = local.provider_arn
}

output "server_permissions_boundary_arn" {
  description = "Boundary without which the apply role makes no role for a server: `permissions_boundary_arn` of terraform/ecs and terraform/ec2. Null without one."
  value       = local.has_boundary ? local.boundary_arn : null
}

output "subjects" {
  description = "By role, the subjects that may take it, as AWS compares them with the token's `sub`."
  value       = local.subjects
}

output "trust_conditions" {
  description = "By role, the conditions of its trust policy."
  value       = local.trust
}

output "policy_documents" {
  description = "By role and purpose, the policies as JSON, for those who keep their roles elsewhere."
  value       = local.documents
}

output "server_boundary_document" {
  description = "The servers' boundary as JSON; null if it is not made here."
  value       = local.make_boundary ? local.boundary_document : null
}
