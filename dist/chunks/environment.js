import { r as isIn, t as childEnvironment } from "./child.js";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { homedir } from "node:os";
// src/terraform/environment.ts
const lockFileName = ".terraform.lock.hcl";
function terraformEnvironment(env, isTrusted = true, more = {}) {
	return childEnvironment(env, isTrusted, {
		TF_IN_AUTOMATION: "1",
		TF_INPUT: "0",
		CHECKPOINT_DISABLE: "1",
		...more
	});
}
function untrustedSettings({ TF_CLI_CONFIG_FILE: file, GITHUB_WORKSPACE: checkout }) {
	if (!file || !checkout || !isAbsolute(file) || isIn(file, checkout)) return {};
	return { TF_CLI_CONFIG_FILE: file };
}
function preparePluginCache(env, directory) {
	const { RUNNER_TOOL_CACHE: toolCache, TF_PLUGIN_CACHE_DIR: userCache } = env;
	if (!toolCache || userCache !== void 0 || !existsSync(join(directory, ".terraform.lock.hcl"))) return {};
	if (hasCliSetting(env, /^[ \t]*plugin_cache_dir[ \t]*=/m)) return {};
	const cache = join(toolCache, "terraform-plugins");
	mkdirSync(cache, { recursive: true });
	return { TF_PLUGIN_CACHE_DIR: cache };
}
function hasCliSetting(env, setting) {
	const file = env.TF_CLI_CONFIG_FILE ?? (process.platform === "win32" ? join(env.APPDATA ?? "", "terraform.rc") : join(env.HOME ?? homedir(), ".terraformrc"));
	try {
		return setting.test(readFileSync(file, "utf8"));
	} catch {
		return false;
	}
}
export { untrustedSettings as a, terraformEnvironment as i, lockFileName as n, preparePluginCache as r, hasCliSetting as t };
