import { InputError, isSetting, messageOf, secrets, shippedModuleNames, shippedModules, workspaceNamePattern } from "./entry.js";
import { require_dist } from "./yaml.js";
import { isConfigurationFile, readConfiguration } from "./verify.js";
const { existsSync, readFileSync, readdirSync, realpathSync, statSync } = process.getBuiltinModule("node:fs");
const { join, posix, relative, sep } = process.getBuiltinModule("node:path");
// src/stacks/paths.ts
function inRepository(directory, path) {
	if (posix.isAbsolute(path) || /^[A-Za-z]:[\\/]|^\\/.test(path)) return void 0;
	const joined = posix.join(directory, path).replace(/(?<=.)\/$/, "");
	return joined === ".." || joined.startsWith("../") ? void 0 : joined;
}
function ancestorsOf(directory) {
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
var import_dist = require_dist();
const settingsFile = ".mcp-deploy.yml";
const maxFileBytes = 65536;
function parseSettings(text, file, directory) {
	if (Buffer.byteLength(text) > maxFileBytes) throw new InputError(`${file} has ${Buffer.byteLength(text)} bytes: allowed are ${maxFileBytes}, enough for some hundred environments.`);
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
			if (error !== void 0) throw this.#refusal(error.pos[0], `is not valid YAML: ${error.message.split("\n")[0]?.replace(/:$/, "")}`);
			(0, import_dist.visit)(document, { Node: (_, node) => {
				const anchor = "anchor" in node ? node.anchor : void 0;
				if ((0, import_dist.isAlias)(node) || anchor !== void 0) throw this.#refusal(node, `has an ${(0, import_dist.isAlias)(node) ? "alias" : "anchor"}: write the value itself.`);
				if (node.tag !== void 0 && !/^tag:yaml\.org,2002:(map|seq|str|null|bool|int|float)$/.test(node.tag)) throw this.#refusal(node, `has the tag ${quoted(node.tag)}: allowed is text without one.`);
			} });
			return document.contents;
		} catch (error) {
			if (error instanceof InputError) throw error;
			throw new InputError(`${this.#file} is not readable YAML: ${oneLine(messageOf(error))}.`);
		}
	}
	#environments(value) {
		const environments = Object.create(null);
		if (!(0, import_dist.isMap)(value) || value.items.length === 0) {
			const description = (0, import_dist.isMap)(value) ? "an empty map" : this.#describe(value);
			throw this.#refusal(value, `key environments is ${description}: allowed is a map of at least one environment, by name.`);
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
			throw this.#refusal(node, `${where}is ${this.#describe(node)}: allowed is a map with the keys ${list}.`);
		}
		const pairs = new Map();
		for (const { key, value } of node.items) {
			const name = (0, import_dist.isScalar)(key) ? String(key.value) : this.#describe(key);
			const known = allowed.find((each) => each === name);
			if (known === void 0) throw this.#refusal(key, `key ${at}${oneLine(name)} is ${this.#describe(value)}: there is no such key, allowed are ${list}.`);
			pairs.set(known, value);
		}
		return pairs;
	}
	#settings(pairs, at) {
		const text = (key, fits, allowed) => {
			if (!pairs.has(key)) return void 0;
			const node = pairs.get(key) ?? null;
			const value = this.#textOf(node);
			if (value === void 0 || !fits(value)) throw this.#refusal(node, `key ${at}${key} is ${this.#describe(node)}: allowed is ${allowed}.`);
			return value;
		};
		const list = (key, fits, allowed) => {
			if (!pairs.has(key)) return void 0;
			return this.#list(pairs.get(key) ?? null, `${at}${key}`, fits, allowed);
		};
		const isInside = (path) => inRepository(this.#directory, path) !== void 0;
		return {
			name: text("name", isLineUpTo(100), "one line of at most 100 characters"),
			stack: text("stack", (value) => isShipped(value), shippedModuleNames),
			workspace: text("workspace", (value) => workspaceNamePattern.test(value), "letters, digits and any of $&+:=@._~- (90 at most), and not \".\" or \"..\""),
			varFiles: list("var-file", isInside, "paths of files in this repository, relative to this directory, one per line or a list"),
			backendConfig: list("backend-config", (line) => isSetting(line) || isInside(line), "key=value, or paths of files in this repository, one per line or a list"),
			environment: text("environment", isLineUpTo(255), "the name of an environment, one line of at most 255 characters"),
			paths: list("paths", (glob) => inRepository(".", glob) !== void 0 && !/(^|\/)\.\.?(\/|$)|^!/.test(glob) && glob.length <= 300, "globs from the root of the repository, such as shared/**, one per line or a list, without .., ./ and !")
		};
	}
	#list(node, key, fits, allowed) {
		return ((0, import_dist.isSeq)(node) ? node.items : [node]).flatMap((item) => {
			const value = this.#textOf(item);
			const items = (value?.split(/\r?\n/).map((line) => line.trim()) ?? []).filter((line) => line !== "");
			const wrong = items.find((line) => !fits(line) || /\p{Cc}/u.test(line));
			if (value === void 0 || wrong !== void 0 || items.length === 0 || (0, import_dist.isSeq)(node) && items.length > 1) throw this.#refusal(item ?? node, `key ${key} is ${wrong === void 0 ? this.#describe(item) : quoted(wrong)}: allowed are ${allowed}.`);
			return items;
		});
	}
	#textOf(node) {
		if (!(0, import_dist.isScalar)(node)) return void 0;
		if (typeof node.value === "string") return node.value;
		return typeof node.value === "number" ? node.source : void 0;
	}
	#describe(node) {
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
function isLineUpTo(limit) {
	return (value) => value.length <= limit && value.trim() === value && value !== "" && !/[\p{Cc}\u2028\u2029]/u.test(value);
}
function quoted(value) {
	const line = oneLine(secrets.redact(value));
	return JSON.stringify(line.length > 120 ? `${line.slice(0, 119)}\u2026` : line);
}
function oneLine(value) {
	return value.replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
}
// src/stacks/repository.ts
var Repository = class {
	#root;
	#directories = new Map();
	constructor(root) {
		this.#root = realpathSync(root);
	}
	read() {
		const directories = [];
		const open = ["."];
		for (let path = open.pop(); path !== void 0; path = open.pop()) {
			const entries = readdirSync(join(this.#root, path), { withFileTypes: true });
			const directory = this.#directory(path, entries);
			if (directory.configuration !== void 0 || directory.settings !== void 0) directories.push(directory);
			for (const entry of entries) {
				if (!entry.isDirectory() || entry.name.startsWith(".") || entry.name === "node_modules") continue;
				open.push(path === "." ? entry.name : `${path}/${entry.name}`);
			}
		}
		return directories.sort((a, b) => a.path < b.path ? -1 : 1);
	}
	directory(path) {
		const known = this.#directories.get(path);
		if (known !== void 0) return known;
		const absolute = join(this.#root, path);
		if (!existsSync(absolute) || !statSync(absolute).isDirectory()) return void 0;
		return this.#directory(path, readdirSync(absolute, { withFileTypes: true }));
	}
	text(path) {
		const absolute = this.#real(path);
		return absolute === void 0 || !statSync(absolute).isFile() ? void 0 : readFileSync(absolute, "utf8");
	}
	names(path) {
		const absolute = this.#real(path);
		return absolute === void 0 || !statSync(absolute).isDirectory() ? [] : readdirSync(absolute);
	}
	#directory(path, entries) {
		const known = this.#directories.get(path);
		if (known !== void 0) return known;
		const inside = (name) => path === "." ? name : `${path}/${name}`;
		const misspelt = entries.find(({ name }) => name === ".mcp-deploy.yaml");
		if (misspelt !== void 0) throw new InputError(`${inside(misspelt.name)} is not read: rename it to ${settingsFile}.`);
		const linked = [];
		const files = [];
		for (const entry of entries) {
			if (entry.isDirectory()) continue;
			const target = entry.isSymbolicLink() ? this.#real(inside(entry.name)) : void 0;
			if (target !== void 0 && statSync(target).isFile()) linked.push(relative(this.#root, target).split(sep).join("/"));
			if (!isConfigurationFile(entry.name)) continue;
			if (entry.isFile()) files.push(join(this.#root, inside(entry.name)));
			else if (target !== void 0 && statSync(target).isFile()) files.push(target);
		}
		const configuration = files.length === 0 ? void 0 : readConfiguration(files, (file) => readFileSync(file, "utf8"));
		const isDescribed = entries.some(({ name }) => name === settingsFile);
		const text = isDescribed ? this.text(inside(settingsFile)) : void 0;
		if (isDescribed && text === void 0) throw new InputError(`${inside(settingsFile)} is a directory or a link out of the repository: it must be a file.`);
		const directory = {
			path,
			configuration,
			settings: text === void 0 ? void 0 : parseSettings(text, inside(settingsFile), path),
			calls: (configuration?.sources ?? []).flatMap((source) => this.#localModule(path, source) ?? []),
			linked
		};
		this.#directories.set(path, directory);
		return directory;
	}
	#localModule(from, source) {
		if (!/^\.\.?(\/|$)/.test(source)) return void 0;
		const path = inRepository(from, source);
		const absolute = path === void 0 ? void 0 : this.#real(path);
		if (absolute === void 0 || !statSync(absolute).isDirectory()) return void 0;
		const real = relative(this.#root, absolute).split(sep).join("/") || ".";
		return real === from ? void 0 : real;
	}
	#real(path) {
		try {
			const absolute = realpathSync(join(this.#root, path));
			const inside = relative(this.#root, absolute);
			return inside === ".." || inside.startsWith(`..${sep}`) ? void 0 : absolute;
		} catch {
			return;
		}
	}
};
const maxOutputCharacters = 523288;
function matricesOf(stacks) {
	const entries = stacks.map(entryOf);
	const batches = [];
	for (let from = 0; from < entries.length; from += 256) batches.push({ include: entries.slice(from, from + 256) });
	const outputs = {
		stacks: entries.length > 256 ? "" : JSON.stringify({ include: entries }),
		batches: JSON.stringify(batches)
	};
	const size = outputs.stacks.length + outputs.batches.length;
	if (size > maxOutputCharacters) throw new InputError(`${entries.length} stacks need outputs of ${size} characters, and GitHub accepts ${maxOutputCharacters} per job. Set discover to changed, limit the discovery with working-directory, or shorten backend-config in .mcp-deploy.yml.`);
	return {
		...outputs,
		count: entries.length
	};
}
function entryOf(stack) {
	return {
		name: stack.name,
		"working-directory": stack.directory,
		stack: stack.stack ?? "",
		workspace: stack.workspace ?? "",
		"var-file": stack.varFiles.join("\n"),
		"backend-config": stack.backendConfig.join("\n"),
		environment: stack.environment ?? "",
		"state-key": stack.stateKey,
		"concurrency-group": stack.concurrencyGroup
	};
}
export { Repository, ancestorsOf, inRepository, matchesGlob, matricesOf, settingsFile };
