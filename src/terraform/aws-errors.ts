/**
 * Error messages of AWS that a new account, role or region meets in Terraform's output, each with its cause and its fix. The page
 * docs/aws-errors.md is generated from this table. Pure.
 */

/** A message of AWS, with what it means. */
export interface AwsError {
  /** Pattern for the message on one line: Terraform breaks lines between any two words. */
  readonly words: RegExp
  /** The cause, as one sentence. */
  readonly cause: string
  /** The change that helps, as sentences. */
  readonly fix: string
  /** The page of AWS, GitHub or HashiCorp that documents it. */
  readonly source: string
}

const quotas = 'https://docs.aws.amazon.com/servicequotas/latest/userguide/request-quota-increase.html'
const denied = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html'
const oidc = 'https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws'
const regions = 'https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html'
const backend = 'https://developer.hashicorp.com/terraform/language/backend/s3'

/** The messages by name. The first pattern that matches counts, so a special one stands before a general one. */
export const awsErrors = {
  'account-without-load-balancers': {
    words: /account currently does not support creating load balancers/i,
    cause: 'AWS does not yet allow this new account to create load balancers.',
    fix: 'Open a case with AWS Support (Account and billing), and run the job again when it is answered. No setting of yours changes it.',
    source: 'https://repost.aws/knowledge-center/elb-fix-load-balancer-create-error',
  },
  'account-pending-verification': {
    words: /\bPendingVerification\b|request for accessing resources in this region is being validated/i,
    cause: 'AWS still verifies this account or its first use of the region.',
    fix: 'Run the job again after some minutes: the check takes four hours at most. If the message stays, open a case with AWS Support.',
    source: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/troubleshooting-launch.html',
  },
  'account-blocked': {
    words: /account is currently blocked|account is suspended/i,
    cause: 'AWS has blocked the account, or the account has no valid payment method.',
    fix: 'Check the billing page of the account, then open a case with AWS Support.',
    source: 'https://repost.aws/knowledge-center/ec2-blocked-account-error',
  },
  'quota-vcpu': {
    words: /\bVcpuLimitExceeded\b|more vCPU capacity than your current vCPU limit|limit on the number of vCPUs/i,
    cause: 'The quota of the account for virtual CPUs is used up; in a new account it can be 1 or 0.',
    fix: 'Request more in Service Quotas: for EC2 "Running On-Demand Standard instances", for ECS "Fargate On-Demand vCPU resource count". Then run the job again.',
    source: quotas,
  },
  'quota-addresses': {
    words: /\bAddressLimitExceeded\b/,
    cause: 'The region holds all Elastic IP addresses that the quota allows, five by default.',
    fix: 'Release addresses that nothing uses, or request more in Service Quotas ("EC2-VPC Elastic IPs"). Then run the job again.',
    source: quotas,
  },
  'quota-vpcs': {
    words: /\bVpcLimitExceeded\b|\bInternetGatewayLimitExceeded\b/,
    cause: 'The region holds all VPCs or internet gateways that the quota allows, five by default.',
    fix: 'Use a VPC that exists (the variable `network` of the modules), delete one that nothing uses, or request more in Service Quotas. Then run the job again.',
    source: quotas,
  },
  quota: {
    words:
      /\b(ServiceQuotaExceededException|LimitExceededException|TooManyLoadBalancers|TooManyTargetGroups|NatGatewayLimitExceeded|SecurityGroupLimitExceeded|InstanceLimitExceeded)\b|Cannot exceed quota for/,
    cause: 'A quota of the account or the region is used up.',
    fix: 'The message names the quota. Delete what nothing uses, or request more in Service Quotas. Then run the job again.',
    source: quotas,
  },
  'no-capacity': {
    words: /\bInsufficientInstanceCapacity\b|Capacity is unavailable at this time/,
    cause: 'AWS has no free capacity of this size in this Availability Zone now.',
    fix: 'Run the job again later, or choose another instance type or zone.',
    source: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/troubleshooting-launch.html',
  },
  'type-not-in-zone': {
    words: /requested instance type \([^)]*\) is not supported in your requested Availability Zone/i,
    cause: 'This Availability Zone has no instances of this type.',
    fix: 'Choose another subnet or another instance type. AWS lists the zones of a type with `aws ec2 describe-instance-type-offerings`.',
    source: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-discovery.html',
  },
  'service-linked-role': {
    words: /service[- ]linked role.{0,80}(exist|assume)|Unable to assume the service linked role/i,
    cause: 'The account does not have the service-linked role yet, or AWS created it only seconds ago.',
    fix: 'Run the job again: AWS creates the role at the first use. If it fails again, allow iam:CreateServiceLinkedRole for that service in the apply role.',
    source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using-service-linked-roles.html',
  },
  'denied-by-organization': {
    words: /with an explicit deny in a (service|resource) control policy|no service control policy allows/i,
    cause: 'A policy of your organization (SCP or RCP) denies the call. No role in this account can allow it.',
    fix: 'Ask the administrator of the organization to allow the action that Terraform names, or use a region or a service that the policy allows.',
    source: denied,
  },
  'denied-by-boundary': {
    words: /explicit deny in a permissions boundary|no permissions boundary allows/i,
    cause: 'The permissions boundary of the role does not allow the call.',
    fix: 'If the server needs it, allow it in the boundary: the variable `servers_may` of terraform/github-oidc. Then apply the roles, and run the job again.',
    source: denied,
  },
  'role-not-assumed': {
    words: /Not authorized to perform:? sts:AssumeRoleWithWebIdentity/i,
    cause: "The trust policy of the role does not match a claim of this job's token. AWS does not say which one.",
    fix: 'Compare the trust policy with the job: `sub` is `repo:OWNER/NAME:ref:refs/heads/BRANCH`, `repo:OWNER/NAME:pull_request` or `repo:OWNER/NAME:environment:NAME`, and upper and lower case count. A job with `environment:` has only the last form. Check `aud` and `repository_id` too.',
    source: oidc,
  },
  'oidc-provider-missing': {
    words: /No OpenIDConnect provider found in your account/i,
    cause: 'The account has no identity provider for GitHub Actions.',
    fix: 'Create it once per account with terraform/github-oidc. Check that the ARN of the role has the number of this account.',
    source: oidc,
  },
  'oidc-provider-exists': {
    words: /\bEntityAlreadyExists\b.{0,60}Provider with url/i,
    cause: "The account has GitHub's identity provider already; there can be only one.",
    fix: 'Use the one that exists: give its ARN to terraform/github-oidc (`oidc_provider = { arn = "…" }`).',
    source: oidc,
  },
  'oidc-audience': {
    words: /\bInvalidIdentityToken\b.{0,60}audience|Incorrect token audience/i,
    cause: "The audience (`aud`) of the job's token is not in the list of the identity provider.",
    fix: 'Use `sts.amazonaws.com`, the default of aws-actions/configure-aws-credentials, in both places.',
    source: oidc,
  },
  'region-not-enabled': {
    words:
      /\bOptInRequired\b|AWS was not able to validate the provided access credentials|\bInvalidClientTokenId\b|\bUnrecognizedClientException\b/,
    cause:
      'AWS does not accept these credentials in this region: the region is not enabled for the account, or the keys are wrong or deleted.',
    fix: 'If the region is not enabled by default, enable it in the account settings. Otherwise give the job new credentials.',
    source: regions,
  },
  'no-credentials': {
    words: /No valid credential sources? found|no EC2 IMDS role found|failed to refresh cached credentials/i,
    cause: 'The step has no AWS credentials.',
    fix: 'Add aws-actions/configure-aws-credentials before this step, with an `if:` that is true for this event, and give the job `id-token: write`.',
    source: oidc,
  },
  'profile-in-configuration': {
    words: /failed to get shared config profile/i,
    cause: 'The configuration names a `profile` of your own machine, and the runner has no such profile.',
    fix: 'Remove `profile` from the provider and backend blocks: on your machine set AWS_PROFILE, and the runner takes the credentials of the job.',
    source: 'https://registry.terraform.io/providers/hashicorp/aws/latest/docs#authentication-and-configuration',
  },
  'state-bucket-missing': {
    words: /S3 bucket "[^"]*" does not exist|\bNoSuchBucket\b/,
    cause: 'The bucket of the state does not exist, or is in another account.',
    fix: 'Create it with terraform/state-backend, or correct bucket and region in backend-config.',
    source: backend,
  },
  'state-bucket-region': {
    words:
      /requested bucket from "[^"]*", actual location "[^"]*"|\b(PermanentRedirect|AuthorizationHeaderMalformed)\b/,
    cause: 'The bucket of the state is in another region.',
    fix: "Set `region` in backend-config to the bucket's region. It may differ from the region of the server.",
    source: backend,
  },
  'bucket-name-taken': {
    words: /\bBucketAlreadyExists\b/,
    cause: 'Another account has a bucket with this name. Names are unique among all of AWS.',
    fix: 'Choose another name for the bucket, and write it into backend-config too.',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html',
  },
  'certificate-not-issued': {
    words: /waiting for ACM Certificate.{0,300}(PENDING_VALIDATION|FAILED)/i,
    cause: 'ACM could not see the validation record of the certificate in the public DNS.',
    fix: 'Check that the parent domain delegates to the name servers of this hosted zone (`dig NS DOMAIN`). The zone must be public, and no CAA record may exclude amazon.com. Then run the job again.',
    source: 'https://docs.aws.amazon.com/acm/latest/userguide/troubleshooting-DNS-validation.html',
  },
  'record-exists': {
    words: /\bInvalidChangeBatch\b.{0,120}already exists/,
    cause: 'The hosted zone has this record already, and the record is not in this state.',
    fix: 'Delete the record, import it into the state, or choose another name.',
    source: 'https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html',
  },
  'service-exists': {
    words: /Creation of service was not idempotent/i,
    cause: 'The cluster has a service with this name already, and the service is not in this state.',
    fix: 'Import the service into the state, delete it, or choose another name.',
    source: 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html',
  },
  'already-exists': {
    words:
      /\b(ResourceAlreadyExistsException|EntityAlreadyExists|DuplicateLoadBalancerName|DuplicateTargetGroupName|RepositoryAlreadyExistsException|InvalidGroup\.Duplicate)\b/,
    cause: 'A resource with this name exists, and it is not in this state.',
    fix: 'Import it into the state (`terraform import`, or an `import` block in the configuration), delete it, or choose another name.',
    source: 'https://developer.hashicorp.com/terraform/language/import',
  },
  throttled: {
    words: /\b(RequestLimitExceeded|ThrottlingException|TooManyRequestsException)\b|\bRate exceeded\b/,
    cause: 'This account sent too many requests, so AWS refused some of them, also when the provider repeated them.',
    fix: 'Run the job again. If it happens often, lower the input parallelism.',
    source: 'https://docs.aws.amazon.com/general/latest/gr/api-retries.html',
  },
  denied: {
    words:
      /because no identity-based policy allows the ([\w-]+:\w+) action|is not authorized to perform: [\w-]+:\w+|\bUnauthorizedOperation\b/,
    cause: 'The role of this job does not allow the call.',
    fix: 'Compare the action that Terraform names with the role. For the shipped modules, apply terraform/github-oidc of this release again. A plan needs the plan role, an apply the apply role.',
    source: denied,
  },
} as const satisfies Record<string, AwsError>

export type AwsErrorName = keyof typeof awsErrors

/** Finds the first row that matches Terraform's diagnostics; undefined if none does. */
export function awsErrorOf(diagnostics: string): { readonly name: AwsErrorName; readonly error: AwsError } | undefined {
  const oneLine = diagnostics.replace(/\s+/g, ' ')
  const found = Object.entries(awsErrors).find(([, { words }]) => words.test(oneLine))
  return found && { name: found[0] as AwsErrorName, error: found[1] }
}
