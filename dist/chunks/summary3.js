import { x as seconds } from "./entry.js";
import { h as differencesSection, i as driftSection, m as checkSection, t as checksSection } from "./checks.js";
import { _ as title, a as planOverview, d as planChecksSection, f as imagesSection, m as placeLine, n as failureDetails, p as mergeLine, t as failureAlert, u as timelineLines, v as findingsSection } from "./comment.js";
import { n as evidenceSection } from "./evidence2.js";
import { a as gateSection } from "./gate2.js";
import { i as linkLine } from "./problems.js";
import { $ as md, Q as list, U as collapsible, W as fence, it as row, nt as plain, z as Markdown } from "./verify.js";
// src/report/summary.ts
const maxSummaryBytes = 1e6;
const barLength = 24;
function renderSummary(report) {
	const { plan, gate, phases } = report;
	const head = Markdown.join([
		md`## ${title(report)}`,
		placeLine(report),
		failureAlert(report, 2e3),
		failureDetails(report, 5e4),
		differencesSection(report),
		checkSection(report),
		planChecksSection(report.planChecks, 2e5),
		list(timelineLines(report)),
		linkLine(report),
		checksSection(report),
		driftSection(report, 5e4),
		evidenceSection(report, 1e5),
		gate && gateSection(gate),
		planOverview(report, 5e4),
		mergeLine(report),
		imagesSection(report),
		plan && findingsSection(report, 2e5),
		phases.length === 0 ? void 0 : phaseTable(phases)
	], "\n\n");
	if (head.bytes > 1e6) return md`## ${title(report)}\n\n${failureAlert(report, 2e3)}\n\nThis report is too long for a summary: read it in the job log.\n`;
	const text = plain`${withoutRefresh(plan?.text ?? "")}`.trim();
	if (text.isEmpty) return md`${head}\n`;
	const room = maxSummaryBytes - head.bytes - 1e3;
	const whole = md`${head}\n\n${collapsible(md`The whole plan`, fence(wholeLines(text.visible, room)), true)}\n`;
	return whole.bytes <= 1e6 ? whole : md`${head}\n\nThe plan is in the job log, and in the file plan.txt (output plan-file).\n`;
}
const refreshLine = /: (?:Refreshing state|Reading|Still reading)\.\.\.|: Read complete after /;
function withoutRefresh(text) {
	const lines = text.split("\n");
	const first = lines.findIndex((line) => line !== "" && !refreshLine.test(line));
	return lines.slice(Math.max(first, 0)).join("\n");
}
function phaseTable(phases) {
	const longest = Math.max(...phases.map(({ ms }) => ms), 1);
	const rows = phases.map(({ phase, ms }) => row([
		Markdown.word(phase),
		md`${seconds(ms)}`,
		bar(ms / longest)
	]));
	return Markdown.join([md`| phase | time | |\n|---|---:|:---|`, ...rows], "\n");
}
const eighthParts = [
	"",
	"▏",
	"▎",
	"▍",
	"▌",
	"▋",
	"▊",
	"▉"
];
function bar(share) {
	const eighths = Math.max(1, Math.round(share * barLength * 8));
	const full = Array.from({ length: Math.floor(eighths / 8) }, () => md`█`);
	return Markdown.join([...full, Markdown.word(eighthParts[eighths % 8] ?? "")], "");
}
function wholeLines(text, limit) {
	const { text: shown, omitted } = text.wholeLines(limit);
	if (omitted === void 0) return shown;
	return plain`${shown}\n… ${omitted} more lines: GitHub shows no summary above 1 MiB. The job log and the file plan.txt (output plan-file) have all of them.`;
}
export { phaseTable as n, renderSummary as r, maxSummaryBytes as t };
