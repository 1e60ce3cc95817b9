import { InputError, asObject, count$1 as count, failRun, line, log, writeJoined, writeOutcome } from "./entry.js";
import { destroyOutcomes } from "./destroy.js";
import { outcomeOf } from "./outcome2.js";
import { reportCommands } from "./report2.js";
const { lstatSync, readFileSync, readdirSync } = process.getBuiltinModule("node:fs");
const { join } = process.getBuiltinModule("node:path");
// src/report/read-reports.ts
const maxFiles = 7e4;
const maxReportBytes = 1e7;
const maxDepth = 10;
function joinReports(expected, reports, unreadable = []) {
	const unmatched = newestOfEach(reports);
	const rows = [];
	for (const stack of expected ?? []) {
		const match = unmatched.find((report) => isOf(report, stack));
		if (match === void 0) {
			rows.push({
				name: stack.name,
				missing: "It has no report: its job was cancelled, never ran, or did not upload one."
			});
			continue;
		}
		unmatched.splice(unmatched.indexOf(match), 1);
		rows.push({
			name: stack.name,
			report: match
		});
	}
	for (const report of unmatched) rows.push({
		name: nameOf(report),
		report
	});
	for (const file of unreadable) rows.push({
		name: file,
		missing: "The file is not a report of this action, or is too large."
	});
	const failed = rows.filter(isFailed);
	const byName = (a, b) => Number(isFailed(b)) - Number(isFailed(a)) || (a.name < b.name ? -1 : Number(a.name > b.name));
	return {
		rows: rows.toSorted(byName),
		failed: failed.map(({ name }) => name).toSorted()
	};
}
function isFailed(row) {
	return "missing" in row || outcomeOf(row.report).isFailed;
}
const attemptPattern = /\/attempts\/(\d{1,6})$/;
function attemptOf(runUrl) {
	return Number(attemptPattern.exec(runUrl)?.[1] ?? 1);
}
function reportsOfRun(reports, runUrl) {
	const run = (url) => url.replace(attemptPattern, "");
	const own = reports.filter((each) => run(each.runUrl) === run(runUrl) && attemptOf(each.runUrl) <= attemptOf(runUrl));
	return {
		reports: own,
		foreign: reports.length - own.length
	};
}
function newestOfEach(reports) {
	const attempt = ({ runUrl }) => attemptOf(runUrl);
	const newest = new Map();
	const nameless = [];
	for (const report of reports) {
		if (report.target.name === void 0) {
			nameless.push(report);
			continue;
		}
		const other = newest.get(report.target.name);
		const isNewer = other === void 0 || attempt(report) > attempt(other);
		const isWorse = other !== void 0 && attempt(report) === attempt(other) && outcomeOf(report).isFailed;
		if (isNewer || isWorse) newest.set(report.target.name, report);
	}
	return [...newest.values(), ...nameless];
}
function isOf({ target }, { name, stack, directory, workspace }) {
	if (target.name !== void 0) return target.name === name;
	return target.stack === stack && target.directory === directory && target.workspace === workspace;
}
function nameOf({ target: { name, stack, directory, workspace } }) {
	if (name !== void 0) return name;
	return [
		stack,
		directory,
		workspace
	].filter((part) => part !== "" && part !== ".").join(" ") || "root module";
}
function readReports(directory) {
	const reports = [];
	const unreadable = [];
	for (const path of jsonFiles(directory)) {
		const report = lstatSync(join(directory, path)).size > maxReportBytes ? void 0 : readStackReport(parseFile(join(directory, path)));
		if (report !== void 0) reports.push(report);
		else if (/(^|\/)report\.json$/.test(path)) unreadable.push(path);
	}
	return {
		reports,
		unreadable
	};
}
function jsonFiles(directory) {
	const paths = [];
	const open = [""];
	for (let at = open.pop(); at !== void 0; at = open.pop()) for (const entry of entriesOf(join(directory, at))) {
		const path = at === "" ? entry.name : `${at}/${entry.name}`;
		if (entry.isDirectory() && path.split("/").length < maxDepth) open.push(path);
		else if (entry.isFile() && entry.name.endsWith(".json")) paths.push(path);
		if (paths.length > maxFiles) throw new InputError(`Input reports names ${directory}, which has more than ${maxFiles} JSON files: name the directory that only the reports were downloaded to.`);
	}
	return paths.sort();
}
function entriesOf(directory) {
	try {
		return readdirSync(directory, { withFileTypes: true });
	} catch {
		return [];
	}
}
function parseFile(file) {
	try {
		return JSON.parse(readFileSync(file, "utf8"));
	} catch {
		return;
	}
}
function readStackReport(json) {
	const { command, target, runUrl, plan, apply, gate, deployment, failure, failures, approval, check, destroy } = asObject(json);
	const known = reportCommands.find((each) => each === command);
	const { name, stack, directory, workspace } = asObject(target);
	const [url, place] = [text(runUrl), text(directory)];
	if (known === void 0 || url === void 0 || place === void 0) return void 0;
	const { hasChanges, counts } = asObject(plan);
	const { passed, endpoint } = asObject(gate);
	const { outcome } = asObject(approval);
	const destroyed = destroyOutcomes.find((each) => each === asObject(destroy).outcome);
	return {
		command: known,
		target: {
			name: text(name),
			stack: text(stack) ?? "",
			directory: place,
			workspace: text(workspace) ?? ""
		},
		runUrl: url,
		...typeof hasChanges === "boolean" && { plan: { hasChanges } },
		counts: countsOf(counts),
		...(apply === "started" || apply === "done") && { apply },
		...gate !== void 0 && { gate: { passed: passed === true } },
		endpoint: text(endpoint) ?? text(asObject(deployment).endpoint),
		failures: (Array.isArray(failures) ? failures : failure === void 0 ? [] : [failure]).map(readFailure),
		...outcome === "refused" && { approval: { outcome } },
		...check !== void 0 && { check: true },
		...destroyed !== void 0 && { destroy: { outcome: destroyed } }
	};
}
function readFailure(value) {
	const { phase, code, sentence, fix } = asObject(value);
	return {
		phase: text(phase) ?? "",
		code: text(code) ?? "",
		sentence: text(sentence) ?? "",
		fix: text(fix) ?? ""
	};
}
function countsOf(counts) {
	const numbers = Object.entries(asObject(counts)).filter((each) => typeof each[1] === "number");
	return numbers.length === 0 ? void 0 : Object.fromEntries(numbers);
}
function expectedStacks(json) {
	let value;
	try {
		value = JSON.parse(json);
	} catch {
		value = void 0;
	}
	return (Array.isArray(value) ? value : [value]).flatMap((matrix) => asObject(matrix).include ?? [void 0]).map((entry) => {
		const { name, stack, workspace, "working-directory": directory } = asObject(entry);
		const [shown, place] = [text(name), text(directory)];
		if (shown === void 0 || place === void 0) throw new InputError("Input stacks is not a list of stacks: set it to the output stacks or batches of command discover, or the path of a file with it (output stacks-file).");
		return {
			name: shown,
			stack: text(stack) ?? "",
			directory: place,
			workspace: text(workspace) ?? ""
		};
	});
}
function text(value) {
	return typeof value === "string" ? value : void 0;
}
// src/commands/summary.ts
async function runSummary(inputs, run) {
	const { reports: directory, stacks } = inputs.summary;
	const expected = stacks === void 0 ? void 0 : expectedStacks(stacks);
	const { reports: all, unreadable } = readReports(directory);
	const { reports, foreign } = reportsOfRun(all, run.url);
	if (foreign > 0) log.warning(line`${count(foreign, "report")} in ${directory} of other runs or attempts are left out of the summary.`);
	const joined = joinReports(expected, reports, unreadable);
	await writeJoined(joined, run.url.replace(/[^/]*(\/attempts\/\d+)?$/, ""));
	if (joined.rows.length === 0 && expected === void 0) throw new InputError(`Input reports names ${directory}, where there is no report, and input stacks is empty, so the expected reports are not known: set stacks to the output of command discover.`);
	writeOutcome(joined.failed.length === 0 ? void 0 : {
		phase: "report",
		code: "STACKS_FAILED"
	});
	if (joined.rows.length === 0) log.notice(line`There was no stack to run for.`);
	if (joined.failed.length > 0) failRun(line`${joined.failed.length} of ${count(joined.rows.length, "stack")} failed or left no report: ${listNames(joined.failed)}. The job summary has their sentences.`);
}
function listNames(names) {
	const some = names.slice(0, 20).map((name) => JSON.stringify(name));
	return names.length > 20 ? `${some.join(", ")} and ${names.length - 20} more` : some.join(", ");
}
export { runSummary };
