import { deactivateDeployments, notifyMonitors, removalNotification } from "./publish.js";
import { line, log } from "./entry.js";
import { findFormerTarget } from "./platforms.js";
import { checkCredentialLifetime, deleteLastGoodRevision } from "./credentials.js";
import { stackName } from "./verify.js";
import { countsLine } from "./history.js";
import { applyDestroyPlan, checkDestroyConfirmation, destroyIncompleteCode, destroyIncompleteFailure, destroyUnconfirmedFailure, remainingResources, remainingSentence } from "./destroy.js";
import { passImagesUnresolved } from "./images2.js";
import { bindingOf, branchOf, makeAndLogPlan, planLineage, prepare } from "./prepare.js";
// src/commands/destroy.ts
async function runDestroy(job) {
	checkDestroyConfirmation(job.inputs.confirmDestroy, nameOf(job));
	const terraform = await prepare(job);
	passImagesUnresolved(job, terraform);
	const planned = await job.step("plan", () => makeAndLogPlan(job, terraform, {
		replaces: [],
		mode: "destroy"
	}));
	if (!confirmDestroy(job, planned) || !checkCredentialLifetime(job)) return;
	if (destroysWholeStack(job)) {
		await notifyMonitors(job, removalNotification(job.report, job.run, job.inputs));
		await deleteSavedRevision(job, planned);
	} else log.notice(line`With target the rest of the stack remains, so its monitors, deployments and issue are not changed.`);
	if (await destroyStack(job, terraform, planned) && destroysWholeStack(job)) await deactivateGitHubDeployments(job);
}
function destroysWholeStack({ inputs }) {
	return inputs.targets.length === 0;
}
function confirmDestroy(job, { plan }) {
	if (checkDestroyConfirmation(job.inputs.confirmDestroy, nameOf(job))) return true;
	recordDestroy(job, { outcome: "unconfirmed" });
	job.failWith(destroyUnconfirmedFailure(nameOf(job), plan.hasChanges ? String(countsLine(plan.counts)) : void 0), "approval");
	return false;
}
async function deleteSavedRevision(job, { plan }) {
	if (job.inputs.onFailure !== "rollback") return;
	const serving = findFormerTarget(job.inputs, plan.priorState);
	if (serving !== void 0) await job.orWarn(() => deleteLastGoodRevision(serving));
}
async function destroyStack(job, terraform, { plan, json }) {
	if (!plan.hasChanges && (json.resource_drift ?? []).length === 0) {
		recordDestroy(job, { outcome: "nothing" });
		const scope = destroysWholeStack(job) ? "" : " that target names";
		log.notice(line`There is nothing to destroy: the state of ${nameOf(job)} holds no resource${scope}.`);
		return true;
	}
	recordDestroy(job, { outcome: "started" });
	const lineage = await job.orWarn(() => planLineage(terraform, job.inputs));
	const secrets = {
		key: job.inputs.planApprovalKey,
		lineage
	};
	job.begunPlan = {
		request: {
			...bindingOf(job),
			secrets
		},
		plan: void 0,
		branch: branchOf(job)
	};
	return await job.check("destroy", async () => {
		const { state, error } = await applyDestroyPlan(terraform);
		const remaining = state === void 0 ? [] : remainingResources(plan, state, destroysWholeStack(job));
		if (remaining.length === 0 && error !== void 0) throw error;
		recordDestroy(job, {
			outcome: remaining.length === 0 ? "done" : "left",
			left: remaining
		});
		if (error === void 0) return { failure: destroyIncompleteFailure(remaining) };
		const failure = await job.failureOf(error, "destroy");
		const sentence = `${remainingSentence(remaining)}\n${failure.sentence}`;
		return { failure: {
			...failure,
			remedy: "config",
			code: destroyIncompleteCode,
			sentence
		} };
	});
}
async function deactivateGitHubDeployments(job) {
	const { deploymentEnvironment } = job.inputs;
	if (deploymentEnvironment === void 0) return;
	const { runUrl } = job.report;
	const deactivated = await job.orWarn(async () => deactivateDeployments(await job.githubFor("deployment-environment", "nothing"), deploymentEnvironment, nameOf(job), runUrl));
	if (deactivated !== void 0) recordDestroy(job, {
		...job.report.destroy,
		deactivated
	});
}
function nameOf(job) {
	return stackName(job.report.target, job.run.repo);
}
function recordDestroy(job, more) {
	job.record({ destroy: {
		stack: nameOf(job),
		outcome: "started",
		left: [],
		...more
	} });
}
export { runDestroy };
