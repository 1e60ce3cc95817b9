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
