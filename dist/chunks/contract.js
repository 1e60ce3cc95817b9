import { v as InputError } from "./log.js";
import "./outputs.js";
import { existsSync, readFileSync } from "node:fs";
import { isIP } from "node:net";
import http from "node:http";
import { pipeline } from "node:stream";
import zlib from "node:zlib";
import { createHash } from "node:crypto";
import { TLSSocket } from "node:tls";
import https from "node:https";
// src/event.ts
const matrixCommands = ["discover", "summary"];
const deployCommands = [
	"auto",
	"plan",
	"apply",
	"verify",
	"destroy"
];
function decideTrigger(command, run, checkedOut) {
	if (command === "discover" || command === "summary") return { command };
	assertTrustedCheckout(run, checkedOut);
	if (command === "destroy") assertMerged(run);
	const trigger = command === "auto" ? decideAuto(run) : decided(command, run);
	if (trigger.command === "none") return trigger;
	const visitor = untrustedAuthorOf(run);
	if (visitor !== void 0 && trigger.command === "apply") throw new InputError("Input command is \"apply\" for a pull request from a fork or of Dependabot: only what was merged is applied. Leave command at \"auto\".");
	return {
		...trigger,
		visitor
	};
}
function decided(command, { payload, sha }) {
	const pull = payload.pull_request;
	return {
		command,
		pullRequest: pull?.number,
		sha: pull === void 0 ? sha : shaOf(pull),
		queued: queuedOf(payload)
	};
}
function decideAuto(run) {
	const { sha } = run;
	switch (run.event) {
		case "pull_request": return run.payload.action === "closed" ? closed(run.payload) : decided("plan", run);
		case "merge_group":
		case "workflow_dispatch": return decided("plan", run);
		case "push": return push(run);
		case "schedule": return {
			command: "verify",
			pullRequest: void 0,
			sha
		};
		default: return nothing(`the event ${run.event} neither plans, applies nor verifies.`);
	}
}
function closed(payload) {
	const pull = payload.pull_request;
	if (pull?.merged !== true) {
		const ended = nothing("the pull request was closed without being merged.");
		return pull === void 0 ? ended : {
			...ended,
			closed: {
				pullRequest: pull.number,
				sha: shaOf(pull)
			}
		};
	}
	const defaultBranch = payload.repository?.default_branch;
	if (pull.base.ref !== defaultBranch) return nothing(`the pull request was merged into ${pull.base.ref}, not into the default branch ${defaultBranch}.`);
	return {
		command: "apply",
		pullRequest: pull.number,
		sha: shaOf(pull)
	};
}
function push({ payload, ref, sha }) {
	const defaultBranch = payload.repository?.default_branch;
	if (ref !== `refs/heads/${defaultBranch}`) return nothing(`${ref} is not the default branch ${defaultBranch}.`);
	return {
		command: "apply",
		pullRequest: void 0,
		sha
	};
}
function isFork({ head, base }) {
	return head.repo === null || head.repo?.full_name !== base.repo?.full_name;
}
function untrustedAuthorOf(run) {
	const pull = run.payload.pull_request;
	if (pull === void 0 || run.event !== "pull_request" || pull.merged === true) return void 0;
	if (isFork(pull)) return "fork";
	return run.actor === "dependabot[bot]" ? "dependabot" : void 0;
}
function assertTrustedCheckout(run, checkedOut) {
	const pull = run.payload.pull_request;
	if (run.event !== "pull_request_target" || pull === void 0 || !isFork(pull) || checkedOut === run.sha) return;
	throw new InputError(`The workflow runs on pull_request_target, and ${checkedOut === void 0 ? "it cannot be told what is checked out" : `commit ${checkedOut.slice(0, 7)} is checked out`}, not ${run.sha.slice(0, 7)} of the base branch: the code of a fork would run with the credentials of this repository. Run on pull_request instead, which gives a fork no credentials.`);
}
function assertMerged({ event, payload }) {
	if (!(payload.pull_request !== void 0 && payload.pull_request.merged !== true) && event !== "merge_group") return;
	throw new InputError(`Input command is "destroy" on the event ${event}, whose code is not merged: nothing is destroyed by a proposal. Run it on workflow_dispatch, push or schedule, with confirm-destroy.`);
}
function queuedOf({ merge_group }) {
	const number = /\/pr-(\d+)-[0-9a-f]{40}$/.exec(merge_group?.head_ref ?? "")?.[1];
	return number === void 0 ? void 0 : Number(number);
}
function shaOf(pull) {
	return (pull.merged === true ? pull.merge_commit_sha : void 0) ?? pull.head.sha;
}
function nothing(why) {
	return {
		command: "none",
		reason: `Nothing to do: ${why} Set the input command to plan, apply or verify to decide yourself.`
	};
}
function readRun(env) {
	const need = (name) => {
		const value = env[name];
		if (!value) throw new InputError(`${name} is not set: this action runs on a GitHub Actions runner.`);
		return value;
	};
	const [owner = "", repo = ""] = need("GITHUB_REPOSITORY").split("/");
	const payloadFile = env.GITHUB_EVENT_PATH;
	const repositoryUrl = `${env.GITHUB_SERVER_URL ?? "https://github.com"}/${owner}/${repo}`;
	const actionsUrl = `${repositoryUrl}/actions`;
	const runUrl = `${actionsUrl}/runs/${env.GITHUB_RUN_ID ?? ""}`;
	const attempt = Number(env.GITHUB_RUN_ATTEMPT ?? "1");
	return {
		event: need("GITHUB_EVENT_NAME"),
		payload: payloadFile && existsSync(payloadFile) ? JSON.parse(readFileSync(payloadFile, "utf8")) : {},
		owner,
		repo,
		sha: env.GITHUB_SHA ?? "",
		ref: env.GITHUB_REF ?? "",
		url: attempt > 1 ? `${runUrl}/attempts/${attempt}` : runUrl,
		repositoryUrl,
		workflow: /^[^/]+\/[^/]+\/(.+?)@/.exec(env.GITHUB_WORKFLOW_REF ?? "")?.[1] ?? "",
		job: env.GITHUB_JOB ?? "",
		actor: env.GITHUB_ACTOR ?? "",
		runsUrl: `${actionsUrl}?query=is%3Ain_progress`,
		workspace: need("GITHUB_WORKSPACE"),
		temp: need("RUNNER_TEMP"),
		action: actionSource(env)
	};
}
function actionSource(env) {
	const { GITHUB_ACTION_REPOSITORY: repository = "", GITHUB_ACTION_REF: ref = "" } = env;
	if (!/^[\w.-]+\/[\w.-]+$/.test(repository) || !/^[\w./@+-]+$/.test(ref)) return void 0;
	return {
		url: `${env.GITHUB_SERVER_URL ?? "https://github.com"}/${repository}`,
		ref
	};
}
// node_modules/eventsource-parser/dist/errors.js
var ParseError = class extends Error {
	constructor(message, options) {
		super(message);
		this.name = "ParseError";
		this.type = options.type;
		this.field = options.field;
		this.value = options.value;
		this.line = options.line;
	}
};
// node_modules/eventsource-parser/dist/parse.js
const LF = 10;
const CR = 13;
const SPACE = 32;
const MAX_FIELD_PREFIX_LENGTH = 6;
function createParser(config) {
	if (typeof config === "function") throw new TypeError("`config` must be an object, got a function instead. Did you mean `createParser({onEvent: fn})`?");
	const { maxBufferSize, onComment, onError, onEvent, onId, onRetry } = config;
	const pendingFragments = [];
	let pendingFragmentsLength = 0;
	let bomPrefix = "";
	let id;
	let data = "";
	let dataLines = 0;
	let eventType;
	let terminated = false;
	let skippingLine = false;
	let skipNextLineFeed = false;
	function feed(chunk) {
		if (terminated) throw new Error("Cannot feed parser: it was terminated after exceeding the configured max buffer size. Call `reset()` to resume parsing.");
		if (bomPrefix !== void 0) {
			chunk = bomPrefix + chunk;
			if (chunk === "" || chunk === "ï" || chunk === "ï»") {
				bomPrefix = chunk;
				return;
			}
			bomPrefix = void 0;
			chunk = chunk.replace(/^(?:\uFEFF|\xEF\xBB\xBF)/, "");
		}
		if (skippingLine || skipNextLineFeed) {
			chunk = resumeAfterSkip(chunk);
			if (!chunk) return;
		}
		if (!pendingFragments.length) {
			const trailing = processLines(chunk);
			if (trailing !== "") storeTrailing(trailing);
			checkForBufferOverflow();
			return;
		}
		if (chunk.indexOf("\n") === -1 && chunk.indexOf("\r") === -1) {
			if (pendingFragmentsLength < MAX_FIELD_PREFIX_LENGTH) {
				if (!shouldBufferTrailing(pendingFragments.join("") + chunk.slice(0, MAX_FIELD_PREFIX_LENGTH - pendingFragmentsLength))) {
					pendingFragments.length = 0;
					pendingFragmentsLength = 0;
					skippingLine = true;
					return;
				}
			}
			pendingFragments.push(chunk);
			pendingFragmentsLength += chunk.length;
			checkForBufferOverflow();
			return;
		}
		pendingFragments.push(chunk);
		const input = pendingFragments.join("");
		pendingFragments.length = 0;
		pendingFragmentsLength = 0;
		storeTrailing(processLines(input));
		checkForBufferOverflow();
	}
	function resumeAfterSkip(chunk) {
		if (chunk.length === 0) return chunk;
		if (skipNextLineFeed) {
			skipNextLineFeed = false;
			return chunk.charCodeAt(0) === LF ? chunk.slice(1) : chunk;
		}
		const crIndex = chunk.indexOf("\r");
		const lfIndex = chunk.indexOf("\n");
		const lineEnd = crIndex === -1 ? lfIndex : lfIndex === -1 ? crIndex : crIndex < lfIndex ? crIndex : lfIndex;
		if (lineEnd === -1) return "";
		if (lineEnd === chunk.length - 1 && chunk.charCodeAt(lineEnd) === CR) {
			skippingLine = false;
			skipNextLineFeed = true;
			return "";
		}
		skippingLine = false;
		return chunk.slice(lineEnd + (chunk.charCodeAt(lineEnd) === CR && chunk.charCodeAt(lineEnd + 1) === LF ? 2 : 1));
	}
	function storeTrailing(trailing) {
		if (!trailing) return;
		if (trailing.charCodeAt(trailing.length - 1) === CR) {
			parseLine(trailing, 0, trailing.length - 1);
			if (checkForBufferOverflow()) return;
			skipNextLineFeed = true;
			return;
		}
		if (shouldBufferTrailing(trailing)) {
			pendingFragments.push(trailing);
			pendingFragmentsLength = trailing.length;
			return;
		}
		skippingLine = true;
	}
	function shouldBufferTrailing(trailing) {
		const firstCharCode = trailing.charCodeAt(0);
		return firstCharCode === 58 && !!onComment || firstCharCode === 100 && isPotentialField(trailing, "data") || firstCharCode === 101 && isPotentialField(trailing, "event") || firstCharCode === 105 && isPotentialField(trailing, "id") || firstCharCode === 114 && isPotentialField(trailing, "retry");
	}
	function checkForBufferOverflow() {
		if (terminated) return true;
		if (maxBufferSize === void 0) return false;
		if (pendingFragmentsLength + data.length <= maxBufferSize) return false;
		terminated = true;
		pendingFragments.length = 0;
		pendingFragmentsLength = 0;
		id = void 0;
		data = "";
		dataLines = 0;
		eventType = void 0;
		skippingLine = false;
		skipNextLineFeed = false;
		onError === null || onError === void 0 || onError(new ParseError(`Buffered data exceeded max buffer size of ${maxBufferSize} characters`, { type: "max-buffer-size-exceeded" }));
		return true;
	}
	function processLines(chunk) {
		let searchIndex = 0;
		if (chunk.indexOf("\r") === -1) {
			let lfIndex = chunk.indexOf("\n", searchIndex);
			while (lfIndex !== -1) {
				if (searchIndex === lfIndex) {
					if (id !== void 0) onId === null || onId === void 0 || onId(id);
					if (dataLines > 0) onEvent === null || onEvent === void 0 || onEvent({
						id,
						event: eventType,
						data
					});
					id = void 0;
					data = "";
					dataLines = 0;
					eventType = void 0;
					searchIndex = lfIndex + 1;
					lfIndex = chunk.indexOf("\n", searchIndex);
					continue;
				}
				const firstCharCode = chunk.charCodeAt(searchIndex);
				if (isDataPrefix(chunk, searchIndex, firstCharCode)) {
					const valueStart = chunk.charCodeAt(searchIndex + 5) === SPACE ? searchIndex + 6 : searchIndex + 5;
					const value = chunk.slice(valueStart, lfIndex);
					if (dataLines === 0 && chunk.charCodeAt(lfIndex + 1) === LF) {
						if (id !== void 0) onId === null || onId === void 0 || onId(id);
						onEvent === null || onEvent === void 0 || onEvent({
							id,
							event: eventType,
							data: value
						});
						id = void 0;
						data = "";
						eventType = void 0;
						searchIndex = lfIndex + 2;
						lfIndex = chunk.indexOf("\n", searchIndex);
						continue;
					}
					data = dataLines === 0 ? value : `${data}\n${value}`;
					dataLines++;
				} else if (isEventPrefix(chunk, searchIndex, firstCharCode)) eventType = chunk.slice(chunk.charCodeAt(searchIndex + 6) === SPACE ? searchIndex + 7 : searchIndex + 6, lfIndex) || void 0;
				else parseLine(chunk, searchIndex, lfIndex);
				if (checkForBufferOverflow()) return "";
				searchIndex = lfIndex + 1;
				lfIndex = chunk.indexOf("\n", searchIndex);
			}
			return chunk.slice(searchIndex);
		}
		let crIndex = chunk.indexOf("\r", searchIndex);
		let lfIndex = chunk.indexOf("\n", searchIndex);
		while (searchIndex < chunk.length) {
			let lineEnd = -1;
			if (crIndex !== -1 && lfIndex !== -1) lineEnd = crIndex < lfIndex ? crIndex : lfIndex;
			else if (crIndex !== -1) {
				if (crIndex === chunk.length - 1) lineEnd = -1;
				else lineEnd = crIndex;
			} else if (lfIndex !== -1) lineEnd = lfIndex;
			if (lineEnd === -1) break;
			parseLine(chunk, searchIndex, lineEnd);
			if (checkForBufferOverflow()) return "";
			searchIndex = lineEnd + 1;
			if (chunk.charCodeAt(searchIndex - 1) === CR && chunk.charCodeAt(searchIndex) === LF) searchIndex++;
			if (crIndex !== -1 && crIndex < searchIndex) crIndex = chunk.indexOf("\r", searchIndex);
			if (lfIndex !== -1 && lfIndex < searchIndex) lfIndex = chunk.indexOf("\n", searchIndex);
		}
		return chunk.slice(searchIndex);
	}
	function parseLine(chunk, start, end) {
		if (start === end) {
			dispatchEvent();
			return;
		}
		const firstCharCode = chunk.charCodeAt(start);
		if (isDataPrefix(chunk, start, firstCharCode)) {
			const valueStart = chunk.charCodeAt(start + 5) === SPACE ? start + 6 : start + 5;
			const value = chunk.slice(valueStart, end);
			data = dataLines === 0 ? value : `${data}\n${value}`;
			dataLines++;
			return;
		}
		if (isEventPrefix(chunk, start, firstCharCode)) {
			eventType = chunk.slice(chunk.charCodeAt(start + 6) === SPACE ? start + 7 : start + 6, end) || void 0;
			return;
		}
		if (firstCharCode === 105 && chunk.charCodeAt(start + 1) === 100 && chunk.charCodeAt(start + 2) === 58) {
			const value = chunk.slice(chunk.charCodeAt(start + 3) === SPACE ? start + 4 : start + 3, end);
			if (!value.includes("\0")) id = value;
			return;
		}
		if (firstCharCode === 58) {
			if (onComment) {
				const line = chunk.slice(start, end);
				onComment(line.slice(chunk.charCodeAt(start + 1) === SPACE ? 2 : 1));
			}
			return;
		}
		const line = chunk.slice(start, end);
		const fieldSeparatorIndex = line.indexOf(":");
		if (fieldSeparatorIndex === -1) {
			processField(line, "", line);
			return;
		}
		const field = line.slice(0, fieldSeparatorIndex);
		const offset = line.charCodeAt(fieldSeparatorIndex + 1) === SPACE ? 2 : 1;
		processField(field, line.slice(fieldSeparatorIndex + offset), line);
	}
	function processField(field, value, line) {
		switch (field) {
			case "event":
				eventType = value || void 0;
				break;
			case "data":
				data = dataLines === 0 ? value : `${data}\n${value}`;
				dataLines++;
				break;
			case "id":
				if (!value.includes("\0")) id = value;
				break;
			case "retry":
				if (/^\d+$/.test(value)) onRetry === null || onRetry === void 0 || onRetry(parseInt(value, 10));
				else onError === null || onError === void 0 || onError(new ParseError(`Invalid \`retry\` value: "${value}"`, {
					type: "invalid-retry",
					value,
					line
				}));
				break;
			default: onError === null || onError === void 0 || onError(new ParseError(`Unknown field "${field.length > 20 ? `${field.slice(0, 20)}…` : field}"`, {
				type: "unknown-field",
				field,
				value,
				line
			}));
		}
	}
	function dispatchEvent() {
		if (id !== void 0) onId === null || onId === void 0 || onId(id);
		if (dataLines > 0) onEvent === null || onEvent === void 0 || onEvent({
			id,
			event: eventType,
			data
		});
		id = void 0;
		data = "";
		dataLines = 0;
		eventType = void 0;
	}
	function reset(options = {}) {
		if (options.consume && pendingFragments.length > 0) {
			const incompleteLine = pendingFragments.join("");
			parseLine(incompleteLine, 0, incompleteLine.length);
		}
		bomPrefix = "";
		id = void 0;
		data = "";
		dataLines = 0;
		eventType = void 0;
		pendingFragments.length = 0;
		pendingFragmentsLength = 0;
		terminated = false;
		skippingLine = false;
		skipNextLineFeed = false;
	}
	return {
		feed,
		reset
	};
}
function isDataPrefix(chunk, i, firstCharCode) {
	return firstCharCode === 100 && chunk.charCodeAt(i + 1) === 97 && chunk.charCodeAt(i + 2) === 116 && chunk.charCodeAt(i + 3) === 97 && chunk.charCodeAt(i + 4) === 58;
}
function isEventPrefix(chunk, i, firstCharCode) {
	return firstCharCode === 101 && chunk.charCodeAt(i + 1) === 118 && chunk.charCodeAt(i + 2) === 101 && chunk.charCodeAt(i + 3) === 110 && chunk.charCodeAt(i + 4) === 116 && chunk.charCodeAt(i + 5) === 58;
}
function isPotentialField(line, field) {
	let i = 1;
	while (i < line.length && i < field.length) {
		if (line.charCodeAt(i) !== field.charCodeAt(i)) return false;
		i++;
	}
	return line.length <= field.length || line.charCodeAt(field.length) === 58;
}
// src/gate/events.ts
function readEvents(body) {
	const events = [];
	let comments = 0;
	let lastEventId;
	let retryMs;
	createParser({
		onEvent: (event) => events.push(event),
		onComment: () => comments++,
		onId: (id) => {
			lastEventId = id;
		},
		onRetry: (ms) => {
			retryMs = ms;
		}
	}).feed(body.replace(/\r$/, ""));
	return {
		events,
		comments,
		unfinished: isUnfinished(body) || body.endsWith("\r"),
		...lastEventId && { lastEventId },
		...retryMs !== void 0 && { retryMs }
	};
}
function isUnfinished(body) {
	return (body.slice(-65536).split(/\r\n\r\n|\n\n|\r\r/).at(-1) ?? "").split(/\r\n|\n|\r/).some((line) => line !== "" && !line.startsWith(":"));
}
function isMessage(event) {
	return (event.event ?? "message") === "message";
}
// src/gate/certificate.ts
const TIMEOUT_MS = 1500;
async function certificateOf(agent, url) {
	const host = url.hostname.replace(/^\[|\]$/g, "");
	const options = {
		host,
		port: Number(url.port || (url.protocol === "https:" ? 443 : 80)),
		servername: isIP(host) === 0 ? host : "",
		rejectUnauthorized: false,
		session: void 0
	};
	const found = Promise.withResolvers();
	const late = setTimeout(() => found.resolve(void 0), TIMEOUT_MS);
	let connection;
	let isOver = false;
	const watch = (socket) => {
		connection = socket;
		if (isOver) socket.destroy();
		socket.once("error", () => found.resolve(void 0));
		socket.once("close", () => found.resolve(void 0));
		const read = () => found.resolve(describe$1(socket.getPeerCertificate(true)));
		if (socket.getProtocol() && !socket.connecting) read();
		else socket.once("secureConnect", read);
	};
	try {
		const made = agent.createConnection(options, (error, socket) => {
			if (error) found.resolve(void 0);
			else if (socket instanceof TLSSocket && connection === void 0) watch(socket);
		});
		if (made instanceof TLSSocket) watch(made);
		return await found.promise;
	} catch {
		return;
	} finally {
		clearTimeout(late);
		isOver = true;
		connection?.destroy();
	}
}
function describe$1(certificate) {
	if (certificate?.raw === void 0) return void 0;
	const { subject, issuer, subjectaltname = "", valid_from: from, valid_to: to, issuerCertificate } = certificate;
	const named = [...subjectaltname.matchAll(/(?:DNS|IP Address):([^,]+)/g)].map(([, name = ""]) => name.trim());
	const common = [subject?.CN ?? []].flat();
	const isSelfSigned = issuerCertificate?.fingerprint256 === certificate.fingerprint256;
	return {
		names: named.length > 0 ? named : common,
		issuer: [issuer?.CN ?? issuer?.O ?? []].flat().join(", "),
		isSelfSigned,
		validFrom: new Date(from),
		validTo: new Date(to),
		hasIssuer: issuerCertificate !== void 0 && !isSelfSigned
	};
}
// src/gate/http-exchange.ts
const BODY_CAP_BYTES = 4194304;
const LINES_CAP = 2e5;
const DEADLINES = {
	dns: 2500,
	tcp: 2500,
	tls: 2500,
	headers: 1e4,
	body: 1e4
};
const MIN_DEADLINE_MS = 1e3;
function openTarget(endpoint, headers, timeoutMs, environment) {
	const options = {
		keepAlive: false,
		proxyEnv: environment,
		autoSelectFamilyAttemptTimeout: 1e3
	};
	return {
		endpoint,
		headers,
		agents: {
			"http:": new http.Agent(options),
			"https:": new https.Agent(options)
		},
		giveUpAt: performance.now() + timeoutMs
	};
}
const MAX_REDIRECTS = 5;
async function exchange(line, request) {
	let url = request.url;
	let seen = await once(line, request);
	for (let followed = 0; followed < MAX_REDIRECTS && request.followsRedirect !== false; followed++) {
		const target = seen.kind === "reply" ? redirectTarget(seen, request.method, url) : void 0;
		if (target === void 0) break;
		url = target;
		seen = await once(line, {
			...request,
			url
		});
	}
	if (seen.kind === "reply" || !isAboutCertificate(seen, url)) return seen;
	const certificate = await certificateOf(line.agents["https:"], url);
	return certificate ? {
		...seen,
		certificate
	} : seen;
}
function redirectTarget({ status, headers }, method, from) {
	if (!(status === 307 || status === 308 || method === "GET" && [
		301,
		302,
		303
	].includes(status)) || headers.location === void 0) return void 0;
	const target = URL.parse(headers.location, from.href);
	return target?.origin === from.origin && target.username === "" && target.password === "" ? target : void 0;
}
function isAboutCertificate({ phase, code }, url) {
	if (url.protocol === "http:") return /^(?:ECONNRESET|EPIPE|HPE_)/.test(code) && phase === "headers";
	return /CERT|SIGNATURE|INVALID_CA|HOSTNAME_MISMATCH/.test(code);
}
function once(line, request) {
	const { url, signal } = request;
	const started = performance.now();
	const phases = {
		dns: null,
		tcp: null,
		tls: null,
		headers: null,
		body: null
	};
	const host = url.hostname.replace(/^\[|\]$/g, "");
	let phase = "proxy";
	let entered = started;
	let timer;
	let onDeadline = () => {};
	let responded = false;
	let settled = false;
	const arm = (ms) => {
		clearTimeout(timer);
		const armed = setTimeout(() => setImmediate(() => timer === armed && !settled && onDeadline()), Math.min(ms, Math.max(line.giveUpAt - performance.now(), MIN_DEADLINE_MS)));
		timer = armed;
	};
	const leave = () => {
		if (phase !== "proxy") phases[phase] = performance.now() - entered;
		entered = performance.now();
	};
	const enter = (next) => {
		leave();
		phase = next;
		const own = {
			headers: request.headersDeadlineMs,
			body: request.bodyDeadlineMs
		}[next];
		arm(own ?? DEADLINES[next]);
	};
	return new Promise((resolve) => {
		const settle = (seen) => {
			if (settled) return;
			settled = true;
			clearTimeout(timer);
			signal?.removeEventListener("abort", abandon);
			leave();
			resolve({
				...seen,
				phases,
				elapsedMs: performance.now() - started
			});
			req.destroy();
		};
		const fail = (code, message) => settle({
			kind: "fault",
			phase,
			code,
			message
		});
		const abandon = () => fail("ABANDONED", "the exchange was closed before a response");
		onDeadline = () => fail("DEADLINE", `no progress in the ${phase} phase`);
		const req = (url.protocol === "https:" ? https : http).request(url, {
			method: request.method,
			agent: line.agents[url.protocol === "https:" ? "https:" : "http:"],
			headers: {
				...lowerCased(line.headers),
				"user-agent": "terraform-mcp-deploy",
				"accept-encoding": "gzip, deflate, br",
				...request.headers,
				...request.body !== void 0 && { "content-length": String(Buffer.byteLength(request.body)) }
			}
		});
		signal?.addEventListener("abort", abandon);
		if (signal?.aborted) return abandon();
		arm(DEADLINES.dns + DEADLINES.tcp);
		req.on("socket", (socket) => {
			if (!socket.connecting) return enter("headers");
			enter(isIP(host) ? "tcp" : "dns");
			socket.once("lookup", (error) => error ?? (phase === "dns" && enter("tcp")));
			socket.once("connect", () => enter(url.protocol === "https:" ? "tls" : "headers"));
			socket.once("secureConnect", () => enter("headers"));
		});
		req.on("error", (error) => {
			if (responded) return;
			const cause = rootOf(error);
			fail(cause.code ?? cause.name, cause.message);
		});
		req.on("continue", () => fail("UNASKED_CONTINUE", "HTTP 100 Continue, although no Expect was sent"));
		req.on("upgrade", (_res, socket) => {
			socket.destroy();
			fail("UNASKED_UPGRADE", "HTTP 101 Switching Protocols, although no Upgrade was sent");
		});
		req.on("response", (res) => {
			responded = true;
			const headers = headersOf(res);
			enter("body");
			request.onHeaders?.(res.statusCode ?? 0, headers);
			const reading = readBody(res, headers, request, (soonMs) => arm(soonMs));
			signal?.removeEventListener("abort", abandon);
			signal?.addEventListener("abort", reading.close);
			onDeadline = reading.expire;
			reading.body.then(({ text, bytes, ending }) => {
				signal?.removeEventListener("abort", reading.close);
				settle({
					kind: "reply",
					status: res.statusCode ?? 0,
					headers,
					body: text,
					bytes,
					ending
				});
			});
		});
		req.end(request.body === void 0 ? void 0 : Buffer.from(request.body));
	});
}
function lowerCased(headers) {
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
function headersOf({ headers, headersDistinct }) {
	const types = headersDistinct["content-type"];
	return types && types.length > 1 ? {
		...headers,
		"content-type": types.join(", ")
	} : headers;
}
function rootOf(error) {
	if (!(error instanceof AggregateError)) return error;
	const each = error.errors;
	return ["ECONNREFUSED", "ETIMEDOUT"].map((code) => each.find((one) => one.code === code)).find(Boolean) ?? each[0] ?? error;
}
function readBody(res, headers, request, arm) {
	const isEvents = isEventStream(headers);
	let stoppedAs;
	const stop = (ending) => {
		stoppedAs ??= ending;
		res.destroy();
	};
	const read = async () => {
		let buffer = Buffer.allocUnsafe(16384);
		let bytes = 0;
		let lines = 0;
		let shown = 0;
		let ending = "end";
		try {
			for await (const chunk of await inflated(res)) {
				if (isEvents) {
					for (const byte of chunk) if (byte === 10 || byte === 13) lines++;
				}
				if (bytes + chunk.length > 4194304 || lines > 2e5) {
					ending = "too-big";
					break;
				}
				if (bytes + chunk.length > buffer.length) {
					const larger = Buffer.allocUnsafe(Math.min(BODY_CAP_BYTES, Math.max(buffer.length * 2, bytes + chunk.length)));
					buffer.copy(larger, 0, 0, bytes);
					buffer = larger;
				}
				chunk.copy(buffer, bytes);
				const lineEnd = Math.max(chunk.lastIndexOf(10), chunk.lastIndexOf(13, -2));
				const heldBack = bytes > shown && buffer[bytes - 1] === 13;
				if (isEvents && request.onLines && (lineEnd >= 0 || heldBack)) {
					const wanted = request.onLines(buffer.toString("utf8", shown, bytes + lineEnd + 1));
					shown = bytes + lineEnd + 1;
					if (wanted === "soon") arm(1e3);
					if (wanted === "enough") ending = "enough";
				}
				bytes += chunk.length;
				if (ending === "enough") break;
			}
			ending = stoppedAs ?? ending;
		} catch (error) {
			const code = error.code ?? "";
			ending = stoppedAs ?? (/^(?:Z_|ZSTD_|ERR_?_?BROTLI|ERR__ERROR_FORMAT|BAD_ENCODING)/.test(code) ? "bad-encoding" : "cut");
		}
		return {
			text: buffer.toString("utf8", 0, bytes),
			bytes,
			ending
		};
	};
	return {
		body: read(),
		close: () => stop("enough"),
		expire: () => stop("slow")
	};
}
function mediaType(headers) {
	const stated = headers["content-type"] ?? "";
	return !stated.replace(/"(?:[^"\\]|\\.)*"/g, "").includes(",") ? (stated.split(";", 1)[0] ?? "").trim().toLowerCase() : "";
}
function isEventStream(headers) {
	return mediaType(headers) === "text/event-stream";
}
const MAX_ENCODINGS = 5;
function encodingsOf(headers) {
	return (headers["content-encoding"] ?? "").toLowerCase().split(",").map((name) => name.trim()).filter((name) => name !== "" && name !== "identity");
}
function hasUnknownEncoding(headers) {
	return encodingsOf(headers).some((name) => !(name in decoders));
}
async function inflated(res) {
	const encodings = encodingsOf(res.headers);
	let stream = res;
	if (hasUnknownEncoding(res.headers)) return stream;
	if (encodings.length > MAX_ENCODINGS) throw Object.assign(new Error(`${encodings.length} content encodings`), { code: "BAD_ENCODING" });
	for (const name of encodings.toReversed()) {
		const first = name === "deflate" ? await firstByte(stream) : void 0;
		stream = pipeline(stream, decoders[name](first), () => {});
	}
	return stream;
}
const zlibFlush = {
	flush: zlib.constants.Z_SYNC_FLUSH,
	finishFlush: zlib.constants.Z_SYNC_FLUSH
};
const brotliFlush = {
	flush: zlib.constants.BROTLI_OPERATION_FLUSH,
	finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH
};
const zstdFlush = {
	flush: zlib.constants.ZSTD_e_flush,
	finishFlush: zlib.constants.ZSTD_e_flush
};
const decoders = {
	gzip: () => zlib.createGunzip(zlibFlush),
	"x-gzip": () => zlib.createGunzip(zlibFlush),
	deflate: (first) => first === void 0 || (first & 15) === 8 ? zlib.createInflate(zlibFlush) : zlib.createInflateRaw(zlibFlush),
	br: () => zlib.createBrotliDecompress(brotliFlush),
	zstd: () => zlib.createZstdDecompress(zstdFlush)
};
async function firstByte(stream) {
	for (;;) {
		const chunk = stream.read();
		if (chunk !== null) {
			stream.unshift(chunk);
			return chunk[0];
		}
		if (stream.readableEnded || stream.destroyed) return void 0;
		await new Promise((resolve) => {
			for (const event of [
				"readable",
				"end",
				"close",
				"error"
			]) stream.once(event, () => resolve());
		});
	}
}
// src/gate/sanitize.ts
const MAX_SHOWN_CHARACTERS$1 = 200;
function secretsOf(headers) {
	const spellings = Object.values(headers).map((value) => value.replace(/\s+/g, " ").trim()).flatMap((value) => [value, /^[\w-]+ (.+)$/.exec(value)?.[1] ?? ""]).flatMap((value) => [value, ...value.split(/[^\x20-\x7e]+/).filter((run) => run !== value && run.length >= 6)]).flatMap((value) => [
		value,
		JSON.stringify(value).slice(1, -1),
		encodeURIComponent(value.toWellFormed())
	]);
	return [...new Set(spellings)].filter((secret) => secret !== "").sort((a, b) => b.length - a.length);
}
function clean(text, secrets) {
	let line = text.slice(0, 65536).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ");
	for (const secret of secrets) line = line.replaceAll(secret, "***");
	line = line.trim();
	return line.length > MAX_SHOWN_CHARACTERS$1 ? `${line.slice(0, MAX_SHOWN_CHARACTERS$1).toWellFormed()}…` : line.toWellFormed();
}
// src/gate/read-reply.ts
function readCertificateFault({ code, message, certificate }, at, { url, secrets }) {
	if (UNTRUSTED_CODES.test(code)) return refusal("TLS_UNTRUSTED", `The certificate of ${at} is not trusted (${code})${whyUntrusted(certificate, secrets)}.`);
	if (code === "ERR_TLS_CERT_ALTNAME_INVALID" || code === "HOSTNAME_MISMATCH") return refusal("TLS_NAME", `The certificate of ${at} is ${certificate ? `${describe(certificate, secrets)}; you asked ${url.hostname}` : `for another name: "${clean(message, secrets)}"`}.`);
	if (code === "CERT_HAS_EXPIRED" || code === "CERT_NOT_YET_VALID") {
		const isPast = code === "CERT_HAS_EXPIRED";
		const when = certificate && date(isPast ? certificate.validTo : certificate.validFrom);
		const state = isPast ? `expired${when ? ` on ${when}` : ""}` : `is not valid ${when ? `before ${when}` : "yet"}`;
		const shown = certificate ? `; it is ${describe(certificate, secrets)}` : "";
		return refusal("TLS_EXPIRED", `The certificate of ${at} ${state} (the clock of the runner says ${date(new Date())})${shown}.`);
	}
}
function describe({ names, issuer, validFrom, validTo }, secrets) {
	const shown = names.slice(0, 5).map((name) => clean(name, secrets));
	const more = names.length > shown.length ? ` and ${names.length - shown.length} more` : "";
	return `${shown.length === 0 ? "for no name" : `for ${shown.join(", ")}${more}`}, issued by "${clean(issuer, secrets)}", valid from ${date(validFrom)} to ${date(validTo)}`;
}
function whyUntrusted(certificate, secrets) {
	if (certificate === void 0) return "";
	return `: ${certificate.isSelfSigned ? "it is self-signed" : certificate.hasIssuer ? "the authority at the end of its chain is not a public one" : "the server sends it alone, without the certificate of its issuer, and the runner does not know that issuer"}; it is ${describe(certificate, secrets)}`;
}
function date(value) {
	return Number.isNaN(value.getTime()) ? "no date" : `${value.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
function seconds(ms) {
	return `${Math.round((ms ?? 0) / 100) / 10} s`;
}
const REFUSING_RPC_CODES = new Set([
	-32700,
	-32600,
	-32601,
	-32602
]);
const MODERN_RPC_CODES = {
	headerMismatch: -32020,
	missingCapability: -32021,
	unsupportedVersion: -32022
};
const UNTRUSTED_CODES = /^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT_UNTRUSTED|CERT_REJECTED|CERT_CHAIN_TOO_LONG|INVALID_CA|CERT_REVOKED|CERT_SIGNATURE_FAILURE)/;
function read(sight, asked) {
	return sight.kind === "fault" ? readFault(sight, asked) : readReply(sight, asked);
}
function refusal(code, sentence, more = {}) {
	return {
		answered: false,
		code,
		sentence,
		...more
	};
}
function readFault(fault, asked) {
	const { phase, code, message, phases, certificate } = fault;
	const { url, secrets } = asked;
	const host = url.hostname;
	const at = `${host}:${url.port || (url.protocol === "https:" ? 443 : 80)}`;
	const said = clean(message, secrets);
	if (code === "DEADLINE") switch (phase) {
		case "dns": return refusal("DNS_TIMEOUT", `The resolver did not answer for ${host}.`);
		case "tls": return refusal("TLS_TIMEOUT", `${at} accepts TCP connections but does not answer the TLS handshake.`);
		case "tcp": return refusal("TCP_TIMEOUT", `${at} does not answer connection attempts at all.`);
		case "proxy": return refusal("PROXY_FAILED", `The proxy of the runner did not open a connection to ${at} in time.`);
		default: return refusal("HEADERS_TIMEOUT", `${at} accepted the request but sent no response headers in ${seconds(phases.headers)}.`);
	}
	const aboutCertificate = readCertificateFault(fault, at, asked);
	if (aboutCertificate) return aboutCertificate;
	if (phase === "proxy" || code.startsWith("ERR_PROXY")) return refusal("PROXY_FAILED", `The proxy of the runner did not open a connection to ${at}: ${code}, "${said}".`);
	if (code === "ENOTFOUND") return refusal("DNS_NXDOMAIN", `The name ${host} does not exist in DNS.`);
	if (phase === "dns" || /^EAI_|^ESERVFAIL$/.test(code)) return refusal("DNS_FAILED", `The name ${host} could not be resolved (${code}).`);
	if (url.protocol === "http:" && certificate) return refusal("PORT_SPEAKS_TLS", `${at} is a TLS port (its certificate is ${describe(certificate, secrets)}), and the URL says http.`);
	if (/wrong version number|packet length too long|http request|unknown protocol|record layer failure/i.test(message)) return refusal("TLS_NOT_TLS", `${at} does not speak TLS: it answered the handshake with something else.`);
	if (phase === "tls") return refusal("TLS_FAILED", `The TLS handshake with ${at} failed: ${code}, "${said}".`);
	if (code === "ECONNREFUSED") return refusal("TCP_REFUSED", `Nothing listens at ${at}: the connection was refused.`);
	if (code === "ETIMEDOUT") return refusal("TCP_TIMEOUT", `${at} does not answer connection attempts at all.`);
	if (/^E(?:HOST|NET)UNREACH$|^EADDRNOTAVAIL$/.test(code)) return refusal("TCP_UNREACHABLE", `There is no route to ${at} (${code}).`);
	if (code === "HPE_HEADER_OVERFLOW") return refusal("HEADERS_TOO_BIG", `${at} sent more than 16 KiB of response headers.`);
	if (code.startsWith("UNASKED_")) return refusal("NOT_HTTP", `${at} answered with ${said}.`);
	if (code.startsWith("HPE_")) return refusal("NOT_HTTP", `${at} answered with something that is not HTTP/1.1 (${code}).`);
	if (code === "ECONNRESET" || code === "EPIPE") return refusal("CONN_RESET", `${at} closed the connection before it answered.`);
	return refusal("CONN_FAILED", `The connection to ${at} failed in the ${phase} phase: ${code}, "${said}".`);
}
function readReply(reply, asked) {
	const { status } = reply;
	if (status < 200 || status >= 300) return {
		...readStatus(reply, asked),
		status
	};
	if (asked.id === void 0) return {
		answered: true,
		result: {}
	};
	const reading = readSuccess(reply, asked, asked.id);
	if (reading.answered) return reading;
	if (hasUnknownEncoding(reply.headers) && reading.code.startsWith("NOT_JSON")) return {
		...notDecoded(reply, asked),
		status
	};
	return {
		...reading,
		status
	};
}
function notDecoded({ headers }, { url, secrets }) {
	const encoding = clean(headers["content-encoding"] ?? "", secrets);
	return refusal("BODY_ENCODING", `${`${url.origin}${url.pathname}`} sent a body that does not decode as Content-Encoding "${encoding}".`);
}
function readStatus(reply, asked) {
	const { status, headers, body } = reply;
	const rpc = rpcErrorIn(body);
	const address = `${asked.url.origin}${asked.url.pathname}`;
	const said = rpc ? `JSON-RPC ${rpc.code} "${clean(rpc.message, asked.secrets)}"` : quoted(body, asked);
	const seen = `${address} answered HTTP ${status}${server(reply, asked)}, ${said}.`;
	const more = rpc ? { rpc } : {};
	const byLoadBalancer = /^awselb\b/i.test(header(reply, "server"));
	const isPage = /^\s*</.test(body) || mediaType(reply.headers) === "text/html";
	if (status >= 300 && status < 400) return refusal("REDIRECT", `${address} answered HTTP ${status} and redirects to ${headers.location === void 0 ? "nowhere" : `"${clean(headers.location, asked.secrets)}"`}.`);
	const speaksOfSession = /session|not initialized/i.test(rpc?.message ?? body.slice(0, 2e3));
	if (asked.inSession && !byLoadBalancer && (status === 404 || status === 400 && speaksOfSession)) return refusal("SESSION_LOST", `The server gave a session and then did not know it: ${seen}`, more);
	switch (status) {
		case 400:
			if (/plain HTTP request was sent to HTTPS port|HTTP request to an HTTPS server/i.test(body)) return refusal("PORT_SPEAKS_TLS", `${address} is a TLS port, and the URL says http.`);
			return rpc ? readRpcError(rpc, seen) : refusal("HTTP_400", seen);
		case 401: return readUnauthorized(reply, asked, address);
		case 403:
			if (/insufficient_scope/i.test(headers["www-authenticate"] ?? "")) return refusal("AUTH_SCOPE", `${seen} WWW-Authenticate: "${clean(headers["www-authenticate"] ?? "", asked.secrets)}"`);
			if (/\bhost\b/i.test(rpc?.message ?? (isPage ? "" : body.slice(0, 2e3)))) return refusal("HOST_REJECTED", `The server refuses the host name ${asked.url.hostname}: ${seen}`, more);
			return byLoadBalancer || isPage ? refusal("WAF_403", seen) : refusal("HTTP_403", seen, more);
		case 404:
			if (byLoadBalancer) return refusal("ALB_404", seen);
			return rpc ? readRpcError(rpc, seen) : refusal("PATH_404", seen);
		case 405: return refusal("HTTP_405", seen, more);
		case 406: return refusal("HTTP_406", seen, more);
		case 413: return refusal("HTTP_413", seen, more);
		case 415: return refusal("HTTP_415", seen, more);
		case 421: return refusal("HOST_REJECTED", `The server refuses the host name ${asked.url.hostname}: ${seen}`, more);
		case 429: {
			const retryAfterMs = retryAfter(headers["retry-after"]);
			return refusal("RATE_LIMITED", seen + (retryAfterMs === void 0 ? "" : ` It asks to wait ${Math.ceil(retryAfterMs / 1e3)} s.`), retryAfterMs === void 0 ? {} : { retryAfterMs });
		}
		case 502:
		case 503:
		case 504: if (byLoadBalancer) return refusal(`ALB_${status}`, seen);
	}
	if (rpc) return readRpcError(rpc, seen);
	return refusal(status >= 500 ? "SERVER_ERROR" : "HTTP_4XX", seen);
}
function readUnauthorized({ headers }, { authorized, secrets }, address) {
	const challenge = headers["www-authenticate"];
	const refused = authorized ? `${address} does not accept the given credentials (HTTP 401)` : `${address} answered HTTP 401`;
	return challenge === void 0 ? refusal("AUTH_BARE_401", `${refused} without WWW-Authenticate, so clients cannot find where to log in.`) : refusal("AUTH_REQUIRED", `${refused} with WWW-Authenticate: "${clean(challenge, secrets)}".`, { challenge });
}
function retryAfter(value) {
	if (value === void 0) return void 0;
	const ms = /^\s*\d+\s*$/.test(value) ? Number(value) * 1e3 : Date.parse(value) - Date.now();
	return Number.isFinite(ms) && ms >= 0 ? ms : void 0;
}
function readSuccess(reply, asked, id) {
	const { status, body, bytes, ending } = reply;
	const address = `${asked.url.origin}${asked.url.pathname}`;
	const type = mediaType(reply.headers);
	const stated = reply.headers["content-type"] === void 0 ? "no Content-Type" : `Content-Type "${clean(reply.headers["content-type"], asked.secrets)}"`;
	const cap = `${BODY_CAP_BYTES / 1024 / 1024} MiB`;
	if (ending === "too-big") return refusal("BODY_TOO_BIG", `${address} sent more than ${type === "text/event-stream" ? `${cap} or ${LINES_CAP} lines of events` : cap} as one answer.`);
	if (isTooIntricate(body)) return refusal("BODY_TOO_BIG", `${address} sent more than ${MOST_NODES} JSON objects, arrays and members as one answer.`);
	if (ending === "bad-encoding") return notDecoded(reply, asked);
	if (status === 202 || status === 204) return refusal("ACCEPTED_NO_REPLY", `${address} answered a request with HTTP ${status} and no JSON-RPC response.`);
	if (type === "text/event-stream") return readStream(reply, asked, id, address);
	if (ending === "cut") {
		const announced = reply.headers["content-length"];
		return refusal("BODY_TRUNCATED", `${address} closed the connection after ${bytes}${announced === void 0 ? "" : ` of ${clean(announced, [])}`} bytes of the body.`);
	}
	if (ending === "slow") return refusal("BODY_SLOW", `${address} sent only ${bytes} bytes of the body in ${seconds(reply.phases.body)}.`);
	if (bytes === 0) return refusal("EMPTY_200", `${address} answered HTTP ${status} with an empty body (${stated}).`);
	if (type === "text/html" || /^\s*<(?:!doctype|html|head|body)\b/i.test(body)) {
		const title = /<title[^>]*>([^<]*)/i.exec(body.slice(0, 65536))?.[1];
		return refusal("HTML_PAGE", `${address} answered HTTP ${status} with ${title ? `a web page titled "${clean(title, asked.secrets)}"` : `a web page, ${quoted(body, asked)}`}.`);
	}
	if (type !== "application/json") return refusal("CONTENT_TYPE", `${address} answered HTTP ${status} with ${stated}, ${quoted(body, asked)}.`);
	const parsed = parseJson(body.replace(/^\ufeff/, ""));
	if (parsed === void 0) return refusal("NOT_JSON", `${address} answered with ${quoted(body, asked)}, which is not JSON.`);
	const messages = Array.isArray(parsed.value) ? parsed.value : [parsed.value];
	const stranger = messages.length > 1 ? messages.find((message) => !isJsonRpc(message)) : void 0;
	if (stranger !== void 0) return refusal("NOT_JSONRPC", `${address} answered with a batch that has a stranger among its messages: ${clean(JSON.stringify(stranger), asked.secrets)}.`);
	return pick(messages.map(readMessage).filter((message) => message !== void 0), id, address, asked) ?? refusal("NOT_JSONRPC", `${address} answered with JSON that is no JSON-RPC 2.0 response: ${quoted(body, asked)}.`);
}
function readStream(reply, asked, id, address) {
	const stream = readEvents(reply.body);
	const messages = stream.events.filter(isMessage).filter((event) => event.data !== "");
	const parsed = messages.map((event) => parseJson(event.data));
	const answer = pick(parsed.map((json) => json && readMessage(json.value)).filter((message) => message !== void 0), id, address, asked);
	if (answer) return answer;
	const bad = messages[parsed.indexOf(void 0)];
	if (bad) return refusal("SSE_BAD_JSON", `${address} sent an event that is not JSON, ${quoted(bad.data, asked)}.`);
	const misnamed = stream.events.find((event) => !isMessage(event) && carriesAnswer(event.data, id));
	if (misnamed) return refusal("SSE_EVENT_NAME", `${address} sent the answer as "event: ${clean(misnamed.event ?? "", asked.secrets)}", which clients ignore.`);
	return refusal(...streamWithoutAnswer(stream, reply, address));
}
function streamWithoutAnswer(stream, { ending, bytes }, address) {
	const got = `${count(stream.events.length, "event")} and ${count(stream.comments, "keep-alive comment")}`;
	if (ending === "slow" || ending === "enough") return ["SSE_SILENT", `${address} opened an event stream and sent ${got}, but no answer.`];
	if (stream.unfinished || ending === "cut") return ["SSE_TRUNCATED", `${address} closed the event stream inside an event, after ${bytes} bytes.`];
	return ["SSE_EMPTY", `${address} closed the event stream after ${got}, without the answer.`];
}
function readMessage(value) {
	if (!isObject(value) || value.jsonrpc !== "2.0") return void 0;
	const { jsonrpc: _, id, result, error, ...rest } = value;
	if (Object.keys(rest).length > 0) return void 0;
	if (isObject(result) && error === void 0) return {
		id,
		result
	};
	const rpc = readError(error);
	return rpc && result === void 0 ? {
		id,
		error: rpc
	} : void 0;
}
function isJsonRpc(value) {
	if (readMessage(value)) return true;
	if (!isObject(value) || value.jsonrpc !== "2.0" || typeof value.method !== "string") return false;
	const { jsonrpc: _, method: _method, id, params, ...rest } = value;
	return (id === void 0 || typeof id === "string" || Number.isInteger(id)) && (params === void 0 || isObject(params)) && Object.keys(rest).length === 0;
}
function pick(messages, id, address, asked) {
	const answer = messages.find((message) => isId(message.id, id)) ?? messages.find(({ id, error }) => error && id == null);
	if (answer?.result) return {
		answered: true,
		result: answer.result
	};
	if (answer?.error) return readRpcError(answer.error, `${address} answered JSON-RPC ${answer.error.code} "${clean(answer.error.message, asked.secrets)}".`);
	const other = messages[0];
	if (other === void 0) return void 0;
	return refusal("WRONG_ID", `${address} answered request ${id} with the id ${typeof other.id === "string" ? `"${clean(other.id, asked.secrets)}"` : typeof other.id === "number" ? other.id : `of type ${typeof other.id}`}.`);
}
function isId(seen, id) {
	return (typeof seen === "number" || typeof seen === "string") && Number(seen) === id;
}
function readRpcError(rpc, sentence) {
	return refusal(REFUSING_RPC_CODES.has(rpc.code) ? "RPC_REFUSED" : "RPC_ERROR", sentence, { rpc });
}
function readError(error) {
	if (!isObject(error) || !Number.isInteger(error.code)) return void 0;
	const message = typeof error.message === "string" ? error.message : "";
	return {
		code: error.code,
		message,
		data: error.data
	};
}
function rpcErrorIn(body) {
	const texts = /^\s*\{/.test(body) ? [body] : /^(?:event|data|id|retry|:)/.test(body) ? readEvents(body).events.map((e) => e.data) : [];
	for (const text of texts) {
		const json = parseJson(text)?.value;
		const error = isObject(json) && json.jsonrpc === "2.0" ? readError(json.error) : void 0;
		if (error) return error;
	}
}
function carriesAnswer(data, id) {
	const message = readMessage(parseJson(data)?.value);
	return message !== void 0 && isId(message.id, id);
}
const MOST_NODES = 3e5;
function isTooIntricate(text) {
	let nodes = 0;
	for (let at = 0; at < text.length; at++) {
		const unit = text.charCodeAt(at);
		if (unit === 123 || unit === 91 || unit === 58) nodes++;
	}
	return nodes > MOST_NODES;
}
function parseJson(text) {
	try {
		return isTooIntricate(text) ? void 0 : { value: JSON.parse(text) };
	} catch {
		return;
	}
}
function isObject(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
function server(reply, { secrets }) {
	const name = header(reply, "server");
	return name === "" ? "" : ` (Server: ${clean(name, secrets)})`;
}
function header({ headers }, name) {
	return [headers[name] ?? []].flat().join(", ");
}
function quoted(body, { secrets }) {
	const text = clean(body, secrets);
	return text === "" ? "with an empty body" : `body "${text}"`;
}
function count(n, noun) {
	return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
// src/gate/contract.ts
const MAX_LISTED = 1e3;
const MAX_DEPTH = 256;
function canonical(value, depth = 0) {
	if (depth > MAX_DEPTH) throw new RangeError(`nested deeper than ${MAX_DEPTH} levels`);
	if (Array.isArray(value)) return `[${value.map((item) => canonical(item, depth + 1)).join(",")}]`;
	if (!isObject(value)) return JSON.stringify(value) ?? "null";
	return `{${Object.keys(value).filter((key) => value[key] !== void 0).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key], depth + 1)}`).join(",")}}`;
}
function covered({ name, description, inputSchema, outputSchema, annotations }) {
	return {
		name,
		...description !== void 0 && { description },
		inputSchema,
		...outputSchema !== void 0 && { outputSchema },
		...annotations !== void 0 && { annotations }
	};
}
function contractOf(tools) {
	try {
		const sorted = tools.map((tool) => ({
			tool,
			text: canonical(covered(tool))
		})).sort((a, b) => order(a.tool.name, b.tool.name) || order(a.text, b.text));
		return {
			hash: createHash("sha256").update(`[${sorted.map(({ text }) => text).join(",")}]`).digest("hex"),
			tools: sorted.map(({ text }) => JSON.parse(text))
		};
	} catch (error) {
		if (error instanceof RangeError) return void 0;
		throw error;
	}
}
function order(a, b) {
	return a < b ? -1 : a > b ? 1 : 0;
}
function readContract(text) {
	let value;
	try {
		value = JSON.parse(text);
	} catch {
		throw new Error("it is not JSON");
	}
	if (!isObject(value) || !Array.isArray(value.tools)) throw new Error("it has no list \"tools\"");
	for (const tool of value.tools) {
		if (!isObject(tool) || typeof tool.name !== "string") throw new Error("one of its tools has no name");
		if (!isObject(tool.inputSchema)) throw new Error(`its tool ${JSON.stringify(tool.name)} has no inputSchema`);
		if (tool.outputSchema !== void 0 && !isObject(tool.outputSchema)) throw new Error(`the outputSchema of its tool ${JSON.stringify(tool.name)} is not an object`);
	}
	const tools = value.tools;
	if (contractOf(tools) === void 0) throw new Error(`a schema in it is nested deeper than ${MAX_DEPTH} levels`);
	return tools;
}
function compareContracts(before, after) {
	const [old, now] = [byName(before), byName(after)];
	const lists = {
		breaking: [],
		harmless: [],
		description: []
	};
	const total = {
		breaking: 0,
		harmless: 0,
		description: 0
	};
	for (const [name, tool] of old) {
		const current = now.get(name);
		if (current) compareTools(tool, current, (kind, path, what) => {
			if (++total[kind] <= MAX_LISTED) lists[kind].push({
				tool: name,
				path,
				what
			});
		});
	}
	const added = [...now.keys()].filter((name) => !old.has(name)).sort(order);
	const removed = [...old.keys()].filter((name) => !now.has(name)).sort(order);
	return {
		added: added.slice(0, MAX_LISTED),
		removed: removed.slice(0, MAX_LISTED),
		breaking: lists.breaking,
		harmless: lists.harmless,
		descriptions: lists.description,
		counts: {
			added: added.length,
			removed: removed.length,
			breaking: total.breaking,
			harmless: total.harmless,
			descriptions: total.description
		}
	};
}
function byName(tools) {
	return new Map((contractOf(tools)?.tools ?? tools).map((tool) => [tool.name, covered(tool)]));
}
function compareTools(before, after, note) {
	compareWords(before, after, "", note);
	const input = {
		narrower: "breaking",
		wider: "harmless",
		note
	};
	const output = {
		narrower: "harmless",
		wider: "breaking",
		note
	};
	compareSchemas(before.inputSchema, after.inputSchema, "inputSchema", input);
	const [old, now] = [before.outputSchema, after.outputSchema];
	if (old && now) compareSchemas(old, now, "outputSchema", output);
	else if (old) note("breaking", "outputSchema", "removed: results are no longer promised a structure");
	else if (now) note("harmless", "outputSchema", "added");
	const [hints, hintsNow] = [before.annotations ?? {}, after.annotations ?? {}];
	for (const key of keysOf(hints, hintsNow)) {
		if (same(hints[key], hintsNow[key])) continue;
		note(key === "title" ? "description" : "harmless", `annotations.${key}`, became(hints[key], hintsNow[key]));
	}
}
const WORDS = [
	"title",
	"description",
	"$comment",
	"examples"
];
const LOWER_BOUNDS = new Set([
	"minimum",
	"exclusiveMinimum",
	"minLength",
	"minItems",
	"minProperties",
	"minContains"
]);
const UPPER_BOUNDS = new Set([
	"maximum",
	"exclusiveMaximum",
	"maxLength",
	"maxItems",
	"maxProperties",
	"maxContains"
]);
const CONSTRAINTS = new Set([
	"const",
	"pattern",
	"format",
	"multipleOf",
	"uniqueItems",
	"not",
	"if",
	"then",
	"else",
	"allOf",
	"oneOf",
	"contains",
	"prefixItems",
	"patternProperties",
	"propertyNames",
	"dependentRequired",
	"dependentSchemas",
	"dependencies",
	"unevaluatedProperties",
	"unevaluatedItems",
	"contentEncoding",
	"contentMediaType",
	"$ref",
	"$dynamicRef"
]);
const DEFINITIONS = ["$defs", "definitions"];
function compareSchemas(old, now, path, direction) {
	const [before, after] = [old === true ? {} : old, now === true ? {} : now];
	if (same(before, after)) return;
	const { narrower, wider, note } = direction;
	if (!isObject(before) || !isObject(after)) {
		note(after === false ? narrower : before === false ? wider : "breaking", path, became(old, now));
		return;
	}
	compareWords(before, after, path, note);
	const handled = new Set([
		...WORDS,
		...DEFINITIONS,
		"properties",
		"required",
		"type",
		"enum",
		"anyOf"
	]);
	compareTypes(before.type, after.type, `${path}.type`, direction);
	compareChoices(before.enum, after.enum, `${path}.enum`, direction);
	compareChoices(before.anyOf, after.anyOf, `${path}.anyOf`, direction);
	compareProperties(before, after, path, direction);
	for (const name of DEFINITIONS) {
		const [was, is] = [asMap(before[name]), asMap(after[name])];
		for (const key of keysOf(was, is)) if (key in was && key in is) compareSchemas(was[key], is[key], `${path}.${name}.${key}`, direction);
	}
	for (const key of keysOf(before, after)) {
		if (handled.has(key) || same(before[key], after[key])) continue;
		const at = `${path}.${key}`;
		const [was, is] = [before[key], after[key]];
		if (key === "items") compareSchemas(was ?? true, is ?? true, at, direction);
		else if (key === "additionalProperties") compareSchemas(was ?? true, is ?? true, at, {
			...direction,
			wider: "harmless"
		});
		else if (LOWER_BOUNDS.has(key)) compareBound(was, is, at, 1, direction);
		else if (UPPER_BOUNDS.has(key)) compareBound(was, is, at, -1, direction);
		else if (CONSTRAINTS.has(key)) note(is === void 0 ? wider : was === void 0 ? narrower : "breaking", at, became(was, is));
		else note("harmless", at, became(was, is));
	}
}
function compareWords(before, after, path, note) {
	for (const word of WORDS) {
		const [old, now] = [before[word], after[word]];
		if (!same(old, now)) note("description", path === "" ? word : `${path}.${word}`, became(old, now));
	}
}
function compareProperties(before, after, path, direction) {
	const { narrower, wider, note } = direction;
	const [old, now] = [asMap(before.properties), asMap(after.properties)];
	const [wasRequired, isRequired] = [asSet(before.required), asSet(after.required)];
	for (const name of keysOf(old, now)) {
		const at = `${path}.properties.${name}`;
		if (!(name in now)) note("breaking", at, "removed");
		else if (!(name in old)) {
			if (!isRequired.has(name)) note("harmless", at, "added");
		} else compareSchemas(old[name], now[name], at, direction);
	}
	for (const name of isRequired) if (!wasRequired.has(name)) note(narrower, `${path}.required`, `"${name}" is required now`);
	for (const name of wasRequired) if (!isRequired.has(name)) note(wider, `${path}.required`, `"${name}" is no longer required`);
}
function compareTypes(before, after, path, { narrower, wider, note }) {
	if (same(before, after)) return;
	const [old, now] = [typesOf(before), typesOf(after)];
	const allows = (types, type) => types === void 0 || types.has(type) || type === "integer" && types.has("number");
	const isWider = old !== void 0 && [...old].every((type) => allows(now, type));
	const isNarrower = now !== void 0 && [...now].every((type) => allows(old, type));
	if (isWider && isNarrower) note("harmless", path, became(before, after));
	else note(isWider ? wider : isNarrower ? narrower : "breaking", path, became(before, after));
}
function compareChoices(before, after, path, { narrower, wider, note }) {
	if (same(before, after)) return;
	if (!Array.isArray(before) || !Array.isArray(after)) {
		note(Array.isArray(after) ? narrower : wider, path, became(before, after));
		return;
	}
	const [old, now] = [new Set(before.map((value) => canonical(value))), new Set(after.map((value) => canonical(value)))];
	for (const value of old) if (!now.has(value)) note(narrower, path, `${shortened(value)} is gone`);
	for (const value of now) if (!old.has(value)) note(wider, path, `${shortened(value)} is new`);
}
function compareBound(before, after, path, sign, { narrower, wider, note }) {
	const number = (value) => typeof value === "number" ? value * sign : Number.NEGATIVE_INFINITY;
	note(number(after) > number(before) ? narrower : wider, path, became(before, after));
}
function typesOf(value) {
	return value === void 0 ? void 0 : new Set([value].flat().map(String));
}
function asMap(value) {
	return Object.assign(Object.create(null), isObject(value) ? value : {});
}
function asSet(value) {
	return new Set(Array.isArray(value) ? value.filter((item) => typeof item === "string") : []);
}
function keysOf(a, b) {
	return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort(order);
}
function same(a, b) {
	if (a === void 0 || b === void 0) return a === b;
	return canonical(a) === canonical(b);
}
function became(before, after) {
	if (before === void 0) return `added: ${shortened(canonical(after))}`;
	if (after === void 0) return `removed, was ${shortened(canonical(before))}`;
	return `${shortened(canonical(before))} became ${shortened(canonical(after))}`;
}
const MAX_SHOWN_CHARACTERS = 300;
function shortened(text) {
	return text.length > MAX_SHOWN_CHARACTERS ? `${text.slice(0, MAX_SHOWN_CHARACTERS).toWellFormed()}…` : text;
}
export { readRun as C, matrixCommands as S, readEvents as _, isId as a, deployCommands as b, read as c, DEADLINES as d, exchange as f, isMessage as g, certificateOf as h, MODERN_RPC_CODES as i, clean as l, openTarget as m, contractOf as n, isObject as o, isEventStream as p, readContract as r, parseJson as s, compareContracts as t, secretsOf as u, createParser as v, isFork as x, decideTrigger as y };
