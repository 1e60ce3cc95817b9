import * as os from "os";
import * as crypto from "crypto";
import * as fs from "fs";
import { randomUUID } from "node:crypto";
// src/errors.ts
const afterTerraform = "Fix what Terraform reports and run the job again.";
const thrownCodes = {
	INPUT_INVALID: {
		meaning: "an input, the event or the root module is not as it must be",
		fix: "Correct what the message names. Nothing was changed."
	},
	STATE_LOCAL: {
		meaning: "the state is local, so it would be lost with the job",
		fix: "Add a backend block to the root module, or set the input backend-config. On a self-hosted runner that keeps the directory, set allow-local-state to true."
	},
	STATE_SHARED: {
		meaning: "two stacks of the workflow keep the same state",
		fix: "Give each stack a state of its own: another key in backend-config, or another workspace."
	},
	COMMENT_SHARED: {
		meaning: "two jobs of one run would write the same comment for two different states",
		fix: "Give each job of the matrix a stack-name of its own."
	},
	STATE_LOCKED: {
		meaning: "another run holds the lock of the state",
		fix: "Wait for that run and run the job again, or raise lock-timeout."
	},
	TERRAFORM_INIT_FAILED: {
		meaning: "`terraform init` failed",
		fix: afterTerraform
	},
	TERRAFORM_WORKSPACE_FAILED: {
		meaning: "`terraform workspace select` failed",
		fix: afterTerraform
	},
	TERRAFORM_FMT_FAILED: {
		meaning: "`terraform fmt` failed",
		fix: afterTerraform
	},
	TERRAFORM_VALIDATE_FAILED: {
		meaning: "`terraform validate` failed",
		fix: afterTerraform
	},
	TERRAFORM_PLAN_FAILED: {
		meaning: "`terraform plan` failed; nothing was changed",
		fix: afterTerraform
	},
	TERRAFORM_SHOW_FAILED: {
		meaning: "`terraform show` failed",
		fix: afterTerraform
	},
	TERRAFORM_APPLY_FAILED: {
		meaning: "`terraform apply` failed; what was applied by then is in the state",
		fix: "Fix what Terraform reports and run the job again. What was applied by then may be running and is not verified; nothing was tainted or rolled back."
	},
	TERRAFORM_TAINT_FAILED: {
		meaning: "`terraform taint` failed",
		fix: afterTerraform
	},
	TERRAFORM_FAILED: {
		meaning: "another Terraform command failed",
		fix: afterTerraform
	},
	GITHUB_FAILED: {
		meaning: "GitHub did not accept a request, or did not answer",
		fix: "Give the job the permission that the message names, or run the job again later."
	},
	SERVICE_FAILED: {
		meaning: "an outside system, such as AWS or a download, could not be used",
		fix: "Check that the runner can reach the system that the message names, and run the job again."
	},
	CANCELLED: {
		meaning: "the job was cancelled",
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
		meaning: "an error that the action does not expect",
		fix: "Run the job again. If it happens again, report it as a bug of the action."
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
// src/json.ts
function isObject(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
function asObject(value) {
	return isObject(value) ? value : {};
}
function asList(value) {
	return Array.isArray(value) ? value : [];
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
// src/redact.ts
const minUnits = 4;
const minBytesInBase64 = 6;
function redactor(secrets) {
	const forms = new Set();
	for (const secret of secrets) for (const line of new Set([
		secret,
		...secret.split(/\r?\n/),
		...valuesInside(secret)
	])) for (const form of formsOf(line.trim())) if (form.length >= minUnits && form !== "true" && form !== "false" && form !== "null") forms.add(form);
	if (forms.size === 0) return (text) => text;
	const pattern = [...forms].sort((a, b) => b.length - a.length).map((form) => RegExp.escape(form)).join("|");
	const anySecret = new RegExp(pattern, "g");
	return (text) => text.length < minUnits ? text : text.replace(anySecret, "***");
}
const secretNamePattern = /pass|pwd|secret|token|key|credential|auth|private|salt|signature|cookie|session|dsn|connection|url|uri/i;
function valuesInside(secret) {
	if (!/^\s*[[{]/.test(secret)) return [];
	let document;
	try {
		document = JSON.parse(secret);
	} catch {
		return [];
	}
	const values = [];
	collectSecrets(document, false, values);
	const texts = Object.values(document).filter((value) => typeof value === "string");
	const isFlat = !Array.isArray(document) && texts.length === Object.keys(document).length;
	return values.length === 0 && isFlat ? texts : values;
}
function collectSecrets(value, isSecret, values) {
	if (typeof value === "string" || typeof value === "number") {
		if (isSecret) values.push(String(value));
		return;
	}
	if (typeof value !== "object" || value === null) return;
	const { name } = value;
	for (const [key, part] of Object.entries(value)) {
		const keyName = key === "value" && typeof name === "string" ? name : Array.isArray(value) ? "" : key;
		collectSecrets(part, isSecret || secretNamePattern.test(keyName), values);
	}
}
function formsOf(secret) {
	if (secret.length < minUnits) return [];
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
	return `${text.slice(0, half)}…${text.slice(-half)}`.toWellFormed();
}
function count$1(n, thing) {
	return n === 1 ? `${n} ${thing}` : `${n} ${thing}s`;
}
function seconds$1(ms) {
	const s = ms / 1e3;
	if (s < 9.95) return `${s.toFixed(1)} s`;
	const whole = Math.round(s);
	return whole < 120 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
function lastPart(arn) {
	return arn.slice(arn.lastIndexOf("/") + 1);
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
// src/poll.ts
async function poll(check, { delayMs, timeoutMs, signal }) {
	const deadline = Date.now() + timeoutMs;
	for (let attempt = 0;; attempt++) {
		const polled = await untilCancelled(() => check(attempt), signal);
		if ("done" in polled) return {
			timedOut: false,
			value: polled.done
		};
		const remainingMs = deadline - Date.now();
		if (remainingMs <= 0) return {
			timedOut: true,
			waitingFor: polled.waitingFor
		};
		await sleep(Math.min(delayMs(attempt), remainingMs), signal);
	}
}
async function sleep(ms, signal) {
	let timer;
	try {
		await untilCancelled(() => new Promise((resolve) => {
			timer = setTimeout(resolve, ms);
		}), signal);
	} finally {
		clearTimeout(timer);
	}
}
async function untilCancelled(action, signal) {
	if (signal === void 0) return await action();
	if (signal.aborted) throw cancellation(signal);
	let cancel = () => {};
	const cancelled = new Promise((_, reject) => {
		cancel = () => reject(cancellation(signal));
		signal.addEventListener("abort", cancel, { once: true });
	});
	try {
		return await Promise.race([action(), cancelled]);
	} finally {
		signal.removeEventListener("abort", cancel);
	}
}
function cancellation({ reason }) {
	return reason instanceof CancelledError ? reason : new CancelledError("The job was cancelled during a wait.");
}
function retryAfterMs(header) {
	const value = [header].flat()[0]?.trim() ?? "";
	if (/^\d{1,9}$/.test(value)) return Number(value) * 1e3;
	const ms = Date.parse(value) - Date.now();
	return ms >= 0 ? ms : void 0;
}
export { debug as A, TerraformError as B, redactAll as C, asText as D, asObject as E, setOutput as F, isThrownCode as H, CancelledError as I, GitHubError as L, isDebug as M, saveState as N, isObject as O, setFailed as P, InputError as R, visible as S, asList as T, messageOf as U, codeOf as V, thrownCodes as W, secrets as _, day as a, oneLine as b, seconds as c, wordOf as d, Line as f, log as g, linesOf as h, count as i, getInput as j, parseJson as k, short as l, line as m, retryAfterMs as n, failureCode as o, joinLines as p, sleep as r, minute as s, poll as t, timeOfDay as u, count$1 as v, redactor as w, shorten as x, lastPart as y, ServiceError as z };
