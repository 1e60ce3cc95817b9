import { r as reviewQueuedPlan, t as requestReview } from "./review.js";
import { c as placeText } from "./root-module.js";
import { i as prepare, r as planForApproval, t as install } from "./prepare.js";
// src/terraform/check.ts
async function runUntrustedCheck(terraform, visitor, directory, locate) {
	const unformatted = await terraform.listUnformatted(directory);
	await terraform.initWithoutBackend();
	return {
		visitor,
		unformatted,
		diagnostics: (await terraform.validate()).toSorted(errorsFirst).map(locate)
	};
}
function untrustedCheckFailure({ unformatted, diagnostics }, mustPass) {
	if (!mustPass) return void 0;
	const errors = diagnostics.filter(({ severity }) => severity === "error");
	if (errors.length === 0 && unformatted.length === 0) return void 0;
	const [first] = errors;
	const sentence = first === void 0 ? `terraform fmt would change ${unformatted.join(", ")}.` : `terraform validate: ${first.summary}${placeText(first)}.`;
	return {
		code: first === void 0 ? "CHECK_FORMAT" : "CHECK_INVALID",
		sentence,
		fix: first === void 0 ? "Run `terraform fmt -recursive`." : "Fix the error. `terraform validate` reports the same on your machine.",
		remedy: "config"
	};
}
function errorsFirst(a, b) {
	return Number(b.severity === "error") - Number(a.severity === "error");
}
// src/commands/plan.ts
async function runPlan(job) {
	const { untrustedAuthor, queued } = job.trigger;
	if (untrustedAuthor !== void 0) return await checkUntrustedPullRequest(job, untrustedAuthor);
	const planned = await planForApproval(job, await prepare(job));
	if (queued === void 0) {
		const { approval, record } = requestReview(planned, job.report.pullRequest);
		job.record({ approval });
		job.signedRecord = record;
	} else await checkQueuedPlan(job, planned, queued);
}
async function checkQueuedPlan(job, planned, number) {
	const github = job.github();
	if (planned.approval !== "reviewed" || github === void 0) return;
	await job.check("approval", async () => {
		const pullRequest = await github.pullRequest(number);
		const { approval, failure } = await reviewQueuedPlan(planned, pullRequest, (each) => github.readComment(each, job.isOurComment));
		const doesMore = failure === void 0 && approval.differences.length > 0;
		return {
			adds: { approval },
			failure,
			warnings: doesMore ? ["This plan has more changes than the reviewed one. Earlier pull requests in the queue may be the cause; after the merge it must match."] : []
		};
	});
}
async function checkUntrustedPullRequest(job, author) {
	const { workingDirectory, forks } = job.inputs;
	const terraform = await install(job, false);
	await job.check("check", async () => {
		const result = await runUntrustedCheck(terraform, author, workingDirectory, (each) => job.locate(each));
		return {
			adds: { check: result },
			failure: untrustedCheckFailure(result, forks === "fail")
		};
	});
}
export { runPlan };
