import { require_dist } from "./yaml.js";
import { YamlScalar, mayBeYaml } from "./part.js";
// src/terraform/diff/yaml.ts
var import_dist = require_dist();
const beyondValues = /(?:^|\s)#|^%|^---|^\.\.\.|(?:^|[\s[{,])[&*!]/m;
function readYaml(text) {
	if (!mayBeYaml(text) || beyondValues.test(text)) return void 0;
	const document = (0, import_dist.parseDocument)(text, {
		stringKeys: true,
		logLevel: "silent"
	});
	if (document.errors.length > 0 || document.warnings.length > 0) return void 0;
	const value = plainOf(document.contents);
	return typeof value === "object" && value !== null && !(value instanceof YamlScalar) ? value : void 0;
}
function plainOf(node) {
	if ((0, import_dist.isAlias)(node)) return void 0;
	if ((0, import_dist.isMap)(node)) return Object.fromEntries(node.items.map(({ key, value }) => [String((0, import_dist.isScalar)(key) ? key.value : key), plainOf(value)]));
	if ((0, import_dist.isSeq)(node)) return node.items.map((item) => plainOf(item));
	if (!(0, import_dist.isScalar)(node)) return new YamlScalar("");
	return node.type === "PLAIN" ? new YamlScalar(node.source ?? String(node.value)) : node.value;
}
export { readYaml };
