import { GitHub } from "./api2.js";
import { markClosed } from "./comment2.js";
import { line, log, writeCommentUrl } from "./entry.js";
import { commentMarker, emptyReport } from "./verify.js";
// src/commands/close.ts
async function closePlan(inputs, run, { pullRequest, sha }) {
	if (inputs.comment === "never" || inputs.githubToken === "") return;
	const report = {
		...emptyReport(inputs, run),
		command: "plan",
		commit: sha,
		pullRequest
	};
	const github = new GitHub(inputs.githubToken, run.owner, run.repo, (text) => log.line(line`${text}`));
	const posted = await markClosed(github, pullRequest, report, commentMarker(report));
	if (posted !== void 0) writeCommentUrl(posted.url);
}
export { closePlan };
