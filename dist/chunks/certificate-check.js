import { certificateOf, openTarget, sleep } from "./verify.js";
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
		fix: "ACM and Caddy renew their certificates automatically long before that, so find out why this one was not. ACM: the DNS record that it was validated by must still be there. Caddy: ports 80 and 443 must be reached from the internet, and its log names what failed. An imported certificate must be replaced manually. If certificates of this kind live only for weeks, lower certificate-days.",
		remedy: "config"
	};
}
function unreadCertificate(endpoint) {
	return {
		code: "CERTIFICATE_UNKNOWN",
		sentence: `The certificate of ${new URL(endpoint).host} could not be read in ${maxAttempts} TLS handshakes, so it is not known when it expires.`,
		fix: "Run it again. If it stays so, look for a proxy or a firewall between the runner and the endpoint. Or set certificate-days to 0, which leaves this check out.",
		remedy: "wait"
	};
}
export { decideCertificate, describeCertificate, readCertificate, unreadCertificate };
