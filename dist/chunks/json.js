// src/terraform/json.ts
function listManagedResources(module) {
	if (module === void 0) return [];
	return [...module.resources ?? [], ...(module.child_modules ?? []).flatMap(listManagedResources)].filter((resource) => resource.mode === "managed");
}
function withoutInstanceKeys(address) {
	return address.replace(/\[(\d+|"(?:[^"\\]|\\.)*")\]/g, "");
}
export { withoutInstanceKeys as n, listManagedResources as t };
