import { o as recordLength, s as withRecord } from "./root-module.js";
import { x as messageOf } from "./log.js";
import { C as readHistory, S as isSuperseded, _ as renderComment, f as commentLimit, g as renderClosed, v as renderCounts, x as entryOf, y as renderOutdated } from "./outputs.js";
import { n as statusOf } from "./api.js";
// src/github/comment.ts
function wantsComment(mode, report) {
	if (mode === "never") return "nothing";
	const worthIt = report.command !== "plan" || report.failures.length > 0 || report.plan?.hasChanges !== false;
	return mode === "always" || worthIt ? "write" : "update";
}
async function comment(github, request) {
	const { pullRequest, report, marker, wanted, record } = request;
	const limit = commentLimit - (record === void 0 ? 0 : recordLength(record.record));
	const sealed = (body) => record === void 0 ? body : withRecord(body, record);
	const now = entryOf(report);
	let mayBeLate = true;
	let isOutdone = false;
	const write = (render, create = wanted === "write") => github.upsertComment(pullRequest, marker, (existing) => {
		const earlier = readHistory(existing ?? "");
		isOutdone = mayBeLate && isSuperseded(now, earlier[0]);
		return isOutdone || existing === void 0 && !create ? void 0 : render(earlier);
	});
	const writeWhole = () => write((earlier) => sealed(renderComment(report, marker, {
		limit,
		earlier
	})));
	try {
		const posted = await writeWhole();
		if (!isOutdone) return posted;
		mayBeLate = (await github.pullRequest(pullRequest)).head !== report.commit;
		return mayBeLate ? "outrun" : await writeWhole();
	} catch (error) {
		if ([
			400,
			413,
			422
		].includes(statusOf(error))) try {
			return await write((earlier) => sealed(renderCounts(report, marker, messageOf(error), earlier)));
		} catch {}
		if (![
			401,
			403,
			404
		].includes(statusOf(error))) await write((earlier) => renderOutdated(report, marker, earlier), false).catch(() => {});
		throw error;
	}
}
async function markClosed(github, pullRequest, report, marker) {
	return await github.upsertComment(pullRequest, marker, (existing) => {
		if (existing === void 0) return void 0;
		const earlier = readHistory(existing);
		const shown = earlier[0]?.outcome;
		return shown === void 0 || shown === "planned" || shown === "plan-failed" || shown === "closed" ? renderClosed(report, marker, earlier) : void 0;
	});
}
export { markClosed as n, wantsComment as r, comment as t };
