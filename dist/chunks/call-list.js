import { require_dist } from "./yaml.js";
import { InputError, isObject, messageOf } from "./entry.js";
// src/gate/call-list.ts
var import_dist = require_dist();
const MAX_CALLS = 20;
const CALL_MEMBERS = [
	"tool",
	"arguments",
	"expect",
	"timeout",
	"allow"
];
const EXPECT_MEMBERS = [
	"isError",
	"text",
	"structuredContent"
];
function parseToolCalls(text, parseDuration) {
	let list;
	try {
		list = (0, import_dist.parse)(text, { maxAliasCount: 0 });
	} catch (error) {
		throw new InputError(`Input mcp-call is not YAML: ${messageOf(error).split("\n", 1)[0]?.replace(/:$/, "")}.`);
	}
	if (!Array.isArray(list)) throw new InputError("Input mcp-call is not a list: each call starts with \"- tool: NAME\".");
	if (list.length > MAX_CALLS) throw new InputError(`Input mcp-call has ${list.length} calls: at most ${MAX_CALLS} are allowed.`);
	return list.map((call, index) => readCall(call, `call ${index + 1}`, parseDuration));
}
function readCall(call, place, parseDuration) {
	const refuse = (what) => {
		throw new InputError(`Input mcp-call, ${place}: ${what}.`);
	};
	if (!isObject(call)) return refuse("it is not a mapping with \"tool\"");
	refuseOthers(call, CALL_MEMBERS, refuse);
	const { tool, arguments: given = {}, expect = {}, timeout, allow = false } = call;
	if (typeof tool !== "string" || tool === "") return refuse("\"tool\" must be the name of a tool");
	if (!isObject(given)) return refuse("\"arguments\" must be a mapping");
	if (!isObject(expect)) return refuse(`"expect" must be a mapping with ${EXPECT_MEMBERS.join(", ")}`);
	if (typeof allow !== "boolean") return refuse("\"allow\" must be true or false");
	if (timeout !== void 0 && typeof timeout !== "string") return refuse("\"timeout\" must be a duration, such as 10s");
	refuseOthers(expect, EXPECT_MEMBERS, (what) => refuse(`expect: ${what}`));
	const { isError = false, text, structuredContent } = expect;
	if (typeof isError !== "boolean") return refuse("expect.isError must be true or false");
	if (text !== void 0 && typeof text !== "string") return refuse("expect.text must be a text or a /regex/ in quotes");
	return {
		tool,
		arguments: given,
		expect: {
			isError,
			...text !== void 0 && { text: readPattern(text, refuse) },
			...structuredContent !== void 0 && { structuredContent }
		},
		timeoutMs: timeout === void 0 ? void 0 : parseDuration(`mcp-call, ${place}, timeout`, timeout),
		allow
	};
}
function refuseOthers(value, allowed, refuse) {
	const other = Object.keys(value).find((name) => !allowed.includes(name));
	if (other !== void 0) refuse(`"${other}" is not allowed, only ${allowed.join(", ")}`);
}
function readPattern(text, refuse) {
	const [, source, flags] = /^\/(.+)\/([a-z]*)$/s.exec(text) ?? [];
	if (source === void 0) return text;
	try {
		return new RegExp(source, (flags ?? "").replace(/[gy]/g, ""));
	} catch (error) {
		return refuse(`expect.text is not a regular expression: ${messageOf(error)}`);
	}
}
export { parseToolCalls };
