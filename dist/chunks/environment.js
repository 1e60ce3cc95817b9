import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { homedir } from "node:os";
// src/terraform/environment.ts
const lockFileName = ".terraform.lock.hcl";
function terraformEnvironment(env, hasCredentials = true) {
	const withheld = hasCredentials ? actionVariables : credentialVariables;
	const passedOn = Object.entries(env).filter((entry) => !withheld.test(entry[0]));
	return {
		...Object.fromEntries(passedOn),
		TF_IN_AUTOMATION: "1",
		TF_INPUT: "0",
		CHECKPOINT_DISABLE: "1"
	};
}
const actionVariables = /^(INPUT_|STATE_|ACTIONS_RUNTIME_TOKEN$)/;
const credentialVariables = /^(INPUT_|STATE_|ACTIONS_|AWS_|AZURE_|ARM_|GOOGLE_|GCP_|CLOUDSDK_|TF_VAR_|TF_TOKEN_|TF_CLI_ARGS|VAULT_)|TOKEN|SECRET|PASSWORD|CREDENTIAL|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY/i;
function preparePluginCache(env, directory) {
	const { RUNNER_TOOL_CACHE: toolCache, TF_PLUGIN_CACHE_DIR: userCache } = env;
	if (!toolCache || userCache !== void 0 || !existsSync(join(directory, ".terraform.lock.hcl")) || hasCacheSetting(env)) return {};
	const cache = join(toolCache, "terraform-plugins");
	mkdirSync(cache, { recursive: true });
	return { TF_PLUGIN_CACHE_DIR: cache };
}
function hasCacheSetting(env) {
	const file = env.TF_CLI_CONFIG_FILE ?? (process.platform === "win32" ? join(env.APPDATA ?? "", "terraform.rc") : join(env.HOME ?? homedir(), ".terraformrc"));
	try {
		return /^[ \t]*plugin_cache_dir[ \t]*=/m.test(readFileSync(file, "utf8"));
	} catch {
		return false;
	}
}
export { preparePluginCache as n, terraformEnvironment as r, lockFileName as t };
