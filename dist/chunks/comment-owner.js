import { readableSetting } from "./digest.js";
import { readSettings } from "./record.js";
import { secrets } from "./entry.js";
// src/github/comment-owner.ts
function isCommentOf({ marker, formerMarker, state }, body) {
	if (body.startsWith(marker)) return true;
	if (formerMarker === void 0 || state === void 0 || !body.startsWith(formerMarker)) return false;
	const settings = readSettings(body);
	const isSame = (name) => settings?.[name] === readableSetting(state[name], secrets.redact);
	return isSame("backend") && isSame("workspace");
}
export { isCommentOf };
