import { InputError, count$1 as count, isSetting, keySetting, line, log, mergeBackendConfig, shippedModuleNames, shippedModules, stateName, writeDiscovery, writeOutcome } from "./entry.js";
import { GitHub } from "./api2.js";
import { Repository, ancestorsOf, inRepository, matchesGlob, matricesOf, settingsFile } from "./matrix.js";
const { mkdtempSync } = process.getBuiltinModule("node:fs");
const { basename, join, posix, relative, sep } = process.getBuiltinModule("node:path");
// src/stacks/changed.ts
const versionFiles = /^\.(terraform|opentofu)-version$|^\.tool-versions$/;
function concernedStacks(stacks, files) {
	const owners = indexStacks(stacks, ({ directory }) => [directory]);
	const callers = indexStacks(stacks, ({ modules }) => modules);
	const readers = indexStacks(stacks, (stack) => stack.files);
	const watchers = indexStacks(stacks, ({ paths }) => paths);
	const concerned = new Set();
	const add = (more) => {
		for (const stack of more ?? []) concerned.add(stack);
	};
	for (const file of files) {
		add(readers.get(file));
		for (const [glob, watching] of watchers) if (matchesGlob(glob, file)) add(watching);
		const directory = posix.dirname(file);
		for (const each of ancestorsOf(directory)) {
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
function indexStacks(stacks, keys) {
	const stacksByKey = new Map();
	for (const stack of stacks) for (const key of keys(stack)) {
		const entry = stacksByKey.get(key);
		if (entry === void 0) stacksByKey.set(key, [stack]);
		else entry.push(stack);
	}
	return stacksByKey;
}
// src/stacks/discover.ts
function findStacks(repository, below, names) {
	const directories = repository.read();
	const called = new Set(directories.flatMap(({ calls }) => calls));
	const isShipped = shippedSourceMatcher(names);
	const stacks = directories.filter(({ path, settings, configuration }) => {
		if (!ancestorsOf(path).includes(below)) return false;
		if (settings !== void 0) return true;
		return configuration !== void 0 && !called.has(path) && callsShipped(repository, path, isShipped);
	}).flatMap((directory) => stacksIn(repository, directory));
	assertDistinct(stacks, ({ name }) => name.toLowerCase(), ({ name }) => [`have the same name ${JSON.stringify(name)}`, `set different names in ${settingsFile}`]);
	return stacks;
}
function assertDistinctStates(repository, stacks) {
	assertDistinct(stacks, (stack) => stateNameOf(repository, stack), (stack) => [`keep the same state (${stateNameOf(repository, stack)})`, `set a different key for each in backend-config of ${settingsFile} (such as key=${defaultKey(stack.directory, stack.environment)}), or a different workspace. If their buckets differ, set the bucket there, too`]);
}
function stateNameOf(repository, stack) {
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
	return mergeBackendConfig(own, backendConfig, (path) => repository.text(inRepository(directory, path) ?? ""));
}
function assertDistinct(stacks, same, why) {
	const stackByValue = new Map();
	for (const stack of stacks) {
		const other = stackByValue.get(same(stack));
		if (other !== void 0) {
			const [what, fix] = why(stack);
			throw new InputError(`The stacks ${describePlace(other)} and ${describePlace(stack)} ${what}: ${fix}.`);
		}
		stackByValue.set(same(stack), stack);
	}
}
function describePlace({ name, directory }) {
	return JSON.stringify(name) === JSON.stringify(directory) ? JSON.stringify(name) : `${JSON.stringify(name)} in ${JSON.stringify(directory)}`;
}
function stacksIn(repository, directory) {
	const { environments, ...common } = directory.settings ?? {};
	if (environments === void 0) return [createStack(repository, directory, common, void 0)];
	return Object.entries(environments).sort(([a], [b]) => a < b ? -1 : 1).map(([id, own]) => {
		const overrides = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== void 0));
		const name = `${common.name ?? displayName(directory.path)} (${id})`;
		return createStack(repository, directory, {
			...common,
			environment: id,
			name,
			...overrides
		}, id);
	});
}
function createStack(repository, directory, settings, id) {
	const { path, configuration } = directory;
	assertValidRoot(directory, settings);
	if (/\p{Cc}|^\s|\s$/u.test(path)) throw new InputError(`The directory ${JSON.stringify(path)} is a stack, and its name has a control character, or a space at its start or end. No input of a workflow can name it: rename the directory.`);
	const { stack, workspace, varFiles = [], backendConfig = [], environment, paths = [] } = settings;
	const modules = configuration === void 0 ? [] : localModulesOf(repository, path);
	const read = [...varFiles, ...backendConfig.filter((line) => !isSetting(line))];
	const backend = backendOf(repository, {
		directory: path,
		stack,
		backendConfig
	});
	return {
		name: settings.name ?? displayName(path),
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
function assertValidRoot({ path, configuration }, { stack }) {
	const file = inRepository(path, settingsFile);
	if (stack === void 0 && configuration === void 0) throw new InputError(`${file}: its directory has no root module, and key stack is empty. Move the file into the directory of a root module, or set stack to ${shippedModuleNames} to run a shipped module.`);
	if (stack !== void 0 && configuration !== void 0) throw new InputError(`${file}: key stack is "${stack}", and ${JSON.stringify(path)} also has .tf files. Remove stack to run the .tf files, or move them to another directory.`);
}
function displayName(directory) {
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
function localModulesOf(repository, path) {
	const visited = new Set([path]);
	const open = [path];
	for (let at = open.pop(); at !== void 0; at = open.pop()) for (const each of repository.directory(at)?.calls ?? []) {
		if (visited.has(each)) continue;
		visited.add(each);
		open.push(each);
	}
	visited.delete(path);
	return [...visited];
}
function callsShipped(repository, path, isShipped) {
	const local = localModulesOf(repository, path);
	return [path, ...local].some((each) => repository.directory(each)?.configuration?.sources.some(isShipped)) || local.some((each) => isCopy(repository, each));
}
const copyPattern = new RegExp(`(^|/)terraform/(${shippedModules.join("|")})$`);
function isCopy(repository, path) {
	if (!copyPattern.test(path)) return false;
	return repository.directory(path)?.configuration?.hasEndpoint === true;
}
function shippedSourceMatcher(names) {
	const spellings = names.flatMap((name) => {
		const [, provider, rest] = /^terraform-([^-]+)-(.+)$/.exec(name) ?? [];
		return [`${RegExp.escape(name)}(?:\\.git|/[\\w-]+)?`, ...provider === void 0 || rest === void 0 ? [] : [`${RegExp.escape(rest)}/${RegExp.escape(provider)}`]];
	});
	const pattern = new RegExp(`^[^?]*[/:](?:${spellings.join("|")})(?:/archive/[^?]*|/[\\w.-]+\\.(?:zip|tar\\.gz))?//terraform/(?:${shippedModules.join("|")})/?(?:\\?.*)?$`, "i");
	return (source) => pattern.test(source);
}
// src/stacks/changes.ts
const maxListed = {
	pullRequest: 3e3,
	comparison: 300
};
function changeQueryOf({ event, payload }) {
	const { pull_request: pull, merge_group: group, before = "", after = "", forced } = payload;
	if (pull !== void 0) return {
		pullRequest: pull.number,
		expected: pull.changed_files
	};
	if (event === "merge_group" && group?.base_sha && group.head_sha) return {
		base: group.base_sha,
		head: group.head_sha
	};
	if (event !== "push") return { everything: `the event ${event} does not change files` };
	if (forced === true) return { everything: "the push was forced, so the removed changes are unknown" };
	if (!isCommit(before) || !isCommit(after)) return { everything: "the push created or deleted a branch" };
	return {
		base: before,
		head: after
	};
}
function selectStacks(stacks, query, files, workflow) {
	const all = (because) => ({
		stacks,
		concerned: stacks,
		because
	});
	if ("everything" in query) return all(query.everything);
	if (files === void 0) return all("the commit before the push is not an ancestor of this commit, or it no longer exists");
	const [limit, expected] = "pullRequest" in query ? [maxListed.pullRequest, query.expected] : [maxListed.comparison, void 0];
	if (files.length >= limit || expected !== void 0 && files.length < expected) return all(`GitHub lists ${count(files.length, "file")} of the change, and there may be more`);
	const paths = files.flatMap(({ path, previous }) => previous === void 0 ? [path] : [path, previous]);
	if (workflow !== "" && paths.includes(workflow)) return all(`${workflow} itself was changed`);
	return {
		stacks,
		concerned: concernedStacks(stacks, paths),
		because: `the change has ${count(files.length, "file")}`
	};
}
async function discover(root, below, names, which, run, github) {
	const repository = new Repository(root);
	const stacks = findStacks(repository, below, names);
	assertDistinctStates(repository, stacks);
	const query = which === "all" ? { everything: "discover is \"all\"" } : changeQueryOf(run);
	return selectStacks(stacks, query, await listChangedFiles(query, github), run.workflow);
}
async function listChangedFiles(query, github) {
	if ("everything" in query) return void 0;
	if ("pullRequest" in query) return await github().filesOfPullRequest(query.pullRequest);
	return await github().filesBetween(query.base, query.head);
}
function isCommit(sha) {
	return /^[0-9a-f]{40,64}$/.test(sha) && !/^0+$/.test(sha);
}
// src/commands/discover.ts
const ourName = "terraform-mcp-deploy";
async function runDiscover(inputs, run) {
	const github = () => {
		if (inputs.githubToken !== "") return new GitHub(inputs.githubToken, run.owner, run.repo, (text) => log.line(line`${text}`));
		throw new InputError("Input github-token is empty, so the changed files cannot be read from GitHub: set it to a token, or set discover to \"all\".");
	};
	const names = [ourName, ...run.action === void 0 ? [] : [basename(run.action.url)]];
	const below = relative(run.workspace, inputs.workingDirectory).split(sep).join("/") || ".";
	const discovery = await discover(run.workspace, below, names, inputs.discover, run, github);
	const matrices = matricesOf(discovery.concerned);
	await writeDiscovery(discovery, matrices, mkdtempSync(join(run.temp, "terraform-mcp-deploy-")));
	writeOutcome(void 0);
	if (discovery.stacks.length === 0) log.notice(line`There are no stacks: no root module calls a shipped module, and no directory has a .mcp-deploy.yml. Add an empty .mcp-deploy.yml to the directory of each root module that the action deploys (docs/many-stacks.md).`);
	else log.line(line`${count(matrices.count, "stack")} of ${discovery.stacks.length}: ${discovery.because}`);
	if (matrices.count > 256) log.notice(line`There are ${matrices.count} stacks, and a matrix makes at most ${256} jobs: the output stacks is empty, and batches has all of them (docs/many-stacks.md).`);
}
export { runDiscover };
