import { _ as secrets, g as log, m as line, x as shorten } from "./base.js";
import { r as terraformEnvironment } from "./environment.js";
import { a as digestOf, r as recordLength, t as readRecord } from "./record.js";
import { a as TailedFile, o as settingsOf } from "./prepare.js";
import { fstatSync, rmSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { createHash, createHmac, hash, hkdfSync, randomBytes, randomUUID, scryptSync } from "node:crypto";
import { spawn } from "node:child_process";
// src/approval/compare.ts
function differences(reviewed, now) {
	const result = settingDifferences(reviewed, now);
	if (reviewed.changes === void 0 || now.changes === void 0) return result;
	const was = byAddress(reviewed.changes);
	const is = byAddress(now.changes);
	for (const address of [...new Set([...was.keys(), ...is.keys()])].sort()) {
		const before = was.get(address);
		const after = is.get(address);
		if (before === void 0 && after !== void 0) result.push({
			what: "added",
			address,
			actions: after.actions
		});
		else if (after === void 0 && before !== void 0) result.push({
			what: "gone",
			address,
			actions: before.actions
		});
		else if (before !== void 0 && after !== void 0 && before.digest !== after.digest) result.push(changeDifference(before, after));
	}
	return result;
}
function unreviewedChanges(reviewed, now, tainted) {
	const result = settingDifferences(reviewed, now).filter((difference) => difference.what !== "setting" || difference.name !== "sensitive values");
	const was = byAddress(reviewed.changes ?? []);
	for (const change of now.changes ?? []) {
		const { address, actions } = change;
		const before = was.get(address) ?? was.get(address.replace(/ \(deposed \w+\)$/, ""));
		if (before === void 0) {
			if (!(replacesTainted(change, tainted) || followsTaint(change, tainted))) result.push({
				what: "added",
				address,
				actions
			});
		} else if (!isRemainderOf(before, change, tainted)) result.push(changeDifference(before, change));
	}
	return result;
}
function settingDifferences(reviewed, now) {
	return [...new Set([...Object.keys(reviewed.settings), ...Object.keys(now.settings)])].sort().flatMap((name) => {
		const [was = "", is = ""] = [reviewed.settings[name], now.settings[name]];
		return was === is ? [] : [{
			what: "setting",
			name,
			was,
			is
		}];
	});
}
function changeDifference(before, after) {
	const { address, actions } = after;
	if (before.actions !== actions) return {
		what: "actions",
		address,
		was: before.actions,
		is: actions
	};
	const attributes = [
		"notes",
		"before",
		"after"
	].flatMap((side) => {
		const was = before.values?.[side] ?? {};
		const is = after.values?.[side] ?? {};
		return [...Object.keys(was), ...Object.keys(is)].filter((name) => was[name] !== is[name]);
	});
	return {
		what: "attributes",
		address,
		actions,
		attributes: [...new Set(attributes)].sort()
	};
}
const remainders = {
	create: [
		"create",
		"delete,create",
		"create,delete",
		"update"
	],
	update: ["update"],
	"delete,create": [
		"delete,create",
		"delete",
		"create",
		"create,delete"
	],
	"create,delete": [
		"create,delete",
		"delete",
		"create",
		"delete,create"
	],
	delete: ["delete"]
};
function isRemainderOf(whole, remainder, tainted) {
	const isTainted = replacesTainted(remainder, tainted);
	const { actions } = remainder;
	if (whole.actions !== actions && !remainders[whole.actions]?.includes(actions) && !isTainted) return false;
	const reviewed = whole.values?.after;
	const planned = remainder.values?.after;
	if (reviewed === void 0 || planned === void 0) return true;
	return Object.entries(planned).every(([name, value]) => {
		const was = reviewed[name];
		return was === void 0 ? isTainted || value === "?" : was === value || was.startsWith("?") || value === "?";
	});
}
function replacesTainted({ address, actions }, tainted) {
	return tainted.includes(address) && actions.includes("create") && actions.includes("delete");
}
function followsTaint({ actions, values }, tainted) {
	if (tainted.length === 0 || actions !== "update" && actions !== "create") return false;
	const after = Object.values(values?.after ?? {});
	return after.length > 0 && after.every((value) => value.startsWith("?"));
}
function byAddress(changes) {
	return new Map(changes.map((change) => [change.address, change]));
}
// src/approval/canonical.ts
function canonical(value, sensitive = false, unknown = false, digest = () => "*") {
	if (unknown === true) return "?";
	if (sensitive === true && value !== null && value !== void 0) return digest(value);
	if (isUnmarked(sensitive) && isUnmarked(unknown)) return plain(value);
	const part = (key) => canonical(at(value, key), at(sensitive, key), at(unknown, key), digest);
	if (Array.isArray(value) || Array.isArray(unknown) && unknown.length > 0) {
		const length = Math.max(Object.keys(shape(value)).length, Object.keys(shape(unknown)).length);
		return `[${Array.from({ length }, (_, index) => part(String(index))).join()}]`;
	}
	const keys = [...new Set([...Object.keys(shape(value)), ...Object.keys(shape(unknown))])].sort();
	if (keys.length === 0) return plain(value);
	return `{${keys.map((key) => `${JSON.stringify(key)}:${part(key)}`).join()}}`;
}
function isUnmarked(marks) {
	return typeof marks !== "object" ? marks !== true : marks === null || Object.keys(marks).length === 0;
}
function plain(value) {
	if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
	if (isSorted(value)) return JSON.stringify(value);
	if (Array.isArray(value)) return `[${value.map(plain).join()}]`;
	return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${plain(value[key])}`).join()}}`;
}
function isSorted(value) {
	if (Array.isArray(value)) return value.every((part) => typeof part !== "object" || part === null || isSorted(part));
	let previous = "";
	for (const key in value) {
		const part = value[key];
		if (key < previous || part === void 0) return false;
		if (typeof part === "object" && part !== null && !isSorted(part)) return false;
		previous = key;
	}
	return true;
}
function shape(value) {
	return typeof value === "object" && value !== null ? value : {};
}
function at(value, key) {
	if (value === true) return true;
	const parts = shape(value);
	return Object.hasOwn(parts, key) ? parts[key] : void 0;
}
// src/approval/fingerprint.ts
function normalizePlan(json, settings, signer) {
	const resources = (json.resource_changes ?? []).filter(changesSomething).map((change) => ({
		...change,
		key: keyOf(change)
	}));
	const outputs = Object.entries(json.output_changes ?? {}).filter(([, { actions }]) => !isNothing(actions));
	const changes = [
		...sorted(resources, ({ key }) => key).map(({ key, ...change }) => normalizeChange(key, change, signer)),
		...sorted(outputs, ([name]) => name).map(([name, change]) => normalizeOutput(name, change, signer)),
		...sorted(json.action_invocations ?? [], ({ address = "" }) => address).map((invocation) => normalizeInvocation(invocation, signer))
	];
	const keyed = signer.together();
	return {
		settings: keyed === void 0 ? settings : {
			...settings,
			"sensitive values": keyed
		},
		changes
	};
}
function fingerprintOf({ settings, changes }, signer) {
	const hash = createHash("sha256");
	let text = canonical(settings);
	for (const { address, actions, notes, before, after } of changes) {
		text += `\n${JSON.stringify([
			address,
			actions,
			canonical(notes),
			before,
			after
		])}`;
		if (text.length > 1e5) {
			hash.update(text);
			text = "";
		}
	}
	return `${signer.prefix}:${hash.update(text).digest("hex")}`;
}
function changesSomething({ mode, change, previous_address, address }) {
	if (mode === "data") return false;
	const moved = previous_address !== void 0 && previous_address !== address;
	return !isNothing(change.actions) || moved || change.importing !== void 0 && change.importing !== null;
}
function isNothing(actions) {
	return actions.every((action) => action === "no-op" || action === "read");
}
function keyOf({ address, deposed }) {
	return deposed === void 0 ? address : `${address} (deposed ${deposed})`;
}
function normalizeChange(address, resource, signer) {
	const { change, previous_address, action_reason, provider_name } = resource;
	const notes = {};
	if (provider_name !== void 0) notes.provider = provider_name;
	if (previous_address !== void 0 && previous_address !== resource.address) notes["moved from"] = previous_address;
	if (change.importing !== void 0 && change.importing !== null) notes.importing = canonical(change.importing);
	if (action_reason !== void 0) notes.reason = action_reason;
	if ((change.replace_paths ?? []).length > 0) notes["replaced because of"] = canonical((change.replace_paths ?? []).map((path) => canonical(path)).sort());
	return {
		address,
		actions: change.actions.join(),
		notes,
		...normalizeValues(change, address, signer)
	};
}
function normalizeOutput(name, change, signer) {
	const address = `output.${name}`;
	const wrap = (value) => ({ value });
	return {
		address,
		actions: change.actions.join(),
		notes: {},
		...normalizeValues({
			actions: change.actions,
			before: wrap(change.before),
			after: wrap(change.after),
			before_sensitive: wrap(change.before_sensitive),
			after_sensitive: wrap(change.after_sensitive),
			after_unknown: wrap(change.after_unknown)
		}, address, signer)
	};
}
function normalizeInvocation(invocation, signer) {
	const { address = "", config_values, config_sensitive, config_unknown, ...trigger } = invocation;
	const keyed = (value) => signer.value(address, value);
	const config = canonical(config_values, config_sensitive, config_unknown, keyed);
	return {
		address,
		actions: "invoke",
		notes: { invocation: canonical(trigger) },
		before: {},
		after: { config }
	};
}
function normalizeValues(change, address, signer) {
	const keyed = (attribute) => (value) => signer.value(`${address}.${attribute}`, value);
	const side = (value, sensitive, unknown, isNew) => {
		const [parts, unknowns] = [shape(value), shape(unknown)];
		const names = Object.keys(parts);
		for (const name in unknowns) if (!Object.hasOwn(parts, name)) names.push(name);
		const values = {};
		for (const name of names.sort()) {
			const text = canonical(parts[name], at(sensitive, name), at(unknown, name), keyed(name));
			if (!isNew || text !== "null") values[name] = text;
		}
		return values;
	};
	const makes = change.actions.includes("create");
	const isNew = makes && !change.actions.includes("delete");
	const will = side(change.after, change.after_sensitive, change.after_unknown, isNew);
	if (isNew) return {
		before: {},
		after: will
	};
	const was = side(change.before, change.before_sensitive, false, false);
	if (!makes && !change.actions.includes("update")) return {
		before: identity(was),
		after: {}
	};
	const differs = (name) => (was[name] ?? "null") !== (will[name] ?? "null");
	return {
		before: {
			...only(was, differs),
			...makes ? identity(was) : {}
		},
		after: only(will, (name) => differs(name) || makes && will[name] !== "null")
	};
}
function identity(values) {
	const identifiers = only(values, (name) => name === "id" || name === "arn");
	return Object.keys(identifiers).length > 0 ? identifiers : values;
}
function only(values, wanted) {
	return Object.fromEntries(Object.entries(values).filter(([name]) => wanted(name)));
}
function sorted(list, by) {
	return list.toSorted((a, b) => by(a) < by(b) ? -1 : by(a) > by(b) ? 1 : 0);
}
// src/approval/signer.ts
const cost = {
	N: 2 ** 16,
	r: 8,
	p: 1,
	maxmem: 2 ** 27
};
function createPlanSigner(key, lineage, salt) {
	if (key !== "") return keyedSigner("key", key);
	return lineage === void 0 ? saltedSigner(salt) : keyedSigner("lineage", lineage);
}
function saltedSigner(salt = randomBytes(8).toString("hex")) {
	const values = [];
	return {
		mode: "none",
		get prefix() {
			return values.length === 0 ? "sha256" : `scrypt:${salt}`;
		},
		value(path, value) {
			values.push(`${path}=${canonical(value)}`);
			return "*";
		},
		together: () => values.length === 0 ? void 0 : scryptSync(values.join("\n"), salt, 32, cost).toString("base64url"),
		sign: signer("terraform-mcp-deploy")
	};
}
function keyedSigner(mode, secret) {
	const key = (purpose) => Buffer.from(hkdfSync("sha256", secret, "", `terraform-mcp-deploy ${purpose}`, 32));
	const values = key("sensitive value").toString("hex");
	return {
		mode,
		prefix: "sha256",
		value: (path, value) => `*${hash("sha512-256", values + JSON.stringify([path, canonical(value)]), "base64url")}`,
		together: () => void 0,
		sign: signer(key("record"))
	};
}
function signer(key) {
	return (text) => createHmac("sha256", key).update(text).digest("base64url");
}
// src/approval/review.ts
function requestReview(request, pullRequest) {
	const { json, context, secrets, redact, binding, commit, runUrl } = request;
	const signer = signerFor(secrets, request.approval, void 0);
	const plan = fingerprintPlan(json, context, signer, redact);
	const { fingerprint } = plan;
	const approval = {
		outcome: "awaiting",
		fingerprint,
		reviewed: void 0,
		differences: []
	};
	if (pullRequest === void 0) return { approval };
	return {
		approval,
		record: {
			record: createRecord(plan, {
				binding: {
					...binding,
					pullRequest
				},
				head: commit,
				runUrl
			}),
			signer
		}
	};
}
async function reviewPlan(request, pullRequest, readComment) {
	const facts = await readApprovalFacts(request, pullRequest, readComment);
	const decided = decideApproval(facts);
	const { plan, commentRecord } = facts;
	const reviewed = commentRecord?.intact === true ? commentRecord.record : void 0;
	const sign = (record) => ({
		...decided,
		record: {
			record,
			signer: plan.signer
		}
	});
	const { outcome } = decided.approval;
	if (decided.failure !== void 0 || outcome === "no-changes") return reviewed === void 0 ? decided : sign(reviewed);
	if (pullRequest === void 0) return decided;
	const { binding, commit, runUrl } = request;
	const about = {
		binding: {
			...binding,
			pullRequest: pullRequest.number
		},
		head: pullRequest.head,
		runUrl
	};
	return sign({
		...(outcome === "reviewed" || outcome === "remainder" ? reviewed : void 0) ?? createRecord(plan, about),
		applied: {
			commit,
			tainted: reviewed?.applied?.tainted ?? []
		}
	});
}
async function reviewQueuedPlan(request, pullRequest, readComment) {
	return decideQueued(await readApprovalFacts(request, pullRequest, readComment));
}
function withTainted(signed, addresses) {
	const { applied } = signed.record;
	if (applied === void 0) return signed;
	const tainted = [...new Set([...applied.tainted, ...addresses])];
	return {
		...signed,
		record: {
			...signed.record,
			applied: {
				...applied,
				tainted
			}
		}
	};
}
async function readApprovalFacts(request, pullRequest, readComment) {
	const { json, hasChanges, context, secrets, approval, binding, formerTarget, commit, redact } = request;
	const body = pullRequest === void 0 ? void 0 : await readComment(pullRequest.number);
	const commentRecord = body === void 0 ? void 0 : findRecord(body, secrets, commit);
	return {
		approval,
		plan: fingerprintPlan(json, context, signerFor(secrets, approval, commentRecord), redact),
		hasChanges,
		pullRequest,
		commentRecord,
		binding,
		formerTarget,
		commit
	};
}
function fingerprintPlan(json, context, signer, redact) {
	const normalized = normalizePlan(json, settingsOf(context, process.env), signer);
	return {
		normalized,
		signer,
		fingerprint: fingerprintOf(normalized, signer),
		digest: (detail) => digestOf(normalized, redact, detail)
	};
}
function findRecord(body, { key, lineage }, commit) {
	return readRecord(body, (record) => {
		const signer = createPlanSigner(key, lineage, saltOf(record.fingerprint));
		if (signer.mode === record.mode) return signer;
		return record.mode === "none" && signer.mode === "lineage" && record.applied?.commit === commit ? saltedSigner(saltOf(record.fingerprint)) : void 0;
	});
}
function signerFor({ key, lineage }, approval, commentRecord) {
	if (commentRecord?.intact === true && commentRecord.record.mode === "none") return saltedSigner(saltOf(commentRecord.record.fingerprint));
	return createPlanSigner(key, lineage, saltOf(approval));
}
function saltOf(fingerprint) {
	return /^scrypt:([0-9a-f]+):/.exec(fingerprint)?.[1];
}
const maxRecordUnits = 2e4;
const maxDigests = maxRecordUnits / 8;
function createRecord({ fingerprint, signer, normalized, digest }, about) {
	const recordWith = (detail) => {
		return {
			version: 1,
			fingerprint,
			mode: signer.mode,
			...about,
			outline: digest(detail)
		};
	};
	const { changes } = normalized;
	if (changes.length > maxDigests) return recordWith("nothing");
	const attributes = changes.reduce((sum, { before, after }) => sum + Object.keys({
		...before,
		...after
	}).length, 0);
	const details = changes.length + attributes <= maxDigests ? ["attributes", "addresses"] : ["addresses"];
	for (const detail of details) {
		const record = recordWith(detail);
		if (recordLength(record) <= maxRecordUnits) return record;
	}
	return recordWith("nothing");
}
function decideApproval(facts) {
	const { approval: required, plan, hasChanges, pullRequest, commentRecord, commit } = facts;
	const { fingerprint } = plan;
	const allow = (outcome, reviewed) => ({ approval: {
		outcome,
		fingerprint,
		reviewed: reviewedPlan(reviewed),
		differences: []
	} });
	const refuse = (code, sentence, more, reviewed) => ({
		approval: {
			outcome: "refused",
			fingerprint,
			reviewed: reviewedPlan(reviewed),
			...more
		},
		failure: {
			code,
			sentence,
			fix: howToApprove(fingerprint),
			remedy: "config"
		}
	});
	const none = { differences: [] };
	if (!hasChanges) return allow("no-changes");
	if (required === "none") return allow("not required");
	if (required === fingerprint) return allow("approved-by-fingerprint");
	if (required !== "reviewed" && commentRecord?.record.applied?.commit !== commit) return refuse("PLAN_CHANGED", `The fingerprint of this plan is ${fingerprint}, and plan-approval names ${required}.`, none);
	if (pullRequest === void 0) return refuse("PLAN_NOT_REVIEWED", `Nobody has reviewed this plan: no merged pull request belongs to commit ${commit}.`, none);
	const unusable = whyUnusable(facts, pullRequest);
	if (unusable !== void 0) return refuse(unusable.code, unusable.sentence, none);
	const record = commentRecord.record;
	if (record.fingerprint === fingerprint) return allow("reviewed", record);
	const current = plan.digest("attributes");
	const { applied, outline } = record;
	if (applied?.commit === commit && outline.changes !== void 0 && unreviewedChanges(outline, current, applied.tainted).length === 0) return allow("remainder", record);
	return refuse("PLAN_CHANGED", `The plan differs from the plan that was reviewed on pull request #${pullRequest.number}.`, { differences: applied?.commit === commit ? unreviewedChanges(outline, current, applied.tainted) : differences(outline, current) }, record);
}
function decideQueued(facts) {
	const { plan, pullRequest, commentRecord } = facts;
	const decided = decideApproval(facts);
	const record = commentRecord?.record;
	if (decided.failure?.code !== "PLAN_CHANGED" || record === void 0 || pullRequest === void 0) return decided;
	const missing = differences(record.outline, plan.digest("attributes")).filter(({ what }) => what !== "added");
	if (missing.length > 0 || record.outline.changes === void 0) {
		const fix = "Update the pull request from its base branch, review the new plan, and add it to the queue again.";
		return {
			approval: {
				...decided.approval,
				differences: missing
			},
			failure: {
				...decided.failure,
				fix
			}
		};
	}
	return { approval: {
		...decided.approval,
		outcome: "reviewed"
	} };
}
function whyUnusable({ commentRecord, binding, formerTarget }, { number, head, fromFork }) {
	const on = `pull request #${number}`;
	if (commentRecord === void 0) return {
		code: "PLAN_NOT_REVIEWED",
		sentence: fromFork ? `Nobody has reviewed this plan: ${on} came from a fork, and runs of forks get no credentials and no plan.` : `Nobody has reviewed this plan: ${on} has no plan comment of this action.`
	};
	const { record, intact } = commentRecord;
	if (!intact) return {
		code: "PLAN_RECORD_CHANGED",
		sentence: `The plan comment on ${on} is not as this action wrote it: somebody edited it, or plan-approval-key has changed.`
	};
	const { repository, pullRequest, workflow, target } = record.binding;
	const elsewhere = [
		repository === binding.repository ? "" : `repository ${repository}`,
		pullRequest === number ? "" : `pull request #${pullRequest}`,
		target === binding.target || target === formerTarget ? "" : "another stack, directory or workspace",
		workflow === binding.workflow ? "" : `the workflow ${workflow}, and this workflow is ${binding.workflow}`
	].find((text) => text !== "");
	if (elsewhere !== void 0) return {
		code: "PLAN_RECORD_CHANGED",
		sentence: `The plan comment on ${on} belongs to ${elsewhere}.`
	};
	if (record.head !== head) return {
		code: "PLAN_NOT_REVIEWED",
		sentence: `Nobody has reviewed the plan of the merged commit ${head.slice(0, 7)}: the plan comment on ${on} shows commit ${record.head.slice(0, 7)}.`
	};
}
function howToApprove(fingerprint) {
	return `Nothing was changed. Read the plan of this run. To apply it unchanged, run the workflow manually with command apply and plan-approval ${fingerprint}. Otherwise open a pull request and review its plan, which is based on what is deployed now.`;
}
function reviewedPlan(record) {
	return record === void 0 ? void 0 : {
		commit: record.head,
		runUrl: record.runUrl
	};
}
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
		for (const text of file.newLines(true)) log.foreign(stripVTControlCharacters(text));
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
	const child = spawn("bash", [
		"--noprofile",
		"--norc",
		"-e",
		"-o",
		"pipefail",
		"-c",
		command
	], {
		cwd: directory,
		env: {
			...terraformEnvironment(process.env),
			PLAN_JSON: planJson
		},
		detached: process.platform !== "win32",
		windowsHide: true,
		stdio: [
			"ignore",
			file.descriptor,
			file.descriptor
		]
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
export { withTainted as a, reviewQueuedPlan as i, requestReview as n, reviewPlan as r, checkPlan as t };
