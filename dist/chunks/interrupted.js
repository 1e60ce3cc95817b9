import { isIn } from "./child.js";
import { asList, asObject, asText, describeDetachedCommand, environmentSecrets, line, log, messageOf, parseJson, secrets, secretsFileOf } from "./entry.js";
import { poll } from "./verify.js";
import { terraformEnvironment } from "./environment.js";
import { isKnownBinary, leftOutMessages, openMessages, openOutput, readStateSecrets } from "./binary.js";
import { queryHeldLock } from "./lock.js";
const { existsSync, readFileSync, rmSync } = process.getBuiltinModule("node:fs");
const { hostname, userInfo } = process.getBuiltinModule("node:os");
// src/commands/interrupted.ts
const timeoutMs = 24e4;
const maxReadMs = 3e4;
const maxLoggedUnits = 2e4;
async function finishInterrupted(saved) {
	try {
		secrets.add(...environmentSecrets(process.env));
		const running = readRunning(saved);
		if (running !== void 0 && isOwn(running)) await waitForTerraform(running);
		else log.warning(line`Whether Terraform is still running is not known: the saved state of this step is not that of this action.`);
	} catch (error) {
		log.warning(line`It is not known how the interrupted Terraform ended: ${messageOf(error)}`);
	}
}
function readRunning(saved) {
	const { pid, tool, ...more } = asObject(parseJson(saved));
	if (typeof pid !== "number" || !Number.isSafeInteger(pid) || pid < 1) return void 0;
	if (tool !== "terraform" && tool !== "tofu") return void 0;
	const [binary, directory, command] = [
		asText(more.binary),
		asText(more.directory),
		asText(more.command)
	];
	const [started, output, errors] = [
		asText(more.started),
		asText(more.log),
		asText(more.errors)
	];
	if (binary === void 0 || directory === void 0 || command === void 0) return void 0;
	if (started === void 0 || output === void 0 || errors === void 0) return void 0;
	const { show, untaint } = asObject(more.varFiles);
	const varFiles = {
		show: ownFiles(show),
		untaint: ownFiles(untaint)
	};
	const [remoteRun, dataDirectory] = [asText(more.remoteRun), asText(more.dataDirectory)];
	return {
		pid,
		tool,
		binary,
		directory,
		varFiles,
		command,
		started,
		log: output,
		errors,
		...remoteRun !== void 0 && { remoteRun },
		...dataDirectory !== void 0 && { dataDirectory }
	};
}
function ownFiles(files) {
	const { RUNNER_TEMP: temp = "", GITHUB_WORKSPACE: checkout = "" } = process.env;
	return asList(files).filter((file) => typeof file === "string").filter((file) => [temp, checkout].some((each) => each !== "" && isIn(file, each)));
}
function isOwn(running) {
	const { tool, binary, directory, dataDirectory, log: output, errors } = running;
	const files = [
		output,
		errors,
		...dataDirectory === void 0 ? [] : [dataDirectory]
	];
	const { RUNNER_TEMP: temp = "", GITHUB_WORKSPACE: checkout = "" } = process.env;
	return isKnownBinary(tool, binary, process.env) && [temp, checkout].some((each) => each !== "" && isIn(directory, each)) && temp !== "" && files.every((file) => isIn(file, temp));
}
async function waitForTerraform(running) {
	const { pid, tool, command, log: output, errors } = running;
	const result = await poll(async () => isAlive(pid) ? { waitingFor: `${tool} ${command}` } : { done: true }, {
		delayMs: () => 500,
		timeoutMs
	});
	const diagnostics = read(errors);
	const isKnown = addSavedSecrets(secretsFileOf(running)) && !result.timedOut && await addStateSecrets(running, diagnostics);
	log.foreign(lastLines(isKnown ? read(output) : openOutput(read(output))));
	log.foreign(lastLines(isKnown ? diagnostics : openMessages(diagnostics)));
	if (!isKnown && diagnostics !== "") log.line(line`${leftOutMessages(tool)}`);
	const { level, text } = describeDetachedCommand({
		running,
		isStillRunning: result.timedOut,
		diagnostics,
		lock: await lockOf(running),
		who: `${userName()}@${hostname()}`,
		now: new Date().toISOString()
	});
	if (level === "info") log.line(line`${text}`);
	else log[level](line`${text}`);
}
function addSavedSecrets(file) {
	if (!existsSync(file)) return false;
	secrets.add(...asList(parseJson(read(file))).filter((value) => typeof value === "string"));
	try {
		rmSync(file);
	} catch {}
	return true;
}
async function addStateSecrets(running, diagnostics) {
	const { binary, directory, varFiles } = running;
	const data = running.dataDirectory === void 0 ? {} : { TF_DATA_DIR: running.dataDirectory };
	const env = terraformEnvironment(process.env, true, data);
	return await readStateSecrets({
		binary,
		directory,
		varFiles: varFiles.show,
		env,
		timeoutMs: maxReadMs,
		diagnostics
	});
}
async function lockOf(running) {
	try {
		return await queryHeldLock({
			...running,
			varFiles: running.varFiles.untaint
		});
	} catch (error) {
		return messageOf(error);
	}
}
function userName() {
	try {
		return userInfo().username;
	} catch {
		return String(process.getuid?.() ?? "");
	}
}
function read(file) {
	return existsSync(file) ? readFileSync(file, "utf8") : "";
}
function lastLines(text) {
	if (text.length <= maxLoggedUnits) return text;
	const start = text.length - maxLoggedUnits;
	return text.slice(text.indexOf("\n", start) + 1 || text.length);
}
function isAlive(pid) {
	try {
		process.kill(pid, 0);
	} catch {
		return false;
	}
	return !/^\d+ \(.*\) [ZX] /s.test(read(`/proc/${pid}/stat`));
}
export { finishInterrupted };
