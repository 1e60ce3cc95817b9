import { asList, asObject, asText, canonical, namingSettings } from "./entry.js";
import { tools } from "./tools.js";
const { existsSync, readFileSync } = process.getBuiltinModule("node:fs");
const { join, relative, resolve, sep } = process.getBuiltinModule("node:path");
const createHash = (...values) => process.getBuiltinModule("node:crypto").createHash(...values);
const gunzipSync = (...values) => process.getBuiltinModule("node:zlib").gunzipSync(...values);
const { isUtf8 } = process.getBuiltinModule("node:buffer");
// src/approval/placeholders.ts
function placeholdersIn(text) {
	if (!text.includes("\"@")) return [];
	const found = text.matchAll(/"(?:[^"\\]|\\.)*"(?:@(commit|timestamp|identity)\/[\w/-]*(?="))?/g);
	return [...new Set([...found].flatMap(([, name]) => name === void 0 ? [] : [name]))];
}
function placeholdersOf(json, commits) {
	const { timestamp } = json;
	const own = replacer([...commits.filter(isCommit).map(commitForm), ...timestampForms(timestamp)]);
	const identities = callerIdentities(json);
	const callers = replacer(identities.map(identityForm));
	const anyone = replacer([...new Set(identities.map(({ account }) => account))].map(everyIdentityForm));
	const dated = datedTest(timestamp);
	return {
		hasIdentity: identities.length > 0,
		replace: alsoDecoded(own),
		replaceIdentity: alsoDecoded((text) => callers(own(text))),
		replaceEveryIdentity: alsoDecoded((text) => anyone(own(text))),
		isDated: (text) => dated?.(text) === true
	};
}
const encodedPattern = /"([A-Za-z\d+/]{40,}={0,2})"/g;
const maxDecodedBytes = 1048576;
function decode(encoded) {
	if (encoded.length % 4 !== 0) return void 0;
	let bytes = Buffer.from(encoded, "base64");
	const isCompressed = bytes[0] === 31 && bytes[1] === 139;
	if (isCompressed) try {
		bytes = gunzipSync(bytes, { maxOutputLength: maxDecodedBytes });
	} catch {
		return;
	}
	return isUtf8(bytes) ? {
		form: isCompressed ? "gzip" : "plain",
		content: bytes.toString("utf8")
	} : void 0;
}
function alsoDecoded(replace) {
	const inString = (whole, encoded) => {
		const decoded = decode(encoded);
		if (decoded === void 0) return whole;
		const json = JSON.stringify(decoded.content);
		const replaced = replace(json);
		return replaced === json ? whole : `""@base64/${decoded.form}${replaced}`;
	};
	return (json) => replace(json.length < 42 ? json : json.replace(encodedPattern, inString));
}
const weekdayEnds = {
	Sun: "day",
	Mon: "day",
	Tue: "sday",
	Wed: "nesday",
	Thu: "rsday",
	Fri: "day",
	Sat: "urday"
};
const weekdayNames = Object.keys(weekdayEnds);
function weekdayForm(match) {
	if (!/^[A-Z]/.test(match)) return "";
	return match.indexOf(",") === 3 ? "weekday_" : "long-weekday_";
}
const monthNames = [
	"Jan",
	"Feb",
	"Mar",
	"Apr",
	"May",
	"Jun",
	"Jul",
	"Aug",
	"Sep",
	"Oct",
	"Nov",
	"Dec"
];
function datedTest(timestamp) {
	const parts = /^(\d{4})-(\d\d)-(\d\d)T\d\d:(\d\d:\d\d)Z$/.exec(timestamp ?? "")?.slice(1);
	if (parts === void 0) return void 0;
	const [year = "", month = "", day = "", clock = ""] = parts;
	const name = monthNames[Number(month) - 1];
	const dates = [
		`${year}[-/.]${month}[-/.]${day}`,
		`${year}${month}${day}${notGenerated}`,
		`(?<!\\d)(?:${day}[/.]${month}|${month}[/.]${day})[/.]${year}`,
		`(?<!\\d)${day}[ -]${name}[ -]${year}(?!\\d)`,
		`${name}\\w* ${Number(day)},? ${year}`,
		`${name}\\w* ${day},? ${year}`
	];
	const shifted = clock === "00:00" ? [] : [`\\d{4}-\\d\\d-\\d\\dT\\d\\d:${clock}Z`];
	const pattern = new RegExp([...dates, ...shifted].join("|"));
	return (text) => (text.includes(year) || text.includes(clock)) && pattern.test(text);
}
const notGenerated = "(?!\\d{10}[\\da-f]{8})";
function replacer(forms) {
	if (forms.length === 0) return (text) => text;
	const pattern = new RegExp(forms.map((form) => `(${form.pattern})`).join("|"), "g");
	const needles = [...new Set(forms.map(({ needle }) => needle))];
	return (text) => {
		if (!needles.some((needle) => text.includes(needle))) return text;
		return text.replace(pattern, (match, ...groups) => {
			return `"@${forms[forms.findIndex((_, form) => groups[form] !== void 0)]?.token(match)}"`;
		});
	};
}
function isCommit(text) {
	return /^[0-9a-f]{40}$/.test(text);
}
function commitForm(commit) {
	const [first, rest] = [commit.slice(0, 7), [...commit.slice(7)]];
	return {
		needle: first,
		pattern: `${first}${rest.reduceRight((pattern, digit) => `(?:${digit}${pattern})?`, "")}(?![0-9A-Fa-f])`,
		token: (match) => `commit/${match.length}`
	};
}
function timestampForms(timestamp) {
	const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z$/.exec(timestamp ?? "")?.slice(1);
	if (parts === void 0) return [];
	const [year = "", month = "", day = "", hour = "", minute = "", second = ""] = parts;
	const weekday = weekdayNames[new Date(`${year}-${month}-${day}T00:00:00Z`).getUTCDay()] ?? "Sun";
	const dates = {
		"-": `${year}-${month}-${day}`,
		"": `${year}${month}${day}`,
		slash: `${year}/${month}/${day}`,
		dot: `${year}[.]${month}[.]${day}`,
		"day-name": `(?:${weekday}(?:${weekdayEnds[weekday]})?, )?${day} ${monthNames[Number(month) - 1]} ${year}`
	};
	const times = {
		":": `${hour}:${minute}:${second}`,
		"-": `${hour}-${minute}-${second}`,
		"": `${hour}${minute}${second}`
	};
	return Object.entries(dates).flatMap(([dateSeparator, date]) => Object.entries(times).flatMap(([timeSeparator, time]) => [
		"T",
		" ",
		"-",
		"_",
		""
	].map((between) => ({
		needle: year,
		pattern: `(?<!\\d)${date}${between}${time}(?!\\d)`,
		token: (match) => `timestamp/${weekdayForm(match)}${dateSeparator}_${between.replace(" ", "blank")}_${timeSeparator.replace(":", "colon")}`
	}))));
}
const awsProviders = ["registry.terraform.io/hashicorp/aws", "registry.opentofu.org/hashicorp/aws"];
function callerIdentities({ prior_state }) {
	const resources = dataSources(prior_state?.values?.root_module);
	const identities = new Map();
	const add = (value, kind, account, pattern) => {
		const text = asText(value);
		if (text !== void 0 && pattern.test(text)) identities.set(text, {
			text,
			kind,
			account
		});
	};
	const arns = new Map();
	for (const { values } of resources.filter(({ type }) => type === "aws_caller_identity")) {
		const account = asText(values?.account_id) ?? "";
		if (!/^\d{12}$/.test(account)) continue;
		arns.set(values?.arn, account);
		add(values?.arn, "arn", account, arnPattern(account));
		const [id] = (asText(values?.user_id) ?? "").split(":");
		add(values?.user_id, "user-id", account, userIdPattern);
		add(id, "issuer-id", account, userIdPattern);
	}
	for (const { values } of resources.filter(({ type }) => type === "aws_iam_session_context")) {
		const account = arns.get(values?.arn);
		if (account === void 0) continue;
		add(values?.issuer_arn, "issuer-arn", account, arnPattern(account));
		add(values?.issuer_id, "issuer-id", account, userIdPattern);
	}
	return [...identities.values()].sort((a, b) => b.text.length - a.text.length);
}
function callerAccounts({ prior_state }) {
	const accounts = dataSources(prior_state?.values?.root_module).filter(({ type }) => type === "aws_caller_identity").flatMap(({ values }) => asText(values?.account_id) ?? []);
	return [...new Set(accounts)].sort();
}
function isCallerSource(type) {
	return type === "aws_caller_identity" || type === "aws_iam_session_context";
}
function dataSources(module) {
	const { resources, child_modules } = asObject(module);
	return [...asList(resources).filter(({ mode, type, provider_name = "" }) => mode === "data" && isCallerSource(type) && awsProviders.includes(provider_name)), ...asList(child_modules).flatMap(dataSources)];
}
const nameCharacters = "\\w+=,.@/-";
function arnPattern(account) {
	return new RegExp(`^arn:aws[\\w-]*:(?:iam|sts)::${account}:[${nameCharacters}]+$`);
}
const userIdPattern = /^[A-Z0-9]{16,}(?::[\w+=,.@-]+)?$/;
function identityForm({ text, kind, account }) {
	const end = kind === "issuer-id" ? "(?![A-Za-z0-9])" : `(?![${nameCharacters}])`;
	return {
		needle: text,
		pattern: `(?<![\\w-])${RegExp.escape(text)}${end}`,
		token: () => `identity/${account}/${kind}`
	};
}
function everyIdentityForm(account) {
	const arn = `arn:aws[\\w-]*:(?:iam|sts)::${account}:(?:assumed-role|role|user)/[${nameCharacters}]+`;
	const id = "(?:AROA|AIDA)[A-Z0-9]{12,}(?::[\\w+=,.@-]+)?";
	const kind = (match) => {
		if (/^arn:.*:role\//.test(match)) return "issuer-arn";
		if (match.startsWith("arn:")) return "arn";
		return match.includes(":") ? "user-id" : "issuer-id";
	};
	return {
		needle: "",
		pattern: `(?<![\\w-])(?:${arn}|${id})`,
		token: (match) => `identity/${account}/${kind(match)}`
	};
}
// src/approval/providers.ts
const credentialPattern = /token|secret|password|passphrase|credential|private_key|(?:access|api|app|client|auth)_?key|session_name|certificate/i;
const rolePattern = /^role_arn$/;
function providerSettings(json, { configuration, placeholders }, signer, env) {
	const providers = Object.entries(json.configuration?.provider_config ?? {});
	const settings = {};
	for (const [key, provider] of providers.toSorted(([a], [b]) => a < b ? -1 : 1)) for (const [argument, expression] of Object.entries(provider.expressions ?? {})) {
		const name = `provider ${key}: ${argument}`;
		const text = argumentText(argument, expression, {
			provider,
			configuration,
			signer,
			placeholders,
			path: name
		});
		if (text !== "") settings[name] = text;
	}
	return {
		...settings,
		...awsSettings(json, providers, env),
		...placesOfOthers(providers, env)
	};
}
const placeVariables = [
	[/\/hashicorp\/google(?:-beta)?$/, [
		...[
			"GOOGLE_PROJECT",
			"GOOGLE_CLOUD_PROJECT",
			"GCLOUD_PROJECT",
			"CLOUDSDK_CORE_PROJECT"
		],
		...[
			"GOOGLE_REGION",
			"GCLOUD_REGION",
			"CLOUDSDK_COMPUTE_REGION"
		],
		...[
			"GOOGLE_ZONE",
			"GCLOUD_ZONE",
			"CLOUDSDK_COMPUTE_ZONE"
		]
	]],
	[/\/(?:hashicorp\/azure(?:rm|ad)|azure\/azapi)$/, [
		"ARM_SUBSCRIPTION_ID",
		"ARM_TENANT_ID",
		"ARM_ENVIRONMENT"
	]],
	[/\/hashicorp\/(?:kubernetes|helm)$/, [
		"KUBE_CTX",
		"KUBE_CTX_CLUSTER",
		"KUBE_HOST"
	]],
	[/\/cloudflare\/cloudflare$/, ["CLOUDFLARE_ACCOUNT_ID"]]
];
function placesOfOthers(providers, env) {
	const names = providers.map(([, { full_name = "" }]) => full_name);
	const found = placeVariables.filter(([provider]) => names.some((name) => provider.test(name))).flatMap(([, variables]) => variables.map((name) => [name, env[name] ?? ""]));
	return Object.fromEntries(found.filter(([, value]) => value !== "").map(([name, value]) => [name, withoutUserInfo(value)]));
}
function argumentText(name, expression, context) {
	const { provider, configuration, signer, placeholders, path } = context;
	const { replace } = placeholders;
	const keyed = (value) => signer.value(path, value);
	if (Array.isArray(expression)) {
		const parts = expression.map((each) => argumentText(name, each, context));
		return parts.length === 1 ? parts[0] ?? "" : `[${parts.join()}]`;
	}
	const { constant_value: constant, references, ...nested } = asObject(expression);
	const isCredential = credentialPattern.test(name);
	if (constant !== void 0) {
		if (rolePattern.test(name)) return accountOf(constant);
		return canonical(constant, isCredential || hasCredential(constant), false, keyed, replace);
	}
	if (Array.isArray(references)) {
		if (isCredential) return [...new Set(references)].sort().join(" ");
		const modules = (provider.module_address ?? "").split(".").filter((_, index) => index % 2 === 1);
		const inputs = configuration.ofExpression(modules.join("."), expression);
		const isRole = rolePattern.test(name);
		const texts = [...inputs?.values ?? []].map(([reference, { value, sensitive }]) => {
			return `${reference}=${isRole ? accountOf(value) : canonical(value, sensitive || hasCredential(value), false, keyed, replace)}`;
		});
		return texts.length > 0 ? texts.join(" ") : inputs?.references.join(" ") ?? "";
	}
	return Object.entries(nested).toSorted(([a], [b]) => a < b ? -1 : 1).map(([inner, each]) => `${inner}=${argumentText(inner, each, context)}`).join(" ");
}
function accountOf(value) {
	const account = typeof value === "string" ? /^arn:[\w-]+:iam::(\d{12}):/.exec(value)?.[1] : void 0;
	return account === void 0 ? canonical(value) : `account ${account}`;
}
function hasCredential(value) {
	return typeof value === "string" && /^[a-z][\w+.-]*:\/\/[^/?#\s]*@/i.test(value);
}
const otherCredentials = [
	"access_key",
	"assume_role",
	"assume_role_with_web_identity",
	"profile"
];
const awsProviderPattern = /\/hashicorp\/aws(?:cc)?$/;
function awsSettings(json, providers, env) {
	const aws = providers.filter(([, { full_name = "" }]) => awsProviderPattern.test(full_name));
	if (aws.length === 0) return {};
	const settings = {};
	const accounts = callerAccounts(json);
	const ofEnvironment = aws.some(([, { expressions = {} }]) => !otherCredentials.some((name) => name in expressions)) ? accountOfKey(env.AWS_ACCESS_KEY_ID ?? "") : void 0;
	const account = accounts.length > 0 ? accounts.join(" ") : ofEnvironment;
	if (account !== void 0) settings["AWS account"] = account;
	const region = env.AWS_REGION || env.AWS_DEFAULT_REGION;
	if (region && aws.some(([, { expressions }]) => expressions?.region === void 0)) settings["AWS region"] = region;
	for (const [name, value = ""] of Object.entries(env).sort()) if (/^AWS_ENDPOINT_URL(?:_\w+)?$/.test(name) && value !== "") settings[name] = withoutUserInfo(value);
	return settings;
}
function withoutUserInfo(text) {
	return text.replace(/^([a-z][\w+.-]*:\/\/)[^/?#\s]*@/i, "$1").replace(/[?#].*$/s, "");
}
function accountOfKey(accessKeyId) {
	if (!/^(?:ASIA[A-Z2-7]|AKIA[Q-Z2-7])[A-Z2-7]{15}$/.test(accessKeyId)) return void 0;
	let bits = 0n;
	for (const letter of accessKeyId.slice(4, 14)) bits = bits << 5n | BigInt("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter));
	const account = bits >> 9n & 1099511627775n;
	return account < 1000000000000n ? String(account).padStart(12, "0") : void 0;
}
const formSetting = "canonical form";
function formOf(settings) {
	return settings === void 0 || settings[formSetting] !== void 0 ? 2 : 1;
}
function settingsOf(context, env, form = 2) {
	const { tool = "terraform", terraformVersion, stack, workingDirectory, checkout, ignoredPaths = [] } = context;
	const settings = {
		...form === 1 ? { "Terraform version": terraformVersion } : {
			[formSetting]: String(form),
			tool: `${tools[tool]?.title ?? tool} ${terraformVersion.split(".")[0]}`,
			directory: [stack, relative(checkout, workingDirectory ?? context.directory).replaceAll(sep, "/") || "."].filter((part) => part !== void 0).join(" in "),
			execution: context.isRemote ? "in the workspace" : "",
			"plan-approval-ignore": ignoredPaths.map(({ text }) => text).toSorted().join(" ")
		},
		"provider versions": providerVersions(context.directory),
		".terraform.lock.hcl": context.lockFile ?? "",
		...stateSettings(context, env, form),
		target: context.targets.toSorted().join(" "),
		replace: context.replaces.toSorted().join(" ")
	};
	return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== ""));
}
function stateSettings({ directory, checkout, workspace }, env, form = 2) {
	const data = dataDirectory(directory, env);
	return {
		workspace: form === 1 ? workspace ?? (env.TF_WORKSPACE || "default") : selectedWorkspace(data, env),
		backend: backendName(data, checkout, form, env)
	};
}
function dataDirectory(directory, env) {
	return resolve(directory, env.TF_DATA_DIR || ".terraform");
}
function selectedWorkspace(data, env) {
	if (env.TF_WORKSPACE) return env.TF_WORKSPACE;
	const file = join(data, "environment");
	return (existsSync(file) ? readFileSync(file, "utf8").trim() : "") || "default";
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
const storeSettings = [
	"endpoint",
	"endpoints",
	"custom_endpoint"
];
function backendName(data, checkout, form, env) {
	const backendFile = join(data, "terraform.tfstate");
	if (!existsSync(backendFile)) return "local";
	const { backend } = JSON.parse(readFileSync(backendFile, "utf8"));
	const named = form === 1 ? namingSettings : [...namingSettings, ...storeSettings];
	const all = form === 1 ? backend?.config : {
		...backend?.config,
		...cloudVariables(backend, env)
	};
	const config = Object.entries(all ?? {}).filter(([name, value]) => named.includes(name) && value !== null && value !== void 0 && value !== "").map(([name, value]) => [name, form === 1 ? value : withoutUserInfos(value)]).map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]).map(([name, value]) => `${name}=${name === "path" ? relative(checkout, resolve(value)) : value}`);
	return [backend?.type ?? "local", ...config.sort()].join(" ");
}
function cloudVariables(backend, { TF_CLOUD_HOSTNAME: hostname, TF_CLOUD_ORGANIZATION: organization }) {
	if (backend?.type !== "cloud") return {};
	return {
		...!backend.config?.hostname && { hostname },
		...!backend.config?.organization && { organization }
	};
}
function withoutUserInfos(value) {
	return JSON.parse(JSON.stringify(value), (_, part) => typeof part === "string" ? withoutUserInfo(part) : part);
}
export { dataDirectory, formOf, isCallerSource, lockFileDigest, placeholdersIn, placeholdersOf, providerSettings, settingsOf, stateSettings };
