import { dirname, join } from "node:path";
// src/terraform/after-stop.ts
function secretsFileOf({ log }) {
	return join(dirname(log), "secrets.json");
}
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
export { secretsFileOf as n, describeDetachedCommand as t };
