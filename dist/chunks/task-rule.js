// src/platforms/aws/causes/task-rule.ts
const DENIED = "AccessDenied|not authorized|UnauthorizedOperation|no identity-based policy|\\b403\\b";
function failing({ containers }) {
	return containers.find(({ exitCode, reason }) => reason !== "" || exitCode !== void 0 && exitCode !== 0) ?? containers.find(({ exitCode }) => exitCode !== void 0) ?? containers[0];
}
export { DENIED, failing };
