import { L as GitHub, o as emptyReport, s as commentMarker } from "./verify.js";
import { n as markClosed } from "./comment2.js";
import { l as log, s as line } from "./base.js";
import { d as writeCommentUrl } from "./entry.js";
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
