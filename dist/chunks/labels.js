// src/github/labels.ts
function labelKindsOf(plan) {
	if (plan === void 0) return [];
	if (!plan.hasChanges) return ["no-changes"];
	const { add, change, destroy, replace } = plan.counts;
	return [
		["add", add > replace],
		["change", change > 0],
		["replace", replace > 0],
		["destroy", destroy > replace]
	].flatMap(([kind, applies]) => applies ? [kind] : []);
}
async function updateLabels(github, pullRequest, labels, kinds) {
	const existing = new Map((await github.labelsOf(pullRequest)).map((name) => [name.toLowerCase(), name]));
	const wanted = kinds.flatMap((kind) => labels[kind] ?? []);
	const missing = wanted.filter(({ name }) => !existing.has(name.toLowerCase()));
	for (const { name, color } of missing) await github.createLabel(name, color);
	if (missing.length > 0) await github.addLabels(pullRequest, missing.map(({ name }) => name));
	for (const { name } of Object.values(labels)) {
		const old = existing.get(name.toLowerCase());
		const isWanted = wanted.some((each) => each.name.toLowerCase() === name.toLowerCase());
		if (old !== void 0 && !isWanted) await github.removeLabel(pullRequest, old);
	}
}
export { labelKindsOf, updateLabels };
