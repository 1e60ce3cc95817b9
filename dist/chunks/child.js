const { accessSync, constants, realpathSync, statSync } = process.getBuiltinModule("node:fs");
const { basename, delimiter, dirname, isAbsolute, join, relative } = process.getBuiltinModule("node:path");
const { execFile, spawn } = process.getBuiltinModule("node:child_process");
// src/child.ts
const actionVariables = /^(INPUT_|STATE_|ACTIONS_RUNTIME_|ACTIONS_RESULTS_URL$|ACTIONS_CACHE_URL$|GITHUB_(ENV|PATH|OUTPUT|STATE|STEP_SUMMARY)$)/;
const harmlessVariables = new RegExp(`^(${[
	...[
		"PATH",
		"HOME",
		"USER",
		"LOGNAME",
		"SHELL",
		"LANG",
		"LANGUAGE",
		"LC_\\w+",
		"TZ",
		"TERM",
		"TMPDIR",
		"TEMP",
		"TMP"
	],
	...[
		"HTTPS?_PROXY",
		"NO_PROXY",
		"ALL_PROXY",
		"SSL_CERT_FILE",
		"SSL_CERT_DIR",
		"CI",
		"GITHUB_ACTIONS"
	],
	...[
		"SYSTEMROOT",
		"SYSTEMDRIVE",
		"WINDIR",
		"COMSPEC",
		"PATHEXT",
		"USERPROFILE",
		"USERNAME",
		"HOMEDRIVE",
		"HOMEPATH"
	],
	...[
		"APPDATA",
		"LOCALAPPDATA",
		"PROGRAMDATA",
		"PROGRAMFILES(\\(X86\\))?",
		"PROCESSOR_\\w+",
		"NUMBER_OF_PROCESSORS"
	]
].join("|")})$`, "i");
function childEnvironment(env, isTrusted, more = {}) {
	const passed = Object.entries(env).filter((entry) => {
		const [name, value] = entry;
		if (value === void 0) return false;
		return isTrusted ? !isActionVariable(name) : harmlessVariables.test(name);
	});
	return {
		...Object.fromEntries(passed),
		...more
	};
}
function isActionVariable(name) {
	return actionVariables.test(process.platform === "win32" ? name.toUpperCase() : name);
}
function startDetached(binary, args, { cwd, env, output, errors }) {
	return spawn(binary, args, {
		cwd,
		env,
		detached: true,
		windowsHide: true,
		stdio: [
			"ignore",
			output,
			errors
		]
	});
}
const defaultTimeoutMs = 12e4;
const defaultOutputUnits = 67108864;
async function query(binary, args, { cwd, env, timeoutMs = defaultTimeoutMs, killSignal = "SIGKILL", maxOutputUnits = defaultOutputUnits, input = "" }) {
	const options = {
		cwd,
		env,
		timeout: timeoutMs,
		killSignal,
		maxBuffer: maxOutputUnits,
		windowsHide: true
	};
	const { promise, resolve, reject } = Promise.withResolvers();
	const child = execFile(binary, args, options, (error, stdout, stderr) => {
		if (error === null) return resolve({
			exitCode: 0,
			stdout,
			stderr
		});
		if (typeof error.code === "number") return resolve({
			exitCode: error.code,
			stdout,
			stderr
		});
		if (error.killed && String(error.code) !== "ERR_CHILD_PROCESS_STDIO_MAXBUFFER") return reject(new Error(`it did not end within ${timeoutMs / 1e3} s`));
		reject(error.signal ? new Error(`it was killed by ${error.signal}`) : error);
	});
	child.stdin?.on("error", () => {});
	child.stdin?.end(input);
	return await promise;
}
function findProgram(name, env, avoided) {
	const file = process.platform === "win32" ? `${name}.exe` : name;
	return (env.PATH ?? "").split(delimiter).map((entry) => entry.replace(/^"(.*)"$/, "$1")).filter((entry) => isAbsolute(entry) && (avoided === void 0 || !isIn(entry, avoided))).map((entry) => join(entry, file)).find((path) => isProgram(path) && (avoided === void 0 || !isIn(path, avoided)));
}
function isIn(path, directory) {
	const between = relative(realPath(directory), realPath(path));
	return between === "" || between !== ".." && !/^\.\.[/\\]/.test(between) && !isAbsolute(between);
}
function realPath(path) {
	try {
		return realpathSync(path);
	} catch {
		const parent = dirname(path);
		return parent === path ? path : join(realPath(parent), basename(path));
	}
}
function isProgram(path) {
	try {
		accessSync(path, constants.X_OK);
		return statSync(path).isFile();
	} catch {
		return false;
	}
}
export { childEnvironment, findProgram, isIn, query, startDetached };
