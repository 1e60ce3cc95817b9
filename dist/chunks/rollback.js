import { line, log } from "./entry.js";
import { readDeployment } from "./deployment2.js";
import { consoleLinks, platformOf, watchTimes } from "./platforms.js";
import { checkCredentialLifetime, readLastGoodRevision, saveLastGoodRevision } from "./credentials.js";
import { gateHold, rollbackLine, rolledBack, startRollback, waitUntilStable, watchReport } from "./watch.js";
import { explanationOf, gateEarlierVersion, readCredentials } from "./verify.js";
import { prepare } from "./prepare.js";
import { startGitHubDeployment } from "./publish.js";
// src/platforms/codes.ts
const rollbackCodes = {
	ROLLBACK_IMPOSSIBLE: {
		meaning: "`command: rollback` cannot take back the resource behind the endpoint; nothing was changed",
		fix: "Merge a pull request that reverts the change: its apply deploys the earlier version again.",
		remedy: "config"
	},
	ROLLBACK_VERSION_MISSING: {
		meaning: "no earlier version is recorded, and `rollback-to` names none; nothing was changed",
		fix: "Name the version in rollback-to. Applies record the version that passed the gate last if on-failure is rollback.",
		remedy: "config"
	},
	ROLLBACK_VERSION_INVALID: {
		meaning: "`rollback-to` names no version of the resource behind the endpoint; nothing was changed",
		fix: "Write the version as the report of its apply shows it.",
		remedy: "config"
	}
};
// src/platforms/requested-rollback.ts
function whyNoRollback(target) {
	const { versions, messages } = platformOf(target);
	const name = messages.name(target);
	const why = messages.noRollback(target);
	if (versions === void 0 || why !== void 0) return failed("ROLLBACK_IMPOSSIBLE", why ?? `${name} has no versions.`);
	if (versions.wanted(target) !== void 0) return void 0;
	return failed("ROLLBACK_IMPOSSIBLE", `The ${messages.version} of ${name} is not in this Terraform state.`);
}
function decideRequestedRollback(target, name, passed) {
	const impossible = whyNoRollback(target);
	if (impossible !== void 0) return impossible;
	const { versions, messages } = platformOf(target);
	const examples = versions?.examples(target) ?? "";
	const server = messages.name(target);
	if (name !== void 0) {
		const to = versions?.named(target, name);
		if (to !== void 0) return {
			to,
			wasPassed: passed?.id === to.id
		};
		return failed("ROLLBACK_VERSION_INVALID", `Input rollback-to is "${name}", which is not a ${messages.version} of ${server}: allowed are ${examples}.`);
	}
	if (passed === void 0) return failed("ROLLBACK_VERSION_MISSING", `No ${messages.version} of ${server} is recorded as verified, and rollback-to is empty.`);
	if (passed.label === versions?.wanted(target)?.label) return failed("ROLLBACK_VERSION_MISSING", `${passed.label} passed the gate last, and it is the ${messages.version} of the newest apply. Name an earlier one in rollback-to: ${examples}.`);
	return {
		to: passed,
		wasPassed: true
	};
}
function requestedRollback(target, { to, wasPassed }, end) {
	const { versions, messages } = platformOf(target);
	const from = versions?.wanted(target)?.label ?? "";
	const name = messages.name(target);
	return {
		from,
		to: to.label,
		wasPassed,
		restored: end !== void 0 && end.failure === void 0,
		sentence: `${endSentence(name, to.label, end)} ${driftSentence(name, from, to.label)}`
	};
}
function endSentence(name, to, end) {
	if (end === void 0) return `${name} is on its way back to ${to}, and the run ended before it was known whether that serves: run the rollback again.`;
	if (end.failure === void 0) return `${name} runs ${to}, and it passes the gate.`;
	return `${name} was rolled back to ${to}, and that does not pass: ${end.failure.sentence} Nothing else was tried: name another version in rollback-to.`;
}
function driftSentence(name, from, to) {
	if (from === to) return `This is the version that Terraform has, so ${name} has no drift.`;
	return `Terraform still has ${from}: verify reports the difference as drift, and the next apply moves ${name} to ${from} again, also if it is about something else. Before that, merge a pull request that reverts the change.`;
}
function failed(code, sentence) {
	const { fix, remedy } = rollbackCodes[code];
	return {
		code,
		sentence,
		fix,
		remedy
	};
}
// src/commands/rollback.ts
async function runRollback(job) {
	const state = await (await prepare(job)).showState();
	const deployment = readDeployment(state, job.inputs);
	job.record({
		deployment,
		links: consoleLinks(deployment.serving, state)
	});
	await readCredentials(job, state);
	const decision = await checkVersion(job, deployment);
	if (decision === void 0 || !checkCredentialLifetime(job)) return;
	await startGitHubDeployment(job);
	const began = Date.now();
	await goBack(job, deployment, decision);
	const target = {
		...deployment,
		serving: rolledBack(deployment.serving, decision.to)
	};
	const passes = await checkStability(job, target, began) && await checkEarlierVersion(job, target, began) && await checkStability(job, target, began, { isFinal: true });
	const [failure] = job.report.failures;
	job.record({ rollback: requestedRollback(deployment.serving, decision, { failure }) });
	if (passes && job.inputs.onFailure === "rollback") await job.orWarn(() => saveLastGoodRevision(target.serving));
}
async function checkVersion(job, { serving }) {
	let decision;
	await job.check("rollback", async () => {
		const impossible = whyNoRollback(serving);
		if (impossible !== void 0) return { failure: impossible };
		const { rollbackTo } = job.inputs;
		const decided = decideRequestedRollback(serving, rollbackTo, await (rollbackTo === void 0 ? readLastGoodRevision(serving) : job.orWarn(() => readLastGoodRevision(serving))));
		if ("code" in decided) return { failure: decided };
		decision = decided;
		return {};
	});
	return decision;
}
async function goBack(job, { serving }, decision) {
	await job.step("rollback", async () => {
		const isNew = await startRollback(serving, decision.to);
		job.record({ rollback: requestedRollback(serving, decision, void 0) });
		log.line(rollbackLine(serving, decision.to, isNew));
	});
}
async function checkStability(job, deployment, began, more = {}) {
	const { serving, endpoint } = deployment;
	const context = {
		since: began,
		log: log.line,
		signal: job.signal,
		times: watchTimes(serving, job.inputs),
		...more
	};
	let answered;
	const isStable = await job.check("stability", async () => {
		const watched = await waitUntilStable(serving, context);
		const { hold, failure, observed } = watched;
		if (hold === void 0) return {
			adds: watchReport(serving, watched),
			failure,
			...await explanationOf(job, failure, deployment, { observed })
		};
		answered = hold.id;
		let gate;
		const verdict = await gateHold(serving, hold, async (at) => {
			gate = await gateEarlierVersion(job, at ?? endpoint, serving);
			return gate.failure;
		});
		return {
			adds: { gate },
			failure: verdict.failure
		};
	});
	if (!isStable || answered === void 0) return isStable;
	return await checkStability(job, deployment, began, {
		...more,
		answeredHolds: [...more.answeredHolds ?? [], answered]
	});
}
async function checkEarlierVersion(job, deployment, began) {
	const skipped = newestExpectations(job);
	if (skipped.length > 0) {
		const sentence = `${skipped.join(", ")}: these inputs are about the newest version.`;
		log.line(line`Not checked: ${sentence}`);
		job.record({ notChecked: [sentence] });
	}
	return await job.check("gate", async () => {
		const gate = await gateEarlierVersion(job, deployment.endpoint, deployment.serving);
		const failure = gate.failure;
		return {
			adds: { gate },
			failure,
			...await explanationOf(job, failure, deployment, { began })
		};
	});
}
function newestExpectations({ inputs: { mcp } }) {
	const isSet = {
		"mcp-tools": mcp.tools.length > 0,
		"mcp-contract": mcp.contract !== void 0,
		"mcp-expect-version": mcp.expectVersion !== void 0,
		"mcp-call": mcp.calls.length > 0,
		"mcp-hosts": mcp.hosts.length > 0
	};
	return Object.entries(isSet).flatMap(([name, isIt]) => isIt ? [name] : []);
}
export { runRollback };
