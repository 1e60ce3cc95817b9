import { lastPart, oneLine, secrets, shorten, visible } from "./entry.js";
// src/report/markdown.ts
let trustedMarkdown;
var Markdown = class Markdown {
	#text;
	constructor(text) {
		this.#text = text;
	}
	static {
		trustedMarkdown = (text) => new Markdown(text);
	}
	static word(word) {
		return new Markdown(word);
	}
	static join(pieces, separator) {
		return new Markdown(pieces.flatMap((piece) => piece === void 0 || piece.isEmpty ? [] : piece.#text).join(separator));
	}
	get length() {
		return this.#text.length;
	}
	get bytes() {
		return Buffer.byteLength(this.#text);
	}
	get isEmpty() {
		return this.#text === "";
	}
	toString() {
		return this.#text;
	}
};
function md(parts, ...values) {
	let text = parts[0] ?? "";
	values.forEach((value, index) => {
		if (value instanceof Markdown || typeof value === "number") text += String(value);
		else if (value !== void 0) text += startsBlock(text) ? escapeStart(proseOf(value)) : proseOf(value);
		text += parts[index + 1] ?? "";
	});
	return trustedMarkdown(text);
}
var Plain = class Plain {
	#text;
	constructor(text) {
		this.#text = text;
	}
	static of(parts, values) {
		let text = parts[0] ?? "";
		values.forEach((value, index) => {
			text += `${typeof value === "string" ? secrets.redact(value) : value ?? ""}${parts[index + 1]}`;
		});
		return new Plain(text);
	}
	static startOf(text) {
		return new Plain(secrets.redactStart(text));
	}
	get length() {
		return this.#text.length;
	}
	get isEmpty() {
		return this.#text === "";
	}
	get firstLine() {
		return this.#lines(0, 1);
	}
	get rest() {
		return new Plain(this.#lines(1).#text.trim());
	}
	get lines() {
		return this.#text.split("\n").map((each) => new Plain(each));
	}
	get oneLine() {
		return new Plain(oneLine(this.#text));
	}
	get visible() {
		return new Plain(visible(this.#text));
	}
	get lastPart() {
		return new Plain(lastPart(this.#text));
	}
	start(units) {
		return new Plain(this.#text.slice(0, units).toWellFormed());
	}
	trim() {
		return new Plain(this.#text.trim());
	}
	shorten(maxUnits) {
		return new Plain(shorten(this.#text, maxUnits));
	}
	wholeLines(maxBytes) {
		if (Buffer.byteLength(this.#text) <= maxBytes) return {
			text: this,
			omitted: void 0
		};
		const bytes = Buffer.from(this.#text.slice(0, Math.max(0, maxBytes) + 1));
		const cut = bytes.subarray(0, Math.max(0, bytes.lastIndexOf(10, Math.max(0, maxBytes)))).toString();
		return {
			text: new Plain(cut),
			omitted: lineBreaks(this.#text) - lineBreaks(cut)
		};
	}
	toString() {
		return this.#text;
	}
	#lines(from, to) {
		return new Plain(this.#text.split("\n").slice(from, to).join("\n"));
	}
};
function plain(parts, ...values) {
	return Plain.of(parts, values);
}
function code(text, maxUnits = Infinity) {
	return trustedMarkdown(codeSpan(oneLine(redactAndShorten(text, maxUnits))));
}
function prose(text, maxUnits = Infinity) {
	return trustedMarkdown(escapeStart(proseOf(text, maxUnits)));
}
function mention(login) {
	return /^[A-Za-z\d](?:[A-Za-z\d_-]{0,98}[A-Za-z\d])?$/.test(login) ? trustedMarkdown(`@${login}`) : code(login, 100);
}
function html(text, maxUnits = Infinity) {
	return trustedMarkdown(htmlOf(redactAndShorten(text, maxUnits)));
}
function name(text, maxUnits = Infinity) {
	const shown = redactAndShorten(text, maxUnits);
	return /^[A-Za-z\d]+(?:_[A-Za-z\d]+)*$/.test(shown) ? trustedMarkdown(shown) : prose(text, maxUnits);
}
function fence(content, language = "") {
	const text = visible((Array.isArray(content) ? content : [content]).map((each) => redactAndShorten(each)).join("\n"));
	const [backticks, tildes] = [longestRun(text, "`"), longestRun(text, "~")];
	const line = backticks <= tildes ? "`".repeat(Math.max(3, backticks + 1)) : "~".repeat(Math.max(3, tildes + 1));
	return trustedMarkdown(`${line}${language}\n${text}\n${line}`);
}
function collapsible(title, body, isOpen = false) {
	return trustedMarkdown(`<details${isOpen ? " open" : ""}><summary>${title}</summary>\n\n${body}\n\n</details>`);
}
function list(items) {
	return trustedMarkdown(items.map((item) => `- ${item}`).join("\n"));
}
function row(cells) {
	return trustedMarkdown(`| ${cells.map((cell) => withEscapedBars(String(cell))).join(" | ")} |`);
}
function withEscapedBars(cell) {
	const [first = "", ...rest] = cell.split("|");
	return rest.reduce((text, part) => {
		let backslashes = 0;
		while (text.at(-1 - backslashes) === "\\") backslashes++;
		return `${text}${"\\".repeat(backslashes)}\\|${part}`;
	}, first);
}
function link(label, url) {
	return isFreeOfSecrets(url) ? knownLink(label, url) : label;
}
function knownLink(label, url) {
	return trustedMarkdown(`[${label}](${destination(url)})`);
}
function knownHtmlLink(label, url) {
	return trustedMarkdown(`<a href="${htmlOf(url)}">${label}</a>`);
}
function image(alternative, url) {
	return isFreeOfSecrets(url) ? trustedMarkdown(`![${alternative}](${destination(url)})`) : md``;
}
function hiddenLine(text) {
	if (text !== "" && !/^<!-- [\w .:=-]+ -->$/.test(text)) throw new Error("A hidden line holds more than data of ours.");
	return trustedMarkdown(text);
}
function withHiddenLine(page, text) {
	const [first = "", ...others] = String(page).split("\n");
	return trustedMarkdown([
		first,
		hiddenLine(text),
		...others
	].join("\n"));
}
function alreadyPosted(body) {
	return trustedMarkdown(body);
}
function isFreeOfSecrets(url) {
	const origin = URL.parse(url)?.origin ?? "";
	const rest = url.startsWith(origin) ? url.slice(origin.length) : url;
	return secrets.redact(rest) === rest;
}
function destination(url) {
	return url.replace(/[()\\<>\s]/g, (char) => encodeURIComponent(char).replace(/[()]/, percentEncoded));
}
function percentEncoded(char) {
	return `%${char.charCodeAt(0).toString(16)}`;
}
function redactAndShorten(text, maxUnits = Infinity) {
	return shorten(typeof text === "string" ? secrets.redact(text) : String(text), maxUnits);
}
function codeSpan(content) {
	if (content.trim() === "") return "` `";
	const ticks = "`".repeat(longestRun(content, "`") + 1);
	const pad = content.startsWith("`") || content.endsWith("`") || /^ .* $/.test(content) ? " " : "";
	return `${ticks}${pad}${content}${pad}${ticks}`;
}
function proseOf(text, maxUnits) {
	return oneLine(redactAndShorten(text, maxUnits)).trim().split(/([\s"'()<>[\],;]+)/).map((word) => {
		if (!notifyingWord.test(word)) return escapeMarkdown(word);
		const core = word.replace(/(?<![.:!?])[.:!?]+$/, "");
		return core === "" ? escapeMarkdown(word) : `${codeSpan(core)}${word.slice(core.length)}`;
	}).join("");
}
function htmlOf(text) {
	return oneLine(text).replace(/[&<>"']/g, entity);
}
const notifyingWord = /[@#]|:\/\/|www\.|\bGH-\d|mailto:|xmpp:/i;
function escapeMarkdown(text) {
	return text.replace(/[\\`*_[\]<>|~&$!]/g, entity);
}
function escapeStart(text) {
	return text.replace(/^(?:[#>+=-]|\d+[.)](?!\S))/, (start) => start.replace(/./g, entity));
}
function startsBlock(before) {
	return !/[\p{L}\p{N}]/u.test(before.slice(before.lastIndexOf("\n") + 1));
}
function entity(char) {
	return `&#${char.charCodeAt(0)};`;
}
function lineBreaks(text) {
	let found = 0;
	for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) found++;
	return found;
}
function longestRun(text, char) {
	let longest = 0;
	for (let start = text.indexOf(char); start !== -1;) {
		let end = start + 1;
		while (text[end] === char) end++;
		longest = Math.max(longest, end - start);
		start = text.indexOf(char, end);
	}
	return longest;
}
export { Markdown, Plain, alreadyPosted, code, collapsible, fence, hiddenLine, html, image, isFreeOfSecrets, knownHtmlLink, knownLink, link, list, md, mention, name, plain, prose, row, withHiddenLine };
