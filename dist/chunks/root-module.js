import { C as keySetting, I as repositoryRoot } from "./entry.js";
import { V as InputError } from "./base.js";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
// src/terraform/root-module.ts
const shippedModulesDirectory = fileURLToPath(new URL("../../terraform/", import.meta.url));
function shippedModuleDirectory(stack) {
	return join(shippedModulesDirectory, stack);
}
const loadedAutomatically = /^(terraform\.tfvars|.+\.auto\.tfvars)(\.json)?$|^\.terraform\.lock\.hcl$|^\.(terraform|opentofu)-version$|^\.tool-versions$/;
function prepareRootModule({ stack, workingDirectory, backendConfig }, tempDirectory) {
	const ownFile = readdirSync(workingDirectory).find((file) => /\.(tf|tofu)(\.json)?$/.test(file));
	if (stack === void 0) {
		if (ownFile !== void 0) return workingDirectory;
		throw new InputError(`There is no root module to run: ${workingDirectory} has no .tf file and the input stack is empty. Set working-directory to your root module, or stack to "ecs", "ec2" or "lambda" to run a shipped one.`);
	}
	if (ownFile !== void 0) throw new InputError(`Input stack is "${stack}", and ${join(workingDirectory, ownFile)} belongs to a root module of your own. Leave stack empty to run your module, or set working-directory to a directory that holds only var files.`);
	const directory = join(tempDirectory, stack);
	mkdirSync(directory, { recursive: true });
	for (const file of readdirSync(join(shippedModulesDirectory, stack))) {
		if (/^(tests|examples|README\.md|\.terraform.*)$/.test(file)) continue;
		cpSync(join(shippedModulesDirectory, stack, file), join(directory, file), { recursive: true });
	}
	for (const file of readdirSync(workingDirectory)) if (loadedAutomatically.test(file)) cpSync(join(workingDirectory, file), join(directory, file));
	const backend = backendConfig.length > 0 ? { s3: { use_lockfile: true } } : { local: { path: join(workingDirectory, "terraform.tfstate") } };
	writeFileSync(join(directory, "backend.tf.json"), JSON.stringify({ terraform: { backend } }, null, 2));
	return directory;
}
function locate(diagnostic, { directory, workspace, commit }, { stack, workingDirectory }) {
	const { file, line, ...diagnosticWithoutPlace } = diagnostic;
	if (file === void 0 || line === void 0) return diagnosticWithoutPlace;
	const absolutePath = resolve(directory, file);
	const inModule = relative(directory, absolutePath).replaceAll(sep, "/");
	const isShipped = stack !== void 0 && isInside(inModule);
	const isCopied = isShipped && loadedAutomatically.test(inModule);
	if (isShipped && !isCopied) return {
		...diagnosticWithoutPlace,
		outsideRepository: `terraform/${stack}/${inModule} line ${line} of this action`
	};
	const path = isCopied ? join(workingDirectory, inModule) : absolutePath;
	const inRepository = relative(repositoryRoot(path, workspace), path).replaceAll(sep, "/");
	if (!(isInside(inRepository) && !/(^|\/)\.terraform\//.test(inRepository) && existsSync(path))) return {
		...diagnosticWithoutPlace,
		outsideRepository: `${file} line ${line}`
	};
	return {
		...diagnosticWithoutPlace,
		file: inRepository,
		line,
		url: `${commit}/${inRepository.split("/").map(encodeURIComponent).join("/")}#L${line}`
	};
}
function isInside(path) {
	return path !== "" && !/^\.\.(\/|$)/.test(path) && !isAbsolute(path);
}
function configuredBackend(directory) {
	return readBackendRecord(directory)?.type ?? "local";
}
function configuredStateKey(directory, workspace) {
	const { type, config = {} } = readBackendRecord(directory) ?? {};
	if (type === void 0 || type === "local") return void 0;
	const value = config[keySetting(type)];
	if (typeof value !== "string" || value === "") return void 0;
	if (type !== "s3" || workspace === "default") return value.replace(/\/\/[^/@]*@/, "//");
	const prefix = config.workspace_key_prefix;
	return [
		typeof prefix === "string" && prefix !== "" ? prefix : "env:",
		workspace,
		value
	].join("/");
}
function readBackendRecord(directory) {
	const record = join(resolve(directory, process.env.TF_DATA_DIR ?? ".terraform"), "terraform.tfstate");
	if (!existsSync(record)) return void 0;
	const { backend } = JSON.parse(readFileSync(record, "utf8"));
	return backend;
}
function assertRemoteBackend(backend, stack, command) {
	if (backend !== "local") return;
	const consequences = {
		apply: "would be lost with this job, and the next apply would create everything again",
		destroy: "is not the state of an earlier job: it has no resources to destroy",
		rollback: "is not the state of an earlier job: it does not name what is deployed"
	};
	const fix = stack === void 0 ? "add a backend block to the root module, for example `terraform { backend \"s3\" { bucket = \"…\" key = \"…\" use_lockfile = true } }`" : "set the input backend-config, for example bucket=…, key=… and region=…, one per line";
	throw new InputError(`The state is local, so it ${consequences[command]}. Fix: ${fix}. On a self-hosted runner that keeps the directory, set allow-local-state to true.`, "STATE_LOCAL");
}
export { prepareRootModule as a, locate as i, configuredBackend as n, shippedModuleDirectory as o, configuredStateKey as r, assertRemoteBackend as t };
