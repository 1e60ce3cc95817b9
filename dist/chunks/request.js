import { readOpenPlans } from "./open-plans.js";
import { approvalCodes, readStage } from "./record.js";
import { isCommentOf } from "./comment-owner.js";
import { line, log } from "./entry.js";
import { readHistory } from "./history.js";
// src/approval/request.ts
const mergeableStates = [
	"clean",
	"unstable",
	"has_hooks"
];
function whyRequestRefused(facts) {
	const { request, pullRequest, checkedOut, access, containsBase } = facts;
	const on = `Pull request #${pullRequest.number}`;
	const head = pullRequest.head.slice(0, 7);
	if (access !== "admin" && access !== "write") return refusal("APPLY_NOT_PERMITTED", `${request.by} asked for the apply and has no write access to the repository.`);
	if (pullRequest.fromFork || pullRequest.fromDependabot) return refusal("APPLY_CODE_UNTRUSTED", `${on} is from ${pullRequest.fromFork ? "a fork" : "Dependabot"}: its code does not run with the credentials of an apply.`);
	if (!pullRequest.isOpen) return refusal("APPLY_NOT_OPEN", `${on} is not open any more: its merge is what is applied.`);
	if (checkedOut !== pullRequest.head) return refusal("APPLY_HEAD_MOVED", `Commit ${checkedOut.slice(0, 7)} is checked out, and the last commit of pull request #${pullRequest.number} is ${head}.`);
	if (!containsBase || pullRequest.mergeability === "behind") return refusal("APPLY_BEHIND", `${on} does not contain the newest commit of ${pullRequest.base}.`);
	const approval = whyNotApproved(facts);
	if (approval !== void 0) return refusal("APPLY_NOT_APPROVED", `${on} is not approved: ${approval}.`);
	if (!mergeableStates.includes(pullRequest.mergeability)) return refusal("APPLY_NOT_MERGEABLE", `${on} cannot be merged now (GitHub reports "${pullRequest.mergeability}"), so it is not applied either.`);
}
function decisiveReviewers({ reviews }) {
	return lastReviews(reviews).filter(({ state }) => state !== "dismissed").map(({ by }) => by);
}
function whyNotApproved({ pullRequest, reviews, reviewers, request, planned }) {
	const head = pullRequest.head.slice(0, 7);
	const last = lastReviews(reviews);
	const mayWrite = (by, unknown) => ["admin", "write"].includes(reviewers.get(by) ?? unknown);
	const refusing = last.find(({ state, by }) => state === "changes-requested" && mayWrite(by, "write"));
	if (refusing !== void 0) return `${refusing.by} requested changes`;
	const approvals = last.filter(({ state, by }) => state === "approved" && by !== pullRequest.author && mayWrite(by, "none"));
	if (approvals.length === 0) return "nobody else with write access approved it";
	const ofHead = approvals.filter(({ commit }) => commit === pullRequest.head);
	if (ofHead.length === 0) return `the approval is for commit ${approvals.at(-1)?.commit.slice(0, 7)}, and the last commit is ${head}`;
	const ofPlan = ofHead.filter(({ at }) => planned === void 0 || Date.parse(at) >= Date.parse(planned));
	if (ofPlan.length === 0) return "the plan on it is newer than the approval";
	return ofPlan.some(({ at }) => Date.parse(at) <= Date.parse(request.at)) ? void 0 : "the comment is older than the approval";
}
function lastReviews(reviews) {
	return [...new Map(reviews.map((review) => [review.by, review])).values()];
}
function refusal(code, sentence) {
	return {
		code,
		sentence,
		fix: approvalCodes[code].fix,
		remedy: "config"
	};
}
function unmergedFailure(numbers) {
	return refusal("APPLY_OTHER_UNMERGED", `Another pull request is applied and not merged (${numbers.map((number) => `#${number}`).join(", ")}): this plan does not contain its changes, so it would take them back.`);
}
// src/commands/request.ts
const maxReviewers = 20;
async function checkRequest(job, request) {
	let pullRequest;
	return await job.check("approval", async () => {
		const facts = await readRequestFacts(job, request);
		pullRequest = facts.pullRequest;
		log.line(line`${request.by} asked to apply pull request #${facts.pullRequest.number} at ${facts.pullRequest.head}.`);
		return { failure: whyRequestRefused(facts) };
	}) ? pullRequest : void 0;
}
async function readRequestFacts(job, request) {
	const github = await job.githubFor("comment", "never");
	const pullRequest = await github.requestedPullRequest(job.report.pullRequest ?? 0);
	const access = await github.accessOf(request.by);
	const known = {
		request,
		pullRequest,
		checkedOut: job.report.commit,
		access
	};
	if (access !== "admin" && access !== "write") return {
		...known,
		containsBase: false,
		reviews: [],
		reviewers: new Map(),
		planned: void 0
	};
	const { relation } = await github.commitsBetween(pullRequest.base, pullRequest.head);
	const reviews = await github.reviewsOf(pullRequest.number);
	const reviewers = new Map();
	for (const by of decisiveReviewers({ reviews }).slice(0, maxReviewers)) reviewers.set(by, await github.accessOf(by));
	const planned = await whenPlanned(job, github, pullRequest.number);
	return {
		...known,
		containsBase: relation !== "unrelated",
		reviews,
		reviewers,
		planned
	};
}
async function whenPlanned(job, github, number) {
	const comment = await github.findComment(number, (body) => isCommentOf(job, body));
	return comment !== void 0 && readStage(comment.body) === "reviewed" ? comment.updatedAt : void 0;
}
async function checkOthersMerged(job, planned, base) {
	const numbers = await appliedUnmerged(job, planned, base);
	return numbers.length === 0 ? void 0 : unmergedFailure(numbers);
}
async function warnOfUnmerged(job, planned, base) {
	const numbers = await job.orWarn(() => appliedUnmerged(job, planned, base)) ?? [];
	for (const number of numbers) job.warn(`Pull request #${number} is applied and not merged, so this plan takes its changes back. Merge #${number} first, then update this branch.`);
}
async function appliedUnmerged(job, planned, base) {
	const github = await job.githubFor("comment", "never");
	const { plans, unread } = await readOpenPlans(planned, base, job.report.pullRequest, {
		openPullRequests: (branch) => github.openPullRequests(branch),
		readFirstComments: (number) => github.readFirstComments(number, (body) => isCommentOf(job, body))
	});
	if (unread > 0) log.line(line`${unread} open pull requests were not asked whether they are applied: one run reads the ${20} that were updated last.`);
	const isApplied = (body) => readHistory(body).some(({ outcome }) => outcome === "applying" || outcome === "applied" || outcome === "verified");
	return plans.flatMap(({ number, record, body }) => record.life.stage !== "reviewed" || isApplied(body) ? [number] : []);
}
export { checkOthersMerged, checkRequest, warnOfUnmerged };
