# What terraform/lambda needs: the function with its versions and alias, its role, its log, and an HTTP API or a signed URL in
# front of it.

locals {
  on_lambda = contains(var.stacks, "lambda") ? var.servers : []

  functions         = flatten([for server in local.on_lambda : [for suffix in ["", ":*"] : "${local.arn}:lambda:${local.here}:function:${server}${suffix}"]])
  live_aliases      = [for server in local.on_lambda : "${local.arn}:lambda:${local.here}:function:${server}:*"]
  lambda_roles      = [for server in local.on_lambda : "${local.arn}:iam::${local.account}:role/${server}-fn-${local.made_suffix}"]
  lambda_log_groups = [for server in local.on_lambda : "${local.arn}:logs:${local.here}:log-group:/aws/lambda/${server}"]

  # https://github.com/awslabs/aws-lambda-web-adapter: the account and the layers of the Web Adapter.
  layers = length(local.on_lambda) == 0 ? [] : concat(
    [for layer in ["LambdaAdapterLayerArm64", "LambdaAdapterLayerX86"] : "${local.arn}:lambda:${data.aws_region.current.id}:753240598075:layer:${layer}:*"],
    tolist(var.layer_arns),
  )
  place_functions = ["lambda:CreateFunction", "lambda:UpdateFunctionConfiguration"]

  # The ARNs of API Gateway have no account: what is reached in them is always this account's.
  # https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html
  gateway    = "${local.arn}:apigateway:${data.aws_region.current.id}:"
  apis       = length(local.on_lambda) == 0 ? [] : ["${local.gateway}:/apis/*"]
  host_names = length(local.on_lambda) == 0 ? [] : distinct(flatten([for names in values(var.hosted_zones) : tolist(names)]))
  domains    = flatten([for name in local.host_names : [for suffix in ["", "/*"] : "${local.gateway}:/domainnames/${name}${suffix}"]])
  # The tags of a resource are a path that holds its ARN.
  gateway_tags = "${local.gateway}:/tags/${urlencode("${local.gateway}:")}%2Fv2"

  lambda_read_statements = {
    for role in ["plan", "apply"] : role => [
      for statement in [
        {
          Sid    = "ReadFunctions"
          Effect = "Allow"
          Action = [
            "lambda:GetAlias",
            "lambda:GetFunction",
            "lambda:GetFunctionCodeSigningConfig",
            "lambda:GetFunctionConfiguration",
            "lambda:GetFunctionUrlConfig",
            "lambda:GetPolicy",
            "lambda:ListVersionsByFunction",
          ]
          Resource = local.functions
        },
        # Lambda looks for these in the caller's name if the function is in a VPC: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
        {
          Sid       = "LookForNetwork"
          Effect    = "Allow"
          Action    = ["ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs"]
          Resource  = length(local.on_lambda) > 0 && !local.has_network ? ["*"] : []
          Condition = local.in_region
        },
        {
          Sid      = "ReadFunctionRoles"
          Effect   = "Allow"
          Action   = local.read_roles
          Resource = local.lambda_roles
        },
        {
          Sid      = "ReadFunctionLogs"
          Effect   = "Allow"
          Action   = ["logs:FilterLogEvents", "logs:ListTagsForResource"]
          Resource = flatten([for group in local.lambda_log_groups : [group, "${group}:*"]])
        },
        {
          Sid       = "ReadApis"
          Effect    = "Allow"
          Action    = ["apigateway:GET"]
          Resource  = local.apis
          Condition = local.of_servers
        },
        {
          Sid      = "ReadDomains"
          Effect   = "Allow"
          Action   = ["apigateway:GET"]
          Resource = local.domains
        },
        # AWS asks for both. The second holds for calls that come through the URL, and not for other ways to start the function.
        {
          Sid       = "CallByUrl"
          Effect    = "Allow"
          Action    = ["lambda:InvokeFunctionUrl"]
          Resource  = role == "apply" || var.plan_calls_servers ? local.live_aliases : []
          Condition = { StringEquals = { "lambda:FunctionUrlAuthType" = "AWS_IAM" } }
        },
        {
          Sid       = "CallThroughUrl"
          Effect    = "Allow"
          Action    = ["lambda:InvokeFunction"]
          Resource  = role == "apply" || var.plan_calls_servers ? local.live_aliases : []
          Condition = { Bool = { "lambda:InvokedViaFunctionUrl" = "true" } }
        },
      ] : statement if length(statement.Resource) > 0
    ]
  }

  # What each deployment changes.
  lambda_statements = [
    for statement in [
      {
        Sid       = "FunctionsInSubnets"
        Effect    = "Allow"
        Action    = local.place_functions
        Resource  = var.networks == null ? [] : local.functions
        Condition = { "ForAllValues:StringEquals" = { "lambda:SubnetIds" = local.given_subnets } }
      },
      {
        Sid    = "ChangeFunctions"
        Effect = "Allow"
        Action = concat(var.networks == null ? local.place_functions : [], [
          "lambda:CreateAlias",
          "lambda:DeleteAlias",
          "lambda:DeleteFunction",
          "lambda:DeleteFunctionConcurrency",
          "lambda:DeleteFunctionUrlConfig",
          "lambda:PublishVersion",
          "lambda:PutFunctionConcurrency",
          "lambda:RemovePermission",
          "lambda:TagResource",
          "lambda:UntagResource",
          "lambda:UpdateAlias",
          "lambda:UpdateFunctionCode",
        ])
        Resource = local.functions
      },
      # A URL that asks for a signature, and no caller but the HTTP API: an open function is made by an administrator.
      {
        Sid       = "SignedUrl"
        Effect    = "Allow"
        Action    = ["lambda:CreateFunctionUrlConfig", "lambda:UpdateFunctionUrlConfig"]
        Resource  = local.functions
        Condition = { StringEquals = { "lambda:FunctionUrlAuthType" = "AWS_IAM" } }
      },
      {
        Sid       = "CalledByApi"
        Effect    = "Allow"
        Action    = ["lambda:AddPermission"]
        Resource  = local.functions
        Condition = { StringEquals = { "lambda:Principal" = "apigateway.amazonaws.com" } }
      },
      {
        Sid      = "FunctionLogs"
        Effect   = "Allow"
        Action   = local.change_log_groups
        Resource = flatten([for group in local.lambda_log_groups : [group, "${group}:*"]])
      },
      # With `on-failure: rollback` the action notes here which version of an alias the gate passed last.
      {
        Sid      = "PassedVersion"
        Effect   = "Allow"
        Action   = local.change_parameter
        Resource = [for server in local.on_lambda : "${local.parameters}/lambda/${server}/*"]
      },
    ] : statement if length(statement.Resource) > 0
  ]

  # What stands around a function, and is mostly made once.
  lambda_setup_statements = concat(local.role_statements.lambda, [
    for statement in [
      {
        Sid      = "Layers"
        Effect   = "Allow"
        Action   = ["lambda:GetLayerVersion"]
        Resource = local.layers
      },
      {
        Sid       = "HandRoleToFunction"
        Effect    = "Allow"
        Action    = ["iam:PassRole"]
        Resource  = local.lambda_roles
        Condition = { StringEquals = { "iam:PassedToService" = "lambda.amazonaws.com" } }
      },
      {
        Sid       = "MakeApi"
        Effect    = "Allow"
        Action    = ["apigateway:POST"]
        Resource  = length(local.on_lambda) > 0 ? ["${local.gateway}:/apis"] : []
        Condition = local.for_server
      },
      # AWS asks for this whenever something is made with tags, with an asterisk in place of the id that does not exist yet. It is that
      # asterisk, and not any id: whoever could tag the API of somebody else could make it ours.
      {
        Sid      = "TagNewApi"
        Effect   = "Allow"
        Action   = ["apigateway:POST"]
        Resource = length(local.on_lambda) > 0 ? concat(["${local.gateway_tags}%2Fapis%2F$${*}"], [for name in local.host_names : "${local.gateway_tags}%2Fdomainnames%2F${name}"]) : []
      },
      {
        Sid       = "ChangeApis"
        Effect    = "Allow"
        Action    = ["apigateway:DELETE", "apigateway:PATCH", "apigateway:POST"]
        Resource  = local.apis
        Condition = local.of_servers
      },
      {
        Sid       = "MakeDomain"
        Effect    = "Allow"
        Action    = ["apigateway:POST"]
        Resource  = length(local.domains) > 0 ? ["${local.gateway}:/domainnames"] : []
        Condition = local.for_server
      },
      {
        Sid      = "ChangeDomains"
        Effect   = "Allow"
        Action   = ["apigateway:DELETE", "apigateway:PATCH", "apigateway:POST"]
        Resource = local.domains
      },
    ] : statement if length(statement.Resource) > 0
  ])
}
