import { InputError, Line, ServiceError, count as count$1, exactDigits, getInput, headerSecrets, isObject, isThrownCode, line, log, messageOf, publicUrl, redactAll, saveState, seconds as seconds$1, secretParts, secrets, setFailed, setOutput, shorten, thrownCodes, urlSecrets } from "./base.js";
const { accessSync, appendFileSync, closeSync, constants, existsSync, openSync, readFileSync, readSync, readdirSync, realpathSync, statSync, writeFileSync } = process.getBuiltinModule("node:fs");
const { dirname, isAbsolute, join, relative, resolve } = process.getBuiltinModule("node:path");
const crypto = { get X509Certificate() {
	return process.getBuiltinModule("node:crypto").X509Certificate;
} };
const createHash = (...values) => process.getBuiltinModule("node:crypto").createHash(...values);
const createHmac = (...values) => process.getBuiltinModule("node:crypto").createHmac(...values);
const createPrivateKey = (...values) => process.getBuiltinModule("node:crypto").createPrivateKey(...values);
const randomUUID = (...values) => process.getBuiltinModule("node:crypto").randomUUID(...values);
const sign = (...values) => process.getBuiltinModule("node:crypto").sign(...values);
// src/checkout.ts
function readCheckout(directory, workspace) {
	for (let at = directory; !relative(workspace, at).startsWith(".."); at = dirname(at)) {
		const git = join(at, ".git");
		if (existsSync(join(git, "HEAD"))) return checkoutOf(git);
		if (existsSync(git)) {
			const directory = statSync(git).isFile() ? gitDirectory(git) : void 0;
			if (directory === void 0) return void 0;
			if (!isOfSubmodule(directory)) return checkoutOf(commonDirectory(directory), directory);
		}
		if (at === dirname(at)) return void 0;
	}
}
function repositoryRoot(path, workspace) {
	for (let at = dirname(path); !relative(workspace, at).startsWith("..") && at !== dirname(at); at = dirname(at)) if (existsSync(join(at, ".git"))) return at;
	return workspace;
}
const commitPattern = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
function gitDirectory(file) {
	const path = /^gitdir: (.+)$/m.exec(textOf(file))?.[1]?.trim();
	return path === void 0 ? void 0 : resolve(dirname(file), path);
}
function isOfSubmodule(directory) {
	return /[\\/]\.git[\\/]modules[\\/]/.test(directory) && !/[\\/]worktrees[\\/][^\\/]+$/.test(directory);
}
function commonDirectory(directory) {
	const path = textOf(join(directory, "commondir")).trim();
	return path === "" ? directory : resolve(directory, path);
}
function checkoutOf(git, head = git) {
	const commit = commitOf(git, textOf(join(head, "HEAD")).trim());
	if (commit === void 0 || !commitPattern.test(commit)) return void 0;
	const counted = hasOtherRemote(git) ? /^refs\/remotes\/origin\// : /^refs\/(remotes\/origin|tags)\//;
	const refs = [...looseRefs(git), ...packedRefs(git)].filter(([name, at]) => at === commit && counted.test(name));
	return {
		commit,
		refs: [...new Set(refs.map(([name]) => name))].sort(),
		origin: originOf(git)
	};
}
function commitOf(git, head) {
	if (commitPattern.test(head)) return head;
	const ref = /^ref: (refs\/\S+)$/.exec(head)?.[1];
	if (ref === void 0) return void 0;
	const file = resolve(git, ref);
	if (!relative(git, file).startsWith("..") && existsSync(file)) return textOf(file).trim();
	return packedRefs(git).find(([name]) => name === ref)?.[1];
}
function looseRefs(git) {
	return ["refs/remotes/origin", "refs/tags"].flatMap((folder) => {
		const directory = join(git, folder);
		if (!existsSync(directory)) return [];
		return readdirSync(directory, {
			recursive: true,
			withFileTypes: true
		}).filter((entry) => entry.isFile()).map((entry) => {
			const file = join(entry.parentPath, entry.name);
			return [relative(git, file).replaceAll("\\", "/"), textOf(file).trim()];
		});
	});
}
function packedRefs(git) {
	const refs = [];
	for (const line of textOf(join(git, "packed-refs")).split("\n")) {
		const [, commit = "", name] = /^([0-9a-f]{40,64}) (refs\/\S+)$/.exec(line) ?? [];
		const peeled = /^\^([0-9a-f]{40,64})$/.exec(line)?.[1];
		const last = refs.at(-1);
		if (name !== void 0) refs.push([name, commit]);
		else if (peeled !== void 0 && last !== void 0) last[1] = peeled;
	}
	return refs;
}
function hasOtherRemote(git) {
	return /^\s*\[remote "(?!origin"\])/m.test(textOf(join(git, "config")));
}
function originOf(git) {
	const section = /^\[remote "origin"\]$([^[]*)/m.exec(textOf(join(git, "config")))?.[1];
	return /^\s*url\s*=\s*(\S+)\s*$/m.exec(section ?? "")?.[1];
}
function textOf(file) {
	return existsSync(file) ? readFileSync(file, "utf8") : "";
}
// src/event.ts
const matrixCommands = ["discover", "summary"];
const deployCommands = [
	"auto",
	"plan",
	"apply",
	"verify",
	"destroy",
	"rollback"
];
function decideTrigger(command, run, checkout, options = {}) {
	const { verifiesOnlyEndpoint = false, applyBeforeMerge } = options;
	if (command === "discover" || command === "summary") return { command };
	if (run.event === "issue_comment" && applyBeforeMerge !== void 0 && (command === "auto" || command === "apply")) return requestTrigger(run, checkout, applyBeforeMerge);
	if (command === "destroy") assertMerged(run, checkout);
	if (command === "rollback") assertRequested(run);
	const trigger = command === "auto" ? automaticTrigger(run) : triggerFor(command, run);
	if (trigger.command === "none" || trigger.command === "verify" && verifiesOnlyEndpoint) return trigger;
	const origin = codeOrigin(run, checkout);
	if (origin.from === "unknown") throw unknownOrigin(origin.why);
	if (origin.from === "repository") return {
		...trigger,
		untrustedAuthor: void 0
	};
	assertNoPrivilege(run, origin.from, checkout?.commit ?? "");
	if (trigger.command === "plan") return {
		...trigger,
		untrustedAuthor: origin.from
	};
	throw new InputError(`Input command is "${trigger.command}" for code ${ofAuthor[origin.from]}: only what was merged is applied or verified. Leave command at "auto".`, "CODE_UNTRUSTED");
}
function requestTrigger({ payload }, checkout, wanted) {
	const { action, issue, comment } = payload;
	const { login } = comment?.user ?? {};
	if (action !== "created") return noTrigger(`a comment was ${action}, and only a new one requests an apply.`);
	if (issue?.pull_request === void 0 || issue.pull_request === null) return noTrigger("the comment is not on a pull request.");
	if (comment?.body?.trim() !== wanted || login === void 0 || comment.created_at === void 0) return noTrigger(`the comment is not "${wanted}".`);
	if (checkout === void 0) throw unknownOrigin("no commit can be read in working-directory");
	const request = {
		by: login,
		at: comment.created_at
	};
	return {
		command: "apply",
		pullRequest: issue.number,
		sha: checkout.commit,
		request
	};
}
function unknownOrigin(why) {
	return new InputError(`It is not known where the checked-out code comes from, because ${why}. Terraform executes that code with the credentials of the job, so it is not run. Check out a branch, a tag or the pull request of the event with actions/checkout, with git on the runner.`, "CODE_UNKNOWN");
}
const ofAuthor = {
	fork: "of a fork",
	dependabot: "of Dependabot"
};
function codeOrigin(run, checkout) {
	if (checkout === void 0) return unknown("no commit can be read in working-directory");
	const { commit } = checkout;
	const { pull_request: pull, workflow_run: earlier } = run.payload;
	if (commit === run.sha) return originOfRef(run);
	if (pull !== void 0) {
		if (commit === pull.head.sha) return originOfPull(pull, run);
		if (commit === pull.merge_commit_sha) return pull.merged === true ? repository : originOfPull(pull, run);
		if (commit === pull.base.sha) return repository;
	}
	if (earlier?.head_sha === commit) {
		if (earlier.head_repository?.full_name !== `${run.owner}/${run.repo}`) return { from: "fork" };
		return originOfBranch(earlier.head_branch ?? "");
	}
	return originOfFetched(checkout, run);
}
const repository = { from: "repository" };
function unknown(why) {
	return {
		from: "unknown",
		why
	};
}
function originOfRef(run) {
	const { ref, sha, payload } = run;
	const branch = /^refs\/heads\/(.+)$/.exec(ref)?.[1];
	if (branch !== void 0) return originOfBranch(branch);
	if (ref.startsWith("refs/tags/")) return repository;
	const pull = payload.pull_request;
	if (!ref.startsWith("refs/pull/") || pull === void 0) return unknown(`commit ${sha.slice(0, 7)} of the event belongs to no branch, tag or pull request that the event names`);
	return pull.merged === true && sha === pull.merge_commit_sha ? repository : originOfPull(pull, run);
}
function originOfBranch(branch) {
	return /^dependabot[/-]/.test(branch) ? { from: "dependabot" } : repository;
}
function originOfPull(pull, { actor, payload }) {
	if (isFork(pull)) return { from: "fork" };
	const isPushedByPerson = payload.action === "synchronize" && payload.sender?.login !== dependabot;
	return actor === dependabot || pull.user?.login === dependabot && !isPushedByPerson ? { from: "dependabot" } : repository;
}
const dependabot = "dependabot[bot]";
function originOfFetched({ commit, refs, origin }, { owner, repo, repositoryUrl }) {
	const short = commit.slice(0, 7);
	if (origin?.toLowerCase().replace(/(\.git)?\/?$/, "") !== repositoryUrl.toLowerCase()) return unknown(`commit ${short} is not one of the event and was not fetched from ${owner}/${repo}`);
	const branches = refs.flatMap((ref) => /^refs\/remotes\/origin\/(.+)$/.exec(ref)?.[1] ?? []);
	if (refs.some((ref) => ref.startsWith("refs/tags/")) || branches.some((branch) => originOfBranch(branch).from === "repository")) return repository;
	if (branches.length > 0) return { from: "dependabot" };
	return unknown(`commit ${short} is not one of the event and no branch or tag of ${owner}/${repo} ends with it`);
}
function triggerFor(command, { payload, sha }) {
	const pull = payload.pull_request;
	return {
		command,
		pullRequest: pull?.number,
		sha: pull === void 0 ? sha : shaOf(pull),
		queued: queuedOf(payload)
	};
}
function automaticTrigger(run) {
	const { sha } = run;
	switch (run.event) {
		case "pull_request": return run.payload.action === "closed" ? closed(run.payload) : triggerFor("plan", run);
		case "merge_group":
		case "workflow_dispatch": return triggerFor("plan", run);
		case "push": return pushTrigger(run);
		case "schedule": return {
			command: "verify",
			pullRequest: void 0,
			sha
		};
		default: return noTrigger(`the event ${run.event} neither plans, applies nor verifies.`);
	}
}
function closed(payload) {
	const pull = payload.pull_request;
	if (pull?.merged !== true) {
		const ended = noTrigger("the pull request was closed without being merged.");
		return pull === void 0 ? ended : {
			...ended,
			closed: {
				pullRequest: pull.number,
				sha: shaOf(pull)
			}
		};
	}
	const defaultBranch = payload.repository?.default_branch;
	if (pull.base.ref !== defaultBranch) return noTrigger(`the pull request was merged into ${pull.base.ref}, not into the default branch ${defaultBranch}.`);
	return {
		command: "apply",
		pullRequest: pull.number,
		sha: shaOf(pull)
	};
}
function pushTrigger({ payload, ref, sha }) {
	const defaultBranch = payload.repository?.default_branch;
	if (ref !== `refs/heads/${defaultBranch}`) return noTrigger(`${ref} is not the default branch ${defaultBranch}.`);
	return {
		command: "apply",
		pullRequest: void 0,
		sha
	};
}
function isFork({ head, base }) {
	return head.repo === null || head.repo?.full_name !== base.repo?.full_name;
}
const unprivilegedEvents = {
	fork: [
		"pull_request",
		"pull_request_review",
		"pull_request_review_comment"
	],
	dependabot: [
		"pull_request",
		"pull_request_review",
		"pull_request_review_comment",
		"push",
		"create",
		"deployment",
		"deployment_status"
	]
};
function assertNoPrivilege({ event }, author, commit) {
	if (unprivilegedEvents[author].includes(event)) return;
	throw new InputError(`The workflow runs on ${event}, and commit ${commit.slice(0, 7)} is checked out: the code ${ofAuthor[author]} would run with the credentials of this repository. Run on pull_request instead, whose runs get no credentials for such code.`, "CODE_UNTRUSTED");
}
function assertMerged({ event, payload, sha }, checkout) {
	const { pull_request: pull, action } = payload;
	if (event === "pull_request_target" && checkout?.commit === sha && action === "closed" && pull !== void 0 && !isFork(pull)) return;
	if (!(pull !== void 0 && pull.merged !== true) && event !== "merge_group") return;
	throw new InputError(`Input command is "destroy" on the event ${event}, whose code is not merged: unmerged code must not destroy anything. Run it on workflow_dispatch, push or schedule, with confirm-destroy. For a preview, run it on pull_request_target when a pull request of this repository is closed, with the commit of the event checked out.`);
}
function assertRequested({ event }) {
	if (event === "workflow_dispatch" || event === "repository_dispatch") return;
	throw new InputError(`Input command is "rollback" on the event ${event}: allowed are workflow_dispatch and repository_dispatch, by which somebody asks for it.`);
}
function tokenSubject({ owner, repo, event, ref }) {
	if (event === "pull_request") return `repo:${owner}/${repo}:pull_request`;
	return /^refs\/(heads|tags)\//.test(ref) && !event.startsWith("pull_request") ? `repo:${owner}/${repo}:ref:${ref}` : void 0;
}
function queuedOf({ merge_group }) {
	const number = /\/pr-(\d+)-[0-9a-f]{40}$/.exec(merge_group?.head_ref ?? "")?.[1];
	return number === void 0 ? void 0 : Number(number);
}
function shaOf(pull) {
	return (pull.merged === true ? pull.merge_commit_sha : void 0) ?? pull.head.sha;
}
function noTrigger(why) {
	return {
		command: "none",
		reason: `Nothing to do: ${why} Set the input command to plan, apply or verify to decide yourself.`
	};
}
function readRun(env) {
	const requireVariable = (name) => {
		const value = env[name];
		if (!value) throw new InputError(`${name} is not set: this action runs on a GitHub Actions runner.`);
		return value;
	};
	const [owner = "", repo = ""] = requireVariable("GITHUB_REPOSITORY").split("/");
	const payloadFile = env.GITHUB_EVENT_PATH;
	const repositoryUrl = `${env.GITHUB_SERVER_URL ?? "https://github.com"}/${owner}/${repo}`;
	const actionsUrl = `${repositoryUrl}/actions`;
	const runUrl = `${actionsUrl}/runs/${env.GITHUB_RUN_ID ?? ""}`;
	const attempt = Number(env.GITHUB_RUN_ATTEMPT ?? "1");
	return {
		event: requireVariable("GITHUB_EVENT_NAME"),
		payload: payloadFile && existsSync(payloadFile) ? JSON.parse(readFileSync(payloadFile, "utf8")) : {},
		owner,
		repo,
		sha: env.GITHUB_SHA ?? "",
		ref: env.GITHUB_REF ?? "",
		url: attempt > 1 ? `${runUrl}/attempts/${attempt}` : runUrl,
		repositoryUrl,
		workflow: workflowFile(env.GITHUB_WORKFLOW_REF ?? ""),
		job: env.GITHUB_JOB ?? "",
		actor: env.GITHUB_ACTOR ?? "",
		runsUrl: `${actionsUrl}?query=is%3Ain_progress`,
		workspace: requireVariable("GITHUB_WORKSPACE"),
		temp: requireVariable("RUNNER_TEMP"),
		action: actionSource(env)
	};
}
function workflowFile(workflowRef) {
	const [, path = "", file = ""] = /^[^/]+\/[^/]+\/(?:(.+?)@refs\/|(.+)@)/.exec(workflowRef) ?? [];
	return path || file;
}
function actionSource(env) {
	const { GITHUB_ACTION_REPOSITORY: repository = "", GITHUB_ACTION_REF: ref = "" } = env;
	if (!/^[\w.-]+\/[\w.-]+$/.test(repository) || !/^[\w./@+-]+$/.test(ref)) return void 0;
	return {
		url: `${env.GITHUB_SERVER_URL ?? "https://github.com"}/${repository}`,
		ref
	};
}
// src/terraform/json.ts
function listManagedResources(module) {
	if (module === void 0) return [];
	return [...module.resources ?? [], ...(module.child_modules ?? []).flatMap(listManagedResources)].filter((resource) => resource.mode === "managed");
}
function withoutInstanceKeys(address) {
	return address.replace(/\[(\d+|"(?:[^"\\]|\\.)*")\]/g, "");
}
// src/approval/canonical.ts
var CanonicalText = class {
	text;
	constructor(text) {
		this.text = text;
	}
};
const ignoredMark = Symbol("ignored");
function canonical$1(value, sensitive = false, unknown = false, digest = () => "*", replace = (json) => json) {
	if (unknown === true) return "?";
	if (unknown === ignoredMark) return "@ignored";
	if (sensitive === true && value !== null && value !== void 0) return digest(withPlaceholders(value, replace));
	if (isUnmarked(sensitive) && isUnmarked(unknown)) return replace(plain(value));
	return canonicalParts(value, sensitive, unknown, digest, replace);
}
function canonicalParts(value, sensitive, unknown, digest, replace) {
	const part = (key) => canonical$1(at(value, key), at(sensitive, key), at(unknown, key), digest, replace);
	if (Array.isArray(value) || Array.isArray(unknown) && unknown.length > 0) {
		const length = Math.max(Object.keys(shape(value)).length, Object.keys(shape(unknown)).length);
		return `[${Array.from({ length }, (_, index) => part(String(index))).join()}]`;
	}
	const keys = [...new Set([...Object.keys(shape(value)), ...Object.keys(shape(unknown))])].sort();
	if (keys.length === 0) return replace(plain(value));
	return `{${keys.map((key) => `${JSON.stringify(key)}:${part(key)}`).join()}}`;
}
function withPlaceholders(value, replace) {
	const json = plain(value);
	const text = replace(json);
	return text === json ? value : new CanonicalText(text);
}
function isUnmarked(marks) {
	if (typeof marks !== "object" || marks === null) return marks !== true;
	for (const _ in marks) return false;
	return true;
}
function plain(value) {
	if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
	if (value instanceof CanonicalText) return value.text;
	if (isSorted(value)) return JSON.stringify(value);
	if (Array.isArray(value)) return `[${value.map(plain).join()}]`;
	return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${plain(value[key])}`).join()}}`;
}
function isSorted(value) {
	if (Array.isArray(value)) return value.every((part) => typeof part !== "object" || part === null || isSorted(part));
	let previous = "";
	for (const key in value) {
		const part = value[key];
		if (key < previous || part === void 0) return false;
		if (typeof part === "object" && part !== null && !isSorted(part)) return false;
		previous = key;
	}
	return true;
}
const noParts = Object.freeze({});
function shape(value) {
	return typeof value === "object" && value !== null && exactDigits(value) === void 0 ? value : noParts;
}
function at(value, key) {
	if (value === true) return true;
	const parts = shape(value);
	return Object.hasOwn(parts, key) ? parts[key] : void 0;
}
// src/approval/ignored-paths.ts
const namePattern$1 = String.raw`[\p{ID_Start}_][\p{ID_Continue}-]*`;
const linePattern = new RegExp(`^((?:module\\.${namePattern$1}\\.)*${namePattern$1}\\.${namePattern$1}):(${namePattern$1}(?:\\.(?:${namePattern$1}|\\d+|\\*)|\\[(?:\\d+|\\*|"[^"\\\\]+")\\])*)$`, "u");
function parseIgnoredPath(line) {
	const [, resource = "", path = ""] = linePattern.exec(line) ?? [];
	if (resource === "" || resource.startsWith("data.")) return void 0;
	return {
		text: line,
		resource,
		path: [...path.matchAll(/\["([^"]+)"\]|\[?([^.[\]]+)\]?/g)].map(([, key, step = ""]) => key ?? step)
	};
}
function ignoredPathsOf(address, paths) {
	if (paths.length === 0) return paths;
	const place = withoutInstanceKeys(address);
	const inModule = place.replace(/^(?:module\.[^.]+\.)+/, "");
	return paths.filter(({ resource }) => resource === place || resource === inModule);
}
function markIgnored(value, unknown, path) {
	const [step, ...rest] = path;
	if (step === void 0) return ignoredMark;
	if (unknown === true || unknown === ignoredMark) return unknown;
	const marks = shape(unknown);
	const marked = [...new Set([...Object.keys(shape(value)), ...Object.keys(marks)])].filter((key) => step === "*" || step === key).map((key) => [key, markIgnored(at(value, key), at(marks, key), rest)]);
	if (marked.length === 0) return unknown;
	const copy = {
		...marks,
		...Object.fromEntries(marked)
	};
	return Array.isArray(value) || Array.isArray(unknown) ? Object.assign([], copy) : copy;
}
// src/gate/aws-signing.ts
const region = String.raw`([a-z]{2,4}(?:-[a-z]+)+-\d)`;
const knownHosts = [
	[new RegExp(String.raw`^(?:[^.]+\.gateway\.)?bedrock-agentcore\.${region}\.amazonaws\.com(?:\.cn)?$`), "bedrock-agentcore"],
	[new RegExp(String.raw`^[^.]+\.lambda-url\.${region}\.on\.aws$`), "lambda"],
	[new RegExp(String.raw`^[^.]+\.execute-api\.${region}\.amazonaws\.com(?:\.cn)?$`), "execute-api"],
	[new RegExp(String.raw`^[^.]+(?:\.[^.]+)?\.vpc-lattice-svcs\.${region}\.on\.aws$`), "vpc-lattice-svcs"]
];
const ownServers = new RegExp(String.raw`^([a-z0-9-]+)\.${region}\.api\.aws$`);
function scopeOfHost(hostname) {
	for (const [pattern, service] of knownHosts) {
		const found = pattern.exec(hostname)?.[1];
		if (found !== void 0) return {
			service,
			region: found
		};
	}
	const [, service, found] = ownServers.exec(hostname) ?? [];
	return service !== void 0 && found !== void 0 ? {
		service,
		region: found
	} : void 0;
}
function readSigningScope(value, endpoint) {
	if (value === "none" || value === "") return void 0;
	const isLoopback = /^(?:127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/.test(endpoint.hostname);
	if (endpoint.protocol !== "https:" && !isLoopback) throw new InputError(`mcp-sigv4 is "${value}", and the endpoint ${endpoint.origin} is not https: the session token of AWS would travel in the open.`);
	const known = scopeOfHost(endpoint.hostname);
	if (value === "auto") {
		if (known !== void 0) return known;
		throw new InputError(`mcp-sigv4 is "auto", and ${endpoint.hostname} is not a host of AgentCore, Lambda, API Gateway or VPC Lattice: set mcp-sigv4 to SERVICE/REGION, such as execute-api/eu-central-1, or to none.`);
	}
	const [service = "", named] = value.split("/");
	const used = named ?? known?.region ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
	if (used !== void 0 && used !== "") return {
		service,
		region: used
	};
	throw new InputError(`mcp-sigv4 is "${value}", and the region is not known: set SERVICE/REGION, such as ${service}/eu-central-1, or AWS_REGION.`);
}
function isSigningValue(value) {
	return /^(?:auto|none|[a-z0-9][a-z0-9-]{0,63}(?:\/[a-z0-9-]{2,32})?)$/.test(value);
}
var Sha256 = class {
	#hash;
	constructor(secret) {
		this.#hash = secret === void 0 ? createHash("sha256") : createHmac("sha256", bytesOf(secret));
	}
	update(data) {
		this.#hash.update(bytesOf(data));
	}
	async digest() {
		return this.#hash.digest();
	}
};
function bytesOf(data) {
	if (typeof data === "string") return Buffer.from(data, "utf8");
	return ArrayBuffer.isView(data) ? Buffer.from(data.buffer, data.byteOffset, data.byteLength) : Buffer.from(data);
}
function openSigner({ service, region: signedRegion }, onSecret = () => {}, fixed) {
	let provider;
	return async ({ method, url, contentType, body }) => {
		const { SignatureV4 } = await import("./aws.js");
		if (fixed === void 0 && provider === void 0) {
			const { defaultProvider } = await import("./aws.js");
			provider = defaultProvider();
		}
		const credentials = fixed?.credentials ?? await provider?.().catch(withoutCredentials);
		if (credentials === void 0) throw new Error("no credentials");
		onSecret(credentials.secretAccessKey);
		if (credentials.sessionToken !== void 0) onSecret(credentials.sessionToken);
		const signer = new SignatureV4({
			service,
			region: signedRegion,
			credentials,
			sha256: Sha256
		});
		const query = {};
		for (const name of url.searchParams.keys()) query[name] = url.searchParams.getAll(name);
		const { host: _, "content-type": _type, ...added } = (await signer.sign({
			method,
			protocol: url.protocol,
			hostname: url.hostname,
			path: url.pathname,
			query,
			headers: {
				host: url.host,
				...contentType !== void 0 && { "content-type": contentType }
			},
			body
		}, fixed === void 0 ? {} : { signingDate: fixed.date })).headers;
		return added;
	};
}
function withoutCredentials(error) {
	throw new Error(`no AWS credentials were found: ${messageOf(error)}`);
}
// src/gate/client-assertion.ts
const algorithms = {
	rsa: {
		name: "RS256",
		hash: "sha256"
	},
	"rsa-pss": {
		name: "PS256",
		hash: "sha256"
	},
	"ec prime256v1": {
		name: "ES256",
		hash: "sha256"
	},
	"ec secp384r1": {
		name: "ES384",
		hash: "sha384"
	},
	"ec secp521r1": {
		name: "ES512",
		hash: "sha512"
	},
	ed25519: {
		name: "EdDSA",
		hash: void 0
	}
};
const ASSERTION_LIFE_SECONDS = 60;
function readPrivateKey(pem) {
	if (!pem.includes("PRIVATE KEY")) throw new Error("it has no line \"-----BEGIN PRIVATE KEY-----\"");
	if (pem.includes("ENCRYPTED")) throw new Error("it is protected by a passphrase, which the gate does not have");
	let key;
	try {
		key = createPrivateKey(pem);
	} catch (error) {
		throw new Error(`OpenSSL cannot read it (${messageOf(error)})`);
	}
	return key;
}
function algorithmOf({ asymmetricKeyType, asymmetricKeyDetails }) {
	return algorithms[kindOf(asymmetricKeyType, asymmetricKeyDetails?.namedCurve)]?.name;
}
function kindOf(type = "", curve) {
	return curve === void 0 ? type : `${type} ${curve}`;
}
function createClientAssertion({ key, id }, clientId, tokenEndpoint) {
	const kind = kindOf(key.asymmetricKeyType, key.asymmetricKeyDetails?.namedCurve);
	const { name = "RS256", hash } = algorithms[kind] ?? {};
	const now = Math.floor(Date.now() / 1e3);
	const header = {
		alg: name,
		typ: "JWT",
		...id !== void 0 && { kid: id }
	};
	const claims = {
		iss: clientId,
		sub: clientId,
		aud: tokenEndpoint,
		jti: randomUUID(),
		iat: now,
		exp: now + ASSERTION_LIFE_SECONDS
	};
	const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
	const signed = `${encode(header)}.${encode(claims)}`;
	return `${signed}.${sign(hash, Buffer.from(signed), {
		key,
		dsaEncoding: "ieee-p1363"
	}).toString("base64url")}`;
}
// src/gate/contract.ts
const MAX_LISTED = 1e3;
const MAX_DEPTH = 256;
function canonical(value, depth = 0) {
	if (depth > MAX_DEPTH) throw new RangeError(`nested deeper than ${MAX_DEPTH} levels`);
	if (Array.isArray(value)) return `[${value.map((item) => canonical(item, depth + 1)).join(",")}]`;
	if (!isObject(value)) return JSON.stringify(value) ?? "null";
	return `{${Object.keys(value).filter((key) => value[key] !== void 0).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key], depth + 1)}`).join(",")}}`;
}
function covered({ name, description, inputSchema, outputSchema, annotations }) {
	return {
		name,
		...description !== void 0 && { description },
		inputSchema,
		...outputSchema !== void 0 && { outputSchema },
		...annotations !== void 0 && { annotations }
	};
}
function contractOf(tools) {
	try {
		const sorted = tools.map((tool) => ({
			tool,
			text: canonical(covered(tool))
		})).sort((a, b) => order(a.tool.name, b.tool.name) || order(a.text, b.text));
		return {
			hash: createHash("sha256").update(`[${sorted.map(({ text }) => text).join(",")}]`).digest("hex"),
			tools: sorted.map(({ text }) => JSON.parse(text))
		};
	} catch (error) {
		if (error instanceof RangeError) return void 0;
		throw error;
	}
}
function order(a, b) {
	return a < b ? -1 : a > b ? 1 : 0;
}
function readContract(text) {
	let value;
	try {
		value = JSON.parse(text);
	} catch {
		throw new Error("it is not JSON");
	}
	if (!isObject(value) || !Array.isArray(value.tools)) throw new Error("it has no list \"tools\"");
	for (const tool of value.tools) {
		if (!isObject(tool) || typeof tool.name !== "string") throw new Error("one of its tools has no name");
		if (!isObject(tool.inputSchema)) throw new Error(`its tool ${JSON.stringify(tool.name)} has no inputSchema`);
		if (tool.outputSchema !== void 0 && !isObject(tool.outputSchema)) throw new Error(`the outputSchema of its tool ${JSON.stringify(tool.name)} is not an object`);
	}
	const tools = value.tools;
	if (contractOf(tools) === void 0) throw new Error(`a schema in it is nested deeper than ${MAX_DEPTH} levels`);
	return tools;
}
function compareContracts(before, after) {
	const [old, now] = [byName(before), byName(after)];
	const lists = {
		breaking: [],
		harmless: [],
		description: []
	};
	const total = {
		breaking: 0,
		harmless: 0,
		description: 0
	};
	for (const [name, tool] of old) {
		const current = now.get(name);
		if (current) compareTools(tool, current, (kind, path, what) => {
			if (++total[kind] <= MAX_LISTED) lists[kind].push({
				tool: name,
				path,
				what
			});
		});
	}
	const added = [...now.keys()].filter((name) => !old.has(name)).sort(order);
	const removed = [...old.keys()].filter((name) => !now.has(name)).sort(order);
	return {
		added: added.slice(0, MAX_LISTED),
		removed: removed.slice(0, MAX_LISTED),
		breaking: lists.breaking,
		harmless: lists.harmless,
		descriptions: lists.description,
		counts: {
			added: added.length,
			removed: removed.length,
			breaking: total.breaking,
			harmless: total.harmless,
			descriptions: total.description
		}
	};
}
function byName(tools) {
	return new Map((contractOf(tools)?.tools ?? tools).map((tool) => [tool.name, covered(tool)]));
}
function compareTools(before, after, recordChange) {
	compareWords(before, after, "", recordChange);
	const input = {
		narrower: "breaking",
		wider: "harmless",
		recordChange
	};
	const output = {
		narrower: "harmless",
		wider: "breaking",
		recordChange
	};
	compareSchemas(before.inputSchema, after.inputSchema, "inputSchema", input);
	const [old, now] = [before.outputSchema, after.outputSchema];
	if (old && now) compareSchemas(old, now, "outputSchema", output);
	else if (old) recordChange("breaking", "outputSchema", "removed: results are no longer promised a structure");
	else if (now) recordChange("harmless", "outputSchema", "added");
	const [hints, hintsNow] = [before.annotations ?? {}, after.annotations ?? {}];
	for (const key of keysOf(hints, hintsNow)) {
		if (same(hints[key], hintsNow[key])) continue;
		recordChange(key === "title" ? "description" : "harmless", `annotations.${key}`, became(hints[key], hintsNow[key]));
	}
}
const WORDS = [
	"title",
	"description",
	"$comment",
	"examples"
];
const LOWER_BOUNDS = new Set([
	"minimum",
	"exclusiveMinimum",
	"minLength",
	"minItems",
	"minProperties",
	"minContains"
]);
const UPPER_BOUNDS = new Set([
	"maximum",
	"exclusiveMaximum",
	"maxLength",
	"maxItems",
	"maxProperties",
	"maxContains"
]);
const CONSTRAINTS = new Set([
	"const",
	"pattern",
	"format",
	"multipleOf",
	"uniqueItems",
	"not",
	"if",
	"then",
	"else",
	"allOf",
	"oneOf",
	"contains",
	"prefixItems",
	"patternProperties",
	"propertyNames",
	"dependentRequired",
	"dependentSchemas",
	"dependencies",
	"unevaluatedProperties",
	"unevaluatedItems",
	"contentEncoding",
	"contentMediaType",
	"$ref",
	"$dynamicRef"
]);
const DEFINITIONS = ["$defs", "definitions"];
function compareSchemas(old, now, path, direction) {
	const [before, after] = [old === true ? {} : old, now === true ? {} : now];
	if (same(before, after)) return;
	const { narrower, wider, recordChange } = direction;
	if (!isObject(before) || !isObject(after)) {
		recordChange(after === false ? narrower : before === false ? wider : "breaking", path, became(old, now));
		return;
	}
	compareWords(before, after, path, recordChange);
	const handled = new Set([
		...WORDS,
		...DEFINITIONS,
		"properties",
		"required",
		"type",
		"enum",
		"anyOf"
	]);
	compareTypes(before.type, after.type, `${path}.type`, direction);
	compareChoices(before.enum, after.enum, `${path}.enum`, direction);
	compareChoices(before.anyOf, after.anyOf, `${path}.anyOf`, direction);
	compareProperties(before, after, path, direction);
	for (const name of DEFINITIONS) {
		const [was, is] = [asMap(before[name]), asMap(after[name])];
		for (const key of keysOf(was, is)) if (key in was && key in is) compareSchemas(was[key], is[key], `${path}.${name}.${key}`, direction);
	}
	for (const key of keysOf(before, after)) {
		if (handled.has(key) || same(before[key], after[key])) continue;
		const at = `${path}.${key}`;
		const [was, is] = [before[key], after[key]];
		if (key === "items") compareSchemas(was ?? true, is ?? true, at, direction);
		else if (key === "additionalProperties") compareSchemas(was ?? true, is ?? true, at, {
			...direction,
			wider: "harmless"
		});
		else if (LOWER_BOUNDS.has(key)) compareBound(was, is, at, 1, direction);
		else if (UPPER_BOUNDS.has(key)) compareBound(was, is, at, -1, direction);
		else if (CONSTRAINTS.has(key)) recordChange(is === void 0 ? wider : was === void 0 ? narrower : "breaking", at, became(was, is));
		else recordChange("harmless", at, became(was, is));
	}
}
function compareWords(before, after, path, recordChange) {
	for (const word of WORDS) {
		const [old, now] = [before[word], after[word]];
		if (!same(old, now)) recordChange("description", path === "" ? word : `${path}.${word}`, became(old, now));
	}
}
function compareProperties(before, after, path, direction) {
	const { narrower, wider, recordChange } = direction;
	const [old, now] = [asMap(before.properties), asMap(after.properties)];
	const [wasRequired, isRequired] = [asSet(before.required), asSet(after.required)];
	for (const name of keysOf(old, now)) {
		const at = `${path}.properties.${name}`;
		if (!(name in now)) recordChange("breaking", at, "removed");
		else if (!(name in old)) {
			if (!isRequired.has(name)) recordChange("harmless", at, "added");
		} else compareSchemas(old[name], now[name], at, direction);
	}
	for (const name of isRequired) if (!wasRequired.has(name)) recordChange(narrower, `${path}.required`, `"${name}" is required now`);
	for (const name of wasRequired) if (!isRequired.has(name)) recordChange(wider, `${path}.required`, `"${name}" is no longer required`);
}
function compareTypes(before, after, path, { narrower, wider, recordChange }) {
	if (same(before, after)) return;
	const [old, now] = [typesOf(before), typesOf(after)];
	const allows = (types, type) => types === void 0 || types.has(type) || type === "integer" && types.has("number");
	const isWider = old !== void 0 && [...old].every((type) => allows(now, type));
	const isNarrower = now !== void 0 && [...now].every((type) => allows(old, type));
	if (isWider && isNarrower) recordChange("harmless", path, became(before, after));
	else recordChange(isWider ? wider : isNarrower ? narrower : "breaking", path, became(before, after));
}
function compareChoices(before, after, path, { narrower, wider, recordChange }) {
	if (same(before, after)) return;
	if (!Array.isArray(before) || !Array.isArray(after)) {
		recordChange(Array.isArray(after) ? narrower : wider, path, became(before, after));
		return;
	}
	const [old, now] = [new Set(before.map((value) => canonical(value))), new Set(after.map((value) => canonical(value)))];
	for (const value of old) if (!now.has(value)) recordChange(narrower, path, `${shortened(value)} is gone`);
	for (const value of now) if (!old.has(value)) recordChange(wider, path, `${shortened(value)} is new`);
}
function compareBound(before, after, path, sign, { narrower, wider, recordChange }) {
	const number = (value) => typeof value === "number" ? value * sign : Number.NEGATIVE_INFINITY;
	recordChange(number(after) > number(before) ? narrower : wider, path, became(before, after));
}
function typesOf(value) {
	return value === void 0 ? void 0 : new Set([value].flat().map((type) => typeof type === "string" ? type : canonical(type)));
}
function asMap(value) {
	return Object.assign(Object.create(null), isObject(value) ? value : {});
}
function asSet(value) {
	return new Set(Array.isArray(value) ? value.filter((item) => typeof item === "string") : []);
}
function keysOf(a, b) {
	return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort(order);
}
function same(a, b) {
	if (a === void 0 || b === void 0) return a === b;
	return digestOf(a) === digestOf(b);
}
const digests = new WeakMap();
function digestOf(value) {
	if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
	const known = digests.get(value);
	if (known !== void 0) return known;
	const parts = Array.isArray(value) ? ["[", ...value.map(digestOf)] : ["{", ...keysOf(value, {}).map((key) => `${JSON.stringify(key)}:${digestOf(value[key])}`)];
	const digest = createHash("sha256").update(parts.join(",")).digest("base64");
	digests.set(value, digest);
	return digest;
}
function became(before, after) {
	if (before === void 0) return `added: ${shortened(canonical(after))}`;
	if (after === void 0) return `removed, was ${shortened(canonical(before))}`;
	return `${shortened(canonical(before))} became ${shortened(canonical(after))}`;
}
const MAX_SHOWN_CHARACTERS = 300;
function shortened(text) {
	const shown = secrets.redact(text);
	return shown.length > MAX_SHOWN_CHARACTERS ? `${shown.slice(0, MAX_SHOWN_CHARACTERS).toWellFormed()}\u2026` : shown;
}
// src/gate/header-rules.ts
const ownHeaders = /^(origin|cookie|host|content-length|transfer-encoding|connection|mcp-session-id|mcp-protocol-version|mcp-method)$/i;
function headerProblem(name, value) {
	if (!isHeaderName(name) || value === "") return "is not a header: it needs a name that HTTP allows and a value";
	if (/[^\t\x20-\x7e\x80-\xff]/.test(value)) return `has a value of ${name} with a character that HTTP does not allow in a header`;
	if (ownHeaders.test(name)) return `sets ${name}: only the gate decides about that header`;
}
function hasAuthorization(headers) {
	return Object.keys(headers).some((name) => name.toLowerCase() === "authorization");
}
function isHeaderName(name) {
	return /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(name);
}
function issuerProblem(value) {
	const url = URL.parse(value);
	if (url === null || !/^https?:$/.test(url.protocol)) return "it must be a URL that begins with https://";
	if (url.protocol !== "https:" && !isLoopback(url.hostname)) return "it must begin with https://, because it receives the client secret";
	if (url.search !== "" || url.hash !== "" || url.username !== "" || url.password !== "") return "it must not contain a query, a fragment or a user name";
}
function isLoopback(hostname) {
	return /^(127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/.test(hostname);
}
// src/gate/host-names.ts
const hostNames = [
	"claude",
	"claude-code",
	"chatgpt",
	"vscode",
	"cursor",
	"gemini"
];
// src/platforms/images/reference.ts
const dockerHub = "docker.io";
const hostPattern = /^(?:[a-zA-Z\d-]+(?:\.[a-zA-Z\d-]+)*|\[[\da-fA-F:]+\])(?::\d{1,5})?$/;
const partPattern = /^[a-z\d]+(?:(?:[._]|__|-+)[a-z\d]+)*$/;
const tagPattern = /^\w[\w.-]{0,127}$/;
const digestPattern = /^(?:sha256:[\da-f]{64}|sha512:[\da-f]{128})$/;
const maxNameLength = 255;
function isDigest(text) {
	return digestPattern.test(text);
}
function parseReference(text) {
	const [beforeDigest = "", digest, ...more] = text.split("@");
	const slash = beforeDigest.lastIndexOf("/");
	const colon = beforeDigest.indexOf(":", slash + 1);
	const tag = colon === -1 ? void 0 : beforeDigest.slice(colon + 1);
	const name = colon === -1 ? beforeDigest : beforeDigest.slice(0, colon);
	const isComplete = tag !== void 0 || digest !== void 0;
	if (more.length > 0 || !isComplete || name.length > maxNameLength) return void 0;
	if (tag !== void 0 && !tagPattern.test(tag)) return void 0;
	if (digest !== void 0 && !isDigest(digest)) return void 0;
	const [first = "", ...rest] = name.split("/");
	const hasHost = rest.length > 0 && (/[.:]/.test(first) || first === "localhost");
	const parts = hasHost ? rest : [first, ...rest];
	if (hasHost && !hostPattern.test(first) || !parts.every((part) => partPattern.test(part))) return void 0;
	const registry = hasHost && !/^(?:index\.)?docker\.io$/.test(first) ? first : dockerHub;
	return {
		text,
		registry,
		repository: registry === "docker.io" && parts.length === 1 ? `library/${parts[0]}` : parts.join("/"),
		name,
		tag,
		digest
	};
}
function byDigest({ name }, digest) {
	return `${name}@${digest}`;
}
function ecrRegistry(host) {
	const [, account, region] = /^(\d{12})\.(?:dkr\.ecr(?:-fips)?\.([a-z\d-]+)\.amazonaws\.com(?:\.cn)?|dkr-ecr(?:-fips)?\.([a-z\d-]+)\.on\.(?:aws|amazonwebservices\.com\.cn))$/.exec(host)?.filter((part) => part !== void 0) ?? [];
	return account === void 0 || region === void 0 ? void 0 : {
		account,
		region
	};
}
// src/rules/names.ts
const ruleNames = [
	"instance-replaced",
	"instance-restarted",
	"service-replaced",
	"load-balancer-replaced",
	"address-released",
	"dns-record-removed",
	"certificate-destroyed",
	"endpoint-changed",
	"left-unmanaged",
	"replaces-endpoint",
	"lambda-without-alias",
	"function-url-one-permission",
	"agentcore-endpoint-unpinned",
	"express-health-path",
	"pause-hook-with-wait",
	"url-replaced",
	"response-buffered",
	"call-timeout-short",
	"function-open-to-world",
	"sessions-dropped",
	"stateful-many-tasks",
	"idle-timeout-short",
	"deregistration-delay",
	"http-without-redirect",
	"port-open-to-world",
	"iam-widened",
	"secret-in-state",
	"secret-in-environment",
	"health-path-is-mcp-path",
	"same-image-redeployed",
	"image-tag-latest",
	"no-circuit-breaker",
	"tasks-stopped-first",
	"revision-deregistered",
	"deletion-protection-off"
];
function isRuleName(name) {
	return ruleNames.some((each) => each === name);
}
// src/terraform/hcl.ts
function parseHcl(text) {
	const file = {
		type: "",
		labels: [],
		firstLine: 1,
		attributes: new Map(),
		blocks: []
	};
	const openBlocks = [file];
	const comments = [];
	const levels = [{
		in: "code",
		braces: 0
	}];
	let line = 1;
	let isLineStart = true;
	let header = [];
	let value;
	let at = 0;
	const token = (pattern) => {
		pattern.lastIndex = at;
		const match = pattern.exec(text)?.[0];
		if (match !== void 0) at += match.length;
		return match;
	};
	const addComment = (content, isOnOwnLine) => {
		for (const [index, each] of content.split("\n").entries()) comments.push({
			text: each.trim(),
			line: line + index,
			isOnOwnLine: isOnOwnLine || index > 0
		});
		line += content.split("\n").length - 1;
	};
	const endStatement = () => {
		if (value !== void 0 && value.name !== "") openBlocks.at(-1)?.attributes.set(value.name, text.slice(value.from, value.to).trim());
		value = void 0;
		header = [];
	};
	const endLine = () => {
		line++;
		isLineStart = true;
		if (value === void 0 || value.open === 0) endStatement();
	};
	const endBlock = () => {
		endStatement();
		const block = openBlocks.length > 1 ? openBlocks.pop() : void 0;
		if (block !== void 0 && block.type !== "") openBlocks.at(-1)?.blocks.push({
			...block,
			lastLine: line
		});
	};
	while (at < text.length) {
		const level = levels.at(-1);
		if (level === void 0) break;
		if (level.in === "string") {
			const part = token(/\\.|\$\$\{|%%\{|[$%]\{|"|\n|[^"\\$%\n]+|./sy) ?? "";
			if (part === "${" || part === "%{") levels.push({
				in: "code",
				braces: 0
			});
			else if (part === "\"") levels.pop();
			else if (part === "\n") {
				levels.pop();
				endLine();
			}
			if (value !== void 0) value.to = at;
			continue;
		}
		const isTop = levels.length === 1;
		const next = text[at] ?? "";
		if (next === "\n") {
			at++;
			if (isTop) endLine();
			else line++;
			continue;
		}
		if (token(/[^\S\n]+/y) !== void 0) continue;
		const comment = "#/".includes(next) ? token(/(?:#|\/\/)[^\n]*|\/\*.*?(?:\*\/|$)/sy) : void 0;
		if (comment !== void 0) {
			addComment(comment.replace(/^(?:#+|\/\/+|\/\*+)|\*+\/$/g, ""), isLineStart);
			continue;
		}
		isLineStart = false;
		const heredoc = next === "<" ? token(/<<-?[^\s"{}]+[^\S\n]*\r?\n/y) : void 0;
		if (heredoc !== void 0) {
			const word = /^<<-?(\S+)/.exec(heredoc)?.[1] ?? "";
			const closing = new RegExp(`^[^\\S\\n]*${RegExp.escape(word)}[^\\S\\n]*$`, "gm");
			closing.lastIndex = at;
			const match = closing.exec(text);
			const end = match === null ? text.length : match.index + match[0].length;
			line += text.slice(at, end).split("\n").length;
			at = end;
			if (value !== void 0) value.to = at;
			continue;
		}
		const isStatement = isTop && value === void 0;
		const word = (isStatement && next === "\"" ? token(/"(?:[^"\\\n]|\\.)*"/y) : void 0) ?? token(/[\p{L}_][\p{L}\p{N}_-]*/uy);
		if (word !== void 0) {
			if (isStatement) header.push(word.replace(/^"|"$/g, ""));
			if (value !== void 0) value.to = at;
			continue;
		}
		const char = text[at++] ?? "";
		if (char === "\"") levels.push({ in: "string" });
		else if (!isTop) {
			if (char === "{") level.braces++;
			else if (char === "}" && level.braces > 0) level.braces--;
			else if (char === "}") levels.pop();
		} else if (value !== void 0) {
			if ("{[(".includes(char)) value.open++;
			else if (char === "}" && value.open === 0) {
				endBlock();
				continue;
			} else if ("}])".includes(char) && value.open > 0) value.open--;
		} else if (char === "=") value = {
			name: header.length === 1 ? header[0] ?? "" : "",
			from: at,
			to: at,
			open: 0
		};
		else if (char === "{") {
			const [type = "", ...labels] = header;
			openBlocks.push({
				type,
				labels,
				firstLine: line,
				attributes: new Map(),
				blocks: []
			});
			header = [];
		} else if (char === "}") endBlock();
		if (value !== void 0) value.to = at;
	}
	endStatement();
	return {
		attributes: file.attributes,
		blocks: file.blocks,
		comments
	};
}
function plainString(value) {
	if (value === void 0 || !/^"(?:[^"\\\n]|\\.)*"$/.test(value)) return void 0;
	const inner = value.slice(1, -1);
	if (/(?<![$%])[$%]\{/.test(inner)) return void 0;
	const escapes = {
		n: "\n",
		r: "\r",
		t: "	"
	};
	return inner.replace(/\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/g, (_, short, long, char) => {
		const point = Number.parseInt(short ?? long, 16);
		return char === void 0 ? point <= 1114111 ? String.fromCodePoint(point) : "" : escapes[char] ?? char;
	}).replace(/([$%])\1\{/g, "$1{");
}
// src/terraform/backend.ts
const namingSettings = [
	"address",
	"bucket",
	"container_name",
	"hostname",
	"key",
	"name",
	"organization",
	"path",
	"prefix",
	"region",
	"resource_group_name",
	"schema_name",
	"secret_suffix",
	"storage_account_name",
	"workspace_dir",
	"workspace_key_prefix",
	"workspaces"
];
const storeSettings = [
	"endpoint",
	"endpoints",
	"custom_endpoint"
];
function keySetting(type) {
	return {
		gcs: "prefix",
		http: "address",
		local: "path",
		consul: "path",
		pg: "schema_name",
		kubernetes: "secret_suffix",
		remote: "workspaces",
		cloud: "workspaces"
	}[type] ?? "key";
}
function isSetting(line) {
	return /^[A-Za-z_][\w-]*\s*=/.test(line);
}
function mergeBackendConfig(backend, lines, readText) {
	const settings = { ...backend?.settings };
	for (const line of lines) {
		if (isSetting(line)) {
			const equals = line.indexOf("=");
			settings[line.slice(0, equals).trim()] = line.slice(equals + 1);
			continue;
		}
		const text = readText(line);
		if (text === void 0) return void 0;
		Object.assign(settings, readSettings(parseHcl(text)));
	}
	return {
		type: backend?.type ?? "s3",
		settings
	};
}
function readSettings(body) {
	const settings = {};
	for (const [name, value] of body.attributes) settings[name] = plainString(value) ?? value.replace(/\s+/g, " ");
	for (const block of body.blocks) settings[block.type] = JSON.stringify(readSettings(block));
	return settings;
}
function stateName({ type, settings }, workspace) {
	return [
		type,
		...[...namingSettings, ...storeSettings].flatMap((name) => {
			const value = settings[name];
			return value === void 0 || value === "" ? [] : [`${name} ${value}`];
		}),
		`workspace ${workspace || "default"}`
	].join(", ");
}
// src/terraform/names.ts
const shippedModules = [
	"ecs",
	"ec2",
	"lambda",
	"agentcore"
];
const shippedModuleNames = shippedModules.map((name) => `"${name}"`).join(", ").replace(/, (?=[^,]*$)/, " or ");
const workspaceNamePattern = /^(?!\.\.?$)[A-Za-z0-9$&+:=@._~-]{1,90}$/;
const toolTitles = {
	terraform: "Terraform",
	tofu: "OpenTofu"
};
function inWordsOf(tool, sentence) {
	if (tool === void 0 || tool === "terraform") return sentence;
	return sentence.replace(/\bTerraform\b(?! MCP Deploy)/g, toolTitles[tool]).replace(/(^|`)terraform (?=[a-z])/g, `$1${tool} `);
}
// src/inputs.ts
const toolNames = ["terraform", "tofu"];
const labelKinds = [
	"no-changes",
	"add",
	"change",
	"replace",
	"destroy"
];
function readInputs(workspace) {
	const workingDirectory = readDirectory("working-directory", workspace);
	const stack = readOptional("stack") === void 0 ? void 0 : readOneOf("stack", shippedModules);
	const githubToken = readSecret("github-token");
	const mcp = readMcpInputs(workspace);
	const apiKey = readSecret("alivemcp-api-key");
	const planApprovalKey = readApprovalKey("plan-approval-key");
	const webhook = readWebhook();
	const cluster = readOptional("ecs-cluster");
	const service = readOptional("ecs-service");
	if (cluster === void 0 !== (service === void 0)) {
		const [present, missing] = cluster === void 0 ? ["ecs-service", "ecs-cluster"] : ["ecs-cluster", "ecs-service"];
		throw new InputError(`Input ${present} is set and ${missing} is not: set both, or set neither to use the Terraform outputs.`);
	}
	const command = readOneOf("command", [...deployCommands, ...matrixCommands]);
	const replaces = readList("replace").map((address) => checkAddress("replace", address));
	if (command === "destroy" && replaces.length > 0) throw new InputError(`Input replace has the line "${replaces[0]}", and command is "destroy", which replaces nothing: leave replace empty.`);
	const rollbackTo = readLine("rollback-to", "the name of a version", maxVersionLength);
	if (rollbackTo !== void 0 && command !== "rollback") throw new InputError(`Input rollback-to is "${rollbackTo}", and command is "${command}", which rolls nothing back: set command to rollback, or leave rollback-to empty.`);
	return {
		command,
		stack,
		workingDirectory,
		workspace: readWorkspace("workspace"),
		varFiles: readList("var-file").map((file) => resolveFile("var-file", file, workingDirectory)),
		backendConfig: readList("backend-config").map((line) => resolveBackendSetting(line, workingDirectory)),
		targets: readList("target").map((address) => checkAddress("target", address)),
		replaces,
		acceptRules: readList("accept-rules").map(parseAcceptedRule),
		planChecks: readPlanChecks("plan-checks"),
		tool: readOneOf("tool", toolNames),
		terraformVersion: readOptional("terraform-version"),
		terraformMirror: readMirror(),
		lockTimeoutMs: readDuration("lock-timeout"),
		parallelism: readWholeNumber("parallelism", 1),
		planApproval: readPlanApproval("plan-approval"),
		planApprovalKey,
		ignoredPaths: readList("plan-approval-ignore").map(readIgnoredPath),
		planWorkflow: readPlanWorkflow("plan-workflow"),
		applyBeforeMerge: readApplyComment("apply-before-merge"),
		reviewedImages: readReviewedImages("reviewed-images"),
		forks: readOneOf("forks", ["check", "fail"]),
		githubToken,
		comment: readOneOf("comment", [
			"always",
			"changes",
			"never"
		]),
		planStatus: readOneOf("plan-status", ["always", "never"]),
		labels: readLabels("labels"),
		ecs: {
			cluster,
			service
		},
		deployTimeoutMs: readOptional("deploy-timeout") === void 0 ? void 0 : readPositiveDuration("deploy-timeout"),
		formerTimeoutsMs: readFormerTimeouts(),
		mcp,
		rollbackTo,
		onFailure: readOneOf("on-failure", [
			"taint",
			"rollback",
			"none"
		]),
		alivemcp: apiKey === "" ? void 0 : readAlivemcp(apiKey),
		webhook,
		allowLocalState: readBoolean("allow-local-state"),
		confirmDestroy: readOptional("confirm-destroy"),
		credentialsEnd: readExpiration("aws-expiration", "AWS_CREDENTIAL_EXPIRATION"),
		certificateDays: readWholeNumber("certificate-days", 0),
		drift: readOneOf("drift", [
			"auto",
			"ignore",
			"report",
			"fail"
		]),
		driftPlan: readOneOf("drift-plan", ["normal", "refresh-only"]),
		issue: readOneOf("issue", ["never", "failures"]),
		deploymentEnvironment: readLine(resolveRenamedInput("deployment-environment", "environment"), "the name of an environment", maxEnvironmentLength),
		stackName: readLine("stack-name", "the name of a stack", 200),
		discover: readOneOf("discover", ["changed", "all"]),
		summary: {
			reports: resolve(workspace, getInput("reports") || "."),
			stacks: readStacks("stacks", workspace)
		}
	};
}
function readMcpInputs(workspace) {
	const headers = readHeaders("mcp-headers");
	const endpoint = readOptional("mcp-endpoint");
	if (endpoint !== void 0) checkEndpoint("mcp-endpoint", endpoint);
	return validateMcpInputs({
		endpoint,
		require: readOneOf("mcp-require", [
			"any",
			"legacy",
			"modern",
			"both"
		]),
		transport: readOneOf("mcp-transport", [
			"auto",
			"streamable-http",
			"sse"
		]),
		headers,
		fromOutputs: {
			headers: readOutputName("mcp-headers-from-output"),
			oauth: readOutputName("mcp-oauth-from-output")
		},
		tools: readList("mcp-tools"),
		auth: readAuth(),
		oauth: readOauth(headers),
		tls: readTls(),
		connectTo: readAddress("mcp-connect-to"),
		sigv4: readSigv4("mcp-sigv4", endpoint),
		hosts: readHosts("mcp-hosts"),
		calls: [],
		contract: readContractFile("mcp-contract", workspace),
		expectVersion: readOptional("mcp-expect-version"),
		rounds: readWholeNumber("mcp-rounds", 1),
		timeoutMs: readPositiveDuration("mcp-timeout"),
		requestTimeoutMs: readPositiveDuration("mcp-request-timeout"),
		requestsPerMinute: readWholeNumber("mcp-requests-per-minute", 1)
	});
}
function parseDuration(name, value) {
	const units = {
		h: 36e5,
		m: 6e4,
		s: 1e3
	};
	if (!/^(\d{1,6}[hms])+$/.test(value)) throw new InputError(`Input ${name} is "${value}": a duration is a number and a unit (s, m or h), such as 90s or 10m.`);
	let ms = 0;
	for (const [, count, unit] of value.matchAll(/(\d+)([hms])/g)) ms += Number(count) * units[unit];
	return ms;
}
function readMirror() {
	const url = readOptional("terraform-mirror");
	const key = readOptional("terraform-mirror-key");
	if (url === void 0) {
		if (key === void 0) return void 0;
		throw new InputError("Input terraform-mirror-key is set and terraform-mirror is not: the key verifies only releases from a mirror. Set terraform-mirror, or remove the key.");
	}
	const { username, password, search, hash } = parseHttpUrl("terraform-mirror", url);
	if (username !== "" || password !== "") throw new InputError("Input terraform-mirror contains a user name or a password, which would appear in every log: remove them.");
	if (search !== "" || hash !== "") throw new InputError(`Input terraform-mirror is "${url}": the action appends paths to it, so it must not contain ? or #.`);
	return {
		url: url.replace(/\/+$/, ""),
		key
	};
}
function readAlivemcp(apiKey) {
	const apiUrl = getInput("alivemcp-api-url");
	const { protocol, hostname } = parseHttpUrl("alivemcp-api-url", apiUrl);
	if (protocol !== "https:" && !isLoopback(hostname)) throw new InputError(`Input alivemcp-api-url is "${apiUrl}": the API key is only sent over https.`);
	return {
		apiKey,
		apiUrl: apiUrl.replace(/\/+$/, ""),
		name: readOptional("alivemcp-name"),
		intervalMs: readPositiveDuration("alivemcp-interval")
	};
}
function readWebhook() {
	const url = readSecret("webhook-url");
	const secret = readSecret("webhook-secret");
	if (url === "" && secret === "") return void 0;
	if (url === "" || secret === "") throw new InputError(`Input ${url === "" ? "webhook-url" : "webhook-secret"} is empty: a webhook needs both its URL and the secret that signs its deliveries. Set both, or leave ${url === "" ? "webhook-secret" : "webhook-url"} empty too.`);
	const { protocol, hostname, username, password } = URL.parse(url) ?? {
		protocol: "",
		hostname: ""
	};
	if (protocol !== "https:" && !(protocol === "http:" && isLoopback(hostname))) throw new InputError(`Input webhook-url begins with "${protocol === "" ? "" : `${protocol}//${hostname}`}": it must be a URL that begins with https://.`);
	if (username || password) throw new InputError(`Input webhook-url, at ${hostname}, contains a user name or a password: remove them, because the signature authenticates the deliveries.`);
	return {
		url,
		secret
	};
}
function readOauth(headers) {
	const clientId = getInput("mcp-oauth-client-id");
	const clientSecret = readSecret("mcp-oauth-client-secret");
	const keyText = readPem("mcp-oauth-private-key");
	const issuer = readOptional("mcp-oauth-issuer");
	if (issuer !== void 0) checkIssuer("mcp-oauth-issuer", issuer);
	const details = [
		"mcp-oauth-resource",
		"mcp-oauth-scope",
		"mcp-oauth-audience",
		"mcp-oauth-key-id"
	];
	const [resource, scope, audience, keyId] = details.map((name) => readLine(name, "a value of OAuth", 2e3));
	if (clientId === "" && clientSecret === "" && keyText === void 0) {
		const unused = ["mcp-oauth-issuer", ...details].find((name) => readOptional(name) !== void 0);
		if (unused === void 0) return void 0;
		throw new InputError(`Input ${unused} is "${getInput(unused)}", and mcp-oauth-client-id is empty: it is only used with a client. Set mcp-oauth-client-id, or leave ${unused} empty.`);
	}
	if (clientSecret !== "" && keyText !== void 0) throw new InputError("Inputs mcp-oauth-client-secret and mcp-oauth-private-key are both set: a client has a secret or a key, so set only one of them.");
	if (clientId === "" || clientSecret === "" && keyText === void 0) throw new InputError(`Input ${clientId === "" ? "mcp-oauth-client-id" : "mcp-oauth-client-secret"} is empty: client credentials need an id, and a secret or mcp-oauth-private-key.`);
	if (Object.keys(headers).some((name) => name.toLowerCase() === "authorization")) throw new InputError("Input mcp-headers sets Authorization, and mcp-oauth-client-id obtains a token for the same header: set only one of them.");
	const privateKey = keyText === void 0 ? void 0 : {
		key: readAssertionKey(keyText),
		id: keyId
	};
	if (resource !== void 0 && resource !== "none" && !URL.canParse(resource)) throw new InputError(`Input mcp-oauth-resource is "${resource}": allowed are a URI and "none".`);
	return {
		clientId,
		clientSecret: clientSecret || void 0,
		privateKey,
		issuer,
		resource,
		scope,
		audience
	};
}
function readAssertionKey(pem) {
	const name = "mcp-oauth-private-key";
	const key = readKey(name, pem);
	if (algorithmOf(key) !== void 0) return key;
	throw new InputError(`Input ${name} is a key of the type ${key.asymmetricKeyType}: allowed are RSA, EC (P-256, P-384, P-521) and Ed25519.`);
}
function readKey(name, pem) {
	try {
		return readPrivateKey(pem);
	} catch (error) {
		throw new InputError(`Input ${name} is not a private key in PEM: ${messageOf(error)}.`);
	}
}
function readPem(name) {
	const value = readOptional(name);
	if (value === void 0) return void 0;
	if (value.includes("-----BEGIN")) {
		secrets.add(value);
		return value;
	}
	if (value.includes("\n") || value.length > 1e3) throw new InputError(`Input ${name} is neither PEM, which begins with "-----BEGIN", nor the path of a file with PEM.`);
	const text = readFileSync(resolveFile(name, value, process.cwd()), "utf8");
	if (!text.includes("-----BEGIN")) throw new InputError(`Input ${name} names "${value}", which holds no PEM.`);
	if (text.includes("PRIVATE KEY")) secrets.add(text);
	return text;
}
function readTls() {
	const [certName, keyName, caName] = [
		"mcp-client-cert",
		"mcp-client-key",
		"mcp-ca"
	];
	const [cert, key, ca] = [
		readPem(certName),
		readPem(keyName),
		readPem(caName)
	];
	if (cert === void 0 && key === void 0 && ca === void 0) return void 0;
	if (cert === void 0 !== (key === void 0)) {
		const [present, missing] = cert === void 0 ? [keyName, certName] : [certName, keyName];
		throw new InputError(`Input ${present} is set and ${missing} is not: a client certificate needs its key.`);
	}
	if (ca !== void 0) readCertificates(caName, ca);
	if (cert !== void 0 && key !== void 0) {
		const [leaf] = readCertificates(certName, cert);
		if (leaf && !leaf.checkPrivateKey(readKey(keyName, key))) throw new InputError(`Input ${keyName} is not the key of the first certificate in ${certName} (${leaf.subject.replaceAll("\n", ", ")}).`);
		if (leaf && Date.parse(leaf.validTo) < Date.now()) throw new InputError(`Input ${certName} expired on ${leaf.validTo} (${leaf.subject.replaceAll("\n", ", ")}).`);
	}
	return {
		cert,
		key,
		ca
	};
}
function readCertificates(name, pem) {
	const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
	if (blocks.length === 0) throw new InputError(`Input ${name} has no certificate: PEM with a line "-----BEGIN CERTIFICATE-----" is allowed.`);
	return blocks.map((block, index) => {
		try {
			return new crypto.X509Certificate(block);
		} catch (error) {
			throw new InputError(`Input ${name}: certificate ${index + 1} of ${blocks.length} cannot be read: ${messageOf(error)}.`);
		}
	});
}
function readAddress(name) {
	const value = readOptional(name);
	if (value === void 0) return void 0;
	const [, six, plain, port] = /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9._-]+)):(\d{1,5})$/.exec(value) ?? [];
	const host = six ?? plain;
	if (host !== void 0 && Number(port) > 0 && Number(port) < 65536) return {
		host,
		port: Number(port)
	};
	throw new InputError(`Input ${name} is "${value}": it must be a host and a port from 1 to 65535, such as 127.0.0.1:8443.`);
}
function readSigv4(name, endpoint) {
	const value = readOptional(name);
	if (value === void 0) return void 0;
	if (!isSigningValue(value)) throw new InputError(`Input ${name} is "${value}": allowed are "none", "auto", a service, and a service with its region, such as execute-api/eu-central-1.`);
	const url = endpoint === void 0 ? null : URL.parse(endpoint);
	if (url !== null) readSigningScope(value, url);
	return value;
}
function readHosts(name) {
	return getInput(name).split(/[\s,]+/).filter((each) => each !== "").map((each) => {
		const host = hostNames.find((known) => known === each);
		if (host !== void 0) return host;
		throw new InputError(`Input ${name} names "${each}": allowed are ${hostNames.map((known) => `"${known}"`).join(", ")}, separated by commas.`);
	});
}
async function loadMcpCalls(mcp) {
	const text = getInput("mcp-call");
	if (text.trim() === "") return mcp;
	const { parseToolCalls } = await import("./call-list.js");
	const calls = parseToolCalls(text, parseDuration);
	return validateMcpInputs({
		...mcp,
		calls
	});
}
function checkIssuer(name, value) {
	parseHttpUrl(name, value);
	const problem = issuerProblem(value);
	if (problem !== void 0) throw new InputError(`Input ${name} is "${value}": ${problem}.`);
}
function validateMcpInputs(mcp) {
	const { auth, oauth, headers, fromOutputs, require, tools, contract, expectVersion, transport, calls, sigv4 } = mcp;
	const isSigned = sigv4 !== void 0 && sigv4 !== "none";
	const ofToken = [
		oauth === void 0 ? "" : "mcp-oauth-client-id",
		hasAuthorization(headers) ? "mcp-headers" : "",
		isSigned ? "mcp-sigv4" : ""
	].find((name) => name !== "");
	if (fromOutputs.oauth !== void 0 && ofToken !== void 0) throw new InputError(`Input mcp-oauth-from-output is "${fromOutputs.oauth}", and ${ofToken} also sets Authorization: use one of them.`);
	if (isSigned && (oauth !== void 0 || hasAuthorization(headers))) throw new InputError(`Input mcp-sigv4 is "${sigv4}", and ${oauth === void 0 ? "mcp-headers" : "mcp-oauth-client-id"} sets Authorization, too: use one of them.`);
	const hasCredentials = fromOutputs.headers !== void 0 || fromOutputs.oauth !== void 0 || isSigned || oauth !== void 0 || hasAuthorization(headers);
	const needsCredentials = [
		tools.length > 0 ? "mcp-tools" : "",
		calls.length > 0 ? "mcp-call" : "",
		contract === void 0 ? "" : "mcp-contract",
		expectVersion === void 0 ? "" : "mcp-expect-version",
		require === "any" ? "" : "mcp-require"
	].find((name) => name !== "");
	if (auth === "required" && !hasCredentials && needsCredentials !== void 0) throw new InputError(`Input ${needsCredentials} needs an authenticated server, and mcp-auth is "required" without credentials: set mcp-oauth-client-id and mcp-oauth-client-secret, or an Authorization header in mcp-headers.`);
	if (transport === "sse" && (require === "modern" || require === "both")) throw new InputError(`Input mcp-require is "${require}": it cannot pass with mcp-transport "sse", which only legacy clients use.`);
	return mcp;
}
function readOutputName(name) {
	const value = readOptional(name);
	if (value === void 0 || /^[\p{ID_Start}_][\p{ID_Continue}-]{0,199}$/u.test(value)) return value;
	secrets.add(...secretParts(value));
	throw new InputError(`Input ${name} is not the name of an output: it must be only the name, such as mcp_headers, and not a value.`);
}
const maxContractBytes = 16777216;
function readContractFile(name, workspace) {
	const path = readOptional(name);
	if (path === void 0) return void 0;
	const file = resolve(workspace, path);
	const refuse = (reason) => {
		throw new InputError(`Input ${name} is "${path}": ${reason}.`);
	};
	if (!isInside(file, workspace)) refuse("it must lie inside the checked out repository");
	if (!existsSync(file)) return {
		path,
		tools: void 0
	};
	if (!isInside(realpathSync(file), realpathSync(workspace))) refuse("it points outside of the checked out repository");
	const { size } = statSync(file);
	if (!statSync(file).isFile() || size > maxContractBytes) refuse("it is not a file of at most 16 MiB");
	try {
		return {
			path,
			tools: readContract(readFileSync(file, "utf8"))
		};
	} catch (error) {
		return refuse(`it is not a tool contract, ${messageOf(error)}`);
	}
}
function isInside(path, directory) {
	const relativePath = relative(directory, path);
	return relativePath !== "" && !relativePath.startsWith("..") && !isAbsolute(relativePath);
}
function readOptional(name) {
	const value = getInput(name);
	return value === "" ? void 0 : value;
}
function resolveRenamedInput(name, oldName, renamedValues = {}) {
	const oldValue = readOptional(oldName);
	if (oldValue === void 0) return name;
	if (readOptional(name) !== void 0) throw new InputError(`Inputs ${name} and ${oldName} are both set, and ${oldName} is the deprecated name of ${name}: set only ${name}.`);
	const replacement = Object.hasOwn(renamedValues, oldValue) ? `${name}: ${renamedValues[oldValue]}` : name;
	log.warning(line`Input ${oldName} is deprecated, and the next release will not read it. Use ${replacement} instead.`);
	return oldName;
}
const renamedAuthValues = {
	open: "none",
	"auth-wall": "required"
};
function readAuth() {
	const name = resolveRenamedInput("mcp-auth", "mcp-expect", renamedAuthValues);
	if (name === "mcp-expect") return renamedAuthValues[readOneOf(name, ["open", "auth-wall"])];
	return readOptional(name) === void 0 ? "none" : readOneOf(name, ["none", "required"]);
}
function readFormerTimeouts() {
	const names = ["ecs", "ec2"].map((platform) => [platform, resolveRenamedInput("deploy-timeout", `${platform}-timeout`)]);
	return Object.fromEntries(names.flatMap(([platform = "", name = ""]) => name === "deploy-timeout" ? [] : [[platform, readPositiveDuration(name)]]));
}
function readOneOf(name, allowed) {
	const value = getInput(name);
	const choice = allowed.find((each) => each === value);
	if (choice === void 0) throw new InputError(`Input ${name} is "${value}": allowed are ${allowed.map((each) => `"${each}"`).join(", ")}.`);
	return choice;
}
const minKeyLength = 16;
function readApprovalKey(name) {
	const key = readSecret(name);
	if (key !== "" && key.length < minKeyLength) throw new InputError(`Input ${name} has ${key.length} characters: at least ${minKeyLength} are needed, so that nobody can guess it from a comment. Use a random one, such as the output of "openssl rand -base64 32".`);
	return key;
}
function readPlanApproval(name) {
	const value = getInput(name);
	if (!/^(reviewed|none|(sha256|scrypt:[0-9a-f]{16}):[0-9a-f]{64})$/.test(value)) throw new InputError(`Input ${name} is "${value}": allowed are "reviewed", "none" and the fingerprint of a plan, such as sha256: and 64 hexadecimal digits.`);
	return value;
}
function readIgnoredPath(line) {
	const path = parseIgnoredPath(line);
	if (path !== void 0) return path;
	throw new InputError(`Input plan-approval-ignore has the line "${line}", which is not TYPE.NAME:ATTRIBUTE.PATH: write the resource without keys, then the path of the attribute, such as aws_lb.this:tags.Updated, module.web.aws_lb.this:tags["app:sha"] or aws_instance.web:ebs_block_device[*].tags.`);
}
function readReviewedImages(input) {
	const variables = new Set();
	return readList(input).map((line) => {
		const refuse = (reason) => {
			throw new InputError(`Input ${input} has the line "${line}": ${reason}. Each line is "variable=reference" or "variable=reference context=path", such as image=123456789012.dkr.ecr.eu-west-1.amazonaws.com/weather:v1 context=server.`);
		};
		const [setting = "", ...options] = line.split(/\s+/);
		const [, variable = "", text = ""] = /^([^=]*)=(.*)$/s.exec(setting) ?? [];
		if (!variablePattern.test(variable)) return refuse("it does not begin with the name of a variable and \"=\"");
		if (variables.has(variable)) return refuse(`the variable ${variable} has an image already`);
		variables.add(variable);
		const reference = text === "" ? void 0 : parseReference(text);
		if (/^sha\d+:[\da-f]+$/.test(text)) return refuse(`"${text}" is a digest without the name of its image: write name@${text.slice(0, 7)}\u2026`);
		if (text !== "" && reference === void 0) return refuse(`"${text}" is not the reference of an image with a tag (name:tag) or a digest (name@sha256:\u2026)`);
		const [option, ...more] = options;
		if (option === void 0) return {
			variable,
			reference,
			context: void 0
		};
		const context = /^context=(.+)$/s.exec(option)?.[1];
		if (context === void 0 || more.length > 0) return refuse(`"${options.join(" ")}" is not context=path`);
		return {
			variable,
			reference,
			context: contextPath(context) ?? refuse(`the context "${context}" is not a path in this repository`)
		};
	});
}
function contextPath(path) {
	const parts = path.split("/").filter((part) => part !== "" && part !== ".");
	return path.startsWith("/") || parts.includes("..") || /[\\:\p{Cc}]/u.test(path) ? void 0 : parts.join("/") || ".";
}
function readPlanWorkflow(name) {
	const value = readOptional(name)?.replace(/^\.\//, "");
	if (value === void 0 || /^\.github\/workflows\/[^/\s]+\.ya?ml$/.test(value)) return value;
	throw new InputError(`Input ${name} is "${value}": it must be the path of a workflow file in this repository, such as .github/workflows/plan.yml.`);
}
const maxCommandUnits = 100;
function readApplyComment(name) {
	const value = readOptional(name);
	if (value === void 0 || /^\/[\w-][^\p{Cc}]*$/u.test(value) && value.length <= maxCommandUnits) return value;
	throw new InputError(`Input ${name} is "${value}": it must be one line of at most ${maxCommandUnits} characters that begins with a slash, such as /apply.`);
}
function readBoolean(name) {
	const value = getInput(name);
	if (/^(true|True|TRUE)$/.test(value)) return true;
	if (/^(false|False|FALSE)$/.test(value)) return false;
	throw new InputError(`Input ${name} is "${value}": allowed are "true" and "false".`);
}
function readWholeNumber(name, min) {
	const value = getInput(name);
	if (!/^(0|[1-9]\d{0,5})$/.test(value) || Number(value) < min) throw new InputError(`Input ${name} is "${value}": it must be a whole number from ${min}.`);
	return Number(value);
}
const defaultLabels = {
	"no-changes": {
		name: "plan: no changes",
		color: "c2e0c6"
	},
	add: {
		name: "plan: add",
		color: "0e8a16"
	},
	change: {
		name: "plan: change",
		color: "fbca04"
	},
	replace: {
		name: "plan: replace",
		color: "d93f0b"
	},
	destroy: {
		name: "plan: destroy",
		color: "b60205"
	}
};
const maxLabelLength = 50;
function readLabels(input) {
	const lines = readList(input);
	if (lines.length === 0) return void 0;
	if (lines.length === 1 && lines[0] === "default") return defaultLabels;
	const labels = {};
	const names = new Set();
	for (const text of lines) {
		const refuse = (reason) => {
			throw new InputError(`Input ${input} has the line "${text}": ${reason}. Each line is "kind: name" or "kind: name #rrggbb", with the kinds ${labelKinds.join(", ")}; or the input is "default".`);
		};
		const [, kindText = "", rest = ""] = /^([^:]*):(.*)$/s.exec(text) ?? [];
		const kind = labelKinds.find((each) => each === kindText.trim());
		if (kind === void 0) return refuse("it begins with no kind of plan");
		if (labels[kind] !== void 0) return refuse(`the kind ${kind} has a label already`);
		const [, nameText = "", color] = /^(.*?)(?:\s+#([0-9a-fA-F]{6}))?$/s.exec(rest.trim()) ?? [];
		const name = nameText.trim();
		if (name === "" || name.length > maxLabelLength || /[\p{Cc}\p{Cf}\p{Cs}]/u.test(name)) return refuse(`the name of a label has 1 to ${maxLabelLength} visible characters`);
		if (names.has(name.toLowerCase())) return refuse("two kinds have the same label");
		names.add(name.toLowerCase());
		labels[kind] = {
			name,
			color: color?.toLowerCase() ?? defaultLabels[kind].color
		};
	}
	return labels;
}
const maxVersionLength = 2048;
const maxEnvironmentLength = 255;
function readLine(name, what, maxLength) {
	const value = readOptional(name);
	if (value !== void 0 && (value.length > maxLength || /\p{Cc}/u.test(value))) throw new InputError(`Input ${name} is "${value}": ${what} is one line of at most ${maxLength} characters.`);
	return value;
}
function readExpiration(name, variable) {
	const input = readOptional(name);
	const value = input ?? (process.env[variable] || void 0);
	if (value === void 0) return void 0;
	const moment = /^"?(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d))"?$/i.exec(value.trim())?.[1];
	const ms = moment === void 0 ? NaN : Date.parse(moment);
	if (!Number.isNaN(ms)) return ms;
	throw new InputError(`${input === void 0 ? `The variable ${variable}` : `Input ${name}`} is "${value}": it must be a time in ISO 8601 with a time zone, such as 2026-11-22T20:41:07Z.`);
}
function readStacks(name, workspace) {
	const value = readOptional(name);
	return value === void 0 || /^[[{]/.test(value) ? value : readFileSync(resolveFile(name, value, workspace), "utf8");
}
function readDuration(name) {
	return parseDuration(name, getInput(name));
}
function readPositiveDuration(name) {
	const ms = readDuration(name);
	if (ms === 0) throw new InputError(`Input ${name} is "${getInput(name)}": it must be longer than 0s.`);
	return ms;
}
function readList(name) {
	return getInput(name).split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "");
}
function parseAcceptedRule(line) {
	const colon = line.indexOf(":");
	const rule = (colon === -1 ? line : line.slice(0, colon)).trim();
	const reason = colon === -1 ? "" : line.slice(colon + 1).trim();
	if (!isRuleName(rule)) throw new InputError(`Input accept-rules names "${rule}", which is not a plan rule: allowed are ${ruleNames.join(", ")}, each as "rule: reason".`);
	if (reason === "") throw new InputError(`Input accept-rules has the line "${line}" without a reason: each line is "rule: reason".`);
	return {
		rule,
		reason
	};
}
function readPlanChecks(input) {
	const checks = readList(input).map((line) => {
		const [, name = "", mark, command] = line.match(/^([^:?]+)(\?)?\s*:(.*)$/) ?? [];
		if (command === void 0 || command.trim() === "" || name.trim() === "" || name.length > 100) throw new InputError(`Input ${input} has the line "${line}": each line is "name: command", or "name?: command" for a check that only warns. A name has at most 100 characters.`);
		return {
			name: name.trim(),
			command: command.trim(),
			isRequired: mark === void 0
		};
	});
	const twice = checks.find(({ name }, index) => checks.findIndex((each) => each.name === name) !== index);
	if (twice !== void 0) throw new InputError(`Input ${input} has two checks with the name "${twice.name}": give each one its own name.`);
	return checks;
}
function readSecret(name) {
	const value = getInput(name);
	secrets.add(value, ...urlSecrets(value));
	return value;
}
function readHeaders(name) {
	const headers = Object.create(null);
	for (const [index, text] of getInput(name).split(/\r?\n/).entries()) {
		const line = text.trim();
		if (line === "") continue;
		const colon = line.indexOf(":");
		const header = line.slice(0, colon).trim();
		const value = line.slice(colon + 1).trim();
		if (colon < 1 || !isHeaderName(header) || value === "") throw new InputError(`Input ${name} has a line that is not a header (line ${index + 1}): each line is "Name: value".`);
		const problem = headerProblem(header, value);
		if (problem !== void 0) throw new InputError(`Input ${name} ${problem}.`);
		secrets.add(...headerSecrets(header, value));
		headers[header] = value;
	}
	return headers;
}
function checkEndpoint(name, value) {
	const { username, password } = parseHttpUrl(name, value);
	if (username === "" && password === "") return;
	throw new InputError(`Input ${name} is "${publicUrl(value)}" with a user name or a password, which no MCP client sends: remove them, and set the credentials in mcp-headers.`);
}
function parseHttpUrl(name, value) {
	secrets.add(...urlSecrets(value));
	const url = URL.canParse(value) ? new URL(value) : void 0;
	if (url === void 0 || url.protocol !== "https:" && url.protocol !== "http:") throw new InputError(`Input ${name} is "${value}": it must be a URL that begins with https:// or http://.`);
	return url;
}
function readWorkspace(name) {
	const value = readOptional(name);
	if (value !== void 0 && !workspaceNamePattern.test(value)) throw new InputError(`Input ${name} is "${value}": a workspace name consists of letters, digits and any of $&+:=@._~- (at most 90 characters), and is not "." or "..".`);
	return value;
}
const namePattern = String.raw`[\p{ID_Start}_][\p{ID_Continue}-]*`;
const variablePattern = new RegExp(`^${namePattern}$`, "u");
const indexPattern = String.raw`(?:\[(?:\d+|"(?:[^"\\\n$%]|\\.|\$\$\{|%%\{|[$%](?!\{))*")\])?`;
const modulesPattern = `(?:module\\.${namePattern}${indexPattern}\\.)*`;
const instancePattern = `${namePattern}\\.${namePattern}${indexPattern}`;
const addressPatterns = {
	target: new RegExp(`^${modulesPattern}(?:module\\.${namePattern}${indexPattern}|(?:data\\.)?${instancePattern})$`, "u"),
	replace: new RegExp(`^${modulesPattern}(?!data\\.|module\\.)${instancePattern}$`, "u")
};
function checkAddress(input, address) {
	if (addressPatterns[input].test(address)) return address;
	throw new InputError(`Input ${input} has the line "${address}", which is not the address of ${input === "target" ? "a resource, a data source or a module" : "a resource instance"}. Write addresses as the plan shows them, one per line and without additional quotes: aws_instance.web[0], module.server["a"].aws_instance.web.`);
}
function readDirectory(name, workspace) {
	const value = getInput(name) || ".";
	const directory = resolve(workspace, value);
	const relativePath = relative(workspace, directory);
	if (relativePath.startsWith("..") || isAbsolute(relativePath)) throw new InputError(`Input ${name} is "${value}": it must lie inside the checked out repository.`);
	if (!existsSync(directory) || !statSync(directory).isDirectory()) throw new InputError(`Input ${name} is "${value}": there is no such directory. Does actions/checkout run before this step?`);
	if (relative(realpathSync(workspace), realpathSync(directory)).startsWith("..")) throw new InputError(`Input ${name} is "${value}": it points outside of the checked out repository.`);
	return directory;
}
function resolveFile(name, file, directory) {
	const path = resolve(directory, file);
	const reason = unreadableReason(path, directory);
	if (reason !== void 0) throw new InputError(`Input ${name} names "${file}": ${reason}.`);
	return path;
}
function resolveBackendSetting(line, directory) {
	if (isSetting(line)) return line;
	const path = resolve(directory, line);
	const reason = unreadableReason(path, directory);
	if (reason !== void 0) throw new InputError(`Input backend-config has the line "${line}": it must be key=value or a file in ${directory}, and ${reason}.`);
	if (path.includes("=")) throw new InputError(`Input backend-config names "${line}": Terraform would read its path, ${path}, as key=value. Use a path without "=".`);
	return path;
}
function unreadableReason(path, directory) {
	if (!existsSync(path)) return `there is no such file in ${directory}`;
	if (!statSync(path).isFile()) return "it is not a file but a directory or a device";
	try {
		accessSync(path, constants.R_OK);
	} catch {
		return "this runner may not read it";
	}
	const head = Buffer.alloc(2);
	const file = openSync(path, "r");
	readSync(file, head);
	closeSync(file);
	return /^(fffe|feff)$/.test(head.toString("hex")) ? "it is in UTF-16, and Terraform reads UTF-8" : void 0;
}
// src/terraform/after-stop.ts
function secretsFileOf({ log }) {
	return join(dirname(log), "secrets.json");
}
function describeDetachedCommand(detached) {
	const { running, isStillRunning, diagnostics, lock } = detached;
	const what = `${running.tool} ${running.command}`;
	const lockText = lockSentence(detached);
	if (running.remoteRun !== void 0) return isStillRunning || lock !== void 0 ? {
		level: "warning",
		text: `The run in HCP Terraform goes on without this job: ${running.remoteRun}. Run the job again when it has ended.`
	} : {
		level: "info",
		text: `${what} has ended. Its run in HCP Terraform: ${running.remoteRun}. Run the job again to continue.`
	};
	if (isStillRunning) return {
		level: "warning",
		text: `${what} (process ${running.pid}) is still running and is killed when the job ends. ${lockText}`.trim()
	};
	if (diagnostics.includes("errored.tfstate")) return {
		level: "error",
		text: `${what} has ended, but it could not save the state. Its changes are only in errored.tfstate in ${running.directory}, and lost if the directory is lost with the job. \`${running.tool} state push errored.tfstate\` ` + `saves it. Otherwise import the created resources, or destroy them manually. ${lockText}`.trimEnd()
	};
	if (diagnostics.includes("Error releasing the state lock") || lock !== void 0) return {
		level: "warning",
		text: `${what} has ended${diagnostics.includes("Error releasing the state lock") ? " and saved its state" : ""}. ${lockText}`.trim()
	};
	return {
		level: "info",
		text: `${what} has ended, saved its state and released the lock. Run the job again to continue.`
	};
}
function lockSentence({ running, lock, who, now, isStillRunning }) {
	if (lock === void 0) return "";
	if (typeof lock === "string") return `Whether the state is still locked is unknown (${firstLine(lock)}). If it is, the next run fails and names the lock.`;
	const unlock = `\`${running.tool} force-unlock ${lock.id}\` in ${running.directory}`;
	const sentence = `The state lock ${lock.id} is held by ${lock.who} since ${lock.created}`;
	if (!((lock.who === who || lock.who.endsWith(`\\${who}`)) && isBetween(lock.created, running.started, now))) return `${sentence}, which is another run's. If no run uses the state any more, ${unlock} releases it.`;
	return isStillRunning ? `${sentence}, and stays when the command is killed: ${unlock} releases it then. The next plan shows the changes that were not saved.` : `${sentence}, which is this run's: it was killed before it released the lock, and its last changes may be missing in the state. When no run uses the state any more, ${unlock} releases it.`;
}
function isBetween(created, from, to) {
	const at = Date.parse(created.replace(/^(\S+) (\d\d:\d\d:\d\d)(\.\d{1,3})?\d* \+0000 UTC$/, "$1T$2$3Z"));
	return at >= Date.parse(from) - 1e3 && at <= Date.parse(to) + 1e3;
}
function firstLine(text) {
	return text.trim().split("\n", 1)[0] ?? "";
}
// src/words.ts
function count(n, thing) {
	return n === 1 ? line`${n} ${Line.word(thing)}` : line`${n} ${Line.word(thing)}s`;
}
function seconds(ms) {
	return Line.word(seconds$1(ms));
}
function day(date) {
	return isoPart(date, 0, 10);
}
function timeOfDay(date) {
	return isoPart(date, 11, 19);
}
function minute(ms) {
	return line`${day(ms)} ${isoPart(ms, 11, 16)} UTC`;
}
function isoPart(date, from, to) {
	const moment = new Date(date);
	if (Number.isNaN(moment.getTime())) return line`${String(date)}`;
	return Line.word(moment.toISOString().slice(from, to));
}
function wordOf(list, text) {
	return list.includes(text) ? Line.word(text) : line`${text}`;
}
function short(text, maxUnits) {
	return line`${text}`.shorten(maxUnits);
}
function failureCode(text) {
	return /^[A-Z][A-Z\d]*(?:_[A-Z\d]+)*$/.test(text) ? Line.word(text) : line`${text}`;
}
// src/outputs.ts
const reportFiles = {
	report: "report.json",
	plan: "plan.txt",
	junit: "gate-junit.xml",
	contract: "mcp-contract.json",
	page: "gate.html"
};
async function writeReport(report, directory, recording) {
	const { driftAddresses } = await import("./checks.js");
	const { registrationOf, reportJson } = await import("./report2.js");
	const { serialize } = await import("./serialize2.js");
	const reportSchema = await loadReportSchema();
	const { plan, approval, gate, taint, certificate, issue, githubDeployment, destroy } = report;
	const writer = new OutputWriter(directory);
	const json = serialize(reportSchema, reportJson(report));
	const warnings = [...report.warnings.map(secrets.redact), ...omissionWarnings(json.omittedAddresses)];
	const { value } = json;
	writer.file("gate-report", reportFiles.report, jsonText({
		...value,
		warnings
	}));
	if (plan !== void 0) {
		setOutput("has-changes", plan.hasChanges);
		setOutput("plan-summary", JSON.stringify(plan.counts));
		writer.file("plan-file", reportFiles.plan, secrets.redact(plan.text));
	}
	setOutput("plan-fingerprint", approval?.fingerprint ?? "");
	setOutput("applied", report.apply === "done");
	setOutput("terraform-outputs", JSON.stringify(writer.omitSecretOutputs(report.deployment?.outputs ?? {})));
	setOutput("mcp-endpoint", writer.omitIfSecret("mcp-endpoint", gate?.endpoint ?? report.deployment?.endpoint ?? ""));
	setOutput("gate", gate === void 0 ? "skipped" : gate.passed ? "passed" : "failed");
	if (gate !== void 0) await writeGate(gate, writer);
	setOutput("tainted", JSON.stringify(writer.omitSecretTexts("tainted", taint?.tainted ?? [])));
	setOutput("monitor-id", writer.omitIfSecret("monitor-id", registrationOf(report)?.id ?? ""));
	setOutput("certificate-days-left", certificate?.daysLeft ?? "");
	const { drift } = report;
	setOutput("drift", drift === void 0 ? "" : JSON.stringify(writer.omitSecretTexts("drift", driftAddresses(drift))));
	setOutput("issue-url", issue?.url ?? "");
	setOutput("deployment-id", githubDeployment?.id ?? "");
	setOutput("destroyed", destroy === void 0 ? "" : destroy.outcome === "done" || destroy.outcome === "nothing");
	const { rollback } = report;
	setOutput("rolled-back-to", rollback?.restored === true ? writer.omitIfSecret("rolled-back-to", rollback.to) : "");
	for (const text of [
		...gate?.warnings ?? [],
		...warnings,
		...writer.warnings
	]) log.warning(line`${text}`);
	for (const { warning, notices } of report.monitors ?? []) {
		if (warning !== void 0) log.warning(line`${warning}`);
		for (const text of notices) log.notice(line`${text}`);
	}
	if (gate === void 0) return;
	const { renderGatePage } = await import("./gate-page.js");
	const page = renderGatePage(gate, {
		recording,
		docsUrl: report.docsUrl
	});
	writer.file("gate-page", reportFiles.page, String(page));
}
async function loadReportSchema() {
	return (await import("./report.schema.js")).default;
}
async function writeGate(gate, writer) {
	const { contractText, renderJUnit } = await import("./gate2.js");
	const { serialize } = await import("./serialize2.js");
	const reportSchema = await loadReportSchema();
	const eras = Object.fromEntries(Object.entries(gate.eras).map(([era, { verdict }]) => [era, verdict]));
	setOutput("mcp-eras", JSON.stringify(eras));
	setOutput("mcp-tools", JSON.stringify(gate.tools.map(secrets.redact)));
	const { value } = serialize(reportSchema, {
		...gate,
		endpoint: publicUrl(gate.endpoint)
	}, reportSchema.$defs.gate);
	writer.file("gate-junit", reportFiles.junit, renderJUnit(value));
	if (gate.contract === void 0) return;
	setOutput("mcp-contract-hash", gate.contract.hash);
	const { hash, tools } = gate.contract;
	const text = contractText({
		hash,
		tools: redactAll(tools, secrets.redact)
	});
	writer.file("mcp-contract-file", reportFiles.contract, text);
}
function omissionWarnings(addresses) {
	if (addresses === 0) return [];
	return [`The report omits ${count$1(addresses, "resource")} whose address holds a secret.`];
}
function jsonText(value) {
	return `${JSON.stringify(value, null, 2)}\n`;
}
var OutputWriter = class {
	warnings = [];
	#directory;
	constructor(directory) {
		this.#directory = directory;
	}
	file(output, name, text) {
		const path = join(this.#directory, name);
		writeFileSync(path, text);
		setOutput(output, path);
	}
	omitIfSecret(output, text) {
		if (secrets.redact(text) === text) return text;
		this.warnings.push(`The output ${output} is omitted because it holds a secret.`);
		return "";
	}
	omitSecretTexts(output, texts) {
		const open = texts.filter((text) => secrets.redact(text) === text);
		const hidden = texts.length - open.length;
		if (hidden > 0) this.warnings.push(`The output ${output} omits ${count$1(hidden, "resource")} whose address holds a secret.`);
		return open;
	}
	omitSecretOutputs(outputs) {
		const open = Object.entries(outputs).filter(([name, value]) => {
			if (isFreeOfSecrets(value)) return true;
			this.warnings.push(`The output terraform-outputs omits ${name}, which holds a secret.`);
			return false;
		});
		return Object.fromEntries(open);
	}
};
function isFreeOfSecrets(value) {
	if (typeof value === "string" || typeof value === "number") return secrets.redact(String(value)) === String(value);
	if (typeof value !== "object" || value === null) return true;
	return Object.entries(value).every(([key, inner]) => isFreeOfSecrets(key) && isFreeOfSecrets(inner));
}
async function writeSummary(report) {
	const { renderSummary } = await import("./summary3.js");
	addToSummary(renderSummary(report));
}
function addToSummary(markdown) {
	const file = process.env.GITHUB_STEP_SUMMARY ?? "";
	if (file === "") throw new ServiceError("GITHUB_STEP_SUMMARY is not set, so the job summary cannot be written: this runner has none.");
	if (!existsSync(file)) throw new ServiceError(`Unable to access summary file ${file}: it is not there.`);
	appendFileSync(file, String(markdown));
}
function failRun(sentence) {
	setFailed([sentence].flat().map(String).join("\n"));
}
function saveRunning(running) {
	if (running !== void 0) writeFileSync(secretsFileOf(running), JSON.stringify(secrets.values), { mode: 384 });
	saveState("running", running ?? "");
}
function writeCommand(command) {
	const file = process.env.GITHUB_OUTPUT ?? "";
	if (file !== "" && existsSync(file)) appendFileSync(file, `command=${command}\n`);
	else setOutput("command", command);
}
function writeCommentUrl(url) {
	setOutput("comment-url", url);
}
async function writeDiscovery(discovery, { stacks, batches, count }, directory) {
	const file = join(directory, "stacks.json");
	writeFileSync(file, `${batches}\n`);
	setOutput("stacks", stacks);
	setOutput("batches", batches);
	setOutput("stack-count", count);
	setOutput("stacks-file", file);
	const { renderDiscovery } = await import("./joined.js");
	addToSummary(renderDiscovery(discovery));
}
async function writeJoined(joined, runs) {
	setOutput("stack-count", joined.rows.length);
	setOutput("failed-stacks", JSON.stringify(joined.failed));
	const { renderJoined } = await import("./joined.js");
	addToSummary(renderJoined(joined, runs));
}
function writeOutcome(failure) {
	const { phase = "", code = "" } = failure ?? {};
	setOutput("failure-phase", phase);
	setOutput("failure-code", code);
	setOutput("failed-phase", phase);
	setOutput("gate-code", isThrownCode(code) ? "" : code);
}
const maxAnnotationUnits = 4e3;
async function writeAnnotations(report) {
	const { outcomeOf } = await import("./outcome2.js");
	const { annotationsOf } = await import("./problems.js");
	const { annotations, errors } = annotationsOf(report);
	for (const { level, message, at } of annotations) log[level](annotationText(message), at);
	const { headline, exitCode } = outcomeOf(report);
	if (exitCode === 0) return;
	process.exitCode = exitCode;
	const [first, ...more] = report.failures;
	const annotated = annotations.filter(({ level }) => level === "error").length;
	if (first === void 0) {
		log.error(line`${Line.word(headline)}: RUN_INCOMPLETE: ${Line.word(thrownCodes.RUN_INCOMPLETE.meaning)}.`);
		return;
	}
	if (annotated === 0) {
		for (const failure of report.failures) log.error(failureText(failure, failure.sentence));
		log.error(line`${Line.word(headline)}.`);
		return;
	}
	for (const failure of more) log.error(failureText(failure, failure.sentence));
	const [sentence = ""] = first.sentence.split("\n");
	const others = errors > annotated ? ` The first ${annotated} of ${errors} errors are annotated, all of them are in the log.` : "";
	log.error(failureText(first, `${sentence}${others}`, line`${Line.word(headline)}: `));
}
function failureText({ code, fix }, sentence, before = line``) {
	const [first = line``, ...rest] = annotationText(sentence, 2900);
	const [advice = line``, ...more] = annotationText(fix, 1e3);
	const toDo = fix === "" ? [] : [line`What to do: ${advice}`, ...more];
	return [
		line`${before}${failureCode(code)}: ${first}`,
		...rest,
		...toDo
	];
}
function annotationText(text, limit = maxAnnotationUnits) {
	return shorten(secrets.redact(text), limit).split("\n").map((each) => line`${each}`);
}
// src/terraform/drift.ts
const maxListed = 5;
function driftMode(drift, endpoint) {
	if (drift !== "auto") return drift;
	return endpoint === void 0 ? "report" : "ignore";
}
function driftOf({ mode, hasChanges, changes, drift, outputs, filledIn = [] }) {
	const plan = mode === "refresh-only" ? mode : "normal";
	const more = filledIn.length === 0 ? {} : { filledIn };
	if (!hasChanges) return {
		plan,
		changes: [],
		outputs: [],
		...more
	};
	return {
		...more,
		plan,
		changes: (plan === "refresh-only" ? drift : changes).map(({ address, kind, lines }) => ({
			address,
			kind,
			lines
		})),
		outputs: outputs.map(({ name }) => name)
	};
}
function driftSentence({ plan, changes, outputs }, commit) {
	const all = [...changes.map(({ address, kind }) => `${address} (${driftWord(plan, kind)})`), ...outputs.map((name) => `output.${name}`)];
	if (all.length === 0) return void 0;
	const more = all.length > maxListed ? ` and ${all.length - maxListed} more` : "";
	const addresses = `${all.slice(0, maxListed).join(", ")}${more}`;
	const isOne = all.length === 1;
	if (plan === "refresh-only") return `${isOne ? "One object has" : `${all.length} objects have`} changed since the last apply: ${addresses}.`;
	return `${isOne ? "One object differs" : `${all.length} objects differ`} from the configuration at ${commit.slice(0, 7)}; an apply would change ${addresses}.`;
}
function driftFailure(drift, commit, mode) {
	const sentence = driftSentence(drift, commit);
	if (mode === "report" || sentence === void 0) return void 0;
	return {
		code: "DRIFT",
		sentence,
		fix: drift.plan === "refresh-only" ? "Read the old and the new values in the summary of this run. Add the change to the configuration, or apply to revert it. For attributes in ignore_changes, an apply only updates the state." : "Read the plan in the summary of this run. If a resource was changed outside of Terraform, add the change to the configuration, or apply to revert it. If the commit was never applied, run the apply of the last merge again.",
		remedy: "config"
	};
}
function driftWord(plan, kind) {
	if (plan === "normal") return kind;
	return kind === "delete" ? "gone" : "changed";
}
export { at, byDigest, canonical$1 as canonical, compareContracts, contractOf, count, createClientAssertion, day, decideTrigger, describeDetachedCommand, dockerHub, driftFailure, driftMode, driftOf, driftWord, ecrRegistry, failRun, failureCode, hasAuthorization, headerProblem, ignoredPathsOf, inWordsOf, isDigest, isFork, isLoopback, isRuleName, isSetting, issuerProblem, keySetting, listManagedResources, loadMcpCalls, loadReportSchema, markIgnored, mergeBackendConfig, minute, namingSettings, openSigner, parseHcl, parseReference, plainString, readCheckout, readInputs, readMcpInputs, readRun, readSettings, readSigningScope, reportFiles, repositoryRoot, ruleNames, saveRunning, seconds, secretsFileOf, shape, shippedModuleNames, shippedModules, short, stateName, timeOfDay, tokenSubject, toolTitles, withoutInstanceKeys, wordOf, workspaceNamePattern, writeAnnotations, writeCommand, writeCommentUrl, writeDiscovery, writeJoined, writeOutcome, writeReport, writeSummary };
