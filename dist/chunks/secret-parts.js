import { A as exactDigits, M as parseExactJson } from "./base.js";
// src/matcher.ts
const blank = 32;
var Matcher = class {
	#parents;
	#units;
	#targets;
	#failures;
	#longest;
	#depths;
	#first = new Int32Array(65536);
	constructor(words) {
		const texts = [...words].map(folded).filter((word) => word !== "" && word !== " ");
		const maxNodes = texts.reduce((sum, text) => sum + text.length, 1);
		const slots = 2 ** Math.ceil(Math.log2(maxNodes * 1.5 + 2));
		this.#parents = new Int32Array(slots).fill(-1);
		this.#units = new Uint16Array(slots);
		this.#targets = new Int32Array(slots);
		this.#failures = new Int32Array(maxNodes);
		this.#longest = new Int32Array(maxNodes);
		this.#depths = new Int32Array(maxNodes);
		this.#link(...this.#grow(texts));
	}
	find(text) {
		const spans = [];
		const { length } = text;
		let node = 0;
		const starts = [];
		for (let at = 0; at < length;) {
			const start = at;
			let unit = text.charCodeAt(at++);
			if (node === 0 && this.#first[unit] === 0 && !isBlank(unit)) continue;
			if (isBlank(unit)) {
				at = endOfGap(text, start);
				unit = blank;
			}
			if (node === 0) starts.length = 0;
			node = this.#step(node, unit);
			if (node === 0) continue;
			starts.push(start);
			const size = this.#longest[node] ?? 0;
			if (size > 0) spans.push([starts[starts.length - size] ?? start, at]);
		}
		return spans;
	}
	pending(text) {
		let node = 0;
		const starts = [];
		for (let at = 0; at < text.length;) {
			const start = at;
			let unit = text.charCodeAt(at++);
			if (isBlank(unit)) {
				at = endOfGap(text, start);
				unit = blank;
			}
			if (node === 0) starts.length = 0;
			node = this.#step(node, unit);
			if (node !== 0) starts.push(start);
		}
		return node === 0 ? void 0 : starts[starts.length - (this.#depths[node] ?? 0)];
	}
	#grow(texts) {
		const parents = new Int32Array(this.#depths.length);
		const units = new Uint16Array(this.#depths.length);
		let count = 1;
		for (const text of texts) {
			let node = 0;
			for (let at = 0; at < text.length; at++) {
				const unit = text.charCodeAt(at);
				let child = this.#child(node, unit);
				if (child === 0) {
					child = count++;
					this.#connect(node, unit, child);
					parents[child] = node;
					units[child] = unit;
					this.#depths[child] = at + 1;
				}
				node = child;
			}
			this.#longest[node] = text.length;
		}
		return [
			count,
			parents,
			units
		];
	}
	#link(count, parents, units) {
		for (const node of this.#nodesByDepth(count)) {
			const parent = parents[node] ?? 0;
			if (parent === 0) continue;
			const suffix = this.#step(this.#failures[parent] ?? 0, units[node] ?? 0);
			this.#failures[node] = suffix;
			if (this.#longest[node] === 0) this.#longest[node] = this.#longest[suffix] ?? 0;
		}
	}
	#nodesByDepth(count) {
		const places = [];
		for (let node = 1; node < count; node++) {
			const depth = this.#depths[node] ?? 0;
			places[depth] = (places[depth] ?? 0) + 1;
		}
		let next = 0;
		for (let depth = 0; depth < places.length; depth++) {
			const size = places[depth] ?? 0;
			places[depth] = next;
			next += size;
		}
		const nodes = new Int32Array(count - 1);
		for (let node = 1; node < count; node++) {
			const depth = this.#depths[node] ?? 0;
			const place = places[depth] ?? 0;
			nodes[place] = node;
			places[depth] = place + 1;
		}
		return nodes;
	}
	#step(from, unit) {
		for (let node = from;; node = this.#failures[node] ?? 0) {
			if (node === 0) return this.#first[unit] ?? 0;
			const child = this.#child(node, unit);
			if (child !== 0) return child;
		}
	}
	#child(node, unit) {
		if (node === 0) return this.#first[unit] ?? 0;
		const last = this.#parents.length - 1;
		for (let slot = slotOf(node, unit) & last;; slot = slot + 1 & last) {
			const parent = this.#parents[slot];
			if (parent === -1) return 0;
			if (parent === node && this.#units[slot] === unit) return this.#targets[slot] ?? 0;
		}
	}
	#connect(node, unit, child) {
		if (node === 0) {
			this.#first[unit] = child;
			return;
		}
		const last = this.#parents.length - 1;
		let slot = slotOf(node, unit) & last;
		while (this.#parents[slot] !== -1) slot = slot + 1 & last;
		this.#parents[slot] = node;
		this.#units[slot] = unit;
		this.#targets[slot] = child;
	}
};
function slotOf(node, unit) {
	const hash = Math.imul(node ^ Math.imul(unit, 2654435761), 2246822507);
	return hash ^ hash >>> 15;
}
const otherBlanks = [
	5760,
	8232,
	8233,
	8239,
	8287,
	12288,
	65279
];
function isBlank(unit) {
	if (unit <= 32) return unit === 32 || unit >= 9 && unit <= 13;
	if (unit < 5760) return unit === 133 || unit === 160;
	return unit >= 8192 && unit <= 8202 || otherBlanks.includes(unit);
}
function endOfGap(text, start) {
	let at = start;
	let isLineStart = false;
	for (; at < text.length; at++) {
		const unit = text.charCodeAt(at);
		if (unit === 10) isLineStart = true;
		else if (isLineStart && unit >= 9472 && unit <= 9599) isLineStart = false;
		else if (!isBlank(unit)) break;
	}
	return at;
}
function folded(word) {
	let result = "";
	for (let at = 0; at < word.length;) if (!isBlank(word.charCodeAt(at))) result += word[at++];
	else {
		at = endOfGap(word, at);
		result += " ";
	}
	return result;
}
// src/secret-parts.ts
const secretNamePattern = /pass|pwd|secret|token|key|credential|auth|private|salt|signature|cookie|session|dsn|connection|webhook/i;
const publicNamePattern = /(?:^|[_-])(?:host|hostname|address|port|user|username|name|database|dbname|db|schema|region|engine|protocol|scheme|arn|id|type|version|family|enabled|size|count|zone|domain|image|cidr|ttl|path|public_key|publickey|key_id|keyid|key_name|auth_type|auth_mode|tags?)$/i;
function isSecretName(name) {
	return secretNamePattern.test(name) && !publicNamePattern.test(name.replace(/(?<=[a-z])(?=[A-Z])/g, "_"));
}
const openVariablePattern = /^(INPUT_|OLDPWD$|PWD$)|(_FILE|_FILES|_PATH|_DIR|_SOCK|_TYPE|_METHOD|_MODE|_BACKEND|_PROVIDER|_NAME|_USER|_USERNAME|_HOST|_PORT|_ARN|_REGION|_VERSION|_ENABLED|_EXPIRATION|_EXPIRES|_EXPIRY|_TTL|PUBLIC_?KEY|_HELPER|_SESSION_DURATION)$/i;
const secretVariablePattern = /TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|PASSCODE|_PASS$|_PWD$|PGPASS|CREDENTIAL|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|(^|_)KEY$|(^|_)AUTH$|_DSN$|CONNECTION_?STRING|COOKIE|SIGNATURE|_SAS$/i;
function environmentSecrets(env) {
	const found = [];
	for (const [name, value = ""] of Object.entries(env)) {
		if (value === "" || openVariablePattern.test(name)) continue;
		if (secretVariablePattern.test(name) && !/^arn:/.test(value)) found.push(...isUrl(value) && /_UR[IL]$/i.test(name) ? urlSecrets(value) : [value]);
		else if (!isUrl(value)) found.push(...userInfosIn(value));
		else if (/PROXY$/i.test(name)) found.push(...urlSecrets(value));
		else {
			found.push(...userInfosIn(value), ...secretQueryValues(value));
			if (/HOOK/i.test(name)) found.push(...pathTokens(value));
		}
	}
	return found;
}
function headerSecrets(name, value) {
	if (/^(set-)?cookie$/i.test(name)) return [value, ...pairValues(value, /;\s*/)];
	const [, scheme, credential] = /^(\S+)\s+(\S.*)/.exec(value) ?? [];
	if (scheme === void 0 || credential === void 0) return secretParts(value);
	return [
		...secretParts(value),
		credential,
		.../^(digest|aws4-hmac-sha256|signature)$/i.test(scheme) ? pairValues(credential, /,\s*/) : []
	];
}
function secretParts(secret) {
	const parts = new Set();
	const add = (value) => {
		const text = value?.trim() ?? "";
		if (text !== "") parts.add(text);
	};
	add(secret);
	const lines = secret.split(/\r\n?|\n/);
	for (const each of lines) add(each);
	const [, scheme = "", credential = ""] = /^(bearer|token|basic|apikey|api-key|negotiate)\s+(\S+)$/i.exec(secret.trim()) ?? [];
	add(credential);
	if (scheme.toLowerCase() === "basic") basicSecrets(credential).forEach(add);
	for (const each of userInfosIn(secret)) add(each);
	const url = secret.trim();
	if (isUrl(url)) [...secretQueryValues(url), ...pathTokens(url)].forEach(add);
	for (const each of secret.split(/[\r\n;]/)) add(secretSetting(each));
	if (/^\s*[[{]/.test(secret)) compositeSecrets(parseDocument(secret)).forEach(add);
	return [...parts];
}
function urlSecrets(url) {
	if (!URL.canParse(url)) return userInfosIn(url);
	return [...userInfosIn(url), ...queryPairs(url).map(([, value]) => value).filter((value) => value !== "")];
}
function publicUrl(url) {
	const query = url.indexOf("?");
	const [place, rest] = query === -1 ? [url.replace(/#.*/s, ""), ""] : [url.slice(0, query), url.slice(query + 1)];
	const shownPlace = place.replace(/^([a-z][a-z\d+.-]*:\/\/)[^/?#\\]*@/i, "$1");
	if (rest === "") return shownPlace;
	return `${shownPlace}?${rest.replace(/#.*/s, "").split("&").map((pair) => pair.includes("=") ? `${pair.slice(0, pair.indexOf("="))}=…` : "…").join("&")}`;
}
function hasUserInfo(url) {
	const { username = "", password = "" } = URL.parse(url) ?? {};
	return username !== "" || password !== "";
}
function compositeSecrets(document) {
	const named = [];
	const generated = [];
	const others = [];
	let isFlat = true;
	const collect = (value, name, isSecret, depth) => {
		if (typeof value === "object" && value !== null && exactDigits(value) === void 0) {
			if (depth > 0 && !isPlainList(value)) isFlat = false;
			if (depth > maxDepth) return;
			const { name: entryName } = value;
			for (const [key, part] of Object.entries(value)) {
				if (!Array.isArray(value) && looksGenerated(key) && !isPublicName(key)) generated.push(key);
				const partName = key === "value" && typeof entryName === "string" ? entryName : Array.isArray(value) ? name : key;
				collect(part, partName, isSecret || isSecretName(partName), depth + 1);
			}
			return;
		}
		const text = typeof value === "string" ? value : numberText(value);
		if (text === void 0) return;
		if (isSecret) named.push(text);
		else if (isUrl(text)) generated.push(...userInfosIn(text), ...secretQueryValues(text), ...pathTokens(text));
		else if (isPublicName(name) || text.startsWith("arn:")) return;
		else if (looksGenerated(text)) generated.push(text);
		else others.push(text);
	};
	collect(document, "", false, 0);
	return named.length === 0 && isFlat ? [...generated, ...others] : [...named, ...generated];
}
function parseDocument(text) {
	try {
		return parseExactJson(text);
	} catch {
		return;
	}
}
const maxDepth = 200;
function isPlainList(value) {
	return Array.isArray(value) && value.every((each) => typeof each !== "object" || each === null);
}
function numberText(value) {
	if (typeof value !== "number") return exactDigits(value);
	if (!Number.isInteger(value)) return String(value);
	return Math.abs(value) <= 65535 ? void 0 : BigInt(value).toString();
}
function isPublicName(name) {
	return publicNamePattern.test(name.replace(/(?<=[a-z])(?=[A-Z])/g, "_"));
}
const minGeneratedUnits = 8;
const minMixedUnits = 6;
function looksGenerated(text) {
	if (text.length < minGeneratedUnits || /\s/.test(text)) return false;
	return text.split(/[-_.:/,;"'{}[\]()<>=|`@#]+/).some((part) => part.length >= minMixedUnits && /\p{L}/u.test(part) && /[^\p{L}]/u.test(part));
}
function isUrl(text) {
	return /^[a-z][a-z\d+.-]*:\/\/\S+$/i.test(text);
}
function pathTokens(url) {
	return (URL.parse(url)?.pathname ?? "").split("/").filter(looksGenerated);
}
function secretSetting(text) {
	const separator = text.search(/[=:]/);
	const name = text.slice(0, Math.max(0, separator)).trim().replace(/^export\s+/, "").replace(/^["']|["']$/g, "");
	if (!/^[A-Za-z_][\w .-]{0,99}$/.test(name) || !isSecretName(name)) return void 0;
	const value = text.slice(separator + 1).trim().replace(/,$/, "");
	return value.startsWith("//") ? void 0 : value.replace(/^(["'])(.*)\1$/, "$2");
}
function basicSecrets(credential) {
	if (!/^[A-Za-z\d+/_-]+=*$/.test(credential)) return [];
	const pair = Buffer.from(credential, "base64").toString("utf8");
	const colon = pair.indexOf(":");
	return colon === -1 || pair.includes("�") ? [] : [pair, pair.slice(colon + 1)];
}
function userInfosIn(text) {
	return [...text.matchAll(/:\/\/([^/?#\s"'<>]*)@/g)].flatMap(([, info = ""]) => {
		const colon = info.indexOf(":");
		const secret = colon === -1 ? info : info.slice(colon + 1);
		const user = colon === -1 ? "" : info.slice(0, colon);
		const token = looksGenerated(user) ? [user, decoded(user)] : [];
		return [
			...colon === -1 ? [] : [info],
			...token,
			secret,
			decoded(secret)
		].filter((each) => each !== "");
	});
}
function secretQueryValues(url) {
	return queryPairs(url).flatMap(([name, value]) => isSecretName(name) || looksGenerated(value) ? [value] : []);
}
function queryPairs(url) {
	return (/\?([^#]*)/.exec(url)?.[1] ?? "").split("&").flatMap((pair) => {
		const equals = pair.indexOf("=");
		const name = equals === -1 ? "" : pair.slice(0, equals);
		const value = pair.slice(equals + 1);
		return [[name, value], [name, decoded(value.replaceAll("+", " "))]];
	});
}
function pairValues(text, separator) {
	return text.split(separator).flatMap((pair) => {
		const value = pair.slice(pair.indexOf("=") + 1).replace(/^"(.*)"$/, "$1");
		return value === "" ? [] : [value, decoded(value)];
	});
}
function decoded(text) {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
export { isSecretName as a, publicUrl as c, Matcher as d, headerSecrets as i, secretParts as l, environmentSecrets as n, looksGenerated as o, hasUserInfo as r, numberText as s, compositeSecrets as t, urlSecrets as u };
