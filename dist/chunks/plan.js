import { requestReview, reviewQueuedPlan } from "./review.js";
import { hasSecretWord, parseHcl, plainString, repositoryRoot } from "./entry.js";
import { isCommentOf } from "./comment-owner.js";
import { locateProblem, placeText } from "./thrown-error.js";
import { isIn } from "./child.js";
import { checkPlan } from "./check-plan.js";
import { chooseImages } from "./images2.js";
import { install, planForApproval, prepare } from "./prepare.js";
const { cpSync, existsSync, lstatSync, readFileSync, readdirSync } = process.getBuiltinModule("node:fs");
const { basename, join, relative, resolve, sep } = process.getBuiltinModule("node:path");
const { homedir } = process.getBuiltinModule("node:os");
// src/terraform/foreign-programs.ts
const maxFileBytes = 1e6;
const maxModules = 200;
function foreignPrograms(directory, checkout) {
	const found = new Map();
	const add = (what, name) => found.set(`${what} ${name}`, {
		what,
		name
	});
	const done = new Set();
	const open = [resolve(directory)];
	for (let at = open.pop(); at !== void 0; at = open.pop()) {
		if (done.has(at) || !isIn(at, checkout)) continue;
		if (done.size >= maxModules) {
			add("file", `more than ${maxModules} modules`);
			break;
		}
		done.add(at);
		const inCheckout = (name) => relative(checkout, join(at, name)).replaceAll(sep, "/");
		const blocks = [];
		for (const name of names(at)) {
			const text = /\.(tf|tofu)$/.test(name) ? regularFile(join(at, name)) : void 0;
			if (text === void 0) add("file", inCheckout(name));
			else blocks.push(...parseHcl(text).blocks);
		}
		for (const source of providersOf(blocks)) add("provider", source);
		for (const { type, labels, attributes, blocks: inner } of blocks) {
			const address = [...type === "resource" ? [] : [type], ...labels].join(".");
			if (type === "module") {
				const source = plainString(attributes.get("source"));
				if (source !== void 0 && /^\.{1,2}\//.test(source)) open.push(resolve(at, source));
				else add("module", source ?? address);
			}
			if (type === "data" && labels[0] === "external") add("program", address);
			if (type === "resource" && inner.some((each) => each.type === "provisioner")) add("program", address);
		}
	}
	return [...found.values()].sort((a, b) => `${a.what} ${a.name}` < `${b.what} ${b.name}` ? -1 : 1);
}
function names(directory) {
	try {
		return readdirSync(directory).filter((name) => /\.(tf|tofu)(\.json)?$/.test(name));
	} catch {
		return [];
	}
}
function regularFile(file) {
	const stat = lstatSync(file);
	return stat.isFile() && stat.size <= maxFileBytes ? readFileSync(file, "utf8") : void 0;
}
function providersOf(blocks) {
	const required = new Map();
	for (const { type, blocks: inner } of blocks) {
		if (type !== "terraform") continue;
		for (const { type: name, attributes } of inner) {
			if (name !== "required_providers") continue;
			for (const [local, value] of attributes) {
				const source = /\bsource\s*=\s*"([^"\\\n]*)"/.exec(value)?.[1];
				required.set(local, source ?? `hashicorp/${local}`);
			}
		}
	}
	for (const { type, labels, attributes } of blocks) {
		if (type !== "resource" && type !== "data" && type !== "ephemeral") continue;
		const local = /^[\w-]+/.exec(attributes.get("provider") ?? "")?.[0] ?? labels[0]?.split("_")[0];
		if (local !== void 0 && local !== "" && local !== "terraform" && !required.has(local)) required.set(local, `hashicorp/${local}`);
	}
	return [...required.values()];
}
// src/terraform/check.ts
async function runUntrustedCheck(terraform, { author, directory, checkout, copy, credentials }, locate) {
	cpSync(directory, copy, {
		recursive: true,
		filter: isReadByFmt
	});
	const { unformatted, diagnostics } = await terraform.checkFormat(copy);
	const problems = diagnostics.map((each) => each.file === void 0 ? each : {
		...each,
		file: join(directory, each.file)
	});
	if (credentials.length === 0) {
		await terraform.initWithoutBackend();
		problems.push(...await terraform.validate());
	}
	return {
		visitor: author,
		credentials,
		unformatted,
		diagnostics: problems.toSorted(errorsFirst).map(locate),
		programs: foreignPrograms(directory, checkout)
	};
}
function isReadByFmt(path) {
	const stat = lstatSync(path);
	if (stat.isDirectory()) return !/^\.(git|terraform)$/.test(basename(path));
	return stat.isFile() && /\.(tf|tofu|tfvars|tftest\.hcl|tofutest\.hcl)$/.test(path);
}
function untrustedCheckFailure(tool, { unformatted, diagnostics, credentials }, mustPass) {
	if (!mustPass) return void 0;
	const errors = diagnostics.filter(({ severity }) => severity === "error");
	if (errors.length === 0 && unformatted.length === 0) return void 0;
	const [first] = errors;
	const sentence = first === void 0 ? `${tool} fmt would change ${unformatted.join(", ")}.` : `${credentials.length === 0 ? `${tool} validate` : `${tool} fmt`}: ${first.summary}${placeText(first)}.`;
	const fix = first === void 0 ? `Run \`${tool} fmt -recursive\`.` : `Fix the error. \`${tool} validate\` reports the same on your machine.`;
	return {
		code: first === void 0 ? "CHECK_FORMAT" : "CHECK_INVALID",
		sentence,
		fix,
		remedy: "config"
	};
}
function errorsFirst(a, b) {
	return Number(b.severity === "error") - Number(a.severity === "error");
}
// src/terraform/credentials.ts
const harmless = /^(AWS_(DEFAULT_REGION|REGION|ENDPOINT_URL\w*|S3_ENDPOINT|USE_\w+|CA_BUNDLE|MAX_ATTEMPTS|RETRY_MODE|PAGER|DEFAULT_OUTPUT|EC2_METADATA_DISABLED|STS_REGIONAL_ENDPOINTS|SDK_\w+)|AZURE_(EXTENSION_DIR|CORE_\w+)|ACTIONS_RUNTIME_TOKEN|INPUT_TERRAFORM-MIRROR-KEY)$/;
const doors = new RegExp([
	"^(AWS|AZURE|ARM|GOOGLE|GCP|GCLOUD|CLOUDSDK|VAULT|CONSUL|NOMAD|KUBE|DOCKER|OCI|ALICLOUD|DIGITALOCEAN|HCP|TFE|PG|MYSQL|REDIS|MONGO)_",
	"^(KUBECONFIG|NETRC|PGPASSFILE|SSH_AUTH_SOCK|GIT_ASKPASS|SSH_ASKPASS|TF_ENCRYPTION|BASH_ENV)$",
	"^TF_(VAR_|TOKEN_|CLI_ARGS|HTTP_)",
	"^ACTIONS_ID_TOKEN_REQUEST_",
	"^INPUT_(MCP-HEADERS|WEBHOOK-URL)$",
	"-KEY$|(DATABASE|DB|WEBHOOK)_URL"
].join("|"), "i");
const isNothing = /^(\/dev\/null|NUL)?$/;
const userInfo$1 = /:\/\/[^/\s:@]+:[^/\s@]+@/;
const backendCredential = /^\s*\w*(access_key|secret|password|token|sas)\w*\s*=/im;
const cliCredentials = /^\s*(credentials(_helper)?|oci_\w*credentials)\b/m;
const files = [
	[".aws/credentials"],
	[".aws/config", /credential_process|sso_|role_arn|aws_access_key_id/],
	[".aws/sso/cache"],
	[".aws/cli/cache"],
	[".azure/msal_token_cache.json"],
	[".azure/msal_token_cache.bin"],
	[".azure/service_principal_entries.json"],
	[".config/gcloud/application_default_credentials.json"],
	[".config/gcloud/credentials.db"],
	[".kube/config"],
	[".docker/config.json", /"(auth|identitytoken|credsStore|credHelpers)"/],
	[".terraform.d/credentials.tfrc.json"],
	[".terraformrc", cliCredentials],
	[".tofurc", cliCredentials],
	[".config/opentofu/tofurc", cliCredentials],
	[".config/opentofu/credentials.tfrc.json"],
	[".netrc"],
	[".git-credentials"],
	[".npmrc", /_auth|_password/i],
	[".pypirc"],
	[".vault-token"],
	[".config/gh/hosts.yml", /oauth_token/],
	[".config/containers/auth.json", /"auth"/],
	[".config/helm/registry/config.json", /"auth"/],
	[".config/doctl/config.yaml"],
	[".oci/config"],
	[".cargo/credentials.toml"],
	[".gem/credentials"],
	[".m2/settings.xml", /<password>/],
	[".ssh/id_rsa"],
	[".ssh/id_ed25519"],
	[".ssh/id_ecdsa"]
];
function heldCredentials(env, { isTokenPublic, checkouts }) {
	const token = env["INPUT_GITHUB-TOKEN"];
	const isDoor = (name, value) => !harmless.test(name) && !(isTokenPublic && value === token) && (doors.test(name) || hasSecretWord(name) || userInfo$1.test(value) || name === "INPUT_BACKEND-CONFIG" && backendCredential.test(value));
	const variables = Object.entries(env).filter((entry) => entry[1] !== void 0 && !isNothing.test(entry[1])).filter(([name, value]) => isDoor(name, value)).map(([name]) => name.startsWith("INPUT_") ? `input ${name.slice(6).toLowerCase()}` : name);
	const home = env.HOME ?? env.USERPROFILE ?? homedir();
	const inHome = files.flatMap(([path, content]) => contains(join(home, path), content) ? [`~/${path}`] : []);
	const ofTerraform = contains(env.TF_CLI_CONFIG_FILE ?? "", cliCredentials) ? ["TF_CLI_CONFIG_FILE"] : [];
	const hasToken = (checkout) => contains(join(checkout, ".git/config"), /extraheader|includeif|insteadof/i);
	const gitToken = !isTokenPublic && checkouts.some(hasToken);
	const machine = env.RUNNER_ENVIRONMENT === "github-hosted" ? [] : ["a runner that is not hosted by GitHub"];
	return [
		...variables.sort(),
		...ofTerraform,
		...inHome,
		...gitToken ? [".git/config"] : [],
		...machine
	];
}
function contains(file, content) {
	if (!existsSync(file)) return false;
	if (content === void 0) return true;
	try {
		return content.test(readFileSync(file, "utf8"));
	} catch {
		return true;
	}
}
// src/commands/plan.ts
async function runPlan(job) {
	const { untrustedAuthor, queued } = job.trigger;
	if (untrustedAuthor !== void 0) return await checkUntrustedPullRequest(job, untrustedAuthor);
	const terraform = await prepare(job);
	if (!await chooseImagesOfPlan(job, terraform, queued)) return;
	const planned = await planForApproval(job, terraform);
	await checkPlan(job, terraform);
	if (queued === void 0) {
		const { approval, record } = requestReview(planned, job.report.pullRequest);
		job.record({ approval });
		job.warn(...datedWarnings(approval));
		const base = job.run.payload.pull_request?.base.ref;
		if (job.inputs.applyBeforeMerge !== void 0 && base !== void 0 && job.inputs.comment !== "never") await (await import("./request.js")).warnOfUnmerged(job, planned, base);
		job.signedRecord = record;
	} else await checkQueuedPlan(job, planned, queued);
}
async function chooseImagesOfPlan(job, terraform, queued) {
	if (job.report.pullRequest !== void 0) return await chooseImages(job, terraform, void 0, "own");
	const pullRequest = queued === void 0 ? void 0 : await (await job.github())?.pullRequest(queued);
	return await chooseImages(job, terraform, pullRequest, queued === void 0 ? "current" : "reviewed");
}
const maxDatedWarnings = 5;
function datedWarnings({ remarks }) {
	return (remarks?.dated ?? []).slice(0, maxDatedWarnings).map(({ address, attribute }) => {
		return `${address}: ${attribute} holds the date of this plan, or a time that is whole hours away from it. If it comes from plantimestamp(), an apply on another day is refused, and with timeadd() every apply. Use plantimestamp() itself or a format with seconds, which are compared as placeholders, or add the line ${address}:${attribute} to the input plan-approval-ignore of the plan and the apply.`;
	});
}
async function checkQueuedPlan(job, planned, number) {
	const github = await job.github();
	if (planned.approval !== "reviewed" || github === void 0) return;
	await job.check("approval", async () => {
		const pullRequest = await github.pullRequest(number);
		const { approval, failure } = await reviewQueuedPlan(planned, pullRequest, { readComment: (each) => github.readComment(each, (body) => isCommentOf(job, body)) });
		const doesMore = failure === void 0 && approval.differences.length > 0;
		return {
			adds: { approval },
			failure,
			warnings: doesMore ? ["This plan has more changes than the reviewed one. Earlier pull requests in the queue may be the cause; after the merge it must match."] : []
		};
	});
}
async function checkUntrustedPullRequest(job, author) {
	const { workingDirectory: directory, forks } = job.inputs;
	const { workspace: checkout, event, payload } = job.run;
	const isTokenPublic = author === "fork" && payload.repository?.private === false && event !== "pull_request_target";
	const credentials = heldCredentials(process.env, {
		isTokenPublic,
		checkouts: [checkout, repositoryRoot(join(directory, "main.tf"), checkout)]
	});
	const terraform = await install(job, false);
	await job.check("check", async () => {
		const code = {
			author,
			directory,
			checkout,
			credentials,
			copy: join(job.tempDirectory, "format")
		};
		const result = await runUntrustedCheck(terraform, code, (each) => locateProblem(job, each));
		return {
			adds: { check: result },
			failure: untrustedCheckFailure(terraform.tool, result, forks === "fail")
		};
	});
}
export { runPlan };
