import { line, messageOf } from "./entry.js";
import { poll } from "./verify.js";
import { isWatched, platformOf } from "./platforms.js";
import { isAccessError } from "./client.js";
// src/platforms/rollback.ts
function decideRepair(target, failure, onFailure, known) {
	const { versions, messages } = platformOf(target);
	if (onFailure !== "rollback") return {
		rollback: void 0,
		warning: void 0,
		taints: true
	};
	const noRollback = messages.noRollback(target);
	if (versions === void 0 || noRollback !== void 0) return {
		rollback: void 0,
		warning: failure.remedy === "config" ? void 0 : noRollback,
		taints: true
	};
	const decision = decideRollback(target, failure, known);
	return decision.to === void 0 ? {
		rollback: void 0,
		warning: decision.why,
		taints: decision.instead === "taint"
	} : {
		rollback: decision,
		warning: void 0,
		taints: true
	};
}
function decideRollback(target, { remedy }, { passed, previous }) {
	const { versions, messages } = platformOf(target);
	const name = messages.name(target);
	if (remedy === "config") return {
		to: void 0,
		why: "Nothing was rolled back: what is wrong lies around the server, and an older revision would meet it, too.",
		instead: "nothing"
	};
	const failed = versions?.wanted(target);
	if (failed === void 0) return {
		to: void 0,
		why: `Nothing was rolled back: the ${messages.version} of ${name} is not in this Terraform state, so it is not known what failed.`,
		instead: "nothing"
	};
	if (passed !== void 0 && !isSameVersion(passed, failed)) return {
		to: passed,
		wasPassed: true
	};
	if (previous !== void 0 && !isSameVersion(previous, failed)) return {
		to: previous,
		wasPassed: false
	};
	return {
		to: void 0,
		why: passed === void 0 ? `There is nothing to roll back to: ${name} has run no other revision that is known to have passed the gate.` : `There is nothing to roll back to: ${failed.label} is itself the revision that the gate passed last.`,
		instead: "taint"
	};
}
async function startRollback(target, to) {
	return await platformOf(target).versions?.rollBack(target, to) === "started";
}
function rollbackLine(target, to, isStarted) {
	const { watch, messages } = platformOf(target);
	return isStarted ? line`Rolling ${messages.name(target)} back to ${to.id}.` : line`${watch?.api ?? "The platform"} has already gone back to ${to.id}.`;
}
function rolledBack(target, to) {
	return platformOf(target).versions?.retarget(target, to) ?? target;
}
function rollbackStarted(target, { to, wasPassed }) {
	const { versions, messages } = platformOf(target);
	return {
		from: versions?.wanted(target)?.label ?? "",
		to: to.label,
		wasPassed,
		restored: false,
		sentence: `${messages.name(target)} is on its way back to ${to.label}, and the run ended before it was known whether that serves: run this again. ${messages.nextPlan(target)}`
	};
}
function rollbackResult(target, decision, failure) {
	const { messages } = platformOf(target);
	const name = messages.name(target);
	const { label } = decision.to;
	const before = decision.wasPassed ? "which the gate had passed" : "which served before this apply, without a record that the gate had passed it";
	const now = failure === void 0 ? `${name} runs ${label} again, ${before}, and it passes the gate now.` : `${name} was rolled back to ${label}, ${before}, but it does not pass now: ${failure.sentence}`;
	return {
		...rollbackStarted(target, decision),
		restored: failure === void 0,
		sentence: `${now} ${messages.nextPlan(target)}`
	};
}
function heldBack(target, held, previous, failure) {
	const name = platformOf(target).messages.name(target);
	const now = failure === void 0 ? `${name} still runs ${previous.label}` : `${name} was to go on with ${previous.label}, but: ${failure.sentence}`;
	return {
		from: held.label,
		to: previous.label,
		wasPassed: false,
		restored: failure === void 0,
		sentence: `The gate refused ${held.label} before any client reached it. ${now}${failure === void 0 ? "." : ""} ${platformOf(target).messages.nextPlan(target)}`
	};
}
function isSameVersion(a, b) {
	return a.id === b.id || a.label === b.label;
}
// src/platforms/watch.ts
const looksUntilBelieved = 3;
async function waitUntilStable(target, context) {
	return await followDeployment(watchOf(target), target, context);
}
function isWatchedAgain(target) {
	const { versions, watch } = platformOf(target);
	return (versions !== void 0 || watch?.tellsVersionsApart === true) && isWatched(target);
}
function watchReport(target, result) {
	return watchOf(target).report(result);
}
function watchOf(target) {
	const { kind, watch } = platformOf(target);
	if (watch === void 0) throw new Error(`A target of kind ${kind} cannot be watched.`);
	return watch;
}
async function followDeployment(watch, target, context) {
	const started = Date.now();
	const { log, signal, times: { timeoutMs, isFixed = false, delayMs = watch.delayMs } } = context;
	const look = watch.start(target, context);
	let deployment;
	let last = {
		kind: "waiting",
		for: ""
	};
	let bakeMs = 0;
	let suspicion;
	const wholeMs = () => timeoutMs + (isFixed ? 0 : bakeMs);
	const observe = async () => {
		let isAnswer = true;
		const observed = await look().catch((error) => {
			isAnswer = false;
			return judgeError(error, watch, target);
		});
		deployment = observed.deployment ?? deployment;
		if (isAnswer) suspicion = suspicionOf(observed, suspicion);
		const isBelieved = suspicion === void 0 || suspicion.looks >= looksUntilBelieved;
		const observation = isAnswer && !isBelieved ? doubt(observed, watch) : observed;
		if (observation.kind !== "waiting") return { done: observation };
		if (observation.for !== last.for) log(line`${observation.for}`);
		last = observation;
		bakeMs = Math.max(bakeMs, observation.bakeMs ?? 0);
		return { waitingFor: observation.for };
	};
	const polled = await poll(observe, {
		delayMs,
		timeoutMs: wholeMs,
		signal
	});
	return {
		...resultOf(polled.timedOut ? suspicion?.observation ?? watch.timedOut(target, wholeMs(), last) : polled.value),
		elapsedMs: Date.now() - started,
		deployment
	};
}
function suspicionOf(observation, before) {
	if (observation.kind !== "failed" || observation.mayBeStale !== true) return void 0;
	return {
		observation,
		looks: before?.observation.failure.code === observation.failure.code ? before.looks + 1 : 1
	};
}
function doubt(observation, { api }) {
	if (observation.kind !== "failed") return observation;
	const { failure, deployment } = observation;
	return {
		kind: "waiting",
		for: `Waiting until ${looksUntilBelieved} answers of the ${api} API agree: ${failure.sentence}`,
		deployment
	};
}
async function gateHold(target, hold, gate) {
	const failure = await gate(hold.endpoint);
	try {
		await (failure === void 0 ? hold.continue() : hold.rollBack());
		return {
			failure,
			unanswered: void 0
		};
	} catch (error) {
		return {
			failure: failure ?? watchOf(target).accessDenied(target, error),
			unanswered: messageOf(error)
		};
	}
}
function resultOf(end) {
	const none = {
		revision: void 0,
		running: 0,
		failure: void 0
	};
	if (end.kind === "failed") return {
		...none,
		failure: end.failure,
		observed: end.observed
	};
	if (end.kind === "held") return {
		...none,
		hold: end.hold
	};
	return {
		...none,
		revision: end.version?.label,
		running: end.running ?? 0
	};
}
function judgeError(error, watch, target) {
	if (isAccessError(error)) return {
		kind: "failed",
		failure: watch.accessDenied(target, error)
	};
	const name = error instanceof Error ? error.name : "";
	return {
		kind: "waiting",
		for: `Waiting for the ${watch.api} API: ${name}: ${messageOf(error)}`
	};
}
export { decideRepair, gateHold, heldBack, isWatchedAgain, rollbackLine, rollbackResult, rollbackStarted, rolledBack, startRollback, waitUntilStable, watchReport };
