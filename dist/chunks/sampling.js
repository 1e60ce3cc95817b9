import { LEGACY_VERSIONS, discover, endSession, failure, failureOf, findContractFault, findMissingTool, findOfferFault, initialize, isInterruption, legacyRequests, listTools, modernRequests, monotonicMs, probeStreamable, secretsOf, send } from "./verify.js";
import { probeSse } from "./legacy-sse2.js";
// src/gate/sampling.ts
const TRIES = 8;
const CHALLENGE_TRIES = 4;
const PAGES = 40;
const SESSIONS = 3;
const LISTS_PER_SESSION = 2;
const OLD_SESSIONS = 3;
const SAMPLED_SESSIONS = 2;
const SESSION_REQUESTS = 3;
const SAMPLED_REQUESTS = 20;
const MIN_SAMPLED_REQUESTS = 4;
async function sampleEra(conversation, era, expected, timeoutMs, requests) {
	const deadline = monotonicMs() + timeoutMs;
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
			const sampling = await sampleStep(conversation, era, step, expected, deadline - monotonicMs(), tries);
			samplings.push(sampling);
			if (sampling.failures.some(isInterruption)) break;
		}
	}
	return samplings.sort((a, b) => b.failures.length - a.failures.length);
}
async function sampleStep(conversation, era, step, expected, timeoutMs, maxTries = TRIES) {
	const deadline = monotonicMs() + timeoutMs;
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
	return repeat(target, step, CHALLENGE_TRIES, monotonicMs() + timeoutMs, async () => [await action()]);
}
async function repeat({ budget, reservedRequests = 0 }, step, times, deadline, action) {
	const results = [];
	const isInTime = (done) => done === 0 || monotonicMs() < deadline;
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
export { SAMPLED_REQUESTS, decideSampling, sampleChallenge, sampleEra, sampleStep };
