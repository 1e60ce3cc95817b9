import { applied, applying, approvalCodes, readRecord, recordLength, reviewed, signatureMode, unstableValue } from "./record.js";
import { asList, asObject, asText, at, canonical, ignoredPathsOf, listManagedResources, markIgnored, parseHcl, parseJson, shape, withoutInstanceKeys } from "./entry.js";
import { dataDirectory, formOf, isCallerSource, placeholdersIn, placeholdersOf, providerSettings, settingsOf } from "./settings.js";
import { digestOf, nullDigest } from "./digest.js";
const { existsSync, readFileSync, readdirSync } = process.getBuiltinModule("node:fs");
const { join, resolve } = process.getBuiltinModule("node:path");
const createHash = (...values) => process.getBuiltinModule("node:crypto").createHash(...values);
const createHmac = (...values) => process.getBuiltinModule("node:crypto").createHmac(...values);
const hash = (...values) => process.getBuiltinModule("node:crypto").hash(...values);
const hkdfSync = (...values) => process.getBuiltinModule("node:crypto").hkdfSync(...values);
const randomBytes = (...values) => process.getBuiltinModule("node:crypto").randomBytes(...values);
const scryptSync = (...values) => process.getBuiltinModule("node:crypto").scryptSync(...values);
// src/approval/fingerprint.ts
function normalizePlan(json, settings, signer, view) {
	const normalizer = new Normalizer(signer, view);
	const resources = (json.resource_changes ?? []).filter(changesSomething).map((resource) => ({
		resource,
		key: keyOf(resource)
	}));
	const outputs = Object.entries(json.output_changes ?? {}).filter(([, { actions }]) => !isNothing(actions));
	const changes = [
		...sorted(resources, ({ key }) => key).flatMap(({ key, resource }) => normalizer.change(key, resource) ?? []),
		...sorted(outputs, ([name]) => name).flatMap(([name, change]) => normalizer.output(name, change) ?? []),
		...sorted(json.action_invocations ?? [], ({ address = "" }) => address).map((invocation) => normalizer.invocation(invocation))
	];
	const keyed = signer.together();
	return {
		settings: keyed === void 0 ? settings : {
			...settings,
			"sensitive values": keyed
		},
		changes,
		...view && { remarks: normalizer.remarks() }
	};
}
function fingerprintOf({ settings, changes }, signer) {
	const hash = createHash("sha256");
	let text = canonical(settings);
	for (const { address, actions, notes, before, after } of changes) {
		text += `\n${JSON.stringify([
			address,
			actions,
			canonical(notes),
			before,
			after
		])}`;
		if (text.length > 1e5) {
			hash.update(text);
			text = "";
		}
	}
	return `${signer.prefix}:${hash.update(text).digest("hex")}`;
}
function changesSomething({ mode, change, previous_address, address }) {
	if (mode === "data") return false;
	const moved = previous_address !== void 0 && previous_address !== address;
	return !isNothing(change.actions) || moved || change.importing !== void 0 && change.importing !== null;
}
function isNothing(actions) {
	return actions.every((action) => action === "no-op" || action === "read");
}
function keyOf({ address, deposed }) {
	return deposed === void 0 ? address : `${address} (deposed ${deposed})`;
}
var Places = class {
	#attributes = new Map();
	add(address, attribute) {
		const attributes = this.#attributes.get(address);
		if (attributes === void 0) this.#attributes.set(address, new Set([attribute]));
		else attributes.add(attribute);
	}
	list() {
		return [...this.#attributes].flatMap(([address, attributes]) => [...attributes].sort().map((attribute) => ({
			address,
			attribute
		})));
	}
};
var Normalizer = class {
	#signer;
	#view;
	#unreviewable = new Places();
	#dated = new Places();
	#placeholders = {
		commit: new Places(),
		timestamp: new Places(),
		identity: new Places()
	};
	#ignored = new Set();
	#inputTexts = new Map();
	constructor(signer, view) {
		this.#signer = signer;
		this.#view = view;
	}
	remarks() {
		const { commit, timestamp, identity } = this.#placeholders;
		return {
			unreviewable: this.#unreviewable.list(),
			placeholders: {
				commit: commit.list(),
				timestamp: timestamp.list(),
				identity: identity.list()
			},
			ignored: [...this.#ignored].sort(),
			dated: this.#dated.list()
		};
	}
	change(address, resource) {
		const { change, previous_address, action_reason, provider_name } = resource;
		const notes = {};
		if (provider_name !== void 0) notes.provider = provider_name;
		if (previous_address !== void 0 && previous_address !== resource.address) notes["moved from"] = previous_address;
		if (change.importing !== void 0 && change.importing !== null) notes.importing = canonical(change.importing);
		if (action_reason !== void 0) notes.reason = action_reason;
		if ((change.replace_paths ?? []).length > 0) notes["replaced because of"] = canonical((change.replace_paths ?? []).map((path) => canonical(path)).sort());
		const view = this.#view;
		const inputsOf = view?.configuration.ofResource(resource.address);
		const ignored = ignoredPathsOf(resource.address, view?.ignoredPaths ?? []);
		if (view !== void 0) Object.assign(notes, this.#hidden(resource, view));
		return this.#normalize(address, change, notes, inputsOf, ignored);
	}
	#hidden({ address, change }, { configuration }) {
		const block = configuration.blockOf(address);
		if (block === void 0 || isNothing(change.actions)) return {};
		const { providerBlock, provisioners, provisionerInputs, argumentNames } = block;
		const notes = {};
		if (providerBlock !== void 0 && /[.:]/.test(providerBlock)) notes[providerBlockNote] = canonical(providerBlock);
		if ((change.actions.includes("create") || change.actions.includes("delete")) && provisioners.length > 0) {
			const { replace } = this.#view.placeholders;
			notes[provisionersNote] = replace(canonical(provisioners));
			if (provisionerInputs.values.size > 0) notes[inputsNote("provisioners")] = this.#inputText(provisionerInputs);
		}
		const inputsOf = configuration.ofResource(address);
		for (const name of argumentNames.filter((each) => isSentOnly(each, change))) {
			const inputs = inputsOf(name);
			if (inputs !== void 0 && inputs.values.size > 0) notes[inputsNote(name)] = this.#inputText(inputs);
		}
		return notes;
	}
	output(name, change) {
		const wrap = (value) => ({ value });
		const wrapped = {
			actions: change.actions,
			before: wrap(change.before),
			after: wrap(change.after),
			before_sensitive: wrap(change.before_sensitive),
			after_sensitive: wrap(change.after_sensitive),
			after_unknown: wrap(change.after_unknown)
		};
		const inputsOf = this.#view && (() => this.#view?.configuration.ofOutput(name));
		const address = `output.${name}`;
		const ignored = ignoredPathsOf(address, this.#view?.ignoredPaths ?? []);
		return this.#normalize(address, wrapped, {}, inputsOf, ignored);
	}
	invocation(invocation) {
		const { address = "", config_values, config_sensitive, config_unknown, ...trigger } = invocation;
		const keyed = (value) => this.#signer.value(address, value);
		const replace = this.#view?.placeholders.replace;
		const config = canonical(config_values, config_sensitive, config_unknown, keyed, replace);
		return {
			address,
			actions: "invoke",
			notes: { invocation: canonical(trigger) },
			before: {},
			after: { config }
		};
	}
	#normalize(address, change, notes, inputsOf, ignored) {
		const actions = change.actions.join();
		const makes = change.actions.includes("create");
		const will = this.#after(address, change, inputsOf, ignored);
		const was = this.#before(address, change, will, ignored);
		if (!makes && !change.actions.includes("update")) return {
			address,
			actions,
			notes,
			before: identity(was),
			after: {}
		};
		const differs = (name) => (was[name] ?? "null") !== (will[name] ?? "null");
		const before = makes ? {
			...only(was, differs),
			...identity(was)
		} : only(was, differs);
		const after = only(will, (name) => differs(name) || makes && will[name] !== "null");
		const isNothing = !makes && isEmpty(before) && isEmpty(after);
		const isMore = notes["moved from"] !== void 0 || notes.importing !== void 0;
		if (isNothing && !isMore && hasUncounted(change, will)) return void 0;
		return {
			address,
			actions,
			notes: {
				...notes,
				...this.#inputs(address, after, change, inputsOf)
			},
			before,
			after
		};
	}
	#before(address, change, will, ignored) {
		const { before, before_sensitive } = change;
		const placeholders = this.#view?.placeholders;
		return this.#side(address, before, before_sensitive, false, ignored, (name) => {
			return will[name]?.includes("\"@identity/") ? placeholders?.replaceEveryIdentity : placeholders?.replace;
		});
	}
	#after(address, change, inputsOf, ignored) {
		const placeholders = this.#view?.placeholders;
		const { after, after_sensitive, after_unknown } = change;
		return this.#side(address, after, after_sensitive, after_unknown, ignored, (name) => {
			return placeholders?.hasIdentity === true && inputsOf?.(name)?.dependsOnCaller === true ? placeholders.replaceIdentity : placeholders?.replace;
		});
	}
	#side(address, value, sensitive, unknown, ignored, replaceFor) {
		const parts = shape(value);
		const unknowns = shape(unknown);
		const names = Object.keys(parts);
		for (const name in unknowns) if (!Object.hasOwn(parts, name)) names.push(name);
		const values = emptyValues();
		let attribute = "";
		const keyed = (secret) => this.#signer.value(`${address}.${attribute}`, secret);
		for (const name of isSortedList(names) ? names : names.sort()) {
			attribute = name;
			const marks = this.#marks(parts[name], at(unknown, name), name, ignored);
			values[name] = canonical(parts[name], at(sensitive, name), marks, keyed, replaceFor(name));
		}
		return values;
	}
	#marks(value, unknown, name, ignored) {
		let marks = unknown;
		for (const { path, text } of ignored) {
			if (path[0] !== name && path[0] !== "*") continue;
			const marked = markIgnored(value, marks, path.slice(1));
			if (marked !== marks) this.#ignored.add(text);
			marks = marked;
		}
		return marks;
	}
	#inputs(address, after, change, inputsOf) {
		const view = this.#view;
		if (view === void 0) return {};
		let place;
		const remark = (places, attribute) => {
			place ??= withoutInstanceKeys(address.replace(/ \(deposed .*$/, ""));
			places.add(place, attribute);
		};
		const notes = {};
		for (const name in after) {
			const text = after[name] ?? "";
			for (const placeholder of placeholdersIn(text)) remark(this.#placeholders[placeholder], name);
			if (view.placeholders.isDated(text)) for (const path of datedPaths(at(change.after, name), name, view.placeholders)) remark(this.#dated, path);
			if (text === "@ignored") continue;
			const inputs = inputsOf?.(name);
			if (inputs === void 0) continue;
			const isUnknown = hasMark(at(change.after_unknown, name));
			if (isUnknown) {
				remark(this.#unreviewable, name);
				if (inputs.references.length > 0) notes[`references of ${name}`] = canonical(inputs.references);
			}
			if ((isUnknown || inputs.dependsOnResource) && inputs.values.size > 0) notes[inputsNote(name)] = this.#inputText(inputs);
		}
		return notes;
	}
	#inputText(inputs) {
		const known = this.#inputTexts.get(inputs);
		if (known !== void 0) return known;
		const { replace, replaceIdentity } = this.#view.placeholders;
		const replaced = inputs.dependsOnCaller ? replaceIdentity : replace;
		const text = `{${[...inputs.values].map(([reference, { value, sensitive }]) => {
			const keyed = (secret) => this.#signer.value(`inputs ${reference}`, secret);
			return `${JSON.stringify(reference)}:${canonical(value, sensitive, false, keyed, replaced)}`;
		}).join()}}`;
		this.#inputTexts.set(inputs, text);
		return text;
	}
};
const providerBlockNote = "provider block";
const provisionersNote = "provisioners";
function inputsNote(attribute) {
	return `inputs of ${attribute}`;
}
function isSentOnly(name, { actions, before, after, after_unknown }) {
	if (!actions.includes("create") && !actions.includes("update")) return false;
	if (at(after, name) !== null || at(after_unknown, name) === true) return false;
	const version = `${name}_version`;
	const isVersioned = Object.hasOwn(shape(after), version);
	return actions.includes("create") || !isVersioned || at(before, version) !== at(after, version);
}
function hasUncounted({ before, after }, will) {
	return Object.entries(will).some(([name, text]) => (text.includes("@ignored") || text.includes("\"@identity/")) && JSON.stringify(at(before, name)) !== JSON.stringify(at(after, name)));
}
function datedPaths(value, path, placeholders) {
	if (typeof value === "string") return placeholders.isDated(placeholders.replace(JSON.stringify(value))) ? [path] : [];
	const step = (key) => {
		if (Array.isArray(value)) return "[*]";
		return /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
	};
	return Object.entries(shape(value)).flatMap(([key, part]) => datedPaths(part, `${path}${step(key)}`, placeholders));
}
function isSortedList(names) {
	return names.every((name, index) => index === 0 || (names[index - 1] ?? "") <= name);
}
function emptyValues() {
	return Object.create(null);
}
function isEmpty(values) {
	for (const _ in values) return false;
	return true;
}
function hasMark(marks) {
	return marks === true || Object.values(shape(marks)).some(hasMark);
}
function identity(values) {
	const identifiers = only(values, (name) => name === "id" || name === "arn");
	return Object.keys(identifiers).length > 0 ? identifiers : values;
}
function only(values, wanted) {
	const some = emptyValues();
	for (const name in values) if (wanted(name)) some[name] = values[name] ?? "null";
	return some;
}
function sorted(list, by) {
	return list.toSorted((a, b) => by(a) < by(b) ? -1 : by(a) > by(b) ? 1 : 0);
}
// src/approval/compare.ts
function differences(reviewed, now) {
	const settings = settingDifferences(reviewed, now);
	if (reviewed.changes === void 0 || now.changes === void 0) return settings;
	const was = byAddress$1(reviewed.changes);
	const is = byAddress$1(now.changes);
	const changed = [...is].flatMap(([address, after]) => {
		const before = was.get(address);
		if (before === void 0) return [[address, {
			what: "added",
			address,
			actions: after.actions
		}]];
		return isSameChange(before, after) ? [] : [[address, changeDifference(before, after)]];
	});
	const gone = [...was].flatMap(([address, { actions }]) => is.has(address) ? [] : [[address, {
		what: "gone",
		address,
		actions
	}]]);
	const inOrder = [...changed, ...gone].sort(([a], [b]) => a < b ? -1 : 1);
	return [...settings, ...inOrder.map(([, difference]) => difference)];
}
function settingDifferences(reviewed, now) {
	return [...new Set([...Object.keys(reviewed.settings), ...Object.keys(now.settings)])].sort().flatMap((name) => {
		const [was = "", is = ""] = [reviewed.settings[name], now.settings[name]];
		return was === is ? [] : [{
			what: "setting",
			name,
			was,
			is
		}];
	});
}
function isSameChange(reviewed, now) {
	return now.digest.startsWith(reviewed.digest);
}
function changeDifference(before, after) {
	const { address, actions } = after;
	if (before.actions !== actions) return {
		what: "actions",
		address,
		was: before.actions,
		is: actions
	};
	const attributes = [
		"notes",
		"before",
		"after"
	].flatMap((side) => {
		const was = before.values?.[side] ?? {};
		const is = after.values?.[side] ?? {};
		return [...Object.keys(was), ...Object.keys(is)].filter((name) => was[name] !== is[name]);
	});
	return {
		what: "attributes",
		address,
		actions,
		attributes: [...new Set(attributes)].sort()
	};
}
function hasSameInputs(reviewed, now, attribute) {
	const note = inputsNote(attribute);
	return reviewed?.values?.notes[note] === now.values?.notes[note];
}
function hasSameHiddenParts(reviewed, now) {
	if (now.values === void 0 || reviewed !== void 0 && reviewed.values === void 0) return true;
	const { notes, after } = now.values;
	const inputs = Object.keys(notes).filter((note) => note.startsWith(inputsNote("")) && !isOfValue(note, after));
	const isMade = /create|update/.test(now.actions);
	return [...reviewed === void 0 || !isMade ? [] : [providerBlockNote, ...own(notes, provisionersNote)], ...inputs].every((note) => reviewed?.values?.notes[note] === notes[note]);
}
function isOfValue(note, after) {
	return Object.hasOwn(after, note.slice(inputsNote("").length));
}
function own(notes, name) {
	return Object.hasOwn(notes, name) ? [name] : [];
}
function byAddress$1(changes) {
	const map = new Map();
	for (const change of changes) {
		let key = change.address;
		for (let number = 2; map.has(key); number++) key = `${change.address} (${number})`;
		map.set(key, change);
	}
	return map;
}
// src/approval/coverage.ts
const sensitiveSetting = "sensitive values";
function coverageOf(reviewed, now, existing) {
	const differences = [];
	const used = new Set();
	const usable = reviewed.map((plan, index) => index === 0 ? plan.outline.changes !== void 0 : isUsable(plan, now));
	const changesOf = reviewed.map(({ outline }, index) => usable[index] === true ? byAddress(outline.changes ?? []) : new Map());
	if (reviewed[0] !== void 0) differences.push(...settingsThatDiffer(reviewed[0], now));
	for (const [position, planned] of (now.changes ?? []).entries()) {
		const index = changesOf.findIndex((changes) => counterparts(changes, planned).length > 0);
		const plan = reviewed[index];
		const change = plan?.now?.changes?.[position] ?? planned;
		const candidates = plan === void 0 ? [] : counterparts(changesOf[index] ?? new Map(), change);
		const [first] = candidates;
		if (plan === void 0 || first === void 0) differences.push({
			what: "added",
			address: change.address,
			actions: change.actions
		});
		else if (candidates.some((candidate) => isCovered(candidate, change, plan.progress))) used.add(index);
		else differences.push(changeDifference(first, change));
	}
	const planned = new Set((now.changes ?? []).map(({ address }) => withoutDeposedKey(address)));
	reviewed.forEach((plan, index) => {
		if (usable[index] === false || index > 0 && !used.has(index)) return;
		for (const change of plan.outline.changes ?? []) {
			const { address, actions } = change;
			const isReviewedAgain = changesOf.slice(0, index).some((changes) => changes.has(address));
			if (planned.has(withoutDeposedKey(address)) || isReviewedAgain || isDone(change, plan.progress, existing)) continue;
			differences.push({
				what: "gone",
				address,
				actions
			});
		}
	});
	return {
		isCovered: now.changes !== void 0 && usable.includes(true) && differences.length === 0,
		differences,
		used: [...used].sort((a, b) => a - b)
	};
}
function changesBeyondTaint(outline, now, tainted) {
	const reviewed = byAddress(outline.changes ?? []);
	const beyond = (now.changes ?? []).filter((change) => {
		const [was] = counterparts(reviewed, change);
		return !replacesTainted(change, was, tainted) && !followsTaint(change, was, tainted);
	});
	return [...settingDifferences(outline, now).filter(({ name }) => name !== sensitiveSetting), ...beyond.map(({ address, actions }) => ({
		what: "added",
		address,
		actions
	}))];
}
function isUsable(plan, now) {
	return plan.outline.changes !== void 0 && settingsThatDiffer(plan, now).length === 0;
}
function settingsThatDiffer({ outline, progress, now: same }, now) {
	return settingDifferences(outline, same ?? now).filter(({ name }) => progress === "whole" || name !== sensitiveSetting);
}
function isCovered(reviewed, change, progress) {
	if (isSameChange(reviewed, change) && reviewed.address === change.address) return true;
	return progress === "begun" && isRemainder(reviewed, change);
}
const remainders = {
	create: [
		"create",
		"delete,create",
		"create,delete",
		"update"
	],
	update: ["update"],
	"delete,create": [
		"delete,create",
		"create,delete",
		"create"
	],
	"create,delete": [
		"create,delete",
		"delete,create",
		"create"
	],
	delete: ["delete"],
	"forget,create": ["forget,create", "create"],
	"create,forget": [
		"create,forget",
		"forget,create",
		"create"
	],
	forget: ["forget"],
	invoke: ["invoke"]
};
function isRemainder(reviewed, change) {
	if (!(change.address !== reviewed.address ? change.actions === "delete" && reviewed.actions.includes("create") : remainders[reviewed.actions]?.includes(change.actions) === true)) return false;
	if (reviewed.values === void 0 || change.values === void 0) return true;
	const { before, after } = change.values;
	return hasSameHiddenParts(reviewed, change) && Object.entries(after).every(([name, value]) => matchesAfter(name, value, reviewed, change)) && Object.entries(before).every(([name, value]) => matches(value, valueBefore(reviewed, name)) || matches(value, valueAfter(reviewed, name)));
}
function matches(value, reviewed) {
	return reviewed !== void 0 && (value === reviewed || reviewed.startsWith("?"));
}
function matchesAfter(name, value, reviewed, change) {
	const was = valueAfter(reviewed, name);
	const isUnknown = value.startsWith("?") || was?.startsWith("?") === true;
	return matches(value, was) && (!isUnknown || hasSameInputs(reviewed, change, name));
}
function valueAfter({ actions, values }, name) {
	return values?.after[name] ?? (actions.includes("create") ? nullDigest : void 0);
}
function valueBefore({ actions, values }, name) {
	return values?.before[name] ?? (actions === "create" ? nullDigest : void 0);
}
function isDone(change, progress, existing) {
	const { address, actions, values } = change;
	if (!actions.includes("create") && (actions.includes("delete") || actions.includes("forget"))) return address !== withoutDeposedKey(address) || !existing.has(address);
	if (actions === "invoke") return progress === "begun";
	if (progress === "begun") return address.startsWith("output.") || existing.has(address);
	const current = existing.values(address);
	if (current === void 0 || values === void 0) return false;
	return (!/delete|forget/.test(actions) || values.before.id === void 0 || current.id !== values.before.id) && Object.entries(values.after).every(([name, value]) => matches(current[name] ?? nullDigest, value));
}
function replacesTainted(change, was, tainted) {
	const { address, actions, values } = change;
	const isDeposed = address !== withoutDeposedKey(address);
	if (!tainted.includes(withoutDeposedKey(address))) return false;
	if (isDeposed) return actions === "delete";
	if (!actions.includes("create") || !hasSameHiddenParts(was, change)) return false;
	const isUnchanged = (name) => actions !== "create" && values?.before[name] === void 0;
	return Object.entries(values?.after ?? {}).every(([name, value]) => isUnchanged(name) || (value.startsWith("?") ? hasReviewedInputs(name, was, change) : was !== void 0 && matchesAfter(name, value, was, change)));
}
function followsTaint(change, was, tainted) {
	const { actions, values } = change;
	if (tainted.length === 0 || actions !== "update" && actions !== "create") return false;
	const after = Object.entries(values?.after ?? {});
	return after.length > 0 && hasSameHiddenParts(was, change) && after.every(([name, value]) => value.startsWith("?") && hasReviewedInputs(name, was, change)) && startsFromReviewed(values?.before, was);
}
function hasReviewedInputs(name, was, change) {
	if (change.address.startsWith("output.") || was !== void 0 && was.values === void 0) return true;
	return hasSameInputs(was, change, name);
}
function startsFromReviewed(before = {}, was) {
	return Object.entries(before).every(([name, value]) => was?.values?.after[name] === void 0 || matches(value, valueBefore(was, name)) || matches(value, valueAfter(was, name)));
}
function counterparts(changes, { address }) {
	return changes.get(address) ?? changes.get(withoutDeposedKey(address)) ?? [];
}
function withoutDeposedKey(address) {
	return address.replace(/ \(deposed \w+\)$/, "");
}
function byAddress(changes) {
	const map = new Map();
	for (const change of changes) map.set(change.address, [...map.get(change.address) ?? [], change]);
	return map;
}
// src/approval/decide.ts
function decideApproval(facts) {
	const { approval: required, plan, hasChanges, pullRequest, commit, superseded } = facts;
	const { fingerprint } = plan;
	if (!hasChanges) return allow(facts, "no-changes");
	if (superseded !== void 0) return refuse(facts, "COMMIT_SUPERSEDED", superseded);
	if (required === "none") return allow(facts, "not required");
	if (required === fingerprint) return allow(facts, "approved-by-fingerprint");
	const unusable = whyUnusable(facts);
	const record = unusable === void 0 ? facts.commentRecord?.record : void 0;
	if (required !== "reviewed" && !isApplyOf(record, required, commit)) return refuse(facts, "PLAN_FINGERPRINT_CHANGED", `The fingerprint of this plan is ${fingerprint}, and plan-approval names ${required}.`);
	if (record === void 0) {
		const others = decideByOthers(facts);
		if (others !== void 0 && unusable?.code === "PLAN_NOT_REVIEWED") return others;
		const { code, sentence } = unusable ?? notReviewed(commit);
		return refuse(facts, code, sentence);
	}
	if (record.life.stage === "applied") return decideAfterApply(facts, record, record.life);
	if (record.fingerprint === fingerprint) return allow(facts, "reviewed", record);
	return decideByCoverage(facts, record, pullRequest?.number ?? 0);
}
function decideQueued(facts) {
	const decided = decideApproval(facts);
	const outline = facts.commentRecord?.record.outline;
	if (decided.failure?.code !== "PLAN_CHANGED" || outline === void 0) return decided;
	const missing = decided.approval.differences.filter(({ what }) => what !== "added");
	if (missing.length > 0 || outline.changes === void 0) {
		const fix = "Update the pull request from its base branch, review the new plan, and add it to the queue again.";
		return {
			approval: {
				...decided.approval,
				differences: missing
			},
			failure: {
				...decided.failure,
				fix
			}
		};
	}
	return { approval: {
		...decided.approval,
		outcome: "reviewed"
	} };
}
function isApplyOf(record, fingerprint, commit) {
	return record?.fingerprint === fingerprint && record.life.stage !== "reviewed" && record.life.commit === commit;
}
function decideAfterApply(facts, record, life) {
	const { plan, commit } = facts;
	const isSameCommit = isOfCommit(life, record, commit);
	const beyond = changesBeyondTaint(record.outline, plan.digest("attributes"), isSameCommit ? life.tainted : []);
	if (isSameCommit && beyond.length === 0) return allow(facts, "remainder", record);
	return refuse(facts, "PLAN_APPLIED", isSameCommit ? `The reviewed plan was applied already. What this plan changes was changed outside of this workflow since then.` : `The reviewed plan was applied already, at commit ${life.commit.slice(0, 7)}.`, beyond, record);
}
function decideByCoverage(facts, record, number) {
	const { plan, commit, earlier, existing } = facts;
	const now = plan.digest("attributes");
	const own = {
		outline: record.outline,
		progress: progressOf(record, commit)
	};
	const coverage = coverageOf([own, ...earlier.map((each) => reviewedPlanOf(each, plan))], now, existing);
	if (coverage.isCovered) {
		const others = coverage.used.flatMap((index) => earlier[index - 1]?.pullRequest ?? []);
		if (own.progress === "begun" && others.length === 0) return allow(facts, "remainder", record);
		return allow(facts, "covered", record, [number, ...others]);
	}
	return refuse(facts, "PLAN_CHANGED", `The plan differs from the plan that was reviewed on pull request #${number}.`, coverage.differences.length > 0 ? coverage.differences : differences(record.outline, now), record);
}
function decideByOthers(facts) {
	const { plan, earlier, existing, pullRequest, hasComment } = facts;
	if (pullRequest === void 0 || hasComment || earlier.length === 0) return void 0;
	const { isCovered, used } = coverageOf(earlier.map((each) => reviewedPlanOf(each, plan)), plan.digest("attributes"), existing);
	if (!isCovered) return void 0;
	const numbers = used.flatMap((index) => earlier[index]?.pullRequest ?? []);
	return allow(facts, "covered", earlier[used[0] ?? 0]?.record, numbers);
}
function reviewedPlanOf({ record }, plan) {
	const isWithoutKey = record.mode === "none" && plan.signer.mode !== "none";
	return {
		outline: record.outline,
		progress: record.life.stage === "applying" ? "begun" : "whole",
		...isWithoutKey && { now: plan.digestWithoutKey("attributes") }
	};
}
function progressOf(record, commit) {
	const { life } = record;
	return life.stage === "applying" && isOfCommit(life, record, commit) ? "begun" : "whole";
}
function isOfCommit(life, { head }, commit) {
	return life.commit === commit || life.commit === head;
}
function allow({ plan: { fingerprint } }, outcome, record, pullRequests) {
	const numbers = pullRequests === void 0 ? {} : { pullRequests };
	return { approval: {
		outcome,
		fingerprint,
		reviewed: reviewedCommit(record),
		...numbers,
		differences: []
	} };
}
function refuse({ plan: { fingerprint, normalized } }, code, sentence, found = [], record) {
	return {
		approval: {
			outcome: "refused",
			fingerprint,
			reviewed: reviewedCommit(record),
			differences: found
		},
		failure: {
			code,
			sentence,
			fix: wayOn(code, fingerprint, normalized.remarks),
			remedy: "config"
		}
	};
}
function notReviewed(commit) {
	return {
		code: "PLAN_NOT_REVIEWED",
		sentence: `Nobody has reviewed this plan: no merged pull request belongs to commit ${commit}.`
	};
}
function whyUnusable(facts) {
	const { commentRecord, pullRequest, commit, hasComment } = facts;
	if (pullRequest === void 0) return notReviewed(commit);
	const on = `pull request #${pullRequest.number}`;
	if (commentRecord === void 0) return {
		code: "PLAN_NOT_REVIEWED",
		sentence: `Nobody has reviewed this plan: ${pullRequest.fromFork ? `${on} came from a fork, and runs of forks get no credentials and no plan` : hasComment ? `the comment of this action on ${on} contains no plan` : `${on} has no plan comment of this action`}.`
	};
	return whyRecordUnusable(commentRecord, pullRequest, facts);
}
function whyRecordUnusable({ record, integrity }, { number, head }, { binding, formerTarget }) {
	const on = `pull request #${number}`;
	if (integrity !== "intact") return {
		code: integrityCode(record, integrity),
		sentence: integritySentence(on, record, integrity)
	};
	const { repository, pullRequest, workflow, target } = record.binding;
	const elsewhere = [
		repository === binding.repository ? "" : `repository ${repository}`,
		pullRequest === number ? "" : `pull request #${pullRequest}`,
		target === binding.target || target === formerTarget ? "" : "another stack, directory or workspace"
	].find((text) => text !== "");
	if (elsewhere !== void 0) return {
		code: "PLAN_RECORD_FOREIGN",
		sentence: `The plan comment on ${on} belongs to ${elsewhere}.`
	};
	if (workflow !== binding.workflow) return {
		code: "PLAN_WORKFLOW_FOREIGN",
		sentence: `The workflow ${workflow} made the plan on ${on}, and this workflow is ${binding.workflow}.`
	};
	if (record.head !== head) return {
		code: "PLAN_OUTDATED",
		sentence: `Nobody has reviewed the plan of the merged commit ${head.slice(0, 7)}: the plan comment on ${on} shows commit ${record.head.slice(0, 7)}.`
	};
}
function integrityCode({ life }, integrity) {
	if (integrity === "edited") return "PLAN_RECORD_CHANGED";
	if (integrity === "other-key") return "PLAN_KEY_CHANGED";
	return life.stage === "reviewed" ? "PLAN_BEFORE_STATE" : "APPLY_UNSIGNED";
}
function integritySentence(on, { life }, integrity) {
	if (integrity === "edited") return `The plan comment on ${on} is not as this action wrote it: somebody edited it, or plan-approval-key has another value.`;
	if (integrity === "other-key") return `The plan comment on ${on} was signed with another kind of key: plan-approval-key was added or removed, or the state is lost.`;
	return life.stage === "reviewed" ? `The plan on ${on} was made before a state existed, so no secret signs it, and now a state exists.` : `The first apply of the plan on ${on} ended before it could sign its record with the new state.`;
}
const newPlan = "Otherwise open a pull request and review its plan, which is based on what is deployed now.";
function wayOn(code, fingerprint, remarks) {
	if (code === "COMMIT_SUPERSEDED") return "Nothing was changed. Re-run the newest run of this workflow on the branch: its plan contains this commit, and the reviewed plans of both pull requests cover it. To go back to an older version, merge a pull request that reverts the newer one.";
	return `${code === "PLAN_WORKFLOW_FOREIGN" ? `${approvalCodes.PLAN_WORKFLOW_FOREIGN.fix} ` : ""}Nothing was changed. Read the plan of this run. To apply it unchanged, start the workflow manually with plan-approval ${fingerprint} (in the recipes, the input approve). ${unstableSentence(code, remarks)}${newPlan}`;
}
function unstableSentence(code, remarks) {
	const [first] = remarks?.dated ?? [];
	if (first === void 0) return code === "PLAN_FINGERPRINT_CHANGED" ? `${unstableValue} ` : "";
	const line = `${first.address}:${first.attribute}`;
	return `If ${first.attribute} of ${first.address} comes from plantimestamp(), a later run has another fingerprint: then add the line ${line} to plan-approval-ignore in both jobs first. `;
}
function reviewedCommit(record) {
	return record === void 0 ? void 0 : {
		commit: record.head,
		runUrl: record.runUrl
	};
}
// src/approval/signer.ts
const cost = {
	N: 2 ** 16,
	r: 8,
	p: 1,
	maxmem: 2 ** 27
};
function createPlanSigner(key, lineage, salt) {
	if (key !== "") return keyedSigner("key", key);
	return lineage === void 0 ? saltedSigner(salt) : keyedSigner("lineage", lineage);
}
function saltedSigner(salt = randomBytes(8).toString("hex")) {
	const values = [];
	return {
		mode: "none",
		get prefix() {
			return values.length === 0 ? "sha256" : `scrypt:${salt}`;
		},
		value(path, value) {
			values.push(`${path}=${canonical(value)}`);
			return "*";
		},
		digestKey: "",
		together: () => values.length === 0 ? void 0 : scryptSync(values.join("\n"), salt, 32, cost).toString("base64url"),
		sign: signer("terraform-mcp-deploy")
	};
}
function keyedSigner(mode, secret) {
	const key = (purpose) => Buffer.from(hkdfSync("sha256", secret, "", `terraform-mcp-deploy ${purpose}`, 32));
	const values = key("sensitive value").toString("hex");
	return {
		mode,
		prefix: "sha256",
		value: (path, value) => `*${hash("sha512-256", values + JSON.stringify([path, canonical(value)]), "base64url")}`,
		together: () => void 0,
		digestKey: key("digest").toString("hex"),
		sign: signer(key("record"))
	};
}
function signer(key) {
	return (text) => createHmac("sha256", key).update(text).digest("base64url");
}
// src/approval/existing.ts
function existingObjects({ prior_state, resource_changes = [], output_changes = {} }, signer, redact, view) {
	const { root_module, outputs = {} } = prior_state?.values ?? {};
	const addresses = [...listManagedResources(root_module).map(({ address }) => redact(address)), ...Object.keys(outputs).map((name) => redact(`output.${name}`))];
	const present = new Set(addresses);
	const valuesOf = (part) => {
		const own = signer.mode === "none" ? saltedSigner() : signer;
		const normalized = normalizePlan({
			format_version: "1.2",
			...part
		}, {}, own, view);
		const key = view === void 0 ? "" : own.digestKey;
		return digestOf(normalized, redact, "attributes", key).changes?.[0]?.values?.after;
	};
	return {
		has: (address) => present.has(address),
		values(address) {
			const resource = resource_changes.find((each) => each.mode === "managed" && each.deposed === void 0 && redact(each.address) === address);
			if (resource !== void 0) {
				const { change, previous_address: _, ...rest } = resource;
				return valuesOf({ resource_changes: [{
					...rest,
					change: asCreation(change)
				}] });
			}
			const output = Object.entries(output_changes).find(([name]) => redact(`output.${name}`) === address);
			return output && valuesOf({ output_changes: { [output[0]]: asCreation(output[1]) } });
		}
	};
}
function asCreation({ before, before_sensitive }) {
	return {
		actions: ["create"],
		after: before,
		after_sensitive: before_sensitive
	};
}
// src/approval/expression-inputs.ts
const tokenSources = /_(?:auth|authorization_token|token|access_token|session)$/;
var Configuration = class {
	#json;
	#files;
	#root;
	#resources = new Map();
	#blocks = new Map();
	#dataValues;
	constructor(json, files) {
		this.#json = json;
		this.#files = files;
		this.#root = {
			module: json.configuration?.root_module ?? {},
			path: ""
		};
	}
	ofResource(address) {
		const place = withoutInstanceKeys(address);
		const known = this.#resources.get(place);
		if (known !== void 0) return known;
		const { modules, rest } = splitModules(place);
		const scope = this.#scopeOf(modules);
		const resource = scope?.module.resources?.find((each) => addressOf(each) === rest);
		const attributes = new Map();
		const inputsOf = (attribute) => {
			if (scope === void 0 || resource === void 0) return void 0;
			if (!attributes.has(attribute)) attributes.set(attribute, this.#inputsOf(scope, resource, attribute));
			return attributes.get(attribute);
		};
		this.#resources.set(place, inputsOf);
		return inputsOf;
	}
	blockOf(address) {
		const place = withoutInstanceKeys(address);
		const known = this.#blocks.get(place);
		if (known !== void 0) return known;
		const { modules, rest } = splitModules(place);
		const scope = this.#scopeOf(modules);
		const resource = scope?.module.resources?.find((each) => addressOf(each) === rest);
		if (scope === void 0 || resource === void 0) return void 0;
		const { expressions = {}, provider_config_key: providerBlock, provisioners = [] } = resource;
		const collected = emptyInputs();
		for (const { type, expressions: each } of provisioners) {
			this.#collectExpression(scope, each, resource, collected);
			if (type !== "local-exec") this.#collectAll(scope, resource, collected);
		}
		const provisionerInputs = finished(collected);
		const block = {
			argumentNames: Object.keys(expressions),
			providerBlock,
			provisioners,
			provisionerInputs
		};
		this.#blocks.set(place, block);
		return block;
	}
	#inputsOf(scope, resource, attribute) {
		const expression = resource.expressions?.[attribute];
		const texts = this.#files(scope.path)?.dynamicBlocks(addressOf(resource), attribute) ?? [];
		if (expression === void 0 && texts.length === 0) return void 0;
		const collected = emptyInputs();
		this.#collectExpression(scope, expression, resource, collected);
		for (const text of texts) this.#collectReferences(scope, referencesIn(text), resource, collected);
		return finished(collected);
	}
	ofOutput(name) {
		const output = this.#root.module.outputs?.[name];
		return output && this.ofExpression("", output.expression);
	}
	ofExpression(modules, expression) {
		const scope = this.#scopeOf(modules === "" ? [] : modules.split("."));
		if (scope === void 0) return void 0;
		const collected = emptyInputs();
		this.#collectExpression(scope, expression, void 0, collected);
		return finished(collected);
	}
	#scopeOf(modules) {
		return modules.reduce((scope, name) => scope && childScope(scope, name), this.#root);
	}
	#collectExpression(scope, expression, block, into) {
		this.#collectReferences(scope, referencesOf(expression), block, into);
	}
	#collectReferences(scope, references, block, into) {
		for (const reference of references) {
			into.references.add(reference);
			this.#collect(scope, reference, block, into);
		}
	}
	#collect(scope, reference, block, into) {
		const steps = stepsOf(reference);
		const [kind = "", name = ""] = steps;
		if (kind === "each" || kind === "count") {
			const source = kind === "each" ? block?.for_each_expression : block?.count_expression;
			if (block !== void 0) this.#collectExpression(scope, source, void 0, into);
			return;
		}
		if (kind === "path" || kind === "terraform" || kind === "self") return;
		const key = `${scope.path}\n${reference}`;
		if (into.visited.has(key)) return;
		into.visited.add(key);
		if (kind === "var") this.#collectVariable(scope, steps, into);
		else if (kind === "local") this.#collectLocal(scope, name, block, into);
		else if (kind === "module") this.#collectModule(scope, steps, into);
		else if (kind === "data") this.#collectData(scope, steps, into);
		else into.dependsOnResource = true;
	}
	#collectVariable(scope, [, name = "", ...path], into) {
		if (!Object.hasOwn(scope.module.variables ?? {}, name)) return;
		if (scope.parent !== void 0) {
			const { scope: caller, call } = scope.parent;
			this.#collectExpression(caller, call.expressions?.[name], call, into);
			return;
		}
		const sensitive = scope.module.variables?.[name]?.sensitive === true;
		const steps = sensitive ? [] : path;
		const variable = at(this.#json.variables, name);
		const value = steps.reduce((part, step) => at(part, step), at(variable, "value"));
		into.values.set([
			"var",
			name,
			...steps
		].join("."), {
			value,
			sensitive
		});
	}
	#collectLocal(scope, name, block, into) {
		const text = this.#files(scope.path)?.local(name);
		if (text !== void 0) {
			this.#collectReferences(scope, referencesIn(text), block, into);
			return;
		}
		this.#collectAll(scope, block, into);
	}
	#collectAll(scope, block, into) {
		into.dependsOnResource = true;
		into.dependsOnCaller = true;
		const { variables = {}, module_calls = {}, resources = [] } = scope.module;
		const possible = [
			...Object.keys(variables).map((variable) => `var.${variable}`),
			...Object.keys(module_calls).map((call) => `module.${call}`),
			...resources.filter(({ mode }) => mode === "data").map(addressOf)
		];
		for (const reference of possible) this.#collect(scope, reference, block, into);
	}
	#collectModule(scope, [, name = "", output], into) {
		const child = childScope(scope, name);
		const outputs = Object.entries(child?.module.outputs ?? {});
		for (const [each, { expression }] of outputs) if (child !== void 0 && (output === void 0 || output === each)) this.#collectExpression(child, expression, void 0, into);
	}
	#collectData(scope, [, type = "", name = "", ...path], into) {
		if (isCallerSource(type)) {
			into.dependsOnCaller = true;
			return;
		}
		const place = `${scope.path === "" ? "" : `module.${scope.path.replaceAll(".", ".module.")}.`}data.${type}.${name}`;
		const resource = scope.module.resources?.find((each) => each.mode === "data" && each.type === type && each.name === name);
		this.#collectExpression(scope, resource?.expressions, resource, into);
		const read = this.#dataSources().get(place);
		if (read === void 0) {
			into.dependsOnResource = true;
			return;
		}
		for (const { address, input } of tokenSources.test(type) ? [] : read) {
			const steps = address === place ? path : [];
			const part = (whole) => steps.reduce((each, step) => at(each, step), whole);
			const reference = [address, ...steps].join(".");
			into.values.set(reference, {
				value: part(input.value),
				sensitive: part(input.sensitive) ?? false
			});
		}
	}
	#dataSources() {
		if (this.#dataValues !== void 0) return this.#dataValues;
		const found = new Map();
		const visit = (module) => {
			for (const { address, mode, values, sensitive_values } of module?.resources ?? []) {
				if (mode !== "data") continue;
				const place = withoutInstanceKeys(address);
				const source = {
					address,
					input: {
						value: values,
						sensitive: sensitive_values
					}
				};
				found.set(place, [...found.get(place) ?? [], source]);
			}
			for (const child of module?.child_modules ?? []) visit(child);
		};
		visit(this.#json.prior_state?.values?.root_module);
		this.#dataValues = found;
		return found;
	}
};
function emptyInputs() {
	return {
		values: new Map(),
		references: new Set(),
		visited: new Set(),
		dependsOnResource: false,
		dependsOnCaller: false
	};
}
function finished({ values, references, dependsOnResource, dependsOnCaller }) {
	return {
		values: new Map([...values].sort(([a], [b]) => a < b ? -1 : 1)),
		references: [...references].sort(),
		dependsOnResource,
		dependsOnCaller
	};
}
function childScope(scope, name) {
	const call = Object.hasOwn(scope.module.module_calls ?? {}, name) ? scope.module.module_calls?.[name] : void 0;
	if (call?.module === void 0) return void 0;
	return {
		module: call.module,
		path: scope.path === "" ? name : `${scope.path}.${name}`,
		parent: {
			scope,
			call
		}
	};
}
function addressOf({ mode, type, name }) {
	return `${mode === "data" ? "data." : ""}${type}.${name}`;
}
function splitModules(address) {
	const steps = address.split(".");
	const modules = [];
	while (steps[0] === "module") {
		steps.shift();
		modules.push(steps.shift() ?? "");
	}
	return {
		modules,
		rest: steps.join(".")
	};
}
function referencesOf(expression) {
	if (Array.isArray(expression)) return expression.flatMap(referencesOf);
	const { references, constant_value, ...parts } = asObject(expression);
	if (constant_value !== void 0) return [];
	if (!Array.isArray(references)) return [references ?? [], ...Object.values(parts)].flatMap(referencesOf);
	const list = references.filter((each) => typeof each === "string");
	return list.filter((reference, index) => !isPrefix(reference, list[index - 1]));
}
function isPrefix(reference, longer) {
	return longer?.startsWith(reference) === true && /^(?:\.[^.[]+|\[[^\]]*\])$/.test(longer.slice(reference.length));
}
const referencePattern = /(?<![\w.-])(?:var|local|module|data|each|count|[a-z][\w-]*_[\w-]*)(?:\.[A-Za-z_][\w-]*|\["[^"]*"\]|\[\d+\]|\[\*\]|\.\*|\.\d+)+/g;
function referencesIn(text) {
	return [...text.matchAll(referencePattern)].map(([reference]) => reference);
}
const moduleKey = /^(module\.[\w-]+)(?:\["[^"]*"\]|\[\d+\]|\[\*\]|\.\*)/;
function stepsOf(reference) {
	const steps = [];
	const found = reference.replace(moduleKey, "$1").matchAll(/([A-Za-z_][\w-]*)|\["([^"]*)"\]|\*|\d+/g);
	for (const [, name, key] of found) {
		const step = name ?? key;
		if (step === void 0) break;
		steps.push(step);
	}
	return steps;
}
// src/approval/module-files.ts
function moduleFilesOf(directory, dataDirectory) {
	const read = new Map();
	let directories;
	return (modulePath) => {
		if (!read.has(modulePath)) {
			directories ??= moduleDirectories(directory, dataDirectory);
			const place = directories.get(modulePath);
			read.set(modulePath, place === void 0 ? void 0 : readModuleFiles(place));
		}
		return read.get(modulePath);
	};
}
function readModuleFiles(directory) {
	if (!existsSync(directory)) return void 0;
	const files = readdirSync(directory).filter((name) => /\.(?:tf|tofu)(?:\.json)?$/.test(name));
	if (files.some((name) => name.endsWith(".json"))) return void 0;
	const locals = new Map();
	const dynamic = new Map();
	for (const file of files) {
		const text = readFileSync(join(directory, file), "utf8");
		if (!/\b(?:locals|dynamic)\b/.test(text)) continue;
		for (const block of parseHcl(text).blocks) {
			if (block.type === "locals") for (const [name, value] of block.attributes) locals.set(name, `${locals.get(name) ?? ""} ${value}`);
			if (block.type !== "resource" && block.type !== "data") continue;
			const resource = `${block.type === "data" ? "data." : ""}${block.labels.join(".")}`;
			collectDynamic(block, void 0, (name, value) => {
				const key = `${resource} ${name}`;
				dynamic.set(key, [...dynamic.get(key) ?? [], value]);
			});
		}
	}
	return {
		local: (name) => locals.get(name),
		dynamicBlocks: (resource, block) => dynamic.get(`${resource} ${block}`) ?? []
	};
}
function collectDynamic(block, attribute, add) {
	for (const inner of block.blocks) {
		const name = attribute ?? blockName(inner);
		if (inner.type === "dynamic" || attribute !== void 0) collectAll(inner, (value) => add(name, value));
		else collectDynamic(inner, holdsDynamic(inner) ? name : void 0, add);
	}
}
function blockName({ type, labels }) {
	return type === "dynamic" ? labels[0] ?? "" : type;
}
function holdsDynamic({ blocks }) {
	return blocks.some((inner) => inner.type === "dynamic" || holdsDynamic(inner));
}
function collectAll({ attributes, blocks }, add) {
	for (const value of attributes.values()) add(value);
	for (const inner of blocks) collectAll(inner, add);
}
function moduleDirectories(directory, dataDirectory) {
	const list = join(dataDirectory, "modules", "modules.json");
	const named = (existsSync(list) ? asList(asObject(parseJson(readFileSync(list, "utf8"))).Modules) : []).flatMap((each) => {
		const { Key, Dir } = asObject(each);
		return typeof Key === "string" && asText(Dir) !== void 0 ? [[Key, resolve(directory, String(Dir))]] : [];
	});
	return new Map([...named, ["", directory]]);
}
// src/approval/forms.ts
function normalizeInForm(form, json, context, signer, env) {
	const settings = settingsOf(context, env, form);
	const view = viewInForm(form, json, context, env);
	if (view === void 0) return normalizePlan(withoutExactNumbers(json), settings, signer);
	const providers = providerSettings(json, view, signer, env);
	return normalizePlan(json, {
		...settings,
		...providers
	}, signer, view);
}
function viewInForm(form, json, { directory, commits, ignoredPaths = [] }, env) {
	if (form === 1) return void 0;
	const configuration = new Configuration(json, moduleFilesOf(directory, dataDirectory(directory, env)));
	return {
		placeholders: placeholdersOf(json, commits ?? []),
		configuration,
		ignoredPaths
	};
}
function withoutExactNumbers(json) {
	return JSON.parse(JSON.stringify(json));
}
// src/approval/superseded.ts
function whySuperseded(facts) {
	const { commit, branch, range, later, unread, attempt, required } = facts;
	const name = `Commit ${commit.slice(0, 7)}`;
	if (range.relation === "same") return void 0;
	const newer = later.find(({ life }) => life?.stage === "applied" || life?.stage === "applying");
	if (newer?.life !== void 0) {
		const done = newer.life.stage === "applied" ? "was applied" : "is being applied";
		return `${name} is superseded: pull request #${newer.number} was merged after it and ${done} already.`;
	}
	if (required === "none") return void 0;
	if (range.relation === "unrelated") return `${name} is not on the branch ${branch} any more.`;
	if (range.commits === void 0) return `${name} is superseded: the branch ${branch} has hundreds of newer commits.`;
	if (unread > 0) return `${name} is superseded: more than ${later.length} pull requests were merged into ${branch} after it.`;
	if (attempt <= 1) return void 0;
	return `This is a re-run for an earlier commit: ${commit.slice(0, 7)} is not the newest commit of ${branch}.`;
}
// src/approval/review.ts
const maxOtherRecords = 10;
const maxLaterRecords = 30;
function requestReview(request, pullRequest) {
	const { json, context, secrets, redact, binding, commit, runUrl, images } = request;
	const signer = signerFor(secrets, request.approval, void 0);
	const plan = fingerprintPlan(json, context, signer, redact);
	const { fingerprint, normalized } = plan;
	const { remarks } = normalized;
	const approval = {
		outcome: "awaiting",
		fingerprint,
		reviewed: void 0,
		differences: [],
		remarks
	};
	if (pullRequest === void 0) return { approval };
	return {
		approval,
		record: {
			record: createRecord(plan, {
				binding: {
					...binding,
					pullRequest
				},
				head: commit,
				runUrl,
				...imagesPart(images),
				life: reviewed
			}),
			signer
		}
	};
}
async function reviewPlan(request, pullRequest, source) {
	const own = await readOwnFacts(request, pullRequest, source);
	const mayBeSuperseded = own.hasChanges && !request.isBeforeMerge;
	const superseded = source && mayBeSuperseded ? await findSuperseding(request, pullRequest, source) : void 0;
	let facts = {
		...own,
		superseded
	};
	let decided = decideApproval(facts);
	const { code } = decided.failure ?? {};
	if (source !== void 0 && pullRequest !== void 0 && !request.isBeforeMerge && (code === "PLAN_CHANGED" || code === "PLAN_NOT_REVIEWED")) {
		facts = {
			...facts,
			earlier: await readEarlierReviews(request, pullRequest, source)
		};
		if (facts.earlier.length > 0) decided = decideApproval(facts);
	}
	return {
		...decided,
		plan: facts.plan,
		...recordsAfter(request, facts, decided.approval)
	};
}
async function reviewQueuedPlan(request, pullRequest, source) {
	return decideQueued({
		...await readOwnFacts(request, pullRequest, source),
		superseded: void 0
	});
}
function asApplied(signed, commit, tainted) {
	return withLife(signed, applied(commit, tainted));
}
function asApplying(signed, commit, run) {
	return withLife(signed, applying(reviewed, commit, run));
}
function withLife(signed, life) {
	return {
		...signed,
		record: {
			...signed.record,
			life
		}
	};
}
function signedWithState(signed, lineage) {
	if (signatureMode(signed.record) !== "none") return signed;
	const signer = createPlanSigner("", lineage, void 0);
	return {
		record: {
			...signed.record,
			signedWith: signer.mode
		},
		signer
	};
}
function recordsAfter(request, { plan, pullRequest, commentRecord, commit }, { outcome }) {
	if (pullRequest === void 0) return {};
	const { secrets, binding, run, runUrl, images } = request;
	const own = commentRecord?.integrity === "intact" ? commentRecord.record : void 0;
	const signer = createPlanSigner(secrets.key, secrets.lineage, void 0);
	const unsigned = commentRecord?.integrity === "unsigned" ? commentRecord.record : void 0;
	const kept = own !== void 0 ? {
		record: own,
		signer
	} : unsigned && {
		record: unsigned,
		signer: saltedSigner()
	};
	if (outcome === "refused") return { record: kept };
	const isKept = outcome === "reviewed" || outcome === "remainder" || outcome === "covered" || outcome === "no-changes";
	const about = {
		binding: {
			...binding,
			pullRequest: pullRequest.number
		},
		head: pullRequest.head,
		runUrl,
		...imagesPart(images)
	};
	const isOfThisPlace = commentRecord && whyRecordUnusable(commentRecord, pullRequest, request) === void 0;
	const record = (isKept && isOfThisPlace ? own : void 0) ?? createRecord(plan, {
		...about,
		life: reviewed
	});
	const withLife = (life) => ({
		record: {
			...record,
			...signature(record, signer),
			life
		},
		signer
	});
	if (outcome === "no-changes") return { record: withLife(applied(commit, [])) };
	return {
		record: kept,
		begun: withLife(applying(record.life, commit, run))
	};
}
function imagesPart(images = []) {
	return images.length === 0 ? {} : { images };
}
function signature({ mode }, signer) {
	return signer.mode === mode ? {} : { signedWith: signer.mode };
}
async function readRecordedImages(request, pullRequest, source) {
	const body = await source.readComment(pullRequest.number);
	const found = body === void 0 ? void 0 : findRecord(body, request.secrets);
	if (found === void 0) return {
		images: [],
		why: `Pull request #${pullRequest.number} has no plan comment of this action.`
	};
	const unusable = whyRecordUnusable(found, pullRequest, request);
	if (unusable !== void 0) return {
		images: [],
		why: unusable.sentence
	};
	const signer = createPlanSigner(request.secrets.key, request.secrets.lineage, void 0);
	return {
		images: found.record.images ?? [],
		record: {
			record: found.record,
			signer
		}
	};
}
async function readEarlierImages(request, pullRequest, source) {
	const merged = await source.mergedPullRequests(pullRequest.base);
	const ownIndex = merged.findIndex(({ number }) => number === pullRequest.number);
	const earlier = ownIndex < 0 ? [] : merged.slice(ownIndex + 1, ownIndex + 1 + maxOtherRecords);
	const images = [];
	for (const each of earlier) images.push(...(await readRecordedImages(request, each, source)).images);
	return images;
}
async function readOwnFacts(request, pullRequest, source) {
	const { json, hasChanges, context, secrets, approval, binding, formerTarget, commit, redact } = request;
	const body = pullRequest === void 0 ? void 0 : await source?.readComment(pullRequest.number);
	const commentRecord = body === void 0 ? void 0 : findRecord(body, secrets);
	const signer = signerFor(secrets, approval, commentRecord);
	const commits = [...context.commits ?? [], ...pullRequest === void 0 ? [] : [pullRequest.head]];
	const inContext = {
		...context,
		commits
	};
	const form = formOf(commentRecord?.integrity === "intact" ? commentRecord.record.outline.settings : void 0);
	return {
		approval,
		plan: fingerprintPlan(json, inContext, signer, redact, form),
		hasChanges,
		pullRequest,
		commentRecord,
		binding,
		formerTarget,
		commit,
		existing: existingObjects(json, signer, redact, viewInForm(form, json, inContext, process.env)),
		hasComment: body !== void 0,
		earlier: []
	};
}
async function findSuperseding(request, pullRequest, source) {
	const ofRun = request.branch.startsWith("refs/") ? [] : [request.branch];
	for (const branch of new Set([...pullRequest === void 0 ? [] : [pullRequest.base], ...ofRun])) {
		const reason = await findSupersedingOn(branch, request, pullRequest, source);
		if (reason !== void 0) return reason;
	}
}
async function findSupersedingOn(branch, request, pullRequest, source) {
	const { commit, run, approval: required } = request;
	const range = await source.commitsBetween(commit, branch);
	const later = [];
	let unread = 0;
	if (range.relation === "ancestor") {
		const after = range.commits && new Set(range.commits);
		const merged = await source.mergedPullRequests(branch);
		const ownIndex = merged.findIndex(({ number }) => number === pullRequest?.number);
		const candidates = merged.filter(({ mergeCommit }, index) => after?.has(mergeCommit) ?? index < ownIndex);
		for (const { number, mergeCommit } of candidates.slice(0, maxLaterRecords)) {
			const life = await readLifeOf(request, number, source);
			later.push({
				number,
				mergeCommit,
				life
			});
			if (life?.stage === "applied" || life?.stage === "applying") break;
		}
		unread = candidates.length - later.length;
	}
	return whySuperseded({
		commit,
		branch,
		range,
		later,
		unread,
		attempt: run.attempt,
		required
	});
}
async function readLifeOf({ secrets, binding, formerTarget }, number, source) {
	const body = await source.readComment(number);
	const found = body === void 0 ? void 0 : findRecord(body, secrets);
	if (found === void 0) return void 0;
	const { workflow } = found.record.binding;
	return whyRecordUnusable(found, {
		number,
		head: found.record.head
	}, {
		binding: {
			...binding,
			workflow
		},
		formerTarget
	}) === void 0 ? found.record.life : void 0;
}
async function readEarlierReviews(request, pullRequest, source) {
	const merged = await source.mergedPullRequests(pullRequest.base);
	const ownIndex = merged.findIndex(({ number }) => number === pullRequest.number);
	const found = [];
	for (const each of ownIndex < 0 ? [] : merged.slice(ownIndex + 1, ownIndex + 1 + maxOtherRecords)) {
		const body = await source.readComment(each.number);
		const record = body === void 0 ? void 0 : findRecord(body, request.secrets);
		if (record === void 0 || whyRecordUnusable(record, each, request) !== void 0) continue;
		if (record.record.life.stage === "applied") break;
		found.push({
			pullRequest: each.number,
			record: record.record,
			mergeCommit: each.mergeCommit
		});
	}
	const oldest = found.at(-1);
	if (oldest === void 0) return [];
	const { relation, commits = [] } = await source.commitsBetween(oldest.mergeCommit, request.commit);
	if (relation !== "ancestor") return [];
	const between = new Set([oldest.mergeCommit, ...commits]);
	return found.filter(({ mergeCommit }) => between.has(mergeCommit));
}
function fingerprintPlan(json, context, signer, redact, form = 2) {
	const normalized = normalizeInForm(form, json, context, signer, process.env);
	return {
		normalized,
		signer,
		fingerprint: fingerprintOf(normalized, signer),
		digest: (detail) => digestOf(normalized, redact, detail, form === 1 ? "" : signer.digestKey),
		digestWithoutKey: (detail) => digestOf(normalized, redact, detail)
	};
}
function findRecord(body, { key, lineage }) {
	let signedWith = "other-key";
	const found = readRecord(body, (record) => {
		const strongest = createPlanSigner(key, lineage, void 0);
		const mode = signatureMode(record);
		if (strongest.mode === mode) {
			signedWith = "intact";
			return strongest;
		}
		if (mode !== "none" || strongest.mode === "key") return void 0;
		signedWith = "unsigned";
		return saltedSigner();
	});
	if (found === void 0) return void 0;
	const integrity = found.intact || signedWith === "other-key" ? signedWith : "edited";
	return {
		record: found.record,
		integrity
	};
}
function signerFor({ key, lineage }, approval, commentRecord) {
	if (commentRecord?.integrity === "intact" && commentRecord.record.mode === "none") return saltedSigner(saltOf(commentRecord.record.fingerprint));
	return createPlanSigner(key, lineage, saltOf(approval));
}
function saltOf(fingerprint) {
	return /^scrypt:([0-9a-f]+):/.exec(fingerprint)?.[1];
}
const maxRecordUnits = 2e4;
const maxDigests = maxRecordUnits / 8;
function createRecord({ fingerprint, signer, normalized, digest }, about) {
	const recordWith = (detail) => {
		return {
			version: 2,
			fingerprint,
			mode: signer.mode,
			...about,
			outline: digest(detail)
		};
	};
	const { changes } = normalized;
	if (changes.length > maxDigests) return recordWith("nothing");
	const attributes = changes.reduce((sum, { before, after }) => sum + Object.keys({
		...before,
		...after
	}).length, 0);
	const details = changes.length + attributes <= maxDigests ? ["attributes", "addresses"] : ["addresses"];
	for (const detail of details) {
		const record = recordWith(detail);
		if (recordLength(record) <= maxRecordUnits) return record;
	}
	return recordWith("nothing");
}
export { asApplied, asApplying, findRecord, isSameChange, readEarlierImages, readRecordedImages, requestReview, reviewPlan, reviewQueuedPlan, settingDifferences, signedWithState, whyRecordUnusable };
