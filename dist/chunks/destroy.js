import { a as removalNotification, o as deactivateDeployments, t as notifyMonitors } from "./publish.js";
import { _ as CancelledError, r as log, t as line, v as InputError } from "./log.js";
import { p as Parameters, r as deleteLastGoodRevision, t as checkCredentialLifetime, u as findServing } from "./credentials.js";
import { I as countsLine, j as stackName } from "./outputs.js";
import { n as allResources } from "./cli.js";
import { i as prepare, n as makeAndShowPlan } from "./prepare.js";
// src/terraform/destroy.ts
const maxListed = 10;
function checkDestroyConfirmation(confirmation, stack) {
	if (confirmation === void 0) return false;
	if (confirmation === stack.trim()) return true;
	throw new InputError(`Input confirm-destroy is "${confirmation}", and this stack is "${stack}": nothing was done. If it is this one that you want to destroy, set ${confirmationLine(stack)}.`);
}
function destroyUnconfirmedFailure(stack, { counts, hasChanges }) {
	return {
		code: "DESTROY_NOT_CONFIRMED",
		sentence: `${hasChanges ? `The plan is to destroy ${stack} (${countsLine(counts)})` : `${stack} has nothing to destroy`}, and nobody has confirmed it: nothing was changed.`,
		fix: `Read the plan. If all of that may go, set ${confirmationLine(stack)} and run it again.`,
		remedy: "config"
	};
}
function confirmationLine(stack) {
	return `confirm-destroy: ${JSON.stringify(stack.trim())}`;
}
async function applyDestroyPlan(terraform) {
	try {
		await terraform.apply();
	} catch (error) {
		if (error instanceof CancelledError) throw error;
		return {
			state: await terraform.showState().catch(() => void 0),
			error
		};
	}
	return {
		state: await terraform.showState(),
		error: void 0
	};
}
function remainingResources({ changes }, state, isWhole) {
	const doomed = new Set(changes.filter(({ kind }) => kind === "delete").map(({ address }) => address));
	const present = allResources(state.values?.root_module).map(({ address }) => address);
	return [...new Set(present)].filter((address) => isWhole || doomed.has(address));
}
function remainingSentence(left) {
	const more = left.length > maxListed ? ` and ${left.length - maxListed} more` : "";
	return `${left.length === 1 ? "One resource is" : `${left.length} resources are`} left of what was to be destroyed: ${left.slice(0, maxListed).join(", ")}${more}.`;
}
function destroyIncompleteFailure(left) {
	if (left.length === 0) return void 0;
	return {
		code: destroyIncompleteCode,
		sentence: remainingSentence(left),
		fix: "Run it again. What is left then as well is put into the state by somebody else meanwhile: no other run may apply this stack.",
		remedy: "config"
	};
}
const destroyIncompleteCode = "DESTROY_INCOMPLETE";
// src/commands/destroy.ts
async function runDestroy(job) {
	checkDestroyConfirmation(job.inputs.confirmDestroy, nameOf(job));
	const terraform = await prepare(job);
	const planned = await job.step("plan", () => makeAndShowPlan(job, terraform, {
		replaces: [],
		mode: "destroy"
	}));
	if (!confirmDestroy(job, planned) || !checkCredentialLifetime(job)) return;
	if (destroysWholeStack(job)) {
		await notifyMonitors(job, removalNotification(job.report, job.run, job.inputs));
		await deleteSavedRevision(job, planned);
	} else log.notice(line`With target the stack goes on: its monitors, deployments and issue are left as they are.`);
	if (await destroyStack(job, terraform, planned) && destroysWholeStack(job)) await deactivateGitHubDeployments(job);
}
function destroysWholeStack({ inputs }) {
	return inputs.targets.length === 0;
}
function confirmDestroy(job, { plan }) {
	if (checkDestroyConfirmation(job.inputs.confirmDestroy, nameOf(job))) return true;
	recordDestroy(job, { outcome: "unconfirmed" });
	job.failWith(destroyUnconfirmedFailure(nameOf(job), plan), "approval");
	return false;
}
async function deleteSavedRevision(job, { plan }) {
	if (job.inputs.onFailure !== "rollback") return;
	const serving = findServing(plan.priorState, job.inputs.ecs);
	if (serving?.kind === "ecs") await job.orWarn(() => deleteLastGoodRevision(new Parameters(serving.region), serving));
}
async function destroyStack(job, terraform, { plan, json }) {
	if (!plan.hasChanges && (json.resource_drift ?? []).length === 0) {
		recordDestroy(job, { outcome: "nothing" });
		const named = destroysWholeStack(job) ? "" : " that target names";
		log.notice(line`There is nothing to destroy: the state of ${nameOf(job)} holds no resource${named}.`);
		return true;
	}
	recordDestroy(job, { outcome: "started" });
	return await job.check("destroy", async () => {
		const { state, error } = await applyDestroyPlan(terraform);
		const left = state === void 0 ? [] : remainingResources(plan, state, destroysWholeStack(job));
		if (left.length === 0 && error !== void 0) throw error;
		recordDestroy(job, {
			outcome: left.length === 0 ? "done" : "left",
			left
		});
		if (error === void 0) return { failure: destroyIncompleteFailure(left) };
		const failure = job.failureOf(error, "destroy");
		const sentence = `${remainingSentence(left)}\n${failure.sentence}`;
		return { failure: {
			...failure,
			remedy: "config",
			code: destroyIncompleteCode,
			sentence
		} };
	});
}
async function deactivateGitHubDeployments(job) {
	const { environment } = job.inputs;
	if (environment === void 0) return;
	const { runUrl } = job.report;
	const deactivated = await job.orWarn(() => deactivateDeployments(job.githubFor("environment", "nothing"), environment, nameOf(job), runUrl));
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
