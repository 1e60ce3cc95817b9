import { i as withTainted, n as reviewPlan } from "./review.js";
import { A as messageOf, C as CancelledError, D as TerraformError, E as ServiceError, T as InputError, c as log, l as secrets, o as line, t as poll, x as isObject } from "./poll.js";
import { r as isFork } from "./event.js";
import { $ as parseJson, B as probeSse, F as NOT_ASKED, Ft as contractOf, G as probeStreamable, H as endSession, I as isBelowHttp, J as judgeTools, K as judgeContract, L as probeEras, M as failing, P as ERAS, Pt as compareContracts, Q as unfitRefusal, R as discover, U as initialize, V as LEGACY_VERSIONS, W as legacyPages, X as record, Y as listTools, Z as send, at as openTarget, ct as codes, et as read, it as isEventStream, j as DENIED, k as evidenceLines, lt as failure, nt as secretsOf, ot as defaultGateTimes, q as judgeOffer, rt as exchange, tt as clean, z as modernPages } from "./outputs.js";
import { n as statusOf } from "./api.js";
import { t as allResources } from "./json.js";
import { a as rollbackResult, c as startRollback, d as readDeployment, f as revisionInState, h as isDenied, i as readLastGoodRevision, l as apply, m as awsOptions, n as decideRollback, o as rollbackStarted, p as Parameters, s as saveLastGoodRevision, t as checkCredentialLifetime } from "./credentials.js";
import { n as heldLock } from "./lock.js";
import { i as prepare, r as planForApproval } from "./prepare.js";
import { i as startGitHubDeployment, n as postComment } from "./publish.js";
import { validateHeaderName, validateHeaderValue } from "node:http";
import { stripVTControlCharacters } from "node:util";
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
// src/platforms/aws/causes/rule.ts
function firstOf(rules, evidence, endpoint) {
	for (const { code, clause, fix, remedy } of rules) {
		const found = clause(evidence, endpoint);
		if (found !== void 0) return {
			code,
			clause: found,
			fix: typeof fix === "string" ? fix : fix(evidence),
			remedy
		};
	}
}
function lineRule(linesOf) {
	return (code, remedy, reads, clause, fix) => ({
		code,
		remedy,
		clause: (evidence) => {
			for (const line of linesOf(evidence)) {
				const match = reads.exec(line);
				if (match !== null) return clause(match);
			}
		},
		fix
	});
}
function quotable(text) {
	const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
	return line.length > 200 ? `${line.slice(0, 199).toWellFormed()}…` : line;
}
function quoted(text) {
	return `"${quotable(text).replace(/[.\s]+$/, "")}"`;
}
function lastWords(text) {
	return text.split(/: /).slice(-2).join(": ");
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
	consoleRule("BOOT_NPM", "replace", /npm (?:ERR!|error) (?!A complete log)(.*\S)/, ([, said = ""]) => `npm fails while the instance boots: ${quoted(said)}`, "Run npm ci with the same lock file and Node version on your machine, and repair what it says."),
	consoleRule("BOOT_PYTHON", "replace", /(?:ERROR: (?=Could not|No matching|Failed)|error: (?=Failed to|No solution))(.*\S)/, ([, said = ""]) => `the Python packages cannot be installed while the instance boots: ${quoted(said)}`, "Install them with the same Python version on your machine, and repair what is said."),
	consoleRule("BOOT_SOURCE", "config", /fatal: (.*(?:not found|could not read|Authentication failed|unable to access|Remote branch).*)/i, ([, said = ""]) => `the source of the server cannot be fetched while the instance boots: ${quoted(said)}`, "Check the address, the branch or tag, and the credentials of the repository that the instance clones."),
	consoleRule("BOOT_NETWORK", "config", /(Temporary failure (?:in name )?resol\w+.*|Could not resolve host:? \S+|Network is unreachable.*)/i, ([, said = ""]) => `the instance has no way to the internet: ${quoted(said)}`, "Give its subnet a route to an internet gateway and the instance a public address, or a NAT gateway; and let its security group out."),
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
			const found = clause(balancer, endpoint);
			if (found !== void 0) return found;
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
// src/platforms/aws/causes/log.ts
const logRules = [{
	code: "LOG_SAYS",
	remedy: void 0,
	clause: ({ log }) => {
		const line = lastSaying(log?.lines ?? []);
		return line === void 0 ? void 0 : `the log of container ${log?.container} says ${quoted(line)}`;
	},
	fix: "Read the end of the log below, and repair what it says."
}];
const SAYING = /\b(?:error|exception|fatal|panic|failed|cannot|denied|refused|traceback)\b/i;
const NAMED = /\bE[A-Z]{4,}\b|Error\b/;
function lastSaying(lines) {
	return lines.findLast((line) => (SAYING.test(line) || NAMED.test(line)) && !/^\s*(?:at|File)\s/.test(line));
}
function sayingIn({ log }, task, pattern) {
	const said = [...log?.container === failing(task)?.name ? log?.lines ?? [] : [], failing(task)?.reason ?? ""];
	for (const line of said.toReversed()) {
		const match = pattern.exec(line);
		if (match !== null) return match.slice(1).find((group) => group !== void 0) ?? match[0];
	}
}
// src/platforms/aws/causes/target.ts
function sick(evidence, about, status = /^/) {
	for (const group of evidence.targetGroups) {
		const present = group.targets.filter(({ state }) => state !== "draining");
		const isMeant = ({ state, reason, description }) => about.test(`${state} ${reason}`) && status.test(statusIn(description) ?? "");
		const those = present.filter(isMeant);
		const [first] = those.length > 0 ? those : unhealthyBefore(evidence, group).filter(isMeant);
		if (first === void 0) continue;
		const seen = statusIn(first.description);
		return {
			group,
			who: those.length === 0 ? "the tasks" : howMany(those.length, present.length),
			path: `\`${quotable(group.healthPath || "/")}\``,
			status: seen === void 0 ? void 0 : Number(seen),
			port: first.port ?? group.port
		};
	}
}
function howMany(those, all) {
	if (those < all) return `${those} of ${all} targets`;
	return all === 1 ? "the only target" : `all ${all} targets`;
}
function unhealthyBefore({ events }, group) {
	return events.flatMap(({ message }) => {
		const [, port, arn, description = ""] = /(?:\(port (\d+)\) )?is unhealthy in \(target-group ([^)]+)\) due to \(reason (.+?)\)\.?$/.exec(message) ?? [];
		if (arn !== group.arn) return [];
		const reason = /codes/.test(description) ? "ResponseCodeMismatch" : /timed? ?out/i.test(description) ? "Timeout" : "FailedHealthChecks";
		return [{
			id: "",
			port: port === void 0 ? void 0 : Number(port),
			state: "unhealthy",
			reason: `Target.${reason}`,
			description
		}];
	});
}
function statusIn(description) {
	return /codes?: \[(\d{3})/.exec(description)?.[1];
}
function verb({ who }, several, one) {
	return `${who} ${who === "the only target" || who.startsWith("1 of") ? one : several}`;
}
const MISMATCH = /Target\.ResponseCodeMismatch/;
const targetRule = (code, remedy, about, clause, fix, status) => ({
	code,
	remedy,
	clause: (evidence, endpoint) => {
		const found = sick(evidence, about, status);
		return found && clause(found, evidence, endpoint);
	},
	fix
});
const answers = (targets) => `${verb(targets, "answer", "answers")} ${targets.status ?? ""} on ${targets.path}`;
const targetRules = [
	targetRule("HEALTH_PATH_MISSING", "config", MISMATCH, (targets, evidence) => {
		const path = healthPathOf(evidence);
		const other = path === void 0 || path === targets.group.healthPath ? "" : `; the server's health path is \`${quotable(path)}\``;
		return `${answers(targets)}${other}`;
	}, (evidence) => {
		const path = healthPathOf(evidence);
		return path === void 0 ? "Set the health check path of the target group to a path that the server answers with 200 to a plain GET (never the MCP path), or let the server answer there." : `Set the health check path of the target group to ${path}.`;
	}, /^404$/),
	targetRule("HEALTH_PATH_IS_MCP", "config", MISMATCH, (targets, _, endpoint) => `${answers(targets)}${endpoint?.pathname === targets.group.healthPath ? ", the MCP path" : ""}: a health check is a plain GET, which an MCP endpoint refuses`, "Set the health check path of the target group to a path that answers 200 to a plain GET, such as /health: MCP paths answer POST.", /^(400|405|406|415)$/),
	targetRule("HEALTH_PATH_WALLED", "config", MISMATCH, (targets) => `${answers(targets)}, where health checks have no credentials and the address of the task as host name`, "Let the health path answer without authorization and for every host name (allowedHosts of the MCP SDK), or choose another path for the health checks.", /^(401|403|421)$/),
	targetRule("HEALTH_PATH_REDIRECTS", "config", MISMATCH, (targets) => `${answers(targets)}, a redirect, which a health check does not follow`, "Set the health check path of the target group to where the redirect leads, or let the server not redirect there.", /^3\d\d$/),
	targetRule("HEALTH_5XX", "replace", MISMATCH, (targets, { log }) => {
		const line = lastSaying(log?.lines ?? []);
		return `${answers(targets)}${line === void 0 ? "" : `; the log of the server says ${quoted(line)}`}`;
	}, "Read the log of the server: it starts, and says of itself that it is not well.", /^5\d\d$/),
	targetRule("HEALTH_STATUS", "config", MISMATCH, (targets) => `${answers(targets)}, and only ${targets.group.healthyCodes || "200"} is healthy`, "Let the health path answer with a healthy status, or add the status to the matcher of the target group."),
	targetRule("LISTENS_ON_LOOPBACK", "replace", /Target\.FailedHealthChecks|Target\.Timeout/, (targets, { log }) => log?.lines.some((line) => /(?:listen|running|started|serving|bound).*(?:127\.0\.0\.1|localhost|\[::1\])[:\s]/i.test(`${line} `)) ? `${verb(targets, "do not answer", "does not answer")} on port ${targets.port}: the server listens on 127.0.0.1 only` : void 0, "Let the server listen on 0.0.0.0: what listens on 127.0.0.1 is heard by its own container alone."),
	targetRule("LISTENS_ON_OTHER_PORT", "config", /Target\.FailedHealthChecks|Target\.Timeout/, (targets, { log }) => {
		const port = portIn(log?.lines ?? []);
		return port === void 0 || port === targets.port ? void 0 : `${verb(targets, "do not answer", "does not answer")} on port ${targets.port}: the log says that the server listens on port ${port}`;
	}, "Use one port for the server (often the variable PORT), the port mapping of the container and the target group."),
	targetRule("HEALTH_TIMEOUT", "wait", /Target\.Timeout/, (targets) => `${verb(targets, "do not answer", "does not answer")} the health check on ${targets.path} in time`, "Let the security group of the tasks accept the load balancer on the container port; when the server only starts slowly, raise the timeout of the health check and health_check_grace_period_seconds."),
	targetRule("PORT_CLOSED", "wait", /Target\.FailedHealthChecks/, (targets) => `${verb(targets, "refuse", "refuses")} the connection of the health check on port ${targets.port}`, "Let the server listen on 0.0.0.0 and on the container port of the task definition, which must be that of the target group."),
	targetRule("TARGET_GROUP_UNUSED", "config", /Target\.NotInUse/, (targets) => /availability zone/i.test(targets.group.targets.map(({ description }) => description).join(" ")) ? `${verb(targets, "are", "is")} in an Availability Zone that the load balancer does not serve` : `no listener of the load balancer forwards to the target group ${targets.group.name}`, "Add a listener or a listener rule that forwards to the target group, and give the load balancer a subnet in each Availability Zone of the tasks."),
	targetRule("TARGET_STOPPED", "replace", /Target\.InvalidState/, (targets) => `${verb(targets, "are", "is")} stopped or terminated`, "Start the instance, or register the one that runs."),
	targetRule("TARGET_ADDRESS", "config", /Target\.IpUnusable/, (targets) => `the address of ${targets.who} cannot be a target, because a load balancer uses it`, "Register the addresses of the tasks, not one of a load balancer."),
	targetRule("LOAD_BALANCER_ERROR", "wait", /Elb\.InternalError/, (targets) => `the load balancer has an internal error with ${targets.who}`, "Run it again; the AWS Health Dashboard shows whether Elastic Load Balancing has trouble."),
	targetRule("STILL_CHECKING", "wait", /Elb\.(?:InitialHealthChecking|RegistrationInProgress)/, (targets) => `${verb(targets, "are", "is")} still in the first health checks`, "Shorten the interval and the healthy threshold of the health check, or raise the deadline (ecs-timeout, mcp-timeout)."),
	{
		code: "NO_TARGETS",
		remedy: "wait",
		clause: ({ targetGroups }) => {
			const empty = targetGroups.find(({ targets }) => targets.every(({ state }) => state === "draining"));
			if (empty === void 0) return void 0;
			return empty.targets.length === 0 ? `no target is registered in the target group ${empty.name}` : `all targets of the target group ${empty.name} are leaving it`;
		},
		fix: "Look at the service for why it runs no task: its desired count, its events, and its stopped tasks."
	}
];
function targetCause(evidence, endpoint) {
	return firstOf(targetRules, evidence, endpoint);
}
function healthPathOf({ definition }) {
	for (const { healthCheck } of definition?.containers ?? []) {
		const path = /https?:\/\/[\w.[\]:-]+(\/[\w./~-]*)/.exec(healthCheck)?.[1];
		if (path !== void 0) return path;
	}
}
function portIn(lines) {
	for (const line of lines.toReversed()) {
		const port = /(?:listen|running|started|serving|server).*?(?:port\s*:?\s*|:)(\d{2,5})\b/i.exec(line)?.[1];
		if (port !== void 0) return Number(port);
	}
}
const imageRules = [
	{
		code: "IMAGE_PLATFORM",
		remedy: "replace",
		patience: 1,
		reads: /descriptor matching platform '?([\w/.-]+)|image operating system .* cannot be used/i,
		clause: ([, platform], task, evidence) => `the image ${imageOf(task, evidence)} is not built for ${platform ?? "the operating system of the task"}`,
		fix: "Build the image for the platform of the task (docker buildx build --platform linux/amd64 or linux/arm64), or set the cpu_architecture of the task definition to the one of the image."
	},
	{
		code: "IMAGE_RATE_LIMITED",
		remedy: "wait",
		patience: Number.POSITIVE_INFINITY,
		reads: /toomanyrequests|pull rate limit/i,
		clause: (_, task, evidence) => `the registry limits how often the image ${imageOf(task, evidence)} may be pulled`,
		fix: "Run it again later, or pull through ECR (a pull through cache rule) or with credentials of the registry (repositoryCredentials)."
	},
	{
		code: "TASK_NETWORK",
		remedy: "config",
		patience: 2,
		reads: new RegExp(`(?:CannotPull|ResourceInitialization).*?(?:i/o timeout|dial tcp|context deadline exceeded|no such host|network is unreachable|connection refused|TLS handshake timeout|request canceled|Client\\.Timeout)`, "i"),
		clause: ([text]) => `the task has no way to ${/CannotPull|registry auth from/i.test(text) ? "the image registry" : placeIn(text)}`,
		fix: "Give the tasks a way out: a public address in a public subnet (assign_public_ip), a NAT gateway, or VPC endpoints for ecr.api, ecr.dkr, s3, logs and secretsmanager; and let their security group reach port 443."
	},
	{
		code: "IMAGE_ACCESS",
		remedy: "replace",
		patience: 2,
		reads: new RegExp(`(?:CannotPull|registry auth from|ecr:).*?(?:${DENIED}|pull access denied|insufficient_scope|authorization failed|unauthorized|no basic auth)`, "i"),
		clause: (_, task, evidence) => /does not exist or may require/i.test(task.stoppedReason) ? `the image ${imageOf(task, evidence)} does not exist, or the registry wants credentials for it` : `the execution role may not pull the image ${imageOf(task, evidence)}`,
		fix: "Check the name of the image. For ECR give the execution role AmazonECSTaskExecutionRolePolicy and, across accounts, a repository policy; for another registry give repositoryCredentials."
	},
	{
		code: "IMAGE_NAME_INVALID",
		remedy: "replace",
		patience: 1,
		reads: /invalid reference format|could not parse reference|repository name must be lowercase/i,
		clause: (_, task, evidence) => `${imageOf(task, evidence)} is no name of an image`,
		fix: "Correct the image of the task definition: REGISTRY/REPOSITORY:TAG in small letters, or with @sha256:… in place of the tag."
	},
	{
		code: "IMAGE_NOT_FOUND",
		remedy: "replace",
		patience: 1,
		reads: /CannotPull.*?(?:not found|manifest unknown|name unknown|does not exist|\b404\b)/i,
		clause: (_, task, evidence) => `the image ${imageOf(task, evidence)} does not exist in its registry`,
		fix: "Push the image before the deployment, or correct its name and tag; in another account or region the same name is another image."
	},
	{
		code: "DISK_FULL",
		remedy: "replace",
		patience: 2,
		reads: /no space left on device/i,
		clause: (_, task, evidence) => `the image ${imageOf(task, evidence)} and its files do not fit on the disk of the task`,
		fix: "Make the image smaller, or give the task definition more ephemeral_storage (21 to 200 GiB on Fargate)."
	}
];
const otherPulls = [{
	code: "IMAGE_PULL",
	remedy: "replace",
	patience: 3,
	reads: /CannotPull/i,
	clause: (_, task, evidence) => `the image ${imageOf(task, evidence)} cannot be pulled: ${quoted(lastWords(task.stoppedReason))}`,
	fix: "Pull the image by hand with the name of the task definition; its registry must be reachable from the subnets of the service."
}];
function imageOf(task, { definition }) {
	const name = failing(task)?.name;
	const image = definition?.containers.find((container) => container.name === name)?.image ?? /(?:ref|for|pull) "?((?:[\w.-]+\/)*[\w.-]+[:@][\w:.-]*\w)/.exec(task.stoppedReason)?.[1];
	return image === void 0 ? "of the container" : `"${quotable(image)}"`;
}
function placeIn(text) {
	if (/secret|asm/i.test(text)) return "Secrets Manager";
	if (/ssm/i.test(text)) return "Parameter Store";
	return /log/i.test(text) ? "CloudWatch Logs" : "the AWS APIs";
}
// src/platforms/aws/causes/container.ts
const containerRules = [
	{
		code: "COMMAND_NOT_FOUND",
		remedy: "replace",
		patience: 1,
		reads: /exec: "[^"]+"|(?:CannotStart|CannotCreate).*?(?:executable file not found|no such file or directory|permission denied)/i,
		clause: ({ input }, task) => {
			const command = /exec: "([^"]+)"/.exec(input)?.[1];
			const what = command === void 0 ? "its command" : `"${quotable(command)}"`;
			const why = /permission denied/i.test(input) ? "may not be executed" : "is not in the image";
			return `container ${failing(task)?.name ?? ""} cannot start: ${what} ${why}`;
		},
		fix: "Correct the command or entry point of the container, or put the program into the image (COPY, chmod +x). A slim image has no shell, no curl and no npm of its own."
	},
	{
		code: "OUT_OF_MEMORY",
		remedy: "replace",
		patience: 3,
		reads: /OutOfMemory/i,
		clause: (_, task) => `container ${failing(task)?.name ?? ""} is killed because it needs more memory than it has`,
		fix: "Raise the memory of the task definition and of the container, or limit the server (NODE_OPTIONS=--max-old-space-size)."
	},
	{
		code: "CONTAINER_UNHEALTHY",
		remedy: "replace",
		patience: 3,
		reads: /failed container health checks/i,
		clause: (_, task, evidence) => {
			const sick = task.containers.find(({ health }) => health === "UNHEALTHY");
			const command = evidence.definition?.containers.find(({ name, healthCheck }) => sick === void 0 ? healthCheck !== "" : name === sick.name)?.healthCheck;
			return `the health check of ${sick === void 0 ? "its container" : `container ${sick.name}`} fails${command ? `: ${quoted(command)}` : ""}`;
		},
		fix: "Run the command of the health check in the image: it must exit with 0, and its program (curl is in no slim image) must be there. Raise startPeriod when the server starts slowly."
	},
	{
		code: "TARGET_UNHEALTHY",
		remedy: "replace",
		patience: 3,
		reads: /failed ELB health checks/i,
		clause: (_, __, evidence) => targetCause(evidence)?.clause ?? "the health checks of the load balancer fail",
		fix: "Make the health path of the target group answer with a healthy status, and raise health_check_grace_period_seconds when the server starts slowly."
	}
];
const exitRules = [
	{
		code: "WRONG_CPU",
		remedy: "replace",
		patience: 3,
		reads: /^/,
		clause: (_, task, evidence) => sayingIn(evidence, task, /exec format error/i) === void 0 ? void 0 : `the image ${imageOf(task, evidence)} is built for another CPU than ${evidence.definition?.architecture ?? "that of the task"}`,
		fix: "Build the image for the CPU of the task (docker buildx build --platform linux/amd64 or linux/arm64), or set cpu_architecture of the task definition."
	},
	{
		code: "MODULE_MISSING",
		remedy: "replace",
		patience: 3,
		reads: /EssentialContainerExited|Essential container/i,
		clause: (_, task, evidence) => {
			const module = sayingIn(evidence, task, /(?:Cannot find (?:module|package) ['"]?([^'"]+)|No module named ['"]?([^'"]+))/);
			return module === void 0 ? void 0 : `${exit(task)}: "${quotable(module)}" is not in the image`;
		},
		fix: "Install it in the image: it must be among the dependencies (not the development ones), and be copied into the last stage of the Dockerfile."
	},
	{
		code: "PORT_TAKEN",
		remedy: "replace",
		patience: 3,
		reads: /EssentialContainerExited|Essential container/i,
		clause: (_, task, evidence) => sayingIn(evidence, task, /EADDRINUSE|address already in use/i) === void 0 ? void 0 : `${exit(task)}: its port is taken by another container of the task`,
		fix: "Containers of one task share its ports: give each its own."
	},
	{
		code: "DEPENDENCY_UNREACHABLE",
		remedy: "replace",
		patience: 3,
		reads: /EssentialContainerExited|Essential container/i,
		clause: (_, task, evidence) => {
			const line = sayingIn(evidence, task, /\b(?:ECONNREFUSED|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|Connection refused)\b.*/i);
			return line === void 0 ? void 0 : `${exit(task)}: it cannot reach what it needs, ${quoted(line)}`;
		},
		fix: "Check the address and the credentials that the server is given for it, and that the security groups let the task in there."
	},
	{
		code: "CONTAINER_EXITS",
		remedy: "replace",
		patience: 3,
		reads: /EssentialContainerExited|Essential container/i,
		clause: (_, task, evidence) => {
			const line = evidence.log?.container === failing(task)?.name ? lastSaying(evidence.log?.lines ?? []) : void 0;
			return `${exit(task)}${line === void 0 ? "" : `; its log says ${quoted(line)}`}`;
		},
		fix: "Read the end of the log of the container below: the server must start with the settings and secrets of the task definition, and stay."
	}
];
const exits = {
	0: ", as if its work were done",
	126: ", its command may not be executed",
	127: ", its command was not found",
	132: ", an illegal instruction: built for another CPU?",
	134: ", it aborted",
	137: ", it was killed, often for want of memory",
	139: ", it crashed with a segmentation fault",
	143: ", it was told to stop"
};
function exit(task) {
	const { name = "", exitCode } = failing(task) ?? {};
	if (exitCode === void 0) return `container ${name} ends`;
	return `container ${name} exits with code ${exitCode}${exits[exitCode] ?? ""}`;
}
// src/platforms/aws/causes/placement.ts
const surroundingRules = [
	{
		code: "LOG_GROUP",
		remedy: "replace",
		patience: 2,
		reads: /failed to (?:validate logger args|create Cloudwatch log (?:stream|group))|log group does not exist/i,
		clause: (_, __, evidence) => {
			const log = evidence.definition?.containers.find((container) => container.log !== void 0)?.log;
			return `the log group ${log === void 0 ? "of the container" : `"${log.group}"`} does not exist or may not be written to`;
		},
		fix: "Create the log group before the service (aws_cloudwatch_log_group), and give the execution role logs:CreateLogStream and logs:PutLogEvents."
	},
	{
		code: "SUBNET_FULL",
		remedy: "config",
		patience: 2,
		reads: /not enough free addresses|InsufficientFreeAddresses|insufficient.*\bIP\b|RESOURCE:ENI|network interface provision/i,
		clause: () => "the subnets of the service have no address left, or no network interface could be made in them",
		fix: "Give the service larger or further subnets, and look for network interfaces that nothing uses any more."
	},
	{
		code: "VOLUME",
		remedy: "config",
		patience: 2,
		reads: /EFS utils|failed to mount|mount\.nfs|volume.*(?:attach|mount)/i,
		clause: (_, task) => `a volume of the task cannot be mounted: ${quoted(lastWords(task.stoppedReason))}`,
		fix: "Check that the file system has a mount target in each subnet of the service, that its security group lets port 2049 in, and the access point and its policy."
	}
];
const hostRules = [
	{
		code: "SPOT_INTERRUPTED",
		remedy: "wait",
		patience: Number.POSITIVE_INFINITY,
		reads: /SpotInterruption|Spot Task was interrupted/i,
		clause: () => "AWS took the Spot capacity back",
		fix: "Run it again, or let the first tasks run on FARGATE (base of its capacity provider)."
	},
	{
		code: "CAPACITY",
		remedy: "wait",
		patience: Number.POSITIVE_INFINITY,
		reads: /capacity is unavailable/i,
		clause: () => "AWS has no Fargate capacity left here at this time",
		fix: "Run it again later, give the service subnets in more Availability Zones, or another task size."
	},
	{
		code: "HOST_LOST",
		remedy: "wait",
		patience: Number.POSITIVE_INFINITY,
		reads: /Host EC2|TerminationNotice|maintenance|retire/i,
		clause: () => "AWS stopped the host of the task",
		fix: "Run it again: ECS starts the task elsewhere."
	},
	{
		code: "STOPPED_BY_HAND",
		remedy: "wait",
		patience: Number.POSITIVE_INFINITY,
		reads: /UserInitiated/,
		clause: (_, task) => `somebody stopped the task: ${quoted(task.stoppedReason)}`,
		fix: "Find out who stops tasks of this service (CloudTrail, StopTask), and run it again."
	}
];
// src/platforms/aws/causes/secret.ts
const secretRules = [
	{
		code: "SECRET_KEY_MISSING",
		remedy: "replace",
		patience: 1,
		reads: /did not contain json key ([^\s,:]+)|secret .*(?:invalid character|not valid JSON)/i,
		clause: ([text, key], task) => key === void 0 ? `${secretIn(text, task)} is not JSON, and the task definition takes one key of it` : `${secretIn(text, task)} has no key "${key}"`,
		fix: "Put the key into the value of the secret, a JSON object, or correct the key in the valueFrom of the task definition (ARN:KEY::)."
	},
	{
		code: "SECRET_NOT_FOUND",
		remedy: "replace",
		patience: 1,
		reads: /(?:secret|parameter|ssm|asm).*?(?:ResourceNotFound|can't find the specified secret|ParameterNotFound|invalid (?:ssm )?parameters|was marked for deletion|scheduled for deletion)/i,
		clause: ([text], task) => `${secretIn(text, task)} does not exist, or has no value yet`,
		fix: "Create the secret and give it a value before the deployment, in the account and region of the task, or correct the valueFrom of the task definition."
	},
	{
		code: "SECRET_ACCESS",
		remedy: "replace",
		patience: 2,
		reads: new RegExp(`(?:pull secrets|retrieve secret|fetch secret|from asm|from ssm|ssm parameters?).*?(?:${DENIED}|KMS)`, "i"),
		clause: ([text], task) => `the execution role may not read ${secretIn(text, task)}`,
		fix: "Give the execution role (not the task role) secretsmanager:GetSecretValue or ssm:GetParameters on it, and kms:Decrypt on its key when that is your own."
	},
	{
		code: "SECRET_UNREADABLE",
		remedy: "replace",
		patience: 2,
		reads: /unable to (?:pull secrets|retrieve secret|get secret)|fetching secret data|failed to fetch secret/i,
		clause: (_, task) => `${secretIn(task.stoppedReason, task)} cannot be read: ${quoted(lastWords(task.stoppedReason))}`,
		fix: "Check that the secrets of the task definition exist in this account and region, have values, and may be read by the execution role."
	}
];
function secretIn(text, task) {
	const arn = /arn:[\w-]+:(?:secretsmanager|ssm):[\w:/+=.@!-]+/.exec(`${text}\n${task.stoppedReason}`)?.[0];
	return arn === void 0 ? "a secret of the task definition" : `the secret "${arn.replace(/[:.]+$/, "")}"`;
}
// src/platforms/aws/causes/task.ts
const taskRules = [
	...imageRules,
	...secretRules,
	...surroundingRules,
	...containerRules,
	...hostRules,
	...exitRules,
	...otherPulls,
	{
		code: "TASK_FAILS",
		remedy: "replace",
		patience: 3,
		reads: /\S/,
		clause: (_, task) => `its tasks stop: ${quoted(task.stoppedReason || task.stopCode)}`,
		fix: "Look the message up in the ECS Developer Guide, \"Stopped tasks error messages\"."
	}
];
function taskCause(evidence, patience = 3) {
	const found = new Map();
	for (const task of evidence.stopped) {
		const [rule, cause] = readTask$1(task, evidence);
		if (rule === void 0 || cause === void 0) continue;
		const { name, exitCode } = failing(task) ?? {};
		const way = `${rule.code} ${name} ${exitCode}`;
		found.set(way, {
			cause,
			rule,
			times: (found.get(way)?.times ?? 0) + 1
		});
	}
	const causes = [...found.values()].map(({ cause, rule, times }) => ({
		...cause,
		times,
		hopeless: times >= (rule.patience < 3 ? rule.patience : Math.max(rule.patience, patience))
	}));
	return causes.find(({ hopeless }) => hopeless) ?? causes[0];
}
function readTask$1(task, evidence) {
	const text = [
		task.stopCode,
		task.stoppedReason,
		...task.containers.map(({ reason }) => reason)
	].join("\n");
	for (const rule of taskRules) {
		const match = rule.reads.exec(text);
		const clause = match === null ? void 0 : rule.clause(match, task, evidence);
		if (clause !== void 0) return [rule, {
			code: rule.code,
			clause,
			fix: rule.fix,
			remedy: rule.remedy
		}];
	}
	return [];
}
// src/platforms/aws/causes.ts
const groups = {
	events: eventRules,
	targets: targetRules,
	balancer: balancerRules,
	instance: instanceRules,
	log: logRules
};
const unstable = { asks: [
	"tasks",
	"targets",
	"events",
	"log"
] };
const unconnected = { asks: [
	"balancer",
	"instance",
	"tasks",
	"targets",
	"events"
] };
const unanswered = { asks: [
	"instance",
	"tasks",
	"log"
] };
const unencrypted = { asks: ["balancer", "instance"] };
const symptoms = {
	ECS_ROLLED_BACK: unstable,
	ECS_DEPLOYMENT_FAILED: unstable,
	ECS_TASKS_FAIL: unstable,
	ECS_TIMEOUT: unstable,
	EC2_TIMEOUT: { asks: ["instance"] },
	TCP_REFUSED: unconnected,
	TCP_TIMEOUT: unconnected,
	TCP_UNREACHABLE: unconnected,
	CONN_RESET: unconnected,
	CONN_FAILED: unconnected,
	TLS_UNTRUSTED: { asks: ["instance"] },
	TLS_NOT_TLS: unencrypted,
	TLS_TIMEOUT: unencrypted,
	TLS_FAILED: unencrypted,
	PORT_SPEAKS_TLS: unencrypted,
	ALB_404: {
		seen: "404 from the load balancer",
		asks: ["balancer"]
	},
	ALB_502: {
		seen: "502 from the load balancer",
		asks: [
			"tasks",
			"targets",
			"events",
			"log"
		]
	},
	ALB_503: {
		seen: "503 from the load balancer",
		asks: [
			"tasks",
			"targets",
			"events"
		]
	},
	ALB_504: {
		seen: "504 from the load balancer",
		asks: [
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
	OLD_REVISION: { asks: [
		"tasks",
		"targets",
		"events"
	] },
	FLAPPING: { asks: [
		"tasks",
		"targets",
		"log"
	] }
};
function explained(failure, evidence, endpoint, seen) {
	const symptom = symptoms[failure.code];
	if (symptom === void 0) return failure;
	const cause = causeOf(symptom, evidence, (endpoint === void 0 ? null : URL.parse(endpoint)) ?? void 0);
	if (cause === void 0) return failure;
	const words = seen ?? symptom.seen ?? failure.sentence.replace(/\.$/, "");
	return {
		code: failure.code,
		cause: cause.code,
		sentence: `${words} because ${cause.clause}.`,
		fix: cause.fix,
		remedy: cause.remedy ?? failure.remedy
	};
}
function causeOf({ asks }, evidence, endpoint) {
	for (const group of asks) {
		const cause = group === "tasks" ? taskCause(evidence) : firstOf(groups[group], evidence, endpoint);
		if (cause?.code === "TARGET_UNHEALTHY") return targetCause(evidence, endpoint) ?? firstOf(eventRules, evidence, endpoint) ?? cause;
		if (cause !== void 0) return cause;
	}
}
// src/platforms/aws/console-links.ts
const hosts = [
	[/^cn-[a-z]+-\d+$/, "console.amazonaws.cn"],
	[/^us-gov-[a-z]+-\d+$/, "console.amazonaws-us-gov.com"],
	[/^(?:af|ap|ca|eu|il|me|mx|sa|us)-[a-z]+-\d+$/, "console.aws.amazon.com"]
];
function serviceLink(region, cluster, service) {
	const [clusterName, name] = [cluster, service].map((each) => encodeURIComponent(lastPart$1(each)));
	return page(region, `ECS service ${lastPart$1(service)}`, `/ecs/v2/clusters/${clusterName}/services/${name}/health`);
}
function instanceLink(region, instanceId) {
	const hash = `#InstanceDetails:instanceId=${encodeURIComponent(instanceId)}`;
	return page(region, `Instance ${instanceId}`, "/ec2/home", hash);
}
function targetGroupLink(arn) {
	const [, region = "", name = ""] = /^arn:[\w-]+:elasticloadbalancing:([\w-]+):\d+:targetgroup\/([^/]+)\//.exec(arn) ?? [];
	return page(region, `Target group ${name}`, "/ec2/home", `#TargetGroup:targetGroupArn=${encodeURIComponent(arn)}`);
}
function logGroupLink(region, group, stream) {
	const events = stream === void 0 ? "" : `/log-events/${twiceEncoded(stream)}`;
	const hash = `#logsV2:log-groups/log-group/${twiceEncoded(group)}${events}`;
	return page(region, stream === void 0 ? `Log group ${group}` : `Log stream ${stream}`, "/cloudwatch/home", hash);
}
function page(region, title, path, hash = "") {
	const host = hosts.find(([pattern]) => pattern.test(region))?.[1];
	return host === void 0 ? void 0 : {
		title,
		url: `https://${host}${path}?region=${region}${hash}`
	};
}
function twiceEncoded(name) {
	return encodeURIComponent(encodeURIComponent(name)).replaceAll("%", "$");
}
function lastPart$1(arn) {
	return arn.replace(/^.*\//, "");
}
// src/platforms/aws/console.ts
function consoleLinks(state, serving) {
	const { region } = serving;
	if (region === void 0) return [];
	if (serving.kind === "ec2") return present([instanceLink(region, serving.instanceId)]);
	const resources = allResources(state.values?.root_module);
	const { cluster, service, taskDefinition } = serving;
	const inState = resources.find(({ type, values }) => type === "aws_ecs_service" && idOf(values) === `${lastPart(cluster)}/${lastPart(service)}`);
	const groups = logGroups(resources.find(({ address }) => address === taskDefinition?.address), region);
	const named = new Map(groups.map((group) => [`${group.at} ${group.name}`, group]));
	return present([
		serviceLink(region, cluster, service),
		...targetGroups$1(inState).map(targetGroupLink),
		...[...named.values()].map(({ name, at }) => logGroupLink(at, name))
	]);
}
function idOf(values) {
	return String(values?.id ?? "").replace(/^.*:service\//, "");
}
function targetGroups$1(service) {
	const { load_balancer: balancers } = service?.values ?? {};
	return (Array.isArray(balancers) ? balancers.map((each) => each?.target_group_arn) : []).filter((arn) => typeof arn === "string");
}
function logGroups(definition, region) {
	let containers;
	try {
		containers = JSON.parse(String(definition?.values?.container_definitions));
	} catch {
		return [];
	}
	if (!Array.isArray(containers)) return [];
	return containers.flatMap((container) => {
		const { logDriver, options } = container?.logConfiguration ?? {};
		const name = logDriver === "awslogs" ? options?.["awslogs-group"] : void 0;
		return typeof name === "string" ? [{
			name,
			at: String(options["awslogs-region"] ?? region)
		}] : [];
	});
}
function present(links) {
	return links.filter((link) => link !== void 0);
}
function lastPart(arn) {
	return arn.replace(/^.*\//, "");
}
// src/platforms/aws/evidence.ts
function noEvidence(subject) {
	return {
		subject,
		events: [],
		stopped: [],
		targetGroups: [],
		loadBalancers: [],
		console: [],
		omitted: []
	};
}
function hasFailed({ stopCode, stoppedReason }) {
	return stopCode !== "ServiceSchedulerInitiated" || /health check/i.test(stoppedReason);
}
// src/platforms/aws/load-balancing.ts
var LoadBalancing = class {
	#region;
	#times;
	#client;
	constructor(region, times) {
		this.#region = region;
		this.#times = times;
	}
	async targetGroup(arn) {
		const { DescribeTargetGroupsCommand } = await import("./sdk.js");
		const { TargetGroups = [] } = await (await this.#open()).send(new DescribeTargetGroupsCommand({ TargetGroupArns: [arn] }));
		const found = TargetGroups[0];
		const isHttp = /^HTTPS?$/.test(found?.HealthCheckProtocol ?? "");
		return {
			arn,
			name: found?.TargetGroupName ?? "",
			port: found?.Port,
			healthPath: isHttp ? found?.HealthCheckPath ?? "/" : "",
			healthyCodes: found?.Matcher?.HttpCode ?? found?.Matcher?.GrpcCode ?? "",
			loadBalancers: found?.LoadBalancerArns ?? []
		};
	}
	async targets(targetGroup) {
		const { DescribeTargetHealthCommand } = await import("./sdk.js");
		const { TargetHealthDescriptions = [] } = await (await this.#open()).send(new DescribeTargetHealthCommand({ TargetGroupArn: targetGroup }));
		return TargetHealthDescriptions.map(({ Target, TargetHealth }) => ({
			id: Target?.Id ?? "",
			port: Target?.Port,
			state: TargetHealth?.State ?? "",
			reason: TargetHealth?.Reason ?? "",
			description: TargetHealth?.Description ?? ""
		}));
	}
	async loadBalancer(arn) {
		const { DescribeListenersCommand, DescribeLoadBalancersCommand } = await import("./sdk.js");
		const client = await this.#open();
		const { LoadBalancers = [] } = await client.send(new DescribeLoadBalancersCommand({ LoadBalancerArns: [arn] }));
		const { Listeners = [] } = await client.send(new DescribeListenersCommand({ LoadBalancerArn: arn }));
		return {
			arn,
			name: LoadBalancers[0]?.LoadBalancerName ?? "",
			scheme: LoadBalancers[0]?.Scheme ?? "",
			state: LoadBalancers[0]?.State?.Code ?? "",
			listeners: Listeners.map(({ Port, Protocol, DefaultActions }) => ({
				port: Port ?? 0,
				protocol: Protocol ?? "",
				defaultAction: DefaultActions?.at(-1)?.Type ?? ""
			}))
		};
	}
	async #open() {
		const { ElasticLoadBalancingV2Client } = await import("./sdk.js");
		this.#client ??= new ElasticLoadBalancingV2Client(awsOptions(this.#region, this.#times));
		return this.#client;
	}
};
// src/platforms/aws/logs.ts
async function logTail(region, logGroupName, logStreamName, lines) {
	const { CloudWatchLogsClient, GetLogEventsCommand } = await import("./sdk.js");
	const client = new CloudWatchLogsClient(awsOptions(region));
	try {
		const { events = [] } = await client.send(new GetLogEventsCommand({
			logGroupName,
			logStreamName,
			limit: lines,
			startFromHead: false
		}));
		return events.flatMap(({ message = "" }) => message.trimEnd().split(/\r?\n/)).slice(-lines);
	} catch (error) {
		if (error instanceof Error && error.name === "ResourceNotFoundException") return [];
		throw error;
	} finally {
		client.destroy();
	}
}
// src/platforms/ec2/client.ts
var Ec2 = class {
	#region;
	#times;
	#client;
	constructor(region, times) {
		this.#region = region;
		this.#times = times;
	}
	async status(instanceId) {
		const { DescribeInstanceStatusCommand } = await import("./sdk.js");
		const client = await this.#open();
		try {
			const { InstanceStatuses = [] } = await client.send(new DescribeInstanceStatusCommand({
				InstanceIds: [instanceId],
				IncludeAllInstances: true
			}));
			const found = InstanceStatuses[0];
			return found === void 0 ? void 0 : {
				state: found.InstanceState?.Name ?? "",
				system: found.SystemStatus?.Status ?? "",
				instance: found.InstanceStatus?.Status ?? ""
			};
		} catch (error) {
			if (error instanceof Error && error.name.startsWith("InvalidInstanceID")) return void 0;
			throw error;
		}
	}
	async console(instanceId) {
		const { GetConsoleOutputCommand } = await import("./sdk.js");
		const client = await this.#open();
		const ask = async (Latest) => {
			const { Output = "" } = await client.send(new GetConsoleOutputCommand({
				InstanceId: instanceId,
				Latest
			}));
			return Buffer.from(Output, "base64").toString("utf8");
		};
		try {
			return await ask(true) || await ask(false);
		} catch (error) {
			if (error instanceof Error && error.name === "UnsupportedOperation") return ask(false);
			throw error;
		}
	}
	async #open() {
		const { EC2Client } = await import("./sdk.js");
		this.#client ??= new EC2Client(awsOptions(this.#region, this.#times));
		return this.#client;
	}
};
// src/platforms/ecs/client.ts
const maxTasks = 100;
var Ecs = class {
	#region;
	#times;
	#client;
	constructor(region, times) {
		this.#region = region;
		this.#times = times;
	}
	async describeService(cluster, service) {
		const { DescribeServicesCommand } = await import("./sdk.js");
		const { services = [] } = await (await this.#open()).send(new DescribeServicesCommand({
			cluster,
			services: [service]
		}));
		const found = services[0];
		if (found === void 0) return void 0;
		return {
			status: found.status ?? "",
			desiredCount: found.desiredCount ?? 0,
			runningCount: found.runningCount ?? 0,
			deployments: (found.deployments ?? []).map((deployment) => ({
				id: deployment.id ?? "",
				status: deployment.status ?? "",
				taskDefinition: deployment.taskDefinition ?? "",
				desiredCount: deployment.desiredCount ?? 0,
				runningCount: deployment.runningCount ?? 0,
				pendingCount: deployment.pendingCount ?? 0,
				failedTasks: deployment.failedTasks ?? 0,
				rolloutState: deployment.rolloutState,
				rolloutStateReason: deployment.rolloutStateReason,
				createdAt: deployment.createdAt?.getTime() ?? 0
			})),
			events: (found.events ?? []).map((event) => ({
				id: event.id ?? "",
				createdAt: event.createdAt?.getTime() ?? 0,
				message: event.message ?? ""
			})),
			circuitBreaker: found.deploymentConfiguration?.deploymentCircuitBreaker?.enable === true,
			targetGroups: (found.loadBalancers ?? []).flatMap(({ targetGroupArn }) => targetGroupArn ?? [])
		};
	}
	async tasks(cluster, service, desiredStatus, known = new Set()) {
		const { DescribeTasksCommand, ListTasksCommand } = await import("./sdk.js");
		const client = await this.#open();
		const { taskArns = [] } = await client.send(new ListTasksCommand({
			cluster,
			serviceName: service,
			desiredStatus,
			maxResults: maxTasks
		}));
		const wanted = taskArns.filter((arn) => !known.has(arn));
		if (wanted.length === 0) return [];
		const { tasks = [] } = await client.send(new DescribeTasksCommand({
			cluster,
			tasks: wanted
		}));
		return tasks.map(readTask).sort((a, b) => b.stoppedAt - a.stoppedAt);
	}
	async taskDefinition(revision) {
		const { DescribeTaskDefinitionCommand } = await import("./sdk.js");
		const { taskDefinition } = await (await this.#open()).send(new DescribeTaskDefinitionCommand({ taskDefinition: revision }));
		return {
			arn: taskDefinition?.taskDefinitionArn ?? revision,
			status: taskDefinition?.status ?? "",
			architecture: taskDefinition?.runtimePlatform?.cpuArchitecture,
			containers: (taskDefinition?.containerDefinitions ?? []).map(readContainer)
		};
	}
	async deploy(cluster, service, taskDefinition) {
		const { UpdateServiceCommand } = await import("./sdk.js");
		await (await this.#open()).send(new UpdateServiceCommand({
			cluster,
			service,
			taskDefinition
		}));
	}
	async #open() {
		const { ECSClient } = await import("./sdk.js");
		this.#client ??= new ECSClient(awsOptions(this.#region, this.#times));
		return this.#client;
	}
};
function readTask(task) {
	return {
		arn: task.taskArn ?? "",
		startedBy: task.startedBy ?? "",
		taskDefinition: task.taskDefinitionArn ?? "",
		health: task.healthStatus ?? "UNKNOWN",
		stoppedReason: task.stoppedReason ?? "",
		stopCode: task.stopCode ?? "",
		stoppedAt: task.stoppedAt?.getTime() ?? 0,
		containers: (task.containers ?? []).map(({ name, exitCode, reason, healthStatus }) => ({
			name: name ?? "",
			exitCode,
			reason: reason ?? "",
			health: healthStatus ?? "UNKNOWN"
		}))
	};
}
function readContainer(container) {
	const { logDriver, options = {} } = container.logConfiguration ?? {};
	const { "awslogs-group": group, "awslogs-stream-prefix": prefix, "awslogs-region": region } = options;
	return {
		name: container.name ?? "",
		image: container.image ?? "",
		essential: container.essential !== false,
		ports: (container.portMappings ?? []).flatMap(({ containerPort }) => containerPort ?? []),
		healthCheck: (container.healthCheck?.command ?? []).join(" "),
		log: logDriver === "awslogs" && group && prefix ? {
			group,
			prefix,
			region
		} : void 0
	};
}
// src/platforms/diagnose.ts
const most = {
	log: 20,
	events: 20,
	stopped: 10,
	console: 100
};
const clockSkewMs$1 = 6e4;
function diagnose(serving, followed, since = 0) {
	return serving.kind === "ecs" ? diagnoseService(serving, followed, since - clockSkewMs$1) : diagnoseInstance(serving);
}
function asking(omitted) {
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
async function diagnoseService(serving, followed, since) {
	const { cluster, service, region, taskDefinition } = serving;
	const ecs = new Ecs(region);
	const omitted = [];
	const ask = asking(omitted);
	const state = await ask("the events of the service", "ecs:DescribeServices", () => ecs.describeService(cluster, service));
	const ours = followed ?? state?.deployments.find((each) => taskDefinition === void 0 ? each.status === "PRIMARY" : each.taskDefinition === taskDefinition.arn);
	const isOurs = (task) => ours === void 0 ? task.taskDefinition === taskDefinition?.arn : task.startedBy === ours.id;
	const tasks = (status) => async () => (await ecs.tasks(cluster, service, status)).filter(isOurs);
	const revision = taskDefinition?.arn ?? state?.deployments[0]?.taskDefinition;
	const [stopped = [], definition, groups] = await Promise.all([
		ask("the stopped tasks", "ecs:ListTasks and ecs:DescribeTasks", tasks("STOPPED")),
		revision === void 0 ? void 0 : ask("the task definition", "ecs:DescribeTaskDefinition", () => ecs.taskDefinition(revision)),
		targetGroups(region, state?.targetGroups ?? [], ask)
	]);
	const failed = stopped.filter((task) => hasFailed(task) && task.stoppedAt >= since).slice(0, most.stopped);
	const [last] = failed;
	const talking = last ?? (await ask("the running tasks", "ecs:ListTasks and ecs:DescribeTasks", tasks("RUNNING")))?.[0];
	const log = talking && definition && await logOf(talking, definition, region, ask);
	return {
		...noEvidence(`${cluster}/${service}`),
		events: (state?.events ?? []).filter(({ createdAt }) => createdAt >= Math.max(since, ours?.createdAt ?? 0)).slice(0, most.events),
		stopped: failed,
		...definition && { definition },
		...groups,
		...log && { log },
		omitted
	};
}
async function targetGroups(region, arns, ask) {
	const balancing = new LoadBalancing(region);
	const groups = [];
	for (const arn of arns) {
		const group = await ask("the health checks", "elasticloadbalancing:DescribeTargetGroups", () => balancing.targetGroup(arn));
		const targets = await ask("the health of the targets", "elasticloadbalancing:DescribeTargetHealth", () => balancing.targets(arn));
		if (targets !== void 0) groups.push({
			...group ?? unknownGroup(arn),
			targets
		});
	}
	return {
		targetGroups: groups,
		loadBalancers: (await Promise.all([...new Set(groups.flatMap((group) => group.loadBalancers))].map((arn) => ask("the load balancer", "elasticloadbalancing:DescribeLoadBalancers and elasticloadbalancing:DescribeListeners", () => balancing.loadBalancer(arn))))).filter((balancer) => balancer !== void 0)
	};
}
function unknownGroup(arn) {
	return {
		arn,
		name: arn.split("/")[1] ?? arn,
		port: void 0,
		healthPath: "",
		healthyCodes: "",
		loadBalancers: []
	};
}
async function logOf(task, definition, region, ask) {
	const withLog = definition.containers.filter(({ log }) => log !== void 0);
	const container = withLog.find(({ name }) => name === failing(task)?.name) ?? withLog[0];
	if (container?.log === void 0) return void 0;
	const { group, prefix, region: own } = container.log;
	const stream = `${prefix}/${container.name}/${task.arn.replace(/^.*\//, "")}`;
	const lines = await ask(`the log of container ${container.name}`, "logs:GetLogEvents", () => logTail(own ?? region, group, stream, most.log));
	return lines && {
		container: container.name,
		group,
		stream,
		lines
	};
}
async function diagnoseInstance({ instanceId, region }) {
	const ec2 = new Ec2(region);
	const omitted = [];
	const ask = asking(omitted);
	const [instance, output] = await Promise.all([ask("the status checks", "ec2:DescribeInstanceStatus", () => ec2.status(instanceId)), ask("the console output", "ec2:GetConsoleOutput", () => ec2.console(instanceId))]);
	return {
		...noEvidence(instanceId),
		...instance && { instance },
		console: consoleLines(output ?? ""),
		omitted
	};
}
function consoleLines(output) {
	return stripVTControlCharacters(output).split(/\r*\n/).map((line) => line.replace(/^.*\r/, "").trimEnd()).filter((line) => line !== "").slice(-most.console);
}
// src/platforms/ec2/ready.ts
async function waitUntilReady(ec2, instanceId, timeoutMs, log) {
	const started = Date.now();
	let lastWait = "";
	const result = await poll(async () => {
		let judged;
		try {
			judged = decideReadiness(await ec2.status(instanceId), instanceId);
		} catch (error) {
			judged = judgeError$1(error, instanceId);
		}
		if (!("waitingFor" in judged)) return { done: judged };
		if (judged.waitingFor !== lastWait) log(judged.waitingFor);
		lastWait = judged.waitingFor;
		return judged;
	}, {
		delayMs: (attempt) => attempt < 10 ? 2e3 : 1e4,
		timeoutMs
	});
	const elapsedMs = Date.now() - started;
	if (!result.timedOut) return {
		elapsedMs,
		failure: result.value.failure
	};
	return {
		elapsedMs,
		failure: {
			code: "EC2_TIMEOUT",
			sentence: `The instance ${instanceId} did not pass its status checks within ${Math.round(timeoutMs / 1e3)} s; last seen: ${result.waitingFor}`,
			fix: "Look at the end of the console output for why it does not come up, or raise ec2-timeout.",
			remedy: "wait"
		}
	};
}
function decideReadiness(status, instanceId) {
	if (status === void 0) return failed$1("EC2_NO_INSTANCE", `There is no EC2 instance ${instanceId} in this account and region.`, {
		fix: "Check that the output instance_id names the instance that Terraform makes, and that AWS_REGION is its region.",
		remedy: "config"
	});
	const { state, system, instance } = status;
	if (!/^(pending|running)$/.test(state)) return failed$1("EC2_NOT_RUNNING", `The instance ${instanceId} is ${state}: nothing can answer there.`, {
		fix: "Look at its state transition reason in the EC2 console: somebody stopped it, or AWS took a Spot instance back.",
		remedy: "replace"
	});
	const passes = (check) => check === "ok" || check === "not-applicable";
	if (state === "running" && passes(system) && passes(instance)) return { failure: void 0 };
	return { waitingFor: `Waiting for EC2: the instance ${instanceId} is ${state}, its system check ${system || "unknown"}, its instance check ${instance || "unknown"}.` };
}
function judgeError$1(error, instanceId) {
	const message = messageOf(error);
	if (isDenied(error) || /AuthFailure|ExpiredToken|Credentials|Region is missing/.test(`${nameOf(error)} ${message}`)) return failed$1("EC2_ACCESS", `AWS does not let this job watch the instance ${instanceId}: ${message}`, {
		fix: "Give the role that this job assumes the action ec2:DescribeInstanceStatus, AWS_REGION, and a session that outlives the deployment.",
		remedy: "config"
	});
	return { waitingFor: `Waiting for the EC2 API: ${nameOf(error)}: ${message}` };
}
function nameOf(error) {
	return error instanceof Error ? error.name : "";
}
function failed$1(code, sentence, { fix, remedy }) {
	return { failure: {
		code,
		sentence,
		fix,
		remedy
	} };
}
// src/platforms/ecs/stability.ts
const clockSkewMs = 6e4;
async function waitUntilStable(ecs, { cluster, service, taskDefinition }, previous, timeoutMs, log, since = Date.now()) {
	const started = Date.now();
	const name = `${cluster}/${service}`;
	const seen = new Set();
	const stopped = new StoppedTasks(ecs, cluster, service, since - clockSkewMs, log);
	let followed;
	let lastWait = "";
	const result = await poll(async () => {
		let judged;
		try {
			const state = await ecs.describeService(cluster, service);
			const ours = ourDeployment(state, taskDefinition?.arn);
			if (ours !== void 0 && ours.createdAt >= (followed?.createdAt ?? 0)) {
				if (followed !== void 0 && followed.id !== ours.id) log(`ECS: deployment ${ours.id} of the same revision has taken the place of ${followed.id}.`);
				followed = {
					id: ours.id,
					createdAt: ours.createdAt
				};
			}
			for (const line of newEvents(state, followed, seen)) log(line);
			judged = judge(state, taskDefinition?.arn, previous, name, followed);
			if (state !== void 0 && followed !== void 0 && "waitingFor" in judged) judged = judgeTasks(await stopped.of(followed), state, shortOf(ours), name) ?? judged;
		} catch (error) {
			judged = judgeError(error, name);
		}
		if (!("waitingFor" in judged)) return { done: judged };
		if (judged.waitingFor !== lastWait) log(judged.waitingFor);
		lastWait = judged.waitingFor;
		return judged;
	}, {
		delayMs,
		timeoutMs
	});
	const elapsedMs = Date.now() - started;
	if (!result.timedOut) return {
		...result.value,
		elapsedMs,
		deployment: followed
	};
	const late = `The ECS deployment${taskDefinition === void 0 ? "" : ` of ${short(taskDefinition.arn)}`} was not complete after ${Math.round(timeoutMs / 1e3)} s`;
	return {
		revision: void 0,
		running: 0,
		elapsedMs,
		deployment: followed,
		observed: late,
		failure: {
			code: "ECS_TIMEOUT",
			sentence: `${late}; last seen: ${result.waitingFor}`,
			fix: "Look at the events of the service and at the stopped tasks for the reason, or raise ecs-timeout if the server starts slowly.",
			remedy: "wait"
		}
	};
}
function delayMs(attempt) {
	if (attempt < 10) return 1500;
	if (attempt < 20) return 5e3;
	return attempt < 60 ? 1e4 : 15e3;
}
var StoppedTasks = class {
	#known = new Set();
	#failed = [];
	#isDenied = false;
	#ecs;
	#cluster;
	#service;
	#since;
	#log;
	constructor(ecs, cluster, service, since, log) {
		this.#ecs = ecs;
		this.#cluster = cluster;
		this.#service = service;
		this.#since = since;
		this.#log = log;
	}
	async of({ id }) {
		if (this.#isDenied) return [];
		try {
			const found = await this.#ecs.tasks(this.#cluster, this.#service, "STOPPED", this.#known);
			for (const task of found.toReversed()) {
				this.#known.add(task.arn);
				if (task.startedBy !== id || !hasFailed(task) || task.stoppedAt < this.#since) continue;
				this.#failed.unshift(task);
				this.#log(`ECS: task ${short(task.arn)} stopped: ${stoppedLine(task)}`);
			}
		} catch (error) {
			if (!isDenied(error)) throw error;
			this.#isDenied = true;
			this.#log("Why tasks stop is not known: give the role ecs:ListTasks and ecs:DescribeTasks.");
		}
		return this.#failed;
	}
};
function stoppedLine({ stoppedReason, stopCode, containers }) {
	const ended = containers.filter(({ exitCode, reason }) => exitCode !== void 0 || reason !== "" && reason !== stoppedReason).map(({ name, exitCode, reason }) => [
		`${name}:`,
		exitCode === void 0 ? "" : `exit code ${exitCode}`,
		reason
	].filter((part) => part !== "").join(" "));
	return `${stoppedReason || stopCode}${ended.length === 0 ? "" : ` (${ended.join(", ")})`}`;
}
function judgeTasks(stopped, { circuitBreaker, desiredCount }, revision, name) {
	const breakerOpensAt = Math.min(200, Math.max(3, Math.ceil(desiredCount / 2)));
	const cause = taskCause({
		...noEvidence(name),
		stopped
	}, circuitBreaker ? breakerOpensAt + 2 : void 0);
	if (cause === void 0 || !cause.hopeless) return void 0;
	const seen = `The tasks of ${revision} in ${name} do not stay up`;
	const often = cause.times === 1 ? "" : ` (${cause.times} times)`;
	return failed("ECS_TASKS_FAIL", `${seen} because ${cause.clause}${often}.`, {
		fix: cause.fix,
		remedy: cause.remedy ?? "replace"
	}, seen);
}
function ourDeployment(state, expected) {
	return state?.deployments.filter(({ status, taskDefinition }) => expected === void 0 ? status === "PRIMARY" : sameRevision(taskDefinition, expected)).filter((deployment) => !isRollback(deployment)).sort((a, b) => b.createdAt - a.createdAt)[0];
}
function judge(state, expected, previous, name, followed) {
	if (state === void 0 || state.status !== "ACTIVE") return failed("ECS_NO_SERVICE", `There is no active ECS service ${name}${state ? ` (its status is ${state.status})` : ""}.`, {
		fix: "Check that the outputs ecs_cluster_name and ecs_service_name, or the inputs ecs-cluster and ecs-service, name the service that Terraform makes, and that AWS_REGION is its region.",
		remedy: "config"
	});
	if (state.desiredCount === 0) return failed("ECS_SCALED_TO_ZERO", `The desired count of ECS service ${name} is 0: no task runs, so nothing can answer.`, {
		fix: "Raise the desired count, or the minimum of the autoscaling.",
		remedy: "config"
	});
	const primary = state.deployments.find((deployment) => deployment.status === "PRIMARY");
	if (primary === void 0) return { waitingFor: `Waiting for ECS to start a deployment of ${name}.` };
	if (expected !== void 0 && !sameRevision(primary.taskDefinition, expected)) return notOurs(state, primary, expected, previous, name);
	const isOlder = followed !== void 0 && primary.createdAt < followed.createdAt;
	if (followed !== void 0 && primary.id !== followed.id && (isOlder || isRollback(primary))) {
		const ours = state.deployments.find(({ id }) => id === followed.id);
		const seen = `ECS rolled ${name} back to an earlier deployment of ${short(primary.taskDefinition)}, ${primary.id}`;
		return failed("ECS_ROLLED_BACK", `${seen}. ${reasons(state, ours ?? primary)}`.trimEnd(), {
			fix: `Look at the stopped tasks of the deployment ${followed.id}: what it changed (a secret, a setting of the service) keeps them from starting or staying healthy.`,
			remedy: "replace"
		}, `${seen},`);
	}
	if (primary.rolloutState === "FAILED") {
		const seen = `The ECS deployment of ${short(primary.taskDefinition)} failed`;
		return failed("ECS_DEPLOYMENT_FAILED", `${seen}: ${reasons(state, primary) || "ECS gives no reason."}`, {
			fix: "Look at the stopped tasks and the logs of the service for why the container does not start or stay healthy.",
			remedy: "replace"
		}, seen);
	}
	const draining = state.deployments.some((other) => other !== primary && other.runningCount > 0);
	if ((primary.rolloutState === void 0 || primary.rolloutState === "COMPLETED") && !draining && primary.runningCount === state.desiredCount && state.runningCount === state.desiredCount) return {
		state: "stable",
		revision: short(primary.taskDefinition),
		running: primary.runningCount,
		failure: void 0
	};
	const failures = primary.failedTasks > 0 ? `, ${primary.failedTasks} failed to start` : "";
	const old = draining ? ", tasks of the revision before still run" : "";
	return { waitingFor: `Waiting for ECS: deployment of ${short(primary.taskDefinition)} is ${primary.rolloutState ?? "running"}, ${primary.runningCount} of ${state.desiredCount} tasks run${failures}${old}.` };
}
function notOurs(state, primary, expected, previous, name) {
	const ours = state.deployments.find((deployment) => sameRevision(deployment.taskDefinition, expected));
	if (ours?.rolloutState === "FAILED" || isRollback(primary) || previous !== void 0 && sameRevision(primary.taskDefinition, previous)) {
		const seen = `ECS rolled ${name} back: it runs ${short(primary.taskDefinition)}, not ${short(expected)}, which this apply made`;
		return failed("ECS_ROLLED_BACK", `${seen}. ${reasons(state, ours ?? primary)}`.trimEnd(), {
			fix: `Look at the stopped tasks of ${short(expected)} for why they do not start or stay healthy. The old revision still serves.`,
			remedy: "replace"
		}, `${seen},`);
	}
	return failed("ECS_SUPERSEDED", `Somebody deployed ${short(primary.taskDefinition)} to ${name} after this apply made ${short(expected)}.`, {
		fix: "Deploy one thing at a time: let only this workflow change the service, and give it a concurrency group.",
		remedy: "config"
	});
}
function failed(code, sentence, { fix, remedy }, seen) {
	return {
		state: "failed",
		revision: void 0,
		running: 0,
		failure: {
			code,
			sentence,
			fix,
			remedy
		},
		observed: seen
	};
}
function judgeError(error, name) {
	const kind = error instanceof Error ? error.name : "";
	const message = messageOf(error);
	if (kind === "ClusterNotFoundException") return failed("ECS_NO_SERVICE", `AWS finds no cluster for ECS service ${name}: ${message}`, {
		fix: "Check ecs_cluster_name (or the input ecs-cluster) and AWS_REGION.",
		remedy: "config"
	});
	if (/AccessDenied|UnrecognizedClient|ExpiredToken|InvalidClientToken|InvalidSignature|CredentialsProviderError/.test(kind) || /Region is missing|credential/i.test(message)) return failed("ECS_ACCESS", `AWS does not let this job watch ECS service ${name}: ${kind}: ${message}`, {
		fix: "Give the role that this job assumes the action ecs:DescribeServices, AWS_REGION, and a session that outlives the deployment.",
		remedy: "config"
	});
	return { waitingFor: `Waiting for the ECS API: ${kind}: ${message}` };
}
function newEvents(state, ours, seen) {
	if (state === void 0 || ours === void 0) return [];
	const fresh = state.events.filter(({ id, createdAt }) => createdAt >= ours.createdAt && !seen.has(id)).reverse();
	for (const { id } of fresh) seen.add(id);
	return fresh.map(({ message }) => `ECS: ${message}`);
}
function reasons(state, deployment) {
	const events = state.events.filter(({ createdAt, message }) => createdAt >= deployment.createdAt && /fail|unable|unhealthy|stopped|error/i.test(message)).slice(0, 2).map(({ message }) => message);
	return [deployment.rolloutStateReason, ...events].filter((reason) => reason).join(" ");
}
function sameRevision(a, b) {
	return short(a) === short(b);
}
function isRollback({ rolloutState, rolloutStateReason }) {
	return rolloutState !== "FAILED" && /roll(ing|ed) ?back|circuit breaker/i.test(rolloutStateReason ?? "");
}
function shortOf(deployment) {
	return short(deployment?.taskDefinition ?? "");
}
function short(taskDefinition) {
	return taskDefinition.replace(/^.*\//, "");
}
// src/terraform/taint.ts
function decideTaint(serving, failure, onFailure) {
	const address = serving.kind === "ecs" ? serving.taskDefinition?.address : serving.address;
	if (onFailure === "none") return {
		address: void 0,
		why: "Nothing was tainted, because on-failure is none: the next plan sees no difference."
	};
	if (failure.remedy === "config") return {
		address: void 0,
		why: "Nothing was tainted: what is wrong lies around the server, and replacing the server would not change it."
	};
	if (address === void 0) return {
		address: void 0,
		why: `Nothing was tainted: ${serving.kind === "ecs" ? `the task definition of ${serving.service}` : `the instance ${serving.instanceId}`} is not in this Terraform state.`
	};
	return {
		address,
		why: `The next apply ${serving.kind === "ecs" ? "makes a new revision of it and rolls the service to that, without downtime" : "replaces the instance"}. With the same inputs that heals only what was transient: repair the server first.`
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
	const state = await job.step("apply", () => apply(terraform));
	job.record({ apply: "done" });
	const deployment = readDeployment(state, job.inputs);
	job.record({
		deployment,
		links: consoleLinks(state, deployment.serving)
	});
	return deployment;
}
async function checkStability(job, deployment, began) {
	const { serving } = deployment;
	if (serving.kind === "ec2") return await checkReadiness(job, deployment);
	const previousRevision = revisionInState(job.report.plan?.priorState, serving.service, serving.cluster);
	job.record({ previousRevision });
	return await job.check("stability", async () => {
		const stability = await followService(job, serving, previousRevision, began);
		return {
			adds: { stability },
			failure: stability.failure,
			...explaining(job, stability.failure, deployment, { observed: stability.observed })
		};
	});
}
async function checkReadiness(job, deployment) {
	const { serving } = deployment;
	if (serving.kind === "ecs") return true;
	const { instanceId, region, address } = serving;
	if (address === void 0) {
		log.line(line`The instance ${instanceId} is not in this Terraform state, so its status checks are not watched.`);
		return true;
	}
	return await job.check("stability", async () => {
		const readiness = await waitUntilReady(new Ec2(region), instanceId, job.inputs.ec2.timeoutMs, logText);
		return {
			adds: { readiness },
			failure: readiness.failure,
			...explaining(job, readiness.failure, deployment, {})
		};
	});
}
function followService(job, serving, previous, began) {
	return waitUntilStable(new Ecs(serving.region), serving, previous, job.inputs.ecs.timeoutMs, logText, began);
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
	if (serving.kind === "ec2") return true;
	return await job.check("stability", async () => {
		const { failure, observed } = await followService(job, serving, job.report.previousRevision, began);
		return {
			failure,
			...explaining(job, failure, deployment, { observed })
		};
	});
}
function explaining(job, failure, deployment, { observed, began }) {
	if (failure === void 0 || deployment === void 0 || symptoms[failure.code] === void 0) return {};
	const explain = async () => {
		const evidence = await diagnose(deployment.serving, job.report.stability?.deployment, began);
		log.line(evidenceLines(evidence));
		return {
			failure: explained(failure, evidence, deployment.endpoint, observed),
			adds: { evidence }
		};
	};
	return { explain };
}
async function saveRevision(job, { serving }) {
	if (job.inputs.onFailure !== "rollback" || serving.kind === "ec2") return;
	await job.orWarn(() => saveLastGoodRevision(new Parameters(serving.region), serving));
}
async function repair(job, terraform, deployment, began) {
	const { serving } = deployment;
	const [failure] = job.report.failures;
	if (failure?.remedy === void 0) return;
	if (job.inputs.onFailure === "rollback" && serving.kind === "ecs") {
		const passed = await job.orWarn(() => readLastGoodRevision(new Parameters(serving.region), serving));
		const decision = decideRollback(serving, { remedy: failure.remedy }, passed, job.report.previousRevision);
		if (decision.to !== void 0) {
			if (await job.step("rollback", () => rollBack(job, deployment, serving, decision, began))) return;
		} else {
			job.warn(decision.why);
			if (decision.instead === "nothing") return;
		}
	}
	if (job.inputs.onFailure === "rollback" && serving.kind === "ec2" && failure.remedy !== "config") job.warn(`There is nothing to roll back to: an instance has no earlier revision, so ${serving.instanceId} is tainted.`);
	await taintServing(job, terraform, deployment, { remedy: failure.remedy });
}
async function rollBack(job, { endpoint }, serving, decision, began) {
	const { to } = decision;
	if (await job.orWarn(async () => {
		const isNew = await startRollback(new Ecs(serving.region), serving, to);
		job.record({ rollback: rollbackStarted(serving, decision) });
		log.line(isNew ? line`Rolling ${serving.service} back to ${to}.` : line`ECS has gone back to ${to} by itself.`);
		return true;
	}) === void 0) return false;
	const target = {
		...serving,
		taskDefinition: {
			arn: to,
			address: serving.taskDefinition?.address ?? ""
		}
	};
	const serves = () => followService(job, target, void 0, began);
	const verdict = async () => (await runGate(job, {
		endpoint,
		tools: [],
		contract: void 0,
		expectVersion: void 0
	})).failure;
	const failure = (await serves()).failure ?? await verdict() ?? (await serves()).failure;
	const rollback = rollbackResult(serving, decision, failure);
	job.record({ rollback });
	log.line(line`${rollback.sentence}`);
	return true;
}
async function taintServing(job, terraform, { serving }, failure) {
	const decision = decideTaint(serving, failure, job.inputs.onFailure);
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
export { runApply as n, consoleLinks as r, checkGate as t };
