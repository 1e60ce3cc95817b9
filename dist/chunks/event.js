import { T as InputError } from "./poll.js";
import { existsSync, readFileSync } from "node:fs";
// src/event.ts
const matrixCommands = ["discover", "summary"];
const deployCommands = [
	"auto",
	"plan",
	"apply",
	"verify",
	"destroy"
];
function decideTrigger(command, run, checkedOut) {
	if (command === "discover" || command === "summary") return { command };
	assertTrustedCheckout(run, checkedOut);
	if (command === "destroy") assertMerged(run);
	const trigger = command === "auto" ? decideAuto(run) : decided(command, run);
	if (trigger.command === "none") return trigger;
	const visitor = untrustedAuthorOf(run);
	if (visitor !== void 0 && trigger.command === "apply") throw new InputError("Input command is \"apply\" for a pull request from a fork or of Dependabot: only what was merged is applied. Leave command at \"auto\".");
	return {
		...trigger,
		visitor
	};
}
function decided(command, { payload, sha }) {
	const pull = payload.pull_request;
	return {
		command,
		pullRequest: pull?.number,
		sha: pull === void 0 ? sha : shaOf(pull),
		queued: queuedOf(payload)
	};
}
function decideAuto(run) {
	const { sha } = run;
	switch (run.event) {
		case "pull_request": return run.payload.action === "closed" ? closed(run.payload) : decided("plan", run);
		case "merge_group":
		case "workflow_dispatch": return decided("plan", run);
		case "push": return push(run);
		case "schedule": return {
			command: "verify",
			pullRequest: void 0,
			sha
		};
		default: return nothing(`the event ${run.event} neither plans, applies nor verifies.`);
	}
}
function closed(payload) {
	const pull = payload.pull_request;
	if (pull?.merged !== true) {
		const ended = nothing("the pull request was closed without being merged.");
		return pull === void 0 ? ended : {
			...ended,
			closed: {
				pullRequest: pull.number,
				sha: shaOf(pull)
			}
		};
	}
	const defaultBranch = payload.repository?.default_branch;
	if (pull.base.ref !== defaultBranch) return nothing(`the pull request was merged into ${pull.base.ref}, not into the default branch ${defaultBranch}.`);
	return {
		command: "apply",
		pullRequest: pull.number,
		sha: shaOf(pull)
	};
}
function push({ payload, ref, sha }) {
	const defaultBranch = payload.repository?.default_branch;
	if (ref !== `refs/heads/${defaultBranch}`) return nothing(`${ref} is not the default branch ${defaultBranch}.`);
	return {
		command: "apply",
		pullRequest: void 0,
		sha
	};
}
function isFork({ head, base }) {
	return head.repo === null || head.repo?.full_name !== base.repo?.full_name;
}
function untrustedAuthorOf(run) {
	const pull = run.payload.pull_request;
	if (pull === void 0 || run.event !== "pull_request" || pull.merged === true) return void 0;
	if (isFork(pull)) return "fork";
	return run.actor === "dependabot[bot]" ? "dependabot" : void 0;
}
function assertTrustedCheckout(run, checkedOut) {
	const pull = run.payload.pull_request;
	if (run.event !== "pull_request_target" || pull === void 0 || !isFork(pull) || checkedOut === run.sha) return;
	throw new InputError(`The workflow runs on pull_request_target, and ${checkedOut === void 0 ? "it cannot be told what is checked out" : `commit ${checkedOut.slice(0, 7)} is checked out`}, not ${run.sha.slice(0, 7)} of the base branch: the code of a fork would run with the credentials of this repository. Run on pull_request instead, which gives a fork no credentials.`);
}
function assertMerged({ event, payload }) {
	if (!(payload.pull_request !== void 0 && payload.pull_request.merged !== true) && event !== "merge_group") return;
	throw new InputError(`Input command is "destroy" on the event ${event}, whose code is not merged: nothing is destroyed by a proposal. Run it on workflow_dispatch, push or schedule, with confirm-destroy.`);
}
function queuedOf({ merge_group }) {
	const number = /\/pr-(\d+)-[0-9a-f]{40}$/.exec(merge_group?.head_ref ?? "")?.[1];
	return number === void 0 ? void 0 : Number(number);
}
function shaOf(pull) {
	return (pull.merged === true ? pull.merge_commit_sha : void 0) ?? pull.head.sha;
}
function nothing(why) {
	return {
		command: "none",
		reason: `Nothing to do: ${why} Set the input command to plan, apply or verify to decide yourself.`
	};
}
function readRun(env) {
	const need = (name) => {
		const value = env[name];
		if (!value) throw new InputError(`${name} is not set: this action runs on a GitHub Actions runner.`);
		return value;
	};
	const [owner = "", repo = ""] = need("GITHUB_REPOSITORY").split("/");
	const payloadFile = env.GITHUB_EVENT_PATH;
	const repositoryUrl = `${env.GITHUB_SERVER_URL ?? "https://github.com"}/${owner}/${repo}`;
	const actionsUrl = `${repositoryUrl}/actions`;
	const runUrl = `${actionsUrl}/runs/${env.GITHUB_RUN_ID ?? ""}`;
	const attempt = Number(env.GITHUB_RUN_ATTEMPT ?? "1");
	return {
		event: need("GITHUB_EVENT_NAME"),
		payload: payloadFile && existsSync(payloadFile) ? JSON.parse(readFileSync(payloadFile, "utf8")) : {},
		owner,
		repo,
		sha: env.GITHUB_SHA ?? "",
		ref: env.GITHUB_REF ?? "",
		url: attempt > 1 ? `${runUrl}/attempts/${attempt}` : runUrl,
		repositoryUrl,
		workflow: /^[^/]+\/[^/]+\/(.+?)@/.exec(env.GITHUB_WORKFLOW_REF ?? "")?.[1] ?? "",
		job: env.GITHUB_JOB ?? "",
		actor: env.GITHUB_ACTOR ?? "",
		runsUrl: `${actionsUrl}?query=is%3Ain_progress`,
		workspace: need("GITHUB_WORKSPACE"),
		temp: need("RUNNER_TEMP"),
		action: actionSource(env)
	};
}
function actionSource(env) {
	const { GITHUB_ACTION_REPOSITORY: repository = "", GITHUB_ACTION_REF: ref = "" } = env;
	if (!/^[\w.-]+\/[\w.-]+$/.test(repository) || !/^[\w./@+-]+$/.test(ref)) return void 0;
	return {
		url: `${env.GITHUB_SERVER_URL ?? "https://github.com"}/${repository}`,
		ref
	};
}
export { readRun as a, matrixCommands as i, deployCommands as n, isFork as r, decideTrigger as t };
