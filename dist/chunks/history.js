import { Line, count, joinLines, line } from "./entry.js";
import { Markdown, code, collapsible, hiddenLine, knownLink, list, md } from "./markdown.js";
import { outcomeOf } from "./outcome2.js";
const createHash = (...values) => process.getBuiltinModule("node:crypto").createHash(...values);
// src/terraform/counts.ts
function countsLine(counts) {
	const rare = [
		"import",
		"move",
		"forget"
	].filter((kind) => counts[kind] > 0);
	const { replace } = counts;
	const replacements = replace === 0 ? line`` : line` (${count(replace, "replacement")})`;
	const first = line`${counts.add} to add, ${counts.change} to change, ${counts.destroy} to destroy${replacements}`;
	return joinLines([first, ...rare.map((kind) => line`${counts[kind]} to ${Line.word(kind)}`)], line`, `);
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
		...plan && { totals: plan.counts },
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
	const lines = before.map(({ run, attempt, sha, outcome, totals }) => {
		const what = totals === void 0 ? md`` : md`: ${countsLine(totals)}`;
		const url = `${runs}/${run}${attempt > 1 ? `/attempts/${attempt}` : ""}`;
		return md`${code(sha.slice(0, 7))} ${Markdown.word(outcomeWords[outcome])}${what} (${knownLink(md`run`, url)})`;
	});
	return collapsible(md`Earlier: ${count(before.length, "run")}, by commit`, list(lines));
}
function isSuperseded(now, shown) {
	if (shown === void 0 || !isPlanWord(now.outcome)) return false;
	return !isPlanWord(shown.outcome) && shown.outcome !== "closed" || shown.run > now.run && shown.sha !== now.sha;
}
function isPlanWord(outcome) {
	return outcome === "planned" || outcome === "plan-failed";
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
	const { run, attempt, sha, outcome, totals, counts, state } = value;
	if (!isCount(run) || !isCount(attempt)) return [];
	if (typeof sha !== "string" || !/^[\da-f]{7,64}$/.test(sha)) return [];
	if (typeof outcome !== "string" || !Object.hasOwn(outcomeWords, outcome)) return [];
	const read = readCounts(totals) ?? withReplacements(readCounts(counts));
	const isState = typeof state === "string" && /^[\da-f]{16}$/.test(state);
	return [{
		run,
		attempt,
		sha,
		outcome,
		...read && { totals: read },
		...isState && { state }
	}];
}
function withReplacements(counts) {
	if (counts === void 0) return void 0;
	const { add, destroy, replace } = counts;
	return {
		...counts,
		add: add + replace,
		destroy: destroy + replace
	};
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
export { addEntry, countsLine, entryOf, historyLine, historySection, isOfAnotherState, isSuperseded, readHistory, runOf };
