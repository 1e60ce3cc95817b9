import { __toESM } from "./rolldown-runtime.js";
import { InputError, ServiceError, asList, asObject, asText, messageOf, parseHcl, parseJson, plainString, secrets } from "./entry.js";
import { request } from "./http.js";
import { require_semver } from "./semver.js";
import { cliConfigurationFiles } from "./environment.js";
import { tools } from "./tools.js";
const { existsSync, readFileSync } = process.getBuiltinModule("node:fs");
// src/terraform/capabilities.ts
var import_semver = __toESM(require_semver(), 1);
const capabilities = {
	supported: {
		what: "Plans as JSON with the results of conditions and the time of the plan",
		use: "An older version is refused before anything is run.",
		terraform: "1.5.0",
		tofu: "1.6.0"
	},
	ownFiles: {
		what: "`.tofu` files, read instead of `.tf` files of the same name",
		use: "The versions that they require are read.",
		terraform: void 0,
		tofu: "1.8.0"
	},
	languageBlock: {
		what: "`language { compatible_with { opentofu } }`; `required_version` of a `.tf` file no longer counts",
		use: "The version to install is read from there.",
		terraform: void 0,
		tofu: "1.12.0"
	},
	earlyVariables: {
		what: "Variables in module sources, and in OpenTofu also in backends and in the encryption of the state",
		use: "Variable files are passed to `init`, `validate`, `show`, `state pull` and `taint` too.",
		terraform: "1.15.0",
		tofu: "1.8.0"
	},
	workspaceVariables: {
		what: "Variable files for `workspace select` and `untaint`",
		use: "They are passed, because the backend may need them.",
		terraform: void 0,
		tofu: "1.8.0"
	},
	planVariables: {
		what: "Variable files next to a saved plan",
		use: "They are passed to `apply`, because a plan has no ephemeral values.",
		terraform: "1.10.0",
		tofu: "1.11.0"
	},
	stateEncryption: {
		what: "Encrypted states and plans (`encryption` block, `TF_ENCRYPTION`)",
		use: "The state is read by `show -json` only. `TF_ENCRYPTION` is a secret, and a job of a fork must not have it.",
		terraform: void 0,
		tofu: "1.7.0"
	},
	stateLockFile: {
		what: "A lock in S3 without DynamoDB (`use_lockfile`)",
		use: "The backend of `stack:` uses it.",
		terraform: "1.10.0",
		tofu: "1.10.0"
	},
	lockHolderOverHttp: {
		what: "The holder of a lock of the backend `http`, in the message about it",
		use: "It is named. An older version prints the lock that was asked for.",
		terraform: "1.15.0",
		tofu: "1.9.0"
	},
	savedCloudPlans: {
		what: "Saved plans of a `cloud` workspace that plans and applies in HCP Terraform",
		use: "Such a plan is reviewed and applied there. An older version is refused.",
		terraform: "1.6.0",
		tofu: "1.6.0"
	},
	removedBlocks: {
		what: "`removed` blocks, which only forget a resource",
		use: "The comment shows that the resource stays.",
		terraform: "1.7.0",
		tofu: "1.7.0"
	},
	keptOnDestroy: {
		what: "`lifecycle { destroy = false }`: a replacement or a removal leaves the old object",
		use: "The comment shows that the old object stays and that nothing manages it.",
		terraform: void 0,
		tofu: "1.12.0"
	},
	ephemeralValues: {
		what: "Ephemeral variables and resources, which are in no plan and no state",
		use: "Values of ephemeral variables are secrets.",
		terraform: "1.10.0",
		tofu: "1.11.0"
	},
	writeOnlyArguments: {
		what: "Write-only arguments, such as `secret_string_wo`",
		use: "They are in no plan. The comment names each that is sent, with its source.",
		terraform: "1.11.0",
		tofu: "1.11.0"
	},
	importByIdentity: {
		what: "`import` blocks with an `identity`",
		use: "The comment shows the identity, without sensitive parts.",
		terraform: "1.12.0",
		tofu: "1.12.0"
	},
	actions: {
		what: "Provider actions, which run during the apply",
		use: "The comment lists them with their configuration. They are part of the approval.",
		terraform: "1.14.0",
		tofu: void 0
	},
	actionFailures: {
		what: "`on_failure` of an action: halt, taint or continue",
		use: "The comment shows what a failure does.",
		terraform: "1.16.0",
		tofu: void 0
	}
};
function can(tool, version, capability) {
	const since = capabilities[capability][tool];
	return since !== void 0 && (0, import_semver.gte)(version, `${since}-0`);
}
// src/terraform/remote-workspace.ts
const requestTimeoutMs = 5e3;
const maxReferenceUnits = 65536;
function workspaceAccessOf({ type, config = {} }, selected, tool, env) {
	if (type !== "cloud" && type !== "remote") return void 0;
	const variable = (name) => type === "cloud" ? env[name] || void 0 : void 0;
	const host = asText(config.hostname) || variable("TF_CLOUD_HOSTNAME") || "app.terraform.io";
	const organization = asText(config.organization) || variable("TF_CLOUD_ORGANIZATION");
	if (organization === void 0) return void 0;
	const { name, prefix } = asObject([config.workspaces].flat()[0]);
	const before = asText(prefix) ?? "";
	const full = asText(name) || (selected.startsWith(before) ? selected : `${before}${selected}`);
	const token = asText(config.token) || tokenOf(host, tool, env);
	if (token !== void 0) secrets.add(token);
	return {
		host,
		organization,
		name: full,
		block: type,
		token
	};
}
function tokenOf(host, tool, env) {
	const wanted = host.toLowerCase();
	for (const [name, value] of Object.entries(env)) {
		if (!name.startsWith("TF_TOKEN_") || !value) continue;
		if (name.slice(9).replaceAll("__", "-").replaceAll("_", ".").toLowerCase() === wanted) return value;
	}
	for (const file of cliConfigurationFiles(tool, env)) {
		const token = tokenIn(file, wanted);
		if (token !== void 0) return token;
	}
}
function tokenIn(file, host) {
	let text;
	try {
		text = readFileSync(file, "utf8");
	} catch {
		return;
	}
	if (file.endsWith(".json")) return asText(asObject(asObject(asObject(parseJson(text)).credentials)[host]).token);
	const block = parseHcl(text).blocks.find(({ type, labels }) => type === "credentials" && labels[0] === host);
	return plainString(block?.attributes.get("token"));
}
var RemoteService = class RemoteService {
	host;
	#url;
	#token;
	constructor(host, url, token) {
		this.host = host;
		this.#url = url;
		this.#token = token;
	}
	static async discover(host, token) {
		const page = `https://${host}/.well-known/terraform.json`;
		const { status, body } = await request(page, {
			timeoutMs: requestTimeoutMs,
			maxRedirects: 3
		});
		const path = asText(asObject(parseJson(body.toString("utf8")))["tfe.v2"]);
		const url = path === void 0 ? void 0 : new URL(path, page);
		if (status !== 200 || url?.protocol !== "https:") throw new ServiceError(`${host} does not announce the API of HCP Terraform (status ${status})`);
		return new RemoteService(host, url.href.replace(/\/?$/, "/"), token);
	}
	async readWorkspace({ host, organization, name, block }) {
		const path = `organizations/${encodeURIComponent(organization)}/workspaces/${encodeURIComponent(name)}`;
		const { data } = asObject(parseJson(await this.#send("GET", path)));
		const { attributes } = asObject(data);
		const settings = asObject(attributes);
		const repository = settings["vcs-repo"];
		return {
			host,
			organization,
			name,
			block,
			executionMode: asText(settings["execution-mode"]) ?? "remote",
			appliesUnconfirmed: settings["auto-apply"] === true || settings["auto-apply-run-trigger"] === true,
			repository: repository === null || repository === void 0 ? void 0 : identifierOf(repository)
		};
	}
	async cancel(run) {
		await this.#send("POST", `runs/${encodeURIComponent(run.id)}/actions/cancel`);
	}
	async discard(run) {
		const actions = `runs/${encodeURIComponent(run.id)}/actions`;
		if ((await this.#request("POST", `${actions}/discard`, [409])).status !== 409) return;
		if ((await this.#readRun(run)).isApplied) throw new ServiceError("it is confirmed already, and the service applies it");
		await this.#request("POST", `${actions}/cancel`, [409]);
	}
	async appliesUnconfirmed(run) {
		const { isAutomatic, isApplied } = await this.#readRun(run);
		return isAutomatic || isApplied;
	}
	async #readRun({ id }) {
		const { data } = asObject(parseJson(await this.#send("GET", `runs/${encodeURIComponent(id)}`)));
		const settings = asObject(asObject(data).attributes);
		return {
			isAutomatic: settings["auto-apply"] === true,
			isApplied: /^(confirmed|appl)/.test(asText(settings.status) ?? "")
		};
	}
	async #send(method, path) {
		return (await this.#request(method, path)).text;
	}
	async #request(method, path, alsoOk = []) {
		const { status, body } = await request(`${this.#url}${path}`, {
			method,
			headers: {
				authorization: `Bearer ${this.#token}`,
				"content-type": "application/vnd.api+json"
			},
			...method === "POST" && { body: "{}" },
			timeoutMs: requestTimeoutMs
		});
		const text = body.toString("utf8");
		if ((status < 200 || status > 299) && !alsoOk.includes(status)) throw new ServiceError(`${this.host} answered ${method} ${path} with status ${status}${reasonIn(text)}`);
		return {
			status,
			text
		};
	}
};
function identifierOf(repository) {
	return asText(asObject(repository).identifier) ?? "a repository";
}
function reasonIn(text) {
	const [first] = asList(asObject(parseJson(text)).errors);
	const title = asText(asObject(first).title);
	return title === void 0 ? "" : ` (${title})`;
}
async function readRemoteRuns(access) {
	const { host, token } = access;
	if (token === void 0) return `This action found no token for ${host}. Set the variable ${tokenVariable(host)} in the job, or a credentials block in the CLI configuration.`;
	try {
		const service = await RemoteService.discover(host, token);
		const workspace = await service.readWorkspace(access);
		return workspace.executionMode === "local" || process.env.TF_FORCE_LOCAL_BACKEND ? void 0 : {
			workspace,
			service
		};
	} catch (error) {
		return `The settings of the workspace could not be read: ${messageOf(error)}.`;
	}
}
function tokenVariable(host) {
	return `TF_TOKEN_${host.replaceAll("-", "__").replaceAll(".", "_")}`;
}
function assertRemoteRuns({ host, organization, name, block, appliesUnconfirmed, repository }, { tool, version, parallelism }) {
	const workspace = `The workspace ${organization}/${name} on ${host}`;
	const local = "or set its execution mode to Local: then it keeps the state, and this action plans and applies on the runner";
	if (block === "remote") throw new InputError(`${workspace} plans and applies there, and the backend "remote" cannot save such a plan for a review. Nothing was changed. Replace the block backend "remote" by a cloud block with the same workspace, ${local}.`, "REMOTE_EXECUTION");
	if (!can(tool, version, "savedCloudPlans")) throw new InputError(`${workspace} plans and applies there, and ${tools[tool].title} ${version} cannot save such a plan for a review. Nothing was changed. Use version 1.6.0 or newer, ${local}.`, "REMOTE_EXECUTION");
	if (appliesUnconfirmed) throw new InputError(`${workspace} applies plans that nobody has confirmed (auto-apply), so not only the reviewed plan would be applied. Nothing was changed. Switch off both kinds of auto-apply in the general settings of the workspace. This action confirms the reviewed plan.`, "REMOTE_AUTO_APPLY");
	if (repository !== void 0) throw new InputError(`${workspace} is connected to ${repository}: it plans and applies by its own events, and takes no saved plan. Nothing was changed. Disconnect the repository in the version control settings of the workspace, ${local}.`, "REMOTE_VCS");
	if (parallelism !== 10) throw new InputError(`Input parallelism is ${parallelism}, and ${workspace.replace("The", "the")} plans and applies there with its own setting. Leave parallelism empty, and set the variable TFE_PARALLELISM in the workspace.`);
}
function unconfirmedRun({ url }, { organization, name }) {
	return new InputError(`The run ${url} applies its plan without a confirmation, so a plan that nobody reviewed could be applied. At its end, this action discards or cancels the run, if that is still possible: look there whether it has changed anything. Switch off both kinds of auto-apply of the workspace ${organization}/${name}.`, "REMOTE_AUTO_APPLY");
}
function readSavedRun(planFile) {
	if (!existsSync(planFile)) return void 0;
	const content = readFileSync(planFile);
	if (content.length > maxReferenceUnits || content[0] !== "{".charCodeAt(0)) return void 0;
	const { remote_plan_format: format, hostname, run_id: id } = asObject(parseJson(content.toString("utf8")));
	return format === void 0 ? void 0 : {
		host: asText(hostname) ?? "another machine",
		id: asText(id) ?? "unknown run"
	};
}
function findRun(output, { host, organization, name }) {
	const page = `https://${host}/app/${organization}/${name}/runs/`;
	const start = output.search(new RegExp(`^${RegExp.escape(page)}run-\\w+\\r?$`, "m"));
	const id = start === -1 ? void 0 : /^run-\w+/.exec(output.slice(start + page.length))?.[0];
	return id === void 0 ? void 0 : {
		id,
		url: `${page}${id}`
	};
}
function findUnknownRun(output) {
	if (!/^Running plan in /m.test(output)) return void 0;
	const [, host, id] = /^https:\/\/([^/\s]+)\/app\/[^/\s]+\/[^/\s]+\/runs\/(run-\w+)\r?$/m.exec(output) ?? [];
	return host === void 0 || id === void 0 ? void 0 : {
		host,
		id
	};
}
function isLockTimeout(output) {
	return /^Lock timeout exceeded/m.test(output);
}
export { RemoteService, assertRemoteRuns, can, capabilities, findRun, findUnknownRun, isLockTimeout, readRemoteRuns, readSavedRun, unconfirmedRun, workspaceAccessOf };
