import { messageOf } from "./entry.js";
// src/platforms/aws/client.ts
const throughProxy = { proxyEnv: process.env };
const defaultAwsTimes = {
	connectionTimeoutMs: 5e3,
	requestTimeoutMs: 1e4
};
function awsOptions(region, { connectionTimeoutMs, requestTimeoutMs } = defaultAwsTimes) {
	return {
		requestHandler: {
			connectionTimeout: connectionTimeoutMs,
			requestTimeout: requestTimeoutMs,
			throwOnRequestTimeout: true,
			httpAgent: throughProxy,
			httpsAgent: throughProxy
		},
		...region === void 0 ? {} : { region }
	};
}
function isDenied(error) {
	return error instanceof Error && /^(AccessDenied|UnauthorizedOperation|NotAuthorized)/.test(error.name);
}
function isAccessError(error) {
	const name = error instanceof Error ? error.name : "";
	return isDenied(error) || /AccessDenied|UnrecognizedClient|ExpiredToken|InvalidClientToken|InvalidSignature|CredentialsProviderError|AuthFailure/.test(name) || /Region is missing|credential|AuthFailure|ExpiredToken/i.test(messageOf(error));
}
export { awsOptions, isAccessError, isDenied };
