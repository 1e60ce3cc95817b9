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
const os = process.getBuiltinModule("os");
const crypto$1 = { get randomUUID() {
	return process.getBuiltinModule("crypto").randomUUID;
} };
const fs = process.getBuiltinModule("fs");
const gunzipSync = (...values) => process.getBuiltinModule("node:zlib").gunzipSync(...values);
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
	const path = /^gitdir: (.+)$/m.exec(textOf$1(file))?.[1]?.trim();
	return path === void 0 ? void 0 : resolve(dirname(file), path);
}
function isOfSubmodule(directory) {
	return /[\\/]\.git[\\/]modules[\\/]/.test(directory) && !/[\\/]worktrees[\\/][^\\/]+$/.test(directory);
}
function commonDirectory(directory) {
	const path = textOf$1(join(directory, "commondir")).trim();
	return path === "" ? directory : resolve(directory, path);
}
function checkoutOf(git, head = git) {
	const commit = commitOf(git, textOf$1(join(head, "HEAD")).trim());
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
	if (!relative(git, file).startsWith("..") && existsSync(file)) return textOf$1(file).trim();
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
			return [relative(git, file).replaceAll("\\", "/"), textOf$1(file).trim()];
		});
	});
}
function packedRefs(git) {
	const refs = [];
	for (const line of textOf$1(join(git, "packed-refs")).split("\n")) {
		const [, commit = "", name] = /^([0-9a-f]{40,64}) (refs\/\S+)$/.exec(line) ?? [];
		const peeled = /^\^([0-9a-f]{40,64})$/.exec(line)?.[1];
		const last = refs.at(-1);
		if (name !== void 0) refs.push([name, commit]);
		else if (peeled !== void 0 && last !== void 0) last[1] = peeled;
	}
	return refs;
}
function hasOtherRemote(git) {
	return /^\s*\[remote "(?!origin"\])/m.test(textOf$1(join(git, "config")));
}
function originOf(git) {
	const section = /^\[remote "origin"\]$([^[]*)/m.exec(textOf$1(join(git, "config")))?.[1];
	return /^\s*url\s*=\s*(\S+)\s*$/m.exec(section ?? "")?.[1];
}
function textOf$1(file) {
	return existsSync(file) ? readFileSync(file, "utf8") : "";
}
// src/errors.ts
const afterTerraform = "Fix what Terraform reports and run the job again.";
const thrownCodes = {
	INPUT_INVALID: {
		meaning: "the action cannot use an input, the event or the root module",
		fix: "Correct what the message names. Nothing was changed, unless the output `applied` is true."
	},
	CODE_UNKNOWN: {
		meaning: "the action does not know where the checked-out code comes from, so it did not run it",
		fix: "Check out a branch, a tag or the pull request of the event with actions/checkout, with git on the runner."
	},
	CODE_UNTRUSTED: {
		meaning: "code of a fork or of Dependabot would get the credentials of the repository, so the action did not run it",
		fix: "Use the event `pull_request`, whose jobs get no credentials for such code, and leave `command` at `auto`."
	},
	REMOTE_EXECUTION: {
		meaning: "the workspace plans and applies in HCP Terraform, and its settings or the version of Terraform do not allow a reviewed plan",
		fix: "Change what the message names, or set the execution mode of the workspace to Local. Nothing was changed."
	},
	REMOTE_AUTO_APPLY: {
		meaning: "the workspace in HCP Terraform applies plans that nobody has confirmed",
		fix: "Switch off both kinds of auto-apply in the general settings of the workspace. If the message names a run, open it: it may have changed something."
	},
	REMOTE_VCS: {
		meaning: "the workspace in HCP Terraform is connected to a repository, so it takes no saved plan",
		fix: "Disconnect the repository from the workspace, or set its execution mode to Local. Nothing was changed."
	},
	STATE_LOCAL: {
		meaning: "the state is local, so it would be lost with the job; nothing was changed",
		fix: "Add a backend block to the root module, or set the input backend-config. On a self-hosted runner that keeps the directory, set allow-local-state to true."
	},
	STATE_SHARED: {
		meaning: "two jobs or steps of the workflow deploy different stacks with the same state; nothing was changed",
		fix: "Give each stack its own state: another key in backend-config, or another workspace."
	},
	COMMENT_SHARED: {
		meaning: "two jobs of one run would write the same comment for two different states",
		fix: "Give each job of the matrix its own stack-name. The output `applied` shows whether this job has applied its plan."
	},
	STATE_LOCKED: {
		meaning: "another run, or somebody on a machine, holds the lock of the state",
		fix: "Wait for that run and run the job again, or raise lock-timeout. If nothing uses the state any more, run the `force-unlock` command of the message."
	},
	TERRAFORM_INIT_FAILED: {
		meaning: "`terraform init` failed; nothing was changed",
		fix: afterTerraform
	},
	TERRAFORM_WORKSPACE_FAILED: {
		meaning: "`terraform workspace select` failed; no resource was changed",
		fix: afterTerraform
	},
	TERRAFORM_FMT_FAILED: {
		meaning: "`terraform fmt` could not read a file; nothing was changed",
		fix: afterTerraform
	},
	TERRAFORM_VALIDATE_FAILED: {
		meaning: "`terraform validate` could not run; nothing was changed",
		fix: afterTerraform
	},
	TERRAFORM_PLAN_FAILED: {
		meaning: "`terraform plan` failed; nothing was changed",
		fix: afterTerraform
	},
	TERRAFORM_SHOW_FAILED: {
		meaning: "`terraform show` could not read the plan or the state",
		fix: "Fix what Terraform reports and run the job again. The output `applied` shows whether the plan was applied before that."
	},
	TERRAFORM_APPLY_FAILED: {
		meaning: "`terraform apply` failed; what was applied by then is in the state",
		fix: "Fix what Terraform reports and run the job again. What was applied by then may be running and is not verified; nothing was tainted or rolled back."
	},
	TERRAFORM_TAINT_FAILED: {
		meaning: "`terraform taint` failed, which is a warning: the next apply does not replace the version that failed",
		fix: "Fix what Terraform reports, then taint the resource manually with the command of the message."
	},
	TERRAFORM_FAILED: {
		meaning: "another Terraform command failed, which the message names",
		fix: "Fix what Terraform reports and run the job again. The output `applied` shows whether the plan was applied before that."
	},
	GITHUB_FAILED: {
		meaning: "GitHub did not accept a request, or did not answer",
		fix: "Give the job the permission that the message names, or run the job again later. The output `applied` shows whether the plan was applied before that."
	},
	SERVICE_FAILED: {
		meaning: "an outside system, such as AWS or a download, could not be used",
		fix: "Check that the runner can reach the system that the message names, and run the job again. The output `applied` shows whether the plan was applied before that."
	},
	CANCELLED: {
		meaning: "the job was cancelled; a Terraform that ran was interrupted once, so that it saves its state",
		fix: "Run the job again. The action finds what is already done and does only what is missing."
	},
	STACKS_FAILED: {
		meaning: "at least one stack of the matrix failed or left no report (`command: summary`)",
		fix: "Read the summary of the job, which has the failure of each stack."
	},
	RUN_INCOMPLETE: {
		meaning: "the run ended before everything was checked, and no failure was recorded",
		fix: "Run the job again. If it happens again, report it as a bug of the action."
	},
	INTERNAL_ERROR: {
		meaning: "the action had an error that it does not expect",
		fix: "Run the job again: it finds what is already applied. If it happens again, report it as a bug of the action."
	}
};
function isThrownCode(code) {
	return Object.hasOwn(thrownCodes, code);
}
var InputError = class extends Error {
	name = "InputError";
	code;
	constructor(message, code = "INPUT_INVALID") {
		super(message);
		this.code = code;
	}
};
var TerraformError = class extends Error {
	name = "TerraformError";
	headline;
	command;
	exitCode;
	diagnostics;
	tool;
	constructor(command, exitCode, diagnostics, tool) {
		const headline = `${tool} ${command} failed${exitCode === null ? "" : ` with exit code ${exitCode}`}`;
		super(`${headline}.\n${diagnostics}`.trim());
		this.headline = headline;
		this.command = command;
		this.exitCode = exitCode;
		this.diagnostics = diagnostics;
		this.tool = tool;
	}
	get code() {
		if (this.diagnostics.includes("Error acquiring the state lock")) return "STATE_LOCKED";
		const code = `TERRAFORM_${this.command.split(" ")[0]?.toUpperCase()}_FAILED`;
		return isThrownCode(code) ? code : "TERRAFORM_FAILED";
	}
};
var ServiceError = class extends Error {
	name = "ServiceError";
	code = "SERVICE_FAILED";
};
var GitHubError = class extends ServiceError {
	name = "GitHubError";
	code = "GITHUB_FAILED";
};
var CancelledError = class extends Error {
	name = "CancelledError";
	code = "CANCELLED";
};
function codeOf(thrown) {
	return [
		InputError,
		TerraformError,
		ServiceError,
		CancelledError
	].some((each) => thrown instanceof each) ? thrown.code : "INTERNAL_ERROR";
}
function messageOf(thrown) {
	if (thrown instanceof AggregateError && thrown.errors.length > 0 && thrown.message === "") return thrown.errors.map(messageOf).join("; ");
	return thrown instanceof Error ? thrown.message || thrown.name : String(thrown);
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
// node_modules/@actions/core/lib/utils.js
function toCommandValue(input) {
	if (input === null || input === void 0) return "";
	else if (typeof input === "string" || input instanceof String) return input;
	return JSON.stringify(input);
}
function toCommandProperties(annotationProperties) {
	if (!Object.keys(annotationProperties).length) return {};
	return {
		title: annotationProperties.title,
		file: annotationProperties.file,
		line: annotationProperties.startLine,
		endLine: annotationProperties.endLine,
		col: annotationProperties.startColumn,
		endColumn: annotationProperties.endColumn
	};
}
// node_modules/@actions/core/lib/command.js
function issueCommand(command, properties, message) {
	const cmd = new Command(command, properties, message);
	process.stdout.write(cmd.toString() + os.EOL);
}
function issue(name, message = "") {
	issueCommand(name, {}, message);
}
const CMD_STRING = "::";
var Command = class {
	constructor(command, properties, message) {
		if (!command) command = "missing.command";
		this.command = command;
		this.properties = properties;
		this.message = message;
	}
	toString() {
		let cmdStr = CMD_STRING + this.command;
		if (this.properties && Object.keys(this.properties).length > 0) {
			cmdStr += " ";
			let first = true;
			for (const key in this.properties) if (this.properties.hasOwnProperty(key)) {
				const val = this.properties[key];
				if (val) {
					if (first) first = false;
					else cmdStr += ",";
					cmdStr += `${key}=${escapeProperty(val)}`;
				}
			}
		}
		cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
		return cmdStr;
	}
};
function escapeData(s) {
	return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}
function escapeProperty(s) {
	return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A").replace(/:/g, "%3A").replace(/,/g, "%2C");
}
// node_modules/@actions/core/lib/file-command.js
function issueFileCommand(command, message) {
	const filePath = process.env[`GITHUB_${command}`];
	if (!filePath) throw new Error(`Unable to find environment variable for file command ${command}`);
	if (!fs.existsSync(filePath)) throw new Error(`Missing file at path: ${filePath}`);
	fs.appendFileSync(filePath, `${toCommandValue(message)}${os.EOL}`, { encoding: "utf8" });
}
function prepareKeyValueMessage(key, value) {
	const delimiter = `ghadelimiter_${crypto$1.randomUUID()}`;
	const convertedValue = toCommandValue(value);
	if (key.includes(delimiter)) throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
	if (convertedValue.includes(delimiter)) throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
	return `${key}<<${delimiter}${os.EOL}${convertedValue}${os.EOL}${delimiter}`;
}
var ExitCode;
(function(ExitCode) {
	ExitCode[ExitCode["Success"] = 0] = "Success";
	ExitCode[ExitCode["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
function setSecret(secret) {
	issueCommand("add-mask", {}, secret);
}
function getInput(name, options) {
	const val = process.env[`INPUT_${name.replace(/ /g, "_").toUpperCase()}`] || "";
	if (options && options.required && !val) throw new Error(`Input required and not supplied: ${name}`);
	if (options && options.trimWhitespace === false) return val;
	return val.trim();
}
function setOutput(name, value) {
	if (process.env["GITHUB_OUTPUT"] || "") return issueFileCommand("OUTPUT", prepareKeyValueMessage(name, value));
	process.stdout.write(os.EOL);
	issueCommand("set-output", { name }, toCommandValue(value));
}
function setFailed(message) {
	process.exitCode = ExitCode.Failure;
	error(message);
}
function debug(message) {
	issueCommand("debug", {}, message);
}
function error(message, properties = {}) {
	issueCommand("error", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function warning(message, properties = {}) {
	issueCommand("warning", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function notice(message, properties = {}) {
	issueCommand("notice", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function info(message) {
	process.stdout.write(message + os.EOL);
}
function startGroup(name) {
	issue("group", name);
}
function endGroup() {
	issue("endgroup");
}
function saveState(name, value) {
	if (process.env["GITHUB_STATE"] || "") return issueFileCommand("STATE", prepareKeyValueMessage(name, value));
	issueCommand("save-state", { name }, toCommandValue(value));
}
// src/terraform/json.ts
function listManagedResources(module) {
	if (module === void 0) return [];
	return [...module.resources ?? [], ...(module.child_modules ?? []).flatMap(listManagedResources)].filter((resource) => resource.mode === "managed");
}
function withoutInstanceKeys(address) {
	return address.replace(/\[(\d+|"(?:[^"\\]|\\.)*")\]/g, "");
}
// src/json.ts
function isObject(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
const noObject = Object.freeze({});
const noList = Object.freeze([]);
function asObject(value) {
	return isObject(value) ? value : noObject;
}
function asList(value) {
	return Array.isArray(value) ? value : noList;
}
function asText(value) {
	return typeof value === "string" && value !== "" ? value : void 0;
}
function parseJson(text) {
	try {
		return JSON.parse(text);
	} catch {
		return;
	}
}
const exact = JSON;
const longNumber = /[:[,]\s*-?[\d.]{16}|[:[,]\s*-?[\d.]+[eE]/;
function parseExactJson(text) {
	if (!longNumber.test(text)) return JSON.parse(text);
	return exact.parse(text, (_, value, { source }) => {
		if (typeof value !== "number" || source === void 0) return value;
		const digits = decimal(source);
		return Number.isFinite(value) && digits === decimal(String(value)) ? value : exact.rawJSON(digits);
	});
}
function exactDigits(value) {
	return exact.isRawJSON(value) ? value.rawJSON : void 0;
}
const maxZeros = 5e3;
function decimal(source) {
	const [, sign = "", whole = "", fraction = "", power = "0"] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(source) ?? [];
	const digits = (whole + fraction).replace(/^0+/, "");
	let end = digits.length;
	while (digits[end - 1] === "0") end--;
	const significant = digits.slice(0, end);
	if (significant === "") return "0";
	const exponent = Number(power) - fraction.length + (digits.length - significant.length);
	if (Math.abs(exponent) > maxZeros) return `${sign}${significant}e${exponent}`;
	if (exponent >= 0) return sign + significant + "0".repeat(exponent);
	const point = significant.length + exponent;
	if (point > 0) return `${sign}${significant.slice(0, point)}.${significant.slice(point)}`;
	return `${sign}0.${"0".repeat(-point)}${significant}`;
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
const linePattern$1 = new RegExp(`^((?:module\\.${namePattern$1}\\.)*${namePattern$1}\\.${namePattern$1}):(${namePattern$1}(?:\\.(?:${namePattern$1}|\\d+|\\*)|\\[(?:\\d+|\\*|"[^"\\\\]+")\\])*)$`, "u");
function parseIgnoredPath(line) {
	const [, resource = "", path = ""] = linePattern$1.exec(line) ?? [];
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
// src/text.ts
const invisibleCharacters = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\u{16fe4}\u{1d159}]|(?! )\p{Zs}/gu;
function visible(text) {
	return text.replace(invisibleCharacters, (char) => {
		if (char === "\n" || char === "	") return char;
		return char === "\r" ? "" : `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
	});
}
function oneLine(text) {
	return visible(text.replace(/[\r\n\t]+/g, " "));
}
function shorten(text, limit) {
	if (text.length <= limit) return text;
	const half = Math.floor((limit - 1) / 2);
	return `${text.slice(0, half)}\u2026${text.slice(-half)}`.toWellFormed();
}
function count$1(n, thing) {
	return n === 1 ? `${n} ${thing}` : `${n} ${thing}s`;
}
function seconds$1(ms) {
	if (ms < 50) return `${Math.round(ms)} ms`;
	const s = ms / 1e3;
	if (s < 9.95) return `${s.toFixed(1)} s`;
	const whole = Math.round(s);
	return whole < 120 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
function lastPart(arn) {
	return arn.slice(arn.lastIndexOf("/") + 1);
}
function inNaturalOrder(a, b) {
	let start = 0;
	while (start < a.length && a.charCodeAt(start) === b.charCodeAt(start)) start++;
	while (start > 0 && isDigit(a.charCodeAt(start - 1))) start--;
	const [x, y] = [numberAt(a, start), numberAt(b, start)];
	if (x !== "" && y !== "" && x !== y) return x.length - y.length || (x < y ? -1 : 1);
	return a < b ? -1 : a > b ? 1 : 0;
}
function numberAt(text, start) {
	let end = start;
	while (isDigit(text.charCodeAt(end))) end++;
	let first = start;
	while (first < end - 1 && text[first] === "0") first++;
	return text.slice(first, end);
}
function isDigit(charCode) {
	return charCode >= 48 && charCode <= 57;
}
function joined$1(words, conjunction) {
	const last = words.at(-1) ?? "";
	return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} ${conjunction} ${last}`;
}
const maxUnpackedBytes = 1048576;
function gunzippedText(bytes) {
	if (bytes[0] !== 31 || bytes[1] !== 139) return void 0;
	try {
		return gunzipSync(bytes, { maxOutputLength: maxUnpackedBytes }).toString();
	} catch {
		return;
	}
}
// src/decoded.ts
const maxLevels = 3;
const escapeStart = /[%\\&\r\n]|(?!\s)\p{Cc}|\p{Cf}|\p{Default_Ignorable_Code_Point}/gu;
const percentPattern = /(?<percent>(?:%[\da-fA-F]{2})+)/y;
const backslashPattern = /\\(?:u\{(?<braced>[\da-fA-F]{1,6})\}|u(?<unit>[\da-fA-F]{4})|U(?<long>[\da-fA-F]{8})|(?<simple>[rt"'`\\/$]))/y;
const bytesPattern = /(?<bytes>(?:\\x[\da-fA-F]{2})+)/y;
const linePattern = /(?<line>(?:\r?\n|(?:\\r)?\\n)[ \t\u2500-\u257f]*)/y;
const entityPattern = /&(?:#(?<decimal>\d{1,7})|#[xX](?<hex>[\da-fA-F]{1,6})|(?<entity>amp|lt|gt|quot|apos|nbsp));/y;
const nothingPattern = /(?<nothing>.(?:\[[\d;]*[A-Za-z])?)/suy;
const patternsByStart = {
	"%": [percentPattern],
	"\\": [
		linePattern,
		bytesPattern,
		backslashPattern
	],
	"&": [entityPattern],
	"\r": [linePattern],
	"\n": [linePattern]
};
function* escapesIn(text) {
	let end = 0;
	for (const { 0: start, index } of text.matchAll(escapeStart)) {
		if (index < end) continue;
		for (const pattern of patternsByStart[start] ?? [nothingPattern]) {
			pattern.lastIndex = index;
			const match = pattern.exec(text);
			if (match === null) continue;
			end = index + match[0].length;
			yield match;
			break;
		}
	}
}
const anyEscape = /%[\da-fA-F]{2}|\\[xuUnrt"'`\\/$]|&(?:#|amp|lt|gt|quot|apos|nbsp)|[^\x20-\x7e\r\n\t]/;
const simpleEscapes = {
	r: "\r",
	t: "	"
};
const entities = {
	amp: "&",
	lt: "<",
	gt: ">",
	quot: "\"",
	apos: "'",
	nbsp: " "
};
function decodedTexts(text) {
	const found = [];
	let last = {
		text,
		starts: new Int32Array(0)
	};
	for (let level = 0; level < maxLevels; level++) {
		const next = decodedOnce(last.text);
		if (next === void 0) break;
		last = level === 0 ? next : {
			text: next.text,
			starts: next.starts.map((at) => last.starts[at] ?? text.length)
		};
		found.push(last);
	}
	return found;
}
function decodedOnce(text) {
	if (!anyEscape.test(text) && !hasWrappedLine(text)) return void 0;
	let decoded = "";
	let at = 0;
	const starts = new Int32Array(text.length + 1);
	const copyUpTo = (end) => {
		for (let unit = at; unit < end; unit++) starts[decoded.length + unit - at] = unit;
		decoded += text.slice(at, end);
	};
	let isChanged = false;
	for (const match of escapesIn(text)) {
		const [whole] = match;
		const chars = charsOf(whole, match.groups ?? {}, text, match.index);
		if (chars === void 0) continue;
		copyUpTo(match.index);
		let from = match.index;
		for (const { char, units } of chars) {
			starts.fill(from, decoded.length, decoded.length + char.length);
			decoded += char;
			from += units;
		}
		at = match.index + whole.length;
		isChanged = true;
	}
	if (!isChanged) return void 0;
	copyUpTo(text.length);
	starts[decoded.length] = text.length;
	return {
		text: decoded,
		starts: starts.subarray(0, decoded.length + 1)
	};
}
function charsOf(whole, groups, text, index) {
	const { percent, bytes, braced, unit, long, simple, decimal, hex, entity, nothing, line } = groups;
	const one = (char) => char === void 0 ? void 0 : [{
		char,
		units: whole.length
	}];
	if (nothing !== void 0) return [];
	if (line !== void 0) {
		if (endsInBase64(text, index) && /^[\w+/=-]{2}/.test(text.slice(index + whole.length, index + whole.length + 2))) return [];
		return line.includes("\\") ? one(line.replace(/(?:\\r)?\\n/, "\n")) : void 0;
	}
	if (simple !== void 0) return one(simpleEscapes[simple] ?? simple);
	if (entity !== void 0) return one(entities[entity]);
	if (percent !== void 0) return charsOfBytes(percent.replaceAll("%", ""), 3);
	if (bytes !== void 0) return charsOfBytes(bytes.replaceAll("\\x", ""), 4);
	if (unit !== void 0) return one(String.fromCharCode(Number.parseInt(unit, 16)));
	const code = decimal === void 0 ? Number.parseInt(braced ?? long ?? hex ?? "", 16) : Number(decimal);
	return code <= 1114111 ? one(String.fromCodePoint(code)) : void 0;
}
function charsOfBytes(hex, units) {
	const bytes = Buffer.from(hex, "hex");
	const text = bytes.toString("utf8");
	if (text.includes("\ufffd")) return [...bytes.toString("latin1")].map((char) => ({
		char,
		units
	}));
	return [...text].map((char) => ({
		char,
		units: units * Buffer.byteLength(char)
	}));
}
const minWrappedUnits = 40;
function endsInBase64(text, end) {
	let at = text[end - 1] === "=" ? end - 2 : end - 1;
	const first = at - minWrappedUnits + 1;
	if (first < 0) return false;
	while (at >= first && isBase64Unit(text.charCodeAt(at))) at--;
	return at < first;
}
function isBase64Unit(unit) {
	return unit >= 97 && unit <= 122 || unit >= 65 && unit <= 90 || unit >= 48 && unit <= 57 || unit === 43 || unit === 47 || unit === 45 || unit === 95;
}
function hasWrappedLine(text) {
	for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) if (endsInBase64(text, text[at - 1] === "\r" ? at - 1 : at)) return true;
	return false;
}
function isWrapped(line) {
	return line.endsWith("\n") && hasWrappedLine(line);
}
const base64Pattern = /[\w+/-]{8,}={0,2}/g;
const hexPattern = /[\da-fA-F]{12,}/g;
const probeUnits = 64;
const maxUnpackedUnits = 4194304;
var DecodingBudget = class {
	left = maxUnpackedUnits;
};
function encodedRuns(text, budget = new DecodingBudget()) {
	const found = [];
	const add = (runs, decode) => {
		for (const { 0: run, index } of runs) {
			if (budget.left <= 0) return;
			const decoded = decode(run);
			if (decoded === void 0) continue;
			budget.left -= Math.max(0, decoded.length - run.length);
			found.push({
				start: index,
				end: index + run.length,
				decoded
			});
		}
	};
	if (looksMixed(text)) add(text.matchAll(base64Pattern), (run) => looksMixed(run) ? decodedBase64(run) : void 0);
	if (/[\da-fA-F]{12}/.test(text)) add(text.matchAll(hexPattern), decodedHex);
	return found;
}
function looksMixed(run) {
	return /[a-z]/.test(run) && /[A-Z]/.test(run);
}
function decodedHex(run) {
	for (const offset of [0, 1]) {
		const bytes = Buffer.from(run.slice(offset), "hex");
		if (isText(bytes.subarray(0, probeUnits))) return textOf(bytes);
	}
}
const maxSeparators = 8;
function decodedBase64(run) {
	for (const offset of [
		0,
		1,
		2,
		3
	]) {
		const decoded = decodedFrom(run, offset);
		if (decoded !== void 0) return decoded;
	}
	let offset = 0;
	for (let count = 0; count < maxSeparators; count++) {
		offset = afterSeparator(run, offset);
		if (offset === -1) return void 0;
		const decoded = decodedFrom(run, offset);
		if (decoded !== void 0) return decoded;
	}
}
function afterSeparator(run, from) {
	for (let at = from; at < run.length; at++) {
		const unit = run.charCodeAt(at);
		if (unit === 47 || unit === 95 || unit === 43 || unit === 45) return at + 1;
	}
	return -1;
}
function decodedFrom(run, offset) {
	const start = startOfBase64(run, offset);
	if (start === "other") return void 0;
	const bytes = Buffer.from(run.slice(offset), "base64");
	if (start === "packed") return gunzippedText(bytes);
	return isText(bytes.subarray(0, probeUnits)) ? textOf(bytes) : void 0;
}
const firstLookUnits = 16;
const maxOddBytes = 2;
function startOfBase64(run, offset) {
	let odd = 0;
	let bits = 0;
	let held = 0;
	let first = 0;
	let count = 0;
	for (let at = offset; at < Math.min(run.length, offset + firstLookUnits); at++) {
		bits = bits << 6 | base64Value(run.charCodeAt(at));
		held += 6;
		if (held < 8) continue;
		held -= 8;
		const byte = bits >> held & 255;
		bits &= 255;
		if (count === 0) first = byte;
		if (count === 1 && first === 31 && byte === 139) return "packed";
		if (byte !== 0 && !isPrintable(byte)) odd++;
		if (odd > maxOddBytes) return "other";
		count++;
	}
	return "text";
}
function base64Value(unit) {
	if (unit >= 97) return unit - 71;
	if (unit >= 65 && unit <= 90) return unit - 65;
	if (unit >= 48 && unit <= 57) return unit + 4;
	return unit === 43 || unit === 45 ? 62 : 63;
}
function isPrintable(byte) {
	return byte >= 32 && byte < 127 || byte === 10 || byte === 13 || byte === 9;
}
function isText(bytes) {
	let printable = 0;
	let zeros = 0;
	for (const byte of bytes) if (isPrintable(byte)) printable++;
	else if (byte === 0) zeros++;
	const isWide = zeros >= bytes.length / 3;
	return bytes.length >= 4 && (isWide ? printable + zeros : printable) >= bytes.length * .8;
}
function textOf(bytes) {
	return bytes.subarray(0, probeUnits).filter((byte) => byte === 0).length >= Math.min(bytes.length, probeUnits) / 3 ? bytes.toString("latin1").replaceAll("\0", "") : bytes.toString("utf8");
}
// src/matcher.ts
const blank = 32;
var Matcher = class {
	#parents;
	#units;
	#targets;
	#failures;
	#longest;
	#depths;
	#first = new Int32Array(65536);
	#begins = new Uint8Array(65536);
	constructor(words) {
		const texts = [...words].map(folded).filter((word) => word !== "" && word !== " ");
		const maxNodes = texts.reduce((sum, text) => sum + text.length, 1);
		const slots = 2 ** Math.ceil(Math.log2(maxNodes * 1.5 + 2));
		this.#parents = new Int32Array(slots).fill(-1);
		this.#units = new Uint16Array(slots);
		this.#targets = new Int32Array(slots);
		this.#failures = new Int32Array(maxNodes);
		this.#longest = new Int32Array(maxNodes);
		this.#depths = new Int32Array(maxNodes);
		this.#link(...this.#grow(texts));
		for (let unit = 0; unit < this.#begins.length; unit++) if (this.#first[isBlank(unit) ? blank : unit] !== 0) this.#begins[unit] = 1;
	}
	find(text) {
		const spans = [];
		const { length } = text;
		let node = 0;
		const starts = [];
		for (let at = 0; at < length;) {
			const start = at;
			let unit = text.charCodeAt(at++);
			if (node === 0 && this.#begins[unit] === 0) continue;
			if (isBlank(unit)) {
				at = endOfGap(text, start);
				unit = blank;
			}
			if (node === 0) starts.length = 0;
			node = this.#step(node, unit);
			if (node === 0) continue;
			starts.push(start);
			const size = this.#longest[node] ?? 0;
			if (size > 0) spans.push([starts[starts.length - size] ?? start, at]);
		}
		return spans;
	}
	pending(text) {
		let node = 0;
		const starts = [];
		for (let at = 0; at < text.length;) {
			const start = at;
			let unit = text.charCodeAt(at++);
			if (node === 0 && this.#begins[unit] === 0) continue;
			if (isBlank(unit)) {
				at = endOfGap(text, start);
				unit = blank;
			}
			if (node === 0) starts.length = 0;
			node = this.#step(node, unit);
			if (node !== 0) starts.push(start);
		}
		return node === 0 ? void 0 : starts[starts.length - (this.#depths[node] ?? 0)];
	}
	#grow(texts) {
		const parents = new Int32Array(this.#depths.length);
		const units = new Uint16Array(this.#depths.length);
		let count = 1;
		for (const text of texts) {
			let node = 0;
			for (let at = 0; at < text.length; at++) {
				const unit = text.charCodeAt(at);
				let child = this.#child(node, unit);
				if (child === 0) {
					child = count++;
					this.#connect(node, unit, child);
					parents[child] = node;
					units[child] = unit;
					this.#depths[child] = at + 1;
				}
				node = child;
			}
			this.#longest[node] = text.length;
		}
		return [
			count,
			parents,
			units
		];
	}
	#link(count, parents, units) {
		for (const node of this.#nodesByDepth(count)) {
			const parent = parents[node] ?? 0;
			if (parent === 0) continue;
			const suffix = this.#step(this.#failures[parent] ?? 0, units[node] ?? 0);
			this.#failures[node] = suffix;
			if (this.#longest[node] === 0) this.#longest[node] = this.#longest[suffix] ?? 0;
		}
	}
	#nodesByDepth(count) {
		const places = [];
		for (const depth of this.#depths.subarray(1, count)) places[depth] = (places[depth] ?? 0) + 1;
		let next = 0;
		for (let depth = 0; depth < places.length; depth++) {
			const size = places[depth] ?? 0;
			places[depth] = next;
			next += size;
		}
		const nodes = new Int32Array(count - 1);
		for (let node = 1; node < count; node++) {
			const depth = this.#depths[node] ?? 0;
			const place = places[depth] ?? 0;
			nodes[place] = node;
			places[depth] = place + 1;
		}
		return nodes;
	}
	#step(from, unit) {
		for (let node = from;; node = this.#failures[node] ?? 0) {
			if (node === 0) return this.#first[unit] ?? 0;
			const child = this.#child(node, unit);
			if (child !== 0) return child;
		}
	}
	#child(node, unit) {
		if (node === 0) return this.#first[unit] ?? 0;
		const last = this.#parents.length - 1;
		for (let slot = slotOf(node, unit) & last;; slot = slot + 1 & last) {
			const parent = this.#parents[slot];
			if (parent === -1) return 0;
			if (parent === node && this.#units[slot] === unit) return this.#targets[slot] ?? 0;
		}
	}
	#connect(node, unit, child) {
		if (node === 0) {
			this.#first[unit] = child;
			return;
		}
		const last = this.#parents.length - 1;
		let slot = slotOf(node, unit) & last;
		while (this.#parents[slot] !== -1) slot = slot + 1 & last;
		this.#parents[slot] = node;
		this.#units[slot] = unit;
		this.#targets[slot] = child;
	}
};
function slotOf(node, unit) {
	const hash = Math.imul(node ^ Math.imul(unit, 2654435761), 2246822507);
	return hash ^ hash >>> 15;
}
const otherBlanks = [
	5760,
	8232,
	8233,
	8239,
	8287,
	12288,
	65279
];
function isBlank(unit) {
	if (unit <= 32) return unit === 32 || unit >= 9 && unit <= 13;
	if (unit < 5760) return unit === 133 || unit === 160;
	return unit >= 8192 && unit <= 8202 || otherBlanks.includes(unit);
}
function endOfGap(text, start) {
	let at = start;
	let isLineStart = false;
	for (; at < text.length; at++) {
		const unit = text.charCodeAt(at);
		if (unit === 10) isLineStart = true;
		else if (isLineStart && unit >= 9472 && unit <= 9599) isLineStart = false;
		else if (!isBlank(unit)) break;
	}
	return at;
}
function folded(word) {
	let result = "";
	for (let at = 0; at < word.length;) if (!isBlank(word.charCodeAt(at))) result += word[at++];
	else {
		at = endOfGap(word, at);
		result += " ";
	}
	return result;
}
// src/secret-parts.ts
const secretNamePattern = /pass|pwd|secret|token|key|credential|auth|private|salt|signature|cookie|session|dsn|connection|webhook/i;
const publicNamePattern = /(?:^|[_-])(?:host|hostname|address|port|user|username|name|database|dbname|db|schema|region|engine|protocol|scheme|arn|id|type|version|family|enabled|size|count|zone|domain|image|cidr|ttl|path|public_key|publickey|key_id|keyid|key_name|auth_type|auth_mode|tags?)$/i;
function isSecretName(name) {
	return secretNamePattern.test(name) && !publicNamePattern.test(name.replace(/(?<=[a-z])(?=[A-Z])/g, "_"));
}
const openVariablePattern = /^(INPUT_|OLDPWD$|PWD$)|(_FILE|_FILES|_PATH|_DIR|_SOCK|_TYPE|_METHOD|_MODE|_BACKEND|_PROVIDER|_NAME|_USER|_USERNAME|_HOST|_PORT|_ARN|_REGION|_VERSION|_ENABLED|_EXPIRATION|_EXPIRES|_EXPIRY|_TTL|PUBLIC_?KEY|_HELPER|_SESSION_DURATION)$/;
const secretVariablePattern = /TOKEN|SECRET|PASS(?:WORD|WD|PHRASE|CODE)|PGPASS|CREDENTIAL|BEARER|(?:API|ACCESS|PRIVATE|SIGNING)_?KEY|CONNECTION_?STRING|COOKIE|SIGNATURE|(?:^|_)(?:PASS|PWD|CREDS?|JWT|KEY|AUTH|PAT)$|_(?:DSN|SAS)$/;
function hasSecretWord(variable) {
	return secretVariablePattern.test(variable.toUpperCase());
}
function environmentSecrets(env) {
	const found = [];
	for (const [variable, value = ""] of Object.entries(env)) {
		const name = variable.toUpperCase();
		if (value === "" || openVariablePattern.test(name)) continue;
		if (secretVariablePattern.test(name) && !/^arn:/.test(value)) found.push(...isUrl(value) && /_UR[IL]$/.test(name) ? urlSecrets(value) : [value]);
		else if (!isUrl(value)) found.push(...userInfosIn(value));
		else if (/PROXY$/.test(name)) found.push(...urlSecrets(value));
		else {
			found.push(...userInfosIn(value), ...secretQueryValues(value));
			if (/HOOK/.test(name)) found.push(...pathTokens(value));
		}
	}
	return found;
}
function headerSecrets(name, value) {
	if (/^(set-)?cookie$/i.test(name)) return [value, ...pairValues(value, /;\s*/)];
	const [, scheme, credential] = /^(\S+)\s+(\S.*)/.exec(value) ?? [];
	if (scheme === void 0 || credential === void 0) return secretParts(value);
	return [
		...secretParts(value),
		credential,
		.../^(digest|aws4-hmac-sha256|signature)$/i.test(scheme) ? pairValues(credential, /,\s*/) : []
	];
}
function secretParts(secret) {
	const parts = new Set();
	const add = (value) => {
		const text = value?.trim() ?? "";
		if (text !== "") parts.add(text);
	};
	add(secret);
	const lines = secret.split(/\r\n?|\n/);
	for (const each of lines) add(each);
	const [, scheme = "", credential = ""] = /^(bearer|token|basic|apikey|api-key|negotiate)\s+(\S+)$/i.exec(secret.trim()) ?? [];
	add(credential);
	if (scheme.toLowerCase() === "basic") basicSecrets(credential).forEach(add);
	for (const each of userInfosIn(secret)) add(each);
	const url = secret.trim();
	if (isUrl(url)) [...secretQueryValues(url), ...pathTokens(url)].forEach(add);
	for (const each of secret.split(/[\r\n;]/)) add(secretSetting(each));
	if (/^\s*[[{]/.test(secret)) compositeSecrets(parseDocument(secret)).forEach(add);
	return [...parts];
}
function urlSecrets(url) {
	if (!URL.canParse(url)) return userInfosIn(url);
	return [...userInfosIn(url), ...queryPairs(url).map(([, value]) => value).filter((value) => value !== "")];
}
function publicUrl(url) {
	const query = url.indexOf("?");
	const [place, rest] = query === -1 ? [url.replace(/#.*/s, ""), ""] : [url.slice(0, query), url.slice(query + 1)];
	const shownPlace = place.replace(/^([a-z][a-z\d+.-]*:\/\/)[^/?#\\]*@/i, "$1");
	if (rest === "") return shownPlace;
	return `${shownPlace}?${rest.replace(/#.*/s, "").split("&").map((pair) => pair.includes("=") ? `${pair.slice(0, pair.indexOf("="))}=\u2026` : "\u2026").join("&")}`;
}
function hasUserInfo(url) {
	const { username = "", password = "" } = URL.parse(url) ?? {};
	return username !== "" || password !== "";
}
function compositeSecrets(document) {
	const named = [];
	const generated = [];
	const others = [];
	let isFlat = true;
	const collect = (value, name, isSecret, depth) => {
		if (typeof value === "object" && value !== null && exactDigits(value) === void 0) {
			if (depth > 0 && !isPlainList(value)) isFlat = false;
			if (depth > maxDepth$1) return;
			const { name: entryName } = value;
			for (const [key, part] of Object.entries(value)) {
				if (!Array.isArray(value) && looksGenerated(key) && !isPublicName(key)) generated.push(key);
				const partName = key === "value" && typeof entryName === "string" ? entryName : Array.isArray(value) ? name : key;
				collect(part, partName, isSecret || isSecretName(partName), depth + 1);
			}
			return;
		}
		const text = typeof value === "string" ? value : numberText(value);
		if (text === void 0) return;
		if (isSecret) named.push(text);
		else if (isUrl(text)) generated.push(...userInfosIn(text), ...secretQueryValues(text), ...pathTokens(text));
		else if (isPublicName(name) || text.startsWith("arn:")) return;
		else if (looksGenerated(text)) generated.push(text);
		else others.push(text);
	};
	collect(document, "", false, 0);
	return named.length === 0 && isFlat ? [...generated, ...others] : [...named, ...generated];
}
function parseDocument(text) {
	try {
		return parseExactJson(text);
	} catch {
		return;
	}
}
const maxDepth$1 = 200;
function isPlainList(value) {
	return Array.isArray(value) && value.every((each) => typeof each !== "object" || each === null);
}
function numberText(value) {
	if (typeof value !== "number") return exactDigits(value);
	if (!Number.isInteger(value)) return String(value);
	return Math.abs(value) <= 65535 ? void 0 : BigInt(value).toString();
}
function isPublicName(name) {
	return publicNamePattern.test(name.replace(/(?<=[a-z])(?=[A-Z])/g, "_"));
}
const minGeneratedUnits = 8;
const minMixedUnits = 6;
function looksGenerated(text) {
	if (text.length < minGeneratedUnits || /\s/.test(text)) return false;
	return text.split(/[-_.:/,;"'{}[\]()<>=|`@#]+/).some((part) => part.length >= minMixedUnits && /\p{L}/u.test(part) && /[^\p{L}]/u.test(part));
}
function isUrl(text) {
	return /^[a-z][a-z\d+.-]*:\/\/\S+$/i.test(text);
}
function pathTokens(url) {
	return (URL.parse(url)?.pathname ?? "").split("/").filter(looksGenerated);
}
function secretSetting(text) {
	const separator = text.search(/[=:]/);
	const name = text.slice(0, Math.max(0, separator)).trim().replace(/^export\s+/, "").replace(/^["']|["']$/g, "");
	if (!/^[A-Za-z_][\w .-]{0,99}$/.test(name) || !isSecretName(name)) return void 0;
	const value = text.slice(separator + 1).trim().replace(/,$/, "");
	return value.startsWith("//") ? void 0 : value.replace(/^(["'])(.*)\1$/, "$2");
}
function basicSecrets(credential) {
	if (!/^[A-Za-z\d+/_-]+=*$/.test(credential)) return [];
	const pair = Buffer.from(credential, "base64").toString("utf8");
	const colon = pair.indexOf(":");
	return colon === -1 || pair.includes("\ufffd") ? [] : [pair, pair.slice(colon + 1)];
}
function userInfosIn(text) {
	return [...text.matchAll(/:\/\/([^/?#\s"'<>]*)@/g)].flatMap(([, info = ""]) => {
		const colon = info.indexOf(":");
		const secret = colon === -1 ? info : info.slice(colon + 1);
		const user = colon === -1 ? "" : info.slice(0, colon);
		const token = looksGenerated(user) ? [user, decoded(user)] : [];
		return [
			...colon === -1 ? [] : [info],
			...token,
			secret,
			decoded(secret)
		].filter((each) => each !== "");
	});
}
function secretQueryValues(url) {
	return queryPairs(url).flatMap(([name, value]) => isSecretName(name) || looksGenerated(value) ? [value] : []);
}
function queryPairs(url) {
	return (/\?([^#]*)/.exec(url)?.[1] ?? "").split("&").flatMap((pair) => {
		const equals = pair.indexOf("=");
		const name = equals === -1 ? "" : pair.slice(0, equals);
		const value = pair.slice(equals + 1);
		return [[name, value], [name, decoded(value.replaceAll("+", " "))]];
	});
}
function pairValues(text, separator) {
	return text.split(separator).flatMap((pair) => {
		const value = pair.slice(pair.indexOf("=") + 1).replace(/^"(.*)"$/, "$1");
		return value === "" ? [] : [value, decoded(value)];
	});
}
function decoded(text) {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
// src/redact.ts
const minUnits = 4;
const minBytesInBase64 = 6;
function redactor(secrets, open = []) {
	const forms = new Set();
	for (const secret of secrets) for (const part of secretParts(secret)) {
		if (!isSearched(part)) continue;
		for (const form of formsOf(part)) forms.add(form);
	}
	if (forms.size === 0) return openRedactor;
	const matcher = new Matcher(forms);
	const openWords = [...open];
	let openMatcher;
	const redact = (text) => {
		const found = find(text, matcher);
		if (found.length === 0) return text;
		openMatcher ??= new Matcher(openWords);
		let shown = "";
		let at = 0;
		for (const [start, end] of joined(outside(found, openMatcher.find(text)))) {
			shown += `${text.slice(at, start)}***`;
			at = end;
		}
		return shown + text.slice(at);
	};
	const unitsUpTo = (text, cut) => {
		const pending = matcher.pending(text);
		if (pending === void 0) return text.length;
		return joined(matcher.find(text)).reduceRight((end, [from, to]) => from < end && end < to ? cut(from) : end, cut(pending));
	};
	return Object.assign(redact, {
		completeUnits: (text) => Math.min(unitsUpTo(text, (at) => text.lastIndexOf("\n", at) + 1), startOfWrapped(text)),
		knownUnits: (text) => unitsUpTo(text, (at) => at)
	});
}
function startOfWrapped(text) {
	let start = text.length;
	while (start > 0 && text.endsWith("\n", start)) {
		const previous = text.lastIndexOf("\n", start - 2) + 1;
		if (!isWrapped(text.slice(previous, start))) break;
		start = previous;
	}
	return start;
}
const openRedactor = Object.assign((text) => text, {
	completeUnits: (text) => text.length,
	knownUnits: (text) => text.length
});
const maxDepth = 2;
function find(text, matcher, budget = new DecodingBudget(), depth = 0) {
	const found = matcher.find(text);
	const more = decodedTexts(text).flatMap(({ text: decoded, starts }) => {
		return [...matcher.find(decoded), ...secretRuns(decoded, matcher, budget, depth)].map(([start, end]) => [starts[start] ?? 0, Math.max(starts[end] ?? 0, (starts[end - 1] ?? 0) + 1)]);
	});
	more.push(...secretRuns(text, matcher, budget, depth));
	return more.length === 0 ? found : [...found, ...more].sort(([, a], [, b]) => a - b);
}
function secretRuns(text, matcher, budget, depth) {
	if (depth === maxDepth) return [];
	return encodedRuns(text, budget).flatMap(({ start, end, decoded }) => {
		const inside = find(decoded, matcher, budget, depth + 1).filter(([from, to]) => to - from >= minBytesInBase64);
		if (inside.length === 0) return [];
		return joined(inside).length > joined(matcher.find(text.slice(start, end))).length ? [[start, end]] : [];
	});
}
function joined(spans) {
	const result = [];
	for (const [start, end] of spans) {
		let from = start;
		for (let last = result.at(-1); last !== void 0 && from < last[1]; last = result.at(-1)) {
			from = Math.min(from, last[0]);
			result.pop();
		}
		result.push([from, end]);
	}
	return result;
}
function outside(spans, open) {
	const words = joined(open);
	let index = 0;
	return spans.filter(([start, end]) => {
		while ((words[index]?.[1] ?? Number.POSITIVE_INFINITY) < end) index++;
		const [wordStart = Number.POSITIVE_INFINITY] = words[index] ?? [];
		return start < wordStart;
	});
}
const regionPattern = /^[a-z]{2}(?:-(?:gov|iso[a-z]?))?-(?:north|south|east|west|central){1,2}-\d[a-z]?$/;
function isSearched(value) {
	return value.length >= minUnits && !/^(?:true|false|null|none|default|\d{1,5})$/i.test(value) && !regionPattern.test(value) && !/^(.)\1*$/s.test(value);
}
function masksOf(secret) {
	return secretParts(secret).filter(looksGenerated);
}
function formsOf(secret) {
	return [...new Set([
		secret,
		secret.normalize("NFC"),
		secret.normalize("NFD")
	])].flatMap(writtenForms);
}
function writtenForms(secret) {
	const json = JSON.stringify(secret).slice(1, -1);
	const uri = encodeURIComponent(secret.toWellFormed());
	const strictUri = uri.replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
	const inForm = new URLSearchParams({ "": secret }).toString().slice(1);
	const uris = [
		uri,
		strictUri,
		encodeURI(secret.toWellFormed()),
		strictUri.replaceAll("%20", "+"),
		inForm
	];
	return [
		secret,
		json,
		JSON.stringify(json).slice(1, -1),
		json.replace(/[<>&\u2028\u2029]/g, unicodeEscape),
		json.replace(/[^\x20-\x7e]/g, unicodeEscape),
		json.replaceAll("/", "\\/"),
		json.replace(/[$%](?=\{)/g, "$&$&"),
		...uris,
		...uris.map((each) => each.replace(/%[\dA-F]{2}/g, (code) => code.toLowerCase())),
		encodeURIComponent(strictUri),
		escapeHtml(secret, "&quot;", "'"),
		escapeHtml(secret, "&quot;", "&#39;"),
		escapeHtml(secret, "&#34;", "&#39;"),
		escapeHtml(secret, "&quot;", "&#039;"),
		escapeHtml(secret, "&quot;", "&#x27;"),
		escapeHtml(secret, "&quot;", "&apos;"),
		secret.replaceAll("'", "'\\''"),
		secret.replaceAll("'", "''"),
		...inBase64(secret)
	];
}
function unicodeEscape(char) {
	return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
function escapeHtml(text, quote, apostrophe) {
	return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\"", quote).replaceAll("'", apostrophe);
}
function inBase64(secret) {
	const bytes = Buffer.from(secret);
	if (bytes.length < minBytesInBase64) return [];
	return [
		0,
		1,
		2
	].map((before) => {
		const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64").replaceAll("=", "");
		const from = before === 0 ? 0 : before + 1;
		const to = (before + bytes.length) % 3 === 0 ? encoded.length : encoded.length - 1;
		return encoded.slice(from, to);
	}).concat(bytes.toString("base64")).flatMap((each) => [each, each.replaceAll("+", "-").replaceAll("/", "_")]);
}
function redactAll(value, redact) {
	const keys = new Map();
	const redactKey = (key) => {
		const redacted = keys.get(key) ?? redact(key);
		keys.set(key, redacted);
		return redacted;
	};
	const copy = (part) => {
		if (typeof part === "string") return redact(part);
		if (Array.isArray(part)) return part.map(copy);
		if (typeof part !== "object" || part === null) return part;
		return Object.fromEntries(Object.entries(part).map(([key, inner]) => [redactKey(key), copy(inner)]));
	};
	return copy(value);
}
// src/log.ts
var Secrets = class {
	#values = new Set();
	#openWords = new Set();
	#masks = new Set();
	#redactor;
	add(...values) {
		for (const value of values) {
			if (value.trim() === "" || this.#values.has(value)) continue;
			this.#values.add(value);
			this.#redactor = void 0;
			for (const mask of masksOf(value)) {
				if (!this.#masks.has(mask)) log.mask(mask);
				this.#masks.add(mask);
			}
		}
	}
	addOpenWords(words) {
		const before = this.#openWords.size;
		for (const word of words) this.#openWords.add(word);
		if (this.#openWords.size > before) this.#redactor = void 0;
	}
	redact = (text) => this.#current(text);
	completeUnits(text) {
		return this.#current.completeUnits(text);
	}
	redactStart(text) {
		return this.#current(text.slice(0, this.#current.knownUnits(text)));
	}
	get values() {
		return [...this.#values];
	}
	get #current() {
		this.#redactor ??= redactor(this.#values, this.#openWords);
		return this.#redactor;
	}
};
const maxHeldUnits = 65536;
var Line = class Line {
	#text;
	constructor(text) {
		this.#text = neutralise(text);
	}
	static of(parts, values) {
		const shown = (value) => {
			if (value instanceof Line) return value.#text;
			return typeof value === "string" ? secrets.redact(value) : String(value ?? "");
		};
		return new Line(parts.reduce((text, part, index) => `${text}${shown(values[index - 1])}${part}`));
	}
	static word(word) {
		return new Line(word);
	}
	shorten(maxUnits) {
		return new Line(shorten(this.#text, maxUnits));
	}
	withoutBackticks() {
		return new Line(this.#text.replaceAll("`", " "));
	}
	toString() {
		return this.#text;
	}
};
function line(parts, ...values) {
	return Line.of(parts, values);
}
function linesOf(text) {
	return secrets.redact(text).split(/\r?\n/).map((each) => line`${each}`);
}
function joinLines(lines, separator = line` `) {
	const [first, ...rest] = lines;
	return rest.reduce((joined, next) => line`${joined}${separator}${next}`, first ?? line``);
}
function safePlace({ title, file, startLine }) {
	const isShown = file !== void 0 && secrets.redact(file) === file;
	return {
		...title !== void 0 && { title: String(line`${title}`) },
		...isShown && {
			file,
			...startLine !== void 0 && { startLine }
		}
	};
}
var Log = class {
	#fence;
	#held = "";
	#isTerminal = false;
	line = (text) => this.#write(() => info(this.#text(text)));
	notice(text) {
		this.#write(() => notice(this.#text(text)));
	}
	warning(text, at = {}) {
		this.#write(() => warning(this.#text(text), safePlace(at)));
	}
	error(text, at = {}) {
		this.#write(() => error(this.#text(text), safePlace(at)));
	}
	group(name) {
		this.#write(() => startGroup(String(name)));
	}
	endGroup() {
		this.#write(() => endGroup());
	}
	foreign = (text) => {
		if (text === "") return;
		const lines = this.#held + (text.endsWith("\n") ? text : `${text}\n`);
		const complete = lines.length > maxHeldUnits ? lines.length : secrets.completeUnits(lines);
		this.#held = lines.slice(complete);
		this.#writeForeign(lines.slice(0, complete));
	};
	closeFence() {
		this.#writeForeign(this.#held);
		this.#held = "";
		if (this.#fence === void 0) return;
		process.stdout.write(`::${this.#fence}::\n`);
		this.#fence = void 0;
	}
	async flush() {
		this.closeFence();
		await new Promise((resolve) => process.stdout.write("", () => resolve()));
	}
	#writeForeign(lines) {
		if (lines === "") return;
		if (this.#fence === void 0) {
			this.#fence = randomUUID();
			process.stdout.write(`::stop-commands::${this.#fence}\n`);
		}
		process.stdout.write(secrets.redact(lines));
	}
	mask(value) {
		if (!this.#isTerminal) this.#write(() => setSecret(value));
	}
	openTerminal(color) {
		this.#isTerminal = true;
		const { NO_COLOR: isPlain, TERM: kind } = process.env;
		return new Terminal((color === "auto" ? process.stdout.isTTY && !isPlain && kind !== "dumb" : color === "always") === true);
	}
	#write(write) {
		this.closeFence();
		write();
	}
	#text(text) {
		return text instanceof Line ? String(text) : text.map(String).join("\n");
	}
};
const styleCodes = {
	good: 32,
	bad: 31,
	caution: 33,
	strong: 1,
	faint: 2
};
var Terminal = class {
	#isColored;
	#shown = "";
	constructor(isColored) {
		this.#isColored = isColored;
		for (const stream of [process.stdout, process.stderr]) stream.on("error", () => process.exit());
	}
	line(...parts) {
		this.clearStatus();
		process.stdout.write(`${this.#text(parts)}\n`);
	}
	json(value, indent) {
		this.clearStatus();
		process.stdout.write(`${JSON.stringify(value, null, indent).replaceAll("##[", "#\\u0023[")}\n`);
	}
	note(...parts) {
		this.clearStatus();
		process.stderr.write(`${this.#text(parts)}\n`);
	}
	prompt(...parts) {
		this.clearStatus();
		process.stderr.write(this.#text(parts));
	}
	status(text) {
		if (!process.stderr.isTTY) return;
		this.clearStatus();
		this.#shown = String(text.shorten(Math.max((process.stderr.columns || 80) - 1, 20)));
		process.stderr.write(this.#shown);
	}
	clearStatus() {
		if (this.#shown !== "") process.stderr.write("\r\x1B[2K");
		this.#shown = "";
	}
	#text(parts) {
		if (!this.#isColored) return String(joinLines(parts.map((part) => part instanceof Line ? part : part[0]), line``));
		return parts.map((part) => part instanceof Line ? String(part) : `\u001b[${styleCodes[part[1]]}m${part[0]}\u001b[0m`).join("");
	}
};
const log = new Log();
const secrets = new Secrets();
function neutralise(text) {
	return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").replaceAll("##[", "## [").replace(/^(\s*):{2}/, "$1: :");
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
export { CancelledError, GitHubError, InputError, Line, ServiceError, Terminal, TerraformError, asList, asObject, asText, at, byDigest, canonical$1 as canonical, codeOf, compareContracts, compositeSecrets, contractOf, count, count$1, createClientAssertion, day, debug, decideTrigger, describeDetachedCommand, dockerHub, driftFailure, driftMode, driftOf, driftWord, ecrRegistry, environmentSecrets, exactDigits, failRun, failureCode, gunzippedText, hasAuthorization, hasSecretWord, hasUserInfo, headerProblem, headerSecrets, ignoredPathsOf, inNaturalOrder, inWordsOf, isDigest, isFork, isLoopback, isObject, isRuleName, isSecretName, isSetting, isThrownCode, issuerProblem, joinLines, joined$1 as joined, keySetting, lastPart, line, linesOf, listManagedResources, loadMcpCalls, loadReportSchema, log, looksGenerated, markIgnored, mergeBackendConfig, messageOf, minute, namingSettings, numberText, oneLine, openSigner, parseExactJson, parseHcl, parseJson, parseReference, plainString, publicUrl, readCheckout, readInputs, readMcpInputs, readRun, readSettings, readSigningScope, redactAll, reportFiles, repositoryRoot, ruleNames, saveRunning, seconds, secretParts, secrets, secretsFileOf, shape, shippedModuleNames, shippedModules, short, shorten, stateName, timeOfDay, tokenSubject, toolTitles, urlSecrets, visible, withoutInstanceKeys, wordOf, workspaceNamePattern, writeAnnotations, writeCommand, writeCommentUrl, writeDiscovery, writeJoined, writeOutcome, writeReport, writeSummary };
