import { countsLine } from "./history.js";
import { count, failureCode, wordOf } from "./entry.js";
import { Markdown, code, knownLink, list, md, plain, prose, row } from "./markdown.js";
import { outcomeOf } from "./outcome2.js";
import { maxSummaryBytes } from "./summary3.js";
// src/report/joined.ts
const phases = {
	start: true,
	install: true,
	init: true,
	check: true,
	plan: true,
	"plan-checks": true,
	approval: true,
	credentials: true,
	unregister: true,
	apply: true,
	destroy: true,
	stability: true,
	gate: true,
	certificate: true,
	drift: true,
	diagnosis: true,
	taint: true,
	rollback: true,
	register: true,
	issue: true,
	report: true,
	comment: true
};
function renderJoined({ rows, failed }, runs) {
	const title = failed.length > 0 ? md`\u274c ${failed.length} of ${count(rows.length, "stack")} failed` : md`\u2705 ${count(rows.length, "stack")}`;
	const failures = rows.flatMap((each) => failureLine(each) ?? []);
	const table = Markdown.join([md`| stack | how it ended | changes | gate | endpoint | run |\n|---|---|---|---|---|---|`, linesWithinLimit(rows.map((each) => tableRow(each, runs)), maxSummaryBytes / 3, md`stacks`)], "\n");
	const parts = [
		md`## ${title}`,
		linesWithinLimit(failures.map((each) => list([each])), maxSummaryBytes / 2, md`failures`),
		rows.length === 0 ? md`There was no stack to run for.` : table
	];
	return md`${Markdown.join(parts, "\n\n")}\n`;
}
function failureLine(each) {
	const name = code(each.name, 200);
	if ("missing" in each) return md`**${name}**: ${prose(each.missing)}`;
	const [failure] = each.report.failures;
	if (failure === void 0) {
		const { unfinished, isFailed } = outcomeOf(each.report);
		if (unfinished !== void 0) return md`**${name}**: The ${Markdown.word(unfinished)} was started, and its end is not known.`;
		return isFailed ? md`**${name}**: The run ended before everything was checked.` : void 0;
	}
	const sentence = prose(plain`${failure.sentence}`.firstLine, 500);
	const what = failure.code === "" ? wordOf(Object.keys(phases), failure.phase) : failureCode(failure.code);
	const fix = failure.fix === "" ? md`` : md` **What to do**: ${prose(failure.fix, 500)}`;
	return md`**${name}** ${code(what, 60)}: ${sentence}${fix}`;
}
function tableRow(each, runs) {
	const name = code(each.name, 200);
	if ("missing" in each) return row([
		md`\u274c ${name}`,
		md`No report`,
		md``,
		md``,
		md``,
		md``
	]);
	const { report } = each;
	const { isFailed, headline } = outcomeOf(report);
	const { gate, endpoint = "", runUrl } = report;
	return row([
		md`${isFailed ? md`\u274c` : md`\u2705`} ${name}`,
		Markdown.word(headline),
		changesOf(report),
		gate === void 0 ? md`` : gate.passed ? md`passed` : md`failed`,
		endpoint === "" ? md`` : code(endpoint, 200),
		isRun(runUrl, runs) ? knownLink(md`run`, runUrl) : md``
	]);
}
function changesOf({ plan, counts }) {
	if (plan === void 0) return md``;
	if (!plan.hasChanges) return md`none`;
	const known = (name) => Math.max(0, Math.trunc(counts?.[name] ?? 0));
	return md`${countsLine({
		add: known("add"),
		change: known("change"),
		destroy: known("destroy"),
		replace: known("replace"),
		import: known("import"),
		move: known("move"),
		forget: known("forget")
	})}`;
}
function isRun(url, runs) {
	return url.startsWith(runs) && /^\d+(\/attempts\/\d+)?$/.test(url.slice(runs.length));
}
function renderDiscovery({ stacks, concerned, because }) {
	const rows = concerned.map(({ name, directory, environment = "" }) => row([
		code(name, 200),
		code(directory, 200),
		environment === "" ? md`` : code(environment, 100)
	]));
	const table = Markdown.join([md`| stack | directory | environment |\n|---|---|---|`, linesWithinLimit(rows, maxSummaryBytes / 2, md`stacks`)], "\n");
	const parts = [
		md`## ${concerned.length} of ${count(stacks.length, "stack")}`,
		md`These run because ${prose(because, 500)}.`,
		rows.length === 0 ? md`` : table
	];
	return md`${Markdown.join(parts, "\n\n")}\n`;
}
function linesWithinLimit(lines, limit, what) {
	let remaining = limit;
	const shown = lines.filter((each) => {
		remaining -= each.bytes + 1;
		return remaining >= 0;
	});
	const text = Markdown.join(shown, "\n");
	if (shown.length === lines.length) return text;
	return md`${text}\n\n\u2026 ${lines.length - shown.length} more ${what}: GitHub shows no summary above 1 MiB.`;
}
export { renderDiscovery, renderJoined };
