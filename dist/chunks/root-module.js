import { n as repositoryRoot } from "./checkout.js";
import { v as InputError } from "./log.js";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { fileURLToPath } from "node:url";
// src/approval/record.ts
const line = /^<!-- terraform-mcp-deploy plan ([\w-]+)\.([\w-]+) -->\r?$/;
const maxRecordBytes = 4194304;
function withRecord(body, { record, seal }) {
	const text = encode(record);
	const [first = "", ...rest] = body.split("\n");
	return [
		first,
		`<!-- terraform-mcp-deploy plan ${text}.${seal.sign(signed(text, body))} -->`,
		...rest
	].join("\n");
}
function recordLength(record) {
	return encode(record).length + 100;
}
function readRecord(body, sealOf) {
	const [first = "", second = "", ...rest] = body.split("\n");
	const [, text = "", signature = ""] = line.exec(second) ?? [];
	const record = decode(text);
	if (record === void 0) return void 0;
	return {
		record,
		intact: sealOf(record)?.sign(signed(text, [first, ...rest].join("\n"))) === signature
	};
}
function signed(text, body) {
	return `${text}\n${body.normalize("NFC").replace(/[\s\p{C}]+/gu, "")}`;
}
function encode(record) {
	return deflateRawSync(JSON.stringify(record), { level: 9 }).toString("base64url");
}
function decode(text) {
	try {
		const json = inflateRawSync(Buffer.from(text, "base64url"), { maxOutputLength: maxRecordBytes }).toString();
		const record = JSON.parse(json);
		return record.version === 1 ? record : void 0;
	} catch {
		return;
	}
}
// src/terraform/root-module.ts
const shippedModules = fileURLToPath(new URL("../../terraform/", import.meta.url));
const loadedAutomatically = /^(terraform\.tfvars|.+\.auto\.tfvars)(\.json)?$|^\.terraform\.lock\.hcl$|^\.(terraform|opentofu)-version$|^\.tool-versions$/;
function prepareRootModule(inputs, scratch) {
	const { stack, workingDirectory, backendConfig } = inputs;
	const own = readdirSync(workingDirectory).find((file) => /\.(tf|tofu)(\.json)?$/.test(file));
	if (stack === void 0) {
		if (own !== void 0) return workingDirectory;
		throw new InputError(`There is no root module to run: ${workingDirectory} has no .tf file and the input stack is empty. Set working-directory to your root module, or stack to "ecs" or "ec2" to run a shipped one.`);
	}
	if (own !== void 0) throw new InputError(`Input stack is "${stack}", and ${join(workingDirectory, own)} belongs to a root module of your own. Leave stack empty to run your module, or set working-directory to a directory that holds only var files.`);
	const directory = join(scratch, stack);
	mkdirSync(directory, { recursive: true });
	for (const file of readdirSync(join(shippedModules, stack))) {
		if (/^(tests|examples|README\.md|\.terraform.*)$/.test(file)) continue;
		cpSync(join(shippedModules, stack, file), join(directory, file), { recursive: true });
	}
	for (const file of readdirSync(workingDirectory)) if (loadedAutomatically.test(file)) cpSync(join(workingDirectory, file), join(directory, file));
	const backend = backendConfig.length > 0 ? { s3: { use_lockfile: true } } : { local: { path: join(workingDirectory, "terraform.tfstate") } };
	writeFileSync(join(directory, "backend.tf.json"), JSON.stringify({ terraform: { backend } }, null, 2));
	return directory;
}
function locate(diagnostic, { directory, workspace, commit }, { stack, workingDirectory }) {
	const { file, line, ...said } = diagnostic;
	if (file === void 0 || line === void 0) return said;
	const named = resolve(directory, file);
	const inModule = relative(directory, named).replaceAll(sep, "/");
	const isShipped = stack !== void 0 && isInside(inModule);
	const isCopied = isShipped && loadedAutomatically.test(inModule);
	if (isShipped && !isCopied) return {
		...said,
		outsideRepository: `terraform/${stack}/${inModule} line ${line} of this action`
	};
	const path = isCopied ? join(workingDirectory, inModule) : named;
	const shown = relative(repositoryRoot(path, workspace), path).replaceAll(sep, "/");
	if (!(isInside(shown) && !/(^|\/)\.terraform\//.test(shown) && existsSync(path))) return {
		...said,
		outsideRepository: `${file} line ${line}`
	};
	return {
		...said,
		file: shown,
		line,
		url: `${commit}/${shown.split("/").map(encodeURIComponent).join("/")}#L${line}`
	};
}
function isInside(path) {
	return path !== "" && !/^\.\.(\/|$)/.test(path) && !isAbsolute(path);
}
function configuredBackend(directory) {
	const record = join(resolve(directory, process.env.TF_DATA_DIR ?? ".terraform"), "terraform.tfstate");
	if (!existsSync(record)) return "local";
	const { backend } = JSON.parse(readFileSync(record, "utf8"));
	return backend?.type ?? "local";
}
function assertRemoteBackend(backend, stack, command) {
	if (backend !== "local") return;
	const lost = {
		apply: "would be lost with this job and the next apply would build everything again",
		destroy: "is not that of another job: nothing would be found, and nothing destroyed"
	};
	const how = stack === void 0 ? "add a backend block to the root module, for example `terraform { backend \"s3\" { bucket = \"…\" key = \"…\" use_lockfile = true } }`" : "set the input backend-config, for example bucket=…, key=… and region=…, one a line";
	throw new InputError(`The state is local, so it ${lost[command]}: ${how}. On a self-hosted runner that keeps the directory, set allow-local-state to true.`);
}
export { readRecord as a, prepareRootModule as i, configuredBackend as n, recordLength as o, locate as r, withRecord as s, assertRemoteBackend as t };
