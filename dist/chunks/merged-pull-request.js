import { isFork } from "./entry.js";
// src/commands/merged-pull-request.ts
const pullRequestTimeoutMs = 15e3;
async function mergedPullRequest(job, timeoutMs = pullRequestTimeoutMs) {
	const pull = job.run.payload.pull_request;
	return pull === void 0 ? await (await job.github())?.pullRequestOf(job.report.commit, timeoutMs) : {
		number: pull.number,
		head: pull.head.sha,
		base: pull.base.ref,
		fromFork: isFork(pull)
	};
}
export { mergedPullRequest };
