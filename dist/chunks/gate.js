import { K as messageOf, V as InputError, j as isObject, t as poll } from "./base.js";
import { A as exchange, C as send, D as clean, E as readOutcome, F as codes, I as failure, L as isInterruption, M as openTarget, N as defaultGateTimes, O as previewJson, S as recordExchange, T as parseJson, _ as findOfferFault, a as discover, c as probeSse, f as initialize, g as findMissingTool, h as findContractFault, i as probeEras, j as isEventStream, k as secretsOf, l as LEGACY_VERSIONS, m as probeStreamable, n as NOT_ASKED, o as modernRequests, p as legacyRequests, r as isBelowHttp, t as ERAS, u as endSession, w as unfitRefusal, x as failureOf, y as listTools } from "./eras.js";
import { A as compareContracts, j as contractOf } from "./entry.js";
import { a as openSigner, n as createClientAssertion, o as readSigningScope } from "./client-assertion.js";
import { validateHeaderName, validateHeaderValue } from "node:http";
// src/gate/decide.ts
function decideRound(eras, { require, transport }) {
	if (require === "any") {
		if (ERAS.some((era) => eras[era].verdict === "passed")) return brokenOffer(eras);
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
function brokenOffer(eras) {
	const failed = ERAS.map((era) => eras[era]).filter(({ verdict }) => verdict === "failed");
	return (failed.find(({ isOffered }) => isOffered) ?? failed.find(({ failure: fault }) => fault && isInterruption(fault)))?.failure;
}
function mergeRounds(rounds) {
	const last = rounds.at(-1);
	if (last === void 0) return void 0;
	const merge = (era) => {
		const all = rounds.map((eras) => eras[era]);
		const worst = all.findLast(({ verdict }) => verdict === "failed") ?? last[era];
		return {
			...last[era],
			...worst,
			warnings: [...new Set(all.flatMap(({ warnings }) => warnings))]
		};
	};
	return {
		modern: merge("modern"),
		legacy: merge("legacy"),
		"http-sse": merge("http-sse")
	};
}
function disagreement(before, now, { require }) {
	if (before === void 0 || require !== "any") return void 0;
	const era = ERAS.find((each) => before[each].verdict === "passed" !== (now[each].verdict === "passed"));
	if (era === void 0) return void 0;
	const other = before[era].failure ?? now[era].failure;
	const sentence = `FLAPPING: of two rounds in a row one passed the ${era} era and the other did not.${other === void 0 ? "" : ` It did not: ${other.sentence}`}`;
	return failure("FLAPPING", other?.step ?? "rounds", sentence, era);
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
	"CALL_FAILED",
	"CALL_UNEXPECTED",
	"CALL_NOT_ALLOWED",
	"HOST_INCOMPATIBLE",
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
	const refusal = era && findContractFault(eras[era].tools ?? [], expected, secrets);
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
async function withHint(fault, target) {
	if (fault.code === "OLD_TRANSPORT") {
		const newer = await findStreamableAddress(target);
		return newer === void 0 ? fault : {
			...fault,
			sentence: `${fault.sentence} Streamable HTTP is served at ${newer}.`,
			fix: `Use ${newer} as the URL.`
		};
	}
	if (fault.code !== "PATH_404" && fault.code !== "HTTP_405" && fault.code !== "HTML_PAGE") return fault;
	const address = await findMcpAddress(target);
	return address === void 0 ? fault : {
		...fault,
		sentence: `${fault.sentence} MCP answers at ${address}.`
	};
}
function findStreamableAddress(target) {
	const { pathname } = target.endpoint;
	const folder = pathname.slice(0, pathname.lastIndexOf("/", pathname.length - 2) + 1);
	return findMcpAddress(target, [
		`${folder}mcp`,
		folder,
		...USUAL_PATHS.filter((path) => path !== "/sse")
	]);
}
const JAR_SESSIONS = 3;
async function withCookieJar(fault, target, expected) {
	for (let session = 0; session < JAR_SESSIONS; session++) {
		const result = await probeStreamable({
			target,
			era: "legacy",
			exchanges: []
		}, expected, {
			withCookies: true,
			lists: 2
		});
		if (!result.setsCookies || result.failure?.code === "SESSION_LOST") return fault;
	}
	const sentence = `${fault.sentence} ${JAR_SESSIONS} sessions that sent the cookies back were whole.`;
	return failure("SESSION_NEEDS_COOKIES", fault.step, sentence, fault.era);
}
const USUAL_PATHS = [
	"/mcp",
	"/",
	"/api/mcp",
	"/mcp/mcp",
	"/gradio_api/mcp/",
	"/sse"
];
async function findMcpAddress(target, paths = USUAL_PATHS) {
	return (await Promise.all([...new Set(paths)].map(async (path) => {
		const endpoint = new URL(path, target.endpoint.href);
		endpoint.search = target.endpoint.search;
		if (endpoint.pathname === target.endpoint.pathname) return void 0;
		const otherTarget = {
			...target,
			endpoint,
			deadline: Math.min(target.deadline, performance.now() + target.times.otherPathsTimeoutMs)
		};
		const eras = await probeEras(otherTarget, path === "/sse" ? "sse" : "streamable-http", {
			tools: [],
			version: void 0,
			contract: void 0
		}, []);
		return ERAS.some((era) => eras[era].verdict === "passed") ? `${endpoint.origin}${endpoint.pathname}` : void 0;
	}))).find((address) => address !== void 0);
}
// src/gate/hosts.ts
const hostTitles = {
	claude: "claude.ai",
	"claude-code": "Claude Code",
	chatgpt: "ChatGPT",
	vscode: "VS Code",
	cursor: "Cursor",
	gemini: "Gemini"
};
const firstTool = (what, breaks) => (tools) => {
	const tool = tools.find(breaks);
	return tool && {
		tool: tool.name,
		what
	};
};
const MAX_VSCODE_TOOLS = 128;
const MAX_LIST_TOKENS = 25e3;
const CHARACTERS_PER_TOKEN = 4;
const rules = [
	{
		hosts: ["claude-code"],
		source: "anthropics/claude-code#45106",
		find: firstTool("has anyOf, oneOf or allOf at the top of its inputSchema, which makes every request fail", ({ inputSchema }) => [
			"anyOf",
			"oneOf",
			"allOf"
		].some((keyword) => inputSchema[keyword] !== void 0))
	},
	{
		hosts: [
			"claude",
			"claude-code",
			"chatgpt",
			"vscode"
		],
		source: "github/copilot-cli#1879",
		find: firstTool("has a name with other characters than letters, digits, \"_\" and \"-\"", ({ name }) => !/^[\w-]+$/.test(name))
	},
	{
		hosts: [
			"claude",
			"claude-code",
			"chatgpt"
		],
		source: "microsoft/foundry-dev-tools#201",
		find: firstTool("has a name of more than 64 characters", ({ name }) => name.length > 64)
	},
	{
		hosts: ["cursor"],
		source: "ComposioHQ/composio#2788",
		find: firstTool("has a name of more than 58 characters, and with the name of the server at most 60 are shown", ({ name }) => name.length > 58)
	},
	{
		hosts: ["gemini"],
		source: "google-gemini/gemini-cli#2966",
		find: firstTool("has a name that is not a letter or \"_\" followed by at most 63 letters, digits, \"_\", \".\" and \"-\"", ({ name }) => !/^[A-Za-z_][\w.-]{0,63}$/.test(name))
	},
	{
		hosts: [
			"claude",
			"claude-code",
			"chatgpt",
			"vscode",
			"cursor",
			"gemini"
		],
		source: "modelcontextprotocol/modelcontextprotocol#1063",
		find: (tools) => {
			const names = new Set();
			const twice = tools.find(({ name }) => names.size === names.add(name).size);
			return twice && {
				tool: twice.name,
				what: "is listed twice"
			};
		}
	},
	{
		hosts: ["vscode", "gemini"],
		source: "microsoft/vscode#246119",
		find: firstTool("has an array without \"items\" in its inputSchema", ({ inputSchema }) => hasBareArray(inputSchema, 0))
	},
	{
		hosts: ["vscode"],
		source: "microsoft/vscode-copilot-release#11653",
		find: ({ length }) => length > MAX_VSCODE_TOOLS ? {
			tool: void 0,
			what: `has ${length} tools, and a request has at most ${MAX_VSCODE_TOOLS}`
		} : void 0
	},
	{
		hosts: ["claude-code"],
		source: "anthropics/claude-code#12241",
		find: (tools) => {
			const tokens = Math.round(sizeOf(tools) / CHARACTERS_PER_TOKEN);
			return tokens > MAX_LIST_TOKENS ? {
				tool: void 0,
				what: `takes about ${tokens} tokens of each conversation, and a warning starts at ${MAX_LIST_TOKENS}`
			} : void 0;
		}
	}
];
function checkHosts(eras, required, secrets) {
	const era = ERAS.find((each) => eras[each].verdict === "passed");
	const tools = era === void 0 ? [] : eras[era].tools ?? [];
	let failed;
	const warnings = [];
	for (const { hosts, source, find } of rules) {
		const broken = find(tools);
		if (broken === void 0) continue;
		const isRequired = hosts.some((host) => required.includes(host));
		const named = hosts.filter((host) => !isRequired || required.includes(host)).map((host) => hostTitles[host]);
		const sentence = `${broken.tool === void 0 ? "The tool list" : `The tool "${clean(broken.tool, secrets)}"`} ${broken.what}: ${named.join(", ")} (${source}).`;
		if (isRequired) failed ??= failure("HOST_INCOMPATIBLE", "tools/list", sentence, era);
		else warnings.push(`Some hosts refuse this. ${sentence}`);
	}
	return {
		failure: failed,
		warnings
	};
}
const MAX_DEPTH = 100;
function hasBareArray(schema, depth) {
	if (depth > MAX_DEPTH) return false;
	if (Array.isArray(schema)) return schema.some((each) => hasBareArray(each, depth + 1));
	if (!isObject(schema)) return false;
	if (schema.type === "array" && schema.items === void 0 && schema.prefixItems === void 0) return true;
	const { properties, items, anyOf, oneOf, allOf } = schema;
	return [
		...isObject(properties) ? Object.values(properties) : [],
		items,
		anyOf,
		oneOf,
		allOf
	].some((each) => hasBareArray(each, depth + 1));
}
function sizeOf(tools) {
	try {
		return JSON.stringify(tools.map(({ name, description, inputSchema }) => ({
			name,
			description,
			inputSchema
		}))).length;
	} catch {
		return 0;
	}
}
// src/gate/request.ts
const FRAMING = /^(?:connection|content-length|expect|keep-alive|te|trailer|transfer-encoding|upgrade)$/i;
function targetFor(request, times, onSecret = () => {}) {
	const { endpoint, headers, require, transport, rounds, timeoutMs, requestTimeoutMs, requestsPerMinute } = request;
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
	const scope = readSigningScope(request.sigv4 ?? "none", url);
	if (scope !== void 0 && (hasAuthorization(headers) || request.oauth !== void 0)) throw new InputError("mcp-sigv4 signs requests in the Authorization header, and mcp-headers or mcp-oauth-client-id sets the same header: use one of them.");
	try {
		const { tls, connectTo } = request;
		const options = {
			requestTimeoutMs,
			requestsPerMinute,
			tls,
			connectTo,
			sign: scope && openSigner(scope, onSecret)
		};
		return openTarget(url, headers, timeoutMs, process.env, times, options);
	} catch (error) {
		throw new InputError(`HTTPS_PROXY or HTTP_PROXY of the runner cannot be used: ${messageOf(error)}`);
	}
}
function endsAtAuthChallenge({ auth, oauth, headers }) {
	return auth === "required" && oauth === void 0 && !hasAuthorization(headers);
}
function hasAuthorization(headers) {
	return Object.keys(headers).some((name) => name.toLowerCase() === "authorization");
}
// src/gate/result.ts
function resultOf(request, outcome) {
	const { eras, failure, challenge, warnings, latencies, elapsedMs, rounds } = outcome;
	const passed = ERAS.map((era) => eras[era]).filter((era) => era.verdict === "passed");
	const serverInfo = passed.find((era) => era.serverInfo)?.serverInfo;
	const contract = contractIn(eras, request.contract?.tools);
	return {
		passed: failure === void 0,
		endpoint: request.endpoint,
		...failure && { failure: shownFailure(failure) },
		eras: {
			modern: reportOf(eras.modern),
			legacy: reportOf(eras.legacy),
			"http-sse": reportOf(eras["http-sse"])
		},
		protocolVersions: [...new Set(passed.flatMap((era) => era.protocolVersion ?? []))].sort().reverse(),
		tools: namesOf(passed[0]),
		...serverInfo && { serverInfo },
		...contract && { contract },
		...challenge && { wall: challenge },
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
		...fault && verdict === "failed" && { failure: shownFailure(fault) }
	};
}
function shownFailure({ isCut: _, retryAfterMs: _wait, ...rest }) {
	return rest;
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
	recordExchange(exchanges, {
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
		followsRedirect: false
	});
	const parsed = readTokenReply(outcome, clean(`${tokenEndpoint.origin}${tokenEndpoint.pathname}`, []), secretsOf({
		clientSecret,
		basic,
		form: form(clientSecret),
		assertion: assertion ?? ""
	}));
	recordExchange(exchanges, {
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
		renewAt: performance.now() + Math.max(lifeMs / 2, lifeMs - RENEW_BEFORE_MS)
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
		recordExchange(exchanges, {
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
// src/gate/login.ts
async function authenticate(access, request, exchanges) {
	const { auth, oauth } = request;
	const needsToken = oauth !== void 0 && (access.token === void 0 || performance.now() > access.token.renewAt);
	if (auth !== "required" && !needsToken) return void 0;
	const challenge = await probeAuthChallenge(access.target, request, exchanges);
	if ("code" in challenge) {
		if (challenge.code !== "AUTH_NOT_REQUIRED" || auth === "required") return challenge;
		access.warnings.add("The endpoint answers without authorization, so no token was asked for with mcp-oauth-client-id.");
		return;
	}
	const { warning, steps, ...reported } = challenge;
	access.challenge = reported;
	access.challengeSteps = steps.join(", ");
	if (warning !== void 0) access.warnings.add(warning);
	if (oauth === void 0 || !needsToken) return void 0;
	const token = await obtainToken(access.target, challenge, oauth, exchanges);
	if ("code" in token) return token;
	access.onSecret(token.accessToken);
	access.token = token;
	access.target = {
		...access.target,
		headers: {
			...request.headers,
			Authorization: `Bearer ${token.accessToken}`
		}
	};
}
function probeAuthChallenge(target, { headers, transport, require }, exchanges) {
	const open = Object.fromEntries(Object.entries(headers).filter(([name]) => !hasAuthorization({ [name]: "" })));
	return findAuthChallenge({
		...target,
		headers: open,
		sign: void 0
	}, {
		transport,
		require
	}, exchanges);
}
// src/gate/sampling.ts
const TRIES = 8;
const CHALLENGE_TRIES = 4;
const PAGES = 40;
const SESSIONS = 3;
const LISTS_PER_SESSION = 2;
const OLD_SESSIONS = 3;
const SAMPLED_SESSIONS = 2;
const SESSION_REQUESTS = 3;
const MIN_SAMPLED_REQUESTS = 4;
async function sampleEra(conversation, era, expected, timeoutMs, requests) {
	const deadline = performance.now() + timeoutMs;
	const opening = {
		modern: "server/discover",
		legacy: "initialize",
		"http-sse": "session"
	}[conversation.era];
	const steps = conversation.era === "http-sse" || era.tools === void 0 ? [opening] : [opening, "tools/list"];
	const samplings = [];
	const share = Math.max(requests, MIN_SAMPLED_REQUESTS);
	if (conversation.era === "legacy" && era.inSession) {
		const lists = Math.max(1, Math.floor(share / SAMPLED_SESSIONS) - SESSION_REQUESTS);
		samplings.push(await sampleSessions(conversation, expected, deadline, SAMPLED_SESSIONS, lists));
	} else {
		const openings = steps.length === 1 ? share : Math.floor(share / 2);
		for (const step of steps) {
			const tries = step === opening ? openings : share - openings;
			const sampling = await sampleStep(conversation, era, step, expected, deadline - performance.now(), tries);
			samplings.push(sampling);
			if (sampling.failures.some(isInterruption)) break;
		}
	}
	return samplings.sort((a, b) => b.failures.length - a.failures.length);
}
async function sampleStep(conversation, era, step, expected, timeoutMs, maxTries = TRIES) {
	const deadline = performance.now() + timeoutMs;
	const tries = Math.min(TRIES, maxTries);
	const lists = Math.max(2, Math.min(tries, Math.floor(PAGES / (era.pages ?? 1))));
	const attempt = (name, action) => repeat(conversation.target, name, name === "tools/list" ? lists : tries, deadline, async () => {
		const refusal = await action();
		return [refusal && failureOf(refusal, name, conversation.era)];
	});
	switch (conversation.era) {
		case "http-sse": {
			const session = async () => [afterContract(await probeSse(conversation, expected), conversation, expected)];
			return await repeat(conversation.target, "session", OLD_SESSIONS, deadline, session);
		}
		case "modern": return step === "tools/list" ? await attempt(step, () => tryList(conversation, modernRequests(conversation), true, expected)) : await attempt("server/discover", () => tryDiscover(conversation, expected));
		case "legacy": {
			if (step === "initialize") return await attempt(step, () => tryInitialize(conversation, expected));
			if (step === "notifications/initialized") {
				let turn = 0;
				return await attempt(step, () => tryInitialized(conversation, turn++));
			}
			if (step !== "tools/list" || era.inSession) return await sampleSessions(conversation, expected, deadline);
			const headers = { "mcp-protocol-version": era.protocolVersion ?? LEGACY_VERSIONS[0] };
			return await attempt(step, () => tryList(conversation, legacyRequests(conversation, headers), false, expected));
		}
	}
}
function sampleSessions(conversation, expected, deadline, sessions = SESSIONS, lists = LISTS_PER_SESSION) {
	return repeat(conversation.target, "session", sessions, deadline, async () => {
		const { listings } = await probeStreamable(conversation, expected, { lists });
		return listings.map((listing) => afterContract(listing, conversation, expected));
	});
}
function afterContract({ failure: fault, tools = [] }, { era, target }, expected) {
	const refusal = fault ? void 0 : findContractFault(tools, expected, secretsOf(target.headers));
	return refusal ? failure(refusal.code, "tools/list", refusal.sentence, era) : fault;
}
function decideSampling({ step, tries: all, failures }, era) {
	const tries = all - failures.filter(isInterruption).length;
	const counted = failures.filter((fault) => !isInterruption(fault));
	const [first] = counted;
	if (first === void 0) return void 0;
	const lost = counted.find(({ code }) => code === "SESSION_LOST");
	if (lost) return lost;
	if (counted.length === tries) return first;
	const named = [...new Set(counted.map(({ code }) => code))].join(", ");
	const sentence = `FLAPPING ${counted.length}/${tries}: of ${tries} tries of ${step}, each on a fresh connection, ${counted.length} failed (${named}). One of them: ${first.sentence}`;
	return failure("FLAPPING", first.step, sentence, era);
}
function sampleChallenge(target, step, timeoutMs, action) {
	return repeat(target, step, CHALLENGE_TRIES, performance.now() + timeoutMs, async () => [await action()]);
}
async function repeat({ budget, reservedRequests = 0 }, step, times, deadline, action) {
	const results = [];
	const isInTime = (done) => done === 0 || performance.now() < deadline;
	for (let done = 0; done < times && isInTime(done) && budget.room > reservedRequests; done++) {
		results.push(...await action());
		if (results.some((fault) => fault && isInterruption(fault))) break;
	}
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
	const discovery = await discover(conversation);
	return "refusal" in discovery ? discovery.refusal : findOfferFault(discovery, expected, secretsOf(conversation.target.headers));
}
async function tryInitialize(conversation, expected) {
	const { server, session } = await initialize(conversation);
	if (session["mcp-session-id"] !== void 0) await endSession(conversation, session);
	return "answered" in server ? server : findOfferFault(server, expected, secretsOf(conversation.target.headers));
}
async function tryInitialized(conversation, turn) {
	const { server, session } = await initialize(conversation);
	if ("answered" in server) return server;
	if (turn % 2 === 1) await tryInitialize(conversation, anything);
	const { reply } = await send(conversation, {
		method: "notifications/initialized",
		url: conversation.target.endpoint,
		headers: {
			...session,
			"mcp-protocol-version": server.protocolVersion
		}
	});
	if (session["mcp-session-id"] !== void 0) await endSession(conversation, session);
	return reply.answered ? void 0 : reply;
}
async function tryList(conversation, ask, isModern, expected) {
	const secrets = secretsOf(conversation.target.headers);
	const listing = await listTools(ask, isModern, secrets);
	if ("answered" in listing) return listing;
	return findMissingTool(listing.tools, expected.tools, secrets) ?? findContractFault(listing.tools, expected, secrets);
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
	const eras = barred || endsAtAuthChallenge(request) ? noEras : await probeEras(access.target, request.transport, expected, exchanges, request.require, access.memory);
	const elapsedMs = performance.now() - started;
	const { fault, final } = await confirmFailure(barred ?? (endsAtAuthChallenge(request) ? void 0 : decideRound(eras, request) ?? contractFault(eras, expected, secretsOf(access.target.headers))), access.target, eras, expected, exchanges);
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
async function sampleTargets(access, request, expected, eras, requestsPerRound) {
	const started = performance.now();
	const later = (request.rounds - 1) * requestsPerRound;
	const target = {
		...access.target,
		reservedRequests: access.target.budget.reserve(later)
	};
	const halfMs = (access.target.deadline - started) / 2;
	const deadline = started + (later > 0 ? Math.min(target.times.samplingTimeoutMs, halfMs) : target.times.samplingTimeoutMs);
	const exchanges = [];
	const erasFailingSampling = {};
	const samplings = [];
	let first;
	if (request.auth === "required") {
		const sampling = await sampleChallenge(target, "the wall", deadline - performance.now(), async () => {
			const challenge = await probeAuthChallenge(target, request, exchanges);
			if ("code" in challenge) return challenge;
			const steps = challenge.steps.join(", ");
			const sentence = `The wall stands before ${steps}, and at another try before ${access.challengeSteps}.`;
			return steps === access.challengeSteps ? void 0 : failure("AUTH_NOT_REQUIRED", steps, sentence);
		});
		samplings.push(sampling);
		first = decideSampling(sampling);
	}
	const sampled = [
		"legacy",
		"modern",
		"http-sse"
	].filter((era) => isSampled(eras[era]));
	for (const [index, era] of sampled.entries()) {
		if (samplings.some(({ failures }) => failures.some(isInterruption))) break;
		const { failure: knownFailure } = eras[era];
		const conversation = {
			target,
			era,
			exchanges
		};
		const restMs = deadline - performance.now();
		const requests = Math.floor((20 - requestsPerRound - exchanges.length) / (sampled.length - index));
		const eraSamplings = knownFailure ? [await sampleStep(conversation, eras[era], knownFailure.step, expected, restMs)] : await sampleEra(conversation, eras[era], expected, restMs, requests);
		samplings.push(...eraSamplings);
		const fault = eraSamplings.map((sampling) => decideSampling(sampling, era)).find(Boolean);
		if (fault) erasFailingSampling[era] = {
			...eras[era],
			verdict: "failed",
			isOffered: true,
			failure: fault
		};
	}
	first ??= endsAtAuthChallenge(request) ? void 0 : decideRound({
		...eras,
		...erasFailingSampling
	}, request);
	const { fault, final } = await confirmFailure(first, target, eras, expected, exchanges);
	const interruption = samplings.flatMap(({ failures }) => failures).find(isInterruption);
	return {
		erasFailingSampling,
		fault,
		final,
		report: {
			elapsedMs: performance.now() - started,
			verdict: fault?.code ?? "green",
			tries: samplings.reduce((sum, sampling) => sum + sampling.tries, 0),
			failed: samplings.reduce((sum, sampling) => sum + sampling.failures.length, 0),
			exchanges
		},
		...interruption && { interruption }
	};
}
function isSampled({ verdict, isOffered }) {
	return verdict === "passed" || verdict === "failed" && isOffered === true;
}
async function confirmFailure(fault, target, eras, expected, exchanges) {
	if (fault && isInterruption(fault)) return {
		fault,
		final: false
	};
	if (fault?.era === void 0 || !codes[fault.code].final || !mayDiffer(fault, exchanges)) return {
		fault,
		final: fault !== void 0 && codes[fault.code].final
	};
	if (fault.code === "SESSION_LOST") {
		const sessions = [1, 2].map(() => () => probeStreamable({
			target,
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
	const sampling = await sampleStep({
		target,
		era: fault.era,
		exchanges
	}, eras[fault.era], fault.step, expected, target.times.confirmationTimeoutMs);
	const failed = sampling.failures.filter((each) => !isInterruption(each)).length;
	if (failed === sampling.tries - (sampling.failures.length - failed)) return {
		fault,
		final: failed > 0
	};
	return {
		fault: decideSampling(sampling, fault.era) ?? fault,
		final: false
	};
}
async function describeMixedTargets(fault, target, eras, expected, exchanges) {
	if (isInterruption(fault) || fault.era === void 0 || fault.code === "FLAPPING") return fault;
	if (!mayDiffer(fault, exchanges)) return fault;
	const verdict = decideSampling(await sampleStep({
		target,
		era: fault.era,
		exchanges: []
	}, eras[fault.era], fault.step, expected, target.times.confirmationTimeoutMs), fault.era);
	return verdict?.code === "FLAPPING" ? verdict : fault;
}
const LARGE_BYTES = 524288;
const MAX_REPEATED_REQUESTS = 40;
function mayDiffer({ code }, exchanges) {
	return exchanges.length <= MAX_REPEATED_REQUESTS && exchanges.every(({ bytes }) => bytes < LARGE_BYTES) && !isBelowHttp(code) && !code.startsWith("AUTH_") && code !== "OLD_TRANSPORT";
}
// src/gate/gate.ts
async function gate(request, log, onSecret = () => {}, times = defaultGateTimes) {
	const access = {
		target: targetFor(request, times, onSecret),
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
	let counted = [];
	let eras = {
		modern: NOT_ASKED,
		legacy: NOT_ASKED,
		"http-sse": NOT_ASKED
	};
	let fault;
	let isSampled = false;
	let erasFailingSampling = {};
	let failures = 0;
	let logged = "";
	let same;
	let waitMs;
	const logChange = (state, text) => {
		if (state !== logged) log(text);
		logged = state;
	};
	const check = async () => {
		const round = await runRound(access, request, expected);
		let { report, final } = round;
		let interruption;
		eras = {
			...round.eras,
			...erasFailingSampling
		};
		fault = round.fault;
		if (fault === void 0) {
			fault = disagreement(counted.at(-1)?.eras, eras, request);
			if (fault) report = {
				...report,
				verdict: fault.code
			};
		}
		if (fault === void 0) {
			const latencyMs = endsAtAuthChallenge(request) ? report.elapsedMs : latencyOf(eras, request);
			if (!isSampled) {
				const sampling = await sampleTargets(access, request, expected, eras, report.exchanges.length);
				report = {
					...report,
					survey: sampling.report
				};
				erasFailingSampling = sampling.erasFailingSampling;
				eras = {
					...eras,
					...erasFailingSampling
				};
				fault = sampling.fault;
				final = sampling.final;
				interruption = sampling.interruption;
				isSampled = fault === void 0;
			}
			if (fault === void 0) counted.push({
				eras,
				latencyMs
			});
		}
		if (fault?.isCut && counted.length > 0) {
			fault = tooFewRounds(counted.length, request.rounds, fault);
			report = {
				...report,
				verdict: fault.code
			};
		}
		rounds.push(report);
		waitMs = waitAfter(fault ?? interruption, times);
		if (fault === void 0) {
			same = void 0;
			logChange("green", greenLine(eras, access.challenge, request));
			return counted.length >= request.rounds ? { done: void 0 } : { waitingFor: "more green rounds" };
		}
		same = isInterruption(fault) ? same : sameFailure(same, fault);
		const isSteady = same !== void 0 && performance.now() - same.since >= times.sameAnswerMs;
		if (same && isSteady && !final && mayBeSteady(fault)) {
			final = true;
			fault = withSteadiness(fault, same);
		}
		logChange(fault.code, faultLine(fault, final));
		if (!isInterruption(fault)) {
			counted = [];
			isSampled = false;
			erasFailingSampling = {};
			failures++;
		}
		const isTooLate = waitMs !== void 0 && performance.now() + waitMs > access.target.deadline;
		return final || isTooLate || request.endsAtFailure ? { done: fault } : { waitingFor: fault.sentence };
	};
	const delayMs = () => {
		if (waitMs !== void 0) return waitMs;
		return fault === void 0 || isInterruption(fault) ? times.greenDelayMs : times.firstRetryDelaysMs[failures - 1] ?? times.retryDelayMs;
	};
	const polled = await poll(check, {
		delayMs,
		timeoutMs: request.timeoutMs
	});
	const { target, challenge } = access;
	const last = polled.timedOut ? fault : polled.value;
	const isUndecided = polled.timedOut || request.endsAtFailure === true;
	const mixed = last && isUndecided ? await describeMixedTargets(last, target, eras, expected, rounds.at(-1)?.exchanges ?? []) : last;
	const ended = polled.timedOut ? atDeadline(rounds, mixed, request.rounds) : mixed;
	const verdict = ended?.isCut && ended.code !== "DEADLINE" && failures === 0 ? asUnproven(ended) : ended;
	eras = mergeRounds(counted.map((round) => round.eras)) ?? eras;
	if (eras.legacy.failure?.code === "SESSION_LOST") eras = {
		...eras,
		legacy: {
			...eras.legacy,
			failure: await withCookieJar(eras.legacy.failure, target, expected)
		}
	};
	const compatibility = checkHosts(eras, request.hosts ?? [], secretsOf(target.headers));
	for (const warning of compatibility.warnings) access.warnings.add(warning);
	const afterRounds = verdict ?? compatibility.failure ?? await callTools(access, request, eras, rounds);
	const newer = eras["http-sse"].verdict === "passed" ? await findStreamableAddress(target) : void 0;
	if (newer !== void 0 && afterRounds?.code !== "OLD_TRANSPORT") access.warnings.add(`The same server speaks Streamable HTTP at ${newer}: use that address, the newer transport.`);
	const cause = afterRounds?.code === "SESSION_LOST" ? eras.legacy.failure ?? afterRounds : afterRounds;
	const decided = cause ? asSingleEraFailure(await withHint(cause, target), eras) : missingContractFailure(request);
	return resultOf(request, {
		eras,
		failure: decided,
		challenge,
		warnings: access.warnings,
		latencies: counted.map(({ latencyMs }) => latencyMs),
		elapsedMs: performance.now() - started,
		rounds
	});
}
async function callTools({ target }, { calls = [] }, eras, rounds) {
	if (calls.length === 0) return void 0;
	const { runCalls } = await import("./calls.js");
	const exchanges = [];
	const failed = await runCalls(target, calls, eras, exchanges);
	const last = rounds.pop();
	if (last) rounds.push({
		...last,
		exchanges: [...last.exchanges, ...exchanges]
	});
	return failed;
}
function sameFailure(before, { sentence }) {
	return before?.sentence === sentence ? {
		...before,
		rounds: before.rounds + 1
	} : {
		sentence,
		since: performance.now(),
		rounds: 1
	};
}
function mayBeSteady({ code, step }) {
	return step === "tools/list" && [
		"RPC_ERROR",
		"SSE_EMPTY",
		"SERVER_ERROR"
	].includes(code);
}
function withSteadiness(fault, { since, rounds }) {
	const seconds = Math.round((performance.now() - since) / 1e3);
	const sentence = `${fault.sentence} It was the same in ${rounds} rounds over ${seconds} s, so the gate stopped waiting.`;
	const fix = `${fault.fix} ${codes.LIST_UNBUILDABLE.fix}`;
	return {
		...fault,
		sentence,
		fix
	};
}
function asUnproven(cut) {
	if (cut.remedy === "config") return cut;
	return {
		...cut,
		sentence: `${cut.sentence} The end of mcp-timeout cut this request.`,
		fix: `${codes.DEADLINE.fix} ${cut.fix}`,
		remedy: "config"
	};
}
function waitAfter(fault, times) {
	if (fault?.code !== "RATE_LIMITED") return void 0;
	return Math.min(Math.max(fault.retryAfterMs ?? times.rateLimitedDelayMs, times.retryDelayMs), times.maxRetryAfterMs);
}
function committed({ contract }) {
	return contract?.tools && {
		path: contract.path,
		tools: contract.tools
	};
}
const requestLimitCodes = ["RATE_LIMITED", "REQUESTS_SPENT"];
function atDeadline(rounds, last, wanted) {
	const recent = rounds.slice(-10).map(({ verdict, survey }) => verdict === "green" ? survey?.verdict : verdict).filter((verdict) => !requestLimitCodes.includes(verdict));
	const failed = recent.filter((verdict) => verdict !== void 0 && verdict !== "green");
	if (last && [
		"FLAPPING",
		"DEADLINE",
		...requestLimitCodes
	].includes(last.code)) return last;
	if (last?.code === "SESSION_LOST" && failed.every((verdict) => verdict === "SESSION_LOST")) return last;
	const [first] = failed;
	if (first && failed.length < recent.length) {
		const named = [...new Set(failed)].join(", ");
		const shown = last ? ` The last one: ${last.sentence}` : "";
		const sentence = `FLAPPING ${failed.length}/${recent.length}: of the last ${recent.length} rounds ${failed.length} failed (${named}).${shown}`;
		return failure("FLAPPING", last?.step ?? "rounds", sentence, last?.era);
	}
	return last ?? tooFewRounds(recent.length, wanted);
}
function tooFewRounds(done, wanted, cut) {
	const sentence = `Only ${done} of ${wanted} green rounds were done when the time was up.`;
	const shown = cut ? ` The end of the time cut a request to ${cut.step}.` : "";
	return {
		...failure("DEADLINE", "rounds", sentence + shown),
		...cut?.isCut && { isCut: true }
	};
}
function faultLine(fault, final) {
	return `${codes[fault.code].layer}: ${fault.code}: ${fault.sentence}${final ? "" : " Waiting."}`;
}
function greenLine(eras, challenge, { auth, rounds }) {
	const passedEras = ERAS.filter((era) => eras[era].verdict === "passed").map((era) => `${era} ${eras[era].protocolVersion ?? ""}`);
	return `MCP: green (${[...auth === "required" && challenge ? [`authorization by ${challenge.authorizationServers.join(", ")}`] : [], ...passedEras].join(", ")}); ${rounds} in a row are wanted.`;
}
export { targetFor as n, gate as t };
