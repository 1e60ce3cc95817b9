// src/platforms/images/reference.ts
const dockerHub = "docker.io";
const hostPattern = /^(?:[a-zA-Z\d-]+(?:\.[a-zA-Z\d-]+)*|\[[\da-fA-F:]+\])(?::\d{1,5})?$/;
const partPattern = /^[a-z\d]+(?:(?:[._]|__|-+)[a-z\d]+)*$/;
const tagPattern = /^\w[\w.-]{0,127}$/;
const digestPattern = /^(?:sha256:[\da-f]{64}|sha512:[\da-f]{128})$/;
const maxNameLength = 255;
function isDigest(text) {
	return digestPattern.test(text);
}
function parseReference(text) {
	const [beforeDigest = "", digest, ...more] = text.split("@");
	const slash = beforeDigest.lastIndexOf("/");
	const colon = beforeDigest.indexOf(":", slash + 1);
	const tag = colon === -1 ? void 0 : beforeDigest.slice(colon + 1);
	const name = colon === -1 ? beforeDigest : beforeDigest.slice(0, colon);
	const isComplete = tag !== void 0 || digest !== void 0;
	if (more.length > 0 || !isComplete || name.length > maxNameLength) return void 0;
	if (tag !== void 0 && !tagPattern.test(tag)) return void 0;
	if (digest !== void 0 && !isDigest(digest)) return void 0;
	const [first = "", ...rest] = name.split("/");
	const hasHost = rest.length > 0 && (/[.:]/.test(first) || first === "localhost");
	const parts = hasHost ? rest : [first, ...rest];
	if (hasHost && !hostPattern.test(first) || !parts.every((part) => partPattern.test(part))) return void 0;
	const registry = hasHost && !/^(?:index\.)?docker\.io$/.test(first) ? first : dockerHub;
	return {
		text,
		registry,
		repository: registry === "docker.io" && parts.length === 1 ? `library/${parts[0]}` : parts.join("/"),
		name,
		tag,
		digest
	};
}
function byDigest({ name }, digest) {
	return `${name}@${digest}`;
}
function ecrRegistry(host) {
	const [, account, region] = /^(\d{12})\.(?:dkr\.ecr(?:-fips)?\.([a-z\d-]+)\.amazonaws\.com(?:\.cn)?|dkr-ecr(?:-fips)?\.([a-z\d-]+)\.on\.(?:aws|amazonwebservices\.com\.cn))$/.exec(host)?.filter((part) => part !== void 0) ?? [];
	return account === void 0 || region === void 0 ? void 0 : {
		account,
		region
	};
}
export { parseReference as a, isDigest as i, dockerHub as n, ecrRegistry as r, byDigest as t };
