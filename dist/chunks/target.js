import { T as namingSettings, w as mergeBackendConfig } from "./entry.js";
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
export { incidentOf as a, targetName as c, formerIssueMarker as i, commentMarker as n, issueMarker as o, formerCommentMarker as r, stackName as s, backendOf as t };
