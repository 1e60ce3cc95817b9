import { InputError, ServiceError, asList, asObject, asText, joined, lastPart, line, listManagedResources, messageOf, parseJson } from "./entry.js";
import { awsOptions, isDenied } from "./client.js";
import { failing } from "./task-rule.js";
import { taskCause } from "./task.js";
const randomUUID = (...values) => process.getBuiltinModule("node:crypto").randomUUID(...values);
const { stripVTControlCharacters } = process.getBuiltinModule("node:util");
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
function functionLink(region, name) {
	return page(region, `Function ${name}`, "/lambda/home", `#/functions/${encodeURIComponent(name)}`);
}
function runtimeLink(region, id) {
	return page(region, `AgentCore runtime ${id}`, `/bedrock-agentcore/agents/${encodeURIComponent(id)}`);
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
// src/platforms/agentcore/client.ts
var AgentCore = class {
	#region;
	#times;
	#client;
	constructor(region, times) {
		this.#region = region;
		this.#times = times;
	}
	async runtime(agentRuntimeId) {
		const { GetAgentRuntimeCommand } = await import("./aws.js");
		const client = await this.#open();
		return await orUndefined$1(async () => {
			const found = await client.send(new GetAgentRuntimeCommand({ agentRuntimeId }));
			return {
				status: found.status ?? "",
				version: found.agentRuntimeVersion ?? "",
				failureReason: found.failureReason ?? ""
			};
		});
	}
	async endpoint(agentRuntimeId, endpointName) {
		const { GetAgentRuntimeEndpointCommand } = await import("./aws.js");
		const client = await this.#open();
		return await orUndefined$1(async () => {
			const found = await client.send(new GetAgentRuntimeEndpointCommand({
				agentRuntimeId,
				endpointName
			}));
			return {
				status: found.status ?? "",
				liveVersion: found.liveVersion || void 0,
				targetVersion: found.targetVersion || void 0,
				failureReason: found.failureReason ?? ""
			};
		});
	}
	async pointEndpoint(agentRuntimeId, endpointName, agentRuntimeVersion) {
		const { UpdateAgentRuntimeEndpointCommand } = await import("./aws.js");
		await (await this.#open()).send(new UpdateAgentRuntimeEndpointCommand({
			agentRuntimeId,
			endpointName,
			agentRuntimeVersion
		}));
	}
	async #open() {
		const { BedrockAgentCoreControlClient } = await import("./aws.js");
		this.#client ??= new BedrockAgentCoreControlClient(awsOptions(this.#region, this.#times));
		return this.#client;
	}
};
async function orUndefined$1(call) {
	try {
		return await call();
	} catch (error) {
		const { name, message } = error instanceof Error ? error : {
			name: "",
			message: ""
		};
		if (name === "ResourceNotFoundException" || name === "AccessDeniedException" && /was not found/.test(message)) return void 0;
		throw error;
	}
}
// src/platforms/agentcore/codes.ts
const codes$3 = {
	AGENTCORE_NO_RUNTIME: {
		meaning: "there is no AgentCore runtime or endpoint of this name",
		remedy: "config",
		fix: "Check that the outputs agentcore_runtime_arn and agentcore_endpoint_name name what Terraform makes."
	},
	AGENTCORE_FAILED: {
		meaning: "AgentCore could not create the new version, or could not move the endpoint to it",
		remedy: "replace",
		fix: "Correct what AgentCore names: usually the image, which must be in ECR for linux/arm64, or what the role of the runtime may do."
	},
	AGENTCORE_ENDPOINT_STALE: {
		meaning: "the endpoint stays on an earlier version, so this apply deployed nothing to its clients",
		remedy: "config",
		fix: "Set agent_runtime_version of the endpoint to the agent_runtime_version of the runtime. If it must stay where it is, let the output agentcore_endpoint_name name the endpoint that this apply deploys to, such as DEFAULT."
	},
	AGENTCORE_SUPERSEDED: {
		meaning: "somebody moved the endpoint or made another version after this apply",
		remedy: "config",
		fix: "Deploy one thing at a time: let only this workflow change the runtime, and give it a concurrency group."
	},
	AGENTCORE_STILL_MOVING: {
		meaning: "the new version is ready, but the endpoint was not moved to it in time",
		remedy: "config",
		fix: "Run the job again: it applies nothing and only checks. Raise deploy-timeout if it takes so long every time."
	},
	AGENTCORE_TIMEOUT: {
		meaning: "the runtime was not ready in time",
		remedy: "wait",
		fix: "Look at the state of the runtime in the console for what it waits for, or raise deploy-timeout."
	},
	AGENTCORE_ACCESS: {
		meaning: "AWS does not let this job watch the runtime",
		remedy: "config",
		fix: "Give the role of this job the actions bedrock-agentcore:GetAgentRuntime and bedrock-agentcore:GetAgentRuntimeEndpoint. Set AWS_REGION, and let the session outlive the deployment."
	}
};
function agentCoreFailure(code, sentence) {
	const { fix, remedy } = codes$3[code];
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
// src/platforms/aws/logs.ts
async function logTail(region, logGroupName, logStreamName, lines) {
	const { CloudWatchLogsClient, GetLogEventsCommand } = await import("./aws.js");
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
const maxEvents$1 = 1e3;
async function recentLogLines(region, logGroupName, since, lines) {
	const { CloudWatchLogsClient, FilterLogEventsCommand } = await import("./aws.js");
	const client = new CloudWatchLogsClient(awsOptions(region));
	try {
		const command = new FilterLogEventsCommand({
			logGroupName,
			startTime: Math.max(0, since),
			limit: maxEvents$1
		});
		const { events = [] } = await client.send(command);
		return events.flatMap(({ message = "" }) => message.trimEnd().split(/\r?\n/)).slice(-lines);
	} catch (error) {
		if (error instanceof Error && error.name === "ResourceNotFoundException") return [];
		throw error;
	} finally {
		client.destroy();
	}
}
// src/platforms/platform.ts
function outputText(state, name) {
	return asText(state?.values?.outputs?.[name]?.value) || void 0;
}
const runtimeType = /^(?:aws_bedrockagentcore_agent_runtime|awscc_bedrockagentcore_runtime)$/;
const endpointType = /^(?:aws_bedrockagentcore_agent_runtime_endpoint|awscc_bedrockagentcore_runtime_endpoint)$/;
function findRuntime(_, state) {
	const arn = outputText(state, "agentcore_runtime_arn");
	if (arn === void 0) return void 0;
	if (partsOf$1(arn) === void 0) throw new InputError(`The output agentcore_runtime_arn is "${arn}", which is not the ARN of an AgentCore runtime: set it to the attribute agent_runtime_arn of the runtime.`);
	return toTarget$3(arn, qualifierIn(state), state);
}
function listRuntimes(state) {
	return listManagedResources(state.values?.root_module).filter((resource) => runtimeType.test(resource.type) && protocolOf(resource) === "MCP").map(({ values }) => {
		const target = toTarget$3(asText(values?.agent_runtime_arn) ?? "", qualifierIn(state), state);
		return {
			...target,
			name: asText(values?.agent_runtime_name) ?? target.name
		};
	});
}
function runtimesAt(endpoint, state) {
	const arn = arnIn(endpoint);
	const isHeld = listManagedResources(state.values?.root_module).some(({ type, values }) => runtimeType.test(type) && values?.agent_runtime_arn === arn);
	if (arn === void 0 || !isHeld) return [];
	return [toTarget$3(arn, endpoint.searchParams.get("qualifier") || "DEFAULT", state)];
}
function urlOf({ arn, qualifier }, operation = "invocations", environment = process.env) {
	const parts = partsOf$1(arn);
	if (parts === void 0) return void 0;
	const suffix = parts.partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
	const set = environment.AWS_ENDPOINT_URL_BEDROCK_AGENTCORE || environment.AWS_ENDPOINT_URL;
	return `${set ? set.replace(/\/+$/, "") : `https://bedrock-agentcore.${parts.region}.${suffix}`}/runtimes/${encodeURIComponent(arn)}/${operation}?qualifier=${encodeURIComponent(qualifier)}`;
}
function isOwnUrl(target, endpoint) {
	return URL.parse(urlOf(target) ?? "")?.origin === endpoint.origin && arnIn(endpoint) === target.arn;
}
function versionInState$1(target, state) {
	const { version, endpointVersion } = toTarget$3(target.arn, target.qualifier, state);
	return target.qualifier === "DEFAULT" ? version : endpointVersion;
}
function runtimeVersion(name, version) {
	return {
		id: version,
		label: `version ${version} of ${name}`
	};
}
function logGroupOf({ id, qualifier }) {
	return `/aws/bedrock-agentcore/runtimes/${id}-${qualifier}`;
}
function toTarget$3(arn, qualifier, state) {
	const resources = listManagedResources(state?.values?.root_module);
	const { region, id } = partsOf$1(arn) ?? {
		region: void 0,
		id: ""
	};
	const runtime = resources.find(({ type, values }) => runtimeType.test(type) && values?.agent_runtime_arn === arn);
	const endpoint = resources.find(({ type, values }) => endpointType.test(type) && values?.agent_runtime_id === id && values?.name === qualifier);
	return {
		kind: "agentcore",
		arn,
		id,
		name: asText(runtime?.values?.agent_runtime_name) ?? id.replace(/-[^-]*$/, ""),
		region,
		qualifier,
		version: asText(runtime?.values?.agent_runtime_version) || outputText(state, "agentcore_runtime_version"),
		endpointVersion: asText(endpoint?.values?.agent_runtime_version) || void 0,
		authorizer: runtime === void 0 ? void 0 : authorizerOf(runtime)
	};
}
function qualifierIn(state) {
	return outputText(state, "agentcore_endpoint_name") ?? "DEFAULT";
}
function authorizerOf({ values }) {
	const configuration = values?.authorizer_configuration;
	const jwt = asObject(Array.isArray(configuration) ? configuration[0] : configuration).custom_jwt_authorizer;
	return asList(jwt).length > 0 || Object.keys(asObject(jwt)).length > 0 ? "jwt" : "iam";
}
function protocolOf({ values }) {
	const configuration = values?.protocol_configuration;
	return asText(configuration) ?? asText(asObject(asList(configuration)[0]).server_protocol);
}
function arnIn({ pathname }) {
	const escaped = /^\/runtimes\/([^/]+)\/invocations\/?$/.exec(pathname)?.[1];
	try {
		return escaped === void 0 ? void 0 : decodeURIComponent(escaped);
	} catch {
		return;
	}
}
function partsOf$1(arn) {
	const [, partition, region, id] = /^arn:([\w-]+):bedrock-agentcore:([a-z0-9-]+):\d{12}:runtime\/([a-zA-Z][\w-]*)$/.exec(arn) ?? [];
	return partition === void 0 || region === void 0 || id === void 0 ? void 0 : {
		partition,
		region,
		id
	};
}
// src/platforms/agentcore/evidence.ts
const maxLogLines$2 = 20;
async function runtimeEvidence(target, { ask, omitted, since }) {
	const { id, qualifier, region, authorizer } = target;
	const client = new AgentCore(region);
	const group = logGroupOf(target);
	const [runtime, endpoint, lines] = await Promise.all([
		ask("the state of the runtime", "bedrock-agentcore:GetAgentRuntime", () => client.runtime(id)),
		ask("the state of the endpoint", "bedrock-agentcore:GetAgentRuntimeEndpoint", () => client.endpoint(id, qualifier)),
		ask("the log of the runtime", "logs:FilterLogEvents", () => recentLogLines(region, group, since, maxLogLines$2))
	]);
	const failureReasons = [runtime?.failureReason, endpoint?.failureReason].filter((reason) => reason);
	return {
		...noEvidence(`${id}/${qualifier}`),
		microVm: {
			failureReasons: failureReasons.filter((reason) => reason !== void 0),
			authorizer
		},
		...lines !== void 0 && { log: {
			container: id,
			group,
			stream: "",
			lines
		} },
		omitted
	};
}
// src/platforms/agentcore/stability.ts
function watchRuntime(client, target) {
	return async () => {
		const runtime = await client.runtime(target.id);
		return judge$1(target, runtime, runtime === void 0 ? void 0 : await client.endpoint(target.id, target.qualifier));
	};
}
function delayMs$3(attempt) {
	return attempt < 30 ? 2e3 : 5e3;
}
function judge$1(target, runtime, endpoint) {
	const { name, id, qualifier } = target;
	if (runtime === void 0 || isGoing(runtime)) return failed$3("AGENTCORE_NO_RUNTIME", `There is no AgentCore runtime ${id}${ending(runtime)}.`);
	const wanted = runtimeVersion(name, target.version ?? runtime.version);
	const isNewest = runtime.version === wanted.id;
	if (isNewest && isFailed(runtime)) return failed$3("AGENTCORE_FAILED", `AgentCore could not make ${wanted.label}: ${reasonOf(runtime)}.`);
	const isMoving = isNewest && isUnderWay(runtime) || endpoint !== void 0 && isUnderWay(endpoint);
	if (endpoint === void 0 || isGoing(endpoint)) return endpoint === void 0 && isMoving && qualifier === "DEFAULT" ? waiting$1(`${id} is ${runtime.status}`, false) : failed$3("AGENTCORE_NO_RUNTIME", `The AgentCore runtime ${id} has no endpoint ${qualifier}${ending(endpoint)}.`);
	const { liveVersion, targetVersion } = endpoint;
	const next = isUnderWay(endpoint) ? targetVersion ?? liveVersion : liveVersion;
	if (next !== void 0 && isNewer(next, wanted.id)) return failed$3("AGENTCORE_SUPERSEDED", `The endpoint ${qualifier} of ${name} gets version ${next}, and this apply made version ${wanted.id}.`);
	if (isMoving) {
		const from = liveVersion === void 0 || liveVersion === wanted.id ? "" : `, version ${liveVersion} still answers`;
		return waiting$1(`${id} is ${runtime.status}, its endpoint ${qualifier} is ${endpoint.status}${from}`, runtime.status === "READY");
	}
	if (liveVersion === wanted.id) return {
		kind: "serving",
		version: wanted,
		running: 1
	};
	if (isFailed(endpoint)) {
		const still = liveVersion === void 0 ? "" : ` Version ${liveVersion} still answers.`;
		return failed$3("AGENTCORE_FAILED", `AgentCore could not move the endpoint ${qualifier} of ${name} to version ${targetVersion ?? wanted.id}: ${reasonOf(endpoint)}.${still}`);
	}
	if (qualifier === "DEFAULT") return waiting$1(`${qualifier} of ${name} does not follow to version ${wanted.id} yet`, runtime.status === "READY");
	const live = liveVersion ?? "no version";
	return target.endpointVersion === wanted.id ? failed$3("AGENTCORE_SUPERSEDED", `Somebody moved the endpoint ${qualifier} of ${name} back to version ${live} after this apply moved it to version ${wanted.id}.`) : failed$3("AGENTCORE_ENDPOINT_STALE", `The endpoint ${qualifier} of ${name} stays on version ${live}, and this apply made version ${wanted.id}: clients get nothing of it.`);
}
function timedOut$3({ name }, timeoutMs, last) {
	return failed$3(last.isHealthy === true ? "AGENTCORE_STILL_MOVING" : "AGENTCORE_TIMEOUT", `The runtime ${name} did not serve the new version after ${Math.round(timeoutMs / 1e3)} s; last seen: ${last.for}`);
}
const isFailed = ({ status }) => status === "CREATE_FAILED" || status === "UPDATE_FAILED";
const isUnderWay = ({ status }) => status === "CREATING" || status === "UPDATING";
const isGoing = ({ status }) => status === "DELETING" || status === "DELETE_FAILED";
function ending(state) {
	return state === void 0 ? "" : ` (its status is ${state.status})`;
}
function reasonOf({ status, failureReason }) {
	return failureReason.trim().replace(/\.$/, "") || `it is ${status} without a reason`;
}
function isNewer(version, than) {
	return Number(version) > Number(than);
}
function waiting$1(what, isHealthy) {
	return {
		kind: "waiting",
		for: `Waiting for AgentCore: ${what}.`,
		isHealthy
	};
}
function failed$3(code, sentence) {
	const mayBeStale = code !== "AGENTCORE_FAILED" && code !== "AGENTCORE_TIMEOUT" && code !== "AGENTCORE_STILL_MOVING";
	return {
		kind: "failed",
		failure: agentCoreFailure(code, sentence),
		...mayBeStale && { mayBeStale }
	};
}
// src/platforms/agentcore/platform.ts
const sessionHeader = "X-Amzn-Bedrock-AgentCore-Runtime-Session-Id";
const agentcore = {
	kind: "agentcore",
	outputs: ["agentcore_runtime_arn"],
	find: findRuntime,
	candidates: runtimesAt,
	addresses: {
		endpointOf: (target) => urlOf(target),
		list: listRuntimes
	},
	access(target, endpoint) {
		if (!isOwnUrl(target, endpoint)) return {};
		const { region, authorizer } = target;
		const leaveUrl = urlOf(target, "stopruntimesession");
		return {
			...authorizer !== "jwt" && region !== void 0 && { signing: {
				service: "bedrock-agentcore",
				region
			} },
			headers: { [sessionHeader]: `terraform-mcp-deploy-${randomUUID()}` },
			traits: ["one-target"],
			...leaveUrl !== void 0 && { leaveUrl }
		};
	},
	watch: {
		api: "AgentCore",
		start: (target) => watchRuntime(new AgentCore(target.region), target),
		defaultTimeoutMs: 6e5,
		delayMs: delayMs$3,
		accessDenied: ({ id }, error) => agentCoreFailure("AGENTCORE_ACCESS", `AWS does not let this job watch the runtime ${id}: ${messageOf(error)}`),
		timedOut: timedOut$3,
		report: ({ hold: _, ...stability }) => ({ stability: {
			...stability,
			runs: `AgentCore serves ${stability.revision ?? ""}`
		} })
	},
	versions: {
		wanted: ({ name, version }) => version === void 0 ? void 0 : runtimeVersion(name, version),
		before(target, prior) {
			const version = versionInState$1(target, prior);
			return version === void 0 ? void 0 : runtimeVersion(target.name, version);
		},
		ofId: ({ name }, id) => /^[1-9]\d{0,4}$/.test(id) ? runtimeVersion(name, id) : void 0,
		named: ({ name }, wanted) => /^[1-9]\d{0,4}$/.test(wanted) ? runtimeVersion(name, wanted) : void 0,
		examples: ({ version }) => `the number of a version, such as ${Math.max(1, Number(version) - 1)}`,
		retarget: (target, { id }) => ({
			...target,
			version: id,
			endpointVersion: id
		}),
		rollBack: (target, { id }) => pointAt$2(new AgentCore(target.region), target, id),
		recordName: ({ id, qualifier }) => `/terraform-mcp-deploy/agentcore/${id}/${qualifier}/passed-version`
	},
	taintTarget: ({ name }) => ({
		address: void 0,
		why: `a replacement of the runtime ${name} would have another ARN, so all clients would lose its URL.`,
		name: `the runtime ${name}`,
		nextApply: ""
	}),
	evidence: runtimeEvidence,
	consoleLinks: (target) => target.region === void 0 ? [] : [runtimeLink(target.region, target.id), logGroupLink(target.region, logGroupOf(target))].filter((link) => link !== void 0),
	codes: codes$3,
	permissions: {
		watch: ["bedrock-agentcore:GetAgentRuntime", "bedrock-agentcore:GetAgentRuntimeEndpoint"],
		rollBack: [
			"bedrock-agentcore:GetAgentRuntimeEndpoint",
			"bedrock-agentcore:UpdateAgentRuntimeEndpoint",
			"ssm:GetParameter",
			"ssm:PutParameter",
			"ssm:DeleteParameter"
		],
		gate: ["bedrock-agentcore:InvokeAgentRuntime", "bedrock-agentcore:StopRuntimeSession"],
		evidence: [
			"bedrock-agentcore:GetAgentRuntime",
			"bedrock-agentcore:GetAgentRuntimeEndpoint",
			"logs:FilterLogEvents"
		]
	},
	messages: {
		name: ({ name }) => name,
		version: "version",
		notWatched: () => void 0,
		noRollback: ({ name, qualifier }) => qualifier === "DEFAULT" ? `There is nothing to roll back to: clients of ${name} call the endpoint DEFAULT, which always follows the newest version. Give them a named endpoint with agent_runtime_version, which can go back.` : void 0,
		nextPlan: ({ version, qualifier }) => `Terraform still has version ${version ?? ""}. If the endpoint ${qualifier} sets agent_runtime_version, the next plan with unchanged inputs moves it forward to that version again: change the image or the settings before the next apply. If it does not, no plan moves it, and it stays where it is.`
	}
};
async function pointAt$2(client, { id, name, qualifier }, version) {
	const endpoint = await client.endpoint(id, qualifier);
	if (endpoint === void 0) throw new ServiceError(`The runtime ${name} has no endpoint ${qualifier}.`);
	if ((endpoint.status === "READY" || endpoint.status === "UPDATE_FAILED") && endpoint.liveVersion === version) return "already";
	await client.pointEndpoint(id, qualifier, version);
	return "started";
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
		const { DescribeInstanceStatusCommand } = await import("./aws.js");
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
		const { GetConsoleOutputCommand } = await import("./aws.js");
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
		const { EC2Client } = await import("./aws.js");
		this.#client ??= new EC2Client(awsOptions(this.#region, this.#times));
		return this.#client;
	}
};
// src/platforms/ec2/codes.ts
const codes$2 = {
	EC2_NO_INSTANCE: {
		meaning: "there is no instance with this id",
		remedy: "config",
		fix: "Check that the output instance_id names the instance that Terraform makes, and that AWS_REGION is its region."
	},
	EC2_NOT_RUNNING: {
		meaning: "the instance is not running",
		remedy: "replace",
		fix: "Look at its state transition reason in the EC2 console: somebody stopped it, or AWS took a Spot instance back."
	},
	EC2_TIMEOUT: {
		meaning: "the instance did not pass its status checks in time",
		remedy: "wait",
		fix: "Look at the end of the console output for why it does not come up, or raise deploy-timeout."
	},
	EC2_ACCESS: {
		meaning: "AWS does not let this job watch the instance",
		remedy: "config",
		fix: "Give the role of this job the action ec2:DescribeInstanceStatus. Set AWS_REGION, and let the session outlive the deployment."
	}
};
function ec2Failure(code, sentence) {
	const { fix, remedy } = codes$2[code];
	return {
		code,
		sentence,
		fix,
		remedy
	};
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
	const resources = listManagedResources(state.values?.root_module);
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
	return listManagedResources(state?.values?.root_module).filter(({ type }) => type === "aws_instance");
}
function regionOf(arn) {
	return arn?.split(":")[3];
}
// src/platforms/ec2/ready.ts
function watchInstance(ec2, { instanceId }) {
	return async () => decideReadiness(await ec2.status(instanceId), instanceId);
}
function delayMs$2(attempt) {
	return attempt < 10 ? 2e3 : 1e4;
}
function timedOut$2({ instanceId }, timeoutMs, last) {
	return {
		kind: "failed",
		failure: ec2Failure("EC2_TIMEOUT", `The instance ${instanceId} did not pass its status checks within ${Math.round(timeoutMs / 1e3)} s; last seen: ${last.for}`)
	};
}
function decideReadiness(status, instanceId) {
	if (status === void 0) return {
		kind: "failed",
		failure: ec2Failure("EC2_NO_INSTANCE", `There is no EC2 instance ${instanceId} in this account and region.`),
		mayBeStale: true
	};
	const { state, system, instance } = status;
	if (!/^(pending|running)$/.test(state)) {
		const sentence = `The instance ${instanceId} is ${state}: nothing can answer there.`;
		const mayBeStale = /^stopp/.test(state);
		return {
			kind: "failed",
			failure: ec2Failure("EC2_NOT_RUNNING", sentence),
			...mayBeStale && { mayBeStale }
		};
	}
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
		defaultTimeoutMs: 6e5,
		delayMs: delayMs$2,
		accessDenied: ({ instanceId }, error) => ec2Failure("EC2_ACCESS", `AWS does not let this job watch the instance ${instanceId}: ${messageOf(error)}`),
		timedOut: timedOut$2,
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
	codes: codes$2,
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
		const { DescribeServicesCommand } = await import("./aws.js");
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
			targetGroups: (state.loadBalancers ?? []).flatMap(({ targetGroupArn }) => targetGroupArn ?? []),
			controller: state.deploymentController?.type ?? "ECS",
			strategy: state.deploymentConfiguration?.strategy ?? "ROLLING",
			hasAlarms: state.deploymentConfiguration?.alarms?.enable === true,
			taskDefinition: state.taskDefinition ?? "",
			revisions: (state.currentServiceRevisions ?? []).map(({ arn = "", runningTaskCount = 0 }) => ({
				arn,
				runningCount: runningTaskCount
			})),
			taskSets: (state.taskSets ?? []).map((taskSet) => ({
				status: taskSet.status ?? "",
				taskDefinition: taskSet.taskDefinition ?? "",
				desiredCount: taskSet.computedDesiredCount ?? 0,
				runningCount: taskSet.runningCount ?? 0,
				isSteady: taskSet.stabilityStatus === "STEADY_STATE"
			}))
		};
	}
	async newestDeployment(cluster, service) {
		const { DescribeServiceDeploymentsCommand, ListServiceDeploymentsCommand } = await import("./aws.js");
		const client = await this.#open();
		const { serviceDeployments: listed = [] } = await client.send(new ListServiceDeploymentsCommand({
			cluster,
			service
		}));
		const [newest] = listed.toSorted((a, b) => (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0));
		if (newest?.serviceDeploymentArn === void 0) return void 0;
		const { serviceDeployments = [] } = await client.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [newest.serviceDeploymentArn] }));
		return serviceDeployments[0] && readServiceDeployment(serviceDeployments[0]);
	}
	async serviceRevisions(serviceRevisionArns) {
		const { DescribeServiceRevisionsCommand } = await import("./aws.js");
		const { serviceRevisions = [] } = await (await this.#open()).send(new DescribeServiceRevisionsCommand({ serviceRevisionArns }));
		return serviceRevisions.map(({ serviceRevisionArn: arn = "", taskDefinition = "" }) => ({
			arn,
			taskDefinition
		}));
	}
	async answerHook(serviceDeploymentArn, hookId, action) {
		const { ContinueServiceDeploymentCommand } = await import("./aws.js");
		await (await this.#open()).send(new ContinueServiceDeploymentCommand({
			serviceDeploymentArn,
			hookId,
			action
		}));
	}
	async rollBackDeployment(serviceDeploymentArn) {
		const { StopServiceDeploymentCommand } = await import("./aws.js");
		await (await this.#open()).send(new StopServiceDeploymentCommand({
			serviceDeploymentArn,
			stopType: "ROLLBACK"
		}));
	}
	async tasks(cluster, service, desiredStatus, known = new Set()) {
		const { DescribeTasksCommand, ListTasksCommand } = await import("./aws.js");
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
		const { DescribeTaskDefinitionCommand } = await import("./aws.js");
		const { taskDefinition } = await (await this.#open()).send(new DescribeTaskDefinitionCommand({ taskDefinition: revision }));
		return {
			arn: taskDefinition?.taskDefinitionArn ?? revision,
			status: taskDefinition?.status ?? "",
			architecture: taskDefinition?.runtimePlatform?.cpuArchitecture,
			containers: (taskDefinition?.containerDefinitions ?? []).map(readContainer)
		};
	}
	async deploy(cluster, service, taskDefinition) {
		const { UpdateServiceCommand } = await import("./aws.js");
		await (await this.#open()).send(new UpdateServiceCommand({
			cluster,
			service,
			taskDefinition
		}));
	}
	async #open() {
		const { ECSClient } = await import("./aws.js");
		this.#client ??= new ECSClient(awsOptions(this.#region, this.#times));
		return this.#client;
	}
};
function readServiceDeployment(deployment) {
	const { targetServiceRevision: target, rollback, deploymentCircuitBreaker: breaker, alarms } = deployment;
	return {
		arn: deployment.serviceDeploymentArn ?? "",
		status: deployment.status ?? "",
		reason: deployment.statusReason ?? "",
		stage: deployment.lifecycleStage ?? "",
		createdAt: deployment.createdAt?.getTime() ?? 0,
		targetRevision: target?.arn ?? "",
		requestedCount: target?.requestedTaskCount ?? 0,
		runningCount: target?.runningTaskCount ?? 0,
		productionWeight: target?.requestedProductionTrafficWeight,
		testWeight: target?.requestedTestTrafficWeight,
		hooks: (deployment.lifecycleHookDetails ?? []).map((hook) => ({
			id: hook.hookId ?? "",
			status: hook.status ?? "",
			expiresAt: hook.expiresAt?.getTime(),
			timeoutAction: hook.timeoutAction
		})),
		triggeredAlarms: alarms?.triggeredAlarmNames ?? [],
		circuitBreaker: breaker?.threshold === void 0 || breaker.status === "DISABLED" ? void 0 : {
			failures: breaker.failureCount ?? 0,
			threshold: breaker.threshold
		},
		rollback: rollback && {
			reason: rollback.reason ?? "",
			revision: rollback.serviceRevisionArn ?? ""
		},
		bakeMs: bakeMinutes(deployment.deploymentConfiguration) * 6e4
	};
}
function bakeMinutes(configuration) {
	const { strategy, bakeTimeInMinutes = 0, linearConfiguration, canaryConfiguration } = configuration ?? {};
	const { stepPercent = 100, stepBakeTimeInMinutes = 0 } = linearConfiguration ?? {};
	if (strategy === "LINEAR") return bakeTimeInMinutes + stepBakeTimeInMinutes * (Math.ceil(100 / Math.max(1, stepPercent)) - 1);
	if (strategy === "CANARY") return bakeTimeInMinutes + (canaryConfiguration?.canaryBakeTimeInMinutes ?? 0);
	return bakeTimeInMinutes;
}
function readTask(task) {
	return {
		arn: task.taskArn ?? "",
		startedBy: task.startedBy ?? "",
		taskDefinition: task.taskDefinitionArn ?? "",
		health: task.healthStatus ?? "UNKNOWN",
		stoppedReason: task.stoppedReason ?? "",
		stopCode: task.stopCode ?? "",
		stoppedAt: task.stoppedAt?.getTime() ?? 0,
		containers: (task.containers ?? []).map(({ name, exitCode, reason, healthStatus, imageDigest }) => ({
			name: name ?? "",
			exitCode,
			reason: reason ?? "",
			health: healthStatus ?? "UNKNOWN",
			imageDigest
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
const codes$1 = {
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
		meaning: "ECS reports the deployment as failed and has not rolled it back",
		remedy: "replace",
		fix: "Look at the stopped tasks and the logs of the service for why the container does not start or stay healthy."
	},
	ECS_STOPPED: {
		meaning: "somebody stopped the deployment",
		remedy: "config",
		fix: "Find out who stopped it and why (CloudTrail, StopServiceDeployment), then run the job again."
	},
	ECS_ROLLBACK_FAILED: {
		meaning: "the deployment failed, and ECS could not roll it back either",
		remedy: "replace",
		fix: "Look at the events of the service: ECS needs capacity, the old image and its permissions on the listener rules to go back."
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
		fix: "Look at the events of the service and at the stopped tasks for the reason, or raise deploy-timeout if the server starts slowly."
	},
	ECS_STILL_DEPLOYING: {
		meaning: "the new revision runs and nothing of it failed, but the deployment was not complete in time",
		remedy: "config",
		fix: "Raise deploy-timeout, or shorten what ECS waits for: deregistration_delay of the target group, the bake time and the steps of the deployment."
	},
	ECS_ACCESS: {
		meaning: "AWS does not let this job watch the service",
		remedy: "config",
		fix: "Give the role of this job the actions ecs:DescribeServices, ecs:ListServiceDeployments, ecs:DescribeServiceDeployments and ecs:DescribeServiceRevisions. Set AWS_REGION, and let the session outlive the deployment."
	}
};
function ecsFailure(code, sentence, more = {}) {
	const { fix, remedy } = codes$1[code];
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
	const resources = listManagedResources(state?.values?.root_module);
	return toTarget$2(cluster, service, serviceInState(resources, service, cluster), resources, outputText(state, "mcp_test_endpoint"));
}
function servicesBehind(endpoint, state) {
	const resources = listManagedResources(state.values?.root_module);
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
		return name === void 0 ? [] : [toTarget$2(lastPart(cluster), name, service, resources, outputText(state, "mcp_test_endpoint"))];
	});
}
function targetGroupsOf(service) {
	return asList(service?.values?.load_balancer).flatMap((each) => asText(asObject(each).target_group_arn) ?? []);
}
function toTarget$2(cluster, service, inState, resources, testEndpoint) {
	const controller = asText(asObject(asList(inState?.values?.deployment_controller)[0]).type) ?? "ECS";
	return {
		kind: "ecs",
		cluster,
		service,
		name: service,
		region: asText(inState?.values?.id)?.split(":")[3],
		taskDefinition: controller === "ECS" ? taskDefinitionOf$1(resources, asText(inState?.values?.task_definition)) : void 0,
		...controller !== "ECS" && { controller },
		...testEndpoint !== void 0 && { testEndpoint }
	};
}
function revisionInState(state, service, cluster) {
	const resource = serviceInState(listManagedResources(state?.values?.root_module), service, cluster);
	return asText(resource?.values?.task_definition);
}
function serviceInState(resources, service, cluster) {
	return resources.find(({ type, values }) => type === "aws_ecs_service" && values?.name === lastPart(service) && (cluster === void 0 || lastPart(asText(values.cluster) ?? "default") === lastPart(cluster)));
}
function taskDefinitionOf$1(resources, served) {
	const definitions = resources.filter(({ type }) => type === "aws_ecs_task_definition");
	const isOurs = definitions.length === 1 && !resources.some(({ type }) => type === "aws_ecs_service");
	const definition = served === void 0 && isOurs ? definitions[0] : definitions.find(({ values }) => asText(values?.family) === familyOf(served ?? ""));
	const arn = asText(definition?.values?.arn);
	return definition === void 0 || arn === void 0 ? void 0 : {
		arn,
		address: definition.address
	};
}
function familyOf(taskDefinition) {
	return lastPart(taskDefinition).replace(/:\d+$/, "");
}
function isSameFamily(a, b) {
	const [family, other] = [a, b].map((arn) => /^(arn:[^:]+:ecs:[^:]+:\d+:task-definition\/[\w-]+):[1-9]\d*$/.exec(arn)?.[1]);
	return family !== void 0 && family === other;
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
	const resources = listManagedResources(state.values?.root_module);
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
		const { DescribeTargetGroupsCommand } = await import("./aws.js");
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
		const { DescribeTargetHealthCommand } = await import("./aws.js");
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
		const { DescribeListenersCommand, DescribeLoadBalancersCommand } = await import("./aws.js");
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
		const { ElasticLoadBalancingV2Client } = await import("./aws.js");
		this.#client ??= new ElasticLoadBalancingV2Client(awsOptions(this.#region, this.#times));
		return this.#client;
	}
};
// src/platforms/ecs/evidence.ts
const maxLogLines$1 = 20;
const maxEvents = 20;
const maxStoppedTasks = 10;
async function serviceEvidence({ cluster, service, region, taskDefinition }, { ask, omitted, followed, since }) {
	const ecs = new Ecs(region);
	const state = await ask("the events of the service", "ecs:DescribeServices", () => ecs.describeService(cluster, service));
	const ours = followed ?? state?.deployments.find((each) => taskDefinition === void 0 ? each.status === "PRIMARY" : each.taskDefinition === taskDefinition.arn);
	const isOurs = (task) => ours === void 0 ? task.taskDefinition === taskDefinition?.arn : lastPart(task.startedBy) === lastPart(ours.id);
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
	const lines = await ask(`the log of container ${container.name}`, "logs:GetLogEvents", () => logTail(own ?? region, group, stream, maxLogLines$1));
	return lines && {
		container: container.name,
		group,
		stream,
		lines
	};
}
// src/platforms/ecs/service-deployment.ts
function judgeServiceDeployment(view) {
	const { name, service, deployment, expected } = view;
	if (deployment === void 0) return withoutDeployment(view);
	const target = taskDefinitionOf(view, deployment.targetRevision);
	const former = deployment.rollback && taskDefinitionOf(view, deployment.rollback.revision);
	const isOurs = expected === void 0 || isSame(target, expected);
	const isReturn = !isOurs && former !== void 0 && isSame(former, expected);
	if (!isOurs && !isReturn) return {
		...failed$2("ECS_SUPERSEDED", `Somebody deployed ${lastPart(target)} to ${name} after this apply made ${lastPart(expected)}.`),
		mayBeStale: true
	};
	switch (deployment.status) {
		case "SUCCESSFUL":
			if (isReturn) return {
				...failed$2("ECS_SUPERSEDED", `${name} runs ${lastPart(target)}, not ${lastPart(expected)}.`),
				mayBeStale: true
			};
			return complete(view, deployment, target);
		case "PENDING":
		case "IN_PROGRESS": return isReturn ? waiting(deployment, `Waiting for ECS: ${name} still deploys ${lastPart(target)}.`, false) : underWay(view, deployment, target);
		case "STOP_REQUESTED":
		case "STOPPED": return failed$2("ECS_STOPPED", sentence(`The deployment of ${lastPart(target)} to ${name} was stopped`, reasonsOf(deployment)));
		case "ROLLBACK_FAILED": return failed$2("ECS_ROLLBACK_FAILED", sentence(`ECS could not roll ${name} back from ${lastPart(target)}`, reasonsOf(deployment)));
		default:
			if (!isReturn) return rolledBack(view, deployment, target, former);
			return deployment.status === "ROLLBACK_SUCCESSFUL" ? {
				kind: "serving",
				version: revision(former),
				running: service.runningCount
			} : waiting(deployment, `Waiting for ECS: ${name} goes back to ${lastPart(former)}.`, false);
	}
}
function withoutDeployment({ name, service, expected }) {
	const { taskDefinition, runningCount, desiredCount } = service;
	if (expected !== void 0 && !isSame(taskDefinition, expected)) return {
		kind: "waiting",
		for: `Waiting for ECS to start a deployment of ${name}.`
	};
	return runningCount === desiredCount ? {
		kind: "serving",
		version: revision(taskDefinition),
		running: runningCount
	} : {
		kind: "waiting",
		for: `Waiting for ECS: ${runningCount} of ${desiredCount} tasks of ${name} run.`
	};
}
function complete({ service }, deployment, target) {
	const isOld = ({ arn, runningCount }) => arn !== deployment.targetRevision && runningCount > 0;
	if (service.revisions.some(isOld)) return waiting(deployment, "Waiting for ECS: tasks of the revision before still run.", true);
	return {
		kind: "serving",
		version: revision(target),
		running: service.runningCount
	};
}
function underWay(view, deployment, target) {
	const { stage, runningCount, requestedCount, productionWeight } = deployment;
	const hook = deployment.hooks.find(({ id, status }) => status === "AWAITING_ACTION" && !view.answered.includes(id));
	if (hook !== void 0) return paused(view, deployment, target, hook);
	if (productionWeight === 100 && runningCount >= requestedCount && stage === "BAKE_TIME" && !view.isFinal) return {
		kind: "serving",
		version: revision(target),
		running: runningCount
	};
	const failures = deployment.circuitBreaker?.failures ?? 0;
	const traffic = productionWeight === void 0 ? "" : `, ${productionWeight} % of the traffic goes to it`;
	const tasks = failures === 0 ? "" : `, ${failures} tasks failed`;
	return waiting(deployment, `Waiting for ECS: deployment of ${lastPart(target)} is at ${stage || "its beginning"}, ${runningCount} of ${requestedCount} tasks run${tasks}${traffic}.`, runningCount >= requestedCount && requestedCount > 0 && failures === 0);
}
function paused(view, deployment, target, { id, expiresAt, timeoutAction }) {
	const isCutOver = deployment.productionWeight === 100;
	const atTest = deployment.testWeight === 100 ? view.testEndpoint : void 0;
	if (!isCutOver && atTest === void 0) {
		const until = expiresAt === void 0 ? "" : ` until ${new Date(expiresAt).toISOString()}`;
		const then = timeoutAction === void 0 ? "" : `, then ECS does ${timeoutAction}`;
		const why = view.testEndpoint === void 0 ? "the gate could answer it if the output mcp_test_endpoint named the test listener" : "the test listener does not lead to the new revision yet, so the gate cannot answer it";
		return waiting(deployment, `Waiting for ECS: deployment of ${lastPart(target)} is paused at ${deployment.stage}${until}${then}; ${why}.`, true);
	}
	return {
		kind: "held",
		hold: {
			id,
			version: revision(target),
			endpoint: atTest,
			...expiresAt !== void 0 && { expires: {
				at: expiresAt,
				action: timeoutAction ?? "ROLLBACK"
			} },
			continue: () => view.answer(id, "CONTINUE"),
			rollBack: () => view.answer(id, "ROLLBACK")
		}
	};
}
function rolledBack({ name }, deployment, target, former) {
	const observed = `ECS rolled ${name} back${former === void 0 ? "" : ` to ${lastPart(former)}`}, because the deployment of ${lastPart(target)} failed`;
	const alarms = deployment.triggeredAlarms;
	const isUnanswered = deployment.hooks.some(({ status }) => status === "TIMED_OUT");
	return failed$2("ECS_ROLLED_BACK", sentence(observed, reasonsOf(deployment)), {
		...isUnanswered && { remedy: "config" },
		fix: isUnanswered ? "Nobody answered the pause of the deployment in time: raise its timeout, and give the output mcp_test_endpoint, so that the gate answers it." : alarms.length > 0 ? `Look at the alarm${alarms.length > 1 ? "s" : ""} ${joined(alarms, "and")} for what the new revision does. The old revision serves again.` : codes$1.ECS_ROLLED_BACK.fix
	});
}
function reasonsOf({ reason, rollback, triggeredAlarms, circuitBreaker, hooks }) {
	const alarms = triggeredAlarms.length === 0 ? "" : `the alarm${triggeredAlarms.length > 1 ? "s" : ""} ${joined(triggeredAlarms, "and")} went off`;
	const breaker = circuitBreaker !== void 0 && circuitBreaker.failures >= circuitBreaker.threshold ? `the circuit breaker opened after ${circuitBreaker.failures} failed tasks` : "";
	const ends = {
		FAILED: "a lifecycle hook failed",
		TIMED_OUT: "nobody answered its pause in time"
	};
	const words = [
		alarms,
		breaker,
		...hooks.map(({ status }) => ends[status] ?? ""),
		rollback?.reason ?? "",
		reason
	];
	return [...new Set(words.map((word) => word.trim().replace(/\.$/, "")))].filter((word) => word !== "");
}
function sentence(observed, reasons) {
	return reasons.length === 0 ? `${observed}.` : `${observed}: ${reasons.join("; ")}.`;
}
function taskDefinitionOf({ taskDefinitions }, serviceRevision) {
	return taskDefinitions.get(serviceRevision) ?? "";
}
function waiting({ bakeMs }, what, isHealthy) {
	return {
		kind: "waiting",
		for: what,
		bakeMs,
		isHealthy
	};
}
function isSame(a, b) {
	return lastPart(a) === lastPart(b);
}
function failed$2(code, text, more = {}) {
	return {
		kind: "failed",
		failure: ecsFailure(code, text, more),
		observed: void 0
	};
}
// src/platforms/ecs/stability.ts
const clockSkewMs = 6e4;
function watchService(ecs, { cluster, service, taskDefinition, testEndpoint }, { previous, since = Date.now(), answeredHolds = [], isFinal = false, log }) {
	const name = `${cluster}/${service}`;
	const loggedEvents = new Set();
	const stopped = new StoppedTasks(ecs, cluster, service, since - clockSkewMs, log);
	const taskDefinitions = new Map();
	const loggedNotices = new Set();
	let followed;
	const logOnce = (notice) => {
		if (!loggedNotices.has(String(notice))) log(notice);
		loggedNotices.add(String(notice));
	};
	const lookAtDeployment = async (state) => {
		const deployment = await ecs.newestDeployment(cluster, service);
		const unread = [deployment?.targetRevision, deployment?.rollback?.revision].filter((arn) => arn !== void 0).filter((arn) => arn !== "" && !taskDefinitions.has(arn));
		for (const { arn, taskDefinition: of } of unread.length === 0 ? [] : await ecs.serviceRevisions(unread)) taskDefinitions.set(arn, of);
		if (deployment !== void 0) followed = {
			id: lastPart(deployment.targetRevision),
			createdAt: deployment.createdAt
		};
		for (const event of newEvents(state, followed, loggedEvents)) log(line`ECS: ${event}`);
		return judgeServiceDeployment({
			name,
			service: state,
			deployment,
			taskDefinitions,
			expected: taskDefinition?.arn,
			isFinal,
			answered: answeredHolds,
			testEndpoint,
			answer: async (hookId, action) => {
				if (deployment !== void 0) await ecs.answerHook(deployment.arn, hookId, action);
			}
		});
	};
	const look = async () => {
		const state = await ecs.describeService(cluster, service);
		const unusable = unusableService(state, name);
		if (unusable !== void 0) return unusable;
		if (state !== void 0 && state.controller !== "ECS") {
			logOnce(line`${state.controller} makes the deployments of ${name}, so this apply deployed no new revision. The one that serves is checked, and never repaired.`);
			return judgeTaskSets(state, name);
		}
		if (state !== void 0 && state.strategy !== "ROLLING") return await lookAtDeployment(state);
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
		const failedTasks = await stopped.of(followed);
		const isHealthy = judged.isHealthy === true && failedTasks.length === 0;
		return judgeTasks(failedTasks, state, shortOf(ours), name) ?? {
			...judged,
			isHealthy
		};
	};
	return async () => {
		try {
			return {
				...await look(),
				deployment: followed
			};
		} catch (error) {
			if (!(error instanceof Error && error.name === "ClusterNotFoundException")) throw error;
			return stale(failed$1("ECS_NO_SERVICE", `AWS finds no cluster for ECS service ${name}: ${messageOf(error)}`, { fix: "Check ecs_cluster_name (or the input ecs-cluster) and AWS_REGION." }));
		}
	};
}
function delayMs$1(attempt) {
	if (attempt < 10) return 1500;
	if (attempt < 20) return 5e3;
	return attempt < 60 ? 1e4 : 15e3;
}
function timedOut$1({ taskDefinition }, timeoutMs, last) {
	const late = `The ECS deployment${taskDefinition === void 0 ? "" : ` of ${lastPart(taskDefinition.arn)}`} was not complete after ${Math.round(timeoutMs / 1e3)} s`;
	return failed$1(last.isHealthy === true ? "ECS_STILL_DEPLOYING" : "ECS_TIMEOUT", `${late}; last seen: ${last.for}`, {}, late);
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
	return failed$1("ECS_TASKS_FAIL", `${observed} because ${cause.clause}${often}.`, {
		fix,
		remedy
	}, observed);
}
function ourDeployment(state, expected) {
	return state?.deployments.filter(({ status, taskDefinition }) => expected === void 0 ? status === "PRIMARY" : sameRevision(taskDefinition, expected)).filter((deployment) => !isRollback(deployment)).sort((a, b) => b.createdAt - a.createdAt)[0];
}
function judge(state, expected, previous, name, followed) {
	const unusable = unusableService(state, name);
	if (state === void 0 || unusable !== void 0) return unusable ?? noService(state, name);
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
		const rolledBack = failed$1("ECS_ROLLED_BACK", `${observed}. ${reasons(state, ours ?? primary)}`.trimEnd(), { fix: `Look at the stopped tasks of the deployment ${followed.id}: what it changed (a secret, a setting of the service) keeps them from starting or staying healthy.` }, `${observed},`);
		return isRollback(primary) || ours?.rolloutState === "FAILED" ? rolledBack : stale(rolledBack);
	}
	if (primary.rolloutState === "FAILED") {
		const observed = `The ECS deployment of ${lastPart(primary.taskDefinition)} failed`;
		return failed$1("ECS_DEPLOYMENT_FAILED", `${observed}: ${reasons(state, primary) || "ECS gives no reason."}`, {}, observed);
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
		isHealthy: primary.failedTasks === 0 && primary.runningCount >= state.desiredCount,
		for: `Waiting for ECS: deployment of ${lastPart(primary.taskDefinition)} is ${primary.rolloutState ?? "running"}, ${primary.runningCount} of ${state.desiredCount} tasks run${failures}${old}.`
	};
}
function unusableService(state, name) {
	if (state === void 0 || state.status !== "ACTIVE") return noService(state, name);
	if (state.desiredCount > 0) return void 0;
	return stale(failed$1("ECS_SCALED_TO_ZERO", `The desired count of ECS service ${name} is 0: no task runs, so nothing can answer.`));
}
function noService(state, name) {
	return stale(failed$1("ECS_NO_SERVICE", `There is no active ECS service ${name}${state ? ` (its status is ${state.status})` : ""}.`));
}
function judgeTaskSets({ taskSets }, name) {
	const primary = taskSets.find(({ status }) => status === "PRIMARY");
	if (primary === void 0) return {
		kind: "waiting",
		for: `Waiting for a task set of ${name} that serves.`
	};
	const { taskDefinition, runningCount, desiredCount, isSteady } = primary;
	if (isSteady && runningCount === desiredCount) return {
		kind: "serving",
		version: revision(taskDefinition),
		running: runningCount
	};
	return {
		kind: "waiting",
		isHealthy: runningCount >= desiredCount,
		for: `Waiting for ECS: ${runningCount} of ${desiredCount} tasks of ${lastPart(taskDefinition)} run${isSteady ? "" : ", not steady yet"}.`
	};
}
function notOurs(state, primary, expected, previous, name) {
	const ours = state.deployments.find((deployment) => sameRevision(deployment.taskDefinition, expected));
	const isUndone = ours?.rolloutState === "FAILED" || isRollback(primary);
	const isPrevious = previous !== void 0 && sameRevision(primary.taskDefinition, previous);
	if (isUndone || isPrevious) {
		const observed = `ECS rolled ${name} back: it runs ${lastPart(primary.taskDefinition)}, not ${lastPart(expected)}, which this apply made`;
		const rolledBack = failed$1("ECS_ROLLED_BACK", `${observed}. ${reasons(state, ours ?? primary)}`.trimEnd(), { fix: `Look at the stopped tasks of ${lastPart(expected)} for why they do not start or stay healthy. The old revision still serves.` }, `${observed},`);
		return isUndone ? rolledBack : stale(rolledBack);
	}
	return stale(failed$1("ECS_SUPERSEDED", `Somebody deployed ${lastPart(primary.taskDefinition)} to ${name} after this apply made ${lastPart(expected)}.`));
}
function failed$1(code, sentence, more = {}, observed) {
	return {
		kind: "failed",
		failure: ecsFailure(code, sentence, more),
		observed
	};
}
function stale(observation) {
	return {
		...observation,
		mayBeStale: true
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
		defaultTimeoutMs: 9e5,
		delayMs: delayMs$1,
		accessDenied: ({ cluster, service }, error) => ecsFailure("ECS_ACCESS", `AWS does not let this job watch ECS service ${cluster}/${service}: ${error instanceof Error ? error.name : ""}: ${messageOf(error)}`),
		timedOut: timedOut$1,
		report: ({ hold: _, ...stability }) => ({ stability })
	},
	versions: {
		wanted: ({ taskDefinition }) => taskDefinition && revision(taskDefinition.arn),
		before({ cluster, service }, prior) {
			const served = revisionInState(prior, service, cluster);
			return served === void 0 ? void 0 : revision(served);
		},
		ofId: ({ taskDefinition }, id) => taskDefinition !== void 0 && isSameFamily(taskDefinition.arn, id) ? revision(id) : void 0,
		named({ taskDefinition }, name) {
			if (taskDefinition === void 0) return void 0;
			const family = taskDefinition.arn.replace(/:\d+$/, "");
			const number = /^[1-9]\d{0,8}$/.test(name) ? name : void 0;
			const id = number === void 0 ? name.startsWith("arn:") ? name : family.replace(/[^/]*$/, name) : `${family}:${number}`;
			return isSameFamily(taskDefinition.arn, id) ? revision(id) : void 0;
		},
		examples({ taskDefinition }) {
			const [family, number] = lastPart(taskDefinition?.arn ?? "").split(":");
			const earlier = Math.max(1, Number(number) - 1);
			return `a revision such as ${family}:${earlier}, its number ${earlier}, or its ARN`;
		},
		retarget: (target, { id }) => ({
			...target,
			taskDefinition: {
				arn: id,
				address: target.taskDefinition?.address ?? ""
			}
		}),
		rollBack: (target, { id }) => pointAt$1(new Ecs(target.region), target, id),
		recordName: ({ cluster, service }) => `/terraform-mcp-deploy/${lastPart(cluster)}/${lastPart(service)}/passed-task-definition`
	},
	async runningImages({ cluster, service, region, taskDefinition }) {
		const digests = (await new Ecs(region).tasks(cluster, service, "RUNNING")).filter((task) => taskDefinition === void 0 || task.taskDefinition === taskDefinition.arn).flatMap(({ containers }) => containers.flatMap(({ imageDigest }) => imageDigest ?? []));
		return [...new Set(digests)];
	},
	taintTarget: ({ service, taskDefinition, controller }) => ({
		address: taskDefinition?.address,
		...controller !== void 0 && { why: `${controller} deploys ${service}, so a new task definition of Terraform would not reach it.` },
		name: `the task definition of ${service}`,
		nextApply: "creates a new revision of it and deploys that without downtime"
	}),
	evidence: serviceEvidence,
	consoleLinks: serviceLinks,
	codes: codes$1,
	permissions: {
		watch: [
			"ecs:DescribeServices",
			"ecs:ListTasks",
			"ecs:DescribeTasks",
			"ecs:ListServiceDeployments",
			"ecs:DescribeServiceDeployments",
			"ecs:DescribeServiceRevisions",
			"ecs:ContinueServiceDeployment"
		],
		rollBack: [
			"ecs:DescribeTaskDefinition",
			"ecs:DescribeServices",
			"ecs:UpdateService",
			"ecs:ListServiceDeployments",
			"ecs:DescribeServiceDeployments",
			"ecs:StopServiceDeployment",
			"ssm:GetParameter",
			"ssm:PutParameter",
			"ssm:DeleteParameter"
		],
		gate: [],
		images: ["ecs:ListTasks", "ecs:DescribeTasks"],
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
		noRollback: ({ service, controller }) => controller === void 0 ? void 0 : `Nothing was rolled back: ${controller} deploys ${service}, so it also decides which version is live.`,
		nextPlan: ({ taskDefinition }) => `Terraform still has ${lastPart(taskDefinition?.arn ?? "")}: the next plan with unchanged inputs deploys the broken revision again. Change the image or the settings before the next apply.`
	}
};
async function pointAt$1(client, { cluster, service }, taskDefinition) {
	if (await statusOf(client, service, taskDefinition) === "INACTIVE") throw new ServiceError(`${lastPart(taskDefinition)} is deregistered, so ${service} cannot go back to it: set skip_destroy = true on the aws_ecs_task_definition, so that Terraform keeps the revisions it replaces.`);
	const state = await client.describeService(cluster, service);
	const primary = state?.deployments.find((deployment) => deployment.status === "PRIMARY");
	if (primary !== void 0 && lastPart(primary.taskDefinition) === lastPart(taskDefinition)) return "already";
	if (state !== void 0 && state.strategy !== "ROLLING") {
		const running = await client.newestDeployment(cluster, service);
		if (running?.status.startsWith("ROLLBACK_") === true) return "already";
		if (running?.status === "IN_PROGRESS" || running?.status === "PENDING") {
			await client.rollBackDeployment(running.arn);
			return "started";
		}
	}
	await client.deploy(cluster, service, taskDefinition);
	return "started";
}
async function statusOf(client, service, taskDefinition) {
	try {
		return (await client.taskDefinition(taskDefinition)).status;
	} catch (error) {
		if (!(error instanceof Error && error.name === "ClientException")) throw error;
		throw new ServiceError(`There is no task definition ${lastPart(taskDefinition)}, so ${service} cannot go back to it.`);
	}
}
// src/platforms/ecs-express/service.ts
const resourceType = "aws_ecs_express_gateway_service";
function findExpressService(_, state) {
	const arn = outputText(state, "ecs_express_service_arn");
	if (arn === void 0) return void 0;
	if (partsOf(arn) === void 0) throw new InputError(`The output ecs_express_service_arn is "${arn}", which is not the ARN of an ECS service: set it to the attribute service_arn of the ${resourceType}.`);
	return toTarget$1(arn, expressServices(state).find(({ values }) => values?.service_arn === arn));
}
function listExpressServices(state) {
	return expressServices(state).map((resource) => toTarget$1(asText(resource.values?.service_arn) ?? "", resource));
}
function expressServicesAt({ host }, state) {
	return listExpressServices(state).filter(({ url }) => URL.parse(url ?? "")?.host === host);
}
function expressServices(state) {
	return listManagedResources(state?.values?.root_module).filter(({ type }) => type === resourceType);
}
function toTarget$1(arn, resource) {
	const { region, cluster = "", service = "" } = partsOf(arn) ?? {};
	return {
		kind: "ecs-express",
		arn,
		cluster,
		service,
		name: service || (asText(resource?.values?.service_name) ?? resource?.address ?? ""),
		region,
		revision: asText(resource?.values?.service_revision_arn) || void 0,
		url: urlIn(resource)
	};
}
function urlIn(resource) {
	const paths = asList(resource?.values?.ingress_paths).map(asObject);
	const chosen = paths.find(({ access_type }) => access_type === "PUBLIC") ?? paths[0];
	const address = asText(chosen?.endpoint);
	if (address === void 0 || address === "") return void 0;
	const url = URL.parse(/^https?:\/\//.test(address) ? address : `https://${address}`);
	return url === null ? void 0 : new URL("/mcp", url).href;
}
function partsOf(arn) {
	const [, region, cluster, service] = /^arn:[\w-]+:ecs:([a-z0-9-]+):\d{12}:service\/([^/]+)\/([^/]+)$/.exec(arn) ?? [];
	return region === void 0 || cluster === void 0 || service === void 0 ? void 0 : {
		region,
		cluster,
		service
	};
}
// src/platforms/ecs-express/stability.ts
function watchExpress(ecs, target) {
	return async () => {
		const state = await ecs.describeService(target.cluster, target.service);
		const deployment = state === void 0 ? void 0 : await ecs.newestDeployment(target.cluster, target.service);
		return {
			...judgeExpress(target, state, deployment),
			deployment: followedOf(deployment)
		};
	};
}
function judgeExpress({ cluster, service, revision }, state, deployment) {
	const name = `${cluster}/${service}`;
	if (state === void 0 || state.status !== "ACTIVE") return {
		kind: "failed",
		failure: ecsFailure("ECS_NO_SERVICE", `There is no active ECS service ${name}${state === void 0 ? "" : ` (its status is ${state.status})`}.`, { fix: "Check that the output ecs_express_service_arn names the service that Terraform makes." }),
		mayBeStale: true
	};
	const others = state.revisions.filter(({ arn, runningCount }) => arn !== revision && runningCount > 0);
	if (deployment === void 0 && revision !== void 0 && state.revisions.length > 0 && others.length === 0) return {
		kind: "serving",
		version: {
			id: revision,
			label: lastPart(revision)
		},
		running: state.runningCount
	};
	const arns = [deployment?.targetRevision, deployment?.rollback?.revision].filter((arn) => arn !== void 0);
	const judged = judgeServiceDeployment({
		name,
		service: state,
		deployment,
		taskDefinitions: new Map(arns.map((arn) => [arn, arn])),
		expected: revision,
		isFinal: true,
		answered: [],
		testEndpoint: void 0,
		answer: async () => {}
	});
	const alarms = deployment?.triggeredAlarms ?? [];
	if (judged.kind !== "failed" || judged.failure.code !== "ECS_ROLLED_BACK" || alarms.length === 0) return judged;
	const fix = `${judged.failure.fix} The alarm of an Express service also counts 4xx answers, and MCP servers answer some requests of correct clients with 401, 404 or 405: on a quiet service a few of them are enough.`;
	return {
		...judged,
		failure: {
			...judged.failure,
			fix
		}
	};
}
function followedOf(deployment) {
	return deployment && {
		id: lastPart(deployment.targetRevision),
		createdAt: deployment.createdAt
	};
}
const ecsExpress = {
	kind: "ecs-express",
	outputs: ["ecs_express_service_arn"],
	find: findExpressService,
	candidates: expressServicesAt,
	addresses: {
		endpointOf: ({ url }) => url,
		list: listExpressServices
	},
	access: () => ({ traits: ["counts-client-errors"] }),
	watch: {
		api: "ECS",
		start: (target) => watchExpress(new Ecs(target.region), target),
		defaultTimeoutMs: 18e5,
		tellsVersionsApart: true,
		delayMs: delayMs$1,
		accessDenied: ({ cluster, service }, error) => ecsFailure("ECS_ACCESS", `AWS does not let this job watch ECS service ${cluster}/${service}: ${error instanceof Error ? error.name : ""}: ${messageOf(error)}`),
		timedOut: (target, timeoutMs, last) => timedOut$1(asService(target), timeoutMs, last),
		report: ({ hold: _, ...stability }) => ({ stability: {
			...stability,
			runs: `ECS runs service revision ${stability.revision ?? ""}`
		} })
	},
	taintTarget: ({ name }) => ({
		address: void 0,
		why: `a replacement of the Express service ${name} would take its load balancer and its URL with it.`,
		name: `the Express service ${name}`,
		nextApply: ""
	}),
	evidence: (target, context) => serviceEvidence(asService(target), context),
	consoleLinks: ({ region, cluster, service }) => region === void 0 ? [] : [serviceLink(region, cluster, service)].filter((link) => link !== void 0),
	codes: codes$1,
	permissions: {
		watch: [
			"ecs:DescribeServices",
			"ecs:ListServiceDeployments",
			"ecs:DescribeServiceDeployments"
		],
		rollBack: [],
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
		name: ({ name }) => name,
		version: "service revision",
		notWatched: () => void 0,
		noRollback: ({ name }) => `Nothing was rolled back: ECS itself takes ${name} back while a deployment runs. After it only another deployment can, so apply the image that worked before.`,
		nextPlan: () => ""
	}
};
function asService({ cluster, service, name, region }) {
	return {
		kind: "ecs",
		cluster,
		service,
		name,
		region,
		taskDefinition: void 0
	};
}
// src/platforms/endpoint.ts
const endpointOnly = {
	kind: "endpoint",
	outputs: [],
	find: () => ({ kind: "endpoint" }),
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
		notWatched: () => "Whether the new version is the one that answers: no input or output names the resource behind the endpoint.",
		proof: "Nothing proves that the new version answered the gate: an old version could have. Let the server report a version in serverInfo that differs with each deployment, and set mcp-expect-version to it.",
		noRollback: () => "Nothing can be rolled back: no input or output names the resource behind the endpoint.",
		nextPlan: () => ""
	}
};
// src/platforms/lambda/client.ts
function isSplit({ weights }) {
	return Object.keys(weights).length > 0;
}
var Lambda = class {
	#region;
	#times;
	#client;
	constructor(region, times) {
		this.#region = region;
		this.#times = times;
	}
	async alias(functionName, name) {
		const { GetAliasCommand } = await import("./aws.js");
		const client = await this.#open();
		return await orUndefined(async () => {
			const alias = await client.send(new GetAliasCommand({
				FunctionName: functionName,
				Name: name
			}));
			const weights = Object.entries(alias.RoutingConfig?.AdditionalVersionWeights ?? {}).filter(([, part]) => part > 0);
			return {
				version: alias.FunctionVersion ?? "",
				weights: Object.fromEntries(weights),
				revisionId: alias.RevisionId
			};
		});
	}
	async state(functionName, qualifier) {
		const { GetFunctionConfigurationCommand } = await import("./aws.js");
		const client = await this.#open();
		return await orUndefined(async () => {
			const found = await client.send(new GetFunctionConfigurationCommand({
				FunctionName: functionName,
				Qualifier: qualifier
			}));
			return {
				version: found.Version ?? "",
				codeSha256: found.CodeSha256 ?? "",
				state: found.State ?? "",
				stateReason: {
					code: found.StateReasonCode ?? "",
					text: found.StateReason ?? ""
				},
				lastUpdate: found.LastUpdateStatus ?? "",
				lastUpdateReason: {
					code: found.LastUpdateStatusReasonCode ?? "",
					text: found.LastUpdateStatusReason ?? ""
				},
				logGroup: found.LoggingConfig?.LogGroup ?? `/aws/lambda/${found.FunctionName ?? functionName}`,
				timeoutSeconds: found.Timeout
			};
		});
	}
	async image(functionName, qualifier) {
		const { GetFunctionCommand } = await import("./aws.js");
		const { Code } = await (await this.#open()).send(new GetFunctionCommand({
			FunctionName: functionName,
			Qualifier: qualifier
		}));
		return Code?.ResolvedImageUri;
	}
	async pointAlias(functionName, name, version, revisionId) {
		const { UpdateAliasCommand } = await import("./aws.js");
		await (await this.#open()).send(new UpdateAliasCommand({
			FunctionName: functionName,
			Name: name,
			FunctionVersion: version,
			RoutingConfig: { AdditionalVersionWeights: {} },
			RevisionId: revisionId
		}));
	}
	async #open() {
		const { LambdaClient } = await import("./aws.js");
		this.#client ??= new LambdaClient(awsOptions(this.#region, this.#times));
		return this.#client;
	}
};
async function orUndefined(call) {
	try {
		return await call();
	} catch (error) {
		if (error instanceof Error && error.name === "ResourceNotFoundException") return void 0;
		throw error;
	}
}
// src/platforms/lambda/codes.ts
const codes = {
	LAMBDA_NO_FUNCTION: {
		meaning: "there is no Lambda function, alias or version of this name",
		remedy: "config",
		fix: "Check that the outputs lambda_function_name and lambda_alias name what Terraform makes, and that AWS_REGION is its region."
	},
	LAMBDA_FAILED: {
		meaning: "Lambda cannot run the new code with its settings",
		remedy: "replace",
		fix: "Correct what Lambda names. Another apply of the same package publishes no new version: change the package, or replace the function manually."
	},
	LAMBDA_SUPERSEDED: {
		meaning: "the alias or the code is not the one that this apply made",
		remedy: "config",
		fix: "Deploy one thing at a time: let only this workflow change the function, and give it a concurrency group."
	},
	LAMBDA_STILL_MOVING: {
		meaning: "the new version is ready, but the alias still sends a part of the requests to another one",
		remedy: "config",
		fix: "Raise deploy-timeout, or look at what moves the alias: CodeDeploy, or Lambda itself while provisioned concurrency starts."
	},
	LAMBDA_TIMEOUT: {
		meaning: "the function was not ready in time",
		remedy: "wait",
		fix: "Look at the state of the function for what it waits for, or raise deploy-timeout: a function in a VPC, a large image and SnapStart take minutes."
	},
	LAMBDA_ACCESS: {
		meaning: "AWS does not let this job watch the function",
		remedy: "config",
		fix: "Give the role of this job the actions lambda:GetAlias and lambda:GetFunctionConfiguration. Set AWS_REGION, and let the session outlive the deployment."
	}
};
function lambdaFailure(code, sentence, fix = codes[code].fix) {
	return {
		code,
		sentence,
		fix,
		remedy: codes[code].remedy
	};
}
// src/platforms/lambda/evidence.ts
const maxLogLines = 20;
async function functionEvidence({ name, region, alias, version, isBuffered }, { ask, omitted, since }) {
	const state = await ask("the state of the function", "lambda:GetFunctionConfiguration", () => new Lambda(region).state(name, version ?? alias));
	const group = state?.logGroup ?? `/aws/lambda/${name}`;
	const lines = await ask("the log of the function", "logs:FilterLogEvents", () => recentLogLines(region, group, since, maxLogLines));
	return {
		...noEvidence(alias === void 0 ? name : `${name}:${alias}`),
		lambda: {
			isBuffered,
			timeoutSeconds: state?.timeoutSeconds
		},
		...lines !== void 0 && { log: {
			container: name,
			group,
			stream: "",
			lines
		} },
		omitted
	};
}
// src/platforms/lambda/function.ts
function findFunction(_, state) {
	const given = outputText(state, "lambda_function_name");
	if (given === void 0) return void 0;
	const resources = listManagedResources(state?.values?.root_module);
	const name = functionNameOf(given);
	const url = functionUrls(resources).find((each) => isOf(each, name) && isAt(each, outputText(state, "mcp_endpoint")));
	const aliases = aliasesOf(name, resources).map(({ values }) => asText(values?.name) ?? "");
	const alias = outputText(state, "lambda_alias") ?? (asText(url?.values?.qualifier) || void 0);
	if (alias === void 0 && aliases.length > 1) throw new InputError(`The function ${name} has the aliases ${joined(aliases, "and")}, and it is not known which of them serves the endpoint. Name one with the output lambda_alias.`);
	return toTarget(name, alias ?? aliases[0], resources);
}
function functionsBehind(endpoint, state) {
	const resources = listManagedResources(state.values?.root_module);
	const reached = [
		...urlsAt(endpoint, resources),
		...apiTargets(endpoint, resources),
		...balancerTargets(endpoint, resources)
	];
	return [...new Map(reached.map(({ name, qualifier }) => [`${name}:${qualifier}`, toTarget(name, qualifier === "" ? void 0 : qualifier, resources)])).values()];
}
function urlsAt(endpoint, resources) {
	return functionUrls(resources).filter((url) => isAt(url, endpoint.href)).map(({ values }) => ({
		name: functionNameOf(asText(values?.function_name) ?? ""),
		qualifier: asText(values?.qualifier) ?? ""
	}));
}
function apiTargets(endpoint, resources) {
	const names = namesBehind(endpoint.hostname, resources);
	const mapped = resources.flatMap(({ type, values }) => /^aws_(apigatewayv2_api_mapping|api_gateway_base_path_mapping)$/.test(type) && asText(values?.domain_name)?.toLowerCase() === endpoint.hostname ? asText(values?.api_id) ?? [] : []);
	const ids = [...names].flatMap((name) => /^([a-z0-9]+)\.execute-api\./.exec(name)?.[1] ?? []);
	const apis = new Set([...mapped, ...ids]);
	return resources.flatMap(({ type, values }) => {
		if (type === "aws_apigatewayv2_integration" && apis.has(asText(values?.api_id) ?? "")) return invocationIn(asText(values?.integration_uri));
		if (type === "aws_api_gateway_integration" && apis.has(asText(values?.rest_api_id) ?? "")) return invocationIn(asText(values?.uri));
		return [];
	});
}
function balancerTargets(endpoint, resources) {
	const names = namesBehind(endpoint.hostname, resources);
	const isReached = resources.some(({ type, values }) => /^aws_a?lb$/.test(type) && names.has(asText(values?.dns_name)?.toLowerCase() ?? ""));
	const groups = resources.filter(({ type }) => /^aws_a?lb_target_group$/.test(type));
	if (!isReached || groups.some(({ values }) => values?.target_type !== "lambda")) return [];
	return resources.filter(({ type }) => /^aws_a?lb_target_group_attachment$/.test(type)).flatMap(({ values }) => invocationIn(asText(values?.target_id)));
}
function invocationIn(text) {
	const [, name, qualifier = ""] = /:function:([\w-]+)(?::([\w$-]+))?/.exec(text ?? "") ?? [];
	return name === void 0 ? [] : [{
		name,
		qualifier: qualifier === "$LATEST" ? "" : qualifier
	}];
}
function toTarget(name, alias, resources) {
	const inState = resources.find(({ type, values }) => type === "aws_lambda_function" && asText(values?.function_name) === name);
	const found = aliasesOf(name, resources).find(({ values }) => values?.name === alias);
	const url = functionUrls(resources).find((each) => isOf(each, name) && (asText(each.values?.qualifier) ?? "") === (alias ?? ""));
	const signedHost = url?.values?.authorization_type === "AWS_IAM" ? URL.parse(asText(url?.values?.function_url) ?? "")?.host : void 0;
	const version = versionOf(found);
	const isLatest = version === "$LATEST";
	const weights = weightsOf(found);
	return {
		kind: "lambda",
		name,
		region: asText(inState?.values?.arn)?.split(":")[3],
		alias: isLatest ? void 0 : alias,
		version: isLatest ? void 0 : version,
		...weights !== void 0 && { weights },
		codeSha256: asText(inState?.values?.code_sha256) || asText(inState?.values?.source_code_hash) || void 0,
		isBuffered: url?.values?.invoke_mode !== "RESPONSE_STREAM",
		...signedHost !== void 0 && { signedHost }
	};
}
function versionInState(target, state) {
	const resources = listManagedResources(state?.values?.root_module);
	return versionOf(aliasesOf(target.name, resources).find(({ values }) => values?.name === target.alias));
}
function publishedVersion(name, version) {
	return {
		id: version,
		label: `version ${version} of ${name}`
	};
}
function functionNameOf(text) {
	return (/:function:([\w-]+)/.exec(text)?.[1] ?? text).replace(/:.*$/, "");
}
function versionOf(alias) {
	return asText(alias?.values?.function_version) || void 0;
}
function weightsOf(alias) {
	const block = asObject(asList(alias?.values?.routing_config)[0]);
	const positive = Object.entries(asObject(block.additional_version_weights)).map(([version, weight]) => [version, Number(weight)]).filter(([, weight]) => weight > 0);
	return positive.length === 0 ? void 0 : Object.fromEntries(positive);
}
function aliasesOf(name, resources) {
	return resources.filter((resource) => resource.type === "aws_lambda_alias" && isOf(resource, name));
}
function functionUrls(resources) {
	return resources.filter(({ type }) => type === "aws_lambda_function_url");
}
function isOf({ values }, name) {
	return functionNameOf(asText(values?.function_name) ?? "") === name;
}
function isAt({ values }, endpoint) {
	const [own, wanted] = [asText(values?.function_url), endpoint].map((text) => URL.parse(text ?? "")?.host);
	return own !== void 0 && own === wanted;
}
// src/platforms/lambda/stability.ts
const passing = /^(Creating|Restoring|Idle|InternalError|EniLimitExceeded|SubnetOutOfIPAddresses|EC2RequestLimitExceeded|InsufficientCapacity|CapacityProviderScalingLimitExceeded|DependencyError|EFSMount(?:ConnectivityError|Timeout)|EFSIOError|VcpuLimitExceeded)?$/;
function watchFunction(lambda, target) {
	const { name, alias: aliasName, version, weights = {} } = target;
	return async () => {
		if (aliasName === void 0) return judgeLatest(target, await lambda.state(name, void 0));
		const alias = await lambda.alias(name, aliasName);
		const judged = judgeAlias(target, alias, alias === void 0 ? void 0 : await lambda.state(name, version ?? alias.version));
		if (judged.kind !== "serving") return judged;
		for (const each of Object.keys(weights)) {
			const other = judgeVersion(publishedVersion(name, each), await lambda.state(name, each));
			if (other !== void 0) return other;
		}
		return judged;
	};
}
function delayMs(attempt) {
	return attempt < 30 ? 2e3 : 5e3;
}
function judgeAlias({ name, alias: aliasName = "", version, weights = {} }, alias, state) {
	if (alias === void 0) return failed("LAMBDA_NO_FUNCTION", `There is no alias ${aliasName} of a function ${name}.`);
	const wanted = publishedVersion(name, version ?? alias.version);
	const unusable = judgeVersion(wanted, state);
	if (unusable !== void 0) return unusable;
	if (alias.version === wanted.id && isSplit(alias) && isSamePart(alias.weights, weights)) {
		const others = Object.entries(weights).map(([each, part]) => `${percent(part)} of the requests to version ${each}`);
		return {
			kind: "serving",
			version: {
				id: wanted.id,
				label: `${wanted.label}, and by the configuration ${joined(others, "and")}`
			},
			running: 1
		};
	}
	if (alias.version !== wanted.id && !isSplit(alias)) return failed("LAMBDA_SUPERSEDED", `The alias ${aliasName} of ${name} points at version ${alias.version}, not at version ${wanted.id}, which this apply made.`);
	if (isSplit(alias)) return {
		kind: "waiting",
		isHealthy: true,
		for: `Waiting for Lambda: the alias ${aliasName} of ${name} still splits its requests between versions.`
	};
	return {
		kind: "serving",
		version: wanted,
		running: 1
	};
}
function judgeVersion({ label }, state) {
	if (state === void 0) return failed("LAMBDA_NO_FUNCTION", `There is no ${label}.`);
	return judgeState(state, label);
}
function isSamePart(actual, configured) {
	return [...new Set([...Object.keys(actual), ...Object.keys(configured)])].every((version) => Math.abs((actual[version] ?? 0) - (configured[version] ?? 0)) < 1e-6);
}
function percent(part) {
	return `${Number((part * 100).toFixed(2))} %`;
}
function judgeLatest({ name, codeSha256 }, state) {
	if (state === void 0) return failed("LAMBDA_NO_FUNCTION", `There is no function ${name} in this account and region.`);
	const label = `the code of ${name}`;
	const unusable = judgeState(state, label);
	if (unusable !== void 0) return unusable;
	if (state.lastUpdate === "InProgress") return {
		kind: "waiting",
		for: `Waiting for Lambda: the update of ${name} is in progress; the old code answers.`
	};
	if (state.lastUpdate === "Failed") {
		if (passing.test(state.lastUpdateReason.code) && state.lastUpdateReason.code !== "") return {
			kind: "waiting",
			for: `Waiting for Lambda: ${reasonText(state.lastUpdateReason)}.`
		};
		return failed("LAMBDA_FAILED", `Lambda could not update ${name}: ${reasonText(state.lastUpdateReason)}. The old code still answers.`);
	}
	if (codeSha256 !== void 0 && state.codeSha256 !== codeSha256) return failed("LAMBDA_SUPERSEDED", `Somebody changed ${label} after this apply: it is ${shortHash(state.codeSha256)}, not ${shortHash(codeSha256)}.`);
	return {
		kind: "serving",
		version: latestVersion(name, state.codeSha256),
		running: 1
	};
}
function latestVersion(name, codeSha256) {
	return {
		id: codeSha256,
		label: `code ${shortHash(codeSha256)} of ${name}`
	};
}
function timedOut({ name }, timeoutMs, last) {
	return failed(last.isHealthy === true ? "LAMBDA_STILL_MOVING" : "LAMBDA_TIMEOUT", `The function ${name} was not ready after ${Math.round(timeoutMs / 1e3)} s; last seen: ${last.for}`);
}
function judgeState({ state, stateReason }, label) {
	if (/^(Active|Inactive|Deactivat(?:ed|ing))?$/.test(state)) return void 0;
	const why = stateReason.text === "" && stateReason.code === "" ? "" : `: ${reasonText(stateReason)}`;
	if (state === "Pending" || passing.test(stateReason.code)) return {
		kind: "waiting",
		for: `Waiting for Lambda: ${label} is ${state}${why}.`
	};
	return failed("LAMBDA_FAILED", `Lambda cannot run ${label}${why}.`);
}
function reasonText({ code, text }) {
	return [code, text.replace(/\.$/, "")].filter((part) => part !== "").join(": ") || "without a reason";
}
function shortHash(sha256) {
	return sha256.slice(0, 12);
}
function failed(code, sentence) {
	const mayBeStale = code === "LAMBDA_NO_FUNCTION" || code === "LAMBDA_SUPERSEDED";
	return {
		kind: "failed",
		failure: lambdaFailure(code, sentence),
		...mayBeStale && { mayBeStale }
	};
}
const lambda = {
	kind: "lambda",
	outputs: ["lambda_function_name"],
	find: findFunction,
	candidates: functionsBehind,
	access: ({ signedHost, region }, { host }) => signedHost === host && region !== void 0 ? { signing: {
		service: "lambda",
		region
	} } : {},
	watch: {
		api: "Lambda",
		start: (target) => watchFunction(new Lambda(target.region), target),
		defaultTimeoutMs: 6e5,
		delayMs,
		accessDenied: ({ name }, error) => lambdaFailure("LAMBDA_ACCESS", `AWS does not let this job watch the function ${name}: ${messageOf(error)}`),
		timedOut,
		report: ({ hold: _, ...stability }) => ({ stability: {
			...stability,
			runs: `Lambda runs ${stability.revision ?? ""}`
		} })
	},
	versions: {
		wanted: ({ name, version }) => version === void 0 ? void 0 : publishedVersion(name, version),
		before(target, prior) {
			const version = versionInState(target, prior);
			return version === void 0 ? void 0 : publishedVersion(target.name, version);
		},
		ofId: (_, id) => /^[1-9]\d*$/.test(id) ? {
			id,
			label: `version ${id}`
		} : void 0,
		named: ({ name }, wanted) => /^[1-9]\d{0,15}$/.test(wanted) ? publishedVersion(name, wanted) : void 0,
		examples: ({ version }) => `the number of a published version, such as ${Math.max(1, Number(version) - 1)}`,
		retarget: (target, { id }) => ({
			...target,
			version: id
		}),
		rollBack: (target, { id }) => pointAt(new Lambda(target.region), target, id),
		recordName: ({ name, alias }) => `/terraform-mcp-deploy/lambda/${name}/${alias ?? "latest"}/passed-version`
	},
	async runningImages({ name, region, version }) {
		const digest = (await new Lambda(region).image(name, version))?.split("@")[1];
		return digest === void 0 ? [] : [digest];
	},
	taintTarget: ({ name }) => ({
		address: void 0,
		why: `a replacement of the function ${name} would take its URL and its permissions with it.`,
		name: `the function ${name}`,
		nextApply: ""
	}),
	evidence: functionEvidence,
	consoleLinks: ({ name, region }) => region === void 0 ? [] : [functionLink(region, name), logGroupLink(region, `/aws/lambda/${name}`)].filter((link) => link !== void 0),
	codes,
	permissions: {
		watch: ["lambda:GetAlias", "lambda:GetFunctionConfiguration"],
		rollBack: [
			"lambda:GetAlias",
			"lambda:GetFunctionConfiguration",
			"lambda:UpdateAlias",
			"ssm:GetParameter",
			"ssm:PutParameter",
			"ssm:DeleteParameter"
		],
		images: ["lambda:GetFunction"],
		gate: ["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"],
		evidence: ["lambda:GetFunctionConfiguration", "logs:FilterLogEvents"]
	},
	messages: {
		name: ({ name }) => name,
		version: "version",
		notWatched: () => void 0,
		noRollback: ({ name, alias }) => alias === void 0 ? `There is nothing to roll back to: ${name} has no alias of a published version, so its clients get $LATEST, which keeps no earlier code. Publish versions (publish = true) and send clients through an alias.` : void 0,
		nextPlan: ({ version }) => `Terraform still has version ${version ?? ""}: the next plan with unchanged inputs moves the alias to it again. Change the package or the settings before the next apply.`
	}
};
async function pointAt(client, { name, alias: aliasName = "" }, version) {
	const alias = await client.alias(name, aliasName);
	if (alias === void 0) throw new ServiceError(`There is no alias ${aliasName} of the function ${name}.`);
	if (isSplit(alias)) throw new ServiceError(`The alias ${aliasName} of ${name} splits its requests between versions, so something else moves it, such as CodeDeploy: it was not changed.`);
	if (alias.version === version) return "already";
	if (await client.state(name, version) === void 0) throw new ServiceError(`There is no version ${version} of ${name}, so the alias ${aliasName} cannot go back to it.`);
	await client.pointAlias(name, aliasName, version, alias.revisionId);
	return "started";
}
// src/platforms/index.ts
const platforms = [
	ecs,
	ecsExpress,
	ec2,
	lambda,
	agentcore,
	endpointOnly
];
const specific = platforms.filter((platform) => platform !== endpointOnly);
function platformOf({ kind }) {
	return platforms.find((platform) => platform.kind === kind) ?? endpointOnly;
}
function findTarget(inputs, state, endpoint) {
	const explicit = findExplicitTarget(inputs, state);
	if (explicit !== void 0) return explicit;
	const declared = Object.keys(state.values?.outputs ?? {});
	const empty = specific.filter(({ outputs }) => outputs.some((name) => declared.includes(name))).flatMap(({ outputs }) => outputs).filter((name) => outputText(state, name) === void 0);
	if (empty.length > 0) throw new InputError(`The output${empty.length > 1 ? "s" : ""} ${joined(empty, "and")} ${empty.length > 1 ? "have" : "has"} no value: without it, the resource behind the endpoint is not known. Give it a value, or remove the output: then only the endpoint is checked.`);
	return findCandidate(endpoint, state) ?? endpointOnly.find(inputs, state) ?? { kind: endpointOnly.kind };
}
function findCandidate(endpoint, state) {
	return onlyOne(candidatesFor(endpoint, state), `may serve the endpoint ${endpoint}, so it is not known which of them to watch`);
}
function findAddressedTarget(inputs, state) {
	const listed = specific.flatMap(({ addresses }) => addresses?.list(state) ?? []);
	const target = findExplicitTarget(inputs, state) ?? onlyOne(listed, "are MCP servers of this state, so it is not known which of them to check");
	const { addresses } = target === void 0 ? {} : platformOf(target);
	return target === void 0 || addresses === void 0 ? void 0 : {
		target,
		endpoint: addresses.endpointOf(target)
	};
}
function onlyOne(targets, problem) {
	if (targets.length < 2) return targets[0];
	const names = targets.map((target) => platformOf(target).messages.name(target));
	const ways = new Set(targets.map((target) => joined(platformOf(target).outputs, "and")));
	throw new InputError(`${joined(names, "and")} ${problem}. Name one with the output ${joined([...ways], "or")}.`);
}
function accessTo(target, endpoint) {
	const url = URL.parse(endpoint);
	return url === null ? {} : platformOf(target).access?.(target, url) ?? {};
}
function findFormerTarget(inputs, state) {
	const explicit = findExplicitTarget(inputs, state);
	const endpoint = inputs.mcp.endpoint ?? outputText(state, "mcp_endpoint");
	if (explicit !== void 0 || state === void 0) return explicit;
	const [first, ...more] = endpoint === void 0 ? specific.flatMap(({ addresses }) => addresses?.list(state) ?? []) : candidatesFor(endpoint, state);
	return more.length === 0 ? first : void 0;
}
function isWatched(target) {
	const { watch, messages } = platformOf(target);
	return watch !== void 0 && messages.notWatched(target) === void 0;
}
function unprovedOf(target, { expectVersion, hasChanges }) {
	const { messages } = platformOf(target);
	const sentence = isWatched(target) ? void 0 : messages.notWatched(target);
	if (sentence === void 0 || messages.proof !== void 0 && expectVersion !== void 0) return void 0;
	return {
		sentence,
		advice: hasChanges ? messages.proof : void 0
	};
}
function watchTimes(target, { deployTimeoutMs, formerTimeoutsMs }) {
	const set = deployTimeoutMs ?? formerTimeoutsMs[target.kind];
	return {
		timeoutMs: set ?? platformOf(target).watch?.defaultTimeoutMs ?? 0,
		isFixed: set !== void 0
	};
}
function expectedWatchMs(inputs, kind) {
	return watchTimes({ kind: specific.find((platform) => platform.kind === kind)?.kind ?? ecs.kind }, inputs).timeoutMs;
}
function versionBefore(target, prior) {
	return platformOf(target).versions?.before(target, prior);
}
function taintTargetOf(target) {
	return platformOf(target).taintTarget?.(target);
}
async function readRunningImages(target) {
	const { runningImages, permissions, messages } = platformOf(target);
	try {
		return await runningImages?.(target);
	} catch (error) {
		const why = isDenied(error) ? `give the role ${joined(permissions.images ?? [], "and")}` : messageOf(error);
		throw new ServiceError(`Which image ${messages.name(target)} runs was not checked: ${why}.`);
	}
}
function consoleLinks(target, state) {
	return platformOf(target).consoleLinks?.(target, state) ?? [];
}
function findExplicitTarget(inputs, state) {
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
export { accessTo, consoleLinks, expectedWatchMs, findAddressedTarget, findCandidate, findExplicitTarget, findFormerTarget, findTarget, isWatched, noEvidence, outputText, platformOf, platforms, readRunningImages, specific, taintTargetOf, unprovedOf, versionBefore, watchTimes };
