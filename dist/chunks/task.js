import { secrets } from "./entry.js";
import { DENIED, failing } from "./task-rule.js";
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
	if (line.length <= 200) return line;
	const shown = secrets.redact(line);
	return shown.length > 200 ? `${shown.slice(0, 199).toWellFormed()}\u2026` : shown;
}
function quoted(text) {
	return `"${quotable(text).replace(/[.\s]+$/, "")}"`;
}
function lastWords(text) {
	return text.split(/: /).slice(-2).join(": ");
}
const restrictedAccount = /Your account is currently (?:blocked|being verified)|account (?:has been|is) suspended|PendingVerification/i;
const restrictedAccountFix = "If AWS still verifies the account, run it again in some hours. Else check the billing page of the account, and open a case with AWS Support.";
const unassumableRole = /unable to assume (?:the )?role '?([^'\s)]+)/i;
const unassumableRoleFix = "Let ecs-tasks.amazonaws.com assume the role (its trust policy), and check that the role exists.";
const imageRules = [
	{
		code: "IMAGE_PLATFORM",
		remedy: "replace",
		patience: 1,
		reads: /(?:descriptor matching platform|no matching manifest for|no match for platform)(?: '?([a-z]+\/[\w/.-]+))?|image operating system .* cannot be used/i,
		clause: ([, platform], task, evidence) => `the image ${imageOf(task, evidence)} is not built for ${platform ?? "the platform of the task"}`,
		fix: "Build the image for the platform of the task (docker buildx build --platform linux/amd64 or linux/arm64). Or set the cpu_architecture of the task definition to that of the image."
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
		clause: ([text]) => `the task has no way to ${/CannotPull|registry auth from|ecr registry auth/i.test(text) ? "the image registry" : placeIn(text)}`,
		fix: "Give the tasks a way out: a public address in a public subnet (assign_public_ip), a NAT gateway, or VPC endpoints for ecr.api, ecr.dkr, s3, logs and secretsmanager; and let their security group reach port 443."
	},
	{
		code: "IMAGE_ACCESS",
		remedy: "replace",
		patience: 2,
		reads: new RegExp(`(?:CannotPull|registry auth from|ecr:).*?(?:${DENIED}|pull access denied|insufficient_scope|authorization failed|unauthorized|no basic auth)`, "i"),
		clause: (_, task, evidence) => /does not exist or may require/i.test(task.stoppedReason) ? `the image ${imageOf(task, evidence)} does not exist, or the registry requires credentials for it` : `the execution role may not pull the image ${imageOf(task, evidence)}`,
		fix: "Check the name of the image. For ECR give the execution role AmazonECSTaskExecutionRolePolicy and, across accounts, a repository policy; for another registry give repositoryCredentials."
	},
	{
		code: "IMAGE_NAME_INVALID",
		remedy: "replace",
		patience: 1,
		reads: /invalid reference format|could not parse reference|repository name must be lowercase/i,
		clause: (_, task, evidence) => `${imageOf(task, evidence)} is not the name of an image`,
		fix: "Correct the image of the task definition: REGISTRY/REPOSITORY:TAG in small letters, or with @sha256:\u2026 in place of the tag."
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
	fix: "Pull the image manually with the name in the task definition; its registry must be reachable from the subnets of the service."
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
// src/platforms/aws/causes/log.ts
const logRules = [{
	code: "LOG_SAYS",
	remedy: void 0,
	clause: ({ log }) => {
		const line = lastErrorLine(log?.lines ?? []);
		return line === void 0 ? void 0 : `the log of container ${log?.container} shows ${quoted(line)}`;
	},
	fix: "Read the end of the log below, and fix the reported error."
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
		return path === void 0 ? "Set the health check path of the target group to a path that answers a plain GET with 200, never the MCP path. Or let the server answer there." : `Set the health check path of the target group to ${path}.`;
	}, /^404$/),
	targetRule("HEALTH_PATH_IS_MCP", "config", MISMATCH, (targets, _, endpoint) => `${answers(targets)}${endpoint?.pathname === targets.group.healthPath ? ", the MCP path" : ""}: a health check is a plain GET, which an MCP endpoint refuses`, "Set the health check path of the target group to a path that answers 200 to a plain GET, such as /health: MCP paths answer POST.", /^(400|405|406|415)$/),
	targetRule("HEALTH_PATH_WALLED", "config", MISMATCH, (targets) => `${answers(targets)}, where health checks have no credentials and the address of the task as host name`, "Let the health path answer without authorization and for every host name (allowedHosts of the MCP SDK), or choose another path for the health checks.", /^(401|403|421)$/),
	targetRule("HEALTH_PATH_REDIRECTS", "config", MISMATCH, (targets) => `${answers(targets)}, a redirect, which a health check does not follow`, "Set the health check path of the target group to where the redirect leads, or let the server not redirect there.", /^3\d\d$/),
	targetRule("HEALTH_5XX", "replace", MISMATCH, (targets, { log }) => {
		const line = lastErrorLine(log?.lines ?? []);
		return `${answers(targets)}${line === void 0 ? "" : `; the log of the server shows ${quoted(line)}`}`;
	}, "Read the log of the server: it starts, and reports itself as not healthy.", /^5\d\d$/),
	targetRule("HEALTH_STATUS", "config", MISMATCH, (targets) => `${answers(targets)}, and only ${targets.group.healthyCodes || "200"} is healthy`, "Let the health path answer with a healthy status, or add the status to the matcher of the target group."),
	targetRule("LISTENS_ON_LOOPBACK", "replace", /Target\.FailedHealthChecks|Target\.Timeout/, (targets, { log }) => log?.lines.some((line) => /(?:listen|running|started|serving|bound).*(?:127\.0\.0\.1|localhost|\[::1\])[:\s]/i.test(`${line} `)) ? `${verb(targets, "do not answer", "does not answer")} on port ${targets.port}: the server listens on 127.0.0.1 only` : void 0, "Let the server listen on 0.0.0.0: on 127.0.0.1 only its own container can reach it."),
	targetRule("LISTENS_ON_OTHER_PORT", "config", /Target\.FailedHealthChecks|Target\.Timeout/, (targets, { log }) => {
		const port = portIn(log?.lines ?? []);
		return port === void 0 || port === targets.port ? void 0 : `${verb(targets, "do not answer", "does not answer")} on port ${targets.port}: the log shows that the server listens on port ${port}`;
	}, "Use one port for the server (often the variable PORT), the port mapping of the container and the target group."),
	targetRule("HEALTH_TIMEOUT", "wait", /Target\.Timeout/, (targets) => `${verb(targets, "do not answer", "does not answer")} the health check on ${targets.path} in time`, "Let the security group of the tasks accept the load balancer on the container port; when the server only starts slowly, raise the timeout of the health check and health_check_grace_period_seconds."),
	targetRule("PORT_CLOSED", "wait", /Target\.FailedHealthChecks/, (targets) => `${verb(targets, "refuse", "refuses")} the connection of the health check on port ${targets.port}`, "Let the server listen on 0.0.0.0 and on the container port of the task definition, which must be that of the target group."),
	targetRule("TARGET_GROUP_UNUSED", "config", /Target\.NotInUse/, (targets) => /availability zone/i.test(targets.group.targets.map(({ description }) => description).join(" ")) ? `${verb(targets, "are", "is")} in an Availability Zone that the load balancer does not serve` : `no listener of the load balancer forwards to the target group ${targets.group.name}`, "Add a listener or a listener rule that forwards to the target group. Give the load balancer a subnet in each Availability Zone of the tasks."),
	targetRule("TARGET_STOPPED", "replace", /Target\.InvalidState/, (targets) => `${verb(targets, "are", "is")} stopped or terminated`, "Start the instance, or register the one that runs."),
	targetRule("TARGET_ADDRESS", "config", /Target\.IpUnusable/, (targets) => `the address of ${targets.who} cannot be a target, because a load balancer uses it`, "Register the addresses of the tasks, not one of a load balancer."),
	targetRule("LOAD_BALANCER_ERROR", "wait", /Elb\.InternalError/, (targets) => `the load balancer has an internal error with ${targets.who}`, "Run it again; the AWS Health Dashboard shows whether Elastic Load Balancing has trouble."),
	targetRule("STILL_CHECKING", "wait", /Elb\.(?:InitialHealthChecking|RegistrationInProgress)/, (targets) => `${verb(targets, "are", "is")} still in the first health checks`, "Shorten the interval and the healthy threshold of the health check, or raise the deadline (deploy-timeout, mcp-timeout)."),
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
// src/platforms/aws/causes/container.ts
const containerRules = [
	{
		code: "COMMAND_NOT_FOUND",
		remedy: "replace",
		patience: 1,
		reads: /exec: "[^"]+"(?!.*exec format error)|(?:CannotStart|CannotCreate).*?(?:executable file not found|no such file or directory|permission denied)/i,
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
		clause: (_, task, evidence) => !/exec format error/i.test(`${task.stoppedReason} ${task.containers.map(({ reason }) => reason).join(" ")}`) && matchInLog(evidence, task, /exec format error/i) === void 0 ? void 0 : `the image ${imageOf(task, evidence)} is built for another CPU than ${evidence.definition?.architecture ?? "that of the task"}`,
		fix: "Build the image for the CPU of the task (docker buildx build --platform linux/amd64 or linux/arm64), or set cpu_architecture of the task definition."
	},
	{
		code: "MCP_SDK_REPLACED",
		remedy: "replace",
		patience: 3,
		reads: /EssentialContainerExited|Essential container/i,
		clause: (_, task, evidence) => {
			const line = matchInLog(evidence, task, /.*No module named ['"]?mcp\.server\.fastmcp\b.*/);
			return line === void 0 ? void 0 : `${exit(task)}: it was written for version 1 of the Python package mcp, and its log shows ${quoted(line)}`;
		},
		fix: "Pin \"mcp<2\" in the requirements of the image, or change the program to version 2 of the package."
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
			return `${exit(task)}${line === void 0 ? "" : `; its log shows ${quoted(line)}`}`;
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
	143: ", it received the stop signal"
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
		code: "ENVIRONMENT_FILE",
		remedy: "config",
		patience: 2,
		reads: /failed to download env files|environment variable files/i,
		clause: () => "the environment files of the task definition cannot be read from S3",
		fix: "Check that the files exist, and that the execution role has s3:GetObject on them and s3:GetBucketLocation on their bucket. Give the tasks a way to S3, such as a gateway endpoint."
	},
	{
		code: "VOLUME",
		remedy: "config",
		patience: 2,
		reads: /EFS utils|failed to mount|mount\.nfs|volume.*(?:attach|mount)/i,
		clause: (_, task) => `a volume of the task cannot be mounted: ${quoted(lastWords(task.stoppedReason))}`,
		fix: "Check that the file system has a mount target in each subnet of the service, and that its security group lets port 2049 in. Check the access point and its policy."
	}
];
const hostRules = [
	{
		code: "ACCOUNT_RESTRICTED",
		remedy: "config",
		patience: 1,
		reads: restrictedAccount,
		clause: ([text]) => `AWS restricts this account: ${quoted(text)}`,
		fix: restrictedAccountFix
	},
	{
		code: "ROLE_NOT_ASSUMABLE",
		remedy: "config",
		patience: 2,
		reads: unassumableRole,
		clause: ([, role = ""]) => `ECS may not assume the role "${quotable(role)}"`,
		fix: unassumableRoleFix
	},
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
		fix: "Create the secret and give it a value before the deployment, in the account and region of the task. Or correct the valueFrom of the task definition."
	},
	{
		code: "SECRET_ACCESS",
		remedy: "replace",
		patience: 2,
		reads: new RegExp(`(?:pull secrets|retrieve secret|fetch secret|from asm|from ssm|ssm parameters?).*?(?:${DENIED}|KMS)`, "i"),
		clause: ([text], task) => `the execution role may not read ${secretIn(text, task)}`,
		fix: "Give the execution role (not the task role) secretsmanager:GetSecretValue or ssm:GetParameters on it. If its key is your own, also give kms:Decrypt on the key."
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
		const [rule, cause] = readTask(task, evidence);
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
function readTask(task, evidence) {
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
export { firstOf, lineRule, logRules, quotable, quoted, restrictedAccount, restrictedAccountFix, targetCause, targetRules, taskCause, unassumableRole, unassumableRoleFix };
