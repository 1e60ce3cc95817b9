import { i as withTainted, n as reviewPlan } from "./review.js";
import { A as messageOf, C as CancelledError, D as TerraformError, E as ServiceError, T as InputError, c as log, l as secrets, o as line, t as poll, x as isObject } from "./poll.js";
import { r as isFork } from "./event.js";
import { $ as parseJson, B as probeSse, F as NOT_ASKED, Ft as contractOf, G as probeStreamable, H as endSession, I as isBelowHttp, J as judgeTools, K as judgeContract, L as probeEras, P as ERAS, Pt as compareContracts, Q as unfitRefusal, R as discover, U as initialize, V as LEGACY_VERSIONS, W as legacyPages, X as record, Y as listTools, Z as send, at as openTarget, ct as codes, et as read, it as isEventStream, k as evidenceLines, lt as failure, nt as secretsOf, ot as defaultGateTimes, q as judgeOffer, rt as exchange, tt as clean, z as modernPages } from "./outputs.js";
import { n as statusOf } from "./api.js";
import { C as lineRule, S as firstOf, T as quoted, _ as isDenied, a as consoleLinks, b as targetRules, c as notWatched, d as versionBefore, f as watchTimeoutMs, g as isAccessError, i as prepare, l as platformOf, m as noEvidence, p as outputText, r as planForApproval, s as findTarget, u as taintTargetOf, v as taskCause, w as quotable, x as logRules, y as targetCause } from "./prepare.js";
import { i as saveLastGoodRevision, r as readLastGoodRevision, t as checkCredentialLifetime } from "./credentials.js";
import { t as allResources } from "./json.js";
import { n as heldLock } from "./lock.js";
import { i as startGitHubDeployment, n as postComment } from "./publish.js";
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
function resultOf$1(request, outcome) {
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
	return resultOf$1(request, {
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
// src/platforms/aws/causes/event.ts
const eventRule = lineRule(({ events }) => events.map(({ message }) => message));
const eventRules = [
	eventRule("ROLE_NOT_ASSUMABLE", "config", /unable to assume (?:the )?role '?([^'\s)]+)/i, ([, role = ""]) => `ECS may not assume the role "${quotable(role)}"`, "Let ecs-tasks.amazonaws.com assume the role (its trust policy), and check that the role exists."),
	eventRule("CAPACITY", "wait", /capacity is unavailable|insufficient capacity/i, () => "AWS has no capacity left for the tasks at this time", "Run it again later, give the service subnets in more Availability Zones, or another task size."),
	eventRule("QUOTA", "config", /reached the limit|limit on the number of|vCPU.*limit|quota/i, ([text]) => `a quota of the account is reached (${quotable(text)})`, "Ask for more in Service Quotas (\"Fargate On-Demand vCPU resource count\"), or stop what is not needed."),
	eventRule("NO_INSTANCE", "config", /no container instances? (?:met all of its requirements|were found)/i, () => "no container instance of the cluster has room for the task, or there is none", "Add instances to the cluster (its Auto Scaling group), make the task smaller, or run it on Fargate."),
	eventRule("NETWORK_SETTINGS", "config", /((?:subnets?|security groups?)[^.]*(?:does not exist|do not exist|not exist|invalid|not found))/i, ([, text = ""]) => `its network settings cannot be used: ${quoted(text)}`, "Correct the subnets and security groups of the service; all of them must be of one VPC."),
	eventRule("TARGET_GROUP_LOOSE", "config", /does not have an associated load balancer/i, () => "no listener of a load balancer forwards to its target group", "Add a listener or a listener rule that forwards to the target group, and let the service depend on it (depends_on)."),
	eventRule("HEALTH_CHECK_FAILS", "replace", /is unhealthy in .*?due to \(reason (.+?)\)\.?$/i, ([, reason = ""]) => `the load balancer finds its tasks unhealthy: ${quoted(reason)}`, "Make the health path of the target group answer with a healthy status, and raise health_check_grace_period_seconds when the server starts slowly.")
];
// src/platforms/aws/causes/instance.ts
const consoleRule = lineRule((evidence) => evidence.console);
const instanceRules = [
	{
		code: "INSTANCE_NOT_RUNNING",
		remedy: "replace",
		clause: ({ instance, subject }) => instance === void 0 || instance.state === "running" ? void 0 : `the instance ${subject} is ${instance.state}`,
		fix: "Look at the state transition reason of the instance in the EC2 console; a Spot instance may have been taken back."
	},
	consoleRule("BOOT_NPM", "replace", /npm (?:ERR!|error) (?!A complete log)(.*\S)/, ([, text = ""]) => `npm fails while the instance boots: ${quoted(text)}`, "Run npm ci with the same lock file and Node version on your machine, and repair what it says."),
	consoleRule("BOOT_PYTHON", "replace", /(?:ERROR: (?=Could not|No matching|Failed)|error: (?=Failed to|No solution))(.*\S)/, ([, text = ""]) => `the Python packages cannot be installed while the instance boots: ${quoted(text)}`, "Install them with the same Python version on your machine, and repair what is said."),
	consoleRule("BOOT_SOURCE", "config", /fatal: (.*(?:not found|could not read|Authentication failed|unable to access|Remote branch).*)/i, ([, text = ""]) => `the source of the server cannot be fetched while the instance boots: ${quoted(text)}`, "Check the address, the branch or tag, and the credentials of the repository that the instance clones."),
	consoleRule("BOOT_NETWORK", "config", /(Temporary failure (?:in name )?resol\w+.*|Could not resolve host:? \S+|Network is unreachable.*)/i, ([, text = ""]) => `the instance has no way to the internet: ${quoted(text)}`, "Give its subnet a route to an internet gateway and the instance a public address, or a NAT gateway; and let its security group out."),
	consoleRule("BOOT_CERTIFICATE", "config", /urn:ietf:params:acme:error:(\w+)/, ([, kind = ""]) => `the certificate authority gives the instance no certificate (${kind})`, "Let the name of the endpoint point at the instance and open port 80; with rateLimited, wait: Let's Encrypt gives five certificates a week for the same names."),
	consoleRule("BOOT_MEMORY", "replace", /Out of memory: Killed process \d+ \(([^)]+)\)/i, ([, program = ""]) => `the instance ran out of memory and killed ${quotable(program)}`, "Take a larger instance type, or add swap."),
	consoleRule("BOOT_DISK", "replace", /no space left on device/i, () => "the disk of the instance is full", "Enlarge the root volume of the instance."),
	consoleRule("UNIT_FAILED", "replace", /([\w@.-]+\.service): (?:Main process exited, code=\w+, status=(\S+)|Failed with result '([^']+)')/, ([, unit = "", status, result]) => `the unit ${unit} of the instance fails (${status ?? result})`, "Read the lines of the unit at the end of the console output below: the server must start with the settings it is given there."),
	consoleRule("USER_DATA_FAILED", "replace", /Failed to run module scripts[-_]user|(?:part-001|user[-_]?data).*(?:failed|Failed|exit)/, () => "the user data script of the instance failed", "Read the end of the console output below for the command that failed."),
	{
		code: "INSTANCE_IMPAIRED",
		remedy: "replace",
		clause: ({ instance, subject }) => {
			if (instance?.system === "impaired") return `the host of the instance ${subject} does not pass its status check`;
			return instance?.instance === "impaired" ? `the instance ${subject} does not pass its status check` : void 0;
		},
		fix: "Look at the end of the console output below for why the operating system does not come up; when the host is impaired, stop and start the instance."
	},
	{
		code: "INSTANCE_INITIALIZING",
		remedy: "wait",
		clause: ({ instance, subject }) => instance?.instance === "initializing" ? `the status checks of the instance ${subject} are not done yet` : void 0,
		fix: "Run it again in a few minutes, or raise ec2-timeout and mcp-timeout."
	}
];
// src/platforms/aws/causes/load-balancer.ts
const balancerRule = (code, remedy, clause, fix) => ({
	code,
	remedy,
	clause: ({ loadBalancers }, endpoint) => {
		if (endpoint === void 0) return void 0;
		for (const balancer of loadBalancers) {
			const text = clause(balancer, endpoint);
			if (text !== void 0) return text;
		}
	},
	fix
});
const balancerRules = [
	balancerRule("BALANCER_NOT_ACTIVE", "wait", ({ name, state }) => state === "active" || state === "" ? void 0 : `the load balancer ${name} is ${state}`, "Wait until the load balancer is active; when it failed, its subnets have no free addresses."),
	balancerRule("LISTENER_MISSING", "config", ({ name, listeners }, endpoint) => {
		const ports = listeners.map(({ port }) => port);
		const has = ports.length === 0 ? "has no listener" : `listens on ${ports.join(" and ")}`;
		return ports.includes(portOf(endpoint)) ? void 0 : `the load balancer ${name} ${has}, not on ${portOf(endpoint)}`;
	}, "Add a listener for the port of the endpoint, or correct the port in the output mcp_endpoint."),
	balancerRule("BALANCER_INTERNAL", "config", ({ name, scheme }) => scheme === "internal" ? `the load balancer ${name} is internal: it has private addresses only` : void 0, "Make the load balancer internet-facing (internal = false) in public subnets, or run this job on a runner inside the VPC."),
	balancerRule("LISTENER_PROTOCOL", "config", ({ name, listeners }, endpoint) => {
		const listener = listeners.find(({ port }) => port === portOf(endpoint));
		const wanted = endpoint.protocol === "https:" ? "HTTPS" : "HTTP";
		return listener === void 0 || !/^HTTPS?$/.test(listener.protocol) || listener.protocol === wanted ? void 0 : `the listener on port ${listener.port} of the load balancer ${name} speaks ${listener.protocol}, and the endpoint says ${endpoint.protocol}//`;
	}, "Let the listener and the output mcp_endpoint agree: HTTPS with a certificate and https://, or HTTP and http://."),
	balancerRule("LISTENER_DOES_NOT_FORWARD", "config", ({ name, listeners }, endpoint) => {
		const listener = listeners.find(({ port }) => port === portOf(endpoint));
		return listener?.defaultAction === "fixed-response" ? `the listener on port ${listener.port} of the load balancer ${name} answers by itself what no rule forwards` : void 0;
	}, "Add a listener rule for this host and path that forwards to the target group, or make forward the default action.")
];
function portOf({ port, protocol }) {
	return port === "" ? protocol === "https:" ? 443 : 80 : Number(port);
}
// src/platforms/aws/causes.ts
const rulesOf = {
	events: eventRules,
	targets: targetRules,
	balancer: balancerRules,
	instance: instanceRules,
	log: logRules
};
const unstable = { groups: [
	"tasks",
	"targets",
	"events",
	"log"
] };
const unconnected = { groups: [
	"balancer",
	"instance",
	"tasks",
	"targets",
	"events"
] };
const unanswered = { groups: [
	"instance",
	"tasks",
	"log"
] };
const unencrypted = { groups: ["balancer", "instance"] };
const symptoms = {
	ECS_ROLLED_BACK: unstable,
	ECS_DEPLOYMENT_FAILED: unstable,
	ECS_TASKS_FAIL: unstable,
	ECS_TIMEOUT: unstable,
	EC2_TIMEOUT: { groups: ["instance"] },
	TCP_REFUSED: unconnected,
	TCP_TIMEOUT: unconnected,
	TCP_UNREACHABLE: unconnected,
	CONN_RESET: unconnected,
	CONN_FAILED: unconnected,
	TLS_UNTRUSTED: { groups: ["instance"] },
	TLS_NOT_TLS: unencrypted,
	TLS_TIMEOUT: unencrypted,
	TLS_FAILED: unencrypted,
	PORT_SPEAKS_TLS: unencrypted,
	ALB_404: {
		observed: "404 from the load balancer",
		groups: ["balancer"]
	},
	ALB_502: {
		observed: "502 from the load balancer",
		groups: [
			"tasks",
			"targets",
			"events",
			"log"
		]
	},
	ALB_503: {
		observed: "503 from the load balancer",
		groups: [
			"tasks",
			"targets",
			"events"
		]
	},
	ALB_504: {
		observed: "504 from the load balancer",
		groups: [
			"tasks",
			"targets",
			"events",
			"log"
		]
	},
	HEADERS_TIMEOUT: unanswered,
	SERVER_ERROR: unanswered,
	RPC_ERROR: unanswered,
	EMPTY_200: unanswered,
	BODY_TRUNCATED: unanswered,
	BODY_SLOW: unanswered,
	SSE_EMPTY: unanswered,
	SSE_TRUNCATED: unanswered,
	SSE_SILENT: unanswered,
	OLD_REVISION: { groups: [
		"tasks",
		"targets",
		"events"
	] },
	FLAPPING: { groups: [
		"tasks",
		"targets",
		"log"
	] }
};
function explained(failure, evidence, endpoint, observed) {
	const symptom = symptoms[failure.code];
	if (symptom === void 0) return failure;
	const cause = causeOf(symptom, evidence, (endpoint === void 0 ? null : URL.parse(endpoint)) ?? void 0);
	if (cause === void 0) return failure;
	const words = observed ?? symptom.observed ?? failure.sentence.replace(/\.$/, "");
	return {
		code: failure.code,
		cause: cause.code,
		sentence: `${words} because ${cause.clause}.`,
		fix: cause.fix,
		remedy: cause.remedy ?? failure.remedy
	};
}
function causeOf({ groups }, evidence, endpoint) {
	for (const group of groups) {
		const cause = group === "tasks" ? taskCause(evidence) : firstOf(rulesOf[group], evidence, endpoint);
		if (cause?.code === "TARGET_UNHEALTHY") return targetCause(evidence, endpoint) ?? firstOf(eventRules, evidence, endpoint) ?? cause;
		if (cause !== void 0) return cause;
	}
}
// src/platforms/deployment.ts
function readDeployment(state, inputs) {
	const endpoint = checkEndpoint(inputs.mcp.endpoint ?? outputText(state, "mcp_endpoint"));
	return {
		endpoint,
		outputs: Object.fromEntries(Object.entries(state.values?.outputs ?? {}).filter(([, output]) => output.sensitive !== true).map(([name, output]) => [name, output.value])),
		serving: findTarget(inputs, state, endpoint)
	};
}
function checkEndpoint(endpoint) {
	if (endpoint === void 0) throw new InputError("The output mcp_endpoint has no value. Add `output \"mcp_endpoint\" { value = … }` to the root module with the URL of the MCP endpoint, or set the input mcp-endpoint.");
	const url = URL.canParse(endpoint) ? new URL(endpoint) : void 0;
	if (url?.protocol !== "https:" && url?.protocol !== "http:") throw new InputError(`The output mcp_endpoint is "${endpoint}": it must be a URL that begins with https:// or http://.`);
	return endpoint;
}
// src/platforms/evidence.ts
const clockSkewMs = 6e4;
async function collectEvidence(target, followed, since = 0) {
	const { evidence, messages } = platformOf(target);
	const omitted = [];
	const context = {
		ask: askInto(omitted),
		omitted,
		followed,
		since: since - clockSkewMs
	};
	return evidence === void 0 ? noEvidence(messages.name(target)) : await evidence(target, context);
}
function hasEvidence(target) {
	return platformOf(target).evidence !== void 0;
}
function askInto(omitted) {
	return async (detail, action, call) => {
		try {
			return await call();
		} catch (error) {
			omitted.push({
				detail,
				action: isDenied(error) ? action : void 0,
				why: messageOf(error)
			});
			return;
		}
	};
}
// src/platforms/rollback.ts
function decideRepair(target, failure, onFailure, known) {
	const { versions, messages } = platformOf(target);
	if (onFailure !== "rollback") return {
		rollback: void 0,
		warning: void 0,
		taints: true
	};
	if (versions === void 0) return {
		rollback: void 0,
		warning: failure.remedy === "config" ? void 0 : messages.noRollback(target),
		taints: true
	};
	const decision = decideRollback(target, failure, known);
	return decision.to === void 0 ? {
		rollback: void 0,
		warning: decision.why,
		taints: decision.instead === "taint"
	} : {
		rollback: decision,
		warning: void 0,
		taints: true
	};
}
function decideRollback(target, { remedy }, { passed, previous }) {
	const { versions, messages } = platformOf(target);
	const name = messages.name(target);
	if (remedy === "config") return {
		to: void 0,
		why: "Nothing was rolled back: what is wrong lies around the server, and an older revision would meet it, too.",
		instead: "nothing"
	};
	const failed = versions?.wanted(target);
	if (failed === void 0) return {
		to: void 0,
		why: `Nothing was rolled back: the ${messages.version} of ${name} is not in this Terraform state, so it is not known what failed.`,
		instead: "nothing"
	};
	if (passed !== void 0 && !isSameVersion(passed, failed)) return {
		to: passed,
		wasPassed: true
	};
	if (previous !== void 0 && !isSameVersion(previous, failed)) return {
		to: previous,
		wasPassed: false
	};
	return {
		to: void 0,
		why: passed === void 0 ? `There is nothing to roll back to: ${name} has run no other revision that is known to have passed the gate.` : `There is nothing to roll back to: ${failed.label} is itself the revision that the gate passed last.`,
		instead: "taint"
	};
}
async function startRollback(target, to) {
	return await platformOf(target).versions?.rollBack(target, to) === "started";
}
function rollbackLine(target, to, isStarted) {
	const { watch, messages } = platformOf(target);
	return isStarted ? line`Rolling ${messages.name(target)} back to ${to.id}.` : line`${watch?.api ?? "The platform"} has gone back to ${to.id} by itself.`;
}
function rolledBack(target, to) {
	return platformOf(target).versions?.retarget(target, to) ?? target;
}
function rollbackStarted(target, { to, wasPassed }) {
	const { versions, messages } = platformOf(target);
	return {
		from: versions?.wanted(target)?.label ?? "",
		to: to.label,
		wasPassed,
		restored: false,
		sentence: `${messages.name(target)} is on its way back to ${to.label}, and the run ended before it was known whether that serves: run this again. ${messages.nextPlan(target)}`
	};
}
function rollbackResult(target, decision, failure) {
	const { messages } = platformOf(target);
	const name = messages.name(target);
	const { label } = decision.to;
	const before = decision.wasPassed ? "which the gate had passed" : "which served before this apply, without a record that the gate had passed it";
	const now = failure === void 0 ? `${name} runs ${label} again, ${before}, and it passes the gate now.` : `${name} was rolled back to ${label}, ${before}, but it does not pass now: ${failure.sentence}`;
	return {
		...rollbackStarted(target, decision),
		restored: failure === void 0,
		sentence: `${now} ${messages.nextPlan(target)}`
	};
}
function isSameVersion(a, b) {
	return a.label === b.label;
}
// src/platforms/watch.ts
async function waitUntilStable(target, context) {
	return await followDeployment(watchOf(target), target, context);
}
function isWatchedAgain(target) {
	return platformOf(target).versions !== void 0 && notWatched(target) === void 0;
}
function watchReport(target, result) {
	return watchOf(target).report(result);
}
function watchOf(target) {
	const { kind, watch } = platformOf(target);
	if (watch === void 0) throw new Error(`A target of kind ${kind} cannot be watched.`);
	return watch;
}
async function followDeployment(watch, target, context) {
	const started = Date.now();
	const { log, signal, times: { timeoutMs, delayMs = watch.delayMs } } = context;
	const look = watch.start(target, context);
	let deployment;
	let lastWait = "";
	const observe = async () => {
		const observation = await look().catch((error) => judgeError(error, watch, target));
		deployment = observation.deployment ?? deployment;
		if (observation.kind !== "waiting") return { done: observation };
		if (observation.for !== lastWait) log(line`${observation.for}`);
		lastWait = observation.for;
		return { waitingFor: observation.for };
	};
	const polled = await poll(observe, {
		delayMs,
		timeoutMs,
		signal
	});
	return {
		...resultOf(polled.timedOut ? watch.timedOut(target, timeoutMs, polled.waitingFor) : polled.value),
		elapsedMs: Date.now() - started,
		deployment
	};
}
async function gateHold(hold, gate) {
	const failure = await gate(hold.endpoint);
	await (failure === void 0 ? hold.continue() : hold.rollBack());
	return failure;
}
function resultOf(end) {
	const none = {
		revision: void 0,
		running: 0,
		failure: void 0
	};
	if (end.kind === "failed") return {
		...none,
		failure: end.failure,
		observed: end.observed
	};
	if (end.kind === "held") return {
		...none,
		hold: end.hold
	};
	return {
		...none,
		revision: end.version?.label,
		running: end.running ?? 0
	};
}
function judgeError(error, watch, target) {
	if (isAccessError(error)) return {
		kind: "failed",
		failure: watch.accessDenied(target, error)
	};
	const name = error instanceof Error ? error.name : "";
	return {
		kind: "waiting",
		for: `Waiting for the ${watch.api} API: ${name}: ${messageOf(error)}`
	};
}
// src/terraform/taint.ts
function decideTaint(target, failure, onFailure) {
	if (onFailure === "none") return {
		address: void 0,
		why: "Nothing was tainted, because on-failure is none: the next plan sees no difference."
	};
	if (failure.remedy === "config") return {
		address: void 0,
		why: "Nothing was tainted: what is wrong lies around the server, and replacing the server would not change it."
	};
	if (target === void 0) return {
		address: void 0,
		why: "Nothing was tainted: no input or output names what serves the endpoint, so repair the server yourself."
	};
	const { address, name, nextApply } = target;
	if (address === void 0) return {
		address,
		why: `Nothing was tainted: ${name} is not in this Terraform state.`
	};
	return {
		address,
		why: `The next apply ${nextApply}. With the same inputs that heals only what was transient: repair the server first.`
	};
}
async function taint(terraform, decision) {
	const { address } = decision;
	if (address === void 0) return {
		...decision,
		tainted: []
	};
	const isTainted = async () => allResources((await terraform.showState()).values?.root_module).some((resource) => resource.address === address && resource.tainted === true);
	if (!await isTainted()) {
		await terraform.taint(address);
		if (!await isTainted()) throw new ServiceError(`terraform taint ${address} succeeded, but the state does not show it.`);
	}
	return {
		...decision,
		tainted: [address]
	};
}
function taintFailureMessage({ address }, error) {
	if (error instanceof CancelledError) return `The job was cancelled while it tainted ${address}: the next plan says whether it is replaced. If it is not: \`terraform taint '${address}'\`, or run this again.`;
	const lock = error instanceof TerraformError ? heldLock(error.diagnostics) : void 0;
	return `${address} could not be tainted, so the next plan will not replace it: ${lock === void 0 ? messageOf(error) : `${lock.who} holds the state lock since ${lock.created} (if nothing runs there any more, \`terraform force-unlock ${lock.id}\` releases it).`} To taint it then: \`terraform taint '${address}'\`, or run this again.`;
}
// src/commands/apply.ts
const pullRequestTimeoutMs = 15e3;
async function runApply(job) {
	assertReviewable(job);
	const pullRequest = await mergedPullRequest(job);
	job.record({ pullRequest: pullRequest?.number });
	if (pullRequest === void 0) log.notice(line`No merged pull request belongs to ${job.report.commit}: the report of this apply is in the job summary only.`);
	const terraform = await prepare(job);
	if (!await checkApproval(job, terraform, pullRequest) || !checkCredentialLifetime(job)) return;
	await announceApply(job);
	await startGitHubDeployment(job);
	const began = Date.now();
	const deployment = await applyPlan(job, terraform);
	if (await checkStability(job, deployment, began) && await checkGate(job, deployment.endpoint, deployment) && await checkStillServing(job, deployment, began)) await saveRevision(job, deployment);
	else await repair(job, terraform, deployment, began);
}
function assertReviewable({ inputs: { comment, planApproval } }) {
	if (comment !== "never" || planApproval !== "reviewed") return;
	throw new InputError("Input comment is \"never\" and plan-approval is \"reviewed\": without the comment there is no plan to review. Set comment to \"always\" or \"changes\", or plan-approval to \"none\".");
}
async function mergedPullRequest(job) {
	const pull = job.run.payload.pull_request;
	return pull === void 0 ? await job.github()?.pullRequestOf(job.report.commit, pullRequestTimeoutMs) : {
		number: pull.number,
		head: pull.head.sha,
		fromFork: isFork(pull)
	};
}
async function checkApproval(job, terraform, pullRequest) {
	const planned = await planForApproval(job, terraform);
	return await job.check("approval", async () => {
		const { approval, failure, record } = await reviewPlan(planned, pullRequest, async (number) => job.github()?.readComment(number, job.isOurComment));
		job.signedRecord = record;
		return {
			adds: { approval },
			failure
		};
	});
}
async function announceApply(job) {
	job.record({ apply: "started" });
	try {
		await postComment(job);
	} catch (error) {
		if (error instanceof InputError || [
			401,
			403,
			404
		].includes(statusOf(error))) {
			job.record({ apply: void 0 });
			throw error;
		}
		log.warning(line`${messageOf(error)}`);
	}
}
async function applyPlan(job, terraform) {
	const state = await job.step("apply", async () => {
		await terraform.apply();
		return await terraform.showState();
	});
	job.record({ apply: "done" });
	const deployment = readDeployment(state, job.inputs);
	job.record({
		deployment,
		links: consoleLinks(deployment.serving, state)
	});
	return deployment;
}
async function checkStability(job, deployment, began) {
	const { serving } = deployment;
	const skipped = notWatched(serving);
	if (skipped !== void 0) {
		log.line(line`Not checked: ${skipped}`);
		job.record({ notChecked: [skipped] });
		return true;
	}
	job.record({ previousRevision: versionBefore(serving, job.report.plan?.priorState)?.id });
	let hold;
	const isStable = await job.check("stability", async () => {
		const watched = await waitUntilStable(serving, watchContext(job, serving, began));
		hold = watched.hold;
		return {
			adds: watchReport(serving, watched),
			failure: watched.failure,
			...explaining(job, watched.failure, deployment, { observed: watched.observed })
		};
	});
	if (!isStable || hold === void 0) return isStable;
	return await checkHold(job, hold) && await checkStability(job, deployment, began);
}
async function checkHold(job, hold) {
	return await job.check("gate", async () => {
		return { failure: await gateHold(hold, async (endpoint) => (await runGate(job, { endpoint })).failure) };
	});
}
function watchContext(job, serving, began) {
	return {
		previous: versionBefore(serving, job.report.plan?.priorState),
		since: began,
		log: log.line,
		signal: job.signal,
		times: { timeoutMs: watchTimeoutMs(serving, job.inputs) }
	};
}
async function checkGate(job, endpoint, deployment) {
	const began = Date.now();
	return await job.check("gate", async () => {
		const report = await runGate(job, { endpoint });
		return {
			adds: { gate: report },
			failure: report.failure,
			...explaining(job, report.failure, deployment, { began })
		};
	});
}
function runGate(job, more) {
	return gate({
		...job.inputs.mcp,
		...more
	}, logText, (secret) => secrets.add(secret));
}
async function checkStillServing(job, deployment, began) {
	const { serving } = deployment;
	if (!isWatchedAgain(serving)) return true;
	return await job.check("stability", async () => {
		const { failure, observed } = await waitUntilStable(serving, watchContext(job, serving, began));
		return {
			failure,
			...explaining(job, failure, deployment, { observed })
		};
	});
}
function explaining(job, failure, deployment, { observed, began }) {
	if (failure === void 0 || deployment === void 0 || symptoms[failure.code] === void 0) return {};
	if (!hasEvidence(deployment.serving)) return {};
	const explain = async () => {
		const evidence = await collectEvidence(deployment.serving, job.report.stability?.deployment, began);
		log.line(evidenceLines(evidence));
		return {
			failure: explained(failure, evidence, deployment.endpoint, observed),
			adds: { evidence }
		};
	};
	return { explain };
}
async function saveRevision(job, { serving }) {
	if (job.inputs.onFailure === "rollback") await job.orWarn(() => saveLastGoodRevision(serving));
}
async function repair(job, terraform, deployment, began) {
	const { serving } = deployment;
	const { onFailure } = job.inputs;
	const remedy = job.report.failures[0]?.remedy;
	if (remedy === void 0) return;
	const { rollback, warning, taints } = decideRepair(serving, { remedy }, onFailure, {
		passed: onFailure === "rollback" ? await job.orWarn(() => readLastGoodRevision(serving)) : void 0,
		previous: versionBefore(serving, job.report.plan?.priorState)
	});
	if (warning !== void 0) job.warn(warning);
	if (rollback !== void 0 && await job.step("rollback", () => rollBack(job, deployment, rollback, began))) return;
	if (taints) await taintServing(job, terraform, deployment, { remedy });
}
async function rollBack(job, { endpoint, serving }, decision, began) {
	const { to } = decision;
	if (await job.orWarn(async () => {
		const isNew = await startRollback(serving, to);
		job.record({ rollback: rollbackStarted(serving, decision) });
		log.line(rollbackLine(serving, to, isNew));
		return true;
	}) === void 0) return false;
	const target = rolledBack(serving, to);
	const context = {
		...watchContext(job, target, began),
		previous: void 0
	};
	const serves = () => waitUntilStable(target, context);
	const verdict = async () => (await runGate(job, {
		endpoint,
		tools: [],
		contract: void 0,
		expectVersion: void 0
	})).failure;
	const rollback = rollbackResult(serving, decision, (await serves()).failure ?? await verdict() ?? (await serves()).failure);
	job.record({ rollback });
	log.line(line`${rollback.sentence}`);
	return true;
}
async function taintServing(job, terraform, { serving }, failure) {
	const decision = decideTaint(taintTargetOf(serving), failure, job.inputs.onFailure);
	const { address } = decision;
	if (address !== void 0 && job.signedRecord !== void 0) {
		job.signedRecord = withTainted(job.signedRecord, [address]);
		await job.orWarn(() => postComment(job));
	}
	try {
		job.record({ taint: await job.step("taint", () => taint(terraform, decision)) });
	} catch (error) {
		job.warn(taintFailureMessage(decision, error));
	}
}
function logText(text) {
	log.line(line`${text}`);
}
export { runApply as n, readDeployment as r, checkGate as t };
