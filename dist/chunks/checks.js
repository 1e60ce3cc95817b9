import { i as driftWord } from "./drift.js";
import { a as day, c as seconds, f as Line, i as count } from "./base.js";
import { _ as row, a as fence, f as list, g as prose, h as plain, i as collapsible, l as knownHtmlLink, p as md, r as code, s as html, t as Markdown, u as knownLink } from "./markdown.js";
import { n as problemLine } from "./problems.js";
import { r as splitDiffLine } from "./diff.js";
// src/report/approval.ts
const maxDifferences = 40;
const maxAttributes = 12;
const maxFiles = 20;
const maxProblems = 20;
function approvalReason({ approval, command }) {
	if (approval === void 0 || command !== "apply") return void 0;
	const { outcome, reviewed, fingerprint } = approval;
	const review = reviewed && md`${code(plain`${reviewed.commit}`.start(7))} in ${knownHtmlLink(md`this run`, reviewed.runUrl)}`;
	switch (outcome) {
		case "reviewed": return {
			icon: md`✅`,
			reason: md`**As reviewed**: the plan matches the plan reviewed at ${review}`
		};
		case "remainder": return {
			icon: md`✅`,
			reason: md`**As reviewed**: the plan is the remainder of the plan reviewed at ${review}`
		};
		case "approved-by-fingerprint": return {
			icon: md`✅`,
			reason: md`**As approved**: the plan has the fingerprint ${code(fingerprint)}`
		};
		case "not required": return {
			icon: md`⚪`,
			reason: md`**Not compared** with a reviewed plan: plan-approval is none`
		};
		default: return;
	}
}
function approvalLine(report) {
	const approved = approvalReason(report);
	return approved === void 0 ? md`` : md`${approved.icon} ${approved.reason}`;
}
function differencesSection({ approval }) {
	const differences = approval?.differences ?? [];
	if (differences.length === 0) return md``;
	const lines = differences.slice(0, maxDifferences).map(differenceLine);
	const more = differences.length - lines.length;
	if (more > 0) lines.push(md`and ${count(more, "more difference")}`);
	return md`**What differs from the reviewed plan**\n\n${list(lines)}`;
}
function differenceLine(difference) {
	if (difference.what === "setting") {
		const { name, was, is } = difference;
		if (name === "sensitive values") return md`a sensitive value differs`;
		const shown = (value) => value === "" ? md`not set` : code(value, 200);
		return md`${prose(name)}: was ${shown(was)}, is ${shown(is)}`;
	}
	const address = code(difference.address, 200);
	switch (difference.what) {
		case "added": return md`${address}: **${verb$1(difference.actions)}** was not reviewed`;
		case "gone": return md`${address}: ${verb$1(difference.actions)} was reviewed and is no longer planned`;
		case "actions": return md`${address}: **${verb$1(difference.is)}**, reviewed was ${verb$1(difference.was)}`;
		case "attributes": {
			const { attributes } = difference;
			const some = attributes.slice(0, maxAttributes).map((name) => code(name, 100));
			const more = attributes.length > maxAttributes ? md` and ${attributes.length - maxAttributes} more` : md``;
			const what = some.length === 0 ? md`is another change` : md`${Markdown.join(some, ", ")}${more} ${some.length === 1 ? md`differs` : md`differ`}`;
			return md`${address} (${verb$1(difference.actions)}): ${what}`;
		}
	}
}
const verbs$1 = {
	create: md`create`,
	update: md`update`,
	read: md`read`,
	forget: md`forget`,
	delete: md`destroy`,
	"delete,create": md`replace`,
	"create,delete": md`replace, the new one first`,
	"no-op": md`move or import`,
	"create,forget": md`replace, the old one forgotten`,
	invoke: md`action`
};
function verb$1(actions) {
	return (Object.hasOwn(verbs$1, actions) ? verbs$1[actions] : void 0) ?? prose(actions);
}
function checkSection({ check }) {
	if (check === void 0) return md``;
	const { visitor, unformatted, diagnostics } = check;
	const whose = visitor === "fork" ? md`comes from a fork` : md`is of Dependabot`;
	const files = Markdown.join(unformatted.slice(0, maxFiles).map((file) => code(file, 200)), ", ");
	const more = unformatted.length > maxFiles ? md` and ${unformatted.length - maxFiles} more` : md``;
	const lines = [
		unformatted.length === 0 ? md`✅ \`terraform fmt\`: formatted` : md`⚠️ \`terraform fmt\` would change ${files}${more}`,
		...diagnostics.length === 0 ? [md`✅ \`terraform validate\`: valid`] : [],
		...diagnostics.slice(0, maxProblems).map((each) => md`${problemLine(each)} ${prose(each.detail, 500)} (\`terraform validate\`)`),
		...diagnostics.length > maxProblems ? [md`and ${count(diagnostics.length - maxProblems, "more finding")}`] : []
	];
	return Markdown.join([md`There is no plan: the pull request ${whose}, and GitHub gives its runs no credentials. A plan executes the code, so it must not have credentials. To get a plan, review the commits and push them to a branch of this repository.`, list(lines)], "\n\n");
}
// src/report/plan.ts
const verbs = {
	delete: "destroy",
	replace: "replace",
	update: "update",
	create: "create",
	forget: "forget",
	move: "move",
	import: "import",
	read: "read",
	none: "keep"
};
const symbols = {
	delete: "🔴",
	replace: "🟠",
	update: "🟡",
	create: "🟢",
	forget: "⚪",
	move: "🔵",
	import: "🔵",
	read: "⚪",
	none: "⚪"
};
const reasons = {
	replace_because_tainted: md`is tainted: the last deployment of it failed`,
	replace_because_cannot_update: md`cannot be changed in place`,
	replace_by_request: md`was asked for by the input replace`,
	replace_by_triggers: md`by replace_triggered_by`,
	delete_because_no_resource_config: md`is no longer in the configuration`,
	delete_because_no_module: md`its module is no longer in the configuration`,
	delete_because_wrong_repetition: md`count or for_each was added or taken away`,
	delete_because_count_index: md`its index is out of range of count`,
	delete_because_each_key: md`its key is no longer in for_each`,
	delete_because_no_move_target: md`was moved to an address that is not in the configuration`
};
const deferrals = {
	instance_count_unknown: md`its count or for_each is known only after this apply`,
	resource_config_unknown: md`its configuration is known only after this apply`,
	provider_config_unknown: md`its provider's configuration is known only after this apply`,
	absent_prereq: md`what it reads does not exist yet`,
	deferred_prereq: md`what it depends on is left for later, too`
};
const signs = {
	delete: "-",
	replace: "!",
	update: "!",
	create: "+",
	forget: "#",
	move: "#",
	import: "#",
	read: "#",
	none: "#"
};
const maxLinesPerChange = 120;
const maxUnitsPerChange = 8e3;
const maxUnitsPerLine = 600;
const maxUnitsPerAddress = 200;
const minShares = 12;
const minRoom = 1e3;
function destructiveChanges({ changes }) {
	return changes.filter(({ kind }) => kind === "delete" || kind === "replace");
}
function destructiveLine(change) {
	return md`${symbol(change.kind)} **${verb(change.kind)}** ${code(change.address, maxUnitsPerAddress)}${reasonText(change)}`;
}
function attentionLine({ checks, warnings, deferred, invocations }) {
	const failing = checks.filter(({ status }) => status === "fail" || status === "error").length;
	const parts = [
		failing === 0 ? void 0 : md`❌ ${count(failing, "check")} ${failing === 1 ? md`does` : md`do`} not hold`,
		warnings.length === 0 ? void 0 : md`⚠️ ${count(warnings.length, "warning")} of Terraform`,
		invocations.length === 0 ? void 0 : md`⚡ ${count(invocations.length, "provider action")} to run`,
		deferred.length === 0 ? void 0 : md`⏸️ ${deferred.length} left for a later plan`
	];
	return Markdown.join(parts, " · ");
}
function planSections(plan, budget, elsewhere) {
	const share = Math.min(maxUnitsPerChange, Math.floor(budget / minShares));
	const others = share * minShares < minRoom * 2 ? md`` : otherSections(plan, share);
	const room = budget - others.length - 1;
	if (room < minRoom) return plan.changes.length === 0 ? md`` : omittedChangesLine(plan.changes, elsewhere);
	const sections = [];
	let used = 0;
	for (const change of plan.changes) {
		const section = changeSection(change);
		sections.push(section);
		used += section.length + 1;
		if (used > room) break;
	}
	if (used <= room) return Markdown.join([...sections, others], "\n");
	const forSections = room * 3 / 4;
	while (used > forSections) used -= (sections.pop()?.length ?? used) + 1;
	const rest = plan.changes.slice(sections.length);
	const omitted = omittedChangesLine(rest, elsewhere);
	const names = namesSection(rest, room - used - omitted.length - 200);
	return Markdown.join([
		...sections,
		names,
		omitted,
		others
	], "\n");
}
function otherSections({ drift, outputs, checks, warnings, invocations, deferred }, share) {
	return Markdown.join([
		driftSection$1(drift, share),
		outputsSection(outputs, share),
		checksSection$1(checks, share),
		warningsSection(warnings, share),
		invocationsSection(invocations, share),
		deferredSection(deferred, share)
	], "\n");
}
function changeSection(change) {
	const { address, kind, previousAddress, imported, deposed, lines } = change;
	const remarks = [
		previousAddress === void 0 ? md`` : md` (moved from <code>${html(previousAddress, maxUnitsPerAddress)}</code>)`,
		imported && kind !== "import" ? md` (imported)` : md``,
		deposed ? md` (what an earlier replacement left behind)` : md``
	];
	const title = md`${symbol(kind)} ${verb(kind)} <code>${html(address, maxUnitsPerAddress)}</code>${Markdown.join(remarks, "")}`;
	return collapsible(title, lines.length === 0 ? md`No attribute changes.` : diffBlock(lines.map((text) => () => diffLine(text))));
}
function diffLine(text) {
	const { sign, foreign, remark } = splitDiffLine(text);
	return plain`${sign}${foreign}${remark}`;
}
function diffBlock(lines, maxUnits = maxUnitsPerChange) {
	const shown = firstLines(lines, maxUnits, maxLinesPerChange);
	if (shown.length < lines.length) shown.push(plain`# … ${count(lines.length - shown.length, "more line")}`);
	return fence(shown, "diff");
}
function firstLines(lines, maxUnits, maxLines = Infinity) {
	const shown = [];
	let units = 0;
	for (const render of lines) {
		const text = render().shorten(maxUnitsPerLine);
		units += text.length + 1;
		if (shown.length === maxLines || units > maxUnits) break;
		shown.push(text);
	}
	return shown;
}
function namesSection(changes, room) {
	const lines = [];
	let remaining = room;
	for (const { address, kind } of changes) {
		const text = plain`${Line.word(signs[kind])} ${Line.word(verbs[kind])} ${shortAddress(address)}`;
		remaining -= text.length + 1;
		if (remaining < 0) break;
		lines.push(text);
	}
	if (lines.length === 0) return md``;
	const which = lines.length === changes.length ? md`The others` : md`The next ${lines.length}`;
	return collapsible(md`${which} by name`, fence(lines, "diff"));
}
function omittedChangesLine(changes, elsewhere) {
	const each = Object.keys(verbs).flatMap((kind) => {
		const n = changes.filter((change) => change.kind === kind).length;
		return n === 0 ? [] : [md`${n} to ${verb(kind)}`];
	});
	const are = changes.length === 1 ? md`is` : md`are`;
	return md`\n**${count(changes.length, "more change")}** (${Markdown.join(each, ", ")}) ${are} not shown in full: ${elsewhere}.\n`;
}
function driftSection$1(drift, share) {
	if (drift.length === 0) return md``;
	const items = drift.map(({ address, kind, lines }) => {
		return {
			address,
			what: kind === "delete" ? "is gone" : "was changed",
			lines
		};
	});
	return attributesSection(md`Changed outside of Terraform: ${count(drift.length, "resource")}`, items, share);
}
function attributesSection(title, items, units) {
	const lines = items.flatMap(({ address, what, lines }) => [() => plain`# ${shortAddress(address)} ${Line.word(what)}`, ...lines.map((text) => () => diffLine(text))]);
	return collapsible(title, diffBlock(lines, units));
}
function outputsSection(outputs, share) {
	if (outputs.length === 0) return md``;
	const lines = outputs.flatMap((output) => output.lines.map((text) => () => diffLine(text)));
	return collapsible(md`Outputs: ${count(outputs.length, "change")}`, diffBlock(lines, share));
}
function checksSection$1(checks, share) {
	const failing = checks.filter(({ status }) => status === "fail" || status === "error");
	const unknown = checks.filter(({ status }) => status === "unknown");
	if (failing.length === 0 && unknown.length === 0) return md``;
	const lines = [...failing.map(({ address, problems, status }) => () => {
		const reported = Markdown.join(problems.map((problem) => prose(problem, 500)), "; ");
		const why = status === "error" ? md`could not be checked` : md`does not hold`;
		return md`❌ ${code(address, maxUnitsPerAddress)}: ${reported.isEmpty ? why : reported}`;
	}), ...unknown.map(({ address }) => () => md`⚪ ${code(address, maxUnitsPerAddress)}: is known after the apply`)];
	const passing = checks.length - failing.length - unknown.length;
	const each = [
		failing.length === 0 ? void 0 : md`${failing.length} ${failing.length === 1 ? md`does` : md`do`} not hold`,
		unknown.length === 0 ? void 0 : md`${unknown.length} known after the apply`,
		passing === 0 ? void 0 : md`${passing} ${passing === 1 ? md`holds` : md`hold`}`
	];
	return collapsible(md`Checks: ${Markdown.join(each, ", ")}`, firstItems(lines, share), failing.length > 0);
}
function warningsSection(warnings, share) {
	if (warnings.length === 0) return md``;
	const lines = warnings.flatMap(({ summary, excerpt, detail }, index) => [
		...index === 0 ? [] : [() => plain``],
		() => plain`Warning: ${summary}`,
		...[excerpt, detail].flatMap((part) => part === "" ? [] : [() => plain``, ...plain`${part}`.visible.lines.map((text) => () => text)])
	]);
	const shown = firstLines(lines, share);
	if (shown.length < lines.length) shown.push(plain`… ${count(lines.length - shown.length, "more line")}`);
	return collapsible(md`Warnings of Terraform: ${warnings.length}`, fence(shown));
}
function invocationsSection(invocations, share) {
	if (invocations.length === 0) return md``;
	const lines = invocations.map(({ address, event, resource }) => () => {
		const when = String(plain`${event}`).replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
		const of = resource === "" ? md`` : md` of ${code(resource, maxUnitsPerAddress)}`;
		return md`⚡ ${code(address, maxUnitsPerAddress)}${when === "" ? md`` : md` ${prose(when, 80)}${of}`}`;
	});
	return collapsible(md`Provider actions that the apply runs: ${invocations.length}`, firstItems(lines, share));
}
function deferredSection(deferred, share) {
	if (deferred.length === 0) return md``;
	const lines = deferred.map(({ address, kind, reason }) => () => {
		const what = kind === "none" ? md`` : md` (${verb(kind)})`;
		const foreignReason = prose(reason, 80);
		const why = ourWords(deferrals, reason) ?? (foreignReason.isEmpty ? md`Terraform gives no reason` : foreignReason);
		return md`⏸️ ${code(address, maxUnitsPerAddress)}${what}: ${why}`;
	});
	return collapsible(md`Left for a later plan: ${deferred.length}`, firstItems(lines, share));
}
function firstItems(items, units) {
	const shown = [];
	let remaining = units;
	for (const render of items) {
		const item = render();
		remaining -= item.length + 3;
		if (remaining < 0) break;
		shown.push(item);
	}
	const more = items.length - shown.length;
	return list([...shown, ...more === 0 ? [] : [md`and ${more} more`]]);
}
function reasonText({ kind, reason, forcedBy }) {
	const forcing = Markdown.join(forcedBy.slice(0, 5).map((attribute) => code(attribute, 80)), ", ");
	const more = forcedBy.length > 5 ? md` and ${forcedBy.length - 5} more` : md``;
	const isForced = kind === "replace" && forcedBy.length > 0;
	const why = [reason === void 0 || isForced && reason === "replace_because_cannot_update" ? void 0 : ourWords(reasons, reason) ?? code(reason, 80), isForced ? md`${forcing}${more} cannot be changed in place` : void 0].filter((part) => part !== void 0);
	return why.length === 0 ? md`` : md`: ${Markdown.join(why, "; ")}`;
}
function ourWords(table, reason) {
	return Object.hasOwn(table, reason) ? table[reason] : void 0;
}
function shortAddress(address) {
	return plain`${address}`.shorten(maxUnitsPerAddress).oneLine;
}
function symbol(kind) {
	return Markdown.word(symbols[kind]);
}
function verb(kind) {
	return Markdown.word(verbs[kind]);
}
// src/report/checks.ts
const maxListed = 12;
function driftSection({ drift }, units) {
	if (drift === void 0 || drift.changes.length === 0) return md``;
	const items = drift.changes.map(({ address, kind, lines }) => ({
		address,
		what: driftWord(drift.plan, kind),
		lines
	}));
	return attributesSection(md`What has drifted: ${count(items.length, "resource")}`, items, units);
}
function driftAddresses({ changes, outputs }) {
	return [...changes.map(({ address }) => address), ...outputs.map((name) => `output.${name}`)];
}
function destroyLines({ destroy, plan, runUrl }) {
	if (destroy === void 0) return [];
	const { outcome, left, deactivated = 0 } = destroy;
	const lines = [];
	if (outcome === "nothing") lines.push(md`⚪ **Nothing to destroy**: the state holds no resource of the stack`);
	if (outcome === "done") {
		const destroyed = plan === void 0 ? md`` : md`: ${count(plan.counts.destroy, "resource")}`;
		lines.push(md`✅ **Destroyed** by ${knownLink(md`this run`, runUrl)}${destroyed}, and nothing is left in the state`);
	}
	if (outcome === "left") lines.push(md`❌ **Not destroyed**: ${listFirst(left, (address) => code(address, 200))}`);
	if (deactivated > 0) lines.push(md`⚪ **Inactive** in the environment: ${count(deactivated, "deployment")}`);
	return lines;
}
function verifyLines({ certificate, drift, failures, warnings, issue }) {
	const lines = [];
	if (certificate !== void 0) {
		const { daysLeft, validTo, host, issuer } = certificate;
		const isWell = !failures.some(({ code }) => code === "CERTIFICATE_EXPIRES") && !warnings.some((each) => each.startsWith("CERTIFICATE_EXPIRES"));
		const by = issuer === "" ? md`` : md`, issued by ${code(issuer, 120)}`;
		lines.push(md`${isWell ? md`✅` : md`❌`} **Certificate** of ${code(host, 200)}: ${count(daysLeft, "day")} left, until ${day(validTo)}${by}`);
	}
	if (drift !== void 0) lines.push(driftLine(drift, failures.some(({ code: failed }) => failed === "DRIFT")));
	if (issue !== void 0) lines.push(issueLine(issue));
	return lines;
}
function driftLine(drift, isFailed) {
	const addresses = driftAddresses(drift);
	const isRefresh = drift.plan === "refresh-only";
	if (addresses.length === 0) return isRefresh ? md`✅ **No drift**: the deployed resources match the last apply` : md`✅ **No drift**: the deployed resources match the configuration`;
	const kinds = new Map(drift.changes.map(({ address, kind }) => [address, kind]));
	const named = listFirst(addresses, (address) => {
		const kind = kinds.get(address);
		return md`${code(address, 200)}${kind && md` (${Markdown.word(driftWord(drift.plan, kind))})`}`;
	});
	const what = isRefresh ? md`outside of Terraform` : md`an apply would change`;
	return md`${isFailed ? md`❌` : md`⚠️`} **Drift**: ${what} ${named}`;
}
function listFirst(texts, render) {
	const named = Markdown.join(texts.slice(0, maxListed).map(render), ", ");
	return texts.length > maxListed ? md`${named} and ${texts.length - maxListed} more` : named;
}
const issueOutcomes = {
	opened: "opened",
	updated: "updated",
	kept: "open, already reported today",
	closed: "closed"
};
function issueLine({ number, url, outcome }) {
	const symbol = outcome === "closed" ? md`✅` : md`🔔`;
	return md`${symbol} **Issue** ${knownLink(md`${number}`, encodeURI(url))}: ${Markdown.word(issueOutcomes[outcome])}`;
}
function checksSection(report) {
	const rows = [
		...approvalRow(report),
		...stabilityRow(report),
		...readinessRow(report)
	];
	if (rows.length === 0) return md``;
	return Markdown.join([md`**The deployment**\n\n| | check | observed |\n|---|---|---|`, ...rows.map(row)], "\n");
}
function approvalRow(report) {
	const { approval, command, pullRequest } = report;
	if (approval === void 0 || command !== "apply") return [];
	const check = md`plan approved`;
	const where = pullRequest === void 0 ? md`` : md`, pull request ${pullRequest}`;
	const fingerprint = md`fingerprint ${code(approval.fingerprint, 90)}`;
	if (approval.outcome === "refused") return [[
		md`❌`,
		check,
		md`the plan was not approved; ${fingerprint}${where}`
	]];
	const { icon, reason } = approvalReason(report) ?? {
		icon: md`✅`,
		reason: md`nothing was to be changed`
	};
	return [[
		icon,
		check,
		md`${reason}; ${fingerprint}${where}`
	]];
}
function stabilityRow({ stability, previousRevision }) {
	if (stability === void 0) return [];
	const { failure, revision, running, elapsedMs, deployment } = stability;
	const check = md`ECS runs what was applied`;
	if (failure !== void 0) return [[
		md`❌`,
		check,
		prose(failure.sentence, 500)
	]];
	const parts = [
		revision === void 0 ? void 0 : code(revision),
		md`${count(running, "task")} after ${seconds(elapsedMs)}`,
		deployment && md`deployment ${code(deployment.id)}`,
		previousRevision === void 0 ? void 0 : md`before it ${code(plain`${previousRevision}`.lastPart)}`
	];
	return [[
		md`✅`,
		check,
		Markdown.join(parts, ", ")
	]];
}
function readinessRow({ readiness }) {
	if (readiness === void 0) return [];
	const { failure, elapsedMs } = readiness;
	const check = md`status checks of the instance`;
	return failure === void 0 ? [[
		md`✅`,
		check,
		md`both passed after ${seconds(elapsedMs)}`
	]] : [[
		md`❌`,
		check,
		prose(failure.sentence, 500)
	]];
}
export { verifyLines as a, destructiveLine as c, checkSection as d, differencesSection as f, driftSection as i, planSections as l, destroyLines as n, attentionLine as o, driftAddresses as r, destructiveChanges as s, checksSection as t, approvalLine as u };
