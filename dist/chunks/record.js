import { O as asObject, j as isObject } from "./base.js";
import { hash } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
// src/approval/digest.ts
const maxReadableSetting = 200;
const digestLength = 8;
function digestOf({ settings, changes }, redact, detail) {
	return {
		settings: mapValues(settings, (value) => readableSetting(value, redact)),
		changes: detail === "nothing" ? void 0 : changes.map((change) => digestedChange(change, redact, detail))
	};
}
function readableSetting(value, redact) {
	const text = redact(value);
	return text.length <= maxReadableSetting ? text : `${text.slice(0, maxReadableSetting)}… (${digest(value)})`;
}
function digestedChange(change, redact, detail) {
	const { address, actions, notes, before, after } = change;
	const whole = hash("sha256", JSON.stringify(change), "base64url");
	const withoutValues = {
		address: redact(address),
		actions
	};
	if (detail !== "attributes") return {
		...withoutValues,
		digest: whole.slice(0, digestLength)
	};
	const [details, was, will] = [
		notes,
		before,
		after
	].map((values) => mapValues(values, placeholder));
	return {
		...withoutValues,
		digest: whole.slice(0, 16),
		values: {
			notes: details,
			before: was,
			after: will
		}
	};
}
function placeholder(value) {
	if (value === "?") return "?";
	return `${value.replace(/"(?:[^"\\]|\\.)*"/g, "").includes("?") ? "?" : ""}${digest(value)}`;
}
const nullDigest = digest("null");
function digest(text) {
	return hash("sha256", text, "base64url").slice(0, digestLength);
}
function mapValues(values, change) {
	return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}
// src/approval/life.ts
const reviewed = { stage: "reviewed" };
function applying(life, commit, { run, attempt }) {
	if (life.stage === "applied" && life.commit === commit) return life;
	return {
		stage: "applying",
		commit,
		run,
		attempt
	};
}
function applied(commit, tainted) {
	return {
		stage: "applied",
		commit,
		tainted: [...new Set(tainted)]
	};
}
function readLife(value) {
	const { stage, commit, run, attempt, tainted } = asObject(value);
	if (stage === "reviewed") return reviewed;
	if (typeof commit !== "string") return void 0;
	if (stage === "applying" && typeof run === "number" && typeof attempt === "number") return {
		stage,
		commit,
		run,
		attempt
	};
	const isList = Array.isArray(tainted) && tainted.every((each) => typeof each === "string");
	return stage === "applied" && isList ? {
		stage,
		commit,
		tainted
	} : void 0;
}
// src/approval/record.ts
const linePattern = /^<!-- terraform-mcp-deploy plan ([\w-]+)\.([\w-]+) -->\r?$/;
const maxRecordBytes = 4194304;
function signatureMode({ mode, signedWith }) {
	return signedWith ?? mode;
}
function recordLine(body, { record, signer }) {
	const text = encode(record);
	return `<!-- terraform-mcp-deploy plan ${text}.${signer.sign(signedText(text, body))} -->`;
}
function recordLength(record) {
	return encode(record).length + 100;
}
function readRecord(body, signerOf) {
	const [first = "", second = "", ...rest] = body.split("\n");
	const [, text = "", signature = ""] = linePattern.exec(second) ?? [];
	const decoded = decode(text);
	if (decoded === void 0) return void 0;
	const { record, version } = decoded;
	const visible = [first, ...rest].join("\n");
	const covered = version === 1 ? signedTextOfVersion1(text, visible) : signedText(text, visible);
	return {
		record,
		intact: signerOf(record)?.sign(covered) === signature
	};
}
function readSettings(body) {
	const [, second = ""] = body.split("\n", 2);
	return decode(linePattern.exec(second)?.[1] ?? "")?.record.outline.settings;
}
function signedText(text, body) {
	return `${text}\n${body.normalize("NFC").split(/\r\n|\r|\n/).map((line) => line.replace(/\p{Cc}/gu, "").trimEnd()).join("\n")}`.trimEnd();
}
function signedTextOfVersion1(text, body) {
	return `${text}\n${body.normalize("NFC").replace(/[\s\p{C}]+/gu, "")}`;
}
function encode(record) {
	return deflateRawSync(JSON.stringify(record), { level: 9 }).toString("base64url");
}
function decode(text) {
	try {
		const json = inflateRawSync(Buffer.from(text, "base64url"), { maxOutputLength: maxRecordBytes }).toString();
		return readVersion(JSON.parse(json));
	} catch {
		return;
	}
}
function readVersion(value) {
	const { applied: _, version, ...fields } = asObject(value);
	const outline = asObject(fields.outline);
	if (!isObject(fields.binding) || !isObject(outline.settings)) return void 0;
	const life = version === 1 ? reviewed : readLife(fields.life);
	if (version !== 1 && version !== 2 || life === void 0) return void 0;
	return {
		record: {
			...fields,
			version: 2,
			life
		},
		version
	};
}
export { signatureMode as a, reviewed as c, readableSetting as d, recordLine as i, digestOf as l, readSettings as n, applied as o, recordLength as r, applying as s, readRecord as t, nullDigest as u };
