import { A as exactDigits } from "./base.js";
// src/approval/canonical.ts
var CanonicalText = class {
	text;
	constructor(text) {
		this.text = text;
	}
};
const ignoredMark = Symbol("ignored");
function canonical(value, sensitive = false, unknown = false, digest = () => "*", replace = (json) => json) {
	if (unknown === true) return "?";
	if (unknown === ignoredMark) return "@ignored";
	if (sensitive === true && value !== null && value !== void 0) return digest(withPlaceholders(value, replace));
	if (isUnmarked(sensitive) && isUnmarked(unknown)) return replace(plain(value));
	const part = (key) => canonical(at(value, key), at(sensitive, key), at(unknown, key), digest, replace);
	if (Array.isArray(value) || Array.isArray(unknown) && unknown.length > 0) {
		const length = Math.max(Object.keys(shape(value)).length, Object.keys(shape(unknown)).length);
		return `[${Array.from({ length }, (_, index) => part(String(index))).join()}]`;
	}
	const keys = [...new Set([...Object.keys(shape(value)), ...Object.keys(shape(unknown))])].sort();
	if (keys.length === 0) return replace(plain(value));
	return `{${keys.map((key) => `${JSON.stringify(key)}:${part(key)}`).join()}}`;
}
function withPlaceholders(value, replace) {
	const json = plain(value);
	const text = replace(json);
	return text === json ? value : new CanonicalText(text);
}
function isUnmarked(marks) {
	return typeof marks !== "object" ? marks !== true : marks === null || Object.keys(marks).length === 0;
}
function plain(value) {
	if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
	if (value instanceof CanonicalText) return value.text;
	if (isSorted(value)) return JSON.stringify(value);
	if (Array.isArray(value)) return `[${value.map(plain).join()}]`;
	return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${plain(value[key])}`).join()}}`;
}
function isSorted(value) {
	if (Array.isArray(value)) return value.every((part) => typeof part !== "object" || part === null || isSorted(part));
	let previous = "";
	for (const key in value) {
		const part = value[key];
		if (key < previous || part === void 0) return false;
		if (typeof part === "object" && part !== null && !isSorted(part)) return false;
		previous = key;
	}
	return true;
}
function shape(value) {
	return typeof value === "object" && value !== null && exactDigits(value) === void 0 ? value : {};
}
function at(value, key) {
	if (value === true) return true;
	const parts = shape(value);
	return Object.hasOwn(parts, key) ? parts[key] : void 0;
}
export { shape as i, canonical as n, ignoredMark as r, at as t };
