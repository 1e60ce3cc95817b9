import { Line, count, failureCode, joinLines, line, publicUrl, ruleNames, seconds, short, wordOf } from "./entry.js";
import { addEntry, countsLine, entryOf, historyLine, historySection } from "./history.js";
import { approvalLine, attentionLine, destroyLines, destructiveLine, differencesSection, lossyChanges, planSections, quietLossLine, releasesLine, remarksSection, toolTitle, verifyLines, wholePlanLink } from "./checks.js";
import { evidenceSection, rollbackLine } from "./evidence2.js";
import { Markdown, code, collapsible, fence, hiddenLine, html, image, knownHtmlLink, knownLink, link, list, md, name, plain, prose } from "./markdown.js";
import { erasLine, isGateCode } from "./gate2.js";
import { outcomeOf } from "./outcome2.js";
import { linkLine, problemsSection } from "./problems.js";
import { registrationOf } from "./report2.js";
// src/report/findings.ts
const symbols$1 = {
	danger: md`\ud83d\udd34`,
	warning: md`\ud83d\udfe0`,
	notice: md`\ud83d\udd35`
};
const maxAddressUnits = 200;
const maxSentenceUnits = 600;
const maxOmissionUnits = 160;
const maxUnjudged = 5;
function findingsSection({ findings = [], unjudged = [], target }, budget) {
	const blind = unjudgedLine(unjudged);
	const room = blind.length + 2 > budget ? budget : budget - blind.length - 2;
	const found = foundSection(findings, target.stack, room);
	return Markdown.join([found, blind.length + 2 > budget ? void 0 : blind], "\n\n");
}
function unjudgedLine(unjudged) {
	if (unjudged.length === 0) return md``;
	const each = unjudged.slice(0, maxUnjudged).map(({ address, argument, rules }) => {
		const names = rules.map((rule) => code(wordOf(ruleNames, rule)));
		return md`${code(argument, 80)} of ${code(address, maxAddressUnits)} (${Markdown.join(names, ", ")})`;
	});
	const more = unjudged.length > maxUnjudged ? md` and ${unjudged.length - maxUnjudged} more` : md``;
	return md`\u26aa Not judged, because the value is known only after the apply: ${Markdown.join(each, "; ")}${more}.`;
}
function foundSection(findings, stack, budget) {
	const open = findings.filter(({ accepted }) => accepted === void 0);
	const accepted = findings.filter((finding) => finding.accepted !== void 0);
	const title = md`Accepted: ${count(accepted.length, "finding")}`;
	const around = collapsible(title, md``).length + 2;
	const reasons = listOf(accepted, acceptedLine, (open.length === 0 ? budget : Math.floor(budget / 4)) - around);
	const collapsed = reasons.isEmpty ? md`` : collapsible(title, reasons);
	const heading = md`### What it means for the MCP server\n\n`;
	const how = md`\n\n${howToAccept(open[0]?.docs ?? "", stack)}`;
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
		return n === 0 ? [] : [md`${symbols$1[severity]} ${n}`];
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
	return md`${symbols$1[severity]} ${code(address, maxAddressUnits)}: ${prose(sentence, maxSentenceUnits)}`;
}
function ruleLink({ rule, docs }) {
	return pageLink(code(wordOf(ruleNames, rule)), docs);
}
function howToAccept(docs, stack) {
	const page = docs.replace(/#.*$/s, "#accept-a-finding");
	if (stack !== void 0) return md`To accept one, give the reason in the input \`accept-rules\`: \`RULE: REASON\`, see ${pageLink(md`accepting`, page)}.`;
	return md`To accept one, say why above its resource: \`# mcp-deploy:accept RULE REASON\`, see ${pageLink(md`accepting`, page)}.`;
}
function pageLink(words, page) {
	return /^https:\/\/[^\s()<>]+$/.test(page) ? knownLink(words, page) : md`${words} (${code(page)})`;
}
// src/report/heading.ts
const maxNameUnits = 200;
const shownDigits$1 = 12;
function title(report) {
	const { icon, headline } = outcomeOf(report);
	const failing = (report.plan?.checks ?? []).filter(({ status }) => status === "fail" || status === "error").length;
	const checks = failing === 0 ? md`` : md`, ${count(failing, "check")} of ${toolTitle(report.plan?.tool)} ${failing === 1 ? md`fails` : md`fail`}`;
	return md`${Markdown.word(icon)} ${Markdown.word(headline)}${checks} \u00b7 ${stackLabel(report)}`;
}
function stackLabel(report) {
	const { target, plan, environment } = report;
	const { name, stack, workspace, inheritedWorkspace, backend } = target;
	const ownName = name ?? (stack === void 0 ? void 0 : plan?.serverName);
	const selected = workspace ?? inheritedWorkspace;
	const parts = [
		ownName === void 0 ? placeLabel(target) : short(ownName, maxNameUnits),
		environment === void 0 ? void 0 : short(environment, maxNameUnits),
		selected === void 0 || selected === environment ? void 0 : line`workspace ${short(selected, maxNameUnits)}`,
		name !== void 0 || environment !== void 0 || backend?.key === void 0 ? void 0 : line`state ${short(backend.key, maxNameUnits)}`
	];
	return joinLines(parts.filter((part) => part !== void 0), line`, `);
}
function targetLabel({ target }) {
	const { name, workspace, inheritedWorkspace, backend } = target;
	if (name !== void 0) return short(name, maxNameUnits);
	const selected = workspace ?? inheritedWorkspace;
	return joinLines([
		placeLabel(target),
		...selected === void 0 ? [] : [line`workspace ${short(selected, maxNameUnits)}`],
		...backend?.key === void 0 ? [] : [line`state ${short(backend.key, maxNameUnits)}`]
	], line`, `);
}
function placeLabel({ stack, directory }) {
	const places = [stack, directory === "." ? void 0 : directory].filter((part) => part !== void 0 && part !== "").map((part) => short(part ?? "", maxNameUnits));
	return places.length === 0 ? line`root module` : joinLines(places, line` in `);
}
function placeLine(report) {
	const { plan, stateKey, target } = report;
	const label = String(stackLabel(report));
	const module = String(placeLabel(target));
	const { accounts = [], regions = [] } = plan?.place ?? {};
	const codes = (texts) => Markdown.join(texts.map((text) => code(text, 40)), ", ");
	const parts = [
		label.startsWith(module) || module === "root module" ? void 0 : code(module, maxNameUnits),
		accounts.length === 0 ? void 0 : md`AWS account${accounts.length > 1 ? md`s` : md``} ${codes(accounts)}`,
		regions.length === 0 ? void 0 : codes(regions),
		stateKey === void 0 || label.endsWith(`state ${stateKey}`) ? void 0 : md`state ${code(stateKey, maxNameUnits)}`
	];
	return Markdown.join(parts, " \u00b7 ");
}
function mergeLine({ command, plan, planApproval, pullRequest, approval, failures }) {
	if (command !== "plan" || plan?.hasChanges !== true || pullRequest === void 0 || failures.length > 0) return md``;
	if (planApproval === void 0 || approval?.outcome !== "awaiting") return md``;
	const fingerprint = shortFingerprint(approval.fingerprint);
	if (planApproval === "reviewed") return md`Merging applies exactly this plan (fingerprint ${fingerprint}). If the plan has changed by then, nothing is applied.`;
	if (planApproval === "none") return md`\u26a0\ufe0f Merging does **not** apply exactly this plan: \`plan-approval\` is \`none\`, so the merge makes a new plan and applies it without a comparison.`;
	return planApproval === approval.fingerprint ? md`Only the plan with the fingerprint ${fingerprint} is applied, which is this one (\`plan-approval\`).` : md`\u26a0\ufe0f Merging does **not** apply this plan (fingerprint ${fingerprint}): \`plan-approval\` names ${shortFingerprint(planApproval)}.`;
}
function shortFingerprint(fingerprint) {
	const [scheme = "", ...rest] = fingerprint.split(":");
	return code(plain`${scheme}:${(rest.at(-1) ?? "").slice(0, shownDigits$1)}\u2026`);
}
// src/report/images.ts
const shownDigits = 12;
const maxRunning = 5;
function imagesSection({ images = [], command, pullRequest }) {
	if (command !== "plan" || images.length === 0) return md``;
	const isForReview = pullRequest !== void 0;
	const lines = images.map((image) => {
		const whose = image.from === "review" ? md`, as reviewed` : md`${isForReview ? md`. The apply uses the same image.` : md``}`;
		return md`Image for ${variableName(image)}: ${describeImage(image)}${whose}`;
	});
	return lines.length === 1 ? lines[0] ?? md`` : list(lines);
}
function imageLines(report) {
	const { images = [], command } = report;
	return command === "apply" ? images.map((image) => imageLine(image, report)) : [];
}
function imageLine(image, { apply, runningImages }) {
	const what = md`${variableName(image)} is ${describeImage(image)}`;
	if (image.from === "input") return md`\u26aa **Image of this run**, not of a reviewed plan: ${what}`;
	const [, digest = ""] = image.reference.split("@");
	if (apply !== "done") return md`\u2705 **Image as reviewed**: ${what}`;
	if (runningImages === void 0) return md`\u2705 **Image as reviewed**, and planned: ${what}`;
	if (runningImages.includes(digest)) return md`\u2705 **Image as reviewed**, planned and running: ${what}`;
	if (runningImages.length === 0) return md`\u26aa **Image as reviewed**, and planned: ${what}. The platform reports no digest.`;
	const running = Markdown.join(runningImages.slice(0, maxRunning).map(shortDigest), ", ");
	return md`\u26aa **Image as reviewed**, and planned: ${what}. The platform reports ${running}: an image for several platforms has a digest of its own for each.`;
}
function describeImage({ reference, context, tree }) {
	const [name = "", digest = ""] = reference.split("@");
	const image = code(plain`${plain`${name}`.lastPart}@${shortened(digest)}`, 200);
	if (context === void 0 || tree === void 0) return image;
	const place = context === "." ? md`this repository` : code(context, 200);
	return md`${image} (built from ${place}, tree ${code(plain`${plain`${tree}`.start(shownDigits)}\u2026`)})`;
}
function shortDigest(digest) {
	return code(shortened(digest), 100);
}
function shortened(digest) {
	const [algorithm = "", hash = ""] = digest.split(":");
	const short = plain`${hash}`.start(shownDigits);
	if (algorithm === "sha256") return plain`sha256:${short}\u2026`;
	return algorithm === "sha512" ? plain`sha512:${short}\u2026` : plain`${algorithm}:${short}\u2026`;
}
function variableName({ variable }) {
	return code(variable, 100);
}
// src/report/monitor.ts
function outcomeText({ monitor, outcome }) {
	const name = prose(monitor);
	switch (outcome) {
		case "created": return md`\u2705 **Registered** with ${name}`;
		case "exists": return md`\u2705 **Registered** with ${name} before`;
		case "updated": return md`\u2705 **Moved** at ${name} to the new endpoint`;
		case "resumed": return md`\u2705 **Resumed** at ${name}`;
		case "paused": return md`\u23f8\ufe0f **Paused** until the next verified deployment, at ${name}`;
		case "removed": return md`\u2705 **Removed** from ${name}`;
		case "delivered": return md`\u2705 **Notified** the ${name}`;
		default: return;
	}
}
function monitorLines(report) {
	const { monitors = [], command, apply } = report;
	const lines = monitors.flatMap((result) => {
		const done = outcomeText(result);
		return [...done === void 0 ? [] : [md`${done}${idText(result)}${publicText(result)}`], ...[result.warning ?? [], result.notices].flat().map((text) => md`\u26a0\ufe0f ${prose(text, 500)}`)];
	});
	const isFailed = outcomeOf(report).status === "failed";
	const hasRegistry = monitors.some(({ outcome }) => outcome === "none");
	if (isFailed && command === "apply" && apply === "done" && hasRegistry && registrationOf(report) === void 0) lines.push(md`\u26aa Nothing was registered with the monitor`);
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
// src/report/plan-checks.ts
const symbols = {
	passed: md`\u2705`,
	warned: md`\u26a0\ufe0f`,
	failed: md`\u274c`
};
function planChecksSection(results = [], budget) {
	if (results.length === 0) return md``;
	const heading = md`### Plan checks`;
	const lines = results.map(lineOf);
	let room = budget - heading.length - lines.reduce((sum, each) => sum + each.length + 4, 2);
	if (room < 0) return md``;
	const urgency = {
		failed: 0,
		warned: 1,
		passed: 2
	};
	const outputs = new Map();
	const byUrgency = results.toSorted((a, b) => urgency[a.outcome] - urgency[b.outcome]);
	byUrgency.forEach((result, index) => {
		const output = outputOf(result, Math.floor(room / (byUrgency.length - index)));
		room -= output.length + 2;
		outputs.set(result, output);
	});
	const parts = results.flatMap((result, index) => [lines[index], outputs.get(result)]);
	return Markdown.join([heading, ...parts], "\n\n");
}
function lineOf({ name: checkName, outcome, observed }) {
	const words = {
		passed: md`passed`,
		warned: md`warns`,
		failed: md`failed`
	};
	const why = outcome === "passed" ? md`` : md`: ${prose(observed, 300)}`;
	return md`${symbols[outcome]} **${name(checkName, 100)}** ${words[outcome]}${why}`;
}
function outputOf({ name: checkName, output }, units) {
	const text = plain`${output}`.visible;
	if (text.isEmpty) return md``;
	for (const limit of [
		units - 200,
		Math.floor(units / 3),
		Math.floor(units / 10)
	]) {
		if (limit < 50) break;
		const section = collapsible(md`Output of ${html(checkName, 100)}`, fence(text.shorten(limit)));
		if (section.length <= units) return section;
	}
	return md``;
}
// src/report/comment.ts
const maxCommentUnits = 65e3;
const maxListed = 25;
function renderComment(report, firstLine, { limit = maxCommentUnits, earlier = [] } = {}) {
	const history = addEntry(entryOf(report), earlier);
	const foot = Markdown.join([historySection(history, report.runUrl), md`<sub>${footer(report)}</sub>`], "\n\n");
	const parts = [md`${hiddenLines(firstLine, history)}\n\n## ${title(report)}`];
	let room = limit - foot.length - (parts[0]?.length ?? 0) - 4;
	const add = (part) => {
		if (part.isEmpty || part.length > room) return;
		parts.push(part);
		room -= part.length + 2;
	};
	add(placeLine(report));
	add(failureAlert(report, Math.floor(limit / 40)));
	add(failureDetails(report, Math.min(2e4, Math.floor(limit / 3))));
	add(differencesSection(report));
	const isProposal = report.plan !== void 0 && report.apply === void 0 && !isDestroying(report);
	if (!isProposal) add(timeline(report, Math.floor(limit / 2)));
	add(evidenceSection(report, Math.min(15e3, Math.floor(room / 2))));
	add(linkLine(report));
	add(planChecksSection(report.planChecks, Math.min(room, Math.floor(limit / 4))));
	const { plan } = report;
	if (plan !== void 0) {
		const elsewhere = md`see the summary of ${runLink(report)}, and its log or plan.txt (output plan-file) for the whole plan`;
		const sections = (units) => units < 1e3 ? md`` : planSections(plan, units, elsewhere, wholePlanLink(plan.text, report.runUrl));
		if (isProposal) {
			add(planOverview(report, Math.floor(limit / 2)));
			add(mergeLine(report));
			add(imagesSection(report));
			add(timeline(report, Math.floor(limit / 4)));
			add(findingsSection(report, Math.min(room, Math.floor(limit / 4))));
			add(remarksSection(report));
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
		md`${hiddenLines(firstLine, addEntry(entryOf(report), earlier))}\n\n## ${title(report)}`,
		failureAlert(report, 500),
		plan && md`**${plan.hasChanges ? countsLine(plan.counts) : md`No changes`}**`,
		md`GitHub refused the whole comment (${prose(why, 300)}). Read the rest in the summary of ${runLink(report)}.`,
		md`<sub>${footer(report)}</sub>`
	], "\n\n");
}
function renderOutdated(report, firstLine, earlier) {
	return md`${hiddenLines(firstLine, addEntry(entryOf(report), earlier))}\n\n## \u26a0\ufe0f Outdated \u00b7 ${stackLabel(report)}\n\nThis comment was about an earlier commit. GitHub refused the report of ${code(plain`${report.commit}`.start(7))}: read it in the summary of ${runLink(report)}, and run the job again.`;
}
function renderClosed(report, firstLine, earlier) {
	const history = addEntry({
		...entryOf(report),
		outcome: "closed"
	}, earlier);
	return Markdown.join([
		md`${hiddenLines(firstLine, history)}\n\n## \u26aa Closed \u00b7 ${stackLabel(report)}`,
		md`This pull request was closed without being merged, so its plan was not applied. Reopen it to plan again.`,
		historySection(history, report.runUrl)
	], "\n\n");
}
function hiddenLines(firstLine, history) {
	return Markdown.join([hiddenLine(firstLine), historyLine(history)], "\n");
}
function planOverview({ plan }, room) {
	if (plan === void 0) return md``;
	const attention = attentionLine(plan);
	if (!plan.hasChanges) return Markdown.join([unchanged[plan.mode], attention], "\n\n");
	if (plan.mode === "refresh-only") {
		const what = [plan.drift.length === 0 ? void 0 : md`${count(plan.drift.length, "resource")}`, plan.outputs.length === 0 ? void 0 : md`${count(plan.outputs.length, "output")}`];
		return md`**Changed outside of ${toolTitle(plan.tool)}: ${Markdown.join(what, ", ")}**`;
	}
	const parts = plan.changes.length === 0 ? [unchangedResourcesLine(plan)] : [
		md`**${countsLine(plan.counts)}**`,
		releasesLine(plan),
		lossAlert(plan, room - 2e3),
		quietLossLine(plan)
	];
	if (plan.drift.length > 0) {
		const some = plan.drift.slice(0, 5).map(({ address }) => code(address, 200));
		const more = plan.drift.length > 5 ? md` and ${plan.drift.length - 5} more` : md``;
		parts.push(md`Changed outside of ${toolTitle(plan.tool)}, and the reason for some of these changes: ${Markdown.join(some, ", ")}${more}.`);
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
function unchangedResourcesLine({ outputs, invocations, deferred }) {
	const what = [
		outputs.length === 0 ? void 0 : md`${count(outputs.length, "output")} to change`,
		invocations.length === 0 ? void 0 : md`${count(invocations.length, "provider action")} to run`,
		deferred.length === 0 ? void 0 : md`${count(deferred.length, "change")} left for a later plan`
	];
	return md`**No resource changes, ${Markdown.join(what, ", ")}**`;
}
function lossAlert(plan, room) {
	const changes = lossyChanges(plan);
	if (changes.length === 0) return md``;
	const named = linesThatFit(changes.slice(0, maxListed).map(destructiveLine), room, 5);
	const verbs = [changes.some(({ kind }) => kind === "delete") ? md`destroys` : void 0, changes.some(({ kind }) => kind === "replace") ? md`replaces` : void 0];
	const holds = changes.length === 1 ? md`holds` : md`hold`;
	return Markdown.join([
		md`> [!WARNING]`,
		md`> This plan ${Markdown.join(verbs, " and ")} ${count(changes.length, "resource")} that ${holds} data, an address or a name:`,
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
	const started = md`${toolTitle(report.tool)} is applying ${knownLink(md`in this run`, report.runUrl)}. If this line stays, the run was stopped: run it again.`;
	return Markdown.join([started, lines], "\n\n");
}
function timelineLines(report) {
	const { apply, stability, gate, taint, plan } = report;
	const lines = [approvalLine(report), ...imageLines(report)].filter((each) => !each.isEmpty);
	if (apply === "done") {
		const counts = plan === void 0 ? md`` : md`: ${countsLine(plan.counts)}`;
		lines.push(plan?.hasChanges === false ? md`\u2705 **Applied** before: nothing was left to change for ${runLink(report)}` : md`\u2705 **Applied** by ${runLink(report)}${counts}`);
	}
	if (stability !== void 0 && stability.failure === void 0) {
		const revision = stability.revision === void 0 ? md`` : md` of ${code(stability.revision)}`;
		const tasks = count(stability.running, "task");
		const runs = stability.runs === void 0 ? md`ECS runs ${tasks}${revision}` : prose(stability.runs);
		lines.push(md`\u2705 **Stable** after ${seconds(stability.elapsedMs)}: ${runs}`);
	}
	lines.push(...(report.notChecked ?? []).map((sentence) => md`\u26aa **Not checked**: ${prose(sentence)}`));
	lines.push(...gateLines(gate));
	if (taint !== void 0) {
		const { tainted, why } = taint;
		const addresses = Markdown.join(tainted.map((address) => code(address)), ", ");
		const undo = Markdown.join(tainted.map((address) => code(plain`${Line.word(report.tool ?? "terraform")} untaint '${address}'`)), ", ");
		lines.push(tainted.length > 0 ? md`\ud83d\udfe0 **Tainted** ${addresses}. ${prose(why)} To undo the taint: ${undo}` : md`\u26aa ${prose(why)}`);
	}
	lines.push(...verifyLines(report), ...rollbackLine(report), ...monitorLines(report), ...destroyLines(report));
	for (const warning of [...gate?.warnings ?? [], ...report.warnings]) lines.push(md`\u26a0\ufe0f ${prose(warning, 500)}`);
	return lines;
}
function gateLines(gate) {
	if (gate === void 0) return [];
	const { serverInfo, latencyMs, protocolVersions, wall, endpoint, tools, elapsedMs } = gate;
	if (!gate.passed) return [md`\u274c **Does not speak MCP** after ${seconds(elapsedMs)}: ${prose(erasLine(gate))}`];
	const lines = [];
	const place = code(publicUrl(endpoint), 300);
	if (protocolVersions.length === 0 && wall !== void 0) {
		const servers = wall.authorizationServers.map((server) => code(server, 200));
		lines.push(md`\u2705 **Asks for authorization** at ${place}, by ${Markdown.join(servers, ", ")}; the server behind it was not checked`);
	} else {
		const versions = Markdown.join(protocolVersions.map((version) => code(version)), " and ");
		const server = serverInfo && md`, server ${code(plain`${serverInfo.name} ${serverInfo.version}`, 120)}`;
		lines.push(md`\u2705 **Speaks MCP** ${versions} at ${place}${server}`, md`\u2705 **Lists ${count(tools.length, "tool")}**${toolNames(tools)}`);
	}
	if (latencyMs !== null) lines.push(md`\u2705 **Answers in ${Math.round(latencyMs)} ms** (median), verified after ${seconds(elapsedMs)}`);
	return lines;
}
function failureAlert({ failures, docsUrl }, units) {
	return Markdown.join(failures.map((failure, index) => singleFailureAlert(failure, index === 0 ? units : Math.floor(units / 4), docsUrl)), "\n\n");
}
function singleFailureAlert(failure, units, docsUrl) {
	return Markdown.join([
		md`> [!CAUTION]`,
		md`> **${failureName(failure, docsUrl)}**: ${prose(plain`${failure.sentence}`.firstLine, units)}`,
		...failure.fix === "" ? [] : [md`>`, md`> **What to do**: ${prose(failure.fix, units)}`]
	], "\n");
}
function failureName({ code }, docsUrl) {
	const words = name(failureCode(code), 60);
	if (docsUrl === void 0 || !/^[A-Z][A-Z\d_]*$/.test(code)) return words;
	return knownLink(words, `${docsUrl}/${isGateCode(code) ? "gate-codes.md" : "failure-codes.md"}#${code}`);
}
function failureDetails({ failures: [failure], problems = [], tool }, units) {
	if (problems.length > 0) return problemsSection(problems, units);
	const details = plain`${failure?.sentence}`.rest.visible;
	return details.isEmpty ? md`` : collapsible(md`${toolTitle(tool)}'s output`, fence(details.shorten(units)), true);
}
function toolNames(tools) {
	if (tools.length === 0) return md``;
	const named = tools.slice(0, 12).map((name) => code(name, 80));
	return md`: ${Markdown.join(named, ", ")}${tools.length > 12 ? md` and ${tools.length - 12} more` : md``}`;
}
function footer({ commit, runUrl, plan, phases, remoteRun }) {
	const total = phases.reduce((sum, { ms }) => sum + ms, 0);
	const version = plan?.terraformVersion ? md` with ${toolTitle(plan.tool)} ${plan.terraformVersion}` : md``;
	const run = knownHtmlLink(md`run`, runUrl);
	const remote = remoteRun === void 0 ? md`` : md`, ${knownHtmlLink(md`run in HCP Terraform`, remoteRun.url)}`;
	return md`${code(plain`${commit}`.start(7))}${version}, ${run}${phases.length === 0 ? md`` : md` of ${seconds(total)}`}${remote}`;
}
function runLink({ runUrl }) {
	return knownLink(md`this run`, runUrl);
}
export { failureAlert, failureDetails, failureName, findingsSection, imagesSection, maxCommentUnits, mergeLine, placeLine, planChecksSection, planOverview, renderClosed, renderComment, renderCounts, renderOutdated, stackLabel, targetLabel, timelineLines, title };
