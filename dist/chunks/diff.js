import { S as visible, f as Line } from "./base.js";
// src/terraform/diff.ts
function diffLines(change, kind, redact) {
	const before = collectLeaves(change.before, change.before_sensitive, false, redact);
	const after = collectLeaves(change.after, change.after_sensitive, change.after_unknown, redact);
	const forcing = (change.replace_paths ?? []).map(pathText);
	const unknownPaths = [...after].filter(([, { raw }]) => raw === unknown).map(([path]) => path);
	const lines = [];
	for (const path of [...new Set([...before.keys(), ...after.keys()])].sort()) {
		const was = before.get(path);
		const will = after.get(path);
		if (was?.raw === will?.raw) continue;
		const replacementRemark = forcing.some((root) => path === root || isInside(path, root)) ? "  # forces replacement" : "";
		if (kind === "create") {
			if (will !== void 0) lines.push(`+ ${path} = ${will.text}`);
		} else if (kind === "delete" || kind === "forget") {
			if (was !== void 0) lines.push(`- ${path} = ${was.text}`);
		} else if (will?.raw === unknown || was !== void 0 && was.text === will?.text) lines.push(`! ${path} = ${was === void 0 ? "" : `${was.text} → `}${will?.text}${replacementRemark}`);
		else if (will !== void 0 || !unknownPaths.some((root) => isInside(path, root))) {
			if (was !== void 0) lines.push(`- ${path} = ${was.text}${will === void 0 ? replacementRemark : ""}`);
			if (will !== void 0) lines.push(`+ ${path} = ${will.text}${replacementRemark}`);
		}
	}
	return lines;
}
const remarks = /(?:… \(\d+ characters\))?(?:(?: = | → )\((?:sensitive value|known after apply)\))*(?: {2}# forces replacement)?$/;
function splitDiffLine(text) {
	const [sign = ""] = /^[-+!] /.exec(text) ?? [];
	const end = Math.max(sign.length, text.search(remarks));
	return {
		sign: Line.word(sign),
		foreign: text.slice(sign.length, end),
		remark: Line.word(text.slice(end))
	};
}
function isInside(path, root) {
	return path.startsWith(`${root}.`) || path.startsWith(`${root}[`);
}
function pathText(path) {
	let text = "";
	for (const step of path) if (typeof step === "number") text += `[${step}]`;
	else if (/^[A-Za-z_][\w-]*$/.test(step)) text += text === "" ? step : `.${step}`;
	else text += `[${visible(JSON.stringify(step))}]`;
	return text;
}
const unknown = "(known after apply)";
function collectLeaves(value, sensitive, unknownShape, redact) {
	const collectLeaves = new Map();
	const add = (path, text, raw) => collectLeaves.set(redact(pathText(path)) || "value", {
		text,
		raw
	});
	const walk = (part, secret, notKnown, path) => {
		const isSet = part !== null && part !== void 0;
		if (secret === true && isSet) return void add(path, "(sensitive value)", JSON.stringify(part));
		if (notKnown === true) return void add(path, unknown, unknown);
		const structure = structureOf(part);
		if (structure === void 0 && !isShape(notKnown)) {
			if (isSet) add(path, formatScalar(part, redact), JSON.stringify(part));
			return;
		}
		const isList = Array.isArray(structure ?? notKnown);
		const keys = new Set([...Object.keys(structure ?? {}), ...isShape(notKnown) ? Object.keys(notKnown) : []]);
		for (const key of keys) walk(at(structure, key), at(secret, key), at(notKnown, key), [...path, isList ? Number(key) : key]);
	};
	walk(value, sensitive, unknownShape, []);
	return collectLeaves;
}
function structureOf(value) {
	if (isShape(value)) return value;
	if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return void 0;
	try {
		const parsed = JSON.parse(value);
		return isShape(parsed) ? parsed : void 0;
	} catch {
		return;
	}
}
function isShape(value) {
	return typeof value === "object" && value !== null;
}
function at(value, key) {
	return isShape(value) && Object.hasOwn(value, key) ? value[key] : void 0;
}
function formatScalar(value, redact) {
	const text = visible(redact(JSON.stringify(typeof value === "string" ? redact(value) : value)));
	return text.length > 400 ? `${text.slice(0, 400)}… (${text.length} characters)` : text;
}
export { pathText as n, splitDiffLine as r, diffLines as t };
