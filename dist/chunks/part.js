import { exactDigits, gunzippedText } from "./entry.js";
// src/terraform/diff/document.ts
function readJson(text) {
	if (!/^\s*[[{]/.test(text)) return void 0;
	try {
		const value = JSON.parse(text);
		return typeof value === "object" && value !== null && saysAll(text, value) ? value : void 0;
	} catch {
		return;
	}
}
const tokens = /"(?:[^"\\]|\\.)*"(\s*:)?|(-?\d[\d.eE+-]*)/g;
function saysAll(text, value) {
	let keys = 0;
	for (const [, colon, number] of text.matchAll(tokens)) {
		if (colon !== void 0) keys++;
		if (number !== void 0 && number.length > 15 && String(Number(number)) !== number) return false;
	}
	return keys === countKeys(value);
}
function countKeys(value) {
	if (typeof value !== "object" || value === null) return 0;
	const parts = Object.values(value);
	return parts.reduce((sum, part) => sum + countKeys(part), Array.isArray(value) ? 0 : parts.length);
}
const base64Pattern = /^(?:[A-Za-z\d+/]{4}){10,}(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/;
const binary = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]/;
function decodedText(value) {
	if (!base64Pattern.test(value)) return void 0;
	const bytes = Buffer.from(value, "base64");
	const packed = gunzippedText(bytes);
	const text = packed ?? bytes.toString();
	if (!text.includes("\n") || binary.test(text)) return void 0;
	return {
		text,
		by: packed === void 0 ? "base64decode" : "base64gunzip"
	};
}
const maxYamlUnits = 65536;
function mayBeYaml(text) {
	return text.length <= maxYamlUnits && /^\s*(?:"[^"\n]*"|[\w./-]+) *:(?: [^\n]*)?\n|^ *- [^\n]*\n/.test(text);
}
function differsInYaml(before, after) {
	if (typeof before === "string" && typeof after === "string") return before !== after && mayBeYaml(before) && mayBeYaml(after);
	if (typeof before !== "object" || typeof after !== "object" || before === null || after === null) return false;
	return Object.entries(after).some(([key, part]) => differsInYaml(Reflect.get(before, key), part));
}
// src/terraform/diff/part.ts
var YamlScalar = class {
	source;
	constructor(source) {
		this.source = source;
	}
};
function partKind({ value, sensitive, unknown, nulls, isEmptyUnset }) {
	const isSet = value !== void 0 && !((value === null || value === "" && isEmptyUnset) && nulls === "unset");
	if (sensitive === true && (isSet || unknown === true)) return "hidden";
	if (unknown === true) return "unknown";
	const isPartlyUnknown = isShape(unknown) && Object.keys(unknown).length > 0;
	const shape = isShape(value) ? value : (value ?? null) === null && isPartlyUnknown ? unknown : void 0;
	if (shape !== void 0) return Array.isArray(shape) ? "list" : "object";
	return isSet ? "scalar" : "absent";
}
function partAt(part, key) {
	const { value, sensitive, unknown } = part;
	const nulls = part.nulls === "document" ? "document" : "unset";
	return {
		...part,
		value: at(value, key),
		sensitive: at(sensitive, key),
		unknown: at(unknown, key),
		nulls
	};
}
function keysOf({ value, unknown }) {
	if (!isShape(unknown)) return isShape(value) ? Object.keys(value) : [];
	return [...new Set([...isShape(value) ? Object.keys(value) : [], ...Object.keys(unknown)])];
}
function membersOf(part) {
	const { value, unknown } = part;
	const length = Math.max(Array.isArray(value) ? value.length : 0, Array.isArray(unknown) ? unknown.length : 0);
	return Array.from({ length }, (_, index) => ({
		...partAt(part, index),
		nulls: part.nulls === "document" ? "document" : "member"
	}));
}
function documentPart(value) {
	return {
		value,
		sensitive: void 0,
		unknown: void 0,
		nulls: "document",
		isEmptyUnset: false
	};
}
const absent = {
	value: void 0,
	sensitive: void 0,
	unknown: void 0,
	nulls: "unset",
	isEmptyUnset: false
};
function isSame(a, b) {
	if (a.value === b.value && a.sensitive === void 0 && b.sensitive === void 0) {
		if (a.unknown === void 0 && b.unknown === void 0) return true;
	}
	const kind = partKind(a);
	if (kind !== partKind(b) || kind === "unknown") return false;
	if (kind === "absent") return true;
	if (kind === "list") {
		const [as, bs] = [membersOf(a), membersOf(b)];
		return as.length === bs.length && as.every((each, index) => isSame(each, bs[index]));
	}
	if (kind === "object") return [...new Set([...keysOf(a), ...keysOf(b)])].every((key) => isSame(partAt(a, key), partAt(b, key)));
	return identity(a) === identity(b);
}
function identity(part, unknownText = newUnknown) {
	switch (partKind(part)) {
		case "absent": return "";
		case "unknown": return unknownText();
		case "hidden": return `hidden ${JSON.stringify(part.value ?? null)}`;
		case "list": return `[${membersOf(part).map((each) => identity(each, unknownText))}]`;
		case "object": return `{${keysOf(part).sort().map((key) => [key, identity(partAt(part, key), unknownText)]).flatMap(([key, text]) => text === "" ? [] : [`${JSON.stringify(key)}:${text}`])}}`;
		case "scalar": return part.value instanceof YamlScalar ? `yaml ${part.value.source}` : JSON.stringify(part.value);
	}
}
function isEmpty(part) {
	const kind = partKind(part);
	if (kind === "list") return membersOf(part).length === 0;
	if (kind === "object") return keysOf(part).length === 0;
	return kind === "absent" || kind === "scalar" && part.value === "";
}
let unknowns = 0;
function newUnknown() {
	unknowns += 1;
	return `unknown ${unknowns}`;
}
function isShape(value) {
	if (typeof value !== "object" || value === null) return false;
	return !(value instanceof YamlScalar) && exactDigits(value) === void 0;
}
function at(value, key) {
	return isShape(value) && Object.hasOwn(value, key) ? value[key] : void 0;
}
export { YamlScalar, absent, decodedText, differsInYaml, documentPart, identity, isEmpty, isSame, keysOf, mayBeYaml, membersOf, partAt, partKind, readJson };
