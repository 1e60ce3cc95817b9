import { H as plainString, V as parseHcl, z as readSettings } from "./entry.js";
// src/terraform/configuration.ts
const endpointOutput = "mcp_endpoint";
const relevantWords = new RegExp(String.raw`\b(module|terraform|${endpointOutput})\b`);
function isConfigurationFile(name) {
	return /\.(tf|tofu)(\.json)?$/.test(name);
}
function readConfiguration(files, textOf) {
	const isOverride = (file) => /(^|[/_])override\.\w+(\.json)?$/.test(file);
	const all = files.filter(isConfigurationFile).toSorted((a, b) => Number(isOverride(a)) - Number(isOverride(b))).map((file) => {
		const text = textOf(file) ?? "";
		if (!relevantWords.test(text)) return {
			sources: [],
			backend: void 0,
			hasEndpoint: false
		};
		return file.endsWith(".json") ? readJson(text) : readHcl(text);
	});
	return {
		sources: all.flatMap(({ sources }) => sources),
		backend: all.findLast(({ backend }) => backend !== void 0)?.backend,
		hasEndpoint: all.some(({ hasEndpoint }) => hasEndpoint)
	};
}
function readHcl(text) {
	const { blocks } = parseHcl(text);
	const ofType = (type) => blocks.filter((block) => block.type === type);
	const backend = ofType("terraform").flatMap((block) => block.blocks.filter(({ type }) => type === "backend" || type === "cloud")).at(-1);
	return {
		sources: ofType("module").flatMap(({ attributes }) => plainString(attributes.get("source")) ?? []),
		backend: backend && {
			type: backend.labels[0] ?? backend.type,
			settings: readSettings(backend)
		},
		hasEndpoint: ofType("output").some(({ labels }) => labels[0] === endpointOutput)
	};
}
function readJson(text) {
	let document;
	try {
		document = JSON.parse(text);
	} catch {
		document = void 0;
	}
	const { terraform, module, output } = objectOf(document);
	const [type, settings] = objectsOf(terraform).flatMap((each) => [...objectsOf(each.backend).flatMap((byType) => Object.entries(byType)), ...each.cloud === void 0 ? [] : [["cloud", each.cloud]]]).at(-1) ?? [];
	return {
		sources: objectsOf(module).flatMap((byName) => Object.values(byName)).flatMap(objectsOf).flatMap(({ source }) => typeof source === "string" ? source : []),
		backend: type === void 0 ? void 0 : {
			type,
			settings: textsOf(objectOf(objectsOf(settings)[0]))
		},
		hasEndpoint: objectsOf(output).some((byName) => endpointOutput in byName)
	};
}
function objectsOf(value) {
	return [value].flat().filter((each) => typeof each === "object" && each !== null);
}
function objectOf(value) {
	return objectsOf(value)[0] ?? {};
}
function textsOf(values) {
	return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]));
}
export { readConfiguration as n, isConfigurationFile as t };
