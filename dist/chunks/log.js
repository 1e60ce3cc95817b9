import { a as info, d as setSecret, f as startGroup, n as endGroup, o as isDebug, p as warning, r as error, s as notice } from "./core.js";
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
export { redactAll as a, InputError as c, messageOf as d, secrets as i, ServiceError as l, linesOf as n, redactor as o, log as r, CancelledError as s, line as t, TerraformError as u };
