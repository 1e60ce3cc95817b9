import { count } from "./entry.js";
import { Markdown, code, collapsible, fence, knownLink, link, md, plain, prose } from "./markdown.js";
import { outcomeOf } from "./outcome2.js";
// src/report/links.ts
function fileLink(title, url) {
	return knownLink(code(title), url);
}
function linkLine({ links = [] }) {
	if (links.length === 0) return md``;
	const pages = links.map(({ title, url }) => link(code(title, 120), url));
	return md`In the AWS console: ${Markdown.join(pages, " \u00b7 ")}`;
}
// src/report/problems.ts
const maxAnnotatedErrors = 9;
const maxAnnotatedWarnings = 5;
function problemsOf(report) {
	const { problems, check, plan, command } = report;
	if (problems !== void 0) return problems;
	if (check !== void 0) {
		const { isFailed } = outcomeOf(report);
		return check.diagnostics.map((each) => isFailed ? each : {
			...each,
			severity: "warning"
		});
	}
	return command === "plan" ? (plan?.warnings ?? []).filter(({ file }) => file !== void 0) : [];
}
function annotationsOf(report) {
	const problems = problemsOf(report);
	const errors = problems.filter(({ severity }) => severity === "error");
	const warnings = problems.filter(({ severity }) => severity === "warning");
	return {
		annotations: [...errors.slice(0, maxAnnotatedErrors), ...warnings.slice(0, maxAnnotatedWarnings)].map((problem) => ({
			level: problem.severity,
			message: problemText(problem),
			...problem.file !== void 0 && { at: {
				file: problem.file,
				startLine: problem.line ?? 1
			} }
		})),
		errors: errors.length
	};
}
function problemText({ summary, excerpt, detail, outsideRepository }) {
	return [
		[summary, outsideRepository === void 0 ? "" : `(${outsideRepository})`].filter((part) => part !== "").join(" "),
		excerpt,
		detail
	].filter((part) => part !== "").join("\n\n");
}
function problemLine(problem, units = 1e3) {
	const { severity, summary, address, file, line, url, outsideRepository } = problem;
	const place = file === void 0 ? outsideRepository && plain`${outsideRepository}` : plain`${plain`${file}`.shorten(200)}:${line}`;
	const parts = [place && (url === void 0 ? code(place) : fileLink(place, url)), address === void 0 ? void 0 : code(address, 300)].filter((part) => part instanceof Markdown);
	const where = parts.length === 0 ? md`` : md`${Markdown.join(parts, " ")}: `;
	return md`${severity === "error" ? md`\u274c` : md`\u26a0\ufe0f`} ${where}**${prose(summary, units)}**`;
}
function problemsSection(problems, limit) {
	const errors = problems.filter(({ severity }) => severity === "error");
	const warnings = problems.filter(({ severity }) => severity === "warning");
	const ordered = [...errors, ...warnings];
	const title = md`Problems: ${Markdown.join([md`${count(errors.length, "error")}`, warnings.length === 0 ? void 0 : md`${count(warnings.length, "warning")}`], ", ")}`;
	let remaining = limit - title.length - 150;
	const parts = [];
	for (const problem of ordered) {
		const excerpt = plain`${problem.excerpt}`;
		const detail = plain`${problem.detail}`;
		const words = excerpt.isEmpty || detail.isEmpty ? plain`${excerpt}${detail}` : plain`${excerpt}\n\n${detail}`;
		const isFirst = parts.length === 0;
		let part = md`${problemLine(problem)}${body(words, 2e4)}`;
		const fits = (each) => each.length + 2 <= remaining;
		if (isFirst && !fits(part)) part = md`${problemLine(problem, 300)}${body(words, Math.floor(remaining / 3))}`;
		if (isFirst && !fits(part)) part = problemLine(problem, 100);
		if (!fits(part)) break;
		remaining -= part.length + 2;
		parts.push(part);
	}
	if (parts.length === 0) return md``;
	const more = ordered.length - parts.length;
	return collapsible(title, Markdown.join([...parts, more > 0 ? md`and ${more} more, in the log` : md``], "\n\n"), true);
}
function body(words, units) {
	return words.isEmpty ? md`` : md`\n\n${fence(words.shorten(units))}`;
}
export { annotationsOf, linkLine, problemLine, problemsSection };
