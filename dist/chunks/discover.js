import { R as InputError, g as log, m as line, v as count } from "./base.js";
import { t as GitHub } from "./api.js";
import { _ as keySetting, b as stateName, g as isSetting, h as configured, l as writeOutcome, s as writeDiscovery } from "./entry.js";
import { a as upwards, i as matchesGlob, n as settingsFile, r as inRepository, t as Repository } from "./repository.js";
import { mkdtempSync } from "node:fs";
import { basename, join, posix, relative, sep } from "node:path";
// src/stacks/changed.ts
const versionFiles = /^\.(terraform|opentofu)-version$|^\.tool-versions$/;
function concernedStacks(stacks, files) {
	const owners = index(stacks, ({ directory }) => [directory]);
	const callers = index(stacks, ({ modules }) => modules);
	const readers = index(stacks, (stack) => stack.files);
	const watchers = index(stacks, ({ paths }) => paths);
	const concerned = new Set();
	const add = (found) => {
		for (const stack of found ?? []) concerned.add(stack);
	};
	for (const file of files) {
		add(readers.get(file));
		for (const [glob, found] of watchers) if (matchesGlob(glob, file)) add(found);
		const directory = posix.dirname(file);
		for (const each of upwards(directory)) {
			add(callers.get(each));
			add(owners.get(each));
			if (owners.has(each)) break;
		}
		if (versionFiles.test(posix.basename(file))) {
			const isBelow = (stack) => directory === "." || `${stack.directory}/`.startsWith(`${directory}/`);
			add(stacks.filter(isBelow));
		}
	}
	return stacks.filter((stack) => concerned.has(stack));
}
function index(stacks, keys) {
	const found = new Map();
	for (const stack of stacks) for (const key of keys(stack)) {
		const there = found.get(key);
		if (there === void 0) found.set(key, [stack]);
		else there.push(stack);
	}
	return found;
}
// src/stacks/discover.ts
function findStacks(repository, below, names) {
	const directories = repository.read();
	const called = new Set(directories.flatMap(({ calls }) => calls));
	const isShipped = shippedSource(names);
	const stacks = directories.filter(({ path, settings, configuration }) => {
		if (!upwards(path).includes(below)) return false;
		if (settings !== void 0) return true;
		return configuration !== void 0 && !called.has(path) && callsShipped(repository, path, isShipped);
	}).flatMap((directory) => stacksOf(repository, directory));
	refuseSame(stacks, ({ name }) => name.toLowerCase(), ({ name }) => [`have the same name ${JSON.stringify(name)}`, `set name in ${settingsFile} to tell them apart`]);
	return stacks;
}
function refuseSharedStates(repository, stacks) {
	refuseSame(stacks, (stack) => stateOf(repository, stack), (stack) => [`keep the same state (${stateOf(repository, stack)})`, `give each a key of its own, as backend-config in ${settingsFile} (such as key=${defaultKey(stack.directory, stack.environment)}), or a workspace of its own; where the bucket is another one, say so there, too`]);
}
function stateOf(repository, stack) {
	const { settings = {}, type = "s3" } = backendOf(repository, stack) ?? {};
	const key = type === "local" ? inRepository(stack.directory, stack.stateKey) : void 0;
	return stateName({
		type,
		settings: {
			...settings,
			[keySetting(type)]: key ?? stack.stateKey
		}
	}, stack.workspace);
}
function backendOf(repository, { directory, stack, backendConfig }) {
	const own = stack === void 0 ? repository.directory(directory)?.configuration?.backend : void 0;
	return configured(own, backendConfig, (path) => repository.text(inRepository(directory, path) ?? ""));
}
function refuseSame(stacks, same, why) {
	const seen = new Map();
	for (const stack of stacks) {
		const other = seen.get(same(stack));
		if (other !== void 0) {
			const [what, fix] = why(stack);
			throw new InputError(`The stacks ${placeOf(other)} and ${placeOf(stack)} ${what}: ${fix}.`);
		}
		seen.set(same(stack), stack);
	}
}
function placeOf({ name, directory }) {
	return JSON.stringify(name) === JSON.stringify(directory) ? JSON.stringify(name) : `${JSON.stringify(name)} in ${JSON.stringify(directory)}`;
}
function stacksOf(repository, directory) {
	const { environments, ...common } = directory.settings ?? {};
	if (environments === void 0) return [stackOf(repository, directory, common, void 0)];
	return Object.entries(environments).sort(([a], [b]) => a < b ? -1 : 1).map(([id, own]) => {
		const given = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== void 0));
		const name = `${common.name ?? shownName(directory.path)} (${id})`;
		return stackOf(repository, directory, {
			...common,
			environment: id,
			name,
			...given
		}, id);
	});
}
function stackOf(repository, directory, settings, id) {
	const { path, configuration } = directory;
	refuseWrongRoot(directory, settings);
	if (/\p{Cc}|^\s|\s$/u.test(path)) throw new InputError(`The directory ${JSON.stringify(path)} is a stack, and its name has a control character or a space at its end: no input of a workflow can name it.`);
	const { stack, workspace, varFiles = [], backendConfig = [], environment, paths = [] } = settings;
	const modules = configuration === void 0 ? [] : calledFrom(repository, path);
	const read = [...varFiles, ...backendConfig.filter((line) => !isSetting(line))];
	const backend = backendOf(repository, {
		directory: path,
		stack,
		backendConfig
	});
	return {
		name: settings.name ?? shownName(path),
		directory: path,
		stack,
		workspace,
		varFiles,
		backendConfig,
		environment,
		stateKey: backend?.settings[keySetting(backend.type)] ?? defaultKey(path, id),
		concurrencyGroup: `deploy-${defaultKey(path, id).replace(/\.tfstate$/, "")}`,
		paths,
		files: [...read.flatMap((file) => inRepository(path, file) ?? []), ...[path, ...modules].flatMap((each) => repository.directory(each)?.linked ?? [])],
		modules
	};
}
function refuseWrongRoot({ path, configuration }, { stack }) {
	const file = inRepository(path, settingsFile);
	if (stack === void 0 && configuration === void 0) throw new InputError(`${file}: there is no root module beside it and key stack is empty. Put it beside the .tf files of a root module, or set stack to "ecs" or "ec2" to run a shipped one.`);
	if (stack !== void 0 && configuration !== void 0) throw new InputError(`${file}: key stack is "${stack}", and ${JSON.stringify(path)} has .tf files of its own. Leave stack out to run them, or move them elsewhere.`);
}
function shownName(directory) {
	return directory === "." ? "root module" : directory;
}
function defaultKey(directory, environment) {
	const file = `${environment ?? "terraform"}.tfstate`;
	const escaped = directory.replace(/[^A-Za-z0-9._/-]/gu, (char) => encodeURIComponent(char.toWellFormed()).replace(/^[^%]$/, hex));
	return directory === "." ? file : `${escaped}/${file}`;
}
function hex(char) {
	return `%${char.charCodeAt(0).toString(16).toUpperCase()}`;
}
function calledFrom(repository, path) {
	const seen = new Set([path]);
	const open = [path];
	for (let at = open.pop(); at !== void 0; at = open.pop()) for (const each of repository.directory(at)?.calls ?? []) {
		if (seen.has(each)) continue;
		seen.add(each);
		open.push(each);
	}
	seen.delete(path);
	return [...seen];
}
function callsShipped(repository, path, isShipped) {
	const local = calledFrom(repository, path);
	return [path, ...local].some((each) => repository.directory(each)?.configuration?.sources.some(isShipped)) || local.some((each) => isCopy(repository, each));
}
function isCopy(repository, path) {
	if (!/(^|\/)terraform\/(ecs|ec2)$/.test(path)) return false;
	return repository.directory(path)?.configuration?.hasEndpoint === true;
}
function shippedSource(names) {
	const spellings = names.flatMap((name) => {
		const [, provider, rest] = /^terraform-([^-]+)-(.+)$/.exec(name) ?? [];
		return [`${RegExp.escape(name)}(?:\\.git|/[\\w-]+)?`, ...provider === void 0 || rest === void 0 ? [] : [`${RegExp.escape(rest)}/${RegExp.escape(provider)}`]];
	});
	const pattern = new RegExp(`^[^?]*[/:](?:${spellings.join("|")})(?:/archive/[^?]*|/[\\w.-]+\\.(?:zip|tar\\.gz))?//terraform/(?:ecs|ec2)/?(?:\\?.*)?$`, "i");
	return (source) => pattern.test(source);
}
// src/stacks/changes.ts
const maxListed = {
	pullRequest: 3e3,
	comparison: 300
};
function questionOf({ event, payload }) {
	const { pull_request: pull, merge_group: group, before = "", after = "", forced } = payload;
	if (pull !== void 0) return {
		pullRequest: pull.number,
		expected: pull.changed_files
	};
	if (event === "merge_group" && group?.base_sha && group.head_sha) return {
		base: group.base_sha,
		head: group.head_sha
	};
	if (event !== "push") return { everything: `the event ${event} is no change` };
	if (forced === true) return { everything: "the push was forced, so what it took away is not known" };
	if (!isCommit(before) || !isCommit(after)) return { everything: "the push made a new branch or removed one" };
	return {
		base: before,
		head: after
	};
}
function chooseStacks(found, question, files, workflow) {
	const all = (because) => ({
		found,
		concerned: found,
		because
	});
	if ("everything" in question) return all(question.everything);
	if (files === void 0) return all("the commit before is no ancestor of this one, or is gone");
	const [limit, expected] = "pullRequest" in question ? [maxListed.pullRequest, question.expected] : [maxListed.comparison, void 0];
	if (files.length >= limit || expected !== void 0 && files.length < expected) return all(`GitHub lists ${count(files.length, "file")} of the change, and there may be more`);
	const paths = files.flatMap(({ path, previous }) => previous === void 0 ? [path] : [path, previous]);
	if (workflow !== "" && paths.includes(workflow)) return all(`${workflow} itself was changed`);
	return {
		found,
		concerned: concernedStacks(found, paths),
		because: `the change has ${count(files.length, "file")}`
	};
}
async function discover(root, below, names, which, run, github) {
	const repository = new Repository(root);
	const found = findStacks(repository, below, names);
	refuseSharedStates(repository, found);
	const question = which === "all" ? { everything: "discover is \"all\"" } : questionOf(run);
	return chooseStacks(found, question, await filesOf(question, github), run.workflow);
}
async function filesOf(question, github) {
	if ("everything" in question) return void 0;
	if ("pullRequest" in question) return await github().filesOfPullRequest(question.pullRequest);
	return await github().filesBetween(question.base, question.head);
}
function isCommit(sha) {
	return /^[0-9a-f]{40,64}$/.test(sha) && !/^0+$/.test(sha);
}
const mostCharacters = 523288;
function matricesOf(stacks) {
	const entries = stacks.map(entryOf);
	const batches = [];
	for (let from = 0; from < entries.length; from += 256) batches.push({ include: entries.slice(from, from + 256) });
	const outputs = {
		stacks: entries.length > 256 ? "" : JSON.stringify({ include: entries }),
		batches: JSON.stringify(batches)
	};
	const size = outputs.stacks.length + outputs.batches.length;
	if (size > mostCharacters) throw new InputError(`${entries.length} stacks make outputs of ${size} characters, and GitHub takes ${mostCharacters} of a job. Set discover to changed, discover less at a time with working-directory, or shorten backend-config in .mcp-deploy.yml.`);
	return {
		...outputs,
		count: entries.length
	};
}
function entryOf(stack) {
	return {
		name: stack.name,
		"working-directory": stack.directory,
		stack: stack.stack ?? "",
		workspace: stack.workspace ?? "",
		"var-file": stack.varFiles.join("\n"),
		"backend-config": stack.backendConfig.join("\n"),
		environment: stack.environment ?? "",
		"state-key": stack.stateKey,
		"concurrency-group": stack.concurrencyGroup
	};
}
// src/commands/discover.ts
const ourName = "terraform-mcp-deploy";
async function runDiscover(inputs, run) {
	const github = () => {
		if (inputs.githubToken !== "") return new GitHub(inputs.githubToken, run.owner, run.repo, (text) => log.line(line`${text}`));
		throw new InputError("Input github-token is empty, so GitHub cannot be asked what was changed: give a token, or set discover to \"all\".");
	};
	const names = [ourName, ...run.action === void 0 ? [] : [basename(run.action.url)]];
	const below = relative(run.workspace, inputs.workingDirectory).split(sep).join("/") || ".";
	const discovery = await discover(run.workspace, below, names, inputs.discover, run, github);
	const matrices = matricesOf(discovery.concerned);
	await writeDiscovery(discovery, matrices, mkdtempSync(join(run.temp, "terraform-mcp-deploy-")));
	writeOutcome(void 0);
	if (discovery.found.length === 0) log.notice(line`There are no stacks: no root module calls a shipped module, and no directory has a .mcp-deploy.yml (docs/many-stacks.md).`);
	else log.line(line`${count(matrices.count, "stack")} of ${discovery.found.length}: ${discovery.because}`);
	if (matrices.count > 256) log.notice(line`There are ${matrices.count} stacks, and a matrix makes at most ${256} jobs: the output stacks is empty, and batches has all of them (docs/many-stacks.md).`);
}
export { runDiscover };
