import { secrets } from "./entry.js";
// src/report/serialize.ts
const ownNameRef = "#/$defs/ours";
const addressRef = "#/$defs/address";
const ownFormats = {
	"date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
	uuid: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/
};
function serialize(root, value, part = root) {
	const serializer = new Serializer(root);
	return {
		value: serializer.write(part, value),
		omittedAddresses: serializer.omittedAddresses
	};
}
var Serializer = class {
	omittedAddresses = 0;
	#root;
	#patterns = new Map();
	constructor(root) {
		this.#root = root;
	}
	write(schema, value) {
		if (value === void 0) return void 0;
		if (schema.$ref !== void 0) return this.#writeReferenced(schema.$ref, value);
		if (schema.anyOf !== void 0) return schema.anyOf.map((each) => this.write(each, value)).find((written) => written !== void 0);
		if (schema.const === value || schema.enum?.includes(value)) return value;
		if (typeof value === "string") return this.#isOurs(schema, value) ? value : secrets.redact(value);
		if (Array.isArray(value)) return this.#writeList(schema, value);
		if (typeof value === "object" && value !== null) return this.#writeObject(schema, value);
		return [schema.type].flat().some((type) => isOfType(value, type)) ? value : void 0;
	}
	#writeReferenced(ref, value) {
		const schema = this.#root.$defs?.[ref.replace("#/$defs/", "")];
		if (schema === void 0) throw new Error(`The schema has no ${ref}.`);
		if (typeof value === "string" && ref === ownNameRef) return value;
		if (typeof value === "string" && ref === addressRef) {
			if (secrets.redact(value) === value) return value;
			this.omittedAddresses++;
			return;
		}
		return this.write(schema, value);
	}
	#isOurs({ pattern, format }, text) {
		if (format !== void 0) return ownFormats[format]?.test(text) ?? false;
		if (pattern === void 0) return false;
		const known = this.#patterns.get(pattern) ?? new RegExp(pattern);
		this.#patterns.set(pattern, known);
		return known.test(text);
	}
	#writeList({ items = {} }, list) {
		return list.map((item) => this.write(items, item)).filter((item) => item !== void 0);
	}
	#writeObject(schema, value) {
		const { properties = {}, additionalProperties, required = [] } = schema;
		const written = [];
		for (const [key, inner] of Object.entries(value)) {
			const property = Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
			if (property === void 0 || typeof property === "boolean") continue;
			const part = this.write(property, inner);
			if (part !== void 0) written.push([key, part]);
			else if (inner !== void 0 && required.includes(key)) return void 0;
		}
		return Object.fromEntries(written);
	}
};
function isOfType(value, type) {
	switch (type) {
		case "null": return value === null;
		case "boolean": return typeof value === "boolean";
		case "integer": return Number.isInteger(value);
		case "number": return Number.isFinite(value);
		default: return false;
	}
}
export { serialize };
