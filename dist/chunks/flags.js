import { InputError, messageOf } from "./entry.js";
import { closest } from "./verify.js";
const { readFileSync } = process.getBuiltinModule("node:fs");
const { parseArgs } = process.getBuiltinModule("node:util");
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
	"write-contract": ["FILE", "Write the tool contract of the server to this file, for --contract. Only for one endpoint. A server that lists no tools leaves the file as it is."],
	color: ["WHEN", "Color the text: auto, always or never. Default: auto."],
	quiet: ["", "Write nothing about endpoints that pass."],
	help: ["", "Show this help. The same as -h."],
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
	const { values, positionals } = parseOptions(args, Object.fromEntries([...flags.map(({ flag }) => [flag, {
		type: "string",
		multiple: true
	}]), ...ownOptions(ownFlags)]), "mcp-gate");
	const own = values;
	const text = (flag) => onlyText(flag, values[flag]);
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
		writeContract: text("write-contract"),
		color: readColor(text("color")),
		isQuiet: own.quiet === true,
		action: own.help === true ? "help" : own.version === true ? "version" : "check"
	};
}
function ownOptions(flags) {
	return Object.entries(flags).map(([flag, [value]]) => {
		return [flag, value === "" ? {
			type: "boolean",
			...flag === "help" ? { short: "h" } : {}
		} : {
			type: "string",
			multiple: true
		}];
	});
}
function onlyText(flag, value) {
	const values = Array.isArray(value) ? value.map(String) : [];
	if (values.length <= 1) return values[0];
	throw new InputError(`Option --${flag} is set ${values.length} times, to ${values.map((each) => JSON.stringify(each)).join(" and ")}: it takes one value.`);
}
function parseOptions(args, options, program) {
	try {
		return parseArgs({
			args: withJoinedLists(args, options),
			options,
			allowPositionals: true
		});
	} catch (error) {
		throw new InputError(`${optionFault(messageOf(error), Object.keys(options))} See ${program} --help.`);
	}
}
function optionFault(message, options) {
	const unknown = /^Unknown option '(-{0,2})([^']*)'/.exec(message);
	if (unknown !== null) {
		const [, dashes = "", name = ""] = unknown;
		const hint = /^(?:mcp-)?(?:url|endpoint)$/.test(name) ? "The URL is an argument without an option." : suggestion(closest(name.replace(/^mcp-/, ""), options));
		return `There is no option ${dashes}${name}.${hint === "" ? "" : ` ${hint}`}`;
	}
	const option = /^Option '(?:-\w, )?--([^' ]+)/.exec(message)?.[1];
	if (option === void 0) return message.split(". ", 1)[0] ?? message;
	return message.includes("does not take an argument") ? `Option --${option} takes no value.` : `Option --${option} needs a value: --${option}=VALUE.`;
}
function suggestion(option) {
	return option === void 0 ? "" : `Did you mean --${option}?`;
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
const inputName = /(?<![\w./@:="'-])(?:Inputs? )?(mcp-[a-z0-9-]*[a-z0-9])(?![\w-]|[.:/@]\w)/g;
const contractOutput = /\(output mcp-contract-file[^)]*\)/g;
function withFlagNames(text, flags) {
	return text.replace(contractOutput, "(option --write-contract)").replace(inputName, (all, input) => {
		const known = flags.find((each) => each.input === input);
		if (known !== void 0) return `${all.startsWith("Input") ? "Option " : ""}--${known.flag}`;
		return input === "mcp-endpoint" ? "URL" : all;
	});
}
const helpWidth = 100;
function helpLines(flags) {
	const own = Object.entries(ownFlags).map(([flag, [value, description]]) => optionLines(flag, value, description));
	const inputs = flags.map(({ flag, description, defaultValue }) => {
		const single = singleCheckDefaults[flag];
		const usual = single === void 0 ? defaultValue : `${single}, and ${defaultValue} with --watch`;
		const shown = withFlagNames(description.replaceAll("`", ""), flags);
		return optionLines(flag, "VALUE", usual === "" ? shown : `${shown} Default: ${usual}.`);
	});
	return [
		"Usage: mcp-gate [options] URL...",
		"       mcp-gate init [options]",
		"",
		"Checks over the wire that an endpoint speaks MCP, as its clients would find out. It only reads.",
		"With init it writes the workflows for a server into a repository: see mcp-gate init --help.",
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
	[3, "An endpoint requires a login, or its login does not work (codes AUTH_\u2026)."],
	[1, "An endpoint does not speak MCP as it must."],
	[4, "An endpoint cannot be reached (DNS, TCP, TLS)."]
];
function optionLines(flag, value, description) {
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
export { exitCodes, helpLines, inputFlags, onlyText, optionLines, ownOptions, parseOptions, readArguments, withFlagNames };
