import { GitHubError, ServiceError, messageOf } from "./entry.js";
import { poll, sleep } from "./verify.js";
import { hiddenLine, md } from "./markdown.js";
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
const maxWrites = 4;
const maxMergeabilityRequests = 5;
const maxCommits = 300;
var GitHub = class {
	#token;
	#client;
	#repository;
	#log;
	#times;
	#login;
	constructor(token, owner, repo, log = () => {}, times = defaultGitHubTimes) {
		this.#token = token;
		this.#repository = {
			owner,
			repo
		};
		this.#log = log;
		this.#times = times;
	}
	preload() {
		this.#api().catch(() => {});
	}
	#api() {
		this.#client ??= import("./github.js").then(({ getOctokit: create }) => {
			const octokit = create(this.#token);
			octokit.hook.before("request", ({ request }) => {
				const send = request.fetch;
				request.fetch = (url, options) => send(url, {
					...options,
					signal: AbortSignal.timeout(this.#times.requestTimeoutMs)
				});
			});
			return octokit;
		});
		return this.#client;
	}
	async pullRequestOf(sha, timeoutMs) {
		const result = await poll(async () => {
			const { data } = await this.#callWithRetry(`the pull requests of commit ${sha}`, async () => (await this.#api()).rest.repos.listPullRequestsAssociatedWithCommit({
				...this.#repository,
				commit_sha: sha
			}));
			const merged = data.filter((pull) => pull.merged_at !== null);
			const match = merged.find((pull) => pull.merge_commit_sha === sha) ?? merged[0];
			return match === void 0 ? { waitingFor: "a merged pull request" } : { done: toPullRequest(match) };
		}, {
			delayMs: () => this.#times.mergeDelayMs,
			timeoutMs
		});
		return result.timedOut ? void 0 : result.value;
	}
	async pullRequest(number) {
		const { data } = await this.#callWithRetry(`pull request #${number}`, async () => (await this.#api()).rest.pulls.get({
			...this.#repository,
			pull_number: number
		}));
		return toPullRequest(data);
	}
	async mergedPullRequests(branch) {
		const { data } = await this.#callWithRetry(`the merged pull requests of ${branch}`, async () => (await this.#api()).rest.pulls.list({
			...this.#repository,
			state: "closed",
			base: branch,
			sort: "updated",
			direction: "desc",
			per_page: 100
		}));
		return data.filter(({ merged_at }) => merged_at !== null).sort((a, b) => Date.parse(b.merged_at ?? "") - Date.parse(a.merged_at ?? "") || b.number - a.number).map(toPullRequest);
	}
	async openPullRequests(branch) {
		const { data } = await this.#callWithRetry(`the open pull requests of ${branch}`, async () => (await this.#api()).rest.pulls.list({
			...this.#repository,
			state: "open",
			base: branch,
			sort: "updated",
			direction: "desc",
			per_page: 100
		}), void 0, "pull-requests: read");
		return data.map(toPullRequest);
	}
	async setCommitStatus(sha, { context, state, description, url }) {
		await this.#callWithRetry(`the status of commit ${sha.slice(0, 7)}`, async () => (await this.#api()).rest.repos.createCommitStatus({
			...this.#repository,
			sha,
			context: String(context),
			state,
			description: String(description),
			target_url: url
		}), void 0, "statuses");
	}
	async commitsBetween(base, head) {
		const what = `the commits between ${base.slice(0, 7)} and ${head}`;
		const commits = [];
		for (let page = 1;; page++) {
			let data;
			try {
				const query = {
					...this.#repository,
					basehead: `${base}...${head}`,
					per_page: 100,
					page
				};
				const request = async () => (await this.#api()).rest.repos.compareCommitsWithBasehead(query);
				data = (await this.#callWithRetry(what, request, void 0, "contents: read")).data;
			} catch (error) {
				if (statusOf(error) === 404) return {
					relation: "unrelated",
					commits: []
				};
				throw error;
			}
			if (data.status === "identical") return {
				relation: "same",
				commits: []
			};
			if (data.status !== "ahead") return {
				relation: "unrelated",
				commits: []
			};
			if (data.total_commits > maxCommits) return {
				relation: "ancestor",
				commits: void 0
			};
			commits.push(...data.commits.map(({ sha }) => sha));
			if (commits.length >= data.total_commits || data.commits.length === 0) return {
				relation: "ancestor",
				commits
			};
		}
	}
	async filesOfPullRequest(number) {
		const { listFiles } = (await this.#api()).rest.pulls;
		const query = {
			...this.#repository,
			pull_number: number,
			per_page: 100
		};
		return (await this.#callWithRetry(`the files of pull request #${number}`, async () => (await this.#api()).paginate(listFiles, query), void 0, "pull-requests: read")).map(toChangedFile);
	}
	async filesBetween(base, head) {
		try {
			const { data } = await this.#callWithRetry(`the files between ${base.slice(0, 7)} and ${head.slice(0, 7)}`, async () => (await this.#api()).rest.repos.compareCommitsWithBasehead({
				...this.#repository,
				basehead: `${base}...${head}`,
				per_page: 1,
				page: 1
			}), void 0, "contents: read");
			if (data.status !== "ahead" && data.status !== "identical") return void 0;
			return (data.files ?? []).map(toChangedFile);
		} catch (error) {
			if (statusOf(error) === 404) return void 0;
			throw error;
		}
	}
	async readComment(pullRequest, marker) {
		const what = `the comment on pull request #${pullRequest}`;
		return (await this.#ourComments(pullRequest, marker, what, Date.now() + this.#times.timeoutMs))[0]?.body;
	}
	async readFirstComments(pullRequest, marker) {
		const what = `the comment on pull request #${pullRequest}`;
		return (await this.#ourComments(pullRequest, marker, what, Date.now() + this.#times.timeoutMs, 1))[0]?.body;
	}
	async findComment(pullRequest, marker) {
		const what = `the comment on pull request #${pullRequest}`;
		return (await this.#ourComments(pullRequest, marker, what, Date.now() + this.#times.timeoutMs))[0];
	}
	async requestedPullRequest(number) {
		for (let asked = 1;; asked++) {
			const { data } = await this.#callWithRetry(`pull request #${number}`, async () => (await this.#api()).rest.pulls.get({
				...this.#repository,
				pull_number: number
			}));
			const { user, head, mergeable_state: mergeability, draft } = data;
			if (mergeability === "unknown" && data.state === "open" && asked < maxMergeabilityRequests) {
				await sleep(this.#times.mergeDelayMs);
				continue;
			}
			const author = user?.login ?? "";
			const fromDependabot = author === "dependabot[bot]" || /^dependabot[/-]/.test(head.ref);
			return {
				...toPullRequest(data),
				author,
				fromDependabot,
				mergeability: draft === true ? "draft" : mergeability
			};
		}
	}
	async accessOf(login) {
		try {
			const { data } = await this.#callWithRetry(`the permission of ${login}`, async () => (await this.#api()).rest.repos.getCollaboratorPermissionLevel({
				...this.#repository,
				username: login
			}));
			const { permission } = data;
			return permission === "admin" || permission === "write" || permission === "read" ? permission : "none";
		} catch (error) {
			if (statusOf(error) === 404) return "none";
			throw error;
		}
	}
	async reviewsOf(number) {
		const query = {
			...this.#repository,
			pull_number: number,
			per_page: 100
		};
		const reviews = await this.#callWithRetry(`the reviews of pull request #${number}`, async () => (await this.#api()).paginate((await this.#api()).rest.pulls.listReviews, query), void 0, "pull-requests: read");
		const states = {
			APPROVED: "approved",
			CHANGES_REQUESTED: "changes-requested",
			DISMISSED: "dismissed"
		};
		return reviews.flatMap(({ user, state, commit_id, submitted_at }) => {
			const known = states[state];
			if (known === void 0 || user?.type !== "User" || commit_id === null || submitted_at === void 0) return [];
			return [{
				by: user.login,
				state: known,
				commit: commit_id,
				at: submitted_at
			}];
		});
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
			const isThere = ours !== void 0 && ours.id === posted?.id && isSameBody(ours.body, written);
			if (body === void 0 || isThere || posted !== void 0 && writes >= maxWrites) return posted;
			try {
				posted = await this.#write(pullRequest, ours?.id, body);
				written = String(body);
				writes++;
			} catch (error) {
				if (statusOf(error) === 404 && ours !== void 0 && failures <= this.#times.retryDelaysMs.length) failures++;
				else await this.#waitOrThrow(error, failures++, deadline, what);
			}
		}
	}
	async mergerOf(number) {
		const { data } = await this.#callWithRetry(`pull request #${number}`, async () => (await this.#api()).rest.pulls.get({
			...this.#repository,
			pull_number: number
		}));
		return [data.merged_by, data.user].filter((user) => user?.type === "User")[0]?.login;
	}
	async commentOnce(pullRequest, { marker, prefix, max }, compose) {
		const what = `a comment on pull request #${pullRequest}`;
		const ours = await this.#ourComments(pullRequest, prefix, what, Date.now() + this.#times.timeoutMs);
		if (ours.length >= max || ours.some(({ body }) => body.startsWith(marker))) return;
		const body = await compose();
		try {
			const { rest } = await this.#api();
			await rest.issues.createComment({
				...this.#repository,
				issue_number: pullRequest,
				body: String(body)
			});
		} catch (error) {
			throw serviceError(what, error);
		}
	}
	async labelsOf(pullRequest) {
		const { data } = await this.#callWithRetry(`the labels of pull request #${pullRequest}`, async () => (await this.#api()).rest.issues.listLabelsOnIssue({
			...this.#repository,
			issue_number: pullRequest,
			per_page: 100
		}));
		return data.map(({ name }) => name);
	}
	async createLabel(name, color) {
		try {
			await this.#callWithRetry(`the label ${name}`, async () => (await this.#api()).rest.issues.createLabel({
				...this.#repository,
				name,
				color
			}));
		} catch (error) {
			if (statusOf(error) !== 422) throw error;
		}
	}
	async addLabels(pullRequest, labels) {
		await this.#callWithRetry(`the labels of pull request #${pullRequest}`, async () => (await this.#api()).rest.issues.addLabels({
			...this.#repository,
			issue_number: pullRequest,
			labels
		}));
	}
	async removeLabel(pullRequest, name) {
		try {
			await this.#callWithRetry(`the labels of pull request #${pullRequest}`, async () => (await this.#api()).rest.issues.removeLabel({
				...this.#repository,
				issue_number: pullRequest,
				name
			}));
		} catch (error) {
			if (statusOf(error) !== 404) throw error;
		}
	}
	async issuesOf(marker) {
		const what = "the open issues";
		const deadline = Date.now() + this.#times.timeoutMs;
		const { listForRepo } = (await this.#api()).rest.issues;
		const query = {
			...this.#repository,
			state: "open",
			per_page: 100
		};
		const candidates = (await this.#callWithRetry(what, async () => (await this.#api()).paginate(listForRepo, query), deadline, "issues")).filter(({ body, pull_request }) => !pull_request && body?.startsWith(marker));
		if (candidates.length === 0) return [];
		this.#login ??= await this.#readLogin(deadline);
		return candidates.filter(({ user }) => isLoginOf(user, this.#login)).map(({ number, html_url: url, body }) => ({
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
				const { data } = await (await this.#api()).rest.issues.create({
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
				await this.#waitOrThrow(error, failures++, deadline, "a new issue", "issues");
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
		await this.#callWithRetry(`issue #${number}`, async () => (await this.#api()).rest.issues.update({
			...this.#repository,
			issue_number: number,
			body: String(body),
			...change
		}), void 0, "issues");
	}
	async commentOnIssue(number, body) {
		try {
			await (await this.#api()).rest.issues.createComment({
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
		const { repos } = (await this.#api()).rest;
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
				await this.#waitOrThrow(error, failures, deadline, what, "deployments");
			}
			const { data } = await this.#callWithRetry(what, () => repos.listDeployments({
				...wanted,
				sha,
				per_page: 100
			}), deadline, "deployments");
			const existing = data.find((each) => typeof each.payload === "object" && each.payload.run === payload.run);
			if (existing !== void 0) return existing.id;
		}
	}
	async activeDeployments(environment, stack) {
		const what = `the deployments to the environment ${environment}`;
		const deadline = Date.now() + this.#times.timeoutMs;
		const { repos } = (await this.#api()).rest;
		const query = {
			...this.#repository,
			environment,
			task: "deploy",
			per_page: 100
		};
		const { data } = await this.#callWithRetry(what, () => repos.listDeployments(query), deadline, "deployments");
		const active = [];
		for (const { id, payload } of data) {
			if (typeof payload !== "object" || payload.stack !== stack) continue;
			const one = {
				...this.#repository,
				deployment_id: id,
				per_page: 1
			};
			const [last] = (await this.#callWithRetry(what, () => repos.listDeploymentStatuses(one), deadline, "deployments")).data;
			if (!/^(inactive|failure|error)$/.test(last?.state ?? "")) active.push(id);
		}
		return active;
	}
	async addDeploymentStatus(id, status) {
		const { state, description, logUrl, environmentUrl } = status;
		await this.#callWithRetry(`the status of deployment ${id}`, async () => (await this.#api()).rest.repos.createDeploymentStatus({
			...this.#repository,
			deployment_id: id,
			state,
			description,
			log_url: logUrl,
			...environmentUrl !== void 0 && { environment_url: environmentUrl }
		}), void 0, "deployments");
	}
	async #write(pullRequest, existing, markdown) {
		const { issues } = (await this.#api()).rest;
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
			await this.#callWithRetry(what, async () => (await this.#api()).rest.issues.deleteComment({
				...this.#repository,
				comment_id: id
			}), deadline);
		} catch (error) {
			if (statusOf(error) !== 404) throw error;
		}
	}
	async #ourComments(pullRequest, marker, what, deadline, maxPages = Number.POSITIVE_INFINITY) {
		const comments = await this.#callWithRetry(what, async () => {
			let pages = 0;
			const query = {
				...this.#repository,
				issue_number: pullRequest,
				per_page: 100
			};
			const { paginate, rest } = await this.#api();
			return await paginate(rest.issues.listComments, query, ({ data }, done) => {
				pages++;
				if (pages >= maxPages) done();
				return data;
			});
		}, deadline);
		const isOurs = typeof marker === "string" ? (body) => body.startsWith(marker) : marker;
		const candidates = comments.filter(({ body }) => body !== void 0 && isOurs(body));
		if (candidates.length === 0) return [];
		this.#login ??= await this.#readLogin(deadline);
		return candidates.filter(({ user }) => isLoginOf(user, this.#login)).map(({ id, body = "", updated_at }) => ({
			id,
			body,
			updatedAt: updated_at
		})).sort((a, b) => a.id - b.id);
	}
	async #readLogin(deadline) {
		const what = "the owner of github-token";
		const person = await this.#unlessRefused(() => this.#callWithRetry(what, async () => (await (await this.#api()).rest.users.getAuthenticated()).data.login, deadline));
		if (person !== void 0) return person;
		const viewer = async () => (await this.#api()).graphql("{ viewer { login } }");
		return await this.#callWithRetry(what, async () => (await viewer()).viewer.login, deadline);
	}
	async #unlessRefused(ask) {
		try {
			return await ask();
		} catch (error) {
			if (statusOf(error) === 401 || statusOf(error) >= 500) throw error;
			return;
		}
	}
	async #callWithRetry(what, request, deadline = Date.now() + this.#times.timeoutMs, permission) {
		for (let failures = 0;; failures++) try {
			return await request();
		} catch (error) {
			await this.#waitOrThrow(error, failures, deadline, what, permission);
		}
	}
	async #waitOrThrow(error, failures, deadline, what, permission) {
		const delayMs = retryDelayMs(error, failures, Date.now(), this.#times);
		if (delayMs === void 0 || Date.now() + delayMs > deadline) throw serviceError(what, error, permission);
		if (isRateLimit(error)) this.#log(`GitHub requests a wait of ${Math.ceil(delayMs / 1e3)} s for ${what}: ${messageOf(error)}`);
		await sleep(delayMs);
	}
};
function isLoginOf(author, login) {
	if (author === null || login === void 0) return false;
	return author.login === login || author.type === "Bot" && author.login === `${login}[bot]`;
}
function isSameBody(body, written) {
	return written !== void 0 && body.replaceAll("\r\n", "\n").trimEnd() === written.trimEnd();
}
function toChangedFile({ filename, previous_filename }) {
	return {
		path: filename,
		previous: previous_filename
	};
}
function toPullRequest(pull) {
	const { number, state, merge_commit_sha, head, base } = pull;
	return {
		number,
		isOpen: state === "open",
		head: head.sha,
		base: base.ref,
		mergeCommit: merge_commit_sha ?? "",
		fromFork: head.repo?.full_name !== base.repo?.full_name
	};
}
function statusOf(error) {
	if (error instanceof ServiceError) return statusOf(error.cause);
	if (typeof error === "object" && error !== null && "status" in error && typeof error.status === "number") return error.status;
	return error instanceof TypeError || error instanceof Error && error.name === "TimeoutError" ? 500 : 0;
}
function retryDelayMs(error, failures, now, { retryDelaysMs, rateLimitDelayMs } = defaultGitHubTimes) {
	if (isRateLimit(error)) {
		const requestedSeconds = Number(header(error, "retry-after"));
		if (requestedSeconds > 0) return requestedSeconds * 1e3;
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
	const fix = isRateLimit(error) ? ` ${retryAdvice(error)}` : advice[statusOf(error)] ?? "";
	return new GitHubError(`GitHub did not give or take ${what}: ${messageOf(error)}${fix}`, { cause: error });
}
function retryAdvice(error) {
	const reset = Number(header(error, "x-ratelimit-reset"));
	return header(error, "x-ratelimit-remaining") === "0" && reset > 0 && reset < 864e10 ? `The limit is used up until ${new Date(reset * 1e3).toISOString()}: run it again then.` : "Run it again later.";
}
export { GitHub, defaultGitHubTimes, retryDelayMs, statusOf };
