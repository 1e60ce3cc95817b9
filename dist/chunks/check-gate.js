import { t as gate } from "./gate.js";
import { _ as log, h as line, v as secrets } from "./base.js";
// src/commands/explain.ts
async function explanationOf(job, failure, deployment, { observed, began }) {
	if (failure === void 0 || deployment === void 0) return {};
	const { explained, symptoms } = await import("./causes.js");
	const { collectEvidence, hasEvidence } = await import("./evidence3.js");
	if (symptoms[failure.code] === void 0 || !hasEvidence(deployment.serving)) return {};
	const explain = async () => {
		const { evidenceLines } = await import("./evidence.js");
		const evidence = await collectEvidence(deployment.serving, job.report.stability?.deployment, began);
		log.line(evidenceLines(evidence));
		return {
			failure: explained(failure, evidence, deployment.endpoint, observed),
			adds: { evidence }
		};
	};
	return { explain };
}
// src/commands/check-gate.ts
async function checkGate(job, endpoint, deployment) {
	const began = Date.now();
	return await job.check("gate", async () => {
		const report = await runGate(job, { endpoint });
		const explanation = await explanationOf(job, report.failure, deployment, { began });
		return {
			adds: { gate: report },
			failure: report.failure,
			...explanation
		};
	});
}
function runGate(job, more) {
	return gate({
		...job.inputs.mcp,
		...more
	}, (text) => log.line(line`${text}`), (secret) => secrets.add(secret));
}
export { runGate as n, explanationOf as r, checkGate as t };
