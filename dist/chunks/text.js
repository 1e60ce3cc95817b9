// src/text.ts
function count(n, thing) {
	return n === 1 ? `${n} ${thing}` : `${n} ${thing}s`;
}
export { count as t };
