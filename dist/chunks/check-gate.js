import { O as isObject, R as InputError, U as messageOf, _ as secrets, g as log, m as line, t as poll } from "./base.js";
import { A as failure, C as secretsOf, D as defaultGateTimes, E as openTarget, S as clean, T as isEventStream, _ as record, a as discover, b as parseJson, c as LEGACY_VERSIONS, d as legacyPages, f as probeStreamable, g as listTools, h as judgeTools, i as probeEras, k as codes, l as endSession, m as judgeOffer, n as NOT_ASKED, o as modernPages, p as judgeContract, r as isBelowHttp, s as probeSse, t as ERAS, u as initialize, v as send, w as exchange, x as read, y as unfitRefusal } from "./eras.js";
import { C as compareContracts, w as contractOf } from "./entry.js";
import { validateHeaderName, validateHeaderValue } from "node:http";
// src/gate/decide.ts
function decideRound(eras, { require, transport }) {
	if (require === "any") {
		if (ERAS.some((era) => eras[era].verdict === "passed")) return void 0;
		const [best] = [
			"legacy",
			"http-sse",
			"modern"
		].flatMap((era) => eras[era].failure ?? []).sort((a, b) => progressOf(b) - progressOf(a));
		return best ?? failure("MODERN_ABSENT", "server/discover", "The endpoint speaks no era of MCP.", "modern");
	}
	const faults = [...require === "modern" ? [] : [legacyFault(eras, transport)], ...require === "legacy" ? [] : [modernFault(eras)]].filter((fault) => fault !== void 0);
	return faults.find((fault) => codes[fault.code].final) ?? faults[0];
}
function legacyFault(eras, transport) {
	const era = eras[transport === "sse" ? "http-sse" : "legacy"];
	if (era.verdict === "passed") return void 0;
	if (transport !== "sse" && eras["http-sse"].verdict === "passed") return failure("OLD_TRANSPORT", "initialize", "The endpoint speaks only HTTP+SSE (2024-11-05).", "http-sse");
	return era.failure ?? eras["http-sse"].failure;
}
function modernFault({ modern, legacy, "http-sse": sse }) {
	if (modern.verdict === "passed") return void 0;
	if (modern.verdict === "failed" && modern.failure) return modern.failure;
	const isOlder = legacy.verdict === "passed" || sse.verdict === "passed" || legacy.failure?.code === "SESSION_LOST";
	const refused = modern.failure?.sentence ?? "";
	return isOlder || !modern.failure ? failure("MODERN_ABSENT", "server/discover", `The server does not offer revision 2026-07-28. ${refused}`.trim(), "modern") : modern.failure;
}
function progressOf({ code, step }) {
	const layers = [
		"DNS",
		"TCP",
		"TLS",
		"HTTP",
		"MCP"
	];
	const refusesEra = code === "LEGACY_CLIENTS_LOCKED_OUT" || step === "server/discover" && code.startsWith("RPC_");
	return (step === "tools/list" ? 10 : 0) + (refusesEra ? -10 : 0) + layers.indexOf(codes[code].layer);
}
const ERA_INDEPENDENT_CODES = [
	"LEGACY_CLIENTS_LOCKED_OUT",
	"MODERN_ABSENT",
	"NO_TOOLS_CAPABILITY",
	"TOOL_MISSING",
	"CONTRACT_BROKEN",
	"OLD_REVISION",
	"FLAPPING"
];
function asSingleEraFailure(fault, { modern, legacy }) {
	if (ERA_INDEPENDENT_CODES.includes(fault.code)) return fault;
	const [code, other] = fault.era === "legacy" && modern.verdict === "passed" ? ["MODERN_OK_LEGACY_BROKEN", "modern"] : fault.era === "modern" && legacy.verdict === "passed" ? ["LEGACY_OK_MODERN_BROKEN", "legacy"] : [];
	if (code === void 0) return fault;
	const sentence = `${capital(codes[code].meaning)}. ${fault.code}: ${fault.sentence}`;
	const fix = `${fault.fix} Or set mcp-require: ${other} when those clients do not matter.`;
	return {
		...fault,
		code,
		cause: fault.code,
		sentence,
		fix
	};
}
function capital(text) {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
function contractFault(eras, expected, secrets) {
	const era = ERAS.find((each) => eras[each].verdict === "passed");
	const refusal = era && judgeContract(eras[era].tools ?? [], expected, secrets);
	return refusal && failure(refusal.code, "tools/list", refusal.sentence, era);
}
function missingContractFailure({ contract }) {
	if (contract === void 0 || contract.tools !== void 0) return void 0;
	const sentence = `The endpoint speaks MCP, but there is no ${contract.path} in the repository to compare its tools with.`;
	return failure("CONTRACT_MISSING", "contract", sentence);
}
function toolsOf(eras) {
	return ERAS.map((era) => eras[era]).find(({ verdict }) => verdict === "passed")?.tools ?? [];
}
function contractIn(eras, committed) {
	if (!ERAS.some((era) => eras[era].verdict === "passed")) return void 0;
	const now = contractOf(toolsOf(eras));
	return now && {
		...now,
		...committed && { comparison: compareContracts(committed, now.tools) }
	};
}
function warningsOf(eras) {
	const { modern, legacy, "http-sse": sse } = eras;
	const warnings = [
		modern,
		legacy,
		sse
	].flatMap((era) => era.warnings);
	for (const era of [modern, legacy]) {
		if (era.verdict !== "failed" || era.failure === void 0) continue;
		const { code, cause, sentence, fix } = asSingleEraFailure(era.failure, eras);
		if (modern.verdict === "passed" || legacy.verdict === "passed") warnings.push(`${code}${cause ? ` (${cause})` : ""}: ${sentence} ${fix}`);
	}
	if (sse.verdict === "passed") warnings.push(`OLD_TRANSPORT: only HTTP+SSE (2024-11-05) is served, deprecated since 2025-03-26. ${codes.OLD_TRANSPORT.fix}`);
	if (modern.tools && legacy.tools && namesOf(modern).join("\n") !== namesOf(legacy).join("\n")) warnings.push("The modern and the legacy era list different tools; the report shows those of the modern era.");
	return [...new Set(warnings)];
}
function namesOf(era) {
	return [...new Set(era?.tools?.map(({ name }) => name))].sort();
}
// src/gate/hints.ts
async function withHint(fault, line) {
	if (fault.code !== "PATH_404" && fault.code !== "HTTP_405" && fault.code !== "HTML_PAGE") return fault;
	const found = await pathThatSpeaks(line);
	return found === void 0 ? fault : {
		...fault,
		sentence: `${fault.sentence} MCP answers at ${found}.`
	};
}
const JAR_SESSIONS = 3;
async function withCookieJar(fault, line, expected) {
	for (let session = 0; session < JAR_SESSIONS; session++) {
		const seen = await probeStreamable({
			line,
			era: "legacy",
			exchanges: []
		}, expected, {
			withCookies: true,
			lists: 2
		});
		if (!seen.setsCookies || seen.failure?.code === "SESSION_LOST") return fault;
	}
	const sentence = `${fault.sentence} ${JAR_SESSIONS} sessions that sent the cookies back were whole.`;
	return failure("SESSION_NEEDS_COOKIES", fault.step, sentence, fault.era);
}
async function pathThatSpeaks(line) {
	return (await Promise.all([
		"/mcp",
		"/sse",
		"/"
	].map(async (path) => {
		const endpoint = new URL(path, line.endpoint.href);
		if (endpoint.pathname === line.endpoint.pathname) return void 0;
		const there = {
			...line,
			endpoint,
			giveUpAt: Math.min(line.giveUpAt, performance.now() + line.times.otherPathsTimeoutMs)
		};
		const eras = await probeEras(there, path === "/sse" ? "sse" : "streamable-http", {
			tools: [],
			version: void 0,
			contract: void 0
		}, []);
		return ERAS.some((era) => eras[era].verdict === "passed") ? endpoint.href : void 0;
	}))).find((address) => address !== void 0);
}
// src/gate/request.ts
const FRAMING = /^(?:connection|content-length|expect|keep-alive|te|trailer|transfer-encoding|upgrade)$/i;
function targetFor({ endpoint, headers, require, transport, rounds, timeoutMs }, times) {
	const url = URL.parse(endpoint);
	if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === "") throw new InputError(`The MCP endpoint "${endpoint}" is not an http or https URL, such as https://mcp.example.com/mcp.`);
	if (url.username !== "" || url.password !== "") throw new InputError("The MCP endpoint must not carry a user name or password; use mcp-headers.");
	url.hash = "";
	for (const [name, value] of Object.entries(headers)) {
		try {
			validateHeaderName(name);
			validateHeaderValue(name, value);
		} catch {
			throw new InputError(`mcp-headers: "${name.slice(0, 100)}" is not a header that can be sent.`);
		}
		if (FRAMING.test(name)) throw new InputError(`mcp-headers: "${name}" is set by the connection itself.`);
	}
	if (!Number.isInteger(rounds) || rounds < 1) throw new InputError(`mcp-rounds: ${rounds} is not a whole number from 1.`);
	if (transport === "sse" && (require === "modern" || require === "both")) throw new InputError(`mcp-require: ${require} cannot pass with mcp-transport: sse, which only legacy clients speak.`);
	try {
		return openTarget(url, headers, timeoutMs, process.env, times);
	} catch (error) {
		throw new InputError(`HTTPS_PROXY or HTTP_PROXY of the runner cannot be used: ${messageOf(error)}`);
	}
}
function endsAtAuthChallenge({ expect, oauth, headers }) {
	return expect === "auth-wall" && oauth === void 0 && !hasAuthorization(headers);
}
function hasAuthorization(headers) {
	return Object.keys(headers).some((name) => name.toLowerCase() === "authorization");
}
// src/gate/result.ts
function resultOf(request, outcome) {
	const { eras, failure, wall, warnings, latencies, elapsedMs, rounds } = outcome;
	const passed = ERAS.map((era) => eras[era]).filter((era) => era.verdict === "passed");
	const serverInfo = passed.find((era) => era.serverInfo)?.serverInfo;
	const contract = contractIn(eras, request.contract?.tools);
	return {
		passed: failure === void 0,
		endpoint: request.endpoint,
		...failure && { failure },
		eras: {
			modern: reportOf(eras.modern),
			legacy: reportOf(eras.legacy),
			"http-sse": reportOf(eras["http-sse"])
		},
		protocolVersions: [...new Set(passed.flatMap((era) => era.protocolVersion ?? []))].sort().reverse(),
		tools: namesOf(passed[0]),
		...serverInfo && { serverInfo },
		...contract && { contract },
		...wall && { wall },
		warnings: [...warningsOf(eras), ...warnings],
		latencyMs: median(latencies),
		elapsedMs,
		rounds
	};
}
function reportOf({ verdict, protocolVersion, failure: fault }) {
	return {
		verdict,
		...protocolVersion !== void 0 && { protocolVersion },
		...fault && verdict === "failed" && { failure: fault }
	};
}
function latencyOf(eras, { require, transport }) {
	const { modern, legacy, "http-sse": sse } = eras;
	switch (require) {
		case "modern": return modern.elapsedMs;
		case "legacy": return transport === "sse" ? sse.elapsedMs : legacy.elapsedMs;
		case "both": return Math.max(modern.elapsedMs, legacy.elapsedMs);
		case "any": return Math.min(...[
			modern,
			legacy,
			sse
		].filter((era) => era.verdict === "passed").map((era) => era.elapsedMs));
	}
}
function median(values) {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.slice(Math.floor((sorted.length - 1) / 2), Math.floor(sorted.length / 2) + 1);
	return middle.length === 0 ? null : middle.reduce((sum, value) => sum + value, 0) / middle.length;
}
// src/gate/authorization.ts
const RENEW_BEFORE_MS = 3e4;
const TOKEN_LIFE_MS = 3e5;
function readChallenge(header) {
	const tokens = /([\w!#$%&'*+.^`|~-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+)))?/g;
	let bearer;
	let inBearer = false;
	for (const [, name = "", quoted, token] of header.slice(0, 16384).matchAll(tokens)) {
		const value = quoted?.replace(/\\(.)/g, "$1") ?? token;
		if (value === void 0) {
			if (bearer) break;
			inBearer = name.toLowerCase() === "bearer";
			if (inBearer) bearer = Object.create(null);
		} else if (inBearer && bearer) bearer[name.toLowerCase()] ??= value;
	}
	return bearer;
}
async function findAuthChallenge(line, transport, exchanges) {
	const secrets = secretsOf(line.headers);
	const openings = transport === "sse" ? [await openStream(line, exchanges)] : await openBothEras(line, exchanges);
	const open = openings.find(({ refusal }) => refusal === void 0);
	const address = `${line.endpoint.origin}${line.endpoint.pathname}`;
	if (open) return failure("AUTH_NOT_REQUIRED", open.step, `${address} answered ${open.step} without authorization.`);
	const refusals = openings.flatMap(({ step, refusal }) => refusal ? [{
		step,
		refusal
	}] : []);
	const walls = refusals.filter(({ refusal }) => refusal.status === 401);
	const [decisive] = [
		walls.find(({ refusal }) => refusal.challenge === void 0),
		...walls,
		refusals.at(-1)
	].filter((one) => one !== void 0);
	if (decisive === void 0) return failure("DEADLINE", "authorization", "The endpoint was not asked.");
	const { step, refusal } = decisive;
	if (refusal.challenge === void 0) return failure(refusal.code, step, refusal.sentence);
	const challenge = readChallenge(refusal.challenge);
	if (challenge === void 0) {
		const seen = clean(refusal.challenge, secrets);
		return failure("AUTH_BARE_401", step, `${address} answered HTTP 401 with "${seen}", which has no Bearer challenge.`);
	}
	return await fetchAuthChallenge(line, challenge, exchanges);
}
async function openBothEras(line, exchanges) {
	const found = await discover({
		line,
		era: "modern",
		exchanges
	});
	const legacy = {
		line,
		era: "legacy",
		exchanges
	};
	const { server, session } = await initialize(legacy);
	if (session["mcp-session-id"] !== void 0) await endSession(legacy, session);
	return [{
		step: "server/discover",
		refusal: "refusal" in found ? found.refusal : void 0
	}, {
		step: "initialize",
		refusal: "answered" in server ? server : void 0
	}];
}
async function openStream(line, exchanges) {
	const { endpoint: url } = line;
	const closing = new AbortController();
	const sight = await exchange(line, {
		url,
		method: "GET",
		headers: { accept: "text/event-stream" },
		signal: closing.signal,
		onHeaders: (status, headers) => {
			if (status === 200 && isEventStream(headers)) queueMicrotask(() => closing.abort());
		}
	});
	const reading = read(sight, {
		url,
		inSession: false,
		authorized: false,
		secrets: secretsOf(line.headers)
	});
	record(exchanges, {
		era: "http-sse",
		step: "endpoint",
		method: "GET"
	}, sight, reading.answered ? "ok" : reading.code);
	return {
		step: "endpoint",
		refusal: reading.answered ? void 0 : reading
	};
}
const METADATA_STEP = "protected-resource metadata";
async function fetchAuthChallenge(line, challenge, exchanges) {
	const { endpoint } = line;
	const named = challenge.resource_metadata;
	const fail = (code, sentence) => failure(code, METADATA_STEP, sentence);
	const shown = clean(named ?? "", secretsOf(line.headers));
	const namedUrl = named === void 0 ? void 0 : URL.parse(named);
	if (namedUrl === null) return fail("AUTH_METADATA_MISSING", `resource_metadata="${shown}" is not a URL.`);
	if (namedUrl && !mayBeAsked(namedUrl, endpoint)) return fail("AUTH_METADATA_MISSING", `resource_metadata="${shown}" is not https, so clients do not fetch it.`);
	const found = await fetchFirst(line, namedUrl ? [namedUrl] : resourceMetadataUrls(endpoint), METADATA_STEP, exchanges);
	if ("answered" in found) {
		const where = named === void 0 ? "The challenge names no resource_metadata. " : "";
		return fail(found.code === "NOT_JSON" ? "AUTH_METADATA_INVALID" : found.code, `${where}${found.sentence}`);
	}
	const read = readResourceMetadata(found.value, endpoint, secretsOf(line.headers));
	if ("answered" in read) return fail(read.code, `${read.sentence} (${clean(found.url.href, [])})`);
	const scopes = challenge.scope?.split(" ").filter((scope) => scope !== "") ?? read.scopes;
	return {
		...read,
		metadataUrl: found.url.href,
		scopes
	};
}
function resourceMetadataUrls({ origin, pathname }) {
	const root = `${origin}/.well-known/oauth-protected-resource`;
	const path = pathname.replace(/\/+$/, "");
	return [...path === "" ? [] : [new URL(`${root}${path}`)], new URL(root)];
}
function readResourceMetadata({ resource, authorization_servers: servers, scopes_supported: scopes }, endpoint, secrets) {
	const bad = (what) => unfitRefusal("AUTH_METADATA_INVALID", `The protected-resource metadata is not valid: ${what}.`);
	if (typeof resource !== "string") return bad("resource is missing");
	const named = URL.parse(resource);
	if (named === null) return bad("resource is not a URL");
	if (!isStrings(servers) || servers.length === 0) return bad("authorization_servers is not a list of at least one URL");
	for (const server of servers) {
		const url = URL.parse(server);
		if (url === null || !mayBeAsked(url, endpoint)) return bad(`the authorization server "${clean(server, secrets)}" is not an https URL`);
	}
	const offer = {
		resource: clean(resource, secrets),
		authorizationServers: servers.map((server) => clean(server, secrets)),
		scopes: isStrings(scopes) ? scopes.map((scope) => clean(scope, secrets)) : []
	};
	const path = (url) => url.pathname.replace(/\/*$/, "/");
	if (named.origin === endpoint.origin && path(named) === path(endpoint) && named.search === endpoint.search) return offer;
	if (named.origin === endpoint.origin && path(endpoint).startsWith(path(named))) {
		const warning = `The protected-resource metadata is for ${offer.resource}, a parent of the endpoint: RFC 9728 §3.3 wants the URL itself, and strict clients refuse it.`;
		return {
			...offer,
			warning
		};
	}
	return unfitRefusal("AUTH_RESOURCE_MISMATCH", `The protected-resource metadata is for "${offer.resource}", not for ${endpoint.href}.`);
}
function trustedIssuer({ authorizationServers }, pinned, endpoint) {
	const offered = authorizationServers.flatMap((server) => URL.parse(server) ?? []);
	const named = authorizationServers.slice(0, 5).join(", ");
	if (pinned !== void 0) return offered.find(({ href }) => trimmed(href) === trimmed(URL.parse(pinned)?.href ?? pinned)) ?? unfitRefusal("AUTH_ISSUER_MISMATCH", `mcp-oauth-issuer is ${pinned}, and the endpoint names ${named}. No secret was sent.`);
	const [only] = offered;
	if (only !== void 0 && offered.length === 1 && isSameHost(only, endpoint)) return only;
	const what = authorizationServers.length > 1 ? `several authorization servers (${named})` : `the authorization server ${named}, which is on another host`;
	return unfitRefusal("AUTH_ISSUER_UNPINNED", `The endpoint names ${what}, and mcp-oauth-issuer does not say which one may have the client secret. It was not sent.`);
}
async function obtainToken(line, wall, credentials, exchanges) {
	const step = "authorization-server metadata";
	const issuer = trustedIssuer(wall, credentials.issuer, line.endpoint);
	if ("answered" in issuer) return failure(issuer.code, step, issuer.sentence);
	const server = await fetchServerMetadata(line, issuer, credentials.issuer !== void 0, exchanges);
	if ("answered" in server) return failure(server.code, step, server.sentence);
	return await requestToken(line, server, wall, credentials, exchanges);
}
async function fetchServerMetadata(line, issuer, isPinned, exchanges) {
	const found = await fetchFirst(line, serverMetadataUrls(issuer), "authorization-server metadata", exchanges);
	if ("answered" in found) return found.code === "AUTH_SERVER_UNREACHABLE" ? found : unfitRefusal("AUTH_SERVER_METADATA", found.sentence);
	const bad = (what) => unfitRefusal("AUTH_SERVER_METADATA", `The metadata of the authorization server (${clean(found.url.href, [])}) ${what}.`);
	const { issuer: named, token_endpoint: endpoint, token_endpoint_auth_methods_supported: methods } = found.value;
	if (typeof named !== "string" || trimmed(named) !== trimmed(issuer.href)) return bad(`is for the issuer "${clean(String(named), [])}"`);
	const tokenEndpoint = typeof endpoint === "string" ? URL.parse(endpoint) : null;
	if (tokenEndpoint === null) return bad("names no token_endpoint");
	if (!(tokenEndpoint.protocol === "https:" || isLocal(tokenEndpoint) && isLocal(line.endpoint)) || !mayBeAsked(tokenEndpoint, line.endpoint)) return bad("names a token_endpoint that is not https");
	if (!isPinned && !isSameHost(tokenEndpoint, line.endpoint)) return unfitRefusal("AUTH_ISSUER_UNPINNED", `The authorization server ${clean(issuer.href, [])} has its token endpoint on another host, ${clean(tokenEndpoint.host, [])}, and mcp-oauth-issuer does not name it. The client secret was not sent.`);
	return {
		tokenEndpoint,
		authMethods: isStrings(methods) ? methods : ["client_secret_basic"]
	};
}
function serverMetadataUrls({ origin, pathname }) {
	const path = pathname.replace(/\/+$/, "");
	const known = `${origin}/.well-known`;
	return [...[`${known}/oauth-authorization-server${path}`, `${known}/openid-configuration${path}`], ...path === "" ? [] : [`${origin}${path}/.well-known/openid-configuration`]].map((url) => new URL(url));
}
async function requestToken(line, { tokenEndpoint, authMethods }, { resource, scopes }, { clientId, clientSecret }, exchanges) {
	const step = "token";
	const form = (text) => new URLSearchParams({ "": text }).toString().slice(1);
	const basic = Buffer.from(`${form(clientId)}:${form(clientSecret)}`).toString("base64");
	const inBody = !authMethods.includes("client_secret_basic") && authMethods.includes("client_secret_post");
	const body = new URLSearchParams({
		grant_type: "client_credentials",
		resource,
		...scopes.length > 0 && { scope: scopes.join(" ") },
		...inBody && {
			client_id: clientId,
			client_secret: clientSecret
		}
	});
	const sight = await ask(line, {
		url: tokenEndpoint,
		method: "POST",
		headers: {
			accept: "application/json",
			"content-type": "application/x-www-form-urlencoded",
			...!inBody && { authorization: `Basic ${basic}` }
		},
		body: body.toString(),
		followsRedirect: false
	});
	const judged = judgeTokenReply(sight, clean(`${tokenEndpoint.origin}${tokenEndpoint.pathname}`, []), secretsOf({
		clientSecret,
		basic,
		form: form(clientSecret)
	}));
	record(exchanges, {
		era: null,
		step,
		method: "POST"
	}, sight, "code" in judged ? judged.code : "ok");
	return "code" in judged ? failure(judged.code, step, judged.sentence) : judged;
}
function judgeTokenReply(sight, address, secrets) {
	if (isDown(sight)) return unfitRefusal("AUTH_SERVER_UNREACHABLE", `The token endpoint ${address} ${how(sight, secrets)}.`);
	const value = parseJson(sight.body)?.value;
	const { status } = sight;
	if (status !== 200 || !isObject(value)) {
		const { error, error_description: why } = isObject(value) ? value : {};
		const said = typeof error === "string" ? `${error}${typeof why === "string" ? `: ${why}` : ""}` : "";
		const shown = said === "" ? "" : `, "${clean(said, secrets)}"`;
		return unfitRefusal("AUTH_TOKEN_REFUSED", `The token endpoint ${address} answered HTTP ${status}${shown}.`);
	}
	const { access_token: token, token_type: type, expires_in: seconds } = value;
	if (typeof token !== "string" || !/^[\x21-\x7e]+$/.test(token) || !/^bearer$/i.test(String(type))) return unfitRefusal("AUTH_TOKEN_REFUSED", `The token endpoint ${address} answered without a Bearer access_token.`);
	const lifeMs = typeof seconds === "number" && seconds > 0 ? seconds * 1e3 : TOKEN_LIFE_MS;
	return {
		accessToken: token,
		renewAt: performance.now() + Math.max(lifeMs / 2, lifeMs - RENEW_BEFORE_MS)
	};
}
async function fetchFirst(line, urls, step, exchanges) {
	let missing;
	for (const url of urls) {
		const sight = await ask(line, {
			url,
			method: "GET",
			headers: { accept: "application/json" }
		});
		const judged = judgeDocument(sight, url, line.endpoint);
		record(exchanges, {
			era: null,
			step,
			method: "GET"
		}, sight, "answered" in judged ? judged.code : "ok");
		if (!("answered" in judged)) return judged;
		missing ??= judged;
		if (judged.code !== "AUTH_METADATA_MISSING") return judged;
	}
	return missing ?? unfitRefusal("AUTH_METADATA_MISSING", "There is no address to look for metadata.");
}
function judgeDocument(sight, url, endpoint) {
	const address = clean(url.href, []);
	if (isDown(sight)) {
		if (url.origin !== endpoint.origin) return unfitRefusal("AUTH_SERVER_UNREACHABLE", `GET ${address} ${how(sight, [])}.`);
		const reading = read(sight, {
			id: 0,
			url,
			inSession: false,
			authorized: false,
			secrets: []
		});
		if (!reading.answered) return reading;
	}
	const { status, body } = sight;
	if (status !== 200) return unfitRefusal("AUTH_METADATA_MISSING", `GET ${address} answered HTTP ${status}.`);
	const value = parseJson(body)?.value;
	return isObject(value) ? {
		url,
		value
	} : unfitRefusal("NOT_JSON", `GET ${address} answered with something other than JSON.`);
}
function isDown(sight) {
	return sight.kind === "fault" || sight.status >= 500 || sight.status === 429;
}
function how(sight, secrets) {
	return sight.kind === "reply" ? `answered HTTP ${sight.status}` : `could not be asked (${clean(sight.code, [])}, "${clean(sight.message, secrets)}")`;
}
function ask(line, request) {
	return exchange({
		...line,
		headers: {}
	}, request);
}
function mayBeAsked(url, endpoint) {
	if (url.username !== "" || url.password !== "") return false;
	if (url.protocol === "https:") return true;
	return url.protocol === "http:" && (url.origin === endpoint.origin || isLocal(url) && isLocal(endpoint));
}
function isLocal({ hostname }) {
	return /^(?:127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/.test(hostname);
}
function isSameHost(a, b) {
	return a.hostname === b.hostname || isLocal(a) && isLocal(b);
}
function isStrings(value) {
	return Array.isArray(value) && value.every((item) => typeof item === "string");
}
function trimmed(url) {
	return url.replace(/\/+$/, "");
}
// src/gate/login.ts
async function authenticate(access, request, exchanges) {
	const { expect, oauth } = request;
	const needsToken = oauth !== void 0 && (access.token === void 0 || performance.now() > access.token.renewAt);
	if (expect !== "auth-wall" && !needsToken) return void 0;
	const wall = await probeAuthChallenge(access.line, request, exchanges);
	if ("code" in wall) {
		if (wall.code !== "AUTH_NOT_REQUIRED" || expect === "auth-wall") return wall;
		access.warnings.add("The endpoint answers without authorization, so no token was asked for with mcp-oauth-client-id.");
		return;
	}
	const { warning, ...found } = wall;
	access.wall = found;
	if (warning !== void 0) access.warnings.add(warning);
	if (oauth === void 0 || !needsToken) return void 0;
	const token = await obtainToken(access.line, wall, oauth, exchanges);
	if ("code" in token) return token;
	access.onSecret(token.accessToken);
	access.token = token;
	access.line = {
		...access.line,
		headers: {
			...request.headers,
			Authorization: `Bearer ${token.accessToken}`
		}
	};
}
function probeAuthChallenge(line, { headers, transport }, exchanges) {
	const open = Object.fromEntries(Object.entries(headers).filter(([name]) => !hasAuthorization({ [name]: "" })));
	return findAuthChallenge({
		...line,
		headers: open
	}, transport === "sse" ? "sse" : "streamable-http", exchanges);
}
// src/gate/sampling.ts
const TRIES = 8;
const PAGES = 40;
const SESSIONS = 3;
const LISTS_PER_SESSION = 2;
const OLD_SESSIONS = 3;
async function sampleEra(conversation, era, expected, patienceMs) {
	const until = performance.now() + patienceMs;
	const opening = {
		modern: "server/discover",
		legacy: "initialize",
		"http-sse": "session"
	}[conversation.era];
	const steps = conversation.era === "http-sse" || era.tools === void 0 ? [opening] : [opening, "tools/list"];
	const surveys = [];
	if (conversation.era === "legacy" && era.inSession) surveys.push(await sampleSessions(conversation, expected, until));
	else for (const step of steps) {
		const survey = await sampleStep(conversation, era, step, expected, until - performance.now());
		surveys.push(survey);
	}
	return surveys.sort((a, b) => b.failures.length - a.failures.length);
}
async function sampleStep(conversation, era, step, expected, patienceMs) {
	const until = performance.now() + patienceMs;
	const lists = Math.max(2, Math.min(TRIES, Math.floor(PAGES / (era.pages ?? 1))));
	const attempt = (name, action) => repeat(name, name === "tools/list" ? lists : TRIES, until, async () => {
		const refusal = await action();
		return [refusal && failure(refusal.code, name, refusal.sentence, conversation.era)];
	});
	switch (conversation.era) {
		case "http-sse": {
			const session = async () => [afterContract(await probeSse(conversation, expected), conversation, expected)];
			return await repeat("session", OLD_SESSIONS, until, session);
		}
		case "modern": return step === "tools/list" ? await attempt(step, () => tryList(conversation, modernPages(conversation), true, expected)) : await attempt("server/discover", () => tryDiscover(conversation, expected));
		case "legacy": {
			if (step === "initialize") return await attempt(step, () => tryInitialize(conversation, expected));
			if (step === "notifications/initialized") {
				let turn = 0;
				return await attempt(step, () => tryInitialized(conversation, turn++));
			}
			if (step !== "tools/list" || era.inSession) return await sampleSessions(conversation, expected, until);
			const headers = { "mcp-protocol-version": era.protocolVersion ?? LEGACY_VERSIONS[0] };
			return await attempt(step, () => tryList(conversation, legacyPages(conversation, headers), false, expected));
		}
	}
}
function sampleSessions(conversation, expected, until) {
	return repeat("session", SESSIONS, until, async () => {
		const { listings } = await probeStreamable(conversation, expected, { lists: LISTS_PER_SESSION });
		return listings.map((listing) => afterContract(listing, conversation, expected));
	});
}
function afterContract({ failure: fault, tools = [] }, { era, line }, expected) {
	const refusal = fault ? void 0 : judgeContract(tools, expected, secretsOf(line.headers));
	return refusal ? failure(refusal.code, "tools/list", refusal.sentence, era) : fault;
}
function decideSampling({ step, tries, failures }, era) {
	const telling = failures.filter(({ code }) => code !== "RATE_LIMITED");
	const [first] = telling;
	if (first === void 0) return void 0;
	const lost = telling.find(({ code }) => code === "SESSION_LOST");
	if (lost) return lost;
	if (telling.length === tries) return first;
	const named = [...new Set(telling.map(({ code }) => code))].join(", ");
	const sentence = `FLAPPING ${telling.length}/${tries}: of ${tries} tries of ${step}, each on a fresh connection, ${telling.length} failed (${named}). One of them: ${first.sentence}`;
	return failure("FLAPPING", first.step, sentence, era);
}
function samplingAction(step, patienceMs, action) {
	return repeat(step, TRIES, performance.now() + patienceMs, async () => [await action()]);
}
async function repeat(step, times, until, action) {
	const results = [];
	for (let done = 0; done < times && (done === 0 || performance.now() < until); done++) results.push(...await action());
	return {
		step,
		tries: results.length,
		failures: results.filter((result) => result !== void 0)
	};
}
const anything = {
	tools: [],
	version: void 0,
	contract: void 0
};
async function tryDiscover(conversation, expected) {
	const found = await discover(conversation);
	return "refusal" in found ? found.refusal : judgeOffer(found, expected, secretsOf(conversation.line.headers));
}
async function tryInitialize(conversation, expected) {
	const { server, session } = await initialize(conversation);
	if (session["mcp-session-id"] !== void 0) await endSession(conversation, session);
	return "answered" in server ? server : judgeOffer(server, expected, secretsOf(conversation.line.headers));
}
async function tryInitialized(conversation, turn) {
	const { server, session } = await initialize(conversation);
	if ("answered" in server) return server;
	if (turn % 2 === 1) await tryInitialize(conversation, anything);
	const { reading } = await send(conversation, {
		method: "notifications/initialized",
		url: conversation.line.endpoint,
		headers: {
			...session,
			"mcp-protocol-version": server.protocolVersion
		}
	});
	if (session["mcp-session-id"] !== void 0) await endSession(conversation, session);
	return reading.answered ? void 0 : reading;
}
async function tryList(conversation, pages, isModern, expected) {
	const secrets = secretsOf(conversation.line.headers);
	const listing = await listTools(pages, isModern, secrets);
	if ("answered" in listing) return listing;
	return judgeTools(listing.tools, expected.tools, secrets) ?? judgeContract(listing.tools, expected, secrets);
}
// src/gate/round.ts
async function runRound(access, request, expected) {
	const startedAt = new Date().toISOString();
	const started = performance.now();
	const exchanges = [];
	const noEras = {
		modern: NOT_ASKED,
		legacy: NOT_ASKED,
		"http-sse": NOT_ASKED
	};
	const barred = await authenticate(access, request, exchanges);
	const eras = barred || endsAtAuthChallenge(request) ? noEras : await probeEras(access.line, request.transport, expected, exchanges, needsModern(request), access.memory);
	const elapsedMs = performance.now() - started;
	const { fault, final } = await confirmFailure(barred ?? (endsAtAuthChallenge(request) ? void 0 : decideRound(eras, request) ?? contractFault(eras, expected, secretsOf(access.line.headers))), access.line, eras, expected, exchanges);
	return {
		eras,
		fault,
		final,
		report: {
			startedAt,
			elapsedMs,
			verdict: fault?.code ?? "green",
			exchanges
		}
	};
}
function needsModern({ require }) {
	return require === "modern" || require === "both";
}
async function sampleTargets({ line }, request, expected, eras) {
	const started = performance.now();
	const exchanges = [];
	const spoiled = {};
	const surveys = [];
	let first;
	if (request.expect === "auth-wall") {
		const survey = await samplingAction("the wall", line.times.samplingTimeoutMs, async () => {
			const wall = await probeAuthChallenge(line, request, exchanges);
			return "code" in wall ? wall : void 0;
		});
		surveys.push(survey);
		first = decideSampling(survey);
	}
	for (const era of ERAS) {
		if (eras[era].verdict !== "passed") continue;
		const found = await sampleEra({
			line,
			era,
			exchanges
		}, eras[era], expected, line.times.samplingTimeoutMs);
		surveys.push(...found);
		const fault = found.map((survey) => decideSampling(survey, era)).find(Boolean);
		if (fault) spoiled[era] = {
			...eras[era],
			verdict: "failed",
			failure: fault
		};
	}
	first ??= endsAtAuthChallenge(request) ? void 0 : decideRound({
		...eras,
		...spoiled
	}, request);
	const { fault, final } = await confirmFailure(first, line, eras, expected, exchanges);
	return {
		spoiled,
		fault,
		final,
		report: {
			elapsedMs: performance.now() - started,
			verdict: fault?.code ?? "green",
			tries: surveys.reduce((sum, survey) => sum + survey.tries, 0),
			failed: surveys.reduce((sum, survey) => sum + survey.failures.length, 0),
			exchanges
		}
	};
}
async function confirmFailure(fault, line, eras, expected, exchanges) {
	if (fault?.era === void 0 || !codes[fault.code].final || !mayDiffer(fault, exchanges)) return {
		fault,
		final: fault !== void 0 && codes[fault.code].final
	};
	if (fault.code === "SESSION_LOST") {
		const sessions = [1, 2].map(() => () => probeStreamable({
			line,
			era: "legacy",
			exchanges
		}, expected));
		for (const session of sessions) if ((await session()).failure?.code === "SESSION_LOST") return {
			fault,
			final: true
		};
		return {
			fault,
			final: false
		};
	}
	const survey = await sampleStep({
		line,
		era: fault.era,
		exchanges
	}, eras[fault.era], fault.step, expected, line.times.confirmationTimeoutMs);
	if (survey.failures.length === survey.tries) return {
		fault,
		final: true
	};
	return {
		fault: decideSampling(survey, fault.era) ?? fault,
		final: false
	};
}
async function describeMixedTargets(fault, line, eras, expected, exchanges) {
	if (fault.era === void 0 || fault.code === "FLAPPING" || !mayDiffer(fault, exchanges)) return fault;
	const verdict = decideSampling(await sampleStep({
		line,
		era: fault.era,
		exchanges: []
	}, eras[fault.era], fault.step, expected, line.times.confirmationTimeoutMs), fault.era);
	return verdict?.code === "FLAPPING" ? verdict : fault;
}
const LARGE_BYTES = 524288;
function mayDiffer({ code }, exchanges) {
	return !isBelowHttp(code) && !code.startsWith("AUTH_") && exchanges.every(({ bytes }) => bytes < LARGE_BYTES);
}
// src/gate/gate.ts
async function gate(request, log, onSecret = () => {}, times = defaultGateTimes) {
	const access = {
		line: targetFor(request, times),
		onSecret,
		warnings: new Set(),
		memory: { modernIsSilent: false }
	};
	const expected = {
		tools: request.tools,
		version: request.expectVersion,
		contract: committed(request)
	};
	const started = performance.now();
	const rounds = [];
	const latencies = [];
	let eras = {
		modern: NOT_ASKED,
		legacy: NOT_ASKED,
		"http-sse": NOT_ASKED
	};
	let fault;
	let greenInRow = 0;
	let surveyed = false;
	let spoiled = {};
	let failures = 0;
	let logged = "";
	let retryAfterMs;
	const tell = (state, text) => {
		if (state !== logged) log(text);
		logged = state;
	};
	const check = async () => {
		const round = await runRound(access, request, expected);
		let { report, final } = round;
		eras = {
			...round.eras,
			...spoiled
		};
		fault = round.fault;
		if (fault === void 0) {
			latencies.push(endsAtAuthChallenge(request) ? report.elapsedMs : latencyOf(eras, request));
			if (!surveyed) {
				const survey = await sampleTargets(access, request, expected, eras);
				report = {
					...report,
					survey: survey.report
				};
				spoiled = survey.spoiled;
				eras = {
					...eras,
					...spoiled
				};
				fault = survey.fault;
				final = survey.final;
				surveyed = fault === void 0;
			}
		}
		rounds.push(report);
		if (fault === void 0) {
			greenInRow++;
			tell("green", greenLine(eras, access.wall, request));
			return greenInRow >= request.rounds ? { done: void 0 } : { waitingFor: "more green rounds" };
		}
		tell(fault.code, faultLine(fault, final));
		greenInRow = 0;
		surveyed = false;
		spoiled = {};
		failures++;
		retryAfterMs = Object.values(eras).find((era) => era.retryAfterMs !== void 0)?.retryAfterMs;
		return final ? { done: fault } : { waitingFor: fault.sentence };
	};
	const delayMs = () => greenInRow > 0 ? times.greenDelayMs : Math.max(times.firstRetryDelaysMs[failures - 1] ?? times.retryDelayMs, Math.min(retryAfterMs ?? 0, times.maxRetryAfterMs));
	const polled = await poll(check, {
		delayMs,
		timeoutMs: request.timeoutMs
	});
	const { line, wall } = access;
	const verdict = polled.timedOut ? atDeadline(rounds, fault && await describeMixedTargets(fault, line, eras, expected, rounds.at(-1)?.exchanges ?? []), request.rounds) : polled.value;
	if (eras.legacy.failure?.code === "SESSION_LOST") eras = {
		...eras,
		legacy: {
			...eras.legacy,
			failure: await withCookieJar(eras.legacy.failure, line, expected)
		}
	};
	const cause = verdict?.code === "SESSION_LOST" ? eras.legacy.failure ?? verdict : verdict;
	const decided = cause ? asSingleEraFailure(await withHint(cause, line), eras) : missingContractFailure(request);
	return resultOf(request, {
		eras,
		failure: decided,
		wall,
		warnings: access.warnings,
		latencies,
		elapsedMs: performance.now() - started,
		rounds
	});
}
function committed({ contract }) {
	return contract?.tools && {
		path: contract.path,
		tools: contract.tools
	};
}
function atDeadline(rounds, last, wanted) {
	const recent = rounds.slice(-10).map(({ verdict, survey }) => verdict === "green" ? survey?.verdict : verdict);
	const failed = recent.filter((verdict) => verdict !== void 0 && verdict !== "green");
	if (last?.code === "FLAPPING") return last;
	if (last?.code === "SESSION_LOST" && failed.every((verdict) => verdict === "SESSION_LOST")) return last;
	const [first] = failed;
	if (first && failed.length < recent.length) {
		const named = [...new Set(failed)].join(", ");
		const shown = last ? ` The last one: ${last.sentence}` : "";
		const sentence = `FLAPPING ${failed.length}/${recent.length}: of the last ${recent.length} rounds ${failed.length} failed (${named}).${shown}`;
		return failure("FLAPPING", last?.step ?? "rounds", sentence, last?.era);
	}
	if (last) return last;
	return failure("DEADLINE", "rounds", `Only ${recent.length} of ${wanted} green rounds were done when the time was up.`);
}
function faultLine(fault, final) {
	return `${codes[fault.code].layer}: ${fault.code}: ${fault.sentence}${final ? "" : " Waiting."}`;
}
function greenLine(eras, wall, { expect, rounds }) {
	const spoken = ERAS.filter((era) => eras[era].verdict === "passed").map((era) => `${era} ${eras[era].protocolVersion ?? ""}`);
	return `MCP: green (${[...expect === "auth-wall" && wall ? [`authorization by ${wall.authorizationServers.join(", ")}`] : [], ...spoken].join(", ")}); ${rounds} in a row are wanted.`;
}
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
