// src/rules/plan-view.ts
function viewOf(json, stated) {
	const plan = record(json);
	const resources = list(plan.resource_changes).map(record);
	const managed = resources.filter(({ mode }) => mode === "managed");
	const changes = managed.flatMap((resource) => changedResource(resource) ?? []);
	const kept = managed.filter(({ change }) => doingOf(list(record(change).actions)) === void 0).map(({ address, type, change }) => ({
		address: text(address) ?? "",
		type: text(type) ?? "",
		after: record(record(change).after)
	}));
	const endpoint = record(record(plan.output_changes).mcp_endpoint);
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
	return list(parsed(definitions)).map(record);
}
function parsed(value) {
	if (typeof value !== "string") return void 0;
	try {
		return JSON.parse(value);
	} catch {
		return;
	}
}
function record(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}
function list(value) {
	return Array.isArray(value) ? value : [];
}
function block(value) {
	return record(list(value)[0]);
}
function text(value) {
	return typeof value === "string" ? value : void 0;
}
function number(value) {
	if (typeof value === "number") return value;
	return typeof value === "string" && /^\d+$/.test(value) ? Number(value) : void 0;
}
function texts(value) {
	return list(typeof value === "string" ? [value] : value).filter((each) => typeof each === "string");
}
function differs({ before, after, unknown }, attribute) {
	return holdsUnknown(unknown[attribute]) || JSON.stringify(before[attribute]) !== JSON.stringify(after[attribute]);
}
function holdsUnknown(unknown) {
	if (typeof unknown !== "object" || unknown === null) return unknown === true;
	return Object.values(unknown).some(holdsUnknown);
}
function changedResource({ address, type, change, action_reason }) {
	const { actions, before, after, after_unknown, after_sensitive } = record(change);
	const steps = list(actions);
	const doing = doingOf(steps);
	if (doing === void 0) return void 0;
	return {
		address: text(address) ?? "",
		type: text(type) ?? "",
		doing,
		createsFirst: steps[0] === "create" && steps.includes("delete"),
		reason: text(action_reason) ?? "",
		before: record(before),
		after: record(after),
		unknown: record(after_unknown),
		sensitive: record(after_sensitive)
	};
}
function doingOf(actions) {
	if (actions.includes("create")) return actions.includes("delete") ? "replace" : "create";
	return actions.includes("update") ? "update" : actions.includes("delete") ? "delete" : void 0;
}
function deferredPolicies(resources, priorState) {
	const deferred = resources.filter(({ mode, type, change }) => mode === "data" && type === "aws_iam_policy_document" && list(record(change).actions).includes("read"));
	if (deferred.length === 0) return [];
	const before = new Map();
	const collect = (module) => {
		for (const resource of list(module.resources).map(record)) before.set(resource.address, record(resource.values).json);
		for (const child of list(module.child_modules)) collect(record(child));
	};
	collect(record(record(record(priorState).values).root_module));
	return deferred.map(({ address, change }) => ({
		address: text(address) ?? "",
		after: record(record(change).after),
		before: before.get(address)
	}));
}
function settingsOf(plan) {
	const variable = record(record(plan.variables).mcp).value;
	const calls = record(record(record(plan.configuration).root_module).module_calls);
	const found = Object.entries(calls).map(([name, call]) => ({
		place: `the argument mcp of module.${name}`,
		mcp: record(record(record(record(call).expressions).mcp).constant_value)
	}));
	return [{
		place: "the variable mcp",
		mcp: record(variable)
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
	for (const container of containers) for (const { name, value } of list(container.environment).map(record)) {
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
			const now = list(after.statement).map(record).flatMap(({ effect, actions, not_actions, resources, not_resources, principals, condition }) => grantsOfStatement({
				Effect: effect ?? "Allow",
				Action: actions,
				NotAction: list(not_actions).length > 0 ? not_actions : void 0,
				Resource: resources,
				NotResource: list(not_resources).length > 0 ? not_resources : void 0,
				Principal: list(principals).length > 0 ? principalsOf(principals) : void 0,
				Condition: list(condition).length > 0 ? condition : void 0
			}));
			const wider = widened(grantsOfPolicy(before), now);
			return wider.length === 0 ? [] : iamFinding(address, wider);
		})]
	}
};
function servesPlainHttp({ protocol, default_action }) {
	if (protocol !== "HTTP") return false;
	const actions = list(default_action).map(record);
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
	return list(type === "aws_security_group_rule" ? attributes.type === "ingress" ? [attributes] : [] : attributes.ingress).map(record).flatMap(({ cidr_blocks, ipv6_cidr_blocks, protocol, from_port, to_port }) => opening([...list(cidr_blocks), ...list(ipv6_cidr_blocks)], protocol, from_port, to_port));
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
	return (policyAttributes[type] ?? []).flatMap((attribute) => attribute === "inline_policy" ? list(attributes.inline_policy).flatMap((inline) => grantsOfPolicy(record(inline).policy)) : grantsOfPolicy(attributes[attribute]));
}
function grantsOfPolicy(document) {
	const { Statement } = record(parsed(document));
	return (Array.isArray(Statement) ? Statement : [Statement]).flatMap((statement) => grantsOfStatement(record(statement)));
}
function grantsOfStatement({ Effect, Action, NotAction, Resource, NotResource, Principal, Condition }) {
	if (Effect !== "Allow") return [];
	const actions = NotAction === void 0 ? texts(Action) : ["*"];
	const resources = NotResource === void 0 ? texts(Resource) : ["*"];
	if (Principal !== void 0 && Principal !== null) {
		if (!(Principal === "*" || texts(record(Principal).AWS).includes("*")) || Condition !== void 0) return [];
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
	return list(principals).map(record).some(({ type, identifiers }) => (type === "AWS" || type === "*") && texts(identifiers).includes("*")) ? "*" : {};
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
	return containersOf(definitions).flatMap((container) => list(container.environment).map(record).filter(({ value }) => typeof value === "string" && value !== "" && !value.startsWith("arn:")).flatMap(({ name }) => text(name) ?? []).filter((name) => secretName.test(name)));
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
	const counted = planned("aws_ecs_service").filter(({ after }) => list(after.load_balancer).length > 0).map(({ address, after }) => ({
		address,
		most: number(after.desired_count) ?? 0,
		unit: "tasks"
	}));
	const scaled = planned("aws_appautoscaling_target").filter(({ after }) => after.service_namespace === "ecs").map(({ address, after }) => ({
		address,
		most: number(after.max_capacity) ?? 0,
		unit: "tasks"
	}));
	const instances = planned("aws_autoscaling_group").filter(({ after, unknown = {} }) => list(after.target_group_arns).length > 0 || unknown.target_group_arns !== void 0).map(({ address, after }) => ({
		address,
		most: number(after.max_size) ?? 0,
		unit: "instances"
	}));
	return [...scaled.length > 0 ? scaled : counted, ...instances].filter(({ most }) => most > 1);
}
const rules = Object.assign({}, ...Object.values({
	"What stops answering": downtimeRules,
	"Sessions and streams": sessionRules,
	"Who can reach what": exposureRules,
	Secrets: secretRules,
	"How a version goes out and comes back": rolloutRules
}));
const ruleNames = Object.keys(rules);
export { record as a, parsed as i, rules as n, text as o, list as r, viewOf as s, ruleNames as t };
