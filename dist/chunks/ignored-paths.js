import { n as withoutInstanceKeys } from "./json.js";
import { i as shape, r as ignoredMark, t as at } from "./canonical.js";
// src/approval/ignored-paths.ts
const namePattern = String.raw`[\p{ID_Start}_][\p{ID_Continue}-]*`;
const linePattern = new RegExp(`^((?:module\\.${namePattern}\\.)*${namePattern}\\.${namePattern}):(${namePattern}(?:\\.(?:${namePattern}|\\d+|\\*)|\\[(?:\\d+|\\*|"[^"\\\\]+")\\])*)$`, "u");
function parseIgnoredPath(line) {
	const [, resource = "", path = ""] = linePattern.exec(line) ?? [];
	if (resource === "" || resource.startsWith("data.")) return void 0;
	return {
		text: line,
		resource,
		path: [...path.matchAll(/\["([^"]+)"\]|\[?([^.[\]]+)\]?/g)].map(([, key, step = ""]) => key ?? step)
	};
}
function ignoredPathsOf(address, paths) {
	if (paths.length === 0) return paths;
	const place = withoutInstanceKeys(address);
	const inModule = place.replace(/^(?:module\.[^.]+\.)+/, "");
	return paths.filter(({ resource }) => resource === place || resource === inModule);
}
function markIgnored(value, unknown, path) {
	const [step, ...rest] = path;
	if (step === void 0) return ignoredMark;
	if (unknown === true || unknown === ignoredMark) return unknown;
	const marks = shape(unknown);
	const marked = [...new Set([...Object.keys(shape(value)), ...Object.keys(marks)])].filter((key) => step === "*" || step === key).map((key) => [key, markIgnored(at(value, key), at(marks, key), rest)]);
	if (marked.length === 0) return unknown;
	const copy = {
		...marks,
		...Object.fromEntries(marked)
	};
	return Array.isArray(value) || Array.isArray(unknown) ? Object.assign([], copy) : copy;
}
export { markIgnored as n, parseIgnoredPath as r, ignoredPathsOf as t };
