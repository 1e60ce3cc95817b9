import { messageOf } from "./entry.js";
import { isDenied } from "./client.js";
import { noEvidence, platformOf } from "./platforms.js";
// src/platforms/evidence.ts
const clockSkewMs = 6e4;
async function collectEvidence(target, followed, since = 0) {
	const { evidence, messages } = platformOf(target);
	const omitted = [];
	const context = {
		ask: askInto(omitted),
		omitted,
		followed,
		since: since - clockSkewMs
	};
	return evidence === void 0 ? noEvidence(messages.name(target)) : await evidence(target, context);
}
function hasEvidence(target) {
	return platformOf(target).evidence !== void 0;
}
function askInto(omitted) {
	return async (detail, action, call) => {
		try {
			return await call();
		} catch (error) {
			omitted.push({
				detail,
				action: isDenied(error) ? action : void 0,
				why: messageOf(error)
			});
			return;
		}
	};
}
export { collectEvidence, hasEvidence };
