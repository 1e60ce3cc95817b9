# The machine: what it is, what it is told, and in which order it is replaced.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name = "orders-mcp"
  git  = { url = "https://github.com/example/mcp.git", ref = "v1.2.3" }
  dns  = { domain_name = "mcp.example.com", zone_id = "Z0123456789" }
}

run "machine_is_hardened" {
  command = plan

  assert {
    condition     = aws_instance.this.metadata_options[0].http_tokens == "required" && aws_instance.this.metadata_options[0].http_put_response_hop_limit == 1
    error_message = "IMDSv2 only, and not for containers"
  }
  assert {
    condition     = aws_instance.this.root_block_device[0].encrypted && aws_instance.this.root_block_device[0].volume_type == "gp3" && aws_instance.this.root_block_device[0].volume_size == 16
    error_message = "encrypted gp3"
  }
  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.ssh) == 0
    error_message = "no SSH unless asked for"
  }
  assert {
    condition     = aws_instance.this.user_data_replace_on_change
    error_message = "a changed bootstrap must make a new instance: cloud-init runs it once"
  }
}

run "image_follows_the_architecture" {
  command = plan

  assert {
    condition     = tolist([for f in data.aws_ami.ubuntu[0].filter : tolist(f.values)[0] if f.name == "architecture"]) == tolist(["arm64"])
    error_message = "t4g is arm64"
  }
  assert {
    condition     = data.aws_ami.ubuntu[0].owners == tolist(["099720109477"]) && aws_instance.this.ami == "ami-0123456789abcdef0"
    error_message = "the image is Canonical's"
  }
}

run "image_of_an_intel_type" {
  command = plan

  variables {
    instance = { type = "t3.small" }
  }

  override_data {
    target          = data.aws_ec2_instance_type.this
    override_during = plan
    values          = { supported_architectures = ["i386", "x86_64"] }
  }

  assert {
    condition     = tolist([for f in data.aws_ami.ubuntu[0].filter : tolist(f.values)[0] if f.name == "architecture"]) == tolist(["x86_64"])
    error_message = "t3 is x86_64"
  }
}

run "given_image" {
  command = plan

  variables {
    instance = { ami_id = "ami-0fedcba9876543210" }
  }

  assert {
    condition     = length(data.aws_ami.ubuntu) == 0 && aws_instance.this.ami == "ami-0fedcba9876543210"
    error_message = "the given image, and none is looked for"
  }
}

run "ssh_when_asked_for" {
  command = plan

  variables {
    ssh = { key_name = "ops", allowed_cidrs = ["203.0.113.0/24"] }
  }

  assert {
    condition     = aws_instance.this.key_name == "ops" && [for rule in aws_vpc_security_group_ingress_rule.ssh : "${rule.cidr_ipv4}:${rule.from_port}"] == ["203.0.113.0/24:22"]
    error_message = "SSH from the given range only"
  }
}

run "server_from_git" {
  command = plan

  variables {
    build_command = "make"
    start_command = "node dist/server.js"
    mcp           = { port = 8080, path = "/v1/mcp", transport = "sse" }
    environment   = { LOG = "a \"b\" $HOME" }
    secrets       = { API_KEY = "arn:aws:ssm:us-east-1:123456789012:parameter/api-key" }
  }

  assert {
    condition     = jsondecode(base64decode(regex("base64 -d <<<'([^']*)'", local.user_data)[0])).git == { url = "https://github.com/example/mcp.git", ref = "v1.2.3", token = null } && jsondecode(base64decode(regex("base64 -d <<<'([^']*)'", local.user_data)[0])).npm == null
    error_message = "the source is in the settings"
  }
  assert {
    condition     = jsondecode(base64decode(regex("base64 -d <<<'([^']*)'", local.user_data)[0])).build == "make" && jsondecode(base64decode(regex("base64 -d <<<'([^']*)'", local.user_data)[0])).start == "node dist/server.js" && jsondecode(base64decode(regex("base64 -d <<<'([^']*)'", local.user_data)[0])).port == 8080 && jsondecode(base64decode(regex("base64 -d <<<'([^']*)'", local.user_data)[0])).path == "/v1/mcp" && jsondecode(base64decode(regex("base64 -d <<<'([^']*)'", local.user_data)[0])).transport == "sse"
    error_message = "commands, port, path and transport are in the settings"
  }
  assert {
    condition     = jsondecode(base64decode(regex("base64 -d <<<'([^']*)'", local.user_data)[0])).environment == { HOST = "127.0.0.1", LOG = "a \"b\" $HOME", NODE_ENV = "production", PORT = "8080", PUBLIC_HOST = "mcp.example.com" }
    error_message = "the environment is data"
  }
  assert {
    condition     = jsondecode(base64decode(regex("base64 -d <<<'([^']*)'", local.user_data)[0])).secrets == { API_KEY = "arn:aws:ssm:us-east-1:123456789012:parameter/api-key" }
    error_message = "secrets by ARN"
  }
  assert {
    condition     = jsondecode(base64decode(regex("base64 -d <<<'([^']*)'", local.user_data)[0])).address == "203.0.113.10" && jsondecode(base64decode(regex("base64 -d <<<'([^']*)'", local.user_data)[0])).domain == "mcp.example.com" && jsondecode(base64decode(regex("base64 -d <<<'([^']*)'", local.user_data)[0])).certificates == aws_secretsmanager_secret.certificates[0].arn
    error_message = "the machine knows the address that it is to get, its name and where its certificate is kept"
  }
  assert {
    condition     = startswith(local.user_data, "#!/bin/bash\nset -euo pipefail\n") && !can(regex("[$%]{2}[{]", local.user_data))
    error_message = "rendered whole, without comments"
  }
  assert {
    condition     = local.user_data_bytes < 8000
    error_message = "at least half of the 16384 bytes is for settings, but the bootstrap has ${local.user_data_bytes}"
  }
  assert {
    condition     = aws_instance.this.user_data_base64 == base64gzip(local.user_data) && local.user_data_bytes > length(aws_instance.this.user_data_base64) * 3 / 4 - 3 && local.user_data_bytes <= length(aws_instance.this.user_data_base64) * 3 / 4
    error_message = "packed, and counted as EC2 counts: before base64"
  }
}

