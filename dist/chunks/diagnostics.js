// src/terraform/diagnostics.ts
function placeText({ file, line, outsideRepository }) {
	if (file !== void 0) return ` (${file}:${line})`;
	return outsideRepository === void 0 ? "" : ` (${outsideRepository})`;
}
const withAddress = /^ {2}with (.+),$/;
const onLine = /^ {2}on (.{1,4096}) line (\d{1,9})(?:, in .+)?:$/;
const inCode = /^ *\d+: |^ *\d+:$|^ {4}[├│]|^ {2}\(source code not available\)$/;
const preamble = /^\w+ encountered problems during initiali[sz]ation/;
function readDiagnostics(text) {
	const blocks = `\n\n${text.replaceAll("\r\n", "\n").trimStart()}`.split(/\n[ \t]*\n(?=(?:Error|Warning): \S)/);
	const diagnostics = new Map();
	for (const block of blocks) {
		const diagnostic = readBlock(block);
		if (diagnostic !== void 0) diagnostics.set(JSON.stringify(diagnostic), diagnostic);
	}
	const all = [...diagnostics.values()];
	const others = all.filter(({ summary }) => !preamble.test(summary));
	return others.length > 0 ? others : all;
}
function readBlock(block) {
	const [, word, text = ""] = /^(Error|Warning): ([\s\S]*)$/.exec(block) ?? [];
	if (word === void 0) return void 0;
	const lines = text.split("\n");
	const isPlace = (line, at) => lines[at - 1]?.trim() === "" && (withAddress.test(line) || onLine.test(line));
	const begin = lines.findIndex(isPlace);
	let end = begin;
	const next = (pattern) => {
		const match = pattern.exec(lines[end] ?? "");
		if (match !== null) end++;
		return match;
	};
	let address;
	let place = null;
	if (begin !== -1) {
		address = next(withAddress)?.[1];
		place = next(onLine);
		while (next(inCode) !== null);
	}
	const before = lines.slice(0, begin === -1 ? void 0 : begin).join("\n");
	const [, summary = "", more = ""] = /^([\s\S]*?)(?:\n[ \t]*\n([\s\S]*))?$/.exec(before.trim()) ?? [];
	const detail = [more, begin === -1 ? "" : lines.slice(end).join("\n")].map(trimLines).filter((part) => part !== "").join("\n\n");
	const location = place === null ? placeInText(detail) : {
		file: place[1] ?? "",
		line: Number(place[2])
	};
	return {
		severity: word === "Error" ? "error" : "warning",
		summary: summary.split("\n").map((line) => line.trim()).join(" "),
		detail,
		excerpt: begin === -1 ? "" : lines.slice(begin, end).join("\n"),
		...address !== void 0 && { address },
		...location
	};
}
function placeInText(detail) {
	const [, file, line] = /\bat\s+(\S+\.(?:tf|tofu)(?:\.json)?):(\d+)\b/.exec(detail) ?? [];
	return file === void 0 ? {} : {
		file,
		line: Number(line)
	};
}
function fromValidate({ severity, summary, detail = "", address, range, snippet }) {
	const place = range === void 0 ? "" : `  on ${range.filename} line ${range.start.line}${snippet?.context ? `, in ${snippet.context}` : ""}:`;
	const code = (snippet?.code.split("\n") ?? []).map((line, index) => `${String((snippet?.start_line ?? 0) + index).padStart(4)}: ${line}`);
	return {
		severity,
		summary,
		detail,
		excerpt: place === "" ? "" : [place, ...code].join("\n"),
		...address !== void 0 && address !== "" && { address },
		...range !== void 0 && {
			file: range.filename,
			line: range.start.line
		}
	};
}
function trimLines(text) {
	return text.replace(/^(?:[ \t]*\n)+/, "").trimEnd();
}
export { placeText as n, readDiagnostics as r, fromValidate as t };
