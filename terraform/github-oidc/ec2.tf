# What an apply of terraform/ec2 needs beside the network: the instance with its disk, its Elastic IP, its role in a
# profile, and the CloudFormation stack that waits until the instance says that its server answers.

locals {
  made_instances    = [for type in ["elastic-ip", "instance", "volume"] : "${local.arn}:ec2:${local.here}:${type}/*"]
  instance_profiles = [for server in local.on_ec2 : "${local.arn}:iam::${local.account}:instance-profile/${server}-${local.made_suffix}"]
  # The name ends with the instance's id.
  readiness_stacks = [for server in local.on_ec2 : "${local.arn}:cloudformation:${local.here}:stack/${server}-ready-i-${join("", [for _ in range(17) : "?"])}/*"]

  by_ec2            = "ec2.${data.aws_region.current.id}.${local.dns_suffix}"
  given_vpcs        = var.networks == null ? [] : [for id in var.networks.vpc_ids : "${local.arn}:ec2:${local.here}:vpc/${id}"]
  given_subnet_arns = [for id in local.given_subnets : "${local.arn}:ec2:${local.here}:subnet/${id}"]
  in_vpcs           = var.networks == null ? {} : { Condition = { ArnEquals = { "ec2:Vpc" = local.given_vpcs } } }

  ec2_statements = [
    for statement in [
      {
        Sid      = "LogGroups"
        Effect   = "Allow"
        Action   = local.change_log_groups
        Resource = flatten([for group in local.log_groups_of.ec2 : [group, "${group}:*"]])
      },
      {
        Sid       = "MakeInstances"
        Effect    = "Allow"
        Action    = ["ec2:AllocateAddress", "ec2:RunInstances"]
        Resource  = local.made_instances
        Condition = local.for_server
      },
      {
        Sid    = "InGroupsOfServers"
        Effect = "Allow"
        Action = ["ec2:RunInstances"]
        Resource = concat(
          ["${local.arn}:ec2:${local.here}:security-group/*"],
          var.networks == null ? ["${local.arn}:ec2:${local.here}:subnet/*"] : [],
        )
        Condition = local.of_servers
      },
      # A public image holds nothing of this account. A private one may hold a copy of somebody's disk.
      {
        Sid       = "FromPublicImages"
        Effect    = "Allow"
        Action    = ["ec2:RunInstances"]
        Resource  = ["${local.arn}:ec2:${data.aws_region.current.id}::image/*"]
        Condition = { Bool = { "ec2:Public" = "true" } }
      },
      {
        Sid      = "FromImages"
        Effect   = "Allow"
        Action   = ["ec2:RunInstances"]
        Resource = [for id in var.instances.image_ids : "${local.arn}:ec2:${data.aws_region.current.id}::image/${id}"]
      },
      {
        Sid    = "WithWhatIsNamed"
        Effect = "Allow"
        Action = ["ec2:RunInstances"]
        Resource = concat(
          local.given_subnet_arns,
          [for name in var.instances.key_names : "${local.arn}:ec2:${local.here}:key-pair/${name}"],
        )
      },
      # The interface that is made with the instance. It lies in a subnet, which is checked as well.
      merge(local.in_vpcs, {
        Sid      = "WithInterface"
        Effect   = "Allow"
        Action   = ["ec2:RunInstances"]
        Resource = ["${local.arn}:ec2:${local.here}:network-interface/*"]
      }),
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
      # Of an address, the instance and the interface that belong to it, AWS checks all three. The interface has no tag.
      merge(local.in_vpcs, {
        Sid      = "AddressOnInterface"
        Effect   = "Allow"
        Action   = ["ec2:AssociateAddress", "ec2:DisassociateAddress"]
        Resource = ["${local.arn}:ec2:${local.here}:network-interface/*"]
      }),
      # The new instance has taken the address, so the old association is gone when Terraform removes it. AWS then has no address to
      # compare the tag of, refuses, and the provider knows only the answer that there is no such association.
      # https://github.com/hashicorp/terraform-provider-aws/issues/3653
      {
        Sid       = "AssociationThatIsGone"
        Effect    = "Allow"
        Action    = ["ec2:DisassociateAddress"]
        Resource  = ["${local.arn}:ec2:${local.here}:elastic-ip/*"]
        Condition = { Null = { "ec2:AllocationId" = "true" } }
      },
      # EC2 makes and opens the disk of an instance with a key of your own in the caller's name.
      # https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html
      {
        Sid       = "DiskKeys"
        Effect    = "Allow"
        Action    = ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo"]
        Resource  = tolist(var.instances.disk_kms_key_arns)
        Condition = { StringEquals = { "kms:ViaService" = local.by_ec2 } }
      },
      {
        Sid      = "DiskKeyForInstances"
        Effect   = "Allow"
        Action   = ["kms:CreateGrant"]
        Resource = tolist(var.instances.disk_kms_key_arns)
        Condition = {
          StringEquals = { "kms:ViaService" = local.by_ec2 }
          Bool         = { "kms:GrantIsForAWSResource" = "true" }
        }
      },
      {
        Sid      = "Readiness"
        Effect   = "Allow"
        Action   = ["cloudformation:CreateStack", "cloudformation:DeleteStack", "cloudformation:TagResource"]
        Resource = local.readiness_stacks
      },
    ] : statement if length(statement.Resource) > 0
  ]

  ec2_role_statements = concat(local.role_statements.ec2, [
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
  ])
}
