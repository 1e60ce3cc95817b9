import { H as hasAuthorization } from "./verify.js";
// src/platforms/access.ts
function withAccess(request, { signing, headers, traits, leaveUrl }) {
	const hasOther = request.oauth !== void 0 || hasAuthorization(request.headers);
	const sigv4 = request.sigv4 ?? (signing === void 0 || hasOther ? void 0 : `${signing.service}/${signing.region}`);
	const given = new Set(Object.keys(request.headers).map((name) => name.toLowerCase()));
	const added = Object.entries(headers ?? {}).filter(([name]) => !given.has(name.toLowerCase()));
	return {
		...request,
		sigv4,
		headers: {
			...Object.fromEntries(added),
			...request.headers
		},
		...traits !== void 0 && { traits },
		...leaveUrl !== void 0 && { leaveUrl }
	};
}
export { withAccess as t };
