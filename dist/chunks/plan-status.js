import { line } from "./entry.js";
import { targetName } from "./verify.js";
// src/github/plan-status.ts
const maxContextUnits = 255;
function planStatusContext(report) {
	return line`plan is current (${targetName(report)})`.shorten(maxContextUnits);
}
function planStatusOf(report, reason) {
	const isCurrent = reason.is === "current" || reason.is === "queued";
	return {
		context: planStatusContext(report),
		state: isCurrent ? "success" : "failure",
		description: describe(reason),
		url: report.runUrl
	};
}
function describe(reason) {
	switch (reason.is) {
		case "current": return line`No apply has changed what this plan starts from.`;
		case "queued": return line`The plan of the merge queue contains the reviewed plan.`;
		case "queue-failed": return line`The plan of the merge queue failed, or it is not the reviewed plan.`;
		case "failed": return line`The plan failed, so nothing is reviewed.`;
		case "rerun": return line`A re-run plans on the base of its first attempt: update the branch to plan again.`;
		case "stale": {
			if (reason.appliedBy === "destroy") return line`Planned before a destroy of this stack: update the branch to plan again.`;
			const { pullRequest, commit } = reason.appliedBy;
			const name = pullRequest === void 0 ? commit.slice(0, 7) : `#${pullRequest}`;
			return line`Planned before ${name} was applied: update the branch to plan again.`;
		}
	}
}
async function markStale(github, report, plans, appliedBy) {
	for (const { head } of plans) await github.setCommitStatus(head, planStatusOf(report, {
		is: "stale",
		appliedBy
	}));
}
export { markStale, planStatusOf };
