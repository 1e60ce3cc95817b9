import { t as checkedOutCommit } from "./chunks/checkout.js";
import { A as messageOf, O as codeOf, T as InputError, c as log, l as secrets, o as line, s as linesOf } from "./chunks/poll.js";
import { a as readRun, i as matrixCommands, n as deployCommands, t as decideTrigger } from "./chunks/event.js";
import { i as getInput } from "./chunks/core.js";
import { It as readContract, a as writeCommand, kt as ruleNames, l as writeOutcome, t as failRun } from "./chunks/outputs.js";
import { n as isSetting } from "./chunks/backend.js";
import { n as workspaceName, t as shippedModules } from "./chunks/names.js";
import { accessSync, closeSync, constants, existsSync, openSync, readFileSync, readSync, realpathSync, statSync } from "node:fs";
import { isAbsolute, relative, resolve } from "node:path";
// src/inputs.ts
const toolNames = ["terraform", "tofu"];
function readInputs(workspace) {
	const workingDirectory = directoryInput("working-directory", workspace);
	const stack = optional("stack") === void 0 ? void 0 : oneOf("stack", shippedModules);
	const githubToken = secretInput("github-token");
	const headers = headersInput("mcp-headers");
	const apiKey = secretInput("alivemcp-api-key");
	const planApprovalKey = secretInput("plan-approval-key");
	const webhook = webhookInputs();
	const endpoint = optional("mcp-endpoint");
	if (endpoint !== void 0) httpUrl("mcp-endpoint", endpoint);
	const oauth = oauthInputs(headers);
	const cluster = optional("ecs-cluster");
	const service = optional("ecs-service");
	if (cluster === void 0 !== (service === void 0)) {
		const [given, missing] = cluster === void 0 ? ["ecs-service", "ecs-cluster"] : ["ecs-cluster", "ecs-service"];
		throw new InputError(`Input ${given} is set and ${missing} is not: give both, or neither to use the outputs.`);
	}
	const command = oneOf("command", [...deployCommands, ...matrixCommands]);
	const replaces = list("replace").map((address) => addressInput("replace", address));
	if (command === "destroy" && replaces.length > 0) throw new InputError(`Input replace has the line "${replaces[0]}", and command is "destroy", which makes nothing anew: leave replace empty.`);
	return {
		command,
		stack,
		workingDirectory,
		workspace: workspaceInput("workspace"),
		varFiles: list("var-file").map((file) => existingFile("var-file", file, workingDirectory)),
		backendConfig: list("backend-config").map((line) => backendSetting(line, workingDirectory)),
		targets: list("target").map((address) => addressInput("target", address)),
		replaces,
		acceptRules: list("accept-rules").map(acceptedRule),
		tool: oneOf("tool", toolNames),
		terraformVersion: optional("terraform-version"),
		terraformMirror: mirrorInputs(),
		lockTimeoutMs: duration("lock-timeout"),
		parallelism: wholeNumber("parallelism", 1),
		planApproval: approvalInput("plan-approval"),
		planApprovalKey,
		forks: oneOf("forks", ["check", "fail"]),
		githubToken,
		comment: oneOf("comment", [
			"always",
			"changes",
			"never"
		]),
		ecs: {
			cluster,
			service,
			timeoutMs: positiveDuration("ecs-timeout")
		},
		ec2: { timeoutMs: positiveDuration("ec2-timeout") },
		mcp: validateMcpInputs({
			endpoint,
			require: oneOf("mcp-require", [
				"any",
				"legacy",
				"modern",
				"both"
			]),
			transport: oneOf("mcp-transport", [
				"auto",
				"streamable-http",
				"sse"
			]),
			headers,
			tools: list("mcp-tools"),
			expect: oneOf("mcp-expect", ["open", "auth-wall"]),
			oauth,
			contract: contractInput("mcp-contract", workspace),
			expectVersion: optional("mcp-expect-version"),
			rounds: wholeNumber("mcp-rounds", 1),
			timeoutMs: positiveDuration("mcp-timeout")
		}),
		onFailure: oneOf("on-failure", [
			"taint",
			"rollback",
			"none"
		]),
		alivemcp: apiKey === "" ? void 0 : monitorInputs(apiKey),
		webhook,
		allowLocalState: boolean("allow-local-state"),
		confirmDestroy: optional("confirm-destroy"),
		credentialsEnd: expirationInput("aws-expiration", "AWS_CREDENTIAL_EXPIRATION"),
		certificateDays: wholeNumber("certificate-days", 0),
		drift: oneOf("drift", [
			"auto",
			"ignore",
			"report",
			"fail"
		]),
		driftPlan: oneOf("drift-plan", ["normal", "refresh-only"]),
		issue: oneOf("issue", ["never", "failures"]),
		environment: lineInput("environment", "the name of an environment", 255),
		stackName: lineInput("stack-name", "the name of a stack", 200),
		discover: oneOf("discover", ["changed", "all"]),
		summary: {
			reports: resolve(workspace, getInput("reports") || "."),
			stacks: stacksInput("stacks", workspace)
		},
		secrets: [...[
			githubToken,
			apiKey,
			planApprovalKey,
			oauth?.clientSecret ?? "",
			...Object.values(headers)
		], ...Object.values(webhook ?? {})].filter((value) => value !== "")
	};
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
function mirrorInputs() {
	const url = optional("terraform-mirror");
	const key = optional("terraform-mirror-key");
	if (url === void 0) {
		if (key === void 0) return void 0;
		throw new InputError("Input terraform-mirror-key is set and terraform-mirror is not: the key is for releases of a mirror.");
	}
	const { username, password, search, hash } = httpUrl("terraform-mirror", url);
	if (username !== "" || password !== "") throw new InputError("Input terraform-mirror holds a user name or a password, which would be in every log: leave them out.");
	if (search !== "" || hash !== "") throw new InputError(`Input terraform-mirror is "${url}": paths are added to it, so it can have no ? and no #.`);
	return {
		url: url.replace(/\/+$/, ""),
		key
	};
}
function monitorInputs(apiKey) {
	const apiUrl = getInput("alivemcp-api-url");
	const { protocol, hostname } = httpUrl("alivemcp-api-url", apiUrl);
	if (protocol !== "https:" && !isLoopback(hostname)) throw new InputError(`Input alivemcp-api-url is "${apiUrl}": the API key is only sent over https.`);
	return {
		apiKey,
		apiUrl: apiUrl.replace(/\/+$/, ""),
		name: optional("alivemcp-name"),
		intervalMs: positiveDuration("alivemcp-interval")
	};
}
function webhookInputs() {
	const url = secretInput("webhook-url");
	const secret = secretInput("webhook-secret");
	if (url === "" && secret === "") return void 0;
	if (url === "" || secret === "") throw new InputError(`Input ${url === "" ? "webhook-url" : "webhook-secret"} is empty: a webhook has both, an address and the secret that its deliveries are signed with.`);
	const { protocol, hostname, username, password } = URL.parse(url) ?? {
		protocol: "",
		hostname: ""
	};
	if (protocol !== "https:" && !(protocol === "http:" && isLoopback(hostname))) throw new InputError(`Input webhook-url begins with "${protocol === "" ? "" : `${protocol}//${hostname}`}": it must be a URL that begins with https://.`);
	if (username || password) throw new InputError(`Input webhook-url, at ${hostname}, has a user name or a password: allowed is a URL without them, as deliveries are signed.`);
	return {
		url,
		secret
	};
}
function isLoopback(hostname) {
	return /^(127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/.test(hostname);
}
function oauthInputs(headers) {
	const clientId = getInput("mcp-oauth-client-id");
	const clientSecret = secretInput("mcp-oauth-client-secret");
	const issuer = optional("mcp-oauth-issuer");
	if (issuer !== void 0) issuerUrl("mcp-oauth-issuer", issuer);
	if (clientId === "" && clientSecret === "") {
		if (issuer === void 0) return void 0;
		throw new InputError(`Input mcp-oauth-issuer is "${issuer}", and mcp-oauth-client-id is empty: it says who may have the secret of that client.`);
	}
	if (clientId === "" || clientSecret === "") throw new InputError(`Input ${clientId === "" ? "mcp-oauth-client-id" : "mcp-oauth-client-secret"} is empty: client credentials are both, an id and a secret.`);
	if (Object.keys(headers).some((name) => name.toLowerCase() === "authorization")) throw new InputError("Input mcp-headers sets Authorization, which mcp-oauth-client-id obtains: give one of them.");
	return {
		clientId,
		clientSecret,
		issuer
	};
}
function issuerUrl(name, value) {
	const { protocol, hostname, search, hash, username, password } = httpUrl(name, value);
	if (protocol !== "https:" && !/^(127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/.test(hostname)) throw new InputError(`Input ${name} is "${value}": it must begin with https://, as the client secret is sent there.`);
	if (search !== "" || hash !== "" || username !== "" || password !== "") throw new InputError(`Input ${name} is "${value}": it must have no query, no fragment and no user name.`);
}
function validateMcpInputs(mcp) {
	const { expect, oauth, headers, require, tools, contract, expectVersion, transport } = mcp;
	const hasCredentials = oauth !== void 0 || Object.keys(headers).some((name) => /^authorization$/i.test(name));
	const behind = [
		tools.length > 0 ? "mcp-tools" : "",
		contract === void 0 ? "" : "mcp-contract",
		expectVersion === void 0 ? "" : "mcp-expect-version",
		require === "any" ? "" : "mcp-require"
	].find((name) => name !== "");
	if (expect === "auth-wall" && !hasCredentials && behind !== void 0) throw new InputError(`Input ${behind} is about what lies behind the wall of mcp-expect: auth-wall: give mcp-oauth-client-id and mcp-oauth-client-secret, or an Authorization in mcp-headers.`);
	if (transport === "sse" && (require === "modern" || require === "both")) throw new InputError(`Input mcp-require is "${require}": it cannot pass with mcp-transport "sse", which only legacy clients speak.`);
	return mcp;
}
const contractLimitBytes = 16777216;
function contractInput(name, workspace) {
	const path = optional(name);
	if (path === void 0) return void 0;
	const file = resolve(workspace, path);
	const refuse = (why) => {
		throw new InputError(`Input ${name} is "${path}": ${why}.`);
	};
	if (!isInside(file, workspace)) refuse("it must lie inside the checked out repository");
	if (!existsSync(file)) return {
		path,
		tools: void 0
	};
	if (!isInside(realpathSync(file), realpathSync(workspace))) refuse("it leads out of the checked out repository");
	const { size } = statSync(file);
	if (!statSync(file).isFile() || size > contractLimitBytes) refuse("it is not a file of at most 16 MiB");
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
	const inside = relative(directory, path);
	return inside !== "" && !inside.startsWith("..") && !isAbsolute(inside);
}
function optional(name) {
	const value = getInput(name);
	return value === "" ? void 0 : value;
}
function oneOf(name, allowed) {
	const value = getInput(name);
	const found = allowed.find((choice) => choice === value);
	if (found === void 0) throw new InputError(`Input ${name} is "${value}": allowed are ${allowed.map((choice) => `"${choice}"`).join(", ")}.`);
	return found;
}
function approvalInput(name) {
	const value = getInput(name);
	if (!/^(reviewed|none|(sha256|scrypt:[0-9a-f]{16}):[0-9a-f]{64})$/.test(value)) throw new InputError(`Input ${name} is "${value}": allowed are "reviewed", "none" and the fingerprint of a plan, such as sha256: and 64 hexadecimal digits.`);
	return value;
}
function boolean(name) {
	const value = getInput(name);
	if (/^(true|True|TRUE)$/.test(value)) return true;
	if (/^(false|False|FALSE)$/.test(value)) return false;
	throw new InputError(`Input ${name} is "${value}": allowed are "true" and "false".`);
}
function wholeNumber(name, least) {
	const value = getInput(name);
	if (!/^(0|[1-9]\d{0,5})$/.test(value) || Number(value) < least) throw new InputError(`Input ${name} is "${value}": it must be a whole number from ${least}.`);
	return Number(value);
}
function lineInput(name, what, limit) {
	const value = optional(name);
	if (value !== void 0 && (value.length > limit || /\p{Cc}/u.test(value))) throw new InputError(`Input ${name} is "${value}": ${what} is one line of at most ${limit} characters.`);
	return value;
}
function expirationInput(name, variable) {
	const given = optional(name);
	const value = given ?? (process.env[variable] || void 0);
	if (value === void 0) return void 0;
	const moment = /^"?(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d))"?$/i.exec(value.trim())?.[1];
	const ms = moment === void 0 ? NaN : Date.parse(moment);
	if (!Number.isNaN(ms)) return ms;
	throw new InputError(`${given === void 0 ? `The variable ${variable}` : `Input ${name}`} is "${value}": it must be a moment in ISO 8601 with its time zone, such as 2026-11-22T20:41:07Z.`);
}
function stacksInput(name, workspace) {
	const value = optional(name);
	return value === void 0 || /^[[{]/.test(value) ? value : readFileSync(existingFile(name, value, workspace), "utf8");
}
function duration(name) {
	return parseDuration(name, getInput(name));
}
function positiveDuration(name) {
	const ms = duration(name);
	if (ms === 0) throw new InputError(`Input ${name} is "${getInput(name)}": it must be longer than nothing.`);
	return ms;
}
function list(name) {
	return getInput(name).split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "");
}
function acceptedRule(line) {
	const colon = line.indexOf(":");
	const rule = (colon === -1 ? line : line.slice(0, colon)).trim();
	const reason = colon === -1 ? "" : line.slice(colon + 1).trim();
	if (!ruleNames.includes(rule)) throw new InputError(`Input accept-rules names "${rule}", which is no rule: allowed are ${ruleNames.join(", ")}, each as "rule: reason".`);
	if (reason === "") throw new InputError(`Input accept-rules has the line "${line}" without a reason: each line is "rule: reason".`);
	return {
		rule,
		reason
	};
}
function secretInput(name) {
	const value = getInput(name);
	if (value !== "") secrets.add(value);
	return value;
}
function headersInput(name) {
	const headers = Object.create(null);
	for (const line of list(name)) {
		const colon = line.indexOf(":");
		const header = line.slice(0, colon).trim();
		const value = line.slice(colon + 1).trim();
		if (colon < 1 || !/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(header) || value === "") throw new InputError(`Input ${name} has a line that is not a header: each line is "Name: value".`);
		if (/[^\t\x20-\x7e\x80-\xff]/.test(value)) throw new InputError(`Input ${name}: the value of ${header} has a character that HTTP does not allow in a header.`);
		if (/^(origin|cookie|host|content-length|transfer-encoding|connection|mcp-session-id|mcp-protocol-version|mcp-method)$/i.test(header)) throw new InputError(`Input ${name} sets ${header}: the gate sets or leaves out that header itself.`);
		secrets.add(value);
		const credentials = /^\S+\s+(\S.*)$/.exec(value)?.[1];
		if (credentials !== void 0) secrets.add(credentials);
		headers[header] = value;
	}
	return headers;
}
function httpUrl(name, value) {
	const url = URL.canParse(value) ? new URL(value) : void 0;
	if (url === void 0 || url.protocol !== "https:" && url.protocol !== "http:") throw new InputError(`Input ${name} is "${value}": it must be a URL that begins with https:// or http://.`);
	return url;
}
function workspaceInput(name) {
	const value = optional(name);
	if (value !== void 0 && !workspaceName.test(value)) throw new InputError(`Input ${name} is "${value}": a workspace name is letters, digits and any of $&+:=@._~- (90 at most), and not "." or "..".`);
	return value;
}
const name = String.raw`[\p{ID_Start}_][\p{ID_Continue}-]*`;
const index = String.raw`(?:\[(?:\d+|"(?:[^"\\\n$%]|\\.|\$\$\{|%%\{|[$%](?!\{))*")\])?`;
const inModules = `(?:module\\.${name}${index}\\.)*`;
const instance = `${name}\\.${name}${index}`;
const addresses = {
	target: new RegExp(`^${inModules}(?:module\\.${name}${index}|(?:data\\.)?${instance})$`, "u"),
	replace: new RegExp(`^${inModules}(?!data\\.|module\\.)${instance}$`, "u")
};
function addressInput(input, address) {
	if (addresses[input].test(address)) return address;
	throw new InputError(`Input ${input} has the line "${address}", which is no address of ${input === "target" ? "a resource, a data source or a module" : "a resource instance"}. Addresses are written as in the plan, one a line and without further quotes: aws_instance.web[0], module.server["a"].aws_instance.web.`);
}
function directoryInput(name, workspace) {
	const value = getInput(name) || ".";
	const directory = resolve(workspace, value);
	const inside = relative(workspace, directory);
	if (inside.startsWith("..") || isAbsolute(inside)) throw new InputError(`Input ${name} is "${value}": it must lie inside the checked out repository.`);
	if (!existsSync(directory) || !statSync(directory).isDirectory()) throw new InputError(`Input ${name} is "${value}": there is no such directory. Is actions/checkout run before this step?`);
	if (relative(realpathSync(workspace), realpathSync(directory)).startsWith("..")) throw new InputError(`Input ${name} is "${value}": it leads out of the checked out repository.`);
	return directory;
}
function existingFile(name, file, directory) {
	const path = resolve(directory, file);
	const fault = faultOf(path, directory);
	if (fault !== void 0) throw new InputError(`Input ${name} names "${file}": ${fault}.`);
	return path;
}
function backendSetting(line, directory) {
	if (isSetting(line)) return line;
	const path = resolve(directory, line);
	const fault = faultOf(path, directory);
	if (fault !== void 0) throw new InputError(`Input backend-config has the line "${line}": it must be key=value, or a file in ${directory}, and ${fault}.`);
	if (path.includes("=")) throw new InputError(`Input backend-config names "${line}": Terraform would read its path, ${path}, as key=value. Use a path without "=".`);
	return path;
}
function faultOf(path, directory) {
	if (!existsSync(path)) return `there is no such file in ${directory}`;
	if (!statSync(path).isFile()) return "that is no file, but a directory or a device";
	try {
		accessSync(path, constants.R_OK);
	} catch {
		return `this runner may not read it`;
	}
	const head = Buffer.alloc(2);
	const file = openSync(path, "r");
	readSync(file, head);
	closeSync(file);
	return /^(fffe|feff)$/.test(head.toString("hex")) ? "it is in UTF-16, and Terraform reads UTF-8" : void 0;
}
// src/main.ts
async function main() {
	const run = readRun(process.env);
	const inputs = readInputs(run.workspace);
	const trigger = decideTrigger(inputs.command, run, checkedOutCommit(inputs.workingDirectory, run.workspace));
	writeCommand(trigger.command);
	switch (trigger.command) {
		case "plan":
		case "apply":
		case "verify":
		case "destroy": return await (await import("./chunks/run.js")).runCommand(inputs, run, trigger);
		case "discover": return await (await import("./chunks/discover.js")).runDiscover(inputs, run);
		case "summary": return await (await import("./chunks/summary.js")).runSummary(inputs, run);
		case "none":
			log.notice(line`${trigger.reason}`);
			if (trigger.closed !== void 0) await (await import("./chunks/close.js")).closePlan(inputs, run, trigger.closed);
	}
}
try {
	await main();
} catch (error) {
	writeOutcome({
		phase: "start",
		code: codeOf(error)
	});
	failRun(linesOf(messageOf(error)));
}
process.exit();
export {};
