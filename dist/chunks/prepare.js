import { r as __toESM } from "./rolldown-runtime.js";
import { c as plainString, i as namingSettings, n as isSetting, o as stateName, r as keySetting, s as outlineOf, t as configured } from "./backend.js";
import { A as messageOf, C as CancelledError, D as TerraformError, E as ServiceError, S as parseJson, T as InputError, _ as redactor, b as asText, c as log, d as lastPart, l as secrets, o as line, r as sleep, t as poll, v as asList, y as asObject } from "./poll.js";
import { At as rules, M as failing, Mt as text, Nt as viewOf, dt as diffLines, ft as pathText, j as DENIED, jt as parsed, kt as ruleNames, r as saveRunning } from "./outputs.js";
import { n as withoutKeys, t as allResources } from "./json.js";
import { o as readConfiguration, r as inRepository, t as Repository } from "./repository.js";
import { t as require_dist } from "./yaml.js";
import { r as getExecOutput, t as require_semver } from "./semver.js";
import { a as releasePlatform, i as prepareRootModule, l as readDiagnostics, n as configuredBackend, o as tools, s as fromValidate, t as assertRemoteBackend } from "./root-module.js";
import { n as pluginCache, r as terraformEnvironment } from "./environment.js";
import { n as request, t as download } from "./http.js";
import { closeSync, createReadStream, existsSync, fstatSync, mkdirSync, mkdtempSync, openSync, readFileSync, readSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { inflateRawSync } from "node:zlib";
import { createHash, createPublicKey, randomUUID, verify } from "node:crypto";
import { constants as constants$1 } from "node:buffer";
import { tmpdir } from "node:os";
import { spawn } from "node:child_process";
import { StringDecoder } from "node:string_decoder";
import { pipeline } from "node:stream/promises";
// src/approval/settings.ts
const names = namingSettings;
function settingsOf(made, env) {
	const settings = {
		"Terraform version": made.terraformVersion,
		"provider versions": providerVersions(made.directory),
		".terraform.lock.hcl": made.lockFile ?? "",
		...stateSettings(made, env),
		target: made.targets.toSorted().join(" "),
		replace: made.replaces.toSorted().join(" ")
	};
	return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== ""));
}
function stateSettings({ directory, checkout, workspace }, env) {
	const dataDirectory = resolve(directory, env.TF_DATA_DIR || ".terraform");
	return {
		workspace: workspace ?? (env.TF_WORKSPACE || "default"),
		backend: backendName(dataDirectory, checkout)
	};
}
function lockFileDigest(directory) {
	const file = join(directory, lockFileName);
	if (!existsSync(file)) return void 0;
	const meant = readFileSync(file, "utf8").split("\n").map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#"));
	return createHash("sha256").update(meant.join("\n")).digest("hex").slice(0, 12);
}
const lockFileName = ".terraform.lock.hcl";
function providerVersions(directory) {
	const file = join(directory, lockFileName);
	if (!existsSync(file)) return "";
	return [...readFileSync(file, "utf8").matchAll(/^provider\s+"([^"]+)"\s*\{\s*version\s*=\s*"([^"]+)"/gm)].map(([, source = "", version]) => `${source.replace(/^registry\.(terraform\.io|opentofu\.org)\//, "")} ${version}`).sort().join(", ");
}
function backendName(dataDirectory, checkout) {
	const note = join(dataDirectory, "terraform.tfstate");
	if (!existsSync(note)) return "local";
	const { backend } = JSON.parse(readFileSync(note, "utf8"));
	const config = Object.entries(backend?.config ?? {}).filter(([name, value]) => names.includes(name) && value !== null && value !== "").map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]).map(([name, value]) => `${name}=${name === "path" ? relative(checkout, resolve(value)) : value}`);
	return [backend?.type ?? "local", ...config.sort()].join(" ");
}
// src/platforms/aws/causes/rule.ts
function firstOf(rules, evidence, endpoint) {
	for (const { code, clause, fix, remedy } of rules) {
		const text = clause(evidence, endpoint);
		if (text !== void 0) return {
			code,
			clause: text,
			fix: typeof fix === "string" ? fix : fix(evidence),
			remedy
		};
	}
}
function lineRule(linesOf) {
	return (code, remedy, reads, clause, fix) => ({
		code,
		remedy,
		clause: (evidence) => {
			for (const line of linesOf(evidence)) {
				const match = reads.exec(line);
				if (match !== null) return clause(match);
			}
		},
		fix
	});
}
function quotable(text) {
	const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
	return line.length > 200 ? `${line.slice(0, 199).toWellFormed()}…` : line;
}
function quoted(text) {
	return `"${quotable(text).replace(/[.\s]+$/, "")}"`;
}
function lastWords(text) {
	return text.split(/: /).slice(-2).join(": ");
}
// src/platforms/aws/causes/log.ts
const logRules = [{
	code: "LOG_SAYS",
	remedy: void 0,
	clause: ({ log }) => {
		const line = lastErrorLine(log?.lines ?? []);
		return line === void 0 ? void 0 : `the log of container ${log?.container} says ${quoted(line)}`;
	},
	fix: "Read the end of the log below, and repair what it says."
}];
const errorWords = /\b(?:error|exception|fatal|panic|failed|cannot|denied|refused|traceback)\b/i;
const errorNames = /\bE[A-Z]{4,}\b|Error\b/;
function lastErrorLine(lines) {
	return lines.findLast((line) => (errorWords.test(line) || errorNames.test(line)) && !/^\s*(?:at|File)\s/.test(line));
}
function matchInLog({ log }, task, pattern) {
	const lines = [...log?.container === failing(task)?.name ? log?.lines ?? [] : [], failing(task)?.reason ?? ""];
	for (const line of lines.toReversed()) {
		const match = pattern.exec(line);
		if (match !== null) return match.slice(1).find((group) => group !== void 0) ?? match[0];
	}
}
// src/platforms/aws/causes/target.ts
function sick(evidence, about, status = /^/) {
	for (const group of evidence.targetGroups) {
		const present = group.targets.filter(({ state }) => state !== "draining");
		const isAbout = ({ state, reason, description }) => about.test(`${state} ${reason}`) && status.test(statusIn(description) ?? "");
		const those = present.filter(isAbout);
		const [first] = those.length > 0 ? those : unhealthyBefore(evidence, group).filter(isAbout);
		if (first === void 0) continue;
		const answered = statusIn(first.description);
		return {
			group,
			who: those.length === 0 ? "the tasks" : howMany(those.length, present.length),
			path: `\`${quotable(group.healthPath || "/")}\``,
			status: answered === void 0 ? void 0 : Number(answered),
			port: first.port ?? group.port
		};
	}
}
function howMany(those, all) {
	if (those < all) return `${those} of ${all} targets`;
	return all === 1 ? "the only target" : `all ${all} targets`;
}
function unhealthyBefore({ events }, group) {
	return events.flatMap(({ message }) => {
		const [, port, arn, description = ""] = /(?:\(port (\d+)\) )?is unhealthy in \(target-group ([^)]+)\) due to \(reason (.+?)\)\.?$/.exec(message) ?? [];
		if (arn !== group.arn) return [];
		const reason = /codes/.test(description) ? "ResponseCodeMismatch" : /timed? ?out/i.test(description) ? "Timeout" : "FailedHealthChecks";
		return [{
			id: "",
			port: port === void 0 ? void 0 : Number(port),
			state: "unhealthy",
			reason: `Target.${reason}`,
			description
		}];
	});
}
function statusIn(description) {
	return /codes?: \[(\d{3})/.exec(description)?.[1];
}
function verb({ who }, several, one) {
	return `${who} ${who === "the only target" || who.startsWith("1 of") ? one : several}`;
}
const MISMATCH = /Target\.ResponseCodeMismatch/;
const targetRule = (code, remedy, about, clause, fix, status) => ({
	code,
	remedy,
	clause: (evidence, endpoint) => {
		const targets = sick(evidence, about, status);
		return targets && clause(targets, evidence, endpoint);
	},
	fix
});
const answers = (targets) => `${verb(targets, "answer", "answers")} ${targets.status ?? ""} on ${targets.path}`;
const targetRules = [
	targetRule("HEALTH_PATH_MISSING", "config", MISMATCH, (targets, evidence) => {
		const path = healthPathOf(evidence);
		const other = path === void 0 || path === targets.group.healthPath ? "" : `; the server's health path is \`${quotable(path)}\``;
		return `${answers(targets)}${other}`;
	}, (evidence) => {
		const path = healthPathOf(evidence);
		return path === void 0 ? "Set the health check path of the target group to a path that the server answers with 200 to a plain GET (never the MCP path), or let the server answer there." : `Set the health check path of the target group to ${path}.`;
	}, /^404$/),
	targetRule("HEALTH_PATH_IS_MCP", "config", MISMATCH, (targets, _, endpoint) => `${answers(targets)}${endpoint?.pathname === targets.group.healthPath ? ", the MCP path" : ""}: a health check is a plain GET, which an MCP endpoint refuses`, "Set the health check path of the target group to a path that answers 200 to a plain GET, such as /health: MCP paths answer POST.", /^(400|405|406|415)$/),
	targetRule("HEALTH_PATH_WALLED", "config", MISMATCH, (targets) => `${answers(targets)}, where health checks have no credentials and the address of the task as host name`, "Let the health path answer without authorization and for every host name (allowedHosts of the MCP SDK), or choose another path for the health checks.", /^(401|403|421)$/),
	targetRule("HEALTH_PATH_REDIRECTS", "config", MISMATCH, (targets) => `${answers(targets)}, a redirect, which a health check does not follow`, "Set the health check path of the target group to where the redirect leads, or let the server not redirect there.", /^3\d\d$/),
	targetRule("HEALTH_5XX", "replace", MISMATCH, (targets, { log }) => {
		const line = lastErrorLine(log?.lines ?? []);
		return `${answers(targets)}${line === void 0 ? "" : `; the log of the server says ${quoted(line)}`}`;
	}, "Read the log of the server: it starts, and says of itself that it is not well.", /^5\d\d$/),
	targetRule("HEALTH_STATUS", "config", MISMATCH, (targets) => `${answers(targets)}, and only ${targets.group.healthyCodes || "200"} is healthy`, "Let the health path answer with a healthy status, or add the status to the matcher of the target group."),
	targetRule("LISTENS_ON_LOOPBACK", "replace", /Target\.FailedHealthChecks|Target\.Timeout/, (targets, { log }) => log?.lines.some((line) => /(?:listen|running|started|serving|bound).*(?:127\.0\.0\.1|localhost|\[::1\])[:\s]/i.test(`${line} `)) ? `${verb(targets, "do not answer", "does not answer")} on port ${targets.port}: the server listens on 127.0.0.1 only` : void 0, "Let the server listen on 0.0.0.0: what listens on 127.0.0.1 is heard by its own container alone."),
	targetRule("LISTENS_ON_OTHER_PORT", "config", /Target\.FailedHealthChecks|Target\.Timeout/, (targets, { log }) => {
		const port = portIn(log?.lines ?? []);
		return port === void 0 || port === targets.port ? void 0 : `${verb(targets, "do not answer", "does not answer")} on port ${targets.port}: the log says that the server listens on port ${port}`;
	}, "Use one port for the server (often the variable PORT), the port mapping of the container and the target group."),
	targetRule("HEALTH_TIMEOUT", "wait", /Target\.Timeout/, (targets) => `${verb(targets, "do not answer", "does not answer")} the health check on ${targets.path} in time`, "Let the security group of the tasks accept the load balancer on the container port; when the server only starts slowly, raise the timeout of the health check and health_check_grace_period_seconds."),
	targetRule("PORT_CLOSED", "wait", /Target\.FailedHealthChecks/, (targets) => `${verb(targets, "refuse", "refuses")} the connection of the health check on port ${targets.port}`, "Let the server listen on 0.0.0.0 and on the container port of the task definition, which must be that of the target group."),
	targetRule("TARGET_GROUP_UNUSED", "config", /Target\.NotInUse/, (targets) => /availability zone/i.test(targets.group.targets.map(({ description }) => description).join(" ")) ? `${verb(targets, "are", "is")} in an Availability Zone that the load balancer does not serve` : `no listener of the load balancer forwards to the target group ${targets.group.name}`, "Add a listener or a listener rule that forwards to the target group, and give the load balancer a subnet in each Availability Zone of the tasks."),
	targetRule("TARGET_STOPPED", "replace", /Target\.InvalidState/, (targets) => `${verb(targets, "are", "is")} stopped or terminated`, "Start the instance, or register the one that runs."),
	targetRule("TARGET_ADDRESS", "config", /Target\.IpUnusable/, (targets) => `the address of ${targets.who} cannot be a target, because a load balancer uses it`, "Register the addresses of the tasks, not one of a load balancer."),
	targetRule("LOAD_BALANCER_ERROR", "wait", /Elb\.InternalError/, (targets) => `the load balancer has an internal error with ${targets.who}`, "Run it again; the AWS Health Dashboard shows whether Elastic Load Balancing has trouble."),
	targetRule("STILL_CHECKING", "wait", /Elb\.(?:InitialHealthChecking|RegistrationInProgress)/, (targets) => `${verb(targets, "are", "is")} still in the first health checks`, "Shorten the interval and the healthy threshold of the health check, or raise the deadline (ecs-timeout, mcp-timeout)."),
	{
		code: "NO_TARGETS",
		remedy: "wait",
		clause: ({ targetGroups }) => {
			const empty = targetGroups.find(({ targets }) => targets.every(({ state }) => state === "draining"));
			if (empty === void 0) return void 0;
			return empty.targets.length === 0 ? `no target is registered in the target group ${empty.name}` : `all targets of the target group ${empty.name} are leaving it`;
		},
		fix: "Look at the service for why it runs no task: its desired count, its events, and its stopped tasks."
	}
];
function targetCause(evidence, endpoint) {
	return firstOf(targetRules, evidence, endpoint);
}
function healthPathOf({ definition }) {
	for (const { healthCheck } of definition?.containers ?? []) {
		const path = /https?:\/\/[\w.[\]:-]+(\/[\w./~-]*)/.exec(healthCheck)?.[1];
		if (path !== void 0) return path;
	}
}
function portIn(lines) {
	for (const line of lines.toReversed()) {
		const port = /(?:listen|running|started|serving|server).*?(?:port\s*:?\s*|:)(\d{2,5})\b/i.exec(line)?.[1];
		if (port !== void 0) return Number(port);
	}
}
const imageRules = [
	{
		code: "IMAGE_PLATFORM",
		remedy: "replace",
		patience: 1,
		reads: /descriptor matching platform '?([\w/.-]+)|image operating system .* cannot be used/i,
		clause: ([, platform], task, evidence) => `the image ${imageOf(task, evidence)} is not built for ${platform ?? "the operating system of the task"}`,
		fix: "Build the image for the platform of the task (docker buildx build --platform linux/amd64 or linux/arm64), or set the cpu_architecture of the task definition to the one of the image."
	},
	{
		code: "IMAGE_RATE_LIMITED",
		remedy: "wait",
		patience: Number.POSITIVE_INFINITY,
		reads: /toomanyrequests|pull rate limit/i,
		clause: (_, task, evidence) => `the registry limits how often the image ${imageOf(task, evidence)} may be pulled`,
		fix: "Run it again later, or pull through ECR (a pull through cache rule) or with credentials of the registry (repositoryCredentials)."
	},
	{
		code: "TASK_NETWORK",
		remedy: "config",
		patience: 2,
		reads: new RegExp(`(?:CannotPull|ResourceInitialization).*?(?:i/o timeout|dial tcp|context deadline exceeded|no such host|network is unreachable|connection refused|TLS handshake timeout|request canceled|Client\\.Timeout)`, "i"),
		clause: ([text]) => `the task has no way to ${/CannotPull|registry auth from/i.test(text) ? "the image registry" : placeIn(text)}`,
		fix: "Give the tasks a way out: a public address in a public subnet (assign_public_ip), a NAT gateway, or VPC endpoints for ecr.api, ecr.dkr, s3, logs and secretsmanager; and let their security group reach port 443."
	},
	{
		code: "IMAGE_ACCESS",
		remedy: "replace",
		patience: 2,
		reads: new RegExp(`(?:CannotPull|registry auth from|ecr:).*?(?:${DENIED}|pull access denied|insufficient_scope|authorization failed|unauthorized|no basic auth)`, "i"),
		clause: (_, task, evidence) => /does not exist or may require/i.test(task.stoppedReason) ? `the image ${imageOf(task, evidence)} does not exist, or the registry wants credentials for it` : `the execution role may not pull the image ${imageOf(task, evidence)}`,
		fix: "Check the name of the image. For ECR give the execution role AmazonECSTaskExecutionRolePolicy and, across accounts, a repository policy; for another registry give repositoryCredentials."
	},
	{
		code: "IMAGE_NAME_INVALID",
		remedy: "replace",
		patience: 1,
		reads: /invalid reference format|could not parse reference|repository name must be lowercase/i,
		clause: (_, task, evidence) => `${imageOf(task, evidence)} is no name of an image`,
		fix: "Correct the image of the task definition: REGISTRY/REPOSITORY:TAG in small letters, or with @sha256:… in place of the tag."
	},
	{
		code: "IMAGE_NOT_FOUND",
		remedy: "replace",
		patience: 1,
		reads: /CannotPull.*?(?:not found|manifest unknown|name unknown|does not exist|\b404\b)/i,
		clause: (_, task, evidence) => `the image ${imageOf(task, evidence)} does not exist in its registry`,
		fix: "Push the image before the deployment, or correct its name and tag; in another account or region the same name is another image."
	},
	{
		code: "DISK_FULL",
		remedy: "replace",
		patience: 2,
		reads: /no space left on device/i,
		clause: (_, task, evidence) => `the image ${imageOf(task, evidence)} and its files do not fit on the disk of the task`,
		fix: "Make the image smaller, or give the task definition more ephemeral_storage (21 to 200 GiB on Fargate)."
	}
];
const otherPulls = [{
	code: "IMAGE_PULL",
	remedy: "replace",
	patience: 3,
	reads: /CannotPull/i,
	clause: (_, task, evidence) => `the image ${imageOf(task, evidence)} cannot be pulled: ${quoted(lastWords(task.stoppedReason))}`,
	fix: "Pull the image by hand with the name of the task definition; its registry must be reachable from the subnets of the service."
}];
function imageOf(task, { definition }) {
	const name = failing(task)?.name;
	const image = definition?.containers.find((container) => container.name === name)?.image ?? /(?:ref|for|pull) "?((?:[\w.-]+\/)*[\w.-]+[:@][\w:.-]*\w)/.exec(task.stoppedReason)?.[1];
	return image === void 0 ? "of the container" : `"${quotable(image)}"`;
}
function placeIn(text) {
	if (/secret|asm/i.test(text)) return "Secrets Manager";
	if (/ssm/i.test(text)) return "Parameter Store";
	return /log/i.test(text) ? "CloudWatch Logs" : "the AWS APIs";
}
// src/platforms/aws/causes/container.ts
const containerRules = [
	{
		code: "COMMAND_NOT_FOUND",
		remedy: "replace",
		patience: 1,
		reads: /exec: "[^"]+"|(?:CannotStart|CannotCreate).*?(?:executable file not found|no such file or directory|permission denied)/i,
		clause: ({ input }, task) => {
			const command = /exec: "([^"]+)"/.exec(input)?.[1];
			const what = command === void 0 ? "its command" : `"${quotable(command)}"`;
			const why = /permission denied/i.test(input) ? "may not be executed" : "is not in the image";
			return `container ${failing(task)?.name ?? ""} cannot start: ${what} ${why}`;
		},
		fix: "Correct the command or entry point of the container, or put the program into the image (COPY, chmod +x). A slim image has no shell, no curl and no npm of its own."
	},
	{
		code: "OUT_OF_MEMORY",
		remedy: "replace",
		patience: 3,
		reads: /OutOfMemory/i,
		clause: (_, task) => `container ${failing(task)?.name ?? ""} is killed because it needs more memory than it has`,
		fix: "Raise the memory of the task definition and of the container, or limit the server (NODE_OPTIONS=--max-old-space-size)."
	},
	{
		code: "CONTAINER_UNHEALTHY",
		remedy: "replace",
		patience: 3,
		reads: /failed container health checks/i,
		clause: (_, task, evidence) => {
			const sick = task.containers.find(({ health }) => health === "UNHEALTHY");
			const command = evidence.definition?.containers.find(({ name, healthCheck }) => sick === void 0 ? healthCheck !== "" : name === sick.name)?.healthCheck;
			return `the health check of ${sick === void 0 ? "its container" : `container ${sick.name}`} fails${command ? `: ${quoted(command)}` : ""}`;
		},
		fix: "Run the command of the health check in the image: it must exit with 0, and its program (curl is in no slim image) must be there. Raise startPeriod when the server starts slowly."
	},
	{
		code: "TARGET_UNHEALTHY",
		remedy: "replace",
		patience: 3,
		reads: /failed ELB health checks/i,
		clause: (_, __, evidence) => targetCause(evidence)?.clause ?? "the health checks of the load balancer fail",
		fix: "Make the health path of the target group answer with a healthy status, and raise health_check_grace_period_seconds when the server starts slowly."
	}
];
const exitRules = [
	{
		code: "WRONG_CPU",
		remedy: "replace",
		patience: 3,
		reads: /^/,
		clause: (_, task, evidence) => matchInLog(evidence, task, /exec format error/i) === void 0 ? void 0 : `the image ${imageOf(task, evidence)} is built for another CPU than ${evidence.definition?.architecture ?? "that of the task"}`,
		fix: "Build the image for the CPU of the task (docker buildx build --platform linux/amd64 or linux/arm64), or set cpu_architecture of the task definition."
	},
	{
		code: "MODULE_MISSING",
		remedy: "replace",
		patience: 3,
		reads: /EssentialContainerExited|Essential container/i,
		clause: (_, task, evidence) => {
			const module = matchInLog(evidence, task, /(?:Cannot find (?:module|package) ['"]?([^'"]+)|No module named ['"]?([^'"]+))/);
			return module === void 0 ? void 0 : `${exit(task)}: "${quotable(module)}" is not in the image`;
		},
		fix: "Install it in the image: it must be among the dependencies (not the development ones), and be copied into the last stage of the Dockerfile."
	},
	{
		code: "PORT_TAKEN",
		remedy: "replace",
		patience: 3,
		reads: /EssentialContainerExited|Essential container/i,
		clause: (_, task, evidence) => matchInLog(evidence, task, /EADDRINUSE|address already in use/i) === void 0 ? void 0 : `${exit(task)}: its port is taken by another container of the task`,
		fix: "Containers of one task share its ports: give each its own."
	},
	{
		code: "DEPENDENCY_UNREACHABLE",
		remedy: "replace",
		patience: 3,
		reads: /EssentialContainerExited|Essential container/i,
		clause: (_, task, evidence) => {
			const line = matchInLog(evidence, task, /\b(?:ECONNREFUSED|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|Connection refused)\b.*/i);
			return line === void 0 ? void 0 : `${exit(task)}: it cannot reach what it needs, ${quoted(line)}`;
		},
		fix: "Check the address and the credentials that the server is given for it, and that the security groups let the task in there."
	},
	{
		code: "CONTAINER_EXITS",
		remedy: "replace",
		patience: 3,
		reads: /EssentialContainerExited|Essential container/i,
		clause: (_, task, evidence) => {
			const line = evidence.log?.container === failing(task)?.name ? lastErrorLine(evidence.log?.lines ?? []) : void 0;
			return `${exit(task)}${line === void 0 ? "" : `; its log says ${quoted(line)}`}`;
		},
		fix: "Read the end of the log of the container below: the server must start with the settings and secrets of the task definition, and stay."
	}
];
const exits = {
	0: ", as if its work were done",
	126: ", its command may not be executed",
	127: ", its command was not found",
	132: ", an illegal instruction: built for another CPU?",
	134: ", it aborted",
	137: ", it was killed, often for want of memory",
	139: ", it crashed with a segmentation fault",
	143: ", it was told to stop"
};
function exit(task) {
	const { name = "", exitCode } = failing(task) ?? {};
	if (exitCode === void 0) return `container ${name} ends`;
	return `container ${name} exits with code ${exitCode}${exits[exitCode] ?? ""}`;
}
// src/platforms/aws/causes/placement.ts
const surroundingRules = [
	{
		code: "LOG_GROUP",
		remedy: "replace",
		patience: 2,
		reads: /failed to (?:validate logger args|create Cloudwatch log (?:stream|group))|log group does not exist/i,
		clause: (_, __, evidence) => {
			const log = evidence.definition?.containers.find((container) => container.log !== void 0)?.log;
			return `the log group ${log === void 0 ? "of the container" : `"${log.group}"`} does not exist or may not be written to`;
		},
		fix: "Create the log group before the service (aws_cloudwatch_log_group), and give the execution role logs:CreateLogStream and logs:PutLogEvents."
	},
	{
		code: "SUBNET_FULL",
		remedy: "config",
		patience: 2,
		reads: /not enough free addresses|InsufficientFreeAddresses|insufficient.*\bIP\b|RESOURCE:ENI|network interface provision/i,
		clause: () => "the subnets of the service have no address left, or no network interface could be made in them",
		fix: "Give the service larger or further subnets, and look for network interfaces that nothing uses any more."
	},
	{
		code: "VOLUME",
		remedy: "config",
		patience: 2,
		reads: /EFS utils|failed to mount|mount\.nfs|volume.*(?:attach|mount)/i,
		clause: (_, task) => `a volume of the task cannot be mounted: ${quoted(lastWords(task.stoppedReason))}`,
		fix: "Check that the file system has a mount target in each subnet of the service, that its security group lets port 2049 in, and the access point and its policy."
	}
];
const hostRules = [
	{
		code: "SPOT_INTERRUPTED",
		remedy: "wait",
		patience: Number.POSITIVE_INFINITY,
		reads: /SpotInterruption|Spot Task was interrupted/i,
		clause: () => "AWS took the Spot capacity back",
		fix: "Run it again, or let the first tasks run on FARGATE (base of its capacity provider)."
	},
	{
		code: "CAPACITY",
		remedy: "wait",
		patience: Number.POSITIVE_INFINITY,
		reads: /capacity is unavailable/i,
		clause: () => "AWS has no Fargate capacity left here at this time",
		fix: "Run it again later, give the service subnets in more Availability Zones, or another task size."
	},
	{
		code: "HOST_LOST",
		remedy: "wait",
		patience: Number.POSITIVE_INFINITY,
		reads: /Host EC2|TerminationNotice|maintenance|retire/i,
		clause: () => "AWS stopped the host of the task",
		fix: "Run it again: ECS starts the task elsewhere."
	},
	{
		code: "STOPPED_BY_HAND",
		remedy: "wait",
		patience: Number.POSITIVE_INFINITY,
		reads: /UserInitiated/,
		clause: (_, task) => `somebody stopped the task: ${quoted(task.stoppedReason)}`,
		fix: "Find out who stops tasks of this service (CloudTrail, StopTask), and run it again."
	}
];
// src/platforms/aws/causes/secret.ts
const secretRules = [
	{
		code: "SECRET_KEY_MISSING",
		remedy: "replace",
		patience: 1,
		reads: /did not contain json key ([^\s,:]+)|secret .*(?:invalid character|not valid JSON)/i,
		clause: ([text, key], task) => key === void 0 ? `${secretIn(text, task)} is not JSON, and the task definition takes one key of it` : `${secretIn(text, task)} has no key "${key}"`,
		fix: "Put the key into the value of the secret, a JSON object, or correct the key in the valueFrom of the task definition (ARN:KEY::)."
	},
	{
		code: "SECRET_NOT_FOUND",
		remedy: "replace",
		patience: 1,
		reads: /(?:secret|parameter|ssm|asm).*?(?:ResourceNotFound|can't find the specified secret|ParameterNotFound|invalid (?:ssm )?parameters|was marked for deletion|scheduled for deletion)/i,
		clause: ([text], task) => `${secretIn(text, task)} does not exist, or has no value yet`,
		fix: "Create the secret and give it a value before the deployment, in the account and region of the task, or correct the valueFrom of the task definition."
	},
	{
		code: "SECRET_ACCESS",
		remedy: "replace",
		patience: 2,
		reads: new RegExp(`(?:pull secrets|retrieve secret|fetch secret|from asm|from ssm|ssm parameters?).*?(?:${DENIED}|KMS)`, "i"),
		clause: ([text], task) => `the execution role may not read ${secretIn(text, task)}`,
		fix: "Give the execution role (not the task role) secretsmanager:GetSecretValue or ssm:GetParameters on it, and kms:Decrypt on its key when that is your own."
	},
	{
		code: "SECRET_UNREADABLE",
		remedy: "replace",
		patience: 2,
		reads: /unable to (?:pull secrets|retrieve secret|get secret)|fetching secret data|failed to fetch secret/i,
		clause: (_, task) => `${secretIn(task.stoppedReason, task)} cannot be read: ${quoted(lastWords(task.stoppedReason))}`,
		fix: "Check that the secrets of the task definition exist in this account and region, have values, and may be read by the execution role."
	}
];
function secretIn(text, task) {
	const arn = /arn:[\w-]+:(?:secretsmanager|ssm):[\w:/+=.@!-]+/.exec(`${text}\n${task.stoppedReason}`)?.[0];
	return arn === void 0 ? "a secret of the task definition" : `the secret "${arn.replace(/[:.]+$/, "")}"`;
}
// src/platforms/aws/causes/task.ts
const taskRules = [
	...imageRules,
	...secretRules,
	...surroundingRules,
	...containerRules,
	...hostRules,
	...exitRules,
	...otherPulls,
	{
		code: "TASK_FAILS",
		remedy: "replace",
		patience: 3,
		reads: /\S/,
		clause: (_, task) => `its tasks stop: ${quoted(task.stoppedReason || task.stopCode)}`,
		fix: "Look the message up in the ECS Developer Guide, \"Stopped tasks error messages\"."
	}
];
function taskCause(evidence, patience = 3) {
	const ways = new Map();
	for (const task of evidence.stopped) {
		const [rule, cause] = readTask$1(task, evidence);
		if (rule === void 0 || cause === void 0) continue;
		const { name, exitCode } = failing(task) ?? {};
		const way = `${rule.code} ${name} ${exitCode}`;
		ways.set(way, {
			cause,
			rule,
			times: (ways.get(way)?.times ?? 0) + 1
		});
	}
	const causes = [...ways.values()].map(({ cause, rule, times }) => ({
		...cause,
		times,
		hopeless: times >= (rule.patience < 3 ? rule.patience : Math.max(rule.patience, patience))
	}));
	return causes.find(({ hopeless }) => hopeless) ?? causes[0];
}
function readTask$1(task, evidence) {
	const text = [
		task.stopCode,
		task.stoppedReason,
		...task.containers.map(({ reason }) => reason)
	].join("\n");
	for (const rule of taskRules) {
		const match = rule.reads.exec(text);
		const clause = match === null ? void 0 : rule.clause(match, task, evidence);
		if (clause !== void 0) return [rule, {
			code: rule.code,
			clause,
			fix: rule.fix,
			remedy: rule.remedy
		}];
	}
	return [];
}
// src/platforms/aws/console-links.ts
const hosts = [
	[/^cn-[a-z]+-\d+$/, "console.amazonaws.cn"],
	[/^us-gov-[a-z]+-\d+$/, "console.amazonaws-us-gov.com"],
	[/^(?:af|ap|ca|eu|il|me|mx|sa|us)-[a-z]+-\d+$/, "console.aws.amazon.com"]
];
function serviceLink(region, cluster, service) {
	const [clusterName, name] = [cluster, service].map((each) => encodeURIComponent(lastPart(each)));
	return page(region, `ECS service ${lastPart(service)}`, `/ecs/v2/clusters/${clusterName}/services/${name}/health`);
}
function instanceLink(region, instanceId) {
	const hash = `#InstanceDetails:instanceId=${encodeURIComponent(instanceId)}`;
	return page(region, `Instance ${instanceId}`, "/ec2/home", hash);
}
function targetGroupLink(arn) {
	const [, region = "", name = ""] = /^arn:[\w-]+:elasticloadbalancing:([\w-]+):\d+:targetgroup\/([^/]+)\//.exec(arn) ?? [];
	return page(region, `Target group ${name}`, "/ec2/home", `#TargetGroup:targetGroupArn=${encodeURIComponent(arn)}`);
}
function logGroupLink(region, group, stream) {
	const events = stream === void 0 ? "" : `/log-events/${twiceEncoded(stream)}`;
	const hash = `#logsV2:log-groups/log-group/${twiceEncoded(group)}${events}`;
	return page(region, stream === void 0 ? `Log group ${group}` : `Log stream ${stream}`, "/cloudwatch/home", hash);
}
function page(region, title, path, hash = "") {
	const host = hosts.find(([pattern]) => pattern.test(region))?.[1];
	return host === void 0 ? void 0 : {
		title,
		url: `https://${host}${path}?region=${region}${hash}`
	};
}
function twiceEncoded(name) {
	return encodeURIComponent(encodeURIComponent(name)).replaceAll("%", "$");
}
// src/platforms/aws/client.ts
const throughProxy = { proxyEnv: process.env };
const defaultAwsTimes = {
	connectionTimeoutMs: 5e3,
	requestTimeoutMs: 1e4
};
function awsOptions(region, { connectionTimeoutMs, requestTimeoutMs } = defaultAwsTimes) {
	return {
		requestHandler: {
			connectionTimeout: connectionTimeoutMs,
			requestTimeout: requestTimeoutMs,
			throwOnRequestTimeout: true,
			httpAgent: throughProxy,
			httpsAgent: throughProxy
		},
		...region === void 0 ? {} : { region }
	};
}
function isDenied(error) {
	return error instanceof Error && /^(AccessDenied|UnauthorizedOperation|NotAuthorized)/.test(error.name);
}
function isAccessError(error) {
	const name = error instanceof Error ? error.name : "";
	return isDenied(error) || /AccessDenied|UnrecognizedClient|ExpiredToken|InvalidClientToken|InvalidSignature|CredentialsProviderError|AuthFailure/.test(name) || /Region is missing|credential|AuthFailure|ExpiredToken/i.test(messageOf(error));
}
// src/platforms/ec2/client.ts
var Ec2 = class {
	#region;
	#times;
	#client;
	constructor(region, times) {
		this.#region = region;
		this.#times = times;
	}
	async status(instanceId) {
		const { DescribeInstanceStatusCommand } = await import("./sdk.js");
		const client = await this.#open();
		try {
			const { InstanceStatuses = [] } = await client.send(new DescribeInstanceStatusCommand({
				InstanceIds: [instanceId],
				IncludeAllInstances: true
			}));
			const [status] = InstanceStatuses;
			return status === void 0 ? void 0 : {
				state: status.InstanceState?.Name ?? "",
				system: status.SystemStatus?.Status ?? "",
				instance: status.InstanceStatus?.Status ?? ""
			};
		} catch (error) {
			if (error instanceof Error && error.name.startsWith("InvalidInstanceID")) return void 0;
			throw error;
		}
	}
	async console(instanceId) {
		const { GetConsoleOutputCommand } = await import("./sdk.js");
		const client = await this.#open();
		const ask = async (Latest) => {
			const { Output = "" } = await client.send(new GetConsoleOutputCommand({
				InstanceId: instanceId,
				Latest
			}));
			return Buffer.from(Output, "base64").toString("utf8");
		};
		try {
			return await ask(true) || await ask(false);
		} catch (error) {
			if (error instanceof Error && error.name === "UnsupportedOperation") return ask(false);
			throw error;
		}
	}
	async #open() {
		const { EC2Client } = await import("./sdk.js");
		this.#client ??= new EC2Client(awsOptions(this.#region, this.#times));
		return this.#client;
	}
};
// src/platforms/ec2/codes.ts
const codes$1 = {
	EC2_NO_INSTANCE: {
		meaning: "there is no instance with this id",
		remedy: "config",
		fix: "Check that the output instance_id names the instance that Terraform makes, and that AWS_REGION is its region."
	},
	EC2_NOT_RUNNING: {
		meaning: "the instance does not run",
		remedy: "replace",
		fix: "Look at its state transition reason in the EC2 console: somebody stopped it, or AWS took a Spot instance back."
	},
	EC2_TIMEOUT: {
		meaning: "the instance did not pass its status checks in time",
		remedy: "wait",
		fix: "Look at the end of the console output for why it does not come up, or raise ec2-timeout."
	},
	EC2_ACCESS: {
		meaning: "AWS does not let this job watch the instance",
		remedy: "config",
		fix: "Give the role that this job assumes the action ec2:DescribeInstanceStatus, AWS_REGION, and a session that outlives the deployment."
	}
};
function ec2Failure(code, sentence) {
	const { fix, remedy } = codes$1[code];
	return {
		code,
		sentence,
		fix,
		remedy
	};
}
// src/platforms/aws/evidence.ts
function noEvidence(subject) {
	return {
		subject,
		events: [],
		stopped: [],
		targetGroups: [],
		loadBalancers: [],
		console: [],
		omitted: []
	};
}
function hasFailed({ stopCode, stoppedReason }) {
	return stopCode !== "ServiceSchedulerInitiated" || /health check/i.test(stoppedReason);
}
// src/platforms/ec2/evidence.ts
async function instanceEvidence({ instanceId, region }, { ask, omitted }) {
	const ec2 = new Ec2(region);
	const [instance, output] = await Promise.all([ask("the status checks", "ec2:DescribeInstanceStatus", () => ec2.status(instanceId)), ask("the console output", "ec2:GetConsoleOutput", () => ec2.console(instanceId))]);
	return {
		...noEvidence(instanceId),
		...instance && { instance },
		console: consoleLines(output ?? ""),
		omitted
	};
}
function consoleLines(output) {
	return stripVTControlCharacters(output).split(/\r*\n/).map((line) => line.replace(/^.*\r/, "").trimEnd()).filter((line) => line !== "").slice(-100);
}
// src/platforms/aws/dns.ts
function namesBehind(host, resources) {
	const name = plain(host);
	const targets = resources.filter(({ type, values }) => type === "aws_route53_record" && plain(asText(values?.fqdn) ?? asText(values?.name)) === name).flatMap(({ values }) => [...asList(values?.records), ...asList(values?.alias).map((alias) => asObject(alias).name)]);
	return new Set([name, ...targets.map((target) => plain(asText(target)))]);
}
function plain(name) {
	return (name ?? "").toLowerCase().replace(/^dualstack\.|^\[|\]$/g, "").replace(/\.$/, "");
}
// src/platforms/platform.ts
function outputText(state, name) {
	return asText(state?.values?.outputs?.[name]?.value);
}
// src/platforms/ec2/instance.ts
function findInstance(_, state) {
	const instanceId = outputText(state, "instance_id");
	if (instanceId === void 0) return void 0;
	const instance = instancesIn(state).find(({ values }) => values?.id === instanceId);
	return {
		kind: "ec2",
		instanceId,
		region: regionOf(asText(instance?.values?.arn)),
		address: instance?.address
	};
}
function instancesAt(endpoint, state) {
	const resources = allResources(state.values?.root_module);
	const names = namesBehind(endpoint.hostname, resources);
	const isReached = (address) => names.has(asText(address)?.toLowerCase() ?? "");
	return instancesIn(state).flatMap(({ address, values = {} }) => {
		const instanceId = asText(values.id);
		const elastic = resources.filter(({ type, values: of }) => type === "aws_eip" && of?.instance === instanceId);
		const addresses = [
			values.public_ip,
			values.public_dns,
			values.private_ip,
			values.private_dns,
			...asList(values.ipv6_addresses),
			...elastic.flatMap(({ values: of }) => [of?.public_ip, of?.public_dns])
		];
		if (instanceId === void 0 || !addresses.some(isReached)) return [];
		return [{
			kind: "ec2",
			instanceId,
			region: regionOf(asText(values.arn)),
			address
		}];
	});
}
function instancesIn(state) {
	return allResources(state?.values?.root_module).filter(({ type }) => type === "aws_instance");
}
function regionOf(arn) {
	return arn?.split(":")[3];
}
// src/platforms/ec2/ready.ts
function watchInstance(ec2, { instanceId }) {
	return async () => decideReadiness(await ec2.status(instanceId), instanceId);
}
function delayMs$1(attempt) {
	return attempt < 10 ? 2e3 : 1e4;
}
function timedOut$1({ instanceId }, timeoutMs, lastWait) {
	return {
		kind: "failed",
		failure: ec2Failure("EC2_TIMEOUT", `The instance ${instanceId} did not pass its status checks within ${Math.round(timeoutMs / 1e3)} s; last seen: ${lastWait}`)
	};
}
function decideReadiness(status, instanceId) {
	if (status === void 0) return {
		kind: "failed",
		failure: ec2Failure("EC2_NO_INSTANCE", `There is no EC2 instance ${instanceId} in this account and region.`)
	};
	const { state, system, instance } = status;
	if (!/^(pending|running)$/.test(state)) return {
		kind: "failed",
		failure: ec2Failure("EC2_NOT_RUNNING", `The instance ${instanceId} is ${state}: nothing can answer there.`)
	};
	const passes = (check) => check === "ok" || check === "not-applicable";
	if (state === "running" && passes(system) && passes(instance)) return { kind: "serving" };
	return {
		kind: "waiting",
		for: `Waiting for EC2: the instance ${instanceId} is ${state}, its system check ${system || "unknown"}, its instance check ${instance || "unknown"}.`
	};
}
const ec2 = {
	kind: "ec2",
	outputs: ["instance_id"],
	find: findInstance,
	candidates: instancesAt,
	watch: {
		api: "EC2",
		start: (target) => watchInstance(new Ec2(target.region), target),
		timeoutMs: ({ ec2: { timeoutMs } }) => timeoutMs,
		delayMs: delayMs$1,
		accessDenied: ({ instanceId }, error) => ec2Failure("EC2_ACCESS", `AWS does not let this job watch the instance ${instanceId}: ${messageOf(error)}`),
		timedOut: timedOut$1,
		report: ({ elapsedMs, failure }) => ({ readiness: {
			elapsedMs,
			failure
		} })
	},
	taintTarget: ({ instanceId, address }) => ({
		address,
		name: `the instance ${instanceId}`,
		nextApply: "replaces the instance"
	}),
	evidence: instanceEvidence,
	consoleLinks: ({ region, instanceId }) => {
		const link = region === void 0 ? void 0 : instanceLink(region, instanceId);
		return link === void 0 ? [] : [link];
	},
	codes: codes$1,
	permissions: {
		watch: ["ec2:DescribeInstanceStatus"],
		rollBack: [],
		gate: [],
		evidence: ["ec2:DescribeInstanceStatus", "ec2:GetConsoleOutput"]
	},
	messages: {
		name: ({ instanceId }) => `the instance ${instanceId}`,
		version: "instance",
		notWatched: ({ instanceId, address }) => address === void 0 ? `The instance ${instanceId} is not in this Terraform state, so its status checks are not watched.` : void 0,
		noRollback: ({ instanceId }) => `There is nothing to roll back to: an instance has no earlier revision, so ${instanceId} is tainted.`,
		nextPlan: () => ""
	}
};
// src/platforms/ecs/client.ts
const maxTasks = 100;
var Ecs = class {
	#region;
	#times;
	#client;
	constructor(region, times) {
		this.#region = region;
		this.#times = times;
	}
	async describeService(cluster, service) {
		const { DescribeServicesCommand } = await import("./sdk.js");
		const { services = [] } = await (await this.#open()).send(new DescribeServicesCommand({
			cluster,
			services: [service]
		}));
		const [state] = services;
		if (state === void 0) return void 0;
		return {
			status: state.status ?? "",
			desiredCount: state.desiredCount ?? 0,
			runningCount: state.runningCount ?? 0,
			deployments: (state.deployments ?? []).map((deployment) => ({
				id: deployment.id ?? "",
				status: deployment.status ?? "",
				taskDefinition: deployment.taskDefinition ?? "",
				desiredCount: deployment.desiredCount ?? 0,
				runningCount: deployment.runningCount ?? 0,
				pendingCount: deployment.pendingCount ?? 0,
				failedTasks: deployment.failedTasks ?? 0,
				rolloutState: deployment.rolloutState,
				rolloutStateReason: deployment.rolloutStateReason,
				createdAt: deployment.createdAt?.getTime() ?? 0
			})),
			events: (state.events ?? []).map((event) => ({
				id: event.id ?? "",
				createdAt: event.createdAt?.getTime() ?? 0,
				message: event.message ?? ""
			})),
			circuitBreaker: state.deploymentConfiguration?.deploymentCircuitBreaker?.enable === true,
			targetGroups: (state.loadBalancers ?? []).flatMap(({ targetGroupArn }) => targetGroupArn ?? [])
		};
	}
	async tasks(cluster, service, desiredStatus, known = new Set()) {
		const { DescribeTasksCommand, ListTasksCommand } = await import("./sdk.js");
		const client = await this.#open();
		const { taskArns = [] } = await client.send(new ListTasksCommand({
			cluster,
			serviceName: service,
			desiredStatus,
			maxResults: maxTasks
		}));
		const wanted = taskArns.filter((arn) => !known.has(arn));
		if (wanted.length === 0) return [];
		const { tasks = [] } = await client.send(new DescribeTasksCommand({
			cluster,
			tasks: wanted
		}));
		return tasks.map(readTask).sort((a, b) => b.stoppedAt - a.stoppedAt);
	}
	async taskDefinition(revision) {
		const { DescribeTaskDefinitionCommand } = await import("./sdk.js");
		const { taskDefinition } = await (await this.#open()).send(new DescribeTaskDefinitionCommand({ taskDefinition: revision }));
		return {
			arn: taskDefinition?.taskDefinitionArn ?? revision,
			status: taskDefinition?.status ?? "",
			architecture: taskDefinition?.runtimePlatform?.cpuArchitecture,
			containers: (taskDefinition?.containerDefinitions ?? []).map(readContainer)
		};
	}
	async deploy(cluster, service, taskDefinition) {
		const { UpdateServiceCommand } = await import("./sdk.js");
		await (await this.#open()).send(new UpdateServiceCommand({
			cluster,
			service,
			taskDefinition
		}));
	}
	async #open() {
		const { ECSClient } = await import("./sdk.js");
		this.#client ??= new ECSClient(awsOptions(this.#region, this.#times));
		return this.#client;
	}
};
function readTask(task) {
	return {
		arn: task.taskArn ?? "",
		startedBy: task.startedBy ?? "",
		taskDefinition: task.taskDefinitionArn ?? "",
		health: task.healthStatus ?? "UNKNOWN",
		stoppedReason: task.stoppedReason ?? "",
		stopCode: task.stopCode ?? "",
		stoppedAt: task.stoppedAt?.getTime() ?? 0,
		containers: (task.containers ?? []).map(({ name, exitCode, reason, healthStatus }) => ({
			name: name ?? "",
			exitCode,
			reason: reason ?? "",
			health: healthStatus ?? "UNKNOWN"
		}))
	};
}
function readContainer(container) {
	const { logDriver, options = {} } = container.logConfiguration ?? {};
	const { "awslogs-group": group, "awslogs-stream-prefix": prefix, "awslogs-region": region } = options;
	return {
		name: container.name ?? "",
		image: container.image ?? "",
		essential: container.essential !== false,
		ports: (container.portMappings ?? []).flatMap(({ containerPort }) => containerPort ?? []),
		healthCheck: (container.healthCheck?.command ?? []).join(" "),
		log: logDriver === "awslogs" && group && prefix ? {
			group,
			prefix,
			region
		} : void 0
	};
}
// src/platforms/ecs/codes.ts
const codes = {
	ECS_NO_SERVICE: {
		meaning: "there is no active ECS service of this name",
		remedy: "config",
		fix: "Check that the outputs ecs_cluster_name and ecs_service_name, or the inputs ecs-cluster and ecs-service, name the service that Terraform makes, and that AWS_REGION is its region."
	},
	ECS_SCALED_TO_ZERO: {
		meaning: "the desired count of the service is 0",
		remedy: "config",
		fix: "Raise the desired count, or the minimum of the autoscaling."
	},
	ECS_ROLLED_BACK: {
		meaning: "ECS rolled the service back to an earlier deployment",
		remedy: "replace",
		fix: "Look at the stopped tasks of the revision that this apply made for why they do not start or stay healthy. The old revision still serves."
	},
	ECS_DEPLOYMENT_FAILED: {
		meaning: "ECS gave the deployment up",
		remedy: "replace",
		fix: "Look at the stopped tasks and the logs of the service for why the container does not start or stay healthy."
	},
	ECS_SUPERSEDED: {
		meaning: "somebody deployed another revision after this apply",
		remedy: "config",
		fix: "Deploy one thing at a time: let only this workflow change the service, and give it a concurrency group."
	},
	ECS_TASKS_FAIL: {
		meaning: "the tasks stop in a way that waiting does not fix",
		remedy: "replace",
		fix: "Look at the stopped tasks for why the container does not start or stay healthy."
	},
	ECS_TIMEOUT: {
		meaning: "the deployment was not complete in time",
		remedy: "wait",
		fix: "Look at the events of the service and at the stopped tasks for the reason, or raise ecs-timeout if the server starts slowly."
	},
	ECS_ACCESS: {
		meaning: "AWS does not let this job watch the service",
		remedy: "config",
		fix: "Give the role that this job assumes the action ecs:DescribeServices, AWS_REGION, and a session that outlives the deployment."
	}
};
function ecsFailure(code, sentence, more = {}) {
	const { fix, remedy } = codes[code];
	return {
		code,
		sentence,
		fix,
		remedy,
		...more
	};
}
// src/platforms/ecs/service.ts
function findService({ ecs }, state) {
	const cluster = ecs.cluster ?? outputText(state, "ecs_cluster_name");
	const service = ecs.service ?? outputText(state, "ecs_service_name");
	if (cluster === void 0 || service === void 0) return void 0;
	const resources = allResources(state?.values?.root_module);
	return toTarget(cluster, service, serviceInState(resources, service, cluster), resources);
}
function servicesBehind(endpoint, state) {
	const resources = allResources(state.values?.root_module);
	const ofType = (pattern) => resources.filter(({ type }) => pattern.test(type));
	const names = namesBehind(endpoint.hostname, resources);
	if (!ofType(/^aws_a?lb$/).some(({ values }) => names.has(asText(values?.dns_name)?.toLowerCase() ?? ""))) return [];
	const services = ofType(/^aws_ecs_service$/).filter((service) => targetGroupsOf(service).length > 0);
	const theirs = new Set(services.flatMap(targetGroupsOf));
	const isSomethingElse = ({ values }) => !theirs.has(asText(values?.arn) ?? "");
	if (ofType(/^aws_a?lb_target_group$/).some(isSomethingElse)) return [];
	return services.flatMap((service) => {
		const name = asText(service.values?.name);
		const cluster = asText(service.values?.cluster) ?? "default";
		return name === void 0 ? [] : [toTarget(lastPart(cluster), name, service, resources)];
	});
}
function targetGroupsOf(service) {
	return asList(service?.values?.load_balancer).flatMap((each) => asText(asObject(each).target_group_arn) ?? []);
}
function toTarget(cluster, service, inState, resources) {
	return {
		kind: "ecs",
		cluster,
		service,
		name: service,
		region: asText(inState?.values?.id)?.split(":")[3],
		taskDefinition: taskDefinitionOf(resources, asText(inState?.values?.task_definition))
	};
}
function revisionInState(state, service, cluster) {
	const found = serviceInState(allResources(state?.values?.root_module), service, cluster);
	return asText(found?.values?.task_definition);
}
function serviceInState(resources, service, cluster) {
	return resources.find(({ type, values }) => type === "aws_ecs_service" && values?.name === lastPart(service) && (cluster === void 0 || lastPart(asText(values.cluster) ?? "default") === lastPart(cluster)));
}
function taskDefinitionOf(resources, served) {
	const definitions = resources.filter(({ type }) => type === "aws_ecs_task_definition");
	const found = served === void 0 && definitions.length === 1 ? definitions[0] : definitions.find(({ values }) => asText(values?.family) === familyOf(served ?? ""));
	const arn = asText(found?.values?.arn);
	return found === void 0 || arn === void 0 ? void 0 : {
		arn,
		address: found.address
	};
}
function familyOf(taskDefinition) {
	return lastPart(taskDefinition).replace(/:\d+$/, "");
}
function revision(taskDefinition) {
	return {
		id: taskDefinition,
		label: lastPart(taskDefinition)
	};
}
// src/platforms/ecs/console.ts
function serviceLinks({ region, cluster, service, taskDefinition }, state) {
	if (region === void 0) return [];
	const resources = allResources(state.values?.root_module);
	const inState = resources.find(({ type, values }) => type === "aws_ecs_service" && idOf(values) === `${lastPart(cluster)}/${lastPart(service)}`);
	const definition = resources.find(({ address }) => address === taskDefinition?.address);
	const groups = new Map(logGroups(definition, region).map((group) => [`${group.at} ${group.name}`, group]));
	return [
		serviceLink(region, cluster, service),
		...targetGroupsOf(inState).map(targetGroupLink),
		...[...groups.values()].map(({ name, at }) => logGroupLink(at, name))
	].filter((link) => link !== void 0);
}
function idOf(values) {
	return String(values?.id ?? "").replace(/^.*:service\//, "");
}
function logGroups(definition, region) {
	return asList(parseJson(String(definition?.values?.container_definitions))).flatMap((container) => {
		const { logDriver, options } = asObject(asObject(container).logConfiguration);
		const { "awslogs-group": group, "awslogs-region": at } = asObject(options);
		const name = asText(group);
		return logDriver === "awslogs" && name !== void 0 ? [{
			name,
			at: asText(at) ?? region
		}] : [];
	});
}
// src/platforms/aws/load-balancing.ts
var LoadBalancing = class {
	#region;
	#times;
	#client;
	constructor(region, times) {
		this.#region = region;
		this.#times = times;
	}
	async targetGroup(arn) {
		const { DescribeTargetGroupsCommand } = await import("./sdk.js");
		const { TargetGroups = [] } = await (await this.#open()).send(new DescribeTargetGroupsCommand({ TargetGroupArns: [arn] }));
		const [group] = TargetGroups;
		const isHttp = /^HTTPS?$/.test(group?.HealthCheckProtocol ?? "");
		return {
			arn,
			name: group?.TargetGroupName ?? "",
			port: group?.Port,
			healthPath: isHttp ? group?.HealthCheckPath ?? "/" : "",
			healthyCodes: group?.Matcher?.HttpCode ?? group?.Matcher?.GrpcCode ?? "",
			loadBalancers: group?.LoadBalancerArns ?? []
		};
	}
	async targets(targetGroup) {
		const { DescribeTargetHealthCommand } = await import("./sdk.js");
		const { TargetHealthDescriptions = [] } = await (await this.#open()).send(new DescribeTargetHealthCommand({ TargetGroupArn: targetGroup }));
		return TargetHealthDescriptions.map(({ Target, TargetHealth }) => ({
			id: Target?.Id ?? "",
			port: Target?.Port,
			state: TargetHealth?.State ?? "",
			reason: TargetHealth?.Reason ?? "",
			description: TargetHealth?.Description ?? ""
		}));
	}
	async loadBalancer(arn) {
		const { DescribeListenersCommand, DescribeLoadBalancersCommand } = await import("./sdk.js");
		const client = await this.#open();
		const { LoadBalancers = [] } = await client.send(new DescribeLoadBalancersCommand({ LoadBalancerArns: [arn] }));
		const { Listeners = [] } = await client.send(new DescribeListenersCommand({ LoadBalancerArn: arn }));
		return {
			arn,
			name: LoadBalancers[0]?.LoadBalancerName ?? "",
			scheme: LoadBalancers[0]?.Scheme ?? "",
			state: LoadBalancers[0]?.State?.Code ?? "",
			listeners: Listeners.map(({ Port, Protocol, DefaultActions }) => ({
				port: Port ?? 0,
				protocol: Protocol ?? "",
				defaultAction: DefaultActions?.at(-1)?.Type ?? ""
			}))
		};
	}
	async #open() {
		const { ElasticLoadBalancingV2Client } = await import("./sdk.js");
		this.#client ??= new ElasticLoadBalancingV2Client(awsOptions(this.#region, this.#times));
		return this.#client;
	}
};
// src/platforms/aws/logs.ts
async function logTail(region, logGroupName, logStreamName, lines) {
	const { CloudWatchLogsClient, GetLogEventsCommand } = await import("./sdk.js");
	const client = new CloudWatchLogsClient(awsOptions(region));
	try {
		const { events = [] } = await client.send(new GetLogEventsCommand({
			logGroupName,
			logStreamName,
			limit: lines,
			startFromHead: false
		}));
		return events.flatMap(({ message = "" }) => message.trimEnd().split(/\r?\n/)).slice(-lines);
	} catch (error) {
		if (error instanceof Error && error.name === "ResourceNotFoundException") return [];
		throw error;
	} finally {
		client.destroy();
	}
}
// src/platforms/ecs/evidence.ts
const maxLogLines = 20;
const maxEvents = 20;
const maxStoppedTasks = 10;
async function serviceEvidence({ cluster, service, region, taskDefinition }, { ask, omitted, followed, since }) {
	const ecs = new Ecs(region);
	const state = await ask("the events of the service", "ecs:DescribeServices", () => ecs.describeService(cluster, service));
	const ours = followed ?? state?.deployments.find((each) => taskDefinition === void 0 ? each.status === "PRIMARY" : each.taskDefinition === taskDefinition.arn);
	const isOurs = (task) => ours === void 0 ? task.taskDefinition === taskDefinition?.arn : task.startedBy === ours.id;
	const tasks = (status) => async () => (await ecs.tasks(cluster, service, status)).filter(isOurs);
	const revision = taskDefinition?.arn ?? state?.deployments[0]?.taskDefinition;
	const [stopped = [], definition, groups] = await Promise.all([
		ask("the stopped tasks", "ecs:ListTasks and ecs:DescribeTasks", tasks("STOPPED")),
		revision === void 0 ? void 0 : ask("the task definition", "ecs:DescribeTaskDefinition", () => ecs.taskDefinition(revision)),
		targetGroups(region, state?.targetGroups ?? [], ask)
	]);
	const failed = stopped.filter((task) => hasFailed(task) && task.stoppedAt >= since).slice(0, maxStoppedTasks);
	const [last] = failed;
	const talking = last ?? (await ask("the running tasks", "ecs:ListTasks and ecs:DescribeTasks", tasks("RUNNING")))?.[0];
	const log = talking && definition && await logOf(talking, definition, region, ask);
	return {
		...noEvidence(`${cluster}/${service}`),
		events: (state?.events ?? []).filter(({ createdAt }) => createdAt >= Math.max(since, ours?.createdAt ?? 0)).slice(0, maxEvents),
		stopped: failed,
		...definition && { definition },
		...groups,
		...log && { log },
		omitted
	};
}
async function targetGroups(region, arns, ask) {
	const balancing = new LoadBalancing(region);
	const groups = [];
	for (const arn of arns) {
		const group = await ask("the health checks", "elasticloadbalancing:DescribeTargetGroups", () => balancing.targetGroup(arn));
		const targets = await ask("the health of the targets", "elasticloadbalancing:DescribeTargetHealth", () => balancing.targets(arn));
		if (targets !== void 0) groups.push({
			...group ?? unknownGroup(arn),
			targets
		});
	}
	return {
		targetGroups: groups,
		loadBalancers: (await Promise.all([...new Set(groups.flatMap((group) => group.loadBalancers))].map((arn) => ask("the load balancer", "elasticloadbalancing:DescribeLoadBalancers and elasticloadbalancing:DescribeListeners", () => balancing.loadBalancer(arn))))).filter((balancer) => balancer !== void 0)
	};
}
function unknownGroup(arn) {
	return {
		arn,
		name: arn.split("/")[1] ?? arn,
		port: void 0,
		healthPath: "",
		healthyCodes: "",
		loadBalancers: []
	};
}
async function logOf(task, definition, region, ask) {
	const withLog = definition.containers.filter(({ log }) => log !== void 0);
	const container = withLog.find(({ name }) => name === failing(task)?.name) ?? withLog[0];
	if (container?.log === void 0) return void 0;
	const { group, prefix, region: own } = container.log;
	const stream = `${prefix}/${container.name}/${lastPart(task.arn)}`;
	const lines = await ask(`the log of container ${container.name}`, "logs:GetLogEvents", () => logTail(own ?? region, group, stream, maxLogLines));
	return lines && {
		container: container.name,
		group,
		stream,
		lines
	};
}
// src/platforms/ecs/stability.ts
const clockSkewMs = 6e4;
function watchService(ecs, { cluster, service, taskDefinition }, { previous, since = Date.now(), log }) {
	const name = `${cluster}/${service}`;
	const loggedEvents = new Set();
	const stopped = new StoppedTasks(ecs, cluster, service, since - clockSkewMs, log);
	let followed;
	const look = async () => {
		const state = await ecs.describeService(cluster, service);
		const ours = ourDeployment(state, taskDefinition?.arn);
		if (ours !== void 0 && ours.createdAt >= (followed?.createdAt ?? 0)) {
			if (followed !== void 0 && followed.id !== ours.id) log(line`ECS: deployment ${ours.id} of the same revision has taken the place of ${followed.id}.`);
			followed = {
				id: ours.id,
				createdAt: ours.createdAt
			};
		}
		for (const event of newEvents(state, followed, loggedEvents)) log(line`ECS: ${event}`);
		const judged = judge(state, taskDefinition?.arn, previous?.id, name, followed);
		if (state === void 0 || followed === void 0 || judged.kind !== "waiting") return judged;
		return judgeTasks(await stopped.of(followed), state, shortOf(ours), name) ?? judged;
	};
	return async () => {
		try {
			return {
				...await look(),
				deployment: followed
			};
		} catch (error) {
			if (!(error instanceof Error && error.name === "ClusterNotFoundException")) throw error;
			return failed("ECS_NO_SERVICE", `AWS finds no cluster for ECS service ${name}: ${messageOf(error)}`, { fix: "Check ecs_cluster_name (or the input ecs-cluster) and AWS_REGION." });
		}
	};
}
function delayMs(attempt) {
	if (attempt < 10) return 1500;
	if (attempt < 20) return 5e3;
	return attempt < 60 ? 1e4 : 15e3;
}
function timedOut({ taskDefinition }, timeoutMs, lastWait) {
	const late = `The ECS deployment${taskDefinition === void 0 ? "" : ` of ${lastPart(taskDefinition.arn)}`} was not complete after ${Math.round(timeoutMs / 1e3)} s`;
	return failed("ECS_TIMEOUT", `${late}; last seen: ${lastWait}`, {}, late);
}
var StoppedTasks = class {
	#known = new Set();
	#failed = [];
	#isDenied = false;
	#ecs;
	#cluster;
	#service;
	#since;
	#log;
	constructor(ecs, cluster, service, since, log) {
		this.#ecs = ecs;
		this.#cluster = cluster;
		this.#service = service;
		this.#since = since;
		this.#log = log;
	}
	async of({ id }) {
		if (this.#isDenied) return [];
		try {
			const tasks = await this.#ecs.tasks(this.#cluster, this.#service, "STOPPED", this.#known);
			for (const task of tasks.toReversed()) {
				this.#known.add(task.arn);
				if (task.startedBy !== id || !hasFailed(task) || task.stoppedAt < this.#since) continue;
				this.#failed.unshift(task);
				this.#log(line`ECS: task ${lastPart(task.arn)} stopped: ${stoppedText(task)}`);
			}
		} catch (error) {
			if (!isDenied(error)) throw error;
			this.#isDenied = true;
			this.#log(line`Why tasks stop is not known: give the role ecs:ListTasks and ecs:DescribeTasks.`);
		}
		return this.#failed;
	}
};
function stoppedText({ stoppedReason, stopCode, containers }) {
	const ended = containers.filter(({ exitCode, reason }) => exitCode !== void 0 || reason !== "" && reason !== stoppedReason).map(({ name, exitCode, reason }) => [
		`${name}:`,
		exitCode === void 0 ? "" : `exit code ${exitCode}`,
		reason
	].filter((part) => part !== "").join(" "));
	return `${stoppedReason || stopCode}${ended.length === 0 ? "" : ` (${ended.join(", ")})`}`;
}
function judgeTasks(stopped, { circuitBreaker, desiredCount }, revisionLabel, name) {
	const breakerOpensAt = Math.min(200, Math.max(3, Math.ceil(desiredCount / 2)));
	const cause = taskCause({
		...noEvidence(name),
		stopped
	}, circuitBreaker ? breakerOpensAt + 2 : void 0);
	if (cause === void 0 || !cause.hopeless) return void 0;
	const observed = `The tasks of ${revisionLabel} in ${name} do not stay up`;
	const often = cause.times === 1 ? "" : ` (${cause.times} times)`;
	const { fix, remedy = "replace" } = cause;
	return failed("ECS_TASKS_FAIL", `${observed} because ${cause.clause}${often}.`, {
		fix,
		remedy
	}, observed);
}
function ourDeployment(state, expected) {
	return state?.deployments.filter(({ status, taskDefinition }) => expected === void 0 ? status === "PRIMARY" : sameRevision(taskDefinition, expected)).filter((deployment) => !isRollback(deployment)).sort((a, b) => b.createdAt - a.createdAt)[0];
}
function judge(state, expected, previous, name, followed) {
	if (state === void 0 || state.status !== "ACTIVE") return failed("ECS_NO_SERVICE", `There is no active ECS service ${name}${state ? ` (its status is ${state.status})` : ""}.`);
	if (state.desiredCount === 0) return failed("ECS_SCALED_TO_ZERO", `The desired count of ECS service ${name} is 0: no task runs, so nothing can answer.`);
	const primary = state.deployments.find((deployment) => deployment.status === "PRIMARY");
	if (primary === void 0) return {
		kind: "waiting",
		for: `Waiting for ECS to start a deployment of ${name}.`
	};
	if (expected !== void 0 && !sameRevision(primary.taskDefinition, expected)) return notOurs(state, primary, expected, previous, name);
	const isOlder = followed !== void 0 && primary.createdAt < followed.createdAt;
	if (followed !== void 0 && primary.id !== followed.id && (isOlder || isRollback(primary))) {
		const ours = state.deployments.find(({ id }) => id === followed.id);
		const observed = `ECS rolled ${name} back to an earlier deployment of ${lastPart(primary.taskDefinition)}, ${primary.id}`;
		return failed("ECS_ROLLED_BACK", `${observed}. ${reasons(state, ours ?? primary)}`.trimEnd(), { fix: `Look at the stopped tasks of the deployment ${followed.id}: what it changed (a secret, a setting of the service) keeps them from starting or staying healthy.` }, `${observed},`);
	}
	if (primary.rolloutState === "FAILED") {
		const observed = `The ECS deployment of ${lastPart(primary.taskDefinition)} failed`;
		return failed("ECS_DEPLOYMENT_FAILED", `${observed}: ${reasons(state, primary) || "ECS gives no reason."}`, {}, observed);
	}
	const draining = state.deployments.some((other) => other !== primary && other.runningCount > 0);
	if ((primary.rolloutState === void 0 || primary.rolloutState === "COMPLETED") && !draining && primary.runningCount === state.desiredCount && state.runningCount === state.desiredCount) return {
		kind: "serving",
		version: revision(primary.taskDefinition),
		running: primary.runningCount
	};
	const failures = primary.failedTasks > 0 ? `, ${primary.failedTasks} failed to start` : "";
	const old = draining ? ", tasks of the revision before still run" : "";
	return {
		kind: "waiting",
		for: `Waiting for ECS: deployment of ${lastPart(primary.taskDefinition)} is ${primary.rolloutState ?? "running"}, ${primary.runningCount} of ${state.desiredCount} tasks run${failures}${old}.`
	};
}
function notOurs(state, primary, expected, previous, name) {
	const ours = state.deployments.find((deployment) => sameRevision(deployment.taskDefinition, expected));
	if (ours?.rolloutState === "FAILED" || isRollback(primary) || previous !== void 0 && sameRevision(primary.taskDefinition, previous)) {
		const observed = `ECS rolled ${name} back: it runs ${lastPart(primary.taskDefinition)}, not ${lastPart(expected)}, which this apply made`;
		return failed("ECS_ROLLED_BACK", `${observed}. ${reasons(state, ours ?? primary)}`.trimEnd(), { fix: `Look at the stopped tasks of ${lastPart(expected)} for why they do not start or stay healthy. The old revision still serves.` }, `${observed},`);
	}
	return failed("ECS_SUPERSEDED", `Somebody deployed ${lastPart(primary.taskDefinition)} to ${name} after this apply made ${lastPart(expected)}.`);
}
function failed(code, sentence, more = {}, observed) {
	return {
		kind: "failed",
		failure: ecsFailure(code, sentence, more),
		observed
	};
}
function newEvents(state, ours, logged) {
	if (state === void 0 || ours === void 0) return [];
	const fresh = state.events.filter(({ id, createdAt }) => createdAt >= ours.createdAt && !logged.has(id)).reverse();
	for (const { id } of fresh) logged.add(id);
	return fresh.map(({ message }) => message);
}
function reasons(state, deployment) {
	const events = state.events.filter(({ createdAt, message }) => createdAt >= deployment.createdAt && /fail|unable|unhealthy|stopped|error/i.test(message)).slice(0, 2).map(({ message }) => message);
	return [deployment.rolloutStateReason, ...events].filter((reason) => reason).join(" ");
}
function sameRevision(a, b) {
	return lastPart(a) === lastPart(b);
}
function isRollback({ rolloutState, rolloutStateReason }) {
	return rolloutState !== "FAILED" && /roll(ing|ed) ?back|circuit breaker/i.test(rolloutStateReason ?? "");
}
function shortOf(deployment) {
	return lastPart(deployment?.taskDefinition ?? "");
}
const ecs = {
	kind: "ecs",
	outputs: ["ecs_cluster_name", "ecs_service_name"],
	find: findService,
	candidates: servicesBehind,
	watch: {
		api: "ECS",
		start: (target, context) => watchService(new Ecs(target.region), target, context),
		timeoutMs: ({ ecs }) => ecs.timeoutMs,
		delayMs,
		accessDenied: ({ cluster, service }, error) => ecsFailure("ECS_ACCESS", `AWS does not let this job watch ECS service ${cluster}/${service}: ${error instanceof Error ? error.name : ""}: ${messageOf(error)}`),
		timedOut,
		report: ({ hold: _, ...stability }) => ({ stability })
	},
	versions: {
		wanted: ({ taskDefinition }) => taskDefinition && revision(taskDefinition.arn),
		before({ cluster, service }, prior) {
			const served = revisionInState(prior, service, cluster);
			return served === void 0 ? void 0 : revision(served);
		},
		ofId: revision,
		retarget: (target, { id }) => ({
			...target,
			taskDefinition: {
				arn: id,
				address: target.taskDefinition?.address ?? ""
			}
		}),
		rollBack: (target, { id }) => pointAt(new Ecs(target.region), target, id),
		recordName: ({ cluster, service }) => `/terraform-mcp-deploy/${lastPart(cluster)}/${lastPart(service)}/passed-task-definition`
	},
	taintTarget: ({ service, taskDefinition }) => ({
		address: taskDefinition?.address,
		name: `the task definition of ${service}`,
		nextApply: "makes a new revision of it and rolls the service to that, without downtime"
	}),
	evidence: serviceEvidence,
	consoleLinks: serviceLinks,
	codes,
	permissions: {
		watch: [
			"ecs:DescribeServices",
			"ecs:ListTasks",
			"ecs:DescribeTasks"
		],
		rollBack: [
			"ecs:DescribeTaskDefinition",
			"ecs:DescribeServices",
			"ecs:UpdateService",
			"ssm:GetParameter",
			"ssm:PutParameter",
			"ssm:DeleteParameter"
		],
		gate: [],
		evidence: [
			"ecs:DescribeServices",
			"ecs:ListTasks",
			"ecs:DescribeTasks",
			"ecs:DescribeTaskDefinition",
			"elasticloadbalancing:DescribeTargetGroups",
			"elasticloadbalancing:DescribeTargetHealth",
			"elasticloadbalancing:DescribeLoadBalancers",
			"elasticloadbalancing:DescribeListeners",
			"logs:GetLogEvents"
		]
	},
	messages: {
		name: ({ service }) => service,
		version: "task definition",
		notWatched: () => void 0,
		noRollback: () => void 0,
		nextPlan: ({ taskDefinition }) => `Terraform still wants ${lastPart(taskDefinition?.arn ?? "")}: the next plan with unchanged inputs deploys the broken revision again. Change the image or the settings before the next apply.`
	}
};
async function pointAt(client, { cluster, service }, taskDefinition) {
	const { status } = await client.taskDefinition(taskDefinition);
	if (status === "INACTIVE") throw new ServiceError(`${lastPart(taskDefinition)} is deregistered, so ${service} cannot go back to it: set skip_destroy = true on the aws_ecs_task_definition, so that Terraform keeps the revisions it replaces.`);
	const primary = (await client.describeService(cluster, service))?.deployments.find((deployment) => deployment.status === "PRIMARY");
	if (primary !== void 0 && lastPart(primary.taskDefinition) === lastPart(taskDefinition)) return "already";
	await client.deploy(cluster, service, taskDefinition);
	return "started";
}
// src/platforms/endpoint.ts
function endpointTarget(candidates = []) {
	return {
		kind: "endpoint",
		candidates
	};
}
const endpointOnly = {
	kind: "endpoint",
	outputs: [],
	find: () => endpointTarget(),
	codes: {},
	permissions: {
		watch: [],
		rollBack: [],
		gate: [],
		evidence: []
	},
	messages: {
		name: () => "the endpoint",
		version: "version",
		notWatched: ({ candidates }) => candidates.length === 0 ? "Whether the new version is the one that answers: no input or output names what serves the endpoint." : `Whether the new version is the one that answers: ${candidates.join(" and ")} may serve the endpoint. Name one with the outputs ecs_cluster_name and ecs_service_name, or instance_id.`,
		noRollback: () => "Nothing can be rolled back: no input or output names what serves the endpoint.",
		nextPlan: () => ""
	}
};
// src/platforms/index.ts
const platforms = [
	ecs,
	ec2,
	endpointOnly
];
const specific = platforms.filter((platform) => platform !== endpointOnly);
function platformOf({ kind }) {
	return platforms.find((platform) => platform.kind === kind) ?? endpointOnly;
}
function findTarget(inputs, state, endpoint) {
	const named = findNamed(inputs, state);
	if (named !== void 0) return named;
	const declared = Object.keys(state.values?.outputs ?? {});
	if (specific.some(({ outputs }) => outputs.some((name) => declared.includes(name)))) throw new InputError("The outputs ecs_cluster_name and ecs_service_name, or instance_id, have no value: without them it is not known what serves the endpoint. Add them to the root module, or set the inputs ecs-cluster and ecs-service.");
	const candidates = candidatesFor(endpoint, state);
	const [first, ...more] = candidates;
	if (first !== void 0 && more.length === 0) return first;
	return endpointTarget(candidates.map((target) => platformOf(target).messages.name(target)));
}
function findFormerTarget(inputs, state) {
	const named = findNamed(inputs, state);
	const endpoint = inputs.mcp.endpoint ?? outputText(state, "mcp_endpoint");
	if (named !== void 0 || state === void 0 || endpoint === void 0) return named;
	const [first, ...more] = candidatesFor(endpoint, state);
	return more.length === 0 ? first : void 0;
}
function requireOutputs(outputNames, inputs) {
	const missing = inputs.mcp.endpoint === void 0 && !outputNames.includes("mcp_endpoint") ? ["mcp_endpoint"] : [];
	const lacksOf = ({ outputs }) => outputs.filter((name) => !outputNames.includes(name));
	if (!(findNamed(inputs, void 0) !== void 0 || specific.some((each) => lacksOf(each).length === 0))) {
		const halfNamed = specific.find((platform) => lacksOf(platform).length < platform.outputs.length);
		missing.push(...halfNamed === void 0 ? [] : lacksOf(halfNamed));
	}
	if (missing.length === 0) return;
	const example = missing.map((name) => `output "${name}" { value = … }`).join(" and ");
	throw new InputError(`The root module lacks the output${missing.length > 1 ? "s" : ""} ${missing.join(", ")}, so what is deployed could not be verified. Add ${example}, or set the inputs mcp-endpoint, ecs-cluster and ecs-service; for one EC2 instance, add the output instance_id.`);
}
function notWatched(target) {
	return platformOf(target).messages.notWatched(target);
}
function watchTimeoutMs(target, inputs) {
	return platformOf(target).watch?.timeoutMs(inputs) ?? 0;
}
function versionBefore(target, prior) {
	return platformOf(target).versions?.before(target, prior);
}
function taintTargetOf(target) {
	return platformOf(target).taintTarget?.(target);
}
function consoleLinks(target, state) {
	return platformOf(target).consoleLinks?.(target, state) ?? [];
}
function findNamed(inputs, state) {
	for (const platform of specific) {
		const target = platform.find(inputs, state);
		if (target !== void 0) return target;
	}
}
function candidatesFor(endpoint, state) {
	const url = URL.parse(endpoint);
	if (url === null) return [];
	return specific.flatMap((platform) => platform.candidates?.(url, state) ?? []);
}
// src/approval/lineage.ts
const maxStateBytes = 536870912;
function lineageOf(planFile) {
	try {
		const state = entryOf(planFile, "tfstate");
		const { lineage } = JSON.parse(state?.toString("utf8") ?? "{}");
		return typeof lineage === "string" && lineage !== "" ? lineage : void 0;
	} catch {
		return;
	}
}
function entryOf(zip, wanted) {
	const end = zip.lastIndexOf("PK", void 0, "latin1");
	if (end < 0) return void 0;
	let at = zip.readUInt32LE(end + 16);
	for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
		const [nameLength, extraLength, commentLength] = [
			28,
			30,
			32
		].map((offset) => zip.readUInt16LE(at + offset));
		if (zip.toString("utf8", at + 46, at + 46 + nameLength) === wanted) {
			const header = zip.readUInt32LE(at + 42);
			const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
			const data = zip.subarray(start, start + zip.readUInt32LE(at + 20));
			return zip.readUInt16LE(at + 10) === 0 ? data : inflateRawSync(data, { maxOutputLength: maxStateBytes });
		}
		at += 46 + nameLength + extraLength + commentLength;
	}
}
// src/rules/accept.ts
function acceptedBy(acceptances, rule, address) {
	const written = withoutKeys(address);
	return acceptances.find(({ rule: accepted, block }) => accepted === rule && (block === void 0 || block === written || written.startsWith(`${block}.`)))?.reason;
}
function readAcceptances(directory) {
	const found = modulesOf(directory).flatMap(({ key, path }) => tfFiles(path).map((file) => acceptancesIn(readFileSync(file, "utf8"), relative(directory, file), key === "" ? [] : key.split("."))));
	return {
		acceptances: found.flatMap(({ acceptances }) => acceptances),
		problems: found.flatMap(({ problems }) => problems)
	};
}
function acceptancesIn(content, file, module) {
	if (!content.includes("mcp-deploy:accept")) return {
		acceptances: [],
		problems: []
	};
	const { blocks, comments } = outlineOf(content);
	const alone = new Set(comments.filter(({ isAlone }) => isAlone).map(({ line }) => line));
	const acceptances = [];
	const problems = [];
	for (const { text: comment, line } of comments) {
		const match = /^mcp-deploy:accept(?:\s+(\S+)(?:\s+(.*))?)?$/.exec(comment);
		if (match === null) continue;
		const rule = match[1]?.replace(/:$/, "") ?? "";
		const reason = match[2]?.trim() ?? "";
		const block = blockAt(line, blocks, alone);
		const refuse = (why) => problems.push(`${file}, line ${line}: mcp-deploy:accept ${why}.`);
		if (!ruleNames.includes(rule)) refuse(rule === "" ? "names no rule, so nothing is accepted: write the rule and the reason after it" : `names the rule "${rule}", which does not exist, so nothing is accepted: docs/plan-rules.md has the names`);
		else if (reason === "") refuse(`${rule} gives no reason, so nothing is accepted: write it after the rule`);
		else if (block === void 0) refuse(`${rule} stands neither in nor directly above a resource, module or output, so nothing is accepted`);
		else acceptances.push({
			rule,
			reason,
			block: addressOf(block, module)
		});
	}
	return {
		acceptances,
		problems
	};
}
function blockAt(line, blocks, alone) {
	let next = line;
	while (alone.has(next)) next++;
	return blocks.find(({ type, first, last }) => [
		"resource",
		"data",
		"module",
		"output"
	].includes(type) && (line >= first && line <= last || first === next));
}
function addressOf({ type, labels }, module) {
	const kind = type === "resource" ? [] : [type];
	return [
		...module.flatMap((name) => ["module", name]),
		...kind,
		...labels
	].join(".");
}
function modulesOf(directory) {
	const manifest = join(resolve(directory, process.env.TF_DATA_DIR ?? ".terraform"), "modules", "modules.json");
	const known = (existsSync(manifest) ? asList(asObject(parsed(readFileSync(manifest, "utf8"))).Modules).map(asObject) : []).flatMap(({ Key, Dir }) => {
		const [key, path] = [text(Key), text(Dir)];
		return key === void 0 || path === void 0 ? [] : [{
			key,
			path: resolve(directory, path)
		}];
	});
	return known.some(({ key }) => key === "") ? known : [{
		key: "",
		path: directory
	}, ...known];
}
function tfFiles(directory) {
	if (!existsSync(directory)) return [];
	return readdirSync(directory, { withFileTypes: true }).filter((entry) => !entry.isDirectory() && /\.(tf|tofu)$/.test(entry.name) && existsSync(join(directory, entry.name))).map(({ name }) => join(directory, name)).sort();
}
// src/rules/rule.ts
const severities = [
	"danger",
	"warning",
	"notice"
];
// src/rules/findings.ts
function findingsOf(json, stated, acceptances, docsPage) {
	const plan = viewOf(json, stated);
	const findings = Object.entries(rules).flatMap(([name, rule]) => rule.find(plan).map(({ address, sentence, fix, severity = rule.severity }) => {
		const accepted = acceptedBy(acceptances, name, address);
		return {
			rule: name,
			severity,
			address,
			sentence,
			fix,
			docs: `${docsPage}#${name}`,
			...accepted !== void 0 && { accepted }
		};
	}));
	const rank = ({ accepted, severity }) => (accepted === void 0 ? 0 : severities.length) + severities.indexOf(severity);
	return findings.sort((a, b) => rank(a) - rank(b));
}
function docsPageOf(action) {
	const page = "docs/plan-rules.md";
	return action === void 0 ? page : `${action.url}/blob/${encodeURI(action.ref)}/${page}`;
}
// src/stacks/workflow.ts
var import_dist = require_dist();
const largestFile = 1e6;
const mostJobs = 256;
function stepsOf(workflow, isOurs) {
	if (Buffer.byteLength(workflow) > largestFile) return [];
	let document;
	try {
		document = (0, import_dist.parse)(workflow, {
			maxAliasCount: 100,
			logLevel: "silent"
		});
	} catch {
		return [];
	}
	const { jobs, env, on } = asObject(document);
	const mayBePush = isPush(on);
	return Object.entries(asObject(jobs)).flatMap(([id, job]) => stepsOfJob(id, asObject(job), asObject(env), isOurs).map((step) => ({
		...step,
		mayBePush
	})));
}
function isPush(on) {
	const events = typeof on === "string" ? [on] : Array.isArray(on) ? on : Object.keys(asObject(on));
	const types = asList(asObject(asObject(on).pull_request).types);
	return events.some((event) => event === "push" || event === "workflow_call") || types.includes("closed");
}
function stepsOfJob(jobId, job, env, isOurs) {
	const steps = asList(job.steps).map(asObject);
	const ours = steps.filter(({ uses }) => typeof uses === "string" && isOurs(uses));
	if (ours.length === 0) return [];
	const scripts = steps.map(({ run }) => typeof run === "string" ? run : "").join("\n");
	return combinations(asObject(job.strategy).matrix).flatMap((combination) => {
		const value = (given) => textIn(given, combination);
		const values = (given) => Object.fromEntries(Object.entries(asObject(given)).map(([name, each]) => [name, value(each)]));
		const environment = typeof job.environment === "object" ? asObject(job.environment).name : job.environment;
		const shown = Object.entries(combination ?? {}).map(([name, each]) => `${name}: ${String(each)}`);
		return ours.map((step) => {
			const inputs = values(step.with);
			const own = inputs.environment?.text === "" ? void 0 : inputs.environment;
			return {
				job: shown.length === 0 ? jobId : `${jobId} (${shown.join(", ")})`,
				jobId,
				environment: own ?? (environment === void 0 || environment === null ? void 0 : value(environment)),
				inputs,
				env: {
					...values(env),
					...values(job.env),
					...scripted(scripts),
					...values(step.env)
				},
				conditions: [job.if, step.if].filter((each) => each !== void 0 && each !== null).map(String),
				machine: JSON.stringify([job["runs-on"], job.container])
			};
		});
	});
}
function scripted(scripts) {
	const names = scripts.match(/\b(TF_WORKSPACE|TF_CLI_ARGS(_init)?|TF_DATA_DIR|AWS_(ENDPOINT_URL|S3_ENDPOINT)\w*)\b/g) ?? [];
	return Object.fromEntries(names.map((name) => [name, {
		text: "",
		known: "unknown"
	}]));
}
function combinations(matrix) {
	if (matrix === void 0 || matrix === null) return [{}];
	const { include, exclude, ...axes } = asObject(matrix);
	const lists = [
		include ?? [],
		exclude ?? [],
		...Object.values(axes)
	];
	if (typeof matrix !== "object" || !lists.every(Array.isArray)) return [void 0];
	let combined = [{}];
	for (const [axis, values] of Object.entries(axes)) {
		combined = combined.flatMap((each) => asList(values).map((value) => ({
			...each,
			[axis]: value
		})));
		if (combined.length > mostJobs) return [void 0];
	}
	const isLike = (each, other, names) => names.every((name) => JSON.stringify(each[name]) === JSON.stringify(other[name]));
	const kept = combined.filter((each) => !asList(exclude).some((out) => isLike(each, asObject(out), Object.keys(asObject(out)))));
	const hasAxes = Object.keys(axes).length > 0;
	const made = hasAxes ? kept.map((each) => ({ ...each })) : [];
	for (const more of asList(include).map(asObject)) {
		const shared = Object.keys(more).filter((name) => name in axes);
		const fitting = hasAxes ? made.filter((each, index) => index < kept.length && isLike(each, more, shared)) : [];
		for (const each of fitting) Object.assign(each, more);
		if (fitting.length === 0) made.push({ ...more });
	}
	return made.length > mostJobs ? [void 0] : made;
}
function textIn(given, combination) {
	if (typeof given === "object" && given !== null) return {
		text: JSON.stringify(given),
		known: "unknown"
	};
	let known = "literal";
	return {
		text: replaceExpressions(String(given ?? ""), (whole, expression) => {
			const inMatrix = /^matrix\.([\w-]+(?:\.[\w-]+)*)$/.exec(expression.trim())?.[1];
			const value = inMatrix === void 0 ? void 0 : memberOf(combination, inMatrix.split("."));
			if (value !== void 0 && !String(value).includes("${{")) return String(value);
			if (known !== "unknown") known = isSameInRun(expression) ? "same in a run" : "unknown";
			return whole.replace(/\s+/g, " ");
		}),
		known
	};
}
function replaceExpressions(text, replace) {
	const parts = [];
	let position = 0;
	for (;;) {
		const begin = text.indexOf("${{", position);
		const end = begin === -1 ? -1 : text.indexOf("}}", begin + 3);
		if (end === -1) return parts.join("") + text.slice(position);
		parts.push(text.slice(position, begin), replace(text.slice(begin, end + 2), text.slice(begin + 3, end)));
		position = end + 2;
	}
}
function memberOf(combination, path) {
	if (combination === void 0) return void 0;
	let value = combination;
	for (const name of path) value = asObject(value)[name];
	if (value === void 0 || value === null) return "";
	return typeof value === "object" ? void 0 : value;
}
function isSameInRun(expression) {
	const code = expression.replace(/'(?:[^']|'')*'/g, " ");
	if (/github\s*\.\s*(job|action|env|path|token|workspace|retention)|\bgithub\b(?!\s*\.)|\[/i.test(code)) return false;
	const words = code.match(/(?<![\w.-])[A-Za-z_][\w-]*/g) ?? [];
	const allowed = /^(github|inputs|true|false|null|contains|startsWith|endsWith|format|join|toJSON|fromJSON)$/i;
	return words.every((word) => allowed.test(word));
}
// src/stacks/shared-state.ts
const leading = /^(TF_WORKSPACE|TF_CLI_ARGS(_init)?|TF_DATA_DIR|AWS_(ENDPOINT_URL|S3_ENDPOINT).*)$/;
const storeOf = {
	s3: ["bucket"],
	gcs: ["bucket"],
	azurerm: ["storage_account_name", "container_name"],
	http: [],
	consul: ["address"]
};
function refuseSharedState(workflow, checkout) {
	const text = workflow.file === "" ? void 0 : checkout.text(workflow.file);
	if (text === void 0) return;
	const steps = stepsOf(text, workflow.isOurs);
	if (Object.entries(workflow.env).some(([name, value]) => leading.test(name) && value && !steps.some(({ env }) => name in env))) return;
	const deploying = steps.flatMap((step) => {
		const state = stateOf(step, checkout);
		return state === void 0 || !mayApply(step) ? [] : [{
			step,
			...state
		}];
	});
	for (const [index, one] of deploying.entries()) for (const other of deploying.slice(index + 1)) {
		if (one.state !== other.state || ![one.step.jobId, other.step.jobId].includes(workflow.job)) continue;
		const isCertain = one.isLiteral && other.isLiteral;
		const isConditional = [...one.step.conditions, ...other.step.conditions].length > 0;
		if (!isComparable(one.step, other.step) || !isCertain && isConditional) continue;
		const what = differentEnvironments(one.step, other.step);
		if (what !== void 0) throw refusal(workflow.file, one.step, other.step, what, one.state, one.key);
	}
}
function stateOf({ inputs, env }, checkout) {
	const given = (name) => inputs[name] ?? {
		text: "",
		known: "literal"
	};
	const [directory, stack, workspace, backendConfig] = [
		given("working-directory"),
		given("stack"),
		given("workspace"),
		given("backend-config")
	];
	const variables = Object.entries(env).filter(([name]) => leading.test(name));
	const used = [
		directory,
		stack,
		workspace,
		backendConfig,
		...variables.map(([, value]) => value)
	];
	if (used.some(({ known }) => known === "unknown")) return void 0;
	const place = directory.known === "literal" ? inRepository(".", directory.text.trim() || ".") : void 0;
	if (stack.known !== "literal") return void 0;
	const own = place === void 0 || stack.text !== "" ? void 0 : backendIn(place, checkout);
	if (stack.text === "" && own === void 0) return void 0;
	const lines = backendConfig.text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "");
	if (stack.text !== "" && lines.length === 0) return void 0;
	if (place === void 0 && lines.some((line) => !isSetting(line))) return void 0;
	const backend = configured(own, lines, (path) => checkout.text(inRepository(place ?? ".", path) ?? ""));
	if (backend === void 0) return void 0;
	const store = storeOf[backend.type];
	const key = keySetting(backend.type);
	const needed = [...store ?? [], key];
	if (store === void 0 || needed.some((name) => !backend.settings[name] || /\bvar\.|\blocal\./.test(backend.settings[name]))) return void 0;
	const chosen = workspace.text || env.TF_WORKSPACE?.text;
	const others = variables.filter(([name]) => name !== "TF_WORKSPACE").map(([name, { text }]) => `${name}=${text}`);
	return {
		state: [stateName(backend, chosen), ...others.sort()].join(", "),
		key,
		isLiteral: used.every(({ known }) => known === "literal")
	};
}
function backendIn(directory, checkout) {
	const textOf = (name) => checkout.text(inRepository(directory, name) ?? "");
	return readConfiguration(checkout.names(directory), textOf).backend;
}
function mayApply({ inputs, conditions, mayBePush }) {
	const command = inputs.command?.text || "auto";
	if ([
		"plan",
		"verify",
		"discover",
		"summary"
	].includes(command)) return false;
	if (command === "apply" || command === "destroy") return true;
	return mayBePush && conditions.every(isTrueOfPush);
}
function isTrueOfPush(condition) {
	if (!/github\s*\.\s*(event|ref|base_ref|head_ref)/.test(condition)) return true;
	if (/!/.test(condition)) return false;
	return /event_name\s*==\s*'push'|github\.ref(_name)?\s*==\s*'(refs\/heads\/)?(main|master)'/.test(condition);
}
function isComparable(one, other) {
	const isHosted = ({ machine }) => /^\["(ubuntu|windows|macos)-[\w.-]+",null\]$/.test(machine);
	return one.machine === other.machine || isHosted(one) && isHosted(other);
}
function differentEnvironments(one, other) {
	const [a, b] = [one.environment, other.environment];
	if (a !== void 0 && b !== void 0) {
		if (a.known !== "literal" || b.known !== "literal") return void 0;
		return a.text.toLowerCase() === b.text.toLowerCase() ? void 0 : `the environments ${JSON.stringify(a.text)} and ${JSON.stringify(b.text)}`;
	}
	if (a !== void 0 || b !== void 0) return void 0;
	const files = ({ inputs }) => inputs["var-file"];
	const set = (value) => (value?.text ?? "").split("\n").map((line) => line.trim()).filter((line) => line !== "");
	const [mine, theirs] = [files(one), files(other)];
	if (mine?.known !== "literal" || theirs?.known !== "literal") return void 0;
	if (one.inputs.target !== void 0 || other.inputs.target !== void 0) return void 0;
	const [left, right] = [set(mine).toSorted().join(", "), set(theirs).toSorted().join(", ")];
	return left === "" || right === "" || left === right ? void 0 : `the var files ${left} and ${right}`;
}
function refusal(file, one, other, what, state, key) {
	const [a, b] = [one.job, other.job].map((job) => JSON.stringify(job));
	const jobs = a === b ? `Two steps of job ${a}` : `The jobs ${a} and ${b}`;
	return new InputError(`${jobs} in ${file} deploy ${what} with the same state (${state}): each would replace what the other has deployed. Give each a state of its own: another ${key} in backend-config, or another workspace. Where both are one deployment, name the same environment in both (input environment).`, "STATE_SHARED");
}
// src/terraform/query.ts
var import_semver = __toESM(require_semver(), 1);
const defaultTimeoutMs = 12e4;
async function query(binary, args, { cwd, env, timeoutMs = defaultTimeoutMs }) {
	const output = getExecOutput(binary, [...args], {
		...cwd !== void 0 && { cwd },
		env: { ...env },
		silent: true,
		ignoreReturnCode: true
	});
	let timer;
	const timeout = new Promise((_, reject) => {
		timer = setTimeout(() => reject(new Error(`it did not end within ${timeoutMs / 1e3} s`)), timeoutMs);
	});
	try {
		return await Promise.race([output, timeout]);
	} finally {
		clearTimeout(timer);
	}
}
// src/terraform/tailed-file.ts
const maxLineUnits = 1048576;
const mebibyte = 1048576;
var TailedFile = class {
	path;
	descriptor;
	#decoder = new StringDecoder("utf8");
	#position = 0;
	#rest = "";
	#isTooLong = false;
	constructor(path) {
		this.path = path;
		this.descriptor = openSync(path, "wx+", 384);
	}
	*newLines(isEnd = false) {
		const chunk = Buffer.allocUnsafe(65536);
		for (;;) {
			const bytes = readSync(this.descriptor, chunk, 0, chunk.length, this.#position);
			if (bytes === 0) break;
			this.#position += bytes;
			const lines = this.#linesOf(this.#decoder.write(chunk.subarray(0, bytes)));
			if (lines !== "") yield lines;
		}
		if (!isEnd) return;
		const rest = this.#isTooLong ? tooLong : this.#rest;
		this.#rest = "";
		this.#isTooLong = false;
		if (rest !== "") yield rest;
	}
	text() {
		const { size } = fstatSync(this.descriptor);
		if (size > constants$1.MAX_STRING_LENGTH) {
			const max = Math.floor(constants$1.MAX_STRING_LENGTH / mebibyte);
			throw new ServiceError(`Terraform printed ${Math.ceil(size / mebibyte)} MiB, and this action can read ${max} MiB: split the root module.`);
		}
		return readFileSync(this.path, "utf8");
	}
	lastLines(maxBytes) {
		const { size } = fstatSync(this.descriptor);
		if (size <= maxBytes) return readFileSync(this.path, "utf8");
		const buffer = Buffer.allocUnsafe(maxBytes);
		const bytes = readSync(this.descriptor, buffer, 0, maxBytes, size - maxBytes);
		return buffer.subarray(buffer.indexOf("\n") + 1, bytes).toString("utf8");
	}
	remove() {
		closeSync(this.descriptor);
		rmSync(this.path, { force: true });
	}
	#linesOf(text) {
		const end = text.lastIndexOf("\n") + 1;
		if (end === 0) {
			if (!this.#isTooLong) this.#rest += text;
			if (this.#rest.length > maxLineUnits) this.#isTooLong = true;
			if (this.#isTooLong) this.#rest = "";
			return "";
		}
		const lines = this.#isTooLong ? tooLong + text.slice(text.indexOf("\n") + 1, end) : this.#rest + text.slice(0, end);
		this.#isTooLong = false;
		this.#rest = text.slice(end);
		return lines;
	}
};
const tooLong = `(a line of more than ${maxLineUnits / mebibyte} MiB is left out)\n`;
// src/terraform/transient.ts
const causes = [
	[/api error (SlowDown|Throttl\w*|RequestLimitExceeded|RequestThrottled\w*|TooManyRequests\w*|ProvisionedThroughputExceeded\w*)\b|StatusCode: 429\b|response code:? 429\b|\b429 Too Many Requests/, "the service throttles"],
	[/StatusCode: 50[0234]\b|response code:? 50[0234]\b|\b50[0234] (Internal Server Error|Bad Gateway|Service Unavailable|Gateway Timeout)/, "the service is not available"],
	[/connection reset by peer|connection timed out|i\/o timeout|TLS handshake timeout|unexpected EOF|: EOF\b|server closed idle connection|Client\.Timeout exceeded|context deadline exceeded|broken pipe/, "the connection broke"],
	[/Temporary failure in name resolution|server misbehaving/, "the name was not resolved"]
];
function transientCause(diagnostics) {
	if (/Lock Info:|state already locked|Error releasing the state lock/.test(diagnostics)) return void 0;
	const oneLine = diagnostics.replace(/\s+/g, " ");
	return causes.find(([words]) => words.test(oneLine))?.[1];
}
// src/terraform/cli.ts
const planProgress = /: (Refreshing|Reading|Still reading|Read complete|Refresh complete)|^(Acquiring|Releasing) state lock/;
const timeoutMs = 12e4;
const maxDiagnosticBytes = 4194304;
const everyLine = () => true;
var Terraform = class {
	planFile;
	directory;
	#options;
	#child;
	#interrupted = false;
	constructor(options) {
		this.#options = options;
		this.directory = options.directory;
		this.planFile = join(options.tempDirectory, "plan.tfplan");
	}
	async init(backendConfig) {
		const args = [
			"init",
			"-input=false",
			"-no-color",
			...this.#lockFile()
		];
		await this.#run([...args, ...backendConfig.map((line) => `-backend-config=${line}`)], {
			isShown: everyLine,
			isRetried: true
		});
	}
	async initWithoutBackend() {
		await this.#run([
			"init",
			"-input=false",
			"-no-color",
			"-backend=false"
		], { isShown: everyLine });
	}
	async unformatted(directory) {
		const { stdout } = await this.#query([
			"fmt",
			"-check",
			"-recursive",
			"-no-color",
			directory
		], [
			0,
			2,
			3
		]);
		return stdout.split("\n").filter((line) => line !== "").map((file) => relative(directory, resolve(this.#options.directory, file)));
	}
	async validate() {
		const { stdout } = await this.#query([
			"validate",
			"-json",
			"-no-color"
		], [0, 1]);
		return JSON.parse(stdout).diagnostics.map(fromValidate);
	}
	async selectWorkspace(name, create = true) {
		await this.#run([
			"workspace",
			"select",
			"-no-color",
			`-or-create=${create}`,
			"--",
			name
		], {
			isShown: everyLine,
			isRetried: true
		});
	}
	async plan(targets, replaces, mode = "normal") {
		const { exitCode, stdout } = await this.#run([
			"plan",
			...mode === "normal" ? [] : [`-${mode}`],
			"-input=false",
			"-no-color",
			"-detailed-exitcode",
			`-out=${this.planFile}`,
			...this.#locking(),
			`-parallelism=${this.#options.parallelism}`,
			...this.#variables(),
			...targets.map((address) => `-target=${address}`),
			...replaces.map((address) => `-replace=${address}`)
		], {
			isShown: (each) => planProgress.test(each),
			okCodes: [0, 2],
			isRetried: true,
			isRead: true
		});
		return {
			hasChanges: exitCode === 2,
			text: stdout
		};
	}
	async showPlan() {
		const { stdout } = await this.#run([
			"show",
			"-json",
			"-no-color",
			this.planFile
		], {
			isRetried: true,
			isRead: true
		});
		return JSON.parse(stdout);
	}
	async apply() {
		const { tool, version } = this.#options;
		const variables = (0, import_semver.gte)(version, tools[tool].variablesBesidePlan) ? this.#variables() : [];
		await this.#run([
			"apply",
			"-input=false",
			"-no-color",
			...this.#locking(),
			`-parallelism=${this.#options.parallelism}`,
			...variables,
			this.planFile
		], {
			isShown: everyLine,
			changesState: true
		});
	}
	async showState() {
		const { stdout } = await this.#run([
			"show",
			"-json",
			"-no-color"
		], {
			isRetried: true,
			isRead: true
		});
		return JSON.parse(stdout);
	}
	async taint(address) {
		await this.#run([
			"taint",
			"-no-color",
			...this.#locking(),
			address
		], {
			isShown: everyLine,
			changesState: true
		});
	}
	interrupt() {
		if (this.#interrupted) return;
		this.#interrupted = true;
		if (process.platform !== "win32") this.#child?.kill("SIGINT");
	}
	get running() {
		return this.#child !== void 0;
	}
	#locking() {
		return [`-lock-timeout=${Math.ceil(this.#options.lockTimeoutMs / 1e3)}s`];
	}
	#variables() {
		return this.#options.varFiles.map((file) => `-var-file=${file}`);
	}
	#lockFile() {
		const { directory } = this.#options;
		const decided = [process.env.TF_CLI_ARGS, process.env.TF_CLI_ARGS_init].join(" ");
		return existsSync(join(directory, ".terraform.lock.hcl")) && !/(^|\s)--?(lockfile|upgrade)\b/.test(decided) ? ["-lockfile=readonly"] : [];
	}
	async #run(args, how) {
		const deadline = Date.now() + timeoutMs;
		for (let attempt = 0;; attempt++) try {
			return await this.#runOnce(args, how);
		} catch (error) {
			const waitMs = 2e3 * 2 ** attempt;
			const cause = error instanceof TerraformError && how.isRetried ? transientCause(error.diagnostics) : void 0;
			if (cause === void 0 || Date.now() + waitMs > deadline) throw error;
			const { tool } = this.#options;
			log.line(line`${tool} ${args[0]} failed because ${cause}. It is tried again in ${waitMs / 1e3} s.`);
			await sleep(waitMs);
		}
	}
	async #runOnce(args, how) {
		const command = args[0] ?? "";
		const { tool, binary, directory, tempDirectory, print, onRunning } = this.#options;
		this.#assertNotInterrupted(command);
		const name = join(tempDirectory, `${randomUUID()}-${command}`);
		const out = new TailedFile(`${name}.out`);
		const err = new TailedFile(`${name}.err`);
		const { isShown } = how;
		const show = (file, isEnd = false) => {
			if (isShown === void 0) return;
			for (const text of file.newLines(isEnd)) {
				const shown = text.split(/(?<=\n)/).filter(isShown);
				if (shown.length > 0) print(shown.join(""));
			}
		};
		const child = spawn(binary, args, {
			cwd: directory,
			env: this.#environment(),
			detached: true,
			windowsHide: true,
			stdio: [
				"ignore",
				out.descriptor,
				err.descriptor
			]
		});
		this.#child = child;
		const ended = new Promise((resolve, reject) => {
			child.once("error", (error) => reject(new TerraformError(command, null, `${binary}: ${error.message}`, tool)));
			child.once("exit", (exitCode, signal) => resolve({
				exitCode,
				signal
			}));
		});
		if (how.changesState && child.pid !== void 0) {
			const started = new Date().toISOString();
			onRunning({
				pid: child.pid,
				tool,
				binary,
				directory,
				command,
				started,
				log: out.path,
				errors: err.path
			});
		}
		const ticker = setInterval(() => {
			show(out);
			show(err);
		}, 200);
		try {
			const { exitCode, signal } = await ended;
			show(out, true);
			if (exitCode === null || !(how.okCodes ?? [0]).includes(exitCode)) {
				show(err, true);
				const diagnostics = withoutDiagnosticMarks(err.lastLines(maxDiagnosticBytes));
				if (this.#interrupted) throw new CancelledError(`The job was cancelled: ${tool} ${command} was told to stop and has stopped.\n${diagnostics}`.trim());
				const killed = signal === null ? "" : `It was killed by ${signal}. Has the machine run out of memory?\n`;
				throw new TerraformError(command, exitCode, `${killed}${diagnostics}`.trim(), tool);
			}
			for (const text of err.newLines(true)) print(text);
			return {
				exitCode,
				stdout: how.isRead ? out.text() : ""
			};
		} finally {
			clearInterval(ticker);
			this.#child = void 0;
			log.closeFence();
			out.remove();
			err.remove();
			if (how.changesState) onRunning(void 0);
		}
	}
	async #query(args, okCodes) {
		const command = args[0] ?? "";
		const { tool, binary, directory, print } = this.#options;
		this.#assertNotInterrupted(command);
		const { exitCode, stdout, stderr } = await query(binary, args, {
			cwd: directory,
			env: this.#environment()
		}).catch((error) => {
			throw new TerraformError(command, null, `${binary}: ${messageOf(error)}`, tool);
		});
		if (stderr !== "") print(stderr);
		log.closeFence();
		if (!okCodes.includes(exitCode)) throw new TerraformError(command, exitCode, withoutDiagnosticMarks(stderr), tool);
		return {
			exitCode,
			stdout
		};
	}
	#assertNotInterrupted(command) {
		if (!this.#interrupted) return;
		throw new CancelledError(`${this.#options.tool} ${command} was not started: the job was cancelled.`);
	}
	#environment() {
		const { credentials, directory } = this.#options;
		const cache = credentials ? pluginCache(process.env, directory) : {};
		return {
			...terraformEnvironment(process.env, credentials),
			...cache
		};
	}
};
function withoutDiagnosticMarks(diagnostics) {
	return diagnostics.replace(/^\d{4}-\d\d-\d\dT\S+ \[(TRACE|DEBUG|INFO|WARN|ERROR)\].*\n(?:[ -].*\n)*/gm, "").replace(/^[│╷╵] ?/gm, "").replace(/\n{3,}/g, "\n\n").trim();
}
// src/terraform/install/openpgp.ts
var SignatureError = class extends Error {
	name = "SignatureError";
};
const tags = {
	signature: 2,
	publicKey: 6,
	userId: 13,
	publicSubkey: 14,
	userAttribute: 17
};
const hashes = {
	8: "sha256",
	9: "sha384",
	10: "sha512"
};
const types = {
	document: 0,
	genericCertification: 16,
	positiveCertification: 19,
	subkeyBinding: 24,
	primaryKeyBinding: 25,
	keyRevocation: 32,
	subkeyRevocation: 40,
	certificationRevocation: 48
};
const subpackets = {
	created: 2,
	signatureExpires: 3,
	keyExpires: 9,
	issuer: 16,
	keyFlags: 27,
	embeddedSignature: 32,
	issuerFingerprint: 33
};
const unsigned = [
	subpackets.issuer,
	subpackets.issuerFingerprint,
	subpackets.embeddedSignature
];
const maySign = 2;
const rsa = 1;
const minBits = 2048;
function readSigningKeys(armored, fingerprint) {
	const [first, ...rest] = readPackets(dearmor(armored));
	if (first?.tag !== tags.publicKey) throw new SignatureError("the key block does not begin with a public key");
	const primary = readKey(first.body);
	if (fingerprint !== void 0 && primary.fingerprint !== fingerprint) throw new SignatureError(`the key is ${primary.fingerprint} and not ${fingerprint}`);
	const keys = [];
	for (const { head, signatures } of groups(first, rest)) {
		const own = ownSignatures(signatures, primary);
		if (own.some(({ type }) => type === types.keyRevocation)) throw new SignatureError("the key was revoked");
		const signing = head.tag === tags.publicSubkey ? signingSubkey(head, own, primary) : signingPrimary(head, own, primary);
		if (signing !== void 0) keys.push(signing);
	}
	if (keys.length === 0) throw new SignatureError(`the key ${primary.fingerprint} may sign nothing`);
	return keys;
}
function verifyDetached(document, signature, keys, now) {
	const [packet, ...more] = readPackets(signature);
	if (packet?.tag !== tags.signature || more.length > 0) throw new SignatureError("it is not one signature");
	const parsed = readSignature(packet.body);
	if (parsed.type !== types.document) throw new SignatureError(`it is a signature of type ${parsed.type}, not of a document`);
	const signer = keys.find((key) => namesOnly(parsed.issuers, key.fingerprint));
	if (signer === void 0) throw new SignatureError(`it was made by the key ${parsed.issuers.join(" and ")}, which is none of the trusted ones`);
	if (!isGood(parsed, [document], signer)) throw new SignatureError("it is not a signature over this content");
	if (parsed.created > now + clockSkew) throw new SignatureError(`it was made on ${day(parsed.created)}, which is in the future: is the clock right?`);
	if (parsed.signatureExpires !== void 0 && now >= parsed.created + parsed.signatureExpires) throw new SignatureError(`it expired on ${day(parsed.created + parsed.signatureExpires)}`);
	if (parsed.created < signer.created) throw new SignatureError("it is older than the key that made it");
	if (signer.expires !== void 0 && now >= signer.expires) throw new SignatureError(`the key ${signer.fingerprint} expired on ${day(signer.expires)}`);
}
const clockSkew = 86400;
function day(seconds) {
	return new Date(seconds * 1e3).toISOString().slice(0, 10);
}
function groups(first, rest) {
	const found = [{
		head: first,
		signatures: []
	}];
	for (const packet of rest) if (packet.tag === tags.signature) found.at(-1)?.signatures.push(packet.body);
	else if (packet.tag === tags.userId || packet.tag === tags.userAttribute || packet.tag === tags.publicSubkey) found.push({
		head: packet,
		signatures: []
	});
	else throw new SignatureError(`a key block holds no packet of type ${packet.tag}`);
	return found;
}
function ownSignatures(signatures, { fingerprint }) {
	return signatures.flatMap((body) => {
		try {
			const signature = readSignature(body);
			return namesOnly(signature.issuers, fingerprint) ? [signature] : [];
		} catch {
			return [];
		}
	});
}
function signingPrimary(head, own, primary) {
	if (head.tag !== tags.userId) return void 0;
	const length = Buffer.alloc(5);
	length[0] = 180;
	length.writeUInt32BE(head.body.length, 1);
	const certified = [
		primary.hashed,
		length,
		head.body
	];
	if (own.some(({ type }) => type === types.certificationRevocation)) return void 0;
	const newest = own.filter(({ type }) => type >= types.genericCertification && type <= types.positiveCertification).filter((signature) => isGood(signature, certified, primary)).reduce(newer, void 0);
	return newest === void 0 ? void 0 : signingKey(primary, newest);
}
function signingSubkey(head, own, primary) {
	if (own.some(({ type }) => type === types.subkeyRevocation)) return void 0;
	const candidates = own.filter(({ type, keyFlags = 0 }) => type === types.subkeyBinding && (keyFlags & maySign) !== 0);
	if (candidates.length === 0) return void 0;
	const subkey = readKey(head.body);
	const bound = [primary.hashed, subkey.hashed];
	const newest = candidates.filter((signature) => isGood(signature, bound, primary) && hasBackSignature(signature, bound, subkey)).reduce(newer, void 0);
	return newest === void 0 ? void 0 : signingKey(subkey, newest);
}
function hasBackSignature({ embedded }, bound, subkey) {
	if (embedded === void 0) return false;
	const back = readSignature(embedded);
	return back.type === types.primaryKeyBinding && namesOnly(back.issuers, subkey.fingerprint) && isGood(back, bound, subkey);
}
function newer(a, b) {
	return a === void 0 || b.created > a.created ? b : a;
}
function signingKey({ fingerprint, key, modulusBytes, created }, { keyFlags = 0, keyExpires }) {
	if ((keyFlags & maySign) === 0) return void 0;
	return {
		fingerprint,
		key,
		modulusBytes,
		created,
		expires: keyExpires === void 0 || keyExpires === 0 ? void 0 : created + keyExpires
	};
}
function namesOnly(issuers, fingerprint) {
	return issuers.every((issuer) => fingerprint.endsWith(issuer));
}
function isGood({ hash, trailer, digestStart, value }, signed, { key, modulusBytes }) {
	if (value.length > modulusBytes) return false;
	const hashed = Buffer.concat([...signed, trailer]);
	if (!createHash(hash).update(hashed).digest().subarray(0, 2).equals(digestStart)) return false;
	return verify(hash, hashed, key, Buffer.concat([Buffer.alloc(modulusBytes - value.length), value]));
}
var Reader = class {
	#bytes;
	#at = 0;
	constructor(bytes) {
		this.#bytes = bytes;
	}
	get left() {
		return this.#bytes.length - this.#at;
	}
	get done() {
		return this.#bytes.subarray(0, this.#at);
	}
	take(count) {
		if (count > this.left) throw new SignatureError("it is cut off");
		this.#at += count;
		return this.#bytes.subarray(this.#at - count, this.#at);
	}
	number(bytes) {
		return this.take(bytes).readUIntBE(0, bytes);
	}
	integer() {
		const bits = this.number(2);
		const value = this.take(Math.ceil(bits / 8));
		if (bits === 0 || bits !== value.length * 8 - Math.clz32(value[0] ?? 0) + 24) throw new SignatureError("it holds a number that is not as long as it says");
		return value;
	}
};
function readPackets(bytes) {
	const reader = new Reader(bytes);
	const packets = [];
	while (reader.left > 0) {
		const header = reader.number(1);
		if ((header & 128) === 0) throw new SignatureError("it is not OpenPGP");
		const isNew = (header & 64) !== 0;
		const tag = isNew ? header & 63 : header >> 2 & 15;
		packets.push({
			tag,
			body: reader.take(isNew ? newLength(reader) : oldLength(reader, header & 3))
		});
	}
	return packets;
}
function newLength(reader) {
	const first = reader.number(1);
	if (first < 192) return first;
	if (first < 224) return (first - 192 << 8) + reader.number(1) + 192;
	if (first === 255) return reader.number(4);
	throw new SignatureError("it comes in parts, which no signature and no key does");
}
function oldLength(reader, kind) {
	const bytes = [
		1,
		2,
		4
	][kind];
	if (bytes === void 0) throw new SignatureError("a packet of it has no length");
	return reader.number(bytes);
}
function readKey(body) {
	const reader = new Reader(body);
	const version = reader.number(1);
	if (version !== 4) throw new SignatureError(`the key is of version ${version}, and only 4 is read`);
	const created = reader.number(4);
	const algorithm = reader.number(1);
	if (algorithm !== rsa) throw new SignatureError(`the key is of algorithm ${algorithm}, and only RSA (1) is read`);
	const modulus = reader.integer();
	const exponent = reader.integer();
	if (reader.left > 0) throw new SignatureError("something follows the key");
	if (modulus.length * 8 < minBits) throw new SignatureError(`the key has less than ${minBits} bits`);
	const length = Buffer.alloc(3);
	length[0] = 153;
	length.writeUInt16BE(body.length, 1);
	const hashed = Buffer.concat([length, body]);
	return {
		fingerprint: createHash("sha1").update(hashed).digest("hex").toUpperCase(),
		key: rsaKey(modulus, exponent),
		modulusBytes: modulus.length,
		created,
		hashed
	};
}
function rsaKey(modulus, exponent) {
	try {
		const key = {
			kty: "RSA",
			n: modulus.toString("base64url"),
			e: exponent.toString("base64url")
		};
		return createPublicKey({
			key,
			format: "jwk"
		});
	} catch {
		throw new SignatureError("the numbers of the key are no RSA key");
	}
}
function readSignature(body) {
	const reader = new Reader(body);
	const version = reader.number(1);
	if (version !== 4) throw new SignatureError(`it is a signature of version ${version}, and only 4 is read`);
	const type = reader.number(1);
	const algorithm = reader.number(1);
	if (algorithm !== rsa) throw new SignatureError(`it is of algorithm ${algorithm}, and only RSA (1) is read`);
	const hashId = reader.number(1);
	const hash = hashes[hashId];
	if (hash === void 0) throw new SignatureError(`it is over a hash of type ${hashId}, and only SHA-2 is trusted`);
	const hashed = readSubpackets(reader.take(reader.number(2)));
	const hashedPart = reader.done;
	const unhashed = readSubpackets(reader.take(reader.number(2)));
	const stranger = unhashed.find(({ type, isCritical }) => isCritical || !unsigned.includes(type));
	if (stranger !== void 0) throw new SignatureError(`what it says about itself (${stranger.type}) is not signed`);
	const digestStart = reader.take(2);
	const value = reader.integer();
	if (reader.left > 0) throw new SignatureError("something follows the signature");
	const trailer = Buffer.alloc(6);
	trailer.writeUInt16BE(1279, 0);
	trailer.writeUInt32BE(hashedPart.length, 2);
	const created = numberIn(hashed, subpackets.created, 4);
	if (created === void 0) throw new SignatureError("it does not say when it was made");
	return {
		type,
		hash,
		created,
		signatureExpires: numberIn(hashed, subpackets.signatureExpires, 4),
		keyExpires: numberIn(hashed, subpackets.keyExpires, 4),
		keyFlags: only(hashed, subpackets.keyFlags)?.[0],
		embedded: only([...hashed, ...unhashed], subpackets.embeddedSignature),
		issuers: issuersOf([...hashed, ...unhashed]),
		trailer: Buffer.concat([hashedPart, trailer]),
		digestStart,
		value
	};
}
function readSubpackets(bytes) {
	const reader = new Reader(bytes);
	const found = [];
	const known = Object.values(subpackets);
	while (reader.left > 0) {
		const first = reader.number(1);
		const length = first < 192 ? first : first < 255 ? (first - 192 << 8) + reader.number(1) + 192 : reader.number(4);
		const content = new Reader(reader.take(length));
		const type = content.number(1);
		const isCritical = (type & 128) !== 0;
		if (isCritical && !known.includes(type & 127)) throw new SignatureError(`it has a condition of type ${type & 127} that is not known`);
		found.push({
			type: type & 127,
			isCritical,
			body: content.take(content.left)
		});
	}
	return found;
}
function only(found, wanted) {
	const [one, ...more] = found.filter(({ type }) => type === wanted);
	if (more.length > 0) throw new SignatureError(`it says twice what must be said once (${wanted})`);
	return one?.body;
}
function numberIn(found, wanted, bytes) {
	const body = only(found, wanted);
	if (body === void 0) return void 0;
	if (body.length !== bytes) throw new SignatureError(`a number of it is not ${bytes} bytes long (${wanted})`);
	return body.readUInt32BE(0);
}
function issuersOf(found) {
	const id = only(found, subpackets.issuer);
	const fingerprint = only(found, subpackets.issuerFingerprint);
	if (id !== void 0 && id.length !== 8) throw new SignatureError("it names a key by an id that is none");
	if (fingerprint !== void 0 && (fingerprint.length !== 21 || fingerprint[0] !== 4)) throw new SignatureError("it names a key by a fingerprint that is none of version 4");
	const issuers = [id, fingerprint?.subarray(1)].filter((name) => name !== void 0);
	if (issuers.length === 0) throw new SignatureError("it does not say which key made it");
	return issuers.map((name) => name.toString("hex").toUpperCase());
}
function dearmor(armored) {
	const match = /^\s*-----BEGIN PGP PUBLIC KEY BLOCK-----[ \t]*\r?\n(?:[A-Za-z]+: [^\r\n]*\r?\n)*[ \t]*\r?\n([A-Za-z0-9+/\r\n]+={0,2})\s*(?:=([A-Za-z0-9+/]{4})\s*)?-----END PGP PUBLIC KEY BLOCK-----\s*$/.exec(armored);
	const [, base64 = "", sum] = match ?? [];
	if (match === null) throw new SignatureError("it is not an armored public key block");
	const bytes = Buffer.from(base64, "base64");
	if (sum !== void 0 && Buffer.from(sum, "base64").readUIntBE(0, 3) !== crc24(bytes)) throw new SignatureError("the checksum of the key block is wrong: was it copied in whole?");
	return bytes;
}
function crc24(bytes) {
	let crc = 11994318;
	for (const byte of bytes) {
		crc ^= byte << 16;
		for (let bit = 0; bit < 8; bit++) crc = (crc & 8388608) === 0 ? crc << 1 : crc << 1 ^ 25578747;
	}
	return crc & 16777215;
}
// src/terraform/install/version.ts
function wantedVersion(tool, input, directory) {
	const wanted = (input === void 0 ? void 0 : {
		constraint: input,
		source: "the input terraform-version"
	}) ?? versionFile(directory, tool.versionFile, /^[ \t]*v?([^\s#]+)/m) ?? versionFile(directory, ".tool-versions", new RegExp(`^[ \\t]*${tool.toolVersions}[ \\t]+v?(\\S+)`, "m")) ?? requiredVersion(tool, directory);
	if (wanted !== void 0 && wanted.constraint !== "latest" && toRange(wanted.constraint) === void 0) throw new InputError(`${tool.title} "${wanted.constraint}", which ${wanted.source} asks for, is no version: allowed are a version such as 1.11.4 or a constraint such as "~> 1.11" or ">= 1.11, < 2.0".`);
	return wanted;
}
function fits(version, constraint) {
	if (constraint === "latest") return false;
	return toRange(constraint)?.every((part) => part(version)) ?? false;
}
function toRange(constraint) {
	const parts = constraint.split(",").map(toPredicate);
	return parts.every((part) => part !== void 0) ? parts : void 0;
}
function toPredicate(part) {
	const [, operator = "=", numbers, prereleaseOf = ""] = /^\s*(=|!=|>=|>|<=|<|~>)?\s*v?(\d{1,9}(?:\.\d{1,9}){0,2})(-[\w.-]+)?\s*$/.exec(part) ?? [];
	if (numbers === void 0) return void 0;
	const segments = numbers.split(".").map(Number);
	const version = (0, import_semver.valid)(`${[
		...segments,
		0,
		0
	].slice(0, 3).join(".")}${prereleaseOf}`);
	if (version === null) return void 0;
	switch (operator) {
		case "=": return (candidate) => (0, import_semver.compare)(candidate, version) === 0;
		case "!=": return (candidate) => (0, import_semver.compare)(candidate, version) !== 0;
		case "~>": {
			const [major = 0, minor = 0] = segments;
			const below = [
				"",
				`<${major + 1}.0.0-0`,
				`<${major}.${minor + 1}.0-0`
			][segments.length - 1];
			return (candidate) => (0, import_semver.satisfies)(candidate, `>=${version} ${below}`);
		}
		default: return (candidate) => (0, import_semver.satisfies)(candidate, `${operator}${version}`);
	}
}
function versionFile(directory, name, pattern) {
	for (const each of upToCheckout(directory)) {
		const path = join(each, name);
		const constraint = existsSync(path) ? pattern.exec(readFileSync(path, "utf8"))?.[1] : void 0;
		if (constraint !== void 0) return {
			constraint,
			source: relative(directory, path)
		};
	}
}
function upToCheckout(directory) {
	const directories = [directory];
	for (let at = directory; !existsSync(join(at, ".git")); directories.push(at)) {
		if (dirname(at) === at) return [directory];
		at = dirname(at);
	}
	return directories;
}
function requiredVersion(tool, directory) {
	const found = [];
	const seen = new Set();
	const read = (module) => {
		if (seen.has(module) || !existsSync(module) || !statSync(module).isDirectory()) return;
		seen.add(module);
		for (const path of configurationFiles(tool, module)) {
			const { required, modules } = path.endsWith(".json") ? settingsInJson(readIfFile(path)) : settingsInHcl(readIfFile(path));
			found.push(...required.map((constraint) => ({
				constraint,
				source: relative(directory, path)
			})));
			for (const source of modules) if (/^\.\.?\//.test(source)) read(resolve(module, source));
		}
	};
	read(directory);
	if (found.length === 0) return void 0;
	return {
		constraint: found.map(({ constraint }) => constraint).join(", "),
		source: [...new Set(found.map(({ source }) => source))].join(" and ")
	};
}
function configurationFiles({ extensions }, module) {
	const read = new Map();
	const names = readdirSync(module).sort();
	for (const extension of extensions.flatMap((each) => [each, `${each}.json`])) for (const name of names.filter((each) => each.endsWith(extension))) {
		const key = `${extension.endsWith(".json") ? "json" : "hcl"} ${name.slice(0, -extension.length)}`;
		if (!read.has(key)) read.set(key, join(module, name));
	}
	return [...read.values()].sort();
}
function settingsInHcl(text) {
	const { blocks } = outlineOf(text);
	const texts = (type, setting) => blocks.filter((block) => block.type === type).flatMap((block) => plainString(block.attributes.get(setting)) ?? []);
	return {
		required: texts("terraform", "required_version"),
		modules: texts("module", "source")
	};
}
function settingsInJson(text) {
	try {
		const { terraform, module } = JSON.parse(text);
		const texts = (values, setting) => values.flat().flatMap((each) => {
			const value = each?.[setting];
			return typeof value === "string" ? [value] : [];
		});
		return {
			required: texts([terraform], "required_version"),
			modules: texts(Object.values(module ?? {}), "source")
		};
	} catch {
		return {
			required: [],
			modules: []
		};
	}
}
function readIfFile(path) {
	return statSync(path).isFile() ? readFileSync(path, "utf8") : "";
}
// src/terraform/install/install.ts
const defaultInstallTimes = {
	timeoutMs: 15e3,
	retryDelayMs: 1e3,
	archiveRetryDelaysMs: [1e4, 2e4],
	idleTimeoutMs: 3e4
};
async function installTerraform(options) {
	const tool = tools[options.tool];
	const wanted = wantedVersion(tool, options.version, options.directory);
	const constraint = wanted?.constraint ?? `>= ${tool.defaultVersion}`;
	const onPath = await terraformOnPath(tool);
	if (onPath !== void 0 && fits(onPath.version, constraint)) return onPath;
	const source = sourceOf(tool, options);
	const version = wanted === void 0 ? tool.defaultVersion : (0, import_semver.valid)(wanted.constraint.trim()) ?? await newestRelease(source, wanted);
	if (onPath?.version === version) return onPath;
	return {
		binary: await extract(source, await cachedArchive(source, version) ?? await downloadArchive(source, version, wanted)),
		version
	};
}
function sourceOf(tool, { mirror, warn, times = defaultInstallTimes }) {
	const own = mirror?.key;
	return {
		tool,
		base: mirror?.url ?? tool.releases,
		index: mirror === void 0 ? tool.publicIndex : `${mirror.url}/${tool.index}`,
		publisher: own === void 0 ? tool.publisher : "the owner of terraform-mirror-key",
		signatures: own === void 0 ? tool.signatures : tool.signatures.slice(-1),
		keys: own === void 0 ? readSigningKeys(tool.key.armored, tool.key.fingerprint) : keysOfMirror(own),
		platform: releasePlatform(process.platform, process.arch),
		warn,
		times
	};
}
function keysOfMirror(armored) {
	try {
		return readSigningKeys(armored);
	} catch (error) {
		throw new InputError(`Input terraform-mirror-key: ${messageOf(error)}. It must be one armored RSA key, as \`gpg --armor --export\` prints it.`);
	}
}
async function terraformOnPath({ command, wrapper }) {
	const directory = process.env[wrapper.variable];
	const behindWrapper = directory === void 0 ? void 0 : join(directory, executable(wrapper.binary));
	const binary = behindWrapper !== void 0 && existsSync(behindWrapper) ? behindWrapper : command;
	try {
		const { stdout } = await query(binary, ["version", "-json"], {
			env: terraformEnvironment(process.env),
			timeoutMs: 3e4
		});
		const { terraform_version } = JSON.parse(stdout);
		return {
			binary,
			version: terraform_version
		};
	} catch {
		return;
	}
}
function executable(name) {
	return process.platform === "win32" ? `${name}.exe` : name;
}
async function newestRelease(source, wanted) {
	const { tool, index } = source;
	const { status, body } = await fetchFile(source, index);
	if (status !== 200) throw notInstalled(tool, index, `it answered ${status}. An exact version needs no list.`);
	const newest = publishedVersions(tool, index, body.toString("utf8")).filter((version) => (0, import_semver.valid)(version) !== null && (0, import_semver.prerelease)(version) === null).filter((version) => wanted.constraint === "latest" || fits(version, wanted.constraint)).sort(import_semver.compare).at(-1);
	if (newest === void 0) throw new InputError(`No release of ${tool.title} fits "${wanted.constraint}", which ${wanted.source} asks for.`);
	return newest;
}
function publishedVersions(tool, url, body) {
	try {
		const { versions } = JSON.parse(body);
		return Array.isArray(versions) ? versions.map(({ id }) => id) : Object.keys(versions);
	} catch (error) {
		throw notInstalled(tool, url, `it did not answer with the list of versions: ${somebodyElse}`, error);
	}
}
const somebodyElse = "a proxy or a sign-in page may have answered in its place.";
function filesOf({ tool, platform }, version) {
	const prefix = `${tool.command}_${version}`;
	return {
		archive: `${prefix}_${platform}.zip`,
		sums: `${prefix}_SHA256SUMS`,
		signature: `${prefix}_SHA256SUMS.sig`
	};
}
const cacheName = (tool) => `${tool.command}-releases`;
async function cachedArchive(source, version) {
	const { find } = await import("./tool-cache.js");
	const folder = find(cacheName(source.tool), version);
	if (folder === "") return void 0;
	const { archive, sums, signature } = filesOf(source, version);
	try {
		const expected = signedSum(source, archive, readFileSync(join(folder, sums)), readFileSync(join(folder, signature)));
		const actual = await sha256(join(folder, archive));
		if (expected === void 0) throw new SignatureError(`its checksums do not list ${archive}`);
		if (actual !== expected) throw new SignatureError(`the SHA-256 of ${archive} is ${actual} and not ${expected}`);
		return join(folder, archive);
	} catch (error) {
		source.warn(`${source.tool.title} ${version} in this runner's tool cache is not as it was published, so it is downloaded again and not run: ${messageOf(error)}. If it was changed after it was cached, somebody else can write into ${folder}.`);
		return;
	}
}
async function downloadArchive(source, version, wanted) {
	const { tool, base, publisher } = source;
	const { archive, sums, signature } = filesOf(source, version);
	const folder = `${base}/${tool.folder(version)}`;
	const published = await publishedSums(source, `${folder}/${sums}`, version, wanted);
	const signed = await publishedSignature(source, `${folder}/${sums}`);
	const expected = sumFromMirror(source, version, `${folder}/${sums}`, published, signed);
	const url = `${folder}/${archive}`;
	const temp = process.env.RUNNER_TEMP || tmpdir();
	mkdirSync(temp, { recursive: true });
	const gathered = mkdtempSync(join(temp, "release-"));
	try {
		const file = join(gathered, archive);
		await fetchArchive(source, url, file);
		const actual = await sha256(file);
		if (actual !== expected) throw new ServiceError(`The download of ${url} is not what ${publisher} published: ${describeContent(readFileSync(file))} Its SHA-256 is ${actual}, and SHA256SUMS says ${expected}. It was deleted and not run.`);
		writeFileSync(join(gathered, sums), published);
		writeFileSync(join(gathered, signature), signed);
		const { cacheDir } = await import("./tool-cache.js");
		return join(await cacheDir(gathered, cacheName(tool), version), archive);
	} finally {
		rmSync(gathered, {
			recursive: true,
			force: true
		});
	}
}
function describeContent(content) {
	if (content.length === 0) return "it is empty.";
	if (content.subarray(0, 2).toString("latin1") !== "PK") return `it is no archive at all: ${somebodyElse}`;
	return content.subarray(-65557).lastIndexOf("PK", void 0, "latin1") === -1 ? `it is cut off after ${content.length} bytes, as by a broken connection: run again.` : "it is another archive. A mirror that is out of step does that, and so does somebody who wants you to run it.";
}
async function extract({ tool }, archive) {
	const name = executable(tool.command);
	try {
		const { extractZip } = await import("./tool-cache.js");
		const binary = join(await extractZip(archive), name);
		if (!existsSync(binary)) throw new Error(`there is no ${name} in it.`);
		return binary;
	} catch (error) {
		throw notInstalled(tool, archive, messageOf(error), error);
	}
}
async function publishedSums(source, url, version, wanted) {
	const { tool } = source;
	const { status, body } = await fetchFile(source, url);
	if (status === 404) throw new InputError(`There is no ${tool.title} ${version}, which ${wanted?.source ?? "this release"} asks for: ${url} answered 404. ` + (source.base === tool.releases ? `Releases are listed at ${tool.publicIndex}.` : `Is it in the mirror, and is terraform-mirror the address that stands for ${tool.releases}?`));
	if (status !== 200) throw notInstalled(tool, url, `it answered ${status}`);
	if (!/^[0-9a-f]{64} /.test(body.toString("latin1"))) throw notInstalled(tool, url, `it did not answer with checksums: ${somebodyElse}`);
	return body;
}
async function publishedSignature(source, sums) {
	const { tool, signatures } = source;
	const missing = [];
	for (const ending of signatures) {
		const { status, body } = await fetchFile(source, sums + ending);
		if (status === 200) return body;
		if (status !== 404) throw notInstalled(tool, sums + ending, `it answered ${status}`);
		missing.push(sums + ending);
	}
	throw notInstalled(tool, sums, `there is no signature over it (${missing.join(" and ")} answered 404), and without one it could be anybody's.`);
}
function signedSum({ keys }, archive, sums, signature) {
	verifyDetached(sums, signature, keys, Math.floor(Date.now() / 1e3));
	for (const line of sums.toString("utf8").split("\n")) {
		const [, digits, name] = /^([0-9a-f]{64}) [ *](\S+)\s*$/.exec(line) ?? [];
		if (name === archive) return digits;
	}
}
function sumFromMirror(source, version, url, sums, signature) {
	const { archive } = filesOf(source, version);
	try {
		const sum = signedSum(source, archive, sums, signature);
		if (sum !== void 0) return sum;
	} catch (error) {
		if (!(error instanceof SignatureError)) throw error;
		throw new ServiceError(`${url} is not signed by ${source.publisher}: the signature cannot be relied on, ${error.message}. Nothing of it was run. If a mirror or a proxy is in between, look there first; if the key has expired or was changed, a newer version of this action has the new one.`);
	}
	throw notInstalled(source.tool, url, `it lists no ${archive}: ${source.tool.title} ${version} is not built for this platform.`);
}
async function sha256(file) {
	const hash = createHash("sha256");
	await pipeline(createReadStream(file), hash);
	return hash.digest("hex");
}
const maxRedirects = 10;
const maxBytes = 33554432;
async function fetchFile({ tool, times }, url) {
	const { idleTimeoutMs, retryDelayMs, timeoutMs } = times;
	const attempt = () => settled(() => request(url, {
		maxBytes,
		maxRedirects,
		idleTimeoutMs
	}));
	const result = await poll(attempt, {
		delayMs: (count) => retryDelayMs * 2 ** count,
		timeoutMs
	});
	if (result.timedOut) throw notInstalled(tool, url, result.waitingFor);
	return result.value;
}
async function fetchArchive({ tool, times }, url, file) {
	const { idleTimeoutMs, archiveRetryDelaysMs } = times;
	for (const delayMs of [...archiveRetryDelaysMs, void 0]) {
		const attempt = await settled(async () => ({ status: await download(url, file, {
			maxRedirects,
			idleTimeoutMs
		}) }));
		if ("done" in attempt) {
			const { status } = attempt.done;
			if (status === 200) return;
			throw notInstalled(tool, url, `it answered ${status}${status === 404 ? ", though the checksums list it." : ""}`);
		}
		if (delayMs === void 0) throw notInstalled(tool, url, attempt.waitingFor);
		await sleep(delayMs);
	}
}
async function settled(send) {
	try {
		const answer = await send();
		const { status } = answer;
		return status === 408 || status === 429 || status >= 500 ? { waitingFor: `it answered ${status}` } : { done: answer };
	} catch (error) {
		return { waitingFor: messageOf(error) };
	}
}
function notInstalled({ title }, what, why, cause) {
	return new ServiceError(`${title} could not be installed from ${what}: ${why}`, { cause });
}
// src/terraform/kind.ts
const kinds = [
	"delete",
	"replace",
	"update",
	"create",
	"move",
	"import",
	"forget",
	"read",
	"none"
];
function kindOf({ actions }) {
	if (actions.includes("create") && (actions.includes("delete") || actions.includes("forget"))) return "replace";
	if (actions.includes("forget")) return "forget";
	for (const kind of [
		"delete",
		"update",
		"create",
		"read"
	]) if (actions.includes(kind)) return kind;
	return "none";
}
// src/terraform/sensitive.ts
function sensitiveValues(json) {
	const found = new Set();
	const changes = [
		...(json.resource_changes ?? []).map((resource) => resource.change),
		...(json.resource_drift ?? []).map((resource) => resource.change),
		...(json.deferred_changes ?? []).flatMap(({ resource_change }) => resource_change?.change ?? []),
		...Object.values(json.output_changes ?? {})
	];
	for (const change of changes) {
		collectSensitive(change.before, change.before_sensitive, found);
		collectSensitive(change.after, change.after_sensitive, found);
	}
	for (const { config_values, config_sensitive } of json.action_invocations ?? []) collectSensitive(config_values, config_sensitive, found);
	for (const [name, variable] of Object.entries(json.configuration?.root_module?.variables ?? {})) if (variable.sensitive === true) collectSensitive(json.variables?.[name]?.value, true, found);
	for (const output of Object.values(json.prior_state?.values?.outputs ?? {})) collectSensitive(output.value, output.sensitive, found);
	collectInModule(json.prior_state?.values?.root_module, found);
	return [...found];
}
function collectInModule(module, found) {
	for (const { values, sensitive_values } of module?.resources ?? []) collectSensitive(values, sensitive_values, found);
	for (const child of module?.child_modules ?? []) collectInModule(child, found);
}
function collectSensitive(value, sensitive, found) {
	if (value === null || value === void 0 || sensitive === false || sensitive === void 0) return;
	if (typeof value === "object") for (const [key, part] of Object.entries(value)) collectSensitive(part, sensitive === true || sensitive?.[key], found);
	else if (sensitive === true && typeof value !== "boolean") found.add(String(value));
}
// src/terraform/plan.ts
const rank = Object.fromEntries(kinds.map((kind, index) => [kind, index]));
async function makePlan(terraform, { targets, replaces, mode, secrets: known }) {
	const { hasChanges, text } = await terraform.plan(targets, replaces, mode);
	const json = await terraform.showPlan();
	const secrets = sensitiveValues(json);
	return {
		plan: readPlan(json, hasChanges, text, redactor([...known, ...secrets]), mode),
		json,
		secrets
	};
}
const maxChangesInFull = 800;
function readPlan(json, hasChanges, text, redact, mode = "normal") {
	const changes = (json.resource_changes ?? []).map((resource) => ({
		resource,
		planned: plannedChange(resource)
	})).filter(({ planned: { kind } }) => kind !== "none" && kind !== "read").sort(({ planned: a }, { planned: b }) => rank[a.kind] - rank[b.kind] || compareText(a.address, b.address)).map(({ resource: { change }, planned }, index) => {
		return {
			...planned,
			lines: index < maxChangesInFull ? diffLines(change, planned.kind, redact) : []
		};
	});
	const count = (kind) => changes.filter((change) => change.kind === kind).length;
	const drift = driftIn(json, mode, redact);
	const outputs = Object.entries(json.output_changes ?? {}).map(([name, change]) => plannedOutput(name, change, redact)).filter(({ kind }) => kind !== "none").sort((a, b) => compareText(a.name, b.name));
	return {
		mode,
		hasChanges: mode === "refresh-only" ? drift.length > 0 || outputs.length > 0 : hasChanges,
		counts: {
			add: count("create"),
			change: count("update"),
			destroy: count("delete"),
			replace: count("replace"),
			import: changes.filter((change) => change.imported).length,
			move: changes.filter((change) => change.previousAddress !== void 0).length,
			forget: count("forget")
		},
		changes,
		outputs,
		drift,
		checks: (json.checks ?? []).flatMap(readCheck),
		deferred: [...(json.deferred_changes ?? []).map(({ reason = "", resource_change }) => ({
			address: resource_change?.address ?? "",
			kind: resource_change === void 0 ? "none" : kindOf(resource_change.change),
			reason
		})), ...(json.deferred_action_invocations ?? []).map(({ reason = "", action_invocation }) => ({
			address: action_invocation?.address ?? "",
			kind: "none",
			reason
		}))],
		invocations: (json.action_invocations ?? []).map(({ address = "", lifecycle_action_trigger: trigger }) => ({
			address,
			event: trigger?.action_trigger_event ?? "",
			resource: trigger?.triggering_resource_address ?? ""
		})),
		warnings: readWarnings(text).filter(({ summary }) => !(json.checks && summary.startsWith("Check block assertion "))),
		outputNames: Object.keys(json.configuration?.root_module?.outputs ?? json.planned_values?.outputs ?? {}),
		outputsBefore: Object.fromEntries(Object.entries(json.output_changes ?? {}).map(([name, { before }]) => [name, before])),
		priorState: json.prior_state,
		terraformVersion: json.terraform_version ?? "",
		text
	};
}
function readWarnings(text) {
	return readDiagnostics(text.replace(/\n─{20,}[\s\S]*$/, "")).filter(({ severity }) => severity === "warning");
}
function readCheck({ address, status, instances = [] }) {
	const found = instances.map((instance) => ({
		address: instance.address.to_display,
		status: instance.status,
		problems: (instance.problems ?? []).flatMap(({ message }) => message === void 0 ? [] : [message])
	}));
	return found.length > 0 ? found : [{
		address: address.to_display,
		status,
		problems: []
	}];
}
function driftIn({ resource_drift = [], relevant_attributes = [] }, mode, redact) {
	const isRelevant = ({ address, change }) => relevant_attributes.some(({ resource, attribute }) => withoutKeys(resource) === withoutKeys(address) && JSON.stringify(valueAt(change.before, attribute)) !== JSON.stringify(valueAt(change.after, attribute)));
	const differs = ({ change }) => JSON.stringify(withoutEmpty(change.before)) !== JSON.stringify(withoutEmpty(change.after));
	const isRefresh = mode === "refresh-only";
	const drift = resource_drift.filter(isRefresh ? differs : isRelevant).map(({ address, change }) => {
		const kind = kindOf(change);
		return {
			address,
			kind,
			lines: diffLines(change, kind, redact)
		};
	});
	return isRefresh ? drift.filter(({ lines }) => lines.length > 0) : drift;
}
function withoutEmpty(value) {
	if (value === null || value === "") return void 0;
	if (typeof value !== "object") return value;
	const kept = Object.entries(value ?? {}).map(([key, part]) => [key, withoutEmpty(part)]).filter(([, part]) => part !== void 0).sort(([a], [b]) => compareText(a, b));
	if (kept.length === 0) return void 0;
	return Array.isArray(value) ? kept.map(([, part]) => part) : Object.fromEntries(kept);
}
function valueAt(value, path) {
	return path.reduce((part, step) => typeof part === "object" && part !== null ? part[step] : void 0, value);
}
function plannedOutput(name, change, redact) {
	const named = (value) => ({ [name]: value });
	const kind = kindOf(change);
	return {
		name,
		kind,
		lines: diffLines({
			actions: change.actions,
			before: named(change.before),
			after: named(change.after),
			before_sensitive: named(change.before_sensitive),
			after_sensitive: named(change.after_sensitive),
			after_unknown: named(change.after_unknown)
		}, kind, redact)
	};
}
function plannedChange({ address, previous_address, deposed, type, change, action_reason }) {
	const moved = previous_address !== void 0 && previous_address !== address;
	const imported = change.importing !== void 0 && change.importing !== null;
	let kind = kindOf(change);
	if (kind === "none" && moved) kind = "move";
	else if (kind === "none" && imported) kind = "import";
	return {
		address,
		previousAddress: moved ? previous_address : void 0,
		type,
		kind,
		imported,
		deposed: deposed !== void 0 && deposed !== "",
		reason: action_reason,
		forcedBy: [...new Set((change.replace_paths ?? []).map(pathText))].filter((name) => name !== "")
	};
}
function compareText(a, b) {
	return a < b ? -1 : a > b ? 1 : 0;
}
// src/commands/prepare.ts
async function prepare(job) {
	const { stack, backendConfig, workspace, allowLocalState } = job.inputs;
	refuseSharedState(runningWorkflow(job.run), new Repository(job.run.workspace));
	const terraform = await install(job, true);
	job.lockFile = lockFileDigest(terraform.directory);
	await job.step("init", async () => {
		await terraform.init(backendConfig);
		const { command } = job.report;
		if ((command === "apply" || command === "destroy") && !allowLocalState) assertRemoteBackend(configuredBackend(terraform.directory), stack, command);
		if (workspace !== void 0) await terraform.selectWorkspace(workspace, command !== "destroy");
		job.state = stateSettings({
			directory: terraform.directory,
			checkout: job.run.workspace,
			workspace
		}, process.env);
		job.record({ state: `${job.state.backend}, workspace ${job.state.workspace}` });
	});
	return terraform;
}
async function install(job, credentials) {
	const { tool, terraformVersion, terraformMirror } = job.inputs;
	const directory = prepareRootModule(job.inputs, job.tempDirectory);
	const { binary, version } = await job.step("install", () => installTerraform({
		tool,
		version: terraformVersion,
		directory,
		mirror: terraformMirror,
		warn: (text) => log.warning(line`${text}`)
	}));
	log.line(line`${tools[tool].title} ${version}: ${binary}`);
	job.terraform = new Terraform({
		...job.inputs,
		binary,
		version,
		directory,
		tempDirectory: job.tempDirectory,
		credentials,
		print: log.foreign,
		onRunning: saveRunning
	});
	return job.terraform;
}
async function makeAndShowPlan(job, terraform, how) {
	const made = await makePlan(terraform, {
		...job.inputs,
		...how
	});
	for (const secret of made.secrets) secrets.add(secret);
	const { plan, json } = made;
	job.record({ plan: {
		...plan,
		warnings: plan.warnings.map((each) => job.locate(each))
	} });
	if (how.mode === "normal") recordFindings(job, terraform, json);
	log.foreign(plan.text);
	log.closeFence();
	return made;
}
function recordFindings(job, terraform, json) {
	const { acceptances, problems } = readAcceptances(terraform.directory);
	const everywhere = job.inputs.acceptRules.map((accepted) => ({
		...accepted,
		block: void 0
	}));
	job.record({ findings: findingsOf(json, job.inputs.mcp, [...acceptances, ...everywhere], docsPageOf(job.run.action)) });
	job.warn(...problems);
}
async function planForApproval(job, terraform) {
	return await job.step("plan", async () => {
		const { plan, json } = await makeAndShowPlan(job, terraform, {
			replaces: job.inputs.replaces,
			mode: "normal"
		});
		requireOutputs(plan.outputNames, job.inputs);
		const { owner, repo, workflow, workspace: checkout } = job.run;
		const { planApproval, planApprovalKey } = job.inputs;
		const { directory, planFile } = terraform;
		const { terraformVersion, hasChanges } = plan;
		return {
			json,
			hasChanges,
			madeWith: {
				...job.inputs,
				terraformVersion,
				directory,
				checkout,
				lockFile: job.lockFile
			},
			secrets: {
				key: planApprovalKey,
				lineage: lineageOf(readFileSync(planFile))
			},
			approval: planApproval,
			binding: {
				repository: `${owner}/${repo}`,
				workflow,
				target: job.marker
			},
			formerTarget: job.formerMarker,
			commit: job.report.commit,
			runUrl: job.report.runUrl,
			redact: secrets.redact
		};
	});
}
function runningWorkflow({ workflow, job, action }) {
	const named = action && new RegExp(`^[^/\\s]+/${RegExp.escape(basename(action.url))}(/[^@]*)?@`, "i");
	const isOurs = (uses) => named === void 0 ? /^\.\/?$/.test(uses) : named.test(uses);
	return {
		file: workflow,
		job,
		isOurs,
		env: process.env
	};
}
export { lineRule as C, settingsOf as E, firstOf as S, quoted as T, isDenied as _, consoleLinks as a, targetRules as b, notWatched as c, versionBefore as d, watchTimeoutMs as f, isAccessError as g, awsOptions as h, prepare as i, platformOf as l, noEvidence as m, makeAndShowPlan as n, findFormerTarget as o, outputText as p, planForApproval as r, findTarget as s, install as t, taintTargetOf as u, taskCause as v, quotable as w, logRules as x, targetCause as y };
