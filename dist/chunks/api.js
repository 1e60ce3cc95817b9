import { A as messageOf, E as ServiceError, r as sleep, t as poll, w as GitHubError } from "./poll.js";
import { vt as hiddenLine, xt as md } from "./outputs.js";
import { t as getOctokit } from "./octokit.js";
// node_modules/json-with-bigint/json-with-bigint.js
const intRegex = /^-?\d+$/;
const noiseValue = /^-?\d+n+$/;
const originalStringify = JSON.stringify;
const originalParse = JSON.parse;
const customFormat = /^-?\d+n$/;
const bigIntsStringify = /([\[:])?"(-?\d+)n"($|\s*[,\}\]])/g;
const noiseStringify = /([\[:])?("-?\d+n+)n("$|"\s*[,\}\]])/g;
const isUnstringifiable = (val) => val === void 0 || typeof val === "function" || typeof val === "symbol";
const isRawJSON = (val) => val !== null && typeof val === "object" && val.constructor && val.constructor.name === "RawJSON";
const stringifyIteratively = (rootValue, replacer, spaceParam) => {
	let space = "";
	if (typeof spaceParam === "number") space = " ".repeat(Math.min(10, Math.max(0, Math.floor(spaceParam))));
	else if (typeof spaceParam === "string") space = spaceParam.slice(0, 10);
	const isFunctionReplacer = typeof replacer === "function";
	const propertyList = Array.isArray(replacer) ? new Set(replacer.map(String)) : null;
	const prepareVal = (parent, key, val) => {
		if (val !== null && typeof val === "object" && typeof val.toJSON === "function") val = val.toJSON(key);
		if (typeof val === "string" && noiseValue.test(val)) return val + "n";
		if (typeof val === "bigint") {
			if ("rawJSON" in JSON) return JSON.rawJSON(val.toString());
			return val.toString() + "n";
		}
		if (isFunctionReplacer) val = replacer.call(parent, key, val);
		if (val !== null && typeof val === "object") {
			if (val instanceof Number || val instanceof String || val instanceof Boolean) val = val.valueOf();
		}
		return val;
	};
	const rootProcessed = prepareVal({ "": rootValue }, "", rootValue);
	if (isUnstringifiable(rootProcessed)) return;
	const isRootPrimitive = rootProcessed === null || typeof rootProcessed !== "object";
	const isRootNativeRawJSON = isRawJSON(rootProcessed);
	if (isRootPrimitive || isRootNativeRawJSON) return originalStringify(rootProcessed);
	const chunks = [];
	let level = 0;
	const stack = [{
		parent: { "": rootProcessed },
		key: "",
		val: rootProcessed,
		isArray: Array.isArray(rootProcessed),
		keys: Array.isArray(rootProcessed) ? null : Object.keys(rootProcessed),
		index: 0,
		first: true
	}];
	const visited = new WeakSet([rootProcessed]);
	while (stack.length > 0) {
		const node = stack[stack.length - 1];
		if (node.index === 0) {
			chunks.push(node.isArray ? "[" : "{");
			level++;
		}
		let isDone = false;
		if (node.isArray) {
			if (node.index < node.val.length) {
				if (!node.first) chunks.push(",");
				if (space) chunks.push("\n" + space.repeat(level));
				const childRaw = node.val[node.index];
				const childVal = prepareVal(node.val, String(node.index), childRaw);
				if (isUnstringifiable(childVal)) {
					chunks.push("null");
					node.first = false;
					node.index++;
				} else {
					const isComplexObject = childVal !== null && typeof childVal === "object";
					const isNativeRaw = isRawJSON(childVal);
					if (isComplexObject && !isNativeRaw) {
						if (visited.has(childVal)) throw new TypeError("Converting circular structure to JSON");
						visited.add(childVal);
						stack.push({
							parent: node.val,
							key: String(node.index),
							val: childVal,
							isArray: Array.isArray(childVal),
							keys: Array.isArray(childVal) ? null : Object.keys(childVal),
							index: 0,
							first: true
						});
						node.first = false;
						node.index++;
					} else {
						chunks.push(originalStringify(childVal));
						node.first = false;
						node.index++;
					}
				}
			} else isDone = true;
		} else {
			while (node.index < node.keys.length) {
				const k = node.keys[node.index++];
				if (propertyList && !propertyList.has(k)) continue;
				const childRaw = node.val[k];
				const childVal = prepareVal(node.val, k, childRaw);
				if (isUnstringifiable(childVal)) continue;
				if (!node.first) chunks.push(",");
				if (space) chunks.push("\n" + space.repeat(level) + originalStringify(k) + ": ");
				else chunks.push(originalStringify(k) + ":");
				const isComplexObject = childVal !== null && typeof childVal === "object";
				const isNativeRaw = isRawJSON(childVal);
				if (isComplexObject && !isNativeRaw) {
					if (visited.has(childVal)) throw new TypeError("Converting circular structure to JSON");
					visited.add(childVal);
					stack.push({
						parent: node.val,
						key: k,
						val: childVal,
						isArray: Array.isArray(childVal),
						keys: Array.isArray(childVal) ? null : Object.keys(childVal),
						index: 0,
						first: true
					});
					node.first = false;
					break;
				} else {
					chunks.push(originalStringify(childVal));
					node.first = false;
				}
			}
			if (node.index >= node.keys.length && stack[stack.length - 1] === node) isDone = true;
		}
		if (isDone) {
			level--;
			if (!node.first && space) chunks.push("\n" + space.repeat(level));
			chunks.push(node.isArray ? "]" : "}");
			visited.delete(node.val);
			stack.pop();
		}
	}
	return chunks.join("");
};
const JSONStringify = (value, replacer, space) => {
	try {
		if ("rawJSON" in JSON) return originalStringify(value, (key, val) => {
			if (typeof val === "bigint") return JSON.rawJSON(val.toString());
			if (typeof replacer === "function") return replacer(key, val);
			if (Array.isArray(replacer) && replacer.includes(key)) return val;
			return val;
		}, space);
		if (!value) return originalStringify(value, replacer, space);
		return originalStringify(value, (key, val) => {
			if (typeof val === "string" && noiseValue.test(val)) return val.toString() + "n";
			if (typeof val === "bigint") return val.toString() + "n";
			if (typeof replacer === "function") return replacer(key, val);
			if (Array.isArray(replacer) && replacer.includes(key)) return val;
			return val;
		}, space).replace(bigIntsStringify, "$1$2$3").replace(noiseStringify, "$1$2$3");
	} catch (error) {
		if (error instanceof RangeError) {
			const convertedJSON = stringifyIteratively(value, replacer, space);
			if (convertedJSON === void 0) return void 0;
			if ("rawJSON" in JSON) return convertedJSON;
			return convertedJSON.replace(bigIntsStringify, "$1$2$3").replace(noiseStringify, "$1$2$3");
		}
		throw error;
	}
};
const featureCache = new Map();
const isContextSourceSupported = () => {
	const parseFingerprint = JSON.parse.toString();
	if (featureCache.has(parseFingerprint)) return featureCache.get(parseFingerprint);
	try {
		const result = JSON.parse("1", (_, __, context) => !!context?.source && context.source === "1");
		featureCache.set(parseFingerprint, result);
		return result;
	} catch {
		featureCache.set(parseFingerprint, false);
		return false;
	}
};
const convertMarkedBigIntsReviver = (key, value, context, userReviver) => {
	if (typeof value === "string" && customFormat.test(value)) return BigInt(value.slice(0, -1));
	if (typeof value === "string" && noiseValue.test(value)) return value.slice(0, -1);
	if (!(typeof userReviver === "function")) return value;
	return userReviver(key, value, context);
};
const JSONParseV2 = (text, reviver) => {
	return JSON.parse(text, (key, value, context) => {
		const isBigNumber = typeof value === "number" && (value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER);
		const isInt = context && intRegex.test(context.source);
		if (isBigNumber && isInt) return BigInt(context.source);
		if (!(typeof reviver === "function")) return value;
		return reviver(key, value, context);
	});
};
const MAX_INT = Number.MAX_SAFE_INTEGER.toString();
const MAX_DIGITS = MAX_INT.length;
const stringsOrLargeNumbers = /"(?:[^"\\]|\\.)*"|-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/g;
const noiseValueWithQuotes = /^"-?\d+n+"$/;
const applyReviverIteratively = (parsed, userReviver) => {
	const rootHolder = { "": parsed };
	const stack = [{
		parent: rootHolder,
		key: "",
		visited: false
	}];
	while (stack.length > 0) {
		const node = stack[stack.length - 1];
		if (!node.visited) {
			node.visited = true;
			const value = node.parent[node.key];
			if (value !== null && typeof value === "object") {
				const keys = Object.keys(value);
				for (let i = keys.length - 1; i >= 0; i--) stack.push({
					parent: value,
					key: keys[i],
					visited: false
				});
			}
		} else {
			const { parent, key } = node;
			let value = parent[key];
			if (typeof value === "string") {
				if (customFormat.test(value)) value = BigInt(value.slice(0, -1));
				else if (noiseValue.test(value)) value = value.slice(0, -1);
			}
			if (typeof userReviver === "function") value = userReviver.call(parent, key, value);
			if (value === void 0) delete parent[key];
			else parent[key] = value;
			stack.pop();
		}
	}
	return rootHolder[""];
};
const serializeBigInts = (text) => {
	return text.replace(stringsOrLargeNumbers, (match, digits, fractional, exponential) => {
		const isString = match[0] === "\"";
		if (isString && noiseValueWithQuotes.test(match)) return match.substring(0, match.length - 1) + "n\"";
		const hasFractionalOrExponential = fractional || exponential;
		const isLessThanMaxSafeInt = digits && (digits.length < MAX_DIGITS || digits.length === MAX_DIGITS && digits <= MAX_INT);
		if (isString || hasFractionalOrExponential || isLessThanMaxSafeInt) return match;
		return "\"" + match + "n\"";
	});
};
const JSONParse = (text, reviver) => {
	if (!text) return originalParse(text, reviver);
	try {
		if (isContextSourceSupported()) return JSONParseV2(text, reviver);
		const serializedData = serializeBigInts(text);
		return originalParse(serializedData, (key, value, context) => convertMarkedBigIntsReviver(key, value, context, reviver));
	} catch (error) {
		if (error instanceof RangeError) {
			const serializedData = serializeBigInts(text);
			const parsed = originalParse(serializedData);
			return applyReviverIteratively(parsed, reviver);
		}
		throw error;
	}
};
// src/github/api.ts
const defaultGitHubTimes = {
	requestTimeoutMs: 2e4,
	timeoutMs: 15e4,
	retryDelaysMs: [
		1e3,
		2e3,
		4e3
	],
	rateLimitDelayMs: 6e4,
	mergeDelayMs: 2e3
};
const mostWrites = 4;
const actionsBot = "github-actions[bot]";
var GitHub = class {
	#octokit;
	#repository;
	#log;
	#times;
	#login;
	constructor(token, owner, repo, log = () => {}, times = defaultGitHubTimes) {
		this.#octokit = getOctokit(token);
		this.#octokit.hook.before("request", ({ request }) => {
			const send = request.fetch;
			request.fetch = (url, options) => send(url, {
				...options,
				signal: AbortSignal.timeout(times.requestTimeoutMs)
			});
		});
		this.#repository = {
			owner,
			repo
		};
		this.#log = log;
		this.#times = times;
	}
	async pullRequestOf(sha, timeoutMs) {
		const result = await poll(async () => {
			const { data } = await this.#call(`the pull requests of commit ${sha}`, () => this.#octokit.rest.repos.listPullRequestsAssociatedWithCommit({
				...this.#repository,
				commit_sha: sha
			}));
			const merged = data.filter((pull) => pull.merged_at !== null);
			const found = merged.find((pull) => pull.merge_commit_sha === sha) ?? merged[0];
			return found === void 0 ? { waitingFor: "a merged pull request" } : { done: mergedPullRequest(found) };
		}, {
			delayMs: () => this.#times.mergeDelayMs,
			timeoutMs
		});
		return result.timedOut ? void 0 : result.value;
	}
	async pullRequest(number) {
		const { data } = await this.#call(`pull request #${number}`, () => this.#octokit.rest.pulls.get({
			...this.#repository,
			pull_number: number
		}));
		return mergedPullRequest(data);
	}
	async filesOfPullRequest(number) {
		const { listFiles } = this.#octokit.rest.pulls;
		const query = {
			...this.#repository,
			pull_number: number,
			per_page: 100
		};
		return (await this.#call(`the files of pull request #${number}`, () => this.#octokit.paginate(listFiles, query), void 0, "pull-requests: read")).map(changedFile);
	}
	async filesBetween(base, head) {
		try {
			const { data } = await this.#call(`the files between ${base.slice(0, 7)} and ${head.slice(0, 7)}`, () => this.#octokit.rest.repos.compareCommitsWithBasehead({
				...this.#repository,
				basehead: `${base}...${head}`,
				per_page: 1,
				page: 1
			}), void 0, "contents: read");
			if (data.status !== "ahead" && data.status !== "identical") return void 0;
			return (data.files ?? []).map(changedFile);
		} catch (error) {
			if (statusOf(error) === 404) return void 0;
			throw error;
		}
	}
	async readComment(pullRequest, marker) {
		const what = `the comment on pull request #${pullRequest}`;
		return (await this.#ourComments(pullRequest, marker, what, Date.now() + this.#times.timeoutMs))[0]?.body;
	}
	async upsertComment(pullRequest, marker, compose) {
		const what = `the comment on pull request #${pullRequest}`;
		const deadline = Date.now() + this.#times.timeoutMs;
		let posted;
		let written;
		let failures = 0;
		for (let writes = 0;;) {
			const [ours, ...others] = await this.#ourComments(pullRequest, marker, what, deadline);
			const body = compose(ours?.body);
			for (const other of others) {
				const isMine = other.id === posted?.id;
				if (!isMine && compose(other.body) === void 0) continue;
				await this.#delete(other.id, what, deadline);
				if (isMine) posted = void 0;
			}
			const isThere = ours !== void 0 && ours.id === posted?.id && isSame(ours.body, written);
			if (body === void 0 || isThere || posted !== void 0 && writes >= mostWrites) return posted;
			try {
				posted = await this.#write(pullRequest, ours?.id, body);
				written = String(body);
				writes++;
			} catch (error) {
				if (statusOf(error) === 404 && ours !== void 0 && failures <= this.#times.retryDelaysMs.length) failures++;
				else await this.#pause(error, failures++, deadline, what);
			}
		}
	}
	async issuesOf(marker) {
		const what = "the open issues";
		const deadline = Date.now() + this.#times.timeoutMs;
		const { listForRepo } = this.#octokit.rest.issues;
		const query = {
			...this.#repository,
			state: "open",
			per_page: 100
		};
		const candidates = (await this.#call(what, () => this.#octokit.paginate(listForRepo, query), deadline, "issues")).filter(({ body, pull_request }) => !pull_request && body?.startsWith(marker));
		if (candidates.length === 0) return [];
		this.#login ??= await this.#whoAmI(candidates, deadline);
		return candidates.filter(({ user }) => user?.login === this.#login).map(({ number, html_url: url, body }) => ({
			number,
			url,
			body: body ?? ""
		})).sort((a, b) => a.number - b.number);
	}
	async openIssue(marker, title, body) {
		const deadline = Date.now() + this.#times.timeoutMs;
		let created;
		for (let failures = 0;;) {
			const open = await this.issuesOf(marker);
			const oldest = open[0] ?? created;
			if (oldest !== void 0) {
				const numbers = new Set([...open, ...created === void 0 ? [] : [created]].map(({ number }) => number));
				for (const number of numbers) if (number !== oldest.number) await this.#closeDuplicate(number, oldest.number, marker);
				return oldest;
			}
			try {
				const { data } = await this.#octokit.rest.issues.create({
					...this.#repository,
					title: String(title),
					body: String(body)
				});
				this.#login = data.user?.login;
				created = {
					number: data.number,
					url: data.html_url,
					body: String(body)
				};
			} catch (error) {
				await this.#pause(error, failures++, deadline, "a new issue", "issues");
			}
		}
	}
	async #closeDuplicate(number, oldest, marker) {
		const body = md`${hiddenLine(marker)}\n\nDuplicate of #${oldest}: two runs found the same failure at the same time.`;
		await this.updateIssue(number, {
			body,
			state: "closed",
			state_reason: "not_planned"
		});
	}
	async updateIssue(number, { body, ...change }) {
		await this.#call(`issue #${number}`, () => this.#octokit.rest.issues.update({
			...this.#repository,
			issue_number: number,
			body: String(body),
			...change
		}), void 0, "issues");
	}
	async commentOnIssue(number, body) {
		try {
			await this.#octokit.rest.issues.createComment({
				...this.#repository,
				issue_number: number,
				body: String(body)
			});
		} catch (error) {
			throw serviceError(`a comment on issue #${number}`, error, "issues");
		}
	}
	async createDeployment(sha, environment, payload) {
		const what = `a deployment to the environment ${environment}`;
		const deadline = Date.now() + this.#times.timeoutMs;
		const { repos } = this.#octokit.rest;
		const wanted = {
			...this.#repository,
			environment,
			task: "deploy"
		};
		for (let failures = 0;; failures++) {
			try {
				const { data } = await repos.createDeployment({
					...wanted,
					ref: sha,
					auto_merge: false,
					required_contexts: [],
					transient_environment: false,
					payload: { ...payload }
				});
				if ("id" in data) return data.id;
				throw new ServiceError(`GitHub merged instead of making ${what}: ${data.message}`);
			} catch (error) {
				await this.#pause(error, failures, deadline, what, "deployments");
			}
			const { data } = await this.#call(what, () => repos.listDeployments({
				...wanted,
				sha,
				per_page: 100
			}), deadline, "deployments");
			const made = data.find((each) => typeof each.payload === "object" && each.payload.run === payload.run);
			if (made !== void 0) return made.id;
		}
	}
	async activeDeployments(environment, stack) {
		const what = `the deployments to the environment ${environment}`;
		const deadline = Date.now() + this.#times.timeoutMs;
		const { repos } = this.#octokit.rest;
		const query = {
			...this.#repository,
			environment,
			task: "deploy",
			per_page: 100
		};
		const { data } = await this.#call(what, () => repos.listDeployments(query), deadline, "deployments");
		const active = [];
		for (const { id, payload } of data) {
			if (typeof payload !== "object" || payload.stack !== stack) continue;
			const one = {
				...this.#repository,
				deployment_id: id,
				per_page: 1
			};
			const [last] = (await this.#call(what, () => repos.listDeploymentStatuses(one), deadline, "deployments")).data;
			if (!/^(inactive|failure|error)$/.test(last?.state ?? "")) active.push(id);
		}
		return active;
	}
	async addDeploymentStatus(id, status) {
		const { state, description, logUrl, environmentUrl } = status;
		await this.#call(`the status of deployment ${id}`, () => this.#octokit.rest.repos.createDeploymentStatus({
			...this.#repository,
			deployment_id: id,
			state,
			description,
			log_url: logUrl,
			...environmentUrl !== void 0 && { environment_url: environmentUrl }
		}), void 0, "deployments");
	}
	async #write(pullRequest, existing, markdown) {
		const { issues } = this.#octokit.rest;
		const body = String(markdown);
		const { data } = existing === void 0 ? await issues.createComment({
			...this.#repository,
			issue_number: pullRequest,
			body
		}) : await issues.updateComment({
			...this.#repository,
			comment_id: existing,
			body
		});
		if (existing === void 0) this.#login = data.user?.login;
		return {
			id: data.id,
			url: data.html_url
		};
	}
	async #delete(id, what, deadline) {
		try {
			await this.#call(what, () => this.#octokit.rest.issues.deleteComment({
				...this.#repository,
				comment_id: id
			}), deadline);
		} catch (error) {
			if (statusOf(error) !== 404) throw error;
		}
	}
	async #ourComments(pullRequest, marker, what, deadline) {
		const comments = await this.#call(what, () => this.#octokit.paginate(this.#octokit.rest.issues.listComments, {
			...this.#repository,
			issue_number: pullRequest,
			per_page: 100
		}), deadline);
		const isOurs = typeof marker === "string" ? (body) => body.startsWith(marker) : marker;
		const candidates = comments.filter(({ body }) => body !== void 0 && isOurs(body));
		if (candidates.length === 0) return [];
		this.#login ??= await this.#whoAmI(candidates, deadline);
		return candidates.filter(({ user }) => user?.login === this.#login).map(({ id, body = "" }) => ({
			id,
			body
		})).sort((a, b) => a.id - b.id);
	}
	async #whoAmI(candidates, deadline) {
		const what = "the owner of github-token";
		const person = await this.#unlessRefused(() => this.#call(what, async () => (await this.#octokit.rest.users.getAuthenticated()).data.login, deadline));
		if (person !== void 0) return person;
		const bots = new Set(candidates.filter(({ user }) => user?.type === "Bot").map(({ user }) => user?.login));
		if (bots.size === 0 || bots.size === 1 && bots.has(actionsBot)) return actionsBot;
		const viewer = () => this.#octokit.graphql("{ viewer { login } }");
		return await this.#unlessRefused(() => this.#call(what, async () => (await viewer()).viewer.login, deadline)) ?? actionsBot;
	}
	async #unlessRefused(ask) {
		try {
			return await ask();
		} catch (error) {
			if (statusOf(error) === 401 || statusOf(error) >= 500) throw error;
			return;
		}
	}
	async #call(what, request, deadline = Date.now() + this.#times.timeoutMs, permission) {
		for (let failures = 0;; failures++) try {
			return await request();
		} catch (error) {
			await this.#pause(error, failures, deadline, what, permission);
		}
	}
	async #pause(error, failures, deadline, what, permission) {
		const delayMs = retryDelay(error, failures, Date.now(), this.#times);
		if (delayMs === void 0 || Date.now() + delayMs > deadline) throw serviceError(what, error, permission);
		if (isRateLimit(error)) this.#log(`GitHub asks to wait ${Math.ceil(delayMs / 1e3)} s for ${what}: ${messageOf(error)}`);
		await sleep(delayMs);
	}
};
function isSame(body, written) {
	return written !== void 0 && body.replaceAll("\r\n", "\n").trimEnd() === written.trimEnd();
}
function changedFile({ filename, previous_filename }) {
	return {
		path: filename,
		previous: previous_filename
	};
}
function mergedPullRequest(pull) {
	const { number, head, base } = pull;
	return {
		number,
		head: head.sha,
		fromFork: head.repo?.full_name !== base.repo?.full_name
	};
}
function statusOf(error) {
	if (error instanceof ServiceError) return statusOf(error.cause);
	if (typeof error === "object" && error !== null && "status" in error && typeof error.status === "number") return error.status;
	return error instanceof TypeError || error instanceof Error && error.name === "TimeoutError" ? 500 : 0;
}
function retryDelay(error, failures, now, { retryDelaysMs, rateLimitDelayMs } = defaultGitHubTimes) {
	if (isRateLimit(error)) {
		const asked = Number(header(error, "retry-after"));
		if (asked > 0) return asked * 1e3;
		const reset = Number(header(error, "x-ratelimit-reset"));
		if (header(error, "x-ratelimit-remaining") === "0" && reset > 0) return Math.max(reset * 1e3 - now, 0) + 1e3;
		return rateLimitDelayMs * 2 ** failures;
	}
	return statusOf(error) >= 500 || statusOf(error) === 408 ? retryDelaysMs[failures] : void 0;
}
function isRateLimit(error) {
	if (statusOf(error) === 429) return true;
	if (statusOf(error) !== 403) return false;
	return /rate limit|abuse detection/i.test(messageOf(error)) || header(error, "retry-after") !== void 0 || header(error, "x-ratelimit-remaining") === "0";
}
function header(error, name) {
	if (error instanceof ServiceError) return header(error.cause, name);
	const { response } = error;
	const value = response?.headers?.[name];
	return value === void 0 ? void 0 : String(value);
}
function serviceError(what, error, permission = "pull-requests") {
	if (error instanceof ServiceError) return error;
	const advice = {
		401: " The github-token is not valid, or has expired.",
		403: ` Give the job the permission \`${permission.includes(":") ? permission : `${permission}: write`}\`; a pull request from a fork only ever gets a token that reads.`,
		404: " Either it does not exist, or github-token may not see this repository.",
		410: " Issues are turned off in the settings of this repository."
	};
	const fix = isRateLimit(error) ? ` ${again(error)}` : advice[statusOf(error)] ?? "";
	return new GitHubError(`GitHub did not give or take ${what}: ${messageOf(error)}${fix}`, { cause: error });
}
function again(error) {
	const reset = Number(header(error, "x-ratelimit-reset"));
	return header(error, "x-ratelimit-remaining") === "0" && reset > 0 && reset < 864e10 ? `The limit is used up until ${new Date(reset * 1e3).toISOString()}: run it again then.` : "Run it again later.";
}
export { JSONStringify as i, statusOf as n, JSONParse as r, GitHub as t };
