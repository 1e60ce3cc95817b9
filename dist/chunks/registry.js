import { ServiceError, asObject, asText, isDigest, isLoopback, messageOf, parseJson, secrets } from "./entry.js";
import { request } from "./http.js";
import { sleep } from "./verify.js";
import { childEnvironment, findProgram, query } from "./child.js";
const { readFileSync } = process.getBuiltinModule("node:fs");
const { join } = process.getBuiltinModule("node:path");
const createHash = (...values) => process.getBuiltinModule("node:crypto").createHash(...values);
const { homedir } = process.getBuiltinModule("node:os");
// src/platforms/images/docker-credentials.ts
const dockerHubKey = "https://index.docker.io/v1/";
const tokenUser = "<token>";
const helperTimeoutMs = 2e4;
async function dockerCredentials(registry, env) {
	const { auths, credHelpers, credsStore } = readConfiguration(env);
	const key = registry === "docker.io" ? dockerHubKey : registry;
	const own = Object.entries(credHelpers).find(([host]) => hostOf(host) === hostOf(key))?.[1];
	const helper = asText(own) ?? asText(credsStore);
	const found = (helper === void 0 ? void 0 : await askHelper(helper, key, env)) ?? storedCredentials(auths, key);
	if (found !== void 0) secrets.add(...secretsOf(found));
	return found;
}
function readConfiguration(env) {
	const directory = env.DOCKER_CONFIG || join(env.HOME || homedir(), ".docker");
	let text;
	try {
		text = readFileSync(join(directory, "config.json"), "utf8");
	} catch {
		return {
			auths: {},
			credHelpers: {},
			credsStore: void 0
		};
	}
	const { auths, credHelpers, credsStore } = asObject(parseJson(text));
	return {
		auths: asObject(auths),
		credHelpers: asObject(credHelpers),
		credsStore
	};
}
function hostOf(key) {
	return key.replace(/^https?:\/\//, "").replace(/\/.*$/, "").toLowerCase();
}
function storedCredentials(auths, key) {
	const entry = asObject(Object.entries(auths).find(([host]) => hostOf(host) === hostOf(key))?.[1]);
	const identityToken = asText(entry.identitytoken);
	if (identityToken) return { identityToken };
	const [username = "", ...rest] = Buffer.from(asText(entry.auth) ?? "", "base64").toString("utf8").split(":");
	const password = rest.join(":");
	return username === "" || password === "" ? void 0 : {
		username,
		password
	};
}
async function askHelper(name, key, env) {
	const program = /^[\w.-]+$/.test(name) ? findProgram(`docker-credential-${name}`, env) : void 0;
	if (program === void 0) throw new ServiceError(`Docker's configuration names the credential helper ${name}, which is not on PATH`);
	const options = {
		env: childEnvironment(env, true),
		timeoutMs: helperTimeoutMs,
		input: `${key}\n`
	};
	const { exitCode, stdout } = await query(program, ["get"], options).catch((error) => {
		throw new ServiceError(`the credential helper ${name} could not be run: ${messageOf(error)}`);
	});
	if (exitCode !== 0) return void 0;
	const { Username: username, Secret: password } = asObject(parseJson(stdout));
	const [user, secret] = [asText(username) ?? "", asText(password) ?? ""];
	if (user === "" || secret === "") return void 0;
	return user === tokenUser ? { identityToken: secret } : {
		username: user,
		password: secret
	};
}
function secretsOf(credentials) {
	if ("identityToken" in credentials) return [credentials.identityToken];
	return [credentials.password, basicOf(credentials)];
}
function basicOf({ username, password }) {
	return Buffer.from(`${username}:${password}`).toString("base64");
}
// src/platforms/images/registry.ts
const accepted = [
	"application/vnd.oci.image.index.v1+json",
	"application/vnd.docker.distribution.manifest.list.v2+json",
	"application/vnd.oci.image.manifest.v1+json",
	"application/vnd.docker.distribution.manifest.v2+json"
].join(", ");
const defaultRegistryTimes = {
	requestTimeoutMs: 15e3,
	retryDelaysMs: [1e3, 3e3]
};
async function readRegistryDigest(reference, context) {
	const registry = new Registry(reference, context);
	const head = await registry.read("HEAD");
	if (head.status === 404) return void 0;
	assertOk(head);
	const header = headerOf(head, "docker-content-digest");
	if (header !== void 0 && isDigest(header)) return sameDigest(reference, header);
	const whole = await registry.read("GET");
	if (whole.status === 404) return void 0;
	assertOk(whole);
	return sameDigest(reference, `sha256:${createHash("sha256").update(whole.body).digest("hex")}`);
}
function sameDigest({ digest: wanted }, digest) {
	if (wanted === void 0 || wanted === digest || !digest.startsWith(wanted.slice(0, 7))) return wanted ?? digest;
	throw new ServiceError(`it answers ${digest} for the digest ${wanted}`);
}
function assertOk({ status, body }) {
	if (status === 200) return;
	if (status === 401 || status === 403) throw new ServiceError(`it answers ${status}: the credentials of this job, which come from Docker's configuration, do not let it read the repository`);
	const [error] = [asObject(parseJson(body.toString("utf8"))).errors].flat();
	const { code } = asObject(error);
	throw new ServiceError(`it answers ${status}${asText(code) === void 0 ? "" : ` ${asText(code)}`}`);
}
var Registry = class {
	#reference;
	#context;
	#authorization;
	constructor(reference, context) {
		this.#reference = reference;
		this.#context = context;
	}
	async read(method) {
		const { registry, repository, tag, digest } = this.#reference;
		const url = `${originOf(registry)}/v2/${repository}/manifests/${digest ?? tag}`;
		const answer = await this.#send(url, method);
		if (answer.status !== 401 || this.#authorization !== void 0) return answer;
		const authorization = await this.#authorize(headerOf(answer, "www-authenticate") ?? "");
		if (authorization === void 0) return answer;
		this.#authorization = authorization;
		return await this.#send(url, method);
	}
	async #send(url, method) {
		const authorization = this.#authorization === void 0 ? {} : { authorization: this.#authorization };
		return await this.#request(url, {
			method,
			headers: {
				accept: accepted,
				...authorization
			}
		});
	}
	async #authorize(challenge) {
		const { registry } = this.#reference;
		const [, scheme = ""] = /^\s*(\w+)/.exec(challenge) ?? [];
		const credentials = await dockerCredentials(registry, this.#context.env);
		if (/^basic$/i.test(scheme)) {
			if (credentials === void 0 || "identityToken" in credentials) return void 0;
			return `Basic ${basicOf(credentials)}`;
		}
		return /^bearer$/i.test(scheme) ? await this.#bearer(challenge, credentials) : void 0;
	}
	async #bearer(challenge, credentials) {
		const { realm = "", service, scope } = parametersOf(challenge);
		const url = URL.parse(realm);
		const isLocal = isThisMachine(this.#reference.registry);
		if (url === null || url.protocol !== "https:" && !(isLocal && isThisMachine(url.host))) throw new ServiceError(`it sends clients for a token to ${realm === "" ? "no address" : realm}, which does not begin with https://`);
		const wanted = {
			...service && { service },
			scope: scope ?? `repository:${this.#reference.repository}:pull`
		};
		const answer = await this.#askForToken(url, wanted, credentials);
		const { token, access_token: accessToken } = asObject(parseJson(answer.body.toString("utf8")));
		const found = asText(token) ?? asText(accessToken);
		if (answer.status !== 200 || found === void 0) {
			const whose = credentials === void 0 ? "without credentials" : "with the credentials in the configuration of Docker";
			throw new ServiceError(`${url.host} gives no token for it ${whose} (status ${answer.status})`);
		}
		secrets.add(found);
		return `Bearer ${found}`;
	}
	async #askForToken(url, wanted, credentials) {
		if (credentials !== void 0 && "identityToken" in credentials) {
			const form = {
				...wanted,
				grant_type: "refresh_token",
				client_id: "terraform-mcp-deploy"
			};
			return await this.#request(url.href, {
				method: "POST",
				headers: { "content-type": "application/x-www-form-urlencoded" },
				body: new URLSearchParams({
					...form,
					refresh_token: credentials.identityToken
				}).toString()
			});
		}
		for (const [name, value] of Object.entries(wanted)) url.searchParams.set(name, value);
		const authorization = credentials === void 0 ? {} : { authorization: `Basic ${basicOf(credentials)}` };
		return await this.#request(url.href, { headers: authorization });
	}
	async #request(url, options) {
		const { signal, times = defaultRegistryTimes } = this.#context;
		for (let attempt = 0;; attempt++) {
			const delayMs = times.retryDelaysMs[attempt];
			try {
				const answer = await request(url, {
					...options,
					timeoutMs: times.requestTimeoutMs,
					signal
				});
				if (delayMs === void 0 || answer.status !== 429 && answer.status < 500) return answer;
			} catch (error) {
				if (delayMs === void 0 || !(error instanceof ServiceError)) throw error;
			}
			await sleep(delayMs, signal);
		}
	}
};
function originOf(registry) {
	if (registry === "docker.io") return "https://registry-1.docker.io";
	return `${isThisMachine(registry) ? "http" : "https"}://${registry}`;
}
function isThisMachine(host) {
	return isLoopback(URL.parse(`http://${host}`)?.hostname ?? "");
}
function parametersOf(challenge) {
	const found = challenge.matchAll(/([a-z_]+)=(?:"([^"]*)"|([^\s,"]+))/gi);
	return Object.fromEntries([...found].map(([, name = "", quoted, plain]) => [name.toLowerCase(), quoted ?? plain]));
}
function headerOf({ headers }, name) {
	return [headers[name]].flat()[0];
}
export { readRegistryDigest };
