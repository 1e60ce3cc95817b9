import { readSettings, recordLength, recordLine } from "./record.js";
import { InputError, messageOf } from "./entry.js";
import { maxCommentUnits, renderClosed, renderComment, renderCounts, renderOutdated } from "./comment.js";
import { entryOf, isOfAnotherState, isSuperseded, readHistory } from "./history.js";
import { withHiddenLine } from "./markdown.js";
import { targetName } from "./verify.js";
import { statusOf } from "./api2.js";
// src/github/comment.ts
function decideComment(mode, report) {
	if (mode === "never") return "nothing";
	const worthIt = report.command !== "plan" || report.failures.length > 0 || report.plan?.hasChanges !== false;
	return mode === "always" || worthIt ? "write" : "update";
}
async function writeReportComment(github, request) {
	const { pullRequest, report, marker, isOurs = marker, wanted, record } = request;
	const limit = maxCommentUnits - (record === void 0 ? 0 : recordLength(record.record));
	const withRecord = (body) => record === void 0 ? body : withHiddenLine(body, recordLine(String(body), record));
	const now = entryOf(report);
	let mayBeSuperseded = true;
	let superseded = false;
	const hasReadRecord = record !== void 0 || report.approval !== void 0;
	const mayKeep = (report.command === "apply" || report.command === "verify") && !hasReadRecord;
	let kept = false;
	const write = (render, create = wanted === "write") => github.upsertComment(pullRequest, isOurs, (existing) => {
		const earlier = readHistory(existing ?? "");
		if (isOfAnotherState(now, earlier[0])) throw sharedCommentError(report);
		superseded = mayBeSuperseded && isSuperseded(now, earlier[0]);
		kept = mayKeep && existing !== void 0 && readSettings(existing) !== void 0;
		return kept || superseded || existing === void 0 && !create ? void 0 : render(earlier);
	});
	const outdated = (earlier) => renderOutdated(report, marker, earlier);
	const writeWhole = () => write((earlier) => withRecord(renderComment(report, marker, {
		limit,
		earlier
	})));
	if (report.command === "plan" && !(await github.pullRequest(pullRequest)).isOpen) return "closed";
	try {
		const posted = await writeWhole();
		if (kept) return "kept";
		if (!superseded) return posted;
		const { isOpen, head } = await github.pullRequest(pullRequest);
		if (!isOpen) return "closed";
		mayBeSuperseded = head !== report.commit;
		return mayBeSuperseded ? "superseded" : await writeWhole();
	} catch (error) {
		if (error instanceof InputError) throw error;
		if ([
			400,
			413,
			422
		].includes(statusOf(error))) try {
			return await write((earlier) => withRecord(renderCounts(report, marker, messageOf(error), earlier)));
		} catch {}
		if (![
			401,
			403,
			404
		].includes(statusOf(error))) await write((earlier) => report.command === "plan" ? outdated(earlier) : withRecord(outdated(earlier)), false).catch(() => {});
		throw error;
	}
}
function sharedCommentError(report) {
	return new InputError(`Another job of this run has written the comment of ${targetName(report)} for another state. Both would write the same comment, so the later plan would replace the earlier one. Give each job of the matrix its own input stack-name.`, "COMMENT_SHARED");
}
async function markClosed(github, pullRequest, report, marker) {
	return await github.upsertComment(pullRequest, marker, (existing) => {
		if (existing === void 0) return void 0;
		const earlier = readHistory(existing);
		const shown = earlier[0]?.outcome;
		return shown === void 0 || shown === "planned" || shown === "plan-failed" || shown === "closed" ? renderClosed(report, marker, earlier) : void 0;
	});
}
export { decideComment, markClosed, writeReportComment };
