import { R as InputError } from "./base.js";
import { d as outputText, r as findTarget } from "./platforms.js";
// src/platforms/deployment.ts
function readDeployment(state, inputs) {
	const endpoint = checkEndpoint(inputs.mcp.endpoint ?? outputText(state, "mcp_endpoint"));
	return {
		endpoint,
		outputs: Object.fromEntries(Object.entries(state.values?.outputs ?? {}).filter(([, output]) => output.sensitive !== true).map(([name, output]) => [name, output.value])),
		serving: findTarget(inputs, state, endpoint)
	};
}
function checkEndpoint(endpoint) {
	if (endpoint === void 0) throw new InputError("The output mcp_endpoint has no value. Add `output \"mcp_endpoint\" { value = … }` to the root module with the URL of the MCP endpoint, or set the input mcp-endpoint.");
	const url = URL.canParse(endpoint) ? new URL(endpoint) : void 0;
	if (url?.protocol !== "https:" && url?.protocol !== "http:") throw new InputError(`The output mcp_endpoint is "${endpoint}": it must be a URL that begins with https:// or http://.`);
	return endpoint;
}
export { readDeployment as t };
