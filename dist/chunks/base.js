const randomUUID = (...values) => process.getBuiltinModule("node:crypto").randomUUID(...values);
const os = process.getBuiltinModule("os");
const crypto = { get randomUUID() {
	return process.getBuiltinModule("crypto").randomUUID;
} };
const fs = process.getBuiltinModule("fs");
const gunzipSync = (...values) => process.getBuiltinModule("node:zlib").gunzipSync(...values);
// src/errors.ts
const afterTerraform = "Fix what Terraform reports and run the job again.";
const thrownCodes = {
	INPUT_INVALID: {
		meaning: "the action cannot use an input, the event or the root module",
		fix: "Correct what the message names. Nothing was changed, unless the output `applied` is true."
	},
	CODE_UNKNOWN: {
		meaning: "the action does not know where the checked-out code comes from, so it did not run it",
		fix: "Check out a branch, a tag or the pull request of the event with actions/checkout, with git on the runner."
	},
	CODE_UNTRUSTED: {
		meaning: "code of a fork or of Dependabot would get the credentials of the repository, so the action did not run it",
		fix: "Use the event `pull_request`, whose jobs get no credentials for such code, and leave `command` at `auto`."
	},
	REMOTE_EXECUTION: {
		meaning: "the workspace plans and applies in HCP Terraform, and its settings or the version of Terraform do not allow a reviewed plan",
		fix: "Change what the message names, or set the execution mode of the workspace to Local. Nothing was changed."
	},
	REMOTE_AUTO_APPLY: {
		meaning: "the workspace in HCP Terraform applies plans that nobody has confirmed",
		fix: "Switch off both kinds of auto-apply in the general settings of the workspace. If the message names a run, open it: it may have changed something."
	},
	REMOTE_VCS: {
		meaning: "the workspace in HCP Terraform is connected to a repository, so it takes no saved plan",
		fix: "Disconnect the repository from the workspace, or set its execution mode to Local. Nothing was changed."
	},
	STATE_LOCAL: {
		meaning: "the state is local, so it would be lost with the job; nothing was changed",
		fix: "Add a backend block to the root module, or set the input backend-config. On a self-hosted runner that keeps the directory, set allow-local-state to true."
	},
	STATE_SHARED: {
		meaning: "two jobs or steps of the workflow deploy different stacks with the same state; nothing was changed",
		fix: "Give each stack its own state: another key in backend-config, or another workspace."
	},
	COMMENT_SHARED: {
		meaning: "two jobs of one run would write the same comment for two different states",
		fix: "Give each job of the matrix its own stack-name. The output `applied` shows whether this job has applied its plan."
	},
	STATE_LOCKED: {
		meaning: "another run, or somebody on a machine, holds the lock of the state",
		fix: "Wait for that run and run the job again, or raise lock-timeout. If nothing uses the state any more, run the `force-unlock` command of the message."
	},
	TERRAFORM_INIT_FAILED: {
		meaning: "`terraform init` failed; nothing was changed",
		fix: afterTerraform
	},
	TERRAFORM_WORKSPACE_FAILED: {
		meaning: "`terraform workspace select` failed; no resource was changed",
		fix: afterTerraform
	},
	TERRAFORM_FMT_FAILED: {
		meaning: "`terraform fmt` could not read a file; nothing was changed",
		fix: afterTerraform
	},
	TERRAFORM_VALIDATE_FAILED: {
		meaning: "`terraform validate` could not run; nothing was changed",
		fix: afterTerraform
	},
	TERRAFORM_PLAN_FAILED: {
		meaning: "`terraform plan` failed; nothing was changed",
		fix: afterTerraform
	},
	TERRAFORM_SHOW_FAILED: {
		meaning: "`terraform show` could not read the plan or the state",
		fix: "Fix what Terraform reports and run the job again. The output `applied` shows whether the plan was applied before that."
	},
	TERRAFORM_APPLY_FAILED: {
		meaning: "`terraform apply` failed; what was applied by then is in the state",
		fix: "Fix what Terraform reports and run the job again. What was applied by then may be running and is not verified; nothing was tainted or rolled back."
	},
	TERRAFORM_TAINT_FAILED: {
		meaning: "`terraform taint` failed, which is a warning: the next apply does not replace the version that failed",
		fix: "Fix what Terraform reports, then taint the resource manually with the command of the message."
	},
	TERRAFORM_FAILED: {
		meaning: "another Terraform command failed, which the message names",
		fix: "Fix what Terraform reports and run the job again. The output `applied` shows whether the plan was applied before that."
	},
	GITHUB_FAILED: {
		meaning: "GitHub did not accept a request, or did not answer",
		fix: "Give the job the permission that the message names, or run the job again later. The output `applied` shows whether the plan was applied before that."
	},
	SERVICE_FAILED: {
		meaning: "an outside system, such as AWS or a download, could not be used",
		fix: "Check that the runner can reach the system that the message names, and run the job again. The output `applied` shows whether the plan was applied before that."
	},
	CANCELLED: {
		meaning: "the job was cancelled; a Terraform that ran was interrupted once, so that it saves its state",
		fix: "Run the job again. The action finds what is already done and does only what is missing."
	},
	STACKS_FAILED: {
		meaning: "at least one stack of the matrix failed or left no report (`command: summary`)",
		fix: "Read the summary of the job, which has the failure of each stack."
	},
	RUN_INCOMPLETE: {
		meaning: "the run ended before everything was checked, and no failure was recorded",
		fix: "Run the job again. If it happens again, report it as a bug of the action."
	},
	INTERNAL_ERROR: {
		meaning: "the action had an error that it does not expect",
		fix: "Run the job again: it finds what is already applied. If it happens again, report it as a bug of the action."
	}
};
function isThrownCode(code) {
	return Object.hasOwn(thrownCodes, code);
}
var InputError = class extends Error {
	name = "InputError";
	code;
	constructor(message, code = "INPUT_INVALID") {
		super(message);
		this.code = code;
	}
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
	get code() {
		if (this.diagnostics.includes("Error acquiring the state lock")) return "STATE_LOCKED";
		const code = `TERRAFORM_${this.command.split(" ")[0]?.toUpperCase()}_FAILED`;
		return isThrownCode(code) ? code : "TERRAFORM_FAILED";
	}
};
var ServiceError = class extends Error {
	name = "ServiceError";
	code = "SERVICE_FAILED";
};
var GitHubError = class extends ServiceError {
	name = "GitHubError";
	code = "GITHUB_FAILED";
};
var CancelledError = class extends Error {
	name = "CancelledError";
	code = "CANCELLED";
};
function codeOf(thrown) {
	return [
		InputError,
		TerraformError,
		ServiceError,
		CancelledError
	].some((each) => thrown instanceof each) ? thrown.code : "INTERNAL_ERROR";
}
function messageOf(thrown) {
	if (thrown instanceof AggregateError && thrown.errors.length > 0 && thrown.message === "") return thrown.errors.map(messageOf).join("; ");
	return thrown instanceof Error ? thrown.message || thrown.name : String(thrown);
}
// node_modules/@actions/core/lib/utils.js
function toCommandValue(input) {
	if (input === null || input === void 0) return "";
	else if (typeof input === "string" || input instanceof String) return input;
	return JSON.stringify(input);
}
function toCommandProperties(annotationProperties) {
	if (!Object.keys(annotationProperties).length) return {};
	return {
		title: annotationProperties.title,
		file: annotationProperties.file,
		line: annotationProperties.startLine,
		endLine: annotationProperties.endLine,
		col: annotationProperties.startColumn,
		endColumn: annotationProperties.endColumn
	};
}
// node_modules/@actions/core/lib/command.js
function issueCommand(command, properties, message) {
	const cmd = new Command(command, properties, message);
	process.stdout.write(cmd.toString() + os.EOL);
}
function issue(name, message = "") {
	issueCommand(name, {}, message);
}
const CMD_STRING = "::";
var Command = class {
	constructor(command, properties, message) {
		if (!command) command = "missing.command";
		this.command = command;
		this.properties = properties;
		this.message = message;
	}
	toString() {
		let cmdStr = CMD_STRING + this.command;
		if (this.properties && Object.keys(this.properties).length > 0) {
			cmdStr += " ";
			let first = true;
			for (const key in this.properties) if (this.properties.hasOwnProperty(key)) {
				const val = this.properties[key];
				if (val) {
					if (first) first = false;
					else cmdStr += ",";
					cmdStr += `${key}=${escapeProperty(val)}`;
				}
			}
		}
		cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
		return cmdStr;
	}
};
function escapeData(s) {
	return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}
