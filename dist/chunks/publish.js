import { ServiceError, asObject, isThrownCode, line, log, messageOf, minute, parseJson, publicUrl, reportFiles, secrets, writeAnnotations, writeCommentUrl, writeOutcome, writeReport, writeSummary } from "./entry.js";
import { statusOf } from "./api2.js";
import { decideComment, writeReportComment } from "./comment2.js";
import { isCommentOf } from "./comment-owner.js";
import { erasLine } from "./gate2.js";
import { outcomeOf } from "./outcome2.js";
import { driftSection } from "./checks.js";
import { failureAlert, failureDetails, failureName, targetLabel, timelineLines } from "./comment.js";
import { evidenceSection } from "./evidence2.js";
import { linkLine } from "./problems.js";
import { Markdown, alreadyPosted, code, hiddenLine, knownLink, list, md, plain, prose } from "./markdown.js";
import { formerIssueMarker, incidentOf, issueMarker, poll, retryAfterMs, stackName } from "./verify.js";
import { request } from "./http.js";
import { serialize } from "./serialize2.js";
import { runOf } from "./history.js";
const { readdirSync, rmSync } = process.getBuiltinModule("node:fs");
const { join } = process.getBuiltinModule("node:path");
const createHash = (...values) => process.getBuiltinModule("node:crypto").createHash(...values);
const createHmac = (...values) => process.getBuiltinModule("node:crypto").createHmac(...values);
const randomUUID = (...values) => process.getBuiltinModule("node:crypto").randomUUID(...values);
// src/github/deployment.ts
const maxDescriptionUnits = 140;
async function startDeployment(github, { commit, runUrl }, environment, stack) {
	const id = await github.createDeployment(commit, environment, {
		run: runUrl,
		stack
	});
	await github.addDeploymentStatus(id, {
		state: "in_progress",
		description: "Terraform applies, then the endpoint is verified.",
		logUrl: runUrl
	});
	return {
		environment,
		id
	};
}
async function deactivateDeployments(github, environment, stack, runUrl) {
	const active = await github.activeDeployments(environment, stack);
	for (const id of active) await github.addDeploymentStatus(id, {
		state: "inactive",
		description: "The stack was destroyed.",
		logUrl: runUrl
	});
	return active.length;
}
function finalStatus(report) {
	const { failures: [failure], gate, runUrl } = report;
	const { status, deploymentState: state } = outcomeOf(report);
	if (failure !== void 0) {
		const { code, sentence } = failure;
		return {
			state,
			description: describe(isThrownCode(code) ? line`${sentence}` : line`${code}: ${sentence}`),
			logUrl: runUrl
		};
	}
	if (status !== "passed" || gate === void 0) return {
		state,
		description: "The run ended before the endpoint was verified.",
		logUrl: runUrl
	};
	const isLink = /^https?:$/.test(URL.parse(gate.endpoint)?.protocol ?? "");
	const isPublic = secrets.redact(gate.endpoint) === gate.endpoint && publicUrl(gate.endpoint) === gate.endpoint;
	return {
		state,
		description: describe(line`Deployed and verified: ${erasLine(gate)}.`),
		logUrl: runUrl,
		environmentUrl: isLink && isPublic ? gate.endpoint : void 0
	};
}
function describe(text) {
	const shown = String(text).replace(/\s+/g, " ").trim();
	return shown.length <= maxDescriptionUnits ? shown : `${shown.slice(0, 139)}\u2026`.toWellFormed();
}
// src/report/issue.ts
const maxIssueUnits = 6e4;
function issueTitle(report, endpoint) {
	const target = targetLabel(report);
	const what = endpoint === void 0 ? target : line`${target}, ${publicUrl(endpoint)}`;
	const failed = report.command === "verify" ? line`verification` : line`deployment`;
	return line`MCP server fails its ${failed}: ${what.withoutBackticks().shorten(180)}`;
}
function renderIssue(report, marker, state) {
	const run = knownLink(md`This run`, report.runUrl);
	const head = Markdown.join([
		md`${hiddenLine(marker)}\n${stateLine(state)}`,
		md`${run} of \`${Markdown.word(report.command)}\` failed. It has failed since ${minute(state.since)}. The next run that passes closes the issue.`,
		failureAlert(report, 2e3)
	], "\n\n");
	const foot = md`<sub>${prose(targetLabel(report))}, ${code(plain`${report.commit}`.start(7))}. Updated when the failure changes, and otherwise at most once a day; last at ${minute(state.reported)}.</sub>`;
	let remaining = maxIssueUnits - foot.length - head.length;
	const body = [
		failureDetails(report, 15e3),
		list(timelineLines(report)),
		linkLine(report),
		driftSection(report, 15e3),
		evidenceSection(report, 15e3)
	].filter((part) => {
		if (part.isEmpty || part.length + 2 > remaining) return false;
		remaining -= part.length + 2;
		return true;
	});
	return Markdown.join([
		head,
		...body,
		foot
	], "\n\n");
}
function closingLine({ runUrl, command }, now) {
	const run = knownLink(md`this run`, runUrl);
	if (command === "destroy") return md`\u26aa **Destroyed** at ${minute(now)}, by ${run}: nothing is left to verify.`;
	return md`\u2705 **Passes again** at ${minute(now)}: ${run} verified it.`;
}
function changedLine({ failures: [failure], runUrl }) {
	const name = failure === void 0 ? md`` : failureName(failure);
	const sentence = prose(plain`${failure?.sentence}`.firstLine, 1e3);
	return md`\u274c The failure has changed: **${name}**, ${sentence} See ${knownLink(md`this run`, runUrl)} and the updated text above.`;
}
function closedBody(body, marker, closing) {
	const [, rest = ""] = /^(?:<!--[^\n]*-->\s*\n)*([\s\S]*)$/.exec(`${body}\n`) ?? [];
	return md`${hiddenLine(marker)}\n\n${closing}\n\n${alreadyPosted(rest.trim())}`;
}
function stateLine({ key, since, reported }) {
	return hiddenLine(`<!-- ${key.replace(/[^\w-]/g, "")} since=${since} told=${reported} -->`);
}
function readIssueState(body) {
	const [, key, since, reported] = /^<!-- ([\w-]+) since=(\d{1,15}) told=(\d{1,15}) -->\r?$/m.exec(body) ?? [];
	return key === void 0 ? void 0 : {
		key,
		since: Number(since),
		reported: Number(reported)
	};
}
// src/github/issue.ts
const dayMs = 864e5;
function decideIssue(key, existing, now) {
	if (key === void 0) return existing === void 0 ? "nothing" : "close";
	if (existing === void 0) return "open";
	if (existing.key !== key) return "rewrite and notify";
	return now - existing.reported >= dayMs ? "rewrite" : "keep";
}
async function updateVerifyIssue(github, report, endpoint, now) {
	const [failure] = report.failures;
	const marker = issueMarker(report, endpoint);
	const key = outcomeOf(report).isFailed ? failure?.code ?? "RUN_INCOMPLETE" : void 0;
	const former = formerIssueMarker(report, endpoint);
	const ours = await github.issuesOf(marker);
	const open = ours.length > 0 || former === void 0 ? ours : await github.issuesOf(former);
	const [issue] = open;
	const state = issue && (readIssueState(issue.body) ?? {
		key: "",
		since: now,
		reported: 0
	});
	const result = (outcome, { number, url }) => ({
		number,
		url,
		outcome
	});
	const decision = decideIssue(key, state, now);
	if (decision === "nothing") return void 0;
	if (issue === void 0) {
		const body = renderIssue(report, marker, {
			key: key ?? "",
			since: now,
			reported: now
		});
		return result("opened", await github.openIssue(marker, issueTitle(report, endpoint), body));
	}
	if (decision === "close") {
		const closing = closingLine(report, now);
		for (const each of open) {
			const body = closedBody(each.body, marker, closing);
			await github.updateIssue(each.number, {
				body,
				state: "closed",
				state_reason: "completed"
			});
		}
		await github.commentOnIssue(issue.number, closing);
		return result("closed", issue);
	}
	if (decision === "keep") return result("kept", issue);
	const since = state?.since ?? now;
	await github.updateIssue(issue.number, { body: renderIssue(report, marker, {
		key: key ?? "",
		since,
		reported: now
	}) });
	if (decision === "rewrite and notify") await github.commentOnIssue(issue.number, changedLine(report));
	return result("updated", issue);
}
// src/monitors/alivemcp-api.ts
const unsupportedStatuses = [
	404,
	405,
	501
];
const acceptedStatuses = [
	200,
	201,
	202,
	204
];
const defaultAliveMcpTimes = {
	requestTimeoutMs: 1e4,
	timeoutMs: 6e4
};
const maxPages = 100;
var AliveMcpApi = class {
	#monitors;
	#readBase;
	#apiKey;
	#times;
	#deadline;
	constructor(apiUrl, apiKey, times = defaultAliveMcpTimes) {
		this.#monitors = `${apiUrl}/v1/monitors`;
		this.#readBase = publicBase(apiUrl);
		this.#times = times;
		this.#deadline = Date.now() + times.timeoutMs;
		this.#apiKey = apiKey;
	}
	async list() {
		const monitors = [];
		const visited = new Set();
		for (let page = this.#monitors; page !== void 0;) {
			if (visited.has(page) || visited.size === maxPages) throw new ServiceError(`GET ${this.#monitors} answered an endless list of monitors.`);
			visited.add(page);
			const answer = await this.#request("GET", page);
			if (unsupportedStatuses.includes(answer.status) && visited.size === 1) return void 0;
			if (answer.status !== 200) throw new ServiceError(`GET ${this.#monitors} answered ${answer.status}.`);
			const body = answer.json;
			const lists = listsIn(body);
			if (lists.length === 0) throw new ServiceError(`GET ${this.#monitors} answered 200 without a list of monitors.`);
			const entries = lists.flat().map(monitorOf);
			monitors.push(...entries.filter((monitor) => monitor !== void 0));
			page = nextPage(page, answer.headers.link, body);
			if (page !== void 0 && new URL(page).origin !== new URL(this.#monitors).origin) throw new ServiceError(`GET ${this.#monitors} continues on another host, which must not get the key.`);
		}
		return monitors;
	}
	async create(monitor, idempotencyKey) {
		const { status, json: body } = await this.#request("POST", this.#monitors, monitor, { "Idempotency-Key": idempotencyKey });
		const named = {
			id: idOf(body),
			slug: slugOf(body)
		};
		if (status === 409) return {
			outcome: "exists",
			...named
		};
		if (!acceptedStatuses.includes(status)) throw new ServiceError(`POST ${this.#monitors} answered ${status}.`);
		return {
			outcome: "created",
			...named
		};
	}
	async update(id, change) {
		return this.#send("PATCH", id, change);
	}
	async remove(id) {
		return this.#send("DELETE", id);
	}
	async publicStatus(slug) {
		const url = new URL(`/api/embed-status/${slug}`, this.#readBase).href;
		const headers = { Accept: "application/json" };
		try {
			const { status, body } = await request(url, {
				headers,
				timeoutMs: this.#remainingTimeoutMs()
			});
			return status === 200 ? readPublicStatus(this.#readBase, slug, parseJson(body.toString("utf8"))) : {};
		} catch {
			return {};
		}
	}
	async #send(method, id, content) {
		const { status } = await this.#request(method, `${this.#monitors}/${encodeURIComponent(id)}`, content);
		if (unsupportedStatuses.includes(status)) return false;
		if (!acceptedStatuses.includes(status)) throw new ServiceError(`${method} of monitor ${id} answered ${status}.`);
		return true;
	}
	async #request(method, url, content, headers = {}) {
		try {
			const answer = await request(url, {
				method,
				headers: {
					Accept: "application/json",
					Authorization: `Bearer ${this.#apiKey}`,
					...content === void 0 ? {} : { "Content-Type": "application/json" },
					...headers
				},
				...content !== void 0 && { body: JSON.stringify(content) },
				timeoutMs: this.#remainingTimeoutMs()
			});
			return {
				...answer,
				json: parseJson(answer.body.toString("utf8"))
			};
		} catch (error) {
			throw new ServiceError(`${method} ${this.#monitors}: ${messageOf(error)}.`, { cause: error });
		}
	}
	#remainingTimeoutMs() {
		const remainingMs = this.#deadline - Date.now();
		if (remainingMs <= 0) throw new ServiceError(`the time limit of ${this.#times.timeoutMs / 1e3} s has passed`);
		return Math.min(this.#times.requestTimeoutMs, remainingMs);
	}
};
function publicBase(apiUrl) {
	const { origin } = new URL(apiUrl);
	return new URL(origin === "https://api.alivemcp.com" ? "https://alivemcp.com" : origin);
}
function readPublicStatus(base, slug, body) {
	const { status, status_page_url: page } = asObject(body);
	const badgeUrl = linkOnHost(base, `/badge/${slug}.svg`);
	const statusPageUrl = typeof page === "string" ? linkOnHost(base, page) : void 0;
	return {
		...typeof status === "string" && status.trim() !== "" && { status: secrets.redact(status).slice(0, 100) },
		...badgeUrl !== void 0 && { badgeUrl },
		...statusPageUrl !== void 0 && { statusPageUrl }
	};
}
function linkOnHost(base, link) {
	const url = URL.parse(link, base);
	return url?.protocol === "https:" && url.host === base.host && url.username === "" && url.password === "" && url.href.length <= 500 ? url.href : void 0;
}
function listsIn(body, depth = 2) {
	if (Array.isArray(body)) return [body];
	return depth === 0 ? [] : Object.values(asObject(body)).flatMap((part) => listsIn(part, depth - 1));
}
function nextPage(page, link, body) {
	const linked = [link].flat().flatMap((value) => (value ?? "").split(/,(?=\s*<)/)).map((value) => /^\s*<([^>]*)>.*;\s*rel="?(?:[^"]*\s)?next(?=[\s";]|$)/i.exec(value)?.[1]).find((value) => value !== void 0);
	const top = asObject(body);
	const places = [top, ...[
		"links",
		"_links",
		"pagination",
		"paging",
		"meta",
		"data"
	].map((key) => asObject(top[key]))];
	const firstValue = (...keys) => places.flatMap((place) => keys.map((key) => place[key])).map((value) => asObject(value).href ?? value).find((value) => typeof value === "string" && value !== "" || typeof value === "number");
	const next = linked ?? firstValue("next", "next_url", "nextUrl", "next_page_url");
	if (typeof next === "string" && /[/?]/.test(next)) {
		const url = URL.parse(next, page);
		if (url === null) throw new ServiceError("The address of the next page of monitors cannot be read.");
		return url.href;
	}
	const cursor = firstValue("next_cursor", "nextCursor") ?? (typeof next === "string" ? next : void 0);
	const number = firstValue("next_page", "nextPage") ?? (typeof next === "number" ? next : void 0);
	if (cursor !== void 0 || number !== void 0) {
		const url = new URL(page);
		url.searchParams.set(cursor === void 0 ? "page" : "cursor", String(cursor ?? number));
		return url.href;
	}
	if (places.some((place) => place.has_more === true || place.hasMore === true)) throw new ServiceError("The list of monitors has more pages, but no address of them.");
}
function monitorOf(entry) {
	const { name, url } = asObject(entry);
	if (typeof url !== "string") return void 0;
	return {
		id: idOf(entry),
		name: typeof name === "string" ? name : "",
		url,
		slug: slugOf(entry),
		paused: pausedOf(asObject(entry))
	};
}
function pausedOf({ paused, status, state, enabled, active }) {
	if (typeof paused === "boolean") return paused;
	if (status === "paused" || state === "paused") return true;
	if (typeof enabled === "boolean") return !enabled;
	return typeof active === "boolean" ? !active : void 0;
}
function idOf(body) {
	for (const candidate of [body, ...Object.values(asObject(body))]) {
		const { id } = asObject(candidate);
		if (typeof id === "number") return String(id);
		if (typeof id === "string" && id.length <= 200 && !/^\.{0,2}$/.test(id)) return id.toWellFormed();
	}
	return "";
}
function slugOf(body) {
	for (const candidate of [body, ...Object.values(asObject(body))]) {
		const { slug } = asObject(candidate);
		if (typeof slug === "string" && /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(slug)) return slug;
	}
}
// src/monitors/alivemcp.ts
const secretUrlNotice = "The endpoint was not registered with AliveMCP, because the query of its URL may hold a credential: send the credential in a header, or register the endpoint there manually.";
const unsupported = "(the API answers 404, 405 or 501 to it)";
var AliveMcp = class {
	name = "AliveMCP";
	#settings;
	#times;
	constructor(settings, times) {
		this.#settings = settings;
		this.#times = times;
	}
	async verified(event) {
		const { endpoint } = event;
		if (event.command !== "apply" || endpoint === void 0) return this.#result("none");
		if (publicUrl(endpoint) !== endpoint) return this.#result("none", [secretUrlNotice]);
		const api = this.#api();
		try {
			const monitors = await api.list();
			const [existing, ...others] = monitorsOf(monitors ?? [], endpoint);
			const result = existing === void 0 ? await this.#watchUrl(api, event, endpoint, monitors) : await this.#resume(api, existing, others);
			return result.slug === void 0 ? result : {
				...result,
				...await api.publicStatus(result.slug)
			};
		} catch (error) {
			return this.#failed(`The endpoint is verified, but it could not be registered with AliveMCP: ${messageOf(error)} The next run tries again.`);
		}
	}
	async failing(event) {
		if (event.command !== "apply" || event.isMcpServer !== false || event.endpoint === void 0) return this.#result("none");
		const api = this.#api();
		const consequence = "its alarm may ring until the next verified deployment";
		try {
			const monitors = await api.list();
			if (monitors === void 0) return this.#result("none", [`AliveMCP cannot list monitors ${unsupported}, so no monitor was paused: ${consequence}.`]);
			const [here] = monitorsOf(monitors, event.endpoint);
			const monitor = here ?? monitorsOf(monitors, event.previousEndpoint)[0];
			if (monitor === void 0) return this.#result("none");
			const isPaused = here?.paused === true;
			const change = {
				paused: true,
				...here === void 0 && publicUrl(event.endpoint) === event.endpoint && { url: event.endpoint }
			};
			if (isPaused || await updateMonitor(api, monitor, change)) return this.#result("paused", [], monitor);
			return this.#result("none", [`AliveMCP has no way to pause the ${nameOf(monitor)} ${unsupported}: ${consequence}. You can pause it manually.`], monitor);
		} catch (error) {
			return this.#failed(`The monitor at AliveMCP could not be paused, so ${consequence}: ${messageOf(error)}`);
		}
	}
	async removed({ endpoint }) {
		if (endpoint === void 0) return this.#result("none", ["The state has no endpoint, so AliveMCP was not searched for a monitor: if this stack has one there, delete it."]);
		const api = this.#api();
		try {
			const monitors = await api.list();
			if (monitors === void 0) return this.#result("none", [`AliveMCP cannot list monitors ${unsupported}, so the monitor of ${endpoint} was not removed: delete it there.`]);
			const [monitor, ...others] = monitorsOf(monitors, endpoint);
			if (monitor === void 0) return this.#result("none");
			const isGone = monitor.id !== "" && (await api.remove(monitor.id) || !await checkListed(api, monitor));
			const notices = others.map((other) => `The ${nameOf(other)} at AliveMCP still watches ${endpoint}: delete it there.`);
			if (isGone) return this.#result("removed", notices, monitor);
			const notRemoved = `AliveMCP has no way to remove the ${nameOf(monitor)} ${unsupported}, which still watches ${endpoint}: delete it there.`;
			return this.#result("none", [notRemoved, ...notices], monitor);
		} catch (error) {
			return this.#failed(`The monitor of ${endpoint} could not be removed from AliveMCP, delete it there: ${messageOf(error)}`);
		}
	}
	async #resume(api, monitor, others) {
		const notices = others.map((other) => `The ${nameOf(other)} at AliveMCP watches the same endpoint as the ${nameOf(monitor)}: delete one of them.`);
		if (monitor.paused === false) return this.#result("exists", notices, monitor);
		const isResumed = await updateMonitor(api, monitor, { paused: false });
		if (monitor.paused === void 0) return this.#result("exists", notices, monitor);
		if (isResumed) return this.#result("resumed", notices, monitor);
		const stillPaused = `The ${nameOf(monitor)} is paused, and AliveMCP has no way to resume it ${unsupported}: resume it there.`;
		return this.#result("exists", [...notices, stillPaused], monitor);
	}
	async #watchUrl(api, event, url, monitors) {
		const [version] = event.protocolVersions;
		const versioned = version === void 0 ? {} : { protocol_version: version };
		const [previous] = monitorsOf(monitors ?? [], event.previousEndpoint);
		if (previous !== void 0 && await updateMonitor(api, previous, {
			url,
			paused: false,
			...versioned
		})) return this.#result("updated", [], previous);
		const notices = previous === void 0 ? [] : [`AliveMCP has no way to move the ${nameOf(previous)} ${unsupported}, so it still watches ${previous.url}: delete it when nobody uses that address.`];
		const wanted = {
			name: this.#settings.name ?? event.name,
			url,
			interval_seconds: Math.round(this.#settings.intervalMs / 1e3),
			...versioned
		};
		notices.push(...(monitors ?? []).filter((monitor) => monitor.name === wanted.name && monitor !== previous).map((monitor) => `The ${nameOf(monitor)} at AliveMCP has the same name and watches ${monitor.url}: if that was an endpoint of this stack, delete it.`));
		return this.#create(api, wanted, notices, monitors !== void 0);
	}
	async #create(api, newMonitor, notices, listedBefore) {
		const idempotencyKey = createHash("sha256").update(`${newMonitor.name}\n${newMonitor.url}`).digest("hex");
		const listWatching = async () => (await api.list().catch(() => void 0))?.filter(watchesUrl(newMonitor.url)).sort(byId);
		let created;
		let listed;
		try {
			created = await api.create(newMonitor, idempotencyKey);
			listed = await listWatching();
		} catch (error) {
			listed = await listWatching();
			if (listed?.[0] === void 0) throw error;
			created = {
				outcome: "created",
				id: "",
				slug: void 0
			};
		}
		const [lowest, ...surplus] = listed ?? [];
		const more = [];
		for (const monitor of listedBefore ? surplus : []) if (!(monitor.id !== "" && (await api.remove(monitor.id) || !await checkListed(api, monitor)))) more.push(`Two runs registered the endpoint at the same time, and the ${nameOf(monitor)} is a duplicate: delete it.`);
		if (listed !== void 0 && lowest === void 0 && created.outcome === "created") more.push("AliveMCP accepted the monitor but does not list it yet: check there that it watches the endpoint.");
		return this.#result(created.outcome, [...notices, ...more], {
			id: lowest?.id || created.id,
			slug: lowest?.slug ?? created.slug
		});
	}
	#api() {
		return new AliveMcpApi(this.#settings.apiUrl, this.#settings.apiKey, this.#times);
	}
	#result(outcome, notices = [], monitor) {
		const named = monitor && {
			id: monitor.id,
			...monitor.slug !== void 0 && { slug: monitor.slug }
		};
		return {
			monitor: this.name,
			outcome,
			...named,
			notices
		};
	}
	#failed(warning) {
		return {
			monitor: this.name,
			outcome: "failed",
			notices: [],
			warning
		};
	}
};
function watchesUrl(url) {
	const normalize = (each) => URL.parse(each)?.href.replace(/\/$/, "") ?? each;
	return (monitor) => normalize(monitor.url) === normalize(url);
}
function monitorsOf(monitors, url) {
	return url === void 0 ? [] : monitors.filter(watchesUrl(url));
}
function byId(a, b) {
	return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
async function updateMonitor(api, { id }, change) {
	return id !== "" && await api.update(id, change);
}
async function checkListed(api, { id }) {
	const monitors = await api.list();
	return monitors === void 0 || monitors.some((monitor) => monitor.id === id);
}
function nameOf({ id, name }) {
	return id === "" ? `monitor "${name}"` : `monitor ${id}`;
}
// docs/webhook.schema.json
var webhook_schema_default = {
	$schema: "https://json-schema.org/draft/2020-12/schema",
	$id: "https://raw.githubusercontent.com/OWNER/terraform-mcp-deploy/v1/docs/webhook.schema.json",
	title: "Delivery of the webhook of Terraform MCP Deploy",
	description: "The JSON body of one POST to webhook-url. Fields may be added; those that are here keep their meaning as long as version is 1.",
	type: "object",
	required: [
		"version",
		"event",
		"delivery",
		"occurredAt",
		"incident",
		"name",
		"endpoint",
		"previousEndpoint",
		"protocolVersions",
		"repository",
		"target",
		"commit",
		"runUrl",
		"pullRequest",
		"failure"
	],
	properties: {
		"version": { "const": 1 },
		"event": { "enum": [
			"deployment.verified",
			"deployment.failed",
			"verification.passed",
			"verification.failed",
			"endpoint.removed"
		] },
		"delivery": {
			"description": "The same for every attempt at one delivery, as in the header X-Mcp-Deploy-Delivery.",
			"type": "string",
			"format": "uuid"
		},
		"occurredAt": {
			"type": "string",
			"format": "date-time"
		},
		"incident": {
			"description": "The same for all events of one stack of one repository: its stack-name or, without one, its stack, directory, workspace and backend-config. What failed under it is resolved by what passes under it.",
			"type": "string",
			"pattern": "^[0-9a-f]{32}$"
		},
		"name": {
			"description": "The ECS service, else the repository.",
			"type": "string"
		},
		"endpoint": {
			"description": "Null when the run failed before it was known, or the state of what is destroyed does not name it.",
			"type": ["string", "null"]
		},
		"previousEndpoint": {
			"description": "The endpoint before this deployment, where it was another one.",
			"type": ["string", "null"]
		},
		"protocolVersions": {
			"description": "MCP versions that were negotiated, newest first.",
			"type": "array",
			"items": { "type": "string" }
		},
		"repository": {
			"type": "string",
			"pattern": "^[^/]+/[^/]+$"
		},
		"target": {
			"type": "object",
			"required": [
				"stack",
				"directory",
				"workspace"
			],
			"properties": {
				"stack": { "anyOf": [{ "$ref": "#/$defs/ours" }, { "type": "null" }] },
				"directory": { "$ref": "#/$defs/ours" },
				"workspace": { "anyOf": [{ "$ref": "#/$defs/ours" }, { "type": "null" }] },
				"name": {
					"description": "Of the input stack-name.",
					"anyOf": [{ "$ref": "#/$defs/ours" }, { "type": "null" }]
				}
			}
		},
		"commit": {
			"type": "string",
			"pattern": "^[0-9a-zA-Z]{1,64}$"
		},
		"runUrl": { "type": "string" },
		"pullRequest": { "type": ["integer", "null"] },
		"failure": {
			"description": "Null for an event that is no failure.",
			"type": ["object", "null"],
			"required": [
				"phase",
				"code",
				"sentence",
				"fix"
			],
			"properties": {
				"phase": {
					"description": "As in the output failure-phase.",
					"type": "string",
					"pattern": "^[a-z]+$"
				},
				"code": {
					"description": "As in the output failure-code.",
					"type": "string",
					"pattern": "^([A-Z][A-Z0-9_]*)?$"
				},
				"sentence": {
					"description": "What was seen.",
					"type": "string"
				},
				"fix": {
					"description": "What to change; may be empty.",
					"type": "string"
				}
			}
		}
	},
	allOf: [{
		"if": { "properties": { "event": { "enum": ["deployment.failed", "verification.failed"] } } },
		"then": { "properties": { "failure": { "type": "object" } } },
		"else": { "properties": { "failure": { "type": "null" } } }
	}],
	$defs: { "ours": {
		"description": "A name of the workflow. It is written as it is.",
		"type": "string"
	} }
};
// src/monitors/webhook.ts
const defaultWebhookTimes = {
	requestTimeoutMs: 1e4,
	timeoutMs: 3e4,
	retryDelayMs: 1e3,
	maxRetryDelayMs: 8e3
};
const retriedStatuses = [
	408,
	425,
	429,
	500,
	502,
	503,
	504
];
const finalErrors = /^(ENOTFOUND|CERT_|ERR_TLS|ERR_SSL|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|EPROTO)/;
var Webhook = class {
	name = "webhook";
	#url;
	#secret;
	#times;
	constructor({ url, secret }, times = defaultWebhookTimes) {
		this.#url = url;
		this.#secret = secret;
		this.#times = times;
	}
	verified(event) {
		return this.#deliver(event.command === "verify" ? "verification.passed" : "deployment.verified", event);
	}
	failing(event) {
		return this.#deliver(event.command === "verify" ? "verification.failed" : "deployment.failed", event);
	}
	removed(event) {
		return this.#deliver("endpoint.removed", event);
	}
	async #deliver(name, event) {
		const delivery = randomUUID();
		const body = JSON.stringify(serialize(webhook_schema_default, webhookBody(name, event, delivery, new Date())).value);
		const { host } = new URL(this.#url);
		const { timeoutMs, retryDelayMs, maxRetryDelayMs } = this.#times;
		let requestedWaitMs = 0;
		const attempt = async () => {
			const result = await this.#attempt(name, delivery, body);
			if (result.delivered) return { done: void 0 };
			if (result.final) throw new ServiceError(result.problem);
			requestedWaitMs = result.askedWaitMs;
			return { waitingFor: result.problem };
		};
		const failed = (why) => ({
			monitor: this.name,
			outcome: "failed",
			notices: [],
			warning: `The webhook at ${host} was not notified of ${name}: ${why}`
		});
		try {
			const polled = await poll(attempt, {
				delayMs: (count) => Math.max(requestedWaitMs, Math.min(retryDelayMs * 2 ** count, maxRetryDelayMs)),
				timeoutMs
			});
			if (!polled.timedOut) return {
				monitor: this.name,
				outcome: "delivered",
				id: delivery,
				notices: []
			};
			return failed(`${polled.waitingFor}. The retries ended after ${timeoutMs / 1e3} s. The deployment does not depend on it.`);
		} catch (error) {
			return failed(`${messageOf(error)}. A retry cannot help: check webhook-url, webhook-secret and the receiver.`);
		}
	}
	async #attempt(name, delivery, body) {
		const timestamp = Math.floor(Date.now() / 1e3);
		const headers = {
			"Content-Type": "application/json",
			"X-Mcp-Deploy-Event": name,
			"X-Mcp-Deploy-Delivery": delivery,
			"X-Mcp-Deploy-Timestamp": String(timestamp),
			"X-Mcp-Deploy-Signature-256": signature(this.#secret, timestamp, body)
		};
		try {
			const answer = await request(this.#url, {
				method: "POST",
				body,
				headers,
				timeoutMs: this.#times.requestTimeoutMs
			});
			if (answer.status >= 200 && answer.status < 300) return { delivered: true };
			const redirect = answer.status >= 300 && answer.status < 400 ? ", a redirect, which is not followed" : "";
			return {
				delivered: false,
				final: !retriedStatuses.includes(answer.status),
				problem: `it answered ${answer.status}${redirect}`,
				askedWaitMs: retryAfterMs(answer.headers["retry-after"]) ?? 0
			};
		} catch (error) {
			const { code = "" } = error instanceof Error ? error.cause ?? {} : {};
			return {
				delivered: false,
				final: finalErrors.test(code),
				problem: messageOf(error),
				askedWaitMs: 0
			};
		}
	}
};
function signature(secret, timestamp, body) {
	return `sha256=${createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex")}`;
}
function webhookBody(name, event, delivery, now) {
	const { target, failure } = event;
	return {
		version: 1,
		event: name,
		delivery,
		occurredAt: now.toISOString(),
		incident: incidentOf(target, event.repository),
		name: event.name,
		endpoint: event.endpoint === void 0 ? null : publicUrl(event.endpoint),
		previousEndpoint: event.previousEndpoint === void 0 ? null : publicUrl(event.previousEndpoint),
		protocolVersions: event.protocolVersions,
		repository: event.repository,
		target: {
			name: target.name ?? null,
			stack: target.stack ?? null,
			directory: target.directory,
			workspace: target.workspace ?? null
		},
		commit: event.commit,
		runUrl: event.runUrl,
		pullRequest: event.pullRequest ?? null,
		failure: failure === void 0 ? null : {
			phase: failure.phase,
			code: failure.code,
			sentence: failure.sentence,
			fix: failure.fix
		}
	};
}
// src/monitors/index.ts
function monitorsFor({ alivemcp, webhook }) {
	return [...alivemcp === void 0 ? [] : [new AliveMcp(alivemcp)], ...webhook === void 0 ? [] : [new Webhook(webhook)]];
}
// src/monitors/notify.ts
function notificationOf(report, run, inputs) {
	const { command } = report;
	const { monitorMethod: method } = outcomeOf(report);
	if (method === void 0 || command === "plan") return void 0;
	return {
		method,
		event: eventOf(command === "rollback" ? "apply" : command, report, run, inputs)
	};
}
function removalNotification(report, run, inputs) {
	return {
		method: "removed",
		event: eventOf("destroy", report, run, inputs)
	};
}
function eventOf(command, report, run, inputs) {
	const { gate, deployment, rollback, failures: [failure], target, commit, runUrl, pullRequest, plan } = report;
	const output = (name) => {
		const prior = plan?.outputsBefore[name];
		return typeof prior === "string" && prior !== "" ? prior : void 0;
	};
	const before = inputs.mcp.endpoint === void 0 ? output("mcp_endpoint") : void 0;
	const endpoint = gate?.endpoint ?? deployment?.endpoint ?? inputs.mcp.endpoint ?? before;
	return {
		command,
		endpoint,
		previousEndpoint: before === endpoint ? void 0 : before,
		name: deployment?.serving.name ?? (command === "destroy" ? output("ecs_service_name") : void 0) ?? run.repo,
		protocolVersions: gate?.protocolVersions ?? [],
		isMcpServer: rollback?.restored === true || gate && isMcpServer(gate),
		failure,
		repository: `${run.owner}/${run.repo}`,
		target,
		commit,
		runUrl,
		pullRequest
	};
}
function isMcpServer({ passed, eras, failure }) {
	const unmet = [
		"OLD_REVISION",
		"TOOL_MISSING",
		"CONTRACT_BROKEN",
		"CONTRACT_MISSING"
	];
	const anyEra = Object.values(eras).some(({ verdict }) => verdict === "passed");
	return passed || anyEra || unmet.includes(failure?.code ?? "");
}
async function notify(monitors, { method, event }) {
	return Promise.all(monitors.map(async (monitor) => {
		try {
			return await monitor[method](event);
		} catch (error) {
			const what = method === "removed" ? "of the destroy" : "of the result";
			const warning = `The ${monitor.name} was not notified ${what}: ${messageOf(error)}`;
			return {
				monitor: monitor.name,
				outcome: "failed",
				notices: [],
				warning
			};
		}
	}));
}
// src/commands/publish.ts
async function publish(job) {
	if (!job.signal.aborted && !isRefusedRequest(job)) {
		await attempt(job, job.phase, () => notifyMonitors(job, notificationOf(job.report, job.run, job.inputs)));
		await attempt(job, job.phase, () => updateIssue(job));
	}
	let commentUrl;
	await attempt(job, "report", () => writeSummary(job.report));
	const { gate } = job.report;
	await attempt(job, "report", () => writeReport(job.report, job.tempDirectory, gate && job.recorders.get(gate)));
	await attempt(job, "report", () => deleteSecretFiles(job));
	let isSuperseded = false;
	await attempt(job, "comment", async () => {
		const posted = await writeComment(job);
		if (posted === "superseded") isSuperseded = true;
		else commentUrl = posted;
	});
	if (commentUrl !== void 0) writeCommentUrl(commentUrl);
	if (!isSuperseded) {
		await setLabels(job);
		await setPlanStatus(job);
	}
	await markStalePlans(job);
	if (!job.signal.aborted) await notifyMergerOf(job, commentUrl).catch((error) => log.warning(line`${messageOf(error)}`));
	writeOutcome(job.report.failures[0]);
	await writeAnnotations(job.report);
	await finishGitHubDeployment(job).catch((error) => log.warning(line`${messageOf(error)}`));
}
function isRefusedRequest({ trigger, report }) {
	return trigger.request !== void 0 && report.apply === void 0 && report.failures.length > 0;
}
async function attempt(job, phase, write) {
	try {
		await write();
	} catch (error) {
		if (job.report.failures.length === 0) await job.fail(error, phase);
		else log.warning(line`${messageOf(error)}`);
	}
}
async function postComment(job) {
	const posted = await writeComment(job);
	return posted === "superseded" ? void 0 : posted;
}
async function writeComment(job) {
	const { pullRequest } = job.report;
	const wanted = decideComment(job.inputs.comment, job.report);
	const isUntrusted = job.trigger.untrustedAuthor !== void 0;
	if (pullRequest === void 0 || wanted === "nothing" || isUntrusted) return void 0;
	if (isRefusedRequest(job) && job.report.approval === void 0) return void 0;
	const github = await job.github();
	if (github === void 0) return void 0;
	const { report, marker, signedRecord: record } = job;
	const isOurs = (body) => isCommentOf(job, body);
	const posted = await writeReportComment(github, {
		pullRequest,
		report,
		marker,
		isOurs,
		wanted,
		record
	});
	if (posted === "kept") {
		log.notice(line`The comment on pull request #${pullRequest} stays as it is, because a new run needs the plan in it. The report of this run is in the job summary.`);
		return;
	}
	if (posted !== "superseded" && posted !== "closed") return posted?.url;
	const why = posted === "closed" ? line`is not open any more` : line`has a newer commit, whose plan the comment shows`;
	log.notice(line`Pull request #${pullRequest} ${why}. Its comment stays as it is, and this plan, of ${report.commit.slice(0, 7)}, is in the job summary.`);
	return "superseded";
}
async function setLabels(job) {
	const { labels } = job.inputs;
	const { command, pullRequest, plan, failures } = job.report;
	const isUntrusted = job.trigger.untrustedAuthor !== void 0 || job.trigger.queued !== void 0;
	if (labels === void 0 || command !== "plan" || pullRequest === void 0 || isUntrusted) return;
	await orNotice("The labels of the pull request are not up to date", async () => {
		const { labelKindsOf, updateLabels } = await import("./labels.js");
		const kinds = labelKindsOf(failures.length > 0 ? void 0 : plan);
		await updateLabels(await job.githubFor("labels", "nothing"), pullRequest, labels, kinds);
	});
}
async function setPlanStatus(job) {
	const { report, trigger, run } = job;
	const isQueued = trigger.queued !== void 0;
	if (!(report.command === "plan" && (isQueued || report.pullRequest !== void 0)) || !setsPlanStatus(job) || trigger.untrustedAuthor !== void 0 || job.signal.aborted) return;
	await orNotice("The commit status of the plan is not up to date (input plan-status)", async () => {
		const { planStatusOf } = await import("./plan-status.js");
		const github = await job.githubFor("plan-status", "never");
		const isFailed = report.failures.length > 0;
		const sha = isQueued ? run.payload.merge_group?.head_sha ?? run.sha : report.commit;
		const is = isQueued ? isFailed ? "queue-failed" : "queued" : isFailed ? "failed" : await whetherCurrent(job, github);
		await github.setCommitStatus(sha, planStatusOf(report, { is }));
	});
}
function setsPlanStatus({ inputs: { planStatus, comment, githubToken } }) {
	return planStatus === "always" && comment !== "never" && githubToken !== "";
}
async function whetherCurrent({ run, report }, github) {
	const base = run.payload.pull_request?.base;
	if (runOf(report.runUrl).attempt <= 1 || base?.sha === void 0) return "current";
	return (await github.commitsBetween(base.sha, base.ref)).relation === "same" ? "current" : "rerun";
}
async function markStalePlans(job) {
	const { begunPlan, report, inputs } = job;
	if (begunPlan === void 0 || !setsPlanStatus(job) || inputs.planApproval === "none" || job.signal.aborted) return;
	await orNotice("The commit status of other plans is not up to date (input plan-status)", async () => {
		const { maxOpenPlans, readOpenPlans, stalePlansOf } = await import("./open-plans.js");
		const { markStale } = await import("./plan-status.js");
		const { request, plan, branch } = begunPlan;
		const github = await job.githubFor("plan-status", "never");
		const open = await readOpenPlans(request, branch, report.pullRequest, {
			openPullRequests: (each) => github.openPullRequests(each),
			readFirstComments: (number) => github.readFirstComments(number, (body) => isCommentOf(job, body))
		});
		if (open.unread > 0) log.line(line`The plans of ${open.unread} open pull requests were not compared with this apply: one run reads the ${maxOpenPlans} that were updated last.`);
		const stale = stalePlansOf(open, plan === void 0 ? "everything" : appliedChanges(job, request.secrets, plan));
		const { pullRequest, commit } = report;
		await markStale(github, report, stale, plan === void 0 ? "destroy" : {
			pullRequest,
			commit
		});
		for (const { number } of stale) log.line(line`The plan of pull request #${number} is stale: this run changed what it starts from.`);
	});
}
function appliedChanges({ report }, { key, lineage }, plan) {
	const createdState = key === "" && lineage === void 0;
	return {
		outline: plan.digest("attributes"),
		tainted: report.taint?.tainted ?? [],
		createdState
	};
}
async function orNotice(what, action) {
	try {
		await action();
	} catch (error) {
		const isRefused = [
			401,
			403,
			404
		].includes(statusOf(error));
		log[isRefused ? "notice" : "warning"](line`${what}: ${messageOf(error)}`);
	}
}
async function notifyMergerOf(job, commentUrl) {
	if (job.report.command !== "apply" || outcomeOf(job.report).status !== "failed") return;
	const github = await job.github();
	const { request } = job.trigger;
	if (github === void 0 || job.inputs.issue !== "never") return;
	if (job.report.failures[0]?.code === "APPLY_NOT_PERMITTED") return;
	const { notifyMerger } = await import("./merger.js");
	await notifyMerger(github, job.report, commentUrl, request?.by);
}
async function notifyMonitors(job, notification) {
	const monitors = monitorsFor(job.inputs);
	if (notification === void 0 || monitors.length === 0) return;
	const phase = notification.method === "removed" ? "unregister" : "register";
	job.record({ monitors: await job.step(phase, () => notify(monitors, notification)) });
}
async function startGitHubDeployment(job) {
	const { deploymentEnvironment } = job.inputs;
	if (deploymentEnvironment === void 0) return;
	const { report, run } = job;
	const githubDeployment = await job.orWarn(async () => startDeployment(await job.githubFor("deployment-environment", "nothing"), report, deploymentEnvironment, stackName(report.target, run.repo)));
	if (githubDeployment !== void 0) job.record({ githubDeployment });
}
async function finishGitHubDeployment(job) {
	const { githubDeployment } = job.report;
	if (githubDeployment === void 0) return;
	const status = finalStatus(job.report);
	await (await job.githubFor("deployment-environment", "nothing")).addDeploymentStatus(githubDeployment.id, status);
}
async function updateIssue(job) {
	const { issue, mcp, targets } = job.inputs;
	const { command } = job.report;
	const isGone = command === "destroy" && outcomeOf(job.report).status === "passed" && targets.length === 0;
	if (issue === "never" || ![
		"verify",
		"apply",
		"rollback"
	].includes(command) && !isGone) return;
	const updated = await job.orWarn(() => job.step("issue", async () => updateVerifyIssue(await job.githubFor("issue", "never"), job.report, mcp.endpoint, Date.now())));
	if (updated !== void 0) job.record({ issue: updated });
}
function deleteSecretFiles({ tempDirectory, putBackData }) {
	putBackData();
	const reportFileNames = Object.values(reportFiles);
	for (const entry of readdirSync(tempDirectory)) if (!reportFileNames.includes(entry)) rmSync(join(tempDirectory, entry), {
		recursive: true,
		force: true
	});
}
export { deactivateDeployments, notifyMonitors, postComment, publish, removalNotification, startGitHubDeployment };
