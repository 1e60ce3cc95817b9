import { __toESM } from "./rolldown-runtime.js";
import { InputError, Line, count, failureCode, isLoopback, line, loadMcpCalls, log, messageOf, readMcpInputs, redactAll, seconds, secrets, short } from "./entry.js";
import { closest, codes, gate, monotonicMs, targetFor } from "./verify.js";
import { exitCodes, helpLines, inputFlags, readArguments, withFlagNames } from "./flags.js";
import { checksOf, erasLine } from "./gate2.js";
const { closeSync, fstatSync, ftruncateSync, openSync, readFileSync, rmSync, writeSync } = process.getBuiltinModule("node:fs");
const { resolve } = process.getBuiltinModule("node:path");
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
	if (protocol === "" && /^https?:\/\/./i.test(url)) throw new InputError(`${place} is "${url}", which is not a URL: check its host name and its port, which is at most 65535.`);
	if (protocol !== "https:" && protocol !== "http:" || hostname === "") throw new InputError(`${place} is "${url}": it must be a URL that begins with https:// or http://.${guess(url)}`);
	if (username || password) throw new InputError(`${place} has a user name or a password in its URL, at ${hostname}: use --headers instead.`);
}
function guess(url) {
	if (/^(?:help|usage)$/i.test(url)) return " Did you mean mcp-gate --help?";
	if (/^[a-z]+$/i.test(url) && closest(url, ["init"]) !== void 0) return " Did you mean mcp-gate init?";
	const [, host = ""] = /^([\w.-]+)(?::\d+)?(?:\/|$)/.exec(url) ?? [];
	if (isLoopback(host)) return ` Did you mean http://${url}?`;
	return /[.:/]/.test(url) && host !== "" ? ` Did you mean https://${url}?` : "";
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
	passed: ["\u2713", "good"],
	failed: ["\u2717", "bad"],
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
		row("likely cause", line`${short(rename(cause), maxText)}`),
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
	if (args[0] === "init") {
		const { runInit } = await import("./run.js");
		return runInit(args.slice(1), surroundings);
	}
	const { parse } = await import("./dist.js").then((m) => __toESM(m.default, 1));
	const flags = inputFlags(parse(surroundings.packageFile("action.yml")));
	let terminal = log.openTerminal("auto");
	try {
		const read = readArguments(args, flags, surroundings.environment);
		terminal = log.openTerminal(read.color);
		if (read.action === "help") {
			for (const text of helpLines(flags)) terminal.line(line`${text}`);
			return 0;
		}
		if (read.action === "version") {
			terminal.line(line`${JSON.parse(surroundings.packageFile("package.json")).version}`);
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
	if (read.writeContract !== void 0 && endpoints.length > 1) throw new InputError(`Option --write-contract writes the contract of one endpoint, and there are ${endpoints.length}.`);
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
	const { Recorder } = await import("./verify.js");
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
	#started = monotonicMs();
	#failed = new Map();
	#junit;
	#html;
	#contract;
	#done = 0;
	#exitCode = 0;
	constructor(read, flags, terminal, total) {
		this.#read = read;
		this.#terminal = terminal;
		this.#total = total;
		this.#rename = (text) => withFlagNames(text, flags);
		this.#junit = read.junit === void 0 ? void 0 : openFile("junit", read.junit);
		this.#html = read.html === void 0 ? void 0 : openFile("html", read.html);
		this.#contract = read.writeContract === void 0 ? void 0 : openFile("write-contract", read.writeContract, "a");
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
		if (this.#contract !== void 0) await this.#writeContract(report, this.#contract);
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
		if (this.#total > 1 && !this.#read.isJson) this.#terminal.line(...summaryLine(this.#total, this.#failed, monotonicMs() - this.#started));
		return this.#exitCode;
	}
	async #writeFiles(report, exitCode) {
		const { loadReportSchema } = await import("./entry.js");
		const { serialize } = await import("./serialize2.js");
		const schema = await loadReportSchema();
		const { value } = serialize(schema, report, schema.$defs.gate);
		if (this.#read.isJson) this.#terminal.json({
			...value,
			exitCode
		}, this.#total === 1 ? 2 : void 0);
		if (this.#junit === void 0) return;
		const { renderSuite } = await import("./gate2.js");
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
	async #writeContract({ contract }, file) {
		if (contract !== void 0) {
			const { contractText } = await import("./gate2.js");
			ftruncateSync(file);
			writeSync(file, contractText({
				hash: contract.hash,
				tools: redactAll(contract.tools, secrets.redact)
			}));
		} else if (fstatSync(file).size === 0) rmSync(this.#read.writeContract);
		closeSync(file);
	}
	#showStatus() {
		const failed = [...this.#failed.values()].reduce((sum, each) => sum + each, 0);
		if (this.#done === this.#total) return;
		this.#terminal.status(this.#total === 1 ? line`checking\u2026` : line`${this.#done} of ${this.#total} checked, ${failed} failed`);
	}
};
function openFile(flag, path, mode = "w") {
	try {
		return openSync(path, mode);
	} catch (error) {
		throw new InputError(`Option --${flag} is "${path}", which cannot be written: ${messageOf(error)}.`);
	}
}
export { runCli };
