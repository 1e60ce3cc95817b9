// src/text.ts
function visible(text) {
	return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, (char) => {
		if (char === "\n" || char === "	") return char;
		return char === "\r" ? "" : `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
	});
}
function count(n, thing) {
	return n === 1 ? `${n} ${thing}` : `${n} ${thing}s`;
}
export { visible as n, count as t };
