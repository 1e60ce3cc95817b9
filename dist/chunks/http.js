import { __toESM } from "./rolldown-runtime.js";
import { ServiceError, messageOf } from "./entry.js";
const { open, rm } = process.getBuiltinModule("node:fs/promises");
const { pipeline } = process.getBuiltinModule("node:stream/promises");
// src/http.ts
const mebibyte = 1048576;
const defaultMaxBytes = 4 * mebibyte;
async function request(url, options = {}) {
	return await exchange(url, options, async ({ statusCode: status, headers }, body) => {
		const { maxBytes = defaultMaxBytes } = options;
		const chunks = [];
		let bytes = 0;
		for await (const chunk of body) {
			bytes += chunk.length;
			if (bytes > maxBytes) throw new ServiceError(`an answer of more than ${maxBytes / mebibyte} MiB`);
			chunks.push(chunk);
		}
		return {
			status,
			headers,
			body: Buffer.concat(chunks)
		};
	});
}
async function download(url, file, options = {}) {
	return await exchange(url, options, async ({ statusCode }, body) => {
		if (statusCode !== 200) return statusCode;
		const handle = await open(file, "wx", 384);
		try {
			await pipeline(body, handle.createWriteStream());
		} catch (error) {
			await rm(file, { force: true });
			throw error;
		}
		return statusCode;
	});
}
async function exchange(url, options, read) {
	const { signal, timeoutMs, idleTimeoutMs } = options;
	signal?.throwIfAborted();
	const { EnvHttpProxyAgent, request: send } = await import("./undici2.js").then((m) => __toESM(m.default, 1));
	const stop = new AbortController();
	const abort = () => stop.abort(signal?.reason);
	signal?.addEventListener("abort", abort, { once: true });
	const after = (ms) => setTimeout(() => stop.abort(new ServiceError(`no answer within ${seconds(ms)} s`)), ms);
	const deadline = timeoutMs === void 0 ? void 0 : after(timeoutMs);
	let idle;
	const restartIdle = () => {
		clearTimeout(idle);
		if (idleTimeoutMs !== void 0) idle = after(idleTimeoutMs);
	};
	const received = async function* (body) {
		for await (const chunk of body) {
			restartIdle();
			yield chunk;
		}
	};
	try {
		for (let at = new URL(url), redirects = options.maxRedirects ?? 0;; redirects--) {
			const agent = new EnvHttpProxyAgent({
				...proxyOf(at, process.env),
				...connectionOptions
			});
			try {
				restartIdle();
				const { method = "GET", headers, body } = options;
				const answer = await send(at, {
					method,
					headers: {
						"user-agent": "terraform-mcp-deploy",
						...headers
					},
					body: body ?? null,
					dispatcher: agent,
					signal: stop.signal,
					headersTimeout: 0,
					bodyTimeout: 0
				});
				answer.body.on("error", () => {});
				const next = redirects > 0 && method === "GET" ? redirectOf(at, answer) : void 0;
				if (next === void 0) return await read(answer, received(answer.body));
				at = next;
			} finally {
				await agent.destroy();
			}
		}
	} catch (error) {
		signal?.throwIfAborted();
		if (error instanceof ServiceError) throw error;
		throw new ServiceError(messageOf(error), { cause: error });
	} finally {
		clearTimeout(deadline);
		clearTimeout(idle);
		signal?.removeEventListener("abort", abort);
	}
}
const connectionOptions = {
	pipelining: 0,
	allowH2: false,
	connectTimeout: 0,
	connect: { timeout: 0 }
};
function seconds(ms) {
	return Math.ceil(ms / 1e3);
}
function redirectOf(from, { statusCode, headers }) {
	const { location } = headers;
	if (![
		301,
		302,
		303,
		307,
		308
	].includes(statusCode) || typeof location !== "string") return void 0;
	const to = URL.parse(location, from);
	if (to === null) throw new ServiceError("it redirects to an address that cannot be read");
	if (from.protocol === "https:" && to.protocol !== "https:") throw new ServiceError("it redirects from https to http, which is not followed");
	return to;
}
function proxyOf({ protocol, hostname }, env) {
	const isLoopback = /^(localhost$|127\.|\[::1\])/i.test(hostname);
	const variable = (name) => env[name] || env[name.toUpperCase()] || "";
	const proxy = isLoopback ? "" : variable(protocol === "https:" ? "https_proxy" : "http_proxy");
	const url = proxy === "" || /^\w+:\/\//.test(proxy) ? proxy : `http://${proxy}`;
	return protocol === "https:" ? {
		httpProxy: "",
		httpsProxy: url,
		noProxy: variable("no_proxy")
	} : {
		httpProxy: url,
		httpsProxy: url,
		noProxy: variable("no_proxy")
	};
}
export { download, request };
