# Secrets and roles: who may read what, and where a value may not turn up.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

# For runs that apply: what is made up while planning would differ from what is made up while applying.
mock_provider "aws" {
  alias  = "applied"
  source = "./tests/mocks"
}

variables {
  name  = "orders-mcp"
  image = "repo/mcp:v1"
  dns   = { domain_name = "mcp.example.com", zone_id = "Z0123456789" }
}

run "nothing_is_readable_by_default" {
  command = plan

  assert {
    condition     = length(aws_iam_role_policy.read_secrets) + length(aws_iam_role_policy.task) + length(aws_secretsmanager_secret.this) == 0
    error_message = "neither role may do anything without being told"
  }
  assert {
    condition     = jsondecode(aws_iam_role.task.assume_role_policy).Statement[0].Condition.StringEquals["aws:SourceAccount"] == "123456789012"
    error_message = "only this account's ECS may take the role"
  }
  assert {
    condition     = aws_iam_role_policy_attachment.execution.policy_arn == "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
    error_message = "ECS pulls images and writes logs with the execution role"
  }
}

run "exactly_the_named_secrets_are_readable" {
  command = plan

  variables {
    secrets = {
      DATABASE_URL  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf:url::"
      DATABASE_USER = "arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf:user::"
      FEATURE_FLAGS = "arn:aws:ssm:us-east-1:123456789012:parameter/orders/flags"
    }
  }

  assert {
    condition = aws_iam_role_policy.read_secrets[0].policy == jsonencode({
      Version = "2012-10-17"
      Statement = [
        { Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = ["arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf"] },
        { Effect = "Allow", Action = "ssm:GetParameters", Resource = ["arn:aws:ssm:us-east-1:123456789012:parameter/orders/flags"] },
      ]
    })
    error_message = "policy is ${aws_iam_role_policy.read_secrets[0].policy}"
  }
  assert {
    condition     = { for secret in jsondecode(aws_ecs_task_definition.this.container_definitions)[0].secrets : secret.name => secret.valueFrom } == { for name, arn in var.secrets : name => arn }
    error_message = "the container must be given each ARN whole, with the key it picks"
  }
}

run "key_of_the_secrets_is_usable" {
  command = plan

  variables {
    managed_secrets     = { API_KEY = 0 }
    secrets_kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/1"
  }

  assert {
    condition = jsondecode(aws_iam_role_policy.read_secrets[0].policy).Statement[1] == {
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = ["arn:aws:kms:us-east-1:123456789012:key/1"]
    }
    error_message = "policy is ${aws_iam_role_policy.read_secrets[0].policy}"
  }
  assert {
    condition     = aws_secretsmanager_secret.this["API_KEY"].kms_key_id == "arn:aws:kms:us-east-1:123456789012:key/1"
    error_message = "the secret must be encrypted with the key"
  }
  assert {
    condition     = length(aws_secretsmanager_secret_version.this) == 0
    error_message = "at version 0 the value is somebody else's business"
  }
}

# Up to Terraform 1.16 a test can apply a module with an ephemeral variable only if it sets that variable itself.
run "value_is_written_and_kept_nowhere" {
  command = apply

  providers = {
    aws = aws.applied
  }

  variables {
    managed_secrets = { API_KEY = 3 }
    secret_values   = { API_KEY = "the value" }
  }

  assert {
    condition     = aws_secretsmanager_secret_version.this["API_KEY"].secret_string_wo_version == 3
    error_message = "version"
  }
  assert {
    condition     = aws_secretsmanager_secret_version.this["API_KEY"].secret_string_wo == null && !strcontains(jsonencode(aws_ecs_task_definition.this), "the value")
    error_message = "the value must be neither in the state of the secret nor in the task definition"
  }
  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].secrets == [{ name = "API_KEY", valueFrom = output.secret_arns.API_KEY }]
    error_message = "the container gets the ARN"
  }
  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].dockerLabels == { "mcp.secret-version.API_KEY" = "3" }
    error_message = "a new value must make a new revision: running tasks keep the old one"
  }
}

run "value_that_is_missing_is_refused" {
  command = plan

  variables {
    managed_secrets = { API_KEY = 1 }
  }

  expect_failures = [aws_secretsmanager_secret_version.this]
}

run "value_that_is_empty_is_refused" {
  command = plan

  variables {
    managed_secrets = { API_KEY = 1 }
    secret_values   = { API_KEY = "" }
  }

  expect_failures = [aws_secretsmanager_secret_version.this]
}

run "server_may_do_what_it_is_given" {
  command = plan

  variables {
    task_role_policies = { orders-bucket = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::orders/*\"}]}" }
  }

  assert {
    condition     = { for name, policy in aws_iam_role_policy.task : name => policy.policy } == { for name, policy in var.task_role_policies : name => policy }
    error_message = "the policy must be the caller's, unchanged"
  }
}

run "both_roles_have_the_boundary" {
  command = plan

  variables {
    permissions_boundary_arn = "arn:aws:iam::123456789012:policy/servers"
  }

  assert {
    condition     = alltrue([for role in [aws_iam_role.execution, aws_iam_role.task] : role.permissions_boundary == "arn:aws:iam::123456789012:policy/servers"])
    error_message = "neither may be without it"
  }
}
