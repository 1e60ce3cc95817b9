import { ERAS, codes } from "./verify.js";
import { Line, count, joinLines, line, seconds } from "./entry.js";
import { Markdown, code, collapsible, fence, list, md, plain, prose, row } from "./markdown.js";
// src/report/gate.ts
function isGateCode(code) {
	return Object.hasOwn(codes, code);
}
function checksOf(gate) {
	const { failure, eras, wall, contract, rounds, tools } = gate;
	const last = rounds.at(-1);
	const survey = rounds.findLast((round) => round.survey !== void 0)?.survey;
	const elapsedMsOf = (era) => (last?.exchanges ?? []).reduce((sum, each) => sum + (each.era === era ? each.elapsedMs : 0), 0);
	const checks = [];
	let isFailureListed = failure === void 0;
	for (const [era, { verdict, protocolVersion, failure: own }] of Object.entries(eras)) {
		const decides = own !== void 0 && own.code === (failure?.cause ?? failure?.code) && own.era === failure?.era;
		const outcome = decides ? "failed" : verdict === "failed" ? "not-required" : verdict;
		isFailureListed ||= decides;
		const spoken = verdict === "absent" ? Line.word(verdictWords.absent) : line`${protocolVersion}`;
		const ownResult = own ? line`${Line.word(own.code)}: ${own.sentence}` : spoken;
		checks.push({
			name: line`protocol ${eraName(era)}`,
			outcome,
			observed: ownResult,
			ms: elapsedMsOf(era),
			...decides && { failure }
		});
	}
	const addCheck = (name, isPassed, observed, ms, own) => {
		const decides = own && !isFailureListed && failure !== void 0;
		isFailureListed ||= decides;
		checks.push({
			name,
			outcome: decides ? "failed" : isPassed ? "passed" : "not-required",
			observed: decides ? line`${Line.word(failure.code)}: ${failure.sentence}` : observed,
			ms,
			...decides && { failure }
		});
	};
	const isAuth = failure?.code.startsWith("AUTH_") === true;
	if (wall !== void 0 || isAuth) addCheck(line`authorization`, !isAuth, wall === void 0 ? line`` : line`by ${wall.authorizationServers.join(", ")}`, 0, isAuth);
	if (survey !== void 0) {
		const observed = line`${survey.tries} ${survey.tries === 1 ? line`try` : line`tries`}, ${survey.failed} failed`;
		addCheck(line`fresh connections`, survey.verdict === "green", observed, survey.elapsedMs, failure?.code === "FLAPPING");
	}
	if (Object.values(eras).some(({ verdict }) => verdict === "passed")) addCheck(line`tools`, true, count(tools.length, "tool"), 0, failure?.step === "tools/list" && failure.code !== "CONTRACT_BROKEN");
	if (contract?.comparison !== void 0 || failure?.code.startsWith("CONTRACT_")) {
		const { comparison } = contract ?? {};
		const isCompatible = comparison?.counts.removed === 0 && comparison.counts.breaking === 0;
		addCheck(line`tool contract`, isCompatible, comparison ? comparisonLine(comparison) : line``, 0, failure?.code.startsWith("CONTRACT_") === true);
	}
	const passedInARow = rounds.length - 1 - rounds.findLastIndex(({ verdict }) => verdict !== "green");
	const observed = line`${passedInARow} in a row, of ${count(rounds.length, "round")} in ${seconds(gate.elapsedMs)}`;
	addCheck(line`passed rounds`, gate.passed, observed, gate.elapsedMs, true);
	return checks;
}
const changeWords = {
	added: "added",
	removed: "removed",
	breaking: "breaking",
	harmless: "harmless",
	descriptions: "with a new description"
};
const eraNames = {
	modern: line`2026-07-28`,
	legacy: line`initialize`,
	"http-sse": line`HTTP+SSE`
};
const verdictWords = {
	passed: "passed",
	failed: "failed",
	absent: "not offered"
};
function eraName(era, protocolVersion) {
	const known = ERAS.find((each) => each === era);
	const name = known === void 0 ? line`${era}` : eraNames[known];
	return known === "modern" || protocolVersion === void 0 ? name : line`${name} (${protocolVersion})`;
}
function erasLine(gate) {
	const eras = Object.entries(gate.eras).map(([era, { verdict, protocolVersion }]) => {
		return line`${eraName(era, protocolVersion)}: ${Line.word(verdictWords[verdict])}`;
	});
	return joinLines(eras, line` \u00b7 `);
}
function comparisonLine({ counts }) {
	const named = Object.keys(changeWords).filter((kind) => counts[kind] > 0).map((kind) => line`${counts[kind]} ${Line.word(changeWords[kind])}`);
	return named.length === 0 ? line`unchanged` : joinLines(named, line`, `);
}
const icons = {
	passed: md`\u2705`,
	failed: md`\u274c`,
	"not-required": md`\u26a0\ufe0f`,
	absent: md`\u26aa`
};
function gateSection(gate) {
	const rows = checksOf(gate).map(({ name, outcome, observed }) => row([
		icons[outcome],
		md`${name}`,
		prose(observed, 500)
	]));
	const table = Markdown.join([md`**The gate**\n\n| | check | observed |\n|---|---|---|`, ...rows], "\n");
	const page = md`The file \`gate.html\` (output \`gate-page\`) shows each request with its reply.`;
	return Markdown.join([
		table,
		page,
		contractSection(gate)
	], "\n\n");
}
const maxChanges = 20;
const maxContractUnits = 6e4;
function contractSection({ contract, failure }) {
	if (contract === void 0) return md``;
	const { hash, comparison } = contract;
	const changes = comparison ? changeLines(comparison) : [];
	const wantsFile = failure?.code === "CONTRACT_MISSING" || changes.length > 0;
	const shown = contractText(contract).length <= maxContractUnits ? fence(contractJson(contract), "json") : md`It is too large to be shown here: it is the file of the output \`mcp-contract-file\`.`;
	const compared = comparison ? md`: ${comparisonLine(comparison)}` : md``;
	return Markdown.join([
		md`**The tool contract** ${code(plain`${hash}`.start(16))}${compared}`,
		list(changes),
		wantsFile ? collapsible(md`The contract that is served, ready to be committed`, shown) : md``
	], "\n\n");
}
function contractJson({ hash, tools }) {
	const list = JSON.stringify(tools, null, 2).replaceAll("\n", "\n  ");
	return plain`{\n  "hash": ${JSON.stringify(hash)},\n  "tools": ${list}\n}`;
}
function changeLines({ added, removed, breaking, harmless, descriptions, counts }) {
	const linesOfKind = (kind, changes, text) => {
		const what = Markdown.word(changeWords[kind]);
		const shown = changes.slice(0, maxChanges);
		const more = counts[kind] - shown.length;
		return [...shown.map((change) => md`${changeIcons[kind]} ${what}${text(change)}`), ...more > 0 ? [md`and ${more} more ${what}: the first 1,000 are in the report (output \`gate-report\`)`] : []];
	};
	const nameText = (name) => md` ${code(name, 100)}`;
	const changeText = ({ tool, path, what }) => md`: ${code(tool, 100)} ${code(path, 200)} ${code(what, 500)}`;
	return [
		...linesOfKind("removed", removed, nameText),
		...linesOfKind("breaking", breaking, changeText),
		...linesOfKind("descriptions", descriptions, changeText),
		...linesOfKind("harmless", harmless, changeText),
		...linesOfKind("added", added, nameText)
	];
}
const changeIcons = {
	removed: md`\u274c`,
	breaking: md`\u274c`,
	descriptions: md`\u26a0\ufe0f`,
	harmless: md`\u2705`,
	added: md`\u2705`
};
function contractText({ hash, tools }) {
	return `${JSON.stringify({
		hash,
		tools
	}, null, 2)}\n`;
}
function renderJUnit(gate) {
	return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${renderSuite(gate)}\n</testsuites>\n`;
}
function renderSuite(gate) {
	const checks = checksOf(gate);
	const time = (ms) => (ms / 1e3).toFixed(3);
	const cases = checks.map(({ name, outcome, observed, failure, ms }) => {
		const open = `  <testcase classname="MCP gate" name=${attribute(String(name))} time="${time(ms)}"`;
		if (outcome === "passed") return `${open}/>`;
		if (failure === void 0) return `${open}><skipped message=${attribute(String(observed) || outcome)}/></testcase>`;
		const { sentence, fix, remedy } = failure;
		const details = xml(`${sentence}\nLikely cause: ${codes[failure.code].cause}\nWhat to do: ${fix}\nAction: ${remedy}`);
		return `${open}><failure type=${attribute(failure.code)} message=${attribute(sentence)}>${details}</failure></testcase>`;
	});
	const countOf = (outcome) => checks.filter(outcome).length;
	const failures = countOf(({ failure }) => failure !== void 0);
	const skipped = countOf(({ failure, outcome }) => failure === void 0 && outcome !== "passed");
	const counts = `tests="${checks.length}" failures="${failures}" errors="0" skipped="${skipped}" time="${time(gate.elapsedMs)}"`;
	return [
		` <testsuite name=${attribute(gate.endpoint)} ${counts}>`,
		...cases,
		" </testsuite>"
	].join("\n");
}
function attribute(text) {
	return `"${xml(text).replace(/[\t\n]/g, " ")}"`;
}
function xml(text) {
	const allowed = text.toWellFormed().replace(/[^\t\n\x20-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd");
	const entities = {
		"&": "&amp;",
		"<": "&lt;",
		">": "&gt;",
		"\"": "&quot;"
	};
	return allowed.replace(/[&<>"]/g, (char) => entities[char] ?? "");
}
export { checksOf, contractText, eraName, erasLine, gateSection, isGateCode, renderJUnit, renderSuite, verdictWords };