function escapeProperty(s) {
	return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A").replace(/:/g, "%3A").replace(/,/g, "%2C");
}
// node_modules/@actions/core/lib/file-command.js
function issueFileCommand(command, message) {
	const filePath = process.env[`GITHUB_${command}`];
	if (!filePath) throw new Error(`Unable to find environment variable for file command ${command}`);
	if (!fs.existsSync(filePath)) throw new Error(`Missing file at path: ${filePath}`);
	fs.appendFileSync(filePath, `${toCommandValue(message)}${os.EOL}`, { encoding: "utf8" });
}
function prepareKeyValueMessage(key, value) {
	const delimiter = `ghadelimiter_${crypto.randomUUID()}`;
	const convertedValue = toCommandValue(value);
	if (key.includes(delimiter)) throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
	if (convertedValue.includes(delimiter)) throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
	return `${key}<<${delimiter}${os.EOL}${convertedValue}${os.EOL}${delimiter}`;
}
var ExitCode;
(function(ExitCode) {
	ExitCode[ExitCode["Success"] = 0] = "Success";
	ExitCode[ExitCode["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
function setSecret(secret) {
	issueCommand("add-mask", {}, secret);
}
function getInput(name, options) {
	const val = process.env[`INPUT_${name.replace(/ /g, "_").toUpperCase()}`] || "";
	if (options && options.required && !val) throw new Error(`Input required and not supplied: ${name}`);
	if (options && options.trimWhitespace === false) return val;
	return val.trim();
}
function setOutput(name, value) {
	if (process.env["GITHUB_OUTPUT"] || "") return issueFileCommand("OUTPUT", prepareKeyValueMessage(name, value));
	process.stdout.write(os.EOL);
	issueCommand("set-output", { name }, toCommandValue(value));
}
function setFailed(message) {
	process.exitCode = ExitCode.Failure;
	error(message);
}
function debug(message) {
	issueCommand("debug", {}, message);
}
function error(message, properties = {}) {
	issueCommand("error", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function warning(message, properties = {}) {
	issueCommand("warning", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function notice(message, properties = {}) {
	issueCommand("notice", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function info(message) {
	process.stdout.write(message + os.EOL);
}
function startGroup(name) {
	issue("group", name);
}
function endGroup() {
	issue("endgroup");
}
function saveState(name, value) {
	if (process.env["GITHUB_STATE"] || "") return issueFileCommand("STATE", prepareKeyValueMessage(name, value));
	issueCommand("save-state", { name }, toCommandValue(value));
}
// src/json.ts
function isObject(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
const noObject = Object.freeze({});
const noList = Object.freeze([]);
function asObject(value) {
	return isObject(value) ? value : noObject;
}
function asList(value) {
	return Array.isArray(value) ? value : noList;
}
function asText(value) {
	return typeof value === "string" && value !== "" ? value : void 0;
}
function parseJson(text) {
	try {
		return JSON.parse(text);
	} catch {
		return;
	}
}
const exact = JSON;
const longNumber = /[:[,]\s*-?[\d.]{16}|[:[,]\s*-?[\d.]+[eE]/;
function parseExactJson(text) {
	if (!longNumber.test(text)) return JSON.parse(text);
	return exact.parse(text, (_, value, { source }) => {
		if (typeof value !== "number" || source === void 0) return value;
		const digits = decimal(source);
		return Number.isFinite(value) && digits === decimal(String(value)) ? value : exact.rawJSON(digits);
	});
}
function exactDigits(value) {
	return exact.isRawJSON(value) ? value.rawJSON : void 0;
}
const maxZeros = 5e3;
function decimal(source) {
	const [, sign = "", whole = "", fraction = "", power = "0"] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(source) ?? [];
	const digits = (whole + fraction).replace(/^0+/, "");
	let end = digits.length;
	while (digits[end - 1] === "0") end--;
	const significant = digits.slice(0, end);
	if (significant === "") return "0";
	const exponent = Number(power) - fraction.length + (digits.length - significant.length);
	if (Math.abs(exponent) > maxZeros) return `${sign}${significant}e${exponent}`;
	if (exponent >= 0) return sign + significant + "0".repeat(exponent);
	const point = significant.length + exponent;
	if (point > 0) return `${sign}${significant.slice(0, point)}.${significant.slice(point)}`;
	return `${sign}0.${"0".repeat(-point)}${significant}`;
}
// src/text.ts
const invisibleCharacters = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\u{16fe4}\u{1d159}]|(?! )\p{Zs}/gu;
function visible(text) {
	return text.replace(invisibleCharacters, (char) => {
		if (char === "\n" || char === "	") return char;
		return char === "\r" ? "" : `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
	});
}
function oneLine(text) {
	return visible(text.replace(/[\r\n\t]+/g, " "));
}
function shorten(text, limit) {
	if (text.length <= limit) return text;
	const half = Math.floor((limit - 1) / 2);
	return `${text.slice(0, half)}\u2026${text.slice(-half)}`.toWellFormed();
}
function count(n, thing) {
	return n === 1 ? `${n} ${thing}` : `${n} ${thing}s`;
}
function seconds(ms) {
	if (ms < 50) return `${Math.round(ms)} ms`;
	const s = ms / 1e3;
	if (s < 9.95) return `${s.toFixed(1)} s`;
	const whole = Math.round(s);
	return whole < 120 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
function lastPart(arn) {
	return arn.slice(arn.lastIndexOf("/") + 1);
}
function inNaturalOrder(a, b) {
	let start = 0;
	while (start < a.length && a.charCodeAt(start) === b.charCodeAt(start)) start++;
	while (start > 0 && isDigit(a.charCodeAt(start - 1))) start--;
	const [x, y] = [numberAt(a, start), numberAt(b, start)];
	if (x !== "" && y !== "" && x !== y) return x.length - y.length || (x < y ? -1 : 1);
	return a < b ? -1 : a > b ? 1 : 0;
}
function numberAt(text, start) {
	let end = start;
	while (isDigit(text.charCodeAt(end))) end++;
	let first = start;
	while (first < end - 1 && text[first] === "0") first++;
	return text.slice(first, end);
}
function isDigit(charCode) {
	return charCode >= 48 && charCode <= 57;
}
function joined$1(words, conjunction) {
	const last = words.at(-1) ?? "";
	return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} ${conjunction} ${last}`;
}
const maxUnpackedBytes = 1048576;
function gunzippedText(bytes) {
	if (bytes[0] !== 31 || bytes[1] !== 139) return void 0;
	try {
		return gunzipSync(bytes, { maxOutputLength: maxUnpackedBytes }).toString();
	} catch {
		return;
	}
}
// src/decoded.ts
const maxLevels = 3;
const escapeStart = /[%\\&\r\n]|(?!\s)\p{Cc}|\p{Cf}|\p{Default_Ignorable_Code_Point}/gu;
const percentPattern = /(?<percent>(?:%[\da-fA-F]{2})+)/y;
const backslashPattern = /\\(?:u\{(?<braced>[\da-fA-F]{1,6})\}|u(?<unit>[\da-fA-F]{4})|U(?<long>[\da-fA-F]{8})|(?<simple>[rt"'`\\/$]))/y;
const bytesPattern = /(?<bytes>(?:\\x[\da-fA-F]{2})+)/y;
const linePattern = /(?<line>(?:\r?\n|(?:\\r)?\\n)[ \t\u2500-\u257f]*)/y;
const entityPattern = /&(?:#(?<decimal>\d{1,7})|#[xX](?<hex>[\da-fA-F]{1,6})|(?<entity>amp|lt|gt|quot|apos|nbsp));/y;
const nothingPattern = /(?<nothing>.(?:\[[\d;]*[A-Za-z])?)/suy;
const patternsByStart = {
	"%": [percentPattern],
	"\\": [
		linePattern,
		bytesPattern,
		backslashPattern
	],
	"&": [entityPattern],
	"\r": [linePattern],
	"\n": [linePattern]
};
function* escapesIn(text) {
	let end = 0;
	for (const { 0: start, index } of text.matchAll(escapeStart)) {
		if (index < end) continue;
		for (const pattern of patternsByStart[start] ?? [nothingPattern]) {
			pattern.lastIndex = index;
			const match = pattern.exec(text);
			if (match === null) continue;
			end = index + match[0].length;
			yield match;
			break;
		}
	}
}
const anyEscape = /%[\da-fA-F]{2}|\\[xuUnrt"'`\\/$]|&(?:#|amp|lt|gt|quot|apos|nbsp)|[^\x20-\x7e\r\n\t]/;
const simpleEscapes = {
	r: "\r",
	t: "	"
};
const entities = {
	amp: "&",
	lt: "<",
	gt: ">",
	quot: "\"",
	apos: "'",
	nbsp: " "
};
function decodedTexts(text) {
	const found = [];
	let last = {
		text,
		starts: new Int32Array(0)
	};
	for (let level = 0; level < maxLevels; level++) {
		const next = decodedOnce(last.text);
		if (next === void 0) break;
		last = level === 0 ? next : {
			text: next.text,
			starts: next.starts.map((at) => last.starts[at] ?? text.length)
		};
		found.push(last);
	}
	return found;
}
function decodedOnce(text) {
	if (!anyEscape.test(text) && !hasWrappedLine(text)) return void 0;
	let decoded = "";
	let at = 0;
	const starts = new Int32Array(text.length + 1);
	const copyUpTo = (end) => {
		for (let unit = at; unit < end; unit++) starts[decoded.length + unit - at] = unit;
		decoded += text.slice(at, end);
	};
	let isChanged = false;
	for (const match of escapesIn(text)) {
		const [whole] = match;
		const chars = charsOf(whole, match.groups ?? {}, text, match.index);
		if (chars === void 0) continue;
		copyUpTo(match.index);
		let from = match.index;
		for (const { char, units } of chars) {
			starts.fill(from, decoded.length, decoded.length + char.length);
			decoded += char;
			from += units;
		}
		at = match.index + whole.length;
		isChanged = true;
	}
	if (!isChanged) return void 0;
	copyUpTo(text.length);
	starts[decoded.length] = text.length;
	return {
		text: decoded,
		starts: starts.subarray(0, decoded.length + 1)
	};
}
function charsOf(whole, groups, text, index) {
	const { percent, bytes, braced, unit, long, simple, decimal, hex, entity, nothing, line } = groups;
	const one = (char) => char === void 0 ? void 0 : [{
		char,
		units: whole.length
	}];
	if (nothing !== void 0) return [];
	if (line !== void 0) {
		if (endsInBase64(text, index) && /^[\w+/=-]{2}/.test(text.slice(index + whole.length, index + whole.length + 2))) return [];
		return line.includes("\\") ? one(line.replace(/(?:\\r)?\\n/, "\n")) : void 0;
	}
	if (simple !== void 0) return one(simpleEscapes[simple] ?? simple);
	if (entity !== void 0) return one(entities[entity]);
	if (percent !== void 0) return charsOfBytes(percent.replaceAll("%", ""), 3);
	if (bytes !== void 0) return charsOfBytes(bytes.replaceAll("\\x", ""), 4);
	if (unit !== void 0) return one(String.fromCharCode(Number.parseInt(unit, 16)));
	const code = decimal === void 0 ? Number.parseInt(braced ?? long ?? hex ?? "", 16) : Number(decimal);
	return code <= 1114111 ? one(String.fromCodePoint(code)) : void 0;
}
function charsOfBytes(hex, units) {
	const bytes = Buffer.from(hex, "hex");
	const text = bytes.toString("utf8");
	if (text.includes("\ufffd")) return [...bytes.toString("latin1")].map((char) => ({
		char,
		units
	}));
	return [...text].map((char) => ({
		char,
		units: units * Buffer.byteLength(char)
	}));
}
const minWrappedUnits = 40;
function endsInBase64(text, end) {
	let at = text[end - 1] === "=" ? end - 2 : end - 1;
	const first = at - minWrappedUnits + 1;
	if (first < 0) return false;
	while (at >= first && isBase64Unit(text.charCodeAt(at))) at--;
	return at < first;
}
function isBase64Unit(unit) {
	return unit >= 97 && unit <= 122 || unit >= 65 && unit <= 90 || unit >= 48 && unit <= 57 || unit === 43 || unit === 47 || unit === 45 || unit === 95;
}
function hasWrappedLine(text) {
	for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) if (endsInBase64(text, text[at - 1] === "\r" ? at - 1 : at)) return true;
	return false;
}
function isWrapped(line) {
	return line.endsWith("\n") && hasWrappedLine(line);
}
const base64Pattern = /[\w+/-]{8,}={0,2}/g;
const hexPattern = /[\da-fA-F]{12,}/g;
const probeUnits = 64;
const maxUnpackedUnits = 4194304;
var DecodingBudget = class {
	left = maxUnpackedUnits;
};
function encodedRuns(text, budget = new DecodingBudget()) {
	const found = [];
	const add = (runs, decode) => {
		for (const { 0: run, index } of runs) {
			if (budget.left <= 0) return;
			const decoded = decode(run);
			if (decoded === void 0) continue;
			budget.left -= Math.max(0, decoded.length - run.length);
			found.push({
				start: index,
				end: index + run.length,
				decoded
			});
		}
	};
	if (looksMixed(text)) add(text.matchAll(base64Pattern), (run) => looksMixed(run) ? decodedBase64(run) : void 0);
	if (/[\da-fA-F]{12}/.test(text)) add(text.matchAll(hexPattern), decodedHex);
	return found;
}
function looksMixed(run) {
	return /[a-z]/.test(run) && /[A-Z]/.test(run);
}
function decodedHex(run) {
	for (const offset of [0, 1]) {
		const bytes = Buffer.from(run.slice(offset), "hex");
		if (isText(bytes.subarray(0, probeUnits))) return textOf(bytes);
	}
}
const maxSeparators = 8;
function decodedBase64(run) {
	for (const offset of [
		0,
		1,
		2,
		3
	]) {
		const decoded = decodedFrom(run, offset);
		if (decoded !== void 0) return decoded;
	}
	let offset = 0;
	for (let count = 0; count < maxSeparators; count++) {
		offset = afterSeparator(run, offset);
		if (offset === -1) return void 0;
		const decoded = decodedFrom(run, offset);
		if (decoded !== void 0) return decoded;
	}
}
function afterSeparator(run, from) {
	for (let at = from; at < run.length; at++) {
		const unit = run.charCodeAt(at);
		if (unit === 47 || unit === 95 || unit === 43 || unit === 45) return at + 1;
	}
	return -1;
}
function decodedFrom(run, offset) {
	const start = startOfBase64(run, offset);
	if (start === "other") return void 0;
	const bytes = Buffer.from(run.slice(offset), "base64");
	if (start === "packed") return gunzippedText(bytes);
	return isText(bytes.subarray(0, probeUnits)) ? textOf(bytes) : void 0;
}
const firstLookUnits = 16;
const maxOddBytes = 2;
function startOfBase64(run, offset) {
	let odd = 0;
	let bits = 0;
	let held = 0;
	let first = 0;
	let count = 0;
	for (let at = offset; at < Math.min(run.length, offset + firstLookUnits); at++) {
		bits = bits << 6 | base64Value(run.charCodeAt(at));
		held += 6;
		if (held < 8) continue;
		held -= 8;
		const byte = bits >> held & 255;
		bits &= 255;
		if (count === 0) first = byte;
		if (count === 1 && first === 31 && byte === 139) return "packed";
		if (byte !== 0 && !isPrintable(byte)) odd++;
		if (odd > maxOddBytes) return "other";
		count++;
	}
	return "text";
}
function base64Value(unit) {
	if (unit >= 97) return unit - 71;
	if (unit >= 65 && unit <= 90) return unit - 65;
	if (unit >= 48 && unit <= 57) return unit + 4;
	return unit === 43 || unit === 45 ? 62 : 63;
}
function isPrintable(byte) {
	return byte >= 32 && byte < 127 || byte === 10 || byte === 13 || byte === 9;
}
function isText(bytes) {
	let printable = 0;
	let zeros = 0;
	for (const byte of bytes) if (isPrintable(byte)) printable++;
	else if (byte === 0) zeros++;
	const isWide = zeros >= bytes.length / 3;
	return bytes.length >= 4 && (isWide ? printable + zeros : printable) >= bytes.length * .8;
}
function textOf(bytes) {
	return bytes.subarray(0, probeUnits).filter((byte) => byte === 0).length >= Math.min(bytes.length, probeUnits) / 3 ? bytes.toString("latin1").replaceAll("\0", "") : bytes.toString("utf8");
}
// src/matcher.ts
const blank = 32;
var Matcher = class {
	#parents;
	#units;
	#targets;
	#failures;
	#longest;
	#depths;
	#first = new Int32Array(65536);
	#begins = new Uint8Array(65536);
	constructor(words) {
		const texts = [...words].map(folded).filter((word) => word !== "" && word !== " ");
		const maxNodes = texts.reduce((sum, text) => sum + text.length, 1);
		const slots = 2 ** Math.ceil(Math.log2(maxNodes * 1.5 + 2));
		this.#parents = new Int32Array(slots).fill(-1);
		this.#units = new Uint16Array(slots);
		this.#targets = new Int32Array(slots);
		this.#failures = new Int32Array(maxNodes);
		this.#longest = new Int32Array(maxNodes);
		this.#depths = new Int32Array(maxNodes);
		this.#link(...this.#grow(texts));
		for (let unit = 0; unit < this.#begins.length; unit++) if (this.#first[isBlank(unit) ? blank : unit] !== 0) this.#begins[unit] = 1;
	}
	find(text) {
		const spans = [];
		const { length } = text;
		let node = 0;
		const starts = [];
		for (let at = 0; at < length;) {
			const start = at;
			let unit = text.charCodeAt(at++);
			if (node === 0 && this.#begins[unit] === 0) continue;
			if (isBlank(unit)) {
				at = endOfGap(text, start);
				unit = blank;
			}
			if (node === 0) starts.length = 0;
			node = this.#step(node, unit);
			if (node === 0) continue;
			starts.push(start);
			const size = this.#longest[node] ?? 0;
			if (size > 0) spans.push([starts[starts.length - size] ?? start, at]);
		}
		return spans;
	}
	pending(text) {
		let node = 0;
		const starts = [];
		for (let at = 0; at < text.length;) {
			const start = at;
			let unit = text.charCodeAt(at++);
			if (node === 0 && this.#begins[unit] === 0) continue;
			if (isBlank(unit)) {
				at = endOfGap(text, start);
				unit = blank;
			}
			if (node === 0) starts.length = 0;
			node = this.#step(node, unit);
			if (node !== 0) starts.push(start);
		}
		return node === 0 ? void 0 : starts[starts.length - (this.#depths[node] ?? 0)];
	}
	#grow(texts) {
		const parents = new Int32Array(this.#depths.length);
		const units = new Uint16Array(this.#depths.length);
		let count = 1;
		for (const text of texts) {
			let node = 0;
			for (let at = 0; at < text.length; at++) {
				const unit = text.charCodeAt(at);
				let child = this.#child(node, unit);
				if (child === 0) {
					child = count++;
					this.#connect(node, unit, child);
					parents[child] = node;
					units[child] = unit;
					this.#depths[child] = at + 1;
				}
				node = child;
			}
			this.#longest[node] = text.length;
		}
		return [
			count,
			parents,
			units
		];
	}
	#link(count, parents, units) {
		for (const node of this.#nodesByDepth(count)) {
			const parent = parents[node] ?? 0;
			if (parent === 0) continue;
			const suffix = this.#step(this.#failures[parent] ?? 0, units[node] ?? 0);
			this.#failures[node] = suffix;
			if (this.#longest[node] === 0) this.#longest[node] = this.#longest[suffix] ?? 0;
		}
	}
	#nodesByDepth(count) {
		const places = [];
		for (const depth of this.#depths.subarray(1, count)) places[depth] = (places[depth] ?? 0) + 1;
		let next = 0;
		for (let depth = 0; depth < places.length; depth++) {
			const size = places[depth] ?? 0;
			places[depth] = next;
			next += size;
		}
		const nodes = new Int32Array(count - 1);
		for (let node = 1; node < count; node++) {
			const depth = this.#depths[node] ?? 0;
			const place = places[depth] ?? 0;
			nodes[place] = node;
			places[depth] = place + 1;
		}
		return nodes;
	}
	#step(from, unit) {
		for (let node = from;; node = this.#failures[node] ?? 0) {
			if (node === 0) return this.#first[unit] ?? 0;
			const child = this.#child(node, unit);
			if (child !== 0) return child;
		}
	}
	#child(node, unit) {
		if (node === 0) return this.#first[unit] ?? 0;
		const last = this.#parents.length - 1;
		for (let slot = slotOf(node, unit) & last;; slot = slot + 1 & last) {
			const parent = this.#parents[slot];
			if (parent === -1) return 0;
			if (parent === node && this.#units[slot] === unit) return this.#targets[slot] ?? 0;
		}
	}
	#connect(node, unit, child) {
		if (node === 0) {
			this.#first[unit] = child;
			return;
		}
		const last = this.#parents.length - 1;
		let slot = slotOf(node, unit) & last;
		while (this.#parents[slot] !== -1) slot = slot + 1 & last;
		this.#parents[slot] = node;
		this.#units[slot] = unit;
		this.#targets[slot] = child;
	}
};
function slotOf(node, unit) {
	const hash = Math.imul(node ^ Math.imul(unit, 2654435761), 2246822507);
	return hash ^ hash >>> 15;
}
const otherBlanks = [
	5760,
	8232,
	8233,
	8239,
	8287,
	12288,
	65279
];
function isBlank(unit) {
	if (unit <= 32) return unit === 32 || unit >= 9 && unit <= 13;
	if (unit < 5760) return unit === 133 || unit === 160;
	return unit >= 8192 && unit <= 8202 || otherBlanks.includes(unit);
}
function endOfGap(text, start) {
	let at = start;
	let isLineStart = false;
	for (; at < text.length; at++) {
		const unit = text.charCodeAt(at);
		if (unit === 10) isLineStart = true;
		else if (isLineStart && unit >= 9472 && unit <= 9599) isLineStart = false;
		else if (!isBlank(unit)) break;
	}
	return at;
}
function folded(word) {
	let result = "";
	for (let at = 0; at < word.length;) if (!isBlank(word.charCodeAt(at))) result += word[at++];
	else {
		at = endOfGap(word, at);
		result += " ";
	}
	return result;
}
// src/secret-parts.ts
const secretNamePattern = /pass|pwd|secret|token|key|credential|auth|private|salt|signature|cookie|session|dsn|connection|webhook/i;
const publicNamePattern = /(?:^|[_-])(?:host|hostname|address|port|user|username|name|database|dbname|db|schema|region|engine|protocol|scheme|arn|id|type|version|family|enabled|size|count|zone|domain|image|cidr|ttl|path|public_key|publickey|key_id|keyid|key_name|auth_type|auth_mode|tags?)$/i;
function isSecretName(name) {
	return secretNamePattern.test(name) && !publicNamePattern.test(name.replace(/(?<=[a-z])(?=[A-Z])/g, "_"));
}
const openVariablePattern = /^(INPUT_|OLDPWD$|PWD$)|(_FILE|_FILES|_PATH|_DIR|_SOCK|_TYPE|_METHOD|_MODE|_BACKEND|_PROVIDER|_NAME|_USER|_USERNAME|_HOST|_PORT|_ARN|_REGION|_VERSION|_ENABLED|_EXPIRATION|_EXPIRES|_EXPIRY|_TTL|PUBLIC_?KEY|_HELPER|_SESSION_DURATION)$/;
const secretVariablePattern = /TOKEN|SECRET|PASS(?:WORD|WD|PHRASE|CODE)|PGPASS|CREDENTIAL|BEARER|(?:API|ACCESS|PRIVATE)_?KEY|CONNECTION_?STRING|COOKIE|SIGNATURE|(?:^|_)(?:PASS|PWD|CREDS?|JWT|KEY|AUTH)$|_(?:DSN|SAS)$/;
function isSecretVariable(variable) {
	const name = variable.toUpperCase();
	return !openVariablePattern.test(name) && secretVariablePattern.test(name);
}
function environmentSecrets(env) {
	const found = [];
	for (const [variable, value = ""] of Object.entries(env)) {
		const name = variable.toUpperCase();
		if (value === "" || openVariablePattern.test(name)) continue;
		if (secretVariablePattern.test(name) && !/^arn:/.test(value)) found.push(...isUrl(value) && /_UR[IL]$/.test(name) ? urlSecrets(value) : [value]);
		else if (!isUrl(value)) found.push(...userInfosIn(value));
		else if (/PROXY$/.test(name)) found.push(...urlSecrets(value));
		else {
			found.push(...userInfosIn(value), ...secretQueryValues(value));
			if (/HOOK/.test(name)) found.push(...pathTokens(value));
		}
	}
	return found;
}
function headerSecrets(name, value) {
	if (/^(set-)?cookie$/i.test(name)) return [value, ...pairValues(value, /;\s*/)];
	const [, scheme, credential] = /^(\S+)\s+(\S.*)/.exec(value) ?? [];
	if (scheme === void 0 || credential === void 0) return secretParts(value);
	return [
		...secretParts(value),
		credential,
		.../^(digest|aws4-hmac-sha256|signature)$/i.test(scheme) ? pairValues(credential, /,\s*/) : []
	];
}
function secretParts(secret) {
	const parts = new Set();
	const add = (value) => {
		const text = value?.trim() ?? "";
		if (text !== "") parts.add(text);
	};
	add(secret);
	const lines = secret.split(/\r\n?|\n/);
	for (const each of lines) add(each);
	const [, scheme = "", credential = ""] = /^(bearer|token|basic|apikey|api-key|negotiate)\s+(\S+)$/i.exec(secret.trim()) ?? [];
	add(credential);
	if (scheme.toLowerCase() === "basic") basicSecrets(credential).forEach(add);
	for (const each of userInfosIn(secret)) add(each);
	const url = secret.trim();
	if (isUrl(url)) [...secretQueryValues(url), ...pathTokens(url)].forEach(add);
	for (const each of secret.split(/[\r\n;]/)) add(secretSetting(each));
	if (/^\s*[[{]/.test(secret)) compositeSecrets(parseDocument(secret)).forEach(add);
	return [...parts];
}
function urlSecrets(url) {
	if (!URL.canParse(url)) return userInfosIn(url);
	return [...userInfosIn(url), ...queryPairs(url).map(([, value]) => value).filter((value) => value !== "")];
}
function publicUrl(url) {
	const query = url.indexOf("?");
	const [place, rest] = query === -1 ? [url.replace(/#.*/s, ""), ""] : [url.slice(0, query), url.slice(query + 1)];
	const shownPlace = place.replace(/^([a-z][a-z\d+.-]*:\/\/)[^/?#\\]*@/i, "$1");
	if (rest === "") return shownPlace;
	return `${shownPlace}?${rest.replace(/#.*/s, "").split("&").map((pair) => pair.includes("=") ? `${pair.slice(0, pair.indexOf("="))}=\u2026` : "\u2026").join("&")}`;
}
function hasUserInfo(url) {
	const { username = "", password = "" } = URL.parse(url) ?? {};
	return username !== "" || password !== "";
}
function compositeSecrets(document) {
	const named = [];
	const generated = [];
	const others = [];
	let isFlat = true;
	const collect = (value, name, isSecret, depth) => {
		if (typeof value === "object" && value !== null && exactDigits(value) === void 0) {
			if (depth > 0 && !isPlainList(value)) isFlat = false;
			if (depth > maxDepth$1) return;
			const { name: entryName } = value;
			for (const [key, part] of Object.entries(value)) {
				if (!Array.isArray(value) && looksGenerated(key) && !isPublicName(key)) generated.push(key);
				const partName = key === "value" && typeof entryName === "string" ? entryName : Array.isArray(value) ? name : key;
				collect(part, partName, isSecret || isSecretName(partName), depth + 1);
			}
			return;
		}
		const text = typeof value === "string" ? value : numberText(value);
		if (text === void 0) return;
		if (isSecret) named.push(text);
		else if (isUrl(text)) generated.push(...userInfosIn(text), ...secretQueryValues(text), ...pathTokens(text));
		else if (isPublicName(name) || text.startsWith("arn:")) return;
		else if (looksGenerated(text)) generated.push(text);
		else others.push(text);
	};
	collect(document, "", false, 0);
	return named.length === 0 && isFlat ? [...generated, ...others] : [...named, ...generated];
}
function parseDocument(text) {
	try {
		return parseExactJson(text);
	} catch {
		return;
	}
}
const maxDepth$1 = 200;
function isPlainList(value) {
	return Array.isArray(value) && value.every((each) => typeof each !== "object" || each === null);
}
function numberText(value) {
	if (typeof value !== "number") return exactDigits(value);
	if (!Number.isInteger(value)) return String(value);
	return Math.abs(value) <= 65535 ? void 0 : BigInt(value).toString();
}
function isPublicName(name) {
	return publicNamePattern.test(name.replace(/(?<=[a-z])(?=[A-Z])/g, "_"));
}
const minGeneratedUnits = 8;
const minMixedUnits = 6;
function looksGenerated(text) {
	if (text.length < minGeneratedUnits || /\s/.test(text)) return false;
	return text.split(/[-_.:/,;"'{}[\]()<>=|`@#]+/).some((part) => part.length >= minMixedUnits && /\p{L}/u.test(part) && /[^\p{L}]/u.test(part));
}
function isUrl(text) {
	return /^[a-z][a-z\d+.-]*:\/\/\S+$/i.test(text);
}
function pathTokens(url) {
	return (URL.parse(url)?.pathname ?? "").split("/").filter(looksGenerated);
}
function secretSetting(text) {
	const separator = text.search(/[=:]/);
	const name = text.slice(0, Math.max(0, separator)).trim().replace(/^export\s+/, "").replace(/^["']|["']$/g, "");
	if (!/^[A-Za-z_][\w .-]{0,99}$/.test(name) || !isSecretName(name)) return void 0;
	const value = text.slice(separator + 1).trim().replace(/,$/, "");
	return value.startsWith("//") ? void 0 : value.replace(/^(["'])(.*)\1$/, "$2");
}
function basicSecrets(credential) {
	if (!/^[A-Za-z\d+/_-]+=*$/.test(credential)) return [];
	const pair = Buffer.from(credential, "base64").toString("utf8");
	const colon = pair.indexOf(":");
	return colon === -1 || pair.includes("\ufffd") ? [] : [pair, pair.slice(colon + 1)];
}
function userInfosIn(text) {
	return [...text.matchAll(/:\/\/([^/?#\s"'<>]*)@/g)].flatMap(([, info = ""]) => {
		const colon = info.indexOf(":");
		const secret = colon === -1 ? info : info.slice(colon + 1);
		const user = colon === -1 ? "" : info.slice(0, colon);
		const token = looksGenerated(user) ? [user, decoded(user)] : [];
		return [
			...colon === -1 ? [] : [info],
			...token,
			secret,
			decoded(secret)
		].filter((each) => each !== "");
	});
}
function secretQueryValues(url) {
	return queryPairs(url).flatMap(([name, value]) => isSecretName(name) || looksGenerated(value) ? [value] : []);
}
function queryPairs(url) {
	return (/\?([^#]*)/.exec(url)?.[1] ?? "").split("&").flatMap((pair) => {
		const equals = pair.indexOf("=");
		const name = equals === -1 ? "" : pair.slice(0, equals);
		const value = pair.slice(equals + 1);
		return [[name, value], [name, decoded(value.replaceAll("+", " "))]];
	});
}
function pairValues(text, separator) {
	return text.split(separator).flatMap((pair) => {
		const value = pair.slice(pair.indexOf("=") + 1).replace(/^"(.*)"$/, "$1");
		return value === "" ? [] : [value, decoded(value)];
	});
}
function decoded(text) {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
// src/redact.ts
const minUnits = 4;
const minBytesInBase64 = 6;
function redactor(secrets, open = []) {
	const forms = new Set();
	for (const secret of secrets) for (const part of secretParts(secret)) {
		if (!isSearched(part)) continue;
		for (const form of formsOf(part)) forms.add(form);
	}
	if (forms.size === 0) return openRedactor;
	const matcher = new Matcher(forms);
	const openWords = [...open];
	let openMatcher;
	const redact = (text) => {
		const found = find(text, matcher);
		if (found.length === 0) return text;
		openMatcher ??= new Matcher(openWords);
		let shown = "";
		let at = 0;
		for (const [start, end] of joined(outside(found, openMatcher.find(text)))) {
			shown += `${text.slice(at, start)}***`;
			at = end;
		}
		return shown + text.slice(at);
	};
	const unitsUpTo = (text, cut) => {
		const pending = matcher.pending(text);
		if (pending === void 0) return text.length;
		return joined(matcher.find(text)).reduceRight((end, [from, to]) => from < end && end < to ? cut(from) : end, cut(pending));
	};
	return Object.assign(redact, {
		completeUnits: (text) => Math.min(unitsUpTo(text, (at) => text.lastIndexOf("\n", at) + 1), startOfWrapped(text)),
		knownUnits: (text) => unitsUpTo(text, (at) => at)
	});
}
function startOfWrapped(text) {
	let start = text.length;
	while (start > 0 && text.endsWith("\n", start)) {
		const previous = text.lastIndexOf("\n", start - 2) + 1;
		if (!isWrapped(text.slice(previous, start))) break;
		start = previous;
	}
	return start;
}
const openRedactor = Object.assign((text) => text, {
	completeUnits: (text) => text.length,
	knownUnits: (text) => text.length
});
const maxDepth = 2;
function find(text, matcher, budget = new DecodingBudget(), depth = 0) {
	const found = matcher.find(text);
	const more = decodedTexts(text).flatMap(({ text: decoded, starts }) => {
		return [...matcher.find(decoded), ...secretRuns(decoded, matcher, budget, depth)].map(([start, end]) => [starts[start] ?? 0, Math.max(starts[end] ?? 0, (starts[end - 1] ?? 0) + 1)]);
	});
	more.push(...secretRuns(text, matcher, budget, depth));
	return more.length === 0 ? found : [...found, ...more].sort(([, a], [, b]) => a - b);
}
function secretRuns(text, matcher, budget, depth) {
	if (depth === maxDepth) return [];
	return encodedRuns(text, budget).flatMap(({ start, end, decoded }) => {
		const inside = find(decoded, matcher, budget, depth + 1).filter(([from, to]) => to - from >= minBytesInBase64);
		if (inside.length === 0) return [];
		return joined(inside).length > joined(matcher.find(text.slice(start, end))).length ? [[start, end]] : [];
	});
}
function joined(spans) {
	const result = [];
	for (const [start, end] of spans) {
		let from = start;
		for (let last = result.at(-1); last !== void 0 && from < last[1]; last = result.at(-1)) {
			from = Math.min(from, last[0]);
			result.pop();
		}
		result.push([from, end]);
	}
	return result;
}
function outside(spans, open) {
	const words = joined(open);
	let index = 0;
	return spans.filter(([start, end]) => {
		while ((words[index]?.[1] ?? Number.POSITIVE_INFINITY) < end) index++;
		const [wordStart = Number.POSITIVE_INFINITY] = words[index] ?? [];
		return start < wordStart;
	});
}
const regionPattern = /^[a-z]{2}(?:-(?:gov|iso[a-z]?))?-(?:north|south|east|west|central){1,2}-\d[a-z]?$/;
function isSearched(value) {
	return value.length >= minUnits && !/^(?:true|false|null|none|default|\d{1,5})$/i.test(value) && !regionPattern.test(value) && !/^(.)\1*$/s.test(value);
}
function masksOf(secret) {
	return secretParts(secret).filter(looksGenerated);
}
function formsOf(secret) {
	return [...new Set([
		secret,
		secret.normalize("NFC"),
		secret.normalize("NFD")
	])].flatMap(writtenForms);
}
function writtenForms(secret) {
	const json = JSON.stringify(secret).slice(1, -1);
	const uri = encodeURIComponent(secret.toWellFormed());
	const strictUri = uri.replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
	const inForm = new URLSearchParams({ "": secret }).toString().slice(1);
	const uris = [
		uri,
		strictUri,
		encodeURI(secret.toWellFormed()),
		strictUri.replaceAll("%20", "+"),
		inForm
	];
	return [
		secret,
		json,
		JSON.stringify(json).slice(1, -1),
		json.replace(/[<>&\u2028\u2029]/g, unicodeEscape),
		json.replace(/[^\x20-\x7e]/g, unicodeEscape),
		json.replaceAll("/", "\\/"),
		json.replace(/[$%](?=\{)/g, "$&$&"),
		...uris,
		...uris.map((each) => each.replace(/%[\dA-F]{2}/g, (code) => code.toLowerCase())),
		encodeURIComponent(strictUri),
		escapeHtml(secret, "&quot;", "'"),
		escapeHtml(secret, "&quot;", "&#39;"),
		escapeHtml(secret, "&#34;", "&#39;"),
		escapeHtml(secret, "&quot;", "&#039;"),
		escapeHtml(secret, "&quot;", "&#x27;"),
		escapeHtml(secret, "&quot;", "&apos;"),
		secret.replaceAll("'", "'\\''"),
		secret.replaceAll("'", "''"),
		...inBase64(secret)
	];
}
function unicodeEscape(char) {
	return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
function escapeHtml(text, quote, apostrophe) {
	return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\"", quote).replaceAll("'", apostrophe);
}
function inBase64(secret) {
	const bytes = Buffer.from(secret);
	if (bytes.length < minBytesInBase64) return [];
	return [
		0,
		1,
		2
	].map((before) => {
		const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64").replaceAll("=", "");
		const from = before === 0 ? 0 : before + 1;
		const to = (before + bytes.length) % 3 === 0 ? encoded.length : encoded.length - 1;
		return encoded.slice(from, to);
	}).concat(bytes.toString("base64")).flatMap((each) => [each, each.replaceAll("+", "-").replaceAll("/", "_")]);
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
	#openWords = new Set();
	#masks = new Set();
	#redactor;
	add(...values) {
		for (const value of values) {
			if (value.trim() === "" || this.#values.has(value)) continue;
			this.#values.add(value);
			this.#redactor = void 0;
			for (const mask of masksOf(value)) {
				if (!this.#masks.has(mask)) log.mask(mask);
				this.#masks.add(mask);
			}
		}
	}
	addOpenWords(words) {
		const before = this.#openWords.size;
		for (const word of words) this.#openWords.add(word);
		if (this.#openWords.size > before) this.#redactor = void 0;
	}
	redact = (text) => this.#current(text);
	completeUnits(text) {
		return this.#current.completeUnits(text);
	}
	redactStart(text) {
		return this.#current(text.slice(0, this.#current.knownUnits(text)));
	}
	get values() {
		return [...this.#values];
	}
	get #current() {
		this.#redactor ??= redactor(this.#values, this.#openWords);
		return this.#redactor;
	}
};
const maxHeldUnits = 65536;
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
	shorten(maxUnits) {
		return new Line(shorten(this.#text, maxUnits));
	}
	withoutBackticks() {
		return new Line(this.#text.replaceAll("`", " "));
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
function joinLines(lines, separator = line` `) {
	const [first, ...rest] = lines;
	return rest.reduce((joined, next) => line`${joined}${separator}${next}`, first ?? line``);
}
function safePlace({ title, file, startLine }) {
	const isShown = file !== void 0 && secrets.redact(file) === file;
	return {
		...title !== void 0 && { title: String(line`${title}`) },
		...isShown && {
			file,
			...startLine !== void 0 && { startLine }
		}
	};
}
var Log = class {
	#fence;
	#held = "";
	#isTerminal = false;
	line = (text) => this.#write(() => info(this.#text(text)));
	notice(text) {
		this.#write(() => notice(this.#text(text)));
	}
	warning(text, at = {}) {
		this.#write(() => warning(this.#text(text), safePlace(at)));
	}
	error(text, at = {}) {
		this.#write(() => error(this.#text(text), safePlace(at)));
	}
	group(name) {
		this.#write(() => startGroup(String(name)));
	}
	endGroup() {
		this.#write(() => endGroup());
	}
	foreign = (text) => {
		if (text === "") return;
		const lines = this.#held + (text.endsWith("\n") ? text : `${text}\n`);
		const complete = lines.length > maxHeldUnits ? lines.length : secrets.completeUnits(lines);
		this.#held = lines.slice(complete);
		this.#writeForeign(lines.slice(0, complete));
	};
	closeFence() {
		this.#writeForeign(this.#held);
		this.#held = "";
		if (this.#fence === void 0) return;
		process.stdout.write(`::${this.#fence}::\n`);
		this.#fence = void 0;
	}
	async flush() {
		this.closeFence();
		await new Promise((resolve) => process.stdout.write("", () => resolve()));
	}
	#writeForeign(lines) {
		if (lines === "") return;
		if (this.#fence === void 0) {
			this.#fence = randomUUID();
			process.stdout.write(`::stop-commands::${this.#fence}\n`);
		}
		process.stdout.write(secrets.redact(lines));
	}
	mask(value) {
		if (!this.#isTerminal) this.#write(() => setSecret(value));
	}
	openTerminal(color) {
		this.#isTerminal = true;
		const { NO_COLOR: isPlain, TERM: kind } = process.env;
		return new Terminal((color === "auto" ? process.stdout.isTTY && !isPlain && kind !== "dumb" : color === "always") === true);
	}
	#write(write) {
		this.closeFence();
		write();
	}
	#text(text) {
		return text instanceof Line ? String(text) : text.map(String).join("\n");
	}
};
const styleCodes = {
	good: 32,
	bad: 31,
	caution: 33,
	strong: 1,
	faint: 2
};
var Terminal = class {
	#isColored;
	#shown = "";
	constructor(isColored) {
		this.#isColored = isColored;
		for (const stream of [process.stdout, process.stderr]) stream.on("error", () => process.exit());
	}
	line(...parts) {
		this.clearStatus();
		process.stdout.write(`${this.#text(parts)}\n`);
	}
	json(value, indent) {
		this.clearStatus();
		process.stdout.write(`${JSON.stringify(value, null, indent).replaceAll("##[", "#\\u0023[")}\n`);
	}
	note(...parts) {
		this.clearStatus();
		process.stderr.write(`${this.#text(parts)}\n`);
	}
	prompt(...parts) {
		this.clearStatus();
		process.stderr.write(this.#text(parts));
	}
	status(text) {
		if (!process.stderr.isTTY) return;
		this.clearStatus();
		this.#shown = String(text.shorten(Math.max((process.stderr.columns || 80) - 1, 20)));
		process.stderr.write(this.#shown);
	}
	clearStatus() {
		if (this.#shown !== "") process.stderr.write("\r\x1B[2K");
		this.#shown = "";
	}
	#text(parts) {
		if (!this.#isColored) return String(joinLines(parts.map((part) => part instanceof Line ? part : part[0]), line``));
		return parts.map((part) => part instanceof Line ? String(part) : `\u001b[${styleCodes[part[1]]}m${part[0]}\u001b[0m`).join("");
	}
};
const log = new Log();
const secrets = new Secrets();
function neutralise(text) {
	return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").replaceAll("##[", "## [").replace(/^(\s*):{2}/, "$1: :");
}
// src/poll.ts
function monotonicMs() {
	const [seconds, nanoseconds] = process.hrtime();
	return seconds * 1e3 + nanoseconds / 1e6;
}
async function poll(check, { delayMs, timeoutMs, signal }) {
	const began = Date.now();
	for (let attempt = 0;; attempt++) {
		const polled = await untilCancelled(() => check(attempt), signal);
		if ("done" in polled) return {
			timedOut: false,
			value: polled.done
		};
		const remainingMs = began + (typeof timeoutMs === "number" ? timeoutMs : timeoutMs()) - Date.now();
		if (remainingMs <= 0) return {
			timedOut: true,
			waitingFor: polled.waitingFor
		};
		await sleep(Math.min(delayMs(attempt), remainingMs), signal);
	}
}
async function sleep(ms, signal) {
	let timer;
	try {
		await untilCancelled(() => new Promise((resolve) => {
			timer = setTimeout(resolve, ms);
		}), signal);
	} finally {
		clearTimeout(timer);
	}
}
async function untilCancelled(action, signal) {
	if (signal === void 0) return await action();
	if (signal.aborted) throw cancellation(signal);
	let cancel = () => {};
	const cancelled = new Promise((_, reject) => {
		cancel = () => reject(cancellation(signal));
		signal.addEventListener("abort", cancel, { once: true });
	});
	try {
		return await Promise.race([action(), cancelled]);
	} finally {
		signal.removeEventListener("abort", cancel);
	}
}
function cancellation({ reason }) {
	return reason instanceof CancelledError ? reason : new CancelledError("The job was cancelled during a wait.");
}
function retryAfterMs(header) {
	const value = [header].flat()[0]?.trim() ?? "";
	if (/^\d{1,9}$/.test(value)) return Number(value) * 1e3;
	const ms = Date.parse(value) - Date.now();
	return ms >= 0 ? ms : void 0;
}
export { CancelledError, GitHubError, InputError, Line, ServiceError, Terminal, TerraformError, asList, asObject, asText, codeOf, compositeSecrets, count, debug, environmentSecrets, exactDigits, getInput, gunzippedText, hasUserInfo, headerSecrets, inNaturalOrder, isObject, isSecretName, isSecretVariable, isThrownCode, joinLines, joined$1 as joined, lastPart, line, linesOf, log, looksGenerated, messageOf, monotonicMs, numberText, oneLine, parseExactJson, parseJson, poll, publicUrl, redactAll, retryAfterMs, saveState, seconds, secretParts, secrets, setFailed, setOutput, shorten, sleep, thrownCodes, urlSecrets, visible };
