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

output "subjects" {
  description = "By role, the subjects that may take it, as AWS compares them with the token's `sub`."
  value       = local.subjects
}

output "policy_documents" {
  description = "By role and purpose, the policies as JSON, for those who keep their roles elsewhere."
  value       = local.documents
}
