import { CancelledError, InputError, listManagedResources } from "./entry.js";
// src/terraform/destroy.ts
const destroyOutcomes = [
	"unconfirmed",
	"nothing",
	"started",
	"done",
	"left"
];
const maxListed = 10;
function checkDestroyConfirmation(confirmation, stack) {
	if (confirmation === void 0) return false;
	if (confirmation === stack.trim()) return true;
	throw new InputError(`Input confirm-destroy is "${confirmation}", but this stack is "${stack}": nothing was done. If you want to destroy this stack, set ${confirmationLine(stack)}.`);
}
function destroyUnconfirmedFailure(stack, planned) {
	return {
		code: "DESTROY_NOT_CONFIRMED",
		sentence: `${planned === void 0 ? `${stack} has nothing to destroy` : `The plan is to destroy ${stack} (${planned})`}, and the destroy is not confirmed: nothing was changed.`,
		fix: `Read the plan. If all its resources may be destroyed, set ${confirmationLine(stack)} and run it again.`,
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
function remainingResources({ changes }, state, destroysWholeStack) {
	const doomed = new Set(changes.filter(({ kind }) => kind === "delete").map(({ address }) => address));
	const present = listManagedResources(state.values?.root_module).map(({ address }) => address);
	return [...new Set(present)].filter((address) => destroysWholeStack || doomed.has(address));
}
function remainingSentence(remaining) {
	const more = remaining.length > maxListed ? ` and ${remaining.length - maxListed} more` : "";
	return `${remaining.length === 1 ? "One resource was" : `${remaining.length} resources were`} not destroyed: ${remaining.slice(0, maxListed).join(", ")}${more}.`;
}
function destroyIncompleteFailure(remaining) {
	if (remaining.length === 0) return void 0;
	return {
		code: destroyIncompleteCode,
		sentence: remainingSentence(remaining),
		fix: "Run it again. If resources remain again, another run applies this stack at the same time: stop it first.",
		remedy: "config"
	};
}
const destroyIncompleteCode = "DESTROY_INCOMPLETE";
export { applyDestroyPlan, checkDestroyConfirmation, destroyIncompleteCode, destroyIncompleteFailure, destroyOutcomes, destroyUnconfirmedFailure, remainingResources, remainingSentence };
