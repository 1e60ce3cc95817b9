import { r as __toESM } from "./rolldown-runtime.js";
import { _ as keySetting, b as stateName, g as isSetting, h as configured, r as saveRunning, v as namingSettings, x as isRuleName } from "./entry.js";
import { B as TerraformError, E as asObject, I as CancelledError, R as InputError, T as asList, U as messageOf, _ as secrets, g as log, k as parseJson, m as line, r as sleep, t as poll, w as redactor, z as ServiceError } from "./base.js";
import { s as requireOutputs } from "./platforms.js";
import { n as plainString, t as outlineOf } from "./hcl.js";
import { n as withoutKeys } from "./json.js";
import { o as readConfiguration, r as inRepository, t as Repository } from "./repository.js";
import { t as require_dist } from "./yaml.js";
import { r as getExecOutput, t as require_semver } from "./semver.js";
import { a as releasePlatform, i as prepareRootModule, l as readDiagnostics, n as configuredBackend, o as tools, s as fromValidate, t as assertRemoteBackend } from "./root-module.js";
import { n as pluginCache, r as terraformEnvironment } from "./environment.js";
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
const names = namingSettings;
function settingsOf$1(made, env) {
	const settings = {
		"Terraform version": made.terraformVersion,
		"provider versions": providerVersions(made.directory),
		".terraform.lock.hcl": made.lockFile ?? "",
		...stateSettings(made, env),
		target: made.targets.toSorted().join(" "),
		replace: made.replaces.toSorted().join(" ")
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
	const meant = readFileSync(file, "utf8").split("\n").map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#"));
	return createHash("sha256").update(meant.join("\n")).digest("hex").slice(0, 12);
}
const lockFileName = ".terraform.lock.hcl";
function providerVersions(directory) {
	const file = join(directory, lockFileName);
	if (!existsSync(file)) return "";
	return [...readFileSync(file, "utf8").matchAll(/^provider\s+"([^"]+)"\s*\{\s*version\s*=\s*"([^"]+)"/gm)].map(([, source = "", version]) => `${source.replace(/^registry\.(terraform\.io|opentofu\.org)\//, "")} ${version}`).sort().join(", ");
}
function backendName(dataDirectory, checkout) {
	const note = join(dataDirectory, "terraform.tfstate");
	if (!existsSync(note)) return "local";
	const { backend } = JSON.parse(readFileSync(note, "utf8"));
	const config = Object.entries(backend?.config ?? {}).filter(([name, value]) => names.includes(name) && value !== null && value !== "").map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]).map(([name, value]) => `${name}=${name === "path" ? relative(checkout, resolve(value)) : value}`);
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
	for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
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
function viewOf(json, stated) {
	const plan = asObject(json);
	const resources = asList(plan.resource_changes).map(asObject);
	const managed = resources.filter(({ mode }) => mode === "managed");
	const changes = managed.flatMap((resource) => changedResource(resource) ?? []);
	const kept = managed.filter(({ change }) => doingOf(asList(asObject(change).actions)) === void 0).map(({ address, type, change }) => ({
		address: text(address) ?? "",
		type: text(type) ?? "",
		after: asObject(asObject(change).after)
	}));
	const endpoint = asObject(asObject(plan.output_changes).mcp_endpoint);
	const known = {
		before: text(endpoint.before),
		after: text(endpoint.after)
	};
	const containers = [...changes, ...kept].flatMap(({ after }) => containersOf(after.container_definitions));
	const mcpPath = pathOf(stated.endpoint ?? known.after ?? known.before, settingsOf(plan));
	const [changedTypes, keptTypes] = [changes, kept].map((all) => new Set(all.map(({ type }) => type)));
	return {
		changed: (...types) => types.some((type) => changedTypes?.has(type)) ? changes.filter(({ type }) => types.includes(type)) : [],
		unchanged: (...types) => types.some((type) => keptTypes?.has(type)) ? kept.filter(({ type }) => types.includes(type)) : [],
		deferredPolicies: deferredPolicies(resources, plan.prior_state),
		sessions: sessionsOf(plan, containers, mcpPath, stated),
		mcpPath,
		endpoint: known
	};
}
function containersOf(definitions) {
	return asList(parsed(definitions)).map(asObject);
}
function parsed(value) {
	return typeof value === "string" ? parseJson(value) : void 0;
}
function block(value) {
	return asObject(asList(value)[0]);
}
function text(value) {
	return typeof value === "string" ? value : void 0;
}
function number(value) {
	if (typeof value === "number") return value;
	return typeof value === "string" && /^\d+$/.test(value) ? Number(value) : void 0;
}
function texts(value) {
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
	const doing = doingOf(steps);
	if (doing === void 0) return void 0;
	return {
		address: text(address) ?? "",
		type: text(type) ?? "",
		doing,
		createsFirst: steps[0] === "create" && steps.includes("delete"),
		reason: text(action_reason) ?? "",
		before: asObject(before),
		after: asObject(after),
		unknown: asObject(after_unknown),
		sensitive: asObject(after_sensitive)
	};
}
function doingOf(actions) {
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
		address: text(address) ?? "",
		after: asObject(asObject(change).after),
		before: before.get(address)
	}));
}
function settingsOf(plan) {
	const variable = asObject(asObject(plan.variables).mcp).value;
	const calls = asObject(asObject(asObject(plan.configuration).root_module).module_calls);
	const found = Object.entries(calls).map(([name, call]) => ({
		place: `the argument mcp of module.${name}`,
		mcp: asObject(asObject(asObject(asObject(call).expressions).mcp).constant_value)
	}));
	return [{
		place: "the variable mcp",
		mcp: asObject(variable)
	}, ...found];
}
const sseFlag = /(?:^|\s)--(?:sse|[\w-]*transport(?:\s+|=)sse)(?:\s|$)/i;
const statefulFlag = /(?:^|\s)--stateful(?:\s|$)/i;
const transportVariable = /^(?:[A-Z0-9]+_)*TRANSPORT(?:_TYPE|_MODE)?$/i;
function sessionsOf(plan, containers, mcpPath, stated) {
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
		const line = [...texts(entryPoint), ...texts(command)].join(" ");
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
	return stated.transport === "sse" ? {
		evidence: "the input mcp-transport is \"sse\"",
		sse: true
	} : void 0;
}
function pathOf(endpoint, settings) {
	if (endpoint !== void 0 && URL.canParse(endpoint)) return {
		path: new URL(endpoint).pathname,
		isStated: true
	};
	const set = settings.map(({ mcp }) => text(mcp.path)).find((path) => path !== void 0);
	return set === void 0 ? {
		path: "/mcp",
		isStated: false
	} : {
		path: set,
		isStated: true
	};
}
// src/rules/accept.ts
function acceptedBy(acceptances, rule, address) {
	const written = withoutKeys(address);
	return acceptances.find(({ rule: accepted, block }) => accepted === rule && (block === void 0 || block === written || written.startsWith(`${block}.`)))?.reason;
}
function readAcceptances(directory) {
	const found = modulesOf(directory).flatMap(({ key, path }) => tfFiles(path).map((file) => acceptancesIn(readFileSync(file, "utf8"), relative(directory, file), key === "" ? [] : key.split("."))));
	return {
		acceptances: found.flatMap(({ acceptances }) => acceptances),
		problems: found.flatMap(({ problems }) => problems)
	};
}
function acceptancesIn(content, file, module) {
	if (!content.includes("mcp-deploy:accept")) return {
		acceptances: [],
		problems: []
	};
	const { blocks, comments } = outlineOf(content);
	const alone = new Set(comments.filter(({ isAlone }) => isAlone).map(({ line }) => line));
	const acceptances = [];
	const problems = [];
	for (const { text: comment, line } of comments) {
		const match = /^mcp-deploy:accept(?:\s+(\S+)(?:\s+(.*))?)?$/.exec(comment);
		if (match === null) continue;
		const rule = match[1]?.replace(/:$/, "") ?? "";
		const reason = match[2]?.trim() ?? "";
		const block = blockAt(line, blocks, alone);
		const refuse = (why) => problems.push(`${file}, line ${line}: mcp-deploy:accept ${why}.`);
		if (!isRuleName(rule)) refuse(rule === "" ? "names no rule, so nothing is accepted: write the rule and the reason after it" : `names the rule "${rule}", which does not exist, so nothing is accepted: docs/plan-rules.md has the names`);
		else if (reason === "") refuse(`${rule} gives no reason, so nothing is accepted: write it after the rule`);
		else if (block === void 0) refuse(`${rule} stands neither in nor directly above a resource, module or output, so nothing is accepted`);
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
function blockAt(line, blocks, alone) {
	let next = line;
	while (alone.has(next)) next++;
	return blocks.find(({ type, first, last }) => [
		"resource",
		"data",
		"module",
		"output"
	].includes(type) && (line >= first && line <= last || first === next));
}
function addressOf({ type, labels }, module) {
	const kind = type === "resource" ? [] : [type];
	return [
		...module.flatMap((name) => ["module", name]),
		...kind,
		...labels
	].join(".");
}
function modulesOf(directory) {
	const manifest = join(resolve(directory, process.env.TF_DATA_DIR ?? ".terraform"), "modules", "modules.json");
	const known = (existsSync(manifest) ? asList(asObject(parsed(readFileSync(manifest, "utf8"))).Modules).map(asObject) : []).flatMap(({ Key, Dir }) => {
		const [key, path] = [text(Key), text(Dir)];
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
const needsStop = [
	"instance_type",
	"user_data",
	"user_data_base64",
	"ebs_optimized",
	"cpu_options"
];
const isGone = ({ doing }) => doing === "replace" || doing === "delete";
const downtimeRules = {
	"instance-replaced": {
		severity: "danger",
		finds: "An EC2 instance is replaced or destroyed. A `notice` when the new one is made first.",
		why: "Terraform destroys an instance before it makes the next one, unless `create_before_destroy` is set: nobody answers until the new one has booted and installed the server, usually 3 to 10 minutes. Whatever was on its disk is gone.",
		instead: "Set `lifecycle { create_before_destroy = true }` on the instance and on its `aws_eip_association`, so that only the address moves. Or apply when nobody needs the server.",
		find: (plan) => plan.changed("aws_instance").flatMap((instance) => {
			const { address, doing, createsFirst } = instance;
			if (doing === "delete") return {
				address,
				sentence: "The instance is destroyed and no other takes its place: what it serves is gone.",
				fix: "If that is not meant, keep the resource in the configuration, or say where it went with a moved block."
			};
			if (doing !== "replace") return [];
			return createsFirst ? {
				address,
				severity: "notice",
				sentence: `The instance is replaced${because(instance)}, the new one first: clients lose their connections for the seconds in which the address moves, and what is on the disk is gone.`,
				fix: "Nothing, if the server keeps no files and an Elastic IP or a load balancer moves with it."
			} : {
				address,
				sentence: `The instance is destroyed before its successor is made${because(instance)}: the server is down for about 3 to 10 minutes, until the new one has booted, and every open session ends.`,
				fix: "Set lifecycle { create_before_destroy = true } on the instance and on its aws_eip_association, or apply when nobody needs the server."
			};
		})
	},
	"instance-restarted": {
		severity: "warning",
		finds: "An EC2 instance is changed in place in a way for which it must be stopped.",
		why: "EC2 changes the type or the user data of a stopped instance only, so the server is down for about 1 to 3 minutes, and without an Elastic IP the instance comes back with another public address. A changed boot script does not run again: cloud-init runs it at the first boot only.",
		instead: "For a changed script set `user_data_replace_on_change = true` with `create_before_destroy`. For another type apply when nobody needs the server.",
		find: (plan) => plan.changed("aws_instance").flatMap((instance) => {
			const changed = instance.doing === "update" ? needsStop.filter((name) => changes(instance, name)) : [];
			if (changed.length === 0) return [];
			const isScript = changed.some((name) => name.startsWith("user_data"));
			return {
				address: instance.address,
				sentence: `The instance is stopped and started to change ${changed.join(", ")}: the server is down for about 1 to 3 minutes${isScript ? ", and the changed script does not run, because scripts run at the first boot only" : ""}.`,
				fix: isScript ? "Set user_data_replace_on_change = true and lifecycle { create_before_destroy = true }." : "Apply when nobody needs the server."
			};
		})
	},
	"service-replaced": {
		severity: "danger",
		finds: "An ECS service or its cluster is replaced or destroyed.",
		why: "A service is replaced by stopping all its tasks first, because two services of one name cannot exist: nobody answers until the new tasks are started and healthy, usually 2 to 5 minutes. A new task definition never needs that.",
		instead: "Undo the change of the argument that forces the replacement. Where the change is needed, make a second service under another name beside the first and switch the listener over.",
		find: (plan) => plan.changed("aws_ecs_service", "aws_ecs_cluster").flatMap((service) => {
			if (!isGone(service)) return [];
			const thing = service.type === "aws_ecs_service" ? "service" : "cluster";
			return {
				address: service.address,
				sentence: service.doing === "delete" ? `The ECS ${thing} is destroyed: all its tasks stop, and nothing answers.` : `The ECS ${thing} is replaced${because(service)}: all tasks stop first, so the server is down for about 2 to 5 minutes and every open session ends.`,
				fix: service.doing === "delete" ? "If that is not meant, keep the resource in the configuration, or say where it went with a moved block." : "Leave what forces the replacement as it is, or make the new one under another name beside the old one and switch over."
			};
		})
	},
	"load-balancer-replaced": {
		severity: "danger",
		finds: "A load balancer, a listener or a target group is replaced or destroyed.",
		why: "A new load balancer takes 2 to 5 minutes and has another DNS name, and every connection through the old one ends. A listener that is replaced does not listen meanwhile. A new target group has no targets until ECS has registered them, also when it is made first, and the load balancer answers 503 until then.",
		instead: "Leave the arguments that force the replacement as they are: names, subnets of a network load balancer, `target_type`, `port`, `protocol` and `vpc_id`. Everything else is changed in place.",
		find: (plan) => plan.changed(...loadBalancers, ...listeners, ...targetGroups).flatMap((part) => {
			if (!isGone(part)) return [];
			const { address, type, doing, createsFirst } = part;
			const thing = isOne(loadBalancers, type) ? "load balancer" : isOne(listeners, type) ? "listener" : "target group";
			if (doing === "delete") return {
				address,
				sentence: `The ${thing} is destroyed: what came through it is no longer answered.`,
				fix: "If that is not meant, keep the resource in the configuration, or say where it went with a moved block."
			};
			const loss = {
				"load balancer": createsFirst ? "clients follow to its new DNS name as their resolvers forget the old one, and all open connections end" : "the server is down for about 2 to 5 minutes, the DNS name changes, and all open connections end",
				listener: "its port does not answer for some seconds",
				"target group": createsFirst ? "the listener is switched to an empty group, so clients get 503 until tasks are registered and healthy in it, usually 1 to 2 minutes" : "clients get 503 until tasks are registered and healthy in the new one, usually 1 to 3 minutes"
			}[thing];
			return {
				address,
				sentence: `The ${thing} is replaced${because(part)}: ${loss}.`,
				fix: "Leave what forces the replacement as it is; most other arguments are changed in place."
			};
		})
	},
	"address-released": {
		severity: "danger",
		finds: "An Elastic IP is given back, or is taken off the instance before the next one has it.",
		why: "A public address that is given back cannot be had again. DNS records, allow lists and clients that hold it fail.",
		instead: "Keep the `aws_eip` and move only its association. Set `create_before_destroy` and `allow_reassociation` on the `aws_eip_association`.",
		find: (plan) => plan.changed("aws_eip", "aws_eip_association").flatMap((part) => {
			if (!isGone(part)) return [];
			const ip = text(part.before.public_ip);
			if (part.type === "aws_eip") return {
				address: part.address,
				sentence: `The public address${ip === void 0 ? "" : ` ${ip}`} is given back to AWS and cannot be had again.`,
				fix: "Keep the aws_eip in the configuration, and change the DNS record before an address is given up."
			};
			if (part.doing === "replace" && part.createsFirst) return [];
			return {
				address: part.address,
				severity: "warning",
				sentence: `The public address${ip === void 0 ? "" : ` ${ip}`} is taken off its instance${part.doing === "replace" ? " before the next one has it" : ""}: nothing answers on it meanwhile.`,
				fix: "Set lifecycle { create_before_destroy = true } and allow_reassociation = true on the aws_eip_association."
			};
		})
	},
	"dns-record-removed": {
		severity: "danger",
		finds: "A DNS record or zone is replaced or destroyed.",
		why: "A resolver that asks while the record is missing remembers that there is none, in a Route 53 zone for up to 15 minutes by default. A record that validates a certificate is needed again whenever ACM renews it. A zone that is replaced gets other name servers.",
		instead: "Change a record in place: values, TTL and alias need no replacement. To rename it, add the new record first and remove the old one in a later pull request.",
		find: (plan) => plan.changed("aws_route53_record", "aws_route53_zone").flatMap((part) => {
			if (!isGone(part)) return [];
			const name = text(part.before.name);
			const called = name === void 0 ? "" : ` ${name}`;
			const how = part.doing === "delete" ? "destroyed" : `replaced${because(part)}`;
			if (part.type === "aws_route53_zone") return {
				address: part.address,
				sentence: `The DNS zone${called} is ${how}: a new zone has other name servers, so no name in it resolves until the parent points at them.`,
				fix: "Keep the zone as it is."
			};
			if (!isOne([
				"A",
				"AAAA",
				"CNAME"
			], text(part.before.type) ?? "A")) return [];
			if (name?.startsWith("_")) return {
				address: part.address,
				severity: part.doing === "delete" ? "warning" : "notice",
				sentence: `The DNS record${called} is ${how}: ACM renews the certificate that it validates only while it is there.`,
				fix: "Keep the record as long as the certificate is in use."
			};
			return {
				address: part.address,
				sentence: `The DNS record${called} is ${how}: clients cannot find that name${part.doing === "delete" ? "" : ", and resolvers remember for up to 15 minutes that it was missing"}.`,
				fix: "Change the record in place, or add the new name first and remove the old one in a later pull request."
			};
		})
	},
	"certificate-destroyed": {
		severity: "danger",
		finds: "A certificate is destroyed, or replaced without `create_before_destroy`, or taken off a listener.",
		why: "AWS refuses to delete a certificate that a listener uses, so the apply stops halfway after minutes of waiting. One that is taken off a listener leaves the names that only it covers with a TLS error.",
		instead: "Set `lifecycle { create_before_destroy = true }` on the certificate: then the listener gets the new one before the old one is deleted.",
		find: (plan) => plan.changed("aws_acm_certificate", "aws_iam_server_certificate", "aws_lb_listener_certificate", "aws_alb_listener_certificate").flatMap((part) => {
			if (!isGone(part) || part.doing === "replace" && part.createsFirst) return [];
			const name = text(part.before.domain_name) ?? text(part.before.name);
			const called = name === void 0 ? "" : ` for ${name}`;
			const onListener = part.type.endsWith("_listener_certificate");
			return {
				address: part.address,
				severity: onListener ? "warning" : "danger",
				sentence: onListener ? "A certificate is taken off its listener: the names that only it covers fail with a TLS error." : `The certificate${called} is ${part.doing === "delete" ? "destroyed" : `destroyed before its successor is made${because(part)}`}: while a listener uses it AWS refuses that and the apply fails halfway, and clients of a listener without it get a TLS error.`,
				fix: onListener ? "Add the certificate that covers these names in the same plan." : "Set lifecycle { create_before_destroy = true } on the certificate, or take it off every listener first."
			};
		})
	},
	"endpoint-changed": {
		severity: "danger",
		finds: "The output `mcp_endpoint` gets another value.",
		why: "Every client has the old URL in its configuration, and the monitor watches it. A new path or host is a new server to all of them.",
		instead: "Keep the old URL answering, for example by a second listener rule or DNS record, until all clients have the new one.",
		find: ({ endpoint: { before, after } }) => before === void 0 || after === void 0 || before === after ? [] : [{
			address: "output.mcp_endpoint",
			sentence: `The endpoint changes from ${before} to ${after}: clients and monitors that know the old URL lose the server.`,
			fix: "Keep the old URL answering until every client has the new one, and tell those who use it."
		}]
	}
};
function isOne(names, name) {
	return names.includes(name);
}
function changes(instance, attribute) {
	return instance.before[attribute] !== void 0 && differs(instance, attribute);
}
function because({ reason }) {
	return reason === "replace_because_tainted" ? ", because the last deployment of it failed" : "";
}
// src/rules/exposure.ts
const exposureRules = {
	"http-without-redirect": {
		severity: "warning",
		finds: "A listener for plain HTTP that does not redirect to HTTPS is made, or loses its redirect.",
		why: "Whatever clients send, bearer tokens too, can be read and changed on the way. OAuth for MCP requires https.",
		instead: "Make the default action of the HTTP listener a redirect to HTTPS (port 443, `HTTP_301`) and forward from an HTTPS listener only. With terraform/ecs: set `dns` or `certificate`.",
		find: (plan) => plan.changed("aws_lb_listener", "aws_alb_listener").flatMap((listener) => {
			const { doing, address, before, after } = listener;
			if (doing === "delete" || !servesPlainHttp(after)) return [];
			if (doing !== "create" && servesPlainHttp(before)) return [];
			return {
				address,
				sentence: `Port ${number(after.port) ?? 80} serves plain HTTP and does not redirect to HTTPS: tokens and answers can be read on the way.`,
				fix: "Redirect to HTTPS in the default action of this listener, and forward from an HTTPS listener only."
			};
		})
	},
	"port-open-to-world": {
		severity: "danger",
		finds: "A port other than 80 and 443 becomes reachable from `0.0.0.0/0` or `::/0`, by any of the resources that make security group rules.",
		why: "The port of the container or of SSH, open to everybody, bypasses the load balancer with its TLS, its limits and its logs, and is found by scanners within minutes.",
		instead: "Allow the security group of the load balancer (`referenced_security_group_id`) or your own address range. For a shell use ECS Exec or SSM Session Manager, which need no open port.",
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
				const group = groupOf(type, attributes);
				if (group !== void 0) wasOpen.set(group, [...wasOpen.get(group) ?? [], ...openings(type, attributes)]);
			}
			return plan.changed(...ingressTypes).flatMap(({ type, address, before, after }) => {
				const known = [...openings(type, before), ...wasOpen.get(groupOf(type, after) ?? "") ?? []];
				const found = openings(type, after).filter((opening) => !isWebPort(opening) && !known.some((each) => contains(each, opening)));
				const named = [...new Set(found.map(describe))];
				if (named.length === 0) return [];
				return [{
					address,
					sentence: `The whole internet is let in to ${named.join(", ")}.`,
					fix: "Let in the load balancer's security group or your own address range instead."
				}];
			});
		}
	},
	"iam-widened": {
		severity: "danger",
		finds: "An IAM policy allows `*`: every action, every action of a service, every resource, or every principal. A `warning` where the statement is narrower than everything. Statements that were as wide before are not found, nor are actions that AWS defines for `*` only.",
		why: "An MCP server runs tools on behalf of whoever calls it. What its role may do, a prompt may make it do.",
		instead: "Name the actions and the ARNs that the tools need, and for a principal the account or service, with a condition such as `aws:SourceAccount`.",
		find: (plan) => [...plan.changed(...Object.keys(policyAttributes), ...attachments).flatMap((policy) => {
			if (policy.doing === "delete") return [];
			const wider = widened(grantsOf(policy.type, policy.before), grantsOf(policy.type, policy.after));
			return wider.length === 0 ? [] : iamFinding(policy.address, wider);
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
			const wider = widened(grantsOfPolicy(before), now);
			return wider.length === 0 ? [] : iamFinding(address, wider);
		})]
	}
};
function servesPlainHttp({ protocol, default_action }) {
	if (protocol !== "HTTP") return false;
	const actions = asList(default_action).map(asObject);
	const serves = actions.some(({ type }) => type === "forward");
	const redirects = actions.filter(({ type }) => type === "redirect").map((action) => block(action.redirect));
	return serves || redirects.some(({ protocol: to }) => to !== void 0 && to !== null && to !== "HTTPS");
}
const ingressTypes = [
	"aws_security_group",
	"aws_default_security_group",
	"aws_security_group_rule",
	"aws_vpc_security_group_ingress_rule"
];
function groupOf(type, { id, security_group_id }) {
	return text(type.endsWith("_rule") ? security_group_id : id);
}
function openings(type, attributes) {
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
	const [first, last] = [number(from), number(to)];
	return first === void 0 || last === void 0 ? [] : [{
		protocol: known,
		from: first,
		to: last
	}];
}
function isWebPort({ protocol, from, to }) {
	return from === to && (protocol === "tcp" && from === 80 || protocol !== "all" && from === 443);
}
function contains(outer, inner) {
	return (outer.protocol === "all" || outer.protocol === inner.protocol) && outer.from <= inner.from && outer.to >= inner.to;
}
function describe({ protocol, from, to }) {
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
const attachments = [
	"aws_iam_role_policy_attachment",
	"aws_iam_user_policy_attachment",
	"aws_iam_group_policy_attachment",
	"aws_iam_policy_attachment"
];
const adminPolicies = /:iam::aws:policy\/(AdministratorAccess|PowerUserAccess|IAMFullAccess)$/;
const onStarOnly = /^(?:ssmmessages:(?:Create|Open)(?:Control|Data)Channel|ec2messages:\w+|ecr:GetAuthorizationToken|sts:GetCallerIdentity|cloudwatch:(?:PutMetricData|ListMetrics|GetMetricData|GetMetricStatistics|DescribeAlarms)|xray:\w+|ec2:Describe\w*\*?|ecs:List\w*\*?|elasticloadbalancing:Describe\w*\*?|tag:Get\w+|bedrock:List\w*\*?|s3:ListAllMyBuckets|ssm:DescribeParameters|secretsmanager:(?:ListSecrets|GetRandomPassword|BatchGetSecretValue)|logs:Describe\w*\*?|kms:List\w*\*?|rds:Describe\w*\*?)$/i;
function grantsOf(type, attributes) {
	if (attachments.includes(type)) {
		const arn = text(attributes.policy_arn);
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
	const { Statement } = asObject(parsed(document));
	return (Array.isArray(Statement) ? Statement : [Statement]).flatMap((statement) => grantsOfStatement(asObject(statement)));
}
function grantsOfStatement({ Effect, Action, NotAction, Resource, NotResource, Principal, Condition }) {
	if (Effect !== "Allow") return [];
	const actions = NotAction === void 0 ? texts(Action) : ["*"];
	const resources = NotResource === void 0 ? texts(Resource) : ["*"];
	if (Principal !== void 0 && Principal !== null) {
		if (!(Principal === "*" || texts(asObject(Principal).AWS).includes("*")) || Condition !== void 0) return [];
		return actions.map((action) => ({
			action,
			resource: resources[0] ?? "itself",
			principal: "*"
		}));
	}
	return actions.flatMap((action) => resources.filter((resource) => /^(?:\*|[\w-]+:\*)$/.test(action) || resource === "*" && !onStarOnly.test(action)).map((resource) => ({
		action,
		resource
	})));
}
function principalsOf(principals) {
	return asList(principals).map(asObject).some(({ type, identifiers }) => (type === "AWS" || type === "*") && texts(identifiers).includes("*")) ? "*" : {};
}
function widened(before, after) {
	return after.filter((grant) => !before.some((old) => covers(old, grant)));
}
function covers(old, { action, resource, principal }) {
	const service = action.slice(0, action.indexOf(":"));
	return (old.action === "*" || old.action === action || old.action === `${service}:*`) && (old.resource === "*" || old.resource === resource) && old.principal === principal;
}
function iamFinding(address, wider) {
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
		finds: "The health check of a target group asks the path of the MCP endpoint.",
		why: "A load balancer asks with GET and without the headers of MCP. An MCP endpoint answers that with 400, 405 or 406, or with an event stream that does not end, so no task ever becomes healthy, or \"healthy\" says nothing about the server.",
		instead: "Give the server a path of its own that answers 200, such as `/health`, and check that.",
		find: (plan) => plan.changed("aws_lb_target_group", "aws_alb_target_group").flatMap((group) => {
			const { address, doing } = group;
			const path = text(block(group.after.health_check).path);
			const old = text(block(group.before.health_check).path);
			if (doing === "delete" || path === void 0 || doing === "update" && path === old) return [];
			const { path: mcpPath, isStated } = plan.mcpPath;
			if (trimmed(path) !== trimmed(mcpPath)) return [];
			return {
				address,
				sentence: `The health check asks ${path}, which is ${isStated ? "the MCP endpoint" : "the usual path of an MCP endpoint"}: it answers a plain GET with an error or an endless stream, so tasks do not become healthy.`,
				fix: "Check a path that answers 200 to a GET, such as /health."
			};
		})
	},
	"same-image-redeployed": {
		severity: "warning",
		finds: "Tasks are exchanged although no image changes: a forced deployment, or a new revision that differs in labels only, or one made because the last was tainted. A `notice` when the image is named by its digest.",
		why: "A tag is looked up anew at every deployment, so what will run is not in this plan: it is whatever the tag means at the time of the apply. After a failed deployment the same image usually fails the same way.",
		instead: "Name the image by its digest (`repository@sha256:…`) or give every build a tag of its own, and change that.",
		find: (plan) => [...plan.changed("aws_ecs_service").flatMap((service) => {
			const { doing, before, after } = service;
			if (!(doing === "update" && after.force_new_deployment === true && !differs(service, "task_definition") && [...Object.keys({
				...before,
				...after
			}), "triggers"].some((name) => !/^tags(_all)?$/.test(name) && differs(service, name)))) return [];
			return [{
				address: service.address,
				sentence: "A deployment is forced without a new task definition: the same revision starts again, with whatever image its tag means by then.",
				fix: "Change the image, by digest or by a tag of its own, instead of forcing a deployment."
			}];
		}), ...plan.changed("aws_ecs_task_definition").flatMap((definition) => {
			const { address, doing, before, after, reason } = definition;
			if (doing !== "replace") return [];
			const [old, now] = [before, after].map(({ container_definitions }) => containersOf(container_definitions));
			if (old === void 0 || now === void 0 || now.length === 0) return [];
			const isSame = JSON.stringify(old.map(essentials)) === JSON.stringify(now.map(essentials));
			const isTainted = reason === "replace_because_tainted";
			const hasSameImages = JSON.stringify(old.map(imageOf)) === JSON.stringify(now.map(imageOf));
			if (!(isTainted ? hasSameImages : isSame && onlyLabelsDiffer(definition))) return [];
			const tagged = now.map(imageOf).filter((image) => !image.includes("@sha256:"));
			const [image = imageOf(now[0] ?? {})] = tagged;
			const failed = isTainted ? `The last deployment failed and this one starts the same image again, ${image}: that cures what was temporary, not what is wrong in the image.` : `A new revision starts the same image again, ${image}.`;
			return [{
				address,
				...tagged.length === 0 && !isTainted && { severity: "notice" },
				sentence: tagged.length === 0 ? failed : `${failed} What runs is whatever that tag means at the time of the apply.`,
				fix: isTainted ? "If the image is at fault, give a repaired one in this pull request." : "Give the image by digest or by a tag of its own, so that the plan says what will run."
			}];
		})]
	},
	"image-tag-latest": {
		severity: "warning",
		finds: "A task definition is made whose image has the tag `latest`, or neither tag nor digest.",
		why: "The plan does not say what will run, a rollback starts the same tag, and two deployments of one commit can differ.",
		instead: "Name the image by its digest, or give every build a tag of its own.",
		find: (plan) => plan.changed("aws_ecs_task_definition").flatMap(({ address, doing, after }) => {
			const floating = (doing === "delete" ? [] : containersOf(after.container_definitions).map(imageOf)).filter((image) => image !== "" && isFloating(image));
			return floating.length === 0 ? [] : {
				address,
				sentence: `The image ${[...new Set(floating)].join(", ")} is whatever was pushed last: this plan does not say what will run, and a rollback cannot bring the old one back.`,
				fix: "Name the image by its digest or by a tag of its own."
			};
		})
	},
	"no-circuit-breaker": {
		severity: "warning",
		finds: "An ECS service is made without the deployment circuit breaker and its rollback, or loses it.",
		why: "Without it ECS starts tasks of a broken version again and again, for hours, and the deployment neither fails nor ends.",
		instead: "Set `deployment_circuit_breaker { enable = true, rollback = true }` on the service.",
		find: (plan) => plan.changed("aws_ecs_service").flatMap((service) => {
			const { address, doing, before, after, unknown } = service;
			if (doing === "delete" || unknown.deployment_circuit_breaker === true) return [];
			if ((block(after.deployment_controller).type ?? "ECS") !== "ECS") return [];
			const lacks = breaksCircuit(after);
			if (lacks === void 0 || doing === "update" && breaksCircuit(before) === lacks) return [];
			return {
				address,
				sentence: lacks === "breaker" ? "The service has no deployment circuit breaker: tasks of a version that does not start are started again without end." : "The circuit breaker of the service does not roll back: a version that does not start stays deployed.",
				fix: "Set deployment_circuit_breaker { enable = true, rollback = true }."
			};
		})
	},
	"tasks-stopped-first": {
		severity: "danger",
		finds: "The healthy percentages of an ECS service leave a deployment no room at all, or let it stop every task before a new one runs (a `warning`).",
		why: "ECS keeps at least `deployment_minimum_healthy_percent` of the tasks (rounded up) and starts at most `deployment_maximum_percent` (rounded down). When the first comes to no task, every deployment is downtime; when both come to the same number, no deployment ever ends.",
		instead: "Set 100 and 200: new tasks are healthy before old ones stop, also when there is only one.",
		find: (plan) => plan.changed("aws_ecs_service").flatMap((service) => {
			const room = roomOf(service.after);
			if (room === void 0 || service.doing === "delete") return [];
			if (service.doing === "update" && roomOf(service.before) === room) return [];
			return {
				address: service.address,
				...room === "stops" && { severity: "warning" },
				sentence: room === "stops" ? "Every deployment stops all tasks before a new one runs: the server is down for about 1 to 2 minutes each time." : "A deployment may neither stop a task nor start one more, so it never ends.",
				fix: "Set deployment_minimum_healthy_percent = 100 and deployment_maximum_percent = 200."
			};
		})
	},
	"revision-deregistered": {
		severity: "warning",
		finds: "A task definition is replaced without `skip_destroy`, or made without it (a `notice`).",
		why: "Terraform deregisters the old revision, and ECS refuses to point a service at an inactive one: neither the circuit breaker nor a person can bring the version back that works now.",
		instead: "Set `skip_destroy = true` on the task definition, in a deployment before the one that needs it.",
		find: (plan) => plan.changed("aws_ecs_task_definition").flatMap(({ address, doing, before, after }) => {
			const fix = "Set skip_destroy = true on the task definition.";
			if (doing === "replace" && before.skip_destroy !== true) return [{
				address,
				sentence: "The revision that runs now is deregistered, so the service cannot be rolled back to it.",
				fix
			}];
			if (doing === "delete" || doing === "update" || after.skip_destroy === true) return [];
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
		finds: "The deletion protection of a load balancer, a database, a table, a user pool or an instance is switched off; or a load balancer or a database is made without (a `notice`).",
		why: "With protection AWS refuses what a wrong plan would destroy. Most load balancers of MCP servers have a name that clients know, and a new one has another.",
		instead: "Leave it on, and switch it off in a pull request of its own before something is meant to be destroyed.",
		find: (plan) => plan.changed(...Object.keys(protections)).flatMap((resource) => {
			const { address, type, doing, before, after } = resource;
			const protection = protections[type];
			if (protection === void 0 || doing === "delete") return [];
			const { attribute, on, thing, isExpected } = protection;
			if (!(after[attribute] !== on && resource.unknown[attribute] !== true)) return [];
			const fix = `Set ${attribute} = ${typeof on === "string" ? `"${on}"` : on}.`;
			if (before[attribute] === on) return {
				address,
				sentence: `The deletion protection of the ${thing} is switched off: from then on any plan can destroy it.`,
				fix: `${fix} Switch it off only in the pull request before the one that destroys it.`
			};
			if (doing !== "create" || !isExpected) return [];
			return {
				address,
				severity: "notice",
				sentence: `The ${thing} is made without deletion protection: any later plan can destroy it.`,
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
		isExpected: true
	},
	aws_alb: {
		attribute: "enable_deletion_protection",
		on: true,
		thing: "load balancer",
		isExpected: true
	},
	aws_db_instance: {
		attribute: "deletion_protection",
		on: true,
		thing: "database",
		isExpected: true
	},
	aws_rds_cluster: {
		attribute: "deletion_protection",
		on: true,
		thing: "database",
		isExpected: true
	},
	aws_docdb_cluster: {
		attribute: "deletion_protection",
		on: true,
		thing: "database",
		isExpected: true
	},
	aws_dynamodb_table: {
		attribute: "deletion_protection_enabled",
		on: true,
		thing: "table",
		isExpected: false
	},
	aws_cognito_user_pool: {
		attribute: "deletion_protection",
		on: "ACTIVE",
		thing: "user pool",
		isExpected: false
	},
	aws_instance: {
		attribute: "disable_api_termination",
		on: true,
		thing: "instance",
		isExpected: false
	}
};
function trimmed(path) {
	return path.replace(/[?#].*$/s, "").replace(/\/$/, "");
}
function imageOf(container) {
	return text(container.image) ?? "";
}
function isFloating(image) {
	if (image.includes("@")) return false;
	const tag = /:([^/:]+)$/.exec(image)?.[1];
	return tag === void 0 || tag === "latest";
}
function essentials(container) {
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
function breaksCircuit(service) {
	const { enable, rollback } = block(service.deployment_circuit_breaker);
	if (enable !== true) return "breaker";
	return rollback === true ? void 0 : "rollback";
}
function roomOf(service) {
	const [count, least, most] = [
		number(service.desired_count),
		number(service.deployment_minimum_healthy_percent),
		number(service.deployment_maximum_percent)
	];
	if (count === void 0 || least === void 0 || most === void 0 || count === 0) return void 0;
	if ((block(service.deployment_controller).type ?? "ECS") !== "ECS" || service.scheduling_strategy === "DAEMON") return void 0;
	const keeps = Math.ceil(count * least / 100);
	const starts = Math.floor(count * most / 100);
	if (keeps >= count && starts <= count) return "none";
	return keeps === 0 && starts <= count ? "stops" : void 0;
}
// src/rules/secrets.ts
const kept = {
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
const generated = {
	random_password: "the ephemeral resource random_password with a write-only argument",
	tls_private_key: "the ephemeral resource tls_private_key with a write-only argument, or a certificate of ACM",
	aws_iam_access_key: "a role"
};
const secretName = /(?:^|_)(?:SECRET|TOKEN|PASSWORD|PASSWD|PASSPHRASE|API_?KEY|PRIVATE_?KEY|SECRET_?KEY|SECRET_ACCESS_KEY)$/i;
const secretRules = {
	"secret-in-state": {
		severity: "warning",
		finds: "A secret is written into the state: a value of Secrets Manager or a SecureString parameter, the password of a database, a generated password, key or access key.",
		why: "Terraform keeps the value in clear text in its state and in every saved plan. Whoever may read the state bucket, which everybody who plans must, has the secret.",
		instead: "Use the write-only argument, such as `secret_string_wo` with `secret_string_wo_version` (Terraform 1.11, AWS provider 5.89 or later), with an ephemeral variable; or let AWS make the secret, as with `manage_master_user_password`. With terraform/ecs: `managed_secrets` and `secret_values`. A value that has been in a state must be changed.",
		find: (plan) => [...plan.changed(...Object.keys(kept)).flatMap((resource) => {
			if (resource.doing === "delete") return [];
			if (resource.type === "aws_ssm_parameter" && resource.after.type !== "SecureString") return [];
			return (kept[resource.type] ?? []).filter(({ attribute }) => isWritten(resource, attribute)).map(({ attribute, instead }) => ({
				address: resource.address,
				sentence: `What is set as ${attribute} is kept in clear text in the state and in saved plans.`,
				fix: `Use ${instead} instead, and change the secret if it has been in a state before.`
			}));
		}), ...plan.changed(...Object.keys(generated)).flatMap(({ type, address, doing }) => doing === "delete" || doing === "update" ? [] : {
			address,
			sentence: `The secret that ${type} generates is kept in clear text in the state.`,
			fix: `Use ${generated[type]} instead.`
		})]
	},
	"secret-in-environment": {
		severity: "warning",
		finds: "A value that Terraform marks as sensitive, or one whose name says that it is a secret, is put into the plain environment of a container or into user data.",
		why: "Everybody who may read task definitions (`ecs:DescribeTaskDefinition`) or instance attributes sees it, old revisions keep it for ever, and it is in the state.",
		instead: "Keep it in Secrets Manager or in a SecureString parameter and name its ARN under `secrets` of the container; on an instance read it at boot with the role of the instance. With terraform/ecs: `secrets` or `managed_secrets`.",
		find: (plan) => [...plan.changed("aws_ecs_task_definition").flatMap((definition) => {
			const { address, doing, before, after, sensitive } = definition;
			if (doing === "delete" || !differs(definition, "container_definitions")) return [];
			const old = secretVariables(before.container_definitions);
			const names = secretVariables(after.container_definitions).filter((name) => !old.includes(name));
			const isSensitive = sensitive.container_definitions === true;
			if (names.length === 0 && !isSensitive) return [];
			return [{
				address,
				sentence: `${names.length > 0 ? `The environment holds ${names.join(", ")}` : "A value that is marked as sensitive is"} in clear text in the container definitions: whoever may read task definitions or the state sees it.`,
				fix: "Keep it in Secrets Manager and name its ARN under secrets of the container."
			}];
		}), ...plan.changed("aws_instance", "aws_launch_template").flatMap((instance) => {
			const held = ["user_data", "user_data_base64"].find((name) => instance.sensitive[name] === true && instance.doing !== "delete" && differs(instance, name));
			return held === void 0 ? [] : [{
				address: instance.address,
				sentence: `A value that is marked as sensitive is in ${held}: every process on the instance and whoever may read instance attributes sees it.`,
				fix: "Read the secret at boot from Secrets Manager with the role of the instance."
			}];
		})]
	}
};
function isWritten(resource, attribute) {
	const { doing, after, unknown } = resource;
	if (typeof after[`${attribute}_wo_version`] === "number" || typeof after.secret_string_wo_version === "number" || after.manage_master_user_password === true || after.manage_master_password === true) return false;
	const value = after[attribute];
	return (value !== void 0 && value !== null && value !== "" || unknown[attribute] === true) && (doing === "create" || differs(resource, attribute));
}
function secretVariables(definitions) {
	return containersOf(definitions).flatMap((container) => asList(container.environment).map(asObject).filter(({ value }) => typeof value === "string" && value !== "" && !value.startsWith("arn:")).flatMap(({ name }) => text(name) ?? []).filter((name) => secretName.test(name)));
}
// src/rules/sessions.ts
const sdkKeepAlive = 15;
const defaultIdleTimeout = 60;
const minDraining = 15;
const defaultDraining = 300;
const sessionRules = {
	"sessions-dropped": {
		severity: "warning",
		finds: "Tasks or instances are exchanged while the server is known to keep sessions (HTTP+SSE, or a stateful server).",
		why: "A session lives in the memory of one task. When the task is exchanged, the next request of its clients is answered 404 or their stream ends. Clients that follow the specification start a new session; many show an error first.",
		instead: "Make the server stateless (the protocol of 2026-07-28 needs no sessions), keep sessions in a shared store, or apply when few people work.",
		find: (plan) => {
			const evidence = evidenceOf(plan);
			if (evidence === "") return [];
			return [...plan.changed("aws_ecs_service").filter(exchangesTasks), ...plan.changed("aws_instance").filter(({ doing }) => doing === "replace" || doing === "delete")].map(({ address }) => ({
				address,
				sentence: `What is serving is exchanged, and every open session ends with it: ${evidence}.`,
				fix: "Make the server stateless or keep its sessions in a shared store; else apply when few people work."
			}));
		}
	},
	"stateful-many-tasks": {
		severity: "danger",
		finds: "More than one task or instance with a server that keeps sessions in the memory of each. A `warning` when the target group routes by cookie.",
		why: "The load balancer sends each request to any task, and only one knows the session: with two tasks about one session of four survives its first three requests. Stickiness of a load balancer is a cookie, and the clients of the MCP SDKs keep none.",
		instead: "Run one task (`desired_count = 1`, no scaling above 1), or make the server stateless, or keep its sessions in a shared store.",
		find: (plan) => {
			const sticky = stickiness(plan);
			const evidence = evidenceOf(plan);
			if (evidence === "") return [];
			return manyTasks(plan).map(({ address, most, unit }) => ({
				address,
				...sticky !== void 0 && { severity: "warning" },
				sentence: `Up to ${most} ${unit} serve, and a session is known to one of them only: ${evidence}. ${sticky === void 0 ? "Requests that reach another one fail." : "Clients of the MCP SDKs keep no cookies, so their requests reach another one and fail."}`,
				fix: "Run one task, make the server stateless, or keep its sessions in a shared store."
			}));
		}
	},
	"idle-timeout-short": {
		severity: "warning",
		finds: `The load balancer's \`idle_timeout\` is set below ${defaultIdleTimeout} seconds; with HTTP+SSE, to ${defaultIdleTimeout} or less.`,
		why: `A connection without a byte for that long is cut. An event stream stays open only by the keep-alive comments of the server (every ${sdkKeepAlive} seconds in version 2 of the SDKs, none in version 1), and a tool call that is silent for longer fails.`,
		instead: "Set `idle_timeout` above the longest silent tool call: 300 seconds for Streamable HTTP, up to 4000 for HTTP+SSE.",
		find: (plan) => plan.changed("aws_lb", "aws_alb").flatMap((balancer) => {
			const seconds = number(balancer.after.idle_timeout);
			if (seconds === void 0 || !isSet(balancer, "idle_timeout")) return [];
			if ((balancer.after.load_balancer_type ?? "application") !== "application") return [];
			const isSse = plan.sessions?.sse === true;
			if (seconds >= defaultIdleTimeout && !(isSse && seconds === defaultIdleTimeout)) return [];
			const loss = seconds <= sdkKeepAlive ? `that is not above the ${sdkKeepAlive} seconds between the keep-alives of the MCP SDKs, so every event stream is cut` : `tool calls that are silent for longer are cut${isSse ? ", and so is every event stream whose server sends no keep-alives" : ""}`;
			return {
				address: balancer.address,
				sentence: `The load balancer cuts connections that are silent for ${seconds} seconds: ${loss}.`,
				fix: `Set idle_timeout to ${isSse ? "some minutes, up to 4000 seconds" : "300 seconds, or the longest silent tool call"}.`
			};
		})
	},
	"deregistration-delay": {
		severity: "notice",
		finds: `A target group's \`deregistration_delay\` is set below ${minDraining} seconds, or with HTTP+SSE to ${defaultDraining} or more.`,
		why: "For that long a task that is replaced may finish its requests. Too short, and tool calls in flight are cut at every deployment. An event stream of HTTP+SSE never finishes, so every deployment waits for the whole time.",
		instead: "Set 30 to 60 seconds: longer than most tool calls, and what a deployment can wait.",
		find: (plan) => plan.changed("aws_lb_target_group", "aws_alb_target_group").flatMap((group) => {
			const seconds = number(group.after.deregistration_delay);
			if (seconds === void 0 || !isSet(group, "deregistration_delay")) return [];
			if (seconds < minDraining) return {
				address: group.address,
				sentence: `A task that is replaced has ${seconds} seconds to finish its requests: longer tool calls are cut at every deployment.`,
				fix: "Set deregistration_delay to 30 to 60 seconds."
			};
			if (plan.sessions?.sse !== true || seconds < defaultDraining) return [];
			return {
				address: group.address,
				sentence: `Every deployment waits ${seconds} seconds for event streams that never end by themselves: ${plan.sessions.evidence}.`,
				fix: "Set deregistration_delay to 30 to 60 seconds."
			};
		})
	}
};
function isSet(resource, attribute) {
	return resource.doing !== "delete" && (resource.doing !== "update" || differs(resource, attribute));
}
function exchangesTasks(service) {
	if (service.doing === "replace" || service.doing === "delete") return true;
	return service.doing === "update" && [
		"task_definition",
		"triggers",
		"network_configuration",
		"load_balancer",
		"platform_version"
	].some((name) => differs(service, name));
}
function stickiness(plan) {
	const types = ["aws_lb_target_group", "aws_alb_target_group"];
	return [...plan.changed(...types), ...plan.unchanged(...types)].find(({ after }) => block(after.stickiness).enabled === true)?.address;
}
function evidenceOf(plan) {
	const sticky = stickiness(plan);
	return [plan.sessions?.evidence, sticky === void 0 ? void 0 : `the target group ${sticky} routes by cookie`].filter((part) => part !== void 0).join(", and ");
}
function manyTasks(plan) {
	if (!(plan.changed(...[
		"aws_ecs_service",
		"aws_appautoscaling_target",
		"aws_autoscaling_group"
	]).some(({ doing }) => doing !== "delete") || plan.changed("aws_lb_target_group", "aws_alb_target_group").some((group) => isSet(group, "stickiness")))) return [];
	const planned = (type) => [...plan.changed(type).filter(({ doing }) => doing !== "delete"), ...plan.unchanged(type)];
	const counted = planned("aws_ecs_service").filter(({ after }) => asList(after.load_balancer).length > 0).map(({ address, after }) => ({
		address,
		most: number(after.desired_count) ?? 0,
		unit: "tasks"
	}));
	const scaled = planned("aws_appautoscaling_target").filter(({ after }) => after.service_namespace === "ecs").map(({ address, after }) => ({
		address,
		most: number(after.max_capacity) ?? 0,
		unit: "tasks"
	}));
	const instances = planned("aws_autoscaling_group").filter(({ after, unknown = {} }) => asList(after.target_group_arns).length > 0 || unknown.target_group_arns !== void 0).map(({ address, after }) => ({
		address,
		most: number(after.max_size) ?? 0,
		unit: "instances"
	}));
	return [...scaled.length > 0 ? scaled : counted, ...instances].filter(({ most }) => most > 1);
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
function findingsOf(json, stated, acceptances, docsPage) {
	const plan = viewOf(json, stated);
	const findings = Object.entries(rules).flatMap(([name, rule]) => rule.find(plan).map(({ address, sentence, fix, severity = rule.severity }) => {
		const accepted = acceptedBy(acceptances, name, address);
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
function docsPageOf(action) {
	const page = "docs/plan-rules.md";
	return action === void 0 ? page : `${action.url}/blob/${encodeURI(action.ref)}/${page}`;
}
// src/stacks/workflow.ts
var import_dist = require_dist();
const largestFile = 1e6;
const mostJobs = 256;
function stepsOf(workflow, isOurs) {
	if (Buffer.byteLength(workflow) > largestFile) return [];
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
	const mayBePush = isPush(on);
	return Object.entries(asObject(jobs)).flatMap(([id, job]) => stepsOfJob(id, asObject(job), asObject(env), isOurs).map((step) => ({
		...step,
		mayBePush
	})));
}
function isPush(on) {
	const events = typeof on === "string" ? [on] : Array.isArray(on) ? on : Object.keys(asObject(on));
	const types = asList(asObject(asObject(on).pull_request).types);
	return events.some((event) => event === "push" || event === "workflow_call") || types.includes("closed");
}
function stepsOfJob(jobId, job, env, isOurs) {
	const steps = asList(job.steps).map(asObject);
	const ours = steps.filter(({ uses }) => typeof uses === "string" && isOurs(uses));
	if (ours.length === 0) return [];
	const scripts = steps.map(({ run }) => typeof run === "string" ? run : "").join("\n");
	return combinations(asObject(job.strategy).matrix).flatMap((combination) => {
		const value = (given) => textIn(given, combination);
		const values = (given) => Object.fromEntries(Object.entries(asObject(given)).map(([name, each]) => [name, value(each)]));
		const environment = typeof job.environment === "object" ? asObject(job.environment).name : job.environment;
		const shown = Object.entries(combination ?? {}).map(([name, each]) => `${name}: ${String(each)}`);
		return ours.map((step) => {
			const inputs = values(step.with);
			const own = [inputs["deployment-environment"], inputs.environment].find((input) => input && input.text !== "");
			return {
				job: shown.length === 0 ? jobId : `${jobId} (${shown.join(", ")})`,
				jobId,
				environment: own ?? (environment === void 0 || environment === null ? void 0 : value(environment)),
				inputs,
				env: {
					...values(env),
					...values(job.env),
					...scripted(scripts),
					...values(step.env)
				},
				conditions: [job.if, step.if].filter((each) => each !== void 0 && each !== null).map(String),
				machine: JSON.stringify([job["runs-on"], job.container])
			};
		});
	});
}
function scripted(scripts) {
	const names = scripts.match(/\b(TF_WORKSPACE|TF_CLI_ARGS(_init)?|TF_DATA_DIR|AWS_(ENDPOINT_URL|S3_ENDPOINT)\w*)\b/g) ?? [];
	return Object.fromEntries(names.map((name) => [name, {
		text: "",
		known: "unknown"
	}]));
}
function combinations(matrix) {
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
		if (combined.length > mostJobs) return [void 0];
	}
	const isLike = (each, other, names) => names.every((name) => JSON.stringify(each[name]) === JSON.stringify(other[name]));
	const kept = combined.filter((each) => !asList(exclude).some((out) => isLike(each, asObject(out), Object.keys(asObject(out)))));
	const hasAxes = Object.keys(axes).length > 0;
	const made = hasAxes ? kept.map((each) => ({ ...each })) : [];
	for (const more of asList(include).map(asObject)) {
		const shared = Object.keys(more).filter((name) => name in axes);
		const fitting = hasAxes ? made.filter((each, index) => index < kept.length && isLike(each, more, shared)) : [];
		for (const each of fitting) Object.assign(each, more);
		if (fitting.length === 0) made.push({ ...more });
	}
	return made.length > mostJobs ? [void 0] : made;
}
function textIn(given, combination) {
	if (typeof given === "object" && given !== null) return {
		text: JSON.stringify(given),
		known: "unknown"
	};
	let known = "literal";
	return {
		text: replaceExpressions(String(given ?? ""), (whole, expression) => {
			const inMatrix = /^matrix\.([\w-]+(?:\.[\w-]+)*)$/.exec(expression.trim())?.[1];
			const value = inMatrix === void 0 ? void 0 : memberOf(combination, inMatrix.split("."));
			if (value !== void 0 && !String(value).includes("${{")) return String(value);
			if (known !== "unknown") known = isSameInRun(expression) ? "same in a run" : "unknown";
			return whole.replace(/\s+/g, " ");
		}),
		known
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
const leading = /^(TF_WORKSPACE|TF_CLI_ARGS(_init)?|TF_DATA_DIR|AWS_(ENDPOINT_URL|S3_ENDPOINT).*)$/;
const storeOf = {
	s3: ["bucket"],
	gcs: ["bucket"],
	azurerm: ["storage_account_name", "container_name"],
	http: [],
	consul: ["address"]
};
function refuseSharedState(workflow, checkout) {
	const text = workflow.file === "" ? void 0 : checkout.text(workflow.file);
	if (text === void 0) return;
	const steps = stepsOf(text, workflow.isOurs);
	if (Object.entries(workflow.env).some(([name, value]) => leading.test(name) && value && !steps.some(({ env }) => name in env))) return;
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
		if (what !== void 0) throw refusal(workflow.file, one.step, other.step, what, one.state, one.key);
	}
}
function stateOf({ inputs, env }, checkout) {
	const given = (name) => inputs[name] ?? {
		text: "",
		known: "literal"
	};
	const [directory, stack, workspace, backendConfig] = [
		given("working-directory"),
		given("stack"),
		given("workspace"),
		given("backend-config")
	];
	const variables = Object.entries(env).filter(([name]) => leading.test(name));
	const used = [
		directory,
		stack,
		workspace,
		backendConfig,
		...variables.map(([, value]) => value)
	];
	if (used.some(({ known }) => known === "unknown")) return void 0;
	const place = directory.known === "literal" ? inRepository(".", directory.text.trim() || ".") : void 0;
	if (stack.known !== "literal") return void 0;
	const own = place === void 0 || stack.text !== "" ? void 0 : backendIn(place, checkout);
	if (stack.text === "" && own === void 0) return void 0;
	const lines = backendConfig.text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "");
	if (stack.text !== "" && lines.length === 0) return void 0;
	if (place === void 0 && lines.some((line) => !isSetting(line))) return void 0;
	const backend = configured(own, lines, (path) => checkout.text(inRepository(place ?? ".", path) ?? ""));
	if (backend === void 0) return void 0;
	const store = storeOf[backend.type];
	const key = keySetting(backend.type);
	const needed = [...store ?? [], key];
	if (store === void 0 || needed.some((name) => !backend.settings[name] || /\bvar\.|\blocal\./.test(backend.settings[name]))) return void 0;
	const chosen = workspace.text || env.TF_WORKSPACE?.text;
	const others = variables.filter(([name]) => name !== "TF_WORKSPACE").map(([name, { text }]) => `${name}=${text}`);
	return {
		state: [stateName(backend, chosen), ...others.sort()].join(", "),
		key,
		isLiteral: used.every(({ known }) => known === "literal")
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
	return mayBePush && conditions.every(isTrueOfPush);
}
function isTrueOfPush(condition) {
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
		if (a.known !== "literal" || b.known !== "literal") return void 0;
		return a.text.toLowerCase() === b.text.toLowerCase() ? void 0 : `the environments ${JSON.stringify(a.text)} and ${JSON.stringify(b.text)}`;
	}
	if (a !== void 0 || b !== void 0) return void 0;
	const files = ({ inputs }) => inputs["var-file"];
	const set = (value) => (value?.text ?? "").split("\n").map((line) => line.trim()).filter((line) => line !== "");
	const [mine, theirs] = [files(one), files(other)];
	if (mine?.known !== "literal" || theirs?.known !== "literal") return void 0;
	if (one.inputs.target !== void 0 || other.inputs.target !== void 0) return void 0;
	const [left, right] = [set(mine).toSorted().join(", "), set(theirs).toSorted().join(", ")];
	return left === "" || right === "" || left === right ? void 0 : `the var files ${left} and ${right}`;
}
function refusal(file, one, other, what, state, key) {
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
			...this.#lockFile()
		];
		await this.#run([...args, ...backendConfig.map((line) => `-backend-config=${line}`)], {
			isShown: everyLine,
			isRetried: true
		});
	}
	async initWithoutBackend() {
		await this.#run([
			"init",
			"-input=false",
			"-no-color",
			"-backend=false"
		], { isShown: everyLine });
	}
	async unformatted(directory) {
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
			isShown: everyLine,
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
			...this.#locking(),
			`-parallelism=${this.#options.parallelism}`,
			...this.#variables(),
			...targets.map((address) => `-target=${address}`),
			...replaces.map((address) => `-replace=${address}`)
		], {
			isShown: (each) => planProgress.test(each),
			okCodes: [0, 2],
			isRetried: true,
			isRead: true
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
			isRead: true
		});
		return JSON.parse(stdout);
	}
	async apply() {
		const { tool, version } = this.#options;
		const variables = (0, import_semver.gte)(version, tools[tool].variablesBesidePlan) ? this.#variables() : [];
		await this.#run([
			"apply",
			"-input=false",
			"-no-color",
			...this.#locking(),
			`-parallelism=${this.#options.parallelism}`,
			...variables,
			this.planFile
		], {
			isShown: everyLine,
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
			isRead: true
		});
		return JSON.parse(stdout);
	}
	async taint(address) {
		await this.#run([
			"taint",
			"-no-color",
			...this.#locking(),
			address
		], {
			isShown: everyLine,
			changesState: true
		});
	}
	interrupt() {
		if (this.#interrupted) return;
		this.#interrupted = true;
		if (process.platform !== "win32") this.#child?.kill("SIGINT");
	}
	get running() {
		return this.#child !== void 0;
	}
	#locking() {
		return [`-lock-timeout=${Math.ceil(this.#options.lockTimeoutMs / 1e3)}s`];
	}
	#variables() {
		return this.#options.varFiles.map((file) => `-var-file=${file}`);
	}
	#lockFile() {
		const { directory } = this.#options;
		const decided = [process.env.TF_CLI_ARGS, process.env.TF_CLI_ARGS_init].join(" ");
		return existsSync(join(directory, ".terraform.lock.hcl")) && !/(^|\s)--?(lockfile|upgrade)\b/.test(decided) ? ["-lockfile=readonly"] : [];
	}
	async #run(args, how) {
		const deadline = Date.now() + timeoutMs;
		for (let attempt = 0;; attempt++) try {
			return await this.#runOnce(args, how);
		} catch (error) {
			const waitMs = 2e3 * 2 ** attempt;
			const cause = error instanceof TerraformError && how.isRetried ? transientCause(error.diagnostics) : void 0;
			if (cause === void 0 || Date.now() + waitMs > deadline) throw error;
			const { tool } = this.#options;
			log.line(line`${tool} ${args[0]} failed because ${cause}. It is tried again in ${waitMs / 1e3} s.`);
			await sleep(waitMs);
		}
	}
	async #runOnce(args, how) {
		const command = args[0] ?? "";
		const { tool, binary, directory, tempDirectory, print, onRunning } = this.#options;
		this.#assertNotInterrupted(command);
		const name = join(tempDirectory, `${randomUUID()}-${command}`);
		const out = new TailedFile(`${name}.out`);
		const err = new TailedFile(`${name}.err`);
		const { isShown } = how;
		const show = (file, isEnd = false) => {
			if (isShown === void 0) return;
			for (const text of file.newLines(isEnd)) {
				const shown = text.split(/(?<=\n)/).filter(isShown);
				if (shown.length > 0) print(shown.join(""));
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
		if (how.changesState && child.pid !== void 0) {
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
			show(out);
			show(err);
		}, 200);
		try {
			const { exitCode, signal } = await ended;
			show(out, true);
			if (exitCode === null || !(how.okCodes ?? [0]).includes(exitCode)) {
				show(err, true);
				const diagnostics = withoutDiagnosticMarks(err.lastLines(maxDiagnosticBytes));
				if (this.#interrupted) throw new CancelledError(`The job was cancelled: ${tool} ${command} was told to stop and has stopped.\n${diagnostics}`.trim());
				const killed = signal === null ? "" : `It was killed by ${signal}. Has the machine run out of memory?\n`;
				throw new TerraformError(command, exitCode, `${killed}${diagnostics}`.trim(), tool);
			}
			for (const text of err.newLines(true)) print(text);
			return {
				exitCode,
				stdout: how.isRead ? out.text() : ""
			};
		} finally {
			clearInterval(ticker);
			this.#child = void 0;
			log.closeFence();
			out.remove();
			err.remove();
			if (how.changesState) onRunning(void 0);
		}
	}
	async #query(args, okCodes) {
		const command = args[0] ?? "";
		const { tool, binary, directory, print } = this.#options;
		this.#assertNotInterrupted(command);
		const { exitCode, stdout, stderr } = await query(binary, args, {
			cwd: directory,
			env: this.#environment()
		}).catch((error) => {
			throw new TerraformError(command, null, `${binary}: ${messageOf(error)}`, tool);
		});
		if (stderr !== "") print(stderr);
		log.closeFence();
		if (!okCodes.includes(exitCode)) throw new TerraformError(command, exitCode, withoutDiagnosticMarks(stderr), tool);
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
		const { credentials, directory } = this.#options;
		const cache = credentials ? pluginCache(process.env, directory) : {};
		return {
			...terraformEnvironment(process.env, credentials),
			...cache
		};
	}
};
function withoutDiagnosticMarks(diagnostics) {
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
const types = {
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
const unsigned = [
	subpackets.issuer,
	subpackets.issuerFingerprint,
	subpackets.embeddedSignature
];
const maySign = 2;
const rsa = 1;
const minBits = 2048;
function readSigningKeys(armored, fingerprint) {
	const [first, ...rest] = readPackets(dearmor(armored));
	if (first?.tag !== tags.publicKey) throw new SignatureError("the key block does not begin with a public key");
	const primary = readKey(first.body);
	if (fingerprint !== void 0 && primary.fingerprint !== fingerprint) throw new SignatureError(`the key is ${primary.fingerprint} and not ${fingerprint}`);
	const keys = [];
	for (const { head, signatures } of groups(first, rest)) {
		const own = ownSignatures(signatures, primary);
		if (own.some(({ type }) => type === types.keyRevocation)) throw new SignatureError("the key was revoked");
		const signing = head.tag === tags.publicSubkey ? signingSubkey(head, own, primary) : signingPrimary(head, own, primary);
		if (signing !== void 0) keys.push(signing);
	}
	if (keys.length === 0) throw new SignatureError(`the key ${primary.fingerprint} may sign nothing`);
	return keys;
}
function verifyDetached(document, signature, keys, now) {
	const [packet, ...more] = readPackets(signature);
	if (packet?.tag !== tags.signature || more.length > 0) throw new SignatureError("it is not one signature");
	const parsed = readSignature(packet.body);
	if (parsed.type !== types.document) throw new SignatureError(`it is a signature of type ${parsed.type}, not of a document`);
	const signer = keys.find((key) => namesOnly(parsed.issuers, key.fingerprint));
	if (signer === void 0) throw new SignatureError(`it was made by the key ${parsed.issuers.join(" and ")}, which is none of the trusted ones`);
	if (!isGood(parsed, [document], signer)) throw new SignatureError("it is not a signature over this content");
	if (parsed.created > now + clockSkew) throw new SignatureError(`it was made on ${day(parsed.created)}, which is in the future: is the clock right?`);
	if (parsed.signatureExpires !== void 0 && now >= parsed.created + parsed.signatureExpires) throw new SignatureError(`it expired on ${day(parsed.created + parsed.signatureExpires)}`);
	if (parsed.created < signer.created) throw new SignatureError("it is older than the key that made it");
	if (signer.expires !== void 0 && now >= signer.expires) throw new SignatureError(`the key ${signer.fingerprint} expired on ${day(signer.expires)}`);
}
const clockSkew = 86400;
function day(seconds) {
	return new Date(seconds * 1e3).toISOString().slice(0, 10);
}
function groups(first, rest) {
	const found = [{
		head: first,
		signatures: []
	}];
	for (const packet of rest) if (packet.tag === tags.signature) found.at(-1)?.signatures.push(packet.body);
	else if (packet.tag === tags.userId || packet.tag === tags.userAttribute || packet.tag === tags.publicSubkey) found.push({
		head: packet,
		signatures: []
	});
	else throw new SignatureError(`a key block holds no packet of type ${packet.tag}`);
	return found;
}
function ownSignatures(signatures, { fingerprint }) {
	return signatures.flatMap((body) => {
		try {
			const signature = readSignature(body);
			return namesOnly(signature.issuers, fingerprint) ? [signature] : [];
		} catch {
			return [];
		}
	});
}
function signingPrimary(head, own, primary) {
	if (head.tag !== tags.userId) return void 0;
	const length = Buffer.alloc(5);
	length[0] = 180;
	length.writeUInt32BE(head.body.length, 1);
	const certified = [
		primary.hashed,
		length,
		head.body
	];
	if (own.some(({ type }) => type === types.certificationRevocation)) return void 0;
	const newest = own.filter(({ type }) => type >= types.genericCertification && type <= types.positiveCertification).filter((signature) => isGood(signature, certified, primary)).reduce(newer, void 0);
	return newest === void 0 ? void 0 : signingKey(primary, newest);
}
function signingSubkey(head, own, primary) {
	if (own.some(({ type }) => type === types.subkeyRevocation)) return void 0;
	const candidates = own.filter(({ type, keyFlags = 0 }) => type === types.subkeyBinding && (keyFlags & maySign) !== 0);
	if (candidates.length === 0) return void 0;
	const subkey = readKey(head.body);
	const bound = [primary.hashed, subkey.hashed];
	const newest = candidates.filter((signature) => isGood(signature, bound, primary) && hasBackSignature(signature, bound, subkey)).reduce(newer, void 0);
	return newest === void 0 ? void 0 : signingKey(subkey, newest);
}
function hasBackSignature({ embedded }, bound, subkey) {
	if (embedded === void 0) return false;
	const back = readSignature(embedded);
	return back.type === types.primaryKeyBinding && namesOnly(back.issuers, subkey.fingerprint) && isGood(back, bound, subkey);
}
function newer(a, b) {
	return a === void 0 || b.created > a.created ? b : a;
}
function signingKey({ fingerprint, key, modulusBytes, created }, { keyFlags = 0, keyExpires }) {
	if ((keyFlags & maySign) === 0) return void 0;
	return {
		fingerprint,
		key,
		modulusBytes,
		created,
		expires: keyExpires === void 0 || keyExpires === 0 ? void 0 : created + keyExpires
	};
}
function namesOnly(issuers, fingerprint) {
	return issuers.every((issuer) => fingerprint.endsWith(issuer));
}
function isGood({ hash, trailer, digestStart, value }, signed, { key, modulusBytes }) {
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
	get left() {
		return this.#bytes.length - this.#at;
	}
	get done() {
		return this.#bytes.subarray(0, this.#at);
	}
	take(count) {
		if (count > this.left) throw new SignatureError("it is cut off");
		this.#at += count;
		return this.#bytes.subarray(this.#at - count, this.#at);
	}
	number(bytes) {
		return this.take(bytes).readUIntBE(0, bytes);
	}
	integer() {
		const bits = this.number(2);
		const value = this.take(Math.ceil(bits / 8));
		if (bits === 0 || bits !== value.length * 8 - Math.clz32(value[0] ?? 0) + 24) throw new SignatureError("it holds a number that is not as long as it says");
		return value;
	}
};
function readPackets(bytes) {
	const reader = new Reader(bytes);
	const packets = [];
	while (reader.left > 0) {
		const header = reader.number(1);
		if ((header & 128) === 0) throw new SignatureError("it is not OpenPGP");
		const isNew = (header & 64) !== 0;
		const tag = isNew ? header & 63 : header >> 2 & 15;
		packets.push({
			tag,
			body: reader.take(isNew ? newLength(reader) : oldLength(reader, header & 3))
		});
	}
	return packets;
}
function newLength(reader) {
	const first = reader.number(1);
	if (first < 192) return first;
	if (first < 224) return (first - 192 << 8) + reader.number(1) + 192;
	if (first === 255) return reader.number(4);
	throw new SignatureError("it comes in parts, which no signature and no key does");
}
function oldLength(reader, kind) {
	const bytes = [
		1,
		2,
		4
	][kind];
	if (bytes === void 0) throw new SignatureError("a packet of it has no length");
	return reader.number(bytes);
}
function readKey(body) {
	const reader = new Reader(body);
	const version = reader.number(1);
	if (version !== 4) throw new SignatureError(`the key is of version ${version}, and only 4 is read`);
	const created = reader.number(4);
	const algorithm = reader.number(1);
	if (algorithm !== rsa) throw new SignatureError(`the key is of algorithm ${algorithm}, and only RSA (1) is read`);
	const modulus = reader.integer();
	const exponent = reader.integer();
	if (reader.left > 0) throw new SignatureError("something follows the key");
	if (modulus.length * 8 < minBits) throw new SignatureError(`the key has less than ${minBits} bits`);
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
		throw new SignatureError("the numbers of the key are no RSA key");
	}
}
function readSignature(body) {
	const reader = new Reader(body);
	const version = reader.number(1);
	if (version !== 4) throw new SignatureError(`it is a signature of version ${version}, and only 4 is read`);
	const type = reader.number(1);
	const algorithm = reader.number(1);
	if (algorithm !== rsa) throw new SignatureError(`it is of algorithm ${algorithm}, and only RSA (1) is read`);
	const hashId = reader.number(1);
	const hash = hashes[hashId];
	if (hash === void 0) throw new SignatureError(`it is over a hash of type ${hashId}, and only SHA-2 is trusted`);
	const hashed = readSubpackets(reader.take(reader.number(2)));
	const hashedPart = reader.done;
	const unhashed = readSubpackets(reader.take(reader.number(2)));
	const stranger = unhashed.find(({ type, isCritical }) => isCritical || !unsigned.includes(type));
	if (stranger !== void 0) throw new SignatureError(`what it says about itself (${stranger.type}) is not signed`);
	const digestStart = reader.take(2);
	const value = reader.integer();
	if (reader.left > 0) throw new SignatureError("something follows the signature");
	const trailer = Buffer.alloc(6);
	trailer.writeUInt16BE(1279, 0);
	trailer.writeUInt32BE(hashedPart.length, 2);
	const created = numberIn(hashed, subpackets.created, 4);
	if (created === void 0) throw new SignatureError("it does not say when it was made");
	return {
		type,
		hash,
		created,
		signatureExpires: numberIn(hashed, subpackets.signatureExpires, 4),
		keyExpires: numberIn(hashed, subpackets.keyExpires, 4),
		keyFlags: only(hashed, subpackets.keyFlags)?.[0],
		embedded: only([...hashed, ...unhashed], subpackets.embeddedSignature),
		issuers: issuersOf([...hashed, ...unhashed]),
		trailer: Buffer.concat([hashedPart, trailer]),
		digestStart,
		value
	};
}
function readSubpackets(bytes) {
	const reader = new Reader(bytes);
	const found = [];
	const known = Object.values(subpackets);
	while (reader.left > 0) {
		const first = reader.number(1);
		const length = first < 192 ? first : first < 255 ? (first - 192 << 8) + reader.number(1) + 192 : reader.number(4);
		const content = new Reader(reader.take(length));
		const type = content.number(1);
		const isCritical = (type & 128) !== 0;
		if (isCritical && !known.includes(type & 127)) throw new SignatureError(`it has a condition of type ${type & 127} that is not known`);
		found.push({
			type: type & 127,
			isCritical,
			body: content.take(content.left)
		});
	}
	return found;
}
function only(found, wanted) {
	const [one, ...more] = found.filter(({ type }) => type === wanted);
	if (more.length > 0) throw new SignatureError(`it says twice what must be said once (${wanted})`);
	return one?.body;
}
function numberIn(found, wanted, bytes) {
	const body = only(found, wanted);
	if (body === void 0) return void 0;
	if (body.length !== bytes) throw new SignatureError(`a number of it is not ${bytes} bytes long (${wanted})`);
	return body.readUInt32BE(0);
}
function issuersOf(found) {
	const id = only(found, subpackets.issuer);
	const fingerprint = only(found, subpackets.issuerFingerprint);
	if (id !== void 0 && id.length !== 8) throw new SignatureError("it names a key by an id that is none");
	if (fingerprint !== void 0 && (fingerprint.length !== 21 || fingerprint[0] !== 4)) throw new SignatureError("it names a key by a fingerprint that is none of version 4");
	const issuers = [id, fingerprint?.subarray(1)].filter((name) => name !== void 0);
	if (issuers.length === 0) throw new SignatureError("it does not say which key made it");
	return issuers.map((name) => name.toString("hex").toUpperCase());
}
function dearmor(armored) {
	const match = /^\s*-----BEGIN PGP PUBLIC KEY BLOCK-----[ \t]*\r?\n(?:[A-Za-z]+: [^\r\n]*\r?\n)*[ \t]*\r?\n([A-Za-z0-9+/\r\n]+={0,2})\s*(?:=([A-Za-z0-9+/]{4})\s*)?-----END PGP PUBLIC KEY BLOCK-----\s*$/.exec(armored);
	const [, base64 = "", sum] = match ?? [];
	if (match === null) throw new SignatureError("it is not an armored public key block");
	const bytes = Buffer.from(base64, "base64");
	if (sum !== void 0 && Buffer.from(sum, "base64").readUIntBE(0, 3) !== crc24(bytes)) throw new SignatureError("the checksum of the key block is wrong: was it copied in whole?");
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
function wantedVersion(tool, input, directory) {
	const wanted = (input === void 0 ? void 0 : {
		constraint: input,
		source: "the input terraform-version"
	}) ?? versionFile(directory, tool.versionFile, /^[ \t]*v?([^\s#]+)/m) ?? versionFile(directory, ".tool-versions", new RegExp(`^[ \\t]*${tool.toolVersions}[ \\t]+v?(\\S+)`, "m")) ?? requiredVersion(tool, directory);
	if (wanted !== void 0 && wanted.constraint !== "latest" && toRange(wanted.constraint) === void 0) throw new InputError(`${tool.title} "${wanted.constraint}", which ${wanted.source} asks for, is no version: allowed are a version such as 1.11.4 or a constraint such as "~> 1.11" or ">= 1.11, < 2.0".`);
	return wanted;
}
function fits(version, constraint) {
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
function versionFile(directory, name, pattern) {
	for (const each of upToCheckout(directory)) {
		const path = join(each, name);
		const constraint = existsSync(path) ? pattern.exec(readFileSync(path, "utf8"))?.[1] : void 0;
		if (constraint !== void 0) return {
			constraint,
			source: relative(directory, path)
		};
	}
}
function upToCheckout(directory) {
	const directories = [directory];
	for (let at = directory; !existsSync(join(at, ".git")); directories.push(at)) {
		if (dirname(at) === at) return [directory];
		at = dirname(at);
	}
	return directories;
}
function requiredVersion(tool, directory) {
	const found = [];
	const seen = new Set();
	const read = (module) => {
		if (seen.has(module) || !existsSync(module) || !statSync(module).isDirectory()) return;
		seen.add(module);
		for (const path of configurationFiles(tool, module)) {
			const { required, modules } = path.endsWith(".json") ? settingsInJson(readIfFile(path)) : settingsInHcl(readIfFile(path));
			found.push(...required.map((constraint) => ({
				constraint,
				source: relative(directory, path)
			})));
			for (const source of modules) if (/^\.\.?\//.test(source)) read(resolve(module, source));
		}
	};
	read(directory);
	if (found.length === 0) return void 0;
	return {
		constraint: found.map(({ constraint }) => constraint).join(", "),
		source: [...new Set(found.map(({ source }) => source))].join(" and ")
	};
}
function configurationFiles({ extensions }, module) {
	const read = new Map();
	const names = readdirSync(module).sort();
	for (const extension of extensions.flatMap((each) => [each, `${each}.json`])) for (const name of names.filter((each) => each.endsWith(extension))) {
		const key = `${extension.endsWith(".json") ? "json" : "hcl"} ${name.slice(0, -extension.length)}`;
		if (!read.has(key)) read.set(key, join(module, name));
	}
	return [...read.values()].sort();
}
function settingsInHcl(text) {
	const { blocks } = outlineOf(text);
	const texts = (type, setting) => blocks.filter((block) => block.type === type).flatMap((block) => plainString(block.attributes.get(setting)) ?? []);
	return {
		required: texts("terraform", "required_version"),
		modules: texts("module", "source")
	};
}
function settingsInJson(text) {
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
	const wanted = wantedVersion(tool, options.version, options.directory);
	const constraint = wanted?.constraint ?? `>= ${tool.defaultVersion}`;
	const onPath = await terraformOnPath(tool);
	if (onPath !== void 0 && fits(onPath.version, constraint)) return onPath;
	const source = sourceOf(tool, options);
	const version = wanted === void 0 ? tool.defaultVersion : (0, import_semver.valid)(wanted.constraint.trim()) ?? await newestRelease(source, wanted);
	if (onPath?.version === version) return onPath;
	return {
		binary: await extract(source, await cachedArchive(source, version) ?? await downloadArchive(source, version, wanted)),
		version
	};
}
function sourceOf(tool, { mirror, warn, times = defaultInstallTimes }) {
	const own = mirror?.key;
	return {
		tool,
		base: mirror?.url ?? tool.releases,
		index: mirror === void 0 ? tool.publicIndex : `${mirror.url}/${tool.index}`,
		publisher: own === void 0 ? tool.publisher : "the owner of terraform-mirror-key",
		signatures: own === void 0 ? tool.signatures : tool.signatures.slice(-1),
		keys: own === void 0 ? readSigningKeys(tool.key.armored, tool.key.fingerprint) : keysOfMirror(own),
		platform: releasePlatform(process.platform, process.arch),
		warn,
		times
	};
}
function keysOfMirror(armored) {
	try {
		return readSigningKeys(armored);
	} catch (error) {
		throw new InputError(`Input terraform-mirror-key: ${messageOf(error)}. It must be one armored RSA key, as \`gpg --armor --export\` prints it.`);
	}
}
async function terraformOnPath({ command, wrapper }) {
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
async function newestRelease(source, wanted) {
	const { tool, index } = source;
	const { status, body } = await fetchFile(source, index);
	if (status !== 200) throw notInstalled(tool, index, `it answered ${status}. An exact version needs no list.`);
	const newest = publishedVersions(tool, index, body.toString("utf8")).filter((version) => (0, import_semver.valid)(version) !== null && (0, import_semver.prerelease)(version) === null).filter((version) => wanted.constraint === "latest" || fits(version, wanted.constraint)).sort(import_semver.compare).at(-1);
	if (newest === void 0) throw new InputError(`No release of ${tool.title} fits "${wanted.constraint}", which ${wanted.source} asks for.`);
	return newest;
}
function publishedVersions(tool, url, body) {
	try {
		const { versions } = JSON.parse(body);
		return Array.isArray(versions) ? versions.map(({ id }) => id) : Object.keys(versions);
	} catch (error) {
		throw notInstalled(tool, url, `it did not answer with the list of versions: ${somebodyElse}`, error);
	}
}
const somebodyElse = "a proxy or a sign-in page may have answered in its place.";
function filesOf({ tool, platform }, version) {
	const prefix = `${tool.command}_${version}`;
	return {
		archive: `${prefix}_${platform}.zip`,
		sums: `${prefix}_SHA256SUMS`,
		signature: `${prefix}_SHA256SUMS.sig`
	};
}
const cacheName = (tool) => `${tool.command}-releases`;
async function cachedArchive(source, version) {
	const { find } = await import("./tool-cache.js");
	const folder = find(cacheName(source.tool), version);
	if (folder === "") return void 0;
	const { archive, sums, signature } = filesOf(source, version);
	try {
		const expected = signedSum(source, archive, readFileSync(join(folder, sums)), readFileSync(join(folder, signature)));
		const actual = await sha256(join(folder, archive));
		if (expected === void 0) throw new SignatureError(`its checksums do not list ${archive}`);
		if (actual !== expected) throw new SignatureError(`the SHA-256 of ${archive} is ${actual} and not ${expected}`);
		return join(folder, archive);
	} catch (error) {
		source.warn(`${source.tool.title} ${version} in this runner's tool cache is not as it was published, so it is downloaded again and not run: ${messageOf(error)}. If it was changed after it was cached, somebody else can write into ${folder}.`);
		return;
	}
}
async function downloadArchive(source, version, wanted) {
	const { tool, base, publisher } = source;
	const { archive, sums, signature } = filesOf(source, version);
	const folder = `${base}/${tool.folder(version)}`;
	const published = await publishedSums(source, `${folder}/${sums}`, version, wanted);
	const signed = await publishedSignature(source, `${folder}/${sums}`);
	const expected = sumFromMirror(source, version, `${folder}/${sums}`, published, signed);
	const url = `${folder}/${archive}`;
	const temp = process.env.RUNNER_TEMP || tmpdir();
	mkdirSync(temp, { recursive: true });
	const gathered = mkdtempSync(join(temp, "release-"));
	try {
		const file = join(gathered, archive);
		await fetchArchive(source, url, file);
		const actual = await sha256(file);
		if (actual !== expected) throw new ServiceError(`The download of ${url} is not what ${publisher} published: ${describeContent(readFileSync(file))} Its SHA-256 is ${actual}, and SHA256SUMS says ${expected}. It was deleted and not run.`);
		writeFileSync(join(gathered, sums), published);
		writeFileSync(join(gathered, signature), signed);
		const { cacheDir } = await import("./tool-cache.js");
		return join(await cacheDir(gathered, cacheName(tool), version), archive);
	} finally {
		rmSync(gathered, {
			recursive: true,
			force: true
		});
	}
}
function describeContent(content) {
	if (content.length === 0) return "it is empty.";
	if (content.subarray(0, 2).toString("latin1") !== "PK") return `it is no archive at all: ${somebodyElse}`;
	return content.subarray(-65557).lastIndexOf("PK", void 0, "latin1") === -1 ? `it is cut off after ${content.length} bytes, as by a broken connection: run again.` : "it is another archive. A mirror that is out of step does that, and so does somebody who wants you to run it.";
}
async function extract({ tool }, archive) {
	const name = executable(tool.command);
	try {
		const { extractZip } = await import("./tool-cache.js");
		const binary = join(await extractZip(archive), name);
		if (!existsSync(binary)) throw new Error(`there is no ${name} in it.`);
		return binary;
	} catch (error) {
		throw notInstalled(tool, archive, messageOf(error), error);
	}
}
async function publishedSums(source, url, version, wanted) {
	const { tool } = source;
	const { status, body } = await fetchFile(source, url);
	if (status === 404) throw new InputError(`There is no ${tool.title} ${version}, which ${wanted?.source ?? "this release"} asks for: ${url} answered 404. ` + (source.base === tool.releases ? `Releases are listed at ${tool.publicIndex}.` : `Is it in the mirror, and is terraform-mirror the address that stands for ${tool.releases}?`));
	if (status !== 200) throw notInstalled(tool, url, `it answered ${status}`);
	if (!/^[0-9a-f]{64} /.test(body.toString("latin1"))) throw notInstalled(tool, url, `it did not answer with checksums: ${somebodyElse}`);
	return body;
}
async function publishedSignature(source, sums) {
	const { tool, signatures } = source;
	const missing = [];
	for (const ending of signatures) {
		const { status, body } = await fetchFile(source, sums + ending);
		if (status === 200) return body;
		if (status !== 404) throw notInstalled(tool, sums + ending, `it answered ${status}`);
		missing.push(sums + ending);
	}
	throw notInstalled(tool, sums, `there is no signature over it (${missing.join(" and ")} answered 404), and without one it could be anybody's.`);
}
function signedSum({ keys }, archive, sums, signature) {
	verifyDetached(sums, signature, keys, Math.floor(Date.now() / 1e3));
	for (const line of sums.toString("utf8").split("\n")) {
		const [, digits, name] = /^([0-9a-f]{64}) [ *](\S+)\s*$/.exec(line) ?? [];
		if (name === archive) return digits;
	}
}
function sumFromMirror(source, version, url, sums, signature) {
	const { archive } = filesOf(source, version);
	try {
		const sum = signedSum(source, archive, sums, signature);
		if (sum !== void 0) return sum;
	} catch (error) {
		if (!(error instanceof SignatureError)) throw error;
		throw new ServiceError(`${url} is not signed by ${source.publisher}: the signature cannot be relied on, ${error.message}. Nothing of it was run. If a mirror or a proxy is in between, look there first; if the key has expired or was changed, a newer version of this action has the new one.`);
	}
	throw notInstalled(source.tool, url, `it lists no ${archive}: ${source.tool.title} ${version} is not built for this platform.`);
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
	const attempt = () => settled(() => request(url, {
		maxBytes,
		maxRedirects,
		idleTimeoutMs
	}));
	const result = await poll(attempt, {
		delayMs: (count) => retryDelayMs * 2 ** count,
		timeoutMs
	});
	if (result.timedOut) throw notInstalled(tool, url, result.waitingFor);
	return result.value;
}
async function fetchArchive({ tool, times }, url, file) {
	const { idleTimeoutMs, archiveRetryDelaysMs } = times;
	for (const delayMs of [...archiveRetryDelaysMs, void 0]) {
		const attempt = await settled(async () => ({ status: await download(url, file, {
			maxRedirects,
			idleTimeoutMs
		}) }));
		if ("done" in attempt) {
			const { status } = attempt.done;
			if (status === 200) return;
			throw notInstalled(tool, url, `it answered ${status}${status === 404 ? ", though the checksums list it." : ""}`);
		}
		if (delayMs === void 0) throw notInstalled(tool, url, attempt.waitingFor);
		await sleep(delayMs);
	}
}
async function settled(send) {
	try {
		const answer = await send();
		const { status } = answer;
		return status === 408 || status === 429 || status >= 500 ? { waitingFor: `it answered ${status}` } : { done: answer };
	} catch (error) {
		return { waitingFor: messageOf(error) };
	}
}
function notInstalled({ title }, what, why, cause) {
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
	const found = new Set();
	const changes = [
		...(json.resource_changes ?? []).map((resource) => resource.change),
		...(json.resource_drift ?? []).map((resource) => resource.change),
		...(json.deferred_changes ?? []).flatMap(({ resource_change }) => resource_change?.change ?? []),
		...Object.values(json.output_changes ?? {})
	];
	for (const change of changes) {
		collectSensitive(change.before, change.before_sensitive, found);
		collectSensitive(change.after, change.after_sensitive, found);
	}
	for (const { config_values, config_sensitive } of json.action_invocations ?? []) collectSensitive(config_values, config_sensitive, found);
	for (const [name, variable] of Object.entries(json.configuration?.root_module?.variables ?? {})) if (variable.sensitive === true) collectSensitive(json.variables?.[name]?.value, true, found);
	for (const output of Object.values(json.prior_state?.values?.outputs ?? {})) collectSensitive(output.value, output.sensitive, found);
	collectInModule(json.prior_state?.values?.root_module, found);
	return [...found];
}
function collectInModule(module, found) {
	for (const { values, sensitive_values } of module?.resources ?? []) collectSensitive(values, sensitive_values, found);
	for (const child of module?.child_modules ?? []) collectInModule(child, found);
}
function collectSensitive(value, sensitive, found) {
	if (value === null || value === void 0 || sensitive === false || sensitive === void 0) return;
	if (typeof value === "object") for (const [key, part] of Object.entries(value)) collectSensitive(part, sensitive === true || sensitive?.[key], found);
	else if (sensitive === true && typeof value !== "boolean") found.add(String(value));
}
// src/terraform/plan.ts
const rank = Object.fromEntries(kinds.map((kind, index) => [kind, index]));
async function makePlan(terraform, { targets, replaces, mode, secrets: known }) {
	const { hasChanges, text } = await terraform.plan(targets, replaces, mode);
	const json = await terraform.showPlan();
	const secrets = sensitiveValues(json);
	return {
		plan: readPlan(json, hasChanges, text, redactor([...known, ...secrets]), mode),
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
	const drift = driftIn(json, mode, redact);
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
	const found = instances.map((instance) => ({
		address: instance.address.to_display,
		status: instance.status,
		problems: (instance.problems ?? []).flatMap(({ message }) => message === void 0 ? [] : [message])
	}));
	return found.length > 0 ? found : [{
		address: address.to_display,
		status,
		problems: []
	}];
}
function driftIn({ resource_drift = [], relevant_attributes = [] }, mode, redact) {
	const isRelevant = ({ address, change }) => relevant_attributes.some(({ resource, attribute }) => withoutKeys(resource) === withoutKeys(address) && JSON.stringify(valueAt(change.before, attribute)) !== JSON.stringify(valueAt(change.after, attribute)));
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
	const kept = Object.entries(value ?? {}).map(([key, part]) => [key, withoutEmpty(part)]).filter(([, part]) => part !== void 0).sort(([a], [b]) => compareText(a, b));
	if (kept.length === 0) return void 0;
	return Array.isArray(value) ? kept.map(([, part]) => part) : Object.fromEntries(kept);
}
function valueAt(value, path) {
	return path.reduce((part, step) => typeof part === "object" && part !== null ? part[step] : void 0, value);
}
function plannedOutput(name, change, redact) {
	const named = (value) => ({ [name]: value });
	const kind = kindOf(change);
	return {
		name,
		kind,
		lines: diffLines({
			actions: change.actions,
			before: named(change.before),
			after: named(change.after),
			before_sensitive: named(change.before_sensitive),
			after_sensitive: named(change.after_sensitive),
			after_unknown: named(change.after_unknown)
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
	refuseSharedState(runningWorkflow(job.run), new Repository(job.run.workspace));
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
		credentials,
		print: log.foreign,
		onRunning: saveRunning
	});
	return job.terraform;
}
async function makeAndShowPlan(job, terraform, how) {
	const made = await makePlan(terraform, {
		...job.inputs,
		...how
	});
	for (const secret of made.secrets) secrets.add(secret);
	const { plan, json } = made;
	job.record({ plan: {
		...plan,
		warnings: plan.warnings.map((each) => job.locate(each))
	} });
	if (how.mode === "normal") recordFindings(job, terraform, json);
	log.foreign(plan.text);
	log.closeFence();
	return made;
}
function recordFindings(job, terraform, json) {
	const { acceptances, problems } = readAcceptances(terraform.directory);
	const everywhere = job.inputs.acceptRules.map((accepted) => ({
		...accepted,
		block: void 0
	}));
	job.record({ findings: findingsOf(json, job.inputs.mcp, [...acceptances, ...everywhere], docsPageOf(job.run.action)) });
	job.warn(...problems);
}
async function planForApproval(job, terraform) {
	return await job.step("plan", async () => {
		const { plan, json } = await makeAndShowPlan(job, terraform, {
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
			madeWith: {
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
	const named = action && new RegExp(`^[^/\\s]+/${RegExp.escape(basename(action.url))}(/[^@]*)?@`, "i");
	const isOurs = (uses) => named === void 0 ? /^\.\/?$/.test(uses) : named.test(uses);
	return {
		file: workflow,
		job,
		isOurs,
		env: process.env
	};
}
export { settingsOf$1 as a, prepare as i, makeAndShowPlan as n, planForApproval as r, install as t };
