import { U as CancelledError, X as messageOf, l as log, s as line } from "./base.js";
import { i as unreadCertificate, n as describeCertificate, r as readCertificate, t as decideCertificate, x as readCredentials, y as checkGate } from "./verify.js";
import { n as driftMode, r as driftOf, t as driftFailure } from "./entry.js";
// src/commands/verify.ts
async function runVerify(job) {
	const { endpoint, fromOutputs } = job.inputs.mcp;
	if (endpoint !== void 0 && fromOutputs.headers === void 0 && fromOutputs.oauth === void 0) {
		await checkGate(job, endpoint);
		await checkCertificate(job, endpoint);
		return await checkDrift(job, async () => (await import("./prepare2.js")).prepare(job));
	}
	const { prepare } = await import("./prepare2.js");
	const { readDeployment } = await import("./deployment.js");
	const { consoleLinks } = await import("./platforms2.js");
	const terraform = await prepare(job);
	const state = await terraform.showState();
	await readCredentials(job, state);
	const deployment = readDeployment(state, job.inputs);
	job.record({
		deployment,
		links: consoleLinks(deployment.serving, state)
	});
	await checkGate(job, deployment.endpoint, deployment);
	await checkCertificate(job, deployment.endpoint);
	await checkDrift(job, async () => terraform);
}
async function checkCertificate(job, endpoint) {
	const { certificateDays } = job.inputs;
	if (certificateDays === 0) return;
	await job.check("certificate", async () => {
		const certificate = await readCertificate(endpoint, void 0, job.inputs.mcp);
		if (certificate === "none") return {};
		if (certificate === void 0) return job.report.failures.length > 0 ? {} : { failure: unreadCertificate(endpoint) };
		const described = describeCertificate(certificate, endpoint, Date.now());
		const { host, validTo, daysLeft } = described;
		log.line(line`The certificate of ${host} is valid until ${validTo}, ${daysLeft} days from now.`);
		return {
			adds: { certificate: described },
			failure: decideCertificate(described, certificateDays)
		};
	});
}
async function checkDrift(job, prepared) {
	const mode = driftMode(job.inputs.drift, job.inputs.mcp.endpoint);
	if (mode === "ignore") return;
	try {
		const terraform = await prepared();
		await job.check("drift", async () => {
			const { makeAndLogPlan } = await import("./prepare2.js");
			await (await import("./images.js")).chooseCurrentImages(job, terraform);
			const { plan } = await makeAndLogPlan(job, terraform, {
				replaces: [],
				mode: job.inputs.driftPlan
			});
			const drift = driftOf(plan);
			return {
				adds: { drift },
				failure: driftFailure(drift, job.report.commit, mode)
			};
		});
	} catch (error) {
		if (job.inputs.drift !== "auto" || error instanceof CancelledError) throw error;
		job.warn(`No plan could be made, so drift was not checked: ${messageOf(error)}`);
	}
}
export { runVerify };
