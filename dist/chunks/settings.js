import { t as require_dist } from "./yaml.js";
import { v as InputError, x as messageOf } from "./log.js";
import { posix } from "node:path";
// src/terraform/hcl.ts
var import_dist = require_dist();
function outlineOf(text) {
	const file = {
		type: "",
		labels: [],
		first: 1,
		attributes: new Map(),
		blocks: []
	};
	const frames = [file];
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
		const found = pattern.exec(text)?.[0];
		if (found !== void 0) at += found.length;
		return found;
	};
	const addComment = (content, isAlone) => {
		for (const [index, each] of content.split("\n").entries()) comments.push({
			text: each.trim(),
			line: line + index,
			isAlone: isAlone || index > 0
		});
		line += content.split("\n").length - 1;
	};
	const endStatement = () => {
		if (value !== void 0 && value.name !== "") frames.at(-1)?.attributes.set(value.name, text.slice(value.from, value.to).trim());
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
		const frame = frames.length > 1 ? frames.pop() : void 0;
		if (frame !== void 0 && frame.type !== "") frames.at(-1)?.blocks.push({
			...frame,
			last: line
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
			const found = closing.exec(text);
			const end = found === null ? text.length : found.index + found[0].length;
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
			frames.push({
				type,
				labels,
				first: line,
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
function configured(backend, lines, readText) {
	const settings = { ...backend?.settings };
	for (const line of lines) {
		if (isSetting(line)) {
			const equals = line.indexOf("=");
			settings[line.slice(0, equals).trim()] = line.slice(equals + 1);
			continue;
		}
		const text = readText(line);
		if (text === void 0) return void 0;
		Object.assign(settings, settingsIn(outlineOf(text)));
	}
	return {
		type: backend?.type ?? "s3",
		settings
	};
}
function settingsIn(body) {
	const settings = {};
	for (const [name, value] of body.attributes) settings[name] = plainString(value) ?? value.replace(/\s+/g, " ");
	for (const block of body.blocks) settings[block.type] = JSON.stringify(settingsIn(block));
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
// src/stacks/paths.ts
function inRepository(directory, path) {
	if (posix.isAbsolute(path) || /^[A-Za-z]:[\\/]|^\\/.test(path)) return void 0;
	const joined = posix.join(directory, path).replace(/(?<=.)\/$/, "");
	return joined === ".." || joined.startsWith("../") ? void 0 : joined;
}
function upwards(directory) {
	const all = [directory];
	for (let at = directory; at !== "."; all.push(at)) at = posix.dirname(at);
	return all;
}
function matchesGlob(glob, path) {
	return matches(glob.split("/"), path.split("/"), (part) => part === "**", matchesPart);
}
function matchesPart(glob, name) {
	return matches([...glob], [...name], (char) => char === "*", (one, char) => one === "?" || one === char);
}
function matches(pattern, items, isWild, isOne) {
	let wild = -1;
	let taken = 0;
	let at = 0;
	for (let item = 0; item < items.length;) {
		const part = pattern[at];
		if (part !== void 0 && isWild(part)) {
			wild = at++;
			taken = item;
		} else if (part !== void 0 && isOne(part, items[item] ?? "")) {
			at++;
			item++;
		} else if (wild >= 0) {
			at = wild + 1;
			item = ++taken;
		} else return false;
	}
	return pattern.slice(at).every(isWild);
}
// src/stacks/settings.ts
const settingsFile = ".mcp-deploy.yml";
const largestFile = 65536;
const shippedModules = ["ecs", "ec2"];
const workspaceName = /^(?!\.\.?$)[A-Za-z0-9$&+:=@._~-]{1,90}$/;
function parseSettings(text, file, directory) {
	if (Buffer.byteLength(text) > largestFile) throw new InputError(`${file} has ${Buffer.byteLength(text)} bytes: allowed are ${largestFile}, which is enough for some hundred environments.`);
	return new Reader(text, file, directory).read();
}
const stackKeys = [
	"name",
	"stack",
	"workspace",
	"var-file",
	"backend-config",
	"environment",
	"paths"
];
var Reader = class {
	#file;
	#directory;
	#text;
	#lines = new import_dist.LineCounter();
	constructor(text, file, directory) {
		this.#text = text;
		this.#file = file;
		this.#directory = directory;
	}
	read() {
		const root = this.#parse();
		if (root === null || (0, import_dist.isScalar)(root) && root.value === null) return {};
		const keys = [...stackKeys, "environments"];
		const pairs = this.#pairs(root, "", keys);
		const environments = pairs.get("environments");
		return {
			...this.#settings(pairs, ""),
			...environments && { environments: this.#environments(environments) }
		};
	}
	#parse() {
		try {
			const document = (0, import_dist.parseDocument)(this.#text, {
				lineCounter: this.#lines,
				schema: "core",
				uniqueKeys: true
			});
			const [error] = document.errors;
			if (error !== void 0) throw this.#refusal(error.pos[0], `is no YAML: ${error.message.split("\n")[0]?.replace(/:$/, "")}`);
			(0, import_dist.visit)(document, { Node: (_, node) => {
				const anchor = "anchor" in node ? node.anchor : void 0;
				if ((0, import_dist.isAlias)(node) || anchor !== void 0) throw this.#refusal(node, `has an ${(0, import_dist.isAlias)(node) ? "alias" : "anchor"}: write the value out, there are none here.`);
				if (node.tag !== void 0 && !/^tag:yaml\.org,2002:(map|seq|str|null|bool|int|float)$/.test(node.tag)) throw this.#refusal(node, `has the tag ${quoted(node.tag)}: allowed is text without one.`);
			} });
			return document.contents;
		} catch (error) {
			if (error instanceof InputError) throw error;
			throw new InputError(`${this.#file} is no YAML that can be read: ${oneLine(messageOf(error))}.`);
		}
	}
	#environments(value) {
		const environments = Object.create(null);
		if (!(0, import_dist.isMap)(value) || value.items.length === 0) {
			const shown = (0, import_dist.isMap)(value) ? "an empty map" : this.#shown(value);
			throw this.#refusal(value, `key environments is ${shown}: allowed is a map with at least one environment, each by its name.`);
		}
		for (const { key, value: settings } of value.items) {
			const name = (0, import_dist.isScalar)(key) ? String(key.value) : "";
			if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name)) throw this.#refusal(key, `key environments has the name ${quoted(name)}: allowed are letters, digits and any of ._- (64 at most). Set environment below it for another name on GitHub.`);
			const isEmpty = settings === null || (0, import_dist.isScalar)(settings) && settings.value === null;
			const at = `environments.${name}.`;
			environments[name] = isEmpty ? {} : this.#settings(this.#pairs(settings, at, stackKeys), at);
		}
		return environments;
	}
	#pairs(node, at, allowed) {
		const list = allowed.join(", ");
		if (!(0, import_dist.isMap)(node)) {
			const where = at === "" ? "" : `key ${at.slice(0, -1)} `;
			throw this.#refusal(node, `${where}is ${this.#shown(node)}: allowed is a map with the keys ${list}.`);
		}
		const pairs = new Map();
		for (const { key, value } of node.items) {
			const name = (0, import_dist.isScalar)(key) ? String(key.value) : this.#shown(key);
			const known = allowed.find((each) => each === name);
			if (known === void 0) throw this.#refusal(key, `key ${at}${oneLine(name)} is ${this.#shown(value)}: there is no such key, allowed are ${list}.`);
			pairs.set(known, value);
		}
		return pairs;
	}
	#settings(pairs, at) {
		const text = (key, fits, allowed) => {
			if (!pairs.has(key)) return void 0;
			const node = pairs.get(key) ?? null;
			const value = this.#textOf(node);
			if (value === void 0 || !fits(value)) throw this.#refusal(node, `key ${at}${key} is ${this.#shown(node)}: allowed is ${allowed}.`);
			return value;
		};
		const list = (key, fits, allowed) => {
			if (!pairs.has(key)) return void 0;
			return this.#list(pairs.get(key) ?? null, `${at}${key}`, fits, allowed);
		};
		const isInside = (path) => inRepository(this.#directory, path) !== void 0;
		return {
			name: text("name", isLine(100), "one line of at most 100 characters"),
			stack: text("stack", (value) => isShipped(value), "\"ecs\" or \"ec2\""),
			workspace: text("workspace", (value) => workspaceName.test(value), "letters, digits and any of $&+:=@._~- (90 at most), and not \".\" or \"..\""),
			varFiles: list("var-file", isInside, "paths of files in this repository, relative to this directory, one a line or a list"),
			backendConfig: list("backend-config", (line) => isSetting(line) || isInside(line), "key=value, or paths of files in this repository, one a line or a list"),
			environment: text("environment", isLine(255), "the name of an environment, one line of at most 255 characters"),
			paths: list("paths", (glob) => inRepository(".", glob) !== void 0 && !/(^|\/)\.\.?(\/|$)|^!/.test(glob) && glob.length <= 300, "globs from the root of the repository, such as shared/**, one a line or a list, without .., ./ and !")
		};
	}
	#list(node, key, fits, allowed) {
		return ((0, import_dist.isSeq)(node) ? node.items : [node]).flatMap((item) => {
			const value = this.#textOf(item);
			const given = (value?.split(/\r?\n/).map((line) => line.trim()) ?? []).filter((line) => line !== "");
			const wrong = given.find((line) => !fits(line) || /\p{Cc}/u.test(line));
			if (value === void 0 || wrong !== void 0 || given.length === 0 || (0, import_dist.isSeq)(node) && given.length > 1) throw this.#refusal(item ?? node, `key ${key} is ${wrong === void 0 ? this.#shown(item) : quoted(wrong)}: allowed are ${allowed}.`);
			return given;
		});
	}
	#textOf(node) {
		if (!(0, import_dist.isScalar)(node)) return void 0;
		if (typeof node.value === "string") return node.value;
		return typeof node.value === "number" ? node.source : void 0;
	}
	#shown(node) {
		if ((0, import_dist.isMap)(node)) return "a map";
		if ((0, import_dist.isSeq)(node)) return "a list";
		if (!(0, import_dist.isScalar)(node)) return "empty";
		return node.value === null ? "empty" : typeof node.value === "string" ? quoted(node.value) : `${node.source ?? node.value}`;
	}
	#refusal(at, what) {
		const offset = typeof at === "number" ? at : at?.range?.[0] ?? 0;
		return new InputError(`${this.#file}:${this.#lines.linePos(offset).line || 1}: ${oneLine(what)}`);
	}
};
function isShipped(value) {
	return shippedModules.some((each) => each === value);
}
function isLine(limit) {
	return (value) => value.length <= limit && value.trim() === value && value !== "" && !/[\p{Cc}\u2028\u2029]/u.test(value);
}
function quoted(value) {
	const line = oneLine(value);
	return JSON.stringify(line.length > 120 ? `${line.slice(0, 119)}…` : line);
}
function oneLine(value) {
	return value.replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
}
export { inRepository as a, configured as c, namingSettings as d, settingsIn as f, plainString as h, workspaceName as i, isSetting as l, outlineOf as m, settingsFile as n, matchesGlob as o, stateName as p, shippedModules as r, upwards as s, parseSettings as t, keySetting as u };
