#!/usr/bin/env node
import { readFileSync } from "node:fs";
// src/cli.ts
const { engines } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const minNodeMajor = Number(engines.node.replace(/^>=/, ""));
if (Number(process.versions.node.split(".")[0]) < minNodeMajor) {
	const { createRequire } = await import("node:module");
	process.getBuiltinModule ??= createRequire(import.meta.url);
	const { log, line } = await import("./chunks/entry.js");
	log.openTerminal("auto").note(line`mcp-gate needs Node.js ${minNodeMajor} or newer, and this is ${process.version}.`);
	process.exit(2);
}
const { runCli } = await import("./chunks/run2.js");
const root = new URL("../", import.meta.url);
process.exitCode = await runCli(process.argv.slice(2), {
	packageFile: (path) => readFileSync(new URL(path, root), "utf8"),
	environment: process.env
});
export {};
