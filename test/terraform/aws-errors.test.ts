import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { awsErrorsPage, quotedWords } from '../../scripts/aws-errors.ts'
import { type AwsErrorName, awsErrorOf, awsErrors } from '../../src/terraform/aws-errors.ts'

/** Messages as the AWS provider and the S3 backend print them. Request ids and account numbers are made up. */
const messages: Readonly<Record<AwsErrorName, readonly string[]>> = {
  'account-without-load-balancers': [
    'Error: creating ELBv2 application Load Balancer (weather): operation error Elastic Load Balancing v2: CreateLoadBalancer, https response error StatusCode: 400, RequestID: 1, OperationNotPermitted: This AWS account currently does not support creating load balancers. For more information, please contact AWS Support.',
  ],
  'account-pending-verification': [
    'Error: creating EC2 Instance: operation error EC2: RunInstances, https response error StatusCode: 400, RequestID: 1, api error PendingVerification: Your request for accessing resources in this region is being validated, and you will not be able to launch additional resources in this region until the validation is complete. We will notify you by email once your request has been validated.',
  ],
  'account-blocked': [
    'Error: creating EC2 Instance: operation error EC2: RunInstances, api error Blocked: This account is currently blocked and not recognized as a valid account. Please contact https://support.console.aws.amazon.com/support if you have questions.',
    '(service weather) failed to launch a task with (error Your account has been suspended)',
  ],
  'quota-vcpu': [
    'Error: creating EC2 Instance: operation error EC2: RunInstances, https response error StatusCode: 400, RequestID: 1, api error VcpuLimitExceeded: You have requested more vCPU capacity than your current vCPU limit of 1 allows for the instance bucket that the specified instance type belongs to. Please visit http://aws.amazon.com/contact-us/ec2-request to request an adjustment to this limit.',
    "Error: waiting for ECS Service create: You've reached the limit on the number of vCPUs you can run concurrently",
    "You've reached the limit on the number of tasks you can run concurrently",
  ],
  'quota-addresses': [
    'Error: creating EC2 EIP: operation error EC2: AllocateAddress, https response error StatusCode: 400, RequestID: 1, api error AddressLimitExceeded: The maximum number of addresses has been reached.',
  ],
  'quota-vpcs': [
    'Error: creating EC2 VPC: operation error EC2: CreateVpc, https response error StatusCode: 400, RequestID: 1, api error VpcLimitExceeded: The maximum number of VPCs has been reached.',
    'Error: creating EC2 Internet Gateway: api error InternetGatewayLimitExceeded: The maximum number of internet gateways has been reached.',
  ],
  quota: [
    'Error: creating IAM Role (weather): operation error IAM: CreateRole, https response error StatusCode: 409, RequestID: 1, LimitExceeded: Cannot exceed quota for RolesPerAccount: 1000',
    'Error: creating ELBv2 application Load Balancer (weather): TooManyLoadBalancers: The maximum number of load balancers has been reached',
    'api error RulesPerSecurityGroupLimitExceeded: The maximum number of rules per security group has been reached.',
    'ServiceQuotaExceededException: The maximum number of runtimes was reached',
    'LimitExceededException: Error: you have reached your limit of 20 certificates in the last year.',
  ],
  'no-capacity': [
    'Error: creating EC2 Instance: api error InsufficientInstanceCapacity: We currently do not have sufficient t4g.small capacity in the Availability Zone you requested (eu-west-1a).',
  ],
  'type-not-in-zone': [
    'Error: creating EC2 Instance: api error Unsupported: Your requested instance type (t4g.small) is not supported in your requested Availability Zone (us-east-1e). Please retry your request by not specifying an Availability Zone or choosing us-east-1a.',
  ],
  'service-linked-role': [
    'Error: creating ECS Service (weather): operation error ECS: CreateService, https response error StatusCode: 400, RequestID: 1, InvalidParameterException: Unable to assume the service linked role. Please verify that the ECS service linked role exists.',
    'Error: creating Application AutoScaling Target (service/c/weather): ValidationException: Unable to assume IAM role: arn:aws:iam::123456789012:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService',
  ],
  'denied-by-organization': [
    'Error: creating EC2 VPC: operation error EC2: CreateVpc, api error UnauthorizedOperation: You are not authorized to perform this operation. User: arn:aws:sts::123456789012:assumed-role/apply/GitHubActions is not authorized to perform: ec2:CreateVpc on resource: arn:aws:ec2:eu-central-1:123456789012:vpc/* with an explicit deny in a service control policy. Encoded authorization failure message: x',
    'api error AccessDeniedException: User: x is not authorized to perform: ecs:CreateCluster on resource: * because no service control policy allows the ecs:CreateCluster action',
    'User: x is not authorized to perform: iam:CreateServiceLinkedRole on resource: arn:aws:iam::123456789012:role/aws-service-role/x with an explicit deny in a service control policy',
  ],
  'denied-by-boundary': [
    'Error: reading SSM Parameter: api error AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/weather-task/1 is not authorized to perform: ssm:GetParameter on resource: arn:aws:ssm:eu-central-1:123456789012:parameter/x because no permissions boundary allows the ssm:GetParameter action',
  ],
  'role-not-assumed': [
    'Error: configuring Terraform AWS Provider: assume role with web identity: operation error STS: AssumeRoleWithWebIdentity, https response error StatusCode: 403, RequestID: 1, api error AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity',
  ],
  'oidc-provider-missing': [
    'Error: api error InvalidIdentityToken: No OpenIDConnect provider found in your account for https://token.actions.githubusercontent.com',
  ],
  'oidc-provider-exists': [
    'Error: creating IAM OIDC Provider: operation error IAM: CreateOpenIDConnectProvider, https response error StatusCode: 409, RequestID: 1, EntityAlreadyExists: Provider with url https://token.actions.githubusercontent.com already exists.',
  ],
  'oidc-audience': ['Error: api error InvalidIdentityToken: Incorrect token audience'],
  'region-not-enabled': [
    'Error: reading EC2 Availability Zones: api error AuthFailure: AWS was not able to validate the provided access credentials',
    'Error: Retrieving AWS account details: validating provider credentials: retrieving caller identity from STS: operation error STS: GetCallerIdentity, https response error StatusCode: 403, RequestID: 1, api error InvalidClientTokenId: The security token included in the request is invalid.',
    'api error InvalidAccessKeyId: The AWS Access Key Id you provided does not exist in our records.',
    'api error InvalidToken: The provided token is malformed or otherwise invalid.',
  ],
  'no-credentials': [
    'Error: No valid credential sources found\n\n  Please see https://registry.terraform.io/providers/hashicorp/aws\n\nError: failed to refresh cached credentials, no EC2 IMDS role found, operation error ec2imds: GetMetadata',
  ],
  'profile-in-configuration': ['Error: failed to get shared config profile, acme-staging'],
  'state-bucket-missing': [
    'Error: Failed to get existing workspaces: S3 bucket "acme-state" does not exist.\n\nThe referenced S3 bucket must have been previously created.',
  ],
  'state-bucket-region': [
    'Error: Failed to get existing workspaces: Unable to list objects in S3 bucket "acme-state": operation error S3: ListObjectsV2, https response error StatusCode: 301, requested bucket from "us-east-1", actual location "eu-central-1"',
  ],
  'bucket-name-taken': [
    'Error: creating S3 Bucket (state): operation error S3: CreateBucket, https response error StatusCode: 409, BucketAlreadyExists: ',
  ],
  'certificate-not-issued': [
    "Error: waiting for ACM Certificate (arn:aws:acm:eu-central-1:123456789012:certificate/1) to be issued: timeout while waiting for state to become 'ISSUED' (last state: 'PENDING_VALIDATION', timeout: 1h15m0s)",
    'Error: waiting for ACM Certificate (arn:aws:acm:eu-central-1:123456789012:certificate/1) to be issued: context deadline exceeded',
    "Error: waiting for ACM Certificate (arn) to be issued: unexpected state 'FAILED', wanted target 'ISSUED'",
  ],
  'record-exists': [
    "Error: creating Route53 Record: operation error Route 53: ChangeResourceRecordSets, https response error StatusCode: 400, RequestID: 1, InvalidChangeBatch: [Tried to create resource record set [name='mcp.example.com.', type='A'] but it already exists]",
  ],
  'service-exists': [
    'Error: creating ECS Service (weather): operation error ECS: CreateService, InvalidParameterException: Creation of service was not idempotent.',
  ],
  'already-exists': [
    'Error: creating CloudWatch Logs Log Group (/ecs/weather): operation error CloudWatch Logs: CreateLogGroup, ResourceAlreadyExistsException: The specified log group already exists',
    'Error: creating IAM Role (weather): EntityAlreadyExists: Role with name weather already exists.',
    'BucketAlreadyOwnedByYou: Your previous request to create the named bucket succeeded and you already own it.',
    'AlreadyExistsException: An alias with the name arn:aws:kms:eu-central-1:123456789012:alias/weather already exists',
    'ParameterAlreadyExists: The parameter already exists.',
    'DuplicateListener: A listener already exists on this port for this load balancer',
    'api error InvalidPermission.Duplicate: the specified rule already exists',
    'ResourceInUseException: Table already exists: locks',
    'ResourceConflictException: Function already exist: weather',
  ],
  throttled: [
    'Error: reading ECS Service (weather): operation error ECS: DescribeServices, ThrottlingException: Rate exceeded',
    'api error RequestLimitExceeded: Request limit exceeded.',
  ],
  denied: [
    'Error: creating ECS Service (weather): operation error ECS: CreateService, AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/plan/GitHubActions is not authorized to perform: ecs:CreateService on resource: arn:aws:ecs:eu-central-1:123456789012:service/c/weather because no identity-based policy allows the ecs:CreateService action',
    'Error: reading ECS Cluster: api error AccessDeniedException: ',
    'api error AccessDenied: Access Denied',
    'Error: creating Application AutoScaling Target (service/c/weather): ValidationException: User: x is not authorized to perform: cloudwatch:PutMetricAlarm on resource: *',
  ],
  'account-not-activated': [
    'api error SubscriptionRequiredException: The AWS Access Key Id needs a subscription for the service',
    'api error OptInRequired: You are not subscribed to this service',
  ],
  'account-free-plan': [
    "Error: creating EC2 Instance: operation error EC2: RunInstances, https response error StatusCode: 400, RequestID: 1, api error InvalidParameterCombination: The specified instance type is not eligible for Free Tier. For a list of Free Tier instance types, run 'describe-instance-types' with the filter 'free-tier-eligible=true'.",
    "FreeTierRestrictionError: This instance size isn't available with free plan accounts.",
  ],
  'account-closed': ['api error AccessDenied: Account 123456789012 is closed'],
  'quota-lambda-concurrency': [
    "Error: setting Lambda Function (weather) concurrency: operation error Lambda: PutFunctionConcurrency, https response error StatusCode: 400, RequestID: 1, InvalidParameterValueException: Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [10].",
  ],
  'subnet-full': [
    'Error: creating ELBv2 application Load Balancer (weather): operation error Elastic Load Balancing v2: CreateLoadBalancer, https response error StatusCode: 400, RequestID: 1, InvalidSubnet: Not enough IP space available in subnet-0123. ELB requires at least 8 free IP addresses in each subnet.',
    "api error InsufficientFreeAddressesInSubnet: There are not enough free addresses in subnet 'subnet-0' to satisfy the requested number of instances.",
  ],
  'subnet-range': ["api error InvalidSubnet.Conflict: The CIDR '10.0.0.0/24' conflicts with another subnet"],
  'subnets-of-load-balancer': [
    'ValidationError: At least two subnets in two different Availability Zones must be specified',
    'InvalidConfigurationRequest: A load balancer cannot be attached to multiple subnets in the same Availability Zone',
    'InvalidSubnet: VPC vpc-0 has no internet gateway',
  ],
  'default-vpc-missing': [
    'Error: no matching EC2 VPC found',
    'api error VPCIdNotSpecified: No default VPC for this user.',
  ],
  'image-of-machine-missing': ["api error InvalidAMIID.NotFound: The image id '[ami-0]' does not exist"],
  'instance-encrypted-disk': [
    "Error: waiting for EC2 Instance (i-0) create: unexpected state 'shutting-down', wanted target 'running'. last error: Client.InternalError: Client error on launch",
    "unexpected state 'shutting-down', wanted target 'running'. last error: Client.InvalidKMSKey.InvalidState: The KMS key provided is in an incorrect state",
  ],
  'service-linked-role-denied': [
    'api error AccessDenied: User: arn:aws:sts::123456789012:assumed-role/apply/x is not authorized to perform: iam:CreateServiceLinkedRole on resource: arn:aws:iam::123456789012:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS because no identity-based policy allows the iam:CreateServiceLinkedRole action',
    'api error AuthFailure.ServiceLinkedRoleCreationNotPermitted: The provided credentials do not have permission to create the service-linked role for EC2 Spot Instances.',
  ],
  'oidc-thumbprint': [
    "api error InvalidIdentityToken: OpenIDConnect provider's HTTPS certificate doesn't match configured thumbprint",
  ],
  'oidc-provider-unreachable': [
    "api error InvalidIdentityToken: Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements",
  ],
  'oidc-token-missing': [
    'Error: It looks like you might be trying to authenticate with OIDC. Did you mean to set the `id-token` permission?',
    'Error: Credentials could not be loaded, please check your action inputs: Could not load credentials from any providers',
  ],
  'role-arn-invalid': ['api error ValidationError: Request ARN is invalid'],
  'role-session-too-long': [
    'api error ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
  ],
  'marketplace-terms': [
    'Error: creating EC2 Instance: api error OptInRequired: In order to use this AWS Marketplace product you need to accept terms and subscribe. To do so please visit https://aws.amazon.com/marketplace/pp?sku=x',
  ],
  'sts-region': [
    'api error RegionDisabledException: STS is not activated in this region for account:123456789012. Your account administrator can activate STS in this region using the IAM Console.',
  ],
  'region-missing': [
    'Error: Invalid provider configuration\n\ninvalid AWS Region: eu-west-9',
    'Error: Missing region configuration\n\nThe "region" attribute or the "AWS_REGION" or "AWS_DEFAULT_REGION" environment variables must be set.',
  ],
  'region-unknown': [
    'Error: Retrieving AWS account details: request send failed, Post "https://sts.eu-central-9.amazonaws.com/": dial tcp: lookup sts.eu-central-9.amazonaws.com on 127.0.0.53:53: no such host',
  ],
  'clock-of-runner': [
    'api error SignatureDoesNotMatch: Signature expired: 20261129T100000Z is now earlier than 20261129T101500Z (20261129T103000Z - 15 min.)',
    'api error RequestTimeTooSkewed: The difference between the request time and the current time is too large.',
  ],
  'secret-key-wrong': [
    'api error SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.',
  ],
  'state-bucket-denied': [
    'Error: Error inspecting states in the "s3" backend:\n    Unable to list objects in S3 bucket "acme-state" with prefix "env:/": operation error S3: ListObjectsV2, https response error StatusCode: 403, RequestID: X, HostID: Y, api error AccessDenied: Access Denied',
    'Error: error loading state: Unable to access object "weather" in S3 bucket "acme-state": operation error S3: HeadObject, https response error StatusCode: 403, RequestID: X, HostID: Y, api error Forbidden: Forbidden',
  ],
  'lock-table-missing': [
    'Error: Error acquiring the state lock\n\nError message: operation error DynamoDB: PutItem, https response error StatusCode: 400, RequestID: 1, ResourceNotFoundException: Requested resource not found\nUnable to retrieve item from DynamoDB table "locks": operation error DynamoDB: GetItem, https response error StatusCode: 400, RequestID: 1, ResourceNotFoundException: Requested resource not found',
  ],
  'lock-race': [
    'Error: Error acquiring the state lock\n\nError message: 2 errors occurred:\n\t* ConditionalCheckFailedException: The conditional request failed\n\t* unexpected end of JSON input',
  ],
  'lock-table-schema': [
    'Error: Error acquiring the state lock\n\nError message: ValidationException: One or more parameter values were invalid: Missing the key LockID in the item',
    'ValidationException: The provided key element does not match the schema',
  ],
  'state-digest': ['Error: Error refreshing state: state data in S3 does not have the expected content.'],
  'bucket-location': [
    'api error IllegalLocationConstraintException: The unspecified location constraint is incompatible for the region specific endpoint this request was sent to.',
  ],
  'bucket-not-empty': [
    'Error: deleting S3 Bucket (acme): api error BucketNotEmpty: The bucket you tried to delete is not empty',
    "Error: ECR Repository (weather) not empty, consider using force_delete: RepositoryNotEmptyException: The repository with name 'weather' in registry with id '123456789012' cannot be deleted because it still contains images",
  ],
  'certificate-not-usable': [
    "UnsupportedCertificate: The certificate 'arn:aws:acm:x' must have a fully-qualified domain name, a supported signature, and a supported key size.",
    "CertificateNotFound: Certificate 'arn:aws:acm:us-east-1:123456789012:certificate/x' not found",
    "InvalidViewerCertificate: The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid certificate chain.",
  ],
  'zone-missing': [
    'Error: no matching Route 53 Hosted Zone found',
    'api error NoSuchHostedZone: No hosted zone found with ID: Z0',
    'InvalidChangeBatch: [RRSet with DNS name mcp.example.com. is not permitted in zone example.org.]',
  ],
  'service-draining': [
    'Error: creating ECS Service (weather): operation error ECS: CreateService, https response error StatusCode: 400, RequestID: 1, InvalidParameterException: Unable to Start a service that is still Draining.',
  ],
  'service-without-listener': [
    'Error: creating ECS Service (weather): operation error ECS: CreateService, https response error StatusCode: 400, RequestID: 1, InvalidParameterException: The target group with targetGroupArn arn:aws:elasticloadbalancing:x does not have an associated load balancer.',
  ],
  'service-not-stable': [
    "Error: waiting for ECS Service (arn:aws:ecs:eu-central-1:123456789012:service/c/weather) create: timeout while waiting for state to become 'tfSTABLE' (last state: 'tfPENDING', timeout: 20m0s)",
    "Error: waiting for ECS Service (x) update: unexpected state 'FAILED', wanted target 'tfSTABLE'. last error: ECS deployment circuit breaker: tasks failed to start.",
  ],
  'fargate-size': [
    'Error: creating ECS Task Definition (weather): operation error ECS: RegisterTaskDefinition, https response error StatusCode: 400, RequestID: 1, ClientException: No Fargate configuration exists for given values: 300 CPU, 1000 memory. See the Amazon ECS documentation for the valid values.',
  ],
  'cluster-missing': ['ClusterNotFoundException: Cluster not found.'],
  'function-image-missing': [
    'Error: creating Lambda Function (weather): operation error Lambda: CreateFunction, https response error StatusCode: 400, RequestID: 1, InvalidParameterValueException: Source image 123456789012.dkr.ecr.eu-central-1.amazonaws.com/weather:v1 does not exist. Provide a valid source image.',
  ],
  'function-image-index': [
    'Error: creating Lambda Function (weather): operation error Lambda: CreateFunction, https response error StatusCode: 400, RequestID: 1, InvalidParameterValueException: The image manifest, config or layer media type for the source image 123456789012.dkr.ecr.eu-central-1.amazonaws.com/weather@sha256:0 is not supported.',
  ],
  'function-image-denied': [
    'Error: creating Lambda Function (weather): operation error Lambda: CreateFunction, https response error StatusCode: 403, RequestID: 1, api error AccessDeniedException: Lambda does not have permission to access the ECR image. Check the ECR permissions.',
  ],
  'function-role': [
    'InvalidParameterValueException: The role defined for the function cannot be assumed by Lambda.',
    'InvalidParameterValueException: The provided execution role does not have permissions to call CreateNetworkInterface on EC2',
  ],
  'agent-image': [
    "ValidationException: Access denied while validating ECR URI '123456789012.dkr.ecr.us-west-2.amazonaws.com/x:y'. The execution role requires permissions for ecr:GetAuthorizationToken, ecr:BatchGetImage, and ecr:GetDownloadUrlForLayer operations.",
    "ValidationException: Architecture incompatible for uri '123456789012.dkr.ecr.us-west-2.amazonaws.com/x:y'. Supported architectures: [arm64]",
  ],
  'role-not-trusted': [
    "ValidationException: Role validation failed for 'arn:aws:iam::123456789012:role/x'. Please verify that the role exists and its trust policy allows assumption by this service",
    'api error InvalidParameterValue: Value (weather) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name',
    'MalformedPolicyDocument: Invalid principal in policy: "AWS":"arn:aws:iam::123456789012:role/x"',
  ],
  'secret-being-deleted': [
    "Error: creating Secrets Manager Secret (weather/key): operation error Secrets Manager: CreateSecret, https response error StatusCode: 400, RequestID: 1, InvalidRequestException: You can't create this secret because a secret with this name is already scheduled for deletion.",
  ],
  'rule-priority': [
    "Error: creating ELBv2 Listener Rule: operation error Elastic Load Balancing v2: CreateRule, https response error StatusCode: 400, RequestID: 1, PriorityInUse: Priority '10' is currently in use",
  ],
  'target-group-in-use': [
    "Error: deleting ELBv2 Target Group (arn): operation error Elastic Load Balancing v2: DeleteTargetGroup, https response error StatusCode: 400, RequestID: 1, ResourceInUse: Target group 'arn' is currently in use by a listener or a rule",
  ],
  'update-in-progress': [
    'https response error StatusCode: 409, RequestID: 1, ResourceConflictException: The operation cannot be performed at this time. An update is in progress for resource: arn:aws:lambda:x',
  ],
  'key-denied': [
    'api error AccessDenied: User: arn:aws:sts::123456789012:assumed-role/apply/x is not authorized to perform: kms:GenerateDataKey on resource: arn:aws:kms:eu-central-1:123456789012:key/2 because no resource-based policy allows the kms:GenerateDataKey action',
    'api error AccessDeniedException: The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
    "Error: creating CloudWatch Logs Log Group (/ecs/weather): AccessDeniedException: The specified KMS key does not exist or is not allowed to be used with Arn 'arn:aws:logs:x'",
  ],
  'key-policy-locks-out': [
    'MalformedPolicyDocumentException: The new key policy will not allow you to update the key policy in the future.',
  ],
}

