# The instance and how it is replaced: a new one is started beside the old, says by itself that its server answers, and
# only then gets the address. Until that moment the old one serves, and if that moment never comes it goes on serving.

data "aws_ec2_instance_type" "this" {
  instance_type = var.instance.type
}

data "aws_ami" "ubuntu" {
  count = var.instance.ami_id == null ? 1 : 0

  most_recent = true
  owners      = [local.canonical]

  filter {
    name   = "name"
    values = ["ubuntu/images/hvm-ssd*/ubuntu-noble-24.04-*-server-*"]
  }

  filter {
    name   = "architecture"
    values = [contains(data.aws_ec2_instance_type.this.supported_architectures, "arm64") ? "arm64" : "x86_64"]
  }
}

locals {
  # Canonical's account in each partition: https://documentation.ubuntu.com/aws/aws-how-to/instances/find-ubuntu-images/
  canonical = lookup({ aws-cn = "837727238323", aws-us-gov = "513442679011" }, data.aws_partition.current.partition, "099720109477")

  # Everything that the bootstrap is told, as data: nothing of it is ever read as shell.
  settings = {
    name             = var.name
    git              = var.git == null ? null : { url = var.git.url, ref = var.git.ref, token = var.git.token_secret_arn }
    npm              = var.npm == null ? null : "${var.npm.package}@${var.npm.version}"
    pypi             = var.pypi == null ? null : "${var.pypi.package}==${var.pypi.version}"
    runtime          = local.runtime
    python           = var.python_version
    build            = var.git == null ? "" : coalesce(var.build_command, lookup(local.build_commands, local.runtime, "true"))
    start            = local.start_command
    node             = var.node_major
    port             = var.mcp.port
    path             = var.mcp.path
    transport        = var.mcp.transport
    domain           = local.https ? local.domain_name : ""
    host_header      = var.mcp.host_header
    email            = var.acme_email
    address          = aws_eip.this.public_ip
    environment      = merge(local.runtime_environment, { HOST = "127.0.0.1", PORT = tostring(var.mcp.port), PUBLIC_HOST = local.host }, var.environment)
    secrets          = var.secrets
    certificates     = one(aws_secretsmanager_secret.certificates[*].arn)
    log_group        = one(aws_cloudwatch_log_group.this[*].name)
    server_calls_aws = length(var.role_policies) > 0
    deployment_token = var.deployment_token
  }

  # Without its comments and empty lines, which are for readers of the module.
  user_data = replace(
    templatefile("${path.module}/bootstrap.sh.tftpl", { settings = base64encode(jsonencode(local.settings)) }),
    "/(?m)^[ \\t]*(# .*)?\\n/", "",
  )

  # cloud-init unpacks it: https://docs.cloud-init.io/en/latest/explanation/format.html
  packed_user_data = base64gzip(local.user_data)
  user_data_bytes  = length(local.packed_user_data) / 4 * 3 - length(regexall("=", local.packed_user_data))
}

# A change of these would be carried out on the running instance, with an outage and without the check.
resource "terraform_data" "machine" {
  input = var.instance
}

resource "aws_instance" "this" {
  # checkov:skip=CKV_AWS_135: Every type of the current generations is EBS-optimized by default.
  # checkov:skip=CKV_AWS_88: It is the way out while another instance has the Elastic IP, without a NAT gateway.
  # checkov:skip=CKV_AWS_126: Detailed monitoring costs money; the action watches the status checks.
  ami                         = var.instance.ami_id == null ? data.aws_ami.ubuntu[0].id : var.instance.ami_id
  instance_type               = var.instance.type
  subnet_id                   = local.subnet_id
  vpc_security_group_ids      = [aws_security_group.this.id]
  iam_instance_profile        = aws_iam_instance_profile.this.name
  key_name                    = var.ssh == null ? null : var.ssh.key_name
  associate_public_ip_address = true # the way out while another instance has the Elastic IP
  user_data_base64            = local.packed_user_data
  user_data_replace_on_change = true
  tags                        = merge(local.tags, { Name = var.name })
  volume_tags                 = merge(local.tags, { Name = var.name })

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  root_block_device {
    volume_type = "gp3"
    volume_size = var.instance.volume_size
    encrypted   = true
    kms_key_id  = var.instance.kms_key_arn
  }

  lifecycle {
    create_before_destroy = true
    # Canonical publishes an image every other week. The newest is taken when there is another reason for a new instance.
    ignore_changes       = [ami]
    replace_triggered_by = [terraform_data.machine]

    precondition {
      condition     = local.user_data_bytes <= 16384
      error_message = "The packed bootstrap with these settings has ${local.user_data_bytes} bytes, and EC2 takes 16384: shorten environment, build_command or start_command, or move long values into secrets."
    }
  }

  # Without them a boot fails half-way, or a destroy leaves an instance that cannot say so.
  depends_on = [
    aws_iam_role_policy.machine,
    aws_iam_role_policy.server,
    aws_route.internet,
    aws_route_table_association.public,
    aws_vpc_security_group_egress_rule.this,
  ]
}

# Waits until the instance says that its server answers, and fails when it says the opposite or nothing. CloudFormation,
# because it is the one thing in AWS that waits for a signal and that Terraform waits for; nothing else is in the stack.
# https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-creationpolicy.html
resource "aws_cloudformation_stack" "ready" {
  # checkov:skip=CKV_AWS_124: The stack only waits for a signal of the instance, and the apply waits for the stack.
  name       = "${var.name}-ready-${aws_instance.this.id}"
  on_failure = "DELETE"
  tags       = local.tags

  template_body = jsonencode({
    AWSTemplateFormatVersion = "2010-09-09"
    Description              = "Complete when the instance says that the MCP server ${var.name} answers on it"
    Resources = {
      Ready = {
        Type           = "AWS::CloudFormation::WaitCondition"
        CreationPolicy = { ResourceSignal = { Count = 1, Timeout = "PT${var.ready_timeout_minutes}M" } }
      }
    }
  })

  timeouts {
    create = "${var.ready_timeout_minutes + 10}m"
  }

  lifecycle {
    create_before_destroy = true
    # An instance speaks once, so this wait is made again with each instance and for no other reason.
    ignore_changes       = all
    replace_triggered_by = [aws_instance.this.id]
  }
}

resource "aws_eip" "this" {
  domain = "vpc"
  tags   = merge(local.tags, { Name = var.name })
}

resource "aws_eip_association" "this" {
  allocation_id       = aws_eip.this.id
  instance_id         = aws_instance.this.id
  allow_reassociation = true

  lifecycle {
    # One call moves the address. The other way round the endpoint would be without one in between.
    create_before_destroy = true
  }

  depends_on = [aws_cloudformation_stack.ready]
}
