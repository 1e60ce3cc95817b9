import { Line, count, day, driftWord, seconds, toolTitles } from "./entry.js";
import { Markdown, code, collapsible, fence, html, knownHtmlLink, knownLink, list, md, plain, prose, row } from "./markdown.js";
import { problemLine } from "./problems.js";
import { weights } from "./line.js";
// src/report/tool.ts
function toolTitle(tool) {
	return Markdown.word(toolTitles[tool ?? "terraform"]);
}
function toolCommand(tool) {
	return Markdown.word(tool ?? "terraform");
}
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
			icon: md`\u2705`,
			reason: md`**As reviewed**: the plan matches the plan reviewed at ${review}`
		};
		case "covered": {
			const pulls = Markdown.join((approval.pullRequests ?? []).map((number) => md`#${number}`), ", ");
			return {
				icon: md`\u2705`,
				reason: md`**As reviewed**: every change was reviewed on pull request ${pulls}`
			};
		}
		case "remainder": return {
			icon: md`\u2705`,
			reason: md`**As reviewed**: the plan is the remainder of the plan reviewed at ${review}`
		};
		case "approved-by-fingerprint": return {
			icon: md`\u2705`,
			reason: md`**As approved**: the plan has the fingerprint ${code(fingerprint)}`
		};
		case "not required": return {
			icon: md`\u26aa`,
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
const maxPlaces = 30;
function remarksSection({ approval }) {
	const { remarks } = approval ?? {};
	if (remarks === void 0) return md``;
	const { unreviewable, placeholders, ignored, dated } = remarks;
	const words = {
		commit: md`the commit`,
		timestamp: md`the time of the plan`,
		identity: md`the identity of the caller`
	};
	const replaced = Object.keys(words).filter((name) => placeholders[name].length > 0).map((name) => md`${words[name]} in ${places(placeholders[name])}`);
	const lines = [
		unreviewable.length === 0 ? void 0 : md`**Known only after the apply**, so nobody can review these values: ${places(unreviewable)}. The apply compares the variables and references of their expressions.`,
		replaced.length === 0 ? void 0 : md`**Placeholders**, because the apply has its own: ${Markdown.join(replaced, "; ")}.`,
		ignored.length === 0 ? void 0 : md`**Not compared**, because plan-approval-ignore names them: ${Markdown.join(ignored.map((text) => code(text, 200)), ", ")}.`,
		dated.length === 0 ? void 0 : md`**Holds the date of this plan**: ${places(dated)}. If it comes from \`plantimestamp()\`, an apply on another day is refused, and with \`timeadd()\` every apply: see the warning.`
	].filter((each) => each !== void 0);
	return lines.length === 0 ? md`` : collapsible(md`How the apply compares this plan`, list(lines), ignored.length > 0);
}
function places(list) {
	const shown = list.slice(0, maxPlaces).map(({ address, attribute }) => code(`${address}: ${attribute}`, 200));
	const more = list.length > maxPlaces ? md` and ${list.length - maxPlaces} more` : md``;
	return md`${Markdown.join(shown, ", ")}${more}`;
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
	"create,forget": md`replace, the old one stays unmanaged`,
	"forget,create": md`replace, the old one stays unmanaged`,
	invoke: md`action`
};
function verb$1(actions) {
	return (Object.hasOwn(verbs$1, actions) ? verbs$1[actions] : void 0) ?? prose(actions);
}
function checkSection({ check, tool }) {
	if (check === void 0) return md``;
	const { visitor, credentials, unformatted, diagnostics, programs } = check;
	const whose = visitor === "fork" ? md`comes from a fork` : md`is of Dependabot`;
	const wasRead = credentials.length > 0;
	const command = wasRead ? md`\`${toolCommand(tool)} fmt\`` : md`\`${toolCommand(tool)} validate\``;
	const lines = [
		unformatted.length === 0 ? md`\u2705 \`${toolCommand(tool)} fmt\`: formatted` : md`\u26a0\ufe0f \`${toolCommand(tool)} fmt\` would change ${codeList(unformatted, maxFiles)}`,
		...diagnostics.length === 0 && !wasRead ? [md`\u2705 ${command}: valid`] : [],
		...diagnostics.slice(0, maxProblems).map((each) => md`${problemLine(each)} ${prose(each.detail, 500)} (${command})`),
		...diagnostics.length > maxProblems ? [md`and ${count(diagnostics.length - maxProblems, "more finding")}`] : [],
		...wasRead ? [md`\`${toolCommand(tool)} validate\`: not run`] : [],
		...programs.length > 0 ? [md`Read this before you plan it. It would download or start: ${programList(programs)}`] : []
	];
	const whyRead = md`Its code was read and not executed: a program can read the credentials of its job, and this job holds ${codeList(credentials, maxFiles)}. To have such pull requests validated too, check them in a job without credentials, as the recipes do.`;
	return Markdown.join([
		md`There is no plan: the pull request ${whose}. A plan executes the code, and such code gets no credentials. To get a plan, review the commits and push them to a branch of this repository.`,
		...wasRead ? [whyRead] : [],
		list(lines)
	], "\n\n");
}
function codeList(names, max) {
	const shown = Markdown.join(names.slice(0, max).map((name) => code(name, 200)), ", ");
	return names.length > max ? md`${shown} and ${names.length - max} more` : shown;
}
function programList(programs) {
	const shown = Markdown.join(programs.slice(0, maxFiles).map(({ what, name }) => md`${programWords[what]} ${code(name, 200)}`), ", ");
	return programs.length > maxFiles ? md`${shown} and ${programs.length - maxFiles} more` : shown;
}
const programWords = {
	provider: md`provider`,
	module: md`module`,
	program: md`the program of`,
	file: md`whatever is in`
};
// src/report/resource-diff.ts
const maxSummaryPlanBytes = 9e5;
const maxLines = 120;
const maxUnits = 8e3;
const maxDecidingUnits = 2e4;
const maxUnitsPerLine$1 = 1e3;
const maxNamed = 6;
function resourceDiff(lines, wholePlan, detail = "whole") {
	if (lines.length === 0) return md`No attribute changes.`;
	const shown = selectLines(lines, detail);
	const omitted = lines.filter((_, index) => !shown.has(index));
	const texts = [...shown].sort(([a], [b]) => a - b).map(([, text]) => text);
	const block = texts.length === 0 ? md`` : fence(texts, "diff");
	const shortened = lines.filter((line, index) => shown.has(index) && line.isShortened).length;
	return Markdown.join([block, omissionLine(omitted, shortened, wholePlan)], "\n\n");
}
function resourceLines(lines) {
	const shown = selectLines(lines, "whole");
	const omitted = lines.filter((_, index) => !shown.has(index));
	const texts = [...shown].sort(([a], [b]) => a - b).map(([, text]) => text);
	if (omitted.length === 0) return texts;
	const names = [...new Set(omitted.map(({ attribute }) => attribute))].slice(0, maxNamed).join(", ");
	return [...texts, plain`# \u2026 ${count(omitted.length, "more line")} of ${plain`${names}`.shorten(200).oneLine}`];
}
function diffLine({ prefix, text, remark }) {
	const shown = plain`${prefix}${text}${remark}`;
	if (shown.length <= maxUnitsPerLine$1) return shown;
	return plain`${prefix}${plain`${text}`.shorten(800)}${remark}`;
}
function wholePlanLink(text, runUrl) {
	return Buffer.byteLength(text) <= maxSummaryPlanBytes ? md`${knownLink(md`whole plan`, runUrl)} in the summary of the run` : md`whole plan in the file plan.txt (output plan-file), because it is too long for the ${knownLink(md`summary`, runUrl)}`;
}
function selectLines(lines, detail) {
	const shown = new Map();
	let units = 0;
	for (const weight of Object.values(weights)) {
		const isDeciding = weight <= weights.plain;
		if (!isDeciding && detail === "deciding") break;
		for (const [index, line] of lines.entries()) {
			if (line.weight !== weight) continue;
			if (isDeciding ? units > maxDecidingUnits : units > maxUnits || shown.size >= maxLines) return shown;
			const text = diffLine(line);
			units += text.length + 1;
			shown.set(index, text);
		}
	}
	return shown;
}
function omissionLine(omitted, shortened, wholePlan) {
	if (omitted.length === 0 && shortened === 0) return md``;
	const byAttribute = [...Map.groupBy(omitted, ({ attribute }) => attribute)].sort(([, a], [, b]) => b.length - a.length);
	const named = byAttribute.slice(0, maxNamed).map(([name, lines]) => md`${count(lines.length, "line")} of ${code(name, 80)}`);
	const more = byAttribute.length - named.length;
	const deciding = omitted.filter(({ weight }) => weight <= weights.plain).length;
	const parts = [
		...named,
		more === 0 ? void 0 : md`lines of ${count(more, "more attribute")}`,
		shortened === 0 ? void 0 : md`parts of ${count(shortened, "long line")}`
	];
	const warning = deciding === 0 ? md`` : md` \u26a0\ufe0f ${deciding} of these lines decide.`;
	return md`Not shown here: ${Markdown.join(parts, ", ")}.${warning} Read the ${wholePlan}.`;
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
	delete: "\ud83d\udd34",
	replace: "\ud83d\udfe0",
	update: "\ud83d\udfe1",
	create: "\ud83d\udfe2",
	forget: "\u26aa",
	move: "\ud83d\udd35",
	import: "\ud83d\udd35",
	read: "\u26aa",
	none: "\u26aa"
};
const reasons = {
	replace_because_tainted: md`is tainted: the last deployment of it failed`,
	replace_because_cannot_update: md`cannot be changed in place`,
	replace_by_request: md`was asked for by the input replace`,
	replace_by_triggers: md`what replace_triggered_by names is changed`,
	delete_because_no_resource_config: md`is no longer in the configuration`,
	delete_because_no_module: md`its module is no longer in the configuration`,
	delete_because_wrong_repetition: md`count or for_each was added or taken away`,
	delete_because_count_index: md`its index is out of range of count`,
	delete_because_each_key: md`its key is no longer in for_each`,
	delete_because_no_move_target: md`was moved to an address that is not in the configuration`
};
const ordinaryReason = "replace_because_cannot_update";
const deferrals = {
	instance_count_unknown: md`its count or for_each is known only after this apply`,
	resource_config_unknown: md`its configuration is known only after this apply`,
	provider_config_unknown: md`its provider's configuration is known only after this apply`,
	absent_prereq: md`what it reads does not exist yet`,
	deferred_prereq: md`what it depends on is left for later, too`
};
const failureModes = {
	taint: md`; if it fails, the resource is tainted`,
	continue: md`; if it fails, the apply goes on`
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
const maxLinesPerBlock = 120;
const maxUnitsPerBlock = 8e3;
const maxUnitsPerLine = 1e3;
const maxUnitsPerAddress = 200;
const minShares = 12;
const minRoom = 1e3;
const maxInLine = 5;
function lossyChanges({ changes }) {
	return changes.filter(({ loss }) => loss !== void 0);
}
function destructiveLine(change) {
	const { kind, address, loss, deposed } = change;
	const unknown = md`, of a type that the action does not know`;
	const lost = loss === void 0 ? md`` : loss === "unknown" ? unknown : md` and lose ${Markdown.word(loss)}`;
	const old = deposed ? md` (an old object of it)` : md``;
	return md`${symbol(kind)} **${verb(kind)}** ${code(address, maxUnitsPerAddress)}${old}${lost}${reasonText(change)}`;
}
function quietLossLine({ changes }) {
	const quiet = changes.filter(({ kind, loss, release, keepsOld }) => (kind === "delete" || kind === "replace") && loss === void 0 && release === void 0 && !keepsOld);
	const sentence = (kind, word) => {
		const some = quiet.filter((change) => change.kind === kind);
		return some.length === 0 ? void 0 : md`${word} ${addressList(some)}`;
	};
	const parts = [sentence("delete", md`destroys`), sentence("replace", md`replaces`)];
	if (quiet.length === 0) return md``;
	const hold = quiet.length === 1 ? md`holds` : md`hold`;
	return md`The plan ${Markdown.join(parts, " and ")}, which ${hold} no data, no address and no name.`;
}
function addressList(changes) {
	const some = changes.slice(0, maxInLine).map(({ address }) => code(address, maxUnitsPerAddress));
	const more = changes.length > maxInLine ? md` and ${changes.length - maxInLine} more` : md``;
	return md`${Markdown.join(some, ", ")}${more}`;
}
function releasesLine({ changes }) {
	const releases = changes.flatMap(({ release, address }) => release === void 0 ? [] : [{
		release,
		address
	}]);
	const shown = releases.slice(0, maxInLine).map(({ release, address }) => {
		const rollout = release.rollout === void 0 ? md`` : md`, ${Markdown.word(release.rollout)}`;
		return md`\ud83d\udd04 New ${releaseName(release, address)}${rollout}`;
	});
	const more = releases.length > maxInLine ? [md`and ${releases.length - maxInLine} more`] : [];
	return Markdown.join([...shown, ...more], " \u00b7 ");
}
function releaseName({ what, name, number }, address) {
	const published = name === "" ? address : name;
	if (what === "revision") return md`revision ${code(number === void 0 ? published : `${published}:${number}`, 120)}`;
	const numbered = number === void 0 ? md`` : md` ${number}`;
	return md`${Markdown.word(what)}${numbered} of ${code(published, 120)}`;
}
function attentionLine({ checks, warnings, deferred, invocations, tool }) {
	const failing = checks.filter(({ status }) => status === "fail" || status === "error").length;
	const parts = [
		failing === 0 ? void 0 : md`\u274c ${count(failing, "check")} failed`,
		warnings.length === 0 ? void 0 : md`\u26a0\ufe0f ${count(warnings.length, "warning")} of ${toolTitle(tool)}`,
		invocations.length === 0 ? void 0 : md`\u26a1 ${count(invocations.length, "provider action")} to run`,
		deferred.length === 0 ? void 0 : md`\u23f8\ufe0f ${deferred.length} left for a later plan`
	];
	return Markdown.join(parts, " \u00b7 ");
}
function planSections(plan, budget, elsewhere, wholePlan) {
	const share = Math.min(maxUnitsPerBlock, Math.floor(budget / minShares));
	const others = share * minShares < minRoom * 2 ? md`` : otherSections(plan, share);
	const room = budget - others.length - 1;
	if (room < minRoom) return plan.changes.length === 0 ? md`` : omittedChangesLine(plan.changes, elsewhere);
	const ofKind = (...kinds) => plan.changes.filter(({ kind }) => kinds.includes(kind));
	const lists = listSections(ofKind("move", "import", "forget"), share, plan.tool);
	const forChanges = room - lists.length - 1;
	const singles = ofKind("delete", "replace", "update").sort((a, b) => sectionRank(a) - sectionRank(b));
	const creates = ofKind("create");
	const reserved = Math.floor(forChanges / 4);
	const section = sectionRenderer(wholePlan);
	if (reserved < minRoom) {
		const changed = firstSections([...singles, ...creates], forChanges, elsewhere, section);
		return Markdown.join([
			changed,
			lists,
			others
		], "\n");
	}
	const few = createsSection(creates, reserved, elsewhere, section);
	const forSingles = forChanges - few.length - 1;
	const whole = singleSections(singles, forSingles, section, "whole") ?? singleSections(singles, forSingles, section, "deciding");
	const created = whole === void 0 ? few : createsSection(creates, forChanges - whole.length - 1, elsewhere, section);
	const changed = whole ?? firstSections(singles, forChanges - created.length - 1, elsewhere, section);
	return Markdown.join([
		changed,
		created,
		lists,
		others
	], "\n");
}
function sectionRenderer(wholePlan) {
	const rendered = {
		whole: new Map(),
		deciding: new Map()
	};
	return (change, detail) => {
		const section = rendered[detail].get(change) ?? changeSection(change, wholePlan, detail);
		rendered[detail].set(change, section);
		return section;
	};
}
function sectionRank({ kind, release }) {
	return kind === "delete" ? 0 : kind === "replace" && release === void 0 ? 1 : release !== void 0 ? 2 : 3;
}
function singleSections(changes, room, section, detail) {
	const sections = [];
	let used = 0;
	for (const change of changes) {
		const rendered = section(change, detail);
		used += rendered.length + 1;
		if (used > room) return void 0;
		sections.push(rendered);
	}
	return Markdown.join(sections, "\n");
}
function firstSections(changes, room, elsewhere, section) {
	const forSections = room * 3 / 4;
	const sections = [];
	let used = 0;
	for (const change of changes) {
		const rendered = section(change, "deciding");
		if (used + rendered.length + 1 > forSections) break;
		used += rendered.length + 1;
		sections.push(rendered);
	}
	const rest = changes.slice(sections.length);
	if (rest.length === 0) return Markdown.join(sections, "\n");
	const omitted = omittedChangesLine(rest, elsewhere);
	const names = namesSection(rest, room - used - omitted.length - 200);
	return Markdown.join([
		...sections,
		names,
		omitted
	], "\n");
}
const maxSectionFrame = 400;
function createsSection(changes, budget, elsewhere, section) {
	const [first] = changes;
	if (first === void 0) return md``;
	const single = changes.length === 1 ? section(first, "whole") : void 0;
	if (single !== void 0 && single.length <= budget) return single;
	const title = md`${symbol("create")} create ${count(changes.length, "resource")}`;
	const room = budget - maxSectionFrame;
	const byType = [...Map.groupBy(changes, ({ type }) => type)].sort(([a], [b]) => a < b ? -1 : 1);
	if (!haveRoom(changes, room)) return collapsible(title, createdNames(byType, room, elsewhere));
	const blocks = [];
	let used = 0;
	for (const [type, some] of byType) {
		const block = createsBlock(type, some, room - used);
		used += block.length + 2;
		if (used > room) return collapsible(title, createdNames(byType, room, elsewhere));
		blocks.push(block);
	}
	return collapsible(title, Markdown.join(blocks, "\n\n"));
}
function haveRoom(changes, room) {
	let units = 0;
	return changes.every(({ address }) => {
		units += createdHead(address).length + 1;
		return units <= room;
	});
}
function createdHead(address) {
	return plain`# ${shortAddress(address)}`;
}
function createsBlock(type, changes, room) {
	const lines = [];
	let units = 0;
	for (const { address, lines: attributes } of changes) {
		const more = [createdHead(address), ...resourceLines(attributes)];
		if (lines.length > 0) more.unshift(plain``);
		lines.push(...more);
		units += more.reduce((sum, { length }) => sum + length + 1, 0);
		if (units > room) break;
	}
	return md`${code(type, 120)}: ${changes.length}\n\n${fence(lines, "diff")}`;
}
function createdNames(byType, room, elsewhere) {
	const total = byType.reduce((sum, [, some]) => sum + some.length, 0);
	const lines = byType.flatMap(([, some]) => some.map(({ address }) => () => plain`+ ${shortAddress(address)}`));
	const remark = md`The attributes are not shown: ${elsewhere}.`;
	const shown = firstLines(lines, room - remark.length);
	if (shown.length < total) shown.push(plain`# \u2026 ${total - shown.length} more to create`);
	return md`${remark}\n\n${fence(shown, "diff")}`;
}
function listSections(changes, share, tool) {
	const section = (kind, title, item) => {
		const some = changes.filter((change) => change.kind === kind);
		const lines = some.map((change) => () => item(change));
		if (some.length === 0) return md``;
		return collapsible(md`${symbol(kind)} ${verb(kind)} ${count(some.length, "resource")}${title}`, firstItems(lines, share));
	};
	const name = ({ address }) => code(address, maxUnitsPerAddress);
	return Markdown.join([
		section("move", md` in the state`, (change) => md`${code(change.previousAddress ?? "", maxUnitsPerAddress)} \u2192 ${name(change)}${importedText(change)}`),
		section("import", md` into the state`, (change) => md`${name(change)}${change.imported === void 0 ? md`` : objectText(change.imported, code)}`),
		section("forget", md`: it stays, and ${toolTitle(tool)} no longer manages it`, name)
	], "\n");
}
const maxIdentity = 6;
function importedText({ imported }) {
	return imported === void 0 ? md`` : md` (imported${objectText(imported, code)})`;
}
function objectText({ id, identity }, render) {
	if (id !== void 0) return md`, id ${render(plain`${id}`, maxUnitsPerAddress)}`;
	const attributes = Object.entries(identity);
	if (attributes.length === 0) return md`, an object that is known after apply`;
	const shown = attributes.slice(0, maxIdentity).map(([name, value]) => render(plain`${name} = ${value}`, maxUnitsPerAddress));
	const more = attributes.length > maxIdentity ? md` and ${attributes.length - maxIdentity} more` : md``;
	return md`, identity ${Markdown.join(shown, ", ")}${more}`;
}
function otherSections({ drift, outputs, checks, warnings, invocations, deferred, tool }, share) {
	return Markdown.join([
		driftSection$1(drift, share, tool),
		outputsSection(outputs, share),
		checksSection$1(checks, share),
		warningsSection(warnings, share, tool),
		invocationsSection(invocations, share),
		deferredSection(deferred, share, tool)
	], "\n");
}
function changeSection(change, wholePlan, detail) {
	const { address, kind, previousAddress, imported, deposed, keepsOld, release, lines } = change;
	const inSummary = (text, maxUnits) => md`<code>${html(text, maxUnits)}</code>`;
	const remarks = [
		previousAddress === void 0 ? md`` : md` (moved from <code>${html(previousAddress, maxUnitsPerAddress)}</code>)`,
		imported === void 0 ? md`` : md` (imported${objectText(imported, inSummary)})`,
		deposed ? md` (what an earlier replacement left behind)` : md``,
		keepsOld ? md` (the old one stays, and nothing manages it)` : md``
	];
	const what = release === void 0 ? md`${symbol(kind)} ${verb(kind)}` : md`\ud83d\udd04 new ${Markdown.word(release.what)}`;
	const title = md`${what} <code>${html(address, maxUnitsPerAddress)}</code>${Markdown.join(remarks, "")}`;
	const isRoutine = release !== void 0 && (change.reason ?? ordinaryReason) === ordinaryReason;
	const reason = (kind === "delete" || kind === "replace") && !isRoutine ? reasonText(change) : md``;
	return collapsible(title, Markdown.join([reason.isEmpty ? void 0 : md`Reason${reason}.`, resourceDiff(lines, wholePlan, detail)], "\n\n"));
}
function diffBlock(lines, maxUnits) {
	const shown = firstLines(lines, maxUnits, maxLinesPerBlock);
	if (shown.length < lines.length) shown.push(plain`# \u2026 ${count(lines.length - shown.length, "more line")}`);
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
function driftSection$1(drift, share, tool) {
	if (drift.length === 0) return md``;
	const items = drift.map(({ address, kind, lines }) => {
		return {
			address,
			what: kind === "delete" ? "is gone" : "was changed",
			lines
		};
	});
	return attributesSection(md`Changed outside of ${toolTitle(tool)}: ${count(drift.length, "resource")}`, items, share);
}
function attributesSection(title, items, units) {
	const lines = items.flatMap(({ address, what, lines }, index) => [
		...index === 0 ? [] : [() => plain``],
		() => plain`# ${shortAddress(address)} ${Line.word(what)}`,
		...lines.map((each) => () => diffLine(each))
	]);
	return collapsible(title, diffBlock(lines, units));
}
function outputsSection(outputs, share) {
	if (outputs.length === 0) return md``;
	const lines = outputs.flatMap((output) => output.lines.map((each) => () => diffLine(each)));
	return collapsible(md`Outputs: ${count(outputs.length, "change")}`, diffBlock(lines, share));
}
function checksSection$1(checks, share) {
	const failing = checks.filter(({ status }) => status === "fail" || status === "error");
	const unknown = checks.filter(({ status }) => status === "unknown");
	if (failing.length === 0 && unknown.length === 0) return md``;
	const lines = [...failing.map(({ address, problems, status }) => () => {
		const reported = Markdown.join(problems.map((problem) => prose(problem, 500)), "; ");
		const why = status === "error" ? md`could not be checked` : md`failed`;
		return md`\u274c ${code(address, maxUnitsPerAddress)}: ${reported.isEmpty ? why : reported}`;
	}), ...unknown.map(({ address }) => () => md`\u26aa ${code(address, maxUnitsPerAddress)}: unknown until the apply`)];
	const passing = checks.length - failing.length - unknown.length;
	const each = [
		failing.length === 0 ? void 0 : md`${failing.length} failed`,
		passing === 0 ? void 0 : md`${passing} passed`,
		unknown.length === 0 ? void 0 : md`${unknown.length} unknown until the apply`
	];
	return collapsible(md`Checks: ${Markdown.join(each, ", ")}`, firstItems(lines, share), failing.length > 0);
}
function warningsSection(warnings, share, tool) {
	if (warnings.length === 0) return md``;
	const lines = warnings.flatMap(({ summary, excerpt, detail }, index) => [
		...index === 0 ? [] : [() => plain``],
		() => plain`Warning: ${summary}`,
		...[excerpt, detail].flatMap((part) => part === "" ? [] : [() => plain``, ...plain`${part}`.visible.lines.map((text) => () => text)])
	]);
	const shown = firstLines(lines, share);
	if (shown.length < lines.length) shown.push(plain`\u2026 ${count(lines.length - shown.length, "more line")}`);
	return collapsible(md`Warnings of ${toolTitle(tool)}: ${warnings.length}`, fence(shown));
}
function invocationsSection(invocations, share) {
	if (invocations.length === 0) return md``;
	const lines = invocations.map(({ address, isInvoked, event, resource, onFailure }) => () => {
		const when = String(plain`${event}`).replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
		const of = resource === "" ? md`` : md` of ${code(resource, maxUnitsPerAddress)}`;
		const failing = ourWords(failureModes, onFailure) ?? md``;
		const trigger = isInvoked ? md`, which no change triggers (-invoke)` : when === "" ? md`` : md` ${prose(when, 80)}${of}`;
		return md`\u26a1 ${code(address, maxUnitsPerAddress)}${trigger}${failing}`;
	});
	const configured = invocations.filter((each) => each.lines.length > 0);
	const attributes = configured.flatMap(({ address, lines: each }, index) => [
		...index === 0 ? [] : [() => plain``],
		() => plain`# ${shortAddress(address)}`,
		...each.map((attribute) => () => diffLine(attribute))
	]);
	return collapsible(md`Provider actions that the apply runs: ${invocations.length}`, Markdown.join([firstItems(lines, configured.length === 0 ? share : Math.floor(share / 2)), configured.length === 0 ? void 0 : diffBlock(attributes, Math.floor(share / 2))], "\n\n"));
}
function deferredSection(deferred, share, tool) {
	if (deferred.length === 0) return md``;
	const lines = deferred.map(({ address, kind, reason }) => () => {
		const what = kind === "none" ? md`` : md` (${verb(kind)})`;
		const foreignReason = prose(reason, 80);
		const why = ourWords(deferrals, reason) ?? (foreignReason.isEmpty ? md`${toolTitle(tool)} gives no reason` : foreignReason);
		return md`\u23f8\ufe0f ${code(address, maxUnitsPerAddress)}${what}: ${why}`;
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
	const why = [reason === void 0 || isForced && reason === ordinaryReason ? void 0 : ourWords(reasons, reason) ?? code(reason, 80), isForced ? md`${forcing}${more} cannot be changed in place` : void 0].filter((part) => part !== void 0);
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
	if (outcome === "nothing") lines.push(md`\u26aa **Nothing to destroy**: the state holds no resource of the stack`);
	if (outcome === "done") {
		const destroyed = plan === void 0 ? md`` : md`: ${count(plan.counts.destroy, "resource")}`;
		lines.push(md`\u2705 **Destroyed** by ${knownLink(md`this run`, runUrl)}${destroyed}, and nothing is left in the state`);
	}
	if (outcome === "left") lines.push(md`\u274c **Not destroyed**: ${listFirst(left, (address) => code(address, 200))}`);
	if (deactivated > 0) lines.push(md`\u26aa **Inactive** in the environment: ${count(deactivated, "deployment")}`);
	return lines;
}
function verifyLines({ certificate, drift, failures, warnings, issue, tool }) {
	const lines = [];
	if (certificate !== void 0) {
		const { daysLeft, validTo, host, issuer } = certificate;
		const isWell = !failures.some(({ code }) => code === "CERTIFICATE_EXPIRES") && !warnings.some((each) => each.startsWith("CERTIFICATE_EXPIRES"));
		const by = issuer === "" ? md`` : md`, issued by ${code(issuer, 120)}`;
		lines.push(md`${isWell ? md`\u2705` : md`\u274c`} **Certificate** of ${code(host, 200)}: ${count(daysLeft, "day")} left, until ${day(validTo)}${by}`);
	}
	if (drift !== void 0) lines.push(driftLine(drift, failures.some(({ code: failed }) => failed === "DRIFT"), tool));
	for (const each of drift?.filledIn ?? []) lines.push(filledInLine(each));
	if (issue !== void 0) lines.push(issueLine(issue));
	return lines;
}
function driftLine(drift, isFailed, tool) {
	const addresses = driftAddresses(drift);
	const isRefresh = drift.plan === "refresh-only";
	if (addresses.length === 0) return isRefresh ? md`\u2705 **No drift**: the deployed resources match the last apply` : md`\u2705 **No drift**: the deployed resources match the configuration`;
	const kinds = new Map(drift.changes.map(({ address, kind }) => [address, kind]));
	const named = listFirst(addresses, (address) => {
		const kind = kinds.get(address);
		return md`${code(address, 200)}${kind && md` (${Markdown.word(driftWord(drift.plan, kind))})`}`;
	});
	const what = isRefresh ? md`outside of ${toolTitle(tool)}` : md`an apply would change`;
	return md`${isFailed ? md`\u274c` : md`\u26a0\ufe0f`} **Drift**: ${what} ${named}`;
}
function filledInLine({ provider, attribute, resources }) {
	const name = code(provider.replace(/^registry\.(terraform\.io|opentofu\.org)\//, ""), 120);
	return md`\u26aa **Not drift**: the provider ${name} now fills in ${code(attribute, 80)} on ${count(resources, "resource")}; the next apply saves it in the state`;
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
	const symbol = outcome === "closed" ? md`\u2705` : md`\ud83d\udd14`;
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
		md`\u274c`,
		check,
		md`the plan was not approved; ${fingerprint}${where}`
	]];
	const { icon, reason } = approvalReason(report) ?? {
		icon: md`\u2705`,
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
	const check = stability.runs === void 0 ? md`ECS runs what was applied` : md`the platform runs what was applied`;
	if (failure !== void 0) return [[
		md`\u274c`,
		check,
		prose(failure.sentence, 500)
	]];
	const parts = [
		revision === void 0 ? void 0 : code(revision),
		stability.runs === void 0 ? md`${count(running, "task")} after ${seconds(elapsedMs)}` : md`after ${seconds(elapsedMs)}`,
		deployment && md`deployment ${code(deployment.id)}`,
		previousRevision === void 0 ? void 0 : md`before it ${code(plain`${previousRevision}`.lastPart)}`
	];
	return [[
		md`\u2705`,
		check,
		Markdown.join(parts, ", ")
	]];
}
function readinessRow({ readiness }) {
	if (readiness === void 0) return [];
	const { failure, elapsedMs } = readiness;
	const check = md`status checks of the instance`;
	return failure === void 0 ? [[
		md`\u2705`,
		check,
		md`both passed after ${seconds(elapsedMs)}`
	]] : [[
		md`\u274c`,
		check,
		prose(failure.sentence, 500)
	]];
}
export { approvalLine, attentionLine, checkSection, checksSection, destroyLines, destructiveLine, differencesSection, driftAddresses, driftSection, lossyChanges, planSections, quietLossLine, releasesLine, remarksSection, toolTitle, verifyLines, wholePlanLink };
