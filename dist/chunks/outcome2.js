import { isThrownCode } from "./entry.js";
// src/report/outcome.ts
function outcomeOf(report) {
	const status = statusOf(report);
	return {
		status,
		headline: headlineOf(report, status),
		icon: iconOf(report, status),
		historyWord: historyWordOf(report, status),
		deploymentState: deploymentStateOf(report, status),
		monitorMethod: monitorMethodOf(report, status),
		exitCode: status === "passed" ? 0 : 1,
		isFailed: status !== "passed",
		unfinished: unfinishedOf(report)
	};
}
function statusOf(report) {
	const [failure] = report.failures;
	if (failure !== void 0) return failure.code === "CANCELLED" ? "cancelled" : "failed";
	return isDone(report) ? "passed" : "running";
}
function isDone({ command, plan, check, apply, gate, destroy }) {
	switch (command) {
		case "plan": return plan !== void 0 || check !== void 0;
		case "apply": return gate?.passed === true && apply !== "started";
		case "verify":
		case "rollback": return gate?.passed === true;
		case "destroy": return destroy?.outcome === "done" || destroy?.outcome === "nothing";
	}
}
function headlineOf(report, status) {
	if (status === "passed") return passedHeadline(report);
	if (status === "running") return runningHeadline(report);
	const { command, failures, check, approval, destroy } = report;
	const [failure] = failures;
	const refusal = refusals[failure?.code ?? ""];
	if (approval?.outcome === "refused") return refusal ?? "Not applied: the plan was not approved";
	if (command === "apply" && refusal !== void 0) return refusal;
	if (failure?.code === "CREDENTIALS_EXPIRE") return "Not begun: the AWS credentials end";
	if (destroy?.outcome === "unconfirmed") return "Not destroyed: it was not confirmed";
	if (failure?.phase === "start") return "Nothing was done";
	switch (command) {
		case "plan": return check === void 0 ? "Plan failed" : "Check failed";
		case "apply": return applyFailure(report);
		case "verify": return "Verification failed";
		case "destroy": return "Destroy failed";
		case "rollback": return ["stability", "gate"].includes(failure?.phase ?? "") ? "Rollback failed" : "Not rolled back";
	}
}
const refusals = {
	PLAN_NOT_REVIEWED: "Not applied: the plan was not reviewed",
	PLAN_CHANGED: "Not applied: the plan has changed",
	PLAN_RECORD_CHANGED: "Not applied: the plan comment was changed",
	PLAN_FINGERPRINT_CHANGED: "Not applied: the plan has another fingerprint",
	PLAN_OUTDATED: "Not applied: the reviewed plan is outdated",
	PLAN_APPLIED: "Not applied: the reviewed plan was already applied",
	COMMIT_SUPERSEDED: "Not applied: the commit is superseded",
	PLAN_KEY_CHANGED: "Not applied: the key of the plan comment has changed",
	PLAN_RECORD_FOREIGN: "Not applied: the plan comment is for another stack",
	PLAN_BEFORE_STATE: "Not applied: the plan comment is not signed",
	APPLY_UNSIGNED: "Not applied: the plan comment is not signed",
	PLAN_WORKFLOW_FOREIGN: "Not applied: another workflow made the reviewed plan",
	APPLY_NOT_PERMITTED: "Not applied: the request was refused",
	APPLY_CODE_UNTRUSTED: "Not applied: the request was refused",
	APPLY_NOT_OPEN: "Not applied: the request was refused",
	APPLY_HEAD_MOVED: "Not applied: the request was refused",
	APPLY_BEHIND: "Not applied: the request was refused",
	APPLY_NOT_APPROVED: "Not applied: the request was refused",
	APPLY_NOT_MERGEABLE: "Not applied: the request was refused",
	APPLY_OTHER_UNMERGED: "Not applied: the request was refused",
	IMAGE_OUTDATED: "Not applied: the reviewed image is outdated",
	IMAGE_GONE: "Not applied: the reviewed image is gone",
	IMAGE_UNRESOLVED: "Not applied: the image was not found"
};
function applyFailure({ failures: [failure], apply }) {
	if (failure?.phase === "apply") return "Apply failed";
	return apply !== void 0 || ![
		"install",
		"init",
		"plan"
	].includes(failure?.phase ?? "") ? "Deployment failed" : "Not applied: the plan failed";
}
function passedHeadline({ command, check, plan, apply, destroy }) {
	if (check !== void 0) return "Checked, not planned";
	if (command === "plan") return plan?.hasChanges === true ? "Plan" : "Plan: no changes";
	if (command === "destroy") return destroy?.outcome === "nothing" ? "Nothing to destroy" : "Destroyed";
	if (command === "rollback") return "Rolled back and verified";
	return apply === "done" ? "Applied and verified" : "Verified";
}
function runningHeadline({ command, apply }) {
	if (command === "destroy") return "Destroying";
	return apply === "started" ? "Applying" : "Running";
}
function iconOf({ command, plan }, status) {
	if (status === "running") return "\u23f3";
	if (status !== "passed") return "\u274c";
	return command === "plan" && plan?.hasChanges !== false ? "\ud83d\udccb" : "\u2705";
}
function historyWordOf({ command, apply }, status) {
	const isFailed = status === "failed" || status === "cancelled";
	if (command === "plan") return isFailed ? "plan-failed" : "planned";
	if (command === "destroy") return isFailed ? "destroy-failed" : status === "passed" ? "destroyed" : "destroying";
	if (isFailed) return "failed";
	if (status === "passed") return "verified";
	return apply === "done" ? "applied" : "applying";
}
function deploymentStateOf({ failures: [failure] }, status) {
	if (status === "passed") return "success";
	return failure !== void 0 && failure.code !== "" && !isThrownCode(failure.code) ? "failure" : "error";
}
function monitorMethodOf({ command }, status) {
	if (command === "plan" || command === "destroy") return void 0;
	if (status === "passed") return "verified";
	return status === "failed" ? "failing" : void 0;
}
function unfinishedOf({ apply, destroy }) {
	if (apply === "started") return "apply";
	return destroy?.outcome === "started" ? "destroy" : void 0;
}
export { outcomeOf };
