import { D as asText, E as asObject, U as messageOf, g as log, k as parseJson, m as line, t as poll } from "./chunks/base.js";
import { n as queryHeldLock } from "./chunks/lock.js";
import { existsSync, readFileSync } from "node:fs";
import { hostname, userInfo } from "node:os";
// src/terraform/after-stop.ts
function describeDetachedCommand(detached) {
	const { running, isStillRunning, diagnostics, lock } = detached;
	const what = `${running.tool} ${running.command}`;
	const lockText = lockSentence(detached);
	if (isStillRunning) return {
		level: "warning",
		text: `${what} (process ${running.pid}) is still running and is killed when the job ends. ${lockText}`.trim()
	};
	if (diagnostics.includes("errored.tfstate")) return {
		level: "error",
		text: `${what} has ended, but it could not save the state. Its changes are only in errored.tfstate in ${running.directory}, and lost if the directory is lost with the job. \`${running.tool} state push errored.tfstate\` ` + `saves it. Otherwise import the created resources, or destroy them manually. ${lockText}`.trimEnd()
	};
	if (diagnostics.includes("Error releasing the state lock") || lock !== void 0) return {
		level: "warning",
		text: `${what} has ended${diagnostics.includes("Error releasing the state lock") ? " and saved its state" : ""}. ${lockText}`.trim()
	};
	return {
		level: "info",
		text: `${what} has ended, saved its state and released the lock. Run the job again to continue.`
	};
}
function lockSentence({ running, lock, who, now, isStillRunning }) {
	if (lock === void 0) return "";
	if (typeof lock === "string") return `Whether the state is still locked is unknown (${firstLine(lock)}). If it is, the next run fails and names the lock.`;
	const unlock = `\`${running.tool} force-unlock ${lock.id}\` in ${running.directory}`;
	const sentence = `The state lock ${lock.id} is held by ${lock.who} since ${lock.created}`;
	if (!((lock.who === who || lock.who.endsWith(`\\${who}`)) && isBetween(lock.created, running.started, now))) return `${sentence}, which is another run's. If no run uses the state any more, ${unlock} releases it.`;
	return isStillRunning ? `${sentence}, and stays when the command is killed: ${unlock} releases it then. The next plan shows the changes that were not saved.` : `${sentence}, which is this run's: it was killed before it released the lock, and its last changes may be missing in the state. When no run uses the state any more, ${unlock} releases it.`;
}
function isBetween(created, from, to) {
	const at = Date.parse(created.replace(/^(\S+) (\d\d:\d\d:\d\d)(\.\d{1,3})?\d* \+0000 UTC$/, "$1T$2$3Z"));
	return at >= Date.parse(from) - 1e3 && at <= Date.parse(to) + 1e3;
}
function firstLine(text) {
	return text.trim().split("\n", 1)[0] ?? "";
}
// src/post.ts
const timeoutMs = 24e4;
const maxLoggedUnits = 2e4;
try {
	const saved = process.env.STATE_running ?? "";
	const running = readRunning(saved);
	if (running !== void 0) await waitForTerraform(running);
	else if (saved !== "") log.warning(line`Whether Terraform is still running is not known: the saved state of this step cannot be read.`);
} catch (error) {
	log.warning(line`It is not known how the interrupted Terraform ended: ${messageOf(error)}`);
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
	return {
		pid,
		tool,
		binary,
		directory,
		command,
		started,
		log: output,
		errors
	};
}
async function waitForTerraform(running) {
	const { pid, tool, command, log: output, errors } = running;
	const result = await poll(async () => isAlive(pid) ? { waitingFor: `${tool} ${command}` } : { done: true }, {
		delayMs: () => 500,
		timeoutMs
	});
	const diagnostics = read(errors);
	log.foreign(lastLines(read(output)));
	log.foreign(lastLines(diagnostics));
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
async function lockOf(running) {
	try {
		return await queryHeldLock(running);
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
export {};
