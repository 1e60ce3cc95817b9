# The repository of one server's images. A tag always names the same image, and a digest that may be deployed again stays: losing
# it means that no task, function or rollback can start it any more.

data "aws_partition" "current" {}
data "aws_caller_identity" "current" {}
data "aws_region" "current" {}

resource "aws_ecr_repository" "this" {
  name                 = var.name
  image_tag_mutability = "IMMUTABLE"
  force_delete         = var.force_delete
  tags                 = var.tags

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = var.kms_key_arn == null ? "AES256" : "KMS"
    kms_key         = var.kms_key_arn
  }
}

# An image belongs to the first rule that selects it, also when that rule keeps it.
resource "aws_ecr_lifecycle_policy" "this" {
  repository = aws_ecr_repository.this.name
  policy     = jsonencode({ rules = local.rules })
}

resource "aws_ecr_repository_policy" "this" {
  count = length(local.statements) == 0 ? 0 : 1

  repository = aws_ecr_repository.this.name
  policy     = jsonencode({ Version = "2012-10-17", Statement = local.statements })
}

locals {
  # Known before the repository is, so that policies can be read in the plan.
  arn = join(":", ["arn", data.aws_partition.current.partition, "ecr", data.aws_region.current.id, data.aws_caller_identity.current.account_id, "repository/${var.name}"])

  pull_actions = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
  push_actions = [
    "ecr:BatchCheckLayerAvailability",
    "ecr:CompleteLayerUpload",
    "ecr:InitiateLayerUpload",
    "ecr:PutImage",
    "ecr:UploadLayerPart",
  ]

  kept = [for pattern in sort(var.images.keep_tags) : {
    description = "Images with a tag like ${pattern} stay."
    selection = {
      tagStatus      = "tagged"
      tagPatternList = [pattern]
      countType      = "imageCountMoreThan"
      countNumber    = 1000
    }
  }]
  rules = [for index, rule in concat(local.kept, [
    {
      description = "Images without a tag go after ${var.images.untagged_days} days."
      selection = {
        tagStatus   = "untagged"
        countType   = "sinceImagePushed"
        countUnit   = "days"
        countNumber = var.images.untagged_days
      }
    },
    {
      description = "Of all others the newest ${var.images.keep} stay."
      selection = {
        tagStatus   = "any"
        countType   = "imageCountMoreThan"
        countNumber = var.images.keep
      }
    },
    ]) : {
    rulePriority = index + 1
    description  = rule.description
    selection    = { for key, value in rule.selection : key => value if value != null }
    action       = { type = "expire" }
  }]

  statements = concat(
    length(var.pull_account_ids) == 0 ? [] : [{
      Sid       = "PullFromOtherAccounts"
      Effect    = "Allow"
      Principal = { AWS = [for id in sort(var.pull_account_ids) : "arn:${data.aws_partition.current.partition}:iam::${id}:root"] }
      Action    = local.pull_actions
    }],
    var.lambda ? [{
      Sid       = "PullByLambda"
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = local.pull_actions
      Condition = { StringLike = { "aws:sourceArn" = "arn:${data.aws_partition.current.partition}:lambda:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:function:*" } }
    }] : [],
  )
}
