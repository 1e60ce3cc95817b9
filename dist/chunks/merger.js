import { failureName, stackLabel } from "./comment.js";
import { Markdown, hiddenLine, knownLink, md, mention, plain, prose } from "./markdown.js";
import { outcomeOf } from "./outcome2.js";
import { commentMarker } from "./verify.js";
const createHash = (...values) => process.getBuiltinModule("node:crypto").createHash(...values);
// src/report/failure-notice.ts
function renderFailureNotice(report, marker, login, commentUrl, what = "merged") {
	const [failure] = report.failures;
	const { headline } = outcomeOf(report);
	const who = login === void 0 ? md`` : md`${mention(login)} `;
	const code = failure === void 0 ? md`` : md` **${failureName(failure, report.docsUrl)}**:`;
	const sentence = prose(plain`${failure?.sentence}`.firstLine, 1e3);
	const fix = failure === void 0 || failure.fix === "" ? void 0 : md`**What to do**: ${prose(failure.fix, 1e3)}`;
	const run = knownLink(md`the run`, report.runUrl);
	const where = commentUrl === void 0 ? run : md`${knownLink(md`the report`, commentUrl)} and ${run}`;
	return Markdown.join([
		md`${hiddenLine(marker)}\n\u274c ${who}**${Markdown.word(headline)}** \u00b7 ${stackLabel(report)}`,
		what === "merged" ? md`What you merged is not deployed and verified.${code} ${sentence}` : md`What you asked to apply is not deployed and verified.${code} ${sentence}`,
		fix,
		md`See ${where}.`
	], "\n\n");
}
// src/github/merger.ts
const prefix = "<!-- terraform-mcp-deploy-failure:";
const maxNotices = 10;
function noticeMarker(report) {
	const parts = [
		commentMarker(report),
		report.commit,
		report.failures[0]?.code ?? "RUN_INCOMPLETE"
	];
	return `${prefix}${createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32)} -->`;
}
async function notifyMerger(github, report, commentUrl, requester) {
	const { command, pullRequest } = report;
	if (command !== "apply" || pullRequest === void 0 || outcomeOf(report).status !== "failed") return;
	const marker = noticeMarker(report);
	await github.commentOnce(pullRequest, {
		marker,
		prefix,
		max: maxNotices
	}, async () => requester === void 0 ? renderFailureNotice(report, marker, await github.mergerOf(pullRequest), commentUrl) : renderFailureNotice(report, marker, requester, commentUrl, "requested"));
}
export { notifyMerger };
