import { lineageInState, planForApproval, prepare, readChecks } from "./prepare.js";
import { asApplied, asApplying, reviewPlan, signedWithState } from "./review.js";
import { CancelledError, InputError, ServiceError, TerraformError, line, listManagedResources, log, messageOf } from "./entry.js";
import { statusOf } from "./api2.js";
import { isCommentOf } from "./comment-owner.js";
import { readDeployment } from "./deployment2.js";
import { consoleLinks, isWatched, taintTargetOf, unprovedOf, versionBefore, watchTimes } from "./platforms.js";
import { checkCredentialLifetime, readLastGoodRevision, saveLastGoodRevision } from "./credentials.js";
import { decideRepair, gateHold, heldBack, isWatchedAgain, rollbackLine, rollbackResult, rollbackStarted, rolledBack, startRollback, waitUntilStable, watchReport } from "./watch.js";
import { runOf } from "./history.js";
import { parseHeldLock } from "./lock.js";
import { checkGate, explanationOf, gateEarlierVersion, readCredentials, runGate } from "./verify.js";
import { checkPlan } from "./check-plan.js";
import { chooseImages, recordRunningImages } from "./images2.js";
import { mergedPullRequest } from "./merged-pull-request.js";
import { postComment, startGitHubDeployment } from "./publish.js";
import { checkOthersMerged, checkRequest } from "./request.js";
// src/terraform/taint.ts
function decideTaint(target, failure, onFailure) {
	if (onFailure === "none") return {
		address: void 0,
		why: "Nothing was tainted, because on-failure is none: the next plan sees no difference."
	};
	if (failure.remedy === "config") return {
		address: void 0,
		why: "Nothing was tainted: the cause is outside of the server, so replacing the server would not fix it."
	};
	if (target === void 0) return {
		address: void 0,
		why: "Nothing was tainted: no input or output names the resource behind the endpoint. Fix the server manually."
	};
	const { address, name, nextApply, why } = target;
	if (why !== void 0) return {
		address: void 0,
		why: `Nothing was tainted: ${why}`
	};
	if (address === void 0) return {
		address,
		why: `Nothing was tainted: ${name} is not in this Terraform state.`
	};
	return {
		address,
		why: `The next apply ${nextApply}. If nothing else changes, that fixes only a transient failure, so fix the server first.`
	};
}
async function taint(terraform, decision) {
	const { address } = decision;
	if (address === void 0) return {
		...decision,
		tainted: []
	};
	const readTaint = async () => listManagedResources((await terraform.showState()).values?.root_module).some((resource) => resource.address === address && resource.tainted === true);
	if (!await readTaint()) {
		await terraform.taint(address);
		if (!await readTaint()) throw new ServiceError(`${terraform.tool} taint ${address} succeeded, but the state does not show it.`);
	}
	return {
		...decision,
		tainted: [address]
	};
}
function taintFailureMessage({ address }, error, tool) {
	if (error instanceof CancelledError) return `The job was cancelled while it tainted ${address}. If the next plan does not replace it, run \`${tool} taint '${address}'\`, or run this again.`;
	const lock = error instanceof TerraformError ? parseHeldLock(error.diagnostics) : void 0;
	return `${address} could not be tainted, so the next plan will not replace it: ${lock === void 0 ? messageOf(error) : `${lock.who} has held the state lock since ${lock.created} (if no run uses the state any more, \`${tool} force-unlock ${lock.id}\` releases it).`} To taint it, run \`${tool} taint '${address}'\`, or run this again.`;
}
// src/commands/apply.ts
async function runApply(job) {
	assertReviewable(job);
	const { request } = job.trigger;
	const pullRequest = request === void 0 ? await mergedPullRequest(job) : await checkRequest(job, request);
	if (request !== void 0 && pullRequest === void 0) return;
	job.record({ pullRequest: pullRequest?.number });
	if (pullRequest === void 0) log.notice(line`No merged pull request belongs to ${job.report.commit}: the report of this apply is in the job summary only.`);
	const terraform = await prepare(job);
	if (!await chooseImages(job, terraform, pullRequest, "reviewed")) return;
	const planned = await planForApproval(job, terraform);
	if (!await checkPlan(job, terraform)) return;
	const approved = await checkApproval(job, planned, pullRequest);
	if (approved === void 0 || !checkCredentialLifetime(job)) return;
	if (request !== void 0 && job.report.plan?.hasChanges === true && await checkRequest(job, request) === void 0) return;
	await announceApply(job, approved.begun);
	job.begunPlan = {
		request: planned,
		plan: approved.plan,
		branch: pullRequest?.base ?? planned.branch
	};
	await startGitHubDeployment(job);
	const began = Date.now();
	const deployment = await applyPlan(job, terraform);
	if (request !== void 0) job.warn("This pull request is applied and not merged. Merge it now: until then, the plan of every other pull request takes its changes back.");
	const isStable = await checkStability(job, deployment, began);
	if (isStable) recordApplied(job, []);
	if (!(isStable && await checkGate(job, deployment.endpoint, deployment) && await checkStillServing(job, deployment, began))) return await repair(job, terraform, deployment, began);
	await saveRevision(job, deployment);
	await recordRunningImages(job, deployment.serving);
}
function assertReviewable({ inputs: { comment, planApproval }, trigger }) {
	if (trigger.request !== void 0 && (comment === "never" || planApproval !== "reviewed")) throw new InputError(`Input apply-before-merge needs the reviewed plan: set plan-approval to "reviewed" (it is "${planApproval}") and comment to "always" or "changes" (it is "${comment}").`);
	if (comment !== "never" || planApproval !== "reviewed") return;
	throw new InputError("Input comment is \"never\" and plan-approval is \"reviewed\": without the comment there is no plan to review. Set comment to \"always\" or \"changes\", or plan-approval to \"none\".");
}
async function checkApproval(job, planned, pullRequest) {
	let approved;
	return await job.check("approval", async () => {
		const { approval, failure, plan, record, begun } = await reviewPlan(planned, pullRequest, await reviewSource(job));
		job.signedRecord = record;
		approved = {
			begun,
			plan
		};
		if (planned.isBeforeMerge !== true || pullRequest === void 0) return {
			adds: { approval },
			failure
		};
		if (failure !== void 0) return {
			adds: { approval },
			failure: {
				...failure,
				fix: beforeMergeFix
			}
		};
		return {
			adds: { approval },
			failure: await checkOthersMerged(job, planned, pullRequest.base)
		};
	}) ? approved : void 0;
}
async function reviewSource(job) {
	const github = await job.github();
	return github && {
		readComment: (number) => github.readComment(number, (body) => isCommentOf(job, body)),
		commitsBetween: (base, head) => github.commitsBetween(base, head),
		mergedPullRequests: (branch) => github.mergedPullRequests(branch)
	};
}
const beforeMergeFix = "Nothing was changed. Update the branch so that it is planned again, have the new plan approved, and comment again.";
async function announceApply(job, begun) {
	const before = job.signedRecord;
	job.signedRecord = begun ?? before;
	job.record({ apply: "started" });
	try {
		await postComment(job);
	} catch (error) {
		if (error instanceof InputError || [
			401,
			403,
			404
		].includes(statusOf(error))) {
			job.record({ apply: void 0 });
			job.signedRecord = before;
			throw error;
		}
		log.warning(line`${messageOf(error)}`);
	}
}
async function signWithState(job, terraform) {
	const { signedRecord } = job;
	if (signedRecord === void 0 || signedRecord.signer.mode !== "none") return false;
	try {
		const lineage = lineageInState(await terraform.pullState());
		if (lineage === void 0 || lineage === "") return false;
		job.signedRecord = signedWithState(signedRecord, lineage);
		return true;
	} catch (error) {
		log.warning(line`The plan record could not be signed with the new state: ${messageOf(error)}`);
		return false;
	}
}
async function applyPlan(job, terraform) {
	const state = await job.step("apply", async () => {
		try {
			await terraform.apply();
		} catch (error) {
			await signWithState(job, terraform);
			throw error;
		}
		if (await signWithState(job, terraform)) await job.orWarn(() => postComment(job));
		return await terraform.showState();
	});
	const { plan } = job.report;
	const checked = plan !== void 0 && state.checks !== void 0 ? { plan: {
		...plan,
		checks: readChecks(state)
	} } : {};
	job.record({
		apply: "done",
		...checked
	});
	await readCredentials(job, state);
	const deployment = readDeployment(state, job.inputs);
	job.record({
		deployment,
		links: consoleLinks(deployment.serving, state)
	});
	return deployment;
}
async function checkStability(job, deployment, began, answeredHolds = []) {
	const { serving } = deployment;
	if (!isWatched(serving)) {
		recordUnproved(job, serving);
		return true;
	}
	job.record({ previousRevision: versionBefore(serving, job.report.plan?.priorState)?.id });
	let hold;
	const isStable = await job.check("stability", async () => {
		const watched = await waitUntilStable(serving, {
			...watchContext(job, serving, began),
			answeredHolds
		});
		hold = watched.hold;
		return {
			adds: watchReport(serving, watched),
			failure: watched.failure,
			...await explanationOf(job, watched.failure, deployment, { observed: watched.observed })
		};
	});
	if (!isStable || hold === void 0) return isStable;
	return await checkHold(job, deployment, hold, began) && await checkStability(job, deployment, began, [...answeredHolds, hold.id]);
}
function recordUnproved(job, serving) {
	const { expectVersion } = job.inputs.mcp;
	const unproved = unprovedOf(serving, {
		expectVersion,
		hasChanges: job.report.plan?.hasChanges === true
	});
	if (unproved === void 0) {
		log.line(line`The gate proves which version answers: the server must report ${expectVersion} (mcp-expect-version).`);
		return;
	}
	const { sentence, advice } = unproved;
	log.line(line`Not checked: ${sentence}`);
	if (advice !== void 0) log.notice(line`${advice}`);
	job.record({ notChecked: [sentence] });
}
async function checkHold(job, { endpoint, serving }, hold, began) {
	const { version, expires } = hold;
	const unanswered = expires === void 0 ? line`` : line` Without an answer until ${new Date(expires.at).toISOString()}, the platform does ${expires.action}.`;
	log.line(line`${version.label} is held before it gets all clients: the gate decides.${unanswered}`);
	let isGivenUp = false;
	const passes = await job.check("gate", async () => {
		let report;
		const { failure, unanswered } = await gateHold(serving, hold, async (at) => {
			report = await runGate(job, { endpoint: at ?? endpoint }, serving);
			return report.failure;
		});
		isGivenUp = failure !== void 0 && unanswered === void 0;
		const warnings = unanswered === void 0 ? [] : [`The platform did not get the result of the gate: ${unanswered}`];
		return {
			adds: { gate: report },
			failure,
			warnings
		};
	});
	if (isGivenUp) await recordHeldBack(job, serving, hold, began);
	return passes;
}
async function recordHeldBack(job, serving, { version }, began) {
	job.record({ taint: {
		address: void 0,
		tainted: [],
		why: "Nothing was tainted: no client reached the new version."
	} });
	const previous = versionBefore(serving, job.report.plan?.priorState);
	if (previous === void 0) return;
	await job.step("rollback", () => job.orWarn(async () => {
		const target = rolledBack(serving, previous);
		const { failure } = await waitUntilStable(target, {
			...watchContext(job, target, began),
			previous: void 0
		});
		const rollback = heldBack(serving, version, previous, failure);
		job.record({ rollback });
		log.line(line`${rollback.sentence}`);
	}));
}
function watchContext(job, serving, began) {
	return {
		previous: versionBefore(serving, job.report.plan?.priorState),
		since: began,
		log: log.line,
		signal: job.signal,
		times: watchTimes(serving, job.inputs)
	};
}
async function checkStillServing(job, deployment, began) {
	const { serving } = deployment;
	if (!isWatchedAgain(serving)) return true;
	return await job.check("stability", async () => {
		const context = {
			...watchContext(job, serving, began),
			isFinal: true
		};
		const { failure, observed } = await waitUntilStable(serving, context);
		return {
			failure,
			...await explanationOf(job, failure, deployment, { observed })
		};
	});
}
async function saveRevision(job, { serving }) {
	if (job.inputs.onFailure === "rollback") await job.orWarn(() => saveLastGoodRevision(serving));
}
async function repair(job, terraform, deployment, began) {
	const { serving } = deployment;
	const { onFailure } = job.inputs;
	const remedy = job.report.failures[0]?.remedy;
	if (remedy === void 0 || job.report.taint !== void 0) return;
	const { rollback, warning, taints } = decideRepair(serving, { remedy }, onFailure, {
		passed: onFailure === "rollback" ? await job.orWarn(() => readLastGoodRevision(serving)) : void 0,
		previous: versionBefore(serving, job.report.plan?.priorState)
	});
	if (warning !== void 0) job.warn(warning);
	if (rollback !== void 0 && await job.step("rollback", () => rollBack(job, deployment, rollback, began))) return;
	if (taints) await taintServing(job, terraform, deployment, { remedy });
}
function recordApplied(job, tainted) {
	if (job.signedRecord !== void 0) job.signedRecord = asApplied(job.signedRecord, job.report.commit, tainted);
}
async function recordUnfinished(job) {
	const { signedRecord, report } = job;
	if (signedRecord === void 0 || signedRecord.record.life.stage === "applying") return;
	job.signedRecord = asApplying(signedRecord, report.commit, runOf(report.runUrl));
	await job.orWarn(() => postComment(job));
}
async function rollBack(job, { endpoint, serving }, decision, began) {
	const { to } = decision;
	await recordUnfinished(job);
	if (await job.orWarn(async () => {
		const isNew = await startRollback(serving, to);
		job.record({ rollback: rollbackStarted(serving, decision) });
		log.line(rollbackLine(serving, to, isNew));
		return true;
	}) === void 0) return false;
	const target = rolledBack(serving, to);
	const context = {
		...watchContext(job, target, began),
		previous: void 0
	};
	const stabilityFailure = () => waitUntilStable(target, context);
	const gateFailure = async () => (await gateEarlierVersion(job, endpoint, target)).failure;
	const failure = (await stabilityFailure()).failure ?? await gateFailure() ?? (await stabilityFailure()).failure;
	const rollback = rollbackResult(serving, decision, failure);
	job.record({ rollback });
	log.line(line`${rollback.sentence}`);
	return true;
}
async function taintServing(job, terraform, { serving }, failure) {
	const decision = decideTaint(taintTargetOf(serving), failure, job.inputs.onFailure);
	const { address } = decision;
	if (address !== void 0 && job.signedRecord !== void 0) {
		recordApplied(job, [address]);
		await job.orWarn(() => postComment(job));
	}
	try {
		job.record({ taint: await job.step("taint", () => taint(terraform, decision)) });
	} catch (error) {
		job.warn(taintFailureMessage(decision, error, terraform.tool));
	}
}
export { runApply };
