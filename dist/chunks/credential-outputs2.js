import { InputError, asObject, hasAuthorization, headerProblem, headerSecrets, isObject, issuerProblem, joined, secretParts } from "./entry.js";
// src/platforms/credential-outputs.ts
const examples = {
	"mcp-headers-from-output": "{ \"X-Api-Key\" = \u2026 }",
	"mcp-oauth-from-output": "{ client_id = \u2026, client_secret = \u2026, issuer = \u2026 }"
};
const oauthKeys = {
	client_id: "clientId",
	client_secret: "clientSecret",
	issuer: "issuer",
	scope: "scope",
	resource: "resource",
	audience: "audience"
};
const requiredKeys = [
	"client_id",
	"client_secret",
	"issuer"
];
function sourcesOf({ headers, oauth }) {
	return [{
		input: "mcp-headers-from-output",
		output: headers
	}, {
		input: "mcp-oauth-from-output",
		output: oauth
	}].flatMap(({ input, output }) => output === void 0 ? [] : [{
		input,
		output
	}]);
}
function assertCredentialOutputs({ outputNames, json }, names) {
	for (const source of sourcesOf(names)) {
		if (!outputNames.includes(source.output)) throw missing(source, "the root module has no output of that name");
		const change = json.output_changes?.[source.output];
		if (!(change?.after_sensitive === true || json.planned_values?.outputs?.[source.output]?.sensitive === true)) throw new InputError(`The output ${source.output}, which the input ${source.input} names, is not sensitive: Terraform would show the credential in every plan. Add sensitive = true to it.`);
		if (change?.after_unknown === true || change === void 0) continue;
		checkShape(source, change.after, change.after_unknown);
	}
}
function readOutputCredentials(state, names, given) {
	let [headers, oauth] = [{}, void 0];
	for (const source of sourcesOf(names)) {
		const output = state.values?.outputs?.[source.output];
		if (output === void 0) throw missing(source, "the state has no output of that name");
		checkShape(source, output.value, void 0);
		const entries = Object.entries(asObject(output.value)).filter(([, value]) => value !== null);
		if (source.input === "mcp-headers-from-output") {
			headers = Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
			checkDuplicates(source, headers, given);
		} else oauth = Object.fromEntries(entries.map(([key, value]) => [oauthKeys[key], value]));
	}
	if (oauth !== void 0 && hasAuthorization(headers)) throw new InputError(`The output ${names.headers} sets Authorization, and the output ${names.oauth} obtains a token for the same header: use only one of them.`);
	return {
		headers,
		oauth,
		secrets: credentialSecrets(state, names)
	};
}
function credentialSecrets(state, names) {
	return sourcesOf(names).flatMap(({ input, output }) => {
		const value = state?.values?.outputs?.[output]?.value;
		if (typeof value === "string") return secretParts(value);
		return Object.entries(asObject(value)).flatMap(([name, part]) => {
			if (typeof part !== "string") return [];
			if (input === "mcp-headers-from-output") return headerSecrets(name, part);
			return name === "client_secret" ? secretParts(part) : [];
		});
	});
}
function checkShape(source, value, unknown) {
	const isUnknown = (key) => asObject(unknown)[key] === true;
	const refusal = (problem) => new InputError(`The output ${source.output}, which the input ${source.input} names, ${problem}. Write value = ${examples[source.input]}.`);
	if (value === null || value === void 0) throw refusal("has no value");
	if (!isObject(value)) throw refusal(`is ${Array.isArray(value) ? "a list" : `a ${typeof value}`} and not an object`);
	const keys = [...new Set([...Object.keys(value), ...Object.keys(asObject(unknown))])];
	if (keys.length === 0) throw refusal("is empty");
	const wrong = keys.find((key) => !isUnknown(key) && typeof value[key] !== "string" && value[key] !== null);
	if (wrong !== void 0) throw refusal(`has ${JSON.stringify(wrong)}, which is not a text`);
	if (source.input === "mcp-headers-from-output") {
		for (const key of keys) {
			const problem = headerProblem(key, isUnknown(key) ? "unknown" : String(value[key] ?? ""));
			if (problem !== void 0) throw refusal(problem);
		}
		return;
	}
	const other = keys.find((key) => !Object.hasOwn(oauthKeys, key));
	if (other !== void 0) throw refusal(`has ${JSON.stringify(other)}: allowed are ${joined(Object.keys(oauthKeys), "and")}`);
	const absent = requiredKeys.filter((key) => !isUnknown(key) && (value[key] ?? "") === "");
	if (absent.length > 0) throw refusal(`lacks ${joined(absent, "and")}`);
	const problem = isUnknown("issuer") ? void 0 : issuerProblem(String(value.issuer));
	if (problem !== void 0) throw refusal(`has an issuer that cannot be used: ${problem}`);
}
function checkDuplicates({ output }, headers, given) {
	const names = new Set(Object.keys(given).map((name) => name.toLowerCase()));
	const twice = Object.keys(headers).find((name) => names.has(name.toLowerCase()));
	if (twice === void 0) return;
	throw new InputError(`The output ${output} and the input mcp-headers both set ${twice}: set it in one of them.`);
}
function missing({ input, output }, where) {
	return new InputError(`Input ${input} is "${output}", and ${where}. Add output "${output}" to the root module, with value = ${examples[input]} and sensitive = true.`);
}
export { assertCredentialOutputs, credentialSecrets, readOutputCredentials };
