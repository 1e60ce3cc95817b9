/**
 * Writes docs/aws-errors.md from the table of messages in src/terraform/aws-errors.ts. With `--check` it writes nothing and exits 1
 * when the page is out of date.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type AwsError, type AwsErrorName, awsErrors } from '../src/terraform/aws-errors.ts'

const introduction = `# Errors of AWS on the first day

<!-- Written by scripts/aws-errors.ts from the table in src/terraform/aws-errors.ts: change the table, then run \`npm run fix\`. -->

This page lists errors of AWS that a new account, a new role or a new region often causes. Search it for the words of your message.
The action finds these words in Terraform's output, and shows the cause and the fix in the comment under **What to do**. The words come
from AWS's documentation and from public reports: no real account was used to see them.`

/** Words of each message, as AWS, the provider or the backend writes them; … is a name. */
export const quotedWords: Readonly<Record<AwsErrorName, readonly string[]>> = {
  'account-without-load-balancers': ['This AWS account currently does not support creating load balancers'],
  'account-pending-verification': ['PendingVerification'],
  'account-blocked': ['This account is currently blocked'],
  'quota-vcpu': ['VcpuLimitExceeded', 'the limit on the number of vCPUs'],
  'quota-addresses': ['AddressLimitExceeded'],
  'quota-vpcs': ['VpcLimitExceeded', 'InternetGatewayLimitExceeded'],
  quota: ['ServiceQuotaExceededException', 'LimitExceededException', 'TooManyLoadBalancers', 'Cannot exceed quota for'],
  'no-capacity': ['InsufficientInstanceCapacity', 'Capacity is unavailable at this time'],
  'type-not-in-zone': ['Your requested instance type (…) is not supported in your requested Availability Zone'],
  'service-linked-role': ['Unable to assume the service linked role'],
  'denied-by-organization': ['with an explicit deny in a service control policy', 'no service control policy allows'],
  'denied-by-boundary': ['because no permissions boundary allows', 'with an explicit deny in a permissions boundary'],
  'role-not-assumed': ['Not authorized to perform sts:AssumeRoleWithWebIdentity'],
  'oidc-provider-missing': ['No OpenIDConnect provider found in your account'],
  'oidc-provider-exists': ['EntityAlreadyExists: Provider with url'],
  'oidc-audience': ['Incorrect token audience'],
  'region-not-enabled': [
    'OptInRequired',
    'InvalidClientTokenId',
    'UnrecognizedClientException',
    'AWS was not able to validate the provided access credentials',
  ],
  'no-credentials': ['No valid credential sources found', 'no EC2 IMDS role found'],
  'profile-in-configuration': ['failed to get shared config profile'],
  'state-bucket-missing': ['S3 bucket "…" does not exist', 'NoSuchBucket'],
  'state-bucket-region': [
    'requested bucket from "…", actual location "…"',
    'PermanentRedirect',
    'AuthorizationHeaderMalformed',
  ],
  'bucket-name-taken': ['BucketAlreadyExists'],
  'certificate-not-issued': ['waiting for ACM Certificate (…) to be issued: … PENDING_VALIDATION'],
  'record-exists': ['InvalidChangeBatch: … already exists'],
  'service-exists': ['Creation of service was not idempotent'],
  'already-exists': [
    'ResourceAlreadyExistsException',
    'EntityAlreadyExists',
    'DuplicateLoadBalancerName',
    'DuplicateTargetGroupName',
    'RepositoryAlreadyExistsException',
    'InvalidGroup.Duplicate',
  ],
  throttled: ['ThrottlingException', 'RequestLimitExceeded', 'Rate exceeded'],
  'account-not-activated': ['SubscriptionRequiredException', 'not subscribed to this service'],
  'account-free-plan': ['is not eligible for Free Tier', 'FreeTierRestrictionError'],
  'account-closed': ['account is closed'],
  'quota-lambda-concurrency': ['UnreservedConcurrentExecution below its minimum value'],
  'subnet-full': ['InsufficientFreeAddressesInSubnet', 'Not enough IP space available in subnet'],
  'subnet-range': ['InvalidSubnet.Conflict', 'InvalidSubnet.Range', 'InvalidVpc.Range'],
  'subnets-of-load-balancer': [
    'At least two subnets in two different Availability Zones must be specified',
    'multiple subnets in the same Availability Zone',
    'InvalidSubnet: VPC … has no internet gateway',
  ],
  'default-vpc-missing': ['VPCIdNotSpecified', 'No default VPC for this user', 'no matching EC2 VPC found'],
  'image-of-machine-missing': ['InvalidAMIID.NotFound', 'InvalidAMIID.Unavailable'],
  'instance-encrypted-disk': ['Client.InternalError: Client error on launch', 'Client.InvalidKMSKey.…'],
  'service-linked-role-denied': [
    'not authorized to perform: iam:CreateServiceLinkedRole',
    'ServiceLinkedRoleCreationNotPermitted',
  ],
  'oidc-thumbprint': ["certificate doesn't match configured thumbprint"],
  'oidc-provider-unreachable': [
    "Couldn't retrieve verification key from your identity provider",
    'IDPCommunicationError',
  ],
  'oidc-token-missing': ['Could not load credentials from any providers', 'ACTIONS_ID_TOKEN_REQUEST_URL'],
  'role-arn-invalid': ['Request ARN is invalid', 'Source Account ID is needed if the Role Name is provided'],
  'role-session-too-long': [
    'DurationSeconds exceeds the MaxSessionDuration',
    'DurationSeconds exceeds the 1 hour session limit',
  ],
  'marketplace-terms': ['AWS Marketplace product you need to accept terms'],
  'sts-region': ['RegionDisabledException', 'STS is not activated in this region'],
  'region-missing': ['Missing region configuration', 'invalid AWS Region'],
  'region-unknown': ['lookup ecs.eu-west-9.amazonaws.com: no such host'],
  'clock-of-runner': ['RequestTimeTooSkewed', 'Signature not yet current'],
  'secret-key-wrong': ['SignatureDoesNotMatch', 'IncompleteSignature'],
  'state-bucket-denied': ['Unable to list objects in S3 bucket … api error AccessDenied: Access Denied'],
  'lock-table-missing': ['Unable to retrieve item from DynamoDB table … ResourceNotFoundException'],
  'lock-race': ['state lock … ConditionalCheckFailedException', 'state lock … PreconditionFailed'],
  'lock-table-schema': ['Missing the key LockID in the item'],
  'state-digest': ['state data in S3 does not have the expected content'],
  'bucket-location': ['IllegalLocationConstraintException'],
  'bucket-not-empty': ['BucketNotEmpty', 'RepositoryNotEmptyException'],
  'certificate-not-usable': ['UnsupportedCertificate', 'CertificateNotFound', 'InvalidViewerCertificate'],
  'zone-missing': ['no matching Route 53 Hosted Zone found', 'NoSuchHostedZone', 'is not permitted in zone'],
  'service-draining': ['Unable to Start a service that is still Draining'],
  'service-without-listener': ['target group … does not have an associated load balancer'],
  'service-not-stable': ['waiting for ECS Service … tfSTABLE', 'waiting for ECS Service … circuit breaker'],
  'fargate-size': ['No Fargate configuration exists for given values'],
  'cluster-missing': ['ClusterNotFoundException'],
  'function-image-missing': ['Source image … does not exist. Provide a valid source image'],
  'function-image-index': ['image manifest, config or layer media type for the source image … not supported'],
  'function-image-denied': ['Lambda does not have permission to access the ECR image'],
  'function-role': [
    'role defined for the function cannot be assumed by Lambda',
    'execution role does not have permissions to call CreateNetworkInterface',
  ],
  'agent-image': ['Access denied while validating ECR URI', 'Architecture incompatible for uri'],
  'role-not-trusted': ['Role validation failed for', 'Invalid IAM Instance Profile'],
  'secret-being-deleted': ['secret with this name is already scheduled for deletion'],
  'rule-priority': ['PriorityInUse'],
  'target-group-in-use': ['ResourceInUse: Target group', 'Target group … is currently in use'],
  'update-in-progress': ['An update is in progress for resource'],
  'key-denied': ['not authorized to perform: kms:…', 'KMS key does not exist or is not allowed to be used'],
  'key-policy-locks-out': ['new key policy will not allow you to update the key policy'],
  denied: ['is not authorized to perform: …:…', 'because no identity-based policy allows the …:… action'],
}

/** The page for a table of messages. */
export function awsErrorsPage(table: Readonly<Record<AwsErrorName, AwsError>>): string {
  const rows = (Object.entries(table) as [AwsErrorName, AwsError][]).map(([name, { cause, fix, source }]) => {
    const words = quotedWords[name].map(each => `\`${each}\``).join(', ')
    return `| <a id="${name}"></a>${inCell(words)} | ${inCell(cause)} | ${inCell(fix)} | [page](${source}) |`
  })
  return [
    introduction,
    '',
    '| Words of the message | Cause | Fix | Source |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
}

function inCell(text: string): string {
  return text.replaceAll('|', '\\|')
}

if (import.meta.main) {
  const page = join(import.meta.dirname, '..', 'docs', 'aws-errors.md')
  const text = awsErrorsPage(awsErrors)
  const isCurrent = existsSync(page) && readFileSync(page, 'utf8') === text
  if (process.argv.includes('--check')) {
    if (!isCurrent) {
      console.error('docs/aws-errors.md is out of date: run npm run fix.')
      process.exitCode = 1
    }
  } else if (!isCurrent) {
    writeFileSync(page, text)
    console.log('docs/aws-errors.md written')
  }
}
