import { c as InputError } from "./log.js";
import { i as isObject } from "./json.js";
import { existsSync, readFileSync } from "node:fs";
import { createHash } from "node:crypto";
// src/event.ts
const matrixCommands = ["discover", "summary"];
const deployCommands = [
	"auto",
	"plan",
	"apply",
	"verify",
	"destroy"
];
function decideTrigger(command, run, checkedOut) {
	if (command === "discover" || command === "summary") return { command };
	assertTrustedCheckout(run, checkedOut);
	if (command === "destroy") assertMerged(run);
	const trigger = command === "auto" ? decideAuto(run) : decided(command, run);
	if (trigger.command === "none") return trigger;
	const visitor = untrustedAuthorOf(run);
	if (visitor !== void 0 && trigger.command === "apply") throw new InputError("Input command is \"apply\" for a pull request from a fork or of Dependabot: only what was merged is applied. Leave command at \"auto\".");
	return {
		...trigger,
		visitor
	};
}
function decided(command, { payload, sha }) {
	const pull = payload.pull_request;
	return {
		command,
		pullRequest: pull?.number,
		sha: pull === void 0 ? sha : shaOf(pull),
		queued: queuedOf(payload)
	};
}
function decideAuto(run) {
	const { sha } = run;
	switch (run.event) {
		case "pull_request": return run.payload.action === "closed" ? closed(run.payload) : decided("plan", run);
		case "merge_group":
		case "workflow_dispatch": return decided("plan", run);
		case "push": return push(run);
		case "schedule": return {
			command: "verify",
			pullRequest: void 0,
			sha
		};
		default: return nothing(`the event ${run.event} neither plans, applies nor verifies.`);
	}
}
function closed(payload) {
	const pull = payload.pull_request;
	if (pull?.merged !== true) {
		const ended = nothing("the pull request was closed without being merged.");
		return pull === void 0 ? ended : {
			...ended,
			closed: {
				pullRequest: pull.number,
				sha: shaOf(pull)
			}
		};
	}
	const defaultBranch = payload.repository?.default_branch;
	if (pull.base.ref !== defaultBranch) return nothing(`the pull request was merged into ${pull.base.ref}, not into the default branch ${defaultBranch}.`);
	return {
		command: "apply",
		pullRequest: pull.number,
		sha: shaOf(pull)
	};
}
function push({ payload, ref, sha }) {
	const defaultBranch = payload.repository?.default_branch;
	if (ref !== `refs/heads/${defaultBranch}`) return nothing(`${ref} is not the default branch ${defaultBranch}.`);
	return {
		command: "apply",
		pullRequest: void 0,
		sha
	};
}
function isFork({ head, base }) {
	return head.repo === null || head.repo?.full_name !== base.repo?.full_name;
}
function untrustedAuthorOf(run) {
	const pull = run.payload.pull_request;
	if (pull === void 0 || run.event !== "pull_request" || pull.merged === true) return void 0;
	if (isFork(pull)) return "fork";
	return run.actor === "dependabot[bot]" ? "dependabot" : void 0;
}
function assertTrustedCheckout(run, checkedOut) {
	const pull = run.payload.pull_request;
	if (run.event !== "pull_request_target" || pull === void 0 || !isFork(pull) || checkedOut === run.sha) return;
	throw new InputError(`The workflow runs on pull_request_target, and ${checkedOut === void 0 ? "it cannot be told what is checked out" : `commit ${checkedOut.slice(0, 7)} is checked out`}, not ${run.sha.slice(0, 7)} of the base branch: the code of a fork would run with the credentials of this repository. Run on pull_request instead, which gives a fork no credentials.`);
}
function assertMerged({ event, payload }) {
	if (!(payload.pull_request !== void 0 && payload.pull_request.merged !== true) && event !== "merge_group") return;
	throw new InputError(`Input command is "destroy" on the event ${event}, whose code is not merged: nothing is destroyed by a proposal. Run it on workflow_dispatch, push or schedule, with confirm-destroy.`);
}
function queuedOf({ merge_group }) {
	const number = /\/pr-(\d+)-[0-9a-f]{40}$/.exec(merge_group?.head_ref ?? "")?.[1];
	return number === void 0 ? void 0 : Number(number);
}
function shaOf(pull) {
	return (pull.merged === true ? pull.merge_commit_sha : void 0) ?? pull.head.sha;
}
function nothing(why) {
	return {
		command: "none",
		reason: `Nothing to do: ${why} Set the input command to plan, apply or verify to decide yourself.`
	};
}
function readRun(env) {
	const need = (name) => {
		const value = env[name];
		if (!value) throw new InputError(`${name} is not set: this action runs on a GitHub Actions runner.`);
		return value;
	};
	const [owner = "", repo = ""] = need("GITHUB_REPOSITORY").split("/");
	const payloadFile = env.GITHUB_EVENT_PATH;
	const repositoryUrl = `${env.GITHUB_SERVER_URL ?? "https://github.com"}/${owner}/${repo}`;
	const actionsUrl = `${repositoryUrl}/actions`;
	const runUrl = `${actionsUrl}/runs/${env.GITHUB_RUN_ID ?? ""}`;
	const attempt = Number(env.GITHUB_RUN_ATTEMPT ?? "1");
	return {
		event: need("GITHUB_EVENT_NAME"),
		payload: payloadFile && existsSync(payloadFile) ? JSON.parse(readFileSync(payloadFile, "utf8")) : {},
		owner,
		repo,
		sha: env.GITHUB_SHA ?? "",
		ref: env.GITHUB_REF ?? "",
		url: attempt > 1 ? `${runUrl}/attempts/${attempt}` : runUrl,
		repositoryUrl,
		workflow: /^[^/]+\/[^/]+\/(.+?)@/.exec(env.GITHUB_WORKFLOW_REF ?? "")?.[1] ?? "",
		job: env.GITHUB_JOB ?? "",
		actor: env.GITHUB_ACTOR ?? "",
		runsUrl: `${actionsUrl}?query=is%3Ain_progress`,
		workspace: need("GITHUB_WORKSPACE"),
		temp: need("RUNNER_TEMP"),
		action: actionSource(env)
	};
}
function actionSource(env) {
	const { GITHUB_ACTION_REPOSITORY: repository = "", GITHUB_ACTION_REF: ref = "" } = env;
	if (!/^[\w.-]+\/[\w.-]+$/.test(repository) || !/^[\w./@+-]+$/.test(ref)) return void 0;
	return {
		url: `${env.GITHUB_SERVER_URL ?? "https://github.com"}/${repository}`,
		ref
	};
}
// src/gate/contract.ts
const MAX_LISTED = 1e3;
const MAX_DEPTH = 256;
function canonical(value, depth = 0) {
	if (depth > MAX_DEPTH) throw new RangeError(`nested deeper than ${MAX_DEPTH} levels`);
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
	if (contractOf(tools) === void 0) throw new Error(`a schema in it is nested deeper than ${MAX_DEPTH} levels`);
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
const MAX_SHOWN_CHARACTERS = 300;
function shortened(text) {
	return text.length > MAX_SHOWN_CHARACTERS ? `${text.slice(0, MAX_SHOWN_CHARACTERS).toWellFormed()}…` : text;
}
export { deployCommands as a, readRun as c, decideTrigger as i, contractOf as n, isFork as o, readContract as r, matrixCommands as s, compareContracts as t };