const cases = Object.entries(messages).flatMap(([name, each]) => each.map(message => [name, message] as const))

describe.each(cases)('%s', (name, message) => {
  test('is found in the message, also where Terraform breaks the lines', () => {
    expect(awsErrorOf(message)?.name).toBe(name)
    expect(awsErrorOf(message.replaceAll(' ', '\n'))?.name).toBe(name)
  })
})

test.each(Object.entries(quotedWords).flatMap(([name, each]) => each.map(words => [name, words] as const)))(
  'the page shows words that find %s: %s',
  (name, words) => {
    expect(awsErrorOf(`Error: ${words.replaceAll('…', 'x')}`)?.name).toBe(name)
  },
)

test('an error of Terraform itself is none of AWS', () => {
  expect(awsErrorOf('Error: Unsupported argument\n\nAn argument named "roles" is not expected here.')).toBeUndefined()
  expect(
    awsErrorOf(
      'Error: Reference to undeclared resource\n\nA managed resource "aws_iam_role" "x" has not been declared',
    ),
  ).toBeUndefined()
})

test('a resource that is missing behind DynamoDB or S3 is not the state', () => {
  expect(
    awsErrorOf('Error: reading DynamoDB Table: ResourceNotFoundException: Requested resource not found'),
  ).toBeUndefined()
  expect(
    awsErrorOf('Error: reading S3 Bucket (assets): operation error S3: HeadBucket, api error Forbidden: Forbidden')
      ?.name,
  ).toBe('denied')
})

test('every row names a page of its own documentation', () => {
  for (const { source } of Object.values(awsErrors)) expect(source).toMatch(/^https:\/\/[a-z.]+\/\S+$/)
})

test('the page is up to date', () => {
  expect(readFileSync(new URL('../../docs/aws-errors.md', import.meta.url), 'utf8')).toBe(awsErrorsPage(awsErrors))
})
