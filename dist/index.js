import { codeOf, decideTrigger, driftMode, environmentSecrets, failRun, line, linesOf, loadMcpCalls, log, messageOf, readCheckout, readInputs, readRun, secrets, writeCommand, writeOutcome } from "./chunks/entry.js";
// src/main.ts
async function main() {
	secrets.add(...environmentSecrets(process.env));
	const run = readRun(process.env);
	const read = readInputs(run.workspace);
	const inputs = {
		...read,
		mcp: await loadMcpCalls(read.mcp)
	};
	const { mcp, drift } = inputs;
	const verifiesOnlyEndpoint = mcp.endpoint !== void 0 && driftMode(drift, mcp.endpoint) === "ignore";
	const checkout = readCheckout(inputs.workingDirectory, run.workspace);
	const trigger = decideTrigger(inputs.command, run, checkout, {
		verifiesOnlyEndpoint,
		applyBeforeMerge: inputs.applyBeforeMerge
	});
	writeCommand(trigger.command);
	switch (trigger.command) {
		case "plan":
		case "apply":
		case "verify":
		case "destroy":
		case "rollback": return await (await import("./chunks/verify.js")).runCommand(inputs, run, trigger);
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
await log.flush();
process.exit();
export {};
