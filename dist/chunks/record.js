import { asObject, asText, isObject } from "./entry.js";
const deflateRawSync = (...values) => process.getBuiltinModule("node:zlib").deflateRawSync(...values);
const inflateRawSync = (...values) => process.getBuiltinModule("node:zlib").inflateRawSync(...values);
// src/approval/codes.ts
const review = "Open a pull request and review its plan, which is based on what is deployed now.";
const approve = "To apply this plan unchanged, start the workflow manually with its fingerprint as plan-approval (in the recipes, the input approve).";
const unstableValue = "If every run has another fingerprint, a value is different in each plan, for example because it comes from the time: name its attribute in plan-approval-ignore.";
const newImage = "Start the workflow manually without a fingerprint: it plans with the image of the current code. Read that plan, then start the workflow again with its fingerprint as plan-approval (in the recipes, the input approve).";
const approvalCodes = {
	PLAN_CHANGED: {
		meaning: "the plan differs from the reviewed plan",
		fix: `Read the differences. ${review} ${approve}`,
		remedy: "config"
	},
	PLAN_APPLIED: {
		meaning: "the reviewed plan was already applied at this commit, and something has changed since",
		fix: `Read the plan. ${review} ${approve}`,
		remedy: "config"
	},
	COMMIT_SUPERSEDED: {
		meaning: "a newer commit was already applied, or the action cannot rule that out",
		fix: "Re-run the newest run of the workflow on the branch: its plan contains this commit, and the reviewed plans of both pull requests cover it. To go back to an older version, merge a pull request that reverts the newer one.",
		remedy: "config"
	},
	PLAN_NOT_REVIEWED: {
		meaning: "no reviewed plan belongs to this commit",
		fix: `${review} ${approve}`,
		remedy: "config"
	},
	PLAN_OUTDATED: {
		meaning: "the reviewed plan is the plan of an older commit of the pull request",
		fix: `${review} ${approve} To prevent it, require the check of the plan job: then nobody can merge before the plan of the last commit.`,
		remedy: "config"
	},
	PLAN_RECORD_CHANGED: {
		meaning: "somebody edited the plan comment, or plan-approval-key has another value",
		fix: `${review} ${approve}`,
		remedy: "config"
	},
	PLAN_KEY_CHANGED: {
		meaning: "the plan comment was signed with another kind of key: plan-approval-key was added or removed, or the state is lost",
		fix: `Set the same plan-approval-key in the plan job and in the apply job. ${approve}`,
		remedy: "config"
	},
	PLAN_RECORD_FOREIGN: {
		meaning: "the plan comment belongs to another repository, pull request, stack, directory or workspace",
		fix: `${review} ${approve}`,
		remedy: "config"
	},
	PLAN_BEFORE_STATE: {
		meaning: "the plan was reviewed before the state existed, so its record has no signature, and the state exists now",
		fix: `${approve} ${review} With plan-approval-key, records are signed before the first apply, too.`,
		remedy: "config"
	},
	APPLY_UNSIGNED: {
		meaning: "the first apply ended before it could sign the record of its plan with the new state",
		fix: `Read the plan, which has the remaining changes of that apply. ${approve}`,
		remedy: "config"
	},
	PLAN_FILE_UNREADABLE: {
		meaning: "the plan file cannot be read, perhaps because it is encrypted, so the state cannot sign the plan record",
		fix: "Set plan-approval-key, the same for plan and apply.",
		remedy: "config"
	},
	PLAN_FINGERPRINT_CHANGED: {
		meaning: "the plan has another fingerprint than the one in plan-approval",
		fix: `Read the plan of this run. ${approve} ${unstableValue}`,
		remedy: "config"
	},
	PLAN_WORKFLOW_FOREIGN: {
		meaning: "another workflow file made the reviewed plan",
		fix: "If one workflow file plans and another one applies, set the input plan-workflow of the apply to the file that plans.",
		remedy: "config"
	},
	APPLY_NOT_PERMITTED: {
		meaning: "the person who asked for an apply before the merge has no write access",
		fix: "Let somebody with write access to the repository write the comment.",
		remedy: "config"
	},
	APPLY_CODE_UNTRUSTED: {
		meaning: "an apply before the merge was asked for code of a fork or of Dependabot",
		fix: "Review the commits and push them to a branch of this repository, or merge the pull request: the merge applies it.",
		remedy: "config"
	},
	APPLY_NOT_OPEN: {
		meaning: "an apply before the merge was asked for a pull request that is not open any more",
		fix: "If it was merged, the run of its merge applies it. Otherwise reopen it and comment again.",
		remedy: "config"
	},
	APPLY_HEAD_MOVED: {
		meaning: "the checked-out commit is not the last commit of the pull request that is to be applied",
		fix: "Check out refs/pull/NUMBER/head as the recipe does. If somebody pushed in the meantime, have the new plan approved and comment again.",
		remedy: "config"
	},
	APPLY_BEHIND: {
		meaning: "the pull request that is to be applied does not contain the newest commit of its base branch",
		fix: "Update the branch. Have the new plan approved, and comment again.",
		remedy: "config"
	},
	APPLY_NOT_APPROVED: {
		meaning: "nobody else with write access approved the last commit of the pull request and its plan before the comment",
		fix: "Have the last commit approved after its plan is on the pull request, and comment again after that.",
		remedy: "config"
	},
	APPLY_NOT_MERGEABLE: {
		meaning: "the rules of the base branch do not allow the merge of the pull request that is to be applied",
		fix: "Do what GitHub requires above the merge button, such as a required check or a review of a code owner. Then comment again.",
		remedy: "config"
	},
	APPLY_OTHER_UNMERGED: {
		meaning: "another pull request is applied and not merged, so this apply would take its changes back",
		fix: "Merge the other pull request first, then update this branch, have the new plan approved and comment again.",
		remedy: "config"
	},
	IMAGE_OUTDATED: {
		meaning: "the source of the image was changed after the plan was reviewed; nothing was changed",
		fix: `${newImage} Or open a pull request, whose plan has an image of the current code.`,
		remedy: "config"
	},
	IMAGE_GONE: {
		meaning: "the registry does not have the reviewed image any more; nothing was changed",
		fix: `${newImage} Let the lifecycle rule of the repository keep the images that may still be deployed or rolled back to.`,
		remedy: "config"
	},
	IMAGE_UNRESOLVED: {
		meaning: "the registry does not have an image of the input reviewed-images, or does not let this job read it; nothing was changed",
		fix: "Push the image before this step, and give the job the right to read it: ecr:DescribeImages on a repository of Amazon ECR, or `docker login` for another registry.",
		remedy: "config"
	}
};
// src/approval/life.ts
const reviewed = { stage: "reviewed" };
function applying(life, commit, { run, attempt }) {
	if (life.stage === "applied" && life.commit === commit) return life;
	return {
		stage: "applying",
		commit,
		run,
		attempt
	};
}
function applied(commit, tainted) {
	return {
		stage: "applied",
		commit,
		tainted: [...new Set(tainted)]
	};
}
function readLife(value) {
	const { stage, commit, run, attempt, tainted } = asObject(value);
	if (stage === "reviewed") return reviewed;
	if (typeof commit !== "string") return void 0;
	if (stage === "applying" && typeof run === "number" && typeof attempt === "number") return {
		stage,
		commit,
		run,
		attempt
	};
	const isList = Array.isArray(tainted) && tainted.every((each) => typeof each === "string");
	return stage === "applied" && isList ? {
		stage,
		commit,
		tainted
	} : void 0;
}
// src/approval/images.ts
function decideImage(facts) {
	const { reviewed, isRequired } = facts;
	if (reviewed === void 0) return { use: "input" };
	const refusal = whyUnusable(facts, reviewed);
	if (refusal === void 0) return {
		use: "review",
		image: reviewed
	};
	if (!isRequired) return {
		use: "input",
		why: refusal.sentence
	};
	const { code, sentence } = refusal;
	return {
		use: "none",
		failure: {
			code,
			sentence,
			fix: approvalCodes[code].fix,
			remedy: approvalCodes[code].remedy
		}
	};
}
function whyUnusable({ variable, tree, isInRegistry }, { reference, context, tree: reviewedTree }) {
	if (context !== void 0 && tree !== reviewedTree) {
		const place = context === "." ? "The repository" : `${context}/`;
		const now = tree === void 0 ? "it does not exist any more" : `its tree is ${shortHash(tree)}`;
		return {
			code: "IMAGE_OUTDATED",
			sentence: `${place} changed after the review: the image for the variable ${variable} was built from tree ${shortHash(reviewedTree ?? "")}, and now ${now}.`
		};
	}
	if (isInRegistry !== false) return void 0;
	return {
		code: "IMAGE_GONE",
		sentence: `The registry does not have the reviewed image of the variable ${variable} any more: ${reference}.`
	};
}
function shortHash(hash) {
	return hash.slice(0, 12);
}
function readImages(value) {
	if (value === void 0) return [];
	if (!Array.isArray(value)) return void 0;
	const images = value.filter(isObject).flatMap((each) => {
		const [variable, reference] = [asText(each.variable), asText(each.reference)];
		const [context, tree] = [asText(each.context), asText(each.tree)];
		if (variable === void 0 || reference === void 0 || context === void 0 !== (tree === void 0)) return [];
		return [{
			variable,
			reference,
			...context !== void 0 && tree !== void 0 && {
				context,
				tree
			}
		}];
	});
	return images.length === value.length ? images : void 0;
}
// src/approval/record.ts
const linePattern = /^<!-- terraform-mcp-deploy plan ([\w-]+)\.([\w-]+) -->\r?$/;
const maxRecordBytes = 4194304;
function signatureMode({ mode, signedWith }) {
	return signedWith ?? mode;
}
function recordLine(body, { record, signer }) {
	const text = encode(record);
	return `<!-- terraform-mcp-deploy plan ${text}.${signer.sign(signedText(text, body))} -->`;
}
function recordLength(record) {
	return encode(record).length + 100;
}
function readRecord(body, signerOf) {
	const [first = "", second = "", ...rest] = body.split("\n");
	const [, text = "", signature = ""] = linePattern.exec(second) ?? [];
	const decoded = decode(text);
	if (decoded === void 0) return void 0;
	const { record, version } = decoded;
	const visible = [first, ...rest].join("\n");
	const covered = version === 1 ? signedTextOfVersion1(text, visible) : signedText(text, visible);
	return {
		record,
		intact: signerOf(record)?.sign(covered) === signature
	};
}
function readSettings(body) {
	const [, second = ""] = body.split("\n", 2);
	return decode(linePattern.exec(second)?.[1] ?? "")?.record.outline.settings;
}
function readStage(body) {
	const [, second = ""] = body.split("\n", 2);
	return decode(linePattern.exec(second)?.[1] ?? "")?.record.life.stage;
}
function signedText(text, body) {
	return `${text}\n${composed(body).split(/\r\n|\r|\n/).map((line) => line.trimEnd()).join("\n")}`.trimEnd();
}
function composed(text) {
	return text.replace(/[^\0-\x7f]/gu, (char) => {
		return /^[\0-\x7f]+$/.test(char.normalize("NFC")) ? `\\u{${char.codePointAt(0)?.toString(16)}}` : char;
	}).normalize("NFC");
}
function signedTextOfVersion1(text, body) {
	return `${text}\n${body.normalize("NFC").replace(/[\s\p{C}]+/gu, "")}`;
}
const encodedRecords = new WeakMap();
function encode(record) {
	const known = encodedRecords.get(record);
	if (known !== void 0) return known;
	const text = deflateRawSync(JSON.stringify(record), { level: 9 }).toString("base64url");
	encodedRecords.set(record, text);
	return text;
}
function decode(text) {
	try {
		const json = inflateRawSync(Buffer.from(text, "base64url"), { maxOutputLength: maxRecordBytes }).toString();
		return readVersion(JSON.parse(json));
	} catch {
		return;
	}
}
function readVersion(value) {
	const { applied: _, version, ...fields } = asObject(value);
	const outline = asObject(fields.outline);
	if (!isObject(fields.binding) || !isObject(outline.settings)) return void 0;
	const life = version === 1 ? reviewed : readLife(fields.life);
	if (version !== 1 && version !== 2 || life === void 0 || readImages(fields.images) === void 0) return void 0;
	return {
		record: {
			...fields,
			version: 2,
			life
		},
		version
	};
}
export { applied, applying, approvalCodes, decideImage, readRecord, readSettings, readStage, recordLength, recordLine, reviewed, shortHash, signatureMode, unstableValue };
