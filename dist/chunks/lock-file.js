import { D as lockFileName } from "./verify.js";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
// src/terraform/lock-file.ts
const registries = {
	terraform: "registry.terraform.io",
	tofu: "registry.opentofu.org"
};
function registryOf(tool) {
	return registries[tool];
}
function lockFileOwner(directory) {
	const file = join(directory, lockFileName);
	if (!existsSync(file)) return void 0;
	const hosts = [...readFileSync(file, "utf8").matchAll(/^provider\s+"([^"/]+)\//gm)].map(([, host]) => host);
	const owners = Object.keys(registries).filter((tool) => hosts.includes(registries[tool]));
	return owners.length === 1 ? owners[0] : void 0;
}
export { registryOf as n, lockFileOwner as t };
