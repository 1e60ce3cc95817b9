import { Line } from "./entry.js";
// src/terraform/diff/line.ts
const weights = {
	forcing: 0,
	deciding: 1,
	plain: 2,
	listed: 3,
	context: 4,
	tags: 5,
	computed: 6
};
const prefixes = {
	"-": Line.word("- "),
	"+": Line.word("+ "),
	"!": Line.word("! "),
	"#": Line.word("# "),
	"- |": Line.word("- | "),
	"+ |": Line.word("+ | "),
	" |": Line.word("  | ")
};
const noRemark = Line.word("");
function lineText({ prefix, text, remark }) {
	return `${prefix}${text}${remark}`;
}
export { lineText, noRemark, prefixes, weights };
