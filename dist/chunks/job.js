import { K as messageOf, U as TerraformError, V as InputError, W as codeOf, _ as log, h as line, y as count, z as CancelledError } from "./base.js";
import { t as GitHub } from "./api.js";
import { n as isCommentOf } from "./comment2.js";
import { n as commentMarker, r as formerCommentMarker, t as backendOf } from "./target.js";
import { t as parseHeldLock } from "./lock.js";
import { n as placeText, r as readDiagnostics } from "./diagnostics.js";
import { i as locate } from "./root-module.js";
import { t as releasePlatform } from "./tools.js";
import { mkdtempSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
// src/terraform/aws-errors.ts
const quotas = "https://docs.aws.amazon.com/servicequotas/latest/userguide/request-quota-increase.html";
const denied = "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html";
const oidc = "https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws";
const regions = "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html";
const backend = "https://developer.hashicorp.com/terraform/language/backend/s3";
const awsErrors = {
	"account-without-load-balancers": {
		words: /account currently does not support creating load balancers/i,
		cause: "AWS has not yet cleared this new account for load balancers.",
		fix: "Open a case with AWS Support (Account and billing), and run the job again when it is answered. No setting of yours changes it.",
		source: "https://repost.aws/knowledge-center/elb-fix-load-balancer-create-error"
	},
	"account-pending-verification": {
		words: /\bPendingVerification\b|request for accessing resources in this region is being validated/i,
		cause: "AWS still verifies this account or its first use of the region.",
		fix: "It usually ends within minutes, and after four hours at most: run the job again. If it stays, open a case with AWS Support.",
		source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/troubleshooting-launch.html"
	},
	"account-blocked": {
		words: /account is currently blocked|account is suspended/i,
		cause: "AWS has blocked the account, or the account has no valid payment method.",
		fix: "Check the billing page of the account, then open a case with AWS Support.",
		source: "https://repost.aws/knowledge-center/ec2-blocked-account-error"
	},
	"quota-vcpu": {
		words: /\bVcpuLimitExceeded\b|more vCPU capacity than your current vCPU limit|limit on the number of vCPUs/i,
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
	quota: {
		words: /\b(ServiceQuotaExceededException|LimitExceededException|TooManyLoadBalancers|TooManyTargetGroups|NatGatewayLimitExceeded|SecurityGroupLimitExceeded|InstanceLimitExceeded)\b|Cannot exceed quota for/,
		cause: "A quota of the account or the region is used up.",
		fix: "Terraform names the quota above. Delete what nothing uses, or request more in Service Quotas. Then run the job again.",
		source: quotas
	},
	"no-capacity": {
		words: /\bInsufficientInstanceCapacity\b|Capacity is unavailable at this time/,
		cause: "AWS has no free capacity of this size in this Availability Zone now.",
		fix: "Run the job again later, or choose another instance type or zone.",
		source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/troubleshooting-launch.html"
	},
	"type-not-in-zone": {
		words: /requested instance type \([^)]*\) is not supported in your requested Availability Zone/i,
		cause: "This Availability Zone has no instances of this type.",
		fix: "Choose another subnet or another instance type. AWS lists the zones of a type with `aws ec2 describe-instance-type-offerings`.",
		source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-discovery.html"
	},
	"service-linked-role": {
		words: /service[- ]linked role.{0,80}(exist|assume)|Unable to assume the service linked role/i,
		cause: "The account does not have the service-linked role yet, or has it only since seconds.",
		fix: "Run the job again: AWS makes the role with the first use. If it fails again, the apply role may not make it: allow iam:CreateServiceLinkedRole for that service.",
		source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using-service-linked-roles.html"
	},
	"denied-by-organization": {
		words: /with an explicit deny in a (service|resource) control policy|no service control policy allows/i,
		cause: "A policy of your organization (SCP or RCP) denies the call. No role in this account can allow it.",
		fix: "Ask who manages the organization to allow the action that Terraform names, or use a region and a service that the policy allows.",
		source: denied
	},
	"denied-by-boundary": {
		words: /explicit deny in a permissions boundary|no permissions boundary allows/i,
		cause: "The permissions boundary of the role does not allow the call.",
		fix: "If the server needs it, allow it in the boundary: the variable `servers_may` of terraform/github-oidc. Then apply the roles, and run the job again.",
		source: denied
	},
	"role-not-assumed": {
		words: /Not authorized to perform:? sts:AssumeRoleWithWebIdentity/i,
		cause: "The trust policy of the role does not match a claim of this job's token. AWS does not say which one.",
		fix: "Compare the trust policy with the job: `sub` is `repo:OWNER/NAME:ref:refs/heads/BRANCH`, `repo:OWNER/NAME:pull_request` or `repo:OWNER/NAME:environment:NAME`, and upper and lower case count. A job with `environment:` has the last form only. Check `aud` and `repository_id` too.",
		source: oidc
	},
	"oidc-provider-missing": {
		words: /No OpenIDConnect provider found in your account/i,
		cause: "The account does not know GitHub's identity provider.",
		fix: "Make it once per account: terraform/github-oidc does so. Check that the role is in this account.",
		source: oidc
	},
	"oidc-provider-exists": {
		words: /\bEntityAlreadyExists\b.{0,60}Provider with url/i,
		cause: "The account has GitHub's identity provider already; there can be only one.",
		fix: "Use the one that exists: give its ARN to terraform/github-oidc (`oidc_provider = { arn = \"…\" }`).",
		source: oidc
	},
	"oidc-audience": {
		words: /\bInvalidIdentityToken\b.{0,60}audience|Incorrect token audience/i,
		cause: "The audience (`aud`) of the job's token is not in the list of the identity provider.",
		fix: "Use `sts.amazonaws.com`, the default of aws-actions/configure-aws-credentials, in both places.",
		source: oidc
	},
	"region-not-enabled": {
		words: /\bOptInRequired\b|AWS was not able to validate the provided access credentials|\bInvalidClientTokenId\b|\bUnrecognizedClientException\b/,
		cause: "AWS does not know these credentials in this region: the region is not enabled for the account, or the keys are wrong or deleted.",
		fix: "Enable the region in the account settings, if it is one that must be enabled. Else give the job new credentials.",
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
		fix: "Make it with terraform/state-backend, or correct bucket and region in backend-config.",
		source: backend
	},
	"state-bucket-region": {
		words: /requested bucket from "[^"]*", actual location "[^"]*"|\b(PermanentRedirect|AuthorizationHeaderMalformed)\b/,
		cause: "The bucket of the state is in another region.",
		fix: "Set `region` in backend-config to the bucket's region. It may differ from the region of the server.",
		source: backend
	},
	"bucket-name-taken": {
		words: /\bBucketAlreadyExists\b/,
		cause: "Another account has a bucket with this name. Names are unique among all of AWS.",
		fix: "Choose another name.",
		source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html"
	},
	"certificate-not-issued": {
		words: /waiting for ACM Certificate.{0,300}(PENDING_VALIDATION|FAILED)/i,
		cause: "ACM could not see the validation record of the certificate in the public DNS.",
		fix: "Check that the parent domain delegates to the name servers of this hosted zone (`dig NS DOMAIN`), that the zone is public, and that no CAA record excludes amazon.com. Then run the job again.",
		source: "https://docs.aws.amazon.com/acm/latest/userguide/troubleshooting-DNS-validation.html"
	},
	"record-exists": {
		words: /\bInvalidChangeBatch\b.{0,120}already exists/,
		cause: "The hosted zone holds this record already, and this state does not know it.",
		fix: "Delete the record, import it into the state, or choose another name.",
		source: "https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html"
	},
	"service-exists": {
		words: /Creation of service was not idempotent/i,
		cause: "The cluster has a service with this name already, and this state does not know it.",
		fix: "Import the service into the state, delete it, or choose another name.",
		source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html"
	},
	"already-exists": {
		words: /\b(ResourceAlreadyExistsException|EntityAlreadyExists|DuplicateLoadBalancerName|DuplicateTargetGroupName|RepositoryAlreadyExistsException|InvalidGroup\.Duplicate)\b/,
		cause: "A resource with this name exists, and this state does not know it.",
		fix: "Import it into the state (`terraform import`, or an `import` block in the configuration), delete it, or choose another name.",
		source: "https://developer.hashicorp.com/terraform/language/import"
	},
	throttled: {
		words: /\b(RequestLimitExceeded|ThrottlingException|TooManyRequestsException)\b|\bRate exceeded\b/,
		cause: "AWS answered too many requests of this account, and the provider gave up.",
		fix: "Run the job again. If it happens often, lower the input parallelism.",
		source: "https://docs.aws.amazon.com/general/latest/gr/api-retries.html"
	},
	denied: {
		words: /because no identity-based policy allows the ([\w-]+:\w+) action|is not authorized to perform: [\w-]+:\w+|\bUnauthorizedOperation\b/,
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
// src/terraform/advice.ts
function terraformAdvice({ tool, diagnostics }, { runsUrl, platform }) {
	const lock = parseHeldLock(diagnostics);
	if (lock !== void 0) return `${lock.who} has held the state lock since ${lock.created}. Wait for that run and run this job again, or raise lock-timeout. Runs in progress in this repository: ${runsUrl}. If no run uses the state any more, here or on a developer's machine, \`${tool} force-unlock ${lock.id}\` in the root module releases the lock.`;
	if (diagnostics.includes("Provider dependency changes detected")) return `The committed .terraform.lock.hcl does not list the providers that the configuration uses now, and this action does not change that file. Fix: run \`${tool} init\` on your machine and commit the file.`;
	if (/does(n't| not) match any of the\s+checksums/.test(diagnostics)) return `The committed .terraform.lock.hcl has no hash of this provider for ${platform}. Fix: run \`${tool} providers lock -platform=${platform}\` (with one -platform per kind of machine) and commit the file.`;
	const oneLine = diagnostics.replace(/\s+/g, " ");
	const cause = causes.find(([words]) => words.test(oneLine));
	if (cause !== void 0) return cause[1](oneLine);
	const known = awsErrorOf(oneLine);
	return known === void 0 ? "" : `${known.error.cause} ${known.error.fix}`;
}
const causes = [
	[/\b(ExpiredToken(Exception)?|RequestExpired)\b|security token included in the request is expired/, (diagnostics) => "The AWS credentials expired while Terraform ran. Run the job again to get new credentials, and raise role-duration-seconds of aws-actions/configure-aws-credentials, up to the longest session that the role allows. Set the input aws-expiration to the output aws-expiration of that step: then the action checks the lifetime before an apply." + (diagnostics.includes("errored.tfstate") ? " The state could not be saved. The changes are only in errored.tfstate on the runner: import the created resources, or destroy them manually." : "")],
	[/Instance cannot be destroyed|prevent_destroy/, () => "Nothing was changed. If this resource may be destroyed, remove prevent_destroy from its lifecycle block in a commit and run this again. To destroy only the other resources, list them in target."],
	[/because deletion protection is enabled|disable deletion protection|disableApiTermination/i, () => "A resource is protected in AWS against deletion. Switch the protection off with an apply first (terraform/ecs: load_balancer = { deletion_protection = false }; an instance: disable_api_termination = false). Then run this again."],
	[/\bDependencyViolation\b|has a dependent object|has dependencies and cannot be deleted/, () => "A resource outside of this state still uses it, such as a network interface, a rule of another security group, or a manually created resource. Find it in the AWS console by the id that Terraform names, delete it, and run this again."]
];
// src/commands/job.ts
var Job = class {
	inputs;
	run;
	trigger;
	marker;
	formerMarker;
	state;
	tempDirectory;
	signal;
	terraform;
	putBackData = () => {};
	signedRecord;
	lockFile;
	#report;
	#phase = "start";
	#client;
	constructor(inputs, run, trigger) {
		this.inputs = inputs;
		this.run = run;
		this.trigger = trigger;
		this.tempDirectory = mkdtempSync(join(run.temp, "terraform-mcp-deploy-"));
		this.#report = {
			...emptyReport(inputs, run),
			command: trigger.command,
			commit: trigger.sha,
			pullRequest: trigger.pullRequest
		};
		this.marker = commentMarker(this.#report);
		this.formerMarker = formerCommentMarker(this.#report);
		this.signal = this.#cancellation();
	}
	get report() {
		return this.#report;
	}
	get phase() {
		return this.#phase;
	}
	async check(phase, action) {
		const { adds = {}, failure, warnings = [], explain } = await this.step(phase, action);
		this.record(adds);
		this.warn(...warnings);
		if (failure === void 0) return true;
		const index = this.#report.failures.push(this.#inPhase(failure)) - 1;
		if (explain === void 0) return false;
		const explained = await this.step("diagnosis", explain);
		this.record(explained.adds);
		this.#report.failures[index] = {
			...this.#inPhase(explained.failure),
			phase
		};
		return false;
	}
	async step(phase, action) {
		this.#phase = phase;
		const started = Date.now();
		log.group(line`${phase}`);
		try {
			return await this.#untilCancelled(action);
		} finally {
			log.endGroup();
			this.#addTime(phase, Date.now() - started);
		}
	}
	record(parts) {
		Object.assign(this.#report, parts);
		for (const [part, value] of Object.entries(parts)) if (value === void 0) delete this.#report[part];
	}
	warn(...warnings) {
		this.#report.warnings.push(...warnings);
	}
	fail(error, phase = this.#phase) {
		this.#report.failures.push(this.failureOf(error, phase));
	}
	failWith(failure, phase = this.#phase) {
		this.#report.failures.push({
			...this.#inPhase(failure),
			phase
		});
	}
	async orWarn(action) {
		try {
			return await this.#untilCancelled(action);
		} catch (error) {
			if (this.signal.aborted) throw error;
			this.warn(messageOf(error));
			return;
		}
	}
	failureOf(error, phase = this.#phase) {
		const problems = error instanceof TerraformError ? readDiagnostics(error.diagnostics).map((each) => this.locate(each)) : [];
		if (problems.length > 0) this.record({ problems });
		const sentence = sentenceOf(error, problems);
		return {
			code: codeOf(error),
			sentence,
			fix: adviceFor(error, phase, this.run.runsUrl),
			remedy: void 0,
			phase
		};
	}
	locate(diagnostic) {
		const { workspace, repositoryUrl } = this.run;
		const directory = this.terraform?.directory ?? this.inputs.workingDirectory;
		const commit = `${repositoryUrl}/blob/${this.report.commit}`;
		return locate(diagnostic, {
			directory,
			workspace,
			commit
		}, this.inputs);
	}
	isOurComment = (body) => isCommentOf(this, body);
	github() {
		return this.inputs.comment === "never" ? void 0 : this.githubFor("comment", "never");
	}
	githubFor(input, off) {
		const { githubToken } = this.inputs;
		if (githubToken === "") {
			const what = {
				comment: "comment",
				issue: "issue",
				labels: "label",
				"deployment-environment": "deployment"
			}[input];
			throw new InputError(`Input github-token is empty, so no ${what} can be written: give a token, or set ${input} to ${off}.`);
		}
		this.#client ??= new GitHub(githubToken, this.run.owner, this.run.repo, (text) => log.line(line`${text}`));
		return this.#client;
	}
	#inPhase({ code, sentence, fix, remedy, ...more }) {
		return {
			code,
			...more.cause === void 0 ? {} : { cause: more.cause },
			sentence,
			fix,
			remedy,
			phase: this.#phase
		};
	}
	#addTime(phase, ms) {
		const { phases } = this.#report;
		const index = phases.findIndex((each) => each.phase === phase);
		if (index === -1) phases.push({
			phase,
			ms
		});
		else phases[index] = {
			phase,
			ms: ms + (phases[index]?.ms ?? 0)
		};
	}
	async #untilCancelled(action) {
		this.signal.throwIfAborted();
		let stop = () => {};
		const aborted = new Promise((_, reject) => {
			stop = () => {
				if (this.terraform?.isRunning !== true) reject(this.signal.reason);
			};
			this.signal.addEventListener("abort", stop);
		});
		try {
			return await Promise.race([action(), aborted]);
		} finally {
			this.signal.removeEventListener("abort", stop);
		}
	}
	#cancellation() {
		const controller = new AbortController();
		for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {
			this.terraform?.interrupt();
			controller.abort(new CancelledError(`The job was cancelled during ${this.#phase}.`));
		});
		return controller.signal;
	}
};
function emptyReport(inputs, run) {
	const { stackName: name, stack, workingDirectory, workspace, backendConfig } = inputs;
	const inheritedWorkspace = workspace === void 0 ? process.env.TF_WORKSPACE || void 0 : void 0;
	const backend = backendOf(backendConfig, (file) => readFileSync(file, "utf8"));
	const directory = relative(run.workspace, workingDirectory).replaceAll(sep, "/") || ".";
	return {
		target: {
			...name !== void 0 && { name },
			stack,
			directory,
			workspace,
			inheritedWorkspace,
			backend
		},
		runUrl: run.url,
		docsUrl: docsUrl(run.action),
		environment: inputs.deploymentEnvironment,
		planApproval: inputs.planApproval,
		failures: [],
		warnings: [],
		phases: []
	};
}
function docsUrl(action) {
	return action === void 0 ? void 0 : `${action.url}/blob/${encodeURI(action.ref)}/docs`;
}
function sentenceOf(error, problems) {
	const [first, ...more] = problems.filter(({ severity }) => severity === "error");
	if (!(error instanceof TerraformError) || first === void 0) return messageOf(error);
	const others = more.length === 0 ? "" : `, and ${count(more.length, "more error")}`;
	const problem = `${first.summary.replace(/\.$/, "")}${placeText(first)}${others}`;
	return `${error.headline}: ${problem}.\n${error.diagnostics}`;
}
function adviceFor(error, phase, runsUrl) {
	if (error instanceof CancelledError) return "Run the job again. The action finds what is already done and does only what is missing.";
	if (!(error instanceof TerraformError)) return "";
	const advice = terraformAdvice(error, {
		runsUrl,
		platform: releasePlatform(process.platform, process.arch)
	});
	if (advice !== "" || phase !== "apply" && phase !== "destroy") return advice;
	if (phase === "destroy") return "Fix what Terraform reports and run the destroy again: only the remaining resources are destroyed. The monitors were notified of the destroy; a verified apply registers the endpoint again.";
	return "Fix what Terraform reports and run the job again. Changes that were already applied are in the state and may be running, but are not verified. Nothing was tainted or rolled back.";
}
export { emptyReport as n, Job as t };
