import { hash } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
// src/approval/digest.ts
const maxReadableSetting = 200;
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
	const withoutValues = {
		address: redact(address),
		actions,
		digest: digest(JSON.stringify(change))
	};
	if (detail !== "attributes") return withoutValues;
	const [details, was, will] = [
		notes,
		before,
		after
	].map((values) => mapValues(values, placeholder));
	return {
		...withoutValues,
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
function digest(text) {
	return hash("sha256", text, "base64url").slice(0, 8);
}
function mapValues(values, change) {
	return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}
// src/approval/record.ts
const linePattern = /^<!-- terraform-mcp-deploy plan ([\w-]+)\.([\w-]+) -->\r?$/;
const maxRecordBytes = 4194304;
function recordLine(body, { record, signer }) {
	const text = encode(record);
	return `<!-- terraform-mcp-deploy plan ${text}.${signer.sign(signed(text, body))} -->`;
}
function recordLength(record) {
	return encode(record).length + 100;
}
function readRecord(body, signerOf) {
	const [first = "", second = "", ...rest] = body.split("\n");
	const [, text = "", signature = ""] = linePattern.exec(second) ?? [];
	const record = decode(text);
	if (record === void 0) return void 0;
	return {
		record,
		intact: signerOf(record)?.sign(signed(text, [first, ...rest].join("\n"))) === signature
	};
}
function readSettings(body) {
	const [, second = ""] = body.split("\n", 2);
	return decode(linePattern.exec(second)?.[1] ?? "")?.outline.settings;
}
function signed(text, body) {
	return `${text}\n${body.normalize("NFC").replace(/[\s\p{C}]+/gu, "")}`;
}
function encode(record) {
	return deflateRawSync(JSON.stringify(record), { level: 9 }).toString("base64url");
}
function decode(text) {
	try {
		const json = inflateRawSync(Buffer.from(text, "base64url"), { maxOutputLength: maxRecordBytes }).toString();
		const record = JSON.parse(json);
		return record.version === 1 ? record : void 0;
	} catch {
		return;
	}
}
export { digestOf as a, recordLine as i, readSettings as n, readableSetting as o, recordLength as r, readRecord as t };
