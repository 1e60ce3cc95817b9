import { ServiceError, messageOf } from "./entry.js";
import { expectedWatchMs, platformOf } from "./platforms.js";
import { awsOptions, isDenied } from "./client.js";
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
		const { GetParameterCommand } = await import("./aws.js");
		const client = await this.#open();
		try {
			return (await client.send(new GetParameterCommand({ Name: name }))).Parameter?.Value;
		} catch (error) {
			if (error instanceof Error && error.name === "ParameterNotFound") return void 0;
			throw error;
		}
	}
	async write(name, value, description) {
		const { PutParameterCommand } = await import("./aws.js");
		await (await this.#open()).send(new PutParameterCommand({
			Name: name,
			Value: value,
			Description: description,
			Type: "String",
			Overwrite: true
		}));
	}
	async remove(name) {
		const { DeleteParameterCommand } = await import("./aws.js");
		const client = await this.#open();
		try {
			await client.send(new DeleteParameterCommand({ Name: name }));
		} catch (error) {
			if (!(error instanceof Error && error.name === "ParameterNotFound")) throw error;
		}
	}
	async #open() {
		const { SSMClient } = await import("./aws.js");
		this.#client ??= new SSMClient(awsOptions(this.#region, this.#times));
		return this.#client;
	}
};
// src/platforms/last-good-revision.ts
function lastGoodRevisionParameter(target) {
	return platformOf(target).versions?.recordName(target);
}
async function readLastGoodRevision(target) {
	const { versions, messages } = platformOf(target);
	const name = lastGoodRevisionParameter(target);
	if (name === void 0 || versions?.wanted(target) === void 0) return void 0;
	let id;
	try {
		id = await new Parameters(target.region).read(name);
	} catch (error) {
		throw new ServiceError(`Which ${messages.version} passed the gate last could not be read from the parameter ${name}${advice(error, "ssm:GetParameter")}`);
	}
	if (id === void 0) return void 0;
	const version = versions.ofId(target, id);
	if (version === void 0) throw new ServiceError(`The parameter ${name} names ${id}, which is not a ${messages.version} of ${messages.name(target)} in its own account and region. So it was not used for a rollback.`);
	return version;
}
async function saveLastGoodRevision(target) {
	const { versions, messages } = platformOf(target);
	const name = lastGoodRevisionParameter(target);
	const version = versions?.wanted(target);
	if (name === void 0 || version === void 0) return;
	const parameters = new Parameters(target.region);
	try {
		if (await parameters.read(name) === version.id) return;
		await parameters.write(name, version.id, `The ${messages.version} that Terraform MCP Deploy verified last`);
	} catch (error) {
		throw new ServiceError(`That ${version.label} passed the gate could not be saved in the parameter ${name}, so a later rollback would not use it${advice(error, "ssm:GetParameter and ssm:PutParameter")}`);
	}
}
async function deleteLastGoodRevision(target) {
	const name = lastGoodRevisionParameter(target);
	if (name === void 0) return;
	try {
		await new Parameters(target.region).remove(name);
	} catch (error) {
		throw new ServiceError(`The parameter ${name} with the version that passed the gate last could not be deleted. It is not used any more${advice(error, "ssm:DeleteParameter")}`);
	}
}
function advice(error, actions) {
	return isDenied(error) ? `: give the role ${actions} on it.` : `: ${messageOf(error)}`;
}
// src/platforms/aws/codes.ts
const awsCodes = { CREDENTIALS_EXPIRE: {
	meaning: "the AWS credentials end too soon; nothing was begun",
	fix: "Run the job again, which gets new ones, and raise role-duration-seconds of aws-actions/configure-aws-credentials, up to the longest session that the role allows (max_session_duration of terraform/github-oidc).",
	remedy: "config"
} };
// src/platforms/aws/credentials.ts
const minLifetimeMs = 3e5;
const allowanceMs = 6e5;
const raise = "raise role-duration-seconds of aws-actions/configure-aws-credentials, up to the longest session that the role allows (max_session_duration of terraform/github-oidc)";
function neededMs({ command, watchMs, mcp }) {
	if (command === "destroy") return allowanceMs;
	return allowanceMs + watchMs + mcp.timeoutMs;
}
function decideCredentialLifetime(end, now, needed) {
	if (end === void 0) return {};
	const remainingMs = end - now;
	const at = new Date(end).toISOString().replace(/\.\d+Z$/, "Z");
	if (remainingMs < minLifetimeMs) return { failure: {
		code: "CREDENTIALS_EXPIRE",
		sentence: `The AWS credentials ${remainingMs <= 0 ? `ended at ${at}, ${minutes(-remainingMs)} ago` : `end at ${at}, ${minutes(remainingMs)} from now`}: nothing was begun, because they would end in the middle of it.`,
		fix: `Run the job again, which gets new ones, and ${raise}. An approval or a lock that is waited for in this job takes from their time.`,
		remedy: awsCodes.CREDENTIALS_EXPIRE.remedy
	} };
	if (remainingMs >= needed) return {};
	return { warning: `The AWS credentials end at ${at}, ${minutes(remainingMs)} from now, and this run may need them for ${minutes(needed)}. If it stops half-way, ${raise}.` };
}
function minutes(ms) {
	const count = Math.floor(ms / 6e4);
	return count === 0 ? "less than a minute" : `${count} ${count === 1 ? "minute" : "minutes"}`;
}
// src/commands/credentials.ts
function checkCredentialLifetime(job) {
	const { command } = job.report;
	const { mcp, stack } = job.inputs;
	const needed = neededMs({
		command,
		watchMs: expectedWatchMs(job.inputs, stack),
		mcp
	});
	const { failure, warning } = decideCredentialLifetime(job.inputs.credentialsEnd, Date.now(), needed);
	if (warning !== void 0) job.warn(warning);
	if (failure === void 0) return true;
	job.failWith(failure, "credentials");
	return false;
}
export { checkCredentialLifetime, deleteLastGoodRevision, readLastGoodRevision, saveLastGoodRevision };
