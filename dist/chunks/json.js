// src/terraform/json.ts
function allResources(module) {
	if (module === void 0) return [];
	return [...module.resources ?? [], ...(module.child_modules ?? []).flatMap(allResources)].filter((resource) => resource.mode === "managed");
}
function withoutKeys(address) {
	return address.replace(/\[(\d+|"(?:[^"\\]|\\.)*")\]/g, "");
}
export { withoutKeys as n, allResources as t };
