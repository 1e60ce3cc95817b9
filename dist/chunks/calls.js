import { isObject } from "./entry.js";
import { ERAS, clean, closest, failureOf, inLegacySession, modernRequests, monotonicMs, previewJson, readHeaders, secretsOf, unfitRefusal } from "./verify.js";
import { inSseSession } from "./legacy-sse2.js";
// src/gate/calls.ts
const STEP = "tools/call";
async function runCalls(target, calls, eras, exchanges) {
	for (const era of ERAS) {
		const { verdict, tools = [] } = eras[era];
		if (verdict !== "passed") continue;
		const secrets = secretsOf(target.headers);
		const barred = calls.map((call) => findBar(call, tools, secrets)).find((refusal) => refusal !== void 0);
		if (barred) return failureOf(barred, STEP, era);
		for (const call of calls) {
			const refusal = await makeCall({
				...target,
				...limits(target, call)
			}, era, call, tools, exchanges);
			if (refusal) return failureOf(refusal, STEP, era);
		}
	}
}
function limits({ requestTimeoutMs, times }, { timeoutMs }) {
	const callMs = timeoutMs ?? requestTimeoutMs ?? times.phaseTimeoutsMs.headers;
	return {
		requestTimeoutMs: callMs,
		deadline: monotonicMs() + 4 * callMs + times.minPhaseTimeoutMs
	};
}
function findBar({ tool: name, allow }, tools, secrets) {
	const shown = clean(name, secrets);
	const tool = tools.find((each) => each.name === name);
	if (tool === void 0) {
		const similar = closest(name, tools.map((each) => each.name));
		const close = similar === void 0 ? "" : ` (close: "${clean(similar, secrets)}")`;
		return unfitRefusal("TOOL_MISSING", `mcp-call names the tool "${shown}", which is not listed${close}.`);
	}
	const { readOnlyHint, destructiveHint } = tool.annotations ?? {};
	if (allow || !(readOnlyHint === false || destructiveHint === true && readOnlyHint !== true)) return void 0;
	return unfitRefusal("CALL_NOT_ALLOWED", `The tool "${shown}" is annotated as ${destructiveHint === true ? "destructive" : "not read-only"}, so it was not called.`);
}
async function makeCall(target, era, call, tools, exchanges) {
	const conversation = {
		target,
		era,
		exchanges
	};
	const params = {
		name: call.tool,
		arguments: call.arguments
	};
	const use = async (ask) => (await ask(STEP, params)).reply;
	const reply = era === "modern" ? await use(modernRequests(conversation, callHeaders(call, tools))) : era === "legacy" ? await inLegacySession(conversation, use) : await inSseSession(conversation, use);
	const secrets = secretsOf(target.headers);
	const shown = clean(call.tool, secrets);
	if (!reply.answered) return {
		...reply,
		code: failedCode(reply),
		sentence: `The call of "${shown}" got no result: ${reply.sentence}`
	};
	const difference = differenceOf(call, reply.result, secrets);
	return difference === void 0 ? void 0 : unfitRefusal("CALL_UNEXPECTED", `The result of "${shown}" is not as expected: ${difference}.`);
}
function failedCode({ code }) {
	return /^(?:RPC_|SERVER_ERROR|HEADERS_TIMEOUT|SSE_|BODY_|HTTP_4)/.test(code) ? "CALL_FAILED" : code;
}
function callHeaders({ tool: name, arguments: given }, tools) {
	const declared = readHeaders(tools.find((tool) => tool.name === name)?.inputSchema);
	const headers = { "mcp-name": headerValue(name) };
	for (const { path, name: header } of typeof declared === "string" ? [] : declared) {
		let value = given;
		for (const part of path) value = isObject(value) ? value[part] : void 0;
		if (value === void 0 || value === null || typeof value === "object") continue;
		headers[`mcp-param-${header.toLowerCase()}`] = headerValue(String(value));
	}
	return headers;
}
function headerValue(text) {
	return /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(text) && !text.startsWith("=?base64?") ? text : `=?base64?${Buffer.from(text, "utf8").toString("base64")}?=`;
}
function differenceOf({ expect }, result, secrets) {
	const text = (Array.isArray(result.content) ? result.content : []).flatMap((item) => isObject(item) && typeof item.text === "string" ? [item.text] : []).join("\n");
	const isError = result.isError === true;
	if (isError !== expect.isError) return `isError is ${isError}, and ${expect.isError} is expected; its text is "${clean(text, secrets)}"`;
	const { text: wanted, structuredContent } = expect;
	if (wanted !== void 0 && !(typeof wanted === "string" ? text.includes(wanted) : wanted.test(text))) return `${typeof wanted === "string" ? `the text "${clean(wanted, secrets)}"` : `a match of ${wanted}`} is expected, and the text is "${clean(text, secrets)}"`;
	if (structuredContent === void 0) return void 0;
	return partialDifference(structuredContent, result.structuredContent, "structuredContent", secrets, 0);
}
const MAX_DEPTH = 100;
function partialDifference(part, whole, path, secrets, depth) {
	const differs = () => `${clean(path, secrets)} is ${whole === void 0 ? "absent" : previewJson(whole, secrets)}, and ${previewJson(part, secrets)} is expected`;
	if (depth > MAX_DEPTH) return `${clean(path, secrets)} is nested too deep to be compared`;
	if (Array.isArray(part)) {
		if (!Array.isArray(whole) || whole.length !== part.length) return differs();
		return firstDifference(part.entries(), (index) => [whole[index], `${path}[${index}]`], secrets, depth);
	}
	if (!isObject(part)) return part === whole ? void 0 : differs();
	if (!isObject(whole)) return differs();
	return firstDifference(Object.entries(part), (name) => [Object.hasOwn(whole, name) ? whole[name] : void 0, `${path}.${name}`], secrets, depth);
}
function firstDifference(parts, wholeOf, secrets, depth) {
	for (const [key, part] of parts) {
		const [whole, path] = wholeOf(key);
		const difference = partialDifference(part, whole, path, secrets, depth + 1);
		if (difference !== void 0) return difference;
	}
}
export { runCalls };
