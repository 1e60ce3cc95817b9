# What is made, and which images stay.

mock_provider "aws" {
  override_during = plan

  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { id = "eu-central-1" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
}

variables {
  name = "weather"
}

run "defaults" {
  command = plan

  assert {
    condition     = aws_ecr_repository.this.image_tag_mutability == "IMMUTABLE" && !aws_ecr_repository.this.force_delete
    error_message = "a tag must always name the same image, and a destroy must not delete images"
  }
  assert {
    condition     = one(aws_ecr_repository.this.image_scanning_configuration).scan_on_push && one(aws_ecr_repository.this.encryption_configuration).encryption_type == "AES256"
    error_message = "scanned on push, encrypted with ECR's key"
  }
  assert {
    condition     = length(aws_ecr_repository_policy.this) == 0
    error_message = "nobody else may pull unless it is said"
  }
  assert {
    condition = jsondecode(aws_ecr_lifecycle_policy.this.policy).rules == [
      {
        rulePriority = 1
        description  = "Images without a tag go after 30 days."
        selection    = { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = 30 }
        action       = { type = "expire" }
      },
      {
        rulePriority = 2
        description  = "Of all others the newest 200 stay."
        selection    = { tagStatus = "any", countType = "imageCountMoreThan", countNumber = 200 }
        action       = { type = "expire" }
      },
    ]
    error_message = "rules are ${aws_ecr_lifecycle_policy.this.policy}"
  }
  assert {
    condition     = output.repository_arn == "arn:aws:ecr:eu-central-1:123456789012:repository/weather"
    error_message = "ARN is ${output.repository_arn}"
  }
  assert {
    condition = (
      jsondecode(output.push_policy).Statement[0].Resource == output.repository_arn
      && alltrue([for action in jsondecode(output.push_policy).Statement[0].Action : !strcontains(action, "*") && !startswith(action, "ecr:Delete")])
    )
    error_message = "the role that builds may push to this repository, and delete nothing"
  }
}

run "tags_that_stay_come_before_all_other_rules" {
  command = plan

  variables {
    images = { keep = 10, keep_tags = ["release-*", "hotfix-*"], untagged_days = 7 }
  }

  assert {
    condition = [for rule in jsondecode(aws_ecr_lifecycle_policy.this.policy).rules : [rule.rulePriority, try(rule.selection.tagPatternList[0], rule.selection.tagStatus), rule.selection.countNumber]] == [
      [1, "hotfix-*", 1000],
      [2, "release-*", 1000],
      [3, "untagged", 7],
      [4, "any", 10],
    ]
    error_message = "rules are ${aws_ecr_lifecycle_policy.this.policy}"
  }
}

run "pulled_by_lambda_and_another_account" {
  command = plan

  variables {
    lambda           = true
    pull_account_ids = ["210987654321"]
    kms_key_arn      = "arn:aws:kms:eu-central-1:123456789012:key/1"
  }

  assert {
    condition = jsondecode(aws_ecr_repository_policy.this[0].policy).Statement == [
      {
        Sid       = "PullFromOtherAccounts"
        Effect    = "Allow"
        Principal = { AWS = ["arn:aws:iam::210987654321:root"] }
        Action    = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
      },
      {
        Sid       = "PullByLambda"
        Effect    = "Allow"
        Principal = { Service = "lambda.amazonaws.com" }
        Action    = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
        Condition = { StringLike = { "aws:sourceArn" = "arn:aws:lambda:eu-central-1:123456789012:function:*" } }
      },
    ]
    error_message = "policy is ${aws_ecr_repository_policy.this[0].policy}"
  }
  assert {
    condition     = one(aws_ecr_repository.this.encryption_configuration).encryption_type == "KMS"
    error_message = "encrypted with the given key"
  }
}
