import { InputError, joinLines, line, log, messageOf, shippedModules } from "./entry.js";
import { onlyText, optionLines, ownOptions, parseOptions } from "./flags.js";
const { closeSync, existsSync, lstatSync, mkdirSync, openSync, readFileSync, realpathSync, rmdirSync, statSync, unlinkSync, writeFileSync } = process.getBuiltinModule("node:fs");
const { basename, dirname, join, resolve } = process.getBuiltinModule("node:path");
const { createInterface } = process.getBuiltinModule("node:readline/promises");
// src/cli/init/questions.ts
const platforms = [...shippedModules, "endpoint"];
const namePattern = /^(?!.*--)(?!internal-)[a-z][a-z0-9-]{0,22}[a-z0-9]$/;
const repositoryPattern = /^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/;
const domainPattern = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/;
const subnetPattern = /^subnet-([0-9a-f]{8}|[0-9a-f]{17})$/;
const tagged = /^[a-z0-9][A-Za-z0-9._:/-]*(@sha256:[0-9a-f]{64}|:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})$/;
const inEcr = /^[0-9]{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com\/./;
const digestPlaceholder = "@sha256:DIGEST";
const isStack = ({ platform }) => platform !== void 0 && platform !== "endpoint";
const runsImage = ({ platform }) => isStack({ platform }) && platform !== "ec2";
const hasNetwork = ({ platform }) => platform === "ecs" || platform === "ec2";
const none = "none";
const questions = [
	{
		flag: "platform",
		value: "PLATFORM",
		prompt: `Platform (${platforms.join(", ")})`,
		allowed: `one of ${platforms.join(", ")}`,
		needs: "nothing",
		applies: () => true,
		isAllowed: (value) => platforms.some((each) => each === value),
		defaultValue: () => "ecs"
	},
	{
		flag: "endpoint",
		value: "URL",
		prompt: "URL of the MCP endpoint",
		allowed: "an http or https URL such as https://mcp.example.com/mcp, without user, query or fragment",
		needs: "--platform endpoint",
		applies: ({ platform }) => platform === "endpoint",
		isAllowed: (value) => /^https?:\/\/[A-Za-z0-9][A-Za-z0-9.-]*(:\d{1,5})?(\/[A-Za-z0-9._~%/-]*)?$/.test(value) && URL.canParse(value),
		defaultValue: () => void 0
	},
	{
		flag: "repository",
		value: "OWNER/NAME",
		prompt: "Repository on GitHub",
		allowed: "OWNER/NAME of one repository on GitHub",
		needs: "--platform ecs, ec2, lambda or agentcore",
		applies: isStack,
		isAllowed: (value) => repositoryPattern.test(value),
		defaultValue: (_, { repository }) => repository
	},
	{
		flag: "name",
		value: "NAME",
		prompt: "Name of the server",
		allowed: "2 to 24 lower-case letters, digits and single hyphens, beginning with a letter, not with internal-, and not ending in a hyphen",
		needs: "--platform ecs, ec2, lambda or agentcore",
		applies: isStack,
		isAllowed: (value) => namePattern.test(value),
		defaultValue: ({ repository = "" }, { directory }) => [repository.split("/")[1] ?? "", directory].map((each) => each.toLowerCase()).find((each) => namePattern.test(each))
	},
	{
		flag: "account",
		value: "ID",
		prompt: "AWS account",
		allowed: "the 12 digits of an AWS account",
		needs: "--platform ecs, ec2, lambda or agentcore",
		applies: isStack,
		isAllowed: (value) => /^[0-9]{12}$/.test(value),
		defaultValue: () => void 0
	},
	{
		flag: "region",
		value: "REGION",
		prompt: "AWS region",
		allowed: "a region such as eu-west-1; those of China and GovCloud are not supported here",
		needs: "--platform ecs, ec2, lambda or agentcore",
		applies: isStack,
		isAllowed: (value) => /^(?!cn-|us-gov-|us-iso)[a-z]{2}(-[a-z]+)+-[1-9]$/.test(value),
		defaultValue: (_, { region }) => region
	},
	{
		flag: "domain",
		value: "HOST",
		prompt: "Host name of the endpoint, in a Route 53 zone, or none",
		allowed: "a lower-case host name such as mcp.example.com, or none",
		needs: "--platform ecs, ec2 or lambda",
		applies: ({ platform }) => isStack({ platform }) && platform !== "agentcore",
		isAllowed: (value) => value === none || domainPattern.test(value),
		defaultValue: () => none
	},
	{
		flag: "zone",
		value: "ID",
		prompt: "Id of the public Route 53 zone that holds the host name",
		allowed: "the id of a Route 53 zone such as Z0123456789ABCDEFGHIJ",
		needs: "--domain with a host name",
		applies: ({ domain }) => domain !== void 0 && domain !== none,
		isAllowed: (value) => /^[A-Z][A-Z0-9]{1,31}$/.test(value),
		defaultValue: () => void 0
	},
	{
		flag: "vpc",
		value: "ID",
		prompt: "Existing VPC, or none to create one",
		allowed: "the id of a VPC such as vpc-0123456789abcdef0, or none",
		needs: "--platform ecs or ec2",
		applies: hasNetwork,
		isAllowed: (value) => value === none || /^vpc-([0-9a-f]{8}|[0-9a-f]{17})$/.test(value),
		defaultValue: () => none
	},
	{
		flag: "subnets",
		value: "IDS",
		prompt: "Public subnets of the VPC, separated by commas",
		allowed: "ids such as subnet-0123456789abcdef0, separated by commas: at least two different ones for ecs, exactly one for ec2",
		needs: "--vpc with the id of a VPC",
		applies: ({ vpc }) => vpc !== void 0 && vpc !== none,
		isAllowed: (value, { platform }) => {
			const ids = value.split(",");
			const isEnough = platform === "ec2" ? ids.length === 1 : platform === "ecs" ? ids.length >= 2 : true;
			return ids.every((id) => subnetPattern.test(id)) && new Set(ids).size === ids.length && isEnough;
		},
		defaultValue: () => void 0
	},
	{
		flag: "image",
		value: "IMAGE",
		prompt: "Container image, with a tag or a digest",
		allowed: "an image with a tag or a digest, such as weather:1.0.0; for lambda in Amazon ECR, for agentcore in Amazon ECR by digest",
		needs: "--platform ecs, lambda or agentcore",
		applies: runsImage,
		isAllowed: (value, { platform }) => {
			if (platform === "agentcore") return inEcr.test(value) && (value.endsWith("@sha256:DIGEST") || /^[^\s@]+@sha256:[0-9a-f]{64}$/.test(value)) && tagged.test(value.replace(/@sha256:DIGEST$/, ":x"));
			return tagged.test(value) && (platform !== "lambda" || inEcr.test(value));
		},
		defaultValue: ({ platform, account, region, name }) => `${account}.dkr.ecr.${region}.amazonaws.com/${name}${platform === "agentcore" ? digestPlaceholder : ":1.0.0"}`
	},
	{
		flag: "ref",
		value: "REF",
		prompt: "Tag or commit of the repository that the instance runs",
		allowed: "a tag, a branch or a commit of letters, digits and . _ / + -",
		needs: "--platform ec2",
		applies: ({ platform }) => platform === "ec2",
		isAllowed: (value) => /^[A-Za-z0-9_][A-Za-z0-9._/+-]{0,199}$/.test(value),
		defaultValue: () => "v1.0.0"
	},
	{
		flag: "action",
		value: "OWNER/NAME@REF",
		prompt: "This action, as the workflow names it",
		allowed: "OWNER/NAME@REF, such as OWNER/terraform-mcp-deploy@v1, with a tag or a commit as REF",
		needs: "nothing",
		applies: () => true,
		isAllowed: (value) => {
			const [repository = "", ref = "", ...more] = value.split("@");
			return more.length === 0 && repositoryPattern.test(repository) && /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(ref);
		},
		defaultValue: (_, { action }) => action
	}
];
function faultOf({ flag, allowed, isAllowed }, value, answers) {
	if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(value)) return `Option --${flag} is ${JSON.stringify(value)}, which holds a control character: it must be ${allowed}.`;
	return isAllowed(value, answers) ? void 0 : `Option --${flag} is "${value}": it must be ${allowed}.`;
}
// src/cli/init/answers.ts
async function collectAnswers(given, known, respondent) {
	const faults = questions.flatMap((question) => {
		const value = given[question.flag];
		return value === void 0 ? [] : faultOf(question, value, given) ?? [];
	});
	if (faults.length > 0) throw new InputError(faults.join("\n"));
	if (given.platform !== void 0) refuseUnused(given, {
		domain: "later",
		vpc: "later",
		...given
	});
	const answers = {};
	const missing = [];
	let answering = respondent;
	for (const question of questions) {
		if (!question.applies(answers)) continue;
		const usual = question.defaultValue(answers, known);
		const value = given[question.flag] ?? await answer(question, answers, usual, answering);
		if (value === void 0) {
			if (answering !== void 0 || usual === void 0) missing.push(`--${question.flag}`);
			answering = answering === void 0 ? void 0 : silent;
		}
		answers[question.flag] = value ?? usual ?? "";
	}
	if (missing.length > 0) {
		const help = respondent === void 0 ? "" : " Add --yes to take the default of each that has one.";
		throw new InputError(`No value for ${missing.join(", ")}.${help} See mcp-gate init --help.`);
	}
	for (const question of questions) {
		const value = answers[question.flag];
		const fault = value === void 0 ? void 0 : faultOf(question, value, answers);
		if (fault !== void 0) throw new InputError(fault);
	}
	refuseUnused(given, answers);
	return answers;
}
const silent = {
	ask: async () => void 0,
	canCorrect: () => false
};
async function answer(question, answers, usual, respondent) {
	if (respondent === void 0) return usual;
	for (;;) {
		const text = await respondent.ask(`${question.prompt}${usual === void 0 ? "" : ` [${usual}]`}:`);
		if (text === void 0) return void 0;
		const value = text === "" && usual !== void 0 ? usual : text;
		const fault = faultOf(question, value, answers);
		if (fault === void 0) return value;
		if (!respondent.canCorrect(fault)) throw new InputError(fault);
	}
}
function refuseUnused(given, answers) {
	const lines = questions.filter(({ flag, applies }) => given[flag] !== void 0 && !applies(answers)).map(({ flag, needs }) => `Option --${flag} is "${given[flag]}", and nothing uses it: it needs ${needs}.`);
	if (lines.length > 0) throw new InputError(lines.join("\n"));
}
// src/cli/init/create.ts
function createFiles(directory, files) {
	const obstacles = [...new Set(files.flatMap(({ path }) => obstacleOf(directory, path) ?? []))];
	if (obstacles.length > 0) throw refusal(obstacles);
	const created = [];
	try {
		for (const { path, text } of files) create(directory, path, text, created);
	} catch (error) {
		for (const undo of created.reverse()) attempt(undo);
		if (error instanceof InputError) throw error;
		throw new InputError(`The files cannot be written, and none of them exists: ${messageOf(error)}.`);
	}
}
function obstacleOf(directory, path) {
	const parts = path.split("/");
	for (let depth = 1; depth <= parts.length; depth++) {
		const part = parts.slice(0, depth).join("/");
		const found = lstatSync(join(directory, part), { throwIfNoEntry: false });
		if (found === void 0) return void 0;
		if (found.isSymbolicLink()) return `${part} (a symbolic link)`;
		if (depth < parts.length && !found.isDirectory()) return `${part} (not a directory)`;
		if (depth === parts.length) return part;
	}
}
function create(directory, path, text, created) {
	const parts = path.split("/");
	for (let depth = 1; depth < parts.length; depth++) {
		const folder = join(directory, ...parts.slice(0, depth));
		try {
			mkdirSync(folder);
			created.push(() => rmdirSync(folder));
		} catch (error) {
			if (error.code !== "EEXIST") throw error;
			if (!lstatSync(folder).isDirectory()) throw refusal([parts.slice(0, depth).join("/")]);
		}
	}
	const file = join(directory, path);
	let descriptor;
	try {
		descriptor = openSync(file, "wx");
	} catch (error) {
		throw error.code === "EEXIST" ? refusal([path]) : error;
	}
	created.push(() => unlinkSync(file));
	try {
		writeFileSync(descriptor, text);
	} finally {
		closeSync(descriptor);
	}
}
function refusal(paths) {
	return new InputError(`Nothing was written, because mcp-gate init overwrites nothing and these exist: ${paths.join(", ")}. Move them away, or use --directory.`);
}
function attempt(action) {
	try {
		action();
	} catch {}
}
// src/cli/init/page.ts
function readPage(markdown) {
	const texts = [...markdown.matchAll(/^```([\w-]*)\n([\s\S]*?)^```$/gm)].map(([, language = "", text = ""]) => ({
		language,
		text
	}));
	return {
		file(path) {
			const mark = [`# ${path}\n`, `// ${path}\n`].find((each) => texts.some(({ text }) => text.startsWith(each)));
			const found = texts.find(({ text }) => mark !== void 0 && text.startsWith(mark));
			if (mark === void 0 || found === void 0) throw new Error(`The page has no file ${path}.`);
			return found.text.slice(mark.length);
		},
		commands(start) {
			const [found, ...others] = texts.filter(({ language, text }) => language === "sh" && text.startsWith(start));
			if (found === void 0 || others.length > 0) throw new Error(`The page has not one block of "${start}".`);
			return found.text;
		}
	};
}
// src/cli/init/files.ts
const sourcePages = {
	stack: "docs/getting-started.md",
	endpoint: "docs/recipes/verify-any-endpoint.md"
};
const example = {
	repository: "acme/weather",
	bucket: "acme-weather-terraform-state",
	name: "weather",
	account: "123456789012",
	region: "us-east-1",
	domain: "mcp.example.com",
	zone: "Z0123456789ABCDEFGHIJ"
};
function filesFor(answers, sources) {
	const verify = ".github/workflows/verify.yml";
	if (answers.platform === "endpoint") return [{
		path: verify,
		text: endpointWorkflow(answers, sources)
	}];
	const page = readPage(sources.stack);
	const own = (text) => withNames(text, answers);
	const workflow = (path) => own(remove(page.file(path), /^ *mcp-tools: current_weather\n/m)).replaceAll("stack: ecs\n", `stack: ${answers.platform}\n`);
	return [
		{
			path: verify,
			text: workflow(verify)
		},
		{
			path: ".github/workflows/deploy.yml",
			text: withPlatformInputs(workflow(".github/workflows/deploy.yml"), answers)
		},
		{
			path: "production.tfvars",
			text: variableFile(answers)
		},
		{
			path: "bootstrap/main.tf",
			text: own(bootstrap(page.file("bootstrap/main.tf"), answers))
		},
		{
			path: "bootstrap/backend.tf.next",
			text: own(page.file("bootstrap/backend.tf"))
		},
		{
			path: "bootstrap/.gitignore",
			text: remove(page.file(".gitignore"), /^node_modules\/\n/m)
		}
	];
}
function stepsFor(answers, sources) {
	const commit = "Commit the files on a branch and open a pull request";
	if (answers.platform === "endpoint") return [{
		title: `${commit}. After the merge, run the workflow Verify once.`,
		lines: []
	}];
	const page = readPage(sources.stack);
	const block = (start) => withNames(page.commands(start), answers).trimEnd().split("\n");
	const { image = "", account, region, name, platform } = answers;
	const isPushed = image === `${`${account}.dkr.ecr.${region}.amazonaws.com/${name}`}:1.0.0` || image.endsWith("@sha256:DIGEST");
	const push = block("aws ecr get-login-password").map((each) => each.replace("linux/amd64", platform === "agentcore" ? "linux/arm64" : "linux/amd64").replace("docker build", platform === "lambda" ? "docker build --provenance=false" : "docker build"));
	return [
		{
			title: "State, roles and registry, with the credentials of an administrator. For a repository made before 15 July 2026, add in_subject = false inside the braces of the first file:",
			lines: [
				...block("gh api repos/acme/weather"),
				...block("terraform -chdir=bootstrap init\nterraform"),
				...platform === "agentcore" ? [] : block("cp bootstrap/.terraform.lock.hcl"),
				"mv bootstrap/backend.tf.next bootstrap/backend.tf",
				...block("terraform -chdir=bootstrap init -migrate-state")
			]
		},
		{
			title: "Variables of the repository:",
			lines: block("gh variable set AWS_PLAN_ROLE")
		},
		...isPushed ? [{
			title: "The image, from a directory with a Dockerfile:",
			lines: push
		}] : [],
		...image.endsWith("@sha256:DIGEST") ? [{
			title: "Put the digest that the push shows into production.tfvars, in place of DIGEST.",
			lines: []
		}] : [],
		{
			title: "Settings of the repository: protect main. Require a pull request with an approval, and the check deploy.",
			lines: []
		},
		{
			title: `${commit}: it shows the plan. The merge deploys.`,
			lines: []
		}
	];
}
function endpointWorkflow({ endpoint = "", action = "" }, sources) {
	return withAction(replace(readPage(sources.endpoint).file(".github/workflows/verify.yml"), /^( *- )https:\/\/mcp\.example\.com\/mcp\n *- https:\/\/search\.example\.com\/mcp\n/m, `$1${endpoint}\n`), action);
}
function withNames(text, answers) {
	const { repository = "", name = "", account = "", region = "", domain = "", zone = "", action = "" } = answers;
	const values = {
		[example.bucket]: bucketOf(answers),
		[example.repository]: repository,
		[example.account]: account,
		[example.region]: region,
		[example.domain]: domain,
		[example.zone]: zone,
		[example.name]: name
	};
	const names = Object.keys(values).map((each) => each.replaceAll(".", "\\."));
	const pattern = new RegExp(`(?<![\\w-])(?:${names.join("|")})(?![\\w])`, "g");
	return withAction(text.replace(pattern, (each) => values[each] ?? each), action);
}
function withAction(text, action) {
	const [repository = "", ref = ""] = action.split("@");
	return text.replaceAll("OWNER/terraform-mcp-deploy@v1", action).replace(/github\.com\/OWNER\/terraform-mcp-deploy(\/\/terraform\/[\w-]+)\?ref=v1/g, `github.com/${repository}$1?ref=${ref}`);
}
function bucketOf({ name, account }) {
	return `${name}-terraform-state-${account}`;
}
function withPlatformInputs(text, { platform = "" }) {
	const added = {
		ec2: "mcp-timeout: 15m # the first certificate takes its time",
		lambda: "on-failure: rollback",
		agentcore: "on-failure: rollback"
	}[platform];
	return added === void 0 ? text : replace(text, /^( *)backend-config: \|\n/m, `$1${added}\n$&`);
}
function bootstrap(text, answers) {
	const { platform = "", domain = "none", vpc = "none", subnets = "" } = answers;
	const roles = [...platform === "ecs" ? [] : [`  stacks         = ["${platform}"]\n`], ...vpc === "none" ? [] : [`  networks       = { vpc_ids = ["${vpc}"], subnet_ids = [${quoted(subnets)}] }\n`]];
	const calls = `
  # The endpoint is signed, and the scheduled job calls it with the plan role.
  plan_calls_servers = true
`;
	let own = replace(text, /^( *servers +=.*\n)/m, `$1${roles.join("")}`);
	own = replace(own, /^ *hosted_zones .*\n/m, (each) => (domain === "none" ? "" : each) + (platform === "agentcore" ? calls : ""));
	const images = /^module "images" \{\n( *source = .*\n)\n( *name) (= .*\n)\}\n\n/m;
	if (platform === "lambda") return replace(own, images, "module \"images\" {\n$1\n$2   $3  lambda = true\n}\n\n");
	return platform === "ec2" ? remove(remove(own, images), /\noutput "image_repository" \{[^}]*\}\n/) : own;
}
function variableFile(answers) {
	const { platform, name, image, domain, zone, vpc, subnets = "", repository, ref, account } = answers;
	const ids = quoted(subnets);
	const network = platform === "ec2" ? `subnet_id = ${ids}` : `public_subnet_ids = [${ids}]`;
	const rows = [
		["name", `"${name}"`],
		["image", image === void 0 ? void 0 : `"${image}"`],
		["git", platform === "ec2" ? `{ url = "https://github.com/${repository}.git", ref = "${ref}" }` : void 0],
		["dns", domain === void 0 || domain === "none" ? void 0 : `{ domain_name = "${domain}", zone_id = "${zone}" }`],
		["network", vpc === void 0 || vpc === "none" ? void 0 : `{ vpc_id = "${vpc}", ${network} }`]
	];
	const isTrial = domain === "none" && platform !== "lambda";
	return `${aligned(rows)}
# Made with the two roles. Without it the apply role may not make a role for the server.
permissions_boundary_arn = "arn:aws:iam::${account}:policy/mcp-deploy-servers"
${isTrial ? "\n# A trial: whatever clients send can be read on the way. Give dns instead.\nallow_insecure_http = true\n" : ""}`;
}
function aligned(rows) {
	const set = rows.filter(([, value]) => value !== void 0);
	const width = Math.max(...set.map(([key]) => key.length));
	return set.map(([key, value]) => `${key.padEnd(width)} = ${value}\n`).join("");
}
function quoted(ids) {
	return ids.split(",").map((id) => `"${id}"`).join(", ");
}
function replace(text, place, value) {
	if (!(typeof place === "string" ? text.includes(place) : place.test(text))) throw new Error(`The page has nothing like ${place}.`);
	return typeof value === "string" ? text.replace(place, value) : text.replace(place, value);
}
function remove(text, place) {
	return replace(text, place, "");
}
// src/cli/init/known.ts
function readKnown(directory, environment, installed) {
	return {
		repository: repositoryOf(directory),
		directory: basename(directory),
		region: environment.AWS_REGION || environment.AWS_DEFAULT_REGION || void 0,
		action: installed === void 0 ? void 0 : actionOf(installed)
	};
}
function repositoryIn(address) {
	return /github\.com[:/]([A-Za-z0-9-]+\/[\w.-]+?)(?:\.git)?(?:[#/]|$)/.exec(address)?.[1];
}
function actionOf(lockFile) {
	try {
		const { packages = {} } = JSON.parse(lockFile);
		const address = packages["node_modules/terraform-mcp-deploy"]?.resolved ?? "";
		const repository = repositoryIn(address);
		const commit = /#([0-9a-f]{40})$/.exec(address)?.[1];
		return repository === void 0 || commit === void 0 ? void 0 : `${repository}@${commit}`;
	} catch {
		return;
	}
}
function checkoutOf(directory) {
	for (let at = directory;; at = dirname(at)) {
		if (existsSync(join(at, ".git"))) return at;
		if (at === dirname(at)) return void 0;
	}
}
function repositoryOf(directory) {
	const root = checkoutOf(directory);
	const file = root === void 0 ? void 0 : join(root, ".git/config");
	if (file === void 0 || !existsSync(file)) return void 0;
	const section = /^\[remote "origin"\]$([^[]*)/m.exec(readFileSync(file, "utf8"))?.[1] ?? "";
	return repositoryIn(/^\s*url\s*=\s*(\S+)\s*$/m.exec(section)?.[1] ?? "");
}
// src/cli/init/run.ts
const refusedExitCode = 2;
const failedExitCode = 1;
const ownFlags = {
	directory: ["DIRECTORY", "Write to this directory, the root of the repository. Default: the current one."],
	yes: ["", "Ask nothing: take the default of each question that has one."],
	help: ["", "Show this help. The same as -h."]
};
async function runInit(args, surroundings) {
	const terminal = log.openTerminal("auto");
	try {
		const { texts, directory, isUnasked, isHelp } = readInitArguments(args);
		if (isHelp) {
			for (const text of helpLines()) terminal.line(line`${text}`);
			return 0;
		}
		const target = readDirectory(directory);
		checkIsRoot(target);
		const sources = readSources(surroundings.packageFile);
		const answers = await askAll(texts, readKnown(target, surroundings.environment, installedPackages(surroundings.packageFile)), terminal, isUnasked);
		const files = filesFor(answers, sources);
		createFiles(target, files);
		terminal.line(line`Created in ${target}:`);
		for (const { path } of files) terminal.line(line`  ${path}`);
		showSteps(terminal, stepsFor(answers, sources));
		return 0;
	} catch (error) {
		const isRefused = error instanceof InputError;
		for (const text of messageOf(error).split("\n")) terminal.note([line`mcp-gate init:`, "bad"], line` ${text}`);
		return isRefused ? refusedExitCode : failedExitCode;
	}
}
function readInitArguments(args) {
	const options = Object.fromEntries([...questions.map(({ flag }) => [flag, {
		type: "string",
		multiple: true
	}]), ...ownOptions(ownFlags)]);
	const { values, positionals } = parseOptions(args, options, "mcp-gate init");
	if (positionals.length > 0) throw new InputError(`mcp-gate init takes no "${positionals[0]}". See mcp-gate init --help.`);
	const texts = questions.flatMap(({ flag }) => {
		const value = onlyText(flag, values[flag]);
		return value === void 0 ? [] : [[flag, value]];
	});
	return {
		texts: Object.fromEntries(texts),
		directory: onlyText("directory", values.directory) ?? ".",
		isUnasked: values.yes === true,
		isHelp: values.help === true
	};
}
function readDirectory(directory) {
	if (statSync(resolve(directory), { throwIfNoEntry: false })?.isDirectory()) return realpathSync(resolve(directory));
	throw new InputError(`Option --directory is "${directory}": it must be a directory that exists.`);
}
function checkIsRoot(directory) {
	const root = checkoutOf(directory);
	if (root === void 0 || root === directory) return;
	throw new InputError(`Nothing was written: ${directory} is not the root of its repository, and GitHub reads workflows only there. Run this in ${root}, or use --directory. For a new repository, run git init first.`);
}
function readSources(packageFile) {
	const read = (path) => {
		try {
			return packageFile(path);
		} catch (error) {
			throw new Error(`${path} is not in this package, so run init with npx from the repository: ${messageOf(error)}`);
		}
	};
	return {
		stack: read(sourcePages.stack),
		endpoint: read(sourcePages.endpoint)
	};
}
function installedPackages(packageFile) {
	try {
		return packageFile("../.package-lock.json");
	} catch {
		return;
	}
}
async function askAll(texts, known, terminal, isUnasked) {
	if (isUnasked) return collectAnswers(texts, known, void 0);
	const reader = createInterface({ input: process.stdin });
	const lines = reader[Symbol.asyncIterator]();
	let isAnswered = true;
	const respondent = {
		async ask(prompt) {
			terminal.prompt(line`${prompt} `);
			const { value, done } = await lines.next();
			isAnswered = !done;
			return done ? void 0 : value.trim();
		},
		canCorrect(fault) {
			if (process.stdin.isTTY) terminal.note(line`${fault}`);
			return process.stdin.isTTY;
		}
	};
	try {
		return await collectAnswers(texts, known, respondent);
	} finally {
		reader.close();
		process.stdin.destroy();
		if (!process.stdin.isTTY || !isAnswered) terminal.note(line``);
	}
}
function showSteps(terminal, steps) {
	terminal.line(line``);
	terminal.line([line`Next steps:`, "strong"]);
	for (const [index, { title, lines }] of steps.entries()) {
		terminal.line(line``);
		terminal.line(line`${index + 1}. ${title}`);
		for (const text of lines) terminal.line(joinLines([line`    `, line`${text}`], line``));
	}
}
function helpLines() {
	const own = Object.entries(ownFlags).map(([flag, [value, description]]) => optionLines(flag, value, description));
	const asked = questions.map(({ flag, value, prompt, allowed }) => optionLines(flag, value, `${prompt}: ${allowed}.`));
	return [
		"Usage: mcp-gate init [options]",
		"",
		"Writes the workflows, the variables and the bootstrap for an MCP server into a repository. It overwrites nothing.",
		"Each option answers one question. What no option answers is asked on standard input.",
		"",
		"Options:",
		...own.flat(),
		...asked.flat(),
		"",
		"Exit codes:",
		"  0  The files are written.",
		"  2  A value cannot be used, or a file exists; nothing was written.",
		"  1  The program failed."
	];
}
export { runInit };
