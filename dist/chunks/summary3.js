import { seconds } from "./entry.js";
import { checkSection, checksSection, differencesSection, driftSection } from "./checks.js";
import { failureAlert, failureDetails, findingsSection, imagesSection, mergeLine, placeLine, planChecksSection, planOverview, timelineLines, title } from "./comment.js";
import { evidenceSection } from "./evidence2.js";
import { gateSection } from "./gate2.js";
import { linkLine } from "./problems.js";
import { Markdown, collapsible, fence, list, md, plain, row } from "./markdown.js";
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
	const whole = md`${head}\n\n${collapsible(md`The whole plan`, fence(visibleLines(text, room)), true)}\n`;
	return whole.bytes <= 1e6 ? whole : md`${head}\n\nThe plan is in the job log, and in the file plan.txt (output plan-file).\n`;
}
const refreshLine = /: (?:Refreshing state|Reading|Still reading)\.\.\.|: Read complete after /;
function withoutRefresh(text) {
	for (let start = 0; start < text.length;) {
		const end = text.indexOf("\n", start);
		const line = text.slice(start, end === -1 ? void 0 : end);
		if (line !== "" && !refreshLine.test(line)) return text.slice(start);
		if (end === -1) break;
		start = end + 1;
	}
	return text;
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
	"\u258f",
	"\u258e",
	"\u258d",
	"\u258c",
	"\u258b",
	"\u258a",
	"\u2589"
];
function bar(share) {
	const eighths = Math.max(1, Math.round(share * barLength * 8));
	const full = Array.from({ length: Math.floor(eighths / 8) }, () => md`\u2588`);
	return Markdown.join([...full, Markdown.word(eighthParts[eighths % 8] ?? "")], "");
}
function visibleLines(text, limit) {
	const start = text.wholeLines(limit);
	const { text: shown, omitted: more } = start.text.visible.wholeLines(limit);
	if (start.omitted === void 0 && more === void 0) return shown;
	const omitted = (start.omitted ?? 0) + (more ?? 0);
	return plain`${shown}\n\u2026 ${omitted} more lines: GitHub shows no summary above 1 MiB. The job log and the file plan.txt (output plan-file) have all of them.`;
}
export { maxSummaryBytes, phaseTable, renderSummary };
