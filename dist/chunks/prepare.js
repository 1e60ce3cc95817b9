import { __toESM } from "./rolldown-runtime.js";
import { CancelledError, InputError, ServiceError, TerraformError, asList, asObject, asText, exactDigits, gunzippedText, inNaturalOrder, isObject, isRuleName, isSetting, joined, keySetting, line, listManagedResources, log, mergeBackendConfig, messageOf, parseExactJson, parseHcl, parseJson, plainString, saveRunning, secrets, shorten, stateName, visible, withoutInstanceKeys } from "./entry.js";
import { lockFileDigest, stateSettings } from "./settings.js";
import { assertCredentialOutputs, credentialSecrets } from "./credential-outputs2.js";
import { assertUsableEndpoint } from "./deployment2.js";
import { findAddressedTarget, findCandidate, findExplicitTarget, outputText, specific } from "./platforms.js";
import { runOf } from "./history.js";
import { Repository, inRepository } from "./matrix.js";
import { assertRemoteBackend, configuredBackend, configuredStateKey, poll, prepareRootModule, readBackendRecord, readConfiguration, sleep } from "./verify.js";
import { require_dist } from "./yaml.js";
import { findProgram, isIn, query, startDetached } from "./child.js";
import { can, capabilities, findRun, findUnknownRun, isLockTimeout, readSavedRun, unconfirmedRun } from "./remote-workspace.js";
import { fromValidate, locateProblem, readDiagnostics } from "./thrown-error.js";
import { hasCliSetting, preparePluginCache, terraformEnvironment, untrustedSettings, varFileArguments } from "./environment.js";
import { addStateSecrets, endpointSecrets, executable, extractedPrefix, leftOutMessages, messageStart, openMessages, parseOutput, readStateSecrets, resourceNames, sensitiveValues, withoutNewIds, withoutPreface, wrappedBinary } from "./binary.js";
import { releasePlatform, tools } from "./tools.js";
import { require_semver } from "./semver.js";
import { download, request } from "./http.js";
import { YamlScalar, absent, decodedText, differsInYaml, documentPart, identity, isEmpty, isSame, keysOf, membersOf, partAt, partKind, readJson } from "./part.js";
import { noRemark, prefixes, weights } from "./line.js";
const { closeSync, cpSync, createReadStream, createWriteStream, existsSync, fstatSync, lstatSync, mkdirSync, mkdtempSync, openSync, readFileSync, readSync, readdirSync, readlinkSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } = process.getBuiltinModule("node:fs");
const { basename, dirname, join, relative, resolve } = process.getBuiltinModule("node:path");
const createHash = (...values) => process.getBuiltinModule("node:crypto").createHash(...values);
const createPublicKey = (...values) => process.getBuiltinModule("node:crypto").createPublicKey(...values);
const randomUUID = (...values) => process.getBuiltinModule("node:crypto").randomUUID(...values);
const verify = (...values) => process.getBuiltinModule("node:crypto").verify(...values);
const createInflateRaw = (...values) => process.getBuiltinModule("node:zlib").createInflateRaw(...values);
const inflateRawSync = (...values) => process.getBuiltinModule("node:zlib").inflateRawSync(...values);
const { constants: constants$1 } = process.getBuiltinModule("node:buffer");
const { open } = process.getBuiltinModule("node:fs/promises");
const { tmpdir } = process.getBuiltinModule("node:os");
const { StringDecoder } = process.getBuiltinModule("node:string_decoder");
const { pipeline } = process.getBuiltinModule("node:stream/promises");
// src/approval/lineage.ts
const maxStateBytes = 536870912;
function lineageOf(planFile) {
	let state = "";
	try {
		state = entryOf(planFile, "tfstate").toString("utf8");
	} catch {}
	const lineage = lineageInState(state);
	if (lineage === void 0) throw new InputError("The plan file cannot be read, perhaps because it is encrypted, so the lineage of the state cannot sign the plan record. Set the input plan-approval-key, the same for plan and apply.", "PLAN_FILE_UNREADABLE");
	return lineage === "" ? void 0 : lineage;
}
function lineageInState(state) {
	try {
		const { lineage, version } = JSON.parse(state);
		if (typeof version !== "number") return void 0;
		return lineage === void 0 ? "" : typeof lineage === "string" ? lineage : void 0;
	} catch {
		return;
	}
}
function entryOf(zip, wanted) {
	const end = zip.lastIndexOf("PK", void 0, "latin1");
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
	throw new Error(`The archive does not have the entry ${wanted}.`);
}
// src/terraform/configured.ts
var import_semver = __toESM(require_semver(), 1);
var import_dist = require_dist();
function configuredAttributes({ configuration }) {
	const byAddress = new Map();
	collect(configuration?.root_module, "", byAddress);
	return (address) => byAddress.get(withoutInstanceKeys(address));
}
function writeOnlyArguments({ actions, before, after, after_unknown }, set = {}) {
	const [was, will, unknown] = [
		asObject(before),
		asObject(after),
		asObject(after_unknown)
	];
	return Object.entries(set).flatMap(([name, expression]) => {
		if (will[name] !== null || unknown[name] === true) return [];
		const { constant_value: literal, references } = asObject(expression);
		const sources = sourcesIn(references);
		const isSet = sources.length > 0 || literal !== void 0 && literal !== null;
		const isWriteOnly = name.endsWith("_wo") || sources.some((source) => source.startsWith("ephemeral."));
		if (!isSet || !isWriteOnly) return [];
		const version = `${name}_version`;
		return actions.includes("create") || !(version in will) || was[version] !== will[version] ? [{
			name,
			sources
		}] : [];
	});
}
function sourcesIn(references) {
	const all = new Set(asList(references).flatMap((each) => asText(each) ?? []));
	const isPart = (reference) => [...reference.matchAll(/[.[]/g)].some(({ index }) => all.has(reference.slice(0, index)));
	return [...all].filter((each) => !isPart(each));
}
function collect(module, prefix, byAddress) {
	for (const { address, expressions } of module?.resources ?? []) if (address !== void 0) byAddress.set(`${prefix}${address}`, expressions ?? {});
	for (const [name, call] of Object.entries(module?.module_calls ?? {})) collect(call.module, `${prefix}module.${name}.`, byAddress);
}
// src/terraform/diff/path.ts
const naming = [
	"name",
	"Name",
	"Sid",
	"sid",
	"key",
	"Key",
	"id",
	"Id",
	"containerPort"
];
function isNaming(field) {
	return naming.some((name) => name === field);
}
const maxKeyUnits = 100;
const maxPathUnits = 200;
function pathText(path, redact) {
	return shorten(visible(formatPath(path, (key) => shorten(redact(key), maxKeyUnits))), maxPathUnits);
}
function rawPathText(path) {
	return formatPath(path, (key) => key);
}
function formatPath(path, show) {
	let text = "";
	for (const step of path) if (typeof step === "number") text += `[${step}]`;
	else if (typeof step === "object") text += `[${keyText(step, show)}]`;
	else if (/^[A-Za-z_][\w-]*$/.test(step)) text += `${text === "" ? "" : "."}${show(step)}`;
	else text += `[${JSON.stringify(show(step))}]`;
	return text;
}
function isShortenedPath(path) {
	const units = (step) => {
		if (typeof step === "string") return step.length;
		return typeof step === "object" ? step.field.length + String(step.value).length : 0;
	};
	return path.some((step) => units(step) > maxKeyUnits) || rawPathText(path).length > maxPathUnits;
}
function keyText({ field, value }, show) {
	const shown = typeof value === "string" ? JSON.stringify(show(value)) : String(value);
	return typeof value === "string" && isNaming(field) ? shown : `${formatPath([field], show)} = ${shown}`;
}
// node_modules/diff/libesm/diff/base.js
var Diff = class {
	diff(oldStr, newStr, options = {}) {
		let callback;
		if (typeof options === "function") {
			callback = options;
			options = {};
		} else if ("callback" in options) callback = options.callback;
		const oldString = this.castInput(oldStr, options);
		const newString = this.castInput(newStr, options);
		const oldTokens = this.removeEmpty(this.tokenize(oldString, options));
		const newTokens = this.removeEmpty(this.tokenize(newString, options));
		return this.diffWithOptionsObj(oldTokens, newTokens, options, callback);
	}
	diffWithOptionsObj(oldTokens, newTokens, options, callback) {
		var _a;
		const done = (value) => {
			value = this.postProcess(value, options);
			if (callback) {
				setTimeout(function() {
					callback(value);
				}, 0);
				return;
			} else return value;
		};
		const newLen = newTokens.length, oldLen = oldTokens.length;
		let editLength = 1;
		let maxEditLength = newLen + oldLen;
		if (options.maxEditLength != null) maxEditLength = Math.min(maxEditLength, options.maxEditLength);
		const maxExecutionTime = (_a = options.timeout) !== null && _a !== void 0 ? _a : Infinity;
		const abortAfterTimestamp = Date.now() + maxExecutionTime;
		const bestPath = [{
			oldPos: -1,
			lastComponent: void 0
		}];
		let newPos = this.extractCommon(bestPath[0], newTokens, oldTokens, 0, options);
		if (bestPath[0].oldPos + 1 >= oldLen && newPos + 1 >= newLen) return done(this.buildValues(bestPath[0].lastComponent, newTokens, oldTokens));
		let minDiagonalToConsider = -Infinity, maxDiagonalToConsider = Infinity;
		const execEditLength = () => {
			for (let diagonalPath = Math.max(minDiagonalToConsider, -editLength); diagonalPath <= Math.min(maxDiagonalToConsider, editLength); diagonalPath += 2) {
				let basePath;
				const removePath = bestPath[diagonalPath - 1], addPath = bestPath[diagonalPath + 1];
				if (removePath) bestPath[diagonalPath - 1] = void 0;
				let canAdd = false;
				if (addPath) {
					const addPathNewPos = addPath.oldPos - diagonalPath;
					canAdd = addPath && 0 <= addPathNewPos && addPathNewPos < newLen;
				}
				const canRemove = removePath && removePath.oldPos + 1 < oldLen;
				if (!canAdd && !canRemove) {
					bestPath[diagonalPath] = void 0;
					continue;
				}
				if (!canRemove || canAdd && removePath.oldPos < addPath.oldPos) basePath = this.addToPath(addPath, true, false, 0, options);
				else basePath = this.addToPath(removePath, false, true, 1, options);
				newPos = this.extractCommon(basePath, newTokens, oldTokens, diagonalPath, options);
				if (basePath.oldPos + 1 >= oldLen && newPos + 1 >= newLen) return done(this.buildValues(basePath.lastComponent, newTokens, oldTokens)) || true;
				else {
					bestPath[diagonalPath] = basePath;
					if (basePath.oldPos + 1 >= oldLen) maxDiagonalToConsider = Math.min(maxDiagonalToConsider, diagonalPath - 1);
					if (newPos + 1 >= newLen) minDiagonalToConsider = Math.max(minDiagonalToConsider, diagonalPath + 1);
				}
			}
			editLength++;
		};
		if (callback) (function exec() {
			setTimeout(function() {
				if (editLength > maxEditLength || Date.now() > abortAfterTimestamp) return callback(void 0);
				if (!execEditLength()) exec();
			}, 0);
		})();
		else while (editLength <= maxEditLength && Date.now() <= abortAfterTimestamp) {
			const ret = execEditLength();
			if (ret) return ret;
		}
	}
	addToPath(path, added, removed, oldPosInc, options) {
		const last = path.lastComponent;
		if (last && !options.oneChangePerToken && last.added === added && last.removed === removed) return {
			oldPos: path.oldPos + oldPosInc,
			lastComponent: {
				count: last.count + 1,
				added,
				removed,
				previousComponent: last.previousComponent
			}
		};
		else return {
			oldPos: path.oldPos + oldPosInc,
			lastComponent: {
				count: 1,
				added,
				removed,
				previousComponent: last
			}
		};
	}
	extractCommon(basePath, newTokens, oldTokens, diagonalPath, options) {
		const newLen = newTokens.length, oldLen = oldTokens.length;
		let oldPos = basePath.oldPos, newPos = oldPos - diagonalPath, commonCount = 0;
		while (newPos + 1 < newLen && oldPos + 1 < oldLen && this.equals(oldTokens[oldPos + 1], newTokens[newPos + 1], options)) {
			newPos++;
			oldPos++;
			commonCount++;
			if (options.oneChangePerToken) basePath.lastComponent = {
				count: 1,
				previousComponent: basePath.lastComponent,
				added: false,
				removed: false
			};
		}
		if (commonCount && !options.oneChangePerToken) basePath.lastComponent = {
			count: commonCount,
			previousComponent: basePath.lastComponent,
			added: false,
			removed: false
		};
		basePath.oldPos = oldPos;
		return newPos;
	}
	equals(left, right, options) {
		if (options.comparator) return options.comparator(left, right);
		else return left === right || !!options.ignoreCase && left.toLowerCase() === right.toLowerCase();
	}
	removeEmpty(array) {
		const ret = [];
		for (let i = 0; i < array.length; i++) if (array[i]) ret.push(array[i]);
		return ret;
	}
	castInput(value, options) {
		return value;
	}
	tokenize(value, options) {
		return Array.from(value);
	}
	join(chars) {
		return chars.join("");
	}
	postProcess(changeObjects, options) {
		return changeObjects;
	}
	get useLongestToken() {
		return false;
	}
	buildValues(lastComponent, newTokens, oldTokens) {
		const components = [];
		let nextComponent;
		while (lastComponent) {
			components.push(lastComponent);
			nextComponent = lastComponent.previousComponent;
			delete lastComponent.previousComponent;
			lastComponent = nextComponent;
		}
		components.reverse();
		const componentLen = components.length;
		let componentPos = 0, newPos = 0, oldPos = 0;
		for (; componentPos < componentLen; componentPos++) {
			const component = components[componentPos];
			if (!component.removed) {
				if (!component.added && this.useLongestToken) {
					let value = newTokens.slice(newPos, newPos + component.count);
					value = value.map(function(value, i) {
						const oldValue = oldTokens[oldPos + i];
						return oldValue.length > value.length ? oldValue : value;
					});
					component.value = this.join(value);
				} else component.value = this.join(newTokens.slice(newPos, newPos + component.count));
				newPos += component.count;
				if (!component.added) oldPos += component.count;
			} else {
				component.value = this.join(oldTokens.slice(oldPos, oldPos + component.count));
				oldPos += component.count;
			}
		}
		return components;
	}
};
// node_modules/diff/libesm/diff/character.js
var CharacterDiff = class extends Diff {};
new CharacterDiff();
// node_modules/diff/libesm/util/string.js
function longestCommonPrefix(str1, str2) {
	let i = 0;
	for (; i < str1.length && i < str2.length; i++) if (str1[i] != str2[i]) return str1.slice(0, i);
	return str1.slice(0, i);
}
function longestCommonSuffix(str1, str2) {
	let i;
	if (!str1 || !str2 || str1[str1.length - 1] != str2[str2.length - 1]) return "";
	for (i = 0; i < str1.length && i < str2.length; i++) if (str1[str1.length - (i + 1)] != str2[str2.length - (i + 1)]) return str1.slice(-i);
	return str1.slice(-i);
}
function replacePrefix(string, oldPrefix, newPrefix) {
	if (string.slice(0, oldPrefix.length) != oldPrefix) throw Error(`string ${JSON.stringify(string)} doesn't start with prefix ${JSON.stringify(oldPrefix)}; this is a bug`);
	return newPrefix + string.slice(oldPrefix.length);
}
function replaceSuffix(string, oldSuffix, newSuffix) {
	if (!oldSuffix) return string + newSuffix;
	if (string.slice(-oldSuffix.length) != oldSuffix) throw Error(`string ${JSON.stringify(string)} doesn't end with suffix ${JSON.stringify(oldSuffix)}; this is a bug`);
	return string.slice(0, -oldSuffix.length) + newSuffix;
}
function removePrefix(string, oldPrefix) {
	return replacePrefix(string, oldPrefix, "");
}
function removeSuffix(string, oldSuffix) {
	return replaceSuffix(string, oldSuffix, "");
}
function maximumOverlap(string1, string2) {
	return string2.slice(0, overlapCount(string1, string2));
}
function overlapCount(a, b) {
	let startA = 0;
	if (a.length > b.length) startA = a.length - b.length;
	let endB = b.length;
	if (a.length < b.length) endB = a.length;
	const map = Array(endB);
	let k = 0;
	map[0] = 0;
	for (let j = 1; j < endB; j++) {
		if (b[j] == b[k]) map[j] = map[k];
		else map[j] = k;
		while (k > 0 && b[j] != b[k]) k = map[k];
		if (b[j] == b[k]) k++;
	}
	k = 0;
	for (let i = startA; i < a.length; i++) {
		while (k > 0 && a[i] != b[k]) k = map[k];
		if (a[i] == b[k]) k++;
	}
	return k;
}
function segment(string, segmenter) {
	const parts = [];
	for (const segmentObj of Array.from(segmenter.segment(string))) {
		const segment = segmentObj.segment;
		if (parts.length && /\s/.test(parts[parts.length - 1]) && /\s/.test(segment)) parts[parts.length - 1] += segment;
		else parts.push(segment);
	}
	return parts;
}
function trailingWs(string, segmenter) {
	if (segmenter) return leadingAndTrailingWs(string, segmenter)[1];
	let i;
	for (i = string.length - 1; i >= 0; i--) if (!string[i].match(/\s/)) break;
	return string.substring(i + 1);
}
function leadingWs(string, segmenter) {
	if (segmenter) return leadingAndTrailingWs(string, segmenter)[0];
	const match = string.match(/^\s*/);
	return match ? match[0] : "";
}
function leadingAndTrailingWs(string, segmenter) {
	if (!segmenter) return [leadingWs(string), trailingWs(string)];
	if (segmenter.resolvedOptions().granularity != "word") throw new Error("The segmenter passed must have a granularity of \"word\"");
	const segments = segment(string, segmenter);
	const firstSeg = segments[0];
	const lastSeg = segments[segments.length - 1];
	return [/\s/.test(firstSeg) ? firstSeg : "", /\s/.test(lastSeg) ? lastSeg : ""];
}
// node_modules/diff/libesm/diff/word.js
const extendedWordChars = "a-zA-Z0-9_\\u{AD}\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2C6}\\u{2C8}-\\u{2D7}\\u{2DE}-\\u{2FF}\\u{1E00}-\\u{1EFF}";
const tokenizeIncludingWhitespace = new RegExp(`[${extendedWordChars}]+|\\s+|[^${extendedWordChars}]`, "ug");
var WordDiff = class extends Diff {
	equals(left, right, options) {
		if (options.ignoreCase) {
			left = left.toLowerCase();
			right = right.toLowerCase();
		}
		return left.trim() === right.trim();
	}
	tokenize(value, options = {}) {
		let parts;
		if (options.intlSegmenter) {
			const segmenter = options.intlSegmenter;
			if (segmenter.resolvedOptions().granularity != "word") throw new Error("The segmenter passed must have a granularity of \"word\"");
			parts = segment(value, segmenter);
		} else parts = value.match(tokenizeIncludingWhitespace) || [];
		const tokens = [];
		let prevPart = null;
		parts.forEach((part) => {
			if (/\s/.test(part)) {
				if (prevPart == null) tokens.push(part);
				else tokens.push(tokens.pop() + part);
			} else if (prevPart != null && /\s/.test(prevPart)) {
				if (tokens[tokens.length - 1] == prevPart) tokens.push(tokens.pop() + part);
				else tokens.push(prevPart + part);
			} else tokens.push(part);
			prevPart = part;
		});
		return tokens;
	}
	join(tokens) {
		return tokens.map((token, i) => {
			if (i == 0) return token;
			else return token.replace(/^\s+/, "");
		}).join("");
	}
	postProcess(changes, options) {
		if (!changes || options.oneChangePerToken) return changes;
		let lastKeep = null;
		let insertion = null;
		let deletion = null;
		changes.forEach((change) => {
			if (change.added) insertion = change;
			else if (change.removed) deletion = change;
			else {
				if (insertion || deletion) dedupeWhitespaceInChangeObjects(lastKeep, deletion, insertion, change, options.intlSegmenter);
				lastKeep = change;
				insertion = null;
				deletion = null;
			}
		});
		if (insertion || deletion) dedupeWhitespaceInChangeObjects(lastKeep, deletion, insertion, null, options.intlSegmenter);
		return changes;
	}
};
new WordDiff();
function dedupeWhitespaceInChangeObjects(startKeep, deletion, insertion, endKeep, segmenter) {
	if (deletion && insertion) {
		const [oldWsPrefix, oldWsSuffix] = leadingAndTrailingWs(deletion.value, segmenter);
		const [newWsPrefix, newWsSuffix] = leadingAndTrailingWs(insertion.value, segmenter);
		if (startKeep) {
			const commonWsPrefix = longestCommonPrefix(oldWsPrefix, newWsPrefix);
			startKeep.value = replaceSuffix(startKeep.value, newWsPrefix, commonWsPrefix);
			deletion.value = removePrefix(deletion.value, commonWsPrefix);
			insertion.value = removePrefix(insertion.value, commonWsPrefix);
		}
		if (endKeep) {
			const commonWsSuffix = longestCommonSuffix(oldWsSuffix, newWsSuffix);
			endKeep.value = replacePrefix(endKeep.value, newWsSuffix, commonWsSuffix);
			deletion.value = removeSuffix(deletion.value, commonWsSuffix);
			insertion.value = removeSuffix(insertion.value, commonWsSuffix);
		}
	} else if (insertion) {
		if (startKeep) {
			const ws = leadingWs(insertion.value, segmenter);
			insertion.value = insertion.value.substring(ws.length);
		}
		if (endKeep) {
			const ws = leadingWs(endKeep.value, segmenter);
			endKeep.value = endKeep.value.substring(ws.length);
		}
	} else if (startKeep && endKeep) {
		const newWsFull = leadingWs(endKeep.value, segmenter), [delWsStart, delWsEnd] = leadingAndTrailingWs(deletion.value, segmenter);
		const newWsStart = longestCommonPrefix(newWsFull, delWsStart);
		deletion.value = removePrefix(deletion.value, newWsStart);
		const newWsEnd = longestCommonSuffix(removePrefix(newWsFull, newWsStart), delWsEnd);
		deletion.value = removeSuffix(deletion.value, newWsEnd);
		endKeep.value = replacePrefix(endKeep.value, newWsFull, newWsEnd);
		startKeep.value = replaceSuffix(startKeep.value, newWsFull, newWsFull.slice(0, newWsFull.length - newWsEnd.length));
	} else if (endKeep) {
		const endKeepWsPrefix = leadingWs(endKeep.value, segmenter);
		const overlap = maximumOverlap(trailingWs(deletion.value, segmenter), endKeepWsPrefix);
		deletion.value = removeSuffix(deletion.value, overlap);
	} else if (startKeep) {
		const overlap = maximumOverlap(trailingWs(startKeep.value, segmenter), leadingWs(deletion.value, segmenter));
		deletion.value = removePrefix(deletion.value, overlap);
	}
}
var WordsWithSpaceDiff = class extends Diff {
	tokenize(value) {
		const regex = new RegExp(`(\\r?\\n)|[${extendedWordChars}]+|[^\\S\\n\\r]+|[^${extendedWordChars}]`, "ug");
		return value.match(regex) || [];
	}
};
new WordsWithSpaceDiff();
// node_modules/diff/libesm/diff/line.js
var LineDiff = class extends Diff {
	constructor() {
		super(...arguments);
		this.tokenize = tokenize;
	}
	equals(left, right, options) {
		if (options.ignoreWhitespace) {
			if (!options.newlineIsToken || !left.includes("\n")) left = left.trim();
			if (!options.newlineIsToken || !right.includes("\n")) right = right.trim();
		} else if (options.ignoreNewlineAtEof && !options.newlineIsToken) {
			if (left.endsWith("\n")) left = left.slice(0, -1);
			if (right.endsWith("\n")) right = right.slice(0, -1);
		}
		return super.equals(left, right, options);
	}
};
new LineDiff();
function tokenize(value, options) {
	if (options.stripTrailingCr) value = value.replace(/\r\n/g, "\n");
	const retLines = [], linesAndNewlines = value.split(/(\n|\r\n)/);
	if (!linesAndNewlines[linesAndNewlines.length - 1]) linesAndNewlines.pop();
	for (let i = 0; i < linesAndNewlines.length; i++) {
		const line = linesAndNewlines[i];
		if (i % 2 && !options.newlineIsToken) retLines[retLines.length - 1] += line;
		else retLines.push(line);
	}
	return retLines;
}
// node_modules/diff/libesm/diff/sentence.js
function isSentenceEndPunct(char) {
	return char == "." || char == "!" || char == "?";
}
var SentenceDiff = class extends Diff {
	tokenize(value) {
		var _a;
		const result = [];
		let tokenStartI = 0;
		for (let i = 0; i < value.length; i++) {
			if (i == value.length - 1) {
				result.push(value.slice(tokenStartI));
				break;
			}
			if (isSentenceEndPunct(value[i]) && value[i + 1].match(/\s/)) {
				result.push(value.slice(tokenStartI, i + 1));
				i = tokenStartI = i + 1;
				while ((_a = value[i + 1]) === null || _a === void 0 ? void 0 : _a.match(/\s/)) i++;
				result.push(value.slice(tokenStartI, i + 1));
				tokenStartI = i + 1;
			}
		}
		return result;
	}
};
new SentenceDiff();
// node_modules/diff/libesm/diff/css.js
var CssDiff = class extends Diff {
	tokenize(value) {
		return value.split(/([{}:;,]|\s+)/);
	}
};
new CssDiff();
// node_modules/diff/libesm/diff/json.js
var JsonDiff = class extends Diff {
	constructor() {
		super(...arguments);
		this.tokenize = tokenize;
	}
	get useLongestToken() {
		return true;
	}
	castInput(value, options) {
		const { undefinedReplacement, stringifyReplacer = (k, v) => typeof v === "undefined" ? undefinedReplacement : v } = options;
		return typeof value === "string" ? value : JSON.stringify(canonicalize(value, null, null, stringifyReplacer), null, "  ");
	}
	equals(left, right, options) {
		return super.equals(left.replace(/,([\r\n])/g, "$1"), right.replace(/,([\r\n])/g, "$1"), options);
	}
};
new JsonDiff();
function canonicalize(obj, stack, replacementStack, replacer, key) {
	stack = stack || [];
	replacementStack = replacementStack || [];
	if (replacer) obj = replacer(key === void 0 ? "" : key, obj);
	let i = 0;
	for (; i < stack.length; i += 1) if (stack[i] === obj) return replacementStack[i];
	let canonicalizedObj;
	if ("[object Array]" === Object.prototype.toString.call(obj)) {
		stack.push(obj);
		canonicalizedObj = new Array(obj.length);
		replacementStack.push(canonicalizedObj);
		for (i = 0; i < obj.length; i += 1) canonicalizedObj[i] = canonicalize(obj[i], stack, replacementStack, replacer, String(i));
		stack.pop();
		replacementStack.pop();
		return canonicalizedObj;
	}
	if (obj && obj.toJSON) obj = obj.toJSON();
	if (typeof obj === "object" && obj !== null) {
		stack.push(obj);
		canonicalizedObj = {};
		replacementStack.push(canonicalizedObj);
		const sortedKeys = [];
		let key;
		for (key in obj) if (Object.prototype.hasOwnProperty.call(obj, key)) sortedKeys.push(key);
		sortedKeys.sort();
		for (i = 0; i < sortedKeys.length; i += 1) {
			key = sortedKeys[i];
			canonicalizedObj[key] = canonicalize(obj[key], stack, replacementStack, replacer, key);
		}
		stack.pop();
		replacementStack.pop();
	} else canonicalizedObj = obj;
	return canonicalizedObj;
}
// node_modules/diff/libesm/diff/array.js
var ArrayDiff = class extends Diff {
	tokenize(value) {
		return value.slice();
	}
	join(value) {
		return value;
	}
	removeEmpty(value) {
		return value;
	}
};
const arrayDiff = new ArrayDiff();
function diffArrays(oldArr, newArr, options) {
	return arrayDiff.diff(oldArr, newArr, options);
}
// src/terraform/diff/align.ts
const maxEdits = 100;
function commonSubsequence(before, after) {
	let start = 0;
	while (start < before.length && start < after.length && before[start] === after[start]) start++;
	let [endBefore, endAfter] = [before.length, after.length];
	while (endBefore > start && endAfter > start && before[endBefore - 1] === after[endAfter - 1]) {
		endBefore--;
		endAfter--;
	}
	const middle = alignMiddle(before.slice(start, endBefore), after.slice(start, endAfter));
	return [
		...Array.from({ length: start }, (_, index) => [index, index]),
		...middle.map(([b, a]) => [b + start, a + start]),
		...Array.from({ length: before.length - endBefore }, (_, index) => [endBefore + index, endAfter + index])
	];
}
function alignMiddle(before, after) {
	if (before.length === 0 || after.length === 0) return [];
	const edits = diffArrays(before, after, { maxEditLength: maxEdits });
	if (edits === void 0) return increasing(sameOccurrences(before, after));
	const matches = [];
	let [b, a] = [0, 0];
	for (const { added, removed, count } of edits) {
		if (!added && !removed) for (let index = 0; index < count; index++) matches.push([b + index, a + index]);
		if (!added) b += count;
		if (!removed) a += count;
	}
	return matches;
}
function sameOccurrences(before, after) {
	const places = new Map();
	for (const [index, text] of after.entries()) {
		const known = places.get(text);
		if (known === void 0) places.set(text, [index]);
		else known.push(index);
	}
	const used = new Map();
	return before.flatMap((text, index) => {
		const nth = used.get(text) ?? 0;
		used.set(text, nth + 1);
		const place = places.get(text)?.[nth];
		return place === void 0 ? [] : [[index, place]];
	});
}
function increasing(matches) {
	const tails = [];
	const previous = [];
	for (const [index, [, place]] of matches.entries()) {
		let [low, high] = [0, tails.length];
		while (low < high) {
			const mid = low + high >> 1;
			if ((matches[tails[mid] ?? 0]?.[1] ?? 0) < place) low = mid + 1;
			else high = mid;
		}
		previous[index] = low === 0 ? -1 : tails[low - 1] ?? -1;
		tails[low] = index;
	}
	const chain = [];
	for (let index = tails.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) chain.push(matches[index]);
	return chain.reverse();
}
const maxPairUnits = 120;
const contextLines = 3;
const contextUnits = 30;
const maxGapUnits = 40;
const maxWindowUnits = 240;
const maxWindows = 3;
function quoted(text) {
	if (text.length <= 400) return {
		text: visible(JSON.stringify(text)),
		remark: noRemark,
		isShortened: false
	};
	return {
		text: visible(JSON.stringify(text.slice(0, 400).toWellFormed())),
		remark: line`\u2026 (${text.length} characters)`,
		isShortened: true
	};
}
function hasLines(text) {
	const end = text.indexOf("\n");
	return end !== -1 && end < text.length - 1;
}
function lineDifferences(before, after, shown, label) {
	return partsOf(commonSubsequence(before, after), before.length, after.length).flatMap(({ from, to, toFrom, toTo, changes }) => {
		const lines = [{
			prefix: line`@@ -${from + (to > from ? 1 : 0)},${to - from} +${toFrom + (toTo > toFrom ? 1 : 0)},${toTo - toFrom} @@ `,
			text: label,
			remark: noRemark,
			isShortened: false,
			isContext: true
		}];
		let b = from;
		for (const change of changes) {
			lines.push(...shown.before.slice(b, change.from).map(contextLine));
			lines.push(...changedLines(shown.before.slice(change.from, change.to), shown.after.slice(change.toFrom, change.toTo)));
			b = change.to;
		}
		return [...lines, ...shown.before.slice(b, to).map(contextLine)];
	});
}
function partsOf(matches, beforeLength, afterLength) {
	const changes = [];
	let [b, a] = [0, 0];
	for (const [nextB, nextA] of [...matches, [beforeLength, afterLength]]) {
		if (nextB > b || nextA > a) changes.push({
			from: b,
			to: nextB,
			toFrom: a,
			toTo: nextA
		});
		b = nextB + 1;
		a = nextA + 1;
	}
	const groups = [];
	for (const change of changes) {
		const last = groups.at(-1);
		if (last !== void 0 && change.from - (last.at(-1)?.to ?? 0) <= 6) last.push(change);
		else groups.push([change]);
	}
	return groups.map((group) => {
		const [first, last] = [group[0], group.at(-1)];
		const lead = Math.min(contextLines, first.from);
		const trail = Math.min(contextLines, beforeLength - last.to);
		return {
			from: first.from - lead,
			to: last.to + trail,
			toFrom: first.toFrom - lead,
			toTo: last.toTo + trail,
			changes: group
		};
	});
}
function contextLine(text) {
	return {
		...shortLine(prefixes[" |"], text),
		isShortened: false,
		isContext: true
	};
}
function changedLines(before, after) {
	const pairs = before.map((text, index) => {
		const other = after[index];
		const isLong = Math.max(text.length, other?.length ?? 0) > 400;
		return other !== void 0 && isLong ? windowsOf(text, other).windows[0] : void 0;
	});
	const show = (prefix, text, part) => part === void 0 ? shortLine(prefix, text) : {
		prefix,
		text: part,
		remark: noRemark,
		isShortened: true
	};
	return [...before.map((text, index) => show(prefixes["- |"], text, pairs[index]?.before.text)), ...after.map((text, index) => show(prefixes["+ |"], text, pairs[index]?.after.text))];
}
function shortLine(prefix, text) {
	const shown = visible(text.slice(0, 400).toWellFormed().replaceAll("\r", "\\r"));
	if (text.length <= 400) return {
		prefix,
		text: shown,
		remark: noRemark,
		isShortened: false
	};
	return {
		prefix,
		text: shown,
		remark: line`\u2026 (${text.length} characters)`,
		isShortened: true
	};
}
function windowDifferences(before, after, paths) {
	if (Math.max(before.length, after.length) <= maxPairUnits) return ["-", "+"].map((sign) => {
		const { text, remark, isShortened } = quoted(sign === "-" ? before : after);
		return {
			prefix: prefixes[sign],
			text: `${paths[sign]} = ${text}`,
			remark,
			isShortened
		};
	});
	const { windows, more } = windowsOf(before, after);
	const lines = windows.flatMap((window) => ["-", "+"].map((sign) => {
		const { text, start, isShortened } = sign === "-" ? window.before : window.after;
		const length = sign === "-" ? before.length : after.length;
		const remark = line`  # from character ${start + 1} of ${length}`;
		return {
			prefix: prefixes[sign],
			text: `${paths[sign]} = ${text}`,
			remark,
			isShortened
		};
	}));
	if (more === 0) return lines;
	const rest = more === 1 ? line`1 more difference in ` : line`${more} more differences in `;
	return [...lines, {
		prefix: line`# ${rest}`,
		text: paths["+"],
		remark: noRemark,
		isShortened: true
	}];
}
function windowsOf(before, after) {
	const ranges = differingRanges(before, after);
	const windows = ranges.slice(0, maxWindows).map(({ from, to, toFrom, toTo }) => ({
		before: sideOf(before, from, to),
		after: sideOf(after, toFrom, toTo)
	}));
	return {
		windows,
		more: ranges.length - windows.length
	};
}
function sideOf(text, from, to) {
	const isLong = to - from > maxWindowUnits;
	const start = Math.max(0, from - contextUnits);
	const end = isLong ? from + maxWindowUnits : Math.min(text.length, to + contextUnits);
	const part = visible(JSON.stringify(text.slice(start, end).toWellFormed()));
	return {
		text: `${start > 0 ? "\u2026" : ""}${part}${end < text.length ? "\u2026" : ""}`,
		start,
		isShortened: isLong
	};
}
const words = /[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu;
const maxSearchedUnits = 2e4;
function differingRanges(before, after) {
	let from = 0;
	while (from < before.length && from < after.length && before[from] === after[from]) from++;
	let [to, toTo] = [before.length, after.length];
	while (to > from && toTo > from && before[to - 1] === after[toTo - 1]) {
		to--;
		toTo--;
	}
	if (Math.max(to, toTo) - from <= maxGapUnits || Math.max(to, toTo) - from > maxSearchedUnits) return [{
		from,
		to,
		toFrom: from,
		toTo
	}];
	const oldWords = before.slice(from, to).match(words) ?? [];
	const newWords = after.slice(from, toTo).match(words) ?? [];
	const ranges = [];
	let [b, a, wordB, wordA] = [
		from,
		from,
		0,
		0
	];
	for (const [nextB, nextA] of [...commonSubsequence(oldWords, newWords), [oldWords.length, newWords.length]]) {
		const removed = oldWords.slice(wordB, nextB).join("").length;
		const added = newWords.slice(wordA, nextA).join("").length;
		if (removed + added > 0) addRange(ranges, {
			from: b,
			to: b + removed,
			toFrom: a,
			toTo: a + added
		});
		const kept = oldWords[nextB]?.length ?? 0;
		b += removed + kept;
		a += added + kept;
		wordB = nextB + 1;
		wordA = nextA + 1;
	}
	return ranges;
}
function addRange(ranges, range) {
	const last = ranges.at(-1);
	if (last !== void 0 && range.from - last.to <= maxGapUnits) ranges[ranges.length - 1] = {
		...last,
		to: range.to,
		toTo: range.toTo
	};
	else ranges.push(range);
}
// src/terraform/diff/members.ts
const maxComparedPairs = 400;
function gapsOf(matches, beforeLength, afterLength) {
	const gaps = [];
	let [b, a] = [0, 0];
	for (const [nextB, nextA] of [...matches, [beforeLength, afterLength]]) {
		if (nextB > b || nextA > a) gaps.push({
			before: indexes(b, nextB),
			after: indexes(a, nextA)
		});
		b = nextB + 1;
		a = nextA + 1;
	}
	return gaps;
}
function indexes(from, to) {
	return Array.from({ length: to - from }, (_, index) => from + index);
}
function movesOf(gaps, before, after) {
	const [removed, added] = [gaps.flatMap((gap) => gap.before), gaps.flatMap((gap) => gap.after)];
	const texts = (places, of) => places.map((place) => of[place] ?? "");
	return sameOccurrences(texts(removed, before), texts(added, after)).map(([from, to]) => {
		return [removed[from] ?? 0, added[to] ?? 0];
	});
}
function pairsOf(removed, added, before, after) {
	const pairs = new Map();
	if (removed.length * added.length > maxComparedPairs) return pairs;
	let next = 0;
	for (const [nth, index] of removed.entries()) {
		const old = before[index] ?? absent;
		const found = added.findIndex((other, place) => {
			const part = after[other] ?? absent;
			if (place < next) return false;
			if (partKind(old) === "object" && partKind(part) === "object") return isSimilar(old, part);
			return place === nth && other === index && removed.length === added.length && isLongText(old) && isLongText(part);
		});
		if (found === -1) continue;
		pairs.set(index, added[found] ?? 0);
		next = found + 1;
	}
	return pairs;
}
function isSimilar(before, after) {
	const keys = [...new Set([...keysOf(before), ...keysOf(after)])].filter((key) => {
		return !isEmpty(partAt(before, key)) || !isEmpty(partAt(after, key));
	});
	return keys.filter((key) => isSame(partAt(before, key), partAt(after, key))).length * 2 >= keys.length;
}
function isLongText(part) {
	return partKind(part) === "scalar" && typeof part.value === "string" && (part.value.length > 120 || hasLines(part.value));
}
function keyField(before, after) {
	const [first] = before;
	if (first === void 0 || after.length === 0) return void 0;
	if (![...before, ...after].every((part) => partKind(part) === "object")) return void 0;
	const shared = (field) => {
		const [old, now] = [new Set(before.map((part) => keyOf(part, field))), new Set(after.map((part) => keyOf(part, field)))];
		if (old.size < before.length || now.size < after.length || old.has(void 0) || now.has(void 0)) return 0;
		return [...old].filter((key) => now.has(key)).length;
	};
	const usual = naming.find((field) => shared(field) > 0);
	if (usual !== void 0) return usual;
	const needed = Math.min(before.length, after.length) / 2;
	return keysOf(first).map((field) => ({
		field,
		count: shared(field)
	})).filter(({ count }) => count >= needed && count > 0).sort((a, b) => b.count - a.count)[0]?.field;
}
function keyOf(part, field) {
	const key = partAt(part, field);
	if (partKind(key) !== "scalar") return void 0;
	const { value } = key;
	if (value instanceof YamlScalar) return `yaml ${value.source}`;
	return typeof value === "number" || typeof value === "string" && value !== "" && value.length <= 100 ? JSON.stringify(value) : void 0;
}
// src/terraform/diff/weight.ts
const decidingName = /image|(?:^|_)ports?$|Ports?$|Port[A-Z]|principal|cidr|^(?:Effect|Action|NotAction|NotResource|NotPrincipal|protocol)$/i;
const decidingValue = /^\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2}$|^[\da-f:]*::?[\da-f:]*\/\d{1,3}$|^\*$|@sha256:/i;
const maxEntries = 50;
function weightOf(path, values) {
	const [attribute] = path;
	if (attribute === "tags" || attribute === "tags_all") return weights.tags;
	if (path.some((step) => typeof step === "string" && decidingName.test(step))) return weights.deciding;
	if (values.some((value) => decides(value))) return weights.deciding;
	return path.some((step) => typeof step !== "string") ? weights.listed : weights.plain;
}
function decides(value) {
	if (typeof value === "string") return value.length < 500 && decidingValue.test(value);
	if (typeof value !== "object" || value === null) return false;
	return Object.entries(value).some(([key, part]) => isSet$1(part) && !Array.isArray(value) && decidingName.test(key) || decides(part));
}
function rankOf(key, value) {
	if (!isSet$1(value)) return 2;
	return decidingName.test(key) || decidesDirectly(value) ? 0 : 1;
}
function decidesDirectly(value) {
	if (typeof value !== "object" || value === null) return decides(value);
	return Object.entries(value).slice(0, maxEntries).some(([key, part]) => !Array.isArray(value) && decidingName.test(key) || typeof part === "string" && decides(part));
}
function isSet$1(value) {
	if (value === null || value === void 0 || value === "" || value === false) return false;
	return typeof value !== "object" || Object.keys(value).length > 0;
}
// src/terraform/diff.ts
const maxInlineUnits = 200;
const otherFormat = line` = (the same JSON, written differently)`;
const usuallyComputed = new Set([
	"id",
	"arn",
	"arn_without_revision",
	"revision",
	"unique_id",
	"owner_id",
	"tags_all"
]);
function diffLines(change, kind, redact, options = {}) {
	const isDelete = kind === "delete" || kind === "forget";
	const isEmptyUnset = options.isEmptyUnset ?? false;
	const before = kind === "create" ? absent : {
		...absent,
		isEmptyUnset,
		value: change.before,
		sensitive: change.before_sensitive
	};
	const after = isDelete ? absent : {
		...absent,
		isEmptyUnset,
		value: change.after,
		sensitive: change.after_sensitive,
		unknown: change.after_unknown
	};
	const differ = new Differ(kind, redact, options);
	differ.compareAttributes(before, after, change.replace_paths ?? []);
	return differ.lines();
}
function isFormatOnly({ remark }) {
	return remark === otherFormat;
}
var Differ = class {
	#kind;
	#isDestroyed;
	#redact;
	#options;
	#blocks = new Set();
	#computed = [];
	constructor(kind, redact, options) {
		this.#kind = kind;
		this.#isDestroyed = kind === "delete" || kind === "forget";
		this.#redact = redact;
		this.#options = options;
	}
	lines() {
		const lines = [...[...this.#blocks].sort((a, b) => a.weight - b.weight).flatMap((block) => block.lines), ...this.#writeOnlyLines()];
		if (this.#computed.length === 0) return lines;
		const text = this.#computed.toSorted(inNaturalOrder).map((name) => pathText([name], this.#redact)).join(", ");
		const prefix = line`# known after apply: `;
		const common = {
			remark: noRemark,
			attribute: this.#computed[0] ?? "",
			isShortened: false
		};
		return [...lines, {
			prefix,
			text,
			weight: weights.computed,
			...common
		}];
	}
	#writeOnlyLines() {
		return (this.#options.writeOnly ?? []).map(({ name, sources }) => {
			const from = sources.length === 0 ? "" : ` from ${sources.join(", ")}`;
			const text = visible(this.#redact(`${pathText([name], this.#redact)}${from}`));
			return {
				prefix: line`# sent to the provider, in no plan (write-only): `,
				text,
				remark: noRemark,
				weight: weights.plain,
				attribute: name,
				isShortened: false
			};
		});
	}
	compareAttributes(before, after, replacePaths) {
		const root = {
			path: [],
			oldPath: [],
			forcing: replacePaths,
			isForced: false,
			isRemarked: this.#kind !== "create",
			block: newBlock(),
			isInList: false
		};
		for (const name of this.#keys(before, after)) {
			const place = descend(root, name, name);
			const forces = place.isForced || place.forcing.length > 0;
			let [was, will] = [partAt(before, name), partAt(after, name)];
			if (this.#isComputed(name, will) && !forces) {
				this.#computed.push(name);
				continue;
			}
			if (name === "tags_all") {
				const [tagsBefore, tagsAfter] = [partAt(before, "tags"), partAt(after, "tags")];
				const repeated = (key) => isEqual(partAt(was, key), partAt(tagsBefore, key)) && isEqual(partAt(will, key), partAt(tagsAfter, key));
				[was, will] = [without(was, repeated), without(will, repeated)];
			}
			if (!forces && isUnsetCollection(was, will)) continue;
			this.#compare(was, will, place);
		}
	}
	#isComputed(name, { unknown }) {
		const { configured } = this.#options;
		return unknown === true && (configured === void 0 ? usuallyComputed.has(name) : !configured.has(name));
	}
	#compare(before, after, place) {
		if (isSame(before, after)) return;
		const [was, will] = [partKind(before), partKind(after)];
		if (will === "absent") return void this.#addSide("-", before, place);
		if (will === "unknown") return void this.#addUnknown(before, place);
		if (was === "absent") return void this.#addSide("+", after, place);
		if (was === "hidden" && will === "hidden") return void this.#addHidden(place);
		if (was === "object" && will === "object") {
			for (const key of this.#keys(before, after)) this.#compare(partAt(before, key), partAt(after, key), descend(place, key, key));
			return;
		}
		if (was === "list" && will === "list") return void this.#compareLists(before, after, place);
		if (typeof before.value === "string" && typeof after.value === "string" && was === "scalar" && will === "scalar") return void this.#compareTexts(before.value, after.value, place);
		this.#addSide("-", before, {
			...place,
			isRemarked: false
		});
		this.#addSide("+", after, place);
	}
	#addUnknown(before, place) {
		const path = this.#path(place);
		const old = partKind(before) === "hidden" ? void 0 : this.#inline(before, maxInlineUnits - path.length);
		if (this.#kind === "create") return void this.#add("+", place, [], path, line` = (known after apply)`);
		if (partKind(before) === "hidden") return void this.#add("!", place, [], path, line` = (sensitive value) \u2192 (known after apply)`);
		const isScalar = partKind(before) === "scalar";
		if (old === void 0 || !isScalar) return void this.#add("!", place, [], path, line` = (known after apply)`);
		this.#add("!", place, [before.value], `${path} = ${old}`, line` \u2192 (known after apply)`);
	}
	#addHidden(place) {
		this.#add("!", place, [], this.#path(place), line` = (sensitive value) \u2192 (sensitive value)`);
	}
	#compareTexts(before, after, place) {
		for (const read of [readJson, this.#options.readYaml]) {
			const [was, will] = [read?.(before), read?.(after)];
			if (was === void 0 || will === void 0) continue;
			const [a, b] = [documentPart(was), documentPart(will)];
			if (!isSame(a, b)) return void this.#compare(a, b, place);
			if (read !== readJson) continue;
			this.#add("!", place, [], this.#path(place), otherFormat);
			return;
		}
		const [decodedBefore, decodedAfter] = [decodedText(before), decodedText(after)];
		if (decodedBefore === void 0 || decodedAfter === void 0 || decodedBefore.text === decodedAfter.text) return void this.#compareStrings(before, after, place, (path) => path);
		this.#compareStrings(decodedBefore.text, decodedAfter.text, place, (path) => `${decodedAfter.by}(${path})`);
	}
	#compareStrings(before, after, place, label) {
		const [shownBefore, shownAfter] = [this.#redact(before), this.#redact(after)];
		const path = label(this.#path(place));
		if (hasLines(before) || hasLines(after)) {
			const end = before.endsWith("\n") && after.endsWith("\n") ? -1 : void 0;
			const raw = {
				before: before.split("\n").slice(0, end),
				after: after.split("\n").slice(0, end)
			};
			const shown = {
				before: shownBefore.split("\n").slice(0, end),
				after: shownAfter.split("\n").slice(0, end)
			};
			const compared = raw.before.length === shown.before.length && raw.after.length === shown.after.length ? raw : shown;
			const lines = lineDifferences(compared.before, compared.after, shown, path);
			if (lines.length > 0) return void this.#addTexts(place, lines, []);
		}
		if (shownBefore !== shownAfter) return void this.#addTexts(place, windowDifferences(shownBefore, shownAfter, {
			"-": label(this.#path(place, "-")),
			"+": path
		}), [before, after]);
		const { text, remark } = quoted(shownBefore);
		if (remark === noRemark) return void this.#add("!", place, [before, after], `${path} = ${text} \u2192 ${text}`, noRemark);
		this.#add("!", place, [], path, line` = (differs only where a secret is hidden)`);
	}
	#compareLists(before, after, place) {
		const [was, will] = [membersOf(before), membersOf(after)];
		const isSingle = was.length === 1 && will.length === 1;
		const field = keyField(was, will);
		if (field !== void 0 && !(isSingle && !isNaming(field))) return void this.#compareByKey(was, will, field, place);
		if (isSingle) return void this.#compare(was[0] ?? absent, will[0] ?? absent, descend(place, 0, 0));
		const [oldTexts, newTexts] = [was.map((part) => identity(part)), will.map((part) => identity(part))];
		const gaps = gapsOf(commonSubsequence(oldTexts, newTexts), was.length, will.length);
		const moves = movesOf(gaps, oldTexts, newTexts);
		const movedFrom = new Set(moves.map(([from]) => from));
		const movedTo = new Map(moves.map(([from, to]) => [to, from]));
		for (const gap of gaps) {
			const removed = gap.before.filter((index) => !movedFrom.has(index));
			const pairs = pairsOf(removed, gap.after.filter((index) => !movedTo.has(index)), was, will);
			for (const index of removed) {
				const other = pairs.get(index);
				if (other === void 0) this.#addSide("-", was[index] ?? absent, descend(place, index, index));
				else this.#compareMembers(was[index] ?? absent, will[other] ?? absent, descend(place, index, other));
			}
			const paired = new Set(pairs.values());
			for (const index of gap.after) {
				const from = movedTo.get(index);
				const member = will[index] ?? absent;
				if (from !== void 0) this.#addMove(member, descend(place, from, index), line`  # moved from [${from}]`);
				else if (!paired.has(index)) this.#addSide("+", member, descend(place, index, index));
			}
		}
	}
	#compareByKey(was, will, field, place) {
		const keys = (parts) => parts.map((part) => keyOf(part, field));
		const oldKeys = keys(was);
		const places = new Map(keys(will).map((key, index) => [key, index]));
		const matches = oldKeys.flatMap((key, index) => {
			const other = places.get(key);
			return other === void 0 ? [] : [[index, other]];
		});
		const inOrder = new Set(increasing(matches).map(([index]) => index));
		const matched = new Map(matches.map(([from, to]) => [to, from]));
		const kept = new Set(matched.values());
		for (const [index, part] of was.entries()) if (!kept.has(index)) this.#addSide("-", part, descend(place, index, index));
		for (const [index, part] of will.entries()) {
			const from = matched.get(index);
			if (from === void 0) {
				this.#addSide("+", part, descend(place, index, index));
				continue;
			}
			const { value } = partAt(part, field);
			const step = {
				field,
				value: value instanceof YamlScalar ? value.source : value
			};
			const member = descend(place, step, step, [from, index]);
			const old = was[from] ?? absent;
			if (!inOrder.has(from)) this.#addMove(absent, member, line`  # moved from [${from}] to [${index}]`);
			this.#compare(old, part, member);
		}
	}
	#compareMembers(before, after, place) {
		const room = maxInlineUnits - this.#path(place).length;
		if (![before, after].every((part) => this.#inline(part, room) !== void 0) || typeof before.value === "string") return void this.#compare(before, after, place);
		this.#flatten("-", before, {
			...place,
			isRemarked: false
		});
		this.#flatten("+", after, place);
	}
	#addSide(sign, part, place) {
		const path = this.#path(place, sign);
		const { value } = part;
		const isStructure = ["object", "list"].includes(partKind(part)) || typeof value === "string" && readJson(value) !== void 0;
		if ((this.#kind === "update" || this.#kind === "replace") && isStructure && this.#inline(part, maxInlineUnits - path.length) === void 0) this.#add(sign, place, [], path, sign === "+" ? line`  # added` : line`  # removed`);
		this.#flatten(sign, part, place);
	}
	#addMove(part, place, remark) {
		const path = this.#path(place);
		const text = partKind(part) === "absent" ? void 0 : this.#inline(part, maxInlineUnits - path.length);
		this.#add("!", place, [], text === void 0 ? path : `${path} = ${text}`, remark);
	}
	#flatten(sign, part, place) {
		const path = this.#path(place, sign);
		const kind = partKind(part);
		if (kind === "absent") return;
		if (kind === "hidden") return void this.#add(sign, place, [], path, line` = (sensitive value)`);
		if (kind === "unknown") return void this.#add(sign, place, [], path, line` = (known after apply)`);
		const inline = this.#inline(part, maxInlineUnits - path.length);
		if (inline !== void 0) return void this.#add(sign, place, [part.value], `${path} = ${inline}`, noRemark);
		if (kind === "object") {
			const keys = this.#keys(part, absent).filter((key) => partKind(partAt(part, key)) !== "absent");
			for (const key of keys) this.#flatten(sign, partAt(part, key), descend(place, key, key));
			if (keys.length === 0) this.#add(sign, place, [], `${path} = {}`, noRemark);
			return;
		}
		if (kind === "list") {
			const members = membersOf(part);
			for (const [index, member] of members.entries()) this.#flatten(sign, member, descend(place, index, index));
			if (members.length === 0) this.#add(sign, place, [], `${path} = []`, noRemark);
			return;
		}
		const { value } = part;
		if (typeof value !== "string") {
			const text = value instanceof YamlScalar ? value.source : JSON.stringify(value);
			const isShortened = text.length > 400;
			const shown = `${path} = ${visible(this.#redact(text).slice(0, 400).toWellFormed())}`;
			const remark = this.#remark(isShortened ? line`\u2026 (${text.length} characters)` : noRemark, place);
			this.#push(place, [value], {
				prefix: prefixes[sign],
				text: shown,
				remark,
				isShortened
			});
			return;
		}
		const document = readJson(value);
		if (document !== void 0) return void this.#flatten(sign, documentPart(document), place);
		const decoded = decodedText(value);
		const text = this.#redact(decoded?.text ?? value);
		if (hasLines(text)) {
			const label = decoded === void 0 ? path : `${decoded.by}(${path})`;
			const lines = text.split("\n");
			const [before, after] = sign === "-" ? [lines, []] : [[], lines];
			this.#addTexts(place, lineDifferences(before, after, {
				before,
				after
			}, label), []);
			return;
		}
		const shown = quoted(this.#redact(value));
		const remark = this.#remark(shown.remark, place);
		this.#push(place, [value], {
			...shown,
			prefix: prefixes[sign],
			text: `${path} = ${shown.text}`,
			remark
		});
	}
	#inline(part, room) {
		if (room < 2) return void 0;
		switch (partKind(part)) {
			case "scalar": return this.#inlineScalar(part.value, room);
			case "list": {
				const members = membersOf(part);
				if (members.length * 3 > room) return void 0;
				return this.#inlineParts(members.map((member) => ["", member]), "[]", room);
			}
			case "object": {
				const keys = this.#keys(part, absent).filter((key) => partKind(partAt(part, key)) !== "absent");
				if (keys.length * 5 > room || keys.some((key) => isShortenedPath([key]))) return void 0;
				return this.#inlineParts(keys.map((key) => [`${pathText([key], this.#redact).replace(/^\[(.*)\]$/s, "$1")} = `, partAt(part, key)]), "{}", room);
			}
			default: return;
		}
	}
	#inlineParts(parts, [open, close], room) {
		let left = room - 2;
		const texts = [];
		for (const [label, part] of parts) {
			const text = this.#inline(part, left - label.length);
			if (text === void 0) return void 0;
			texts.push(`${label}${text}`);
			left -= label.length + text.length + 2;
		}
		if (texts.length === 0) return `${open}${close}`;
		return open === "{" ? `{ ${texts.join(", ")} }` : `[${texts.join(", ")}]`;
	}
	#inlineScalar(value, room) {
		if (value instanceof YamlScalar) return fitting(visible(this.#redact(value.source)), room);
		if (typeof value !== "string") return fitting(visible(this.#redact(JSON.stringify(value))), room);
		if (value.length > room || hasLines(value) || readJson(value) !== void 0) return void 0;
		return fitting(visible(this.#redact(JSON.stringify(this.#redact(value)))), room);
	}
	#keys(before, after) {
		return [...new Set([...keysOf(before), ...keysOf(after)])].map((key) => ({
			key,
			rank: keyRank(key, partAt(before, key), partAt(after, key))
		})).sort((a, b) => a.rank - b.rank || inNaturalOrder(a.key, b.key)).map(({ key }) => key);
	}
	#path({ path, oldPath }, sign = "+") {
		return pathText(sign === "-" ? oldPath : path, this.#redact) || "value";
	}
	#remark(remark, { isForced, isRemarked }) {
		return isForced && isRemarked ? line`${remark}  # forces replacement` : remark;
	}
	#add(sign, place, values, text, remark) {
		this.#push(place, values, {
			prefix: prefixes[sign],
			text,
			remark: this.#remark(remark, place),
			isShortened: false
		});
	}
	#addTexts(place, lines, values) {
		const remarked = lines[0]?.prefix === prefixes["-"] && lines.length > 1 ? 1 : 0;
		for (const [index, each] of lines.entries()) this.#push(place, values, index === remarked ? {
			...each,
			remark: this.#remark(each.remark, place)
		} : each);
	}
	#push(place, values, { isContext = false, ...text }) {
		const { path, isForced, block } = place;
		const ofPath = isForced ? weights.forcing : weightOf(path, values);
		const weight = this.#isDestroyed && ofPath === weights.plain ? weights.listed : ofPath;
		this.#blocks.add(block);
		block.weight = Math.min(block.weight, weight);
		block.lines.push({
			...text,
			weight: isContext ? weights.context : weight,
			attribute: String(path[0] ?? ""),
			isShortened: text.isShortened || isShortenedPath(path)
		});
	}
};
function newBlock() {
	return {
		weight: weights.computed,
		lines: []
	};
}
function descend(place, oldStep, newStep, indexes = [oldStep, newStep]) {
	const forcing = place.forcing.filter(([step]) => step !== void 0 && indexes.includes(step)).map((path) => path.slice(1));
	const isMember = typeof newStep !== "string";
	return {
		path: [...place.path, newStep],
		oldPath: [...place.oldPath, oldStep],
		forcing,
		isForced: place.isForced || forcing.some((path) => path.length === 0),
		isRemarked: place.isRemarked,
		block: place.isInList ? place.block : newBlock(),
		isInList: place.isInList || isMember
	};
}
function keyRank(key, before, after) {
	if (isNaming(key)) return -1;
	const rank = Math.min(rankOf(key, before.value), rankOf(key, after.value));
	const isStructure = [before, after].some((part) => typeof part.value === "object" && part.value !== null);
	return rank * 2 + (isStructure ? 1 : 0);
}
function without(part, isDropped) {
	if (partKind(part) !== "object") return part;
	const kept = keysOf(part).filter((key) => !isDropped(key));
	const pick = (shape) => typeof shape === "object" && shape !== null ? Object.fromEntries(kept.filter((key) => Object.hasOwn(shape, key)).map((key) => [key, Reflect.get(shape, key)])) : shape;
	return {
		...part,
		value: pick(part.value),
		unknown: pick(part.unknown)
	};
}
function isEqual(a, b) {
	return identity(a, () => "unknown") === identity(b, () => "unknown");
}
function isUnsetCollection(before, after) {
	const [was, will] = [partKind(before), partKind(after)];
	const [kind, part] = was === "absent" ? [will, after] : [was, before];
	return (was === "absent" || will === "absent") && (kind === "list" || kind === "object") && isEmpty(part);
}
function fitting(text, room) {
	return text.length <= room ? text : void 0;
}
// src/terraform/filled-in.ts
const minResources = 2;
function findFilledIn(json) {
	const configured = configuredAttributes(json);
	const drifted = new Map((json.resource_drift ?? []).map((resource) => [resource.address, resource]));
	const counts = new Map();
	const others = new Set();
	for (const { address, provider_name: provider, values } of listManagedResources(json.prior_state?.values?.root_module)) {
		if (provider === void 0) continue;
		const drift = drifted.get(address);
		for (const [attribute, value] of Object.entries(values ?? {})) {
			const set = configured(address);
			if (set === void 0 || Object.hasOwn(set, attribute)) continue;
			const key = JSON.stringify([provider, attribute]);
			if (drift !== void 0 && isFilled(drift, attribute)) counts.set(key, (counts.get(key) ?? 0) + 1);
			else if (value !== void 0) others.add(key);
		}
	}
	return [...counts].filter(([key, resources]) => resources >= minResources && !others.has(key)).map(([key, resources]) => {
		const [provider, attribute] = JSON.parse(key);
		return {
			provider,
			attribute,
			resources
		};
	}).sort((a, b) => a.provider + a.attribute < b.provider + b.attribute ? -1 : 1);
}
function isFilled({ change }, attribute) {
	if (change.after === null || change.after === void 0) return false;
	const [before, after] = [asObject(change.before)[attribute], asObject(change.after)[attribute]];
	return (before === null || before === void 0) && [
		"string",
		"number",
		"boolean"
	].includes(typeof after) && after !== "";
}
function withoutFilledIn(resource, filledIn) {
	const names = new Set(filledIn.filter(({ provider }) => provider === resource.provider_name).map(({ attribute }) => attribute));
	const { after } = resource.change;
	if (names.size === 0 || after === null || after === void 0) return resource;
	const rest = Object.entries(asObject(after)).filter(([name]) => !names.has(name));
	return {
		...resource,
		change: {
			...resource.change,
			after: Object.fromEntries(rest)
		}
	};
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
// src/terraform/losses.ts
const losses = new Map(Object.entries({
	"its data": `
    aws_db_instance aws_db_snapshot aws_db_cluster_snapshot aws_rds_cluster aws_rds_global_cluster
    aws_dsql_cluster aws_dynamodb_table aws_dynamodb_global_table aws_dynamodb_table_replica aws_dynamodb_table_item
    aws_docdb_cluster aws_docdb_global_cluster aws_docdb_cluster_snapshot aws_docdbelastic_cluster
    aws_neptune_cluster aws_neptune_global_cluster aws_neptune_cluster_snapshot aws_neptunegraph_graph
    aws_elasticache_cluster aws_elasticache_replication_group aws_elasticache_global_replication_group
    aws_elasticache_serverless_cache aws_memorydb_cluster aws_memorydb_multi_region_cluster aws_memorydb_snapshot
    aws_redshift_cluster aws_redshift_cluster_snapshot aws_redshiftserverless_namespace aws_redshiftserverless_snapshot
    aws_keyspaces_keyspace aws_keyspaces_table aws_qldb_ledger aws_simpledb_domain aws_timestreamwrite_database
    aws_timestreamwrite_table aws_timestreaminfluxdb_db_instance aws_finspace_kx_database aws_finspace_kx_volume
    aws_athena_database aws_glue_catalog_database aws_glue_catalog_table aws_s3tables_table aws_s3tables_table_bucket
    aws_s3tables_namespace aws_s3_object aws_s3_bucket_object aws_s3_object_copy aws_lightsail_database aws_bedrockagent_knowledge_base aws_bedrockagentcore_memory
    aws_healthlake_fhir_datastore aws_customerprofiles_domain aws_cloudfront_key_value_store`,
	"its disk and its address": "aws_instance aws_spot_instance_request aws_lightsail_instance",
	"its files": `
    aws_ebs_volume aws_ebs_snapshot aws_ebs_snapshot_copy aws_efs_file_system aws_fsx_lustre_file_system
    aws_fsx_ontap_file_system aws_fsx_ontap_volume aws_fsx_ontap_storage_virtual_machine aws_fsx_openzfs_file_system
    aws_fsx_openzfs_volume aws_fsx_openzfs_snapshot aws_fsx_windows_file_system aws_fsx_file_cache aws_fsx_backup
    aws_lightsail_disk aws_storagegateway_cached_iscsi_volume aws_storagegateway_stored_iscsi_volume
    aws_codecommit_repository aws_workspaces_workspace`,
	"its objects": `
    aws_s3_bucket aws_s3_directory_bucket aws_s3control_bucket
    aws_lightsail_bucket aws_glacier_vault aws_media_store_container aws_codeartifact_repository aws_codeartifact_domain`,
	"its images": `
    aws_ecr_repository aws_ecrpublic_repository aws_imagebuilder_image aws_sagemaker_image aws_ami aws_ami_copy
    aws_ami_from_instance`,
	"its logs": "aws_cloudwatch_log_group aws_cloudwatch_log_stream aws_cloudtrail_event_data_store aws_cloudwatch_event_archive",
	"its messages": `
    aws_sqs_queue aws_sns_topic aws_kinesis_stream aws_kinesis_video_stream aws_mq_broker aws_msk_cluster
    aws_msk_serverless_cluster`,
	"its metrics": "aws_prometheus_workspace aws_grafana_workspace",
	"its backups": "aws_backup_vault aws_backup_logically_air_gapped_vault",
	"its search index": `
    aws_opensearch_domain aws_elasticsearch_domain aws_opensearchserverless_collection aws_cloudsearch_domain aws_kendra_index
    aws_s3vectors_index aws_s3vectors_vector_bucket aws_rekognition_collection`,
	"its users": "aws_cognito_user_pool aws_cognito_identity_pool aws_cognito_user aws_directory_service_directory aws_identitystore_user aws_iam_user",
	"its value": `
    aws_secretsmanager_secret aws_ssm_parameter aws_iam_access_key aws_api_gateway_api_key random_password
    random_string random_id random_uuid random_bytes tls_private_key`,
	"its keys and all that they encrypt": `
    aws_kms_key aws_kms_replica_key aws_kms_external_key aws_kms_replica_external_key aws_kms_custom_key_store
    aws_cloudhsm_v2_cluster aws_cloudhsm_v2_hsm aws_paymentcryptography_key aws_acmpca_certificate_authority`,
	"its address": `
    aws_eip aws_nat_gateway aws_network_interface aws_lightsail_static_ip aws_globalaccelerator_accelerator
    aws_globalaccelerator_custom_routing_accelerator aws_vpn_gateway aws_vpn_connection
    aws_ec2_carrier_gateway`,
	"its DNS name": `
    aws_lb aws_alb aws_elb aws_cloudfront_distribution aws_api_gateway_domain_name aws_apigatewayv2_domain_name
    aws_appsync_domain_name aws_cognito_user_pool_domain aws_elastic_beanstalk_environment aws_lightsail_lb
    aws_lightsail_distribution aws_vpc_endpoint_service aws_service_discovery_service aws_route53_record
    aws_s3_access_point aws_s3control_multi_region_access_point aws_transfer_server aws_vpclattice_service`,
	"its DNS records": `
    aws_route53_zone aws_service_discovery_private_dns_namespace aws_service_discovery_public_dns_namespace
    aws_service_discovery_http_namespace aws_route53domains_domain aws_route53domains_registered_domain
    aws_route53_delegation_set aws_lightsail_domain`,
	"its URL": `
    aws_lambda_function_url aws_apprunner_service aws_api_gateway_rest_api aws_apigatewayv2_api aws_appsync_graphql_api
    aws_lightsail_container_service aws_amplify_app aws_bedrockagentcore_agent_runtime aws_bedrockagentcore_gateway
    aws_api_gateway_stage aws_apigatewayv2_stage`,
	"its client id": "aws_cognito_user_pool_client aws_cognito_managed_user_pool_client",
	"the certificate": "aws_acm_certificate aws_iam_server_certificate aws_lightsail_certificate",
	"everything in it": "aws_cloudformation_stack aws_eks_cluster aws_organizations_organization aws_connect_instance"
}).flatMap(([loss, types]) => types.trim().split(/\s+/).map((type) => [type, loss])));
const storage = /^aws_\w*(?:_|^)(?:database|bucket|table|file_system|volume|vault|repository|datastore|memory|keyspace)$/;
const settings = /_(?:route|policy|configured)_table$|_code(?:catalyst_source)?_repository$|^aws_datasync_location_/;
const providersWithoutLoss = /^(?:terraform_data|null_resource|(?:time|local|archive|external|cloudinit|template|random|tls)_\w+)$/;
function lossOf(type) {
	const loss = losses.get(type);
	if (loss !== void 0) return loss;
	if (storage.test(type) && !settings.test(type)) return "its data";
	return type.startsWith("aws_") || providersWithoutLoss.test(type) ? void 0 : "unknown";
}
[...losses.keys()];
// src/terraform/place.ts
const maxEach = 3;
function placeOf(json, env) {
	const found = {
		accounts: new Counter(),
		regions: new Counter()
	};
	for (const { type, change } of json.resource_changes ?? []) {
		if (!type.startsWith("aws_")) continue;
		readResource(asObject(change.before), found);
		readResource(asObject(change.after), found);
	}
	const stated = statedIn(json);
	const [accounts, regions] = [stated.accounts, stated.regions];
	const inEnv = json.resource_changes?.some(({ type }) => type.startsWith("aws_")) === true ? [env.AWS_REGION, env.AWS_DEFAULT_REGION].filter((region) => region !== void 0).slice(0, 1) : [];
	return {
		accounts: accounts.length > 0 ? accounts.slice(0, maxEach) : found.accounts.mostFrequent(),
		regions: firstNotEmpty(found.regions.mostFrequent(), regions.slice(0, maxEach), inEnv)
	};
}
function readResource({ arn, region }, found) {
	let place = typeof region === "string" ? region : "";
	if (typeof arn === "string") {
		const [, , , arnRegion = "", account = ""] = arn.split(":", 5);
		if (/^\d{12}$/.test(account)) found.accounts.add(account);
		if (typeof region !== "string") place = arnRegion;
	}
	if (place !== "" && isRegion(place)) found.regions.add(place);
}
function statedIn(json) {
	const accounts = new Set();
	const regions = new Set();
	for (const { type, values = {} } of dataSources(json.prior_state?.values?.root_module)) {
		const account = type === "aws_caller_identity" ? asText(values.account_id) : void 0;
		if (account !== void 0 && /^\d{12}$/.test(account)) accounts.add(account);
	}
	const root = asObject(json.configuration);
	for (const provider of Object.values(asObject(root.provider_config)).map(asObject)) {
		if (provider.name !== "aws") continue;
		const expressions = asObject(provider.expressions);
		const region = textOfExpression(expressions.region, json);
		if (isRegion(region)) regions.add(region);
		const role = textOfExpression(asObject(asList(expressions.assume_role)[0]).role_arn, json);
		const account = /^arn:[\w-]+:iam::(\d{12}):/.exec(role)?.[1];
		if (account !== void 0) accounts.add(account);
	}
	return {
		accounts: [...accounts],
		regions: [...regions]
	};
}
function* dataSources(module) {
	for (const resource of module?.resources ?? []) if (resource.mode === "data") yield {
		type: resource.type,
		values: asObject(resource.values)
	};
	for (const child of module?.child_modules ?? []) yield* dataSources(child);
}
function textOfExpression(expression, json) {
	const { constant_value, references } = asObject(expression);
	if (typeof constant_value === "string") return constant_value;
	const [reference, ...more] = asList(references);
	const variable = typeof reference === "string" ? /^var\.([\w-]+)$/.exec(reference)?.[1] : void 0;
	if (variable === void 0 || more.length > 0) return "";
	const value = json.variables?.[variable]?.value;
	return typeof value === "string" ? value : "";
}
function isRegion(text) {
	return /^[a-z]{2}(?:-[a-z]+){1,3}-\d{1,2}$/.test(text);
}
function firstNotEmpty(...lists) {
	return lists.find((list) => list.length > 0) ?? [];
}
var Counter = class {
	#counts = new Map();
	add(text) {
		this.#counts.set(text, (this.#counts.get(text) ?? 0) + 1);
	}
	mostFrequent() {
		return [...this.#counts].sort(([, a], [, b]) => b - a).slice(0, maxEach).map(([text]) => text);
	}
};
// src/terraform/releases.ts
function findReleases(changes) {
	const releases = new Map();
	const rollout = rolloutOf(changes);
	for (const resource of changes) {
		const release = releaseOf(resource, rollout);
		if (release !== void 0) releases.set(resource.address, release);
	}
	return releases;
}
function releaseOf({ mode, type, change }, rollout) {
	if (mode !== "managed" || !Object.hasOwn(releaseTypes, type)) return void 0;
	const [before, after, unknown] = [
		change.before,
		change.after,
		change.after_unknown
	].map(asObject);
	const isReplaced = change.actions.includes("create") && change.actions.includes("delete");
	const isUpdated = change.actions.includes("update");
	const facts = {
		before: before ?? {},
		after: after ?? {},
		unknown: unknown ?? {},
		isReplaced,
		isUpdated,
		rollout
	};
	return releaseTypes[type](facts);
}
const releaseTypes = {
	aws_ecs_task_definition: ({ before, after, isReplaced, rollout }) => isReplaced && typeof before.family === "string" && before.family === after.family ? {
		what: "revision",
		name: before.family,
		number: next(before.revision),
		rollout
	} : void 0,
	aws_launch_template: ({ before, after, unknown, isUpdated }) => isUpdated && (unknown.latest_version === true || before.latest_version !== after.latest_version) ? {
		what: "version",
		name: text(after.name),
		number: next(before.latest_version),
		rollout: void 0
	} : void 0,
	aws_lambda_function: ({ before, after, unknown, isUpdated }) => isUpdated && after.publish === true && unknown.version === true ? {
		what: "version",
		name: text(after.function_name),
		number: next(before.version),
		rollout: void 0
	} : void 0,
	aws_lambda_alias: ({ before, after, unknown, isUpdated }) => isUpdated && (unknown.function_version === true || before.function_version !== after.function_version) ? {
		what: "target",
		name: text(after.name),
		number: wholeNumber(after.function_version),
		rollout: void 0
	} : void 0,
	aws_lambda_layer_version: ({ before, after, isReplaced }) => isReplaced && before.layer_name === after.layer_name ? {
		what: "version",
		name: text(after.layer_name),
		number: next(before.version),
		rollout: void 0
	} : void 0,
	aws_api_gateway_deployment: ({ isReplaced }) => isReplaced ? {
		what: "deployment",
		name: "",
		number: void 0,
		rollout: void 0
	} : void 0,
	aws_apigatewayv2_deployment: ({ isReplaced }) => isReplaced ? {
		what: "deployment",
		name: "",
		number: void 0,
		rollout: void 0
	} : void 0,
	aws_bedrockagentcore_agent_runtime: ({ before, after, unknown, isUpdated }) => isUpdated && unknown.agent_runtime_version === true ? {
		what: "version",
		name: text(after.agent_runtime_name),
		number: next(before.agent_runtime_version),
		rollout: void 0
	} : void 0
};
function rolloutOf(changes) {
	for (const { type, change } of changes) {
		if (type !== "aws_ecs_service" || !change.actions.includes("update")) continue;
		const after = asObject(change.after);
		if (asObject(asList(after.deployment_controller)[0]).type === "CODE_DEPLOY") return "blue/green";
		const { strategy } = asObject(asList(after.deployment_configuration)[0]);
		const known = {
			BLUE_GREEN: "blue/green",
			CANARY: "canary",
			LINEAR: "linear"
		};
		return typeof strategy === "string" && Object.hasOwn(known, strategy) ? known[strategy] : "rolling update";
	}
}
function next(version) {
	const now = wholeNumber(version);
	return now === void 0 ? void 0 : now + 1;
}
function wholeNumber(version) {
	const number = typeof version === "string" && /^\d{1,9}$/.test(version) ? Number(version) : version;
	return Number.isSafeInteger(number) ? number : void 0;
}
function text(value) {
	return typeof value === "string" ? value : "";
}
// src/terraform/plan.ts
const rank = Object.fromEntries(kinds.map((kind, index) => [kind, index]));
async function makePlan(terraform, { targets, replaces, mode }) {
	const { hasChanges, text } = await terraform.plan(targets, replaces, mode);
	const json = await terraform.showPlan();
	const readYaml = needsYaml(json) ? (await import("./yaml2.js")).readYaml : void 0;
	return {
		plan: readPlan(json, hasChanges, text, secrets.redact, mode, readYaml, terraform.tool),
		json
	};
}
function needsYaml({ resource_changes = [], resource_drift = [] }) {
	return [...resource_changes, ...resource_drift].some(({ change }) => differsInYaml(change.before, change.after));
}
const maxChangesInFull = 800;
function readPlan(json, hasChanges, text, redact, mode = "normal", readYaml, tool = "terraform") {
	const withDiff = diffReader(configuredAttributes(json), redact, readYaml);
	const releases = findReleases(json.resource_changes ?? []);
	const changes = mostDangerousFirst((json.resource_changes ?? []).map((resource) => ({
		resource,
		planned: plannedChange(resource, releases.get(resource.address))
	})).filter(({ planned: { kind } }) => kind !== "none" && kind !== "read")).map(({ resource, planned }, index) => index < maxChangesInFull ? withDiff(planned, resource) : planned);
	const count = (kind) => changes.filter((change) => change.kind === kind).length;
	const kept = changes.filter(({ keepsOld }) => keepsOld).length;
	const filledIn = mode === "refresh-only" ? findFilledIn(json) : [];
	const drift = readDrift(json, mode, redact, readYaml, filledIn);
	const outputs = Object.entries(json.output_changes ?? {}).map(([name, change]) => plannedOutput(name, change, redact)).filter(({ kind }) => kind !== "none").sort((a, b) => inNaturalOrder(a.name, b.name));
	return {
		mode,
		hasChanges: mode === "refresh-only" ? drift.length > 0 || outputs.length > 0 : hasChanges,
		counts: {
			add: count("create") + count("replace"),
			change: count("update"),
			destroy: count("delete") + count("replace") - kept,
			replace: count("replace"),
			import: changes.filter((change) => change.imported !== void 0).length,
			move: changes.filter((change) => change.previousAddress !== void 0).length,
			forget: count("forget") + kept
		},
		changes,
		outputs,
		drift,
		filledIn,
		checks: readChecks(json),
		deferred: [...(json.deferred_changes ?? []).map(({ reason = "", resource_change }) => ({
			address: resource_change?.address ?? "",
			kind: resource_change === void 0 ? "none" : kindOf(resource_change.change),
			reason
		})), ...(json.deferred_action_invocations ?? []).map(({ reason = "", action_invocation }) => ({
			address: action_invocation?.address ?? "",
			kind: "none",
			reason
		}))],
		invocations: (json.action_invocations ?? []).map((each) => readInvocation(each, redact, readYaml)),
		warnings: readWarnings(text).filter(({ summary }) => !(json.checks && summary.startsWith("Check block assertion "))),
		place: placeOf(json, process.env),
		serverName: asText(json.variables?.name?.value),
		outputNames: Object.keys(json.configuration?.root_module?.outputs ?? json.planned_values?.outputs ?? {}),
		outputsBefore: Object.fromEntries(Object.entries(json.output_changes ?? {}).map(([name, { before }]) => [name, before])),
		priorState: json.prior_state,
		tool,
		terraformVersion: json.terraform_version ?? "",
		text
	};
}
function diffReader(configured, redact, readYaml) {
	return (planned, { address, change, provider_name }) => {
		let lines;
		return {
			...planned,
			get lines() {
				const set = configured(address);
				lines ??= diffLines(change, planned.kind, redact, {
					readYaml,
					configured: set && new Set(Object.keys(set)),
					writeOnly: writeOnlyArguments(change, set),
					isEmptyUnset: isOnFirstSdk(provider_name)
				});
				return lines;
			}
		};
	};
}
function isOnFirstSdk(provider) {
	return provider !== void 0 && !provider.startsWith("terraform.io/builtin/");
}
function readWarnings(text) {
	return readDiagnostics(text.replace(/\n\u2500{20,}[\s\S]*$/, "")).filter(({ severity }) => severity === "warning");
}
function readInvocation({ address = "", lifecycle_action_trigger: trigger, invoke_action_trigger, ...config }, redact, readYaml) {
	const change = {
		actions: ["create"],
		after: config.config_values,
		after_sensitive: config.config_sensitive,
		after_unknown: config.config_unknown
	};
	return {
		address,
		isInvoked: invoke_action_trigger !== void 0,
		event: trigger?.action_trigger_event ?? "",
		resource: trigger?.triggering_resource_address ?? "",
		onFailure: trigger?.on_failure ?? "",
		lines: diffLines(change, "create", redact, {
			readYaml,
			configured: new Set(Object.keys(asObject(change.after_unknown)))
		})
	};
}
function readImport({ importing }) {
	if (importing === void 0 || importing === null) return void 0;
	const { id, identity } = asObject(importing);
	const attributes = Object.entries(asObject(identity)).filter(([, value]) => value !== null);
	const text = asText(id);
	return {
		id: text === "" ? void 0 : text,
		identity: Object.fromEntries(attributes.map(([name, value]) => [name, JSON.stringify(value)]))
	};
}
function readChecks({ checks = [] }) {
	return checks.flatMap(readCheck);
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
function readDrift({ resource_drift = [], relevant_attributes = [] }, mode, redact, readYaml, filledIn) {
	const isRelevant = ({ address, change }) => relevant_attributes.some(({ resource, attribute }) => withoutInstanceKeys(resource) === withoutInstanceKeys(address) && JSON.stringify(valueAt(change.before, attribute)) !== JSON.stringify(valueAt(change.after, attribute)));
	const differs = ({ change }) => JSON.stringify(withoutEmpty(change.before)) !== JSON.stringify(withoutEmpty(change.after));
	const isRefresh = mode === "refresh-only";
	const shown = isRefresh ? resource_drift.map((resource) => withoutFilledIn(resource, filledIn)).filter(differs) : resource_drift.filter(isRelevant);
	shown.sort((a, b) => inNaturalOrder(a.address, b.address));
	const drift = shown.map(({ address, change, provider_name }) => {
		const kind = kindOf(change);
		return {
			address,
			kind,
			lines: diffLines(change, kind, redact, {
				readYaml,
				isEmptyUnset: isOnFirstSdk(provider_name)
			})
		};
	});
	return isRefresh ? drift.filter(({ lines }) => !lines.every(isFormatOnly)) : drift;
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
function plannedChange({ address, previous_address, deposed, type, change, action_reason }, release) {
	const moved = previous_address !== void 0 && previous_address !== address;
	const imported = readImport(change);
	let kind = kindOf(change);
	if (kind === "none" && moved) kind = "move";
	else if (kind === "none" && imported !== void 0) kind = "import";
	const keepsOld = kind === "replace" && change.actions.includes("forget");
	return {
		address,
		previousAddress: moved ? previous_address : void 0,
		type,
		kind,
		imported,
		loss: (kind === "delete" || kind === "replace" && !keepsOld) && release === void 0 ? lossOf(type) : void 0,
		release,
		keepsOld,
		deposed: deposed !== void 0 && deposed !== "",
		reason: action_reason,
		forcedBy: [...new Set((change.replace_paths ?? []).map(rawPathText))].filter((name) => name !== ""),
		lines: []
	};
}
function mostDangerousFirst(changes) {
	return [...Map.groupBy(changes, ({ planned: { kind, loss } }) => rank[kind] * 2 + (loss === void 0 ? 1 : 0))].sort(([a], [b]) => a - b).flatMap(([, group]) => group.sort(({ planned: a }, { planned: b }) => inNaturalOrder(a.address, b.address)));
}
function compareText(a, b) {
	return a < b ? -1 : a > b ? 1 : 0;
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
	get isEmpty() {
		return fstatSync(this.descriptor).size === 0;
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
		const first = buffer.indexOf("\n");
		return first === -1 ? "" : buffer.subarray(first + 1, bytes).toString("utf8");
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
// src/approval/planned-images.ts
function assertImagesPlanned({ configuration, variables = {} }, images) {
	const declared = configuration?.root_module?.variables ?? {};
	for (const { variable, reference } of images) {
		if (!Object.hasOwn(declared, variable)) {
			const names = Object.keys(declared);
			throw new InputError(`Input reviewed-images names the variable "${variable}", which the root module does not have: ${names.length === 0 ? "it has no variables" : `its variables are ${names.join(", ")}`}.`);
		}
		if ((Object.hasOwn(variables, variable) ? variables[variable]?.value : reference) !== reference) throw new InputError(`Terraform has planned with another value of the variable "${variable}" than the image ${reference} of the input reviewed-images: remove the variable from TF_CLI_ARGS and TF_CLI_ARGS_plan.`);
	}
}
// src/platforms/requirements.ts
function assertVerifiable({ outputNames, json }, inputs) {
	const isEmpty = (name) => isKnownEmpty(json, name) || otherTypeOf(json, name) !== void 0;
	const isMissing = (name) => !outputNames.includes(name) || isEmpty(name);
	const state = { values: json.planned_values ?? {} };
	const isAddressed = () => specific.some(({ outputs, addresses }) => addresses !== void 0 && !outputs.some(isMissing)) || findAddressedTarget(inputs, state) !== void 0;
	const missing = inputs.mcp.endpoint === void 0 && isMissing("mcp_endpoint") && !isAddressed() ? ["mcp_endpoint"] : [];
	const hasTarget = findExplicitTarget(inputs, void 0) !== void 0 || specific.some(({ outputs }) => !outputs.some(isMissing));
	if (!hasTarget) {
		const isDeclared = ({ outputs }) => outputs.some((name) => outputNames.includes(name));
		missing.push(...specific.find(isDeclared)?.outputs.filter(isMissing) ?? []);
	}
	if (missing.length > 0) throw new InputError(missingMessage(missing, {
		outputNames,
		json
	}));
	const endpoint = inputs.mcp.endpoint ?? outputText(state, "mcp_endpoint");
	if (!hasTarget && endpoint !== void 0) findCandidate(endpoint, state);
}
function isKnownEmpty({ output_changes }, name) {
	const change = output_changes?.[name];
	return change?.after_unknown !== true && change !== void 0 && (change.after ?? "") === "";
}
function otherTypeOf({ output_changes }, name) {
	const { after, after_unknown: unknown } = output_changes?.[name] ?? {};
	if (unknown === true) return void 0;
	const value = after ?? (typeof unknown === "object" ? unknown : void 0);
	if (Array.isArray(value)) return "a list";
	if (value === null || value === void 0 || typeof value === "string") return void 0;
	if (isObject(value) && exactDigits(value) === void 0) return "an object";
	return typeof value === "boolean" ? "a truth value" : "a number";
}
function missingMessage(missing, planned) {
	const ofOtherType = missing.flatMap((name) => {
		const type = otherTypeOf(planned.json, name);
		return type === void 0 ? [] : [{
			name,
			type
		}];
	});
	const isWrong = (name) => ofOtherType.some((each) => each.name === name);
	const empty = missing.filter((name) => planned.outputNames.includes(name) && !isWrong(name));
	const absent = missing.filter((name) => !empty.includes(name) && !isWrong(name));
	const plural = (names) => names.length > 1 ? "s" : "";
	const problems = [
		absent.length === 0 ? "" : `lacks the output${plural(absent)} ${absent.join(", ")}`,
		empty.length === 0 ? "" : `leaves the output${plural(empty)} ${empty.join(", ")} empty`,
		ofOtherType.length === 0 ? "" : `has ${joined(ofOtherType.map(({ name, type }) => `the output ${name} as ${type}`), "and")}, which must be a text`
	].filter((problem) => problem !== "");
	const addresses = missing.includes("mcp_endpoint") ? addressesOf(planned) : [];
	const example = missing.map((name) => `output "${name}" { value = ${name === "mcp_endpoint" && addresses[0]?.expression || "\u2026"} }`);
	const targetOutputs = specific.map(({ outputs }) => joined(outputs, "and"));
	return [
		`The root module ${problems.join(" and ")}, so what is deployed could not be verified.`,
		`${absent.length === missing.length ? "Add" : "Write"} ${example.join(" and ")}, or set the inputs mcp-endpoint, ecs-cluster and ecs-service.`,
		...lookAlikes(missing, planned.outputNames),
		...missing.includes("mcp_endpoint") ? withoutAddress(planned, addresses) : [],
		`The action finds the resource behind the endpoint by the output ${joined(targetOutputs, "or")}; without ${targetOutputs.length > 1 ? "all of them" : "it"}, mcp_endpoint is enough and only the endpoint is checked.`
	].join(" ");
}
const lookAlikePatterns = {
	mcp_endpoint: /ur[il]|endpoint|address|host|domain|dns/i,
	ecs_cluster_name: /cluster/i,
	ecs_service_name: /service(?!.*(?:ur[il]|address|host))/i,
	instance_id: /instance/i,
	lambda_function_name: /function(?!.*ur[il])|lambda/i,
	agentcore_runtime_arn: /runtime|agent/i
};
function lookAlikes(missing, outputNames) {
	return missing.flatMap((name) => {
		const similar = outputNames.filter((each) => !missing.includes(each) && lookAlikePatterns[name]?.test(each));
		if (similar.length === 0) return [];
		const names = joined(similar.slice(0, 5), "and");
		return [`The output${similar.length > 1 ? "s" : ""} ${names} may hold what ${name} must hold.`];
	});
}
const addressAttributes = {
	aws_cloudfront_distribution: (resource) => `"https://\${${resource}.domain_name}/mcp"`,
	aws_lambda_function_url: (resource) => `"\${${resource}.function_url}mcp"`,
	aws_apigatewayv2_api: (resource) => `"\${${resource}.api_endpoint}/mcp"`,
	aws_api_gateway_stage: (resource) => `"\${${resource}.invoke_url}/mcp"`,
	aws_apprunner_service: (resource) => `"https://\${${resource}.service_url}/mcp"`,
	aws_lightsail_container_service: (resource) => `"\${${resource}.url}mcp"`,
	aws_lb: (resource) => `"https://\${${resource}.dns_name}/mcp"`,
	aws_alb: (resource) => `"https://\${${resource}.dns_name}/mcp"`
};
function addressesOf({ json }) {
	return Object.entries(addressAttributes).flatMap(([type, expressionOf]) => (json.resource_changes ?? []).filter(({ mode, type: each, change }) => mode === "managed" && each === type && !change.actions.includes("delete")).map(({ address }) => ({
		resource: address,
		expression: address.startsWith("module.") ? void 0 : expressionOf(address)
	})));
}
function withoutAddress({ json }, addresses) {
	const nested = addresses.find(({ expression }) => expression === void 0);
	if (addresses[0]?.expression === void 0 && nested !== void 0) return [`The plan has ${nested.resource}: give its module an output with the address, and use it here.`];
	if (addresses.length > 0) return [];
	return (json.resource_changes ?? []).filter(({ type, change }) => type === "aws_ecs_service" && !change.actions.includes("delete") && asObject(change.after_unknown).load_balancer !== true && asList(asObject(change.after).load_balancer).length === 0).map(({ address }) => `${address} has no load balancer: the address of its tasks changes with each deployment, so no output can hold it. Put a load balancer before the service, as terraform/ecs does, or set mcp-endpoint to a URL that always leads to it.`);
}
// src/rules/configured.ts
const maxDepth = 20;
function readConfigured(plan) {
	const variables = asObject(plan.variables);
	let index;
	const resourceAt = (address) => {
		index ??= indexOf(asObject(asObject(plan.configuration).root_module));
		return index.get(withoutInstanceKeys(address));
	};
	const follow = (reference, scope, depth) => {
		const name = /^var\.([\w-]+)/.exec(reference)?.[1];
		if (name === void 0 || depth > maxDepth) return [];
		if (scope.parent === void 0) {
			const value = asObject(variables[name]).value;
			return value === void 0 ? [] : [{
				place: `the variable ${name}`,
				value
			}];
		}
		if (!Object.hasOwn(scope.call, name)) {
			const value = asObject(scope.variables[name]).default ?? null;
			return [{
				place: `the default of ${name} in ${scope.prefix.slice(0, -1)}`,
				value
			}];
		}
		const argument = asObject(scope.call[name]);
		const { constant_value } = argument;
		if (constant_value !== void 0) return [{
			place: `the argument ${name} of ${scope.prefix.slice(0, -1)}`,
			value: constant_value
		}];
		const { parent } = scope;
		return referencesIn(argument).flatMap((each) => follow(each, parent, depth + 1));
	};
	const references = (address, argument) => {
		const found = resourceAt(address);
		if (found === void 0 || !Object.hasOwn(found.expressions, argument)) return void 0;
		const { prefix } = found.scope;
		return referencesIn(found.expressions[argument]).map((reference) => `${prefix}${reference}`);
	};
	const sources = (address, argument) => {
		const found = resourceAt(address);
		if (found === void 0) return [];
		return [...new Set(referencesIn(found.expressions[argument]))].flatMap((reference) => follow(reference, found.scope, 0));
	};
	const isSet = (address, argument) => {
		const all = references(address, argument) ?? [];
		const values = sources(address, argument);
		const isNull = all.every((each) => /(?:^|\.)var\./.test(each)) && values.every(({ value }) => value === null);
		return all.length > 0 && !(isNull && values.length > 0);
	};
	return {
		references,
		sources,
		isSet
	};
}
function indexOf(root) {
	const index = new Map();
	const walk = (module, scope, depth) => {
		for (const { address, expressions } of asList(module.resources).map(asObject)) if (typeof address === "string") index.set(`${scope.prefix}${address}`, {
			expressions: asObject(expressions),
			scope
		});
		if (depth > maxDepth) return;
		for (const [name, call] of Object.entries(asObject(module.module_calls))) {
			const { module: child, expressions } = asObject(call);
			const inner = asObject(child);
			const prefix = `${scope.prefix}module.${name}.`;
			const variables = asObject(inner.variables);
			walk(inner, {
				prefix,
				call: asObject(expressions),
				variables,
				parent: scope
			}, depth + 1);
		}
	};
	walk(root, {
		prefix: "",
		call: {},
		variables: {},
		parent: void 0
	}, 0);
	return index;
}
function referencesIn(expression) {
	if (Array.isArray(expression)) return expression.flatMap(referencesIn);
	const { references, ...blocks } = asObject(expression);
	return [...asList(references).filter((each) => typeof each === "string"), ...Object.values(blocks).flatMap((each) => typeof each === "object" ? referencesIn(each) : [])];
}
// src/rules/plan-view.ts
function viewOf(json, inputs) {
	const plan = asObject(json);
	const resources = asList(plan.resource_changes).map(asObject);
	const managed = resources.filter(({ mode }) => mode === "managed");
	const changes = managed.flatMap((resource) => changedResource(resource) ?? []);
	const unchanged = managed.filter(({ change }) => changeKindOf(asList(asObject(change).actions)) === void 0 && !isForgotten(change)).map(({ address, type, change }) => ({
		address: asString(address) ?? "",
		type: asString(type) ?? "",
		after: asObject(asObject(change).after)
	}));
	const forgotten = managed.filter(({ change }) => isForgotten(change)).map(({ address, type, change }) => ({
		address: asString(address) ?? "",
		type: asString(type) ?? "",
		isReplaced: asList(asObject(change).actions).includes("create")
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
		forgotten: (...types) => forgotten.filter(({ type }) => types.includes(type)),
		deferredPolicies: deferredPolicies(resources, plan.prior_state),
		sessions: sessionsOf(plan, containers, mcpPath, inputs),
		mcpPath,
		configured: readConfigured(plan),
		secretVariables: secretVariablesOf(plan),
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
function isForgotten(change) {
	return asList(asObject(change).actions).includes("forget");
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
function secretVariablesOf(plan) {
	const declared = asObject(asObject(asObject(plan.configuration).root_module).variables);
	const values = asObject(plan.variables);
	return Object.entries(declared).flatMap(([name, variable]) => asObject(variable).sensitive === true ? [asObject(values[name]).value] : []);
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
			evidence: "the container's command sets the transport sse",
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
const answering = [
	...loadBalancers,
	...listeners,
	...targetGroups,
	"aws_ecs_service",
	"aws_ecs_cluster",
	"aws_instance",
	"aws_eip",
	"aws_route53_record",
	"aws_acm_certificate",
	"aws_lambda_function",
	"aws_lambda_alias",
	"aws_lambda_function_url",
	"aws_apigatewayv2_api",
	"aws_api_gateway_rest_api",
	"aws_apprunner_service",
	"aws_bedrockagentcore_agent_runtime"
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
	},
	"left-unmanaged": {
		severity: "warning",
		finds: "Terraform removes a part of the deployment from the state and does not destroy it: by a `removed` block, or by `lifecycle { destroy = false }` of OpenTofu, also for a replacement.",
		why: "The part goes on running, costs money, and may go on answering clients. No later plan shows it, changes it or destroys it. After a replacement there are two of them.",
		instead: "Remove a part from the state only if another state imports it. Otherwise destroy it with the plan, or delete it manually when no client uses it.",
		find: (plan) => plan.forgotten(...answering).map(({ address, type, isReplaced }) => ({
			address,
			sentence: isReplaced ? `A new ${type} takes the place of this one, and the old one stays: it goes on running, and nothing manages it any more.` : `This ${type} stays as it is, and nothing manages it any more: no later plan shows, changes or destroys it.`,
			fix: "Import it into another state, or delete it manually when no client uses it."
		}))
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
// src/rules/wildcard-actions.ts
const wildcardActions = {
	acm: `
    GetAccountConfiguration ListAcmeEndpoints ListCertificates SearchCertificates`,
	"application-autoscaling": `
    DescribeScalableTargets DescribeScalingActivities DescribeScalingPolicies
    DescribeScheduledActions GetPredictiveScalingForecast`,
	athena: `
    GetCatalogs GetExecutionEngine GetExecutionEngines GetNamespace GetNamespaces GetQueryExecutions GetTable
    GetTables ListApplicationDPUSizes ListCapacityReservations ListDataCatalogs ListEngineVersions ListExecutors
    ListWorkGroups`,
	autoscaling: `
    DescribeAccountLimits DescribeAccountSettings DescribeAdjustmentTypes DescribeAutoScalingGroups
    DescribeAutoScalingInstances DescribeAutoScalingNotificationTypes DescribeInstanceRefreshes DescribeLaunchConfigurations
    DescribeLifecycleHookTypes DescribeLifecycleHooks DescribeLoadBalancerTargetGroups DescribeLoadBalancers
    DescribeMetricCollectionTypes DescribeNotificationConfigurations DescribePolicies DescribeScalingActivities
    DescribeScalingProcessTypes DescribeScheduledActions DescribeTags DescribeTerminationPolicyTypes DescribeTrafficSources
    DescribeWarmPool GetPredictiveScalingForecast`,
	bedrock: `
    CheckIngestedDocumentAcl GetAccountDataRetention GetBlueprintRecommendation GetDataSourceAuthorizationUrl
    GetDocumentContent GetFoundationModelAvailability GetIngestedDocumentAcl GetModelInvocationLoggingConfiguration
    GetUseCaseForModelAccess ListAdvancedPromptOptimizationJobs ListAgents ListAsyncInvokes ListCustomModelDeployments
    ListCustomModels ListEnforcedGuardrailsConfiguration ListEvaluationJobs ListFlows ListFoundationModelAgreementOffers
    ListFoundationModels ListImportedModels ListInferenceProfiles ListKnowledgeBases ListMarketplaceModelEndpoints
    ListModelCopyJobs ListModelCustomizationJobs ListModelEvaluationJobs ListModelImportJobs ListModelInvocationJobs
    ListPromptRouters ListProvisionedModelThroughputs ListSessions`,
	"bedrock-agentcore": `
    ListABTests ListAgentRuntimeEndpoints ListAgentRuntimeVersions
    ListAgentRuntimeVersionsByCapacityProvider ListAgentRuntimes ListBatchEvaluations ListBrowserProfiles
    ListBrowserSessions ListBrowsers ListCapacityProviders ListCodeInterpreters ListConfigurationBundles ListConsentPortals
    ListDatasets ListEvaluators ListGateways ListHarnessEndpoints ListHarnessVersions ListHarnesses ListMemories
    ListOnlineEvaluationConfigs ListPaymentManagers ListPolicyEngineSummaries ListPolicyEngines ListRecommendations
    ListRegistries`,
	ce: `
    DescribeNotificationSubscription DescribeReport GetApproximateUsageRecords GetCommitmentPurchaseAnalysis
    GetConsoleActionSetEnforced GetPreferences GetReservationCoverage GetReservationPurchaseRecommendation
    GetReservationUtilization GetRightsizingRecommendation GetSavingsPlanPurchaseRecommendationDetails
    GetSavingsPlansCoverage GetSavingsPlansPurchaseRecommendation GetSavingsPlansUtilization
    GetSavingsPlansUtilizationDetails ListCommitmentPurchaseAnalyses ListCostAllocationTagBackfillHistory
    ListCostAllocationTags ListCostCategoryDefinitions ListCostCategoryResourceAssociations
    ListSavingsPlansPurchaseRecommendationGeneration`,
	cloudformation: `
    DescribeAccountLimits DescribeGeneratedTemplate DescribeOrganizationsAccess DescribePublisher
    DescribeResourceScan DescribeStackDriftDetectionStatus DescribeType DescribeTypeRegistration GetGeneratedTemplate
    GetHookResult GetResource GetResourceRequestStatus ListAllHookResults ListExports ListGeneratedTemplates ListImports
    ListResourceRequests ListResourceScanRelatedResources ListResourceScanResources ListResourceScans ListResources
    ListStackSets ListStacks ListTypeRegistrations ListTypeVersions ListTypes`,
	cloudtrail: `
    DescribeTrails GetImport ListChannels ListDashboards ListEventDataStores ListImportFailures ListImports
    ListPublicKeys ListServiceLinkedChannels ListTrails LookupEvents SearchSampleQueries`,
	cloudwatch: `
    BatchGetServiceLevelIndicatorReport DescribeAlarmsForMetric DescribeAnomalyDetectors DescribeInsightRules
    GetAgentGraph GetContextGraph GetIntelligenceConfiguration GetMetricStatistics GetMetricWidgetImage GetOTelEnrichment
    GetOmniThread GetPreferences GetRecords GetSpaceCredentials GetSpaceCredentialsForOrganization GetTelemetryQueryResults
    GetTopologyDiscoveryStatus GetTopologyMap ListAccessGrants ListAccessProfiles ListAlertContributors ListAlerts
    ListDashboards ListDomainAccessGrantsForOrganization ListDomains ListEntitiesForMetric ListIngestionEndpoints
    ListIntegrations ListManagedInsightRules ListMetricStreams ListOmniDashboards ListOmniThreads ListServiceLevelObjectives
    ListServices ListSpaceAccess ListSpaces ListSpacesForOrganization ListTelemetryFields ListTelemetryQuerySessions
    ListViews SearchPrincipals`,
	comprehend: `
    BatchDetectDominantLanguage BatchDetectEntities BatchDetectKeyPhrases BatchDetectSentiment
    BatchDetectSyntax BatchDetectTargetedSentiment ContainsPiiEntities DetectDominantLanguage DetectKeyPhrases
    DetectPiiEntities DetectSentiment DetectSyntax DetectTargetedSentiment DetectToxicContent ListDocumentClassificationJobs
    ListDocumentClassifierSummaries ListDocumentClassifiers ListDominantLanguageDetectionJobs ListEndpoints
    ListEntitiesDetectionJobs ListEntityRecognizerSummaries ListEntityRecognizers ListEventsDetectionJobs ListFlywheels
    ListKeyPhrasesDetectionJobs ListPiiEntitiesDetectionJobs ListSentimentDetectionJobs ListTargetedSentimentDetectionJobs
    ListTopicsDetectionJobs`,
	"cognito-idp": `
    DescribeUserPoolDomain GetDevice GetProvisionedLimit GetTokensFromRefreshToken GetUser
    GetUserAttributeVerificationCode ListDevices ListUserPools`,
	dynamodb: `
    DescribeEndpoints DescribeLimits DescribeReservedCapacity DescribeReservedCapacityOfferings GetAbacStatus
    ListBackups ListContributorInsights ListGlobalTables ListStreams ListTables`,
	ec2: `
    DescribeAccountAttributes DescribeAccountVpcEncryptionControl DescribeAddressTransfers DescribeAddresses
    DescribeAddressesAttribute DescribeAggregateIdFormat DescribeApplicationStatus
    DescribeApplicationStatusCheckAssociations DescribeApplicationStatusChecks DescribeAvailabilityZones
    DescribeAwsNetworkPerformanceMetricSubscriptions DescribeBundleTasks DescribeByoipCidrs
    DescribeCapacityBlockExtensionHistory DescribeCapacityBlockOfferings DescribeCapacityBlockStatus DescribeCapacityBlocks
    DescribeCapacityManagerDataExports DescribeCapacityReservationBillingRequests
    DescribeCapacityReservationCancellationQuotes DescribeCapacityReservationFleets DescribeCapacityReservationTopology
    DescribeCapacityReservations DescribeCarrierGateways DescribeClassicLinkInstances DescribeClientVpnEndpoints
    DescribeCoipPools DescribeConversionTasks DescribeCustomerGateways DescribeDeclarativePoliciesReports
    DescribeDhcpOptions DescribeEgressOnlyInternetGateways DescribeElasticGpus DescribeExportImageTasks DescribeExportTasks
    DescribeFastLaunchImages DescribeFastSnapshotRestores DescribeFleets DescribeFlowLogs DescribeFpgaImages
    DescribeHostReservationOfferings DescribeHostReservations DescribeHosts DescribeIamInstanceProfileAssociations
    DescribeIdFormat DescribeIdentityIdFormat DescribeImageReferences DescribeImageUsageReportEntries
    DescribeImageUsageReports DescribeImages DescribeImportImageTasks DescribeImportSnapshotTasks
    DescribeInstanceConnectEndpoints DescribeInstanceCreditSpecifications DescribeInstanceEventNotificationAttributes
    DescribeInstanceEventWindows DescribeInstanceImageMetadata DescribeInstanceSqlHaHistoryStates
    DescribeInstanceSqlHaStates DescribeInstanceStatus DescribeInstanceTopology DescribeInstanceTypeOfferings
    DescribeInstanceTypes DescribeInstances DescribeInternetGateways DescribeIpamByoasn
    DescribeIpamExternalResourceVerificationTokens DescribeIpamInternetRegistryAssociations DescribeIpamPolicies
    DescribeIpamPoolAllocations DescribeIpamPools DescribeIpamPrefixListResolverTargets DescribeIpamPrefixListResolvers
    DescribeIpamResourceDiscoveries DescribeIpamResourceDiscoveryAssociations DescribeIpamScopes DescribeIpams
    DescribeIpv6Pools DescribeKeyPairs DescribeLaunchTemplateVersions DescribeLaunchTemplates
    DescribeLocalGatewayRouteTablePermissions DescribeLocalGatewayRouteTableVirtualInterfaceGroupAssociations
    DescribeLocalGatewayRouteTableVpcAssociations DescribeLocalGatewayRouteTables DescribeLocalGatewayVirtualInterfaceGroups
    DescribeLocalGatewayVirtualInterfaces DescribeLocalGateways DescribeLockedSnapshots DescribeMacHosts
    DescribeMacModificationTasks DescribeManagedPrefixLists DescribeMovingAddresses DescribeNatGateways DescribeNetworkAcls
    DescribeNetworkInsightsAccessScopeAnalyses DescribeNetworkInsightsAccessScopes DescribeNetworkInsightsAnalyses
    DescribeNetworkInsightsPaths DescribeNetworkInterfaceAttribute DescribeNetworkInterfacePermissions
    DescribeNetworkInterfaces DescribeOutpostLags DescribePlacementGroups DescribePrefixLists DescribePrincipalIdFormat
    DescribePublicIpv4Pools DescribeRegions DescribeReplaceRootVolumeTasks DescribeReservedInstances
    DescribeReservedInstancesListings DescribeReservedInstancesModifications DescribeReservedInstancesOfferings
    DescribeRouteServerEndpoints DescribeRouteServerPeers DescribeRouteServers DescribeRouteTables
    DescribeScheduledInstanceAvailability DescribeScheduledInstances DescribeSecondaryInterfaces DescribeSecondaryNetworks
    DescribeSecondarySubnets DescribeSecurityGroupRules DescribeSecurityGroupVpcAssociations DescribeSecurityGroups
    DescribeServiceLinkVirtualInterfaces DescribeSnapshotTierStatus DescribeSnapshots DescribeSpotDatafeedSubscription
    DescribeSpotFleetRequests DescribeSpotInstanceRequests DescribeSpotPriceHistory DescribeStaleSecurityGroups
    DescribeStoreImageTasks DescribeSubnets DescribeTags DescribeTrafficMirrorFilterRules DescribeTrafficMirrorFilters
    DescribeTrafficMirrorSessions DescribeTrafficMirrorTargets DescribeTransitGatewayAttachments
    DescribeTransitGatewayConnectPeers DescribeTransitGatewayConnects DescribeTransitGatewayMeteringPolicies
    DescribeTransitGatewayMulticastDomains DescribeTransitGatewayPeeringAttachments DescribeTransitGatewayPolicyTables
    DescribeTransitGatewayRouteTableAnnouncements DescribeTransitGatewayRouteTables DescribeTransitGatewayVpcAttachments
    DescribeTransitGateways DescribeTrunkInterfaceAssociations DescribeVerifiedAccessEndpoints DescribeVerifiedAccessGroups
    DescribeVerifiedAccessInstanceLoggingConfigurations DescribeVerifiedAccessInstanceWebAclAssociations
    DescribeVerifiedAccessInstances DescribeVerifiedAccessTrustProviders DescribeVolumeStatus DescribeVolumes
    DescribeVolumesModifications DescribeVpcBlockPublicAccessExclusions DescribeVpcBlockPublicAccessOptions
    DescribeVpcClassicLink DescribeVpcClassicLinkDnsSupport DescribeVpcEncryptionControls DescribeVpcEndpointAssociations
    DescribeVpcEndpointConnectionNotifications DescribeVpcEndpointConnections DescribeVpcEndpointServiceConfigurations
    DescribeVpcEndpointServices DescribeVpcEndpoints DescribeVpcPeeringConnections DescribeVpcs DescribeVpnConcentrators
    DescribeVpnConnections DescribeVpnGateways GetAllowedImagesSettings GetAwsNetworkPerformanceData
    GetCapacityManagerAttributes GetCapacityManagerMetricData GetCapacityManagerMetricDimensions
    GetCapacityManagerMonitoredTagKeys GetDefaultCreditSpecification GetEbsDefaultKmsKeyId GetEbsEncryptionByDefault
    GetEnabledIpamPolicy GetHostReservationPurchasePreview GetImageBlockPublicAccessState GetInstanceMetadataDefaults
    GetInstanceTypesFromInstanceRequirements GetManagedResourceVisibility GetSerialConsoleAccessStatus
    GetSnapshotBlockPublicAccessState GetSpotPlacementScores GetSubnetCidrReservations
    GetTransitGatewayAttachmentPropagations GetTransitGatewayPrefixListReferences GetTransitGatewayRouteTableAssociations
    GetTransitGatewayRouteTablePropagations GetVpnConnectionDeviceTypes ListImagesInRecycleBin ListSnapshotsInRecycleBin
    ListVolumesInRecycleBin`,
	ec2messages: `
    AcknowledgeMessage DeleteMessage FailMessage GetEndpoint GetMessages SendReply`,
	ecr: `
    DescribePullThroughCacheRules DescribeRegistry DescribeRepositoryCreationTemplates GetAccountSetting
    GetAuthorizationToken GetRegistryPolicy GetRegistryScanningConfiguration GetSigningConfiguration
    ListPullTimeUpdateExclusions`,
	"ecr-public": `
    GetAuthorizationToken`,
	ecs: `
    DescribeTaskDefinition ListAccountSettings ListClusters ListDaemonTaskDefinitions ListDaemons ListServices
    ListServicesByNamespace ListTaskDefinitionFamilies ListTaskDefinitions`,
	eks: `
    DescribeAddonConfiguration DescribeAddonVersions DescribeClusterVersions ListAccessPolicies ListClusters
    ListEksAnywhereSubscriptions`,
	elasticloadbalancing: `
    DescribeAccountLimits DescribeCapacityReservation DescribeInstanceHealth
    DescribeListenerAttributes DescribeListenerCertificates DescribeListeners DescribeLoadBalancerAttributes
    DescribeLoadBalancerPolicies DescribeLoadBalancerPolicyTypes DescribeLoadBalancers DescribeRules DescribeSSLPolicies
    DescribeTags DescribeTargetGroupAttributes DescribeTargetGroups DescribeTargetHealth DescribeTrustStoreAssociations
    DescribeTrustStoreRevocations DescribeTrustStores DescribeWebACLAssociation`,
	events: `
    ListApiDestinations ListArchives ListConnections ListEndpoints ListEventBuses ListEventSources
    ListPartnerEventSources ListReplays ListRuleNamesByTarget ListRules ListSubscribers`,
	glue: `
    BatchGetCustomEntityTypes BatchGetStageFiles CheckSchemaVersionValidity DescribeInboundIntegrations GetClassifier
    GetClassifiers GetColumnStatisticsTaskRun GetColumnStatisticsTaskRuns GetColumnStatisticsTaskSettings GetCrawlerMetrics
    GetCrawlers GetCustomEntityType GetDataPreviewStatement GetDataflowGraph GetDevEndpoints GetEnvironment GetExecutors
    GetExecutorsThreads GetGeneratedCode GetGlueIdentityCenterConfiguration GetJobBookmark GetJobs GetLogParsingStatus
    GetMapping GetNotebookInstanceStatus GetPlan GetQueries GetQuery GetRecipeAction GetSecurityConfiguration
    GetSecurityConfigurations GetStage GetStageAttempt GetStageAttemptTaskList GetStageAttemptTaskSummary GetStageFiles
    GetStages GetStorage GetStorageUnit GetTriggers ListBlueprints ListColumnStatisticsTaskRuns ListConnectionTypes
    ListCrawlers ListCustomEntityTypes ListDevEndpoints ListJobs ListRegistries ListSessions ListTriggers ListUsageProfiles
    ListWorkflows`,
	health: `
    DescribeAffectedAccountsForOrganization DescribeAffectedEntitiesForOrganization DescribeEntityAggregates
    DescribeEntityAggregatesForOrganization DescribeEventAggregates DescribeEventDetailsForOrganization DescribeEventTypes
    DescribeEvents DescribeEventsForOrganization DescribeHealthServiceStatusForOrganization`,
	kms: `
    DescribeCustomKeyStores GenerateRandom ListAliases ListKeys ListRetirableGrants`,
	lambda: `
    GetAccountSettings ListCapacityProviders ListCodeSigningConfigs ListEventSourceMappings ListFunctions
    ListLayerVersions ListLayers ListManagedMicrovmImages ListMicrovmImages ListMicrovms ListNetworkConnectors`,
	logs: `
    DescribeAccountPolicies DescribeConfigurationTemplates DescribeDeliveries DescribeDeliveryDestinations
    DescribeDeliverySources DescribeDestinations DescribeExportTasks DescribeFieldIndexes DescribeImportTaskBatches
    DescribeImportTasks DescribeIndexPolicies DescribeLogGroups DescribeLookupTables DescribeQueries
    DescribeQueryDefinitions DescribeResourcePolicies GetIntegration GetLogDelivery GetLogFields GetStorageTierPolicy
    ListAggregateLogGroupSummaries ListEntitiesForLogGroup ListIntegrations ListLogDeliveries ListLogGroups
    ListLogGroupsForEntity ListLogGroupsForQuery ListScheduledQueries ListSourcesForS3TableIntegration
    ListSyslogConfigurations`,
	organizations: `
    DescribeCreateAccountStatus DescribeOrganization DescribeResourcePolicy
    ListAWSServiceAccessForOrganization ListAccounts ListAccountsWithInvalidEffectivePolicy ListCreateAccountStatus
    ListDelegatedAdministrators ListHandshakesForAccount ListHandshakesForOrganization ListInboundResponsibilityTransfers
    ListOutboundResponsibilityTransfers ListPolicies ListRoots`,
	polly: `
    DescribeVoices GetSpeechSynthesisTask ListLexicons ListSpeechSynthesisTasks`,
	pricing: `
    DescribeServices GetAttributeValues GetPriceListFileUrl GetProducts ListPriceLists`,
	rds: `
    DescribeAccountAttributes DescribeCertificates DescribeDBEngineVersions DescribeDBMajorEngineVersions
    DescribeDBRecommendations DescribeEngineDefaultClusterParameters DescribeEngineDefaultParameters DescribeEventCategories
    DescribeEvents DescribeOptionGroupOptions DescribeOrderableDBInstanceOptions DescribeRecommendationGroups
    DescribeRecommendations DescribeReservedDBInstancesOfferings DescribeSourceRegions`,
	rekognition: `
    CompareFaces DescribeProjects DetectFaces DetectLabels DetectProtectiveEquipment DetectText
    GetCelebrityInfo GetCelebrityRecognition GetContentModeration GetFaceDetection GetFaceLivenessSessionResults
    GetFaceSearch GetLabelDetection GetMediaAnalysisJob GetPersonTracking GetSegmentDetection GetTextDetection
    ListCollections ListMediaAnalysisJobs ListStreamProcessors RecognizeCelebrities`,
	route53: `
    GetAccountLimit GetCheckerIpRanges GetGeoLocation GetHealthCheckCount GetHostedZoneCount
    GetTrafficPolicyInstanceCount ListCidrCollections ListGeoLocations ListHealthChecks ListHostedZones
    ListHostedZonesByName ListHostedZonesByVPC ListReusableDelegationSets ListTrafficPolicies ListTrafficPolicyInstances`,
	s3: `
    GetAccessPoint GetAccountPublicAccessBlock ListAccessGrantsInstances ListAccessPoints
    ListAccessPointsForObjectLambda ListAllMyBuckets ListJobs ListMultiRegionAccessPoints ListStorageLensConfigurations
    ListStorageLensGroups`,
	sagemaker: `
    DescribeJobSchemaVersion DescribeLineageGroup GetLineageGroupPolicy GetResourcePolicy
    GetSagemakerServicecatalogPortfolioStatus GetSearchSuggestions ListAIBenchmarkJobs ListAIRecommendationJobs
    ListAIWorkloadConfigs ListActions ListAlgorithms ListAppImageConfigs ListApps ListArtifacts ListAssociations
    ListAutoMLJobs ListCandidatesForAutoMLJob ListClusterSchedulerConfigs ListClusters ListCodeRepositories
    ListCompilationJobs ListComputeQuotas ListContexts ListDataQualityJobDefinitions ListDeviceFleets ListDevices
    ListDomains ListEdgeDeploymentPlans ListEdgePackagingJobs ListEndpointConfigs ListEndpoints ListExperiments
    ListFeatureGroups ListFlowDefinitions ListHubs ListHumanLoops ListHumanTaskUis ListHyperParameterTuningJobs ListImages
    ListInferenceComponents ListInferenceExperiments ListInferenceRecommendationsJobSteps ListInferenceRecommendationsJobs
    ListJobSchemaVersions ListJobs ListLabelingJobs ListLineageGroups ListMlflowApps ListMlflowTrackingServers
    ListModelBiasJobDefinitions ListModelCards ListModelExplainabilityJobDefinitions ListModelMetadata
    ListModelPackageGroups ListModelQualityJobDefinitions ListModels ListMonitoringAlertHistory ListMonitoringAlerts
    ListMonitoringExecutions ListMonitoringSchedules ListNotebookInstanceLifecycleConfigs ListNotebookInstances
    ListOptimizationJobs ListPartnerApps ListPipelines ListProcessingJobs ListProjects ListResourceCatalogs
    ListSharedModelEvents ListSharedModels ListSpaces ListStageDevices ListStudioLifecycleConfigs ListSubscribedWorkteams
    ListTrainingJobs ListTrainingPlans ListTransformJobs ListTrialComponents ListTrials ListUserProfiles ListWorkforces
    ListWorkteams Search SearchTrainingPlanOfferings`,
	secretsmanager: `
    BatchGetSecretValue GetRandomPassword ListSecrets`,
	servicediscovery: `
    ListNamespaces ListOperations ListServices ListTagsForResource`,
	sns: `
    CheckIfPhoneNumberIsOptedOut GetEndpointAttributes GetPlatformApplicationAttributes GetSMSAttributes
    GetSMSSandboxAccountStatus ListEndpointsByPlatformApplication ListOriginationNumbers ListPhoneNumbersOptedOut
    ListPlatformApplications ListSMSSandboxPhoneNumbers ListSubscriptions ListTopics`,
	sqs: `
    ListQueues`,
	ssm: `
    DescribeActivations DescribeAutomationExecutions DescribeAvailablePatches DescribeInstanceInformation
    DescribeInstancePatchStatesForPatchGroup DescribeInstanceProperties DescribeInventoryDeletions
    DescribeMaintenanceWindowExecutionTaskInvocations DescribeMaintenanceWindowExecutionTasks
    DescribeMaintenanceWindowSchedule DescribeMaintenanceWindows DescribeMaintenanceWindowsForTarget DescribeOpsItems
    DescribeParameters DescribePatchBaselines DescribePatchGroupState DescribePatchGroups DescribePatchProperties
    DescribeSessions GetCommandInvocation GetDeployablePatchSnapshotForInstance GetExecutionPreview GetInventory
    GetInventorySchema GetMaintenanceWindowExecution GetMaintenanceWindowExecutionTask
    GetMaintenanceWindowExecutionTaskInvocation GetManifest GetPatchBaselineForPatchGroup ListAssociations
    ListCloudConnectors ListCommandInvocations ListCommands ListComplianceItems ListComplianceSummaries ListDocuments
    ListInventoryEntries ListOpsItemEvents ListOpsItemRelatedItems ListOpsMetadata ListResourceComplianceSummaries
    ListResourceDataSync`,
	ssmmessages: `
    CreateControlChannel CreateDataChannel OpenControlChannel OpenDataChannel`,
	states: `
    ListActivities ListStateMachines`,
	sts: `
    DecodeAuthorizationMessage GetAccessKeyInfo GetCallerIdentity GetDelegatedAccessToken GetServiceBearerToken
    GetSessionToken GetWebIdentityToken`,
	support: `
    DescribeAttachment DescribeCaseAttributes DescribeCaseOptions DescribeCases DescribeCommunication
    DescribeCommunications DescribeCreateCaseOptions DescribeIssueTypes DescribeRelatedItems DescribeServices
    DescribeSeverityLevels DescribeSupportLevel DescribeSupportedLanguages DescribeTrustedAdvisorCheckRefreshStatuses
    DescribeTrustedAdvisorCheckResult DescribeTrustedAdvisorCheckSummaries DescribeTrustedAdvisorChecks GetInteraction
    ListInteractionEntries ListInteractions SearchForCases`,
	tag: `
    DescribeReportCreation GetComplianceSummary GetResources GetTagKeys GetTagValues ListRequiredTags`,
	textract: `
    AnalyzeDocument AnalyzeExpense AnalyzeID DetectDocumentText GetDocumentAnalysis GetDocumentTextDetection
    GetExpenseAnalysis GetLendingAnalysis GetLendingAnalysisSummary ListAdapterVersions ListAdapters StartDocumentAnalysis
    StartDocumentTextDetection`,
	transcribe: `
    GetMedicalScribeStream ListCallAnalyticsCategories ListCallAnalyticsJobs ListLanguageModels
    ListMedicalScribeJobs ListMedicalTranscriptionJobs ListMedicalVocabularies ListTagsForResource ListTranscriptionJobs
    ListVocabularies ListVocabularyFilters StartMedicalStreamTranscription StartMedicalStreamTranscriptionWebSocket
    StartStreamTranscription StartStreamTranscriptionWebSocket`,
	translate: `
    DescribeTextTranslationJob ListLanguages ListParallelData ListTerminologies ListTextTranslationJobs`,
	xray: `
    BatchGetTraceSummaryById BatchGetTraces GetDistinctTraceGraphs GetEncryptionConfig GetGroups GetIndexingRules
    GetInsight GetInsightEvents GetInsightImpactGraph GetInsightSummaries GetRetrievedTracesGraph GetSamplingRules
    GetSamplingStatisticSummaries GetSamplingTargets GetServiceGraph GetTimeSeriesServiceStatistics GetTraceGraph
    GetTraceSegmentDestination GetTraceSummaries ListResourcePolicies ListRetrievedTraces PutTelemetryRecords
    PutTraceSegments`
};
let known;
function takesOnlyWildcard(action) {
	known ??= new Set(Object.entries(wildcardActions).flatMap(([service, names]) => names.trim().split(/\s+/).map((name) => `${service}:${name}`.toLowerCase())));
	return known.has(action.toLowerCase());
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
const readingPatterns = /^(?:ssmmessages:\*|ec2messages:\*|xray:\w+|ec2:Describe\w*\*?|ecs:List\w*\*?|elasticloadbalancing:Describe\w*\*?|autoscaling:Describe\w*\*?|tag:Get\w*\*?|bedrock:List\w*\*?|cloudwatch:(?:Get|List|Describe)\w*\*?|ce:(?:Get|List|Describe)\w*\*?|pricing:\w*\*?|logs:Describe\w*\*?|kms:List\w*\*?|rds:Describe\w*\*?)$/i;
function isAlwaysWide(action) {
	return takesOnlyWildcard(action) || readingPatterns.test(action);
}
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
	return actions.flatMap((action) => resources.filter((resource) => !isAlwaysWide(action) && (/^(?:\*|[\w-]+:\*)$/.test(action) || resource === "*")).map((resource) => ({
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
const maxListed = 5;
function widthOf({ action, resource, principal }) {
	return (action === "*" ? 4 : /^[\w-]+:\*$/.test(action) ? 3 : isWriting(action) ? 1 : 0) * 2 + (resource === "*" ? 1 : 0) + (principal === "*" ? 16 : 0);
}
function isWriting(action) {
	return !/:(?:Get|List|Describe|BatchGet|Query|Scan|Head|Search|Lookup)/i.test(action);
}
function iamMatch(address, wider) {
	const first = wider.toSorted((a, b) => widthOf(b) - widthOf(a)).slice(0, maxListed).map(({ action, resource, principal }) => {
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
// src/rules/hosting.ts
const hostingRules = {
	"replaces-endpoint": {
		severity: "danger",
		finds: "A function that has a function URL is replaced, or an ECS Express service. A named endpoint of an AgentCore runtime is replaced or destroyed.",
		why: "The address belongs to the replaced resource, although the plan does not show that the URL changes. Every client must be configured again.",
		instead: "Change only arguments that need no replacement, or create the new one under another name and move the clients. A host name of your own stays the same after a replacement.",
		find: (plan) => {
			if (plan.endpoint.before !== void 0 && plan.endpoint.before === plan.endpoint.after) return [];
			const urls = all(plan, "aws_lambda_function_url");
			const hasUrl = ({ type, before }) => type !== "aws_lambda_function" || urls.some((url) => functionNameOf(url.function_name) === asString(before.function_name));
			const replaced = plan.changed("aws_lambda_function", "aws_ecs_express_gateway_service").filter((resource) => resource.kind === "replace" && hasUrl(resource)).map(({ address, type }) => ({
				address,
				sentence: `The replacement of the ${type === "aws_lambda_function" ? "function" : "service"} gives the server another address: all clients lose it.`,
				fix: "Avoid the replacement, or announce the new address to the clients before the apply."
			}));
			const endpoints = plan.changed(...endpointTypes).filter(({ kind, before, after }) => kind === "delete" || kind === "replace" && before.name !== after.name).map(({ address, before }) => ({
				address,
				sentence: `The endpoint ${asString(before.name) ?? ""} of the runtime goes, and its name is part of the URL: all clients lose it.`,
				fix: "Keep the endpoint until all clients have the new URL, and add another one beside it."
			}));
			return [...replaced, ...endpoints];
		}
	},
	"lambda-without-alias": {
		severity: "warning",
		finds: "A function that a function URL or an API calls without an alias is created or changed, or it publishes no versions.",
		why: "Clients get `$LATEST`, which keeps no earlier code: a broken version cannot be taken back without another build.",
		instead: "Set `publish = true`, add an `aws_lambda_alias` with `function_version = aws_lambda_function.NAME.version`, and send URL or API to the alias.",
		find: (plan) => plan.changed("aws_lambda_function").flatMap(({ address, kind, before, after }) => {
			const name = asString(after.function_name);
			const isDelivered = kind !== "update" || [
				"source_code_hash",
				"image_uri",
				"s3_key",
				"publish"
			].some((attribute) => before[attribute] !== after[attribute]);
			if (kind === "delete" || name === void 0 || !isDelivered || !callersOf(plan, name).some(isUnqualified)) return [];
			return {
				address,
				sentence: `Clients reach ${name} without an alias, so they get whatever was uploaded last, and nothing can be rolled back.`,
				fix: "Publish versions (publish = true), add an alias, and set it as the qualifier of the URL or in the integration of the API."
			};
		})
	},
	"function-url-one-permission": {
		severity: "warning",
		finds: "A function URL that is open to everybody (`NONE`) is created, or becomes one, without the permission `lambda:InvokeFunction`.",
		why: "Since October 2025 a function URL needs two permissions, `lambda:InvokeFunctionUrl` and `lambda:InvokeFunction`. With only one, every request gets 403.",
		instead: "Add an `aws_lambda_permission` with `action = \"lambda:InvokeFunction\"`, `principal = \"*\"` and `invoked_via_function_url = true`, for the same qualifier.",
		find: (plan) => plan.changed("aws_lambda_function_url").flatMap(({ address, kind, before, after, unknown }) => {
			if (kind === "delete" || after.authorization_type !== "NONE") return [];
			if (kind === "update" && before.authorization_type === "NONE") return [];
			if (unknown.function_name === true || unknown.qualifier === true) return [];
			const isForUrl = (permission) => permission.action === "lambda:InvokeFunction" && permission.principal === "*" && functionNameOf(permission.function_name) === functionNameOf(after.function_name) && (asString(permission.qualifier) ?? "") === (asString(after.qualifier) ?? "");
			if (all(plan, "aws_lambda_permission").some(isForUrl)) return [];
			return {
				address,
				sentence: "The function URL has no permission lambda:InvokeFunction for everybody: AWS answers every request with 403.",
				fix: "Add an aws_lambda_permission for lambda:InvokeFunction with invoked_via_function_url = true."
			};
		})
	},
	"agentcore-endpoint-unpinned": {
		severity: "danger",
		finds: "An AgentCore runtime gets a new version while the version of one of its named endpoints does not change.",
		why: "A named endpoint without `agent_runtime_version` stays on the version that it was created with. The apply succeeds, and its clients get the old version.",
		instead: "Set `agent_runtime_version = aws_bedrockagentcore_agent_runtime.NAME.agent_runtime_version` on the endpoint.",
		find: (plan) => plan.changed(...runtimeTypes).flatMap(({ kind, before }) => {
			if (kind !== "update") return [];
			const staying = plan.changed(...endpointTypes).filter((each) => each.kind === "update" && each.unknown.agent_runtime_version !== true && each.before.agent_runtime_version === each.after.agent_runtime_version);
			return [...plan.unchanged(...endpointTypes), ...staying].filter(({ after }) => after.agent_runtime_id === before.agent_runtime_id).map(({ address, after }) => ({
				address,
				sentence: `The endpoint stays on version ${asString(after.agent_runtime_version) ?? "that it has"}: this apply deploys nothing to its clients.`,
				fix: "Set agent_runtime_version of the endpoint to that of the runtime."
			}));
		})
	},
	"express-health-path": {
		severity: "notice",
		finds: "An ECS Express service checks the path `/ping`, which is its default.",
		why: "Few MCP servers answer `/ping`. A service whose health check fails never gets its new version.",
		instead: "Set `health_check_path` to a path of the server that answers 200, such as `/health`.",
		find: (plan) => plan.changed("aws_ecs_express_gateway_service").flatMap(({ address, kind, after, unknown }) => kind === "delete" || unknown.health_check_path === true || (after.health_check_path ?? "/ping") !== "/ping" ? [] : {
			address,
			sentence: "The health check requests /ping, which the server must answer with 200.",
			fix: "Set health_check_path, or check that the server answers /ping."
		})
	},
	"pause-hook-with-wait": {
		severity: "danger",
		finds: "An ECS service with a lifecycle hook of type `PAUSE` also has `wait_for_steady_state = true`.",
		why: "The apply waits until the deployment is complete, and the deployment waits for an answer that this action gives after the apply. So the apply runs into its timeout.",
		instead: "Set `wait_for_steady_state = false`: the action watches the deployment itself.",
		find: (plan) => plan.changed("aws_ecs_service").flatMap(({ address, kind, after }) => {
			const hooks = firstBlock(after.deployment_configuration).lifecycle_hook;
			const isPaused = Array.isArray(hooks) && hooks.some((hook) => asObject(hook).target_type === "PAUSE");
			if (kind === "delete" || !isPaused || after.wait_for_steady_state !== true) return [];
			return {
				address,
				sentence: "The apply waits for a deployment that waits for an answer after the apply: it runs into its timeout.",
				fix: "Set wait_for_steady_state = false."
			};
		})
	}
};
const runtimeTypes = ["aws_bedrockagentcore_agent_runtime", "awscc_bedrockagentcore_runtime"];
const endpointTypes = ["aws_bedrockagentcore_agent_runtime_endpoint", "awscc_bedrockagentcore_runtime_endpoint"];
function all(plan, type) {
	return [...plan.changed(type).filter(({ kind }) => kind !== "delete"), ...plan.unchanged(type)].map(({ after }) => after);
}
function callersOf(plan, name) {
	const permissions = all(plan, "aws_lambda_permission").filter(({ principal }) => principal === "apigateway.amazonaws.com");
	return [...all(plan, "aws_lambda_function_url"), ...permissions].filter(({ function_name }) => functionNameOf(function_name) === name);
}
function isUnqualified({ qualifier }) {
	return (asString(qualifier) ?? "") === "";
}
function functionNameOf(value) {
	const text = asString(value);
	return text === void 0 ? void 0 : /:function:([\w-]+)/.exec(text)?.[1] ?? text;
}
// src/rules/rollout.ts
const rolloutRules = {
	"health-path-is-mcp-path": {
		severity: "danger",
		finds: "The health check of a target group requests the path of the MCP endpoint, and its `matcher` accepts none of 400, 405 and 406.",
		why: "A load balancer sends a GET without MCP headers. An MCP endpoint answers it with 400, 405 or 406, or with an endless event stream. So no task becomes healthy, or \"healthy\" proves nothing about the server.",
		instead: "Add a separate path to the server that answers 200, such as `/health`, and check that path.",
		find: (plan) => plan.changed("aws_lb_target_group", "aws_alb_target_group").flatMap((group) => {
			const { address, kind } = group;
			const path = asString(firstBlock(group.after.health_check).path);
			const old = asString(firstBlock(group.before.health_check).path);
			if (kind === "delete" || path === void 0 || kind === "update" && path === old) return [];
			const { path: mcpPath, isStated } = plan.mcpPath;
			if (withoutQuery(path) !== withoutQuery(mcpPath)) return [];
			const matcher = asString(firstBlock(group.after.health_check).matcher);
			if (refusedGetCodes.some((code) => acceptsCode(matcher, code))) return [];
			return {
				address,
				sentence: `The health check requests ${path}, which is ${isStated ? "the MCP endpoint" : "the usual path of an MCP endpoint"}: it answers a plain GET with an error or an endless stream, so tasks do not become healthy.`,
				fix: "Check a path that answers 200 to a GET, such as /health."
			};
		})
	},
	"same-image-redeployed": {
		severity: "warning",
		finds: "Tasks are exchanged although no image changes: a forced deployment, a new revision that differs only in labels, or one after a taint. A `notice` if the image has a digest.",
		why: "Every deployment resolves the tag again, so this plan does not show which image will run. After a failed deployment the same image usually fails the same way.",
		instead: "Name the image by its digest (`repository@sha256:\u2026`) or by a unique tag per build, and change that.",
		judges: { aws_ecs_task_definition: ["container_definitions"] },
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
		finds: "A task definition, a Lambda function or an App Runner service gets an image with the tag `latest`, or with neither tag nor digest.",
		why: "The plan does not show which image will run, a rollback starts the same tag, and two deployments of one commit can differ.",
		instead: "Name the image by its digest or by a unique tag per build.",
		judges: {
			aws_ecs_task_definition: ["container_definitions"],
			aws_lambda_function: ["image_uri"],
			aws_apprunner_service: ["source_configuration"]
		},
		find: (plan) => plan.changed(...Object.keys(imageArguments)).flatMap(({ address, type, kind, after, unknown }) => {
			const argument = imageArguments[type];
			if (kind === "delete" || argument === void 0) return [];
			const floating = argument.images(after).filter((image) => image !== "" && isFloating(image));
			const variables = unknown[argument.name] === true ? plan.configured.sources(address, argument.name).filter(({ value }) => isLatest(value)) : [];
			const what = floating.length > 0 ? `The image ${[...new Set(floating)].join(", ")} is` : `The image that ${variables.map(({ place, value }) => `${place} ("${value}")`).join(" and ")} names is`;
			return floating.length + variables.length === 0 ? [] : {
				address,
				sentence: `${what} whatever was pushed last: this plan does not show what will run, and a rollback cannot restore the old image.`,
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
const imageArguments = {
	aws_ecs_task_definition: {
		name: "container_definitions",
		images: ({ container_definitions }) => containersOf(container_definitions).map(imageOf)
	},
	aws_lambda_function: {
		name: "image_uri",
		images: ({ image_uri }) => asStrings(image_uri)
	},
	aws_apprunner_service: {
		name: "source_configuration",
		images: ({ source_configuration }) => asStrings(firstBlock(firstBlock(source_configuration).image_repository).image_identifier)
	}
};
function isLatest(value) {
	return typeof value === "string" && /(?:^|:)latest$/.test(value);
}
const refusedGetCodes = [
	400,
	405,
	406
];
function acceptsCode(matcher, code) {
	return (matcher ?? "200").split(",").some((part) => {
		const [from = NaN, to = from] = part.split("-").map(Number);
		return code >= from && code <= to;
	});
}
function isFloating(image) {
	if (image.includes("@")) return false;
	const tag = /:([^/:]+)$/.exec(image)?.[1];
	return tag === void 0 || tag === "latest";
}
function runtimeSettings(container) {
	const isSet = (value) => value !== null && value !== "" && value !== 0 && !(typeof value === "object" && Object.keys(value).length === 0);
	const parts = Object.entries(container).filter(([name, value]) => name !== "dockerLabels" && isSet(value)).map(([name, value]) => [name, Array.isArray(value) ? value.map(withSortedKeys).sort() : withSortedKeys(value)]);
	return JSON.stringify(parts.sort(([a], [b]) => String(a) < String(b) ? -1 : 1));
}
function withSortedKeys(value) {
	return JSON.stringify(value, (_, part) => typeof part === "object" && part !== null && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => a < b ? -1 : 1)) : part);
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
		finds: "A sensitive value, or one with the name of a secret, is in user data or in the plain environment of a container or function. Empty values do not count.",
		why: "Everybody who may read task definitions (`ecs:DescribeTaskDefinition`), functions or instance attributes can read it. Old revisions contain it permanently, and so does the state.",
		instead: "Store it in Secrets Manager or in a SecureString parameter, and name its ARN under `secrets` of the container. On an instance or in a Lambda function, read it at the start with its role. With terraform/ecs: `secrets` or `managed_secrets`.",
		judges: {
			aws_ecs_task_definition: ["container_definitions"],
			aws_instance: ["user_data", "user_data_base64"],
			aws_launch_template: ["user_data"]
		},
		find: (plan) => [
			...plan.changed("aws_ecs_task_definition").flatMap((definition) => {
				const { address, kind, before, after, sensitive } = definition;
				if (kind === "delete" || !differs(definition, "container_definitions")) return [];
				const old = plainSecretVariables(before.container_definitions);
				const names = plainSecretVariables(after.container_definitions).filter((name) => !old.includes(name));
				const isSensitive = sensitive.container_definitions === true && !holdsOnlyEmpty(plan, after.container_definitions);
				if (names.length === 0 && !isSensitive) return [];
				return [{
					address,
					sentence: `${names.length > 0 ? `The environment contains ${names.join(", ")}` : "A value that is marked as sensitive is"} in clear text in the container definitions: everybody who may read task definitions or the state can read it.`,
					fix: "Store it in Secrets Manager and name its ARN under secrets of the container."
				}];
			}),
			...plan.changed("aws_instance", "aws_launch_template").flatMap((instance) => {
				if (instance.kind === "delete") return [];
				for (const name of ["user_data", "user_data_base64"]) {
					if (!differs(instance, name)) continue;
					const isSensitive = instance.sensitive[name] === true && !holdsOnlyEmpty(plan, instance.after[name]);
					const old = assignedSecrets(scriptOf(instance.before[name]));
					const names = (isHash(instance.after[name]) ? plan.configured.sources(instance.address, name).map(({ value }) => value) : [instance.after[name]]).flatMap((text) => assignedSecrets(scriptOf(text))).filter((each) => !old.includes(each));
					if (!isSensitive && names.length === 0) continue;
					const what = names.length > 0 ? `The script sets ${names.join(", ")}` : "A value that is marked as sensitive is";
					return [{
						address: instance.address,
						sentence: `${what} in ${name}: every process on the instance and everybody who may read instance attributes can read it.`,
						fix: "Read the secret at boot from Secrets Manager with the role of the instance."
					}];
				}
				return [];
			}),
			...plan.changed(...Object.keys(environments)).flatMap((resource) => {
				const { address, type, kind, before, after } = resource;
				const read = environments[type];
				if (kind === "delete" || read === void 0) return [];
				const old = secretNames(read(before));
				const names = secretNames(read(after)).filter((name) => !old.includes(name));
				if (names.length === 0) return [];
				return [{
					address,
					sentence: `The environment contains ${names.join(", ")} in clear text: everybody who may read the ${type === "aws_apprunner_service" ? "service" : "function"} or the state can read it.`,
					fix: type === "aws_apprunner_service" ? "Store it in Secrets Manager and name its ARN under runtime_environment_secrets." : "Read the secret from Secrets Manager with the role of the function."
				}];
			})
		]
	}
};
function isWritten(resource, attribute) {
	const { kind, after, unknown } = resource;
	if (typeof after[`${attribute}_wo_version`] === "number" || typeof after.secret_string_wo_version === "number" || after.manage_master_user_password === true || after.manage_master_password === true) return false;
	const value = after[attribute];
	return (value !== void 0 && value !== null && value !== "" || unknown[attribute] === true) && (kind === "create" || differs(resource, attribute));
}
const environments = {
	aws_lambda_function: ({ environment }) => asObject(firstBlock(environment).variables),
	aws_bedrockagentcore_agent_runtime: ({ environment_variables }) => asObject(environment_variables),
	aws_apprunner_service: ({ source_configuration }) => {
		const image = firstBlock(firstBlock(firstBlock(source_configuration).image_repository).image_configuration);
		return asObject(image.runtime_environment_variables);
	}
};
function plainSecretVariables(definitions) {
	return containersOf(definitions).flatMap((container) => asList(container.environment).map(asObject).flatMap(({ name, value }) => secretNames({ [asString(name) ?? ""]: value })));
}
function secretNames(variables) {
	return Object.entries(variables).filter(([, value]) => typeof value === "string" && value !== "" && !value.startsWith("arn:")).map(([name]) => name).filter((name) => secretNamePattern.test(name));
}
function isHash(value) {
	return typeof value === "string" && /^[\da-f]{40}$/.test(value);
}
function scriptOf(userData) {
	const text = asString(userData) ?? "";
	if (!/^[A-Za-z0-9+/\s]{16,}={0,2}\s*$/.test(text)) return text;
	const bytes = Buffer.from(text, "base64");
	const decoded = gunzippedText(bytes) ?? bytes.toString("utf8");
	return decoded.includes("\ufffd") ? text : decoded;
}
function assignedSecrets(script) {
	const names = [...script.matchAll(/(?:^|[\s;"'])(?:export\s+|-e\s+|--env\s+)?([A-Z][A-Z0-9_]{2,60})=(["']?)([^\s"';]+)/g)].flatMap(([, name = "", , value = ""]) => /^[$`<]/.test(value) || value.startsWith("arn:") ? [] : [name]);
	return [...new Set(names)].filter((name) => secretNamePattern.test(name));
}
function holdsOnlyEmpty({ secretVariables }, text) {
	if (typeof text !== "string") return false;
	const isEmpty = (value) => value === "" || value === null;
	const filled = secretVariables.filter((value) => !isEmpty(value));
	if (filled.length === secretVariables.length) return false;
	return filled.every((value) => typeof value === "string" && !scriptOf(text).includes(value));
}
// src/rules/serverless.ts
const urls = {
	aws_lambda_function_url: "function URL",
	aws_apigatewayv2_api: "API",
	aws_api_gateway_rest_api: "API",
	aws_apprunner_service: "App Runner service",
	aws_bedrockagentcore_agent_runtime: "agent runtime",
	awscc_bedrockagentcore_runtime: "agent runtime",
	aws_bedrockagentcore_gateway: "gateway"
};
const defaultTimeoutSeconds = 3;
const minTimeoutSeconds = 10;
const maxIntegrationMs = 3e4;
const serverlessRules = {
	"url-replaced": {
		severity: "danger",
		finds: "A function URL, an API of API Gateway, an App Runner service or a runtime of AgentCore is replaced or destroyed.",
		why: "AWS assigns another host name to the new one. Clients that have the old URL lose the server, unless a domain name of your own points at it.",
		instead: "Undo the change of the argument that forces the replacement. Give clients a domain name of your own, which stays when the service changes.",
		find: (plan) => plan.changed(...Object.keys(urls)).flatMap(({ address, type, kind }) => {
			if (kind !== "replace" && kind !== "delete") return [];
			return [{
				address,
				sentence: `The ${urls[type]} is ${kind === "delete" ? "destroyed" : "replaced"}, and its URL is gone${kind === "delete" ? "" : ": the new one has another host name"}.`,
				fix: kind === "delete" ? "If this is not intended, keep the resource in the configuration, or add a moved block with its new address." : "Undo the change of the argument that forces the replacement, or move clients to a domain name of your own first."
			}];
		})
	},
	"response-buffered": {
		severity: "warning",
		finds: "A Lambda function URL is created without `invoke_mode = \"RESPONSE_STREAM\"`, or loses it.",
		why: "Lambda then collects the whole response before it sends the first byte. Progress notifications arrive only at the end, and an event stream never arrives.",
		instead: "Set `invoke_mode = \"RESPONSE_STREAM\"` and use a handler that streams. Accept the finding if the server answers each request with plain JSON.",
		find: (plan) => plan.changed("aws_lambda_function_url").flatMap((url) => {
			const { address, kind, after } = url;
			if (kind === "delete" || after.invoke_mode === "RESPONSE_STREAM" || url.unknown.invoke_mode === true) return [];
			if (kind !== "create" && !differs(url, "invoke_mode")) return [];
			return [{
				address,
				sentence: "The function URL buffers responses: progress and event streams reach clients only after the call has ended.",
				fix: "Set invoke_mode = \"RESPONSE_STREAM\", or accept this if the server answers with plain JSON."
			}];
		})
	},
	"call-timeout-short": {
		severity: "warning",
		finds: `A Lambda function behind a URL or an API gets a \`timeout\` below ${minTimeoutSeconds} seconds. Or an API integration gets one below ${maxIntegrationMs / 1e3} seconds (a \`notice\`).`,
		why: `AWS cuts a call after this time, and the client gets an error instead of the result. The default of a function is ${defaultTimeoutSeconds} seconds, and a cold start is part of it.`,
		instead: "Set `timeout` above the longest tool call: 30 to 60 seconds, or up to 900.",
		find: (plan) => [...plan.changed("aws_lambda_function").flatMap((lambda) => {
			const seconds = asNumber(lambda.after.timeout);
			if (lambda.kind === "delete" || seconds === void 0 || seconds >= minTimeoutSeconds) return [];
			if (lambda.kind === "update" && !differs(lambda, "timeout")) return [];
			const callers = [
				"aws_lambda_function_url",
				"aws_apigatewayv2_api",
				"aws_api_gateway_rest_api"
			];
			if (!([...plan.changed(...callers), ...plan.unchanged(...callers)].length > 0)) return [];
			return [{
				address: lambda.address,
				sentence: `AWS ends every call of the function after ${seconds} seconds, also one that begins with a cold start.`,
				fix: "Set timeout to 30 seconds or more, above the longest tool call."
			}];
		}), ...plan.changed("aws_apigatewayv2_integration").flatMap((integration) => {
			const ms = asNumber(integration.after.timeout_milliseconds);
			if (integration.kind === "delete" || ms === void 0 || ms >= maxIntegrationMs) return [];
			if (integration.kind === "update" && !differs(integration, "timeout_milliseconds")) return [];
			return [{
				address: integration.address,
				severity: "notice",
				sentence: `API Gateway ends every call after ${ms / 1e3} seconds.`,
				fix: `Leave timeout_milliseconds out, which gives ${maxIntegrationMs / 1e3} seconds.`
			}];
		})]
	},
	"function-open-to-world": {
		severity: "danger",
		finds: "A permission lets every account invoke a Lambda function. A `warning` for a function URL that is created without authentication, or loses it.",
		why: "Everybody who finds the URL can call the tools, and you pay for each call. With authentication in the server itself this is intended.",
		instead: "Set `authorization_type = \"AWS_IAM\"`, or let the server require tokens (OAuth) and accept the finding. Limit a permission with `source_arn` or `source_account`.",
		find: (plan) => [...plan.changed("aws_lambda_function_url").flatMap((url) => {
			if (url.kind === "delete" || asString(url.after.authorization_type) !== "NONE") return [];
			if (url.kind !== "create" && asString(url.before.authorization_type) === "NONE") return [];
			return [{
				address: url.address,
				severity: "warning",
				sentence: "Everybody can call the function by its URL. Only the server itself can ask for a token.",
				fix: "Set authorization_type = \"AWS_IAM\", or accept this if the server requires tokens."
			}];
		}), ...plan.changed("aws_lambda_permission").flatMap((permission) => {
			const { kind, address, after, unknown } = permission;
			if (kind === "delete" || asString(after.principal) !== "*") return [];
			if (kind === "update" && asString(permission.before.principal) === "*") return [];
			if ([
				"source_arn",
				"source_account",
				"principal_org_id",
				"function_url_auth_type"
			].some((name) => unknown[name] === true || typeof after[name] === "string")) return [];
			if (after.invoked_via_function_url === true) return [];
			return [{
				address,
				sentence: "Every AWS account may invoke the function.",
				fix: "Name the service or account as principal, and limit it with source_arn or source_account."
			}];
		})]
	}
};
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
			return [...plan.changed("aws_ecs_service").filter(replacesTasks), ...plan.changed("aws_instance").filter(({ kind }) => kind === "replace" || kind === "delete")].flatMap(({ address, type, before }) => {
				const evidence = sessionEvidence(plan, stickyGroupOf(plan, {
					address,
					type,
					attributes: before
				}));
				if (evidence === "") return [];
				return {
					address,
					sentence: `The running server is replaced, and every open session ends with it: ${evidence}.`,
					fix: "Make the server stateless or keep its sessions in a shared store. Otherwise apply while few people use the server."
				};
			});
		}
	},
	"stateful-many-tasks": {
		severity: "danger",
		finds: "A server with sessions in memory runs on more than one task or instance. A `warning` if the target group routes by cookie.",
		why: "The load balancer sends each request to any task, and only one knows the session. With two tasks about one session of four survives its first three requests. Load balancer stickiness is a cookie, and clients of the MCP SDKs do not store cookies.",
		instead: "Run one task (`desired_count = 1`, no scaling above 1), or make the server stateless, or keep its sessions in a shared store.",
		find: (plan) => {
			return scaledServices(plan).flatMap(({ address, maxCount, unit, routed }) => {
				const sticky = routed === void 0 ? void 0 : stickyGroupOf(plan, routed);
				const evidence = sessionEvidence(plan, sticky);
				if (evidence === "") return [];
				return {
					address,
					...sticky !== void 0 && { severity: "warning" },
					sentence: `Up to ${maxCount} ${unit} serve, and only one of them knows a session: ${evidence}. ${sticky === void 0 ? "Requests that reach another one fail." : "Clients of the MCP SDKs do not store cookies, so their requests reach another one and fail."}`,
					fix: "Run one task, make the server stateless, or keep its sessions in a shared store."
				};
			});
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
const targetGroupTypes = ["aws_lb_target_group", "aws_alb_target_group"];
function stickyGroupOf(plan, { address, type, attributes }) {
	const groups = [...plan.changed(...targetGroupTypes).filter(({ kind }) => kind !== "delete"), ...plan.unchanged(...targetGroupTypes)];
	const argument = type === "aws_autoscaling_group" ? "target_group_arns" : "load_balancer";
	const arns = type === "aws_autoscaling_group" ? asStrings(attributes.target_group_arns) : asList(attributes.load_balancer).flatMap((each) => asStrings(asObject(each).target_group_arn));
	const references = plan.configured.references(address, argument);
	const isConnected = (group) => {
		if (typeof group.after.arn === "string" && arns.length > 0) return arns.includes(group.after.arn);
		const configured = withoutInstanceKeys(group.address);
		return references?.some((each) => each === configured || each.startsWith(`${configured}.`)) === true || groups.length === 1;
	};
	return groups.find((group) => firstBlock(group.after.stickiness).enabled === true && isConnected(group))?.address;
}
function sessionEvidence(plan, sticky) {
	return [plan.sessions?.evidence, sticky === void 0 ? void 0 : `the target group ${sticky} routes by cookie`].filter((part) => part !== void 0).join(", and ");
}
function scaledServices(plan) {
	if (!(plan.changed(...[
		"aws_ecs_service",
		"aws_appautoscaling_target",
		"aws_autoscaling_group"
	]).some(({ kind }) => kind !== "delete") || plan.changed(...targetGroupTypes).some((group) => isSet(group, "stickiness")))) return [];
	const planned = (type) => [...plan.changed(type).filter(({ kind }) => kind !== "delete"), ...plan.unchanged(type)];
	const services = planned("aws_ecs_service").filter(({ after }) => asList(after.load_balancer).length > 0);
	const routedOf = ({ address, type, after }) => ({
		address,
		type,
		attributes: after
	});
	const serviceOf = ({ after }) => {
		const name = asString(after.resource_id)?.split("/").at(-1);
		return services.length === 1 ? services[0] : services.find((service) => service.after.name === name);
	};
	const scaled = planned("aws_appautoscaling_target").filter(({ after }) => after.service_namespace === "ecs").map((target) => ({
		target,
		service: serviceOf(target)
	}));
	const counted = services.filter((service) => !scaled.some((each) => each.service === void 0 || each.service.address === service.address)).map((service) => {
		const maxCount = asNumber(service.after.desired_count) ?? 0;
		return {
			address: service.address,
			maxCount,
			unit: "tasks",
			routed: routedOf(service)
		};
	});
	const instances = planned("aws_autoscaling_group").filter(({ after, unknown = {} }) => asList(after.target_group_arns).length > 0 || unknown.target_group_arns !== void 0).map((group) => {
		const maxCount = asNumber(group.after.max_size) ?? 0;
		return {
			address: group.address,
			maxCount,
			unit: "instances",
			routed: routedOf(group)
		};
	});
	return [
		...scaled.map(({ target, service }) => {
			const maxCount = asNumber(target.after.max_capacity) ?? 0;
			return {
				address: target.address,
				maxCount,
				unit: "tasks",
				routed: service && routedOf(service)
			};
		}),
		...counted,
		...instances
	].filter(({ maxCount }) => maxCount > 1);
}
const rules = {
	...downtimeRules,
	...hostingRules,
	...serverlessRules,
	...sessionRules,
	...exposureRules,
	...secretRules,
	...rolloutRules
};
// src/rules/module-advice.ts
const accept = (rule) => `The module has no variable for this. If you want the change, accept the finding in the input accept-rules: "${rule}: REASON".`;
const moduleAdvice = {
	ecs: {
		"service-replaced": "Undo the change of the variable name: it names every resource. To rename, deploy a second stack and move the clients to it.",
		"load-balancer-replaced": "Undo the change of the variables name and network, which force the replacement.",
		"dns-record-removed": "Keep the variable dns. To rename, deploy a second stack with the new name and move the clients to it.",
		"certificate-destroyed": "Keep the variable dns or certificate, or change them in a deployment of their own.",
		"endpoint-changed": "Keep the variables dns, certificate and mcp.path until every client has the new URL.",
		"sessions-dropped": "Make the server stateless, or apply while few people use the server.",
		"stateful-many-tasks": "Set scaling.min and scaling.max to 1, or make the server stateless and set mcp.stateful = false.",
		"idle-timeout-short": "Set load_balancer.idle_timeout to 300 seconds, or to the longest silent tool call.",
		"deregistration-delay": "Set load_balancer.deregistration_delay to 30 to 60 seconds.",
		"http-without-redirect": "Set the variable dns or certificate, and remove allow_insecure_http.",
		"iam-widened": "Name actions and ARNs in the variable task_role_policies.",
		"secret-in-environment": "Move it from the variable environment to secrets or managed_secrets.",
		"health-path-is-mcp-path": "Set health_check.path to a path that answers 200, such as /health.",
		"same-image-redeployed": "Name the new image in the variable image, by its digest or by a unique tag.",
		"image-tag-latest": "Name the image in the variable image by its digest or by a unique tag.",
		"deletion-protection-off": "Set load_balancer.deletion_protection = true. For a trial, leave it off."
	},
	lambda: {
		"dns-record-removed": "Keep the variable dns until every client has the new name.",
		"certificate-destroyed": "Keep the variable dns, or change it in a deployment of its own.",
		"endpoint-changed": "Keep the variables dns, address and mcp_path until every client has the new URL.",
		"url-replaced": "Undo the change of the variables name and address, or set dns before.",
		"replaces-endpoint": "Undo the change of the variable name or of image to package, or set dns before.",
		"call-timeout-short": "Set the variable timeout to 30 seconds or more.",
		"iam-widened": "Name actions and ARNs in the variable role_policies.",
		"secret-in-environment": "Let the server read it itself, with a policy in the variable role_policies."
	},
	agentcore: {
		"url-replaced": "Undo the change of the variable name, or move all clients to the new URL.",
		"endpoint-changed": "Keep the variables name and endpoint_name until every client has the new URL.",
		"iam-widened": "Name actions and ARNs in the variable role_policies.",
		"secret-in-environment": "Let the server read it itself, with a policy in the variable role_policies."
	},
	ec2: {
		"instance-replaced": "A change of the variables instance, git, npm, build_command or start_command makes a new instance. Apply while nobody uses the server.",
		"instance-restarted": "Undo the change of the variable instance, or apply while nobody uses the server.",
		"dns-record-removed": "Keep the variable dns until every client has the new name.",
		"endpoint-changed": "Keep the variables dns, domain_name and mcp.path until every client has the new URL.",
		"sessions-dropped": "Apply while few people use the server.",
		"port-open-to-world": "Set allowed_cidrs and ssh.allowed_cidrs to your own address ranges.",
		"iam-widened": "Name actions and ARNs in the variable role_policies.",
		"secret-in-environment": "Move it from the variable environment to secrets."
	}
};
function adviceForStack(stack, rule) {
	return moduleAdvice[stack]?.[rule] ?? accept(rule);
}
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
			fix: inputs.stack === void 0 ? fix : adviceForStack(inputs.stack, name),
			docs: `${docsPage}#${name}`,
			...accepted !== void 0 && { accepted }
		};
	}));
	const rank = ({ accepted, severity }) => (accepted === void 0 ? 0 : severities.length) + severities.indexOf(severity);
	return findings.sort((a, b) => rank(a) - rank(b));
}
function unjudgedOf(json, inputs) {
	const plan = viewOf(json, inputs);
	const unjudged = new Map();
	for (const [name, { judges = {} }] of Object.entries(rules)) for (const [type, names] of Object.entries(judges)) for (const [address, argument] of unknownArguments(plan, type, names)) {
		const key = JSON.stringify([address, argument]);
		unjudged.set(key, {
			address,
			argument,
			rules: [...unjudged.get(key)?.rules ?? [], name]
		});
	}
	return [...unjudged.values()];
}
function unknownArguments(plan, type, names) {
	return plan.changed(type).flatMap(({ address, kind, unknown }) => {
		if (kind === "delete") return [];
		return names.filter((name) => holdsUnknown(unknown[name]) && plan.configured.isSet(address, name)).map((name) => [address, name]);
	});
}
function rulesPageUrl(action) {
	const page = "docs/plan-rules.md";
	return action === void 0 ? page : `${action.url}/blob/${encodeURI(action.ref)}/${page}`;
}
// src/stacks/workflow.ts
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
	if ([
		"apply",
		"destroy",
		"rollback"
	].includes(command)) return true;
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
const logVariables = [
	"TF_LOG",
	"TF_LOG_CORE",
	"TF_LOG_PROVIDER"
];
const planProgress = /: (Refreshing|Reading|Still reading|Read complete|Refresh complete)|^(Acquiring|Releasing) state lock/;
const maxReadMs = 3e4;
const maxCancelledReadMs = 4e3;
const maxCancelledMs = 6e3;
const timeoutMs = 12e4;
const maxDiagnosticBytes = 4194304;
const everyLine = () => true;
var Terraform = class {
	planFile;
	directory;
	tool;
	version;
	#options;
	#variableFile;
	#child;
	#interrupted = false;
	#interruptedAt = 0;
	#remote;
	#remoteUnknown;
	#dataDirectory;
	#remoteOutput;
	#openRuns = [];
	#hasChanges = true;
	constructor(options) {
		this.#options = options;
		this.directory = options.directory;
		this.tool = options.tool;
		this.version = options.version;
		this.planFile = join(options.tempDirectory, "plan.tfplan");
	}
	setVariables(values) {
		if (Object.keys(values).length === 0) return;
		const file = join(this.#options.tempDirectory, "variables.tfvars.json");
		writeFileSync(file, JSON.stringify(values), { mode: 384 });
		this.#variableFile = file;
	}
	useRemote(remote, dataDirectory) {
		this.#dataDirectory = dataDirectory;
		if (typeof remote === "string") this.#remoteUnknown = remote;
		else this.#remote = remote;
	}
	get remoteRun() {
		return this.#remote && this.#openRuns.at(-1);
	}
	async discardOpenRuns() {
		const runs = this.#openRuns;
		this.#openRuns = [];
		for (const run of runs) try {
			await this.#remote?.service.discard(run);
		} catch (error) {
			log.warning(line`The plan of ${run.url} could not be discarded: ${messageOf(error)}. Look at the run, and discard it if it can still be confirmed.`);
		}
	}
	async init(backendConfig) {
		const args = [
			"init",
			"-input=false",
			"-no-color",
			...this.#earlyVariables(),
			...this.#lockFileArguments()
		];
		await this.#run([...args, ...this.#backendArguments(backendConfig)], {
			isLogged: everyLine,
			isRetried: true
		});
	}
	#backendArguments(backendConfig) {
		const hasSecret = (line) => isSetting(line) && secrets.redact(line) !== line;
		const hidden = backendConfig.filter(hasSecret);
		const argumentsOf = (values) => values.map((value) => `-backend-config=${value}`);
		if (hidden.length === 0) return argumentsOf(backendConfig);
		const file = join(this.#options.tempDirectory, "secrets.tfbackend");
		writeFileSync(file, hidden.map(settingLine).join(""), { mode: 384 });
		return argumentsOf([...backendConfig.filter((line) => !hasSecret(line)), file]);
	}
	async initWithoutBackend() {
		await this.#run([
			"init",
			"-input=false",
			"-no-color",
			"-backend=false",
			...this.#earlyVariables()
		], { isLogged: everyLine });
	}
	async checkFormat(directory) {
		const { stdout, stderr } = await this.#query([
			"fmt",
			"-check",
			"-recursive",
			"-no-color",
			"."
		], [
			0,
			2,
			3
		], directory);
		return {
			unformatted: stdout.split("\n").filter((line) => line !== ""),
			diagnostics: readDiagnostics(cleanDiagnostics(stderr))
		};
	}
	async validate() {
		const { stdout } = await this.#query([
			"validate",
			"-json",
			"-no-color",
			...this.#earlyVariables()
		], [0, 1]);
		return parseOutput(stdout).diagnostics.map(fromValidate);
	}
	async selectWorkspace(name, create = true) {
		const variables = this.#earlyVariables("workspaceVariables");
		await this.#run([
			"workspace",
			"select",
			"-no-color",
			`-or-create=${create}`,
			...variables,
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
			...varFileArguments(this.#varFiles()),
			...targets.map((address) => `-target=${address}`),
			...replaces.map((address) => `-replace=${address}`)
		], {
			isLogged: (each) => planProgress.test(each),
			okCodes: [0, 2],
			isRetried: true,
			returnsOutput: true,
			readsSecrets: true,
			isRemote: this.#remote !== void 0
		});
		this.#assertKnownWorkspace();
		const run = this.remoteRun;
		if (this.#remote !== void 0 && run !== void 0 && await this.#remote.service.appliesUnconfirmed(run)) throw unconfirmedRun(run, this.#remote.workspace);
		this.#hasChanges = exitCode === 2;
		return {
			hasChanges: this.#hasChanges,
			text: stdout
		};
	}
	#assertKnownWorkspace() {
		const saved = readSavedRun(this.planFile);
		if (saved !== void 0 && this.#remote === void 0) throw this.#unknownWorkspace(saved);
	}
	#unknownWorkspace(saved) {
		return new InputError(`The plan was made on ${saved.host} (${saved.id}), and it is not known whether only the reviewed plan is applied there. ${this.#remoteUnknown ?? ""} Nothing was applied. Otherwise set the execution mode of the workspace to Local: then it keeps the state, and this action plans and applies on the runner.`, "REMOTE_EXECUTION");
	}
	async showPlan() {
		const plan = parseExactJson(await this.#planJson());
		secrets.add(...sensitiveValues(plan), ...endpointSecrets(plan));
		secrets.addOpenWords(resourceNames(plan));
		return plan;
	}
	async writePlanJson(file) {
		writeFileSync(file, await this.#planJson(), {
			mode: 384,
			flag: "wx"
		});
	}
	async #planJson() {
		const { stdout } = await this.#run([
			"show",
			"-json",
			"-no-color",
			...this.#earlyVariables(),
			this.planFile
		], {
			isRetried: true,
			returnsOutput: true
		});
		return withoutPreface(stdout);
	}
	async apply() {
		if (this.#remote !== void 0 && !this.#hasChanges) {
			log.line(line`The plan has no changes, so there is nothing to apply in ${this.remoteRun?.url}.`);
			return;
		}
		const run = this.#openRuns.pop();
		const variables = this.#earlyVariables("planVariables");
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
			changesState: true,
			readsSecrets: true,
			...run && {
				isRemote: true,
				run
			}
		});
	}
	async showState() {
		const { stdout } = await this.#run([
			"show",
			"-json",
			"-no-color",
			...this.#earlyVariables()
		], {
			isRetried: true,
			returnsOutput: true
		});
		return addStateSecrets(stdout);
	}
	async pullState() {
		const { stdout } = await this.#run([
			"state",
			"pull",
			...this.#earlyVariables()
		], {
			returnsOutput: true,
			runsAfterInterrupt: true
		});
		return stdout;
	}
	async taint(address) {
		await this.#run([
			"taint",
			"-no-color",
			...this.#earlyVariables(),
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
		this.#interruptedAt = Date.now();
		if (this.#remoteOutput !== void 0 && this.#remote !== void 0) this.#cancelRun(this.#remote, this.#remoteOutput);
		else this.#interruptChild();
	}
	#interruptChild() {
		if (process.platform !== "win32") this.#child?.kill("SIGINT");
	}
	async #cancelRun({ workspace, service }, output) {
		const run = findRun(output.text(), workspace);
		if (run === void 0) return this.#interruptChild();
		try {
			log.line(line`Cancelling the run ${run.url}`);
			await service.cancel(run);
		} catch (error) {
			log.warning(line`The run goes on, because it could not be cancelled: ${messageOf(error)}. Cancel it there: ${run.url}`);
			this.#interruptChild();
		}
	}
	get isRunning() {
		return this.#child !== void 0;
	}
	#lockArguments() {
		return [`-lock-timeout=${Math.ceil(this.#options.lockTimeoutMs / 1e3)}s`];
	}
	#earlyVariables(capability = "earlyVariables") {
		return varFileArguments(this.#varFilesSince(capability));
	}
	#varFilesSince(capability) {
		const { tool, version } = this.#options;
		return can(tool, version, capability) ? this.#varFiles() : [];
	}
	#varFiles() {
		const own = this.#variableFile === void 0 ? [] : [this.#variableFile];
		return [...this.#options.varFiles, ...own];
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
		if (options.runsAfterInterrupt !== true) this.#assertNotInterrupted(command);
		const name = join(tempDirectory, `${randomUUID()}-${command}`);
		const out = new TailedFile(`${name}.out`);
		const err = new TailedFile(`${name}.err`);
		this.#remoteOutput = options.isRemote ? out : void 0;
		const trace = this.#isTraced() ? new TailedFile(`${name}.trace`) : void 0;
		const logTrace = () => {
			for (const text of trace?.newLines(true) ?? []) logOutput(text);
		};
		const { isLogged, readsSecrets } = options;
		let held;
		const logLines = (text) => {
			let logged = "";
			for (let start = 0, end = 0; start < text.length; start = end) {
				end = text.indexOf("\n", start) + 1 || text.length;
				const each = text.slice(start, end);
				if (isLogged?.(each)) logged += each;
			}
			if (logged !== "") logOutput(logged);
		};
		const logNewLines = (file, isEnd = false) => {
			if (isLogged === void 0) return;
			for (const text of file.newLines(isEnd)) logLines(text);
		};
		const logProgress = () => {
			if (isLogged === void 0 || held !== void 0) return;
			for (const text of out.newLines()) {
				const message = text.search(messageStart);
				logLines(withoutNewIds(message === -1 ? text : text.slice(0, message)));
				if (message === -1) continue;
				held = text.slice(message);
				return;
			}
		};
		const logMessages = () => {
			logLines(held ?? "");
			logNewLines(out, true);
		};
		const logOpenMessages = () => {
			const messages = [held ?? "", ...out.newLines(true)].join("");
			logLines(withNewLine(openMessages(messages)));
			logOutput(withNewLine(openMessages(err.lastLines(maxDiagnosticBytes))));
		};
		const child = startDetached(binary, args, {
			cwd: directory,
			env: this.#environment(trace?.path),
			output: out.descriptor,
			errors: err.descriptor
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
			const varFiles = {
				show: this.#varFilesSince("earlyVariables"),
				untaint: this.#varFilesSince("workspaceVariables")
			};
			const files = {
				log: out.path,
				errors: err.path
			};
			const elsewhere = {
				...options.run && { remoteRun: options.run.url },
				...this.#dataDirectory !== void 0 && { dataDirectory: this.#dataDirectory }
			};
			onRunning({
				pid: child.pid,
				tool,
				binary,
				directory,
				varFiles,
				command,
				started,
				...files,
				...elsewhere
			});
		}
		const ticker = setInterval(() => {
			if (readsSecrets) return logProgress();
			logNewLines(out);
			logNewLines(err);
		}, 200);
		try {
			const { exitCode, signal } = await ended;
			const hasFailed = exitCode === null || !(options.okCodes ?? [0]).includes(exitCode);
			let isKnown = true;
			if (readsSecrets) {
				logProgress();
				if (hasFailed || held !== void 0 || !err.isEmpty) isKnown = await this.#readSecrets(err.lastLines(maxDiagnosticBytes));
			}
			if (isKnown) {
				logTrace();
				logMessages();
			} else logOpenMessages();
			const run = options.isRemote && options.run === void 0 && this.#remote && findRun(out.text(), this.#remote.workspace);
			if (run) this.#openRuns.push(run);
			if (hasFailed) {
				if (isKnown) logNewLines(err, true);
				const written = [...options.isRemote ? [messagesOf(out.lastLines(maxDiagnosticBytes))] : [], err.lastLines(maxDiagnosticBytes)].join("\n");
				if (run && !this.#interrupted && isLockTimeout(out.text())) throw await this.#lockTimeout(run);
				const unknown = this.#remoteUnknown === void 0 ? void 0 : findUnknownRun(out.text());
				if (unknown !== void 0) throw this.#unknownWorkspace(unknown);
				const diagnostics = isKnown ? cleanDiagnostics(written) : `${openMessages(written)}\n\n${leftOutMessages(tool)}`.trim();
				if (this.#interrupted) throw new CancelledError(`The job was cancelled: ${tool} ${command} was interrupted and has stopped.\n${diagnostics}`.trim());
				const killed = signal === null ? "" : `It was killed by ${signal}. Has the machine run out of memory?\n`;
				throw new TerraformError(command, exitCode, `${killed}${diagnostics}`.trim(), tool);
			}
			if (isKnown) for (const text of err.newLines(true)) logOutput(text);
			else log.line(line`${leftOutMessages(tool)}`);
			return {
				exitCode,
				stdout: options.returnsOutput ? out.text() : ""
			};
		} finally {
			clearInterval(ticker);
			this.#child = void 0;
			this.#remoteOutput = void 0;
			log.closeFence();
			out.remove();
			err.remove();
			trace?.remove();
			if (options.changesState) onRunning(void 0);
		}
	}
	async #lockTimeout(run) {
		const { organization = "", name = "", host = "" } = this.#remote?.workspace ?? {};
		await this.#remote?.service.cancel(run).catch((error) => log.warning(line`${messageOf(error)}`));
		return new InputError(`Somebody or another run has locked the workspace ${organization}/${name} on ${host} for longer than lock-timeout (${this.#options.lockTimeoutMs / 1e3} s). Nothing was changed. Its page names the holder: https://${host}/app/${organization}/${name}. Wait for that run and run this job again, or raise lock-timeout. If nobody needs the lock any more, \`${this.tool} force-unlock ${organization}/${name}\` in the root module releases it.`, "STATE_LOCKED");
	}
	async #readSecrets(diagnostics) {
		const { binary, directory } = this.#options;
		const cancelledMs = maxCancelledMs - (Date.now() - this.#interruptedAt);
		const limitMs = this.#interrupted ? Math.min(maxCancelledReadMs, cancelledMs) : maxReadMs;
		if (limitMs <= 0) return false;
		return await readStateSecrets({
			binary,
			directory,
			env: this.#environment(),
			varFiles: this.#varFilesSince("earlyVariables"),
			timeoutMs: limitMs,
			diagnostics
		});
	}
	async #query(args, okCodes, cwd = this.#options.directory) {
		const command = args[0] ?? "";
		const { tool, binary, logOutput, tempDirectory } = this.#options;
		this.#assertNotInterrupted(command);
		const trace = this.#isTraced() ? new TailedFile(join(tempDirectory, `${randomUUID()}-${command}.trace`)) : void 0;
		const { exitCode, stdout, stderr } = await query(binary, args, {
			cwd,
			env: this.#environment(trace?.path)
		}).catch((error) => {
			throw new TerraformError(command, null, `${binary}: ${messageOf(error)}`, tool);
		});
		for (const text of trace?.newLines(true) ?? []) logOutput(text);
		trace?.remove();
		if (stderr !== "") logOutput(stderr);
		log.closeFence();
		if (!okCodes.includes(exitCode)) throw new TerraformError(command, exitCode, cleanDiagnostics(stderr), tool);
		return {
			exitCode,
			stdout,
			stderr
		};
	}
	#assertNotInterrupted(command) {
		if (!this.#interrupted) return;
		throw new CancelledError(`${this.#options.tool} ${command} was not started: the job was cancelled.`);
	}
	#isTraced() {
		const { isTrusted } = this.#options;
		return isTrusted && logVariables.some((name) => process.env[name]) && !process.env.TF_LOG_PATH;
	}
	#environment(trace) {
		const { isTrusted, directory, tool } = this.#options;
		const settings = isTrusted ? preparePluginCache(tool, process.env, directory) : untrustedSettings(process.env);
		return terraformEnvironment(process.env, isTrusted, {
			...settings,
			...trace && { TF_LOG_PATH: trace }
		});
	}
};
function messagesOf(output) {
	const start = output.search(messageStart);
	return start === -1 ? "" : output.slice(start);
}
function withNewLine(text) {
	return text === "" ? "" : `${text}\n`;
}
function settingLine(setting) {
	const equals = setting.indexOf("=");
	const value = JSON.stringify(setting.slice(equals + 1)).replace(/[$%](?=\{)/g, "$&$&");
	return `${setting.slice(0, equals).trim()} = ${value}\n`;
}
function cleanDiagnostics(diagnostics) {
	return diagnostics.replace(/^\d{4}-\d\d-\d\dT\S+ \[(TRACE|DEBUG|INFO|WARN|ERROR)\].*\n(?:[ -].*\n)*/gm, "").replace(/^[\u2502\u2577\u2575] ?/gm, "").replace(/\n{3,}/g, "\n\n").trim();
}
// src/terraform/data-directory.ts
function isolateDataDirectory({ directory, checkout, tempDirectory, env }) {
	const path = resolve(directory, env.TF_DATA_DIR || ".terraform");
	const owner = isIn(directory, tempDirectory) ? checkout : directory;
	const isNamedInside = [checkout, owner].some((each) => !relative(each, path).startsWith(".."));
	const isInside = [checkout, owner].some((each) => isIn(dirname(path), each));
	if (!isNamedInside && !isInside) return () => {};
	if (!isInside || !relative(path, directory).startsWith("..")) throw new InputError(`The variable TF_DATA_DIR is "${env.TF_DATA_DIR}", ${isInside ? "which contains the root module" : "and a link in the checkout leads out of it"}: name a directory outside of the checkout, for example in RUNNER_TEMP.`);
	const own = join(tempDirectory, "terraform-data");
	const before = join(tempDirectory, "terraform-data-before");
	mkdirSync(own, { mode: 448 });
	if (isLinkTo(path, /[/\\]terraform-data$/)) rmSync(path);
	else if (exists(path)) move(path, before);
	mkdirSync(dirname(path), { recursive: true });
	symlinkSync(own, path, "junction");
	return () => {
		if (isLinkTo(path, /[/\\]terraform-data$/)) rmSync(path);
		if (exists(before) && !exists(path)) move(before, path);
	};
}
function unlinkDataDirectory(directory, env) {
	const path = resolve(directory, env.TF_DATA_DIR || ".terraform");
	if (!isLinkTo(path, /[/\\]terraform-data$/)) return void 0;
	const data = readlinkSync(path);
	rmSync(path);
	return data;
}
function assertNoCommittedPlugins(tool, directory, env) {
	const plugins = join(directory, "terraform.d", "plugins");
	if (!exists(plugins) || hasCliSetting(tool, env, /^\s*provider_installation\b/m)) return;
	if (/(^|\s)--?plugin-dir\b/.test([env.TF_CLI_ARGS, env.TF_CLI_ARGS_init].join(" "))) return;
	throw new InputError(`${plugins} is in the checkout, and ${tools[tool].title} would run the providers in it without the signature of the registry. Remove it, or name it in a block provider_installation of the file in TF_CLI_CONFIG_FILE.`, "CODE_UNTRUSTED");
}
function exists(path) {
	return lstatSync(path, { throwIfNoEntry: false }) !== void 0;
}
function isLinkTo(path, target) {
	return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true && target.test(readlinkSync(path));
}
function move(from, to) {
	try {
		renameSync(from, to);
	} catch (error) {
		if (error.code !== "EXDEV") throw error;
		cpSync(from, to, {
			recursive: true,
			verbatimSymlinks: true
		});
		rmSync(from, { recursive: true });
	}
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
// src/terraform/install/unzip.ts
const [endBytes, maxCommentBytes] = [22, 65535];
const [stored, deflated] = [0, 8];
async function extractFile(archive, name, target) {
	const file = await open(archive);
	let entry;
	try {
		entry = await findEntry(file, name);
	} finally {
		await file.close();
	}
	const { method, start, compressedBytes } = entry;
	const content = createReadStream(archive, {
		start,
		end: start + compressedBytes - 1
	});
	const output = createWriteStream(target, {
		mode: 493,
		flags: "wx"
	});
	if (method === stored) await pipeline(content, output);
	else if (method === deflated) await pipeline(content, createInflateRaw(), output);
	else throw new Error(`${name} is compressed by the unknown method ${method}`);
}
async function findEntry(file, name) {
	const { size } = await file.stat();
	const tail = await read(file, Math.max(0, size - endBytes - maxCommentBytes), Math.min(size, endBytes + maxCommentBytes));
	const end = tail.lastIndexOf("PK", void 0, "latin1");
	if (end === -1) throw new Error("it is not a ZIP archive");
	const directory = await read(file, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
	for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === 33639248;) {
		const [nameBytes, extraBytes, commentBytes] = [
			28,
			30,
			32
		].map((each) => directory.readUInt16LE(at + each));
		if (directory.toString("utf8", at + 46, at + 46 + nameBytes) === name) {
			const header = await read(file, directory.readUInt32LE(at + 42), 30);
			if (directory.readUInt16LE(at + 8) & 1) throw new Error(`${name} is encrypted`);
			return {
				method: directory.readUInt16LE(at + 10),
				start: directory.readUInt32LE(at + 42) + 30 + header.readUInt16LE(26) + header.readUInt16LE(28),
				compressedBytes: directory.readUInt32LE(at + 20)
			};
		}
		at += 46 + nameBytes + extraBytes + commentBytes;
	}
	throw new Error(`it does not contain ${name}`);
}
async function read(file, position, length) {
	const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
	if (bytesRead < length) throw new Error("it ends too early");
	return buffer;
}
// src/terraform/install/version.ts
function readWantedVersion(tool, input, directory) {
	const wanted = (input === void 0 ? void 0 : {
		constraint: input,
		source: "the input terraform-version"
	}) ?? withoutWords(tool, directory, readVersionFile(directory, tool.readVersionFile, /^[ \t]*v?([^\s#]+)/m)) ?? withoutWords(tool, directory, readVersionFile(directory, ".tool-versions", new RegExp(`^[ \\t]*${tool.toolVersionsKey}[ \\t]+v?(\\S+)`, "m"))) ?? readRequiredVersion(tool, directory);
	if (wanted !== void 0 && wanted.constraint !== "latest" && toRange(wanted.constraint) === void 0) throw new InputError(`${tool.title} "${wanted.constraint}" from ${wanted.source} is not a version: use a version such as 1.11.4 or a constraint such as "~> 1.11" or ">= 1.11, < 2.0".`);
	return wanted;
}
function satisfiesConstraint(version, constraint) {
	if (constraint === "latest") return false;
	return toRange(constraint)?.every((part) => part(version)) ?? false;
}
function exactVersion(constraint) {
	const [, numbers, prereleaseOf = ""] = /^\s*=?\s*v?(\d{1,9}(?:\.\d{1,9}){0,2})(-[\w.-]+)?\s*$/.exec(constraint) ?? [];
	if (numbers === void 0) return void 0;
	const segments = [
		...numbers.split(".").map(Number),
		0,
		0
	].slice(0, 3);
	return (0, import_semver.valid)(`${segments.join(".")}${prereleaseOf}`) ?? void 0;
}
function isConstraint(text) {
	return toRange(text) !== void 0;
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
function withoutWords(tool, directory, wanted) {
	if (wanted === void 0 || wanted.constraint === "system") return void 0;
	const { constraint, source } = wanted;
	const [, prefix] = /^latest:\^?v?(\d{1,9}(?:\.\d{1,9}){0,2})\.?$/.exec(constraint) ?? [];
	if (prefix !== void 0) return {
		constraint: prefix.split(".").length === 3 ? prefix : `~> ${prefix}.0`,
		source
	};
	if (constraint !== "latest-allowed" && constraint !== "min-required") return wanted;
	const required = readRequiredVersion(tool, directory);
	if (constraint === "latest-allowed") return required ?? {
		constraint: "latest",
		source
	};
	return required && {
		...required,
		constraint: lowestVersion(required.constraint) ?? required.constraint
	};
}
function lowestVersion(constraint) {
	return constraint.split(",").flatMap((part) => /^\s*(?:=|>=|~>)?\s*v?(\d[\d.]*(?:-[\w.-]+)?)\s*$/.exec(part)?.[1] ?? []).flatMap((version) => exactVersion(version) ?? []).filter((version) => satisfiesConstraint(version, constraint)).sort(import_semver.compare)[0];
}
function readVersionFile(directory, name, pattern) {
	for (const each of directoriesUpToCheckout(directory)) {
		const path = join(each, name);
		const constraint = existsSync(path) ? pattern.exec(readFileSync(path, "utf8").replace(/^\uFEFF/, ""))?.[1] : void 0;
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
			const obeyed = required.filter(({ constraint, isForTofu }) => {
				const since = capabilities.languageBlock[tool.command];
				if (since === void 0) return !isForTofu;
				return isForTofu || !/\.tf(\.json)?$/.test(path) || allowsOlder(constraint, since);
			});
			constraints.push(...obeyed.map(({ constraint }) => ({
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
function allowsOlder(constraint, version) {
	if (toRange(constraint) === void 0) return true;
	const patches = Array.from({ length: 20 }, (_, patch) => patch);
	return Array.from({ length: (0, import_semver.minor)(version) }, (_, each) => each).some((each) => patches.some((patch) => satisfiesConstraint(`1.${each}.${patch}`, constraint)));
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
	const forTofu = blocks.filter(({ type }) => type === "language").flatMap((language) => language.blocks.filter(({ type }) => type === "compatible_with")).flatMap(({ attributes }) => plainString(attributes.get("opentofu")) ?? []);
	return {
		required: requirements(texts("terraform", "required_version"), forTofu),
		modules: texts("module", "source")
	};
}
function requirements(required, forTofu) {
	return [...required.map((constraint) => ({
		constraint,
		isForTofu: false
	})), ...forTofu.map((constraint) => ({
		constraint,
		isForTofu: true
	}))];
}
function readJsonSettings(text) {
	try {
		const { terraform, language, module } = asObject(JSON.parse(text));
		const objects = (value) => [value].flat().map(asObject);
		const texts = (values, setting) => values.flatMap((each) => {
			const value = each[setting];
			return typeof value === "string" ? [value] : [];
		});
		const compatible = objects(language).flatMap((each) => objects(each.compatible_with));
		return {
			required: requirements(texts(objects(terraform), "required_version"), texts(compatible, "opentofu")),
			modules: texts(Object.values(asObject(module)).flatMap(objects), "source")
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
	const constraint = wanted?.constraint ?? `>= ${tool.minVersionOnPath}`;
	const onPath = await findOnPath(tool, options);
	const tooOldFor = tooOldSentence(tool, options);
	if (onPath !== void 0 && satisfiesConstraint(onPath.version, constraint) && !tooOldFor(onPath.version)) {
		assertRequired(tool, onPath.version, wanted, options.directory);
		return onPath;
	}
	const source = createSource(tool, options);
	const version = wanted === void 0 ? tool.defaultVersion : exactVersion(wanted.constraint) ?? await findNewestRelease(source, wanted);
	const tooOld = tooOldFor(version);
	if (tooOld !== void 0) {
		const from = wanted === void 0 ? "" : ` from ${wanted.source}`;
		const hint = wanted?.constraint === options.version && /^1\.[1-4]$/.test(options.version ?? "") ? ` If you mean ${options.version}0, write it in quotes: YAML reads it as the number ${options.version}.` : "";
		throw new InputError(`${tool.title} ${version}${from} is too old: ${tooOld}. Nothing was run.${hint}`);
	}
	assertRequired(tool, version, wanted, options.directory);
	if (onPath?.version === version) return onPath;
	return {
		binary: await extractBinary(source, await findCachedArchive(source, version) ?? await downloadArchive(source, version, wanted)),
		version
	};
}
function tooOldSentence(tool, { stack, directory }) {
	const required = stack === void 0 ? void 0 : readRequiredVersion(tool, directory);
	return (version) => {
		if (!can(tool.command, version, "supported")) return `this action needs ${capabilities.supported[tool.command]} or newer`;
		const release = version.replace(/-.*$/, "");
		if (required === void 0 || satisfiesConstraint(release, required.constraint)) return void 0;
		return `stack: ${stack} needs ${required.constraint}`;
	};
}
function assertRequired(tool, version, wanted, directory) {
	const isReadElsewhere = can(tool.command, version, "languageBlock");
	const required = wanted === void 0 || isReadElsewhere ? void 0 : readRequiredVersion(tool, directory);
	if (wanted === void 0 || required === void 0 || required.source === wanted.source) return;
	const release = version.replace(/-.*$/, "");
	if (!isConstraint(required.constraint) || satisfiesConstraint(release, required.constraint)) return;
	throw new InputError(`${tool.title} ${version} from ${wanted.source} does not meet the required version "${required.constraint}" in ${required.source}. Nothing was run. Change one of the two, or remove the former: then the newest version that is required is used.`);
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
async function findOnPath(tool, { untrustedCheckout, warn }) {
	const binary = wrappedBinary(tool, process.env) ?? findProgram(tool.command, process.env, untrustedCheckout);
	if (binary === void 0) return void 0;
	try {
		const { stdout } = await query(binary, ["version", "-json"], {
			env: terraformEnvironment(process.env, untrustedCheckout === void 0),
			timeoutMs: 3e4
		});
		const { terraform_version } = parseOutput(stdout);
		return {
			binary,
			version: terraform_version
		};
	} catch (error) {
		warn(`${tool.title} on PATH is not used, because its version cannot be read: ${messageOf(error)}`);
		return;
	}
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
	const releaseDirectory = mkdtempSync(join(temporaryDirectory(), "release-"));
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
		const binary = join(mkdtempSync(join(temporaryDirectory(), extractedPrefix)), name);
		await extractFile(archive, name, binary);
		return binary;
	} catch (error) {
		throw installError(tool, archive, messageOf(error), error);
	}
}
function temporaryDirectory() {
	const directory = process.env.RUNNER_TEMP || tmpdir();
	mkdirSync(directory, { recursive: true });
	return directory;
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
// src/commands/prepare.ts
async function prepare(job) {
	const { stack, backendConfig, workspace, allowLocalState } = job.inputs;
	assertDistinctEnvironmentStates(runningWorkflow(job.run), new Repository(job.run.workspace));
	const terraform = await install(job, true);
	if (job.inputs.stack === void 0) assertNoCommittedPlugins(job.inputs.tool, terraform.directory, process.env);
	const { workspace: checkout } = job.run;
	const { directory } = terraform;
	job.putBackData = isolateDataDirectory({
		directory,
		checkout,
		tempDirectory: job.tempDirectory,
		env: process.env
	});
	job.lockFile = lockFileDigest(terraform.directory);
	await job.step("init", async () => {
		const initialized = terraform.init(backendConfig);
		const preload = async () => (await job.github())?.preload();
		if (job.inputs.githubToken !== "") preload().catch(() => {});
		await initialized;
		const { command } = job.report;
		if ((command === "apply" || command === "destroy" || command === "rollback") && !allowLocalState) assertRemoteBackend(configuredBackend(terraform.directory), stack, command);
		const isCreated = command !== "destroy" && command !== "rollback";
		if (workspace !== void 0) await terraform.selectWorkspace(workspace, isCreated);
		job.state = stateSettings({
			directory: terraform.directory,
			checkout: job.run.workspace,
			workspace
		}, process.env);
		job.record({
			state: `${job.state.backend}, workspace ${job.state.workspace}`,
			stateKey: configuredStateKey(terraform.directory, job.state.workspace)
		});
		await prepareRemoteRuns(job, terraform, job.state.workspace);
	});
	return terraform;
}
async function prepareRemoteRuns(job, terraform, selected) {
	const { directory, tool, version } = terraform;
	const backend = readBackendRecord(directory);
	if (backend?.type !== "cloud" && backend?.type !== "remote" || job.report.command === "rollback") return;
	const { assertRemoteRuns, readRemoteRuns, workspaceAccessOf } = await import("./remote-workspace.js");
	const access = workspaceAccessOf(backend, selected, tool, process.env);
	const remote = access && await readRemoteRuns(access);
	if (remote === void 0) return;
	if (typeof remote === "string") return terraform.useRemote(remote);
	assertRemoteRuns(remote.workspace, {
		tool,
		version,
		parallelism: job.inputs.parallelism
	});
	const { host, organization, name } = remote.workspace;
	log.line(line`${host} plans and applies in the workspace ${organization}/${name}, with the credentials and variables of that workspace.`);
	const dataDirectory = unlinkDataDirectory(directory, process.env);
	if (dataDirectory !== void 0) process.env.TF_DATA_DIR = dataDirectory;
	terraform.useRemote(remote, dataDirectory);
}
async function install(job, isTrusted) {
	const { tool, terraformVersion, terraformMirror } = job.inputs;
	const directory = prepareRootModule(job.inputs, job.tempDirectory);
	const { binary, version } = await job.step("install", () => installTerraform({
		tool,
		version: terraformVersion,
		directory,
		stack: job.inputs.stack,
		mirror: terraformMirror,
		untrustedCheckout: isTrusted ? void 0 : job.run.workspace,
		warn: (text) => log.warning(line`${text}`)
	}));
	log.line(line`${tools[tool].title} ${version}: ${binary}`);
	job.record({ tool });
	job.terraform = new Terraform({
		...job.inputs,
		binary,
		version,
		directory,
		tempDirectory: job.tempDirectory,
		isTrusted,
		logOutput: log.foreign,
		onRunning: saveRunning
	});
	return job.terraform;
}
async function makeAndLogPlan(job, terraform, how) {
	const planned = await makePlan(terraform, {
		...job.inputs,
		...how
	}).finally(() => {
		job.record({ remoteRun: terraform.remoteRun });
	});
	const { plan, json } = planned;
	for (const values of [json.prior_state?.values, json.planned_values]) secrets.add(...credentialSecrets({ values: values ?? {} }, job.inputs.mcp.fromOutputs));
	job.record({ plan: {
		...plan,
		warnings: plan.warnings.map((each) => locateProblem(job, each))
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
	const inputs = {
		...job.inputs.mcp,
		stack: job.inputs.stack
	};
	job.record({
		findings: findingsOf(json, inputs, [...acceptances, ...everywhere], rulesPageUrl(job.run.action)),
		unjudged: unjudgedOf(json, inputs)
	});
	job.warn(...problems);
}
async function planForApproval(job, terraform) {
	return await job.step("plan", async () => {
		const { plan, json } = await makeAndLogPlan(job, terraform, {
			replaces: job.inputs.replaces,
			mode: "normal"
		});
		const images = job.report.images ?? [];
		assertImagesPlanned(json, images);
		assertVerifiable({
			outputNames: plan.outputNames,
			json
		}, job.inputs);
		assertCredentialOutputs({
			outputNames: plan.outputNames,
			json
		}, job.inputs.mcp.fromOutputs);
		if (job.inputs.mcp.endpoint === void 0) assertUsableEndpoint(json);
		const { workspace: checkout } = job.run;
		const { planApproval, planApprovalKey } = job.inputs;
		const { request } = job.trigger;
		const { directory } = terraform;
		const { terraformVersion, hasChanges } = plan;
		return {
			json,
			hasChanges,
			context: {
				...job.inputs,
				terraformVersion,
				directory,
				checkout,
				lockFile: job.lockFile,
				isRemote: terraform.remoteRun !== void 0,
				commits: request === void 0 ? [...new Set([job.run.sha, job.report.commit])] : [job.report.commit]
			},
			secrets: {
				key: planApprovalKey,
				lineage: await planLineage(terraform, job.inputs)
			},
			approval: planApproval,
			...bindingOf(job),
			commit: job.report.commit,
			branch: branchOf(job),
			run: runOf(job.report.runUrl),
			isBeforeMerge: request !== void 0,
			runUrl: job.report.runUrl,
			images: images.map(({ from: _, ...image }) => image),
			redact: secrets.redact
		};
	});
}
function bindingOf(job) {
	const { owner, repo, workflow } = job.run;
	const isForReview = job.report.command === "plan" && job.report.pullRequest !== void 0;
	return {
		binding: {
			repository: `${owner}/${repo}`,
			workflow: isForReview ? workflow : job.inputs.planWorkflow ?? workflow,
			target: job.marker
		},
		formerTarget: job.formerMarker
	};
}
function branchOf({ run }) {
	return run.ref.replace(/^refs\/(heads|tags)\//, "");
}
async function planLineage(terraform, { planApproval, planApprovalKey }) {
	if (planApprovalKey !== "") return void 0;
	try {
		return terraform.remoteRun === void 0 ? lineageOf(readFileSync(terraform.planFile)) : await remoteLineage(terraform);
	} catch (error) {
		if (planApproval === "none") return void 0;
		throw error;
	}
}
async function remoteLineage(terraform) {
	const state = await terraform.pullState();
	const lineage = state.trim() === "" ? "" : lineageInState(state);
	if (lineage === void 0) throw new InputError("The state cannot be read, so its lineage cannot sign the plan record. Set the input plan-approval-key, the same for plan and apply.", "PLAN_FILE_UNREADABLE");
	return lineage === "" ? void 0 : lineage;
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
export { TailedFile, bindingOf, branchOf, install, lineageInState, makeAndLogPlan, planForApproval, planLineage, prepare, readChecks };
