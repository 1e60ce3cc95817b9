import { query } from "./child.js";
import { terraformEnvironment, varFileArguments } from "./environment.js";
// src/terraform/lock.ts
function parseHeldLock(diagnostics) {
	if (!diagnostics.includes("Error acquiring the state lock")) return void 0;
	const field = (name) => new RegExp(`^[ \\t]*${name}:[ \\t]+(.+)$`, "m").exec(diagnostics)?.[1]?.trim();
	const id = field("ID");
	const overHttp = /HTTP remote state already locked:\s+ID=(\S+)/.exec(diagnostics)?.[1];
	if (overHttp !== void 0 && overHttp !== id) return {
		id: overHttp,
		who: "somebody",
		created: "an unknown time"
	};
	const ofWorkspace = /workspace already locked\s+\(lock\s+ID:\s+"([^"]+)"\)/.exec(diagnostics)?.[1];
	if (ofWorkspace !== void 0) return {
		id: ofWorkspace,
		who: "somebody",
		created: "an unknown time"
	};
	return id === void 0 ? void 0 : {
		id,
		who: field("Who") ?? "somebody",
		created: field("Created") ?? "an unknown time"
	};
}
async function queryHeldLock({ binary, directory, varFiles, dataDirectory }) {
	const args = [
		"untaint",
		...[
			"-allow-missing",
			"-no-color",
			"-lock-timeout=0s",
			...varFileArguments(varFiles)
		],
		"terraform_data.terraform_mcp_deploy"
	];
	const data = dataDirectory === void 0 ? {} : { TF_DATA_DIR: dataDirectory };
	const env = terraformEnvironment(process.env, true, data);
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
export { parseHeldLock, queryHeldLock };
