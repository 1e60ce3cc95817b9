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
	const what = all.length === 1 ? "One thing is" : `${all.length} things are`;
	if (plan === "refresh-only") return `${what} not as the last apply left ${all.length === 1 ? "it" : "them"}: ${addresses}.`;
	return `${what} not as the configuration at ${commit.slice(0, 7)} says; an apply would change ${addresses}.`;
}
function judgeDrift(drift, commit, mode) {
	const sentence = driftSentence(drift, commit);
	if (mode === "report" || sentence === void 0) return void 0;
	return {
		code: "DRIFT",
		sentence,
		fix: drift.plan === "refresh-only" ? "Read in the summary of this run what it was and what it is. Put that into the configuration, or apply to take it back; what the configuration ignores (ignore_changes) is only noted by an apply." : "Read the plan in the summary of this run. Either somebody changed it outside of Terraform: put that into the configuration, or apply to take it back. Or the commit was never applied: run the apply of the last merge again.",
		remedy: "config"
	};
}
function driftWord(plan, kind) {
	if (plan === "normal") return kind;
	return kind === "delete" ? "gone" : "changed";
}
export { judgeDrift as i, driftOf as n, driftWord as r, driftMode as t };