run "server_from_npm" {
  command = plan

  variables {
    git = null
    npm = { package = "@example/orders-mcp", version = "1.4.0" }
  }

  assert {
    condition     = jsondecode(base64decode(regex("base64 -d <<<'([^']*)'", local.user_data)[0])).npm == "@example/orders-mcp@1.4.0" && jsondecode(base64decode(regex("base64 -d <<<'([^']*)'", local.user_data)[0])).git == null
    error_message = "package and version are in the settings"
  }
  assert {
    condition     = jsondecode(base64decode(regex("base64 -d <<<'([^']*)'", local.user_data)[0])).start == "node_modules/.bin/orders-mcp"
    error_message = "the command of the package"
  }
}

run "default_start_of_a_repository" {
  command = plan

  assert {
    condition     = jsondecode(base64decode(regex("base64 -d <<<'([^']*)'", local.user_data)[0])).start == "npm start"
    error_message = "npm start"
  }
}

run "readiness_before_the_address" {
  command = plan

  variables {
    ready_timeout_minutes = 20
  }

  assert {
    condition     = aws_cloudformation_stack.ready.name == "orders-mcp-ready-i-0123456789abcdef0" && aws_cloudformation_stack.ready.on_failure == "DELETE"
    error_message = "one wait for each instance, and a failed one leaves its name free"
  }
  assert {
    condition     = jsondecode(aws_cloudformation_stack.ready.template_body).Resources.Ready.CreationPolicy.ResourceSignal == { Count = 1, Timeout = "PT20M" }
    error_message = "one signal within the time"
  }
  assert {
    condition     = aws_eip_association.this.allow_reassociation && aws_eip_association.this.instance_id == aws_instance.this.id
    error_message = "one call moves the address"
  }
}

run "logs_when_asked_for" {
  command = plan

  variables {
    logs = { retention_days = 14 }
  }

  assert {
    condition     = aws_cloudwatch_log_group.this[0].retention_in_days == 14 && output.log_group_name == "/mcp/orders-mcp"
    error_message = "a log group with retention"
  }
  assert {
    condition     = jsondecode(base64decode(regex("base64 -d <<<'([^']*)'", local.user_data)[0])).log_group == "/mcp/orders-mcp"
    error_message = "the machine knows it"
  }
}

run "no_logs_by_default" {
  command = plan

  assert {
    condition     = length(aws_cloudwatch_log_group.this) == 0 && output.log_group_name == null && jsondecode(base64decode(regex("base64 -d <<<'([^']*)'", local.user_data)[0])).log_group == null
    error_message = "no log group"
  }
}

