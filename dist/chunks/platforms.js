import { B as ServiceError, D as asText, E as asObject, T as asList, W as messageOf, b as lastPart, h as line, j as parseJson, z as InputError } from "./base.js";
import { t as listManagedResources } from "./json.js";
import { n as failing } from "./task-rule.js";
import { t as taskCause } from "./task.js";
import { stripVTControlCharacters } from "node:util";
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
	const resources = listManagedResources(state?.values?.root_module);
	return toTarget(cluster, service, serviceInState(resources, service, cluster), resources);
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
	const resource = serviceInState(listManagedResources(state?.values?.root_module), service, cluster);
	return asText(resource?.values?.task_definition);
}
function serviceInState(resources, service, cluster) {
	return resources.find(({ type, values }) => type === "aws_ecs_service" && values?.name === lastPart(service) && (cluster === void 0 || lastPart(asText(values.cluster) ?? "default") === lastPart(cluster)));
}
function taskDefinitionOf(resources, served) {
	const definitions = resources.filter(({ type }) => type === "aws_ecs_task_definition");
	const definition = served === void 0 && definitions.length === 1 ? definitions[0] : definitions.find(({ values }) => asText(values?.family) === familyOf(served ?? ""));
	const arn = asText(definition?.values?.arn);
	return definition === void 0 || arn === void 0 ? void 0 : {
		arn,
		address: definition.address
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
	const explicit = findExplicitTarget(inputs, state);
	if (explicit !== void 0) return explicit;
	const declared = Object.keys(state.values?.outputs ?? {});
	if (specific.some(({ outputs }) => outputs.some((name) => declared.includes(name)))) throw new InputError("The outputs ecs_cluster_name and ecs_service_name, or instance_id, have no value: without them it is not known what serves the endpoint. Add them to the root module, or set the inputs ecs-cluster and ecs-service.");
	const candidates = candidatesFor(endpoint, state);
	const [first, ...more] = candidates;
	if (first !== void 0 && more.length === 0) return first;
	return endpointTarget(candidates.map((target) => platformOf(target).messages.name(target)));
}
function findFormerTarget(inputs, state) {
	const explicit = findExplicitTarget(inputs, state);
	const endpoint = inputs.mcp.endpoint ?? outputText(state, "mcp_endpoint");
	if (explicit !== void 0 || state === void 0 || endpoint === void 0) return explicit;
	const [first, ...more] = candidatesFor(endpoint, state);
	return more.length === 0 ? first : void 0;
}
function requireOutputs(outputNames, inputs) {
	const missing = inputs.mcp.endpoint === void 0 && !outputNames.includes("mcp_endpoint") ? ["mcp_endpoint"] : [];
	const lacksOf = ({ outputs }) => outputs.filter((name) => !outputNames.includes(name));
	if (!(findExplicitTarget(inputs, void 0) !== void 0 || specific.some((each) => lacksOf(each).length === 0))) {
		const incomplete = specific.find((platform) => lacksOf(platform).length < platform.outputs.length);
		missing.push(...incomplete === void 0 ? [] : lacksOf(incomplete));
	}
	if (missing.length === 0) return;
	const example = missing.map((name) => `output "${name}" { value = … }`).join(" and ");
	throw new InputError(`The root module lacks the output${missing.length > 1 ? "s" : ""} ${missing.join(", ")}, so what is deployed could not be verified. ${similarOutputs(missing, outputNames)}Add ${example}, or set the inputs mcp-endpoint, ecs-cluster and ecs-service; for one EC2 instance, add the output instance_id.`);
}
const similarNames = {
	mcp_endpoint: /(?:^|_)(?:url|uri|endpoint|fqdn|hostname|domain_name|dns_name)$/i,
	ecs_cluster_name: /cluster/i,
	ecs_service_name: /service(?:_name|_arn|_id)?$/i,
	instance_id: /instance/i
};
function similarOutputs(missing, outputNames) {
	const pairs = missing.flatMap((name) => {
		const similar = outputNames.filter((output) => similarNames[name]?.test(output)).slice(0, 3);
		return similar.length === 0 ? [] : [`${name} may be the value of ${similar.join(" or ")}`];
	});
	return pairs.length === 0 ? "" : `By their names, ${pairs.join(", and ")}. `;
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
export { platformOf as a, taintTargetOf as c, outputText as d, noEvidence as f, isDenied as h, notWatched as i, versionBefore as l, isAccessError as m, findFormerTarget as n, platforms as o, awsOptions as p, findTarget as r, requireOutputs as s, consoleLinks as t, watchTimeoutMs as u };
