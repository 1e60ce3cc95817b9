output "repository_url" {
  description = "Address of the repository, without a tag: `ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME`."
  value       = aws_ecr_repository.this.repository_url
}

output "repository_arn" {
  description = "ARN of the repository."
  value       = local.arn
}

output "push_policy" {
  description = "Policy for a role that builds: push to this repository, pull from it, and nothing else."
  value = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Push"
        Effect   = "Allow"
        Action   = sort(concat(local.push_actions, local.pull_actions, ["ecr:DescribeImages"]))
        Resource = local.arn
      },
      {
        Sid       = "Login" # It has no resource.
        Effect    = "Allow"
        Action    = "ecr:GetAuthorizationToken"
        Resource  = "*"
        Condition = { StringEquals = { "aws:RequestedRegion" = data.aws_region.current.id } }
      },
    ]
  })
}
