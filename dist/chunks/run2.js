import { a as Job } from "./verify.js";
// src/commands/run.ts
const commands = {
	plan: async (job) => (await import("./plan.js")).runPlan(job),
	apply: async (job) => (await import("./apply.js")).runApply(job),
	verify: async (job) => (await import("./verify2.js")).runVerify(job),
	destroy: async (job) => (await import("./destroy2.js")).runDestroy(job),
	rollback: async (job) => (await import("./rollback.js")).runRollback(job)
};
async function runCommand(inputs, run, trigger) {
	const job = new Job(inputs, run, trigger);
	try {
		(await import("./configuration-secrets.js")).addConfigurationSecrets(job);
		await commands[trigger.command](job);
	} catch (error) {
		job.fail(error);
	}
	await (await import("./publish2.js")).publish(job);
	await job.terraform?.discardOpenRuns();
}
export { runCommand };
