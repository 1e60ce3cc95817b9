import { count, joinLines, lastPart, line, secrets, short, timeOfDay } from "./entry.js";
import { failing } from "./task-rule.js";
import { Markdown, code, collapsible, fence, html, list, md, plain, prose } from "./markdown.js";
// src/report/evidence.ts
const maxItems = {
	events: 10,
	stopped: 5,
	targets: 10,
	console: 40
};
const maxUnitsPerLine = 500;
function evidenceSection({ evidence }, limit) {
	if (evidence === void 0) return md``;
	const title = md`What AWS shows of <code>${html(evidence.subject, 150)}</code>`;
	let remaining = limit - title.length - 100;
	const parts = sections(evidence).filter((part) => {
		if (part.isEmpty || part.length + 2 > remaining) return false;
		remaining -= part.length + 2;
		return true;
	});
	return parts.length === 0 ? md`` : collapsible(title, Markdown.join(parts, "\n\n"));
}
function sections(evidence) {
	const { log, console, omitted, microVm } = evidence;
	const lines = log?.lines ?? [];
	return [
		titledList(md`Reasons that AWS gives`, reasonLines(evidence), microVm?.failureReasons.length ?? 0),
		titledList(md`Tasks that stopped`, stoppedLines(evidence), maxItems.stopped),
		titledList(md`Targets`, targetLines(evidence), maxItems.targets),
		log === void 0 || lines.length === 0 ? md`` : md`The last ${count(lines.length, "line")} of ${sourceOf(evidence)} ${code(log.container)} (${code(`${log.group} ${log.stream}`.trimEnd(), 300)}):\n\n${fence(shortenLines(lines))}`,
		console.length === 0 ? md`` : md`The end of the console output:\n\n${fence(shortenLines(console.slice(-maxItems.console)))}`,
		titledList(md`Events of the service, the newest first`, eventLines(evidence), maxItems.events),
		titledList(md`Missing details`, omittedLines(evidence), omitted.length)
	];
}
function evidenceLines(evidence) {
	const { log, console, instance, subject } = evidence;
	const indent = (text) => line`  ${text}`;
	return [
		...reasonLines(evidence),
		...stoppedLines(evidence),
		...targetLines(evidence),
		...instance === void 0 ? [] : [line`instance ${subject}: ${instance.state}, system check ${instance.system}, instance check ${instance.instance}`],
		...log === void 0 ? [] : [line`log of ${sourceOf(evidence)} ${log.container} (${log.group} ${log.stream}):`, ...log.lines.map(indent)],
		...console.length === 0 ? [] : [line`console output:`, ...console.slice(-maxItems.console).map(indent)],
		...omittedLines(evidence)
	];
}
function sourceOf({ lambda, microVm }) {
	if (microVm !== void 0) return line`runtime`;
	return lambda === void 0 ? line`container` : line`function`;
}
function reasonLines({ microVm }) {
	return (microVm?.failureReasons ?? []).map((reason) => line`AWS says: ${short(reason, 600)}`);
}
function stoppedLines({ stopped }) {
	return stopped.map((task) => {
		const container = failing(task);
		const { exitCode, reason = "", health } = container ?? {};
		return joinParts([
			line`${timeOfDay(task.stoppedAt)} task ${lastPart(secrets.redact(task.arn))}: ${short(task.stoppedReason || task.stopCode, 600)}`,
			container && line`; container ${container.name}`,
			exitCode === void 0 ? void 0 : line` exit code ${exitCode}`,
			health === "UNHEALTHY" ? line` unhealthy` : void 0,
			reason === "" || reason === task.stoppedReason ? void 0 : line`, ${reason}`
		]);
	});
}
function targetLines({ targetGroups }) {
	return targetGroups.flatMap(({ name, healthPath, healthyCodes, targets }) => {
		const asked = healthPath === "" ? line`` : line`, checked on ${healthPath} for ${healthyCodes}`;
		if (targets.length === 0) return [line`target group ${name}${asked}: no target is registered`];
		return targets.map(({ id, port, state, reason, description }) => joinParts([
			port === void 0 ? line`target ${id} of ` : line`target ${id}:${port} of `,
			line`${name}${asked}: ${state}`,
			...[reason, description].map((text) => text === "" ? void 0 : line`, ${text}`)
		]));
	});
}
function eventLines({ events }) {
	return events.map(({ createdAt, message }) => line`${timeOfDay(createdAt)} ${short(message, 600)}`);
}
function omittedLines({ omitted }) {
	return omitted.map(({ detail, action, why }) => action === void 0 ? line`${detail} could not be read: ${short(why, 300)}` : line`${detail} would be here if the role of this job had ${action}`);
}
function joinParts(parts) {
	return joinLines(parts.filter((part) => part !== void 0), line``);
}
function titledList(title, lines, maxListed) {
	if (lines.length === 0) return md``;
	const items = lines.slice(0, maxListed).map((each) => prose(each));
	const more = lines.length > maxListed ? [md`and ${lines.length - maxListed} more`] : [];
	return md`${title}:\n\n${list([...items, ...more])}`;
}
function shortenLines(lines) {
	return lines.map((each) => plain`${each}`.shorten(maxUnitsPerLine));
}
function rollbackLine({ rollback }) {
	if (rollback === void 0) return [];
	const what = rollback.restored ? md`\ud83d\udfe0 **Rolled back**` : md`\u274c **The rollback is not verified**`;
	return [md`${what}: ${prose(rollback.sentence)}`];
}
export { evidenceLines, evidenceSection, rollbackLine };
