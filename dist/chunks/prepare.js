import { r as __toESM } from "./rolldown-runtime.js";
import { a as inRepository, c as configured, d as namingSettings, h as plainString, l as isSetting, m as outlineOf, p as stateName, u as keySetting } from "./settings.js";
import { d as isDebug, i as secrets, o as redactor, r as log, s as debug, t as line, u as info, v as InputError, x as messageOf, y as ServiceError } from "./log.js";
import { U as visible, r as saveRunning } from "./outputs.js";
import { n as readConfiguration, t as Repository } from "./repository.js";
import { t as require_dist } from "./yaml.js";
import { a as terraformEnvironment, c as tools, l as readDiagnostics, o as withoutKeys, s as releasePlatform, t as Terraform, u as require_semver } from "./cli.js";
import { n as HttpClient } from "./undici.js";
import { t as poll } from "./poll.js";
import { a as record, i as parsed, n as rules, o as text, r as list$1, s as viewOf, t as ruleNames } from "./all.js";
import { i as prepareRootModule, n as configuredBackend, t as assertRemoteBackend } from "./root-module.js";
import { createReadStream, existsSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import * as os from "os";
import * as crypto from "crypto";
import * as fs from "fs";
import * as path from "path";
import * as events from "events";
import { ok } from "assert";
import * as util from "util";
import { promisify } from "node:util";
import { inflateRawSync } from "node:zlib";
import { createHash, createPublicKey, verify } from "node:crypto";
import * as child from "child_process";
import { setTimeout as setTimeout$1 } from "timers";
import { execFile } from "node:child_process";
import { pipeline } from "node:stream/promises";
import * as stream from "stream";
// node_modules/@actions/io/lib/io-util.js
var __awaiter$5 = function(thisArg, _arguments, P, generator) {
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
const { chmod, copyFile: copyFile$1, lstat, mkdir, open, readdir, rename, rm, rmdir, stat, symlink, unlink } = fs.promises;
const IS_WINDOWS$2 = process.platform === "win32";
function readlink(fsPath) {
	return __awaiter$5(this, void 0, void 0, function* () {
		const result = yield fs.promises.readlink(fsPath);
		if (IS_WINDOWS$2 && !result.endsWith("\\")) return `${result}\\`;
		return result;
	});
}
fs.constants.O_RDONLY;
function exists(fsPath) {
	return __awaiter$5(this, void 0, void 0, function* () {
		try {
			yield stat(fsPath);
		} catch (err) {
			if (err.code === "ENOENT") return false;
			throw err;
		}
		return true;
	});
}
function isRooted(p) {
	p = normalizeSeparators(p);
	if (!p) throw new Error("isRooted() parameter \"p\" cannot be empty");
	if (IS_WINDOWS$2) return p.startsWith("\\") || /^[A-Z]:/i.test(p);
	return p.startsWith("/");
}
function tryGetExecutablePath(filePath, extensions) {
	return __awaiter$5(this, void 0, void 0, function* () {
		let stats = void 0;
		try {
			stats = yield stat(filePath);
		} catch (err) {
			if (err.code !== "ENOENT") console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
		}
		if (stats && stats.isFile()) {
			if (IS_WINDOWS$2) {
				const upperExt = path.extname(filePath).toUpperCase();
				if (extensions.some((validExt) => validExt.toUpperCase() === upperExt)) return filePath;
			} else if (isUnixExecutable(stats)) return filePath;
		}
		const originalFilePath = filePath;
		for (const extension of extensions) {
			filePath = originalFilePath + extension;
			stats = void 0;
			try {
				stats = yield stat(filePath);
			} catch (err) {
				if (err.code !== "ENOENT") console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
			}
			if (stats && stats.isFile()) {
				if (IS_WINDOWS$2) {
					try {
						const directory = path.dirname(filePath);
						const upperName = path.basename(filePath).toUpperCase();
						for (const actualName of yield readdir(directory)) if (upperName === actualName.toUpperCase()) {
							filePath = path.join(directory, actualName);
							break;
						}
					} catch (err) {
						console.log(`Unexpected error attempting to determine the actual case of the file '${filePath}': ${err}`);
					}
					return filePath;
				} else if (isUnixExecutable(stats)) return filePath;
			}
		}
		return "";
	});
}
function normalizeSeparators(p) {
	p = p || "";
	if (IS_WINDOWS$2) {
		p = p.replace(/\//g, "\\");
		return p.replace(/\\\\+/g, "\\");
	}
	return p.replace(/\/\/+/g, "/");
}
function isUnixExecutable(stats) {
	return (stats.mode & 1) > 0 || (stats.mode & 8) > 0 && process.getgid !== void 0 && stats.gid === process.getgid() || (stats.mode & 64) > 0 && process.getuid !== void 0 && stats.uid === process.getuid();
}
// node_modules/@actions/io/lib/io.js
var __awaiter$4 = function(thisArg, _arguments, P, generator) {
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
function cp(source_1, dest_1) {
	return __awaiter$4(this, arguments, void 0, function* (source, dest, options = {}) {
		const { force, recursive, copySourceDirectory } = readCopyOptions(options);
		const destStat = (yield exists(dest)) ? yield stat(dest) : null;
		if (destStat && destStat.isFile() && !force) return;
		const newDest = destStat && destStat.isDirectory() && copySourceDirectory ? path.join(dest, path.basename(source)) : dest;
		if (!(yield exists(source))) throw new Error(`no such file or directory: ${source}`);
		if ((yield stat(source)).isDirectory()) {
			if (!recursive) throw new Error(`Failed to copy. ${source} is a directory, but tried to copy without recursive flag.`);
			else yield cpDirRecursive(source, newDest, 0, force);
		} else {
			if (path.relative(source, newDest) === "") throw new Error(`'${newDest}' and '${source}' are the same file`);
			yield copyFile(source, newDest, force);
		}
	});
}
function rmRF(inputPath) {
	return __awaiter$4(this, void 0, void 0, function* () {
		if (IS_WINDOWS$2) {
			if (/[*"<>|]/.test(inputPath)) throw new Error("File path must not contain `*`, `\"`, `<`, `>` or `|` on Windows");
		}
		try {
			yield rm(inputPath, {
				force: true,
				maxRetries: 3,
				recursive: true,
				retryDelay: 300
			});
		} catch (err) {
			throw new Error(`File was unable to be removed ${err}`);
		}
	});
}
function mkdirP(fsPath) {
	return __awaiter$4(this, void 0, void 0, function* () {
		ok(fsPath, "a path argument must be provided");
		yield mkdir(fsPath, { recursive: true });
	});
}
function which(tool, check) {
	return __awaiter$4(this, void 0, void 0, function* () {
		if (!tool) throw new Error("parameter 'tool' is required");
		if (check) {
			const result = yield which(tool, false);
			if (!result) {
				if (IS_WINDOWS$2) throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also verify the file has a valid extension for an executable file.`);
				else throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also check the file mode to verify the file is executable.`);
			}
			return result;
		}
		const matches = yield findInPath(tool);
		if (matches && matches.length > 0) return matches[0];
		return "";
	});
}
function findInPath(tool) {
	return __awaiter$4(this, void 0, void 0, function* () {
		if (!tool) throw new Error("parameter 'tool' is required");
		const extensions = [];
		if (IS_WINDOWS$2 && process.env["PATHEXT"]) {
			for (const extension of process.env["PATHEXT"].split(path.delimiter)) if (extension) extensions.push(extension);
		}
		if (isRooted(tool)) {
			const filePath = yield tryGetExecutablePath(tool, extensions);
			if (filePath) return [filePath];
			return [];
		}
		if (tool.includes(path.sep)) return [];
		const directories = [];
		if (process.env.PATH) {
			for (const p of process.env.PATH.split(path.delimiter)) if (p) directories.push(p);
		}
		const matches = [];
		for (const directory of directories) {
			const filePath = yield tryGetExecutablePath(path.join(directory, tool), extensions);
			if (filePath) matches.push(filePath);
		}
		return matches;
	});
}
function readCopyOptions(options) {
	return {
		force: options.force == null ? true : options.force,
		recursive: Boolean(options.recursive),
		copySourceDirectory: options.copySourceDirectory == null ? true : Boolean(options.copySourceDirectory)
	};
}
function cpDirRecursive(sourceDir, destDir, currentDepth, force) {
	return __awaiter$4(this, void 0, void 0, function* () {
		if (currentDepth >= 255) return;
		currentDepth++;
		yield mkdirP(destDir);
		const files = yield readdir(sourceDir);
		for (const fileName of files) {
			const srcFile = `${sourceDir}/${fileName}`;
			const destFile = `${destDir}/${fileName}`;
			if ((yield lstat(srcFile)).isDirectory()) yield cpDirRecursive(srcFile, destFile, currentDepth, force);
			else yield copyFile(srcFile, destFile, force);
		}
		yield chmod(destDir, (yield stat(sourceDir)).mode);
	});
}
function copyFile(srcFile, destFile, force) {
	return __awaiter$4(this, void 0, void 0, function* () {
		if ((yield lstat(srcFile)).isSymbolicLink()) {
			try {
				yield lstat(destFile);
				yield unlink(destFile);
			} catch (e) {
				if (e.code === "EPERM") {
					yield chmod(destFile, "0666");
					yield unlink(destFile);
				}
			}
			const symlinkFull = yield readlink(srcFile);
			yield symlink(symlinkFull, destFile, IS_WINDOWS$2 ? "junction" : null);
		} else if (!(yield exists(destFile)) || force) yield copyFile$1(srcFile, destFile);
	});
}
// node_modules/@actions/exec/lib/toolrunner.js
var __awaiter$3 = function(thisArg, _arguments, P, generator) {
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
const IS_WINDOWS$1 = process.platform === "win32";
var ToolRunner = class extends events.EventEmitter {
	constructor(toolPath, args, options) {
		super();
		if (!toolPath) throw new Error("Parameter 'toolPath' cannot be null or empty.");
		this.toolPath = toolPath;
		this.args = args || [];
		this.options = options || {};
	}
	_debug(message) {
		if (this.options.listeners && this.options.listeners.debug) this.options.listeners.debug(message);
	}
	_getCommandString(options, noPrefix) {
		const toolPath = this._getSpawnFileName();
		const args = this._getSpawnArgs(options);
		let cmd = noPrefix ? "" : "[command]";
		if (IS_WINDOWS$1) {
			if (this._isCmdFile()) {
				cmd += toolPath;
				for (const a of args) cmd += ` ${a}`;
			} else if (options.windowsVerbatimArguments) {
				cmd += `"${toolPath}"`;
				for (const a of args) cmd += ` ${a}`;
			} else {
				cmd += this._windowsQuoteCmdArg(toolPath);
				for (const a of args) cmd += ` ${this._windowsQuoteCmdArg(a)}`;
			}
		} else {
			cmd += toolPath;
			for (const a of args) cmd += ` ${a}`;
		}
		return cmd;
	}
	_processLineBuffer(data, strBuffer, onLine) {
		try {
			let s = strBuffer + data.toString();
			let n = s.indexOf(os.EOL);
			while (n > -1) {
				onLine(s.substring(0, n));
				s = s.substring(n + os.EOL.length);
				n = s.indexOf(os.EOL);
			}
			return s;
		} catch (err) {
			this._debug(`error processing line. Failed with error ${err}`);
			return "";
		}
	}
	_getSpawnFileName() {
		if (IS_WINDOWS$1) {
			if (this._isCmdFile()) return process.env["COMSPEC"] || "cmd.exe";
		}
		return this.toolPath;
	}
	_getSpawnArgs(options) {
		if (IS_WINDOWS$1) {
			if (this._isCmdFile()) {
				let argline = `/D /S /C "${this._windowsQuoteCmdArg(this.toolPath)}`;
				for (const a of this.args) {
					argline += " ";
					argline += options.windowsVerbatimArguments ? a : this._windowsQuoteCmdArg(a);
				}
				argline += "\"";
				return [argline];
			}
		}
		return this.args;
	}
	_endsWith(str, end) {
		return str.endsWith(end);
	}
	_isCmdFile() {
		const upperToolPath = this.toolPath.toUpperCase();
		return this._endsWith(upperToolPath, ".CMD") || this._endsWith(upperToolPath, ".BAT");
	}
	_windowsQuoteCmdArg(arg) {
		if (!this._isCmdFile()) return this._uvQuoteCmdArg(arg);
		if (!arg) return "\"\"";
		const cmdSpecialChars = [
			" ",
			"	",
			"&",
			"(",
			")",
			"[",
			"]",
			"{",
			"}",
			"^",
			"=",
			";",
			"!",
			"'",
			"+",
			",",
			"`",
			"~",
			"|",
			"<",
			">",
			"\""
		];
		let needsQuotes = false;
		for (const char of arg) if (cmdSpecialChars.some((x) => x === char)) {
			needsQuotes = true;
			break;
		}
		if (!needsQuotes) return arg;
		let reverse = "\"";
		let quoteHit = true;
		for (let i = arg.length; i > 0; i--) {
			reverse += arg[i - 1];
			if (quoteHit && arg[i - 1] === "\\") reverse += "\\";
			else if (arg[i - 1] === "\"") {
				quoteHit = true;
				reverse += "\"";
			} else quoteHit = false;
		}
		reverse += "\"";
		return reverse.split("").reverse().join("");
	}
	_uvQuoteCmdArg(arg) {
		if (!arg) return "\"\"";
		if (!arg.includes(" ") && !arg.includes("	") && !arg.includes("\"")) return arg;
		if (!arg.includes("\"") && !arg.includes("\\")) return `"${arg}"`;
		let reverse = "\"";
		let quoteHit = true;
		for (let i = arg.length; i > 0; i--) {
			reverse += arg[i - 1];
			if (quoteHit && arg[i - 1] === "\\") reverse += "\\";
			else if (arg[i - 1] === "\"") {
				quoteHit = true;
				reverse += "\\";
			} else quoteHit = false;
		}
		reverse += "\"";
		return reverse.split("").reverse().join("");
	}
	_cloneExecOptions(options) {
		options = options || {};
		const result = {
			cwd: options.cwd || process.cwd(),
			env: options.env || process.env,
			silent: options.silent || false,
			windowsVerbatimArguments: options.windowsVerbatimArguments || false,
			failOnStdErr: options.failOnStdErr || false,
			ignoreReturnCode: options.ignoreReturnCode || false,
			delay: options.delay || 1e4
		};
		result.outStream = options.outStream || process.stdout;
		result.errStream = options.errStream || process.stderr;
		return result;
	}
	_getSpawnOptions(options, toolPath) {
		options = options || {};
		const result = {};
		result.cwd = options.cwd;
		result.env = options.env;
		result["windowsVerbatimArguments"] = options.windowsVerbatimArguments || this._isCmdFile();
		if (options.windowsVerbatimArguments) result.argv0 = `"${toolPath}"`;
		return result;
	}
	exec() {
		return __awaiter$3(this, void 0, void 0, function* () {
			if (!isRooted(this.toolPath) && (this.toolPath.includes("/") || IS_WINDOWS$1 && this.toolPath.includes("\\"))) this.toolPath = path.resolve(process.cwd(), this.options.cwd || process.cwd(), this.toolPath);
			this.toolPath = yield which(this.toolPath, true);
			return new Promise((resolve, reject) => __awaiter$3(this, void 0, void 0, function* () {
				this._debug(`exec tool: ${this.toolPath}`);
				this._debug("arguments:");
				for (const arg of this.args) this._debug(`   ${arg}`);
				const optionsNonNull = this._cloneExecOptions(this.options);
				if (!optionsNonNull.silent && optionsNonNull.outStream) optionsNonNull.outStream.write(this._getCommandString(optionsNonNull) + os.EOL);
				const state = new ExecState(optionsNonNull, this.toolPath);
				state.on("debug", (message) => {
					this._debug(message);
				});
				if (this.options.cwd && !(yield exists(this.options.cwd))) return reject(new Error(`The cwd: ${this.options.cwd} does not exist!`));
				const fileName = this._getSpawnFileName();
				const cp = child.spawn(fileName, this._getSpawnArgs(optionsNonNull), this._getSpawnOptions(this.options, fileName));
				let stdbuffer = "";
				if (cp.stdout) cp.stdout.on("data", (data) => {
					if (this.options.listeners && this.options.listeners.stdout) this.options.listeners.stdout(data);
					if (!optionsNonNull.silent && optionsNonNull.outStream) optionsNonNull.outStream.write(data);
					stdbuffer = this._processLineBuffer(data, stdbuffer, (line) => {
						if (this.options.listeners && this.options.listeners.stdline) this.options.listeners.stdline(line);
					});
				});
				let errbuffer = "";
				if (cp.stderr) cp.stderr.on("data", (data) => {
					state.processStderr = true;
					if (this.options.listeners && this.options.listeners.stderr) this.options.listeners.stderr(data);
					if (!optionsNonNull.silent && optionsNonNull.errStream && optionsNonNull.outStream) (optionsNonNull.failOnStdErr ? optionsNonNull.errStream : optionsNonNull.outStream).write(data);
					errbuffer = this._processLineBuffer(data, errbuffer, (line) => {
						if (this.options.listeners && this.options.listeners.errline) this.options.listeners.errline(line);
					});
				});
				cp.on("error", (err) => {
					state.processError = err.message;
					state.processExited = true;
					state.processClosed = true;
					state.CheckComplete();
				});
				cp.on("exit", (code) => {
					state.processExitCode = code;
					state.processExited = true;
					this._debug(`Exit code ${code} received from tool '${this.toolPath}'`);
					state.CheckComplete();
				});
				cp.on("close", (code) => {
					state.processExitCode = code;
					state.processExited = true;
					state.processClosed = true;
					this._debug(`STDIO streams have closed for tool '${this.toolPath}'`);
					state.CheckComplete();
				});
				state.on("done", (error, exitCode) => {
					if (stdbuffer.length > 0) this.emit("stdline", stdbuffer);
					if (errbuffer.length > 0) this.emit("errline", errbuffer);
					cp.removeAllListeners();
					if (error) reject(error);
					else resolve(exitCode);
				});
				if (this.options.input) {
					if (!cp.stdin) throw new Error("child process missing stdin");
					cp.stdin.end(this.options.input);
				}
			}));
		});
	}
};
function argStringToArray(argString) {
	const args = [];
	let inQuotes = false;
	let escaped = false;
	let arg = "";
	function append(c) {
		if (escaped && c !== "\"") arg += "\\";
		arg += c;
		escaped = false;
	}
	for (let i = 0; i < argString.length; i++) {
		const c = argString.charAt(i);
		if (c === "\"") {
			if (!escaped) inQuotes = !inQuotes;
			else append(c);
			continue;
		}
		if (c === "\\" && escaped) {
			append(c);
			continue;
		}
		if (c === "\\" && inQuotes) {
			escaped = true;
			continue;
		}
		if (c === " " && !inQuotes) {
			if (arg.length > 0) {
				args.push(arg);
				arg = "";
			}
			continue;
		}
		append(c);
	}
	if (arg.length > 0) args.push(arg.trim());
	return args;
}
var ExecState = class ExecState extends events.EventEmitter {
	constructor(options, toolPath) {
		super();
		this.processClosed = false;
		this.processError = "";
		this.processExitCode = 0;
		this.processExited = false;
		this.processStderr = false;
		this.delay = 1e4;
		this.done = false;
		this.timeout = null;
		if (!toolPath) throw new Error("toolPath must not be empty");
		this.options = options;
		this.toolPath = toolPath;
		if (options.delay) this.delay = options.delay;
	}
	CheckComplete() {
		if (this.done) return;
		if (this.processClosed) this._setResult();
		else if (this.processExited) this.timeout = setTimeout$1(ExecState.HandleTimeout, this.delay, this);
	}
	_debug(message) {
		this.emit("debug", message);
	}
	_setResult() {
		let error;
		if (this.processExited) {
			if (this.processError) error = new Error(`There was an error when attempting to execute the process '${this.toolPath}'. This may indicate the process failed to start. Error: ${this.processError}`);
			else if (this.processExitCode !== 0 && !this.options.ignoreReturnCode) error = new Error(`The process '${this.toolPath}' failed with exit code ${this.processExitCode}`);
			else if (this.processStderr && this.options.failOnStdErr) error = new Error(`The process '${this.toolPath}' failed because one or more lines were written to the STDERR stream`);
		}
		if (this.timeout) {
			clearTimeout(this.timeout);
			this.timeout = null;
		}
		this.done = true;
		this.emit("done", error, this.processExitCode);
	}
	static HandleTimeout(state) {
		if (state.done) return;
		if (!state.processClosed && state.processExited) {
			const message = `The STDIO streams did not close within ${state.delay / 1e3} seconds of the exit event from process '${state.toolPath}'. This may indicate a child process inherited the STDIO streams and has not yet exited.`;
			state._debug(message);
		}
		state._setResult();
	}
};
// node_modules/@actions/exec/lib/exec.js
var __awaiter$2 = function(thisArg, _arguments, P, generator) {
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
function exec$1(commandLine, args, options) {
	return __awaiter$2(this, void 0, void 0, function* () {
		const commandArgs = argStringToArray(commandLine);
		if (commandArgs.length === 0) throw new Error(`Parameter 'commandLine' cannot be null or empty.`);
		const toolPath = commandArgs[0];
		args = commandArgs.slice(1).concat(args || []);
		return new ToolRunner(toolPath, args, options).exec();
	});
}
// src/approval/settings.ts
const names = namingSettings;
function settingsOf(made, env) {
	const dataDirectory = resolve(made.directory, env.TF_DATA_DIR || ".terraform");
	const settings = {
		"Terraform version": made.terraformVersion,
		"provider versions": providerVersions(made.directory),
		".terraform.lock.hcl": made.lockFile ?? "",
		workspace: made.workspace ?? (env.TF_WORKSPACE || "default"),
		backend: backendName(dataDirectory, made.checkout),
		target: made.targets.toSorted().join(" "),
		replace: made.replaces.toSorted().join(" ")
	};
	return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== ""));
}
function lockFileDigest(directory) {
	const file = join(directory, lockFileName);
	if (!existsSync(file)) return void 0;
	const meant = readFileSync(file, "utf8").split("\n").map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#"));
	return createHash("sha256").update(meant.join("\n")).digest("hex").slice(0, 12);
}
const lockFileName = ".terraform.lock.hcl";
function providerVersions(directory) {
	const file = join(directory, lockFileName);
	if (!existsSync(file)) return "";
	return [...readFileSync(file, "utf8").matchAll(/^provider\s+"([^"]+)"\s*\{\s*version\s*=\s*"([^"]+)"/gm)].map(([, source = "", version]) => `${source.replace(/^registry\.(terraform\.io|opentofu\.org)\//, "")} ${version}`).sort().join(", ");
}
function backendName(dataDirectory, checkout) {
	const note = join(dataDirectory, "terraform.tfstate");
	if (!existsSync(note)) return "local";
	const { backend } = JSON.parse(readFileSync(note, "utf8"));
	const config = Object.entries(backend?.config ?? {}).filter(([name, value]) => names.includes(name) && value !== null && value !== "").map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]).map(([name, value]) => `${name}=${name === "path" ? relative(checkout, resolve(value)) : value}`);
	return [backend?.type ?? "local", ...config.sort()].join(" ");
}
// src/approval/lineage.ts
const maxStateBytes = 536870912;
function lineageOf(planFile) {
	try {
		const state = entryOf(planFile, "tfstate");
		const { lineage } = JSON.parse(state?.toString("utf8") ?? "{}");
		return typeof lineage === "string" && lineage !== "" ? lineage : void 0;
	} catch {
		return;
	}
}
function entryOf(zip, wanted) {
	const end = zip.lastIndexOf("PK", void 0, "latin1");
	if (end < 0) return void 0;
	let at = zip.readUInt32LE(end + 16);
	for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
		const [nameLength, extraLength, commentLength] = [
			28,
			30,
			32
		].map((offset) => zip.readUInt16LE(at + offset));
		if (zip.toString("utf8", at + 46, at + 46 + nameLength) === wanted) {
			const header = zip.readUInt32LE(at + 42);
			const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
			const data = zip.subarray(start, start + zip.readUInt32LE(at + 20));
			return zip.readUInt16LE(at + 10) === 0 ? data : inflateRawSync(data, { maxOutputLength: maxStateBytes });
		}
		at += 46 + nameLength + extraLength + commentLength;
	}
}
// src/stacks/workflow.ts
var import_dist = require_dist();
const largestFile = 1e6;
const mostJobs = 256;
function stepsOf(workflow, isOurs) {
	if (Buffer.byteLength(workflow) > largestFile) return [];
	let document;
	try {
		document = (0, import_dist.parse)(workflow, {
			maxAliasCount: 100,
			logLevel: "silent"
		});
	} catch {
		return [];
	}
	const { jobs, env, on } = map(document);
	const mayBePush = isPush(on);
	return Object.entries(map(jobs)).flatMap(([id, job]) => stepsOfJob(id, map(job), map(env), isOurs).map((step) => ({
		...step,
		mayBePush
	})));
}
function isPush(on) {
	const events = typeof on === "string" ? [on] : Array.isArray(on) ? on : Object.keys(map(on));
	const types = list(map(map(on).pull_request).types);
	return events.some((event) => event === "push" || event === "workflow_call") || types.includes("closed");
}
function stepsOfJob(jobId, job, env, isOurs) {
	const steps = list(job.steps).map(map);
	const ours = steps.filter(({ uses }) => typeof uses === "string" && isOurs(uses));
	if (ours.length === 0) return [];
	const scripts = steps.map(({ run }) => typeof run === "string" ? run : "").join("\n");
	return combinations(map(job.strategy).matrix).flatMap((combination) => {
		const value = (given) => textIn(given, combination);
		const values = (given) => Object.fromEntries(Object.entries(map(given)).map(([name, each]) => [name, value(each)]));
		const environment = typeof job.environment === "object" ? map(job.environment).name : job.environment;
		const shown = Object.entries(combination ?? {}).map(([name, each]) => `${name}: ${String(each)}`);
		return ours.map((step) => {
			const inputs = values(step.with);
			const own = inputs.environment?.text === "" ? void 0 : inputs.environment;
			return {
				job: shown.length === 0 ? jobId : `${jobId} (${shown.join(", ")})`,
				jobId,
				environment: own ?? (environment === void 0 || environment === null ? void 0 : value(environment)),
				inputs,
				env: {
					...values(env),
					...values(job.env),
					...scripted(scripts),
					...values(step.env)
				},
				conditions: [job.if, step.if].filter((each) => each !== void 0 && each !== null).map(String),
				machine: JSON.stringify([job["runs-on"], job.container])
			};
		});
	});
}
function scripted(scripts) {
	const names = scripts.match(/\b(TF_WORKSPACE|TF_CLI_ARGS(_init)?|TF_DATA_DIR|AWS_(ENDPOINT_URL|S3_ENDPOINT)\w*)\b/g) ?? [];
	return Object.fromEntries(names.map((name) => [name, {
		text: "",
		known: "unknown"
	}]));
}
function combinations(matrix) {
	if (matrix === void 0 || matrix === null) return [{}];
	const { include, exclude, ...axes } = map(matrix);
	const lists = [
		include ?? [],
		exclude ?? [],
		...Object.values(axes)
	];
	if (typeof matrix !== "object" || !lists.every(Array.isArray)) return [void 0];
	let combined = [{}];
	for (const [axis, values] of Object.entries(axes)) {
		combined = combined.flatMap((each) => list(values).map((value) => ({
			...each,
			[axis]: value
		})));
		if (combined.length > mostJobs) return [void 0];
	}
	const isLike = (each, other, names) => names.every((name) => JSON.stringify(each[name]) === JSON.stringify(other[name]));
	const kept = combined.filter((each) => !list(exclude).some((out) => isLike(each, map(out), Object.keys(map(out)))));
	const hasAxes = Object.keys(axes).length > 0;
	const made = hasAxes ? kept.map((each) => ({ ...each })) : [];
	for (const more of list(include).map(map)) {
		const shared = Object.keys(more).filter((name) => name in axes);
		const fitting = hasAxes ? made.filter((each, index) => index < kept.length && isLike(each, more, shared)) : [];
		for (const each of fitting) Object.assign(each, more);
		if (fitting.length === 0) made.push({ ...more });
	}
	return made.length > mostJobs ? [void 0] : made;
}
function textIn(given, combination) {
	if (typeof given === "object" && given !== null) return {
		text: JSON.stringify(given),
		known: "unknown"
	};
	let known = "literal";
	return {
		text: String(given ?? "").replace(/\$\{\{([\s\S]*?)\}\}/g, (whole, expression) => {
			const inMatrix = /^\s*matrix\.([\w-]+(?:\.[\w-]+)*)\s*$/.exec(expression)?.[1];
			const value = inMatrix === void 0 ? void 0 : memberOf(combination, inMatrix.split("."));
			if (value !== void 0 && !String(value).includes("${{")) return String(value);
			if (known !== "unknown") known = isSameInRun(expression) ? "same in a run" : "unknown";
			return whole.replace(/\s+/g, " ");
		}),
		known
	};
}
function memberOf(combination, path) {
	if (combination === void 0) return void 0;
	let value = combination;
	for (const name of path) value = map(value)[name];
	if (value === void 0 || value === null) return "";
	return typeof value === "object" ? void 0 : value;
}
function isSameInRun(expression) {
	const code = expression.replace(/'(?:[^']|'')*'/g, " ");
	if (/github\s*\.\s*(job|action|env|path|token|workspace|retention)|\bgithub\b(?!\s*\.)|\[/i.test(code)) return false;
	const words = code.match(/(?<![\w.-])[A-Za-z_][\w-]*/g) ?? [];
	const allowed = /^(github|inputs|true|false|null|contains|startsWith|endsWith|format|join|toJSON|fromJSON)$/i;
	return words.every((word) => allowed.test(word));
}
function map(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}
function list(value) {
	return Array.isArray(value) ? value : [];
}
// src/stacks/shared-state.ts
const leading = /^(TF_WORKSPACE|TF_CLI_ARGS(_init)?|TF_DATA_DIR|AWS_(ENDPOINT_URL|S3_ENDPOINT).*)$/;
const storeOf = {
	s3: ["bucket"],
	gcs: ["bucket"],
	azurerm: ["storage_account_name", "container_name"],
	http: [],
	consul: ["address"]
};
function refuseSharedState(workflow, checkout) {
	const text = workflow.file === "" ? void 0 : checkout.text(workflow.file);
	if (text === void 0) return;
	const steps = stepsOf(text, workflow.isOurs);
	if (Object.entries(workflow.env).some(([name, value]) => leading.test(name) && value && !steps.some(({ env }) => name in env))) return;
	const deploying = steps.flatMap((step) => {
		const state = stateOf(step, checkout);
		return state === void 0 || !mayApply(step) ? [] : [{
			step,
			...state
		}];
	});
	for (const [index, one] of deploying.entries()) for (const other of deploying.slice(index + 1)) {
		if (one.state !== other.state || ![one.step.jobId, other.step.jobId].includes(workflow.job)) continue;
		const isCertain = one.isLiteral && other.isLiteral;
		const isConditional = [...one.step.conditions, ...other.step.conditions].length > 0;
		if (!isComparable(one.step, other.step) || !isCertain && isConditional) continue;
		const what = differentEnvironments(one.step, other.step);
		if (what !== void 0) throw refusal(workflow.file, one.step, other.step, what, one.state, one.key);
	}
}
function stateOf({ inputs, env }, checkout) {
	const given = (name) => inputs[name] ?? {
		text: "",
		known: "literal"
	};
	const [directory, stack, workspace, backendConfig] = [
		given("working-directory"),
		given("stack"),
		given("workspace"),
		given("backend-config")
	];
	const variables = Object.entries(env).filter(([name]) => leading.test(name));
	const used = [
		directory,
		stack,
		workspace,
		backendConfig,
		...variables.map(([, value]) => value)
	];
	if (used.some(({ known }) => known === "unknown")) return void 0;
	const place = directory.known === "literal" ? inRepository(".", directory.text.trim() || ".") : void 0;
	if (stack.known !== "literal") return void 0;
	const own = place === void 0 || stack.text !== "" ? void 0 : backendIn(place, checkout);
	if (stack.text === "" && own === void 0) return void 0;
	const lines = backendConfig.text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "");
	if (stack.text !== "" && lines.length === 0) return void 0;
	if (place === void 0 && lines.some((line) => !isSetting(line))) return void 0;
	const backend = configured(own, lines, (path) => checkout.text(inRepository(place ?? ".", path) ?? ""));
	if (backend === void 0) return void 0;
	const store = storeOf[backend.type];
	const key = keySetting(backend.type);
	const needed = [...store ?? [], key];
	if (store === void 0 || needed.some((name) => !backend.settings[name] || /\bvar\.|\blocal\./.test(backend.settings[name]))) return void 0;
	const chosen = workspace.text || env.TF_WORKSPACE?.text;
	const others = variables.filter(([name]) => name !== "TF_WORKSPACE").map(([name, { text }]) => `${name}=${text}`);
	return {
		state: [stateName(backend, chosen), ...others.sort()].join(", "),
		key,
		isLiteral: used.every(({ known }) => known === "literal")
	};
}
function backendIn(directory, checkout) {
	const textOf = (name) => checkout.text(inRepository(directory, name) ?? "");
	return readConfiguration(checkout.names(directory), textOf).backend;
}
function mayApply({ inputs, conditions, mayBePush }) {
	const command = inputs.command?.text || "auto";
	if ([
		"plan",
		"verify",
		"discover",
		"summary"
	].includes(command)) return false;
	if (command === "apply" || command === "destroy") return true;
	return mayBePush && conditions.every(isTrueOfPush);
}
function isTrueOfPush(condition) {
	if (!/github\s*\.\s*(event|ref|base_ref|head_ref)/.test(condition)) return true;
	if (/!/.test(condition)) return false;
	return /event_name\s*==\s*'push'|github\.ref(_name)?\s*==\s*'(refs\/heads\/)?(main|master)'/.test(condition);
}
function isComparable(one, other) {
	const isHosted = ({ machine }) => /^\["(ubuntu|windows|macos)-[\w.-]+",null\]$/.test(machine);
	return one.machine === other.machine || isHosted(one) && isHosted(other);
}
function differentEnvironments(one, other) {
	const [a, b] = [one.environment, other.environment];
	if (a !== void 0 && b !== void 0) {
		if (a.known !== "literal" || b.known !== "literal") return void 0;
		return a.text.toLowerCase() === b.text.toLowerCase() ? void 0 : `the environments ${JSON.stringify(a.text)} and ${JSON.stringify(b.text)}`;
	}
	if (a !== void 0 || b !== void 0) return void 0;
	const files = ({ inputs }) => inputs["var-file"];
	const set = (value) => (value?.text ?? "").split(/\s*\n\s*/).filter((line) => line !== "");
	const [mine, theirs] = [files(one), files(other)];
	if (mine?.known !== "literal" || theirs?.known !== "literal") return void 0;
	if (one.inputs.target !== void 0 || other.inputs.target !== void 0) return void 0;
	const [left, right] = [set(mine).toSorted().join(", "), set(theirs).toSorted().join(", ")];
	return left === "" || right === "" || left === right ? void 0 : `the var files ${left} and ${right}`;
}
function refusal(file, one, other, what, state, key) {
	const [a, b] = [one.job, other.job].map((job) => JSON.stringify(job));
	const jobs = a === b ? `Two steps of job ${a}` : `The jobs ${a} and ${b}`;
	return new InputError(`${jobs} in ${file} deploy ${what} with the same state (${state}): each would replace what the other has deployed. Give each a state of its own: another ${key} in backend-config, or another workspace. Where both are one deployment, name the same environment in both (input environment).`);
}
// node_modules/@actions/tool-cache/lib/retry-helper.js
var import_semver = __toESM(require_semver(), 1);
var __awaiter$1 = function(thisArg, _arguments, P, generator) {
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
var RetryHelper = class {
	constructor(maxAttempts, minSeconds, maxSeconds) {
		if (maxAttempts < 1) throw new Error("max attempts should be greater than or equal to 1");
		this.maxAttempts = maxAttempts;
		this.minSeconds = Math.floor(minSeconds);
		this.maxSeconds = Math.floor(maxSeconds);
		if (this.minSeconds > this.maxSeconds) throw new Error("min seconds should be less than or equal to max seconds");
	}
	execute(action, isRetryable) {
		return __awaiter$1(this, void 0, void 0, function* () {
			let attempt = 1;
			while (attempt < this.maxAttempts) {
				try {
					return yield action();
				} catch (err) {
					if (isRetryable && !isRetryable(err)) throw err;
					info(err.message);
				}
				const seconds = this.getSleepAmount();
				info(`Waiting ${seconds} seconds before trying again`);
				yield this.sleep(seconds);
				attempt++;
			}
			return yield action();
		});
	}
	getSleepAmount() {
		return Math.floor(Math.random() * (this.maxSeconds - this.minSeconds + 1)) + this.minSeconds;
	}
	sleep(seconds) {
		return __awaiter$1(this, void 0, void 0, function* () {
			return new Promise((resolve) => setTimeout(resolve, seconds * 1e3));
		});
	}
};
// node_modules/@actions/tool-cache/lib/tool-cache.js
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
var HTTPError = class extends Error {
	constructor(httpStatusCode) {
		super(`Unexpected HTTP response: ${httpStatusCode}`);
		this.httpStatusCode = httpStatusCode;
		Object.setPrototypeOf(this, new.target.prototype);
	}
};
const IS_WINDOWS = process.platform === "win32";
process.platform;
const userAgent = "actions/tool-cache";
function downloadTool(url, dest, auth, headers) {
	return __awaiter(this, void 0, void 0, function* () {
		dest = dest || path.join(_getTempDirectory(), crypto.randomUUID());
		yield mkdirP(path.dirname(dest));
		debug(`Downloading ${url}`);
		debug(`Destination ${dest}`);
		return yield new RetryHelper(3, _getGlobal("TEST_DOWNLOAD_TOOL_RETRY_MIN_SECONDS", 10), _getGlobal("TEST_DOWNLOAD_TOOL_RETRY_MAX_SECONDS", 20)).execute(() => __awaiter(this, void 0, void 0, function* () {
			return yield downloadToolAttempt(url, dest || "", auth, headers);
		}), (err) => {
			if (err instanceof HTTPError && err.httpStatusCode) {
				if (err.httpStatusCode < 500 && err.httpStatusCode !== 408 && err.httpStatusCode !== 429) return false;
			}
			return true;
		});
	});
}
function downloadToolAttempt(url, dest, auth, headers) {
	return __awaiter(this, void 0, void 0, function* () {
		if (fs.existsSync(dest)) throw new Error(`Destination file path ${dest} already exists`);
		const http = new HttpClient(userAgent, [], { allowRetries: false });
		if (auth) {
			debug("set auth");
			if (headers === void 0) headers = {};
			headers.authorization = auth;
		}
		const response = yield http.get(url, headers);
		if (response.message.statusCode !== 200) {
			const err = new HTTPError(response.message.statusCode);
			debug(`Failed to download from "${url}". Code(${response.message.statusCode}) Message(${response.message.statusMessage})`);
			throw err;
		}
		const pipeline = util.promisify(stream.pipeline);
		const readStream = _getGlobal("TEST_DOWNLOAD_TOOL_RESPONSE_MESSAGE_FACTORY", () => response.message)();
		let succeeded = false;
		try {
			yield pipeline(readStream, fs.createWriteStream(dest));
			debug("download complete");
			succeeded = true;
			return dest;
		} finally {
			if (!succeeded) {
				debug("download failed");
				try {
					yield rmRF(dest);
				} catch (err) {
					debug(`Failed to delete '${dest}'. ${err.message}`);
				}
			}
		}
	});
}
function extractZip(file, dest) {
	return __awaiter(this, void 0, void 0, function* () {
		if (!file) throw new Error("parameter 'file' is required");
		dest = yield _createExtractFolder(dest);
		if (IS_WINDOWS) yield extractZipWin(file, dest);
		else yield extractZipNix(file, dest);
		return dest;
	});
}
function extractZipWin(file, dest) {
	return __awaiter(this, void 0, void 0, function* () {
		const escapedFile = file.replace(/'/g, "''").replace(/"|\n|\r/g, "");
		const escapedDest = dest.replace(/'/g, "''").replace(/"|\n|\r/g, "");
		const pwshPath = yield which("pwsh", false);
		if (pwshPath) {
			const args = [
				"-NoLogo",
				"-NoProfile",
				"-NonInteractive",
				"-ExecutionPolicy",
				"Unrestricted",
				"-Command",
				[
					`$ErrorActionPreference = 'Stop' ;`,
					`try { Add-Type -AssemblyName System.IO.Compression.ZipFile } catch { } ;`,
					`try { [System.IO.Compression.ZipFile]::ExtractToDirectory('${escapedFile}', '${escapedDest}', $true) }`,
					`catch { if (($_.Exception.GetType().FullName -eq 'System.Management.Automation.MethodException') -or ($_.Exception.GetType().FullName -eq 'System.Management.Automation.RuntimeException') ){ Expand-Archive -LiteralPath '${escapedFile}' -DestinationPath '${escapedDest}' -Force } else { throw $_ } } ;`
				].join(" ")
			];
			debug(`Using pwsh at path: ${pwshPath}`);
			yield exec$1(`"${pwshPath}"`, args);
		} else {
			const args = [
				"-NoLogo",
				"-Sta",
				"-NoProfile",
				"-NonInteractive",
				"-ExecutionPolicy",
				"Unrestricted",
				"-Command",
				[
					`$ErrorActionPreference = 'Stop' ;`,
					`try { Add-Type -AssemblyName System.IO.Compression.FileSystem } catch { } ;`,
					`if ((Get-Command -Name Expand-Archive -Module Microsoft.PowerShell.Archive -ErrorAction Ignore)) { Expand-Archive -LiteralPath '${escapedFile}' -DestinationPath '${escapedDest}' -Force }`,
					`else {[System.IO.Compression.ZipFile]::ExtractToDirectory('${escapedFile}', '${escapedDest}', $true) }`
				].join(" ")
			];
			const powershellPath = yield which("powershell", true);
			debug(`Using powershell at path: ${powershellPath}`);
			yield exec$1(`"${powershellPath}"`, args);
		}
	});
}
function extractZipNix(file, dest) {
	return __awaiter(this, void 0, void 0, function* () {
		const unzipPath = yield which("unzip", true);
		const args = [file];
		if (!isDebug()) args.unshift("-q");
		args.unshift("-o");
		yield exec$1(`"${unzipPath}"`, args, { cwd: dest });
	});
}
function cacheDir(sourceDir, tool, version, arch) {
	return __awaiter(this, void 0, void 0, function* () {
		version = import_semver.clean(version) || version;
		arch = arch || os.arch();
		debug(`Caching tool ${tool} ${version} ${arch}`);
		debug(`source dir: ${sourceDir}`);
		if (!fs.statSync(sourceDir).isDirectory()) throw new Error("sourceDir is not a directory");
		const destPath = yield _createToolPath(tool, version, arch);
		for (const itemName of fs.readdirSync(sourceDir)) yield cp(path.join(sourceDir, itemName), destPath, { recursive: true });
		_completeToolPath(tool, version, arch);
		return destPath;
	});
}
function find(toolName, versionSpec, arch) {
	if (!toolName) throw new Error("toolName parameter is required");
	if (!versionSpec) throw new Error("versionSpec parameter is required");
	arch = arch || os.arch();
	if (!isExplicitVersion(versionSpec)) versionSpec = evaluateVersions(findAllVersions(toolName, arch), versionSpec);
	let toolPath = "";
	if (versionSpec) {
		versionSpec = import_semver.clean(versionSpec) || "";
		const cachePath = path.join(_getCacheDirectory(), toolName, versionSpec, arch);
		debug(`checking cache: ${cachePath}`);
		if (fs.existsSync(cachePath) && fs.existsSync(`${cachePath}.complete`)) {
			debug(`Found tool in cache ${toolName} ${versionSpec} ${arch}`);
			toolPath = cachePath;
		} else debug("not found");
	}
	return toolPath;
}
function findAllVersions(toolName, arch) {
	const versions = [];
	arch = arch || os.arch();
	const toolPath = path.join(_getCacheDirectory(), toolName);
	if (fs.existsSync(toolPath)) {
		const children = fs.readdirSync(toolPath);
		for (const child of children) if (isExplicitVersion(child)) {
			const fullPath = path.join(toolPath, child, arch || "");
			if (fs.existsSync(fullPath) && fs.existsSync(`${fullPath}.complete`)) versions.push(child);
		}
	}
	return versions;
}
function _createExtractFolder(dest) {
	return __awaiter(this, void 0, void 0, function* () {
		if (!dest) dest = path.join(_getTempDirectory(), crypto.randomUUID());
		yield mkdirP(dest);
		return dest;
	});
}
function _createToolPath(tool, version, arch) {
	return __awaiter(this, void 0, void 0, function* () {
		const folderPath = path.join(_getCacheDirectory(), tool, import_semver.clean(version) || version, arch || "");
		debug(`destination ${folderPath}`);
		const markerPath = `${folderPath}.complete`;
		yield rmRF(folderPath);
		yield rmRF(markerPath);
		yield mkdirP(folderPath);
		return folderPath;
	});
}
function _completeToolPath(tool, version, arch) {
	const markerPath = `${path.join(_getCacheDirectory(), tool, import_semver.clean(version) || version, arch || "")}.complete`;
	fs.writeFileSync(markerPath, "");
	debug("finished caching tool");
}
function isExplicitVersion(versionSpec) {
	const c = import_semver.clean(versionSpec) || "";
	debug(`isExplicit: ${c}`);
	const valid = import_semver.valid(c) != null;
	debug(`explicit? ${valid}`);
	return valid;
}
function evaluateVersions(versions, versionSpec) {
	let version = "";
	debug(`evaluating ${versions.length} versions`);
	versions = versions.sort((a, b) => {
		if (import_semver.gt(a, b)) return 1;
		return -1;
	});
	for (let i = versions.length - 1; i >= 0; i--) {
		const potential = versions[i];
		if (import_semver.satisfies(potential, versionSpec)) {
			version = potential;
			break;
		}
	}
	if (version) debug(`matched: ${version}`);
	else debug("match not found");
	return version;
}
function _getCacheDirectory() {
	const cacheDirectory = process.env["RUNNER_TOOL_CACHE"] || "";
	ok(cacheDirectory, "Expected RUNNER_TOOL_CACHE to be defined");
	return cacheDirectory;
}
function _getTempDirectory() {
	const tempDirectory = process.env["RUNNER_TEMP"] || "";
	ok(tempDirectory, "Expected RUNNER_TEMP to be defined");
	return tempDirectory;
}
function _getGlobal(key, defaultValue) {
	const value = global[key];
	return value !== void 0 ? value : defaultValue;
}
// src/terraform/install/openpgp.ts
var SignatureError = class extends Error {
	name = "SignatureError";
};
const tags = {
	signature: 2,
	publicKey: 6,
	userId: 13,
	publicSubkey: 14,
	userAttribute: 17
};
const hashes = {
	8: "sha256",
	9: "sha384",
	10: "sha512"
};
const types = {
	document: 0,
	genericCertification: 16,
	positiveCertification: 19,
	subkeyBinding: 24,
	primaryKeyBinding: 25,
	keyRevocation: 32,
	subkeyRevocation: 40,
	certificationRevocation: 48
};
const subpackets = {
	created: 2,
	signatureExpires: 3,
	keyExpires: 9,
	issuer: 16,
	keyFlags: 27,
	embeddedSignature: 32,
	issuerFingerprint: 33
};
const unsigned = [
	subpackets.issuer,
	subpackets.issuerFingerprint,
	subpackets.embeddedSignature
];
const maySign = 2;
const rsa = 1;
const minBits = 2048;
function readSigningKeys(armored, fingerprint) {
	const [first, ...rest] = readPackets(dearmor(armored));
	if (first?.tag !== tags.publicKey) throw new SignatureError("the key block does not begin with a public key");
	const primary = readKey(first.body);
	if (fingerprint !== void 0 && primary.fingerprint !== fingerprint) throw new SignatureError(`the key is ${primary.fingerprint} and not ${fingerprint}`);
	const keys = [];
	for (const { head, signatures } of groups(first, rest)) {
		const own = ownSignatures(signatures, primary);
		if (own.some(({ type }) => type === types.keyRevocation)) throw new SignatureError("the key was revoked");
		const signing = head.tag === tags.publicSubkey ? signingSubkey(head, own, primary) : signingPrimary(head, own, primary);
		if (signing !== void 0) keys.push(signing);
	}
	if (keys.length === 0) throw new SignatureError(`the key ${primary.fingerprint} may sign nothing`);
	return keys;
}
function verifyDetached(document, signature, keys, now) {
	const [packet, ...more] = readPackets(signature);
	if (packet?.tag !== tags.signature || more.length > 0) throw new SignatureError("it is not one signature");
	const parsed = readSignature(packet.body);
	if (parsed.type !== types.document) throw new SignatureError(`it is a signature of type ${parsed.type}, not of a document`);
	const signer = keys.find((key) => namesOnly(parsed.issuers, key.fingerprint));
	if (signer === void 0) throw new SignatureError(`it was made by the key ${parsed.issuers.join(" and ")}, which is none of the trusted ones`);
	if (!isGood(parsed, [document], signer)) throw new SignatureError("it is not a signature over this content");
	if (parsed.created > now + clockSkew) throw new SignatureError(`it was made on ${day(parsed.created)}, which is in the future: is the clock right?`);
	if (parsed.signatureExpires !== void 0 && now >= parsed.created + parsed.signatureExpires) throw new SignatureError(`it expired on ${day(parsed.created + parsed.signatureExpires)}`);
	if (parsed.created < signer.created) throw new SignatureError("it is older than the key that made it");
	if (signer.expires !== void 0 && now >= signer.expires) throw new SignatureError(`the key ${signer.fingerprint} expired on ${day(signer.expires)}`);
}
const clockSkew = 86400;
function day(seconds) {
	return new Date(seconds * 1e3).toISOString().slice(0, 10);
}
function groups(first, rest) {
	const found = [{
		head: first,
		signatures: []
	}];
	for (const packet of rest) if (packet.tag === tags.signature) found.at(-1)?.signatures.push(packet.body);
	else if (packet.tag === tags.userId || packet.tag === tags.userAttribute || packet.tag === tags.publicSubkey) found.push({
		head: packet,
		signatures: []
	});
	else throw new SignatureError(`a key block holds no packet of type ${packet.tag}`);
	return found;
}
function ownSignatures(signatures, { fingerprint }) {
	return signatures.flatMap((body) => {
		try {
			const signature = readSignature(body);
			return namesOnly(signature.issuers, fingerprint) ? [signature] : [];
		} catch {
			return [];
		}
	});
}
function signingPrimary(head, own, primary) {
	if (head.tag !== tags.userId) return void 0;
	const length = Buffer.alloc(5);
	length[0] = 180;
	length.writeUInt32BE(head.body.length, 1);
	const certified = [
		primary.hashed,
		length,
		head.body
	];
	if (own.some(({ type }) => type === types.certificationRevocation)) return void 0;
	const newest = own.filter(({ type }) => type >= types.genericCertification && type <= types.positiveCertification).filter((signature) => isGood(signature, certified, primary)).reduce(newer, void 0);
	return newest === void 0 ? void 0 : signingKey(primary, newest);
}
function signingSubkey(head, own, primary) {
	if (own.some(({ type }) => type === types.subkeyRevocation)) return void 0;
	const candidates = own.filter(({ type, keyFlags = 0 }) => type === types.subkeyBinding && (keyFlags & maySign) !== 0);
	if (candidates.length === 0) return void 0;
	const subkey = readKey(head.body);
	const bound = [primary.hashed, subkey.hashed];
	const newest = candidates.filter((signature) => isGood(signature, bound, primary) && hasBackSignature(signature, bound, subkey)).reduce(newer, void 0);
	return newest === void 0 ? void 0 : signingKey(subkey, newest);
}
function hasBackSignature({ embedded }, bound, subkey) {
	if (embedded === void 0) return false;
	const back = readSignature(embedded);
	return back.type === types.primaryKeyBinding && namesOnly(back.issuers, subkey.fingerprint) && isGood(back, bound, subkey);
}
function newer(a, b) {
	return a === void 0 || b.created > a.created ? b : a;
}
function signingKey({ fingerprint, key, modulusBytes, created }, { keyFlags = 0, keyExpires }) {
	if ((keyFlags & maySign) === 0) return void 0;
	return {
		fingerprint,
		key,
		modulusBytes,
		created,
		expires: keyExpires === void 0 || keyExpires === 0 ? void 0 : created + keyExpires
	};
}
function namesOnly(issuers, fingerprint) {
	return issuers.every((issuer) => fingerprint.endsWith(issuer));
}
function isGood({ hash, trailer, digestStart, value }, signed, { key, modulusBytes }) {
	if (value.length > modulusBytes) return false;
	const hashed = Buffer.concat([...signed, trailer]);
	if (!createHash(hash).update(hashed).digest().subarray(0, 2).equals(digestStart)) return false;
	return verify(hash, hashed, key, Buffer.concat([Buffer.alloc(modulusBytes - value.length), value]));
}
var Reader = class {
	#bytes;
	#at = 0;
	constructor(bytes) {
		this.#bytes = bytes;
	}
	get left() {
		return this.#bytes.length - this.#at;
	}
	get done() {
		return this.#bytes.subarray(0, this.#at);
	}
	take(count) {
		if (count > this.left) throw new SignatureError("it is cut off");
		this.#at += count;
		return this.#bytes.subarray(this.#at - count, this.#at);
	}
	number(bytes) {
		return this.take(bytes).readUIntBE(0, bytes);
	}
	integer() {
		const bits = this.number(2);
		const value = this.take(Math.ceil(bits / 8));
		if (bits === 0 || bits !== value.length * 8 - Math.clz32(value[0] ?? 0) + 24) throw new SignatureError("it holds a number that is not as long as it says");
		return value;
	}
};
function readPackets(bytes) {
	const reader = new Reader(bytes);
	const packets = [];
	while (reader.left > 0) {
		const header = reader.number(1);
		if ((header & 128) === 0) throw new SignatureError("it is not OpenPGP");
		const isNew = (header & 64) !== 0;
		const tag = isNew ? header & 63 : header >> 2 & 15;
		packets.push({
			tag,
			body: reader.take(isNew ? newLength(reader) : oldLength(reader, header & 3))
		});
	}
	return packets;
}
function newLength(reader) {
	const first = reader.number(1);
	if (first < 192) return first;
	if (first < 224) return (first - 192 << 8) + reader.number(1) + 192;
	if (first === 255) return reader.number(4);
	throw new SignatureError("it comes in parts, which no signature and no key does");
}
function oldLength(reader, kind) {
	const bytes = [
		1,
		2,
		4
	][kind];
	if (bytes === void 0) throw new SignatureError("a packet of it has no length");
	return reader.number(bytes);
}
function readKey(body) {
	const reader = new Reader(body);
	const version = reader.number(1);
	if (version !== 4) throw new SignatureError(`the key is of version ${version}, and only 4 is read`);
	const created = reader.number(4);
	const algorithm = reader.number(1);
	if (algorithm !== rsa) throw new SignatureError(`the key is of algorithm ${algorithm}, and only RSA (1) is read`);
	const modulus = reader.integer();
	const exponent = reader.integer();
	if (reader.left > 0) throw new SignatureError("something follows the key");
	if (modulus.length * 8 < minBits) throw new SignatureError(`the key has less than ${minBits} bits`);
	const length = Buffer.alloc(3);
	length[0] = 153;
	length.writeUInt16BE(body.length, 1);
	const hashed = Buffer.concat([length, body]);
	return {
		fingerprint: createHash("sha1").update(hashed).digest("hex").toUpperCase(),
		key: rsaKey(modulus, exponent),
		modulusBytes: modulus.length,
		created,
		hashed
	};
}
function rsaKey(modulus, exponent) {
	try {
		const key = {
			kty: "RSA",
			n: modulus.toString("base64url"),
			e: exponent.toString("base64url")
		};
		return createPublicKey({
			key,
			format: "jwk"
		});
	} catch {
		throw new SignatureError("the numbers of the key are no RSA key");
	}
}
function readSignature(body) {
	const reader = new Reader(body);
	const version = reader.number(1);
	if (version !== 4) throw new SignatureError(`it is a signature of version ${version}, and only 4 is read`);
	const type = reader.number(1);
	const algorithm = reader.number(1);
	if (algorithm !== rsa) throw new SignatureError(`it is of algorithm ${algorithm}, and only RSA (1) is read`);
	const hashId = reader.number(1);
	const hash = hashes[hashId];
	if (hash === void 0) throw new SignatureError(`it is over a hash of type ${hashId}, and only SHA-2 is trusted`);
	const hashed = readSubpackets(reader.take(reader.number(2)));
	const hashedPart = reader.done;
	const unhashed = readSubpackets(reader.take(reader.number(2)));
	const stranger = unhashed.find(({ type, isCritical }) => isCritical || !unsigned.includes(type));
	if (stranger !== void 0) throw new SignatureError(`what it says about itself (${stranger.type}) is not signed`);
	const digestStart = reader.take(2);
	const value = reader.integer();
	if (reader.left > 0) throw new SignatureError("something follows the signature");
	const trailer = Buffer.alloc(6);
	trailer.writeUInt16BE(1279, 0);
	trailer.writeUInt32BE(hashedPart.length, 2);
	const created = numberIn(hashed, subpackets.created, 4);
	if (created === void 0) throw new SignatureError("it does not say when it was made");
	return {
		type,
		hash,
		created,
		signatureExpires: numberIn(hashed, subpackets.signatureExpires, 4),
		keyExpires: numberIn(hashed, subpackets.keyExpires, 4),
		keyFlags: only(hashed, subpackets.keyFlags)?.[0],
		embedded: only([...hashed, ...unhashed], subpackets.embeddedSignature),
		issuers: issuersOf([...hashed, ...unhashed]),
		trailer: Buffer.concat([hashedPart, trailer]),
		digestStart,
		value
	};
}
function readSubpackets(bytes) {
	const reader = new Reader(bytes);
	const found = [];
	const known = Object.values(subpackets);
	while (reader.left > 0) {
		const first = reader.number(1);
		const length = first < 192 ? first : first < 255 ? (first - 192 << 8) + reader.number(1) + 192 : reader.number(4);
		const content = new Reader(reader.take(length));
		const type = content.number(1);
		const isCritical = (type & 128) !== 0;
		if (isCritical && !known.includes(type & 127)) throw new SignatureError(`it has a condition of type ${type & 127} that is not known`);
		found.push({
			type: type & 127,
			isCritical,
			body: content.take(content.left)
		});
	}
	return found;
}
function only(found, wanted) {
	const [one, ...more] = found.filter(({ type }) => type === wanted);
	if (more.length > 0) throw new SignatureError(`it says twice what must be said once (${wanted})`);
	return one?.body;
}
function numberIn(found, wanted, bytes) {
	const body = only(found, wanted);
	if (body === void 0) return void 0;
	if (body.length !== bytes) throw new SignatureError(`a number of it is not ${bytes} bytes long (${wanted})`);
	return body.readUInt32BE(0);
}
function issuersOf(found) {
	const id = only(found, subpackets.issuer);
	const fingerprint = only(found, subpackets.issuerFingerprint);
	if (id !== void 0 && id.length !== 8) throw new SignatureError("it names a key by an id that is none");
	if (fingerprint !== void 0 && (fingerprint.length !== 21 || fingerprint[0] !== 4)) throw new SignatureError("it names a key by a fingerprint that is none of version 4");
	const issuers = [id, fingerprint?.subarray(1)].filter((name) => name !== void 0);
	if (issuers.length === 0) throw new SignatureError("it does not say which key made it");
	return issuers.map((name) => name.toString("hex").toUpperCase());
}
function dearmor(armored) {
	const match = /^\s*-----BEGIN PGP PUBLIC KEY BLOCK-----[ \t]*\r?\n(?:[A-Za-z]+: [^\r\n]*\r?\n)*[ \t]*\r?\n([A-Za-z0-9+/\r\n]+={0,2})\s*(?:=([A-Za-z0-9+/]{4})\s*)?-----END PGP PUBLIC KEY BLOCK-----\s*$/.exec(armored);
	const [, base64 = "", sum] = match ?? [];
	if (match === null) throw new SignatureError("it is not an armored public key block");
	const bytes = Buffer.from(base64, "base64");
	if (sum !== void 0 && Buffer.from(sum, "base64").readUIntBE(0, 3) !== crc24(bytes)) throw new SignatureError("the checksum of the key block is wrong: was it copied in whole?");
	return bytes;
}
function crc24(bytes) {
	let crc = 11994318;
	for (const byte of bytes) {
		crc ^= byte << 16;
		for (let bit = 0; bit < 8; bit++) crc = (crc & 8388608) === 0 ? crc << 1 : crc << 1 ^ 25578747;
	}
	return crc & 16777215;
}
// src/terraform/install/version.ts
function wantedVersion(tool, input, directory) {
	const wanted = (input === void 0 ? void 0 : {
		constraint: input,
		source: "the input terraform-version"
	}) ?? versionFile(directory, tool.versionFile, /^\s*v?([^\s#]+)/m) ?? versionFile(directory, ".tool-versions", new RegExp(`^\\s*${tool.toolVersions}\\s+v?(\\S+)`, "m")) ?? requiredVersion(tool, directory);
	if (wanted !== void 0 && wanted.constraint !== "latest" && toRange(wanted.constraint) === void 0) throw new InputError(`${tool.title} "${wanted.constraint}", which ${wanted.source} asks for, is no version: allowed are a version such as 1.11.4 or a constraint such as "~> 1.11" or ">= 1.11, < 2.0".`);
	return wanted;
}
function fits(version, constraint) {
	if (constraint === "latest") return false;
	return toRange(constraint)?.every((part) => part(version)) ?? false;
}
function toRange(constraint) {
	const parts = constraint.split(",").map(toPredicate);
	return parts.every((part) => part !== void 0) ? parts : void 0;
}
function toPredicate(part) {
	const [, operator = "=", numbers, prereleaseOf = ""] = /^\s*(=|!=|>=|>|<=|<|~>)?\s*v?(\d{1,9}(?:\.\d{1,9}){0,2})(-[\w.-]+)?\s*$/.exec(part) ?? [];
	if (numbers === void 0) return void 0;
	const segments = numbers.split(".").map(Number);
	const version = (0, import_semver.valid)(`${[
		...segments,
		0,
		0
	].slice(0, 3).join(".")}${prereleaseOf}`);
	if (version === null) return void 0;
	switch (operator) {
		case "=": return (candidate) => (0, import_semver.compare)(candidate, version) === 0;
		case "!=": return (candidate) => (0, import_semver.compare)(candidate, version) !== 0;
		case "~>": {
			const [major = 0, minor = 0] = segments;
			const below = [
				"",
				`<${major + 1}.0.0-0`,
				`<${major}.${minor + 1}.0-0`
			][segments.length - 1];
			return (candidate) => (0, import_semver.satisfies)(candidate, `>=${version} ${below}`);
		}
		default: return (candidate) => (0, import_semver.satisfies)(candidate, `${operator}${version}`);
	}
}
function versionFile(directory, name, pattern) {
	for (const each of upToCheckout(directory)) {
		const path = join(each, name);
		const constraint = existsSync(path) ? pattern.exec(readFileSync(path, "utf8"))?.[1] : void 0;
		if (constraint !== void 0) return {
			constraint,
			source: relative(directory, path)
		};
	}
}
function upToCheckout(directory) {
	const directories = [directory];
	for (let at = directory; !existsSync(join(at, ".git")); directories.push(at)) {
		if (dirname(at) === at) return [directory];
		at = dirname(at);
	}
	return directories;
}
function requiredVersion(tool, directory) {
	const found = [];
	const seen = new Set();
	const read = (module) => {
		if (seen.has(module) || !existsSync(module) || !statSync(module).isDirectory()) return;
		seen.add(module);
		for (const path of configurationFiles(tool, module)) {
			const { required, modules } = path.endsWith(".json") ? settingsInJson(readIfFile(path)) : settingsInHcl(readIfFile(path));
			found.push(...required.map((constraint) => ({
				constraint,
				source: relative(directory, path)
			})));
			for (const source of modules) if (/^\.\.?\//.test(source)) read(resolve(module, source));
		}
	};
	read(directory);
	if (found.length === 0) return void 0;
	return {
		constraint: found.map(({ constraint }) => constraint).join(", "),
		source: [...new Set(found.map(({ source }) => source))].join(" and ")
	};
}
function configurationFiles({ extensions }, module) {
	const read = new Map();
	const names = readdirSync(module).sort();
	for (const extension of extensions.flatMap((each) => [each, `${each}.json`])) for (const name of names.filter((each) => each.endsWith(extension))) {
		const key = `${extension.endsWith(".json") ? "json" : "hcl"} ${name.slice(0, -extension.length)}`;
		if (!read.has(key)) read.set(key, join(module, name));
	}
	return [...read.values()].sort();
}
function settingsInHcl(text) {
	const { blocks } = outlineOf(text);
	const texts = (type, setting) => blocks.filter((block) => block.type === type).flatMap((block) => plainString(block.attributes.get(setting)) ?? []);
	return {
		required: texts("terraform", "required_version"),
		modules: texts("module", "source")
	};
}
function settingsInJson(text) {
	try {
		const { terraform, module } = JSON.parse(text);
		const texts = (values, setting) => values.flat().flatMap((each) => {
			const value = each?.[setting];
			return typeof value === "string" ? [value] : [];
		});
		return {
			required: texts([terraform], "required_version"),
			modules: texts(Object.values(module ?? {}), "source")
		};
	} catch {
		return {
			required: [],
			modules: []
		};
	}
}
function readIfFile(path) {
	return statSync(path).isFile() ? readFileSync(path, "utf8") : "";
}
// src/terraform/install/install.ts
async function installTerraform(options) {
	const tool = tools[options.tool];
	const wanted = wantedVersion(tool, options.version, options.directory);
	const constraint = wanted?.constraint ?? `>= ${tool.defaultVersion}`;
	const onPath = await terraformOnPath(tool);
	if (onPath !== void 0 && fits(onPath.version, constraint)) return onPath;
	const source = sourceOf(tool, options);
	const version = wanted === void 0 ? tool.defaultVersion : (0, import_semver.valid)(wanted.constraint.trim()) ?? await newestRelease(source, wanted);
	if (onPath?.version === version) return onPath;
	return {
		binary: await extract(source, await cachedArchive(source, version) ?? await downloadArchive(source, version, wanted)),
		version
	};
}
function sourceOf(tool, { mirror, warn }) {
	const own = mirror?.key;
	return {
		tool,
		base: mirror?.url ?? tool.releases,
		index: mirror === void 0 ? tool.publicIndex : `${mirror.url}/${tool.index}`,
		publisher: own === void 0 ? tool.publisher : "the owner of terraform-mirror-key",
		signatures: own === void 0 ? tool.signatures : tool.signatures.slice(-1),
		keys: own === void 0 ? readSigningKeys(tool.key.armored, tool.key.fingerprint) : keysOfMirror(own),
		platform: releasePlatform(process.platform, process.arch),
		warn
	};
}
function keysOfMirror(armored) {
	try {
		return readSigningKeys(armored);
	} catch (error) {
		throw new InputError(`Input terraform-mirror-key: ${messageOf(error)}. It must be one armored RSA key, as \`gpg --armor --export\` prints it.`);
	}
}
async function terraformOnPath({ command, wrapper }) {
	const directory = process.env[wrapper.variable];
	const behindWrapper = directory === void 0 ? void 0 : join(directory, executable(wrapper.binary));
	const binary = behindWrapper !== void 0 && existsSync(behindWrapper) ? behindWrapper : command;
	try {
		const { stdout } = await promisify(execFile)(binary, ["version", "-json"], {
			env: terraformEnvironment(process.env),
			timeout: 3e4
		});
		const { terraform_version } = JSON.parse(stdout);
		return {
			binary,
			version: terraform_version
		};
	} catch {
		return;
	}
}
function executable(name) {
	return process.platform === "win32" ? `${name}.exe` : name;
}
async function newestRelease(source, wanted) {
	const { tool, index } = source;
	const { status, body } = await fetchFile(tool, index);
	if (status !== 200) throw notInstalled(tool, index, `it answered ${status}. An exact version needs no list.`);
	const newest = publishedVersions(tool, index, body.toString("utf8")).filter((version) => (0, import_semver.valid)(version) !== null && (0, import_semver.prerelease)(version) === null).filter((version) => wanted.constraint === "latest" || fits(version, wanted.constraint)).sort(import_semver.compare).at(-1);
	if (newest === void 0) throw new InputError(`No release of ${tool.title} fits "${wanted.constraint}", which ${wanted.source} asks for.`);
	return newest;
}
function publishedVersions(tool, url, body) {
	try {
		const { versions } = JSON.parse(body);
		return Array.isArray(versions) ? versions.map(({ id }) => id) : Object.keys(versions);
	} catch (error) {
		throw notInstalled(tool, url, `it did not answer with the list of versions: ${somebodyElse}`, error);
	}
}
const somebodyElse = "a proxy or a sign-in page may have answered in its place.";
function filesOf({ tool, platform }, version) {
	const prefix = `${tool.command}_${version}`;
	return {
		archive: `${prefix}_${platform}.zip`,
		sums: `${prefix}_SHA256SUMS`,
		signature: `${prefix}_SHA256SUMS.sig`
	};
}
const cacheName = (tool) => `${tool.command}-releases`;
async function cachedArchive(source, version) {
	const folder = find(cacheName(source.tool), version);
	if (folder === "") return void 0;
	const { archive, sums, signature } = filesOf(source, version);
	try {
		const expected = signedSum(source, archive, readFileSync(join(folder, sums)), readFileSync(join(folder, signature)));
		const actual = await sha256(join(folder, archive));
		if (expected === void 0) throw new SignatureError(`its checksums do not list ${archive}`);
		if (actual !== expected) throw new SignatureError(`the SHA-256 of ${archive} is ${actual} and not ${expected}`);
		return join(folder, archive);
	} catch (error) {
		source.warn(`${source.tool.title} ${version} in this runner's tool cache is not as it was published, so it is downloaded again and not run: ${messageOf(error)}. If it was changed after it was cached, somebody else can write into ${folder}.`);
		return;
	}
}
async function downloadArchive(source, version, wanted) {
	const { tool, base, publisher } = source;
	const { archive, sums, signature } = filesOf(source, version);
	const folder = `${base}/${tool.folder(version)}`;
	const published = await publishedSums(source, `${folder}/${sums}`, version, wanted);
	const signed = await publishedSignature(source, `${folder}/${sums}`);
	const expected = sumFromMirror(source, version, `${folder}/${sums}`, published, signed);
	const url = `${folder}/${archive}`;
	const file = await downloadTool(url).catch((error) => {
		const missing = error instanceof HTTPError && error.httpStatusCode === 404;
		throw notInstalled(tool, url, missing ? "it answered 404, though the checksums list it." : messageOf(error), error);
	});
	const gathered = mkdtempSync(join(dirname(file), "release-"));
	try {
		const actual = await sha256(file);
		if (actual !== expected) throw new ServiceError(`The download of ${url} is not what ${publisher} published: ${describeContent(readFileSync(file))} Its SHA-256 is ${actual}, and SHA256SUMS says ${expected}. It was deleted and not run.`);
		renameSync(file, join(gathered, archive));
		writeFileSync(join(gathered, sums), published);
		writeFileSync(join(gathered, signature), signed);
		return join(await cacheDir(gathered, cacheName(tool), version), archive);
	} finally {
		rmSync(file, { force: true });
		rmSync(gathered, {
			recursive: true,
			force: true
		});
	}
}
function describeContent(content) {
	if (content.length === 0) return "it is empty.";
	if (content.subarray(0, 2).toString("latin1") !== "PK") return `it is no archive at all: ${somebodyElse}`;
	return content.subarray(-65557).lastIndexOf("PK", void 0, "latin1") === -1 ? `it is cut off after ${content.length} bytes, as by a broken connection: run again.` : "it is another archive. A mirror that is out of step does that, and so does somebody who wants you to run it.";
}
async function extract({ tool }, archive) {
	const name = executable(tool.command);
	try {
		const binary = join(await extractZip(archive), name);
		if (!existsSync(binary)) throw new Error(`there is no ${name} in it.`);
		return binary;
	} catch (error) {
		throw notInstalled(tool, archive, messageOf(error), error);
	}
}
async function publishedSums({ tool, ...source }, url, version, wanted) {
	const { status, body } = await fetchFile(tool, url);
	if (status === 404) throw new InputError(`There is no ${tool.title} ${version}, which ${wanted?.source ?? "this release"} asks for: ${url} answered 404. ` + (source.base === tool.releases ? `Releases are listed at ${tool.publicIndex}.` : `Is it in the mirror, and is terraform-mirror the address that stands for ${tool.releases}?`));
	if (status !== 200) throw notInstalled(tool, url, `it answered ${status}`);
	if (!/^[0-9a-f]{64} /.test(body.toString("latin1"))) throw notInstalled(tool, url, `it did not answer with checksums: ${somebodyElse}`);
	return body;
}
async function publishedSignature({ tool, signatures }, sums) {
	const missing = [];
	for (const ending of signatures) {
		const { status, body } = await fetchFile(tool, sums + ending);
		if (status === 200) return body;
		if (status !== 404) throw notInstalled(tool, sums + ending, `it answered ${status}`);
		missing.push(sums + ending);
	}
	throw notInstalled(tool, sums, `there is no signature over it (${missing.join(" and ")} answered 404), and without one it could be anybody's.`);
}
function signedSum({ keys }, archive, sums, signature) {
	verifyDetached(sums, signature, keys, Math.floor(Date.now() / 1e3));
	for (const line of sums.toString("utf8").split("\n")) {
		const [, digits, name] = /^([0-9a-f]{64}) [ *](\S+)\s*$/.exec(line) ?? [];
		if (name === archive) return digits;
	}
}
function sumFromMirror(source, version, url, sums, signature) {
	const { archive } = filesOf(source, version);
	try {
		const sum = signedSum(source, archive, sums, signature);
		if (sum !== void 0) return sum;
	} catch (error) {
		if (!(error instanceof SignatureError)) throw error;
		throw new ServiceError(`${url} is not signed by ${source.publisher}: the signature cannot be relied on, ${error.message}. Nothing of it was run. If a mirror or a proxy is in between, look there first; if the key has expired or was changed, a newer version of this action has the new one.`);
	}
	throw notInstalled(source.tool, url, `it lists no ${archive}: ${source.tool.title} ${version} is not built for this platform.`);
}
async function sha256(file) {
	const hash = createHash("sha256");
	await pipeline(createReadStream(file), hash);
	return hash.digest("hex");
}
const requestTimeoutMs = 15e3;
async function fetchFile(tool, url) {
	const client = new HttpClient("terraform-mcp-deploy", [], { socketTimeout: 3e4 });
	const result = await poll(async () => {
		try {
			const response = await client.get(url);
			const body = await readAll(response.message);
			const status = response.message.statusCode ?? 0;
			return status === 429 || status >= 500 ? { waitingFor: `it answered ${status}` } : { done: {
				status,
				body
			} };
		} catch (error) {
			return { waitingFor: messageOf(error) };
		}
	}, {
		delayMs: (attempt) => 1e3 * 2 ** attempt,
		timeoutMs: requestTimeoutMs
	});
	if (result.timedOut) throw notInstalled(tool, url, result.waitingFor);
	return result.value;
}
async function readAll(message) {
	const chunks = [];
	for await (const chunk of message) chunks.push(chunk);
	return Buffer.concat(chunks);
}
function notInstalled({ title }, what, why, cause) {
	return new ServiceError(`${title} could not be installed from ${what}: ${why}`, { cause });
}
// src/rules/accept.ts
function acceptedBy(acceptances, rule, address) {
	const written = withoutKeys(address);
	return acceptances.find(({ rule: accepted, block }) => accepted === rule && (block === void 0 || block === written || written.startsWith(`${block}.`)))?.reason;
}
function readAcceptances(directory) {
	const found = modulesOf(directory).flatMap(({ key, path }) => tfFiles(path).map((file) => acceptancesIn(readFileSync(file, "utf8"), relative(directory, file), key === "" ? [] : key.split("."))));
	return {
		acceptances: found.flatMap(({ acceptances }) => acceptances),
		problems: found.flatMap(({ problems }) => problems)
	};
}
function acceptancesIn(content, file, module) {
	if (!content.includes("mcp-deploy:accept")) return {
		acceptances: [],
		problems: []
	};
	const { blocks, comments } = outlineOf(content);
	const alone = new Set(comments.filter(({ isAlone }) => isAlone).map(({ line }) => line));
	const acceptances = [];
	const problems = [];
	for (const { text: comment, line } of comments) {
		const match = /^mcp-deploy:accept(?:\s+(\S+)(?:\s+(.*))?)?$/.exec(comment);
		if (match === null) continue;
		const rule = match[1]?.replace(/:$/, "") ?? "";
		const reason = match[2]?.trim() ?? "";
		const block = blockAt(line, blocks, alone);
		const refuse = (why) => problems.push(`${file}, line ${line}: mcp-deploy:accept ${why}.`);
		if (!ruleNames.includes(rule)) refuse(rule === "" ? "names no rule, so nothing is accepted: write the rule and the reason after it" : `names the rule "${rule}", which does not exist, so nothing is accepted: docs/plan-rules.md has the names`);
		else if (reason === "") refuse(`${rule} gives no reason, so nothing is accepted: write it after the rule`);
		else if (block === void 0) refuse(`${rule} stands neither in nor directly above a resource, module or output, so nothing is accepted`);
		else acceptances.push({
			rule,
			reason,
			block: addressOf(block, module)
		});
	}
	return {
		acceptances,
		problems
	};
}
function blockAt(line, blocks, alone) {
	let next = line;
	while (alone.has(next)) next++;
	return blocks.find(({ type, first, last }) => [
		"resource",
		"data",
		"module",
		"output"
	].includes(type) && (line >= first && line <= last || first === next));
}
function addressOf({ type, labels }, module) {
	const kind = type === "resource" ? [] : [type];
	return [
		...module.flatMap((name) => ["module", name]),
		...kind,
		...labels
	].join(".");
}
function modulesOf(directory) {
	const manifest = join(resolve(directory, process.env.TF_DATA_DIR ?? ".terraform"), "modules", "modules.json");
	const known = (existsSync(manifest) ? list$1(record(parsed(readFileSync(manifest, "utf8"))).Modules).map(record) : []).flatMap(({ Key, Dir }) => {
		const [key, path] = [text(Key), text(Dir)];
		return key === void 0 || path === void 0 ? [] : [{
			key,
			path: resolve(directory, path)
		}];
	});
	return known.some(({ key }) => key === "") ? known : [{
		key: "",
		path: directory
	}, ...known];
}
function tfFiles(directory) {
	if (!existsSync(directory)) return [];
	return readdirSync(directory, { withFileTypes: true }).filter((entry) => !entry.isDirectory() && /\.(tf|tofu)$/.test(entry.name) && existsSync(join(directory, entry.name))).map(({ name }) => join(directory, name)).sort();
}
// src/rules/rule.ts
const severities = [
	"danger",
	"warning",
	"notice"
];
// src/rules/findings.ts
function findingsOf(json, stated, acceptances, docsPage) {
	const plan = viewOf(json, stated);
	const findings = Object.entries(rules).flatMap(([name, rule]) => rule.find(plan).map(({ address, sentence, fix, severity = rule.severity }) => {
		const accepted = acceptedBy(acceptances, name, address);
		return {
			rule: name,
			severity,
			address,
			sentence,
			fix,
			docs: `${docsPage}#${name}`,
			...accepted !== void 0 && { accepted }
		};
	}));
	const rank = ({ accepted, severity }) => (accepted === void 0 ? 0 : severities.length) + severities.indexOf(severity);
	return findings.sort((a, b) => rank(a) - rank(b));
}
function docsPageOf(action) {
	const page = "docs/plan-rules.md";
	return action === void 0 ? page : `${action.url}/blob/${encodeURI(action.ref)}/${page}`;
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
			if (isSet) add(path, shown(part, redact), JSON.stringify(part));
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
function shown(value, redact) {
	const text = visible(redact(JSON.stringify(typeof value === "string" ? redact(value) : value)));
	return text.length > 400 ? `${text.slice(0, 400)}… (${text.length} characters)` : text;
}
const rank = Object.fromEntries([
	"delete",
	"replace",
	"update",
	"create",
	"move",
	"import",
	"forget",
	"read",
	"none"
].map((kind, index) => [kind, index]));
async function makePlan(terraform, { targets, replaces, secrets: known, mcp, acceptRules, mode }, { action }) {
	const { hasChanges, text } = await terraform.plan(targets, replaces, mode);
	const json = await terraform.showPlan();
	const secrets = [...known, ...sensitiveValues(json)];
	if (mode !== "normal") return {
		plan: readPlan(json, hasChanges, text, redactor(secrets), [], mode),
		warnings: [],
		json,
		secrets
	};
	const { acceptances, problems } = readAcceptances(terraform.directory);
	const everywhere = acceptRules.map((accepted) => ({
		...accepted,
		block: void 0
	}));
	const findings = findingsOf(json, mcp, [...acceptances, ...everywhere], docsPageOf(action));
	return {
		plan: readPlan(json, hasChanges, text, redactor(secrets), findings),
		warnings: problems,
		json,
		secrets
	};
}
const maxChangesInFull = 800;
function readPlan(json, hasChanges, text, redact, findings = [], mode = "normal") {
	const changes = (json.resource_changes ?? []).map((resource) => ({
		resource,
		planned: plannedChange(resource)
	})).filter(({ planned: { kind } }) => kind !== "none" && kind !== "read").sort(({ planned: a }, { planned: b }) => rank[a.kind] - rank[b.kind] || compareText(a.address, b.address)).map(({ resource: { change }, planned }, index) => {
		return {
			...planned,
			lines: index < maxChangesInFull ? diffLines(change, planned.kind, redact) : []
		};
	});
	const count = (kind) => changes.filter((change) => change.kind === kind).length;
	const drift = driftIn(json, mode, redact);
	const outputs = Object.entries(json.output_changes ?? {}).map(([name, change]) => plannedOutput(name, change, redact)).filter(({ kind }) => kind !== "none").sort((a, b) => compareText(a.name, b.name));
	return {
		mode,
		hasChanges: mode === "refresh-only" ? drift.length > 0 || outputs.length > 0 : hasChanges,
		counts: {
			add: count("create"),
			change: count("update"),
			destroy: count("delete"),
			replace: count("replace"),
			import: changes.filter((change) => change.imported).length,
			move: changes.filter((change) => change.previousAddress !== void 0).length,
			forget: count("forget")
		},
		changes,
		outputs,
		findings,
		drift,
		checks: (json.checks ?? []).flatMap(readCheck),
		deferred: [...(json.deferred_changes ?? []).map(({ reason = "", resource_change }) => ({
			address: resource_change?.address ?? "",
			kind: resource_change === void 0 ? "none" : kindOf(resource_change.change),
			reason
		})), ...(json.deferred_action_invocations ?? []).map(({ reason = "", action_invocation }) => ({
			address: action_invocation?.address ?? "",
			kind: "none",
			reason
		}))],
		invocations: (json.action_invocations ?? []).map(({ address = "", lifecycle_action_trigger: trigger }) => ({
			address,
			event: trigger?.action_trigger_event ?? "",
			resource: trigger?.triggering_resource_address ?? ""
		})),
		warnings: readWarnings(text).filter(({ summary }) => !(json.checks && summary.startsWith("Check block assertion "))),
		outputNames: Object.keys(json.configuration?.root_module?.outputs ?? json.planned_values?.outputs ?? {}),
		outputsBefore: Object.fromEntries(Object.entries(json.output_changes ?? {}).map(([name, { before }]) => [name, before])),
		priorState: json.prior_state,
		terraformVersion: json.terraform_version ?? "",
		text
	};
}
function requireOutputs(plan, inputs) {
	const has = (name) => plan.outputNames.includes(name);
	const missing = [];
	if (inputs.mcp.endpoint === void 0 && !has("mcp_endpoint")) missing.push("mcp_endpoint");
	if (inputs.ecs.cluster === void 0 && !has("instance_id")) missing.push(...["ecs_cluster_name", "ecs_service_name"].filter((name) => !has(name)));
	if (missing.length === 0) return;
	const example = missing.map((name) => `output "${name}" { value = … }`).join(" and ");
	throw new InputError(`The root module lacks the output${missing.length > 1 ? "s" : ""} ${missing.join(", ")}, so what is deployed could not be verified. Add ${example}, or set the inputs mcp-endpoint, ecs-cluster and ecs-service; for one EC2 instance, add the output instance_id.`);
}
function sensitiveValues(json) {
	const found = new Set();
	const changes = [
		...(json.resource_changes ?? []).map((resource) => resource.change),
		...(json.resource_drift ?? []).map((resource) => resource.change),
		...(json.deferred_changes ?? []).flatMap(({ resource_change }) => resource_change?.change ?? []),
		...Object.values(json.output_changes ?? {})
	];
	for (const change of changes) {
		collectSensitive(change.before, change.before_sensitive, found);
		collectSensitive(change.after, change.after_sensitive, found);
	}
	for (const { config_values, config_sensitive } of json.action_invocations ?? []) collectSensitive(config_values, config_sensitive, found);
	for (const [name, variable] of Object.entries(json.configuration?.root_module?.variables ?? {})) if (variable.sensitive === true) collectSensitive(json.variables?.[name]?.value, true, found);
	for (const output of Object.values(json.prior_state?.values?.outputs ?? {})) collectSensitive(output.value, output.sensitive, found);
	collectInModule(json.prior_state?.values?.root_module, found);
	return [...found];
}
function collectInModule(module, found) {
	for (const { values, sensitive_values } of module?.resources ?? []) collectSensitive(values, sensitive_values, found);
	for (const child of module?.child_modules ?? []) collectInModule(child, found);
}
function collectSensitive(value, sensitive, found) {
	if (value === null || value === void 0 || sensitive === false || sensitive === void 0) return;
	if (typeof value === "object") for (const [key, part] of Object.entries(value)) collectSensitive(part, sensitive === true || sensitive?.[key], found);
	else if (sensitive === true && typeof value !== "boolean") found.add(String(value));
}
function readWarnings(text) {
	return readDiagnostics(text.replace(/\n─{20,}[\s\S]*$/, "")).filter(({ severity }) => severity === "warning");
}
function readCheck({ address, status, instances = [] }) {
	const found = instances.map((instance) => ({
		address: instance.address.to_display,
		status: instance.status,
		problems: (instance.problems ?? []).flatMap(({ message }) => message === void 0 ? [] : [message])
	}));
	return found.length > 0 ? found : [{
		address: address.to_display,
		status,
		problems: []
	}];
}
function driftIn({ resource_drift = [], relevant_attributes = [] }, mode, redact) {
	const isRelevant = ({ address, change }) => relevant_attributes.some(({ resource, attribute }) => withoutKeys(resource) === withoutKeys(address) && JSON.stringify(valueAt(change.before, attribute)) !== JSON.stringify(valueAt(change.after, attribute)));
	const differs = ({ change }) => JSON.stringify(withoutEmpty(change.before)) !== JSON.stringify(withoutEmpty(change.after));
	const isRefresh = mode === "refresh-only";
	const drift = resource_drift.filter(isRefresh ? differs : isRelevant).map(({ address, change }) => {
		const kind = kindOf(change);
		return {
			address,
			kind,
			lines: diffLines(change, kind, redact)
		};
	});
	return isRefresh ? drift.filter(({ lines }) => lines.length > 0) : drift;
}
function withoutEmpty(value) {
	if (value === null || value === "") return void 0;
	if (typeof value !== "object") return value;
	const kept = Object.entries(value ?? {}).map(([key, part]) => [key, withoutEmpty(part)]).filter(([, part]) => part !== void 0).sort(([a], [b]) => compareText(a, b));
	if (kept.length === 0) return void 0;
	return Array.isArray(value) ? kept.map(([, part]) => part) : Object.fromEntries(kept);
}
function valueAt(value, path) {
	return path.reduce((part, step) => typeof part === "object" && part !== null ? part[step] : void 0, value);
}
function plannedOutput(name, change, redact) {
	const named = (value) => ({ [name]: value });
	const kind = kindOf(change);
	return {
		name,
		kind,
		lines: diffLines({
			actions: change.actions,
			before: named(change.before),
			after: named(change.after),
			before_sensitive: named(change.before_sensitive),
			after_sensitive: named(change.after_sensitive),
			after_unknown: named(change.after_unknown)
		}, kind, redact)
	};
}
function plannedChange({ address, previous_address, deposed, type, change, action_reason }) {
	const moved = previous_address !== void 0 && previous_address !== address;
	const imported = change.importing !== void 0 && change.importing !== null;
	let kind = kindOf(change);
	if (kind === "none" && moved) kind = "move";
	else if (kind === "none" && imported) kind = "import";
	return {
		address,
		previousAddress: moved ? previous_address : void 0,
		type,
		kind,
		imported,
		deposed: deposed !== void 0 && deposed !== "",
		reason: action_reason,
		forcedBy: [...new Set((change.replace_paths ?? []).map(pathText))].filter((name) => name !== "")
	};
}
function kindOf({ actions }) {
	if (actions.includes("create") && (actions.includes("delete") || actions.includes("forget"))) return "replace";
	if (actions.includes("forget")) return "forget";
	for (const kind of [
		"delete",
		"update",
		"create",
		"read"
	]) if (actions.includes(kind)) return kind;
	return "none";
}
function compareText(a, b) {
	return a < b ? -1 : a > b ? 1 : 0;
}
// src/commands/prepare.ts
async function prepare(job) {
	const { stack, backendConfig, workspace, allowLocalState } = job.inputs;
	refuseSharedState(runningWorkflow(job.run), new Repository(job.run.workspace));
	const terraform = await install(job, true);
	job.lockFile = lockFileDigest(terraform.directory);
	await job.step("init", async () => {
		await terraform.init(backendConfig);
		const { command } = job.report;
		if ((command === "apply" || command === "destroy") && !allowLocalState) assertRemoteBackend(configuredBackend(terraform.directory), stack, command);
		if (workspace !== void 0) await terraform.selectWorkspace(workspace, command !== "destroy");
	});
	return terraform;
}
async function install(job, credentials) {
	const { tool, terraformVersion, terraformMirror } = job.inputs;
	const directory = prepareRootModule(job.inputs, job.tempDirectory);
	const { binary, version } = await job.step("install", () => installTerraform({
		tool,
		version: terraformVersion,
		directory,
		mirror: terraformMirror,
		warn: (text) => log.warning(line`${text}`)
	}));
	log.line(line`${tools[tool].title} ${version}: ${binary}`);
	job.terraform = new Terraform({
		...job.inputs,
		binary,
		version,
		directory,
		scratch: job.tempDirectory,
		credentials,
		print: log.foreign,
		onRunning: saveRunning
	});
	return job.terraform;
}
async function makeAndShowPlan(job, terraform, how) {
	const made = await makePlan(terraform, {
		...job.inputs,
		...how
	}, job.run);
	for (const secret of made.secrets) secrets.add(secret);
	const { plan, warnings } = made;
	job.record({ plan: {
		...plan,
		warnings: plan.warnings.map((each) => job.locate(each))
	} });
	job.warn(...warnings);
	log.foreign(plan.text);
	log.closeFence();
	return made;
}
async function planForApproval(job, terraform) {
	return await job.step("plan", async () => {
		const { plan, json } = await makeAndShowPlan(job, terraform, {
			replaces: job.inputs.replaces,
			mode: "normal"
		});
		requireOutputs(plan, job.inputs);
		const { owner, repo, workflow, workspace: checkout } = job.run;
		const { planApproval, planApprovalKey } = job.inputs;
		const { directory, planFile } = terraform;
		const { terraformVersion, hasChanges } = plan;
		return {
			json,
			hasChanges,
			madeWith: {
				...job.inputs,
				terraformVersion,
				directory,
				checkout,
				lockFile: job.lockFile
			},
			secrets: {
				key: planApprovalKey,
				lineage: lineageOf(readFileSync(planFile))
			},
			approval: planApproval,
			binding: {
				repository: `${owner}/${repo}`,
				workflow,
				target: job.marker
			},
			commit: job.report.commit,
			runUrl: job.report.runUrl,
			redact: secrets.redact
		};
	});
}
function runningWorkflow({ workflow, job, action }) {
	const named = action && new RegExp(`^[^/\\s]+/${RegExp.escape(basename(action.url))}(/[^@]*)?@`, "i");
	const isOurs = (uses) => named === void 0 ? /^\.\/?$/.test(uses) : named.test(uses);
	return {
		file: workflow,
		job,
		isOurs,
		env: process.env
	};
}
export { settingsOf as a, prepare as i, makeAndShowPlan as n, planForApproval as r, install as t };
