import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
// src/checkout.ts
function checkedOutCommit(directory, workspace) {
	for (let at = directory; !relative(workspace, at).startsWith(".."); at = dirname(at)) {
		const git = join(at, ".git");
		if (existsSync(join(git, "HEAD"))) return commitOf(git, readFileSync(join(git, "HEAD"), "utf8").trim());
		if (existsSync(git) || at === dirname(at)) return void 0;
	}
}
function repositoryRoot(path, workspace) {
	for (let at = dirname(path); !relative(workspace, at).startsWith("..") && at !== dirname(at); at = dirname(at)) if (existsSync(join(at, ".git"))) return at;
	return workspace;
}
function commitOf(git, head) {
	if (/^[0-9a-f]{40,64}$/.test(head)) return head;
	const ref = /^ref: (refs\/\S+)$/.exec(head)?.[1];
	if (ref === void 0) return void 0;
	const file = resolve(git, ref);
	if (!relative(git, file).startsWith("..") && existsSync(file)) return readFileSync(file, "utf8").trim();
	const packed = join(git, "packed-refs");
	return (existsSync(packed) ? readFileSync(packed, "utf8").split("\n") : []).find((line) => line.endsWith(` ${ref}`))?.split(" ")[0];
}
export { repositoryRoot as n, checkedOutCommit as t };
