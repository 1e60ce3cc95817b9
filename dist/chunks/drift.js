// src/terraform/drift.ts
const maxListed = 5;
function driftMode(drift, endpoint) {
	if (drift !== "auto") return drift;
	return endpoint === void 0 ? "report" : "ignore";
}
function driftOf({ mode, hasChanges, changes, drift, outputs }) {
	const plan = mode === "refresh-only" ? mode : "normal";
	if (!hasChanges) return {
		plan,
		changes: [],
		outputs: []
	};
	return {
		plan,
		changes: (plan === "refresh-only" ? drift : changes).map(({ address, kind, lines }) => ({
			address,
			kind,
			lines
		})),
		outputs: outputs.map(({ name }) => name)
	};
}
function driftSentence({ plan, changes, outputs }, commit) {
	const all = [...changes.map(({ address, kind }) => `${address} (${driftWord(plan, kind)})`), ...outputs.map((name) => `output.${name}`)];
	if (all.length === 0) return void 0;
	const more = all.length > maxListed ? ` and ${all.length - maxListed} more` : "";
	const addresses = `${all.slice(0, maxListed).join(", ")}${more}`;
	const isOne = all.length === 1;
	if (plan === "refresh-only") return `${isOne ? "One object has" : `${all.length} objects have`} changed since the last apply: ${addresses}.`;
	return `${isOne ? "One object differs" : `${all.length} objects differ`} from the configuration at ${commit.slice(0, 7)}; an apply would change ${addresses}.`;
}
function driftFailure(drift, commit, mode) {
	const sentence = driftSentence(drift, commit);
	if (mode === "report" || sentence === void 0) return void 0;
	return {
		code: "DRIFT",
		sentence,
		fix: drift.plan === "refresh-only" ? "Read the old and the new values in the summary of this run. Add the change to the configuration, or apply to revert it. For attributes in ignore_changes, an apply only updates the state." : "Read the plan in the summary of this run. If a resource was changed outside of Terraform, add the change to the configuration, or apply to revert it. If the commit was never applied, run the apply of the last merge again.",
		remedy: "config"
	};
}
function driftWord(plan, kind) {
	if (plan === "normal") return kind;
	return kind === "delete" ? "gone" : "changed";
}
export { driftWord as i, driftMode as n, driftOf as r, driftFailure as t };
