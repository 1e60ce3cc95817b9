# What an apply of terraform/ec2 needs beside the network: the instance with its disk, its Elastic IP, its role in a
# profile, and the CloudFormation stack that waits until the instance says that its server answers.

locals {
  made_instances    = [for type in ["elastic-ip", "instance", "volume"] : "${local.arn}:ec2:${local.here}:${type}/*"]
  instance_profiles = [for server in local.on_ec2 : "${local.arn}:iam::${local.account}:instance-profile/${server}-20*"]
  readiness_stacks  = [for server in local.on_ec2 : "${local.arn}:cloudformation:${local.here}:stack/${server}-ready-*"]

  ec2_statements = concat(local.role_statements.ec2, [
    {
      Sid       = "HandRoleToInstance"
      Effect    = "Allow"
      Action    = ["iam:PassRole"]
      Resource  = local.ec2_roles
      Condition = { StringEquals = { "iam:PassedToService" = "ec2.amazonaws.com" } }
    },
    {
      Sid    = "InstanceProfiles"
      Effect = "Allow"
      Action = [
        "iam:AddRoleToInstanceProfile",
        "iam:CreateInstanceProfile",
        "iam:DeleteInstanceProfile",
        "iam:RemoveRoleFromInstanceProfile",
        "iam:TagInstanceProfile",
        "iam:UntagInstanceProfile",
      ]
      Resource = local.instance_profiles
    },
    {
      Sid       = "MakeInstances"
      Effect    = "Allow"
      Action    = ["ec2:AllocateAddress", "ec2:RunInstances"]
      Resource  = local.made_instances
      Condition = local.for_server
    },
    {
      Sid       = "InGroupsOfServers"
      Effect    = "Allow"
      Action    = ["ec2:RunInstances"]
      Resource  = ["${local.arn}:ec2:${local.here}:security-group/*"]
      Condition = local.of_servers
    },
    # Of these the instance is made, and none of them carries the server's tag.
    {
      Sid    = "FromWhatIsThere"
      Effect = "Allow"
      Action = ["ec2:RunInstances"]
      Resource = concat(
        ["${local.arn}:ec2:${data.aws_region.current.id}::image/*"],
        [for type in ["key-pair", "network-interface", "subnet"] : "${local.arn}:ec2:${local.here}:${type}/*"],
      )
    },
    {
      Sid    = "ChangeInstances"
      Effect = "Allow"
      Action = [
        "ec2:AssociateAddress",
        "ec2:CreateTags",
        "ec2:DeleteTags",
        "ec2:DisassociateAddress",
        "ec2:ModifyInstanceAttribute",
        "ec2:ModifyInstanceMetadataOptions",
        "ec2:ModifyVolume",
        "ec2:ReleaseAddress",
        "ec2:TerminateInstances",
      ]
      Resource  = concat(local.made_instances, ["${local.arn}:ec2:${local.here}:security-group/*"])
      Condition = local.of_servers
    },
    {
      Sid      = "AddressOnInterface"
      Effect   = "Allow"
      Action   = ["ec2:AssociateAddress", "ec2:DisassociateAddress"]
      Resource = ["${local.arn}:ec2:${local.here}:network-interface/*"]
    },
    {
      Sid      = "Readiness"
      Effect   = "Allow"
      Action   = ["cloudformation:CreateStack", "cloudformation:DeleteStack", "cloudformation:TagResource"]
      Resource = local.readiness_stacks
    },
  ])
}
