import { childEnvironment, isIn } from "./child.js";
const { existsSync, mkdirSync, readFileSync, readdirSync } = process.getBuiltinModule("node:fs");
const { isAbsolute, join } = process.getBuiltinModule("node:path");
const { homedir } = process.getBuiltinModule("node:os");
// src/terraform/environment.ts
const cliConfigurations = {
	terraform: ["terraform"],
	tofu: ["tofu", "terraform"]
};
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
function varFileArguments(varFiles) {
	return varFiles.map((file) => `-var-file=${file}`);
}
function preparePluginCache(tool, env, directory) {
	const { RUNNER_TOOL_CACHE: toolCache, TF_PLUGIN_CACHE_DIR: userCache } = env;
	if (!toolCache || userCache !== void 0 || !existsSync(join(directory, ".terraform.lock.hcl"))) return {};
	if (hasCliSetting(tool, env, /^[ \t]*plugin_cache_dir[ \t]*=/m)) return {};
	const cache = join(toolCache, "terraform-plugins");
	mkdirSync(cache, { recursive: true });
	return { TF_PLUGIN_CACHE_DIR: cache };
}
function hasCliSetting(tool, env, setting) {
	return cliConfigurationFiles(tool, env).some((file) => {
		try {
			return setting.test(readFileSync(file, "utf8"));
		} catch {
			return false;
		}
	});
}
function cliConfigurationFiles(tool, env) {
	const named = env.TF_CLI_CONFIG_FILE || env.TERRAFORM_CONFIG;
	if (named) return [named];
	const home = env.HOME || homedir();
	const own = process.platform === "win32" ? cliConfigurations[tool].map((name) => join(env.APPDATA ?? "", `${name}.rc`)) : cliConfigurations[tool].map((name) => join(home, `.${name}rc`));
	const xdg = tool === "tofu" && env.XDG_CONFIG_HOME ? join(env.XDG_CONFIG_HOME, "opentofu") : void 0;
	const main = own.find(existsSync) ?? (xdg && join(xdg, "tofurc"));
	const more = [join(home, ".terraform.d"), ...xdg ? [xdg] : []].flatMap((directory) => entries(directory).filter((name) => /\.tfrc(\.json)?$/.test(name)).map((name) => join(directory, name)));
	return [...main ? [main] : [], ...more];
}
function entries(directory) {
	return existsSync(directory) ? readdirSync(directory) : [];
}
export { cliConfigurationFiles, hasCliSetting, lockFileName, preparePluginCache, terraformEnvironment, untrustedSettings, varFileArguments };
