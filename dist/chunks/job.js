import { B as TerraformError, I as CancelledError, R as InputError, U as messageOf, V as codeOf, _ as secrets, g as log, m as line, v as count } from "./base.js";
import { t as GitHub } from "./api.js";
import { a as backendOf, n as isCommentOf, o as commentMarker, s as formerCommentMarker } from "./comment2.js";
import { t as parseHeldLock } from "./lock.js";
import { a as releasePlatform, c as placeText, l as readDiagnostics, r as locate } from "./root-module.js";
import { mkdtempSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
// src/terraform/advice.ts
function terraformAdvice({ tool, diagnostics }, { runsUrl, platform }) {
	const lock = parseHeldLock(diagnostics);
	if (lock !== void 0) return `${lock.who} has held the state lock since ${lock.created}. Wait for that run and run this job again, or raise lock-timeout. Runs in progress in this repository: ${runsUrl}. If no run uses the state any more, here or on a developer's machine, \`${tool} force-unlock ${lock.id}\` in the root module releases the lock.`;
	if (diagnostics.includes("Provider dependency changes detected")) return `The committed .terraform.lock.hcl does not list the providers that the configuration uses now, and this action does not change that file. Fix: run \`${tool} init\` on your machine and commit the file.`;
	if (/does(n't| not) match any of the\s+checksums/.test(diagnostics)) return `The committed .terraform.lock.hcl has no hash of this provider for ${platform}. Fix: run \`${tool} providers lock -platform=${platform}\` (with one -platform per kind of machine) and commit the file.`;
	const oneLine = diagnostics.replace(/\s+/g, " ");
	return causes.find(([words]) => words.test(oneLine))?.[1](oneLine) ?? "";
}
const causes = [
	[/\b(ExpiredToken(Exception)?|RequestExpired)\b|security token included in the request is expired/, (diagnostics) => "The AWS credentials expired while Terraform ran. Run the job again to get new credentials, and raise role-duration-seconds of aws-actions/configure-aws-credentials, up to the longest session that the role allows. Set the input aws-expiration to the output aws-expiration of that step: then the action checks the lifetime before an apply." + (diagnostics.includes("errored.tfstate") ? " The state could not be saved. The changes are only in errored.tfstate on the runner: import the created resources, or destroy them manually." : "")],
	[/Instance cannot be destroyed/, () => "Nothing was changed. If this resource may be destroyed, remove prevent_destroy from its lifecycle block in a commit and run this again. To destroy only the other resources, list them in target."],
	[/because deletion protection is enabled|disable deletion protection|disableApiTermination/i, () => "A resource is protected in AWS against deletion. Switch the protection off with an apply first (terraform/ecs: load_balancer = { deletion_protection = false }; an instance: disable_api_termination = false). Then run this again."],
	[/\bDependencyViolation\b|has a dependent object|has dependencies and cannot be deleted/, () => "A resource outside of this state still uses it, such as a network interface, a rule of another security group, or a manually created resource. Find it in the AWS console by the id that Terraform names, delete it, and run this again."]
];
// src/commands/job.ts
var Job = class {
	inputs;
	run;
	trigger;
	marker;
	formerMarker;
	state;
	tempDirectory;
	signal;
	terraform;
	signedRecord;
	lockFile;
	#report;
	#phase = "start";
	#client;
	constructor(inputs, run, trigger) {
		this.inputs = inputs;
		this.run = run;
		this.trigger = trigger;
		this.tempDirectory = mkdtempSync(join(run.temp, "terraform-mcp-deploy-"));
		for (const secret of inputs.secrets) secrets.add(secret);
		this.#report = {
			...emptyReport(inputs, run),
			command: trigger.command,
			commit: trigger.sha,
			pullRequest: trigger.pullRequest
		};
		this.marker = commentMarker(this.#report);
		this.formerMarker = formerCommentMarker(this.#report);
		this.signal = this.#cancellation();
	}
	get report() {
		return this.#report;
	}
	get phase() {
		return this.#phase;
	}
	async check(phase, action) {
		const { adds = {}, failure, warnings = [], explain } = await this.step(phase, action);
		this.record(adds);
		this.warn(...warnings);
		if (failure === void 0) return true;
		const index = this.#report.failures.push(this.#inPhase(failure)) - 1;
		if (explain === void 0) return false;
		const explained = await this.step("diagnosis", explain);
		this.record(explained.adds);
		this.#report.failures[index] = {
			...this.#inPhase(explained.failure),
			phase
		};
		return false;
	}
	async step(phase, action) {
		this.#phase = phase;
		const started = Date.now();
		log.group(line`${phase}`);
		try {
			return await this.#untilCancelled(action);
		} finally {
			log.endGroup();
			this.#addTime(phase, Date.now() - started);
		}
	}
	record(parts) {
		Object.assign(this.#report, parts);
		for (const [part, value] of Object.entries(parts)) if (value === void 0) delete this.#report[part];
	}
	warn(...warnings) {
		this.#report.warnings.push(...warnings);
	}
	fail(error, phase = this.#phase) {
		this.#report.failures.push(this.failureOf(error, phase));
	}
	failWith(failure, phase = this.#phase) {
		this.#report.failures.push({
			...this.#inPhase(failure),
			phase
		});
	}
	async orWarn(action) {
		try {
			return await this.#untilCancelled(action);
		} catch (error) {
			if (this.signal.aborted) throw error;
			this.warn(messageOf(error));
			return;
		}
	}
	failureOf(error, phase = this.#phase) {
		const problems = error instanceof TerraformError ? readDiagnostics(error.diagnostics).map((each) => this.locate(each)) : [];
		if (problems.length > 0) this.record({ problems });
		const sentence = sentenceOf(error, problems);
		return {
			code: codeOf(error),
			sentence,
			fix: adviceFor(error, phase, this.run.runsUrl),
			remedy: void 0,
			phase
		};
	}
	locate(diagnostic) {
		const { workspace, repositoryUrl } = this.run;
		const directory = this.terraform?.directory ?? this.inputs.workingDirectory;
		const commit = `${repositoryUrl}/blob/${this.report.commit}`;
		return locate(diagnostic, {
			directory,
			workspace,
			commit
		}, this.inputs);
	}
	isOurComment = (body) => isCommentOf(this, body);
	github() {
		return this.inputs.comment === "never" ? void 0 : this.githubFor("comment", "never");
	}
	githubFor(input, off) {
		const { githubToken } = this.inputs;
		if (githubToken === "") {
			const what = {
				comment: "comment",
				issue: "issue",
				"deployment-environment": "deployment"
			}[input];
			throw new InputError(`Input github-token is empty, so no ${what} can be written: give a token, or set ${input} to ${off}.`);
		}
		this.#client ??= new GitHub(githubToken, this.run.owner, this.run.repo, (text) => log.line(line`${text}`));
		return this.#client;
	}
	#inPhase({ code, sentence, fix, remedy, ...more }) {
		return {
			code,
			...more.cause === void 0 ? {} : { cause: more.cause },
			sentence,
			fix,
			remedy,
			phase: this.#phase
		};
	}
	#addTime(phase, ms) {
		const { phases } = this.#report;
		const index = phases.findIndex((each) => each.phase === phase);
		if (index === -1) phases.push({
			phase,
			ms
		});
		else phases[index] = {
			phase,
			ms: ms + (phases[index]?.ms ?? 0)
		};
	}
	async #untilCancelled(action) {
		this.signal.throwIfAborted();
		let stop = () => {};
		const aborted = new Promise((_, reject) => {
			stop = () => {
				if (this.terraform?.isRunning !== true) reject(this.signal.reason);
			};
			this.signal.addEventListener("abort", stop);
		});
		try {
			return await Promise.race([action(), aborted]);
		} finally {
			this.signal.removeEventListener("abort", stop);
		}
	}
	#cancellation() {
		const controller = new AbortController();
		for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {
			this.terraform?.interrupt();
			controller.abort(new CancelledError(`The job was cancelled during ${this.#phase}.`));
		});
		return controller.signal;
	}
};
function emptyReport(inputs, run) {
	const { stackName: name, stack, workingDirectory, workspace, backendConfig } = inputs;
	const inheritedWorkspace = workspace === void 0 ? process.env.TF_WORKSPACE || void 0 : void 0;
	const backend = backendOf(backendConfig, (file) => readFileSync(file, "utf8"));
	const directory = relative(run.workspace, workingDirectory).replaceAll(sep, "/") || ".";
	return {
		target: {
			...name !== void 0 && { name },
			stack,
			directory,
			workspace,
			inheritedWorkspace,
			backend
		},
		runUrl: run.url,
		failures: [],
		warnings: [],
		phases: []
	};
}
function sentenceOf(error, problems) {
	const [first, ...more] = problems.filter(({ severity }) => severity === "error");
	if (!(error instanceof TerraformError) || first === void 0) return messageOf(error);
	const others = more.length === 0 ? "" : `, and ${count(more.length, "more error")}`;
	const problem = `${first.summary.replace(/\.$/, "")}${placeText(first)}${others}`;
	return `${error.headline}: ${problem}.\n${error.diagnostics}`;
}
function adviceFor(error, phase, runsUrl) {
	if (error instanceof CancelledError) return "Run the job again. The action finds what is already done and does only what is missing.";
	if (!(error instanceof TerraformError)) return "";
	const advice = terraformAdvice(error, {
		runsUrl,
		platform: releasePlatform(process.platform, process.arch)
	});
	if (advice !== "" || phase !== "apply" && phase !== "destroy") return advice;
	if (phase === "destroy") return "Fix what Terraform reports and run the destroy again: only the remaining resources are destroyed. The monitors were notified of the destroy; a verified apply registers the endpoint again.";
	return "Fix what Terraform reports and run the job again. Changes that were already applied are in the state and may be running, but are not verified. Nothing was tainted or rolled back.";
}
export { emptyReport as n, Job as t };
