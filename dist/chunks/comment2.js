import { i as recordLine, n as readSettings, o as readableSetting, r as recordLength } from "./record.js";
import { R as InputError, U as messageOf, _ as secrets } from "./base.js";
import { c as renderCounts, g as readHistory, h as isSuperseded, i as maxCommentUnits, l as renderOutdated, m as isOfAnotherState, o as renderClosed, p as entryOf, s as renderComment } from "./comment.js";
import { v as withHiddenLine } from "./markdown.js";
import { _ as mergeBackendConfig, v as namingSettings } from "./entry.js";
import { n as statusOf } from "./api.js";
import { createHash } from "node:crypto";
// src/report/target.ts
const keySettings = [
	"key",
	"prefix",
	"path",
	"schema_name",
	"secret_suffix",
	"workspaces"
];
function backendOf(lines, readText) {
	const settings = mergeBackendConfig(void 0, lines, readText)?.settings ?? {};
	const settingPairs = namingSettings.flatMap((name) => {
		const value = (settings[name] ?? "").trim().replace(/^"(.*)"$/, "$1");
		return value === "" ? [] : [[name, value.replace(/\/\/[^/@]*@/, "//")]];
	});
	if (settingPairs.length === 0) return void 0;
	const key = keySettings.map((each) => settingPairs.find(([name]) => name === each)?.[1]).find((value) => value !== void 0);
	return {
		text: settingPairs.map((pair) => pair.join(" ")).join(", "),
		key
	};
}
function commentMarker({ target }) {
	return `<!-- terraform-mcp-deploy:${digest([...placeParts(target), ...nameParts(target)])} -->`;
}
function formerCommentMarker({ target }) {
	const oldMarker = commentMarker({ target: asInVersion01(target) });
	return oldMarker === commentMarker({ target }) ? void 0 : oldMarker;
}
function issueMarker({ target }, endpoint) {
	return `<!-- terraform-mcp-deploy-issue:${digest([
		...placeParts(target),
		endpoint ?? "",
		...nameParts(target)
	])} -->`;
}
function formerIssueMarker({ target }, endpoint) {
	const former = issueMarker({ target: asInVersion01(target) }, endpoint);
	return former === issueMarker({ target }, endpoint) ? void 0 : former;
}
function incidentOf(target, repository) {
	return digest([
		repository,
		...placeParts(target),
		...nameParts(target)
	]);
}
function targetName({ target }) {
	const { name, stack, directory, backend } = target;
	if (name !== void 0) return name;
	const place = [stack, directory === "." ? void 0 : directory].filter((part) => part !== void 0).join(" in ");
	const workspace = workspaceOf(target);
	return [
		place || "root module",
		workspace === void 0 ? "" : `workspace ${workspace}`,
		backend?.key === void 0 ? "" : `state ${backend.key}`
	].filter((part) => part !== "").join(", ");
}
function stackName(target, repository) {
	const { stack, directory } = target;
	if (target.name !== void 0) return target.name;
	const name = [directory === "." ? void 0 : directory.replaceAll("\\", "/"), stack].filter((part) => part !== void 0).join(":") || repository;
	const workspace = workspaceOf(target);
	return workspace === void 0 ? name : `${name}@${workspace}`;
}
function workspaceOf({ workspace, inheritedWorkspace }) {
	return workspace ?? inheritedWorkspace;
}
function placeParts({ name, stack, directory, workspace, inheritedWorkspace }) {
	return [
		stack ?? "",
		directory,
		workspace ?? (name === void 0 ? inheritedWorkspace : void 0) ?? ""
	];
}
function nameParts({ name, backend }) {
	if (name !== void 0) return [name];
	return backend === void 0 ? [] : ["", backend.text];
}
function asInVersion01({ name, stack, directory, workspace }) {
	return {
		name,
		stack,
		directory,
		workspace
	};
}
function digest(parts) {
	return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}
// src/github/comment.ts
function decideComment(mode, report) {
	if (mode === "never") return "nothing";
	const worthIt = report.command !== "plan" || report.failures.length > 0 || report.plan?.hasChanges !== false;
	return mode === "always" || worthIt ? "write" : "update";
}
function isCommentOf({ marker, formerMarker, state }, body) {
	if (body.startsWith(marker)) return true;
	if (formerMarker === void 0 || state === void 0 || !body.startsWith(formerMarker)) return false;
	const settings = readSettings(body);
	const isSame = (name) => settings?.[name] === readableSetting(state[name], secrets.redact);
	return isSame("backend") && isSame("workspace");
}
async function writeReportComment(github, request) {
	const { pullRequest, report, marker, isOurs = marker, wanted, record } = request;
	const limit = maxCommentUnits - (record === void 0 ? 0 : recordLength(record.record));
	const withRecord = (body) => record === void 0 ? body : withHiddenLine(body, recordLine(String(body), record));
	const now = entryOf(report);
	let mayBeSuperseded = true;
	let superseded = false;
	const write = (render, create = wanted === "write") => github.upsertComment(pullRequest, isOurs, (existing) => {
		const earlier = readHistory(existing ?? "");
		if (isOfAnotherState(now, earlier[0])) throw sharedCommentError(report);
		superseded = mayBeSuperseded && isSuperseded(now, earlier[0]);
		return superseded || existing === void 0 && !create ? void 0 : render(earlier);
	});
	const writeWhole = () => write((earlier) => withRecord(renderComment(report, marker, {
		limit,
		earlier
	})));
	try {
		const posted = await writeWhole();
		if (!superseded) return posted;
		mayBeSuperseded = (await github.pullRequest(pullRequest)).head !== report.commit;
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
		].includes(statusOf(error))) await write((earlier) => renderOutdated(report, marker, earlier), false).catch(() => {});
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
export { backendOf as a, formerIssueMarker as c, stackName as d, writeReportComment as i, incidentOf as l, isCommentOf as n, commentMarker as o, markClosed as r, formerCommentMarker as s, decideComment as t, issueMarker as u };
