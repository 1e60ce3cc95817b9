import { K as messageOf, _ as log, h as line, r as sleep, z as CancelledError } from "./base.js";
import { M as openTarget, P as certificateOf } from "./eras.js";
import { n as driftMode, r as driftOf, t as driftFailure } from "./entry.js";
import { t as checkGate } from "./check-gate.js";
import { t as chooseCurrentImages } from "./images2.js";
// src/gate/certificate-check.ts
const dayMs = 864e5;
const maxAttempts = 3;
const defaultCertificateTimes = {
	handshakeTimeoutMs: 1500,
	retryDelayMs: 1e3
};
async function readCertificate(endpoint, { handshakeTimeoutMs, retryDelayMs } = defaultCertificateTimes, way = {}) {
	const url = new URL(endpoint);
	if (url.protocol !== "https:") return "none";
	const { agents, connectTo } = openTarget(url, {}, 0, process.env, void 0, way);
	for (let attempt = 1;; attempt++) {
		const certificate = await certificateOf(agents["https:"], url, handshakeTimeoutMs, connectTo);
		if (certificate !== void 0 || attempt === maxAttempts) return certificate;
		await sleep(retryDelayMs);
	}
}
function describeCertificate({ validTo, issuer, names }, endpoint, now) {
	const daysLeft = Math.floor((validTo.getTime() - now) / dayMs);
	return {
		host: new URL(endpoint).host,
		daysLeft,
		validTo: validTo.toISOString(),
		issuer,
		names
	};
}
function decideCertificate(certificate, minDays) {
	const { daysLeft, host, validTo, issuer } = certificate;
	if (daysLeft >= minDays) return void 0;
	const until = validTo.slice(0, 16).replace("T", " ");
	const by = issuer === "" ? "" : `, issued by ${issuer},`;
	return {
		code: "CERTIFICATE_EXPIRES",
		sentence: daysLeft < 0 ? `The certificate of ${host}${by} expired at ${until} UTC: clients refuse to connect.` : `The certificate of ${host}${by} expires in ${daysLeft === 1 ? "1 day" : `${daysLeft} days`}, at ${until} UTC, and certificate-days is ${minDays}.`,
		fix: "Certificates of ACM and of Caddy are renewed by themselves long before that, so find out why this one was not. ACM: the DNS record that it was validated by must still be there. Caddy: ports 80 and 443 must be reached from the internet, and its log says what failed. An imported certificate must be replaced manually. If certificates of this kind live only for weeks, lower certificate-days.",
		remedy: "config"
	};
}
function unreadCertificate(endpoint) {
	return {
		code: "CERTIFICATE_UNKNOWN",
		sentence: `The certificate of ${new URL(endpoint).host} could not be read in ${maxAttempts} TLS handshakes, so it is not known when it expires.`,
		fix: "Run it again. If it stays so, look at what stands between the runner and the endpoint (a proxy, a firewall), or set certificate-days to 0, which leaves this check out.",
		remedy: "wait"
	};
}
// src/commands/verify.ts
async function runVerify(job) {
	const { endpoint } = job.inputs.mcp;
	if (endpoint !== void 0) {
		await checkGate(job, endpoint);
		await checkCertificate(job, endpoint);
		return await checkDrift(job, async () => (await import("./prepare2.js")).prepare(job));
	}
	const { prepare } = await import("./prepare2.js");
	const { readDeployment } = await import("./deployment.js");
	const { consoleLinks } = await import("./platforms2.js");
	const terraform = await prepare(job);
	const state = await terraform.showState();
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
			await chooseCurrentImages(job, terraform);
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
