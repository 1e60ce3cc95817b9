import { S as parseJson$1, a as joinLines, c as log, d as lastPart, f as oneLine, g as redactAll, h as visible, i as Line, j as thrownCodes, k as isThrownCode, l as secrets, m as shorten, n as retryAfterMs, o as line, p as seconds$2, u as count$2, v as asList, x as isObject, y as asObject } from "./poll.js";
import { c as saveState, l as setFailed, u as setOutput } from "./core.js";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { EOL } from "os";
import { constants as constants$1, promises as promises$1 } from "fs";
import { isIP } from "node:net";
import http from "node:http";
import { pipeline } from "node:stream";
import zlib from "node:zlib";
import { createHash } from "node:crypto";
import { TLSSocket } from "node:tls";
import { setTimeout as setTimeout$1 } from "node:timers/promises";
import https from "node:https";
// node_modules/@actions/core/lib/summary.js
var __awaiter = function(thisArg, _arguments, P, generator) {
	function adopt(value) {
		return value instanceof P ? value : new P(function(resolve) {
			resolve(value);
		});
	}
	return new (P || (P = Promise))(function(resolve, reject) {
		function fulfilled(value) {
			try {
				step(generator.next(value));
			} catch (e) {
				reject(e);
			}
		}
		function rejected(value) {
			try {
				step(generator["throw"](value));
			} catch (e) {
				reject(e);
			}
		}
		function step(result) {
			result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
		}
		step((generator = generator.apply(thisArg, _arguments || [])).next());
	});
};
const { access, appendFile, writeFile } = promises$1;
const SUMMARY_ENV_VAR = "GITHUB_STEP_SUMMARY";
var Summary = class {
	constructor() {
		this._buffer = "";
	}
	filePath() {
		return __awaiter(this, void 0, void 0, function* () {
			if (this._filePath) return this._filePath;
			const pathFromEnv = process.env[SUMMARY_ENV_VAR];
			if (!pathFromEnv) throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
			try {
				yield access(pathFromEnv, constants$1.R_OK | constants$1.W_OK);
			} catch (_a) {
				throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
			}
			this._filePath = pathFromEnv;
			return this._filePath;
		});
	}
	wrap(tag, content, attrs = {}) {
		const htmlAttrs = Object.entries(attrs).map(([key, value]) => ` ${key}="${value}"`).join("");
		if (!content) return `<${tag}${htmlAttrs}>`;
		return `<${tag}${htmlAttrs}>${content}</${tag}>`;
	}
	write(options) {
		return __awaiter(this, void 0, void 0, function* () {
			const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
			const filePath = yield this.filePath();
			yield (overwrite ? writeFile : appendFile)(filePath, this._buffer, { encoding: "utf8" });
			return this.emptyBuffer();
		});
	}
	clear() {
		return __awaiter(this, void 0, void 0, function* () {
			return this.emptyBuffer().write({ overwrite: true });
		});
	}
	stringify() {
		return this._buffer;
	}
	isEmptyBuffer() {
		return this._buffer.length === 0;
	}
	emptyBuffer() {
		this._buffer = "";
		return this;
	}
	addRaw(text, addEOL = false) {
		this._buffer += text;
		return addEOL ? this.addEOL() : this;
	}
	addEOL() {
		return this.addRaw(EOL);
	}
	addCodeBlock(code, lang) {
		const attrs = Object.assign({}, lang && { lang });
		const element = this.wrap("pre", this.wrap("code", code), attrs);
		return this.addRaw(element).addEOL();
	}
	addList(items, ordered = false) {
		const tag = ordered ? "ol" : "ul";
		const listItems = items.map((item) => this.wrap("li", item)).join("");
		const element = this.wrap(tag, listItems);
		return this.addRaw(element).addEOL();
	}
	addTable(rows) {
		const tableBody = rows.map((row) => {
			const cells = row.map((cell) => {
				if (typeof cell === "string") return this.wrap("td", cell);
				const { header, data, colspan, rowspan } = cell;
				const tag = header ? "th" : "td";
				const attrs = Object.assign(Object.assign({}, colspan && { colspan }), rowspan && { rowspan });
				return this.wrap(tag, data, attrs);
			}).join("");
			return this.wrap("tr", cells);
		}).join("");
		const element = this.wrap("table", tableBody);
		return this.addRaw(element).addEOL();
	}
	addDetails(label, content) {
		const element = this.wrap("details", this.wrap("summary", label) + content);
		return this.addRaw(element).addEOL();
	}
	addImage(src, alt, options) {
		const { width, height } = options || {};
		const attrs = Object.assign(Object.assign({}, width && { width }), height && { height });
		const element = this.wrap("img", null, Object.assign({
			src,
			alt
		}, attrs));
		return this.addRaw(element).addEOL();
	}
	addHeading(text, level) {
		const tag = `h${level}`;
		const allowedTag = [
			"h1",
			"h2",
			"h3",
			"h4",
			"h5",
			"h6"
		].includes(tag) ? tag : "h1";
		const element = this.wrap(allowedTag, text);
		return this.addRaw(element).addEOL();
	}
	addSeparator() {
		const element = this.wrap("hr", null);
		return this.addRaw(element).addEOL();
	}
	addBreak() {
		const element = this.wrap("br", null);
		return this.addRaw(element).addEOL();
	}
	addQuote(text, cite) {
		const attrs = Object.assign({}, cite && { cite });
		const element = this.wrap("blockquote", text, attrs);
		return this.addRaw(element).addEOL();
	}
	addLink(text, href) {
		const element = this.wrap("a", text, { href });
		return this.addRaw(element).addEOL();
	}
};
const summary = new Summary();
// src/gate/contract.ts
const MAX_LISTED = 1e3;
const MAX_DEPTH$1 = 256;
function canonical(value, depth = 0) {
	if (depth > MAX_DEPTH$1) throw new RangeError(`nested deeper than ${MAX_DEPTH$1} levels`);
	if (Array.isArray(value)) return `[${value.map((item) => canonical(item, depth + 1)).join(",")}]`;
	if (!isObject(value)) return JSON.stringify(value) ?? "null";
	return `{${Object.keys(value).filter((key) => value[key] !== void 0).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key], depth + 1)}`).join(",")}}`;
}
function covered({ name, description, inputSchema, outputSchema, annotations }) {
	return {
		name,
		...description !== void 0 && { description },
		inputSchema,
		...outputSchema !== void 0 && { outputSchema },
		...annotations !== void 0 && { annotations }
	};
}
function contractOf(tools) {
	try {
		const sorted = tools.map((tool) => ({
			tool,
			text: canonical(covered(tool))
		})).sort((a, b) => order(a.tool.name, b.tool.name) || order(a.text, b.text));
		return {
			hash: createHash("sha256").update(`[${sorted.map(({ text }) => text).join(",")}]`).digest("hex"),
			tools: sorted.map(({ text }) => JSON.parse(text))
		};
	} catch (error) {
		if (error instanceof RangeError) return void 0;
		throw error;
	}
}
function order(a, b) {
	return a < b ? -1 : a > b ? 1 : 0;
}
function readContract(text) {
	let value;
	try {
		value = JSON.parse(text);
	} catch {
		throw new Error("it is not JSON");
	}
	if (!isObject(value) || !Array.isArray(value.tools)) throw new Error("it has no list \"tools\"");
	for (const tool of value.tools) {
		if (!isObject(tool) || typeof tool.name !== "string") throw new Error("one of its tools has no name");
		if (!isObject(tool.inputSchema)) throw new Error(`its tool ${JSON.stringify(tool.name)} has no inputSchema`);
		if (tool.outputSchema !== void 0 && !isObject(tool.outputSchema)) throw new Error(`the outputSchema of its tool ${JSON.stringify(tool.name)} is not an object`);
	}
	const tools = value.tools;
	if (contractOf(tools) === void 0) throw new Error(`a schema in it is nested deeper than ${MAX_DEPTH$1} levels`);
	return tools;
}
function compareContracts(before, after) {
	const [old, now] = [byName(before), byName(after)];
	const lists = {
		breaking: [],
		harmless: [],
		description: []
	};
	const total = {
		breaking: 0,
		harmless: 0,
		description: 0
	};
	for (const [name, tool] of old) {
		const current = now.get(name);
		if (current) compareTools(tool, current, (kind, path, what) => {
			if (++total[kind] <= MAX_LISTED) lists[kind].push({
				tool: name,
				path,
				what
			});
		});
	}
	const added = [...now.keys()].filter((name) => !old.has(name)).sort(order);
	const removed = [...old.keys()].filter((name) => !now.has(name)).sort(order);
	return {
		added: added.slice(0, MAX_LISTED),
		removed: removed.slice(0, MAX_LISTED),
		breaking: lists.breaking,
		harmless: lists.harmless,
		descriptions: lists.description,
		counts: {
			added: added.length,
			removed: removed.length,
			breaking: total.breaking,
			harmless: total.harmless,
			descriptions: total.description
		}
	};
}
function byName(tools) {
	return new Map((contractOf(tools)?.tools ?? tools).map((tool) => [tool.name, covered(tool)]));
}
function compareTools(before, after, note) {
	compareWords(before, after, "", note);
	const input = {
		narrower: "breaking",
		wider: "harmless",
		note
	};
	const output = {
		narrower: "harmless",
		wider: "breaking",
		note
	};
	compareSchemas(before.inputSchema, after.inputSchema, "inputSchema", input);
	const [old, now] = [before.outputSchema, after.outputSchema];
	if (old && now) compareSchemas(old, now, "outputSchema", output);
	else if (old) note("breaking", "outputSchema", "removed: results are no longer promised a structure");
	else if (now) note("harmless", "outputSchema", "added");
	const [hints, hintsNow] = [before.annotations ?? {}, after.annotations ?? {}];
	for (const key of keysOf(hints, hintsNow)) {
		if (same(hints[key], hintsNow[key])) continue;
		note(key === "title" ? "description" : "harmless", `annotations.${key}`, became(hints[key], hintsNow[key]));
	}
}
const WORDS = [
	"title",
	"description",
	"$comment",
	"examples"
];
const LOWER_BOUNDS = new Set([
	"minimum",
	"exclusiveMinimum",
	"minLength",
	"minItems",
	"minProperties",
	"minContains"
]);
const UPPER_BOUNDS = new Set([
	"maximum",
	"exclusiveMaximum",
	"maxLength",
	"maxItems",
	"maxProperties",
	"maxContains"
]);
const CONSTRAINTS = new Set([
	"const",
	"pattern",
	"format",
	"multipleOf",
	"uniqueItems",
	"not",
	"if",
	"then",
	"else",
	"allOf",
	"oneOf",
	"contains",
	"prefixItems",
	"patternProperties",
	"propertyNames",
	"dependentRequired",
	"dependentSchemas",
	"dependencies",
	"unevaluatedProperties",
	"unevaluatedItems",
	"contentEncoding",
	"contentMediaType",
	"$ref",
	"$dynamicRef"
]);
const DEFINITIONS = ["$defs", "definitions"];
function compareSchemas(old, now, path, direction) {
	const [before, after] = [old === true ? {} : old, now === true ? {} : now];
	if (same(before, after)) return;
	const { narrower, wider, note } = direction;
	if (!isObject(before) || !isObject(after)) {
		note(after === false ? narrower : before === false ? wider : "breaking", path, became(old, now));
		return;
	}
	compareWords(before, after, path, note);
	const handled = new Set([
		...WORDS,
		...DEFINITIONS,
		"properties",
		"required",
		"type",
		"enum",
		"anyOf"
	]);
	compareTypes(before.type, after.type, `${path}.type`, direction);
	compareChoices(before.enum, after.enum, `${path}.enum`, direction);
	compareChoices(before.anyOf, after.anyOf, `${path}.anyOf`, direction);
	compareProperties(before, after, path, direction);
	for (const name of DEFINITIONS) {
		const [was, is] = [asMap(before[name]), asMap(after[name])];
		for (const key of keysOf(was, is)) if (key in was && key in is) compareSchemas(was[key], is[key], `${path}.${name}.${key}`, direction);
	}
	for (const key of keysOf(before, after)) {
		if (handled.has(key) || same(before[key], after[key])) continue;
		const at = `${path}.${key}`;
		const [was, is] = [before[key], after[key]];
		if (key === "items") compareSchemas(was ?? true, is ?? true, at, direction);
		else if (key === "additionalProperties") compareSchemas(was ?? true, is ?? true, at, {
			...direction,
			wider: "harmless"
		});
		else if (LOWER_BOUNDS.has(key)) compareBound(was, is, at, 1, direction);
		else if (UPPER_BOUNDS.has(key)) compareBound(was, is, at, -1, direction);
		else if (CONSTRAINTS.has(key)) note(is === void 0 ? wider : was === void 0 ? narrower : "breaking", at, became(was, is));
		else note("harmless", at, became(was, is));
	}
}
function compareWords(before, after, path, note) {
	for (const word of WORDS) {
		const [old, now] = [before[word], after[word]];
		if (!same(old, now)) note("description", path === "" ? word : `${path}.${word}`, became(old, now));
	}
}
function compareProperties(before, after, path, direction) {
	const { narrower, wider, note } = direction;
	const [old, now] = [asMap(before.properties), asMap(after.properties)];
	const [wasRequired, isRequired] = [asSet(before.required), asSet(after.required)];
	for (const name of keysOf(old, now)) {
		const at = `${path}.properties.${name}`;
		if (!(name in now)) note("breaking", at, "removed");
		else if (!(name in old)) {
			if (!isRequired.has(name)) note("harmless", at, "added");
		} else compareSchemas(old[name], now[name], at, direction);
	}
	for (const name of isRequired) if (!wasRequired.has(name)) note(narrower, `${path}.required`, `"${name}" is required now`);
	for (const name of wasRequired) if (!isRequired.has(name)) note(wider, `${path}.required`, `"${name}" is no longer required`);
}
function compareTypes(before, after, path, { narrower, wider, note }) {
	if (same(before, after)) return;
	const [old, now] = [typesOf(before), typesOf(after)];
	const allows = (types, type) => types === void 0 || types.has(type) || type === "integer" && types.has("number");
	const isWider = old !== void 0 && [...old].every((type) => allows(now, type));
	const isNarrower = now !== void 0 && [...now].every((type) => allows(old, type));
	if (isWider && isNarrower) note("harmless", path, became(before, after));
	else note(isWider ? wider : isNarrower ? narrower : "breaking", path, became(before, after));
}
function compareChoices(before, after, path, { narrower, wider, note }) {
	if (same(before, after)) return;
	if (!Array.isArray(before) || !Array.isArray(after)) {
		note(Array.isArray(after) ? narrower : wider, path, became(before, after));
		return;
	}
	const [old, now] = [new Set(before.map((value) => canonical(value))), new Set(after.map((value) => canonical(value)))];
	for (const value of old) if (!now.has(value)) note(narrower, path, `${shortened(value)} is gone`);
	for (const value of now) if (!old.has(value)) note(wider, path, `${shortened(value)} is new`);
}
function compareBound(before, after, path, sign, { narrower, wider, note }) {
	const number = (value) => typeof value === "number" ? value * sign : Number.NEGATIVE_INFINITY;
	note(number(after) > number(before) ? narrower : wider, path, became(before, after));
}
function typesOf(value) {
	return value === void 0 ? void 0 : new Set([value].flat().map(String));
}
function asMap(value) {
	return Object.assign(Object.create(null), isObject(value) ? value : {});
}
function asSet(value) {
	return new Set(Array.isArray(value) ? value.filter((item) => typeof item === "string") : []);
}
function keysOf(a, b) {
	return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort(order);
}
function same(a, b) {
	if (a === void 0 || b === void 0) return a === b;
	return canonical(a) === canonical(b);
}
function became(before, after) {
	if (before === void 0) return `added: ${shortened(canonical(after))}`;
	if (after === void 0) return `removed, was ${shortened(canonical(before))}`;
	return `${shortened(canonical(before))} became ${shortened(canonical(after))}`;
}
const MAX_SHOWN_CHARACTERS$1 = 300;
function shortened(text) {
	return text.length > MAX_SHOWN_CHARACTERS$1 ? `${text.slice(0, MAX_SHOWN_CHARACTERS$1).toWellFormed()}…` : text;
}
// src/rules/plan-view.ts
function viewOf(json, stated) {
	const plan = asObject(json);
	const resources = asList(plan.resource_changes).map(asObject);
	const managed = resources.filter(({ mode }) => mode === "managed");
	const changes = managed.flatMap((resource) => changedResource(resource) ?? []);
	const kept = managed.filter(({ change }) => doingOf(asList(asObject(change).actions)) === void 0).map(({ address, type, change }) => ({
		address: text$1(address) ?? "",
		type: text$1(type) ?? "",
		after: asObject(asObject(change).after)
	}));
	const endpoint = asObject(asObject(plan.output_changes).mcp_endpoint);
	const known = {
		before: text$1(endpoint.before),
		after: text$1(endpoint.after)
	};
	const containers = [...changes, ...kept].flatMap(({ after }) => containersOf(after.container_definitions));
	const mcpPath = pathOf(stated.endpoint ?? known.after ?? known.before, settingsOf(plan));
	const [changedTypes, keptTypes] = [changes, kept].map((all) => new Set(all.map(({ type }) => type)));
	return {
		changed: (...types) => types.some((type) => changedTypes?.has(type)) ? changes.filter(({ type }) => types.includes(type)) : [],
		unchanged: (...types) => types.some((type) => keptTypes?.has(type)) ? kept.filter(({ type }) => types.includes(type)) : [],
		deferredPolicies: deferredPolicies(resources, plan.prior_state),
		sessions: sessionsOf(plan, containers, mcpPath, stated),
		mcpPath,
		endpoint: known
	};
}
function containersOf(definitions) {
	return asList(parsed(definitions)).map(asObject);
}
function parsed(value) {
	return typeof value === "string" ? parseJson$1(value) : void 0;
}
function block(value) {
	return asObject(asList(value)[0]);
}
function text$1(value) {
	return typeof value === "string" ? value : void 0;
}
function number(value) {
	if (typeof value === "number") return value;
	return typeof value === "string" && /^\d+$/.test(value) ? Number(value) : void 0;
}
function texts(value) {
	return asList(typeof value === "string" ? [value] : value).filter((each) => typeof each === "string");
}
function differs({ before, after, unknown }, attribute) {
	return holdsUnknown(unknown[attribute]) || JSON.stringify(before[attribute]) !== JSON.stringify(after[attribute]);
}
function holdsUnknown(unknown) {
	if (typeof unknown !== "object" || unknown === null) return unknown === true;
	return Object.values(unknown).some(holdsUnknown);
}
function changedResource({ address, type, change, action_reason }) {
	const { actions, before, after, after_unknown, after_sensitive } = asObject(change);
	const steps = asList(actions);
	const doing = doingOf(steps);
	if (doing === void 0) return void 0;
	return {
		address: text$1(address) ?? "",
		type: text$1(type) ?? "",
		doing,
		createsFirst: steps[0] === "create" && steps.includes("delete"),
		reason: text$1(action_reason) ?? "",
		before: asObject(before),
		after: asObject(after),
		unknown: asObject(after_unknown),
		sensitive: asObject(after_sensitive)
	};
}
function doingOf(actions) {
	if (actions.includes("create")) return actions.includes("delete") ? "replace" : "create";
	return actions.includes("update") ? "update" : actions.includes("delete") ? "delete" : void 0;
}
function deferredPolicies(resources, priorState) {
	const deferred = resources.filter(({ mode, type, change }) => mode === "data" && type === "aws_iam_policy_document" && asList(asObject(change).actions).includes("read"));
	if (deferred.length === 0) return [];
	const before = new Map();
	const collect = (module) => {
		for (const resource of asList(module.resources).map(asObject)) before.set(resource.address, asObject(resource.values).json);
		for (const child of asList(module.child_modules)) collect(asObject(child));
	};
	collect(asObject(asObject(asObject(priorState).values).root_module));
	return deferred.map(({ address, change }) => ({
		address: text$1(address) ?? "",
		after: asObject(asObject(change).after),
		before: before.get(address)
	}));
}
function settingsOf(plan) {
	const variable = asObject(asObject(plan.variables).mcp).value;
	const calls = asObject(asObject(asObject(plan.configuration).root_module).module_calls);
	const found = Object.entries(calls).map(([name, call]) => ({
		place: `the argument mcp of module.${name}`,
		mcp: asObject(asObject(asObject(asObject(call).expressions).mcp).constant_value)
	}));
	return [{
		place: "the variable mcp",
		mcp: asObject(variable)
	}, ...found];
}
const sseFlag = /(?:^|\s)--(?:sse|[\w-]*transport(?:\s+|=)sse)(?:\s|$)/i;
const statefulFlag = /(?:^|\s)--stateful(?:\s|$)/i;
const transportVariable = /^(?:[A-Z0-9]+_)*TRANSPORT(?:_TYPE|_MODE)?$/i;
function sessionsOf(plan, containers, mcpPath, stated) {
	for (const { place, mcp } of settingsOf(plan)) {
		if (mcp.transport === "sse") return {
			evidence: `${place} sets transport = "sse"`,
			sse: true
		};
		if (mcp.stateful === true) return {
			evidence: `${place} sets stateful = true`,
			sse: false
		};
	}
	for (const container of containers) for (const { name, value } of asList(container.environment).map(asObject)) {
		if (typeof name !== "string" || typeof value !== "string") continue;
		if (transportVariable.test(name) && /^(?:http\+)?sse$/i.test(value)) return {
			evidence: `the container's environment sets ${name}=${value}`,
			sse: true
		};
		if (/STATELESS(?:_HTTP|_MODE)?$/i.test(name) && /^(?:false|0|no)$/i.test(value) || /STATEFUL(?:_HTTP|_MODE)?$/i.test(name) && /^(?:true|1|yes)$/i.test(value)) return {
			evidence: `the container's environment sets ${name}=${value}`,
			sse: false
		};
	}
	for (const { command, entryPoint } of containers) {
		const line = [...texts(entryPoint), ...texts(command)].join(" ");
		if (sseFlag.test(line)) return {
			evidence: "the container's command asks for the transport sse",
			sse: true
		};
		if (statefulFlag.test(line)) return {
			evidence: "the container's command has --stateful",
			sse: false
		};
	}
	if (mcpPath.isStated && /\/sse\/?$/.test(mcpPath.path)) return {
		evidence: `the path of the endpoint is ${mcpPath.path}`,
		sse: true
	};
	return stated.transport === "sse" ? {
		evidence: "the input mcp-transport is \"sse\"",
		sse: true
	} : void 0;
}
function pathOf(endpoint, settings) {
	if (endpoint !== void 0 && URL.canParse(endpoint)) return {
		path: new URL(endpoint).pathname,
		isStated: true
	};
	const set = settings.map(({ mcp }) => text$1(mcp.path)).find((path) => path !== void 0);
	return set === void 0 ? {
		path: "/mcp",
		isStated: false
	} : {
		path: set,
		isStated: true
	};
}
// src/rules/downtime.ts
const loadBalancers = ["aws_lb", "aws_alb"];
const listeners = ["aws_lb_listener", "aws_alb_listener"];
const targetGroups = ["aws_lb_target_group", "aws_alb_target_group"];
const needsStop = [
	"instance_type",
	"user_data",
	"user_data_base64",
	"ebs_optimized",
	"cpu_options"
];
const isGone = ({ doing }) => doing === "replace" || doing === "delete";
const downtimeRules = {
	"instance-replaced": {
		severity: "danger",
		finds: "An EC2 instance is replaced or destroyed. A `notice` when the new one is made first.",
		why: "Terraform destroys an instance before it makes the next one, unless `create_before_destroy` is set: nobody answers until the new one has booted and installed the server, usually 3 to 10 minutes. Whatever was on its disk is gone.",
		instead: "Set `lifecycle { create_before_destroy = true }` on the instance and on its `aws_eip_association`, so that only the address moves. Or apply when nobody needs the server.",
		find: (plan) => plan.changed("aws_instance").flatMap((instance) => {
			const { address, doing, createsFirst } = instance;
			if (doing === "delete") return {
				address,
				sentence: "The instance is destroyed and no other takes its place: what it serves is gone.",
				fix: "If that is not meant, keep the resource in the configuration, or say where it went with a moved block."
			};
			if (doing !== "replace") return [];
			return createsFirst ? {
				address,
				severity: "notice",
				sentence: `The instance is replaced${because(instance)}, the new one first: clients lose their connections for the seconds in which the address moves, and what is on the disk is gone.`,
				fix: "Nothing, if the server keeps no files and an Elastic IP or a load balancer moves with it."
			} : {
				address,
				sentence: `The instance is destroyed before its successor is made${because(instance)}: the server is down for about 3 to 10 minutes, until the new one has booted, and every open session ends.`,
				fix: "Set lifecycle { create_before_destroy = true } on the instance and on its aws_eip_association, or apply when nobody needs the server."
			};
		})
	},
	"instance-restarted": {
		severity: "warning",
		finds: "An EC2 instance is changed in place in a way for which it must be stopped.",
		why: "EC2 changes the type or the user data of a stopped instance only, so the server is down for about 1 to 3 minutes, and without an Elastic IP the instance comes back with another public address. A changed boot script does not run again: cloud-init runs it at the first boot only.",
		instead: "For a changed script set `user_data_replace_on_change = true` with `create_before_destroy`. For another type apply when nobody needs the server.",
		find: (plan) => plan.changed("aws_instance").flatMap((instance) => {
			const changed = instance.doing === "update" ? needsStop.filter((name) => changes(instance, name)) : [];
			if (changed.length === 0) return [];
			const isScript = changed.some((name) => name.startsWith("user_data"));
			return {
				address: instance.address,
				sentence: `The instance is stopped and started to change ${changed.join(", ")}: the server is down for about 1 to 3 minutes${isScript ? ", and the changed script does not run, because scripts run at the first boot only" : ""}.`,
				fix: isScript ? "Set user_data_replace_on_change = true and lifecycle { create_before_destroy = true }." : "Apply when nobody needs the server."
			};
		})
	},
	"service-replaced": {
		severity: "danger",
		finds: "An ECS service or its cluster is replaced or destroyed.",
		why: "A service is replaced by stopping all its tasks first, because two services of one name cannot exist: nobody answers until the new tasks are started and healthy, usually 2 to 5 minutes. A new task definition never needs that.",
		instead: "Undo the change of the argument that forces the replacement. Where the change is needed, make a second service under another name beside the first and switch the listener over.",
		find: (plan) => plan.changed("aws_ecs_service", "aws_ecs_cluster").flatMap((service) => {
			if (!isGone(service)) return [];
			const thing = service.type === "aws_ecs_service" ? "service" : "cluster";
			return {
				address: service.address,
				sentence: service.doing === "delete" ? `The ECS ${thing} is destroyed: all its tasks stop, and nothing answers.` : `The ECS ${thing} is replaced${because(service)}: all tasks stop first, so the server is down for about 2 to 5 minutes and every open session ends.`,
				fix: service.doing === "delete" ? "If that is not meant, keep the resource in the configuration, or say where it went with a moved block." : "Leave what forces the replacement as it is, or make the new one under another name beside the old one and switch over."
			};
		})
	},
	"load-balancer-replaced": {
		severity: "danger",
		finds: "A load balancer, a listener or a target group is replaced or destroyed.",
		why: "A new load balancer takes 2 to 5 minutes and has another DNS name, and every connection through the old one ends. A listener that is replaced does not listen meanwhile. A new target group has no targets until ECS has registered them, also when it is made first, and the load balancer answers 503 until then.",
		instead: "Leave the arguments that force the replacement as they are: names, subnets of a network load balancer, `target_type`, `port`, `protocol` and `vpc_id`. Everything else is changed in place.",
		find: (plan) => plan.changed(...loadBalancers, ...listeners, ...targetGroups).flatMap((part) => {
			if (!isGone(part)) return [];
			const { address, type, doing, createsFirst } = part;
			const thing = isOne(loadBalancers, type) ? "load balancer" : isOne(listeners, type) ? "listener" : "target group";
			if (doing === "delete") return {
				address,
				sentence: `The ${thing} is destroyed: what came through it is no longer answered.`,
				fix: "If that is not meant, keep the resource in the configuration, or say where it went with a moved block."
			};
			const loss = {
				"load balancer": createsFirst ? "clients follow to its new DNS name as their resolvers forget the old one, and all open connections end" : "the server is down for about 2 to 5 minutes, the DNS name changes, and all open connections end",
				listener: "its port does not answer for some seconds",
				"target group": createsFirst ? "the listener is switched to an empty group, so clients get 503 until tasks are registered and healthy in it, usually 1 to 2 minutes" : "clients get 503 until tasks are registered and healthy in the new one, usually 1 to 3 minutes"
			}[thing];
			return {
				address,
				sentence: `The ${thing} is replaced${because(part)}: ${loss}.`,
				fix: "Leave what forces the replacement as it is; most other arguments are changed in place."
			};
		})
	},
	"address-released": {
		severity: "danger",
		finds: "An Elastic IP is given back, or is taken off the instance before the next one has it.",
		why: "A public address that is given back cannot be had again. DNS records, allow lists and clients that hold it fail.",
		instead: "Keep the `aws_eip` and move only its association. Set `create_before_destroy` and `allow_reassociation` on the `aws_eip_association`.",
		find: (plan) => plan.changed("aws_eip", "aws_eip_association").flatMap((part) => {
			if (!isGone(part)) return [];
			const ip = text$1(part.before.public_ip);
			if (part.type === "aws_eip") return {
				address: part.address,
				sentence: `The public address${ip === void 0 ? "" : ` ${ip}`} is given back to AWS and cannot be had again.`,
				fix: "Keep the aws_eip in the configuration, and change the DNS record before an address is given up."
			};
			if (part.doing === "replace" && part.createsFirst) return [];
			return {
				address: part.address,
				severity: "warning",
				sentence: `The public address${ip === void 0 ? "" : ` ${ip}`} is taken off its instance${part.doing === "replace" ? " before the next one has it" : ""}: nothing answers on it meanwhile.`,
				fix: "Set lifecycle { create_before_destroy = true } and allow_reassociation = true on the aws_eip_association."
			};
		})
	},
	"dns-record-removed": {
		severity: "danger",
		finds: "A DNS record or zone is replaced or destroyed.",
		why: "A resolver that asks while the record is missing remembers that there is none, in a Route 53 zone for up to 15 minutes by default. A record that validates a certificate is needed again whenever ACM renews it. A zone that is replaced gets other name servers.",
		instead: "Change a record in place: values, TTL and alias need no replacement. To rename it, add the new record first and remove the old one in a later pull request.",
		find: (plan) => plan.changed("aws_route53_record", "aws_route53_zone").flatMap((part) => {
			if (!isGone(part)) return [];
			const name = text$1(part.before.name);
			const called = name === void 0 ? "" : ` ${name}`;
			const how = part.doing === "delete" ? "destroyed" : `replaced${because(part)}`;
			if (part.type === "aws_route53_zone") return {
				address: part.address,
				sentence: `The DNS zone${called} is ${how}: a new zone has other name servers, so no name in it resolves until the parent points at them.`,
				fix: "Keep the zone as it is."
			};
			if (!isOne([
				"A",
				"AAAA",
				"CNAME"
			], text$1(part.before.type) ?? "A")) return [];
			if (name?.startsWith("_")) return {
				address: part.address,
				severity: part.doing === "delete" ? "warning" : "notice",
				sentence: `The DNS record${called} is ${how}: ACM renews the certificate that it validates only while it is there.`,
				fix: "Keep the record as long as the certificate is in use."
			};
			return {
				address: part.address,
				sentence: `The DNS record${called} is ${how}: clients cannot find that name${part.doing === "delete" ? "" : ", and resolvers remember for up to 15 minutes that it was missing"}.`,
				fix: "Change the record in place, or add the new name first and remove the old one in a later pull request."
			};
		})
	},
	"certificate-destroyed": {
		severity: "danger",
		finds: "A certificate is destroyed, or replaced without `create_before_destroy`, or taken off a listener.",
		why: "AWS refuses to delete a certificate that a listener uses, so the apply stops halfway after minutes of waiting. One that is taken off a listener leaves the names that only it covers with a TLS error.",
		instead: "Set `lifecycle { create_before_destroy = true }` on the certificate: then the listener gets the new one before the old one is deleted.",
		find: (plan) => plan.changed("aws_acm_certificate", "aws_iam_server_certificate", "aws_lb_listener_certificate", "aws_alb_listener_certificate").flatMap((part) => {
			if (!isGone(part) || part.doing === "replace" && part.createsFirst) return [];
			const name = text$1(part.before.domain_name) ?? text$1(part.before.name);
			const called = name === void 0 ? "" : ` for ${name}`;
			const onListener = part.type.endsWith("_listener_certificate");
			return {
				address: part.address,
				severity: onListener ? "warning" : "danger",
				sentence: onListener ? "A certificate is taken off its listener: the names that only it covers fail with a TLS error." : `The certificate${called} is ${part.doing === "delete" ? "destroyed" : `destroyed before its successor is made${because(part)}`}: while a listener uses it AWS refuses that and the apply fails halfway, and clients of a listener without it get a TLS error.`,
				fix: onListener ? "Add the certificate that covers these names in the same plan." : "Set lifecycle { create_before_destroy = true } on the certificate, or take it off every listener first."
			};
		})
	},
	"endpoint-changed": {
		severity: "danger",
		finds: "The output `mcp_endpoint` gets another value.",
		why: "Every client has the old URL in its configuration, and the monitor watches it. A new path or host is a new server to all of them.",
		instead: "Keep the old URL answering, for example by a second listener rule or DNS record, until all clients have the new one.",
		find: ({ endpoint: { before, after } }) => before === void 0 || after === void 0 || before === after ? [] : [{
			address: "output.mcp_endpoint",
			sentence: `The endpoint changes from ${before} to ${after}: clients and monitors that know the old URL lose the server.`,
			fix: "Keep the old URL answering until every client has the new one, and tell those who use it."
		}]
	}
};
function isOne(names, name) {
	return names.includes(name);
}
function changes(instance, attribute) {
	return instance.before[attribute] !== void 0 && differs(instance, attribute);
}
function because({ reason }) {
	return reason === "replace_because_tainted" ? ", because the last deployment of it failed" : "";
}
// src/rules/exposure.ts
const exposureRules = {
	"http-without-redirect": {
		severity: "warning",
		finds: "A listener for plain HTTP that does not redirect to HTTPS is made, or loses its redirect.",
		why: "Whatever clients send, bearer tokens too, can be read and changed on the way. OAuth for MCP requires https.",
		instead: "Make the default action of the HTTP listener a redirect to HTTPS (port 443, `HTTP_301`) and forward from an HTTPS listener only. With terraform/ecs: set `dns` or `certificate`.",
		find: (plan) => plan.changed("aws_lb_listener", "aws_alb_listener").flatMap((listener) => {
			const { doing, address, before, after } = listener;
			if (doing === "delete" || !servesPlainHttp(after)) return [];
			if (doing !== "create" && servesPlainHttp(before)) return [];
			return {
				address,
				sentence: `Port ${number(after.port) ?? 80} serves plain HTTP and does not redirect to HTTPS: tokens and answers can be read on the way.`,
				fix: "Redirect to HTTPS in the default action of this listener, and forward from an HTTPS listener only."
			};
		})
	},
	"port-open-to-world": {
		severity: "danger",
		finds: "A port other than 80 and 443 becomes reachable from `0.0.0.0/0` or `::/0`, by any of the resources that make security group rules.",
		why: "The port of the container or of SSH, open to everybody, bypasses the load balancer with its TLS, its limits and its logs, and is found by scanners within minutes.",
		instead: "Allow the security group of the load balancer (`referenced_security_group_id`) or your own address range. For a shell use ECS Exec or SSM Session Manager, which need no open port.",
		find: (plan) => {
			const wasOpen = new Map();
			const current = [...plan.changed(...ingressTypes).map(({ type, before }) => ({
				type,
				attributes: before
			})), ...ingressTypes.flatMap((type) => plan.unchanged(type).map(({ after }) => ({
				type,
				attributes: after
			})))];
			for (const { type, attributes } of current) {
				const group = groupOf(type, attributes);
				if (group !== void 0) wasOpen.set(group, [...wasOpen.get(group) ?? [], ...openings(type, attributes)]);
			}
			return plan.changed(...ingressTypes).flatMap(({ type, address, before, after }) => {
				const known = [...openings(type, before), ...wasOpen.get(groupOf(type, after) ?? "") ?? []];
				const found = openings(type, after).filter((opening) => !isWebPort(opening) && !known.some((each) => contains(each, opening)));
				const named = [...new Set(found.map(describe$2))];
				if (named.length === 0) return [];
				return [{
					address,
					sentence: `The whole internet is let in to ${named.join(", ")}.`,
					fix: "Let in the load balancer's security group or your own address range instead."
				}];
			});
		}
	},
	"iam-widened": {
		severity: "danger",
		finds: "An IAM policy allows `*`: every action, every action of a service, every resource, or every principal. A `warning` where the statement is narrower than everything. Statements that were as wide before are not found, nor are actions that AWS defines for `*` only.",
		why: "An MCP server runs tools on behalf of whoever calls it. What its role may do, a prompt may make it do.",
		instead: "Name the actions and the ARNs that the tools need, and for a principal the account or service, with a condition such as `aws:SourceAccount`.",
		find: (plan) => [...plan.changed(...Object.keys(policyAttributes), ...attachments).flatMap((policy) => {
			if (policy.doing === "delete") return [];
			const wider = widened(grantsOf(policy.type, policy.before), grantsOf(policy.type, policy.after));
			return wider.length === 0 ? [] : iamFinding(policy.address, wider);
		}), ...plan.deferredPolicies.flatMap(({ address, after, before }) => {
			const now = asList(after.statement).map(asObject).flatMap(({ effect, actions, not_actions, resources, not_resources, principals, condition }) => grantsOfStatement({
				Effect: effect ?? "Allow",
				Action: actions,
				NotAction: asList(not_actions).length > 0 ? not_actions : void 0,
				Resource: resources,
				NotResource: asList(not_resources).length > 0 ? not_resources : void 0,
				Principal: asList(principals).length > 0 ? principalsOf(principals) : void 0,
				Condition: asList(condition).length > 0 ? condition : void 0
			}));
			const wider = widened(grantsOfPolicy(before), now);
			return wider.length === 0 ? [] : iamFinding(address, wider);
		})]
	}
};
function servesPlainHttp({ protocol, default_action }) {
	if (protocol !== "HTTP") return false;
	const actions = asList(default_action).map(asObject);
	const serves = actions.some(({ type }) => type === "forward");
	const redirects = actions.filter(({ type }) => type === "redirect").map((action) => block(action.redirect));
	return serves || redirects.some(({ protocol: to }) => to !== void 0 && to !== null && to !== "HTTPS");
}
const ingressTypes = [
	"aws_security_group",
	"aws_default_security_group",
	"aws_security_group_rule",
	"aws_vpc_security_group_ingress_rule"
];
function groupOf(type, { id, security_group_id }) {
	return text$1(type.endsWith("_rule") ? security_group_id : id);
}
function openings(type, attributes) {
	if (type === "aws_vpc_security_group_ingress_rule") {
		const { cidr_ipv4, cidr_ipv6, ip_protocol, from_port, to_port } = attributes;
		return opening([cidr_ipv4, cidr_ipv6], ip_protocol, from_port, to_port);
	}
	const rules = type === "aws_security_group_rule" ? attributes.type === "ingress" ? [attributes] : [] : attributes.ingress;
	return asList(rules).map(asObject).flatMap(({ cidr_blocks, ipv6_cidr_blocks, protocol, from_port, to_port }) => opening([...asList(cidr_blocks), ...asList(ipv6_cidr_blocks)], protocol, from_port, to_port));
}
function opening(cidrs, protocol, from, to) {
	if (!cidrs.some((cidr) => typeof cidr === "string" && /\/[01]$/.test(cidr))) return [];
	const name = typeof protocol === "string" || typeof protocol === "number" ? String(protocol).toLowerCase() : "";
	if (name === "-1" || name === "all") return [{
		protocol: "all",
		from: 0,
		to: 65535
	}];
	const known = {
		"6": "tcp",
		"17": "udp"
	}[name] ?? name;
	if (known !== "tcp" && known !== "udp") return [];
	const [first, last] = [number(from), number(to)];
	return first === void 0 || last === void 0 ? [] : [{
		protocol: known,
		from: first,
		to: last
	}];
}
function isWebPort({ protocol, from, to }) {
	return from === to && (protocol === "tcp" && from === 80 || protocol !== "all" && from === 443);
}
function contains(outer, inner) {
	return (outer.protocol === "all" || outer.protocol === inner.protocol) && outer.from <= inner.from && outer.to >= inner.to;
}
function describe$2({ protocol, from, to }) {
	if (protocol === "all") return "every port of every protocol";
	if (from === 0 && to === 65535) return `every ${protocol} port`;
	return from === to ? `${protocol} port ${from}` : `${protocol} ports ${from} to ${to}`;
}
const policyAttributes = {
	aws_iam_policy: ["policy"],
	aws_iam_role_policy: ["policy"],
	aws_iam_user_policy: ["policy"],
	aws_iam_group_policy: ["policy"],
	aws_iam_role: ["assume_role_policy", "inline_policy"],
	aws_ecr_repository_policy: ["policy"],
	aws_secretsmanager_secret: ["policy"],
	aws_secretsmanager_secret_policy: ["policy"]
};
const attachments = [
	"aws_iam_role_policy_attachment",
	"aws_iam_user_policy_attachment",
	"aws_iam_group_policy_attachment",
	"aws_iam_policy_attachment"
];
const adminPolicies = /:iam::aws:policy\/(AdministratorAccess|PowerUserAccess|IAMFullAccess)$/;
const onStarOnly = /^(?:ssmmessages:(?:Create|Open)(?:Control|Data)Channel|ec2messages:\w+|ecr:GetAuthorizationToken|sts:GetCallerIdentity|cloudwatch:(?:PutMetricData|ListMetrics|GetMetricData|GetMetricStatistics|DescribeAlarms)|xray:\w+|ec2:Describe\w*\*?|ecs:List\w*\*?|elasticloadbalancing:Describe\w*\*?|tag:Get\w+|bedrock:List\w*\*?|s3:ListAllMyBuckets|ssm:DescribeParameters|secretsmanager:(?:ListSecrets|GetRandomPassword|BatchGetSecretValue)|logs:Describe\w*\*?|kms:List\w*\*?|rds:Describe\w*\*?)$/i;
function grantsOf(type, attributes) {
	if (attachments.includes(type)) {
		const arn = text$1(attributes.policy_arn);
		const name = arn === void 0 ? void 0 : adminPolicies.exec(arn)?.[1];
		if (name === void 0) return [];
		return [{
			action: name === "IAMFullAccess" ? "iam:*" : "*",
			resource: "*"
		}];
	}
	return (policyAttributes[type] ?? []).flatMap((attribute) => attribute === "inline_policy" ? asList(attributes.inline_policy).flatMap((inline) => grantsOfPolicy(asObject(inline).policy)) : grantsOfPolicy(attributes[attribute]));
}
function grantsOfPolicy(document) {
	const { Statement } = asObject(parsed(document));
	return (Array.isArray(Statement) ? Statement : [Statement]).flatMap((statement) => grantsOfStatement(asObject(statement)));
}
function grantsOfStatement({ Effect, Action, NotAction, Resource, NotResource, Principal, Condition }) {
	if (Effect !== "Allow") return [];
	const actions = NotAction === void 0 ? texts(Action) : ["*"];
	const resources = NotResource === void 0 ? texts(Resource) : ["*"];
	if (Principal !== void 0 && Principal !== null) {
		if (!(Principal === "*" || texts(asObject(Principal).AWS).includes("*")) || Condition !== void 0) return [];
		return actions.map((action) => ({
			action,
			resource: resources[0] ?? "itself",
			principal: "*"
		}));
	}
	return actions.flatMap((action) => resources.filter((resource) => /^(?:\*|[\w-]+:\*)$/.test(action) || resource === "*" && !onStarOnly.test(action)).map((resource) => ({
		action,
		resource
	})));
}
function principalsOf(principals) {
	return asList(principals).map(asObject).some(({ type, identifiers }) => (type === "AWS" || type === "*") && texts(identifiers).includes("*")) ? "*" : {};
}
function widened(before, after) {
	return after.filter((grant) => !before.some((old) => covers(old, grant)));
}
function covers(old, { action, resource, principal }) {
	const service = action.slice(0, action.indexOf(":"));
	return (old.action === "*" || old.action === action || old.action === `${service}:*`) && (old.resource === "*" || old.resource === resource) && old.principal === principal;
}
function iamFinding(address, wider) {
	const first = wider.slice(0, 3).map(({ action, resource, principal }) => {
		return `${principal === "*" ? "anybody may do " : ""}${action === "*" ? "every action" : action} on ${resource === "*" ? "every resource" : resource}`;
	});
	const more = wider.length > first.length ? ` and ${wider.length - first.length} more` : "";
	return {
		address,
		...!wider.some(({ action, resource, principal }) => principal === "*" || action.endsWith("*") && resource === "*") && { severity: "warning" },
		sentence: `A policy newly allows ${first.join("; ")}${more}.`,
		fix: "Name the actions and the ARNs that are needed."
	};
}
// src/rules/rollout.ts
const rolloutRules = {
	"health-path-is-mcp-path": {
		severity: "danger",
		finds: "The health check of a target group asks the path of the MCP endpoint.",
		why: "A load balancer asks with GET and without the headers of MCP. An MCP endpoint answers that with 400, 405 or 406, or with an event stream that does not end, so no task ever becomes healthy, or \"healthy\" says nothing about the server.",
		instead: "Give the server a path of its own that answers 200, such as `/health`, and check that.",
		find: (plan) => plan.changed("aws_lb_target_group", "aws_alb_target_group").flatMap((group) => {
			const { address, doing } = group;
			const path = text$1(block(group.after.health_check).path);
			const old = text$1(block(group.before.health_check).path);
			if (doing === "delete" || path === void 0 || doing === "update" && path === old) return [];
			const { path: mcpPath, isStated } = plan.mcpPath;
			if (trimmed(path) !== trimmed(mcpPath)) return [];
			return {
				address,
				sentence: `The health check asks ${path}, which is ${isStated ? "the MCP endpoint" : "the usual path of an MCP endpoint"}: it answers a plain GET with an error or an endless stream, so tasks do not become healthy.`,
				fix: "Check a path that answers 200 to a GET, such as /health."
			};
		})
	},
	"same-image-redeployed": {
		severity: "warning",
		finds: "Tasks are exchanged although no image changes: a forced deployment, or a new revision that differs in labels only, or one made because the last was tainted. A `notice` when the image is named by its digest.",
		why: "A tag is looked up anew at every deployment, so what will run is not in this plan: it is whatever the tag means at the time of the apply. After a failed deployment the same image usually fails the same way.",
		instead: "Name the image by its digest (`repository@sha256:…`) or give every build a tag of its own, and change that.",
		find: (plan) => [...plan.changed("aws_ecs_service").flatMap((service) => {
			const { doing, before, after } = service;
			if (!(doing === "update" && after.force_new_deployment === true && !differs(service, "task_definition") && [...Object.keys({
				...before,
				...after
			}), "triggers"].some((name) => !/^tags(_all)?$/.test(name) && differs(service, name)))) return [];
			return [{
				address: service.address,
				sentence: "A deployment is forced without a new task definition: the same revision starts again, with whatever image its tag means by then.",
				fix: "Change the image, by digest or by a tag of its own, instead of forcing a deployment."
			}];
		}), ...plan.changed("aws_ecs_task_definition").flatMap((definition) => {
			const { address, doing, before, after, reason } = definition;
			if (doing !== "replace") return [];
			const [old, now] = [before, after].map(({ container_definitions }) => containersOf(container_definitions));
			if (old === void 0 || now === void 0 || now.length === 0) return [];
			const isSame = JSON.stringify(old.map(essentials)) === JSON.stringify(now.map(essentials));
			const isTainted = reason === "replace_because_tainted";
			const hasSameImages = JSON.stringify(old.map(imageOf)) === JSON.stringify(now.map(imageOf));
			if (!(isTainted ? hasSameImages : isSame && onlyLabelsDiffer(definition))) return [];
			const tagged = now.map(imageOf).filter((image) => !image.includes("@sha256:"));
			const [image = imageOf(now[0] ?? {})] = tagged;
			const failed = isTainted ? `The last deployment failed and this one starts the same image again, ${image}: that cures what was temporary, not what is wrong in the image.` : `A new revision starts the same image again, ${image}.`;
			return [{
				address,
				...tagged.length === 0 && !isTainted && { severity: "notice" },
				sentence: tagged.length === 0 ? failed : `${failed} What runs is whatever that tag means at the time of the apply.`,
				fix: isTainted ? "If the image is at fault, give a repaired one in this pull request." : "Give the image by digest or by a tag of its own, so that the plan says what will run."
			}];
		})]
	},
	"image-tag-latest": {
		severity: "warning",
		finds: "A task definition is made whose image has the tag `latest`, or neither tag nor digest.",
		why: "The plan does not say what will run, a rollback starts the same tag, and two deployments of one commit can differ.",
		instead: "Name the image by its digest, or give every build a tag of its own.",
		find: (plan) => plan.changed("aws_ecs_task_definition").flatMap(({ address, doing, after }) => {
			const floating = (doing === "delete" ? [] : containersOf(after.container_definitions).map(imageOf)).filter((image) => image !== "" && isFloating(image));
			return floating.length === 0 ? [] : {
				address,
				sentence: `The image ${[...new Set(floating)].join(", ")} is whatever was pushed last: this plan does not say what will run, and a rollback cannot bring the old one back.`,
				fix: "Name the image by its digest or by a tag of its own."
			};
		})
	},
	"no-circuit-breaker": {
		severity: "warning",
		finds: "An ECS service is made without the deployment circuit breaker and its rollback, or loses it.",
		why: "Without it ECS starts tasks of a broken version again and again, for hours, and the deployment neither fails nor ends.",
		instead: "Set `deployment_circuit_breaker { enable = true, rollback = true }` on the service.",
		find: (plan) => plan.changed("aws_ecs_service").flatMap((service) => {
			const { address, doing, before, after, unknown } = service;
			if (doing === "delete" || unknown.deployment_circuit_breaker === true) return [];
			if ((block(after.deployment_controller).type ?? "ECS") !== "ECS") return [];
			const lacks = breaksCircuit(after);
			if (lacks === void 0 || doing === "update" && breaksCircuit(before) === lacks) return [];
			return {
				address,
				sentence: lacks === "breaker" ? "The service has no deployment circuit breaker: tasks of a version that does not start are started again without end." : "The circuit breaker of the service does not roll back: a version that does not start stays deployed.",
				fix: "Set deployment_circuit_breaker { enable = true, rollback = true }."
			};
		})
	},
	"tasks-stopped-first": {
		severity: "danger",
		finds: "The healthy percentages of an ECS service leave a deployment no room at all, or let it stop every task before a new one runs (a `warning`).",
		why: "ECS keeps at least `deployment_minimum_healthy_percent` of the tasks (rounded up) and starts at most `deployment_maximum_percent` (rounded down). When the first comes to no task, every deployment is downtime; when both come to the same number, no deployment ever ends.",
		instead: "Set 100 and 200: new tasks are healthy before old ones stop, also when there is only one.",
		find: (plan) => plan.changed("aws_ecs_service").flatMap((service) => {
			const room = roomOf(service.after);
			if (room === void 0 || service.doing === "delete") return [];
			if (service.doing === "update" && roomOf(service.before) === room) return [];
			return {
				address: service.address,
				...room === "stops" && { severity: "warning" },
				sentence: room === "stops" ? "Every deployment stops all tasks before a new one runs: the server is down for about 1 to 2 minutes each time." : "A deployment may neither stop a task nor start one more, so it never ends.",
				fix: "Set deployment_minimum_healthy_percent = 100 and deployment_maximum_percent = 200."
			};
		})
	},
	"revision-deregistered": {
		severity: "warning",
		finds: "A task definition is replaced without `skip_destroy`, or made without it (a `notice`).",
		why: "Terraform deregisters the old revision, and ECS refuses to point a service at an inactive one: neither the circuit breaker nor a person can bring the version back that works now.",
		instead: "Set `skip_destroy = true` on the task definition, in a deployment before the one that needs it.",
		find: (plan) => plan.changed("aws_ecs_task_definition").flatMap(({ address, doing, before, after }) => {
			const fix = "Set skip_destroy = true on the task definition.";
			if (doing === "replace" && before.skip_destroy !== true) return [{
				address,
				sentence: "The revision that runs now is deregistered, so the service cannot be rolled back to it.",
				fix
			}];
			if (doing === "delete" || doing === "update" || after.skip_destroy === true) return [];
			return [{
				address,
				severity: "notice",
				sentence: "The next deployment will deregister this revision, so the service cannot be rolled back to it.",
				fix
			}];
		})
	},
	"deletion-protection-off": {
		severity: "warning",
		finds: "The deletion protection of a load balancer, a database, a table, a user pool or an instance is switched off; or a load balancer or a database is made without (a `notice`).",
		why: "With protection AWS refuses what a wrong plan would destroy. Most load balancers of MCP servers have a name that clients know, and a new one has another.",
		instead: "Leave it on, and switch it off in a pull request of its own before something is meant to be destroyed.",
		find: (plan) => plan.changed(...Object.keys(protections)).flatMap((resource) => {
			const { address, type, doing, before, after } = resource;
			const protection = protections[type];
			if (protection === void 0 || doing === "delete") return [];
			const { attribute, on, thing, isExpected } = protection;
			if (!(after[attribute] !== on && resource.unknown[attribute] !== true)) return [];
			const fix = `Set ${attribute} = ${typeof on === "string" ? `"${on}"` : on}.`;
			if (before[attribute] === on) return {
				address,
				sentence: `The deletion protection of the ${thing} is switched off: from then on any plan can destroy it.`,
				fix: `${fix} Switch it off only in the pull request before the one that destroys it.`
			};
			if (doing !== "create" || !isExpected) return [];
			return {
				address,
				severity: "notice",
				sentence: `The ${thing} is made without deletion protection: any later plan can destroy it.`,
				fix: `${fix} For a trial, leave it off.`
			};
		})
	}
};
const protections = {
	aws_lb: {
		attribute: "enable_deletion_protection",
		on: true,
		thing: "load balancer",
		isExpected: true
	},
	aws_alb: {
		attribute: "enable_deletion_protection",
		on: true,
		thing: "load balancer",
		isExpected: true
	},
	aws_db_instance: {
		attribute: "deletion_protection",
		on: true,
		thing: "database",
		isExpected: true
	},
	aws_rds_cluster: {
		attribute: "deletion_protection",
		on: true,
		thing: "database",
		isExpected: true
	},
	aws_docdb_cluster: {
		attribute: "deletion_protection",
		on: true,
		thing: "database",
		isExpected: true
	},
	aws_dynamodb_table: {
		attribute: "deletion_protection_enabled",
		on: true,
		thing: "table",
		isExpected: false
	},
	aws_cognito_user_pool: {
		attribute: "deletion_protection",
		on: "ACTIVE",
		thing: "user pool",
		isExpected: false
	},
	aws_instance: {
		attribute: "disable_api_termination",
		on: true,
		thing: "instance",
		isExpected: false
	}
};
function trimmed(path) {
	return path.replace(/[?#].*$/s, "").replace(/\/$/, "");
}
function imageOf(container) {
	return text$1(container.image) ?? "";
}
function isFloating(image) {
	if (image.includes("@")) return false;
	const tag = /:([^/:]+)$/.exec(image)?.[1];
	return tag === void 0 || tag === "latest";
}
function essentials(container) {
	const isSet = (value) => value !== null && value !== "" && value !== 0 && !(typeof value === "object" && Object.keys(value).length === 0);
	const parts = Object.entries(container).filter(([name, value]) => name !== "dockerLabels" && isSet(value)).map(([name, value]) => [name, Array.isArray(value) ? value.map((part) => JSON.stringify(part)).sort() : value]);
	return JSON.stringify(parts.sort(([a], [b]) => String(a) < String(b) ? -1 : 1));
}
function onlyLabelsDiffer(definition) {
	return [
		"cpu",
		"memory",
		"execution_role_arn",
		"task_role_arn",
		"runtime_platform",
		"volume",
		"network_mode"
	].every((attribute) => !differs(definition, attribute));
}
function breaksCircuit(service) {
	const { enable, rollback } = block(service.deployment_circuit_breaker);
	if (enable !== true) return "breaker";
	return rollback === true ? void 0 : "rollback";
}
function roomOf(service) {
	const [count, least, most] = [
		number(service.desired_count),
		number(service.deployment_minimum_healthy_percent),
		number(service.deployment_maximum_percent)
	];
	if (count === void 0 || least === void 0 || most === void 0 || count === 0) return void 0;
	if ((block(service.deployment_controller).type ?? "ECS") !== "ECS" || service.scheduling_strategy === "DAEMON") return void 0;
	const keeps = Math.ceil(count * least / 100);
	const starts = Math.floor(count * most / 100);
	if (keeps >= count && starts <= count) return "none";
	return keeps === 0 && starts <= count ? "stops" : void 0;
}
// src/rules/secrets.ts
const kept = {
	aws_secretsmanager_secret_version: [{
		attribute: "secret_string",
		instead: "secret_string_wo and secret_string_wo_version"
	}, {
		attribute: "secret_binary",
		instead: "secret_string_wo and secret_string_wo_version"
	}],
	aws_ssm_parameter: [{
		attribute: "value",
		instead: "value_wo and value_wo_version"
	}],
	aws_db_instance: [{
		attribute: "password",
		instead: "manage_master_user_password = true, or password_wo"
	}],
	aws_rds_cluster: [{
		attribute: "master_password",
		instead: "manage_master_user_password = true, or master_password_wo"
	}],
	aws_docdb_cluster: [{
		attribute: "master_password",
		instead: "manage_master_user_password = true"
	}],
	aws_redshift_cluster: [{
		attribute: "master_password",
		instead: "manage_master_password = true"
	}],
	aws_elasticache_replication_group: [{
		attribute: "auth_token",
		instead: "authentication by user groups or IAM"
	}]
};
const generated = {
	random_password: "the ephemeral resource random_password with a write-only argument",
	tls_private_key: "the ephemeral resource tls_private_key with a write-only argument, or a certificate of ACM",
	aws_iam_access_key: "a role"
};
const secretName = /(?:^|_)(?:SECRET|TOKEN|PASSWORD|PASSWD|PASSPHRASE|API_?KEY|PRIVATE_?KEY|SECRET_?KEY|SECRET_ACCESS_KEY)$/i;
const secretRules = {
	"secret-in-state": {
		severity: "warning",
		finds: "A secret is written into the state: a value of Secrets Manager or a SecureString parameter, the password of a database, a generated password, key or access key.",
		why: "Terraform keeps the value in clear text in its state and in every saved plan. Whoever may read the state bucket, which everybody who plans must, has the secret.",
		instead: "Use the write-only argument, such as `secret_string_wo` with `secret_string_wo_version` (Terraform 1.11, AWS provider 5.89 or later), with an ephemeral variable; or let AWS make the secret, as with `manage_master_user_password`. With terraform/ecs: `managed_secrets` and `secret_values`. A value that has been in a state must be changed.",
		find: (plan) => [...plan.changed(...Object.keys(kept)).flatMap((resource) => {
			if (resource.doing === "delete") return [];
			if (resource.type === "aws_ssm_parameter" && resource.after.type !== "SecureString") return [];
			return (kept[resource.type] ?? []).filter(({ attribute }) => isWritten(resource, attribute)).map(({ attribute, instead }) => ({
				address: resource.address,
				sentence: `What is set as ${attribute} is kept in clear text in the state and in saved plans.`,
				fix: `Use ${instead} instead, and change the secret if it has been in a state before.`
			}));
		}), ...plan.changed(...Object.keys(generated)).flatMap(({ type, address, doing }) => doing === "delete" || doing === "update" ? [] : {
			address,
			sentence: `The secret that ${type} generates is kept in clear text in the state.`,
			fix: `Use ${generated[type]} instead.`
		})]
	},
	"secret-in-environment": {
		severity: "warning",
		finds: "A value that Terraform marks as sensitive, or one whose name says that it is a secret, is put into the plain environment of a container or into user data.",
		why: "Everybody who may read task definitions (`ecs:DescribeTaskDefinition`) or instance attributes sees it, old revisions keep it for ever, and it is in the state.",
		instead: "Keep it in Secrets Manager or in a SecureString parameter and name its ARN under `secrets` of the container; on an instance read it at boot with the role of the instance. With terraform/ecs: `secrets` or `managed_secrets`.",
		find: (plan) => [...plan.changed("aws_ecs_task_definition").flatMap((definition) => {
			const { address, doing, before, after, sensitive } = definition;
			if (doing === "delete" || !differs(definition, "container_definitions")) return [];
			const old = secretVariables(before.container_definitions);
			const names = secretVariables(after.container_definitions).filter((name) => !old.includes(name));
			const isSensitive = sensitive.container_definitions === true;
			if (names.length === 0 && !isSensitive) return [];
			return [{
				address,
				sentence: `${names.length > 0 ? `The environment holds ${names.join(", ")}` : "A value that is marked as sensitive is"} in clear text in the container definitions: whoever may read task definitions or the state sees it.`,
				fix: "Keep it in Secrets Manager and name its ARN under secrets of the container."
			}];
		}), ...plan.changed("aws_instance", "aws_launch_template").flatMap((instance) => {
			const held = ["user_data", "user_data_base64"].find((name) => instance.sensitive[name] === true && instance.doing !== "delete" && differs(instance, name));
			return held === void 0 ? [] : [{
				address: instance.address,
				sentence: `A value that is marked as sensitive is in ${held}: every process on the instance and whoever may read instance attributes sees it.`,
				fix: "Read the secret at boot from Secrets Manager with the role of the instance."
			}];
		})]
	}
};
function isWritten(resource, attribute) {
	const { doing, after, unknown } = resource;
	if (typeof after[`${attribute}_wo_version`] === "number" || typeof after.secret_string_wo_version === "number" || after.manage_master_user_password === true || after.manage_master_password === true) return false;
	const value = after[attribute];
	return (value !== void 0 && value !== null && value !== "" || unknown[attribute] === true) && (doing === "create" || differs(resource, attribute));
}
function secretVariables(definitions) {
	return containersOf(definitions).flatMap((container) => asList(container.environment).map(asObject).filter(({ value }) => typeof value === "string" && value !== "" && !value.startsWith("arn:")).flatMap(({ name }) => text$1(name) ?? []).filter((name) => secretName.test(name)));
}
// src/rules/sessions.ts
const sdkKeepAlive = 15;
const defaultIdleTimeout = 60;
const minDraining = 15;
const defaultDraining = 300;
const sessionRules = {
	"sessions-dropped": {
		severity: "warning",
		finds: "Tasks or instances are exchanged while the server is known to keep sessions (HTTP+SSE, or a stateful server).",
		why: "A session lives in the memory of one task. When the task is exchanged, the next request of its clients is answered 404 or their stream ends. Clients that follow the specification start a new session; many show an error first.",
		instead: "Make the server stateless (the protocol of 2026-07-28 needs no sessions), keep sessions in a shared store, or apply when few people work.",
		find: (plan) => {
			const evidence = evidenceOf(plan);
			if (evidence === "") return [];
			return [...plan.changed("aws_ecs_service").filter(exchangesTasks), ...plan.changed("aws_instance").filter(({ doing }) => doing === "replace" || doing === "delete")].map(({ address }) => ({
				address,
				sentence: `What is serving is exchanged, and every open session ends with it: ${evidence}.`,
				fix: "Make the server stateless or keep its sessions in a shared store; else apply when few people work."
			}));
		}
	},
	"stateful-many-tasks": {
		severity: "danger",
		finds: "More than one task or instance with a server that keeps sessions in the memory of each. A `warning` when the target group routes by cookie.",
		why: "The load balancer sends each request to any task, and only one knows the session: with two tasks about one session of four survives its first three requests. Stickiness of a load balancer is a cookie, and the clients of the MCP SDKs keep none.",
		instead: "Run one task (`desired_count = 1`, no scaling above 1), or make the server stateless, or keep its sessions in a shared store.",
		find: (plan) => {
			const sticky = stickiness(plan);
			const evidence = evidenceOf(plan);
			if (evidence === "") return [];
			return manyTasks(plan).map(({ address, most, unit }) => ({
				address,
				...sticky !== void 0 && { severity: "warning" },
				sentence: `Up to ${most} ${unit} serve, and a session is known to one of them only: ${evidence}. ${sticky === void 0 ? "Requests that reach another one fail." : "Clients of the MCP SDKs keep no cookies, so their requests reach another one and fail."}`,
				fix: "Run one task, make the server stateless, or keep its sessions in a shared store."
			}));
		}
	},
	"idle-timeout-short": {
		severity: "warning",
		finds: `The load balancer's \`idle_timeout\` is set below ${defaultIdleTimeout} seconds; with HTTP+SSE, to ${defaultIdleTimeout} or less.`,
		why: `A connection without a byte for that long is cut. An event stream stays open only by the keep-alive comments of the server (every ${sdkKeepAlive} seconds in version 2 of the SDKs, none in version 1), and a tool call that is silent for longer fails.`,
		instead: "Set `idle_timeout` above the longest silent tool call: 300 seconds for Streamable HTTP, up to 4000 for HTTP+SSE.",
		find: (plan) => plan.changed("aws_lb", "aws_alb").flatMap((balancer) => {
			const seconds = number(balancer.after.idle_timeout);
			if (seconds === void 0 || !isSet(balancer, "idle_timeout")) return [];
			if ((balancer.after.load_balancer_type ?? "application") !== "application") return [];
			const isSse = plan.sessions?.sse === true;
			if (seconds >= defaultIdleTimeout && !(isSse && seconds === defaultIdleTimeout)) return [];
			const loss = seconds <= sdkKeepAlive ? `that is not above the ${sdkKeepAlive} seconds between the keep-alives of the MCP SDKs, so every event stream is cut` : `tool calls that are silent for longer are cut${isSse ? ", and so is every event stream whose server sends no keep-alives" : ""}`;
			return {
				address: balancer.address,
				sentence: `The load balancer cuts connections that are silent for ${seconds} seconds: ${loss}.`,
				fix: `Set idle_timeout to ${isSse ? "some minutes, up to 4000 seconds" : "300 seconds, or the longest silent tool call"}.`
			};
		})
	},
	"deregistration-delay": {
		severity: "notice",
		finds: `A target group's \`deregistration_delay\` is set below ${minDraining} seconds, or with HTTP+SSE to ${defaultDraining} or more.`,
		why: "For that long a task that is replaced may finish its requests. Too short, and tool calls in flight are cut at every deployment. An event stream of HTTP+SSE never finishes, so every deployment waits for the whole time.",
		instead: "Set 30 to 60 seconds: longer than most tool calls, and what a deployment can wait.",
		find: (plan) => plan.changed("aws_lb_target_group", "aws_alb_target_group").flatMap((group) => {
			const seconds = number(group.after.deregistration_delay);
			if (seconds === void 0 || !isSet(group, "deregistration_delay")) return [];
			if (seconds < minDraining) return {
				address: group.address,
				sentence: `A task that is replaced has ${seconds} seconds to finish its requests: longer tool calls are cut at every deployment.`,
				fix: "Set deregistration_delay to 30 to 60 seconds."
			};
			if (plan.sessions?.sse !== true || seconds < defaultDraining) return [];
			return {
				address: group.address,
				sentence: `Every deployment waits ${seconds} seconds for event streams that never end by themselves: ${plan.sessions.evidence}.`,
				fix: "Set deregistration_delay to 30 to 60 seconds."
			};
		})
	}
};
function isSet(resource, attribute) {
	return resource.doing !== "delete" && (resource.doing !== "update" || differs(resource, attribute));
}
function exchangesTasks(service) {
	if (service.doing === "replace" || service.doing === "delete") return true;
	return service.doing === "update" && [
		"task_definition",
		"triggers",
		"network_configuration",
		"load_balancer",
		"platform_version"
	].some((name) => differs(service, name));
}
function stickiness(plan) {
	const types = ["aws_lb_target_group", "aws_alb_target_group"];
	return [...plan.changed(...types), ...plan.unchanged(...types)].find(({ after }) => block(after.stickiness).enabled === true)?.address;
}
function evidenceOf(plan) {
	const sticky = stickiness(plan);
	return [plan.sessions?.evidence, sticky === void 0 ? void 0 : `the target group ${sticky} routes by cookie`].filter((part) => part !== void 0).join(", and ");
}
function manyTasks(plan) {
	if (!(plan.changed(...[
		"aws_ecs_service",
		"aws_appautoscaling_target",
		"aws_autoscaling_group"
	]).some(({ doing }) => doing !== "delete") || plan.changed("aws_lb_target_group", "aws_alb_target_group").some((group) => isSet(group, "stickiness")))) return [];
	const planned = (type) => [...plan.changed(type).filter(({ doing }) => doing !== "delete"), ...plan.unchanged(type)];
	const counted = planned("aws_ecs_service").filter(({ after }) => asList(after.load_balancer).length > 0).map(({ address, after }) => ({
		address,
		most: number(after.desired_count) ?? 0,
		unit: "tasks"
	}));
	const scaled = planned("aws_appautoscaling_target").filter(({ after }) => after.service_namespace === "ecs").map(({ address, after }) => ({
		address,
		most: number(after.max_capacity) ?? 0,
		unit: "tasks"
	}));
	const instances = planned("aws_autoscaling_group").filter(({ after, unknown = {} }) => asList(after.target_group_arns).length > 0 || unknown.target_group_arns !== void 0).map(({ address, after }) => ({
		address,
		most: number(after.max_size) ?? 0,
		unit: "instances"
	}));
	return [...scaled.length > 0 ? scaled : counted, ...instances].filter(({ most }) => most > 1);
}
const rules = Object.assign({}, ...Object.values({
	"What stops answering": downtimeRules,
	"Sessions and streams": sessionRules,
	"Who can reach what": exposureRules,
	Secrets: secretRules,
	"How a version goes out and comes back": rolloutRules
}));
const ruleNames = Object.keys(rules);
// docs/report.schema.json
var report_schema_default = {
	$schema: "https://json-schema.org/draft/2020-12/schema",
	title: "Report of Terraform MCP Deploy",
	description: "The file of the output gate-report: what one run planned, applied and saw. Times are milliseconds. Fields may be added; those that are here keep their meaning.",
	type: "object",
	required: [
		"command",
		"target",
		"commit",
		"runUrl",
		"warnings",
		"phases"
	],
	properties: {
		"command": { "enum": [
			"plan",
			"apply",
			"verify",
			"destroy"
		] },
		"target": {
			"type": "object",
			"required": ["directory"],
			"properties": {
				"name": {
					"description": "Of the input stack-name.",
					"$ref": "#/$defs/ours"
				},
				"stack": { "$ref": "#/$defs/ours" },
				"directory": { "$ref": "#/$defs/ours" },
				"workspace": { "$ref": "#/$defs/ours" }
			}
		},
		"commit": {
			"type": "string",
			"pattern": "^[0-9a-f]{7,64}$"
		},
		"runUrl": { "type": "string" },
		"pullRequest": { "type": "integer" },
		"plan": {
			"type": "object",
			"required": [
				"hasChanges",
				"counts",
				"changes",
				"findings",
				"terraformVersion"
			],
			"properties": {
				"hasChanges": { "type": "boolean" },
				"counts": {
					"type": "object",
					"required": [
						"add",
						"change",
						"destroy",
						"replace",
						"import",
						"move",
						"forget"
					],
					"additionalProperties": {
						"type": "integer",
						"minimum": 0
					}
				},
				"changes": {
					"type": "array",
					"items": {
						"type": "object",
						"required": ["address", "kind"],
						"properties": {
							"address": { "$ref": "#/$defs/address" },
							"kind": { "$ref": "#/$defs/kind" }
						}
					}
				},
				"findings": {
					"description": "What the plan means for the MCP server, by the rules of docs/plan-rules.md: what is not accepted first, then the most dangerous first.",
					"type": "array",
					"items": {
						"type": "object",
						"required": [
							"rule",
							"severity",
							"address",
							"sentence",
							"fix",
							"docs"
						],
						"properties": {
							"rule": {
								"type": "string",
								"pattern": "^[a-z]+(-[a-z]+)*$"
							},
							"severity": { "enum": [
								"danger",
								"warning",
								"notice"
							] },
							"address": {
								"description": "Of a resource, or `output.NAME`.",
								"$ref": "#/$defs/address"
							},
							"sentence": { "type": "string" },
							"fix": { "type": "string" },
							"docs": { "type": "string" },
							"accepted": {
								"description": "The reason that was given in the code or by accept-rules.",
								"type": "string"
							}
						}
					}
				},
				"terraformVersion": { "type": "string" }
			}
		},
		"approval": {
			"description": "Whether the plan is the one that was reviewed. `awaiting` on a pull request; `reviewed`, `rest` (what an interrupted apply of it left), `given` (by its fingerprint), `empty` and `not required` were applied; `refused` was not.",
			"type": "object",
			"required": [
				"outcome",
				"fingerprint",
				"differences"
			],
			"properties": {
				"outcome": { "enum": [
					"awaiting",
					"reviewed",
					"rest",
					"given",
					"empty",
					"not required",
					"refused"
				] },
				"fingerprint": {
					"type": "string",
					"pattern": "^(sha256|scrypt:[0-9a-f]+):[A-Za-z0-9_-]+$"
				},
				"reviewed": {
					"type": "object",
					"required": ["commit", "runUrl"],
					"properties": {
						"commit": { "type": "string" },
						"runUrl": { "type": "string" }
					}
				},
				"differences": {
					"type": "array",
					"items": {
						"type": "object",
						"required": ["what"],
						"properties": {
							"what": { "enum": [
								"setting",
								"added",
								"gone",
								"actions",
								"attributes"
							] },
							"address": { "$ref": "#/$defs/address" },
							"name": { "type": "string" },
							"was": { "type": "string" },
							"is": { "type": "string" },
							"actions": { "type": "string" },
							"attributes": {
								"type": "array",
								"items": { "type": "string" }
							}
						}
					}
				}
			}
		},
		"check": {
			"description": "What was checked of a pull request from a fork or of Dependabot, which gets no plan.",
			"type": "object",
			"required": [
				"visitor",
				"unformatted",
				"diagnostics"
			],
			"properties": {
				"visitor": { "enum": ["fork", "dependabot"] },
				"unformatted": {
					"type": "array",
					"items": { "type": "string" }
				},
				"diagnostics": {
					"type": "array",
					"items": { "$ref": "#/$defs/problem" }
				}
			}
		},
		"previousRevision": {
			"description": "Task definition that served before the apply.",
			"type": "string"
		},
		"apply": {
			"description": "`started` alone: the state may have changed although no later part is known.",
			"enum": ["started", "done"]
		},
		"deployment": {
			"type": "object",
			"required": ["endpoint", "serving"],
			"properties": {
				"endpoint": { "type": "string" },
				"serving": {
					"type": "object",
					"required": ["kind"],
					"properties": {
						"kind": {
							"description": "`endpoint`: it is not known what serves, and only the endpoint was checked.",
							"enum": [
								"ecs",
								"ec2",
								"endpoint"
							]
						},
						"name": { "type": "string" },
						"cluster": { "type": "string" },
						"service": { "type": "string" },
						"region": { "type": "string" },
						"taskDefinition": {
							"type": "object",
							"required": ["arn"],
							"properties": {
								"arn": { "type": "string" },
								"address": { "$ref": "#/$defs/address" }
							}
						},
						"instanceId": { "type": "string" },
						"address": { "$ref": "#/$defs/address" }
					}
				}
			}
		},
		"stability": {
			"type": "object",
			"required": ["running", "elapsedMs"],
			"properties": {
				"taskDefinition": { "type": "string" },
				"running": { "type": "integer" },
				"elapsedMs": { "$ref": "#/$defs/milliseconds" },
				"failure": { "$ref": "#/$defs/failure" },
				"seen": {
					"description": "What was seen, to be followed by a cause.",
					"type": "string"
				},
				"deployment": {
					"description": "The ECS deployment that was followed.",
					"type": "object",
					"required": ["id", "createdAt"],
					"properties": {
						"id": { "type": "string" },
						"createdAt": { "$ref": "#/$defs/time" }
					}
				},
				"revision": {
					"description": "The revision that serves, FAMILY:REVISION.",
					"type": "string"
				}
			}
		},
		"readiness": {
			"description": "The status checks of an EC2 instance.",
			"type": "object",
			"required": ["elapsedMs"],
			"properties": {
				"elapsedMs": { "$ref": "#/$defs/milliseconds" },
				"failure": { "$ref": "#/$defs/failure" }
			}
		},
		"notChecked": {
			"description": "What the run could not check of what it deployed: sentences.",
			"type": "array",
			"items": { "type": "string" }
		},
		"gate": { "$ref": "#/$defs/gate" },
		"evidence": { "$ref": "#/$defs/evidence" },
		"taint": {
			"type": "object",
			"required": ["tainted"],
			"properties": {
				"tainted": {
					"type": "array",
					"items": { "$ref": "#/$defs/address" }
				},
				"address": {
					"description": "What a taint was decided for.",
					"$ref": "#/$defs/address"
				},
				"why": { "type": "string" }
			}
		},
		"rollback": {
			"description": "The ECS service was pointed at an earlier task definition.",
			"type": "object",
			"required": [
				"from",
				"to",
				"wasPassed",
				"restored",
				"sentence"
			],
			"properties": {
				"from": {
					"description": "FAMILY:REVISION that failed.",
					"type": "string"
				},
				"to": {
					"description": "FAMILY:REVISION that was gone back to.",
					"type": "string"
				},
				"wasPassed": {
					"description": "The gate had passed it before, by the record.",
					"type": "boolean"
				},
				"restored": {
					"description": "ECS runs it, and the gate has passed it now.",
					"type": "boolean"
				},
				"sentence": { "type": "string" }
			},
			"additionalProperties": false
		},
		"registration": {
			"description": "The monitor that watches the verified endpoint, as in monitors.",
			"$ref": "#/$defs/told"
		},
		"monitors": {
			"description": "What each monitor did when it was told how the run ended.",
			"type": "array",
			"items": { "$ref": "#/$defs/told" }
		},
		"failure": {
			"description": "The first of `failures`.",
			"$ref": "#/$defs/failureInPhase"
		},
		"failures": {
			"description": "What failed, in the order in which it was found; empty when the run passed. Reports of version 0.1 have only `failure`.",
			"type": "array",
			"items": { "$ref": "#/$defs/failureInPhase" }
		},
		"destroy": {
			"description": "What became of a destroy, as soon as its plan is there. `unconfirmed`: nothing was changed; `nothing`: there was nothing to destroy; `started`: the state may have changed although it is not known how; `left`: something is still there.",
			"type": "object",
			"required": [
				"stack",
				"outcome",
				"left"
			],
			"properties": {
				"stack": {
					"description": "What confirm-destroy must be.",
					"$ref": "#/$defs/ours"
				},
				"outcome": { "enum": [
					"unconfirmed",
					"nothing",
					"started",
					"done",
					"left"
				] },
				"left": {
					"description": "Addresses of what was to be destroyed and is still in the state.",
					"type": "array",
					"items": { "$ref": "#/$defs/address" }
				},
				"deactivated": {
					"description": "How many deployments of the GitHub environment were set inactive.",
					"type": "integer",
					"minimum": 0
				}
			},
			"additionalProperties": false
		},
		"certificate": {
			"description": "The certificate of an https endpoint, at a verify.",
			"type": "object",
			"required": [
				"host",
				"daysLeft",
				"validTo",
				"issuer",
				"names"
			],
			"properties": {
				"host": { "type": "string" },
				"daysLeft": {
					"description": "Whole days, negative when it has expired.",
					"type": "integer"
				},
				"validTo": {
					"type": "string",
					"format": "date-time"
				},
				"issuer": { "type": "string" },
				"names": {
					"type": "array",
					"items": { "type": "string" }
				}
			},
			"additionalProperties": false
		},
		"drift": {
			"description": "What an apply would change of what is deployed, or with a refresh-only plan what was changed outside of Terraform, at a verify that made a plan; empty lists when nothing.",
			"type": "object",
			"required": [
				"plan",
				"changes",
				"outputs"
			],
			"properties": {
				"plan": { "enum": ["normal", "refresh-only"] },
				"changes": {
					"type": "array",
					"items": {
						"type": "object",
						"required": [
							"address",
							"kind",
							"lines"
						],
						"properties": {
							"address": { "$ref": "#/$defs/address" },
							"kind": {
								"description": "With a refresh-only plan `delete` is gone and `update` was changed.",
								"$ref": "#/$defs/kind"
							},
							"lines": {
								"description": "The attributes that differ, as a diff, without secrets.",
								"type": "array",
								"items": { "type": "string" }
							}
						},
						"additionalProperties": false
					}
				},
				"outputs": {
					"description": "Names.",
					"type": "array",
					"items": { "type": "string" }
				}
			},
			"additionalProperties": false
		},
		"links": {
			"description": "Pages of the AWS console that show what was deployed.",
			"type": "array",
			"items": {
				"type": "object",
				"required": ["title", "url"],
				"properties": {
					"title": { "type": "string" },
					"url": {
						"type": "string",
						"format": "uri"
					}
				},
				"additionalProperties": false
			}
		},
		"issue": {
			"description": "The GitHub issue of a verify; `kept` is open and was told of today already.",
			"type": "object",
			"required": [
				"number",
				"url",
				"outcome"
			],
			"properties": {
				"number": { "type": "integer" },
				"url": {
					"type": "string",
					"format": "uri"
				},
				"outcome": { "enum": [
					"opened",
					"updated",
					"kept",
					"closed"
				] }
			},
			"additionalProperties": false
		},
		"githubDeployment": {
			"description": "The deployment in the GitHub environment of the input environment.",
			"type": "object",
			"required": ["environment", "id"],
			"properties": {
				"environment": { "type": "string" },
				"id": { "type": "integer" }
			},
			"additionalProperties": false
		},
		"problems": {
			"description": "What Terraform says is wrong, when a command of it failed.",
			"type": "array",
			"items": { "$ref": "#/$defs/problem" }
		},
		"warnings": {
			"type": "array",
			"items": { "type": "string" }
		},
		"phases": {
			"type": "array",
			"items": {
				"type": "object",
				"required": ["phase", "ms"],
				"properties": {
					"phase": { "$ref": "#/$defs/phase" },
					"ms": { "$ref": "#/$defs/milliseconds" }
				}
			}
		}
	},
	$defs: {
		"ours": {
			"description": "A name of the workflow. It is written as it is.",
			"type": "string"
		},
		"address": {
			"description": "The address of a Terraform resource. It is written whole; what holds a secret is left out, with a warning.",
			"type": "string"
		},
		"kind": { "enum": [
			"delete",
			"replace",
			"update",
			"create",
			"forget",
			"move",
			"import",
			"read",
			"none"
		] },
		"phase": { "enum": [
			"start",
			"install",
			"init",
			"check",
			"plan",
			"approval",
			"credentials",
			"unregister",
			"apply",
			"destroy",
			"stability",
			"gate",
			"certificate",
			"drift",
			"diagnosis",
			"taint",
			"rollback",
			"register",
			"issue",
			"report",
			"comment"
		] },
		"failureCode": {
			"description": "A code of docs/failure-codes.md. Reports of version 0.1 have an empty code for what is no check.",
			"type": "string",
			"pattern": "^([A-Z][A-Z0-9_]*)?$"
		},
		"failureInPhase": {
			"type": "object",
			"required": [
				"code",
				"sentence",
				"fix",
				"phase"
			],
			"properties": {
				"code": { "$ref": "#/$defs/failureCode" },
				"cause": {
					"description": "What AWS shows to lie behind it; the sentence and the fix are about that then.",
					"type": "string",
					"pattern": "^[A-Z][A-Z0-9_]*$"
				},
				"sentence": { "type": "string" },
				"fix": { "type": "string" },
				"remedy": { "$ref": "#/$defs/remedy" },
				"phase": { "$ref": "#/$defs/phase" }
			}
		},
		"milliseconds": {
			"type": "number",
			"minimum": 0
		},
		"time": {
			"description": "Milliseconds since 1970.",
			"type": "number",
			"minimum": 0
		},
		"problem": {
			"description": "An error or a warning of Terraform in its own words. `file` is relative to the repository; what lies in no file of it has `outsideRepository`.",
			"type": "object",
			"required": ["severity", "summary"],
			"properties": {
				"severity": { "enum": ["error", "warning"] },
				"summary": { "type": "string" },
				"detail": { "type": "string" },
				"excerpt": {
					"description": "The place and the code there, as Terraform prints them.",
					"type": "string"
				},
				"address": { "$ref": "#/$defs/address" },
				"file": { "type": "string" },
				"line": {
					"type": "integer",
					"minimum": 1
				},
				"url": {
					"description": "The line on GitHub.",
					"type": "string"
				},
				"outsideRepository": { "type": "string" }
			}
		},
		"evidence": {
			"description": "What AWS showed of a failure. A detail that could not be had is in `omitted`.",
			"type": "object",
			"required": [
				"subject",
				"events",
				"stopped",
				"targetGroups",
				"loadBalancers",
				"console",
				"omitted"
			],
			"properties": {
				"subject": {
					"description": "CLUSTER/SERVICE, or the id of an instance.",
					"type": "string"
				},
				"events": {
					"description": "Of the service since this deployment began, newest first.",
					"type": "array",
					"items": {
						"type": "object",
						"required": [
							"id",
							"createdAt",
							"message"
						],
						"properties": {
							"id": { "type": "string" },
							"createdAt": { "$ref": "#/$defs/time" },
							"message": { "type": "string" }
						}
					}
				},
				"stopped": {
					"description": "Tasks of this deployment that nobody meant to stop, newest first.",
					"type": "array",
					"items": {
						"type": "object",
						"required": [
							"arn",
							"stoppedReason",
							"stopCode",
							"stoppedAt",
							"health",
							"containers"
						],
						"properties": {
							"arn": { "type": "string" },
							"stoppedReason": { "type": "string" },
							"stopCode": { "type": "string" },
							"stoppedAt": { "$ref": "#/$defs/time" },
							"health": { "type": "string" },
							"containers": {
								"type": "array",
								"items": {
									"type": "object",
									"required": [
										"name",
										"reason",
										"health"
									],
									"properties": {
										"name": { "type": "string" },
										"exitCode": { "type": "integer" },
										"reason": { "type": "string" },
										"health": { "type": "string" }
									}
								}
							},
							"startedBy": { "type": "string" },
							"taskDefinition": { "type": "string" }
						}
					}
				},
				"definition": {
					"description": "The task definition of this deployment.",
					"type": "object",
					"properties": {
						"arn": { "type": "string" },
						"status": { "type": "string" },
						"architecture": { "type": "string" },
						"containers": {
							"type": "array",
							"items": {
								"type": "object",
								"properties": {
									"name": { "type": "string" },
									"image": { "type": "string" },
									"essential": { "type": "boolean" },
									"ports": {
										"type": "array",
										"items": { "type": "integer" }
									},
									"healthCheck": { "type": "string" },
									"log": {
										"type": "object",
										"properties": {
											"group": { "type": "string" },
											"prefix": { "type": "string" },
											"region": { "type": "string" }
										}
									}
								}
							}
						}
					}
				},
				"targetGroups": {
					"type": "array",
					"items": {
						"type": "object",
						"required": [
							"arn",
							"name",
							"healthPath",
							"healthyCodes",
							"targets"
						],
						"properties": {
							"arn": { "type": "string" },
							"name": { "type": "string" },
							"healthPath": { "type": "string" },
							"healthyCodes": { "type": "string" },
							"targets": {
								"type": "array",
								"items": {
									"type": "object",
									"required": [
										"id",
										"state",
										"reason",
										"description"
									],
									"properties": {
										"id": { "type": "string" },
										"port": { "type": "integer" },
										"state": { "type": "string" },
										"reason": {
											"description": "A code of API_TargetHealth.",
											"type": "string"
										},
										"description": { "type": "string" }
									}
								}
							},
							"port": { "type": "integer" },
							"loadBalancers": {
								"type": "array",
								"items": { "type": "string" }
							}
						}
					}
				},
				"loadBalancers": {
					"type": "array",
					"items": {
						"type": "object",
						"required": ["arn", "listeners"],
						"properties": {
							"arn": { "type": "string" },
							"name": { "type": "string" },
							"scheme": { "type": "string" },
							"state": { "type": "string" },
							"listeners": {
								"type": "array",
								"items": {
									"type": "object",
									"properties": {
										"port": { "type": "integer" },
										"protocol": { "type": "string" },
										"defaultAction": { "type": "string" }
									}
								}
							}
						}
					}
				},
				"log": {
					"description": "The end of the output of the container that failed.",
					"type": "object",
					"required": [
						"container",
						"group",
						"stream",
						"lines"
					],
					"properties": {
						"container": { "type": "string" },
						"group": { "type": "string" },
						"stream": { "type": "string" },
						"lines": {
							"type": "array",
							"maxItems": 20,
							"items": { "type": "string" }
						}
					}
				},
				"instance": {
					"type": "object",
					"required": [
						"state",
						"system",
						"instance"
					],
					"properties": {
						"state": { "type": "string" },
						"system": { "type": "string" },
						"instance": { "type": "string" }
					}
				},
				"console": {
					"description": "The end of the console output of the instance.",
					"type": "array",
					"items": { "type": "string" }
				},
				"omitted": {
					"type": "array",
					"items": {
						"type": "object",
						"required": ["detail", "why"],
						"properties": {
							"detail": { "type": "string" },
							"action": {
								"description": "The IAM action that would give it.",
								"type": "string"
							},
							"why": { "type": "string" }
						}
					}
				}
			}
		},
		"told": {
			"type": "object",
			"required": [
				"monitor",
				"outcome",
				"notices"
			],
			"properties": {
				"monitor": { "type": "string" },
				"outcome": {
					"description": "`none`: there was nothing for it to do, or it has no way to do it, which the notices say.",
					"enum": [
						"created",
						"exists",
						"updated",
						"resumed",
						"paused",
						"removed",
						"delivered",
						"none",
						"failed"
					]
				},
				"id": {
					"description": "Of the monitor, or of the delivery.",
					"type": "string"
				},
				"slug": { "type": "string" },
				"status": {
					"description": "The last one that the monitor shows in public.",
					"type": "string"
				},
				"badgeUrl": {
					"type": "string",
					"format": "uri"
				},
				"statusPageUrl": {
					"type": "string",
					"format": "uri"
				},
				"notices": {
					"description": "What was not done, and what to do by hand.",
					"type": "array",
					"items": { "type": "string" }
				},
				"warning": {
					"description": "Why it failed.",
					"type": "string"
				}
			},
			"additionalProperties": false
		},
		"remedy": {
			"description": "`replace`: what is serving is broken. `config`: replacing it changes nothing. `wait`: it did not heal in time.",
			"enum": [
				"replace",
				"config",
				"wait"
			]
		},
		"code": {
			"description": "A code of docs/failure-codes.md.",
			"type": "string",
			"pattern": "^[A-Z][A-Z0-9_]*$"
		},
		"verdict": {
			"description": "`green`, or the code of the failure.",
			"type": "string",
			"pattern": "^(green|[A-Z][A-Z0-9_]*)$"
		},
		"failure": {
			"type": "object",
			"required": [
				"code",
				"sentence",
				"fix",
				"remedy"
			],
			"properties": {
				"code": { "$ref": "#/$defs/code" },
				"cause": {
					"description": "Where `code` says what it means for one era of clients: what is behind it.",
					"$ref": "#/$defs/code"
				},
				"sentence": {
					"description": "What was seen.",
					"type": "string",
					"minLength": 1
				},
				"fix": {
					"description": "What to change.",
					"type": "string",
					"minLength": 1
				},
				"remedy": { "$ref": "#/$defs/remedy" },
				"era": { "enum": [
					"modern",
					"legacy",
					"http-sse"
				] },
				"step": {
					"description": "The MCP method, or the stage of the transport, that failed.",
					"type": "string"
				}
			},
			"additionalProperties": false
		},
		"era": {
			"type": "object",
			"required": ["verdict"],
			"properties": {
				"verdict": { "enum": [
					"passed",
					"failed",
					"absent"
				] },
				"protocolVersion": { "type": "string" },
				"failure": { "$ref": "#/$defs/failure" }
			},
			"additionalProperties": false
		},
		"gate": {
			"type": "object",
			"required": [
				"passed",
				"endpoint",
				"eras",
				"protocolVersions",
				"tools",
				"warnings",
				"latencyMs",
				"elapsedMs",
				"rounds"
			],
			"properties": {
				"passed": { "type": "boolean" },
				"endpoint": { "type": "string" },
				"failure": {
					"description": "The check that decides, when the gate did not pass.",
					"$ref": "#/$defs/failure"
				},
				"eras": {
					"description": "modern: 2026-07-28. legacy: Streamable HTTP, 2025-03-26 to 2025-11-25. http-sse: 2024-11-05.",
					"type": "object",
					"required": [
						"modern",
						"legacy",
						"http-sse"
					],
					"properties": {
						"modern": { "$ref": "#/$defs/era" },
						"legacy": { "$ref": "#/$defs/era" },
						"http-sse": { "$ref": "#/$defs/era" }
					},
					"additionalProperties": false
				},
				"protocolVersions": {
					"description": "Negotiated by the eras that passed, newest first.",
					"type": "array",
					"items": { "type": "string" }
				},
				"tools": {
					"description": "Names, sorted.",
					"type": "array",
					"items": { "type": "string" }
				},
				"serverInfo": {
					"type": "object",
					"required": ["name", "version"],
					"properties": {
						"name": { "type": "string" },
						"version": { "type": "string" }
					},
					"additionalProperties": false
				},
				"contract": {
					"type": "object",
					"required": ["hash"],
					"properties": {
						"hash": {
							"description": "SHA-256 of the tool contract; the contract itself is the file of the output mcp-contract-file.",
							"type": "string",
							"pattern": "^[0-9a-f]{64}$"
						},
						"comparison": {
							"description": "With the committed contract.",
							"type": "object",
							"required": [
								"added",
								"removed",
								"breaking",
								"harmless",
								"descriptions",
								"counts"
							],
							"properties": {
								"added": {
									"type": "array",
									"items": { "type": "string" }
								},
								"removed": {
									"type": "array",
									"items": { "type": "string" }
								},
								"breaking": { "$ref": "#/$defs/changes" },
								"harmless": { "$ref": "#/$defs/changes" },
								"descriptions": { "$ref": "#/$defs/changes" },
								"counts": {
									"description": "How many there are of each kind; the lists hold the first 1,000.",
									"type": "object",
									"required": [
										"added",
										"removed",
										"breaking",
										"harmless",
										"descriptions"
									],
									"additionalProperties": {
										"type": "integer",
										"minimum": 0
									}
								}
							},
							"additionalProperties": false
						}
					},
					"additionalProperties": false
				},
				"wall": {
					"description": "What the endpoint tells clients that have no credentials.",
					"type": "object",
					"required": [
						"metadataUrl",
						"resource",
						"authorizationServers",
						"scopes"
					],
					"properties": {
						"metadataUrl": { "type": "string" },
						"resource": { "type": "string" },
						"authorizationServers": {
							"type": "array",
							"items": { "type": "string" }
						},
						"scopes": {
							"type": "array",
							"items": { "type": "string" }
						}
					},
					"additionalProperties": false
				},
				"warnings": {
					"type": "array",
					"items": { "type": "string" }
				},
				"latencyMs": {
					"description": "Median over the green rounds from the first byte sent to the whole tool list, of the slowest required era; with mcp-require: any, of the fastest that passed. Null without a green round.",
					"type": ["number", "null"],
					"minimum": 0
				},
				"elapsedMs": { "$ref": "#/$defs/milliseconds" },
				"rounds": {
					"description": "Every attempt, in order.",
					"type": "array",
					"items": { "$ref": "#/$defs/round" }
				}
			},
			"additionalProperties": false
		},
		"changes": {
			"type": "array",
			"items": {
				"type": "object",
				"required": [
					"tool",
					"path",
					"what"
				],
				"properties": {
					"tool": { "type": "string" },
					"path": { "type": "string" },
					"what": { "type": "string" }
				},
				"additionalProperties": false
			}
		},
		"round": {
			"type": "object",
			"required": [
				"startedAt",
				"elapsedMs",
				"verdict",
				"exchanges"
			],
			"properties": {
				"startedAt": {
					"type": "string",
					"format": "date-time"
				},
				"elapsedMs": { "$ref": "#/$defs/milliseconds" },
				"verdict": { "$ref": "#/$defs/verdict" },
				"exchanges": {
					"type": "array",
					"items": { "$ref": "#/$defs/exchange" }
				},
				"survey": {
					"description": "After the first green round in a row: what many fresh connections found.",
					"type": "object",
					"required": [
						"elapsedMs",
						"verdict",
						"tries",
						"failed",
						"exchanges"
					],
					"properties": {
						"elapsedMs": { "$ref": "#/$defs/milliseconds" },
						"verdict": { "$ref": "#/$defs/verdict" },
						"tries": {
							"type": "integer",
							"minimum": 0
						},
						"failed": {
							"type": "integer",
							"minimum": 0
						},
						"exchanges": {
							"type": "array",
							"items": { "$ref": "#/$defs/exchange" }
						}
					},
					"additionalProperties": false
				}
			},
			"additionalProperties": false
		},
		"exchange": {
			"description": "One HTTP exchange on a connection of its own.",
			"type": "object",
			"required": [
				"era",
				"step",
				"method",
				"status",
				"bytes",
				"phases",
				"elapsedMs",
				"verdict"
			],
			"properties": {
				"era": {
					"description": "Null for an exchange about authorization.",
					"enum": [
						"modern",
						"legacy",
						"http-sse",
						null
					]
				},
				"step": { "type": "string" },
				"method": { "enum": [
					"GET",
					"POST",
					"DELETE"
				] },
				"status": {
					"description": "Null when no response came.",
					"type": ["integer", "null"]
				},
				"bytes": {
					"description": "Of the body, decompressed, as far as it was read.",
					"type": "integer",
					"minimum": 0
				},
				"phases": {
					"description": "Null for a phase that the exchange did not enter.",
					"type": "object",
					"required": [
						"dns",
						"tcp",
						"tls",
						"headers",
						"body"
					],
					"additionalProperties": {
						"type": ["number", "null"],
						"minimum": 0
					}
				},
				"elapsedMs": { "$ref": "#/$defs/milliseconds" },
				"verdict": {
					"description": "`ok`, or the code of the failure.",
					"type": "string",
					"pattern": "^(ok|[A-Z][A-Z0-9_]*)$"
				}
			},
			"additionalProperties": false
		}
	}
};
// src/terraform/drift.ts
const maxListed$1 = 5;
function driftMode(drift, endpoint) {
	if (drift !== "auto") return drift;
	return endpoint === void 0 ? "report" : "ignore";
}
function driftOf({ mode, hasChanges, changes, drift, outputs }) {
	const plan = mode === "refresh-only" ? mode : "normal";
	if (!hasChanges) return {
		plan,
		changes: [],
		outputs: []
	};
	return {
		plan,
		changes: (plan === "refresh-only" ? drift : changes).map(({ address, kind, lines }) => ({
			address,
			kind,
			lines
		})),
		outputs: outputs.map(({ name }) => name)
	};
}
function driftSentence({ plan, changes, outputs }, commit) {
	const all = [...changes.map(({ address, kind }) => `${address} (${driftWord(plan, kind)})`), ...outputs.map((name) => `output.${name}`)];
	if (all.length === 0) return void 0;
	const more = all.length > maxListed$1 ? ` and ${all.length - maxListed$1} more` : "";
	const addresses = `${all.slice(0, maxListed$1).join(", ")}${more}`;
	const what = all.length === 1 ? "One thing is" : `${all.length} things are`;
	if (plan === "refresh-only") return `${what} not as the last apply left ${all.length === 1 ? "it" : "them"}: ${addresses}.`;
	return `${what} not as the configuration at ${commit.slice(0, 7)} says; an apply would change ${addresses}.`;
}
function judgeDrift(drift, commit, mode) {
	const sentence = driftSentence(drift, commit);
	if (mode === "report" || sentence === void 0) return void 0;
	return {
		code: "DRIFT",
		sentence,
		fix: drift.plan === "refresh-only" ? "Read in the summary of this run what it was and what it is. Put that into the configuration, or apply to take it back; what the configuration ignores (ignore_changes) is only noted by an apply." : "Read the plan in the summary of this run. Either somebody changed it outside of Terraform: put that into the configuration, or apply to take it back. Or the commit was never applied: run the apply of the last merge again.",
		remedy: "config"
	};
}
function driftWord(plan, kind) {
	if (plan === "normal") return kind;
	return kind === "delete" ? "gone" : "changed";
}
// src/words.ts
function count$1(n, thing) {
	return n === 1 ? line`${n} ${Line.word(thing)}` : line`${n} ${Line.word(thing)}s`;
}
function seconds$1(ms) {
	return Line.word(seconds$2(ms));
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
// src/report/markdown.ts
let trusted;
var Markdown = class Markdown {
	#text;
	constructor(text) {
		this.#text = text;
	}
	static {
		trusted = (text) => new Markdown(text);
	}
	static word(word) {
		return new Markdown(word);
	}
	static join(pieces, separator) {
		return new Markdown(pieces.flatMap((piece) => piece === void 0 || piece.isEmpty ? [] : piece.#text).join(separator));
	}
	get length() {
		return this.#text.length;
	}
	get bytes() {
		return Buffer.byteLength(this.#text);
	}
	get isEmpty() {
		return this.#text === "";
	}
	toString() {
		return this.#text;
	}
};
function md(parts, ...values) {
	let text = parts[0] ?? "";
	values.forEach((value, index) => {
		if (value instanceof Markdown || typeof value === "number") text += String(value);
		else if (value !== void 0) text += startsBlock(text) ? escapeStart(proseOf(value)) : proseOf(value);
		text += parts[index + 1] ?? "";
	});
	return trusted(text);
}
var Plain = class Plain {
	#text;
	constructor(text) {
		this.#text = text;
	}
	static of(parts, values) {
		let text = parts[0] ?? "";
		values.forEach((value, index) => {
			text += `${typeof value === "string" ? secrets.redact(value) : value ?? ""}${parts[index + 1]}`;
		});
		return new Plain(text);
	}
	get length() {
		return this.#text.length;
	}
	get isEmpty() {
		return this.#text === "";
	}
	get firstLine() {
		return this.#lines(0, 1);
	}
	get rest() {
		return new Plain(this.#lines(1).#text.trim());
	}
	get lines() {
		return this.#text.split("\n").map((each) => new Plain(each));
	}
	get oneLine() {
		return new Plain(oneLine(this.#text));
	}
	get visible() {
		return new Plain(visible(this.#text));
	}
	get lastPart() {
		return new Plain(lastPart(this.#text));
	}
	start(units) {
		return new Plain(this.#text.slice(0, units).toWellFormed());
	}
	trim() {
		return new Plain(this.#text.trim());
	}
	shorten(maxUnits) {
		return new Plain(shorten(this.#text, maxUnits));
	}
	wholeLines(maxBytes) {
		const bytes = Buffer.from(this.#text);
		if (bytes.length <= maxBytes) return {
			text: this,
			omitted: void 0
		};
		const cut = bytes.subarray(0, Math.max(0, bytes.lastIndexOf(10, Math.max(0, maxBytes)))).toString();
		return {
			text: new Plain(cut),
			omitted: this.#text.split("\n").length - cut.split("\n").length
		};
	}
	toString() {
		return this.#text;
	}
	#lines(from, to) {
		return new Plain(this.#text.split("\n").slice(from, to).join("\n"));
	}
};
function plain(parts, ...values) {
	return Plain.of(parts, values);
}
function code(text, maxUnits = Infinity) {
	return trusted(codeSpan(oneLine(clean$1(text, maxUnits))));
}
function prose(text, maxUnits = Infinity) {
	return trusted(escapeStart(proseOf(text, maxUnits)));
}
function html(text, maxUnits = Infinity) {
	return trusted(htmlOf(clean$1(text, maxUnits)));
}
function name(text, maxUnits = Infinity) {
	const shown = clean$1(text, maxUnits);
	return /^[A-Za-z\d]+(?:_[A-Za-z\d]+)*$/.test(shown) ? trusted(shown) : prose(text, maxUnits);
}
function fence(content, language = "") {
	const text = visible((Array.isArray(content) ? content : [content]).map((each) => clean$1(each)).join("\n"));
	const [backticks, tildes] = [longestRun(text, "`"), longestRun(text, "~")];
	const line = backticks <= tildes ? "`".repeat(Math.max(3, backticks + 1)) : "~".repeat(Math.max(3, tildes + 1));
	return trusted(`${line}${language}\n${text}\n${line}`);
}
function collapsible(title, body, isOpen = false) {
	return trusted(`<details${isOpen ? " open" : ""}><summary>${title}</summary>\n\n${body}\n\n</details>`);
}
function list(items) {
	return trusted(items.map((item) => `- ${item}`).join("\n"));
}
function row$1(cells) {
	return trusted(`| ${cells.map((cell) => String(cell).replace(/(\\*)\|/g, "$1$1\\|")).join(" | ")} |`);
}
function link(label, url) {
	return hidesNothing(url) ? knownLink(label, url) : label;
}
function knownLink(label, url) {
	return trusted(`[${label}](${destination(url)})`);
}
function knownHtmlLink(label, url) {
	return trusted(`<a href="${htmlOf(url)}">${label}</a>`);
}
function image(alternative, url) {
	return hidesNothing(url) ? trusted(`![${alternative}](${destination(url)})`) : md``;
}
function hiddenLine(text) {
	if (text !== "" && !/^<!-- [\w .:=-]+ -->$/.test(text)) throw new Error("A hidden line holds more than data of ours.");
	return trusted(text);
}
function withHiddenLine(page, text) {
	const [first = "", ...others] = String(page).split("\n");
	return trusted([
		first,
		hiddenLine(text),
		...others
	].join("\n"));
}
function alreadyPosted(body) {
	return trusted(body);
}
function hidesNothing(url) {
	const origin = URL.parse(url)?.origin ?? "";
	const rest = url.startsWith(origin) ? url.slice(origin.length) : url;
	return secrets.redact(rest) === rest;
}
function destination(url) {
	return url.replace(/[()\\<>\s]/g, (char) => encodeURIComponent(char).replace(/[()]/, percentEncoded));
}
function percentEncoded(char) {
	return `%${char.charCodeAt(0).toString(16)}`;
}
function clean$1(text, maxUnits = Infinity) {
	return shorten(typeof text === "string" ? secrets.redact(text) : String(text), maxUnits);
}
function codeSpan(content) {
	if (content.trim() === "") return "` `";
	const ticks = "`".repeat(longestRun(content, "`") + 1);
	const pad = content.startsWith("`") || content.endsWith("`") || /^ .* $/.test(content) ? " " : "";
	return `${ticks}${pad}${content}${pad}${ticks}`;
}
function proseOf(text, maxUnits) {
	return oneLine(clean$1(text, maxUnits)).trim().split(/([\s"'()<>[\],;]+)/).map((word) => {
		if (!linked.test(word)) return escaped(word);
		const core = word.replace(/[.:!?]+$/, "");
		return core === "" ? escaped(word) : `${codeSpan(core)}${word.slice(core.length)}`;
	}).join("");
}
function htmlOf(text) {
	return oneLine(text).replace(/[&<>"']/g, entity);
}
const linked = /[@#]|:\/\/|www\.|\bGH-\d|mailto:|xmpp:/i;
function escaped(text) {
	return text.replace(/[\\`*_[\]<>|~&$!]/g, entity);
}
function escapeStart(text) {
	return text.replace(/^(?:[#>+=-]|\d+[.)](?!\S))/, (start) => start.replace(/./g, entity));
}
function startsBlock(before) {
	return !/[\p{L}\p{N}]/u.test(before.slice(before.lastIndexOf("\n") + 1));
}
function entity(char) {
	return `&#${char.charCodeAt(0)};`;
}
function longestRun(text, char) {
	let longest = 0;
	let run = 0;
	for (const each of text) {
		run = each === char ? run + 1 : 0;
		if (run > longest) longest = run;
	}
	return longest;
}
// src/report/links.ts
function fileLink(title, url) {
	return knownLink(code(title), url);
}
function linkLine({ links = [] }) {
	if (links.length === 0) return md``;
	const pages = links.map(({ title, url }) => link(code(title, 120), url));
	return md`In the AWS console: ${Markdown.join(pages, " · ")}`;
}
// src/report/outcome.ts
function outcomeOf(report) {
	const status = statusOf(report);
	return {
		status,
		headline: headlineOf(report, status),
		icon: iconOf(report, status),
		historyWord: historyWordOf(report, status),
		deploymentState: deploymentStateOf(report, status),
		monitorMethod: monitorMethodOf(report, status),
		exitCode: status === "passed" ? 0 : 1,
		isFailed: status !== "passed",
		unfinished: unfinishedOf(report)
	};
}
function statusOf(report) {
	const [failure] = report.failures;
	if (failure !== void 0) return failure.code === "CANCELLED" ? "cancelled" : "failed";
	return isDone(report) ? "passed" : "running";
}
function isDone({ command, plan, check, apply, gate, destroy }) {
	switch (command) {
		case "plan": return plan !== void 0 || check !== void 0;
		case "apply": return gate?.passed === true && apply !== "started";
		case "verify": return gate?.passed === true;
		case "destroy": return destroy?.outcome === "done" || destroy?.outcome === "nothing";
	}
}
function headlineOf(report, status) {
	if (status === "passed") return passedHeadline(report);
	if (status === "running") return runningHeadline(report);
	const { command, failures, check, approval, destroy } = report;
	const [failure] = failures;
	if (approval?.outcome === "refused") return "Not applied: the plan was not reviewed";
	if (failure?.code === "CREDENTIALS_EXPIRE") return "Not begun: the AWS credentials end";
	if (destroy?.outcome === "unconfirmed") return "Not destroyed: it was not confirmed";
	if (failure?.phase === "start") return "Nothing was done";
	switch (command) {
		case "plan": return check === void 0 ? "Plan failed" : "Check failed";
		case "apply": return "Deployment failed";
		case "verify": return "Verification failed";
		case "destroy": return "Destroy failed";
	}
}
function passedHeadline({ command, check, plan, apply, destroy }) {
	if (check !== void 0) return "Checked, not planned";
	if (command === "plan") return plan?.hasChanges === true ? "Plan" : "Plan: no changes";
	if (command === "destroy") return destroy?.outcome === "nothing" ? "Nothing to destroy" : "Destroyed";
	return apply === "done" ? "Applied and verified" : "Verified";
}
function runningHeadline({ command, apply }) {
	if (command === "destroy") return "Destroying";
	return apply === "started" ? "Applying" : "Running";
}
function iconOf({ command, plan }, status) {
	if (status === "running") return "⏳";
	if (status !== "passed") return "❌";
	return command === "plan" && plan?.hasChanges !== false ? "📋" : "✅";
}
function historyWordOf({ command, apply }, status) {
	const isRed = status === "failed" || status === "cancelled";
	if (command === "plan") return isRed ? "plan-failed" : "planned";
	if (command === "destroy") return isRed ? "destroy-failed" : status === "passed" ? "destroyed" : "destroying";
	if (isRed) return "failed";
	if (status === "passed") return "verified";
	return apply === "done" ? "applied" : "applying";
}
function deploymentStateOf({ failures: [failure] }, status) {
	if (status === "passed") return "success";
	return failure !== void 0 && failure.code !== "" && !isThrownCode(failure.code) ? "failure" : "error";
}
function monitorMethodOf({ command }, status) {
	if (command === "plan" || command === "destroy") return void 0;
	if (status === "passed") return "verified";
	return status === "failed" ? "failing" : void 0;
}
function unfinishedOf({ apply, destroy }) {
	if (apply === "started") return "apply";
	return destroy?.outcome === "started" ? "destroy" : void 0;
}
// src/report/problems.ts
const maxShownErrors = 9;
const maxShownWarnings = 5;
function problemsOf(report) {
	const { problems, check, plan, command } = report;
	if (problems !== void 0) return problems;
	if (check !== void 0) {
		const { isFailed } = outcomeOf(report);
		return check.diagnostics.map((each) => isFailed ? each : {
			...each,
			severity: "warning"
		});
	}
	return command === "plan" ? (plan?.warnings ?? []).filter(({ file }) => file !== void 0) : [];
}
function annotationsOf(report) {
	const problems = problemsOf(report);
	const errors = problems.filter(({ severity }) => severity === "error");
	const warnings = problems.filter(({ severity }) => severity === "warning");
	return {
		annotations: [...errors.slice(0, maxShownErrors), ...warnings.slice(0, maxShownWarnings)].map((problem) => ({
			level: problem.severity,
			message: problemText(problem),
			...problem.file !== void 0 && { at: {
				file: problem.file,
				startLine: problem.line ?? 1
			} }
		})),
		errors: errors.length
	};
}
function problemText({ summary, excerpt, detail, outsideRepository }) {
	return [
		[summary, outsideRepository === void 0 ? "" : `(${outsideRepository})`].filter((part) => part !== "").join(" "),
		excerpt,
		detail
	].filter((part) => part !== "").join("\n\n");
}
function problemLine(problem, units = 1e3) {
	const { severity, summary, address, file, line, url, outsideRepository } = problem;
	const place = file === void 0 ? outsideRepository && plain`${outsideRepository}` : plain`${plain`${file}`.shorten(200)}:${line}`;
	const parts = [place && (url === void 0 ? code(place) : fileLink(place, url)), address === void 0 ? void 0 : code(address, 300)].filter((part) => part instanceof Markdown);
	const where = parts.length === 0 ? md`` : md`${Markdown.join(parts, " ")}: `;
	return md`${severity === "error" ? md`❌` : md`⚠️`} ${where}**${prose(summary, units)}**`;
}
function problemsSection(problems, limit) {
	const errors = problems.filter(({ severity }) => severity === "error");
	const warnings = problems.filter(({ severity }) => severity === "warning");
	const ordered = [...errors, ...warnings];
	const title = md`Problems: ${Markdown.join([md`${count$1(errors.length, "error")}`, warnings.length === 0 ? void 0 : md`${count$1(warnings.length, "warning")}`], ", ")}`;
	let left = limit - title.length - 150;
	const parts = [];
	for (const problem of ordered) {
		const excerpt = plain`${problem.excerpt}`;
		const detail = plain`${problem.detail}`;
		const words = excerpt.isEmpty || detail.isEmpty ? plain`${excerpt}${detail}` : plain`${excerpt}\n\n${detail}`;
		const isFirst = parts.length === 0;
		let part = md`${problemLine(problem)}${body(words, 2e4)}`;
		const fits = (each) => each.length + 2 <= left;
		if (isFirst && !fits(part)) part = md`${problemLine(problem, 300)}${body(words, Math.floor(left / 3))}`;
		if (isFirst && !fits(part)) part = problemLine(problem, 100);
		if (!fits(part)) break;
		left -= part.length + 2;
		parts.push(part);
	}
	if (parts.length === 0) return md``;
	const more = ordered.length - parts.length;
	return collapsible(title, Markdown.join([...parts, more > 0 ? md`and ${more} more, in the log` : md``], "\n\n"), true);
}
function body(words, units) {
	return words.isEmpty ? md`` : md`\n\n${fence(words.shorten(units))}`;
}
// src/report/approval.ts
const maxDifferences = 40;
const maxAttributes = 12;
const maxFiles = 20;
const maxProblems = 20;
function approvalReason({ approval, command }) {
	if (approval === void 0 || command !== "apply") return void 0;
	const { outcome, reviewed, fingerprint } = approval;
	const review = reviewed && md`${code(plain`${reviewed.commit}`.start(7))} in ${knownHtmlLink(md`this run`, reviewed.runUrl)}`;
	switch (outcome) {
		case "reviewed": return {
			icon: md`✅`,
			reason: md`**As reviewed**: the plan is the one of ${review}`
		};
		case "rest": return {
			icon: md`✅`,
			reason: md`**As reviewed**: the plan is what was left of the one of ${review}`
		};
		case "given": return {
			icon: md`✅`,
			reason: md`**As approved**: the plan is ${code(fingerprint)}`
		};
		case "not required": return {
			icon: md`⚪`,
			reason: md`**Not compared** with a reviewed plan: plan-approval is none`
		};
		default: return;
	}
}
function approvalLine(report) {
	const found = approvalReason(report);
	return found === void 0 ? md`` : md`${found.icon} ${found.reason}`;
}
function differencesSection({ approval }) {
	const differences = approval?.differences ?? [];
	if (differences.length === 0) return md``;
	const lines = differences.slice(0, maxDifferences).map(differenceLine);
	const more = differences.length - lines.length;
	if (more > 0) lines.push(md`and ${count$1(more, "more difference")}`);
	return md`**What differs from the reviewed plan**\n\n${list(lines)}`;
}
function differenceLine(difference) {
	if (difference.what === "setting") {
		const { name, was, is } = difference;
		if (name === "sensitive values") return md`a sensitive value is another one`;
		const shown = (value) => value === "" ? md`not set` : code(value, 200);
		return md`${prose(name)}: was ${shown(was)}, is ${shown(is)}`;
	}
	const address = code(difference.address, 200);
	switch (difference.what) {
		case "added": return md`${address}: **${verb$1(difference.actions)}** was not reviewed`;
		case "gone": return md`${address}: ${verb$1(difference.actions)} was reviewed and is no longer planned`;
		case "actions": return md`${address}: **${verb$1(difference.is)}**, reviewed was ${verb$1(difference.was)}`;
		case "attributes": {
			const { attributes } = difference;
			const some = attributes.slice(0, maxAttributes).map((name) => code(name, 100));
			const more = attributes.length > maxAttributes ? md` and ${attributes.length - maxAttributes} more` : md``;
			const what = some.length === 0 ? md`is another change` : md`${Markdown.join(some, ", ")}${more} ${some.length === 1 ? md`differs` : md`differ`}`;
			return md`${address} (${verb$1(difference.actions)}): ${what}`;
		}
	}
}
const verbs$1 = {
	create: md`create`,
	update: md`update`,
	read: md`read`,
	forget: md`forget`,
	delete: md`destroy`,
	"delete,create": md`replace`,
	"create,delete": md`replace, the new one first`,
	"no-op": md`move or import`,
	"create,forget": md`replace, the old one forgotten`,
	invoke: md`action`
};
function verb$1(actions) {
	return (Object.hasOwn(verbs$1, actions) ? verbs$1[actions] : void 0) ?? prose(actions);
}
function checkSection({ check }) {
	if (check === void 0) return md``;
	const { visitor, unformatted, diagnostics } = check;
	const whose = visitor === "fork" ? md`comes from a fork` : md`is of Dependabot`;
	const files = Markdown.join(unformatted.slice(0, maxFiles).map((file) => code(file, 200)), ", ");
	const more = unformatted.length > maxFiles ? md` and ${unformatted.length - maxFiles} more` : md``;
	const lines = [
		unformatted.length === 0 ? md`✅ \`terraform fmt\`: formatted` : md`⚠️ \`terraform fmt\` would change ${files}${more}`,
		...diagnostics.length === 0 ? [md`✅ \`terraform validate\`: valid`] : [],
		...diagnostics.slice(0, maxProblems).map((each) => md`${problemLine(each)} ${prose(each.detail, 500)} (\`terraform validate\`)`),
		...diagnostics.length > maxProblems ? [md`and ${count$1(diagnostics.length - maxProblems, "more finding")}`] : []
	];
	return Markdown.join([md`There is no plan: the pull request ${whose}, and GitHub gives its runs no credentials. A plan runs what the code says, so it must not have any. To see a plan, push the commits to a branch of this repository once you have read them.`, list(lines)], "\n\n");
}
// src/terraform/diff.ts
function diffLines(change, kind, redact) {
	const before = leaves(change.before, change.before_sensitive, false, redact);
	const after = leaves(change.after, change.after_sensitive, change.after_unknown, redact);
	const forcing = (change.replace_paths ?? []).map(pathText);
	const wholly = [...after].filter(([, { raw }]) => raw === unknown).map(([path]) => path);
	const lines = [];
	for (const path of [...new Set([...before.keys(), ...after.keys()])].sort()) {
		const was = before.get(path);
		const will = after.get(path);
		if (was?.raw === will?.raw) continue;
		const note = forcing.some((root) => path === root || isInside(path, root)) ? "  # forces replacement" : "";
		if (kind === "create") {
			if (will !== void 0) lines.push(`+ ${path} = ${will.text}`);
		} else if (kind === "delete" || kind === "forget") {
			if (was !== void 0) lines.push(`- ${path} = ${was.text}`);
		} else if (will?.raw === unknown || was !== void 0 && was.text === will?.text) lines.push(`! ${path} = ${was === void 0 ? "" : `${was.text} → `}${will?.text}${note}`);
		else if (will !== void 0 || !wholly.some((root) => isInside(path, root))) {
			if (was !== void 0) lines.push(`- ${path} = ${was.text}${will === void 0 ? note : ""}`);
			if (will !== void 0) lines.push(`+ ${path} = ${will.text}${note}`);
		}
	}
	return lines;
}
const remarks = /(?:… \(\d+ characters\))?(?:(?: = | → )\((?:sensitive value|known after apply)\))*(?: {2}# forces replacement)?$/;
function splitDiffLine(text) {
	const [sign = ""] = /^[-+!] /.exec(text) ?? [];
	const end = Math.max(sign.length, text.search(remarks));
	return {
		sign: Line.word(sign),
		foreign: text.slice(sign.length, end),
		remark: Line.word(text.slice(end))
	};
}
function isInside(path, root) {
	return path.startsWith(`${root}.`) || path.startsWith(`${root}[`);
}
function pathText(path) {
	let text = "";
	for (const step of path) if (typeof step === "number") text += `[${step}]`;
	else if (/^[A-Za-z_][\w-]*$/.test(step)) text += text === "" ? step : `.${step}`;
	else text += `[${visible(JSON.stringify(step))}]`;
	return text;
}
const unknown = "(known after apply)";
function leaves(value, sensitive, unknownShape, redact) {
	const found = new Map();
	const add = (path, text, raw) => found.set(redact(pathText(path)) || "value", {
		text,
		raw
	});
	const walk = (part, secret, notKnown, path) => {
		const isSet = part !== null && part !== void 0;
		if (secret === true && isSet) return void add(path, "(sensitive value)", JSON.stringify(part));
		if (notKnown === true) return void add(path, unknown, unknown);
		const structure = structureOf(part);
		if (structure === void 0 && !isShape(notKnown)) {
			if (isSet) add(path, shown$1(part, redact), JSON.stringify(part));
			return;
		}
		const isList = Array.isArray(structure ?? notKnown);
		const keys = new Set([...Object.keys(structure ?? {}), ...isShape(notKnown) ? Object.keys(notKnown) : []]);
		for (const key of keys) walk(at(structure, key), at(secret, key), at(notKnown, key), [...path, isList ? Number(key) : key]);
	};
	walk(value, sensitive, unknownShape, []);
	return found;
}
function structureOf(value) {
	if (isShape(value)) return value;
	if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return void 0;
	try {
		const parsed = JSON.parse(value);
		return isShape(parsed) ? parsed : void 0;
	} catch {
		return;
	}
}
function isShape(value) {
	return typeof value === "object" && value !== null;
}
function at(value, key) {
	return isShape(value) && Object.hasOwn(value, key) ? value[key] : void 0;
}
function shown$1(value, redact) {
	const text = visible(redact(JSON.stringify(typeof value === "string" ? redact(value) : value)));
	return text.length > 400 ? `${text.slice(0, 400)}… (${text.length} characters)` : text;
}
// src/report/plan.ts
const verbs = {
	delete: "destroy",
	replace: "replace",
	update: "update",
	create: "create",
	forget: "forget",
	move: "move",
	import: "import",
	read: "read",
	none: "keep"
};
const symbols$1 = {
	delete: "🔴",
	replace: "🟠",
	update: "🟡",
	create: "🟢",
	forget: "⚪",
	move: "🔵",
	import: "🔵",
	read: "⚪",
	none: "⚪"
};
const reasons = {
	replace_because_tainted: md`is tainted: the last deployment of it failed`,
	replace_because_cannot_update: md`cannot be changed in place`,
	replace_by_request: md`was asked for by the input replace`,
	replace_by_triggers: md`by replace_triggered_by`,
	delete_because_no_resource_config: md`is no longer in the configuration`,
	delete_because_no_module: md`its module is no longer in the configuration`,
	delete_because_wrong_repetition: md`count or for_each was added or taken away`,
	delete_because_count_index: md`its index is out of range of count`,
	delete_because_each_key: md`its key is no longer in for_each`,
	delete_because_no_move_target: md`was moved to an address that is not in the configuration`
};
const deferrals = {
	instance_count_unknown: md`its count or for_each is known only after this apply`,
	resource_config_unknown: md`its configuration is known only after this apply`,
	provider_config_unknown: md`its provider's configuration is known only after this apply`,
	absent_prereq: md`what it reads does not exist yet`,
	deferred_prereq: md`what it depends on is left for later, too`
};
const signs = {
	delete: "-",
	replace: "!",
	update: "!",
	create: "+",
	forget: "#",
	move: "#",
	import: "#",
	read: "#",
	none: "#"
};
const maxLinesPerChange = 120;
const maxUnitsPerChange = 8e3;
const maxUnitsPerLine = 600;
const maxUnitsPerAddress = 200;
const minShares = 12;
const minRoom = 1e3;
function destructiveChanges({ changes }) {
	return changes.filter(({ kind }) => kind === "delete" || kind === "replace");
}
function destructiveLine(change) {
	return md`${symbol(change.kind)} **${verb(change.kind)}** ${code(change.address, maxUnitsPerAddress)}${reasonText(change)}`;
}
function attentionLine({ checks, warnings, deferred, invocations }) {
	const failing = checks.filter(({ status }) => status === "fail" || status === "error").length;
	const parts = [
		failing === 0 ? void 0 : md`❌ ${count$1(failing, "check")} ${failing === 1 ? md`does` : md`do`} not hold`,
		warnings.length === 0 ? void 0 : md`⚠️ ${count$1(warnings.length, "warning")} of Terraform`,
		invocations.length === 0 ? void 0 : md`⚡ ${count$1(invocations.length, "provider action")} to run`,
		deferred.length === 0 ? void 0 : md`⏸️ ${deferred.length} left for a later plan`
	];
	return Markdown.join(parts, " · ");
}
function planSections(plan, budget, elsewhere) {
	const share = Math.min(maxUnitsPerChange, Math.floor(budget / minShares));
	const others = share * minShares < minRoom * 2 ? md`` : otherSections(plan, share);
	const room = budget - others.length - 1;
	if (room < minRoom) return plan.changes.length === 0 ? md`` : leftOutLine(plan.changes, elsewhere);
	const sections = [];
	let used = 0;
	for (const change of plan.changes) {
		const section = changeSection(change);
		sections.push(section);
		used += section.length + 1;
		if (used > room) break;
	}
	if (used <= room) return Markdown.join([...sections, others], "\n");
	const forSections = room * 3 / 4;
	while (used > forSections) used -= (sections.pop()?.length ?? used) + 1;
	const rest = plan.changes.slice(sections.length);
	const leftOut = leftOutLine(rest, elsewhere);
	const names = namesSection(rest, room - used - leftOut.length - 200);
	return Markdown.join([
		...sections,
		names,
		leftOut,
		others
	], "\n");
}
function otherSections({ drift, outputs, checks, warnings, invocations, deferred }, share) {
	return Markdown.join([
		driftSection$1(drift, share),
		outputsSection(outputs, share),
		checksSection$1(checks, share),
		warningsSection(warnings, share),
		invocationsSection(invocations, share),
		deferredSection(deferred, share)
	], "\n");
}
function changeSection(change) {
	const { address, kind, previousAddress, imported, deposed, lines } = change;
	const remarks = [
		previousAddress === void 0 ? md`` : md` (moved from <code>${html(previousAddress, maxUnitsPerAddress)}</code>)`,
		imported && kind !== "import" ? md` (imported)` : md``,
		deposed ? md` (what an earlier replacement left behind)` : md``
	];
	return collapsible(md`${symbol(kind)} ${verb(kind)} <code>${html(address, maxUnitsPerAddress)}</code>${Markdown.join(remarks, "")}`, lines.length === 0 ? md`No attribute changes.` : diffBlock(lines.map((text) => () => diffLine(text))));
}
function diffLine(text) {
	const { sign, foreign, remark } = splitDiffLine(text);
	return plain`${sign}${foreign}${remark}`;
}
function diffBlock(lines, maxUnits = maxUnitsPerChange) {
	const shown = firstLines(lines, maxUnits, maxLinesPerChange);
	if (shown.length < lines.length) shown.push(plain`# … ${count$1(lines.length - shown.length, "more line")}`);
	return fence(shown, "diff");
}
function firstLines(lines, maxUnits, maxLines = Infinity) {
	const shown = [];
	let units = 0;
	for (const render of lines) {
		const text = render().shorten(maxUnitsPerLine);
		units += text.length + 1;
		if (shown.length === maxLines || units > maxUnits) break;
		shown.push(text);
	}
	return shown;
}
function namesSection(changes, room) {
	const lines = [];
	let left = room;
	for (const { address, kind } of changes) {
		const text = plain`${Line.word(signs[kind])} ${Line.word(verbs[kind])} ${shortAddress(address)}`;
		left -= text.length + 1;
		if (left < 0) break;
		lines.push(text);
	}
	if (lines.length === 0) return md``;
	return collapsible(md`${lines.length === changes.length ? md`The others` : md`The next ${lines.length}`} by name`, fence(lines, "diff"));
}
function leftOutLine(changes, elsewhere) {
	const each = Object.keys(verbs).flatMap((kind) => {
		const n = changes.filter((change) => change.kind === kind).length;
		return n === 0 ? [] : [md`${n} to ${verb(kind)}`];
	});
	const are = changes.length === 1 ? md`is` : md`are`;
	return md`\n**${count$1(changes.length, "more change")}** (${Markdown.join(each, ", ")}) ${are} not shown in full: ${elsewhere}.\n`;
}
function driftSection$1(drift, share) {
	if (drift.length === 0) return md``;
	const items = drift.map(({ address, kind, lines }) => {
		return {
			address,
			what: kind === "delete" ? "is gone" : "was changed",
			lines
		};
	});
	return attributesSection(md`Changed outside of Terraform: ${count$1(drift.length, "resource")}`, items, share);
}
function attributesSection(title, items, units) {
	return collapsible(title, diffBlock(items.flatMap(({ address, what, lines }) => [() => plain`# ${shortAddress(address)} ${Line.word(what)}`, ...lines.map((text) => () => diffLine(text))]), units));
}
function outputsSection(outputs, share) {
	if (outputs.length === 0) return md``;
	const lines = outputs.flatMap((output) => output.lines.map((text) => () => diffLine(text)));
	return collapsible(md`Outputs: ${count$1(outputs.length, "change")}`, diffBlock(lines, share));
}
function checksSection$1(checks, share) {
	const failing = checks.filter(({ status }) => status === "fail" || status === "error");
	const unknown = checks.filter(({ status }) => status === "unknown");
	if (failing.length === 0 && unknown.length === 0) return md``;
	const lines = [...failing.map(({ address, problems, status }) => () => {
		const reported = Markdown.join(problems.map((problem) => prose(problem, 500)), "; ");
		const why = status === "error" ? md`could not be checked` : md`does not hold`;
		return md`❌ ${code(address, maxUnitsPerAddress)}: ${reported.isEmpty ? why : reported}`;
	}), ...unknown.map(({ address }) => () => md`⚪ ${code(address, maxUnitsPerAddress)}: is known after the apply`)];
	const passing = checks.length - failing.length - unknown.length;
	const each = [
		failing.length === 0 ? void 0 : md`${failing.length} ${failing.length === 1 ? md`does` : md`do`} not hold`,
		unknown.length === 0 ? void 0 : md`${unknown.length} known after the apply`,
		passing === 0 ? void 0 : md`${passing} ${passing === 1 ? md`holds` : md`hold`}`
	];
	return collapsible(md`Checks: ${Markdown.join(each, ", ")}`, firstItems(lines, share), failing.length > 0);
}
function warningsSection(warnings, share) {
	if (warnings.length === 0) return md``;
	const lines = warnings.flatMap(({ summary, excerpt, detail }, index) => [
		...index === 0 ? [] : [() => plain``],
		() => plain`Warning: ${summary}`,
		...[excerpt, detail].flatMap((part) => part === "" ? [] : [() => plain``, ...plain`${part}`.visible.lines.map((text) => () => text)])
	]);
	const shown = firstLines(lines, share);
	if (shown.length < lines.length) shown.push(plain`… ${count$1(lines.length - shown.length, "more line")}`);
	return collapsible(md`Warnings of Terraform: ${warnings.length}`, fence(shown));
}
function invocationsSection(invocations, share) {
	if (invocations.length === 0) return md``;
	const lines = invocations.map(({ address, event, resource }) => () => {
		const when = String(plain`${event}`).replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
		const of = resource === "" ? md`` : md` of ${code(resource, maxUnitsPerAddress)}`;
		return md`⚡ ${code(address, maxUnitsPerAddress)}${when === "" ? md`` : md` ${prose(when, 80)}${of}`}`;
	});
	return collapsible(md`Provider actions that the apply runs: ${invocations.length}`, firstItems(lines, share));
}
function deferredSection(deferred, share) {
	if (deferred.length === 0) return md``;
	const lines = deferred.map(({ address, kind, reason }) => () => {
		const what = kind === "none" ? md`` : md` (${verb(kind)})`;
		const given = prose(reason, 80);
		const why = ourWords(deferrals, reason) ?? (given.isEmpty ? md`Terraform does not say why` : given);
		return md`⏸️ ${code(address, maxUnitsPerAddress)}${what}: ${why}`;
	});
	return collapsible(md`Left for a later plan: ${deferred.length}`, firstItems(lines, share));
}
function firstItems(items, units) {
	const shown = [];
	let left = units;
	for (const render of items) {
		const item = render();
		left -= item.length + 3;
		if (left < 0) break;
		shown.push(item);
	}
	const more = items.length - shown.length;
	return list([...shown, ...more === 0 ? [] : [md`and ${more} more`]]);
}
function reasonText({ kind, reason, forcedBy }) {
	const forcing = Markdown.join(forcedBy.slice(0, 5).map((attribute) => code(attribute, 80)), ", ");
	const more = forcedBy.length > 5 ? md` and ${forcedBy.length - 5} more` : md``;
	const isForced = kind === "replace" && forcedBy.length > 0;
	const why = [reason === void 0 || isForced && reason === "replace_because_cannot_update" ? void 0 : ourWords(reasons, reason) ?? code(reason, 80), isForced ? md`${forcing}${more} cannot be changed in place` : void 0].filter((part) => part !== void 0);
	return why.length === 0 ? md`` : md`: ${Markdown.join(why, "; ")}`;
}
function ourWords(table, reason) {
	return Object.hasOwn(table, reason) ? table[reason] : void 0;
}
function shortAddress(address) {
	return plain`${address}`.shorten(maxUnitsPerAddress).oneLine;
}
function symbol(kind) {
	return Markdown.word(symbols$1[kind]);
}
function verb(kind) {
	return Markdown.word(verbs[kind]);
}
// src/report/checks.ts
const maxNamed = 12;
function driftSection({ drift }, units) {
	if (drift === void 0 || drift.changes.length === 0) return md``;
	const items = drift.changes.map(({ address, kind, lines }) => ({
		address,
		what: driftWord(drift.plan, kind),
		lines
	}));
	return attributesSection(md`What has drifted: ${count$1(items.length, "resource")}`, items, units);
}
function driftAddresses({ changes, outputs }) {
	return [...changes.map(({ address }) => address), ...outputs.map((name) => `output.${name}`)];
}
function destroyLines({ destroy, plan, runUrl }) {
	if (destroy === void 0) return [];
	const { outcome, left, deactivated = 0 } = destroy;
	const lines = [];
	if (outcome === "nothing") lines.push(md`⚪ **Nothing to destroy**: the state holds nothing of it`);
	if (outcome === "done") {
		const destroyed = plan === void 0 ? md`` : md`: ${count$1(plan.counts.destroy, "resource")}`;
		lines.push(md`✅ **Destroyed** by ${knownLink(md`this run`, runUrl)}${destroyed}, and nothing is left in the state`);
	}
	if (outcome === "left") lines.push(md`❌ **Left**: ${someOf(left, (address) => code(address, 200))}`);
	if (deactivated > 0) lines.push(md`⚪ **Inactive** in the environment: ${count$1(deactivated, "deployment")}`);
	return lines;
}
function verifyLines({ certificate, drift, failures, warnings, issue }) {
	const lines = [];
	if (certificate !== void 0) {
		const { daysLeft, validTo, host, issuer } = certificate;
		const isWell = !failures.some(({ code }) => code === "CERTIFICATE_EXPIRES") && !warnings.some((each) => each.startsWith("CERTIFICATE_EXPIRES"));
		const by = issuer === "" ? md`` : md`, issued by ${code(issuer, 120)}`;
		lines.push(md`${isWell ? md`✅` : md`❌`} **Certificate** of ${code(host, 200)}: ${count$1(daysLeft, "day")} left, until ${day(validTo)}${by}`);
	}
	if (drift !== void 0) lines.push(driftLine(drift, failures.some(({ code: failed }) => failed === "DRIFT")));
	if (issue !== void 0) lines.push(issueLine(issue));
	return lines;
}
function driftLine(drift, isRed) {
	const addresses = driftAddresses(drift);
	const isRefresh = drift.plan === "refresh-only";
	if (addresses.length === 0) return isRefresh ? md`✅ **No drift**: what is deployed is as the last apply left it` : md`✅ **No drift**: what is deployed is as it is written`;
	const kinds = new Map(drift.changes.map(({ address, kind }) => [address, kind]));
	const named = someOf(addresses, (address) => {
		const kind = kinds.get(address);
		return md`${code(address, 200)}${kind && md` (${Markdown.word(driftWord(drift.plan, kind))})`}`;
	});
	const what = isRefresh ? md`outside of Terraform` : md`an apply would change`;
	return md`${isRed ? md`❌` : md`⚠️`} **Drift**: ${what} ${named}`;
}
function someOf(texts, render) {
	const named = Markdown.join(texts.slice(0, maxNamed).map(render), ", ");
	return texts.length > maxNamed ? md`${named} and ${texts.length - maxNamed} more` : named;
}
const issueOutcomes = {
	opened: "opened",
	updated: "updated",
	kept: "open, told today already",
	closed: "closed"
};
function issueLine({ number, url, outcome }) {
	return md`${outcome === "closed" ? md`✅` : md`🔔`} **Issue** ${knownLink(md`${number}`, encodeURI(url))}: ${Markdown.word(issueOutcomes[outcome])}`;
}
function checksSection(report) {
	const rows = [
		...approvalRow(report),
		...stabilityRow(report),
		...readinessRow(report)
	];
	if (rows.length === 0) return md``;
	return Markdown.join([md`**The deployment**\n\n| | check | seen |\n|---|---|---|`, ...rows.map(row$1)], "\n");
}
function approvalRow(report) {
	const { approval, command, pullRequest } = report;
	if (approval === void 0 || command !== "apply") return [];
	const check = md`plan approved`;
	const where = pullRequest === void 0 ? md`` : md`, pull request ${pullRequest}`;
	const fingerprint = md`fingerprint ${code(approval.fingerprint, 90)}`;
	if (approval.outcome === "refused") return [[
		md`❌`,
		check,
		md`the plan was not approved; ${fingerprint}${where}`
	]];
	const { icon, reason } = approvalReason(report) ?? {
		icon: md`✅`,
		reason: md`nothing was to be changed`
	};
	return [[
		icon,
		check,
		md`${reason}; ${fingerprint}${where}`
	]];
}
function stabilityRow({ stability, previousRevision }) {
	if (stability === void 0) return [];
	const { failure, revision, running, elapsedMs, deployment } = stability;
	const check = md`ECS runs what was applied`;
	if (failure !== void 0) return [[
		md`❌`,
		check,
		prose(failure.sentence, 500)
	]];
	const parts = [
		revision === void 0 ? void 0 : code(revision),
		md`${count$1(running, "task")} after ${seconds$1(elapsedMs)}`,
		deployment && md`deployment ${code(deployment.id)}`,
		previousRevision === void 0 ? void 0 : md`before it ${code(plain`${previousRevision}`.lastPart)}`
	];
	return [[
		md`✅`,
		check,
		Markdown.join(parts, ", ")
	]];
}
function readinessRow({ readiness }) {
	if (readiness === void 0) return [];
	const { failure, elapsedMs } = readiness;
	const check = md`status checks of the instance`;
	return failure === void 0 ? [[
		md`✅`,
		check,
		md`both passed after ${seconds$1(elapsedMs)}`
	]] : [[
		md`❌`,
		check,
		prose(failure.sentence, 500)
	]];
}
// src/gate/codes.ts
const row = (layer, remedy, when, meaning, cause, fix) => ({
	layer,
	remedy,
	final: when === "final",
	meaning,
	cause,
	fix
});
const codes = {
	DNS_NXDOMAIN: row("DNS", "config", "retry", "the host name does not exist (yet)", "No record was made for this name, it is not yet visible, or the name is misspelt.", "Create the Route 53 alias record for this name in the public hosted zone, or use the DNS name of the load balancer. A record made by this apply can take a minute to be visible."),
	DNS_FAILED: row("DNS", "config", "retry", "the resolver could not answer", "The delegation of the zone is broken, or the resolver has trouble.", "Check the name servers of the hosted zone (the delegation at the registrar must name them) and the resolver of the runner."),
	DNS_TIMEOUT: row("DNS", "config", "retry", "the resolver did not answer in time", "The name servers do not answer, or a firewall holds DNS back.", "Check the name servers of the hosted zone and whether the runner can reach its resolver."),
	PROXY_FAILED: row("TCP", "config", "retry", "the proxy of the runner did not open a tunnel", "The proxy is down, or does not allow this host and port.", "Correct HTTPS_PROXY / HTTP_PROXY on the runner, or add the host to NO_PROXY."),
	TCP_REFUSED: row("TCP", "wait", "retry", "nothing listens on the port", "The load balancer has no listener on this port, or the process listens elsewhere, on 127.0.0.1 only, or not yet.", "Check that the load balancer has a listener on this port, or that the process on the instance listens on 0.0.0.0 and on the port of the URL."),
	TCP_TIMEOUT: row("TCP", "config", "retry", "no answer to the connection attempt", "A security group, a network ACL or a private subnet drops the packets.", "Packets are dropped: open the port in the security group and the network ACL, put the load balancer into public subnets (scheme internet-facing), and check the port of the URL."),
	TCP_UNREACHABLE: row("TCP", "config", "retry", "no route to the address", "The subnet has no route to the internet, or the name has only an IPv6 address and the runner only IPv4.", "Check the route tables, the internet gateway, and whether the name resolves to an address family the runner has."),
	CONN_RESET: row("TCP", "wait", "retry", "the connection was closed before a reply", "The process crashes on the request, a proxy cuts it off, or https is spoken there and http was sent.", "The process accepts connections but drops them: read its log. When the port speaks TLS, use https:// in the URL."),
	CONN_FAILED: row("TCP", "wait", "retry", "the connection failed", "The network between the runner and the endpoint broke the connection.", "Check host and port of the URL and the network between the runner and the endpoint."),
	TLS_UNTRUSTED: row("TLS", "config", "final", "the certificate is not from a public authority", "The certificate is self-signed, its chain is incomplete, or the one of ACM is not issued yet.", "Put an issued ACM certificate on the HTTPS listener (certificate_arn), with the full chain when the server terminates TLS itself."),
	TLS_NAME: row("TLS", "config", "final", "the certificate is for another name", "The URL has the DNS name of the load balancer, or a name that was forgotten in the certificate.", "Use the name in the certificate in the URL (the custom domain, not the DNS name of the load balancer), or add this name to the ACM certificate."),
	TLS_EXPIRED: row("TLS", "config", "final", "the certificate is outside its validity", "The renewal failed, often because the DNS record that validates it is gone.", "Renew the certificate; with ACM, restore the DNS validation record so that it renews by itself."),
	TLS_NOT_TLS: row("TLS", "config", "final", "the port does not speak TLS", "The URL says https and the listener speaks HTTP.", "Use http:// or the port of the HTTPS listener; on the load balancer the listener of this port must have protocol HTTPS."),
	TLS_TIMEOUT: row("TLS", "config", "retry", "the TLS handshake was never answered", "A process that is no TLS server accepts the connection and waits.", "Something accepts TCP on the port and does not speak TLS: check the port, the listener protocol and any proxy in between."),
	TLS_FAILED: row("TLS", "config", "retry", "the TLS handshake failed", "The two ends have no protocol version or cipher in common, or there is no certificate for this name.", "Check the security policy of the HTTPS listener (TLS 1.2 or 1.3) and that a certificate for this name is attached."),
	PORT_SPEAKS_TLS: row("TLS", "config", "final", "plain HTTP was sent to a TLS port", "The URL says http and the listener speaks HTTPS.", "Use https:// in the URL."),
	NOT_HTTP: row("HTTP", "config", "final", "the reply is not HTTP/1.1", "The port belongs to another service (SSH, a database), or to HTTP/2 without TLS.", "Check the port: something other than an HTTP server listens there, or it speaks HTTP/2 only."),
	HEADERS_TOO_BIG: row("HTTP", "replace", "final", "the response headers are larger than clients read", "Cookies, a token or a policy grows without end, or the server repeats a header.", "Send less than 16 KiB of response headers, the limit of Node.js and so of most MCP clients."),
	HEADERS_TIMEOUT: row("HTTP", "wait", "retry", "the connection was accepted and no response came", "The handler waits for something that does not come, or the process is overloaded.", "The server hangs on the request: read the log of the task, and check the security group between load balancer and task."),
	REDIRECT: row("HTTP", "config", "final", "the endpoint redirects", "The listener sends http to https, the server adds or removes a final slash, or a login page stands in front.", "Put the final address into the URL: MCP clients do not follow a redirect to another origin, and 301/302 would turn the POST into a GET. Behind a load balancer that terminates TLS, let the server trust X-Forwarded-Proto."),
	ALB_404: row("HTTP", "config", "final", "the load balancer itself answered 404", "The default action of the listener is a fixed response and no rule matches.", "No listener rule forwards this host and path: add one to the ALB listener, or change its default action from fixed-response to forward."),
	ALB_502: row("HTTP", "replace", "retry", "the load balancer got no valid reply from the target", "The task crashed, closed the connection, or listens on another port than the target group uses.", "The task closed the connection or crashed: compare the container port with the target group port and read the stopped reason of the ECS tasks."),
	ALB_503: row("HTTP", "wait", "retry", "the load balancer has no usable target", "The service has no running task, or all of them are still starting or draining.", "No registered target: look at DescribeTargetHealth, the desired count of the service, and the health check path (never /mcp)."),
	ALB_504: row("HTTP", "wait", "retry", "the target did not answer the load balancer in time", "A security group between the load balancer and the task, or a server that starts slowly.", "Allow the load balancer security group on the container port of the tasks, or raise the start period of a slow server."),
	PATH_404: row("HTTP", "config", "final", "a server is up, this path is not there", "The MCP handler is mounted at another path.", "Correct the path of the URL (most servers use /mcp), or mount the MCP handler at this path."),
	HTTP_400: row("HTTP", "replace", "final", "the server refused a correct request", "A proxy changes the request, or the handler refuses what the specification allows.", "Read the log of the server: the request followed the specification."),
	HTTP_403: row("HTTP", "config", "final", "access is forbidden", "An access rule of the server, a gateway or an IP allow list.", "Give the credentials in mcp-headers the permission, or let the runner through the access rules in front of the server."),
	HTTP_405: row("HTTP", "config", "final", "the path does not take POST", "The MCP handler is at another path, or only the deprecated HTTP+SSE transport is served.", "Mount the MCP handler for POST at this path, or correct the path of the URL."),
	HTTP_406: row("HTTP", "replace", "final", "the server refuses application/json and text/event-stream", "A proxy removes or rewrites Accept, or the server is older than Streamable HTTP.", "A proxy may remove the Accept header; else update the MCP SDK of the server."),
	HTTP_413: row("HTTP", "config", "final", "a request of under one kilobyte is too large for the server", "A body limit was set far too low.", "Raise the body limit of the server or of the proxy in front of it."),
	HTTP_415: row("HTTP", "replace", "final", "the server refuses application/json", "A proxy removes Content-Type, or no JSON body parser is mounted.", "Mount the JSON body parser for this path; a proxy must not remove Content-Type."),
	HTTP_4XX: row("HTTP", "replace", "final", "the server refused the request", "The server, or something in front of it, has a rule of its own.", "Read the log of the server for this status."),
	SERVER_ERROR: row("HTTP", "replace", "retry", "the server answered with a 5xx status", "An exception in the handler, or the application still starting.", "Read the log of the task: the server, or a proxy in front of it, failed on the request."),
	RATE_LIMITED: row("HTTP", "wait", "retry", "too many requests", "A limiter counts the requests of the gate.", "Exempt the runner from the rate limit (AWS WAF rate-based rule, API gateway, or the limiter of the server), or lower mcp-rounds."),
	AUTH_REQUIRED: row("HTTP", "config", "final", "the server wants authorization", "The server is protected, and no credentials or wrong ones were given.", "Give a token in mcp-headers (Authorization: Bearer ...) from a secret, or expect the wall with mcp-expect: auth-wall."),
	AUTH_BARE_401: row("HTTP", "config", "final", "401 without WWW-Authenticate", "A gateway or a middleware of your own answers 401 and knows nothing of MCP.", "Answer 401 with WWW-Authenticate: Bearer resource_metadata=\"...\" (RFC 9728), else clients cannot find where to log in; or give a token in mcp-headers."),
	AUTH_SCOPE: row("HTTP", "config", "final", "the token lacks a scope", "The client was registered without a scope that the server wants.", "Issue the token in mcp-headers with the scope that the server names."),
	AUTH_NOT_REQUIRED: row("HTTP", "config", "final", "the endpoint is open, and an authorization wall is expected", "The authorization middleware is not mounted on this path, or a setting turned it off.", "Turn authorization on in the server or in front of it (requireBearerAuth of the MCP SDK, an OIDC rule of the gateway), or set mcp-expect: open when everybody may call it."),
	AUTH_METADATA_MISSING: row("HTTP", "config", "final", "the protected-resource metadata cannot be fetched", "The well-known path is not served, stands behind the wall itself, or is not forwarded by the load balancer.", "Serve /.well-known/oauth-protected-resource/<path of the endpoint> (RFC 9728) without authorization, let the load balancer forward /.well-known/*, and name its https URL as resource_metadata in WWW-Authenticate."),
	AUTH_METADATA_INVALID: row("HTTP", "config", "final", "the protected-resource metadata is not valid", "The document was written by hand, or it is of another kind.", "Serve a JSON object with resource (the URL of the endpoint) and authorization_servers (at least one https URL), RFC 9728 §2."),
	AUTH_RESOURCE_MISMATCH: row("HTTP", "config", "final", "the protected-resource metadata is for another URL", "The server knows itself by its internal address, or was moved.", "Set the resource of the metadata to the public URL of the endpoint: clients refuse tokens for another one. Behind a load balancer the server often takes its own address for it."),
	AUTH_ISSUER_UNPINNED: row("HTTP", "config", "final", "the endpoint names an authorization server that nobody has vouched for", "The authorization server is on another host than the endpoint, or there are several, and mcp-oauth-issuer is not set.", "Set mcp-oauth-issuer to the authorization server at which the client of mcp-oauth-client-id is registered. If the server that is named here is not yours, the endpoint may be compromised: do not pin it."),
	AUTH_ISSUER_MISMATCH: row("HTTP", "config", "final", "the endpoint does not name the authorization server of mcp-oauth-issuer", "The server was moved to another authorization server, the issuer is spelt otherwise, or somebody wants the secret.", "Compare authorization_servers of the protected-resource metadata with mcp-oauth-issuer: correct the one that is wrong. If the server that is named here is not yours, the endpoint may be compromised."),
	AUTH_SERVER_METADATA: row("HTTP", "config", "final", "the authorization server does not say where its token endpoint is", "The issuer has another spelling than the metadata, or the address is not that of the issuer.", "Check authorization_servers in the protected-resource metadata: it must be the issuer exactly, and serve /.well-known/oauth-authorization-server (RFC 8414) or openid-configuration with issuer and an https token_endpoint."),
	AUTH_SERVER_UNREACHABLE: row("HTTP", "config", "retry", "the authorization server cannot be reached", "An outage, or a network in which the runner is not.", "Check that the authorization server is up and that the runner may reach it."),
	AUTH_TOKEN_REFUSED: row("HTTP", "config", "final", "the authorization server gave no token for the client credentials", "A wrong secret, a client without this grant, or a scope it may not have.", "Check mcp-oauth-client-id and mcp-oauth-client-secret, and that this client may use the client_credentials grant with the scope of the endpoint."),
	WAF_403: row("HTTP", "config", "final", "something in front of the server blocked the request", "AWS WAF, CloudFront or another filter took the POST for an attack.", "Allow JSON POSTs to this path in the AWS WAF web ACL (or the CDN rules) in front of the load balancer."),
	HOST_REJECTED: row("HTTP", "config", "final", "the server refuses this host name", "The guard against DNS rebinding of the SDK knows only localhost; it also refuses health checks of the load balancer.", "Add the public host name to the allowed hosts of the server (allowedHosts of createMcpExpressApp, TransportSecuritySettings in Python)."),
	HTML_PAGE: row("HTTP", "config", "final", "a web page answered", "A web site or a single-page application answers every path.", "The URL reaches a web site, not the MCP server: correct host and path, or the catch-all route that answers first."),
	CONTENT_TYPE: row("HTTP", "replace", "final", "the reply has a content type that MCP clients refuse", "The handler sets no Content-Type, or a proxy replaces it.", "Answer with Content-Type application/json or text/event-stream."),
	EMPTY_200: row("HTTP", "replace", "retry", "success without a body", "A handler that ends without writing, or a proxy that answers by itself.", "The handler ended the response without an answer: read the log of the server."),
	BODY_TRUNCATED: row("HTTP", "replace", "retry", "the body ended before its announced length", "A crash in the middle of the answer, an idle timeout, or a wrong Content-Length.", "The server or a proxy cut the reply: compare Content-Length with the body, and check for crashes and idle timeouts."),
	BODY_SLOW: row("HTTP", "replace", "retry", "the body did not end in time", "The server computes while it answers, or a proxy buffers.", "Find out why the server sends its answer so slowly; a proxy that buffers may hold it back."),
	BODY_TOO_BIG: row("HTTP", "replace", "final", "the body is larger than 4 MiB after decompression, or far too intricate", "Another kind of resource is behind the URL, or the tool list is far too large for any client.", "Page the tool list (nextCursor) or shorten descriptions and schemas; check that the URL is an MCP endpoint."),
	BODY_ENCODING: row("HTTP", "replace", "final", "the body is not what Content-Encoding says", "A body that is compressed twice or not at all, by a proxy that says otherwise.", "Correct the compression of the server or the proxy (gzip, deflate and br are accepted)."),
	NOT_JSON: row("MCP", "replace", "final", "the body says it is JSON and is not", "A warning or a stack trace is written into the response.", "Read the log of the server: something other than the MCP handler writes to this response."),
	NOT_JSONRPC: row("MCP", "config", "final", "JSON, but no JSON-RPC 2.0 response", "A health check, a REST API or a static file is behind the URL.", "The URL reaches another handler (a health endpoint?): correct the path, or wrap the answer in a JSON-RPC 2.0 response."),
	WRONG_ID: row("MCP", "replace", "final", "the answer carries the id of another request", "A cache answers, or answers of several requests are mixed up.", "Answer with the id of the request; a response must not be cached or shared between requests."),
	RPC_ERROR: row("MCP", "replace", "retry", "the server answered with a JSON-RPC error", "Something the server needs is missing: a database, a secret, another API.", "Read the log of the server for this message: a dependency (database, secret, API) may be missing."),
	RPC_REFUSED: row("MCP", "replace", "final", "the server does not accept a correct MCP request", "The method is not registered, or the SDK is too old or in another state.", "Register a handler for this method and update the MCP SDK of the server."),
	BAD_INIT_RESULT: row("MCP", "replace", "final", "the initialize result lacks a required field", "A server written without an SDK.", "Return protocolVersion, capabilities and serverInfo {name, version} from initialize."),
	BAD_DISCOVER_RESULT: row("MCP", "replace", "final", "the server/discover result is not valid", "A server of a draft of the revision, or one written without an SDK.", "Return resultType \"complete\", supportedVersions, capabilities, ttlMs and cacheScope from server/discover."),
	NO_COMMON_VERSION: row("MCP", "replace", "final", "no protocol version in common", "The server is older than 2024-11-05, or of a draft.", "Update the MCP SDK of the server: it must speak one of 2026-07-28, 2025-11-25, 2025-06-18, 2025-03-26, 2024-11-05."),
	LEGACY_CLIENTS_LOCKED_OUT: row("MCP", "config", "final", "only 2026-07-28 is served; clients that send initialize are refused", "The server was built to refuse the older revisions.", "Serve both eras (legacy: 'stateless' of createMcpHandler, its default), or set mcp-require: modern when no such client matters."),
	MODERN_ABSENT: row("MCP", "config", "final", "server/discover is not served: the server does not speak 2026-07-28", "The server uses an SDK 1.x, or an SDK 2 transport with sessions.", "Serve 2026-07-28 (MCP SDK 2.x), or set mcp-require: legacy or any."),
	MODERN_OK_LEGACY_BROKEN: row("MCP", "config", "final", "2026-07-28 works, and clients that send initialize do not get through", "Most often several tasks that serve 2026-07-28 without a state and older clients with sessions that only one task knows.", "Mend what the code in the sentence names (its row says how, whether waiting or replacing helps), or set mcp-require: modern when no older client matters. Most clients in use still send initialize."),
	LEGACY_OK_MODERN_BROKEN: row("MCP", "config", "final", "initialize works, and clients of 2026-07-28 do not get through", "A proxy or a rule that knows only the older requests, or a server that does not answer methods it does not know.", "Mend what the code in the sentence names (its row says how, whether waiting or replacing helps), or set mcp-require: legacy when no client of 2026-07-28 matters."),
	OLD_TRANSPORT: row("MCP", "config", "final", "only the deprecated HTTP+SSE transport is served", "The server was built for the transport of 2024-11-05.", "Serve Streamable HTTP, or accept HTTP+SSE with mcp-require: any or mcp-transport: sse."),
	ACCEPTED_NO_REPLY: row("MCP", "replace", "retry", "a request was accepted like a notification, without an answer", "The handler takes every message for a notification.", "Answer the POST itself: 202 is only for notifications and responses."),
	SSE_SILENT: row("MCP", "replace", "retry", "the event stream stayed open without the answer", "A proxy buffers the stream, or the handler hangs.", "Turn response buffering off in every proxy (X-Accel-Buffering: no), and check that the handler does not hang."),
	SSE_EMPTY: row("MCP", "replace", "retry", "the event stream ended without the answer", "The handler failed after it had opened the stream.", "The handler closed the stream before it answered: read the log of the server."),
	SSE_TRUNCATED: row("MCP", "replace", "retry", "the event stream ended in the middle of an event", "A crash, an idle timeout, or a final blank line that is missing.", "End each event with a blank line and do not close the stream before; check for crashes and idle timeouts."),
	SSE_BAD_JSON: row("MCP", "replace", "retry", "an event does not carry JSON", "A message with line breaks is sent as one data line and bare lines.", "Send one JSON-RPC message per event; each line of it needs its own data: prefix."),
	SSE_EVENT_NAME: row("MCP", "replace", "retry", "the answer came under an event name that clients ignore", "The server names its events as it likes.", "Send answers as event: message, or without an event field."),
	SSE_NO_ENDPOINT: row("MCP", "replace", "retry", "the HTTP+SSE stream did not name its endpoint", "Another kind of stream is behind the URL, or a proxy buffers the first event.", "Send event: endpoint with the POST address as the first event of the stream."),
	SSE_FOREIGN_ENDPOINT: row("MCP", "config", "final", "the HTTP+SSE stream names an endpoint on another origin", "The server knows itself by its internal address.", "Send a relative endpoint, or configure the public base URL of the server: clients refuse another origin."),
	NO_TOOLS_CAPABILITY: row("MCP", "replace", "final", "the server declares no tools", "Tools are registered after the server has connected, or not at all.", "Register the tools before the server connects; SDK 2 clients do not even ask a server without the tools capability."),
	TOOL_MISSING: row("MCP", "replace", "final", "an expected tool is not listed", "The tool was renamed, is behind a setting, or an older revision answers.", "Deploy the revision that has the tool, or correct mcp-tools."),
	CONTRACT_BROKEN: row("MCP", "replace", "final", "the tools are not compatible with the committed contract", "A tool or argument was removed or renamed, or an argument became required or narrower.", "Deploy a revision that keeps the contract, or, when the change is meant, commit the ready file of this run (output mcp-contract-file) in place of the one that mcp-contract names."),
	CONTRACT_MISSING: row("MCP", "config", "final", "the file that mcp-contract names is not in the repository", "The first run with mcp-contract, or a misspelt path.", "Commit the ready file of this run (output mcp-contract-file, also in the job summary) under the name that mcp-contract gives, or correct the name."),
	BAD_TOOLS: row("MCP", "replace", "final", "the tool list is not valid", "A schema that was written by hand or that a library turned into something else.", "Give each tool a name and an inputSchema with type \"object\", and leave nextCursor out on the last page: clients refuse the whole list otherwise."),
	PAGINATION_LOOP: row("MCP", "replace", "final", "the tool list never ends", "The cursor is ignored by the handler.", "Return a new nextCursor for each page and none on the last."),
	SESSION_LOST: row("MCP", "config", "final", "the session is unknown right after it was opened", "Several tasks, each of which knows only its own sessions.", "More than one task shares the endpoint and the session lives in one of them: make the server stateless, or run one task, or share the session store. Cookie stickiness (lb_cookie) does not help: the official clients keep no cookies."),
	SESSION_NEEDS_COOKIES: row("MCP", "config", "final", "sessions work only for clients that keep cookies", "Several tasks behind target group stickiness (lb_cookie).", "The official MCP clients keep no cookies, so target group stickiness does not reach them: make the server stateless, or run one task, or share the session store."),
	OLD_REVISION: row("MCP", "wait", "retry", "the server that answers is not of the expected version", "An old task still serves, the new image has the old version, or serverInfo was not raised.", "An old revision still serves, or the new image was not deployed: check the image tag and the rollout of the ECS service; and that serverInfo.version of the server is what mcp-expect-version says."),
	FLAPPING: row("MCP", "wait", "retry", "good and bad rounds alternate", "One of several tasks is bad, or tasks of two revisions serve at the same time.", "One of several targets is bad, or an old revision still serves: compare the tasks of the service (DescribeTargetHealth, ListTasks)."),
	DEADLINE: row("MCP", "wait", "retry", "the time was up before enough green rounds", "The endpoint became healthy late, or answers slowly.", "Raise mcp-timeout or lower mcp-rounds.")
};
function failure(code, step, sentence, era) {
	const { fix, remedy } = codes[code];
	return {
		code,
		sentence,
		fix,
		remedy,
		step,
		...era && { era }
	};
}
// node_modules/eventsource-parser/dist/errors.js
var ParseError = class extends Error {
	constructor(message, options) {
		super(message);
		this.name = "ParseError";
		this.type = options.type;
		this.field = options.field;
		this.value = options.value;
		this.line = options.line;
	}
};
// node_modules/eventsource-parser/dist/parse.js
const LF = 10;
const CR = 13;
const SPACE = 32;
const MAX_FIELD_PREFIX_LENGTH = 6;
function createParser(config) {
	if (typeof config === "function") throw new TypeError("`config` must be an object, got a function instead. Did you mean `createParser({onEvent: fn})`?");
	const { maxBufferSize, onComment, onError, onEvent, onId, onRetry } = config;
	const pendingFragments = [];
	let pendingFragmentsLength = 0;
	let bomPrefix = "";
	let id;
	let data = "";
	let dataLines = 0;
	let eventType;
	let terminated = false;
	let skippingLine = false;
	let skipNextLineFeed = false;
	function feed(chunk) {
		if (terminated) throw new Error("Cannot feed parser: it was terminated after exceeding the configured max buffer size. Call `reset()` to resume parsing.");
		if (bomPrefix !== void 0) {
			chunk = bomPrefix + chunk;
			if (chunk === "" || chunk === "ï" || chunk === "ï»") {
				bomPrefix = chunk;
				return;
			}
			bomPrefix = void 0;
			chunk = chunk.replace(/^(?:\uFEFF|\xEF\xBB\xBF)/, "");
		}
		if (skippingLine || skipNextLineFeed) {
			chunk = resumeAfterSkip(chunk);
			if (!chunk) return;
		}
		if (!pendingFragments.length) {
			const trailing = processLines(chunk);
			if (trailing !== "") storeTrailing(trailing);
			checkForBufferOverflow();
			return;
		}
		if (chunk.indexOf("\n") === -1 && chunk.indexOf("\r") === -1) {
			if (pendingFragmentsLength < MAX_FIELD_PREFIX_LENGTH) {
				if (!shouldBufferTrailing(pendingFragments.join("") + chunk.slice(0, MAX_FIELD_PREFIX_LENGTH - pendingFragmentsLength))) {
					pendingFragments.length = 0;
					pendingFragmentsLength = 0;
					skippingLine = true;
					return;
				}
			}
			pendingFragments.push(chunk);
			pendingFragmentsLength += chunk.length;
			checkForBufferOverflow();
			return;
		}
		pendingFragments.push(chunk);
		const input = pendingFragments.join("");
		pendingFragments.length = 0;
		pendingFragmentsLength = 0;
		storeTrailing(processLines(input));
		checkForBufferOverflow();
	}
	function resumeAfterSkip(chunk) {
		if (chunk.length === 0) return chunk;
		if (skipNextLineFeed) {
			skipNextLineFeed = false;
			return chunk.charCodeAt(0) === LF ? chunk.slice(1) : chunk;
		}
		const crIndex = chunk.indexOf("\r");
		const lfIndex = chunk.indexOf("\n");
		const lineEnd = crIndex === -1 ? lfIndex : lfIndex === -1 ? crIndex : crIndex < lfIndex ? crIndex : lfIndex;
		if (lineEnd === -1) return "";
		if (lineEnd === chunk.length - 1 && chunk.charCodeAt(lineEnd) === CR) {
			skippingLine = false;
			skipNextLineFeed = true;
			return "";
		}
		skippingLine = false;
		return chunk.slice(lineEnd + (chunk.charCodeAt(lineEnd) === CR && chunk.charCodeAt(lineEnd + 1) === LF ? 2 : 1));
	}
	function storeTrailing(trailing) {
		if (!trailing) return;
		if (trailing.charCodeAt(trailing.length - 1) === CR) {
			parseLine(trailing, 0, trailing.length - 1);
			if (checkForBufferOverflow()) return;
			skipNextLineFeed = true;
			return;
		}
		if (shouldBufferTrailing(trailing)) {
			pendingFragments.push(trailing);
			pendingFragmentsLength = trailing.length;
			return;
		}
		skippingLine = true;
	}
	function shouldBufferTrailing(trailing) {
		const firstCharCode = trailing.charCodeAt(0);
		return firstCharCode === 58 && !!onComment || firstCharCode === 100 && isPotentialField(trailing, "data") || firstCharCode === 101 && isPotentialField(trailing, "event") || firstCharCode === 105 && isPotentialField(trailing, "id") || firstCharCode === 114 && isPotentialField(trailing, "retry");
	}
	function checkForBufferOverflow() {
		if (terminated) return true;
		if (maxBufferSize === void 0) return false;
		if (pendingFragmentsLength + data.length <= maxBufferSize) return false;
		terminated = true;
		pendingFragments.length = 0;
		pendingFragmentsLength = 0;
		id = void 0;
		data = "";
		dataLines = 0;
		eventType = void 0;
		skippingLine = false;
		skipNextLineFeed = false;
		onError === null || onError === void 0 || onError(new ParseError(`Buffered data exceeded max buffer size of ${maxBufferSize} characters`, { type: "max-buffer-size-exceeded" }));
		return true;
	}
	function processLines(chunk) {
		let searchIndex = 0;
		if (chunk.indexOf("\r") === -1) {
			let lfIndex = chunk.indexOf("\n", searchIndex);
			while (lfIndex !== -1) {
				if (searchIndex === lfIndex) {
					if (id !== void 0) onId === null || onId === void 0 || onId(id);
					if (dataLines > 0) onEvent === null || onEvent === void 0 || onEvent({
						id,
						event: eventType,
						data
					});
					id = void 0;
					data = "";
					dataLines = 0;
					eventType = void 0;
					searchIndex = lfIndex + 1;
					lfIndex = chunk.indexOf("\n", searchIndex);
					continue;
				}
				const firstCharCode = chunk.charCodeAt(searchIndex);
				if (isDataPrefix(chunk, searchIndex, firstCharCode)) {
					const valueStart = chunk.charCodeAt(searchIndex + 5) === SPACE ? searchIndex + 6 : searchIndex + 5;
					const value = chunk.slice(valueStart, lfIndex);
					if (dataLines === 0 && chunk.charCodeAt(lfIndex + 1) === LF) {
						if (id !== void 0) onId === null || onId === void 0 || onId(id);
						onEvent === null || onEvent === void 0 || onEvent({
							id,
							event: eventType,
							data: value
						});
						id = void 0;
						data = "";
						eventType = void 0;
						searchIndex = lfIndex + 2;
						lfIndex = chunk.indexOf("\n", searchIndex);
						continue;
					}
					data = dataLines === 0 ? value : `${data}\n${value}`;
					dataLines++;
				} else if (isEventPrefix(chunk, searchIndex, firstCharCode)) eventType = chunk.slice(chunk.charCodeAt(searchIndex + 6) === SPACE ? searchIndex + 7 : searchIndex + 6, lfIndex) || void 0;
				else parseLine(chunk, searchIndex, lfIndex);
				if (checkForBufferOverflow()) return "";
				searchIndex = lfIndex + 1;
				lfIndex = chunk.indexOf("\n", searchIndex);
			}
			return chunk.slice(searchIndex);
		}
		let crIndex = chunk.indexOf("\r", searchIndex);
		let lfIndex = chunk.indexOf("\n", searchIndex);
		while (searchIndex < chunk.length) {
			let lineEnd = -1;
			if (crIndex !== -1 && lfIndex !== -1) lineEnd = crIndex < lfIndex ? crIndex : lfIndex;
			else if (crIndex !== -1) {
				if (crIndex === chunk.length - 1) lineEnd = -1;
				else lineEnd = crIndex;
			} else if (lfIndex !== -1) lineEnd = lfIndex;
			if (lineEnd === -1) break;
			parseLine(chunk, searchIndex, lineEnd);
			if (checkForBufferOverflow()) return "";
			searchIndex = lineEnd + 1;
			if (chunk.charCodeAt(searchIndex - 1) === CR && chunk.charCodeAt(searchIndex) === LF) searchIndex++;
			if (crIndex !== -1 && crIndex < searchIndex) crIndex = chunk.indexOf("\r", searchIndex);
			if (lfIndex !== -1 && lfIndex < searchIndex) lfIndex = chunk.indexOf("\n", searchIndex);
		}
		return chunk.slice(searchIndex);
	}
	function parseLine(chunk, start, end) {
		if (start === end) {
			dispatchEvent();
			return;
		}
		const firstCharCode = chunk.charCodeAt(start);
		if (isDataPrefix(chunk, start, firstCharCode)) {
			const valueStart = chunk.charCodeAt(start + 5) === SPACE ? start + 6 : start + 5;
			const value = chunk.slice(valueStart, end);
			data = dataLines === 0 ? value : `${data}\n${value}`;
			dataLines++;
			return;
		}
		if (isEventPrefix(chunk, start, firstCharCode)) {
			eventType = chunk.slice(chunk.charCodeAt(start + 6) === SPACE ? start + 7 : start + 6, end) || void 0;
			return;
		}
		if (firstCharCode === 105 && chunk.charCodeAt(start + 1) === 100 && chunk.charCodeAt(start + 2) === 58) {
			const value = chunk.slice(chunk.charCodeAt(start + 3) === SPACE ? start + 4 : start + 3, end);
			if (!value.includes("\0")) id = value;
			return;
		}
		if (firstCharCode === 58) {
			if (onComment) {
				const line = chunk.slice(start, end);
				onComment(line.slice(chunk.charCodeAt(start + 1) === SPACE ? 2 : 1));
			}
			return;
		}
		const line = chunk.slice(start, end);
		const fieldSeparatorIndex = line.indexOf(":");
		if (fieldSeparatorIndex === -1) {
			processField(line, "", line);
			return;
		}
		const field = line.slice(0, fieldSeparatorIndex);
		const offset = line.charCodeAt(fieldSeparatorIndex + 1) === SPACE ? 2 : 1;
		processField(field, line.slice(fieldSeparatorIndex + offset), line);
	}
	function processField(field, value, line) {
		switch (field) {
			case "event":
				eventType = value || void 0;
				break;
			case "data":
				data = dataLines === 0 ? value : `${data}\n${value}`;
				dataLines++;
				break;
			case "id":
				if (!value.includes("\0")) id = value;
				break;
			case "retry":
				if (/^\d+$/.test(value)) onRetry === null || onRetry === void 0 || onRetry(parseInt(value, 10));
				else onError === null || onError === void 0 || onError(new ParseError(`Invalid \`retry\` value: "${value}"`, {
					type: "invalid-retry",
					value,
					line
				}));
				break;
			default: onError === null || onError === void 0 || onError(new ParseError(`Unknown field "${field.length > 20 ? `${field.slice(0, 20)}…` : field}"`, {
				type: "unknown-field",
				field,
				value,
				line
			}));
		}
	}
	function dispatchEvent() {
		if (id !== void 0) onId === null || onId === void 0 || onId(id);
		if (dataLines > 0) onEvent === null || onEvent === void 0 || onEvent({
			id,
			event: eventType,
			data
		});
		id = void 0;
		data = "";
		dataLines = 0;
		eventType = void 0;
	}
	function reset(options = {}) {
		if (options.consume && pendingFragments.length > 0) {
			const incompleteLine = pendingFragments.join("");
			parseLine(incompleteLine, 0, incompleteLine.length);
		}
		bomPrefix = "";
		id = void 0;
		data = "";
		dataLines = 0;
		eventType = void 0;
		pendingFragments.length = 0;
		pendingFragmentsLength = 0;
		terminated = false;
		skippingLine = false;
		skipNextLineFeed = false;
	}
	return {
		feed,
		reset
	};
}
function isDataPrefix(chunk, i, firstCharCode) {
	return firstCharCode === 100 && chunk.charCodeAt(i + 1) === 97 && chunk.charCodeAt(i + 2) === 116 && chunk.charCodeAt(i + 3) === 97 && chunk.charCodeAt(i + 4) === 58;
}
function isEventPrefix(chunk, i, firstCharCode) {
	return firstCharCode === 101 && chunk.charCodeAt(i + 1) === 118 && chunk.charCodeAt(i + 2) === 101 && chunk.charCodeAt(i + 3) === 110 && chunk.charCodeAt(i + 4) === 116 && chunk.charCodeAt(i + 5) === 58;
}
function isPotentialField(line, field) {
	let i = 1;
	while (i < line.length && i < field.length) {
		if (line.charCodeAt(i) !== field.charCodeAt(i)) return false;
		i++;
	}
	return line.length <= field.length || line.charCodeAt(field.length) === 58;
}
// src/gate/events.ts
function readEvents(body) {
	const events = [];
	let comments = 0;
	let lastEventId;
	let retryMs;
	createParser({
		onEvent: (event) => events.push(event),
		onComment: () => comments++,
		onId: (id) => {
			lastEventId = id;
		},
		onRetry: (ms) => {
			retryMs = ms;
		}
	}).feed(body.replace(/\r$/, ""));
	return {
		events,
		comments,
		unfinished: isUnfinished(body) || body.endsWith("\r"),
		...lastEventId && { lastEventId },
		...retryMs !== void 0 && { retryMs }
	};
}
function isUnfinished(body) {
	return (body.slice(-65536).split(/\r\n\r\n|\n\n|\r\r/).at(-1) ?? "").split(/\r\n|\n|\r/).some((line) => line !== "" && !line.startsWith(":"));
}
function isMessage(event) {
	return (event.event ?? "message") === "message";
}
// src/gate/certificate.ts
async function certificateOf(agent, url, timeoutMs) {
	const host = url.hostname.replace(/^\[|\]$/g, "");
	const options = {
		host,
		port: Number(url.port || (url.protocol === "https:" ? 443 : 80)),
		servername: isIP(host) === 0 ? host : "",
		rejectUnauthorized: false,
		session: void 0
	};
	const found = Promise.withResolvers();
	const late = setTimeout(() => found.resolve(void 0), timeoutMs);
	let connection;
	let isOver = false;
	const watch = (socket) => {
		connection = socket;
		if (isOver) socket.destroy();
		socket.once("error", () => found.resolve(void 0));
		socket.once("close", () => found.resolve(void 0));
		const read = () => found.resolve(describe$1(socket.getPeerCertificate(true)));
		if (socket.getProtocol() && !socket.connecting) read();
		else socket.once("secureConnect", read);
	};
	try {
		const made = agent.createConnection(options, (error, socket) => {
			if (error) found.resolve(void 0);
			else if (socket instanceof TLSSocket && connection === void 0) watch(socket);
		});
		if (made instanceof TLSSocket) watch(made);
		return await found.promise;
	} catch {
		return;
	} finally {
		clearTimeout(late);
		isOver = true;
		connection?.destroy();
	}
}
function describe$1(certificate) {
	if (certificate?.raw === void 0) return void 0;
	const { subject, issuer, subjectaltname = "", valid_from: from, valid_to: to, issuerCertificate } = certificate;
	const named = [...subjectaltname.matchAll(/(?:DNS|IP Address):([^,]+)/g)].map(([, name = ""]) => name.trim());
	const common = [subject?.CN ?? []].flat();
	const isSelfSigned = issuerCertificate?.fingerprint256 === certificate.fingerprint256;
	return {
		names: named.length > 0 ? named : common,
		issuer: [issuer?.CN ?? issuer?.O ?? []].flat().join(", "),
		isSelfSigned,
		validFrom: new Date(from),
		validTo: new Date(to),
		hasIssuer: issuerCertificate !== void 0 && !isSelfSigned
	};
}
// src/gate/times.ts
const defaultGateTimes = {
	firstRetryDelaysMs: [
		150,
		300,
		500
	],
	retryDelayMs: 800,
	greenDelayMs: 200,
	maxRetryAfterMs: 6e4,
	samplingTimeoutMs: 2e4,
	confirmationTimeoutMs: 1e3,
	phaseTimeoutsMs: {
		dns: 2500,
		tcp: 2500,
		tls: 2500,
		headers: 1e4,
		body: 1e4
	},
	minPhaseTimeoutMs: 1e3,
	doubtfulStreamTimeoutMs: 1e3,
	resumeDelayMs: 1e3,
	maxResumeDelayMs: 3e3,
	minDiscoverTimeoutMs: 2500,
	minSilentDiscoverTimeoutMs: 500,
	endpointEventTimeoutMs: 2500,
	certificateTimeoutMs: 1500,
	otherPathsTimeoutMs: 1e3
};
// src/gate/http-exchange.ts
const BODY_CAP_BYTES = 4194304;
const LINES_CAP = 2e5;
function openTarget(endpoint, headers, timeoutMs, environment, times = defaultGateTimes) {
	const options = {
		keepAlive: false,
		proxyEnv: environment,
		autoSelectFamilyAttemptTimeout: 1e3
	};
	return {
		endpoint,
		headers,
		agents: {
			"http:": new http.Agent(options),
			"https:": new https.Agent(options)
		},
		giveUpAt: performance.now() + timeoutMs,
		times
	};
}
const MAX_REDIRECTS = 5;
async function exchange(line, request) {
	let url = request.url;
	let seen = await once(line, request);
	for (let followed = 0; followed < MAX_REDIRECTS && request.followsRedirect !== false; followed++) {
		const target = seen.kind === "reply" ? redirectTarget(seen, request.method, url) : void 0;
		if (target === void 0) break;
		url = target;
		seen = await once(line, {
			...request,
			url
		});
	}
	if (seen.kind === "reply" || !isAboutCertificate(seen, url)) return seen;
	const certificate = await certificateOf(line.agents["https:"], url, line.times.certificateTimeoutMs);
	return certificate ? {
		...seen,
		certificate
	} : seen;
}
function redirectTarget({ status, headers }, method, from) {
	if (!(status === 307 || status === 308 || method === "GET" && [
		301,
		302,
		303
	].includes(status)) || headers.location === void 0) return void 0;
	const target = URL.parse(headers.location, from.href);
	return target?.origin === from.origin && target.username === "" && target.password === "" ? target : void 0;
}
function isAboutCertificate({ phase, code }, url) {
	if (url.protocol === "http:") return /^(?:ECONNRESET|EPIPE|HPE_)/.test(code) && phase === "headers";
	return /CERT|SIGNATURE|INVALID_CA|HOSTNAME_MISMATCH/.test(code);
}
function once(line, request) {
	const { url, signal } = request;
	const { phaseTimeoutsMs, minPhaseTimeoutMs, doubtfulStreamTimeoutMs } = line.times;
	const started = performance.now();
	const phases = {
		dns: null,
		tcp: null,
		tls: null,
		headers: null,
		body: null
	};
	const host = url.hostname.replace(/^\[|\]$/g, "");
	let phase = "proxy";
	let entered = started;
	let timer;
	let onDeadline = () => {};
	let responded = false;
	let settled = false;
	const arm = (ms) => {
		clearTimeout(timer);
		const armed = setTimeout(() => setImmediate(() => timer === armed && !settled && onDeadline()), Math.min(ms, Math.max(line.giveUpAt - performance.now(), minPhaseTimeoutMs)));
		timer = armed;
	};
	const leave = () => {
		if (phase !== "proxy") phases[phase] = performance.now() - entered;
		entered = performance.now();
	};
	const enter = (next) => {
		leave();
		phase = next;
		const own = {
			headers: request.headersDeadlineMs,
			body: request.bodyDeadlineMs
		}[next];
		arm(own ?? phaseTimeoutsMs[next]);
	};
	return new Promise((resolve) => {
		const settle = (seen) => {
			if (settled) return;
			settled = true;
			clearTimeout(timer);
			signal?.removeEventListener("abort", abandon);
			leave();
			resolve({
				...seen,
				phases,
				elapsedMs: performance.now() - started
			});
			req.destroy();
		};
		const fail = (code, message) => settle({
			kind: "fault",
			phase,
			code,
			message
		});
		const abandon = () => fail("ABANDONED", "the exchange was closed before a response");
		onDeadline = () => fail("DEADLINE", `no progress in the ${phase} phase`);
		const req = (url.protocol === "https:" ? https : http).request(url, {
			method: request.method,
			agent: line.agents[url.protocol === "https:" ? "https:" : "http:"],
			headers: {
				...lowerCased(line.headers),
				"user-agent": "terraform-mcp-deploy",
				"accept-encoding": "gzip, deflate, br",
				...request.headers,
				...request.body !== void 0 && { "content-length": String(Buffer.byteLength(request.body)) }
			}
		});
		signal?.addEventListener("abort", abandon);
		if (signal?.aborted) return abandon();
		arm(phaseTimeoutsMs.dns + phaseTimeoutsMs.tcp);
		req.on("socket", (socket) => {
			if (!socket.connecting) return enter("headers");
			enter(isIP(host) ? "tcp" : "dns");
			socket.once("lookup", (error) => error ?? (phase === "dns" && enter("tcp")));
			socket.once("connect", () => enter(url.protocol === "https:" ? "tls" : "headers"));
			socket.once("secureConnect", () => enter("headers"));
		});
		req.on("error", (error) => {
			if (responded) return;
			const cause = rootOf(error);
			fail(cause.code ?? cause.name, cause.message);
		});
		req.on("continue", () => fail("UNASKED_CONTINUE", "HTTP 100 Continue, although no Expect was sent"));
		req.on("upgrade", (_res, socket) => {
			socket.destroy();
			fail("UNASKED_UPGRADE", "HTTP 101 Switching Protocols, although no Upgrade was sent");
		});
		req.on("response", (res) => {
			responded = true;
			const headers = headersOf(res);
			enter("body");
			request.onHeaders?.(res.statusCode ?? 0, headers);
			const reading = readBody(res, headers, request, () => arm(doubtfulStreamTimeoutMs));
			signal?.removeEventListener("abort", abandon);
			signal?.addEventListener("abort", reading.close);
			onDeadline = reading.expire;
			reading.body.then(({ text, bytes, ending }) => {
				signal?.removeEventListener("abort", reading.close);
				settle({
					kind: "reply",
					status: res.statusCode ?? 0,
					headers,
					body: text,
					bytes,
					ending
				});
			});
		});
		req.end(request.body === void 0 ? void 0 : Buffer.from(request.body));
	});
}
function lowerCased(headers) {
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
function headersOf({ headers, headersDistinct }) {
	const types = headersDistinct["content-type"];
	return types && types.length > 1 ? {
		...headers,
		"content-type": types.join(", ")
	} : headers;
}
function rootOf(error) {
	if (!(error instanceof AggregateError)) return error;
	const each = error.errors;
	return ["ECONNREFUSED", "ETIMEDOUT"].map((code) => each.find((one) => one.code === code)).find(Boolean) ?? each[0] ?? error;
}
function readBody(res, headers, request, onDoubt) {
	const isEvents = isEventStream(headers);
	let stoppedAs;
	const stop = (ending) => {
		stoppedAs ??= ending;
		res.destroy();
	};
	const read = async () => {
		let buffer = Buffer.allocUnsafe(16384);
		let bytes = 0;
		let lines = 0;
		let shown = 0;
		let ending = "end";
		try {
			for await (const chunk of await inflated(res)) {
				if (isEvents) {
					for (const byte of chunk) if (byte === 10 || byte === 13) lines++;
				}
				if (bytes + chunk.length > 4194304 || lines > 2e5) {
					ending = "too-big";
					break;
				}
				if (bytes + chunk.length > buffer.length) {
					const larger = Buffer.allocUnsafe(Math.min(BODY_CAP_BYTES, Math.max(buffer.length * 2, bytes + chunk.length)));
					buffer.copy(larger, 0, 0, bytes);
					buffer = larger;
				}
				chunk.copy(buffer, bytes);
				const lineEnd = Math.max(chunk.lastIndexOf(10), chunk.lastIndexOf(13, -2));
				const heldBack = bytes > shown && buffer[bytes - 1] === 13;
				if (isEvents && request.onLines && (lineEnd >= 0 || heldBack)) {
					const wanted = request.onLines(buffer.toString("utf8", shown, bytes + lineEnd + 1));
					shown = bytes + lineEnd + 1;
					if (wanted === "soon") onDoubt();
					if (wanted === "enough") ending = "enough";
				}
				bytes += chunk.length;
				if (ending === "enough") break;
			}
			ending = stoppedAs ?? ending;
		} catch (error) {
			const code = error.code ?? "";
			ending = stoppedAs ?? (/^(?:Z_|ZSTD_|ERR_?_?BROTLI|ERR__ERROR_FORMAT|BAD_ENCODING)/.test(code) ? "bad-encoding" : "cut");
		}
		return {
			text: buffer.toString("utf8", 0, bytes),
			bytes,
			ending
		};
	};
	return {
		body: read(),
		close: () => stop("enough"),
		expire: () => stop("slow")
	};
}
function mediaType(headers) {
	const stated = headers["content-type"] ?? "";
	return !stated.replace(/"(?:[^"\\]|\\.)*"/g, "").includes(",") ? (stated.split(";", 1)[0] ?? "").trim().toLowerCase() : "";
}
function isEventStream(headers) {
	return mediaType(headers) === "text/event-stream";
}
const MAX_ENCODINGS = 5;
function encodingsOf(headers) {
	return (headers["content-encoding"] ?? "").toLowerCase().split(",").map((name) => name.trim()).filter((name) => name !== "" && name !== "identity");
}
function hasUnknownEncoding(headers) {
	return encodingsOf(headers).some((name) => !(name in decoders));
}
async function inflated(res) {
	const encodings = encodingsOf(res.headers);
	let stream = res;
	if (hasUnknownEncoding(res.headers)) return stream;
	if (encodings.length > MAX_ENCODINGS) throw Object.assign(new Error(`${encodings.length} content encodings`), { code: "BAD_ENCODING" });
	for (const name of encodings.toReversed()) {
		const first = name === "deflate" ? await firstByte(stream) : void 0;
		stream = pipeline(stream, decoders[name](first), () => {});
	}
	return stream;
}
const zlibFlush = {
	flush: zlib.constants.Z_SYNC_FLUSH,
	finishFlush: zlib.constants.Z_SYNC_FLUSH
};
const brotliFlush = {
	flush: zlib.constants.BROTLI_OPERATION_FLUSH,
	finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH
};
const zstdFlush = {
	flush: zlib.constants.ZSTD_e_flush,
	finishFlush: zlib.constants.ZSTD_e_flush
};
const decoders = {
	gzip: () => zlib.createGunzip(zlibFlush),
	"x-gzip": () => zlib.createGunzip(zlibFlush),
	deflate: (first) => first === void 0 || (first & 15) === 8 ? zlib.createInflate(zlibFlush) : zlib.createInflateRaw(zlibFlush),
	br: () => zlib.createBrotliDecompress(brotliFlush),
	zstd: () => zlib.createZstdDecompress(zstdFlush)
};
async function firstByte(stream) {
	for (;;) {
		const chunk = stream.read();
		if (chunk !== null) {
			stream.unshift(chunk);
			return chunk[0];
		}
		if (stream.readableEnded || stream.destroyed) return void 0;
		await new Promise((resolve) => {
			for (const event of [
				"readable",
				"end",
				"close",
				"error"
			]) stream.once(event, () => resolve());
		});
	}
}
// src/gate/sanitize.ts
const MAX_SHOWN_CHARACTERS = 200;
function secretsOf(headers) {
	const spellings = Object.values(headers).map((value) => value.replace(/\s+/g, " ").trim()).flatMap((value) => [value, /^[\w-]+ (.+)$/.exec(value)?.[1] ?? ""]).flatMap((value) => [value, ...value.split(/[^\x20-\x7e]+/).filter((run) => run !== value && run.length >= 6)]).flatMap((value) => [
		value,
		JSON.stringify(value).slice(1, -1),
		encodeURIComponent(value.toWellFormed())
	]);
	return [...new Set(spellings)].filter((secret) => secret !== "").sort((a, b) => b.length - a.length);
}
function clean(text, secrets) {
	let line = text.slice(0, 65536).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ");
	for (const secret of secrets) line = line.replaceAll(secret, "***");
	line = line.trim();
	return line.length > MAX_SHOWN_CHARACTERS ? `${line.slice(0, MAX_SHOWN_CHARACTERS).toWellFormed()}…` : line.toWellFormed();
}
// src/gate/read-reply.ts
function readCertificateFault({ code, message, certificate }, at, { url, secrets }) {
	if (UNTRUSTED_CODES.test(code)) return refusal("TLS_UNTRUSTED", `The certificate of ${at} is not trusted (${code})${whyUntrusted(certificate, secrets)}.`);
	if (code === "ERR_TLS_CERT_ALTNAME_INVALID" || code === "HOSTNAME_MISMATCH") return refusal("TLS_NAME", `The certificate of ${at} is ${certificate ? `${describe(certificate, secrets)}; you asked ${url.hostname}` : `for another name: "${clean(message, secrets)}"`}.`);
	if (code === "CERT_HAS_EXPIRED" || code === "CERT_NOT_YET_VALID") {
		const isPast = code === "CERT_HAS_EXPIRED";
		const when = certificate && date(isPast ? certificate.validTo : certificate.validFrom);
		const state = isPast ? `expired${when ? ` on ${when}` : ""}` : `is not valid ${when ? `before ${when}` : "yet"}`;
		const shown = certificate ? `; it is ${describe(certificate, secrets)}` : "";
		return refusal("TLS_EXPIRED", `The certificate of ${at} ${state} (the clock of the runner says ${date(new Date())})${shown}.`);
	}
}
function describe({ names, issuer, validFrom, validTo }, secrets) {
	const shown = names.slice(0, 5).map((name) => clean(name, secrets));
	const more = names.length > shown.length ? ` and ${names.length - shown.length} more` : "";
	return `${shown.length === 0 ? "for no name" : `for ${shown.join(", ")}${more}`}, issued by "${clean(issuer, secrets)}", valid from ${date(validFrom)} to ${date(validTo)}`;
}
function whyUntrusted(certificate, secrets) {
	if (certificate === void 0) return "";
	return `: ${certificate.isSelfSigned ? "it is self-signed" : certificate.hasIssuer ? "the authority at the end of its chain is not a public one" : "the server sends it alone, without the certificate of its issuer, and the runner does not know that issuer"}; it is ${describe(certificate, secrets)}`;
}
function date(value) {
	return Number.isNaN(value.getTime()) ? "no date" : `${value.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
function seconds(ms) {
	return `${Math.round((ms ?? 0) / 100) / 10} s`;
}
const REFUSING_RPC_CODES = new Set([
	-32700,
	-32600,
	-32601,
	-32602
]);
const MODERN_RPC_CODES = {
	headerMismatch: -32020,
	missingCapability: -32021,
	unsupportedVersion: -32022
};
const UNTRUSTED_CODES = /^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT_UNTRUSTED|CERT_REJECTED|CERT_CHAIN_TOO_LONG|INVALID_CA|CERT_REVOKED|CERT_SIGNATURE_FAILURE)/;
function read(sight, asked) {
	return sight.kind === "fault" ? readFault(sight, asked) : readReply(sight, asked);
}
function refusal(code, sentence, more = {}) {
	return {
		answered: false,
		code,
		sentence,
		...more
	};
}
function readFault(fault, asked) {
	const { phase, code, message, phases, certificate } = fault;
	const { url, secrets } = asked;
	const host = url.hostname;
	const at = `${host}:${url.port || (url.protocol === "https:" ? 443 : 80)}`;
	const said = clean(message, secrets);
	if (code === "DEADLINE") switch (phase) {
		case "dns": return refusal("DNS_TIMEOUT", `The resolver did not answer for ${host}.`);
		case "tls": return refusal("TLS_TIMEOUT", `${at} accepts TCP connections but does not answer the TLS handshake.`);
		case "tcp": return refusal("TCP_TIMEOUT", `${at} does not answer connection attempts at all.`);
		case "proxy": return refusal("PROXY_FAILED", `The proxy of the runner did not open a connection to ${at} in time.`);
		default: return refusal("HEADERS_TIMEOUT", `${at} accepted the request but sent no response headers in ${seconds(phases.headers)}.`);
	}
	const aboutCertificate = readCertificateFault(fault, at, asked);
	if (aboutCertificate) return aboutCertificate;
	if (phase === "proxy" || code.startsWith("ERR_PROXY")) return refusal("PROXY_FAILED", `The proxy of the runner did not open a connection to ${at}: ${code}, "${said}".`);
	if (code === "ENOTFOUND") return refusal("DNS_NXDOMAIN", `The name ${host} does not exist in DNS.`);
	if (phase === "dns" || /^EAI_|^ESERVFAIL$/.test(code)) return refusal("DNS_FAILED", `The name ${host} could not be resolved (${code}).`);
	if (url.protocol === "http:" && certificate) return refusal("PORT_SPEAKS_TLS", `${at} is a TLS port (its certificate is ${describe(certificate, secrets)}), and the URL says http.`);
	if (/wrong version number|packet length too long|http request|unknown protocol|record layer failure/i.test(message)) return refusal("TLS_NOT_TLS", `${at} does not speak TLS: it answered the handshake with something else.`);
	if (phase === "tls") return refusal("TLS_FAILED", `The TLS handshake with ${at} failed: ${code}, "${said}".`);
	if (code === "ECONNREFUSED") return refusal("TCP_REFUSED", `Nothing listens at ${at}: the connection was refused.`);
	if (code === "ETIMEDOUT") return refusal("TCP_TIMEOUT", `${at} does not answer connection attempts at all.`);
	if (/^E(?:HOST|NET)UNREACH$|^EADDRNOTAVAIL$/.test(code)) return refusal("TCP_UNREACHABLE", `There is no route to ${at} (${code}).`);
	if (code === "HPE_HEADER_OVERFLOW") return refusal("HEADERS_TOO_BIG", `${at} sent more than 16 KiB of response headers.`);
	if (code.startsWith("UNASKED_")) return refusal("NOT_HTTP", `${at} answered with ${said}.`);
	if (code.startsWith("HPE_")) return refusal("NOT_HTTP", `${at} answered with something that is not HTTP/1.1 (${code}).`);
	if (code === "ECONNRESET" || code === "EPIPE") return refusal("CONN_RESET", `${at} closed the connection before it answered.`);
	return refusal("CONN_FAILED", `The connection to ${at} failed in the ${phase} phase: ${code}, "${said}".`);
}
function readReply(reply, asked) {
	const { status } = reply;
	if (status < 200 || status >= 300) return {
		...readStatus(reply, asked),
		status
	};
	if (asked.id === void 0) return {
		answered: true,
		result: {}
	};
	const reading = readSuccess(reply, asked, asked.id);
	if (reading.answered) return reading;
	if (hasUnknownEncoding(reply.headers) && reading.code.startsWith("NOT_JSON")) return {
		...notDecoded(reply, asked),
		status
	};
	return {
		...reading,
		status
	};
}
function notDecoded({ headers }, { url, secrets }) {
	const encoding = clean(headers["content-encoding"] ?? "", secrets);
	return refusal("BODY_ENCODING", `${`${url.origin}${url.pathname}`} sent a body that does not decode as Content-Encoding "${encoding}".`);
}
function readStatus(reply, asked) {
	const { status, headers, body } = reply;
	const rpc = rpcErrorIn(body);
	const address = `${asked.url.origin}${asked.url.pathname}`;
	const said = rpc ? `JSON-RPC ${rpc.code} "${clean(rpc.message, asked.secrets)}"` : quoted(body, asked);
	const seen = `${address} answered HTTP ${status}${server(reply, asked)}, ${said}.`;
	const more = rpc ? { rpc } : {};
	const byLoadBalancer = /^awselb\b/i.test(header(reply, "server"));
	const isPage = /^\s*</.test(body) || mediaType(reply.headers) === "text/html";
	if (status >= 300 && status < 400) return refusal("REDIRECT", `${address} answered HTTP ${status} and redirects to ${headers.location === void 0 ? "nowhere" : `"${clean(headers.location, asked.secrets)}"`}.`);
	const speaksOfSession = /session|not initialized/i.test(rpc?.message ?? body.slice(0, 2e3));
	if (asked.inSession && !byLoadBalancer && (status === 404 || status === 400 && speaksOfSession)) return refusal("SESSION_LOST", `The server gave a session and then did not know it: ${seen}`, more);
	switch (status) {
		case 400:
			if (/plain HTTP request was sent to HTTPS port|HTTP request to an HTTPS server/i.test(body)) return refusal("PORT_SPEAKS_TLS", `${address} is a TLS port, and the URL says http.`);
			return rpc ? readRpcError(rpc, seen) : refusal("HTTP_400", seen);
		case 401: return readUnauthorized(reply, asked, address);
		case 403:
			if (/insufficient_scope/i.test(headers["www-authenticate"] ?? "")) return refusal("AUTH_SCOPE", `${seen} WWW-Authenticate: "${clean(headers["www-authenticate"] ?? "", asked.secrets)}"`);
			if (/\bhost\b/i.test(rpc?.message ?? (isPage ? "" : body.slice(0, 2e3)))) return refusal("HOST_REJECTED", `The server refuses the host name ${asked.url.hostname}: ${seen}`, more);
			return byLoadBalancer || isPage ? refusal("WAF_403", seen) : refusal("HTTP_403", seen, more);
		case 404:
			if (byLoadBalancer) return refusal("ALB_404", seen);
			return rpc ? readRpcError(rpc, seen) : refusal("PATH_404", seen);
		case 405: return refusal("HTTP_405", seen, more);
		case 406: return refusal("HTTP_406", seen, more);
		case 413: return refusal("HTTP_413", seen, more);
		case 415: return refusal("HTTP_415", seen, more);
		case 421: return refusal("HOST_REJECTED", `The server refuses the host name ${asked.url.hostname}: ${seen}`, more);
		case 429: {
			const waitMs = retryAfterMs(headers["retry-after"]);
			return refusal("RATE_LIMITED", seen + (waitMs === void 0 ? "" : ` It asks to wait ${Math.ceil(waitMs / 1e3)} s.`), waitMs === void 0 ? {} : { retryAfterMs: waitMs });
		}
		case 502:
		case 503:
		case 504: if (byLoadBalancer) return refusal(`ALB_${status}`, seen);
	}
	if (rpc) return readRpcError(rpc, seen);
	return refusal(status >= 500 ? "SERVER_ERROR" : "HTTP_4XX", seen);
}
function readUnauthorized({ headers }, { authorized, secrets }, address) {
	const challenge = headers["www-authenticate"];
	const refused = authorized ? `${address} does not accept the given credentials (HTTP 401)` : `${address} answered HTTP 401`;
	return challenge === void 0 ? refusal("AUTH_BARE_401", `${refused} without WWW-Authenticate, so clients cannot find where to log in.`) : refusal("AUTH_REQUIRED", `${refused} with WWW-Authenticate: "${clean(challenge, secrets)}".`, { challenge });
}
function readSuccess(reply, asked, id) {
	const { status, body, bytes, ending } = reply;
	const address = `${asked.url.origin}${asked.url.pathname}`;
	const type = mediaType(reply.headers);
	const stated = reply.headers["content-type"] === void 0 ? "no Content-Type" : `Content-Type "${clean(reply.headers["content-type"], asked.secrets)}"`;
	const cap = `${BODY_CAP_BYTES / 1024 / 1024} MiB`;
	if (ending === "too-big") return refusal("BODY_TOO_BIG", `${address} sent more than ${type === "text/event-stream" ? `${cap} or ${LINES_CAP} lines of events` : cap} as one answer.`);
	if (isTooIntricate(body)) return refusal("BODY_TOO_BIG", `${address} sent more than ${MOST_NODES} JSON objects, arrays and members as one answer.`);
	if (ending === "bad-encoding") return notDecoded(reply, asked);
	if (status === 202 || status === 204) return refusal("ACCEPTED_NO_REPLY", `${address} answered a request with HTTP ${status} and no JSON-RPC response.`);
	if (type === "text/event-stream") return readStream(reply, asked, id, address);
	if (ending === "cut") {
		const announced = reply.headers["content-length"];
		return refusal("BODY_TRUNCATED", `${address} closed the connection after ${bytes}${announced === void 0 ? "" : ` of ${clean(announced, [])}`} bytes of the body.`);
	}
	if (ending === "slow") return refusal("BODY_SLOW", `${address} sent only ${bytes} bytes of the body in ${seconds(reply.phases.body)}.`);
	if (bytes === 0) return refusal("EMPTY_200", `${address} answered HTTP ${status} with an empty body (${stated}).`);
	if (type === "text/html" || /^\s*<(?:!doctype|html|head|body)\b/i.test(body)) {
		const title = /<title[^>]*>([^<]*)/i.exec(body.slice(0, 65536))?.[1];
		return refusal("HTML_PAGE", `${address} answered HTTP ${status} with ${title ? `a web page titled "${clean(title, asked.secrets)}"` : `a web page, ${quoted(body, asked)}`}.`);
	}
	if (type !== "application/json") return refusal("CONTENT_TYPE", `${address} answered HTTP ${status} with ${stated}, ${quoted(body, asked)}.`);
	const parsed = parseJson(body.replace(/^\ufeff/, ""));
	if (parsed === void 0) return refusal("NOT_JSON", `${address} answered with ${quoted(body, asked)}, which is not JSON.`);
	const messages = Array.isArray(parsed.value) ? parsed.value : [parsed.value];
	const stranger = messages.length > 1 ? messages.find((message) => !isJsonRpc(message)) : void 0;
	if (stranger !== void 0) return refusal("NOT_JSONRPC", `${address} answered with a batch that has a stranger among its messages: ${clean(JSON.stringify(stranger), asked.secrets)}.`);
	return pick(messages.map(readMessage).filter((message) => message !== void 0), id, address, asked) ?? refusal("NOT_JSONRPC", `${address} answered with JSON that is no JSON-RPC 2.0 response: ${quoted(body, asked)}.`);
}
function readStream(reply, asked, id, address) {
	const stream = readEvents(reply.body);
	const messages = stream.events.filter(isMessage).filter((event) => event.data !== "");
	const parsed = messages.map((event) => parseJson(event.data));
	const answer = pick(parsed.map((json) => json && readMessage(json.value)).filter((message) => message !== void 0), id, address, asked);
	if (answer) return answer;
	const bad = messages[parsed.indexOf(void 0)];
	if (bad) return refusal("SSE_BAD_JSON", `${address} sent an event that is not JSON, ${quoted(bad.data, asked)}.`);
	const misnamed = stream.events.find((event) => !isMessage(event) && carriesAnswer(event.data, id));
	if (misnamed) return refusal("SSE_EVENT_NAME", `${address} sent the answer as "event: ${clean(misnamed.event ?? "", asked.secrets)}", which clients ignore.`);
	return refusal(...streamWithoutAnswer(stream, reply, address));
}
function streamWithoutAnswer(stream, { ending, bytes }, address) {
	const got = `${count(stream.events.length, "event")} and ${count(stream.comments, "keep-alive comment")}`;
	if (ending === "slow" || ending === "enough") return ["SSE_SILENT", `${address} opened an event stream and sent ${got}, but no answer.`];
	if (stream.unfinished || ending === "cut") return ["SSE_TRUNCATED", `${address} closed the event stream inside an event, after ${bytes} bytes.`];
	return ["SSE_EMPTY", `${address} closed the event stream after ${got}, without the answer.`];
}
function readMessage(value) {
	if (!isObject(value) || value.jsonrpc !== "2.0") return void 0;
	const { jsonrpc: _, id, result, error, ...rest } = value;
	if (Object.keys(rest).length > 0) return void 0;
	if (isObject(result) && error === void 0) return {
		id,
		result
	};
	const rpc = readError(error);
	return rpc && result === void 0 ? {
		id,
		error: rpc
	} : void 0;
}
function isJsonRpc(value) {
	if (readMessage(value)) return true;
	if (!isObject(value) || value.jsonrpc !== "2.0" || typeof value.method !== "string") return false;
	const { jsonrpc: _, method: _method, id, params, ...rest } = value;
	return (id === void 0 || typeof id === "string" || Number.isInteger(id)) && (params === void 0 || isObject(params)) && Object.keys(rest).length === 0;
}
function pick(messages, id, address, asked) {
	const answer = messages.find((message) => isId(message.id, id)) ?? messages.find(({ id, error }) => error && id == null);
	if (answer?.result) return {
		answered: true,
		result: answer.result
	};
	if (answer?.error) return readRpcError(answer.error, `${address} answered JSON-RPC ${answer.error.code} "${clean(answer.error.message, asked.secrets)}".`);
	const other = messages[0];
	if (other === void 0) return void 0;
	return refusal("WRONG_ID", `${address} answered request ${id} with the id ${typeof other.id === "string" ? `"${clean(other.id, asked.secrets)}"` : typeof other.id === "number" ? other.id : `of type ${typeof other.id}`}.`);
}
function isId(seen, id) {
	return (typeof seen === "number" || typeof seen === "string") && Number(seen) === id;
}
function readRpcError(rpc, sentence) {
	return refusal(REFUSING_RPC_CODES.has(rpc.code) ? "RPC_REFUSED" : "RPC_ERROR", sentence, { rpc });
}
function readError(error) {
	if (!isObject(error) || !Number.isInteger(error.code)) return void 0;
	const message = typeof error.message === "string" ? error.message : "";
	return {
		code: error.code,
		message,
		data: error.data
	};
}
function rpcErrorIn(body) {
	const texts = /^\s*\{/.test(body) ? [body] : /^(?:event|data|id|retry|:)/.test(body) ? readEvents(body).events.map((e) => e.data) : [];
	for (const text of texts) {
		const json = parseJson(text)?.value;
		const error = isObject(json) && json.jsonrpc === "2.0" ? readError(json.error) : void 0;
		if (error) return error;
	}
}
function carriesAnswer(data, id) {
	const message = readMessage(parseJson(data)?.value);
	return message !== void 0 && isId(message.id, id);
}
const MOST_NODES = 3e5;
function isTooIntricate(text) {
	let nodes = 0;
	for (let at = 0; at < text.length; at++) {
		const unit = text.charCodeAt(at);
		if (unit === 123 || unit === 91 || unit === 58) nodes++;
	}
	return nodes > MOST_NODES;
}
function parseJson(text) {
	try {
		return isTooIntricate(text) ? void 0 : { value: JSON.parse(text) };
	} catch {
		return;
	}
}
function server(reply, { secrets }) {
	const name = header(reply, "server");
	return name === "" ? "" : ` (Server: ${clean(name, secrets)})`;
}
function header({ headers }, name) {
	return [headers[name] ?? []].flat().join(", ");
}
function quoted(body, { secrets }) {
	const text = clean(body, secrets);
	return text === "" ? "with an empty body" : `body "${text}"`;
}
function count(n, noun) {
	return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
// src/gate/rpc.ts
const CLIENT_INFO = {
	name: "terraform-mcp-deploy",
	version: "1"
};
async function send(conversation, message) {
	const { method, params, id, url } = message;
	const { patienceMs } = conversation;
	const sight = await exchange(conversation.line, {
		url,
		method: "POST",
		headers: {
			accept: "application/json, text/event-stream",
			"content-type": "application/json",
			...message.headers
		},
		body: JSON.stringify({
			jsonrpc: "2.0",
			...id !== void 0 && { id },
			method,
			...params && { params }
		}),
		...id !== void 0 && { onLines: answerWatch(id) },
		...patienceMs !== void 0 && {
			headersDeadlineMs: patienceMs,
			bodyDeadlineMs: patienceMs
		}
	});
	const heard = recordReading(conversation, message, "POST", sight);
	if (id === void 0 || sight.kind === "fault" || heard.reading.answered) return heard;
	return await resumed(conversation, {
		...message,
		id
	}, sight, heard.reading) ?? heard;
}
function recordReading(conversation, message, httpMethod, sight) {
	const reading = read(sight, requestContext(conversation.line, message));
	const { era, exchanges } = conversation;
	record(exchanges, {
		era,
		step: message.method,
		method: httpMethod
	}, sight, reading.answered ? "ok" : reading.code);
	return {
		reading,
		sight
	};
}
function record(exchanges, what, sight, verdict) {
	exchanges.push({
		...what,
		status: sight.kind === "reply" ? sight.status : null,
		bytes: sight.kind === "reply" ? sight.bytes : 0,
		phases: sight.phases,
		elapsedMs: sight.elapsedMs,
		verdict
	});
}
function requestContext(line, { id, url, headers }) {
	return {
		...id !== void 0 && { id },
		url,
		inSession: headers?.["mcp-session-id"] !== void 0,
		authorized: Object.keys(line.headers).some((name) => name.toLowerCase() === "authorization"),
		secrets: secretsOf(line.headers)
	};
}
const MAX_EVENTS = 5e3;
function answerWatch(id) {
	let found = false;
	let doubtful = false;
	let count = 0;
	const parser = createParser({ onEvent: (event) => {
		if (++count > MAX_EVENTS || found || event.data === "") return;
		const value = parseJson(event.data)?.value;
		const answers = isObject(value) && (value.result !== void 0 || value.error !== void 0);
		if (isMessage(event) && answers && isId(value.id, id)) found = true;
		else if (answers || value === void 0) doubtful = true;
	} });
	return (lines) => {
		const before = doubtful;
		parser.feed(lines);
		if (found || count > MAX_EVENTS) return "enough";
		return doubtful && !before ? "soon" : "more";
	};
}
async function resumed(conversation, message, first, refusal) {
	if (refusal.code !== "SSE_EMPTY" || conversation.era !== "legacy") return void 0;
	const { resumeDelayMs, maxResumeDelayMs } = conversation.line.times;
	let { lastEventId, retryMs } = readEvents(first.body);
	let heard;
	for (let attempt = 0; attempt < 2 && lastEventId !== void 0; attempt++) {
		const id = Buffer.from(lastEventId, "utf8").toString("latin1");
		if (!/^[\t\x20-\x7e\x80-\xff]+$/.test(id)) break;
		await setTimeout$1(Math.min(retryMs ?? resumeDelayMs, maxResumeDelayMs));
		const sight = await exchange(conversation.line, {
			url: message.url,
			method: "GET",
			headers: {
				accept: "text/event-stream",
				...message.headers,
				"last-event-id": id
			},
			onLines: answerWatch(message.id)
		});
		heard = recordReading(conversation, message, "GET", sight);
		if (heard.reading.answered || sight.kind === "fault") return heard;
		const next = readEvents(sight.body);
		lastEventId = next.lastEventId ?? lastEventId;
		retryMs = next.retryMs ?? retryMs;
	}
	return heard?.reading.answered ? heard : void 0;
}
function failed(conversation, step, refusal, since) {
	return {
		verdict: "failed",
		failure: failure(refusal.code, step, refusal.sentence, conversation.era),
		warnings: [],
		elapsedMs: performance.now() - since,
		...refusal.retryAfterMs !== void 0 && { retryAfterMs: refusal.retryAfterMs }
	};
}
function unfitRefusal(code, sentence) {
	return {
		answered: false,
		code,
		sentence
	};
}
// src/gate/schemas.ts
const being = (what, test) => (value, path) => test(value) ? void 0 : path === "" ? `is not ${what}` : `has ${path} that is not ${what}`;
const text = being("a string", (value) => typeof value === "string");
const flag = being("true or false", (value) => typeof value === "boolean");
const object = being("an object", isObject);
const structure = being("an object", (value) => typeof value === "object" && value !== null);
const token = being("a string or a whole number", (value) => typeof value === "string" || Number.isInteger(value));
const oneOf = (...choices) => being(choices.map((choice) => `"${choice}"`).join(" or "), (value) => choices.some((choice) => choice === value));
const listOf$1 = (item) => (value, path) => {
	if (!Array.isArray(value)) return being("a list", () => false)(value, path);
	for (const [index, each] of value.entries()) {
		const fault = item(each, `${path}[${index}]`);
		if (fault) return fault;
	}
};
const mapOf = (item) => (value, path) => {
	if (!isObject(value)) return object(value, path);
	for (const key of Object.keys(value)) {
		const fault = item(value[key], `${path}.${key}`);
		if (fault) return fault;
	}
};
const members = (needed, optional = {}) => (value, path) => {
	if (!isObject(value)) return object(value, path);
	const at = (name) => path === "" ? name : `${path}.${name}`;
	for (const [name, shape] of Object.entries(needed)) {
		const fault = value[name] === void 0 ? `has no ${at(name)}` : shape(value[name], at(name));
		if (fault) return fault;
	}
	for (const [name, shape] of Object.entries(optional)) {
		const fault = value[name] === void 0 ? void 0 : shape(value[name], at(name));
		if (fault) return fault;
	}
};
const all = (...shapes) => (value, path) => {
	for (const shape of shapes) {
		const fault = shape(value, path);
		if (fault) return fault;
	}
};
const icons$1 = listOf$1(members({ src: text }, {
	mimeType: text,
	sizes: listOf$1(text),
	theme: oneOf("light", "dark")
}));
const listChanging = members({}, { listChanged: flag });
const capabilities = {
	experimental: mapOf(structure),
	logging: structure,
	completions: structure,
	prompts: listChanging,
	resources: members({}, {
		subscribe: flag,
		listChanged: flag
	}),
	tools: listChanging,
	extensions: mapOf(structure)
};
const tasks = members({}, {
	list: structure,
	cancel: structure,
	requests: members({}, { tools: members({}, { call: structure }) })
});
const implementation = members({
	name: text,
	version: text
}, {
	title: text,
	icons: icons$1,
	websiteUrl: text,
	description: text
});
const resultMeta = members({}, {
	progressToken: token,
	"io.modelcontextprotocol/related-task": members({ taskId: text })
});
const initializeResult = members({
	protocolVersion: text,
	capabilities: members({}, {
		...capabilities,
		tasks
	}),
	serverInfo: implementation
}, {
	instructions: text,
	_meta: resultMeta
});
const complete = { resultType: oneOf("complete") };
const discoverResult = members({
	...complete,
	supportedVersions: listOf$1(text),
	capabilities: members({}, capabilities)
}, {
	instructions: text,
	_meta: object
});
const page = { tools: being("a list", Array.isArray) };
const duration = being("a whole number of milliseconds", (value) => Number.isSafeInteger(value) && Number(value) >= 0);
const legacyPage = members(page, {
	nextCursor: text,
	_meta: resultMeta
});
const modernPage = members({
	...complete,
	...page,
	ttlMs: duration,
	cacheScope: oneOf("public", "private")
}, {
	nextCursor: text,
	_meta: object
});
const described = {
	title: text,
	description: text,
	icons: icons$1,
	annotations: members({}, {
		title: text,
		readOnlyHint: flag,
		destructiveHint: flag,
		idempotentHint: flag,
		openWorldHint: flag
	}),
	_meta: object
};
const objectSchema = members({ type: oneOf("object") }, {
	properties: mapOf(structure),
	required: listOf$1(text)
});
const compilable = (value, path) => schemaFault(value, path, 0);
const legacyTool = members({
	name: text,
	inputSchema: objectSchema
}, {
	...described,
	outputSchema: all(objectSchema, compilable),
	execution: members({}, { taskSupport: oneOf("required", "optional", "forbidden") })
});
const modernTool = members({
	name: text,
	inputSchema: members({ type: oneOf("object") }, { $schema: text })
}, {
	...described,
	outputSchema: members({}, { $schema: text })
});
const TYPES = [
	"string",
	"number",
	"integer",
	"boolean",
	"null",
	"array",
	"object"
];
const ONE = [
	"items",
	"additionalProperties",
	"not",
	"if",
	"then",
	"else",
	"contains",
	"propertyNames"
];
const MANY = [
	"anyOf",
	"oneOf",
	"allOf",
	"prefixItems"
];
const MAPS = [
	"properties",
	"patternProperties",
	"$defs",
	"definitions",
	"dependentSchemas"
];
const MAX_DEPTH = 64;
function schemaFault(schema, path, depth) {
	if (!isObject(schema) || depth > MAX_DEPTH) return void 0;
	for (const type of schema.type === void 0 ? [] : [schema.type].flat()) if (!TYPES.some((known) => known === type)) return `has ${path}.type that is none of JSON Schema's types`;
	if (typeof schema.pattern === "string" && !isPattern(schema.pattern)) return `has ${path}.pattern that is not a regular expression`;
	const inside = [
		...ONE.map((name) => [name, schema[name]]),
		...MANY.flatMap((name) => [schema[name] ?? []].flat().map((each, index) => [`${name}[${index}]`, each])),
		...MAPS.flatMap((name) => {
			const map = schema[name];
			return isObject(map) ? Object.keys(map).map((key) => [`${name}.${key}`, map[key]]) : [];
		})
	];
	for (const [name, each] of inside) {
		const fault = schemaFault(each, `${path}.${name}`, depth + 1);
		if (fault) return fault;
	}
}
function isPattern(pattern) {
	try {
		new RegExp(pattern, "u");
		return true;
	} catch {
		return false;
	}
}
// src/gate/tools.ts
const MAX_PAGES = 100;
const MAX_BYTES = 8388608;
async function listTools(ask, isModern, secrets) {
	const tools = [];
	const cursors = new Set();
	let bytes = 0;
	for (let cursor;;) {
		const { reading, sight } = await ask(cursor);
		if (!reading.answered) return reading;
		const page = readPage(reading.result, isModern, secrets);
		if ("answered" in page) return page;
		for (const tool of page.tools) tools.push(tool);
		if (page.nextCursor === void 0) return {
			tools,
			pages: cursors.size + 1
		};
		if (cursors.has(page.nextCursor)) return unfitRefusal("PAGINATION_LOOP", `tools/list gave the cursor "${clean(page.nextCursor, secrets)}" twice.`);
		cursor = page.nextCursor;
		cursors.add(cursor);
		bytes += sight.kind === "reply" ? sight.bytes : 0;
		if (cursors.size >= MAX_PAGES || bytes > MAX_BYTES) return unfitRefusal("PAGINATION_LOOP", `tools/list has no end after ${cursors.size} pages and ${tools.length} tools.`);
	}
}
function readPage(result, isModern, secrets) {
	const bad = (what) => unfitRefusal("BAD_TOOLS", `The tools/list result is not valid: ${what}.`);
	const fault = (isModern ? modernPage : legacyPage)(result, "");
	if (fault) return bad(`it ${clean(fault, secrets)}`);
	const { tools, nextCursor } = result;
	const kept = [];
	for (const [index, tool] of tools.entries()) {
		const named = isObject(tool) && typeof tool.name === "string" ? `"${clean(tool.name, secrets)}"` : `number ${index + 1}`;
		if (!isObject(tool)) return bad(`tool ${named} is not an object`);
		const toolFault = (isModern ? modernTool : legacyTool)(tool, "");
		if (toolFault) return bad(`tool ${named} ${clean(toolFault, secrets)}`);
		kept.push(keptOf(tool));
	}
	return {
		tools: kept,
		...nextCursor !== void 0 && { nextCursor }
	};
}
function keptOf({ name, title, description, inputSchema, outputSchema, annotations }) {
	return {
		name,
		...title !== void 0 && { title },
		...description !== void 0 && { description },
		inputSchema,
		...outputSchema !== void 0 && { outputSchema },
		...annotations !== void 0 && { annotations }
	};
}
function closest(wanted, names) {
	const plain = (name) => name.toLowerCase().replace(/[^a-z0-9]/g, "");
	const goal = plain(wanted);
	const best = names.slice(0, 2e3).map((name) => {
		const other = plain(name).slice(0, 128);
		return {
			name,
			distance: goal !== "" && other !== "" && (other.includes(goal) || goal.includes(other)) ? Math.min(1, Math.abs(other.length - goal.length)) : editDistance(goal.slice(0, 128), other)
		};
	}).sort((a, b) => a.distance - b.distance)[0];
	return best && best.distance <= Math.max(1, Math.floor(goal.length / 3)) ? best.name : void 0;
}
function editDistance(a, b) {
	let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
	for (let i = 1; i <= a.length; i++) {
		const current = [i];
		for (let j = 1; j <= b.length; j++) {
			const substituted = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
			current.push(Math.min(substituted, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
		}
		previous = current;
	}
	return previous[b.length] ?? b.length;
}
// src/gate/expectations.ts
async function checkOffer({ conversation, step, protocolVersion, offer, askPage, isModern, since }, expected, secrets) {
	const refused = judgeVersion(offer, expected, secrets);
	if (refused) return failed(conversation, step, refused, since);
	const allowed = judgeCapabilities(offer.capabilities, expected.tools);
	if ("answered" in allowed) return failed(conversation, step, allowed, since);
	const listing = allowed.listsTools ? await listTools(askPage, isModern, secrets) : {
		tools: [],
		pages: 0
	};
	if ("answered" in listing) return failed(conversation, "tools/list", listing, since);
	const missing = judgeTools(listing.tools, expected.tools, secrets);
	if (missing) return failed(conversation, "tools/list", missing, since);
	return {
		verdict: "passed",
		protocolVersion,
		...offer.serverInfo && { serverInfo: offer.serverInfo },
		...allowed.listsTools && {
			tools: listing.tools,
			pages: listing.pages
		},
		warnings: allowed.warning ? [allowed.warning] : [],
		elapsedMs: performance.now() - since
	};
}
function judgeOffer(offer, expected, secrets) {
	const allowed = judgeCapabilities(offer.capabilities, expected.tools);
	return judgeVersion(offer, expected, secrets) ?? ("answered" in allowed ? allowed : void 0);
}
function judgeVersion({ serverInfo }, { version }, secrets) {
	if (version === void 0 || serverInfo?.version === clean(version, secrets)) return void 0;
	return unfitRefusal("OLD_REVISION", `The server gives ${serverInfo === void 0 ? "no serverInfo" : `version "${serverInfo.version}" of "${serverInfo.name}"`}; "${clean(version, secrets)}" is expected.`);
}
function judgeCapabilities(capabilities, expected) {
	if (capabilities.tools !== void 0) return { listsTools: true };
	if (expected.length === 0 && (capabilities.prompts !== void 0 || capabilities.resources !== void 0)) return {
		listsTools: false,
		warning: "The server declares no tools, only prompts or resources."
	};
	return unfitRefusal("NO_TOOLS_CAPABILITY", "The server does not declare the tools capability.");
}
function judgeTools(tools, expected, secrets) {
	const names = tools.map(({ name }) => name);
	const listed = new Set(names);
	const missing = expected.filter((name) => !listed.has(name));
	const [first] = missing;
	if (first === void 0) return void 0;
	const similar = closest(first, names);
	const others = missing.length > 1 ? ` (and ${missing.length - 1} more)` : "";
	const close = similar === void 0 ? "" : `; close: "${clean(similar, secrets)}"`;
	const has = names.length === 0 ? "no tools" : names.slice(0, 8).map((name) => clean(name, secrets)).join(", ");
	return unfitRefusal("TOOL_MISSING", `The tool "${clean(first, secrets)}"${others} is not listed (has: ${clean(has, secrets)}${close}).`);
}
function judgeContract(tools, { contract }, secrets) {
	if (contract === void 0) return void 0;
	const now = contractOf(tools);
	const broken = (what) => unfitRefusal("CONTRACT_BROKEN", `The tools are not those of ${contract.path}: ${what}.`);
	if (now === void 0) return broken("a schema is nested too deep to be compared");
	const { removed, breaking, counts } = compareContracts(contract.tools, now.tools);
	const changes = [...removed.slice(0, 3).map((name) => `"${clean(name, secrets)}" is gone`), ...breaking.slice(0, 3).map(({ tool, path, what }) => `"${clean(tool, secrets)}" ${clean(`${path} ${what}`, secrets)}`)].slice(0, 3);
	const more = counts.removed + counts.breaking - changes.length;
	return changes.length === 0 ? void 0 : broken(`${changes.join("; ")}${more > 0 ? ` and ${more} more` : ""}`);
}
// src/gate/legacy.ts
const LEGACY_VERSIONS = [
	"2025-11-25",
	"2025-06-18",
	"2025-03-26",
	"2024-11-05",
	"2024-10-07"
];
async function probeStreamable(conversation, expected, { withCookies = false, lists = 1 } = {}) {
	const secrets = secretsOf(conversation.line.headers);
	const since = performance.now();
	const opening = await initialize(conversation);
	const { session, cookies } = opening;
	const isSession = session["mcp-session-id"] !== void 0;
	const told = {
		inSession: isSession,
		setsCookies: cookies !== ""
	};
	const headers = {
		...session,
		...withCookies && cookies !== "" && { cookie: cookies }
	};
	const { server } = opening;
	if ("answered" in server) {
		if (isSession) await endSession(conversation, headers);
		const result = failed(conversation, "initialize", server, since);
		return {
			...result,
			...told,
			listings: [result]
		};
	}
	const inVersion = {
		...headers,
		"mcp-protocol-version": server.protocolVersion
	};
	const use = async () => {
		const { endpoint: url } = conversation.line;
		const { reading } = await send(conversation, {
			method: "notifications/initialized",
			url,
			headers: inVersion
		});
		if (!reading.answered) return [failed(conversation, "notifications/initialized", reading, since)];
		const opened = {
			conversation,
			step: "initialize",
			protocolVersion: server.protocolVersion,
			offer: server,
			askPage: legacyPages(conversation, inVersion),
			isModern: false,
			since
		};
		const listings = [await checkOffer(opened, expected, secrets)];
		while (listings.length < lists && listings.at(-1)?.failure?.code !== "SESSION_LOST") listings.push(await checkOffer(opened, expected, secrets));
		return listings;
	};
	const listings = await use();
	if (isSession) await endSession(conversation, inVersion);
	const [first] = listings;
	return {
		...listings.find(({ verdict }) => verdict !== "passed") ?? first,
		...told,
		listings
	};
}
async function initialize(conversation) {
	const { endpoint: url, headers } = conversation.line;
	const opened = await send(conversation, {
		method: "initialize",
		id: 1,
		url,
		params: initializeParams
	});
	const { reading } = opened;
	return {
		server: reading.answered ? readInitializeResult(reading.result, secretsOf(headers)) : lockedOut(reading) ?? reading,
		session: reading.answered ? sessionOf(opened) : {},
		cookies: cookiesOf(opened)
	};
}
async function endSession(conversation, headers) {
	const { endpoint: url } = conversation.line;
	const sight = await exchange(conversation.line, {
		url,
		method: "DELETE",
		headers
	});
	recordReading(conversation, {
		method: "DELETE",
		url,
		headers
	}, "DELETE", sight);
}
function legacyPages(conversation, headers) {
	let id = 1;
	return (cursor) => send(conversation, {
		method: "tools/list",
		id: ++id,
		url: conversation.line.endpoint,
		headers,
		params: cursor === void 0 ? {} : { cursor }
	});
}
const initializeParams = {
	protocolVersion: LEGACY_VERSIONS[0],
	capabilities: {},
	clientInfo: CLIENT_INFO
};
function readInitializeResult(result, secrets) {
	const fault = initializeResult(result, "");
	if (fault) return unfitRefusal("BAD_INIT_RESULT", `The initialize result ${clean(fault, secrets)}.`);
	const { protocolVersion, capabilities, serverInfo } = result;
	const { name, version } = serverInfo;
	if (!LEGACY_VERSIONS.some((known) => known === protocolVersion)) return unfitRefusal("NO_COMMON_VERSION", `initialize was answered with protocol version "${clean(protocolVersion, secrets)}", which clients do not speak.`);
	return {
		protocolVersion,
		capabilities,
		serverInfo: {
			name: clean(name, secrets),
			version: clean(version, secrets)
		}
	};
}
function lockedOut({ rpc, sentence }) {
	if (rpc?.code !== MODERN_RPC_CODES.unsupportedVersion) return void 0;
	return (isObject(rpc.data) && Array.isArray(rpc.data.supported) ? rpc.data.supported : []).some((version) => LEGACY_VERSIONS.some((known) => known === version)) ? void 0 : unfitRefusal("LEGACY_CLIENTS_LOCKED_OUT", `initialize is refused, only 2026-07-28 is served: ${sentence}`);
}
function sessionOf({ sight }) {
	const id = sight.kind === "reply" ? sight.headers["mcp-session-id"] : void 0;
	return typeof id === "string" && id !== "" ? { "mcp-session-id": id } : {};
}
function cookiesOf({ sight }) {
	return (sight.kind === "reply" ? sight.headers["set-cookie"] ?? [] : []).map((cookie) => cookie.split(";", 1)[0]).join("; ");
}
// src/gate/legacy-sse.ts
async function probeSse(conversation, expected) {
	const secrets = secretsOf(conversation.line.headers);
	const since = performance.now();
	const fail = (step, refusal) => failed(conversation, step, refusal, since);
	const stream = openStream(conversation);
	try {
		const address = await stream.endpoint;
		if ("answered" in address) return fail("endpoint", address);
		let id = 0;
		const request = async (method, params) => {
			return await stream.listenFor(++id)(await post(conversation, {
				method,
				params,
				id,
				url: address.url
			}));
		};
		const opened = await request("initialize", initializeParams);
		if (!opened.reading.answered) return fail("initialize", opened.reading);
		const server = readInitializeResult(opened.reading.result, secrets);
		if ("answered" in server) return fail("initialize", server);
		const { reading } = await send(conversation, {
			method: "notifications/initialized",
			url: address.url
		});
		if (!reading.answered) return fail("notifications/initialized", reading);
		return await checkOffer({
			conversation,
			step: "initialize",
			protocolVersion: server.protocolVersion,
			offer: server,
			askPage: (cursor) => request("tools/list", cursor === void 0 ? {} : { cursor }),
			isModern: false,
			since
		}, expected, secrets);
	} finally {
		await stream.close();
	}
}
async function post(conversation, { method, params, id, url }) {
	const sight = await exchange(conversation.line, {
		url,
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify({
			jsonrpc: "2.0",
			id,
			method,
			params
		})
	});
	return recordReading(conversation, {
		method,
		url
	}, "POST", sight);
}
function openStream(conversation) {
	const { endpoint: url, headers, times } = conversation.line;
	const bodyTimeoutMs = times.phaseTimeoutsMs.body;
	const secrets = secretsOf(headers);
	const closing = new AbortController();
	const address = Promise.withResolvers();
	const waiting = new Map();
	let unclaimed = "";
	const parser = createParser({ onEvent: (event) => {
		if (event.event === "endpoint") return address.resolve(endpointOf(event.data, url, secrets));
		if (!isMessage(event)) return;
		const value = parseJson(event.data)?.value;
		const asked = isObject(value) ? [...waiting.keys()].find((id) => isId(value.id, id)) : void 0;
		if (asked === void 0) unclaimed = event.data;
		else waiting.get(asked)?.(event.data);
	} });
	const late = setTimeout(() => closing.abort(), times.endpointEventTimeoutMs);
	const ended = exchange(conversation.line, {
		url,
		method: "GET",
		headers: { accept: "text/event-stream" },
		bodyDeadlineMs: 6 * bodyTimeoutMs,
		signal: closing.signal,
		onLines: (lines) => {
			parser.feed(lines);
			return "more";
		}
	});
	address.promise.then(() => clearTimeout(late));
	ended.then((sight) => {
		recordReading(conversation, {
			method: "endpoint",
			url
		}, "GET", sight);
		address.resolve(withoutEndpoint(sight, url, secrets));
	});
	const listenFor = (id) => {
		const arrived = Promise.withResolvers();
		waiting.set(id, (data) => arrived.resolve({
			data,
			ending: "enough"
		}));
		ended.then(() => arrived.resolve({
			data: unclaimed,
			ending: "end"
		}));
		return async (posted) => {
			if (!posted.reading.answered) return posted;
			const started = performance.now();
			const expired = setTimeout(() => arrived.resolve({
				data: unclaimed,
				ending: "slow"
			}), bodyTimeoutMs);
			const { data, ending } = await arrived.promise;
			clearTimeout(expired);
			waiting.delete(id);
			const lines = data.split("\n").map((line) => `data: ${line}\n`);
			const body = performance.now() - started;
			const sight = {
				kind: "reply",
				status: 200,
				headers: { "content-type": "text/event-stream" },
				body: data === "" ? "" : `${lines.join("")}\n`,
				bytes: data.length,
				ending,
				phases: {
					...posted.sight.phases,
					body
				},
				elapsedMs: posted.sight.elapsedMs + body
			};
			return {
				sight,
				reading: read(sight, {
					id,
					url,
					inSession: false,
					authorized: false,
					secrets
				})
			};
		};
	};
	const close = async () => {
		clearTimeout(late);
		closing.abort();
		await ended;
	};
	return {
		endpoint: address.promise,
		listenFor,
		close
	};
}
function endpointOf(data, base, secrets) {
	const url = URL.parse(data, base.href);
	if (url?.origin === base.origin) return { url };
	return unfitRefusal("SSE_FOREIGN_ENDPOINT", `The endpoint event names "${clean(data, secrets)}", which is not on ${base.origin}.`);
}
function withoutEndpoint(sight, url, secrets) {
	const reading = read(sight, {
		id: 0,
		url,
		inSession: false,
		authorized: false,
		secrets
	});
	if (!(sight.kind === "reply" && sight.status === 200 && isEventStream(sight.headers)) && !reading.answered) return reading;
	return unfitRefusal("SSE_NO_ENDPOINT", `GET ${url.origin}${url.pathname} opened no event stream with an endpoint event.`);
}
// src/gate/modern.ts
const MODERN_VERSION = "2026-07-28";
const META = "io.modelcontextprotocol";
async function probeModern(conversation, expected) {
	const since = performance.now();
	const found = await discover(conversation);
	if ("refusal" in found) {
		const result = failed(conversation, "server/discover", found.refusal, since);
		return found.absent ? {
			...result,
			verdict: "absent"
		} : result;
	}
	return await checkOffer({
		conversation,
		step: "server/discover",
		protocolVersion: MODERN_VERSION,
		offer: found,
		askPage: modernPages(conversation),
		isModern: true,
		since
	}, expected, secretsOf(conversation.line.headers));
}
async function discover(conversation) {
	const secrets = secretsOf(conversation.line.headers);
	let { reading } = await ask(conversation, 1, "server/discover", {});
	if (!reading.answered && supportedIn(reading)?.includes("2026-07-28")) ({reading} = await ask(conversation, 2, "server/discover", {}));
	if (!reading.answered) return judgeRefusal(reading, secrets);
	const server = readDiscoverResult(reading.result, secrets);
	return "answered" in server ? {
		absent: false,
		refusal: server
	} : server;
}
function modernPages(conversation) {
	let id = 10;
	return (cursor) => ask(conversation, ++id, "tools/list", cursor === void 0 ? {} : { cursor });
}
function ask(conversation, id, method, params) {
	return send(conversation, {
		method,
		id,
		url: conversation.line.endpoint,
		headers: {
			"mcp-protocol-version": MODERN_VERSION,
			"mcp-method": method
		},
		params: {
			...params,
			_meta: {
				[`${META}/protocolVersion`]: MODERN_VERSION,
				[`${META}/clientInfo`]: CLIENT_INFO,
				[`${META}/clientCapabilities`]: {}
			}
		}
	});
}
function readDiscoverResult(result, secrets) {
	const fault = discoverResult(result, "");
	if (fault) return unfitRefusal("BAD_DISCOVER_RESULT", `The server/discover result ${clean(fault, secrets)}.`);
	const { capabilities, _meta } = result;
	const supportedVersions = result.supportedVersions;
	if (!supportedVersions.includes("2026-07-28")) return noCommonVersion(supportedVersions, secrets);
	const info = isObject(_meta) ? _meta[`${META}/serverInfo`] : void 0;
	return {
		capabilities,
		...isObject(info) && typeof info.name === "string" && typeof info.version === "string" && { serverInfo: {
			name: clean(String(info.name), secrets),
			version: clean(String(info.version), secrets)
		} }
	};
}
function judgeRefusal(refusal, secrets) {
	const { rpc, status } = refusal;
	const supported = supportedIn(refusal);
	if (supported) {
		const isModern = supported.some((version) => version >= MODERN_VERSION);
		return {
			absent: !isModern,
			refusal: isModern ? noCommonVersion(supported, secrets) : refusal
		};
	}
	if (rpc && (rpc.code === MODERN_RPC_CODES.headerMismatch || rpc.code === MODERN_RPC_CODES.missingCapability)) return {
		absent: false,
		refusal
	};
	const refused = status !== void 0 && status >= 400 && status < 500 && ![
		401,
		403,
		407,
		408,
		421,
		429
	].includes(status);
	const answeredError = rpc !== void 0 && status !== void 0 && status < 300;
	return {
		absent: refused && refusal.code !== "ALB_404" && refusal.code !== "PORT_SPEAKS_TLS" || answeredError,
		refusal
	};
}
function supportedIn({ rpc }) {
	if (rpc?.code !== MODERN_RPC_CODES.unsupportedVersion || !isObject(rpc.data)) return void 0;
	const { supported } = rpc.data;
	return Array.isArray(supported) ? supported.filter((version) => typeof version === "string") : void 0;
}
function noCommonVersion(supported, secrets) {
	return unfitRefusal("NO_COMMON_VERSION", `The server supports the protocol versions ${clean(supported.slice(0, 10).join(", "), secrets) || "none"}, not ${MODERN_VERSION}.`);
}
// src/gate/eras.ts
const ERAS = [
	"modern",
	"legacy",
	"http-sse"
];
const NOT_ASKED = {
	verdict: "absent",
	warnings: [],
	elapsedMs: 0
};
function timeoutFor({ verdict, elapsedMs, failure }, memory, { minDiscoverTimeoutMs, minSilentDiscoverTimeoutMs, phaseTimeoutsMs }) {
	const minMs = memory.modernIsSilent ? minSilentDiscoverTimeoutMs : minDiscoverTimeoutMs;
	if (verdict === "passed") return Math.min(Math.max(minMs, 5 * elapsedMs), phaseTimeoutsMs.headers);
	return failure?.code === "HEADERS_TIMEOUT" ? minDiscoverTimeoutMs : void 0;
}
async function probeEras(line, transport, expected, exchanges, needsModern = false, memory = { modernIsSilent: false }) {
	const talk = (era) => ({
		line,
		era,
		exchanges
	});
	if (transport === "sse") return {
		modern: NOT_ASKED,
		legacy: NOT_ASKED,
		"http-sse": await probeSse(talk("http-sse"), expected)
	};
	const legacy = await probeStreamable(talk("legacy"), expected);
	if (legacy.failure && isBelowHttp(legacy.failure.code)) {
		const { inSession: _, setsCookies: _cookies, ...same } = legacy;
		return {
			modern: {
				...same,
				failure: {
					...legacy.failure,
					era: "modern"
				}
			},
			legacy,
			"http-sse": NOT_ASKED
		};
	}
	const patienceMs = needsModern ? void 0 : timeoutFor(legacy, memory, line.times);
	const modern = await probeModern({
		...talk("modern"),
		...patienceMs && { patienceMs }
	}, expected);
	memory.modernIsSilent = modern.failure?.code === "HEADERS_TIMEOUT";
	if (transport === "streamable-http" || modern.verdict === "passed" || !mayBeOldTransport(legacy)) return {
		modern,
		legacy,
		"http-sse": NOT_ASKED
	};
	const sse = await probeSse(talk("http-sse"), expected);
	if (!(sse.verdict === "passed" || codes[sse.failure?.code ?? "PATH_404"].layer === "MCP") || sse.failure?.code === "SSE_NO_ENDPOINT") return {
		modern,
		legacy,
		"http-sse": NOT_ASKED
	};
	const { failure: _, ...absent } = legacy;
	return {
		modern,
		legacy: {
			...absent,
			verdict: "absent"
		},
		"http-sse": sse
	};
}
function isBelowHttp(code) {
	return [
		"DNS",
		"TCP",
		"TLS"
	].includes(codes[code].layer) && code !== "CONN_RESET" && code !== "CONN_FAILED";
}
function mayBeOldTransport({ failure }) {
	return failure?.step === "initialize" && [
		"HTTP_400",
		"PATH_404",
		"HTTP_405",
		"HTTP_406",
		"HTTP_415",
		"HTTP_4XX"
	].includes(failure.code);
}
// src/report/gate.ts
function checksOf(gate) {
	const { failure, eras, wall, contract, rounds, tools } = gate;
	const last = rounds.at(-1);
	const survey = rounds.findLast((round) => round.survey !== void 0)?.survey;
	const took = (era) => (last?.exchanges ?? []).reduce((sum, each) => sum + (each.era === era ? each.elapsedMs : 0), 0);
	const checks = [];
	let isTold = failure === void 0;
	for (const [era, { verdict, protocolVersion, failure: own }] of Object.entries(eras)) {
		const decides = own !== void 0 && own.code === (failure?.cause ?? failure?.code) && own.era === failure?.era;
		const outcome = decides ? "failed" : verdict === "failed" ? "noted" : verdict;
		isTold ||= decides;
		const seen = own ? line`${Line.word(own.code)}: ${own.sentence}` : line`${protocolVersion}`;
		checks.push({
			name: line`era ${wordOf(ERAS, era)}`,
			outcome,
			seen,
			ms: took(era),
			...decides && { failure }
		});
	}
	const more = (name, isWell, seen, ms, own) => {
		const decides = own && !isTold && failure !== void 0;
		isTold ||= decides;
		checks.push({
			name,
			outcome: decides ? "failed" : isWell ? "passed" : "noted",
			seen: decides ? line`${Line.word(failure.code)}: ${failure.sentence}` : seen,
			ms,
			...decides && { failure }
		});
	};
	const isAuth = failure?.code.startsWith("AUTH_") === true;
	if (wall !== void 0 || isAuth) more(line`authorization`, !isAuth, wall === void 0 ? line`` : line`by ${wall.authorizationServers.join(", ")}`, 0, isAuth);
	if (survey !== void 0) {
		const seen = line`${survey.tries} ${survey.tries === 1 ? line`try` : line`tries`}, ${survey.failed} failed`;
		more(line`fresh connections`, survey.verdict === "green", seen, survey.elapsedMs, failure?.code === "FLAPPING");
	}
	if (Object.values(eras).some(({ verdict }) => verdict === "passed")) more(line`tools`, true, count$1(tools.length, "tool"), 0, failure?.step === "tools/list" && failure.code !== "CONTRACT_BROKEN");
	if (contract?.comparison !== void 0 || failure?.code.startsWith("CONTRACT_")) {
		const { comparison } = contract ?? {};
		const isKept = comparison?.counts.removed === 0 && comparison.counts.breaking === 0;
		more(line`tool contract`, isKept, comparison ? comparisonLine(comparison) : line``, 0, failure?.code.startsWith("CONTRACT_") === true);
	}
	const green = rounds.length - 1 - rounds.findLastIndex(({ verdict }) => verdict !== "green");
	const seen = line`${green} in a row, of ${count$1(rounds.length, "round")} in ${seconds$1(gate.elapsedMs)}`;
	more(line`green rounds`, gate.passed, seen, gate.elapsedMs, true);
	return checks;
}
const changeWords = {
	added: "added",
	removed: "removed",
	breaking: "breaking",
	harmless: "harmless",
	descriptions: "described anew"
};
function erasLine(gate) {
	const eras = Object.entries(gate.eras).map(([era, { verdict, protocolVersion }]) => {
		return line`${wordOf(ERAS, era)} ${protocolVersion ?? Line.word(verdict)}`;
	});
	return joinLines(eras, line`, `);
}
function comparisonLine({ counts }) {
	const named = Object.keys(changeWords).filter((kind) => counts[kind] > 0).map((kind) => line`${counts[kind]} ${Line.word(changeWords[kind])}`);
	return named.length === 0 ? line`unchanged` : joinLines(named, line`, `);
}
const icons = {
	passed: md`✅`,
	failed: md`❌`,
	noted: md`⚠️`,
	absent: md`⚪`
};
function gateSection(gate) {
	const rows = checksOf(gate).map(({ name, outcome, seen }) => row$1([
		icons[outcome],
		md`${name}`,
		prose(seen, 500)
	]));
	const table = Markdown.join([md`**The gate**\n\n| | check | seen |\n|---|---|---|`, ...rows], "\n");
	return Markdown.join([table, contractSection(gate)], "\n\n");
}
const maxChanges = 20;
const maxUnitsOfContract = 6e4;
function contractSection({ contract, failure }) {
	if (contract === void 0) return md``;
	const { hash, comparison } = contract;
	const changes = comparison ? changeLines(comparison) : [];
	const wantsFile = failure?.code === "CONTRACT_MISSING" || changes.length > 0;
	const shown = contractText(contract).length <= maxUnitsOfContract ? fence(contractJson(contract), "json") : md`It is too large to be shown here: it is the file of the output \`mcp-contract-file\`.`;
	const compared = comparison ? md`: ${comparisonLine(comparison)}` : md``;
	return Markdown.join([
		md`**The tool contract** ${code(plain`${hash}`.start(16))}${compared}`,
		list(changes),
		wantsFile ? collapsible(md`The contract that is served, ready to be committed`, shown) : md``
	], "\n\n");
}
function contractJson({ hash, tools }) {
	const list = JSON.stringify(tools, null, 2).replaceAll("\n", "\n  ");
	return plain`{\n  "hash": ${JSON.stringify(hash)},\n  "tools": ${list}\n}`;
}
function changeLines({ added, removed, breaking, harmless, descriptions, counts }) {
	const listed = (kind, changes, text) => {
		const what = Markdown.word(changeWords[kind]);
		const shown = changes.slice(0, maxChanges);
		const more = counts[kind] - shown.length;
		return [...shown.map((change) => md`${changeIcons[kind]} ${what}${text(change)}`), ...more > 0 ? [md`and ${more} more ${what}: the first 1,000 are in the report (output \`gate-report\`)`] : []];
	};
	const named = (name) => md` ${code(name, 100)}`;
	const described = ({ tool, path, what }) => md`: ${code(tool, 100)} ${code(path, 200)} ${code(what, 500)}`;
	return [
		...listed("removed", removed, named),
		...listed("breaking", breaking, described),
		...listed("descriptions", descriptions, described),
		...listed("harmless", harmless, described),
		...listed("added", added, named)
	];
}
const changeIcons = {
	removed: md`❌`,
	breaking: md`❌`,
	descriptions: md`⚠️`,
	harmless: md`✅`,
	added: md`✅`
};
function contractText({ hash, tools }) {
	return `${JSON.stringify({
		hash,
		tools
	}, null, 2)}\n`;
}
function renderJUnit(gate) {
	const checks = checksOf(gate);
	const time = (ms) => (ms / 1e3).toFixed(3);
	const cases = checks.map(({ name, outcome, seen, failure, ms }) => {
		const open = `  <testcase classname="MCP gate" name=${attribute(String(name))} time="${time(ms)}"`;
		if (outcome === "passed") return `${open}/>`;
		if (failure === void 0) return `${open}><skipped message=${attribute(String(seen) || outcome)}/></testcase>`;
		const { sentence, fix, remedy } = failure;
		const details = xml(`${sentence}\nLikely cause: ${codes[failure.code].cause}\nWhat to do: ${fix}\nRemedy: ${remedy}`);
		return `${open}><failure type=${attribute(failure.code)} message=${attribute(sentence)}>${details}</failure></testcase>`;
	});
	const of = (outcome) => checks.filter(outcome).length;
	const failures = of(({ failure }) => failure !== void 0);
	const skipped = of(({ failure, outcome }) => failure === void 0 && outcome !== "passed");
	const counts = `tests="${checks.length}" failures="${failures}" errors="0" skipped="${skipped}" time="${time(gate.elapsedMs)}"`;
	return [
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
		"<testsuites>",
		` <testsuite name=${attribute(gate.endpoint)} ${counts}>`,
		...cases,
		" </testsuite>",
		"</testsuites>",
		""
	].join("\n");
}
function attribute(text) {
	return `"${xml(text).replace(/[\t\n]/g, " ")}"`;
}
function xml(text) {
	const allowed = text.toWellFormed().replace(/[^\t\n\x20-\ufffd\u{10000}-\u{10ffff}]/gu, "�");
	const entities = {
		"&": "&amp;",
		"<": "&lt;",
		">": "&gt;",
		"\"": "&quot;"
	};
	return allowed.replace(/[&<>"]/g, (char) => entities[char] ?? "");
}
// src/terraform/counts.ts
function countsLine(counts) {
	const rare = [
		"replace",
		"import",
		"move",
		"forget"
	].filter((kind) => counts[kind] > 0);
	const first = line`${counts.add} to add, ${counts.change} to change, ${counts.destroy} to destroy`;
	return joinLines([first, ...rare.map((kind) => line`${counts[kind]} to ${Line.word(kind)}`)], line`, `);
}
// src/platforms/aws/causes/task-rule.ts
const DENIED = "AccessDenied|not authorized|UnauthorizedOperation|no identity-based policy|\\b403\\b";
function failing({ containers }) {
	return containers.find(({ exitCode, reason }) => reason !== "" || exitCode !== void 0 && exitCode !== 0) ?? containers.find(({ exitCode }) => exitCode !== void 0) ?? containers[0];
}
// src/report/evidence.ts
const shown = {
	events: 10,
	stopped: 5,
	targets: 10,
	console: 40
};
const maxUnitsOfLine = 500;
function evidenceSection({ evidence }, limit) {
	if (evidence === void 0) return md``;
	const title = md`What AWS shows of <code>${html(evidence.subject, 150)}</code>`;
	let left = limit - title.length - 100;
	const parts = sections(evidence).filter((part) => {
		if (part.isEmpty || part.length + 2 > left) return false;
		left -= part.length + 2;
		return true;
	});
	return parts.length === 0 ? md`` : collapsible(title, Markdown.join(parts, "\n\n"));
}
function sections(evidence) {
	const { log, console, omitted } = evidence;
	const lines = log?.lines ?? [];
	return [
		listed(md`Tasks that stopped`, stoppedLines(evidence), shown.stopped),
		listed(md`Targets`, targetLines(evidence), shown.targets),
		log === void 0 || lines.length === 0 ? md`` : md`The last ${count$1(lines.length, "line")} of container ${code(log.container)} (${code(`${log.group} ${log.stream}`, 300)}):\n\n${fence(cut(lines))}`,
		console.length === 0 ? md`` : md`The end of the console output:\n\n${fence(cut(console.slice(-shown.console)))}`,
		listed(md`Events of the service, the newest first`, eventLines(evidence), shown.events),
		listed(md`Left out`, omittedLines(evidence), omitted.length)
	];
}
function evidenceLines(evidence) {
	const { log, console, instance, subject } = evidence;
	const indent = (text) => line`  ${text}`;
	return [
		...stoppedLines(evidence),
		...targetLines(evidence),
		...instance === void 0 ? [] : [line`instance ${subject}: ${instance.state}, system check ${instance.system}, instance check ${instance.instance}`],
		...log === void 0 ? [] : [line`log of container ${log.container} (${log.group} ${log.stream}):`, ...log.lines.map(indent)],
		...console.length === 0 ? [] : [line`console output:`, ...console.slice(-shown.console).map(indent)],
		...omittedLines(evidence)
	];
}
function stoppedLines({ stopped }) {
	return stopped.map((task) => {
		const container = failing(task);
		const { exitCode, reason = "", health } = container ?? {};
		return joined([
			line`${timeOfDay(task.stoppedAt)} task ${lastPart(secrets.redact(task.arn))}: ${short(task.stoppedReason || task.stopCode, 600)}`,
			container && line`; container ${container.name}`,
			exitCode === void 0 ? void 0 : line` exit code ${exitCode}`,
			health === "UNHEALTHY" ? line` unhealthy` : void 0,
			reason === "" || reason === task.stoppedReason ? void 0 : line`, ${reason}`
		]);
	});
}
function targetLines({ targetGroups }) {
	return targetGroups.flatMap(({ name, healthPath, healthyCodes, targets }) => {
		const asked = healthPath === "" ? line`` : line`, checked on ${healthPath} for ${healthyCodes}`;
		if (targets.length === 0) return [line`target group ${name}${asked}: no target is registered`];
		return targets.map(({ id, port, state, reason, description }) => joined([
			port === void 0 ? line`target ${id} of ` : line`target ${id}:${port} of `,
			line`${name}${asked}: ${state}`,
			...[reason, description].map((text) => text === "" ? void 0 : line`, ${text}`)
		]));
	});
}
function eventLines({ events }) {
	return events.map(({ createdAt, message }) => line`${timeOfDay(createdAt)} ${short(message, 600)}`);
}
function omittedLines({ omitted }) {
	return omitted.map(({ detail, action, why }) => action === void 0 ? line`${detail} could not be had: ${short(why, 300)}` : line`${detail} would be here if the role of this job had ${action}`);
}
function joined(parts) {
	return joinLines(parts.filter((part) => part !== void 0), line``);
}
function listed(title, lines, most) {
	if (lines.length === 0) return md``;
	const items = lines.slice(0, most).map((each) => prose(each));
	const more = lines.length > most ? [md`and ${lines.length - most} more`] : [];
	return md`${title}:\n\n${list([...items, ...more])}`;
}
function cut(lines) {
	return lines.map((each) => plain`${each}`.shorten(maxUnitsOfLine));
}
function rollbackLine({ rollback }) {
	if (rollback === void 0) return [];
	return [md`${rollback.restored ? md`🟠 **Rolled back**` : md`❌ **The rollback is not proved**`}: ${prose(rollback.sentence)}`];
}
// src/report/findings.ts
const symbols = {
	danger: md`🔴`,
	warning: md`🟠`,
	notice: md`🔵`
};
const maxUnitsOfAddress = 200;
const maxUnitsOfSentence = 600;
const maxUnitsOfOmission = 160;
function findingsSection(findings, budget) {
	const open = findings.filter(({ accepted }) => accepted === void 0);
	const accepted = findings.filter((finding) => finding.accepted !== void 0);
	const title = md`Accepted: ${count$1(accepted.length, "finding")}`;
	const around = collapsible(title, md``).length + 2;
	const reasons = listOf(accepted, acceptedLine, (open.length === 0 ? budget : Math.floor(budget / 4)) - around);
	const collapsed = reasons.isEmpty ? md`` : collapsible(title, reasons);
	const heading = md`### What it means for the MCP server\n\n`;
	const how = md`\n\n${howToAccept(open[0]?.docs ?? "")}`;
	const listed = listOf(open, openLine, budget - heading.length - how.length - collapsed.length - 2);
	return Markdown.join([listed.isEmpty ? md`` : md`${heading}${listed}${how}`, collapsed], "\n\n");
}
function listOf(findings, line, budget) {
	let room = budget - maxUnitsOfOmission;
	const shown = [];
	for (const finding of findings) {
		const item = line(finding);
		room -= item.length + 3;
		if (room < 0) break;
		shown.push(item);
	}
	const rest = findings.slice(shown.length);
	if (rest.length === 0) return list(shown);
	if (budget < maxUnitsOfOmission) return md``;
	const each = [
		"danger",
		"warning",
		"notice"
	].flatMap((severity) => {
		const n = rest.filter((finding) => finding.severity === severity).length;
		return n === 0 ? [] : [md`${symbols[severity]} ${n}`];
	});
	return list([...shown, md`and ${count$1(rest.length, "more finding")} (${Markdown.join(each, ", ")}): the report of this run (output gate-report) has them all`]);
}
function openLine(finding) {
	return md`${foundLine(finding)} **Instead**: ${prose(finding.fix, maxUnitsOfSentence)} ${ruleLink(finding)}`;
}
function acceptedLine(finding) {
	return md`${foundLine(finding)} **Accepted**: ${prose(finding.accepted ?? "", maxUnitsOfSentence)} ${ruleLink(finding)}`;
}
function foundLine({ severity, address, sentence }) {
	return md`${symbols[severity]} ${code(address, maxUnitsOfAddress)}: ${prose(sentence, maxUnitsOfSentence)}`;
}
function ruleLink({ rule, docs }) {
	return pageLink(code(wordOf(ruleNames, rule)), docs);
}
function howToAccept(docs) {
	const page = docs.replace(/#.*$/s, "#accept-a-finding");
	return md`To accept one, say why above its resource: \`# mcp-deploy:accept RULE REASON\`, see ${pageLink(md`accepting`, page)}.`;
}
function pageLink(words, page) {
	return /^https:\/\/[^\s()<>]+$/.test(page) ? knownLink(words, page) : md`${words} (${code(page)})`;
}
// src/report/history.ts
const outcomes = {
	planned: "planned",
	"plan-failed": "the plan failed",
	applying: "was being applied",
	applied: "applied",
	verified: "applied and verified",
	failed: "the deployment failed",
	destroying: "was being destroyed",
	destroyed: "destroyed",
	"destroy-failed": "the destroy failed",
	closed: "closed without being merged"
};
const maxEntries = 10;
const countNames = [
	"add",
	"change",
	"destroy",
	"replace",
	"import",
	"move",
	"forget"
];
const start = "<!-- terraform-mcp-deploy-runs:";
const end = " -->";
function entryOf(report) {
	const { run, attempt } = runOf(report.runUrl);
	const { plan, commit, state } = report;
	return {
		run,
		attempt,
		sha: commit,
		outcome: outcomeOf(report).historyWord,
		...plan && { counts: plan.counts },
		...state !== void 0 && { state: digestOfState(state) }
	};
}
function runOf(runUrl) {
	const [, run = "0", attempt = "1"] = /\/actions\/runs\/(\d{1,15})(?:\/attempts\/(\d{1,6}))?$/.exec(runUrl) ?? [];
	return {
		run: Number(run),
		attempt: Number(attempt)
	};
}
function readHistory(body) {
	for (const line of body.split(/\r?\n/, 5)) {
		if (!line.startsWith(start) || !line.endsWith(end)) continue;
		try {
			const parsed = JSON.parse(Buffer.from(line.slice(31, -4), "base64url").toString("utf8"));
			return Array.isArray(parsed) ? parsed.slice(0, maxEntries).flatMap(readEntry) : [];
		} catch {
			return [];
		}
	}
	return [];
}
function addEntry(now, before) {
	return [now, ...before.filter(({ run, attempt, sha }) => run !== now.run || attempt !== now.attempt || sha !== now.sha)].slice(0, maxEntries);
}
function historyLine(entries) {
	return hiddenLine(`${start}${Buffer.from(JSON.stringify(entries)).toString("base64url")}${end}`);
}
function historySection([now, ...before], runUrl) {
	if (now === void 0 || before.length === 0) return md``;
	const runs = runUrl.replace(/\/runs\/[^/]*(\/attempts\/\d+)?$/, "/runs");
	const lines = before.map(({ run, attempt, sha, outcome, counts }) => {
		const what = counts === void 0 ? md`` : md`: ${countsLine(counts)}`;
		const url = `${runs}/${run}${attempt > 1 ? `/attempts/${attempt}` : ""}`;
		return md`${code(sha.slice(0, 7))} ${Markdown.word(outcomes[outcome])}${what} (${knownLink(md`run`, url)})`;
	});
	return collapsible(md`Before this: ${count$1(before.length, "run")} by commit`, list(lines));
}
function isSuperseded(now, shown) {
	return (now.outcome === "planned" || now.outcome === "plan-failed") && shown !== void 0 && shown.run > now.run && shown.sha !== now.sha;
}
function isOfAnotherState(now, shown) {
	if (shown === void 0 || shown.state === void 0 || now.state === void 0) return false;
	return shown.run === now.run && shown.attempt === now.attempt && shown.sha === now.sha && shown.state !== now.state;
}
function digestOfState(state) {
	return createHash("sha256").update(state).digest("hex").slice(0, 16);
}
function readEntry(value) {
	if (typeof value !== "object" || value === null) return [];
	const { run, attempt, sha, outcome, counts, state } = value;
	if (!isCount(run) || !isCount(attempt)) return [];
	if (typeof sha !== "string" || !/^[\da-f]{7,64}$/.test(sha)) return [];
	if (typeof outcome !== "string" || !Object.hasOwn(outcomes, outcome)) return [];
	const read = readCounts(counts);
	const isState = typeof state === "string" && /^[\da-f]{16}$/.test(state);
	return [{
		run,
		attempt,
		sha,
		outcome,
		...read && { counts: read },
		...isState && { state }
	}];
}
function readCounts(value) {
	if (typeof value !== "object" || value === null) return void 0;
	const given = value;
	const read = countNames.map((name) => [name, given[name]]);
	return read.every(([, number]) => isCount(number)) ? Object.fromEntries(read) : void 0;
}
function isCount(value) {
	return Number.isSafeInteger(value) && value >= 0;
}
// src/report/report.ts
const reportCommands = [
	"plan",
	"apply",
	"verify",
	"destroy"
];
function registrationOf({ monitors }) {
	return monitors?.find(({ outcome }) => [
		"created",
		"exists",
		"updated",
		"resumed"
	].includes(outcome));
}
function eraLine(gate) {
	return Object.entries(gate.eras).map(([era, { verdict, protocolVersion }]) => `${era} ${protocolVersion ?? verdict}`).join(", ");
}
function reportJson(report) {
	const { plan, findings = [], stability, gate, ...rest } = report;
	const [failure] = report.failures;
	return {
		...rest,
		...failure && { failure },
		registration: registrationOf(report),
		gate: gate && {
			...gate,
			contract: gate.contract && {
				hash: gate.contract.hash,
				comparison: gate.contract.comparison
			}
		},
		plan: plan && {
			hasChanges: plan.hasChanges,
			counts: plan.counts,
			changes: plan.changes.map(({ address, kind }) => ({
				address,
				kind
			})),
			findings,
			terraformVersion: plan.terraformVersion
		},
		stability: stability && {
			...stability,
			seen: stability.observed
		}
	};
}
// src/report/monitor.ts
function doneText({ monitor, outcome }) {
	const name = prose(monitor);
	switch (outcome) {
		case "created": return md`✅ **Registered** with ${name}`;
		case "exists": return md`✅ **Registered** with ${name} before`;
		case "updated": return md`✅ **Moved** at ${name} to the new endpoint`;
		case "resumed": return md`✅ **Resumed** at ${name}`;
		case "paused": return md`⏸️ **Paused** at ${name} until the next verified deployment`;
		case "removed": return md`✅ **Removed** from ${name}`;
		case "delivered": return md`✅ **Told** the ${name}`;
		default: return;
	}
}
function monitorLines(report) {
	const { monitors = [], command, apply } = report;
	const lines = monitors.flatMap((result) => {
		const done = doneText(result);
		return [...done === void 0 ? [] : [md`${done}${idText(result)}${publicText(result)}`], ...[result.warning ?? [], result.notices].flat().map((text) => md`⚠️ ${prose(text, 500)}`)];
	});
	if (outcomeOf(report).status === "failed" && command === "apply" && apply === "done" && registrationOf(report) === void 0) lines.push(md`⚪ Nothing was registered with the monitor`);
	return lines;
}
function idText({ outcome, id = "" }) {
	if (id === "") return md``;
	return md` as ${outcome === "delivered" ? md`delivery` : md`monitor`} ${code(id, 80)}`;
}
function publicText({ status, badgeUrl, statusPageUrl }) {
	const badge = badgeUrl === void 0 ? md`` : image(md`status`, badgeUrl);
	const words = badge.isEmpty ? md`status page` : badge;
	const shown = statusPageUrl === void 0 ? badge : link(words, statusPageUrl);
	const lastSeen = status === void 0 ? md`` : md`, last seen ${code(status, 40)}`;
	return shown.isEmpty ? lastSeen : md`${lastSeen} ${shown}`;
}
// src/report/comment.ts
const commentLimit = 65e3;
const maxListed = 25;
function renderComment(report, firstLine, { limit = commentLimit, earlier = [] } = {}) {
	const history = addEntry(entryOf(report), earlier);
	const foot = Markdown.join([historySection(history, report.runUrl), md`<sub>${footer(report)}</sub>`], "\n\n");
	const parts = [md`${hiddenLines(firstLine, history)}\n\n## ${Markdown.word(outcomeOf(report).icon)} ${title(report)}`];
	let room = limit - foot.length - (parts[0]?.length ?? 0) - 4;
	const add = (part) => {
		if (part.isEmpty || part.length > room) return;
		parts.push(part);
		room -= part.length + 2;
	};
	add(failureAlert(report, Math.floor(limit / 40)));
	add(failureDetails(report, Math.min(2e4, Math.floor(limit / 3))));
	add(differencesSection(report));
	add(timeline(report, Math.floor(limit / 2)));
	add(evidenceSection(report, Math.min(15e3, Math.floor(room / 2))));
	add(linkLine(report));
	const { plan } = report;
	if (plan !== void 0) {
		const elsewhere = md`see the summary of ${runLink(report)}, and its log or plan.txt (output plan-file) for the whole plan`;
		const sections = (units) => units < 1e3 ? md`` : planSections(plan, units, elsewhere);
		if (report.apply === void 0 && !isDestroying(report)) {
			add(planOverview(report, Math.floor(limit / 2)));
			add(findingsSection(report.findings ?? [], Math.min(room, Math.floor(limit / 4))));
			add(sections(room));
		} else {
			const body = plan.hasChanges ? sections(room - 200) : md``;
			if (!body.isEmpty) add(collapsible(md`The plan: ${countsLine(plan.counts)}`, body));
		}
	}
	return Markdown.join([...parts, foot], "\n\n");
}
function renderCounts(report, firstLine, why, earlier) {
	const { plan } = report;
	return Markdown.join([
		md`${hiddenLines(firstLine, addEntry(entryOf(report), earlier))}\n\n## ${Markdown.word(outcomeOf(report).icon)} ${title(report)}`,
		failureAlert(report, 500),
		plan && md`**${plan.hasChanges ? countsLine(plan.counts) : md`No changes`}**`,
		md`GitHub did not take the whole comment (${prose(why, 300)}). Read the rest in the summary of ${runLink(report)}.`,
		md`<sub>${footer(report)}</sub>`
	], "\n\n");
}
function renderOutdated(report, firstLine, earlier) {
	return md`${hiddenLines(firstLine, addEntry(entryOf(report), earlier))}\n\n## ⚠️ Outdated · ${targetLabel(report)}\n\nWhat stood here was for an earlier commit. GitHub did not take what there is to say of ${code(plain`${report.commit}`.start(7))}: read it in the summary of ${runLink(report)}, and run it again.`;
}
function renderClosed(report, firstLine, earlier) {
	const history = addEntry({
		...entryOf(report),
		outcome: "closed"
	}, earlier);
	return Markdown.join([
		md`${hiddenLines(firstLine, history)}\n\n## ⚪ Closed · ${targetLabel(report)}`,
		md`This pull request was closed without being merged: what was planned here was not applied. Reopen it to plan again.`,
		historySection(history, report.runUrl)
	], "\n\n");
}
function hiddenLines(firstLine, history) {
	return Markdown.join([hiddenLine(firstLine), historyLine(history)], "\n");
}
function title(report) {
	return md`${Markdown.word(outcomeOf(report).headline)} · ${targetLabel(report)}`;
}
function targetLabel({ target }) {
	const { name, stack, directory, workspace, inheritedWorkspace, backend } = target;
	if (name !== void 0) return short(name, 200);
	const places = [stack, directory === "." ? void 0 : directory].filter((part) => part !== void 0 && part !== "").map((part) => short(part ?? "", 200));
	const where = places.length === 0 ? line`root module` : joinLines(places, line` in `);
	const selected = workspace ?? inheritedWorkspace;
	return joinLines([
		where,
		...selected === void 0 ? [] : [line`workspace ${short(selected, 200)}`],
		...backend?.key === void 0 ? [] : [line`state ${short(backend.key, 200)}`]
	], line`, `);
}
function planOverview({ plan }, room) {
	if (plan === void 0) return md``;
	const attention = attentionLine(plan);
	if (!plan.hasChanges) return Markdown.join([unchanged[plan.mode], attention], "\n\n");
	if (plan.mode === "refresh-only") {
		const what = [plan.drift.length === 0 ? void 0 : md`${count$1(plan.drift.length, "resource")}`, plan.outputs.length === 0 ? void 0 : md`${count$1(plan.outputs.length, "output")}`];
		return md`**Changed outside of Terraform: ${Markdown.join(what, ", ")}**`;
	}
	const parts = plan.changes.length === 0 ? [md`**No resource changes, ${count$1(plan.outputs.length, "output")} to change**`] : [md`**${countsLine(plan.counts)}**`, destructiveChangesAlert(plan, room - 2e3)];
	if (plan.drift.length > 0) {
		const some = plan.drift.slice(0, 5).map(({ address }) => code(address, 200));
		const more = plan.drift.length > 5 ? md` and ${plan.drift.length - 5} more` : md``;
		parts.push(md`Changed outside of Terraform, which this plan answers: ${Markdown.join(some, ", ")}${more}.`);
	}
	return Markdown.join([...parts, attention], "\n\n");
}
const unchanged = {
	normal: md`No changes: the infrastructure is as it is written.`,
	"refresh-only": md`No changes: the infrastructure is as the last apply left it.`,
	destroy: md`No changes: there is nothing to destroy.`
};
function isDestroying({ destroy }) {
	return destroy !== void 0 && destroy.outcome !== "unconfirmed";
}
function destructiveChangesAlert(plan, room) {
	const changes = destructiveChanges(plan);
	if (changes.length === 0) return md``;
	const { destroy, replace } = plan.counts;
	const lost = [destroy > 0 ? md`destroys ${destroy}` : void 0, replace > 0 ? md`replaces ${replace}` : void 0];
	const named = fitting(changes.slice(0, maxListed).map(destructiveLine), room, 5);
	return Markdown.join([
		md`> [!WARNING]`,
		md`> This plan ${Markdown.join(lost, " and ")} of the resources that exist now:`,
		...named.map((each) => md`> - ${each}`),
		named.length < changes.length ? md`> - and ${changes.length - named.length} more` : void 0
	], "\n");
}
function fitting(lines, room, around) {
	let left = room;
	return lines.filter((each) => {
		left -= each.length + around;
		return left >= 0;
	});
}
function timeline(report, room) {
	const lines = list(fitting(timelineLines(report), room, 3));
	if (outcomeOf(report).headline !== "Applying") return lines;
	const started = md`Terraform is applying ${knownLink(md`in this run`, report.runUrl)}. If this line stays, the run was stopped: run it again.`;
	return Markdown.join([started, lines], "\n\n");
}
function timelineLines(report) {
	const { apply, stability, gate, taint, plan } = report;
	const lines = [approvalLine(report)].filter((each) => !each.isEmpty);
	if (apply === "done") {
		const counts = plan === void 0 ? md`` : md`: ${countsLine(plan.counts)}`;
		lines.push(plan?.hasChanges === false ? md`✅ **Applied** before: nothing was left to change for ${runLink(report)}` : md`✅ **Applied** by ${runLink(report)}${counts}`);
	}
	if (stability !== void 0 && stability.failure === void 0) {
		const revision = stability.revision === void 0 ? md`` : md` of ${code(stability.revision)}`;
		const tasks = count$1(stability.running, "task");
		lines.push(md`✅ **Stable** after ${seconds$1(stability.elapsedMs)}: ECS runs ${tasks}${revision}`);
	}
	lines.push(...(report.notChecked ?? []).map((sentence) => md`⚪ **Not checked**: ${prose(sentence)}`));
	lines.push(...gateLines(gate));
	if (taint !== void 0) {
		const { tainted, why } = taint;
		const addresses = Markdown.join(tainted.map((address) => code(address)), ", ");
		const undo = Markdown.join(tainted.map((address) => code(plain`terraform untaint '${address}'`)), ", ");
		lines.push(tainted.length > 0 ? md`🟠 **Tainted** ${addresses}. ${prose(why)} To take that back: ${undo}` : md`⚪ ${prose(why)}`);
	}
	lines.push(...verifyLines(report), ...rollbackLine(report), ...monitorLines(report), ...destroyLines(report));
	for (const warning of [...gate?.warnings ?? [], ...report.warnings]) lines.push(md`⚠️ ${prose(warning, 500)}`);
	return lines;
}
function gateLines(gate) {
	if (gate === void 0) return [];
	const { serverInfo, latencyMs, protocolVersions, wall, endpoint, tools, elapsedMs } = gate;
	if (!gate.passed) return [md`❌ **Does not speak MCP** after ${seconds$1(elapsedMs)}: ${prose(erasLine(gate))}`];
	const lines = [];
	const place = code(endpoint, 300);
	if (protocolVersions.length === 0 && wall !== void 0) {
		const servers = wall.authorizationServers.map((server) => code(server, 200));
		lines.push(md`✅ **Asks for authorization** at ${place}, by ${Markdown.join(servers, ", ")}; what is behind it was not checked`);
	} else {
		const versions = Markdown.join(protocolVersions.map((version) => code(version)), " and ");
		const server = serverInfo && md`, server ${code(plain`${serverInfo.name} ${serverInfo.version}`, 120)}`;
		lines.push(md`✅ **Speaks MCP** ${versions} at ${place}${server}`, md`✅ **Lists ${count$1(tools.length, "tool")}**${toolNames(tools)}`);
	}
	if (latencyMs !== null) lines.push(md`✅ **Answers in ${Math.round(latencyMs)} ms** (median), green after ${seconds$1(elapsedMs)}`);
	return lines;
}
function failureAlert({ failures }, units) {
	return Markdown.join(failures.map((failure, index) => alertOf(failure, index === 0 ? units : Math.floor(units / 4))), "\n\n");
}
function alertOf(failure, units) {
	return Markdown.join([
		md`> [!CAUTION]`,
		md`> **${failureName(failure)}**: ${prose(plain`${failure.sentence}`.firstLine, units)}`,
		...failure.fix === "" ? [] : [md`>`, md`> **What to do**: ${prose(failure.fix, units)}`]
	], "\n");
}
function failureName({ code }) {
	return name(failureCode(code), 60);
}
function failureDetails({ failures: [failure], problems = [] }, units) {
	if (problems.length > 0) return problemsSection(problems, units);
	const details = plain`${failure?.sentence}`.rest.visible;
	return details.isEmpty ? md`` : collapsible(md`What Terraform said`, fence(details.shorten(units)), true);
}
function toolNames(tools) {
	if (tools.length === 0) return md``;
	const named = tools.slice(0, 12).map((name) => code(name, 80));
	return md`: ${Markdown.join(named, ", ")}${tools.length > 12 ? md` and ${tools.length - 12} more` : md``}`;
}
function footer({ commit, runUrl, plan, phases }) {
	const times = Markdown.join(phases.map(({ phase, ms }) => md`${Markdown.word(phase)} ${seconds$1(ms)}`), ", ");
	const version = plan?.terraformVersion ? md` with Terraform ${plan.terraformVersion}` : md``;
	const run = knownHtmlLink(md`run`, runUrl);
	return md`${code(plain`${commit}`.start(7))}${version}, ${run}${times.isEmpty ? md`` : md`: ${times}`}`;
}
function runLink({ runUrl }) {
	return knownLink(md`this run`, runUrl);
}
// src/report/summary.ts
const summaryLimit = 1e6;
const barLength = 24;
function renderSummary(report) {
	const { plan, gate, phases } = report;
	const head = Markdown.join([
		md`## ${title(report)}`,
		failureAlert(report, 2e3),
		failureDetails(report, 5e4),
		differencesSection(report),
		checkSection(report),
		list(timelineLines(report)),
		linkLine(report),
		checksSection(report),
		driftSection(report, 5e4),
		evidenceSection(report, 1e5),
		gate && gateSection(gate),
		phases.length === 0 ? void 0 : phaseTable(phases),
		planOverview(report, 5e4),
		plan && findingsSection(report.findings ?? [], 2e5)
	], "\n\n");
	if (head.bytes > 1e6) return md`## ${title(report)}\n\n${failureAlert(report, 2e3)}\n\nThis report is too long for a summary: read it in the job log.\n`;
	const text = plain`${plan?.text}`.trim();
	if (text.isEmpty) return md`${head}\n`;
	const room = summaryLimit - head.bytes - 1e3;
	const whole = md`${head}\n\n${collapsible(md`The whole plan`, fence(wholeLines(text.visible, room)), true)}\n`;
	return whole.bytes <= 1e6 ? whole : md`${head}\n\nThe plan is in the job log, and in the file plan.txt (output plan-file).\n`;
}
function phaseTable(phases) {
	const longest = Math.max(...phases.map(({ ms }) => ms), 1);
	const rows = phases.map(({ phase, ms }) => row$1([
		Markdown.word(phase),
		md`${seconds$1(ms)}`,
		bar(ms / longest)
	]));
	return Markdown.join([md`| phase | time | |\n|---|---:|:---|`, ...rows], "\n");
}
const eighthParts = [
	"",
	"▏",
	"▎",
	"▍",
	"▌",
	"▋",
	"▊",
	"▉"
];
function bar(share) {
	const eighths = Math.max(1, Math.round(share * barLength * 8));
	const full = Array.from({ length: Math.floor(eighths / 8) }, () => md`█`);
	return Markdown.join([...full, Markdown.word(eighthParts[eighths % 8] ?? "")], "");
}
function wholeLines(text, limit) {
	const { text: shown, omitted } = text.wholeLines(limit);
	if (omitted === void 0) return shown;
	return plain`${shown}\n… ${omitted} more lines: GitHub shows no summary above 1 MiB. The job log has them all, and so has the file plan.txt (output plan-file).`;
}
// src/report/joined.ts
const phases = {
	start: true,
	install: true,
	init: true,
	check: true,
	plan: true,
	approval: true,
	credentials: true,
	unregister: true,
	apply: true,
	destroy: true,
	stability: true,
	gate: true,
	certificate: true,
	drift: true,
	diagnosis: true,
	taint: true,
	rollback: true,
	register: true,
	issue: true,
	report: true,
	comment: true
};
function renderJoined({ rows, failed }, runs) {
	const title = failed.length > 0 ? md`❌ ${failed.length} of ${count$1(rows.length, "stack")} failed` : md`✅ ${count$1(rows.length, "stack")}`;
	const failures = rows.flatMap((each) => failureLine(each) ?? []);
	const table = Markdown.join([md`| stack | how it ended | changes | gate | endpoint | run |\n|---|---|---|---|---|---|`, withinLimit(rows.map((each) => tableRow(each, runs)), summaryLimit / 3, md`stacks`)], "\n");
	const parts = [
		md`## ${title}`,
		withinLimit(failures.map((each) => list([each])), summaryLimit / 2, md`failures`),
		rows.length === 0 ? md`There was no stack to run for.` : table
	];
	return md`${Markdown.join(parts, "\n\n")}\n`;
}
function failureLine(each) {
	const name = code(each.name, 200);
	if ("missing" in each) return md`**${name}**: ${prose(each.missing)}`;
	const [failure] = each.report.failures;
	if (failure === void 0) {
		const { unfinished, isFailed } = outcomeOf(each.report);
		if (unfinished !== void 0) return md`**${name}**: The ${Markdown.word(unfinished)} was begun, and nothing is known of its end.`;
		return isFailed ? md`**${name}**: The run ended before everything was checked.` : void 0;
	}
	const sentence = prose(plain`${failure.sentence}`.firstLine, 500);
	const what = failure.code === "" ? wordOf(Object.keys(phases), failure.phase) : failureCode(failure.code);
	const fix = failure.fix === "" ? md`` : md` **What to do**: ${prose(failure.fix, 500)}`;
	return md`**${name}** ${code(what, 60)}: ${sentence}${fix}`;
}
function tableRow(each, runs) {
	const name = code(each.name, 200);
	if ("missing" in each) return row$1([
		md`❌ ${name}`,
		md`No report`,
		md``,
		md``,
		md``,
		md``
	]);
	const { report } = each;
	const { isFailed, headline } = outcomeOf(report);
	const { gate, endpoint = "", runUrl } = report;
	return row$1([
		md`${isFailed ? md`❌` : md`✅`} ${name}`,
		Markdown.word(headline),
		changesOf(report),
		gate === void 0 ? md`` : gate.passed ? md`passed` : md`failed`,
		endpoint === "" ? md`` : code(endpoint, 200),
		isRun(runUrl, runs) ? knownLink(md`run`, runUrl) : md``
	]);
}
function changesOf({ plan, counts }) {
	if (plan === void 0) return md``;
	if (!plan.hasChanges) return md`none`;
	const known = (name) => Math.max(0, Math.trunc(counts?.[name] ?? 0));
	return md`${countsLine({
		add: known("add"),
		change: known("change"),
		destroy: known("destroy"),
		replace: known("replace"),
		import: known("import"),
		move: known("move"),
		forget: known("forget")
	})}`;
}
function isRun(url, runs) {
	return url.startsWith(runs) && /^\d+(\/attempts\/\d+)?$/.test(url.slice(runs.length));
}
function renderDiscovery({ found, concerned, because }) {
	const rows = concerned.map(({ name, directory, environment = "" }) => row$1([
		code(name, 200),
		code(directory, 200),
		environment === "" ? md`` : code(environment, 100)
	]));
	const table = Markdown.join([md`| stack | directory | environment |\n|---|---|---|`, withinLimit(rows, summaryLimit / 2, md`stacks`)], "\n");
	const parts = [
		md`## ${concerned.length} of ${count$1(found.length, "stack")}`,
		md`These run because ${prose(because, 500)}.`,
		rows.length === 0 ? md`` : table
	];
	return md`${Markdown.join(parts, "\n\n")}\n`;
}
function withinLimit(lines, limit, what) {
	let left = limit;
	const shown = lines.filter((each) => {
		left -= each.bytes + 1;
		return left >= 0;
	});
	const text = Markdown.join(shown, "\n");
	if (shown.length === lines.length) return text;
	return md`${text}\n\n… ${lines.length - shown.length} more ${what}: GitHub shows no summary above 1 MiB.`;
}
// src/report/serialize.ts
const ours = "#/$defs/ours";
const address = "#/$defs/address";
const ownFormats = {
	"date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
	uuid: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/
};
function serialize(root, value, part = root) {
	const serializer = new Serializer(root);
	return {
		value: serializer.write(part, value),
		leftOut: serializer.leftOut
	};
}
var Serializer = class {
	leftOut = 0;
	#root;
	#patterns = new Map();
	constructor(root) {
		this.#root = root;
	}
	write(schema, value) {
		if (value === void 0) return void 0;
		if (schema.$ref !== void 0) return this.#writeReferenced(schema.$ref, value);
		if (schema.anyOf !== void 0) return schema.anyOf.map((each) => this.write(each, value)).find((written) => written !== void 0);
		if (schema.const === value || schema.enum?.includes(value)) return value;
		if (typeof value === "string") return this.#isOurs(schema, value) ? value : secrets.redact(value);
		if (Array.isArray(value)) return this.#writeList(schema, value);
		if (typeof value === "object" && value !== null) return this.#writeObject(schema, value);
		return [schema.type].flat().some((type) => isOfType(value, type)) ? value : void 0;
	}
	#writeReferenced(ref, value) {
		const schema = this.#root.$defs?.[ref.replace("#/$defs/", "")];
		if (schema === void 0) throw new Error(`The schema has no ${ref}.`);
		if (typeof value === "string" && ref === ours) return value;
		if (typeof value === "string" && ref === address) {
			if (secrets.redact(value) === value) return value;
			this.leftOut++;
			return;
		}
		return this.write(schema, value);
	}
	#isOurs({ pattern, format }, text) {
		if (format !== void 0) return ownFormats[format]?.test(text) ?? false;
		if (pattern === void 0) return false;
		const known = this.#patterns.get(pattern) ?? new RegExp(pattern);
		this.#patterns.set(pattern, known);
		return known.test(text);
	}
	#writeList({ items = {} }, list) {
		return list.map((item) => this.write(items, item)).filter((item) => item !== void 0);
	}
	#writeObject(schema, value) {
		const { properties = {}, additionalProperties, required = [] } = schema;
		const written = [];
		for (const [key, inner] of Object.entries(value)) {
			const property = Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
			if (property === void 0 || typeof property === "boolean") continue;
			const part = this.write(property, inner);
			if (part !== void 0) written.push([key, part]);
			else if (inner !== void 0 && required.includes(key)) return void 0;
		}
		return Object.fromEntries(written);
	}
};
function isOfType(value, type) {
	switch (type) {
		case "null": return value === null;
		case "boolean": return typeof value === "boolean";
		case "integer": return Number.isInteger(value);
		case "number": return Number.isFinite(value);
		default: return false;
	}
}
// src/outputs.ts
const reportFiles = {
	report: "report.json",
	plan: "plan.txt",
	junit: "gate-junit.xml",
	contract: "mcp-contract.json"
};
function writeReport(report, directory) {
	const { plan, approval, gate, taint, certificate, issue, githubDeployment, destroy } = report;
	const writer = new OutputWriter(directory);
	const json = serialize(report_schema_default, reportJson(report));
	const warnings = [...report.warnings.map(secrets.redact), ...leftOutWarnings(json.leftOut)];
	const { value } = json;
	writer.file("gate-report", reportFiles.report, jsonText({
		...value,
		warnings
	}));
	if (plan !== void 0) {
		setOutput("has-changes", plan.hasChanges);
		setOutput("plan-summary", JSON.stringify(plan.counts));
		writer.file("plan-file", reportFiles.plan, secrets.redact(plan.text));
	}
	setOutput("plan-fingerprint", approval?.fingerprint ?? "");
	setOutput("applied", report.apply === "done");
	setOutput("terraform-outputs", JSON.stringify(writer.wholeOnly(report.deployment?.outputs ?? {})));
	setOutput("mcp-endpoint", writer.whole("mcp-endpoint", gate?.endpoint ?? report.deployment?.endpoint ?? ""));
	setOutput("gate", gate === void 0 ? "skipped" : gate.passed ? "passed" : "failed");
	if (gate !== void 0) writeGate(gate, writer);
	setOutput("tainted", JSON.stringify(writer.wholeList("tainted", taint?.tainted ?? [])));
	setOutput("monitor-id", secrets.redact(registrationOf(report)?.id ?? ""));
	setOutput("certificate-days-left", certificate?.daysLeft ?? "");
	const { drift } = report;
	setOutput("drift", drift === void 0 ? "" : JSON.stringify(writer.wholeList("drift", driftAddresses(drift))));
	setOutput("issue-url", issue?.url ?? "");
	setOutput("deployment-id", githubDeployment?.id ?? "");
	setOutput("destroyed", destroy === void 0 ? "" : destroy.outcome === "done" || destroy.outcome === "nothing");
	for (const text of [
		...gate?.warnings ?? [],
		...warnings,
		...writer.warnings
	]) log.warning(line`${text}`);
	for (const { warning, notices } of report.monitors ?? []) {
		if (warning !== void 0) log.warning(line`${warning}`);
		for (const text of notices) log.notice(line`${text}`);
	}
}
function writeGate(gate, writer) {
	const eras = Object.fromEntries(Object.entries(gate.eras).map(([era, { verdict }]) => [era, verdict]));
	setOutput("mcp-eras", JSON.stringify(eras));
	setOutput("mcp-tools", JSON.stringify(gate.tools.map(secrets.redact)));
	const { value } = serialize(report_schema_default, gate, report_schema_default.$defs.gate);
	writer.file("gate-junit", reportFiles.junit, renderJUnit(value));
	if (gate.contract === void 0) return;
	setOutput("mcp-contract-hash", gate.contract.hash);
	const { hash, tools } = gate.contract;
	const text = contractText({
		hash,
		tools: redactAll(tools, secrets.redact)
	});
	writer.file("mcp-contract-file", reportFiles.contract, text);
}
function leftOutWarnings(addresses) {
	if (addresses === 0) return [];
	return [`The report leaves out ${count$2(addresses, "resource")} whose address holds a secret.`];
}
function jsonText(value) {
	return `${JSON.stringify(value, null, 2)}\n`;
}
var OutputWriter = class {
	warnings = [];
	#directory;
	constructor(directory) {
		this.#directory = directory;
	}
	file(output, name, text) {
		const path = join(this.#directory, name);
		writeFileSync(path, text);
		setOutput(output, path);
	}
	whole(output, text) {
		if (secrets.redact(text) === text) return text;
		this.warnings.push(`The output ${output} is left out because it holds a secret.`);
		return "";
	}
	wholeList(output, texts) {
		const open = texts.filter((text) => secrets.redact(text) === text);
		const hidden = texts.length - open.length;
		if (hidden > 0) this.warnings.push(`The output ${output} leaves out ${count$2(hidden, "resource")} whose address holds a secret.`);
		return open;
	}
	wholeOnly(outputs) {
		const open = Object.entries(outputs).filter(([name, value]) => {
			if (isOpen(value)) return true;
			this.warnings.push(`The output terraform-outputs leaves out ${name}, which holds a secret.`);
			return false;
		});
		return Object.fromEntries(open);
	}
};
function isOpen(value) {
	if (typeof value === "string" || typeof value === "number") return secrets.redact(String(value)) === String(value);
	if (typeof value !== "object" || value === null) return true;
	return Object.entries(value).every(([key, inner]) => isOpen(key) && isOpen(inner));
}
async function writeSummary(report) {
	await addToSummary(renderSummary(report));
}
async function addToSummary(markdown) {
	await summary.addRaw(String(markdown)).write();
}
function failRun(sentence) {
	setFailed([sentence].flat().map(String).join("\n"));
}
function saveRunning(running) {
	saveState("running", running ?? "");
}
function writeCommand(command) {
	setOutput("command", command);
}
function writeCommentUrl(url) {
	setOutput("comment-url", url);
}
async function writeDiscovery(discovery, { stacks, batches, count }, directory) {
	const file = join(directory, "stacks.json");
	writeFileSync(file, `${batches}\n`);
	setOutput("stacks", stacks);
	setOutput("batches", batches);
	setOutput("stack-count", count);
	setOutput("stacks-file", file);
	await addToSummary(renderDiscovery(discovery));
}
async function writeJoined(joined, runs) {
	setOutput("stack-count", joined.rows.length);
	setOutput("failed-stacks", JSON.stringify(joined.failed));
	await addToSummary(renderJoined(joined, runs));
}
function writeOutcome(failure) {
	const { phase = "", code = "" } = failure ?? {};
	setOutput("failure-phase", phase);
	setOutput("failure-code", code);
	setOutput("failed-phase", phase);
	setOutput("gate-code", isThrownCode(code) ? "" : code);
}
const annotationLimit = 4e3;
function writeAnnotations(report) {
	const { annotations, errors } = annotationsOf(report);
	for (const { level, message, at } of annotations) log[level](annotationText(message), at);
	const { headline, exitCode } = outcomeOf(report);
	if (exitCode === 0) return;
	process.exitCode = exitCode;
	const [first, ...more] = report.failures;
	const shown = annotations.filter(({ level }) => level === "error").length;
	if (first === void 0) {
		log.error(line`${Line.word(headline)}: RUN_INCOMPLETE: ${Line.word(thrownCodes.RUN_INCOMPLETE.meaning)}.`);
		return;
	}
	if (shown === 0) {
		for (const failure of report.failures) log.error(failureText(failure, failure.sentence));
		log.error(line`${Line.word(headline)}.`);
		return;
	}
	for (const failure of more) log.error(failureText(failure, failure.sentence));
	const [sentence = ""] = first.sentence.split("\n");
	const others = errors > shown ? ` The first ${shown} of ${errors} errors are annotated, all of them are in the log.` : "";
	log.error(failureText(first, `${sentence}${others}`, `${headline}: `));
}
function failureText({ code, fix }, sentence, before = "") {
	return annotationText(`${before}${code}: ${sentence}${fix === "" ? "" : `\nWhat to do: ${fix}`}`);
}
function annotationText(text) {
	return shorten(secrets.redact(text), annotationLimit).split("\n").map((each) => line`${each}`);
}
export { parseJson as $, evidenceSection as A, rules as At, probeSse as B, eraLine as C, prose as Ct, isSuperseded as D, driftOf as Dt, isOfAnotherState as E, driftMode as Et, NOT_ASKED as F, contractOf as Ft, probeStreamable as G, endSession as H, isBelowHttp as I, readContract as It, judgeTools as J, judgeContract as K, probeEras as L, failing as M, text$1 as Mt, countsLine as N, viewOf as Nt, readHistory as O, judgeDrift as Ot, ERAS as P, compareContracts as Pt, unfitRefusal as Q, discover as R, timelineLines as S, plain as St, entryOf as T, minute as Tt, initialize as U, LEGACY_VERSIONS as V, legacyPages as W, record as X, listTools as Y, send as Z, renderClosed as _, code as _t, writeCommand as a, openTarget as at, renderOutdated as b, list as bt, writeJoined as c, codes as ct, writeSummary as d, diffLines as dt, read as et, serialize as f, pathText as ft, failureName as g, alreadyPosted as gt, failureDetails as h, Markdown as ht, writeAnnotations as i, isEventStream as it, DENIED as j, parsed as jt, evidenceLines as k, ruleNames as kt, writeOutcome as l, failure as lt, failureAlert as m, linkLine as mt, reportFiles as n, secretsOf as nt, writeCommentUrl as o, defaultGateTimes as ot, commentLimit as p, outcomeOf as pt, judgeOffer as q, saveRunning as r, exchange as rt, writeDiscovery as s, certificateOf as st, failRun as t, clean as tt, writeReport as u, driftSection as ut, renderComment as v, hiddenLine as vt, reportCommands as w, withHiddenLine as wt, targetLabel as x, md as xt, renderCounts as y, knownLink as yt, modernPages as z };
