import { v as InputError } from "./log.js";
import { a as inRepository, f as settingsIn, h as plainString, m as outlineOf, n as settingsFile, t as parseSettings } from "./settings.js";
import { existsSync, readFileSync, readdirSync, realpathSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
// src/terraform/configuration.ts
const endpointOutput = "mcp_endpoint";
const saysSomething = new RegExp(String.raw`\b(module|terraform|${endpointOutput})\b`);
function isConfigurationFile(name) {
	return /\.(tf|tofu)(\.json)?$/.test(name);
}
function readConfiguration(files, textOf) {
	const isOverride = (file) => /(^|[/_])override\.\w+(\.json)?$/.test(file);
	const all = files.filter(isConfigurationFile).toSorted((a, b) => Number(isOverride(a)) - Number(isOverride(b))).map((file) => {
		const text = textOf(file) ?? "";
		if (!saysSomething.test(text)) return {
			sources: [],
			backend: void 0,
			hasEndpoint: false
		};
		return file.endsWith(".json") ? inJson(text) : inHcl(text);
	});
	return {
		sources: all.flatMap(({ sources }) => sources),
		backend: all.findLast(({ backend }) => backend !== void 0)?.backend,
		hasEndpoint: all.some(({ hasEndpoint }) => hasEndpoint)
	};
}
function inHcl(text) {
	const { blocks } = outlineOf(text);
	const ofType = (type) => blocks.filter((block) => block.type === type);
	const backend = ofType("terraform").flatMap((block) => block.blocks.filter(({ type }) => type === "backend" || type === "cloud")).at(-1);
	return {
		sources: ofType("module").flatMap(({ attributes }) => plainString(attributes.get("source")) ?? []),
		backend: backend && {
			type: backend.labels[0] ?? backend.type,
			settings: settingsIn(backend)
		},
		hasEndpoint: ofType("output").some(({ labels }) => labels[0] === endpointOutput)
	};
}
function inJson(text) {
	let document;
	try {
		document = JSON.parse(text);
	} catch {
		document = void 0;
	}
	const { terraform, module, output } = objectOf(document);
	const [type, settings] = objectsOf(terraform).flatMap((each) => [...objectsOf(each.backend).flatMap((byType) => Object.entries(byType)), ...each.cloud === void 0 ? [] : [["cloud", each.cloud]]]).at(-1) ?? [];
	return {
		sources: objectsOf(module).flatMap((byName) => Object.values(byName)).flatMap(objectsOf).flatMap(({ source }) => typeof source === "string" ? source : []),
		backend: type === void 0 ? void 0 : {
			type,
			settings: textsOf(objectOf(objectsOf(settings)[0]))
		},
		hasEndpoint: objectsOf(output).some((byName) => endpointOutput in byName)
	};
}
function objectsOf(value) {
	return [value].flat().filter((each) => typeof each === "object" && each !== null);
}
function objectOf(value) {
	return objectsOf(value)[0] ?? {};
}
function textsOf(values) {
	return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]));
}
// src/stacks/repository.ts
var Repository = class {
	#root;
	#directories = new Map();
	constructor(root) {
		this.#root = realpathSync(root);
	}
	read() {
		const found = [];
		const open = ["."];
		for (let path = open.pop(); path !== void 0; path = open.pop()) {
			const entries = readdirSync(join(this.#root, path), { withFileTypes: true });
			const directory = this.#directory(path, entries);
			if (directory.configuration !== void 0 || directory.settings !== void 0) found.push(directory);
			for (const entry of entries) {
				if (!entry.isDirectory() || entry.name.startsWith(".") || entry.name === "node_modules") continue;
				open.push(path === "." ? entry.name : `${path}/${entry.name}`);
			}
		}
		return found.sort((a, b) => a.path < b.path ? -1 : 1);
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
		if (misspelt !== void 0) throw new InputError(`${inside(misspelt.name)} would not be read: the file is named ${settingsFile}.`);
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
export { readConfiguration as n, Repository as t };
