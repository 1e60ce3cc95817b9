# What the instance may do in AWS.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name = "orders-mcp"
  git  = { url = "https://github.com/example/mcp.git", ref = "v1.2.3" }
  dns  = { domain_name = "mcp.example.com", zone_id = "Z0123456789" }
}

run "machine_alone" {
  command = plan

  assert {
    condition     = [for statement in jsondecode(aws_iam_role_policy.machine.policy).Statement : statement.Sid] == ["SessionManager", "SayThatItIsReady", "KeepTheCertificate"]
    error_message = "nothing that is not used"
  }
  assert {
    condition     = alltrue([for statement in jsondecode(aws_iam_role_policy.machine.policy).Statement : alltrue([for action in statement.Action : !strcontains(action, "*")])])
    error_message = "no action with a wildcard"
  }
  assert {
    condition     = [for statement in jsondecode(aws_iam_role_policy.machine.policy).Statement : statement.Sid if contains(statement.Resource, "*")] == ["SessionManager"]
    error_message = "only Session Manager, whose actions take no resource"
  }
  assert {
    condition     = [for statement in jsondecode(aws_iam_role_policy.machine.policy).Statement : statement.Resource if statement.Sid == "SayThatItIsReady"] == [["arn:aws:cloudformation:us-east-1:123456789012:stack/orders-mcp-ready-*/*"]]
    error_message = "only its own waits"
  }
  assert {
    condition     = jsondecode(base64decode(regex("base64 -d <<<'([^']*)'", local.user_data)[0])).server_calls_aws == false && length(aws_iam_role_policy.server) == 0
    error_message = "the server has no way to the credentials"
  }
}

run "secrets_and_parameters" {
  command = plan

  variables {
    secrets_kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/k"
    git = {
      url              = "https://github.com/example/mcp.git"
      ref              = "v1"
      token_secret_arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:token-AbCdEf"
    }
    secrets = {
      URL  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf:url::"
      USER = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf:user::"
      KEY  = "arn:aws:ssm:us-east-1:123456789012:parameter/key"
    }
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_role_policy.machine.policy).Statement : statement.Resource if statement.Sid == "ReadSecrets"] == [["arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf", "arn:aws:secretsmanager:us-east-1:123456789012:secret:token-AbCdEf"]]
    error_message = "each secret once, without the suffix"
  }
  assert {
    condition     = [for statement in jsondecode(aws_iam_role_policy.machine.policy).Statement : statement.Resource if statement.Sid == "ReadParameters"] == [["arn:aws:ssm:us-east-1:123456789012:parameter/key"]]
    error_message = "the parameter"
  }
  assert {
    condition     = [for statement in jsondecode(aws_iam_role_policy.machine.policy).Statement : statement.Resource if statement.Sid == "SecretsKey"] == [["arn:aws:kms:us-east-1:123456789012:key/k"]] && aws_secretsmanager_secret.certificates[0].kms_key_id == "arn:aws:kms:us-east-1:123456789012:key/k"
    error_message = "the key, for the certificate as well"
  }
}

run "server_may_do_what_it_is_given" {
  command = plan

  variables {
    role_policies = { orders-bucket = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::orders/*\"}]}" }
  }

  assert {
    condition     = { for name, policy in aws_iam_role_policy.server : name => policy.policy } == { for name, policy in var.role_policies : name => policy }
    error_message = "the policy must be the caller's, unchanged"
  }
  assert {
    condition     = jsondecode(base64decode(regex("base64 -d <<<'([^']*)'", local.user_data)[0])).server_calls_aws
    error_message = "and the server can use it"
  }
}

run "no_certificate_without_a_name" {
  command = plan

  variables {
    dns                 = null
    allow_insecure_http = true
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_role_policy.machine.policy).Statement : statement.Sid] == ["SessionManager", "SayThatItIsReady"] && length(aws_secretsmanager_secret.certificates) == 0
    error_message = "nothing is kept"
  }
}

run "logs" {
  command = plan

  variables {
    logs = {}
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_role_policy.machine.policy).Statement : statement.Resource if statement.Sid == "WriteLogs"] == [["arn:aws:logs:us-east-1:123456789012:log-group:/mcp/orders-mcp:*"]]
    error_message = "only its own log group"
  }
}

run "the_role_has_the_boundary" {
  command = plan

  variables {
    permissions_boundary_arn = "arn:aws:iam::123456789012:policy/servers"
  }

  assert {
    condition     = aws_iam_role.this.permissions_boundary == "arn:aws:iam::123456789012:policy/servers"
    error_message = "the role may not be without it"
  }
}
