import { findProgram } from "./child2.js";
import { tools } from "./tools.js";
const { existsSync } = process.getBuiltinModule("node:fs");
const { basename, dirname, isAbsolute, join, resolve } = process.getBuiltinModule("node:path");
const { tmpdir } = process.getBuiltinModule("node:os");
// src/terraform/install/binary.ts
const extractedPrefix = "terraform-mcp-deploy-tool-";
function executable(name) {
	return process.platform === "win32" ? `${name}.exe` : name;
}
function wrappedBinary({ wrapper }, env) {
	const directory = env[wrapper.variable];
	const binary = directory === void 0 ? void 0 : join(directory, executable(wrapper.binary));
	return binary !== void 0 && isAbsolute(binary) && existsSync(binary) ? binary : void 0;
}
function isKnownBinary(toolName, binary, env) {
	const tool = tools[toolName];
	if (binary === wrappedBinary(tool, env) || binary === findProgram(tool.command, env)) return true;
	const directory = dirname(binary);
	return basename(binary) === executable(tool.command) && basename(directory).startsWith("terraform-mcp-deploy-tool-") && dirname(directory) === resolve(env.RUNNER_TEMP || tmpdir());
}
export { executable, extractedPrefix, isKnownBinary, wrappedBinary };
