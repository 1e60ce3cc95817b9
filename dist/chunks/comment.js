import { c as seconds, d as wordOf, f as Line, i as count, l as short, m as line, o as failureCode, p as joinLines } from "./base.js";
import { a as verifyLines, c as destructiveLine, f as differencesSection, l as planSections, n as destroyLines, o as attentionLine, s as destructiveChanges, u as approvalLine } from "./checks.js";
import { n as evidenceSection, r as rollbackLine } from "./evidence2.js";
import { S as ruleNames } from "./entry.js";
import { a as fence, c as image, d as link, f as list, g as prose, h as plain, i as collapsible, l as knownHtmlLink, m as name, o as hiddenLine, p as md, r as code, t as Markdown, u as knownLink } from "./markdown.js";
import { i as erasLine } from "./gate2.js";
import { t as outcomeOf } from "./outcome2.js";
import { i as linkLine, r as problemsSection } from "./problems.js";
import { n as registrationOf } from "./report2.js";
import { createHash } from "node:crypto";
// src/terraform/counts.ts
function countsLine(counts) {
	const rare = [
		"replace",
		"import",
		"move",
		"forget"
	].filter((kind) => counts[kind] > 0);
	const first = line`${counts.add} to add, ${counts.change} to change, ${counts.destroy} to destroy`;
	return joinLines([first, ...rare.map((kind) => line`${counts[kind]} to ${Line.word(kind)}`)], line`, `);
}
// src/report/findings.ts
const symbols = {
	danger: md`🔴`,
	warning: md`🟠`,
	notice: md`🔵`
};
const maxAddressUnits = 200;
const maxSentenceUnits = 600;
const maxOmissionUnits = 160;
function findingsSection(findings, budget) {
	const open = findings.filter(({ accepted }) => accepted === void 0);
	const accepted = findings.filter((finding) => finding.accepted !== void 0);
	const title = md`Accepted: ${count(accepted.length, "finding")}`;
	const around = collapsible(title, md``).length + 2;
	const reasons = listOf(accepted, acceptedLine, (open.length === 0 ? budget : Math.floor(budget / 4)) - around);
	const collapsed = reasons.isEmpty ? md`` : collapsible(title, reasons);
	const heading = md`### What it means for the MCP server\n\n`;
	const how = md`\n\n${howToAccept(open[0]?.docs ?? "")}`;
	const listed = listOf(open, openLine, budget - heading.length - how.length - collapsed.length - 2);
	return Markdown.join([listed.isEmpty ? md`` : md`${heading}${listed}${how}`, collapsed], "\n\n");
}
function listOf(findings, line, budget) {
	let room = budget - maxOmissionUnits;
	const shown = [];
	for (const finding of findings) {
		const item = line(finding);
		room -= item.length + 3;
		if (room < 0) break;
		shown.push(item);
	}
	const rest = findings.slice(shown.length);
	if (rest.length === 0) return list(shown);
	if (budget < maxOmissionUnits) return md``;
	const each = [
		"danger",
		"warning",
		"notice"
	].flatMap((severity) => {
		const n = rest.filter((finding) => finding.severity === severity).length;
		return n === 0 ? [] : [md`${symbols[severity]} ${n}`];
	});
	return list([...shown, md`and ${count(rest.length, "more finding")} (${Markdown.join(each, ", ")}): the report of this run (output gate-report) has them all`]);
}
function openLine(finding) {
	return md`${findingLine(finding)} **Instead**: ${prose(finding.fix, maxSentenceUnits)} ${ruleLink(finding)}`;
}
function acceptedLine(finding) {
	return md`${findingLine(finding)} **Accepted**: ${prose(finding.accepted ?? "", maxSentenceUnits)} ${ruleLink(finding)}`;
}
function findingLine({ severity, address, sentence }) {
	return md`${symbols[severity]} ${code(address, maxAddressUnits)}: ${prose(sentence, maxSentenceUnits)}`;
}
function ruleLink({ rule, docs }) {
	return pageLink(code(wordOf(ruleNames, rule)), docs);
}
function howToAccept(docs) {
	const page = docs.replace(/#.*$/s, "#accept-a-finding");
	return md`To accept one, say why above its resource: \`# mcp-deploy:accept RULE REASON\`, see ${pageLink(md`accepting`, page)}.`;
}
function pageLink(words, page) {
	return /^https:\/\/[^\s()<>]+$/.test(page) ? knownLink(words, page) : md`${words} (${code(page)})`;
}
// src/report/history.ts
const outcomeWords = {
	planned: "planned",
	"plan-failed": "the plan failed",
	applying: "was being applied",
	applied: "applied",
	verified: "applied and verified",
	failed: "the deployment failed",
	destroying: "was being destroyed",
	destroyed: "destroyed",
	"destroy-failed": "the destroy failed",
	closed: "closed without being merged"
};
const maxEntries = 10;
const countNames = [
	"add",
	"change",
	"destroy",
	"replace",
	"import",
	"move",
	"forget"
];
const linePrefix = "<!-- terraform-mcp-deploy-runs:";
const lineSuffix = " -->";
function entryOf(report) {
	const { run, attempt } = runOf(report.runUrl);
	const { plan, commit, state } = report;
	return {
		run,
		attempt,
		sha: commit,
		outcome: outcomeOf(report).historyWord,
		...plan && { counts: plan.counts },
		...state !== void 0 && { state: digestOfState(state) }
	};
}
function runOf(runUrl) {
	const [, run = "0", attempt = "1"] = /\/actions\/runs\/(\d{1,15})(?:\/attempts\/(\d{1,6}))?$/.exec(runUrl) ?? [];
	return {
		run: Number(run),
		attempt: Number(attempt)
	};
}
function readHistory(body) {
	for (const line of body.split(/\r?\n/, 5)) {
		if (!line.startsWith(linePrefix) || !line.endsWith(lineSuffix)) continue;
		try {
			const parsed = JSON.parse(Buffer.from(line.slice(31, -4), "base64url").toString("utf8"));
			return Array.isArray(parsed) ? parsed.slice(0, maxEntries).flatMap(readEntry) : [];
		} catch {
			return [];
		}
	}
	return [];
}
function addEntry(now, before) {
	return [now, ...before.filter(({ run, attempt, sha }) => run !== now.run || attempt !== now.attempt || sha !== now.sha)].slice(0, maxEntries);
}
function historyLine(entries) {
	return hiddenLine(`${linePrefix}${Buffer.from(JSON.stringify(entries)).toString("base64url")}${lineSuffix}`);
}
function historySection([now, ...before], runUrl) {
	if (now === void 0 || before.length === 0) return md``;
	const runs = runUrl.replace(/\/runs\/[^/]*(\/attempts\/\d+)?$/, "/runs");
	const lines = before.map(({ run, attempt, sha, outcome, counts }) => {
		const what = counts === void 0 ? md`` : md`: ${countsLine(counts)}`;
		const url = `${runs}/${run}${attempt > 1 ? `/attempts/${attempt}` : ""}`;
		return md`${code(sha.slice(0, 7))} ${Markdown.word(outcomeWords[outcome])}${what} (${knownLink(md`run`, url)})`;
	});
	return collapsible(md`Before this: ${count(before.length, "run")} by commit`, list(lines));
}
function isSuperseded(now, shown) {
	return (now.outcome === "planned" || now.outcome === "plan-failed") && shown !== void 0 && shown.run > now.run && shown.sha !== now.sha;
}
function isOfAnotherState(now, shown) {
	if (shown === void 0 || shown.state === void 0 || now.state === void 0) return false;
	return shown.run === now.run && shown.attempt === now.attempt && shown.sha === now.sha && shown.state !== now.state;
}
function digestOfState(state) {
	return createHash("sha256").update(state).digest("hex").slice(0, 16);
}
function readEntry(value) {
	if (typeof value !== "object" || value === null) return [];
	const { run, attempt, sha, outcome, counts, state } = value;
	if (!isCount(run) || !isCount(attempt)) return [];
	if (typeof sha !== "string" || !/^[\da-f]{7,64}$/.test(sha)) return [];
	if (typeof outcome !== "string" || !Object.hasOwn(outcomeWords, outcome)) return [];
	const read = readCounts(counts);
	const isState = typeof state === "string" && /^[\da-f]{16}$/.test(state);
	return [{
		run,
		attempt,
		sha,
		outcome,
		...read && { counts: read },
		...isState && { state }
	}];
}
function readCounts(value) {
	if (typeof value !== "object" || value === null) return void 0;
	const fields = value;
	const read = countNames.map((name) => [name, fields[name]]);
	return read.every(([, number]) => isCount(number)) ? Object.fromEntries(read) : void 0;
}
function isCount(value) {
	return Number.isSafeInteger(value) && value >= 0;
}
// src/report/monitor.ts
function outcomeText({ monitor, outcome }) {
	const name = prose(monitor);
	switch (outcome) {
		case "created": return md`✅ **Registered** with ${name}`;
		case "exists": return md`✅ **Registered** with ${name} before`;
		case "updated": return md`✅ **Moved** at ${name} to the new endpoint`;
		case "resumed": return md`✅ **Resumed** at ${name}`;
		case "paused": return md`⏸️ **Paused** at ${name} until the next verified deployment`;
		case "removed": return md`✅ **Removed** from ${name}`;
		case "delivered": return md`✅ **Notified** the ${name}`;
		default: return;
	}
}
function monitorLines(report) {
	const { monitors = [], command, apply } = report;
	const lines = monitors.flatMap((result) => {
		const done = outcomeText(result);
		return [...done === void 0 ? [] : [md`${done}${idText(result)}${publicText(result)}`], ...[result.warning ?? [], result.notices].flat().map((text) => md`⚠️ ${prose(text, 500)}`)];
	});
	if (outcomeOf(report).status === "failed" && command === "apply" && apply === "done" && registrationOf(report) === void 0) lines.push(md`⚪ Nothing was registered with the monitor`);
	return lines;
}
function idText({ outcome, id = "" }) {
	if (id === "") return md``;
	return md` as ${outcome === "delivered" ? md`delivery` : md`monitor`} ${code(id, 80)}`;
}
function publicText({ status, badgeUrl, statusPageUrl }) {
	const badge = badgeUrl === void 0 ? md`` : image(md`status`, badgeUrl);
	const words = badge.isEmpty ? md`status page` : badge;
	const shown = statusPageUrl === void 0 ? badge : link(words, statusPageUrl);
	const lastStatus = status === void 0 ? md`` : md`, last status ${code(status, 40)}`;
	return shown.isEmpty ? lastStatus : md`${lastStatus} ${shown}`;
}
// src/report/comment.ts
const maxCommentUnits = 65e3;
const maxListed = 25;
function renderComment(report, firstLine, { limit = maxCommentUnits, earlier = [] } = {}) {
	const history = addEntry(entryOf(report), earlier);
	const foot = Markdown.join([historySection(history, report.runUrl), md`<sub>${footer(report)}</sub>`], "\n\n");
	const parts = [md`${hiddenLines(firstLine, history)}\n\n## ${Markdown.word(outcomeOf(report).icon)} ${title(report)}`];
	let room = limit - foot.length - (parts[0]?.length ?? 0) - 4;
	const add = (part) => {
		if (part.isEmpty || part.length > room) return;
		parts.push(part);
		room -= part.length + 2;
	};
	add(failureAlert(report, Math.floor(limit / 40)));
	add(failureDetails(report, Math.min(2e4, Math.floor(limit / 3))));
	add(differencesSection(report));
	add(timeline(report, Math.floor(limit / 2)));
	add(evidenceSection(report, Math.min(15e3, Math.floor(room / 2))));
	add(linkLine(report));
	const { plan } = report;
	if (plan !== void 0) {
		const elsewhere = md`see the summary of ${runLink(report)}, and its log or plan.txt (output plan-file) for the whole plan`;
		const sections = (units) => units < 1e3 ? md`` : planSections(plan, units, elsewhere);
		if (report.apply === void 0 && !isDestroying(report)) {
			add(planOverview(report, Math.floor(limit / 2)));
			add(findingsSection(report.findings ?? [], Math.min(room, Math.floor(limit / 4))));
			add(sections(room));
		} else {
			const body = plan.hasChanges ? sections(room - 200) : md``;
			if (!body.isEmpty) add(collapsible(md`The plan: ${countsLine(plan.counts)}`, body));
		}
	}
	return Markdown.join([...parts, foot], "\n\n");
}
function renderCounts(report, firstLine, why, earlier) {
	const { plan } = report;
	return Markdown.join([
		md`${hiddenLines(firstLine, addEntry(entryOf(report), earlier))}\n\n## ${Markdown.word(outcomeOf(report).icon)} ${title(report)}`,
		failureAlert(report, 500),
		plan && md`**${plan.hasChanges ? countsLine(plan.counts) : md`No changes`}**`,
		md`GitHub refused the whole comment (${prose(why, 300)}). Read the rest in the summary of ${runLink(report)}.`,
		md`<sub>${footer(report)}</sub>`
	], "\n\n");
}
function renderOutdated(report, firstLine, earlier) {
	return md`${hiddenLines(firstLine, addEntry(entryOf(report), earlier))}\n\n## ⚠️ Outdated · ${targetLabel(report)}\n\nThis comment was about an earlier commit. GitHub refused the report of ${code(plain`${report.commit}`.start(7))}: read it in the summary of ${runLink(report)}, and run the job again.`;
}
function renderClosed(report, firstLine, earlier) {
	const history = addEntry({
		...entryOf(report),
		outcome: "closed"
	}, earlier);
	return Markdown.join([
		md`${hiddenLines(firstLine, history)}\n\n## ⚪ Closed · ${targetLabel(report)}`,
		md`This pull request was closed without being merged, so its plan was not applied. Reopen it to plan again.`,
		historySection(history, report.runUrl)
	], "\n\n");
}
function hiddenLines(firstLine, history) {
	return Markdown.join([hiddenLine(firstLine), historyLine(history)], "\n");
}
function title(report) {
	return md`${Markdown.word(outcomeOf(report).headline)} · ${targetLabel(report)}`;
}
function targetLabel({ target }) {
	const { name, stack, directory, workspace, inheritedWorkspace, backend } = target;
	if (name !== void 0) return short(name, 200);
	const places = [stack, directory === "." ? void 0 : directory].filter((part) => part !== void 0 && part !== "").map((part) => short(part ?? "", 200));
	const where = places.length === 0 ? line`root module` : joinLines(places, line` in `);
	const selected = workspace ?? inheritedWorkspace;
	return joinLines([
		where,
		...selected === void 0 ? [] : [line`workspace ${short(selected, 200)}`],
		...backend?.key === void 0 ? [] : [line`state ${short(backend.key, 200)}`]
	], line`, `);
}
function planOverview({ plan }, room) {
	if (plan === void 0) return md``;
	const attention = attentionLine(plan);
	if (!plan.hasChanges) return Markdown.join([unchanged[plan.mode], attention], "\n\n");
	if (plan.mode === "refresh-only") {
		const what = [plan.drift.length === 0 ? void 0 : md`${count(plan.drift.length, "resource")}`, plan.outputs.length === 0 ? void 0 : md`${count(plan.outputs.length, "output")}`];
		return md`**Changed outside of Terraform: ${Markdown.join(what, ", ")}**`;
	}
	const parts = plan.changes.length === 0 ? [md`**No resource changes, ${count(plan.outputs.length, "output")} to change**`] : [md`**${countsLine(plan.counts)}**`, destructiveChangesAlert(plan, room - 2e3)];
	if (plan.drift.length > 0) {
		const some = plan.drift.slice(0, 5).map(({ address }) => code(address, 200));
		const more = plan.drift.length > 5 ? md` and ${plan.drift.length - 5} more` : md``;
		parts.push(md`Changed outside of Terraform, which this plan answers: ${Markdown.join(some, ", ")}${more}.`);
	}
	return Markdown.join([...parts, attention], "\n\n");
}
const unchanged = {
	normal: md`No changes: the infrastructure is as it is written.`,
	"refresh-only": md`No changes: the infrastructure is as the last apply left it.`,
	destroy: md`No changes: there is nothing to destroy.`
};
function isDestroying({ destroy }) {
	return destroy !== void 0 && destroy.outcome !== "unconfirmed";
}
function destructiveChangesAlert(plan, room) {
	const changes = destructiveChanges(plan);
	if (changes.length === 0) return md``;
	const { destroy, replace } = plan.counts;
	const lost = [destroy > 0 ? md`destroys ${destroy}` : void 0, replace > 0 ? md`replaces ${replace}` : void 0];
	const named = linesThatFit(changes.slice(0, maxListed).map(destructiveLine), room, 5);
	return Markdown.join([
		md`> [!WARNING]`,
		md`> This plan ${Markdown.join(lost, " and ")} of the resources that exist now:`,
		...named.map((each) => md`> - ${each}`),
		named.length < changes.length ? md`> - and ${changes.length - named.length} more` : void 0
	], "\n");
}
function linesThatFit(lines, room, around) {
	let remaining = room;
	return lines.filter((each) => {
		remaining -= each.length + around;
		return remaining >= 0;
	});
}
function timeline(report, room) {
	const lines = list(linesThatFit(timelineLines(report), room, 3));
	if (outcomeOf(report).headline !== "Applying") return lines;
	const started = md`Terraform is applying ${knownLink(md`in this run`, report.runUrl)}. If this line stays, the run was stopped: run it again.`;
	return Markdown.join([started, lines], "\n\n");
}
function timelineLines(report) {
	const { apply, stability, gate, taint, plan } = report;
	const lines = [approvalLine(report)].filter((each) => !each.isEmpty);
	if (apply === "done") {
		const counts = plan === void 0 ? md`` : md`: ${countsLine(plan.counts)}`;
		lines.push(plan?.hasChanges === false ? md`✅ **Applied** before: nothing was left to change for ${runLink(report)}` : md`✅ **Applied** by ${runLink(report)}${counts}`);
	}
	if (stability !== void 0 && stability.failure === void 0) {
		const revision = stability.revision === void 0 ? md`` : md` of ${code(stability.revision)}`;
		const tasks = count(stability.running, "task");
		lines.push(md`✅ **Stable** after ${seconds(stability.elapsedMs)}: ECS runs ${tasks}${revision}`);
	}
	lines.push(...(report.notChecked ?? []).map((sentence) => md`⚪ **Not checked**: ${prose(sentence)}`));
	lines.push(...gateLines(gate));
	if (taint !== void 0) {
		const { tainted, why } = taint;
		const addresses = Markdown.join(tainted.map((address) => code(address)), ", ");
		const undo = Markdown.join(tainted.map((address) => code(plain`terraform untaint '${address}'`)), ", ");
		lines.push(tainted.length > 0 ? md`🟠 **Tainted** ${addresses}. ${prose(why)} To take that back: ${undo}` : md`⚪ ${prose(why)}`);
	}
	lines.push(...verifyLines(report), ...rollbackLine(report), ...monitorLines(report), ...destroyLines(report));
	for (const warning of [...gate?.warnings ?? [], ...report.warnings]) lines.push(md`⚠️ ${prose(warning, 500)}`);
	return lines;
}
function gateLines(gate) {
	if (gate === void 0) return [];
	const { serverInfo, latencyMs, protocolVersions, wall, endpoint, tools, elapsedMs } = gate;
	if (!gate.passed) return [md`❌ **Does not speak MCP** after ${seconds(elapsedMs)}: ${prose(erasLine(gate))}`];
	const lines = [];
	const place = code(endpoint, 300);
	if (protocolVersions.length === 0 && wall !== void 0) {
		const servers = wall.authorizationServers.map((server) => code(server, 200));
		lines.push(md`✅ **Asks for authorization** at ${place}, by ${Markdown.join(servers, ", ")}; the server behind it was not checked`);
	} else {
		const versions = Markdown.join(protocolVersions.map((version) => code(version)), " and ");
		const server = serverInfo && md`, server ${code(plain`${serverInfo.name} ${serverInfo.version}`, 120)}`;
		lines.push(md`✅ **Speaks MCP** ${versions} at ${place}${server}`, md`✅ **Lists ${count(tools.length, "tool")}**${toolNames(tools)}`);
	}
	if (latencyMs !== null) lines.push(md`✅ **Answers in ${Math.round(latencyMs)} ms** (median), verified after ${seconds(elapsedMs)}`);
	return lines;
}
function failureAlert({ failures }, units) {
	return Markdown.join(failures.map((failure, index) => singleFailureAlert(failure, index === 0 ? units : Math.floor(units / 4))), "\n\n");
}
function singleFailureAlert(failure, units) {
	return Markdown.join([
		md`> [!CAUTION]`,
		md`> **${failureName(failure)}**: ${prose(plain`${failure.sentence}`.firstLine, units)}`,
		...failure.fix === "" ? [] : [md`>`, md`> **What to do**: ${prose(failure.fix, units)}`]
	], "\n");
}
function failureName({ code }) {
	return name(failureCode(code), 60);
}
function failureDetails({ failures: [failure], problems = [] }, units) {
	if (problems.length > 0) return problemsSection(problems, units);
	const details = plain`${failure?.sentence}`.rest.visible;
	return details.isEmpty ? md`` : collapsible(md`Terraform's output`, fence(details.shorten(units)), true);
}
function toolNames(tools) {
	if (tools.length === 0) return md``;
	const named = tools.slice(0, 12).map((name) => code(name, 80));
	return md`: ${Markdown.join(named, ", ")}${tools.length > 12 ? md` and ${tools.length - 12} more` : md``}`;
}
function footer({ commit, runUrl, plan, phases }) {
	const times = Markdown.join(phases.map(({ phase, ms }) => md`${Markdown.word(phase)} ${seconds(ms)}`), ", ");
	const version = plan?.terraformVersion ? md` with Terraform ${plan.terraformVersion}` : md``;
	const run = knownHtmlLink(md`run`, runUrl);
	return md`${code(plain`${commit}`.start(7))}${version}, ${run}${times.isEmpty ? md`` : md`: ${times}`}`;
}
function runLink({ runUrl }) {
	return knownLink(md`this run`, runUrl);
}
export { findingsSection as _, planOverview as a, renderCounts as c, timelineLines as d, title as f, readHistory as g, isSuperseded as h, maxCommentUnits as i, renderOutdated as l, isOfAnotherState as m, failureDetails as n, renderClosed as o, entryOf as p, failureName as r, renderComment as s, failureAlert as t, targetLabel as u, countsLine as v };
