import { line, log, secrets, shorten } from "./entry.js";
import { findProgram, startDetached } from "./child.js";
import { terraformEnvironment } from "./environment.js";
import { TailedFile } from "./prepare.js";
const { fstatSync, rmSync } = process.getBuiltinModule("node:fs");
const { join } = process.getBuiltinModule("node:path");
const randomUUID = (...values) => process.getBuiltinModule("node:crypto").randomUUID(...values);
const { stripVTControlCharacters } = process.getBuiltinModule("node:util");
// src/terraform/plan-checks.ts
const planCheckLimits = {
	timeoutMs: 6e5,
	maxOutputBytes: 10485760
};
const maxKeptUnits = 4e4;
async function runPlanCheck(check, context) {
	const { directory, planJson, tempDirectory, signal, limits = planCheckLimits } = context;
	const file = new TailedFile(join(tempDirectory, `${randomUUID()}-plan-check.out`));
	try {
		const { observed, isPassed } = await run(check.command, {
			directory,
			planJson,
			signal,
			limits,
			file
		});
		let left = limits.maxOutputBytes;
		for (const text of file.newLines(true)) {
			if (left > 0) log.foreign(stripVTControlCharacters(text));
			left -= text.length;
		}
		if (left < 0) log.line(line`The rest of the output is left out.`);
		const text = secrets.redact(stripVTControlCharacters(file.lastLines(limits.maxOutputBytes)).trim());
		const output = shorten(text, maxKeptUnits);
		const outcome = isPassed ? "passed" : check.isRequired ? "failed" : "warned";
		return {
			name: check.name,
			outcome,
			observed,
			output
		};
	} finally {
		file.remove();
	}
}
async function run(command, { directory, planJson, signal, limits, file }) {
	const bash = findProgram("bash", process.env);
	if (bash === void 0) return {
		observed: "bash could not be started: it is not on PATH",
		isPassed: false
	};
	const child = startDetached(bash, [
		"--noprofile",
		"--norc",
		"-e",
		"-o",
		"pipefail",
		"-c",
		command
	], {
		cwd: directory,
		env: terraformEnvironment(process.env, true, { PLAN_JSON: planJson }),
		output: file.descriptor,
		errors: file.descriptor
	});
	let stopped;
	const stop = (why) => {
		stopped ??= why;
		endGroup(child.pid);
	};
	const onAbort = () => stop("the job was cancelled");
	const timer = setTimeout(() => stop(`it did not end within ${limits.timeoutMs / 1e3} s`), limits.timeoutMs);
	const ticker = setInterval(() => {
		if (fstatSync(file.descriptor).size > limits.maxOutputBytes) stop(`it printed more than ${limits.maxOutputBytes / 1024 / 1024} MiB`);
	}, 100);
	signal.addEventListener("abort", onAbort);
	try {
		return await new Promise((resolve) => {
			child.once("error", (error) => resolve({
				observed: `bash could not be started: ${error.message}`,
				isPassed: false
			}));
			child.once("exit", (exitCode, killedBy) => {
				const ended = exitCode === null ? `it was ended by ${killedBy}` : `exit code ${exitCode}`;
				resolve({
					observed: stopped ?? ended,
					isPassed: stopped === void 0 && exitCode === 0
				});
			});
		});
	} finally {
		clearTimeout(timer);
		clearInterval(ticker);
		signal.removeEventListener("abort", onAbort);
		endGroup(child.pid);
	}
}
function endGroup(pid) {
	if (pid === void 0) return;
	try {
		process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
	} catch {}
}
function planCheckFailure(results) {
	const failed = results.filter(({ outcome }) => outcome === "failed");
	if (failed.length === 0) return void 0;
	return {
		code: "PLAN_CHECK_FAILED",
		sentence: `The plan does not pass ${failed.map(({ name, observed }) => `${name} (${observed})`).join(", ")}.`,
		fix: adviceFor(failed),
		remedy: "config"
	};
}
function adviceFor(failed) {
	const missing = failed.find(({ observed }) => /^exit code 12[67]$/.test(observed));
	return missing === void 0 ? "Read the output of the check and change the configuration. A check whose name ends with \"?\" only warns. Nothing was changed." : `The command of ${missing.name} was not found, or may not be executed: install it in a step before this one. Nothing was changed.`;
}
// src/commands/check-plan.ts
async function checkPlan(job, terraform) {
	const { planChecks } = job.inputs;
	if (planChecks.length === 0) return true;
	return await job.check("plan-checks", async () => {
		const planJson = join(job.tempDirectory, "plan.json");
		const results = [];
		try {
			await terraform.writePlanJson(planJson);
			for (const check of planChecks) {
				log.line(line`${check.name}: ${check.command}`);
				const { run, signal, tempDirectory } = job;
				const result = await runPlanCheck(check, {
					directory: run.workspace,
					planJson,
					tempDirectory,
					signal
				});
				log.line(line`${check.name}: ${result.outcome}, ${result.observed}`);
				signal.throwIfAborted();
				results.push(result);
			}
		} finally {
			rmSync(planJson, { force: true });
		}
		return {
			adds: { planChecks: results },
			failure: planCheckFailure(results)
		};
	});
}
export { checkPlan };
