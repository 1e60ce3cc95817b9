import { createClientAssertion, isObject } from "./entry.js";
import { clean, codes, discover, endSession, exchange, failure, failureOf, initialize, isEventStream, legacyRequests, modernRequests, monotonicMs, parseJson, previewJson, readOutcome, recordExchange, secretsOf, send, unfitRefusal } from "./verify.js";
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
async function findAuthChallenge(target, { transport, require }, exchanges) {
	const openings = transport === "sse" ? [await openStream(target, exchanges)] : await openBothEras(target, require !== "legacy", exchanges);
	const challenge = await challengeOf(target, openings, exchanges);
	return "code" in challenge ? challenge : {
		...challenge,
		steps: openings.map(({ step, isOpen }) => isOpen ? "tools/call" : step)
	};
}
async function challengeOf(target, openings, exchanges) {
	const open = openings.find(({ isOpen }) => isOpen);
	if (open) return await challengeOfOpenServer(target, open, openings, exchanges);
	const refusals = openings.flatMap(({ step, refusal }) => refusal ? [{
		step,
		refusal
	}] : []);
	const unauthorized = refusals.filter(({ refusal }) => refusal.status === 401);
	const decisive = unauthorized.find(({ refusal }) => !isBearer(refusal)) ?? unauthorized[0] ?? refusals[0];
	if (decisive === void 0) return failure("DEADLINE", "authorization", "The endpoint was not asked.");
	const { step, refusal } = decisive;
	if (unauthorized.length === 0) return failureOf(refusal, step);
	const challenge = readChallenge(refusal.challenge ?? "");
	return challenge ? await fetchAuthChallenge(target, challenge, exchanges) : await challengeWithoutHeader(target, step, refusal, exchanges);
}
function isBearer({ challenge }) {
	return challenge !== void 0 && readChallenge(challenge) !== void 0;
}
async function challengeOfOpenServer(target, { step }, openings, exchanges) {
	const challenge = openings.some(({ refusal }) => refusal?.status === 401) ? void 0 : await fetchAuthChallenge(target, {}, exchanges);
	const address = `${target.endpoint.origin}${target.endpoint.pathname}`;
	if (challenge === void 0 || "code" in challenge) return failure("AUTH_NOT_REQUIRED", step, `${address} answered ${step} without authorization.`);
	const warning = `${address} lists its tools without authorization. Its metadata names an authorization server, so tools/call may be protected; the gate does not call tools.`;
	return {
		...challenge,
		warning: [challenge.warning, warning].filter(Boolean).join(" ")
	};
}
async function challengeWithoutHeader(target, step, refusal, exchanges) {
	const address = `${target.endpoint.origin}${target.endpoint.pathname}`;
	const header = refusal.challenge === void 0 ? void 0 : clean(refusal.challenge, secretsOf(target.headers));
	const bare = header === void 0 ? refusal.sentence : `${address} answered HTTP 401 with "${header}", which has no Bearer challenge.`;
	const challenge = await fetchAuthChallenge(target, {}, exchanges);
	if ("code" in challenge) return challenge.code === "AUTH_METADATA_MISSING" ? failureOf({
		...refusal,
		code: "AUTH_BARE_401",
		sentence: bare
	}, step) : challenge;
	const warning = `${bare} Its metadata is at ${challenge.metadataUrl}, where most clients look; some hosts want the header: ${codes.AUTH_BARE_401.fix}`;
	return {
		...challenge,
		warning: [challenge.warning, warning].filter(Boolean).join(" ")
	};
}
async function openBothEras(target, asksModern, exchanges) {
	const legacy = await openLegacy({
		target,
		era: "legacy",
		exchanges
	});
	return asksModern ? [legacy, await openModern({
		target,
		era: "modern",
		exchanges
	})] : [legacy];
}
async function openLegacy(conversation) {
	const { server, session } = await initialize(conversation);
	if ("answered" in server) return {
		step: "initialize",
		isOpen: false,
		refusal: server
	};
	const headers = {
		...session,
		"mcp-protocol-version": server.protocolVersion
	};
	const url = conversation.target.endpoint;
	const { reply: accepted } = await send(conversation, {
		method: "notifications/initialized",
		url,
		headers
	});
	const { reply } = accepted.answered ? await legacyRequests(conversation, headers)("tools/list", {}) : { reply: accepted };
	if (session["mcp-session-id"] !== void 0) await endSession(conversation, headers);
	return openingOf("initialize", accepted.answered ? "tools/list" : "notifications/initialized", reply);
}
async function openModern(conversation) {
	const discovery = await discover(conversation);
	if ("refusal" in discovery) return {
		step: "server/discover",
		isOpen: false,
		refusal: discovery.refusal
	};
	const { reply } = await modernRequests(conversation)("tools/list", {});
	return openingOf("server/discover", "tools/list", reply);
}
function openingOf(opened, step, reply) {
	if (!reply.answered && reply.status === 401) return {
		step,
		isOpen: false,
		refusal: reply
	};
	return {
		step: opened,
		isOpen: true,
		refusal: void 0
	};
}
async function openStream(target, exchanges) {
	const { endpoint: url } = target;
	const closing = new AbortController();
	const outcome = await exchange(target, {
		url,
		method: "GET",
		headers: { accept: "text/event-stream" },
		signal: closing.signal,
		onHeaders: (status, headers) => {
			if (status === 200 && isEventStream(headers)) queueMicrotask(() => closing.abort());
		}
	});
	const reply = readOutcome(outcome, {
		url,
		inSession: false,
		authorized: false,
		secrets: secretsOf(target.headers)
	});
	recordExchange({
		target,
		exchanges
	}, {
		era: "http-sse",
		step: "endpoint",
		method: "GET"
	}, outcome, reply.answered ? "ok" : reply.code);
	return {
		step: "endpoint",
		isOpen: reply.answered,
		refusal: reply.answered ? void 0 : reply
	};
}
const METADATA_STEP = "protected-resource metadata";
async function fetchAuthChallenge(target, challenge, exchanges) {
	const { endpoint } = target;
	const named = challenge.resource_metadata;
	const fail = (code, sentence) => failure(code, METADATA_STEP, sentence);
	const shown = clean(named ?? "", secretsOf(target.headers));
	const namedUrl = named === void 0 ? void 0 : URL.parse(named);
	if (namedUrl && !mayBeAsked(namedUrl, endpoint)) return fail("AUTH_METADATA_MISSING", `resource_metadata="${shown}" is not https, so clients do not fetch it.`);
	const document = await fetchFirst(target, namedUrl ? [namedUrl] : resourceMetadataUrls(endpoint), METADATA_STEP, exchanges);
	const isNoUrl = namedUrl === null ? `resource_metadata="${shown}" is not a URL, so clients ignore it.` : void 0;
	if ("answered" in document) {
		const where = isNoUrl ? `${isNoUrl} ` : named === void 0 ? "The challenge names no resource_metadata. " : "";
		return fail(document.code === "NOT_JSON" ? "AUTH_METADATA_INVALID" : document.code, `${where}${document.sentence}`);
	}
	const metadata = readResourceMetadata(document.value, endpoint, secretsOf(target.headers));
	if ("answered" in metadata) return fail(metadata.code, `${metadata.sentence} (${clean(document.url.href, [])})`);
	const scopes = challenge.scope?.split(" ").filter((scope) => scope !== "") ?? metadata.scopes;
	const warning = [metadata.warning, isNoUrl].filter(Boolean).join(" ");
	return {
		...metadata,
		metadataUrl: document.url.href,
		scopes,
		...warning !== "" && { warning }
	};
}
function resourceMetadataUrls({ origin, pathname }) {
	const root = `${origin}/.well-known/oauth-protected-resource`;
	const path = trimmed(pathname);
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
	const path = (url) => `${trimmed(url.pathname)}/`;
	if (named.origin === endpoint.origin && path(named) === path(endpoint) && named.search === endpoint.search) return offer;
	if (named.origin === endpoint.origin && path(endpoint).startsWith(path(named))) {
		const warning = `The protected-resource metadata is for ${offer.resource}, a parent of the endpoint: RFC 9728 \u00a73.3 requires the URL itself, and strict clients refuse it.`;
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
async function obtainToken(target, challenge, credentials, exchanges) {
	const step = "authorization-server metadata";
	const issuer = trustedIssuer(challenge, credentials.issuer, target.endpoint);
	if ("answered" in issuer) return failure(issuer.code, step, issuer.sentence);
	const server = await fetchServerMetadata(target, issuer, credentials.issuer !== void 0, exchanges);
	if ("answered" in server) return failure(server.code, step, server.sentence);
	return await requestToken(target, server, challenge, credentials, exchanges);
}
async function fetchServerMetadata(target, issuer, isPinned, exchanges) {
	const document = await fetchFirst(target, serverMetadataUrls(issuer), "authorization-server metadata", exchanges);
	if ("answered" in document) return document.code === "AUTH_SERVER_UNREACHABLE" ? document : unfitRefusal("AUTH_SERVER_METADATA", document.sentence);
	const bad = (what) => unfitRefusal("AUTH_SERVER_METADATA", `The metadata of the authorization server (${clean(document.url.href, [])}) ${what}.`);
	const { issuer: named, token_endpoint: endpoint, token_endpoint_auth_methods_supported: methods } = document.value;
	if (typeof named !== "string" || trimmed(named) !== trimmed(issuer.href)) return bad(`is for the issuer ${previewJson(named, [])}`);
	const tokenEndpoint = typeof endpoint === "string" ? URL.parse(endpoint) : null;
	if (tokenEndpoint === null) return bad("names no token_endpoint");
	if (!(tokenEndpoint.protocol === "https:" || isLocal(tokenEndpoint) && isLocal(target.endpoint)) || !mayBeAsked(tokenEndpoint, target.endpoint)) return bad("names a token_endpoint that is not https");
	if (!isPinned && !isSameHost(tokenEndpoint, target.endpoint)) return unfitRefusal("AUTH_ISSUER_UNPINNED", `The authorization server ${clean(issuer.href, [])} has its token endpoint on another host, ${clean(tokenEndpoint.host, [])}, and mcp-oauth-issuer does not name it. The client secret was not sent.`);
	return {
		tokenEndpoint,
		authMethods: isStrings(methods) ? methods : ["client_secret_basic"]
	};
}
function serverMetadataUrls({ origin, pathname }) {
	const path = trimmed(pathname);
	const known = `${origin}/.well-known`;
	return [...[`${known}/oauth-authorization-server${path}`, `${known}/openid-configuration${path}`], ...path === "" ? [] : [`${origin}${path}/.well-known/openid-configuration`]].map((url) => new URL(url));
}
async function requestToken(target, { tokenEndpoint, authMethods }, { resource, scopes }, credentials, exchanges) {
	const step = "token";
	const { clientId, clientSecret = "", privateKey, audience } = credentials;
	const form = (text) => new URLSearchParams({ "": text }).toString().slice(1);
	const basic = Buffer.from(`${form(clientId)}:${form(clientSecret)}`).toString("base64");
	const inBody = !authMethods.includes("client_secret_basic") && authMethods.includes("client_secret_post");
	const assertion = privateKey && createClientAssertion(privateKey, clientId, tokenEndpoint.href);
	const shownResource = credentials.resource ?? resource;
	const scope = credentials.scope ?? scopes.join(" ");
	const body = new URLSearchParams({
		grant_type: "client_credentials",
		...shownResource !== "none" && { resource: shownResource },
		...scope !== "none" && scope !== "" && { scope },
		...audience !== void 0 && { audience },
		...assertion !== void 0 && {
			client_id: clientId,
			client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
			client_assertion: assertion
		},
		...inBody && assertion === void 0 && {
			client_id: clientId,
			client_secret: clientSecret
		}
	});
	const outcome = await ask(target, {
		url: tokenEndpoint,
		method: "POST",
		headers: {
			accept: "application/json",
			"content-type": "application/x-www-form-urlencoded",
			...!inBody && assertion === void 0 && { authorization: `Basic ${basic}` }
		},
		body: body.toString(),
		holdsCredentials: true,
		followsRedirect: false
	});
	const parsed = readTokenReply(outcome, clean(`${tokenEndpoint.origin}${tokenEndpoint.pathname}`, []), secretsOf({
		clientSecret,
		basic,
		form: form(clientSecret),
		assertion: assertion ?? ""
	}));
	recordExchange({
		target,
		exchanges
	}, {
		era: null,
		step,
		method: "POST"
	}, outcome, "code" in parsed ? parsed.code : "ok");
	return "code" in parsed ? failure(parsed.code, step, parsed.sentence) : parsed;
}
function readTokenReply(outcome, address, secrets) {
	if (isDown(outcome)) return unfitRefusal("AUTH_SERVER_UNREACHABLE", `The token endpoint ${address} ${describeOutage(outcome, secrets)}.`);
	const value = parseJson(outcome.body)?.value;
	const { status } = outcome;
	if (status < 200 || status > 299 || !isObject(value)) {
		const { error, error_description: why } = isObject(value) ? value : {};
		const reason = typeof error === "string" ? `${error}${typeof why === "string" ? `: ${why}` : ""}` : "";
		const shown = reason === "" ? "" : `, "${clean(reason, secrets)}"`;
		return unfitRefusal("AUTH_TOKEN_REFUSED", `The token endpoint ${address} answered HTTP ${status}${shown}.`);
	}
	const { access_token: token, token_type: type, expires_in: seconds } = value;
	if (typeof token !== "string" || !/^[\x21-\x7e]+$/.test(token) || typeof type !== "string" || !/^bearer$/i.test(type)) return unfitRefusal("AUTH_TOKEN_REFUSED", `The token endpoint ${address} answered without a Bearer access_token.`);
	const lifeMs = typeof seconds === "number" && seconds > 0 ? seconds * 1e3 : TOKEN_LIFE_MS;
	return {
		accessToken: token,
		renewAt: monotonicMs() + Math.max(lifeMs / 2, lifeMs - RENEW_BEFORE_MS)
	};
}
async function fetchFirst(target, urls, step, exchanges) {
	let missing;
	for (const url of urls) {
		const outcome = await ask(target, {
			url,
			method: "GET",
			headers: { accept: "application/json" }
		});
		const parsed = readDocument(outcome, url, target.endpoint);
		recordExchange({
			target,
			exchanges
		}, {
			era: null,
			step,
			method: "GET"
		}, outcome, "answered" in parsed ? parsed.code : "ok");
		if (!("answered" in parsed)) return parsed;
		missing ??= parsed;
		if (parsed.code !== "AUTH_METADATA_MISSING") return parsed;
	}
	return missing ?? unfitRefusal("AUTH_METADATA_MISSING", "There is no address to look for metadata.");
}
function readDocument(outcome, url, endpoint) {
	const address = clean(url.href, []);
	if (isDown(outcome)) {
		if (url.origin !== endpoint.origin) return unfitRefusal("AUTH_SERVER_UNREACHABLE", `GET ${address} ${describeOutage(outcome, [])}.`);
		const parsed = readOutcome(outcome, {
			id: 0,
			url,
			inSession: false,
			authorized: false,
			secrets: []
		});
		if (!parsed.answered) return parsed;
	}
	const { status, body } = outcome;
	if (status !== 200) return unfitRefusal("AUTH_METADATA_MISSING", `GET ${address} answered HTTP ${status}.`);
	const value = parseJson(body)?.value;
	return isObject(value) ? {
		url,
		value
	} : unfitRefusal("NOT_JSON", `GET ${address} answered with something other than JSON.`);
}
function isDown(outcome) {
	return outcome.kind === "fault" || outcome.status >= 500 || outcome.status === 429;
}
function describeOutage(outcome, secrets) {
	return outcome.kind === "reply" ? `answered HTTP ${outcome.status}` : `could not be asked (${clean(outcome.code, [])}, "${clean(outcome.message, secrets)}")`;
}
function ask(target, request) {
	return exchange({
		...target,
		headers: {},
		sign: void 0
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
	let end = url.length;
	while (url[end - 1] === "/") end--;
	return url.slice(0, end);
}
export { findAuthChallenge, obtainToken };
