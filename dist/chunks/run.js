import { r as __toESM } from "./rolldown-runtime.js";
import { G as InputError, J as codeOf, X as messageOf, i as Line, l as log, s as line, u as secrets } from "./base.js";
import { mt as closest, ot as gate, st as targetFor, xt as codes } from "./verify.js";
import { D as loadMcpCalls, S as short, _ as count, k as readMcpInputs, x as seconds, y as failureCode } from "./entry.js";
import { i as erasLine, t as checksOf } from "./gate2.js";
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
// src/cli/endpoints.ts
function readEndpoints(urls, file) {
	for (const url of urls) checkUrl(url, "The argument");
	const listed = file === void 0 ? [] : readLines(file);
	const endpoints = [...new Set([...urls, ...listed])];
	if (endpoints.length > 0) return endpoints;
	throw new InputError(file === void 0 ? "No URL is given: mcp-gate https://mcp.example.com/mcp checks one. See mcp-gate --help." : `Option --file names "${file}", which has no URL.`);
}
function readLines(file) {
	let text;
	try {
		text = readFileSync(file === "-" ? 0 : file, "utf8");
	} catch (error) {
		throw new InputError(`Option --file names "${file}", which cannot be read: ${messageOf(error)}`);
	}
	return text.split(/\r?\n/).flatMap((each, index) => {
		const url = each.trim();
		if (url === "" || url.startsWith("#")) return [];
		checkUrl(url, `Line ${index + 1} of ${file === "-" ? "standard input" : file}`);
		return [url];
	});
}
function checkUrl(url, place) {
	const { protocol, username, password, hostname } = URL.parse(url) ?? {
		protocol: "",
		hostname: ""
	};
	if (protocol !== "https:" && protocol !== "http:" || hostname === "") {
		const guess = /^[\w.-]+(?::\d+)?(?:\/|$)/.test(url) ? ` Did you mean https://${url}?` : "";
		throw new InputError(`${place} is "${url}": it must be a URL that begins with https:// or http://.${guess}`);
	}
	if (username || password) throw new InputError(`${place} has a user name or a password in its URL, at ${hostname}: use --headers instead.`);
}
// src/cli/flags.ts
const otherInputs = [
	"mcp-endpoint",
	"mcp-expect",
	"mcp-headers-from-output",
	"mcp-oauth-from-output"
];
function inputFlags(action) {
	const { inputs } = action;
	return Object.entries(inputs).filter(([input]) => input.startsWith("mcp-") && !otherInputs.includes(input)).map(([input, { description, default: value }]) => ({
		input,
		flag: input.slice(4),
		description: description.replace(/\s+/g, " ").trim(),
		defaultValue: String(value ?? "")
	}));
}
const ownFlags = {
	file: ["FILE", "Check each URL in this file, one per line; \"-\" reads standard input. Lines that start with # are comments."],
	concurrency: ["NUMBER", "How many endpoints are checked at the same time, 1 to 256. Default: 16."],
	watch: ["", "Follow a deployment: wait until the endpoint passes several rounds in a row, or the time is up."],
	strict: ["", "An endpoint that passes with a warning ends with exit code 6."],
	json: ["", "Write the report as JSON instead of text; with several endpoints, one JSON object per line."],
	junit: ["FILE", "Write a JUnit report to this file."],
	html: ["FILE", "Write the report with each request and reply to this file, as one HTML page. Only for one endpoint."],
	color: ["WHEN", "Color the text: auto, always or never. Default: auto."],
	quiet: ["", "Write nothing about endpoints that pass."],
	help: ["", "Show this help."],
	version: ["", "Show the version."]
};
const singleCheckDefaults = {
	rounds: "1",
	timeout: "60s"
};
function variableOf(flag) {
	return `MCP_GATE_${flag.toUpperCase().replaceAll("-", "_")}`;
}
function readArguments(args, flags, environment) {
	const { values, positionals } = parse(args, Object.fromEntries([...flags.map(({ flag }) => [flag, {
		type: "string",
		multiple: true
	}]), ...Object.entries(ownFlags).map(([flag, [value]]) => [flag, { type: value === "" ? "boolean" : "string" }])]));
	const own = values;
	const text = (flag) => typeof own[flag] === "string" ? own[flag] : void 0;
	const watches = own.watch === true;
	const inputs = flags.map(({ input, flag, defaultValue }) => {
		const usual = watches ? defaultValue : singleCheckDefaults[flag] ?? defaultValue;
		return [input, values[flag]?.map((value) => contentOf(flag, value)).join("\n") ?? environment[variableOf(flag)] ?? usual];
	});
	return {
		urls: positionals,
		inputs: Object.fromEntries(inputs),
		file: text("file"),
		concurrency: readConcurrency(text("concurrency")),
		watches,
		isStrict: own.strict === true,
		isJson: own.json === true,
		junit: text("junit"),
		html: text("html"),
		color: readColor(text("color")),
		isQuiet: own.quiet === true,
		action: own.help === true ? "help" : own.version === true ? "version" : "check"
	};
}
function parse(args, options) {
	try {
		return parseArgs({
			args: withJoinedLists(args, options),
			options,
			allowPositionals: true
		});
	} catch (error) {
		const unknown = /^Unknown option '-{0,2}([^']*)'/.exec(messageOf(error))?.[1];
		if (unknown === void 0) throw new InputError(`${firstSentence(messageOf(error))} See mcp-gate --help.`);
		const similar = closest(unknown, Object.keys(options));
		const hint = similar === void 0 ? "" : ` Did you mean --${similar}?`;
		throw new InputError(`There is no option --${unknown.replace(/^mcp-/, "")}.${hint} See mcp-gate --help.`);
	}
}
function withJoinedLists(args, options) {
	const joined = [];
	for (const arg of args) {
		const last = joined.at(-1) ?? "";
		if (/^-\s/.test(arg) && last.startsWith("--") && options[last.slice(2)]?.type === "string") joined.splice(-1, 1, `${last}=${arg}`);
		else joined.push(arg);
	}
	return joined;
}
function firstSentence(text) {
	const [first = ""] = text.split(". ", 1);
	return first.endsWith(".") ? first : `${first}.`;
}
function contentOf(flag, value) {
	if (!value.startsWith("@")) return value;
	try {
		return readFileSync(value.slice(1), "utf8").trim();
	} catch (error) {
		throw new InputError(`Option --${flag} names the file "${value.slice(1)}", which cannot be read: ${messageOf(error)}`);
	}
}
const maxConcurrency = 256;
function readConcurrency(value = "16") {
	if (/^[1-9]\d{0,2}$/.test(value) && Number(value) <= maxConcurrency) return Number(value);
	throw new InputError(`Option --concurrency is "${value}": it must be a whole number from 1 to ${maxConcurrency}.`);
}
function readColor(value = "auto") {
	const choice = [
		"auto",
		"always",
		"never"
	].find((each) => each === value);
	if (choice !== void 0) return choice;
	throw new InputError(`Option --color is "${value}": allowed are "auto", "always" and "never".`);
}
function withFlagNames(text, flags) {
	return text.replace(/\b(?:Inputs? )?(mcp-[a-z0-9-]*[a-z0-9])\b/g, (all, input) => {
		const known = flags.find((each) => each.input === input);
		if (known !== void 0) return `${all.startsWith("Input") ? "Option " : ""}--${known.flag}`;
		return input === "mcp-endpoint" ? "URL" : all;
	});
}
const helpWidth = 100;
function helpLines(flags) {
	const own = Object.entries(ownFlags).map(([flag, [value, description]]) => option(flag, value, description));
	const inputs = flags.map(({ flag, description, defaultValue }) => {
		const single = singleCheckDefaults[flag];
		const usual = single === void 0 ? defaultValue : `${single}, and ${defaultValue} with --watch`;
		const shown = withFlagNames(description.replaceAll("`", ""), flags);
		return option(flag, "VALUE", usual === "" ? shown : `${shown} Default: ${usual}.`);
	});
	return [
		"Usage: mcp-gate [options] URL...",
		"",
		"Checks over the wire that an endpoint speaks MCP, as its clients would find out. It only reads.",
		"",
		"Options:",
		...own.flat(),
		"",
		"Options of the gate, which are the inputs of the action without \"mcp-\". Repeat an option for several lines.",
		"A value @FILE is read from the file. Secrets belong into a variable, such as MCP_GATE_HEADERS.",
		...inputs.flat(),
		"",
		"Exit codes, of which the last one in this list that an endpoint has counts:",
		...exitCodes.map(([code, meaning]) => `  ${code}  ${meaning}`),
		"  2  The command line cannot be used; nothing was sent."
	];
}
const exitCodes = [
	[0, "Every endpoint passed."],
	[6, "An endpoint passed with a warning, and --strict is set."],
	[3, "An endpoint requires a login, or its login does not work (codes AUTH_…)."],
	[1, "An endpoint does not speak MCP as it must."],
	[4, "An endpoint cannot be reached (DNS, TCP, TLS)."]
];
function option(flag, value, description) {
	const head = `  --${flag}${value === "" ? "" : ` ${value}`}`;
	const indent = " ".repeat(6);
	const lines = [];
	let current = indent;
	for (const word of description.split(" ")) {
		if (current.length + word.length + 1 > helpWidth && current.trim() !== "") {
			lines.push(current);
			current = indent;
		}
		current = current === indent ? `${indent}${word}` : `${current} ${word}`;
	}
	return [
		head,
		...lines,
		current
	];
}
// src/cli/exit-code.ts
function exitCodeOf({ failure, warnings }, isStrict) {
	if (failure === void 0) return isStrict && warnings.length > 0 ? 6 : 0;
	if (failure.code.startsWith("AUTH_")) return 3;
	const { layer } = codes[failure.code];
	return layer === "DNS" || layer === "TCP" || layer === "TLS" ? 4 : 1;
}
function worse(a, b) {
	const rank = (code) => exitCodes.findIndex(([each]) => each === code);
	return rank(a) >= rank(b) ? a : b;
}
// src/cli/text.ts
const marks = {
	passed: ["✓", "good"],
	failed: ["✗", "bad"],
	"not-required": ["!", "caution"],
	absent: ["-", "faint"]
};
const nameWidth = 18;
const maxText = 1e3;
function endpointLines(report, rename) {
	const { endpoint, failure, warnings, tools, latencyMs, serverInfo } = report;
	const [mark, style] = marks[failure === void 0 ? "passed" : "failed"];
	const who = serverInfo === void 0 ? line`` : line`, ${short(serverInfo.name, 100)} ${short(serverInfo.version, 40)}`;
	const latency = latencyMs === null ? line`` : line`, ${seconds(latencyMs)}`;
	const about = failure === void 0 ? line`speaks MCP: ${erasLine(report)}, ${count(tools.length, "tool")}${latency}${who}` : line`does not pass: ${failureCode(failure.code)}`;
	return [
		[
			[Line.word(mark), style],
			line` `,
			[short(endpoint, 500), "strong"],
			line` ${about}`
		],
		...checksOf(report).map(checkLine),
		...warnings.map((text) => [[line`  warning`, "caution"], line` ${short(rename(text), maxText)}`]),
		...failure === void 0 ? [] : failureLines(failure, rename)
	];
}
function checkLine({ name, outcome, observed }) {
	const [mark, style] = marks[outcome];
	return [
		line`  `,
		[Line.word(mark), style],
		line` ${padded(name, nameWidth)} ${observed.shorten(200)}`
	];
}
function failureLines(failure, rename) {
	const { cause, remedy } = {
		cause: codes[failure.code].cause,
		remedy: failure.remedy
	};
	const row = (name, text) => [[padded(line`${name}`, 13), "faint"], line`${text}`];
	const worth = {
		replace: line`replace what runs`,
		config: line`change what is around it`,
		wait: line`wait, or replace what runs`
	};
	return [
		[line``],
		row("what", line`${short(rename(failure.sentence), maxText)}`),
		row("likely cause", line`${cause}`),
		row("what to do", line`${short(rename(failure.fix), maxText)}`),
		row("which change", worth[remedy])
	];
}
function tableLines(report, rename) {
	const { endpoint, failure, warnings, latencyMs } = report;
	const [mark, style] = marks[failure ? "failed" : warnings.length > 0 ? "not-required" : "passed"];
	const word = failure ? failureCode(failure.code) : warnings.length > 0 ? count(warnings.length, "warning") : line`passed`;
	const latency = latencyMs === null ? line`-` : seconds(latencyMs);
	return [[[Line.word(mark), style], line` ${padded(word, 26)} ${padded(latency, 9)} ${short(endpoint, 500)}`], ...failure ? [[line`    ${short(rename(failure.sentence), 300)}`]] : []];
}
function summaryLine(total, failed, elapsedMs) {
	const all = [...failed.values()].reduce((sum, each) => sum + each, 0);
	const shown = [...failed].sort(([, a], [, b]) => b - a).map(([code, times]) => line`${failureCode(code)} ${times}`).reduce((text, each, index) => index === 0 ? each : line`${text}, ${each}`, line``);
	return [[line`${total - all} of ${total} passed`, all === 0 ? "good" : "bad"], line` in ${seconds(elapsedMs)}${all === 0 ? line`` : line`; failed: ${shown}`}`];
}
function padded(text, width) {
	const missing = Math.max(width - String(text).length, 0);
	return line`${text}${Line.word(" ".repeat(missing))}`;
}
// src/cli/run.ts
const usageExitCode = 2;
async function runCli(args, surroundings) {
	const { parse } = await import("./dist.js").then((m) => __toESM(m.default, 1));
	const flags = inputFlags(parse(surroundings.actionYml()));
	let terminal = log.openTerminal("auto");
	try {
		const read = readArguments(args, flags, surroundings.environment);
		terminal = log.openTerminal(read.color);
		if (read.action === "help") {
			for (const text of helpLines(flags)) terminal.line(line`${text}`);
			return 0;
		}
		if (read.action === "version") {
			terminal.line(line`${JSON.parse(surroundings.packageJson()).version}`);
			return 0;
		}
		return await checkAll(read, flags, terminal);
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		terminal.note([line`mcp-gate:`, "bad"], line` ${withFlagNames(messageOf(error), flags)}`);
		return usageExitCode;
	}
}
async function checkAll(read, flags, terminal) {
	const endpoints = readEndpoints(read.urls, read.file);
	if (read.html !== void 0 && endpoints.length > 1) throw new InputError(`Option --html writes the page of one endpoint, and there are ${endpoints.length}.`);
	const mcp = await readInputsOf(read.inputs);
	for (const endpoint of endpoints) targetFor(requestFor(endpoint, mcp, read));
	const writer = new ResultWriter(read, flags, terminal, endpoints.length);
	let next = 0;
	const work = async () => {
		for (let index = next++; index < endpoints.length; index = next++) {
			const endpoint = endpoints[index];
			const recorder = read.html === void 0 ? void 0 : await newRecorder();
			const report = await check(requestFor(endpoint, mcp, read), writer, recorder);
			await writer.add(report, recorder);
		}
	};
	writer.start();
	await Promise.all(Array.from({ length: Math.min(read.concurrency, endpoints.length) }, work));
	return writer.end();
}
function requestFor(endpoint, mcp, { watches }) {
	return {
		...mcp,
		endpoint,
		endsAtFailure: !watches
	};
}
async function newRecorder() {
	const { Recorder } = await import("./recorder.js");
	return new Recorder();
}
function check(request, writer, recorder) {
	return gate(request, (text) => writer.change(request.endpoint, text), (secret) => secrets.add(secret), void 0, recorder);
}
function readInputsOf(inputs) {
	for (const [input, value] of Object.entries(inputs)) {
		const isPath = input === "mcp-contract" && value !== "";
		process.env[`INPUT_${input.toUpperCase()}`] = isPath ? resolve(value) : value;
	}
	return loadMcpCalls(readMcpInputs("/"));
}
var ResultWriter = class {
	#read;
	#rename;
	#terminal;
	#total;
	#started = performance.now();
	#failed = new Map();
	#junit;
	#html;
	#done = 0;
	#exitCode = 0;
	constructor(read, flags, terminal, total) {
		this.#read = read;
		this.#terminal = terminal;
		this.#total = total;
		this.#rename = (text) => withFlagNames(text, flags);
		this.#junit = read.junit === void 0 ? void 0 : openFile("junit", read.junit);
		this.#html = read.html === void 0 ? void 0 : openFile("html", read.html);
	}
	start() {
		if (this.#junit !== void 0) writeSync(this.#junit, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
		this.#showStatus();
	}
	change(endpoint, text) {
		if (!this.#read.watches || this.#read.isQuiet) return;
		const where = this.#total === 1 ? line`` : line`${endpoint}: `;
		this.#terminal.note([line`${where}${this.#rename(text)}`, "faint"]);
		this.#showStatus();
	}
	async add(report, recorder) {
		this.#done++;
		const exitCode = exitCodeOf(report, this.#read.isStrict);
		this.#exitCode = worse(this.#exitCode, exitCode);
		if (report.failure) this.#failed.set(report.failure.code, (this.#failed.get(report.failure.code) ?? 0) + 1);
		if (this.#read.isJson || this.#junit !== void 0) await this.#writeFiles(report, exitCode);
		if (this.#html !== void 0) await this.#writePage(report, recorder, this.#html);
		if (!this.#read.isJson && !(this.#read.isQuiet && exitCode === 0)) {
			const lines = this.#total === 1 ? endpointLines : tableLines;
			for (const parts of lines(report, this.#rename)) this.#terminal.line(...parts);
		}
		this.#showStatus();
	}
	end() {
		this.#terminal.clearStatus();
		if (this.#junit !== void 0) {
			writeSync(this.#junit, "</testsuites>\n");
			closeSync(this.#junit);
		}
		if (this.#total > 1 && !this.#read.isJson) this.#terminal.line(...summaryLine(this.#total, this.#failed, performance.now() - this.#started));
		return this.#exitCode;
	}
	async #writeFiles(report, exitCode) {
		const { loadReportSchema } = await import("./outputs.js");
		const { serialize } = await import("./serialize.js");
		const schema = await loadReportSchema();
		const { value } = serialize(schema, report, schema.$defs.gate);
		if (this.#read.isJson) this.#terminal.json({
			...value,
			exitCode
		}, this.#total === 1 ? 2 : void 0);
		if (this.#junit === void 0) return;
		const { renderSuite } = await import("./gate.js");
		writeSync(this.#junit, `${renderSuite(value)}\n`);
	}
	async #writePage(report, recording, file) {
		const { renderGatePage } = await import("./gate-page.js");
		const { failure, warnings } = report;
		const renamed = {
			...report,
			warnings: warnings.map(this.#rename),
			...failure && { failure: {
				...failure,
				sentence: this.#rename(failure.sentence),
				fix: this.#rename(failure.fix)
			} }
		};
		writeSync(file, String(renderGatePage(renamed, { recording })));
		closeSync(file);
	}
	#showStatus() {
		const failed = [...this.#failed.values()].reduce((sum, each) => sum + each, 0);
		if (this.#done === this.#total) return;
		this.#terminal.status(this.#total === 1 ? line`checking…` : line`${this.#done} of ${this.#total} checked, ${failed} failed`);
	}
};
function openFile(flag, path) {
	try {
		return openSync(path, "w");
	} catch (error) {
		throw new InputError(`Option --${flag} is "${path}", which cannot be written: ${messageOf(error)} (${codeOf(error)})`);
	}
}
export { runCli };
