import { compositeSecrets, exactDigits, looksGenerated, numberText, parseExactJson, secrets, urlSecrets } from "./entry.js";
import { tools } from "./tools.js";
import { findProgram, query } from "./child.js";
import { varFileArguments } from "./environment.js";
const { existsSync } = process.getBuiltinModule("node:fs");
const { basename, dirname, isAbsolute, join, resolve } = process.getBuiltinModule("node:path");
const { constants: constants$1 } = process.getBuiltinModule("node:buffer");
const { tmpdir } = process.getBuiltinModule("node:os");
// src/terraform/json-output.ts
function withoutPreface(stdout) {
	const start = stdout.search(/^[{[]/m);
	return start <= 0 ? stdout : stdout.slice(start);
}
function parseOutput(stdout) {
	return JSON.parse(withoutPreface(stdout));
}
// src/terraform/sensitive.ts
function sensitiveValues(json) {
	const values = new Set();
	const changes = [
		...(json.resource_changes ?? []).map((resource) => resource.change),
		...(json.resource_drift ?? []).map((resource) => resource.change),
		...(json.deferred_changes ?? []).flatMap(({ resource_change }) => resource_change?.change ?? []),
		...Object.values(json.output_changes ?? {})
	];
	for (const change of changes) {
		collectSensitive(change.before, change.before_sensitive, values);
		collectSensitive(change.after, change.after_sensitive, values);
	}
	const invocations = [...json.action_invocations ?? [], ...(json.deferred_action_invocations ?? []).flatMap(({ action_invocation }) => action_invocation ?? [])];
	for (const { config_values, config_sensitive } of invocations) collectSensitive(config_values, config_sensitive, values);
	for (const [name, variable] of Object.entries(json.configuration?.root_module?.variables ?? {})) if (variable.sensitive === true) collectSensitive(json.variables?.[name]?.value, true, values);
	collectInState(json.prior_state, values);
	return [...values];
}
function sensitiveStateValues(state) {
	const values = new Set();
	collectInState(state, values);
	return [...values];
}
const instanceKey = /\[(?:\d+|"(?:[^"\\]|\\.)*")\]/;
function resourceNames(json) {
	const names = new Set();
	const add = ({ address, type }) => {
		for (const part of address.split(instanceKey)) if (part !== "") names.add(part);
		names.add(type);
	};
	const addModule = (module) => {
		for (const resource of module?.resources ?? []) add(resource);
		for (const child of module?.child_modules ?? []) addModule(child);
	};
	if ("values" in json) addModule(json.values?.root_module);
	if ("resource_changes" in json || "prior_state" in json) {
		for (const change of [...json.resource_changes ?? [], ...json.resource_drift ?? []]) add(change);
		addModule(json.prior_state?.values?.root_module);
	}
	return [...names];
}
function endpointSecrets(json) {
	const urls = [];
	if ("values" in json) urls.push(json.values?.outputs?.mcp_endpoint?.value);
	if ("output_changes" in json) urls.push(json.output_changes?.mcp_endpoint?.before, json.output_changes?.mcp_endpoint?.after);
	return urls.flatMap((url) => typeof url === "string" ? urlSecrets(url) : []);
}
function collectInState(state, values) {
	for (const output of Object.values(state?.values?.outputs ?? {})) collectSensitive(output.value, output.sensitive, values);
	collectInModule(state?.values?.root_module, values);
}
function collectInModule(module, values) {
	for (const resource of module?.resources ?? []) collectSensitive(resource.values, resource.sensitive_values, values);
	for (const child of module?.child_modules ?? []) collectInModule(child, values);
}
function collectSensitive(value, sensitive, values) {
	if (value === null || value === void 0 || sensitive === false || sensitive === void 0) return;
	if (typeof value === "object" && exactDigits(value) === void 0) {
		if (sensitive === true) for (const secret of compositeSecrets(value)) values.add(secret);
		else if (typeof sensitive === "object" && sensitive !== null) for (const key of Object.keys(sensitive)) {
			if (!Object.hasOwn(value, key)) continue;
			const part = value[key];
			if (!isPlace(key, part)) collectSensitive(part, sensitive[key], values);
		}
	} else if (sensitive === true) {
		const text = typeof value === "string" ? value : numberText(value);
		if (text !== void 0 && text !== "") values.add(text);
	}
}
function isPlace(name, value) {
	return typeof value === "string" && /^(host|hostname|address|port|database|db_?name|schema|region|engine|protocol|scheme|arn|type|zone|family|cidr)$/i.test(name) && !looksGenerated(value);
}
// src/terraform/state-secrets.ts
const recoveryFile = "errored.tfstate";
const unsavedState = /^(?:[\u2502\u2577\u2575] )?Error: Failed to (?:save|persist) state/m;
async function readStateSecrets(options) {
	const { binary, directory: cwd, env, varFiles, timeoutMs, diagnostics } = options;
	const recovered = unsavedState.test(diagnostics) ? [recoveryFile] : [];
	const args = [
		"show",
		"-json",
		"-no-color",
		...varFileArguments(varFiles),
		...recovered
	];
	try {
		const { exitCode, stdout } = await query(binary, args, {
			cwd,
			env,
			timeoutMs,
			maxOutputUnits: constants$1.MAX_STRING_LENGTH
		});
		if (exitCode !== 0) return false;
		addStateSecrets(stdout);
		return true;
	} catch {
		return false;
	}
}
function addStateSecrets(json) {
	const state = parseExactJson(withoutPreface(json));
	secrets.add(...sensitiveStateValues(state), ...endpointSecrets(state));
	secrets.addOpenWords(resourceNames(state));
	return state;
}
const messageStart = /^(?:[\u2502\u2577\u2575]|Warning: |Error: )/m;
const openSummary = /^(?:operation canceled|execution halted|failed to (?:save|persist|load) state\b|failed to get existing workspaces\b|error (?:acquiring|releasing) the state lock|error (?:loading|refreshing|saving) state\b|failed to load plugin schemas|backend (?:initialization required|configuration changed)|inconsistent dependency lock file|required plugins are not installed)/i;
const foreignAppendix = /^(?:\{|Stack trace from |panic: |goroutine )/m;
const newId = /: (?:Refreshing|Read complete|Refresh complete|Creation complete)/;
function withoutNewIds(lines) {
	return lines.split("\n").map((each) => newId.test(each) && each.includes(" [id=") ? each.slice(0, each.indexOf(" [id=")) : each).join("\n");
}
function openOutput(output) {
	const message = output.search(messageStart);
	return withoutNewIds(message === -1 ? output : output.slice(0, message));
}
function openMessages(text) {
	return text.replace(/^[\u2502\u2577\u2575] ?/gm, "").split(/^(?=(?:Error|Warning): )/m).filter((each) => /^(?:Error|Warning): /.test(each) && openSummary.test(each.slice(each.indexOf(" ") + 1))).map((each) => each.slice(0, foreignAppendix.exec(each)?.index).trim()).join("\n\n");
}
function leftOutMessages(tool) {
	return `The other messages of ${tool} are left out, because the state, which names the secrets in them, could not be read. To see them, run ${tool} plan where the state can be read, such as on your machine.`;
}
// src/terraform/install/binary.ts
const extractedPrefix = "terraform-mcp-deploy-tool-";
function executable(name) {
	return process.platform === "win32" ? `${name}.exe` : name;
}
function wrappedBinary({ wrapper }, env) {
	const directory = env[wrapper.variable];
	const binary = directory === void 0 ? void 0 : join(directory, executable(wrapper.binary));
	return binary !== void 0 && isAbsolute(binary) && existsSync(binary) ? binary : void 0;
}
function isKnownBinary(toolName, binary, env) {
	const tool = tools[toolName];
	if (binary === wrappedBinary(tool, env) || binary === findProgram(tool.command, env)) return true;
	const directory = dirname(binary);
	return basename(binary) === executable(tool.command) && basename(directory).startsWith("terraform-mcp-deploy-tool-") && dirname(directory) === resolve(env.RUNNER_TEMP || tmpdir());
}
export { addStateSecrets, endpointSecrets, executable, extractedPrefix, isKnownBinary, leftOutMessages, messageStart, openMessages, openOutput, parseOutput, readStateSecrets, resourceNames, sensitiveValues, withoutNewIds, withoutPreface, wrappedBinary };
