import { CancelledError, TerraformError, codeOf, count$1 as count, inWordsOf, messageOf, tokenSubject, toolTitles } from "./entry.js";
import { parseHeldLock } from "./lock.js";
import { lockFileName } from "./environment.js";
import { locate } from "./verify.js";
import { releasePlatform } from "./tools.js";
const { existsSync, readFileSync } = process.getBuiltinModule("node:fs");
const { join } = process.getBuiltinModule("node:path");
// src/terraform/diagnostics.ts
function placeText({ file, line, outsideRepository }) {
	if (file !== void 0) return ` (${file}:${line})`;
	return outsideRepository === void 0 ? "" : ` (${outsideRepository})`;
}
const withAddress = /^ {2}with (.+),$/;
const onLine = /^ {2}on (.{1,4096}) line (\d{1,9})(?:, in .+)?:$/;
const inCode = /^ *\d+: |^ *\d+:$|^ {4}[\u251c\u2502]|^ {2}\(source code not available\)$/;
const preamble = /^\w+ encountered problems during initiali[sz]ation/;
function readDiagnostics(text) {
	const blocks = `\n\n${text.replaceAll("\r\n", "\n").trimStart()}`.split(/\n[ \t]*\n(?=(?:Error|Warning): \S)/);
	const diagnostics = new Map();
	for (const block of blocks) {
		const diagnostic = readBlock(block);
		if (diagnostic !== void 0) diagnostics.set(JSON.stringify(diagnostic), diagnostic);
	}
	const all = [...diagnostics.values()];
	const others = all.filter(({ summary }) => !preamble.test(summary));
	return others.length > 0 ? others : all;
}
function readBlock(block) {
	const [, word, text = ""] = /^(Error|Warning): ([\s\S]*)$/.exec(block) ?? [];
	if (word === void 0) return void 0;
	const lines = text.split("\n");
	const isPlace = (line, at) => lines[at - 1]?.trim() === "" && (withAddress.test(line) || onLine.test(line));
	const begin = lines.findIndex(isPlace);
	let end = begin;
	const next = (pattern) => {
		const match = pattern.exec(lines[end] ?? "");
		if (match !== null) end++;
		return match;
	};
	let address;
	let place = null;
	if (begin !== -1) {
		address = next(withAddress)?.[1];
		place = next(onLine);
		while (next(inCode) !== null);
	}
	const before = lines.slice(0, begin === -1 ? void 0 : begin).join("\n");
	const [, summary = "", more = ""] = /^([\s\S]*?)(?:\n[ \t]*\n([\s\S]*))?$/.exec(before.trim()) ?? [];
	const detail = [more, begin === -1 ? "" : lines.slice(end).join("\n")].map(trimLines).filter((part) => part !== "").join("\n\n");
	const location = place === null ? placeInText(detail) : {
		file: place[1] ?? "",
		line: Number(place[2])
	};
	return {
		severity: word === "Error" ? "error" : "warning",
		summary: summary.split("\n").map((line) => line.trim()).join(" "),
		detail,
		excerpt: begin === -1 ? "" : lines.slice(begin, end).join("\n"),
		...address !== void 0 && { address },
		...location
	};
}
function placeInText(detail) {
	const [, file, line] = /\bat\s+(\S+\.(?:tf|tofu)(?:\.json)?):(\d+)\b/.exec(detail) ?? [];
	return file === void 0 ? {} : {
		file,
		line: Number(line)
	};
}
function fromValidate({ severity, summary, detail = "", address, range, snippet }) {
	const place = range === void 0 ? "" : `  on ${range.filename} line ${range.start.line}${snippet?.context ? `, in ${snippet.context}` : ""}:`;
	const code = (snippet?.code.split("\n") ?? []).map((line, index) => `${String((snippet?.start_line ?? 0) + index).padStart(4)}: ${line}`);
	return {
		severity,
		summary,
		detail,
		excerpt: place === "" ? "" : [place, ...code].join("\n"),
		...address !== void 0 && address !== "" && { address },
		...range !== void 0 && {
			file: range.filename,
			line: range.start.line
		}
	};
}
function trimLines(text) {
	return text.replace(/^(?:[ \t]*\n)+/, "").trimEnd();
}
// src/terraform/aws-errors.ts
const quotas = "https://docs.aws.amazon.com/servicequotas/latest/userguide/request-quota-increase.html";
const denied = "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html";
const oidc = "https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws";
const regions = "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html";
const backend = "https://developer.hashicorp.com/terraform/language/backend/s3";
const launching = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/troubleshooting-launch.html";
const stsErrors = "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html";
const signing = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html";
const keyPolicies = "https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html";
const lambda = "https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-deployment.html";
const balancers = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html";
const services = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html";
const awsErrors = {
	"account-without-load-balancers": {
		words: /account currently does not support creating load balancers/i,
		cause: "AWS does not yet allow this new account to create load balancers.",
		fix: "Open a case with AWS Support (Account and billing), and run the job again when it is answered. No setting of yours changes it.",
		source: "https://repost.aws/knowledge-center/elb-fix-load-balancer-create-error"
	},
	"account-pending-verification": {
		words: /\bPendingVerification\b|request for accessing resources in this region is being validated/i,
		cause: "AWS still verifies this account or its first use of the region.",
		fix: "Run the job again after some minutes: the check takes four hours at most. If the message stays, open a case with AWS Support.",
		source: launching
	},
	"account-not-activated": {
		words: /\bSubscriptionRequired(Exception)?\b|needs a subscription for the service|not subscribed to this service/i,
		cause: "The account is not activated yet, or has no valid payment method, so it may not use this service.",
		fix: "Finish the sign-up of the account: payment method, telephone number and support plan. AWS activates it within 24 hours.",
		source: "https://repost.aws/knowledge-center/create-and-activate-aws-account"
	},
	"account-free-plan": {
		words: /not eligible for Free Tier|\bFreeTierRestrictionError\b|available (with|to) free (plan|tier)/i,
		cause: "The account has the free plan of AWS, which does not allow this size or setting.",
		fix: "Choose a size that the plan allows (`aws ec2 describe-instance-types --filters Name=free-tier-eligible,Values=true`), or upgrade the account to the paid plan.",
		source: "https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/billing-free-tier.html"
	},
	"account-closed": {
		words: /\bAccount \d{12} is closed|account is closed/i,
		cause: "The account is closed.",
		fix: "Use another account, or ask AWS Support to reopen this one. That works for 90 days.",
		source: "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-closing.html"
	},
	"account-blocked": {
		words: /account (is|has been) (currently )?(blocked|suspended)/i,
		cause: "AWS has blocked the account, or the account has no valid payment method.",
		fix: "Check the billing page of the account, then open a case with AWS Support.",
		source: "https://repost.aws/knowledge-center/ec2-blocked-account-error"
	},
	"quota-vcpu": {
		words: /\bVcpuLimitExceeded\b|more vCPU capacity than your current vCPU limit|limit on the number of (vCPUs|tasks)/i,
		cause: "The quota of the account for virtual CPUs is used up; in a new account it can be 1 or 0.",
		fix: "Request more in Service Quotas: for EC2 \"Running On-Demand Standard instances\", for ECS \"Fargate On-Demand vCPU resource count\". Then run the job again.",
		source: quotas
	},
	"quota-addresses": {
		words: /\bAddressLimitExceeded\b/,
		cause: "The region holds all Elastic IP addresses that the quota allows, five by default.",
		fix: "Release addresses that nothing uses, or request more in Service Quotas (\"EC2-VPC Elastic IPs\"). Then run the job again.",
		source: quotas
	},
	"quota-vpcs": {
		words: /\bVpcLimitExceeded\b|\bInternetGatewayLimitExceeded\b/,
		cause: "The region holds all VPCs or internet gateways that the quota allows, five by default.",
		fix: "Use a VPC that exists (the variable `network` of the modules), delete one that nothing uses, or request more in Service Quotas. Then run the job again.",
		source: quotas
	},
	"quota-lambda-concurrency": {
		words: /UnreservedConcurrentExecutions? below its minimum value/i,
		cause: "The function reserves so much concurrency that too little is left for the others. The quota of a new account is often 10, and then nothing can be reserved.",
		fix: "Remove the reserved concurrency of the function, or request more in Service Quotas (\"Concurrent executions\" of AWS Lambda). Then run the job again.",
		source: "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"
	},
	quota: {
		words: /\b(ServiceQuotaExceeded(Exception)?|LimitExceededException|TooMany(LoadBalancers|TargetGroups|Listeners|Rules|Targets|Buckets|Certificates)|(?!Request)\w*LimitExceeded)\b|Cannot exceed quota for|exceeds? the (account )?quota/i,
		cause: "A quota of the account or the region is used up.",
		fix: "The message names the quota. Delete what nothing uses, or request more in Service Quotas. Then run the job again.",
		source: quotas
	},
	"no-capacity": {
		words: /\bInsufficientInstanceCapacity\b|Capacity is unavailable at this time/,
		cause: "AWS has no free capacity of this size in this Availability Zone now.",
		fix: "Run the job again later, or choose another instance type or zone.",
		source: launching
	},
	"type-not-in-zone": {
		words: /requested instance type \([^)]*\) is not supported in your requested Availability Zone/i,
		cause: "This Availability Zone has no instances of this type.",
		fix: "Choose another subnet or another instance type. AWS lists the zones of a type with `aws ec2 describe-instance-type-offerings`.",
		source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-discovery.html"
	},
	"subnet-full": {
		words: /\bInsufficientFreeAddressesInSubnet\b|Not enough IP space available in subnet|not enough free addresses in subnet/i,
		cause: "The subnet has too few free addresses. A load balancer needs eight of them, and each task or instance one.",
		fix: "Use a larger subnet, /27 at least, or one with more free addresses. Delete network interfaces that nothing uses.",
		source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html"
	},
	"subnet-range": {
		words: /\bInvalid(Subnet|Vpc)\.(Conflict|Range)\b/,
		cause: "The address range overlaps with another one of the VPC, or is not a part of it.",
		fix: "Choose a range of the VPC that no subnet has.",
		source: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html"
	},
	"subnets-of-load-balancer": {
		words: /At least two subnets in two different Availability Zones must be specified|multiple subnets in the same Availability Zone|\bInvalidSubnet: VPC \S+ has no internet gateway/i,
		cause: "A load balancer needs two subnets in two Availability Zones, and for the internet a VPC with an internet gateway.",
		fix: "Give it one subnet in each of two zones. If the VPC has no internet gateway, add one, or make the load balancer internal.",
		source: balancers
	},
	"default-vpc-missing": {
		words: /\bVPCIdNotSpecified\b|No default VPC for this user|no matching (EC2 )?VPC found|no default subnet|\bMissingInput\b.{0,80}VPC/i,
		cause: "The region has no default VPC, or none that matches.",
		fix: "Name the VPC and its subnets in the configuration, or make the default one with `aws ec2 create-default-vpc`.",
		source: "https://docs.aws.amazon.com/vpc/latest/userguide/work-with-default-vpc.html"
	},
	"image-of-machine-missing": {
		words: /\bInvalidAMIID\.(NotFound|Malformed|Unavailable)\b/,
		cause: "The machine image (AMI) does not exist in this region, or is not shared with this account.",
		fix: "Use an id of this region: each region has its own. A data source (aws_ami, aws_ssm_parameter) finds it.",
		source: launching
	},
	"instance-encrypted-disk": {
		words: /\bClient\.InternalError: Client error on launch|\bClient\.InvalidKMSKey\.\w+|\bClient\.VolumeLimitExceeded/,
		cause: "EC2 ended the instance while it started, mostly because it may not use the key of its disk. The default key of the account for EBS can be a customer key.",
		fix: "Check that the KMS key exists and is enabled, and that the apply role may use it: kms:CreateGrant, kms:Decrypt, kms:DescribeKey, kms:GenerateDataKeyWithoutPlaintext and kms:ReEncrypt*. In the modules this is `kms_key_arn`.",
		source: launching
	},
	"denied-by-organization": {
		words: /with an explicit deny in a (service|resource) control policy|no service control policy allows/i,
		cause: "A policy of your organization (SCP or RCP) denies the call. No role in this account can allow it.",
		fix: "Ask the administrator of the organization to allow the action that Terraform names, or use a region or a service that the policy allows.",
		source: denied
	},
	"denied-by-boundary": {
		words: /explicit deny in a permissions boundary|no permissions boundary allows/i,
		cause: "The permissions boundary of the role does not allow the call.",
		fix: "If the server needs it, allow it in the boundary: the variable `servers_may` of terraform/github-oidc. Then apply the roles, and run the job again.",
		source: denied
	},
	"service-linked-role-denied": {
		words: /not authorized to perform: iam:CreateServiceLinkedRole|\bServiceLinkedRoleCreationNotPermitted\b|permissions? to create (the|a) service[- ]linked role/i,
		cause: "The account does not have the service-linked role of this service yet, and the role of this job may not make it.",
		fix: "Allow iam:CreateServiceLinkedRole for that service in the apply role, which terraform/github-oidc does. Or make the role once as an administrator: `aws iam create-service-linked-role --aws-service-name NAME.amazonaws.com`. Then run the job again.",
		source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html"
	},
	"service-linked-role": {
		words: /service[- ]linked role.{0,80}(exist|assume)|Unable to assume the service linked role|Unable to assume IAM role: \S*aws-service-role/i,
		cause: "The account does not have the service-linked role yet, or AWS created it only seconds ago.",
		fix: "Run the job again: AWS creates the role at the first use. If it fails again, allow iam:CreateServiceLinkedRole for that service in the apply role.",
		source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using-service-linked-roles.html"
	},
	"role-not-assumed": {
		words: /Not authorized to perform:? sts:AssumeRoleWithWebIdentity/i,
		cause: "The trust policy of the role does not match a claim of this job's token. AWS does not say which one.",
		fix: "Compare the trust policy with the job: `sub` is `repo:OWNER/NAME:ref:refs/heads/BRANCH`, `repo:OWNER/NAME:pull_request` or `repo:OWNER/NAME:environment:NAME`, and upper and lower case count. A job with `environment:` has only the last form. Check `aud` and `repository_id` too.",
		source: oidc
	},
	"oidc-provider-missing": {
		words: /No OpenIDConnect provider found in your account/i,
		cause: "The account has no identity provider for GitHub Actions.",
		fix: "Create it once per account with terraform/github-oidc. Check that the ARN of the role has the number of this account.",
		source: oidc
	},
	"oidc-provider-exists": {
		words: /\bEntityAlreadyExists\b.{0,60}Provider with url/i,
		cause: "The account has GitHub's identity provider already; there can be only one.",
		fix: "Use the one that exists: give its ARN to terraform/github-oidc (`oidc_provider = { arn = \"\u2026\" }`).",
		source: oidc
	},
	"oidc-thumbprint": {
		words: /certificate doesn't match configured thumbprint/i,
		cause: "The identity provider in the account has a thumbprint that does not fit its certificate.",
		fix: "For GitHub's provider AWS does not use the thumbprint: check that the URL of the provider is exactly https://token.actions.githubusercontent.com. For a GitHub Enterprise Server, store the thumbprint of its certificate authority.",
		source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc_verify-thumbprint.html"
	},
	"oidc-provider-unreachable": {
		words: /Couldn't retrieve verification key from your identity provider|\bIDPCommunicationError\b/i,
		cause: "AWS could not read the keys of the identity provider at that moment.",
		fix: "Run the job again. If it stays, check that the URL of the identity provider in the account is right, and that AWS can reach it from the internet.",
		source: stsErrors
	},
	"oidc-token-missing": {
		words: /Did you mean to set the `?id-token`? permission|ACTIONS_ID_TOKEN_REQUEST_(URL|TOKEN)|Could not load credentials from any providers/i,
		cause: "The job may not ask GitHub for a token, so there are no credentials.",
		fix: "Give the job `permissions: id-token: write`. A called workflow needs it in the calling job too, and runs for forks never have it.",
		source: oidc
	},
	"role-arn-invalid": {
		words: /Request ARN is invalid|Source Account ID is needed if the Role Name is provided/i,
		cause: "The ARN of the role is empty or not an ARN of a role.",
		fix: "Set `role-to-assume` to `arn:aws:iam::ACCOUNT:role/NAME`. An unset variable or secret is empty, and runs for Dependabot have their own secrets.",
		source: stsErrors
	},
	"role-session-too-long": {
		words: /DurationSeconds exceeds the (MaxSessionDuration|1 hour session limit)/i,
		cause: "The job requires a longer session than the role allows.",
		fix: "Lower `role-duration-seconds`, or raise `max_session_duration` of the role (terraform/github-oidc). A role that was assumed by another role has one hour at most.",
		source: stsErrors
	},
	"oidc-audience": {
		words: /\bInvalidIdentityToken\b.{0,60}audience|Incorrect token audience/i,
		cause: "The audience (`aud`) of the job's token is not in the list of the identity provider.",
		fix: "Use `sts.amazonaws.com`, the default of aws-actions/configure-aws-credentials, in both places.",
		source: oidc
	},
	"marketplace-terms": {
		words: /AWS Marketplace product you need to accept terms/i,
		cause: "The machine image is a product of AWS Marketplace, and the account has not accepted its terms.",
		fix: "Subscribe to the product at the address in the message, or choose another image. Then run the job again.",
		source: "https://docs.aws.amazon.com/marketplace/latest/buyerguide/buyer-subscribing-to-products.html"
	},
	"sts-region": {
		words: /\bRegionDisabledException\b|STS is not activated in this region/i,
		cause: "The account has not enabled AWS STS in this region.",
		fix: "Enable the region in the account settings of IAM, or give aws-actions/configure-aws-credentials another `aws-region`.",
		source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_enable-regions.html"
	},
	"region-missing": {
		words: /Missing region configuration|invalid AWS Region|"region" attribute or the "AWS_REGION"|Invalid region value/i,
		cause: "No region is set, or its name is not one of AWS.",
		fix: "Set `region` in the provider block and in backend-config, or give aws-actions/configure-aws-credentials an `aws-region`.",
		source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs#authentication-and-configuration"
	},
	"region-unknown": {
		words: /lookup [\w.-]+\.[a-z]{2}(-[a-z]+)+-\d\.amazonaws\.com\S*.{0,40}no such host/i,
		cause: "The host of the service does not exist: the region is misspelled, or the service is not there.",
		fix: "Correct the region. AWS lists which service is in which region.",
		source: "https://docs.aws.amazon.com/general/latest/gr/rande.html"
	},
	"clock-of-runner": {
		words: /\bRequestTimeTooSkewed\b|Signature expired: \S+ is now earlier than|Signature not yet current/i,
		cause: "The clock of the runner is wrong, so AWS refuses its signatures.",
		fix: "Set the clock of the self-hosted runner (NTP). Runners of GitHub are right.",
		source: signing
	},
	"secret-key-wrong": {
		words: /\bSignatureDoesNotMatch\b|\bIncompleteSignature(Exception)?\b/,
		cause: "The secret access key does not belong to the access key id, or has a blank or a line break too many.",
		fix: "Store AWS_SECRET_ACCESS_KEY again, without anything around it. Better use a role with OIDC, which has no such secret.",
		source: signing
	},
	"region-not-enabled": {
		words: /\bOptInRequired\b|AWS was not able to validate the provided access credentials|\b(InvalidClientTokenId|UnrecognizedClientException|InvalidAccessKeyId|InvalidToken)\b/,
		cause: "AWS does not accept these credentials in this region: the region is not enabled for the account, or the keys are wrong or deleted.",
		fix: "If the region is not enabled by default, enable it in the account settings. Otherwise give the job new credentials.",
		source: regions
	},
	"no-credentials": {
		words: /No valid credential sources? found|no EC2 IMDS role found|failed to refresh cached credentials/i,
		cause: "The step has no AWS credentials.",
		fix: "Add aws-actions/configure-aws-credentials before this step, with an `if:` that is true for this event, and give the job `id-token: write`.",
		source: oidc
	},
	"profile-in-configuration": {
		words: /failed to get shared config profile/i,
		cause: "The configuration names a `profile` of your own machine, and the runner has no such profile.",
		fix: "Remove `profile` from the provider and backend blocks: on your machine set AWS_PROFILE, and the runner takes the credentials of the job.",
		source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs#authentication-and-configuration"
	},
	"state-bucket-missing": {
		words: /S3 bucket "[^"]*" does not exist|\bNoSuchBucket\b/,
		cause: "The bucket of the state does not exist, or is in another account.",
		fix: "Create it with terraform/state-backend, or correct bucket and region in backend-config.",
		source: backend
	},
	"state-bucket-region": {
		words: /requested bucket from "[^"]*", actual location "[^"]*"|\b(PermanentRedirect|AuthorizationHeaderMalformed)\b/,
		cause: "The bucket of the state is in another region.",
		fix: "Set `region` in backend-config to the bucket's region. It may differ from the region of the server.",
		source: backend
	},
	"state-bucket-denied": {
		words: /(Unable to (list objects|access object)|(loading|refreshing|saving?|inspecting) states?\b|existing workspaces|state lock).{0,400}api error (AccessDenied: Access Denied|Forbidden)/i,
		cause: "The role of this job may not read the bucket of the state, or the bucket is in another account.",
		fix: "Check bucket, key and account in backend-config. The role needs s3:ListBucket on the bucket, and on the object s3:GetObject, s3:PutObject and, with `use_lockfile`, s3:DeleteObject; with an own KMS key also kms:Decrypt and kms:GenerateDataKey.",
		source: backend
	},
	"lock-table-missing": {
		words: /(state lock|Unable to retrieve item from DynamoDB table).{0,300}ResourceNotFoundException/i,
		cause: "The DynamoDB table for the lock of the state does not exist in this account and region.",
		fix: "Lock with the bucket itself: `use_lockfile = true` in place of `dynamodb_table` (since version 1.10). Or correct the name of the table.",
		source: backend
	},
	"lock-race": {
		words: /state lock.{0,400}\b(ConditionalCheckFailedException|PreconditionFailed)\b/i,
		cause: "Another run took the lock of the state at the same moment.",
		fix: "Wait for that run, and run the job again. A higher `lock-timeout` lets the job wait itself.",
		source: backend
	},
	"lock-table-schema": {
		words: /Missing the key LockID in the item|key element does not match the schema/i,
		cause: "The DynamoDB table for the lock of the state has another key than `LockID`.",
		fix: "Make the table with the partition key `LockID` of type String (upper and lower case count), or use `use_lockfile = true`.",
		source: backend
	},
	"state-digest": {
		words: /state data in S3 does not have the expected content/i,
		cause: "The state in the bucket is not the one whose checksum is in the DynamoDB table: somebody replaced or restored it.",
		fix: "Check that the state in the bucket is the right one. Then set the Digest in the table to the value that Terraform names, or delete that item.",
		source: backend
	},
	"bucket-location": {
		words: /\bIllegalLocationConstraintException\b/,
		cause: "The bucket is to be made in another region than that of the provider, or that region is not enabled.",
		fix: "Set the provider's `region` to the region of the bucket, and enable it in the account settings if it must be enabled.",
		source: regions
	},
	"bucket-not-empty": {
		words: /\bBucketNotEmpty\b|\bRepositoryNotEmptyException\b/,
		cause: "The bucket or the image repository still has content, and AWS deletes only an empty one.",
		fix: "Delete the content, or set `force_destroy` (bucket) or `force_delete` (repository), apply that, and run this again.",
		source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-bucket.html"
	},
	"bucket-name-taken": {
		words: /\bBucketAlreadyExists\b/,
		cause: "Another account has a bucket with this name. Names are unique among all of AWS.",
		fix: "Choose another name for the bucket, and write it into backend-config too.",
		source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html"
	},
	"certificate-not-issued": {
		words: /waiting for ACM Certificate.{0,300}(PENDING_VALIDATION|FAILED|context deadline exceeded|timeout while waiting)/i,
		cause: "ACM could not see the validation record of the certificate in the public DNS.",
		fix: "Check that the parent domain delegates to the name servers of this hosted zone (`dig NS DOMAIN`). The zone must be public, and no CAA record may exclude amazon.com. Then run the job again.",
		source: "https://docs.aws.amazon.com/acm/latest/userguide/troubleshooting-DNS-validation.html"
	},
	"certificate-not-usable": {
		words: /\bUnsupportedCertificate\b|\bCertificateNotFound\b|\bInvalidViewerCertificate\b/,
		cause: "The certificate is not issued yet, or is in another region than what uses it.",
		fix: "Use the ARN from aws_acm_certificate_validation, so that Terraform waits for it. A load balancer needs a certificate of its own region, CloudFront one of us-east-1.",
		source: "https://docs.aws.amazon.com/acm/latest/userguide/acm-regions.html"
	},
	"zone-missing": {
		words: /no matching Route ?53 Hosted Zone found|\bNoSuchHostedZone\b|is not permitted in zone/i,
		cause: "The account has no hosted zone for this domain, or the name is not a part of that zone.",
		fix: "Make the zone in this account and delegate the domain to its name servers. If the DNS is elsewhere, leave the zone out: the module then has the records as outputs.",
		source: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/CreatingHostedZone.html"
	},
	"record-exists": {
		words: /\bInvalidChangeBatch\b.{0,120}already exists/,
		cause: "The hosted zone has this record already, and the record is not in this state.",
		fix: "Delete the record, import it into the state, or choose another name.",
		source: "https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html"
	},
	"service-draining": {
		words: /Unable to Start a service that is still Draining/i,
		cause: "A service with this name was deleted, and its last tasks are still stopping.",
		fix: "Run the job again in a few minutes.",
		source: services
	},
	"service-without-listener": {
		words: /target group.{0,200}does not have an associated load balancer/i,
		cause: "No listener forwards to the target group when the service is created.",
		fix: "Let the service depend on the listener or its rule: `depends_on = [aws_lb_listener.NAME]`.",
		source: services
	},
	"service-not-stable": {
		words: /waiting for ECS Service.{0,300}(tfSTABLE|tfPENDING|circuit breaker|deployment failed)/i,
		cause: "Terraform waited for the service (`wait_for_steady_state`), and its tasks did not become healthy.",
		fix: "Read the events and the stopped tasks of the service in the ECS console. Without `wait_for_steady_state` this action waits itself, and shows the cause.",
		source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html"
	},
	"fargate-size": {
		words: /No Fargate configuration exists for given values/i,
		cause: "Fargate has no task of this size: each number of CPU units allows certain amounts of memory only.",
		fix: "Choose a pair from the table of AWS, such as 256 CPU units with 512, 1024 or 2048 MiB.",
		source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html"
	},
	"cluster-missing": {
		words: /\bClusterNotFoundException\b/,
		cause: "The ECS cluster does not exist in this account and region.",
		fix: "Correct the name of the cluster, or let Terraform make it.",
		source: services
	},
	"function-image-missing": {
		words: /Source image \S+ does not exist\. Provide a valid source image/i,
		cause: "The image of the function is not in its repository.",
		fix: "Push the image before the apply, to a repository of the same region. Correct its tag or digest.",
		source: lambda
	},
	"function-image-index": {
		words: /image manifest, config or layer media type for the source image.{0,300}not supported/i,
		cause: "Lambda takes one image, and this one is an index of several, which builds with provenance make.",
		fix: "Build for one platform and without attestations: `provenance: false` and `sbom: false` of docker/build-push-action.",
		source: "https://docs.aws.amazon.com/lambda/latest/dg/images-create.html"
	},
	"function-image-denied": {
		words: /Lambda does not have permission to access the ECR image/i,
		cause: "The policy of the image repository does not let Lambda read the image.",
		fix: "Allow lambda.amazonaws.com ecr:BatchGetImage and ecr:GetDownloadUrlForLayer in the repository policy, or let the apply role set it (ecr:SetRepositoryPolicy). Image and function need the same region.",
		source: "https://docs.aws.amazon.com/lambda/latest/dg/images-create.html"
	},
	"function-role": {
		words: /role defined for the function cannot be assumed by Lambda|execution role does not have permissions to call CreateNetworkInterface/i,
		cause: "The execution role of the function does not trust Lambda yet, or lacks the rights for a VPC.",
		fix: "A new role needs some seconds: run the job again. Else let lambda.amazonaws.com assume the role, and for a VPC attach AWSLambdaVPCAccessExecutionRole.",
		source: lambda
	},
	"agent-image": {
		words: /Access denied while validating ECR URI|Architecture incompatible for uri/i,
		cause: "AgentCore may not read the image, or the image is not built for arm64.",
		fix: "Give the execution role ecr:GetAuthorizationToken, ecr:BatchGetImage and ecr:GetDownloadUrlForLayer. Build the image for linux/arm64.",
		source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-permissions.html"
	},
	"role-not-trusted": {
		words: /Role validation failed for|\bInvalid IAM Instance Profile\b|MalformedPolicyDocument\w*: Invalid principal/i,
		cause: "AWS does not see the role yet, or its trust policy does not name the service.",
		fix: "A new role needs some seconds: run the job again. If it fails again, check that the role exists and that its trust policy names the service.",
		source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_general.html"
	},
	"secret-being-deleted": {
		words: /secret with this name is already scheduled for deletion/i,
		cause: "A secret with this name was deleted, and AWS keeps it for some days.",
		fix: "Restore it (`aws secretsmanager restore-secret --secret-id NAME`) and import it, delete it for good with `--force-delete-without-recovery`, or choose another name.",
		source: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html"
	},
	"rule-priority": {
		words: /\bPriorityInUse\b/,
		cause: "Another rule of the listener has this priority.",
		fix: "Choose a number that no rule of the listener has.",
		source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html"
	},
	"target-group-in-use": {
		words: /\bResourceInUse: Target group\b|Target group \S+ is currently in use/i,
		cause: "A listener or a rule still forwards to the target group.",
		fix: "Give the target group `lifecycle { create_before_destroy = true }` and a name that changes (`name_prefix`), so that the listener moves first.",
		source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteTargetGroup.html"
	},
	"update-in-progress": {
		words: /An update is in progress for resource/i,
		cause: "AWS still works on an earlier change of this resource.",
		fix: "Run the job again in a minute.",
		source: lambda
	},
	"service-exists": {
		words: /Creation of service was not idempotent/i,
		cause: "The cluster has a service with this name already, and the service is not in this state.",
		fix: "Import the service into the state, delete it, or choose another name.",
		source: services
	},
	"already-exists": {
		words: /\b(\w*AlreadyExists(Exception|Fault)?|BucketAlreadyOwnedByYou|Duplicate(LoadBalancerName|TargetGroupName|Listener)|Invalid(Group|Permission)\.Duplicate)\b|ResourceInUseException: Table already exists|ResourceConflictException: .{0,80}already exists?\b/,
		cause: "A resource with this name exists, and this state does not know it.",
		fix: "Import it into the state (`terraform import`, or an `import` block in the configuration), delete it, or choose another name.",
		source: "https://developer.hashicorp.com/terraform/language/import"
	},
	throttled: {
		words: /\b(RequestLimitExceeded|ThrottlingException|TooManyRequestsException)\b|\bRate exceeded\b/,
		cause: "This account sent too many requests, so AWS refused some of them, also when the provider repeated them.",
		fix: "Run the job again. If it happens often, lower the input parallelism.",
		source: "https://docs.aws.amazon.com/general/latest/gr/api-retries.html"
	},
	"key-denied": {
		words: /not authorized to perform: kms:\w+|because no resource-based policy allows the kms:|\bKMS\w*(AccessDenied|Disabled|NotFound|InvalidState)\w*\b|\bKMS\.\w+Exception\b|ciphertext refers to a customer master key that does not exist|KMS key does not exist or is not allowed to be used/i,
		cause: "The KMS key does not exist here, is disabled, or its key policy does not allow the use.",
		fix: "A key policy must allow the use, too: let it name the role, the service (for logs `logs.REGION.amazonaws.com`), or the account, so that IAM policies count. Check that the key is enabled and in this region.",
		source: keyPolicies
	},
	"key-policy-locks-out": {
		words: /new key policy will not allow you to update the key policy/i,
		cause: "The key policy would leave nobody of this account who may change it.",
		fix: "Let the policy allow kms:PutKeyPolicy to the account or to the apply role.",
		source: keyPolicies
	},
	denied: {
		words: /because no identity-based policy allows the ([\w-]+:\w+) action|is not authorized to perform: [\w-]+:\w+|\b(UnauthorizedOperation|AccessDenied(Exception)?|AuthorizationError(Exception)?|Forbidden: Forbidden)\b/,
		cause: "The role of this job may not make the call.",
		fix: "Compare the action that Terraform names with the role. For the shipped modules, apply terraform/github-oidc of this release again. A plan needs the plan role, an apply the apply role.",
		source: denied
	}
};
function awsErrorOf(diagnostics) {
	const oneLine = diagnostics.replace(/\s+/g, " ");
	const found = Object.entries(awsErrors).find(([, { words }]) => words.test(oneLine));
	return found && {
		name: found[0],
		error: found[1]
	};
}
// src/terraform/lock-file.ts
const registries = {
	terraform: "registry.terraform.io",
	tofu: "registry.opentofu.org"
};
function registryOf(tool) {
	return registries[tool];
}
function lockFileOwner(directory) {
	const file = join(directory, lockFileName);
	if (!existsSync(file)) return void 0;
	const hosts = [...readFileSync(file, "utf8").matchAll(/^provider\s+"([^"/]+)\//gm)].map(([, host]) => host);
	const owners = Object.keys(registries).filter((tool) => hosts.includes(registries[tool]));
	return owners.length === 1 ? owners[0] : void 0;
}
// src/terraform/advice.ts
function terraformAdvice({ tool, diagnostics }, { runsUrl, platform, lockedBy, subject }) {
	const lock = parseHeldLock(diagnostics);
	if (lock !== void 0) return `${lock.who} has held the state lock since ${lock.created}. Wait for that run and run this job again, or raise lock-timeout. Runs in progress in this repository: ${runsUrl}. If no run uses the state any more, here or on a developer's machine, \`${tool} force-unlock ${lock.id}\` in the root module releases the lock.`;
	if (diagnostics.includes("Provider dependency changes detected")) {
		if (lockedBy !== void 0 && lockedBy !== tool) return `The committed .terraform.lock.hcl was written by ${toolTitles[lockedBy]}: its providers come from ${registryOf(lockedBy)}, and ${toolTitles[tool]} installs those of ${registryOf(tool)}. Nothing was changed. Fix: set tool to ${lockedBy}, or delete the file, run \`${tool} init\` on your machine and commit the new one.`;
		return `The committed .terraform.lock.hcl does not list the providers that the configuration uses now, and this action does not change that file. Fix: run \`${tool} init\` on your machine and commit the file.`;
	}
	if (/does(n't| not) match any of the\s+checksums/.test(diagnostics)) return `The committed .terraform.lock.hcl has no hash of this provider for ${platform}. Fix: run \`${tool} providers lock -platform=${platform}\` (with one -platform per kind of machine) and commit the file.`;
	const oneLine = diagnostics.replace(/\s+/g, " ");
	const cause = causes.find(([words]) => words.test(oneLine));
	if (cause !== void 0) return inWordsOf(tool, cause[1](oneLine));
	const known = awsErrorOf(oneLine);
	if (known === void 0) return "";
	const claim = known.name === "role-not-assumed" && subject !== void 0 ? ` Without \`environment:\` in this job, its \`sub\` is \`${subject}\`; with immutable subject claims the names of owner and repository have their ids.` : "";
	return inWordsOf(tool, `${known.error.cause} ${known.error.fix}${claim}`);
}
const causes = [
	[/root module input variable "([^"]+)" is not set/, (diagnostics) => {
		return `Nothing was changed. Name a file with it in the input var-file, or set TF_VAR_${/root module input variable "([^"]+)" is not set/.exec(diagnostics)?.[1]} in the \`env:\` of this step. Runs for forks and Dependabot have no secrets of the repository.`;
	}],
	[/could not read Username for|Permission denied \(publickey\)|Host key verification failed|fatal: Authentication failed for|remote: Repository not found/i, () => "Nothing was changed. The job may not read the repository of a module. Before this step, give git the credentials: for https `git config --global url.\"https://x-access-token:TOKEN@github.com/\".insteadOf https://github.com/` with the token of a GitHub App, for ssh a key in an ssh-agent and the host in known_hosts. The token of the job reads its own repository only."],
	[/(module versions|versions for (provider|module)|provider packages|module registry).{0,300}(401 Unauthorized|rejected the given authentication credentials|403 Forbidden)/i, () => "Nothing was changed. The registry requires a token: set TF_TOKEN_HOST in the `env:` of this step, with the dots of the host as underscores, such as TF_TOKEN_app_terraform_io."],
	[/Unsupported (Terraform|OpenTofu) Core version/, () => "Nothing was changed. A module requires another version of Terraform than this run has. Set terraform-version or the version file to one that every module allows. Without both, the action uses the newest version that the root module and its local modules allow."],
	[/\b(argument|attribute)( named)? "use_lockfile"/, () => "Nothing was changed. `use_lockfile` needs Terraform 1.10 or newer: raise terraform-version, or lock with `dynamodb_table`."],
	[/\b(ExpiredToken(Exception)?|RequestExpired)\b|security token included in the request is expired/, (diagnostics) => "The AWS credentials expired while Terraform ran. Run the job again to get new credentials, and raise role-duration-seconds of aws-actions/configure-aws-credentials, up to the longest session that the role allows. Set the input aws-expiration to the output aws-expiration of that step: then the action checks the lifetime before an apply." + (diagnostics.includes("errored.tfstate") ? " The state could not be saved. The changes are only in errored.tfstate on the runner: import the created resources, or destroy them manually." : "")],
	[/Instance cannot be destroyed|prevent_destroy/, () => "Nothing was changed. If this resource may be destroyed, remove prevent_destroy from its lifecycle block in a commit and run this again. To destroy only the other resources, list them in target."],
	[/because deletion protection is enabled|disable deletion protection|disableApiTermination/i, () => "A resource is protected in AWS against deletion. Switch the protection off with an apply first (terraform/ecs: load_balancer = { deletion_protection = false }; an instance: disable_api_termination = false). Then run this again."],
	[/\bDependencyViolation\b|has a dependent object|has dependencies and cannot be deleted/, () => "A resource outside of this state still uses it, such as a network interface, a rule of another security group, or a manually created resource. Find it in the AWS console by the id that Terraform names, delete it, and run this again."]
];
// src/commands/thrown-error.ts
function explainError(error, phase, job) {
	const problems = (error instanceof TerraformError ? readDiagnostics(error.diagnostics) : []).map((each) => locateProblem(job, each));
	const sentence = sentenceOf(error, problems);
	const fix = adviceFor(error, phase, job.run, job.terraform?.directory);
	return {
		failure: {
			code: codeOf(error),
			sentence,
			fix,
			remedy: void 0,
			phase
		},
		problems
	};
}
function locateProblem({ inputs, run, report, terraform }, diagnostic) {
	const { workspace, repositoryUrl } = run;
	const directory = terraform?.directory ?? inputs.workingDirectory;
	return locate(diagnostic, {
		directory,
		workspace,
		commit: `${repositoryUrl}/blob/${report.commit}`
	}, inputs);
}
function sentenceOf(error, problems) {
	const [first, ...more] = problems.filter(({ severity }) => severity === "error");
	if (!(error instanceof TerraformError) || first === void 0) return messageOf(error);
	const others = more.length === 0 ? "" : `, and ${count(more.length, "more error")}`;
	const problem = `${first.summary.replace(/\.$/, "")}${placeText(first)}${others}`;
	return `${error.headline}: ${problem}.\n${error.diagnostics}`;
}
function adviceFor(error, phase, run, directory) {
	if (error instanceof CancelledError) return "Run the job again. The action finds what is already done and does only what is missing.";
	if (!(error instanceof TerraformError)) return "";
	const platform = releasePlatform(process.platform, process.arch);
	const lockedBy = directory === void 0 ? void 0 : lockFileOwner(directory);
	const advice = terraformAdvice(error, {
		runsUrl: run.runsUrl,
		platform,
		lockedBy,
		subject: tokenSubject(run)
	});
	if (advice !== "" || phase !== "apply" && phase !== "destroy") return advice;
	if (phase === "destroy") return inWordsOf(error.tool, "Fix what Terraform reports and run the destroy again: only the remaining resources are destroyed. The monitors were notified of the destroy; a verified apply registers the endpoint again.");
	return inWordsOf(error.tool, "Fix what Terraform reports and run the job again. Changes that were already applied are in the state and may be running, but are not verified. Nothing was tainted or rolled back.");
}
export { explainError, fromValidate, locateProblem, placeText, readDiagnostics };
