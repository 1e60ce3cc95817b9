import { findRecord, isSameChange, settingDifferences, whyRecordUnusable } from "./review.js";
// src/approval/stale.ts
const ignoredSettings = [
	"target",
	"replace",
	"plan-approval-ignore",
	"sensitive values"
];
function isStale(reviewed, applied) {
	if (applied === "everything" || applied.createdState) return true;
	const { outline, tainted } = applied;
	if (settingDifferences(reviewed, outline).some(({ name }) => !ignoredSettings.includes(name))) return true;
	if (reviewed.changes === void 0 || outline.changes === void 0) return true;
	const { changes } = reviewed;
	const isReplaced = (address) => changes.some((each) => each.address === address && isReplacement(each));
	if (tainted.some((address) => !isReplaced(address))) return true;
	const done = new Map(outline.changes.map((change) => [change.address, change]));
	return changes.some((change) => {
		const same = done.get(change.address);
		return same !== void 0 && !startsAfter(change, same);
	});
}
function startsAfter(reviewed, applied) {
	if (isSameChange(reviewed, applied)) return true;
	const isNew = reviewed.actions === "create";
	if (isRemoval(applied)) return isNew;
	if (isNew || reviewed.values === void 0 || applied.values === void 0) return false;
	const { after } = applied.values;
	return Object.entries(reviewed.values.before).every(([name, value]) => {
		const left = after[name];
		return left === void 0 || left.startsWith("?") || value.startsWith("?") || left === value;
	});
}
function isRemoval({ actions }) {
	return !actions.includes("create") && (actions.includes("delete") || actions.includes("forget"));
}
function isReplacement({ actions }) {
	return actions.includes("create") && actions.includes("delete");
}
// src/approval/open-plans.ts
const maxOpenPlans = 20;
async function readOpenPlans({ binding, formerTarget, secrets }, branch, except, source) {
	const open = (await source.openPullRequests(branch)).filter(({ number }) => number !== except);
	const plans = [];
	for (const { number, head } of open.slice(0, 20)) {
		const body = await source.readFirstComments(number);
		if (body === void 0) continue;
		const found = findRecord(body, secrets);
		if (found === void 0 || found.integrity !== "intact" && found.integrity !== "unsigned") continue;
		const { record } = found;
		const here = {
			binding: {
				...binding,
				workflow: record.binding.workflow
			},
			formerTarget
		};
		if (whyRecordUnusable({
			record,
			integrity: "intact"
		}, {
			number,
			head: record.head
		}, here) === void 0) plans.push({
			number,
			head,
			record,
			isUnsigned: found.integrity === "unsigned",
			body
		});
	}
	return {
		plans,
		unread: Math.max(open.length - 20, 0)
	};
}
function stalePlansOf({ plans }, applied) {
	return plans.filter(({ head, record, isUnsigned }) => record.head === head && (isUnsigned || isStale(record.outline, applied)));
}
export { maxOpenPlans, readOpenPlans, stalePlansOf };
