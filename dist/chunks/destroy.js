import { I as CancelledError, R as InputError } from "./base.js";
import { t as allResources } from "./json.js";
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
	throw new InputError(`Input confirm-destroy is "${confirmation}", and this stack is "${stack}": nothing was done. If it is this one that you want to destroy, set ${confirmationLine(stack)}.`);
}
function destroyUnconfirmedFailure(stack, planned) {
	return {
		code: "DESTROY_NOT_CONFIRMED",
		sentence: `${planned === void 0 ? `${stack} has nothing to destroy` : `The plan is to destroy ${stack} (${planned})`}, and nobody has confirmed it: nothing was changed.`,
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
export { destroyOutcomes as a, remainingSentence as c, destroyIncompleteFailure as i, checkDestroyConfirmation as n, destroyUnconfirmedFailure as o, destroyIncompleteCode as r, remainingResources as s, applyDestroyPlan as t };
