import { mt as query } from "./verify.js";
import { D as compositeSecrets, F as urlSecrets, N as looksGenerated, j as isPortLike, v as secrets } from "./base.js";
import { constants } from "node:buffer";
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
	for (const { config_values, config_sensitive } of json.action_invocations ?? []) collectSensitive(config_values, config_sensitive, values);
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
	if (typeof value === "object") {
		if (sensitive === true) for (const secret of compositeSecrets(value)) values.add(secret);
		else for (const [key, part] of Object.entries(value)) if (!isPlace(key, part)) collectSensitive(part, sensitive?.[key], values);
	} else if (sensitive === true && typeof value !== "boolean") {
		if (value !== "" && !(typeof value === "number" && isPortLike(value))) values.add(String(value));
	}
}
function isPlace(name, value) {
	return typeof value === "string" && /^(host|hostname|address|port|database|db_?name|schema|region|engine|protocol|scheme|arn|type|zone|family|cidr)$/i.test(name) && !looksGenerated(value);
}
// src/terraform/state-secrets.ts
async function readStateSecrets(options) {
	const { binary, directory: cwd, env, variables = [], timeoutMs } = options;
	try {
		const { exitCode, stdout } = await query(binary, [
			"show",
			"-json",
			"-no-color",
			...variables
		], {
			cwd,
			env,
			timeoutMs,
			maxOutputUnits: constants.MAX_STRING_LENGTH
		});
		if (exitCode !== 0) return false;
		addStateSecrets(stdout);
		return true;
	} catch {
		return false;
	}
}
function addStateSecrets(json) {
	const state = parseOutput(json);
	secrets.add(...sensitiveStateValues(state), ...endpointSecrets(state));
	secrets.addOpenWords(resourceNames(state));
	return state;
}
const messageStart = /^(?:[│╷╵]|Warning: |Error: )/m;
const openInterruptions = /^(?:[│╷╵] )?Error: (?:operation canceled|execution halted)$/gim;
function openOutput(output) {
	const message = output.search(messageStart);
	return message === -1 ? output : output.slice(0, message);
}
function openErrors(diagnostics) {
	return [...diagnostics.matchAll(openInterruptions)].map(([text]) => text.replace(/^[│╷╵] /, "")).join("\n");
}
export { readStateSecrets as a, sensitiveValues as c, openOutput as i, parseOutput as l, messageStart as n, endpointSecrets as o, openErrors as r, resourceNames as s, addStateSecrets as t, withoutPreface as u };
