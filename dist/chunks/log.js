import * as os from "os";
import * as crypto from "crypto";
import * as fs from "fs";
import { randomUUID } from "node:crypto";
// src/errors.ts
var InputError = class extends Error {
	name = "InputError";
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
};
var ServiceError = class extends Error {
	name = "ServiceError";
};
function messageOf(thrown) {
	if (thrown instanceof AggregateError && thrown.errors.length > 0 && thrown.message === "") return thrown.errors.map(messageOf).join("; ");
	return thrown instanceof Error ? thrown.message || thrown.name : String(thrown);
}
var CancelledError = class extends Error {
	name = "CancelledError";
};
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
	const delimiter = `ghadelimiter_${crypto.randomUUID()}`;
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
function isDebug() {
	return process.env["RUNNER_DEBUG"] === "1";
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
// src/redact.ts
const minLength = 4;
const minBytesInBase64 = 6;
function redactor(secrets) {
	const forms = new Set();
	for (const secret of secrets) for (const line of new Set([
		secret,
		...secret.split(/\r?\n/),
		...valuesInside(secret)
	])) for (const form of formsOf(line.trim())) if (form.length >= minLength && form !== "true" && form !== "false" && form !== "null") forms.add(form);
	if (forms.size === 0) return (text) => text;
	const pattern = [...forms].sort((a, b) => b.length - a.length).map((form) => RegExp.escape(form)).join("|");
	const anySecret = new RegExp(pattern, "g");
	return (text) => text.length < minLength ? text : text.replace(anySecret, "***");
}
const isSecretName = /pass|pwd|secret|token|key|credential|auth|private|salt|signature|cookie|session|dsn|connection|url|uri/i;
function valuesInside(secret) {
	if (!/^\s*[[{]/.test(secret)) return [];
	let document;
	try {
		document = JSON.parse(secret);
	} catch {
		return [];
	}
	const found = [];
	collect(document, false, found);
	const texts = Object.values(document).filter((value) => typeof value === "string");
	const isFlat = !Array.isArray(document) && texts.length === Object.keys(document).length;
	return found.length === 0 && isFlat ? texts : found;
}
function collect(value, isSecret, found) {
	if (typeof value === "string" || typeof value === "number") {
		if (isSecret) found.push(String(value));
		return;
	}
	if (typeof value !== "object" || value === null) return;
	const { name } = value;
	for (const [key, part] of Object.entries(value)) {
		const called = key === "value" && typeof name === "string" ? name : Array.isArray(value) ? "" : key;
		collect(part, isSecret || isSecretName.test(called), found);
	}
}
function formsOf(secret) {
	if (secret.length < minLength) return [];
	const json = JSON.stringify(secret).slice(1, -1);
	const uri = encodeURIComponent(secret.toWellFormed());
	return [
		secret,
		json,
		JSON.stringify(json).slice(1, -1),
		json.replace(/[<>&\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`),
		json.replace(/[$%](?=\{)/g, "$&$&"),
		uri,
		uri.replaceAll("%20", "+").replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`),
		secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\"", "&quot;"),
		...inBase64(secret)
	];
}
function inBase64(secret) {
	const bytes = Buffer.from(secret);
	if (bytes.length < minBytesInBase64) return [];
	const whole = bytes.toString("base64");
	return [
		0,
		1,
		2
	].flatMap((before) => {
		const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64").replace(/=+$/, "");
		const from = before === 0 ? 0 : before + 1;
		const to = (before + bytes.length) % 3 === 0 ? encoded.length : encoded.length - 1;
		const inner = encoded.slice(from, to);
		return [inner, inner.replaceAll("+", "-").replaceAll("/", "_")];
	}).concat(whole);
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
	#redact;
	add(value) {
		if (value === "" || this.#values.has(value)) return;
		this.#values.add(value);
		this.#redact = void 0;
		log.mask(value);
	}
	redact = (text) => {
		this.#redact ??= redactor(this.#values);
		return this.#redact(text);
	};
};
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
var Log = class {
	#fence;
	line = (text) => this.#write(() => info(this.#text(text)));
	notice(text) {
		this.#write(() => notice(this.#text(text)));
	}
	warning(text, at = {}) {
		this.#write(() => warning(this.#text(text), at));
	}
	error(text, at = {}) {
		this.#write(() => error(this.#text(text), at));
	}
	group(name) {
		this.#write(() => startGroup(String(name)));
	}
	endGroup() {
		this.#write(() => endGroup());
	}
	foreign = (text) => {
		if (text === "") return;
		if (this.#fence === void 0) {
			this.#fence = randomUUID();
			process.stdout.write(`::stop-commands::${this.#fence}\n`);
		}
		const shown = secrets.redact(text);
		process.stdout.write(shown.endsWith("\n") ? shown : `${shown}\n`);
	};
	closeFence() {
		if (this.#fence === void 0) return;
		process.stdout.write(`::${this.#fence}::\n`);
		this.#fence = void 0;
	}
	mask(value) {
		this.#write(() => setSecret(value));
	}
	get isDebug() {
		return isDebug();
	}
	#write(write) {
		this.closeFence();
		write();
	}
	#text(text) {
		return text instanceof Line ? String(text) : text.map(String).join("\n");
	}
};
const log = new Log();
const secrets = new Secrets();
function neutralise(text) {
	return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").replaceAll("##[", "## [").replace(/^(\s*):{2}/, "$1: :");
}
export { CancelledError as _, redactAll as a, TerraformError as b, error as c, isDebug as d, notice as f, warning as g, setOutput as h, secrets as i, getInput as l, setFailed as m, linesOf as n, redactor as o, saveState as p, log as r, debug as s, line as t, info as u, InputError as v, messageOf as x, ServiceError as y };