run "disk_with_a_key_of_your_own" {
  command = plan

  variables {
    instance = { kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555" }
  }

  assert {
    condition     = aws_instance.this.root_block_device[0].encrypted && aws_instance.this.root_block_device[0].kms_key_id == "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"
    error_message = "disk is ${jsonencode(aws_instance.this.root_block_device)}"
  }
}

run "image_in_another_partition" {
  command = plan

  override_data {
    target          = data.aws_partition.current
    override_during = plan
    values          = { partition = "aws-us-gov" }
  }

  assert {
    condition     = data.aws_ami.ubuntu[0].owners == tolist(["513442679011"])
    error_message = "Canonical has an account of its own in GovCloud, but owners are ${jsonencode(data.aws_ami.ubuntu[0].owners)}"
  }
}

run "image_in_china" {
  command = plan

  override_data {
    target          = data.aws_partition.current
    override_during = plan
    values          = { partition = "aws-cn" }
  }

  assert {
    condition     = data.aws_ami.ubuntu[0].owners == tolist(["837727238323"])
    error_message = "Canonical has an account of its own in China, but owners are ${jsonencode(data.aws_ami.ubuntu[0].owners)}"
  }
}

run "server_from_pypi" {
  command = plan

  variables {
    git            = null
    pypi           = { package = "orders-mcp", version = "1.4.0rc1" }
    python_version = "3.12"
    mcp            = { host_header = "localhost:3000" }
  }

  assert {
    condition     = jsondecode(base64decode(regex("base64 -d <<<'([^']*)'", local.user_data)[0])).pypi == "orders-mcp==1.4.0rc1" && jsondecode(base64decode(regex("base64 -d <<<'([^']*)'", local.user_data)[0])).npm == null && jsondecode(base64decode(regex("base64 -d <<<'([^']*)'", local.user_data)[0])).runtime == "python" && jsondecode(base64decode(regex("base64 -d <<<'([^']*)'", local.user_data)[0])).python == "3.12"
    error_message = "package, version and interpreter are in the settings"
  }
  assert {
    condition     = jsondecode(base64decode(regex("base64 -d <<<'([^']*)'", local.user_data)[0])).start == ".venv/bin/orders-mcp" && jsondecode(base64decode(regex("base64 -d <<<'([^']*)'", local.user_data)[0])).host_header == "localhost:3000"
    error_message = "the command of the package, and the Host for it"
  }
  assert {
    condition     = jsondecode(base64decode(regex("base64 -d <<<'([^']*)'", local.user_data)[0])).environment == { HOST = "127.0.0.1", PORT = "3000", PUBLIC_HOST = "mcp.example.com", PYTHONUNBUFFERED = "1" }
    error_message = "the log of Python is not held back"
  }
}

run "python_server_from_git" {
  command = plan

  variables {
    runtime       = "python"
    start_command = ".venv/bin/orders"
  }

  assert {
    condition     = jsondecode(base64decode(regex("base64 -d <<<'([^']*)'", local.user_data)[0])).build == "uv sync --locked --no-dev" && jsondecode(base64decode(regex("base64 -d <<<'([^']*)'", local.user_data)[0])).start == ".venv/bin/orders" && jsondecode(base64decode(regex("base64 -d <<<'([^']*)'", local.user_data)[0])).runtime == "python"
    error_message = "uv installs what the lock file says"
  }
}

run "command_of_the_image" {
  command = plan

  variables {
    git     = null
    command = "/opt/orders/bin/server --port $PORT"
  }

  assert {
    condition     = jsondecode(base64decode(regex("base64 -d <<<'([^']*)'", local.user_data)[0])).start == "/opt/orders/bin/server --port $PORT" && jsondecode(base64decode(regex("base64 -d <<<'([^']*)'", local.user_data)[0])).runtime == "none" && jsondecode(base64decode(regex("base64 -d <<<'([^']*)'", local.user_data)[0])).git == null && jsondecode(base64decode(regex("base64 -d <<<'([^']*)'", local.user_data)[0])).build == ""
    error_message = "nothing is fetched, built or installed for it"
  }
  assert {
    condition     = jsondecode(base64decode(regex("base64 -d <<<'([^']*)'", local.user_data)[0])).environment == { HOST = "127.0.0.1", PORT = "3000", PUBLIC_HOST = "mcp.example.com" }
    error_message = "only what belongs to every server"
  }
}

run "public_host_is_the_address_without_a_name" {
  command = plan

  variables {
    dns                 = null
    allow_insecure_http = true
    environment         = { NODE_ENV = "staging" }
  }

  assert {
    condition     = jsondecode(base64decode(regex("base64 -d <<<'([^']*)'", local.user_data)[0])).environment == { HOST = "127.0.0.1", PORT = "3000", PUBLIC_HOST = "203.0.113.10", NODE_ENV = "staging" }
    error_message = "the server can allow the address"
  }
}
