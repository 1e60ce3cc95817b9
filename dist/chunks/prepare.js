import { r as __toESM } from "./rolldown-runtime.js";
import { _ as mergeBackendConfig, b as stateName, g as keySetting, h as isSetting, r as saveRunning, v as namingSettings, x as isRuleName } from "./entry.js";
import { B as TerraformError, E as asObject, I as CancelledError, R as InputError, T as asList, U as messageOf, _ as secrets, g as log, k as parseJson, m as line, r as sleep, t as poll, w as redactor, z as ServiceError } from "./base.js";
import { s as requireOutputs } from "./platforms.js";
import { n as plainString, t as parseHcl } from "./hcl.js";
import { n as withoutInstanceKeys } from "./json.js";
import { a as inRepository, n as Repository, s as readConfiguration } from "./matrix.js";
import { t as require_dist } from "./yaml.js";
import { r as getExecOutput, t as require_semver } from "./semver.js";
import { a as releasePlatform, i as prepareRootModule, l as readDiagnostics, n as configuredBackend, o as tools, s as fromValidate, t as assertRemoteBackend } from "./root-module.js";
import { n as preparePluginCache, r as terraformEnvironment } from "./environment.js";
import { n as request, t as download } from "./http.js";
import { n as pathText, t as diffLines } from "./diff.js";
import { closeSync, createReadStream, existsSync, fstatSync, mkdirSync, mkdtempSync, openSync, readFileSync, readSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { inflateRawSync } from "node:zlib";
import { createHash, createPublicKey, randomUUID, verify } from "node:crypto";
import { constants as constants$1 } from "node:buffer";
import { tmpdir } from "node:os";
import { spawn } from "node:child_process";
import { StringDecoder } from "node:string_decoder";
import { pipeline } from "node:stream/promises";
// src/approval/settings.ts
const backendSettings = namingSettings;
function settingsOf$1(context, env) {
	const settings = {
		"Terraform version": context.terraformVersion,
		"provider versions": providerVersions(context.directory),
		".terraform.lock.hcl": context.lockFile ?? "",
		...stateSettings(context, env),
		target: context.targets.toSorted().join(" "),
		replace: context.replaces.toSorted().join(" ")
	};
	return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== ""));
}
function stateSettings({ directory, checkout, workspace }, env) {
	const dataDirectory = resolve(directory, env.TF_DATA_DIR || ".terraform");
	return {
		workspace: workspace ?? (env.TF_WORKSPACE || "default"),
		backend: backendName(dataDirectory, checkout)
	};
}
function lockFileDigest(directory) {
	const file = join(directory, lockFileName);
	if (!existsSync(file)) return void 0;
	const content = readFileSync(file, "utf8").split("\n").map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#"));
	return createHash("sha256").update(content.join("\n")).digest("hex").slice(0, 12);
}
const lockFileName = ".terraform.lock.hcl";
function providerVersions(directory) {
	const file = join(directory, lockFileName);
	if (!existsSync(file)) return "";
	return [...readFileSync(file, "utf8").matchAll(/^provider\s+"([^"]+)"\s*\{\s*version\s*=\s*"([^"]+)"/gm)].map(([, source = "", version]) => `${source.replace(/^registry\.(terraform\.io|opentofu\.org)\//, "")} ${version}`).sort().join(", ");
}
function backendName(dataDirectory, checkout) {
	const backendFile = join(dataDirectory, "terraform.tfstate");
	if (!existsSync(backendFile)) return "local";
	const { backend } = JSON.parse(readFileSync(backendFile, "utf8"));
	const config = Object.entries(backend?.config ?? {}).filter(([name, value]) => backendSettings.includes(name) && value !== null && value !== "").map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]).map(([name, value]) => `${name}=${name === "path" ? relative(checkout, resolve(value)) : value}`);
	return [backend?.type ?? "local", ...config.sort()].join(" ");
}
// src/approval/lineage.ts
const maxStateBytes = 536870912;
function lineageOf(planFile) {
	try {
		const state = entryOf(planFile, "tfstate");
		const { lineage } = JSON.parse(state?.toString("utf8") ?? "{}");
		return typeof lineage === "string" && lineage !== "" ? lineage : void 0;
	} catch {
		return;
	}
}
function entryOf(zip, wanted) {
	const end = zip.lastIndexOf("PK", void 0, "latin1");
	if (end < 0) return void 0;
	let at = zip.readUInt32LE(end + 16);
	for (let entries = zip.readUInt16LE(end + 10); entries > 0; entries--) {
		const [nameLength, extraLength, commentLength] = [
			28,
			30,
			32
		].map((offset) => zip.readUInt16LE(at + offset));
		if (zip.toString("utf8", at + 46, at + 46 + nameLength) === wanted) {
			const header = zip.readUInt32LE(at + 42);
			const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
			const data = zip.subarray(start, start + zip.readUInt32LE(at + 20));
			return zip.readUInt16LE(at + 10) === 0 ? data : inflateRawSync(data, { maxOutputLength: maxStateBytes });
		}
		at += 46 + nameLength + extraLength + commentLength;
	}
}
// src/rules/plan-view.ts
function viewOf(json, inputs) {
	const plan = asObject(json);
	const resources = asList(plan.resource_changes).map(asObject);
	const managed = resources.filter(({ mode }) => mode === "managed");
	const changes = managed.flatMap((resource) => changedResource(resource) ?? []);
	const unchanged = managed.filter(({ change }) => changeKindOf(asList(asObject(change).actions)) === void 0).map(({ address, type, change }) => ({
		address: asString(address) ?? "",
		type: asString(type) ?? "",
		after: asObject(asObject(change).after)
	}));
	const endpoint = asObject(asObject(plan.output_changes).mcp_endpoint);
	const known = {
		before: asString(endpoint.before),
		after: asString(endpoint.after)
	};
	const containers = [...changes, ...unchanged].flatMap(({ after }) => containersOf(after.container_definitions));
	const mcpPath = pathOf(inputs.endpoint ?? known.after ?? known.before, settingsOf(plan));
	const [changedTypes, unchangedTypes] = [changes, unchanged].map((all) => new Set(all.map(({ type }) => type)));
	return {
		changed: (...types) => types.some((type) => changedTypes?.has(type)) ? changes.filter(({ type }) => types.includes(type)) : [],
		unchanged: (...types) => types.some((type) => unchangedTypes?.has(type)) ? unchanged.filter(({ type }) => types.includes(type)) : [],
		deferredPolicies: deferredPolicies(resources, plan.prior_state),
		sessions: sessionsOf(plan, containers, mcpPath, inputs),
		mcpPath,
		endpoint: known
	};
}
function containersOf(definitions) {
	return asList(parseJsonText(definitions)).map(asObject);
}
function parseJsonText(value) {
	return typeof value === "string" ? parseJson(value) : void 0;
}
function firstBlock(value) {
	return asObject(asList(value)[0]);
}
function asString(value) {
	return typeof value === "string" ? value : void 0;
}
function asNumber(value) {
	if (typeof value === "number") return value;
	return typeof value === "string" && /^\d+$/.test(value) ? Number(value) : void 0;
}
function asStrings(value) {
	return asList(typeof value === "string" ? [value] : value).filter((each) => typeof each === "string");
}
function differs({ before, after, unknown }, attribute) {
	return holdsUnknown(unknown[attribute]) || JSON.stringify(before[attribute]) !== JSON.stringify(after[attribute]);
}
function holdsUnknown(unknown) {
	if (typeof unknown !== "object" || unknown === null) return unknown === true;
	return Object.values(unknown).some(holdsUnknown);
}
function changedResource({ address, type, change, action_reason }) {
	const { actions, before, after, after_unknown, after_sensitive } = asObject(change);
	const steps = asList(actions);
	const kind = changeKindOf(steps);
	if (kind === void 0) return void 0;
	return {
		address: asString(address) ?? "",
		type: asString(type) ?? "",
		kind,
		createsFirst: steps[0] === "create" && steps.includes("delete"),
		reason: asString(action_reason) ?? "",
		before: asObject(before),
		after: asObject(after),
		unknown: asObject(after_unknown),
		sensitive: asObject(after_sensitive)
	};
}
function changeKindOf(actions) {
	if (actions.includes("create")) return actions.includes("delete") ? "replace" : "create";
	return actions.includes("update") ? "update" : actions.includes("delete") ? "delete" : void 0;
}
function deferredPolicies(resources, priorState) {
	const deferred = resources.filter(({ mode, type, change }) => mode === "data" && type === "aws_iam_policy_document" && asList(asObject(change).actions).includes("read"));
	if (deferred.length === 0) return [];
	const before = new Map();
	const collect = (module) => {
		for (const resource of asList(module.resources).map(asObject)) before.set(resource.address, asObject(resource.values).json);
		for (const child of asList(module.child_modules)) collect(asObject(child));
	};
	collect(asObject(asObject(asObject(priorState).values).root_module));
	return deferred.map(({ address, change }) => ({
		address: asString(address) ?? "",
		after: asObject(asObject(change).after),
		before: before.get(address)
	}));
}
function settingsOf(plan) {
	const variable = asObject(asObject(plan.variables).mcp).value;
	const calls = asObject(asObject(asObject(plan.configuration).root_module).module_calls);
	const moduleArguments = Object.entries(calls).map(([name, call]) => ({
		place: `the argument mcp of module.${name}`,
		mcp: asObject(asObject(asObject(asObject(call).expressions).mcp).constant_value)
	}));
	return [{
		place: "the variable mcp",
		mcp: asObject(variable)
	}, ...moduleArguments];
}
const sseFlag = /(?:^|\s)--(?:sse|[\w-]*transport(?:\s+|=)sse)(?:\s|$)/i;
const statefulFlag = /(?:^|\s)--stateful(?:\s|$)/i;
const transportVariable = /^(?:[A-Z0-9]+_)*TRANSPORT(?:_TYPE|_MODE)?$/i;
function sessionsOf(plan, containers, mcpPath, inputs) {
	for (const { place, mcp } of settingsOf(plan)) {
		if (mcp.transport === "sse") return {
			evidence: `${place} sets transport = "sse"`,
			sse: true
		};
		if (mcp.stateful === true) return {
			evidence: `${place} sets stateful = true`,
			sse: false
		};
	}
	for (const container of containers) for (const { name, value } of asList(container.environment).map(asObject)) {
		if (typeof name !== "string" || typeof value !== "string") continue;
		if (transportVariable.test(name) && /^(?:http\+)?sse$/i.test(value)) return {
			evidence: `the container's environment sets ${name}=${value}`,
			sse: true
		};
		if (/STATELESS(?:_HTTP|_MODE)?$/i.test(name) && /^(?:false|0|no)$/i.test(value) || /STATEFUL(?:_HTTP|_MODE)?$/i.test(name) && /^(?:true|1|yes)$/i.test(value)) return {
			evidence: `the container's environment sets ${name}=${value}`,
			sse: false
		};
	}
	for (const { command, entryPoint } of containers) {
		const line = [...asStrings(entryPoint), ...asStrings(command)].join(" ");
		if (sseFlag.test(line)) return {
			evidence: "the container's command asks for the transport sse",
			sse: true
		};
		if (statefulFlag.test(line)) return {
			evidence: "the container's command has --stateful",
			sse: false
		};
	}
	if (mcpPath.isStated && /\/sse\/?$/.test(mcpPath.path)) return {
		evidence: `the path of the endpoint is ${mcpPath.path}`,
		sse: true
	};
	return inputs.transport === "sse" ? {
		evidence: "the input mcp-transport is \"sse\"",
		sse: true
	} : void 0;
}
function pathOf(endpoint, settings) {
	if (endpoint !== void 0 && URL.canParse(endpoint)) return {
		path: new URL(endpoint).pathname,
		isStated: true
	};
	const set = settings.map(({ mcp }) => asString(mcp.path)).find((path) => path !== void 0);
	return set === void 0 ? {
		path: "/mcp",
		isStated: false
	} : {
		path: set,
		isStated: true
	};
}
// src/rules/accept.ts
function acceptanceReason(acceptances, rule, address) {
	const configured = withoutInstanceKeys(address);
	return acceptances.find(({ rule: accepted, block }) => accepted === rule && (block === void 0 || block === configured || configured.startsWith(`${block}.`)))?.reason;
}
function readAcceptances(directory) {
	const files = recordedModules(directory).flatMap(({ key, path }) => tfFiles(path).map((file) => acceptancesIn(readFileSync(file, "utf8"), relative(directory, file), key === "" ? [] : key.split("."))));
	return {
		acceptances: files.flatMap(({ acceptances }) => acceptances),
		problems: files.flatMap(({ problems }) => problems)
	};
}
function acceptancesIn(content, file, module) {
	if (!content.includes("mcp-deploy:accept")) return {
		acceptances: [],
		problems: []
	};
	const { blocks, comments } = parseHcl(content);
	const commentLines = new Set(comments.filter(({ isOnOwnLine }) => isOnOwnLine).map(({ line }) => line));
	const acceptances = [];
	const problems = [];
	for (const { text: comment, line } of comments) {
		const match = /^mcp-deploy:accept(?:\s+(\S+)(?:\s+(.*))?)?$/.exec(comment);
		if (match === null) continue;
		const rule = match[1]?.replace(/:$/, "") ?? "";
		const reason = match[2]?.trim() ?? "";
		const block = blockNear(line, blocks, commentLines);
		const refuse = (why) => problems.push(`${file}, line ${line}: mcp-deploy:accept ${why}.`);
		if (!isRuleName(rule)) refuse(rule === "" ? "names no rule, so it accepts nothing: write the rule and the reason after it" : `names the rule "${rule}", which does not exist, so it accepts nothing: docs/plan-rules.md lists the names`);
		else if (reason === "") refuse(`${rule} gives no reason, so it accepts nothing: write the reason after the rule`);
		else if (block === void 0) refuse(`${rule} is neither in nor directly above a resource, module or output, so it accepts nothing`);
		else acceptances.push({
			rule,
			reason,
			block: addressOf(block, module)
		});
	}
	return {
		acceptances,
		problems
	};
}
function blockNear(line, blocks, commentLines) {
	let next = line;
	while (commentLines.has(next)) next++;
	return blocks.find(({ type, firstLine, lastLine }) => [
		"resource",
		"data",
		"module",
		"output"
	].includes(type) && (line >= firstLine && line <= lastLine || firstLine === next));
}
function addressOf({ type, labels }, module) {
	const kind = type === "resource" ? [] : [type];
	return [
		...module.flatMap((name) => ["module", name]),
		...kind,
		...labels
	].join(".");
}
function recordedModules(directory) {
	const manifest = join(resolve(directory, process.env.TF_DATA_DIR ?? ".terraform"), "modules", "modules.json");
	const known = (existsSync(manifest) ? asList(asObject(parseJsonText(readFileSync(manifest, "utf8"))).Modules).map(asObject) : []).flatMap(({ Key, Dir }) => {
		const [key, path] = [asString(Key), asString(Dir)];
		return key === void 0 || path === void 0 ? [] : [{
			key,
			path: resolve(directory, path)
		}];
	});
	return known.some(({ key }) => key === "") ? known : [{
		key: "",
		path: directory
	}, ...known];
}
function tfFiles(directory) {
	if (!existsSync(directory)) return [];
	return readdirSync(directory, { withFileTypes: true }).filter((entry) => !entry.isDirectory() && /\.(tf|tofu)$/.test(entry.name) && existsSync(join(directory, entry.name))).map(({ name }) => join(directory, name)).sort();
}
// src/rules/downtime.ts
const loadBalancers = ["aws_lb", "aws_alb"];
const listeners = ["aws_lb_listener", "aws_alb_listener"];
const targetGroups = ["aws_lb_target_group", "aws_alb_target_group"];
const stoppedInstanceArguments = [
	"instance_type",
	"user_data",
	"user_data_base64",
	"ebs_optimized",
	"cpu_options"
];
const isGone = ({ kind }) => kind === "replace" || kind === "delete";
const downtimeRules = {
	"instance-replaced": {
		severity: "danger",
		finds: "An EC2 instance is replaced or destroyed. A `notice` if the new one is created first.",
		why: "Terraform destroys an instance before it creates the next one, unless `create_before_destroy` is set. The server is down until the new instance has booted and installed it, usually 3 to 10 minutes. The data on the old disk is lost.",
		instead: "Set `lifecycle { create_before_destroy = true }` on the instance and on its `aws_eip_association`, so that only the address moves. Or apply while nobody uses the server.",
		find: (plan) => plan.changed("aws_instance").flatMap((instance) => {
			const { address, kind, createsFirst } = instance;
			if (kind === "delete") return {
				address,
				sentence: "The instance is destroyed and no other takes its place: the server is gone.",
				fix: "If this is not intended, keep the resource in the configuration, or add a moved block with its new address."
			};
			if (kind !== "replace") return [];
			return createsFirst ? {
				address,
				severity: "notice",
				sentence: `The instance is replaced${taintClause(instance)}, the new one first: clients lose their connections for some seconds while the address moves, and the data on the disk is lost.`,
				fix: "Change nothing if the server stores no files and an Elastic IP or a load balancer moves with it."
			} : {
				address,
				sentence: `The instance is destroyed before its successor is created${taintClause(instance)}: the server is down for about 3 to 10 minutes, until the new one has booted, and every open session ends.`,
				fix: "Set lifecycle { create_before_destroy = true } on the instance and on its aws_eip_association, or apply while nobody uses the server."
			};
		})
	},
	"instance-restarted": {
		severity: "warning",
		finds: "An EC2 instance is changed in place, and the change needs a stopped instance.",
		why: "EC2 changes the type or the user data only of a stopped instance. The server is down for about 1 to 3 minutes, and without an Elastic IP the instance gets another public address. A changed boot script does not run: cloud-init runs it only at the first boot.",
		instead: "For a changed script, set `user_data_replace_on_change = true` with `create_before_destroy`. For another type, apply while nobody uses the server.",
		find: (plan) => plan.changed("aws_instance").flatMap((instance) => {
			const changed = instance.kind === "update" ? stoppedInstanceArguments.filter((name) => changesArgument(instance, name)) : [];
			if (changed.length === 0) return [];
			const isScript = changed.some((name) => name.startsWith("user_data"));
			return {
				address: instance.address,
				sentence: `The instance is stopped and started to change ${changed.join(", ")}: the server is down for about 1 to 3 minutes${isScript ? ", and the changed script does not run, because scripts run only at the first boot" : ""}.`,
				fix: isScript ? "Set user_data_replace_on_change = true and lifecycle { create_before_destroy = true }." : "Apply while nobody uses the server."
			};
		})
	},
	"service-replaced": {
		severity: "danger",
		finds: "An ECS service or its cluster is replaced or destroyed.",
		why: "Two services cannot have one name, so a replacement stops all tasks first. The server is down until the new tasks are healthy, usually 2 to 5 minutes. A new task definition never needs a replacement.",
		instead: "Undo the change of the argument that forces the replacement. If the change is needed, create a second service with another name and switch the listener to it.",
		find: (plan) => plan.changed("aws_ecs_service", "aws_ecs_cluster").flatMap((service) => {
			if (!isGone(service)) return [];
			const thing = service.type === "aws_ecs_service" ? "service" : "cluster";
			return {
				address: service.address,
				sentence: service.kind === "delete" ? `The ECS ${thing} is destroyed: all its tasks stop, and the server is down.` : `The ECS ${thing} is replaced${taintClause(service)}: all tasks stop first, so the server is down for about 2 to 5 minutes and every open session ends.`,
				fix: service.kind === "delete" ? "If this is not intended, keep the resource in the configuration, or add a moved block with its new address." : "Undo the change of the argument that forces the replacement, or create the new one with another name and switch to it."
			};
		})
	},
	"load-balancer-replaced": {
		severity: "danger",
		finds: "A load balancer, a listener or a target group is replaced or destroyed.",
		why: "A new load balancer takes 2 to 5 minutes and has another DNS name, and every connection through the old one ends. A listener does not listen during its replacement. A new target group has no targets until ECS has registered them, even if it is created first. The load balancer answers 503 until then.",
		instead: "Do not change the arguments that force the replacement: names, subnets of a network load balancer, `target_type`, `port`, `protocol` and `vpc_id`. Every other argument is changed in place.",
		find: (plan) => plan.changed(...loadBalancers, ...listeners, ...targetGroups).flatMap((part) => {
			if (!isGone(part)) return [];
			const { address, type, kind, createsFirst } = part;
			const thing = isOneOf(loadBalancers, type) ? "load balancer" : isOneOf(listeners, type) ? "listener" : "target group";
			if (kind === "delete") return {
				address,
				sentence: `The ${thing} is destroyed: requests through it get no answer any more.`,
				fix: "If this is not intended, keep the resource in the configuration, or add a moved block with its new address."
			};
			const loss = {
				"load balancer": createsFirst ? "clients reach its new DNS name after their resolvers forget the old one, and all open connections end" : "the server is down for about 2 to 5 minutes, the DNS name changes, and all open connections end",
				listener: "its port does not answer for some seconds",
				"target group": createsFirst ? "the listener is switched to an empty group, so clients get 503 until tasks are registered and healthy in it, usually 1 to 2 minutes" : "clients get 503 until tasks are registered and healthy in the new one, usually 1 to 3 minutes"
			}[thing];
			return {
				address,
				sentence: `The ${thing} is replaced${taintClause(part)}: ${loss}.`,
				fix: "Undo the change of the argument that forces the replacement. Most other arguments are changed in place."
			};
		})
	},
	"address-released": {
		severity: "danger",
		finds: "An Elastic IP is released, or it leaves the instance before the next one has it.",
		why: "A released public address cannot be claimed again. DNS records, allowlists and clients that contain it fail.",
		instead: "Keep the `aws_eip` and move only its association. Set `create_before_destroy` and `allow_reassociation` on the `aws_eip_association`.",
		find: (plan) => plan.changed("aws_eip", "aws_eip_association").flatMap((part) => {
			if (!isGone(part)) return [];
			const ip = asString(part.before.public_ip);
			if (part.type === "aws_eip") return {
				address: part.address,
				sentence: `The public address${ip === void 0 ? "" : ` ${ip}`} is released to AWS and cannot be claimed again.`,
				fix: "Keep the aws_eip in the configuration, and change the DNS record before an address is released."
			};
			if (part.kind === "replace" && part.createsFirst) return [];
			return {
				address: part.address,
				severity: "warning",
				sentence: `The public address${ip === void 0 ? "" : ` ${ip}`} leaves its instance${part.kind === "replace" ? " before the next one has it" : ""}: requests to it get no answer until then.`,
				fix: "Set lifecycle { create_before_destroy = true } and allow_reassociation = true on the aws_eip_association."
			};
		})
	},
	"dns-record-removed": {
		severity: "danger",
		finds: "A DNS record or zone is replaced or destroyed.",
		why: "A resolver caches a missing record, in a Route 53 zone for up to 15 minutes by default. ACM needs a validation record for every renewal of its certificate. A replaced zone gets other name servers.",
		instead: "Change a record in place: values, TTL and alias need no replacement. To rename it, add the new record first and remove the old one in a later pull request.",
		find: (plan) => plan.changed("aws_route53_record", "aws_route53_zone").flatMap((part) => {
			if (!isGone(part)) return [];
			const name = asString(part.before.name);
			const called = name === void 0 ? "" : ` ${name}`;
			const how = part.kind === "delete" ? "destroyed" : `replaced${taintClause(part)}`;
			if (part.type === "aws_route53_zone") return {
				address: part.address,
				sentence: `The DNS zone${called} is ${how}: a new zone has other name servers, so no name in it resolves until the parent points at them.`,
				fix: "Keep the zone as it is."
			};
			if (!isOneOf([
				"A",
				"AAAA",
				"CNAME"
			], asString(part.before.type) ?? "A")) return [];
			if (name?.startsWith("_")) return {
				address: part.address,
				severity: part.kind === "delete" ? "warning" : "notice",
				sentence: `The DNS record${called} is ${how}: ACM renews the certificate that it validates only while the record exists.`,
				fix: "Keep the record as long as the certificate is in use."
			};
			return {
				address: part.address,
				sentence: `The DNS record${called} is ${how}: clients cannot find that name${part.kind === "delete" ? "" : ", and resolvers cache its absence for up to 15 minutes"}.`,
				fix: "Change the record in place, or add the new name first and remove the old one in a later pull request."
			};
		})
	},
	"certificate-destroyed": {
		severity: "danger",
		finds: "A certificate is destroyed, replaced without `create_before_destroy`, or removed from a listener.",
		why: "AWS refuses to delete a certificate that a listener uses, so the apply fails halfway after minutes. If a certificate is removed from a listener, the names that only it covers fail with a TLS error.",
		instead: "Set `lifecycle { create_before_destroy = true }` on the certificate: then the listener gets the new one before the old one is deleted.",
		find: (plan) => plan.changed("aws_acm_certificate", "aws_iam_server_certificate", "aws_lb_listener_certificate", "aws_alb_listener_certificate").flatMap((part) => {
			if (!isGone(part) || part.kind === "replace" && part.createsFirst) return [];
			const name = asString(part.before.domain_name) ?? asString(part.before.name);
			const called = name === void 0 ? "" : ` for ${name}`;
			const onListener = part.type.endsWith("_listener_certificate");
			return {
				address: part.address,
				severity: onListener ? "warning" : "danger",
				sentence: onListener ? "A certificate is removed from its listener: the names that only it covers fail with a TLS error." : `The certificate${called} is ${part.kind === "delete" ? "destroyed" : `destroyed before its successor is created${taintClause(part)}`}: if a listener uses it, AWS refuses and the apply fails halfway. Clients of a listener without it get a TLS error.`,
				fix: onListener ? "Add the certificate that covers these names in the same plan." : "Set lifecycle { create_before_destroy = true } on the certificate, or remove it from every listener first."
			};
		})
	},
	"endpoint-changed": {
		severity: "danger",
		finds: "The output `mcp_endpoint` gets another value.",
		why: "Every client has the old URL in its configuration, and the monitor watches it. They do not follow to a new path or host.",
		instead: "Keep the old URL working until all clients have the new one, for example with a second listener rule or DNS record.",
		find: ({ endpoint: { before, after } }) => before === void 0 || after === void 0 || before === after ? [] : [{
			address: "output.mcp_endpoint",
			sentence: `The endpoint changes from ${before} to ${after}: clients and monitors that know the old URL lose the server.`,
			fix: "Keep the old URL working until every client has the new one, and inform the users."
		}]
	}
};
function isOneOf(names, name) {
	return names.includes(name);
}
function changesArgument(instance, attribute) {
	return instance.before[attribute] !== void 0 && differs(instance, attribute);
}
function taintClause({ reason }) {
	return reason === "replace_because_tainted" ? ", because the last deployment of it failed" : "";
}
// src/rules/exposure.ts
const exposureRules = {
	"http-without-redirect": {
		severity: "warning",
		finds: "A listener for plain HTTP is created without a redirect to HTTPS, or loses its redirect.",
		why: "Everybody on the network path can read and change requests, including bearer tokens. OAuth for MCP requires https.",
		instead: "Make the default action of the HTTP listener a redirect to HTTPS (port 443, `HTTP_301`), and forward only from an HTTPS listener. With terraform/ecs: set `dns` or `certificate`.",
		find: (plan) => plan.changed("aws_lb_listener", "aws_alb_listener").flatMap((listener) => {
			const { kind, address, before, after } = listener;
			if (kind === "delete" || !servesPlainHttp(after)) return [];
			if (kind !== "create" && servesPlainHttp(before)) return [];
			return {
				address,
				sentence: `Port ${asNumber(after.port) ?? 80} serves plain HTTP and does not redirect to HTTPS: everybody on the network path can read tokens and answers.`,
				fix: "Redirect to HTTPS in the default action of this listener, and forward only from an HTTPS listener."
			};
		})
	},
	"port-open-to-world": {
		severity: "danger",
		finds: "A port other than 80 and 443 becomes reachable from `0.0.0.0/0` or `::/0`, by any resource with security group rules.",
		why: "An open container or SSH port bypasses the load balancer with its TLS, its limits and its logs. Scanners discover it within minutes.",
		instead: "Allow the security group of the load balancer (`referenced_security_group_id`) or your own address range. For a shell, use ECS Exec or SSM Session Manager, which need no open port.",
		find: (plan) => {
			const wasOpen = new Map();
			const current = [...plan.changed(...ingressTypes).map(({ type, before }) => ({
				type,
				attributes: before
			})), ...ingressTypes.flatMap((type) => plan.unchanged(type).map(({ after }) => ({
				type,
				attributes: after
			})))];
			for (const { type, attributes } of current) {
				const group = securityGroupOf(type, attributes);
				if (group !== void 0) wasOpen.set(group, [...wasOpen.get(group) ?? [], ...worldOpenings(type, attributes)]);
			}
			return plan.changed(...ingressTypes).flatMap(({ type, address, before, after }) => {
				const known = [...worldOpenings(type, before), ...wasOpen.get(securityGroupOf(type, after) ?? "") ?? []];
				const opened = worldOpenings(type, after).filter((worldOpening) => !isWebPort(worldOpening) && !known.some((each) => containsOpening(each, worldOpening)));
				const ports = [...new Set(opened.map(describeOpening))];
				if (ports.length === 0) return [];
				return [{
					address,
					sentence: `The whole internet gets access to ${ports.join(", ")}.`,
					fix: "Allow only the load balancer's security group or your own address range."
				}];
			});
		}
	},
	"iam-widened": {
		severity: "danger",
		finds: "An IAM policy allows `*`: every action, every action of a service, every resource, or every principal. A `warning` if the statement is narrower than everything. The rule ignores statements that were as wide before, and actions that AWS defines only for `*`.",
		why: "An MCP server runs tools for every caller. A prompt can make it do everything that its role may do.",
		instead: "Name the actions and the ARNs that the tools need. For a principal, name the account or service, with a condition such as `aws:SourceAccount`.",
		find: (plan) => [...plan.changed(...Object.keys(policyAttributes), ...attachmentTypes).flatMap((policy) => {
			if (policy.kind === "delete") return [];
			const wider = newGrants(grantsOf(policy.type, policy.before), grantsOf(policy.type, policy.after));
			return wider.length === 0 ? [] : iamMatch(policy.address, wider);
		}), ...plan.deferredPolicies.flatMap(({ address, after, before }) => {
			const now = asList(after.statement).map(asObject).flatMap(({ effect, actions, not_actions, resources, not_resources, principals, condition }) => grantsOfStatement({
				Effect: effect ?? "Allow",
				Action: actions,
				NotAction: asList(not_actions).length > 0 ? not_actions : void 0,
				Resource: resources,
				NotResource: asList(not_resources).length > 0 ? not_resources : void 0,
				Principal: asList(principals).length > 0 ? principalsOf(principals) : void 0,
				Condition: asList(condition).length > 0 ? condition : void 0
			}));
			const wider = newGrants(grantsOfPolicy(before), now);
			return wider.length === 0 ? [] : iamMatch(address, wider);
		})]
	}
};
function servesPlainHttp({ protocol, default_action }) {
	if (protocol !== "HTTP") return false;
	const actions = asList(default_action).map(asObject);
	const serves = actions.some(({ type }) => type === "forward");
	const redirects = actions.filter(({ type }) => type === "redirect").map((action) => firstBlock(action.redirect));
	return serves || redirects.some(({ protocol: to }) => to !== void 0 && to !== null && to !== "HTTPS");
}
const ingressTypes = [
	"aws_security_group",
	"aws_default_security_group",
	"aws_security_group_rule",
	"aws_vpc_security_group_ingress_rule"
];
function securityGroupOf(type, { id, security_group_id }) {
	return asString(type.endsWith("_rule") ? security_group_id : id);
}
function worldOpenings(type, attributes) {
	if (type === "aws_vpc_security_group_ingress_rule") {
		const { cidr_ipv4, cidr_ipv6, ip_protocol, from_port, to_port } = attributes;
		return opening([cidr_ipv4, cidr_ipv6], ip_protocol, from_port, to_port);
	}
	const rules = type === "aws_security_group_rule" ? attributes.type === "ingress" ? [attributes] : [] : attributes.ingress;
	return asList(rules).map(asObject).flatMap(({ cidr_blocks, ipv6_cidr_blocks, protocol, from_port, to_port }) => opening([...asList(cidr_blocks), ...asList(ipv6_cidr_blocks)], protocol, from_port, to_port));
}
function opening(cidrs, protocol, from, to) {
	if (!cidrs.some((cidr) => typeof cidr === "string" && /\/[01]$/.test(cidr))) return [];
	const name = typeof protocol === "string" || typeof protocol === "number" ? String(protocol).toLowerCase() : "";
	if (name === "-1" || name === "all") return [{
		protocol: "all",
		from: 0,
		to: 65535
	}];
	const known = {
		"6": "tcp",
		"17": "udp"
	}[name] ?? name;
	if (known !== "tcp" && known !== "udp") return [];
	const [first, last] = [asNumber(from), asNumber(to)];
	return first === void 0 || last === void 0 ? [] : [{
		protocol: known,
		from: first,
		to: last
	}];
}
function isWebPort({ protocol, from, to }) {
	return from === to && (protocol === "tcp" && from === 80 || protocol !== "all" && from === 443);
}
function containsOpening(outer, inner) {
	return (outer.protocol === "all" || outer.protocol === inner.protocol) && outer.from <= inner.from && outer.to >= inner.to;
}
function describeOpening({ protocol, from, to }) {
	if (protocol === "all") return "every port of every protocol";
	if (from === 0 && to === 65535) return `every ${protocol} port`;
	return from === to ? `${protocol} port ${from}` : `${protocol} ports ${from} to ${to}`;
}
const policyAttributes = {
	aws_iam_policy: ["policy"],
	aws_iam_role_policy: ["policy"],
	aws_iam_user_policy: ["policy"],
	aws_iam_group_policy: ["policy"],
	aws_iam_role: ["assume_role_policy", "inline_policy"],
	aws_ecr_repository_policy: ["policy"],
	aws_secretsmanager_secret: ["policy"],
	aws_secretsmanager_secret_policy: ["policy"]
};
const attachmentTypes = [
	"aws_iam_role_policy_attachment",
	"aws_iam_user_policy_attachment",
	"aws_iam_group_policy_attachment",
	"aws_iam_policy_attachment"
];
const adminPolicies = /:iam::aws:policy\/(AdministratorAccess|PowerUserAccess|IAMFullAccess)$/;
const wildcardOnlyActions = /^(?:ssmmessages:(?:Create|Open)(?:Control|Data)Channel|ec2messages:\w+|ecr:GetAuthorizationToken|sts:GetCallerIdentity|cloudwatch:(?:PutMetricData|ListMetrics|GetMetricData|GetMetricStatistics|DescribeAlarms)|xray:\w+|ec2:Describe\w*\*?|ecs:List\w*\*?|elasticloadbalancing:Describe\w*\*?|tag:Get\w+|bedrock:List\w*\*?|s3:ListAllMyBuckets|ssm:DescribeParameters|secretsmanager:(?:ListSecrets|GetRandomPassword|BatchGetSecretValue)|logs:Describe\w*\*?|kms:List\w*\*?|rds:Describe\w*\*?)$/i;
function grantsOf(type, attributes) {
	if (attachmentTypes.includes(type)) {
		const arn = asString(attributes.policy_arn);
		const name = arn === void 0 ? void 0 : adminPolicies.exec(arn)?.[1];
		if (name === void 0) return [];
		return [{
			action: name === "IAMFullAccess" ? "iam:*" : "*",
			resource: "*"
		}];
	}
	return (policyAttributes[type] ?? []).flatMap((attribute) => attribute === "inline_policy" ? asList(attributes.inline_policy).flatMap((inline) => grantsOfPolicy(asObject(inline).policy)) : grantsOfPolicy(attributes[attribute]));
}
function grantsOfPolicy(document) {
	const { Statement } = asObject(parseJsonText(document));
	return (Array.isArray(Statement) ? Statement : [Statement]).flatMap((statement) => grantsOfStatement(asObject(statement)));
}
function grantsOfStatement({ Effect, Action, NotAction, Resource, NotResource, Principal, Condition }) {
	if (Effect !== "Allow") return [];
	const actions = NotAction === void 0 ? asStrings(Action) : ["*"];
	const resources = NotResource === void 0 ? asStrings(Resource) : ["*"];
	if (Principal !== void 0 && Principal !== null) {
		if (!(Principal === "*" || asStrings(asObject(Principal).AWS).includes("*")) || Condition !== void 0) return [];
		return actions.map((action) => ({
			action,
			resource: resources[0] ?? "itself",
			principal: "*"
		}));
	}
	return actions.flatMap((action) => resources.filter((resource) => /^(?:\*|[\w-]+:\*)$/.test(action) || resource === "*" && !wildcardOnlyActions.test(action)).map((resource) => ({
		action,
		resource
	})));
}
function principalsOf(principals) {
	return asList(principals).map(asObject).some(({ type, identifiers }) => (type === "AWS" || type === "*") && asStrings(identifiers).includes("*")) ? "*" : {};
}
function newGrants(before, after) {
	return after.filter((grant) => !before.some((old) => coversGrant(old, grant)));
}
function coversGrant(old, { action, resource, principal }) {
	const service = action.slice(0, action.indexOf(":"));
	return (old.action === "*" || old.action === action || old.action === `${service}:*`) && (old.resource === "*" || old.resource === resource) && old.principal === principal;
}
function iamMatch(address, wider) {
	const first = wider.slice(0, 3).map(({ action, resource, principal }) => {
		return `${principal === "*" ? "anybody may do " : ""}${action === "*" ? "every action" : action} on ${resource === "*" ? "every resource" : resource}`;
	});
	const more = wider.length > first.length ? ` and ${wider.length - first.length} more` : "";
	return {
		address,
		...!wider.some(({ action, resource, principal }) => principal === "*" || action.endsWith("*") && resource === "*") && { severity: "warning" },
		sentence: `A policy newly allows ${first.join("; ")}${more}.`,
		fix: "Name the actions and the ARNs that are needed."
	};
}
// src/rules/rollout.ts
const rolloutRules = {
	"health-path-is-mcp-path": {
		severity: "danger",
		finds: "The health check of a target group requests the path of the MCP endpoint.",
		why: "A load balancer sends a GET without MCP headers. An MCP endpoint answers it with 400, 405 or 406, or with an endless event stream. So no task becomes healthy, or \"healthy\" proves nothing about the server.",
		instead: "Add a separate path to the server that answers 200, such as `/health`, and check that path.",
		find: (plan) => plan.changed("aws_lb_target_group", "aws_alb_target_group").flatMap((group) => {
			const { address, kind } = group;
			const path = asString(firstBlock(group.after.health_check).path);
			const old = asString(firstBlock(group.before.health_check).path);
			if (kind === "delete" || path === void 0 || kind === "update" && path === old) return [];
			const { path: mcpPath, isStated } = plan.mcpPath;
			if (withoutQuery(path) !== withoutQuery(mcpPath)) return [];
			return {
				address,
				sentence: `The health check asks ${path}, which is ${isStated ? "the MCP endpoint" : "the usual path of an MCP endpoint"}: it answers a plain GET with an error or an endless stream, so tasks do not become healthy.`,
				fix: "Check a path that answers 200 to a GET, such as /health."
			};
		})
	},
	"same-image-redeployed": {
		severity: "warning",
		finds: "Tasks are exchanged although no image changes: a forced deployment, a new revision that differs only in labels, or one after a taint. A `notice` if the image has a digest.",
		why: "Every deployment resolves the tag again, so this plan does not show which image will run. After a failed deployment the same image usually fails the same way.",
		instead: "Name the image by its digest (`repository@sha256:…`) or by a unique tag per build, and change that.",
		find: (plan) => [...plan.changed("aws_ecs_service").flatMap((service) => {
			const { kind, before, after } = service;
			if (!(kind === "update" && after.force_new_deployment === true && !differs(service, "task_definition") && [...Object.keys({
				...before,
				...after
			}), "triggers"].some((name) => !/^tags(_all)?$/.test(name) && differs(service, name)))) return [];
			return [{
				address: service.address,
				sentence: "A deployment is forced without a new task definition: the same revision starts again, with the image that its tag names then.",
				fix: "Change the image by digest or by a unique tag, instead of forcing a deployment."
			}];
		}), ...plan.changed("aws_ecs_task_definition").flatMap((definition) => {
			const { address, kind, before, after, reason } = definition;
			if (kind !== "replace") return [];
			const [old, now] = [before, after].map(({ container_definitions }) => containersOf(container_definitions));
			if (old === void 0 || now === void 0 || now.length === 0) return [];
			const isSame = JSON.stringify(old.map(runtimeSettings)) === JSON.stringify(now.map(runtimeSettings));
			const isTainted = reason === "replace_because_tainted";
			const hasSameImages = JSON.stringify(old.map(imageOf)) === JSON.stringify(now.map(imageOf));
			if (!(isTainted ? hasSameImages : isSame && onlyLabelsDiffer(definition))) return [];
			const tagged = now.map(imageOf).filter((image) => !image.includes("@sha256:"));
			const [image = imageOf(now[0] ?? {})] = tagged;
			const failed = isTainted ? `The last deployment failed and this one starts the same image again, ${image}: this fixes a temporary cause, but not what is wrong in the image.` : `A new revision starts the same image again, ${image}.`;
			return [{
				address,
				...tagged.length === 0 && !isTainted && { severity: "notice" },
				sentence: tagged.length === 0 ? failed : `${failed} The tag decides at the time of the apply which image runs.`,
				fix: isTainted ? "If the image is the cause, use a fixed image in this pull request." : "Name the image by its digest or by a unique tag, so that the plan shows which image will run."
			}];
		})]
	},
	"image-tag-latest": {
		severity: "warning",
		finds: "A task definition is created whose image has the tag `latest`, or neither tag nor digest.",
		why: "The plan does not show which image will run, a rollback starts the same tag, and two deployments of one commit can differ.",
		instead: "Name the image by its digest or by a unique tag per build.",
		find: (plan) => plan.changed("aws_ecs_task_definition").flatMap(({ address, kind, after }) => {
			const floating = (kind === "delete" ? [] : containersOf(after.container_definitions).map(imageOf)).filter((image) => image !== "" && isFloating(image));
			return floating.length === 0 ? [] : {
				address,
				sentence: `The image ${[...new Set(floating)].join(", ")} is whatever was pushed last: this plan does not show what will run, and a rollback cannot restore the old image.`,
				fix: "Name the image by its digest or by a unique tag."
			};
		})
	},
	"no-circuit-breaker": {
		severity: "warning",
		finds: "An ECS service is created without the deployment circuit breaker and its rollback, or loses them.",
		why: "Without it ECS restarts tasks of a broken version for hours, and the deployment neither fails nor ends.",
		instead: "Set `deployment_circuit_breaker { enable = true, rollback = true }` on the service.",
		find: (plan) => plan.changed("aws_ecs_service").flatMap((service) => {
			const { address, kind, before, after, unknown } = service;
			if (kind === "delete" || unknown.deployment_circuit_breaker === true) return [];
			if ((firstBlock(after.deployment_controller).type ?? "ECS") !== "ECS") return [];
			const lacks = missingBreakerPart(after);
			if (lacks === void 0 || kind === "update" && missingBreakerPart(before) === lacks) return [];
			return {
				address,
				sentence: lacks === "breaker" ? "The service has no deployment circuit breaker: ECS restarts tasks of a broken version without end." : "The circuit breaker of the service does not roll back: a broken version stays deployed.",
				fix: "Set deployment_circuit_breaker { enable = true, rollback = true }."
			};
		})
	},
	"tasks-stopped-first": {
		severity: "danger",
		finds: "The healthy percentages of an ECS service block every deployment, or allow it to stop every task before a new one runs (a `warning`).",
		why: "ECS keeps at least `deployment_minimum_healthy_percent` of the tasks (rounded up) and starts at most `deployment_maximum_percent` (rounded down). If the first is zero tasks, every deployment is downtime. If both are the same number, no deployment ends.",
		instead: "Set 100 and 200: new tasks are healthy before old ones stop, even if there is only one.",
		find: (plan) => plan.changed("aws_ecs_service").flatMap((service) => {
			const room = deploymentRoom(service.after);
			if (room === void 0 || service.kind === "delete") return [];
			if (service.kind === "update" && deploymentRoom(service.before) === room) return [];
			return {
				address: service.address,
				...room === "stops" && { severity: "warning" },
				sentence: room === "stops" ? "Every deployment stops all tasks before a new one runs: the server is down for about 1 to 2 minutes each time." : "A deployment may neither stop a task nor start another one, so it never ends.",
				fix: "Set deployment_minimum_healthy_percent = 100 and deployment_maximum_percent = 200."
			};
		})
	},
	"revision-deregistered": {
		severity: "warning",
		finds: "A task definition is replaced without `skip_destroy`, or created without it (a `notice`).",
		why: "Terraform deregisters the old revision, and ECS rejects an inactive revision for a service. So neither the circuit breaker nor a person can restore the version that works now.",
		instead: "Set `skip_destroy = true` on the task definition, one deployment earlier than you need it.",
		find: (plan) => plan.changed("aws_ecs_task_definition").flatMap(({ address, kind, before, after }) => {
			const fix = "Set skip_destroy = true on the task definition.";
			if (kind === "replace" && before.skip_destroy !== true) return [{
				address,
				sentence: "The revision that runs now is deregistered, so the service cannot be rolled back to it.",
				fix
			}];
			if (kind === "delete" || kind === "update" || after.skip_destroy === true) return [];
			return [{
				address,
				severity: "notice",
				sentence: "The next deployment will deregister this revision, so the service cannot be rolled back to it.",
				fix
			}];
		})
	},
	"deletion-protection-off": {
		severity: "warning",
		finds: "The deletion protection of a load balancer, a database, a table, a user pool or an instance is switched off; or a load balancer or a database is created without it (a `notice`).",
		why: "With protection AWS refuses to destroy the resource, even if a wrong plan does. Clients know the name of most load balancers, and a new one has another name.",
		instead: "Leave it on. Switch it off in a separate pull request before you destroy the resource.",
		find: (plan) => plan.changed(...Object.keys(protections)).flatMap((resource) => {
			const { address, type, kind, before, after } = resource;
			const protection = protections[type];
			if (protection === void 0 || kind === "delete") return [];
			const { attribute, on, thing, isExpectedOnCreate } = protection;
			if (!(after[attribute] !== on && resource.unknown[attribute] !== true)) return [];
			const fix = `Set ${attribute} = ${typeof on === "string" ? `"${on}"` : on}.`;
			if (before[attribute] === on) return {
				address,
				sentence: `The deletion protection of the ${thing} is switched off: after that, any plan can destroy it.`,
				fix: `${fix} Switch it off only in the pull request before the one that destroys the resource.`
			};
			if (kind !== "create" || !isExpectedOnCreate) return [];
			return {
				address,
				severity: "notice",
				sentence: `The ${thing} is created without deletion protection: any later plan can destroy it.`,
				fix: `${fix} For a trial, leave it off.`
			};
		})
	}
};
const protections = {
	aws_lb: {
		attribute: "enable_deletion_protection",
		on: true,
		thing: "load balancer",
		isExpectedOnCreate: true
	},
	aws_alb: {
		attribute: "enable_deletion_protection",
		on: true,
		thing: "load balancer",
		isExpectedOnCreate: true
	},
	aws_db_instance: {
		attribute: "deletion_protection",
		on: true,
		thing: "database",
		isExpectedOnCreate: true
	},
	aws_rds_cluster: {
		attribute: "deletion_protection",
		on: true,
		thing: "database",
		isExpectedOnCreate: true
	},
	aws_docdb_cluster: {
		attribute: "deletion_protection",
		on: true,
		thing: "database",
		isExpectedOnCreate: true
	},
	aws_dynamodb_table: {
		attribute: "deletion_protection_enabled",
		on: true,
		thing: "table",
		isExpectedOnCreate: false
	},
	aws_cognito_user_pool: {
		attribute: "deletion_protection",
		on: "ACTIVE",
		thing: "user pool",
		isExpectedOnCreate: false
	},
	aws_instance: {
		attribute: "disable_api_termination",
		on: true,
		thing: "instance",
		isExpectedOnCreate: false
	}
};
function withoutQuery(path) {
	return path.replace(/[?#].*$/s, "").replace(/\/$/, "");
}
function imageOf(container) {
	return asString(container.image) ?? "";
}
function isFloating(image) {
	if (image.includes("@")) return false;
	const tag = /:([^/:]+)$/.exec(image)?.[1];
	return tag === void 0 || tag === "latest";
}
function runtimeSettings(container) {
	const isSet = (value) => value !== null && value !== "" && value !== 0 && !(typeof value === "object" && Object.keys(value).length === 0);
	const parts = Object.entries(container).filter(([name, value]) => name !== "dockerLabels" && isSet(value)).map(([name, value]) => [name, Array.isArray(value) ? value.map((part) => JSON.stringify(part)).sort() : value]);
	return JSON.stringify(parts.sort(([a], [b]) => String(a) < String(b) ? -1 : 1));
}
function onlyLabelsDiffer(definition) {
	return [
		"cpu",
		"memory",
		"execution_role_arn",
		"task_role_arn",
		"runtime_platform",
		"volume",
		"network_mode"
	].every((attribute) => !differs(definition, attribute));
}
function missingBreakerPart(service) {
	const { enable, rollback } = firstBlock(service.deployment_circuit_breaker);
	if (enable !== true) return "breaker";
	return rollback === true ? void 0 : "rollback";
}
function deploymentRoom(service) {
	const [count, minPercent, maxPercent] = [
		asNumber(service.desired_count),
		asNumber(service.deployment_minimum_healthy_percent),
		asNumber(service.deployment_maximum_percent)
	];
	if (count === void 0 || minPercent === void 0 || maxPercent === void 0 || count === 0) return void 0;
	if ((firstBlock(service.deployment_controller).type ?? "ECS") !== "ECS" || service.scheduling_strategy === "DAEMON") return void 0;
	const keeps = Math.ceil(count * minPercent / 100);
	const starts = Math.floor(count * maxPercent / 100);
	if (keeps >= count && starts <= count) return "none";
	return keeps === 0 && starts <= count ? "stops" : void 0;
}
// src/rules/secrets.ts
const storedSecrets = {
	aws_secretsmanager_secret_version: [{
		attribute: "secret_string",
		instead: "secret_string_wo and secret_string_wo_version"
	}, {
		attribute: "secret_binary",
		instead: "secret_string_wo and secret_string_wo_version"
	}],
	aws_ssm_parameter: [{
		attribute: "value",
		instead: "value_wo and value_wo_version"
	}],
	aws_db_instance: [{
		attribute: "password",
		instead: "manage_master_user_password = true, or password_wo"
	}],
	aws_rds_cluster: [{
		attribute: "master_password",
		instead: "manage_master_user_password = true, or master_password_wo"
	}],
	aws_docdb_cluster: [{
		attribute: "master_password",
		instead: "manage_master_user_password = true"
	}],
	aws_redshift_cluster: [{
		attribute: "master_password",
		instead: "manage_master_password = true"
	}],
	aws_elasticache_replication_group: [{
		attribute: "auth_token",
		instead: "authentication by user groups or IAM"
	}]
};
const generatedSecrets = {
	random_password: "the ephemeral resource random_password with a write-only argument",
	tls_private_key: "the ephemeral resource tls_private_key with a write-only argument, or a certificate of ACM",
	aws_iam_access_key: "a role"
};
const secretNamePattern = /(?:^|_)(?:SECRET|TOKEN|PASSWORD|PASSWD|PASSPHRASE|API_?KEY|PRIVATE_?KEY|SECRET_?KEY|SECRET_ACCESS_KEY)$/i;
const secretRules = {
	"secret-in-state": {
		severity: "warning",
		finds: "A secret is written into the state: a value of Secrets Manager or a SecureString parameter, the password of a database, a generated password, key or access key.",
		why: "Terraform stores the value in clear text in its state and in every saved plan. Every reader of the state bucket has the secret, and everybody who plans must read it.",
		instead: "Use the write-only argument, such as `secret_string_wo` with `secret_string_wo_version` (Terraform 1.11, AWS provider 5.89 or later), with an ephemeral variable. Or let AWS generate the secret, as with `manage_master_user_password`. With terraform/ecs: `managed_secrets` and `secret_values`. Change every secret that has been in a state.",
		find: (plan) => [...plan.changed(...Object.keys(storedSecrets)).flatMap((resource) => {
			if (resource.kind === "delete") return [];
			if (resource.type === "aws_ssm_parameter" && resource.after.type !== "SecureString") return [];
			return (storedSecrets[resource.type] ?? []).filter(({ attribute }) => isWritten(resource, attribute)).map(({ attribute, instead }) => ({
				address: resource.address,
				sentence: `The value of ${attribute} is stored in clear text in the state and in saved plans.`,
				fix: `Use ${instead} instead, and change the secret if it has been in a state before.`
			}));
		}), ...plan.changed(...Object.keys(generatedSecrets)).flatMap(({ type, address, kind }) => kind === "delete" || kind === "update" ? [] : {
			address,
			sentence: `The secret that ${type} generates is stored in clear text in the state.`,
			fix: `Use ${generatedSecrets[type]} instead.`
		})]
	},
	"secret-in-environment": {
		severity: "warning",
		finds: "A sensitive value, or one with the name of a secret, is in the plain environment of a container or in user data.",
		why: "Everybody who may read task definitions (`ecs:DescribeTaskDefinition`) or instance attributes can read it. Old revisions contain it permanently, and so does the state.",
		instead: "Store it in Secrets Manager or in a SecureString parameter, and name its ARN under `secrets` of the container. On an instance, read it at boot with the role of the instance. With terraform/ecs: `secrets` or `managed_secrets`.",
		find: (plan) => [...plan.changed("aws_ecs_task_definition").flatMap((definition) => {
			const { address, kind, before, after, sensitive } = definition;
			if (kind === "delete" || !differs(definition, "container_definitions")) return [];
			const old = plainSecretVariables(before.container_definitions);
			const names = plainSecretVariables(after.container_definitions).filter((name) => !old.includes(name));
			const isSensitive = sensitive.container_definitions === true;
			if (names.length === 0 && !isSensitive) return [];
			return [{
				address,
				sentence: `${names.length > 0 ? `The environment contains ${names.join(", ")}` : "A value that is marked as sensitive is"} in clear text in the container definitions: everybody who may read task definitions or the state can read it.`,
				fix: "Store it in Secrets Manager and name its ARN under secrets of the container."
			}];
		}), ...plan.changed("aws_instance", "aws_launch_template").flatMap((instance) => {
			const attribute = ["user_data", "user_data_base64"].find((name) => instance.sensitive[name] === true && instance.kind !== "delete" && differs(instance, name));
			return attribute === void 0 ? [] : [{
				address: instance.address,
				sentence: `A value that is marked as sensitive is in ${attribute}: every process on the instance and everybody who may read instance attributes can read it.`,
				fix: "Read the secret at boot from Secrets Manager with the role of the instance."
			}];
		})]
	}
};
function isWritten(resource, attribute) {
	const { kind, after, unknown } = resource;
	if (typeof after[`${attribute}_wo_version`] === "number" || typeof after.secret_string_wo_version === "number" || after.manage_master_user_password === true || after.manage_master_password === true) return false;
	const value = after[attribute];
	return (value !== void 0 && value !== null && value !== "" || unknown[attribute] === true) && (kind === "create" || differs(resource, attribute));
}
function plainSecretVariables(definitions) {
	return containersOf(definitions).flatMap((container) => asList(container.environment).map(asObject).filter(({ value }) => typeof value === "string" && value !== "" && !value.startsWith("arn:")).flatMap(({ name }) => asString(name) ?? []).filter((name) => secretNamePattern.test(name)));
}
// src/rules/sessions.ts
const sdkKeepAliveSeconds = 15;
const defaultIdleSeconds = 60;
const minDrainingSeconds = 15;
const defaultDrainingSeconds = 300;
const sessionRules = {
	"sessions-dropped": {
		severity: "warning",
		finds: "Tasks or instances are replaced, and there is evidence that the server keeps sessions (HTTP+SSE, or a stateful server).",
		why: "A session exists in the memory of one task. After the replacement the next request of a client gets 404, or its stream ends. Clients that follow the specification start a new session; many show an error first.",
		instead: "Make the server stateless (the protocol of 2026-07-28 needs no sessions), keep sessions in a shared store, or apply while few people use the server.",
		find: (plan) => {
			const evidence = sessionEvidence(plan);
			if (evidence === "") return [];
			return [...plan.changed("aws_ecs_service").filter(replacesTasks), ...plan.changed("aws_instance").filter(({ kind }) => kind === "replace" || kind === "delete")].map(({ address }) => ({
				address,
				sentence: `The running server is replaced, and every open session ends with it: ${evidence}.`,
				fix: "Make the server stateless or keep its sessions in a shared store. Otherwise apply while few people use the server."
			}));
		}
	},
	"stateful-many-tasks": {
		severity: "danger",
		finds: "A server with sessions in memory runs on more than one task or instance. A `warning` if the target group routes by cookie.",
		why: "The load balancer sends each request to any task, and only one knows the session. With two tasks about one session of four survives its first three requests. Load balancer stickiness is a cookie, and clients of the MCP SDKs do not store cookies.",
		instead: "Run one task (`desired_count = 1`, no scaling above 1), or make the server stateless, or keep its sessions in a shared store.",
		find: (plan) => {
			const sticky = stickyTargetGroup(plan);
			const evidence = sessionEvidence(plan);
			if (evidence === "") return [];
			return scaledServices(plan).map(({ address, maxCount, unit }) => ({
				address,
				...sticky !== void 0 && { severity: "warning" },
				sentence: `Up to ${maxCount} ${unit} serve, and only one of them knows a session: ${evidence}. ${sticky === void 0 ? "Requests that reach another one fail." : "Clients of the MCP SDKs do not store cookies, so their requests reach another one and fail."}`,
				fix: "Run one task, make the server stateless, or keep its sessions in a shared store."
			}));
		}
	},
	"idle-timeout-short": {
		severity: "warning",
		finds: `The load balancer's \`idle_timeout\` is set below ${defaultIdleSeconds} seconds; for HTTP+SSE, to ${defaultIdleSeconds} or less.`,
		why: `The load balancer cuts a connection that is silent for that long. Only keep-alive comments of the server keep an event stream open (version 2 of the SDKs: every ${sdkKeepAliveSeconds} seconds, version 1: never). A tool call that is silent for longer fails.`,
		instead: "Set `idle_timeout` above the longest silent tool call: 300 seconds for Streamable HTTP, up to 4000 for HTTP+SSE.",
		find: (plan) => plan.changed("aws_lb", "aws_alb").flatMap((balancer) => {
			const seconds = asNumber(balancer.after.idle_timeout);
			if (seconds === void 0 || !isSet(balancer, "idle_timeout")) return [];
			if ((balancer.after.load_balancer_type ?? "application") !== "application") return [];
			const isSse = plan.sessions?.sse === true;
			if (seconds >= defaultIdleSeconds && !(isSse && seconds === defaultIdleSeconds)) return [];
			const loss = seconds <= sdkKeepAliveSeconds ? `that is not above the ${sdkKeepAliveSeconds} seconds between the keep-alives of the MCP SDKs, so every event stream is cut` : `tool calls that are silent for longer are cut${isSse ? ", and so is every event stream whose server sends no keep-alives" : ""}`;
			return {
				address: balancer.address,
				sentence: `The load balancer cuts connections that are silent for ${seconds} seconds: ${loss}.`,
				fix: `Set idle_timeout to ${isSse ? "some minutes, up to 4000 seconds" : "300 seconds, or the longest silent tool call"}.`
			};
		})
	},
	"deregistration-delay": {
		severity: "notice",
		finds: `A target group's \`deregistration_delay\` is set below ${minDrainingSeconds} seconds, or for HTTP+SSE to ${defaultDrainingSeconds} or more.`,
		why: "A replaced task has that long to finish its requests. If it is too short, every deployment cuts running tool calls. An event stream of HTTP+SSE never finishes, so every deployment waits for the whole time.",
		instead: "Set 30 to 60 seconds: longer than most tool calls, and short enough for a deployment.",
		find: (plan) => plan.changed("aws_lb_target_group", "aws_alb_target_group").flatMap((group) => {
			const seconds = asNumber(group.after.deregistration_delay);
			if (seconds === void 0 || !isSet(group, "deregistration_delay")) return [];
			if (seconds < minDrainingSeconds) return {
				address: group.address,
				sentence: `A replaced task has ${seconds} seconds to finish its requests: every deployment cuts longer tool calls.`,
				fix: "Set deregistration_delay to 30 to 60 seconds."
			};
			if (plan.sessions?.sse !== true || seconds < defaultDrainingSeconds) return [];
			return {
				address: group.address,
				sentence: `Every deployment waits ${seconds} seconds for event streams that never end: ${plan.sessions.evidence}.`,
				fix: "Set deregistration_delay to 30 to 60 seconds."
			};
		})
	}
};
function isSet(resource, attribute) {
	return resource.kind !== "delete" && (resource.kind !== "update" || differs(resource, attribute));
}
function replacesTasks(service) {
	if (service.kind === "replace" || service.kind === "delete") return true;
	return service.kind === "update" && [
		"task_definition",
		"triggers",
		"network_configuration",
		"load_balancer",
		"platform_version"
	].some((name) => differs(service, name));
}
function stickyTargetGroup(plan) {
	const types = ["aws_lb_target_group", "aws_alb_target_group"];
	return [...plan.changed(...types), ...plan.unchanged(...types)].find(({ after }) => firstBlock(after.stickiness).enabled === true)?.address;
}
function sessionEvidence(plan) {
	const sticky = stickyTargetGroup(plan);
	return [plan.sessions?.evidence, sticky === void 0 ? void 0 : `the target group ${sticky} routes by cookie`].filter((part) => part !== void 0).join(", and ");
}
function scaledServices(plan) {
	if (!(plan.changed(...[
		"aws_ecs_service",
		"aws_appautoscaling_target",
		"aws_autoscaling_group"
	]).some(({ kind }) => kind !== "delete") || plan.changed("aws_lb_target_group", "aws_alb_target_group").some((group) => isSet(group, "stickiness")))) return [];
	const planned = (type) => [...plan.changed(type).filter(({ kind }) => kind !== "delete"), ...plan.unchanged(type)];
	const counted = planned("aws_ecs_service").filter(({ after }) => asList(after.load_balancer).length > 0).map(({ address, after }) => ({
		address,
		maxCount: asNumber(after.desired_count) ?? 0,
		unit: "tasks"
	}));
	const scaled = planned("aws_appautoscaling_target").filter(({ after }) => after.service_namespace === "ecs").map(({ address, after }) => ({
		address,
		maxCount: asNumber(after.max_capacity) ?? 0,
		unit: "tasks"
	}));
	const instances = planned("aws_autoscaling_group").filter(({ after, unknown = {} }) => asList(after.target_group_arns).length > 0 || unknown.target_group_arns !== void 0).map(({ address, after }) => ({
		address,
		maxCount: asNumber(after.max_size) ?? 0,
		unit: "instances"
	}));
	return [...scaled.length > 0 ? scaled : counted, ...instances].filter(({ maxCount }) => maxCount > 1);
}
const rules = {
	...downtimeRules,
	...sessionRules,
	...exposureRules,
	...secretRules,
	...rolloutRules
};
// src/rules/rule.ts
const severities = [
	"danger",
	"warning",
	"notice"
];
// src/rules/findings.ts
function findingsOf(json, inputs, acceptances, docsPage) {
	const plan = viewOf(json, inputs);
	const findings = Object.entries(rules).flatMap(([name, rule]) => rule.find(plan).map(({ address, sentence, fix, severity = rule.severity }) => {
		const accepted = acceptanceReason(acceptances, name, address);
		return {
			rule: name,
			severity,
			address,
			sentence,
			fix,
			docs: `${docsPage}#${name}`,
			...accepted !== void 0 && { accepted }
		};
	}));
	const rank = ({ accepted, severity }) => (accepted === void 0 ? 0 : severities.length) + severities.indexOf(severity);
	return findings.sort((a, b) => rank(a) - rank(b));
}
function rulesPageUrl(action) {
	const page = "docs/plan-rules.md";
	return action === void 0 ? page : `${action.url}/blob/${encodeURI(action.ref)}/${page}`;
}
// src/stacks/workflow.ts
var import_dist = require_dist();
const maxFileBytes = 1e6;
function stepsOf(workflow, isOurs) {
	if (Buffer.byteLength(workflow) > maxFileBytes) return [];
	let document;
	try {
		document = (0, import_dist.parse)(workflow, {
			maxAliasCount: 100,
			logLevel: "silent"
		});
	} catch {
		return [];
	}
	const { jobs, env, on } = asObject(document);
	const mayBePush = mayRunOnPush(on);
	return Object.entries(asObject(jobs)).flatMap(([id, job]) => stepsOfJob(id, asObject(job), asObject(env), isOurs).map((step) => ({
		...step,
		mayBePush
	})));
}
function mayRunOnPush(on) {
	const events = typeof on === "string" ? [on] : Array.isArray(on) ? on : Object.keys(asObject(on));
	const types = asList(asObject(asObject(on).pull_request).types);
	return events.some((event) => event === "push" || event === "workflow_call") || types.includes("closed");
}
function stepsOfJob(jobId, job, env, isOurs) {
	const steps = asList(job.steps).map(asObject);
	const ours = steps.filter(({ uses }) => typeof uses === "string" && isOurs(uses));
	if (ours.length === 0) return [];
	const scripts = steps.map(({ run }) => typeof run === "string" ? run : "").join("\n");
	return matrixCombinations(asObject(job.strategy).matrix).flatMap((combination) => {
		const value = (source) => evaluate(source, combination);
		const values = (source) => Object.fromEntries(Object.entries(asObject(source)).map(([name, each]) => [name, value(each)]));
		const environment = typeof job.environment === "object" ? asObject(job.environment).name : job.environment;
		const matrixValues = Object.entries(combination ?? {}).map(([name, each]) => `${name}: ${String(each)}`);
		return ours.map((step) => {
			const inputs = values(step.with);
			const own = [inputs["deployment-environment"], inputs.environment].find((input) => input && input.text !== "");
			return {
				job: matrixValues.length === 0 ? jobId : `${jobId} (${matrixValues.join(", ")})`,
				jobId,
				environment: own ?? (environment === void 0 || environment === null ? void 0 : value(environment)),
				inputs,
				env: {
					...values(env),
					...values(job.env),
					...scriptVariables(scripts),
					...values(step.env)
				},
				conditions: [job.if, step.if].filter((each) => each !== void 0 && each !== null).map(String),
				machine: JSON.stringify([job["runs-on"], job.container])
			};
		});
	});
}
function scriptVariables(scripts) {
	const names = scripts.match(/\b(TF_WORKSPACE|TF_CLI_ARGS(_init)?|TF_DATA_DIR|AWS_(ENDPOINT_URL|S3_ENDPOINT)\w*)\b/g) ?? [];
	return Object.fromEntries(names.map((name) => [name, {
		text: "",
		certainty: "unknown"
	}]));
}
function matrixCombinations(matrix) {
	if (matrix === void 0 || matrix === null) return [{}];
	const { include, exclude, ...axes } = asObject(matrix);
	const lists = [
		include ?? [],
		exclude ?? [],
		...Object.values(axes)
	];
	if (typeof matrix !== "object" || !lists.every(Array.isArray)) return [void 0];
	let combined = [{}];
	for (const [axis, values] of Object.entries(axes)) {
		combined = combined.flatMap((each) => asList(values).map((value) => ({
			...each,
			[axis]: value
		})));
		if (combined.length > 256) return [void 0];
	}
	const isLike = (each, other, names) => names.every((name) => JSON.stringify(each[name]) === JSON.stringify(other[name]));
	const included = combined.filter((each) => !asList(exclude).some((out) => isLike(each, asObject(out), Object.keys(asObject(out)))));
	const hasAxes = Object.keys(axes).length > 0;
	const results = hasAxes ? included.map((each) => ({ ...each })) : [];
	for (const more of asList(include).map(asObject)) {
		const shared = Object.keys(more).filter((name) => name in axes);
		const fitting = hasAxes ? results.filter((each, index) => index < included.length && isLike(each, more, shared)) : [];
		for (const each of fitting) Object.assign(each, more);
		if (fitting.length === 0) results.push({ ...more });
	}
	return results.length > 256 ? [void 0] : results;
}
function evaluate(source, combination) {
	if (typeof source === "object" && source !== null) return {
		text: JSON.stringify(source),
		certainty: "unknown"
	};
	let certainty = "literal";
	return {
		text: replaceExpressions(String(source ?? ""), (whole, expression) => {
			const inMatrix = /^matrix\.([\w-]+(?:\.[\w-]+)*)$/.exec(expression.trim())?.[1];
			const value = inMatrix === void 0 ? void 0 : memberOf(combination, inMatrix.split("."));
			if (value !== void 0 && !String(value).includes("${{")) return String(value);
			if (certainty !== "unknown") certainty = isSameInRun(expression) ? "same in a run" : "unknown";
			return whole.replace(/\s+/g, " ");
		}),
		certainty
	};
}
function replaceExpressions(text, replace) {
	const parts = [];
	let position = 0;
	for (;;) {
		const begin = text.indexOf("${{", position);
		const end = begin === -1 ? -1 : text.indexOf("}}", begin + 3);
		if (end === -1) return parts.join("") + text.slice(position);
		parts.push(text.slice(position, begin), replace(text.slice(begin, end + 2), text.slice(begin + 3, end)));
		position = end + 2;
	}
}
function memberOf(combination, path) {
	if (combination === void 0) return void 0;
	let value = combination;
	for (const name of path) value = asObject(value)[name];
	if (value === void 0 || value === null) return "";
	return typeof value === "object" ? void 0 : value;
}
function isSameInRun(expression) {
	const code = expression.replace(/'(?:[^']|'')*'/g, " ");
	if (/github\s*\.\s*(job|action|env|path|token|workspace|retention)|\bgithub\b(?!\s*\.)|\[/i.test(code)) return false;
	const words = code.match(/(?<![\w.-])[A-Za-z_][\w-]*/g) ?? [];
	const allowed = /^(github|inputs|true|false|null|contains|startsWith|endsWith|format|join|toJSON|fromJSON)$/i;
	return words.every((word) => allowed.test(word));
}
// src/stacks/shared-state.ts
const stateVariables = /^(TF_WORKSPACE|TF_CLI_ARGS(_init)?|TF_DATA_DIR|AWS_(ENDPOINT_URL|S3_ENDPOINT).*)$/;
const requiredSettings = {
	s3: ["bucket"],
	gcs: ["bucket"],
	azurerm: ["storage_account_name", "container_name"],
	http: [],
	consul: ["address"]
};
function assertDistinctEnvironmentStates(workflow, checkout) {
	const text = workflow.file === "" ? void 0 : checkout.text(workflow.file);
	if (text === void 0) return;
	const steps = stepsOf(text, workflow.isOurs);
	if (Object.entries(workflow.env).some(([name, value]) => stateVariables.test(name) && value && !steps.some(({ env }) => name in env))) return;
	const deploying = steps.flatMap((step) => {
		const state = stateOf(step, checkout);
		return state === void 0 || !mayApply(step) ? [] : [{
			step,
			...state
		}];
	});
	for (const [index, one] of deploying.entries()) for (const other of deploying.slice(index + 1)) {
		if (one.state !== other.state || ![one.step.jobId, other.step.jobId].includes(workflow.job)) continue;
		const isCertain = one.isLiteral && other.isLiteral;
		const isConditional = [...one.step.conditions, ...other.step.conditions].length > 0;
		if (!isComparable(one.step, other.step) || !isCertain && isConditional) continue;
		const what = differentEnvironments(one.step, other.step);
		if (what !== void 0) throw sharedStateError(workflow.file, one.step, other.step, what, one.state, one.key);
	}
}
function stateOf({ inputs, env }, checkout) {
	const inputOf = (name) => inputs[name] ?? {
		text: "",
		certainty: "literal"
	};
	const [directory, stack, workspace, backendConfig] = [
		inputOf("working-directory"),
		inputOf("stack"),
		inputOf("workspace"),
		inputOf("backend-config")
	];
	const variables = Object.entries(env).filter(([name]) => stateVariables.test(name));
	const used = [
		directory,
		stack,
		workspace,
		backendConfig,
		...variables.map(([, value]) => value)
	];
	if (used.some(({ certainty }) => certainty === "unknown")) return void 0;
	const place = directory.certainty === "literal" ? inRepository(".", directory.text.trim() || ".") : void 0;
	if (stack.certainty !== "literal") return void 0;
	const own = place === void 0 || stack.text !== "" ? void 0 : backendIn(place, checkout);
	if (stack.text === "" && own === void 0) return void 0;
	const lines = backendConfig.text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "");
	if (stack.text !== "" && lines.length === 0) return void 0;
	if (place === void 0 && lines.some((line) => !isSetting(line))) return void 0;
	const backend = mergeBackendConfig(own, lines, (path) => checkout.text(inRepository(place ?? ".", path) ?? ""));
	if (backend === void 0) return void 0;
	const store = requiredSettings[backend.type];
	const key = keySetting(backend.type);
	const needed = [...store ?? [], key];
	if (store === void 0 || needed.some((name) => !backend.settings[name] || /\bvar\.|\blocal\./.test(backend.settings[name]))) return void 0;
	const chosen = workspace.text || env.TF_WORKSPACE?.text;
	const others = variables.filter(([name]) => name !== "TF_WORKSPACE").map(([name, { text }]) => `${name}=${text}`);
	return {
		state: [stateName(backend, chosen), ...others.sort()].join(", "),
		key,
		isLiteral: used.every(({ certainty }) => certainty === "literal")
	};
}
function backendIn(directory, checkout) {
	const textOf = (name) => checkout.text(inRepository(directory, name) ?? "");
	return readConfiguration(checkout.names(directory), textOf).backend;
}
function mayApply({ inputs, conditions, mayBePush }) {
	const command = inputs.command?.text || "auto";
	if ([
		"plan",
		"verify",
		"discover",
		"summary"
	].includes(command)) return false;
	if (command === "apply" || command === "destroy") return true;
	return mayBePush && conditions.every(mayHoldForPush);
}
function mayHoldForPush(condition) {
	if (!/github\s*\.\s*(event|ref|base_ref|head_ref)/.test(condition)) return true;
	if (/!/.test(condition)) return false;
	return /event_name\s*==\s*'push'|github\.ref(_name)?\s*==\s*'(refs\/heads\/)?(main|master)'/.test(condition);
}
function isComparable(one, other) {
	const isHosted = ({ machine }) => /^\["(ubuntu|windows|macos)-[\w.-]+",null\]$/.test(machine);
	return one.machine === other.machine || isHosted(one) && isHosted(other);
}
function differentEnvironments(one, other) {
	const [a, b] = [one.environment, other.environment];
	if (a !== void 0 && b !== void 0) {
		if (a.certainty !== "literal" || b.certainty !== "literal") return void 0;
		return a.text.toLowerCase() === b.text.toLowerCase() ? void 0 : `the environments ${JSON.stringify(a.text)} and ${JSON.stringify(b.text)}`;
	}
	if (a !== void 0 || b !== void 0) return void 0;
	const files = ({ inputs }) => inputs["var-file"];
	const set = (value) => (value?.text ?? "").split("\n").map((line) => line.trim()).filter((line) => line !== "");
	const [mine, theirs] = [files(one), files(other)];
	if (mine?.certainty !== "literal" || theirs?.certainty !== "literal") return void 0;
	if (one.inputs.target !== void 0 || other.inputs.target !== void 0) return void 0;
	const [ownFiles, otherFiles] = [set(mine).toSorted().join(", "), set(theirs).toSorted().join(", ")];
	return ownFiles === "" || otherFiles === "" || ownFiles === otherFiles ? void 0 : `the var files ${ownFiles} and ${otherFiles}`;
}
function sharedStateError(file, one, other, what, state, key) {
	const [a, b] = [one.job, other.job].map((job) => JSON.stringify(job));
	const jobs = a === b ? `Two steps of job ${a}` : `The jobs ${a} and ${b}`;
	return new InputError(`${jobs} in ${file} deploy ${what} with the same state (${state}): each would replace what the other has deployed. Give each a state of its own: another ${key} in backend-config, or another workspace. Where both are one deployment, name the same environment in both (input deployment-environment).`, "STATE_SHARED");
}
// src/terraform/query.ts
var import_semver = __toESM(require_semver(), 1);
const defaultTimeoutMs = 12e4;
async function query(binary, args, { cwd, env, timeoutMs = defaultTimeoutMs }) {
	const output = getExecOutput(binary, [...args], {
		...cwd !== void 0 && { cwd },
		env: { ...env },
		silent: true,
		ignoreReturnCode: true
	});
	let timer;
	const timeout = new Promise((_, reject) => {
		timer = setTimeout(() => reject(new Error(`it did not end within ${timeoutMs / 1e3} s`)), timeoutMs);
	});
	try {
		return await Promise.race([output, timeout]);
	} finally {
		clearTimeout(timer);
	}
}
// src/terraform/tailed-file.ts
const maxLineUnits = 1048576;
const mebibyte = 1048576;
var TailedFile = class {
	path;
	descriptor;
	#decoder = new StringDecoder("utf8");
	#position = 0;
	#rest = "";
	#isTooLong = false;
	constructor(path) {
		this.path = path;
		this.descriptor = openSync(path, "wx+", 384);
	}
	*newLines(isEnd = false) {
		const chunk = Buffer.allocUnsafe(65536);
		for (;;) {
			const bytes = readSync(this.descriptor, chunk, 0, chunk.length, this.#position);
			if (bytes === 0) break;
			this.#position += bytes;
			const lines = this.#linesOf(this.#decoder.write(chunk.subarray(0, bytes)));
			if (lines !== "") yield lines;
		}
		if (!isEnd) return;
		const rest = this.#isTooLong ? tooLong : this.#rest;
		this.#rest = "";
		this.#isTooLong = false;
		if (rest !== "") yield rest;
	}
	text() {
		const { size } = fstatSync(this.descriptor);
		if (size > constants$1.MAX_STRING_LENGTH) {
			const max = Math.floor(constants$1.MAX_STRING_LENGTH / mebibyte);
			throw new ServiceError(`Terraform printed ${Math.ceil(size / mebibyte)} MiB, and this action can read ${max} MiB: split the root module.`);
		}
		return readFileSync(this.path, "utf8");
	}
	lastLines(maxBytes) {
		const { size } = fstatSync(this.descriptor);
		if (size <= maxBytes) return readFileSync(this.path, "utf8");
		const buffer = Buffer.allocUnsafe(maxBytes);
		const bytes = readSync(this.descriptor, buffer, 0, maxBytes, size - maxBytes);
		return buffer.subarray(buffer.indexOf("\n") + 1, bytes).toString("utf8");
	}
	remove() {
		closeSync(this.descriptor);
		rmSync(this.path, { force: true });
	}
	#linesOf(text) {
		const end = text.lastIndexOf("\n") + 1;
		if (end === 0) {
			if (!this.#isTooLong) this.#rest += text;
			if (this.#rest.length > maxLineUnits) this.#isTooLong = true;
			if (this.#isTooLong) this.#rest = "";
			return "";
		}
		const lines = this.#isTooLong ? tooLong + text.slice(text.indexOf("\n") + 1, end) : this.#rest + text.slice(0, end);
		this.#isTooLong = false;
		this.#rest = text.slice(end);
		return lines;
	}
};
const tooLong = `(a line of more than ${maxLineUnits / mebibyte} MiB is left out)\n`;
// src/terraform/transient.ts
const causes = [
	[/api error (SlowDown|Throttl\w*|RequestLimitExceeded|RequestThrottled\w*|TooManyRequests\w*|ProvisionedThroughputExceeded\w*)\b|StatusCode: 429\b|response code:? 429\b|\b429 Too Many Requests/, "the service throttles"],
	[/StatusCode: 50[0234]\b|response code:? 50[0234]\b|\b50[0234] (Internal Server Error|Bad Gateway|Service Unavailable|Gateway Timeout)/, "the service is not available"],
	[/connection reset by peer|connection timed out|i\/o timeout|TLS handshake timeout|unexpected EOF|: EOF\b|server closed idle connection|Client\.Timeout exceeded|context deadline exceeded|broken pipe/, "the connection broke"],
	[/Temporary failure in name resolution|server misbehaving/, "the name was not resolved"]
];
function transientCause(diagnostics) {
	if (/Lock Info:|state already locked|Error releasing the state lock/.test(diagnostics)) return void 0;
	const oneLine = diagnostics.replace(/\s+/g, " ");
	return causes.find(([words]) => words.test(oneLine))?.[1];
}
// src/terraform/cli.ts
const planProgress = /: (Refreshing|Reading|Still reading|Read complete|Refresh complete)|^(Acquiring|Releasing) state lock/;
const timeoutMs = 12e4;
const maxDiagnosticBytes = 4194304;
const everyLine = () => true;
var Terraform = class {
	planFile;
	directory;
	#options;
	#child;
	#interrupted = false;
	constructor(options) {
		this.#options = options;
		this.directory = options.directory;
		this.planFile = join(options.tempDirectory, "plan.tfplan");
	}
	async init(backendConfig) {
		const args = [
			"init",
			"-input=false",
			"-no-color",
			...this.#lockFileArguments()
		];
		await this.#run([...args, ...backendConfig.map((line) => `-backend-config=${line}`)], {
			isLogged: everyLine,
			isRetried: true
		});
	}
	async initWithoutBackend() {
		await this.#run([
			"init",
			"-input=false",
			"-no-color",
			"-backend=false"
		], { isLogged: everyLine });
	}
	async listUnformatted(directory) {
		const { stdout } = await this.#query([
			"fmt",
			"-check",
			"-recursive",
			"-no-color",
			directory
		], [
			0,
			2,
			3
		]);
		return stdout.split("\n").filter((line) => line !== "").map((file) => relative(directory, resolve(this.#options.directory, file)));
	}
	async validate() {
		const { stdout } = await this.#query([
			"validate",
			"-json",
			"-no-color"
		], [0, 1]);
		return JSON.parse(stdout).diagnostics.map(fromValidate);
	}
	async selectWorkspace(name, create = true) {
		await this.#run([
			"workspace",
			"select",
			"-no-color",
			`-or-create=${create}`,
			"--",
			name
		], {
			isLogged: everyLine,
			isRetried: true
		});
	}
	async plan(targets, replaces, mode = "normal") {
		const { exitCode, stdout } = await this.#run([
			"plan",
			...mode === "normal" ? [] : [`-${mode}`],
			"-input=false",
			"-no-color",
			"-detailed-exitcode",
			`-out=${this.planFile}`,
			...this.#lockArguments(),
			`-parallelism=${this.#options.parallelism}`,
			...this.#varFileArguments(),
			...targets.map((address) => `-target=${address}`),
			...replaces.map((address) => `-replace=${address}`)
		], {
			isLogged: (each) => planProgress.test(each),
			okCodes: [0, 2],
			isRetried: true,
			returnsOutput: true
		});
		return {
			hasChanges: exitCode === 2,
			text: stdout
		};
	}
	async showPlan() {
		const { stdout } = await this.#run([
			"show",
			"-json",
			"-no-color",
			this.planFile
		], {
			isRetried: true,
			returnsOutput: true
		});
		return JSON.parse(stdout);
	}
	async apply() {
		const { tool, version } = this.#options;
		const variables = (0, import_semver.gte)(version, tools[tool].minVersionForPlanVariables) ? this.#varFileArguments() : [];
		await this.#run([
			"apply",
			"-input=false",
			"-no-color",
			...this.#lockArguments(),
			`-parallelism=${this.#options.parallelism}`,
			...variables,
			this.planFile
		], {
			isLogged: everyLine,
			changesState: true
		});
	}
	async showState() {
		const { stdout } = await this.#run([
			"show",
			"-json",
			"-no-color"
		], {
			isRetried: true,
			returnsOutput: true
		});
		return JSON.parse(stdout);
	}
	async taint(address) {
		await this.#run([
			"taint",
			"-no-color",
			...this.#lockArguments(),
			address
		], {
			isLogged: everyLine,
			changesState: true
		});
	}
	interrupt() {
		if (this.#interrupted) return;
		this.#interrupted = true;
		if (process.platform !== "win32") this.#child?.kill("SIGINT");
	}
	get isRunning() {
		return this.#child !== void 0;
	}
	#lockArguments() {
		return [`-lock-timeout=${Math.ceil(this.#options.lockTimeoutMs / 1e3)}s`];
	}
	#varFileArguments() {
		return this.#options.varFiles.map((file) => `-var-file=${file}`);
	}
	#lockFileArguments() {
		const { directory } = this.#options;
		const userArguments = [process.env.TF_CLI_ARGS, process.env.TF_CLI_ARGS_init].join(" ");
		return existsSync(join(directory, ".terraform.lock.hcl")) && !/(^|\s)--?(lockfile|upgrade)\b/.test(userArguments) ? ["-lockfile=readonly"] : [];
	}
	async #run(args, options) {
		const deadline = Date.now() + timeoutMs;
		for (let attempt = 0;; attempt++) try {
			return await this.#runOnce(args, options);
		} catch (error) {
			const delayMs = 2e3 * 2 ** attempt;
			const cause = error instanceof TerraformError && options.isRetried ? transientCause(error.diagnostics) : void 0;
			if (cause === void 0 || Date.now() + delayMs > deadline) throw error;
			const { tool } = this.#options;
			log.line(line`${tool} ${args[0]} failed because ${cause}. Retrying in ${delayMs / 1e3} s.`);
			await sleep(delayMs);
		}
	}
	async #runOnce(args, options) {
		const command = args[0] ?? "";
		const { tool, binary, directory, tempDirectory, logOutput, onRunning } = this.#options;
		this.#assertNotInterrupted(command);
		const name = join(tempDirectory, `${randomUUID()}-${command}`);
		const out = new TailedFile(`${name}.out`);
		const err = new TailedFile(`${name}.err`);
		const { isLogged } = options;
		const logNewLines = (file, isEnd = false) => {
			if (isLogged === void 0) return;
			for (const text of file.newLines(isEnd)) {
				const lines = text.split(/(?<=\n)/).filter(isLogged);
				if (lines.length > 0) logOutput(lines.join(""));
			}
		};
		const child = spawn(binary, args, {
			cwd: directory,
			env: this.#environment(),
			detached: true,
			windowsHide: true,
			stdio: [
				"ignore",
				out.descriptor,
				err.descriptor
			]
		});
		this.#child = child;
		const ended = new Promise((resolve, reject) => {
			child.once("error", (error) => reject(new TerraformError(command, null, `${binary}: ${error.message}`, tool)));
			child.once("exit", (exitCode, signal) => resolve({
				exitCode,
				signal
			}));
		});
		if (options.changesState && child.pid !== void 0) {
			const started = new Date().toISOString();
			onRunning({
				pid: child.pid,
				tool,
				binary,
				directory,
				command,
				started,
				log: out.path,
				errors: err.path
			});
		}
		const ticker = setInterval(() => {
			logNewLines(out);
			logNewLines(err);
		}, 200);
		try {
			const { exitCode, signal } = await ended;
			logNewLines(out, true);
			if (exitCode === null || !(options.okCodes ?? [0]).includes(exitCode)) {
				logNewLines(err, true);
				const diagnostics = cleanDiagnostics(err.lastLines(maxDiagnosticBytes));
				if (this.#interrupted) throw new CancelledError(`The job was cancelled: ${tool} ${command} was interrupted and has stopped.\n${diagnostics}`.trim());
				const killed = signal === null ? "" : `It was killed by ${signal}. Has the machine run out of memory?\n`;
				throw new TerraformError(command, exitCode, `${killed}${diagnostics}`.trim(), tool);
			}
			for (const text of err.newLines(true)) logOutput(text);
			return {
				exitCode,
				stdout: options.returnsOutput ? out.text() : ""
			};
		} finally {
			clearInterval(ticker);
			this.#child = void 0;
			log.closeFence();
			out.remove();
			err.remove();
			if (options.changesState) onRunning(void 0);
		}
	}
	async #query(args, okCodes) {
		const command = args[0] ?? "";
		const { tool, binary, directory, logOutput } = this.#options;
		this.#assertNotInterrupted(command);
		const { exitCode, stdout, stderr } = await query(binary, args, {
			cwd: directory,
			env: this.#environment()
		}).catch((error) => {
			throw new TerraformError(command, null, `${binary}: ${messageOf(error)}`, tool);
		});
		if (stderr !== "") logOutput(stderr);
		log.closeFence();
		if (!okCodes.includes(exitCode)) throw new TerraformError(command, exitCode, cleanDiagnostics(stderr), tool);
		return {
			exitCode,
			stdout
		};
	}
	#assertNotInterrupted(command) {
		if (!this.#interrupted) return;
		throw new CancelledError(`${this.#options.tool} ${command} was not started: the job was cancelled.`);
	}
	#environment() {
		const { hasCredentials, directory } = this.#options;
		const cache = hasCredentials ? preparePluginCache(process.env, directory) : {};
		return {
			...terraformEnvironment(process.env, hasCredentials),
			...cache
		};
	}
};
function cleanDiagnostics(diagnostics) {
	return diagnostics.replace(/^\d{4}-\d\d-\d\dT\S+ \[(TRACE|DEBUG|INFO|WARN|ERROR)\].*\n(?:[ -].*\n)*/gm, "").replace(/^[│╷╵] ?/gm, "").replace(/\n{3,}/g, "\n\n").trim();
}
// src/terraform/install/openpgp.ts
var SignatureError = class extends Error {
	name = "SignatureError";
};
const tags = {
	signature: 2,
	publicKey: 6,
	userId: 13,
	publicSubkey: 14,
	userAttribute: 17
};
const hashes = {
	8: "sha256",
	9: "sha384",
	10: "sha512"
};
const signatureTypes = {
	document: 0,
	genericCertification: 16,
	positiveCertification: 19,
	subkeyBinding: 24,
	primaryKeyBinding: 25,
	keyRevocation: 32,
	subkeyRevocation: 40,
	certificationRevocation: 48
};
const subpackets = {
	created: 2,
	signatureExpires: 3,
	keyExpires: 9,
	issuer: 16,
	keyFlags: 27,
	embeddedSignature: 32,
	issuerFingerprint: 33
};
const allowedUnsigned = [
	subpackets.issuer,
	subpackets.issuerFingerprint,
	subpackets.embeddedSignature
];
const signDataFlag = 2;
const rsaAlgorithm = 1;
const minBits = 2048;
function readSigningKeys(armored, fingerprint) {
	const [first, ...rest] = readPackets(dearmor(armored));
	if (first?.tag !== tags.publicKey) throw new SignatureError("the key block does not begin with a public key");
	const primary = readKey(first.body);
	if (fingerprint !== void 0 && primary.fingerprint !== fingerprint) throw new SignatureError(`the key is ${primary.fingerprint}, not ${fingerprint}`);
	const keys = [];
	for (const { head, signatures } of groupSignatures(first, rest)) {
		const own = selfSignatures(signatures, primary);
		if (own.some(({ type }) => type === signatureTypes.keyRevocation)) throw new SignatureError("the key is revoked");
		const signing = head.tag === tags.publicSubkey ? readSigningSubkey(head, own, primary) : readSigningPrimary(head, own, primary);
		if (signing !== void 0) keys.push(signing);
	}
	if (keys.length === 0) throw new SignatureError(`the key ${primary.fingerprint} is not a signing key`);
	return keys;
}
function verifyDetached(document, signature, keys, now) {
	const [packet, ...more] = readPackets(signature);
	if (packet?.tag !== tags.signature || more.length > 0) throw new SignatureError("it is not one signature");
	const parsed = readSignature(packet.body);
	if (parsed.type !== signatureTypes.document) throw new SignatureError(`it is a signature of type ${parsed.type}, not of a document`);
	const signer = keys.find((key) => isIssuedBy(parsed.issuers, key.fingerprint));
	if (signer === void 0) throw new SignatureError(`it was created by the key ${parsed.issuers.join(" and ")}, which is not trusted`);
	if (!isValidSignature(parsed, [document], signer)) throw new SignatureError("it does not match this content");
	if (parsed.created > now + maxClockSkewSeconds) throw new SignatureError(`it was created on ${day(parsed.created)}, which is in the future: is the clock right?`);
	if (parsed.signatureExpires !== void 0 && now >= parsed.created + parsed.signatureExpires) throw new SignatureError(`it expired on ${day(parsed.created + parsed.signatureExpires)}`);
	if (parsed.created < signer.created) throw new SignatureError("it is older than its key");
	if (signer.expires !== void 0 && now >= signer.expires) throw new SignatureError(`the key ${signer.fingerprint} expired on ${day(signer.expires)}`);
}
const maxClockSkewSeconds = 86400;
function day(seconds) {
	return new Date(seconds * 1e3).toISOString().slice(0, 10);
}
function groupSignatures(first, rest) {
	const groups = [{
		head: first,
		signatures: []
	}];
	for (const packet of rest) if (packet.tag === tags.signature) groups.at(-1)?.signatures.push(packet.body);
	else if (packet.tag === tags.userId || packet.tag === tags.userAttribute || packet.tag === tags.publicSubkey) groups.push({
		head: packet,
		signatures: []
	});
	else throw new SignatureError(`a key block holds no packet of type ${packet.tag}`);
	return groups;
}
function selfSignatures(signatures, { fingerprint }) {
	return signatures.flatMap((body) => {
		try {
			const signature = readSignature(body);
			return isIssuedBy(signature.issuers, fingerprint) ? [signature] : [];
		} catch {
			return [];
		}
	});
}
function readSigningPrimary(head, own, primary) {
	if (head.tag !== tags.userId) return void 0;
	const length = Buffer.alloc(5);
	length[0] = 180;
	length.writeUInt32BE(head.body.length, 1);
	const certified = [
		primary.hashed,
		length,
		head.body
	];
	if (own.some(({ type }) => type === signatureTypes.certificationRevocation)) return void 0;
	const newest = own.filter(({ type }) => type >= signatureTypes.genericCertification && type <= signatureTypes.positiveCertification).filter((signature) => isValidSignature(signature, certified, primary)).reduce(newerSignature, void 0);
	return newest === void 0 ? void 0 : signingKey(primary, newest);
}
function readSigningSubkey(head, own, primary) {
	if (own.some(({ type }) => type === signatureTypes.subkeyRevocation)) return void 0;
	const candidates = own.filter(({ type, keyFlags = 0 }) => type === signatureTypes.subkeyBinding && (keyFlags & signDataFlag) !== 0);
	if (candidates.length === 0) return void 0;
	const subkey = readKey(head.body);
	const bound = [primary.hashed, subkey.hashed];
	const newest = candidates.filter((signature) => isValidSignature(signature, bound, primary) && hasBackSignature(signature, bound, subkey)).reduce(newerSignature, void 0);
	return newest === void 0 ? void 0 : signingKey(subkey, newest);
}
function hasBackSignature({ embedded }, bound, subkey) {
	if (embedded === void 0) return false;
	const back = readSignature(embedded);
	return back.type === signatureTypes.primaryKeyBinding && isIssuedBy(back.issuers, subkey.fingerprint) && isValidSignature(back, bound, subkey);
}
function newerSignature(a, b) {
	return a === void 0 || b.created > a.created ? b : a;
}
function signingKey({ fingerprint, key, modulusBytes, created }, { keyFlags = 0, keyExpires }) {
	if ((keyFlags & signDataFlag) === 0) return void 0;
	return {
		fingerprint,
		key,
		modulusBytes,
		created,
		expires: keyExpires === void 0 || keyExpires === 0 ? void 0 : created + keyExpires
	};
}
function isIssuedBy(issuers, fingerprint) {
	return issuers.every((issuer) => fingerprint.endsWith(issuer));
}
function isValidSignature({ hash, trailer, digestStart, value }, signed, { key, modulusBytes }) {
	if (value.length > modulusBytes) return false;
	const hashed = Buffer.concat([...signed, trailer]);
	if (!createHash(hash).update(hashed).digest().subarray(0, 2).equals(digestStart)) return false;
	return verify(hash, hashed, key, Buffer.concat([Buffer.alloc(modulusBytes - value.length), value]));
}
var Reader = class {
	#bytes;
	#at = 0;
	constructor(bytes) {
		this.#bytes = bytes;
	}
	get remainingBytes() {
		return this.#bytes.length - this.#at;
	}
	get consumed() {
		return this.#bytes.subarray(0, this.#at);
	}
	take(count) {
		if (count > this.remainingBytes) throw new SignatureError("it is truncated");
		this.#at += count;
		return this.#bytes.subarray(this.#at - count, this.#at);
	}
	number(bytes) {
		return this.take(bytes).readUIntBE(0, bytes);
	}
	integer() {
		const bits = this.number(2);
		const value = this.take(Math.ceil(bits / 8));
		if (bits === 0 || bits !== value.length * 8 - Math.clz32(value[0] ?? 0) + 24) throw new SignatureError("it contains a number with a wrong length");
		return value;
	}
};
function readPackets(bytes) {
	const reader = new Reader(bytes);
	const packets = [];
	while (reader.remainingBytes > 0) {
		const header = reader.number(1);
		if ((header & 128) === 0) throw new SignatureError("it is not OpenPGP");
		const isNew = (header & 64) !== 0;
		const tag = isNew ? header & 63 : header >> 2 & 15;
		packets.push({
			tag,
			body: reader.take(isNew ? readNewLength(reader) : readOldLength(reader, header & 3))
		});
	}
	return packets;
}
function readNewLength(reader) {
	const first = reader.number(1);
	if (first < 192) return first;
	if (first < 224) return (first - 192 << 8) + reader.number(1) + 192;
	if (first === 255) return reader.number(4);
	throw new SignatureError("it has a partial length, which is not allowed for signatures and keys");
}
function readOldLength(reader, kind) {
	const bytes = [
		1,
		2,
		4
	][kind];
	if (bytes === void 0) throw new SignatureError("it has a packet without a length");
	return reader.number(bytes);
}
function readKey(body) {
	const reader = new Reader(body);
	const version = reader.number(1);
	if (version !== 4) throw new SignatureError(`the key has version ${version}, and only 4 is supported`);
	const created = reader.number(4);
	const algorithm = reader.number(1);
	if (algorithm !== rsaAlgorithm) throw new SignatureError(`the key has algorithm ${algorithm}, and only RSA (1) is supported`);
	const modulus = reader.integer();
	const exponent = reader.integer();
	if (reader.remainingBytes > 0) throw new SignatureError("the key has trailing data");
	if (modulus.length * 8 < minBits) throw new SignatureError(`the key has fewer than ${minBits} bits`);
	const length = Buffer.alloc(3);
	length[0] = 153;
	length.writeUInt16BE(body.length, 1);
	const hashed = Buffer.concat([length, body]);
	return {
		fingerprint: createHash("sha1").update(hashed).digest("hex").toUpperCase(),
		key: rsaKey(modulus, exponent),
		modulusBytes: modulus.length,
		created,
		hashed
	};
}
function rsaKey(modulus, exponent) {
	try {
		const key = {
			kty: "RSA",
			n: modulus.toString("base64url"),
			e: exponent.toString("base64url")
		};
		return createPublicKey({
			key,
			format: "jwk"
		});
	} catch {
		throw new SignatureError("the key is not a valid RSA key");
	}
}
function readSignature(body) {
	const reader = new Reader(body);
	const version = reader.number(1);
	if (version !== 4) throw new SignatureError(`it has version ${version}, and only 4 is supported`);
	const type = reader.number(1);
	const algorithm = reader.number(1);
	if (algorithm !== rsaAlgorithm) throw new SignatureError(`it has algorithm ${algorithm}, and only RSA (1) is supported`);
	const hashId = reader.number(1);
	const hash = hashes[hashId];
	if (hash === void 0) throw new SignatureError(`it uses hash algorithm ${hashId}, and only SHA-2 is trusted`);
	const hashed = readSubpackets(reader.take(reader.number(2)));
	const hashedPart = reader.consumed;
	const unhashed = readSubpackets(reader.take(reader.number(2)));
	const forbidden = unhashed.find(({ type, isCritical }) => isCritical || !allowedUnsigned.includes(type));
	if (forbidden !== void 0) throw new SignatureError(`its subpacket ${forbidden.type} is not signed`);
	const digestStart = reader.take(2);
	const value = reader.integer();
	if (reader.remainingBytes > 0) throw new SignatureError("the signature has trailing data");
	const trailer = Buffer.alloc(6);
	trailer.writeUInt16BE(1279, 0);
	trailer.writeUInt32BE(hashedPart.length, 2);
	const created = numberIn(hashed, subpackets.created, 4);
	if (created === void 0) throw new SignatureError("it has no creation time");
	return {
		type,
		hash,
		created,
		signatureExpires: numberIn(hashed, subpackets.signatureExpires, 4),
		keyExpires: numberIn(hashed, subpackets.keyExpires, 4),
		keyFlags: singleSubpacket(hashed, subpackets.keyFlags)?.[0],
		embedded: singleSubpacket([...hashed, ...unhashed], subpackets.embeddedSignature),
		issuers: issuersOf([...hashed, ...unhashed]),
		trailer: Buffer.concat([hashedPart, trailer]),
		digestStart,
		value
	};
}
function readSubpackets(bytes) {
	const reader = new Reader(bytes);
	const subpacketList = [];
	const known = Object.values(subpackets);
	while (reader.remainingBytes > 0) {
		const first = reader.number(1);
		const length = first < 192 ? first : first < 255 ? (first - 192 << 8) + reader.number(1) + 192 : reader.number(4);
		const content = new Reader(reader.take(length));
		const type = content.number(1);
		const isCritical = (type & 128) !== 0;
		if (isCritical && !known.includes(type & 127)) throw new SignatureError(`it has the unknown critical subpacket ${type & 127}`);
		subpacketList.push({
			type: type & 127,
			isCritical,
			body: content.take(content.remainingBytes)
		});
	}
	return subpacketList;
}
function singleSubpacket(subpacketList, wanted) {
	const [one, ...more] = subpacketList.filter(({ type }) => type === wanted);
	if (more.length > 0) throw new SignatureError(`it has subpacket ${wanted} more than once`);
	return one?.body;
}
function numberIn(subpacketList, wanted, bytes) {
	const body = singleSubpacket(subpacketList, wanted);
	if (body === void 0) return void 0;
	if (body.length !== bytes) throw new SignatureError(`its subpacket ${wanted} does not have ${bytes} bytes`);
	return body.readUInt32BE(0);
}
function issuersOf(subpacketList) {
	const id = singleSubpacket(subpacketList, subpackets.issuer);
	const fingerprint = singleSubpacket(subpacketList, subpackets.issuerFingerprint);
	if (id !== void 0 && id.length !== 8) throw new SignatureError("it has an invalid key ID");
	if (fingerprint !== void 0 && (fingerprint.length !== 21 || fingerprint[0] !== 4)) throw new SignatureError("it has an invalid fingerprint; only version 4 is supported");
	const issuers = [id, fingerprint?.subarray(1)].filter((name) => name !== void 0);
	if (issuers.length === 0) throw new SignatureError("it does not name its key");
	return issuers.map((name) => name.toString("hex").toUpperCase());
}
function dearmor(armored) {
	const match = /^\s*-----BEGIN PGP PUBLIC KEY BLOCK-----[ \t]*\r?\n(?:[A-Za-z]+: [^\r\n]*\r?\n)*[ \t]*\r?\n([A-Za-z0-9+/\r\n]+={0,2})\s*(?:=([A-Za-z0-9+/]{4})\s*)?-----END PGP PUBLIC KEY BLOCK-----\s*$/.exec(armored);
	const [, base64 = "", sum] = match ?? [];
	if (match === null) throw new SignatureError("it is not an armored public key block");
	const bytes = Buffer.from(base64, "base64");
	if (sum !== void 0 && Buffer.from(sum, "base64").readUIntBE(0, 3) !== crc24(bytes)) throw new SignatureError("the checksum of the key block is wrong: was it copied completely?");
	return bytes;
}
function crc24(bytes) {
	let crc = 11994318;
	for (const byte of bytes) {
		crc ^= byte << 16;
		for (let bit = 0; bit < 8; bit++) crc = (crc & 8388608) === 0 ? crc << 1 : crc << 1 ^ 25578747;
	}
	return crc & 16777215;
}
// src/terraform/install/version.ts
function readWantedVersion(tool, input, directory) {
	const wanted = (input === void 0 ? void 0 : {
		constraint: input,
		source: "the input terraform-version"
	}) ?? readVersionFile(directory, tool.readVersionFile, /^[ \t]*v?([^\s#]+)/m) ?? readVersionFile(directory, ".tool-versions", new RegExp(`^[ \\t]*${tool.toolVersionsKey}[ \\t]+v?(\\S+)`, "m")) ?? readRequiredVersion(tool, directory);
	if (wanted !== void 0 && wanted.constraint !== "latest" && toRange(wanted.constraint) === void 0) throw new InputError(`${tool.title} "${wanted.constraint}" from ${wanted.source} is not a version: use a version such as 1.11.4 or a constraint such as "~> 1.11" or ">= 1.11, < 2.0".`);
	return wanted;
}
function satisfiesConstraint(version, constraint) {
	if (constraint === "latest") return false;
	return toRange(constraint)?.every((part) => part(version)) ?? false;
}
function toRange(constraint) {
	const parts = constraint.split(",").map(toPredicate);
	return parts.every((part) => part !== void 0) ? parts : void 0;
}
function toPredicate(part) {
	const [, operator = "=", numbers, prereleaseOf = ""] = /^\s*(=|!=|>=|>|<=|<|~>)?\s*v?(\d{1,9}(?:\.\d{1,9}){0,2})(-[\w.-]+)?\s*$/.exec(part) ?? [];
	if (numbers === void 0) return void 0;
	const segments = numbers.split(".").map(Number);
	const version = (0, import_semver.valid)(`${[
		...segments,
		0,
		0
	].slice(0, 3).join(".")}${prereleaseOf}`);
	if (version === null) return void 0;
	switch (operator) {
		case "=": return (candidate) => (0, import_semver.compare)(candidate, version) === 0;
		case "!=": return (candidate) => (0, import_semver.compare)(candidate, version) !== 0;
		case "~>": {
			const [major = 0, minor = 0] = segments;
			const below = [
				"",
				`<${major + 1}.0.0-0`,
				`<${major}.${minor + 1}.0-0`
			][segments.length - 1];
			return (candidate) => (0, import_semver.satisfies)(candidate, `>=${version} ${below}`);
		}
		default: return (candidate) => (0, import_semver.satisfies)(candidate, `${operator}${version}`);
	}
}
function readVersionFile(directory, name, pattern) {
	for (const each of directoriesUpToCheckout(directory)) {
		const path = join(each, name);
		const constraint = existsSync(path) ? pattern.exec(readFileSync(path, "utf8"))?.[1] : void 0;
		if (constraint !== void 0) return {
			constraint,
			source: relative(directory, path)
		};
	}
}
function directoriesUpToCheckout(directory) {
	const directories = [directory];
	for (let at = directory; !existsSync(join(at, ".git")); directories.push(at)) {
		if (dirname(at) === at) return [directory];
		at = dirname(at);
	}
	return directories;
}
function readRequiredVersion(tool, directory) {
	const constraints = [];
	const visited = new Set();
	const read = (module) => {
		if (visited.has(module) || !existsSync(module) || !statSync(module).isDirectory()) return;
		visited.add(module);
		for (const path of listConfigurationFiles(tool, module)) {
			const { required, modules } = path.endsWith(".json") ? readJsonSettings(readIfFile(path)) : readHclSettings(readIfFile(path));
			constraints.push(...required.map((constraint) => ({
				constraint,
				source: relative(directory, path)
			})));
			for (const source of modules) if (/^\.\.?\//.test(source)) read(resolve(module, source));
		}
	};
	read(directory);
	if (constraints.length === 0) return void 0;
	return {
		constraint: constraints.map(({ constraint }) => constraint).join(", "),
		source: [...new Set(constraints.map(({ source }) => source))].join(" and ")
	};
}
function listConfigurationFiles({ extensions }, module) {
	const read = new Map();
	const names = readdirSync(module).sort();
	for (const extension of extensions.flatMap((each) => [each, `${each}.json`])) for (const name of names.filter((each) => each.endsWith(extension))) {
		const key = `${extension.endsWith(".json") ? "json" : "hcl"} ${name.slice(0, -extension.length)}`;
		if (!read.has(key)) read.set(key, join(module, name));
	}
	return [...read.values()].sort();
}
function readHclSettings(text) {
	const { blocks } = parseHcl(text);
	const texts = (type, setting) => blocks.filter((block) => block.type === type).flatMap((block) => plainString(block.attributes.get(setting)) ?? []);
	return {
		required: texts("terraform", "required_version"),
		modules: texts("module", "source")
	};
}
function readJsonSettings(text) {
	try {
		const { terraform, module } = JSON.parse(text);
		const texts = (values, setting) => values.flat().flatMap((each) => {
			const value = each?.[setting];
			return typeof value === "string" ? [value] : [];
		});
		return {
			required: texts([terraform], "required_version"),
			modules: texts(Object.values(module ?? {}), "source")
		};
	} catch {
		return {
			required: [],
			modules: []
		};
	}
}
function readIfFile(path) {
	return statSync(path).isFile() ? readFileSync(path, "utf8") : "";
}
// src/terraform/install/install.ts
const defaultInstallTimes = {
	timeoutMs: 15e3,
	retryDelayMs: 1e3,
	archiveRetryDelaysMs: [1e4, 2e4],
	idleTimeoutMs: 3e4
};
async function installTerraform(options) {
	const tool = tools[options.tool];
	const wanted = readWantedVersion(tool, options.version, options.directory);
	const constraint = wanted?.constraint ?? `>= ${tool.defaultVersion}`;
	const onPath = await findOnPath(tool);
	if (onPath !== void 0 && satisfiesConstraint(onPath.version, constraint)) return onPath;
	const source = createSource(tool, options);
	const version = wanted === void 0 ? tool.defaultVersion : (0, import_semver.valid)(wanted.constraint.trim()) ?? await findNewestRelease(source, wanted);
	if (onPath?.version === version) return onPath;
	return {
		binary: await extractBinary(source, await findCachedArchive(source, version) ?? await downloadArchive(source, version, wanted)),
		version
	};
}
function createSource(tool, { mirror, warn, times = defaultInstallTimes }) {
	const mirrorKey = mirror?.key;
	return {
		tool,
		baseUrl: mirror?.url ?? tool.releasesUrl,
		indexUrl: mirror === void 0 ? tool.publicIndexUrl : `${mirror.url}/${tool.indexPath}`,
		publisher: mirrorKey === void 0 ? tool.publisher : "the owner of terraform-mirror-key",
		signatureSuffixes: mirrorKey === void 0 ? tool.signatureSuffixes : tool.signatureSuffixes.slice(-1),
		keys: mirrorKey === void 0 ? readSigningKeys(tool.signingKey.armored, tool.signingKey.fingerprint) : readMirrorKeys(mirrorKey),
		platform: releasePlatform(process.platform, process.arch),
		warn,
		times
	};
}
function readMirrorKeys(armored) {
	try {
		return readSigningKeys(armored);
	} catch (error) {
		throw new InputError(`Input terraform-mirror-key: ${messageOf(error)}. It must be one armored RSA key, as \`gpg --armor --export\` prints it.`);
	}
}
async function findOnPath({ command, wrapper }) {
	const directory = process.env[wrapper.variable];
	const behindWrapper = directory === void 0 ? void 0 : join(directory, executable(wrapper.binary));
	const binary = behindWrapper !== void 0 && existsSync(behindWrapper) ? behindWrapper : command;
	try {
		const { stdout } = await query(binary, ["version", "-json"], {
			env: terraformEnvironment(process.env),
			timeoutMs: 3e4
		});
		const { terraform_version } = JSON.parse(stdout);
		return {
			binary,
			version: terraform_version
		};
	} catch {
		return;
	}
}
function executable(name) {
	return process.platform === "win32" ? `${name}.exe` : name;
}
async function findNewestRelease(source, wanted) {
	const { tool, indexUrl } = source;
	const { status, body } = await fetchFile(source, indexUrl);
	if (status !== 200) throw installError(tool, indexUrl, `it answered ${status}. An exact version needs no version list.`);
	const newest = parsePublishedVersions(tool, indexUrl, body.toString("utf8")).filter((version) => (0, import_semver.valid)(version) !== null && (0, import_semver.prerelease)(version) === null).filter((version) => wanted.constraint === "latest" || satisfiesConstraint(version, wanted.constraint)).sort(import_semver.compare).at(-1);
	if (newest === void 0) throw new InputError(`No release of ${tool.title} matches "${wanted.constraint}" from ${wanted.source}.`);
	return newest;
}
function parsePublishedVersions(tool, url, body) {
	try {
		const { versions } = JSON.parse(body);
		return Array.isArray(versions) ? versions.map(({ id }) => id) : Object.keys(versions);
	} catch (error) {
		throw installError(tool, url, `it did not answer with the list of versions: ${proxyHint}`, error);
	}
}
const proxyHint = "a proxy or a sign-in page may have answered instead.";
function releaseFiles({ tool, platform }, version) {
	const prefix = `${tool.command}_${version}`;
	return {
		archive: `${prefix}_${platform}.zip`,
		sums: `${prefix}_SHA256SUMS`,
		signature: `${prefix}_SHA256SUMS.sig`
	};
}
const cacheName = (tool) => `${tool.command}-releases`;
async function findCachedArchive(source, version) {
	const { find } = await import("./tool-cache.js");
	const folder = find(cacheName(source.tool), version);
	if (folder === "") return void 0;
	const { archive, sums, signature } = releaseFiles(source, version);
	try {
		const expected = readVerifiedSum(source, archive, readFileSync(join(folder, sums)), readFileSync(join(folder, signature)));
		const actual = await sha256(join(folder, archive));
		if (expected === void 0) throw new SignatureError(`its checksums do not list ${archive}`);
		if (actual !== expected) throw new SignatureError(`the SHA-256 of ${archive} is ${actual}, not ${expected}`);
		return join(folder, archive);
	} catch (error) {
		source.warn(`${source.tool.title} ${version} in this runner's tool cache differs from the published release: ${messageOf(error)}. It was not run and is downloaded again. If it was changed after it was cached, another program can write to ${folder}.`);
		return;
	}
}
async function downloadArchive(source, version, wanted) {
	const { tool, baseUrl, publisher } = source;
	const { archive, sums, signature } = releaseFiles(source, version);
	const folder = `${baseUrl}/${tool.releaseFolder(version)}`;
	const published = await fetchChecksums(source, `${folder}/${sums}`, version, wanted);
	const signed = await fetchSignature(source, `${folder}/${sums}`);
	const expected = verifyPublishedSum(source, version, `${folder}/${sums}`, published, signed);
	const url = `${folder}/${archive}`;
	const temp = process.env.RUNNER_TEMP || tmpdir();
	mkdirSync(temp, { recursive: true });
	const releaseDirectory = mkdtempSync(join(temp, "release-"));
	try {
		const file = join(releaseDirectory, archive);
		await fetchArchive(source, url, file);
		const actual = await sha256(file);
		if (actual !== expected) throw new ServiceError(`The download of ${url} differs from the release of ${publisher}: ${describeContent(readFileSync(file))} Its SHA-256 is ${actual}, but SHA256SUMS has ${expected}. It was deleted and not run.`);
		writeFileSync(join(releaseDirectory, sums), published);
		writeFileSync(join(releaseDirectory, signature), signed);
		const { cacheDir } = await import("./tool-cache.js");
		return join(await cacheDir(releaseDirectory, cacheName(tool), version), archive);
	} finally {
		rmSync(releaseDirectory, {
			recursive: true,
			force: true
		});
	}
}
function describeContent(content) {
	if (content.length === 0) return "it is empty.";
	if (content.subarray(0, 2).toString("latin1") !== "PK") return `it is not an archive: ${proxyHint}`;
	return content.subarray(-65557).lastIndexOf("PK", void 0, "latin1") === -1 ? `it is truncated after ${content.length} bytes, for example by a broken connection. Run the job again.` : "it is another archive. Either a mirror is out of date, or somebody has replaced the release.";
}
async function extractBinary({ tool }, archive) {
	const name = executable(tool.command);
	try {
		const { extractZip } = await import("./tool-cache.js");
		const binary = join(await extractZip(archive), name);
		if (!existsSync(binary)) throw new Error(`it does not contain ${name}.`);
		return binary;
	} catch (error) {
		throw installError(tool, archive, messageOf(error), error);
	}
}
async function fetchChecksums(source, url, version, wanted) {
	const { tool } = source;
	const { status, body } = await fetchFile(source, url);
	if (status === 404) throw new InputError(`${tool.title} ${version} from ${wanted?.source ?? "this release"} does not exist: ${url} answered 404. ` + (source.baseUrl === tool.releasesUrl ? `Releases are listed at ${tool.publicIndexUrl}.` : `Is it in the mirror, and does terraform-mirror replace ${tool.releasesUrl}?`));
	if (status !== 200) throw installError(tool, url, `it answered ${status}`);
	if (!/^[0-9a-f]{64} /.test(body.toString("latin1"))) throw installError(tool, url, `it did not answer with checksums: ${proxyHint}`);
	return body;
}
async function fetchSignature(source, sums) {
	const { tool, signatureSuffixes } = source;
	const missing = [];
	for (const suffix of signatureSuffixes) {
		const { status, body } = await fetchFile(source, sums + suffix);
		if (status === 200) return body;
		if (status !== 404) throw installError(tool, sums + suffix, `it answered ${status}`);
		missing.push(sums + suffix);
	}
	throw installError(tool, sums, `it has no signature (${missing.join(" and ")} answered 404), so its publisher is unknown.`);
}
function readVerifiedSum({ keys }, archive, sums, signature) {
	verifyDetached(sums, signature, keys, Math.floor(Date.now() / 1e3));
	for (const line of sums.toString("utf8").split("\n")) {
		const [, digits, name] = /^([0-9a-f]{64}) [ *](\S+)\s*$/.exec(line) ?? [];
		if (name === archive) return digits;
	}
}
function verifyPublishedSum(source, version, url, sums, signature) {
	const { archive } = releaseFiles(source, version);
	try {
		const sum = readVerifiedSum(source, archive, sums, signature);
		if (sum !== void 0) return sum;
	} catch (error) {
		if (!(error instanceof SignatureError)) throw error;
		throw new ServiceError(`${url} has no valid signature of ${source.publisher}: ${error.message}. No program of it was run. If you use a mirror or a proxy, check it first. If the key has expired or was replaced, a newer version of this action has the new key.`);
	}
	throw installError(source.tool, url, `it does not list ${archive}: ${source.tool.title} ${version} is not available for this platform.`);
}
async function sha256(file) {
	const hash = createHash("sha256");
	await pipeline(createReadStream(file), hash);
	return hash.digest("hex");
}
const maxRedirects = 10;
const maxBytes = 33554432;
async function fetchFile({ tool, times }, url) {
	const { idleTimeoutMs, retryDelayMs, timeoutMs } = times;
	const attempt = () => attemptOnce(() => request(url, {
		maxBytes,
		maxRedirects,
		idleTimeoutMs
	}));
	const result = await poll(attempt, {
		delayMs: (count) => retryDelayMs * 2 ** count,
		timeoutMs
	});
	if (result.timedOut) throw installError(tool, url, result.waitingFor);
	return result.value;
}
async function fetchArchive({ tool, times }, url, file) {
	const { idleTimeoutMs, archiveRetryDelaysMs } = times;
	for (const delayMs of [...archiveRetryDelaysMs, void 0]) {
		const attempt = await attemptOnce(async () => ({ status: await download(url, file, {
			maxRedirects,
			idleTimeoutMs
		}) }));
		if ("done" in attempt) {
			const { status } = attempt.done;
			if (status === 200) return;
			throw installError(tool, url, `it answered ${status}${status === 404 ? ", although the checksums list it." : ""}`);
		}
		if (delayMs === void 0) throw installError(tool, url, attempt.waitingFor);
		await sleep(delayMs);
	}
}
async function attemptOnce(send) {
	try {
		const answer = await send();
		const { status } = answer;
		return status === 408 || status === 429 || status >= 500 ? { waitingFor: `it answered ${status}` } : { done: answer };
	} catch (error) {
		return { waitingFor: messageOf(error) };
	}
}
function installError({ title }, what, why, cause) {
	return new ServiceError(`${title} could not be installed from ${what}: ${why}`, { cause });
}
// src/terraform/kind.ts
const kinds = [
	"delete",
	"replace",
	"update",
	"create",
	"move",
	"import",
	"forget",
	"read",
	"none"
];
function kindOf({ actions }) {
	if (actions.includes("create") && (actions.includes("delete") || actions.includes("forget"))) return "replace";
	if (actions.includes("forget")) return "forget";
	for (const kind of [
		"delete",
		"update",
		"create",
		"read"
	]) if (actions.includes(kind)) return kind;
	return "none";
}
// src/terraform/sensitive.ts
function sensitiveValues(json) {
	const values = new Set();
	const changes = [
		...(json.resource_changes ?? []).map((resource) => resource.change),
		...(json.resource_drift ?? []).map((resource) => resource.change),
		...(json.deferred_changes ?? []).flatMap(({ resource_change }) => resource_change?.change ?? []),
		...Object.values(json.output_changes ?? {})
	];
	for (const change of changes) {
		collectSensitive(change.before, change.before_sensitive, values);
		collectSensitive(change.after, change.after_sensitive, values);
	}
	for (const { config_values, config_sensitive } of json.action_invocations ?? []) collectSensitive(config_values, config_sensitive, values);
	for (const [name, variable] of Object.entries(json.configuration?.root_module?.variables ?? {})) if (variable.sensitive === true) collectSensitive(json.variables?.[name]?.value, true, values);
	for (const output of Object.values(json.prior_state?.values?.outputs ?? {})) collectSensitive(output.value, output.sensitive, values);
	collectInModule(json.prior_state?.values?.root_module, values);
	return [...values];
}
function collectInModule(module, values) {
	for (const resource of module?.resources ?? []) collectSensitive(resource.values, resource.sensitive_values, values);
	for (const child of module?.child_modules ?? []) collectInModule(child, values);
}
function collectSensitive(value, sensitive, values) {
	if (value === null || value === void 0 || sensitive === false || sensitive === void 0) return;
	if (typeof value === "object") for (const [key, part] of Object.entries(value)) collectSensitive(part, sensitive === true || sensitive?.[key], values);
	else if (sensitive === true && typeof value !== "boolean") values.add(String(value));
}
// src/terraform/plan.ts
const rank = Object.fromEntries(kinds.map((kind, index) => [kind, index]));
async function makePlan(terraform, { targets, replaces, mode, secrets: knownSecrets }) {
	const { hasChanges, text } = await terraform.plan(targets, replaces, mode);
	const json = await terraform.showPlan();
	const secrets = sensitiveValues(json);
	return {
		plan: readPlan(json, hasChanges, text, redactor([...knownSecrets, ...secrets]), mode),
		json,
		secrets
	};
}
const maxChangesInFull = 800;
function readPlan(json, hasChanges, text, redact, mode = "normal") {
	const changes = (json.resource_changes ?? []).map((resource) => ({
		resource,
		planned: plannedChange(resource)
	})).filter(({ planned: { kind } }) => kind !== "none" && kind !== "read").sort(({ planned: a }, { planned: b }) => rank[a.kind] - rank[b.kind] || compareText(a.address, b.address)).map(({ resource: { change }, planned }, index) => {
		return {
			...planned,
			lines: index < maxChangesInFull ? diffLines(change, planned.kind, redact) : []
		};
	});
	const count = (kind) => changes.filter((change) => change.kind === kind).length;
	const drift = readDrift(json, mode, redact);
	const outputs = Object.entries(json.output_changes ?? {}).map(([name, change]) => plannedOutput(name, change, redact)).filter(({ kind }) => kind !== "none").sort((a, b) => compareText(a.name, b.name));
	return {
		mode,
		hasChanges: mode === "refresh-only" ? drift.length > 0 || outputs.length > 0 : hasChanges,
		counts: {
			add: count("create"),
			change: count("update"),
			destroy: count("delete"),
			replace: count("replace"),
			import: changes.filter((change) => change.imported).length,
			move: changes.filter((change) => change.previousAddress !== void 0).length,
			forget: count("forget")
		},
		changes,
		outputs,
		drift,
		checks: (json.checks ?? []).flatMap(readCheck),
		deferred: [...(json.deferred_changes ?? []).map(({ reason = "", resource_change }) => ({
			address: resource_change?.address ?? "",
			kind: resource_change === void 0 ? "none" : kindOf(resource_change.change),
			reason
		})), ...(json.deferred_action_invocations ?? []).map(({ reason = "", action_invocation }) => ({
			address: action_invocation?.address ?? "",
			kind: "none",
			reason
		}))],
		invocations: (json.action_invocations ?? []).map(({ address = "", lifecycle_action_trigger: trigger }) => ({
			address,
			event: trigger?.action_trigger_event ?? "",
			resource: trigger?.triggering_resource_address ?? ""
		})),
		warnings: readWarnings(text).filter(({ summary }) => !(json.checks && summary.startsWith("Check block assertion "))),
		outputNames: Object.keys(json.configuration?.root_module?.outputs ?? json.planned_values?.outputs ?? {}),
		outputsBefore: Object.fromEntries(Object.entries(json.output_changes ?? {}).map(([name, { before }]) => [name, before])),
		priorState: json.prior_state,
		terraformVersion: json.terraform_version ?? "",
		text
	};
}
function readWarnings(text) {
	return readDiagnostics(text.replace(/\n─{20,}[\s\S]*$/, "")).filter(({ severity }) => severity === "warning");
}
function readCheck({ address, status, instances = [] }) {
	const checks = instances.map((instance) => ({
		address: instance.address.to_display,
		status: instance.status,
		problems: (instance.problems ?? []).flatMap(({ message }) => message === void 0 ? [] : [message])
	}));
	return checks.length > 0 ? checks : [{
		address: address.to_display,
		status,
		problems: []
	}];
}
function readDrift({ resource_drift = [], relevant_attributes = [] }, mode, redact) {
	const isRelevant = ({ address, change }) => relevant_attributes.some(({ resource, attribute }) => withoutInstanceKeys(resource) === withoutInstanceKeys(address) && JSON.stringify(valueAt(change.before, attribute)) !== JSON.stringify(valueAt(change.after, attribute)));
	const differs = ({ change }) => JSON.stringify(withoutEmpty(change.before)) !== JSON.stringify(withoutEmpty(change.after));
	const isRefresh = mode === "refresh-only";
	const drift = resource_drift.filter(isRefresh ? differs : isRelevant).map(({ address, change }) => {
		const kind = kindOf(change);
		return {
			address,
			kind,
			lines: diffLines(change, kind, redact)
		};
	});
	return isRefresh ? drift.filter(({ lines }) => lines.length > 0) : drift;
}
function withoutEmpty(value) {
	if (value === null || value === "") return void 0;
	if (typeof value !== "object") return value;
	const entries = Object.entries(value ?? {}).map(([key, part]) => [key, withoutEmpty(part)]).filter(([, part]) => part !== void 0).sort(([a], [b]) => compareText(a, b));
	if (entries.length === 0) return void 0;
	return Array.isArray(value) ? entries.map(([, part]) => part) : Object.fromEntries(entries);
}
function valueAt(value, path) {
	return path.reduce((part, step) => typeof part === "object" && part !== null ? part[step] : void 0, value);
}
function plannedOutput(name, change, redact) {
	const byName = (value) => ({ [name]: value });
	const kind = kindOf(change);
	return {
		name,
		kind,
		lines: diffLines({
			actions: change.actions,
			before: byName(change.before),
			after: byName(change.after),
			before_sensitive: byName(change.before_sensitive),
			after_sensitive: byName(change.after_sensitive),
			after_unknown: byName(change.after_unknown)
		}, kind, redact)
	};
}
function plannedChange({ address, previous_address, deposed, type, change, action_reason }) {
	const moved = previous_address !== void 0 && previous_address !== address;
	const imported = change.importing !== void 0 && change.importing !== null;
	let kind = kindOf(change);
	if (kind === "none" && moved) kind = "move";
	else if (kind === "none" && imported) kind = "import";
	return {
		address,
		previousAddress: moved ? previous_address : void 0,
		type,
		kind,
		imported,
		deposed: deposed !== void 0 && deposed !== "",
		reason: action_reason,
		forcedBy: [...new Set((change.replace_paths ?? []).map(pathText))].filter((name) => name !== "")
	};
}
function compareText(a, b) {
	return a < b ? -1 : a > b ? 1 : 0;
}
// src/commands/prepare.ts
async function prepare(job) {
	const { stack, backendConfig, workspace, allowLocalState } = job.inputs;
	assertDistinctEnvironmentStates(runningWorkflow(job.run), new Repository(job.run.workspace));
	const terraform = await install(job, true);
	job.lockFile = lockFileDigest(terraform.directory);
	await job.step("init", async () => {
		const initialized = terraform.init(backendConfig);
		if (job.inputs.githubToken !== "") job.github()?.preload();
		await initialized;
		const { command } = job.report;
		if ((command === "apply" || command === "destroy") && !allowLocalState) assertRemoteBackend(configuredBackend(terraform.directory), stack, command);
		if (workspace !== void 0) await terraform.selectWorkspace(workspace, command !== "destroy");
		job.state = stateSettings({
			directory: terraform.directory,
			checkout: job.run.workspace,
			workspace
		}, process.env);
		job.record({ state: `${job.state.backend}, workspace ${job.state.workspace}` });
	});
	return terraform;
}
async function install(job, credentials) {
	const { tool, terraformVersion, terraformMirror } = job.inputs;
	const directory = prepareRootModule(job.inputs, job.tempDirectory);
	const { binary, version } = await job.step("install", () => installTerraform({
		tool,
		version: terraformVersion,
		directory,
		mirror: terraformMirror,
		warn: (text) => log.warning(line`${text}`)
	}));
	log.line(line`${tools[tool].title} ${version}: ${binary}`);
	job.terraform = new Terraform({
		...job.inputs,
		binary,
		version,
		directory,
		tempDirectory: job.tempDirectory,
		hasCredentials: credentials,
		logOutput: log.foreign,
		onRunning: saveRunning
	});
	return job.terraform;
}
async function makeAndLogPlan(job, terraform, how) {
	const planned = await makePlan(terraform, {
		...job.inputs,
		...how
	});
	for (const secret of planned.secrets) secrets.add(secret);
	const { plan, json } = planned;
	job.record({ plan: {
		...plan,
		warnings: plan.warnings.map((each) => job.locate(each))
	} });
	if (how.mode === "normal") recordFindings(job, terraform, json);
	log.foreign(plan.text);
	log.closeFence();
	return planned;
}
function recordFindings(job, terraform, json) {
	const { acceptances, problems } = readAcceptances(terraform.directory);
	const everywhere = job.inputs.acceptRules.map((accepted) => ({
		...accepted,
		block: void 0
	}));
	job.record({ findings: findingsOf(json, job.inputs.mcp, [...acceptances, ...everywhere], rulesPageUrl(job.run.action)) });
	job.warn(...problems);
}
async function planForApproval(job, terraform) {
	return await job.step("plan", async () => {
		const { plan, json } = await makeAndLogPlan(job, terraform, {
			replaces: job.inputs.replaces,
			mode: "normal"
		});
		requireOutputs(plan.outputNames, job.inputs);
		const { owner, repo, workflow, workspace: checkout } = job.run;
		const { planApproval, planApprovalKey } = job.inputs;
		const { directory, planFile } = terraform;
		const { terraformVersion, hasChanges } = plan;
		return {
			json,
			hasChanges,
			context: {
				...job.inputs,
				terraformVersion,
				directory,
				checkout,
				lockFile: job.lockFile
			},
			secrets: {
				key: planApprovalKey,
				lineage: lineageOf(readFileSync(planFile))
			},
			approval: planApproval,
			binding: {
				repository: `${owner}/${repo}`,
				workflow,
				target: job.marker
			},
			formerTarget: job.formerMarker,
			commit: job.report.commit,
			runUrl: job.report.runUrl,
			redact: secrets.redact
		};
	});
}
function runningWorkflow({ workflow, job, action }) {
	const usesPattern = action && new RegExp(`^[^/\\s]+/${RegExp.escape(basename(action.url))}(/[^@]*)?@`, "i");
	const isOurs = (uses) => usesPattern === void 0 ? /^\.\/?$/.test(uses) : usesPattern.test(uses);
	return {
		file: workflow,
		job,
		isOurs,
		env: process.env
	};
}
export { settingsOf$1 as a, prepare as i, makeAndLogPlan as n, planForApproval as r, install as t };
