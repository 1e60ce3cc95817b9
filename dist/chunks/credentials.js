import { A as messageOf, E as ServiceError, T as InputError } from "./poll.js";
import { t as allResources } from "./json.js";
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
// src/platforms/aws/parameters.ts
var Parameters = class {
	#region;
	#times;
	#client;
	constructor(region, times) {
		this.#region = region;
		this.#times = times;
	}
	async read(name) {
		const { GetParameterCommand } = await import("./sdk.js");
		const client = await this.#open();
		try {
			return (await client.send(new GetParameterCommand({ Name: name }))).Parameter?.Value;
		} catch (error) {
			if (error instanceof Error && error.name === "ParameterNotFound") return void 0;
			throw error;
		}
	}
	async write(name, value, description) {
		const { PutParameterCommand } = await import("./sdk.js");
		await (await this.#open()).send(new PutParameterCommand({
			Name: name,
			Value: value,
			Description: description,
			Type: "String",
			Overwrite: true
		}));
	}
	async remove(name) {
		const { DeleteParameterCommand } = await import("./sdk.js");
		const client = await this.#open();
		try {
			await client.send(new DeleteParameterCommand({ Name: name }));
		} catch (error) {
			if (!(error instanceof Error && error.name === "ParameterNotFound")) throw error;
		}
	}
	async #open() {
		const { SSMClient } = await import("./sdk.js");
		this.#client ??= new SSMClient(awsOptions(this.#region, this.#times));
		return this.#client;
	}
};
// src/platforms/deployment.ts
async function apply(terraform) {
	await terraform.apply();
	return terraform.showState();
}
function readDeployment(state, inputs) {
	const all = state.values?.outputs ?? {};
	return {
		endpoint: endpointOf(inputs.mcp.endpoint ?? asText(all.mcp_endpoint?.value)),
		outputs: Object.fromEntries(Object.entries(all).filter(([, output]) => output.sensitive !== true).map(([name, output]) => [name, output.value])),
		serving: requireServing(state, inputs.ecs)
	};
}
function revisionInState(state, service, cluster) {
	return asText(serviceInState(allResources(state?.values?.root_module), service, cluster)?.values?.task_definition);
}
function endpointOf(endpoint) {
	if (endpoint === void 0) throw new InputError("The output mcp_endpoint has no value. Add `output \"mcp_endpoint\" { value = … }` to the root module with the URL of the MCP endpoint, or set the input mcp-endpoint.");
	const url = URL.canParse(endpoint) ? new URL(endpoint) : void 0;
	if (url?.protocol !== "https:" && url?.protocol !== "http:") throw new InputError(`The output mcp_endpoint is "${endpoint}": it must be a URL that begins with https:// or http://.`);
	return endpoint;
}
function requireServing(state, ecs) {
	const serving = findServing(state, ecs);
	if (serving !== void 0) return serving;
	throw new InputError("The outputs ecs_cluster_name and ecs_service_name, or instance_id, have no value: without them it is not known what serves the endpoint. Add them to the root module, or set the inputs ecs-cluster and ecs-service.");
}
function findServing(state, ecs) {
	const resources = allResources(state?.values?.root_module);
	const output = (name) => asText(state?.values?.outputs?.[name]?.value);
	const cluster = ecs.cluster ?? output("ecs_cluster_name");
	const service = ecs.service ?? output("ecs_service_name");
	if (cluster !== void 0 && service !== void 0) {
		const inState = serviceInState(resources, service, cluster);
		return {
			kind: "ecs",
			cluster,
			service,
			region: asText(inState?.values?.id)?.split(":")[3],
			taskDefinition: taskDefinitionOf(resources, asText(inState?.values?.task_definition))
		};
	}
	const instanceId = output("instance_id");
	if (instanceId === void 0) return void 0;
	const instance = resources.find(({ type, values }) => type === "aws_instance" && values?.id === instanceId);
	return {
		kind: "ec2",
		instanceId,
		region: asText(instance?.values?.arn)?.split(":")[3],
		address: instance?.address
	};
}
function serviceInState(resources, service, cluster) {
	return resources.find(({ type, values }) => type === "aws_ecs_service" && values?.name === lastPart$1(service) && (cluster === void 0 || lastPart$1(asText(values.cluster) ?? "default") === lastPart$1(cluster)));
}
function lastPart$1(arn) {
	return arn.replace(/^.*\//, "");
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
	return taskDefinition.replace(/^.*\//, "").replace(/:\d+$/, "");
}
function asText(value) {
	return typeof value === "string" && value !== "" ? value : void 0;
}
// src/platforms/rollback.ts
function lastGoodRevisionParameter({ cluster, service }) {
	return `/terraform-mcp-deploy/${lastPart(cluster)}/${lastPart(service)}/passed-task-definition`;
}
function decideRollback({ service, taskDefinition }, { remedy }, passed, previous) {
	if (remedy === "config") return {
		to: void 0,
		why: "Nothing was rolled back: what is wrong lies around the server, and an older revision would meet it, too.",
		instead: "nothing"
	};
	const failed = taskDefinition?.arn;
	if (failed === void 0) return {
		to: void 0,
		why: `Nothing was rolled back: the task definition of ${service} is not in this Terraform state, so it is not known what failed.`,
		instead: "nothing"
	};
	if (passed !== void 0 && !sameRevision(passed, failed)) return {
		to: passed,
		wasPassed: true
	};
	if (previous !== void 0 && !sameRevision(previous, failed)) return {
		to: previous,
		wasPassed: false
	};
	return {
		to: void 0,
		why: passed === void 0 ? `There is nothing to roll back to: ${service} has run no other revision that is known to have passed the gate.` : `There is nothing to roll back to: ${lastPart(failed)} is itself the revision that the gate passed last.`,
		instead: "taint"
	};
}
async function readLastGoodRevision(parameters, serving) {
	const name = lastGoodRevisionParameter(serving);
	try {
		return await parameters.read(name);
	} catch (error) {
		throw new ServiceError(`Which task definition passed the gate last could not be read from the parameter ${name}${advice(error, "ssm:GetParameter")}`);
	}
}
async function saveLastGoodRevision(parameters, serving) {
	const { taskDefinition } = serving;
	const name = lastGoodRevisionParameter(serving);
	if (taskDefinition === void 0) return;
	try {
		if (await parameters.read(name) === taskDefinition.arn) return;
		await parameters.write(name, taskDefinition.arn, "The task definition that Terraform MCP Deploy verified last");
	} catch (error) {
		throw new ServiceError(`That ${lastPart(taskDefinition.arn)} passed the gate could not be noted in the parameter ${name}, so a later rollback would not know of it${advice(error, "ssm:GetParameter and ssm:PutParameter")}`);
	}
}
async function deleteLastGoodRevision(parameters, serving) {
	const name = lastGoodRevisionParameter(serving);
	try {
		await parameters.remove(name);
	} catch (error) {
		throw new ServiceError(`The parameter ${name}, which says what passed the gate last, could not be deleted and is of no use any more${advice(error, "ssm:DeleteParameter")}`);
	}
}
async function startRollback(ecs, { cluster, service }, to) {
	const { status } = await ecs.taskDefinition(to);
	if (status === "INACTIVE") throw new ServiceError(`${lastPart(to)} is deregistered, so ${service} cannot go back to it: set skip_destroy = true on the aws_ecs_task_definition, so that Terraform keeps the revisions it replaces.`);
	const primary = (await ecs.describeService(cluster, service))?.deployments.find((deployment) => deployment.status === "PRIMARY");
	if (primary !== void 0 && sameRevision(primary.taskDefinition, to)) return false;
	await ecs.deploy(cluster, service, to);
	return true;
}
function rollbackStarted(serving, decision) {
	const { service } = serving;
	return {
		from: lastPart(serving.taskDefinition?.arn ?? ""),
		to: lastPart(decision.to),
		wasPassed: decision.wasPassed,
		restored: false,
		sentence: `${service} is on its way back to ${lastPart(decision.to)}, and the run ended before it was known whether that serves: run this again. ${nextPlan(serving)}`
	};
}
function rollbackResult(serving, { to, wasPassed }, failure) {
	const { service } = serving;
	const from = lastPart(serving.taskDefinition?.arn ?? "");
	const target = lastPart(to);
	const before = wasPassed ? "which the gate had passed" : `which served before this apply, without a record that the gate had passed it`;
	const now = failure === void 0 ? `${service} runs ${target} again, ${before}, and it passes the gate now.` : `${service} was rolled back to ${target}, ${before}, but it does not pass now: ${failure.sentence}`;
	return {
		from,
		to: target,
		wasPassed,
		restored: failure === void 0,
		sentence: `${now} ${nextPlan(serving)}`
	};
}
function nextPlan({ taskDefinition }) {
	return `Terraform still wants ${lastPart(taskDefinition?.arn ?? "")}: the next plan with unchanged inputs deploys the broken revision again. Change the image or the settings before the next apply.`;
}
function advice(error, actions) {
	return isDenied(error) ? `: give the role ${actions} on it.` : `: ${messageOf(error)}`;
}
function sameRevision(a, b) {
	return lastPart(a) === lastPart(b);
}
function lastPart(arn) {
	return arn.replace(/^.*\//, "");
}
// src/platforms/aws/credentials.ts
const minLifetimeMs = 3e5;
const allowanceMs = 6e5;
const raise = "raise role-duration-seconds of aws-actions/configure-aws-credentials, up to the longest session that the role allows (max_session_duration of terraform/github-oidc)";
function neededMs({ command, stack, ecs, ec2, mcp }) {
	if (command === "destroy") return allowanceMs;
	return allowanceMs + (stack === "ec2" ? ec2 : ecs).timeoutMs + mcp.timeoutMs;
}
function decideCredentialLifetime(end, now, needed) {
	if (end === void 0) return {};
	const left = end - now;
	const at = new Date(end).toISOString().replace(/\.\d+Z$/, "Z");
	if (left < minLifetimeMs) return { failure: {
		code: "CREDENTIALS_EXPIRE",
		sentence: `The AWS credentials ${left <= 0 ? `ended at ${at}, ${minutes(-left)} ago` : `end at ${at}, ${minutes(left)} from now`}: nothing was begun, because they would end in the middle of it.`,
		fix: `Run the job again, which gets new ones, and ${raise}. An approval or a lock that is waited for in this job takes from their time.`,
		remedy: "config"
	} };
	if (left >= needed) return {};
	return { warning: `The AWS credentials end at ${at}, ${minutes(left)} from now, and this run may need them for ${minutes(needed)}. If it stops half-way, ${raise}.` };
}
function minutes(ms) {
	const count = Math.floor(ms / 6e4);
	return count === 0 ? "less than a minute" : `${count} ${count === 1 ? "minute" : "minutes"}`;
}
// src/commands/credentials.ts
function checkCredentialLifetime(job) {
	const { command } = job.report;
	const needed = neededMs({
		...job.inputs,
		command
	});
	const { failure, warning } = decideCredentialLifetime(job.inputs.credentialsEnd, Date.now(), needed);
	if (warning !== void 0) job.warn(warning);
	if (failure === void 0) return true;
	job.failWith(failure, "credentials");
	return false;
}
export { rollbackResult as a, startRollback as c, readDeployment as d, revisionInState as f, isDenied as h, readLastGoodRevision as i, apply as l, awsOptions as m, decideRollback as n, rollbackStarted as o, Parameters as p, deleteLastGoodRevision as r, saveLastGoodRevision as s, checkCredentialLifetime as t, findServing as u };
