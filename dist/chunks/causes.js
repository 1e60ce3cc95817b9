import { firstOf, lineRule, logRules, quotable, quoted, restrictedAccount, restrictedAccountFix, targetCause, targetRules, taskCause, unassumableRole, unassumableRoleFix } from "./task.js";
// src/platforms/aws/causes/event.ts
const eventRule = lineRule(({ events }) => events.map(({ message }) => message));
const eventRules = [
	eventRule("ROLE_NOT_ASSUMABLE", "config", unassumableRole, ([, role = ""]) => `ECS may not assume the role "${quotable(role)}"`, unassumableRoleFix),
	eventRule("ACCOUNT_RESTRICTED", "config", restrictedAccount, ([text]) => `AWS restricts this account: ${quoted(text)}`, restrictedAccountFix),
	eventRule("REVISION_INACTIVE", "config", /TaskDefinition is inactive|task definition[^.]* is inactive/i, () => "the task definition of the service was deregistered", "Apply again, which registers a new revision. Let nothing deregister the revisions that a service still uses (skip_destroy of aws_ecs_task_definition)."),
	eventRule("DEPLOYMENT_PERCENT", "config", /because of the service deployment configuration/i, () => "its smallest and largest percentage of running tasks leave no room to replace a task", "Set deployment_maximum_percent to 200, or deployment_minimum_healthy_percent to 0 if the server may be away for a moment."),
	eventRule("CAPACITY", "wait", /capacity is unavailable|insufficient capacity/i, () => "AWS has no capacity left for the tasks at this time", "Run it again later, give the service subnets in more Availability Zones, or another task size."),
	eventRule("QUOTA", "config", /reached the limit|limit on the number of|vCPU.*limit|quota/i, ([text]) => `a quota of the account is reached (${quotable(text)})`, "Ask for more in Service Quotas (\"Fargate On-Demand vCPU resource count\"), or stop what is not needed."),
	eventRule("NO_INSTANCE", "config", /no container instances? (?:met all of its requirements|were found)/i, () => "no container instance of the cluster has room for the task, or the cluster has no instance", "Add instances to the cluster (its Auto Scaling group), make the task smaller, or run it on Fargate."),
	eventRule("NETWORK_SETTINGS", "config", /((?:subnets?|security groups?)[^.]*(?:does not exist|do not exist|not exist|invalid|not found))/i, ([, text = ""]) => `its network settings cannot be used: ${quoted(text)}`, "Correct the subnets and security groups of the service; all of them must be of one VPC."),
	eventRule("TARGET_GROUP_LOOSE", "config", /does not have an associated load balancer/i, () => "no listener of a load balancer forwards to its target group", "Add a listener or a listener rule that forwards to the target group, and let the service depend on it (depends_on)."),
	eventRule("HEALTH_CHECK_FAILS", "replace", /is unhealthy in .*?due to \(reason (.+?)\)\.?$/i, ([, reason = ""]) => `the load balancer finds its tasks unhealthy: ${quoted(reason)}`, "Make the health path of the target group answer with a healthy status, and raise health_check_grace_period_seconds when the server starts slowly.")
];
// src/platforms/aws/causes/instance.ts
const consoleRule = lineRule((evidence) => evidence.console);
const instanceRules = [
	{
		code: "INSTANCE_NOT_RUNNING",
		remedy: "replace",
		clause: ({ instance, subject }) => instance === void 0 || instance.state === "running" ? void 0 : `the instance ${subject} is ${instance.state}`,
		fix: "Look at the state transition reason of the instance in the EC2 console; a Spot instance may have been taken back."
	},
	consoleRule("BOOT_NPM", "replace", /npm (?:ERR!|error) (?!A complete log)(.*\S)/, ([, text = ""]) => `npm fails while the instance boots: ${quoted(text)}`, "Run npm ci with the same lock file and Node version on your machine, and fix the reported errors."),
	consoleRule("BOOT_PYTHON", "replace", /(?:ERROR: (?=Could not|No matching|Failed)|error: (?=Failed to|No solution))(.*\S)/, ([, text = ""]) => `the Python packages cannot be installed while the instance boots: ${quoted(text)}`, "Install them with the same Python version on your machine, and fix the reported errors."),
	consoleRule("BOOT_SOURCE", "config", /fatal: (.*(?:not found|could not read|Authentication failed|unable to access|Remote branch).*)/i, ([, text = ""]) => `the source of the server cannot be fetched while the instance boots: ${quoted(text)}`, "Check the address, the branch or tag, and the credentials of the repository that the instance clones."),
	consoleRule("BOOT_NETWORK", "config", /(Temporary failure (?:in name )?resol\w+.*|Could not resolve host:? \S+|Network is unreachable.*)/i, ([, text = ""]) => `the instance has no way to the internet: ${quoted(text)}`, "Give its subnet a route to an internet gateway and the instance a public address, or a NAT gateway; and let its security group out."),
	consoleRule("BOOT_CERTIFICATE", "config", /urn:ietf:params:acme:error:(\w+)/, ([, kind = ""]) => `the certificate authority gives the instance no certificate (${kind})`, "Let the name of the endpoint point at the instance and open port 80; with rateLimited, wait: Let's Encrypt gives five certificates a week for the same names."),
	consoleRule("BOOT_MEMORY", "replace", /Out of memory: Killed process \d+ \(([^)]+)\)/i, ([, program = ""]) => `the instance ran out of memory and killed ${quotable(program)}`, "Take a larger instance type, or add swap."),
	consoleRule("BOOT_DISK", "replace", /no space left on device/i, () => "the disk of the instance is full", "Enlarge the root volume of the instance."),
	consoleRule("UNIT_FAILED", "replace", /([\w@.-]+\.service): (?:Main process exited, code=\w+, status=(\S+)|Failed with result '([^']+)')/, ([, unit = "", status, result]) => `the unit ${unit} of the instance fails (${status ?? result})`, "Read the lines of the unit at the end of the console output below: the server must start with the settings it is given there."),
	consoleRule("USER_DATA_FAILED", "replace", /Failed to run module scripts[-_]user|(?:part-001|user[-_]?data).*(?:failed|Failed|exit)/, () => "the user data script of the instance failed", "Read the end of the console output below for the command that failed."),
	{
		code: "INSTANCE_IMPAIRED",
		remedy: "replace",
		clause: ({ instance, subject }) => {
			if (instance?.system === "impaired") return `the host of the instance ${subject} does not pass its status check`;
			return instance?.instance === "impaired" ? `the instance ${subject} does not pass its status check` : void 0;
		},
		fix: "Look at the end of the console output below for why the operating system does not come up; when the host is impaired, stop and start the instance."
	},
	{
		code: "INSTANCE_INITIALIZING",
		remedy: "wait",
		clause: ({ instance, subject }) => instance?.instance === "initializing" ? `the status checks of the instance ${subject} are not done yet` : void 0,
		fix: "Run it again in a few minutes, or raise deploy-timeout and mcp-timeout."
	}
];
// src/platforms/aws/causes/lambda.ts
const logRule$1 = lineRule(({ lambda, log }) => lambda === void 0 ? [] : (log?.lines ?? []).toReversed());
const lambdaRules = [
	logRule$1("FUNCTION_MODULE_MISSING", "replace", /(?:Runtime\.ImportModuleError|Cannot find (?:module|package)|No module named)[^'"]*['"]?([^'"\s]+)/, ([, module = ""]) => `the function cannot load "${quotable(module)}"`, "Put the module into the package or the image, and check the handler."),
	logRule$1("FUNCTION_HANDLER", "replace", /Runtime\.(?:HandlerNotFound|MalformedHandlerName|UserCodeSyntaxError)[^\n]*/, ([text]) => `the handler of the function cannot be used: ${quoted(text)}`, "Correct the handler of the function, or the code that it names."),
	logRule$1("FUNCTION_OTHER_CPU", "replace", /exec format error|Runtime\.InvalidEntrypoint[^\n]*/, ([text]) => `the program in the package cannot be started: ${quoted(text)}`, "Build for the CPU of the function (architectures), and check the entry point of the image."),
	logRule$1("FUNCTION_MEMORY", "replace", /Runtime\.OutOfMemory|signal: killed|OutOfMemoryError/, () => "the function needs more memory than it has", "Raise memory_size of the function."),
	logRule$1("FUNCTION_TIMEOUT", "replace", /Task timed out after ([\d.]+) seconds|Status: timeout/, ([, seconds]) => `the function runs into its timeout${seconds === void 0 ? "" : ` of ${seconds} s`}`, "Find what the server waits for: its start, a dependency, or an event stream that it keeps open. Raise timeout only if the work takes so long."),
	logRule$1("FUNCTION_EXITS", "replace", /Runtime\.ExitError|Runtime exited[^\n]*|Extension\.Crash|INIT_REPORT.*Status: error/, ([text]) => `the server ends while it starts: ${quoted(text)}`, "Read the end of the log below: the server must start with the settings of the function and listen on the port of the Web Adapter.")
];
const bufferRules = [{
	code: "FUNCTION_BUFFERS",
	remedy: "config",
	clause: ({ lambda }) => lambda?.isBuffered === true ? "the address of the function cannot stream: an open event stream arrives only when the function ends" : void 0,
	fix: "Answer with JSON instead of an event stream, or give the function URL invoke_mode = \"RESPONSE_STREAM\" and the Web Adapter AWS_LWA_INVOKE_MODE = \"response_stream\"."
}];
const statelessRules = [{
	code: "FUNCTION_KEEPS_NO_SESSION",
	remedy: "config",
	clause: ({ lambda }) => lambda === void 0 ? void 0 : "Lambda keeps no sessions: each request may reach another environment",
	fix: "Make the server stateless (sessionIdGenerator: undefined in the TypeScript SDK, stateless_http=True in Python)."
}];
// src/platforms/aws/causes/load-balancer.ts
const balancerRule = (code, remedy, clause, fix) => ({
	code,
	remedy,
	clause: ({ loadBalancers }, endpoint) => {
		if (endpoint === void 0) return void 0;
		for (const balancer of loadBalancers) {
			const text = clause(balancer, endpoint);
			if (text !== void 0) return text;
		}
	},
	fix
});
const balancerRules = [
	balancerRule("BALANCER_NOT_ACTIVE", "wait", ({ name, state }) => state === "active" || state === "" ? void 0 : `the load balancer ${name} is ${state}`, "Wait until the load balancer is active; when it failed, its subnets have no free addresses."),
	balancerRule("LISTENER_MISSING", "config", ({ name, listeners }, endpoint) => {
		const ports = listeners.map(({ port }) => port);
		const has = ports.length === 0 ? "has no listener" : `listens on ${ports.join(" and ")}`;
		return ports.includes(portOf(endpoint)) ? void 0 : `the load balancer ${name} ${has}, not on ${portOf(endpoint)}`;
	}, "Add a listener for the port of the endpoint, or correct the port in the output mcp_endpoint."),
	balancerRule("BALANCER_INTERNAL", "config", ({ name, scheme }) => scheme === "internal" ? `the load balancer ${name} is internal: it has private addresses only` : void 0, "Make the load balancer internet-facing (internal = false) in public subnets, or run this job on a runner inside the VPC."),
	balancerRule("LISTENER_PROTOCOL", "config", ({ name, listeners }, endpoint) => {
		const listener = listeners.find(({ port }) => port === portOf(endpoint));
		const wanted = endpoint.protocol === "https:" ? "HTTPS" : "HTTP";
		return listener === void 0 || !/^HTTPS?$/.test(listener.protocol) || listener.protocol === wanted ? void 0 : `the listener on port ${listener.port} of the load balancer ${name} uses ${listener.protocol}, and the endpoint has ${endpoint.protocol}//`;
	}, "Let the listener and the output mcp_endpoint agree: HTTPS with a certificate and https://, or HTTP and http://."),
	balancerRule("LISTENER_DOES_NOT_FORWARD", "config", ({ name, listeners }, endpoint) => {
		const listener = listeners.find(({ port }) => port === portOf(endpoint));
		return listener?.defaultAction === "fixed-response" ? `the listener on port ${listener.port} of the load balancer ${name} answers requests that no rule forwards` : void 0;
	}, "Add a listener rule for this host and path that forwards to the target group, or make forward the default action.")
];
function portOf({ port, protocol }) {
	return port === "" ? protocol === "https:" ? 443 : 80 : Number(port);
}
// src/platforms/aws/causes/micro-vm.ts
const logRule = lineRule(({ microVm, log }) => microVm === void 0 ? [] : (log?.lines ?? []).toReversed());
const microVmRules = [
	logRule("RUNTIME_OTHER_CPU", "replace", /exec format error/, ([text]) => `the image is built for another CPU: ${quoted(text)}`, "Build the image for linux/arm64, the only CPU of AgentCore: docker build --platform linux/arm64."),
	logRule("RUNTIME_MODULE_MISSING", "replace", /(?:Cannot find (?:module|package)|No module named)[^'"]*['"]?([^'"\s]+)/, ([, module = ""]) => `the server cannot load "${quotable(module)}"`, "Put the module into the image."),
	logRule("RUNTIME_OTHER_PORT", "replace", /(?:running|listening|started|serving)\b[^\n]{0,200}?(?:\b(?:127\.0\.0\.1|localhost)\b|\bport:? (?!8000\b)\d{2,5}\b|\b0\.0\.0\.0:(?!8000\b)\d{2,5}\b)/i, ([text]) => `the server listens elsewhere than at 0.0.0.0:8000: ${quoted(text)}`, "Let the server listen on 0.0.0.0, port 8000, and serve MCP at /mcp: AgentCore uses no other address."),
	{
		code: "RUNTIME_FAILED",
		remedy: void 0,
		clause: ({ microVm }) => {
			const [reason] = microVm?.failureReasons ?? [];
			return reason === void 0 ? void 0 : `AgentCore reports ${quoted(reason)}`;
		},
		fix: "Correct what AgentCore names."
	}
];
// src/platforms/aws/causes.ts
const rulesOf = {
	events: eventRules,
	targets: targetRules,
	balancer: balancerRules,
	instance: instanceRules,
	log: logRules,
	function: lambdaRules,
	microVm: microVmRules,
	token: [{
		code: "RUNTIME_WANTS_TOKENS",
		remedy: "config",
		clause: ({ microVm }) => microVm?.authorizer === "jwt" ? "the runtime takes tokens of an issuer (authorizer_configuration), and the gate signed its requests" : void 0,
		fix: "Leave mcp-sigv4 out, and set mcp-oauth-client-id, mcp-oauth-client-secret and mcp-oauth-issuer, or an Authorization header in mcp-headers."
	}],
	signature: [{
		code: "RUNTIME_WANTS_SIGNATURES",
		remedy: "config",
		clause: ({ microVm }) => microVm?.authorizer === "iam" ? "the runtime has no authorizer_configuration, so it takes only requests with an AWS signature" : void 0,
		fix: "Leave mcp-sigv4 out or set it to auto, and give no Authorization header and no mcp-oauth-client-id."
	}],
	buffer: bufferRules,
	session: statelessRules
};
const unstable = { groups: [
	"tasks",
	"targets",
	"events",
	"log"
] };
const unconnected = { groups: [
	"balancer",
	"instance",
	"tasks",
	"targets",
	"events"
] };
const unanswered = { groups: [
	"instance",
	"tasks",
	"function",
	"microVm",
	"log"
] };
const unstreamed = { groups: [
	"instance",
	"tasks",
	"function",
	"buffer",
	"log"
] };
const unencrypted = { groups: ["balancer", "instance"] };
const symptoms = {
	ECS_ROLLED_BACK: unstable,
	ECS_DEPLOYMENT_FAILED: unstable,
	ECS_TASKS_FAIL: unstable,
	ECS_TIMEOUT: unstable,
	ECS_STILL_DEPLOYING: unstable,
	EC2_TIMEOUT: { groups: ["instance"] },
	TCP_REFUSED: unconnected,
	TCP_TIMEOUT: unconnected,
	TCP_UNREACHABLE: unconnected,
	CONN_RESET: unconnected,
	CONN_FAILED: unconnected,
	TLS_UNTRUSTED: { groups: ["instance"] },
	TLS_NOT_TLS: unencrypted,
	TLS_TIMEOUT: unencrypted,
	TLS_FAILED: unencrypted,
	PORT_SPEAKS_TLS: unencrypted,
	ALB_404: {
		observed: "404 from the load balancer",
		groups: ["balancer"]
	},
	ALB_502: {
		observed: "502 from the load balancer",
		groups: [
			"tasks",
			"targets",
			"events",
			"log"
		]
	},
	ALB_503: {
		observed: "503 from the load balancer",
		groups: [
			"tasks",
			"targets",
			"events"
		]
	},
	ALB_504: {
		observed: "504 from the load balancer",
		groups: [
			"tasks",
			"targets",
			"events",
			"log"
		]
	},
	HEADERS_TIMEOUT: unanswered,
	START_FAILED: { groups: ["microVm", "log"] },
	AWS_SIGNATURE_REFUSED: { groups: ["token"] },
	AWS_FORBIDDEN: { groups: ["signature"] },
	AUTH_REQUIRED: { groups: ["signature"] },
	AUTH_BARE_401: { groups: ["signature"] },
	SERVER_ERROR: unanswered,
	RPC_ERROR: unanswered,
	EMPTY_200: unanswered,
	BODY_TRUNCATED: unanswered,
	BODY_SLOW: unstreamed,
	SSE_EMPTY: unanswered,
	SSE_TRUNCATED: unanswered,
	SSE_SILENT: unstreamed,
	SESSION_LOST: { groups: ["session"] },
	LAMBDA_TIMEOUT: { groups: ["function"] },
	OLD_REVISION: { groups: [
		"tasks",
		"targets",
		"events"
	] },
	FLAPPING: { groups: [
		"tasks",
		"targets",
		"log"
	] }
};
function explained(failure, evidence, endpoint, observed) {
	const symptom = symptoms[failure.code];
	if (symptom === void 0) return failure;
	const cause = causeOf(symptom, evidence, (endpoint === void 0 ? null : URL.parse(endpoint)) ?? void 0);
	if (cause === void 0) return failure;
	const words = observed ?? symptom.observed ?? failure.sentence.replace(/\.$/, "");
	return {
		code: failure.code,
		cause: cause.code,
		sentence: `${words} because ${cause.clause}.`,
		fix: cause.fix,
		remedy: cause.remedy ?? failure.remedy
	};
}
function causeOf({ groups }, evidence, endpoint) {
	for (const group of groups) {
		const cause = group === "tasks" ? taskCause(evidence) : firstOf(rulesOf[group], evidence, endpoint);
		if (cause?.code === "TARGET_UNHEALTHY") return targetCause(evidence, endpoint) ?? firstOf(eventRules, evidence, endpoint) ?? cause;
		if (cause !== void 0) return cause;
	}
}
export { explained, symptoms };
