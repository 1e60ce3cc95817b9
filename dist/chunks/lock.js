import { i as query } from "./child.js";
import { i as terraformEnvironment } from "./environment.js";
// src/terraform/lock.ts
function parseHeldLock(diagnostics) {
	if (!diagnostics.includes("Error acquiring the state lock")) return void 0;
	const overHttp = /HTTP remote state already locked:\s+ID=(\S+)/.exec(diagnostics)?.[1];
	if (overHttp !== void 0) return {
		id: overHttp,
		who: "somebody",
		created: "an unknown time"
	};
	const field = (name) => new RegExp(`^[ \\t]*${name}:[ \\t]+(.+)$`, "m").exec(diagnostics)?.[1]?.trim();
	const id = field("ID");
	return id === void 0 ? void 0 : {
		id,
		who: field("Who") ?? "somebody",
		created: field("Created") ?? "an unknown time"
	};
}
async function queryHeldLock({ binary, directory }) {
	const args = [
		"untaint",
		"-allow-missing",
		"-no-color",
		"-lock-timeout=0s",
		"terraform_data.terraform_mcp_deploy"
	];
	const env = terraformEnvironment(process.env);
	const { exitCode, stderr } = await query(binary, args, {
		cwd: directory,
		env,
		timeoutMs: 3e4,
		killSignal: "SIGINT"
	});
	if (exitCode === 0) return void 0;
	const lock = parseHeldLock(stderr);
	if (lock === void 0) throw new Error(`Command failed: ${binary} untaint\n${stderr}`);
	return lock;
}
export { queryHeldLock as n, parseHeldLock as t };
