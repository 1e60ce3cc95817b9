import { K as messageOf, V as InputError } from "./base.js";
import { createHash, createHmac, createPrivateKey, randomUUID, sign } from "node:crypto";
// src/gate/aws-signing.ts
const region = String.raw`([a-z]{2,4}(?:-[a-z]+)+-\d)`;
const knownHosts = [
	[new RegExp(String.raw`^(?:[^.]+\.gateway\.)?bedrock-agentcore\.${region}\.amazonaws\.com$`), "bedrock-agentcore"],
	[new RegExp(String.raw`^[^.]+\.lambda-url\.${region}\.on\.aws$`), "lambda"],
	[new RegExp(String.raw`^[^.]+\.execute-api\.${region}\.amazonaws\.com(?:\.cn)?$`), "execute-api"],
	[new RegExp(String.raw`^[^.]+(?:\.[^.]+)?\.vpc-lattice-svcs\.${region}\.on\.aws$`), "vpc-lattice-svcs"]
];
const ownServers = new RegExp(String.raw`^([a-z0-9-]+)\.${region}\.api\.aws$`);
function scopeOfHost(hostname) {
	for (const [pattern, service] of knownHosts) {
		const found = pattern.exec(hostname)?.[1];
		if (found !== void 0) return {
			service,
			region: found
		};
	}
	const [, service, found] = ownServers.exec(hostname) ?? [];
	return service !== void 0 && found !== void 0 ? {
		service,
		region: found
	} : void 0;
}
function readSigningScope(value, endpoint) {
	if (value === "none" || value === "") return void 0;
	const isLoopback = /^(?:127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/.test(endpoint.hostname);
	if (endpoint.protocol !== "https:" && !isLoopback) throw new InputError(`mcp-sigv4 is "${value}", and the endpoint ${endpoint.origin} is not https: the session token of AWS would travel in the open.`);
	const known = scopeOfHost(endpoint.hostname);
	if (value === "auto") {
		if (known !== void 0) return known;
		throw new InputError(`mcp-sigv4 is "auto", and ${endpoint.hostname} is not a host of AgentCore, Lambda, API Gateway or VPC Lattice: set mcp-sigv4 to SERVICE/REGION, such as execute-api/eu-central-1, or to none.`);
	}
	const [service = "", named] = value.split("/");
	const used = named ?? known?.region ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
	if (used !== void 0 && used !== "") return {
		service,
		region: used
	};
	throw new InputError(`mcp-sigv4 is "${value}", and the region is not known: set SERVICE/REGION, such as ${service}/eu-central-1, or AWS_REGION.`);
}
function isSigningValue(value) {
	return /^(?:auto|none|[a-z0-9][a-z0-9-]{0,63}(?:\/[a-z0-9-]{2,32})?)$/.test(value);
}
var Sha256 = class {
	#hash;
	constructor(secret) {
		this.#hash = secret === void 0 ? createHash("sha256") : createHmac("sha256", bytesOf(secret));
	}
	update(data) {
		this.#hash.update(bytesOf(data));
	}
	async digest() {
		return this.#hash.digest();
	}
};
function bytesOf(data) {
	if (typeof data === "string") return Buffer.from(data, "utf8");
	return ArrayBuffer.isView(data) ? Buffer.from(data.buffer, data.byteOffset, data.byteLength) : Buffer.from(data);
}
function openSigner({ service, region: signedRegion }, onSecret = () => {}, fixed) {
	let provider;
	return async ({ method, url, contentType, body }) => {
		const { SignatureV4 } = await import("./dist-es7.js");
		if (fixed === void 0 && provider === void 0) {
			const { defaultProvider } = await import("./dist-es5.js");
			provider = defaultProvider();
		}
		const credentials = fixed?.credentials ?? await provider?.().catch(withoutCredentials);
		if (credentials === void 0) throw new Error("no credentials");
		onSecret(credentials.secretAccessKey);
		if (credentials.sessionToken !== void 0) onSecret(credentials.sessionToken);
		const signer = new SignatureV4({
			service,
			region: signedRegion,
			credentials,
			sha256: Sha256
		});
		const query = {};
		for (const name of url.searchParams.keys()) query[name] = url.searchParams.getAll(name);
		const { host: _, "content-type": _type, ...added } = (await signer.sign({
			method,
			protocol: url.protocol,
			hostname: url.hostname,
			path: url.pathname,
			query,
			headers: {
				host: url.host,
				...contentType !== void 0 && { "content-type": contentType }
			},
			body
		}, fixed === void 0 ? {} : { signingDate: fixed.date })).headers;
		return added;
	};
}
function withoutCredentials(error) {
	throw new Error(`no AWS credentials were found: ${messageOf(error)}`);
}
// src/gate/client-assertion.ts
const algorithms = {
	rsa: {
		name: "RS256",
		hash: "sha256"
	},
	"rsa-pss": {
		name: "PS256",
		hash: "sha256"
	},
	"ec prime256v1": {
		name: "ES256",
		hash: "sha256"
	},
	"ec secp384r1": {
		name: "ES384",
		hash: "sha384"
	},
	"ec secp521r1": {
		name: "ES512",
		hash: "sha512"
	},
	ed25519: {
		name: "EdDSA",
		hash: void 0
	}
};
const ASSERTION_LIFE_SECONDS = 60;
function readPrivateKey(pem) {
	if (!pem.includes("PRIVATE KEY")) throw new Error("it has no line \"-----BEGIN PRIVATE KEY-----\"");
	if (pem.includes("ENCRYPTED")) throw new Error("it is protected by a passphrase, which the gate does not have");
	let key;
	try {
		key = createPrivateKey(pem);
	} catch (error) {
		throw new Error(`OpenSSL cannot read it (${messageOf(error)})`);
	}
	return key;
}
function algorithmOf({ asymmetricKeyType, asymmetricKeyDetails }) {
	return algorithms[kindOf(asymmetricKeyType, asymmetricKeyDetails?.namedCurve)]?.name;
}
function kindOf(type = "", curve) {
	return curve === void 0 ? type : `${type} ${curve}`;
}
function createClientAssertion({ key, id }, clientId, tokenEndpoint) {
	const kind = kindOf(key.asymmetricKeyType, key.asymmetricKeyDetails?.namedCurve);
	const { name = "RS256", hash } = algorithms[kind] ?? {};
	const now = Math.floor(Date.now() / 1e3);
	const header = {
		alg: name,
		typ: "JWT",
		...id !== void 0 && { kid: id }
	};
	const claims = {
		iss: clientId,
		sub: clientId,
		aud: tokenEndpoint,
		jti: randomUUID(),
		iat: now,
		exp: now + ASSERTION_LIFE_SECONDS
	};
	const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
	const signed = `${encode(header)}.${encode(claims)}`;
	return `${signed}.${sign(hash, Buffer.from(signed), {
		key,
		dsaEncoding: "ieee-p1363"
	}).toString("base64url")}`;
}
export { openSigner as a, isSigningValue as i, createClientAssertion as n, readSigningScope as o, readPrivateKey as r, algorithmOf as t };
