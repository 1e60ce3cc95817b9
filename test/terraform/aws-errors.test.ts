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
  ],
  'quota-vcpu': [
    'Error: creating EC2 Instance: operation error EC2: RunInstances, https response error StatusCode: 400, RequestID: 1, api error VcpuLimitExceeded: You have requested more vCPU capacity than your current vCPU limit of 1 allows for the instance bucket that the specified instance type belongs to. Please visit http://aws.amazon.com/contact-us/ec2-request to request an adjustment to this limit.',
    "Error: waiting for ECS Service create: You've reached the limit on the number of vCPUs you can run concurrently",
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
  ],
  'no-capacity': [
    'Error: creating EC2 Instance: api error InsufficientInstanceCapacity: We currently do not have sufficient t4g.small capacity in the Availability Zone you requested (eu-west-1a).',
  ],
  'type-not-in-zone': [
    'Error: creating EC2 Instance: api error Unsupported: Your requested instance type (t4g.small) is not supported in your requested Availability Zone (us-east-1e). Please retry your request by not specifying an Availability Zone or choosing us-east-1a.',
  ],
  'service-linked-role': [
    'Error: creating ECS Service (weather): operation error ECS: CreateService, https response error StatusCode: 400, RequestID: 1, InvalidParameterException: Unable to assume the service linked role. Please verify that the ECS service linked role exists.',
  ],
  'denied-by-organization': [
    'Error: creating EC2 VPC: operation error EC2: CreateVpc, api error UnauthorizedOperation: You are not authorized to perform this operation. User: arn:aws:sts::123456789012:assumed-role/apply/GitHubActions is not authorized to perform: ec2:CreateVpc on resource: arn:aws:ec2:eu-central-1:123456789012:vpc/* with an explicit deny in a service control policy. Encoded authorization failure message: x',
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
  ],
  throttled: [
    'Error: reading ECS Service (weather): operation error ECS: DescribeServices, ThrottlingException: Rate exceeded',
  ],
  denied: [
    'Error: creating ECS Service (weather): operation error ECS: CreateService, AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/plan/GitHubActions is not authorized to perform: ecs:CreateService on resource: arn:aws:ecs:eu-central-1:123456789012:service/c/weather because no identity-based policy allows the ecs:CreateService action',
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

test('the page is up to date', () => {
  expect(readFileSync(new URL('../../docs/aws-errors.md', import.meta.url), 'utf8')).toBe(awsErrorsPage(awsErrors))
})
