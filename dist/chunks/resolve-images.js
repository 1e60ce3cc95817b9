import { approvalCodes, decideImage, shortHash } from "./record.js";
import { childEnvironment, findProgram, query } from "./child.js";
import { CancelledError, InputError, ServiceError, byDigest, ecrRegistry, line, log, messageOf, parseReference } from "./entry.js";
import { bindingOf, lineageInState } from "./prepare.js";
import { readEarlierImages, readRecordedImages } from "./review.js";
import { isCommentOf } from "./comment-owner.js";
import { isDenied } from "./client.js";
import { mergedPullRequest } from "./merged-pull-request.js";
// src/approval/context-tree.ts
const hashPattern = /^[\da-f]{40}(?:[\da-f]{24})?$/;
async function readContextTree(path, directory, env) {
	const git = findProgram("git", env, directory);
	if (git === void 0) throw new ServiceError("git is not on the runner");
	const run = async (...args) => {
		const safe = [
			"-c",
			"safe.directory=*",
			"-c",
			"core.fsmonitor=false"
		];
		const options = {
			cwd: directory,
			env: childEnvironment(env, true, { GIT_OPTIONAL_LOCKS: "0" })
		};
		return await query(git, [...safe, ...args], options).catch((error) => {
			throw new ServiceError(`git could not be run: ${messageOf(error)}`);
		});
	};
	const commit = await run("rev-parse", "--verify", "--quiet", "HEAD:");
	const tree = commit.stdout.trim();
	if (commit.exitCode !== 0 || !hashPattern.test(tree)) throw new ServiceError(`git cannot read the checked-out commit: ${firstLine(commit.stderr) || "it has no tree"}`);
	if (path === ".") return tree;
	const found = await run("rev-parse", "--verify", "--quiet", `HEAD:${path}`);
	const hash = found.stdout.trim();
	return found.exitCode === 0 && hashPattern.test(hash) ? hash : void 0;
}
function firstLine(text) {
	return text.trim().split("\n")[0] ?? "";
}
// src/platforms/images/image.ts
const ecrPermission = "ecr:DescribeImages";
async function readImageDigest(reference, context) {
	const ecr = ecrRegistry(reference.registry);
	if (ecr === void 0) return await (await import("./registry.js")).readRegistryDigest(reference, context);
	const { describeEcrImage } = await import("./ecr.js");
	try {
		return await describeEcrImage(ecr, reference);
	} catch (error) {
		if (!isDenied(error)) throw new ServiceError(`it answers: ${messageOf(error)}`);
		throw new ServiceError(`the role of this job may not read it: give the role ${ecrPermission} on the repository`);
	}
}
// src/commands/resolve-images.ts
async function resolveImages(job, terraform, pullRequest, use) {
	const recorded = await readReviewed(job, terraform, pullRequest, use);
	if (recorded.record !== void 0) job.signedRecord = recorded.record;
	const isRequired = use === "reviewed" && job.inputs.planApproval === "reviewed";
	const chosen = [];
	for (const input of job.inputs.reviewedImages) {
		const image = await chooseImage(job, input, {
			reviewed: await findReviewed(job, input, recorded),
			isRequired,
			why: recorded.why
		});
		if ("code" in image) return image;
		log.line(line`${describeImage(image)}`);
		chosen.push(image);
	}
	terraform.setVariables(Object.fromEntries(chosen.map(({ variable, reference }) => [variable, reference])));
	job.signedRecord = void 0;
	job.record({ images: chosen });
}
const nothingReviewed = {
	images: [],
	readEarlier: async () => []
};
async function readReviewed(job, terraform, pullRequest, use) {
	const { planApproval, planApprovalKey: key } = job.inputs;
	if (use === "own" || planApproval === "none") return nothingReviewed;
	const read = async () => {
		const github = await job.github();
		const merged = use === "current" && pullRequest === void 0 ? await mergedPullRequest(job, 0) : pullRequest;
		if (github === void 0 || merged === void 0) return nothingReviewed;
		const lineage = key === "" ? lineageInState(await terraform.pullState()) || void 0 : void 0;
		const request = {
			...bindingOf(job),
			secrets: {
				key,
				lineage
			}
		};
		const source = {
			readComment: (number) => github.readComment(number, (body) => isCommentOf(job, body)),
			mergedPullRequests: (branch) => github.mergedPullRequests(branch)
		};
		let earlier;
		const readEarlier = () => earlier ??= readEarlierImages(request, merged, source);
		return {
			...await readRecordedImages(request, merged, source),
			readEarlier
		};
	};
	if (use === "reviewed") return await read();
	try {
		return await read();
	} catch (error) {
		if (error instanceof CancelledError) throw error;
		log.warning(line`The reviewed images could not be read, so this plan has the images of the input: ${messageOf(error)}`);
		return nothingReviewed;
	}
}
async function findReviewed(job, { variable }, { images, readEarlier }) {
	const own = images.find((each) => each.variable === variable);
	if (own?.context === void 0) return own;
	const { context } = own;
	const tree = await treeOf(job, context);
	if (tree === own.tree) return own;
	const isSame = (each) => each.variable === variable && each.context === context && each.tree === tree;
	return (await readEarlier()).find(isSame) ?? own;
}
async function chooseImage(job, input, choice) {
	const { reviewed, isRequired, why } = choice;
	const { variable } = input;
	const context = reviewed?.context;
	const facts = {
		variable,
		reviewed,
		tree: context === void 0 ? void 0 : await treeOf(job, context),
		isRequired
	};
	let decision = decideImage(facts);
	if (decision.use === "review") {
		const { reference } = decision.image;
		const found = await lookUp(job, variable, parseReference(reference), reference);
		if (typeof found === "object") return found;
		decision = decideImage({
			...facts,
			isInRegistry: found !== void 0
		});
	}
	if (decision.use === "review") return {
		...decision.image,
		from: "review"
	};
	if (decision.use === "none") return decision.failure;
	if (decision.why !== void 0) log.notice(line`${decision.why} This plan has the image of the input instead.`);
	return await resolveInput(job, input, why);
}
async function resolveInput(job, { variable, reference, context }, why) {
	const tree = context === void 0 ? void 0 : await treeOf(job, context);
	if (context !== void 0 && tree === void 0) throw new InputError(`Input reviewed-images names the context "${context}" for the variable ${variable}: the checked-out commit has no such path.`);
	const because = why === void 0 ? "" : ` No reviewed image is known instead: ${why}`;
	if (reference === void 0) return unresolved(`Input reviewed-images has no reference for the variable ${variable}.${because}`);
	const digest = await lookUp(job, variable, reference, reference.text);
	if (typeof digest === "object") return digest;
	if (digest === void 0) return unresolved(`The registry ${reference.registry} does not have the image of the variable ${variable}: ${reference.text}.${because}`);
	const built = context === void 0 || tree === void 0 ? {} : {
		context,
		tree
	};
	return {
		variable,
		reference: byDigest(reference, digest),
		...built,
		from: "input"
	};
}
async function lookUp(job, variable, reference, text) {
	try {
		if (reference === void 0) return void 0;
		return await readImageDigest(reference, {
			env: process.env,
			signal: job.signal
		});
	} catch (error) {
		if (error instanceof CancelledError) throw error;
		return unresolved(`The registry ${reference?.registry ?? ""} was asked for the image of the variable ${variable}, ${text}, and ${messageOf(error)}.`);
	}
}
function unresolved(sentence) {
	const { fix, remedy } = approvalCodes.IMAGE_UNRESOLVED;
	return {
		code: "IMAGE_UNRESOLVED",
		sentence,
		fix,
		remedy
	};
}
async function treeOf({ inputs }, context) {
	try {
		return await readContextTree(context, inputs.workingDirectory, process.env);
	} catch (error) {
		throw new InputError(`Input reviewed-images names the context "${context}", whose tree cannot be read: ${messageOf(error)}. Check the code out with actions/checkout, with git on the runner.`);
	}
}
function describeImage({ variable, reference, context, tree, from }) {
	return `${variable}: ${reference}${context === void 0 ? "" : ` (built from ${context}, tree ${shortHash(tree ?? "")})`}, ${from === "review" ? "as reviewed" : "resolved in this run"}`;
}
export { resolveImages };
