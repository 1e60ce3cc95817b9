import { InputError, hasUserInfo, publicUrl } from "./entry.js";
import { findAddressedTarget, findTarget, outputText } from "./platforms.js";
// src/platforms/deployment.ts
function readDeployment(state, inputs) {
	const stated = inputs.mcp.endpoint ?? outputText(state, "mcp_endpoint");
	if (stated === void 0) assertText(state.values?.outputs?.mcp_endpoint?.value);
	const addressed = stated === void 0 ? findAddressedTarget(inputs, state) : void 0;
	const endpoint = checkEndpoint(stated ?? addressed?.endpoint);
	return {
		endpoint,
		outputs: Object.fromEntries(Object.entries(state.values?.outputs ?? {}).filter(([, output]) => output.sensitive !== true).map(([name, output]) => [name, output.value])),
		serving: addressed?.target ?? findTarget(inputs, state, endpoint)
	};
}
function assertUsableEndpoint({ output_changes }) {
	const planned = output_changes?.mcp_endpoint?.after;
	if (typeof planned === "string" && planned !== "") checkEndpoint(planned);
}
function assertText(value) {
	if (value === void 0 || value === null || typeof value === "string") return;
	throw new InputError(`The output mcp_endpoint is ${Array.isArray(value) ? "a list" : `of type ${typeof value}`}: it must be one URL that begins with https:// or http://.`);
}
function checkUserInfo(endpoint) {
	if (!hasUserInfo(endpoint)) return;
	throw new InputError(`The output mcp_endpoint is "${publicUrl(endpoint)}" with a user name or a password, which no MCP client sends: remove them, and set the credentials in the input mcp-headers.`);
}
function hostOf(text) {
	return /^\/*([\w.-]+\.[a-z]{2,}(?::\d+)?)(?:\/|$)/i.exec(text)?.[1] ?? "mcp.example.com";
}
function checkEndpoint(endpoint) {
	if (endpoint === void 0) throw new InputError("The output mcp_endpoint has no value. Add `output \"mcp_endpoint\" { value = \u2026 }` to the root module with the URL of the MCP endpoint, or set the input mcp-endpoint.");
	const url = URL.canParse(endpoint) ? new URL(endpoint) : void 0;
	if (url?.protocol !== "https:" && url?.protocol !== "http:") throw new InputError(`The output mcp_endpoint is "${publicUrl(endpoint)}": it must be a URL that begins with https:// or http://, such as https://${hostOf(endpoint)}/mcp.`);
	checkUserInfo(endpoint);
	return endpoint;
}
export { assertUsableEndpoint, readDeployment };
