const hash = (...values) => process.getBuiltinModule("node:crypto").hash(...values);
// src/approval/digest.ts
const maxReadableSetting = 200;
const digestLength = 8;
function digestOf({ settings, changes }, redact, detail, key = "") {
	return {
		settings: mapValues(settings, (value) => readableSetting(value, redact, key)),
		changes: detail === "nothing" ? void 0 : changes.map((change) => digestedChange(change, redact, detail, key))
	};
}
function readableSetting(value, redact, key = "") {
	const text = redact(value);
	return text.length <= maxReadableSetting ? text : `${text.slice(0, maxReadableSetting)}\u2026 (${digest(value, key)})`;
}
function digestedChange(change, redact, detail, key) {
	const { address, actions, notes, before, after } = change;
	const whole = hash("sha256", key + JSON.stringify(change), "base64url");
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
	].map((values) => mapValues(values, (value) => placeholder(value, key)));
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
function placeholder(value, key) {
	if (value === "?") return "?";
	if (value === "null") return nullDigest;
	return `${value.replace(/"(?:[^"\\]|\\.)*"/g, "").includes("?") ? "?" : ""}${digest(value, key)}`;
}
const nullDigest = digest("null", "");
function digest(text, key) {
	return hash("sha256", key + text, "base64url").slice(0, digestLength);
}
function mapValues(values, change) {
	return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}
export { digestOf, nullDigest, readableSetting };
