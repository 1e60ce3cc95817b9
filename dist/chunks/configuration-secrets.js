import { A as urlSecrets, F as isObject, L as parseJson, M as asObject, T as isSecretName, u as secrets, x as compositeSecrets } from "./base.js";
import { v as shippedModuleDirectory } from "./verify.js";
import { F as isSetting, H as plainString, V as parseHcl, z as readSettings } from "./entry.js";
import { t as isConfigurationFile } from "./configuration.js";
import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
// src/terraform/hcl-literal.ts
const maxDepth = 100;
function literalValue(expression) {
	const reader = new LiteralReader(expression);
	const value = reader.value(0);
	return reader.isAtEnd ? value : void 0;
}
function textsInExpression(expression) {
	const heredoc = heredocText(expression);
	if (heredoc !== void 0) return [heredoc];
	return [...expression.matchAll(/"(?:[^"\\\n]|\\.)*"?/g)].map(([quoted]) => plainString(quoted) ?? quoted.replace(/^"|"$/g, ""));
}
var LiteralReader = class {
	#text;
	#at = 0;
	constructor(text) {
		this.#text = text;
	}
	get isAtEnd() {
		this.#skip();
		return this.#at >= this.#text.length;
	}
	value(depth) {
		this.#skip();
		if (depth > maxDepth) return void 0;
		const char = this.#text[this.#at];
		if (char === "\"") return this.#quoted();
		if (char === "[") return this.#list(depth);
		if (char === "{") return this.#object(depth);
		if (char === "<") return this.#heredoc();
		const word = this.#token(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[A-Za-z_][\w-]*/y);
		if (word === "true" || word === "false") return word === "true";
		if (word === "null") return null;
		if (word === void 0 || /^[A-Za-z_]/.test(word)) return void 0;
		return Number.isSafeInteger(Number(word)) || word.includes(".") ? Number(word) : word;
	}
	#quoted() {
		const quoted = this.#token(/"(?:[^"\\\n]|\\.)*"/y);
		return plainString(quoted);
	}
	#list(depth) {
		const items = [];
		this.#at++;
		for (;;) {
			if (this.#token(/[\s,]*\]/y) !== void 0) return items;
			this.#token(/[\s,]+/y);
			const before = this.#at;
			const item = this.value(depth + 1);
			if (item === void 0 || this.#at === before) return void 0;
			items.push(item);
		}
	}
	#object(depth) {
		const entries = [];
		this.#at++;
		for (;;) {
			this.#token(/[\s,]+/y);
			this.#skip();
			if (this.#token(/[\s,]*\}/y) !== void 0) return Object.fromEntries(entries);
			this.#token(/[\s,]+/y);
			const key = this.#text[this.#at] === "\"" ? this.#quoted() : this.#token(/[\p{L}\d_][\p{L}\d_.-]*/uy);
			if (key === void 0 || this.#token(/[^\S\n]*[=:]/y) === void 0) return void 0;
			const value = this.value(depth + 1);
			if (value === void 0) return void 0;
			entries.push([key, value]);
		}
	}
	#heredoc() {
		const start = this.#token(/<<-?[^\s"{}]+[^\S\n]*\r?\n/y);
		if (start === void 0) return void 0;
		const word = /^<<-?(\S+)/.exec(start)?.[1] ?? "";
		const closing = new RegExp(`^[^\\S\\n]*${RegExp.escape(word)}[^\\S\\n]*$`, "gm");
		closing.lastIndex = this.#at;
		const match = closing.exec(this.#text);
		if (match === null) return void 0;
		const text = this.#text.slice(this.#at, match.index);
		this.#at = match.index + match[0].length;
		return start.startsWith("<<-") ? text.replace(/^[^\S\n]+/gm, "") : text;
	}
	#skip() {
		for (;;) {
			this.#token(/\s+/y);
			if (this.#token(/(?:#|\/\/)[^\n]*/y) !== void 0) continue;
			if (!this.#text.startsWith("/*", this.#at)) return;
			const end = this.#text.indexOf("*/", this.#at + 2);
			this.#at = end === -1 ? this.#text.length : end + 2;
		}
	}
	#token(pattern) {
		pattern.lastIndex = this.#at;
		const match = pattern.exec(this.#text)?.[0];
		if (match !== void 0) this.#at += match.length;
		return match;
	}
};
function heredocText(expression) {
	const [, text] = /^<<-?\S+[^\S\n]*\r?\n([\s\S]*)\n[^\n]*$/.exec(expression.trim()) ?? [];
	return text;
}
// src/terraform/sensitive-variables.ts
const autoLoaded = /^(terraform\.tfvars|.+\.auto\.tfvars)(\.json)?$/;
function sensitiveVariableValues({ directories, varFiles, env }) {
	const present = directories.flatMap((directory) => listFiles(directory).map((name) => ({
		name,
		path: join(directory, name)
	})));
	const declared = new Map();
	for (const { path } of present.filter(({ name }) => isConfigurationFile(name))) {
		const text = readText(path);
		if (!/sensitive|ephemeral/.test(text)) continue;
		for (const [name, value] of path.endsWith(".json") ? declaredInJson(text) : declaredInHcl(text)) declared.set(name, value ?? declared.get(name));
	}
	if (declared.size === 0) return [];
	const { files, values } = argumentsOf(env);
	const paths = [...present.filter(({ name }) => autoLoaded.test(name)).map(({ path }) => path), ...[...varFiles, ...files].map((file) => resolve(directories[0] ?? ".", file))];
	const found = [...declared.values()];
	for (const path of paths) for (const [name, value] of valuesIn(path)) if (declared.has(name)) found.push(value);
	for (const [name, value] of values) if (declared.has(name)) found.push(value, literalValue(value));
	for (const name of declared.keys()) {
		const value = env[`TF_VAR_${name}`];
		if (value !== void 0) found.push(value, literalValue(value));
	}
	return [...new Set(found.flatMap(textsOf))].filter((text) => text !== "");
}
function backendSecrets(lines, directory) {
	const settings = [];
	for (const line of lines) {
		const equals = line.indexOf("=");
		if (isSetting(line)) settings.push([line.slice(0, equals).trim(), line.slice(equals + 1).trim()]);
		else settings.push(...Object.entries(readSettings(parseHcl(readText(resolve(directory, line))))));
	}
	for (const file of listFiles(directory).filter((name) => /\.(tf|tofu)$/.test(name))) {
		const text = readText(join(directory, file));
		if (!/\b(backend|cloud)\b/.test(text)) continue;
		for (const block of parseHcl(text).blocks.filter(({ type }) => type === "terraform")) for (const backend of block.blocks.filter(({ type }) => type === "backend" || type === "cloud")) settings.push(...Object.entries(readSettings(backend)));
	}
	return settings.flatMap(([name, raw]) => {
		const value = raw.replace(/^"(.*)"$/s, "$1");
		const isSecret = isSecretName(name) && !/^(key|.*_key_prefix|use_.*|skip_.*|secret_suffix|.*_files?|.*_path)$/.test(name);
		const user = URL.parse(value)?.username ?? "";
		return [
			...isSecret && value !== "" ? [value] : [],
			...value.includes("://") ? urlSecrets(value) : [],
			...user === "" ? [] : [user]
		];
	});
}
function declaredInHcl(text) {
	return parseHcl(text).blocks.flatMap(({ type, labels, attributes }) => {
		const isHidden = ["sensitive", "ephemeral"].some((name) => /^(true|"true")$/.test(attributes.get(name) ?? ""));
		const [name] = labels;
		return type === "variable" && name !== void 0 && isHidden ? [[name, expressionValue(attributes.get("default"))]] : [];
	});
}
function declaredInJson(text) {
	const { variable } = asObject(parseJson(text));
	return [variable].flat().filter(isObject).flatMap((byName) => Object.entries(byName)).flatMap(([name, blocks]) => [blocks].flat().map((block) => [name, asObject(block)])).filter(([, { sensitive, ephemeral }]) => [sensitive, ephemeral].some((each) => each === true || each === "true")).map(([name, block]) => [name, block.default]);
}
function valuesIn(path) {
	const text = readText(path);
	if (path.endsWith(".json")) return Object.entries(asObject(parseJson(text)));
	return [...parseHcl(text).attributes].map(([name, expression]) => [name, expressionValue(expression)]);
}
function expressionValue(expression) {
	if (expression === void 0) return void 0;
	const value = literalValue(expression);
	return value === void 0 ? textsInExpression(expression) : value;
}
function argumentsOf(env) {
	const files = [];
	const values = [];
	for (const [variable, text = ""] of Object.entries(env)) {
		if (!/^TF_CLI_ARGS(_|$)/.test(variable)) continue;
		const words = shellWords(text);
		for (const [index, word] of words.entries()) {
			const [, option, inline] = /^--?(var|var-file)(?:=(.*))?$/s.exec(word) ?? [];
			if (option === void 0) continue;
			const argument = inline ?? words[index + 1] ?? "";
			const equals = argument.indexOf("=");
			if (option === "var-file") files.push(argument);
			else if (equals > 0) values.push([argument.slice(0, equals).trim(), argument.slice(equals + 1)]);
		}
	}
	return {
		files,
		values
	};
}
function shellWords(text) {
	return [...text.matchAll(/(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/gs)].map(([word]) => word.replace(/\\(.)|"((?:[^"\\]|\\.)*)"|'([^']*)'/gs, (_, escaped, double, single) => escaped ?? single ?? double?.replace(/\\(["\\$`])/g, "$1") ?? ""));
}
function textsOf(value) {
	if (typeof value === "string") return [value];
	if (typeof value === "number") return Math.abs(value) > 65535 ? [String(value)] : [];
	return typeof value === "object" && value !== null ? compositeSecrets(value) : [];
}
function listFiles(directory) {
	try {
		return readdirSync(directory);
	} catch {
		return [];
	}
}
function readText(path) {
	try {
		return readFileSync(path, "utf8");
	} catch {
		return "";
	}
}
// src/commands/configuration-secrets.ts
function addConfigurationSecrets({ inputs }) {
	const { workingDirectory, stack, varFiles, backendConfig } = inputs;
	const directories = [workingDirectory, ...stack === void 0 ? [] : [shippedModuleDirectory(stack)]];
	secrets.add(...backendSecrets(backendConfig, workingDirectory), ...sensitiveVariableValues({
		directories,
		varFiles,
		env: process.env
	}));
}
export { addConfigurationSecrets };
