import { D as readRun, O as checkedOutCommit, T as decideTrigger, a as writeCommand, f as readInputs, l as writeOutcome, t as failRun } from "./chunks/entry.js";
import { U as messageOf, V as codeOf, g as log, h as linesOf, m as line } from "./chunks/base.js";
// src/main.ts
async function main() {
	const run = readRun(process.env);
	const inputs = readInputs(run.workspace);
	const trigger = decideTrigger(inputs.command, run, checkedOutCommit(inputs.workingDirectory, run.workspace));
	writeCommand(trigger.command);
	switch (trigger.command) {
		case "plan":
		case "apply":
		case "verify":
		case "destroy": return await (await import("./chunks/run.js")).runCommand(inputs, run, trigger);
		case "discover": return await (await import("./chunks/discover.js")).runDiscover(inputs, run);
		case "summary": return await (await import("./chunks/summary.js")).runSummary(inputs, run);
		case "none":
			log.notice(line`${trigger.reason}`);
			if (trigger.closed !== void 0) await (await import("./chunks/close.js")).closePlan(inputs, run, trigger.closed);
	}
}
try {
	await main();
} catch (error) {
	writeOutcome({
		phase: "start",
		code: codeOf(error)
	});
	failRun(linesOf(messageOf(error)));
}
process.exit();
export {};
