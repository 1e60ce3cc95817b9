import { answerServerRequests, checkOffer, clean, createParser, exchange, failed, initializeParams, isEventStream, isId, isMessage, monotonicMs, parseJson, readInitializeResult, readOutcome, recordReply, secretsOf, send, unfitRefusal } from "./verify.js";
import { isObject } from "./entry.js";
// src/gate/legacy-sse.ts
async function probeSse(conversation, expected) {
	const secrets = secretsOf(conversation.target.headers);
	const since = monotonicMs();
	return await useSession(conversation, (step, refusal) => failed(conversation, step, refusal, since), (ask, server) => {
		const { protocolVersion } = server;
		return checkOffer({
			conversation,
			step: "initialize",
			protocolVersion,
			offer: server,
			ask,
			isModern: false,
			since
		}, expected, secrets);
	});
}
function inSseSession(conversation, use) {
	return useSession(conversation, (_step, refusal) => refusal, use);
}
async function useSession(conversation, fail, use) {
	const secrets = secretsOf(conversation.target.headers);
	const stream = openStream(conversation);
	try {
		const address = await stream.endpoint;
		if ("answered" in address) return fail("endpoint", address);
		let id = 0;
		const request = async (method, params) => {
			return await stream.listenFor(++id)(await post(conversation, {
				method,
				params,
				id,
				url: address.url
			}));
		};
		const opened = await request("initialize", initializeParams);
		if (!opened.reply.answered) return fail("initialize", opened.reply);
		const server = readInitializeResult(opened.reply.result, secrets);
		if ("answered" in server) return fail("initialize", server);
		const { reply } = await send(conversation, {
			method: "notifications/initialized",
			url: address.url
		});
		if (!reply.answered) return fail("notifications/initialized", reply);
		return await use(request, server);
	} finally {
		await stream.close();
	}
}
async function post(conversation, { method, params, id, url }) {
	const outcome = await exchange(conversation.target, {
		url,
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify({
			jsonrpc: "2.0",
			id,
			method,
			params
		})
	});
	const posted = recordReply(conversation, {
		method,
		url
	}, "POST", outcome);
	if (posted.reply.answered) return posted;
	return {
		outcome,
		reply: explainPost(posted.reply, outcome, url, conversation.target.endpoint)
	};
}
function explainPost(refusal, outcome, posted, endpoint) {
	const { status } = refusal;
	if (status !== 400 && status !== 404 && status !== 405) return refusal;
	const body = outcome.kind === "reply" ? outcome.body.slice(0, 2e3) : "";
	if (status !== 405 && /session|transport/i.test(body)) return {
		...refusal,
		code: "SESSION_LOST",
		sentence: `The stream names a session that the server does not know: ${refusal.sentence}`
	};
	const folder = endpoint.pathname.slice(0, endpoint.pathname.lastIndexOf("/") + 1);
	if (status === 400 || posted.pathname.startsWith(folder)) return refusal;
	const sentence = `The endpoint event names ${posted.pathname}, which is not below ${folder}, where the stream is: ${refusal.sentence}`;
	return {
		...refusal,
		code: "SSE_ENDPOINT_PREFIX",
		sentence
	};
}
function openStream(conversation) {
	const { endpoint: url, headers, times } = conversation.target;
	const bodyTimeoutMs = conversation.target.requestTimeoutMs ?? times.phaseTimeoutsMs.body;
	const secrets = secretsOf(headers);
	const closing = new AbortController();
	const address = Promise.withResolvers();
	const waiting = new Map();
	let unclaimed = "";
	let requests;
	const parser = createParser({ onEvent: (event) => {
		if (event.event === "endpoint") {
			const named = endpointOf(event.data, url, secrets);
			if (!("answered" in named)) requests ??= answerServerRequests(conversation, named.url);
			return address.resolve(named);
		}
		if (!isMessage(event)) return;
		const value = parseJson(event.data)?.value;
		requests?.answer(value);
		const answeredId = isObject(value) ? [...waiting.keys()].find((id) => isId(value.id, id)) : void 0;
		if (answeredId === void 0) unclaimed = event.data;
		else waiting.get(answeredId)?.(event.data);
	} });
	const late = setTimeout(() => closing.abort(), times.endpointEventTimeoutMs);
	const ended = exchange(conversation.target, {
		url,
		method: "GET",
		headers: { accept: "text/event-stream" },
		bodyTimeoutMs: 6 * bodyTimeoutMs,
		signal: closing.signal,
		onLines: (lines) => {
			parser.feed(lines);
			return "more";
		}
	});
	address.promise.then(() => clearTimeout(late));
	ended.then((outcome) => {
		recordReply(conversation, {
			method: "endpoint",
			url
		}, "GET", outcome);
		address.resolve(withoutEndpoint(outcome, url, secrets));
	});
	const listenFor = (id) => {
		const arrived = Promise.withResolvers();
		waiting.set(id, (data) => arrived.resolve({
			data,
			ending: "enough"
		}));
		ended.then(() => arrived.resolve({
			data: unclaimed,
			ending: "end"
		}));
		return async (posted) => {
			if (!posted.reply.answered) return posted;
			const started = monotonicMs();
			const remainingMs = Math.max(conversation.target.deadline - started, times.minPhaseTimeoutMs);
			const cut = remainingMs < bodyTimeoutMs ? { isCut: true } : {};
			const expired = setTimeout(() => arrived.resolve({
				data: unclaimed,
				ending: "slow",
				...cut
			}), Math.min(remainingMs, bodyTimeoutMs));
			const { data, ending, isCut } = await arrived.promise;
			clearTimeout(expired);
			waiting.delete(id);
			const lines = data.split("\n").map((line) => `data: ${line}\n`);
			const body = monotonicMs() - started;
			const outcome = {
				kind: "reply",
				status: 200,
				headers: { "content-type": "text/event-stream" },
				body: data === "" ? "" : `${lines.join("")}\n`,
				bytes: data.length,
				ending,
				...isCut && { isCut },
				phases: {
					...posted.outcome.phases,
					body
				},
				elapsedMs: posted.outcome.elapsedMs + body
			};
			return {
				outcome,
				reply: readOutcome(outcome, {
					id,
					url,
					inSession: false,
					authorized: false,
					secrets
				})
			};
		};
	};
	const close = async () => {
		clearTimeout(late);
		closing.abort();
		await ended;
		await requests?.sent();
	};
	return {
		endpoint: address.promise,
		listenFor,
		close
	};
}
function endpointOf(data, base, secrets) {
	const url = URL.parse(data, base.href);
	if (url?.origin === base.origin) return { url };
	return unfitRefusal("SSE_FOREIGN_ENDPOINT", `The endpoint event names "${clean(data, secrets)}", which is not on ${base.origin}.`);
}
function withoutEndpoint(outcome, url, secrets) {
	const reply = readOutcome(outcome, {
		id: 0,
		url,
		inSession: false,
		authorized: false,
		secrets
	});
	const isStream = outcome.kind === "reply" && outcome.status === 200 && isEventStream(outcome.headers);
	if (!isStream && !reply.answered) return reply;
	const address = `${url.origin}${url.pathname}`;
	return unfitRefusal("SSE_NO_ENDPOINT", isStream && outcome.bytes === 0 && outcome.ending === "enough" ? `GET ${address} opened an event stream and sent nothing, not even the endpoint event.` : `GET ${address} opened no event stream with an endpoint event.`);
}
export { inSseSession, probeSse };
