// src/terraform/hcl.ts
function parseHcl(text) {
	const file = {
		type: "",
		labels: [],
		firstLine: 1,
		attributes: new Map(),
		blocks: []
	};
	const openBlocks = [file];
	const comments = [];
	const levels = [{
		in: "code",
		braces: 0
	}];
	let line = 1;
	let isLineStart = true;
	let header = [];
	let value;
	let at = 0;
	const token = (pattern) => {
		pattern.lastIndex = at;
		const match = pattern.exec(text)?.[0];
		if (match !== void 0) at += match.length;
		return match;
	};
	const addComment = (content, isOnOwnLine) => {
		for (const [index, each] of content.split("\n").entries()) comments.push({
			text: each.trim(),
			line: line + index,
			isOnOwnLine: isOnOwnLine || index > 0
		});
		line += content.split("\n").length - 1;
	};
	const endStatement = () => {
		if (value !== void 0 && value.name !== "") openBlocks.at(-1)?.attributes.set(value.name, text.slice(value.from, value.to).trim());
		value = void 0;
		header = [];
	};
	const endLine = () => {
		line++;
		isLineStart = true;
		if (value === void 0 || value.open === 0) endStatement();
	};
	const endBlock = () => {
		endStatement();
		const block = openBlocks.length > 1 ? openBlocks.pop() : void 0;
		if (block !== void 0 && block.type !== "") openBlocks.at(-1)?.blocks.push({
			...block,
			lastLine: line
		});
	};
	while (at < text.length) {
		const level = levels.at(-1);
		if (level === void 0) break;
		if (level.in === "string") {
			const part = token(/\\.|\$\$\{|%%\{|[$%]\{|"|\n|[^"\\$%\n]+|./sy) ?? "";
			if (part === "${" || part === "%{") levels.push({
				in: "code",
				braces: 0
			});
			else if (part === "\"") levels.pop();
			else if (part === "\n") {
				levels.pop();
				endLine();
			}
			if (value !== void 0) value.to = at;
			continue;
		}
		const isTop = levels.length === 1;
		const next = text[at] ?? "";
		if (next === "\n") {
			at++;
			if (isTop) endLine();
			else line++;
			continue;
		}
		if (token(/[^\S\n]+/y) !== void 0) continue;
		const comment = "#/".includes(next) ? token(/(?:#|\/\/)[^\n]*|\/\*.*?(?:\*\/|$)/sy) : void 0;
		if (comment !== void 0) {
			addComment(comment.replace(/^(?:#+|\/\/+|\/\*+)|\*+\/$/g, ""), isLineStart);
			continue;
		}
		isLineStart = false;
		const heredoc = next === "<" ? token(/<<-?[^\s"{}]+[^\S\n]*\r?\n/y) : void 0;
		if (heredoc !== void 0) {
			const word = /^<<-?(\S+)/.exec(heredoc)?.[1] ?? "";
			const closing = new RegExp(`^[^\\S\\n]*${RegExp.escape(word)}[^\\S\\n]*$`, "gm");
			closing.lastIndex = at;
			const match = closing.exec(text);
			const end = match === null ? text.length : match.index + match[0].length;
			line += text.slice(at, end).split("\n").length;
			at = end;
			if (value !== void 0) value.to = at;
			continue;
		}
		const isStatement = isTop && value === void 0;
		const word = (isStatement && next === "\"" ? token(/"(?:[^"\\\n]|\\.)*"/y) : void 0) ?? token(/[\p{L}_][\p{L}\p{N}_-]*/uy);
		if (word !== void 0) {
			if (isStatement) header.push(word.replace(/^"|"$/g, ""));
			if (value !== void 0) value.to = at;
			continue;
		}
		const char = text[at++] ?? "";
		if (char === "\"") levels.push({ in: "string" });
		else if (!isTop) {
			if (char === "{") level.braces++;
			else if (char === "}" && level.braces > 0) level.braces--;
			else if (char === "}") levels.pop();
		} else if (value !== void 0) {
			if ("{[(".includes(char)) value.open++;
			else if (char === "}" && value.open === 0) {
				endBlock();
				continue;
			} else if ("}])".includes(char) && value.open > 0) value.open--;
		} else if (char === "=") value = {
			name: header.length === 1 ? header[0] ?? "" : "",
			from: at,
			to: at,
			open: 0
		};
		else if (char === "{") {
			const [type = "", ...labels] = header;
			openBlocks.push({
				type,
				labels,
				firstLine: line,
				attributes: new Map(),
				blocks: []
			});
			header = [];
		} else if (char === "}") endBlock();
		if (value !== void 0) value.to = at;
	}
	endStatement();
	return {
		attributes: file.attributes,
		blocks: file.blocks,
		comments
	};
}
function plainString(value) {
	if (value === void 0 || !/^"(?:[^"\\\n]|\\.)*"$/.test(value)) return void 0;
	const inner = value.slice(1, -1);
	if (/(?<![$%])[$%]\{/.test(inner)) return void 0;
	const escapes = {
		n: "\n",
		r: "\r",
		t: "	"
	};
	return inner.replace(/\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/g, (_, short, long, char) => {
		const point = Number.parseInt(short ?? long, 16);
		return char === void 0 ? point <= 1114111 ? String.fromCodePoint(point) : "" : escapes[char] ?? char;
	}).replace(/([$%])\1\{/g, "$1{");
}
export { plainString as n, parseHcl as t };
