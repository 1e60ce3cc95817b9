const { ReadStream, fstatSync, lstatSync, promises, readFileSync } = process.getBuiltinModule("node:fs");
const { dirname, join, sep } = process.getBuiltinModule("node:path");
const createHash = (...values) => process.getBuiltinModule("node:crypto").createHash(...values);
const createHmac = (...values) => process.getBuiltinModule("node:crypto").createHmac(...values);
const createPrivateKey = (...values) => process.getBuiltinModule("node:crypto").createPrivateKey(...values);
const createPublicKey = (...values) => process.getBuiltinModule("node:crypto").createPublicKey(...values);
const getRandomValues = (...values) => process.getBuiltinModule("node:crypto").getRandomValues(...values);
const sign = (...values) => process.getBuiltinModule("node:crypto").sign(...values);
const node_http = process.getBuiltinModule("node:http");
const { Readable, Writable } = process.getBuiltinModule("node:stream");
const { promisify } = process.getBuiltinModule("node:util");
const zlib$1 = { get crc32() {
	return process.getBuiltinModule("node:zlib").crc32;
} };
const { readFile } = process.getBuiltinModule("node:fs/promises");
const fs = process.getBuiltinModule("node:fs/promises");
const { homedir, platform, release } = process.getBuiltinModule("node:os");
const { env, versions } = process.getBuiltinModule("node:process");
const node_https = process.getBuiltinModule("node:https");
const { exec } = process.getBuiltinModule("node:child_process");
// node_modules/@aws-sdk/core/dist-es/submodules/client/emitWarningIfUnsupportedVersion.js
const state = { warningEmitted: false };
const emitWarningIfUnsupportedVersion$1 = (version) => {
	if (version && !state.warningEmitted) {
		if (process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED === "true") {
			state.warningEmitted = true;
			return;
		}
		const userMajorVersion = parseInt(version.substring(1, version.indexOf(".")));
		const vv = 22;
		if (userMajorVersion < vv) {
			state.warningEmitted = true;
			process.emitWarning(`NodeVersionSupportWarning: The AWS SDK for JavaScript (v3)
versions published after the first week of January 2027
will require node >=${vv}. You are running node ${version}.

To continue receiving updates to AWS services, bug fixes,
and security updates please upgrade to node >=${vv}.

More information can be found at: https://a.co/c895JFp`);
		}
	}
};
// node_modules/@aws-sdk/core/dist-es/submodules/client/setCredentialFeature.js
function setCredentialFeature(credentials, feature, value) {
	if (!credentials.$source) credentials.$source = {};
	credentials.$source[feature] = value;
	return credentials;
}
// node_modules/@aws-sdk/core/dist-es/submodules/client/setFeature.js
function setFeature$1(context, feature, value) {
	if (!context.__aws_sdk_context) context.__aws_sdk_context = { features: {} };
	else if (!context.__aws_sdk_context.features) context.__aws_sdk_context.features = {};
	context.__aws_sdk_context.features[feature] = value;
}
// node_modules/@aws-sdk/core/dist-es/submodules/client/getDefaultSocketTimeout.js
const isDefaultSocketTimeoutEnabled = () => typeof process === "object" && process?.env?.AWS_ENABLE_DEFAULT_SOCKET_TIMEOUT_2026 === "true";
const getDefaultSocketTimeout = (requestHandler, timeoutMs) => {
	if (!isDefaultSocketTimeoutEnabled()) return;
	if (typeof requestHandler?.handle === "function") return;
	return timeoutMs;
};
// node_modules/@smithy/core/dist-es/submodules/serde/is-array-buffer/is-array-buffer.js
const isArrayBuffer = (arg) => typeof ArrayBuffer === "function" && arg instanceof ArrayBuffer || Object.prototype.toString.call(arg) === "[object ArrayBuffer]";
// node_modules/@smithy/core/dist-es/submodules/serde/util-buffer-from/buffer-from.js
const fromArrayBuffer = (input, offset = 0, length = input.byteLength - offset) => {
	if (!isArrayBuffer(input)) throw new TypeError(`The "input" argument must be ArrayBuffer. Received type ${typeof input} (${input})`);
	return Buffer.from(input, offset, length);
};
const fromString = (input, encoding) => {
	if (typeof input !== "string") throw new TypeError(`The "input" argument must be of type string. Received type ${typeof input} (${input})`);
	return encoding ? Buffer.from(input, encoding) : Buffer.from(input);
};
// node_modules/@smithy/core/dist-es/submodules/serde/util-base64/fromBase64.js
const BASE64_REGEX = /^[A-Za-z0-9+/]*={0,2}$/;
const fromBase64 = (input) => {
	if (input.length * 3 % 4 !== 0) throw new TypeError(`Incorrect padding on base64 string.`);
	if (!BASE64_REGEX.exec(input)) throw new TypeError(`Invalid base64 string.`);
	const buffer = fromString(input, "base64");
	return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
};
// node_modules/@smithy/core/dist-es/submodules/serde/util-utf8/fromUtf8.js
const fromUtf8$1 = (input) => {
	const buf = fromString(input, "utf8");
	return new Uint8Array(buf.buffer, buf.byteOffset, buf.byteLength / Uint8Array.BYTES_PER_ELEMENT);
};
// node_modules/@smithy/core/dist-es/submodules/serde/util-base64/toBase64.js
const toBase64$1 = (_input) => {
	let input;
	if (typeof _input === "string") input = fromUtf8$1(_input);
	else input = _input;
	if (typeof input !== "object" || typeof input.byteOffset !== "number" || typeof input.byteLength !== "number") throw new Error("@smithy/util-base64: toBase64 encoder function only accepts string | Uint8Array.");
	return fromArrayBuffer(input.buffer, input.byteOffset, input.byteLength).toString("base64");
};
// node_modules/@smithy/core/dist-es/submodules/serde/util-stream/blob/Uint8ArrayBlobAdapter.js
function bindUint8ArrayBlobAdapter(toUtf8, fromUtf8, toBase64, fromBase64) {
	return class Uint8ArrayBlobAdapter extends Uint8Array {
		static fromString(source, encoding = "utf-8") {
			if (typeof source === "string") {
				if (encoding === "base64") return Uint8ArrayBlobAdapter.mutate(fromBase64(source));
				return Uint8ArrayBlobAdapter.mutate(fromUtf8(source));
			}
			throw new Error(`Unsupported conversion from ${typeof source} to Uint8ArrayBlobAdapter.`);
		}
		static mutate(source) {
			Object.setPrototypeOf(source, Uint8ArrayBlobAdapter.prototype);
			return source;
		}
		transformToString(encoding = "utf-8") {
			if (encoding === "base64") return toBase64(this);
			return toUtf8(this);
		}
	};
}
// node_modules/@smithy/core/dist-es/submodules/serde/util-utf8/toUtf8.js
const toUtf8$1 = (input) => {
	if (typeof input === "string") return input;
	if (typeof input !== "object" || typeof input.byteOffset !== "number" || typeof input.byteLength !== "number") throw new Error("@smithy/util-utf8: toUtf8 encoder function only accepts string | Uint8Array.");
	return fromArrayBuffer(input.buffer, input.byteOffset, input.byteLength).toString("utf8");
};
// node_modules/@smithy/core/dist-es/submodules/serde/uuid/v4.js
const decimalToHex = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, "0"));
function bindV4(getRandomValues) {
	if (typeof crypto !== "undefined" && typeof crypto.randomUUID === "function") return () => crypto.randomUUID();
	return () => {
		const rnds = new Uint8Array(16);
		getRandomValues(rnds);
		rnds[6] = rnds[6] & 15 | 64;
		rnds[8] = rnds[8] & 63 | 128;
		return decimalToHex[rnds[0]] + decimalToHex[rnds[1]] + decimalToHex[rnds[2]] + decimalToHex[rnds[3]] + "-" + decimalToHex[rnds[4]] + decimalToHex[rnds[5]] + "-" + decimalToHex[rnds[6]] + decimalToHex[rnds[7]] + "-" + decimalToHex[rnds[8]] + decimalToHex[rnds[9]] + "-" + decimalToHex[rnds[10]] + decimalToHex[rnds[11]] + decimalToHex[rnds[12]] + decimalToHex[rnds[13]] + decimalToHex[rnds[14]] + decimalToHex[rnds[15]];
	};
}
// node_modules/@smithy/types/dist-es/endpoint.js
var EndpointURLScheme;
(function(EndpointURLScheme) {
	EndpointURLScheme["HTTP"] = "http";
	EndpointURLScheme["HTTPS"] = "https";
})(EndpointURLScheme || (EndpointURLScheme = {}));
// node_modules/@smithy/types/dist-es/extensions/checksum.js
var AlgorithmId;
(function(AlgorithmId) {
	AlgorithmId["MD5"] = "md5";
	AlgorithmId["CRC32"] = "crc32";
	AlgorithmId["CRC32C"] = "crc32c";
	AlgorithmId["SHA1"] = "sha1";
	AlgorithmId["SHA256"] = "sha256";
})(AlgorithmId || (AlgorithmId = {}));
// node_modules/@smithy/types/dist-es/middleware.js
const SMITHY_CONTEXT_KEY = "__smithy_context";
// node_modules/@smithy/types/dist-es/profile.js
var IniSectionType;
(function(IniSectionType) {
	IniSectionType["PROFILE"] = "profile";
	IniSectionType["SSO_SESSION"] = "sso-session";
	IniSectionType["SERVICES"] = "services";
})(IniSectionType || (IniSectionType = {}));
// node_modules/@smithy/core/dist-es/submodules/transport/getSmithyContext.js
const getSmithyContext = (context) => context["__smithy_context"] || (context["__smithy_context"] = {});
// node_modules/@smithy/core/dist-es/submodules/transport/hasOwn.js
function hasOwn(o, k) {
	return Object.prototype.hasOwnProperty.call(o, k);
}
// node_modules/@smithy/core/dist-es/submodules/transport/httpRequest.js
var HttpRequest = class HttpRequest {
	method;
	protocol;
	hostname;
	port;
	path;
	query;
	headers;
	username;
	password;
	fragment;
	body;
	constructor(options) {
		this.method = options.method || "GET";
		this.hostname = options.hostname || "localhost";
		this.port = options.port;
		this.query = options.query || {};
		this.headers = options.headers || {};
		this.body = options.body;
		this.protocol = options.protocol ? options.protocol.slice(-1) !== ":" ? `${options.protocol}:` : options.protocol : "https:";
		this.path = options.path ? options.path.charAt(0) !== "/" ? `/${options.path}` : options.path : "/";
		this.username = options.username;
		this.password = options.password;
		this.fragment = options.fragment;
	}
	static clone(request) {
		const cloned = new HttpRequest({
			...request,
			headers: { ...request.headers }
		});
		if (cloned.query) cloned.query = cloneQuery(cloned.query);
		return cloned;
	}
	static isInstance(request) {
		if (!request) return false;
		const req = request;
		return "method" in req && "protocol" in req && "hostname" in req && "path" in req && typeof req["query"] === "object" && typeof req["headers"] === "object";
	}
	clone() {
		return HttpRequest.clone(this);
	}
};
function cloneQuery(query) {
	return Object.keys(query).reduce((carry, paramName) => {
		const param = query[paramName];
		return {
			...carry,
			[paramName]: Array.isArray(param) ? [...param] : param
		};
	}, {});
}
// node_modules/@smithy/core/dist-es/submodules/transport/httpResponse.js
var HttpResponse = class {
	statusCode;
	reason;
	headers;
	body;
	constructor(options) {
		this.statusCode = options.statusCode;
		this.reason = options.reason;
		this.headers = options.headers || {};
		this.body = options.body;
	}
	static isInstance(response) {
		if (!response) return false;
		const resp = response;
		return typeof resp.statusCode === "number" && typeof resp.headers === "object";
	}
};
// node_modules/@smithy/core/dist-es/submodules/transport/isValidHostLabel.js
const VALID_HOST_LABEL_REGEX = new RegExp(`^(?!.*-$)(?!-)[a-zA-Z0-9-]{1,63}$`);
const isValidHostLabel = (value, allowSubDomains = false) => {
	if (!allowSubDomains) return VALID_HOST_LABEL_REGEX.test(value);
	const labels = value.split(".");
	for (const label of labels) if (!isValidHostLabel(label)) return false;
	return true;
};
// node_modules/@smithy/core/dist-es/submodules/transport/isValidHostname.js
function isValidHostname(hostname) {
	return /^[a-z0-9][a-z0-9.-]*[a-z0-9]$/.test(hostname);
}
// node_modules/@smithy/core/dist-es/submodules/transport/normalizeProvider.js
const normalizeProvider$1 = (input) => {
	if (typeof input === "function") return input;
	const promisified = Promise.resolve(input);
	return () => promisified;
};
// node_modules/@smithy/core/dist-es/submodules/transport/parseQueryString.js
function parseQueryString(querystring) {
	const query = {};
	querystring = querystring.replace(/^\?/, "");
	if (querystring) for (const pair of querystring.split("&")) {
		let [key, value = null] = pair.split("=");
		key = decodeURIComponent(key);
		if (value) value = decodeURIComponent(value);
		if (!(key in query)) query[key] = value;
		else if (Array.isArray(query[key])) query[key].push(value);
		else query[key] = [query[key], value];
	}
	return query;
}
// node_modules/@smithy/core/dist-es/submodules/transport/parseUrl.js
const parseUrl = (url) => {
	if (typeof url === "string") return parseUrl(new URL(url));
	const { hostname, pathname, port, protocol, search } = url;
	let query;
	if (search) query = parseQueryString(search);
	return {
		hostname,
		port: port ? parseInt(port) : void 0,
		protocol,
		path: pathname,
		query
	};
};
// node_modules/@smithy/core/dist-es/submodules/transport/toEndpointV1.js
const toEndpointV1 = (endpoint) => {
	if (typeof endpoint === "object") {
		if ("url" in endpoint) {
			const v1Endpoint = parseUrl(endpoint.url);
			if (endpoint.headers) {
				v1Endpoint.headers = {};
				for (const name in endpoint.headers) {
					if (!hasOwn(endpoint.headers, name)) continue;
					v1Endpoint.headers[name.toLowerCase()] = endpoint.headers[name].join(", ");
				}
			}
			return v1Endpoint;
		}
		return endpoint;
	}
	return parseUrl(endpoint);
};
// node_modules/@smithy/core/dist-es/submodules/serde/parse-utils.js
const expectNumber = (value) => {
	if (value === null || value === void 0) return;
	if (typeof value === "string") {
		const parsed = parseFloat(value);
		if (!Number.isNaN(parsed)) {
			if (String(parsed) !== String(value)) logger.warn(stackTraceWarning(`Expected number but observed string: ${value}`));
			return parsed;
		}
	}
	if (typeof value === "number") return value;
	throw new TypeError(`Expected number, got ${typeof value}: ${value}`);
};
const MAX_FLOAT = Math.ceil(2 ** 127 * (2 - 2 ** -23));
const expectFloat32 = (value) => {
	const expected = expectNumber(value);
	if (expected !== void 0 && !Number.isNaN(expected) && expected !== Infinity && expected !== -Infinity) {
		if (Math.abs(expected) > MAX_FLOAT) throw new TypeError(`Expected 32-bit float, got ${value}`);
	}
	return expected;
};
const expectLong = (value) => {
	if (value === null || value === void 0) return;
	if (Number.isInteger(value) && !Number.isNaN(value)) return value;
	throw new TypeError(`Expected integer, got ${typeof value}: ${value}`);
};
const expectShort = (value) => expectSizedInt(value, 16);
const expectByte = (value) => expectSizedInt(value, 8);
const expectSizedInt = (value, size) => {
	const expected = expectLong(value);
	if (expected !== void 0 && castInt(expected, size) !== expected) throw new TypeError(`Expected ${size}-bit integer, got ${value}`);
	return expected;
};
const castInt = (value, size) => {
	switch (size) {
		case 32: return Int32Array.of(value)[0];
		case 16: return Int16Array.of(value)[0];
		case 8: return Int8Array.of(value)[0];
	}
};
const strictParseDouble = (value) => {
	if (typeof value == "string") return expectNumber(parseNumber(value));
	return expectNumber(value);
};
const strictParseFloat32 = (value) => {
	if (typeof value == "string") return expectFloat32(parseNumber(value));
	return expectFloat32(value);
};
const NUMBER_REGEX = /(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)|(-?Infinity)|(NaN)/g;
const parseNumber = (value) => {
	const matches = value.match(NUMBER_REGEX);
	if (matches === null || matches[0].length !== value.length) throw new TypeError(`Expected real number, got implicit NaN`);
	return parseFloat(value);
};
const strictParseShort = (value) => {
	if (typeof value === "string") return expectShort(parseNumber(value));
	return expectShort(value);
};
const strictParseByte = (value) => {
	if (typeof value === "string") return expectByte(parseNumber(value));
	return expectByte(value);
};
const stackTraceWarning = (message) => {
	return String(new TypeError(message).stack || message).split("\n").slice(0, 5).filter((s) => !s.includes("stackTraceWarning")).join("\n");
};
const logger = { warn: console.warn };
// node_modules/@smithy/core/dist-es/submodules/serde/date-utils.js
const DAYS = [
	"Sun",
	"Mon",
	"Tue",
	"Wed",
	"Thu",
	"Fri",
	"Sat"
];
const MONTHS = [
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
function dateToUtcString(date) {
	const year = date.getUTCFullYear();
	const month = date.getUTCMonth();
	const dayOfWeek = date.getUTCDay();
	const dayOfMonthInt = date.getUTCDate();
	const hoursInt = date.getUTCHours();
	const minutesInt = date.getUTCMinutes();
	const secondsInt = date.getUTCSeconds();
	const dayOfMonthString = dayOfMonthInt < 10 ? `0${dayOfMonthInt}` : `${dayOfMonthInt}`;
	const hoursString = hoursInt < 10 ? `0${hoursInt}` : `${hoursInt}`;
	const minutesString = minutesInt < 10 ? `0${minutesInt}` : `${minutesInt}`;
	const secondsString = secondsInt < 10 ? `0${secondsInt}` : `${secondsInt}`;
	return `${DAYS[dayOfWeek]}, ${dayOfMonthString} ${MONTHS[month]} ${year} ${hoursString}:${minutesString}:${secondsString} GMT`;
}
const RFC3339 = new RegExp(/^(\d{4})-(\d{2})-(\d{2})[tT](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?[zZ]$/);
const parseRfc3339DateTime = (value) => {
	if (value === null || value === void 0) return;
	if (typeof value !== "string") throw new TypeError("RFC-3339 date-times must be expressed as strings");
	const match = RFC3339.exec(value);
	if (!match) throw new TypeError("Invalid RFC-3339 date-time value");
	const [_, yearStr, monthStr, dayStr, hours, minutes, seconds, fractionalMilliseconds] = match;
	const year = strictParseShort(stripLeadingZeroes(yearStr));
	const month = parseDateValue(monthStr, "month", 1, 12);
	const day = parseDateValue(dayStr, "day", 1, 31);
	return buildDate(year, month, day, {
		hours,
		minutes,
		seconds,
		fractionalMilliseconds
	});
};
const RFC3339_WITH_OFFSET$1 = new RegExp(/^(\d{4})-(\d{2})-(\d{2})[tT](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(([-+]\d{2}:\d{2})|[zZ])$/);
const parseRfc3339DateTimeWithOffset = (value) => {
	if (value === null || value === void 0) return;
	if (typeof value !== "string") throw new TypeError("RFC-3339 date-times must be expressed as strings");
	const match = RFC3339_WITH_OFFSET$1.exec(value);
	if (!match) throw new TypeError("Invalid RFC-3339 date-time value");
	const [_, yearStr, monthStr, dayStr, hours, minutes, seconds, fractionalMilliseconds, offsetStr] = match;
	const year = strictParseShort(stripLeadingZeroes(yearStr));
	const month = parseDateValue(monthStr, "month", 1, 12);
	const day = parseDateValue(dayStr, "day", 1, 31);
	const date = buildDate(year, month, day, {
		hours,
		minutes,
		seconds,
		fractionalMilliseconds
	});
	if (offsetStr.toUpperCase() != "Z") date.setTime(date.getTime() - parseOffsetToMilliseconds(offsetStr));
	return date;
};
const IMF_FIXDATE$1 = new RegExp(/^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d{2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4}) (\d{1,2}):(\d{2}):(\d{2})(?:\.(\d+))? GMT$/);
const RFC_850_DATE$1 = new RegExp(/^(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday), (\d{2})-(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)-(\d{2}) (\d{1,2}):(\d{2}):(\d{2})(?:\.(\d+))? GMT$/);
const ASC_TIME$1 = new RegExp(/^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) ( [1-9]|\d{2}) (\d{1,2}):(\d{2}):(\d{2})(?:\.(\d+))? (\d{4})$/);
const parseRfc7231DateTime = (value) => {
	if (value === null || value === void 0) return;
	if (typeof value !== "string") throw new TypeError("RFC-7231 date-times must be expressed as strings");
	let match = IMF_FIXDATE$1.exec(value);
	if (match) {
		const [_, dayStr, monthStr, yearStr, hours, minutes, seconds, fractionalMilliseconds] = match;
		return buildDate(strictParseShort(stripLeadingZeroes(yearStr)), parseMonthByShortName(monthStr), parseDateValue(dayStr, "day", 1, 31), {
			hours,
			minutes,
			seconds,
			fractionalMilliseconds
		});
	}
	match = RFC_850_DATE$1.exec(value);
	if (match) {
		const [_, dayStr, monthStr, yearStr, hours, minutes, seconds, fractionalMilliseconds] = match;
		return adjustRfc850Year(buildDate(parseTwoDigitYear(yearStr), parseMonthByShortName(monthStr), parseDateValue(dayStr, "day", 1, 31), {
			hours,
			minutes,
			seconds,
			fractionalMilliseconds
		}));
	}
	match = ASC_TIME$1.exec(value);
	if (match) {
		const [_, monthStr, dayStr, hours, minutes, seconds, fractionalMilliseconds, yearStr] = match;
		return buildDate(strictParseShort(stripLeadingZeroes(yearStr)), parseMonthByShortName(monthStr), parseDateValue(dayStr.trimLeft(), "day", 1, 31), {
			hours,
			minutes,
			seconds,
			fractionalMilliseconds
		});
	}
	throw new TypeError("Invalid RFC-7231 date-time value");
};
const parseEpochTimestamp = (value) => {
	if (value === null || value === void 0) return;
	let valueAsDouble;
	if (typeof value === "number") valueAsDouble = value;
	else if (typeof value === "string") valueAsDouble = strictParseDouble(value);
	else if (typeof value === "object" && value.tag === 1) valueAsDouble = value.value;
	else throw new TypeError("Epoch timestamps must be expressed as floating point numbers or their string representation");
	if (Number.isNaN(valueAsDouble) || valueAsDouble === Infinity || valueAsDouble === -Infinity) throw new TypeError("Epoch timestamps must be valid, non-Infinite, non-NaN numerics");
	return new Date(Math.round(valueAsDouble * 1e3));
};
const buildDate = (year, month, day, time) => {
	const adjustedMonth = month - 1;
	validateDayOfMonth(year, adjustedMonth, day);
	return new Date(Date.UTC(year, adjustedMonth, day, parseDateValue(time.hours, "hour", 0, 23), parseDateValue(time.minutes, "minute", 0, 59), parseDateValue(time.seconds, "seconds", 0, 60), parseMilliseconds(time.fractionalMilliseconds)));
};
const parseTwoDigitYear = (value) => {
	const thisYear = new Date().getUTCFullYear();
	const valueInThisCentury = Math.floor(thisYear / 100) * 100 + strictParseShort(stripLeadingZeroes(value));
	if (valueInThisCentury < thisYear) return valueInThisCentury + 100;
	return valueInThisCentury;
};
const FIFTY_YEARS_IN_MILLIS = 15768e8;
const adjustRfc850Year = (input) => {
	if (input.getTime() - new Date().getTime() > FIFTY_YEARS_IN_MILLIS) return new Date(Date.UTC(input.getUTCFullYear() - 100, input.getUTCMonth(), input.getUTCDate(), input.getUTCHours(), input.getUTCMinutes(), input.getUTCSeconds(), input.getUTCMilliseconds()));
	return input;
};
const parseMonthByShortName = (value) => {
	const monthIdx = MONTHS.indexOf(value);
	if (monthIdx < 0) throw new TypeError(`Invalid month: ${value}`);
	return monthIdx + 1;
};
const DAYS_IN_MONTH = [
	31,
	28,
	31,
	30,
	31,
	30,
	31,
	31,
	30,
	31,
	30,
	31
];
const validateDayOfMonth = (year, month, day) => {
	let maxDays = DAYS_IN_MONTH[month];
	if (month === 1 && isLeapYear(year)) maxDays = 29;
	if (day > maxDays) throw new TypeError(`Invalid day for ${MONTHS[month]} in ${year}: ${day}`);
};
const isLeapYear = (year) => {
	return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
};
const parseDateValue = (value, type, lower, upper) => {
	const dateVal = strictParseByte(stripLeadingZeroes(value));
	if (dateVal < lower || dateVal > upper) throw new TypeError(`${type} must be between ${lower} and ${upper}, inclusive`);
	return dateVal;
};
const parseMilliseconds = (value) => {
	if (value === null || value === void 0) return 0;
	return strictParseFloat32("0." + value) * 1e3;
};
const parseOffsetToMilliseconds = (value) => {
	const directionStr = value[0];
	let direction = 1;
	if (directionStr == "+") direction = 1;
	else if (directionStr == "-") direction = -1;
	else throw new TypeError(`Offset direction, ${directionStr}, must be "+" or "-"`);
	const hour = Number(value.substring(1, 3));
	const minute = Number(value.substring(4, 6));
	return direction * (hour * 60 + minute) * 60 * 1e3;
};
const stripLeadingZeroes = (value) => {
	let idx = 0;
	while (idx < value.length - 1 && value.charAt(idx) === "0") idx++;
	if (idx === 0) return value;
	return value.slice(idx);
};
// node_modules/@smithy/core/dist-es/submodules/serde/lazy-json.js
const LazyJsonString = function LazyJsonString(val) {
	return Object.assign(new String(val), {
		deserializeJSON() {
			return JSON.parse(String(val));
		},
		toString() {
			return String(val);
		},
		toJSON() {
			return String(val);
		}
	});
};
LazyJsonString.from = (object) => {
	if (object && typeof object === "object" && (object instanceof LazyJsonString || "deserializeJSON" in object)) return object;
	else if (typeof object === "string" || Object.getPrototypeOf(object) === String.prototype) return LazyJsonString(String(object));
	return LazyJsonString(JSON.stringify(object));
};
LazyJsonString.fromObject = LazyJsonString.from;
// node_modules/@smithy/core/dist-es/submodules/serde/quote-header.js
function quoteHeader(part) {
	if (part.includes(",") || part.includes("\"")) part = `"${part.replace(/\\/g, "\\\\").replace(/"/g, "\\\"")}"`;
	return part;
}
// node_modules/@smithy/core/dist-es/submodules/serde/schema-serde-lib/schema-date-utils.js
const ddd = `(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:[ne|u?r]?s?day)?`;
const mmm = `(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)`;
const time = `(\\d?\\d):(\\d{2}):(\\d{2})(?:\\.(\\d+))?`;
const date = `(\\d?\\d)`;
const year = `(\\d{4})`;
const RFC3339_WITH_OFFSET = new RegExp(/^(\d{4})-(\d\d)-(\d\d)[tT](\d\d):(\d\d):(\d\d)(\.(\d+))?(([-+]\d\d:\d\d)|[zZ])$/);
const IMF_FIXDATE_NATIVE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (?:0[1-9]|[12]\d|3[01]) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [1-9]\d{3} (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d GMT$/;
const IMF_FIXDATE = new RegExp(`^${ddd}, ${date} ${mmm} ${year} ${time} GMT$`);
const RFC_850_DATE = new RegExp(`^${ddd}, ${date}-${mmm}-(\\d\\d) ${time} GMT$`);
const ASC_TIME = new RegExp(`^${ddd} ${mmm} ( [1-9]|\\d\\d) ${time} ${year}$`);
const months = [
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
const _parseEpochTimestamp = (value) => {
	if (value == null) return;
	let num = NaN;
	if (typeof value === "number") num = value;
	else if (typeof value === "string") {
		if (!/^-?\d*\.?\d+$/.test(value)) throw new TypeError(`parseEpochTimestamp - numeric string invalid.`);
		num = Number.parseFloat(value);
	} else if (typeof value === "object" && value.tag === 1) num = value.value;
	if (isNaN(num) || Math.abs(num) === Infinity) throw new TypeError("Epoch timestamps must be valid finite numbers.");
	return new Date(Math.round(num * 1e3));
};
const _parseRfc3339DateTimeWithOffset = (value) => {
	if (value == null) return;
	if (typeof value !== "string") throw new TypeError("RFC3339 timestamps must be strings");
	const matches = RFC3339_WITH_OFFSET.exec(value);
	if (!matches) throw new TypeError(`Invalid RFC3339 timestamp format ${value}`);
	const [, yearStr, monthStr, dayStr, hours, minutes, seconds, , ms, offsetStr] = matches;
	range(monthStr, 1, 12);
	range(dayStr, 1, 31);
	range(hours, 0, 23);
	range(minutes, 0, 59);
	range(seconds, 0, 60);
	const date = new Date(Date.UTC(Number(yearStr), Number(monthStr) - 1, Number(dayStr), Number(hours), Number(minutes), Number(seconds), Number(ms) ? Math.round(parseFloat(`0.${ms}`) * 1e3) : 0));
	date.setUTCFullYear(Number(yearStr));
	if (offsetStr.toUpperCase() != "Z") {
		const [, sign, offsetH, offsetM] = /([+-])(\d\d):(\d\d)/.exec(offsetStr) || [
			void 0,
			"+",
			0,
			0
		];
		const scalar = sign === "-" ? 1 : -1;
		date.setTime(date.getTime() + scalar * (Number(offsetH) * 60 * 60 * 1e3 + Number(offsetM) * 60 * 1e3));
	}
	return date;
};
const _parseRfc7231DateTime = (value) => {
	if (value == null) return;
	if (typeof value !== "string") throw new TypeError("RFC7231 timestamps must be strings.");
	if (IMF_FIXDATE_NATIVE.test(value)) return new Date(value);
	let day;
	let month;
	let year;
	let hour;
	let minute;
	let second;
	let fraction;
	let matches;
	if (matches = IMF_FIXDATE.exec(value)) [, day, month, year, hour, minute, second, fraction] = matches;
	else if (matches = RFC_850_DATE.exec(value)) {
		[, day, month, year, hour, minute, second, fraction] = matches;
		year = (Number(year) + 1900).toString();
	} else if (matches = ASC_TIME.exec(value)) [, month, day, hour, minute, second, fraction, year] = matches;
	if (year && second) {
		const timestamp = Date.UTC(Number(year), months.indexOf(month), Number(day), Number(hour), Number(minute), Number(second), fraction ? Math.round(parseFloat(`0.${fraction}`) * 1e3) : 0);
		range(day, 1, 31);
		range(hour, 0, 23);
		range(minute, 0, 59);
		range(second, 0, 60);
		const date = new Date(timestamp);
		date.setUTCFullYear(Number(year));
		return date;
	}
	throw new TypeError(`Invalid RFC7231 date-time value ${value}.`);
};
function range(v, min, max) {
	const _v = Number(v);
	if (_v < min || _v > max) throw new Error(`Value ${_v} out of range [${min}, ${max}]`);
}
// node_modules/@smithy/core/dist-es/submodules/serde/split-every.js
function splitEvery(value, delimiter, numDelimiters) {
	if (numDelimiters <= 0 || !Number.isInteger(numDelimiters)) throw new Error("Invalid number of delimiters (" + numDelimiters + ") for splitEvery.");
	const segments = value.split(delimiter);
	if (numDelimiters === 1) return segments;
	const compoundSegments = [];
	let currentSegment = "";
	for (let i = 0; i < segments.length; i++) {
		if (currentSegment === "") currentSegment = segments[i];
		else currentSegment += delimiter + segments[i];
		if ((i + 1) % numDelimiters === 0) {
			compoundSegments.push(currentSegment);
			currentSegment = "";
		}
	}
	if (currentSegment !== "") compoundSegments.push(currentSegment);
	return compoundSegments;
}
// node_modules/@smithy/core/dist-es/submodules/serde/split-header.js
const splitHeader = (value) => {
	const z = value.length;
	const values = [];
	let withinQuotes = false;
	let escaped = false;
	let anchor = 0;
	for (let i = 0; i < z; ++i) {
		const char = value[i];
		switch (char) {
			case `"`:
				if (!escaped) withinQuotes = !withinQuotes;
				break;
			case ",": if (!withinQuotes) {
				values.push(value.slice(anchor, i));
				anchor = i + 1;
			}
		}
		escaped = char === "\\" && !escaped;
	}
	values.push(value.slice(anchor));
	return values.map((v) => {
		v = v.trim();
		const z = v.length;
		if (z < 2) return v;
		if (v[0] === `"` && v[z - 1] === `"`) {
			v = v.slice(1, z - 1);
			return v.replace(/\\(["\\])/g, "$1");
		}
		return v.replace(/\\"/g, "\"");
	});
};
// node_modules/@smithy/core/dist-es/submodules/serde/value/NumericValue.js
const format = /^-?((0|[1-9]\d*)(\.\d+)?|\.\d+)([eE][+-]?\d+)?$/;
var NumericValue = class NumericValue {
	string;
	type;
	constructor(string, type) {
		this.string = string;
		this.type = type;
		if (!format.test(string)) throw new Error(`@smithy/core/serde - NumericValue string must conform to the Smithy bigDecimal format. Received: "${string}"`);
	}
	toString() {
		return this.string;
	}
	static [Symbol.hasInstance](object) {
		if (!object || typeof object !== "object") return false;
		const _nv = object;
		return NumericValue.prototype.isPrototypeOf(object) || _nv.type === "bigDecimal" && format.test(_nv.string);
	}
};
// node_modules/@smithy/core/dist-es/submodules/serde/util-hex-encoding/hex-encoding.js
const SHORT_TO_HEX = {};
const HEX_TO_SHORT = {};
for (let i = 0; i < 256; i++) {
	let encodedByte = i.toString(16).toLowerCase();
	if (encodedByte.length === 1) encodedByte = `0${encodedByte}`;
	SHORT_TO_HEX[i] = encodedByte;
	HEX_TO_SHORT[encodedByte] = i;
}
function fromHex(encoded) {
	if (encoded.length % 2 !== 0) throw new Error("Hex encoded strings must have an even number length");
	const out = new Uint8Array(encoded.length / 2);
	for (let i = 0; i < encoded.length; i += 2) {
		const encodedByte = encoded.slice(i, i + 2).toLowerCase();
		if (encodedByte in HEX_TO_SHORT) out[i / 2] = HEX_TO_SHORT[encodedByte];
		else throw new Error(`Cannot decode unrecognized sequence ${encodedByte} as hexadecimal`);
	}
	return out;
}
function toHex(bytes) {
	let out = "";
	for (let i = 0; i < bytes.byteLength; i++) out += SHORT_TO_HEX[bytes[i]];
	return out;
}
// node_modules/@smithy/core/dist-es/submodules/serde/util-body-length/calculateBodyLength.js
const calculateBodyLength = (body) => {
	if (!body) return 0;
	if (typeof body === "string") return Buffer.byteLength(body);
	else if (typeof body.byteLength === "number") return body.byteLength;
	else if (typeof body.size === "number") return body.size;
	else if (typeof body.start === "number" && typeof body.end === "number") return body.end + 1 - body.start;
	else if (body instanceof ReadStream) {
		if (body.path != null) return lstatSync(body.path).size;
		else if (typeof body.fd === "number") return fstatSync(body.fd).size;
	}
	throw new Error(`Body Length computation failed for ${body}`);
};
// node_modules/@smithy/core/dist-es/submodules/serde/util-utf8/toUint8Array.js
const toUint8Array = (data) => {
	if (data instanceof Uint8Array) return data;
	if (typeof data === "string") return fromUtf8$1(data);
	if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength / Uint8Array.BYTES_PER_ELEMENT);
	return new Uint8Array(data);
};
// node_modules/@smithy/core/dist-es/submodules/serde/concatBytes.js
function concatBytes(arrays, length) {
	if (length === void 0) {
		length = 0;
		for (const bytes of arrays) length += bytes.byteLength;
	}
	const result = new Uint8Array(length);
	let offset = 0;
	for (const buf of arrays) {
		result.set(buf, offset);
		offset += buf.byteLength;
	}
	return result;
}
// node_modules/@smithy/core/dist-es/submodules/config/property-provider/ProviderError.js
var ProviderError = class ProviderError extends Error {
	name = "ProviderError";
	tryNextLink;
	constructor(message, options = true) {
		let logger;
		let tryNextLink = true;
		if (typeof options === "boolean") {
			logger = void 0;
			tryNextLink = options;
		} else if (options != null && typeof options === "object") {
			logger = options.logger;
			tryNextLink = options.tryNextLink ?? true;
		}
		super(message);
		this.tryNextLink = tryNextLink;
		Object.setPrototypeOf(this, ProviderError.prototype);
		logger?.debug?.(`@smithy/property-provider ${tryNextLink ? "->" : "(!)"} ${message}`);
	}
	static from(error, options = true) {
		return Object.assign(new this(error.message, options), error);
	}
};
// node_modules/@smithy/core/dist-es/submodules/config/property-provider/CredentialsProviderError.js
var CredentialsProviderError = class CredentialsProviderError extends ProviderError {
	name = "CredentialsProviderError";
	constructor(message, options = true) {
		super(message, options);
		Object.setPrototypeOf(this, CredentialsProviderError.prototype);
	}
};
// node_modules/@smithy/core/dist-es/submodules/config/property-provider/TokenProviderError.js
var TokenProviderError = class TokenProviderError extends ProviderError {
	name = "TokenProviderError";
	constructor(message, options = true) {
		super(message, options);
		Object.setPrototypeOf(this, TokenProviderError.prototype);
	}
};
// node_modules/@smithy/core/dist-es/submodules/config/property-provider/chain.js
const chain = (...providers) => async () => {
	if (providers.length === 0) throw new ProviderError("No providers in chain");
	let lastProviderError;
	for (const provider of providers) try {
		return await provider();
	} catch (err) {
		lastProviderError = err;
		if (err?.tryNextLink) continue;
		throw err;
	}
	throw lastProviderError;
};
// node_modules/@smithy/core/dist-es/submodules/config/property-provider/fromValue.js
const fromValue = (staticValue) => () => Promise.resolve(staticValue);
// node_modules/@smithy/core/dist-es/submodules/config/property-provider/memoize.js
const memoize = (provider, isExpired, requiresRefresh) => {
	let resolved;
	let pending;
	let hasResult;
	let isConstant = false;
	const coalesceProvider = async () => {
		if (!pending) pending = provider();
		try {
			resolved = await pending;
			hasResult = true;
			isConstant = false;
		} finally {
			pending = void 0;
		}
		return resolved;
	};
	if (isExpired === void 0) return async (options) => {
		if (!hasResult || options?.forceRefresh) resolved = await coalesceProvider();
		return resolved;
	};
	return async (options) => {
		if (!hasResult || options?.forceRefresh) resolved = await coalesceProvider();
		if (isConstant) return resolved;
		if (requiresRefresh && !requiresRefresh(resolved)) {
			isConstant = true;
			return resolved;
		}
		if (isExpired(resolved)) {
			await coalesceProvider();
			return resolved;
		}
		return resolved;
	};
};
// node_modules/@smithy/core/dist-es/submodules/config/util-config-provider/booleanSelector.js
const booleanSelector = (obj, key, type) => {
	if (!(key in obj)) return;
	if (obj[key] === "true") return true;
	if (obj[key] === "false") return false;
	throw new Error(`Cannot load ${type} "${key}". Expected "true" or "false", got ${obj[key]}.`);
};
// node_modules/@smithy/core/dist-es/submodules/config/util-config-provider/types.js
var SelectorType;
(function(SelectorType) {
	SelectorType["ENV"] = "env";
	SelectorType["CONFIG"] = "shared config entry";
})(SelectorType || (SelectorType = {}));
// node_modules/@smithy/core/dist-es/submodules/config/shared-ini-file-loader/getHomeDir.js
const homeDirCache = {};
const getHomeDirCacheKey = () => {
	if (process && process.geteuid) return `${process.geteuid()}`;
	return "DEFAULT";
};
const getHomeDir = () => {
	const { HOME, USERPROFILE, HOMEPATH, HOMEDRIVE = `C:${sep}` } = process.env;
	if (HOME) return HOME;
	if (USERPROFILE) return USERPROFILE;
	if (HOMEPATH) return `${HOMEDRIVE}${HOMEPATH}`;
	const homeDirCacheKey = getHomeDirCacheKey();
	if (!homeDirCache[homeDirCacheKey]) homeDirCache[homeDirCacheKey] = homedir();
	return homeDirCache[homeDirCacheKey];
};
const getProfileName = (init) => init.profile || process.env["AWS_PROFILE"] || "default";
// node_modules/@smithy/core/dist-es/submodules/config/shared-ini-file-loader/getSSOTokenFilepath.js
const getSSOTokenFilepath = (id) => {
	const cacheName = createHash("sha1").update(id).digest("hex");
	return join(getHomeDir(), ".aws", "sso", "cache", `${cacheName}.json`);
};
// node_modules/@smithy/core/dist-es/submodules/config/shared-ini-file-loader/getSSOTokenFromFile.js
const tokenIntercept = {};
const getSSOTokenFromFile = async (id) => {
	if (tokenIntercept[id]) return tokenIntercept[id];
	const ssoTokenFilepath = getSSOTokenFilepath(id);
	const ssoTokenText = await readFile(ssoTokenFilepath, "utf8");
	return JSON.parse(ssoTokenText);
};
// node_modules/@smithy/core/dist-es/submodules/config/shared-ini-file-loader/getConfigData.js
const getConfigData = (data) => Object.entries(data).filter(([key]) => {
	const indexOfSeparator = key.indexOf(".");
	if (indexOfSeparator === -1) return false;
	return Object.values(IniSectionType).includes(key.substring(0, indexOfSeparator));
}).reduce((acc, [key, value]) => {
	const indexOfSeparator = key.indexOf(".");
	const updatedKey = key.substring(0, indexOfSeparator) === IniSectionType.PROFILE ? key.substring(indexOfSeparator + 1) : key;
	acc[updatedKey] = value;
	return acc;
}, { ...data.default && { default: data.default } });
const getConfigFilepath = () => process.env["AWS_CONFIG_FILE"] || join(getHomeDir(), ".aws", "config");
const getCredentialsFilepath = () => process.env["AWS_SHARED_CREDENTIALS_FILE"] || join(getHomeDir(), ".aws", "credentials");
// node_modules/@smithy/core/dist-es/submodules/config/shared-ini-file-loader/parseIni.js
const prefixKeyRegex = /^([\w-]+)\s(["'])?([\w-@+.%:/]+)\2$/;
const profileNameBlockList = ["__proto__", "profile __proto__"];
const parseIni = (iniData) => {
	const map = {};
	let currentSection;
	let currentSubSection;
	for (const iniLine of iniData.split(/\r?\n/)) {
		const trimmedLine = iniLine.split(/(^|\s)[;#]/)[0].trim();
		if (trimmedLine[0] === "[" && trimmedLine[trimmedLine.length - 1] === "]") {
			currentSection = void 0;
			currentSubSection = void 0;
			const sectionName = trimmedLine.substring(1, trimmedLine.length - 1);
			const matches = prefixKeyRegex.exec(sectionName);
			if (matches) {
				const [, prefix, , name] = matches;
				if (Object.values(IniSectionType).includes(prefix)) currentSection = [prefix, name].join(".");
			} else currentSection = sectionName;
			if (profileNameBlockList.includes(sectionName)) throw new Error(`Found invalid profile name "${sectionName}"`);
		} else if (currentSection) {
			const indexOfEqualsSign = trimmedLine.indexOf("=");
			if (![0, -1].includes(indexOfEqualsSign)) {
				const [name, value] = [trimmedLine.substring(0, indexOfEqualsSign).trim(), trimmedLine.substring(indexOfEqualsSign + 1).trim()];
				if (value === "") currentSubSection = name;
				else {
					if (currentSubSection && iniLine.trimStart() === iniLine) currentSubSection = void 0;
					map[currentSection] = map[currentSection] || {};
					const key = currentSubSection ? [currentSubSection, name].join(".") : name;
					map[currentSection][key] = value;
				}
			}
		}
	}
	return map;
};
// node_modules/@smithy/core/dist-es/submodules/config/shared-ini-file-loader/readFile.js
const filePromises = {};
const fileIntercept = {};
const readFile$1 = (path, options) => {
	if (fileIntercept[path] !== void 0) return fileIntercept[path];
	if (!filePromises[path] || options?.ignoreCache) filePromises[path] = readFile(path, "utf8");
	return filePromises[path];
};
// node_modules/@smithy/core/dist-es/submodules/config/shared-ini-file-loader/loadSharedConfigFiles.js
const swallowError$1 = () => ({});
const loadSharedConfigFiles = async (init = {}) => {
	const { filepath = getCredentialsFilepath(), configFilepath = getConfigFilepath() } = init;
	const homeDir = getHomeDir();
	const relativeHomeDirPrefix = "~/";
	let resolvedFilepath = filepath;
	if (filepath.startsWith(relativeHomeDirPrefix)) resolvedFilepath = join(homeDir, filepath.slice(2));
	let resolvedConfigFilepath = configFilepath;
	if (configFilepath.startsWith(relativeHomeDirPrefix)) resolvedConfigFilepath = join(homeDir, configFilepath.slice(2));
	const parsedFiles = await Promise.all([readFile$1(resolvedConfigFilepath, { ignoreCache: init.ignoreCache }).then(parseIni).then(getConfigData).catch(swallowError$1), readFile$1(resolvedFilepath, { ignoreCache: init.ignoreCache }).then(parseIni).catch(swallowError$1)]);
	return {
		configFile: parsedFiles[0],
		credentialsFile: parsedFiles[1]
	};
};
// node_modules/@smithy/core/dist-es/submodules/config/shared-ini-file-loader/getSsoSessionData.js
const getSsoSessionData = (data) => Object.entries(data).filter(([key]) => key.startsWith(IniSectionType.SSO_SESSION + ".")).reduce((acc, [key, value]) => ({
	...acc,
	[key.substring(key.indexOf(".") + 1)]: value
}), {});
// node_modules/@smithy/core/dist-es/submodules/config/shared-ini-file-loader/loadSsoSessionData.js
const swallowError = () => ({});
const loadSsoSessionData = async (init = {}) => readFile$1(init.configFilepath ?? getConfigFilepath()).then(parseIni).then(getSsoSessionData).catch(swallowError);
// node_modules/@smithy/core/dist-es/submodules/config/shared-ini-file-loader/mergeConfigFiles.js
const mergeConfigFiles = (...files) => {
	const merged = {};
	for (const file of files) for (const [key, values] of Object.entries(file)) if (merged[key] !== void 0) Object.assign(merged[key], values);
	else merged[key] = values;
	return merged;
};
// node_modules/@smithy/core/dist-es/submodules/config/shared-ini-file-loader/parseKnownFiles.js
const parseKnownFiles = async (init) => {
	const parsedFiles = await loadSharedConfigFiles(init);
	return mergeConfigFiles(parsedFiles.configFile, parsedFiles.credentialsFile);
};
// node_modules/@smithy/core/dist-es/submodules/config/shared-ini-file-loader/externalDataInterceptor.js
const externalDataInterceptor = {
	getFileRecord() {
		return fileIntercept;
	},
	interceptFile(path, contents) {
		fileIntercept[path] = Promise.resolve(contents);
	},
	getTokenRecord() {
		return tokenIntercept;
	},
	interceptToken(id, contents) {
		tokenIntercept[id] = contents;
	}
};
// node_modules/@smithy/core/dist-es/submodules/config/node-config-provider/getSelectorName.js
function getSelectorName(functionString) {
	try {
		const constants = new Set(Array.from(functionString.match(/([A-Z_]){3,}/g) ?? []));
		constants.delete("CONFIG");
		constants.delete("CONFIG_PREFIX_SEPARATOR");
		constants.delete("ENV");
		return [...constants].join(", ");
	} catch (ignored) {
		return functionString;
	}
}
// node_modules/@smithy/core/dist-es/submodules/config/node-config-provider/fromEnv.js
const fromEnv$1 = (envVarSelector, options) => async () => {
	try {
		const config = envVarSelector(process.env, options);
		if (config === void 0) throw new Error();
		return config;
	} catch (e) {
		throw new CredentialsProviderError(e.message || `Not found in ENV: ${getSelectorName(envVarSelector.toString())}`, { logger: options?.logger });
	}
};
// node_modules/@smithy/core/dist-es/submodules/config/node-config-provider/fromSharedConfigFiles.js
const fromSharedConfigFiles = (configSelector, { preferredFile = "config", ...init } = {}) => async () => {
	const profile = getProfileName(init);
	const { configFile, credentialsFile } = await loadSharedConfigFiles(init);
	const profileFromCredentials = credentialsFile[profile] || {};
	const profileFromConfig = configFile[profile] || {};
	const mergedProfile = preferredFile === "config" ? {
		...profileFromCredentials,
		...profileFromConfig
	} : {
		...profileFromConfig,
		...profileFromCredentials
	};
	try {
		const configValue = configSelector(mergedProfile, preferredFile === "config" ? configFile : credentialsFile);
		if (configValue === void 0) throw new Error();
		return configValue;
	} catch (e) {
		throw new CredentialsProviderError(e.message || `Not found in config files w/ profile [${profile}]: ${getSelectorName(configSelector.toString())}`, { logger: init.logger });
	}
};
// node_modules/@smithy/core/dist-es/submodules/config/node-config-provider/fromStatic.js
const isFunction = (func) => typeof func === "function";
const fromStatic = (defaultValue) => isFunction(defaultValue) ? async () => await defaultValue() : fromValue(defaultValue);
// node_modules/@smithy/core/dist-es/submodules/config/node-config-provider/configLoader.js
const loadConfig = ({ environmentVariableSelector, configFileSelector, default: defaultValue }, configuration = {}) => {
	const { signingName, logger } = configuration;
	return memoize(chain(fromEnv$1(environmentVariableSelector, {
		signingName,
		logger
	}), fromSharedConfigFiles(configFileSelector, configuration), fromStatic(defaultValue)));
};
// node_modules/@smithy/core/dist-es/submodules/config/config-resolver/endpointsConfig/NodeUseDualstackEndpointConfigOptions.js
const ENV_USE_DUALSTACK_ENDPOINT = "AWS_USE_DUALSTACK_ENDPOINT";
const CONFIG_USE_DUALSTACK_ENDPOINT = "use_dualstack_endpoint";
const NODE_USE_DUALSTACK_ENDPOINT_CONFIG_OPTIONS = {
	environmentVariableSelector: (env) => booleanSelector(env, ENV_USE_DUALSTACK_ENDPOINT, SelectorType.ENV),
	configFileSelector: (profile) => booleanSelector(profile, CONFIG_USE_DUALSTACK_ENDPOINT, SelectorType.CONFIG),
	default: false
};
// node_modules/@smithy/core/dist-es/submodules/config/config-resolver/endpointsConfig/NodeUseFipsEndpointConfigOptions.js
const ENV_USE_FIPS_ENDPOINT = "AWS_USE_FIPS_ENDPOINT";
const CONFIG_USE_FIPS_ENDPOINT = "use_fips_endpoint";
const NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS = {
	environmentVariableSelector: (env) => booleanSelector(env, ENV_USE_FIPS_ENDPOINT, SelectorType.ENV),
	configFileSelector: (profile) => booleanSelector(profile, CONFIG_USE_FIPS_ENDPOINT, SelectorType.CONFIG),
	default: false
};
// node_modules/@smithy/core/dist-es/submodules/client/middleware-stack/MiddlewareStack.js
const getAllAliases = (name, aliases) => {
	const _aliases = [];
	if (name) _aliases.push(name);
	if (aliases) for (const alias of aliases) _aliases.push(alias);
	return _aliases;
};
const getMiddlewareNameWithAliases = (name, aliases) => {
	return `${name || "anonymous"}${aliases && aliases.length > 0 ? ` (a.k.a. ${aliases.join(",")})` : ""}`;
};
const constructStack = () => {
	let absoluteEntries = [];
	let relativeEntries = [];
	let identifyOnResolve = false;
	const entriesNameSet = new Set();
	const sort = (entries) => entries.sort((a, b) => stepWeights[b.step] - stepWeights[a.step] || priorityWeights[b.priority || "normal"] - priorityWeights[a.priority || "normal"]);
	const removeByName = (toRemove) => {
		let isRemoved = false;
		const filterCb = (entry) => {
			const aliases = getAllAliases(entry.name, entry.aliases);
			if (aliases.includes(toRemove)) {
				isRemoved = true;
				for (const alias of aliases) entriesNameSet.delete(alias);
				return false;
			}
			return true;
		};
		absoluteEntries = absoluteEntries.filter(filterCb);
		relativeEntries = relativeEntries.filter(filterCb);
		return isRemoved;
	};
	const removeByReference = (toRemove) => {
		let isRemoved = false;
		const filterCb = (entry) => {
			if (entry.middleware === toRemove) {
				isRemoved = true;
				for (const alias of getAllAliases(entry.name, entry.aliases)) entriesNameSet.delete(alias);
				return false;
			}
			return true;
		};
		absoluteEntries = absoluteEntries.filter(filterCb);
		relativeEntries = relativeEntries.filter(filterCb);
		return isRemoved;
	};
	const cloneTo = (toStack) => {
		absoluteEntries.forEach((entry) => {
			toStack.add(entry.middleware, { ...entry });
		});
		relativeEntries.forEach((entry) => {
			toStack.addRelativeTo(entry.middleware, { ...entry });
		});
		toStack.identifyOnResolve?.(stack.identifyOnResolve());
		return toStack;
	};
	const expandRelativeMiddlewareList = (from) => {
		const expandedMiddlewareList = [];
		from.before.forEach((entry) => {
			if (entry.before.length === 0 && entry.after.length === 0) expandedMiddlewareList.push(entry);
			else expandedMiddlewareList.push(...expandRelativeMiddlewareList(entry));
		});
		expandedMiddlewareList.push(from);
		from.after.reverse().forEach((entry) => {
			if (entry.before.length === 0 && entry.after.length === 0) expandedMiddlewareList.push(entry);
			else expandedMiddlewareList.push(...expandRelativeMiddlewareList(entry));
		});
		return expandedMiddlewareList;
	};
	const getMiddlewareList = (debug = false) => {
		const normalizedAbsoluteEntries = [];
		const normalizedRelativeEntries = [];
		const normalizedEntriesNameMap = {};
		absoluteEntries.forEach((entry) => {
			const normalizedEntry = {
				...entry,
				before: [],
				after: []
			};
			for (const alias of getAllAliases(normalizedEntry.name, normalizedEntry.aliases)) normalizedEntriesNameMap[alias] = normalizedEntry;
			normalizedAbsoluteEntries.push(normalizedEntry);
		});
		relativeEntries.forEach((entry) => {
			const normalizedEntry = {
				...entry,
				before: [],
				after: []
			};
			for (const alias of getAllAliases(normalizedEntry.name, normalizedEntry.aliases)) normalizedEntriesNameMap[alias] = normalizedEntry;
			normalizedRelativeEntries.push(normalizedEntry);
		});
		normalizedRelativeEntries.forEach((entry) => {
			if (entry.toMiddleware) {
				const toMiddleware = normalizedEntriesNameMap[entry.toMiddleware];
				if (toMiddleware === void 0) {
					if (debug) return;
					throw new Error(`${entry.toMiddleware} is not found when adding ${getMiddlewareNameWithAliases(entry.name, entry.aliases)} middleware ${entry.relation} ${entry.toMiddleware}`);
				}
				if (entry.relation === "after") toMiddleware.after.push(entry);
				if (entry.relation === "before") toMiddleware.before.push(entry);
			}
		});
		return sort(normalizedAbsoluteEntries).map(expandRelativeMiddlewareList).reduce((wholeList, expandedMiddlewareList) => {
			wholeList.push(...expandedMiddlewareList);
			return wholeList;
		}, []);
	};
	const stack = {
		add: (middleware, options = {}) => {
			const { name, override, aliases: _aliases } = options;
			const entry = {
				step: "initialize",
				priority: "normal",
				middleware,
				...options
			};
			const aliases = getAllAliases(name, _aliases);
			if (aliases.length > 0) {
				if (aliases.some((alias) => entriesNameSet.has(alias))) {
					if (!override) throw new Error(`Duplicate middleware name '${getMiddlewareNameWithAliases(name, _aliases)}'`);
					for (const alias of aliases) {
						const toOverrideIndex = absoluteEntries.findIndex((entry) => entry.name === alias || entry.aliases?.some((a) => a === alias));
						if (toOverrideIndex === -1) continue;
						const toOverride = absoluteEntries[toOverrideIndex];
						if (toOverride.step !== entry.step || entry.priority !== toOverride.priority) throw new Error(`"${getMiddlewareNameWithAliases(toOverride.name, toOverride.aliases)}" middleware with ${toOverride.priority} priority in ${toOverride.step} step cannot be overridden by "${getMiddlewareNameWithAliases(name, _aliases)}" middleware with ${entry.priority} priority in ${entry.step} step.`);
						absoluteEntries.splice(toOverrideIndex, 1);
					}
				}
				for (const alias of aliases) entriesNameSet.add(alias);
			}
			absoluteEntries.push(entry);
		},
		addRelativeTo: (middleware, options) => {
			const { name, override, aliases: _aliases } = options;
			const entry = {
				middleware,
				...options
			};
			const aliases = getAllAliases(name, _aliases);
			if (aliases.length > 0) {
				if (aliases.some((alias) => entriesNameSet.has(alias))) {
					if (!override) throw new Error(`Duplicate middleware name '${getMiddlewareNameWithAliases(name, _aliases)}'`);
					for (const alias of aliases) {
						const toOverrideIndex = relativeEntries.findIndex((entry) => entry.name === alias || entry.aliases?.some((a) => a === alias));
						if (toOverrideIndex === -1) continue;
						const toOverride = relativeEntries[toOverrideIndex];
						if (toOverride.toMiddleware !== entry.toMiddleware || toOverride.relation !== entry.relation) throw new Error(`"${getMiddlewareNameWithAliases(toOverride.name, toOverride.aliases)}" middleware ${toOverride.relation} "${toOverride.toMiddleware}" middleware cannot be overridden by "${getMiddlewareNameWithAliases(name, _aliases)}" middleware ${entry.relation} "${entry.toMiddleware}" middleware.`);
						relativeEntries.splice(toOverrideIndex, 1);
					}
				}
				for (const alias of aliases) entriesNameSet.add(alias);
			}
			relativeEntries.push(entry);
		},
		clone: () => cloneTo(constructStack()),
		use: (plugin) => {
			plugin.applyToStack(stack);
		},
		remove: (toRemove) => {
			if (typeof toRemove === "string") return removeByName(toRemove);
			else return removeByReference(toRemove);
		},
		removeByTag: (toRemove) => {
			let isRemoved = false;
			const filterCb = (entry) => {
				const { tags, name, aliases: _aliases } = entry;
				if (tags && tags.includes(toRemove)) {
					const aliases = getAllAliases(name, _aliases);
					for (const alias of aliases) entriesNameSet.delete(alias);
					isRemoved = true;
					return false;
				}
				return true;
			};
			absoluteEntries = absoluteEntries.filter(filterCb);
			relativeEntries = relativeEntries.filter(filterCb);
			return isRemoved;
		},
		concat: (from) => {
			const cloned = cloneTo(constructStack());
			cloned.use(from);
			cloned.identifyOnResolve(identifyOnResolve || cloned.identifyOnResolve() || (from.identifyOnResolve?.() ?? false));
			return cloned;
		},
		applyToStack: cloneTo,
		identify: () => {
			return getMiddlewareList(true).map((mw) => {
				const step = mw.step ?? mw.relation + " " + mw.toMiddleware;
				return getMiddlewareNameWithAliases(mw.name, mw.aliases) + " - " + step;
			});
		},
		identifyOnResolve(toggle) {
			if (typeof toggle === "boolean") identifyOnResolve = toggle;
			return identifyOnResolve;
		},
		resolve: (handler, context) => {
			for (const middleware of getMiddlewareList().map((entry) => entry.middleware).reverse()) handler = middleware(handler, context);
			if (identifyOnResolve) console.log(stack.identify());
			return handler;
		}
	};
	return stack;
};
const stepWeights = {
	initialize: 5,
	serialize: 4,
	build: 3,
	finalizeRequest: 2,
	deserialize: 1
};
const priorityWeights = {
	high: 3,
	normal: 2,
	low: 1
};
// node_modules/@smithy/core/dist-es/submodules/client/smithy-client/client.js
var Client = class {
	config;
	middlewareStack = constructStack();
	initConfig;
	handlers;
	constructor(config) {
		this.config = config;
		const { protocol, protocolSettings } = config;
		if (protocolSettings) {
			if (typeof protocol === "function") config.protocol = new protocol(protocolSettings);
		}
	}
	send(command, optionsOrCb, cb) {
		const options = typeof optionsOrCb !== "function" ? optionsOrCb : void 0;
		const callback = typeof optionsOrCb === "function" ? optionsOrCb : cb;
		const useHandlerCache = options === void 0 && this.config.cacheMiddleware === true;
		let handler;
		if (useHandlerCache) {
			if (!this.handlers) this.handlers = new WeakMap();
			const handlers = this.handlers;
			if (handlers.has(command.constructor)) handler = handlers.get(command.constructor);
			else {
				handler = command.resolveMiddleware(this.middlewareStack, this.config, options);
				handlers.set(command.constructor, handler);
			}
		} else {
			delete this.handlers;
			handler = command.resolveMiddleware(this.middlewareStack, this.config, options);
		}
		if (callback) handler(command).then((result) => callback(null, result.output), (err) => callback(err)).catch(() => {});
		else return handler(command).then((result) => result.output);
	}
	destroy() {
		this.config?.requestHandler?.destroy?.();
		delete this.handlers;
	}
};
// node_modules/@smithy/core/dist-es/submodules/schema/deref.js
const deref = (schemaRef) => {
	if (typeof schemaRef === "function") return schemaRef();
	return schemaRef;
};
// node_modules/@smithy/core/dist-es/submodules/schema/schemas/operation.js
const operation = (namespace, name, traits, input, output) => ({
	name,
	namespace,
	traits,
	input,
	output
});
// node_modules/@smithy/core/dist-es/submodules/schema/middleware/schemaDeserializationMiddleware.js
const schemaDeserializationMiddleware = (config) => (next, context) => async (args) => {
	const { response } = await next(args);
	const { operationSchema } = getSmithyContext(context);
	const [, ns, n, t, i, o] = operationSchema ?? [];
	try {
		return {
			response,
			output: await config.protocol.deserializeResponse(operation(ns, n, t, i, o), {
				...config,
				...context
			}, response)
		};
	} catch (error) {
		Object.defineProperty(error, "$response", {
			value: response,
			enumerable: false,
			writable: false,
			configurable: false
		});
		if (!("$metadata" in error)) {
			const hint = `Deserialization error: to see the raw response, inspect the hidden field {error}.$response on this object.`;
			try {
				error.message += "\n  " + hint;
			} catch (ignored) {
				if (!context.logger || context.logger?.constructor?.name === "NoOpLogger") console.warn(hint);
				else context.logger?.warn?.(hint);
			}
			if (typeof error.$responseBodyText !== "undefined") {
				if (error.$response) error.$response.body = error.$responseBodyText;
			}
			try {
				if (HttpResponse.isInstance(response)) {
					const { headers = {}, statusCode } = response;
					const headerEntries = Object.entries(headers);
					error.$metadata = {
						httpStatusCode: statusCode,
						requestId: findHeader(/^x-[\w-]+-request-?id$/, headerEntries),
						extendedRequestId: findHeader(/^x-[\w-]+-id-2$/, headerEntries),
						cfId: findHeader(/^x-[\w-]+-cf-id$/, headerEntries)
					};
				}
			} catch (ignored) {}
		}
		throw error;
	}
};
const findHeader = (pattern, headers) => {
	return (headers.find(([k]) => {
		return k.match(pattern);
	}) || [void 0, void 0])[1];
};
// node_modules/@smithy/core/dist-es/submodules/schema/middleware/schemaSerializationMiddleware.js
const schemaSerializationMiddleware = (config) => (next, context) => async (args) => {
	const { operationSchema } = getSmithyContext(context);
	const [, ns, n, t, i, o] = operationSchema ?? [];
	const endpoint = context.endpointV2 ? async () => toEndpointV1(context.endpointV2) : config.endpoint;
	const request = await config.protocol.serializeRequest(operation(ns, n, t, i, o), args.input, {
		...config,
		...context,
		endpoint
	});
	return next({
		...args,
		request
	});
};
// node_modules/@smithy/core/dist-es/submodules/schema/middleware/getSchemaSerdePlugin.js
const deserializerMiddlewareOption = {
	name: "deserializerMiddleware",
	step: "deserialize",
	tags: ["DESERIALIZER"],
	override: true
};
const serializerMiddlewareOption$1 = {
	name: "serializerMiddleware",
	step: "serialize",
	tags: ["SERIALIZER"],
	override: true
};
function getSchemaSerdePlugin(config) {
	return { applyToStack: (commandStack) => {
		commandStack.add(schemaSerializationMiddleware(config), serializerMiddlewareOption$1);
		commandStack.add(schemaDeserializationMiddleware(config), deserializerMiddlewareOption);
		config.protocol.setSerdeContext(config);
	} };
}
// node_modules/@smithy/core/dist-es/submodules/schema/schemas/translateTraits.js
const traitsCache = [];
function translateTraits(indicator) {
	if (typeof indicator === "object") return indicator;
	indicator = indicator | 0;
	if (traitsCache[indicator]) return traitsCache[indicator];
	const traits = {};
	let i = 0;
	for (const trait of [
		"httpLabel",
		"idempotent",
		"idempotencyToken",
		"sensitive",
		"httpPayload",
		"httpResponseCode",
		"httpQueryParams"
	]) if ((indicator >> i++ & 1) === 1) traits[trait] = 1;
	return traitsCache[indicator] = traits;
}
// node_modules/@smithy/core/dist-es/submodules/schema/schemas/NormalizedSchema.js
const anno = {
	it: Symbol.for("@smithy/nor-struct-it"),
	ns: Symbol.for("@smithy/ns")
};
const simpleSchemaCacheN = [];
const simpleSchemaCacheS = {};
var NormalizedSchema = class NormalizedSchema {
	ref;
	memberName;
	static symbol = Symbol.for("@smithy/nor");
	symbol = NormalizedSchema.symbol;
	name;
	schema;
	_isMemberSchema;
	traits;
	memberTraits;
	normalizedTraits;
	constructor(ref, memberName) {
		this.ref = ref;
		this.memberName = memberName;
		const traitStack = [];
		let _ref = ref;
		let schema = ref;
		this._isMemberSchema = false;
		while (isMemberSchema(_ref)) {
			traitStack.push(_ref[1]);
			_ref = _ref[0];
			schema = deref(_ref);
			this._isMemberSchema = true;
		}
		if (traitStack.length > 0) {
			this.memberTraits = {};
			for (let i = traitStack.length - 1; i >= 0; --i) {
				const traitSet = traitStack[i];
				Object.assign(this.memberTraits, translateTraits(traitSet));
			}
		} else this.memberTraits = 0;
		if (schema instanceof NormalizedSchema) {
			const computedMemberTraits = this.memberTraits;
			Object.assign(this, schema);
			this.memberTraits = Object.assign({}, computedMemberTraits, schema.getMemberTraits(), this.getMemberTraits());
			this.normalizedTraits = void 0;
			this.memberName = memberName ?? schema.memberName;
			return;
		}
		this.schema = deref(schema);
		if (isStaticSchema(this.schema)) {
			this.name = `${this.schema[1]}#${this.schema[2]}`;
			this.traits = this.schema[3];
		} else {
			this.name = this.memberName ?? String(schema);
			this.traits = 0;
		}
		if (this._isMemberSchema && !memberName) throw new Error(`@smithy/core/schema - NormalizedSchema member init ${this.getName(true)} missing member name.`);
	}
	static [Symbol.hasInstance](lhs) {
		const isPrototype = this.prototype.isPrototypeOf(lhs);
		if (!isPrototype && typeof lhs === "object" && lhs !== null) return lhs.symbol === this.symbol;
		return isPrototype;
	}
	static of(ref) {
		const keyAble = typeof ref === "function" || typeof ref === "object" && ref !== null;
		if (typeof ref === "number") {
			if (simpleSchemaCacheN[ref]) return simpleSchemaCacheN[ref];
		} else if (typeof ref === "string") {
			if (simpleSchemaCacheS[ref]) return simpleSchemaCacheS[ref];
		} else if (keyAble) {
			if (ref[anno.ns]) return ref[anno.ns];
		}
		const sc = deref(ref);
		if (sc instanceof NormalizedSchema) return sc;
		if (isMemberSchema(sc)) {
			const [ns, traits] = sc;
			if (ns instanceof NormalizedSchema) {
				Object.assign(ns.getMergedTraits(), translateTraits(traits));
				return ns;
			}
			throw new Error(`@smithy/core/schema - may not init unwrapped member schema=${JSON.stringify(ref, null, 2)}.`);
		}
		const ns = new NormalizedSchema(sc);
		if (keyAble) return ref[anno.ns] = ns;
		if (typeof sc === "string") return simpleSchemaCacheS[sc] = ns;
		if (typeof sc === "number") return simpleSchemaCacheN[sc] = ns;
		return ns;
	}
	getSchema() {
		const sc = this.schema;
		if (Array.isArray(sc) && sc[0] === 0) return sc[4];
		return sc;
	}
	getName(withNamespace = false) {
		const { name } = this;
		return !withNamespace && name && name.includes("#") ? name.split("#")[1] : name || void 0;
	}
	getMemberName() {
		return this.memberName;
	}
	isMemberSchema() {
		return this._isMemberSchema;
	}
	isListSchema() {
		const sc = this.getSchema();
		return typeof sc === "number" ? sc >= 64 && sc < 128 : sc[0] === 1;
	}
	isMapSchema() {
		const sc = this.getSchema();
		return typeof sc === "number" ? sc >= 128 && sc <= 255 : sc[0] === 2;
	}
	isStructSchema() {
		const sc = this.getSchema();
		if (typeof sc !== "object") return false;
		const id = sc[0];
		return id === 3 || id === -3 || id === 4;
	}
	isUnionSchema() {
		const sc = this.getSchema();
		if (typeof sc !== "object") return false;
		return sc[0] === 4;
	}
	isBlobSchema() {
		const sc = this.getSchema();
		return sc === 21 || sc === 42;
	}
	isTimestampSchema() {
		const sc = this.getSchema();
		return typeof sc === "number" && sc >= 4 && sc <= 7;
	}
	isUnitSchema() {
		return this.getSchema() === "unit";
	}
	isDocumentSchema() {
		return this.getSchema() === 15;
	}
	isStringSchema() {
		return this.getSchema() === 0;
	}
	isBooleanSchema() {
		return this.getSchema() === 2;
	}
	isNumericSchema() {
		return this.getSchema() === 1;
	}
	isBigIntegerSchema() {
		return this.getSchema() === 17;
	}
	isBigDecimalSchema() {
		return this.getSchema() === 19;
	}
	isStreaming() {
		const { streaming } = this.getMergedTraits();
		return !!streaming || this.getSchema() === 42;
	}
	isIdempotencyToken() {
		return !!this.getMergedTraits().idempotencyToken;
	}
	getMergedTraits() {
		return this.normalizedTraits ?? (this.normalizedTraits = {
			...this.getOwnTraits(),
			...this.getMemberTraits()
		});
	}
	getMemberTraits() {
		return translateTraits(this.memberTraits);
	}
	getOwnTraits() {
		return translateTraits(this.traits);
	}
	getKeySchema() {
		const [isDoc, isMap] = [this.isDocumentSchema(), this.isMapSchema()];
		if (!isDoc && !isMap) throw new Error(`@smithy/core/schema - cannot get key for non-map: ${this.getName(true)}`);
		const schema = this.getSchema();
		return member([isDoc ? 15 : schema[4] ?? 0, 0], "key");
	}
	getValueSchema() {
		const sc = this.getSchema();
		const [isDoc, isMap, isList] = [
			this.isDocumentSchema(),
			this.isMapSchema(),
			this.isListSchema()
		];
		const memberSchema = typeof sc === "number" ? 63 & sc : sc && typeof sc === "object" && (isMap || isList) ? sc[3 + sc[0]] : isDoc ? 15 : void 0;
		if (memberSchema != null) return member([memberSchema, 0], isMap ? "value" : "member");
		throw new Error(`@smithy/core/schema - ${this.getName(true)} has no value member.`);
	}
	getMemberSchema(memberName) {
		const struct = this.getSchema();
		if (this.isStructSchema() && struct[4].includes(memberName)) {
			const i = struct[4].indexOf(memberName);
			const memberSchema = struct[5][i];
			return member(isMemberSchema(memberSchema) ? memberSchema : [memberSchema, 0], memberName);
		}
		if (this.isDocumentSchema()) return member([15, 0], memberName);
		throw new Error(`@smithy/core/schema - ${this.getName(true)} has no member=${memberName}.`);
	}
	getMemberSchemas() {
		const buffer = {};
		try {
			for (const [k, v] of this.structIterator()) buffer[k] = v;
		} catch (ignored) {}
		return buffer;
	}
	getEventStreamMember() {
		if (this.isStructSchema()) {
			for (const [memberName, memberSchema] of this.structIterator()) if (memberSchema.isStreaming() && memberSchema.isStructSchema()) return memberName;
		}
		return "";
	}
	*structIterator() {
		if (this.isUnitSchema()) return;
		if (!this.isStructSchema()) throw new Error("@smithy/core/schema - cannot iterate non-struct schema.");
		const struct = this.getSchema();
		const z = struct[4].length;
		let it = struct[anno.it];
		if (it && z === it.length) {
			yield* it;
			return;
		}
		it = Array(z);
		for (let i = 0; i < z; ++i) {
			const k = struct[4][i];
			const v = member([struct[5][i], 0], k);
			yield it[i] = [k, v];
		}
		struct[anno.it] = it;
	}
};
function member(memberSchema, memberName) {
	if (memberSchema instanceof NormalizedSchema) return Object.assign(memberSchema, {
		memberName,
		_isMemberSchema: true
	});
	return new NormalizedSchema(memberSchema, memberName);
}
const isMemberSchema = (sc) => Array.isArray(sc) && sc.length === 2;
const isStaticSchema = (sc) => Array.isArray(sc) && sc.length >= 5;
// node_modules/@smithy/core/dist-es/submodules/schema/TypeRegistry.js
var TypeRegistry = class TypeRegistry {
	namespace;
	schemas;
	exceptions;
	static registries = new Map();
	constructor(namespace, schemas = new Map(), exceptions = new Map()) {
		this.namespace = namespace;
		this.schemas = schemas;
		this.exceptions = exceptions;
		if (!TypeRegistry.registries.has(namespace)) TypeRegistry.registries.set(namespace, this);
	}
	static for(namespace) {
		return TypeRegistry.registries.get(namespace) ?? new TypeRegistry(namespace);
	}
	copyFrom(other) {
		const { schemas, exceptions } = this;
		for (const [k, v] of other.schemas) if (!schemas.has(k)) schemas.set(k, v);
		for (const [k, v] of other.exceptions) if (!exceptions.has(k)) exceptions.set(k, v);
	}
	register(shapeId, schema) {
		const qualifiedName = this.normalizeShapeId(shapeId);
		for (const r of [this, TypeRegistry.for(qualifiedName.split("#")[0])]) if (!r.schemas.has(qualifiedName)) r.schemas.set(qualifiedName, schema);
	}
	getSchema(shapeId) {
		const id = this.normalizeShapeId(shapeId);
		if (!this.schemas.has(id)) {
			if (!shapeId.includes("#")) {
				const suffix = "#" + shapeId;
				const candidates = [];
				for (const [shapeId, schema] of this.schemas.entries()) if (shapeId.endsWith(suffix)) candidates.push(schema);
				if (candidates.length === 1) return candidates[0];
			}
			throw new Error(`@smithy/core/schema - schema not found for ${id}`);
		}
		return this.schemas.get(id);
	}
	registerError(es, ctor) {
		const $error = es;
		const ns = $error[1];
		const qualifiedName = ns + "#" + $error[2];
		if (!ctor.hasOwnProperty?.("shapeId")) ctor.shapeId = qualifiedName;
		for (const r of [this, TypeRegistry.for(ns)]) if (!r.schemas.has(qualifiedName) && !r.exceptions.has($error)) {
			r.schemas.set(qualifiedName, $error);
			r.exceptions.set($error, ctor);
		}
	}
	getErrorCtor(es) {
		const $error = es;
		if (this.exceptions.has($error)) return this.exceptions.get($error);
		return TypeRegistry.for($error[1]).exceptions.get($error);
	}
	getBaseException() {
		for (const exceptionKey of this.exceptions.keys()) if (Array.isArray(exceptionKey)) {
			const [, ns, name] = exceptionKey;
			const id = ns + "#" + name;
			if (id.startsWith("smithy.ts.sdk.synthetic.") && id.endsWith("ServiceException")) return exceptionKey;
		}
	}
	find(predicate) {
		for (const schema of this.schemas.values()) if (predicate(schema)) return schema;
	}
	clear() {
		this.schemas.clear();
		this.exceptions.clear();
	}
	normalizeShapeId(shapeId) {
		if (shapeId.includes("#")) return shapeId;
		return this.namespace + "#" + shapeId;
	}
};
// node_modules/@smithy/core/dist-es/submodules/client/smithy-client/schemaLogFilter.js
const SENSITIVE_STRING = "***SensitiveInformation***";
function schemaLogFilter(schema, data) {
	if (data == null) return data;
	const ns = NormalizedSchema.of(schema);
	if (ns.getMergedTraits().sensitive) return SENSITIVE_STRING;
	if (ns.isListSchema()) {
		const valueSchema = ns.getValueSchema();
		if (valueSchema.getMergedTraits().sensitive) return SENSITIVE_STRING;
		if (Array.isArray(data)) return data.map((value) => schemaLogFilter(valueSchema, value));
	} else if (ns.isMapSchema()) {
		const valueSchema = ns.getValueSchema();
		if (ns.getKeySchema().getMergedTraits().sensitive || valueSchema.getMergedTraits().sensitive) return SENSITIVE_STRING;
		if (typeof data === "object") return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, schemaLogFilter(valueSchema, value)]));
	} else if (ns.isStructSchema() && typeof data === "object") {
		const object = data;
		const newObject = {};
		for (const [member, memberNs] of ns.structIterator()) if (object[member] != null) newObject[member] = schemaLogFilter(memberNs, object[member]);
		return newObject;
	}
	return data;
}
// node_modules/@smithy/core/dist-es/submodules/client/smithy-client/command.js
const operationEventStreamMarker = Symbol.for("@smithy/op-event-stream");
var Command = class {
	middlewareStack = constructStack();
	schema;
	static classBuilder() {
		return new ClassBuilder();
	}
	resolveMiddlewareWithContext(clientStack, configuration, options, { middlewareFn, clientName, commandName, inputFilterSensitiveLog, outputFilterSensitiveLog, smithyContext, additionalContext, CommandCtor }) {
		for (const mw of middlewareFn.bind(this)(CommandCtor, clientStack, configuration, options)) this.middlewareStack.use(mw);
		const stack = clientStack.concat(this.middlewareStack);
		const { logger } = configuration;
		const additionalSmithyContext = additionalContext[SMITHY_CONTEXT_KEY];
		const handlerExecutionContext = {
			logger,
			clientName,
			commandName,
			inputFilterSensitiveLog,
			outputFilterSensitiveLog,
			...additionalContext,
			[SMITHY_CONTEXT_KEY]: {
				...additionalSmithyContext,
				commandInstance: this,
				...smithyContext,
				...options?.metricsRecorder === void 0 ? {} : { metricsRecorder: options.metricsRecorder },
				...options?.abortSignal === void 0 ? {} : { abortSignal: options.abortSignal }
			}
		};
		const { requestHandler } = configuration;
		let requestOptions = options ?? {};
		if (requestOptions.metricsRecorder) {
			requestOptions = { ...requestOptions };
			delete requestOptions.metricsRecorder;
		}
		let isEventStream;
		const schema = this.schema;
		const marker = schema?.[operationEventStreamMarker];
		if (marker !== void 0) isEventStream = marker;
		else if (schema) {
			if (Array.isArray(schema) && schema[0] === 9) {
				const [, , , , input$, output$] = schema;
				isEventStream = schema[operationEventStreamMarker] = Boolean(NormalizedSchema.of(input$).getEventStreamMember() || NormalizedSchema.of(output$).getEventStreamMember());
			}
		}
		if (isEventStream) requestOptions = {
			isEventStream,
			...requestOptions
		};
		return stack.resolve((request) => requestHandler.handle(request.request, requestOptions), handlerExecutionContext);
	}
};
var ClassBuilder = class {
	_init = () => {};
	_ep = {};
	_middlewareFn = () => [];
	_commandName = "";
	_clientName = "";
	_additionalContext = {};
	_smithyContext = {};
	_inputFilterSensitiveLog = void 0;
	_outputFilterSensitiveLog = void 0;
	_serializer = null;
	_deserializer = null;
	_operationSchema;
	init(cb) {
		this._init = cb;
	}
	ep(endpointParameterInstructions) {
		this._ep = endpointParameterInstructions;
		return this;
	}
	m(middlewareSupplier) {
		this._middlewareFn = middlewareSupplier;
		return this;
	}
	s(service, operation, smithyContext = {}) {
		this._smithyContext = {
			service,
			operation,
			...smithyContext
		};
		return this;
	}
	c(additionalContext = {}) {
		this._additionalContext = additionalContext;
		return this;
	}
	n(clientName, commandName) {
		this._clientName = clientName;
		this._commandName = commandName;
		return this;
	}
	f(inputFilter = (_) => _, outputFilter = (_) => _) {
		this._inputFilterSensitiveLog = inputFilter;
		this._outputFilterSensitiveLog = outputFilter;
		return this;
	}
	ser(serializer) {
		this._serializer = serializer;
		return this;
	}
	de(deserializer) {
		this._deserializer = deserializer;
		return this;
	}
	sc(operation) {
		this._operationSchema = operation;
		this._smithyContext.operationSchema = operation;
		return this;
	}
	build() {
		const closure = this;
		let CommandRef;
		return CommandRef = class extends Command {
			input;
			static getEndpointParameterInstructions() {
				return closure._ep;
			}
			constructor(...[input]) {
				super();
				this.input = input ?? {};
				closure._init(this);
				this.schema = closure._operationSchema;
			}
			resolveMiddleware(stack, configuration, options) {
				const op = closure._operationSchema;
				const input = op?.[4] ?? op?.input;
				const output = op?.[5] ?? op?.output;
				return this.resolveMiddlewareWithContext(stack, configuration, options, {
					CommandCtor: CommandRef,
					middlewareFn: closure._middlewareFn,
					clientName: closure._clientName,
					commandName: closure._commandName,
					inputFilterSensitiveLog: closure._inputFilterSensitiveLog ?? (op ? schemaLogFilter.bind(null, input) : (_) => _),
					outputFilterSensitiveLog: closure._outputFilterSensitiveLog ?? (op ? schemaLogFilter.bind(null, output) : (_) => _),
					smithyContext: closure._smithyContext,
					additionalContext: closure._additionalContext
				});
			}
			serialize = closure._serializer;
			deserialize = closure._deserializer;
		};
	}
};
// node_modules/@smithy/core/dist-es/submodules/client/smithy-client/exceptions.js
var ServiceException$2 = class ServiceException$2 extends Error {
	static shapeId = "smithy.ts.sdk.synthetic.nonamespace.client#ServiceException";
	$fault;
	$response;
	$retryable;
	$metadata;
	constructor(options) {
		super(options.message);
		Object.setPrototypeOf(this, Object.getPrototypeOf(this).constructor.prototype);
		this.name = options.name;
		this.$fault = options.$fault;
		this.$metadata = options.$metadata;
	}
	static isInstance(value) {
		if (!value) return false;
		const candidate = value;
		return ServiceException$2.prototype.isPrototypeOf(candidate) || Boolean(candidate.$fault) && Boolean(candidate.$metadata) && (candidate.$fault === "client" || candidate.$fault === "server");
	}
	static [Symbol.hasInstance](instance) {
		if (!instance) return false;
		const candidate = instance;
		if (this === ServiceException$2) return ServiceException$2.isInstance(instance);
		if (ServiceException$2.isInstance(instance)) {
			if (this.prototype.isPrototypeOf(instance)) return true;
			const targetId = Object.prototype.hasOwnProperty.call(this, "shapeId") ? this.shapeId : void 0;
			let candidateHasShapeId = false;
			if (targetId) {
				let proto = Object.getPrototypeOf(candidate);
				while (proto && proto !== Object.prototype) {
					const ctor = proto.constructor;
					const candidateId = ctor !== ServiceException$2 && Object.prototype.hasOwnProperty.call(ctor, "shapeId") ? ctor?.shapeId : void 0;
					if (candidateId) {
						candidateHasShapeId = true;
						if (candidateId === targetId) return true;
					}
					proto = Object.getPrototypeOf(proto);
				}
			}
			if (targetId && candidateHasShapeId) return false;
			const targetName = this.name;
			if (targetName && targetName.length >= 6) {
				if (candidate.name === targetName) return true;
				let proto = Object.getPrototypeOf(candidate);
				while (proto && proto !== Object.prototype) {
					const ctorName = proto.constructor?.name;
					if (ctorName && ctorName !== "Error" && ctorName === targetName) return true;
					proto = Object.getPrototypeOf(proto);
				}
			}
		}
		return false;
	}
};
const decorateServiceException = (exception, additions = {}) => {
	Object.entries(additions).filter(([, v]) => v !== void 0).forEach(([k, v]) => {
		if (exception[k] == void 0 || exception[k] === "") exception[k] = v;
	});
	exception.message = exception.message || exception.Message || "UnknownError";
	delete exception.Message;
	return exception;
};
// node_modules/@smithy/core/dist-es/submodules/client/smithy-client/defaults-mode.js
const loadConfigsForDefaultMode = (mode) => {
	switch (mode) {
		case "standard": return {
			retryMode: "standard",
			connectionTimeout: 3100
		};
		case "in-region": return {
			retryMode: "standard",
			connectionTimeout: 1100
		};
		case "cross-region": return {
			retryMode: "standard",
			connectionTimeout: 3100
		};
		case "mobile": return {
			retryMode: "standard",
			connectionTimeout: 3e4
		};
		default: return {};
	}
};
// node_modules/@smithy/core/dist-es/submodules/client/smithy-client/emitWarningIfUnsupportedVersion.js
let warningEmitted = false;
const emitWarningIfUnsupportedVersion = (version) => {
	if (version && !warningEmitted && parseInt(version.substring(1, version.indexOf("."))) < 16) warningEmitted = true;
};
// node_modules/@smithy/core/dist-es/submodules/client/smithy-client/extensions/checksum.js
const knownAlgorithms = Object.values(AlgorithmId);
const getChecksumConfiguration = (runtimeConfig) => {
	const checksumAlgorithms = [];
	for (const id in AlgorithmId) {
		if (!hasOwn(AlgorithmId, id)) continue;
		const algorithmId = AlgorithmId[id];
		if (runtimeConfig[algorithmId] === void 0) continue;
		checksumAlgorithms.push({
			algorithmId: () => algorithmId,
			checksumConstructor: () => runtimeConfig[algorithmId]
		});
	}
	for (const [id, ChecksumCtor] of Object.entries(runtimeConfig.checksumAlgorithms ?? {})) checksumAlgorithms.push({
		algorithmId: () => id,
		checksumConstructor: () => ChecksumCtor
	});
	return {
		addChecksumAlgorithm(algo) {
			runtimeConfig.checksumAlgorithms = runtimeConfig.checksumAlgorithms ?? {};
			const id = algo.algorithmId();
			const ctor = algo.checksumConstructor();
			if (knownAlgorithms.includes(id)) runtimeConfig.checksumAlgorithms[id.toUpperCase()] = ctor;
			else runtimeConfig.checksumAlgorithms[id] = ctor;
			checksumAlgorithms.push(algo);
		},
		checksumAlgorithms() {
			return checksumAlgorithms;
		}
	};
};
const resolveChecksumRuntimeConfig = (clientConfig) => {
	const runtimeConfig = {};
	clientConfig.checksumAlgorithms().forEach((checksumAlgorithm) => {
		const id = checksumAlgorithm.algorithmId();
		if (knownAlgorithms.includes(id)) runtimeConfig[id] = checksumAlgorithm.checksumConstructor();
	});
	return runtimeConfig;
};
// node_modules/@smithy/core/dist-es/submodules/client/smithy-client/extensions/retry.js
const getRetryConfiguration = (runtimeConfig) => {
	return {
		setRetryStrategy(retryStrategy) {
			runtimeConfig.retryStrategy = retryStrategy;
		},
		retryStrategy() {
			return runtimeConfig.retryStrategy;
		}
	};
};
const resolveRetryRuntimeConfig = (retryStrategyConfiguration) => {
	const runtimeConfig = {};
	runtimeConfig.retryStrategy = retryStrategyConfiguration.retryStrategy();
	return runtimeConfig;
};
// node_modules/@smithy/core/dist-es/submodules/client/smithy-client/extensions/defaultExtensionConfiguration.js
const getDefaultExtensionConfiguration = (runtimeConfig) => {
	return Object.assign(getChecksumConfiguration(runtimeConfig), getRetryConfiguration(runtimeConfig));
};
const resolveDefaultRuntimeConfig = (config) => {
	return Object.assign(resolveChecksumRuntimeConfig(config), resolveRetryRuntimeConfig(config));
};
// node_modules/@smithy/core/dist-es/submodules/client/smithy-client/get-value-from-text-node.js
const getValueFromTextNode = (obj) => {
	const textNodeName = "#text";
	for (const key in obj) {
		if (!hasOwn(obj, key)) continue;
		if (obj[key][textNodeName] !== void 0) obj[key] = obj[key][textNodeName];
		else if (typeof obj[key] === "object" && obj[key] !== null) obj[key] = getValueFromTextNode(obj[key]);
	}
	return obj;
};
// node_modules/@smithy/core/dist-es/submodules/client/smithy-client/NoOpLogger.js
var NoOpLogger = class {
	trace() {}
	debug() {}
	info() {}
	warn() {}
	error() {}
};
// node_modules/@smithy/core/dist-es/submodules/client/smithy-client/client-command-builder.js
function makeBuilder(common, service, name, ep) {
	return function makeCommand(added, plugins, op, $, smithyContext = {}) {
		const epMerged = Object.assign({}, common, added);
		return Command.classBuilder().ep(epMerged).m(function(CommandCtor, clientStack, config, options) {
			const list = plugins.call(this, CommandCtor, clientStack, config, options);
			list.unshift(ep(config, CommandCtor.getEndpointParameterInstructions()));
			return list;
		}).s(service, op, smithyContext).n(name, op.charAt(0).toUpperCase() + op.slice(1) + "Command").sc($).build();
	};
}
const DEFAULTS_MODE_OPTIONS = [
	"in-region",
	"cross-region",
	"mobile",
	"standard",
	"legacy"
];
const IMDS_TOKEN_PATH$1 = "/latest/api/token";
const X_AWS_EC2_METADATA_TOKEN_TTL = "x-aws-ec2-metadata-token-ttl-seconds";
// node_modules/@smithy/core/dist-es/submodules/config/config-resolver/regionConfig/getInstanceMetadataRegion.js
const TIMEOUT_MS = 1e3;
const NEG_CACHE_TTL_MS = 6e4;
let negativeCacheUntil = 0;
const getInstanceMetadataRegion = async () => {
	if (process.env["AWS_EC2_METADATA_DISABLED"]) return;
	if (Date.now() < negativeCacheUntil) return;
	try {
		const endpoint = resolveImdsEndpoint();
		const token = (await imdsRequest({
			...endpoint,
			path: IMDS_TOKEN_PATH$1,
			method: "PUT",
			headers: { [X_AWS_EC2_METADATA_TOKEN_TTL]: "21600" }
		})).toString();
		return (await imdsRequest({
			...endpoint,
			path: "/latest/meta-data/placement/region",
			method: "GET",
			headers: { ["x-aws-ec2-metadata-token"]: token }
		})).toString().trim() || cacheNegativeAndReturnUndefined();
	} catch {
		return cacheNegativeAndReturnUndefined();
	}
};
const cacheNegativeAndReturnUndefined = () => {
	negativeCacheUntil = Date.now() + NEG_CACHE_TTL_MS;
};
const resolveImdsEndpoint = () => {
	const envEndpoint = process.env.AWS_EC2_METADATA_SERVICE_ENDPOINT;
	if (envEndpoint) {
		const url = new URL(envEndpoint);
		return {
			hostname: url.hostname.replace(/^\[(.+)]$/, "$1"),
			port: url.port ? Number(url.port) : void 0
		};
	}
	if (process.env.AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE === "IPv6") return { hostname: "fd00:ec2::254" };
	return { hostname: "169.254.169.254" };
};
const imdsRequest = async (options) => {
	const { request } = await Promise.resolve({
		__proto__: process.getBuiltinModule("node:http"),
		default: process.getBuiltinModule("node:http")
	});
	return new Promise((resolve, reject) => {
		const req = request({
			hostname: options.hostname,
			port: options.port,
			path: options.path,
			method: options.method,
			headers: options.headers,
			timeout: TIMEOUT_MS,
			signal: AbortSignal.timeout(TIMEOUT_MS)
		});
		req.on("error", (err) => {
			reject(err);
			req.destroy();
		});
		req.on("timeout", () => {
			reject(new Error("TimeoutError from instance metadata service"));
			req.destroy();
		});
		req.on("response", (res) => {
			const { statusCode = 400 } = res;
			if (statusCode < 200 || statusCode >= 300) {
				reject(Object.assign(new Error("Error response received from instance metadata service"), { statusCode }));
				req.destroy();
				return;
			}
			const chunks = [];
			res.on("data", (chunk) => chunks.push(chunk));
			res.on("end", () => {
				resolve(Buffer.concat(chunks));
				req.destroy();
			});
		});
		req.end();
	});
};
// node_modules/@smithy/core/dist-es/submodules/config/config-resolver/regionConfig/config.js
const REGION_ENV_NAME = "AWS_REGION";
const REGION_INI_NAME = "region";
const NODE_REGION_CONFIG_OPTIONS = {
	environmentVariableSelector: (env) => env[REGION_ENV_NAME],
	configFileSelector: (profile) => profile[REGION_INI_NAME],
	default: async () => {
		const region = await getInstanceMetadataRegion();
		if (region) return region;
		throw new Error("Region is missing");
	}
};
const NODE_REGION_CONFIG_FILE_OPTIONS = { preferredFile: "credentials" };
// node_modules/@smithy/core/dist-es/submodules/config/config-resolver/regionConfig/checkRegion.js
const validRegions = new Set();
const checkRegion = (region, check = isValidHostLabel) => {
	if (!validRegions.has(region) && !check(region)) {
		if (region === "*") console.warn(`@smithy/config-resolver WARN - Please use the caller region instead of "*". See "sigv4a" in https://github.com/aws/aws-sdk-js-v3/blob/main/supplemental-docs/CLIENTS.md.`);
		else throw new Error(`Region not accepted: region="${region}" is not a valid hostname component.`);
	} else validRegions.add(region);
};
// node_modules/@smithy/core/dist-es/submodules/config/config-resolver/regionConfig/isFipsRegion.js
const isFipsRegion = (region) => typeof region === "string" && (region.startsWith("fips-") || region.endsWith("-fips"));
// node_modules/@smithy/core/dist-es/submodules/config/config-resolver/regionConfig/getRealRegion.js
const getRealRegion = (region) => isFipsRegion(region) ? ["fips-aws-global", "aws-fips"].includes(region) ? "us-east-1" : region.replace(/fips-(dkr-|prod-)?|-fips/, "") : region;
// node_modules/@smithy/core/dist-es/submodules/config/config-resolver/regionConfig/resolveRegionConfig.js
const resolveRegionConfig = (input) => {
	const { region, useFipsEndpoint } = input;
	if (!region) throw new Error("Region is missing");
	return Object.assign(input, {
		region: async () => {
			const providedRegion = typeof region === "function" ? await region() : region;
			const realRegion = getRealRegion(providedRegion);
			checkRegion(realRegion);
			return realRegion;
		},
		useFipsEndpoint: async () => {
			const providedRegion = typeof region === "string" ? region : await region();
			if (isFipsRegion(providedRegion)) return true;
			return typeof useFipsEndpoint !== "function" ? Promise.resolve(!!useFipsEndpoint) : useFipsEndpoint();
		}
	});
};
// node_modules/@smithy/core/dist-es/submodules/config/defaults-mode/defaultsModeConfig.js
const AWS_DEFAULTS_MODE_ENV = "AWS_DEFAULTS_MODE";
const AWS_DEFAULTS_MODE_CONFIG = "defaults_mode";
const NODE_DEFAULTS_MODE_CONFIG_OPTIONS = {
	environmentVariableSelector: (env) => {
		return env[AWS_DEFAULTS_MODE_ENV];
	},
	configFileSelector: (profile) => {
		return profile[AWS_DEFAULTS_MODE_CONFIG];
	},
	default: "legacy"
};
// node_modules/@smithy/core/dist-es/submodules/config/defaults-mode/resolveDefaultsModeConfig.js
const resolveDefaultsModeConfig = ({ region = loadConfig(NODE_REGION_CONFIG_OPTIONS), defaultsMode = loadConfig(NODE_DEFAULTS_MODE_CONFIG_OPTIONS) } = {}) => memoize(async () => {
	const mode = typeof defaultsMode === "function" ? await defaultsMode() : defaultsMode;
	switch (mode?.toLowerCase()) {
		case "auto": return resolveNodeDefaultsModeAuto(region);
		case "in-region":
		case "cross-region":
		case "mobile":
		case "standard":
		case "legacy": return Promise.resolve(mode?.toLocaleLowerCase());
		case void 0: return Promise.resolve("legacy");
		default: throw new Error(`Invalid parameter for "defaultsMode", expect ${DEFAULTS_MODE_OPTIONS.join(", ")}, got ${mode}`);
	}
});
const resolveNodeDefaultsModeAuto = async (clientRegion) => {
	if (clientRegion) {
		const resolvedRegion = typeof clientRegion === "function" ? await clientRegion() : clientRegion;
		const inferredRegion = await inferPhysicalRegion();
		if (!inferredRegion) return "standard";
		if (resolvedRegion === inferredRegion) return "in-region";
		else return "cross-region";
	}
	return "standard";
};
const inferPhysicalRegion = async () => {
	if (process.env["AWS_EXECUTION_ENV"] && (process.env["AWS_REGION"] || process.env["AWS_DEFAULT_REGION"])) return process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"];
	return getInstanceMetadataRegion();
};
// node_modules/@smithy/core/dist-es/submodules/endpoints/middleware-endpoint/adaptors/getEndpointUrlConfig.js
const ENV_ENDPOINT_URL = "AWS_ENDPOINT_URL";
const CONFIG_ENDPOINT_URL = "endpoint_url";
const getEndpointUrlConfig = (serviceId) => ({
	environmentVariableSelector: (env) => {
		const serviceSuffixParts = serviceId.split(" ").map((w) => w.toUpperCase());
		const serviceEndpointUrl = env[[ENV_ENDPOINT_URL, ...serviceSuffixParts].join("_")];
		if (serviceEndpointUrl) return serviceEndpointUrl;
		const endpointUrl = env[ENV_ENDPOINT_URL];
		if (endpointUrl) return endpointUrl;
	},
	configFileSelector: (profile, config) => {
		if (profile.services) {
			const servicesSectionKey = ["services", profile.services].join(".");
			if (!config || !config[servicesSectionKey]) throw new Error(`The services section "${profile.services}" specified in the profile is not present in the shared configuration file.`);
			const endpointUrl = config[servicesSectionKey][[serviceId.split(" ").map((w) => w.toLowerCase()).join("_"), CONFIG_ENDPOINT_URL].join(".")];
			if (endpointUrl) return endpointUrl;
		}
		const endpointUrl = profile[CONFIG_ENDPOINT_URL];
		if (endpointUrl) return endpointUrl;
	},
	default: void 0
});
// node_modules/@smithy/core/dist-es/submodules/endpoints/middleware-endpoint/adaptors/getIgnoreConfiguredEndpointUrls.js
const ENV_IGNORE_CONFIGURED_ENDPOINT_URLS = "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS";
const CONFIG_IGNORE_CONFIGURED_ENDPOINT_URLS = "ignore_configured_endpoint_urls";
const ignoreConfiguredEndpointUrlsConfigSelectors = {
	environmentVariableSelector: (env) => booleanSelector(env, ENV_IGNORE_CONFIGURED_ENDPOINT_URLS, SelectorType.ENV),
	configFileSelector: (profile) => booleanSelector(profile, CONFIG_IGNORE_CONFIGURED_ENDPOINT_URLS, SelectorType.CONFIG),
	default: false
};
// node_modules/@smithy/core/dist-es/submodules/endpoints/middleware-endpoint/adaptors/getEndpointFromConfig.js
const getEndpointFromConfig = async (serviceId) => {
	if (await loadConfig(ignoreConfiguredEndpointUrlsConfigSelectors)()) return;
	return loadConfig(getEndpointUrlConfig(serviceId ?? ""))();
};
// node_modules/@smithy/core/dist-es/submodules/endpoints/middleware-endpoint/service-customizations/s3.js
const resolveParamsForS3 = async (endpointParams) => {
	const bucket = endpointParams?.Bucket || "";
	if (typeof endpointParams.Bucket === "string") endpointParams.Bucket = bucket.replace(/#/g, encodeURIComponent("#")).replace(/\?/g, encodeURIComponent("?"));
	if (isArnBucketName(bucket)) {
		if (endpointParams.ForcePathStyle === true) throw new Error("Path-style addressing cannot be used with ARN buckets");
	} else if (!isDnsCompatibleBucketName(bucket) || bucket.indexOf(".") !== -1 && !String(endpointParams.Endpoint).startsWith("http:") || bucket.toLowerCase() !== bucket || bucket.length < 3) endpointParams.ForcePathStyle = true;
	if (endpointParams.DisableMultiRegionAccessPoints) {
		endpointParams.disableMultiRegionAccessPoints = true;
		endpointParams.DisableMRAP = true;
	}
	return endpointParams;
};
const DOMAIN_PATTERN = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const IP_ADDRESS_PATTERN = /(\d+\.){3}\d+/;
const DOTS_PATTERN = /\.\./;
const isDnsCompatibleBucketName = (bucketName) => DOMAIN_PATTERN.test(bucketName) && !IP_ADDRESS_PATTERN.test(bucketName) && !DOTS_PATTERN.test(bucketName);
const isArnBucketName = (bucketName) => {
	const [arn, partition, service, , , bucket] = bucketName.split(":");
	const isArn = arn === "arn" && bucketName.split(":").length >= 6;
	const isValidArn = Boolean(isArn && partition && service && bucket);
	if (isArn && !isValidArn) throw new Error(`Invalid ARN: ${bucketName} was an invalid ARN.`);
	return isValidArn;
};
// node_modules/@smithy/core/dist-es/submodules/endpoints/middleware-endpoint/adaptors/createConfigValueProvider.js
const createConfigValueProvider = (configKey, canonicalEndpointParamKey, config, isClientContextParam = false) => {
	const configProvider = async () => {
		let configValue;
		if (isClientContextParam) configValue = config.clientContextParams?.[configKey] ?? config[configKey] ?? config[canonicalEndpointParamKey];
		else configValue = config[configKey] ?? config[canonicalEndpointParamKey];
		if (typeof configValue === "function") return configValue();
		return configValue;
	};
	if (configKey === "credentialScope" || canonicalEndpointParamKey === "CredentialScope") return async () => {
		const credentials = typeof config.credentials === "function" ? await config.credentials() : config.credentials;
		return credentials?.credentialScope ?? credentials?.CredentialScope;
	};
	if (configKey === "accountId" || canonicalEndpointParamKey === "AccountId") return async () => {
		const credentials = typeof config.credentials === "function" ? await config.credentials() : config.credentials;
		return credentials?.accountId ?? credentials?.AccountId;
	};
	if (configKey === "endpoint" || canonicalEndpointParamKey === "endpoint") return async () => {
		if (config.isCustomEndpoint === false) return;
		const endpoint = await configProvider();
		if (endpoint && typeof endpoint === "object") {
			if ("url" in endpoint) return endpoint.url.href;
			if ("hostname" in endpoint) {
				const { protocol, hostname, port, path } = endpoint;
				return `${protocol}//${hostname}${port ? ":" + port : ""}${path}`;
			}
		}
		return endpoint;
	};
	return configProvider;
};
// node_modules/@smithy/core/dist-es/submodules/endpoints/middleware-endpoint/adaptors/getEndpointFromInstructions.js
function bindGetEndpointFromInstructions(getEndpointFromConfig) {
	return async (commandInput, instructionsSupplier, clientConfig, context) => {
		if (!clientConfig.isCustomEndpoint && !clientConfig.ignoreConfiguredEndpointUrls) {
			let endpointFromConfig;
			if (clientConfig.serviceConfiguredEndpoint) endpointFromConfig = await clientConfig.serviceConfiguredEndpoint();
			else endpointFromConfig = await getEndpointFromConfig(clientConfig.serviceId);
			if (endpointFromConfig) {
				clientConfig.endpoint = () => Promise.resolve(toEndpointV1(endpointFromConfig));
				clientConfig.isCustomEndpoint = true;
				context?.logger?.debug?.(`@smithy/core/endpoints - resolved endpoint from config: ${endpointFromConfig}`);
			}
		}
		const endpointParams = await resolveParams(commandInput, instructionsSupplier, clientConfig);
		if (typeof clientConfig.endpointProvider !== "function") throw new Error("config.endpointProvider is not set.");
		const endpoint = clientConfig.endpointProvider(endpointParams, context);
		if (clientConfig.isCustomEndpoint && clientConfig.endpoint) {
			const customEndpoint = await clientConfig.endpoint();
			if (customEndpoint?.headers) {
				endpoint.headers ??= {};
				for (const [name, value] of Object.entries(customEndpoint.headers)) endpoint.headers[name] = Array.isArray(value) ? value : [value];
			}
		}
		return endpoint;
	};
}
const resolveParams = async (commandInput, instructionsSupplier, clientConfig) => {
	const endpointParams = {};
	const instructions = instructionsSupplier?.getEndpointParameterInstructions?.() || {};
	for (const [name, instruction] of Object.entries(instructions)) switch (instruction.type) {
		case "staticContextParams":
			endpointParams[name] = instruction.value;
			break;
		case "contextParams":
			endpointParams[name] = commandInput[instruction.name];
			break;
		case "clientContextParams":
		case "builtInParams":
			endpointParams[name] = await createConfigValueProvider(instruction.name, name, clientConfig, instruction.type !== "builtInParams")();
			break;
		case "operationContextParams":
			endpointParams[name] = instruction.get(commandInput);
			break;
		default: throw new Error("Unrecognized endpoint parameter instruction: " + JSON.stringify(instruction));
	}
	if (Object.keys(instructions).length === 0) Object.assign(endpointParams, clientConfig);
	if (String(clientConfig.serviceId).toLowerCase() === "s3") await resolveParamsForS3(endpointParams);
	return endpointParams;
};
// node_modules/@smithy/core/dist-es/submodules/endpoints/middleware-endpoint/endpointMiddleware.js
function setFeature(context, feature, value) {
	if (!context.__smithy_context) context.__smithy_context = { features: {} };
	else if (!context.__smithy_context.features) context.__smithy_context.features = {};
	context.__smithy_context.features[feature] = value;
}
function bindEndpointMiddleware(getEndpointFromConfig) {
	const getEndpointFromInstructions = bindGetEndpointFromInstructions(getEndpointFromConfig);
	return ({ config, instructions }) => {
		return (next, context) => async (args) => {
			if (config.isCustomEndpoint) setFeature(context, "ENDPOINT_OVERRIDE", "N");
			const endpoint = await getEndpointFromInstructions(args.input, { getEndpointParameterInstructions() {
				return instructions;
			} }, { ...config }, context);
			context.endpointV2 = endpoint;
			context.authSchemes = endpoint.properties?.authSchemes;
			const authScheme = context.authSchemes?.[0];
			if (authScheme) {
				context["signing_region"] = authScheme.signingRegion;
				context["signing_service"] = authScheme.signingName;
				const httpAuthOption = getSmithyContext(context)?.selectedHttpAuthScheme?.httpAuthOption;
				if (httpAuthOption) httpAuthOption.signingProperties = Object.assign(httpAuthOption.signingProperties || {}, {
					signing_region: authScheme.signingRegion,
					signingRegion: authScheme.signingRegion,
					signing_service: authScheme.signingName,
					signingName: authScheme.signingName,
					signingRegionSet: authScheme.signingRegionSet
				}, authScheme.properties);
			}
			return next({ ...args });
		};
	};
}
const endpointMiddlewareOptions = {
	step: "serialize",
	tags: [
		"ENDPOINT_PARAMETERS",
		"ENDPOINT_V2",
		"ENDPOINT"
	],
	name: "endpointV2Middleware",
	override: true,
	relation: "before",
	toMiddleware: {
		name: "serializerMiddleware",
		step: "serialize",
		tags: ["SERIALIZER"],
		override: true
	}.name
};
function bindGetEndpointPlugin(getEndpointFromConfig) {
	const endpointMiddleware = bindEndpointMiddleware(getEndpointFromConfig);
	return (config, instructions) => ({ applyToStack: (clientStack) => {
		clientStack.addRelativeTo(endpointMiddleware({
			config,
			instructions
		}), endpointMiddlewareOptions);
	} });
}
// node_modules/@smithy/core/dist-es/submodules/endpoints/middleware-endpoint/resolveEndpointConfig.js
function bindResolveEndpointConfig(getEndpointFromConfig) {
	return (input) => {
		const tls = input.tls ?? true;
		const { endpoint, useDualstackEndpoint, useFipsEndpoint } = input;
		const resolvedConfig = Object.assign(input, {
			endpoint: endpoint != null ? async () => toEndpointV1(await normalizeProvider$1(endpoint)()) : void 0,
			tls,
			isCustomEndpoint: !!endpoint,
			useDualstackEndpoint: normalizeProvider$1(useDualstackEndpoint ?? false),
			useFipsEndpoint: normalizeProvider$1(useFipsEndpoint ?? false),
			ignoreConfiguredEndpointUrls: !!input.ignoreConfiguredEndpointUrls
		});
		let configuredEndpointPromise = void 0;
		resolvedConfig.serviceConfiguredEndpoint = async () => {
			if (input.serviceId && !configuredEndpointPromise) configuredEndpointPromise = getEndpointFromConfig(input.serviceId);
			return configuredEndpointPromise;
		};
		return resolvedConfig;
	};
}
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/bdd/BinaryDecisionDiagram.js
var BinaryDecisionDiagram = class BinaryDecisionDiagram {
	nodes;
	root;
	conditions;
	results;
	constructor(bdd, root, conditions, results) {
		this.nodes = bdd;
		this.root = root;
		this.conditions = conditions;
		this.results = results;
	}
	static from(bdd, root, conditions, results) {
		return new BinaryDecisionDiagram(bdd, root, conditions, results);
	}
};
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/cache/EndpointCache.js
var EndpointCache = class {
	capacity;
	data = new Map();
	parameters = [];
	constructor({ size, params }) {
		this.capacity = size ?? 50;
		if (params) this.parameters = params;
	}
	get(endpointParams, resolver) {
		const key = this.hash(endpointParams);
		if (key === false) return resolver();
		if (!this.data.has(key)) {
			if (this.data.size > this.capacity + 10) {
				const keys = this.data.keys();
				let i = 0;
				while (true) {
					const { value, done } = keys.next();
					this.data.delete(value);
					if (done || ++i > 10) break;
				}
			}
			this.data.set(key, resolver());
		}
		return this.data.get(key);
	}
	size() {
		return this.data.size;
	}
	hash(endpointParams) {
		let buffer = "";
		const { parameters } = this;
		if (parameters.length === 0) return false;
		for (const param of parameters) {
			const raw = endpointParams[param];
			const val = raw == null ? "\0" : String(raw);
			if (val.includes("|;")) return false;
			buffer += val + "|;";
		}
		return buffer;
	}
};
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/types/EndpointError.js
var EndpointError = class extends Error {
	constructor(message) {
		super(message);
		this.name = "EndpointError";
	}
};
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/debug/debugId.js
const debugId = "endpoints";
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/debug/toDebugString.js
function toDebugString(input) {
	if (typeof input !== "object" || input == null) return input;
	if ("ref" in input) return `$${toDebugString(input.ref)}`;
	if ("fn" in input) return `${input.fn}(${(input.argv || []).map(toDebugString).join(", ")})`;
	return JSON.stringify(input, null, 2);
}
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/utils/customEndpointFunctions.js
const customEndpointFunctions = {};
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/lib/booleanEquals.js
const booleanEquals = (value1, value2) => value1 === value2;
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/lib/coalesce.js
function coalesce(...args) {
	for (const arg of args) if (arg != null) return arg;
}
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/lib/getAttrPathList.js
const getAttrPathList = (path) => {
	const parts = path.split(".");
	const pathList = [];
	for (const part of parts) {
		const squareBracketIndex = part.indexOf("[");
		if (squareBracketIndex !== -1) {
			if (part.indexOf("]") !== part.length - 1) throw new EndpointError(`Path: '${path}' does not end with ']'`);
			const arrayIndex = part.slice(squareBracketIndex + 1, -1);
			if (Number.isNaN(parseInt(arrayIndex))) throw new EndpointError(`Invalid array index: '${arrayIndex}' in path: '${path}'`);
			if (squareBracketIndex !== 0) pathList.push(part.slice(0, squareBracketIndex));
			pathList.push(arrayIndex);
		} else pathList.push(part);
	}
	return pathList;
};
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/lib/getAttr.js
const getAttr = (value, path) => getAttrPathList(path).reduce((acc, index) => {
	if (typeof acc !== "object") throw new EndpointError(`Index '${index}' in '${path}' not found in '${JSON.stringify(value)}'`);
	else if (Array.isArray(acc)) {
		const i = parseInt(index);
		return acc[i < 0 ? acc.length + i : i];
	}
	return acc[index];
}, value);
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/lib/isSet.js
const isSet = (value) => value != null;
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/lib/ite.js
function ite(condition, trueValue, falseValue) {
	return condition ? trueValue : falseValue;
}
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/lib/not.js
const not = (value) => !value;
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/lib/isIpAddress.js
const IP_V4_REGEX = new RegExp(`^(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]\\d|\\d)(?:\\.(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]\\d|\\d)){3}$`);
const isIpAddress = (value) => IP_V4_REGEX.test(value) || value.startsWith("[") && value.endsWith("]");
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/lib/parseURL.js
const DEFAULT_PORTS = {
	[EndpointURLScheme.HTTP]: 80,
	[EndpointURLScheme.HTTPS]: 443
};
const parseURL = (value) => {
	const whatwgURL = (() => {
		try {
			if (value instanceof URL) return value;
			if (typeof value === "object" && "hostname" in value) {
				const { hostname, port, protocol = "", path = "", query = {} } = value;
				const url = new URL(`${protocol}//${hostname}${port ? `:${port}` : ""}${path}`);
				url.search = Object.entries(query).map(([k, v]) => `${k}=${v}`).join("&");
				return url;
			}
			return new URL(value);
		} catch (ignored) {
			return null;
		}
	})();
	if (!whatwgURL) {
		console.error(`Unable to parse ${JSON.stringify(value)} as a whatwg URL.`);
		return null;
	}
	const urlString = whatwgURL.href;
	const { host, hostname, pathname, protocol, search } = whatwgURL;
	if (search) return null;
	const scheme = protocol.slice(0, -1);
	if (!Object.values(EndpointURLScheme).includes(scheme)) return null;
	const isIp = isIpAddress(hostname);
	return {
		scheme,
		authority: `${host}${urlString.includes(`${host}:${DEFAULT_PORTS[scheme]}`) || typeof value === "string" && value.includes(`${host}:${DEFAULT_PORTS[scheme]}`) ? `:${DEFAULT_PORTS[scheme]}` : ``}`,
		path: pathname,
		normalizedPath: pathname.endsWith("/") ? pathname : `${pathname}/`,
		isIp
	};
};
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/lib/split.js
function split(value, delimiter, limit) {
	if (limit === 1) return [value];
	if (value === "") return [""];
	const parts = value.split(delimiter);
	if (limit === 0) return parts;
	return parts.slice(0, limit - 1).concat(parts.slice(1).join(delimiter));
}
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/lib/stringEquals.js
const stringEquals = (value1, value2) => value1 === value2;
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/lib/substring.js
const substring = (input, start, stop, reverse) => {
	if (input == null || start >= stop || input.length < stop || /[^\u0000-\u007f]/.test(input)) return null;
	if (!reverse) return input.substring(start, stop);
	return input.substring(input.length - stop, input.length - start);
};
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/lib/uriEncode.js
const uriEncode = (value) => encodeURIComponent(value).replace(/[!*'()]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/utils/endpointFunctions.js
const endpointFunctions = {
	booleanEquals,
	coalesce,
	getAttr,
	isSet,
	isValidHostLabel,
	ite,
	not,
	parseURL,
	split,
	stringEquals,
	substring,
	uriEncode
};
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/utils/evaluateTemplate.js
const evaluateTemplate = (template, options) => {
	const evaluatedTemplateArr = [];
	const { referenceRecord, endpointParams } = options;
	let currentIndex = 0;
	while (currentIndex < template.length) {
		const openingBraceIndex = template.indexOf("{", currentIndex);
		if (openingBraceIndex === -1) {
			evaluatedTemplateArr.push(template.slice(currentIndex));
			break;
		}
		evaluatedTemplateArr.push(template.slice(currentIndex, openingBraceIndex));
		const closingBraceIndex = template.indexOf("}", openingBraceIndex);
		if (closingBraceIndex === -1) {
			evaluatedTemplateArr.push(template.slice(openingBraceIndex));
			break;
		}
		if (template[openingBraceIndex + 1] === "{" && template[closingBraceIndex + 1] === "}") {
			evaluatedTemplateArr.push(template.slice(openingBraceIndex + 1, closingBraceIndex));
			currentIndex = closingBraceIndex + 2;
		}
		const parameterName = template.substring(openingBraceIndex + 1, closingBraceIndex);
		if (parameterName.includes("#")) {
			const [refName, attrName] = parameterName.split("#");
			evaluatedTemplateArr.push(getAttr(referenceRecord[refName] ?? endpointParams[refName], attrName));
		} else evaluatedTemplateArr.push(referenceRecord[parameterName] ?? endpointParams[parameterName]);
		currentIndex = closingBraceIndex + 1;
	}
	return evaluatedTemplateArr.join("");
};
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/utils/getReferenceValue.js
const getReferenceValue = ({ ref }, options) => {
	return options.referenceRecord[ref] ?? options.endpointParams[ref];
};
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/utils/evaluateExpression.js
const evaluateExpression = (obj, keyName, options) => {
	if (typeof obj === "string") return evaluateTemplate(obj, options);
	else if (obj["fn"]) return group$1.callFunction(obj, options);
	else if (obj["ref"]) return getReferenceValue(obj, options);
	throw new EndpointError(`'${keyName}': ${String(obj)} is not a string, function or reference.`);
};
const callFunction = ({ fn, argv }, options) => {
	const evaluatedArgs = Array(argv.length);
	for (let i = 0; i < evaluatedArgs.length; ++i) {
		const arg = argv[i];
		if (typeof arg === "boolean" || typeof arg === "number") evaluatedArgs[i] = arg;
		else evaluatedArgs[i] = group$1.evaluateExpression(arg, "arg", options);
	}
	const namespaceSeparatorIndex = fn.indexOf(".");
	if (namespaceSeparatorIndex !== -1) {
		const customFunction = customEndpointFunctions[fn.slice(0, namespaceSeparatorIndex)]?.[fn.slice(namespaceSeparatorIndex + 1)];
		if (typeof customFunction === "function") return customFunction(...evaluatedArgs);
	}
	const callable = endpointFunctions[fn];
	if (typeof callable === "function") return callable(...evaluatedArgs);
	throw new Error(`function ${fn} not loaded in endpointFunctions.`);
};
const group$1 = {
	evaluateExpression,
	callFunction
};
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/utils/evaluateCondition.js
const evaluateCondition = (condition, options) => {
	const { assign } = condition;
	if (assign && assign in options.referenceRecord) throw new EndpointError(`'${assign}' is already defined in Reference Record.`);
	const value = callFunction(condition, options);
	options.logger?.debug?.(`${debugId} evaluateCondition: ${toDebugString(condition)} = ${toDebugString(value)}`);
	const result = value === "" ? true : !!value;
	if (assign != null) return {
		result,
		toAssign: {
			name: assign,
			value
		}
	};
	return { result };
};
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/utils/getEndpointHeaders.js
const getEndpointHeaders = (headers, options) => Object.entries(headers ?? {}).reduce((acc, [headerKey, headerVal]) => {
	acc[headerKey] = headerVal.map((headerValEntry) => {
		const processedExpr = evaluateExpression(headerValEntry, "Header value entry", options);
		if (typeof processedExpr !== "string") throw new EndpointError(`Header '${headerKey}' value '${processedExpr}' is not a string`);
		return processedExpr;
	});
	return acc;
}, {});
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/utils/getEndpointProperties.js
const getEndpointProperties = (properties, options) => Object.entries(properties).reduce((acc, [propertyKey, propertyVal]) => {
	acc[propertyKey] = group.getEndpointProperty(propertyVal, options);
	return acc;
}, {});
const getEndpointProperty = (property, options) => {
	if (Array.isArray(property)) return property.map((propertyEntry) => getEndpointProperty(propertyEntry, options));
	switch (typeof property) {
		case "string": return evaluateTemplate(property, options);
		case "object":
			if (property === null) throw new EndpointError(`Unexpected endpoint property: ${property}`);
			return group.getEndpointProperties(property, options);
		case "boolean": return property;
		default: throw new EndpointError(`Unexpected endpoint property type: ${typeof property}`);
	}
};
const group = {
	getEndpointProperty,
	getEndpointProperties
};
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/utils/getEndpointUrl.js
const getEndpointUrl = (endpointUrl, options) => {
	const expression = evaluateExpression(endpointUrl, "Endpoint URL", options);
	if (typeof expression === "string") try {
		return new URL(expression);
	} catch (error) {
		console.error(`Failed to construct URL with ${expression}`, error);
		throw error;
	}
	throw new EndpointError(`Endpoint URL must be a string, got ${typeof expression}`);
};
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/decideEndpoint.js
const RESULT = 1e8;
const decideEndpoint = (bdd, options) => {
	const { nodes, root, results, conditions } = bdd;
	let ref = root;
	const referenceRecord = {};
	const closure = {
		referenceRecord,
		endpointParams: options.endpointParams,
		logger: options.logger
	};
	while (ref !== 1 && ref !== -1 && ref < RESULT) {
		const node_i = 3 * (Math.abs(ref) - 1);
		const [condition_i, highRef, lowRef] = [
			nodes[node_i],
			nodes[node_i + 1],
			nodes[node_i + 2]
		];
		const [fn, argv, assign] = conditions[condition_i];
		const evaluation = evaluateCondition({
			fn,
			assign,
			argv
		}, closure);
		if (evaluation.toAssign) {
			const { name, value } = evaluation.toAssign;
			referenceRecord[name] = value;
		}
		ref = ref >= 0 === evaluation.result ? highRef : lowRef;
	}
	if (ref >= RESULT) {
		const result = results[ref - RESULT];
		if (result[0] === -1) {
			const [, errorExpression] = result;
			throw new EndpointError(evaluateExpression(errorExpression, "Error", closure));
		}
		const [url, properties, headers] = result;
		return {
			url: getEndpointUrl(url, closure),
			properties: getEndpointProperties(properties, closure),
			headers: getEndpointHeaders(headers ?? {}, closure)
		};
	}
	throw new EndpointError(`No matching endpoint.`);
};
const resolveEndpointConfig = bindResolveEndpointConfig(getEndpointFromConfig);
bindEndpointMiddleware(getEndpointFromConfig);
const getEndpointPlugin = bindGetEndpointPlugin(getEndpointFromConfig);
// node_modules/@smithy/core/dist-es/submodules/serde/util-stream/stream-type-check.js
const isReadableStream = (stream) => typeof ReadableStream === "function" && (stream?.constructor?.name === ReadableStream.name || stream instanceof ReadableStream);
const isBlob = (blob) => {
	return typeof Blob === "function" && (blob?.constructor?.name === Blob.name || blob instanceof Blob);
};
// node_modules/@smithy/core/dist-es/submodules/serde/util-utf8/fromUtf8.browser.js
const fromUtf8 = (input) => new TextEncoder().encode(input);
// node_modules/@smithy/core/dist-es/submodules/serde/util-base64/constants-for-browser.js
const chars = `ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/`;
Object.entries(chars).reduce((acc, [i, c]) => {
	acc[c] = Number(i);
	return acc;
}, {});
const alphabetByValue = chars.split("");
// node_modules/@smithy/core/dist-es/submodules/serde/util-base64/toBase64.browser.js
function toBase64(_input) {
	let input;
	if (typeof _input === "string") input = fromUtf8(_input);
	else input = _input;
	const isArrayLike = typeof input === "object" && typeof input.length === "number";
	const isUint8Array = typeof input === "object" && typeof input.byteOffset === "number" && typeof input.byteLength === "number";
	if (!isArrayLike && !isUint8Array) throw new Error("@smithy/util-base64: toBase64 encoder function only accepts string | Uint8Array.");
	let str = "";
	for (let i = 0; i < input.length; i += 3) {
		let bits = 0;
		let bitLength = 0;
		for (let j = i, limit = Math.min(i + 3, input.length); j < limit; j++) {
			bits |= input[j] << (limit - j - 1) * 8;
			bitLength += 8;
		}
		const bitClusterCount = Math.ceil(bitLength / 6);
		bits <<= bitClusterCount * 6 - bitLength;
		for (let k = 1; k <= bitClusterCount; k++) {
			const offset = (bitClusterCount - k) * 6;
			str += alphabetByValue[(bits & 63 << offset) >> offset];
		}
		str += "==".slice(0, 4 - bitClusterCount);
	}
	return str;
}
// node_modules/@smithy/core/dist-es/submodules/serde/util-utf8/toUtf8.browser.js
const toUtf8 = (input) => {
	if (typeof input === "string") return input;
	if (typeof input !== "object" || typeof input.byteOffset !== "number" || typeof input.byteLength !== "number") throw new Error("@smithy/util-utf8: toUtf8 encoder function only accepts string | Uint8Array.");
	return new TextDecoder("utf-8").decode(input);
};
// node_modules/@smithy/core/dist-es/submodules/serde/util-stream/stream-collector.browser.js
const streamCollector$1 = async (stream) => {
	if (isBlob(stream)) return collectBlob(stream);
	return collectReadableStream(stream);
};
async function collectBlob(blob) {
	return blob.arrayBuffer().then((ab) => new Uint8Array(ab));
}
async function collectReadableStream(stream) {
	const chunks = [];
	const reader = stream.getReader();
	let length = 0;
	while (true) {
		const { done, value } = await reader.read();
		if (value) {
			chunks.push(value);
			length += value.length;
		}
		if (done) break;
	}
	return concatBytes(chunks, length);
}
// node_modules/@smithy/core/dist-es/submodules/serde/util-stream/sdk-stream-mixin.browser.js
const ERR_MSG_STREAM_HAS_BEEN_TRANSFORMED$1 = "The stream has already been transformed.";
const sdkStreamMixin$1 = (stream) => {
	if (!isBlobInstance(stream) && !isReadableStream(stream)) {
		const name = stream?.__proto__?.constructor?.name || stream;
		throw new Error(`Unexpected stream implementation, expect Blob or ReadableStream, got ${name}`);
	}
	let transformed = false;
	const transformToByteArray = async () => {
		if (transformed) throw new Error(ERR_MSG_STREAM_HAS_BEEN_TRANSFORMED$1);
		transformed = true;
		return await streamCollector$1(stream);
	};
	const blobToWebStream = (blob) => {
		if (typeof blob.stream !== "function") throw new Error("Cannot transform payload Blob to web stream. Please make sure the Blob.stream() is polyfilled.\nIf you are using React Native, this API is not yet supported, see: https://react-native.canny.io/feature-requests/p/fetch-streaming-body");
		return blob.stream();
	};
	return Object.assign(stream, {
		transformToByteArray,
		transformToString: async (encoding) => {
			const buf = await transformToByteArray();
			if (encoding === "base64") return toBase64(buf);
			else if (encoding === "hex") return toHex(buf);
			else if (encoding === void 0 || encoding === "utf8" || encoding === "utf-8") return toUtf8(buf);
			else if (typeof TextDecoder === "function") return new TextDecoder(encoding).decode(buf);
			else throw new Error("TextDecoder is not available, please make sure polyfill is provided.");
		},
		transformToWebStream: () => {
			if (transformed) throw new Error(ERR_MSG_STREAM_HAS_BEEN_TRANSFORMED$1);
			transformed = true;
			if (isBlobInstance(stream)) return blobToWebStream(stream);
			else if (isReadableStream(stream)) return stream;
			else throw new Error(`Cannot transform payload to web stream, got ${stream}`);
		}
	});
};
const isBlobInstance = (stream) => typeof Blob === "function" && stream instanceof Blob;
// node_modules/@smithy/core/dist-es/submodules/serde/util-stream/stream-collector.js
const streamCollector = (stream) => {
	if (isBlob(stream)) return collectBlob(stream);
	if (isReadableStream(stream)) return collectReadableStream(stream);
	return new Promise((resolve, reject) => {
		const collector = new Collector();
		const nodeStream = stream;
		nodeStream.pipe(collector);
		nodeStream.on("error", (err) => {
			collector.end();
			reject(err);
		});
		collector.on("error", reject);
		collector.on("finish", function() {
			resolve(concatBytes(this.bufferedBytes));
		});
	});
};
var Collector = class extends Writable {
	bufferedBytes = [];
	_write(chunk, encoding, callback) {
		this.bufferedBytes.push(chunk);
		callback();
	}
};
// node_modules/@smithy/core/dist-es/submodules/serde/util-stream/sdk-stream-mixin.js
const ERR_MSG_STREAM_HAS_BEEN_TRANSFORMED = "The stream has already been transformed.";
const sdkStreamMixin = (stream) => {
	if (!(stream instanceof Readable)) try {
		return sdkStreamMixin$1(stream);
	} catch (ignored) {
		const name = stream?.__proto__?.constructor?.name || stream;
		throw new Error(`Unexpected stream implementation, expect Stream.Readable instance, got ${name}`);
	}
	let transformed = false;
	const transformToByteArray = async () => {
		if (transformed) throw new Error(ERR_MSG_STREAM_HAS_BEEN_TRANSFORMED);
		transformed = true;
		return await streamCollector(stream);
	};
	return Object.assign(stream, {
		transformToByteArray,
		transformToString: async (encoding) => {
			const buf = await transformToByteArray();
			if (encoding === void 0 || Buffer.isEncoding(encoding)) return fromArrayBuffer(buf.buffer, buf.byteOffset, buf.byteLength).toString(encoding);
			else return new TextDecoder(encoding).decode(buf);
		},
		transformToWebStream: () => {
			if (transformed) throw new Error(ERR_MSG_STREAM_HAS_BEEN_TRANSFORMED);
			if (stream.readableFlowing !== null) throw new Error("The stream has been consumed by other callbacks.");
			if (typeof Readable.toWeb !== "function") throw new Error("Readable.toWeb() is not supported. Please ensure a polyfill is available.");
			transformed = true;
			return Readable.toWeb(stream);
		}
	});
};
// node_modules/@smithy/core/dist-es/submodules/serde/writeKey.js
function writeKey$2(obj) {
	Object.defineProperty(obj, "__proto__", {
		value: void 0,
		writable: true,
		enumerable: true,
		configurable: true
	});
}
// node_modules/@smithy/core/dist-es/submodules/serde/index.js
var Uint8ArrayBlobAdapter = class extends bindUint8ArrayBlobAdapter(toUtf8$1, fromUtf8$1, toBase64$1, fromBase64) {};
const v4 = bindV4(getRandomValues);
const generateIdempotencyToken = v4;
// node_modules/@smithy/core/dist-es/submodules/protocols/collect-stream-body.js
const collectBody = async (streamBody = new Uint8Array(), context) => {
	if (streamBody instanceof Uint8Array) return Uint8ArrayBlobAdapter.mutate(streamBody);
	if (!streamBody) return Uint8ArrayBlobAdapter.mutate(new Uint8Array());
	const fromContext = context.streamCollector(streamBody);
	return Uint8ArrayBlobAdapter.mutate(await fromContext);
};
// node_modules/@smithy/core/dist-es/submodules/protocols/extended-encode-uri-component.js
function extendedEncodeURIComponent(str) {
	if (/^[\w.~-]+$/.test(str)) return str;
	return encodeURIComponent(str).replace(/[!'()*]/g, function(c) {
		return "%" + c.charCodeAt(0).toString(16).toUpperCase();
	});
}
// node_modules/@smithy/core/dist-es/submodules/protocols/HttpBindingNormalizedSchema.js
const HTTP_BINDINGS = Symbol.for("@smithy/schema-x");
var HttpBindingNormalizedSchema = class HttpBindingNormalizedSchema extends NormalizedSchema {
	static identity = Symbol.for("@smithy/HttpBindingNormalizedSchema");
	identity = HttpBindingNormalizedSchema.identity;
	bindings;
	constructor(schema) {
		super(schema);
	}
	static of(schema) {
		const ns = NormalizedSchema.of(schema);
		if (ns.identity === HttpBindingNormalizedSchema.identity) return ns;
		const schemaCache = ns.isMemberSchema() ? ns : ns.getSchema();
		const cache = typeof schemaCache === "object" && schemaCache !== null ? schemaCache : ns;
		return cache[HTTP_BINDINGS] ??= new HttpBindingNormalizedSchema(ns);
	}
	getHttpBindingLocation(traits) {
		if (traits.httpPayload) return 36;
		if (traits.httpLabel) return 33;
		if (traits.httpHeader) return 38;
		if (typeof traits.httpPrefixHeaders === "string") return 39;
		if (traits.httpQuery) return 34;
		if (traits.httpQueryParams) return 35;
		if (traits.httpResponseCode) return 37;
		return 32;
	}
	getHttpBindingValue(location, traits, nested = false) {
		const raw = this.getSchema();
		const type = typeof raw === "number" ? raw & 255 : this.isListSchema() ? 64 : 255;
		const slot = location & 7;
		const media = traits.mediaType ? traits.mediaType === "application/json" || traits.mediaType.endsWith("+json") ? 2 : 1 : 0;
		const stream = traits.streaming || type === 42 ? this.isStructSchema() ? 2 : 1 : 0;
		const timestamp = type >= 4 && type <= 7 ? slot >= 6 ? 2 : slot > 0 && slot < 4 ? 1 : 0 : 0;
		let flags = type | media << 8 | (traits.idempotencyToken ? 1 : 0) << 10 | stream << 11 | (traits.sparse ? 1 : 0) << 13 | timestamp << 14 | (traits.hostLabel ? 1 : 0) << 17 | (location === 36 && typeof raw !== "object" ? 1 : 0) << 18;
		const category = type & 192;
		const collectionValue = slot & 2 && (category === 64 || !nested && slot & 1) ? this.getHttpBindingCollectionValue(location, traits) : void 0;
		const valueType = (collectionValue?.[1] ?? 0) & 255;
		flags |= (slot >= 6 && (valueType === 4 || valueType === 6) ? 1 : 0) << 16;
		return [
			this,
			flags,
			collectionValue
		];
	}
	getHttpBindingCollectionValue(location, traits = this.getMergedTraits()) {
		const valueSchema = HttpBindingNormalizedSchema.of(this.getValueSchema());
		return valueSchema.getHttpBindingValue(location, {
			...valueSchema.getMergedTraits(),
			...traits
		}, true);
	}
	getHttpBindings() {
		const source = this.getSchema();
		return typeof source !== "object" || source === null ? EMPTY_BINDINGS : this.bindings ??= buildHttpBindings(this);
	}
};
const buildHttpBindings = (schema) => {
	const bodyMemberNames = [];
	const bodyMemberSchemas = [];
	const requestBodyMemberNames = [];
	const requestBodyMemberSchemas = [];
	const memberBindings = [];
	const byName = {};
	const headers = {};
	const prefixHeaders = [];
	const responseBindings = {
		headers,
		prefixHeaders
	};
	const bindings = {
		request: {
			memberBindings,
			byName
		},
		response: {
			bodyMemberNames,
			bindings: responseBindings
		}
	};
	const { request, response } = bindings;
	for (const [name, member] of schema.structIterator()) {
		const bindingSchema = HttpBindingNormalizedSchema.of(member);
		const traits = bindingSchema.getMergedTraits();
		const location = bindingSchema.getHttpBindingLocation(traits);
		const wireName = traits.httpHeader?.toLowerCase() ?? traits.httpPrefixHeaders?.toLowerCase() ?? traits.httpQuery;
		const value = bindingSchema.getHttpBindingValue(location, traits);
		const binding = [
			name,
			value,
			location,
			wireName
		];
		if (name === "__proto__") writeKey$2(byName);
		byName[name] = binding;
		if (value[1] >> 10 & 1) request.hasIdempotency = true;
		memberBindings.push(binding);
		const slot = location & 7;
		if (slot === 0) {
			requestBodyMemberNames.push(name);
			requestBodyMemberSchemas.push(member);
		}
		if ((slot & 4) === 0) {
			bodyMemberNames.push(name);
			bodyMemberSchemas.push(member);
		} else if ((slot & 6) === 4) {
			if (slot & 1) responseBindings.statusCode = binding;
			else {
				responseBindings.payload = binding;
				const type = value[1] & 255;
				request.contentTypeInstruction = traits.mediaType ?? (type === 0 ? "text/plain" : type === 21 || type === 42 ? "application/octet-stream" : null);
			}
		} else if (slot & 1) {
			request.hasPrefixHeaders = true;
			prefixHeaders.push(binding);
		} else {
			if (wireName === "__proto__") writeKey$2(headers);
			headers[wireName] = binding;
		}
	}
	if (request.contentTypeInstruction === void 0 && requestBodyMemberNames.length) request.contentTypeInstruction = null;
	request.syntheticBodySchema = createBodySchema(schema, requestBodyMemberNames, requestBodyMemberSchemas);
	response.syntheticBodySchema = createBodySchema(schema, bodyMemberNames, bodyMemberSchemas);
	return bindings;
};
const buildPathSegments = (path) => {
	const segments = [];
	let offset = 0;
	for (const match of path.matchAll(/\{([^{}+]+)(\+)?\}/g)) {
		if (match.index > offset) segments.push([path.slice(offset, match.index), 0]);
		segments.push([match[1], match[2] ? 2 : 1]);
		offset = match.index + match[0].length;
	}
	if (segments.length && offset < path.length) segments.push([path.slice(offset), 0]);
	return segments.length ? segments : void 0;
};
const buildHttpOperationBindings = (schema) => {
	const { http, endpoint } = translateTraits(schema.traits ?? {});
	const [path, search] = http?.[1].split("?") ?? [];
	return [
		http?.[0],
		path,
		search ? [...new URLSearchParams(search)] : [],
		path ? buildPathSegments(path) : void 0,
		endpoint?.[0]
	];
};
const EMPTY_BINDINGS = {
	request: {
		memberBindings: [],
		byName: {}
	},
	response: {
		bodyMemberNames: [],
		bindings: {
			headers: {},
			prefixHeaders: []
		}
	}
};
const getHttpOperationBindings = (schema) => schema[HTTP_BINDINGS] ??= buildHttpOperationBindings(schema);
const createBodySchema = (schema, memberNames, memberSchemas) => {
	if (!memberNames.length) return;
	const source = schema.getSchema();
	const body = [
		3,
		source[1],
		source[2],
		schema.getMergedTraits(),
		memberNames,
		memberSchemas
	];
	const required = source[6];
	const bodyRequired = required && memberNames.reduce((count, name) => count + (source[4].indexOf(name) < required ? 1 : 0), 0);
	if (bodyRequired) body[6] = bodyRequired;
	return body;
};
// node_modules/@smithy/core/dist-es/submodules/protocols/SerdeContext.js
var SerdeContext = class {
	serdeContext;
	setSerdeContext(serdeContext) {
		this.serdeContext = serdeContext;
	}
};
// node_modules/@smithy/core/dist-es/submodules/protocols/HttpProtocol.js
var HttpProtocol = class extends SerdeContext {
	options;
	compositeErrorRegistry;
	constructor(options) {
		super();
		this.options = options;
		this.compositeErrorRegistry = new TypeRegistry(options.defaultNamespace);
		for (const etr of options.errorTypeRegistries ?? []) this.compositeErrorRegistry.copyFrom(etr);
	}
	getRequestType() {
		return HttpRequest;
	}
	getResponseType() {
		return HttpResponse;
	}
	setSerdeContext(serdeContext) {
		this.serdeContext = serdeContext;
		this.serializer.setSerdeContext(serdeContext);
		this.deserializer.setSerdeContext(serdeContext);
		if (this.getPayloadCodec()) this.getPayloadCodec().setSerdeContext(serdeContext);
	}
	updateServiceEndpoint(request, endpoint) {
		if ("url" in endpoint) {
			request.protocol = endpoint.url.protocol;
			request.hostname = endpoint.url.hostname;
			request.port = endpoint.url.port ? Number(endpoint.url.port) : void 0;
			request.path = endpoint.url.pathname;
			request.fragment = endpoint.url.hash || void 0;
			request.username = endpoint.url.username || void 0;
			request.password = endpoint.url.password || void 0;
			if (!request.query) request.query = {};
			for (const [k, v] of endpoint.url.searchParams.entries()) request.query[k] = v;
			if (endpoint.headers) for (const name in endpoint.headers) {
				if (!hasOwn(endpoint.headers, name)) continue;
				request.headers[name] = endpoint.headers[name].join(", ");
			}
			return request;
		} else {
			request.protocol = endpoint.protocol;
			request.hostname = endpoint.hostname;
			request.port = endpoint.port ? Number(endpoint.port) : void 0;
			request.path = endpoint.path;
			request.query = { ...endpoint.query };
			if (endpoint.headers) for (const name in endpoint.headers) {
				if (!hasOwn(endpoint.headers, name)) continue;
				request.headers[name] = endpoint.headers[name];
			}
			return request;
		}
	}
	setHostPrefix(request, operationSchema, input, operation = getHttpOperationBindings(operationSchema)) {
		if (this.serdeContext?.disableHostPrefix) return;
		const hostPrefix = operation[4];
		if (typeof hostPrefix !== "string") return;
		let resolvedHostPrefix = hostPrefix;
		for (const [name, [, flags]] of HttpBindingNormalizedSchema.of(operationSchema.input).getHttpBindings().request.memberBindings) {
			if (!(flags >> 17 & 1)) continue;
			const replacement = input[name];
			if (typeof replacement !== "string") throw new Error(`@smithy/core/schema - ${name} in input must be a string as hostLabel.`);
			resolvedHostPrefix = resolvedHostPrefix.replace(`{${name}}`, replacement);
		}
		request.hostname = resolvedHostPrefix + request.hostname;
		if (!isValidHostname(request.hostname)) throw new Error(`[${request.hostname}] is not a valid hostname.`);
	}
	deserializeMetadata(output) {
		return {
			httpStatusCode: output.statusCode,
			requestId: output.headers["x-amzn-requestid"] ?? output.headers["x-amzn-request-id"] ?? output.headers["x-amz-request-id"],
			extendedRequestId: output.headers["x-amz-id-2"],
			cfId: output.headers["x-amz-cf-id"]
		};
	}
	resolveError(name, namespaces, registries) {
		const defaultErrorSchema = [
			-3,
			"",
			"Error",
			0,
			[],
			[],
			0
		];
		let schema;
		for (const registry of registries) for (const ns of namespaces) try {
			if (ns === "*") schema = registry.getSchema(name);
			else schema = registry.getSchema(ns + "#" + name);
			const errorCtor = registry.getErrorCtor(schema);
			if (errorCtor) return [
				schema,
				errorCtor,
				"modeled"
			];
			else {
				const syntheticErrorSchema = registry.getBaseException();
				if (syntheticErrorSchema) {
					const syntheticErrorCtor = registry.getErrorCtor(syntheticErrorSchema);
					if (syntheticErrorCtor) return [
						schema,
						syntheticErrorCtor,
						"synthetic"
					];
				}
			}
		} catch (ignored) {}
		for (const registry of registries) {
			const syntheticErrorSchema = registry.getBaseException();
			if (syntheticErrorSchema) {
				const syntheticErrorCtor = registry.getErrorCtor(syntheticErrorSchema);
				if (syntheticErrorCtor) return [
					syntheticErrorSchema,
					syntheticErrorCtor,
					"synthetic"
				];
			}
		}
		return [
			defaultErrorSchema,
			Error,
			"native"
		];
	}
	async serializeEventStream({ eventStream, requestSchema, initialRequest }) {
		return (await this.loadEventStreamCapability()).serializeEventStream({
			eventStream,
			requestSchema,
			initialRequest
		});
	}
	async deserializeEventStream({ response, responseSchema, initialResponseContainer }) {
		return (await this.loadEventStreamCapability()).deserializeEventStream({
			response,
			responseSchema,
			initialResponseContainer
		});
	}
	async loadEventStreamCapability() {
		const { EventStreamSerde, eventStreamSerdeProvider } = await import("./aws.js");
		return new EventStreamSerde({
			marshaller: this.resolveEventStreamMarshaller(eventStreamSerdeProvider),
			serializer: this.serializer,
			deserializer: this.deserializer,
			serdeContext: this.serdeContext,
			defaultContentType: this.getDefaultContentType(),
			compositeErrorRegistry: this.compositeErrorRegistry
		});
	}
	getDefaultContentType() {
		throw new Error(`@smithy/core/protocols - ${this.constructor.name} getDefaultContentType() implementation missing.`);
	}
	async deserializeHttpMessage(schema, context, response, arg4, arg5) {
		return [];
	}
	getEventStreamMarshaller() {
		const context = this.serdeContext;
		if (!context.eventStreamMarshaller) throw new Error("@smithy/core - HttpProtocol: eventStreamMarshaller missing in serdeContext.");
		return context.eventStreamMarshaller;
	}
	resolveEventStreamMarshaller(importedProvider) {
		const context = this.serdeContext;
		if (context.eventStreamMarshaller) return context.eventStreamMarshaller;
		return importedProvider(this.serdeContext);
	}
};
// node_modules/@smithy/core/dist-es/submodules/protocols/HttpBindingProtocol.js
var HttpBindingProtocol = class extends HttpProtocol {
	async serializeRequest(operationSchema, _input, context) {
		const input = _input && typeof _input === "object" ? _input : {};
		const query = {};
		const headers = {};
		const endpoint = await context.endpoint();
		const ns = HttpBindingNormalizedSchema.of(operationSchema?.input);
		const bindings = ns.getHttpBindings().request;
		const operation = getHttpOperationBindings(operationSchema);
		const request = new HttpRequest({
			query,
			headers
		});
		if (endpoint) {
			this.updateServiceEndpoint(request, endpoint);
			this.setHostPrefix(request, operationSchema, input, operation);
			const [method, path, staticQuery] = operation;
			if (method) {
				request.method = method;
				request.path = request.path === "/" ? path : request.path + path;
				for (const [key, value] of staticQuery) query[key] = value;
			}
		}
		request.query = query;
		const eventStream = this.serializeHttpBindings(input, request, bindings, operation);
		if (eventStream) request.body = await this.serializeEventStream({
			eventStream,
			requestSchema: ns
		});
		return request;
	}
	serializeHttpBindings(input, request, bindings, operation) {
		const serializer = this.serializer;
		const directSerializer = typeof serializer.writeCodec === "function" ? serializer : void 0;
		const query = request.query;
		const headers = request.headers;
		const bodySchema = bindings.syntheticBodySchema;
		let hasBodyValue = false;
		let payload;
		let eventStream;
		let labels;
		const names = Object.getOwnPropertyNames(input);
		const prototype = Object.getPrototypeOf(input);
		const sparse = (prototype === Object.prototype || prototype === null) && !bindings.hasIdempotency && !bindings.hasPrefixHeaders && names.length * 2 < bindings.memberBindings.length;
		const length = sparse ? names.length : bindings.memberBindings.length;
		for (let i = 0; i < length; ++i) {
			const binding = sparse ? hasOwn(bindings.byName, names[i]) ? bindings.byName[names[i]] : void 0 : bindings.memberBindings[i];
			if (!binding) continue;
			const value = binding[1];
			const memberName = binding[0];
			const memberNs = value[0];
			const flags = value[1];
			const collectionValue = value[2];
			const location = binding[2];
			const wireName = binding[3];
			const inputMemberValue = input[memberName];
			if (inputMemberValue == null && !(flags >> 10 & 1)) continue;
			if (location === 36) {
				const stream = flags >> 11 & 3;
				if (stream) {
					if (stream === 2) eventStream = inputMemberValue || void 0;
					else payload = inputMemberValue;
				} else {
					if (directSerializer) directSerializer.writeCodec(memberNs, inputMemberValue);
					else serializer.write(memberNs, inputMemberValue);
					payload = serializer.flush();
				}
			} else if (location === 33 || location === 38) {
				const serialized = this.serializeHttpValue(value, inputMemberValue, location, directSerializer);
				if (location === 33) (labels ??= Object.create(null))[memberName] = serialized;
				else headers[wireName] = serialized;
			} else if (location === 39) for (const key in inputMemberValue) {
				if (!hasOwn(inputMemberValue, key)) continue;
				const amalgam = wireName + key;
				headers[amalgam.toLowerCase()] = this.serializeHttpValue(collectionValue, inputMemberValue[key], 38, directSerializer, directSerializer ? collectionValue[0] : [collectionValue[0], { httpHeader: amalgam }]);
			}
			else if ((location & 62) === 34) this.serializeQuery(value, inputMemberValue, wireName, query, directSerializer);
			else hasBodyValue = true;
		}
		const operationPath = operation[1];
		const pathSegments = operation[3];
		if (operationPath && pathSegments && request.path.endsWith(operationPath)) request.path = request.path.slice(0, -operationPath.length) + this.serializePath(pathSegments, labels, bindings);
		if (hasBodyValue && bodySchema) {
			if (directSerializer) directSerializer.writeCodec(bodySchema, input);
			else serializer.write(bodySchema, input);
			payload = serializer.flush();
		}
		request.body = payload;
		return eventStream;
	}
	serializeQuery(value, data, wireName, query, directSerializer) {
		const [ns, flags, collectionValue] = value;
		const traits = directSerializer ? void 0 : ns.getMergedTraits();
		if (wireName === void 0) {
			for (const key in data) {
				if (!hasOwn(data, key) || key in query) continue;
				if (!directSerializer) Object.assign(collectionValue[0].getMergedTraits(), {
					...traits,
					httpQuery: key,
					httpQueryParams: void 0
				});
				this.serializeQuery(collectionValue, data[key], key, query, directSerializer);
			}
			return;
		}
		if ((flags & 192) === 64) {
			const buffer = [];
			for (const item of data) {
				const serialized = this.serializeHttpValue(collectionValue, item, 34, directSerializer, directSerializer ? collectionValue[0] : [collectionValue[0], traits]);
				if (flags >> 13 & 1 || serialized !== void 0) buffer.push(serialized);
			}
			query[wireName] = buffer;
		} else query[wireName] = this.serializeHttpValue(value, data, 34, directSerializer, directSerializer ? ns : [ns, traits]);
	}
	serializeHttpValue(value, data, location, directSerializer, schema = value[0]) {
		const flags = value[1];
		const type = flags & 255;
		if (directSerializer && !(flags & 1792) && (type <= 2 || type === 17 || type === 19)) return String(data);
		if (directSerializer) directSerializer.writeHttpBinding(value, data, location);
		else this.serializer.write(schema, data);
		return this.serializer.flush();
	}
	serializePath(segments, labels, bindings) {
		let path = "";
		for (const [value, kind] of segments) {
			if (kind === 0) {
				path += value;
				continue;
			}
			const replacement = labels?.[value];
			if (replacement === void 0) {
				if (hasOwn(bindings.byName, value) && bindings.byName[value][2] === 33) throw new Error(`No value provided for input HTTP label: ${value}.`);
				path += `{${value}${kind === 2 ? "+" : ""}}`;
			} else path += kind === 2 ? replacement.split("/").map(extendedEncodeURIComponent).join("/") : extendedEncodeURIComponent(replacement);
		}
		return path;
	}
	async deserializeResponse(operationSchema, context, response) {
		const deserializer = this.deserializer;
		const directDeserializer = typeof deserializer.readCodec === "function" ? deserializer : void 0;
		const ns = HttpBindingNormalizedSchema.of(operationSchema.output);
		const responseBindings = ns.getHttpBindings().response;
		const dataObject = {};
		if (response.statusCode >= 300) {
			const bytes = await collectBody(response.body, context);
			if (bytes.byteLength > 0) Object.assign(dataObject, await deserializer.read(15, bytes));
			await this.handleError(operationSchema, context, response, dataObject, this.deserializeMetadata(response));
			throw new Error("@smithy/core/protocols - HTTP Protocol error handler failed to throw.");
		}
		const nonHttpBindingMembers = await this.deserializeHttpMessage(ns, context, response, dataObject);
		if (nonHttpBindingMembers.length) {
			const bytes = await collectBody(response.body, context);
			if (bytes.byteLength > 0) {
				const dataFromBody = await (directDeserializer ? directDeserializer.readCodec(responseBindings.syntheticBodySchema, bytes) : deserializer.read(responseBindings.syntheticBodySchema, bytes));
				for (const member of nonHttpBindingMembers) if (dataFromBody[member] != null) dataObject[member] = dataFromBody[member];
			}
		} else if (!responseBindings.bindings.payload) await collectBody(response.body, context);
		dataObject.$metadata = this.deserializeMetadata(response);
		return dataObject;
	}
	async deserializeHttpMessage(schema, context, response, arg4, arg5) {
		const dataObject = arg4 instanceof Set ? arg5 : arg4;
		const deserializer = this.deserializer;
		const directDeserializer = typeof deserializer.readCodec === "function" ? deserializer : void 0;
		const ns = HttpBindingNormalizedSchema.of(schema);
		const { bodyMemberNames, bindings: { payload, statusCode, headers: responseHeaders, prefixHeaders } } = ns.getHttpBindings().response;
		const headers = response.headers;
		if (payload) {
			const [memberName, value] = payload;
			const [memberSchema, flags] = value;
			const stream = flags >> 11 & 3;
			if (stream) {
				if (stream === 2) dataObject[memberName] = await this.deserializeEventStream({
					response,
					responseSchema: ns
				});
				else dataObject[memberName] = sdkStreamMixin(response.body);
			} else if (response.body) {
				const bytes = await collectBody(response.body, context);
				if (bytes.byteLength > 0) dataObject[memberName] = await (directDeserializer ? directDeserializer.readPayload(value, bytes) : deserializer.read(memberSchema, bytes));
			}
		}
		for (const header in headers) {
			if (!hasOwn(headers, header)) continue;
			const lower = header.toLowerCase();
			const headerValue = headers[header];
			if (lower !== header) {
				delete headers[header];
				headers[lower] = headerValue;
			}
			const binding = hasOwn(responseHeaders, lower) ? responseHeaders[lower] : void 0;
			if (!binding) continue;
			const [memberName, [memberSchema, flags, collectionValue], , wireName] = binding;
			if (collectionValue) {
				const sections = flags >> 16 & 1 ? splitEvery(headerValue, ",", 2) : splitHeader(headerValue);
				const list = [];
				for (const section of sections) list.push(directDeserializer ? directDeserializer.readHttpBinding(collectionValue, section.trim(), 38) : await deserializer.read([collectionValue[0], { httpHeader: wireName }], section.trim()));
				dataObject[memberName] = list;
			} else dataObject[memberName] = directDeserializer ? directDeserializer.readHttpBinding(binding[1], headerValue, 38) : await deserializer.read(memberSchema, headerValue);
		}
		for (const [memberName, [, , collectionValue], , wireName] of prefixHeaders) {
			dataObject[memberName] = {};
			for (const header in headers) {
				if (!hasOwn(headers, header)) continue;
				if (!header.startsWith(wireName)) continue;
				const headerValue = headers[header];
				dataObject[memberName][header.slice(wireName.length)] = directDeserializer ? directDeserializer.readHttpBinding(collectionValue, headerValue, 38) : await deserializer.read([collectionValue[0], { httpHeader: header }], headerValue);
			}
		}
		if (statusCode) dataObject[statusCode[0]] = response.statusCode;
		return bodyMemberNames;
	}
};
// node_modules/@smithy/core/dist-es/submodules/protocols/RpcProtocol.js
var RpcProtocol = class extends HttpProtocol {
	async serializeRequest(operationSchema, _input, context) {
		const serializer = this.serializer;
		const query = {};
		const headers = {};
		const endpoint = await context.endpoint();
		const ns = NormalizedSchema.of(operationSchema?.input);
		const schema = ns.getSchema();
		let payload;
		const input = _input && typeof _input === "object" ? _input : {};
		const request = new HttpRequest({
			protocol: "",
			hostname: "",
			port: void 0,
			path: "/",
			fragment: void 0,
			query,
			headers,
			body: void 0
		});
		if (endpoint) {
			this.updateServiceEndpoint(request, endpoint);
			this.setHostPrefix(request, operationSchema, input);
		}
		if (input) {
			const eventStreamMember = ns.getEventStreamMember();
			if (eventStreamMember) {
				if (input[eventStreamMember]) {
					const initialRequest = {};
					for (const [memberName] of ns.structIterator()) if (memberName !== eventStreamMember && input[memberName] != null) initialRequest[memberName] = input[memberName];
					payload = await this.serializeEventStream({
						eventStream: input[eventStreamMember],
						requestSchema: ns,
						initialRequest
					});
				}
			} else {
				serializer.write(schema, input);
				payload = serializer.flush();
			}
		}
		request.headers = Object.assign(request.headers, headers);
		request.query = query;
		request.body = payload;
		request.method = "POST";
		return request;
	}
	async deserializeResponse(operationSchema, context, response) {
		const deserializer = this.deserializer;
		const ns = NormalizedSchema.of(operationSchema.output);
		const dataObject = {};
		if (this.isErrorResponse(response.statusCode)) {
			const bytes = await collectBody(response.body, context);
			if (bytes.byteLength > 0) Object.assign(dataObject, await deserializer.read(15, bytes));
			await this.handleError(operationSchema, context, response, dataObject, this.deserializeMetadata(response));
			throw new Error("@smithy/core/protocols - RPC Protocol error handler failed to throw.");
		}
		for (const header in response.headers) {
			if (!hasOwn(response.headers, header)) continue;
			const value = response.headers[header];
			delete response.headers[header];
			response.headers[header.toLowerCase()] = value;
		}
		const eventStreamMember = ns.getEventStreamMember();
		if (eventStreamMember) dataObject[eventStreamMember] = await this.deserializeEventStream({
			response,
			responseSchema: ns,
			initialResponseContainer: dataObject
		});
		else {
			const bytes = await collectBody(response.body, context);
			if (bytes.byteLength > 0) Object.assign(dataObject, await deserializer.read(ns, bytes));
		}
		dataObject.$metadata = this.deserializeMetadata(response);
		return dataObject;
	}
	isErrorResponse(statusCode) {
		return statusCode >= 300;
	}
};
// node_modules/@smithy/core/dist-es/submodules/protocols/serde/FromStringShapeDeserializer.js
var FromStringShapeDeserializer = class extends SerdeContext {
	settings;
	constructor(settings) {
		super();
		this.settings = settings;
	}
	read(_schema, data) {
		const ns = HttpBindingNormalizedSchema.of(_schema);
		const traits = ns.getMergedTraits();
		const location = ns.getHttpBindingLocation(traits);
		return this.readHttpBinding(ns.getHttpBindingValue(location, traits), data, location);
	}
	readHttpBinding([ns, flags, collectionValue], data, location) {
		const schema = flags & 255;
		if ((schema & 192) === 64) {
			collectionValue ??= ns.getHttpBindingCollectionValue(location);
			return splitHeader(data).map((item) => this.readHttpBinding(collectionValue, item, location));
		}
		switch (schema) {
			case 21:
			case 42: return (this.serdeContext?.base64Decoder ?? fromBase64)(data);
			case 4:
			case 5:
			case 6:
			case 7: {
				const bindingFormat = this.settings.httpBindings ? flags >> 14 & 3 : 0;
				switch (this.settings.timestampFormat.useTrait && schema > 4 ? schema : bindingFormat ? bindingFormat + 4 : this.settings.timestampFormat.default) {
					case 5: return _parseRfc3339DateTimeWithOffset(data);
					case 6: return _parseRfc7231DateTime(data);
					case 7: return _parseEpochTimestamp(data);
					default:
						console.warn("Missing timestamp format, parsing value with Date constructor:", data);
						return new Date(data);
				}
			}
			case 0: {
				const media = flags >> 8 & 3;
				if (!media) return data;
				let intermediateValue = data;
				if ((location & 6) === 6) intermediateValue = (this.serdeContext?.utf8Encoder ?? toUtf8$1)((this.serdeContext?.base64Decoder ?? fromBase64)(intermediateValue));
				return media === 2 ? LazyJsonString.from(intermediateValue) : intermediateValue;
			}
			case 1: return Number(data);
			case 2: return data.toLowerCase() === "true";
			case 17: return BigInt(data);
			case 19: return new NumericValue(data, "bigDecimal");
			default: return data;
		}
	}
};
// node_modules/@smithy/core/dist-es/submodules/protocols/serde/HttpInterceptingShapeDeserializer.js
var HttpInterceptingShapeDeserializer = class extends SerdeContext {
	codecDeserializer;
	stringDeserializer;
	constructor(codecDeserializer, codecSettings) {
		super();
		this.codecDeserializer = codecDeserializer;
		this.stringDeserializer = new FromStringShapeDeserializer(codecSettings);
	}
	setSerdeContext(serdeContext) {
		this.stringDeserializer.setSerdeContext(serdeContext);
		this.codecDeserializer.setSerdeContext(serdeContext);
		this.serdeContext = serdeContext;
	}
	read(schema, data) {
		const ns = HttpBindingNormalizedSchema.of(schema);
		const traits = ns.getMergedTraits();
		if (traits.httpHeader || traits.httpResponseCode) {
			const value = ns.getHttpBindingValue(38, traits);
			return this.readHttpBinding(value, data, 38);
		}
		if (traits.httpPayload) return this.readPayload(ns.getHttpBindingValue(36, traits), data);
		return this.readCodec(ns, data);
	}
	readHttpBinding(binding, data, location) {
		const value = typeof data === "string" ? data : (this.serdeContext?.utf8Encoder ?? toUtf8$1)(data);
		return this.stringDeserializer.readHttpBinding(binding, value, location);
	}
	readPayload([schema, flags], data) {
		const type = flags & 255;
		if (type === 21 || type === 42) return typeof data === "string" ? (this.serdeContext?.utf8Decoder ?? fromUtf8$1)(data) : data;
		if (type === 0) return typeof data === "string" ? data : (this.serdeContext?.utf8Encoder ?? toUtf8$1)(data);
		return this.readCodec(schema, data);
	}
	readCodec(schema, data) {
		return this.codecDeserializer.read(schema, data);
	}
};
// node_modules/@smithy/core/dist-es/submodules/protocols/serde/ToStringShapeSerializer.js
var ToStringShapeSerializer = class extends SerdeContext {
	settings;
	stringBuffer = "";
	constructor(settings) {
		super();
		this.settings = settings;
	}
	write(schema, value) {
		const ns = HttpBindingNormalizedSchema.of(schema);
		const traits = ns.getMergedTraits();
		const location = ns.getHttpBindingLocation(traits);
		this.writeHttpBinding(ns.getHttpBindingValue(location, traits), value, location);
	}
	writeHttpBinding([ns, flags, collectionValue], value, location) {
		const schema = flags & 255;
		switch (typeof value) {
			case "object":
				if (value === null) {
					this.stringBuffer = "null";
					return;
				}
				if (schema >= 4 && schema <= 7) {
					if (!(value instanceof Date)) throw new Error(`@smithy/core/protocols - received non-Date value ${value} when schema expected Date in ${ns.getName(true)}`);
					const bindingFormat = this.settings.httpBindings ? flags >> 14 & 3 : 0;
					switch (this.settings.timestampFormat.useTrait && schema > 4 ? schema : bindingFormat ? bindingFormat + 4 : this.settings.timestampFormat.default) {
						case 5:
							this.stringBuffer = value.toISOString().replace(".000Z", "Z");
							break;
						case 6:
							this.stringBuffer = dateToUtcString(value);
							break;
						case 7:
							this.stringBuffer = String(value.getTime() / 1e3);
							break;
						default:
							console.warn("Missing timestamp format, using epoch seconds", value);
							this.stringBuffer = String(value.getTime() / 1e3);
					}
					return;
				}
				if ((schema === 21 || schema === 42) && "byteLength" in value) {
					this.stringBuffer = (this.serdeContext?.base64Encoder ?? toBase64$1)(value);
					return;
				}
				if ((schema & 192) === 64 && Array.isArray(value)) {
					collectionValue ??= ns.getHttpBindingCollectionValue(location);
					const valueSchemaType = collectionValue[1] & 255;
					const isTimestamp = valueSchemaType >= 4 && valueSchemaType <= 7;
					let buffer = "";
					for (const item of value) {
						this.writeHttpBinding(collectionValue, item, location);
						const headerItem = this.flush();
						if (buffer) buffer += ", ";
						buffer += isTimestamp ? headerItem : quoteHeader(headerItem);
					}
					this.stringBuffer = buffer;
					return;
				}
				this.stringBuffer = JSON.stringify(value, null, 2);
				break;
			case "string":
				const media = flags >> 8 & 3;
				let intermediateValue = value;
				if (media === 2) intermediateValue = LazyJsonString.from(intermediateValue);
				if (media && (location & 6) === 6) {
					this.stringBuffer = (this.serdeContext?.base64Encoder ?? toBase64$1)(intermediateValue.toString());
					return;
				}
				this.stringBuffer = value;
				break;
			default: this.stringBuffer = flags >> 10 & 1 ? generateIdempotencyToken() : String(value);
		}
	}
	flush() {
		const buffer = this.stringBuffer;
		this.stringBuffer = "";
		return buffer;
	}
};
// node_modules/@smithy/core/dist-es/submodules/protocols/serde/HttpInterceptingShapeSerializer.js
var HttpInterceptingShapeSerializer = class {
	codecSerializer;
	stringSerializer;
	buffer;
	constructor(codecSerializer, codecSettings, stringSerializer = new ToStringShapeSerializer(codecSettings)) {
		this.codecSerializer = codecSerializer;
		this.stringSerializer = stringSerializer;
	}
	setSerdeContext(serdeContext) {
		this.codecSerializer.setSerdeContext(serdeContext);
		this.stringSerializer.setSerdeContext(serdeContext);
	}
	write(schema, value) {
		const ns = HttpBindingNormalizedSchema.of(schema);
		const traits = ns.getMergedTraits();
		if (traits.httpHeader || traits.httpLabel || traits.httpQuery) {
			const location = ns.getHttpBindingLocation(traits);
			this.writeHttpBinding(ns.getHttpBindingValue(location, traits), value, location);
			return;
		}
		this.writeCodec(ns, value);
	}
	writeHttpBinding(binding, value, location) {
		this.stringSerializer.writeHttpBinding(binding, value, location);
		this.buffer = this.stringSerializer.flush();
	}
	writeCodec(schema, value) {
		this.codecSerializer.write(schema, value);
	}
	flush() {
		if (this.buffer !== void 0) {
			const buffer = this.buffer;
			this.buffer = void 0;
			return buffer;
		}
		return this.codecSerializer.flush();
	}
};
// node_modules/@smithy/core/dist-es/submodules/protocols/serde/determineTimestampFormat.js
function determineTimestampFormat(ns, settings) {
	if (settings.timestampFormat.useTrait) {
		const schema = ns.getSchema();
		if (schema === 5 || schema === 6 || schema === 7) return schema;
	}
	const { httpLabel, httpPrefixHeaders, httpHeader, httpQuery } = ns.getMergedTraits();
	return (settings.httpBindings ? typeof httpPrefixHeaders === "string" || Boolean(httpHeader) ? 6 : Boolean(httpQuery) || Boolean(httpLabel) ? 5 : void 0 : void 0) ?? settings.timestampFormat.default;
}
// node_modules/@smithy/core/dist-es/submodules/protocols/protocol-http/extensions/httpExtensionConfiguration.js
const getHttpHandlerExtensionConfiguration = (runtimeConfig) => {
	if (runtimeConfig.logger && runtimeConfig.logger.constructor?.name !== "NoOpLogger") runtimeConfig.requestHandler?.updateHttpClientConfig?.(Symbol.for("logger"), runtimeConfig.logger);
	if (runtimeConfig.defaultSocketTimeout) runtimeConfig.requestHandler?.updateHttpClientConfig?.(Symbol.for("@smithy/defaultSocketTimeout"), runtimeConfig.defaultSocketTimeout);
	return {
		setHttpHandler(handler) {
			runtimeConfig.requestHandler = handler;
		},
		httpHandler() {
			return runtimeConfig.requestHandler;
		},
		updateHttpClientConfig(key, value) {
			runtimeConfig.requestHandler?.updateHttpClientConfig(key, value);
		},
		httpHandlerConfigs() {
			return runtimeConfig.requestHandler.httpHandlerConfigs();
		}
	};
};
const resolveHttpHandlerRuntimeConfig = (httpHandlerExtensionConfiguration) => {
	return { requestHandler: httpHandlerExtensionConfiguration.httpHandler() };
};
// node_modules/@smithy/core/dist-es/submodules/protocols/middleware-content-length/contentLengthMiddleware.js
const CONTENT_LENGTH_HEADER = "content-length";
function contentLengthMiddleware(bodyLengthChecker) {
	return (next) => async (args) => {
		const request = args.request;
		if (HttpRequest.isInstance(request)) {
			const { body, headers } = request;
			if (body && Object.keys(headers).map((str) => str.toLowerCase()).indexOf(CONTENT_LENGTH_HEADER) === -1) try {
				const length = bodyLengthChecker(body);
				if (length != null) request.headers = {
					...request.headers,
					[CONTENT_LENGTH_HEADER]: String(length)
				};
			} catch (ignored) {}
		}
		return next({
			...args,
			request
		});
	};
}
const contentLengthMiddlewareOptions = {
	step: "build",
	tags: ["SET_CONTENT_LENGTH", "CONTENT_LENGTH"],
	name: "contentLengthMiddleware",
	override: true
};
const getContentLengthPlugin = (options) => ({ applyToStack: (clientStack) => {
	clientStack.add(contentLengthMiddleware(options.bodyLengthChecker), contentLengthMiddlewareOptions);
} });
// node_modules/@smithy/core/dist-es/submodules/protocols/util-uri-escape/escape-uri.js
const escapeUri = (uri) => encodeURIComponent(uri).replace(/[!'()*]/g, hexEncode);
const hexEncode = (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`;
// node_modules/@smithy/core/dist-es/submodules/protocols/querystring-builder/buildQueryString.js
function buildQueryString(query) {
	const parts = [];
	for (let key of Object.keys(query).sort()) {
		const value = query[key];
		key = escapeUri(key);
		if (Array.isArray(value)) for (let i = 0, iLen = value.length; i < iLen; i++) parts.push(`${key}=${escapeUri(value[i])}`);
		else {
			let qsEntry = key;
			if (value || typeof value === "string") qsEntry += `=${escapeUri(value)}`;
			parts.push(qsEntry);
		}
	}
	return parts.join("&");
}
// node_modules/@smithy/core/dist-es/submodules/protocols/ConfigurableSerdeContext.js
var SerdeContextConfig$1 = class {
	serdeContext;
	setSerdeContext(serdeContext) {
		this.serdeContext = serdeContext;
	}
};
// node_modules/@smithy/core/dist-es/submodules/protocols/UnionSerde.js
var UnionSerde$1 = class {
	from;
	to;
	keys;
	constructor(from, to) {
		this.from = from;
		this.to = to;
		const keys = Object.keys(this.from);
		const set = new Set(keys);
		set.delete("__type");
		this.keys = set;
	}
	mark(key) {
		this.keys.delete(key);
	}
	hasUnknown() {
		return this.keys.size === 1 && Object.keys(this.to).length === 0;
	}
	writeUnknown() {
		if (this.hasUnknown()) {
			const k = this.keys.values().next().value;
			const v = this.from[k];
			this.to.$unknown = [k, v];
		}
	}
};
// node_modules/@smithy/core/dist-es/submodules/protocols/json/detectBufferParsing.js
let canParseBuffer;
function detectBufferParsing() {
	if (canParseBuffer === void 0) try {
		if (typeof Buffer !== "function") canParseBuffer = false;
		else {
			const result = JSON.parse(Buffer.from([123, 125]));
			canParseBuffer = result !== null && typeof result === "object";
		}
	} catch {
		canParseBuffer = false;
	}
	return canParseBuffer;
}
// node_modules/@smithy/core/dist-es/submodules/protocols/json/jsonReviver.js
function jsonReviver(key, value, context) {
	if (context?.source) {
		const numericString = context.source;
		if (typeof value === "number") {
			if (value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER) {
				if (isRepresentable(numericString, value)) return value;
				return new NumericValue(numericString, "bigDecimal");
			} else {
				if (isFractionalBigNumeric(numericString)) return new NumericValue(numericString, "bigDecimal");
				if (/[eE]/.test(numericString)) return expandExponentToBigInt(numericString);
				return BigInt(numericString);
			}
		}
	}
	return value;
}
function isFractionalBigNumeric(s) {
	const dotIndex = s.indexOf(".");
	if (dotIndex === -1) return false;
	const eIndex = s.search(/[eE]/);
	if (eIndex === -1) return true;
	const fracDigits = eIndex - dotIndex - 1;
	return parseInt(s.slice(eIndex + 1), 10) < fracDigits;
}
function isRepresentable(numericString, value) {
	if (numericString === String(value)) return true;
	if (Object.is(value, -0)) return true;
	if (/[eE]/.test(numericString)) return expandToDecimal(numericString) === expandToDecimal(String(value));
	const normalized = numericString.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
	const canonical = String(value);
	if (normalized === canonical) return true;
	if (/[eE]/.test(canonical)) return normalized === expandToDecimal(canonical);
	return false;
}
function expandToDecimal(s) {
	const negative = s.startsWith("-");
	const abs = negative ? s.slice(1) : s;
	const eIndex = abs.search(/[eE]/);
	let result;
	if (eIndex === -1) result = abs;
	else {
		const exp = parseInt(abs.slice(eIndex + 1), 10);
		const mantissa = abs.slice(0, eIndex);
		const dotIndex = mantissa.indexOf(".");
		let digits;
		let intLen;
		if (dotIndex === -1) {
			digits = mantissa;
			intLen = mantissa.length;
		} else {
			digits = mantissa.slice(0, dotIndex) + mantissa.slice(dotIndex + 1);
			intLen = dotIndex;
		}
		digits = digits.replace(/0+$/, "") || "0";
		const newDotPos = intLen + exp;
		if (digits === "0") result = "0";
		else if (newDotPos <= 0) result = "0." + "0".repeat(-newDotPos) + digits;
		else if (newDotPos >= digits.length) result = digits + "0".repeat(newDotPos - digits.length);
		else result = digits.slice(0, newDotPos) + "." + digits.slice(newDotPos);
	}
	if (result.includes(".")) result = result.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
	return (negative ? "-" : "") + result;
}
function expandExponentToBigInt(s) {
	const eIndex = s.search(/[eE]/);
	const exp = parseInt(s.slice(eIndex + 1), 10);
	const negative = s.startsWith("-");
	const mantissa = s.slice(negative ? 1 : 0, eIndex);
	const dotIndex = mantissa.indexOf(".");
	let digits;
	let shift;
	if (dotIndex === -1) {
		digits = mantissa;
		shift = exp;
	} else {
		digits = mantissa.slice(0, dotIndex) + mantissa.slice(dotIndex + 1);
		shift = exp - (mantissa.length - dotIndex - 1);
	}
	digits = digits.replace(/0+$/, "") || "0";
	const result = BigInt(digits) * 10n ** BigInt(shift + (mantissa.replace(".", "").length - digits.length));
	return negative ? -result : result;
}
// node_modules/@smithy/core/dist-es/submodules/protocols/json/needsReviver.js
const REVIVER_SYMBOL = Symbol.for("@aws-sdk/reviver");
function needsReviver(schema) {
	const ns = NormalizedSchema.of(schema);
	const raw = ns.getSchema();
	if (Array.isArray(raw) && ns.isStructSchema()) {
		if (REVIVER_SYMBOL in raw) return raw[REVIVER_SYMBOL];
		const result = _check(ns, new Set());
		raw[REVIVER_SYMBOL] = result;
		return result;
	}
	return _check(ns, new Set());
}
function _check(ns, seen) {
	const raw = ns.getSchema();
	if (seen.has(raw)) return false;
	seen.add(raw);
	if (ns.isBigIntegerSchema() || ns.isBigDecimalSchema()) return true;
	if (ns.isStructSchema()) {
		for (const [, memberSchema] of ns.structIterator()) if (_check(memberSchema, seen)) return true;
	} else if (ns.isListSchema() || ns.isMapSchema()) {
		if (_check(ns.getValueSchema(), seen)) return true;
	} else if (ns.isDocumentSchema()) return true;
	return false;
}
// node_modules/@smithy/core/dist-es/submodules/protocols/common.js
const collectBodyString = (streamBody, context) => collectBody(streamBody, context).then((body) => (context?.utf8Encoder ?? toUtf8$1)(body));
// node_modules/@smithy/core/dist-es/submodules/protocols/json/parseJsonBody.js
async function parseJsonBody(streamBody, context, schema) {
	let parsingInput;
	if (detectBufferParsing() && typeof streamBody?.[Symbol.asyncIterator] === "function") {
		const buffer = await collectBody(streamBody, context);
		if (typeof Buffer === "function") {
			if (Buffer.isBuffer(buffer)) parsingInput = buffer;
			else parsingInput = Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength);
		}
	}
	if (!parsingInput) parsingInput = await collectBodyString(streamBody, context);
	if (parsingInput.length === 0) return {};
	const reviver = schema && needsReviver(schema) ? jsonReviver : void 0;
	try {
		return JSON.parse(parsingInput, reviver);
	} catch (e) {
		if (e?.name === "SyntaxError") Object.defineProperty(e, "$responseBodyText", { value: typeof parsingInput === "string" ? parsingInput : parsingInput.toString("utf8") });
		throw e;
	}
}
const findKey = (object, key) => Object.keys(object).find((k) => k.toLowerCase() === key.toLowerCase());
const sanitizeErrorCode = (rawValue) => {
	let cleanValue = rawValue;
	if (typeof cleanValue === "number") cleanValue = cleanValue.toString();
	if (cleanValue.indexOf(",") >= 0) cleanValue = cleanValue.split(",")[0];
	if (cleanValue.indexOf(":") >= 0) cleanValue = cleanValue.split(":")[0];
	if (cleanValue.indexOf("#") >= 0) cleanValue = cleanValue.split("#")[1];
	return cleanValue;
};
const loadRestJsonErrorCode = (output, data) => {
	return loadErrorCode(output, data, [
		"header",
		"code",
		"type"
	]);
};
const loadJsonRpcErrorCode = (output, data, queryCompat = false) => {
	return loadErrorCode(output, data, queryCompat ? [
		"code",
		"header",
		"type"
	] : [
		"type",
		"code",
		"header"
	]);
};
const loadErrorCode = ({ headers }, data, order) => {
	while (order.length > 0) switch (order.shift()) {
		case "header":
			const headerKey = findKey(headers ?? {}, "x-amzn-errortype");
			if (headerKey !== void 0) return sanitizeErrorCode(headers[headerKey]);
			break;
		case "code":
			const codeKey = findKey(data ?? {}, "code");
			if (codeKey && data[codeKey] !== void 0) return sanitizeErrorCode(data[codeKey]);
			break;
		case "type": if (data?.__type !== void 0) return sanitizeErrorCode(data.__type);
	}
};
// node_modules/@smithy/core/dist-es/submodules/protocols/json/codec-v2/JsonShapeDeserializer2.js
var JsonShapeDeserializer2 = class extends SerdeContextConfig$1 {
	settings;
	constructor(settings) {
		super();
		this.settings = settings;
	}
	async read(schema, data) {
		const reviver = needsReviver(schema) ? jsonReviver : void 0;
		let parsed;
		if (typeof data === "string") {
			if (data.length === 0) return {};
			parsed = JSON.parse(data, reviver);
		} else if (data instanceof Uint8Array && detectBufferParsing()) {
			if (data.byteLength === 0) return {};
			const buf = Buffer.isBuffer(data) ? data : Buffer.from(data.buffer, data.byteOffset, data.byteLength);
			parsed = JSON.parse(buf, reviver);
		} else parsed = await parseJsonBody(data, this.serdeContext, schema);
		return this._read(schema, parsed);
	}
	readObject(schema, data) {
		return this._read(schema, data);
	}
	_read(schema, value) {
		const isObject = value !== null && typeof value === "object";
		const ns = NormalizedSchema.of(schema);
		if (isObject) {
			if (ns.isStructSchema()) return this._readStruct(ns, value);
			if (Array.isArray(value) && ns.isListSchema()) {
				const listMember = ns.getValueSchema();
				if (this.needsTransform(listMember)) for (let i = 0; i < value.length; ++i) value[i] = this._read(listMember, value[i]);
				return value;
			}
			if (ns.isMapSchema()) {
				const mapMember = ns.getValueSchema();
				const map = value;
				if (this.needsTransform(mapMember)) for (const k in map) {
					if (!hasOwn(map, k)) continue;
					if (k === "__proto__") writeKey$2(map);
					map[k] = this._read(mapMember, map[k]);
				}
				return map;
			}
		}
		if (ns.isBlobSchema() && typeof value === "string") return fromBase64(value);
		const mediaType = ns.getMergedTraits().mediaType;
		if (ns.isStringSchema() && typeof value === "string" && mediaType) {
			if (mediaType === "application/json" || mediaType.endsWith("+json")) return LazyJsonString.from(value);
			return value;
		}
		if (ns.isTimestampSchema() && value != null) switch (determineTimestampFormat(ns, this.settings)) {
			case 5: return parseRfc3339DateTimeWithOffset(value);
			case 6: return parseRfc7231DateTime(value);
			case 7: return parseEpochTimestamp(value);
			default:
				console.warn("Missing timestamp format, parsing value with Date constructor:", value);
				return new Date(value);
		}
		if (ns.isBigIntegerSchema() && (typeof value === "number" || typeof value === "string")) return BigInt(value);
		if (ns.isBigDecimalSchema() && value != void 0) {
			if (value instanceof NumericValue) return value;
			const untyped = value;
			if (untyped.type === "bigDecimal" && "string" in untyped) return new NumericValue(untyped.string, untyped.type);
			return new NumericValue(String(value), "bigDecimal");
		}
		if (ns.isNumericSchema() && typeof value === "string") {
			switch (value) {
				case "Infinity": return Infinity;
				case "-Infinity": return -Infinity;
				case "NaN": return NaN;
			}
			return value;
		}
		if (ns.isDocumentSchema()) {
			if (isObject) {
				if (Array.isArray(value)) for (let i = 0; i < value.length; ++i) {
					const v = value[i];
					if (!(v instanceof NumericValue)) value[i] = this._read(ns, v);
				}
				else {
					const doc = value;
					for (const k in doc) {
						if (!hasOwn(doc, k)) continue;
						if (k === "__proto__") writeKey$2(doc);
						const v = doc[k];
						if (!(v instanceof NumericValue)) doc[k] = this._read(ns, v);
					}
				}
			}
		}
		return value;
	}
	_readStruct(ns, record) {
		const union = ns.isUnionSchema();
		const out = {};
		let nameMap;
		const hasType = typeof record.__type === "string";
		const { jsonName } = this.settings;
		if (jsonName && hasType) nameMap = {};
		let unionSerde;
		if (union) unionSerde = new UnionSerde$1(record, out);
		for (const [memberName, memberSchema] of ns.structIterator()) {
			let fromKey = memberName;
			if (jsonName) {
				fromKey = memberSchema.getMergedTraits().jsonName ?? fromKey;
				if (hasType) nameMap[fromKey] = memberName;
			}
			if (union) unionSerde.mark(fromKey);
			if (record[fromKey] != null) out[memberName] = this._read(memberSchema, record[fromKey]);
		}
		if (union) unionSerde.writeUnknown();
		else if (hasType) for (const k in record) {
			if (!hasOwn(record, k)) continue;
			const v = record[k];
			const t = jsonName ? nameMap[k] ?? k : k;
			if (!(t in out)) out[t] = v;
		}
		return out;
	}
	needsTransform(ns) {
		if (ns.isBlobSchema() || ns.isTimestampSchema() || ns.isBigIntegerSchema() || ns.isBigDecimalSchema() || ns.isNumericSchema()) return true;
		if (ns.isDocumentSchema() || ns.isStructSchema() || ns.isListSchema() || ns.isMapSchema()) return true;
		if (ns.isStringSchema() && ns.getMergedTraits().mediaType) return true;
		return false;
	}
};
// node_modules/@smithy/core/dist-es/submodules/protocols/json/codec-v2/JsonBytesStringAdapter.js
var JsonBytesStringAdapter = class JsonBytesStringAdapter extends Uint8Array {
	string = null;
	static allocUnsafe(bytes) {
		if (typeof Buffer === "function") {
			const buffer = Buffer.allocUnsafe(bytes);
			return new JsonBytesStringAdapter(buffer.buffer, buffer.byteOffset, buffer.byteLength);
		}
		return new JsonBytesStringAdapter(bytes);
	}
	toString() {
		return this.s();
	}
	valueOf() {
		return this.s();
	}
	includes(searchString, position) {
		if (typeof searchString === "string") return this.s().includes(searchString, position);
		return Uint8Array.prototype.includes.call(this, searchString, position);
	}
	indexOf(searchString, position) {
		if (typeof searchString === "string") return this.s().indexOf(searchString, position);
		return Uint8Array.prototype.indexOf.call(this, searchString, position);
	}
	lastIndexOf(searchString, position) {
		if (typeof searchString === "string") return this.s().lastIndexOf(searchString, position);
		const fn = Uint8Array.prototype.lastIndexOf;
		if (position !== void 0) return fn.call(this, searchString, position);
		return fn.call(this, searchString);
	}
	startsWith(searchString, position) {
		return this.s().startsWith(searchString, position);
	}
	endsWith(searchString, endPosition) {
		return this.s().endsWith(searchString, endPosition);
	}
	match(regexp) {
		return this.s().match(regexp);
	}
	replace(searchValue, replaceValue) {
		return this.s().replace(searchValue, replaceValue);
	}
	search(regexp) {
		return this.s().search(regexp);
	}
	split(separator, limit) {
		return this.s().split(separator, limit);
	}
	substring(start, end) {
		return this.s().substring(start, end);
	}
	trim() {
		return this.s().trim();
	}
	trimStart() {
		return this.s().trimStart();
	}
	trimEnd() {
		return this.s().trimEnd();
	}
	charAt(pos) {
		return this.s().charAt(pos);
	}
	charCodeAt(index) {
		return this.s().charCodeAt(index);
	}
	padStart(maxLength, fillString) {
		return this.s().padStart(maxLength, fillString);
	}
	padEnd(maxLength, fillString) {
		return this.s().padEnd(maxLength, fillString);
	}
	repeat(count) {
		return this.s().repeat(count);
	}
	toUpperCase() {
		return this.s().toUpperCase();
	}
	toLowerCase() {
		return this.s().toLowerCase();
	}
	s() {
		if (this.string == null) {
			const n = Date.now();
			if (n > warned + 6e4) {
				console.warn("@aws-sdk/core/protocols - WARN - JsonCodec2: you have called a string method on a Uint8Array request body. It has been automatically converted to string. In a future version this will throw an error.");
				warned = n;
			}
			this.string = toUtf8$1(this);
		}
		return this.string;
	}
};
var warned = 0;
// node_modules/@smithy/core/dist-es/submodules/protocols/json/codec-v2/JsonShapeSerializer2.js
const encoder = new TextEncoder();
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const QUOTE = 34;
const COLON = 58;
const COMMA = 44;
const BACKSLASH = 92;
const TRUE = new Uint8Array([
	116,
	114,
	117,
	101
]);
const FALSE = new Uint8Array([
	102,
	97,
	108,
	115,
	101
]);
const NULL = new Uint8Array([
	110,
	117,
	108,
	108
]);
const ESCAPE_TABLE = new Array(128).fill(null);
ESCAPE_TABLE[8] = "b";
ESCAPE_TABLE[9] = "t";
ESCAPE_TABLE[10] = "n";
ESCAPE_TABLE[12] = "f";
ESCAPE_TABLE[13] = "r";
ESCAPE_TABLE[34] = "\"";
ESCAPE_TABLE[92] = "\\";
for (let i = 0; i < 32; i++) if (ESCAPE_TABLE[i] === null) ESCAPE_TABLE[i] = "u00" + i.toString(16).padStart(2, "0");
const INITIAL_BUFFER_SIZE = 2048;
function alloc(size) {
	return JsonBytesStringAdapter.allocUnsafe(size);
}
var JsonShapeSerializer2 = class JsonShapeSerializer2 extends SerdeContextConfig$1 {
	settings;
	json;
	i = 0;
	rootSchema;
	rawValue;
	passthrough = false;
	constructor(settings) {
		super();
		this.settings = settings;
		this.json = alloc(INITIAL_BUFFER_SIZE);
	}
	write(schema, value) {
		this.i = 0;
		this.rawValue = value;
		this.rootSchema = NormalizedSchema.of(schema);
		this.passthrough = this.rootSchema.isBlobSchema() || this.rootSchema.isStringSchema();
		if (!this.passthrough) this.writeValue(this.rootSchema, value, void 0);
	}
	writeDiscriminatedDocument(schema, value) {
		this.i = 0;
		this.rootSchema = NormalizedSchema.of(schema);
		const ns = this.rootSchema;
		if (ns.isStructSchema() && value != null && typeof value === "object") {
			this.writeValue(ns, value, void 0);
			const prefix = `"__type":"${ns.getName(true) ?? "Unknown"}",`;
			const z = prefix.length;
			this.ensure(z);
			this.json.copyWithin(1 + z, 1, this.i);
			encoder.encodeInto(prefix, this.json.subarray(1));
			this.i += z;
		} else this.writeValue(ns, value, void 0);
	}
	flush() {
		this.rootSchema = void 0;
		const finalPosition = this.i;
		this.i = 0;
		const raw = this.rawValue;
		this.rawValue = void 0;
		if (finalPosition === 0) return raw;
		const result = this.json.subarray(0, finalPosition);
		this.json = alloc(INITIAL_BUFFER_SIZE);
		return result;
	}
	ensure(byteCount) {
		const { i, json } = this;
		if (i + byteCount > json.length) {
			let newSize = json.length * 2;
			while (newSize < i + byteCount) newSize *= 2;
			const next = alloc(newSize);
			next.set(this.json);
			this.json = next;
		}
	}
	writeAscii(s) {
		const z = s.length;
		this.ensure(z);
		let { i, json } = this;
		for (let j = 0; j < z; ++j) {
			json[i] = s.charCodeAt(j);
			i += 1;
		}
		this.i = i;
	}
	writeAsciiQuoted(s) {
		const z = s.length;
		this.ensure(z + 4);
		let { json, i } = this;
		json[i++] = QUOTE;
		for (let j = 0; j < z; ++j) json[i++] = s.charCodeAt(j);
		json[i++] = QUOTE;
		this.i = i;
	}
	writeJsonString(s) {
		const z = s.length;
		this.ensure(z * 3 + 2);
		this.json[this.i++] = QUOTE;
		for (let j = 0; j < z; ++j) {
			const c = s.charCodeAt(j);
			if (c > 34 && c < 92) this.json[this.i++] = c;
			else if (c < 128) {
				const esc = ESCAPE_TABLE[c];
				if (esc !== null) {
					this.ensure(esc.length + 1 + (z - j - 1) * 3 + 1);
					this.json[this.i++] = BACKSLASH;
					for (let k = 0; k < esc.length; k++) this.json[this.i++] = esc.charCodeAt(k);
				} else this.json[this.i++] = c;
			} else if (c >= 55296 && c <= 56319) {
				const next = j + 1 < z ? s.charCodeAt(j + 1) : 0;
				if (next >= 56320 && next <= 57343) {
					this.ensure(4);
					const { written } = encoder.encodeInto(s.substring(j, j + 2), this.json.subarray(this.i));
					this.i += written;
					++j;
				} else {
					this.ensure(6 + (z - j - 1) * 3 + 1);
					this.writeUnicodeEscape(c);
				}
			} else if (c >= 56320 && c <= 57343) {
				this.ensure(6 + (z - j - 1) * 3 + 1);
				this.writeUnicodeEscape(c);
			} else {
				let { i, json } = this;
				if (c < 2048) {
					json[i++] = 192 | c >> 6;
					json[i++] = 128 | c & 63;
				} else {
					json[i++] = 224 | c >> 12;
					json[i++] = 128 | c >> 6 & 63;
					json[i++] = 128 | c & 63;
				}
				this.i = i;
			}
		}
		this.json[this.i++] = QUOTE;
	}
	writeUnicodeEscape(code) {
		let { json, i } = this;
		json[i++] = BACKSLASH;
		json[i++] = 117;
		const hex = code.toString(16).padStart(4, "0");
		for (let j = 0; j < 4; ++j) json[i++] = hex.charCodeAt(j);
		this.i = i;
	}
	static B64 = (() => {
		const chars = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
		const table = new Uint8Array(64);
		for (let i = 0; i < 64; ++i) table[i] = chars.charCodeAt(i);
		return table;
	})();
	writeBase64(data) {
		const b64Len = Math.ceil(data.length / 3) * 4;
		this.ensure(b64Len + 2);
		const json = this.json;
		const B64 = JsonShapeSerializer2.B64;
		let i = this.i;
		json[i++] = QUOTE;
		const len = data.length;
		const remainder = len % 3;
		const mainLen = len - remainder;
		for (let j = 0; j < mainLen; j += 3) {
			const a = data[j];
			const b = data[j + 1];
			const c = data[j + 2];
			json[i++] = B64[a >> 2];
			json[i++] = B64[(a & 3) << 4 | b >> 4];
			json[i++] = B64[(b & 15) << 2 | c >> 6];
			json[i++] = B64[c & 63];
		}
		if (remainder === 2) {
			const a = data[mainLen];
			const b = data[mainLen + 1];
			json[i++] = B64[a >> 2];
			json[i++] = B64[(a & 3) << 4 | b >> 4];
			json[i++] = B64[(b & 15) << 2];
			json[i++] = 61;
		} else if (remainder === 1) {
			const a = data[mainLen];
			json[i++] = B64[a >> 2];
			json[i++] = B64[(a & 3) << 4];
			json[i++] = 61;
			json[i++] = 61;
		}
		json[i++] = QUOTE;
		this.i = i;
	}
	writeValue(schema, value, container) {
		if (value == null) {
			if (container?.isStructSchema()) {
				if (value === void 0) {
					if (NormalizedSchema.of(schema).isIdempotencyToken()) {
						this.writeAsciiQuoted(generateIdempotencyToken());
						return;
					}
				}
				return;
			}
			this.ensure(4);
			this.json.set(NULL, this.i);
			this.i += 4;
			return;
		}
		const ns = NormalizedSchema.of(schema);
		const isObject = typeof value === "object";
		if (ns.isStringSchema()) {
			const mediaType = ns.getMergedTraits().mediaType;
			if (mediaType) {
				if (mediaType === "application/json" || mediaType.endsWith("+json")) {
					this.writeJsonString(LazyJsonString.from(value).toString());
					return;
				}
			}
		}
		if (this.settings.bigNumberAsString && value != null && (ns.isBigIntegerSchema() || ns.isBigDecimalSchema())) {
			const asString = value instanceof NumericValue ? value.string : String(value);
			this.writeAsciiQuoted(asString);
			return;
		}
		if (isObject) {
			if (ns.isStructSchema()) {
				this.writeStruct(ns, value);
				return;
			}
			if (Array.isArray(value) && (ns.isListSchema() || ns.isDocumentSchema())) {
				this.writeList(ns, value, ns.isDocumentSchema());
				return;
			}
			if (ns.isMapSchema()) {
				this.writeMap(ns, value, false);
				return;
			}
			if (value instanceof Uint8Array && (ns.isBlobSchema() || ns.isDocumentSchema())) {
				this.writeBase64(value);
				return;
			}
			if (value instanceof Date && (ns.isTimestampSchema() || ns.isDocumentSchema())) {
				this.writeTimestamp(ns, value);
				return;
			}
			if (value instanceof NumericValue) {
				this.writeAscii(value.string);
				return;
			}
			if (ns.isDocumentSchema()) {
				if (Array.isArray(value)) this.writeList(ns, value, true);
				else this.writeMap(ns, value, true);
				return;
			}
			const json = JSON.stringify(value);
			this.writeAscii(json);
			return;
		}
		if (typeof value === "string") {
			if (ns.isBlobSchema()) {
				const b64 = (this.serdeContext?.base64Encoder ?? toBase64$1)(value);
				this.writeAsciiQuoted(b64);
				return;
			}
			this.writeJsonString(value);
			return;
		}
		if (typeof value === "number") {
			if (Math.abs(value) === Infinity || Number.isNaN(value)) {
				this.writeAsciiQuoted(String(value));
				return;
			}
			const numStr = String(value);
			this.writeAscii(numStr);
			return;
		}
		if (typeof value === "boolean") {
			this.ensure(5);
			let { i, json } = this;
			if (value) {
				json.set(TRUE, i);
				i += 4;
			} else {
				json.set(FALSE, i);
				i += 5;
			}
			this.i = i;
			return;
		}
		if (typeof value === "bigint") {
			this.writeAscii(value.toString());
			return;
		}
		this.writeAscii(String(value));
	}
	writeStruct(ns, value) {
		this.ensure(2);
		this.json[this.i++] = OPEN_BRACE;
		let wroteAny = false;
		const hasType = typeof value.__type === "string";
		let writtenKeys;
		if (hasType) writtenKeys = new Set();
		for (const [memberName, memberSchema] of ns.structIterator()) {
			const item = value[memberName];
			if (item == null && !memberSchema.isIdempotencyToken()) continue;
			if (wroteAny) {
				this.ensure(1);
				this.json[this.i++] = COMMA;
			}
			wroteAny = true;
			const targetKey = this.settings.jsonName ? memberSchema.getMergedTraits().jsonName ?? memberName : memberName;
			if (writtenKeys) {
				writtenKeys.add(memberName);
				writtenKeys.add(targetKey);
			}
			this.writeAsciiQuoted(targetKey);
			this.json[this.i++] = COLON;
			this.writeValue(memberSchema, item, ns);
		}
		if (!wroteAny && ns.isUnionSchema()) {
			const { $unknown } = value;
			if (Array.isArray($unknown)) {
				const [k, v] = $unknown;
				this.writeAsciiQuoted(k);
				this.ensure(1);
				this.json[this.i++] = COLON;
				this.writeValue(15, v, ns);
			}
		} else if (hasType) for (const k in value) {
			if (writtenKeys.has(k)) continue;
			writtenKeys.add(k);
			const v = value[k];
			if (wroteAny) {
				this.ensure(1);
				this.json[this.i++] = COMMA;
			}
			wroteAny = true;
			this.writeAsciiQuoted(k);
			this.ensure(1);
			this.json[this.i++] = COLON;
			this.writeValue(15, v, void 0);
		}
		this.ensure(1);
		this.json[this.i++] = CLOSE_BRACE;
	}
	writeList(ns, value, isDocument) {
		const sparse = !!ns.getMergedTraits().sparse;
		const valueSchema = ns.getValueSchema();
		if (!isDocument) {
			if (valueSchema.isStringSchema() || valueSchema.isNumericSchema() || valueSchema.isBooleanSchema()) {
				let hasSpecials = false;
				for (let i = 0; i < value.length; ++i) {
					const v = value[i];
					if (Number.isNaN(v) || v === Infinity || v === -Infinity || v == null && !sparse) {
						hasSpecials = true;
						break;
					}
				}
				let json;
				if (!hasSpecials) json = JSON.stringify(value);
				else {
					const out = [];
					for (let i = 0; i < value.length; ++i) {
						const v = value[i];
						if (v == null && !sparse) continue;
						if (Number.isNaN(v) || v === Infinity || v === -Infinity) out.push(String(v));
						else out.push(v);
					}
					json = JSON.stringify(out);
				}
				this.ensure(json.length * 3);
				this.i += encoder.encodeInto(json, this.json.subarray(this.i)).written;
				return;
			}
		}
		this.ensure(2);
		this.json[this.i++] = OPEN_BRACKET;
		let wroteFirstItem = false;
		for (let i = 0; i < value.length; ++i) {
			const item = value[i];
			if (isDocument ? item === void 0 : item == null && !sparse) continue;
			if (wroteFirstItem) {
				this.ensure(1);
				this.json[this.i++] = COMMA;
			}
			this.writeValue(valueSchema, item, void 0);
			wroteFirstItem = true;
		}
		this.ensure(1);
		this.json[this.i++] = CLOSE_BRACKET;
	}
	writeMap(ns, value, isDocument) {
		const sparse = !!ns.getMergedTraits().sparse;
		const valueSchema = ns.getValueSchema();
		if (!isDocument) {
			if (valueSchema.isStringSchema() || valueSchema.isNumericSchema() || valueSchema.isBooleanSchema()) {
				let modifications;
				for (const k in value) {
					if (!hasOwn(value, k)) continue;
					const v = value[k];
					if (Number.isNaN(v) || v === Infinity || v === -Infinity) {
						(modifications ??= {})[k] = v;
						value[k] = String(v);
					} else if (v === null && !sparse) {
						(modifications ??= {})[k] = null;
						value[k] = void 0;
					}
				}
				const json = JSON.stringify(value);
				if (modifications) Object.assign(value, modifications);
				this.ensure(json.length * 3);
				this.i += encoder.encodeInto(json, this.json.subarray(this.i)).written;
				return;
			}
		}
		this.ensure(2);
		this.json[this.i++] = OPEN_BRACE;
		let first = true;
		for (const k in value) {
			if (!hasOwn(value, k)) continue;
			const v = value[k];
			if (isDocument ? v === void 0 : v == null && !sparse) continue;
			if (!first) {
				this.ensure(1);
				this.json[this.i++] = COMMA;
			}
			first = false;
			this.writeJsonString(k);
			this.ensure(1);
			this.json[this.i++] = COLON;
			this.writeValue(valueSchema, v, void 0);
		}
		this.ensure(1);
		this.json[this.i++] = CLOSE_BRACE;
	}
	writeTimestamp(ns, value) {
		switch (determineTimestampFormat(ns, this.settings)) {
			case 5: {
				const iso = value.toISOString().replace(".000Z", "Z");
				this.writeAsciiQuoted(iso);
				return;
			}
			case 6:
				this.writeAsciiQuoted(dateToUtcString(value));
				return;
			case 7: {
				const epochSecs = String(value.getTime() / 1e3);
				this.writeAscii(epochSecs);
				return;
			}
			default: {
				const epochSecs = String(value.getTime() / 1e3);
				this.writeAscii(epochSecs);
				return;
			}
		}
	}
};
// node_modules/@smithy/core/dist-es/submodules/protocols/json/codec-v2/JsonCodec2.js
var JsonCodec2 = class extends SerdeContextConfig$1 {
	settings;
	constructor(settings) {
		super();
		this.settings = settings;
	}
	createSerializer() {
		const serializer = new JsonShapeSerializer2(this.settings);
		serializer.setSerdeContext(this.serdeContext);
		return serializer;
	}
	createDeserializer() {
		const deserializer = new JsonShapeDeserializer2(this.settings);
		deserializer.setSerdeContext(this.serdeContext);
		return deserializer;
	}
};
// node_modules/@aws-sdk/core/dist-es/submodules/client/middleware-host-header/hostHeaderMiddleware.js
function resolveHostHeaderConfig(input) {
	return input;
}
const hostHeaderMiddleware = (options) => (next) => async (args) => {
	if (!HttpRequest.isInstance(args.request)) return next(args);
	const { request } = args;
	const { handlerProtocol = "" } = options.requestHandler.metadata || {};
	if (handlerProtocol.indexOf("h2") >= 0 && !request.headers[":authority"]) {
		delete request.headers["host"];
		request.headers[":authority"] = request.hostname + (request.port ? ":" + request.port : "");
	} else if (!request.headers["host"]) {
		let host = request.hostname;
		if (request.port != null) host += `:${request.port}`;
		request.headers["host"] = host;
	}
	return next(args);
};
const hostHeaderMiddlewareOptions = {
	name: "hostHeaderMiddleware",
	step: "build",
	priority: "low",
	tags: ["HOST"],
	override: true
};
const getHostHeaderPlugin = (options) => ({ applyToStack: (clientStack) => {
	clientStack.add(hostHeaderMiddleware(options), hostHeaderMiddlewareOptions);
} });
// node_modules/@aws-sdk/core/dist-es/submodules/client/middleware-logger/loggerMiddleware.js
const loggerMiddleware = () => (next, context) => async (args) => {
	try {
		const response = await next(args);
		const { clientName, commandName, logger, dynamoDbDocumentClientOptions = {} } = context;
		const { overrideInputFilterSensitiveLog, overrideOutputFilterSensitiveLog } = dynamoDbDocumentClientOptions;
		const inputFilterSensitiveLog = overrideInputFilterSensitiveLog ?? context.inputFilterSensitiveLog;
		const outputFilterSensitiveLog = overrideOutputFilterSensitiveLog ?? context.outputFilterSensitiveLog;
		const { $metadata, ...outputWithoutMetadata } = response.output;
		logger?.info?.({
			clientName,
			commandName,
			input: inputFilterSensitiveLog(args.input),
			output: outputFilterSensitiveLog(outputWithoutMetadata),
			metadata: $metadata
		});
		return response;
	} catch (error) {
		const { clientName, commandName, logger, dynamoDbDocumentClientOptions = {} } = context;
		const { overrideInputFilterSensitiveLog } = dynamoDbDocumentClientOptions;
		const inputFilterSensitiveLog = overrideInputFilterSensitiveLog ?? context.inputFilterSensitiveLog;
		logger?.error?.({
			clientName,
			commandName,
			input: inputFilterSensitiveLog(args.input),
			error,
			metadata: error.$metadata
		});
		throw error;
	}
};
const loggerMiddlewareOptions = {
	name: "loggerMiddleware",
	tags: ["LOGGER"],
	step: "initialize",
	override: true
};
const getLoggerPlugin = (options) => ({ applyToStack: (clientStack) => {
	clientStack.add(loggerMiddleware(), loggerMiddlewareOptions);
} });
// node_modules/@aws-sdk/core/dist-es/submodules/client/middleware-recursion-detection/configuration.js
const recursionDetectionMiddlewareOptions = {
	step: "build",
	tags: ["RECURSION_DETECTION", "TRACE_CONTEXT_PROPAGATION"],
	name: "recursionDetectionMiddleware",
	override: true,
	priority: "low"
};
// node_modules/@aws/lambda-invoke-store/dist-es/invoke-store.js
const PROTECTED_KEYS = {
	REQUEST_ID: Symbol.for("_AWS_LAMBDA_REQUEST_ID"),
	X_RAY_TRACE_ID: Symbol.for("_AWS_LAMBDA_X_RAY_TRACE_ID"),
	TENANT_ID: Symbol.for("_AWS_LAMBDA_TENANT_ID"),
	TRACEPARENT: Symbol.for("_AWS_LAMBDA_TRACEPARENT"),
	TRACESTATE: Symbol.for("_AWS_LAMBDA_TRACESTATE"),
	BAGGAGE: Symbol.for("_AWS_LAMBDA_BAGGAGE")
};
const NO_GLOBAL_AWS_LAMBDA = ["true", "1"].includes(process.env?.AWS_LAMBDA_NODEJS_NO_GLOBAL_AWSLAMBDA ?? "");
if (!NO_GLOBAL_AWS_LAMBDA) globalThis.awslambda = globalThis.awslambda || {};
var InvokeStoreBase = class {
	static PROTECTED_KEYS = PROTECTED_KEYS;
	isProtectedKey(key) {
		return Object.values(PROTECTED_KEYS).includes(key);
	}
	getRequestId() {
		return this.get(PROTECTED_KEYS.REQUEST_ID) ?? "-";
	}
	getXRayTraceId() {
		return this.get(PROTECTED_KEYS.X_RAY_TRACE_ID);
	}
	getTenantId() {
		return this.get(PROTECTED_KEYS.TENANT_ID);
	}
	getTraceparent() {
		return this.get(PROTECTED_KEYS.TRACEPARENT);
	}
	getTracestate() {
		return this.get(PROTECTED_KEYS.TRACESTATE);
	}
	getBaggage() {
		return this.get(PROTECTED_KEYS.BAGGAGE);
	}
};
var InvokeStoreSingle = class extends InvokeStoreBase {
	currentContext;
	getContext() {
		return this.currentContext;
	}
	hasContext() {
		return this.currentContext !== void 0;
	}
	get(key) {
		return this.currentContext?.[key];
	}
	set(key, value) {
		if (this.isProtectedKey(key)) throw new Error(`Cannot modify protected Lambda context field: ${String(key)}`);
		this.currentContext = this.currentContext || {};
		this.currentContext[key] = value;
	}
	run(context, fn) {
		this.currentContext = context;
		return fn();
	}
};
var InvokeStoreMulti = class InvokeStoreMulti extends InvokeStoreBase {
	als;
	static async create() {
		const instance = new InvokeStoreMulti();
		instance.als = new (await (Promise.resolve({
			__proto__: process.getBuiltinModule("node:async_hooks"),
			default: process.getBuiltinModule("node:async_hooks")
		}))).AsyncLocalStorage();
		return instance;
	}
	getContext() {
		return this.als.getStore();
	}
	hasContext() {
		return this.als.getStore() !== void 0;
	}
	get(key) {
		return this.als.getStore()?.[key];
	}
	set(key, value) {
		if (this.isProtectedKey(key)) throw new Error(`Cannot modify protected Lambda context field: ${String(key)}`);
		const store = this.als.getStore();
		if (!store) throw new Error("No context available");
		store[key] = value;
	}
	run(context, fn) {
		return this.als.run(context, fn);
	}
};
var InvokeStore;
(function(InvokeStore) {
	let instance = null;
	async function getInstanceAsync(forceInvokeStoreMulti) {
		if (!instance) instance = (async () => {
			const newInstance = forceInvokeStoreMulti === true || "AWS_LAMBDA_MAX_CONCURRENCY" in process.env ? await InvokeStoreMulti.create() : new InvokeStoreSingle();
			if (!NO_GLOBAL_AWS_LAMBDA && globalThis.awslambda?.InvokeStore) return globalThis.awslambda.InvokeStore;
			else if (!NO_GLOBAL_AWS_LAMBDA && globalThis.awslambda) {
				globalThis.awslambda.InvokeStore = newInstance;
				return newInstance;
			} else return newInstance;
		})();
		return instance;
	}
	InvokeStore.getInstanceAsync = getInstanceAsync;
	InvokeStore._testing = process.env.AWS_LAMBDA_BENCHMARK_MODE === "1" ? { reset: () => {
		instance = null;
		if (globalThis.awslambda?.InvokeStore) delete globalThis.awslambda.InvokeStore;
		globalThis.awslambda = { InvokeStore: void 0 };
	} } : void 0;
})(InvokeStore || (InvokeStore = {}));
// node_modules/@aws-sdk/core/dist-es/submodules/client/middleware-recursion-detection/recursionDetectionMiddleware.js
const AWS_LAMBDA_FUNCTION_NAME = "AWS_LAMBDA_FUNCTION_NAME";
const _X_AMZN_TRACE_ID = "_X_AMZN_TRACE_ID";
const X_AMZN_TRACE_ID = "X-Amzn-Trace-Id";
const TRACEPARENT = "traceparent";
const TRACESTATE = "tracestate";
const BAGGAGE = "baggage";
const recursionDetectionMiddleware = () => (next) => async (args) => {
	const { request } = args;
	if (!HttpRequest.isInstance(request)) return next(args);
	let invokeStore;
	{
		const traceIdHeader = Object.keys(request.headers ?? {}).find((h) => h.toLowerCase() === X_AMZN_TRACE_ID.toLowerCase()) ?? X_AMZN_TRACE_ID;
		if (!request.headers.hasOwnProperty(traceIdHeader)) {
			const functionName = process.env[AWS_LAMBDA_FUNCTION_NAME];
			const traceIdFromEnv = process.env[_X_AMZN_TRACE_ID];
			invokeStore ??= await InvokeStore.getInstanceAsync();
			const traceId = invokeStore?.getXRayTraceId() ?? traceIdFromEnv;
			const nonEmptyString = (str) => typeof str === "string" && str.length > 0;
			if (nonEmptyString(functionName) && nonEmptyString(traceId)) request.headers[X_AMZN_TRACE_ID] = traceId;
		}
	}
	sanitizeTraceHeaders(request.headers);
	if (!request.headers[TRACEPARENT]) {
		const traceparent = (invokeStore ??= await InvokeStore.getInstanceAsync())?.getTraceparent?.();
		if (traceparent) {
			request.headers[TRACEPARENT] = traceparent;
			const tracestate = invokeStore?.getTracestate?.();
			if (tracestate) request.headers[TRACESTATE] = tracestate;
			const baggage = invokeStore?.getBaggage?.();
			if (baggage) request.headers[BAGGAGE] = baggage;
		}
	}
	return next(args);
};
function sanitizeTraceHeaders(headers) {
	for (const header of Object.keys(headers)) {
		const lower = header.toLowerCase();
		if (header !== lower && (lower === TRACEPARENT || lower === TRACESTATE || lower === BAGGAGE)) {
			headers[lower] = headers[header];
			delete headers[header];
		}
	}
}
// node_modules/@aws-sdk/core/dist-es/submodules/client/middleware-recursion-detection/getRecursionDetectionPlugin.js
const getRecursionDetectionPlugin = (options) => ({ applyToStack: (clientStack) => {
	clientStack.add(recursionDetectionMiddleware(), recursionDetectionMiddlewareOptions);
} });
// node_modules/@smithy/core/dist-es/legacy-root-exports/middleware-http-auth-scheme/resolveAuthOptions.js
const resolveAuthOptions = (candidateAuthOptions, authSchemePreference) => {
	if (!authSchemePreference || authSchemePreference.length === 0) return candidateAuthOptions;
	const preferredAuthOptions = [];
	for (const preferredSchemeName of authSchemePreference) for (const candidateAuthOption of candidateAuthOptions) if (candidateAuthOption.schemeId.split("#")[1] === preferredSchemeName) preferredAuthOptions.push(candidateAuthOption);
	for (const candidateAuthOption of candidateAuthOptions) if (!preferredAuthOptions.find(({ schemeId }) => schemeId === candidateAuthOption.schemeId)) preferredAuthOptions.push(candidateAuthOption);
	return preferredAuthOptions;
};
// node_modules/@smithy/core/dist-es/legacy-root-exports/middleware-http-auth-scheme/httpAuthSchemeMiddleware.js
function convertHttpAuthSchemesToMap(httpAuthSchemes) {
	const map = new Map();
	for (const scheme of httpAuthSchemes) map.set(scheme.schemeId, scheme);
	return map;
}
const httpAuthSchemeMiddleware = (config, mwOptions) => (next, context) => async (args) => {
	const options = config.httpAuthSchemeProvider(await mwOptions.httpAuthSchemeParametersProvider(config, context, args.input));
	const authSchemePreference = config.authSchemePreference ? await config.authSchemePreference() : [];
	const resolvedOptions = resolveAuthOptions(options, authSchemePreference);
	const authSchemes = convertHttpAuthSchemesToMap(config.httpAuthSchemes);
	const smithyContext = getSmithyContext(context);
	const failureReasons = [];
	for (const option of resolvedOptions) {
		const scheme = authSchemes.get(option.schemeId);
		if (!scheme) {
			failureReasons.push(`HttpAuthScheme \`${option.schemeId}\` was not enabled for this service.`);
			continue;
		}
		const identityProvider = scheme.identityProvider(await mwOptions.identityProviderConfigProvider(config));
		if (!identityProvider) {
			failureReasons.push(`HttpAuthScheme \`${option.schemeId}\` did not have an IdentityProvider configured.`);
			continue;
		}
		const { identityProperties = {}, signingProperties = {} } = option.propertiesExtractor?.(config, context) || {};
		option.identityProperties = Object.assign(option.identityProperties || {}, identityProperties);
		option.signingProperties = Object.assign(option.signingProperties || {}, signingProperties);
		smithyContext.selectedHttpAuthScheme = {
			httpAuthOption: option,
			identity: await identityProvider(option.identityProperties),
			signer: scheme.signer
		};
		break;
	}
	if (!smithyContext.selectedHttpAuthScheme) throw new Error(failureReasons.join("\n"));
	return next(args);
};
// node_modules/@smithy/core/dist-es/legacy-root-exports/middleware-http-auth-scheme/getHttpAuthSchemeEndpointRuleSetPlugin.js
const httpAuthSchemeEndpointRuleSetMiddlewareOptions = {
	step: "serialize",
	tags: ["HTTP_AUTH_SCHEME"],
	name: "httpAuthSchemeMiddleware",
	override: true,
	relation: "before",
	toMiddleware: "endpointV2Middleware"
};
const getHttpAuthSchemeEndpointRuleSetPlugin = (config, { httpAuthSchemeParametersProvider, identityProviderConfigProvider }) => ({ applyToStack: (clientStack) => {
	clientStack.addRelativeTo(httpAuthSchemeMiddleware(config, {
		httpAuthSchemeParametersProvider,
		identityProviderConfigProvider
	}), httpAuthSchemeEndpointRuleSetMiddlewareOptions);
} });
// node_modules/@smithy/core/dist-es/legacy-root-exports/middleware-http-signing/httpSigningMiddleware.js
const defaultErrorHandler = (signingProperties) => (error) => {
	throw error;
};
const defaultSuccessHandler = (httpResponse, signingProperties) => {};
const httpSigningMiddleware = (config) => (next, context) => async (args) => {
	if (!HttpRequest.isInstance(args.request)) return next(args);
	const scheme = getSmithyContext(context).selectedHttpAuthScheme;
	if (!scheme) throw new Error(`No HttpAuthScheme was selected: unable to sign request`);
	const { httpAuthOption: { signingProperties = {} }, identity, signer } = scheme;
	const output = await next({
		...args,
		request: await signer.sign(args.request, identity, signingProperties)
	}).catch((signer.errorHandler || defaultErrorHandler)(signingProperties));
	(signer.successHandler || defaultSuccessHandler)(output.response, signingProperties);
	return output;
};
// node_modules/@smithy/core/dist-es/legacy-root-exports/middleware-http-signing/getHttpSigningMiddleware.js
const httpSigningMiddlewareOptions = {
	step: "finalizeRequest",
	tags: ["HTTP_SIGNING"],
	name: "httpSigningMiddleware",
	aliases: [
		"apiKeyMiddleware",
		"tokenMiddleware",
		"awsAuthMiddleware"
	],
	override: true,
	relation: "after",
	toMiddleware: "retryMiddleware"
};
const getHttpSigningPlugin = (config) => ({ applyToStack: (clientStack) => {
	clientStack.addRelativeTo(httpSigningMiddleware(config), httpSigningMiddlewareOptions);
} });
// node_modules/@smithy/core/dist-es/normalizeProvider.js
const normalizeProvider = (input) => {
	if (typeof input === "function") return input;
	const promisified = Promise.resolve(input);
	return () => promisified;
};
// node_modules/@smithy/core/dist-es/legacy-root-exports/util-identity-and-auth/DefaultIdentityProviderConfig.js
var DefaultIdentityProviderConfig = class {
	authSchemes = new Map();
	constructor(config) {
		for (const key in config) {
			if (!hasOwn(config, key)) continue;
			const value = config[key];
			if (value !== void 0) this.authSchemes.set(key, value);
		}
	}
	getIdentityProvider(schemeId) {
		return this.authSchemes.get(schemeId);
	}
};
// node_modules/@smithy/core/dist-es/legacy-root-exports/util-identity-and-auth/httpAuthSchemes/noAuth.js
var NoAuthSigner = class {
	async sign(httpRequest, identity, signingProperties) {
		return httpRequest;
	}
};
// node_modules/@smithy/core/dist-es/legacy-root-exports/util-identity-and-auth/memoizeIdentityProvider.js
const createIsIdentityExpiredFunction = (expirationMs) => function isIdentityExpired(identity) {
	return doesIdentityRequireRefresh(identity) && identity.expiration.getTime() - Date.now() < expirationMs;
};
const isIdentityExpired = createIsIdentityExpiredFunction(3e5);
const doesIdentityRequireRefresh = (identity) => identity.expiration !== void 0;
const memoizeIdentityProvider = (provider, isExpired, requiresRefresh) => {
	if (provider === void 0) return;
	const normalizedProvider = typeof provider !== "function" ? async () => Promise.resolve(provider) : provider;
	let resolved;
	let pending;
	let hasResult;
	let isConstant = false;
	const coalesceProvider = async (options) => {
		if (!pending) pending = normalizedProvider(options);
		try {
			resolved = await pending;
			hasResult = true;
			isConstant = false;
		} finally {
			pending = void 0;
		}
		return resolved;
	};
	if (isExpired === void 0) return async (options) => {
		if (!hasResult || options?.forceRefresh) resolved = await coalesceProvider(options);
		return resolved;
	};
	return async (options) => {
		if (!hasResult || options?.forceRefresh) resolved = await coalesceProvider(options);
		if (isConstant) return resolved;
		if (!requiresRefresh(resolved)) {
			isConstant = true;
			return resolved;
		}
		if (isExpired(resolved)) {
			await coalesceProvider(options);
			return resolved;
		}
		return resolved;
	};
};
function isValidUserAgentAppId(appId) {
	if (appId === void 0) return true;
	return typeof appId === "string" && appId.length <= 50;
}
function resolveUserAgentConfig(input) {
	const normalizedAppIdProvider = normalizeProvider(input.userAgentAppId ?? void 0);
	const { customUserAgent } = input;
	return Object.assign(input, {
		customUserAgent: typeof customUserAgent === "string" ? [[customUserAgent]] : customUserAgent,
		userAgentAppId: async () => {
			const appId = await normalizedAppIdProvider();
			if (!isValidUserAgentAppId(appId)) {
				const logger = input.logger?.constructor?.name === "NoOpLogger" || !input.logger ? console : input.logger;
				if (typeof appId !== "string") logger?.warn("userAgentAppId must be a string or undefined.");
				else if (appId.length > 50) logger?.warn("The provided userAgentAppId exceeds the maximum length of 50 characters.");
			}
			return appId;
		}
	});
}
// node_modules/@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws/partition.js
let selectedPartitionsInfo = {
	"partitions": [
		{
			"id": "aws",
			"outputs": {
				"dnsSuffix": "amazonaws.com",
				"dualStackDnsSuffix": "api.aws",
				"implicitGlobalRegion": "us-east-1",
				"name": "aws",
				"supportsDualStack": true,
				"supportsFIPS": true
			},
			"regionRegex": "^(us|eu|ap|sa|ca|me|af|il|mx)\\-\\w+\\-\\d+$",
			"regions": {
				"af-south-1": { "description": "Africa (Cape Town)" },
				"ap-east-1": { "description": "Asia Pacific (Hong Kong)" },
				"ap-east-2": { "description": "Asia Pacific (Taipei)" },
				"ap-northeast-1": { "description": "Asia Pacific (Tokyo)" },
				"ap-northeast-2": { "description": "Asia Pacific (Seoul)" },
				"ap-northeast-3": { "description": "Asia Pacific (Osaka)" },
				"ap-south-1": { "description": "Asia Pacific (Mumbai)" },
				"ap-south-2": { "description": "Asia Pacific (Hyderabad)" },
				"ap-southeast-1": { "description": "Asia Pacific (Singapore)" },
				"ap-southeast-2": { "description": "Asia Pacific (Sydney)" },
				"ap-southeast-3": { "description": "Asia Pacific (Jakarta)" },
				"ap-southeast-4": { "description": "Asia Pacific (Melbourne)" },
				"ap-southeast-5": { "description": "Asia Pacific (Malaysia)" },
				"ap-southeast-6": { "description": "Asia Pacific (New Zealand)" },
				"ap-southeast-7": { "description": "Asia Pacific (Thailand)" },
				"aws-global": { "description": "aws global region" },
				"ca-central-1": { "description": "Canada (Central)" },
				"ca-west-1": { "description": "Canada West (Calgary)" },
				"eu-central-1": { "description": "Europe (Frankfurt)" },
				"eu-central-2": { "description": "Europe (Zurich)" },
				"eu-north-1": { "description": "Europe (Stockholm)" },
				"eu-south-1": { "description": "Europe (Milan)" },
				"eu-south-2": { "description": "Europe (Spain)" },
				"eu-west-1": { "description": "Europe (Ireland)" },
				"eu-west-2": { "description": "Europe (London)" },
				"eu-west-3": { "description": "Europe (Paris)" },
				"il-central-1": { "description": "Israel (Tel Aviv)" },
				"me-central-1": { "description": "Middle East (UAE)" },
				"me-south-1": { "description": "Middle East (Bahrain)" },
				"me-west-1": { "description": "Middle East (Saudi Arabia)" },
				"mx-central-1": { "description": "Mexico (Central)" },
				"sa-east-1": { "description": "South America (Sao Paulo)" },
				"sa-west-1": { "description": "South America (Chile)" },
				"us-east-1": { "description": "US East (N. Virginia)" },
				"us-east-2": { "description": "US East (Ohio)" },
				"us-west-1": { "description": "US West (N. California)" },
				"us-west-2": { "description": "US West (Oregon)" }
			}
		},
		{
			"id": "aws-cn",
			"outputs": {
				"dnsSuffix": "amazonaws.com.cn",
				"dualStackDnsSuffix": "api.amazonwebservices.com.cn",
				"implicitGlobalRegion": "cn-northwest-1",
				"name": "aws-cn",
				"supportsDualStack": true,
				"supportsFIPS": true
			},
			"regionRegex": "^cn\\-\\w+\\-\\d+$",
			"regions": {
				"aws-cn-global": { "description": "aws-cn global region" },
				"cn-north-1": { "description": "China (Beijing)" },
				"cn-northwest-1": { "description": "China (Ningxia)" }
			}
		},
		{
			"id": "aws-eusc",
			"outputs": {
				"dnsSuffix": "amazonaws.eu",
				"dualStackDnsSuffix": "api.amazonwebservices.eu",
				"implicitGlobalRegion": "eusc-de-east-1",
				"name": "aws-eusc",
				"supportsDualStack": true,
				"supportsFIPS": true
			},
			"regionRegex": "^eusc\\-(de)\\-\\w+\\-\\d+$",
			"regions": { "eusc-de-east-1": { "description": "AWS European Sovereign Cloud (Germany)" } }
		},
		{
			"id": "aws-iso",
			"outputs": {
				"dnsSuffix": "c2s.ic.gov",
				"dualStackDnsSuffix": "api.aws.ic.gov",
				"implicitGlobalRegion": "us-iso-east-1",
				"name": "aws-iso",
				"supportsDualStack": true,
				"supportsFIPS": true
			},
			"regionRegex": "^us\\-iso\\-\\w+\\-\\d+$",
			"regions": {
				"aws-iso-global": { "description": "aws-iso global region" },
				"us-iso-east-1": { "description": "US ISO East" },
				"us-iso-west-1": { "description": "US ISO WEST" }
			}
		},
		{
			"id": "aws-iso-b",
			"outputs": {
				"dnsSuffix": "sc2s.sgov.gov",
				"dualStackDnsSuffix": "api.aws.scloud",
				"implicitGlobalRegion": "us-isob-east-1",
				"name": "aws-iso-b",
				"supportsDualStack": true,
				"supportsFIPS": true
			},
			"regionRegex": "^us\\-isob\\-\\w+\\-\\d+$",
			"regions": {
				"aws-iso-b-global": { "description": "aws-iso-b global region" },
				"us-isob-east-1": { "description": "US ISOB East (Ohio)" },
				"us-isob-west-1": { "description": "US ISOB West" }
			}
		},
		{
			"id": "aws-iso-e",
			"outputs": {
				"dnsSuffix": "cloud.adc-e.uk",
				"dualStackDnsSuffix": "api.cloud-aws.adc-e.uk",
				"implicitGlobalRegion": "eu-isoe-west-1",
				"name": "aws-iso-e",
				"supportsDualStack": true,
				"supportsFIPS": true
			},
			"regionRegex": "^eu\\-isoe\\-\\w+\\-\\d+$",
			"regions": {
				"aws-iso-e-global": { "description": "aws-iso-e global region" },
				"eu-isoe-west-1": { "description": "EU ISOE West" }
			}
		},
		{
			"id": "aws-iso-f",
			"outputs": {
				"dnsSuffix": "csp.hci.ic.gov",
				"dualStackDnsSuffix": "api.aws.hci.ic.gov",
				"implicitGlobalRegion": "us-isof-south-1",
				"name": "aws-iso-f",
				"supportsDualStack": true,
				"supportsFIPS": true
			},
			"regionRegex": "^us\\-isof\\-\\w+\\-\\d+$",
			"regions": {
				"aws-iso-f-global": { "description": "aws-iso-f global region" },
				"us-isof-east-1": { "description": "US ISOF EAST" },
				"us-isof-south-1": { "description": "US ISOF SOUTH" }
			}
		},
		{
			"id": "aws-us-gov",
			"outputs": {
				"dnsSuffix": "amazonaws.com",
				"dualStackDnsSuffix": "api.aws",
				"implicitGlobalRegion": "us-gov-west-1",
				"name": "aws-us-gov",
				"supportsDualStack": true,
				"supportsFIPS": true
			},
			"regionRegex": "^us\\-gov\\-\\w+\\-\\d+$",
			"regions": {
				"aws-us-gov-global": { "description": "aws-us-gov global region" },
				"us-gov-east-1": { "description": "AWS GovCloud (US-East)" },
				"us-gov-west-1": { "description": "AWS GovCloud (US-West)" }
			}
		}
	],
	"version": "1.1"
};
let selectedUserAgentPrefix = "";
const partition = (value) => {
	const { partitions } = selectedPartitionsInfo;
	for (const partition of partitions) {
		const { regions, outputs } = partition;
		for (const [region, regionData] of Object.entries(regions)) if (region === value) return {
			...outputs,
			...regionData
		};
	}
	for (const partition of partitions) {
		const { regionRegex, outputs } = partition;
		if (new RegExp(regionRegex).test(value)) return { ...outputs };
	}
	const DEFAULT_PARTITION = partitions.find((partition) => partition.id === "aws");
	if (!DEFAULT_PARTITION) throw new Error("Provided region was not found in the partition array or regex, and default partition with id 'aws' doesn't exist.");
	return { ...DEFAULT_PARTITION.outputs };
};
const getUserAgentPrefix = () => selectedUserAgentPrefix;
// node_modules/@smithy/core/dist-es/submodules/retry/middleware-retry/isStreamingPayload/isStreamingPayload.js
const isStreamingPayload = (request) => request?.body instanceof Readable || typeof ReadableStream !== "undefined" && request?.body instanceof ReadableStream;
// node_modules/@smithy/core/dist-es/submodules/retry/service-error-classification/constants.js
const THROTTLING_ERROR_CODES = [
	"BandwidthLimitExceeded",
	"EC2ThrottledException",
	"LimitExceededException",
	"PriorRequestNotComplete",
	"ProvisionedThroughputExceededException",
	"RequestLimitExceeded",
	"RequestThrottled",
	"RequestThrottledException",
	"SlowDown",
	"ThrottledException",
	"Throttling",
	"ThrottlingException",
	"TooManyRequestsException",
	"TransactionInProgressException"
];
const TRANSIENT_ERROR_CODES = [
	"TimeoutError",
	"RequestTimeout",
	"RequestTimeoutException"
];
const TRANSIENT_ERROR_STATUS_CODES = [
	500,
	502,
	503,
	504
];
const NODEJS_TIMEOUT_ERROR_CODES$1 = [
	"ECONNRESET",
	"ECONNREFUSED",
	"EPIPE",
	"ETIMEDOUT"
];
const NODEJS_NETWORK_ERROR_CODES = [
	"EHOSTUNREACH",
	"ENETUNREACH",
	"ENOTFOUND",
	"EAI_AGAIN"
];
// node_modules/@smithy/core/dist-es/submodules/retry/service-error-classification/service-error-classification.js
const isRetryableByTrait = (error) => error?.$retryable !== void 0;
const isClockSkewCorrectedError = (error) => error.$metadata?.clockSkewCorrected;
const isBrowserNetworkError = (error) => {
	const errorMessages = new Set([
		"Failed to fetch",
		"NetworkError when attempting to fetch resource",
		"The Internet connection appears to be offline",
		"Load failed",
		"Network request failed"
	]);
	if (!(error && error instanceof TypeError)) return false;
	return errorMessages.has(error.message);
};
const isThrottlingError = (error) => error.$metadata?.httpStatusCode === 429 || THROTTLING_ERROR_CODES.includes(error.name) || error.$retryable?.throttling == true;
const isTransientError = (error, depth = 0) => error?.name !== "AbortError" && (isRetryableByTrait(error) || isClockSkewCorrectedError(error) || error.name === "InvalidSignatureException" && error.message?.includes("Signature expired") || TRANSIENT_ERROR_CODES.includes(error.name) || NODEJS_TIMEOUT_ERROR_CODES$1.includes(error?.code || "") || NODEJS_NETWORK_ERROR_CODES.includes(error?.code || "") || TRANSIENT_ERROR_STATUS_CODES.includes(error.$metadata?.httpStatusCode || 0) || isBrowserNetworkError(error) || isNodeJsHttp2TransientError(error) || error.cause !== void 0 && depth <= 10 && isTransientError(error.cause, depth + 1));
const isServerError = (error) => {
	if (error.$metadata?.httpStatusCode !== void 0) {
		const statusCode = error.$metadata.httpStatusCode;
		if (500 <= statusCode && statusCode <= 599 && !isTransientError(error)) return true;
		return false;
	}
	return false;
};
function isNodeJsHttp2TransientError(error) {
	return error.code === "ERR_HTTP2_STREAM_ERROR" && error.message.includes("NGHTTP2_REFUSED_STREAM");
}
// node_modules/@smithy/core/dist-es/submodules/retry/util-retry/race.js
const race = (promise, signal) => {
	if (!signal) return promise;
	let cleanup = () => {};
	const aborted = new Promise((_, reject) => {
		const handler = () => reject(createAbortError());
		if (signal.aborted) handler();
		else if (typeof signal.addEventListener === "function") {
			signal.addEventListener("abort", handler, { once: true });
			cleanup = () => signal.removeEventListener("abort", handler);
		} else signal.onabort = handler;
	});
	return Promise.race([promise, aborted]).finally(cleanup);
};
const createAbortError = () => Object.assign(new Error("Request aborted"), { name: "AbortError" });
const isAbortError = (error) => typeof error === "object" && error !== null && "name" in error && error.name === "AbortError";
// node_modules/@smithy/core/dist-es/submodules/retry/util-retry/constants.js
const MAXIMUM_RETRY_DELAY = 2e4;
const INVOCATION_ID_HEADER = "amz-sdk-invocation-id";
const REQUEST_HEADER = "amz-sdk-request";
// node_modules/@smithy/core/dist-es/submodules/retry/middleware-retry/parseRetryAfterHeader.js
function parseRetryAfterHeader(response, logger) {
	if (!HttpResponse.isInstance(response)) return;
	for (const header in response.headers) {
		if (!hasOwn(response.headers, header)) continue;
		const h = header.toLowerCase();
		if (h === "retry-after") {
			const retryAfter = response.headers[header];
			let retryAfterSeconds = NaN;
			if (retryAfter.endsWith("GMT")) try {
				retryAfterSeconds = (parseRfc7231DateTime(retryAfter).getTime() - Date.now()) / 1e3;
			} catch (e) {
				logger?.trace?.("Failed to parse retry-after header");
				logger?.trace?.(e);
			}
			else if (retryAfter.match(/ GMT, ((\d+)|(\d+\.\d+))$/)) retryAfterSeconds = Number(retryAfter.match(/ GMT, ([\d.]+)$/)?.[1]);
			else if (retryAfter.match(/^((\d+)|(\d+\.\d+))$/)) retryAfterSeconds = Number(retryAfter);
			else if (Date.parse(retryAfter) >= Date.now()) retryAfterSeconds = (Date.parse(retryAfter) - Date.now()) / 1e3;
			if (isNaN(retryAfterSeconds)) return;
			return new Date(Date.now() + retryAfterSeconds * 1e3);
		} else if (h === "x-amz-retry-after") {
			const v = response.headers[header];
			const backoffMilliseconds = Number(v);
			if (isNaN(backoffMilliseconds)) {
				logger?.trace?.(`Failed to parse x-amz-retry-after=${v}`);
				return;
			}
			return new Date(Date.now() + backoffMilliseconds);
		}
	}
}
// node_modules/@smithy/core/dist-es/submodules/retry/middleware-retry/util.js
const asSdkError = (error) => {
	if (error instanceof Error) return error;
	if (error instanceof Object) return Object.assign(new Error(), error);
	if (typeof error === "string") return new Error(error);
	return new Error(`AWS SDK error wrapper for ${error}`);
};
// node_modules/@smithy/core/dist-es/submodules/retry/middleware-retry/retryMiddleware.js
function bindRetryMiddleware(isStreamingPayload) {
	return (options) => (next, context) => async (args) => {
		let retryStrategy = await options.retryStrategy();
		const maxAttempts = await options.maxAttempts();
		const abortSignal = context[SMITHY_CONTEXT_KEY]?.abortSignal;
		if (isRetryStrategyV2(retryStrategy)) {
			retryStrategy = retryStrategy;
			const retryTokenScope = (context["partition_id"] ?? "") + (context.__retryLongPoll ? ":longpoll" : "");
			let retryToken = await race(retryStrategy.acquireInitialRetryToken(retryTokenScope), abortSignal);
			let lastError = new Error();
			let attempts = 0;
			let totalRetryDelay = 0;
			const { request } = args;
			const isRequest = HttpRequest.isInstance(request);
			if (isRequest) request.headers[INVOCATION_ID_HEADER] = v4();
			while (true) try {
				if (isRequest) request.headers[REQUEST_HEADER] = `attempt=${attempts + 1}; max=${maxAttempts}`;
				const { response, output } = await next(args);
				retryStrategy.recordSuccess(retryToken);
				output.$metadata.attempts = attempts + 1;
				output.$metadata.totalRetryDelay = totalRetryDelay;
				return {
					response,
					output
				};
			} catch (e) {
				const retryErrorInfo = getRetryErrorInfo(e, options.logger);
				lastError = asSdkError(e);
				if (isRequest && isStreamingPayload(request)) {
					(context.logger instanceof NoOpLogger ? console : context.logger)?.warn("An error was encountered in a non-retryable streaming request.");
					throw lastError;
				}
				try {
					retryToken = await race(retryStrategy.refreshRetryTokenForRetry(retryToken, retryErrorInfo), abortSignal);
				} catch (refreshError) {
					if (abortSignal?.aborted && isAbortError(refreshError)) throw refreshError;
					if (!lastError.$metadata) lastError.$metadata = {};
					lastError.$metadata.attempts = attempts + 1;
					lastError.$metadata.totalRetryDelay = totalRetryDelay;
					throw lastError;
				}
				attempts = retryToken.getRetryCount();
				const delay = retryToken.getRetryDelay();
				totalRetryDelay += (retryToken?.$retryLog?.acquisitionDelay ?? 0) + delay;
				if (delay > 0) await race(new Promise((resolve) => setTimeout(resolve, delay)), abortSignal);
			}
		} else {
			retryStrategy = retryStrategy;
			if (retryStrategy?.mode) context.userAgent = [...context.userAgent || [], ["cfg/retry-mode", retryStrategy.mode]];
			return retryStrategy.retry(next, args);
		}
	};
}
const isRetryStrategyV2 = (retryStrategy) => typeof retryStrategy.acquireInitialRetryToken !== "undefined" && typeof retryStrategy.refreshRetryTokenForRetry !== "undefined" && typeof retryStrategy.recordSuccess !== "undefined";
const getRetryErrorInfo = (error, logger) => {
	const errorInfo = {
		error,
		errorType: getRetryErrorType(error)
	};
	const retryAfterHint = parseRetryAfterHeader(error.$response, logger);
	if (retryAfterHint) errorInfo.retryAfterHint = retryAfterHint;
	return errorInfo;
};
const getRetryErrorType = (error) => {
	if (isThrottlingError(error)) return "THROTTLING";
	if (isTransientError(error)) return "TRANSIENT";
	if (isServerError(error)) return "SERVER_ERROR";
	return "CLIENT_ERROR";
};
const retryMiddlewareOptions = {
	name: "retryMiddleware",
	tags: ["RETRY"],
	step: "finalizeRequest",
	priority: "high",
	override: true
};
function bindGetRetryPlugin(isStreamingPayload) {
	const retryMiddleware = bindRetryMiddleware(isStreamingPayload);
	return (options) => ({ applyToStack: (clientStack) => {
		clientStack.add(retryMiddleware(options), retryMiddlewareOptions);
	} });
}
// node_modules/@smithy/core/dist-es/submodules/retry/util-retry/DefaultRateLimiter.js
var DefaultRateLimiter = class DefaultRateLimiter {
	static setTimeoutFn = (fn, delay) => setTimeout(fn, delay);
	beta;
	minCapacity;
	minFillRate;
	scaleConstant;
	smooth;
	enabled = false;
	availableTokens = 0;
	lastMaxRate = 0;
	measuredTxRate = 0;
	requestCount = 0;
	fillRate;
	lastThrottleTime;
	lastTimestamp = 0;
	lastTxRateBucket;
	maxCapacity;
	timeWindow = 0;
	constructor(options) {
		this.beta = options?.beta ?? .7;
		this.minCapacity = options?.minCapacity ?? 1;
		this.minFillRate = options?.minFillRate ?? .5;
		this.scaleConstant = options?.scaleConstant ?? .4;
		this.smooth = options?.smooth ?? .8;
		this.lastThrottleTime = this.getCurrentTimeInSeconds();
		this.lastTxRateBucket = Math.floor(this.getCurrentTimeInSeconds());
		this.fillRate = this.minFillRate;
		this.maxCapacity = this.minCapacity;
	}
	async getSendToken() {
		return this.acquireTokenBucket(1);
	}
	updateClientSendingRate(response) {
		let calculatedRate;
		this.updateMeasuredRate();
		const retryErrorInfo = response;
		if (retryErrorInfo?.errorType === "THROTTLING" || isThrottlingError(retryErrorInfo?.error ?? response)) {
			const rateToUse = !this.enabled ? this.measuredTxRate : Math.min(this.measuredTxRate, this.fillRate);
			this.lastMaxRate = rateToUse;
			this.calculateTimeWindow();
			this.lastThrottleTime = this.getCurrentTimeInSeconds();
			calculatedRate = this.cubicThrottle(rateToUse);
			this.enableTokenBucket();
		} else {
			this.calculateTimeWindow();
			calculatedRate = this.cubicSuccess(this.getCurrentTimeInSeconds());
		}
		const newRate = Math.min(calculatedRate, 2 * this.measuredTxRate);
		this.updateTokenBucketRate(newRate);
	}
	getCurrentTimeInSeconds() {
		return Date.now() / 1e3;
	}
	async acquireTokenBucket(amount) {
		if (!this.enabled) return;
		this.refillTokenBucket();
		while (amount > this.availableTokens) {
			const delay = (amount - this.availableTokens) / this.fillRate * 1e3;
			await new Promise((resolve) => DefaultRateLimiter.setTimeoutFn(resolve, delay));
			this.refillTokenBucket();
		}
		this.availableTokens = this.availableTokens - amount;
	}
	refillTokenBucket() {
		const timestamp = this.getCurrentTimeInSeconds();
		if (!this.lastTimestamp) {
			this.lastTimestamp = timestamp;
			return;
		}
		const fillAmount = (timestamp - this.lastTimestamp) * this.fillRate;
		this.availableTokens = Math.min(this.maxCapacity, this.availableTokens + fillAmount);
		this.lastTimestamp = timestamp;
	}
	calculateTimeWindow() {
		this.timeWindow = this.getPrecise(Math.pow(this.lastMaxRate * (1 - this.beta) / this.scaleConstant, 1 / 3));
	}
	cubicThrottle(rateToUse) {
		return this.getPrecise(rateToUse * this.beta);
	}
	cubicSuccess(timestamp) {
		return this.getPrecise(this.scaleConstant * Math.pow(timestamp - this.lastThrottleTime - this.timeWindow, 3) + this.lastMaxRate);
	}
	enableTokenBucket() {
		this.enabled = true;
	}
	updateTokenBucketRate(newRate) {
		this.refillTokenBucket();
		this.fillRate = Math.max(newRate, this.minFillRate);
		this.maxCapacity = Math.max(newRate, this.minCapacity);
		this.availableTokens = Math.min(this.availableTokens, this.maxCapacity);
	}
	updateMeasuredRate() {
		const t = this.getCurrentTimeInSeconds();
		const timeBucket = Math.floor(t * 2) / 2;
		this.requestCount++;
		if (timeBucket > this.lastTxRateBucket) {
			const currentRate = this.requestCount / (timeBucket - this.lastTxRateBucket);
			this.measuredTxRate = this.getPrecise(currentRate * this.smooth + this.measuredTxRate * (1 - this.smooth));
			this.requestCount = 0;
			this.lastTxRateBucket = timeBucket;
		}
	}
	getPrecise(num) {
		return parseFloat(num.toFixed(8));
	}
};
// node_modules/@smithy/core/dist-es/submodules/retry/util-retry/retries-2026-config.js
var Retry = class {
	static v2026 = true;
	static delay() {
		return 50;
	}
	static throttlingDelay() {
		return 1e3;
	}
	static cost() {
		return 14;
	}
	static throttlingCost() {
		return 5;
	}
	static modifiedCostType() {
		return "THROTTLING";
	}
};
// node_modules/@smithy/core/dist-es/submodules/retry/util-retry/DefaultRetryBackoffStrategy.js
var DefaultRetryBackoffStrategy = class {
	x = Retry.delay();
	computeNextBackoffDelay(i) {
		const t_i = Math.random() * Math.min(this.x * 2 ** i, MAXIMUM_RETRY_DELAY);
		return Math.floor(t_i);
	}
	setDelayBase(delay) {
		this.x = delay;
	}
};
// node_modules/@smithy/core/dist-es/submodules/retry/util-retry/DefaultRetryToken.js
var DefaultRetryToken = class {
	delay;
	count;
	cost;
	longPoll;
	$retryLog = { acquisitionDelay: 0 };
	constructor(delay, count, cost, longPoll) {
		this.delay = delay;
		this.count = count;
		this.cost = cost;
		this.longPoll = longPoll;
	}
	getRetryCount() {
		return this.count;
	}
	getRetryDelay() {
		return Math.min(MAXIMUM_RETRY_DELAY, this.delay);
	}
	getRetryCost() {
		return this.cost;
	}
	isLongPoll() {
		return this.longPoll;
	}
};
// node_modules/@smithy/core/dist-es/submodules/retry/util-retry/config.js
var RETRY_MODES;
(function(RETRY_MODES) {
	RETRY_MODES["STANDARD"] = "standard";
	RETRY_MODES["ADAPTIVE"] = "adaptive";
})(RETRY_MODES || (RETRY_MODES = {}));
const DEFAULT_RETRY_MODE = RETRY_MODES.STANDARD;
// node_modules/@smithy/core/dist-es/submodules/retry/util-retry/StandardRetryStrategy.js
const refusal = {
	incompatible: 1,
	attempts: 2,
	capacity: 3
};
var StandardRetryStrategy = class {
	mode = RETRY_MODES.STANDARD;
	retryBackoffStrategy;
	capacity = 500;
	maxAttemptsProvider;
	baseDelay;
	constructor(arg1) {
		if (typeof arg1 === "number") this.maxAttemptsProvider = async () => arg1;
		else if (typeof arg1 === "function") this.maxAttemptsProvider = arg1;
		else if (arg1 && typeof arg1 === "object") {
			this.maxAttemptsProvider = async () => arg1.maxAttempts;
			this.baseDelay = arg1.baseDelay;
			this.retryBackoffStrategy = arg1.backoff;
		}
		this.maxAttemptsProvider ??= async () => 3;
		this.baseDelay ??= Retry.delay();
		this.retryBackoffStrategy ??= new DefaultRetryBackoffStrategy();
	}
	async acquireInitialRetryToken(retryTokenScope) {
		return new DefaultRetryToken(Retry.delay(), 0, void 0, retryTokenScope.includes(":longpoll"));
	}
	async refreshRetryTokenForRetry(token, errorInfo) {
		const maxAttempts = await this.getMaxAttempts();
		const retryCode = this.retryCode(token, errorInfo, maxAttempts);
		const shouldRetry = retryCode === 0;
		const isLongPoll = token.isLongPoll?.();
		if (shouldRetry || isLongPoll) {
			const errorType = errorInfo.errorType;
			this.retryBackoffStrategy.setDelayBase(errorType === "THROTTLING" ? Retry.throttlingDelay() : this.baseDelay);
			const delayFromErrorType = this.retryBackoffStrategy.computeNextBackoffDelay(token.getRetryCount());
			let retryDelay = delayFromErrorType;
			if (errorInfo.retryAfterHint instanceof Date) retryDelay = Math.max(delayFromErrorType, Math.min(errorInfo.retryAfterHint.getTime() - Date.now(), delayFromErrorType + 5e3));
			if (!shouldRetry) {
				const longPollBackoff = retryCode === refusal.capacity && isLongPoll ? retryDelay : 0;
				if (longPollBackoff > 0) await new Promise((r) => setTimeout(r, longPollBackoff));
			} else {
				const capacityCost = this.getCapacityCost(errorType);
				this.capacity -= capacityCost;
				const nextToken = new DefaultRetryToken(0, token.getRetryCount() + 1, capacityCost, token.isLongPoll?.() ?? false);
				await new Promise((r) => setTimeout(r, retryDelay));
				nextToken.$retryLog.acquisitionDelay = retryDelay;
				return nextToken;
			}
		}
		throw new Error("No retry token available");
	}
	recordSuccess(token) {
		this.capacity = Math.min(500, this.capacity + (token.getRetryCost() ?? 1));
	}
	getCapacity() {
		return this.capacity;
	}
	async maxAttempts() {
		return this.maxAttemptsProvider();
	}
	async getMaxAttempts() {
		try {
			return await this.maxAttemptsProvider();
		} catch (ignored) {
			console.warn(`Max attempts provider could not resolve. Using default of 3`);
			return 3;
		}
	}
	retryCode(tokenToRenew, errorInfo, maxAttempts) {
		const attempts = tokenToRenew.getRetryCount() + 1;
		const retryableStatus = this.isRetryableError(errorInfo.errorType) ? 0 : refusal.incompatible;
		const attemptStatus = attempts < maxAttempts ? 0 : refusal.attempts;
		const capacityStatus = this.capacity >= this.getCapacityCost(errorInfo.errorType) ? 0 : refusal.capacity;
		return retryableStatus || attemptStatus || capacityStatus;
	}
	getCapacityCost(errorType) {
		return errorType === Retry.modifiedCostType() ? Retry.throttlingCost() : Retry.cost();
	}
	isRetryableError(errorType) {
		return errorType === "THROTTLING" || errorType === "TRANSIENT";
	}
};
// node_modules/@smithy/core/dist-es/submodules/retry/util-retry/AdaptiveRetryStrategy.js
var AdaptiveRetryStrategy = class {
	mode = RETRY_MODES.ADAPTIVE;
	rateLimiter;
	standardRetryStrategy;
	constructor(maxAttemptsProvider, options) {
		const { rateLimiter } = options ?? {};
		this.rateLimiter = rateLimiter ?? new DefaultRateLimiter();
		this.standardRetryStrategy = options ? new StandardRetryStrategy({
			maxAttempts: typeof maxAttemptsProvider === "number" ? maxAttemptsProvider : 3,
			...options
		}) : new StandardRetryStrategy(maxAttemptsProvider);
	}
	async acquireInitialRetryToken(retryTokenScope) {
		const token = await this.standardRetryStrategy.acquireInitialRetryToken(retryTokenScope);
		await this.rateLimiter.getSendToken();
		return token;
	}
	async refreshRetryTokenForRetry(tokenToRenew, errorInfo) {
		this.rateLimiter.updateClientSendingRate(errorInfo);
		const token = await this.standardRetryStrategy.refreshRetryTokenForRetry(tokenToRenew, errorInfo);
		await this.rateLimiter.getSendToken();
		return token;
	}
	recordSuccess(token) {
		this.rateLimiter.updateClientSendingRate({});
		this.standardRetryStrategy.recordSuccess(token);
	}
	async maxAttemptsProvider() {
		return this.standardRetryStrategy.maxAttempts();
	}
};
// node_modules/@smithy/core/dist-es/submodules/retry/middleware-retry/configurations.js
const ENV_MAX_ATTEMPTS = "AWS_MAX_ATTEMPTS";
const CONFIG_MAX_ATTEMPTS = "max_attempts";
const NODE_MAX_ATTEMPT_CONFIG_OPTIONS = {
	environmentVariableSelector: (env) => {
		const value = env[ENV_MAX_ATTEMPTS];
		if (!value) return;
		const maxAttempt = parseInt(value);
		if (Number.isNaN(maxAttempt)) throw new Error(`Environment variable ${ENV_MAX_ATTEMPTS} mast be a number, got "${value}"`);
		return maxAttempt;
	},
	configFileSelector: (profile) => {
		const value = profile[CONFIG_MAX_ATTEMPTS];
		if (!value) return;
		const maxAttempt = parseInt(value);
		if (Number.isNaN(maxAttempt)) throw new Error(`Shared config file entry ${CONFIG_MAX_ATTEMPTS} mast be a number, got "${value}"`);
		return maxAttempt;
	},
	default: 3
};
const resolveRetryConfig = (input, defaults) => {
	const { retryStrategy, retryMode } = input;
	const { defaultMaxAttempts = 3, defaultBaseDelay = Retry.delay() } = defaults ?? {};
	const maxAttemptsProvider = normalizeProvider$1(input.maxAttempts ?? defaultMaxAttempts);
	let controller = retryStrategy ? Promise.resolve(retryStrategy) : void 0;
	const getDefault = async () => {
		const maxAttempts = await maxAttemptsProvider();
		if (await normalizeProvider$1(retryMode)() === RETRY_MODES.ADAPTIVE) return new AdaptiveRetryStrategy(maxAttemptsProvider, {
			maxAttempts,
			baseDelay: defaultBaseDelay
		});
		return new StandardRetryStrategy({
			maxAttempts,
			baseDelay: defaultBaseDelay
		});
	};
	return Object.assign(input, {
		maxAttempts: maxAttemptsProvider,
		retryStrategy: () => controller ??= getDefault()
	});
};
const ENV_RETRY_MODE = "AWS_RETRY_MODE";
const CONFIG_RETRY_MODE = "retry_mode";
const NODE_RETRY_MODE_CONFIG_OPTIONS = {
	environmentVariableSelector: (env) => env[ENV_RETRY_MODE],
	configFileSelector: (profile) => profile[CONFIG_RETRY_MODE],
	default: DEFAULT_RETRY_MODE
};
const getRetryPlugin = bindGetRetryPlugin(isStreamingPayload);
// node_modules/@aws-sdk/core/dist-es/submodules/client/middleware-user-agent/check-features.js
const ACCOUNT_ID_ENDPOINT_REGEX = /\d{12}\.ddb/;
async function checkFeatures(context, config, args) {
	if (args.request?.headers?.["smithy-protocol"] === "rpc-v2-cbor") setFeature$1(context, "PROTOCOL_RPC_V2_CBOR", "M");
	if (typeof config.retryStrategy === "function") {
		const retryStrategy = await config.retryStrategy();
		if (typeof retryStrategy.mode === "string") switch (retryStrategy.mode) {
			case RETRY_MODES.ADAPTIVE:
				setFeature$1(context, "RETRY_MODE_ADAPTIVE", "F");
				break;
			case RETRY_MODES.STANDARD: setFeature$1(context, "RETRY_MODE_STANDARD", "E");
		}
	}
	if (typeof config.accountIdEndpointMode === "function") {
		const endpointV2 = context.endpointV2;
		if (String(endpointV2?.url?.hostname).match(ACCOUNT_ID_ENDPOINT_REGEX)) setFeature$1(context, "ACCOUNT_ID_ENDPOINT", "O");
		switch (await config.accountIdEndpointMode?.()) {
			case "disabled":
				setFeature$1(context, "ACCOUNT_ID_MODE_DISABLED", "Q");
				break;
			case "preferred":
				setFeature$1(context, "ACCOUNT_ID_MODE_PREFERRED", "P");
				break;
			case "required": setFeature$1(context, "ACCOUNT_ID_MODE_REQUIRED", "R");
		}
	}
	const identity = context.__smithy_context?.selectedHttpAuthScheme?.identity;
	if (identity?.$source) {
		const credentials = identity;
		if (credentials.accountId) setFeature$1(context, "RESOLVED_ACCOUNT_ID", "T");
		for (const [key, value] of Object.entries(credentials.$source ?? {})) setFeature$1(context, key, value);
	}
}
// node_modules/@aws-sdk/core/dist-es/submodules/client/middleware-user-agent/constants.js
const USER_AGENT = "user-agent";
const X_AMZ_USER_AGENT = "x-amz-user-agent";
const UA_NAME_ESCAPE_REGEX = /[^!$%&'*+\-.^_`|~\w]/g;
const UA_VALUE_ESCAPE_REGEX = /[^!$%&'*+\-.^_`|~\w#]/g;
// node_modules/@aws-sdk/core/dist-es/submodules/client/middleware-user-agent/encode-features.js
const BYTE_LIMIT = 1024;
function encodeFeatures(features) {
	let buffer = "";
	for (const key in features) {
		const val = features[key];
		if (buffer.length + val.length + 1 <= BYTE_LIMIT) {
			if (buffer.length) buffer += "," + val;
			else buffer += val;
			continue;
		}
		break;
	}
	return buffer;
}
// node_modules/@aws-sdk/core/dist-es/submodules/client/middleware-user-agent/user-agent-middleware.js
const userAgentMiddleware = (options) => (next, context) => async (args) => {
	const { request } = args;
	if (!HttpRequest.isInstance(request)) return next(args);
	const { headers } = request;
	const userAgent = context?.userAgent?.map(escapeUserAgent) || [];
	const defaultUserAgent = (await options.defaultUserAgentProvider()).map(escapeUserAgent);
	await checkFeatures(context, options, args);
	const awsContext = context;
	defaultUserAgent.push(`m/${encodeFeatures(Object.assign({}, context.__smithy_context?.features, awsContext.__aws_sdk_context?.features))}`);
	const customUserAgent = options?.customUserAgent?.map(escapeUserAgent) || [];
	const appId = await options.userAgentAppId();
	if (appId) defaultUserAgent.push(escapeUserAgent([`app`, `${appId}`]));
	const prefix = getUserAgentPrefix();
	const sdkUserAgentValue = (prefix ? [prefix] : []).concat([
		...defaultUserAgent,
		...userAgent,
		...customUserAgent
	]).join(" ");
	const normalUAValue = [...defaultUserAgent.filter((section) => section.startsWith("aws-sdk-")), ...customUserAgent].join(" ");
	if (options.runtime !== "browser") {
		if (normalUAValue) headers[X_AMZ_USER_AGENT] = headers["x-amz-user-agent"] ? `${headers[USER_AGENT]} ${normalUAValue}` : normalUAValue;
		headers[USER_AGENT] = sdkUserAgentValue;
	} else headers[X_AMZ_USER_AGENT] = sdkUserAgentValue;
	return next({
		...args,
		request
	});
};
const escapeUserAgent = (userAgentPair) => {
	const name = userAgentPair[0].split("/").map((part) => part.replace(UA_NAME_ESCAPE_REGEX, "-")).join("/");
	const version = userAgentPair[1]?.replace(UA_VALUE_ESCAPE_REGEX, "-");
	const prefixSeparatorIndex = name.indexOf("/");
	const prefix = name.substring(0, prefixSeparatorIndex);
	let uaName = name.substring(prefixSeparatorIndex + 1);
	if (prefix === "api") uaName = uaName.toLowerCase();
	return [
		prefix,
		uaName,
		version
	].filter((item) => item && item.length > 0).reduce((acc, item, index) => {
		switch (index) {
			case 0: return item;
			case 1: return `${acc}/${item}`;
			default: return `${acc}#${item}`;
		}
	}, "");
};
const getUserAgentMiddlewareOptions = {
	name: "getUserAgentMiddleware",
	step: "build",
	priority: "low",
	tags: ["SET_USER_AGENT", "USER_AGENT"],
	override: true
};
const getUserAgentPlugin = (config) => ({ applyToStack: (clientStack) => {
	clientStack.add(userAgentMiddleware(config), getUserAgentMiddlewareOptions);
} });
// node_modules/@aws-sdk/core/dist-es/submodules/client/util-user-agent-node/getRuntimeUserAgentPair.js
const getRuntimeUserAgentPair = () => {
	for (const runtime of [
		"deno",
		"bun",
		"llrt"
	]) if (versions[runtime]) return [`md/${runtime}`, versions[runtime]];
	return ["md/nodejs", versions.node];
};
// node_modules/@aws-sdk/core/dist-es/submodules/client/util-user-agent-node/crt-availability.js
const crtAvailability = { isCrtAvailable: false };
// node_modules/@aws-sdk/core/dist-es/submodules/client/util-user-agent-node/is-crt-available.js
const isCrtAvailable = () => {
	if (crtAvailability.isCrtAvailable) return ["md/crt-avail"];
	return null;
};
// node_modules/@aws-sdk/core/dist-es/submodules/client/util-user-agent-node/defaultUserAgent.js
const createDefaultUserAgentProvider = ({ serviceId, clientVersion }) => {
	const runtimeUserAgentPair = getRuntimeUserAgentPair();
	return async (config) => {
		const sections = [
			["aws-sdk-js", clientVersion],
			["ua", "2.1"],
			[`os/${platform()}`, release()],
			["lang/js"],
			runtimeUserAgentPair
		];
		const crtAvailable = isCrtAvailable();
		if (crtAvailable) sections.push(crtAvailable);
		if (serviceId) sections.push([`api/${serviceId}`, clientVersion]);
		if (env.AWS_EXECUTION_ENV) sections.push([`exec-env/${env.AWS_EXECUTION_ENV}`]);
		const appId = await config?.userAgentAppId?.();
		return appId ? [...sections, [`app/${appId}`]] : [...sections];
	};
};
// node_modules/@aws-sdk/core/dist-es/submodules/client/util-user-agent-node/nodeAppIdConfigOptions.js
const UA_APP_ID_ENV_NAME = "AWS_SDK_UA_APP_ID";
const UA_APP_ID_INI_NAME_DEPRECATED = "sdk-ua-app-id";
const NODE_APP_ID_CONFIG_OPTIONS = {
	environmentVariableSelector: (env) => env[UA_APP_ID_ENV_NAME],
	configFileSelector: (profile) => profile["sdk_ua_app_id"] ?? profile[UA_APP_ID_INI_NAME_DEPRECATED],
	default: void 0
};
// node_modules/@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws/isVirtualHostableS3Bucket.js
const isVirtualHostableS3Bucket = (value, allowSubDomains = false) => {
	if (allowSubDomains) {
		for (const label of value.split(".")) if (!isVirtualHostableS3Bucket(label)) return false;
		return true;
	}
	if (!isValidHostLabel(value)) return false;
	if (value.length < 3 || value.length > 63) return false;
	if (value !== value.toLowerCase()) return false;
	if (isIpAddress(value)) return false;
	return true;
};
// node_modules/@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws/parseArn.js
const ARN_DELIMITER = ":";
const RESOURCE_DELIMITER = "/";
const parseArn = (value) => {
	const segments = value.split(ARN_DELIMITER);
	if (segments.length < 6) return null;
	const [arn, partition, service, region, accountId, ...resourcePath] = segments;
	if (arn !== "arn" || partition === "" || service === "" || resourcePath.join(ARN_DELIMITER) === "") return null;
	return {
		partition,
		service,
		region,
		accountId,
		resourceId: resourcePath.map((resource) => resource.split(RESOURCE_DELIMITER)).flat()
	};
};
// node_modules/@aws-sdk/core/dist-es/submodules/client/util-endpoints/aws.js
const awsEndpointFunctions = {
	isVirtualHostableS3Bucket,
	parseArn,
	partition
};
customEndpointFunctions.aws = awsEndpointFunctions;
// node_modules/@aws-sdk/core/dist-es/submodules/client/region-config-resolver/stsRegionDefaultResolver.js
function stsRegionDefaultResolver(loaderConfig = {}) {
	return loadConfig({
		...NODE_REGION_CONFIG_OPTIONS,
		async default() {
			if (!warning.silence) console.warn("@aws-sdk - WARN - default STS region of us-east-1 used. See @aws-sdk/credential-providers README and set a region explicitly.");
			return "us-east-1";
		}
	}, {
		...NODE_REGION_CONFIG_FILE_OPTIONS,
		...loaderConfig
	});
}
const warning = { silence: false };
// node_modules/@aws-sdk/core/dist-es/submodules/client/region-config-resolver/extensions.js
const getAwsRegionExtensionConfiguration = (runtimeConfig) => {
	return {
		setRegion(region) {
			runtimeConfig.region = region;
		},
		region() {
			return runtimeConfig.region;
		}
	};
};
const resolveAwsRegionExtensionConfiguration = (awsRegionExtensionConfiguration) => {
	return { region: awsRegionExtensionConfiguration.region() };
};
// node_modules/@aws-sdk/credential-provider-env/dist-es/fromEnv.js
const ENV_KEY = "AWS_ACCESS_KEY_ID";
const ENV_SECRET = "AWS_SECRET_ACCESS_KEY";
const ENV_SESSION = "AWS_SESSION_TOKEN";
const ENV_EXPIRATION = "AWS_CREDENTIAL_EXPIRATION";
const ENV_CREDENTIAL_SCOPE = "AWS_CREDENTIAL_SCOPE";
const ENV_ACCOUNT_ID = "AWS_ACCOUNT_ID";
const fromEnv = (init) => async () => {
	init?.logger?.debug("@aws-sdk/credential-provider-env - fromEnv");
	const accessKeyId = process.env[ENV_KEY];
	const secretAccessKey = process.env[ENV_SECRET];
	const sessionToken = process.env[ENV_SESSION];
	const expiry = process.env[ENV_EXPIRATION];
	const credentialScope = process.env[ENV_CREDENTIAL_SCOPE];
	const accountId = process.env[ENV_ACCOUNT_ID];
	if (accessKeyId && secretAccessKey) {
		const credentials = {
			accessKeyId,
			secretAccessKey,
			...sessionToken && { sessionToken },
			...expiry && { expiration: new Date(expiry) },
			...credentialScope && { credentialScope },
			...accountId && { accountId }
		};
		setCredentialFeature(credentials, "CREDENTIALS_ENV_VARS", "g");
		return credentials;
	}
	throw new CredentialsProviderError("Unable to find environment variable credentials.", { logger: init?.logger });
};
// node_modules/@smithy/node-http-handler/dist-es/build-abort-error.js
function buildAbortError(abortSignal) {
	const reason = abortSignal && typeof abortSignal === "object" && "reason" in abortSignal ? abortSignal.reason : void 0;
	if (reason) {
		if (reason instanceof Error) {
			const abortError = new Error("Request aborted");
			abortError.name = "AbortError";
			abortError.cause = reason;
			return abortError;
		}
		const abortError = new Error(String(reason));
		abortError.name = "AbortError";
		return abortError;
	}
	const abortError = new Error("Request aborted");
	abortError.name = "AbortError";
	return abortError;
}
// node_modules/@smithy/node-http-handler/dist-es/constants.js
const NODEJS_TIMEOUT_ERROR_CODES = [
	"ECONNRESET",
	"EPIPE",
	"ETIMEDOUT"
];
// node_modules/@smithy/node-http-handler/dist-es/get-transformed-headers.js
const getTransformedHeaders = (headers) => {
	const transformedHeaders = {};
	for (const name in headers) {
		if (!hasOwn(headers, name)) continue;
		const headerValues = headers[name];
		transformedHeaders[name] = Array.isArray(headerValues) ? headerValues.join(",") : headerValues;
	}
	return transformedHeaders;
};
// node_modules/@smithy/node-http-handler/dist-es/timing.js
const timing = {
	setTimeout: (cb, ms) => setTimeout(cb, ms),
	clearTimeout: (timeoutId) => clearTimeout(timeoutId)
};
// node_modules/@smithy/node-http-handler/dist-es/set-connection-timeout.js
const DEFER_EVENT_LISTENER_TIME$2 = 1e3;
const setConnectionTimeout = (request, reject, timeoutInMs = 0) => {
	if (!timeoutInMs) return -1;
	const registerTimeout = (offset) => {
		const timeoutId = timing.setTimeout(() => {
			request.destroy();
			reject(Object.assign(new Error(`@smithy/node-http-handler - the request socket did not establish a connection with the server within the configured timeout of ${timeoutInMs} ms.`), { name: "TimeoutError" }));
		}, timeoutInMs - offset);
		const doWithSocket = (socket) => {
			if (socket?.connecting) socket.on("connect", () => {
				timing.clearTimeout(timeoutId);
			});
			else timing.clearTimeout(timeoutId);
		};
		if (request.socket) doWithSocket(request.socket);
		else request.on("socket", doWithSocket);
	};
	if (timeoutInMs < 2e3) {
		registerTimeout(0);
		return 0;
	}
	return timing.setTimeout(registerTimeout.bind(null, DEFER_EVENT_LISTENER_TIME$2), DEFER_EVENT_LISTENER_TIME$2);
};
// node_modules/@smithy/node-http-handler/dist-es/set-request-timeout.js
const setRequestTimeout = (req, reject, timeoutInMs = 0, throwOnRequestTimeout, logger) => {
	if (timeoutInMs) return timing.setTimeout(() => {
		let msg = `@smithy/node-http-handler - [${throwOnRequestTimeout ? "ERROR" : "WARN"}] a request has exceeded the configured ${timeoutInMs} ms requestTimeout.`;
		if (throwOnRequestTimeout) {
			const error = Object.assign(new Error(msg), {
				name: "TimeoutError",
				code: "ETIMEDOUT"
			});
			req.destroy(error);
			reject(error);
		} else {
			msg += ` Init client requestHandler with throwOnRequestTimeout=true to turn this into an error.`;
			logger?.warn?.(msg);
		}
	}, timeoutInMs);
	return -1;
};
// node_modules/@smithy/node-http-handler/dist-es/set-socket-keep-alive.js
const DEFER_EVENT_LISTENER_TIME$1 = 3e3;
const setSocketKeepAlive = (request, { keepAlive, keepAliveMsecs }, deferTimeMs = DEFER_EVENT_LISTENER_TIME$1) => {
	if (keepAlive !== true) return -1;
	const registerListener = () => {
		if (request.socket) request.socket.setKeepAlive(keepAlive, keepAliveMsecs || 0);
		else request.on("socket", (socket) => {
			socket.setKeepAlive(keepAlive, keepAliveMsecs || 0);
		});
	};
	if (deferTimeMs === 0) {
		registerListener();
		return 0;
	}
	return timing.setTimeout(registerListener, deferTimeMs);
};
// node_modules/@smithy/node-http-handler/dist-es/resolve-default-socket-timeout.js
const resolveDefaultSocketTimeout = (config) => {
	const value = config?.defaultSocketTimeout;
	return typeof value === "number" && Number.isFinite(value) && value > 0 ? value : void 0;
};
// node_modules/@smithy/node-http-handler/dist-es/set-socket-timeout.js
const DEFER_EVENT_LISTENER_TIME = 3e3;
const setSocketTimeout = (request, reject, timeoutInMs = 0, isServiceDefault = false) => {
	if (!Number.isFinite(timeoutInMs) || timeoutInMs <= 0) return;
	let response;
	request.once("response", (res) => response = res);
	const onTimeout = () => {
		if (response?.complete) {
			request.socket?.destroy();
			return;
		}
		const error = Object.assign(new Error(`@smithy/node-http-handler - the request socket timed out after ${timeoutInMs} ms of inactivity (${isServiceDefault ? "service default socket timeout" : "configured by client requestHandler"}).`), { name: "TimeoutError" });
		response?.destroy(error);
		request.destroy();
		reject(error);
	};
	const registerTimeout = () => {
		const { socket } = request;
		if (!socket) request.once("socket", registerTimeout);
		else if (socket.connecting) socket.once("connect", registerTimeout);
		else {
			socket.setTimeout(timeoutInMs, onTimeout);
			request.on("close", () => socket.removeListener("timeout", onTimeout));
		}
	};
	if (timeoutInMs < 6e3) {
		registerTimeout();
		return;
	}
	const deferralId = timing.setTimeout(registerTimeout, DEFER_EVENT_LISTENER_TIME);
	request.once("close", () => timing.clearTimeout(deferralId));
};
// node_modules/@smithy/node-http-handler/dist-es/write-request-body.js
const MIN_WAIT_TIME = 6e3;
async function writeRequestBody(httpRequest, request, maxContinueTimeoutMs = MIN_WAIT_TIME, externalAgent = false) {
	const headers = request.headers;
	const expect = headers ? headers.Expect || headers.expect : void 0;
	let timeoutId = -1;
	let sendBody = true;
	if (!externalAgent && expect === "100-continue") sendBody = await Promise.race([new Promise((resolve) => {
		timeoutId = Number(timing.setTimeout(() => resolve(true), Math.max(MIN_WAIT_TIME, maxContinueTimeoutMs)));
	}), new Promise((resolve) => {
		httpRequest.on("continue", () => {
			timing.clearTimeout(timeoutId);
			resolve(true);
		});
		httpRequest.on("response", () => {
			timing.clearTimeout(timeoutId);
			resolve(false);
		});
		httpRequest.on("error", () => {
			timing.clearTimeout(timeoutId);
			resolve(false);
		});
	})]);
	if (sendBody) writeBody(httpRequest, request.body);
}
function writeBody(httpRequest, body) {
	if (body instanceof Readable) {
		body.pipe(httpRequest);
		return;
	}
	if (body) {
		const isBuffer = Buffer.isBuffer(body);
		if (isBuffer || typeof body === "string") {
			if (isBuffer && body.byteLength === 0) httpRequest.end();
			else httpRequest.end(body);
			return;
		}
		const uint8 = body;
		if (typeof uint8 === "object" && uint8.buffer && typeof uint8.byteOffset === "number" && typeof uint8.byteLength === "number") {
			httpRequest.end(Buffer.from(uint8.buffer, uint8.byteOffset, uint8.byteLength));
			return;
		}
		httpRequest.end(Buffer.from(body));
		return;
	}
	httpRequest.end();
}
// node_modules/@smithy/node-http-handler/dist-es/node-http-handler.js
let hAgent = void 0;
let hRequest = void 0;
var NodeHttpHandler = class NodeHttpHandler {
	config;
	configProvider;
	socketWarningTimestamp = 0;
	externalAgent = false;
	metadata = { handlerProtocol: "http/1.1" };
	static create(instanceOrOptions) {
		if (typeof instanceOrOptions?.handle === "function") return instanceOrOptions;
		return new NodeHttpHandler(instanceOrOptions);
	}
	static checkSocketUsage(agent, socketWarningTimestamp, logger = console) {
		const { sockets, requests, maxSockets } = agent;
		if (typeof maxSockets !== "number" || maxSockets === Infinity) return socketWarningTimestamp;
		if (Date.now() - 15e3 < socketWarningTimestamp) return socketWarningTimestamp;
		if (sockets && requests) for (const origin in sockets) {
			if (!hasOwn(sockets, origin)) continue;
			const socketsInUse = sockets[origin]?.length ?? 0;
			const requestsEnqueued = requests[origin]?.length ?? 0;
			if (socketsInUse >= maxSockets && requestsEnqueued >= 2 * maxSockets) {
				logger?.warn?.(`@smithy/node-http-handler:WARN - socket usage at capacity=${socketsInUse} and ${requestsEnqueued} additional requests are enqueued.
See https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/node-configuring-maxsockets.html
or increase socketAcquisitionWarningTimeout=(millis) in the NodeHttpHandler config.`);
				return Date.now();
			}
		}
		return socketWarningTimestamp;
	}
	constructor(options) {
		this.configProvider = new Promise((resolve, reject) => {
			if (typeof options === "function") options().then((_options) => {
				resolve(this.resolveDefaultConfig(_options));
			}).catch(reject);
			else resolve(this.resolveDefaultConfig(options));
		});
	}
	destroy() {
		this.config?.httpAgent?.destroy();
		this.config?.httpsAgent?.destroy();
	}
	async handle(request, { abortSignal, requestTimeout } = {}) {
		if (!this.config) this.config = await this.configProvider;
		const config = this.config;
		const logger = config.logger;
		const isSSL = request.protocol === "https:";
		if (!isSSL && !this.config.httpAgent) this.config.httpAgent = await this.config.httpAgentProvider();
		return new Promise((_resolve, _reject) => {
			let writeRequestBodyPromise = void 0;
			let socketWarningTimeoutId = -1;
			let connectionTimeoutId = -1;
			let requestTimeoutId = -1;
			let keepAliveTimeoutId = -1;
			const clearTimeouts = () => {
				timing.clearTimeout(socketWarningTimeoutId);
				timing.clearTimeout(connectionTimeoutId);
				timing.clearTimeout(requestTimeoutId);
				timing.clearTimeout(keepAliveTimeoutId);
			};
			const resolve = async (arg) => {
				await writeRequestBodyPromise;
				clearTimeouts();
				_resolve(arg);
			};
			const reject = async (arg) => {
				await writeRequestBodyPromise;
				clearTimeouts();
				_reject(arg);
			};
			if (abortSignal?.aborted) {
				reject(buildAbortError(abortSignal));
				return;
			}
			const headers = request.headers;
			const expectContinue = headers ? (headers.Expect ?? headers.expect) === "100-continue" : false;
			let agent = isSSL ? config.httpsAgent : config.httpAgent;
			if (expectContinue && !this.externalAgent) agent = new (isSSL ? node_https.Agent : hAgent)({
				keepAlive: false,
				maxSockets: Infinity
			});
			socketWarningTimeoutId = timing.setTimeout(() => {
				this.socketWarningTimestamp = NodeHttpHandler.checkSocketUsage(agent, this.socketWarningTimestamp, logger);
			}, config.socketAcquisitionWarningTimeout ?? (config.requestTimeout ?? 2e3) + (config.connectionTimeout ?? 1e3));
			const queryString = request.query ? buildQueryString(request.query) : "";
			let auth = void 0;
			if (request.username != null || request.password != null) auth = `${request.username ?? ""}:${request.password ?? ""}`;
			let path = request.path;
			if (queryString) path += `?${queryString}`;
			if (request.fragment) path += `#${request.fragment}`;
			let hostname = request.hostname ?? "";
			if (hostname[0] === "[" && hostname.endsWith("]")) hostname = request.hostname.slice(1, -1);
			else hostname = request.hostname;
			const nodeHttpsOptions = {
				headers: request.headers,
				host: hostname,
				method: request.method,
				path,
				port: request.port,
				agent,
				auth
			};
			const req = (isSSL ? node_https.request : hRequest)(nodeHttpsOptions, (res) => {
				const httpResponse = new HttpResponse({
					statusCode: res.statusCode || -1,
					reason: res.statusMessage,
					headers: getTransformedHeaders(res.headers),
					body: res
				});
				resolve({ response: httpResponse });
			});
			req.on("error", (err) => {
				if (NODEJS_TIMEOUT_ERROR_CODES.includes(err.code)) reject(Object.assign(err, { name: "TimeoutError" }));
				else reject(err);
			});
			if (abortSignal) {
				const onAbort = () => {
					req.destroy();
					const abortError = buildAbortError(abortSignal);
					reject(abortError);
				};
				if (typeof abortSignal.addEventListener === "function") {
					const signal = abortSignal;
					signal.addEventListener("abort", onAbort, { once: true });
					req.once("close", () => signal.removeEventListener("abort", onAbort));
				} else abortSignal.onabort = onAbort;
			}
			const effectiveRequestTimeout = requestTimeout ?? config.requestTimeout;
			connectionTimeoutId = setConnectionTimeout(req, reject, config.connectionTimeout);
			requestTimeoutId = setRequestTimeout(req, reject, effectiveRequestTimeout, config.throwOnRequestTimeout, logger ?? console);
			const defaultSocketTimeout = config.socketTimeout === void 0 ? resolveDefaultSocketTimeout(config) : void 0;
			if (defaultSocketTimeout) setSocketTimeout(req, reject, defaultSocketTimeout, true);
			else setSocketTimeout(req, reject, config.socketTimeout);
			const httpAgent = nodeHttpsOptions.agent;
			if (typeof httpAgent === "object" && "keepAlive" in httpAgent) keepAliveTimeoutId = setSocketKeepAlive(req, {
				keepAlive: httpAgent.keepAlive,
				keepAliveMsecs: httpAgent.keepAliveMsecs
			});
			writeRequestBodyPromise = writeRequestBody(req, request, effectiveRequestTimeout, this.externalAgent).catch((e) => {
				clearTimeouts();
				return _reject(e);
			});
		});
	}
	updateHttpClientConfig(key, value) {
		this.config = void 0;
		this.configProvider = this.configProvider.then((config) => {
			switch (key) {
				case Symbol.for("logger"):
					key = "logger";
					value = config.logger ?? value;
					break;
				case Symbol.for("@smithy/defaultSocketTimeout"):
					key = "defaultSocketTimeout";
					value = resolveDefaultSocketTimeout(config) ?? value;
			}
			return {
				...config,
				[key]: value
			};
		});
	}
	httpHandlerConfigs() {
		return this.config ?? {};
	}
	resolveDefaultConfig(options) {
		const { requestTimeout, connectionTimeout, socketTimeout, socketAcquisitionWarningTimeout, httpAgent, httpsAgent, throwOnRequestTimeout, logger } = options || {};
		const keepAlive = true;
		const maxSockets = 50;
		let httpAgentPromise;
		return {
			connectionTimeout,
			requestTimeout,
			socketTimeout,
			defaultSocketTimeout: resolveDefaultSocketTimeout(options),
			socketAcquisitionWarningTimeout,
			throwOnRequestTimeout,
			httpAgentProvider: () => httpAgentPromise ??= (async () => {
				const node_http = await Promise.resolve({
					__proto__: process.getBuiltinModule("node:http"),
					default: process.getBuiltinModule("node:http")
				});
				const { Agent, request } = node_http.default ?? node_http;
				hRequest = request;
				hAgent = Agent;
				if (httpAgent instanceof hAgent || typeof httpAgent?.destroy === "function") {
					this.externalAgent = true;
					return httpAgent;
				}
				return new hAgent({
					keepAlive,
					maxSockets,
					...httpAgent
				});
			})(),
			httpsAgent: (() => {
				if (httpsAgent instanceof node_https.Agent || typeof httpsAgent?.destroy === "function") {
					this.externalAgent = true;
					return httpsAgent;
				}
				return new node_https.Agent({
					keepAlive,
					maxSockets,
					...httpsAgent
				});
			})(),
			logger
		};
	}
};
// node_modules/@aws-sdk/credential-provider-http/dist-es/fromHttp/checkUrl.js
const ECS_CONTAINER_HOST = "169.254.170.2";
const EKS_CONTAINER_HOST_IPv4 = "169.254.170.23";
const EKS_CONTAINER_HOST_IPv6 = "[fd00:ec2::23]";
const checkUrl = (url, logger) => {
	if (url.protocol === "https:") return;
	if (url.hostname === ECS_CONTAINER_HOST || url.hostname === EKS_CONTAINER_HOST_IPv4 || url.hostname === EKS_CONTAINER_HOST_IPv6) return;
	if (url.hostname.includes("[")) {
		if (url.hostname === "[::1]" || url.hostname === "[0000:0000:0000:0000:0000:0000:0000:0001]") return;
	} else {
		if (url.hostname === "localhost") return;
		const ipComponents = url.hostname.split(".");
		const inRange = (component) => {
			const num = parseInt(component, 10);
			return 0 <= num && num <= 255;
		};
		if (ipComponents[0] === "127" && inRange(ipComponents[1]) && inRange(ipComponents[2]) && inRange(ipComponents[3]) && ipComponents.length === 4) return;
	}
	throw new CredentialsProviderError(`URL not accepted. It must either be HTTPS or match one of the following:
  - loopback CIDR 127.0.0.0/8 or [::1/128]
  - ECS container host 169.254.170.2
  - EKS container host 169.254.170.23 or [fd00:ec2::23]`, { logger });
};
// node_modules/@aws-sdk/credential-provider-http/dist-es/fromHttp/requestHelpers.js
function createGetRequest(url) {
	return new HttpRequest({
		protocol: url.protocol,
		hostname: url.hostname,
		port: Number(url.port),
		path: url.pathname,
		query: Array.from(url.searchParams.entries()).reduce((acc, [k, v]) => {
			acc[k] = v;
			return acc;
		}, {}),
		fragment: url.hash
	});
}
async function getCredentials(response, logger) {
	const str = await sdkStreamMixin(response.body).transformToString();
	if (response.statusCode === 200) {
		const parsed = JSON.parse(str);
		if (typeof parsed.AccessKeyId !== "string" || typeof parsed.SecretAccessKey !== "string" || typeof parsed.Token !== "string" || typeof parsed.Expiration !== "string") throw new CredentialsProviderError("HTTP credential provider response not of the required format, an object matching: { AccessKeyId: string, SecretAccessKey: string, Token: string, Expiration: string(rfc3339) }", { logger });
		return {
			accessKeyId: parsed.AccessKeyId,
			secretAccessKey: parsed.SecretAccessKey,
			sessionToken: parsed.Token,
			expiration: parseRfc3339DateTime(parsed.Expiration)
		};
	}
	if (response.statusCode >= 400 && response.statusCode < 500) {
		let parsedBody = {};
		try {
			parsedBody = JSON.parse(str);
		} catch (e) {}
		throw Object.assign(new CredentialsProviderError(`Server responded with status: ${response.statusCode}`, { logger }), {
			Code: parsedBody.Code,
			Message: parsedBody.Message
		});
	}
	throw new CredentialsProviderError(`Server responded with status: ${response.statusCode}`, { logger });
}
// node_modules/@aws-sdk/credential-provider-http/dist-es/fromHttp/retry-wrapper.js
const retryWrapper = (toRetry, maxRetries, delayMs) => {
	return async () => {
		for (let i = 0; i < maxRetries; ++i) try {
			return await toRetry();
		} catch (e) {
			await new Promise((resolve) => setTimeout(resolve, delayMs));
		}
		return await toRetry();
	};
};
// node_modules/@aws-sdk/credential-provider-http/dist-es/fromHttp/fromHttp.js
const AWS_CONTAINER_CREDENTIALS_RELATIVE_URI = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
const DEFAULT_LINK_LOCAL_HOST = "http://169.254.170.2";
const AWS_CONTAINER_CREDENTIALS_FULL_URI = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
const AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";
const AWS_CONTAINER_AUTHORIZATION_TOKEN = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
const fromHttp = (options = {}) => {
	options.logger?.debug("@aws-sdk/credential-provider-http - fromHttp");
	let host;
	const relative = options.awsContainerCredentialsRelativeUri ?? process.env[AWS_CONTAINER_CREDENTIALS_RELATIVE_URI];
	const full = options.awsContainerCredentialsFullUri ?? process.env[AWS_CONTAINER_CREDENTIALS_FULL_URI];
	const token = options.awsContainerAuthorizationToken ?? process.env[AWS_CONTAINER_AUTHORIZATION_TOKEN];
	const tokenFile = options.awsContainerAuthorizationTokenFile ?? process.env[AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE];
	const warn = options.logger?.constructor?.name === "NoOpLogger" || !options.logger?.warn ? console.warn : options.logger.warn.bind(options.logger);
	if (relative && full) {
		warn("@aws-sdk/credential-provider-http: you have set both awsContainerCredentialsRelativeUri and awsContainerCredentialsFullUri.");
		warn("awsContainerCredentialsRelativeUri will take precedence.");
	}
	if (token && tokenFile) {
		warn("@aws-sdk/credential-provider-http: you have set both awsContainerAuthorizationToken and awsContainerAuthorizationTokenFile.");
		warn("awsContainerAuthorizationTokenFile will take precedence.");
	}
	if (relative) host = `${DEFAULT_LINK_LOCAL_HOST}${relative}`;
	else if (full) host = full;
	else throw new CredentialsProviderError(`No HTTP credential provider host provided.
Set AWS_CONTAINER_CREDENTIALS_FULL_URI or AWS_CONTAINER_CREDENTIALS_RELATIVE_URI.`, { logger: options.logger });
	const url = new URL(host);
	checkUrl(url, options.logger);
	const requestHandler = NodeHttpHandler.create({ connectionTimeout: options.timeout ?? 1e3 });
	const requestTimeout = options.timeout ?? 1e3;
	const provider = retryWrapper(async () => {
		const request = createGetRequest(url);
		if (tokenFile) request.headers.Authorization = validateToken((await fs.readFile(tokenFile)).toString());
		else if (token) request.headers.Authorization = validateToken(token);
		try {
			return getCredentials((await requestHandler.handle(request, { requestTimeout })).response).then((creds) => setCredentialFeature(creds, "CREDENTIALS_HTTP", "z"));
		} catch (e) {
			throw new CredentialsProviderError(String(e), { logger: options.logger });
		}
	}, options.maxRetries ?? 3, options.timeout ?? 1e3);
	return async () => {
		try {
			return await provider();
		} finally {
			requestHandler.destroy?.();
		}
	};
};
const validateToken = (token) => {
	if (token.includes("\r\n")) throw new CredentialsProviderError("Authorization token contains invalid \\r\\n sequence.");
	return token;
};
// node_modules/@aws-sdk/credential-provider-ini/dist-es/resolveCredentialSource.js
const resolveCredentialSource = (credentialSource, profileName, logger) => {
	const sourceProvidersMap = {
		EcsContainer: async (options) => {
			const { fromHttp } = await import("./aws.js");
			const { fromContainerMetadata } = await import("./aws.js");
			logger?.debug("@aws-sdk/credential-provider-ini - credential_source is EcsContainer");
			return async () => chain(fromHttp(options ?? {}), fromContainerMetadata(options))().then(setNamedProvider);
		},
		Ec2InstanceMetadata: async (options) => {
			logger?.debug("@aws-sdk/credential-provider-ini - credential_source is Ec2InstanceMetadata");
			const { fromInstanceMetadata } = await import("./aws.js");
			return async () => fromInstanceMetadata(options)().then(setNamedProvider);
		},
		Environment: async (options) => {
			logger?.debug("@aws-sdk/credential-provider-ini - credential_source is Environment");
			const { fromEnv } = await import("./aws.js");
			return async () => fromEnv(options)().then(setNamedProvider);
		}
	};
	if (credentialSource in sourceProvidersMap) return sourceProvidersMap[credentialSource];
	else throw new CredentialsProviderError(`Unsupported credential source in profile ${profileName}. Got ${credentialSource}, expected EcsContainer or Ec2InstanceMetadata or Environment.`, { logger });
};
const setNamedProvider = (creds) => setCredentialFeature(creds, "CREDENTIALS_PROFILE_NAMED_PROVIDER", "p");
// node_modules/@aws-sdk/credential-provider-ini/dist-es/resolveAssumeRoleCredentials.js
const isAssumeRoleProfile = (arg, { profile = "default", logger } = {}) => {
	return Boolean(arg) && typeof arg === "object" && typeof arg.role_arn === "string" && ["undefined", "string"].indexOf(typeof arg.role_session_name) > -1 && ["undefined", "string"].indexOf(typeof arg.external_id) > -1 && ["undefined", "string"].indexOf(typeof arg.mfa_serial) > -1 && (isAssumeRoleWithSourceProfile(arg, {
		profile,
		logger
	}) || isCredentialSourceProfile(arg, {
		profile,
		logger
	}));
};
const isAssumeRoleWithSourceProfile = (arg, { profile, logger }) => {
	const withSourceProfile = typeof arg.source_profile === "string" && typeof arg.credential_source === "undefined";
	if (withSourceProfile) logger?.debug?.(`    ${profile} isAssumeRoleWithSourceProfile source_profile=${arg.source_profile}`);
	return withSourceProfile;
};
const isCredentialSourceProfile = (arg, { profile, logger }) => {
	const withProviderProfile = typeof arg.credential_source === "string" && typeof arg.source_profile === "undefined";
	if (withProviderProfile) logger?.debug?.(`    ${profile} isCredentialSourceProfile credential_source=${arg.credential_source}`);
	return withProviderProfile;
};
const resolveAssumeRoleCredentials = async (profileName, profiles, options, callerClientConfig, visitedProfiles = {}, resolveProfileData) => {
	options.logger?.debug("@aws-sdk/credential-provider-ini - resolveAssumeRoleCredentials (STS)");
	const profileData = profiles[profileName];
	const { source_profile, region } = profileData;
	if (!options.roleAssumer) {
		const { getDefaultRoleAssumer } = await import("./aws.js");
		options.roleAssumer = getDefaultRoleAssumer({
			...options.clientConfig,
			credentialProviderLogger: options.logger,
			parentClientConfig: {
				...callerClientConfig,
				...options?.parentClientConfig,
				region: region ?? options?.parentClientConfig?.region ?? callerClientConfig?.region
			}
		}, options.clientPlugins);
	}
	if (source_profile && source_profile in visitedProfiles) throw new CredentialsProviderError(`Detected a cycle attempting to resolve credentials for profile ${getProfileName(options)}. Profiles visited: ` + Object.keys(visitedProfiles).join(", "), { logger: options.logger });
	options.logger?.debug(`@aws-sdk/credential-provider-ini - finding credential resolver using ${source_profile ? `source_profile=[${source_profile}]` : `profile=[${profileName}]`}`);
	const sourceCredsProvider = source_profile ? resolveProfileData(source_profile, profiles, options, callerClientConfig, {
		...visitedProfiles,
		[source_profile]: true
	}, isCredentialSourceWithoutRoleArn(profiles[source_profile] ?? {})) : (await resolveCredentialSource(profileData.credential_source, profileName, options.logger)(options))();
	if (isCredentialSourceWithoutRoleArn(profileData)) return sourceCredsProvider.then((creds) => setCredentialFeature(creds, "CREDENTIALS_PROFILE_SOURCE_PROFILE", "o"));
	else {
		const params = {
			RoleArn: profileData.role_arn,
			RoleSessionName: profileData.role_session_name || `aws-sdk-js-${Date.now()}`,
			ExternalId: profileData.external_id,
			DurationSeconds: parseInt(profileData.duration_seconds || "3600", 10)
		};
		const { mfa_serial } = profileData;
		if (mfa_serial) {
			if (!options.mfaCodeProvider) throw new CredentialsProviderError(`Profile ${profileName} requires multi-factor authentication, but no MFA code callback was provided.`, {
				logger: options.logger,
				tryNextLink: false
			});
			params.SerialNumber = mfa_serial;
			params.TokenCode = await options.mfaCodeProvider(mfa_serial);
		}
		const sourceCreds = await sourceCredsProvider;
		return options.roleAssumer(sourceCreds, params).then((creds) => setCredentialFeature(creds, "CREDENTIALS_PROFILE_SOURCE_PROFILE", "o"));
	}
};
const isCredentialSourceWithoutRoleArn = (section) => {
	return !section.role_arn && !!section.credential_source;
};
// node_modules/@aws-sdk/credential-provider-ini/dist-es/resolveLoginCredentials.js
const isLoginProfile = (data) => {
	return Boolean(data && data.login_session);
};
const resolveLoginCredentials = async (profileName, options, callerClientConfig) => {
	const { fromLoginCredentials } = await import("./aws.js");
	return setCredentialFeature(await fromLoginCredentials({
		...options,
		profile: profileName
	})({ callerClientConfig }), "CREDENTIALS_PROFILE_LOGIN", "AC");
};
// node_modules/@aws-sdk/credential-provider-ini/dist-es/resolveProcessCredentials.js
const isProcessProfile = (arg) => Boolean(arg) && typeof arg === "object" && typeof arg.credential_process === "string";
const resolveProcessCredentials$1 = async (options, profile) => {
	const { fromProcess } = await import("./aws.js");
	return setCredentialFeature(await fromProcess({
		...options,
		profile
	})(), "CREDENTIALS_PROFILE_PROCESS", "v");
};
// node_modules/@aws-sdk/credential-provider-ini/dist-es/resolveSsoCredentials.js
const resolveSsoCredentials = async (profile, profileData, options = {}, callerClientConfig) => {
	const { fromSSO } = await import("./aws.js");
	return fromSSO({
		profile,
		logger: options.logger,
		parentClientConfig: options.parentClientConfig,
		clientConfig: options.clientConfig
	})({ callerClientConfig }).then((creds) => {
		if (profileData.sso_session) return setCredentialFeature(creds, "CREDENTIALS_PROFILE_SSO", "r");
		else return setCredentialFeature(creds, "CREDENTIALS_PROFILE_SSO_LEGACY", "t");
	});
};
const isSsoProfile$1 = (arg) => arg && (typeof arg.sso_start_url === "string" || typeof arg.sso_account_id === "string" || typeof arg.sso_session === "string" || typeof arg.sso_region === "string" || typeof arg.sso_role_name === "string");
// node_modules/@aws-sdk/credential-provider-ini/dist-es/resolveStaticCredentials.js
const isStaticCredsProfile = (arg) => Boolean(arg) && typeof arg === "object" && typeof arg.aws_access_key_id === "string" && typeof arg.aws_secret_access_key === "string" && ["undefined", "string"].indexOf(typeof arg.aws_session_token) > -1 && ["undefined", "string"].indexOf(typeof arg.aws_account_id) > -1;
const resolveStaticCredentials = async (profile, options) => {
	options?.logger?.debug("@aws-sdk/credential-provider-ini - resolveStaticCredentials");
	return setCredentialFeature({
		accessKeyId: profile.aws_access_key_id,
		secretAccessKey: profile.aws_secret_access_key,
		sessionToken: profile.aws_session_token,
		...profile.aws_credential_scope && { credentialScope: profile.aws_credential_scope },
		...profile.aws_account_id && { accountId: profile.aws_account_id }
	}, "CREDENTIALS_PROFILE", "n");
};
// node_modules/@aws-sdk/credential-provider-ini/dist-es/resolveWebIdentityCredentials.js
const isWebIdentityProfile = (arg) => Boolean(arg) && typeof arg === "object" && typeof arg.web_identity_token_file === "string" && typeof arg.role_arn === "string" && ["undefined", "string"].indexOf(typeof arg.role_session_name) > -1;
const resolveWebIdentityCredentials = async (profile, options, callerClientConfig) => {
	const { fromTokenFile } = await import("./aws.js");
	return setCredentialFeature(await fromTokenFile({
		webIdentityTokenFile: profile.web_identity_token_file,
		roleArn: profile.role_arn,
		roleSessionName: profile.role_session_name,
		roleAssumerWithWebIdentity: options.roleAssumerWithWebIdentity,
		logger: options.logger,
		parentClientConfig: options.parentClientConfig
	})({ callerClientConfig }), "CREDENTIALS_PROFILE_STS_WEB_ID_TOKEN", "q");
};
// node_modules/@aws-sdk/credential-provider-ini/dist-es/resolveProfileData.js
const resolveProfileData = async (profileName, profiles, options, callerClientConfig, visitedProfiles = {}, isAssumeRoleRecursiveCall = false) => {
	const data = profiles[profileName];
	if (Object.keys(visitedProfiles).length > 0 && isStaticCredsProfile(data)) return resolveStaticCredentials(data, options);
	if (isAssumeRoleRecursiveCall || isAssumeRoleProfile(data, {
		profile: profileName,
		logger: options.logger
	})) return resolveAssumeRoleCredentials(profileName, profiles, options, callerClientConfig, visitedProfiles, resolveProfileData);
	if (isStaticCredsProfile(data)) return resolveStaticCredentials(data, options);
	if (isWebIdentityProfile(data)) return resolveWebIdentityCredentials(data, options, callerClientConfig);
	if (isProcessProfile(data)) return resolveProcessCredentials$1(options, profileName);
	if (isSsoProfile$1(data)) return await resolveSsoCredentials(profileName, data, options, callerClientConfig);
	if (isLoginProfile(data)) return resolveLoginCredentials(profileName, options, callerClientConfig);
	throw new CredentialsProviderError(`Could not resolve credentials using profile: [${profileName}] in configuration/credentials file(s).`, { logger: options.logger });
};
// node_modules/@aws-sdk/credential-provider-ini/dist-es/fromIni.js
const fromIni = (init = {}) => async ({ callerClientConfig } = {}) => {
	init.logger?.debug("@aws-sdk/credential-provider-ini - fromIni");
	const profiles = await parseKnownFiles(init);
	return resolveProfileData(getProfileName({ profile: init.profile ?? callerClientConfig?.profile }), profiles, init, callerClientConfig);
};
// node_modules/@aws-sdk/credential-provider-login/dist-es/LoginCredentialsFetcher.js
var LoginCredentialsFetcher = class LoginCredentialsFetcher {
	profileData;
	init;
	callerClientConfig;
	static REFRESH_THRESHOLD = 3e5;
	constructor(profileData, init, callerClientConfig) {
		this.profileData = profileData;
		this.init = init;
		this.callerClientConfig = callerClientConfig;
	}
	async loadCredentials() {
		const token = await this.loadToken();
		if (!token) throw new CredentialsProviderError(`Failed to load a token for session ${this.loginSession}, please re-authenticate using aws login`, {
			tryNextLink: false,
			logger: this.logger
		});
		const accessToken = token.accessToken;
		const now = Date.now();
		if (new Date(accessToken.expiresAt).getTime() - now <= LoginCredentialsFetcher.REFRESH_THRESHOLD) return this.refresh(token);
		return this.toCredentials(token.accessToken);
	}
	get logger() {
		return this.init?.logger;
	}
	get loginSession() {
		return this.profileData.login_session;
	}
	toCredentials(token) {
		return {
			accessKeyId: token.accessKeyId,
			secretAccessKey: token.secretAccessKey,
			sessionToken: token.sessionToken,
			accountId: token.accountId,
			expiration: new Date(token.expiresAt)
		};
	}
	async refresh(token) {
		const diskToken = await this.loadToken().catch(() => token);
		const now = Date.now();
		const diskExpiry = new Date(diskToken.accessToken.expiresAt).getTime();
		const tokenExpiry = new Date(token.accessToken.expiresAt).getTime();
		const freshToken = diskExpiry <= now && tokenExpiry > now ? token : diskToken;
		if (new Date(freshToken.accessToken.expiresAt).getTime() - Date.now() > LoginCredentialsFetcher.REFRESH_THRESHOLD) return this.toCredentials(freshToken.accessToken);
		const { SigninClient, CreateOAuth2TokenCommand } = await import("./aws.js");
		const { logger, userAgentAppId } = this.callerClientConfig ?? {};
		const isH2 = (requestHandler) => {
			return requestHandler?.metadata?.handlerProtocol === "h2";
		};
		const requestHandler = isH2(this.callerClientConfig?.requestHandler) ? void 0 : this.callerClientConfig?.requestHandler;
		const signInRegion = typeof freshToken.signInRegion === "string" && freshToken.signInRegion.length > 0 ? freshToken.signInRegion : void 0;
		const client = new SigninClient({
			credentials: {
				accessKeyId: "",
				secretAccessKey: ""
			},
			region: signInRegion ?? this.profileData.region ?? await this.callerClientConfig?.region?.() ?? process.env.AWS_REGION,
			requestHandler,
			logger,
			userAgentAppId,
			...this.init?.clientConfig,
			...signInRegion && { region: signInRegion }
		});
		this.createDPoPInterceptor(client.middlewareStack);
		const commandInput = { tokenInput: {
			clientId: freshToken.clientId,
			refreshToken: freshToken.refreshToken,
			grantType: "refresh_token"
		} };
		try {
			const response = await client.send(new CreateOAuth2TokenCommand(commandInput));
			const { accessKeyId, secretAccessKey, sessionToken } = response.tokenOutput?.accessToken ?? {};
			const { refreshToken, expiresIn } = response.tokenOutput ?? {};
			if (!accessKeyId || !secretAccessKey || !sessionToken || !refreshToken) throw new CredentialsProviderError("Token refresh response missing required fields", {
				logger: this.logger,
				tryNextLink: false
			});
			const expiresInMs = (expiresIn ?? 900) * 1e3;
			const expiration = new Date(Date.now() + expiresInMs);
			const updatedToken = {
				...freshToken,
				accessToken: {
					...freshToken.accessToken,
					accessKeyId,
					secretAccessKey,
					sessionToken,
					expiresAt: expiration.toISOString()
				},
				refreshToken
			};
			await this.saveToken(updatedToken);
			return this.toCredentials(updatedToken.accessToken);
		} catch (error) {
			if (error.name === "AccessDeniedException") {
				const errorType = error.error;
				let message;
				switch (errorType) {
					case "TOKEN_EXPIRED":
						message = "Your session has expired. Please reauthenticate.";
						break;
					case "USER_CREDENTIALS_CHANGED":
						message = "Unable to refresh credentials because of a change in your password. Please reauthenticate with your new password.";
						break;
					case "INSUFFICIENT_PERMISSIONS":
						message = "Unable to refresh credentials due to insufficient permissions. You may be missing permission for the 'CreateOAuth2Token' action.";
						break;
					default: message = `Failed to refresh token: ${String(error)}. Please re-authenticate using \`aws login\``;
				}
				throw new CredentialsProviderError(message, {
					logger: this.logger,
					tryNextLink: false
				});
			}
			if (new Date(freshToken.accessToken.expiresAt).getTime() > Date.now()) {
				this.logger?.warn?.(`Failed to refresh token: ${String(error)}. Using existing token until expiry.`);
				return this.toCredentials(freshToken.accessToken);
			}
			throw new CredentialsProviderError(`Failed to refresh token: ${String(error)}. Please re-authenticate using aws login`, { logger: this.logger });
		}
	}
	async loadToken() {
		const tokenFilePath = this.getTokenFilePath();
		try {
			const tokenData = await promises.readFile(tokenFilePath, "utf8");
			const token = JSON.parse(tokenData);
			const missingFields = [
				"accessToken",
				"clientId",
				"refreshToken",
				"dpopKey"
			].filter((k) => !token[k]);
			if (!token.accessToken?.accountId) missingFields.push("accountId");
			if (missingFields.length > 0) throw new CredentialsProviderError(`Token validation failed, missing fields: ${missingFields.join(", ")}`, {
				logger: this.logger,
				tryNextLink: false
			});
			return token;
		} catch (error) {
			throw new CredentialsProviderError(`Failed to load token from ${tokenFilePath}: ${String(error)}`, {
				logger: this.logger,
				tryNextLink: false
			});
		}
	}
	async saveToken(token) {
		const tokenFilePath = this.getTokenFilePath();
		const directory = dirname(tokenFilePath);
		try {
			await promises.mkdir(directory, { recursive: true });
		} catch (error) {}
		await promises.writeFile(tokenFilePath, JSON.stringify(token, null, 2), "utf8");
	}
	getTokenFilePath() {
		const directory = process.env.AWS_LOGIN_CACHE_DIRECTORY ?? join(homedir(), ".aws", "login", "cache");
		const loginSessionBytes = Buffer.from(this.loginSession, "utf8");
		const loginSessionSha256 = createHash("sha256").update(loginSessionBytes).digest("hex");
		return join(directory, `${loginSessionSha256}.json`);
	}
	derToRawSignature(derSignature) {
		let offset = 2;
		if (derSignature[offset] !== 2) throw new Error("Invalid DER signature");
		offset++;
		const rLength = derSignature[offset++];
		let r = derSignature.subarray(offset, offset + rLength);
		offset += rLength;
		if (derSignature[offset] !== 2) throw new Error("Invalid DER signature");
		offset++;
		const sLength = derSignature[offset++];
		let s = derSignature.subarray(offset, offset + sLength);
		r = r[0] === 0 ? r.subarray(1) : r;
		s = s[0] === 0 ? s.subarray(1) : s;
		const rPadded = Buffer.concat([Buffer.alloc(32 - r.length), r]);
		const sPadded = Buffer.concat([Buffer.alloc(32 - s.length), s]);
		return Buffer.concat([rPadded, sPadded]);
	}
	createDPoPInterceptor(middlewareStack) {
		middlewareStack.add((next) => async (args) => {
			if (HttpRequest.isInstance(args.request)) {
				const request = args.request;
				const actualEndpoint = `${request.protocol}//${request.hostname}${request.port ? `:${request.port}` : ""}${request.path}`;
				const dpop = await this.generateDpop(request.method, actualEndpoint);
				request.headers = {
					...request.headers,
					DPoP: dpop
				};
			}
			return next(args);
		}, {
			step: "finalizeRequest",
			name: "dpopInterceptor",
			override: true
		});
	}
	async generateDpop(method = "POST", endpoint) {
		const token = await this.loadToken();
		try {
			const privateKey = createPrivateKey({
				key: token.dpopKey,
				format: "pem",
				type: "sec1"
			});
			const publicDer = createPublicKey(privateKey).export({
				format: "der",
				type: "spki"
			});
			let pointStart = -1;
			for (let i = 0; i < publicDer.length; i++) if (publicDer[i] === 4) {
				pointStart = i;
				break;
			}
			const x = publicDer.slice(pointStart + 1, pointStart + 33);
			const y = publicDer.slice(pointStart + 33, pointStart + 65);
			const header = {
				alg: "ES256",
				typ: "dpop+jwt",
				jwk: {
					kty: "EC",
					crv: "P-256",
					x: x.toString("base64url"),
					y: y.toString("base64url")
				}
			};
			const payload = {
				jti: crypto.randomUUID(),
				htm: method,
				htu: endpoint,
				iat: Math.floor(Date.now() / 1e3)
			};
			const message = `${Buffer.from(JSON.stringify(header)).toString("base64url")}.${Buffer.from(JSON.stringify(payload)).toString("base64url")}`;
			const asn1Signature = sign("sha256", Buffer.from(message), privateKey);
			return `${message}.${this.derToRawSignature(asn1Signature).toString("base64url")}`;
		} catch (error) {
			throw new CredentialsProviderError(`Failed to generate Dpop proof: ${error instanceof Error ? error.message : String(error)}`, {
				logger: this.logger,
				tryNextLink: false
			});
		}
	}
};
// node_modules/@aws-sdk/credential-provider-login/dist-es/fromLoginCredentials.js
const fromLoginCredentials = (init) => async ({ callerClientConfig } = {}) => {
	init?.logger?.debug?.("@aws-sdk/credential-providers - fromLoginCredentials");
	const profiles = await parseKnownFiles(init || {});
	const profileName = getProfileName({ profile: init?.profile ?? callerClientConfig?.profile });
	const profile = profiles[profileName];
	if (!profile?.login_session) throw new CredentialsProviderError(`Profile ${profileName} does not contain login_session.`, {
		tryNextLink: true,
		logger: init?.logger
	});
	return setCredentialFeature(await new LoginCredentialsFetcher(profile, init, callerClientConfig).loadCredentials(), "CREDENTIALS_LOGIN", "AD");
};
const remoteProvider = async (init) => {
	const { ENV_CMDS_FULL_URI, ENV_CMDS_RELATIVE_URI, fromContainerMetadata, fromInstanceMetadata } = await import("./aws.js");
	if (process.env[ENV_CMDS_RELATIVE_URI] || process.env[ENV_CMDS_FULL_URI]) {
		init.logger?.debug("@aws-sdk/credential-provider-node - remoteProvider::fromHttp/fromContainerMetadata");
		const { fromHttp } = await import("./aws.js");
		return chain(fromHttp(init), fromContainerMetadata(init));
	}
	if (process.env["AWS_EC2_METADATA_DISABLED"] && process.env["AWS_EC2_METADATA_DISABLED"] !== "false") return async () => {
		throw new CredentialsProviderError("EC2 Instance Metadata Service access disabled", { logger: init.logger });
	};
	init.logger?.debug("@aws-sdk/credential-provider-node - remoteProvider::fromInstanceMetadata");
	return fromInstanceMetadata(init);
};
// node_modules/@aws-sdk/credential-provider-node/dist-es/runtime/memoize-chain.js
function memoizeChain(providers, treatAsExpired) {
	const chain = internalCreateChain(providers);
	let activeLock;
	let passiveLock;
	let credentials;
	let forceRefreshLock;
	const provider = async (options) => {
		if (options?.forceRefresh) {
			if (!forceRefreshLock) forceRefreshLock = chain(options).then((c) => {
				credentials = c;
			}).finally(() => {
				forceRefreshLock = void 0;
			});
			await forceRefreshLock;
			return credentials;
		}
		if (credentials?.expiration) {
			if (credentials?.expiration?.getTime() < Date.now()) credentials = void 0;
		}
		if (activeLock) await activeLock;
		else if (!credentials || treatAsExpired?.(credentials)) {
			if (credentials) {
				if (!passiveLock) passiveLock = chain(options).then((c) => {
					credentials = c;
				}).catch(() => {}).finally(() => {
					passiveLock = void 0;
				});
			} else {
				activeLock = chain(options).then((c) => {
					credentials = c;
				}).finally(() => {
					activeLock = void 0;
				});
				return provider(options);
			}
		}
		return credentials;
	};
	return provider;
}
const internalCreateChain = (providers) => async (awsIdentityProperties) => {
	let lastProviderError;
	for (const provider of providers) try {
		return await provider(awsIdentityProperties);
	} catch (err) {
		lastProviderError = err;
		if (err?.tryNextLink) continue;
		throw err;
	}
	throw lastProviderError;
};
// node_modules/@aws-sdk/credential-provider-node/dist-es/defaultProvider.js
let multipleCredentialSourceWarningEmitted = false;
const defaultProvider = (init = {}) => memoizeChain([
	async () => {
		if (init.profile ?? process.env["AWS_PROFILE"]) {
			if (process.env["AWS_ACCESS_KEY_ID"] && process.env["AWS_SECRET_ACCESS_KEY"]) {
				if (!multipleCredentialSourceWarningEmitted) {
					(init.logger?.warn && init.logger?.constructor?.name !== "NoOpLogger" ? init.logger.warn.bind(init.logger) : console.warn)(`@aws-sdk/credential-provider-node - defaultProvider::fromEnv WARNING:
    Multiple credential sources detected: 
    Both AWS_PROFILE and the pair AWS_ACCESS_KEY_ID/AWS_SECRET_ACCESS_KEY static credentials are set.
    This SDK will proceed with the AWS_PROFILE value.
    
    However, a future version may change this behavior to prefer the ENV static credentials.
    Please ensure that your environment only sets either the AWS_PROFILE or the
    AWS_ACCESS_KEY_ID/AWS_SECRET_ACCESS_KEY pair.
`);
					multipleCredentialSourceWarningEmitted = true;
				}
			}
			throw new CredentialsProviderError("AWS_PROFILE is set, skipping fromEnv provider.", {
				logger: init.logger,
				tryNextLink: true
			});
		}
		init.logger?.debug("@aws-sdk/credential-provider-node - defaultProvider::fromEnv");
		return fromEnv(init)();
	},
	async (awsIdentityProperties) => {
		init.logger?.debug("@aws-sdk/credential-provider-node - defaultProvider::fromSSO");
		const { ssoStartUrl, ssoAccountId, ssoRegion, ssoRoleName, ssoSession } = init;
		if (!ssoStartUrl && !ssoAccountId && !ssoRegion && !ssoRoleName && !ssoSession) throw new CredentialsProviderError("Skipping SSO provider in default chain (inputs do not include SSO fields).", { logger: init.logger });
		const { fromSSO } = await import("./aws.js");
		return fromSSO(init)(awsIdentityProperties);
	},
	async (awsIdentityProperties) => {
		init.logger?.debug("@aws-sdk/credential-provider-node - defaultProvider::fromIni");
		const { fromIni } = await import("./aws.js");
		return fromIni(init)(awsIdentityProperties);
	},
	async (awsIdentityProperties) => {
		init.logger?.debug("@aws-sdk/credential-provider-node - defaultProvider::fromProcess");
		const { fromProcess } = await import("./aws.js");
		return fromProcess(init)(awsIdentityProperties);
	},
	async (awsIdentityProperties) => {
		init.logger?.debug("@aws-sdk/credential-provider-node - defaultProvider::fromTokenFile");
		const { fromTokenFile } = await import("./aws.js");
		return fromTokenFile(init)(awsIdentityProperties);
	},
	async () => {
		init.logger?.debug("@aws-sdk/credential-provider-node - defaultProvider::remoteProvider");
		return (await remoteProvider(init))();
	},
	async () => {
		throw new CredentialsProviderError("Could not load credentials from any providers", {
			tryNextLink: false,
			logger: init.logger
		});
	}
], credentialsTreatedAsExpired);
const credentialsTreatedAsExpired = (credentials) => credentials?.expiration !== void 0 && credentials.expiration.getTime() - Date.now() < 3e5;
// node_modules/@aws-sdk/credential-provider-process/dist-es/getValidatedProcessCredentials.js
const getValidatedProcessCredentials = (profileName, data, profiles) => {
	if (data.Version !== 1) throw Error(`Profile ${profileName} credential_process did not return Version 1.`);
	if (data.AccessKeyId === void 0 || data.SecretAccessKey === void 0) throw Error(`Profile ${profileName} credential_process returned invalid credentials.`);
	if (data.Expiration) {
		const currentTime = new Date();
		if (new Date(data.Expiration) < currentTime) throw Error(`Profile ${profileName} credential_process returned expired credentials.`);
	}
	let accountId = data.AccountId;
	if (!accountId && profiles?.[profileName]?.aws_account_id) accountId = profiles[profileName].aws_account_id;
	const credentials = {
		accessKeyId: data.AccessKeyId,
		secretAccessKey: data.SecretAccessKey,
		...data.SessionToken && { sessionToken: data.SessionToken },
		...data.Expiration && { expiration: new Date(data.Expiration) },
		...data.CredentialScope && { credentialScope: data.CredentialScope },
		...accountId && { accountId }
	};
	setCredentialFeature(credentials, "CREDENTIALS_PROCESS", "w");
	return credentials;
};
// node_modules/@aws-sdk/credential-provider-process/dist-es/resolveProcessCredentials.js
const resolveProcessCredentials = async (profileName, profiles, logger) => {
	const profile = profiles[profileName];
	if (profiles[profileName]) {
		const credentialProcess = profile["credential_process"];
		if (credentialProcess !== void 0) {
			const execPromise = promisify(externalDataInterceptor?.getTokenRecord?.().exec ?? exec);
			try {
				const { stdout } = await execPromise(credentialProcess);
				let data;
				try {
					data = JSON.parse(stdout.trim());
				} catch {
					throw Error(`Profile ${profileName} credential_process returned invalid JSON.`);
				}
				return getValidatedProcessCredentials(profileName, data, profiles);
			} catch (error) {
				throw new CredentialsProviderError(error.message, { logger });
			}
		} else throw new CredentialsProviderError(`Profile ${profileName} did not contain credential_process.`, { logger });
	} else throw new CredentialsProviderError(`Profile ${profileName} could not be found in shared credentials file.`, { logger });
};
// node_modules/@aws-sdk/credential-provider-process/dist-es/fromProcess.js
const fromProcess = (init = {}) => async ({ callerClientConfig } = {}) => {
	init.logger?.debug("@aws-sdk/credential-provider-process - fromProcess");
	const profiles = await parseKnownFiles(init);
	return resolveProcessCredentials(getProfileName({ profile: init.profile ?? callerClientConfig?.profile }), profiles, init.logger);
};
// node_modules/@aws-sdk/credential-provider-sso/dist-es/isSsoProfile.js
const isSsoProfile = (arg) => arg && (typeof arg.sso_start_url === "string" || typeof arg.sso_account_id === "string" || typeof arg.sso_session === "string" || typeof arg.sso_region === "string" || typeof arg.sso_role_name === "string");
// node_modules/@aws-sdk/core/dist-es/submodules/httpAuthSchemes/utils/getDateHeader.js
const getDateHeader = (response) => HttpResponse.isInstance(response) ? response.headers?.date ?? response.headers?.Date : void 0;
const getAgeHeader = (response) => HttpResponse.isInstance(response) ? response.headers?.age ?? response.headers?.Age : void 0;
// node_modules/@aws-sdk/core/dist-es/submodules/httpAuthSchemes/utils/getSkewCorrectedDate.js
const getSkewCorrectedDate = (systemClockOffset) => new Date(Date.now() + systemClockOffset);
// node_modules/@aws-sdk/core/dist-es/submodules/httpAuthSchemes/utils/getUpdatedSystemClockOffset.js
const getUpdatedSystemClockOffset = (clockTime, currentSystemClockOffset, timeRequestSent, ageHeader) => {
	if (ageHeader !== void 0) return currentSystemClockOffset;
	const serverTime = Date.parse(clockTime);
	if (Number.isNaN(serverTime)) return currentSystemClockOffset;
	const timeResponseReceived = Date.now();
	if (timeRequestSent !== void 0 && timeResponseReceived - timeRequestSent > 9e5) return currentSystemClockOffset;
	return serverTime - timeResponseReceived;
};
// node_modules/@aws-sdk/core/dist-es/submodules/httpAuthSchemes/aws_sdk/AwsSdkSigV4Signer.js
const throwSigningPropertyError = (name, property) => {
	if (!property) throw new Error(`Property \`${name}\` is not resolved for AWS SDK SigV4Auth`);
	return property;
};
const hasEventStreamOutput = (signingProperties) => {
	return (signingProperties.context?.[SMITHY_CONTEXT_KEY]?.eventStream)?.output === true;
};
const validateSigningProperties = async (signingProperties) => {
	const context = throwSigningPropertyError("context", signingProperties.context);
	const config = throwSigningPropertyError("config", signingProperties.config);
	const authScheme = context.endpointV2?.properties?.authSchemes?.[0];
	return {
		config,
		signer: await throwSigningPropertyError("signer", config.signer)(authScheme),
		signingRegion: signingProperties?.signingRegion,
		signingRegionSet: signingProperties?.signingRegionSet,
		signingName: signingProperties?.signingName
	};
};
var AwsSdkSigV4Signer = class {
	async sign(httpRequest, identity, signingProperties) {
		if (!HttpRequest.isInstance(httpRequest)) throw new Error("The request is not an instance of `HttpRequest` and cannot be signed");
		const validatedProps = await validateSigningProperties(signingProperties);
		const { config, signer } = validatedProps;
		let { signingRegion, signingName } = validatedProps;
		const handlerExecutionContext = signingProperties.context;
		if (handlerExecutionContext?.authSchemes?.length ?? false) {
			const [first, second] = handlerExecutionContext.authSchemes;
			if (first?.name === "sigv4a" && second?.name === "sigv4") {
				signingRegion = second?.signingRegion ?? signingRegion;
				signingName = second?.signingName ?? signingName;
			}
		}
		const noSkewCorrection = await config.disableClockSkewCorrection?.() === true;
		signingProperties._disableClockSkewCorrection = noSkewCorrection;
		const skipSkewSampling = noSkewCorrection || hasEventStreamOutput(signingProperties);
		signingProperties._skipClockSkewSampling = skipSkewSampling;
		if (!skipSkewSampling) {
			signingProperties._preRequestSystemClockOffset = config.systemClockOffset;
			signingProperties._requestSentAt = Date.now();
		}
		return await signer.sign(httpRequest, {
			signingDate: noSkewCorrection ? new Date() : getSkewCorrectedDate(config.systemClockOffset),
			signingRegion,
			signingService: signingName
		});
	}
	errorHandler(signingProperties) {
		return (error) => {
			const errorException = error;
			if (!signingProperties._skipClockSkewSampling && !signingProperties._disableClockSkewCorrection) {
				const serverTime = errorException.ServerTime ?? getDateHeader(errorException.$response);
				if (serverTime) {
					const config = throwSigningPropertyError("config", signingProperties.config);
					const preRequestOffset = signingProperties._preRequestSystemClockOffset;
					const timeRequestSent = signingProperties._requestSentAt;
					const ageHeader = getAgeHeader(errorException.$response);
					const newOffset = getUpdatedSystemClockOffset(serverTime, config.systemClockOffset, timeRequestSent, ageHeader);
					config.systemClockOffset = newOffset;
					if (Math.abs(newOffset) >= 24e4 && (newOffset !== preRequestOffset || preRequestOffset !== void 0 && preRequestOffset !== newOffset) && errorException.$metadata) errorException.$metadata.clockSkewCorrected = true;
				}
			}
			throw error;
		};
	}
	successHandler(httpResponse, signingProperties) {
		if (signingProperties._skipClockSkewSampling || signingProperties._disableClockSkewCorrection) return;
		const dateHeader = getDateHeader(httpResponse);
		if (dateHeader) {
			const config = throwSigningPropertyError("config", signingProperties.config);
			const timeRequestSent = signingProperties._requestSentAt;
			const ageHeader = getAgeHeader(httpResponse);
			config.systemClockOffset = getUpdatedSystemClockOffset(dateHeader, config.systemClockOffset, timeRequestSent, ageHeader);
		}
	}
};
// node_modules/@aws-sdk/core/dist-es/submodules/httpAuthSchemes/aws_sdk/AwsSdkSigV4ASigner.js
var AwsSdkSigV4ASigner = class extends AwsSdkSigV4Signer {
	async sign(httpRequest, identity, signingProperties) {
		if (!HttpRequest.isInstance(httpRequest)) throw new Error("The request is not an instance of `HttpRequest` and cannot be signed");
		const { config, signer, signingRegion, signingRegionSet, signingName } = await validateSigningProperties(signingProperties);
		const multiRegionOverride = (await config.sigv4aSigningRegionSet?.() ?? signingRegionSet ?? [signingRegion]).join(",");
		const noSkewCorrection = await config.disableClockSkewCorrection?.() === true;
		signingProperties._disableClockSkewCorrection = noSkewCorrection;
		if (!noSkewCorrection) {
			signingProperties._preRequestSystemClockOffset = config.systemClockOffset;
			signingProperties._requestSentAt = Date.now();
		}
		return await signer.sign(httpRequest, {
			signingDate: noSkewCorrection ? new Date() : getSkewCorrectedDate(config.systemClockOffset),
			signingRegion: multiRegionOverride,
			signingService: signingName
		});
	}
};
// node_modules/@aws-sdk/core/dist-es/submodules/httpAuthSchemes/utils/getArrayForCommaSeparatedString.js
const getArrayForCommaSeparatedString = (str) => typeof str === "string" && str.length > 0 ? str.split(",").map((item) => item.trim()) : [];
// node_modules/@aws-sdk/core/dist-es/submodules/httpAuthSchemes/utils/getBearerTokenEnvKey.js
const getBearerTokenEnvKey = (signingName) => `AWS_BEARER_TOKEN_${signingName.replace(/[\s-]/g, "_").toUpperCase()}`;
// node_modules/@aws-sdk/core/dist-es/submodules/httpAuthSchemes/aws_sdk/NODE_AUTH_SCHEME_PREFERENCE_OPTIONS.js
const NODE_AUTH_SCHEME_PREFERENCE_ENV_KEY = "AWS_AUTH_SCHEME_PREFERENCE";
const NODE_AUTH_SCHEME_PREFERENCE_CONFIG_KEY = "auth_scheme_preference";
const NODE_AUTH_SCHEME_PREFERENCE_OPTIONS = {
	environmentVariableSelector: (env, options) => {
		if (options?.signingName) {
			if (getBearerTokenEnvKey(options.signingName) in env) return ["httpBearerAuth"];
		}
		if (!(NODE_AUTH_SCHEME_PREFERENCE_ENV_KEY in env)) return;
		return getArrayForCommaSeparatedString(env[NODE_AUTH_SCHEME_PREFERENCE_ENV_KEY]);
	},
	configFileSelector: (profile) => {
		if (!(NODE_AUTH_SCHEME_PREFERENCE_CONFIG_KEY in profile)) return;
		return getArrayForCommaSeparatedString(profile[NODE_AUTH_SCHEME_PREFERENCE_CONFIG_KEY]);
	},
	default: []
};
// node_modules/@aws-sdk/core/dist-es/submodules/httpAuthSchemes/aws_sdk/resolveAwsSdkSigV4AConfig.js
const resolveAwsSdkSigV4AConfig = (config) => {
	config.sigv4aSigningRegionSet = normalizeProvider(config.sigv4aSigningRegionSet);
	return config;
};
const NODE_SIGV4A_CONFIG_OPTIONS = {
	environmentVariableSelector(env) {
		if (env.AWS_SIGV4A_SIGNING_REGION_SET) return env.AWS_SIGV4A_SIGNING_REGION_SET.split(",").map((_) => _.trim());
		throw new ProviderError("AWS_SIGV4A_SIGNING_REGION_SET not set in env.", { tryNextLink: true });
	},
	configFileSelector(profile) {
		if (profile.sigv4a_signing_region_set) return (profile.sigv4a_signing_region_set ?? "").split(",").map((_) => _.trim());
		throw new ProviderError("sigv4a_signing_region_set not set in profile.", { tryNextLink: true });
	},
	default: void 0
};
// node_modules/@smithy/signature-v4/dist-es/HeaderFormatter.js
var HeaderFormatter = class {
	format(headers) {
		const chunks = [];
		for (const headerName in headers) {
			if (!hasOwn(headers, headerName)) continue;
			const bytes = fromUtf8$1(headerName);
			chunks.push(Uint8Array.from([bytes.byteLength]), bytes, this.formatHeaderValue(headers[headerName]));
		}
		const out = new Uint8Array(chunks.reduce((carry, bytes) => carry + bytes.byteLength, 0));
		let position = 0;
		for (const chunk of chunks) {
			out.set(chunk, position);
			position += chunk.byteLength;
		}
		return out;
	}
	formatHeaderValue(header) {
		switch (header.type) {
			case "boolean": return Uint8Array.from([header.value ? 0 : 1]);
			case "byte": return Uint8Array.from([2, header.value]);
			case "short":
				const shortView = new DataView(new ArrayBuffer(3));
				shortView.setUint8(0, 3);
				shortView.setInt16(1, header.value, false);
				return new Uint8Array(shortView.buffer);
			case "integer":
				const intView = new DataView(new ArrayBuffer(5));
				intView.setUint8(0, 4);
				intView.setInt32(1, header.value, false);
				return new Uint8Array(intView.buffer);
			case "long":
				const longBytes = new Uint8Array(9);
				longBytes[0] = 5;
				longBytes.set(header.value.bytes, 1);
				return longBytes;
			case "binary":
				const binView = new DataView(new ArrayBuffer(3 + header.value.byteLength));
				binView.setUint8(0, 6);
				binView.setUint16(1, header.value.byteLength, false);
				const binBytes = new Uint8Array(binView.buffer);
				binBytes.set(header.value, 3);
				return binBytes;
			case "string":
				const utf8Bytes = fromUtf8$1(header.value);
				const strView = new DataView(new ArrayBuffer(3 + utf8Bytes.byteLength));
				strView.setUint8(0, 7);
				strView.setUint16(1, utf8Bytes.byteLength, false);
				const strBytes = new Uint8Array(strView.buffer);
				strBytes.set(utf8Bytes, 3);
				return strBytes;
			case "timestamp":
				const tsBytes = new Uint8Array(9);
				tsBytes[0] = 8;
				tsBytes.set(Int64$1.fromNumber(header.value.valueOf()).bytes, 1);
				return tsBytes;
			case "uuid":
				if (!UUID_PATTERN$1.test(header.value)) throw new Error(`Invalid UUID received: ${header.value}`);
				const uuidBytes = new Uint8Array(17);
				uuidBytes[0] = 9;
				uuidBytes.set(fromHex(header.value.replace(/-/g, "")), 1);
				return uuidBytes;
		}
	}
};
var HEADER_VALUE_TYPE$1;
(function(HEADER_VALUE_TYPE) {
	HEADER_VALUE_TYPE[HEADER_VALUE_TYPE["boolTrue"] = 0] = "boolTrue";
	HEADER_VALUE_TYPE[HEADER_VALUE_TYPE["boolFalse"] = 1] = "boolFalse";
	HEADER_VALUE_TYPE[HEADER_VALUE_TYPE["byte"] = 2] = "byte";
	HEADER_VALUE_TYPE[HEADER_VALUE_TYPE["short"] = 3] = "short";
	HEADER_VALUE_TYPE[HEADER_VALUE_TYPE["integer"] = 4] = "integer";
	HEADER_VALUE_TYPE[HEADER_VALUE_TYPE["long"] = 5] = "long";
	HEADER_VALUE_TYPE[HEADER_VALUE_TYPE["byteArray"] = 6] = "byteArray";
	HEADER_VALUE_TYPE[HEADER_VALUE_TYPE["string"] = 7] = "string";
	HEADER_VALUE_TYPE[HEADER_VALUE_TYPE["timestamp"] = 8] = "timestamp";
	HEADER_VALUE_TYPE[HEADER_VALUE_TYPE["uuid"] = 9] = "uuid";
})(HEADER_VALUE_TYPE$1 || (HEADER_VALUE_TYPE$1 = {}));
const UUID_PATTERN$1 = /^[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}$/;
var Int64$1 = class Int64$1 {
	bytes;
	constructor(bytes) {
		this.bytes = bytes;
		if (bytes.byteLength !== 8) throw new Error("Int64 buffers must be exactly 8 bytes");
	}
	static fromNumber(number) {
		if (number > 0x8000000000000000 || number < -0x8000000000000000) throw new Error(`${number} is too large (or, if negative, too small) to represent as an Int64`);
		const bytes = new Uint8Array(8);
		for (let i = 7, remaining = Math.abs(Math.round(number)); i > -1 && remaining > 0; i--, remaining /= 256) bytes[i] = remaining;
		if (number < 0) negate$1(bytes);
		return new Int64$1(bytes);
	}
	valueOf() {
		const bytes = this.bytes.slice(0);
		const negative = bytes[0] & 128;
		if (negative) negate$1(bytes);
		return parseInt(toHex(bytes), 16) * (negative ? -1 : 1);
	}
	toString() {
		return String(this.valueOf());
	}
};
function negate$1(bytes) {
	for (let i = 0; i < 8; i++) bytes[i] ^= 255;
	for (let i = 7; i > -1; i--) {
		bytes[i]++;
		if (bytes[i] !== 0) break;
	}
}
// node_modules/@smithy/signature-v4/dist-es/constants.js
const ALGORITHM_QUERY_PARAM = "X-Amz-Algorithm";
const CREDENTIAL_QUERY_PARAM = "X-Amz-Credential";
const AMZ_DATE_QUERY_PARAM = "X-Amz-Date";
const SIGNED_HEADERS_QUERY_PARAM = "X-Amz-SignedHeaders";
const EXPIRES_QUERY_PARAM = "X-Amz-Expires";
const SIGNATURE_QUERY_PARAM = "X-Amz-Signature";
const TOKEN_QUERY_PARAM = "X-Amz-Security-Token";
const AUTH_HEADER = "authorization";
const AMZ_DATE_HEADER = AMZ_DATE_QUERY_PARAM.toLowerCase();
const DATE_HEADER = "date";
const GENERATED_HEADERS = [
	AUTH_HEADER,
	AMZ_DATE_HEADER,
	DATE_HEADER
];
const SIGNATURE_HEADER = SIGNATURE_QUERY_PARAM.toLowerCase();
const SHA256_HEADER = "x-amz-content-sha256";
const TOKEN_HEADER = TOKEN_QUERY_PARAM.toLowerCase();
const ALWAYS_UNSIGNABLE_HEADERS = {
	authorization: true,
	"cache-control": true,
	connection: true,
	expect: true,
	from: true,
	"keep-alive": true,
	"max-forwards": true,
	pragma: true,
	referer: true,
	te: true,
	trailer: true,
	"transfer-encoding": true,
	upgrade: true,
	"user-agent": true,
	"x-amzn-trace-id": true
};
const PROXY_HEADER_PATTERN = /^proxy-/;
const SEC_HEADER_PATTERN = /^sec-/;
const ALGORITHM_IDENTIFIER = "AWS4-HMAC-SHA256";
const EVENT_ALGORITHM_IDENTIFIER = "AWS4-HMAC-SHA256-PAYLOAD";
const UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";
const KEY_TYPE_IDENTIFIER = "aws4_request";
const MAX_PRESIGNED_TTL = 604800;
// node_modules/@smithy/signature-v4/dist-es/getCanonicalQuery.js
const getCanonicalQuery = ({ query = {} }) => {
	const keys = [];
	const serialized = {};
	for (const key in query) {
		if (!hasOwn(query, key)) continue;
		if (key.toLowerCase() === "x-amz-signature") continue;
		const encodedKey = escapeUri(key);
		keys.push(encodedKey);
		const value = query[key];
		if (typeof value === "string") serialized[encodedKey] = `${encodedKey}=${escapeUri(value)}`;
		else if (Array.isArray(value)) serialized[encodedKey] = value.slice(0).reduce((encoded, value) => encoded.concat([`${encodedKey}=${escapeUri(value)}`]), []).sort().join("&");
	}
	return keys.sort().map((key) => serialized[key]).filter((serialized) => serialized).join("&");
};
// node_modules/@smithy/signature-v4/dist-es/utilDate.js
const iso8601 = (time) => toDate(time).toISOString().replace(/\.\d{3}Z$/, "Z");
const toDate = (time) => {
	if (typeof time === "number") return new Date(time * 1e3);
	if (typeof time === "string") {
		if (Number(time)) return new Date(Number(time) * 1e3);
		return new Date(time);
	}
	return time;
};
// node_modules/@smithy/signature-v4/dist-es/SignatureV4Base.js
var SignatureV4Base = class {
	service;
	regionProvider;
	credentialProvider;
	sha256;
	uriEscapePath;
	applyChecksum;
	constructor({ applyChecksum, credentials, region, service, sha256, uriEscapePath = true }) {
		this.service = service;
		this.sha256 = sha256;
		this.uriEscapePath = uriEscapePath;
		this.applyChecksum = typeof applyChecksum === "boolean" ? applyChecksum : true;
		this.regionProvider = normalizeProvider$1(region);
		this.credentialProvider = normalizeProvider$1(credentials);
	}
	createCanonicalRequest(request, canonicalHeaders, payloadHash) {
		const sortedHeaders = Object.keys(canonicalHeaders).sort();
		return `${request.method}
${this.getCanonicalPath(request)}
${getCanonicalQuery(request)}
${sortedHeaders.map((name) => `${name}:${canonicalHeaders[name]}`).join("\n")}

${sortedHeaders.join(";")}
${payloadHash}`;
	}
	async createStringToSign(longDate, credentialScope, canonicalRequest, algorithmIdentifier) {
		const hash = new this.sha256();
		hash.update(toUint8Array(canonicalRequest));
		return `${algorithmIdentifier}
${longDate}
${credentialScope}
${toHex(await hash.digest())}`;
	}
	getCanonicalPath({ path }) {
		if (this.uriEscapePath) {
			const normalizedPathSegments = [];
			for (const pathSegment of path.split("/")) {
				if (pathSegment?.length === 0) continue;
				if (pathSegment === ".") continue;
				if (pathSegment === "..") normalizedPathSegments.pop();
				else normalizedPathSegments.push(pathSegment);
			}
			const normalizedPath = `${path?.startsWith("/") ? "/" : ""}${normalizedPathSegments.join("/")}${normalizedPathSegments.length > 0 && path?.endsWith("/") ? "/" : ""}`;
			return escapeUri(normalizedPath).replace(/%2F/g, "/");
		}
		return path;
	}
	validateResolvedCredentials(credentials) {
		if (typeof credentials !== "object" || typeof credentials.accessKeyId !== "string" || typeof credentials.secretAccessKey !== "string") throw new Error("Resolved credential object is not valid");
	}
	formatDate(now) {
		const longDate = iso8601(now).replace(/[-:]/g, "");
		return {
			longDate,
			shortDate: longDate.slice(0, 8)
		};
	}
	getCanonicalHeaderList(headers) {
		return Object.keys(headers).sort().join(";");
	}
};
// node_modules/@smithy/signature-v4/dist-es/credentialDerivation.js
const signingKeyCache = {};
const cacheQueue = [];
const createScope = (shortDate, region, service) => `${shortDate}/${region}/${service}/${KEY_TYPE_IDENTIFIER}`;
const getSigningKey = async (sha256Constructor, credentials, shortDate, region, service) => {
	const cacheKey = `${shortDate}:${region}:${service}:${toHex(await hmac(sha256Constructor, credentials.secretAccessKey, credentials.accessKeyId))}:${credentials.sessionToken}`;
	if (cacheKey in signingKeyCache) return signingKeyCache[cacheKey];
	cacheQueue.push(cacheKey);
	while (cacheQueue.length > 50) delete signingKeyCache[cacheQueue.shift()];
	let key = `AWS4${credentials.secretAccessKey}`;
	for (const signable of [
		shortDate,
		region,
		service,
		KEY_TYPE_IDENTIFIER
	]) key = await hmac(sha256Constructor, key, signable);
	return signingKeyCache[cacheKey] = key;
};
const hmac = (ctor, secret, data) => {
	const hash = new ctor(secret);
	hash.update(toUint8Array(data));
	return hash.digest();
};
// node_modules/@smithy/signature-v4/dist-es/getCanonicalHeaders.js
const getCanonicalHeaders = ({ headers }, unsignableHeaders, signableHeaders) => {
	const canonical = {};
	for (const headerName of Object.keys(headers).sort()) {
		if (headers[headerName] == void 0) continue;
		const canonicalHeaderName = headerName.toLowerCase();
		if (hasOwn(ALWAYS_UNSIGNABLE_HEADERS, canonicalHeaderName) || unsignableHeaders?.has(canonicalHeaderName) || PROXY_HEADER_PATTERN.test(canonicalHeaderName) || SEC_HEADER_PATTERN.test(canonicalHeaderName)) {
			if (!signableHeaders || signableHeaders && !signableHeaders.has(canonicalHeaderName)) continue;
		}
		if (canonicalHeaderName === "__proto__") writeKey$2(canonical);
		canonical[canonicalHeaderName] = headers[headerName].replace(/[\r\n]/g, " ").replace(/[ \t]+/g, " ").replace(/^ | $/g, "");
	}
	return canonical;
};
// node_modules/@smithy/signature-v4/dist-es/getPayloadHash.js
const getPayloadHash = async ({ headers, body }, hashConstructor) => {
	for (const headerName in headers) {
		if (!hasOwn(headers, headerName)) continue;
		if (headerName.toLowerCase() === "x-amz-content-sha256") return headers[headerName];
	}
	if (body == void 0) return "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
	else if (typeof body === "string" || ArrayBuffer.isView(body) || isArrayBuffer(body)) {
		const hashCtor = new hashConstructor();
		hashCtor.update(toUint8Array(body));
		return toHex(await hashCtor.digest());
	}
	return UNSIGNED_PAYLOAD;
};
// node_modules/@smithy/signature-v4/dist-es/headerUtil.js
const hasHeader = (soughtHeader, headers) => {
	soughtHeader = soughtHeader.toLowerCase();
	for (const headerName in headers) {
		if (!hasOwn(headers, headerName)) continue;
		if (soughtHeader === headerName.toLowerCase()) return true;
	}
	return false;
};
// node_modules/@smithy/signature-v4/dist-es/moveHeadersToQuery.js
const moveHeadersToQuery = (request, options = {}) => {
	const { headers, query = {} } = HttpRequest.clone(request);
	for (const name in headers) {
		if (!hasOwn(headers, name)) continue;
		const lname = name.toLowerCase();
		if (lname.slice(0, 6) === "x-amz-" && !options.unhoistableHeaders?.has(lname) || options.hoistableHeaders?.has(lname)) {
			query[name] = headers[name];
			delete headers[name];
		}
	}
	return {
		...request,
		headers,
		query
	};
};
// node_modules/@smithy/signature-v4/dist-es/prepareRequest.js
const prepareRequest = (request) => {
	request = HttpRequest.clone(request);
	for (const headerName in request.headers) {
		if (!hasOwn(request.headers, headerName)) continue;
		if (GENERATED_HEADERS.indexOf(headerName.toLowerCase()) > -1) delete request.headers[headerName];
	}
	return request;
};
// node_modules/@smithy/signature-v4/dist-es/SignatureV4.js
var SignatureV4 = class extends SignatureV4Base {
	headerFormatter = new HeaderFormatter();
	constructor({ applyChecksum, credentials, region, service, sha256, uriEscapePath = true }) {
		super({
			applyChecksum,
			credentials,
			region,
			service,
			sha256,
			uriEscapePath
		});
	}
	async presign(originalRequest, options = {}) {
		const { signingDate = new Date(), expiresIn = 3600, unsignableHeaders, unhoistableHeaders, signableHeaders, hoistableHeaders, signingRegion, signingService } = options;
		const credentials = await this.credentialProvider();
		this.validateResolvedCredentials(credentials);
		const region = signingRegion ?? await this.regionProvider();
		const { longDate, shortDate } = this.formatDate(signingDate);
		if (expiresIn > 604800) return Promise.reject("Signature version 4 presigned URLs must have an expiration date less than one week in the future");
		const scope = createScope(shortDate, region, signingService ?? this.service);
		const request = moveHeadersToQuery(prepareRequest(originalRequest), {
			unhoistableHeaders,
			hoistableHeaders
		});
		if (credentials.sessionToken) request.query[TOKEN_QUERY_PARAM] = credentials.sessionToken;
		request.query[ALGORITHM_QUERY_PARAM] = ALGORITHM_IDENTIFIER;
		request.query[CREDENTIAL_QUERY_PARAM] = `${credentials.accessKeyId}/${scope}`;
		request.query[AMZ_DATE_QUERY_PARAM] = longDate;
		request.query[EXPIRES_QUERY_PARAM] = expiresIn.toString(10);
		const canonicalHeaders = getCanonicalHeaders(request, unsignableHeaders, signableHeaders);
		request.query[SIGNED_HEADERS_QUERY_PARAM] = this.getCanonicalHeaderList(canonicalHeaders);
		request.query[SIGNATURE_QUERY_PARAM] = await this.getSignature(longDate, scope, this.getSigningKey(credentials, region, shortDate, signingService), this.createCanonicalRequest(request, canonicalHeaders, await getPayloadHash(originalRequest, this.sha256)));
		return request;
	}
	async sign(toSign, options) {
		if (typeof toSign === "string") return this.signString(toSign, options);
		else if (toSign.headers && toSign.payload) return this.signEvent(toSign, options);
		else if (toSign.message) return this.signMessage(toSign, options);
		else return this.signRequest(toSign, options);
	}
	async signEvent({ headers, payload }, { signingDate = new Date(), priorSignature, signingRegion, signingService, eventStreamCredentials }) {
		const region = signingRegion ?? await this.regionProvider();
		const { shortDate, longDate } = this.formatDate(signingDate);
		const scope = createScope(shortDate, region, signingService ?? this.service);
		const hashedPayload = await getPayloadHash({
			headers: {},
			body: payload
		}, this.sha256);
		const hash = new this.sha256();
		hash.update(headers);
		const hashedHeaders = toHex(await hash.digest());
		const stringToSign = [
			EVENT_ALGORITHM_IDENTIFIER,
			longDate,
			scope,
			priorSignature,
			hashedHeaders,
			hashedPayload
		].join("\n");
		return this.signString(stringToSign, {
			signingDate,
			signingRegion: region,
			signingService,
			eventStreamCredentials
		});
	}
	async signMessage(signableMessage, { signingDate = new Date(), signingRegion, signingService, eventStreamCredentials }) {
		return this.signEvent({
			headers: this.headerFormatter.format(signableMessage.message.headers),
			payload: signableMessage.message.body
		}, {
			signingDate,
			signingRegion,
			signingService,
			priorSignature: signableMessage.priorSignature,
			eventStreamCredentials
		}).then((signature) => {
			return {
				message: signableMessage.message,
				signature
			};
		});
	}
	async signString(stringToSign, { signingDate = new Date(), signingRegion, signingService, eventStreamCredentials } = {}) {
		const credentials = eventStreamCredentials ?? await this.credentialProvider();
		this.validateResolvedCredentials(credentials);
		const region = signingRegion ?? await this.regionProvider();
		const { shortDate } = this.formatDate(signingDate);
		const hash = new this.sha256(await this.getSigningKey(credentials, region, shortDate, signingService));
		hash.update(toUint8Array(stringToSign));
		return toHex(await hash.digest());
	}
	async signRequest(requestToSign, { signingDate = new Date(), signableHeaders, unsignableHeaders, signingRegion, signingService } = {}) {
		const credentials = await this.credentialProvider();
		this.validateResolvedCredentials(credentials);
		const region = signingRegion ?? await this.regionProvider();
		const request = prepareRequest(requestToSign);
		const { longDate, shortDate } = this.formatDate(signingDate);
		const scope = createScope(shortDate, region, signingService ?? this.service);
		request.headers[AMZ_DATE_HEADER] = longDate;
		if (credentials.sessionToken) request.headers[TOKEN_HEADER] = credentials.sessionToken;
		const payloadHash = await getPayloadHash(request, this.sha256);
		if (!hasHeader("x-amz-content-sha256", request.headers) && this.applyChecksum) request.headers[SHA256_HEADER] = payloadHash;
		const canonicalHeaders = getCanonicalHeaders(request, unsignableHeaders, signableHeaders);
		const signature = await this.getSignature(longDate, scope, this.getSigningKey(credentials, region, shortDate, signingService), this.createCanonicalRequest(request, canonicalHeaders, payloadHash));
		request.headers[AUTH_HEADER] = `${ALGORITHM_IDENTIFIER} Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${this.getCanonicalHeaderList(canonicalHeaders)}, Signature=${signature}`;
		return request;
	}
	async getSignature(longDate, credentialScope, keyPromise, canonicalRequest) {
		const stringToSign = await this.createStringToSign(longDate, credentialScope, canonicalRequest, ALGORITHM_IDENTIFIER);
		const hash = new this.sha256(await keyPromise);
		hash.update(toUint8Array(stringToSign));
		return toHex(await hash.digest());
	}
	getSigningKey(credentials, region, shortDate, service) {
		return getSigningKey(this.sha256, credentials, shortDate, region, service || this.service);
	}
};
// node_modules/@smithy/signature-v4/dist-es/signature-v4a-container.js
const signatureV4aContainer = { SignatureV4a: null };
// node_modules/@aws-sdk/core/dist-es/submodules/httpAuthSchemes/aws_sdk/resolveAwsSdkSigV4Config.js
const bindResolveAwsSdkSigV4Config = (defaultDisableClockSkewCorrection) => (config) => {
	let inputCredentials = config.credentials;
	let isUserSupplied = !!config.credentials;
	let resolvedCredentials = void 0;
	Object.defineProperty(config, "credentials", {
		set(credentials) {
			if (credentials && credentials !== inputCredentials && credentials !== resolvedCredentials) isUserSupplied = true;
			inputCredentials = credentials;
			const boundProvider = bindCallerConfig(config, normalizeCredentialProvider(config, {
				credentials: inputCredentials,
				credentialDefaultProvider: config.credentialDefaultProvider
			}));
			if (isUserSupplied && !boundProvider.attributed) {
				const isCredentialObject = typeof inputCredentials === "object" && inputCredentials !== null;
				resolvedCredentials = async (options) => {
					const attributedCreds = await boundProvider(options);
					if (isCredentialObject && (!attributedCreds.$source || Object.keys(attributedCreds.$source).length === 0)) return setCredentialFeature(attributedCreds, "CREDENTIALS_CODE", "e");
					return attributedCreds;
				};
				resolvedCredentials.memoized = boundProvider.memoized;
				resolvedCredentials.configBound = boundProvider.configBound;
				resolvedCredentials.attributed = true;
			} else resolvedCredentials = boundProvider;
		},
		get() {
			return resolvedCredentials;
		},
		enumerable: true,
		configurable: true
	});
	config.credentials = inputCredentials;
	const { signingEscapePath = true, systemClockOffset = config.systemClockOffset || 0, sha256 } = config;
	let signer;
	if (config.signer) signer = normalizeProvider(config.signer);
	else if (config.regionInfoProvider) signer = () => normalizeProvider(config.region)().then(async (region) => [await config.regionInfoProvider(region, {
		useFipsEndpoint: await config.useFipsEndpoint(),
		useDualstackEndpoint: await config.useDualstackEndpoint()
	}) || {}, region]).then(([regionInfo, region]) => {
		const { signingRegion, signingService } = regionInfo;
		config.signingRegion = config.signingRegion || signingRegion || region;
		config.signingName = config.signingName || signingService || config.serviceId;
		const params = {
			...config,
			credentials: config.credentials,
			region: config.signingRegion,
			service: config.signingName,
			sha256,
			uriEscapePath: signingEscapePath
		};
		return new (config.signerConstructor || SignatureV4)(params);
	});
	else signer = async (authScheme) => {
		authScheme = Object.assign({}, {
			name: "sigv4",
			signingName: config.signingName || config.defaultSigningName,
			signingRegion: await normalizeProvider(config.region)(),
			properties: {}
		}, authScheme);
		const signingRegion = authScheme.signingRegion;
		const signingService = authScheme.signingName;
		config.signingRegion = config.signingRegion || signingRegion;
		config.signingName = config.signingName || signingService || config.serviceId;
		const params = {
			...config,
			credentials: config.credentials,
			region: config.signingRegion,
			service: config.signingName,
			sha256,
			uriEscapePath: signingEscapePath
		};
		return new (config.signerConstructor || SignatureV4)(params);
	};
	return Object.assign(config, {
		systemClockOffset,
		signingEscapePath,
		signer,
		disableClockSkewCorrection: normalizeProvider(config.disableClockSkewCorrection ?? defaultDisableClockSkewCorrection)
	});
};
function normalizeCredentialProvider(config, { credentials, credentialDefaultProvider }) {
	let credentialsProvider;
	if (credentials) {
		if (!credentials?.memoized) credentialsProvider = memoizeIdentityProvider(credentials, isIdentityExpired, doesIdentityRequireRefresh);
		else credentialsProvider = credentials;
	} else if (credentialDefaultProvider) credentialsProvider = normalizeProvider(credentialDefaultProvider(Object.assign({}, config, { parentClientConfig: config })));
	else credentialsProvider = async () => {
		throw new Error("@aws-sdk/core::resolveAwsSdkSigV4Config - `credentials` not provided and no credentialDefaultProvider was configured.");
	};
	credentialsProvider.memoized = true;
	return credentialsProvider;
}
function bindCallerConfig(config, credentialsProvider) {
	if (credentialsProvider.configBound) return credentialsProvider;
	const fn = async (options) => credentialsProvider({
		...options,
		callerClientConfig: config
	});
	fn.memoized = credentialsProvider.memoized;
	fn.configBound = true;
	return fn;
}
// node_modules/@aws-sdk/core/dist-es/submodules/httpAuthSchemes/aws_sdk/clock-skew-node-config.js
const ENV_DISABLE_CLOCK_SKEW_CORRECTION = "AWS_DISABLE_CLOCK_SKEW_CORRECTION";
const CONFIG_DISABLE_CLOCK_SKEW_CORRECTION = "disable_clock_skew_correction";
// node_modules/@aws-sdk/core/dist-es/submodules/httpAuthSchemes/index.js
const resolveAwsSdkSigV4Config = bindResolveAwsSdkSigV4Config(loadConfig({
	environmentVariableSelector: (env) => booleanSelector(env, ENV_DISABLE_CLOCK_SKEW_CORRECTION, SelectorType.ENV),
	configFileSelector: (profile) => booleanSelector(profile, CONFIG_DISABLE_CLOCK_SKEW_CORRECTION, SelectorType.CONFIG),
	default: false
}));
const REFRESH_MESSAGE = `To refresh this SSO session run 'aws sso login' with the corresponding profile.`;
// node_modules/@aws-sdk/token-providers/dist-es/getSsoOidcClient.js
const getSsoOidcClient = async (ssoRegion, init = {}, callerClientConfig) => {
	const { SSOOIDCClient } = await import("./aws.js");
	const coalesce = (prop) => init.clientConfig?.[prop] ?? init.parentClientConfig?.[prop] ?? callerClientConfig?.[prop];
	return new SSOOIDCClient(Object.assign({}, init.clientConfig ?? {}, {
		region: ssoRegion ?? init.clientConfig?.region,
		logger: coalesce("logger"),
		userAgentAppId: coalesce("userAgentAppId")
	}));
};
// node_modules/@aws-sdk/token-providers/dist-es/getNewSsoOidcToken.js
const getNewSsoOidcToken = async (ssoToken, ssoRegion, init = {}, callerClientConfig) => {
	const { CreateTokenCommand } = await import("./aws.js");
	return (await getSsoOidcClient(ssoRegion, init, callerClientConfig)).send(new CreateTokenCommand({
		clientId: ssoToken.clientId,
		clientSecret: ssoToken.clientSecret,
		refreshToken: ssoToken.refreshToken,
		grantType: "refresh_token"
	}));
};
// node_modules/@aws-sdk/token-providers/dist-es/validateTokenExpiry.js
const validateTokenExpiry = (token) => {
	if (token.expiration && token.expiration.getTime() < Date.now()) throw new TokenProviderError(`Token is expired. ${REFRESH_MESSAGE}`, false);
};
// node_modules/@aws-sdk/token-providers/dist-es/validateTokenKey.js
const validateTokenKey = (key, value, forRefresh = false) => {
	if (typeof value === "undefined") throw new TokenProviderError(`Value not present for '${key}' in SSO Token${forRefresh ? ". Cannot refresh" : ""}. ${REFRESH_MESSAGE}`, false);
};
// node_modules/@aws-sdk/token-providers/dist-es/writeSSOTokenToFile.js
const { writeFile } = promises;
const writeSSOTokenToFile = (id, ssoToken) => {
	const tokenFilepath = getSSOTokenFilepath(id);
	const tokenString = JSON.stringify(ssoToken, null, 2);
	return writeFile(tokenFilepath, tokenString);
};
// node_modules/@aws-sdk/token-providers/dist-es/fromSso.js
const lastRefreshAttemptTimes = new Map();
const inFlightRefreshes = new Map();
const fromSso = (init = {}) => async ({ callerClientConfig } = {}) => {
	init.logger?.debug("@aws-sdk/token-providers - fromSso");
	const profiles = await parseKnownFiles(init);
	const profileName = getProfileName({ profile: init.profile ?? callerClientConfig?.profile });
	const profile = profiles[profileName];
	if (!profile) throw new TokenProviderError(`Profile '${profileName}' could not be found in shared credentials file.`, false);
	else if (!profile["sso_session"]) throw new TokenProviderError(`Profile '${profileName}' is missing required property 'sso_session'.`);
	const ssoSessionName = profile["sso_session"];
	const inFlightRefresh = inFlightRefreshes.get(ssoSessionName);
	if (inFlightRefresh) return await inFlightRefresh;
	const ssoSession = (await loadSsoSessionData(init))[ssoSessionName];
	if (!ssoSession) throw new TokenProviderError(`Sso session '${ssoSessionName}' could not be found in shared credentials file.`, false);
	for (const ssoSessionRequiredKey of ["sso_start_url", "sso_region"]) if (!ssoSession[ssoSessionRequiredKey]) throw new TokenProviderError(`Sso session '${ssoSessionName}' is missing required property '${ssoSessionRequiredKey}'.`, false);
	ssoSession["sso_start_url"];
	const ssoRegion = ssoSession["sso_region"];
	let ssoToken;
	try {
		ssoToken = await getSSOTokenFromFile(ssoSessionName);
	} catch (e) {
		throw new TokenProviderError(`The SSO session token associated with profile=${profileName} was not found or is invalid. ${REFRESH_MESSAGE}`, false);
	}
	validateTokenKey("accessToken", ssoToken.accessToken);
	validateTokenKey("expiresAt", ssoToken.expiresAt);
	const { accessToken, expiresAt } = ssoToken;
	const existingToken = {
		token: accessToken,
		expiration: new Date(expiresAt)
	};
	if (existingToken.expiration.getTime() - Date.now() > 3e5) return existingToken;
	const inFlightRefreshAfterReadingToken = inFlightRefreshes.get(ssoSessionName);
	if (inFlightRefreshAfterReadingToken) return await inFlightRefreshAfterReadingToken;
	const lastRefreshAttemptTime = lastRefreshAttemptTimes.get(ssoSessionName) ?? 0;
	if (Date.now() - lastRefreshAttemptTime < 3e4) {
		validateTokenExpiry(existingToken);
		return existingToken;
	}
	validateTokenKey("clientId", ssoToken.clientId, true);
	validateTokenKey("clientSecret", ssoToken.clientSecret, true);
	validateTokenKey("refreshToken", ssoToken.refreshToken, true);
	const refresh = (async () => {
		try {
			lastRefreshAttemptTimes.set(ssoSessionName, Date.now());
			const newSsoOidcToken = await getNewSsoOidcToken(ssoToken, ssoRegion, init, callerClientConfig);
			validateTokenKey("accessToken", newSsoOidcToken.accessToken);
			validateTokenKey("expiresIn", newSsoOidcToken.expiresIn);
			const newTokenExpiration = new Date(Date.now() + newSsoOidcToken.expiresIn * 1e3);
			try {
				await writeSSOTokenToFile(ssoSessionName, {
					...ssoToken,
					accessToken: newSsoOidcToken.accessToken,
					expiresAt: newTokenExpiration.toISOString(),
					refreshToken: newSsoOidcToken.refreshToken
				});
			} catch (error) {}
			return {
				token: newSsoOidcToken.accessToken,
				expiration: newTokenExpiration
			};
		} catch (error) {
			validateTokenExpiry(existingToken);
			return existingToken;
		}
	})();
	inFlightRefreshes.set(ssoSessionName, refresh);
	try {
		return await refresh;
	} finally {
		inFlightRefreshes.delete(ssoSessionName);
	}
};
// node_modules/@aws-sdk/credential-provider-sso/dist-es/resolveSSOCredentials.js
const SHOULD_FAIL_CREDENTIAL_CHAIN = false;
const resolveSSOCredentials = async ({ ssoStartUrl, ssoSession, ssoAccountId, ssoRegion, ssoRoleName, ssoClient, clientConfig, parentClientConfig, callerClientConfig, profile, filepath, configFilepath, ignoreCache, logger }) => {
	let token;
	const refreshMessage = `To refresh this SSO session run aws sso login with the corresponding profile.`;
	if (ssoSession) try {
		const _token = await fromSso({
			profile,
			filepath,
			configFilepath,
			ignoreCache,
			clientConfig,
			parentClientConfig,
			logger
		})({ callerClientConfig });
		token = {
			accessToken: _token.token,
			expiresAt: new Date(_token.expiration).toISOString()
		};
	} catch (e) {
		throw new CredentialsProviderError(e.message, {
			tryNextLink: SHOULD_FAIL_CREDENTIAL_CHAIN,
			logger
		});
	}
	else try {
		token = await getSSOTokenFromFile(ssoStartUrl);
	} catch (e) {
		throw new CredentialsProviderError(`The SSO session associated with this profile is invalid. ${refreshMessage}`, {
			tryNextLink: SHOULD_FAIL_CREDENTIAL_CHAIN,
			logger
		});
	}
	if (new Date(token.expiresAt).getTime() - Date.now() <= 0) throw new CredentialsProviderError(`The SSO session associated with this profile has expired. ${refreshMessage}`, {
		tryNextLink: SHOULD_FAIL_CREDENTIAL_CHAIN,
		logger
	});
	const { accessToken } = token;
	const { SSOClient, GetRoleCredentialsCommand } = await import("./aws.js");
	const sso = ssoClient || new SSOClient(Object.assign({}, clientConfig ?? {}, {
		logger: clientConfig?.logger ?? callerClientConfig?.logger ?? parentClientConfig?.logger,
		region: clientConfig?.region ?? ssoRegion,
		userAgentAppId: clientConfig?.userAgentAppId ?? callerClientConfig?.userAgentAppId ?? parentClientConfig?.userAgentAppId
	}));
	let ssoResp;
	try {
		ssoResp = await sso.send(new GetRoleCredentialsCommand({
			accountId: ssoAccountId,
			roleName: ssoRoleName,
			accessToken
		}));
	} catch (e) {
		throw new CredentialsProviderError(e, {
			tryNextLink: SHOULD_FAIL_CREDENTIAL_CHAIN,
			logger
		});
	}
	const { roleCredentials: { accessKeyId, secretAccessKey, sessionToken, expiration, credentialScope, accountId } = {} } = ssoResp;
	if (!accessKeyId || !secretAccessKey || !sessionToken || !expiration) throw new CredentialsProviderError("SSO returns an invalid temporary credential.", {
		tryNextLink: SHOULD_FAIL_CREDENTIAL_CHAIN,
		logger
	});
	const credentials = {
		accessKeyId,
		secretAccessKey,
		sessionToken,
		expiration: new Date(expiration),
		...credentialScope && { credentialScope },
		...accountId && { accountId }
	};
	if (ssoSession) setCredentialFeature(credentials, "CREDENTIALS_SSO", "s");
	else setCredentialFeature(credentials, "CREDENTIALS_SSO_LEGACY", "u");
	return credentials;
};
// node_modules/@aws-sdk/credential-provider-sso/dist-es/validateSsoProfile.js
const validateSsoProfile = (profile, logger) => {
	const { sso_start_url, sso_account_id, sso_region, sso_role_name } = profile;
	if (!sso_start_url || !sso_account_id || !sso_region || !sso_role_name) throw new CredentialsProviderError(`Profile is configured with invalid SSO credentials. Required parameters "sso_account_id", "sso_region", "sso_role_name", "sso_start_url". Got ${Object.keys(profile).join(", ")}\nReference: https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-sso.html`, {
		tryNextLink: false,
		logger
	});
	return profile;
};
// node_modules/@aws-sdk/credential-provider-sso/dist-es/fromSSO.js
const fromSSO = (init = {}) => async ({ callerClientConfig } = {}) => {
	init.logger?.debug("@aws-sdk/credential-provider-sso - fromSSO");
	const { ssoStartUrl, ssoAccountId, ssoRegion, ssoRoleName, ssoSession } = init;
	const { ssoClient } = init;
	const profileName = getProfileName({ profile: init.profile ?? callerClientConfig?.profile });
	if (!ssoStartUrl && !ssoAccountId && !ssoRegion && !ssoRoleName && !ssoSession) {
		const profile = (await parseKnownFiles(init))[profileName];
		if (!profile) throw new CredentialsProviderError(`Profile ${profileName} was not found.`, { logger: init.logger });
		if (!isSsoProfile(profile)) throw new CredentialsProviderError(`Profile ${profileName} is not configured with SSO credentials.`, { logger: init.logger });
		if (profile?.sso_session) {
			const session = (await loadSsoSessionData(init))[profile.sso_session];
			const conflictMsg = ` configurations in profile ${profileName} and sso-session ${profile.sso_session}`;
			if (ssoRegion && ssoRegion !== session.sso_region) throw new CredentialsProviderError(`Conflicting SSO region` + conflictMsg, {
				tryNextLink: false,
				logger: init.logger
			});
			if (ssoStartUrl && ssoStartUrl !== session.sso_start_url) throw new CredentialsProviderError(`Conflicting SSO start_url` + conflictMsg, {
				tryNextLink: false,
				logger: init.logger
			});
			profile.sso_region = session.sso_region;
			profile.sso_start_url = session.sso_start_url;
		}
		const { sso_start_url, sso_account_id, sso_region, sso_role_name, sso_session } = validateSsoProfile(profile, init.logger);
		return resolveSSOCredentials({
			ssoStartUrl: sso_start_url,
			ssoSession: sso_session,
			ssoAccountId: sso_account_id,
			ssoRegion: sso_region,
			ssoRoleName: sso_role_name,
			ssoClient,
			clientConfig: init.clientConfig,
			parentClientConfig: init.parentClientConfig,
			callerClientConfig: init.callerClientConfig,
			profile: profileName,
			filepath: init.filepath,
			configFilepath: init.configFilepath,
			ignoreCache: init.ignoreCache,
			logger: init.logger
		});
	} else if (!ssoStartUrl || !ssoAccountId || !ssoRegion || !ssoRoleName) throw new CredentialsProviderError("Incomplete configuration. The fromSSO() argument hash must include \"ssoStartUrl\", \"ssoAccountId\", \"ssoRegion\", \"ssoRoleName\"", {
		tryNextLink: false,
		logger: init.logger
	});
	else return resolveSSOCredentials({
		ssoStartUrl,
		ssoSession,
		ssoAccountId,
		ssoRegion,
		ssoRoleName,
		ssoClient,
		clientConfig: init.clientConfig,
		parentClientConfig: init.parentClientConfig,
		callerClientConfig: init.callerClientConfig,
		profile: profileName,
		filepath: init.filepath,
		configFilepath: init.configFilepath,
		ignoreCache: init.ignoreCache,
		logger: init.logger
	});
};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sso/auth/httpAuthSchemeProvider.js
const defaultSSOHttpAuthSchemeParametersProvider = async (config, context, input) => {
	return {
		operation: getSmithyContext(context).operation,
		region: await normalizeProvider$1(config.region)() || (() => {
			throw new Error("expected `region` to be configured for `aws.auth#sigv4`");
		})()
	};
};
function createAwsAuthSigv4HttpAuthOption$11(authParameters) {
	return {
		schemeId: "aws.auth#sigv4",
		signingProperties: {
			name: "awsssoportal",
			region: authParameters.region
		},
		propertiesExtractor: (config, context) => ({ signingProperties: {
			config,
			context
		} })
	};
}
function createSmithyApiNoAuthHttpAuthOption$3(authParameters) {
	return { schemeId: "smithy.api#noAuth" };
}
const defaultSSOHttpAuthSchemeProvider = (authParameters) => {
	const options = [];
	switch (authParameters.operation) {
		case "GetRoleCredentials":
			options.push(createSmithyApiNoAuthHttpAuthOption$3(authParameters));
			break;
		default: options.push(createAwsAuthSigv4HttpAuthOption$11(authParameters));
	}
	return options;
};
const resolveHttpAuthSchemeConfig$11 = (config) => {
	const config_0 = resolveAwsSdkSigV4Config(config);
	return Object.assign(config_0, { authSchemePreference: normalizeProvider$1(config.authSchemePreference ?? []) });
};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sso/endpoint/EndpointParameters.js
const resolveClientEndpointParameters$11 = (options) => {
	return Object.assign(options, {
		useDualstackEndpoint: options.useDualstackEndpoint ?? false,
		useFipsEndpoint: options.useFipsEndpoint ?? false,
		defaultSigningName: "awsssoportal"
	});
};
const commonParams$11 = {
	UseFIPS: {
		type: "builtInParams",
		name: "useFipsEndpoint"
	},
	Endpoint: {
		type: "builtInParams",
		name: "endpoint"
	},
	Region: {
		type: "builtInParams",
		name: "region"
	},
	UseDualStack: {
		type: "builtInParams",
		name: "useDualstackEndpoint"
	}
};
// node_modules/@aws-sdk/nested-clients/package.json
var version$8 = "3.998.3";
// node_modules/@aws-sdk/core/dist-es/submodules/protocols/ProtocolLib.js
var ProtocolLib = class {
	queryCompat;
	errorRegistry;
	constructor(queryCompat = false) {
		this.queryCompat = queryCompat;
	}
	resolveRestContentType(defaultContentType, inputSchema) {
		const members = inputSchema.getMemberSchemas();
		const httpPayloadMember = Object.values(members).find((m) => {
			return !!m.getMergedTraits().httpPayload;
		});
		if (httpPayloadMember) {
			const mediaType = httpPayloadMember.getMergedTraits().mediaType;
			if (mediaType) return mediaType;
			else if (httpPayloadMember.isStringSchema()) return "text/plain";
			else if (httpPayloadMember.isBlobSchema()) return "application/octet-stream";
			else return defaultContentType;
		} else if (!inputSchema.isUnitSchema()) {
			if (Object.values(members).find((m) => {
				const { httpQuery, httpQueryParams, httpHeader, httpLabel, httpPrefixHeaders } = m.getMergedTraits();
				return !httpQuery && !httpQueryParams && !httpHeader && !httpLabel && httpPrefixHeaders === void 0;
			})) return defaultContentType;
		}
	}
	async getErrorSchemaOrThrowBaseException(errorIdentifier, defaultNamespace, response, dataObject, metadata, getErrorSchema) {
		let errorName = errorIdentifier;
		if (errorIdentifier.includes("#")) [, errorName] = errorIdentifier.split("#");
		const errorMetadata = {
			$metadata: metadata,
			$fault: response.statusCode < 500 ? "client" : "server"
		};
		if (!this.errorRegistry) throw new Error("@aws-sdk/core/protocols - error handler not initialized.");
		try {
			return {
				errorSchema: getErrorSchema?.(this.errorRegistry, errorName) ?? this.errorRegistry.getSchema(errorIdentifier),
				errorMetadata
			};
		} catch (e) {
			dataObject.message = dataObject.message ?? dataObject.Message ?? "UnknownError";
			const synthetic = this.errorRegistry;
			const baseExceptionSchema = synthetic.getBaseException();
			if (baseExceptionSchema) {
				const ErrorCtor = synthetic.getErrorCtor(baseExceptionSchema) ?? Error;
				throw this.decorateServiceException(Object.assign(new ErrorCtor({ name: errorName }), errorMetadata), dataObject);
			}
			const d = dataObject;
			const message = d?.message ?? d?.Message ?? d?.Error?.Message ?? d?.Error?.message;
			throw this.decorateServiceException(Object.assign(new Error(message), { name: errorName }, errorMetadata), dataObject);
		}
	}
	compose(composite, errorIdentifier, defaultNamespace) {
		let namespace = defaultNamespace;
		if (errorIdentifier.includes("#")) [namespace] = errorIdentifier.split("#");
		const staticRegistry = TypeRegistry.for(namespace);
		const defaultSyntheticRegistry = TypeRegistry.for("smithy.ts.sdk.synthetic." + defaultNamespace);
		composite.copyFrom(staticRegistry);
		composite.copyFrom(defaultSyntheticRegistry);
		this.errorRegistry = composite;
	}
	decorateServiceException(exception, additions = {}) {
		if (this.queryCompat) {
			const msg = exception.Message ?? additions.Message;
			const error = decorateServiceException(exception, additions);
			if (msg) error.message = msg;
			const errorObj = error.Error ?? {};
			errorObj.Type = error.Error?.Type;
			errorObj.Code = error.Error?.Code;
			errorObj.Message = error.Error?.message ?? error.Error?.Message ?? msg;
			error.Error = errorObj;
			const reqId = error.$metadata.requestId;
			if (reqId) error.RequestId = reqId;
			return error;
		}
		return decorateServiceException(exception, additions);
	}
	setQueryCompatError(output, response) {
		const queryErrorHeader = response.headers?.["x-amzn-query-error"];
		if (output !== void 0 && queryErrorHeader != null) {
			const [Code, Type] = queryErrorHeader.split(";");
			const keys = Object.keys(output);
			const Error = {
				Code,
				Type
			};
			output.Code = Code;
			output.Type = Type;
			for (let i = 0; i < keys.length; i++) {
				const k = keys[i];
				Error[k === "message" ? "Message" : k] = output[k];
			}
			delete Error.__type;
			output.Error = Error;
		}
	}
	queryCompatOutput(queryCompatErrorData, errorData) {
		if (queryCompatErrorData.Error) errorData.Error = queryCompatErrorData.Error;
		if (queryCompatErrorData.Type) errorData.Type = queryCompatErrorData.Type;
		if (queryCompatErrorData.Code) errorData.Code = queryCompatErrorData.Code;
	}
	findQueryCompatibleError(registry, errorName) {
		try {
			return registry.getSchema(errorName);
		} catch (e) {
			return registry.find((schema) => NormalizedSchema.of(schema).getMergedTraits().awsQueryError?.[0] === errorName);
		}
	}
};
// node_modules/@aws-sdk/core/dist-es/submodules/protocols/json/AwsJsonRpcProtocol.js
var AwsJsonRpcProtocol = class extends RpcProtocol {
	serializer;
	deserializer;
	serviceTarget;
	codec;
	mixin;
	awsQueryCompatible;
	constructor({ defaultNamespace, errorTypeRegistries, serviceTarget, awsQueryCompatible, jsonCodec }) {
		super({
			defaultNamespace,
			errorTypeRegistries
		});
		this.serviceTarget = serviceTarget;
		this.codec = jsonCodec ?? new JsonCodec2({
			timestampFormat: {
				useTrait: true,
				default: 7
			},
			jsonName: false
		});
		this.serializer = this.codec.createSerializer();
		this.deserializer = this.codec.createDeserializer();
		this.awsQueryCompatible = !!awsQueryCompatible;
		this.mixin = new ProtocolLib(this.awsQueryCompatible);
	}
	async serializeRequest(operationSchema, input, context) {
		const request = await super.serializeRequest(operationSchema, input, context);
		if (!request.path.endsWith("/")) request.path += "/";
		request.headers["content-type"] = `application/x-amz-json-${this.getJsonRpcVersion()}`;
		request.headers["x-amz-target"] = `${this.serviceTarget}.${operationSchema.name}`;
		if (this.awsQueryCompatible) request.headers["x-amzn-query-mode"] = "true";
		if (deref(operationSchema.input) === "unit" || !request.body) request.body = "{}";
		return request;
	}
	getPayloadCodec() {
		return this.codec;
	}
	async handleError(operationSchema, context, response, dataObject, metadata) {
		const { awsQueryCompatible } = this;
		if (awsQueryCompatible) this.mixin.setQueryCompatError(dataObject, response);
		const errorIdentifier = loadJsonRpcErrorCode(response, dataObject, awsQueryCompatible) ?? "Unknown";
		this.mixin.compose(this.compositeErrorRegistry, errorIdentifier, this.options.defaultNamespace);
		const { errorSchema, errorMetadata } = await this.mixin.getErrorSchemaOrThrowBaseException(errorIdentifier, this.options.defaultNamespace, response, dataObject, metadata, awsQueryCompatible ? this.mixin.findQueryCompatibleError : void 0);
		const ns = NormalizedSchema.of(errorSchema);
		const message = dataObject.message ?? dataObject.Message ?? "UnknownError";
		const exception = new ((this.compositeErrorRegistry.getErrorCtor(errorSchema)) ?? Error)({});
		const output = {};
		const errorDeserializer = this.codec.createDeserializer();
		for (const [name, member] of ns.structIterator()) if (dataObject[name] != null) output[name] = errorDeserializer.readObject(member, dataObject[name]);
		if (awsQueryCompatible) this.mixin.queryCompatOutput(dataObject, output);
		throw this.mixin.decorateServiceException(Object.assign(exception, errorMetadata, {
			$fault: ns.getMergedTraits().error,
			message
		}, output), dataObject);
	}
};
// node_modules/@aws-sdk/core/dist-es/submodules/protocols/json/AwsJson1_1Protocol.js
var AwsJson1_1Protocol = class extends AwsJsonRpcProtocol {
	constructor({ defaultNamespace, errorTypeRegistries, serviceTarget, awsQueryCompatible, jsonCodec }) {
		super({
			defaultNamespace,
			errorTypeRegistries,
			serviceTarget,
			awsQueryCompatible,
			jsonCodec
		});
	}
	getShapeId() {
		return "aws.protocols#awsJson1_1";
	}
	getJsonRpcVersion() {
		return "1.1";
	}
	getDefaultContentType() {
		return "application/x-amz-json-1.1";
	}
};
// node_modules/@aws-sdk/core/dist-es/submodules/protocols/json/AwsRestJsonProtocol.js
var AwsRestJsonProtocol = class extends HttpBindingProtocol {
	serializer;
	deserializer;
	codec;
	mixin = new ProtocolLib();
	constructor({ defaultNamespace, errorTypeRegistries, jsonCodec }) {
		super({
			defaultNamespace,
			errorTypeRegistries
		});
		const settings = {
			timestampFormat: {
				useTrait: true,
				default: 7
			},
			httpBindings: true,
			jsonName: true
		};
		this.codec = jsonCodec ?? new JsonCodec2(settings);
		this.serializer = new HttpInterceptingShapeSerializer(this.codec.createSerializer(), settings);
		this.deserializer = new HttpInterceptingShapeDeserializer(this.codec.createDeserializer(), settings);
	}
	getShapeId() {
		return "aws.protocols#restJson1";
	}
	getPayloadCodec() {
		return this.codec;
	}
	setSerdeContext(serdeContext) {
		this.codec.setSerdeContext(serdeContext);
		super.setSerdeContext(serdeContext);
	}
	async serializeRequest(operationSchema, input, context) {
		const request = await super.serializeRequest(operationSchema, input, context);
		const inputSchema = NormalizedSchema.of(operationSchema.input);
		if (!request.headers["content-type"]) {
			const contentType = this.mixin.resolveRestContentType(this.getDefaultContentType(), inputSchema);
			if (contentType) request.headers["content-type"] = contentType;
		}
		if (request.body == null && request.headers["content-type"] === this.getDefaultContentType()) request.body = "{}";
		return request;
	}
	async deserializeResponse(operationSchema, context, response) {
		const output = await super.deserializeResponse(operationSchema, context, response);
		const outputSchema = NormalizedSchema.of(operationSchema.output);
		for (const [name, member] of outputSchema.structIterator()) if (member.getMemberTraits().httpPayload && !(name in output)) output[name] = null;
		return output;
	}
	async handleError(operationSchema, context, response, dataObject, metadata) {
		const errorIdentifier = loadRestJsonErrorCode(response, dataObject) ?? "Unknown";
		this.mixin.compose(this.compositeErrorRegistry, errorIdentifier, this.options.defaultNamespace);
		const { errorSchema, errorMetadata } = await this.mixin.getErrorSchemaOrThrowBaseException(errorIdentifier, this.options.defaultNamespace, response, dataObject, metadata);
		const ns = NormalizedSchema.of(errorSchema);
		const message = dataObject.message ?? dataObject.Message ?? "UnknownError";
		const exception = new ((this.compositeErrorRegistry.getErrorCtor(errorSchema)) ?? Error)({});
		await this.deserializeHttpMessage(errorSchema, context, response, dataObject);
		const output = {};
		const errorDeserializer = this.codec.createDeserializer();
		for (const [name, member] of ns.structIterator()) {
			const target = member.getMergedTraits().jsonName ?? name;
			output[name] = errorDeserializer.readObject(member, dataObject[target]);
		}
		throw this.mixin.decorateServiceException(Object.assign(exception, errorMetadata, {
			$fault: ns.getMergedTraits().error,
			message
		}, output), dataObject);
	}
	getDefaultContentType() {
		return "application/json";
	}
};
// node_modules/@aws-sdk/xml-builder/dist-es/xml-parser.js
function writeKey$1(obj) {
	Object.defineProperty(obj, "__proto__", {
		value: void 0,
		writable: true,
		enumerable: true,
		configurable: true
	});
}
function parseXML(xml) {
	return new AwsXmlParser(xml).parse();
}
var AwsXmlParser = class AwsXmlParser {
	x;
	i = 0;
	z;
	constructor(x) {
		this.x = x;
		this.x = x.replace(/\r\n?/g, "\n");
		this.z = this.x.length;
	}
	parse() {
		const p = this;
		const { z } = p;
		while (p.i < z) {
			p.trim();
			if (p.i >= z) break;
			if (p.isNext("<?")) {
				p.readTo("?>");
				p.trim();
			} else if (p.isNext("<!--")) {
				p.readTo("-->");
				p.trim();
			} else if (p.isNext("<!DOCTYPE", false)) {
				p.skipDoctype();
				p.trim();
			} else if (p.x[p.i] === "<") {
				const root = p.parseTag();
				return { [root.tag]: root.value };
			} else throw new Error("@aws-sdk XML parse error: unexpected content.");
		}
		throw new Error("@aws-sdk XML parse error: no root element.");
	}
	isNext(s, caseSensitive = true) {
		const p = this;
		if (caseSensitive) return p.x.startsWith(s, p.i);
		return p.x.toLowerCase().startsWith(s.toLowerCase(), p.i);
	}
	readTo(stop) {
		const p = this;
		const _i = p.x.indexOf(stop, p.i);
		if (_i === -1) throw new Error(`@aws-sdk XML parse error: expected "${stop}" not found.`);
		const result = p.x.slice(p.i, _i);
		p.i = _i + stop.length;
		return result;
	}
	trim() {
		const p = this;
		while (p.i < p.z && " 	\r\n".includes(p.x[p.i])) ++p.i;
	}
	readAttrValue() {
		const p = this;
		const quote = p.x[p.i];
		++p.i;
		let value = "";
		while (p.i < p.z && p.x[p.i] !== quote) value += p.x[p.i++];
		++p.i;
		return p.decodeEntities(value);
	}
	parseTag() {
		const p = this;
		++p.i;
		let tag = "";
		while (p.i < p.z && !" 	\r\n>/".includes(p.x[p.i])) tag += p.x[p.i++];
		let hasAttrs = false;
		const attrs = {};
		while (p.i < p.z) {
			p.trim();
			if (">/".includes(p.x[p.i])) break;
			let name = "";
			while (p.i < p.z && !"= 	\r\n>/?".includes(p.x[p.i])) name += p.x[p.i++];
			p.trim();
			if (p.x[p.i] !== "=") break;
			++p.i;
			p.trim();
			if (name === "__proto__") writeKey$1(attrs);
			attrs[name] = p.readAttrValue();
			hasAttrs = true;
		}
		if (p.i >= p.z) throw new Error("@aws-sdk XML parse error: unexpected end of input.");
		if (p.x[p.i] === "/") {
			++p.i;
			if (p.i >= p.z || p.x[p.i] !== ">") throw new Error("@aws-sdk XML parse error: expected > at the end of self-closing tag.");
			++p.i;
			return {
				tag,
				value: hasAttrs ? attrs : ""
			};
		}
		if (p.x[p.i] !== ">") throw new Error("@aws-sdk XML parse error: expected > at the end of opening tag.");
		++p.i;
		const textParts = [];
		const childTags = [];
		let hasElementChild = false;
		while (p.i < p.z) {
			if (p.isNext("</")) break;
			if (p.x[p.i] === "<") {
				if (p.isNext("<!--")) p.readTo("-->");
				else if (p.isNext("<![CDATA[")) {
					p.i += 9;
					textParts.push(p.readTo("]]>"));
				} else if (p.isNext("<?")) p.readTo("?>");
				else {
					hasElementChild = true;
					childTags.push(p.parseTag());
				}
			} else {
				let text = "";
				while (p.i < p.z && p.x[p.i] !== "<") text += p.x[p.i++];
				textParts.push(p.decodeEntities(text));
			}
		}
		if (!p.isNext("</")) throw new Error(`@aws-sdk XML parse error: missing closing tag </${tag}>.`);
		p.i += 2;
		const closeTag = p.readTo(">").trim();
		if (closeTag !== tag) throw new Error(`@aws-sdk XML parse error: mismatched tags <${tag}> and </${closeTag}>.`);
		if (!hasAttrs && textParts.length === 0 && !hasElementChild) return {
			tag,
			value: ""
		};
		if (!hasAttrs && !hasElementChild) {
			const text = textParts.length === 1 ? textParts[0] : textParts.join("");
			if (text.trim() === "" && text.includes("\n")) return {
				tag,
				value: ""
			};
			return {
				tag,
				value: text
			};
		}
		const obj = {};
		for (const text of textParts) {
			if (text.trim() === "" && text.includes("\n")) continue;
			obj["#text"] = "#text" in obj ? obj["#text"] + text : text;
		}
		for (const child of childTags) {
			if (child.tag === "__proto__") writeKey$1(obj);
			if (child.tag in obj) {
				if (Array.isArray(obj[child.tag])) obj[child.tag].push(child.value);
				else obj[child.tag] = [obj[child.tag], child.value];
			} else obj[child.tag] = child.value;
		}
		for (const [k, v] of Object.entries(attrs)) {
			if (k === "__proto__") writeKey$1(obj);
			obj[k] = v;
		}
		return {
			tag,
			value: obj
		};
	}
	static ENTITIES = {
		amp: "&",
		lt: "<",
		gt: ">",
		quot: "\"",
		apos: "'"
	};
	skipDoctype() {
		const p = this;
		p.i += 9;
		let depth = 0;
		while (p.i < p.z) {
			const c = p.x[p.i];
			if (c === "[") ++depth;
			else if (c === "]") --depth;
			else if (c === ">" && depth === 0) {
				++p.i;
				return;
			}
			++p.i;
		}
		throw new Error("@aws-sdk XML parse error: unclosed DOCTYPE.");
	}
	decodeEntities(s) {
		return s.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|([a-zA-Z][a-zA-Z0-9]{0,30}));/g, (_, hex, dec, named) => {
			if (hex) return String.fromCharCode(parseInt(hex, 16));
			if (dec) return String.fromCharCode(parseInt(dec, 10));
			return AwsXmlParser.ENTITIES[named] ?? "";
		});
	}
};
// node_modules/@aws-sdk/core/dist-es/submodules/protocols/ConfigurableSerdeContext.js
var SerdeContextConfig = class {
	serdeContext;
	setSerdeContext(serdeContext) {
		this.serdeContext = serdeContext;
	}
};
// node_modules/@aws-sdk/core/dist-es/submodules/protocols/UnionSerde.js
var UnionSerde = class {
	from;
	to;
	keys;
	constructor(from, to) {
		this.from = from;
		this.to = to;
		const keys = Object.keys(this.from);
		const set = new Set(keys);
		set.delete("__type");
		this.keys = set;
	}
	mark(key) {
		this.keys.delete(key);
	}
	hasUnknown() {
		return this.keys.size === 1 && Object.keys(this.to).length === 0;
	}
	writeUnknown() {
		if (this.hasUnknown()) {
			const k = this.keys.values().next().value;
			const v = this.from[k];
			this.to.$unknown = [k, v];
		}
	}
};
// node_modules/@aws-sdk/core/dist-es/submodules/protocols/writeKey.js
function writeKey(obj) {
	Object.defineProperty(obj, "__proto__", {
		value: void 0,
		writable: true,
		enumerable: true,
		configurable: true
	});
}
// node_modules/@aws-sdk/core/dist-es/submodules/protocols/xml/XmlShapeDeserializer.js
var XmlShapeDeserializer = class extends SerdeContextConfig {
	settings;
	stringDeserializer;
	constructor(settings) {
		super();
		this.settings = settings;
		this.stringDeserializer = new FromStringShapeDeserializer(settings);
	}
	setSerdeContext(serdeContext) {
		this.serdeContext = serdeContext;
		this.stringDeserializer.setSerdeContext(serdeContext);
	}
	read(schema, bytes, key) {
		const ns = NormalizedSchema.of(schema);
		const memberSchemas = ns.getMemberSchemas();
		if (ns.isStructSchema() && ns.isMemberSchema() && !!Object.values(memberSchemas).find((memberNs) => {
			return !!memberNs.getMemberTraits().eventPayload;
		})) {
			const output = {};
			const memberName = Object.keys(memberSchemas)[0];
			if (memberSchemas[memberName].isBlobSchema()) output[memberName] = bytes;
			else output[memberName] = this.read(memberSchemas[memberName], bytes);
			return output;
		}
		const xmlString = (this.serdeContext?.utf8Encoder ?? toUtf8$1)(bytes);
		const parsedObject = this.parseXml(xmlString);
		return this.readSchema(schema, key ? parsedObject[key] : parsedObject);
	}
	readSchema(_schema, value) {
		const ns = NormalizedSchema.of(_schema);
		if (ns.isUnitSchema()) return;
		const traits = ns.getMergedTraits();
		if (ns.isListSchema() && !Array.isArray(value)) return this.readSchema(ns, [value]);
		if (value == null) return value;
		if (typeof value === "object") {
			const flat = !!traits.xmlFlattened;
			if (ns.isListSchema()) {
				const listValue = ns.getValueSchema();
				const buffer = [];
				const sourceKey = listValue.getMergedTraits().xmlName ?? "member";
				const source = flat ? value : (value[0] ?? value)[sourceKey];
				if (source == null) return buffer;
				const sourceArray = Array.isArray(source) ? source : [source];
				for (const v of sourceArray) buffer.push(this.readSchema(listValue, v));
				return buffer;
			}
			const buffer = {};
			if (ns.isMapSchema()) {
				const keyNs = ns.getKeySchema();
				const memberNs = ns.getValueSchema();
				let entries;
				if (flat) entries = Array.isArray(value) ? value : [value];
				else entries = Array.isArray(value.entry) ? value.entry : [value.entry];
				const keyProperty = keyNs.getMergedTraits().xmlName ?? "key";
				const valueProperty = memberNs.getMergedTraits().xmlName ?? "value";
				for (const entry of entries) {
					const key = entry[keyProperty];
					const value = entry[valueProperty];
					if (key === "__proto__") writeKey(buffer);
					buffer[key] = this.readSchema(memberNs, value);
				}
				return buffer;
			}
			if (ns.isStructSchema()) {
				const union = ns.isUnionSchema();
				let unionSerde;
				if (union) unionSerde = new UnionSerde(value, buffer);
				for (const [memberName, memberSchema] of ns.structIterator()) {
					const memberTraits = memberSchema.getMergedTraits();
					const xmlObjectKey = !memberTraits.httpPayload ? memberSchema.getMemberTraits().xmlName ?? memberName : memberTraits.xmlName ?? memberSchema.getName();
					if (union) unionSerde.mark(xmlObjectKey);
					if (value[xmlObjectKey] != null) buffer[memberName] = this.readSchema(memberSchema, value[xmlObjectKey]);
				}
				if (union) unionSerde.writeUnknown();
				return buffer;
			}
			if (ns.isDocumentSchema()) return value;
			throw new Error(`@aws-sdk/core/protocols - xml deserializer unhandled schema type for ${ns.getName(true)}`);
		}
		if (ns.isListSchema()) return [];
		if (ns.isMapSchema() || ns.isStructSchema()) return {};
		return this.stringDeserializer.read(ns, value);
	}
	parseXml(xml) {
		if (xml.length) {
			let parsedObj;
			try {
				parsedObj = parseXML(xml);
			} catch (e) {
				if (e && typeof e === "object") Object.defineProperty(e, "$responseBodyText", { value: xml });
				throw e;
			}
			const textNodeName = "#text";
			const key = Object.keys(parsedObj)[0];
			const parsedObjToReturn = parsedObj[key];
			if (parsedObjToReturn[textNodeName]) {
				parsedObjToReturn[key] = parsedObjToReturn[textNodeName];
				delete parsedObjToReturn[textNodeName];
			}
			return getValueFromTextNode(parsedObjToReturn);
		}
		return {};
	}
};
// node_modules/@aws-sdk/core/dist-es/submodules/protocols/query/QueryShapeSerializer.js
var QueryShapeSerializer = class extends SerdeContextConfig {
	settings;
	buffer;
	constructor(settings) {
		super();
		this.settings = settings;
	}
	write(schema, value, prefix = "") {
		if (this.buffer === void 0) this.buffer = "";
		const ns = NormalizedSchema.of(schema);
		if (prefix && !prefix.endsWith(".")) prefix += ".";
		if (ns.isBlobSchema()) {
			if (typeof value === "string" || value instanceof Uint8Array) {
				this.writeKey(prefix);
				this.writeValue((this.serdeContext?.base64Encoder ?? toBase64$1)(value));
			}
		} else if (ns.isBooleanSchema() || ns.isNumericSchema() || ns.isStringSchema()) {
			if (value != null) {
				this.writeKey(prefix);
				this.writeValue(String(value));
			} else if (ns.isIdempotencyToken()) {
				this.writeKey(prefix);
				this.writeValue(generateIdempotencyToken());
			}
		} else if (ns.isBigIntegerSchema()) {
			if (value != null) {
				this.writeKey(prefix);
				this.writeValue(String(value));
			}
		} else if (ns.isBigDecimalSchema()) {
			if (value != null) {
				this.writeKey(prefix);
				this.writeValue(value instanceof NumericValue ? value.string : String(value));
			}
		} else if (ns.isTimestampSchema()) {
			if (value instanceof Date) {
				this.writeKey(prefix);
				switch (determineTimestampFormat(ns, this.settings)) {
					case 5:
						this.writeValue(value.toISOString().replace(".000Z", "Z"));
						break;
					case 6:
						this.writeValue(dateToUtcString(value));
						break;
					case 7: this.writeValue(String(value.getTime() / 1e3));
				}
			}
		} else if (ns.isDocumentSchema()) {
			if (Array.isArray(value)) this.write(79, value, prefix);
			else if (value instanceof Date) this.write(4, value, prefix);
			else if (value instanceof Uint8Array) this.write(21, value, prefix);
			else if (value && typeof value === "object") this.write(143, value, prefix);
			else {
				this.writeKey(prefix);
				this.writeValue(String(value));
			}
		} else if (ns.isListSchema()) {
			if (Array.isArray(value)) {
				if (value.length === 0) {
					if (this.settings.serializeEmptyLists) {
						this.writeKey(prefix);
						this.writeValue("");
					}
				} else {
					const member = ns.getValueSchema();
					const flat = this.settings.flattenLists || ns.getMergedTraits().xmlFlattened;
					let i = 1;
					for (const item of value) {
						if (item == null) continue;
						const traits = member.getMergedTraits();
						const suffix = this.getKey("member", traits.xmlName, traits.ec2QueryName);
						const key = flat ? `${prefix}${i}` : `${prefix}${suffix}.${i}`;
						this.write(member, item, key);
						++i;
					}
				}
			}
		} else if (ns.isMapSchema()) {
			if (value && typeof value === "object") {
				const keySchema = ns.getKeySchema();
				const memberSchema = ns.getValueSchema();
				const flat = ns.getMergedTraits().xmlFlattened;
				let i = 1;
				for (const k in value) {
					const v = value[k];
					if (v == null) continue;
					const keyTraits = keySchema.getMergedTraits();
					const keySuffix = this.getKey("key", keyTraits.xmlName, keyTraits.ec2QueryName);
					const key = flat ? `${prefix}${i}.${keySuffix}` : `${prefix}entry.${i}.${keySuffix}`;
					const valTraits = memberSchema.getMergedTraits();
					const valueSuffix = this.getKey("value", valTraits.xmlName, valTraits.ec2QueryName);
					const valueKey = flat ? `${prefix}${i}.${valueSuffix}` : `${prefix}entry.${i}.${valueSuffix}`;
					this.write(keySchema, k, key);
					this.write(memberSchema, v, valueKey);
					++i;
				}
			}
		} else if (ns.isStructSchema()) {
			if (value && typeof value === "object") {
				let didWriteMember = false;
				for (const [memberName, member] of ns.structIterator()) {
					if (value[memberName] == null && !member.isIdempotencyToken()) continue;
					const traits = member.getMergedTraits();
					const suffix = this.getKey(memberName, traits.xmlName, traits.ec2QueryName, "struct");
					const key = `${prefix}${suffix}`;
					this.write(member, value[memberName], key);
					didWriteMember = true;
				}
				if (!didWriteMember && ns.isUnionSchema()) {
					const { $unknown } = value;
					if (Array.isArray($unknown)) {
						const [k, v] = $unknown;
						const key = `${prefix}${k}`;
						this.write(15, v, key);
					}
				}
			}
		} else if (ns.isUnitSchema()) {} else throw new Error(`@aws-sdk/core/protocols - QuerySerializer unrecognized schema type ${ns.getName(true)}`);
	}
	flush() {
		if (this.buffer === void 0) throw new Error("@aws-sdk/core/protocols - QuerySerializer cannot flush with nothing written to buffer.");
		const str = this.buffer;
		delete this.buffer;
		return str;
	}
	getKey(memberName, xmlName, ec2QueryName, keySource) {
		const { ec2, capitalizeKeys } = this.settings;
		if (ec2 && ec2QueryName) return ec2QueryName;
		const key = xmlName ?? memberName;
		if (capitalizeKeys && keySource === "struct") return key[0].toUpperCase() + key.slice(1);
		return key;
	}
	writeKey(key) {
		if (key.endsWith(".")) key = key.slice(0, key.length - 1);
		this.buffer += `&${extendedEncodeURIComponent(key)}=`;
	}
	writeValue(value) {
		this.buffer += extendedEncodeURIComponent(value);
	}
};
// node_modules/@aws-sdk/core/dist-es/submodules/protocols/query/AwsQueryProtocol.js
var AwsQueryProtocol = class extends RpcProtocol {
	options;
	serializer;
	deserializer;
	mixin = new ProtocolLib();
	constructor(options) {
		super({
			defaultNamespace: options.defaultNamespace,
			errorTypeRegistries: options.errorTypeRegistries
		});
		this.options = options;
		const settings = {
			timestampFormat: {
				useTrait: true,
				default: 5
			},
			httpBindings: false,
			xmlNamespace: options.xmlNamespace,
			serviceNamespace: options.defaultNamespace,
			serializeEmptyLists: true
		};
		this.serializer = new QueryShapeSerializer(settings);
		this.deserializer = new XmlShapeDeserializer(settings);
	}
	getShapeId() {
		return "aws.protocols#awsQuery";
	}
	setSerdeContext(serdeContext) {
		this.serializer.setSerdeContext(serdeContext);
		this.deserializer.setSerdeContext(serdeContext);
	}
	getPayloadCodec() {
		throw new Error("AWSQuery protocol has no payload codec.");
	}
	async serializeRequest(operationSchema, input, context) {
		const request = await super.serializeRequest(operationSchema, input, context);
		if (!request.path.endsWith("/")) request.path += "/";
		request.headers["content-type"] = "application/x-www-form-urlencoded";
		if (deref(operationSchema.input) === "unit" || !request.body) request.body = "";
		request.body = `Action=${operationSchema.name.split("#")[1] ?? operationSchema.name}&Version=${this.options.version}` + request.body;
		if (request.body.endsWith("&")) request.body = request.body.slice(-1);
		return request;
	}
	async deserializeResponse(operationSchema, context, response) {
		const deserializer = this.deserializer;
		const ns = NormalizedSchema.of(operationSchema.output);
		const dataObject = {};
		if (response.statusCode >= 300) {
			const bytes = await collectBody(response.body, context);
			if (bytes.byteLength > 0) Object.assign(dataObject, await deserializer.read(15, bytes));
			await this.handleError(operationSchema, context, response, dataObject, this.deserializeMetadata(response));
		}
		for (const header in response.headers) {
			const value = response.headers[header];
			delete response.headers[header];
			response.headers[header.toLowerCase()] = value;
		}
		const shortName = operationSchema.name.split("#")[1] ?? operationSchema.name;
		const awsQueryResultKey = ns.isStructSchema() && this.useNestedResult() ? shortName + "Result" : void 0;
		const bytes = await collectBody(response.body, context);
		if (bytes.byteLength > 0) Object.assign(dataObject, await deserializer.read(ns, bytes, awsQueryResultKey));
		dataObject.$metadata = this.deserializeMetadata(response);
		return dataObject;
	}
	useNestedResult() {
		return true;
	}
	async handleError(operationSchema, context, response, dataObject, metadata) {
		const errorIdentifier = this.loadQueryErrorCode(response, dataObject) ?? "Unknown";
		this.mixin.compose(this.compositeErrorRegistry, errorIdentifier, this.options.defaultNamespace);
		const errorData = this.loadQueryError(dataObject) ?? {};
		const message = this.loadQueryErrorMessage(dataObject);
		errorData.message = message;
		errorData.Error = {
			Type: errorData.Type,
			Code: errorData.Code,
			Message: message
		};
		const { errorSchema, errorMetadata } = await this.mixin.getErrorSchemaOrThrowBaseException(errorIdentifier, this.options.defaultNamespace, response, errorData, metadata, this.mixin.findQueryCompatibleError);
		const ns = NormalizedSchema.of(errorSchema);
		const exception = new ((this.compositeErrorRegistry.getErrorCtor(errorSchema)) ?? Error)({});
		const output = {
			Type: errorData.Error.Type,
			Code: errorData.Error.Code,
			Error: errorData.Error
		};
		for (const [name, member] of ns.structIterator()) {
			const target = member.getMergedTraits().xmlName ?? name;
			const value = errorData[target] ?? dataObject[target];
			output[name] = this.deserializer.readSchema(member, value);
		}
		throw this.mixin.decorateServiceException(Object.assign(exception, errorMetadata, {
			$fault: ns.getMergedTraits().error,
			message
		}, output), dataObject);
	}
	loadQueryErrorCode(output, data) {
		const code = (data.Errors?.[0]?.Error ?? data.Errors?.Error ?? data.Error)?.Code;
		if (code !== void 0) return code;
		if (output.statusCode == 404) return "NotFound";
	}
	loadQueryError(data) {
		return data.Errors?.[0]?.Error ?? data.Errors?.Error ?? data.Error;
	}
	loadQueryErrorMessage(data) {
		const errorData = this.loadQueryError(data);
		return errorData?.message ?? errorData?.Message ?? data.message ?? data.Message ?? "Unknown";
	}
	getDefaultContentType() {
		return "application/x-www-form-urlencoded";
	}
};
// node_modules/@aws-sdk/core/dist-es/submodules/protocols/query/AwsEc2QueryProtocol.js
var AwsEc2QueryProtocol = class extends AwsQueryProtocol {
	options;
	constructor(options) {
		super(options);
		this.options = options;
		Object.assign(this.serializer.settings, {
			capitalizeKeys: true,
			flattenLists: true,
			serializeEmptyLists: false,
			ec2: true
		});
	}
	getShapeId() {
		return "aws.protocols#ec2Query";
	}
	useNestedResult() {
		return false;
	}
};
// node_modules/@smithy/core/dist-es/submodules/checksum/crc32/Crc32Js.js
const CRC32_TABLE = new Uint32Array(256);
for (let i = 0; i < 256; ++i) {
	let c = i;
	for (let j = 0; j < 8; ++j) c = c & 1 ? 3988292384 ^ c >>> 1 : c >>> 1;
	CRC32_TABLE[i] = c >>> 0;
}
const ONES = 4294967295;
var Crc32Js = class {
	digestLength = 4;
	checksum = ONES;
	update(data) {
		for (let i = 0; i < data.length; ++i) this.checksum = this.checksum >>> 8 ^ CRC32_TABLE[(this.checksum ^ data[i]) & 255];
	}
	digestSync() {
		return (this.checksum ^ ONES) >>> 0;
	}
	async digest() {
		const value = this.digestSync();
		const out = new Uint8Array(4);
		new DataView(out.buffer).setUint32(0, value, false);
		return out;
	}
	reset() {
		this.checksum = ONES;
	}
};
// node_modules/@smithy/core/dist-es/submodules/checksum/crc32/Crc32Node.js
const zlibCrc32 = typeof zlib$1.crc32 === "function" ? zlib$1.crc32 : void 0;
const Crc32Node = zlibCrc32 ? buildNativeClass$1(zlibCrc32) : Crc32Js;
function buildNativeClass$1(nativeCrc32) {
	return class Crc32Node {
		digestLength = 4;
		value = 0;
		update(data) {
			this.value = nativeCrc32(data, this.value);
		}
		digestSync() {
			return this.value >>> 0;
		}
		async digest() {
			const out = new Uint8Array(4);
			new DataView(out.buffer).setUint32(0, this.digestSync(), false);
			return out;
		}
		reset() {
			this.value = 0;
		}
	};
}
// node_modules/@smithy/core/dist-es/submodules/checksum/sha256/Sha256Js.js
const BLOCK = 64;
const DIGEST_LENGTH = 32;
const MAX_HASHABLE_LENGTH = 2 ** 53 - 1;
var Sha256Js = class Sha256Js {
	digestLength = DIGEST_LENGTH;
	state = Int32Array.from(INIT);
	w;
	buffer = new Uint8Array(64);
	bufferLength = 0;
	bytesHashed = 0;
	finished = false;
	inner;
	outer;
	constructor(secret) {
		if (secret) {
			const key = Sha256Js.normalizeKey(secret);
			this.inner = new Sha256Js();
			this.outer = new Sha256Js();
			const { inner, outer } = this;
			const pad = new Uint8Array(128);
			for (let i = 0; i < BLOCK; ++i) {
				pad[i] = 54 ^ key[i];
				pad[i + BLOCK] = 92 ^ key[i];
			}
			inner.update(pad.subarray(0, BLOCK));
			outer.update(pad.subarray(BLOCK));
		}
	}
	update(data) {
		if (this.finished) throw new Error("Attempted to update an already finished HMAC.");
		if (this.inner) {
			this.inner.update(data);
			return;
		}
		const chunk = toUint8Array(data);
		let position = 0;
		let { byteLength } = chunk;
		this.bytesHashed += byteLength;
		if (this.bytesHashed * 8 > MAX_HASHABLE_LENGTH) throw new Error("Cannot hash more than 2^53 - 1 bits");
		while (byteLength > 0) {
			this.buffer[this.bufferLength++] = chunk[position++];
			byteLength--;
			if (this.bufferLength === BLOCK) {
				this.hashBuffer();
				this.bufferLength = 0;
			}
		}
	}
	async digest() {
		const { inner, outer } = this;
		if (inner && outer) {
			if (this.finished) throw new Error("Attempted to digest an already finished HMAC.");
			this.finished = true;
			const innerDigest = inner.digestSync();
			outer.update(innerDigest);
			return outer.digestSync();
		}
		return this.digestSync();
	}
	reset() {
		this.state = Int32Array.from(INIT);
		this.buffer = new Uint8Array(64);
		this.bufferLength = 0;
		this.bytesHashed = 0;
	}
	digestSync() {
		const state = this.state.slice();
		const buffer = this.buffer.slice();
		let bufferLength = this.bufferLength;
		const bitsHashed = this.bytesHashed * 8;
		const bufferView = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
		bufferView.setUint8(bufferLength++, 128);
		if ((bufferLength - 1) % BLOCK >= 56) {
			for (let i = bufferLength; i < BLOCK; ++i) bufferView.setUint8(i, 0);
			this.hashBufferWith(state, buffer);
			bufferLength = 0;
		}
		for (let i = bufferLength; i < 56; ++i) bufferView.setUint8(i, 0);
		bufferView.setUint32(56, Math.floor(bitsHashed / 4294967296), false);
		bufferView.setUint32(60, bitsHashed, false);
		this.hashBufferWith(state, buffer);
		const out = new Uint8Array(DIGEST_LENGTH);
		for (let i = 0; i < 8; ++i) {
			out[i * 4] = state[i] >>> 24 & 255;
			out[i * 4 + 1] = state[i] >>> 16 & 255;
			out[i * 4 + 2] = state[i] >>> 8 & 255;
			out[i * 4 + 3] = state[i] >>> 0 & 255;
		}
		return out;
	}
	static normalizeKey(secret) {
		const key = toUint8Array(secret);
		if (key.byteLength > BLOCK) {
			const h = new Sha256Js();
			h.update(key);
			const out = h.digestSync();
			const padded = new Uint8Array(BLOCK);
			padded.set(out);
			return padded;
		}
		if (key.byteLength < BLOCK) {
			const padded = new Uint8Array(BLOCK);
			padded.set(key);
			return padded;
		}
		return key;
	}
	hashBuffer() {
		this.hashBufferWith(this.state, this.buffer);
	}
	hashBufferWith(state, buffer) {
		const w = this.w ??= new Int32Array(64);
		let s0 = state[0], s1 = state[1], s2 = state[2], s3 = state[3], s4 = state[4], s5 = state[5], s6 = state[6], s7 = state[7];
		for (let i = 0; i < BLOCK; ++i) {
			if (i < 16) w[i] = (buffer[i * 4] & 255) << 24 | (buffer[i * 4 + 1] & 255) << 16 | (buffer[i * 4 + 2] & 255) << 8 | buffer[i * 4 + 3] & 255;
			else {
				let u = w[i - 2];
				const t1 = (u >>> 17 | u << 15) ^ (u >>> 19 | u << 13) ^ u >>> 10;
				u = w[i - 15];
				const t2 = (u >>> 7 | u << 25) ^ (u >>> 18 | u << 14) ^ u >>> 3;
				w[i] = (t1 + w[i - 7] | 0) + (t2 + w[i - 16] | 0);
			}
			const t1 = (((s4 >>> 6 | s4 << 26) ^ (s4 >>> 11 | s4 << 21) ^ (s4 >>> 25 | s4 << 7)) + (s4 & s5 ^ ~s4 & s6) | 0) + (s7 + (K[i] + w[i] | 0) | 0) | 0;
			const t2 = ((s0 >>> 2 | s0 << 30) ^ (s0 >>> 13 | s0 << 19) ^ (s0 >>> 22 | s0 << 10)) + (s0 & s1 ^ s0 & s2 ^ s1 & s2) | 0;
			s7 = s6;
			s6 = s5;
			s5 = s4;
			s4 = s3 + t1 | 0;
			s3 = s2;
			s2 = s1;
			s1 = s0;
			s0 = t1 + t2 | 0;
		}
		state[0] += s0;
		state[1] += s1;
		state[2] += s2;
		state[3] += s3;
		state[4] += s4;
		state[5] += s5;
		state[6] += s6;
		state[7] += s7;
	}
};
const INIT = new Int32Array([
	1779033703,
	3144134277,
	1013904242,
	2773480762,
	1359893119,
	2600822924,
	528734635,
	1541459225
]);
const K = new Int32Array([
	1116352408,
	1899447441,
	3049323471,
	3921009573,
	961987163,
	1508970993,
	2453635748,
	2870763221,
	3624381080,
	310598401,
	607225278,
	1426881987,
	1925078388,
	2162078206,
	2614888103,
	3248222580,
	3835390401,
	4022224774,
	264347078,
	604807628,
	770255983,
	1249150122,
	1555081692,
	1996064986,
	2554220882,
	2821834349,
	2952996808,
	3210313671,
	3336571891,
	3584528711,
	113926993,
	338241895,
	666307205,
	773529912,
	1294757372,
	1396182291,
	1695183700,
	1986661051,
	2177026350,
	2456956037,
	2730485921,
	2820302411,
	3259730800,
	3345764771,
	3516065817,
	3600352804,
	4094571909,
	275423344,
	430227734,
	506948616,
	659060556,
	883997877,
	958139571,
	1322822218,
	1537002063,
	1747873779,
	1955562222,
	2024104815,
	2227730452,
	2361852424,
	2428436474,
	2756734187,
	3204031479,
	3329325298
]);
const Sha256Node = (() => {
	try {
		createHash("sha256");
		return true;
	} catch {
		return false;
	}
})() ? buildNativeClass() : Sha256Js;
function buildNativeClass() {
	return class Sha256Node {
		digestLength = 32;
		secret;
		hash;
		isHmac;
		finished = false;
		constructor(secret) {
			this.secret = secret;
			this.isHmac = !!secret;
			this.hash = this.createHash();
		}
		update(data) {
			if (this.finished) throw new Error("Attempted to update an already finished hash.");
			this.hash.update(data);
		}
		async digest() {
			let buf;
			if (this.isHmac) {
				this.finished = true;
				buf = this.hash.digest();
			} else buf = this.hash.copy().digest();
			return new Uint8Array(buf.buffer, buf.byteOffset, buf.byteLength);
		}
		reset() {
			this.hash = this.createHash();
			this.finished = false;
		}
		createHash() {
			return this.secret ? createHmac("sha256", toBuffer(this.secret)) : createHash("sha256");
		}
	};
}
function toBuffer(data) {
	if (typeof data === "string") return data;
	if (ArrayBuffer.isView(data)) return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
	return Buffer.from(data);
}
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sso/endpoint/bdd.js
const k$11 = "ref";
const a$11 = -1;
const b$11 = true;
const c$11 = "isSet";
const d$11 = "PartitionResult";
const e$11 = "booleanEquals";
const f$11 = "getAttr";
const g$11 = { [k$11]: "Endpoint" };
const h$11 = { [k$11]: d$11 };
const i$11 = {};
const j$11 = [{ [k$11]: "Region" }];
const _data$11 = {
	conditions: [
		[c$11, [g$11]],
		[c$11, j$11],
		[
			"aws.partition",
			j$11,
			d$11
		],
		[e$11, [{ [k$11]: "UseFIPS" }, b$11]],
		[e$11, [{ [k$11]: "UseDualStack" }, b$11]],
		[e$11, [{
			fn: f$11,
			argv: [h$11, "supportsDualStack"]
		}, b$11]],
		[e$11, [{
			fn: f$11,
			argv: [h$11, "supportsFIPS"]
		}, b$11]],
		["stringEquals", [{
			fn: f$11,
			argv: [h$11, "name"]
		}, "aws-us-gov"]]
	],
	results: [
		[a$11],
		[a$11, "Invalid Configuration: FIPS and custom endpoint are not supported"],
		[a$11, "Invalid Configuration: Dualstack and custom endpoint are not supported"],
		[g$11, i$11],
		["https://portal.sso-fips.{Region}.{PartitionResult#dualStackDnsSuffix}", i$11],
		[a$11, "FIPS and DualStack are enabled, but this partition does not support one or both"],
		["https://portal.sso.{Region}.amazonaws.com", i$11],
		["https://portal.sso-fips.{Region}.{PartitionResult#dnsSuffix}", i$11],
		[a$11, "FIPS is enabled but this partition does not support FIPS"],
		["https://portal.sso.{Region}.{PartitionResult#dualStackDnsSuffix}", i$11],
		[a$11, "DualStack is enabled but this partition does not support DualStack"],
		["https://portal.sso.{Region}.{PartitionResult#dnsSuffix}", i$11],
		[a$11, "Invalid Configuration: Missing Region"]
	]
};
const root$11 = 2;
const nodes$11 = new Int32Array([
	-1,
	1,
	-1,
	0,
	13,
	3,
	1,
	4,
	100000012,
	2,
	5,
	100000012,
	3,
	8,
	6,
	4,
	7,
	100000011,
	5,
	100000009,
	100000010,
	4,
	11,
	9,
	6,
	10,
	100000008,
	7,
	100000006,
	100000007,
	5,
	12,
	100000005,
	6,
	100000004,
	100000005,
	3,
	100000001,
	14,
	4,
	100000002,
	100000003
]);
const bdd$11 = BinaryDecisionDiagram.from(nodes$11, root$11, _data$11.conditions, _data$11.results);
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sso/endpoint/endpointResolver.js
const cache$11 = new EndpointCache({
	size: 50,
	params: [
		"Endpoint",
		"Region",
		"UseDualStack",
		"UseFIPS"
	]
});
const defaultEndpointResolver$11 = (endpointParams, context = {}) => {
	return cache$11.get(endpointParams, () => decideEndpoint(bdd$11, {
		endpointParams,
		logger: context.logger
	}));
};
customEndpointFunctions.aws = awsEndpointFunctions;
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sso/models/SSOServiceException.js
var SSOServiceException = class SSOServiceException extends ServiceException$2 {
	static shapeId = "smithy.ts.sdk.synthetic.com.amazonaws.sso#SSOServiceException";
	constructor(options) {
		super(options);
		Object.setPrototypeOf(this, SSOServiceException.prototype);
	}
};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sso/models/errors.js
var InvalidRequestException$1 = class InvalidRequestException$1 extends SSOServiceException {
	static shapeId = "com.amazonaws.sso#InvalidRequestException";
	name = "InvalidRequestException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "InvalidRequestException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidRequestException$1.prototype);
	}
};
var ResourceNotFoundException$6 = class ResourceNotFoundException$6 extends SSOServiceException {
	static shapeId = "com.amazonaws.sso#ResourceNotFoundException";
	name = "ResourceNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ResourceNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ResourceNotFoundException$6.prototype);
	}
};
var TooManyRequestsException$1 = class TooManyRequestsException$1 extends SSOServiceException {
	static shapeId = "com.amazonaws.sso#TooManyRequestsException";
	name = "TooManyRequestsException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "TooManyRequestsException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, TooManyRequestsException$1.prototype);
	}
};
var UnauthorizedException$1 = class UnauthorizedException$1 extends SSOServiceException {
	static shapeId = "com.amazonaws.sso#UnauthorizedException";
	name = "UnauthorizedException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "UnauthorizedException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, UnauthorizedException$1.prototype);
	}
};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sso/schemas/schemas_0.js
const _ATT = "AccessTokenType";
const _GRC = "GetRoleCredentials";
const _GRCR = "GetRoleCredentialsRequest";
const _GRCRe = "GetRoleCredentialsResponse";
const _IRE$2 = "InvalidRequestException";
const _RC$4 = "RoleCredentials";
const _RNFE$7 = "ResourceNotFoundException";
const _SAKT = "SecretAccessKeyType";
const _STT = "SessionTokenType";
const _TMRE$3 = "TooManyRequestsException";
const _UE$1 = "UnauthorizedException";
const _aI$1 = "accountId";
const _aKI$1 = "accessKeyId";
const _aT$3 = "accessToken";
const _ai = "account_id";
const _c$10 = "client";
const _e$10 = "error";
const _ex$1 = "expiration";
const _h$4 = "http";
const _hE$9 = "httpError";
const _hH$1 = "httpHeader";
const _hQ$2 = "httpQuery";
const _m$8 = "message";
const _rC$1 = "roleCredentials";
const _rN$2 = "roleName";
const _rn = "role_name";
const _s$11 = "smithy.ts.sdk.synthetic.com.amazonaws.sso";
const _sAK$1 = "secretAccessKey";
const _sT$2 = "sessionToken";
const _xasbt = "x-amz-sso_bearer_token";
const n0$11 = "com.amazonaws.sso";
const _s_registry$11 = new TypeRegistry(_s$11);
var SSOServiceException$ = [
	-3,
	_s$11,
	"SSOServiceException",
	0,
	[],
	[]
];
_s_registry$11.registerError(SSOServiceException$, SSOServiceException);
const n0_registry$10 = new TypeRegistry(n0$11);
var InvalidRequestException$$1 = [
	-3,
	n0$11,
	_IRE$2,
	{
		[_e$10]: _c$10,
		[_hE$9]: 400
	},
	[_m$8],
	[0]
];
n0_registry$10.registerError(InvalidRequestException$$1, InvalidRequestException$1);
var ResourceNotFoundException$$6 = [
	-3,
	n0$11,
	_RNFE$7,
	{
		[_e$10]: _c$10,
		[_hE$9]: 404
	},
	[_m$8],
	[0]
];
n0_registry$10.registerError(ResourceNotFoundException$$6, ResourceNotFoundException$6);
var TooManyRequestsException$$1 = [
	-3,
	n0$11,
	_TMRE$3,
	{
		[_e$10]: _c$10,
		[_hE$9]: 429
	},
	[_m$8],
	[0]
];
n0_registry$10.registerError(TooManyRequestsException$$1, TooManyRequestsException$1);
var UnauthorizedException$$1 = [
	-3,
	n0$11,
	_UE$1,
	{
		[_e$10]: _c$10,
		[_hE$9]: 401
	},
	[_m$8],
	[0]
];
n0_registry$10.registerError(UnauthorizedException$$1, UnauthorizedException$1);
const errorTypeRegistries$11 = [_s_registry$11, n0_registry$10];
var AccessTokenType = [
	0,
	n0$11,
	_ATT,
	8,
	0
];
var SecretAccessKeyType = [
	0,
	n0$11,
	_SAKT,
	8,
	0
];
var SessionTokenType = [
	0,
	n0$11,
	_STT,
	8,
	0
];
var GetRoleCredentialsRequest$ = [
	3,
	n0$11,
	_GRCR,
	0,
	[
		_rN$2,
		_aI$1,
		_aT$3
	],
	[
		[0, { [_hQ$2]: _rn }],
		[0, { [_hQ$2]: _ai }],
		[() => AccessTokenType, { [_hH$1]: _xasbt }]
	],
	3
];
var GetRoleCredentialsResponse$ = [
	3,
	n0$11,
	_GRCRe,
	0,
	[_rC$1],
	[[() => RoleCredentials$, 0]]
];
var RoleCredentials$ = [
	3,
	n0$11,
	_RC$4,
	0,
	[
		_aKI$1,
		_sAK$1,
		_sT$2,
		_ex$1
	],
	[
		0,
		[() => SecretAccessKeyType, 0],
		[() => SessionTokenType, 0],
		1
	]
];
var GetRoleCredentials$ = [
	9,
	n0$11,
	_GRC,
	{ [_h$4]: [
		"GET",
		"/federation/credentials",
		200
	] },
	() => GetRoleCredentialsRequest$,
	() => GetRoleCredentialsResponse$
];
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sso/runtimeConfig.shared.js
const getRuntimeConfig$23 = (config) => {
	return {
		apiVersion: "2019-06-10",
		base64Decoder: config?.base64Decoder ?? fromBase64,
		base64Encoder: config?.base64Encoder ?? toBase64$1,
		disableHostPrefix: config?.disableHostPrefix ?? false,
		endpointProvider: config?.endpointProvider ?? defaultEndpointResolver$11,
		extensions: config?.extensions ?? [],
		httpAuthSchemeProvider: config?.httpAuthSchemeProvider ?? defaultSSOHttpAuthSchemeProvider,
		httpAuthSchemes: config?.httpAuthSchemes ?? [{
			schemeId: "aws.auth#sigv4",
			identityProvider: (ipc) => ipc.getIdentityProvider("aws.auth#sigv4"),
			signer: new AwsSdkSigV4Signer()
		}, {
			schemeId: "smithy.api#noAuth",
			identityProvider: (ipc) => ipc.getIdentityProvider("smithy.api#noAuth") || (async () => ({})),
			signer: new NoAuthSigner()
		}],
		logger: config?.logger ?? new NoOpLogger(),
		protocol: config?.protocol ?? AwsRestJsonProtocol,
		protocolSettings: config?.protocolSettings ?? {
			defaultNamespace: "com.amazonaws.sso",
			errorTypeRegistries: errorTypeRegistries$11,
			version: "2019-06-10",
			serviceTarget: "SWBPortalService"
		},
		serviceId: config?.serviceId ?? "SSO",
		sha256: config?.sha256 ?? Sha256Node,
		urlParser: config?.urlParser ?? parseUrl,
		utf8Decoder: config?.utf8Decoder ?? fromUtf8$1,
		utf8Encoder: config?.utf8Encoder ?? toUtf8$1
	};
};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sso/runtimeConfig.js
const getRuntimeConfig$22 = (config) => {
	emitWarningIfUnsupportedVersion(process.version);
	const defaultsMode = resolveDefaultsModeConfig(config);
	const defaultConfigProvider = () => defaultsMode().then(loadConfigsForDefaultMode);
	const clientSharedValues = getRuntimeConfig$23(config);
	emitWarningIfUnsupportedVersion$1(process.version);
	const loaderConfig = {
		profile: config?.profile,
		logger: clientSharedValues.logger
	};
	return {
		...clientSharedValues,
		...config,
		runtime: "node",
		defaultsMode,
		authSchemePreference: config?.authSchemePreference ?? loadConfig(NODE_AUTH_SCHEME_PREFERENCE_OPTIONS, loaderConfig),
		bodyLengthChecker: config?.bodyLengthChecker ?? calculateBodyLength,
		defaultSocketTimeout: getDefaultSocketTimeout(config?.requestHandler, 3e5),
		defaultUserAgentProvider: config?.defaultUserAgentProvider ?? createDefaultUserAgentProvider({
			serviceId: clientSharedValues.serviceId,
			clientVersion: version$8
		}),
		maxAttempts: config?.maxAttempts ?? loadConfig(NODE_MAX_ATTEMPT_CONFIG_OPTIONS, config),
		region: config?.region ?? loadConfig(NODE_REGION_CONFIG_OPTIONS, {
			...NODE_REGION_CONFIG_FILE_OPTIONS,
			...loaderConfig
		}),
		requestHandler: NodeHttpHandler.create(config?.requestHandler ?? defaultConfigProvider),
		retryMode: config?.retryMode ?? loadConfig({
			...NODE_RETRY_MODE_CONFIG_OPTIONS,
			default: async () => (await defaultConfigProvider()).retryMode || DEFAULT_RETRY_MODE
		}, config),
		streamCollector: config?.streamCollector ?? streamCollector,
		useDualstackEndpoint: config?.useDualstackEndpoint ?? loadConfig(NODE_USE_DUALSTACK_ENDPOINT_CONFIG_OPTIONS, loaderConfig),
		useFipsEndpoint: config?.useFipsEndpoint ?? loadConfig(NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS, loaderConfig),
		userAgentAppId: config?.userAgentAppId ?? loadConfig(NODE_APP_ID_CONFIG_OPTIONS, loaderConfig)
	};
};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sso/auth/httpAuthExtensionConfiguration.js
const getHttpAuthExtensionConfiguration$11 = (runtimeConfig) => {
	const _httpAuthSchemes = runtimeConfig.httpAuthSchemes;
	let _httpAuthSchemeProvider = runtimeConfig.httpAuthSchemeProvider;
	let _credentials = runtimeConfig.credentials;
	return {
		setHttpAuthScheme(httpAuthScheme) {
			const index = _httpAuthSchemes.findIndex((scheme) => scheme.schemeId === httpAuthScheme.schemeId);
			if (index === -1) _httpAuthSchemes.push(httpAuthScheme);
			else _httpAuthSchemes.splice(index, 1, httpAuthScheme);
		},
		httpAuthSchemes() {
			return _httpAuthSchemes;
		},
		setHttpAuthSchemeProvider(httpAuthSchemeProvider) {
			_httpAuthSchemeProvider = httpAuthSchemeProvider;
		},
		httpAuthSchemeProvider() {
			return _httpAuthSchemeProvider;
		},
		setCredentials(credentials) {
			_credentials = credentials;
		},
		credentials() {
			return _credentials;
		}
	};
};
const resolveHttpAuthRuntimeConfig$11 = (config) => {
	return {
		httpAuthSchemes: config.httpAuthSchemes(),
		httpAuthSchemeProvider: config.httpAuthSchemeProvider(),
		credentials: config.credentials()
	};
};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sso/runtimeExtensions.js
const resolveRuntimeExtensions$11 = (runtimeConfig, extensions) => {
	const extensionConfiguration = Object.assign(getAwsRegionExtensionConfiguration(runtimeConfig), getDefaultExtensionConfiguration(runtimeConfig), getHttpHandlerExtensionConfiguration(runtimeConfig), getHttpAuthExtensionConfiguration$11(runtimeConfig));
	extensions.forEach((extension) => extension.configure(extensionConfiguration));
	return Object.assign(runtimeConfig, resolveAwsRegionExtensionConfiguration(extensionConfiguration), resolveDefaultRuntimeConfig(extensionConfiguration), resolveHttpHandlerRuntimeConfig(extensionConfiguration), resolveHttpAuthRuntimeConfig$11(extensionConfiguration));
};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sso/SSOClient.js
var SSOClient = class extends Client {
	config;
	constructor(...[configuration]) {
		const _config_0 = getRuntimeConfig$22(configuration || {});
		super(_config_0);
		this.initConfig = _config_0;
		const _config_2 = resolveUserAgentConfig(resolveClientEndpointParameters$11(_config_0));
		const _config_3 = resolveRetryConfig(_config_2);
		const _config_5 = resolveHostHeaderConfig(resolveRegionConfig(_config_3));
		const _config_6 = resolveEndpointConfig(_config_5);
		const _config_7 = resolveHttpAuthSchemeConfig$11(_config_6);
		const _config_8 = resolveRuntimeExtensions$11(_config_7, configuration?.extensions || []);
		this.config = _config_8;
		this.middlewareStack.use(getSchemaSerdePlugin(this.config));
		this.middlewareStack.use(getUserAgentPlugin(this.config));
		this.middlewareStack.use(getRetryPlugin(this.config));
		this.middlewareStack.use(getContentLengthPlugin(this.config));
		this.middlewareStack.use(getHostHeaderPlugin(this.config));
		this.middlewareStack.use(getLoggerPlugin(this.config));
		this.middlewareStack.use(getRecursionDetectionPlugin(this.config));
		this.middlewareStack.use(getHttpAuthSchemeEndpointRuleSetPlugin(this.config, {
			httpAuthSchemeParametersProvider: defaultSSOHttpAuthSchemeParametersProvider,
			identityProviderConfigProvider: async (config) => new DefaultIdentityProviderConfig({ "aws.auth#sigv4": config.credentials })
		}));
		this.middlewareStack.use(getHttpSigningPlugin(this.config));
	}
	destroy() {
		super.destroy();
	}
};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sso/commandBuilder.js
const command$11 = makeBuilder(commonParams$11, "SWBPortalService", "SSOClient", getEndpointPlugin);
const _ep0$11 = {};
const _mw0$11 = (Command, cs, config, o) => [];
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sso/commands/GetRoleCredentialsCommand.js
var GetRoleCredentialsCommand = class extends command$11(_ep0$11, _mw0$11, "GetRoleCredentials", GetRoleCredentials$) {};
// node_modules/@aws-sdk/credential-provider-web-identity/dist-es/fromWebToken.js
const fromWebToken = (init) => async (awsIdentityProperties) => {
	init.logger?.debug("@aws-sdk/credential-provider-web-identity - fromWebToken");
	const { roleArn, roleSessionName, webIdentityToken, providerId, policyArns, policy, durationSeconds } = init;
	let { roleAssumerWithWebIdentity } = init;
	if (!roleAssumerWithWebIdentity) {
		const { getDefaultRoleAssumerWithWebIdentity } = await import("./aws.js");
		roleAssumerWithWebIdentity = getDefaultRoleAssumerWithWebIdentity({
			...init.clientConfig,
			credentialProviderLogger: init.logger,
			parentClientConfig: {
				...awsIdentityProperties?.callerClientConfig,
				...init.parentClientConfig
			}
		}, init.clientPlugins);
	}
	return roleAssumerWithWebIdentity({
		RoleArn: roleArn,
		RoleSessionName: roleSessionName ?? `aws-sdk-js-session-${Date.now()}`,
		WebIdentityToken: webIdentityToken,
		ProviderId: providerId,
		PolicyArns: policyArns,
		Policy: policy,
		DurationSeconds: durationSeconds
	});
};
// node_modules/@aws-sdk/credential-provider-web-identity/dist-es/fromTokenFile.js
const ENV_TOKEN_FILE = "AWS_WEB_IDENTITY_TOKEN_FILE";
const ENV_ROLE_ARN = "AWS_ROLE_ARN";
const ENV_ROLE_SESSION_NAME = "AWS_ROLE_SESSION_NAME";
const fromTokenFile = (init = {}) => async (awsIdentityProperties) => {
	init.logger?.debug("@aws-sdk/credential-provider-web-identity - fromTokenFile");
	const webIdentityTokenFile = init?.webIdentityTokenFile ?? process.env[ENV_TOKEN_FILE];
	const roleArn = init?.roleArn ?? process.env[ENV_ROLE_ARN];
	const roleSessionName = init?.roleSessionName ?? process.env[ENV_ROLE_SESSION_NAME];
	if (!webIdentityTokenFile || !roleArn) throw new CredentialsProviderError("Web identity configuration not specified", { logger: init.logger });
	const credentials = await fromWebToken({
		...init,
		webIdentityToken: externalDataInterceptor?.getTokenRecord?.()[webIdentityTokenFile] ?? readFileSync(webIdentityTokenFile, { encoding: "ascii" }),
		roleArn,
		roleSessionName
	})(awsIdentityProperties);
	if (webIdentityTokenFile === process.env[ENV_TOKEN_FILE]) setCredentialFeature(credentials, "CREDENTIALS_ENV_VARS_STS_WEB_ID_TOKEN", "h");
	return credentials;
};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/signin/auth/httpAuthSchemeProvider.js
const defaultSigninHttpAuthSchemeParametersProvider = async (config, context, input) => {
	return {
		operation: getSmithyContext(context).operation,
		region: await normalizeProvider$1(config.region)() || (() => {
			throw new Error("expected `region` to be configured for `aws.auth#sigv4`");
		})()
	};
};
function createAwsAuthSigv4HttpAuthOption$10(authParameters) {
	return {
		schemeId: "aws.auth#sigv4",
		signingProperties: {
			name: "signin",
			region: authParameters.region
		},
		propertiesExtractor: (config, context) => ({ signingProperties: {
			config,
			context
		} })
	};
}
function createSmithyApiNoAuthHttpAuthOption$2(authParameters) {
	return { schemeId: "smithy.api#noAuth" };
}
const defaultSigninHttpAuthSchemeProvider = (authParameters) => {
	const options = [];
	switch (authParameters.operation) {
		case "CreateOAuth2Token":
			options.push(createSmithyApiNoAuthHttpAuthOption$2(authParameters));
			break;
		default: options.push(createAwsAuthSigv4HttpAuthOption$10(authParameters));
	}
	return options;
};
const resolveHttpAuthSchemeConfig$10 = (config) => {
	const config_0 = resolveAwsSdkSigV4Config(config);
	return Object.assign(config_0, { authSchemePreference: normalizeProvider$1(config.authSchemePreference ?? []) });
};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/signin/endpoint/EndpointParameters.js
const resolveClientEndpointParameters$10 = (options) => {
	return Object.assign(options, {
		useDualstackEndpoint: options.useDualstackEndpoint ?? false,
		useFipsEndpoint: options.useFipsEndpoint ?? false,
		defaultSigningName: "signin"
	});
};
const commonParams$10 = {
	UseFIPS: {
		type: "builtInParams",
		name: "useFipsEndpoint"
	},
	Endpoint: {
		type: "builtInParams",
		name: "endpoint"
	},
	Region: {
		type: "builtInParams",
		name: "region"
	},
	UseDualStack: {
		type: "builtInParams",
		name: "useDualstackEndpoint"
	}
};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/signin/endpoint/bdd.js
const s = "ref";
const a$10 = -1;
const b$10 = false;
const c$10 = true;
const d$10 = "isSet";
const e$10 = "booleanEquals";
const f$10 = "coalesce";
const g$10 = "PartitionResult";
const h$10 = "stringEquals";
const i$10 = "getAttr";
const j$10 = "https://signin.{Region}.{PartitionResult#dualStackDnsSuffix}";
const k$10 = { [s]: "Endpoint" };
const l$3 = {
	"fn": i$10,
	"argv": [{ [s]: g$10 }, "name"]
};
const m$3 = { [s]: "Region" };
const n$1 = { [s]: g$10 };
const o$1 = { "authSchemes": [{
	"name": "sigv4",
	"signingName": "signin",
	"signingRegion": "{Region}"
}] };
const p$1 = {};
const q$1 = [m$3];
const _data$10 = {
	conditions: [
		[d$10, q$1],
		[e$10, [{
			fn: f$10,
			argv: [{ [s]: "IsControlPlane" }, b$10]
		}, c$10]],
		[d$10, [k$10]],
		[
			"aws.partition",
			q$1,
			g$10
		],
		[e$10, [{ [s]: "UseFIPS" }, c$10]],
		[h$10, [l$3, "aws"]],
		[e$10, [{
			fn: f$10,
			argv: [{ [s]: "IsOAuthEndpoint" }, b$10]
		}, c$10]],
		[e$10, [{ [s]: "UseDualStack" }, c$10]],
		[h$10, [l$3, "aws-cn"]],
		[h$10, [m$3, "us-gov-west-1"]],
		[h$10, [l$3, "aws-us-gov"]],
		[e$10, [{
			fn: i$10,
			argv: [n$1, "supportsFIPS"]
		}, c$10]],
		[h$10, [l$3, "aws-iso"]],
		[h$10, [l$3, "aws-iso-b"]],
		[h$10, [l$3, "aws-iso-f"]],
		[h$10, [l$3, "aws-iso-e"]],
		[h$10, [l$3, "aws-eusc"]],
		[e$10, [{
			fn: i$10,
			argv: [n$1, "supportsDualStack"]
		}, c$10]]
	],
	results: [
		[a$10],
		["https://signin.{Region}.api.aws", o$1],
		["https://signin.{Region}.api.amazonwebservices.com.cn", o$1],
		[j$10, o$1],
		[a$10, "FIPS endpoints are not supported for OAuth operations. Disable FIPS or use a non-OAuth operation."],
		["https://{Region}.oauth.signin.aws", o$1],
		["https://{Region}.signin.aws.amazon.com", p$1],
		["https://{Region}.signin.amazonaws.cn", p$1],
		["https://{Region}.signin.amazonaws-us-gov.com", p$1],
		["https://{Region}.signin.c2shome.ic.gov", p$1],
		["https://{Region}.signin.sc2shome.sgov.gov", p$1],
		["https://{Region}.signin.csphome.hci.ic.gov", p$1],
		["https://{Region}.signin.csphome.adc-e.uk", p$1],
		["https://{Region}.signin.amazonaws-eusc.eu", p$1],
		["https://signin-fips.amazonaws-us-gov.com", p$1],
		["https://{Region}.signin-fips.amazonaws-us-gov.com", p$1],
		["https://{Region}.signin.{PartitionResult#dnsSuffix}", p$1],
		[a$10, "Invalid Configuration: FIPS and custom endpoint are not supported"],
		[a$10, "Invalid Configuration: Dualstack and custom endpoint are not supported"],
		[k$10, p$1],
		["https://signin-fips.{Region}.{PartitionResult#dualStackDnsSuffix}", p$1],
		[a$10, "FIPS and DualStack are enabled, but this partition does not support one or both"],
		["https://signin-fips.{Region}.{PartitionResult#dnsSuffix}", p$1],
		[a$10, "FIPS is enabled but this partition does not support FIPS"],
		[j$10, p$1],
		[a$10, "DualStack is enabled but this partition does not support DualStack"],
		["https://signin.{Region}.{PartitionResult#dnsSuffix}", p$1],
		[a$10, "Invalid Configuration: Missing Region"]
	]
};
const root$10 = 2;
const nodes$10 = new Int32Array([
	-1,
	1,
	-1,
	0,
	6,
	3,
	2,
	36,
	4,
	4,
	5,
	100000027,
	6,
	100000004,
	100000027,
	1,
	29,
	7,
	2,
	36,
	8,
	3,
	9,
	31,
	4,
	22,
	10,
	5,
	19,
	11,
	7,
	21,
	12,
	8,
	100000007,
	13,
	10,
	100000008,
	14,
	12,
	100000009,
	15,
	13,
	100000010,
	16,
	14,
	100000011,
	17,
	15,
	100000012,
	18,
	16,
	100000013,
	100000016,
	6,
	100000005,
	20,
	7,
	21,
	100000006,
	17,
	100000024,
	100000025,
	6,
	100000004,
	23,
	7,
	27,
	24,
	9,
	100000014,
	25,
	10,
	100000015,
	26,
	11,
	100000022,
	100000023,
	11,
	28,
	100000021,
	17,
	100000020,
	100000021,
	2,
	35,
	30,
	3,
	39,
	31,
	4,
	32,
	100000027,
	6,
	100000004,
	33,
	7,
	100000027,
	34,
	9,
	100000014,
	100000027,
	3,
	39,
	36,
	4,
	38,
	37,
	7,
	100000018,
	100000019,
	6,
	100000004,
	100000017,
	5,
	100000001,
	40,
	8,
	100000002,
	100000003
]);
const bdd$10 = BinaryDecisionDiagram.from(nodes$10, root$10, _data$10.conditions, _data$10.results);
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/signin/endpoint/endpointResolver.js
const cache$10 = new EndpointCache({
	size: 50,
	params: [
		"Endpoint",
		"IsControlPlane",
		"IsOAuthEndpoint",
		"Region",
		"UseDualStack",
		"UseFIPS"
	]
});
const defaultEndpointResolver$10 = (endpointParams, context = {}) => {
	return cache$10.get(endpointParams, () => decideEndpoint(bdd$10, {
		endpointParams,
		logger: context.logger
	}));
};
customEndpointFunctions.aws = awsEndpointFunctions;
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/signin/models/SigninServiceException.js
var SigninServiceException = class SigninServiceException extends ServiceException$2 {
	static shapeId = "smithy.ts.sdk.synthetic.com.amazonaws.signin#SigninServiceException";
	constructor(options) {
		super(options);
		Object.setPrototypeOf(this, SigninServiceException.prototype);
	}
};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/signin/models/errors.js
var AccessDeniedException$5 = class AccessDeniedException$5 extends SigninServiceException {
	static shapeId = "com.amazonaws.signin#AccessDeniedException";
	name = "AccessDeniedException";
	$fault = "client";
	error;
	constructor(opts) {
		super({
			name: "AccessDeniedException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, AccessDeniedException$5.prototype);
		this.error = opts.error;
	}
};
var InternalServerException$3 = class InternalServerException$3 extends SigninServiceException {
	static shapeId = "com.amazonaws.signin#InternalServerException";
	name = "InternalServerException";
	$fault = "server";
	error;
	constructor(opts) {
		super({
			name: "InternalServerException",
			$fault: "server",
			...opts
		});
		Object.setPrototypeOf(this, InternalServerException$3.prototype);
		this.error = opts.error;
	}
};
var TooManyRequestsError = class TooManyRequestsError extends SigninServiceException {
	static shapeId = "com.amazonaws.signin#TooManyRequestsError";
	name = "TooManyRequestsError";
	$fault = "client";
	error;
	constructor(opts) {
		super({
			name: "TooManyRequestsError",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, TooManyRequestsError.prototype);
		this.error = opts.error;
	}
};
var ValidationException$4 = class ValidationException$4 extends SigninServiceException {
	static shapeId = "com.amazonaws.signin#ValidationException";
	name = "ValidationException";
	$fault = "client";
	error;
	constructor(opts) {
		super({
			name: "ValidationException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ValidationException$4.prototype);
		this.error = opts.error;
	}
};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/signin/schemas/schemas_0.js
const _ADE$5 = "AccessDeniedException";
const _AT$1 = "AccessToken";
const _COAT = "CreateOAuth2Token";
const _COATR = "CreateOAuth2TokenRequest";
const _COATRB = "CreateOAuth2TokenRequestBody";
const _COATRBr = "CreateOAuth2TokenResponseBody";
const _COATRr = "CreateOAuth2TokenResponse";
const _ISE$6 = "InternalServerException";
const _RT$3 = "RefreshToken";
const _TMRE$2 = "TooManyRequestsError";
const _VE$4 = "ValidationException";
const _aKI = "accessKeyId";
const _aT$2 = "accessToken";
const _c$9 = "client";
const _cI$2 = "clientId";
const _cV$1 = "codeVerifier";
const _co$3 = "code";
const _e$9 = "error";
const _eI$2 = "expiresIn";
const _gT$1 = "grantType";
const _h$3 = "http";
const _hE$8 = "httpError";
const _iT$3 = "idToken";
const _jN = "jsonName";
const _m$7 = "message";
const _rT$2 = "refreshToken";
const _rU$1 = "redirectUri";
const _s$10 = "smithy.ts.sdk.synthetic.com.amazonaws.signin";
const _sAK = "secretAccessKey";
const _sT$1 = "sessionToken";
const _se$8 = "server";
const _tI$1 = "tokenInput";
const _tO = "tokenOutput";
const _tT$2 = "tokenType";
const n0$10 = "com.amazonaws.signin";
const _s_registry$10 = new TypeRegistry(_s$10);
var SigninServiceException$ = [
	-3,
	_s$10,
	"SigninServiceException",
	0,
	[],
	[]
];
_s_registry$10.registerError(SigninServiceException$, SigninServiceException);
const n0_registry$9 = new TypeRegistry(n0$10);
var AccessDeniedException$$5 = [
	-3,
	n0$10,
	_ADE$5,
	{ [_e$9]: _c$9 },
	[_e$9, _m$7],
	[0, 0],
	2
];
n0_registry$9.registerError(AccessDeniedException$$5, AccessDeniedException$5);
var InternalServerException$$3 = [
	-3,
	n0$10,
	_ISE$6,
	{
		[_e$9]: _se$8,
		[_hE$8]: 500
	},
	[_e$9, _m$7],
	[0, 0],
	2
];
n0_registry$9.registerError(InternalServerException$$3, InternalServerException$3);
var TooManyRequestsError$ = [
	-3,
	n0$10,
	_TMRE$2,
	{
		[_e$9]: _c$9,
		[_hE$8]: 429
	},
	[_e$9, _m$7],
	[0, 0],
	2
];
n0_registry$9.registerError(TooManyRequestsError$, TooManyRequestsError);
var ValidationException$$4 = [
	-3,
	n0$10,
	_VE$4,
	{
		[_e$9]: _c$9,
		[_hE$8]: 400
	},
	[_e$9, _m$7],
	[0, 0],
	2
];
n0_registry$9.registerError(ValidationException$$4, ValidationException$4);
const errorTypeRegistries$10 = [_s_registry$10, n0_registry$9];
var RefreshToken$1 = [
	0,
	n0$10,
	_RT$3,
	8,
	0
];
var AccessToken$ = [
	3,
	n0$10,
	_AT$1,
	8,
	[
		_aKI,
		_sAK,
		_sT$1
	],
	[
		[0, { [_jN]: _aKI }],
		[0, { [_jN]: _sAK }],
		[0, { [_jN]: _sT$1 }]
	],
	3
];
var CreateOAuth2TokenRequest$ = [
	3,
	n0$10,
	_COATR,
	0,
	[_tI$1],
	[[() => CreateOAuth2TokenRequestBody$, 16]],
	1
];
var CreateOAuth2TokenRequestBody$ = [
	3,
	n0$10,
	_COATRB,
	0,
	[
		_cI$2,
		_gT$1,
		_co$3,
		_rU$1,
		_cV$1,
		_rT$2
	],
	[
		[0, { [_jN]: _cI$2 }],
		[0, { [_jN]: _gT$1 }],
		0,
		[0, { [_jN]: _rU$1 }],
		[0, { [_jN]: _cV$1 }],
		[() => RefreshToken$1, { [_jN]: _rT$2 }]
	],
	2
];
var CreateOAuth2TokenResponse$ = [
	3,
	n0$10,
	_COATRr,
	0,
	[_tO],
	[[() => CreateOAuth2TokenResponseBody$, 16]],
	1
];
var CreateOAuth2TokenResponseBody$ = [
	3,
	n0$10,
	_COATRBr,
	0,
	[
		_aT$2,
		_tT$2,
		_eI$2,
		_rT$2,
		_iT$3
	],
	[
		[() => AccessToken$, { [_jN]: _aT$2 }],
		[0, { [_jN]: _tT$2 }],
		[1, { [_jN]: _eI$2 }],
		[() => RefreshToken$1, { [_jN]: _rT$2 }],
		[0, { [_jN]: _iT$3 }]
	],
	4
];
var CreateOAuth2Token$ = [
	9,
	n0$10,
	_COAT,
	{ [_h$3]: [
		"POST",
		"/v1/token",
		200
	] },
	() => CreateOAuth2TokenRequest$,
	() => CreateOAuth2TokenResponse$
];
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/signin/runtimeConfig.shared.js
const getRuntimeConfig$21 = (config) => {
	return {
		apiVersion: "2023-01-01",
		base64Decoder: config?.base64Decoder ?? fromBase64,
		base64Encoder: config?.base64Encoder ?? toBase64$1,
		disableHostPrefix: config?.disableHostPrefix ?? false,
		endpointProvider: config?.endpointProvider ?? defaultEndpointResolver$10,
		extensions: config?.extensions ?? [],
		httpAuthSchemeProvider: config?.httpAuthSchemeProvider ?? defaultSigninHttpAuthSchemeProvider,
		httpAuthSchemes: config?.httpAuthSchemes ?? [{
			schemeId: "aws.auth#sigv4",
			identityProvider: (ipc) => ipc.getIdentityProvider("aws.auth#sigv4"),
			signer: new AwsSdkSigV4Signer()
		}, {
			schemeId: "smithy.api#noAuth",
			identityProvider: (ipc) => ipc.getIdentityProvider("smithy.api#noAuth") || (async () => ({})),
			signer: new NoAuthSigner()
		}],
		logger: config?.logger ?? new NoOpLogger(),
		protocol: config?.protocol ?? AwsRestJsonProtocol,
		protocolSettings: config?.protocolSettings ?? {
			defaultNamespace: "com.amazonaws.signin",
			errorTypeRegistries: errorTypeRegistries$10,
			version: "2023-01-01",
			serviceTarget: "Signin"
		},
		serviceId: config?.serviceId ?? "Signin",
		sha256: config?.sha256 ?? Sha256Node,
		urlParser: config?.urlParser ?? parseUrl,
		utf8Decoder: config?.utf8Decoder ?? fromUtf8$1,
		utf8Encoder: config?.utf8Encoder ?? toUtf8$1
	};
};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/signin/runtimeConfig.js
const getRuntimeConfig$20 = (config) => {
	emitWarningIfUnsupportedVersion(process.version);
	const defaultsMode = resolveDefaultsModeConfig(config);
	const defaultConfigProvider = () => defaultsMode().then(loadConfigsForDefaultMode);
	const clientSharedValues = getRuntimeConfig$21(config);
	emitWarningIfUnsupportedVersion$1(process.version);
	const loaderConfig = {
		profile: config?.profile,
		logger: clientSharedValues.logger
	};
	return {
		...clientSharedValues,
		...config,
		runtime: "node",
		defaultsMode,
		authSchemePreference: config?.authSchemePreference ?? loadConfig(NODE_AUTH_SCHEME_PREFERENCE_OPTIONS, loaderConfig),
		bodyLengthChecker: config?.bodyLengthChecker ?? calculateBodyLength,
		defaultSocketTimeout: getDefaultSocketTimeout(config?.requestHandler, 3e5),
		defaultUserAgentProvider: config?.defaultUserAgentProvider ?? createDefaultUserAgentProvider({
			serviceId: clientSharedValues.serviceId,
			clientVersion: version$8
		}),
		maxAttempts: config?.maxAttempts ?? loadConfig(NODE_MAX_ATTEMPT_CONFIG_OPTIONS, config),
		region: config?.region ?? loadConfig(NODE_REGION_CONFIG_OPTIONS, {
			...NODE_REGION_CONFIG_FILE_OPTIONS,
			...loaderConfig
		}),
		requestHandler: NodeHttpHandler.create(config?.requestHandler ?? defaultConfigProvider),
		retryMode: config?.retryMode ?? loadConfig({
			...NODE_RETRY_MODE_CONFIG_OPTIONS,
			default: async () => (await defaultConfigProvider()).retryMode || DEFAULT_RETRY_MODE
		}, config),
		streamCollector: config?.streamCollector ?? streamCollector,
		useDualstackEndpoint: config?.useDualstackEndpoint ?? loadConfig(NODE_USE_DUALSTACK_ENDPOINT_CONFIG_OPTIONS, loaderConfig),
		useFipsEndpoint: config?.useFipsEndpoint ?? loadConfig(NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS, loaderConfig),
		userAgentAppId: config?.userAgentAppId ?? loadConfig(NODE_APP_ID_CONFIG_OPTIONS, loaderConfig)
	};
};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/signin/auth/httpAuthExtensionConfiguration.js
const getHttpAuthExtensionConfiguration$10 = (runtimeConfig) => {
	const _httpAuthSchemes = runtimeConfig.httpAuthSchemes;
	let _httpAuthSchemeProvider = runtimeConfig.httpAuthSchemeProvider;
	let _credentials = runtimeConfig.credentials;
	return {
		setHttpAuthScheme(httpAuthScheme) {
			const index = _httpAuthSchemes.findIndex((scheme) => scheme.schemeId === httpAuthScheme.schemeId);
			if (index === -1) _httpAuthSchemes.push(httpAuthScheme);
			else _httpAuthSchemes.splice(index, 1, httpAuthScheme);
		},
		httpAuthSchemes() {
			return _httpAuthSchemes;
		},
		setHttpAuthSchemeProvider(httpAuthSchemeProvider) {
			_httpAuthSchemeProvider = httpAuthSchemeProvider;
		},
		httpAuthSchemeProvider() {
			return _httpAuthSchemeProvider;
		},
		setCredentials(credentials) {
			_credentials = credentials;
		},
		credentials() {
			return _credentials;
		}
	};
};
const resolveHttpAuthRuntimeConfig$10 = (config) => {
	return {
		httpAuthSchemes: config.httpAuthSchemes(),
		httpAuthSchemeProvider: config.httpAuthSchemeProvider(),
		credentials: config.credentials()
	};
};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/signin/runtimeExtensions.js
const resolveRuntimeExtensions$10 = (runtimeConfig, extensions) => {
	const extensionConfiguration = Object.assign(getAwsRegionExtensionConfiguration(runtimeConfig), getDefaultExtensionConfiguration(runtimeConfig), getHttpHandlerExtensionConfiguration(runtimeConfig), getHttpAuthExtensionConfiguration$10(runtimeConfig));
	extensions.forEach((extension) => extension.configure(extensionConfiguration));
	return Object.assign(runtimeConfig, resolveAwsRegionExtensionConfiguration(extensionConfiguration), resolveDefaultRuntimeConfig(extensionConfiguration), resolveHttpHandlerRuntimeConfig(extensionConfiguration), resolveHttpAuthRuntimeConfig$10(extensionConfiguration));
};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/signin/SigninClient.js
var SigninClient = class extends Client {
	config;
	constructor(...[configuration]) {
		const _config_0 = getRuntimeConfig$20(configuration || {});
		super(_config_0);
		this.initConfig = _config_0;
		const _config_2 = resolveUserAgentConfig(resolveClientEndpointParameters$10(_config_0));
		const _config_3 = resolveRetryConfig(_config_2);
		const _config_5 = resolveHostHeaderConfig(resolveRegionConfig(_config_3));
		const _config_6 = resolveEndpointConfig(_config_5);
		const _config_7 = resolveHttpAuthSchemeConfig$10(_config_6);
		const _config_8 = resolveRuntimeExtensions$10(_config_7, configuration?.extensions || []);
		this.config = _config_8;
		this.middlewareStack.use(getSchemaSerdePlugin(this.config));
		this.middlewareStack.use(getUserAgentPlugin(this.config));
		this.middlewareStack.use(getRetryPlugin(this.config));
		this.middlewareStack.use(getContentLengthPlugin(this.config));
		this.middlewareStack.use(getHostHeaderPlugin(this.config));
		this.middlewareStack.use(getLoggerPlugin(this.config));
		this.middlewareStack.use(getRecursionDetectionPlugin(this.config));
		this.middlewareStack.use(getHttpAuthSchemeEndpointRuleSetPlugin(this.config, {
			httpAuthSchemeParametersProvider: defaultSigninHttpAuthSchemeParametersProvider,
			identityProviderConfigProvider: async (config) => new DefaultIdentityProviderConfig({ "aws.auth#sigv4": config.credentials })
		}));
		this.middlewareStack.use(getHttpSigningPlugin(this.config));
	}
	destroy() {
		super.destroy();
	}
};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/signin/commandBuilder.js
const command$10 = makeBuilder(commonParams$10, "Signin", "SigninClient", getEndpointPlugin);
const _ep0$10 = { IsControlPlane: {
	type: "staticContextParams",
	value: false
} };
const _mw0$10 = (Command, cs, config, o) => [];
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/signin/commands/CreateOAuth2TokenCommand.js
var CreateOAuth2TokenCommand = class extends command$10(_ep0$10, _mw0$10, "CreateOAuth2Token", CreateOAuth2Token$) {};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sso-oidc/auth/httpAuthSchemeProvider.js
const defaultSSOOIDCHttpAuthSchemeParametersProvider = async (config, context, input) => {
	return {
		operation: getSmithyContext(context).operation,
		region: await normalizeProvider$1(config.region)() || (() => {
			throw new Error("expected `region` to be configured for `aws.auth#sigv4`");
		})()
	};
};
function createAwsAuthSigv4HttpAuthOption$9(authParameters) {
	return {
		schemeId: "aws.auth#sigv4",
		signingProperties: {
			name: "sso-oauth",
			region: authParameters.region
		},
		propertiesExtractor: (config, context) => ({ signingProperties: {
			config,
			context
		} })
	};
}
function createSmithyApiNoAuthHttpAuthOption$1(authParameters) {
	return { schemeId: "smithy.api#noAuth" };
}
const defaultSSOOIDCHttpAuthSchemeProvider = (authParameters) => {
	const options = [];
	switch (authParameters.operation) {
		case "CreateToken":
			options.push(createSmithyApiNoAuthHttpAuthOption$1(authParameters));
			break;
		default: options.push(createAwsAuthSigv4HttpAuthOption$9(authParameters));
	}
	return options;
};
const resolveHttpAuthSchemeConfig$9 = (config) => {
	const config_0 = resolveAwsSdkSigV4Config(config);
	return Object.assign(config_0, { authSchemePreference: normalizeProvider$1(config.authSchemePreference ?? []) });
};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sso-oidc/endpoint/EndpointParameters.js
const resolveClientEndpointParameters$9 = (options) => {
	return Object.assign(options, {
		useDualstackEndpoint: options.useDualstackEndpoint ?? false,
		useFipsEndpoint: options.useFipsEndpoint ?? false,
		defaultSigningName: "sso-oauth"
	});
};
const commonParams$9 = {
	UseFIPS: {
		type: "builtInParams",
		name: "useFipsEndpoint"
	},
	Endpoint: {
		type: "builtInParams",
		name: "endpoint"
	},
	Region: {
		type: "builtInParams",
		name: "region"
	},
	UseDualStack: {
		type: "builtInParams",
		name: "useDualstackEndpoint"
	}
};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sso-oidc/endpoint/bdd.js
const k$9 = "ref";
const a$9 = -1;
const b$9 = true;
const c$9 = "isSet";
const d$9 = "PartitionResult";
const e$9 = "booleanEquals";
const f$9 = "getAttr";
const g$9 = { [k$9]: "Endpoint" };
const h$9 = { [k$9]: d$9 };
const i$9 = {};
const j$9 = [{ [k$9]: "Region" }];
const _data$9 = {
	conditions: [
		[c$9, [g$9]],
		[c$9, j$9],
		[
			"aws.partition",
			j$9,
			d$9
		],
		[e$9, [{ [k$9]: "UseFIPS" }, b$9]],
		[e$9, [{ [k$9]: "UseDualStack" }, b$9]],
		[e$9, [{
			fn: f$9,
			argv: [h$9, "supportsDualStack"]
		}, b$9]],
		[e$9, [{
			fn: f$9,
			argv: [h$9, "supportsFIPS"]
		}, b$9]],
		["stringEquals", [{
			fn: f$9,
			argv: [h$9, "name"]
		}, "aws-us-gov"]]
	],
	results: [
		[a$9],
		[a$9, "Invalid Configuration: FIPS and custom endpoint are not supported"],
		[a$9, "Invalid Configuration: Dualstack and custom endpoint are not supported"],
		[g$9, i$9],
		["https://oidc-fips.{Region}.{PartitionResult#dualStackDnsSuffix}", i$9],
		[a$9, "FIPS and DualStack are enabled, but this partition does not support one or both"],
		["https://oidc.{Region}.amazonaws.com", i$9],
		["https://oidc-fips.{Region}.{PartitionResult#dnsSuffix}", i$9],
		[a$9, "FIPS is enabled but this partition does not support FIPS"],
		["https://oidc.{Region}.{PartitionResult#dualStackDnsSuffix}", i$9],
		[a$9, "DualStack is enabled but this partition does not support DualStack"],
		["https://oidc.{Region}.{PartitionResult#dnsSuffix}", i$9],
		[a$9, "Invalid Configuration: Missing Region"]
	]
};
const root$9 = 2;
const nodes$9 = new Int32Array([
	-1,
	1,
	-1,
	0,
	13,
	3,
	1,
	4,
	100000012,
	2,
	5,
	100000012,
	3,
	8,
	6,
	4,
	7,
	100000011,
	5,
	100000009,
	100000010,
	4,
	11,
	9,
	6,
	10,
	100000008,
	7,
	100000006,
	100000007,
	5,
	12,
	100000005,
	6,
	100000004,
	100000005,
	3,
	100000001,
	14,
	4,
	100000002,
	100000003
]);
const bdd$9 = BinaryDecisionDiagram.from(nodes$9, root$9, _data$9.conditions, _data$9.results);
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sso-oidc/endpoint/endpointResolver.js
const cache$9 = new EndpointCache({
	size: 50,
	params: [
		"Endpoint",
		"Region",
		"UseDualStack",
		"UseFIPS"
	]
});
const defaultEndpointResolver$9 = (endpointParams, context = {}) => {
	return cache$9.get(endpointParams, () => decideEndpoint(bdd$9, {
		endpointParams,
		logger: context.logger
	}));
};
customEndpointFunctions.aws = awsEndpointFunctions;
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sso-oidc/models/SSOOIDCServiceException.js
var SSOOIDCServiceException = class SSOOIDCServiceException extends ServiceException$2 {
	static shapeId = "smithy.ts.sdk.synthetic.com.amazonaws.ssooidc#SSOOIDCServiceException";
	constructor(options) {
		super(options);
		Object.setPrototypeOf(this, SSOOIDCServiceException.prototype);
	}
};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sso-oidc/models/errors.js
var AccessDeniedException$4 = class AccessDeniedException$4 extends SSOOIDCServiceException {
	static shapeId = "com.amazonaws.ssooidc#AccessDeniedException";
	name = "AccessDeniedException";
	$fault = "client";
	error;
	reason;
	error_description;
	constructor(opts) {
		super({
			name: "AccessDeniedException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, AccessDeniedException$4.prototype);
		this.error = opts.error;
		this.reason = opts.reason;
		this.error_description = opts.error_description;
	}
};
var AuthorizationPendingException = class AuthorizationPendingException extends SSOOIDCServiceException {
	static shapeId = "com.amazonaws.ssooidc#AuthorizationPendingException";
	name = "AuthorizationPendingException";
	$fault = "client";
	error;
	error_description;
	constructor(opts) {
		super({
			name: "AuthorizationPendingException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, AuthorizationPendingException.prototype);
		this.error = opts.error;
		this.error_description = opts.error_description;
	}
};
var ExpiredTokenException$1 = class ExpiredTokenException$1 extends SSOOIDCServiceException {
	static shapeId = "com.amazonaws.ssooidc#ExpiredTokenException";
	name = "ExpiredTokenException";
	$fault = "client";
	error;
	error_description;
	constructor(opts) {
		super({
			name: "ExpiredTokenException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ExpiredTokenException$1.prototype);
		this.error = opts.error;
		this.error_description = opts.error_description;
	}
};
var InternalServerException$2 = class InternalServerException$2 extends SSOOIDCServiceException {
	static shapeId = "com.amazonaws.ssooidc#InternalServerException";
	name = "InternalServerException";
	$fault = "server";
	error;
	error_description;
	constructor(opts) {
		super({
			name: "InternalServerException",
			$fault: "server",
			...opts
		});
		Object.setPrototypeOf(this, InternalServerException$2.prototype);
		this.error = opts.error;
		this.error_description = opts.error_description;
	}
};
var InvalidClientException = class InvalidClientException extends SSOOIDCServiceException {
	static shapeId = "com.amazonaws.ssooidc#InvalidClientException";
	name = "InvalidClientException";
	$fault = "client";
	error;
	error_description;
	constructor(opts) {
		super({
			name: "InvalidClientException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidClientException.prototype);
		this.error = opts.error;
		this.error_description = opts.error_description;
	}
};
var InvalidGrantException = class InvalidGrantException extends SSOOIDCServiceException {
	static shapeId = "com.amazonaws.ssooidc#InvalidGrantException";
	name = "InvalidGrantException";
	$fault = "client";
	error;
	error_description;
	constructor(opts) {
		super({
			name: "InvalidGrantException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidGrantException.prototype);
		this.error = opts.error;
		this.error_description = opts.error_description;
	}
};
var InvalidRequestException = class InvalidRequestException extends SSOOIDCServiceException {
	static shapeId = "com.amazonaws.ssooidc#InvalidRequestException";
	name = "InvalidRequestException";
	$fault = "client";
	error;
	reason;
	error_description;
	constructor(opts) {
		super({
			name: "InvalidRequestException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidRequestException.prototype);
		this.error = opts.error;
		this.reason = opts.reason;
		this.error_description = opts.error_description;
	}
};
var InvalidScopeException = class InvalidScopeException extends SSOOIDCServiceException {
	static shapeId = "com.amazonaws.ssooidc#InvalidScopeException";
	name = "InvalidScopeException";
	$fault = "client";
	error;
	error_description;
	constructor(opts) {
		super({
			name: "InvalidScopeException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidScopeException.prototype);
		this.error = opts.error;
		this.error_description = opts.error_description;
	}
};
var SlowDownException = class SlowDownException extends SSOOIDCServiceException {
	static shapeId = "com.amazonaws.ssooidc#SlowDownException";
	name = "SlowDownException";
	$fault = "client";
	error;
	error_description;
	constructor(opts) {
		super({
			name: "SlowDownException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, SlowDownException.prototype);
		this.error = opts.error;
		this.error_description = opts.error_description;
	}
};
var UnauthorizedClientException = class UnauthorizedClientException extends SSOOIDCServiceException {
	static shapeId = "com.amazonaws.ssooidc#UnauthorizedClientException";
	name = "UnauthorizedClientException";
	$fault = "client";
	error;
	error_description;
	constructor(opts) {
		super({
			name: "UnauthorizedClientException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, UnauthorizedClientException.prototype);
		this.error = opts.error;
		this.error_description = opts.error_description;
	}
};
var UnsupportedGrantTypeException = class UnsupportedGrantTypeException extends SSOOIDCServiceException {
	static shapeId = "com.amazonaws.ssooidc#UnsupportedGrantTypeException";
	name = "UnsupportedGrantTypeException";
	$fault = "client";
	error;
	error_description;
	constructor(opts) {
		super({
			name: "UnsupportedGrantTypeException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, UnsupportedGrantTypeException.prototype);
		this.error = opts.error;
		this.error_description = opts.error_description;
	}
};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sso-oidc/schemas/schemas_0.js
const _ADE$4 = "AccessDeniedException";
const _APE = "AuthorizationPendingException";
const _AT = "AccessToken";
const _CS$2 = "ClientSecret";
const _CT$1 = "CreateToken";
const _CTR = "CreateTokenRequest";
const _CTRr = "CreateTokenResponse";
const _CV = "CodeVerifier";
const _ETE$1 = "ExpiredTokenException";
const _ICE$2 = "InvalidClientException";
const _IGE = "InvalidGrantException";
const _IRE$1 = "InvalidRequestException";
const _ISE$5 = "InternalServerException";
const _ISEn$2 = "InvalidScopeException";
const _IT$1 = "IdToken";
const _RT$2 = "RefreshToken";
const _SDE = "SlowDownException";
const _UCE$2 = "UnauthorizedClientException";
const _UGTE = "UnsupportedGrantTypeException";
const _aT$1 = "accessToken";
const _c$8 = "client";
const _cI$1 = "clientId";
const _cS$1 = "clientSecret";
const _cV = "codeVerifier";
const _co$2 = "code";
const _dC$1 = "deviceCode";
const _e$8 = "error";
const _eI$1 = "expiresIn";
const _ed = "error_description";
const _gT = "grantType";
const _h$2 = "http";
const _hE$7 = "httpError";
const _iT$2 = "idToken";
const _r$2 = "reason";
const _rT$1 = "refreshToken";
const _rU = "redirectUri";
const _s$9 = "smithy.ts.sdk.synthetic.com.amazonaws.ssooidc";
const _sc$1 = "scope";
const _se$7 = "server";
const _tT$1 = "tokenType";
const n0$9 = "com.amazonaws.ssooidc";
const _s_registry$9 = new TypeRegistry(_s$9);
var SSOOIDCServiceException$ = [
	-3,
	_s$9,
	"SSOOIDCServiceException",
	0,
	[],
	[]
];
_s_registry$9.registerError(SSOOIDCServiceException$, SSOOIDCServiceException);
const n0_registry$8 = new TypeRegistry(n0$9);
var AccessDeniedException$$4 = [
	-3,
	n0$9,
	_ADE$4,
	{
		[_e$8]: _c$8,
		[_hE$7]: 400
	},
	[
		_e$8,
		_r$2,
		_ed
	],
	[
		0,
		0,
		0
	]
];
n0_registry$8.registerError(AccessDeniedException$$4, AccessDeniedException$4);
var AuthorizationPendingException$ = [
	-3,
	n0$9,
	_APE,
	{
		[_e$8]: _c$8,
		[_hE$7]: 400
	},
	[_e$8, _ed],
	[0, 0]
];
n0_registry$8.registerError(AuthorizationPendingException$, AuthorizationPendingException);
var ExpiredTokenException$$1 = [
	-3,
	n0$9,
	_ETE$1,
	{
		[_e$8]: _c$8,
		[_hE$7]: 400
	},
	[_e$8, _ed],
	[0, 0]
];
n0_registry$8.registerError(ExpiredTokenException$$1, ExpiredTokenException$1);
var InternalServerException$$2 = [
	-3,
	n0$9,
	_ISE$5,
	{
		[_e$8]: _se$7,
		[_hE$7]: 500
	},
	[_e$8, _ed],
	[0, 0]
];
n0_registry$8.registerError(InternalServerException$$2, InternalServerException$2);
var InvalidClientException$ = [
	-3,
	n0$9,
	_ICE$2,
	{
		[_e$8]: _c$8,
		[_hE$7]: 401
	},
	[_e$8, _ed],
	[0, 0]
];
n0_registry$8.registerError(InvalidClientException$, InvalidClientException);
var InvalidGrantException$ = [
	-3,
	n0$9,
	_IGE,
	{
		[_e$8]: _c$8,
		[_hE$7]: 400
	},
	[_e$8, _ed],
	[0, 0]
];
n0_registry$8.registerError(InvalidGrantException$, InvalidGrantException);
var InvalidRequestException$ = [
	-3,
	n0$9,
	_IRE$1,
	{
		[_e$8]: _c$8,
		[_hE$7]: 400
	},
	[
		_e$8,
		_r$2,
		_ed
	],
	[
		0,
		0,
		0
	]
];
n0_registry$8.registerError(InvalidRequestException$, InvalidRequestException);
var InvalidScopeException$ = [
	-3,
	n0$9,
	_ISEn$2,
	{
		[_e$8]: _c$8,
		[_hE$7]: 400
	},
	[_e$8, _ed],
	[0, 0]
];
n0_registry$8.registerError(InvalidScopeException$, InvalidScopeException);
var SlowDownException$ = [
	-3,
	n0$9,
	_SDE,
	{
		[_e$8]: _c$8,
		[_hE$7]: 400
	},
	[_e$8, _ed],
	[0, 0]
];
n0_registry$8.registerError(SlowDownException$, SlowDownException);
var UnauthorizedClientException$ = [
	-3,
	n0$9,
	_UCE$2,
	{
		[_e$8]: _c$8,
		[_hE$7]: 400
	},
	[_e$8, _ed],
	[0, 0]
];
n0_registry$8.registerError(UnauthorizedClientException$, UnauthorizedClientException);
var UnsupportedGrantTypeException$ = [
	-3,
	n0$9,
	_UGTE,
	{
		[_e$8]: _c$8,
		[_hE$7]: 400
	},
	[_e$8, _ed],
	[0, 0]
];
n0_registry$8.registerError(UnsupportedGrantTypeException$, UnsupportedGrantTypeException);
const errorTypeRegistries$9 = [_s_registry$9, n0_registry$8];
var AccessToken = [
	0,
	n0$9,
	_AT,
	8,
	0
];
var ClientSecret = [
	0,
	n0$9,
	_CS$2,
	8,
	0
];
var CodeVerifier = [
	0,
	n0$9,
	_CV,
	8,
	0
];
var IdToken = [
	0,
	n0$9,
	_IT$1,
	8,
	0
];
var RefreshToken = [
	0,
	n0$9,
	_RT$2,
	8,
	0
];
var CreateTokenRequest$ = [
	3,
	n0$9,
	_CTR,
	0,
	[
		_cI$1,
		_cS$1,
		_gT,
		_dC$1,
		_co$2,
		_rT$1,
		_sc$1,
		_rU,
		_cV
	],
	[
		0,
		[() => ClientSecret, 0],
		0,
		0,
		0,
		[() => RefreshToken, 0],
		64,
		0,
		[() => CodeVerifier, 0]
	],
	3
];
var CreateTokenResponse$ = [
	3,
	n0$9,
	_CTRr,
	0,
	[
		_aT$1,
		_tT$1,
		_eI$1,
		_rT$1,
		_iT$2
	],
	[
		[() => AccessToken, 0],
		0,
		1,
		[() => RefreshToken, 0],
		[() => IdToken, 0]
	]
];
var CreateToken$ = [
	9,
	n0$9,
	_CT$1,
	{ [_h$2]: [
		"POST",
		"/token",
		200
	] },
	() => CreateTokenRequest$,
	() => CreateTokenResponse$
];
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sso-oidc/runtimeConfig.shared.js
const getRuntimeConfig$19 = (config) => {
	return {
		apiVersion: "2019-06-10",
		base64Decoder: config?.base64Decoder ?? fromBase64,
		base64Encoder: config?.base64Encoder ?? toBase64$1,
		disableHostPrefix: config?.disableHostPrefix ?? false,
		endpointProvider: config?.endpointProvider ?? defaultEndpointResolver$9,
		extensions: config?.extensions ?? [],
		httpAuthSchemeProvider: config?.httpAuthSchemeProvider ?? defaultSSOOIDCHttpAuthSchemeProvider,
		httpAuthSchemes: config?.httpAuthSchemes ?? [{
			schemeId: "aws.auth#sigv4",
			identityProvider: (ipc) => ipc.getIdentityProvider("aws.auth#sigv4"),
			signer: new AwsSdkSigV4Signer()
		}, {
			schemeId: "smithy.api#noAuth",
			identityProvider: (ipc) => ipc.getIdentityProvider("smithy.api#noAuth") || (async () => ({})),
			signer: new NoAuthSigner()
		}],
		logger: config?.logger ?? new NoOpLogger(),
		protocol: config?.protocol ?? AwsRestJsonProtocol,
		protocolSettings: config?.protocolSettings ?? {
			defaultNamespace: "com.amazonaws.ssooidc",
			errorTypeRegistries: errorTypeRegistries$9,
			version: "2019-06-10",
			serviceTarget: "AWSSSOOIDCService"
		},
		serviceId: config?.serviceId ?? "SSO OIDC",
		sha256: config?.sha256 ?? Sha256Node,
		urlParser: config?.urlParser ?? parseUrl,
		utf8Decoder: config?.utf8Decoder ?? fromUtf8$1,
		utf8Encoder: config?.utf8Encoder ?? toUtf8$1
	};
};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sso-oidc/runtimeConfig.js
const getRuntimeConfig$18 = (config) => {
	emitWarningIfUnsupportedVersion(process.version);
	const defaultsMode = resolveDefaultsModeConfig(config);
	const defaultConfigProvider = () => defaultsMode().then(loadConfigsForDefaultMode);
	const clientSharedValues = getRuntimeConfig$19(config);
	emitWarningIfUnsupportedVersion$1(process.version);
	const loaderConfig = {
		profile: config?.profile,
		logger: clientSharedValues.logger
	};
	return {
		...clientSharedValues,
		...config,
		runtime: "node",
		defaultsMode,
		authSchemePreference: config?.authSchemePreference ?? loadConfig(NODE_AUTH_SCHEME_PREFERENCE_OPTIONS, loaderConfig),
		bodyLengthChecker: config?.bodyLengthChecker ?? calculateBodyLength,
		defaultSocketTimeout: getDefaultSocketTimeout(config?.requestHandler, 3e5),
		defaultUserAgentProvider: config?.defaultUserAgentProvider ?? createDefaultUserAgentProvider({
			serviceId: clientSharedValues.serviceId,
			clientVersion: version$8
		}),
		maxAttempts: config?.maxAttempts ?? loadConfig(NODE_MAX_ATTEMPT_CONFIG_OPTIONS, config),
		region: config?.region ?? loadConfig(NODE_REGION_CONFIG_OPTIONS, {
			...NODE_REGION_CONFIG_FILE_OPTIONS,
			...loaderConfig
		}),
		requestHandler: NodeHttpHandler.create(config?.requestHandler ?? defaultConfigProvider),
		retryMode: config?.retryMode ?? loadConfig({
			...NODE_RETRY_MODE_CONFIG_OPTIONS,
			default: async () => (await defaultConfigProvider()).retryMode || DEFAULT_RETRY_MODE
		}, config),
		streamCollector: config?.streamCollector ?? streamCollector,
		useDualstackEndpoint: config?.useDualstackEndpoint ?? loadConfig(NODE_USE_DUALSTACK_ENDPOINT_CONFIG_OPTIONS, loaderConfig),
		useFipsEndpoint: config?.useFipsEndpoint ?? loadConfig(NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS, loaderConfig),
		userAgentAppId: config?.userAgentAppId ?? loadConfig(NODE_APP_ID_CONFIG_OPTIONS, loaderConfig)
	};
};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sso-oidc/auth/httpAuthExtensionConfiguration.js
const getHttpAuthExtensionConfiguration$9 = (runtimeConfig) => {
	const _httpAuthSchemes = runtimeConfig.httpAuthSchemes;
	let _httpAuthSchemeProvider = runtimeConfig.httpAuthSchemeProvider;
	let _credentials = runtimeConfig.credentials;
	return {
		setHttpAuthScheme(httpAuthScheme) {
			const index = _httpAuthSchemes.findIndex((scheme) => scheme.schemeId === httpAuthScheme.schemeId);
			if (index === -1) _httpAuthSchemes.push(httpAuthScheme);
			else _httpAuthSchemes.splice(index, 1, httpAuthScheme);
		},
		httpAuthSchemes() {
			return _httpAuthSchemes;
		},
		setHttpAuthSchemeProvider(httpAuthSchemeProvider) {
			_httpAuthSchemeProvider = httpAuthSchemeProvider;
		},
		httpAuthSchemeProvider() {
			return _httpAuthSchemeProvider;
		},
		setCredentials(credentials) {
			_credentials = credentials;
		},
		credentials() {
			return _credentials;
		}
	};
};
const resolveHttpAuthRuntimeConfig$9 = (config) => {
	return {
		httpAuthSchemes: config.httpAuthSchemes(),
		httpAuthSchemeProvider: config.httpAuthSchemeProvider(),
		credentials: config.credentials()
	};
};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sso-oidc/runtimeExtensions.js
const resolveRuntimeExtensions$9 = (runtimeConfig, extensions) => {
	const extensionConfiguration = Object.assign(getAwsRegionExtensionConfiguration(runtimeConfig), getDefaultExtensionConfiguration(runtimeConfig), getHttpHandlerExtensionConfiguration(runtimeConfig), getHttpAuthExtensionConfiguration$9(runtimeConfig));
	extensions.forEach((extension) => extension.configure(extensionConfiguration));
	return Object.assign(runtimeConfig, resolveAwsRegionExtensionConfiguration(extensionConfiguration), resolveDefaultRuntimeConfig(extensionConfiguration), resolveHttpHandlerRuntimeConfig(extensionConfiguration), resolveHttpAuthRuntimeConfig$9(extensionConfiguration));
};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sso-oidc/SSOOIDCClient.js
var SSOOIDCClient = class extends Client {
	config;
	constructor(...[configuration]) {
		const _config_0 = getRuntimeConfig$18(configuration || {});
		super(_config_0);
		this.initConfig = _config_0;
		const _config_2 = resolveUserAgentConfig(resolveClientEndpointParameters$9(_config_0));
		const _config_3 = resolveRetryConfig(_config_2);
		const _config_5 = resolveHostHeaderConfig(resolveRegionConfig(_config_3));
		const _config_6 = resolveEndpointConfig(_config_5);
		const _config_7 = resolveHttpAuthSchemeConfig$9(_config_6);
		const _config_8 = resolveRuntimeExtensions$9(_config_7, configuration?.extensions || []);
		this.config = _config_8;
		this.middlewareStack.use(getSchemaSerdePlugin(this.config));
		this.middlewareStack.use(getUserAgentPlugin(this.config));
		this.middlewareStack.use(getRetryPlugin(this.config));
		this.middlewareStack.use(getContentLengthPlugin(this.config));
		this.middlewareStack.use(getHostHeaderPlugin(this.config));
		this.middlewareStack.use(getLoggerPlugin(this.config));
		this.middlewareStack.use(getRecursionDetectionPlugin(this.config));
		this.middlewareStack.use(getHttpAuthSchemeEndpointRuleSetPlugin(this.config, {
			httpAuthSchemeParametersProvider: defaultSSOOIDCHttpAuthSchemeParametersProvider,
			identityProviderConfigProvider: async (config) => new DefaultIdentityProviderConfig({ "aws.auth#sigv4": config.credentials })
		}));
		this.middlewareStack.use(getHttpSigningPlugin(this.config));
	}
	destroy() {
		super.destroy();
	}
};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sso-oidc/commandBuilder.js
const command$9 = makeBuilder(commonParams$9, "AWSSSOOIDCService", "SSOOIDCClient", getEndpointPlugin);
const _ep0$9 = {};
const _mw0$9 = (Command, cs, config, o) => [];
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sso-oidc/commands/CreateTokenCommand.js
var CreateTokenCommand = class extends command$9(_ep0$9, _mw0$9, "CreateToken", CreateToken$) {};
// node_modules/@aws-sdk/signature-v4-multi-region/dist-es/signature-v4-crt-container.js
const signatureV4CrtContainer = { CrtSignerV4: null };
// node_modules/@aws-sdk/signature-v4-multi-region/dist-es/SignatureV4SignWithCredentials.js
const SESSION_TOKEN_QUERY_PARAM = "X-Amz-S3session-Token";
const SESSION_TOKEN_HEADER = SESSION_TOKEN_QUERY_PARAM.toLowerCase();
var SignatureV4SignWithCredentials = class extends SignatureV4 {
	async signWithCredentials(requestToSign, credentials, options) {
		const credentialsWithoutSessionToken = getCredentialsWithoutSessionToken(credentials);
		requestToSign.headers[SESSION_TOKEN_HEADER] = credentials.sessionToken;
		const privateAccess = this;
		setSingleOverride(privateAccess, credentialsWithoutSessionToken);
		return privateAccess.signRequest(requestToSign, options ?? {});
	}
	async presignWithCredentials(requestToSign, credentials, options) {
		const credentialsWithoutSessionToken = getCredentialsWithoutSessionToken(credentials);
		delete requestToSign.headers[SESSION_TOKEN_HEADER];
		requestToSign.headers[SESSION_TOKEN_QUERY_PARAM] = credentials.sessionToken;
		requestToSign.query = requestToSign.query ?? {};
		requestToSign.query[SESSION_TOKEN_QUERY_PARAM] = credentials.sessionToken;
		setSingleOverride(this, credentialsWithoutSessionToken);
		return this.presign(requestToSign, options);
	}
};
function getCredentialsWithoutSessionToken(credentials) {
	return {
		accessKeyId: credentials.accessKeyId,
		secretAccessKey: credentials.secretAccessKey,
		expiration: credentials.expiration
	};
}
function setSingleOverride(privateAccess, credentialsWithoutSessionToken) {
	const currentCredentialProvider = privateAccess.credentialProvider;
	privateAccess.credentialProvider = () => {
		privateAccess.credentialProvider = currentCredentialProvider;
		return Promise.resolve(credentialsWithoutSessionToken);
	};
}
// node_modules/@aws-sdk/signature-v4-multi-region/dist-es/SignatureV4MultiRegion.js
var SignatureV4MultiRegion = class {
	sigv4aSigner;
	sigv4Signer;
	signerOptions;
	static sigv4aDependency() {
		if (typeof signatureV4CrtContainer.CrtSignerV4 === "function") return "crt";
		else if (typeof signatureV4aContainer.SignatureV4a === "function") return "js";
		return "none";
	}
	constructor(options) {
		this.sigv4Signer = new SignatureV4SignWithCredentials(options);
		this.signerOptions = options;
	}
	async sign(requestToSign, options = {}) {
		if (options.signingRegion === "*") return this.getSigv4aSigner().sign(requestToSign, options);
		return this.sigv4Signer.sign(requestToSign, options);
	}
	async signWithCredentials(requestToSign, credentials, options = {}) {
		if (options.signingRegion === "*") {
			const signer = this.getSigv4aSigner();
			const CrtSignerV4 = signatureV4CrtContainer.CrtSignerV4;
			if (CrtSignerV4 && signer instanceof CrtSignerV4) return signer.signWithCredentials(requestToSign, credentials, options);
			else throw new Error("signWithCredentials with signingRegion '*' is only supported when using the CRT dependency @aws-sdk/signature-v4-crt. Please check whether you have installed the \"@aws-sdk/signature-v4-crt\" package explicitly. You must also register the package by calling [require(\"@aws-sdk/signature-v4-crt\");] or an ESM equivalent such as [import \"@aws-sdk/signature-v4-crt\";]. For more information please go to https://github.com/aws/aws-sdk-js-v3#functionality-requiring-aws-common-runtime-crt");
		}
		return this.sigv4Signer.signWithCredentials(requestToSign, credentials, options);
	}
	async presign(originalRequest, options = {}) {
		if (options.signingRegion === "*") {
			const signer = this.getSigv4aSigner();
			const CrtSignerV4 = signatureV4CrtContainer.CrtSignerV4;
			if (CrtSignerV4 && signer instanceof CrtSignerV4) return signer.presign(originalRequest, options);
			else throw new Error("presign with signingRegion '*' is only supported when using the CRT dependency @aws-sdk/signature-v4-crt. Please check whether you have installed the \"@aws-sdk/signature-v4-crt\" package explicitly. You must also register the package by calling [require(\"@aws-sdk/signature-v4-crt\");] or an ESM equivalent such as [import \"@aws-sdk/signature-v4-crt\";]. For more information please go to https://github.com/aws/aws-sdk-js-v3#functionality-requiring-aws-common-runtime-crt");
		}
		return this.sigv4Signer.presign(originalRequest, options);
	}
	async presignWithCredentials(originalRequest, credentials, options = {}) {
		if (options.signingRegion === "*") throw new Error("Method presignWithCredentials is not supported for [signingRegion=*].");
		return this.sigv4Signer.presignWithCredentials(originalRequest, credentials, options);
	}
	getSigv4aSigner() {
		if (!this.sigv4aSigner) {
			const CrtSignerV4 = signatureV4CrtContainer.CrtSignerV4;
			const JsSigV4aSigner = signatureV4aContainer.SignatureV4a;
			if (this.signerOptions.runtime === "node") {
				if (!CrtSignerV4 && !JsSigV4aSigner) throw new Error("Neither CRT nor JS SigV4a implementation is available. Please load either @aws-sdk/signature-v4-crt or @aws-sdk/signature-v4a. For more information please go to https://github.com/aws/aws-sdk-js-v3#functionality-requiring-aws-common-runtime-crt");
				if (CrtSignerV4 && typeof CrtSignerV4 === "function") this.sigv4aSigner = new CrtSignerV4({
					...this.signerOptions,
					signingAlgorithm: 1
				});
				else if (JsSigV4aSigner && typeof JsSigV4aSigner === "function") this.sigv4aSigner = new JsSigV4aSigner({ ...this.signerOptions });
				else throw new Error("Available SigV4a implementation is not a valid constructor. Please ensure you've properly imported @aws-sdk/signature-v4-crt or @aws-sdk/signature-v4a.For more information please go to https://github.com/aws/aws-sdk-js-v3#functionality-requiring-aws-common-runtime-crt");
			} else {
				if (!JsSigV4aSigner || typeof JsSigV4aSigner !== "function") throw new Error("JS SigV4a implementation is not available or not a valid constructor. Please check whether you have installed the @aws-sdk/signature-v4a package explicitly. The CRT implementation is not available for browsers. You must also register the package by calling [require('@aws-sdk/signature-v4a');] or an ESM equivalent such as [import '@aws-sdk/signature-v4a';]. For more information please go to https://github.com/aws/aws-sdk-js-v3#using-javascript-non-crt-implementation-of-sigv4a");
				this.sigv4aSigner = new JsSigV4aSigner({ ...this.signerOptions });
			}
		}
		return this.sigv4aSigner;
	}
};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sts/endpoint/bdd.js
const q = "ref";
const a$8 = -1;
const b$8 = true;
const c$8 = "isSet";
const d$8 = "PartitionResult";
const e$8 = "booleanEquals";
const f$8 = "stringEquals";
const g$8 = "getAttr";
const h$8 = "us-east-1";
const i$8 = "sigv4";
const j$8 = "sts";
const k$8 = "https://sts.{Region}.{PartitionResult#dnsSuffix}";
const l$2 = { [q]: "Endpoint" };
const m$2 = { [q]: "Region" };
const n = { [q]: d$8 };
const o = {};
const p = [m$2];
const _data$8 = {
	conditions: [
		[c$8, [l$2]],
		[c$8, p],
		[
			"aws.partition",
			p,
			d$8
		],
		[e$8, [{ [q]: "UseFIPS" }, b$8]],
		[e$8, [{ [q]: "UseDualStack" }, b$8]],
		[f$8, [m$2, "aws-global"]],
		[e$8, [{ [q]: "UseGlobalEndpoint" }, b$8]],
		[f$8, [m$2, "eu-central-1"]],
		[e$8, [{
			fn: g$8,
			argv: [n, "supportsDualStack"]
		}, b$8]],
		[e$8, [{
			fn: g$8,
			argv: [n, "supportsFIPS"]
		}, b$8]],
		[f$8, [m$2, "ap-south-1"]],
		[f$8, [m$2, "eu-north-1"]],
		[f$8, [m$2, "eu-west-1"]],
		[f$8, [m$2, "eu-west-2"]],
		[f$8, [m$2, "eu-west-3"]],
		[f$8, [m$2, "sa-east-1"]],
		[f$8, [m$2, h$8]],
		[f$8, [m$2, "us-east-2"]],
		[f$8, [m$2, "us-west-2"]],
		[f$8, [m$2, "us-west-1"]],
		[f$8, [m$2, "ca-central-1"]],
		[f$8, [m$2, "ap-southeast-1"]],
		[f$8, [m$2, "ap-northeast-1"]],
		[f$8, [m$2, "ap-southeast-2"]],
		[f$8, [{
			fn: g$8,
			argv: [n, "name"]
		}, "aws-us-gov"]]
	],
	results: [
		[a$8],
		["https://sts.amazonaws.com", { authSchemes: [{
			name: i$8,
			signingName: j$8,
			signingRegion: h$8
		}] }],
		[k$8, { authSchemes: [{
			name: i$8,
			signingName: j$8,
			signingRegion: "{Region}"
		}] }],
		[a$8, "Invalid Configuration: FIPS and custom endpoint are not supported"],
		[a$8, "Invalid Configuration: Dualstack and custom endpoint are not supported"],
		[l$2, o],
		["https://sts-fips.{Region}.{PartitionResult#dualStackDnsSuffix}", o],
		[a$8, "FIPS and DualStack are enabled, but this partition does not support one or both"],
		["https://sts.{Region}.amazonaws.com", o],
		["https://sts-fips.{Region}.{PartitionResult#dnsSuffix}", o],
		[a$8, "FIPS is enabled but this partition does not support FIPS"],
		["https://sts.{Region}.{PartitionResult#dualStackDnsSuffix}", o],
		[a$8, "DualStack is enabled but this partition does not support DualStack"],
		[k$8, o],
		[a$8, "Invalid Configuration: Missing Region"]
	]
};
const root$8 = 2;
const nodes$8 = new Int32Array([
	-1,
	1,
	-1,
	0,
	30,
	3,
	1,
	4,
	100000014,
	2,
	5,
	100000014,
	3,
	25,
	6,
	4,
	24,
	7,
	5,
	100000001,
	8,
	6,
	9,
	100000013,
	7,
	100000001,
	10,
	10,
	100000001,
	11,
	11,
	100000001,
	12,
	12,
	100000001,
	13,
	13,
	100000001,
	14,
	14,
	100000001,
	15,
	15,
	100000001,
	16,
	16,
	100000001,
	17,
	17,
	100000001,
	18,
	18,
	100000001,
	19,
	19,
	100000001,
	20,
	20,
	100000001,
	21,
	21,
	100000001,
	22,
	22,
	100000001,
	23,
	23,
	100000001,
	100000002,
	8,
	100000011,
	100000012,
	4,
	28,
	26,
	9,
	27,
	100000010,
	24,
	100000008,
	100000009,
	8,
	29,
	100000007,
	9,
	100000006,
	100000007,
	3,
	100000003,
	31,
	4,
	100000004,
	100000005
]);
const bdd$8 = BinaryDecisionDiagram.from(nodes$8, root$8, _data$8.conditions, _data$8.results);
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sts/endpoint/endpointResolver.js
const cache$8 = new EndpointCache({
	size: 50,
	params: [
		"Endpoint",
		"Region",
		"UseDualStack",
		"UseFIPS",
		"UseGlobalEndpoint"
	]
});
const defaultEndpointResolver$8 = (endpointParams, context = {}) => {
	return cache$8.get(endpointParams, () => decideEndpoint(bdd$8, {
		endpointParams,
		logger: context.logger
	}));
};
customEndpointFunctions.aws = awsEndpointFunctions;
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sts/auth/httpAuthSchemeProvider.js
const createEndpointRuleSetHttpAuthSchemeParametersProvider = (defaultHttpAuthSchemeParametersProvider) => async (config, context, input) => {
	if (!input) throw new Error("Could not find `input` for `defaultEndpointRuleSetHttpAuthSchemeParametersProvider`");
	const defaultParameters = await defaultHttpAuthSchemeParametersProvider(config, context, input);
	const instructionsFn = getSmithyContext(context)?.commandInstance?.constructor?.getEndpointParameterInstructions;
	if (!instructionsFn) throw new Error(`getEndpointParameterInstructions() is not defined on '${context.commandName}'`);
	const endpointParameters = await resolveParams(input, { getEndpointParameterInstructions: instructionsFn }, config);
	return Object.assign(defaultParameters, endpointParameters);
};
const _defaultSTSHttpAuthSchemeParametersProvider = async (config, context, input) => {
	return {
		operation: getSmithyContext(context).operation,
		region: await normalizeProvider$1(config.region)() || (() => {
			throw new Error("expected `region` to be configured for `aws.auth#sigv4`");
		})()
	};
};
const defaultSTSHttpAuthSchemeParametersProvider = createEndpointRuleSetHttpAuthSchemeParametersProvider(_defaultSTSHttpAuthSchemeParametersProvider);
function createAwsAuthSigv4HttpAuthOption$8(authParameters) {
	return {
		schemeId: "aws.auth#sigv4",
		signingProperties: {
			name: "sts",
			region: authParameters.region
		},
		propertiesExtractor: (config, context) => ({ signingProperties: {
			config,
			context
		} })
	};
}
function createAwsAuthSigv4aHttpAuthOption(authParameters) {
	return {
		schemeId: "aws.auth#sigv4a",
		signingProperties: {
			name: "sts",
			region: authParameters.region
		},
		propertiesExtractor: (config, context) => ({ signingProperties: {
			config,
			context
		} })
	};
}
function createSmithyApiNoAuthHttpAuthOption(authParameters) {
	return { schemeId: "smithy.api#noAuth" };
}
const createEndpointRuleSetHttpAuthSchemeProvider = (defaultEndpointResolver, defaultHttpAuthSchemeResolver, createHttpAuthOptionFunctions) => {
	const endpointRuleSetHttpAuthSchemeProvider = (authParameters) => {
		const authSchemes = defaultEndpointResolver(authParameters).properties?.authSchemes;
		if (!authSchemes) return defaultHttpAuthSchemeResolver(authParameters);
		const options = [];
		for (const scheme of authSchemes) {
			const { name: resolvedName, properties = {}, ...rest } = scheme;
			const name = resolvedName.toLowerCase();
			if (resolvedName !== name) console.warn(`HttpAuthScheme has been normalized with lowercasing: '${resolvedName}' to '${name}'`);
			let schemeId;
			if (name === "sigv4a") {
				schemeId = "aws.auth#sigv4a";
				const sigv4Present = authSchemes.find((s) => {
					const name = s.name.toLowerCase();
					return name !== "sigv4a" && name.startsWith("sigv4");
				});
				if (SignatureV4MultiRegion.sigv4aDependency() === "none" && sigv4Present) continue;
			} else if (name.startsWith("sigv4")) schemeId = "aws.auth#sigv4";
			else throw new Error(`Unknown HttpAuthScheme found in '@smithy.rules#endpointRuleSet': '${name}'`);
			const createOption = createHttpAuthOptionFunctions[schemeId];
			if (!createOption) throw new Error(`Could not find HttpAuthOption create function for '${schemeId}'`);
			const option = createOption(authParameters);
			option.schemeId = schemeId;
			option.signingProperties = {
				...option.signingProperties || {},
				...rest,
				...properties
			};
			options.push(option);
		}
		return options;
	};
	return endpointRuleSetHttpAuthSchemeProvider;
};
const _defaultSTSHttpAuthSchemeProvider = (authParameters) => {
	const options = [];
	switch (authParameters.operation) {
		case "AssumeRoleWithWebIdentity":
			options.push(createSmithyApiNoAuthHttpAuthOption(authParameters));
			options.push(createAwsAuthSigv4aHttpAuthOption(authParameters));
			break;
		default:
			options.push(createAwsAuthSigv4HttpAuthOption$8(authParameters));
			options.push(createAwsAuthSigv4aHttpAuthOption(authParameters));
	}
	return options;
};
const defaultSTSHttpAuthSchemeProvider = createEndpointRuleSetHttpAuthSchemeProvider(defaultEndpointResolver$8, _defaultSTSHttpAuthSchemeProvider, {
	"aws.auth#sigv4": createAwsAuthSigv4HttpAuthOption$8,
	"aws.auth#sigv4a": createAwsAuthSigv4aHttpAuthOption,
	"smithy.api#noAuth": createSmithyApiNoAuthHttpAuthOption
});
const resolveHttpAuthSchemeConfig$8 = (config) => {
	const config_0 = resolveAwsSdkSigV4Config(config);
	const config_1 = resolveAwsSdkSigV4AConfig(config_0);
	return Object.assign(config_1, { authSchemePreference: normalizeProvider$1(config.authSchemePreference ?? []) });
};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sts/endpoint/EndpointParameters.js
const resolveClientEndpointParameters$8 = (options) => {
	return Object.assign(options, {
		useDualstackEndpoint: options.useDualstackEndpoint ?? false,
		useFipsEndpoint: options.useFipsEndpoint ?? false,
		useGlobalEndpoint: options.useGlobalEndpoint ?? false,
		defaultSigningName: "sts"
	});
};
const commonParams$8 = {
	UseGlobalEndpoint: {
		type: "builtInParams",
		name: "useGlobalEndpoint"
	},
	UseFIPS: {
		type: "builtInParams",
		name: "useFipsEndpoint"
	},
	Endpoint: {
		type: "builtInParams",
		name: "endpoint"
	},
	Region: {
		type: "builtInParams",
		name: "region"
	},
	UseDualStack: {
		type: "builtInParams",
		name: "useDualstackEndpoint"
	}
};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sts/models/STSServiceException.js
var STSServiceException = class STSServiceException extends ServiceException$2 {
	static shapeId = "smithy.ts.sdk.synthetic.com.amazonaws.sts#STSServiceException";
	constructor(options) {
		super(options);
		Object.setPrototypeOf(this, STSServiceException.prototype);
	}
};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sts/models/errors.js
var ExpiredTokenException = class ExpiredTokenException extends STSServiceException {
	static shapeId = "com.amazonaws.sts#ExpiredTokenException";
	name = "ExpiredTokenException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ExpiredTokenException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ExpiredTokenException.prototype);
	}
};
var MalformedPolicyDocumentException = class MalformedPolicyDocumentException extends STSServiceException {
	static shapeId = "com.amazonaws.sts#MalformedPolicyDocumentException";
	name = "MalformedPolicyDocumentException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "MalformedPolicyDocumentException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, MalformedPolicyDocumentException.prototype);
	}
};
var PackedPolicyTooLargeException = class PackedPolicyTooLargeException extends STSServiceException {
	static shapeId = "com.amazonaws.sts#PackedPolicyTooLargeException";
	name = "PackedPolicyTooLargeException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "PackedPolicyTooLargeException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, PackedPolicyTooLargeException.prototype);
	}
};
var RegionDisabledException = class RegionDisabledException extends STSServiceException {
	static shapeId = "com.amazonaws.sts#RegionDisabledException";
	name = "RegionDisabledException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "RegionDisabledException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, RegionDisabledException.prototype);
	}
};
var IDPRejectedClaimException = class IDPRejectedClaimException extends STSServiceException {
	static shapeId = "com.amazonaws.sts#IDPRejectedClaimException";
	name = "IDPRejectedClaimException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "IDPRejectedClaimException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, IDPRejectedClaimException.prototype);
	}
};
var InvalidIdentityTokenException = class InvalidIdentityTokenException extends STSServiceException {
	static shapeId = "com.amazonaws.sts#InvalidIdentityTokenException";
	name = "InvalidIdentityTokenException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "InvalidIdentityTokenException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidIdentityTokenException.prototype);
	}
};
var IDPCommunicationErrorException = class IDPCommunicationErrorException extends STSServiceException {
	static shapeId = "com.amazonaws.sts#IDPCommunicationErrorException";
	name = "IDPCommunicationErrorException";
	$fault = "client";
	$retryable = {};
	constructor(opts) {
		super({
			name: "IDPCommunicationErrorException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, IDPCommunicationErrorException.prototype);
	}
};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sts/schemas/schemas_0.js
const _A$2 = "Arn";
const _AKI = "AccessKeyId";
const _AR = "AssumeRole";
const _ARI = "AssumedRoleId";
const _ARR = "AssumeRoleRequest";
const _ARRs = "AssumeRoleResponse";
const _ARU = "AssumedRoleUser";
const _ARWWI = "AssumeRoleWithWebIdentity";
const _ARWWIR = "AssumeRoleWithWebIdentityRequest";
const _ARWWIRs = "AssumeRoleWithWebIdentityResponse";
const _Au = "Audience";
const _C$2 = "Credentials";
const _CA$2 = "ContextAssertion";
const _DS$1 = "DurationSeconds";
const _E$2 = "Expiration";
const _EI = "ExternalId";
const _ETE = "ExpiredTokenException";
const _IDPCEE = "IDPCommunicationErrorException";
const _IDPRCE = "IDPRejectedClaimException";
const _IITE = "InvalidIdentityTokenException";
const _K$1 = "Key";
const _MPDE = "MalformedPolicyDocumentException";
const _MSTS = "MinimumSessionTokenSize";
const _P$1 = "Policy";
const _PA = "PolicyArns";
const _PAr = "ProviderArn";
const _PC$1 = "ProvidedContexts";
const _PCLT = "ProvidedContextsListType";
const _PCr$2 = "ProvidedContext";
const _PDT = "PolicyDescriptorType";
const _PI = "ProviderId";
const _PPS = "PackedPolicySize";
const _PPTLE = "PackedPolicyTooLargeException";
const _Pr$1 = "Provider";
const _RA$2 = "RoleArn";
const _RDE = "RegionDisabledException";
const _RSN = "RoleSessionName";
const _SAK = "SecretAccessKey";
const _SFWIT = "SubjectFromWebIdentityToken";
const _SI$1 = "SourceIdentity";
const _SN$1 = "SerialNumber";
const _ST$2 = "SessionToken";
const _STS = "SessionTokenSize";
const _STU = "SessionTokenUtilization";
const _T$4 = "Tags";
const _TC$1 = "TokenCode";
const _TTK = "TransitiveTagKeys";
const _Ta$2 = "Tag";
const _V$5 = "Value";
const _WIT = "WebIdentityToken";
const _a$1 = "arn";
const _aKST = "accessKeySecretType";
const _aQE$2 = "awsQueryError";
const _c$7 = "client";
const _cTT = "clientTokenType";
const _e$7 = "error";
const _hE$6 = "httpError";
const _m$6 = "message";
const _pDLT = "policyDescriptorListType";
const _s$8 = "smithy.ts.sdk.synthetic.com.amazonaws.sts";
const _tLT = "tagListType";
const n0$8 = "com.amazonaws.sts";
const _s_registry$8 = new TypeRegistry(_s$8);
var STSServiceException$ = [
	-3,
	_s$8,
	"STSServiceException",
	0,
	[],
	[]
];
_s_registry$8.registerError(STSServiceException$, STSServiceException);
const n0_registry$7 = new TypeRegistry(n0$8);
var ExpiredTokenException$ = [
	-3,
	n0$8,
	_ETE,
	{
		[_aQE$2]: [`ExpiredTokenException`, 400],
		[_e$7]: _c$7,
		[_hE$6]: 400
	},
	[_m$6],
	[0]
];
n0_registry$7.registerError(ExpiredTokenException$, ExpiredTokenException);
var IDPCommunicationErrorException$ = [
	-3,
	n0$8,
	_IDPCEE,
	{
		[_aQE$2]: [`IDPCommunicationError`, 400],
		[_e$7]: _c$7,
		[_hE$6]: 400
	},
	[_m$6],
	[0]
];
n0_registry$7.registerError(IDPCommunicationErrorException$, IDPCommunicationErrorException);
var IDPRejectedClaimException$ = [
	-3,
	n0$8,
	_IDPRCE,
	{
		[_aQE$2]: [`IDPRejectedClaim`, 403],
		[_e$7]: _c$7,
		[_hE$6]: 403
	},
	[_m$6],
	[0]
];
n0_registry$7.registerError(IDPRejectedClaimException$, IDPRejectedClaimException);
var InvalidIdentityTokenException$ = [
	-3,
	n0$8,
	_IITE,
	{
		[_aQE$2]: [`InvalidIdentityToken`, 400],
		[_e$7]: _c$7,
		[_hE$6]: 400
	},
	[_m$6],
	[0]
];
n0_registry$7.registerError(InvalidIdentityTokenException$, InvalidIdentityTokenException);
var MalformedPolicyDocumentException$ = [
	-3,
	n0$8,
	_MPDE,
	{
		[_aQE$2]: [`MalformedPolicyDocument`, 400],
		[_e$7]: _c$7,
		[_hE$6]: 400
	},
	[_m$6],
	[0]
];
n0_registry$7.registerError(MalformedPolicyDocumentException$, MalformedPolicyDocumentException);
var PackedPolicyTooLargeException$ = [
	-3,
	n0$8,
	_PPTLE,
	{
		[_aQE$2]: [`PackedPolicyTooLarge`, 400],
		[_e$7]: _c$7,
		[_hE$6]: 400
	},
	[_m$6],
	[0]
];
n0_registry$7.registerError(PackedPolicyTooLargeException$, PackedPolicyTooLargeException);
var RegionDisabledException$ = [
	-3,
	n0$8,
	_RDE,
	{
		[_aQE$2]: [`RegionDisabledException`, 403],
		[_e$7]: _c$7,
		[_hE$6]: 403
	},
	[_m$6],
	[0]
];
n0_registry$7.registerError(RegionDisabledException$, RegionDisabledException);
const errorTypeRegistries$8 = [_s_registry$8, n0_registry$7];
var accessKeySecretType = [
	0,
	n0$8,
	_aKST,
	8,
	0
];
var clientTokenType = [
	0,
	n0$8,
	_cTT,
	8,
	0
];
var AssumedRoleUser$ = [
	3,
	n0$8,
	_ARU,
	0,
	[_ARI, _A$2],
	[0, 0],
	2
];
var AssumeRoleRequest$ = [
	3,
	n0$8,
	_ARR,
	0,
	[
		_RA$2,
		_RSN,
		_PA,
		_P$1,
		_DS$1,
		_T$4,
		_TTK,
		_EI,
		_SN$1,
		_TC$1,
		_SI$1,
		_PC$1,
		_MSTS
	],
	[
		0,
		0,
		() => policyDescriptorListType,
		0,
		1,
		() => tagListType,
		64,
		0,
		0,
		0,
		0,
		() => ProvidedContextsListType,
		1
	],
	2
];
var AssumeRoleResponse$ = [
	3,
	n0$8,
	_ARRs,
	0,
	[
		_C$2,
		_ARU,
		_PPS,
		_SI$1,
		_STU,
		_STS
	],
	[
		[() => Credentials$, 0],
		() => AssumedRoleUser$,
		1,
		0,
		1,
		1
	]
];
var AssumeRoleWithWebIdentityRequest$ = [
	3,
	n0$8,
	_ARWWIR,
	0,
	[
		_RA$2,
		_RSN,
		_WIT,
		_PI,
		_PA,
		_P$1,
		_DS$1,
		_MSTS
	],
	[
		0,
		0,
		[() => clientTokenType, 0],
		0,
		() => policyDescriptorListType,
		0,
		1,
		1
	],
	3
];
var AssumeRoleWithWebIdentityResponse$ = [
	3,
	n0$8,
	_ARWWIRs,
	0,
	[
		_C$2,
		_SFWIT,
		_ARU,
		_PPS,
		_Pr$1,
		_Au,
		_SI$1,
		_STU,
		_STS
	],
	[
		[() => Credentials$, 0],
		0,
		() => AssumedRoleUser$,
		1,
		0,
		0,
		0,
		1,
		1
	]
];
var Credentials$ = [
	3,
	n0$8,
	_C$2,
	0,
	[
		_AKI,
		_SAK,
		_ST$2,
		_E$2
	],
	[
		0,
		[() => accessKeySecretType, 0],
		0,
		4
	],
	4
];
var PolicyDescriptorType$ = [
	3,
	n0$8,
	_PDT,
	0,
	[_a$1],
	[0]
];
var ProvidedContext$ = [
	3,
	n0$8,
	_PCr$2,
	0,
	[_PAr, _CA$2],
	[0, 0]
];
var Tag$$2 = [
	3,
	n0$8,
	_Ta$2,
	0,
	[_K$1, _V$5],
	[0, 0],
	2
];
var policyDescriptorListType = [
	1,
	n0$8,
	_pDLT,
	0,
	() => PolicyDescriptorType$
];
var ProvidedContextsListType = [
	1,
	n0$8,
	_PCLT,
	0,
	() => ProvidedContext$
];
var tagListType = [
	1,
	n0$8,
	_tLT,
	0,
	() => Tag$$2
];
var AssumeRole$ = [
	9,
	n0$8,
	_AR,
	0,
	() => AssumeRoleRequest$,
	() => AssumeRoleResponse$
];
var AssumeRoleWithWebIdentity$ = [
	9,
	n0$8,
	_ARWWI,
	0,
	() => AssumeRoleWithWebIdentityRequest$,
	() => AssumeRoleWithWebIdentityResponse$
];
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sts/runtimeConfig.shared.js
const getRuntimeConfig$17 = (config) => {
	return {
		apiVersion: "2011-06-15",
		base64Decoder: config?.base64Decoder ?? fromBase64,
		base64Encoder: config?.base64Encoder ?? toBase64$1,
		disableHostPrefix: config?.disableHostPrefix ?? false,
		endpointProvider: config?.endpointProvider ?? defaultEndpointResolver$8,
		extensions: config?.extensions ?? [],
		httpAuthSchemeProvider: config?.httpAuthSchemeProvider ?? defaultSTSHttpAuthSchemeProvider,
		httpAuthSchemes: config?.httpAuthSchemes ?? [
			{
				schemeId: "aws.auth#sigv4",
				identityProvider: (ipc) => ipc.getIdentityProvider("aws.auth#sigv4"),
				signer: new AwsSdkSigV4Signer()
			},
			{
				schemeId: "aws.auth#sigv4a",
				identityProvider: (ipc) => ipc.getIdentityProvider("aws.auth#sigv4a"),
				signer: new AwsSdkSigV4ASigner()
			},
			{
				schemeId: "smithy.api#noAuth",
				identityProvider: (ipc) => ipc.getIdentityProvider("smithy.api#noAuth") || (async () => ({})),
				signer: new NoAuthSigner()
			}
		],
		logger: config?.logger ?? new NoOpLogger(),
		protocol: config?.protocol ?? AwsQueryProtocol,
		protocolSettings: config?.protocolSettings ?? {
			defaultNamespace: "com.amazonaws.sts",
			errorTypeRegistries: errorTypeRegistries$8,
			xmlNamespace: "https://sts.amazonaws.com/doc/2011-06-15/",
			version: "2011-06-15",
			serviceTarget: "AWSSecurityTokenServiceV20110615"
		},
		serviceId: config?.serviceId ?? "STS",
		sha256: config?.sha256 ?? Sha256Node,
		signerConstructor: config?.signerConstructor ?? SignatureV4MultiRegion,
		urlParser: config?.urlParser ?? parseUrl,
		utf8Decoder: config?.utf8Decoder ?? fromUtf8$1,
		utf8Encoder: config?.utf8Encoder ?? toUtf8$1
	};
};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sts/runtimeConfig.js
const getRuntimeConfig$16 = (config) => {
	emitWarningIfUnsupportedVersion(process.version);
	const defaultsMode = resolveDefaultsModeConfig(config);
	const defaultConfigProvider = () => defaultsMode().then(loadConfigsForDefaultMode);
	const clientSharedValues = getRuntimeConfig$17(config);
	emitWarningIfUnsupportedVersion$1(process.version);
	const loaderConfig = {
		profile: config?.profile,
		logger: clientSharedValues.logger
	};
	return {
		...clientSharedValues,
		...config,
		runtime: "node",
		defaultsMode,
		authSchemePreference: config?.authSchemePreference ?? loadConfig(NODE_AUTH_SCHEME_PREFERENCE_OPTIONS, loaderConfig),
		bodyLengthChecker: config?.bodyLengthChecker ?? calculateBodyLength,
		defaultSocketTimeout: getDefaultSocketTimeout(config?.requestHandler, 3e5),
		defaultUserAgentProvider: config?.defaultUserAgentProvider ?? createDefaultUserAgentProvider({
			serviceId: clientSharedValues.serviceId,
			clientVersion: version$8
		}),
		httpAuthSchemes: config?.httpAuthSchemes ?? [
			{
				schemeId: "aws.auth#sigv4",
				identityProvider: (ipc) => ipc.getIdentityProvider("aws.auth#sigv4") || (async (idProps) => await config.credentialDefaultProvider(idProps?.__config || {})()),
				signer: new AwsSdkSigV4Signer()
			},
			{
				schemeId: "aws.auth#sigv4a",
				identityProvider: (ipc) => ipc.getIdentityProvider("aws.auth#sigv4a"),
				signer: new AwsSdkSigV4ASigner()
			},
			{
				schemeId: "smithy.api#noAuth",
				identityProvider: (ipc) => ipc.getIdentityProvider("smithy.api#noAuth") || (async () => ({})),
				signer: new NoAuthSigner()
			}
		],
		maxAttempts: config?.maxAttempts ?? loadConfig(NODE_MAX_ATTEMPT_CONFIG_OPTIONS, config),
		region: config?.region ?? loadConfig(NODE_REGION_CONFIG_OPTIONS, {
			...NODE_REGION_CONFIG_FILE_OPTIONS,
			...loaderConfig
		}),
		requestHandler: NodeHttpHandler.create(config?.requestHandler ?? defaultConfigProvider),
		retryMode: config?.retryMode ?? loadConfig({
			...NODE_RETRY_MODE_CONFIG_OPTIONS,
			default: async () => (await defaultConfigProvider()).retryMode || DEFAULT_RETRY_MODE
		}, config),
		sigv4aSigningRegionSet: config?.sigv4aSigningRegionSet ?? loadConfig(NODE_SIGV4A_CONFIG_OPTIONS, loaderConfig),
		streamCollector: config?.streamCollector ?? streamCollector,
		useDualstackEndpoint: config?.useDualstackEndpoint ?? loadConfig(NODE_USE_DUALSTACK_ENDPOINT_CONFIG_OPTIONS, loaderConfig),
		useFipsEndpoint: config?.useFipsEndpoint ?? loadConfig(NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS, loaderConfig),
		userAgentAppId: config?.userAgentAppId ?? loadConfig(NODE_APP_ID_CONFIG_OPTIONS, loaderConfig)
	};
};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sts/auth/httpAuthExtensionConfiguration.js
const getHttpAuthExtensionConfiguration$8 = (runtimeConfig) => {
	const _httpAuthSchemes = runtimeConfig.httpAuthSchemes;
	let _httpAuthSchemeProvider = runtimeConfig.httpAuthSchemeProvider;
	let _credentials = runtimeConfig.credentials;
	return {
		setHttpAuthScheme(httpAuthScheme) {
			const index = _httpAuthSchemes.findIndex((scheme) => scheme.schemeId === httpAuthScheme.schemeId);
			if (index === -1) _httpAuthSchemes.push(httpAuthScheme);
			else _httpAuthSchemes.splice(index, 1, httpAuthScheme);
		},
		httpAuthSchemes() {
			return _httpAuthSchemes;
		},
		setHttpAuthSchemeProvider(httpAuthSchemeProvider) {
			_httpAuthSchemeProvider = httpAuthSchemeProvider;
		},
		httpAuthSchemeProvider() {
			return _httpAuthSchemeProvider;
		},
		setCredentials(credentials) {
			_credentials = credentials;
		},
		credentials() {
			return _credentials;
		}
	};
};
const resolveHttpAuthRuntimeConfig$8 = (config) => {
	return {
		httpAuthSchemes: config.httpAuthSchemes(),
		httpAuthSchemeProvider: config.httpAuthSchemeProvider(),
		credentials: config.credentials()
	};
};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sts/runtimeExtensions.js
const resolveRuntimeExtensions$8 = (runtimeConfig, extensions) => {
	const extensionConfiguration = Object.assign(getAwsRegionExtensionConfiguration(runtimeConfig), getDefaultExtensionConfiguration(runtimeConfig), getHttpHandlerExtensionConfiguration(runtimeConfig), getHttpAuthExtensionConfiguration$8(runtimeConfig));
	extensions.forEach((extension) => extension.configure(extensionConfiguration));
	return Object.assign(runtimeConfig, resolveAwsRegionExtensionConfiguration(extensionConfiguration), resolveDefaultRuntimeConfig(extensionConfiguration), resolveHttpHandlerRuntimeConfig(extensionConfiguration), resolveHttpAuthRuntimeConfig$8(extensionConfiguration));
};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sts/STSClient.js
var STSClient = class extends Client {
	config;
	constructor(...[configuration]) {
		const _config_0 = getRuntimeConfig$16(configuration || {});
		super(_config_0);
		this.initConfig = _config_0;
		const _config_2 = resolveUserAgentConfig(resolveClientEndpointParameters$8(_config_0));
		const _config_3 = resolveRetryConfig(_config_2);
		const _config_5 = resolveHostHeaderConfig(resolveRegionConfig(_config_3));
		const _config_6 = resolveEndpointConfig(_config_5);
		const _config_7 = resolveHttpAuthSchemeConfig$8(_config_6);
		const _config_8 = resolveRuntimeExtensions$8(_config_7, configuration?.extensions || []);
		this.config = _config_8;
		this.middlewareStack.use(getSchemaSerdePlugin(this.config));
		this.middlewareStack.use(getUserAgentPlugin(this.config));
		this.middlewareStack.use(getRetryPlugin(this.config));
		this.middlewareStack.use(getContentLengthPlugin(this.config));
		this.middlewareStack.use(getHostHeaderPlugin(this.config));
		this.middlewareStack.use(getLoggerPlugin(this.config));
		this.middlewareStack.use(getRecursionDetectionPlugin(this.config));
		this.middlewareStack.use(getHttpAuthSchemeEndpointRuleSetPlugin(this.config, {
			httpAuthSchemeParametersProvider: defaultSTSHttpAuthSchemeParametersProvider,
			identityProviderConfigProvider: async (config) => new DefaultIdentityProviderConfig({
				"aws.auth#sigv4": config.credentials,
				"aws.auth#sigv4a": config.credentials
			})
		}));
		this.middlewareStack.use(getHttpSigningPlugin(this.config));
	}
	destroy() {
		super.destroy();
	}
};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sts/commandBuilder.js
const command$8 = makeBuilder(commonParams$8, "AWSSecurityTokenServiceV20110615", "STSClient", getEndpointPlugin);
const _ep0$8 = {};
const _mw0$8 = (Command, cs, config, o) => [];
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sts/commands/AssumeRoleCommand.js
var AssumeRoleCommand = class extends command$8(_ep0$8, _mw0$8, "AssumeRole", AssumeRole$) {};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sts/commands/AssumeRoleWithWebIdentityCommand.js
var AssumeRoleWithWebIdentityCommand = class extends command$8(_ep0$8, _mw0$8, "AssumeRoleWithWebIdentity", AssumeRoleWithWebIdentity$) {};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sts/defaultStsRoleAssumers.js
const getAccountIdFromAssumedRoleUser = (assumedRoleUser) => {
	if (typeof assumedRoleUser?.Arn === "string") {
		const arnComponents = assumedRoleUser.Arn.split(":");
		if (arnComponents.length > 4 && arnComponents[4] !== "") return arnComponents[4];
	}
};
const resolveRegion = async (_region, _parentRegion, credentialProviderLogger, loaderConfig = {}) => {
	const region = typeof _region === "function" ? await _region() : _region;
	const parentRegion = typeof _parentRegion === "function" ? await _parentRegion() : _parentRegion;
	let stsDefaultRegion = "";
	const resolvedRegion = region ?? parentRegion ?? (stsDefaultRegion = await stsRegionDefaultResolver(loaderConfig)());
	credentialProviderLogger?.debug?.("@aws-sdk/client-sts::resolveRegion", "accepting first of:", `${region} (credential provider clientConfig)`, `${parentRegion} (contextual client)`, `${stsDefaultRegion} (STS default: AWS_REGION, profile region, or us-east-1)`);
	return resolvedRegion;
};
const getDefaultRoleAssumer$1 = (stsOptions, STSClient) => {
	let stsClient;
	let closureSourceCreds;
	return async (sourceCreds, params) => {
		closureSourceCreds = sourceCreds;
		if (!stsClient) {
			const { logger = stsOptions?.parentClientConfig?.logger, profile = stsOptions?.parentClientConfig?.profile, region, requestHandler = stsOptions?.parentClientConfig?.requestHandler, credentialProviderLogger, userAgentAppId = stsOptions?.parentClientConfig?.userAgentAppId } = stsOptions;
			const resolvedRegion = await resolveRegion(region, stsOptions?.parentClientConfig?.region, credentialProviderLogger, {
				logger,
				profile
			});
			const isCompatibleRequestHandler = !isH2(requestHandler);
			stsClient = new STSClient({
				...stsOptions,
				userAgentAppId,
				profile,
				credentialDefaultProvider: () => async () => closureSourceCreds,
				region: resolvedRegion,
				requestHandler: isCompatibleRequestHandler ? requestHandler : void 0,
				logger
			});
		}
		const { Credentials, AssumedRoleUser } = await stsClient.send(new AssumeRoleCommand(params));
		if (!Credentials || !Credentials.AccessKeyId || !Credentials.SecretAccessKey) throw new Error(`Invalid response from STS.assumeRole call with role ${params.RoleArn}`);
		const accountId = getAccountIdFromAssumedRoleUser(AssumedRoleUser);
		const credentials = {
			accessKeyId: Credentials.AccessKeyId,
			secretAccessKey: Credentials.SecretAccessKey,
			sessionToken: Credentials.SessionToken,
			expiration: Credentials.Expiration,
			...Credentials.CredentialScope && { credentialScope: Credentials.CredentialScope },
			...accountId && { accountId }
		};
		setCredentialFeature(credentials, "CREDENTIALS_STS_ASSUME_ROLE", "i");
		return credentials;
	};
};
const getDefaultRoleAssumerWithWebIdentity$1 = (stsOptions, STSClient) => {
	let stsClient;
	return async (params) => {
		if (!stsClient) {
			const { logger = stsOptions?.parentClientConfig?.logger, profile = stsOptions?.parentClientConfig?.profile, region, requestHandler = stsOptions?.parentClientConfig?.requestHandler, credentialProviderLogger, userAgentAppId = stsOptions?.parentClientConfig?.userAgentAppId } = stsOptions;
			const resolvedRegion = await resolveRegion(region, stsOptions?.parentClientConfig?.region, credentialProviderLogger, {
				logger,
				profile
			});
			const isCompatibleRequestHandler = !isH2(requestHandler);
			stsClient = new STSClient({
				...stsOptions,
				userAgentAppId,
				profile,
				region: resolvedRegion,
				requestHandler: isCompatibleRequestHandler ? requestHandler : void 0,
				logger
			});
		}
		const { Credentials, AssumedRoleUser } = await stsClient.send(new AssumeRoleWithWebIdentityCommand(params));
		if (!Credentials || !Credentials.AccessKeyId || !Credentials.SecretAccessKey) throw new Error(`Invalid response from STS.assumeRoleWithWebIdentity call with role ${params.RoleArn}`);
		const accountId = getAccountIdFromAssumedRoleUser(AssumedRoleUser);
		const credentials = {
			accessKeyId: Credentials.AccessKeyId,
			secretAccessKey: Credentials.SecretAccessKey,
			sessionToken: Credentials.SessionToken,
			expiration: Credentials.Expiration,
			...Credentials.CredentialScope && { credentialScope: Credentials.CredentialScope },
			...accountId && { accountId }
		};
		if (accountId) setCredentialFeature(credentials, "RESOLVED_ACCOUNT_ID", "T");
		setCredentialFeature(credentials, "CREDENTIALS_STS_ASSUME_ROLE_WEB_ID", "k");
		return credentials;
	};
};
const isH2 = (requestHandler) => {
	return requestHandler?.metadata?.handlerProtocol === "h2";
};
// node_modules/@aws-sdk/nested-clients/dist-es/submodules/sts/defaultRoleAssumers.js
const getCustomizableStsClientCtor = (baseCtor, customizations) => {
	if (!customizations) return baseCtor;
	else return class CustomizableSTSClient extends baseCtor {
		constructor(config) {
			super(config);
			for (const customization of customizations) this.middlewareStack.use(customization);
		}
	};
};
const getDefaultRoleAssumer = (stsOptions = {}, stsPlugins) => getDefaultRoleAssumer$1(stsOptions, getCustomizableStsClientCtor(STSClient, stsPlugins));
const getDefaultRoleAssumerWithWebIdentity = (stsOptions = {}, stsPlugins) => getDefaultRoleAssumerWithWebIdentity$1(stsOptions, getCustomizableStsClientCtor(STSClient, stsPlugins));
// node_modules/@smithy/core/dist-es/submodules/event-streams/eventstream-codec/Int64.js
var Int64 = class Int64 {
	bytes;
	constructor(bytes) {
		this.bytes = bytes;
		if (bytes.byteLength !== 8) throw new Error("Int64 buffers must be exactly 8 bytes");
	}
	static fromNumber(number) {
		if (number > 0x8000000000000000 || number < -0x8000000000000000) throw new Error(`${number} is too large (or, if negative, too small) to represent as an Int64`);
		const bytes = new Uint8Array(8);
		for (let i = 7, remaining = Math.abs(Math.round(number)); i > -1 && remaining > 0; i--, remaining /= 256) bytes[i] = remaining;
		if (number < 0) negate(bytes);
		return new Int64(bytes);
	}
	valueOf() {
		const bytes = this.bytes.slice(0);
		const negative = bytes[0] & 128;
		if (negative) negate(bytes);
		return parseInt(toHex(bytes), 16) * (negative ? -1 : 1);
	}
	toString() {
		return String(this.valueOf());
	}
};
function negate(bytes) {
	for (let i = 0; i < 8; i++) bytes[i] ^= 255;
	for (let i = 7; i > -1; i--) {
		bytes[i]++;
		if (bytes[i] !== 0) break;
	}
}
// node_modules/@smithy/core/dist-es/submodules/event-streams/eventstream-codec/HeaderMarshaller.js
var HeaderMarshaller = class {
	toUtf8;
	fromUtf8;
	constructor(toUtf8, fromUtf8) {
		this.toUtf8 = toUtf8;
		this.fromUtf8 = fromUtf8;
	}
	format(headers) {
		const chunks = [];
		for (const headerName in headers) {
			if (!hasOwn(headers, headerName)) continue;
			const bytes = this.fromUtf8(headerName);
			if (bytes.byteLength > 255) throw new Error(`@smithy/core/event-streams - header name exceeds 255 bytes: ${bytes.byteLength}`);
			chunks.push(Uint8Array.from([bytes.byteLength]), bytes, this.formatHeaderValue(headers[headerName]));
		}
		const out = new Uint8Array(chunks.reduce((carry, bytes) => carry + bytes.byteLength, 0));
		let position = 0;
		for (const chunk of chunks) {
			out.set(chunk, position);
			position += chunk.byteLength;
		}
		return out;
	}
	formatHeaderValue(header) {
		switch (header.type) {
			case "boolean": return Uint8Array.from([header.value ? 0 : 1]);
			case "byte": return Uint8Array.from([2, header.value]);
			case "short":
				const shortView = new DataView(new ArrayBuffer(3));
				shortView.setUint8(0, 3);
				shortView.setInt16(1, header.value, false);
				return new Uint8Array(shortView.buffer);
			case "integer":
				const intView = new DataView(new ArrayBuffer(5));
				intView.setUint8(0, 4);
				intView.setInt32(1, header.value, false);
				return new Uint8Array(intView.buffer);
			case "long":
				const longBytes = new Uint8Array(9);
				longBytes[0] = 5;
				longBytes.set(header.value.bytes, 1);
				return longBytes;
			case "binary":
				if (header.value.byteLength > MAX_HEADER_VALUE_BYTES) throw new Error(`@smithy/core/event-streams - header value (binary) exceeds ${MAX_HEADER_VALUE_BYTES} bytes: ${header.value.byteLength}`);
				const binView = new DataView(new ArrayBuffer(3 + header.value.byteLength));
				binView.setUint8(0, 6);
				binView.setUint16(1, header.value.byteLength, false);
				const binBytes = new Uint8Array(binView.buffer);
				binBytes.set(header.value, 3);
				return binBytes;
			case "string":
				const utf8Bytes = this.fromUtf8(header.value);
				if (utf8Bytes.byteLength > MAX_HEADER_VALUE_BYTES) throw new Error(`@smithy/core/event-streams - header value (string) exceeds ${MAX_HEADER_VALUE_BYTES} bytes: ${utf8Bytes.byteLength}`);
				const strView = new DataView(new ArrayBuffer(3 + utf8Bytes.byteLength));
				strView.setUint8(0, 7);
				strView.setUint16(1, utf8Bytes.byteLength, false);
				const strBytes = new Uint8Array(strView.buffer);
				strBytes.set(utf8Bytes, 3);
				return strBytes;
			case "timestamp":
				const tsBytes = new Uint8Array(9);
				tsBytes[0] = 8;
				tsBytes.set(Int64.fromNumber(header.value.valueOf()).bytes, 1);
				return tsBytes;
			case "uuid":
				if (!UUID_PATTERN.test(header.value)) throw new Error(`Invalid UUID received: ${header.value}`);
				const uuidBytes = new Uint8Array(17);
				uuidBytes[0] = 9;
				uuidBytes.set(fromHex(header.value.replace(/-/g, "")), 1);
				return uuidBytes;
		}
	}
	parse(headers) {
		const out = {};
		let position = 0;
		while (position < headers.byteLength) {
			const nameLength = headers.getUint8(position++);
			const name = this.toUtf8(new Uint8Array(headers.buffer, headers.byteOffset + position, nameLength));
			position += nameLength;
			switch (headers.getUint8(position++)) {
				case 0:
					out[name] = {
						type: BOOLEAN_TAG,
						value: true
					};
					break;
				case 1:
					out[name] = {
						type: BOOLEAN_TAG,
						value: false
					};
					break;
				case 2:
					out[name] = {
						type: BYTE_TAG,
						value: headers.getInt8(position++)
					};
					break;
				case 3:
					out[name] = {
						type: SHORT_TAG,
						value: headers.getInt16(position, false)
					};
					position += 2;
					break;
				case 4:
					out[name] = {
						type: INT_TAG,
						value: headers.getInt32(position, false)
					};
					position += 4;
					break;
				case 5:
					out[name] = {
						type: LONG_TAG,
						value: new Int64(new Uint8Array(headers.buffer, headers.byteOffset + position, 8))
					};
					position += 8;
					break;
				case 6:
					const binaryLength = headers.getUint16(position, false);
					position += 2;
					out[name] = {
						type: BINARY_TAG,
						value: new Uint8Array(headers.buffer, headers.byteOffset + position, binaryLength)
					};
					position += binaryLength;
					break;
				case 7:
					const stringLength = headers.getUint16(position, false);
					position += 2;
					out[name] = {
						type: STRING_TAG,
						value: this.toUtf8(new Uint8Array(headers.buffer, headers.byteOffset + position, stringLength))
					};
					position += stringLength;
					break;
				case 8:
					out[name] = {
						type: TIMESTAMP_TAG,
						value: new Date(new Int64(new Uint8Array(headers.buffer, headers.byteOffset + position, 8)).valueOf())
					};
					position += 8;
					break;
				case 9:
					const uuidBytes = new Uint8Array(headers.buffer, headers.byteOffset + position, 16);
					position += 16;
					out[name] = {
						type: UUID_TAG,
						value: `${toHex(uuidBytes.subarray(0, 4))}-${toHex(uuidBytes.subarray(4, 6))}-${toHex(uuidBytes.subarray(6, 8))}-${toHex(uuidBytes.subarray(8, 10))}-${toHex(uuidBytes.subarray(10))}`
					};
					break;
				default: throw new Error(`Unrecognized header type tag`);
			}
		}
		return out;
	}
};
var HEADER_VALUE_TYPE;
(function(HEADER_VALUE_TYPE) {
	HEADER_VALUE_TYPE[HEADER_VALUE_TYPE["boolTrue"] = 0] = "boolTrue";
	HEADER_VALUE_TYPE[HEADER_VALUE_TYPE["boolFalse"] = 1] = "boolFalse";
	HEADER_VALUE_TYPE[HEADER_VALUE_TYPE["byte"] = 2] = "byte";
	HEADER_VALUE_TYPE[HEADER_VALUE_TYPE["short"] = 3] = "short";
	HEADER_VALUE_TYPE[HEADER_VALUE_TYPE["integer"] = 4] = "integer";
	HEADER_VALUE_TYPE[HEADER_VALUE_TYPE["long"] = 5] = "long";
	HEADER_VALUE_TYPE[HEADER_VALUE_TYPE["byteArray"] = 6] = "byteArray";
	HEADER_VALUE_TYPE[HEADER_VALUE_TYPE["string"] = 7] = "string";
	HEADER_VALUE_TYPE[HEADER_VALUE_TYPE["timestamp"] = 8] = "timestamp";
	HEADER_VALUE_TYPE[HEADER_VALUE_TYPE["uuid"] = 9] = "uuid";
})(HEADER_VALUE_TYPE || (HEADER_VALUE_TYPE = {}));
const BOOLEAN_TAG = "boolean";
const BYTE_TAG = "byte";
const SHORT_TAG = "short";
const INT_TAG = "integer";
const LONG_TAG = "long";
const BINARY_TAG = "binary";
const STRING_TAG = "string";
const TIMESTAMP_TAG = "timestamp";
const UUID_TAG = "uuid";
const UUID_PATTERN = /^[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}$/;
const MAX_HEADER_VALUE_BYTES = 32767;
// node_modules/@smithy/core/dist-es/submodules/event-streams/eventstream-codec/splitMessage.js
const PRELUDE_MEMBER_LENGTH = 4;
const PRELUDE_LENGTH = 8;
const CHECKSUM_LENGTH = 4;
const MINIMUM_MESSAGE_LENGTH = 16;
function splitMessage({ byteLength, byteOffset, buffer }) {
	if (byteLength < MINIMUM_MESSAGE_LENGTH) throw new Error("Provided message too short to accommodate event stream message overhead");
	const view = new DataView(buffer, byteOffset, byteLength);
	const messageLength = view.getUint32(0, false);
	if (byteLength !== messageLength) throw new Error("Reported message length does not match received message length");
	const headerLength = view.getUint32(PRELUDE_MEMBER_LENGTH, false);
	const expectedPreludeChecksum = view.getUint32(PRELUDE_LENGTH, false);
	const expectedMessageChecksum = view.getUint32(byteLength - CHECKSUM_LENGTH, false);
	const checksummer = new Crc32Node();
	checksummer.update(new Uint8Array(buffer, byteOffset, PRELUDE_LENGTH));
	if (expectedPreludeChecksum !== checksummer.digestSync()) throw new Error(`The prelude checksum specified in the message (${expectedPreludeChecksum}) does not match the calculated CRC32 checksum (${checksummer.digestSync()})`);
	checksummer.update(new Uint8Array(buffer, byteOffset + PRELUDE_LENGTH, byteLength - 12));
	if (expectedMessageChecksum !== checksummer.digestSync()) throw new Error(`The message checksum (${checksummer.digestSync()}) did not match the expected value of ${expectedMessageChecksum}`);
	return {
		headers: new DataView(buffer, byteOffset + PRELUDE_LENGTH + CHECKSUM_LENGTH, headerLength),
		body: new Uint8Array(buffer, byteOffset + PRELUDE_LENGTH + CHECKSUM_LENGTH + headerLength, messageLength - headerLength - 16)
	};
}
// node_modules/@smithy/core/dist-es/submodules/event-streams/eventstream-codec/EventStreamCodec.js
var EventStreamCodec = class {
	headerMarshaller;
	messageBuffer;
	isEndOfStream;
	constructor(toUtf8, fromUtf8) {
		this.headerMarshaller = new HeaderMarshaller(toUtf8, fromUtf8);
		this.messageBuffer = [];
		this.isEndOfStream = false;
	}
	feed(message) {
		this.messageBuffer.push(this.decode(message));
	}
	endOfStream() {
		this.isEndOfStream = true;
	}
	getMessage() {
		const message = this.messageBuffer.pop();
		const isEndOfStream = this.isEndOfStream;
		return {
			getMessage() {
				return message;
			},
			isEndOfStream() {
				return isEndOfStream;
			}
		};
	}
	getAvailableMessages() {
		const messages = this.messageBuffer;
		this.messageBuffer = [];
		const isEndOfStream = this.isEndOfStream;
		return {
			getMessages() {
				return messages;
			},
			isEndOfStream() {
				return isEndOfStream;
			}
		};
	}
	encode({ headers: rawHeaders, body }) {
		const headers = this.headerMarshaller.format(rawHeaders);
		const length = headers.byteLength + body.byteLength + 16;
		const out = new Uint8Array(length);
		const view = new DataView(out.buffer, out.byteOffset, out.byteLength);
		const checksum = new Crc32Node();
		view.setUint32(0, length, false);
		view.setUint32(4, headers.byteLength, false);
		checksum.update(out.subarray(0, 8));
		view.setUint32(8, checksum.digestSync(), false);
		out.set(headers, 12);
		out.set(body, headers.byteLength + 12);
		checksum.update(out.subarray(8, length - 4));
		view.setUint32(length - 4, checksum.digestSync(), false);
		return out;
	}
	decode(message) {
		const { headers, body } = splitMessage(message);
		return {
			headers: this.headerMarshaller.parse(headers),
			body
		};
	}
	formatHeaders(rawHeaders) {
		return this.headerMarshaller.format(rawHeaders);
	}
};
// node_modules/@smithy/core/dist-es/submodules/event-streams/eventstream-codec/MessageDecoderStream.js
var MessageDecoderStream = class {
	options;
	constructor(options) {
		this.options = options;
	}
	[Symbol.asyncIterator]() {
		return this.asyncIterator();
	}
	async *asyncIterator() {
		for await (const bytes of this.options.inputStream) yield this.options.decoder.decode(bytes);
	}
};
// node_modules/@smithy/core/dist-es/submodules/event-streams/eventstream-codec/MessageEncoderStream.js
var MessageEncoderStream = class {
	options;
	constructor(options) {
		this.options = options;
	}
	[Symbol.asyncIterator]() {
		return this.asyncIterator();
	}
	async *asyncIterator() {
		for await (const msg of this.options.messageStream) yield this.options.encoder.encode(msg);
		if (this.options.includeEndFrame) yield new Uint8Array(0);
	}
};
// node_modules/@smithy/core/dist-es/submodules/event-streams/eventstream-codec/SmithyMessageDecoderStream.js
var SmithyMessageDecoderStream = class {
	options;
	constructor(options) {
		this.options = options;
	}
	[Symbol.asyncIterator]() {
		return this.asyncIterator();
	}
	async *asyncIterator() {
		for await (const message of this.options.messageStream) {
			const deserialized = await this.options.deserializer(message);
			if (deserialized === void 0) continue;
			yield deserialized;
		}
	}
};
// node_modules/@smithy/core/dist-es/submodules/event-streams/eventstream-codec/SmithyMessageEncoderStream.js
var SmithyMessageEncoderStream = class {
	options;
	constructor(options) {
		this.options = options;
	}
	[Symbol.asyncIterator]() {
		return this.asyncIterator();
	}
	async *asyncIterator() {
		for await (const chunk of this.options.inputStream) yield this.options.serializer(chunk);
	}
};
// node_modules/@smithy/core/dist-es/submodules/event-streams/eventstream-serde-universal/getChunkedStream.js
function getChunkedStream(source) {
	let currentMessageTotalLength = 0;
	let currentMessagePendingLength = 0;
	let currentMessage = null;
	let messageLengthBuffer = null;
	const allocateMessage = (size) => {
		if (typeof size !== "number") throw new Error("Attempted to allocate an event message where size was not a number: " + size);
		currentMessageTotalLength = size;
		currentMessagePendingLength = 4;
		currentMessage = new Uint8Array(size);
		new DataView(currentMessage.buffer).setUint32(0, size, false);
	};
	const iterator = async function* () {
		const sourceIterator = source[Symbol.asyncIterator]();
		while (true) {
			const { value, done } = await sourceIterator.next();
			if (done) {
				if (!currentMessageTotalLength) return;
				else if (currentMessageTotalLength === currentMessagePendingLength) yield currentMessage;
				else throw new Error("Truncated event message received.");
				return;
			}
			const chunkLength = value.length;
			let currentOffset = 0;
			while (currentOffset < chunkLength) {
				if (!currentMessage) {
					const bytesRemaining = chunkLength - currentOffset;
					if (!messageLengthBuffer) messageLengthBuffer = new Uint8Array(4);
					const numBytesForTotal = Math.min(4 - currentMessagePendingLength, bytesRemaining);
					messageLengthBuffer.set(value.slice(currentOffset, currentOffset + numBytesForTotal), currentMessagePendingLength);
					currentMessagePendingLength += numBytesForTotal;
					currentOffset += numBytesForTotal;
					if (currentMessagePendingLength < 4) break;
					allocateMessage(new DataView(messageLengthBuffer.buffer).getUint32(0, false));
					messageLengthBuffer = null;
				}
				const numBytesToWrite = Math.min(currentMessageTotalLength - currentMessagePendingLength, chunkLength - currentOffset);
				currentMessage.set(value.slice(currentOffset, currentOffset + numBytesToWrite), currentMessagePendingLength);
				currentMessagePendingLength += numBytesToWrite;
				currentOffset += numBytesToWrite;
				if (currentMessageTotalLength && currentMessageTotalLength === currentMessagePendingLength) {
					yield currentMessage;
					currentMessage = null;
					currentMessageTotalLength = 0;
					currentMessagePendingLength = 0;
				}
			}
		}
	};
	return { [Symbol.asyncIterator]: iterator };
}
// node_modules/@smithy/core/dist-es/submodules/event-streams/eventstream-serde-universal/getUnmarshalledStream.js
function getMessageUnmarshaller(deserializer, toUtf8) {
	return async function(message) {
		const { value: messageType } = message.headers[":message-type"];
		if (messageType === "error") {
			const unmodeledError = new Error(message.headers[":error-message"].value || "UnknownError");
			unmodeledError.name = message.headers[":error-code"].value;
			throw unmodeledError;
		} else if (messageType === "exception") {
			const code = message.headers[":exception-type"].value;
			const deserializedException = await deserializer({ [code]: message });
			if (deserializedException.$unknown) {
				const error = new Error(toUtf8(message.body));
				error.name = code;
				throw error;
			}
			throw deserializedException[code];
		} else if (messageType === "event") {
			const deserialized = await deserializer({ [message.headers[":event-type"].value]: message });
			if (deserialized.$unknown) return;
			return deserialized;
		} else throw Error(`Unrecognizable event type: ${message.headers[":event-type"].value}`);
	};
}
// node_modules/@smithy/core/dist-es/submodules/event-streams/eventstream-serde-universal/EventStreamMarshaller.js
var EventStreamMarshaller$1 = class {
	eventStreamCodec;
	utfEncoder;
	constructor({ utf8Encoder, utf8Decoder }) {
		this.eventStreamCodec = new EventStreamCodec(utf8Encoder, utf8Decoder);
		this.utfEncoder = utf8Encoder;
	}
	deserialize(body, deserializer) {
		return new SmithyMessageDecoderStream({
			messageStream: new MessageDecoderStream({
				inputStream: getChunkedStream(body),
				decoder: this.eventStreamCodec
			}),
			deserializer: getMessageUnmarshaller(deserializer, this.utfEncoder)
		});
	}
	serialize(inputStream, serializer) {
		return new MessageEncoderStream({
			messageStream: new SmithyMessageEncoderStream({
				inputStream,
				serializer
			}),
			encoder: this.eventStreamCodec,
			includeEndFrame: true
		});
	}
};
// node_modules/@smithy/core/dist-es/submodules/event-streams/eventstream-serde/EventStreamMarshaller.js
var EventStreamMarshaller = class {
	universalMarshaller;
	constructor({ utf8Encoder, utf8Decoder }) {
		this.universalMarshaller = new EventStreamMarshaller$1({
			utf8Decoder,
			utf8Encoder
		});
	}
	deserialize(body, deserializer) {
		const bodyIterable = typeof body[Symbol.asyncIterator] === "function" ? body : readableToIterable(body);
		return this.universalMarshaller.deserialize(bodyIterable, deserializer);
	}
	serialize(input, serializer) {
		return Readable.from(this.universalMarshaller.serialize(input, serializer));
	}
};
const eventStreamSerdeProvider = (options) => new EventStreamMarshaller(options);
async function* readableToIterable(readStream) {
	let streamEnded = false;
	let generationEnded = false;
	const records = new Array();
	readStream.on("error", (err) => {
		if (!streamEnded) streamEnded = true;
		if (err) throw err;
	});
	readStream.on("data", (data) => {
		records.push(data);
	});
	readStream.on("end", () => {
		streamEnded = true;
	});
	while (!generationEnded) {
		const value = await new Promise((resolve) => setTimeout(() => resolve(records.shift()), 0));
		if (value) yield value;
		generationEnded = streamEnded && records.length === 0;
	}
}
// node_modules/@smithy/core/dist-es/submodules/event-streams/eventstream-serde-config-resolver/EventStreamSerdeConfig.js
const resolveEventStreamSerdeConfig = (input) => Object.assign(input, { eventStreamMarshaller: input.eventStreamSerdeProvider(input) });
// node_modules/@smithy/core/dist-es/submodules/event-streams/EventStreamSerde.js
var EventStreamSerde = class {
	marshaller;
	serializer;
	deserializer;
	serdeContext;
	defaultContentType;
	compositeErrorRegistry;
	constructor({ marshaller, serializer, deserializer, serdeContext, defaultContentType, compositeErrorRegistry }) {
		this.marshaller = marshaller;
		this.serializer = serializer;
		this.deserializer = deserializer;
		this.serdeContext = serdeContext;
		this.defaultContentType = defaultContentType;
		this.compositeErrorRegistry = compositeErrorRegistry;
	}
	async serializeEventStream({ eventStream, requestSchema, initialRequest, initialMessageType }) {
		const marshaller = this.marshaller;
		const eventStreamMember = requestSchema.getEventStreamMember();
		const unionSchema = requestSchema.getMemberSchema(eventStreamMember);
		const serializer = this.serializer;
		const defaultContentType = this.defaultContentType;
		const initialRequestMarker = Symbol("initialRequestMarker");
		const eventStreamIterable = { async *[Symbol.asyncIterator]() {
			if (initialRequest) {
				const headers = {
					":event-type": {
						type: "string",
						value: initialMessageType ?? "initial-request"
					},
					":message-type": {
						type: "string",
						value: "event"
					},
					":content-type": {
						type: "string",
						value: defaultContentType
					}
				};
				serializer.write(requestSchema, initialRequest);
				const body = serializer.flush();
				yield {
					[initialRequestMarker]: true,
					headers,
					body
				};
			}
			for await (const page of eventStream) yield page;
		} };
		return marshaller.serialize(eventStreamIterable, (event) => {
			if (event[initialRequestMarker]) return {
				headers: event.headers,
				body: event.body
			};
			let unionMember = "";
			for (const key in event) {
				if (!hasOwn(event, key)) continue;
				if (key !== "__type") {
					unionMember = key;
					break;
				}
			}
			const { additionalHeaders, body, eventType, explicitPayloadContentType } = this.writeEventBody(unionMember, unionSchema, event);
			return {
				headers: {
					":event-type": {
						type: "string",
						value: eventType
					},
					":message-type": {
						type: "string",
						value: "event"
					},
					":content-type": {
						type: "string",
						value: explicitPayloadContentType ?? defaultContentType
					},
					...additionalHeaders
				},
				body
			};
		});
	}
	async deserializeEventStream({ response, responseSchema, initialResponseContainer, initialMessageType }) {
		const marshaller = this.marshaller;
		const eventStreamMember = responseSchema.getEventStreamMember();
		const memberSchemas = responseSchema.getMemberSchema(eventStreamMember).getMemberSchemas();
		const initialResponseMarker = Symbol("initialResponseMarker");
		const asyncIterable = marshaller.deserialize(response.body, async (event) => {
			let unionMember = "";
			for (const key in event) {
				if (!hasOwn(event, key)) continue;
				if (key !== "__type") {
					unionMember = key;
					break;
				}
			}
			const body = event[unionMember].body;
			if (unionMember === (initialMessageType ?? "initial-response")) {
				const dataObject = await this.deserializer.read(responseSchema, body);
				delete dataObject[eventStreamMember];
				return {
					[initialResponseMarker]: true,
					...dataObject
				};
			} else if (unionMember in memberSchemas) {
				const eventStreamSchema = memberSchemas[unionMember];
				if (eventStreamSchema.isStructSchema()) {
					const out = {};
					let hasBindings = false;
					for (const [name, member] of eventStreamSchema.structIterator()) {
						const { eventHeader, eventPayload } = member.getMergedTraits();
						hasBindings = hasBindings || Boolean(eventHeader || eventPayload);
						if (eventPayload) {
							if (member.isBlobSchema()) out[name] = body;
							else if (member.isStringSchema()) out[name] = (this.serdeContext?.utf8Encoder ?? toUtf8$1)(body);
							else if (member.isStructSchema()) out[name] = await this.deserializer.read(member, body);
						} else if (eventHeader) {
							const value = event[unionMember].headers[name]?.value;
							if (value != null) {
								if (member.isNumericSchema()) {
									if (value && typeof value === "object" && "bytes" in value) out[name] = BigInt(value.toString());
									else out[name] = Number(value);
								} else out[name] = value;
							}
						}
					}
					return { [unionMember]: await this.readEventMember(eventStreamSchema, body, hasBindings, out) };
				}
				return { [unionMember]: await this.deserializer.read(eventStreamSchema, body) };
			} else return { $unknown: event };
		});
		const asyncIterator = asyncIterable[Symbol.asyncIterator]();
		const firstEvent = await asyncIterator.next();
		if (firstEvent.done) return asyncIterable;
		if (firstEvent.value?.[initialResponseMarker]) {
			if (!responseSchema) throw new Error("@smithy::core/protocols - initial-response event encountered in event stream but no response schema given.");
			for (const key in firstEvent.value) {
				if (!hasOwn(firstEvent.value, key)) continue;
				initialResponseContainer[key] = firstEvent.value[key];
			}
		}
		return { async *[Symbol.asyncIterator]() {
			if (!firstEvent?.value?.[initialResponseMarker]) yield firstEvent.value;
			while (true) {
				const { done, value } = await asyncIterator.next();
				if (done) break;
				yield value;
			}
		} };
	}
	async readEventMember(eventStreamSchema, body, hasBindings, out) {
		let ErrCtor;
		const staticStructuralSchema = eventStreamSchema.getSchema();
		if (Array.isArray(staticStructuralSchema) && staticStructuralSchema[0] === -3) {
			const namespace = staticStructuralSchema[1];
			const nsRegistry = TypeRegistry.for(namespace);
			this.compositeErrorRegistry?.copyFrom(nsRegistry);
			ErrCtor = (this.compositeErrorRegistry ?? nsRegistry)?.getErrorCtor(staticStructuralSchema);
		}
		const dataObject = hasBindings ? out : body.byteLength === 0 ? {} : await this.deserializer.read(eventStreamSchema, body);
		if (ErrCtor) {
			const message = dataObject.message ?? dataObject.Message ?? "Unknown";
			const metadata = {};
			const $fault = eventStreamSchema.getMergedTraits().error;
			if ($fault) metadata.$fault = $fault;
			return Object.assign(new ErrCtor({}), metadata, { message }, dataObject);
		}
		return dataObject;
	}
	writeEventBody(unionMember, unionSchema, event) {
		const serializer = this.serializer;
		let eventType = unionMember;
		let explicitPayloadMember = null;
		let explicitPayloadContentType;
		const isKnownSchema = (() => {
			return unionSchema.getSchema()[4].includes(unionMember);
		})();
		const additionalHeaders = {};
		if (!isKnownSchema) {
			const [type, value] = event[unionMember];
			eventType = type;
			serializer.write(15, value);
		} else {
			const eventSchema = unionSchema.getMemberSchema(unionMember);
			if (eventSchema.isStructSchema()) {
				for (const [memberName, memberSchema] of eventSchema.structIterator()) {
					const { eventHeader, eventPayload } = memberSchema.getMergedTraits();
					if (eventPayload) explicitPayloadMember = memberName;
					else if (eventHeader) {
						const value = event[unionMember][memberName];
						let type = "binary";
						if (memberSchema.isNumericSchema()) {
							if ((-2) ** 31 <= value && value <= 2 ** 31 - 1) type = "integer";
							else type = "long";
						} else if (memberSchema.isTimestampSchema()) type = "timestamp";
						else if (memberSchema.isStringSchema()) type = "string";
						else if (memberSchema.isBooleanSchema()) type = "boolean";
						if (value != null) {
							additionalHeaders[memberName] = {
								type,
								value
							};
							delete event[unionMember][memberName];
						}
					}
				}
				if (explicitPayloadMember !== null) {
					const payloadSchema = eventSchema.getMemberSchema(explicitPayloadMember);
					if (payloadSchema.isBlobSchema()) explicitPayloadContentType = "application/octet-stream";
					else if (payloadSchema.isStringSchema()) explicitPayloadContentType = "text/plain";
					serializer.write(payloadSchema, event[unionMember][explicitPayloadMember]);
				} else serializer.write(eventSchema, event[unionMember]);
			} else if (eventSchema.isUnitSchema()) serializer.write(eventSchema, {});
			else throw new Error("@smithy/core/event-streams - non-struct member not supported in event stream union.");
		}
		const messageSerialization = serializer.flush() ?? new Uint8Array();
		return {
			body: typeof messageSerialization === "string" ? (this.serdeContext?.utf8Decoder ?? fromUtf8$1)(messageSerialization) : messageSerialization,
			eventType,
			explicitPayloadContentType,
			additionalHeaders
		};
	}
};
// node_modules/@smithy/credential-provider-imds/dist-es/remoteProvider/ImdsCredentials.js
const isImdsCredentials = (arg) => Boolean(arg) && typeof arg === "object" && typeof arg.AccessKeyId === "string" && typeof arg.SecretAccessKey === "string" && typeof arg.Token === "string" && typeof arg.Expiration === "string";
const fromImdsCredentials = (creds) => ({
	accessKeyId: creds.AccessKeyId,
	secretAccessKey: creds.SecretAccessKey,
	sessionToken: creds.Token,
	expiration: new Date(creds.Expiration),
	...creds.AccountId && { accountId: creds.AccountId }
});
// node_modules/@smithy/credential-provider-imds/dist-es/remoteProvider/RemoteProviderInit.js
const DEFAULT_TIMEOUT = 1e3;
const providerConfigFromInit = ({ maxRetries = 0, timeout = DEFAULT_TIMEOUT }) => ({
	maxRetries,
	timeout
});
// node_modules/@smithy/credential-provider-imds/dist-es/remoteProvider/httpRequest.js
function httpRequest(options) {
	return new Promise((resolve, reject) => {
		const req = node_http.request({
			method: "GET",
			...options,
			hostname: options.hostname?.replace(/^\[(.+)\]$/, "$1")
		});
		req.on("error", (err) => {
			reject(Object.assign(new ProviderError("Unable to connect to instance metadata service"), err));
			req.destroy();
		});
		req.on("timeout", () => {
			reject(new ProviderError("TimeoutError from instance metadata service"));
			req.destroy();
		});
		req.on("response", (res) => {
			const { statusCode = 400 } = res;
			if (statusCode < 200 || 300 <= statusCode) {
				reject(Object.assign(new ProviderError("Error response received from instance metadata service"), { statusCode }));
				req.destroy();
			}
			const chunks = [];
			res.on("data", (chunk) => {
				chunks.push(chunk);
			});
			res.on("end", () => {
				resolve(Buffer.concat(chunks));
				req.destroy();
			});
		});
		req.end();
	});
}
// node_modules/@smithy/credential-provider-imds/dist-es/remoteProvider/retry.js
const retry = (toRetry, maxRetries) => {
	let promise = toRetry();
	for (let i = 0; i < maxRetries; i++) promise = promise.catch(toRetry);
	return promise;
};
// node_modules/@smithy/credential-provider-imds/dist-es/fromContainerMetadata.js
const ENV_CMDS_FULL_URI = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
const ENV_CMDS_RELATIVE_URI = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
const ENV_CMDS_AUTH_TOKEN = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
const fromContainerMetadata = (init = {}) => {
	const { timeout, maxRetries } = providerConfigFromInit(init);
	return () => retry(async () => {
		const requestOptions = await getCmdsUri({ logger: init.logger });
		const credsResponse = JSON.parse(await requestFromEcsImds(timeout, requestOptions));
		if (!isImdsCredentials(credsResponse)) throw new CredentialsProviderError("Invalid response received from instance metadata service.", { logger: init.logger });
		return fromImdsCredentials(credsResponse);
	}, maxRetries);
};
const requestFromEcsImds = async (timeout, options) => {
	if (process.env["AWS_CONTAINER_AUTHORIZATION_TOKEN"]) options.headers = {
		...options.headers,
		Authorization: process.env[ENV_CMDS_AUTH_TOKEN]
	};
	return (await httpRequest({
		...options,
		timeout
	})).toString();
};
const CMDS_IP = "169.254.170.2";
const GREENGRASS_HOSTS = new Set(["localhost", "127.0.0.1"]);
const GREENGRASS_PROTOCOLS = new Set(["http:", "https:"]);
const getCmdsUri = async ({ logger }) => {
	if (process.env["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"]) return {
		hostname: CMDS_IP,
		path: process.env[ENV_CMDS_RELATIVE_URI]
	};
	if (process.env["AWS_CONTAINER_CREDENTIALS_FULL_URI"]) {
		let parsed;
		try {
			parsed = new URL(process.env[ENV_CMDS_FULL_URI]);
		} catch {
			throw new CredentialsProviderError(`${process.env[ENV_CMDS_FULL_URI]} is not a valid container metadata service URL`, {
				tryNextLink: false,
				logger
			});
		}
		if (!parsed.hostname || !GREENGRASS_HOSTS.has(parsed.hostname)) throw new CredentialsProviderError(`${parsed.hostname} is not a valid container metadata service hostname`, {
			tryNextLink: false,
			logger
		});
		if (!parsed.protocol || !GREENGRASS_PROTOCOLS.has(parsed.protocol)) throw new CredentialsProviderError(`${parsed.protocol} is not a valid container metadata service protocol`, {
			tryNextLink: false,
			logger
		});
		return {
			protocol: parsed.protocol,
			hostname: parsed.hostname,
			path: parsed.pathname + parsed.search,
			port: parsed.port ? parseInt(parsed.port, 10) : void 0
		};
	}
	throw new CredentialsProviderError(`The container metadata credential provider cannot be used unless the ${ENV_CMDS_RELATIVE_URI} or ${ENV_CMDS_FULL_URI} environment variable is set`, {
		tryNextLink: false,
		logger
	});
};
// node_modules/@smithy/credential-provider-imds/dist-es/error/InstanceMetadataV1FallbackError.js
var InstanceMetadataV1FallbackError = class InstanceMetadataV1FallbackError extends CredentialsProviderError {
	tryNextLink;
	name = "InstanceMetadataV1FallbackError";
	constructor(message, tryNextLink = true) {
		super(message, tryNextLink);
		this.tryNextLink = tryNextLink;
		Object.setPrototypeOf(this, InstanceMetadataV1FallbackError.prototype);
	}
};
// node_modules/@smithy/credential-provider-imds/dist-es/config/Endpoint.js
var Endpoint;
(function(Endpoint) {
	Endpoint["IPv4"] = "http://169.254.169.254";
	Endpoint["IPv6"] = "http://[fd00:ec2::254]";
})(Endpoint || (Endpoint = {}));
// node_modules/@smithy/credential-provider-imds/dist-es/config/EndpointConfigOptions.js
const ENV_ENDPOINT_NAME = "AWS_EC2_METADATA_SERVICE_ENDPOINT";
const CONFIG_ENDPOINT_NAME = "ec2_metadata_service_endpoint";
const ENDPOINT_CONFIG_OPTIONS = {
	environmentVariableSelector: (env) => env[ENV_ENDPOINT_NAME],
	configFileSelector: (profile) => profile[CONFIG_ENDPOINT_NAME],
	default: void 0
};
// node_modules/@smithy/credential-provider-imds/dist-es/config/EndpointMode.js
var EndpointMode;
(function(EndpointMode) {
	EndpointMode["IPv4"] = "IPv4";
	EndpointMode["IPv6"] = "IPv6";
})(EndpointMode || (EndpointMode = {}));
// node_modules/@smithy/credential-provider-imds/dist-es/config/EndpointModeConfigOptions.js
const ENV_ENDPOINT_MODE_NAME = "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE";
const CONFIG_ENDPOINT_MODE_NAME = "ec2_metadata_service_endpoint_mode";
const ENDPOINT_MODE_CONFIG_OPTIONS = {
	environmentVariableSelector: (env) => env[ENV_ENDPOINT_MODE_NAME],
	configFileSelector: (profile) => profile[CONFIG_ENDPOINT_MODE_NAME],
	default: EndpointMode.IPv4
};
// node_modules/@smithy/credential-provider-imds/dist-es/utils/getInstanceMetadataEndpoint.js
const getInstanceMetadataEndpoint = async () => parseUrl(await getFromEndpointConfig() || await getFromEndpointModeConfig());
const getFromEndpointConfig = async () => loadConfig(ENDPOINT_CONFIG_OPTIONS)();
const getFromEndpointModeConfig = async () => {
	const endpointMode = await loadConfig(ENDPOINT_MODE_CONFIG_OPTIONS)();
	switch (endpointMode) {
		case EndpointMode.IPv4: return Endpoint.IPv4;
		case EndpointMode.IPv6: return Endpoint.IPv6;
		default: throw new Error(`Unsupported endpoint mode: ${endpointMode}. Select from ${Object.values(EndpointMode)}`);
	}
};
// node_modules/@smithy/credential-provider-imds/dist-es/utils/getExtendedInstanceMetadataCredentials.js
const STATIC_STABILITY_REFRESH_INTERVAL_SECONDS = 300;
const STATIC_STABILITY_REFRESH_INTERVAL_JITTER_WINDOW_SECONDS = 300;
const getExtendedInstanceMetadataCredentials = (credentials, logger) => {
	const refreshInterval = STATIC_STABILITY_REFRESH_INTERVAL_SECONDS + Math.floor(Math.random() * STATIC_STABILITY_REFRESH_INTERVAL_JITTER_WINDOW_SECONDS);
	const newExpiration = new Date(Date.now() + refreshInterval * 1e3);
	logger.warn(`Attempting credential expiration extension due to a credential service availability issue. A refresh of these credentials will be attempted after ${new Date(newExpiration)}.\nFor more information, please visit: https://docs.aws.amazon.com/sdkref/latest/guide/feature-static-credentials.html`);
	const originalExpiration = credentials.originalExpiration ?? credentials.expiration;
	return {
		...credentials,
		...originalExpiration ? { originalExpiration } : {},
		expiration: newExpiration
	};
};
// node_modules/@smithy/credential-provider-imds/dist-es/utils/staticStabilityProvider.js
const staticStabilityProvider = (provider, options = {}) => {
	const logger = options?.logger || console;
	let pastCredentials;
	return async () => {
		let credentials;
		try {
			credentials = await provider();
			if (credentials.expiration && credentials.expiration.getTime() < Date.now()) credentials = getExtendedInstanceMetadataCredentials(credentials, logger);
		} catch (e) {
			if (pastCredentials) {
				logger.warn("Credential renew failed: ", e);
				credentials = getExtendedInstanceMetadataCredentials(pastCredentials, logger);
			} else throw e;
		}
		pastCredentials = credentials;
		return credentials;
	};
};
// node_modules/@smithy/credential-provider-imds/dist-es/fromInstanceMetadata.js
const IMDS_PATH = "/latest/meta-data/iam/security-credentials/";
const IMDS_TOKEN_PATH = "/latest/api/token";
const AWS_EC2_METADATA_V1_DISABLED = "AWS_EC2_METADATA_V1_DISABLED";
const PROFILE_AWS_EC2_METADATA_V1_DISABLED = "ec2_metadata_v1_disabled";
const X_AWS_EC2_METADATA_TOKEN = "x-aws-ec2-metadata-token";
const fromInstanceMetadata = (init = {}) => staticStabilityProvider(getInstanceMetadataProvider(init), { logger: init.logger });
const getInstanceMetadataProvider = (init = {}) => {
	let disableFetchToken = false;
	const { logger, profile } = init;
	const { timeout, maxRetries } = providerConfigFromInit(init);
	const getCredentials = async (maxRetries, options) => {
		if (disableFetchToken || options.headers?.[X_AWS_EC2_METADATA_TOKEN] == null) {
			let fallbackBlockedFromProfile = false;
			let fallbackBlockedFromProcessEnv = false;
			const configValue = await loadConfig({
				environmentVariableSelector: (env) => {
					const envValue = env[AWS_EC2_METADATA_V1_DISABLED];
					fallbackBlockedFromProcessEnv = !!envValue && envValue !== "false";
					if (envValue === void 0) throw new CredentialsProviderError(`${AWS_EC2_METADATA_V1_DISABLED} not set in env, checking config file next.`, { logger: init.logger });
					return fallbackBlockedFromProcessEnv;
				},
				configFileSelector: (profile) => {
					const profileValue = profile[PROFILE_AWS_EC2_METADATA_V1_DISABLED];
					fallbackBlockedFromProfile = !!profileValue && profileValue !== "false";
					return fallbackBlockedFromProfile;
				},
				default: false
			}, { profile })();
			if (init.ec2MetadataV1Disabled || configValue) {
				const causes = [];
				if (init.ec2MetadataV1Disabled) causes.push("credential provider initialization (runtime option ec2MetadataV1Disabled)");
				if (fallbackBlockedFromProfile) causes.push(`config file profile (${PROFILE_AWS_EC2_METADATA_V1_DISABLED})`);
				if (fallbackBlockedFromProcessEnv) causes.push(`process environment variable (${AWS_EC2_METADATA_V1_DISABLED})`);
				throw new InstanceMetadataV1FallbackError(`AWS EC2 Metadata v1 fallback has been blocked by AWS SDK configuration in the following: [${causes.join(", ")}].`);
			}
		}
		const imdsProfile = (await retry(async () => {
			let profile;
			try {
				profile = await getProfile(options);
			} catch (err) {
				if (err.statusCode === 401) disableFetchToken = false;
				throw err;
			}
			return profile;
		}, maxRetries)).trim();
		return retry(async () => {
			let creds;
			try {
				creds = await getCredentialsFromProfile(imdsProfile, options, init);
			} catch (err) {
				if (err.statusCode === 401) disableFetchToken = false;
				throw err;
			}
			return creds;
		}, maxRetries);
	};
	return async () => {
		const endpoint = await getInstanceMetadataEndpoint();
		if (disableFetchToken) {
			logger?.debug("AWS SDK Instance Metadata", "using v1 fallback (no token fetch)");
			return getCredentials(maxRetries, {
				...endpoint,
				timeout
			});
		} else {
			let token;
			try {
				token = (await getMetadataToken({
					...endpoint,
					timeout
				})).toString();
			} catch (error) {
				if (error?.statusCode === 400) throw Object.assign(error, { message: "EC2 Metadata token request returned error" });
				else if (error.message === "TimeoutError" || [
					403,
					404,
					405
				].includes(error.statusCode)) disableFetchToken = true;
				logger?.debug("AWS SDK Instance Metadata", "using v1 fallback (initial)");
				return getCredentials(maxRetries, {
					...endpoint,
					timeout
				});
			}
			return getCredentials(maxRetries, {
				...endpoint,
				headers: { [X_AWS_EC2_METADATA_TOKEN]: token },
				timeout
			});
		}
	};
};
const getMetadataToken = async (options) => httpRequest({
	...options,
	path: IMDS_TOKEN_PATH,
	method: "PUT",
	headers: { "x-aws-ec2-metadata-token-ttl-seconds": "21600" }
});
const getProfile = async (options) => (await httpRequest({
	...options,
	path: IMDS_PATH
})).toString();
const getCredentialsFromProfile = async (profile, options, init) => {
	const credentialsResponse = JSON.parse((await httpRequest({
		...options,
		path: IMDS_PATH + profile
	})).toString());
	if (!isImdsCredentials(credentialsResponse)) throw new CredentialsProviderError("Invalid response received from instance metadata service.", { logger: init.logger });
	return fromImdsCredentials(credentialsResponse);
};
// node_modules/@aws-sdk/client-bedrock-agentcore-control/dist-es/auth/httpAuthSchemeProvider.js
const defaultBedrockAgentCoreControlHttpAuthSchemeParametersProvider = async (config, context, input) => {
	return {
		operation: getSmithyContext(context).operation,
		region: await normalizeProvider$1(config.region)() || (() => {
			throw new Error("expected `region` to be configured for `aws.auth#sigv4`");
		})()
	};
};
function createAwsAuthSigv4HttpAuthOption$7(authParameters) {
	return {
		schemeId: "aws.auth#sigv4",
		signingProperties: {
			name: "bedrock-agentcore",
			region: authParameters.region
		},
		propertiesExtractor: (config, context) => ({ signingProperties: {
			config,
			context
		} })
	};
}
const defaultBedrockAgentCoreControlHttpAuthSchemeProvider = (authParameters) => {
	const options = [];
	switch (authParameters.operation) {
		default: options.push(createAwsAuthSigv4HttpAuthOption$7(authParameters));
	}
	return options;
};
const resolveHttpAuthSchemeConfig$7 = (config) => {
	const config_0 = resolveAwsSdkSigV4Config(config);
	return Object.assign(config_0, { authSchemePreference: normalizeProvider$1(config.authSchemePreference ?? []) });
};
// node_modules/@aws-sdk/client-bedrock-agentcore-control/dist-es/endpoint/EndpointParameters.js
const resolveClientEndpointParameters$7 = (options) => {
	return Object.assign(options, {
		useDualstackEndpoint: options.useDualstackEndpoint ?? false,
		useFipsEndpoint: options.useFipsEndpoint ?? false,
		defaultSigningName: "bedrock-agentcore"
	});
};
const commonParams$7 = {
	UseFIPS: {
		type: "builtInParams",
		name: "useFipsEndpoint"
	},
	Endpoint: {
		type: "builtInParams",
		name: "endpoint"
	},
	Region: {
		type: "builtInParams",
		name: "region"
	},
	UseDualStack: {
		type: "builtInParams",
		name: "useDualstackEndpoint"
	}
};
// node_modules/@aws-sdk/client-bedrock-agentcore-control/package.json
var version$7 = "3.1142.0";
// node_modules/@aws-sdk/client-bedrock-agentcore-control/dist-es/endpoint/bdd.js
const k$7 = "ref";
const a$7 = -1;
const b$7 = true;
const c$7 = "isSet";
const d$7 = "PartitionResult";
const e$7 = "booleanEquals";
const f$7 = "getAttr";
const g$7 = { [k$7]: "Endpoint" };
const h$7 = { [k$7]: d$7 };
const i$7 = {};
const j$7 = [{ [k$7]: "Region" }];
const _data$7 = {
	conditions: [
		[c$7, [g$7]],
		[c$7, j$7],
		[
			"aws.partition",
			j$7,
			d$7
		],
		[e$7, [{ [k$7]: "UseFIPS" }, b$7]],
		[e$7, [{ [k$7]: "UseDualStack" }, b$7]],
		[e$7, [{
			fn: f$7,
			argv: [h$7, "supportsDualStack"]
		}, b$7]],
		[e$7, [{
			fn: f$7,
			argv: [h$7, "supportsFIPS"]
		}, b$7]]
	],
	results: [
		[a$7],
		[a$7, "Invalid Configuration: FIPS and custom endpoint are not supported"],
		[a$7, "Invalid Configuration: Dualstack and custom endpoint are not supported"],
		[g$7, i$7],
		["https://bedrock-agentcore-control-fips.{Region}.{PartitionResult#dualStackDnsSuffix}", i$7],
		[a$7, "FIPS and DualStack are enabled, but this partition does not support one or both"],
		["https://bedrock-agentcore-control-fips.{Region}.{PartitionResult#dnsSuffix}", i$7],
		[a$7, "FIPS is enabled but this partition does not support FIPS"],
		["https://bedrock-agentcore-control.{Region}.{PartitionResult#dualStackDnsSuffix}", i$7],
		[a$7, "DualStack is enabled but this partition does not support DualStack"],
		["https://bedrock-agentcore-control.{Region}.{PartitionResult#dnsSuffix}", i$7],
		[a$7, "Invalid Configuration: Missing Region"]
	]
};
const root$7 = 2;
const nodes$7 = new Int32Array([
	-1,
	1,
	-1,
	0,
	12,
	3,
	1,
	4,
	100000011,
	2,
	5,
	100000011,
	3,
	8,
	6,
	4,
	7,
	100000010,
	5,
	100000008,
	100000009,
	4,
	10,
	9,
	6,
	100000006,
	100000007,
	5,
	11,
	100000005,
	6,
	100000004,
	100000005,
	3,
	100000001,
	13,
	4,
	100000002,
	100000003
]);
const bdd$7 = BinaryDecisionDiagram.from(nodes$7, root$7, _data$7.conditions, _data$7.results);
// node_modules/@aws-sdk/client-bedrock-agentcore-control/dist-es/endpoint/endpointResolver.js
const cache$7 = new EndpointCache({
	size: 50,
	params: [
		"Endpoint",
		"Region",
		"UseDualStack",
		"UseFIPS"
	]
});
const defaultEndpointResolver$7 = (endpointParams, context = {}) => {
	return cache$7.get(endpointParams, () => decideEndpoint(bdd$7, {
		endpointParams,
		logger: context.logger
	}));
};
customEndpointFunctions.aws = awsEndpointFunctions;
// node_modules/@aws-sdk/client-bedrock-agentcore-control/dist-es/models/BedrockAgentCoreControlServiceException.js
var BedrockAgentCoreControlServiceException = class BedrockAgentCoreControlServiceException extends ServiceException$2 {
	constructor(options) {
		super(options);
		Object.setPrototypeOf(this, BedrockAgentCoreControlServiceException.prototype);
	}
};
// node_modules/@aws-sdk/client-bedrock-agentcore-control/dist-es/models/errors.js
var AccessDeniedException$3 = class AccessDeniedException$3 extends BedrockAgentCoreControlServiceException {
	name = "AccessDeniedException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "AccessDeniedException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, AccessDeniedException$3.prototype);
	}
};
var ConflictException$3 = class ConflictException$3 extends BedrockAgentCoreControlServiceException {
	name = "ConflictException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ConflictException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ConflictException$3.prototype);
	}
};
var InternalServerException$1 = class InternalServerException$1 extends BedrockAgentCoreControlServiceException {
	name = "InternalServerException";
	$fault = "server";
	constructor(opts) {
		super({
			name: "InternalServerException",
			$fault: "server",
			...opts
		});
		Object.setPrototypeOf(this, InternalServerException$1.prototype);
	}
};
var ResourceNotFoundException$5 = class ResourceNotFoundException$5 extends BedrockAgentCoreControlServiceException {
	name = "ResourceNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ResourceNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ResourceNotFoundException$5.prototype);
	}
};
var ServiceQuotaExceededException$3 = class ServiceQuotaExceededException$3 extends BedrockAgentCoreControlServiceException {
	name = "ServiceQuotaExceededException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ServiceQuotaExceededException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ServiceQuotaExceededException$3.prototype);
	}
};
var ThrottlingException$2 = class ThrottlingException$2 extends BedrockAgentCoreControlServiceException {
	name = "ThrottlingException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ThrottlingException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ThrottlingException$2.prototype);
	}
};
var ValidationException$3 = class ValidationException$3 extends BedrockAgentCoreControlServiceException {
	name = "ValidationException";
	$fault = "client";
	reason;
	fieldList;
	constructor(opts) {
		super({
			name: "ValidationException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ValidationException$3.prototype);
		this.reason = opts.reason;
		this.fieldList = opts.fieldList;
	}
};
var DecryptionFailure = class DecryptionFailure extends BedrockAgentCoreControlServiceException {
	name = "DecryptionFailure";
	$fault = "client";
	constructor(opts) {
		super({
			name: "DecryptionFailure",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, DecryptionFailure.prototype);
	}
};
var EncryptionFailure = class EncryptionFailure extends BedrockAgentCoreControlServiceException {
	name = "EncryptionFailure";
	$fault = "client";
	constructor(opts) {
		super({
			name: "EncryptionFailure",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, EncryptionFailure.prototype);
	}
};
var ResourceLimitExceededException$1 = class ResourceLimitExceededException$1 extends BedrockAgentCoreControlServiceException {
	name = "ResourceLimitExceededException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ResourceLimitExceededException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ResourceLimitExceededException$1.prototype);
	}
};
var UnauthorizedException = class UnauthorizedException extends BedrockAgentCoreControlServiceException {
	name = "UnauthorizedException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "UnauthorizedException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, UnauthorizedException.prototype);
	}
};
var RetryableConflictException = class RetryableConflictException extends BedrockAgentCoreControlServiceException {
	name = "RetryableConflictException";
	$fault = "client";
	$retryable = {};
	constructor(opts) {
		super({
			name: "RetryableConflictException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, RetryableConflictException.prototype);
	}
};
var ServiceException$1 = class ServiceException$1 extends BedrockAgentCoreControlServiceException {
	name = "ServiceException";
	$fault = "server";
	$retryable = {};
	constructor(opts) {
		super({
			name: "ServiceException",
			$fault: "server",
			...opts
		});
		Object.setPrototypeOf(this, ServiceException$1.prototype);
	}
};
var ThrottledException = class ThrottledException extends BedrockAgentCoreControlServiceException {
	name = "ThrottledException";
	$fault = "client";
	$retryable = {};
	constructor(opts) {
		super({
			name: "ThrottledException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ThrottledException.prototype);
	}
};
var SubscriptionRequiredException = class SubscriptionRequiredException extends BedrockAgentCoreControlServiceException {
	name = "SubscriptionRequiredException";
	$fault = "client";
	subscriptionUrl;
	productName;
	constructor(opts) {
		super({
			name: "SubscriptionRequiredException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, SubscriptionRequiredException.prototype);
		this.subscriptionUrl = opts.subscriptionUrl;
		this.productName = opts.productName;
	}
};
var ConcurrentModificationException = class ConcurrentModificationException extends BedrockAgentCoreControlServiceException {
	name = "ConcurrentModificationException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ConcurrentModificationException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ConcurrentModificationException.prototype);
	}
};
// node_modules/@aws-sdk/client-bedrock-agentcore-control/dist-es/schemas/schemas_0.js
const _ACMVT = "AuthorizingClaimMatchValueType";
const _ACu = "AuthorizerConfiguration";
const _ADE$3 = "AccessDeniedException";
const _ARA = "AgentRuntimeArtifact";
const _AWC = "AllowedWorkloadConfiguration";
const _CCVT = "CustomClaimValidationType";
const _CCVTu = "CustomClaimValidationsType";
const _CCo = "CodeConfiguration";
const _CCont = "ContainerConfiguration";
const _CE$3 = "ConflictException";
const _CJWTAC = "CustomJWTAuthorizerConfiguration";
const _CME = "ConcurrentModificationException";
const _CMVT = "ClaimMatchValueType";
const _CPC$1 = "CapacityProviderConfiguration";
const _CPVC = "CapacityProviderVolumeConfiguration";
const _Cod$1 = "Code";
const _DF = "DecryptionFailure";
const _De$2 = "Description";
const _EAPC = "EfsAccessPointConfiguration";
const _EF$1 = "EncryptionFailure";
const _EN = "EndpointName";
const _EVM = "EnvironmentVariablesMap";
const _FC$2 = "FilesystemConfigurations";
const _FCi = "FilesystemConfiguration";
const _GAR$1 = "GetAgentRuntime";
const _GARE = "GetAgentRuntimeEndpoint";
const _GARER = "GetAgentRuntimeEndpointRequest";
const _GARERe = "GetAgentRuntimeEndpointResponse";
const _GARR = "GetAgentRuntimeRequest";
const _GARRe = "GetAgentRuntimeResponse";
const _HELT = "HostingEnvironmentListType";
const _HEo = "HostingEnvironment";
const _ISE$4 = "InternalServerException";
const _LC$2 = "LifecycleConfiguration";
const _MVR = "ManagedVpcResource";
const _NC$1 = "NetworkConfiguration";
const _PCr$1 = "ProtocolConfiguration";
const _PEO = "PrivateEndpointOverride";
const _PEOr = "PrivateEndpointOverrides";
const _PEr = "PrivateEndpoint";
const _RCE$1 = "RetryableConflictException";
const _RHC = "RequestHeaderConfiguration";
const _RLEE$1 = "ResourceLimitExceededException";
const _RMC = "RuntimeMetadataConfiguration";
const _RNFE$6 = "ResourceNotFoundException";
const _SE$3 = "ServiceException";
const _SFAPC = "S3FilesAccessPointConfiguration";
const _SL$1 = "S3Location";
const _SMLR = "SelfManagedLatticeResource";
const _SQEE$3 = "ServiceQuotaExceededException";
const _SRE = "SubscriptionRequiredException";
const _SSC = "SessionStorageConfiguration";
const _TE$4 = "ThrottledException";
const _TEh = "ThrottlingException";
const _UARE = "UpdateAgentRuntimeEndpoint";
const _UARER = "UpdateAgentRuntimeEndpointRequest";
const _UARERp = "UpdateAgentRuntimeEndpointResponse";
const _UE = "UnauthorizedException";
const _VC$1 = "VpcConfig";
const _VE$3 = "ValidationException";
const _VEF = "ValidationExceptionField";
const _VEFL = "ValidationExceptionFieldList";
const _WID = "WorkloadIdentityDetails";
const _aAl = "allowedAudience";
const _aCMV = "authorizingClaimMatchValue";
const _aCl = "allowedClients";
const _aCu$1 = "authorizerConfiguration";
const _aPA$1 = "accessPointArn";
const _aRA = "agentRuntimeArn";
const _aRAg = "agentRuntimeArtifact";
const _aREA = "agentRuntimeEndpointArn";
const _aRI = "agentRuntimeId";
const _aRN = "agentRuntimeName";
const _aRV = "agentRuntimeVersion";
const _aS = "allowedScopes";
const _aSM = "advertisedScopeMapping";
const _aWC = "allowedWorkloadConfiguration";
const _ar$1 = "arn";
const _bu = "bucket";
const _c$6 = "client";
const _cA$1 = "createdAt";
const _cCod = "codeConfiguration";
const _cCon$1 = "containerConfiguration";
const _cCu = "customClaims";
const _cJWTA = "customJWTAuthorizer";
const _cMO = "claimMatchOperator";
const _cMV = "claimMatchValue";
const _cPAa = "capacityProviderArn";
const _cPC = "capacityProviderConfiguration";
const _cPVa = "capacityProviderVolume";
const _cT = "clientToken";
const _cU = "containerUri";
const _co$1 = "code";
const _d$2 = "description";
const _dU = "discoveryUrl";
const _do$1 = "domain";
const _e$6 = "error";
const _eAP = "efsAccessPoint";
const _eIAT = "endpointIpAddressType";
const _eN = "endpointName";
const _eP$1 = "entryPoint";
const _eV = "environmentVariables";
const _fC$1 = "filesystemConfigurations";
const _fL = "fieldList";
const _fR = "failureReason";
const _hE$5 = "httpError";
const _hEo = "hostingEnvironments";
const _hQ$1 = "httpQuery";
const _ht = "http";
const _i$1 = "id";
const _iRST = "idleRuntimeSessionTimeout";
const _iTCN = "inboundTokenClaimName";
const _iTCVT = "inboundTokenClaimValueType";
const _lC$1 = "lifecycleConfiguration";
const _lUA = "lastUpdatedAt";
const _lV = "liveVersion";
const _m$5 = "message";
const _mC$1 = "metadataConfiguration";
const _mL = "maxLifetime";
const _mP$1 = "mountPath";
const _mVR = "managedVpcResource";
const _mVS = "matchValueString";
const _mVSL = "matchValueStringList";
const _n$2 = "name";
const _nC$1 = "networkConfiguration";
const _nM$1 = "networkMode";
const _nMC = "networkModeConfig";
const _pC = "protocolConfiguration";
const _pE = "privateEndpoint";
const _pEO = "privateEndpointOverrides";
const _pN$1 = "productName";
const _pVl = "platformVersion";
const _pre = "prefix";
const _r$1 = "reason";
const _rA$1 = "roleArn";
const _rCI = "resourceConfigurationIdentifier";
const _rDo = "routingDomain";
const _rHA = "requestHeaderAllowlist";
const _rHC = "requestHeaderConfiguration";
const _rMMDSV = "requireMMDSV2";
const _rSSE = "requireServiceS3Endpoint";
const _ru$1 = "runtime";
const _s$7 = "smithy.ts.sdk.synthetic.com.amazonaws.bedrockagentcorecontrol";
const _sFAP = "s3FilesAccessPoint";
const _sG$1 = "securityGroups";
const _sGI$1 = "securityGroupIds";
const _sIu = "subnetIds";
const _sMLR = "selfManagedLatticeResource";
const _sPe = "serverProtocol";
const _sSe = "sessionStorage";
const _sU$1 = "subscriptionUrl";
const _s_ = "s3";
const _se$6 = "server";
const _st$2 = "status";
const _su$1 = "subnets";
const _tV$1 = "targetVersion";
const _ta$1 = "tags";
const _vI = "versionId";
const _vIp = "vpcIdentifier";
const _vN = "volumeName";
const _ve$1 = "version";
const _wI = "workloadIdentities";
const _wIA = "workloadIdentityArn";
const _wID = "workloadIdentityDetails";
const n0$7 = "com.amazonaws.bedrockagentcorecontrol";
const _s_registry$7 = new TypeRegistry(_s$7);
var BedrockAgentCoreControlServiceException$ = [
	-3,
	_s$7,
	"BedrockAgentCoreControlServiceException",
	0,
	[],
	[]
];
_s_registry$7.registerError(BedrockAgentCoreControlServiceException$, BedrockAgentCoreControlServiceException);
const n0_registry$6 = new TypeRegistry(n0$7);
var AccessDeniedException$$3 = [
	-3,
	n0$7,
	_ADE$3,
	{
		[_e$6]: _c$6,
		[_hE$5]: 403
	},
	[_m$5],
	[0]
];
n0_registry$6.registerError(AccessDeniedException$$3, AccessDeniedException$3);
var ConcurrentModificationException$ = [
	-3,
	n0$7,
	_CME,
	{
		[_e$6]: _c$6,
		[_hE$5]: 409
	},
	[_m$5],
	[0],
	1
];
n0_registry$6.registerError(ConcurrentModificationException$, ConcurrentModificationException);
var ConflictException$$3 = [
	-3,
	n0$7,
	_CE$3,
	{
		[_e$6]: _c$6,
		[_hE$5]: 409
	},
	[_m$5],
	[0]
];
n0_registry$6.registerError(ConflictException$$3, ConflictException$3);
var DecryptionFailure$ = [
	-3,
	n0$7,
	_DF,
	{
		[_e$6]: _c$6,
		[_hE$5]: 400
	},
	[_m$5],
	[0],
	1
];
n0_registry$6.registerError(DecryptionFailure$, DecryptionFailure);
var EncryptionFailure$ = [
	-3,
	n0$7,
	_EF$1,
	{
		[_e$6]: _c$6,
		[_hE$5]: 400
	},
	[_m$5],
	[0],
	1
];
n0_registry$6.registerError(EncryptionFailure$, EncryptionFailure);
var InternalServerException$$1 = [
	-3,
	n0$7,
	_ISE$4,
	{
		[_e$6]: _se$6,
		[_hE$5]: 500
	},
	[_m$5],
	[0]
];
n0_registry$6.registerError(InternalServerException$$1, InternalServerException$1);
var ResourceLimitExceededException$$1 = [
	-3,
	n0$7,
	_RLEE$1,
	{
		[_e$6]: _c$6,
		[_hE$5]: 400
	},
	[_m$5],
	[0]
];
n0_registry$6.registerError(ResourceLimitExceededException$$1, ResourceLimitExceededException$1);
var ResourceNotFoundException$$5 = [
	-3,
	n0$7,
	_RNFE$6,
	{
		[_e$6]: _c$6,
		[_hE$5]: 404
	},
	[_m$5],
	[0]
];
n0_registry$6.registerError(ResourceNotFoundException$$5, ResourceNotFoundException$5);
var RetryableConflictException$ = [
	-3,
	n0$7,
	_RCE$1,
	{
		[_e$6]: _c$6,
		[_hE$5]: 409
	},
	[_m$5],
	[0],
	1
];
n0_registry$6.registerError(RetryableConflictException$, RetryableConflictException);
var ServiceException$$1 = [
	-3,
	n0$7,
	_SE$3,
	{
		[_e$6]: _se$6,
		[_hE$5]: 500
	},
	[_m$5],
	[0]
];
n0_registry$6.registerError(ServiceException$$1, ServiceException$1);
var ServiceQuotaExceededException$$3 = [
	-3,
	n0$7,
	_SQEE$3,
	{
		[_e$6]: _c$6,
		[_hE$5]: 402
	},
	[_m$5],
	[0]
];
n0_registry$6.registerError(ServiceQuotaExceededException$$3, ServiceQuotaExceededException$3);
var SubscriptionRequiredException$ = [
	-3,
	n0$7,
	_SRE,
	{
		[_e$6]: _c$6,
		[_hE$5]: 403
	},
	[
		_m$5,
		_sU$1,
		_pN$1
	],
	[
		0,
		0,
		0
	],
	1
];
n0_registry$6.registerError(SubscriptionRequiredException$, SubscriptionRequiredException);
var ThrottledException$ = [
	-3,
	n0$7,
	_TE$4,
	{
		[_e$6]: _c$6,
		[_hE$5]: 429
	},
	[_m$5],
	[0]
];
n0_registry$6.registerError(ThrottledException$, ThrottledException);
var ThrottlingException$$2 = [
	-3,
	n0$7,
	_TEh,
	{
		[_e$6]: _c$6,
		[_hE$5]: 429
	},
	[_m$5],
	[0]
];
n0_registry$6.registerError(ThrottlingException$$2, ThrottlingException$2);
var UnauthorizedException$ = [
	-3,
	n0$7,
	_UE,
	{
		[_e$6]: _c$6,
		[_hE$5]: 401
	},
	[_m$5],
	[0]
];
n0_registry$6.registerError(UnauthorizedException$, UnauthorizedException);
var ValidationException$$3 = [
	-3,
	n0$7,
	_VE$3,
	{
		[_e$6]: _c$6,
		[_hE$5]: 400
	},
	[
		_m$5,
		_r$1,
		_fL
	],
	[
		0,
		0,
		() => ValidationExceptionFieldList
	],
	2
];
n0_registry$6.registerError(ValidationException$$3, ValidationException$3);
const errorTypeRegistries$7 = [_s_registry$7, n0_registry$6];
var Description = [
	0,
	n0$7,
	_De$2,
	8,
	0
];
var EndpointName = [
	0,
	n0$7,
	_EN,
	8,
	0
];
var AllowedWorkloadConfiguration$ = [
	3,
	n0$7,
	_AWC,
	0,
	[_hEo, _wI],
	[() => HostingEnvironmentListType, 64]
];
var AuthorizingClaimMatchValueType$ = [
	3,
	n0$7,
	_ACMVT,
	0,
	[_cMV, _cMO],
	[() => ClaimMatchValueType$, 0],
	2
];
var CapacityProviderConfiguration$ = [
	3,
	n0$7,
	_CPC$1,
	0,
	[_cPAa],
	[0],
	1
];
var CapacityProviderVolumeConfiguration$ = [
	3,
	n0$7,
	_CPVC,
	0,
	[_vN, _mP$1],
	[0, 0],
	2
];
var CodeConfiguration$ = [
	3,
	n0$7,
	_CCo,
	0,
	[
		_co$1,
		_ru$1,
		_eP$1
	],
	[
		() => Code$,
		0,
		64
	],
	3
];
var ContainerConfiguration$ = [
	3,
	n0$7,
	_CCont,
	0,
	[_cU],
	[0],
	1
];
var CustomClaimValidationType$ = [
	3,
	n0$7,
	_CCVT,
	0,
	[
		_iTCN,
		_iTCVT,
		_aCMV
	],
	[
		0,
		0,
		() => AuthorizingClaimMatchValueType$
	],
	3
];
var CustomJWTAuthorizerConfiguration$ = [
	3,
	n0$7,
	_CJWTAC,
	0,
	[
		_dU,
		_aAl,
		_aCl,
		_aS,
		_aSM,
		_cCu,
		_pE,
		_pEO,
		_aWC
	],
	[
		0,
		64,
		64,
		64,
		128,
		() => CustomClaimValidationsType,
		() => PrivateEndpoint$,
		() => PrivateEndpointOverrides,
		() => AllowedWorkloadConfiguration$
	],
	1
];
var EfsAccessPointConfiguration$ = [
	3,
	n0$7,
	_EAPC,
	0,
	[_aPA$1, _mP$1],
	[0, 0],
	2
];
var GetAgentRuntimeEndpointRequest$ = [
	3,
	n0$7,
	_GARER,
	0,
	[_aRI, _eN],
	[[0, 1], [() => EndpointName, 1]],
	2
];
var GetAgentRuntimeEndpointResponse$ = [
	3,
	n0$7,
	_GARERe,
	0,
	[
		_aREA,
		_aRA,
		_st$2,
		_cA$1,
		_lUA,
		_n$2,
		_i$1,
		_lV,
		_tV$1,
		_d$2,
		_fR
	],
	[
		0,
		0,
		0,
		5,
		5,
		[() => EndpointName, 0],
		0,
		0,
		0,
		0,
		0
	],
	7
];
var GetAgentRuntimeRequest$ = [
	3,
	n0$7,
	_GARR,
	0,
	[_aRI, _aRV],
	[[0, 1], [0, { [_hQ$1]: _ve$1 }]],
	1
];
var GetAgentRuntimeResponse$ = [
	3,
	n0$7,
	_GARRe,
	0,
	[
		_aRA,
		_aRN,
		_aRI,
		_aRV,
		_cA$1,
		_lUA,
		_rA$1,
		_st$2,
		_lC$1,
		_nC$1,
		_fR,
		_d$2,
		_wID,
		_aRAg,
		_pC,
		_eV,
		_aCu$1,
		_rHC,
		_mC$1,
		_fC$1,
		_cPC,
		_pVl
	],
	[
		0,
		0,
		0,
		0,
		5,
		5,
		0,
		0,
		() => LifecycleConfiguration$,
		() => NetworkConfiguration$$1,
		0,
		[() => Description, 0],
		() => WorkloadIdentityDetails$,
		() => AgentRuntimeArtifact$,
		() => ProtocolConfiguration$,
		[() => EnvironmentVariablesMap, 0],
		() => AuthorizerConfiguration$,
		() => RequestHeaderConfiguration$,
		() => RuntimeMetadataConfiguration$,
		() => FilesystemConfigurations,
		() => CapacityProviderConfiguration$,
		0
	],
	9
];
var HostingEnvironment$ = [
	3,
	n0$7,
	_HEo,
	0,
	[_ar$1],
	[0],
	1
];
var LifecycleConfiguration$ = [
	3,
	n0$7,
	_LC$2,
	0,
	[_iRST, _mL],
	[1, 1]
];
var ManagedVpcResource$ = [
	3,
	n0$7,
	_MVR,
	0,
	[
		_vIp,
		_sIu,
		_eIAT,
		_sGI$1,
		_ta$1,
		_rDo
	],
	[
		0,
		64,
		0,
		64,
		128,
		0
	],
	3
];
var NetworkConfiguration$$1 = [
	3,
	n0$7,
	_NC$1,
	0,
	[_nM$1, _nMC],
	[0, () => VpcConfig$],
	1
];
var PrivateEndpointOverride$ = [
	3,
	n0$7,
	_PEO,
	0,
	[_do$1, _pE],
	[0, () => PrivateEndpoint$],
	2
];
var ProtocolConfiguration$ = [
	3,
	n0$7,
	_PCr$1,
	0,
	[_sPe],
	[0],
	1
];
var RuntimeMetadataConfiguration$ = [
	3,
	n0$7,
	_RMC,
	0,
	[_rMMDSV],
	[2],
	1
];
var S3FilesAccessPointConfiguration$ = [
	3,
	n0$7,
	_SFAPC,
	0,
	[_aPA$1, _mP$1],
	[0, 0],
	2
];
var S3Location$ = [
	3,
	n0$7,
	_SL$1,
	0,
	[
		_bu,
		_pre,
		_vI
	],
	[
		0,
		0,
		0
	],
	2
];
var SessionStorageConfiguration$ = [
	3,
	n0$7,
	_SSC,
	0,
	[_mP$1],
	[0],
	1
];
var UpdateAgentRuntimeEndpointRequest$ = [
	3,
	n0$7,
	_UARER,
	0,
	[
		_aRI,
		_eN,
		_aRV,
		_d$2,
		_cT
	],
	[
		[0, 1],
		[() => EndpointName, 1],
		0,
		0,
		[0, 4]
	],
	2
];
var UpdateAgentRuntimeEndpointResponse$ = [
	3,
	n0$7,
	_UARERp,
	0,
	[
		_aREA,
		_aRA,
		_st$2,
		_cA$1,
		_lUA,
		_lV,
		_tV$1
	],
	[
		0,
		0,
		0,
		5,
		5,
		0,
		0
	],
	5
];
var ValidationExceptionField$ = [
	3,
	n0$7,
	_VEF,
	0,
	[_n$2, _m$5],
	[0, 0],
	2
];
var VpcConfig$ = [
	3,
	n0$7,
	_VC$1,
	0,
	[
		_sG$1,
		_su$1,
		_rSSE
	],
	[
		64,
		64,
		2
	],
	2
];
var WorkloadIdentityDetails$ = [
	3,
	n0$7,
	_WID,
	0,
	[_wIA],
	[0],
	1
];
var CustomClaimValidationsType = [
	1,
	n0$7,
	_CCVTu,
	0,
	() => CustomClaimValidationType$
];
var FilesystemConfigurations = [
	1,
	n0$7,
	_FC$2,
	0,
	() => FilesystemConfiguration$
];
var HostingEnvironmentListType = [
	1,
	n0$7,
	_HELT,
	0,
	() => HostingEnvironment$
];
var PrivateEndpointOverrides = [
	1,
	n0$7,
	_PEOr,
	0,
	() => PrivateEndpointOverride$
];
var ValidationExceptionFieldList = [
	1,
	n0$7,
	_VEFL,
	0,
	() => ValidationExceptionField$
];
var EnvironmentVariablesMap = [
	2,
	n0$7,
	_EVM,
	8,
	0,
	0
];
var AgentRuntimeArtifact$ = [
	4,
	n0$7,
	_ARA,
	0,
	[_cCon$1, _cCod],
	[() => ContainerConfiguration$, () => CodeConfiguration$]
];
var AuthorizerConfiguration$ = [
	4,
	n0$7,
	_ACu,
	0,
	[_cJWTA],
	[() => CustomJWTAuthorizerConfiguration$]
];
var ClaimMatchValueType$ = [
	4,
	n0$7,
	_CMVT,
	0,
	[_mVS, _mVSL],
	[0, 64]
];
var Code$ = [
	4,
	n0$7,
	_Cod$1,
	0,
	[_s_],
	[() => S3Location$]
];
var FilesystemConfiguration$ = [
	4,
	n0$7,
	_FCi,
	0,
	[
		_sSe,
		_sFAP,
		_eAP,
		_cPVa
	],
	[
		() => SessionStorageConfiguration$,
		() => S3FilesAccessPointConfiguration$,
		() => EfsAccessPointConfiguration$,
		() => CapacityProviderVolumeConfiguration$
	]
];
var PrivateEndpoint$ = [
	4,
	n0$7,
	_PEr,
	0,
	[_sMLR, _mVR],
	[() => SelfManagedLatticeResource$, () => ManagedVpcResource$]
];
var RequestHeaderConfiguration$ = [
	4,
	n0$7,
	_RHC,
	0,
	[_rHA],
	[64]
];
var SelfManagedLatticeResource$ = [
	4,
	n0$7,
	_SMLR,
	0,
	[_rCI],
	[0]
];
var GetAgentRuntime$ = [
	9,
	n0$7,
	_GAR$1,
	{ [_ht]: [
		"GET",
		"/runtimes/{agentRuntimeId}/",
		200
	] },
	() => GetAgentRuntimeRequest$,
	() => GetAgentRuntimeResponse$
];
var GetAgentRuntimeEndpoint$ = [
	9,
	n0$7,
	_GARE,
	{ [_ht]: [
		"GET",
		"/runtimes/{agentRuntimeId}/runtime-endpoints/{endpointName}/",
		200
	] },
	() => GetAgentRuntimeEndpointRequest$,
	() => GetAgentRuntimeEndpointResponse$
];
var UpdateAgentRuntimeEndpoint$ = [
	9,
	n0$7,
	_UARE,
	{ [_ht]: [
		"PUT",
		"/runtimes/{agentRuntimeId}/runtime-endpoints/{endpointName}/",
		202
	] },
	() => UpdateAgentRuntimeEndpointRequest$,
	() => UpdateAgentRuntimeEndpointResponse$
];
// node_modules/@aws-sdk/client-bedrock-agentcore-control/dist-es/runtimeConfig.shared.js
const getRuntimeConfig$15 = (config) => {
	return {
		apiVersion: "2023-06-05",
		base64Decoder: config?.base64Decoder ?? fromBase64,
		base64Encoder: config?.base64Encoder ?? toBase64$1,
		disableHostPrefix: config?.disableHostPrefix ?? false,
		endpointProvider: config?.endpointProvider ?? defaultEndpointResolver$7,
		extensions: config?.extensions ?? [],
		httpAuthSchemeProvider: config?.httpAuthSchemeProvider ?? defaultBedrockAgentCoreControlHttpAuthSchemeProvider,
		httpAuthSchemes: config?.httpAuthSchemes ?? [{
			schemeId: "aws.auth#sigv4",
			identityProvider: (ipc) => ipc.getIdentityProvider("aws.auth#sigv4"),
			signer: new AwsSdkSigV4Signer()
		}],
		logger: config?.logger ?? new NoOpLogger(),
		protocol: config?.protocol ?? AwsRestJsonProtocol,
		protocolSettings: config?.protocolSettings ?? {
			defaultNamespace: "com.amazonaws.bedrockagentcorecontrol",
			errorTypeRegistries: errorTypeRegistries$7,
			version: "2023-06-05",
			serviceTarget: "AmazonBedrockAgentCoreControl"
		},
		serviceId: config?.serviceId ?? "Bedrock AgentCore Control",
		sha256: config?.sha256 ?? Sha256Node,
		urlParser: config?.urlParser ?? parseUrl,
		utf8Decoder: config?.utf8Decoder ?? fromUtf8$1,
		utf8Encoder: config?.utf8Encoder ?? toUtf8$1
	};
};
// node_modules/@aws-sdk/client-bedrock-agentcore-control/dist-es/runtimeConfig.js
const getRuntimeConfig$14 = (config) => {
	emitWarningIfUnsupportedVersion(process.version);
	const defaultsMode = resolveDefaultsModeConfig(config);
	const defaultConfigProvider = () => defaultsMode().then(loadConfigsForDefaultMode);
	const clientSharedValues = getRuntimeConfig$15(config);
	emitWarningIfUnsupportedVersion$1(process.version);
	const loaderConfig = {
		profile: config?.profile,
		logger: clientSharedValues.logger
	};
	return {
		...clientSharedValues,
		...config,
		runtime: "node",
		defaultsMode,
		authSchemePreference: config?.authSchemePreference ?? loadConfig(NODE_AUTH_SCHEME_PREFERENCE_OPTIONS, loaderConfig),
		bodyLengthChecker: config?.bodyLengthChecker ?? calculateBodyLength,
		credentialDefaultProvider: config?.credentialDefaultProvider ?? defaultProvider,
		defaultUserAgentProvider: config?.defaultUserAgentProvider ?? createDefaultUserAgentProvider({
			serviceId: clientSharedValues.serviceId,
			clientVersion: version$7
		}),
		maxAttempts: config?.maxAttempts ?? loadConfig(NODE_MAX_ATTEMPT_CONFIG_OPTIONS, config),
		region: config?.region ?? loadConfig(NODE_REGION_CONFIG_OPTIONS, {
			...NODE_REGION_CONFIG_FILE_OPTIONS,
			...loaderConfig
		}),
		requestHandler: NodeHttpHandler.create(config?.requestHandler ?? defaultConfigProvider),
		retryMode: config?.retryMode ?? loadConfig({
			...NODE_RETRY_MODE_CONFIG_OPTIONS,
			default: async () => (await defaultConfigProvider()).retryMode || DEFAULT_RETRY_MODE
		}, config),
		streamCollector: config?.streamCollector ?? streamCollector,
		useDualstackEndpoint: config?.useDualstackEndpoint ?? loadConfig(NODE_USE_DUALSTACK_ENDPOINT_CONFIG_OPTIONS, loaderConfig),
		useFipsEndpoint: config?.useFipsEndpoint ?? loadConfig(NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS, loaderConfig),
		userAgentAppId: config?.userAgentAppId ?? loadConfig(NODE_APP_ID_CONFIG_OPTIONS, loaderConfig)
	};
};
// node_modules/@aws-sdk/client-bedrock-agentcore-control/dist-es/auth/httpAuthExtensionConfiguration.js
const getHttpAuthExtensionConfiguration$7 = (runtimeConfig) => {
	const _httpAuthSchemes = runtimeConfig.httpAuthSchemes;
	let _httpAuthSchemeProvider = runtimeConfig.httpAuthSchemeProvider;
	let _credentials = runtimeConfig.credentials;
	return {
		setHttpAuthScheme(httpAuthScheme) {
			const index = _httpAuthSchemes.findIndex((scheme) => scheme.schemeId === httpAuthScheme.schemeId);
			if (index === -1) _httpAuthSchemes.push(httpAuthScheme);
			else _httpAuthSchemes.splice(index, 1, httpAuthScheme);
		},
		httpAuthSchemes() {
			return _httpAuthSchemes;
		},
		setHttpAuthSchemeProvider(httpAuthSchemeProvider) {
			_httpAuthSchemeProvider = httpAuthSchemeProvider;
		},
		httpAuthSchemeProvider() {
			return _httpAuthSchemeProvider;
		},
		setCredentials(credentials) {
			_credentials = credentials;
		},
		credentials() {
			return _credentials;
		}
	};
};
const resolveHttpAuthRuntimeConfig$7 = (config) => {
	return {
		httpAuthSchemes: config.httpAuthSchemes(),
		httpAuthSchemeProvider: config.httpAuthSchemeProvider(),
		credentials: config.credentials()
	};
};
// node_modules/@aws-sdk/client-bedrock-agentcore-control/dist-es/runtimeExtensions.js
const resolveRuntimeExtensions$7 = (runtimeConfig, extensions) => {
	const extensionConfiguration = Object.assign(getAwsRegionExtensionConfiguration(runtimeConfig), getDefaultExtensionConfiguration(runtimeConfig), getHttpHandlerExtensionConfiguration(runtimeConfig), getHttpAuthExtensionConfiguration$7(runtimeConfig));
	extensions.forEach((extension) => extension.configure(extensionConfiguration));
	return Object.assign(runtimeConfig, resolveAwsRegionExtensionConfiguration(extensionConfiguration), resolveDefaultRuntimeConfig(extensionConfiguration), resolveHttpHandlerRuntimeConfig(extensionConfiguration), resolveHttpAuthRuntimeConfig$7(extensionConfiguration));
};
// node_modules/@aws-sdk/client-bedrock-agentcore-control/dist-es/BedrockAgentCoreControlClient.js
var BedrockAgentCoreControlClient = class extends Client {
	config;
	constructor(...[configuration]) {
		const _config_0 = getRuntimeConfig$14(configuration || {});
		super(_config_0);
		this.initConfig = _config_0;
		const _config_2 = resolveUserAgentConfig(resolveClientEndpointParameters$7(_config_0));
		const _config_3 = resolveRetryConfig(_config_2);
		const _config_5 = resolveHostHeaderConfig(resolveRegionConfig(_config_3));
		const _config_6 = resolveEndpointConfig(_config_5);
		const _config_7 = resolveHttpAuthSchemeConfig$7(_config_6);
		const _config_8 = resolveRuntimeExtensions$7(_config_7, configuration?.extensions || []);
		this.config = _config_8;
		this.middlewareStack.use(getSchemaSerdePlugin(this.config));
		this.middlewareStack.use(getUserAgentPlugin(this.config));
		this.middlewareStack.use(getRetryPlugin(this.config));
		this.middlewareStack.use(getContentLengthPlugin(this.config));
		this.middlewareStack.use(getHostHeaderPlugin(this.config));
		this.middlewareStack.use(getLoggerPlugin(this.config));
		this.middlewareStack.use(getRecursionDetectionPlugin(this.config));
		this.middlewareStack.use(getHttpAuthSchemeEndpointRuleSetPlugin(this.config, {
			httpAuthSchemeParametersProvider: defaultBedrockAgentCoreControlHttpAuthSchemeParametersProvider,
			identityProviderConfigProvider: async (config) => new DefaultIdentityProviderConfig({ "aws.auth#sigv4": config.credentials })
		}));
		this.middlewareStack.use(getHttpSigningPlugin(this.config));
	}
	destroy() {
		super.destroy();
	}
};
// node_modules/@aws-sdk/client-bedrock-agentcore-control/dist-es/commandBuilder.js
const command$7 = makeBuilder(commonParams$7, "AmazonBedrockAgentCoreControl", "BedrockAgentCoreControlClient", getEndpointPlugin);
const _ep0$7 = {};
const _mw0$7 = (Command, cs, config, o) => [];
// node_modules/@aws-sdk/client-bedrock-agentcore-control/dist-es/commands/GetAgentRuntimeCommand.js
var GetAgentRuntimeCommand = class extends command$7(_ep0$7, _mw0$7, "GetAgentRuntime", GetAgentRuntime$) {};
// node_modules/@aws-sdk/client-bedrock-agentcore-control/dist-es/commands/GetAgentRuntimeEndpointCommand.js
var GetAgentRuntimeEndpointCommand = class extends command$7(_ep0$7, _mw0$7, "GetAgentRuntimeEndpoint", GetAgentRuntimeEndpoint$) {};
// node_modules/@aws-sdk/client-bedrock-agentcore-control/dist-es/commands/UpdateAgentRuntimeEndpointCommand.js
var UpdateAgentRuntimeEndpointCommand = class extends command$7(_ep0$7, _mw0$7, "UpdateAgentRuntimeEndpoint", UpdateAgentRuntimeEndpoint$) {};
// node_modules/@aws-sdk/client-cloudwatch-logs/dist-es/auth/httpAuthSchemeProvider.js
const defaultCloudWatchLogsHttpAuthSchemeParametersProvider = async (config, context, input) => {
	return {
		operation: getSmithyContext(context).operation,
		region: await normalizeProvider$1(config.region)() || (() => {
			throw new Error("expected `region` to be configured for `aws.auth#sigv4`");
		})()
	};
};
function createAwsAuthSigv4HttpAuthOption$6(authParameters) {
	return {
		schemeId: "aws.auth#sigv4",
		signingProperties: {
			name: "logs",
			region: authParameters.region
		},
		propertiesExtractor: (config, context) => ({ signingProperties: {
			config,
			context
		} })
	};
}
const defaultCloudWatchLogsHttpAuthSchemeProvider = (authParameters) => {
	const options = [];
	switch (authParameters.operation) {
		default: options.push(createAwsAuthSigv4HttpAuthOption$6(authParameters));
	}
	return options;
};
const resolveHttpAuthSchemeConfig$6 = (config) => {
	const config_0 = resolveAwsSdkSigV4Config(config);
	return Object.assign(config_0, { authSchemePreference: normalizeProvider$1(config.authSchemePreference ?? []) });
};
// node_modules/@aws-sdk/client-cloudwatch-logs/dist-es/endpoint/EndpointParameters.js
const resolveClientEndpointParameters$6 = (options) => {
	return Object.assign(options, {
		useDualstackEndpoint: options.useDualstackEndpoint ?? false,
		useFipsEndpoint: options.useFipsEndpoint ?? false,
		defaultSigningName: "logs"
	});
};
const commonParams$6 = {
	UseFIPS: {
		type: "builtInParams",
		name: "useFipsEndpoint"
	},
	Endpoint: {
		type: "builtInParams",
		name: "endpoint"
	},
	Region: {
		type: "builtInParams",
		name: "region"
	},
	UseDualStack: {
		type: "builtInParams",
		name: "useDualstackEndpoint"
	}
};
// node_modules/@aws-sdk/client-cloudwatch-logs/package.json
var version$6 = "3.1169.0";
// node_modules/@aws-sdk/client-cloudwatch-logs/dist-es/endpoint/bdd.js
const m$1 = "ref";
const a$6 = -1;
const b$6 = true;
const c$6 = "isSet";
const d$6 = "PartitionResult";
const e$6 = "booleanEquals";
const f$6 = "getAttr";
const g$6 = "stringEquals";
const h$6 = { [m$1]: "Endpoint" };
const i$6 = { [m$1]: d$6 };
const j$6 = { [m$1]: "Region" };
const k$6 = {};
const l$1 = [j$6];
const _data$6 = {
	conditions: [
		[c$6, [h$6]],
		[c$6, l$1],
		[
			"aws.partition",
			l$1,
			d$6
		],
		[e$6, [{ [m$1]: "UseFIPS" }, b$6]],
		[e$6, [{ [m$1]: "UseDualStack" }, b$6]],
		[e$6, [{
			fn: f$6,
			argv: [i$6, "supportsDualStack"]
		}, b$6]],
		[e$6, [{
			fn: f$6,
			argv: [i$6, "supportsFIPS"]
		}, b$6]],
		[g$6, [j$6, "us-gov-east-1"]],
		[g$6, [j$6, "us-gov-west-1"]]
	],
	results: [
		[a$6],
		[a$6, "Invalid Configuration: FIPS and custom endpoint are not supported"],
		[a$6, "Invalid Configuration: Dualstack and custom endpoint are not supported"],
		[h$6, k$6],
		["https://logs-fips.{Region}.{PartitionResult#dualStackDnsSuffix}", k$6],
		[a$6, "FIPS and DualStack are enabled, but this partition does not support one or both"],
		["https://logs.us-gov-east-1.amazonaws.com", k$6],
		["https://logs.us-gov-west-1.amazonaws.com", k$6],
		["https://logs-fips.{Region}.{PartitionResult#dnsSuffix}", k$6],
		[a$6, "FIPS is enabled but this partition does not support FIPS"],
		["https://logs.{Region}.{PartitionResult#dualStackDnsSuffix}", k$6],
		[a$6, "DualStack is enabled but this partition does not support DualStack"],
		["https://logs.{Region}.{PartitionResult#dnsSuffix}", k$6],
		[a$6, "Invalid Configuration: Missing Region"]
	]
};
const root$6 = 2;
const nodes$6 = new Int32Array([
	-1,
	1,
	-1,
	0,
	14,
	3,
	1,
	4,
	100000013,
	2,
	5,
	100000013,
	3,
	8,
	6,
	4,
	7,
	100000012,
	5,
	100000010,
	100000011,
	4,
	12,
	9,
	6,
	10,
	100000009,
	7,
	100000006,
	11,
	8,
	100000007,
	100000008,
	5,
	13,
	100000005,
	6,
	100000004,
	100000005,
	3,
	100000001,
	15,
	4,
	100000002,
	100000003
]);
const bdd$6 = BinaryDecisionDiagram.from(nodes$6, root$6, _data$6.conditions, _data$6.results);
// node_modules/@aws-sdk/client-cloudwatch-logs/dist-es/endpoint/endpointResolver.js
const cache$6 = new EndpointCache({
	size: 50,
	params: [
		"Endpoint",
		"Region",
		"UseDualStack",
		"UseFIPS"
	]
});
const defaultEndpointResolver$6 = (endpointParams, context = {}) => {
	return cache$6.get(endpointParams, () => decideEndpoint(bdd$6, {
		endpointParams,
		logger: context.logger
	}));
};
customEndpointFunctions.aws = awsEndpointFunctions;
// node_modules/@aws-sdk/client-cloudwatch-logs/dist-es/models/CloudWatchLogsServiceException.js
var CloudWatchLogsServiceException = class CloudWatchLogsServiceException extends ServiceException$2 {
	static shapeId = "smithy.ts.sdk.synthetic.com.amazonaws.cloudwatchlogs#CloudWatchLogsServiceException";
	constructor(options) {
		super(options);
		Object.setPrototypeOf(this, CloudWatchLogsServiceException.prototype);
	}
};
// node_modules/@aws-sdk/client-cloudwatch-logs/dist-es/models/errors.js
var AccessDeniedException$2 = class AccessDeniedException$2 extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#AccessDeniedException";
	name = "AccessDeniedException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "AccessDeniedException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, AccessDeniedException$2.prototype);
	}
};
var InvalidParameterException$2 = class InvalidParameterException$2 extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#InvalidParameterException";
	name = "InvalidParameterException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "InvalidParameterException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidParameterException$2.prototype);
	}
};
var OperationAbortedException = class OperationAbortedException extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#OperationAbortedException";
	name = "OperationAbortedException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "OperationAbortedException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, OperationAbortedException.prototype);
	}
};
var ResourceNotFoundException$4 = class ResourceNotFoundException$4 extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#ResourceNotFoundException";
	name = "ResourceNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ResourceNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ResourceNotFoundException$4.prototype);
	}
};
var ServiceUnavailableException = class ServiceUnavailableException extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#ServiceUnavailableException";
	name = "ServiceUnavailableException";
	$fault = "server";
	constructor(opts) {
		super({
			name: "ServiceUnavailableException",
			$fault: "server",
			...opts
		});
		Object.setPrototypeOf(this, ServiceUnavailableException.prototype);
	}
};
var InternalServerException = class InternalServerException extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#InternalServerException";
	name = "InternalServerException";
	$fault = "server";
	constructor(opts) {
		super({
			name: "InternalServerException",
			$fault: "server",
			...opts
		});
		Object.setPrototypeOf(this, InternalServerException.prototype);
	}
};
var ThrottlingException$1 = class ThrottlingException$1 extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#ThrottlingException";
	name = "ThrottlingException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ThrottlingException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ThrottlingException$1.prototype);
	}
};
var ValidationException$2 = class ValidationException$2 extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#ValidationException";
	name = "ValidationException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ValidationException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ValidationException$2.prototype);
	}
};
var InvalidOperationException = class InvalidOperationException extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#InvalidOperationException";
	name = "InvalidOperationException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "InvalidOperationException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidOperationException.prototype);
	}
};
var ConflictException$2 = class ConflictException$2 extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#ConflictException";
	name = "ConflictException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ConflictException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ConflictException$2.prototype);
	}
};
var ServiceQuotaExceededException$2 = class ServiceQuotaExceededException$2 extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#ServiceQuotaExceededException";
	name = "ServiceQuotaExceededException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ServiceQuotaExceededException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ServiceQuotaExceededException$2.prototype);
	}
};
var LimitExceededException$2 = class LimitExceededException$2 extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#LimitExceededException";
	name = "LimitExceededException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "LimitExceededException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, LimitExceededException$2.prototype);
	}
};
var ResourceAlreadyExistsException = class ResourceAlreadyExistsException extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#ResourceAlreadyExistsException";
	name = "ResourceAlreadyExistsException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ResourceAlreadyExistsException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ResourceAlreadyExistsException.prototype);
	}
};
var DataAlreadyAcceptedException = class DataAlreadyAcceptedException extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#DataAlreadyAcceptedException";
	name = "DataAlreadyAcceptedException";
	$fault = "client";
	expectedSequenceToken;
	constructor(opts) {
		super({
			name: "DataAlreadyAcceptedException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, DataAlreadyAcceptedException.prototype);
		this.expectedSequenceToken = opts.expectedSequenceToken;
	}
};
var InternalStreamingException = class InternalStreamingException extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#InternalStreamingException";
	name = "InternalStreamingException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "InternalStreamingException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InternalStreamingException.prototype);
	}
};
var InvalidSequenceTokenException = class InvalidSequenceTokenException extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#InvalidSequenceTokenException";
	name = "InvalidSequenceTokenException";
	$fault = "client";
	expectedSequenceToken;
	constructor(opts) {
		super({
			name: "InvalidSequenceTokenException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidSequenceTokenException.prototype);
		this.expectedSequenceToken = opts.expectedSequenceToken;
	}
};
var UnrecognizedClientException = class UnrecognizedClientException extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#UnrecognizedClientException";
	name = "UnrecognizedClientException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "UnrecognizedClientException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, UnrecognizedClientException.prototype);
	}
};
var SessionStreamingException = class SessionStreamingException extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#SessionStreamingException";
	name = "SessionStreamingException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "SessionStreamingException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, SessionStreamingException.prototype);
	}
};
var SessionTimeoutException = class SessionTimeoutException extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#SessionTimeoutException";
	name = "SessionTimeoutException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "SessionTimeoutException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, SessionTimeoutException.prototype);
	}
};
var MalformedQueryException = class MalformedQueryException extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#MalformedQueryException";
	name = "MalformedQueryException";
	$fault = "client";
	queryCompileError;
	constructor(opts) {
		super({
			name: "MalformedQueryException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, MalformedQueryException.prototype);
		this.queryCompileError = opts.queryCompileError;
	}
};
var TooManyTagsException$2 = class TooManyTagsException$2 extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#TooManyTagsException";
	name = "TooManyTagsException";
	$fault = "client";
	resourceName;
	constructor(opts) {
		super({
			name: "TooManyTagsException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, TooManyTagsException$2.prototype);
		this.resourceName = opts.resourceName;
	}
};
// node_modules/@aws-sdk/client-cloudwatch-logs/dist-es/schemas/schemas_0.js
const _ADE$2 = "AccessDeniedException";
const _CE$2 = "ConflictException";
const _DAAE = "DataAlreadyAcceptedException";
const _FLE = "FilteredLogEvent";
const _FLER = "FilterLogEventsRequest";
const _FLERi = "FilterLogEventsResponse";
const _FLEi = "FilteredLogEvents";
const _FLEil = "FilterLogEvents";
const _GLE = "GetLogEvents";
const _GLER = "GetLogEventsRequest";
const _GLERe = "GetLogEventsResponse";
const _IOE$1 = "InvalidOperationException";
const _IPE$4 = "InvalidParameterException";
const _ISE$3 = "InternalServerException";
const _ISEn$1 = "InternalStreamingException";
const _ISTE = "InvalidSequenceTokenException";
const _LEE$2 = "LimitExceededException";
const _MQE = "MalformedQueryException";
const _OAE = "OperationAbortedException";
const _OLE = "OutputLogEvent";
const _OLEu = "OutputLogEvents";
const _QCE = "QueryCompileError";
const _QCEL = "QueryCompileErrorLocation";
const _RAEE$1 = "ResourceAlreadyExistsException";
const _RNFE$5 = "ResourceNotFoundException";
const _SLS = "SearchedLogStream";
const _SLSe = "SearchedLogStreams";
const _SQEE$2 = "ServiceQuotaExceededException";
const _SSE$1 = "SessionStreamingException";
const _STE = "SessionTimeoutException";
const _SUE = "ServiceUnavailableException";
const _TE$3 = "ThrottlingException";
const _TMTE$3 = "TooManyTagsException";
const _UCE$1 = "UnrecognizedClientException";
const _VE$2 = "ValidationException";
const _c$5 = "client";
const _e$5 = "error";
const _eCO = "endCharOffset";
const _eIv = "eventId";
const _eST = "expectedSequenceToken";
const _eTn = "endTime";
const _ev$1 = "events";
const _fP = "filterPattern";
const _hE$4 = "httpError";
const _iT$1 = "ingestionTime";
const _in$1 = "interleaved";
const _lGIo = "logGroupIdentifier";
const _lGN$1 = "logGroupName";
const _lSN = "logStreamName";
const _lSNP = "logStreamNamePrefix";
const _lSNo = "logStreamNames";
const _li$1 = "limit";
const _lo = "location";
const _m$4 = "message";
const _nBT = "nextBackwardToken";
const _nFT = "nextForwardToken";
const _nT$2 = "nextToken";
const _qCE = "queryCompileError";
const _rN$1 = "resourceName";
const _s$6 = "smithy.ts.sdk.synthetic.com.amazonaws.cloudwatchlogs";
const _sCO = "startCharOffset";
const _sCe = "searchedCompletely";
const _sFH = "startFromHead";
const _sLS = "searchedLogStreams";
const _sTt$1 = "startTime";
const _se$5 = "server";
const _tim = "timestamp";
const _u$1 = "unmask";
const n0$6 = "com.amazonaws.cloudwatchlogs";
const _s_registry$6 = new TypeRegistry(_s$6);
var CloudWatchLogsServiceException$ = [
	-3,
	_s$6,
	"CloudWatchLogsServiceException",
	0,
	[],
	[]
];
_s_registry$6.registerError(CloudWatchLogsServiceException$, CloudWatchLogsServiceException);
const n0_registry$5 = new TypeRegistry(n0$6);
var AccessDeniedException$$2 = [
	-3,
	n0$6,
	_ADE$2,
	{ [_e$5]: _c$5 },
	[_m$4],
	[0]
];
n0_registry$5.registerError(AccessDeniedException$$2, AccessDeniedException$2);
var ConflictException$$2 = [
	-3,
	n0$6,
	_CE$2,
	{ [_e$5]: _c$5 },
	[_m$4],
	[0]
];
n0_registry$5.registerError(ConflictException$$2, ConflictException$2);
var DataAlreadyAcceptedException$ = [
	-3,
	n0$6,
	_DAAE,
	{ [_e$5]: _c$5 },
	[_eST, _m$4],
	[0, 0]
];
n0_registry$5.registerError(DataAlreadyAcceptedException$, DataAlreadyAcceptedException);
var InternalServerException$ = [
	-3,
	n0$6,
	_ISE$3,
	{
		[_e$5]: _se$5,
		[_hE$4]: 500
	},
	[_m$4],
	[0]
];
n0_registry$5.registerError(InternalServerException$, InternalServerException);
var InternalStreamingException$ = [
	-3,
	n0$6,
	_ISEn$1,
	{ [_e$5]: _c$5 },
	[_m$4],
	[0]
];
n0_registry$5.registerError(InternalStreamingException$, InternalStreamingException);
var InvalidOperationException$ = [
	-3,
	n0$6,
	_IOE$1,
	{ [_e$5]: _c$5 },
	[_m$4],
	[0]
];
n0_registry$5.registerError(InvalidOperationException$, InvalidOperationException);
var InvalidParameterException$$2 = [
	-3,
	n0$6,
	_IPE$4,
	{ [_e$5]: _c$5 },
	[_m$4],
	[0]
];
n0_registry$5.registerError(InvalidParameterException$$2, InvalidParameterException$2);
var InvalidSequenceTokenException$ = [
	-3,
	n0$6,
	_ISTE,
	{ [_e$5]: _c$5 },
	[_eST, _m$4],
	[0, 0]
];
n0_registry$5.registerError(InvalidSequenceTokenException$, InvalidSequenceTokenException);
var LimitExceededException$$2 = [
	-3,
	n0$6,
	_LEE$2,
	{ [_e$5]: _c$5 },
	[_m$4],
	[0]
];
n0_registry$5.registerError(LimitExceededException$$2, LimitExceededException$2);
var MalformedQueryException$ = [
	-3,
	n0$6,
	_MQE,
	{ [_e$5]: _c$5 },
	[_qCE, _m$4],
	[() => QueryCompileError$, 0]
];
n0_registry$5.registerError(MalformedQueryException$, MalformedQueryException);
var OperationAbortedException$ = [
	-3,
	n0$6,
	_OAE,
	{ [_e$5]: _c$5 },
	[_m$4],
	[0]
];
n0_registry$5.registerError(OperationAbortedException$, OperationAbortedException);
var ResourceAlreadyExistsException$ = [
	-3,
	n0$6,
	_RAEE$1,
	{ [_e$5]: _c$5 },
	[_m$4],
	[0]
];
n0_registry$5.registerError(ResourceAlreadyExistsException$, ResourceAlreadyExistsException);
var ResourceNotFoundException$$4 = [
	-3,
	n0$6,
	_RNFE$5,
	{ [_e$5]: _c$5 },
	[_m$4],
	[0]
];
n0_registry$5.registerError(ResourceNotFoundException$$4, ResourceNotFoundException$4);
var ServiceQuotaExceededException$$2 = [
	-3,
	n0$6,
	_SQEE$2,
	{ [_e$5]: _c$5 },
	[_m$4],
	[0]
];
n0_registry$5.registerError(ServiceQuotaExceededException$$2, ServiceQuotaExceededException$2);
var ServiceUnavailableException$ = [
	-3,
	n0$6,
	_SUE,
	{ [_e$5]: _se$5 },
	[_m$4],
	[0]
];
n0_registry$5.registerError(ServiceUnavailableException$, ServiceUnavailableException);
var SessionStreamingException$ = [
	-3,
	n0$6,
	_SSE$1,
	{ [_e$5]: _c$5 },
	[_m$4],
	[0]
];
n0_registry$5.registerError(SessionStreamingException$, SessionStreamingException);
var SessionTimeoutException$ = [
	-3,
	n0$6,
	_STE,
	{ [_e$5]: _c$5 },
	[_m$4],
	[0]
];
n0_registry$5.registerError(SessionTimeoutException$, SessionTimeoutException);
var ThrottlingException$$1 = [
	-3,
	n0$6,
	_TE$3,
	{ [_e$5]: _c$5 },
	[_m$4],
	[0]
];
n0_registry$5.registerError(ThrottlingException$$1, ThrottlingException$1);
var TooManyTagsException$$2 = [
	-3,
	n0$6,
	_TMTE$3,
	{
		[_e$5]: _c$5,
		[_hE$4]: 400
	},
	[_m$4, _rN$1],
	[0, 0]
];
n0_registry$5.registerError(TooManyTagsException$$2, TooManyTagsException$2);
var UnrecognizedClientException$ = [
	-3,
	n0$6,
	_UCE$1,
	{ [_e$5]: _c$5 },
	[_m$4],
	[0]
];
n0_registry$5.registerError(UnrecognizedClientException$, UnrecognizedClientException);
var ValidationException$$2 = [
	-3,
	n0$6,
	_VE$2,
	{ [_e$5]: _c$5 },
	[_m$4],
	[0]
];
n0_registry$5.registerError(ValidationException$$2, ValidationException$2);
const errorTypeRegistries$6 = [_s_registry$6, n0_registry$5];
var FilteredLogEvent$ = [
	3,
	n0$6,
	_FLE,
	0,
	[
		_lSN,
		_tim,
		_m$4,
		_iT$1,
		_eIv
	],
	[
		0,
		1,
		0,
		1,
		0
	]
];
var FilterLogEventsRequest$ = [
	3,
	n0$6,
	_FLER,
	0,
	[
		_lGN$1,
		_lGIo,
		_lSNo,
		_lSNP,
		_sTt$1,
		_eTn,
		_fP,
		_nT$2,
		_li$1,
		_sFH,
		_in$1,
		_u$1
	],
	[
		0,
		0,
		64,
		0,
		1,
		1,
		0,
		0,
		1,
		2,
		2,
		2
	]
];
var FilterLogEventsResponse$ = [
	3,
	n0$6,
	_FLERi,
	0,
	[
		_ev$1,
		_sLS,
		_nT$2
	],
	[
		() => FilteredLogEvents,
		() => SearchedLogStreams,
		0
	]
];
var GetLogEventsRequest$ = [
	3,
	n0$6,
	_GLER,
	0,
	[
		_lSN,
		_lGN$1,
		_lGIo,
		_sTt$1,
		_eTn,
		_nT$2,
		_li$1,
		_sFH,
		_u$1
	],
	[
		0,
		0,
		0,
		1,
		1,
		0,
		1,
		2,
		2
	],
	1
];
var GetLogEventsResponse$ = [
	3,
	n0$6,
	_GLERe,
	0,
	[
		_ev$1,
		_nFT,
		_nBT
	],
	[
		() => OutputLogEvents,
		0,
		0
	]
];
var OutputLogEvent$ = [
	3,
	n0$6,
	_OLE,
	0,
	[
		_tim,
		_m$4,
		_iT$1
	],
	[
		1,
		0,
		1
	]
];
var QueryCompileError$ = [
	3,
	n0$6,
	_QCE,
	0,
	[_lo, _m$4],
	[() => QueryCompileErrorLocation$, 0]
];
var QueryCompileErrorLocation$ = [
	3,
	n0$6,
	_QCEL,
	0,
	[_sCO, _eCO],
	[1, 1]
];
var SearchedLogStream$ = [
	3,
	n0$6,
	_SLS,
	0,
	[_lSN, _sCe],
	[0, 2]
];
var FilteredLogEvents = [
	1,
	n0$6,
	_FLEi,
	0,
	() => FilteredLogEvent$
];
var OutputLogEvents = [
	1,
	n0$6,
	_OLEu,
	0,
	() => OutputLogEvent$
];
var SearchedLogStreams = [
	1,
	n0$6,
	_SLSe,
	0,
	() => SearchedLogStream$
];
var FilterLogEvents$ = [
	9,
	n0$6,
	_FLEil,
	0,
	() => FilterLogEventsRequest$,
	() => FilterLogEventsResponse$
];
var GetLogEvents$ = [
	9,
	n0$6,
	_GLE,
	0,
	() => GetLogEventsRequest$,
	() => GetLogEventsResponse$
];
// node_modules/@aws-sdk/client-cloudwatch-logs/dist-es/runtimeConfig.shared.js
const getRuntimeConfig$13 = (config) => {
	return {
		apiVersion: "2014-03-28",
		base64Decoder: config?.base64Decoder ?? fromBase64,
		base64Encoder: config?.base64Encoder ?? toBase64$1,
		disableHostPrefix: config?.disableHostPrefix ?? false,
		endpointProvider: config?.endpointProvider ?? defaultEndpointResolver$6,
		extensions: config?.extensions ?? [],
		httpAuthSchemeProvider: config?.httpAuthSchemeProvider ?? defaultCloudWatchLogsHttpAuthSchemeProvider,
		httpAuthSchemes: config?.httpAuthSchemes ?? [{
			schemeId: "aws.auth#sigv4",
			identityProvider: (ipc) => ipc.getIdentityProvider("aws.auth#sigv4"),
			signer: new AwsSdkSigV4Signer()
		}],
		logger: config?.logger ?? new NoOpLogger(),
		protocol: config?.protocol ?? AwsJson1_1Protocol,
		protocolSettings: config?.protocolSettings ?? {
			defaultNamespace: "com.amazonaws.cloudwatchlogs",
			errorTypeRegistries: errorTypeRegistries$6,
			xmlNamespace: "http://monitoring.amazonaws.com/doc/2014-03-28/",
			version: "2014-03-28",
			serviceTarget: "Logs_20140328"
		},
		serviceId: config?.serviceId ?? "CloudWatch Logs",
		sha256: config?.sha256 ?? Sha256Node,
		urlParser: config?.urlParser ?? parseUrl,
		utf8Decoder: config?.utf8Decoder ?? fromUtf8$1,
		utf8Encoder: config?.utf8Encoder ?? toUtf8$1
	};
};
// node_modules/@aws-sdk/client-cloudwatch-logs/dist-es/runtimeConfig.js
const getRuntimeConfig$12 = (config) => {
	emitWarningIfUnsupportedVersion(process.version);
	const defaultsMode = resolveDefaultsModeConfig(config);
	const defaultConfigProvider = () => defaultsMode().then(loadConfigsForDefaultMode);
	const clientSharedValues = getRuntimeConfig$13(config);
	emitWarningIfUnsupportedVersion$1(process.version);
	const loaderConfig = {
		profile: config?.profile,
		logger: clientSharedValues.logger
	};
	return {
		...clientSharedValues,
		...config,
		runtime: "node",
		defaultsMode,
		authSchemePreference: config?.authSchemePreference ?? loadConfig(NODE_AUTH_SCHEME_PREFERENCE_OPTIONS, loaderConfig),
		bodyLengthChecker: config?.bodyLengthChecker ?? calculateBodyLength,
		credentialDefaultProvider: config?.credentialDefaultProvider ?? defaultProvider,
		defaultSocketTimeout: getDefaultSocketTimeout(config?.requestHandler, 3e5),
		defaultUserAgentProvider: config?.defaultUserAgentProvider ?? createDefaultUserAgentProvider({
			serviceId: clientSharedValues.serviceId,
			clientVersion: version$6
		}),
		eventStreamSerdeProvider: config?.eventStreamSerdeProvider ?? eventStreamSerdeProvider,
		maxAttempts: config?.maxAttempts ?? loadConfig(NODE_MAX_ATTEMPT_CONFIG_OPTIONS, config),
		region: config?.region ?? loadConfig(NODE_REGION_CONFIG_OPTIONS, {
			...NODE_REGION_CONFIG_FILE_OPTIONS,
			...loaderConfig
		}),
		requestHandler: NodeHttpHandler.create(config?.requestHandler ?? defaultConfigProvider),
		retryMode: config?.retryMode ?? loadConfig({
			...NODE_RETRY_MODE_CONFIG_OPTIONS,
			default: async () => (await defaultConfigProvider()).retryMode || DEFAULT_RETRY_MODE
		}, config),
		streamCollector: config?.streamCollector ?? streamCollector,
		useDualstackEndpoint: config?.useDualstackEndpoint ?? loadConfig(NODE_USE_DUALSTACK_ENDPOINT_CONFIG_OPTIONS, loaderConfig),
		useFipsEndpoint: config?.useFipsEndpoint ?? loadConfig(NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS, loaderConfig),
		userAgentAppId: config?.userAgentAppId ?? loadConfig(NODE_APP_ID_CONFIG_OPTIONS, loaderConfig)
	};
};
// node_modules/@aws-sdk/client-cloudwatch-logs/dist-es/auth/httpAuthExtensionConfiguration.js
const getHttpAuthExtensionConfiguration$6 = (runtimeConfig) => {
	const _httpAuthSchemes = runtimeConfig.httpAuthSchemes;
	let _httpAuthSchemeProvider = runtimeConfig.httpAuthSchemeProvider;
	let _credentials = runtimeConfig.credentials;
	return {
		setHttpAuthScheme(httpAuthScheme) {
			const index = _httpAuthSchemes.findIndex((scheme) => scheme.schemeId === httpAuthScheme.schemeId);
			if (index === -1) _httpAuthSchemes.push(httpAuthScheme);
			else _httpAuthSchemes.splice(index, 1, httpAuthScheme);
		},
		httpAuthSchemes() {
			return _httpAuthSchemes;
		},
		setHttpAuthSchemeProvider(httpAuthSchemeProvider) {
			_httpAuthSchemeProvider = httpAuthSchemeProvider;
		},
		httpAuthSchemeProvider() {
			return _httpAuthSchemeProvider;
		},
		setCredentials(credentials) {
			_credentials = credentials;
		},
		credentials() {
			return _credentials;
		}
	};
};
const resolveHttpAuthRuntimeConfig$6 = (config) => {
	return {
		httpAuthSchemes: config.httpAuthSchemes(),
		httpAuthSchemeProvider: config.httpAuthSchemeProvider(),
		credentials: config.credentials()
	};
};
// node_modules/@aws-sdk/client-cloudwatch-logs/dist-es/runtimeExtensions.js
const resolveRuntimeExtensions$6 = (runtimeConfig, extensions) => {
	const extensionConfiguration = Object.assign(getAwsRegionExtensionConfiguration(runtimeConfig), getDefaultExtensionConfiguration(runtimeConfig), getHttpHandlerExtensionConfiguration(runtimeConfig), getHttpAuthExtensionConfiguration$6(runtimeConfig));
	extensions.forEach((extension) => extension.configure(extensionConfiguration));
	return Object.assign(runtimeConfig, resolveAwsRegionExtensionConfiguration(extensionConfiguration), resolveDefaultRuntimeConfig(extensionConfiguration), resolveHttpHandlerRuntimeConfig(extensionConfiguration), resolveHttpAuthRuntimeConfig$6(extensionConfiguration));
};
// node_modules/@aws-sdk/client-cloudwatch-logs/dist-es/CloudWatchLogsClient.js
var CloudWatchLogsClient = class extends Client {
	config;
	constructor(...[configuration]) {
		const _config_0 = getRuntimeConfig$12(configuration || {});
		super(_config_0);
		this.initConfig = _config_0;
		const _config_2 = resolveUserAgentConfig(resolveClientEndpointParameters$6(_config_0));
		const _config_3 = resolveRetryConfig(_config_2);
		const _config_5 = resolveHostHeaderConfig(resolveRegionConfig(_config_3));
		const _config_6 = resolveEndpointConfig(_config_5);
		const _config_7 = resolveEventStreamSerdeConfig(_config_6);
		const _config_8 = resolveHttpAuthSchemeConfig$6(_config_7);
		const _config_9 = resolveRuntimeExtensions$6(_config_8, configuration?.extensions || []);
		this.config = _config_9;
		this.middlewareStack.use(getSchemaSerdePlugin(this.config));
		this.middlewareStack.use(getUserAgentPlugin(this.config));
		this.middlewareStack.use(getRetryPlugin(this.config));
		this.middlewareStack.use(getContentLengthPlugin(this.config));
		this.middlewareStack.use(getHostHeaderPlugin(this.config));
		this.middlewareStack.use(getLoggerPlugin(this.config));
		this.middlewareStack.use(getRecursionDetectionPlugin(this.config));
		this.middlewareStack.use(getHttpAuthSchemeEndpointRuleSetPlugin(this.config, {
			httpAuthSchemeParametersProvider: defaultCloudWatchLogsHttpAuthSchemeParametersProvider,
			identityProviderConfigProvider: async (config) => new DefaultIdentityProviderConfig({ "aws.auth#sigv4": config.credentials })
		}));
		this.middlewareStack.use(getHttpSigningPlugin(this.config));
	}
	destroy() {
		super.destroy();
	}
};
// node_modules/@aws-sdk/client-cloudwatch-logs/dist-es/commandBuilder.js
const command$6 = makeBuilder(commonParams$6, "Logs_20140328", "CloudWatchLogsClient", getEndpointPlugin);
const _ep0$6 = {};
const _mw0$6 = (Command, cs, config, o) => [];
// node_modules/@aws-sdk/client-cloudwatch-logs/dist-es/commands/FilterLogEventsCommand.js
var FilterLogEventsCommand = class extends command$6(_ep0$6, _mw0$6, "FilterLogEvents", FilterLogEvents$) {};
// node_modules/@aws-sdk/client-cloudwatch-logs/dist-es/commands/GetLogEventsCommand.js
var GetLogEventsCommand = class extends command$6(_ep0$6, _mw0$6, "GetLogEvents", GetLogEvents$) {};
// node_modules/@aws-sdk/client-ec2/dist-es/auth/httpAuthSchemeProvider.js
const defaultEC2HttpAuthSchemeParametersProvider = async (config, context, input) => {
	return {
		operation: getSmithyContext(context).operation,
		region: await normalizeProvider$1(config.region)() || (() => {
			throw new Error("expected `region` to be configured for `aws.auth#sigv4`");
		})()
	};
};
function createAwsAuthSigv4HttpAuthOption$5(authParameters) {
	return {
		schemeId: "aws.auth#sigv4",
		signingProperties: {
			name: "ec2",
			region: authParameters.region
		},
		propertiesExtractor: (config, context) => ({ signingProperties: {
			config,
			context
		} })
	};
}
const defaultEC2HttpAuthSchemeProvider = (authParameters) => {
	const options = [];
	switch (authParameters.operation) {
		default: options.push(createAwsAuthSigv4HttpAuthOption$5(authParameters));
	}
	return options;
};
const resolveHttpAuthSchemeConfig$5 = (config) => {
	const config_0 = resolveAwsSdkSigV4Config(config);
	return Object.assign(config_0, { authSchemePreference: normalizeProvider$1(config.authSchemePreference ?? []) });
};
// node_modules/@aws-sdk/client-ec2/dist-es/endpoint/EndpointParameters.js
const resolveClientEndpointParameters$5 = (options) => {
	return Object.assign(options, {
		useDualstackEndpoint: options.useDualstackEndpoint ?? false,
		useFipsEndpoint: options.useFipsEndpoint ?? false,
		defaultSigningName: "ec2"
	});
};
const commonParams$5 = {
	UseFIPS: {
		type: "builtInParams",
		name: "useFipsEndpoint"
	},
	Endpoint: {
		type: "builtInParams",
		name: "endpoint"
	},
	Region: {
		type: "builtInParams",
		name: "region"
	},
	UseDualStack: {
		type: "builtInParams",
		name: "useDualstackEndpoint"
	}
};
// node_modules/@aws-sdk/client-ec2/package.json
var version$5 = "3.1169.0";
// node_modules/@aws-sdk/client-ec2/dist-es/endpoint/bdd.js
const k$5 = "ref";
const a$5 = -1;
const b$5 = true;
const c$5 = "isSet";
const d$5 = "PartitionResult";
const e$5 = "booleanEquals";
const f$5 = "getAttr";
const g$5 = { [k$5]: "Endpoint" };
const h$5 = { [k$5]: d$5 };
const i$5 = {};
const j$5 = [{ [k$5]: "Region" }];
const _data$5 = {
	conditions: [
		[c$5, [g$5]],
		[c$5, j$5],
		[
			"aws.partition",
			j$5,
			d$5
		],
		[e$5, [{ [k$5]: "UseFIPS" }, b$5]],
		[e$5, [{ [k$5]: "UseDualStack" }, b$5]],
		[e$5, [{
			fn: f$5,
			argv: [h$5, "supportsDualStack"]
		}, b$5]],
		[e$5, [{
			fn: f$5,
			argv: [h$5, "supportsFIPS"]
		}, b$5]],
		["stringEquals", [{
			fn: f$5,
			argv: [h$5, "name"]
		}, "aws-us-gov"]]
	],
	results: [
		[a$5],
		[a$5, "Invalid Configuration: FIPS and custom endpoint are not supported"],
		[a$5, "Invalid Configuration: Dualstack and custom endpoint are not supported"],
		[g$5, i$5],
		["https://ec2-fips.{Region}.{PartitionResult#dualStackDnsSuffix}", i$5],
		[a$5, "FIPS and DualStack are enabled, but this partition does not support one or both"],
		["https://ec2.{Region}.amazonaws.com", i$5],
		["https://ec2-fips.{Region}.{PartitionResult#dnsSuffix}", i$5],
		[a$5, "FIPS is enabled but this partition does not support FIPS"],
		["https://ec2.{Region}.{PartitionResult#dualStackDnsSuffix}", i$5],
		[a$5, "DualStack is enabled but this partition does not support DualStack"],
		["https://ec2.{Region}.{PartitionResult#dnsSuffix}", i$5],
		[a$5, "Invalid Configuration: Missing Region"]
	]
};
const root$5 = 2;
const nodes$5 = new Int32Array([
	-1,
	1,
	-1,
	0,
	13,
	3,
	1,
	4,
	100000012,
	2,
	5,
	100000012,
	3,
	8,
	6,
	4,
	7,
	100000011,
	5,
	100000009,
	100000010,
	4,
	11,
	9,
	6,
	10,
	100000008,
	7,
	100000006,
	100000007,
	5,
	12,
	100000005,
	6,
	100000004,
	100000005,
	3,
	100000001,
	14,
	4,
	100000002,
	100000003
]);
const bdd$5 = BinaryDecisionDiagram.from(nodes$5, root$5, _data$5.conditions, _data$5.results);
// node_modules/@aws-sdk/client-ec2/dist-es/endpoint/endpointResolver.js
const cache$5 = new EndpointCache({
	size: 50,
	params: [
		"Endpoint",
		"Region",
		"UseDualStack",
		"UseFIPS"
	]
});
const defaultEndpointResolver$5 = (endpointParams, context = {}) => {
	return cache$5.get(endpointParams, () => decideEndpoint(bdd$5, {
		endpointParams,
		logger: context.logger
	}));
};
customEndpointFunctions.aws = awsEndpointFunctions;
// node_modules/@aws-sdk/client-ec2/dist-es/models/EC2ServiceException.js
var EC2ServiceException = class EC2ServiceException extends ServiceException$2 {
	static shapeId = "smithy.ts.sdk.synthetic.com.amazonaws.ec2#EC2ServiceException";
	constructor(options) {
		super(options);
		Object.setPrototypeOf(this, EC2ServiceException.prototype);
	}
};
// node_modules/@aws-sdk/client-ec2/dist-es/schemas/schemas_0.js
const _AES = "AttachedEbsStatus";
const _AS = "ApplicationStatus";
const _ASS = "ApplicationStatusSummary";
const _AZ$1 = "AvailabilityZone";
const _AZI = "AvailabilityZoneId";
const _Co$2 = "Code";
const _DISRes = "DescribeInstanceStatusRequest";
const _DISResc = "DescribeInstanceStatusResult";
const _DISes = "DescribeInstanceStatus";
const _DR = "DryRun";
const _De$1 = "Description";
const _Det = "Details";
const _ESD = "EbsStatusDetails";
const _ESDL = "EbsStatusDetailsList";
const _ESSb = "EbsStatusSummary";
const _Ev = "Events";
const _FLi = "FilterList";
const _Fi = "Filters";
const _Fil = "Filter";
const _GCO = "GetConsoleOutput";
const _GCOR = "GetConsoleOutputRequest";
const _GCORe = "GetConsoleOutputResult";
const _HBD = "HiddenByDefault";
const _IAI$1 = "IncludeAllInstances";
const _IEI = "InstanceEventId";
const _II$1 = "InstanceId";
const _IISLn = "InstanceIdStringList";
const _IIn = "InstanceIds";
const _IMR = "IncludeManagedResources";
const _ISDL = "InstanceStatusDetailsList";
const _ISDn = "InstanceStatusDetails";
const _ISE$2 = "InstanceStatusEvent";
const _ISEL = "InstanceStatusEventList";
const _ISLn = "InstanceStatusList";
const _ISS$1 = "InstanceStatusSummary";
const _ISm = "ImpairedSince";
const _ISnst = "InstanceStatuses";
const _ISnsta = "InstanceState";
const _ISnstan = "InstanceStatus";
const _La$1 = "Latest";
const _MR = "MaxResults";
const _Mana = "Managed";
const _N$3 = "Name";
const _NAo = "NotAfter";
const _NB$1 = "NotBefore";
const _NBD = "NotBeforeDeadline";
const _NTe = "NextToken";
const _OA = "OutpostArn";
const _ORper = "OperatorResponse";
const _Op = "Operator";
const _Ou = "Output";
const _P = "Principal";
const _PSS = "PerformanceStatusSummary";
const _PSe = "PerformanceStatus";
const _Reme = "Remediation";
const _SSy = "SystemStatus";
const _Sta = "Status";
const _Tim = "Timestamp";
const _V$4 = "Value";
const _VSL = "ValueStringList";
const _Va = "Values";
const _aES = "attachedEbsStatus";
const _aSp = "applicationStatus";
const _aZ$1 = "availabilityZone";
const _aZI = "availabilityZoneId";
const _co = "code";
const _dR = "dryRun";
const _de$1 = "description";
const _det$1 = "details";
const _eQN = "ec2QueryName";
const _eSv = "eventsSet";
const _hBD = "hiddenByDefault";
const _iAI = "includeAllInstances";
const _iEI = "instanceEventId";
const _iI$1 = "instanceId";
const _iSS$1 = "instanceStatusSet";
const _iSm = "impairedSince";
const _iSnst = "instanceState";
const _iSnsta = "instanceStatus";
const _it = "item";
const _mana = "managed";
const _n$1 = "name";
const _nAo = "notAfter";
const _nB$1 = "notBefore";
const _nBD = "notBeforeDeadline";
const _nTe = "nextToken";
const _oA = "outpostArn";
const _ope = "operator";
const _ou = "output";
const _p$1 = "principal";
const _pSe = "performanceStatus";
const _rem = "remediation";
const _s$5 = "smithy.ts.sdk.synthetic.com.amazonaws.ec2";
const _sSy = "systemStatus";
const _sta = "status";
const _ti$1 = "timestamp";
const _xN = "xmlName";
const n0$5 = "com.amazonaws.ec2";
const _s_registry$5 = new TypeRegistry(_s$5);
var EC2ServiceException$ = [
	-3,
	_s$5,
	"EC2ServiceException",
	0,
	[],
	[]
];
_s_registry$5.registerError(EC2ServiceException$, EC2ServiceException);
const errorTypeRegistries$5 = [_s_registry$5];
var ApplicationStatusSummary$ = [
	3,
	n0$5,
	_ASS,
	0,
	[_Sta, _ISm],
	[[0, {
		[_eQN]: `Status`,
		[_xN]: _sta
	}], [4, {
		[_eQN]: `ImpairedSince`,
		[_xN]: _iSm
	}]]
];
var DescribeInstanceStatusRequest$ = [
	3,
	n0$5,
	_DISRes,
	0,
	[
		_IIn,
		_MR,
		_NTe,
		_IMR,
		_DR,
		_Fi,
		_IAI$1
	],
	[
		[() => InstanceIdStringList, { [_xN]: _II$1 }],
		1,
		0,
		2,
		[2, {
			[_eQN]: `DryRun`,
			[_xN]: _dR
		}],
		[() => FilterList, { [_xN]: _Fil }],
		[2, {
			[_eQN]: `IncludeAllInstances`,
			[_xN]: _iAI
		}]
	]
];
var DescribeInstanceStatusResult$ = [
	3,
	n0$5,
	_DISResc,
	0,
	[_ISnst, _NTe],
	[[() => InstanceStatusList, {
		[_eQN]: `InstanceStatusSet`,
		[_xN]: _iSS$1
	}], [0, {
		[_eQN]: `NextToken`,
		[_xN]: _nTe
	}]]
];
var EbsStatusDetails$ = [
	3,
	n0$5,
	_ESD,
	0,
	[
		_ISm,
		_N$3,
		_Sta
	],
	[
		[4, {
			[_eQN]: `ImpairedSince`,
			[_xN]: _iSm
		}],
		[0, {
			[_eQN]: `Name`,
			[_xN]: _n$1
		}],
		[0, {
			[_eQN]: `Status`,
			[_xN]: _sta
		}]
	]
];
var EbsStatusSummary$ = [
	3,
	n0$5,
	_ESSb,
	0,
	[_Det, _Sta],
	[[() => EbsStatusDetailsList, {
		[_eQN]: `Details`,
		[_xN]: _det$1
	}], [0, {
		[_eQN]: `Status`,
		[_xN]: _sta
	}]]
];
var Filter$ = [
	3,
	n0$5,
	_Fil,
	0,
	[_N$3, _Va],
	[0, [() => ValueStringList, { [_xN]: _V$4 }]]
];
var GetConsoleOutputRequest$ = [
	3,
	n0$5,
	_GCOR,
	0,
	[
		_II$1,
		_La$1,
		_DR
	],
	[
		0,
		2,
		[2, {
			[_eQN]: `DryRun`,
			[_xN]: _dR
		}]
	],
	1
];
var GetConsoleOutputResult$ = [
	3,
	n0$5,
	_GCORe,
	0,
	[
		_II$1,
		_Tim,
		_Ou
	],
	[
		[0, {
			[_eQN]: `InstanceId`,
			[_xN]: _iI$1
		}],
		[4, {
			[_eQN]: `Timestamp`,
			[_xN]: _ti$1
		}],
		[0, {
			[_eQN]: `Output`,
			[_xN]: _ou
		}]
	]
];
var InstanceState$ = [
	3,
	n0$5,
	_ISnsta,
	0,
	[_Co$2, _N$3],
	[[1, {
		[_eQN]: `Code`,
		[_xN]: _co
	}], [0, {
		[_eQN]: `Name`,
		[_xN]: _n$1
	}]]
];
var InstanceStatus$ = [
	3,
	n0$5,
	_ISnstan,
	0,
	[
		_AZ$1,
		_AZI,
		_OA,
		_Op,
		_Ev,
		_II$1,
		_ISnsta,
		_ISnstan,
		_SSy,
		_AES,
		_AS,
		_PSe
	],
	[
		[0, {
			[_eQN]: `AvailabilityZone`,
			[_xN]: _aZ$1
		}],
		[0, {
			[_eQN]: `AvailabilityZoneId`,
			[_xN]: _aZI
		}],
		[0, {
			[_eQN]: `OutpostArn`,
			[_xN]: _oA
		}],
		[() => OperatorResponse$, {
			[_eQN]: `Operator`,
			[_xN]: _ope
		}],
		[() => InstanceStatusEventList, {
			[_eQN]: `EventsSet`,
			[_xN]: _eSv
		}],
		[0, {
			[_eQN]: `InstanceId`,
			[_xN]: _iI$1
		}],
		[() => InstanceState$, {
			[_eQN]: `InstanceState`,
			[_xN]: _iSnst
		}],
		[() => InstanceStatusSummary$, {
			[_eQN]: `InstanceStatus`,
			[_xN]: _iSnsta
		}],
		[() => InstanceStatusSummary$, {
			[_eQN]: `SystemStatus`,
			[_xN]: _sSy
		}],
		[() => EbsStatusSummary$, {
			[_eQN]: `AttachedEbsStatus`,
			[_xN]: _aES
		}],
		[() => ApplicationStatusSummary$, {
			[_eQN]: `ApplicationStatus`,
			[_xN]: _aSp
		}],
		[() => PerformanceStatusSummary$, {
			[_eQN]: `PerformanceStatus`,
			[_xN]: _pSe
		}]
	]
];
var InstanceStatusDetails$ = [
	3,
	n0$5,
	_ISDn,
	0,
	[
		_ISm,
		_N$3,
		_Sta
	],
	[
		[4, {
			[_eQN]: `ImpairedSince`,
			[_xN]: _iSm
		}],
		[0, {
			[_eQN]: `Name`,
			[_xN]: _n$1
		}],
		[0, {
			[_eQN]: `Status`,
			[_xN]: _sta
		}]
	]
];
var InstanceStatusEvent$ = [
	3,
	n0$5,
	_ISE$2,
	0,
	[
		_IEI,
		_Co$2,
		_De$1,
		_NAo,
		_NB$1,
		_NBD
	],
	[
		[0, {
			[_eQN]: `InstanceEventId`,
			[_xN]: _iEI
		}],
		[0, {
			[_eQN]: `Code`,
			[_xN]: _co
		}],
		[0, {
			[_eQN]: `Description`,
			[_xN]: _de$1
		}],
		[4, {
			[_eQN]: `NotAfter`,
			[_xN]: _nAo
		}],
		[4, {
			[_eQN]: `NotBefore`,
			[_xN]: _nB$1
		}],
		[4, {
			[_eQN]: `NotBeforeDeadline`,
			[_xN]: _nBD
		}]
	]
];
var InstanceStatusSummary$ = [
	3,
	n0$5,
	_ISS$1,
	0,
	[_Det, _Sta],
	[[() => InstanceStatusDetailsList, {
		[_eQN]: `Details`,
		[_xN]: _det$1
	}], [0, {
		[_eQN]: `Status`,
		[_xN]: _sta
	}]]
];
var OperatorResponse$ = [
	3,
	n0$5,
	_ORper,
	0,
	[
		_Mana,
		_P,
		_HBD
	],
	[
		[2, {
			[_eQN]: `Managed`,
			[_xN]: _mana
		}],
		[0, {
			[_eQN]: `Principal`,
			[_xN]: _p$1
		}],
		[2, {
			[_eQN]: `HiddenByDefault`,
			[_xN]: _hBD
		}]
	]
];
var PerformanceStatusSummary$ = [
	3,
	n0$5,
	_PSS,
	0,
	[
		_Sta,
		_ISm,
		_Reme
	],
	[
		[0, {
			[_eQN]: `Status`,
			[_xN]: _sta
		}],
		[4, {
			[_eQN]: `ImpairedSince`,
			[_xN]: _iSm
		}],
		[0, {
			[_eQN]: `Remediation`,
			[_xN]: _rem
		}]
	]
];
var EbsStatusDetailsList = [
	1,
	n0$5,
	_ESDL,
	0,
	[() => EbsStatusDetails$, { [_xN]: _it }]
];
var FilterList = [
	1,
	n0$5,
	_FLi,
	0,
	[() => Filter$, { [_xN]: _Fil }]
];
var InstanceIdStringList = [
	1,
	n0$5,
	_IISLn,
	0,
	[0, { [_xN]: _II$1 }]
];
var InstanceStatusDetailsList = [
	1,
	n0$5,
	_ISDL,
	0,
	[() => InstanceStatusDetails$, { [_xN]: _it }]
];
var InstanceStatusEventList = [
	1,
	n0$5,
	_ISEL,
	0,
	[() => InstanceStatusEvent$, { [_xN]: _it }]
];
var InstanceStatusList = [
	1,
	n0$5,
	_ISLn,
	0,
	[() => InstanceStatus$, { [_xN]: _it }]
];
var ValueStringList = [
	1,
	n0$5,
	_VSL,
	0,
	[0, { [_xN]: _it }]
];
var DescribeInstanceStatus$ = [
	9,
	n0$5,
	_DISes,
	0,
	() => DescribeInstanceStatusRequest$,
	() => DescribeInstanceStatusResult$
];
var GetConsoleOutput$ = [
	9,
	n0$5,
	_GCO,
	0,
	() => GetConsoleOutputRequest$,
	() => GetConsoleOutputResult$
];
// node_modules/@aws-sdk/client-ec2/dist-es/runtimeConfig.shared.js
const getRuntimeConfig$11 = (config) => {
	return {
		apiVersion: "2016-11-15",
		base64Decoder: config?.base64Decoder ?? fromBase64,
		base64Encoder: config?.base64Encoder ?? toBase64$1,
		disableHostPrefix: config?.disableHostPrefix ?? false,
		endpointProvider: config?.endpointProvider ?? defaultEndpointResolver$5,
		extensions: config?.extensions ?? [],
		httpAuthSchemeProvider: config?.httpAuthSchemeProvider ?? defaultEC2HttpAuthSchemeProvider,
		httpAuthSchemes: config?.httpAuthSchemes ?? [{
			schemeId: "aws.auth#sigv4",
			identityProvider: (ipc) => ipc.getIdentityProvider("aws.auth#sigv4"),
			signer: new AwsSdkSigV4Signer()
		}],
		logger: config?.logger ?? new NoOpLogger(),
		protocol: config?.protocol ?? AwsEc2QueryProtocol,
		protocolSettings: config?.protocolSettings ?? {
			defaultNamespace: "com.amazonaws.ec2",
			errorTypeRegistries: errorTypeRegistries$5,
			xmlNamespace: "http://ec2.amazonaws.com/doc/2016-11-15",
			version: "2016-11-15",
			serviceTarget: "AmazonEC2"
		},
		serviceId: config?.serviceId ?? "EC2",
		sha256: config?.sha256 ?? Sha256Node,
		urlParser: config?.urlParser ?? parseUrl,
		utf8Decoder: config?.utf8Decoder ?? fromUtf8$1,
		utf8Encoder: config?.utf8Encoder ?? toUtf8$1
	};
};
// node_modules/@aws-sdk/client-ec2/dist-es/runtimeConfig.js
const getRuntimeConfig$10 = (config) => {
	emitWarningIfUnsupportedVersion(process.version);
	const defaultsMode = resolveDefaultsModeConfig(config);
	const defaultConfigProvider = () => defaultsMode().then(loadConfigsForDefaultMode);
	const clientSharedValues = getRuntimeConfig$11(config);
	emitWarningIfUnsupportedVersion$1(process.version);
	const loaderConfig = {
		profile: config?.profile,
		logger: clientSharedValues.logger
	};
	return {
		...clientSharedValues,
		...config,
		runtime: "node",
		defaultsMode,
		authSchemePreference: config?.authSchemePreference ?? loadConfig(NODE_AUTH_SCHEME_PREFERENCE_OPTIONS, loaderConfig),
		bodyLengthChecker: config?.bodyLengthChecker ?? calculateBodyLength,
		credentialDefaultProvider: config?.credentialDefaultProvider ?? defaultProvider,
		defaultSocketTimeout: getDefaultSocketTimeout(config?.requestHandler, 9e5),
		defaultUserAgentProvider: config?.defaultUserAgentProvider ?? createDefaultUserAgentProvider({
			serviceId: clientSharedValues.serviceId,
			clientVersion: version$5
		}),
		maxAttempts: config?.maxAttempts ?? loadConfig(NODE_MAX_ATTEMPT_CONFIG_OPTIONS, config),
		region: config?.region ?? loadConfig(NODE_REGION_CONFIG_OPTIONS, {
			...NODE_REGION_CONFIG_FILE_OPTIONS,
			...loaderConfig
		}),
		requestHandler: NodeHttpHandler.create(config?.requestHandler ?? defaultConfigProvider),
		retryMode: config?.retryMode ?? loadConfig({
			...NODE_RETRY_MODE_CONFIG_OPTIONS,
			default: async () => (await defaultConfigProvider()).retryMode || DEFAULT_RETRY_MODE
		}, config),
		streamCollector: config?.streamCollector ?? streamCollector,
		useDualstackEndpoint: config?.useDualstackEndpoint ?? loadConfig(NODE_USE_DUALSTACK_ENDPOINT_CONFIG_OPTIONS, loaderConfig),
		useFipsEndpoint: config?.useFipsEndpoint ?? loadConfig(NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS, loaderConfig),
		userAgentAppId: config?.userAgentAppId ?? loadConfig(NODE_APP_ID_CONFIG_OPTIONS, loaderConfig)
	};
};
// node_modules/@aws-sdk/client-ec2/dist-es/auth/httpAuthExtensionConfiguration.js
const getHttpAuthExtensionConfiguration$5 = (runtimeConfig) => {
	const _httpAuthSchemes = runtimeConfig.httpAuthSchemes;
	let _httpAuthSchemeProvider = runtimeConfig.httpAuthSchemeProvider;
	let _credentials = runtimeConfig.credentials;
	return {
		setHttpAuthScheme(httpAuthScheme) {
			const index = _httpAuthSchemes.findIndex((scheme) => scheme.schemeId === httpAuthScheme.schemeId);
			if (index === -1) _httpAuthSchemes.push(httpAuthScheme);
			else _httpAuthSchemes.splice(index, 1, httpAuthScheme);
		},
		httpAuthSchemes() {
			return _httpAuthSchemes;
		},
		setHttpAuthSchemeProvider(httpAuthSchemeProvider) {
			_httpAuthSchemeProvider = httpAuthSchemeProvider;
		},
		httpAuthSchemeProvider() {
			return _httpAuthSchemeProvider;
		},
		setCredentials(credentials) {
			_credentials = credentials;
		},
		credentials() {
			return _credentials;
		}
	};
};
const resolveHttpAuthRuntimeConfig$5 = (config) => {
	return {
		httpAuthSchemes: config.httpAuthSchemes(),
		httpAuthSchemeProvider: config.httpAuthSchemeProvider(),
		credentials: config.credentials()
	};
};
// node_modules/@aws-sdk/client-ec2/dist-es/runtimeExtensions.js
const resolveRuntimeExtensions$5 = (runtimeConfig, extensions) => {
	const extensionConfiguration = Object.assign(getAwsRegionExtensionConfiguration(runtimeConfig), getDefaultExtensionConfiguration(runtimeConfig), getHttpHandlerExtensionConfiguration(runtimeConfig), getHttpAuthExtensionConfiguration$5(runtimeConfig));
	extensions.forEach((extension) => extension.configure(extensionConfiguration));
	return Object.assign(runtimeConfig, resolveAwsRegionExtensionConfiguration(extensionConfiguration), resolveDefaultRuntimeConfig(extensionConfiguration), resolveHttpHandlerRuntimeConfig(extensionConfiguration), resolveHttpAuthRuntimeConfig$5(extensionConfiguration));
};
// node_modules/@aws-sdk/client-ec2/dist-es/EC2Client.js
var EC2Client = class extends Client {
	config;
	constructor(...[configuration]) {
		const _config_0 = getRuntimeConfig$10(configuration || {});
		super(_config_0);
		this.initConfig = _config_0;
		const _config_2 = resolveUserAgentConfig(resolveClientEndpointParameters$5(_config_0));
		const _config_3 = resolveRetryConfig(_config_2);
		const _config_5 = resolveHostHeaderConfig(resolveRegionConfig(_config_3));
		const _config_6 = resolveEndpointConfig(_config_5);
		const _config_7 = resolveHttpAuthSchemeConfig$5(_config_6);
		const _config_8 = resolveRuntimeExtensions$5(_config_7, configuration?.extensions || []);
		this.config = _config_8;
		this.middlewareStack.use(getSchemaSerdePlugin(this.config));
		this.middlewareStack.use(getUserAgentPlugin(this.config));
		this.middlewareStack.use(getRetryPlugin(this.config));
		this.middlewareStack.use(getContentLengthPlugin(this.config));
		this.middlewareStack.use(getHostHeaderPlugin(this.config));
		this.middlewareStack.use(getLoggerPlugin(this.config));
		this.middlewareStack.use(getRecursionDetectionPlugin(this.config));
		this.middlewareStack.use(getHttpAuthSchemeEndpointRuleSetPlugin(this.config, {
			httpAuthSchemeParametersProvider: defaultEC2HttpAuthSchemeParametersProvider,
			identityProviderConfigProvider: async (config) => new DefaultIdentityProviderConfig({ "aws.auth#sigv4": config.credentials })
		}));
		this.middlewareStack.use(getHttpSigningPlugin(this.config));
	}
	destroy() {
		super.destroy();
	}
};
// node_modules/@aws-sdk/client-ec2/dist-es/commandBuilder.js
const command$5 = makeBuilder(commonParams$5, "AmazonEC2", "EC2Client", getEndpointPlugin);
const _ep0$5 = {};
const _mw0$5 = (Command, cs, config, o) => [];
// node_modules/@aws-sdk/client-ec2/dist-es/commands/DescribeInstanceStatusCommand.js
var DescribeInstanceStatusCommand = class extends command$5(_ep0$5, _mw0$5, "DescribeInstanceStatus", DescribeInstanceStatus$) {};
// node_modules/@aws-sdk/client-ec2/dist-es/commands/GetConsoleOutputCommand.js
var GetConsoleOutputCommand = class extends command$5(_ep0$5, _mw0$5, "GetConsoleOutput", GetConsoleOutput$) {};
// node_modules/@aws-sdk/client-ecr/dist-es/auth/httpAuthSchemeProvider.js
const defaultECRHttpAuthSchemeParametersProvider = async (config, context, input) => {
	return {
		operation: getSmithyContext(context).operation,
		region: await normalizeProvider$1(config.region)() || (() => {
			throw new Error("expected `region` to be configured for `aws.auth#sigv4`");
		})()
	};
};
function createAwsAuthSigv4HttpAuthOption$4(authParameters) {
	return {
		schemeId: "aws.auth#sigv4",
		signingProperties: {
			name: "ecr",
			region: authParameters.region
		},
		propertiesExtractor: (config, context) => ({ signingProperties: {
			config,
			context
		} })
	};
}
const defaultECRHttpAuthSchemeProvider = (authParameters) => {
	const options = [];
	switch (authParameters.operation) {
		default: options.push(createAwsAuthSigv4HttpAuthOption$4(authParameters));
	}
	return options;
};
const resolveHttpAuthSchemeConfig$4 = (config) => {
	const config_0 = resolveAwsSdkSigV4Config(config);
	return Object.assign(config_0, { authSchemePreference: normalizeProvider$1(config.authSchemePreference ?? []) });
};
// node_modules/@aws-sdk/client-ecr/dist-es/endpoint/EndpointParameters.js
const resolveClientEndpointParameters$4 = (options) => {
	return Object.assign(options, {
		useDualstackEndpoint: options.useDualstackEndpoint ?? false,
		useFipsEndpoint: options.useFipsEndpoint ?? false,
		defaultSigningName: "ecr"
	});
};
const commonParams$4 = {
	UseFIPS: {
		type: "builtInParams",
		name: "useFipsEndpoint"
	},
	Endpoint: {
		type: "builtInParams",
		name: "endpoint"
	},
	Region: {
		type: "builtInParams",
		name: "region"
	},
	UseDualStack: {
		type: "builtInParams",
		name: "useDualstackEndpoint"
	}
};
// node_modules/@aws-sdk/client-ecr/package.json
var version$4 = "3.1164.0";
// node_modules/@aws-sdk/client-ecr/dist-es/endpoint/bdd.js
const m = "ref";
const a$4 = -1;
const b$4 = true;
const c$4 = "isSet";
const d$4 = "PartitionResult";
const e$4 = "stringEquals";
const f$4 = "booleanEquals";
const g$4 = "getAttr";
const h$4 = { [m]: "Endpoint" };
const i$4 = {
	"fn": g$4,
	"argv": [{ [m]: d$4 }, "name"]
};
const j$4 = { [m]: d$4 };
const k$4 = {};
const l = [{ [m]: "Region" }];
const _data$4 = {
	conditions: [
		[c$4, [h$4]],
		[c$4, l],
		[
			"aws.partition",
			l,
			d$4
		],
		[e$4, [i$4, "aws-eusc"]],
		[e$4, [i$4, "aws-iso-f"]],
		[e$4, [i$4, "aws-iso-e"]],
		[e$4, [i$4, "aws-iso-b"]],
		[e$4, [i$4, "aws-iso"]],
		[e$4, [i$4, "aws-cn"]],
		[e$4, [i$4, "aws-us-gov"]],
		[e$4, [i$4, "aws"]],
		[f$4, [{ [m]: "UseFIPS" }, b$4]],
		[f$4, [{
			fn: g$4,
			argv: [j$4, "supportsFIPS"]
		}, b$4]],
		[f$4, [{ [m]: "UseDualStack" }, b$4]],
		[f$4, [{
			fn: g$4,
			argv: [j$4, "supportsDualStack"]
		}, b$4]]
	],
	results: [
		[a$4],
		[a$4, "Invalid Configuration: FIPS and custom endpoint are not supported"],
		[a$4, "Invalid Configuration: Dualstack and custom endpoint are not supported"],
		[h$4, k$4],
		["https://api.ecr.{Region}.{PartitionResult#dnsSuffix}", k$4],
		["https://ecr.{Region}.{PartitionResult#dualStackDnsSuffix}", k$4],
		["https://api.ecr-fips.{Region}.{PartitionResult#dnsSuffix}", k$4],
		["https://ecr-fips.{Region}.{PartitionResult#dualStackDnsSuffix}", k$4],
		["https://api.ecr-fips.{Region}.{PartitionResult#dualStackDnsSuffix}", k$4],
		[a$4, "FIPS and DualStack are enabled, but this partition does not support one or both"],
		[a$4, "FIPS is enabled but this partition does not support FIPS"],
		["https://api.ecr.{Region}.{PartitionResult#dualStackDnsSuffix}", k$4],
		[a$4, "DualStack is enabled but this partition does not support DualStack"],
		[a$4, "Invalid Configuration: Missing Region"]
	]
};
const root$4 = 2;
const nodes$4 = new Int32Array([
	-1,
	1,
	-1,
	0,
	23,
	3,
	1,
	4,
	100000013,
	2,
	5,
	100000013,
	3,
	20,
	6,
	4,
	20,
	7,
	5,
	20,
	8,
	6,
	20,
	9,
	7,
	20,
	10,
	8,
	20,
	11,
	9,
	20,
	12,
	10,
	20,
	13,
	11,
	16,
	14,
	13,
	15,
	100000004,
	14,
	100000011,
	100000012,
	12,
	18,
	17,
	13,
	100000009,
	100000010,
	13,
	19,
	100000006,
	14,
	100000008,
	100000009,
	11,
	22,
	21,
	13,
	100000005,
	100000004,
	13,
	100000007,
	100000006,
	11,
	100000001,
	24,
	13,
	100000002,
	100000003
]);
const bdd$4 = BinaryDecisionDiagram.from(nodes$4, root$4, _data$4.conditions, _data$4.results);
// node_modules/@aws-sdk/client-ecr/dist-es/endpoint/endpointResolver.js
const cache$4 = new EndpointCache({
	size: 50,
	params: [
		"Endpoint",
		"Region",
		"UseDualStack",
		"UseFIPS"
	]
});
const defaultEndpointResolver$4 = (endpointParams, context = {}) => {
	return cache$4.get(endpointParams, () => decideEndpoint(bdd$4, {
		endpointParams,
		logger: context.logger
	}));
};
customEndpointFunctions.aws = awsEndpointFunctions;
// node_modules/@aws-sdk/client-ecr/dist-es/models/ECRServiceException.js
var ECRServiceException = class ECRServiceException extends ServiceException$2 {
	static shapeId = "smithy.ts.sdk.synthetic.com.amazonaws.ecr#ECRServiceException";
	constructor(options) {
		super(options);
		Object.setPrototypeOf(this, ECRServiceException.prototype);
	}
};
// node_modules/@aws-sdk/client-ecr/dist-es/models/errors.js
var InvalidParameterException$1 = class InvalidParameterException$1 extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#InvalidParameterException";
	name = "InvalidParameterException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "InvalidParameterException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidParameterException$1.prototype);
	}
};
var RepositoryNotFoundException = class RepositoryNotFoundException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#RepositoryNotFoundException";
	name = "RepositoryNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "RepositoryNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, RepositoryNotFoundException.prototype);
	}
};
var ServerException$1 = class ServerException$1 extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#ServerException";
	name = "ServerException";
	$fault = "server";
	constructor(opts) {
		super({
			name: "ServerException",
			$fault: "server",
			...opts
		});
		Object.setPrototypeOf(this, ServerException$1.prototype);
	}
};
var LimitExceededException$1 = class LimitExceededException$1 extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#LimitExceededException";
	name = "LimitExceededException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "LimitExceededException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, LimitExceededException$1.prototype);
	}
};
var UnableToGetUpstreamImageException = class UnableToGetUpstreamImageException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#UnableToGetUpstreamImageException";
	name = "UnableToGetUpstreamImageException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "UnableToGetUpstreamImageException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, UnableToGetUpstreamImageException.prototype);
	}
};
var ValidationException$1 = class ValidationException$1 extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#ValidationException";
	name = "ValidationException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ValidationException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ValidationException$1.prototype);
	}
};
var EmptyUploadException = class EmptyUploadException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#EmptyUploadException";
	name = "EmptyUploadException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "EmptyUploadException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, EmptyUploadException.prototype);
	}
};
var InvalidLayerException = class InvalidLayerException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#InvalidLayerException";
	name = "InvalidLayerException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "InvalidLayerException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidLayerException.prototype);
	}
};
var KmsException = class KmsException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#KmsException";
	name = "KmsException";
	$fault = "client";
	kmsError;
	constructor(opts) {
		super({
			name: "KmsException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, KmsException.prototype);
		this.kmsError = opts.kmsError;
	}
};
var LayerAlreadyExistsException = class LayerAlreadyExistsException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#LayerAlreadyExistsException";
	name = "LayerAlreadyExistsException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "LayerAlreadyExistsException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, LayerAlreadyExistsException.prototype);
	}
};
var LayerPartTooSmallException = class LayerPartTooSmallException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#LayerPartTooSmallException";
	name = "LayerPartTooSmallException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "LayerPartTooSmallException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, LayerPartTooSmallException.prototype);
	}
};
var UploadNotFoundException = class UploadNotFoundException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#UploadNotFoundException";
	name = "UploadNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "UploadNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, UploadNotFoundException.prototype);
	}
};
var PullThroughCacheRuleAlreadyExistsException = class PullThroughCacheRuleAlreadyExistsException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#PullThroughCacheRuleAlreadyExistsException";
	name = "PullThroughCacheRuleAlreadyExistsException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "PullThroughCacheRuleAlreadyExistsException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, PullThroughCacheRuleAlreadyExistsException.prototype);
	}
};
var SecretNotFoundException = class SecretNotFoundException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#SecretNotFoundException";
	name = "SecretNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "SecretNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, SecretNotFoundException.prototype);
	}
};
var UnableToAccessSecretException = class UnableToAccessSecretException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#UnableToAccessSecretException";
	name = "UnableToAccessSecretException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "UnableToAccessSecretException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, UnableToAccessSecretException.prototype);
	}
};
var UnableToDecryptSecretValueException = class UnableToDecryptSecretValueException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#UnableToDecryptSecretValueException";
	name = "UnableToDecryptSecretValueException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "UnableToDecryptSecretValueException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, UnableToDecryptSecretValueException.prototype);
	}
};
var UnsupportedUpstreamRegistryException = class UnsupportedUpstreamRegistryException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#UnsupportedUpstreamRegistryException";
	name = "UnsupportedUpstreamRegistryException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "UnsupportedUpstreamRegistryException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, UnsupportedUpstreamRegistryException.prototype);
	}
};
var InvalidTagParameterException = class InvalidTagParameterException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#InvalidTagParameterException";
	name = "InvalidTagParameterException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "InvalidTagParameterException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidTagParameterException.prototype);
	}
};
var RepositoryAlreadyExistsException = class RepositoryAlreadyExistsException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#RepositoryAlreadyExistsException";
	name = "RepositoryAlreadyExistsException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "RepositoryAlreadyExistsException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, RepositoryAlreadyExistsException.prototype);
	}
};
var TooManyTagsException$1 = class TooManyTagsException$1 extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#TooManyTagsException";
	name = "TooManyTagsException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "TooManyTagsException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, TooManyTagsException$1.prototype);
	}
};
var TemplateAlreadyExistsException = class TemplateAlreadyExistsException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#TemplateAlreadyExistsException";
	name = "TemplateAlreadyExistsException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "TemplateAlreadyExistsException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, TemplateAlreadyExistsException.prototype);
	}
};
var LifecyclePolicyNotFoundException = class LifecyclePolicyNotFoundException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#LifecyclePolicyNotFoundException";
	name = "LifecyclePolicyNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "LifecyclePolicyNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, LifecyclePolicyNotFoundException.prototype);
	}
};
var PullThroughCacheRuleNotFoundException = class PullThroughCacheRuleNotFoundException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#PullThroughCacheRuleNotFoundException";
	name = "PullThroughCacheRuleNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "PullThroughCacheRuleNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, PullThroughCacheRuleNotFoundException.prototype);
	}
};
var RegistryPolicyNotFoundException = class RegistryPolicyNotFoundException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#RegistryPolicyNotFoundException";
	name = "RegistryPolicyNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "RegistryPolicyNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, RegistryPolicyNotFoundException.prototype);
	}
};
var RepositoryNotEmptyException = class RepositoryNotEmptyException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#RepositoryNotEmptyException";
	name = "RepositoryNotEmptyException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "RepositoryNotEmptyException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, RepositoryNotEmptyException.prototype);
	}
};
var TemplateNotFoundException = class TemplateNotFoundException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#TemplateNotFoundException";
	name = "TemplateNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "TemplateNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, TemplateNotFoundException.prototype);
	}
};
var RepositoryPolicyNotFoundException = class RepositoryPolicyNotFoundException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#RepositoryPolicyNotFoundException";
	name = "RepositoryPolicyNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "RepositoryPolicyNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, RepositoryPolicyNotFoundException.prototype);
	}
};
var SigningConfigurationNotFoundException = class SigningConfigurationNotFoundException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#SigningConfigurationNotFoundException";
	name = "SigningConfigurationNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "SigningConfigurationNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, SigningConfigurationNotFoundException.prototype);
	}
};
var ExclusionNotFoundException = class ExclusionNotFoundException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#ExclusionNotFoundException";
	name = "ExclusionNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ExclusionNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ExclusionNotFoundException.prototype);
	}
};
var ImageNotFoundException = class ImageNotFoundException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#ImageNotFoundException";
	name = "ImageNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ImageNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ImageNotFoundException.prototype);
	}
};
var ScanNotFoundException = class ScanNotFoundException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#ScanNotFoundException";
	name = "ScanNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ScanNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ScanNotFoundException.prototype);
	}
};
var ReplicationBackfillNotFoundException = class ReplicationBackfillNotFoundException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#ReplicationBackfillNotFoundException";
	name = "ReplicationBackfillNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ReplicationBackfillNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ReplicationBackfillNotFoundException.prototype);
	}
};
var LayerInaccessibleException = class LayerInaccessibleException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#LayerInaccessibleException";
	name = "LayerInaccessibleException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "LayerInaccessibleException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, LayerInaccessibleException.prototype);
	}
};
var LayersNotFoundException = class LayersNotFoundException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#LayersNotFoundException";
	name = "LayersNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "LayersNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, LayersNotFoundException.prototype);
	}
};
var UnableToGetUpstreamLayerException = class UnableToGetUpstreamLayerException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#UnableToGetUpstreamLayerException";
	name = "UnableToGetUpstreamLayerException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "UnableToGetUpstreamLayerException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, UnableToGetUpstreamLayerException.prototype);
	}
};
var LifecyclePolicyPreviewNotFoundException = class LifecyclePolicyPreviewNotFoundException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#LifecyclePolicyPreviewNotFoundException";
	name = "LifecyclePolicyPreviewNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "LifecyclePolicyPreviewNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, LifecyclePolicyPreviewNotFoundException.prototype);
	}
};
var UnableToListUpstreamImageReferrersException = class UnableToListUpstreamImageReferrersException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#UnableToListUpstreamImageReferrersException";
	name = "UnableToListUpstreamImageReferrersException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "UnableToListUpstreamImageReferrersException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, UnableToListUpstreamImageReferrersException.prototype);
	}
};
var ImageAlreadyExistsException = class ImageAlreadyExistsException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#ImageAlreadyExistsException";
	name = "ImageAlreadyExistsException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ImageAlreadyExistsException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ImageAlreadyExistsException.prototype);
	}
};
var ImageDigestDoesNotMatchException = class ImageDigestDoesNotMatchException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#ImageDigestDoesNotMatchException";
	name = "ImageDigestDoesNotMatchException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ImageDigestDoesNotMatchException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ImageDigestDoesNotMatchException.prototype);
	}
};
var ImageTagAlreadyExistsException = class ImageTagAlreadyExistsException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#ImageTagAlreadyExistsException";
	name = "ImageTagAlreadyExistsException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ImageTagAlreadyExistsException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ImageTagAlreadyExistsException.prototype);
	}
};
var ReferencedImagesNotFoundException = class ReferencedImagesNotFoundException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#ReferencedImagesNotFoundException";
	name = "ReferencedImagesNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ReferencedImagesNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ReferencedImagesNotFoundException.prototype);
	}
};
var BlockedByOrganizationPolicyException = class BlockedByOrganizationPolicyException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#BlockedByOrganizationPolicyException";
	name = "BlockedByOrganizationPolicyException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "BlockedByOrganizationPolicyException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, BlockedByOrganizationPolicyException.prototype);
	}
};
var ExclusionAlreadyExistsException = class ExclusionAlreadyExistsException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#ExclusionAlreadyExistsException";
	name = "ExclusionAlreadyExistsException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ExclusionAlreadyExistsException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ExclusionAlreadyExistsException.prototype);
	}
};
var ImageArchivedException = class ImageArchivedException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#ImageArchivedException";
	name = "ImageArchivedException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ImageArchivedException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ImageArchivedException.prototype);
	}
};
var UnsupportedImageTypeException = class UnsupportedImageTypeException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#UnsupportedImageTypeException";
	name = "UnsupportedImageTypeException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "UnsupportedImageTypeException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, UnsupportedImageTypeException.prototype);
	}
};
var LifecyclePolicyPreviewInProgressException = class LifecyclePolicyPreviewInProgressException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#LifecyclePolicyPreviewInProgressException";
	name = "LifecyclePolicyPreviewInProgressException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "LifecyclePolicyPreviewInProgressException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, LifecyclePolicyPreviewInProgressException.prototype);
	}
};
var ReplicationBackfillInProgressException = class ReplicationBackfillInProgressException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#ReplicationBackfillInProgressException";
	name = "ReplicationBackfillInProgressException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ReplicationBackfillInProgressException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ReplicationBackfillInProgressException.prototype);
	}
};
var ReplicationBackfillInvalidStatusException = class ReplicationBackfillInvalidStatusException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#ReplicationBackfillInvalidStatusException";
	name = "ReplicationBackfillInvalidStatusException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ReplicationBackfillInvalidStatusException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ReplicationBackfillInvalidStatusException.prototype);
	}
};
var ImageStorageClassUpdateNotSupportedException = class ImageStorageClassUpdateNotSupportedException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#ImageStorageClassUpdateNotSupportedException";
	name = "ImageStorageClassUpdateNotSupportedException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ImageStorageClassUpdateNotSupportedException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ImageStorageClassUpdateNotSupportedException.prototype);
	}
};
var InvalidLayerPartException = class InvalidLayerPartException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#InvalidLayerPartException";
	name = "InvalidLayerPartException";
	$fault = "client";
	registryId;
	repositoryName;
	uploadId;
	lastValidByteReceived;
	constructor(opts) {
		super({
			name: "InvalidLayerPartException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidLayerPartException.prototype);
		this.registryId = opts.registryId;
		this.repositoryName = opts.repositoryName;
		this.uploadId = opts.uploadId;
		this.lastValidByteReceived = opts.lastValidByteReceived;
	}
};
// node_modules/@aws-sdk/client-ecr/dist-es/schemas/schemas_0.js
const _BBOPE = "BlockedByOrganizationPolicyException";
const _DI = "DescribeImages";
const _DIF = "DescribeImagesFilter";
const _DIR = "DescribeImagesRequest";
const _DIRe = "DescribeImagesResponse";
const _EAEE = "ExclusionAlreadyExistsException";
const _ENFE = "ExclusionNotFoundException";
const _EUE = "EmptyUploadException";
const _IAE$1 = "ImageArchivedException";
const _IAEE = "ImageAlreadyExistsException";
const _ID$2 = "ImageDetail";
const _IDDNME = "ImageDigestDoesNotMatchException";
const _IDL = "ImageDetailList";
const _II = "ImageIdentifier";
const _IIL = "ImageIdentifierList";
const _ILE = "InvalidLayerException";
const _ILPE = "InvalidLayerPartException";
const _INFE = "ImageNotFoundException";
const _IPE$3 = "InvalidParameterException";
const _ISCUNSE = "ImageStorageClassUpdateNotSupportedException";
const _ISFS = "ImageScanFindingsSummary";
const _ISS = "ImageScanStatus";
const _ITAEE = "ImageTagAlreadyExistsException";
const _ITPE = "InvalidTagParameterException";
const _KE = "KmsException";
const _LAEE = "LayerAlreadyExistsException";
const _LEE$1 = "LimitExceededException";
const _LIE = "LayerInaccessibleException";
const _LNFE$1 = "LayersNotFoundException";
const _LPNFE = "LifecyclePolicyNotFoundException";
const _LPPIPE = "LifecyclePolicyPreviewInProgressException";
const _LPPNFE = "LifecyclePolicyPreviewNotFoundException";
const _LPTSE = "LayerPartTooSmallException";
const _PTCRAEE = "PullThroughCacheRuleAlreadyExistsException";
const _PTCRNFE = "PullThroughCacheRuleNotFoundException";
const _RAEE = "RepositoryAlreadyExistsException";
const _RBIPE = "ReplicationBackfillInProgressException";
const _RBISE = "ReplicationBackfillInvalidStatusException";
const _RBNFE = "ReplicationBackfillNotFoundException";
const _RINFE$1 = "ReferencedImagesNotFoundException";
const _RNEE = "RepositoryNotEmptyException";
const _RNFE$4 = "RepositoryNotFoundException";
const _RPNFE$1 = "RegistryPolicyNotFoundException";
const _RPNFEe = "RepositoryPolicyNotFoundException";
const _SCNFE = "SigningConfigurationNotFoundException";
const _SE$2 = "ServerException";
const _SNFE$2 = "ScanNotFoundException";
const _SNFEe = "SecretNotFoundException";
const _TAEE = "TemplateAlreadyExistsException";
const _TMTE$2 = "TooManyTagsException";
const _TNFE$1 = "TemplateNotFoundException";
const _UITE = "UnsupportedImageTypeException";
const _UNFE = "UploadNotFoundException";
const _UTASE = "UnableToAccessSecretException";
const _UTDSVE = "UnableToDecryptSecretValueException";
const _UTGUIE = "UnableToGetUpstreamImageException";
const _UTGULE = "UnableToGetUpstreamLayerException";
const _UTLUIRE = "UnableToListUpstreamImageReferrersException";
const _UURE = "UnsupportedUpstreamRegistryException";
const _VE$1 = "ValidationException";
const _aMTr = "artifactMediaType";
const _c$4 = "client";
const _d$1 = "description";
const _e$4 = "error";
const _fSC = "findingSeverityCounts";
const _fi$1 = "filter";
const _hE$3 = "httpError";
const _iD$1 = "imageDetails";
const _iDm = "imageDigest";
const _iI = "imageIds";
const _iMMT = "imageManifestMediaType";
const _iPA = "imagePushedAt";
const _iS = "imageStatus";
const _iSCA = "imageScanCompletedAt";
const _iSFS = "imageScanFindingsSummary";
const _iSIB = "imageSizeInBytes";
const _iSS = "imageScanStatus";
const _iT = "imageTags";
const _iTm = "imageTag";
const _kE = "kmsError";
const _lAA = "lastArchivedAt";
const _lAAa = "lastActivatedAt";
const _lRPT = "lastRecordedPullTime";
const _lVBR = "lastValidByteReceived";
const _m$3 = "message";
const _mR$1 = "maxResults";
const _nT$1 = "nextToken";
const _rI$1 = "registryId";
const _rN = "repositoryName";
const _s$4 = "smithy.ts.sdk.synthetic.com.amazonaws.ecr";
const _sMD = "subjectManifestDigest";
const _se$4 = "server";
const _st$1 = "status";
const _tS = "tagStatus";
const _uI = "uploadId";
const _vSUA = "vulnerabilitySourceUpdatedAt";
const n0$4 = "com.amazonaws.ecr";
const _s_registry$4 = new TypeRegistry(_s$4);
var ECRServiceException$ = [
	-3,
	_s$4,
	"ECRServiceException",
	0,
	[],
	[]
];
_s_registry$4.registerError(ECRServiceException$, ECRServiceException);
const n0_registry$4 = new TypeRegistry(n0$4);
var BlockedByOrganizationPolicyException$ = [
	-3,
	n0$4,
	_BBOPE,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(BlockedByOrganizationPolicyException$, BlockedByOrganizationPolicyException);
var EmptyUploadException$ = [
	-3,
	n0$4,
	_EUE,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(EmptyUploadException$, EmptyUploadException);
var ExclusionAlreadyExistsException$ = [
	-3,
	n0$4,
	_EAEE,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(ExclusionAlreadyExistsException$, ExclusionAlreadyExistsException);
var ExclusionNotFoundException$ = [
	-3,
	n0$4,
	_ENFE,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(ExclusionNotFoundException$, ExclusionNotFoundException);
var ImageAlreadyExistsException$ = [
	-3,
	n0$4,
	_IAEE,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(ImageAlreadyExistsException$, ImageAlreadyExistsException);
var ImageArchivedException$ = [
	-3,
	n0$4,
	_IAE$1,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(ImageArchivedException$, ImageArchivedException);
var ImageDigestDoesNotMatchException$ = [
	-3,
	n0$4,
	_IDDNME,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(ImageDigestDoesNotMatchException$, ImageDigestDoesNotMatchException);
var ImageNotFoundException$ = [
	-3,
	n0$4,
	_INFE,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(ImageNotFoundException$, ImageNotFoundException);
var ImageStorageClassUpdateNotSupportedException$ = [
	-3,
	n0$4,
	_ISCUNSE,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(ImageStorageClassUpdateNotSupportedException$, ImageStorageClassUpdateNotSupportedException);
var ImageTagAlreadyExistsException$ = [
	-3,
	n0$4,
	_ITAEE,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(ImageTagAlreadyExistsException$, ImageTagAlreadyExistsException);
var InvalidLayerException$ = [
	-3,
	n0$4,
	_ILE,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(InvalidLayerException$, InvalidLayerException);
var InvalidLayerPartException$ = [
	-3,
	n0$4,
	_ILPE,
	{ [_e$4]: _c$4 },
	[
		_rI$1,
		_rN,
		_uI,
		_lVBR,
		_m$3
	],
	[
		0,
		0,
		0,
		1,
		0
	]
];
n0_registry$4.registerError(InvalidLayerPartException$, InvalidLayerPartException);
var InvalidParameterException$$1 = [
	-3,
	n0$4,
	_IPE$3,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(InvalidParameterException$$1, InvalidParameterException$1);
var InvalidTagParameterException$ = [
	-3,
	n0$4,
	_ITPE,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(InvalidTagParameterException$, InvalidTagParameterException);
var KmsException$ = [
	-3,
	n0$4,
	_KE,
	{ [_e$4]: _c$4 },
	[_m$3, _kE],
	[0, 0]
];
n0_registry$4.registerError(KmsException$, KmsException);
var LayerAlreadyExistsException$ = [
	-3,
	n0$4,
	_LAEE,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(LayerAlreadyExistsException$, LayerAlreadyExistsException);
var LayerInaccessibleException$ = [
	-3,
	n0$4,
	_LIE,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(LayerInaccessibleException$, LayerInaccessibleException);
var LayerPartTooSmallException$ = [
	-3,
	n0$4,
	_LPTSE,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(LayerPartTooSmallException$, LayerPartTooSmallException);
var LayersNotFoundException$ = [
	-3,
	n0$4,
	_LNFE$1,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(LayersNotFoundException$, LayersNotFoundException);
var LifecyclePolicyNotFoundException$ = [
	-3,
	n0$4,
	_LPNFE,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(LifecyclePolicyNotFoundException$, LifecyclePolicyNotFoundException);
var LifecyclePolicyPreviewInProgressException$ = [
	-3,
	n0$4,
	_LPPIPE,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(LifecyclePolicyPreviewInProgressException$, LifecyclePolicyPreviewInProgressException);
var LifecyclePolicyPreviewNotFoundException$ = [
	-3,
	n0$4,
	_LPPNFE,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(LifecyclePolicyPreviewNotFoundException$, LifecyclePolicyPreviewNotFoundException);
var LimitExceededException$$1 = [
	-3,
	n0$4,
	_LEE$1,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(LimitExceededException$$1, LimitExceededException$1);
var PullThroughCacheRuleAlreadyExistsException$ = [
	-3,
	n0$4,
	_PTCRAEE,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(PullThroughCacheRuleAlreadyExistsException$, PullThroughCacheRuleAlreadyExistsException);
var PullThroughCacheRuleNotFoundException$ = [
	-3,
	n0$4,
	_PTCRNFE,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(PullThroughCacheRuleNotFoundException$, PullThroughCacheRuleNotFoundException);
var ReferencedImagesNotFoundException$ = [
	-3,
	n0$4,
	_RINFE$1,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(ReferencedImagesNotFoundException$, ReferencedImagesNotFoundException);
var RegistryPolicyNotFoundException$ = [
	-3,
	n0$4,
	_RPNFE$1,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(RegistryPolicyNotFoundException$, RegistryPolicyNotFoundException);
var ReplicationBackfillInProgressException$ = [
	-3,
	n0$4,
	_RBIPE,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(ReplicationBackfillInProgressException$, ReplicationBackfillInProgressException);
var ReplicationBackfillInvalidStatusException$ = [
	-3,
	n0$4,
	_RBISE,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(ReplicationBackfillInvalidStatusException$, ReplicationBackfillInvalidStatusException);
var ReplicationBackfillNotFoundException$ = [
	-3,
	n0$4,
	_RBNFE,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(ReplicationBackfillNotFoundException$, ReplicationBackfillNotFoundException);
var RepositoryAlreadyExistsException$ = [
	-3,
	n0$4,
	_RAEE,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(RepositoryAlreadyExistsException$, RepositoryAlreadyExistsException);
var RepositoryNotEmptyException$ = [
	-3,
	n0$4,
	_RNEE,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(RepositoryNotEmptyException$, RepositoryNotEmptyException);
var RepositoryNotFoundException$ = [
	-3,
	n0$4,
	_RNFE$4,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(RepositoryNotFoundException$, RepositoryNotFoundException);
var RepositoryPolicyNotFoundException$ = [
	-3,
	n0$4,
	_RPNFEe,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(RepositoryPolicyNotFoundException$, RepositoryPolicyNotFoundException);
var ScanNotFoundException$ = [
	-3,
	n0$4,
	_SNFE$2,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(ScanNotFoundException$, ScanNotFoundException);
var SecretNotFoundException$ = [
	-3,
	n0$4,
	_SNFEe,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(SecretNotFoundException$, SecretNotFoundException);
var ServerException$$1 = [
	-3,
	n0$4,
	_SE$2,
	{ [_e$4]: _se$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(ServerException$$1, ServerException$1);
var SigningConfigurationNotFoundException$ = [
	-3,
	n0$4,
	_SCNFE,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(SigningConfigurationNotFoundException$, SigningConfigurationNotFoundException);
var TemplateAlreadyExistsException$ = [
	-3,
	n0$4,
	_TAEE,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(TemplateAlreadyExistsException$, TemplateAlreadyExistsException);
var TemplateNotFoundException$ = [
	-3,
	n0$4,
	_TNFE$1,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(TemplateNotFoundException$, TemplateNotFoundException);
var TooManyTagsException$$1 = [
	-3,
	n0$4,
	_TMTE$2,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(TooManyTagsException$$1, TooManyTagsException$1);
var UnableToAccessSecretException$ = [
	-3,
	n0$4,
	_UTASE,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(UnableToAccessSecretException$, UnableToAccessSecretException);
var UnableToDecryptSecretValueException$ = [
	-3,
	n0$4,
	_UTDSVE,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(UnableToDecryptSecretValueException$, UnableToDecryptSecretValueException);
var UnableToGetUpstreamImageException$ = [
	-3,
	n0$4,
	_UTGUIE,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(UnableToGetUpstreamImageException$, UnableToGetUpstreamImageException);
var UnableToGetUpstreamLayerException$ = [
	-3,
	n0$4,
	_UTGULE,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(UnableToGetUpstreamLayerException$, UnableToGetUpstreamLayerException);
var UnableToListUpstreamImageReferrersException$ = [
	-3,
	n0$4,
	_UTLUIRE,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(UnableToListUpstreamImageReferrersException$, UnableToListUpstreamImageReferrersException);
var UnsupportedImageTypeException$ = [
	-3,
	n0$4,
	_UITE,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(UnsupportedImageTypeException$, UnsupportedImageTypeException);
var UnsupportedUpstreamRegistryException$ = [
	-3,
	n0$4,
	_UURE,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(UnsupportedUpstreamRegistryException$, UnsupportedUpstreamRegistryException);
var UploadNotFoundException$ = [
	-3,
	n0$4,
	_UNFE,
	{ [_e$4]: _c$4 },
	[_m$3],
	[0]
];
n0_registry$4.registerError(UploadNotFoundException$, UploadNotFoundException);
var ValidationException$$1 = [
	-3,
	n0$4,
	_VE$1,
	{
		[_e$4]: _c$4,
		[_hE$3]: 400
	},
	[_m$3],
	[0]
];
n0_registry$4.registerError(ValidationException$$1, ValidationException$1);
const errorTypeRegistries$4 = [_s_registry$4, n0_registry$4];
var DescribeImagesFilter$ = [
	3,
	n0$4,
	_DIF,
	0,
	[_tS, _iS],
	[0, 0]
];
var DescribeImagesRequest$ = [
	3,
	n0$4,
	_DIR,
	0,
	[
		_rN,
		_rI$1,
		_iI,
		_nT$1,
		_mR$1,
		_fi$1
	],
	[
		0,
		0,
		() => ImageIdentifierList,
		0,
		1,
		() => DescribeImagesFilter$
	],
	1
];
var DescribeImagesResponse$ = [
	3,
	n0$4,
	_DIRe,
	0,
	[_iD$1, _nT$1],
	[() => ImageDetailList, 0]
];
var ImageDetail$ = [
	3,
	n0$4,
	_ID$2,
	0,
	[
		_rI$1,
		_rN,
		_iDm,
		_iT,
		_iSIB,
		_iPA,
		_iSS,
		_iSFS,
		_iMMT,
		_aMTr,
		_lRPT,
		_sMD,
		_iS,
		_lAA,
		_lAAa
	],
	[
		0,
		0,
		0,
		64,
		1,
		4,
		() => ImageScanStatus$,
		() => ImageScanFindingsSummary$,
		0,
		0,
		4,
		0,
		0,
		4,
		4
	]
];
var ImageIdentifier$ = [
	3,
	n0$4,
	_II,
	0,
	[_iDm, _iTm],
	[0, 0]
];
var ImageScanFindingsSummary$ = [
	3,
	n0$4,
	_ISFS,
	0,
	[
		_iSCA,
		_vSUA,
		_fSC
	],
	[
		4,
		4,
		129
	]
];
var ImageScanStatus$ = [
	3,
	n0$4,
	_ISS,
	0,
	[_st$1, _d$1],
	[0, 0]
];
var ImageDetailList = [
	1,
	n0$4,
	_IDL,
	0,
	() => ImageDetail$
];
var ImageIdentifierList = [
	1,
	n0$4,
	_IIL,
	0,
	() => ImageIdentifier$
];
var DescribeImages$ = [
	9,
	n0$4,
	_DI,
	0,
	() => DescribeImagesRequest$,
	() => DescribeImagesResponse$
];
// node_modules/@aws-sdk/client-ecr/dist-es/runtimeConfig.shared.js
const getRuntimeConfig$9 = (config) => {
	return {
		apiVersion: "2015-09-21",
		base64Decoder: config?.base64Decoder ?? fromBase64,
		base64Encoder: config?.base64Encoder ?? toBase64$1,
		disableHostPrefix: config?.disableHostPrefix ?? false,
		endpointProvider: config?.endpointProvider ?? defaultEndpointResolver$4,
		extensions: config?.extensions ?? [],
		httpAuthSchemeProvider: config?.httpAuthSchemeProvider ?? defaultECRHttpAuthSchemeProvider,
		httpAuthSchemes: config?.httpAuthSchemes ?? [{
			schemeId: "aws.auth#sigv4",
			identityProvider: (ipc) => ipc.getIdentityProvider("aws.auth#sigv4"),
			signer: new AwsSdkSigV4Signer()
		}],
		logger: config?.logger ?? new NoOpLogger(),
		protocol: config?.protocol ?? AwsJson1_1Protocol,
		protocolSettings: config?.protocolSettings ?? {
			defaultNamespace: "com.amazonaws.ecr",
			errorTypeRegistries: errorTypeRegistries$4,
			xmlNamespace: "http://ecr.amazonaws.com/doc/2015-09-21/",
			version: "2015-09-21",
			serviceTarget: "AmazonEC2ContainerRegistry_V20150921"
		},
		serviceId: config?.serviceId ?? "ECR",
		sha256: config?.sha256 ?? Sha256Node,
		urlParser: config?.urlParser ?? parseUrl,
		utf8Decoder: config?.utf8Decoder ?? fromUtf8$1,
		utf8Encoder: config?.utf8Encoder ?? toUtf8$1
	};
};
// node_modules/@aws-sdk/client-ecr/dist-es/runtimeConfig.js
const getRuntimeConfig$8 = (config) => {
	emitWarningIfUnsupportedVersion(process.version);
	const defaultsMode = resolveDefaultsModeConfig(config);
	const defaultConfigProvider = () => defaultsMode().then(loadConfigsForDefaultMode);
	const clientSharedValues = getRuntimeConfig$9(config);
	emitWarningIfUnsupportedVersion$1(process.version);
	const loaderConfig = {
		profile: config?.profile,
		logger: clientSharedValues.logger
	};
	return {
		...clientSharedValues,
		...config,
		runtime: "node",
		defaultsMode,
		authSchemePreference: config?.authSchemePreference ?? loadConfig(NODE_AUTH_SCHEME_PREFERENCE_OPTIONS, loaderConfig),
		bodyLengthChecker: config?.bodyLengthChecker ?? calculateBodyLength,
		credentialDefaultProvider: config?.credentialDefaultProvider ?? defaultProvider,
		defaultSocketTimeout: getDefaultSocketTimeout(config?.requestHandler, 3e5),
		defaultUserAgentProvider: config?.defaultUserAgentProvider ?? createDefaultUserAgentProvider({
			serviceId: clientSharedValues.serviceId,
			clientVersion: version$4
		}),
		maxAttempts: config?.maxAttempts ?? loadConfig(NODE_MAX_ATTEMPT_CONFIG_OPTIONS, config),
		region: config?.region ?? loadConfig(NODE_REGION_CONFIG_OPTIONS, {
			...NODE_REGION_CONFIG_FILE_OPTIONS,
			...loaderConfig
		}),
		requestHandler: NodeHttpHandler.create(config?.requestHandler ?? defaultConfigProvider),
		retryMode: config?.retryMode ?? loadConfig({
			...NODE_RETRY_MODE_CONFIG_OPTIONS,
			default: async () => (await defaultConfigProvider()).retryMode || DEFAULT_RETRY_MODE
		}, config),
		streamCollector: config?.streamCollector ?? streamCollector,
		useDualstackEndpoint: config?.useDualstackEndpoint ?? loadConfig(NODE_USE_DUALSTACK_ENDPOINT_CONFIG_OPTIONS, loaderConfig),
		useFipsEndpoint: config?.useFipsEndpoint ?? loadConfig(NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS, loaderConfig),
		userAgentAppId: config?.userAgentAppId ?? loadConfig(NODE_APP_ID_CONFIG_OPTIONS, loaderConfig)
	};
};
// node_modules/@aws-sdk/client-ecr/dist-es/auth/httpAuthExtensionConfiguration.js
const getHttpAuthExtensionConfiguration$4 = (runtimeConfig) => {
	const _httpAuthSchemes = runtimeConfig.httpAuthSchemes;
	let _httpAuthSchemeProvider = runtimeConfig.httpAuthSchemeProvider;
	let _credentials = runtimeConfig.credentials;
	return {
		setHttpAuthScheme(httpAuthScheme) {
			const index = _httpAuthSchemes.findIndex((scheme) => scheme.schemeId === httpAuthScheme.schemeId);
			if (index === -1) _httpAuthSchemes.push(httpAuthScheme);
			else _httpAuthSchemes.splice(index, 1, httpAuthScheme);
		},
		httpAuthSchemes() {
			return _httpAuthSchemes;
		},
		setHttpAuthSchemeProvider(httpAuthSchemeProvider) {
			_httpAuthSchemeProvider = httpAuthSchemeProvider;
		},
		httpAuthSchemeProvider() {
			return _httpAuthSchemeProvider;
		},
		setCredentials(credentials) {
			_credentials = credentials;
		},
		credentials() {
			return _credentials;
		}
	};
};
const resolveHttpAuthRuntimeConfig$4 = (config) => {
	return {
		httpAuthSchemes: config.httpAuthSchemes(),
		httpAuthSchemeProvider: config.httpAuthSchemeProvider(),
		credentials: config.credentials()
	};
};
// node_modules/@aws-sdk/client-ecr/dist-es/runtimeExtensions.js
const resolveRuntimeExtensions$4 = (runtimeConfig, extensions) => {
	const extensionConfiguration = Object.assign(getAwsRegionExtensionConfiguration(runtimeConfig), getDefaultExtensionConfiguration(runtimeConfig), getHttpHandlerExtensionConfiguration(runtimeConfig), getHttpAuthExtensionConfiguration$4(runtimeConfig));
	extensions.forEach((extension) => extension.configure(extensionConfiguration));
	return Object.assign(runtimeConfig, resolveAwsRegionExtensionConfiguration(extensionConfiguration), resolveDefaultRuntimeConfig(extensionConfiguration), resolveHttpHandlerRuntimeConfig(extensionConfiguration), resolveHttpAuthRuntimeConfig$4(extensionConfiguration));
};
// node_modules/@aws-sdk/client-ecr/dist-es/ECRClient.js
var ECRClient = class extends Client {
	config;
	constructor(...[configuration]) {
		const _config_0 = getRuntimeConfig$8(configuration || {});
		super(_config_0);
		this.initConfig = _config_0;
		const _config_2 = resolveUserAgentConfig(resolveClientEndpointParameters$4(_config_0));
		const _config_3 = resolveRetryConfig(_config_2);
		const _config_5 = resolveHostHeaderConfig(resolveRegionConfig(_config_3));
		const _config_6 = resolveEndpointConfig(_config_5);
		const _config_7 = resolveHttpAuthSchemeConfig$4(_config_6);
		const _config_8 = resolveRuntimeExtensions$4(_config_7, configuration?.extensions || []);
		this.config = _config_8;
		this.middlewareStack.use(getSchemaSerdePlugin(this.config));
		this.middlewareStack.use(getUserAgentPlugin(this.config));
		this.middlewareStack.use(getRetryPlugin(this.config));
		this.middlewareStack.use(getContentLengthPlugin(this.config));
		this.middlewareStack.use(getHostHeaderPlugin(this.config));
		this.middlewareStack.use(getLoggerPlugin(this.config));
		this.middlewareStack.use(getRecursionDetectionPlugin(this.config));
		this.middlewareStack.use(getHttpAuthSchemeEndpointRuleSetPlugin(this.config, {
			httpAuthSchemeParametersProvider: defaultECRHttpAuthSchemeParametersProvider,
			identityProviderConfigProvider: async (config) => new DefaultIdentityProviderConfig({ "aws.auth#sigv4": config.credentials })
		}));
		this.middlewareStack.use(getHttpSigningPlugin(this.config));
	}
	destroy() {
		super.destroy();
	}
};
// node_modules/@aws-sdk/client-ecr/dist-es/commandBuilder.js
const command$4 = makeBuilder(commonParams$4, "AmazonEC2ContainerRegistry_V20150921", "ECRClient", getEndpointPlugin);
const _ep0$4 = {};
const _mw0$4 = (Command, cs, config, o) => [];
// node_modules/@aws-sdk/client-ecr/dist-es/commands/DescribeImagesCommand.js
var DescribeImagesCommand = class extends command$4(_ep0$4, _mw0$4, "DescribeImages", DescribeImages$) {};
// node_modules/@aws-sdk/client-ecs/dist-es/auth/httpAuthSchemeProvider.js
const defaultECSHttpAuthSchemeParametersProvider = async (config, context, input) => {
	return {
		operation: getSmithyContext(context).operation,
		region: await normalizeProvider$1(config.region)() || (() => {
			throw new Error("expected `region` to be configured for `aws.auth#sigv4`");
		})()
	};
};
function createAwsAuthSigv4HttpAuthOption$3(authParameters) {
	return {
		schemeId: "aws.auth#sigv4",
		signingProperties: {
			name: "ecs",
			region: authParameters.region
		},
		propertiesExtractor: (config, context) => ({ signingProperties: {
			config,
			context
		} })
	};
}
const defaultECSHttpAuthSchemeProvider = (authParameters) => {
	const options = [];
	switch (authParameters.operation) {
		default: options.push(createAwsAuthSigv4HttpAuthOption$3(authParameters));
	}
	return options;
};
const resolveHttpAuthSchemeConfig$3 = (config) => {
	const config_0 = resolveAwsSdkSigV4Config(config);
	return Object.assign(config_0, { authSchemePreference: normalizeProvider$1(config.authSchemePreference ?? []) });
};
// node_modules/@aws-sdk/client-ecs/dist-es/endpoint/EndpointParameters.js
const resolveClientEndpointParameters$3 = (options) => {
	return Object.assign(options, {
		useDualstackEndpoint: options.useDualstackEndpoint ?? false,
		useFipsEndpoint: options.useFipsEndpoint ?? false,
		defaultSigningName: "ecs"
	});
};
const commonParams$3 = {
	UseFIPS: {
		type: "builtInParams",
		name: "useFipsEndpoint"
	},
	Endpoint: {
		type: "builtInParams",
		name: "endpoint"
	},
	Region: {
		type: "builtInParams",
		name: "region"
	},
	UseDualStack: {
		type: "builtInParams",
		name: "useDualstackEndpoint"
	}
};
// node_modules/@aws-sdk/client-ecs/package.json
var version$3 = "3.1164.0";
// node_modules/@aws-sdk/client-ecs/dist-es/endpoint/bdd.js
const k$3 = "ref";
const a$3 = -1;
const b$3 = true;
const c$3 = "isSet";
const d$3 = "PartitionResult";
const e$3 = "booleanEquals";
const f$3 = "getAttr";
const g$3 = { [k$3]: "Endpoint" };
const h$3 = { [k$3]: d$3 };
const i$3 = {};
const j$3 = [{ [k$3]: "Region" }];
const _data$3 = {
	conditions: [
		[c$3, [g$3]],
		[c$3, j$3],
		[
			"aws.partition",
			j$3,
			d$3
		],
		[e$3, [{ [k$3]: "UseFIPS" }, b$3]],
		[e$3, [{ [k$3]: "UseDualStack" }, b$3]],
		[e$3, [{
			fn: f$3,
			argv: [h$3, "supportsDualStack"]
		}, b$3]],
		[e$3, [{
			fn: f$3,
			argv: [h$3, "supportsFIPS"]
		}, b$3]]
	],
	results: [
		[a$3],
		[a$3, "Invalid Configuration: FIPS and custom endpoint are not supported"],
		[a$3, "Invalid Configuration: Dualstack and custom endpoint are not supported"],
		[g$3, i$3],
		["https://ecs-fips.{Region}.{PartitionResult#dualStackDnsSuffix}", i$3],
		[a$3, "FIPS and DualStack are enabled, but this partition does not support one or both"],
		["https://ecs-fips.{Region}.{PartitionResult#dnsSuffix}", i$3],
		[a$3, "FIPS is enabled but this partition does not support FIPS"],
		["https://ecs.{Region}.{PartitionResult#dualStackDnsSuffix}", i$3],
		[a$3, "DualStack is enabled but this partition does not support DualStack"],
		["https://ecs.{Region}.{PartitionResult#dnsSuffix}", i$3],
		[a$3, "Invalid Configuration: Missing Region"]
	]
};
const root$3 = 2;
const nodes$3 = new Int32Array([
	-1,
	1,
	-1,
	0,
	12,
	3,
	1,
	4,
	100000011,
	2,
	5,
	100000011,
	3,
	8,
	6,
	4,
	7,
	100000010,
	5,
	100000008,
	100000009,
	4,
	10,
	9,
	6,
	100000006,
	100000007,
	5,
	11,
	100000005,
	6,
	100000004,
	100000005,
	3,
	100000001,
	13,
	4,
	100000002,
	100000003
]);
const bdd$3 = BinaryDecisionDiagram.from(nodes$3, root$3, _data$3.conditions, _data$3.results);
// node_modules/@aws-sdk/client-ecs/dist-es/endpoint/endpointResolver.js
const cache$3 = new EndpointCache({
	size: 50,
	params: [
		"Endpoint",
		"Region",
		"UseDualStack",
		"UseFIPS"
	]
});
const defaultEndpointResolver$3 = (endpointParams, context = {}) => {
	return cache$3.get(endpointParams, () => decideEndpoint(bdd$3, {
		endpointParams,
		logger: context.logger
	}));
};
customEndpointFunctions.aws = awsEndpointFunctions;
// node_modules/@aws-sdk/client-ecs/dist-es/models/ECSServiceException.js
var ECSServiceException = class ECSServiceException extends ServiceException$2 {
	static shapeId = "smithy.ts.sdk.synthetic.com.amazonaws.ecs#ECSServiceException";
	constructor(options) {
		super(options);
		Object.setPrototypeOf(this, ECSServiceException.prototype);
	}
};
// node_modules/@aws-sdk/client-ecs/dist-es/models/errors.js
var AccessDeniedException$1 = class AccessDeniedException$1 extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#AccessDeniedException";
	name = "AccessDeniedException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "AccessDeniedException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, AccessDeniedException$1.prototype);
	}
};
var ClientException = class ClientException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#ClientException";
	name = "ClientException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ClientException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ClientException.prototype);
	}
};
var ClusterNotFoundException = class ClusterNotFoundException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#ClusterNotFoundException";
	name = "ClusterNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ClusterNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ClusterNotFoundException.prototype);
	}
};
var InvalidParameterException = class InvalidParameterException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#InvalidParameterException";
	name = "InvalidParameterException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "InvalidParameterException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidParameterException.prototype);
	}
};
var LimitExceededException = class LimitExceededException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#LimitExceededException";
	name = "LimitExceededException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "LimitExceededException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, LimitExceededException.prototype);
	}
};
var ServerException = class ServerException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#ServerException";
	name = "ServerException";
	$fault = "server";
	constructor(opts) {
		super({
			name: "ServerException",
			$fault: "server",
			...opts
		});
		Object.setPrototypeOf(this, ServerException.prototype);
	}
};
var UnsupportedFeatureException = class UnsupportedFeatureException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#UnsupportedFeatureException";
	name = "UnsupportedFeatureException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "UnsupportedFeatureException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, UnsupportedFeatureException.prototype);
	}
};
var UpdateInProgressException = class UpdateInProgressException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#UpdateInProgressException";
	name = "UpdateInProgressException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "UpdateInProgressException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, UpdateInProgressException.prototype);
	}
};
var NamespaceNotFoundException = class NamespaceNotFoundException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#NamespaceNotFoundException";
	name = "NamespaceNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "NamespaceNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, NamespaceNotFoundException.prototype);
	}
};
var ClusterContainsCapacityProviderException = class ClusterContainsCapacityProviderException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#ClusterContainsCapacityProviderException";
	name = "ClusterContainsCapacityProviderException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ClusterContainsCapacityProviderException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ClusterContainsCapacityProviderException.prototype);
	}
};
var ClusterContainsContainerInstancesException = class ClusterContainsContainerInstancesException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#ClusterContainsContainerInstancesException";
	name = "ClusterContainsContainerInstancesException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ClusterContainsContainerInstancesException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ClusterContainsContainerInstancesException.prototype);
	}
};
var ClusterContainsServicesException = class ClusterContainsServicesException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#ClusterContainsServicesException";
	name = "ClusterContainsServicesException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ClusterContainsServicesException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ClusterContainsServicesException.prototype);
	}
};
var ClusterContainsTasksException = class ClusterContainsTasksException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#ClusterContainsTasksException";
	name = "ClusterContainsTasksException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ClusterContainsTasksException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ClusterContainsTasksException.prototype);
	}
};
var TargetNotConnectedException = class TargetNotConnectedException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#TargetNotConnectedException";
	name = "TargetNotConnectedException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "TargetNotConnectedException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, TargetNotConnectedException.prototype);
	}
};
var ResourceInUseException$3 = class ResourceInUseException$3 extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#ResourceInUseException";
	name = "ResourceInUseException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ResourceInUseException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ResourceInUseException$3.prototype);
	}
};
var TargetNotFoundException = class TargetNotFoundException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#TargetNotFoundException";
	name = "TargetNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "TargetNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, TargetNotFoundException.prototype);
	}
};
var ServiceNotFoundException = class ServiceNotFoundException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#ServiceNotFoundException";
	name = "ServiceNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ServiceNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ServiceNotFoundException.prototype);
	}
};
var AttributeLimitExceededException = class AttributeLimitExceededException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#AttributeLimitExceededException";
	name = "AttributeLimitExceededException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "AttributeLimitExceededException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, AttributeLimitExceededException.prototype);
	}
};
var MissingVersionException = class MissingVersionException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#MissingVersionException";
	name = "MissingVersionException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "MissingVersionException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, MissingVersionException.prototype);
	}
};
var NoUpdateAvailableException = class NoUpdateAvailableException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#NoUpdateAvailableException";
	name = "NoUpdateAvailableException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "NoUpdateAvailableException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, NoUpdateAvailableException.prototype);
	}
};
var ServiceDeploymentNotFoundException = class ServiceDeploymentNotFoundException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#ServiceDeploymentNotFoundException";
	name = "ServiceDeploymentNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ServiceDeploymentNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ServiceDeploymentNotFoundException.prototype);
	}
};
var PlatformUnknownException = class PlatformUnknownException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#PlatformUnknownException";
	name = "PlatformUnknownException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "PlatformUnknownException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, PlatformUnknownException.prototype);
	}
};
var DaemonNotActiveException = class DaemonNotActiveException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#DaemonNotActiveException";
	name = "DaemonNotActiveException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "DaemonNotActiveException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, DaemonNotActiveException.prototype);
	}
};
var DaemonNotFoundException = class DaemonNotFoundException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#DaemonNotFoundException";
	name = "DaemonNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "DaemonNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, DaemonNotFoundException.prototype);
	}
};
var GatewayNotFoundException = class GatewayNotFoundException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#GatewayNotFoundException";
	name = "GatewayNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "GatewayNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, GatewayNotFoundException.prototype);
	}
};
var ResourceNotFoundException$3 = class ResourceNotFoundException$3 extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#ResourceNotFoundException";
	name = "ResourceNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ResourceNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ResourceNotFoundException$3.prototype);
	}
};
var PlatformTaskDefinitionIncompatibilityException = class PlatformTaskDefinitionIncompatibilityException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#PlatformTaskDefinitionIncompatibilityException";
	name = "PlatformTaskDefinitionIncompatibilityException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "PlatformTaskDefinitionIncompatibilityException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, PlatformTaskDefinitionIncompatibilityException.prototype);
	}
};
var ServiceNotActiveException = class ServiceNotActiveException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#ServiceNotActiveException";
	name = "ServiceNotActiveException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ServiceNotActiveException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ServiceNotActiveException.prototype);
	}
};
var ConflictException$1 = class ConflictException$1 extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#ConflictException";
	name = "ConflictException";
	$fault = "client";
	resourceIds;
	constructor(opts) {
		super({
			name: "ConflictException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ConflictException$1.prototype);
		this.resourceIds = opts.resourceIds;
	}
};
var TaskSetNotFoundException = class TaskSetNotFoundException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#TaskSetNotFoundException";
	name = "TaskSetNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "TaskSetNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, TaskSetNotFoundException.prototype);
	}
};
var BlockedException = class BlockedException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#BlockedException";
	name = "BlockedException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "BlockedException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, BlockedException.prototype);
	}
};
// node_modules/@aws-sdk/client-ecs/dist-es/schemas/schemas_0.js
const _A$1 = "Attachment";
const _AC$2 = "AdvancedConfiguration";
const _AD$1 = "AttachmentDetails";
const _ADE$1 = "AccessDeniedException";
const _ALEE$1 = "AttributeLimitExceededException";
const _AVC = "AwsVpcConfiguration";
const _At = "Attribute";
const _Att = "Attachments";
const _Attr = "Attributes";
const _BE = "BlockedException";
const _CA$1 = "CreatedAt";
const _CC = "CanaryConfiguration";
const _CCCIE = "ClusterContainsContainerInstancesException";
const _CCCPE = "ClusterContainsCapacityProviderException";
const _CCSE = "ClusterContainsServicesException";
const _CCTE = "ClusterContainsTasksException";
const _CD = "ContainerDefinition";
const _CDo = "ContainerDependency";
const _CDon = "ContainerDefinitions";
const _CDont = "ContainerDependencies";
const _CE$1 = "ClientException";
const _CEo = "ConflictException";
const _CI$1 = "ContainerImage";
const _CIon = "ContainerImages";
const _CNFE$1 = "ClusterNotFoundException";
const _CO = "ContainerOverride";
const _COo = "ContainerOverrides";
const _CPS = "CapacityProviderStrategy";
const _CPSI = "CapacityProviderStrategyItem";
const _CRP = "ContainerRestartPolicy";
const _CSD = "ContinueServiceDeployment";
const _CSDR = "ContinueServiceDeploymentRequest";
const _CSDRo = "ContinueServiceDeploymentResponse";
const _Co$1 = "Container";
const _Con$1 = "Containers";
const _D$3 = "Deployment";
const _DA$1 = "DeploymentAlarms";
const _DC = "DeploymentConfiguration";
const _DCBe = "DeploymentCircuitBreaker";
const _DCe = "DeploymentController";
const _DES = "DeploymentEphemeralStorage";
const _DESC = "DeploymentEarlySuccessCriteria";
const _DL = "DevicesList";
const _DLH = "DeploymentLifecycleHook";
const _DLHD = "DeploymentLifecycleHookDetail";
const _DLHDL = "DeploymentLifecycleHookDetailList";
const _DLHL = "DeploymentLifecycleHookList";
const _DLHTC = "DeploymentLifecycleHookTimeoutConfiguration";
const _DNAE = "DaemonNotActiveException";
const _DNFE = "DaemonNotFoundException";
const _DSD = "DescribeServiceDeployments";
const _DSDR = "DescribeServiceDeploymentsRequest";
const _DSDRe = "DescribeServiceDeploymentsResponse";
const _DSRR = "DescribeServiceRevisionsRequest";
const _DSRRe = "DescribeServiceRevisionsResponse";
const _DSRes = "DescribeServicesRequest";
const _DSResc = "DescribeServicesResponse";
const _DSRescr = "DescribeServiceRevisions";
const _DSes = "DescribeServices";
const _DT = "DescribeTasks";
const _DTDRes = "DescribeTaskDefinitionRequest";
const _DTDResc = "DescribeTaskDefinitionResponse";
const _DTDes = "DescribeTaskDefinition";
const _DTR = "DescribeTasksRequest";
const _DTRe = "DescribeTasksResponse";
const _DVC = "DockerVolumeConfiguration";
const _De = "Device";
const _Dep = "Deployments";
const _EBSTS = "EBSTagSpecification";
const _EBSTSa = "EBSTagSpecifications";
const _ECSMR = "ECSManagedResources";
const _EF = "EnvironmentFile";
const _EFSAC = "EFSAuthorizationConfig";
const _EFSVC = "EFSVolumeConfiguration";
const _EFn = "EnvironmentFiles";
const _ES$1 = "EphemeralStorage";
const _EV = "EnvironmentVariables";
const _F$1 = "Failure";
const _FC$1 = "FirelensConfiguration";
const _FSWFSAC = "FSxWindowsFileServerAuthorizationConfig";
const _FSWFSVC = "FSxWindowsFileServerVolumeConfiguration";
const _Fa = "Failures";
const _GC$1 = "GatewayConnection";
const _GCAR = "GatewayConnectionAlbResources";
const _GCARL = "GatewayConnectionAlbResourcesList";
const _GCF = "GatewayConnectorFilters";
const _GCHC = "GatewayConnectorHealthCheck";
const _GCHCM = "GatewayConnectorHealthCheckMatcher";
const _GCL = "GatewayConnectionList";
const _GCLa = "GatewayConnectorList";
const _GCR = "GatewayConnectionResources";
const _GCa = "GatewayConnector";
const _GNFE = "GatewayNotFoundException";
const _HC$1 = "HealthCheck";
const _HE = "HostEntry";
const _HEL = "HostEntryList";
const _HVP = "HostVolumeProperties";
const _IA$2 = "InferenceAccelerator";
const _IAO = "InferenceAcceleratorOverride";
const _IAOn = "InferenceAcceleratorOverrides";
const _IAn$1 = "InferenceAccelerators";
const _IPE$2 = "InvalidParameterException";
const _KC = "KernelCapabilities";
const _KVP = "KeyValuePair";
const _LB$1 = "LoadBalancer";
const _LBo$1 = "LoadBalancers";
const _LC$1 = "LinearConfiguration";
const _LCo = "LogConfiguration";
const _LEE = "LimitExceededException";
const _LP = "LinuxParameters";
const _LSD = "ListServiceDeployments";
const _LSDR = "ListServiceDeploymentsRequest";
const _LSDRi = "ListServiceDeploymentsResponse";
const _LT$1 = "ListTasks";
const _LTR = "ListTasksRequest";
const _LTRi = "ListTasksResponse";
const _MA$1 = "ManagedAgent";
const _MAASP = "ManagedApplicationAutoScalingPolicy";
const _MAASPa = "ManagedApplicationAutoScalingPolicies";
const _MAS = "ManagedAutoScaling";
const _MAa$1 = "ManagedAgents";
const _MC = "ManagedCertificate";
const _MCL = "MetricConfigurationList";
const _MCe = "MetricConfiguration";
const _MCo = "MonitoringConfiguration";
const _MIP = "ManagedIngressPath";
const _MIPan = "ManagedIngressPaths";
const _ML = "ManagedListener";
const _MLB = "ManagedLoadBalancer";
const _MLG = "ManagedLogGroup";
const _MLGa = "ManagedLogGroups";
const _MLR = "ManagedListenerRule";
const _MMA = "ManagedMetricAlarm";
const _MMAa = "ManagedMetricAlarms";
const _MP = "MountPoint";
const _MPL = "MountPointList";
const _MSG = "ManagedSecurityGroup";
const _MSGa = "ManagedSecurityGroups";
const _MST = "ManagedScalableTarget";
const _MTG = "ManagedTargetGroup";
const _MTGa = "ManagedTargetGroups";
const _MVE = "MissingVersionException";
const _NB = "NetworkBinding";
const _NBe = "NetworkBindings";
const _NC = "NetworkConfiguration";
const _NI = "NetworkInterface";
const _NIe = "NetworkInterfaces";
const _NMA = "NvidiaMpsAllocation";
const _NNFE = "NamespaceNotFoundException";
const _NUAE = "NoUpdateAvailableException";
const _PC = "PlacementConstraint";
const _PCP = "ProxyConfigurationProperties";
const _PCl = "PlacementConstraints";
const _PCr = "ProxyConfiguration";
const _PM = "PortMapping";
const _PML = "PortMappingList";
const _PS$1 = "PlacementStrategy";
const _PSl = "PlacementStrategies";
const _PTDIE = "PlatformTaskDefinitionIncompatibilityException";
const _PUE = "PlatformUnknownException";
const _RA$1 = "RequiresAttributes";
const _RC$3 = "RepositoryCredentials";
const _RCe = "ResolvedConfiguration";
const _RIUE$3 = "ResourceInUseException";
const _RNFE$3 = "ResourceNotFoundException";
const _RP = "RuntimePlatform";
const _RPO = "RuntimePlatformOverride";
const _RR = "ResourceRequirement";
const _RRe = "ResourceRequirements";
const _Ro$1 = "Rollback";
const _S$1 = "Scale";
const _SC$2 = "SystemControl";
const _SCALC = "ServiceConnectAccessLogConfiguration";
const _SCC = "ServiceConnectConfiguration";
const _SCCA = "ServiceConnectClientAlias";
const _SCCAL = "ServiceConnectClientAliasList";
const _SCCC = "ServiceConnectContainerConfigurations";
const _SCCCe = "ServiceConnectContainerConfiguration";
const _SCRS = "ServiceCurrentRevisionSummary";
const _SCRSL = "ServiceCurrentRevisionSummaryList";
const _SCS = "ServiceConnectService";
const _SCSL = "ServiceConnectServiceList";
const _SCSR = "ServiceConnectServiceResource";
const _SCSRL = "ServiceConnectServiceResourceList";
const _SCTC = "ServiceConnectTlsConfiguration";
const _SCTCA = "ServiceConnectTlsCertificateAuthority";
const _SCTTHMR = "ServiceConnectTestTrafficHeaderMatchRules";
const _SCTTHR = "ServiceConnectTestTrafficHeaderRules";
const _SCTTR = "ServiceConnectTestTrafficRules";
const _SCy = "SystemControls";
const _SD = "ServiceDeployment";
const _SDA = "ServiceDeploymentAlarms";
const _SDB = "ServiceDeploymentBrief";
const _SDBe = "ServiceDeploymentsBrief";
const _SDCB = "ServiceDeploymentCircuitBreaker";
const _SDNFE = "ServiceDeploymentNotFoundException";
const _SDe = "ServiceDeployments";
const _SE$1 = "ServerException";
const _SEe = "ServiceEvent";
const _SEer = "ServiceEvents";
const _SFVC = "S3FilesVolumeConfiguration";
const _SL = "SecretList";
const _SMEBSVC = "ServiceManagedEBSVolumeConfiguration";
const _SNAE = "ServiceNotActiveException";
const _SNFE$1 = "ServiceNotFoundException";
const _SR$1 = "ServiceRegistry";
const _SRLB = "ServiceRevisionLoadBalancer";
const _SRLBe = "ServiceRevisionLoadBalancers";
const _SRO = "ServiceRevisionOverrides";
const _SRS = "ServiceRevisionSummary";
const _SRSL = "ServiceRevisionsSummaryList";
const _SRVLC = "ServiceRevisionVpcLatticeConfiguration";
const _SRVLCe = "ServiceRevisionVpcLatticeConfigurations";
const _SRe = "ServiceRevision";
const _SRer = "ServiceRegistries";
const _SRerv = "ServiceRevisions";
const _SSD = "StopServiceDeployment";
const _SSDR = "StopServiceDeploymentRequest";
const _SSDRt = "StopServiceDeploymentResponse";
const _SSh = "SharingStrategy";
const _SVC = "ServiceVolumeConfiguration";
const _SVCe = "ServiceVolumeConfigurations";
const _Se = "Secret";
const _Ser = "Service";
const _Serv = "Services";
const _T$3 = "Tag";
const _TC = "ThresholdConfiguration";
const _TCi = "TimeoutConfiguration";
const _TD = "TaskDefinition";
const _TDPC = "TaskDefinitionPlacementConstraint";
const _TDPCa = "TaskDefinitionPlacementConstraints";
const _TES = "TaskEphemeralStorage";
const _TL = "TmpfsList";
const _TNCE = "TargetNotConnectedException";
const _TNFE = "TargetNotFoundException";
const _TO = "TaskOverride";
const _TS = "TaskSet";
const _TSNFE$1 = "TaskSetNotFoundException";
const _TSa = "TaskSets";
const _Ta$1 = "Task";
const _Tag$1 = "Tags";
const _Tas = "Tasks";
const _Tm = "Tmpfs";
const _U = "Ulimit";
const _UFE = "UnsupportedFeatureException";
const _UIPE = "UpdateInProgressException";
const _UL = "UlimitList";
const _US = "UpdateService";
const _USR = "UpdateServiceRequest";
const _USRp = "UpdateServiceResponse";
const _V$3 = "Volume";
const _VF = "VolumeFrom";
const _VFL = "VolumeFromList";
const _VL = "VolumeList";
const _VLAC = "VpcLatticeAdvancedConfiguration";
const _VLC = "VpcLatticeConfiguration";
const _VLCp = "VpcLatticeConfigurations";
const _a = "attachments";
const _aASP = "applicationAutoScalingPolicies";
const _aCA = "acmCertificateArn";
const _aCd = "advancedConfiguration";
const _aCu = "authorizationConfig";
const _aCw = "awsvpcConfiguration";
const _aI = "attachmentId";
const _aLCc = "accessLogConfiguration";
const _aN = "alarmNames";
const _aP = "appProtocol";
const _aPA = "accessPointArn";
const _aPAA = "awsPcaAuthorityArn";
const _aPI = "assignPublicIp";
const _aPIc = "accessPointId";
const _aSu = "autoScaling";
const _aT = "accessType";
const _aTGA = "alternateTargetGroupArn";
const _aTc = "accessTypes";
const _aZ = "availabilityZone";
const _aZR = "availabilityZoneRebalancing";
const _ac = "action";
const _ad = "add";
const _af = "after";
const _al = "alarms";
const _ar = "arn";
const _at = "attributes";
const _au = "autoprovision";
const _b = "base";
const _bIP = "bindIP";
const _bTIM = "bakeTimeInMinutes";
const _be = "before";
const _c$3 = "client";
const _cA = "clusterArn";
const _cAL = "configuredAtLaunch";
const _cAli = "clientAliases";
const _cAo = "containerArn";
const _cAon = "connectivityAt";
const _cAp = "cpuArchitecture";
const _cAr = "createdAt";
const _cBTIM = "canaryBakeTimeInMinutes";
const _cBr = "createdBy";
const _cC = "canaryConfiguration";
const _cCon = "containerConfigurations";
const _cD = "containerDefinitions";
const _cDC = "computedDesiredCount";
const _cI = "containerImages";
const _cIA = "containerInstanceArn";
const _cIo = "containerInstance";
const _cNo = "containerName";
const _cO = "containerOverrides";
const _cP = "canaryPercent";
const _cPN = "capacityProviderName";
const _cPR = "containerPortRange";
const _cPS = "capacityProviderStrategy";
const _cPa = "capacityProvider";
const _cPo = "containerPath";
const _cPon = "containerPort";
const _cPr = "credentialsParameter";
const _cS = "credentialSpecs";
const _cSD = "currentServiceDeployment";
const _cSR = "currentServiceRevisions";
const _ca = "capabilities";
const _ce = "certificate";
const _cl = "cluster";
const _com = "command";
const _comp = "compatibilities";
const _con = "condition";
const _conn = "connectivity";
const _conta = "containers";
const _cp = "cpu";
const _d = "details";
const _dAer = "deregisteredAt";
const _dAi = "discoveryArn";
const _dC = "deploymentConfiguration";
const _dCB = "deploymentCircuitBreaker";
const _dCe = "desiredCount";
const _dCep = "deploymentController";
const _dL = "dockerLabels";
const _dN = "disableNetworking";
const _dNa = "daemonName";
const _dNe = "deviceName";
const _dNi = "discoveryName";
const _dNn = "dnsName";
const _dNo = "domainName";
const _dO = "dependsOn";
const _dOr = "driverOpts";
const _dRAe = "deleteRequestedAt";
const _dS = "dnsServers";
const _dSD = "dnsSearchDomains";
const _dSO = "dockerSecurityOptions";
const _dSe = "desiredStatus";
const _dT = "deviceType";
const _dVC = "dockerVolumeConfiguration";
const _de = "devices";
const _dep = "deployments";
const _det = "detail";
const _do = "domain";
const _dr = "driver";
const _dro = "drop";
const _e$3 = "error";
const _eA = "expiresAt";
const _eC = "exitCode";
const _eEC = "enableExecuteCommand";
const _eECSMT = "enableECSManagedTags";
const _eF = "environmentFiles";
const _eFI = "enableFaultInjection";
const _eH = "extraHosts";
const _eI = "externalId";
const _eMR = "ecsManagedResources";
const _eP = "entryPoint";
const _eRA = "executionRoleArn";
const _eSA = "executionStoppedAt";
const _eSC = "earlySuccessCriteria";
const _eSp = "ephemeralStorage";
const _eVC = "efsVolumeConfiguration";
const _en = "environment";
const _ena = "enabled";
const _enab = "enable";
const _enc = "encrypted";
const _end = "endpoint";
const _es = "essential";
const _ev = "events";
const _ex = "expression";
const _exa = "exact";
const _f = "family";
const _fA = "finishedAt";
const _fC = "firelensConfiguration";
const _fCa = "failureCount";
const _fES = "fargateEphemeralStorage";
const _fND = "forceNewDeployment";
const _fSA = "fileSystemArn";
const _fSI = "fileSystemId";
const _fT = "failedTasks";
const _fTi = "filesystemType";
const _fWFSVC = "fsxWindowsFileServerVolumeConfiguration";
const _fa = "failures";
const _fi = "filters";
const _fie = "field";
const _for = "format";
const _gA = "gatewayArn";
const _gC = "gatewayConnectors";
const _gCa = "gatewayConnections";
const _gCr = "grpcCode";
const _gDE = "guardDutyEnabled";
const _gI = "gpuIds";
const _gRA = "gatewayRouteArn";
const _gSS = "gpuSharingStrategy";
const _gr = "group";
const _h$1 = "hostname";
const _hC = "healthCheck";
const _hCGPS = "healthCheckGracePeriodSeconds";
const _hCIS = "healthCheckIntervalSeconds";
const _hCP = "healthCheckPath";
const _hCPe = "healthCheckProtocol";
const _hCPea = "healthCheckPort";
const _hCTS = "healthCheckTimeoutSeconds";
const _hCt = "httpCode";
const _hD = "hookDetails";
const _hE$2 = "httpError";
const _hI = "hookId";
const _hL = "hardLimit";
const _hP = "healthyPercent";
const _hPR = "hostPortRange";
const _hPo = "hostPath";
const _hPos = "hostPort";
const _hS = "healthStatus";
const _hSA = "hostSharedAlb";
const _hTA = "hookTargetArn";
const _hTC = "healthyThresholdCount";
const _he = "header";
const _ho = "host";
const _i = "id";
const _iA = "ipAddress";
const _iAO = "inferenceAcceleratorOverrides";
const _iAn = "inferenceAccelerators";
const _iAp = "ipv6Address";
const _iCA = "issuerCertificateAuthority";
const _iD = "imageDigest";
const _iEC = "ignoredExitCodes";
const _iM = "ipcMode";
const _iP = "ingressPaths";
const _iPE = "initProcessEnabled";
const _iPO = "ingressPortOverride";
const _iQP = "includeQueryParameters";
const _iTS = "idleTimeoutSeconds";
const _ia = "iam";
const _im = "image";
const _in = "interactive";
const _inc = "include";
const _int = "interval";
const _io = "iops";
const _k = "key";
const _kK = "kmsKey";
const _kKI = "kmsKeyId";
const _l = "links";
const _lA = "listenerArn";
const _lB = "loadBalancers";
const _lBA = "loadBalancerArn";
const _lBN = "loadBalancerName";
const _lBSG = "loadBalancerSecurityGroups";
const _lBSGA = "loadBalancerSecurityGroupArns";
const _lBo = "loadBalancer";
const _lC = "logConfiguration";
const _lCi = "linearConfiguration";
const _lD = "logDriver";
const _lG = "logGroups";
const _lGN = "logGroupName";
const _lH = "lifecycleHooks";
const _lHD = "lifecycleHookDetails";
const _lL = "logLevel";
const _lP = "linuxParameters";
const _lRA = "listenerRuleArn";
const _lS = "lastStatus";
const _lSA = "lastStartedAt";
const _lSi = "lifecycleStages";
const _lSif = "lifecycleStage";
const _lT = "launchType";
const _la = "labels";
const _li = "listener";
const _m$2 = "message";
const _mA = "managedAgents";
const _mAe = "metricAlarms";
const _mC = "minCapacity";
const _mCP = "maxComputePercent";
const _mCa = "maxCapacity";
const _mCe = "metricConfigurations";
const _mEBSV = "managedEBSVolume";
const _mHP = "minimumHealthyPercent";
const _mN = "metricNames";
const _mO = "mountOptions";
const _mP = "mountPoints";
const _mPa = "maximumPercent";
const _mR = "memoryReservation";
const _mRa = "maxResults";
const _mSa = "maxSwap";
const _mat = "matcher";
const _me = "memory";
const _met = "metric";
const _mo = "monitoring";
const _n = "name";
const _nB = "networkBindings";
const _nC = "networkConfiguration";
const _nDI = "neuronDeviceIds";
const _nI = "networkInterfaces";
const _nM = "networkMode";
const _nMv = "nvidiaMps";
const _nT = "nextToken";
const _na = "namespace";
const _o = "options";
const _oSF = "operatingSystemFamily";
const _ov = "overrides";
const _p = "privileged";
const _pCe = "pendingCount";
const _pCl = "placementConstraints";
const _pCr = "proxyConfiguration";
const _pF = "platformFamily";
const _pIA = "privateIpv4Address";
const _pLR = "productionListenerRule";
const _pM = "portMappings";
const _pMi = "pidMode";
const _pN = "portName";
const _pRTS = "perRequestTimeoutSeconds";
const _pS = "placementStrategy";
const _pSA = "pullStartedAt";
const _pSAu = "pullStoppedAt";
const _pT = "pseudoTerminal";
const _pTCe = "pendingTaskCount";
const _pTo = "policyType";
const _pTr = "propagateTags";
const _pV = "platformVersion";
const _pe = "permissions";
const _po = "port";
const _pr = "protocol";
const _pro = "properties";
const _r = "reason";
const _rA = "roleArn";
const _rAP = "restartAttemptPeriod";
const _rAe = "registeredAt";
const _rAeg = "registryArn";
const _rAeq = "requiresAttributes";
const _rB = "registeredBy";
const _rC = "repositoryCredentials";
const _rCe = "requiresCompatibilities";
const _rCes = "resolvedConfiguration";
const _rCu = "runningCount";
const _rD = "rootDirectory";
const _rI = "resourceIds";
const _rIu = "runtimeId";
const _rMT = "resourceManagementType";
const _rO = "readOnly";
const _rOHT = "resetOnHealthyTask";
const _rPTW = "requestedProductionTrafficWeight";
const _rPe = "restartPolicy";
const _rPu = "runtimePlatform";
const _rR = "resourceRequirements";
const _rRF = "readonlyRootFilesystem";
const _rS = "rolloutState";
const _rSR = "rolloutStateReason";
const _rSe = "resolutionSeconds";
const _rT = "resourceType";
const _rTCe = "requestedTaskCount";
const _rTCu = "runningTaskCount";
const _rTTW = "requestedTestTrafficWeight";
const _re = "revision";
const _res = "resources";
const _ret = "retries";
const _rol = "rollback";
const _ru = "rule";
const _s$3 = "smithy.ts.sdk.synthetic.com.amazonaws.ecs";
const _sA = "startedAt";
const _sAe = "serviceArn";
const _sAt = "stoppedAt";
const _sAto = "stoppingAt";
const _sB = "startedBy";
const _sBTIM = "stepBakeTimeInMinutes";
const _sC = "systemControls";
const _sCC = "serviceConnectConfiguration";
const _sCR = "serviceConnectResources";
const _sCo = "sourceContainer";
const _sCtop = "stopCode";
const _sD = "serviceDeployments";
const _sDA = "serviceDeploymentArn";
const _sDAe = "serviceDeploymentArns";
const _sG = "securityGroups";
const _sGI = "securityGroupIds";
const _sI = "subnetIds";
const _sIGB = "sizeInGiB";
const _sIn = "snapshotId";
const _sL = "softLimit";
const _sMS = "sharedMemorySize";
const _sN = "serviceName";
const _sO = "secretOptions";
const _sP = "startPeriod";
const _sPo = "sourcePath";
const _sPt = "stepPercent";
const _sR = "statusReason";
const _sRA = "serviceRevisionArns";
const _sRAe = "serviceRevisionArn";
const _sRe = "serviceRegistries";
const _sRer = "serviceRevisions";
const _sRt = "stoppedReason";
const _sS = "schedulingStrategy";
const _sSA = "stabilityStatusAt";
const _sSG = "serviceSecurityGroups";
const _sSR = "sourceServiceRevisions";
const _sSRC = "sourceServiceRevisionCleanup";
const _sSh = "sharingStrategy";
const _sSt = "stabilityStatus";
const _sT = "startTimeout";
const _sTca = "scalableTarget";
const _sTt = "stopTimeout";
const _sTto = "stopType";
const _sU = "serviceUrl";
const _sV = "sourceVolume";
const _sVC = "s3filesVolumeConfiguration";
const _sc = "scale";
const _sch = "scheme";
const _sco = "scope";
const _se$3 = "server";
const _sec = "secrets";
const _ser = "service";
const _serv = "services";
const _si = "size";
const _st = "status";
const _str = "strategy";
const _su = "subnets";
const _sw = "swappiness";
const _t = "type";
const _tA = "taskArn";
const _tAN = "triggeredAlarmNames";
const _tAa = "targetArn";
const _tAas = "taskArns";
const _tAi = "timeoutAction";
const _tC = "thresholdConfiguration";
const _tCi = "timeoutConfiguration";
const _tD = "taskDefinition";
const _tDA = "taskDefinitionArn";
const _tEP = "transitEncryptionPort";
const _tEr = "transitEncryption";
const _tG = "targetGroups";
const _tGA = "targetGroupArn";
const _tI = "targetId";
const _tIM = "timeoutInMinutes";
const _tLR = "testListenerRule";
const _tLRA = "testListenerRuleArn";
const _tRA = "taskRoleArn";
const _tSA = "taskSetArn";
const _tSR = "targetServiceRevision";
const _tSRA = "targetServiceRevisionArn";
const _tSa = "taskSets";
const _tSag = "tagSpecifications";
const _tT = "targetType";
const _tTR = "testTrafficRules";
const _tV = "targetValue";
const _ta = "tags";
const _tas = "tasks";
const _th = "threshold";
const _thr = "throughput";
const _ti = "timeout";
const _tl = "tls";
const _tm = "tmpfs";
const _u = "user";
const _uA = "updatedAt";
const _uTC = "unhealthyThresholdCount";
const _ul = "ulimits";
const _un = "unit";
const _v = "value";
const _vC = "versionConsistency";
const _vCo = "volumeConfigurations";
const _vF = "volumesFrom";
const _vFa = "valueFrom";
const _vIR = "volumeInitializationRate";
const _vLC = "vpcLatticeConfigurations";
const _vT = "volumeType";
const _ve = "version";
const _vo = "volumes";
const _w = "weight";
const _wD = "workingDirectory";
const n0$3 = "com.amazonaws.ecs";
const _s_registry$3 = new TypeRegistry(_s$3);
var ECSServiceException$ = [
	-3,
	_s$3,
	"ECSServiceException",
	0,
	[],
	[]
];
_s_registry$3.registerError(ECSServiceException$, ECSServiceException);
const n0_registry$3 = new TypeRegistry(n0$3);
var AccessDeniedException$$1 = [
	-3,
	n0$3,
	_ADE$1,
	{
		[_e$3]: _c$3,
		[_hE$2]: 403
	},
	[_m$2],
	[0]
];
n0_registry$3.registerError(AccessDeniedException$$1, AccessDeniedException$1);
var AttributeLimitExceededException$ = [
	-3,
	n0$3,
	_ALEE$1,
	{ [_e$3]: _c$3 },
	[_m$2],
	[0]
];
n0_registry$3.registerError(AttributeLimitExceededException$, AttributeLimitExceededException);
var BlockedException$ = [
	-3,
	n0$3,
	_BE,
	{ [_e$3]: _c$3 },
	[_m$2],
	[0]
];
n0_registry$3.registerError(BlockedException$, BlockedException);
var ClientException$ = [
	-3,
	n0$3,
	_CE$1,
	{ [_e$3]: _c$3 },
	[_m$2],
	[0]
];
n0_registry$3.registerError(ClientException$, ClientException);
var ClusterContainsCapacityProviderException$ = [
	-3,
	n0$3,
	_CCCPE,
	{ [_e$3]: _c$3 },
	[_m$2],
	[0]
];
n0_registry$3.registerError(ClusterContainsCapacityProviderException$, ClusterContainsCapacityProviderException);
var ClusterContainsContainerInstancesException$ = [
	-3,
	n0$3,
	_CCCIE,
	{ [_e$3]: _c$3 },
	[_m$2],
	[0]
];
n0_registry$3.registerError(ClusterContainsContainerInstancesException$, ClusterContainsContainerInstancesException);
var ClusterContainsServicesException$ = [
	-3,
	n0$3,
	_CCSE,
	{ [_e$3]: _c$3 },
	[_m$2],
	[0]
];
n0_registry$3.registerError(ClusterContainsServicesException$, ClusterContainsServicesException);
var ClusterContainsTasksException$ = [
	-3,
	n0$3,
	_CCTE,
	{ [_e$3]: _c$3 },
	[_m$2],
	[0]
];
n0_registry$3.registerError(ClusterContainsTasksException$, ClusterContainsTasksException);
var ClusterNotFoundException$ = [
	-3,
	n0$3,
	_CNFE$1,
	{ [_e$3]: _c$3 },
	[_m$2],
	[0]
];
n0_registry$3.registerError(ClusterNotFoundException$, ClusterNotFoundException);
var ConflictException$$1 = [
	-3,
	n0$3,
	_CEo,
	{ [_e$3]: _c$3 },
	[_rI, _m$2],
	[64, 0]
];
n0_registry$3.registerError(ConflictException$$1, ConflictException$1);
var DaemonNotActiveException$ = [
	-3,
	n0$3,
	_DNAE,
	{ [_e$3]: _c$3 },
	[_m$2],
	[0]
];
n0_registry$3.registerError(DaemonNotActiveException$, DaemonNotActiveException);
var DaemonNotFoundException$ = [
	-3,
	n0$3,
	_DNFE,
	{ [_e$3]: _c$3 },
	[_m$2],
	[0]
];
n0_registry$3.registerError(DaemonNotFoundException$, DaemonNotFoundException);
var GatewayNotFoundException$ = [
	-3,
	n0$3,
	_GNFE,
	{ [_e$3]: _c$3 },
	[_m$2],
	[0]
];
n0_registry$3.registerError(GatewayNotFoundException$, GatewayNotFoundException);
var InvalidParameterException$ = [
	-3,
	n0$3,
	_IPE$2,
	{ [_e$3]: _c$3 },
	[_m$2],
	[0]
];
n0_registry$3.registerError(InvalidParameterException$, InvalidParameterException);
var LimitExceededException$ = [
	-3,
	n0$3,
	_LEE,
	{ [_e$3]: _c$3 },
	[_m$2],
	[0]
];
n0_registry$3.registerError(LimitExceededException$, LimitExceededException);
var MissingVersionException$ = [
	-3,
	n0$3,
	_MVE,
	{ [_e$3]: _c$3 },
	[_m$2],
	[0]
];
n0_registry$3.registerError(MissingVersionException$, MissingVersionException);
var NamespaceNotFoundException$ = [
	-3,
	n0$3,
	_NNFE,
	{ [_e$3]: _c$3 },
	[_m$2],
	[0]
];
n0_registry$3.registerError(NamespaceNotFoundException$, NamespaceNotFoundException);
var NoUpdateAvailableException$ = [
	-3,
	n0$3,
	_NUAE,
	{ [_e$3]: _c$3 },
	[_m$2],
	[0]
];
n0_registry$3.registerError(NoUpdateAvailableException$, NoUpdateAvailableException);
var PlatformTaskDefinitionIncompatibilityException$ = [
	-3,
	n0$3,
	_PTDIE,
	{ [_e$3]: _c$3 },
	[_m$2],
	[0]
];
n0_registry$3.registerError(PlatformTaskDefinitionIncompatibilityException$, PlatformTaskDefinitionIncompatibilityException);
var PlatformUnknownException$ = [
	-3,
	n0$3,
	_PUE,
	{ [_e$3]: _c$3 },
	[_m$2],
	[0]
];
n0_registry$3.registerError(PlatformUnknownException$, PlatformUnknownException);
var ResourceInUseException$$3 = [
	-3,
	n0$3,
	_RIUE$3,
	{ [_e$3]: _c$3 },
	[_m$2],
	[0]
];
n0_registry$3.registerError(ResourceInUseException$$3, ResourceInUseException$3);
var ResourceNotFoundException$$3 = [
	-3,
	n0$3,
	_RNFE$3,
	{ [_e$3]: _c$3 },
	[_m$2],
	[0]
];
n0_registry$3.registerError(ResourceNotFoundException$$3, ResourceNotFoundException$3);
var ServerException$ = [
	-3,
	n0$3,
	_SE$1,
	{ [_e$3]: _se$3 },
	[_m$2],
	[0]
];
n0_registry$3.registerError(ServerException$, ServerException);
var ServiceDeploymentNotFoundException$ = [
	-3,
	n0$3,
	_SDNFE,
	{ [_e$3]: _c$3 },
	[_m$2],
	[0]
];
n0_registry$3.registerError(ServiceDeploymentNotFoundException$, ServiceDeploymentNotFoundException);
var ServiceNotActiveException$ = [
	-3,
	n0$3,
	_SNAE,
	{ [_e$3]: _c$3 },
	[_m$2],
	[0]
];
n0_registry$3.registerError(ServiceNotActiveException$, ServiceNotActiveException);
var ServiceNotFoundException$ = [
	-3,
	n0$3,
	_SNFE$1,
	{ [_e$3]: _c$3 },
	[_m$2],
	[0]
];
n0_registry$3.registerError(ServiceNotFoundException$, ServiceNotFoundException);
var TargetNotConnectedException$ = [
	-3,
	n0$3,
	_TNCE,
	{ [_e$3]: _c$3 },
	[_m$2],
	[0]
];
n0_registry$3.registerError(TargetNotConnectedException$, TargetNotConnectedException);
var TargetNotFoundException$ = [
	-3,
	n0$3,
	_TNFE,
	{ [_e$3]: _c$3 },
	[_m$2],
	[0]
];
n0_registry$3.registerError(TargetNotFoundException$, TargetNotFoundException);
var TaskSetNotFoundException$ = [
	-3,
	n0$3,
	_TSNFE$1,
	{ [_e$3]: _c$3 },
	[_m$2],
	[0]
];
n0_registry$3.registerError(TaskSetNotFoundException$, TaskSetNotFoundException);
var UnsupportedFeatureException$ = [
	-3,
	n0$3,
	_UFE,
	{ [_e$3]: _c$3 },
	[_m$2],
	[0]
];
n0_registry$3.registerError(UnsupportedFeatureException$, UnsupportedFeatureException);
var UpdateInProgressException$ = [
	-3,
	n0$3,
	_UIPE,
	{ [_e$3]: _c$3 },
	[_m$2],
	[0]
];
n0_registry$3.registerError(UpdateInProgressException$, UpdateInProgressException);
const errorTypeRegistries$3 = [_s_registry$3, n0_registry$3];
var AdvancedConfiguration$ = [
	3,
	n0$3,
	_AC$2,
	0,
	[
		_aTGA,
		_pLR,
		_tLR,
		_rA
	],
	[
		0,
		0,
		0,
		0
	]
];
var Attachment$ = [
	3,
	n0$3,
	_A$1,
	0,
	[
		_i,
		_t,
		_st,
		_d
	],
	[
		0,
		0,
		0,
		() => AttachmentDetails
	]
];
var Attribute$ = [
	3,
	n0$3,
	_At,
	0,
	[
		_n,
		_v,
		_tT,
		_tI
	],
	[
		0,
		0,
		0,
		0
	],
	1
];
var AwsVpcConfiguration$ = [
	3,
	n0$3,
	_AVC,
	0,
	[
		_su,
		_sG,
		_aPI
	],
	[
		64,
		64,
		0
	],
	1
];
var CanaryConfiguration$ = [
	3,
	n0$3,
	_CC,
	0,
	[_cP, _cBTIM],
	[1, 1]
];
var CapacityProviderStrategyItem$ = [
	3,
	n0$3,
	_CPSI,
	0,
	[
		_cPa,
		_w,
		_b
	],
	[
		0,
		1,
		1
	],
	1
];
var Container$ = [
	3,
	n0$3,
	_Co$1,
	0,
	[
		_cAo,
		_tA,
		_n,
		_im,
		_iD,
		_rIu,
		_lS,
		_eC,
		_r,
		_nB,
		_nI,
		_hS,
		_mA,
		_cp,
		_me,
		_mR,
		_gI,
		_nDI,
		_gSS
	],
	[
		0,
		0,
		0,
		0,
		0,
		0,
		0,
		1,
		0,
		() => NetworkBindings,
		() => NetworkInterfaces,
		0,
		() => ManagedAgents,
		0,
		0,
		0,
		64,
		64,
		() => SharingStrategy$
	]
];
var ContainerDefinition$ = [
	3,
	n0$3,
	_CD,
	0,
	[
		_n,
		_im,
		_rC,
		_cp,
		_me,
		_mR,
		_l,
		_pM,
		_es,
		_rPe,
		_eP,
		_com,
		_en,
		_eF,
		_mP,
		_vF,
		_lP,
		_sec,
		_dO,
		_sT,
		_sTt,
		_vC,
		_h$1,
		_u,
		_wD,
		_dN,
		_p,
		_rRF,
		_dS,
		_dSD,
		_eH,
		_dSO,
		_in,
		_pT,
		_dL,
		_ul,
		_lC,
		_hC,
		_sC,
		_rR,
		_fC,
		_cS
	],
	[
		0,
		0,
		[() => RepositoryCredentials$, 0],
		1,
		1,
		1,
		64,
		() => PortMappingList,
		2,
		() => ContainerRestartPolicy$,
		64,
		64,
		[() => EnvironmentVariables$1, 0],
		() => EnvironmentFiles,
		() => MountPointList,
		() => VolumeFromList,
		() => LinuxParameters$,
		() => SecretList,
		() => ContainerDependencies,
		1,
		1,
		0,
		0,
		0,
		0,
		2,
		2,
		2,
		64,
		64,
		() => HostEntryList,
		64,
		2,
		2,
		128,
		() => UlimitList,
		() => LogConfiguration$,
		() => HealthCheck$,
		() => SystemControls,
		() => ResourceRequirements,
		() => FirelensConfiguration$,
		64
	]
];
var ContainerDependency$ = [
	3,
	n0$3,
	_CDo,
	0,
	[_cNo, _con],
	[0, 0],
	2
];
var ContainerImage$ = [
	3,
	n0$3,
	_CI$1,
	0,
	[
		_cNo,
		_iD,
		_im
	],
	[
		0,
		0,
		0
	]
];
var ContainerOverride$ = [
	3,
	n0$3,
	_CO,
	0,
	[
		_n,
		_com,
		_en,
		_eF,
		_cp,
		_me,
		_mR,
		_rR
	],
	[
		0,
		64,
		[() => EnvironmentVariables$1, 0],
		() => EnvironmentFiles,
		1,
		1,
		1,
		() => ResourceRequirements
	]
];
var ContainerRestartPolicy$ = [
	3,
	n0$3,
	_CRP,
	0,
	[
		_ena,
		_iEC,
		_rAP
	],
	[
		2,
		65,
		1
	],
	1
];
var ContinueServiceDeploymentRequest$ = [
	3,
	n0$3,
	_CSDR,
	0,
	[
		_sDA,
		_hI,
		_ac
	],
	[
		0,
		0,
		0
	],
	2
];
var ContinueServiceDeploymentResponse$ = [
	3,
	n0$3,
	_CSDRo,
	0,
	[_sDA],
	[0]
];
var CreatedAt$ = [
	3,
	n0$3,
	_CA$1,
	0,
	[_be, _af],
	[4, 4]
];
var Deployment$ = [
	3,
	n0$3,
	_D$3,
	0,
	[
		_i,
		_st,
		_tD,
		_dCe,
		_pCe,
		_rCu,
		_fT,
		_cAr,
		_uA,
		_cPS,
		_lT,
		_pV,
		_pF,
		_nC,
		_rS,
		_rSR,
		_sCC,
		_sCR,
		_vCo,
		_fES,
		_vLC
	],
	[
		0,
		0,
		0,
		1,
		1,
		1,
		1,
		4,
		4,
		() => CapacityProviderStrategy,
		0,
		0,
		0,
		() => NetworkConfiguration$,
		0,
		0,
		() => ServiceConnectConfiguration$,
		() => ServiceConnectServiceResourceList,
		() => ServiceVolumeConfigurations,
		() => DeploymentEphemeralStorage$,
		() => VpcLatticeConfigurations
	]
];
var DeploymentAlarms$ = [
	3,
	n0$3,
	_DA$1,
	0,
	[
		_aN,
		_rol,
		_enab
	],
	[
		64,
		2,
		2
	],
	3
];
var DeploymentCircuitBreaker$ = [
	3,
	n0$3,
	_DCBe,
	0,
	[
		_enab,
		_rol,
		_rOHT,
		_tC
	],
	[
		2,
		2,
		2,
		() => ThresholdConfiguration$
	],
	2
];
var DeploymentConfiguration$ = [
	3,
	n0$3,
	_DC,
	0,
	[
		_dCB,
		_mPa,
		_mHP,
		_al,
		_str,
		_bTIM,
		_lH,
		_lCi,
		_cC,
		_eSC
	],
	[
		() => DeploymentCircuitBreaker$,
		1,
		1,
		() => DeploymentAlarms$,
		0,
		1,
		() => DeploymentLifecycleHookList,
		() => LinearConfiguration$,
		() => CanaryConfiguration$,
		() => DeploymentEarlySuccessCriteria$
	]
];
var DeploymentController$ = [
	3,
	n0$3,
	_DCe,
	0,
	[_t],
	[0],
	1
];
var DeploymentEarlySuccessCriteria$ = [
	3,
	n0$3,
	_DESC,
	0,
	[
		_enab,
		_hP,
		_sSRC
	],
	[
		2,
		1,
		0
	],
	1
];
var DeploymentEphemeralStorage$ = [
	3,
	n0$3,
	_DES,
	0,
	[_kKI],
	[0]
];
var DeploymentLifecycleHook$ = [
	3,
	n0$3,
	_DLH,
	0,
	[
		_tT,
		_hTA,
		_rA,
		_lSi,
		_hD,
		_tCi
	],
	[
		0,
		0,
		0,
		64,
		15,
		() => DeploymentLifecycleHookTimeoutConfiguration$
	]
];
var DeploymentLifecycleHookDetail$ = [
	3,
	n0$3,
	_DLHD,
	0,
	[
		_hI,
		_tT,
		_tAa,
		_st,
		_eA,
		_tAi
	],
	[
		0,
		0,
		0,
		0,
		4,
		0
	]
];
var DeploymentLifecycleHookTimeoutConfiguration$ = [
	3,
	n0$3,
	_DLHTC,
	0,
	[_tIM, _ac],
	[1, 0]
];
var DescribeServiceDeploymentsRequest$ = [
	3,
	n0$3,
	_DSDR,
	0,
	[_sDAe],
	[64],
	1
];
var DescribeServiceDeploymentsResponse$ = [
	3,
	n0$3,
	_DSDRe,
	0,
	[_sD, _fa],
	[() => ServiceDeployments, () => Failures]
];
var DescribeServiceRevisionsRequest$ = [
	3,
	n0$3,
	_DSRR,
	0,
	[_sRA],
	[64],
	1
];
var DescribeServiceRevisionsResponse$ = [
	3,
	n0$3,
	_DSRRe,
	0,
	[_sRer, _fa],
	[() => ServiceRevisions, () => Failures]
];
var DescribeServicesRequest$ = [
	3,
	n0$3,
	_DSRes,
	0,
	[
		_serv,
		_cl,
		_inc
	],
	[
		64,
		0,
		64
	],
	1
];
var DescribeServicesResponse$ = [
	3,
	n0$3,
	_DSResc,
	0,
	[_serv, _fa],
	[() => Services, () => Failures]
];
var DescribeTaskDefinitionRequest$ = [
	3,
	n0$3,
	_DTDRes,
	0,
	[_tD, _inc],
	[0, 64],
	1
];
var DescribeTaskDefinitionResponse$ = [
	3,
	n0$3,
	_DTDResc,
	0,
	[_tD, _ta],
	[[() => TaskDefinition$, 0], () => Tags]
];
var DescribeTasksRequest$ = [
	3,
	n0$3,
	_DTR,
	0,
	[
		_tas,
		_cl,
		_inc
	],
	[
		64,
		0,
		64
	],
	1
];
var DescribeTasksResponse$ = [
	3,
	n0$3,
	_DTRe,
	0,
	[_tas, _fa],
	[[() => Tasks, 0], () => Failures]
];
var Device$ = [
	3,
	n0$3,
	_De,
	0,
	[
		_hPo,
		_cPo,
		_pe
	],
	[
		0,
		0,
		64
	],
	1
];
var DockerVolumeConfiguration$ = [
	3,
	n0$3,
	_DVC,
	0,
	[
		_sco,
		_au,
		_dr,
		_dOr,
		_la
	],
	[
		0,
		2,
		0,
		128,
		128
	]
];
var EBSTagSpecification$ = [
	3,
	n0$3,
	_EBSTS,
	0,
	[
		_rT,
		_ta,
		_pTr
	],
	[
		0,
		() => Tags,
		0
	],
	1
];
var ECSManagedResources$ = [
	3,
	n0$3,
	_ECSMR,
	0,
	[
		_iP,
		_aSu,
		_mAe,
		_sSG,
		_lG,
		_gCa
	],
	[
		() => ManagedIngressPaths,
		() => ManagedAutoScaling$,
		() => ManagedMetricAlarms,
		() => ManagedSecurityGroups,
		() => ManagedLogGroups,
		() => GatewayConnectionList
	]
];
var EFSAuthorizationConfig$ = [
	3,
	n0$3,
	_EFSAC,
	0,
	[_aPIc, _ia],
	[0, 0]
];
var EFSVolumeConfiguration$ = [
	3,
	n0$3,
	_EFSVC,
	0,
	[
		_fSI,
		_rD,
		_tEr,
		_tEP,
		_aCu
	],
	[
		0,
		0,
		0,
		1,
		() => EFSAuthorizationConfig$
	],
	1
];
var EnvironmentFile$ = [
	3,
	n0$3,
	_EF,
	0,
	[_v, _t],
	[0, 0],
	2
];
var EphemeralStorage$$1 = [
	3,
	n0$3,
	_ES$1,
	0,
	[_sIGB],
	[1],
	1
];
var Failure$ = [
	3,
	n0$3,
	_F$1,
	0,
	[
		_ar,
		_r,
		_det
	],
	[
		0,
		0,
		0
	]
];
var FirelensConfiguration$ = [
	3,
	n0$3,
	_FC$1,
	0,
	[_t, _o],
	[0, 128],
	1
];
var FSxWindowsFileServerAuthorizationConfig$ = [
	3,
	n0$3,
	_FSWFSAC,
	0,
	[_cPr, _do],
	[0, 0],
	2
];
var FSxWindowsFileServerVolumeConfiguration$ = [
	3,
	n0$3,
	_FSWFSVC,
	0,
	[
		_fSI,
		_rD,
		_aCu
	],
	[
		0,
		0,
		() => FSxWindowsFileServerAuthorizationConfig$
	],
	3
];
var GatewayConnection$ = [
	3,
	n0$3,
	_GC$1,
	0,
	[
		_gA,
		_gRA,
		_pN,
		_sU,
		_aT,
		_st,
		_res
	],
	[
		0,
		0,
		0,
		0,
		0,
		0,
		() => GatewayConnectionResources$
	]
];
var GatewayConnectionAlbResources$ = [
	3,
	n0$3,
	_GCAR,
	0,
	[
		_aCA,
		_lBA,
		_lBSGA,
		_lA,
		_lRA,
		_tLRA,
		_tGA,
		_aTGA
	],
	[
		0,
		0,
		64,
		0,
		0,
		0,
		0,
		0
	]
];
var GatewayConnector$ = [
	3,
	n0$3,
	_GCa,
	0,
	[
		_pN,
		_hC,
		_fi
	],
	[
		0,
		() => GatewayConnectorHealthCheck$,
		() => GatewayConnectorFilters$
	],
	1
];
var GatewayConnectorFilters$ = [
	3,
	n0$3,
	_GCF,
	0,
	[_aTc],
	[64]
];
var GatewayConnectorHealthCheck$ = [
	3,
	n0$3,
	_GCHC,
	0,
	[
		_hCPe,
		_hCPea,
		_hCP,
		_hCTS,
		_hCIS,
		_hTC,
		_uTC,
		_mat
	],
	[
		0,
		1,
		0,
		1,
		1,
		1,
		1,
		() => GatewayConnectorHealthCheckMatcher$
	]
];
var GatewayConnectorHealthCheckMatcher$ = [
	3,
	n0$3,
	_GCHCM,
	0,
	[_hCt, _gCr],
	[0, 0]
];
var HealthCheck$ = [
	3,
	n0$3,
	_HC$1,
	0,
	[
		_com,
		_int,
		_ti,
		_ret,
		_sP
	],
	[
		64,
		1,
		1,
		1,
		1
	],
	1
];
var HostEntry$ = [
	3,
	n0$3,
	_HE,
	0,
	[_h$1, _iA],
	[0, 0],
	2
];
var HostVolumeProperties$ = [
	3,
	n0$3,
	_HVP,
	0,
	[_sPo],
	[0]
];
var InferenceAccelerator$ = [
	3,
	n0$3,
	_IA$2,
	0,
	[_dNe, _dT],
	[0, 0],
	2
];
var InferenceAcceleratorOverride$ = [
	3,
	n0$3,
	_IAO,
	0,
	[_dNe, _dT],
	[0, 0]
];
var KernelCapabilities$ = [
	3,
	n0$3,
	_KC,
	0,
	[_ad, _dro],
	[64, 64]
];
var KeyValuePair$ = [
	3,
	n0$3,
	_KVP,
	0,
	[_n, _v],
	[0, 0]
];
var LinearConfiguration$ = [
	3,
	n0$3,
	_LC$1,
	0,
	[_sPt, _sBTIM],
	[1, 1]
];
var LinuxParameters$ = [
	3,
	n0$3,
	_LP,
	0,
	[
		_ca,
		_de,
		_iPE,
		_sMS,
		_tm,
		_mSa,
		_sw
	],
	[
		() => KernelCapabilities$,
		() => DevicesList,
		2,
		1,
		() => TmpfsList,
		1,
		1
	]
];
var ListServiceDeploymentsRequest$ = [
	3,
	n0$3,
	_LSDR,
	0,
	[
		_ser,
		_cl,
		_st,
		_cAr,
		_nT,
		_mRa
	],
	[
		0,
		0,
		64,
		() => CreatedAt$,
		0,
		1
	],
	1
];
var ListServiceDeploymentsResponse$ = [
	3,
	n0$3,
	_LSDRi,
	0,
	[_sD, _nT],
	[() => ServiceDeploymentsBrief, 0]
];
var ListTasksRequest$ = [
	3,
	n0$3,
	_LTR,
	0,
	[
		_cl,
		_cIo,
		_f,
		_nT,
		_mRa,
		_sB,
		_sN,
		_dSe,
		_lT,
		_dNa
	],
	[
		0,
		0,
		0,
		0,
		1,
		0,
		0,
		0,
		0,
		0
	]
];
var ListTasksResponse$ = [
	3,
	n0$3,
	_LTRi,
	0,
	[_tAas, _nT],
	[64, 0]
];
var LoadBalancer$$1 = [
	3,
	n0$3,
	_LB$1,
	0,
	[
		_tGA,
		_lBN,
		_cNo,
		_cPon,
		_aCd
	],
	[
		0,
		0,
		0,
		1,
		() => AdvancedConfiguration$
	]
];
var LogConfiguration$ = [
	3,
	n0$3,
	_LCo,
	0,
	[
		_lD,
		_o,
		_sO
	],
	[
		0,
		128,
		() => SecretList
	],
	1
];
var ManagedAgent$ = [
	3,
	n0$3,
	_MA$1,
	0,
	[
		_lSA,
		_n,
		_r,
		_lS
	],
	[
		4,
		0,
		0,
		0
	]
];
var ManagedApplicationAutoScalingPolicy$ = [
	3,
	n0$3,
	_MAASP,
	0,
	[
		_st,
		_uA,
		_pTo,
		_tV,
		_met,
		_ar,
		_sR
	],
	[
		0,
		4,
		0,
		1,
		0,
		0,
		0
	],
	5
];
var ManagedAutoScaling$ = [
	3,
	n0$3,
	_MAS,
	0,
	[_sTca, _aASP],
	[() => ManagedScalableTarget$, () => ManagedApplicationAutoScalingPolicies]
];
var ManagedCertificate$ = [
	3,
	n0$3,
	_MC,
	0,
	[
		_st,
		_uA,
		_dNo,
		_ar,
		_sR
	],
	[
		0,
		4,
		0,
		0,
		0
	],
	3
];
var ManagedIngressPath$ = [
	3,
	n0$3,
	_MIP,
	0,
	[
		_aT,
		_end,
		_lBo,
		_lBSG,
		_ce,
		_li,
		_ru,
		_tG
	],
	[
		0,
		0,
		() => ManagedLoadBalancer$,
		() => ManagedSecurityGroups,
		() => ManagedCertificate$,
		() => ManagedListener$,
		() => ManagedListenerRule$,
		() => ManagedTargetGroups
	],
	2
];
var ManagedListener$ = [
	3,
	n0$3,
	_ML,
	0,
	[
		_st,
		_uA,
		_ar,
		_sR
	],
	[
		0,
		4,
		0,
		0
	],
	2
];
var ManagedListenerRule$ = [
	3,
	n0$3,
	_MLR,
	0,
	[
		_st,
		_uA,
		_ar,
		_sR
	],
	[
		0,
		4,
		0,
		0
	],
	2
];
var ManagedLoadBalancer$ = [
	3,
	n0$3,
	_MLB,
	0,
	[
		_st,
		_uA,
		_sch,
		_ar,
		_sR,
		_sI,
		_sGI
	],
	[
		0,
		4,
		0,
		0,
		0,
		64,
		64
	],
	3
];
var ManagedLogGroup$ = [
	3,
	n0$3,
	_MLG,
	0,
	[
		_st,
		_uA,
		_lGN,
		_ar,
		_sR
	],
	[
		0,
		4,
		0,
		0,
		0
	],
	3
];
var ManagedMetricAlarm$ = [
	3,
	n0$3,
	_MMA,
	0,
	[
		_st,
		_uA,
		_ar,
		_sR
	],
	[
		0,
		4,
		0,
		0
	],
	2
];
var ManagedScalableTarget$ = [
	3,
	n0$3,
	_MST,
	0,
	[
		_st,
		_uA,
		_mC,
		_mCa,
		_ar,
		_sR
	],
	[
		0,
		4,
		1,
		1,
		0,
		0
	],
	4
];
var ManagedSecurityGroup$ = [
	3,
	n0$3,
	_MSG,
	0,
	[
		_st,
		_uA,
		_ar,
		_sR
	],
	[
		0,
		4,
		0,
		0
	],
	2
];
var ManagedTargetGroup$ = [
	3,
	n0$3,
	_MTG,
	0,
	[
		_st,
		_uA,
		_hCP,
		_hCPea,
		_po,
		_ar,
		_sR
	],
	[
		0,
		4,
		0,
		1,
		1,
		0,
		0
	],
	5
];
var MetricConfiguration$ = [
	3,
	n0$3,
	_MCe,
	0,
	[_mN, _rSe],
	[64, 1],
	2
];
var MonitoringConfiguration$ = [
	3,
	n0$3,
	_MCo,
	0,
	[_mCe],
	[() => MetricConfigurationList]
];
var MountPoint$ = [
	3,
	n0$3,
	_MP,
	0,
	[
		_sV,
		_cPo,
		_rO
	],
	[
		0,
		0,
		2
	]
];
var NetworkBinding$ = [
	3,
	n0$3,
	_NB,
	0,
	[
		_bIP,
		_cPon,
		_hPos,
		_pr,
		_cPR,
		_hPR
	],
	[
		0,
		1,
		1,
		0,
		0,
		0
	]
];
var NetworkConfiguration$ = [
	3,
	n0$3,
	_NC,
	0,
	[_aCw],
	[() => AwsVpcConfiguration$]
];
var NetworkInterface$ = [
	3,
	n0$3,
	_NI,
	0,
	[
		_aI,
		_pIA,
		_iAp
	],
	[
		0,
		0,
		0
	]
];
var NvidiaMpsAllocation$ = [
	3,
	n0$3,
	_NMA,
	0,
	[_me, _mCP],
	[1, 1],
	1
];
var PlacementConstraint$ = [
	3,
	n0$3,
	_PC,
	0,
	[_t, _ex],
	[0, 0]
];
var PlacementStrategy$ = [
	3,
	n0$3,
	_PS$1,
	0,
	[_t, _fie],
	[0, 0]
];
var PortMapping$ = [
	3,
	n0$3,
	_PM,
	0,
	[
		_cPon,
		_hPos,
		_pr,
		_n,
		_aP,
		_cPR
	],
	[
		1,
		1,
		0,
		0,
		0,
		0
	]
];
var ProxyConfiguration$ = [
	3,
	n0$3,
	_PCr,
	0,
	[
		_cNo,
		_t,
		_pro
	],
	[
		0,
		0,
		() => ProxyConfigurationProperties
	],
	1
];
var RepositoryCredentials$ = [
	3,
	n0$3,
	_RC$3,
	8,
	[_cPr],
	[0],
	1
];
var ResolvedConfiguration$ = [
	3,
	n0$3,
	_RCe,
	0,
	[_lB, _vLC],
	[() => ServiceRevisionLoadBalancers, () => ServiceRevisionVpcLatticeConfigurations]
];
var ResourceRequirement$ = [
	3,
	n0$3,
	_RR,
	0,
	[
		_t,
		_v,
		_sSh
	],
	[
		0,
		0,
		() => SharingStrategy$
	],
	1
];
var Rollback$ = [
	3,
	n0$3,
	_Ro$1,
	0,
	[
		_r,
		_sA,
		_sRAe
	],
	[
		0,
		4,
		0
	]
];
var RuntimePlatform$ = [
	3,
	n0$3,
	_RP,
	0,
	[_cAp, _oSF],
	[0, 0]
];
var RuntimePlatformOverride$ = [
	3,
	n0$3,
	_RPO,
	0,
	[_cAp],
	[0]
];
var S3FilesVolumeConfiguration$ = [
	3,
	n0$3,
	_SFVC,
	0,
	[
		_fSA,
		_rD,
		_tEP,
		_aPA
	],
	[
		0,
		0,
		1,
		0
	],
	1
];
var Scale$ = [
	3,
	n0$3,
	_S$1,
	0,
	[_v, _un],
	[1, 0]
];
var Secret$ = [
	3,
	n0$3,
	_Se,
	0,
	[_n, _vFa],
	[0, 0],
	2
];
var Service$ = [
	3,
	n0$3,
	_Ser,
	0,
	[
		_sAe,
		_sN,
		_cA,
		_lB,
		_sRe,
		_st,
		_dCe,
		_rCu,
		_pCe,
		_lT,
		_cPS,
		_pV,
		_pF,
		_tD,
		_dC,
		_tSa,
		_dep,
		_rA,
		_ev,
		_cAr,
		_cSD,
		_cSR,
		_pCl,
		_pS,
		_nC,
		_hCGPS,
		_sS,
		_dCep,
		_ta,
		_cBr,
		_eECSMT,
		_pTr,
		_eEC,
		_aZR,
		_rMT
	],
	[
		0,
		0,
		0,
		() => LoadBalancers$1,
		() => ServiceRegistries,
		0,
		1,
		1,
		1,
		0,
		() => CapacityProviderStrategy,
		0,
		0,
		0,
		() => DeploymentConfiguration$,
		() => TaskSets,
		() => Deployments,
		0,
		() => ServiceEvents,
		4,
		0,
		() => ServiceCurrentRevisionSummaryList,
		() => PlacementConstraints,
		() => PlacementStrategies,
		() => NetworkConfiguration$,
		1,
		0,
		() => DeploymentController$,
		() => Tags,
		0,
		2,
		0,
		2,
		0,
		0
	]
];
var ServiceConnectAccessLogConfiguration$ = [
	3,
	n0$3,
	_SCALC,
	0,
	[_for, _iQP],
	[0, 0],
	1
];
var ServiceConnectClientAlias$ = [
	3,
	n0$3,
	_SCCA,
	0,
	[
		_po,
		_dNn,
		_tTR
	],
	[
		1,
		0,
		() => ServiceConnectTestTrafficRules$
	],
	1
];
var ServiceConnectConfiguration$ = [
	3,
	n0$3,
	_SCC,
	0,
	[
		_ena,
		_na,
		_serv,
		_lC,
		_aLCc,
		_cCon
	],
	[
		2,
		0,
		() => ServiceConnectServiceList,
		() => LogConfiguration$,
		() => ServiceConnectAccessLogConfiguration$,
		() => ServiceConnectContainerConfigurations
	],
	1
];
var ServiceConnectService$ = [
	3,
	n0$3,
	_SCS,
	0,
	[
		_pN,
		_dNi,
		_cAli,
		_iPO,
		_ti,
		_tl
	],
	[
		0,
		0,
		() => ServiceConnectClientAliasList,
		1,
		() => TimeoutConfiguration$,
		() => ServiceConnectTlsConfiguration$
	],
	1
];
var ServiceConnectServiceResource$ = [
	3,
	n0$3,
	_SCSR,
	0,
	[_dNi, _dAi],
	[0, 0]
];
var ServiceConnectTestTrafficHeaderMatchRules$ = [
	3,
	n0$3,
	_SCTTHMR,
	0,
	[_exa],
	[0],
	1
];
var ServiceConnectTestTrafficHeaderRules$ = [
	3,
	n0$3,
	_SCTTHR,
	0,
	[_n, _v],
	[0, () => ServiceConnectTestTrafficHeaderMatchRules$],
	1
];
var ServiceConnectTestTrafficRules$ = [
	3,
	n0$3,
	_SCTTR,
	0,
	[_he],
	[() => ServiceConnectTestTrafficHeaderRules$],
	1
];
var ServiceConnectTlsCertificateAuthority$ = [
	3,
	n0$3,
	_SCTCA,
	0,
	[_aPAA],
	[0]
];
var ServiceConnectTlsConfiguration$ = [
	3,
	n0$3,
	_SCTC,
	0,
	[
		_iCA,
		_kK,
		_rA
	],
	[
		() => ServiceConnectTlsCertificateAuthority$,
		0,
		0
	],
	1
];
var ServiceCurrentRevisionSummary$ = [
	3,
	n0$3,
	_SCRS,
	0,
	[
		_ar,
		_rTCe,
		_rTCu,
		_pTCe
	],
	[
		0,
		1,
		1,
		1
	]
];
var ServiceDeployment$ = [
	3,
	n0$3,
	_SD,
	0,
	[
		_sDA,
		_sAe,
		_cA,
		_cAr,
		_sA,
		_fA,
		_sAt,
		_uA,
		_sSR,
		_tSR,
		_st,
		_sR,
		_lSif,
		_lHD,
		_dC,
		_rol,
		_dCB,
		_al
	],
	[
		0,
		0,
		0,
		4,
		4,
		4,
		4,
		4,
		() => ServiceRevisionsSummaryList,
		() => ServiceRevisionSummary$,
		0,
		0,
		0,
		() => DeploymentLifecycleHookDetailList,
		() => DeploymentConfiguration$,
		() => Rollback$,
		() => ServiceDeploymentCircuitBreaker$,
		() => ServiceDeploymentAlarms$
	]
];
var ServiceDeploymentAlarms$ = [
	3,
	n0$3,
	_SDA,
	0,
	[
		_st,
		_aN,
		_tAN
	],
	[
		0,
		64,
		64
	]
];
var ServiceDeploymentBrief$ = [
	3,
	n0$3,
	_SDB,
	0,
	[
		_sDA,
		_sAe,
		_cA,
		_sA,
		_cAr,
		_fA,
		_tSRA,
		_st,
		_sR
	],
	[
		0,
		0,
		0,
		4,
		4,
		4,
		0,
		0,
		0
	]
];
var ServiceDeploymentCircuitBreaker$ = [
	3,
	n0$3,
	_SDCB,
	0,
	[
		_st,
		_fCa,
		_th
	],
	[
		0,
		1,
		1
	]
];
var ServiceEvent$ = [
	3,
	n0$3,
	_SEe,
	0,
	[
		_i,
		_cAr,
		_m$2
	],
	[
		0,
		4,
		0
	]
];
var ServiceManagedEBSVolumeConfiguration$ = [
	3,
	n0$3,
	_SMEBSVC,
	0,
	[
		_rA,
		_enc,
		_kKI,
		_vT,
		_sIGB,
		_sIn,
		_vIR,
		_io,
		_thr,
		_tSag,
		_fTi
	],
	[
		0,
		2,
		0,
		0,
		1,
		0,
		1,
		1,
		1,
		() => EBSTagSpecifications,
		0
	],
	1
];
var ServiceRegistry$ = [
	3,
	n0$3,
	_SR$1,
	0,
	[
		_rAeg,
		_po,
		_cNo,
		_cPon
	],
	[
		0,
		1,
		0,
		1
	]
];
var ServiceRevision$ = [
	3,
	n0$3,
	_SRe,
	0,
	[
		_sRAe,
		_sAe,
		_cA,
		_tD,
		_cPS,
		_lT,
		_pV,
		_pF,
		_lB,
		_sRe,
		_nC,
		_cI,
		_gDE,
		_sCC,
		_vCo,
		_fES,
		_cAr,
		_vLC,
		_rCes,
		_eMR,
		_ov,
		_gC,
		_mo
	],
	[
		0,
		0,
		0,
		0,
		() => CapacityProviderStrategy,
		0,
		0,
		0,
		() => LoadBalancers$1,
		() => ServiceRegistries,
		() => NetworkConfiguration$,
		() => ContainerImages,
		2,
		() => ServiceConnectConfiguration$,
		() => ServiceVolumeConfigurations,
		() => DeploymentEphemeralStorage$,
		4,
		() => VpcLatticeConfigurations,
		() => ResolvedConfiguration$,
		() => ECSManagedResources$,
		() => ServiceRevisionOverrides$,
		() => GatewayConnectorList,
		() => MonitoringConfiguration$
	]
];
var ServiceRevisionLoadBalancer$ = [
	3,
	n0$3,
	_SRLB,
	0,
	[_tGA, _pLR],
	[0, 0]
];
var ServiceRevisionOverrides$ = [
	3,
	n0$3,
	_SRO,
	0,
	[_rPu],
	[() => RuntimePlatformOverride$]
];
var ServiceRevisionSummary$ = [
	3,
	n0$3,
	_SRS,
	0,
	[
		_ar,
		_rTCe,
		_rTCu,
		_pTCe,
		_rTTW,
		_rPTW
	],
	[
		0,
		1,
		1,
		1,
		1,
		1
	]
];
var ServiceRevisionVpcLatticeConfiguration$ = [
	3,
	n0$3,
	_SRVLC,
	0,
	[_tGA, _pLR],
	[0, 0]
];
var ServiceVolumeConfiguration$ = [
	3,
	n0$3,
	_SVC,
	0,
	[_n, _mEBSV],
	[0, () => ServiceManagedEBSVolumeConfiguration$],
	1
];
var StopServiceDeploymentRequest$ = [
	3,
	n0$3,
	_SSDR,
	0,
	[_sDA, _sTto],
	[0, 0],
	1
];
var StopServiceDeploymentResponse$ = [
	3,
	n0$3,
	_SSDRt,
	0,
	[_sDA],
	[0]
];
var SystemControl$ = [
	3,
	n0$3,
	_SC$2,
	0,
	[_na, _v],
	[0, 0]
];
var Tag$$1 = [
	3,
	n0$3,
	_T$3,
	0,
	[_k, _v],
	[0, 0]
];
var Task$ = [
	3,
	n0$3,
	_Ta$1,
	0,
	[
		_a,
		_at,
		_aZ,
		_cPN,
		_cA,
		_conn,
		_cAon,
		_cIA,
		_conta,
		_cp,
		_cAr,
		_dSe,
		_eEC,
		_eSA,
		_gr,
		_hS,
		_iAn,
		_lS,
		_lT,
		_me,
		_ov,
		_pV,
		_pF,
		_pSA,
		_pSAu,
		_sA,
		_sB,
		_sCtop,
		_sAt,
		_sRt,
		_sAto,
		_ta,
		_tA,
		_tDA,
		_ve,
		_eSp,
		_fES
	],
	[
		() => Attachments,
		() => Attributes,
		0,
		0,
		0,
		0,
		4,
		0,
		() => Containers,
		0,
		4,
		0,
		2,
		4,
		0,
		0,
		() => InferenceAccelerators,
		0,
		0,
		0,
		[() => TaskOverride$, 0],
		0,
		0,
		4,
		4,
		4,
		0,
		0,
		4,
		0,
		4,
		() => Tags,
		0,
		0,
		1,
		() => EphemeralStorage$$1,
		() => TaskEphemeralStorage$
	]
];
var TaskDefinition$ = [
	3,
	n0$3,
	_TD,
	0,
	[
		_tDA,
		_cD,
		_f,
		_tRA,
		_eRA,
		_nM,
		_re,
		_vo,
		_st,
		_rAeq,
		_pCl,
		_comp,
		_rPu,
		_rCe,
		_cp,
		_me,
		_iAn,
		_pMi,
		_iM,
		_pCr,
		_rAe,
		_dAer,
		_dRAe,
		_rB,
		_eSp,
		_eFI
	],
	[
		0,
		[() => ContainerDefinitions, 0],
		0,
		0,
		0,
		0,
		1,
		() => VolumeList,
		0,
		() => RequiresAttributes,
		() => TaskDefinitionPlacementConstraints,
		64,
		() => RuntimePlatform$,
		64,
		0,
		0,
		() => InferenceAccelerators,
		0,
		0,
		() => ProxyConfiguration$,
		4,
		4,
		4,
		0,
		() => EphemeralStorage$$1,
		2
	]
];
var TaskDefinitionPlacementConstraint$ = [
	3,
	n0$3,
	_TDPC,
	0,
	[_t, _ex],
	[0, 0]
];
var TaskEphemeralStorage$ = [
	3,
	n0$3,
	_TES,
	0,
	[_sIGB, _kKI],
	[1, 0]
];
var TaskOverride$ = [
	3,
	n0$3,
	_TO,
	0,
	[
		_cO,
		_cp,
		_iAO,
		_eRA,
		_me,
		_tRA,
		_eSp
	],
	[
		[() => ContainerOverrides, 0],
		0,
		() => InferenceAcceleratorOverrides,
		0,
		0,
		0,
		() => EphemeralStorage$$1
	]
];
var TaskSet$ = [
	3,
	n0$3,
	_TS,
	0,
	[
		_i,
		_tSA,
		_sAe,
		_cA,
		_sB,
		_eI,
		_st,
		_tD,
		_cDC,
		_pCe,
		_rCu,
		_cAr,
		_uA,
		_lT,
		_cPS,
		_pV,
		_pF,
		_nC,
		_lB,
		_sRe,
		_sc,
		_sSt,
		_sSA,
		_ta,
		_fES
	],
	[
		0,
		0,
		0,
		0,
		0,
		0,
		0,
		0,
		1,
		1,
		1,
		4,
		4,
		0,
		() => CapacityProviderStrategy,
		0,
		0,
		() => NetworkConfiguration$,
		() => LoadBalancers$1,
		() => ServiceRegistries,
		() => Scale$,
		0,
		4,
		() => Tags,
		() => DeploymentEphemeralStorage$
	]
];
var ThresholdConfiguration$ = [
	3,
	n0$3,
	_TC,
	0,
	[_t, _v],
	[0, 1],
	2
];
var TimeoutConfiguration$ = [
	3,
	n0$3,
	_TCi,
	0,
	[_iTS, _pRTS],
	[1, 1]
];
var Tmpfs$ = [
	3,
	n0$3,
	_Tm,
	0,
	[
		_cPo,
		_si,
		_mO
	],
	[
		0,
		1,
		64
	],
	2
];
var Ulimit$ = [
	3,
	n0$3,
	_U,
	0,
	[
		_n,
		_sL,
		_hL
	],
	[
		0,
		1,
		1
	],
	3
];
var UpdateServiceRequest$ = [
	3,
	n0$3,
	_USR,
	0,
	[
		_ser,
		_cl,
		_dCe,
		_tD,
		_cPS,
		_dC,
		_aZR,
		_nC,
		_pCl,
		_pS,
		_pV,
		_fND,
		_hCGPS,
		_dCep,
		_eEC,
		_eECSMT,
		_lB,
		_pTr,
		_sRe,
		_sCC,
		_vCo,
		_vLC,
		_gC,
		_mo
	],
	[
		0,
		0,
		1,
		0,
		() => CapacityProviderStrategy,
		() => DeploymentConfiguration$,
		0,
		() => NetworkConfiguration$,
		() => PlacementConstraints,
		() => PlacementStrategies,
		0,
		2,
		1,
		() => DeploymentController$,
		2,
		2,
		() => LoadBalancers$1,
		0,
		() => ServiceRegistries,
		() => ServiceConnectConfiguration$,
		() => ServiceVolumeConfigurations,
		() => VpcLatticeConfigurations,
		() => GatewayConnectorList,
		() => MonitoringConfiguration$
	],
	1
];
var UpdateServiceResponse$ = [
	3,
	n0$3,
	_USRp,
	0,
	[_ser],
	[() => Service$]
];
var Volume$ = [
	3,
	n0$3,
	_V$3,
	0,
	[
		_n,
		_ho,
		_dVC,
		_eVC,
		_sVC,
		_fWFSVC,
		_cAL
	],
	[
		0,
		() => HostVolumeProperties$,
		() => DockerVolumeConfiguration$,
		() => EFSVolumeConfiguration$,
		() => S3FilesVolumeConfiguration$,
		() => FSxWindowsFileServerVolumeConfiguration$,
		2
	]
];
var VolumeFrom$ = [
	3,
	n0$3,
	_VF,
	0,
	[_sCo, _rO],
	[0, 2]
];
var VpcLatticeAdvancedConfiguration$ = [
	3,
	n0$3,
	_VLAC,
	0,
	[
		_aTGA,
		_pLR,
		_tLR
	],
	[
		0,
		0,
		0
	]
];
var VpcLatticeConfiguration$ = [
	3,
	n0$3,
	_VLC,
	0,
	[
		_rA,
		_tGA,
		_pN,
		_aCd
	],
	[
		0,
		0,
		0,
		() => VpcLatticeAdvancedConfiguration$
	],
	3
];
var AttachmentDetails = [
	1,
	n0$3,
	_AD$1,
	0,
	() => KeyValuePair$
];
var Attachments = [
	1,
	n0$3,
	_Att,
	0,
	() => Attachment$
];
var Attributes = [
	1,
	n0$3,
	_Attr,
	0,
	() => Attribute$
];
var CapacityProviderStrategy = [
	1,
	n0$3,
	_CPS,
	0,
	() => CapacityProviderStrategyItem$
];
var ContainerDefinitions = [
	1,
	n0$3,
	_CDon,
	0,
	[() => ContainerDefinition$, 0]
];
var ContainerDependencies = [
	1,
	n0$3,
	_CDont,
	0,
	() => ContainerDependency$
];
var ContainerImages = [
	1,
	n0$3,
	_CIon,
	0,
	() => ContainerImage$
];
var ContainerOverrides = [
	1,
	n0$3,
	_COo,
	0,
	[() => ContainerOverride$, 0]
];
var Containers = [
	1,
	n0$3,
	_Con$1,
	0,
	() => Container$
];
var DeploymentLifecycleHookDetailList = [
	1,
	n0$3,
	_DLHDL,
	0,
	() => DeploymentLifecycleHookDetail$
];
var DeploymentLifecycleHookList = [
	1,
	n0$3,
	_DLHL,
	0,
	() => DeploymentLifecycleHook$
];
var Deployments = [
	1,
	n0$3,
	_Dep,
	0,
	() => Deployment$
];
var DevicesList = [
	1,
	n0$3,
	_DL,
	0,
	() => Device$
];
var EBSTagSpecifications = [
	1,
	n0$3,
	_EBSTSa,
	0,
	() => EBSTagSpecification$
];
var EnvironmentFiles = [
	1,
	n0$3,
	_EFn,
	0,
	() => EnvironmentFile$
];
var EnvironmentVariables$1 = [
	1,
	n0$3,
	_EV,
	8,
	() => KeyValuePair$
];
var Failures = [
	1,
	n0$3,
	_Fa,
	0,
	() => Failure$
];
var GatewayConnectionAlbResourcesList = [
	1,
	n0$3,
	_GCARL,
	0,
	() => GatewayConnectionAlbResources$
];
var GatewayConnectionList = [
	1,
	n0$3,
	_GCL,
	0,
	() => GatewayConnection$
];
var GatewayConnectorList = [
	1,
	n0$3,
	_GCLa,
	0,
	() => GatewayConnector$
];
var HostEntryList = [
	1,
	n0$3,
	_HEL,
	0,
	() => HostEntry$
];
var InferenceAcceleratorOverrides = [
	1,
	n0$3,
	_IAOn,
	0,
	() => InferenceAcceleratorOverride$
];
var InferenceAccelerators = [
	1,
	n0$3,
	_IAn$1,
	0,
	() => InferenceAccelerator$
];
var LoadBalancers$1 = [
	1,
	n0$3,
	_LBo$1,
	0,
	() => LoadBalancer$$1
];
var ManagedAgents = [
	1,
	n0$3,
	_MAa$1,
	0,
	() => ManagedAgent$
];
var ManagedApplicationAutoScalingPolicies = [
	1,
	n0$3,
	_MAASPa,
	0,
	() => ManagedApplicationAutoScalingPolicy$
];
var ManagedIngressPaths = [
	1,
	n0$3,
	_MIPan,
	0,
	() => ManagedIngressPath$
];
var ManagedLogGroups = [
	1,
	n0$3,
	_MLGa,
	0,
	() => ManagedLogGroup$
];
var ManagedMetricAlarms = [
	1,
	n0$3,
	_MMAa,
	0,
	() => ManagedMetricAlarm$
];
var ManagedSecurityGroups = [
	1,
	n0$3,
	_MSGa,
	0,
	() => ManagedSecurityGroup$
];
var ManagedTargetGroups = [
	1,
	n0$3,
	_MTGa,
	0,
	() => ManagedTargetGroup$
];
var MetricConfigurationList = [
	1,
	n0$3,
	_MCL,
	0,
	() => MetricConfiguration$
];
var MountPointList = [
	1,
	n0$3,
	_MPL,
	0,
	() => MountPoint$
];
var NetworkBindings = [
	1,
	n0$3,
	_NBe,
	0,
	() => NetworkBinding$
];
var NetworkInterfaces = [
	1,
	n0$3,
	_NIe,
	0,
	() => NetworkInterface$
];
var PlacementConstraints = [
	1,
	n0$3,
	_PCl,
	0,
	() => PlacementConstraint$
];
var PlacementStrategies = [
	1,
	n0$3,
	_PSl,
	0,
	() => PlacementStrategy$
];
var PortMappingList = [
	1,
	n0$3,
	_PML,
	0,
	() => PortMapping$
];
var ProxyConfigurationProperties = [
	1,
	n0$3,
	_PCP,
	0,
	() => KeyValuePair$
];
var RequiresAttributes = [
	1,
	n0$3,
	_RA$1,
	0,
	() => Attribute$
];
var ResourceRequirements = [
	1,
	n0$3,
	_RRe,
	0,
	() => ResourceRequirement$
];
var SecretList = [
	1,
	n0$3,
	_SL,
	0,
	() => Secret$
];
var ServiceConnectClientAliasList = [
	1,
	n0$3,
	_SCCAL,
	0,
	() => ServiceConnectClientAlias$
];
var ServiceConnectContainerConfigurations = [
	1,
	n0$3,
	_SCCC,
	0,
	() => ServiceConnectContainerConfiguration$
];
var ServiceConnectServiceList = [
	1,
	n0$3,
	_SCSL,
	0,
	() => ServiceConnectService$
];
var ServiceConnectServiceResourceList = [
	1,
	n0$3,
	_SCSRL,
	0,
	() => ServiceConnectServiceResource$
];
var ServiceCurrentRevisionSummaryList = [
	1,
	n0$3,
	_SCRSL,
	0,
	() => ServiceCurrentRevisionSummary$
];
var ServiceDeployments = [
	1,
	n0$3,
	_SDe,
	0,
	() => ServiceDeployment$
];
var ServiceDeploymentsBrief = [
	1,
	n0$3,
	_SDBe,
	0,
	() => ServiceDeploymentBrief$
];
var ServiceEvents = [
	1,
	n0$3,
	_SEer,
	0,
	() => ServiceEvent$
];
var ServiceRegistries = [
	1,
	n0$3,
	_SRer,
	0,
	() => ServiceRegistry$
];
var ServiceRevisionLoadBalancers = [
	1,
	n0$3,
	_SRLBe,
	0,
	() => ServiceRevisionLoadBalancer$
];
var ServiceRevisions = [
	1,
	n0$3,
	_SRerv,
	0,
	() => ServiceRevision$
];
var ServiceRevisionsSummaryList = [
	1,
	n0$3,
	_SRSL,
	0,
	() => ServiceRevisionSummary$
];
var ServiceRevisionVpcLatticeConfigurations = [
	1,
	n0$3,
	_SRVLCe,
	0,
	() => ServiceRevisionVpcLatticeConfiguration$
];
var Services = [
	1,
	n0$3,
	_Serv,
	0,
	() => Service$
];
var ServiceVolumeConfigurations = [
	1,
	n0$3,
	_SVCe,
	0,
	() => ServiceVolumeConfiguration$
];
var SystemControls = [
	1,
	n0$3,
	_SCy,
	0,
	() => SystemControl$
];
var Tags = [
	1,
	n0$3,
	_Tag$1,
	0,
	() => Tag$$1
];
var TaskDefinitionPlacementConstraints = [
	1,
	n0$3,
	_TDPCa,
	0,
	() => TaskDefinitionPlacementConstraint$
];
var Tasks = [
	1,
	n0$3,
	_Tas,
	0,
	[() => Task$, 0]
];
var TaskSets = [
	1,
	n0$3,
	_TSa,
	0,
	() => TaskSet$
];
var TmpfsList = [
	1,
	n0$3,
	_TL,
	0,
	() => Tmpfs$
];
var UlimitList = [
	1,
	n0$3,
	_UL,
	0,
	() => Ulimit$
];
var VolumeFromList = [
	1,
	n0$3,
	_VFL,
	0,
	() => VolumeFrom$
];
var VolumeList = [
	1,
	n0$3,
	_VL,
	0,
	() => Volume$
];
var VpcLatticeConfigurations = [
	1,
	n0$3,
	_VLCp,
	0,
	() => VpcLatticeConfiguration$
];
var GatewayConnectionResources$ = [
	4,
	n0$3,
	_GCR,
	0,
	[_hSA],
	[() => GatewayConnectionAlbResourcesList]
];
var ServiceConnectContainerConfiguration$ = [
	4,
	n0$3,
	_SCCCe,
	0,
	[_lL],
	[0]
];
var SharingStrategy$ = [
	4,
	n0$3,
	_SSh,
	0,
	[_nMv],
	[() => NvidiaMpsAllocation$]
];
var ContinueServiceDeployment$ = [
	9,
	n0$3,
	_CSD,
	0,
	() => ContinueServiceDeploymentRequest$,
	() => ContinueServiceDeploymentResponse$
];
var DescribeServiceDeployments$ = [
	9,
	n0$3,
	_DSD,
	0,
	() => DescribeServiceDeploymentsRequest$,
	() => DescribeServiceDeploymentsResponse$
];
var DescribeServiceRevisions$ = [
	9,
	n0$3,
	_DSRescr,
	0,
	() => DescribeServiceRevisionsRequest$,
	() => DescribeServiceRevisionsResponse$
];
var DescribeServices$ = [
	9,
	n0$3,
	_DSes,
	0,
	() => DescribeServicesRequest$,
	() => DescribeServicesResponse$
];
var DescribeTaskDefinition$ = [
	9,
	n0$3,
	_DTDes,
	0,
	() => DescribeTaskDefinitionRequest$,
	() => DescribeTaskDefinitionResponse$
];
var DescribeTasks$ = [
	9,
	n0$3,
	_DT,
	0,
	() => DescribeTasksRequest$,
	() => DescribeTasksResponse$
];
var ListServiceDeployments$ = [
	9,
	n0$3,
	_LSD,
	0,
	() => ListServiceDeploymentsRequest$,
	() => ListServiceDeploymentsResponse$
];
var ListTasks$ = [
	9,
	n0$3,
	_LT$1,
	0,
	() => ListTasksRequest$,
	() => ListTasksResponse$
];
var StopServiceDeployment$ = [
	9,
	n0$3,
	_SSD,
	0,
	() => StopServiceDeploymentRequest$,
	() => StopServiceDeploymentResponse$
];
var UpdateService$ = [
	9,
	n0$3,
	_US,
	0,
	() => UpdateServiceRequest$,
	() => UpdateServiceResponse$
];
// node_modules/@aws-sdk/client-ecs/dist-es/runtimeConfig.shared.js
const getRuntimeConfig$7 = (config) => {
	return {
		apiVersion: "2014-11-13",
		base64Decoder: config?.base64Decoder ?? fromBase64,
		base64Encoder: config?.base64Encoder ?? toBase64$1,
		disableHostPrefix: config?.disableHostPrefix ?? false,
		endpointProvider: config?.endpointProvider ?? defaultEndpointResolver$3,
		extensions: config?.extensions ?? [],
		httpAuthSchemeProvider: config?.httpAuthSchemeProvider ?? defaultECSHttpAuthSchemeProvider,
		httpAuthSchemes: config?.httpAuthSchemes ?? [{
			schemeId: "aws.auth#sigv4",
			identityProvider: (ipc) => ipc.getIdentityProvider("aws.auth#sigv4"),
			signer: new AwsSdkSigV4Signer()
		}],
		logger: config?.logger ?? new NoOpLogger(),
		protocol: config?.protocol ?? AwsJson1_1Protocol,
		protocolSettings: config?.protocolSettings ?? {
			defaultNamespace: "com.amazonaws.ecs",
			errorTypeRegistries: errorTypeRegistries$3,
			xmlNamespace: "http://ecs.amazonaws.com/doc/2014-11-13/",
			version: "2014-11-13",
			serviceTarget: "AmazonEC2ContainerServiceV20141113"
		},
		serviceId: config?.serviceId ?? "ECS",
		sha256: config?.sha256 ?? Sha256Node,
		urlParser: config?.urlParser ?? parseUrl,
		utf8Decoder: config?.utf8Decoder ?? fromUtf8$1,
		utf8Encoder: config?.utf8Encoder ?? toUtf8$1
	};
};
// node_modules/@aws-sdk/client-ecs/dist-es/runtimeConfig.js
const getRuntimeConfig$6 = (config) => {
	emitWarningIfUnsupportedVersion(process.version);
	const defaultsMode = resolveDefaultsModeConfig(config);
	const defaultConfigProvider = () => defaultsMode().then(loadConfigsForDefaultMode);
	const clientSharedValues = getRuntimeConfig$7(config);
	emitWarningIfUnsupportedVersion$1(process.version);
	const loaderConfig = {
		profile: config?.profile,
		logger: clientSharedValues.logger
	};
	return {
		...clientSharedValues,
		...config,
		runtime: "node",
		defaultsMode,
		authSchemePreference: config?.authSchemePreference ?? loadConfig(NODE_AUTH_SCHEME_PREFERENCE_OPTIONS, loaderConfig),
		bodyLengthChecker: config?.bodyLengthChecker ?? calculateBodyLength,
		credentialDefaultProvider: config?.credentialDefaultProvider ?? defaultProvider,
		defaultSocketTimeout: getDefaultSocketTimeout(config?.requestHandler, 9e5),
		defaultUserAgentProvider: config?.defaultUserAgentProvider ?? createDefaultUserAgentProvider({
			serviceId: clientSharedValues.serviceId,
			clientVersion: version$3
		}),
		maxAttempts: config?.maxAttempts ?? loadConfig(NODE_MAX_ATTEMPT_CONFIG_OPTIONS, config),
		region: config?.region ?? loadConfig(NODE_REGION_CONFIG_OPTIONS, {
			...NODE_REGION_CONFIG_FILE_OPTIONS,
			...loaderConfig
		}),
		requestHandler: NodeHttpHandler.create(config?.requestHandler ?? defaultConfigProvider),
		retryMode: config?.retryMode ?? loadConfig({
			...NODE_RETRY_MODE_CONFIG_OPTIONS,
			default: async () => (await defaultConfigProvider()).retryMode || DEFAULT_RETRY_MODE
		}, config),
		streamCollector: config?.streamCollector ?? streamCollector,
		useDualstackEndpoint: config?.useDualstackEndpoint ?? loadConfig(NODE_USE_DUALSTACK_ENDPOINT_CONFIG_OPTIONS, loaderConfig),
		useFipsEndpoint: config?.useFipsEndpoint ?? loadConfig(NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS, loaderConfig),
		userAgentAppId: config?.userAgentAppId ?? loadConfig(NODE_APP_ID_CONFIG_OPTIONS, loaderConfig)
	};
};
// node_modules/@aws-sdk/client-ecs/dist-es/auth/httpAuthExtensionConfiguration.js
const getHttpAuthExtensionConfiguration$3 = (runtimeConfig) => {
	const _httpAuthSchemes = runtimeConfig.httpAuthSchemes;
	let _httpAuthSchemeProvider = runtimeConfig.httpAuthSchemeProvider;
	let _credentials = runtimeConfig.credentials;
	return {
		setHttpAuthScheme(httpAuthScheme) {
			const index = _httpAuthSchemes.findIndex((scheme) => scheme.schemeId === httpAuthScheme.schemeId);
			if (index === -1) _httpAuthSchemes.push(httpAuthScheme);
			else _httpAuthSchemes.splice(index, 1, httpAuthScheme);
		},
		httpAuthSchemes() {
			return _httpAuthSchemes;
		},
		setHttpAuthSchemeProvider(httpAuthSchemeProvider) {
			_httpAuthSchemeProvider = httpAuthSchemeProvider;
		},
		httpAuthSchemeProvider() {
			return _httpAuthSchemeProvider;
		},
		setCredentials(credentials) {
			_credentials = credentials;
		},
		credentials() {
			return _credentials;
		}
	};
};
const resolveHttpAuthRuntimeConfig$3 = (config) => {
	return {
		httpAuthSchemes: config.httpAuthSchemes(),
		httpAuthSchemeProvider: config.httpAuthSchemeProvider(),
		credentials: config.credentials()
	};
};
// node_modules/@aws-sdk/client-ecs/dist-es/runtimeExtensions.js
const resolveRuntimeExtensions$3 = (runtimeConfig, extensions) => {
	const extensionConfiguration = Object.assign(getAwsRegionExtensionConfiguration(runtimeConfig), getDefaultExtensionConfiguration(runtimeConfig), getHttpHandlerExtensionConfiguration(runtimeConfig), getHttpAuthExtensionConfiguration$3(runtimeConfig));
	extensions.forEach((extension) => extension.configure(extensionConfiguration));
	return Object.assign(runtimeConfig, resolveAwsRegionExtensionConfiguration(extensionConfiguration), resolveDefaultRuntimeConfig(extensionConfiguration), resolveHttpHandlerRuntimeConfig(extensionConfiguration), resolveHttpAuthRuntimeConfig$3(extensionConfiguration));
};
// node_modules/@aws-sdk/client-ecs/dist-es/ECSClient.js
var ECSClient = class extends Client {
	config;
	constructor(...[configuration]) {
		const _config_0 = getRuntimeConfig$6(configuration || {});
		super(_config_0);
		this.initConfig = _config_0;
		const _config_2 = resolveUserAgentConfig(resolveClientEndpointParameters$3(_config_0));
		const _config_3 = resolveRetryConfig(_config_2);
		const _config_5 = resolveHostHeaderConfig(resolveRegionConfig(_config_3));
		const _config_6 = resolveEndpointConfig(_config_5);
		const _config_7 = resolveHttpAuthSchemeConfig$3(_config_6);
		const _config_8 = resolveRuntimeExtensions$3(_config_7, configuration?.extensions || []);
		this.config = _config_8;
		this.middlewareStack.use(getSchemaSerdePlugin(this.config));
		this.middlewareStack.use(getUserAgentPlugin(this.config));
		this.middlewareStack.use(getRetryPlugin(this.config));
		this.middlewareStack.use(getContentLengthPlugin(this.config));
		this.middlewareStack.use(getHostHeaderPlugin(this.config));
		this.middlewareStack.use(getLoggerPlugin(this.config));
		this.middlewareStack.use(getRecursionDetectionPlugin(this.config));
		this.middlewareStack.use(getHttpAuthSchemeEndpointRuleSetPlugin(this.config, {
			httpAuthSchemeParametersProvider: defaultECSHttpAuthSchemeParametersProvider,
			identityProviderConfigProvider: async (config) => new DefaultIdentityProviderConfig({ "aws.auth#sigv4": config.credentials })
		}));
		this.middlewareStack.use(getHttpSigningPlugin(this.config));
	}
	destroy() {
		super.destroy();
	}
};
// node_modules/@aws-sdk/client-ecs/dist-es/commandBuilder.js
const command$3 = makeBuilder(commonParams$3, "AmazonEC2ContainerServiceV20141113", "ECSClient", getEndpointPlugin);
const _ep0$3 = {};
const _mw0$3 = (Command, cs, config, o) => [];
// node_modules/@aws-sdk/client-ecs/dist-es/commands/ContinueServiceDeploymentCommand.js
var ContinueServiceDeploymentCommand = class extends command$3(_ep0$3, _mw0$3, "ContinueServiceDeployment", ContinueServiceDeployment$) {};
// node_modules/@aws-sdk/client-ecs/dist-es/commands/DescribeServiceDeploymentsCommand.js
var DescribeServiceDeploymentsCommand = class extends command$3(_ep0$3, _mw0$3, "DescribeServiceDeployments", DescribeServiceDeployments$) {};
// node_modules/@aws-sdk/client-ecs/dist-es/commands/DescribeServiceRevisionsCommand.js
var DescribeServiceRevisionsCommand = class extends command$3(_ep0$3, _mw0$3, "DescribeServiceRevisions", DescribeServiceRevisions$) {};
// node_modules/@aws-sdk/client-ecs/dist-es/commands/DescribeServicesCommand.js
var DescribeServicesCommand = class extends command$3(_ep0$3, _mw0$3, "DescribeServices", DescribeServices$) {};
// node_modules/@aws-sdk/client-ecs/dist-es/commands/DescribeTaskDefinitionCommand.js
var DescribeTaskDefinitionCommand = class extends command$3(_ep0$3, _mw0$3, "DescribeTaskDefinition", DescribeTaskDefinition$) {};
// node_modules/@aws-sdk/client-ecs/dist-es/commands/DescribeTasksCommand.js
var DescribeTasksCommand = class extends command$3(_ep0$3, _mw0$3, "DescribeTasks", DescribeTasks$) {};
// node_modules/@aws-sdk/client-ecs/dist-es/commands/ListServiceDeploymentsCommand.js
var ListServiceDeploymentsCommand = class extends command$3(_ep0$3, _mw0$3, "ListServiceDeployments", ListServiceDeployments$) {};
// node_modules/@aws-sdk/client-ecs/dist-es/commands/ListTasksCommand.js
var ListTasksCommand = class extends command$3(_ep0$3, _mw0$3, "ListTasks", ListTasks$) {};
// node_modules/@aws-sdk/client-ecs/dist-es/commands/StopServiceDeploymentCommand.js
var StopServiceDeploymentCommand = class extends command$3(_ep0$3, _mw0$3, "StopServiceDeployment", StopServiceDeployment$) {};
// node_modules/@aws-sdk/client-ecs/dist-es/commands/UpdateServiceCommand.js
var UpdateServiceCommand = class extends command$3(_ep0$3, _mw0$3, "UpdateService", UpdateService$) {};
// node_modules/@aws-sdk/client-elastic-load-balancing-v2/dist-es/auth/httpAuthSchemeProvider.js
const defaultElasticLoadBalancingV2HttpAuthSchemeParametersProvider = async (config, context, input) => {
	return {
		operation: getSmithyContext(context).operation,
		region: await normalizeProvider$1(config.region)() || (() => {
			throw new Error("expected `region` to be configured for `aws.auth#sigv4`");
		})()
	};
};
function createAwsAuthSigv4HttpAuthOption$2(authParameters) {
	return {
		schemeId: "aws.auth#sigv4",
		signingProperties: {
			name: "elasticloadbalancing",
			region: authParameters.region
		},
		propertiesExtractor: (config, context) => ({ signingProperties: {
			config,
			context
		} })
	};
}
const defaultElasticLoadBalancingV2HttpAuthSchemeProvider = (authParameters) => {
	const options = [];
	switch (authParameters.operation) {
		default: options.push(createAwsAuthSigv4HttpAuthOption$2(authParameters));
	}
	return options;
};
const resolveHttpAuthSchemeConfig$2 = (config) => {
	const config_0 = resolveAwsSdkSigV4Config(config);
	return Object.assign(config_0, { authSchemePreference: normalizeProvider$1(config.authSchemePreference ?? []) });
};
// node_modules/@aws-sdk/client-elastic-load-balancing-v2/dist-es/endpoint/EndpointParameters.js
const resolveClientEndpointParameters$2 = (options) => {
	return Object.assign(options, {
		useDualstackEndpoint: options.useDualstackEndpoint ?? false,
		useFipsEndpoint: options.useFipsEndpoint ?? false,
		defaultSigningName: "elasticloadbalancing"
	});
};
const commonParams$2 = {
	UseFIPS: {
		type: "builtInParams",
		name: "useFipsEndpoint"
	},
	Endpoint: {
		type: "builtInParams",
		name: "endpoint"
	},
	Region: {
		type: "builtInParams",
		name: "region"
	},
	UseDualStack: {
		type: "builtInParams",
		name: "useDualstackEndpoint"
	}
};
// node_modules/@aws-sdk/client-elastic-load-balancing-v2/package.json
var version$2 = "3.1142.0";
// node_modules/@aws-sdk/client-elastic-load-balancing-v2/dist-es/endpoint/bdd.js
const k$2 = "ref";
const a$2 = -1;
const b$2 = true;
const c$2 = "isSet";
const d$2 = "PartitionResult";
const e$2 = "booleanEquals";
const f$2 = "getAttr";
const g$2 = { [k$2]: "Endpoint" };
const h$2 = { [k$2]: d$2 };
const i$2 = {};
const j$2 = [{ [k$2]: "Region" }];
const _data$2 = {
	conditions: [
		[c$2, [g$2]],
		[c$2, j$2],
		[
			"aws.partition",
			j$2,
			d$2
		],
		[e$2, [{ [k$2]: "UseFIPS" }, b$2]],
		[e$2, [{ [k$2]: "UseDualStack" }, b$2]],
		[e$2, [{
			fn: f$2,
			argv: [h$2, "supportsDualStack"]
		}, b$2]],
		[e$2, [{
			fn: f$2,
			argv: [h$2, "supportsFIPS"]
		}, b$2]],
		["stringEquals", [{
			fn: f$2,
			argv: [h$2, "name"]
		}, "aws-us-gov"]]
	],
	results: [
		[a$2],
		[a$2, "Invalid Configuration: FIPS and custom endpoint are not supported"],
		[a$2, "Invalid Configuration: Dualstack and custom endpoint are not supported"],
		[g$2, i$2],
		["https://elasticloadbalancing-fips.{Region}.{PartitionResult#dualStackDnsSuffix}", i$2],
		[a$2, "FIPS and DualStack are enabled, but this partition does not support one or both"],
		["https://elasticloadbalancing.{Region}.amazonaws.com", i$2],
		["https://elasticloadbalancing-fips.{Region}.{PartitionResult#dnsSuffix}", i$2],
		[a$2, "FIPS is enabled but this partition does not support FIPS"],
		["https://elasticloadbalancing.{Region}.{PartitionResult#dualStackDnsSuffix}", i$2],
		[a$2, "DualStack is enabled but this partition does not support DualStack"],
		["https://elasticloadbalancing.{Region}.{PartitionResult#dnsSuffix}", i$2],
		[a$2, "Invalid Configuration: Missing Region"]
	]
};
const root$2 = 2;
const nodes$2 = new Int32Array([
	-1,
	1,
	-1,
	0,
	13,
	3,
	1,
	4,
	100000012,
	2,
	5,
	100000012,
	3,
	8,
	6,
	4,
	7,
	100000011,
	5,
	100000009,
	100000010,
	4,
	11,
	9,
	6,
	10,
	100000008,
	7,
	100000006,
	100000007,
	5,
	12,
	100000005,
	6,
	100000004,
	100000005,
	3,
	100000001,
	14,
	4,
	100000002,
	100000003
]);
const bdd$2 = BinaryDecisionDiagram.from(nodes$2, root$2, _data$2.conditions, _data$2.results);
// node_modules/@aws-sdk/client-elastic-load-balancing-v2/dist-es/endpoint/endpointResolver.js
const cache$2 = new EndpointCache({
	size: 50,
	params: [
		"Endpoint",
		"Region",
		"UseDualStack",
		"UseFIPS"
	]
});
const defaultEndpointResolver$2 = (endpointParams, context = {}) => {
	return cache$2.get(endpointParams, () => decideEndpoint(bdd$2, {
		endpointParams,
		logger: context.logger
	}));
};
customEndpointFunctions.aws = awsEndpointFunctions;
// node_modules/@aws-sdk/client-elastic-load-balancing-v2/dist-es/models/ElasticLoadBalancingV2ServiceException.js
var ElasticLoadBalancingV2ServiceException = class ElasticLoadBalancingV2ServiceException extends ServiceException$2 {
	constructor(options) {
		super(options);
		Object.setPrototypeOf(this, ElasticLoadBalancingV2ServiceException.prototype);
	}
};
// node_modules/@aws-sdk/client-elastic-load-balancing-v2/dist-es/models/errors.js
var CertificateNotFoundException = class CertificateNotFoundException extends ElasticLoadBalancingV2ServiceException {
	name = "CertificateNotFoundException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "CertificateNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, CertificateNotFoundException.prototype);
		this.Message = opts.Message;
	}
};
var ListenerNotFoundException = class ListenerNotFoundException extends ElasticLoadBalancingV2ServiceException {
	name = "ListenerNotFoundException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "ListenerNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ListenerNotFoundException.prototype);
		this.Message = opts.Message;
	}
};
var TooManyCertificatesException = class TooManyCertificatesException extends ElasticLoadBalancingV2ServiceException {
	name = "TooManyCertificatesException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "TooManyCertificatesException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, TooManyCertificatesException.prototype);
		this.Message = opts.Message;
	}
};
var DuplicateTagKeysException = class DuplicateTagKeysException extends ElasticLoadBalancingV2ServiceException {
	name = "DuplicateTagKeysException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "DuplicateTagKeysException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, DuplicateTagKeysException.prototype);
		this.Message = opts.Message;
	}
};
var LoadBalancerNotFoundException = class LoadBalancerNotFoundException extends ElasticLoadBalancingV2ServiceException {
	name = "LoadBalancerNotFoundException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "LoadBalancerNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, LoadBalancerNotFoundException.prototype);
		this.Message = opts.Message;
	}
};
var RuleNotFoundException = class RuleNotFoundException extends ElasticLoadBalancingV2ServiceException {
	name = "RuleNotFoundException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "RuleNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, RuleNotFoundException.prototype);
		this.Message = opts.Message;
	}
};
var TargetGroupNotFoundException = class TargetGroupNotFoundException extends ElasticLoadBalancingV2ServiceException {
	name = "TargetGroupNotFoundException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "TargetGroupNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, TargetGroupNotFoundException.prototype);
		this.Message = opts.Message;
	}
};
var TooManyTagsException = class TooManyTagsException extends ElasticLoadBalancingV2ServiceException {
	name = "TooManyTagsException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "TooManyTagsException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, TooManyTagsException.prototype);
		this.Message = opts.Message;
	}
};
var TrustStoreNotFoundException = class TrustStoreNotFoundException extends ElasticLoadBalancingV2ServiceException {
	name = "TrustStoreNotFoundException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "TrustStoreNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, TrustStoreNotFoundException.prototype);
		this.Message = opts.Message;
	}
};
var InvalidRevocationContentException = class InvalidRevocationContentException extends ElasticLoadBalancingV2ServiceException {
	name = "InvalidRevocationContentException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidRevocationContentException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidRevocationContentException.prototype);
		this.Message = opts.Message;
	}
};
var RevocationContentNotFoundException = class RevocationContentNotFoundException extends ElasticLoadBalancingV2ServiceException {
	name = "RevocationContentNotFoundException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "RevocationContentNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, RevocationContentNotFoundException.prototype);
		this.Message = opts.Message;
	}
};
var TooManyTrustStoreRevocationEntriesException = class TooManyTrustStoreRevocationEntriesException extends ElasticLoadBalancingV2ServiceException {
	name = "TooManyTrustStoreRevocationEntriesException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "TooManyTrustStoreRevocationEntriesException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, TooManyTrustStoreRevocationEntriesException.prototype);
		this.Message = opts.Message;
	}
};
var AllocationIdNotFoundException = class AllocationIdNotFoundException extends ElasticLoadBalancingV2ServiceException {
	name = "AllocationIdNotFoundException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "AllocationIdNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, AllocationIdNotFoundException.prototype);
		this.Message = opts.Message;
	}
};
var ALPNPolicyNotSupportedException = class ALPNPolicyNotSupportedException extends ElasticLoadBalancingV2ServiceException {
	name = "ALPNPolicyNotSupportedException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "ALPNPolicyNotSupportedException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ALPNPolicyNotSupportedException.prototype);
		this.Message = opts.Message;
	}
};
var AvailabilityZoneNotSupportedException = class AvailabilityZoneNotSupportedException extends ElasticLoadBalancingV2ServiceException {
	name = "AvailabilityZoneNotSupportedException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "AvailabilityZoneNotSupportedException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, AvailabilityZoneNotSupportedException.prototype);
		this.Message = opts.Message;
	}
};
var CaCertificatesBundleNotFoundException = class CaCertificatesBundleNotFoundException extends ElasticLoadBalancingV2ServiceException {
	name = "CaCertificatesBundleNotFoundException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "CaCertificatesBundleNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, CaCertificatesBundleNotFoundException.prototype);
		this.Message = opts.Message;
	}
};
var CapacityDecreaseRequestsLimitExceededException = class CapacityDecreaseRequestsLimitExceededException extends ElasticLoadBalancingV2ServiceException {
	name = "CapacityDecreaseRequestsLimitExceededException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "CapacityDecreaseRequestsLimitExceededException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, CapacityDecreaseRequestsLimitExceededException.prototype);
		this.Message = opts.Message;
	}
};
var CapacityReservationPendingException = class CapacityReservationPendingException extends ElasticLoadBalancingV2ServiceException {
	name = "CapacityReservationPendingException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "CapacityReservationPendingException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, CapacityReservationPendingException.prototype);
		this.Message = opts.Message;
	}
};
var CapacityUnitsLimitExceededException = class CapacityUnitsLimitExceededException extends ElasticLoadBalancingV2ServiceException {
	name = "CapacityUnitsLimitExceededException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "CapacityUnitsLimitExceededException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, CapacityUnitsLimitExceededException.prototype);
		this.Message = opts.Message;
	}
};
var DuplicateListenerException = class DuplicateListenerException extends ElasticLoadBalancingV2ServiceException {
	name = "DuplicateListenerException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "DuplicateListenerException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, DuplicateListenerException.prototype);
		this.Message = opts.Message;
	}
};
var IncompatibleProtocolsException = class IncompatibleProtocolsException extends ElasticLoadBalancingV2ServiceException {
	name = "IncompatibleProtocolsException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "IncompatibleProtocolsException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, IncompatibleProtocolsException.prototype);
		this.Message = opts.Message;
	}
};
var InvalidConfigurationRequestException = class InvalidConfigurationRequestException extends ElasticLoadBalancingV2ServiceException {
	name = "InvalidConfigurationRequestException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidConfigurationRequestException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidConfigurationRequestException.prototype);
		this.Message = opts.Message;
	}
};
var InvalidLoadBalancerActionException = class InvalidLoadBalancerActionException extends ElasticLoadBalancingV2ServiceException {
	name = "InvalidLoadBalancerActionException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidLoadBalancerActionException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidLoadBalancerActionException.prototype);
		this.Message = opts.Message;
	}
};
var SSLPolicyNotFoundException = class SSLPolicyNotFoundException extends ElasticLoadBalancingV2ServiceException {
	name = "SSLPolicyNotFoundException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "SSLPolicyNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, SSLPolicyNotFoundException.prototype);
		this.Message = opts.Message;
	}
};
var TargetGroupAssociationLimitException = class TargetGroupAssociationLimitException extends ElasticLoadBalancingV2ServiceException {
	name = "TargetGroupAssociationLimitException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "TargetGroupAssociationLimitException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, TargetGroupAssociationLimitException.prototype);
		this.Message = opts.Message;
	}
};
var TooManyActionsException = class TooManyActionsException extends ElasticLoadBalancingV2ServiceException {
	name = "TooManyActionsException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "TooManyActionsException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, TooManyActionsException.prototype);
		this.Message = opts.Message;
	}
};
var TooManyListenersException = class TooManyListenersException extends ElasticLoadBalancingV2ServiceException {
	name = "TooManyListenersException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "TooManyListenersException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, TooManyListenersException.prototype);
		this.Message = opts.Message;
	}
};
var TooManyRegistrationsForTargetIdException = class TooManyRegistrationsForTargetIdException extends ElasticLoadBalancingV2ServiceException {
	name = "TooManyRegistrationsForTargetIdException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "TooManyRegistrationsForTargetIdException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, TooManyRegistrationsForTargetIdException.prototype);
		this.Message = opts.Message;
	}
};
var TooManyTargetsException = class TooManyTargetsException extends ElasticLoadBalancingV2ServiceException {
	name = "TooManyTargetsException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "TooManyTargetsException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, TooManyTargetsException.prototype);
		this.Message = opts.Message;
	}
};
var TooManyUniqueTargetGroupsPerLoadBalancerException = class TooManyUniqueTargetGroupsPerLoadBalancerException extends ElasticLoadBalancingV2ServiceException {
	name = "TooManyUniqueTargetGroupsPerLoadBalancerException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "TooManyUniqueTargetGroupsPerLoadBalancerException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, TooManyUniqueTargetGroupsPerLoadBalancerException.prototype);
		this.Message = opts.Message;
	}
};
var TrustStoreNotReadyException = class TrustStoreNotReadyException extends ElasticLoadBalancingV2ServiceException {
	name = "TrustStoreNotReadyException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "TrustStoreNotReadyException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, TrustStoreNotReadyException.prototype);
		this.Message = opts.Message;
	}
};
var UnsupportedProtocolException = class UnsupportedProtocolException extends ElasticLoadBalancingV2ServiceException {
	name = "UnsupportedProtocolException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "UnsupportedProtocolException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, UnsupportedProtocolException.prototype);
		this.Message = opts.Message;
	}
};
var DuplicateLoadBalancerNameException = class DuplicateLoadBalancerNameException extends ElasticLoadBalancingV2ServiceException {
	name = "DuplicateLoadBalancerNameException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "DuplicateLoadBalancerNameException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, DuplicateLoadBalancerNameException.prototype);
		this.Message = opts.Message;
	}
};
var InvalidSchemeException = class InvalidSchemeException extends ElasticLoadBalancingV2ServiceException {
	name = "InvalidSchemeException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidSchemeException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidSchemeException.prototype);
		this.Message = opts.Message;
	}
};
var InvalidSecurityGroupException = class InvalidSecurityGroupException extends ElasticLoadBalancingV2ServiceException {
	name = "InvalidSecurityGroupException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidSecurityGroupException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidSecurityGroupException.prototype);
		this.Message = opts.Message;
	}
};
var InvalidSubnetException = class InvalidSubnetException extends ElasticLoadBalancingV2ServiceException {
	name = "InvalidSubnetException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidSubnetException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidSubnetException.prototype);
		this.Message = opts.Message;
	}
};
var OperationNotPermittedException = class OperationNotPermittedException extends ElasticLoadBalancingV2ServiceException {
	name = "OperationNotPermittedException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "OperationNotPermittedException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, OperationNotPermittedException.prototype);
		this.Message = opts.Message;
	}
};
var ResourceInUseException$2 = class ResourceInUseException$2 extends ElasticLoadBalancingV2ServiceException {
	name = "ResourceInUseException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "ResourceInUseException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ResourceInUseException$2.prototype);
		this.Message = opts.Message;
	}
};
var SubnetNotFoundException = class SubnetNotFoundException extends ElasticLoadBalancingV2ServiceException {
	name = "SubnetNotFoundException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "SubnetNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, SubnetNotFoundException.prototype);
		this.Message = opts.Message;
	}
};
var TooManyLoadBalancersException = class TooManyLoadBalancersException extends ElasticLoadBalancingV2ServiceException {
	name = "TooManyLoadBalancersException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "TooManyLoadBalancersException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, TooManyLoadBalancersException.prototype);
		this.Message = opts.Message;
	}
};
var PriorityInUseException = class PriorityInUseException extends ElasticLoadBalancingV2ServiceException {
	name = "PriorityInUseException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "PriorityInUseException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, PriorityInUseException.prototype);
		this.Message = opts.Message;
	}
};
var TooManyRulesException = class TooManyRulesException extends ElasticLoadBalancingV2ServiceException {
	name = "TooManyRulesException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "TooManyRulesException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, TooManyRulesException.prototype);
		this.Message = opts.Message;
	}
};
var TooManyTargetGroupsException = class TooManyTargetGroupsException extends ElasticLoadBalancingV2ServiceException {
	name = "TooManyTargetGroupsException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "TooManyTargetGroupsException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, TooManyTargetGroupsException.prototype);
		this.Message = opts.Message;
	}
};
var DuplicateTargetGroupNameException = class DuplicateTargetGroupNameException extends ElasticLoadBalancingV2ServiceException {
	name = "DuplicateTargetGroupNameException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "DuplicateTargetGroupNameException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, DuplicateTargetGroupNameException.prototype);
		this.Message = opts.Message;
	}
};
var DuplicateTrustStoreNameException = class DuplicateTrustStoreNameException extends ElasticLoadBalancingV2ServiceException {
	name = "DuplicateTrustStoreNameException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "DuplicateTrustStoreNameException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, DuplicateTrustStoreNameException.prototype);
		this.Message = opts.Message;
	}
};
var InvalidCaCertificatesBundleException = class InvalidCaCertificatesBundleException extends ElasticLoadBalancingV2ServiceException {
	name = "InvalidCaCertificatesBundleException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidCaCertificatesBundleException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidCaCertificatesBundleException.prototype);
		this.Message = opts.Message;
	}
};
var TooManyTrustStoresException = class TooManyTrustStoresException extends ElasticLoadBalancingV2ServiceException {
	name = "TooManyTrustStoresException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "TooManyTrustStoresException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, TooManyTrustStoresException.prototype);
		this.Message = opts.Message;
	}
};
var DeleteAssociationSameAccountException = class DeleteAssociationSameAccountException extends ElasticLoadBalancingV2ServiceException {
	name = "DeleteAssociationSameAccountException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "DeleteAssociationSameAccountException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, DeleteAssociationSameAccountException.prototype);
		this.Message = opts.Message;
	}
};
var TrustStoreAssociationNotFoundException = class TrustStoreAssociationNotFoundException extends ElasticLoadBalancingV2ServiceException {
	name = "TrustStoreAssociationNotFoundException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "TrustStoreAssociationNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, TrustStoreAssociationNotFoundException.prototype);
		this.Message = opts.Message;
	}
};
var TrustStoreInUseException = class TrustStoreInUseException extends ElasticLoadBalancingV2ServiceException {
	name = "TrustStoreInUseException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "TrustStoreInUseException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, TrustStoreInUseException.prototype);
		this.Message = opts.Message;
	}
};
var InvalidTargetException = class InvalidTargetException extends ElasticLoadBalancingV2ServiceException {
	name = "InvalidTargetException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidTargetException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidTargetException.prototype);
		this.Message = opts.Message;
	}
};
var HealthUnavailableException = class HealthUnavailableException extends ElasticLoadBalancingV2ServiceException {
	name = "HealthUnavailableException";
	$fault = "server";
	Message;
	constructor(opts) {
		super({
			name: "HealthUnavailableException",
			$fault: "server",
			...opts
		});
		Object.setPrototypeOf(this, HealthUnavailableException.prototype);
		this.Message = opts.Message;
	}
};
var RevocationIdNotFoundException = class RevocationIdNotFoundException extends ElasticLoadBalancingV2ServiceException {
	name = "RevocationIdNotFoundException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "RevocationIdNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, RevocationIdNotFoundException.prototype);
		this.Message = opts.Message;
	}
};
var ResourceNotFoundException$2 = class ResourceNotFoundException$2 extends ElasticLoadBalancingV2ServiceException {
	name = "ResourceNotFoundException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "ResourceNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ResourceNotFoundException$2.prototype);
		this.Message = opts.Message;
	}
};
var InsufficientCapacityException = class InsufficientCapacityException extends ElasticLoadBalancingV2ServiceException {
	name = "InsufficientCapacityException";
	$fault = "server";
	Message;
	constructor(opts) {
		super({
			name: "InsufficientCapacityException",
			$fault: "server",
			...opts
		});
		Object.setPrototypeOf(this, InsufficientCapacityException.prototype);
		this.Message = opts.Message;
	}
};
var PriorRequestNotCompleteException = class PriorRequestNotCompleteException extends ElasticLoadBalancingV2ServiceException {
	name = "PriorRequestNotCompleteException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "PriorRequestNotCompleteException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, PriorRequestNotCompleteException.prototype);
		this.Message = opts.Message;
	}
};
// node_modules/@aws-sdk/client-elastic-load-balancing-v2/dist-es/schemas/schemas_0.js
const _A = "Action";
const _AC$1 = "AdditionalClaims";
const _ACAC = "AuthenticateCognitoActionConfig";
const _ACC = "AuthenticateCognitoConfig";
const _AD = "AnomalyDetection";
const _AE = "AuthorizationEndpoint";
const _AI$1 = "AllocationId";
const _AINFE = "AllocationIdNotFoundException";
const _ALPNPNSE = "ALPNPolicyNotSupportedException";
const _AO = "AdministrativeOverride";
const _AOAC = "AuthenticateOidcActionConfig";
const _AOC = "AuthenticateOidcConfig";
const _AP = "AlpnPolicy";
const _AREP = "AuthenticationRequestExtraParams";
const _ATSCN = "AdvertiseTrustStoreCaNames";
const _AZ = "AvailabilityZone";
const _AZNSE = "AvailabilityZoneNotSupportedException";
const _AZv = "AvailabilityZones";
const _Ac = "Actions";
const _C$1 = "Certificates";
const _CA = "CertificateArn";
const _CCBNFE = "CaCertificatesBundleNotFoundException";
const _CDRLEE = "CapacityDecreaseRequestsLimitExceededException";
const _CHZI = "CanonicalHostedZoneId";
const _CI = "ClientId";
const _CL = "CertificateList";
const _CNFE = "CertificateNotFoundException";
const _COIP = "CustomerOwnedIpv4Pool";
const _CRPE = "CapacityReservationPendingException";
const _CS$1 = "ClientSecret";
const _CT = "ContentType";
const _CTr = "CreatedTime";
const _CULEE = "CapacityUnitsLimitExceededException";
const _Ce = "Certificate";
const _Co = "Code";
const _D$2 = "Description";
const _DA = "DefaultActions";
const _DASAE = "DeleteAssociationSameAccountException";
const _DLBIe = "DescribeLoadBalancersInput";
const _DLBNE = "DuplicateLoadBalancerNameException";
const _DLBOe = "DescribeLoadBalancersOutput";
const _DLBe = "DescribeLoadBalancers";
const _DLE$1 = "DuplicateListenerException";
const _DLIe = "DescribeListenersInput";
const _DLOe = "DescribeListenersOutput";
const _DLe = "DescribeListeners";
const _DNSN = "DNSName";
const _DS = "DurationSeconds";
const _DTGIe = "DescribeTargetGroupsInput";
const _DTGNE = "DuplicateTargetGroupNameException";
const _DTGOe = "DescribeTargetGroupsOutput";
const _DTGe = "DescribeTargetGroups";
const _DTH = "DescribeTargetHealth";
const _DTHI = "DescribeTargetHealthInput";
const _DTHO = "DescribeTargetHealthOutput";
const _DTKE = "DuplicateTagKeysException";
const _DTSNE = "DuplicateTrustStoreNameException";
const _E$1 = "Enabled";
const _EPFISN = "EnablePrefixForIpv6SourceNat";
const _ESGIROPLT = "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic";
const _F = "Format";
const _FAC = "ForwardActionConfig";
const _FC = "ForwardConfig";
const _FRAC = "FixedResponseActionConfig";
const _FRC = "FixedResponseConfig";
const _GC = "GrpcCode";
const _H$1 = "Host";
const _HC = "HttpCode";
const _HCE = "HealthCheckEnabled";
const _HCIS = "HealthCheckIntervalSeconds";
const _HCP = "HealthCheckProtocol";
const _HCPe = "HealthCheckPort";
const _HCPea = "HealthCheckPath";
const _HCTS = "HealthCheckTimeoutSeconds";
const _HTC = "HealthyThresholdCount";
const _HUE = "HealthUnavailableException";
const _I = "Issuer";
const _IA$1 = "IpAddress";
const _IAT = "IpAddressType";
const _ICCBE = "InvalidCaCertificatesBundleException";
const _ICCE = "IgnoreClientCertificateExpiry";
const _ICE$1 = "InsufficientCapacityException";
const _ICRE = "InvalidConfigurationRequestException";
const _ID$1 = "IsDefault";
const _IIPI = "Ipv4IpamPoolId";
const _ILBAE = "InvalidLoadBalancerActionException";
const _IP$1 = "IpamPools";
const _IPA = "IPv6Address";
const _IPE$1 = "IncompatibleProtocolsException";
const _IRCE$1 = "InvalidRevocationContentException";
const _ISE$1 = "InvalidSchemeException";
const _ISEn = "InvalidSubnetException";
const _ISGE = "InvalidSecurityGroupException";
const _ITE = "InvalidTargetException";
const _Id = "Id";
const _In = "Include";
const _JE = "JwksEndpoint";
const _JVAAC = "JwtValidationActionAdditionalClaim";
const _JVAACw = "JwtValidationActionAdditionalClaims";
const _JVAC = "JwtValidationActionConfig";
const _JVC = "JwtValidationConfig";
const _L$2 = "Listeners";
const _LA = "ListenerArn";
const _LAi = "ListenerArns";
const _LB = "LoadBalancers";
const _LBA = "LoadBalancerAddresses";
const _LBAo = "LoadBalancerArn";
const _LBAoa = "LoadBalancerArns";
const _LBAoad = "LoadBalancerAddress";
const _LBN = "LoadBalancerName";
const _LBNFE = "LoadBalancerNotFoundException";
const _LBS = "LoadBalancerState";
const _LBo = "LoadBalancer";
const _LNFE = "ListenerNotFoundException";
const _Lis = "Listener";
const _M$2 = "Message";
const _MA = "MutualAuthentication";
const _MAA = "MutualAuthenticationAttributes";
const _MB = "MessageBody";
const _MIE = "MitigationInEffect";
const _Ma = "Matcher";
const _Mar = "Marker";
const _Mo$1 = "Mode";
const _N$2 = "Name";
const _NM = "NextMarker";
const _Na = "Names";
const _O = "Order";
const _OI = "OutpostId";
const _ONPE = "OperationNotPermittedException";
const _OUR = "OnUnauthenticatedRequest";
const _PIPA = "PrivateIPv4Address";
const _PIUE = "PriorityInUseException";
const _PRNCE = "PriorRequestNotCompleteException";
const _PS = "PageSize";
const _PV = "ProtocolVersion";
const _Pa = "Path";
const _Po$1 = "Port";
const _Pr = "Protocol";
const _Q$1 = "Query";
const _QSI = "QuicServerId";
const _R$1 = "Reason";
const _RAC = "RedirectActionConfig";
const _RC$2 = "RedirectConfig";
const _RCNFE = "RevocationContentNotFoundException";
const _RINFE = "RevocationIdNotFoundException";
const _RIUE$2 = "ResourceInUseException";
const _RNFE$2 = "ResourceNotFoundException";
const _RNFEu = "RuleNotFoundException";
const _Re = "Result";
const _S = "State";
const _SC$1 = "StatusCode";
const _SCN = "SessionCookieName";
const _SG = "SecurityGroups";
const _SI = "SubnetId";
const _SNFE = "SubnetNotFoundException";
const _SNIP = "SourceNatIpv6Prefixes";
const _SP = "SslPolicy";
const _SSLPNFE = "SSLPolicyNotFoundException";
const _ST$1 = "SessionTimeout";
const _Sc = "Scope";
const _Sch = "Scheme";
const _T$2 = "Type";
const _TCP = "TargetControlPort";
const _TDar = "TargetDescription";
const _TDarg = "TargetDescriptions";
const _TE$2 = "TokenEndpoint";
const _TG = "TargetGroups";
const _TGA = "TargetGroupArn";
const _TGALE = "TargetGroupAssociationLimitException";
const _TGAa = "TargetGroupArns";
const _TGL = "TargetGroupList";
const _TGN = "TargetGroupName";
const _TGNFE = "TargetGroupNotFoundException";
const _TGSC = "TargetGroupStickinessConfig";
const _TGT = "TargetGroupTuple";
const _TGa = "TargetGroup";
const _TH = "TargetHealth";
const _THD = "TargetHealthDescriptions";
const _THDa = "TargetHealthDescription";
const _TMAE = "TooManyActionsException";
const _TMCE = "TooManyCertificatesException";
const _TMLBE = "TooManyLoadBalancersException";
const _TMLE = "TooManyListenersException";
const _TMRE$1 = "TooManyRulesException";
const _TMRFTIE = "TooManyRegistrationsForTargetIdException";
const _TMTE$1 = "TooManyTagsException";
const _TMTEo = "TooManyTargetsException";
const _TMTGE = "TooManyTargetGroupsException";
const _TMTSE = "TooManyTrustStoresException";
const _TMTSREE = "TooManyTrustStoreRevocationEntriesException";
const _TMUTGPLBE = "TooManyUniqueTargetGroupsPerLoadBalancerException";
const _TSA = "TrustStoreArn";
const _TSANFE = "TrustStoreAssociationNotFoundException";
const _TSAS = "TrustStoreAssociationStatus";
const _TSIUE = "TrustStoreInUseException";
const _TSNFE = "TrustStoreNotFoundException";
const _TSNRE = "TrustStoreNotReadyException";
const _TT = "TargetType";
const _Tar = "Targets";
const _Targ = "Target";
const _UECS = "UseExistingClientSecret";
const _UIE = "UserInfoEndpoint";
const _UPA = "UserPoolArn";
const _UPCI = "UserPoolClientId";
const _UPD = "UserPoolDomain";
const _UPE = "UnsupportedProtocolException";
const _UTC = "UnhealthyThresholdCount";
const _V$2 = "Values";
const _VI$1 = "VpcId";
const _W = "Weight";
const _ZN = "ZoneName";
const _aQE$1 = "awsQueryError";
const _c$2 = "client";
const _e$2 = "error";
const _hE$1 = "httpError";
const _s$2 = "smithy.ts.sdk.synthetic.com.amazonaws.elasticloadbalancingv2";
const _se$2 = "server";
const n0$2 = "com.amazonaws.elasticloadbalancingv2";
const _s_registry$2 = new TypeRegistry(_s$2);
var ElasticLoadBalancingV2ServiceException$ = [
	-3,
	_s$2,
	"ElasticLoadBalancingV2ServiceException",
	0,
	[],
	[]
];
_s_registry$2.registerError(ElasticLoadBalancingV2ServiceException$, ElasticLoadBalancingV2ServiceException);
const n0_registry$2 = new TypeRegistry(n0$2);
var AllocationIdNotFoundException$ = [
	-3,
	n0$2,
	_AINFE,
	{
		[_aQE$1]: [`AllocationIdNotFound`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(AllocationIdNotFoundException$, AllocationIdNotFoundException);
var ALPNPolicyNotSupportedException$ = [
	-3,
	n0$2,
	_ALPNPNSE,
	{
		[_aQE$1]: [`ALPNPolicyNotFound`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(ALPNPolicyNotSupportedException$, ALPNPolicyNotSupportedException);
var AvailabilityZoneNotSupportedException$ = [
	-3,
	n0$2,
	_AZNSE,
	{
		[_aQE$1]: [`AvailabilityZoneNotSupported`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(AvailabilityZoneNotSupportedException$, AvailabilityZoneNotSupportedException);
var CaCertificatesBundleNotFoundException$ = [
	-3,
	n0$2,
	_CCBNFE,
	{
		[_aQE$1]: [`CaCertificatesBundleNotFound`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(CaCertificatesBundleNotFoundException$, CaCertificatesBundleNotFoundException);
var CapacityDecreaseRequestsLimitExceededException$ = [
	-3,
	n0$2,
	_CDRLEE,
	{
		[_aQE$1]: [`CapacityDecreaseRequestLimitExceeded`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(CapacityDecreaseRequestsLimitExceededException$, CapacityDecreaseRequestsLimitExceededException);
var CapacityReservationPendingException$ = [
	-3,
	n0$2,
	_CRPE,
	{
		[_aQE$1]: [`CapacityReservationPending`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(CapacityReservationPendingException$, CapacityReservationPendingException);
var CapacityUnitsLimitExceededException$ = [
	-3,
	n0$2,
	_CULEE,
	{
		[_aQE$1]: [`CapacityUnitsLimitExceeded`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(CapacityUnitsLimitExceededException$, CapacityUnitsLimitExceededException);
var CertificateNotFoundException$ = [
	-3,
	n0$2,
	_CNFE,
	{
		[_aQE$1]: [`CertificateNotFound`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(CertificateNotFoundException$, CertificateNotFoundException);
var DeleteAssociationSameAccountException$ = [
	-3,
	n0$2,
	_DASAE,
	{
		[_aQE$1]: [`DeleteAssociationSameAccount`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(DeleteAssociationSameAccountException$, DeleteAssociationSameAccountException);
var DuplicateListenerException$ = [
	-3,
	n0$2,
	_DLE$1,
	{
		[_aQE$1]: [`DuplicateListener`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(DuplicateListenerException$, DuplicateListenerException);
var DuplicateLoadBalancerNameException$ = [
	-3,
	n0$2,
	_DLBNE,
	{
		[_aQE$1]: [`DuplicateLoadBalancerName`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(DuplicateLoadBalancerNameException$, DuplicateLoadBalancerNameException);
var DuplicateTagKeysException$ = [
	-3,
	n0$2,
	_DTKE,
	{
		[_aQE$1]: [`DuplicateTagKeys`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(DuplicateTagKeysException$, DuplicateTagKeysException);
var DuplicateTargetGroupNameException$ = [
	-3,
	n0$2,
	_DTGNE,
	{
		[_aQE$1]: [`DuplicateTargetGroupName`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(DuplicateTargetGroupNameException$, DuplicateTargetGroupNameException);
var DuplicateTrustStoreNameException$ = [
	-3,
	n0$2,
	_DTSNE,
	{
		[_aQE$1]: [`DuplicateTrustStoreName`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(DuplicateTrustStoreNameException$, DuplicateTrustStoreNameException);
var HealthUnavailableException$ = [
	-3,
	n0$2,
	_HUE,
	{
		[_aQE$1]: [`HealthUnavailable`, 500],
		[_e$2]: _se$2,
		[_hE$1]: 500
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(HealthUnavailableException$, HealthUnavailableException);
var IncompatibleProtocolsException$ = [
	-3,
	n0$2,
	_IPE$1,
	{
		[_aQE$1]: [`IncompatibleProtocols`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(IncompatibleProtocolsException$, IncompatibleProtocolsException);
var InsufficientCapacityException$ = [
	-3,
	n0$2,
	_ICE$1,
	{
		[_aQE$1]: [`InsufficientCapacity`, 500],
		[_e$2]: _se$2,
		[_hE$1]: 500
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(InsufficientCapacityException$, InsufficientCapacityException);
var InvalidCaCertificatesBundleException$ = [
	-3,
	n0$2,
	_ICCBE,
	{
		[_aQE$1]: [`InvalidCaCertificatesBundle`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(InvalidCaCertificatesBundleException$, InvalidCaCertificatesBundleException);
var InvalidConfigurationRequestException$ = [
	-3,
	n0$2,
	_ICRE,
	{
		[_aQE$1]: [`InvalidConfigurationRequest`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(InvalidConfigurationRequestException$, InvalidConfigurationRequestException);
var InvalidLoadBalancerActionException$ = [
	-3,
	n0$2,
	_ILBAE,
	{
		[_aQE$1]: [`InvalidLoadBalancerAction`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(InvalidLoadBalancerActionException$, InvalidLoadBalancerActionException);
var InvalidRevocationContentException$ = [
	-3,
	n0$2,
	_IRCE$1,
	{
		[_aQE$1]: [`InvalidRevocationContent`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(InvalidRevocationContentException$, InvalidRevocationContentException);
var InvalidSchemeException$ = [
	-3,
	n0$2,
	_ISE$1,
	{
		[_aQE$1]: [`InvalidScheme`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(InvalidSchemeException$, InvalidSchemeException);
var InvalidSecurityGroupException$ = [
	-3,
	n0$2,
	_ISGE,
	{
		[_aQE$1]: [`InvalidSecurityGroup`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(InvalidSecurityGroupException$, InvalidSecurityGroupException);
var InvalidSubnetException$ = [
	-3,
	n0$2,
	_ISEn,
	{
		[_aQE$1]: [`InvalidSubnet`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(InvalidSubnetException$, InvalidSubnetException);
var InvalidTargetException$ = [
	-3,
	n0$2,
	_ITE,
	{
		[_aQE$1]: [`InvalidTarget`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(InvalidTargetException$, InvalidTargetException);
var ListenerNotFoundException$ = [
	-3,
	n0$2,
	_LNFE,
	{
		[_aQE$1]: [`ListenerNotFound`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(ListenerNotFoundException$, ListenerNotFoundException);
var LoadBalancerNotFoundException$ = [
	-3,
	n0$2,
	_LBNFE,
	{
		[_aQE$1]: [`LoadBalancerNotFound`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(LoadBalancerNotFoundException$, LoadBalancerNotFoundException);
var OperationNotPermittedException$ = [
	-3,
	n0$2,
	_ONPE,
	{
		[_aQE$1]: [`OperationNotPermitted`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(OperationNotPermittedException$, OperationNotPermittedException);
var PriorityInUseException$ = [
	-3,
	n0$2,
	_PIUE,
	{
		[_aQE$1]: [`PriorityInUse`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(PriorityInUseException$, PriorityInUseException);
var PriorRequestNotCompleteException$ = [
	-3,
	n0$2,
	_PRNCE,
	{
		[_aQE$1]: [`PriorRequestNotComplete`, 429],
		[_e$2]: _c$2,
		[_hE$1]: 429
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(PriorRequestNotCompleteException$, PriorRequestNotCompleteException);
var ResourceInUseException$$2 = [
	-3,
	n0$2,
	_RIUE$2,
	{
		[_aQE$1]: [`ResourceInUse`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(ResourceInUseException$$2, ResourceInUseException$2);
var ResourceNotFoundException$$2 = [
	-3,
	n0$2,
	_RNFE$2,
	{
		[_aQE$1]: [`ResourceNotFound`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(ResourceNotFoundException$$2, ResourceNotFoundException$2);
var RevocationContentNotFoundException$ = [
	-3,
	n0$2,
	_RCNFE,
	{
		[_aQE$1]: [`RevocationContentNotFound`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(RevocationContentNotFoundException$, RevocationContentNotFoundException);
var RevocationIdNotFoundException$ = [
	-3,
	n0$2,
	_RINFE,
	{
		[_aQE$1]: [`RevocationIdNotFound`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(RevocationIdNotFoundException$, RevocationIdNotFoundException);
var RuleNotFoundException$ = [
	-3,
	n0$2,
	_RNFEu,
	{
		[_aQE$1]: [`RuleNotFound`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(RuleNotFoundException$, RuleNotFoundException);
var SSLPolicyNotFoundException$ = [
	-3,
	n0$2,
	_SSLPNFE,
	{
		[_aQE$1]: [`SSLPolicyNotFound`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(SSLPolicyNotFoundException$, SSLPolicyNotFoundException);
var SubnetNotFoundException$ = [
	-3,
	n0$2,
	_SNFE,
	{
		[_aQE$1]: [`SubnetNotFound`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(SubnetNotFoundException$, SubnetNotFoundException);
var TargetGroupAssociationLimitException$ = [
	-3,
	n0$2,
	_TGALE,
	{
		[_aQE$1]: [`TargetGroupAssociationLimit`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(TargetGroupAssociationLimitException$, TargetGroupAssociationLimitException);
var TargetGroupNotFoundException$ = [
	-3,
	n0$2,
	_TGNFE,
	{
		[_aQE$1]: [`TargetGroupNotFound`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(TargetGroupNotFoundException$, TargetGroupNotFoundException);
var TooManyActionsException$ = [
	-3,
	n0$2,
	_TMAE,
	{
		[_aQE$1]: [`TooManyActions`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(TooManyActionsException$, TooManyActionsException);
var TooManyCertificatesException$ = [
	-3,
	n0$2,
	_TMCE,
	{
		[_aQE$1]: [`TooManyCertificates`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(TooManyCertificatesException$, TooManyCertificatesException);
var TooManyListenersException$ = [
	-3,
	n0$2,
	_TMLE,
	{
		[_aQE$1]: [`TooManyListeners`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(TooManyListenersException$, TooManyListenersException);
var TooManyLoadBalancersException$ = [
	-3,
	n0$2,
	_TMLBE,
	{
		[_aQE$1]: [`TooManyLoadBalancers`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(TooManyLoadBalancersException$, TooManyLoadBalancersException);
var TooManyRegistrationsForTargetIdException$ = [
	-3,
	n0$2,
	_TMRFTIE,
	{
		[_aQE$1]: [`TooManyRegistrationsForTargetId`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(TooManyRegistrationsForTargetIdException$, TooManyRegistrationsForTargetIdException);
var TooManyRulesException$ = [
	-3,
	n0$2,
	_TMRE$1,
	{
		[_aQE$1]: [`TooManyRules`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(TooManyRulesException$, TooManyRulesException);
var TooManyTagsException$ = [
	-3,
	n0$2,
	_TMTE$1,
	{
		[_aQE$1]: [`TooManyTags`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(TooManyTagsException$, TooManyTagsException);
var TooManyTargetGroupsException$ = [
	-3,
	n0$2,
	_TMTGE,
	{
		[_aQE$1]: [`TooManyTargetGroups`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(TooManyTargetGroupsException$, TooManyTargetGroupsException);
var TooManyTargetsException$ = [
	-3,
	n0$2,
	_TMTEo,
	{
		[_aQE$1]: [`TooManyTargets`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(TooManyTargetsException$, TooManyTargetsException);
var TooManyTrustStoreRevocationEntriesException$ = [
	-3,
	n0$2,
	_TMTSREE,
	{
		[_aQE$1]: [`TooManyTrustStoreRevocationEntries`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(TooManyTrustStoreRevocationEntriesException$, TooManyTrustStoreRevocationEntriesException);
var TooManyTrustStoresException$ = [
	-3,
	n0$2,
	_TMTSE,
	{
		[_aQE$1]: [`TooManyTrustStores`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(TooManyTrustStoresException$, TooManyTrustStoresException);
var TooManyUniqueTargetGroupsPerLoadBalancerException$ = [
	-3,
	n0$2,
	_TMUTGPLBE,
	{
		[_aQE$1]: [`TooManyUniqueTargetGroupsPerLoadBalancer`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(TooManyUniqueTargetGroupsPerLoadBalancerException$, TooManyUniqueTargetGroupsPerLoadBalancerException);
var TrustStoreAssociationNotFoundException$ = [
	-3,
	n0$2,
	_TSANFE,
	{
		[_aQE$1]: [`AssociationNotFound`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(TrustStoreAssociationNotFoundException$, TrustStoreAssociationNotFoundException);
var TrustStoreInUseException$ = [
	-3,
	n0$2,
	_TSIUE,
	{
		[_aQE$1]: [`TrustStoreInUse`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(TrustStoreInUseException$, TrustStoreInUseException);
var TrustStoreNotFoundException$ = [
	-3,
	n0$2,
	_TSNFE,
	{
		[_aQE$1]: [`TrustStoreNotFound`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(TrustStoreNotFoundException$, TrustStoreNotFoundException);
var TrustStoreNotReadyException$ = [
	-3,
	n0$2,
	_TSNRE,
	{
		[_aQE$1]: [`TrustStoreNotReady`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(TrustStoreNotReadyException$, TrustStoreNotReadyException);
var UnsupportedProtocolException$ = [
	-3,
	n0$2,
	_UPE,
	{
		[_aQE$1]: [`UnsupportedProtocol`, 400],
		[_e$2]: _c$2,
		[_hE$1]: 400
	},
	[_M$2],
	[0]
];
n0_registry$2.registerError(UnsupportedProtocolException$, UnsupportedProtocolException);
const errorTypeRegistries$2 = [_s_registry$2, n0_registry$2];
var Action$ = [
	3,
	n0$2,
	_A,
	0,
	[
		_T$2,
		_TGA,
		_AOC,
		_ACC,
		_O,
		_RC$2,
		_FRC,
		_FC,
		_JVC
	],
	[
		0,
		0,
		() => AuthenticateOidcActionConfig$,
		() => AuthenticateCognitoActionConfig$,
		1,
		() => RedirectActionConfig$,
		() => FixedResponseActionConfig$,
		() => ForwardActionConfig$,
		() => JwtValidationActionConfig$
	],
	1
];
var AdministrativeOverride$ = [
	3,
	n0$2,
	_AO,
	0,
	[
		_S,
		_R$1,
		_D$2
	],
	[
		0,
		0,
		0
	]
];
var AnomalyDetection$ = [
	3,
	n0$2,
	_AD,
	0,
	[_Re, _MIE],
	[0, 0]
];
var AuthenticateCognitoActionConfig$ = [
	3,
	n0$2,
	_ACAC,
	0,
	[
		_UPA,
		_UPCI,
		_UPD,
		_SCN,
		_Sc,
		_ST$1,
		_AREP,
		_OUR
	],
	[
		0,
		0,
		0,
		0,
		0,
		1,
		128,
		0
	],
	3
];
var AuthenticateOidcActionConfig$ = [
	3,
	n0$2,
	_AOAC,
	0,
	[
		_I,
		_AE,
		_TE$2,
		_UIE,
		_CI,
		_CS$1,
		_SCN,
		_Sc,
		_ST$1,
		_AREP,
		_OUR,
		_UECS
	],
	[
		0,
		0,
		0,
		0,
		0,
		0,
		0,
		0,
		1,
		128,
		0,
		2
	],
	5
];
var AvailabilityZone$ = [
	3,
	n0$2,
	_AZ,
	0,
	[
		_ZN,
		_SI,
		_OI,
		_LBA,
		_SNIP
	],
	[
		0,
		0,
		0,
		() => LoadBalancerAddresses,
		64
	]
];
var Certificate$ = [
	3,
	n0$2,
	_Ce,
	0,
	[_CA, _ID$1],
	[0, 2]
];
var DescribeListenersInput$ = [
	3,
	n0$2,
	_DLIe,
	0,
	[
		_LBAo,
		_LAi,
		_Mar,
		_PS
	],
	[
		0,
		64,
		0,
		1
	]
];
var DescribeListenersOutput$ = [
	3,
	n0$2,
	_DLOe,
	0,
	[_L$2, _NM],
	[() => Listeners, 0]
];
var DescribeLoadBalancersInput$ = [
	3,
	n0$2,
	_DLBIe,
	0,
	[
		_LBAoa,
		_Na,
		_Mar,
		_PS
	],
	[
		64,
		64,
		0,
		1
	]
];
var DescribeLoadBalancersOutput$ = [
	3,
	n0$2,
	_DLBOe,
	0,
	[_LB, _NM],
	[() => LoadBalancers, 0]
];
var DescribeTargetGroupsInput$ = [
	3,
	n0$2,
	_DTGIe,
	0,
	[
		_LBAo,
		_TGAa,
		_Na,
		_Mar,
		_PS
	],
	[
		0,
		64,
		64,
		0,
		1
	]
];
var DescribeTargetGroupsOutput$ = [
	3,
	n0$2,
	_DTGOe,
	0,
	[_TG, _NM],
	[() => TargetGroups, 0]
];
var DescribeTargetHealthInput$ = [
	3,
	n0$2,
	_DTHI,
	0,
	[
		_TGA,
		_Tar,
		_In
	],
	[
		0,
		() => TargetDescriptions,
		64
	],
	1
];
var DescribeTargetHealthOutput$ = [
	3,
	n0$2,
	_DTHO,
	0,
	[_THD],
	[() => TargetHealthDescriptions]
];
var FixedResponseActionConfig$ = [
	3,
	n0$2,
	_FRAC,
	0,
	[
		_SC$1,
		_MB,
		_CT
	],
	[
		0,
		0,
		0
	],
	1
];
var ForwardActionConfig$ = [
	3,
	n0$2,
	_FAC,
	0,
	[_TG, _TGSC],
	[() => TargetGroupList, () => TargetGroupStickinessConfig$]
];
var IpamPools$ = [
	3,
	n0$2,
	_IP$1,
	0,
	[_IIPI],
	[0]
];
var JwtValidationActionAdditionalClaim$ = [
	3,
	n0$2,
	_JVAAC,
	0,
	[
		_F,
		_N$2,
		_V$2
	],
	[
		0,
		0,
		64
	],
	3
];
var JwtValidationActionConfig$ = [
	3,
	n0$2,
	_JVAC,
	0,
	[
		_JE,
		_I,
		_AC$1
	],
	[
		0,
		0,
		() => JwtValidationActionAdditionalClaims
	],
	2
];
var Listener$ = [
	3,
	n0$2,
	_Lis,
	0,
	[
		_LA,
		_LBAo,
		_Po$1,
		_Pr,
		_C$1,
		_SP,
		_DA,
		_AP,
		_MA
	],
	[
		0,
		0,
		1,
		0,
		() => CertificateList,
		0,
		() => Actions,
		64,
		() => MutualAuthenticationAttributes$
	]
];
var LoadBalancer$ = [
	3,
	n0$2,
	_LBo,
	0,
	[
		_LBAo,
		_DNSN,
		_CHZI,
		_CTr,
		_LBN,
		_Sch,
		_VI$1,
		_S,
		_T$2,
		_AZv,
		_SG,
		_IAT,
		_COIP,
		_ESGIROPLT,
		_EPFISN,
		_IP$1
	],
	[
		0,
		0,
		0,
		4,
		0,
		0,
		0,
		() => LoadBalancerState$,
		0,
		() => AvailabilityZones,
		64,
		0,
		0,
		0,
		0,
		() => IpamPools$
	]
];
var LoadBalancerAddress$ = [
	3,
	n0$2,
	_LBAoad,
	0,
	[
		_IA$1,
		_AI$1,
		_PIPA,
		_IPA
	],
	[
		0,
		0,
		0,
		0
	]
];
var LoadBalancerState$ = [
	3,
	n0$2,
	_LBS,
	0,
	[_Co, _R$1],
	[0, 0]
];
var Matcher$ = [
	3,
	n0$2,
	_Ma,
	0,
	[_HC, _GC],
	[0, 0]
];
var MutualAuthenticationAttributes$ = [
	3,
	n0$2,
	_MAA,
	0,
	[
		_Mo$1,
		_TSA,
		_ICCE,
		_TSAS,
		_ATSCN
	],
	[
		0,
		0,
		2,
		0,
		0
	]
];
var RedirectActionConfig$ = [
	3,
	n0$2,
	_RAC,
	0,
	[
		_SC$1,
		_Pr,
		_Po$1,
		_H$1,
		_Pa,
		_Q$1
	],
	[
		0,
		0,
		0,
		0,
		0,
		0
	],
	1
];
var TargetDescription$ = [
	3,
	n0$2,
	_TDar,
	0,
	[
		_Id,
		_Po$1,
		_AZ,
		_QSI
	],
	[
		0,
		1,
		0,
		0
	],
	1
];
var TargetGroup$ = [
	3,
	n0$2,
	_TGa,
	0,
	[
		_TGA,
		_TGN,
		_Pr,
		_Po$1,
		_VI$1,
		_HCP,
		_HCPe,
		_HCE,
		_HCIS,
		_HCTS,
		_HTC,
		_UTC,
		_HCPea,
		_Ma,
		_LBAoa,
		_TT,
		_PV,
		_IAT,
		_TCP
	],
	[
		0,
		0,
		0,
		1,
		0,
		0,
		0,
		2,
		1,
		1,
		1,
		1,
		0,
		() => Matcher$,
		64,
		0,
		0,
		0,
		1
	]
];
var TargetGroupStickinessConfig$ = [
	3,
	n0$2,
	_TGSC,
	0,
	[_E$1, _DS],
	[2, 1]
];
var TargetGroupTuple$ = [
	3,
	n0$2,
	_TGT,
	0,
	[_TGA, _W],
	[0, 1]
];
var TargetHealth$ = [
	3,
	n0$2,
	_TH,
	0,
	[
		_S,
		_R$1,
		_D$2
	],
	[
		0,
		0,
		0
	]
];
var TargetHealthDescription$ = [
	3,
	n0$2,
	_THDa,
	0,
	[
		_Targ,
		_HCPe,
		_TH,
		_AD,
		_AO
	],
	[
		() => TargetDescription$,
		0,
		() => TargetHealth$,
		() => AnomalyDetection$,
		() => AdministrativeOverride$
	]
];
var Actions = [
	1,
	n0$2,
	_Ac,
	0,
	() => Action$
];
var AvailabilityZones = [
	1,
	n0$2,
	_AZv,
	0,
	() => AvailabilityZone$
];
var CertificateList = [
	1,
	n0$2,
	_CL,
	0,
	() => Certificate$
];
var JwtValidationActionAdditionalClaims = [
	1,
	n0$2,
	_JVAACw,
	0,
	() => JwtValidationActionAdditionalClaim$
];
var Listeners = [
	1,
	n0$2,
	_L$2,
	0,
	() => Listener$
];
var LoadBalancerAddresses = [
	1,
	n0$2,
	_LBA,
	0,
	() => LoadBalancerAddress$
];
var LoadBalancers = [
	1,
	n0$2,
	_LB,
	0,
	() => LoadBalancer$
];
var TargetDescriptions = [
	1,
	n0$2,
	_TDarg,
	0,
	() => TargetDescription$
];
var TargetGroupList = [
	1,
	n0$2,
	_TGL,
	0,
	() => TargetGroupTuple$
];
var TargetGroups = [
	1,
	n0$2,
	_TG,
	0,
	() => TargetGroup$
];
var TargetHealthDescriptions = [
	1,
	n0$2,
	_THD,
	0,
	() => TargetHealthDescription$
];
var DescribeListeners$ = [
	9,
	n0$2,
	_DLe,
	0,
	() => DescribeListenersInput$,
	() => DescribeListenersOutput$
];
var DescribeLoadBalancers$ = [
	9,
	n0$2,
	_DLBe,
	0,
	() => DescribeLoadBalancersInput$,
	() => DescribeLoadBalancersOutput$
];
var DescribeTargetGroups$ = [
	9,
	n0$2,
	_DTGe,
	0,
	() => DescribeTargetGroupsInput$,
	() => DescribeTargetGroupsOutput$
];
var DescribeTargetHealth$ = [
	9,
	n0$2,
	_DTH,
	0,
	() => DescribeTargetHealthInput$,
	() => DescribeTargetHealthOutput$
];
// node_modules/@aws-sdk/client-elastic-load-balancing-v2/dist-es/runtimeConfig.shared.js
const getRuntimeConfig$5 = (config) => {
	return {
		apiVersion: "2015-12-01",
		base64Decoder: config?.base64Decoder ?? fromBase64,
		base64Encoder: config?.base64Encoder ?? toBase64$1,
		disableHostPrefix: config?.disableHostPrefix ?? false,
		endpointProvider: config?.endpointProvider ?? defaultEndpointResolver$2,
		extensions: config?.extensions ?? [],
		httpAuthSchemeProvider: config?.httpAuthSchemeProvider ?? defaultElasticLoadBalancingV2HttpAuthSchemeProvider,
		httpAuthSchemes: config?.httpAuthSchemes ?? [{
			schemeId: "aws.auth#sigv4",
			identityProvider: (ipc) => ipc.getIdentityProvider("aws.auth#sigv4"),
			signer: new AwsSdkSigV4Signer()
		}],
		logger: config?.logger ?? new NoOpLogger(),
		protocol: config?.protocol ?? AwsQueryProtocol,
		protocolSettings: config?.protocolSettings ?? {
			defaultNamespace: "com.amazonaws.elasticloadbalancingv2",
			errorTypeRegistries: errorTypeRegistries$2,
			xmlNamespace: "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/",
			version: "2015-12-01",
			serviceTarget: "ElasticLoadBalancing_v10"
		},
		serviceId: config?.serviceId ?? "Elastic Load Balancing v2",
		sha256: config?.sha256 ?? Sha256Node,
		urlParser: config?.urlParser ?? parseUrl,
		utf8Decoder: config?.utf8Decoder ?? fromUtf8$1,
		utf8Encoder: config?.utf8Encoder ?? toUtf8$1
	};
};
// node_modules/@aws-sdk/client-elastic-load-balancing-v2/dist-es/runtimeConfig.js
const getRuntimeConfig$4 = (config) => {
	emitWarningIfUnsupportedVersion(process.version);
	const defaultsMode = resolveDefaultsModeConfig(config);
	const defaultConfigProvider = () => defaultsMode().then(loadConfigsForDefaultMode);
	const clientSharedValues = getRuntimeConfig$5(config);
	emitWarningIfUnsupportedVersion$1(process.version);
	const loaderConfig = {
		profile: config?.profile,
		logger: clientSharedValues.logger
	};
	return {
		...clientSharedValues,
		...config,
		runtime: "node",
		defaultsMode,
		authSchemePreference: config?.authSchemePreference ?? loadConfig(NODE_AUTH_SCHEME_PREFERENCE_OPTIONS, loaderConfig),
		bodyLengthChecker: config?.bodyLengthChecker ?? calculateBodyLength,
		credentialDefaultProvider: config?.credentialDefaultProvider ?? defaultProvider,
		defaultUserAgentProvider: config?.defaultUserAgentProvider ?? createDefaultUserAgentProvider({
			serviceId: clientSharedValues.serviceId,
			clientVersion: version$2
		}),
		maxAttempts: config?.maxAttempts ?? loadConfig(NODE_MAX_ATTEMPT_CONFIG_OPTIONS, config),
		region: config?.region ?? loadConfig(NODE_REGION_CONFIG_OPTIONS, {
			...NODE_REGION_CONFIG_FILE_OPTIONS,
			...loaderConfig
		}),
		requestHandler: NodeHttpHandler.create(config?.requestHandler ?? defaultConfigProvider),
		retryMode: config?.retryMode ?? loadConfig({
			...NODE_RETRY_MODE_CONFIG_OPTIONS,
			default: async () => (await defaultConfigProvider()).retryMode || DEFAULT_RETRY_MODE
		}, config),
		streamCollector: config?.streamCollector ?? streamCollector,
		useDualstackEndpoint: config?.useDualstackEndpoint ?? loadConfig(NODE_USE_DUALSTACK_ENDPOINT_CONFIG_OPTIONS, loaderConfig),
		useFipsEndpoint: config?.useFipsEndpoint ?? loadConfig(NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS, loaderConfig),
		userAgentAppId: config?.userAgentAppId ?? loadConfig(NODE_APP_ID_CONFIG_OPTIONS, loaderConfig)
	};
};
// node_modules/@aws-sdk/client-elastic-load-balancing-v2/dist-es/auth/httpAuthExtensionConfiguration.js
const getHttpAuthExtensionConfiguration$2 = (runtimeConfig) => {
	const _httpAuthSchemes = runtimeConfig.httpAuthSchemes;
	let _httpAuthSchemeProvider = runtimeConfig.httpAuthSchemeProvider;
	let _credentials = runtimeConfig.credentials;
	return {
		setHttpAuthScheme(httpAuthScheme) {
			const index = _httpAuthSchemes.findIndex((scheme) => scheme.schemeId === httpAuthScheme.schemeId);
			if (index === -1) _httpAuthSchemes.push(httpAuthScheme);
			else _httpAuthSchemes.splice(index, 1, httpAuthScheme);
		},
		httpAuthSchemes() {
			return _httpAuthSchemes;
		},
		setHttpAuthSchemeProvider(httpAuthSchemeProvider) {
			_httpAuthSchemeProvider = httpAuthSchemeProvider;
		},
		httpAuthSchemeProvider() {
			return _httpAuthSchemeProvider;
		},
		setCredentials(credentials) {
			_credentials = credentials;
		},
		credentials() {
			return _credentials;
		}
	};
};
const resolveHttpAuthRuntimeConfig$2 = (config) => {
	return {
		httpAuthSchemes: config.httpAuthSchemes(),
		httpAuthSchemeProvider: config.httpAuthSchemeProvider(),
		credentials: config.credentials()
	};
};
// node_modules/@aws-sdk/client-elastic-load-balancing-v2/dist-es/runtimeExtensions.js
const resolveRuntimeExtensions$2 = (runtimeConfig, extensions) => {
	const extensionConfiguration = Object.assign(getAwsRegionExtensionConfiguration(runtimeConfig), getDefaultExtensionConfiguration(runtimeConfig), getHttpHandlerExtensionConfiguration(runtimeConfig), getHttpAuthExtensionConfiguration$2(runtimeConfig));
	extensions.forEach((extension) => extension.configure(extensionConfiguration));
	return Object.assign(runtimeConfig, resolveAwsRegionExtensionConfiguration(extensionConfiguration), resolveDefaultRuntimeConfig(extensionConfiguration), resolveHttpHandlerRuntimeConfig(extensionConfiguration), resolveHttpAuthRuntimeConfig$2(extensionConfiguration));
};
// node_modules/@aws-sdk/client-elastic-load-balancing-v2/dist-es/ElasticLoadBalancingV2Client.js
var ElasticLoadBalancingV2Client = class extends Client {
	config;
	constructor(...[configuration]) {
		const _config_0 = getRuntimeConfig$4(configuration || {});
		super(_config_0);
		this.initConfig = _config_0;
		const _config_2 = resolveUserAgentConfig(resolveClientEndpointParameters$2(_config_0));
		const _config_3 = resolveRetryConfig(_config_2);
		const _config_5 = resolveHostHeaderConfig(resolveRegionConfig(_config_3));
		const _config_6 = resolveEndpointConfig(_config_5);
		const _config_7 = resolveHttpAuthSchemeConfig$2(_config_6);
		const _config_8 = resolveRuntimeExtensions$2(_config_7, configuration?.extensions || []);
		this.config = _config_8;
		this.middlewareStack.use(getSchemaSerdePlugin(this.config));
		this.middlewareStack.use(getUserAgentPlugin(this.config));
		this.middlewareStack.use(getRetryPlugin(this.config));
		this.middlewareStack.use(getContentLengthPlugin(this.config));
		this.middlewareStack.use(getHostHeaderPlugin(this.config));
		this.middlewareStack.use(getLoggerPlugin(this.config));
		this.middlewareStack.use(getRecursionDetectionPlugin(this.config));
		this.middlewareStack.use(getHttpAuthSchemeEndpointRuleSetPlugin(this.config, {
			httpAuthSchemeParametersProvider: defaultElasticLoadBalancingV2HttpAuthSchemeParametersProvider,
			identityProviderConfigProvider: async (config) => new DefaultIdentityProviderConfig({ "aws.auth#sigv4": config.credentials })
		}));
		this.middlewareStack.use(getHttpSigningPlugin(this.config));
	}
	destroy() {
		super.destroy();
	}
};
// node_modules/@aws-sdk/client-elastic-load-balancing-v2/dist-es/commandBuilder.js
const command$2 = makeBuilder(commonParams$2, "ElasticLoadBalancing_v10", "ElasticLoadBalancingV2Client", getEndpointPlugin);
const _ep0$2 = {};
const _mw0$2 = (Command, cs, config, o) => [];
// node_modules/@aws-sdk/client-elastic-load-balancing-v2/dist-es/commands/DescribeListenersCommand.js
var DescribeListenersCommand = class extends command$2(_ep0$2, _mw0$2, "DescribeListeners", DescribeListeners$) {};
// node_modules/@aws-sdk/client-elastic-load-balancing-v2/dist-es/commands/DescribeLoadBalancersCommand.js
var DescribeLoadBalancersCommand = class extends command$2(_ep0$2, _mw0$2, "DescribeLoadBalancers", DescribeLoadBalancers$) {};
// node_modules/@aws-sdk/client-elastic-load-balancing-v2/dist-es/commands/DescribeTargetGroupsCommand.js
var DescribeTargetGroupsCommand = class extends command$2(_ep0$2, _mw0$2, "DescribeTargetGroups", DescribeTargetGroups$) {};
// node_modules/@aws-sdk/client-elastic-load-balancing-v2/dist-es/commands/DescribeTargetHealthCommand.js
var DescribeTargetHealthCommand = class extends command$2(_ep0$2, _mw0$2, "DescribeTargetHealth", DescribeTargetHealth$) {};
// node_modules/@aws-sdk/client-lambda/dist-es/auth/httpAuthSchemeProvider.js
const defaultLambdaHttpAuthSchemeParametersProvider = async (config, context, input) => {
	return {
		operation: getSmithyContext(context).operation,
		region: await normalizeProvider$1(config.region)() || (() => {
			throw new Error("expected `region` to be configured for `aws.auth#sigv4`");
		})()
	};
};
function createAwsAuthSigv4HttpAuthOption$1(authParameters) {
	return {
		schemeId: "aws.auth#sigv4",
		signingProperties: {
			name: "lambda",
			region: authParameters.region
		},
		propertiesExtractor: (config, context) => ({ signingProperties: {
			config,
			context
		} })
	};
}
const defaultLambdaHttpAuthSchemeProvider = (authParameters) => {
	const options = [];
	switch (authParameters.operation) {
		default: options.push(createAwsAuthSigv4HttpAuthOption$1(authParameters));
	}
	return options;
};
const resolveHttpAuthSchemeConfig$1 = (config) => {
	const config_0 = resolveAwsSdkSigV4Config(config);
	return Object.assign(config_0, { authSchemePreference: normalizeProvider$1(config.authSchemePreference ?? []) });
};
// node_modules/@aws-sdk/client-lambda/dist-es/endpoint/EndpointParameters.js
const resolveClientEndpointParameters$1 = (options) => {
	return Object.assign(options, {
		useDualstackEndpoint: options.useDualstackEndpoint ?? false,
		useFipsEndpoint: options.useFipsEndpoint ?? false,
		defaultSigningName: "lambda"
	});
};
const commonParams$1 = {
	UseFIPS: {
		type: "builtInParams",
		name: "useFipsEndpoint"
	},
	Endpoint: {
		type: "builtInParams",
		name: "endpoint"
	},
	Region: {
		type: "builtInParams",
		name: "region"
	},
	UseDualStack: {
		type: "builtInParams",
		name: "useDualstackEndpoint"
	}
};
// node_modules/@aws-sdk/client-lambda/package.json
var version$1 = "3.1164.0";
// node_modules/@aws-sdk/client-lambda/dist-es/endpoint/bdd.js
const k$1 = "ref";
const a$1 = -1;
const b$1 = true;
const c$1 = "isSet";
const d$1 = "PartitionResult";
const e$1 = "booleanEquals";
const f$1 = "getAttr";
const g$1 = { [k$1]: "Endpoint" };
const h$1 = { [k$1]: d$1 };
const i$1 = {};
const j$1 = [{ [k$1]: "Region" }];
const _data$1 = {
	conditions: [
		[c$1, [g$1]],
		[c$1, j$1],
		[
			"aws.partition",
			j$1,
			d$1
		],
		[e$1, [{ [k$1]: "UseFIPS" }, b$1]],
		[e$1, [{ [k$1]: "UseDualStack" }, b$1]],
		[e$1, [{
			fn: f$1,
			argv: [h$1, "supportsDualStack"]
		}, b$1]],
		[e$1, [{
			fn: f$1,
			argv: [h$1, "supportsFIPS"]
		}, b$1]]
	],
	results: [
		[a$1],
		[a$1, "Invalid Configuration: FIPS and custom endpoint are not supported"],
		[a$1, "Invalid Configuration: Dualstack and custom endpoint are not supported"],
		[g$1, i$1],
		["https://lambda-fips.{Region}.{PartitionResult#dualStackDnsSuffix}", i$1],
		[a$1, "FIPS and DualStack are enabled, but this partition does not support one or both"],
		["https://lambda-fips.{Region}.{PartitionResult#dnsSuffix}", i$1],
		[a$1, "FIPS is enabled but this partition does not support FIPS"],
		["https://lambda.{Region}.{PartitionResult#dualStackDnsSuffix}", i$1],
		[a$1, "DualStack is enabled but this partition does not support DualStack"],
		["https://lambda.{Region}.{PartitionResult#dnsSuffix}", i$1],
		[a$1, "Invalid Configuration: Missing Region"]
	]
};
const root$1 = 2;
const nodes$1 = new Int32Array([
	-1,
	1,
	-1,
	0,
	12,
	3,
	1,
	4,
	100000011,
	2,
	5,
	100000011,
	3,
	8,
	6,
	4,
	7,
	100000010,
	5,
	100000008,
	100000009,
	4,
	10,
	9,
	6,
	100000006,
	100000007,
	5,
	11,
	100000005,
	6,
	100000004,
	100000005,
	3,
	100000001,
	13,
	4,
	100000002,
	100000003
]);
const bdd$1 = BinaryDecisionDiagram.from(nodes$1, root$1, _data$1.conditions, _data$1.results);
// node_modules/@aws-sdk/client-lambda/dist-es/endpoint/endpointResolver.js
const cache$1 = new EndpointCache({
	size: 50,
	params: [
		"Endpoint",
		"Region",
		"UseDualStack",
		"UseFIPS"
	]
});
const defaultEndpointResolver$1 = (endpointParams, context = {}) => {
	return cache$1.get(endpointParams, () => decideEndpoint(bdd$1, {
		endpointParams,
		logger: context.logger
	}));
};
customEndpointFunctions.aws = awsEndpointFunctions;
// node_modules/@aws-sdk/client-lambda/dist-es/models/LambdaServiceException.js
var LambdaServiceException = class LambdaServiceException extends ServiceException$2 {
	static shapeId = "smithy.ts.sdk.synthetic.com.amazonaws.lambda#LambdaServiceException";
	constructor(options) {
		super(options);
		Object.setPrototypeOf(this, LambdaServiceException.prototype);
	}
};
// node_modules/@aws-sdk/client-lambda/dist-es/models/errors.js
var InvalidParameterValueException = class InvalidParameterValueException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#InvalidParameterValueException";
	name = "InvalidParameterValueException";
	$fault = "client";
	Type;
	constructor(opts) {
		super({
			name: "InvalidParameterValueException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidParameterValueException.prototype);
		this.Type = opts.Type;
	}
};
var PolicyLengthExceededException = class PolicyLengthExceededException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#PolicyLengthExceededException";
	name = "PolicyLengthExceededException";
	$fault = "client";
	Type;
	constructor(opts) {
		super({
			name: "PolicyLengthExceededException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, PolicyLengthExceededException.prototype);
		this.Type = opts.Type;
	}
};
var PreconditionFailedException = class PreconditionFailedException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#PreconditionFailedException";
	name = "PreconditionFailedException";
	$fault = "client";
	Type;
	constructor(opts) {
		super({
			name: "PreconditionFailedException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, PreconditionFailedException.prototype);
		this.Type = opts.Type;
	}
};
var ResourceConflictException = class ResourceConflictException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#ResourceConflictException";
	name = "ResourceConflictException";
	$fault = "client";
	Type;
	constructor(opts) {
		super({
			name: "ResourceConflictException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ResourceConflictException.prototype);
		this.Type = opts.Type;
	}
};
var ResourceNotFoundException$1 = class ResourceNotFoundException$1 extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#ResourceNotFoundException";
	name = "ResourceNotFoundException";
	$fault = "client";
	Type;
	Message;
	constructor(opts) {
		super({
			name: "ResourceNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ResourceNotFoundException$1.prototype);
		this.Type = opts.Type;
		this.Message = opts.Message;
	}
};
var ServiceException = class ServiceException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#ServiceException";
	name = "ServiceException";
	$fault = "server";
	Type;
	Message;
	constructor(opts) {
		super({
			name: "ServiceException",
			$fault: "server",
			...opts
		});
		Object.setPrototypeOf(this, ServiceException.prototype);
		this.Type = opts.Type;
		this.Message = opts.Message;
	}
};
var TooManyRequestsException = class TooManyRequestsException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#TooManyRequestsException";
	name = "TooManyRequestsException";
	$fault = "client";
	retryAfterSeconds;
	Type;
	Reason;
	constructor(opts) {
		super({
			name: "TooManyRequestsException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, TooManyRequestsException.prototype);
		this.retryAfterSeconds = opts.retryAfterSeconds;
		this.Type = opts.Type;
		this.Reason = opts.Reason;
	}
};
var PublicPolicyException = class PublicPolicyException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#PublicPolicyException";
	name = "PublicPolicyException";
	$fault = "client";
	Type;
	Message;
	constructor(opts) {
		super({
			name: "PublicPolicyException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, PublicPolicyException.prototype);
		this.Type = opts.Type;
		this.Message = opts.Message;
	}
};
var AliasLimitExceededException = class AliasLimitExceededException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#AliasLimitExceededException";
	name = "AliasLimitExceededException";
	$fault = "client";
	Type;
	constructor(opts) {
		super({
			name: "AliasLimitExceededException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, AliasLimitExceededException.prototype);
		this.Type = opts.Type;
	}
};
var CapacityProviderLimitExceededException = class CapacityProviderLimitExceededException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#CapacityProviderLimitExceededException";
	name = "CapacityProviderLimitExceededException";
	$fault = "client";
	Type;
	constructor(opts) {
		super({
			name: "CapacityProviderLimitExceededException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, CapacityProviderLimitExceededException.prototype);
		this.Type = opts.Type;
	}
};
var KMSAccessDeniedException = class KMSAccessDeniedException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#KMSAccessDeniedException";
	name = "KMSAccessDeniedException";
	$fault = "server";
	Type;
	Message;
	constructor(opts) {
		super({
			name: "KMSAccessDeniedException",
			$fault: "server",
			...opts
		});
		Object.setPrototypeOf(this, KMSAccessDeniedException.prototype);
		this.Type = opts.Type;
		this.Message = opts.Message;
	}
};
var KMSDisabledException = class KMSDisabledException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#KMSDisabledException";
	name = "KMSDisabledException";
	$fault = "server";
	Type;
	Message;
	constructor(opts) {
		super({
			name: "KMSDisabledException",
			$fault: "server",
			...opts
		});
		Object.setPrototypeOf(this, KMSDisabledException.prototype);
		this.Type = opts.Type;
		this.Message = opts.Message;
	}
};
var KMSInvalidStateException = class KMSInvalidStateException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#KMSInvalidStateException";
	name = "KMSInvalidStateException";
	$fault = "server";
	Type;
	Message;
	constructor(opts) {
		super({
			name: "KMSInvalidStateException",
			$fault: "server",
			...opts
		});
		Object.setPrototypeOf(this, KMSInvalidStateException.prototype);
		this.Type = opts.Type;
		this.Message = opts.Message;
	}
};
var KMSNotFoundException = class KMSNotFoundException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#KMSNotFoundException";
	name = "KMSNotFoundException";
	$fault = "server";
	Type;
	Message;
	constructor(opts) {
		super({
			name: "KMSNotFoundException",
			$fault: "server",
			...opts
		});
		Object.setPrototypeOf(this, KMSNotFoundException.prototype);
		this.Type = opts.Type;
		this.Message = opts.Message;
	}
};
var ResourceInUseException$1 = class ResourceInUseException$1 extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#ResourceInUseException";
	name = "ResourceInUseException";
	$fault = "client";
	Type;
	Message;
	constructor(opts) {
		super({
			name: "ResourceInUseException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ResourceInUseException$1.prototype);
		this.Type = opts.Type;
		this.Message = opts.Message;
	}
};
var CodeSigningConfigNotFoundException = class CodeSigningConfigNotFoundException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#CodeSigningConfigNotFoundException";
	name = "CodeSigningConfigNotFoundException";
	$fault = "client";
	Type;
	Message;
	constructor(opts) {
		super({
			name: "CodeSigningConfigNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, CodeSigningConfigNotFoundException.prototype);
		this.Type = opts.Type;
		this.Message = opts.Message;
	}
};
var CodeStorageExceededException = class CodeStorageExceededException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#CodeStorageExceededException";
	name = "CodeStorageExceededException";
	$fault = "client";
	Type;
	constructor(opts) {
		super({
			name: "CodeStorageExceededException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, CodeStorageExceededException.prototype);
		this.Type = opts.Type;
	}
};
var CodeVerificationFailedException = class CodeVerificationFailedException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#CodeVerificationFailedException";
	name = "CodeVerificationFailedException";
	$fault = "client";
	Type;
	Message;
	constructor(opts) {
		super({
			name: "CodeVerificationFailedException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, CodeVerificationFailedException.prototype);
		this.Type = opts.Type;
		this.Message = opts.Message;
	}
};
var FunctionVersionsPerCapacityProviderLimitExceededException = class FunctionVersionsPerCapacityProviderLimitExceededException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#FunctionVersionsPerCapacityProviderLimitExceededException";
	name = "FunctionVersionsPerCapacityProviderLimitExceededException";
	$fault = "client";
	Type;
	constructor(opts) {
		super({
			name: "FunctionVersionsPerCapacityProviderLimitExceededException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, FunctionVersionsPerCapacityProviderLimitExceededException.prototype);
		this.Type = opts.Type;
	}
};
var InvalidCodeSignatureException = class InvalidCodeSignatureException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#InvalidCodeSignatureException";
	name = "InvalidCodeSignatureException";
	$fault = "client";
	Type;
	Message;
	constructor(opts) {
		super({
			name: "InvalidCodeSignatureException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidCodeSignatureException.prototype);
		this.Type = opts.Type;
		this.Message = opts.Message;
	}
};
var CodeArtifactUserDeletedException = class CodeArtifactUserDeletedException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#CodeArtifactUserDeletedException";
	name = "CodeArtifactUserDeletedException";
	$fault = "client";
	Type;
	constructor(opts) {
		super({
			name: "CodeArtifactUserDeletedException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, CodeArtifactUserDeletedException.prototype);
		this.Type = opts.Type;
	}
};
var CodeArtifactUserFailedException = class CodeArtifactUserFailedException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#CodeArtifactUserFailedException";
	name = "CodeArtifactUserFailedException";
	$fault = "client";
	Type;
	constructor(opts) {
		super({
			name: "CodeArtifactUserFailedException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, CodeArtifactUserFailedException.prototype);
		this.Type = opts.Type;
	}
};
var CodeArtifactUserPendingException = class CodeArtifactUserPendingException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#CodeArtifactUserPendingException";
	name = "CodeArtifactUserPendingException";
	$fault = "client";
	Type;
	constructor(opts) {
		super({
			name: "CodeArtifactUserPendingException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, CodeArtifactUserPendingException.prototype);
		this.Type = opts.Type;
	}
};
var DurableExecutionAlreadyStartedException = class DurableExecutionAlreadyStartedException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#DurableExecutionAlreadyStartedException";
	name = "DurableExecutionAlreadyStartedException";
	$fault = "client";
	Type;
	Message;
	constructor(opts) {
		super({
			name: "DurableExecutionAlreadyStartedException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, DurableExecutionAlreadyStartedException.prototype);
		this.Type = opts.Type;
		this.Message = opts.Message;
	}
};
var EC2AccessDeniedException = class EC2AccessDeniedException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#EC2AccessDeniedException";
	name = "EC2AccessDeniedException";
	$fault = "server";
	Type;
	Message;
	constructor(opts) {
		super({
			name: "EC2AccessDeniedException",
			$fault: "server",
			...opts
		});
		Object.setPrototypeOf(this, EC2AccessDeniedException.prototype);
		this.Type = opts.Type;
		this.Message = opts.Message;
	}
};
var EC2ThrottledException = class EC2ThrottledException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#EC2ThrottledException";
	name = "EC2ThrottledException";
	$fault = "server";
	Type;
	Message;
	constructor(opts) {
		super({
			name: "EC2ThrottledException",
			$fault: "server",
			...opts
		});
		Object.setPrototypeOf(this, EC2ThrottledException.prototype);
		this.Type = opts.Type;
		this.Message = opts.Message;
	}
};
var EC2UnexpectedException = class EC2UnexpectedException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#EC2UnexpectedException";
	name = "EC2UnexpectedException";
	$fault = "server";
	Type;
	Message;
	EC2ErrorCode;
	constructor(opts) {
		super({
			name: "EC2UnexpectedException",
			$fault: "server",
			...opts
		});
		Object.setPrototypeOf(this, EC2UnexpectedException.prototype);
		this.Type = opts.Type;
		this.Message = opts.Message;
		this.EC2ErrorCode = opts.EC2ErrorCode;
	}
};
var EFSIOException = class EFSIOException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#EFSIOException";
	name = "EFSIOException";
	$fault = "client";
	Type;
	Message;
	constructor(opts) {
		super({
			name: "EFSIOException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, EFSIOException.prototype);
		this.Type = opts.Type;
		this.Message = opts.Message;
	}
};
var EFSMountConnectivityException = class EFSMountConnectivityException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#EFSMountConnectivityException";
	name = "EFSMountConnectivityException";
	$fault = "client";
	Type;
	Message;
	constructor(opts) {
		super({
			name: "EFSMountConnectivityException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, EFSMountConnectivityException.prototype);
		this.Type = opts.Type;
		this.Message = opts.Message;
	}
};
var EFSMountFailureException = class EFSMountFailureException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#EFSMountFailureException";
	name = "EFSMountFailureException";
	$fault = "client";
	Type;
	Message;
	constructor(opts) {
		super({
			name: "EFSMountFailureException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, EFSMountFailureException.prototype);
		this.Type = opts.Type;
		this.Message = opts.Message;
	}
};
var EFSMountTimeoutException = class EFSMountTimeoutException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#EFSMountTimeoutException";
	name = "EFSMountTimeoutException";
	$fault = "client";
	Type;
	Message;
	constructor(opts) {
		super({
			name: "EFSMountTimeoutException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, EFSMountTimeoutException.prototype);
		this.Type = opts.Type;
		this.Message = opts.Message;
	}
};
var ENILimitReachedException = class ENILimitReachedException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#ENILimitReachedException";
	name = "ENILimitReachedException";
	$fault = "server";
	Type;
	Message;
	constructor(opts) {
		super({
			name: "ENILimitReachedException",
			$fault: "server",
			...opts
		});
		Object.setPrototypeOf(this, ENILimitReachedException.prototype);
		this.Type = opts.Type;
		this.Message = opts.Message;
	}
};
var ENINotReadyException = class ENINotReadyException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#ENINotReadyException";
	name = "ENINotReadyException";
	$fault = "server";
	Type;
	Message;
	constructor(opts) {
		super({
			name: "ENINotReadyException",
			$fault: "server",
			...opts
		});
		Object.setPrototypeOf(this, ENINotReadyException.prototype);
		this.Type = opts.Type;
		this.Message = opts.Message;
	}
};
var InvalidRequestContentException = class InvalidRequestContentException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#InvalidRequestContentException";
	name = "InvalidRequestContentException";
	$fault = "client";
	Type;
	constructor(opts) {
		super({
			name: "InvalidRequestContentException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidRequestContentException.prototype);
		this.Type = opts.Type;
	}
};
var InvalidRuntimeException = class InvalidRuntimeException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#InvalidRuntimeException";
	name = "InvalidRuntimeException";
	$fault = "server";
	Type;
	Message;
	constructor(opts) {
		super({
			name: "InvalidRuntimeException",
			$fault: "server",
			...opts
		});
		Object.setPrototypeOf(this, InvalidRuntimeException.prototype);
		this.Type = opts.Type;
		this.Message = opts.Message;
	}
};
var InvalidSecurityGroupIDException = class InvalidSecurityGroupIDException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#InvalidSecurityGroupIDException";
	name = "InvalidSecurityGroupIDException";
	$fault = "server";
	Type;
	Message;
	constructor(opts) {
		super({
			name: "InvalidSecurityGroupIDException",
			$fault: "server",
			...opts
		});
		Object.setPrototypeOf(this, InvalidSecurityGroupIDException.prototype);
		this.Type = opts.Type;
		this.Message = opts.Message;
	}
};
var InvalidSubnetIDException = class InvalidSubnetIDException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#InvalidSubnetIDException";
	name = "InvalidSubnetIDException";
	$fault = "server";
	Type;
	Message;
	constructor(opts) {
		super({
			name: "InvalidSubnetIDException",
			$fault: "server",
			...opts
		});
		Object.setPrototypeOf(this, InvalidSubnetIDException.prototype);
		this.Type = opts.Type;
		this.Message = opts.Message;
	}
};
var InvalidZipFileException = class InvalidZipFileException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#InvalidZipFileException";
	name = "InvalidZipFileException";
	$fault = "server";
	Type;
	Message;
	constructor(opts) {
		super({
			name: "InvalidZipFileException",
			$fault: "server",
			...opts
		});
		Object.setPrototypeOf(this, InvalidZipFileException.prototype);
		this.Type = opts.Type;
		this.Message = opts.Message;
	}
};
var ModeNotSupportedException = class ModeNotSupportedException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#ModeNotSupportedException";
	name = "ModeNotSupportedException";
	$fault = "client";
	Type;
	constructor(opts) {
		super({
			name: "ModeNotSupportedException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ModeNotSupportedException.prototype);
		this.Type = opts.Type;
	}
};
var NoPublishedVersionException = class NoPublishedVersionException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#NoPublishedVersionException";
	name = "NoPublishedVersionException";
	$fault = "client";
	Type;
	Message;
	constructor(opts) {
		super({
			name: "NoPublishedVersionException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, NoPublishedVersionException.prototype);
		this.Type = opts.Type;
		this.Message = opts.Message;
	}
};
var RecursiveInvocationException = class RecursiveInvocationException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#RecursiveInvocationException";
	name = "RecursiveInvocationException";
	$fault = "client";
	Type;
	Message;
	constructor(opts) {
		super({
			name: "RecursiveInvocationException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, RecursiveInvocationException.prototype);
		this.Type = opts.Type;
		this.Message = opts.Message;
	}
};
var RequestTooLargeException = class RequestTooLargeException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#RequestTooLargeException";
	name = "RequestTooLargeException";
	$fault = "client";
	Type;
	constructor(opts) {
		super({
			name: "RequestTooLargeException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, RequestTooLargeException.prototype);
		this.Type = opts.Type;
	}
};
var ResourceNotReadyException = class ResourceNotReadyException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#ResourceNotReadyException";
	name = "ResourceNotReadyException";
	$fault = "server";
	Type;
	constructor(opts) {
		super({
			name: "ResourceNotReadyException",
			$fault: "server",
			...opts
		});
		Object.setPrototypeOf(this, ResourceNotReadyException.prototype);
		this.Type = opts.Type;
	}
};
var S3FilesMountConnectivityException = class S3FilesMountConnectivityException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#S3FilesMountConnectivityException";
	name = "S3FilesMountConnectivityException";
	$fault = "client";
	Type;
	Message;
	constructor(opts) {
		super({
			name: "S3FilesMountConnectivityException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, S3FilesMountConnectivityException.prototype);
		this.Type = opts.Type;
		this.Message = opts.Message;
	}
};
var S3FilesMountFailureException = class S3FilesMountFailureException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#S3FilesMountFailureException";
	name = "S3FilesMountFailureException";
	$fault = "client";
	Type;
	Message;
	constructor(opts) {
		super({
			name: "S3FilesMountFailureException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, S3FilesMountFailureException.prototype);
		this.Type = opts.Type;
		this.Message = opts.Message;
	}
};
var S3FilesMountTimeoutException = class S3FilesMountTimeoutException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#S3FilesMountTimeoutException";
	name = "S3FilesMountTimeoutException";
	$fault = "client";
	Type;
	Message;
	constructor(opts) {
		super({
			name: "S3FilesMountTimeoutException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, S3FilesMountTimeoutException.prototype);
		this.Type = opts.Type;
		this.Message = opts.Message;
	}
};
var SerializedRequestEntityTooLargeException = class SerializedRequestEntityTooLargeException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#SerializedRequestEntityTooLargeException";
	name = "SerializedRequestEntityTooLargeException";
	$fault = "client";
	Type;
	constructor(opts) {
		super({
			name: "SerializedRequestEntityTooLargeException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, SerializedRequestEntityTooLargeException.prototype);
		this.Type = opts.Type;
	}
};
var ServiceQuotaExceededException$1 = class ServiceQuotaExceededException$1 extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#ServiceQuotaExceededException";
	name = "ServiceQuotaExceededException";
	$fault = "client";
	Type;
	Message;
	constructor(opts) {
		super({
			name: "ServiceQuotaExceededException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ServiceQuotaExceededException$1.prototype);
		this.Type = opts.Type;
		this.Message = opts.Message;
	}
};
var SnapStartException = class SnapStartException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#SnapStartException";
	name = "SnapStartException";
	$fault = "client";
	Type;
	Message;
	constructor(opts) {
		super({
			name: "SnapStartException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, SnapStartException.prototype);
		this.Type = opts.Type;
		this.Message = opts.Message;
	}
};
var SnapStartNotReadyException = class SnapStartNotReadyException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#SnapStartNotReadyException";
	name = "SnapStartNotReadyException";
	$fault = "client";
	Type;
	Message;
	constructor(opts) {
		super({
			name: "SnapStartNotReadyException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, SnapStartNotReadyException.prototype);
		this.Type = opts.Type;
		this.Message = opts.Message;
	}
};
var SnapStartRegenerationFailureException = class SnapStartRegenerationFailureException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#SnapStartRegenerationFailureException";
	name = "SnapStartRegenerationFailureException";
	$fault = "client";
	Type;
	Message;
	constructor(opts) {
		super({
			name: "SnapStartRegenerationFailureException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, SnapStartRegenerationFailureException.prototype);
		this.Type = opts.Type;
		this.Message = opts.Message;
	}
};
var SnapStartTimeoutException = class SnapStartTimeoutException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#SnapStartTimeoutException";
	name = "SnapStartTimeoutException";
	$fault = "client";
	Type;
	Message;
	constructor(opts) {
		super({
			name: "SnapStartTimeoutException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, SnapStartTimeoutException.prototype);
		this.Type = opts.Type;
		this.Message = opts.Message;
	}
};
var SubnetIPAddressLimitReachedException = class SubnetIPAddressLimitReachedException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#SubnetIPAddressLimitReachedException";
	name = "SubnetIPAddressLimitReachedException";
	$fault = "server";
	Type;
	Message;
	constructor(opts) {
		super({
			name: "SubnetIPAddressLimitReachedException",
			$fault: "server",
			...opts
		});
		Object.setPrototypeOf(this, SubnetIPAddressLimitReachedException.prototype);
		this.Type = opts.Type;
		this.Message = opts.Message;
	}
};
var UnsupportedMediaTypeException = class UnsupportedMediaTypeException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#UnsupportedMediaTypeException";
	name = "UnsupportedMediaTypeException";
	$fault = "client";
	Type;
	constructor(opts) {
		super({
			name: "UnsupportedMediaTypeException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, UnsupportedMediaTypeException.prototype);
		this.Type = opts.Type;
	}
};
var ProvisionedConcurrencyConfigNotFoundException = class ProvisionedConcurrencyConfigNotFoundException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#ProvisionedConcurrencyConfigNotFoundException";
	name = "ProvisionedConcurrencyConfigNotFoundException";
	$fault = "client";
	Type;
	constructor(opts) {
		super({
			name: "ProvisionedConcurrencyConfigNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ProvisionedConcurrencyConfigNotFoundException.prototype);
		this.Type = opts.Type;
	}
};
var CallbackTimeoutException = class CallbackTimeoutException extends LambdaServiceException {
	static shapeId = "com.amazonaws.lambda#CallbackTimeoutException";
	name = "CallbackTimeoutException";
	$fault = "client";
	Type;
	Message;
	constructor(opts) {
		super({
			name: "CallbackTimeoutException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, CallbackTimeoutException.prototype);
		this.Type = opts.Type;
		this.Message = opts.Message;
	}
};
// node_modules/@aws-sdk/client-lambda/dist-es/schemas/schemas_0.js
const _AA = "AliasArn";
const _AC = "AliasConfiguration";
const _ALEE = "AliasLimitExceededException";
const _ALL = "ApplicationLogLevel";
const _AOp = "ApplyOn";
const _ARC = "AliasRoutingConfiguration";
const _AVW = "AdditionalVersionWeights";
const _Ar = "Architectures";
const _Arn = "Arn";
const _C = "Concurrency";
const _CAUDE = "CodeArtifactUserDeletedException";
const _CAUFE = "CodeArtifactUserFailedException";
const _CAUPE = "CodeArtifactUserPendingException";
const _CPA = "CapacityProviderArn";
const _CPC = "CapacityProviderConfig";
const _CPLEE = "CapacityProviderLimitExceededException";
const _CS = "CodeSize";
const _CSCNFE = "CodeSigningConfigNotFoundException";
const _CSEE = "CodeStorageExceededException";
const _CSo = "CodeSha256";
const _CSon = "ConfigSha256";
const _CTE = "CallbackTimeoutException";
const _CVFE = "CodeVerificationFailedException";
const _Cod = "Code";
const _Com = "Command";
const _Con = "Configuration";
const _D$1 = "Description";
const _DCu = "DurableConfig";
const _DEASE = "DurableExecutionAlreadyStartedException";
const _DLC = "DeadLetterConfig";
const _DSR = "DirectS3Read";
const _E = "Error";
const _EC = "ErrorCode";
const _ECADE = "EC2AccessDeniedException";
const _ECEC = "EC2ErrorCode";
const _ECTE = "EC2ThrottledException";
const _ECUE = "EC2UnexpectedException";
const _EE = "EnvironmentError";
const _EEMGBPVC = "ExecutionEnvironmentMemoryGiBPerVCpu";
const _EFSIOE = "EFSIOException";
const _EFSMCE = "EFSMountConnectivityException";
const _EFSMFE = "EFSMountFailureException";
const _EFSMTE = "EFSMountTimeoutException";
const _ENILRE = "ENILimitReachedException";
const _ENINRE = "ENINotReadyException";
const _EP = "EntryPoint";
const _ER = "EnvironmentResponse";
const _ES = "EphemeralStorage";
const _ETx = "ExecutionTimeout";
const _EVN = "EnvironmentVariableName";
const _EVV = "EnvironmentVariableValue";
const _EVn = "EnvironmentVariables";
const _Env = "Environment";
const _FA = "FunctionArn";
const _FCL = "FunctionCodeLocation";
const _FCLE = "FunctionCodeLocationError";
const _FCun = "FunctionConfiguration";
const _FN = "FunctionName";
const _FSC = "FileSystemConfigs";
const _FSCL = "FileSystemConfigList";
const _FSCi = "FileSystemConfig";
const _FV = "FunctionVersion";
const _FVPCPLEE = "FunctionVersionsPerCapacityProviderLimitExceededException";
const _GA = "GetAlias";
const _GAR = "GetAliasRequest";
const _GF = "GetFunction";
const _GFCRet = "GetFunctionConfigurationRequest";
const _GFCe = "GetFunctionConfiguration";
const _GFR = "GetFunctionRequest";
const _GFRe = "GetFunctionResponse";
const _H = "Handler";
const _IAFDS = "Ipv6AllowedForDualStack";
const _IC = "ImageConfig";
const _ICE = "ImageConfigError";
const _ICR = "ImageConfigResponse";
const _ICSE = "InvalidCodeSignatureException";
const _IPVE = "InvalidParameterValueException";
const _IRCE = "InvalidRequestContentException";
const _IRE = "InvalidRuntimeException";
const _ISGIDE = "InvalidSecurityGroupIDException";
const _ISIDE = "InvalidSubnetIDException";
const _IU$1 = "ImageUri";
const _IZFE = "InvalidZipFileException";
const _KMSADE = "KMSAccessDeniedException";
const _KMSDE = "KMSDisabledException";
const _KMSISE = "KMSInvalidStateException";
const _KMSKA = "KMSKeyArn";
const _KMSNFE = "KMSNotFoundException";
const _L$1 = "Layers";
const _LC = "LoggingConfig";
const _LF = "LogFormat";
const _LG = "LogGroup";
const _LM = "LastModified";
const _LMICPC = "LambdaManagedInstancesCapacityProviderConfig";
const _LMP = "LocalMountPath";
const _LRL = "LayersReferenceList";
const _LUS = "LastUpdateStatus";
const _LUSR = "LastUpdateStatusReason";
const _LUSRC = "LastUpdateStatusReasonCode";
const _La = "Layer";
const _Lo = "Location";
const _M$1 = "Message";
const _MAa = "MasterArn";
const _MNSE = "ModeNotSupportedException";
const _MS = "MemorySize";
const _Mo = "Mode";
const _N$1 = "Name";
const _NPVE = "NoPublishedVersionException";
const _OSp = "OptimizationStatus";
const _PCCNFE = "ProvisionedConcurrencyConfigNotFoundException";
const _PEEMC = "PerExecutionEnvironmentMaxConcurrency";
const _PFE = "PreconditionFailedException";
const _PLEE$1 = "PolicyLengthExceededException";
const _PPE = "PublicPolicyException";
const _PTa = "PackageType";
const _Q = "Qualifier";
const _R = "Reason";
const _RA = "Retry-After";
const _RC$1 = "RoutingConfig";
const _RCE = "ResourceConflictException";
const _RCEe = "ReservedConcurrentExecutions";
const _RI$1 = "RevisionId";
const _RIE = "RecursiveInvocationException";
const _RIU = "ResolvedImageUri";
const _RIUE$1 = "ResourceInUseException";
const _RNFE$1 = "ResourceNotFoundException";
const _RNRE = "ResourceNotReadyException";
const _RPID = "RetentionPeriodInDays";
const _RSO = "ResolvedS3Object";
const _RT$1 = "RepositoryType";
const _RTLE = "RequestTooLargeException";
const _RVA = "RuntimeVersionArn";
const _RVC = "RuntimeVersionConfig";
const _RVE = "RuntimeVersionError";
const _Ro = "Role";
const _Ru = "Runtime";
const _SB = "S3Bucket";
const _SE = "ServiceException";
const _SFC = "S3FilesConfig";
const _SFMCE = "S3FilesMountConnectivityException";
const _SFMFE = "S3FilesMountFailureException";
const _SFMTE = "S3FilesMountTimeoutException";
const _SGI = "SecurityGroupIds";
const _SIPALRE = "SubnetIPAddressLimitReachedException";
const _SIu = "SubnetIds";
const _SJA = "SigningJobArn";
const _SK = "S3Key";
const _SKMSKA = "SourceKMSKeyArn";
const _SLL = "SystemLogLevel";
const _SOV = "S3ObjectVersion";
const _SPVAi = "SigningProfileVersionArn";
const _SQEE$1 = "ServiceQuotaExceededException";
const _SR = "StateReason";
const _SRCt = "StateReasonCode";
const _SRETLE = "SerializedRequestEntityTooLargeException";
const _SS = "SensitiveString";
const _SSE = "SnapStartException";
const _SSNRE = "SnapStartNotReadyException";
const _SSR = "SnapStartResponse";
const _SSRFE = "SnapStartRegenerationFailureException";
const _SSTE = "SnapStartTimeoutException";
const _SSn = "SnapStart";
const _Si = "Size";
const _St = "State";
const _T$1 = "Type";
const _TA = "TargetArn";
const _TCR = "TracingConfigResponse";
const _TCe = "TenancyConfig";
const _TCr = "TracingConfig";
const _TE$1 = "TagsError";
const _TIM = "TenantIsolationMode";
const _TMRE = "TooManyRequestsException";
const _Ta = "Tags";
const _Ti = "Timeout";
const _UA = "UpdateAlias";
const _UAR = "UpdateAliasRequest";
const _UMTE = "UnsupportedMediaTypeException";
const _V$1 = "Variables";
const _VC = "VpcConfig";
const _VCR = "VpcConfigResponse";
const _VI = "VpcId";
const _Ve$1 = "Version";
const _WD$1 = "WorkingDirectory";
const _c$1 = "client";
const _e$1 = "error";
const _h = "http";
const _hE = "httpError";
const _hH = "httpHeader";
const _hQ = "httpQuery";
const _m$1 = "message";
const _rAS = "retryAfterSeconds";
const _s$1 = "smithy.ts.sdk.synthetic.com.amazonaws.lambda";
const _se$1 = "server";
const n0$1 = "com.amazonaws.lambda";
const _s_registry$1 = new TypeRegistry(_s$1);
var LambdaServiceException$ = [
	-3,
	_s$1,
	"LambdaServiceException",
	0,
	[],
	[]
];
_s_registry$1.registerError(LambdaServiceException$, LambdaServiceException);
const n0_registry$1 = new TypeRegistry(n0$1);
var AliasLimitExceededException$ = [
	-3,
	n0$1,
	_ALEE,
	{
		[_e$1]: _c$1,
		[_hE]: 400
	},
	[_T$1, _m$1],
	[0, 0]
];
n0_registry$1.registerError(AliasLimitExceededException$, AliasLimitExceededException);
var CallbackTimeoutException$ = [
	-3,
	n0$1,
	_CTE,
	{
		[_e$1]: _c$1,
		[_hE]: 400
	},
	[_T$1, _M$1],
	[0, 0]
];
n0_registry$1.registerError(CallbackTimeoutException$, CallbackTimeoutException);
var CapacityProviderLimitExceededException$ = [
	-3,
	n0$1,
	_CPLEE,
	{
		[_e$1]: _c$1,
		[_hE]: 400
	},
	[_T$1, _m$1],
	[0, 0]
];
n0_registry$1.registerError(CapacityProviderLimitExceededException$, CapacityProviderLimitExceededException);
var CodeArtifactUserDeletedException$ = [
	-3,
	n0$1,
	_CAUDE,
	{
		[_e$1]: _c$1,
		[_hE]: 409
	},
	[_T$1, _m$1],
	[0, 0]
];
n0_registry$1.registerError(CodeArtifactUserDeletedException$, CodeArtifactUserDeletedException);
var CodeArtifactUserFailedException$ = [
	-3,
	n0$1,
	_CAUFE,
	{
		[_e$1]: _c$1,
		[_hE]: 409
	},
	[_T$1, _m$1],
	[0, 0]
];
n0_registry$1.registerError(CodeArtifactUserFailedException$, CodeArtifactUserFailedException);
var CodeArtifactUserPendingException$ = [
	-3,
	n0$1,
	_CAUPE,
	{
		[_e$1]: _c$1,
		[_hE]: 409
	},
	[_T$1, _m$1],
	[0, 0]
];
n0_registry$1.registerError(CodeArtifactUserPendingException$, CodeArtifactUserPendingException);
var CodeSigningConfigNotFoundException$ = [
	-3,
	n0$1,
	_CSCNFE,
	{
		[_e$1]: _c$1,
		[_hE]: 404
	},
	[_T$1, _M$1],
	[0, 0]
];
n0_registry$1.registerError(CodeSigningConfigNotFoundException$, CodeSigningConfigNotFoundException);
var CodeStorageExceededException$ = [
	-3,
	n0$1,
	_CSEE,
	{
		[_e$1]: _c$1,
		[_hE]: 400
	},
	[_T$1, _m$1],
	[0, 0]
];
n0_registry$1.registerError(CodeStorageExceededException$, CodeStorageExceededException);
var CodeVerificationFailedException$ = [
	-3,
	n0$1,
	_CVFE,
	{
		[_e$1]: _c$1,
		[_hE]: 400
	},
	[_T$1, _M$1],
	[0, 0]
];
n0_registry$1.registerError(CodeVerificationFailedException$, CodeVerificationFailedException);
var DurableExecutionAlreadyStartedException$ = [
	-3,
	n0$1,
	_DEASE,
	{
		[_e$1]: _c$1,
		[_hE]: 409
	},
	[_T$1, _M$1],
	[0, 0]
];
n0_registry$1.registerError(DurableExecutionAlreadyStartedException$, DurableExecutionAlreadyStartedException);
var EC2AccessDeniedException$ = [
	-3,
	n0$1,
	_ECADE,
	{
		[_e$1]: _se$1,
		[_hE]: 502
	},
	[_T$1, _M$1],
	[0, 0]
];
n0_registry$1.registerError(EC2AccessDeniedException$, EC2AccessDeniedException);
var EC2ThrottledException$ = [
	-3,
	n0$1,
	_ECTE,
	{
		[_e$1]: _se$1,
		[_hE]: 502
	},
	[_T$1, _M$1],
	[0, 0]
];
n0_registry$1.registerError(EC2ThrottledException$, EC2ThrottledException);
var EC2UnexpectedException$ = [
	-3,
	n0$1,
	_ECUE,
	{
		[_e$1]: _se$1,
		[_hE]: 502
	},
	[
		_T$1,
		_M$1,
		_ECEC
	],
	[
		0,
		0,
		0
	]
];
n0_registry$1.registerError(EC2UnexpectedException$, EC2UnexpectedException);
var EFSIOException$ = [
	-3,
	n0$1,
	_EFSIOE,
	{
		[_e$1]: _c$1,
		[_hE]: 410
	},
	[_T$1, _M$1],
	[0, 0]
];
n0_registry$1.registerError(EFSIOException$, EFSIOException);
var EFSMountConnectivityException$ = [
	-3,
	n0$1,
	_EFSMCE,
	{
		[_e$1]: _c$1,
		[_hE]: 408
	},
	[_T$1, _M$1],
	[0, 0]
];
n0_registry$1.registerError(EFSMountConnectivityException$, EFSMountConnectivityException);
var EFSMountFailureException$ = [
	-3,
	n0$1,
	_EFSMFE,
	{
		[_e$1]: _c$1,
		[_hE]: 403
	},
	[_T$1, _M$1],
	[0, 0]
];
n0_registry$1.registerError(EFSMountFailureException$, EFSMountFailureException);
var EFSMountTimeoutException$ = [
	-3,
	n0$1,
	_EFSMTE,
	{
		[_e$1]: _c$1,
		[_hE]: 408
	},
	[_T$1, _M$1],
	[0, 0]
];
n0_registry$1.registerError(EFSMountTimeoutException$, EFSMountTimeoutException);
var ENILimitReachedException$ = [
	-3,
	n0$1,
	_ENILRE,
	{
		[_e$1]: _se$1,
		[_hE]: 502
	},
	[_T$1, _M$1],
	[0, 0]
];
n0_registry$1.registerError(ENILimitReachedException$, ENILimitReachedException);
var ENINotReadyException$ = [
	-3,
	n0$1,
	_ENINRE,
	{
		[_e$1]: _se$1,
		[_hE]: 502
	},
	[_T$1, _M$1],
	[0, 0]
];
n0_registry$1.registerError(ENINotReadyException$, ENINotReadyException);
var FunctionVersionsPerCapacityProviderLimitExceededException$ = [
	-3,
	n0$1,
	_FVPCPLEE,
	{
		[_e$1]: _c$1,
		[_hE]: 400
	},
	[_T$1, _m$1],
	[0, 0]
];
n0_registry$1.registerError(FunctionVersionsPerCapacityProviderLimitExceededException$, FunctionVersionsPerCapacityProviderLimitExceededException);
var InvalidCodeSignatureException$ = [
	-3,
	n0$1,
	_ICSE,
	{
		[_e$1]: _c$1,
		[_hE]: 400
	},
	[_T$1, _M$1],
	[0, 0]
];
n0_registry$1.registerError(InvalidCodeSignatureException$, InvalidCodeSignatureException);
var InvalidParameterValueException$ = [
	-3,
	n0$1,
	_IPVE,
	{
		[_e$1]: _c$1,
		[_hE]: 400
	},
	[_T$1, _m$1],
	[0, 0]
];
n0_registry$1.registerError(InvalidParameterValueException$, InvalidParameterValueException);
var InvalidRequestContentException$ = [
	-3,
	n0$1,
	_IRCE,
	{
		[_e$1]: _c$1,
		[_hE]: 400
	},
	[_T$1, _m$1],
	[0, 0]
];
n0_registry$1.registerError(InvalidRequestContentException$, InvalidRequestContentException);
var InvalidRuntimeException$ = [
	-3,
	n0$1,
	_IRE,
	{
		[_e$1]: _se$1,
		[_hE]: 502
	},
	[_T$1, _M$1],
	[0, 0]
];
n0_registry$1.registerError(InvalidRuntimeException$, InvalidRuntimeException);
var InvalidSecurityGroupIDException$ = [
	-3,
	n0$1,
	_ISGIDE,
	{
		[_e$1]: _se$1,
		[_hE]: 502
	},
	[_T$1, _M$1],
	[0, 0]
];
n0_registry$1.registerError(InvalidSecurityGroupIDException$, InvalidSecurityGroupIDException);
var InvalidSubnetIDException$ = [
	-3,
	n0$1,
	_ISIDE,
	{
		[_e$1]: _se$1,
		[_hE]: 502
	},
	[_T$1, _M$1],
	[0, 0]
];
n0_registry$1.registerError(InvalidSubnetIDException$, InvalidSubnetIDException);
var InvalidZipFileException$ = [
	-3,
	n0$1,
	_IZFE,
	{
		[_e$1]: _se$1,
		[_hE]: 502
	},
	[_T$1, _M$1],
	[0, 0]
];
n0_registry$1.registerError(InvalidZipFileException$, InvalidZipFileException);
var KMSAccessDeniedException$ = [
	-3,
	n0$1,
	_KMSADE,
	{
		[_e$1]: _se$1,
		[_hE]: 502
	},
	[_T$1, _M$1],
	[0, 0]
];
n0_registry$1.registerError(KMSAccessDeniedException$, KMSAccessDeniedException);
var KMSDisabledException$ = [
	-3,
	n0$1,
	_KMSDE,
	{
		[_e$1]: _se$1,
		[_hE]: 502
	},
	[_T$1, _M$1],
	[0, 0]
];
n0_registry$1.registerError(KMSDisabledException$, KMSDisabledException);
var KMSInvalidStateException$ = [
	-3,
	n0$1,
	_KMSISE,
	{
		[_e$1]: _se$1,
		[_hE]: 502
	},
	[_T$1, _M$1],
	[0, 0]
];
n0_registry$1.registerError(KMSInvalidStateException$, KMSInvalidStateException);
var KMSNotFoundException$ = [
	-3,
	n0$1,
	_KMSNFE,
	{
		[_e$1]: _se$1,
		[_hE]: 502
	},
	[_T$1, _M$1],
	[0, 0]
];
n0_registry$1.registerError(KMSNotFoundException$, KMSNotFoundException);
var ModeNotSupportedException$ = [
	-3,
	n0$1,
	_MNSE,
	{
		[_e$1]: _c$1,
		[_hE]: 400
	},
	[_T$1, _m$1],
	[0, 0]
];
n0_registry$1.registerError(ModeNotSupportedException$, ModeNotSupportedException);
var NoPublishedVersionException$ = [
	-3,
	n0$1,
	_NPVE,
	{
		[_e$1]: _c$1,
		[_hE]: 400
	},
	[_T$1, _M$1],
	[0, 0]
];
n0_registry$1.registerError(NoPublishedVersionException$, NoPublishedVersionException);
var PolicyLengthExceededException$ = [
	-3,
	n0$1,
	_PLEE$1,
	{
		[_e$1]: _c$1,
		[_hE]: 400
	},
	[_T$1, _m$1],
	[0, 0]
];
n0_registry$1.registerError(PolicyLengthExceededException$, PolicyLengthExceededException);
var PreconditionFailedException$ = [
	-3,
	n0$1,
	_PFE,
	{
		[_e$1]: _c$1,
		[_hE]: 412
	},
	[_T$1, _m$1],
	[0, 0]
];
n0_registry$1.registerError(PreconditionFailedException$, PreconditionFailedException);
var ProvisionedConcurrencyConfigNotFoundException$ = [
	-3,
	n0$1,
	_PCCNFE,
	{
		[_e$1]: _c$1,
		[_hE]: 404
	},
	[_T$1, _m$1],
	[0, 0]
];
n0_registry$1.registerError(ProvisionedConcurrencyConfigNotFoundException$, ProvisionedConcurrencyConfigNotFoundException);
var PublicPolicyException$ = [
	-3,
	n0$1,
	_PPE,
	{
		[_e$1]: _c$1,
		[_hE]: 400
	},
	[_T$1, _M$1],
	[0, 0]
];
n0_registry$1.registerError(PublicPolicyException$, PublicPolicyException);
var RecursiveInvocationException$ = [
	-3,
	n0$1,
	_RIE,
	{
		[_e$1]: _c$1,
		[_hE]: 400
	},
	[_T$1, _M$1],
	[0, 0]
];
n0_registry$1.registerError(RecursiveInvocationException$, RecursiveInvocationException);
var RequestTooLargeException$ = [
	-3,
	n0$1,
	_RTLE,
	{
		[_e$1]: _c$1,
		[_hE]: 413
	},
	[_T$1, _m$1],
	[0, 0]
];
n0_registry$1.registerError(RequestTooLargeException$, RequestTooLargeException);
var ResourceConflictException$ = [
	-3,
	n0$1,
	_RCE,
	{
		[_e$1]: _c$1,
		[_hE]: 409
	},
	[_T$1, _m$1],
	[0, 0]
];
n0_registry$1.registerError(ResourceConflictException$, ResourceConflictException);
var ResourceInUseException$$1 = [
	-3,
	n0$1,
	_RIUE$1,
	{
		[_e$1]: _c$1,
		[_hE]: 400
	},
	[_T$1, _M$1],
	[0, 0]
];
n0_registry$1.registerError(ResourceInUseException$$1, ResourceInUseException$1);
var ResourceNotFoundException$$1 = [
	-3,
	n0$1,
	_RNFE$1,
	{
		[_e$1]: _c$1,
		[_hE]: 404
	},
	[_T$1, _M$1],
	[0, 0]
];
n0_registry$1.registerError(ResourceNotFoundException$$1, ResourceNotFoundException$1);
var ResourceNotReadyException$ = [
	-3,
	n0$1,
	_RNRE,
	{
		[_e$1]: _se$1,
		[_hE]: 502
	},
	[_T$1, _m$1],
	[0, 0]
];
n0_registry$1.registerError(ResourceNotReadyException$, ResourceNotReadyException);
var S3FilesMountConnectivityException$ = [
	-3,
	n0$1,
	_SFMCE,
	{
		[_e$1]: _c$1,
		[_hE]: 408
	},
	[_T$1, _M$1],
	[0, 0]
];
n0_registry$1.registerError(S3FilesMountConnectivityException$, S3FilesMountConnectivityException);
var S3FilesMountFailureException$ = [
	-3,
	n0$1,
	_SFMFE,
	{
		[_e$1]: _c$1,
		[_hE]: 403
	},
	[_T$1, _M$1],
	[0, 0]
];
n0_registry$1.registerError(S3FilesMountFailureException$, S3FilesMountFailureException);
var S3FilesMountTimeoutException$ = [
	-3,
	n0$1,
	_SFMTE,
	{
		[_e$1]: _c$1,
		[_hE]: 408
	},
	[_T$1, _M$1],
	[0, 0]
];
n0_registry$1.registerError(S3FilesMountTimeoutException$, S3FilesMountTimeoutException);
var SerializedRequestEntityTooLargeException$ = [
	-3,
	n0$1,
	_SRETLE,
	{
		[_e$1]: _c$1,
		[_hE]: 413
	},
	[_T$1, _m$1],
	[0, 0]
];
n0_registry$1.registerError(SerializedRequestEntityTooLargeException$, SerializedRequestEntityTooLargeException);
var ServiceException$ = [
	-3,
	n0$1,
	_SE,
	{
		[_e$1]: _se$1,
		[_hE]: 500
	},
	[_T$1, _M$1],
	[0, 0]
];
n0_registry$1.registerError(ServiceException$, ServiceException);
var ServiceQuotaExceededException$$1 = [
	-3,
	n0$1,
	_SQEE$1,
	{
		[_e$1]: _c$1,
		[_hE]: 402
	},
	[_T$1, _M$1],
	[0, 0]
];
n0_registry$1.registerError(ServiceQuotaExceededException$$1, ServiceQuotaExceededException$1);
var SnapStartException$ = [
	-3,
	n0$1,
	_SSE,
	{
		[_e$1]: _c$1,
		[_hE]: 400
	},
	[_T$1, _M$1],
	[0, 0]
];
n0_registry$1.registerError(SnapStartException$, SnapStartException);
var SnapStartNotReadyException$ = [
	-3,
	n0$1,
	_SSNRE,
	{
		[_e$1]: _c$1,
		[_hE]: 409
	},
	[_T$1, _M$1],
	[0, 0]
];
n0_registry$1.registerError(SnapStartNotReadyException$, SnapStartNotReadyException);
var SnapStartRegenerationFailureException$ = [
	-3,
	n0$1,
	_SSRFE,
	{
		[_e$1]: _c$1,
		[_hE]: 409
	},
	[_T$1, _M$1],
	[0, 0]
];
n0_registry$1.registerError(SnapStartRegenerationFailureException$, SnapStartRegenerationFailureException);
var SnapStartTimeoutException$ = [
	-3,
	n0$1,
	_SSTE,
	{
		[_e$1]: _c$1,
		[_hE]: 408
	},
	[_T$1, _M$1],
	[0, 0]
];
n0_registry$1.registerError(SnapStartTimeoutException$, SnapStartTimeoutException);
var SubnetIPAddressLimitReachedException$ = [
	-3,
	n0$1,
	_SIPALRE,
	{
		[_e$1]: _se$1,
		[_hE]: 502
	},
	[_T$1, _M$1],
	[0, 0]
];
n0_registry$1.registerError(SubnetIPAddressLimitReachedException$, SubnetIPAddressLimitReachedException);
var TooManyRequestsException$ = [
	-3,
	n0$1,
	_TMRE,
	{
		[_e$1]: _c$1,
		[_hE]: 429
	},
	[
		_rAS,
		_T$1,
		_m$1,
		_R
	],
	[
		[0, { [_hH]: _RA }],
		0,
		0,
		0
	]
];
n0_registry$1.registerError(TooManyRequestsException$, TooManyRequestsException);
var UnsupportedMediaTypeException$ = [
	-3,
	n0$1,
	_UMTE,
	{
		[_e$1]: _c$1,
		[_hE]: 415
	},
	[_T$1, _m$1],
	[0, 0]
];
n0_registry$1.registerError(UnsupportedMediaTypeException$, UnsupportedMediaTypeException);
const errorTypeRegistries$1 = [_s_registry$1, n0_registry$1];
var EnvironmentVariableName = [
	0,
	n0$1,
	_EVN,
	8,
	0
];
var EnvironmentVariableValue = [
	0,
	n0$1,
	_EVV,
	8,
	0
];
var SensitiveString = [
	0,
	n0$1,
	_SS,
	8,
	0
];
var AliasConfiguration$ = [
	3,
	n0$1,
	_AC,
	0,
	[
		_AA,
		_N$1,
		_FV,
		_D$1,
		_RC$1,
		_RI$1
	],
	[
		0,
		0,
		0,
		0,
		() => AliasRoutingConfiguration$,
		0
	]
];
var AliasRoutingConfiguration$ = [
	3,
	n0$1,
	_ARC,
	0,
	[_AVW],
	[129]
];
var CapacityProviderConfig$ = [
	3,
	n0$1,
	_CPC,
	0,
	[_LMICPC],
	[() => LambdaManagedInstancesCapacityProviderConfig$],
	1
];
var Concurrency$ = [
	3,
	n0$1,
	_C,
	0,
	[_RCEe],
	[1]
];
var DeadLetterConfig$ = [
	3,
	n0$1,
	_DLC,
	0,
	[_TA],
	[0]
];
var DurableConfig$ = [
	3,
	n0$1,
	_DCu,
	0,
	[
		_KMSKA,
		_RPID,
		_ETx
	],
	[
		0,
		1,
		1
	]
];
var EnvironmentError$ = [
	3,
	n0$1,
	_EE,
	0,
	[_EC, _M$1],
	[0, [() => SensitiveString, 0]]
];
var EnvironmentResponse$ = [
	3,
	n0$1,
	_ER,
	0,
	[_V$1, _E],
	[[() => EnvironmentVariables, 0], [() => EnvironmentError$, 0]]
];
var EphemeralStorage$ = [
	3,
	n0$1,
	_ES,
	0,
	[_Si],
	[1],
	1
];
var FileSystemConfig$ = [
	3,
	n0$1,
	_FSCi,
	0,
	[
		_Arn,
		_LMP,
		_SFC
	],
	[
		0,
		0,
		() => S3FilesConfig$
	],
	2
];
var FunctionCodeLocation$ = [
	3,
	n0$1,
	_FCL,
	0,
	[
		_RT$1,
		_Lo,
		_IU$1,
		_RIU,
		_RSO,
		_SKMSKA,
		_E
	],
	[
		0,
		0,
		0,
		0,
		() => ResolvedS3Object$,
		0,
		[() => FunctionCodeLocationError$, 0]
	]
];
var FunctionCodeLocationError$ = [
	3,
	n0$1,
	_FCLE,
	0,
	[_EC, _M$1],
	[0, [() => SensitiveString, 0]]
];
var FunctionConfiguration$ = [
	3,
	n0$1,
	_FCun,
	0,
	[
		_FN,
		_FA,
		_Ru,
		_Ro,
		_H,
		_CS,
		_D$1,
		_Ti,
		_MS,
		_LM,
		_CSo,
		_Ve$1,
		_VC,
		_DLC,
		_Env,
		_KMSKA,
		_TCr,
		_MAa,
		_RI$1,
		_L$1,
		_St,
		_SR,
		_SRCt,
		_LUS,
		_LUSR,
		_LUSRC,
		_FSC,
		_SPVAi,
		_SJA,
		_PTa,
		_ICR,
		_Ar,
		_ES,
		_SSn,
		_RVC,
		_LC,
		_TCe,
		_CPC,
		_CSon,
		_DCu
	],
	[
		0,
		0,
		0,
		0,
		0,
		1,
		0,
		1,
		1,
		0,
		0,
		0,
		() => VpcConfigResponse$,
		() => DeadLetterConfig$,
		[() => EnvironmentResponse$, 0],
		0,
		() => TracingConfigResponse$,
		0,
		0,
		() => LayersReferenceList,
		0,
		0,
		0,
		0,
		0,
		0,
		() => FileSystemConfigList,
		0,
		0,
		0,
		[() => ImageConfigResponse$, 0],
		64,
		() => EphemeralStorage$,
		() => SnapStartResponse$,
		[() => RuntimeVersionConfig$, 0],
		() => LoggingConfig$,
		() => TenancyConfig$,
		() => CapacityProviderConfig$,
		0,
		() => DurableConfig$
	]
];
var GetAliasRequest$ = [
	3,
	n0$1,
	_GAR,
	0,
	[_FN, _N$1],
	[[0, 1], [0, 1]],
	2
];
var GetFunctionConfigurationRequest$ = [
	3,
	n0$1,
	_GFCRet,
	0,
	[_FN, _Q],
	[[0, 1], [0, { [_hQ]: _Q }]],
	1
];
var GetFunctionRequest$ = [
	3,
	n0$1,
	_GFR,
	0,
	[_FN, _Q],
	[[0, 1], [0, { [_hQ]: _Q }]],
	1
];
var GetFunctionResponse$ = [
	3,
	n0$1,
	_GFRe,
	0,
	[
		_Con,
		_Cod,
		_Ta,
		_TE$1,
		_C
	],
	[
		[() => FunctionConfiguration$, 0],
		[() => FunctionCodeLocation$, 0],
		128,
		() => TagsError$,
		() => Concurrency$
	]
];
var ImageConfig$ = [
	3,
	n0$1,
	_IC,
	0,
	[
		_EP,
		_Com,
		_WD$1
	],
	[
		64,
		64,
		0
	]
];
var ImageConfigError$ = [
	3,
	n0$1,
	_ICE,
	0,
	[_EC, _M$1],
	[0, [() => SensitiveString, 0]]
];
var ImageConfigResponse$ = [
	3,
	n0$1,
	_ICR,
	0,
	[_IC, _E],
	[() => ImageConfig$, [() => ImageConfigError$, 0]]
];
var LambdaManagedInstancesCapacityProviderConfig$ = [
	3,
	n0$1,
	_LMICPC,
	0,
	[
		_CPA,
		_PEEMC,
		_EEMGBPVC
	],
	[
		0,
		1,
		1
	],
	1
];
var Layer$ = [
	3,
	n0$1,
	_La,
	0,
	[
		_Arn,
		_CS,
		_SPVAi,
		_SJA
	],
	[
		0,
		1,
		0,
		0
	]
];
var LoggingConfig$ = [
	3,
	n0$1,
	_LC,
	0,
	[
		_LF,
		_ALL,
		_SLL,
		_LG
	],
	[
		0,
		0,
		0,
		0
	]
];
var ResolvedS3Object$ = [
	3,
	n0$1,
	_RSO,
	0,
	[
		_SB,
		_SK,
		_SOV
	],
	[
		0,
		0,
		0
	]
];
var RuntimeVersionConfig$ = [
	3,
	n0$1,
	_RVC,
	0,
	[_RVA, _E],
	[0, [() => RuntimeVersionError$, 0]]
];
var RuntimeVersionError$ = [
	3,
	n0$1,
	_RVE,
	0,
	[_EC, _M$1],
	[0, [() => SensitiveString, 0]]
];
var S3FilesConfig$ = [
	3,
	n0$1,
	_SFC,
	0,
	[_DSR],
	[0]
];
var SnapStartResponse$ = [
	3,
	n0$1,
	_SSR,
	0,
	[_AOp, _OSp],
	[0, 0]
];
var TagsError$ = [
	3,
	n0$1,
	_TE$1,
	0,
	[_EC, _M$1],
	[0, 0],
	2
];
var TenancyConfig$ = [
	3,
	n0$1,
	_TCe,
	0,
	[_TIM],
	[0],
	1
];
var TracingConfigResponse$ = [
	3,
	n0$1,
	_TCR,
	0,
	[_Mo],
	[0]
];
var UpdateAliasRequest$ = [
	3,
	n0$1,
	_UAR,
	0,
	[
		_FN,
		_N$1,
		_FV,
		_D$1,
		_RC$1,
		_RI$1
	],
	[
		[0, 1],
		[0, 1],
		0,
		0,
		() => AliasRoutingConfiguration$,
		0
	],
	2
];
var VpcConfigResponse$ = [
	3,
	n0$1,
	_VCR,
	0,
	[
		_SIu,
		_SGI,
		_VI,
		_IAFDS
	],
	[
		64,
		64,
		0,
		2
	]
];
var FileSystemConfigList = [
	1,
	n0$1,
	_FSCL,
	0,
	() => FileSystemConfig$
];
var LayersReferenceList = [
	1,
	n0$1,
	_LRL,
	0,
	() => Layer$
];
var EnvironmentVariables = [
	2,
	n0$1,
	_EVn,
	8,
	[() => EnvironmentVariableName, 0],
	[() => EnvironmentVariableValue, 0]
];
var GetAlias$ = [
	9,
	n0$1,
	_GA,
	{ [_h]: [
		"GET",
		"/2015-03-31/functions/{FunctionName}/aliases/{Name}",
		200
	] },
	() => GetAliasRequest$,
	() => AliasConfiguration$
];
var GetFunction$ = [
	9,
	n0$1,
	_GF,
	{ [_h]: [
		"GET",
		"/2015-03-31/functions/{FunctionName}",
		200
	] },
	() => GetFunctionRequest$,
	() => GetFunctionResponse$
];
var GetFunctionConfiguration$ = [
	9,
	n0$1,
	_GFCe,
	{ [_h]: [
		"GET",
		"/2015-03-31/functions/{FunctionName}/configuration",
		200
	] },
	() => GetFunctionConfigurationRequest$,
	() => FunctionConfiguration$
];
var UpdateAlias$ = [
	9,
	n0$1,
	_UA,
	{ [_h]: [
		"PUT",
		"/2015-03-31/functions/{FunctionName}/aliases/{Name}",
		200
	] },
	() => UpdateAliasRequest$,
	() => AliasConfiguration$
];
// node_modules/@aws-sdk/client-lambda/dist-es/runtimeConfig.shared.js
const getRuntimeConfig$3 = (config) => {
	return {
		apiVersion: "2015-03-31",
		base64Decoder: config?.base64Decoder ?? fromBase64,
		base64Encoder: config?.base64Encoder ?? toBase64$1,
		disableHostPrefix: config?.disableHostPrefix ?? false,
		endpointProvider: config?.endpointProvider ?? defaultEndpointResolver$1,
		extensions: config?.extensions ?? [],
		httpAuthSchemeProvider: config?.httpAuthSchemeProvider ?? defaultLambdaHttpAuthSchemeProvider,
		httpAuthSchemes: config?.httpAuthSchemes ?? [{
			schemeId: "aws.auth#sigv4",
			identityProvider: (ipc) => ipc.getIdentityProvider("aws.auth#sigv4"),
			signer: new AwsSdkSigV4Signer()
		}],
		logger: config?.logger ?? new NoOpLogger(),
		protocol: config?.protocol ?? AwsRestJsonProtocol,
		protocolSettings: config?.protocolSettings ?? {
			defaultNamespace: "com.amazonaws.lambda",
			errorTypeRegistries: errorTypeRegistries$1,
			version: "2015-03-31",
			serviceTarget: "AWSGirApiService"
		},
		serviceId: config?.serviceId ?? "Lambda",
		sha256: config?.sha256 ?? Sha256Node,
		urlParser: config?.urlParser ?? parseUrl,
		utf8Decoder: config?.utf8Decoder ?? fromUtf8$1,
		utf8Encoder: config?.utf8Encoder ?? toUtf8$1
	};
};
// node_modules/@aws-sdk/client-lambda/dist-es/runtimeConfig.js
const getRuntimeConfig$2 = (config) => {
	emitWarningIfUnsupportedVersion(process.version);
	const defaultsMode = resolveDefaultsModeConfig(config);
	const defaultConfigProvider = () => defaultsMode().then(loadConfigsForDefaultMode);
	const clientSharedValues = getRuntimeConfig$3(config);
	emitWarningIfUnsupportedVersion$1(process.version);
	const loaderConfig = {
		profile: config?.profile,
		logger: clientSharedValues.logger
	};
	return {
		...clientSharedValues,
		...config,
		runtime: "node",
		defaultsMode,
		authSchemePreference: config?.authSchemePreference ?? loadConfig(NODE_AUTH_SCHEME_PREFERENCE_OPTIONS, loaderConfig),
		bodyLengthChecker: config?.bodyLengthChecker ?? calculateBodyLength,
		credentialDefaultProvider: config?.credentialDefaultProvider ?? defaultProvider,
		defaultUserAgentProvider: config?.defaultUserAgentProvider ?? createDefaultUserAgentProvider({
			serviceId: clientSharedValues.serviceId,
			clientVersion: version$1
		}),
		eventStreamSerdeProvider: config?.eventStreamSerdeProvider ?? eventStreamSerdeProvider,
		maxAttempts: config?.maxAttempts ?? loadConfig(NODE_MAX_ATTEMPT_CONFIG_OPTIONS, config),
		region: config?.region ?? loadConfig(NODE_REGION_CONFIG_OPTIONS, {
			...NODE_REGION_CONFIG_FILE_OPTIONS,
			...loaderConfig
		}),
		requestHandler: NodeHttpHandler.create(config?.requestHandler ?? defaultConfigProvider),
		retryMode: config?.retryMode ?? loadConfig({
			...NODE_RETRY_MODE_CONFIG_OPTIONS,
			default: async () => (await defaultConfigProvider()).retryMode || DEFAULT_RETRY_MODE
		}, config),
		streamCollector: config?.streamCollector ?? streamCollector,
		useDualstackEndpoint: config?.useDualstackEndpoint ?? loadConfig(NODE_USE_DUALSTACK_ENDPOINT_CONFIG_OPTIONS, loaderConfig),
		useFipsEndpoint: config?.useFipsEndpoint ?? loadConfig(NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS, loaderConfig),
		userAgentAppId: config?.userAgentAppId ?? loadConfig(NODE_APP_ID_CONFIG_OPTIONS, loaderConfig)
	};
};
// node_modules/@aws-sdk/client-lambda/dist-es/auth/httpAuthExtensionConfiguration.js
const getHttpAuthExtensionConfiguration$1 = (runtimeConfig) => {
	const _httpAuthSchemes = runtimeConfig.httpAuthSchemes;
	let _httpAuthSchemeProvider = runtimeConfig.httpAuthSchemeProvider;
	let _credentials = runtimeConfig.credentials;
	return {
		setHttpAuthScheme(httpAuthScheme) {
			const index = _httpAuthSchemes.findIndex((scheme) => scheme.schemeId === httpAuthScheme.schemeId);
			if (index === -1) _httpAuthSchemes.push(httpAuthScheme);
			else _httpAuthSchemes.splice(index, 1, httpAuthScheme);
		},
		httpAuthSchemes() {
			return _httpAuthSchemes;
		},
		setHttpAuthSchemeProvider(httpAuthSchemeProvider) {
			_httpAuthSchemeProvider = httpAuthSchemeProvider;
		},
		httpAuthSchemeProvider() {
			return _httpAuthSchemeProvider;
		},
		setCredentials(credentials) {
			_credentials = credentials;
		},
		credentials() {
			return _credentials;
		}
	};
};
const resolveHttpAuthRuntimeConfig$1 = (config) => {
	return {
		httpAuthSchemes: config.httpAuthSchemes(),
		httpAuthSchemeProvider: config.httpAuthSchemeProvider(),
		credentials: config.credentials()
	};
};
// node_modules/@aws-sdk/client-lambda/dist-es/runtimeExtensions.js
const resolveRuntimeExtensions$1 = (runtimeConfig, extensions) => {
	const extensionConfiguration = Object.assign(getAwsRegionExtensionConfiguration(runtimeConfig), getDefaultExtensionConfiguration(runtimeConfig), getHttpHandlerExtensionConfiguration(runtimeConfig), getHttpAuthExtensionConfiguration$1(runtimeConfig));
	extensions.forEach((extension) => extension.configure(extensionConfiguration));
	return Object.assign(runtimeConfig, resolveAwsRegionExtensionConfiguration(extensionConfiguration), resolveDefaultRuntimeConfig(extensionConfiguration), resolveHttpHandlerRuntimeConfig(extensionConfiguration), resolveHttpAuthRuntimeConfig$1(extensionConfiguration));
};
// node_modules/@aws-sdk/client-lambda/dist-es/LambdaClient.js
var LambdaClient = class extends Client {
	config;
	constructor(...[configuration]) {
		const _config_0 = getRuntimeConfig$2(configuration || {});
		super(_config_0);
		this.initConfig = _config_0;
		const _config_2 = resolveUserAgentConfig(resolveClientEndpointParameters$1(_config_0));
		const _config_3 = resolveRetryConfig(_config_2);
		const _config_5 = resolveHostHeaderConfig(resolveRegionConfig(_config_3));
		const _config_6 = resolveEndpointConfig(_config_5);
		const _config_7 = resolveEventStreamSerdeConfig(_config_6);
		const _config_8 = resolveHttpAuthSchemeConfig$1(_config_7);
		const _config_9 = resolveRuntimeExtensions$1(_config_8, configuration?.extensions || []);
		this.config = _config_9;
		this.middlewareStack.use(getSchemaSerdePlugin(this.config));
		this.middlewareStack.use(getUserAgentPlugin(this.config));
		this.middlewareStack.use(getRetryPlugin(this.config));
		this.middlewareStack.use(getContentLengthPlugin(this.config));
		this.middlewareStack.use(getHostHeaderPlugin(this.config));
		this.middlewareStack.use(getLoggerPlugin(this.config));
		this.middlewareStack.use(getRecursionDetectionPlugin(this.config));
		this.middlewareStack.use(getHttpAuthSchemeEndpointRuleSetPlugin(this.config, {
			httpAuthSchemeParametersProvider: defaultLambdaHttpAuthSchemeParametersProvider,
			identityProviderConfigProvider: async (config) => new DefaultIdentityProviderConfig({ "aws.auth#sigv4": config.credentials })
		}));
		this.middlewareStack.use(getHttpSigningPlugin(this.config));
	}
	destroy() {
		super.destroy();
	}
};
// node_modules/@aws-sdk/client-lambda/dist-es/commandBuilder.js
const command$1 = makeBuilder(commonParams$1, "AWSGirApiService", "LambdaClient", getEndpointPlugin);
const _ep0$1 = {};
const _mw0$1 = (Command, cs, config, o) => [];
// node_modules/@aws-sdk/client-lambda/dist-es/commands/GetAliasCommand.js
var GetAliasCommand = class extends command$1(_ep0$1, _mw0$1, "GetAlias", GetAlias$) {};
// node_modules/@aws-sdk/client-lambda/dist-es/commands/GetFunctionCommand.js
var GetFunctionCommand = class extends command$1(_ep0$1, _mw0$1, "GetFunction", GetFunction$) {};
// node_modules/@aws-sdk/client-lambda/dist-es/commands/GetFunctionConfigurationCommand.js
var GetFunctionConfigurationCommand = class extends command$1(_ep0$1, _mw0$1, "GetFunctionConfiguration", GetFunctionConfiguration$) {};
// node_modules/@aws-sdk/client-lambda/dist-es/commands/UpdateAliasCommand.js
var UpdateAliasCommand = class extends command$1(_ep0$1, _mw0$1, "UpdateAlias", UpdateAlias$) {};
// node_modules/@aws-sdk/client-ssm/dist-es/auth/httpAuthSchemeProvider.js
const defaultSSMHttpAuthSchemeParametersProvider = async (config, context, input) => {
	return {
		operation: getSmithyContext(context).operation,
		region: await normalizeProvider$1(config.region)() || (() => {
			throw new Error("expected `region` to be configured for `aws.auth#sigv4`");
		})()
	};
};
function createAwsAuthSigv4HttpAuthOption(authParameters) {
	return {
		schemeId: "aws.auth#sigv4",
		signingProperties: {
			name: "ssm",
			region: authParameters.region
		},
		propertiesExtractor: (config, context) => ({ signingProperties: {
			config,
			context
		} })
	};
}
const defaultSSMHttpAuthSchemeProvider = (authParameters) => {
	const options = [];
	switch (authParameters.operation) {
		default: options.push(createAwsAuthSigv4HttpAuthOption(authParameters));
	}
	return options;
};
const resolveHttpAuthSchemeConfig = (config) => {
	const config_0 = resolveAwsSdkSigV4Config(config);
	return Object.assign(config_0, { authSchemePreference: normalizeProvider$1(config.authSchemePreference ?? []) });
};
// node_modules/@aws-sdk/client-ssm/dist-es/endpoint/EndpointParameters.js
const resolveClientEndpointParameters = (options) => {
	return Object.assign(options, {
		useDualstackEndpoint: options.useDualstackEndpoint ?? false,
		useFipsEndpoint: options.useFipsEndpoint ?? false,
		defaultSigningName: "ssm"
	});
};
const commonParams = {
	UseFIPS: {
		type: "builtInParams",
		name: "useFipsEndpoint"
	},
	Endpoint: {
		type: "builtInParams",
		name: "endpoint"
	},
	Region: {
		type: "builtInParams",
		name: "region"
	},
	UseDualStack: {
		type: "builtInParams",
		name: "useDualstackEndpoint"
	}
};
// node_modules/@aws-sdk/client-ssm/package.json
var version = "3.1169.0";
// node_modules/@aws-sdk/client-ssm/dist-es/endpoint/bdd.js
const k = "ref";
const a = -1;
const b = true;
const c = "isSet";
const d = "PartitionResult";
const e = "booleanEquals";
const f = "getAttr";
const g = { [k]: "Endpoint" };
const h = { [k]: d };
const i = {};
const j = [{ [k]: "Region" }];
const _data = {
	conditions: [
		[c, [g]],
		[c, j],
		[
			"aws.partition",
			j,
			d
		],
		[e, [{ [k]: "UseFIPS" }, b]],
		[e, [{ [k]: "UseDualStack" }, b]],
		[e, [{
			fn: f,
			argv: [h, "supportsDualStack"]
		}, b]],
		[e, [{
			fn: f,
			argv: [h, "supportsFIPS"]
		}, b]],
		["stringEquals", [{
			fn: f,
			argv: [h, "name"]
		}, "aws-us-gov"]]
	],
	results: [
		[a],
		[a, "Invalid Configuration: FIPS and custom endpoint are not supported"],
		[a, "Invalid Configuration: Dualstack and custom endpoint are not supported"],
		[g, i],
		["https://ssm-fips.{Region}.{PartitionResult#dualStackDnsSuffix}", i],
		[a, "FIPS and DualStack are enabled, but this partition does not support one or both"],
		["https://ssm.{Region}.amazonaws.com", i],
		["https://ssm-fips.{Region}.{PartitionResult#dnsSuffix}", i],
		[a, "FIPS is enabled but this partition does not support FIPS"],
		["https://ssm.{Region}.{PartitionResult#dualStackDnsSuffix}", i],
		[a, "DualStack is enabled but this partition does not support DualStack"],
		["https://ssm.{Region}.{PartitionResult#dnsSuffix}", i],
		[a, "Invalid Configuration: Missing Region"]
	]
};
const root = 2;
const nodes = new Int32Array([
	-1,
	1,
	-1,
	0,
	13,
	3,
	1,
	4,
	100000012,
	2,
	5,
	100000012,
	3,
	8,
	6,
	4,
	7,
	100000011,
	5,
	100000009,
	100000010,
	4,
	11,
	9,
	6,
	10,
	100000008,
	7,
	100000006,
	100000007,
	5,
	12,
	100000005,
	6,
	100000004,
	100000005,
	3,
	100000001,
	14,
	4,
	100000002,
	100000003
]);
const bdd = BinaryDecisionDiagram.from(nodes, root, _data.conditions, _data.results);
// node_modules/@aws-sdk/client-ssm/dist-es/endpoint/endpointResolver.js
const cache = new EndpointCache({
	size: 50,
	params: [
		"Endpoint",
		"Region",
		"UseDualStack",
		"UseFIPS"
	]
});
const defaultEndpointResolver = (endpointParams, context = {}) => {
	return cache.get(endpointParams, () => decideEndpoint(bdd, {
		endpointParams,
		logger: context.logger
	}));
};
customEndpointFunctions.aws = awsEndpointFunctions;
// node_modules/@aws-sdk/client-ssm/dist-es/models/SSMServiceException.js
var SSMServiceException = class SSMServiceException extends ServiceException$2 {
	static shapeId = "smithy.ts.sdk.synthetic.com.amazonaws.ssm#SSMServiceException";
	constructor(options) {
		super(options);
		Object.setPrototypeOf(this, SSMServiceException.prototype);
	}
};
// node_modules/@aws-sdk/client-ssm/dist-es/models/errors.js
var AccessDeniedException = class AccessDeniedException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#AccessDeniedException";
	name = "AccessDeniedException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "AccessDeniedException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, AccessDeniedException.prototype);
		this.Message = opts.Message;
	}
};
var InternalServerError = class InternalServerError extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InternalServerError";
	name = "InternalServerError";
	$fault = "server";
	Message;
	constructor(opts) {
		super({
			name: "InternalServerError",
			$fault: "server",
			...opts
		});
		Object.setPrototypeOf(this, InternalServerError.prototype);
		this.Message = opts.Message;
	}
};
var InvalidResourceId = class InvalidResourceId extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidResourceId";
	name = "InvalidResourceId";
	$fault = "client";
	constructor(opts) {
		super({
			name: "InvalidResourceId",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidResourceId.prototype);
	}
};
var InvalidResourceType = class InvalidResourceType extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidResourceType";
	name = "InvalidResourceType";
	$fault = "client";
	constructor(opts) {
		super({
			name: "InvalidResourceType",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidResourceType.prototype);
	}
};
var TooManyTagsError = class TooManyTagsError extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#TooManyTagsError";
	name = "TooManyTagsError";
	$fault = "client";
	constructor(opts) {
		super({
			name: "TooManyTagsError",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, TooManyTagsError.prototype);
	}
};
var TooManyUpdates = class TooManyUpdates extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#TooManyUpdates";
	name = "TooManyUpdates";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "TooManyUpdates",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, TooManyUpdates.prototype);
		this.Message = opts.Message;
	}
};
var AlreadyExistsException = class AlreadyExistsException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#AlreadyExistsException";
	name = "AlreadyExistsException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "AlreadyExistsException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, AlreadyExistsException.prototype);
		this.Message = opts.Message;
	}
};
var OpsItemConflictException = class OpsItemConflictException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#OpsItemConflictException";
	name = "OpsItemConflictException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "OpsItemConflictException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, OpsItemConflictException.prototype);
		this.Message = opts.Message;
	}
};
var OpsItemInvalidParameterException = class OpsItemInvalidParameterException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#OpsItemInvalidParameterException";
	name = "OpsItemInvalidParameterException";
	$fault = "client";
	ParameterNames;
	Message;
	constructor(opts) {
		super({
			name: "OpsItemInvalidParameterException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, OpsItemInvalidParameterException.prototype);
		this.ParameterNames = opts.ParameterNames;
		this.Message = opts.Message;
	}
};
var OpsItemLimitExceededException = class OpsItemLimitExceededException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#OpsItemLimitExceededException";
	name = "OpsItemLimitExceededException";
	$fault = "client";
	ResourceTypes;
	Limit;
	LimitType;
	Message;
	constructor(opts) {
		super({
			name: "OpsItemLimitExceededException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, OpsItemLimitExceededException.prototype);
		this.ResourceTypes = opts.ResourceTypes;
		this.Limit = opts.Limit;
		this.LimitType = opts.LimitType;
		this.Message = opts.Message;
	}
};
var OpsItemNotFoundException = class OpsItemNotFoundException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#OpsItemNotFoundException";
	name = "OpsItemNotFoundException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "OpsItemNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, OpsItemNotFoundException.prototype);
		this.Message = opts.Message;
	}
};
var OpsItemRelatedItemAlreadyExistsException = class OpsItemRelatedItemAlreadyExistsException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#OpsItemRelatedItemAlreadyExistsException";
	name = "OpsItemRelatedItemAlreadyExistsException";
	$fault = "client";
	Message;
	ResourceUri;
	OpsItemId;
	constructor(opts) {
		super({
			name: "OpsItemRelatedItemAlreadyExistsException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, OpsItemRelatedItemAlreadyExistsException.prototype);
		this.Message = opts.Message;
		this.ResourceUri = opts.ResourceUri;
		this.OpsItemId = opts.OpsItemId;
	}
};
var DuplicateInstanceId = class DuplicateInstanceId extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#DuplicateInstanceId";
	name = "DuplicateInstanceId";
	$fault = "client";
	constructor(opts) {
		super({
			name: "DuplicateInstanceId",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, DuplicateInstanceId.prototype);
	}
};
var InvalidCommandId = class InvalidCommandId extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidCommandId";
	name = "InvalidCommandId";
	$fault = "client";
	constructor(opts) {
		super({
			name: "InvalidCommandId",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidCommandId.prototype);
	}
};
var InvalidInstanceId = class InvalidInstanceId extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidInstanceId";
	name = "InvalidInstanceId";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidInstanceId",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidInstanceId.prototype);
		this.Message = opts.Message;
	}
};
var DoesNotExistException = class DoesNotExistException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#DoesNotExistException";
	name = "DoesNotExistException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "DoesNotExistException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, DoesNotExistException.prototype);
		this.Message = opts.Message;
	}
};
var InvalidParameters = class InvalidParameters extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidParameters";
	name = "InvalidParameters";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidParameters",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidParameters.prototype);
		this.Message = opts.Message;
	}
};
var AssociationAlreadyExists = class AssociationAlreadyExists extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#AssociationAlreadyExists";
	name = "AssociationAlreadyExists";
	$fault = "client";
	constructor(opts) {
		super({
			name: "AssociationAlreadyExists",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, AssociationAlreadyExists.prototype);
	}
};
var AssociationLimitExceeded = class AssociationLimitExceeded extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#AssociationLimitExceeded";
	name = "AssociationLimitExceeded";
	$fault = "client";
	constructor(opts) {
		super({
			name: "AssociationLimitExceeded",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, AssociationLimitExceeded.prototype);
	}
};
var InvalidDocument = class InvalidDocument extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidDocument";
	name = "InvalidDocument";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidDocument",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidDocument.prototype);
		this.Message = opts.Message;
	}
};
var InvalidDocumentVersion = class InvalidDocumentVersion extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidDocumentVersion";
	name = "InvalidDocumentVersion";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidDocumentVersion",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidDocumentVersion.prototype);
		this.Message = opts.Message;
	}
};
var InvalidOutputLocation = class InvalidOutputLocation extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidOutputLocation";
	name = "InvalidOutputLocation";
	$fault = "client";
	constructor(opts) {
		super({
			name: "InvalidOutputLocation",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidOutputLocation.prototype);
	}
};
var InvalidSchedule = class InvalidSchedule extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidSchedule";
	name = "InvalidSchedule";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidSchedule",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidSchedule.prototype);
		this.Message = opts.Message;
	}
};
var InvalidTag = class InvalidTag extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidTag";
	name = "InvalidTag";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidTag",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidTag.prototype);
		this.Message = opts.Message;
	}
};
var InvalidTarget = class InvalidTarget extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidTarget";
	name = "InvalidTarget";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidTarget",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidTarget.prototype);
		this.Message = opts.Message;
	}
};
var InvalidTargetMaps = class InvalidTargetMaps extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidTargetMaps";
	name = "InvalidTargetMaps";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidTargetMaps",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidTargetMaps.prototype);
		this.Message = opts.Message;
	}
};
var UnsupportedPlatformType = class UnsupportedPlatformType extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#UnsupportedPlatformType";
	name = "UnsupportedPlatformType";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "UnsupportedPlatformType",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, UnsupportedPlatformType.prototype);
		this.Message = opts.Message;
	}
};
var ConflictException = class ConflictException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#ConflictException";
	name = "ConflictException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "ConflictException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ConflictException.prototype);
		this.Message = opts.Message;
	}
};
var ServiceQuotaExceededException = class ServiceQuotaExceededException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#ServiceQuotaExceededException";
	name = "ServiceQuotaExceededException";
	$fault = "client";
	Message;
	ResourceId;
	ResourceType;
	QuotaCode;
	ServiceCode;
	constructor(opts) {
		super({
			name: "ServiceQuotaExceededException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ServiceQuotaExceededException.prototype);
		this.Message = opts.Message;
		this.ResourceId = opts.ResourceId;
		this.ResourceType = opts.ResourceType;
		this.QuotaCode = opts.QuotaCode;
		this.ServiceCode = opts.ServiceCode;
	}
};
var DocumentAlreadyExists = class DocumentAlreadyExists extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#DocumentAlreadyExists";
	name = "DocumentAlreadyExists";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "DocumentAlreadyExists",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, DocumentAlreadyExists.prototype);
		this.Message = opts.Message;
	}
};
var DocumentLimitExceeded = class DocumentLimitExceeded extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#DocumentLimitExceeded";
	name = "DocumentLimitExceeded";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "DocumentLimitExceeded",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, DocumentLimitExceeded.prototype);
		this.Message = opts.Message;
	}
};
var InvalidDocumentContent = class InvalidDocumentContent extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidDocumentContent";
	name = "InvalidDocumentContent";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidDocumentContent",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidDocumentContent.prototype);
		this.Message = opts.Message;
	}
};
var InvalidDocumentSchemaVersion = class InvalidDocumentSchemaVersion extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidDocumentSchemaVersion";
	name = "InvalidDocumentSchemaVersion";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidDocumentSchemaVersion",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidDocumentSchemaVersion.prototype);
		this.Message = opts.Message;
	}
};
var MaxDocumentSizeExceeded = class MaxDocumentSizeExceeded extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#MaxDocumentSizeExceeded";
	name = "MaxDocumentSizeExceeded";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "MaxDocumentSizeExceeded",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, MaxDocumentSizeExceeded.prototype);
		this.Message = opts.Message;
	}
};
var NoLongerSupportedException = class NoLongerSupportedException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#NoLongerSupportedException";
	name = "NoLongerSupportedException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "NoLongerSupportedException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, NoLongerSupportedException.prototype);
		this.Message = opts.Message;
	}
};
var IdempotentParameterMismatch = class IdempotentParameterMismatch extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#IdempotentParameterMismatch";
	name = "IdempotentParameterMismatch";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "IdempotentParameterMismatch",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, IdempotentParameterMismatch.prototype);
		this.Message = opts.Message;
	}
};
var ResourceLimitExceededException = class ResourceLimitExceededException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#ResourceLimitExceededException";
	name = "ResourceLimitExceededException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "ResourceLimitExceededException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ResourceLimitExceededException.prototype);
		this.Message = opts.Message;
	}
};
var OpsItemAccessDeniedException = class OpsItemAccessDeniedException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#OpsItemAccessDeniedException";
	name = "OpsItemAccessDeniedException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "OpsItemAccessDeniedException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, OpsItemAccessDeniedException.prototype);
		this.Message = opts.Message;
	}
};
var OpsItemAlreadyExistsException = class OpsItemAlreadyExistsException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#OpsItemAlreadyExistsException";
	name = "OpsItemAlreadyExistsException";
	$fault = "client";
	Message;
	OpsItemId;
	constructor(opts) {
		super({
			name: "OpsItemAlreadyExistsException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, OpsItemAlreadyExistsException.prototype);
		this.Message = opts.Message;
		this.OpsItemId = opts.OpsItemId;
	}
};
var OpsMetadataAlreadyExistsException = class OpsMetadataAlreadyExistsException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#OpsMetadataAlreadyExistsException";
	name = "OpsMetadataAlreadyExistsException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "OpsMetadataAlreadyExistsException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, OpsMetadataAlreadyExistsException.prototype);
	}
};
var OpsMetadataInvalidArgumentException = class OpsMetadataInvalidArgumentException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#OpsMetadataInvalidArgumentException";
	name = "OpsMetadataInvalidArgumentException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "OpsMetadataInvalidArgumentException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, OpsMetadataInvalidArgumentException.prototype);
	}
};
var OpsMetadataLimitExceededException = class OpsMetadataLimitExceededException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#OpsMetadataLimitExceededException";
	name = "OpsMetadataLimitExceededException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "OpsMetadataLimitExceededException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, OpsMetadataLimitExceededException.prototype);
	}
};
var OpsMetadataTooManyUpdatesException = class OpsMetadataTooManyUpdatesException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#OpsMetadataTooManyUpdatesException";
	name = "OpsMetadataTooManyUpdatesException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "OpsMetadataTooManyUpdatesException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, OpsMetadataTooManyUpdatesException.prototype);
	}
};
var ResourceDataSyncAlreadyExistsException = class ResourceDataSyncAlreadyExistsException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#ResourceDataSyncAlreadyExistsException";
	name = "ResourceDataSyncAlreadyExistsException";
	$fault = "client";
	SyncName;
	constructor(opts) {
		super({
			name: "ResourceDataSyncAlreadyExistsException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ResourceDataSyncAlreadyExistsException.prototype);
		this.SyncName = opts.SyncName;
	}
};
var ResourceDataSyncCountExceededException = class ResourceDataSyncCountExceededException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#ResourceDataSyncCountExceededException";
	name = "ResourceDataSyncCountExceededException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "ResourceDataSyncCountExceededException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ResourceDataSyncCountExceededException.prototype);
		this.Message = opts.Message;
	}
};
var ResourceDataSyncInvalidConfigurationException = class ResourceDataSyncInvalidConfigurationException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#ResourceDataSyncInvalidConfigurationException";
	name = "ResourceDataSyncInvalidConfigurationException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "ResourceDataSyncInvalidConfigurationException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ResourceDataSyncInvalidConfigurationException.prototype);
		this.Message = opts.Message;
	}
};
var InvalidActivation = class InvalidActivation extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidActivation";
	name = "InvalidActivation";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidActivation",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidActivation.prototype);
		this.Message = opts.Message;
	}
};
var InvalidActivationId = class InvalidActivationId extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidActivationId";
	name = "InvalidActivationId";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidActivationId",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidActivationId.prototype);
		this.Message = opts.Message;
	}
};
var AssociationDoesNotExist = class AssociationDoesNotExist extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#AssociationDoesNotExist";
	name = "AssociationDoesNotExist";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "AssociationDoesNotExist",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, AssociationDoesNotExist.prototype);
		this.Message = opts.Message;
	}
};
var ResourceNotFoundException = class ResourceNotFoundException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#ResourceNotFoundException";
	name = "ResourceNotFoundException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "ResourceNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ResourceNotFoundException.prototype);
		this.Message = opts.Message;
	}
};
var AssociatedInstances = class AssociatedInstances extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#AssociatedInstances";
	name = "AssociatedInstances";
	$fault = "client";
	constructor(opts) {
		super({
			name: "AssociatedInstances",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, AssociatedInstances.prototype);
	}
};
var InvalidDocumentOperation = class InvalidDocumentOperation extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidDocumentOperation";
	name = "InvalidDocumentOperation";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidDocumentOperation",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidDocumentOperation.prototype);
		this.Message = opts.Message;
	}
};
var InvalidDeleteInventoryParametersException = class InvalidDeleteInventoryParametersException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidDeleteInventoryParametersException";
	name = "InvalidDeleteInventoryParametersException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidDeleteInventoryParametersException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidDeleteInventoryParametersException.prototype);
		this.Message = opts.Message;
	}
};
var InvalidInventoryRequestException = class InvalidInventoryRequestException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidInventoryRequestException";
	name = "InvalidInventoryRequestException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidInventoryRequestException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidInventoryRequestException.prototype);
		this.Message = opts.Message;
	}
};
var InvalidOptionException = class InvalidOptionException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidOptionException";
	name = "InvalidOptionException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidOptionException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidOptionException.prototype);
		this.Message = opts.Message;
	}
};
var InvalidTypeNameException = class InvalidTypeNameException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidTypeNameException";
	name = "InvalidTypeNameException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidTypeNameException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidTypeNameException.prototype);
		this.Message = opts.Message;
	}
};
var OpsMetadataNotFoundException = class OpsMetadataNotFoundException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#OpsMetadataNotFoundException";
	name = "OpsMetadataNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "OpsMetadataNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, OpsMetadataNotFoundException.prototype);
	}
};
var ParameterNotFound = class ParameterNotFound extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#ParameterNotFound";
	name = "ParameterNotFound";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ParameterNotFound",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ParameterNotFound.prototype);
	}
};
var ResourceInUseException = class ResourceInUseException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#ResourceInUseException";
	name = "ResourceInUseException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "ResourceInUseException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ResourceInUseException.prototype);
		this.Message = opts.Message;
	}
};
var ResourceDataSyncNotFoundException = class ResourceDataSyncNotFoundException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#ResourceDataSyncNotFoundException";
	name = "ResourceDataSyncNotFoundException";
	$fault = "client";
	SyncName;
	SyncType;
	Message;
	constructor(opts) {
		super({
			name: "ResourceDataSyncNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ResourceDataSyncNotFoundException.prototype);
		this.SyncName = opts.SyncName;
		this.SyncType = opts.SyncType;
		this.Message = opts.Message;
	}
};
var MalformedResourcePolicyDocumentException = class MalformedResourcePolicyDocumentException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#MalformedResourcePolicyDocumentException";
	name = "MalformedResourcePolicyDocumentException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "MalformedResourcePolicyDocumentException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, MalformedResourcePolicyDocumentException.prototype);
		this.Message = opts.Message;
	}
};
var ResourcePolicyConflictException = class ResourcePolicyConflictException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#ResourcePolicyConflictException";
	name = "ResourcePolicyConflictException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "ResourcePolicyConflictException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ResourcePolicyConflictException.prototype);
		this.Message = opts.Message;
	}
};
var ResourcePolicyInvalidParameterException = class ResourcePolicyInvalidParameterException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#ResourcePolicyInvalidParameterException";
	name = "ResourcePolicyInvalidParameterException";
	$fault = "client";
	ParameterNames;
	Message;
	constructor(opts) {
		super({
			name: "ResourcePolicyInvalidParameterException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ResourcePolicyInvalidParameterException.prototype);
		this.ParameterNames = opts.ParameterNames;
		this.Message = opts.Message;
	}
};
var ResourcePolicyNotFoundException = class ResourcePolicyNotFoundException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#ResourcePolicyNotFoundException";
	name = "ResourcePolicyNotFoundException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "ResourcePolicyNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ResourcePolicyNotFoundException.prototype);
		this.Message = opts.Message;
	}
};
var TargetInUseException = class TargetInUseException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#TargetInUseException";
	name = "TargetInUseException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "TargetInUseException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, TargetInUseException.prototype);
		this.Message = opts.Message;
	}
};
var InvalidFilter = class InvalidFilter extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidFilter";
	name = "InvalidFilter";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidFilter",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidFilter.prototype);
		this.Message = opts.Message;
	}
};
var InvalidNextToken = class InvalidNextToken extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidNextToken";
	name = "InvalidNextToken";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidNextToken",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidNextToken.prototype);
		this.Message = opts.Message;
	}
};
var InvalidAssociationVersion = class InvalidAssociationVersion extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidAssociationVersion";
	name = "InvalidAssociationVersion";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidAssociationVersion",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidAssociationVersion.prototype);
		this.Message = opts.Message;
	}
};
var AssociationExecutionDoesNotExist = class AssociationExecutionDoesNotExist extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#AssociationExecutionDoesNotExist";
	name = "AssociationExecutionDoesNotExist";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "AssociationExecutionDoesNotExist",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, AssociationExecutionDoesNotExist.prototype);
		this.Message = opts.Message;
	}
};
var InvalidFilterKey = class InvalidFilterKey extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidFilterKey";
	name = "InvalidFilterKey";
	$fault = "client";
	constructor(opts) {
		super({
			name: "InvalidFilterKey",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidFilterKey.prototype);
	}
};
var InvalidFilterValue = class InvalidFilterValue extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidFilterValue";
	name = "InvalidFilterValue";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidFilterValue",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidFilterValue.prototype);
		this.Message = opts.Message;
	}
};
var AutomationExecutionNotFoundException = class AutomationExecutionNotFoundException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#AutomationExecutionNotFoundException";
	name = "AutomationExecutionNotFoundException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "AutomationExecutionNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, AutomationExecutionNotFoundException.prototype);
		this.Message = opts.Message;
	}
};
var InvalidPermissionType = class InvalidPermissionType extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidPermissionType";
	name = "InvalidPermissionType";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidPermissionType",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidPermissionType.prototype);
		this.Message = opts.Message;
	}
};
var UnsupportedOperatingSystem = class UnsupportedOperatingSystem extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#UnsupportedOperatingSystem";
	name = "UnsupportedOperatingSystem";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "UnsupportedOperatingSystem",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, UnsupportedOperatingSystem.prototype);
		this.Message = opts.Message;
	}
};
var InvalidInstanceInformationFilterValue = class InvalidInstanceInformationFilterValue extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidInstanceInformationFilterValue";
	name = "InvalidInstanceInformationFilterValue";
	$fault = "client";
	constructor(opts) {
		super({
			name: "InvalidInstanceInformationFilterValue",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidInstanceInformationFilterValue.prototype);
	}
};
var InvalidInstancePropertyFilterValue = class InvalidInstancePropertyFilterValue extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidInstancePropertyFilterValue";
	name = "InvalidInstancePropertyFilterValue";
	$fault = "client";
	constructor(opts) {
		super({
			name: "InvalidInstancePropertyFilterValue",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidInstancePropertyFilterValue.prototype);
	}
};
var InvalidDeletionIdException = class InvalidDeletionIdException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidDeletionIdException";
	name = "InvalidDeletionIdException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidDeletionIdException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidDeletionIdException.prototype);
		this.Message = opts.Message;
	}
};
var InvalidFilterOption = class InvalidFilterOption extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidFilterOption";
	name = "InvalidFilterOption";
	$fault = "client";
	constructor(opts) {
		super({
			name: "InvalidFilterOption",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidFilterOption.prototype);
	}
};
var OpsItemRelatedItemAssociationNotFoundException = class OpsItemRelatedItemAssociationNotFoundException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#OpsItemRelatedItemAssociationNotFoundException";
	name = "OpsItemRelatedItemAssociationNotFoundException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "OpsItemRelatedItemAssociationNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, OpsItemRelatedItemAssociationNotFoundException.prototype);
		this.Message = opts.Message;
	}
};
var ThrottlingException = class ThrottlingException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#ThrottlingException";
	name = "ThrottlingException";
	$fault = "client";
	Message;
	QuotaCode;
	ServiceCode;
	constructor(opts) {
		super({
			name: "ThrottlingException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ThrottlingException.prototype);
		this.Message = opts.Message;
		this.QuotaCode = opts.QuotaCode;
		this.ServiceCode = opts.ServiceCode;
	}
};
var ValidationException = class ValidationException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#ValidationException";
	name = "ValidationException";
	$fault = "client";
	Message;
	ReasonCode;
	constructor(opts) {
		super({
			name: "ValidationException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ValidationException.prototype);
		this.Message = opts.Message;
		this.ReasonCode = opts.ReasonCode;
	}
};
var InvalidDocumentType = class InvalidDocumentType extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidDocumentType";
	name = "InvalidDocumentType";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidDocumentType",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidDocumentType.prototype);
		this.Message = opts.Message;
	}
};
var UnsupportedCalendarException = class UnsupportedCalendarException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#UnsupportedCalendarException";
	name = "UnsupportedCalendarException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "UnsupportedCalendarException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, UnsupportedCalendarException.prototype);
		this.Message = opts.Message;
	}
};
var InvalidPluginName = class InvalidPluginName extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidPluginName";
	name = "InvalidPluginName";
	$fault = "client";
	constructor(opts) {
		super({
			name: "InvalidPluginName",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidPluginName.prototype);
	}
};
var InvocationDoesNotExist = class InvocationDoesNotExist extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvocationDoesNotExist";
	name = "InvocationDoesNotExist";
	$fault = "client";
	constructor(opts) {
		super({
			name: "InvocationDoesNotExist",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvocationDoesNotExist.prototype);
	}
};
var UnsupportedFeatureRequiredException = class UnsupportedFeatureRequiredException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#UnsupportedFeatureRequiredException";
	name = "UnsupportedFeatureRequiredException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "UnsupportedFeatureRequiredException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, UnsupportedFeatureRequiredException.prototype);
		this.Message = opts.Message;
	}
};
var InvalidAggregatorException = class InvalidAggregatorException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidAggregatorException";
	name = "InvalidAggregatorException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidAggregatorException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidAggregatorException.prototype);
		this.Message = opts.Message;
	}
};
var InvalidInventoryGroupException = class InvalidInventoryGroupException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidInventoryGroupException";
	name = "InvalidInventoryGroupException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidInventoryGroupException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidInventoryGroupException.prototype);
		this.Message = opts.Message;
	}
};
var InvalidResultAttributeException = class InvalidResultAttributeException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidResultAttributeException";
	name = "InvalidResultAttributeException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidResultAttributeException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidResultAttributeException.prototype);
		this.Message = opts.Message;
	}
};
var InvalidKeyId = class InvalidKeyId extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidKeyId";
	name = "InvalidKeyId";
	$fault = "client";
	constructor(opts) {
		super({
			name: "InvalidKeyId",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidKeyId.prototype);
	}
};
var ParameterVersionNotFound = class ParameterVersionNotFound extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#ParameterVersionNotFound";
	name = "ParameterVersionNotFound";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ParameterVersionNotFound",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ParameterVersionNotFound.prototype);
	}
};
var ServiceSettingNotFound = class ServiceSettingNotFound extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#ServiceSettingNotFound";
	name = "ServiceSettingNotFound";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "ServiceSettingNotFound",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ServiceSettingNotFound.prototype);
		this.Message = opts.Message;
	}
};
var ParameterVersionLabelLimitExceeded = class ParameterVersionLabelLimitExceeded extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#ParameterVersionLabelLimitExceeded";
	name = "ParameterVersionLabelLimitExceeded";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ParameterVersionLabelLimitExceeded",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ParameterVersionLabelLimitExceeded.prototype);
	}
};
var UnsupportedOperationException = class UnsupportedOperationException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#UnsupportedOperationException";
	name = "UnsupportedOperationException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "UnsupportedOperationException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, UnsupportedOperationException.prototype);
		this.Message = opts.Message;
	}
};
var DocumentPermissionLimit = class DocumentPermissionLimit extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#DocumentPermissionLimit";
	name = "DocumentPermissionLimit";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "DocumentPermissionLimit",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, DocumentPermissionLimit.prototype);
		this.Message = opts.Message;
	}
};
var ComplianceTypeCountLimitExceededException = class ComplianceTypeCountLimitExceededException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#ComplianceTypeCountLimitExceededException";
	name = "ComplianceTypeCountLimitExceededException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "ComplianceTypeCountLimitExceededException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ComplianceTypeCountLimitExceededException.prototype);
		this.Message = opts.Message;
	}
};
var InvalidItemContentException = class InvalidItemContentException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidItemContentException";
	name = "InvalidItemContentException";
	$fault = "client";
	TypeName;
	Message;
	constructor(opts) {
		super({
			name: "InvalidItemContentException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidItemContentException.prototype);
		this.TypeName = opts.TypeName;
		this.Message = opts.Message;
	}
};
var ItemSizeLimitExceededException = class ItemSizeLimitExceededException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#ItemSizeLimitExceededException";
	name = "ItemSizeLimitExceededException";
	$fault = "client";
	TypeName;
	Message;
	constructor(opts) {
		super({
			name: "ItemSizeLimitExceededException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ItemSizeLimitExceededException.prototype);
		this.TypeName = opts.TypeName;
		this.Message = opts.Message;
	}
};
var TotalSizeLimitExceededException = class TotalSizeLimitExceededException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#TotalSizeLimitExceededException";
	name = "TotalSizeLimitExceededException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "TotalSizeLimitExceededException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, TotalSizeLimitExceededException.prototype);
		this.Message = opts.Message;
	}
};
var CustomSchemaCountLimitExceededException = class CustomSchemaCountLimitExceededException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#CustomSchemaCountLimitExceededException";
	name = "CustomSchemaCountLimitExceededException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "CustomSchemaCountLimitExceededException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, CustomSchemaCountLimitExceededException.prototype);
		this.Message = opts.Message;
	}
};
var InvalidInventoryItemContextException = class InvalidInventoryItemContextException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidInventoryItemContextException";
	name = "InvalidInventoryItemContextException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidInventoryItemContextException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidInventoryItemContextException.prototype);
		this.Message = opts.Message;
	}
};
var ItemContentMismatchException = class ItemContentMismatchException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#ItemContentMismatchException";
	name = "ItemContentMismatchException";
	$fault = "client";
	TypeName;
	Message;
	constructor(opts) {
		super({
			name: "ItemContentMismatchException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ItemContentMismatchException.prototype);
		this.TypeName = opts.TypeName;
		this.Message = opts.Message;
	}
};
var SubTypeCountLimitExceededException = class SubTypeCountLimitExceededException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#SubTypeCountLimitExceededException";
	name = "SubTypeCountLimitExceededException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "SubTypeCountLimitExceededException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, SubTypeCountLimitExceededException.prototype);
		this.Message = opts.Message;
	}
};
var UnsupportedInventoryItemContextException = class UnsupportedInventoryItemContextException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#UnsupportedInventoryItemContextException";
	name = "UnsupportedInventoryItemContextException";
	$fault = "client";
	TypeName;
	Message;
	constructor(opts) {
		super({
			name: "UnsupportedInventoryItemContextException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, UnsupportedInventoryItemContextException.prototype);
		this.TypeName = opts.TypeName;
		this.Message = opts.Message;
	}
};
var UnsupportedInventorySchemaVersionException = class UnsupportedInventorySchemaVersionException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#UnsupportedInventorySchemaVersionException";
	name = "UnsupportedInventorySchemaVersionException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "UnsupportedInventorySchemaVersionException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, UnsupportedInventorySchemaVersionException.prototype);
		this.Message = opts.Message;
	}
};
var HierarchyLevelLimitExceededException = class HierarchyLevelLimitExceededException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#HierarchyLevelLimitExceededException";
	name = "HierarchyLevelLimitExceededException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "HierarchyLevelLimitExceededException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, HierarchyLevelLimitExceededException.prototype);
	}
};
var HierarchyTypeMismatchException = class HierarchyTypeMismatchException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#HierarchyTypeMismatchException";
	name = "HierarchyTypeMismatchException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "HierarchyTypeMismatchException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, HierarchyTypeMismatchException.prototype);
	}
};
var IncompatiblePolicyException = class IncompatiblePolicyException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#IncompatiblePolicyException";
	name = "IncompatiblePolicyException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "IncompatiblePolicyException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, IncompatiblePolicyException.prototype);
	}
};
var InvalidAllowedPatternException = class InvalidAllowedPatternException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidAllowedPatternException";
	name = "InvalidAllowedPatternException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "InvalidAllowedPatternException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidAllowedPatternException.prototype);
	}
};
var InvalidPolicyAttributeException = class InvalidPolicyAttributeException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidPolicyAttributeException";
	name = "InvalidPolicyAttributeException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "InvalidPolicyAttributeException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidPolicyAttributeException.prototype);
	}
};
var InvalidPolicyTypeException = class InvalidPolicyTypeException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidPolicyTypeException";
	name = "InvalidPolicyTypeException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "InvalidPolicyTypeException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidPolicyTypeException.prototype);
	}
};
var ParameterAlreadyExists = class ParameterAlreadyExists extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#ParameterAlreadyExists";
	name = "ParameterAlreadyExists";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ParameterAlreadyExists",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ParameterAlreadyExists.prototype);
	}
};
var ParameterLimitExceeded = class ParameterLimitExceeded extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#ParameterLimitExceeded";
	name = "ParameterLimitExceeded";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ParameterLimitExceeded",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ParameterLimitExceeded.prototype);
	}
};
var ParameterMaxVersionLimitExceeded = class ParameterMaxVersionLimitExceeded extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#ParameterMaxVersionLimitExceeded";
	name = "ParameterMaxVersionLimitExceeded";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ParameterMaxVersionLimitExceeded",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ParameterMaxVersionLimitExceeded.prototype);
	}
};
var ParameterPatternMismatchException = class ParameterPatternMismatchException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#ParameterPatternMismatchException";
	name = "ParameterPatternMismatchException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ParameterPatternMismatchException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ParameterPatternMismatchException.prototype);
	}
};
var PoliciesLimitExceededException = class PoliciesLimitExceededException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#PoliciesLimitExceededException";
	name = "PoliciesLimitExceededException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "PoliciesLimitExceededException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, PoliciesLimitExceededException.prototype);
	}
};
var UnsupportedParameterType = class UnsupportedParameterType extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#UnsupportedParameterType";
	name = "UnsupportedParameterType";
	$fault = "client";
	constructor(opts) {
		super({
			name: "UnsupportedParameterType",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, UnsupportedParameterType.prototype);
	}
};
var ResourcePolicyLimitExceededException = class ResourcePolicyLimitExceededException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#ResourcePolicyLimitExceededException";
	name = "ResourcePolicyLimitExceededException";
	$fault = "client";
	Limit;
	LimitType;
	Message;
	constructor(opts) {
		super({
			name: "ResourcePolicyLimitExceededException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ResourcePolicyLimitExceededException.prototype);
		this.Limit = opts.Limit;
		this.LimitType = opts.LimitType;
		this.Message = opts.Message;
	}
};
var FeatureNotAvailableException = class FeatureNotAvailableException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#FeatureNotAvailableException";
	name = "FeatureNotAvailableException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "FeatureNotAvailableException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, FeatureNotAvailableException.prototype);
		this.Message = opts.Message;
	}
};
var AutomationStepNotFoundException = class AutomationStepNotFoundException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#AutomationStepNotFoundException";
	name = "AutomationStepNotFoundException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "AutomationStepNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, AutomationStepNotFoundException.prototype);
		this.Message = opts.Message;
	}
};
var InvalidAutomationSignalException = class InvalidAutomationSignalException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidAutomationSignalException";
	name = "InvalidAutomationSignalException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidAutomationSignalException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidAutomationSignalException.prototype);
		this.Message = opts.Message;
	}
};
var InvalidNotificationConfig = class InvalidNotificationConfig extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidNotificationConfig";
	name = "InvalidNotificationConfig";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidNotificationConfig",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidNotificationConfig.prototype);
		this.Message = opts.Message;
	}
};
var InvalidOutputFolder = class InvalidOutputFolder extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidOutputFolder";
	name = "InvalidOutputFolder";
	$fault = "client";
	constructor(opts) {
		super({
			name: "InvalidOutputFolder",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidOutputFolder.prototype);
	}
};
var InvalidRole = class InvalidRole extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidRole";
	name = "InvalidRole";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidRole",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidRole.prototype);
		this.Message = opts.Message;
	}
};
var InvalidAssociation = class InvalidAssociation extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidAssociation";
	name = "InvalidAssociation";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidAssociation",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidAssociation.prototype);
		this.Message = opts.Message;
	}
};
var AutomationDefinitionNotFoundException = class AutomationDefinitionNotFoundException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#AutomationDefinitionNotFoundException";
	name = "AutomationDefinitionNotFoundException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "AutomationDefinitionNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, AutomationDefinitionNotFoundException.prototype);
		this.Message = opts.Message;
	}
};
var AutomationDefinitionVersionNotFoundException = class AutomationDefinitionVersionNotFoundException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#AutomationDefinitionVersionNotFoundException";
	name = "AutomationDefinitionVersionNotFoundException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "AutomationDefinitionVersionNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, AutomationDefinitionVersionNotFoundException.prototype);
		this.Message = opts.Message;
	}
};
var AutomationExecutionLimitExceededException = class AutomationExecutionLimitExceededException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#AutomationExecutionLimitExceededException";
	name = "AutomationExecutionLimitExceededException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "AutomationExecutionLimitExceededException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, AutomationExecutionLimitExceededException.prototype);
		this.Message = opts.Message;
	}
};
var InvalidAutomationExecutionParametersException = class InvalidAutomationExecutionParametersException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidAutomationExecutionParametersException";
	name = "InvalidAutomationExecutionParametersException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidAutomationExecutionParametersException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidAutomationExecutionParametersException.prototype);
		this.Message = opts.Message;
	}
};
var AutomationDefinitionNotApprovedException = class AutomationDefinitionNotApprovedException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#AutomationDefinitionNotApprovedException";
	name = "AutomationDefinitionNotApprovedException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "AutomationDefinitionNotApprovedException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, AutomationDefinitionNotApprovedException.prototype);
		this.Message = opts.Message;
	}
};
var TargetNotConnected = class TargetNotConnected extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#TargetNotConnected";
	name = "TargetNotConnected";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "TargetNotConnected",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, TargetNotConnected.prototype);
		this.Message = opts.Message;
	}
};
var InvalidAutomationStatusUpdateException = class InvalidAutomationStatusUpdateException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidAutomationStatusUpdateException";
	name = "InvalidAutomationStatusUpdateException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidAutomationStatusUpdateException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidAutomationStatusUpdateException.prototype);
		this.Message = opts.Message;
	}
};
var AssociationVersionLimitExceeded = class AssociationVersionLimitExceeded extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#AssociationVersionLimitExceeded";
	name = "AssociationVersionLimitExceeded";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "AssociationVersionLimitExceeded",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, AssociationVersionLimitExceeded.prototype);
		this.Message = opts.Message;
	}
};
var InvalidUpdate = class InvalidUpdate extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#InvalidUpdate";
	name = "InvalidUpdate";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "InvalidUpdate",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidUpdate.prototype);
		this.Message = opts.Message;
	}
};
var StatusUnchanged = class StatusUnchanged extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#StatusUnchanged";
	name = "StatusUnchanged";
	$fault = "client";
	constructor(opts) {
		super({
			name: "StatusUnchanged",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, StatusUnchanged.prototype);
	}
};
var DocumentVersionLimitExceeded = class DocumentVersionLimitExceeded extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#DocumentVersionLimitExceeded";
	name = "DocumentVersionLimitExceeded";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "DocumentVersionLimitExceeded",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, DocumentVersionLimitExceeded.prototype);
		this.Message = opts.Message;
	}
};
var DuplicateDocumentContent = class DuplicateDocumentContent extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#DuplicateDocumentContent";
	name = "DuplicateDocumentContent";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "DuplicateDocumentContent",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, DuplicateDocumentContent.prototype);
		this.Message = opts.Message;
	}
};
var DuplicateDocumentVersionName = class DuplicateDocumentVersionName extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#DuplicateDocumentVersionName";
	name = "DuplicateDocumentVersionName";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "DuplicateDocumentVersionName",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, DuplicateDocumentVersionName.prototype);
		this.Message = opts.Message;
	}
};
var OpsMetadataKeyLimitExceededException = class OpsMetadataKeyLimitExceededException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#OpsMetadataKeyLimitExceededException";
	name = "OpsMetadataKeyLimitExceededException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "OpsMetadataKeyLimitExceededException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, OpsMetadataKeyLimitExceededException.prototype);
	}
};
var ResourceDataSyncConflictException = class ResourceDataSyncConflictException extends SSMServiceException {
	static shapeId = "com.amazonaws.ssm#ResourceDataSyncConflictException";
	name = "ResourceDataSyncConflictException";
	$fault = "client";
	Message;
	constructor(opts) {
		super({
			name: "ResourceDataSyncConflictException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ResourceDataSyncConflictException.prototype);
		this.Message = opts.Message;
	}
};
// node_modules/@aws-sdk/client-ssm/dist-es/schemas/schemas_0.js
const _AAE = "AssociationAlreadyExists";
const _ADE = "AccessDeniedException";
const _ADNAE = "AutomationDefinitionNotApprovedException";
const _ADNE = "AssociationDoesNotExist";
const _ADNFE = "AutomationDefinitionNotFoundException";
const _ADVNFE = "AutomationDefinitionVersionNotFoundException";
const _AEDNE = "AssociationExecutionDoesNotExist";
const _AEE = "AlreadyExistsException";
const _AELEE = "AutomationExecutionLimitExceededException";
const _AENFE = "AutomationExecutionNotFoundException";
const _AI = "AssociatedInstances";
const _ALE = "AssociationLimitExceeded";
const _APl = "AllowedPattern";
const _ARN = "ARN";
const _ASNFE = "AutomationStepNotFoundException";
const _AVLE = "AssociationVersionLimitExceeded";
const _CE = "ConflictException";
const _CSCLEE = "CustomSchemaCountLimitExceededException";
const _CTCLEE = "ComplianceTypeCountLimitExceededException";
const _D = "Description";
const _DAE = "DocumentAlreadyExists";
const _DDC = "DuplicateDocumentContent";
const _DDVN = "DuplicateDocumentVersionName";
const _DII = "DuplicateInstanceId";
const _DLE = "DocumentLimitExceeded";
const _DNEE = "DoesNotExistException";
const _DPL = "DocumentPermissionLimit";
const _DPR = "DeleteParameterRequest";
const _DPRe = "DeleteParameterResult";
const _DPe = "DeleteParameter";
const _DTa = "DataType";
const _DVLE = "DocumentVersionLimitExceeded";
const _FNAE = "FeatureNotAvailableException";
const _GPR = "GetParameterRequest";
const _GPRe = "GetParameterResult";
const _GPe = "GetParameter";
const _HLLEE = "HierarchyLevelLimitExceededException";
const _HTME = "HierarchyTypeMismatchException";
const _IA = "InvalidActivation";
const _IAE = "InvalidAggregatorException";
const _IAEPE = "InvalidAutomationExecutionParametersException";
const _IAI = "InvalidActivationId";
const _IAPE = "InvalidAllowedPatternException";
const _IASE = "InvalidAutomationSignalException";
const _IASUE = "InvalidAutomationStatusUpdateException";
const _IAV = "InvalidAssociationVersion";
const _IAn = "InvalidAssociation";
const _ICI = "InvalidCommandId";
const _ICME = "ItemContentMismatchException";
const _ID = "InvalidDocument";
const _IDC = "InvalidDocumentContent";
const _IDIE = "InvalidDeletionIdException";
const _IDIPE = "InvalidDeleteInventoryParametersException";
const _IDNE = "InvocationDoesNotExist";
const _IDO = "InvalidDocumentOperation";
const _IDSV = "InvalidDocumentSchemaVersion";
const _IDT = "InvalidDocumentType";
const _IDV = "InvalidDocumentVersion";
const _IF = "InvalidFilter";
const _IFK = "InvalidFilterKey";
const _IFO = "InvalidFilterOption";
const _IFV = "InvalidFilterValue";
const _IICE = "InvalidItemContentException";
const _IIGE = "InvalidInventoryGroupException";
const _III = "InvalidInstanceId";
const _IIICE = "InvalidInventoryItemContextException";
const _IIIFV = "InvalidInstanceInformationFilterValue";
const _IIPFV = "InvalidInstancePropertyFilterValue";
const _IIRE = "InvalidInventoryRequestException";
const _IKI = "InvalidKeyId";
const _INC = "InvalidNotificationConfig";
const _INT = "InvalidNextToken";
const _IOE = "InvalidOptionException";
const _IOF = "InvalidOutputFolder";
const _IOL = "InvalidOutputLocation";
const _IP = "InvalidParameters";
const _IPAE = "InvalidPolicyAttributeException";
const _IPE = "IncompatiblePolicyException";
const _IPM = "IdempotentParameterMismatch";
const _IPN = "InvalidPluginName";
const _IPT = "InvalidPermissionType";
const _IPTE = "InvalidPolicyTypeException";
const _IR = "InvalidRole";
const _IRAE = "InvalidResultAttributeException";
const _IRI = "InvalidResourceId";
const _IRT = "InvalidResourceType";
const _IS = "InvalidSchedule";
const _ISE = "InternalServerError";
const _ISLEE = "ItemSizeLimitExceededException";
const _IT = "InvalidTag";
const _ITM = "InvalidTargetMaps";
const _ITNE = "InvalidTypeNameException";
const _ITn = "InvalidTarget";
const _IU = "InvalidUpdate";
const _K = "Key";
const _KI = "KeyId";
const _L = "Limit";
const _LMD = "LastModifiedDate";
const _LT = "LimitType";
const _M = "Message";
const _MDSE = "MaxDocumentSizeExceeded";
const _MRPDE = "MalformedResourcePolicyDocumentException";
const _N = "Name";
const _NLSE = "NoLongerSupportedException";
const _OIADE = "OpsItemAccessDeniedException";
const _OIAEE = "OpsItemAlreadyExistsException";
const _OICE = "OpsItemConflictException";
const _OII = "OpsItemId";
const _OIIPE = "OpsItemInvalidParameterException";
const _OILEE = "OpsItemLimitExceededException";
const _OINFE = "OpsItemNotFoundException";
const _OIRIAEE = "OpsItemRelatedItemAlreadyExistsException";
const _OIRIANFE = "OpsItemRelatedItemAssociationNotFoundException";
const _OMAEE = "OpsMetadataAlreadyExistsException";
const _OMIAE = "OpsMetadataInvalidArgumentException";
const _OMKLEE = "OpsMetadataKeyLimitExceededException";
const _OMLEE = "OpsMetadataLimitExceededException";
const _OMNFE = "OpsMetadataNotFoundException";
const _OMTMUE = "OpsMetadataTooManyUpdatesException";
const _Ov = "Overwrite";
const _PAE = "ParameterAlreadyExists";
const _PLE = "ParameterLimitExceeded";
const _PLEE = "PoliciesLimitExceededException";
const _PMVLE = "ParameterMaxVersionLimitExceeded";
const _PN = "ParameterNames";
const _PNF = "ParameterNotFound";
const _PP = "PutParameter";
const _PPME = "ParameterPatternMismatchException";
const _PPR = "PutParameterRequest";
const _PPRu = "PutParameterResult";
const _PSPV = "PSParameterValue";
const _PVLLE = "ParameterVersionLabelLimitExceeded";
const _PVNF = "ParameterVersionNotFound";
const _Par = "Parameter";
const _Po = "Policies";
const _QC = "QuotaCode";
const _RC = "ReasonCode";
const _RDSAEE = "ResourceDataSyncAlreadyExistsException";
const _RDSCE = "ResourceDataSyncConflictException";
const _RDSCEE = "ResourceDataSyncCountExceededException";
const _RDSICE = "ResourceDataSyncInvalidConfigurationException";
const _RDSNFE = "ResourceDataSyncNotFoundException";
const _RI = "ResourceId";
const _RIUE = "ResourceInUseException";
const _RLEE = "ResourceLimitExceededException";
const _RNFE = "ResourceNotFoundException";
const _RPCE = "ResourcePolicyConflictException";
const _RPIPE = "ResourcePolicyInvalidParameterException";
const _RPLEE = "ResourcePolicyLimitExceededException";
const _RPNFE = "ResourcePolicyNotFoundException";
const _RT = "ResourceTypes";
const _RTe = "ResourceType";
const _RU = "ResourceUri";
const _SC = "ServiceCode";
const _SN = "SyncName";
const _SQEE = "ServiceQuotaExceededException";
const _SRo = "SourceResult";
const _SSNF = "ServiceSettingNotFound";
const _ST = "SyncType";
const _STCLEE = "SubTypeCountLimitExceededException";
const _SU = "StatusUnchanged";
const _Sel = "Selector";
const _T = "Tags";
const _TE = "ThrottlingException";
const _TIUE = "TargetInUseException";
const _TLa = "TagList";
const _TMTE = "TooManyTagsError";
const _TMU = "TooManyUpdates";
const _TN = "TypeName";
const _TNC = "TargetNotConnected";
const _TSLEE = "TotalSizeLimitExceededException";
const _Tag = "Tag";
const _Tie = "Tier";
const _Ty = "Type";
const _UCE = "UnsupportedCalendarException";
const _UFRE = "UnsupportedFeatureRequiredException";
const _UIICE = "UnsupportedInventoryItemContextException";
const _UISVE = "UnsupportedInventorySchemaVersionException";
const _UOE = "UnsupportedOperationException";
const _UOS = "UnsupportedOperatingSystem";
const _UPT = "UnsupportedParameterType";
const _UPTn = "UnsupportedPlatformType";
const _V = "Value";
const _VE = "ValidationException";
const _Ve = "Version";
const _WD = "WithDecryption";
const _aQE = "awsQueryError";
const _c = "client";
const _e = "error";
const _m = "message";
const _s = "smithy.ts.sdk.synthetic.com.amazonaws.ssm";
const _se = "server";
const n0 = "com.amazonaws.ssm";
const _s_registry = new TypeRegistry(_s);
var SSMServiceException$ = [
	-3,
	_s,
	"SSMServiceException",
	0,
	[],
	[]
];
_s_registry.registerError(SSMServiceException$, SSMServiceException);
const n0_registry = new TypeRegistry(n0);
var AccessDeniedException$ = [
	-3,
	n0,
	_ADE,
	{ [_e]: _c },
	[_M],
	[0],
	1
];
n0_registry.registerError(AccessDeniedException$, AccessDeniedException);
var AlreadyExistsException$ = [
	-3,
	n0,
	_AEE,
	{
		[_aQE]: [`AlreadyExistsException`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(AlreadyExistsException$, AlreadyExistsException);
var AssociatedInstances$ = [
	-3,
	n0,
	_AI,
	{
		[_aQE]: [`AssociatedInstances`, 400],
		[_e]: _c
	},
	[],
	[]
];
n0_registry.registerError(AssociatedInstances$, AssociatedInstances);
var AssociationAlreadyExists$ = [
	-3,
	n0,
	_AAE,
	{
		[_aQE]: [`AssociationAlreadyExists`, 400],
		[_e]: _c
	},
	[],
	[]
];
n0_registry.registerError(AssociationAlreadyExists$, AssociationAlreadyExists);
var AssociationDoesNotExist$ = [
	-3,
	n0,
	_ADNE,
	{
		[_aQE]: [`AssociationDoesNotExist`, 404],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(AssociationDoesNotExist$, AssociationDoesNotExist);
var AssociationExecutionDoesNotExist$ = [
	-3,
	n0,
	_AEDNE,
	{
		[_aQE]: [`AssociationExecutionDoesNotExist`, 404],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(AssociationExecutionDoesNotExist$, AssociationExecutionDoesNotExist);
var AssociationLimitExceeded$ = [
	-3,
	n0,
	_ALE,
	{
		[_aQE]: [`AssociationLimitExceeded`, 400],
		[_e]: _c
	},
	[],
	[]
];
n0_registry.registerError(AssociationLimitExceeded$, AssociationLimitExceeded);
var AssociationVersionLimitExceeded$ = [
	-3,
	n0,
	_AVLE,
	{
		[_aQE]: [`AssociationVersionLimitExceeded`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(AssociationVersionLimitExceeded$, AssociationVersionLimitExceeded);
var AutomationDefinitionNotApprovedException$ = [
	-3,
	n0,
	_ADNAE,
	{
		[_aQE]: [`AutomationDefinitionNotApproved`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(AutomationDefinitionNotApprovedException$, AutomationDefinitionNotApprovedException);
var AutomationDefinitionNotFoundException$ = [
	-3,
	n0,
	_ADNFE,
	{
		[_aQE]: [`AutomationDefinitionNotFound`, 404],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(AutomationDefinitionNotFoundException$, AutomationDefinitionNotFoundException);
var AutomationDefinitionVersionNotFoundException$ = [
	-3,
	n0,
	_ADVNFE,
	{
		[_aQE]: [`AutomationDefinitionVersionNotFound`, 404],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(AutomationDefinitionVersionNotFoundException$, AutomationDefinitionVersionNotFoundException);
var AutomationExecutionLimitExceededException$ = [
	-3,
	n0,
	_AELEE,
	{
		[_aQE]: [`AutomationExecutionLimitExceeded`, 429],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(AutomationExecutionLimitExceededException$, AutomationExecutionLimitExceededException);
var AutomationExecutionNotFoundException$ = [
	-3,
	n0,
	_AENFE,
	{
		[_aQE]: [`AutomationExecutionNotFound`, 404],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(AutomationExecutionNotFoundException$, AutomationExecutionNotFoundException);
var AutomationStepNotFoundException$ = [
	-3,
	n0,
	_ASNFE,
	{
		[_aQE]: [`AutomationStepNotFoundException`, 404],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(AutomationStepNotFoundException$, AutomationStepNotFoundException);
var ComplianceTypeCountLimitExceededException$ = [
	-3,
	n0,
	_CTCLEE,
	{
		[_aQE]: [`ComplianceTypeCountLimitExceeded`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(ComplianceTypeCountLimitExceededException$, ComplianceTypeCountLimitExceededException);
var ConflictException$ = [
	-3,
	n0,
	_CE,
	{
		[_aQE]: [`ConflictException`, 409],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(ConflictException$, ConflictException);
var CustomSchemaCountLimitExceededException$ = [
	-3,
	n0,
	_CSCLEE,
	{
		[_aQE]: [`CustomSchemaCountLimitExceeded`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(CustomSchemaCountLimitExceededException$, CustomSchemaCountLimitExceededException);
var DocumentAlreadyExists$ = [
	-3,
	n0,
	_DAE,
	{
		[_aQE]: [`DocumentAlreadyExists`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(DocumentAlreadyExists$, DocumentAlreadyExists);
var DocumentLimitExceeded$ = [
	-3,
	n0,
	_DLE,
	{
		[_aQE]: [`DocumentLimitExceeded`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(DocumentLimitExceeded$, DocumentLimitExceeded);
var DocumentPermissionLimit$ = [
	-3,
	n0,
	_DPL,
	{
		[_aQE]: [`DocumentPermissionLimit`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(DocumentPermissionLimit$, DocumentPermissionLimit);
var DocumentVersionLimitExceeded$ = [
	-3,
	n0,
	_DVLE,
	{
		[_aQE]: [`DocumentVersionLimitExceeded`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(DocumentVersionLimitExceeded$, DocumentVersionLimitExceeded);
var DoesNotExistException$ = [
	-3,
	n0,
	_DNEE,
	{
		[_aQE]: [`DoesNotExistException`, 404],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(DoesNotExistException$, DoesNotExistException);
var DuplicateDocumentContent$ = [
	-3,
	n0,
	_DDC,
	{
		[_aQE]: [`DuplicateDocumentContent`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(DuplicateDocumentContent$, DuplicateDocumentContent);
var DuplicateDocumentVersionName$ = [
	-3,
	n0,
	_DDVN,
	{
		[_aQE]: [`DuplicateDocumentVersionName`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(DuplicateDocumentVersionName$, DuplicateDocumentVersionName);
var DuplicateInstanceId$ = [
	-3,
	n0,
	_DII,
	{
		[_aQE]: [`DuplicateInstanceId`, 404],
		[_e]: _c
	},
	[],
	[]
];
n0_registry.registerError(DuplicateInstanceId$, DuplicateInstanceId);
var FeatureNotAvailableException$ = [
	-3,
	n0,
	_FNAE,
	{
		[_aQE]: [`FeatureNotAvailableException`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(FeatureNotAvailableException$, FeatureNotAvailableException);
var HierarchyLevelLimitExceededException$ = [
	-3,
	n0,
	_HLLEE,
	{
		[_aQE]: [`HierarchyLevelLimitExceededException`, 400],
		[_e]: _c
	},
	[_m],
	[0]
];
n0_registry.registerError(HierarchyLevelLimitExceededException$, HierarchyLevelLimitExceededException);
var HierarchyTypeMismatchException$ = [
	-3,
	n0,
	_HTME,
	{
		[_aQE]: [`HierarchyTypeMismatchException`, 400],
		[_e]: _c
	},
	[_m],
	[0]
];
n0_registry.registerError(HierarchyTypeMismatchException$, HierarchyTypeMismatchException);
var IdempotentParameterMismatch$ = [
	-3,
	n0,
	_IPM,
	{
		[_aQE]: [`IdempotentParameterMismatch`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(IdempotentParameterMismatch$, IdempotentParameterMismatch);
var IncompatiblePolicyException$ = [
	-3,
	n0,
	_IPE,
	{
		[_aQE]: [`IncompatiblePolicyException`, 400],
		[_e]: _c
	},
	[_m],
	[0]
];
n0_registry.registerError(IncompatiblePolicyException$, IncompatiblePolicyException);
var InternalServerError$ = [
	-3,
	n0,
	_ISE,
	{
		[_aQE]: [`InternalServerError`, 500],
		[_e]: _se
	},
	[_M],
	[0]
];
n0_registry.registerError(InternalServerError$, InternalServerError);
var InvalidActivation$ = [
	-3,
	n0,
	_IA,
	{
		[_aQE]: [`InvalidActivation`, 404],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(InvalidActivation$, InvalidActivation);
var InvalidActivationId$ = [
	-3,
	n0,
	_IAI,
	{
		[_aQE]: [`InvalidActivationId`, 404],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(InvalidActivationId$, InvalidActivationId);
var InvalidAggregatorException$ = [
	-3,
	n0,
	_IAE,
	{
		[_aQE]: [`InvalidAggregator`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(InvalidAggregatorException$, InvalidAggregatorException);
var InvalidAllowedPatternException$ = [
	-3,
	n0,
	_IAPE,
	{
		[_aQE]: [`InvalidAllowedPatternException`, 400],
		[_e]: _c
	},
	[_m],
	[0]
];
n0_registry.registerError(InvalidAllowedPatternException$, InvalidAllowedPatternException);
var InvalidAssociation$ = [
	-3,
	n0,
	_IAn,
	{
		[_aQE]: [`InvalidAssociation`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(InvalidAssociation$, InvalidAssociation);
var InvalidAssociationVersion$ = [
	-3,
	n0,
	_IAV,
	{
		[_aQE]: [`InvalidAssociationVersion`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(InvalidAssociationVersion$, InvalidAssociationVersion);
var InvalidAutomationExecutionParametersException$ = [
	-3,
	n0,
	_IAEPE,
	{
		[_aQE]: [`InvalidAutomationExecutionParameters`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(InvalidAutomationExecutionParametersException$, InvalidAutomationExecutionParametersException);
var InvalidAutomationSignalException$ = [
	-3,
	n0,
	_IASE,
	{
		[_aQE]: [`InvalidAutomationSignalException`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(InvalidAutomationSignalException$, InvalidAutomationSignalException);
var InvalidAutomationStatusUpdateException$ = [
	-3,
	n0,
	_IASUE,
	{
		[_aQE]: [`InvalidAutomationStatusUpdateException`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(InvalidAutomationStatusUpdateException$, InvalidAutomationStatusUpdateException);
var InvalidCommandId$ = [
	-3,
	n0,
	_ICI,
	{
		[_aQE]: [`InvalidCommandId`, 404],
		[_e]: _c
	},
	[],
	[]
];
n0_registry.registerError(InvalidCommandId$, InvalidCommandId);
var InvalidDeleteInventoryParametersException$ = [
	-3,
	n0,
	_IDIPE,
	{
		[_aQE]: [`InvalidDeleteInventoryParameters`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(InvalidDeleteInventoryParametersException$, InvalidDeleteInventoryParametersException);
var InvalidDeletionIdException$ = [
	-3,
	n0,
	_IDIE,
	{
		[_aQE]: [`InvalidDeletionId`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(InvalidDeletionIdException$, InvalidDeletionIdException);
var InvalidDocument$ = [
	-3,
	n0,
	_ID,
	{
		[_aQE]: [`InvalidDocument`, 404],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(InvalidDocument$, InvalidDocument);
var InvalidDocumentContent$ = [
	-3,
	n0,
	_IDC,
	{
		[_aQE]: [`InvalidDocumentContent`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(InvalidDocumentContent$, InvalidDocumentContent);
var InvalidDocumentOperation$ = [
	-3,
	n0,
	_IDO,
	{
		[_aQE]: [`InvalidDocumentOperation`, 403],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(InvalidDocumentOperation$, InvalidDocumentOperation);
var InvalidDocumentSchemaVersion$ = [
	-3,
	n0,
	_IDSV,
	{
		[_aQE]: [`InvalidDocumentSchemaVersion`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(InvalidDocumentSchemaVersion$, InvalidDocumentSchemaVersion);
var InvalidDocumentType$ = [
	-3,
	n0,
	_IDT,
	{
		[_aQE]: [`InvalidDocumentType`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(InvalidDocumentType$, InvalidDocumentType);
var InvalidDocumentVersion$ = [
	-3,
	n0,
	_IDV,
	{
		[_aQE]: [`InvalidDocumentVersion`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(InvalidDocumentVersion$, InvalidDocumentVersion);
var InvalidFilter$ = [
	-3,
	n0,
	_IF,
	{
		[_aQE]: [`InvalidFilter`, 441],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(InvalidFilter$, InvalidFilter);
var InvalidFilterKey$ = [
	-3,
	n0,
	_IFK,
	{
		[_aQE]: [`InvalidFilterKey`, 400],
		[_e]: _c
	},
	[],
	[]
];
n0_registry.registerError(InvalidFilterKey$, InvalidFilterKey);
var InvalidFilterOption$ = [
	-3,
	n0,
	_IFO,
	{
		[_aQE]: [`InvalidFilterOption`, 400],
		[_e]: _c
	},
	[_m],
	[0]
];
n0_registry.registerError(InvalidFilterOption$, InvalidFilterOption);
var InvalidFilterValue$ = [
	-3,
	n0,
	_IFV,
	{
		[_aQE]: [`InvalidFilterValue`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(InvalidFilterValue$, InvalidFilterValue);
var InvalidInstanceId$ = [
	-3,
	n0,
	_III,
	{
		[_aQE]: [`InvalidInstanceId`, 404],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(InvalidInstanceId$, InvalidInstanceId);
var InvalidInstanceInformationFilterValue$ = [
	-3,
	n0,
	_IIIFV,
	{
		[_aQE]: [`InvalidInstanceInformationFilterValue`, 400],
		[_e]: _c
	},
	[_m],
	[0]
];
n0_registry.registerError(InvalidInstanceInformationFilterValue$, InvalidInstanceInformationFilterValue);
var InvalidInstancePropertyFilterValue$ = [
	-3,
	n0,
	_IIPFV,
	{
		[_aQE]: [`InvalidInstancePropertyFilterValue`, 400],
		[_e]: _c
	},
	[_m],
	[0]
];
n0_registry.registerError(InvalidInstancePropertyFilterValue$, InvalidInstancePropertyFilterValue);
var InvalidInventoryGroupException$ = [
	-3,
	n0,
	_IIGE,
	{
		[_aQE]: [`InvalidInventoryGroup`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(InvalidInventoryGroupException$, InvalidInventoryGroupException);
var InvalidInventoryItemContextException$ = [
	-3,
	n0,
	_IIICE,
	{
		[_aQE]: [`InvalidInventoryItemContext`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(InvalidInventoryItemContextException$, InvalidInventoryItemContextException);
var InvalidInventoryRequestException$ = [
	-3,
	n0,
	_IIRE,
	{
		[_aQE]: [`InvalidInventoryRequest`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(InvalidInventoryRequestException$, InvalidInventoryRequestException);
var InvalidItemContentException$ = [
	-3,
	n0,
	_IICE,
	{
		[_aQE]: [`InvalidItemContent`, 400],
		[_e]: _c
	},
	[_TN, _M],
	[0, 0]
];
n0_registry.registerError(InvalidItemContentException$, InvalidItemContentException);
var InvalidKeyId$ = [
	-3,
	n0,
	_IKI,
	{
		[_aQE]: [`InvalidKeyId`, 400],
		[_e]: _c
	},
	[_m],
	[0]
];
n0_registry.registerError(InvalidKeyId$, InvalidKeyId);
var InvalidNextToken$ = [
	-3,
	n0,
	_INT,
	{
		[_aQE]: [`InvalidNextToken`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(InvalidNextToken$, InvalidNextToken);
var InvalidNotificationConfig$ = [
	-3,
	n0,
	_INC,
	{
		[_aQE]: [`InvalidNotificationConfig`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(InvalidNotificationConfig$, InvalidNotificationConfig);
var InvalidOptionException$ = [
	-3,
	n0,
	_IOE,
	{
		[_aQE]: [`InvalidOption`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(InvalidOptionException$, InvalidOptionException);
var InvalidOutputFolder$ = [
	-3,
	n0,
	_IOF,
	{
		[_aQE]: [`InvalidOutputFolder`, 400],
		[_e]: _c
	},
	[],
	[]
];
n0_registry.registerError(InvalidOutputFolder$, InvalidOutputFolder);
var InvalidOutputLocation$ = [
	-3,
	n0,
	_IOL,
	{
		[_aQE]: [`InvalidOutputLocation`, 400],
		[_e]: _c
	},
	[],
	[]
];
n0_registry.registerError(InvalidOutputLocation$, InvalidOutputLocation);
var InvalidParameters$ = [
	-3,
	n0,
	_IP,
	{
		[_aQE]: [`InvalidParameters`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(InvalidParameters$, InvalidParameters);
var InvalidPermissionType$ = [
	-3,
	n0,
	_IPT,
	{
		[_aQE]: [`InvalidPermissionType`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(InvalidPermissionType$, InvalidPermissionType);
var InvalidPluginName$ = [
	-3,
	n0,
	_IPN,
	{
		[_aQE]: [`InvalidPluginName`, 404],
		[_e]: _c
	},
	[],
	[]
];
n0_registry.registerError(InvalidPluginName$, InvalidPluginName);
var InvalidPolicyAttributeException$ = [
	-3,
	n0,
	_IPAE,
	{
		[_aQE]: [`InvalidPolicyAttributeException`, 400],
		[_e]: _c
	},
	[_m],
	[0]
];
n0_registry.registerError(InvalidPolicyAttributeException$, InvalidPolicyAttributeException);
var InvalidPolicyTypeException$ = [
	-3,
	n0,
	_IPTE,
	{
		[_aQE]: [`InvalidPolicyTypeException`, 400],
		[_e]: _c
	},
	[_m],
	[0]
];
n0_registry.registerError(InvalidPolicyTypeException$, InvalidPolicyTypeException);
var InvalidResourceId$ = [
	-3,
	n0,
	_IRI,
	{
		[_aQE]: [`InvalidResourceId`, 400],
		[_e]: _c
	},
	[],
	[]
];
n0_registry.registerError(InvalidResourceId$, InvalidResourceId);
var InvalidResourceType$ = [
	-3,
	n0,
	_IRT,
	{
		[_aQE]: [`InvalidResourceType`, 400],
		[_e]: _c
	},
	[],
	[]
];
n0_registry.registerError(InvalidResourceType$, InvalidResourceType);
var InvalidResultAttributeException$ = [
	-3,
	n0,
	_IRAE,
	{
		[_aQE]: [`InvalidResultAttribute`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(InvalidResultAttributeException$, InvalidResultAttributeException);
var InvalidRole$ = [
	-3,
	n0,
	_IR,
	{
		[_aQE]: [`InvalidRole`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(InvalidRole$, InvalidRole);
var InvalidSchedule$ = [
	-3,
	n0,
	_IS,
	{
		[_aQE]: [`InvalidSchedule`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(InvalidSchedule$, InvalidSchedule);
var InvalidTag$ = [
	-3,
	n0,
	_IT,
	{
		[_aQE]: [`InvalidTag`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(InvalidTag$, InvalidTag);
var InvalidTarget$ = [
	-3,
	n0,
	_ITn,
	{
		[_aQE]: [`InvalidTarget`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(InvalidTarget$, InvalidTarget);
var InvalidTargetMaps$ = [
	-3,
	n0,
	_ITM,
	{
		[_aQE]: [`InvalidTargetMaps`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(InvalidTargetMaps$, InvalidTargetMaps);
var InvalidTypeNameException$ = [
	-3,
	n0,
	_ITNE,
	{
		[_aQE]: [`InvalidTypeName`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(InvalidTypeNameException$, InvalidTypeNameException);
var InvalidUpdate$ = [
	-3,
	n0,
	_IU,
	{
		[_aQE]: [`InvalidUpdate`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(InvalidUpdate$, InvalidUpdate);
var InvocationDoesNotExist$ = [
	-3,
	n0,
	_IDNE,
	{
		[_aQE]: [`InvocationDoesNotExist`, 400],
		[_e]: _c
	},
	[],
	[]
];
n0_registry.registerError(InvocationDoesNotExist$, InvocationDoesNotExist);
var ItemContentMismatchException$ = [
	-3,
	n0,
	_ICME,
	{
		[_aQE]: [`ItemContentMismatch`, 400],
		[_e]: _c
	},
	[_TN, _M],
	[0, 0]
];
n0_registry.registerError(ItemContentMismatchException$, ItemContentMismatchException);
var ItemSizeLimitExceededException$ = [
	-3,
	n0,
	_ISLEE,
	{
		[_aQE]: [`ItemSizeLimitExceeded`, 400],
		[_e]: _c
	},
	[_TN, _M],
	[0, 0]
];
n0_registry.registerError(ItemSizeLimitExceededException$, ItemSizeLimitExceededException);
var MalformedResourcePolicyDocumentException$ = [
	-3,
	n0,
	_MRPDE,
	{
		[_aQE]: [`MalformedResourcePolicyDocumentException`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(MalformedResourcePolicyDocumentException$, MalformedResourcePolicyDocumentException);
var MaxDocumentSizeExceeded$ = [
	-3,
	n0,
	_MDSE,
	{
		[_aQE]: [`MaxDocumentSizeExceeded`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(MaxDocumentSizeExceeded$, MaxDocumentSizeExceeded);
var NoLongerSupportedException$ = [
	-3,
	n0,
	_NLSE,
	{
		[_aQE]: [`NoLongerSupported`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(NoLongerSupportedException$, NoLongerSupportedException);
var OpsItemAccessDeniedException$ = [
	-3,
	n0,
	_OIADE,
	{
		[_aQE]: [`OpsItemAccessDeniedException`, 403],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(OpsItemAccessDeniedException$, OpsItemAccessDeniedException);
var OpsItemAlreadyExistsException$ = [
	-3,
	n0,
	_OIAEE,
	{
		[_aQE]: [`OpsItemAlreadyExistsException`, 400],
		[_e]: _c
	},
	[_M, _OII],
	[0, 0]
];
n0_registry.registerError(OpsItemAlreadyExistsException$, OpsItemAlreadyExistsException);
var OpsItemConflictException$ = [
	-3,
	n0,
	_OICE,
	{
		[_aQE]: [`OpsItemConflictException`, 409],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(OpsItemConflictException$, OpsItemConflictException);
var OpsItemInvalidParameterException$ = [
	-3,
	n0,
	_OIIPE,
	{
		[_aQE]: [`OpsItemInvalidParameterException`, 400],
		[_e]: _c
	},
	[_PN, _M],
	[64, 0]
];
n0_registry.registerError(OpsItemInvalidParameterException$, OpsItemInvalidParameterException);
var OpsItemLimitExceededException$ = [
	-3,
	n0,
	_OILEE,
	{
		[_aQE]: [`OpsItemLimitExceededException`, 400],
		[_e]: _c
	},
	[
		_RT,
		_L,
		_LT,
		_M
	],
	[
		64,
		1,
		0,
		0
	]
];
n0_registry.registerError(OpsItemLimitExceededException$, OpsItemLimitExceededException);
var OpsItemNotFoundException$ = [
	-3,
	n0,
	_OINFE,
	{
		[_aQE]: [`OpsItemNotFoundException`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(OpsItemNotFoundException$, OpsItemNotFoundException);
var OpsItemRelatedItemAlreadyExistsException$ = [
	-3,
	n0,
	_OIRIAEE,
	{
		[_aQE]: [`OpsItemRelatedItemAlreadyExistsException`, 400],
		[_e]: _c
	},
	[
		_M,
		_RU,
		_OII
	],
	[
		0,
		0,
		0
	]
];
n0_registry.registerError(OpsItemRelatedItemAlreadyExistsException$, OpsItemRelatedItemAlreadyExistsException);
var OpsItemRelatedItemAssociationNotFoundException$ = [
	-3,
	n0,
	_OIRIANFE,
	{
		[_aQE]: [`OpsItemRelatedItemAssociationNotFoundException`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(OpsItemRelatedItemAssociationNotFoundException$, OpsItemRelatedItemAssociationNotFoundException);
var OpsMetadataAlreadyExistsException$ = [
	-3,
	n0,
	_OMAEE,
	{
		[_aQE]: [`OpsMetadataAlreadyExistsException`, 400],
		[_e]: _c
	},
	[_m],
	[0]
];
n0_registry.registerError(OpsMetadataAlreadyExistsException$, OpsMetadataAlreadyExistsException);
var OpsMetadataInvalidArgumentException$ = [
	-3,
	n0,
	_OMIAE,
	{
		[_aQE]: [`OpsMetadataInvalidArgumentException`, 400],
		[_e]: _c
	},
	[_m],
	[0]
];
n0_registry.registerError(OpsMetadataInvalidArgumentException$, OpsMetadataInvalidArgumentException);
var OpsMetadataKeyLimitExceededException$ = [
	-3,
	n0,
	_OMKLEE,
	{
		[_aQE]: [`OpsMetadataKeyLimitExceededException`, 429],
		[_e]: _c
	},
	[_m],
	[0]
];
n0_registry.registerError(OpsMetadataKeyLimitExceededException$, OpsMetadataKeyLimitExceededException);
var OpsMetadataLimitExceededException$ = [
	-3,
	n0,
	_OMLEE,
	{
		[_aQE]: [`OpsMetadataLimitExceededException`, 429],
		[_e]: _c
	},
	[_m],
	[0]
];
n0_registry.registerError(OpsMetadataLimitExceededException$, OpsMetadataLimitExceededException);
var OpsMetadataNotFoundException$ = [
	-3,
	n0,
	_OMNFE,
	{
		[_aQE]: [`OpsMetadataNotFoundException`, 404],
		[_e]: _c
	},
	[_m],
	[0]
];
n0_registry.registerError(OpsMetadataNotFoundException$, OpsMetadataNotFoundException);
var OpsMetadataTooManyUpdatesException$ = [
	-3,
	n0,
	_OMTMUE,
	{
		[_aQE]: [`OpsMetadataTooManyUpdatesException`, 429],
		[_e]: _c
	},
	[_m],
	[0]
];
n0_registry.registerError(OpsMetadataTooManyUpdatesException$, OpsMetadataTooManyUpdatesException);
var ParameterAlreadyExists$ = [
	-3,
	n0,
	_PAE,
	{
		[_aQE]: [`ParameterAlreadyExists`, 400],
		[_e]: _c
	},
	[_m],
	[0]
];
n0_registry.registerError(ParameterAlreadyExists$, ParameterAlreadyExists);
var ParameterLimitExceeded$ = [
	-3,
	n0,
	_PLE,
	{
		[_aQE]: [`ParameterLimitExceeded`, 429],
		[_e]: _c
	},
	[_m],
	[0]
];
n0_registry.registerError(ParameterLimitExceeded$, ParameterLimitExceeded);
var ParameterMaxVersionLimitExceeded$ = [
	-3,
	n0,
	_PMVLE,
	{
		[_aQE]: [`ParameterMaxVersionLimitExceeded`, 400],
		[_e]: _c
	},
	[_m],
	[0]
];
n0_registry.registerError(ParameterMaxVersionLimitExceeded$, ParameterMaxVersionLimitExceeded);
var ParameterNotFound$ = [
	-3,
	n0,
	_PNF,
	{
		[_aQE]: [`ParameterNotFound`, 404],
		[_e]: _c
	},
	[_m],
	[0]
];
n0_registry.registerError(ParameterNotFound$, ParameterNotFound);
var ParameterPatternMismatchException$ = [
	-3,
	n0,
	_PPME,
	{
		[_aQE]: [`ParameterPatternMismatchException`, 400],
		[_e]: _c
	},
	[_m],
	[0]
];
n0_registry.registerError(ParameterPatternMismatchException$, ParameterPatternMismatchException);
var ParameterVersionLabelLimitExceeded$ = [
	-3,
	n0,
	_PVLLE,
	{
		[_aQE]: [`ParameterVersionLabelLimitExceeded`, 400],
		[_e]: _c
	},
	[_m],
	[0]
];
n0_registry.registerError(ParameterVersionLabelLimitExceeded$, ParameterVersionLabelLimitExceeded);
var ParameterVersionNotFound$ = [
	-3,
	n0,
	_PVNF,
	{
		[_aQE]: [`ParameterVersionNotFound`, 400],
		[_e]: _c
	},
	[_m],
	[0]
];
n0_registry.registerError(ParameterVersionNotFound$, ParameterVersionNotFound);
var PoliciesLimitExceededException$ = [
	-3,
	n0,
	_PLEE,
	{
		[_aQE]: [`PoliciesLimitExceededException`, 400],
		[_e]: _c
	},
	[_m],
	[0]
];
n0_registry.registerError(PoliciesLimitExceededException$, PoliciesLimitExceededException);
var ResourceDataSyncAlreadyExistsException$ = [
	-3,
	n0,
	_RDSAEE,
	{
		[_aQE]: [`ResourceDataSyncAlreadyExists`, 400],
		[_e]: _c
	},
	[_SN],
	[0]
];
n0_registry.registerError(ResourceDataSyncAlreadyExistsException$, ResourceDataSyncAlreadyExistsException);
var ResourceDataSyncConflictException$ = [
	-3,
	n0,
	_RDSCE,
	{
		[_aQE]: [`ResourceDataSyncConflictException`, 409],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(ResourceDataSyncConflictException$, ResourceDataSyncConflictException);
var ResourceDataSyncCountExceededException$ = [
	-3,
	n0,
	_RDSCEE,
	{
		[_aQE]: [`ResourceDataSyncCountExceeded`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(ResourceDataSyncCountExceededException$, ResourceDataSyncCountExceededException);
var ResourceDataSyncInvalidConfigurationException$ = [
	-3,
	n0,
	_RDSICE,
	{
		[_aQE]: [`ResourceDataSyncInvalidConfiguration`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(ResourceDataSyncInvalidConfigurationException$, ResourceDataSyncInvalidConfigurationException);
var ResourceDataSyncNotFoundException$ = [
	-3,
	n0,
	_RDSNFE,
	{
		[_aQE]: [`ResourceDataSyncNotFound`, 404],
		[_e]: _c
	},
	[
		_SN,
		_ST,
		_M
	],
	[
		0,
		0,
		0
	]
];
n0_registry.registerError(ResourceDataSyncNotFoundException$, ResourceDataSyncNotFoundException);
var ResourceInUseException$ = [
	-3,
	n0,
	_RIUE,
	{
		[_aQE]: [`ResourceInUseException`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(ResourceInUseException$, ResourceInUseException);
var ResourceLimitExceededException$ = [
	-3,
	n0,
	_RLEE,
	{
		[_aQE]: [`ResourceLimitExceededException`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(ResourceLimitExceededException$, ResourceLimitExceededException);
var ResourceNotFoundException$ = [
	-3,
	n0,
	_RNFE,
	{
		[_aQE]: [`ResourceNotFoundException`, 404],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(ResourceNotFoundException$, ResourceNotFoundException);
var ResourcePolicyConflictException$ = [
	-3,
	n0,
	_RPCE,
	{
		[_aQE]: [`ResourcePolicyConflictException`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(ResourcePolicyConflictException$, ResourcePolicyConflictException);
var ResourcePolicyInvalidParameterException$ = [
	-3,
	n0,
	_RPIPE,
	{
		[_aQE]: [`ResourcePolicyInvalidParameterException`, 400],
		[_e]: _c
	},
	[_PN, _M],
	[64, 0]
];
n0_registry.registerError(ResourcePolicyInvalidParameterException$, ResourcePolicyInvalidParameterException);
var ResourcePolicyLimitExceededException$ = [
	-3,
	n0,
	_RPLEE,
	{
		[_aQE]: [`ResourcePolicyLimitExceededException`, 400],
		[_e]: _c
	},
	[
		_L,
		_LT,
		_M
	],
	[
		1,
		0,
		0
	]
];
n0_registry.registerError(ResourcePolicyLimitExceededException$, ResourcePolicyLimitExceededException);
var ResourcePolicyNotFoundException$ = [
	-3,
	n0,
	_RPNFE,
	{
		[_aQE]: [`ResourcePolicyNotFoundException`, 404],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(ResourcePolicyNotFoundException$, ResourcePolicyNotFoundException);
var ServiceQuotaExceededException$ = [
	-3,
	n0,
	_SQEE,
	{ [_e]: _c },
	[
		_M,
		_QC,
		_SC,
		_RI,
		_RTe
	],
	[
		0,
		0,
		0,
		0,
		0
	],
	3
];
n0_registry.registerError(ServiceQuotaExceededException$, ServiceQuotaExceededException);
var ServiceSettingNotFound$ = [
	-3,
	n0,
	_SSNF,
	{
		[_aQE]: [`ServiceSettingNotFound`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(ServiceSettingNotFound$, ServiceSettingNotFound);
var StatusUnchanged$ = [
	-3,
	n0,
	_SU,
	{
		[_aQE]: [`StatusUnchanged`, 400],
		[_e]: _c
	},
	[],
	[]
];
n0_registry.registerError(StatusUnchanged$, StatusUnchanged);
var SubTypeCountLimitExceededException$ = [
	-3,
	n0,
	_STCLEE,
	{
		[_aQE]: [`SubTypeCountLimitExceeded`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(SubTypeCountLimitExceededException$, SubTypeCountLimitExceededException);
var TargetInUseException$ = [
	-3,
	n0,
	_TIUE,
	{
		[_aQE]: [`TargetInUseException`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(TargetInUseException$, TargetInUseException);
var TargetNotConnected$ = [
	-3,
	n0,
	_TNC,
	{
		[_aQE]: [`TargetNotConnected`, 430],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(TargetNotConnected$, TargetNotConnected);
var ThrottlingException$ = [
	-3,
	n0,
	_TE,
	{ [_e]: _c },
	[
		_M,
		_QC,
		_SC
	],
	[
		0,
		0,
		0
	],
	1
];
n0_registry.registerError(ThrottlingException$, ThrottlingException);
var TooManyTagsError$ = [
	-3,
	n0,
	_TMTE,
	{
		[_aQE]: [`TooManyTagsError`, 400],
		[_e]: _c
	},
	[],
	[]
];
n0_registry.registerError(TooManyTagsError$, TooManyTagsError);
var TooManyUpdates$ = [
	-3,
	n0,
	_TMU,
	{
		[_aQE]: [`TooManyUpdates`, 429],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(TooManyUpdates$, TooManyUpdates);
var TotalSizeLimitExceededException$ = [
	-3,
	n0,
	_TSLEE,
	{
		[_aQE]: [`TotalSizeLimitExceeded`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(TotalSizeLimitExceededException$, TotalSizeLimitExceededException);
var UnsupportedCalendarException$ = [
	-3,
	n0,
	_UCE,
	{
		[_aQE]: [`UnsupportedCalendarException`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(UnsupportedCalendarException$, UnsupportedCalendarException);
var UnsupportedFeatureRequiredException$ = [
	-3,
	n0,
	_UFRE,
	{
		[_aQE]: [`UnsupportedFeatureRequiredException`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(UnsupportedFeatureRequiredException$, UnsupportedFeatureRequiredException);
var UnsupportedInventoryItemContextException$ = [
	-3,
	n0,
	_UIICE,
	{
		[_aQE]: [`UnsupportedInventoryItemContext`, 400],
		[_e]: _c
	},
	[_TN, _M],
	[0, 0]
];
n0_registry.registerError(UnsupportedInventoryItemContextException$, UnsupportedInventoryItemContextException);
var UnsupportedInventorySchemaVersionException$ = [
	-3,
	n0,
	_UISVE,
	{
		[_aQE]: [`UnsupportedInventorySchemaVersion`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(UnsupportedInventorySchemaVersionException$, UnsupportedInventorySchemaVersionException);
var UnsupportedOperatingSystem$ = [
	-3,
	n0,
	_UOS,
	{
		[_aQE]: [`UnsupportedOperatingSystem`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(UnsupportedOperatingSystem$, UnsupportedOperatingSystem);
var UnsupportedOperationException$ = [
	-3,
	n0,
	_UOE,
	{
		[_aQE]: [`UnsupportedOperation`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(UnsupportedOperationException$, UnsupportedOperationException);
var UnsupportedParameterType$ = [
	-3,
	n0,
	_UPT,
	{
		[_aQE]: [`UnsupportedParameterType`, 400],
		[_e]: _c
	},
	[_m],
	[0]
];
n0_registry.registerError(UnsupportedParameterType$, UnsupportedParameterType);
var UnsupportedPlatformType$ = [
	-3,
	n0,
	_UPTn,
	{
		[_aQE]: [`UnsupportedPlatformType`, 400],
		[_e]: _c
	},
	[_M],
	[0]
];
n0_registry.registerError(UnsupportedPlatformType$, UnsupportedPlatformType);
var ValidationException$ = [
	-3,
	n0,
	_VE,
	{
		[_aQE]: [`ValidationException`, 400],
		[_e]: _c
	},
	[_M, _RC],
	[0, 0]
];
n0_registry.registerError(ValidationException$, ValidationException);
const errorTypeRegistries = [_s_registry, n0_registry];
var PSParameterValue = [
	0,
	n0,
	_PSPV,
	8,
	0
];
var DeleteParameterRequest$ = [
	3,
	n0,
	_DPR,
	0,
	[_N],
	[0],
	1
];
var DeleteParameterResult$ = [
	3,
	n0,
	_DPRe,
	0,
	[],
	[]
];
var GetParameterRequest$ = [
	3,
	n0,
	_GPR,
	0,
	[_N, _WD],
	[0, 2],
	1
];
var GetParameterResult$ = [
	3,
	n0,
	_GPRe,
	0,
	[_Par],
	[[() => Parameter$, 0]]
];
var Parameter$ = [
	3,
	n0,
	_Par,
	0,
	[
		_N,
		_Ty,
		_V,
		_Ve,
		_Sel,
		_SRo,
		_LMD,
		_ARN,
		_DTa
	],
	[
		0,
		0,
		[() => PSParameterValue, 0],
		1,
		0,
		0,
		4,
		0,
		0
	]
];
var PutParameterRequest$ = [
	3,
	n0,
	_PPR,
	0,
	[
		_N,
		_V,
		_D,
		_Ty,
		_KI,
		_Ov,
		_APl,
		_T,
		_Tie,
		_Po,
		_DTa
	],
	[
		0,
		[() => PSParameterValue, 0],
		0,
		0,
		0,
		2,
		0,
		() => TagList,
		0,
		0,
		0
	],
	2
];
var PutParameterResult$ = [
	3,
	n0,
	_PPRu,
	0,
	[_Ve, _Tie],
	[1, 0]
];
var Tag$ = [
	3,
	n0,
	_Tag,
	0,
	[_K, _V],
	[0, 0],
	2
];
var TagList = [
	1,
	n0,
	_TLa,
	0,
	() => Tag$
];
var DeleteParameter$ = [
	9,
	n0,
	_DPe,
	0,
	() => DeleteParameterRequest$,
	() => DeleteParameterResult$
];
var GetParameter$ = [
	9,
	n0,
	_GPe,
	0,
	() => GetParameterRequest$,
	() => GetParameterResult$
];
var PutParameter$ = [
	9,
	n0,
	_PP,
	0,
	() => PutParameterRequest$,
	() => PutParameterResult$
];
// node_modules/@aws-sdk/client-ssm/dist-es/runtimeConfig.shared.js
const getRuntimeConfig$1 = (config) => {
	return {
		apiVersion: "2014-11-06",
		base64Decoder: config?.base64Decoder ?? fromBase64,
		base64Encoder: config?.base64Encoder ?? toBase64$1,
		disableHostPrefix: config?.disableHostPrefix ?? false,
		endpointProvider: config?.endpointProvider ?? defaultEndpointResolver,
		extensions: config?.extensions ?? [],
		httpAuthSchemeProvider: config?.httpAuthSchemeProvider ?? defaultSSMHttpAuthSchemeProvider,
		httpAuthSchemes: config?.httpAuthSchemes ?? [{
			schemeId: "aws.auth#sigv4",
			identityProvider: (ipc) => ipc.getIdentityProvider("aws.auth#sigv4"),
			signer: new AwsSdkSigV4Signer()
		}],
		logger: config?.logger ?? new NoOpLogger(),
		protocol: config?.protocol ?? AwsJson1_1Protocol,
		protocolSettings: config?.protocolSettings ?? {
			defaultNamespace: "com.amazonaws.ssm",
			errorTypeRegistries,
			xmlNamespace: "http://ssm.amazonaws.com/doc/2014-11-06/",
			version: "2014-11-06",
			serviceTarget: "AmazonSSM"
		},
		serviceId: config?.serviceId ?? "SSM",
		sha256: config?.sha256 ?? Sha256Node,
		urlParser: config?.urlParser ?? parseUrl,
		utf8Decoder: config?.utf8Decoder ?? fromUtf8$1,
		utf8Encoder: config?.utf8Encoder ?? toUtf8$1
	};
};
// node_modules/@aws-sdk/client-ssm/dist-es/runtimeConfig.js
const getRuntimeConfig = (config) => {
	emitWarningIfUnsupportedVersion(process.version);
	const defaultsMode = resolveDefaultsModeConfig(config);
	const defaultConfigProvider = () => defaultsMode().then(loadConfigsForDefaultMode);
	const clientSharedValues = getRuntimeConfig$1(config);
	emitWarningIfUnsupportedVersion$1(process.version);
	const loaderConfig = {
		profile: config?.profile,
		logger: clientSharedValues.logger
	};
	return {
		...clientSharedValues,
		...config,
		runtime: "node",
		defaultsMode,
		authSchemePreference: config?.authSchemePreference ?? loadConfig(NODE_AUTH_SCHEME_PREFERENCE_OPTIONS, loaderConfig),
		bodyLengthChecker: config?.bodyLengthChecker ?? calculateBodyLength,
		credentialDefaultProvider: config?.credentialDefaultProvider ?? defaultProvider,
		defaultSocketTimeout: getDefaultSocketTimeout(config?.requestHandler, 9e5),
		defaultUserAgentProvider: config?.defaultUserAgentProvider ?? createDefaultUserAgentProvider({
			serviceId: clientSharedValues.serviceId,
			clientVersion: version
		}),
		maxAttempts: config?.maxAttempts ?? loadConfig(NODE_MAX_ATTEMPT_CONFIG_OPTIONS, config),
		region: config?.region ?? loadConfig(NODE_REGION_CONFIG_OPTIONS, {
			...NODE_REGION_CONFIG_FILE_OPTIONS,
			...loaderConfig
		}),
		requestHandler: NodeHttpHandler.create(config?.requestHandler ?? defaultConfigProvider),
		retryMode: config?.retryMode ?? loadConfig({
			...NODE_RETRY_MODE_CONFIG_OPTIONS,
			default: async () => (await defaultConfigProvider()).retryMode || DEFAULT_RETRY_MODE
		}, config),
		streamCollector: config?.streamCollector ?? streamCollector,
		useDualstackEndpoint: config?.useDualstackEndpoint ?? loadConfig(NODE_USE_DUALSTACK_ENDPOINT_CONFIG_OPTIONS, loaderConfig),
		useFipsEndpoint: config?.useFipsEndpoint ?? loadConfig(NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS, loaderConfig),
		userAgentAppId: config?.userAgentAppId ?? loadConfig(NODE_APP_ID_CONFIG_OPTIONS, loaderConfig)
	};
};
// node_modules/@aws-sdk/client-ssm/dist-es/auth/httpAuthExtensionConfiguration.js
const getHttpAuthExtensionConfiguration = (runtimeConfig) => {
	const _httpAuthSchemes = runtimeConfig.httpAuthSchemes;
	let _httpAuthSchemeProvider = runtimeConfig.httpAuthSchemeProvider;
	let _credentials = runtimeConfig.credentials;
	return {
		setHttpAuthScheme(httpAuthScheme) {
			const index = _httpAuthSchemes.findIndex((scheme) => scheme.schemeId === httpAuthScheme.schemeId);
			if (index === -1) _httpAuthSchemes.push(httpAuthScheme);
			else _httpAuthSchemes.splice(index, 1, httpAuthScheme);
		},
		httpAuthSchemes() {
			return _httpAuthSchemes;
		},
		setHttpAuthSchemeProvider(httpAuthSchemeProvider) {
			_httpAuthSchemeProvider = httpAuthSchemeProvider;
		},
		httpAuthSchemeProvider() {
			return _httpAuthSchemeProvider;
		},
		setCredentials(credentials) {
			_credentials = credentials;
		},
		credentials() {
			return _credentials;
		}
	};
};
const resolveHttpAuthRuntimeConfig = (config) => {
	return {
		httpAuthSchemes: config.httpAuthSchemes(),
		httpAuthSchemeProvider: config.httpAuthSchemeProvider(),
		credentials: config.credentials()
	};
};
// node_modules/@aws-sdk/client-ssm/dist-es/runtimeExtensions.js
const resolveRuntimeExtensions = (runtimeConfig, extensions) => {
	const extensionConfiguration = Object.assign(getAwsRegionExtensionConfiguration(runtimeConfig), getDefaultExtensionConfiguration(runtimeConfig), getHttpHandlerExtensionConfiguration(runtimeConfig), getHttpAuthExtensionConfiguration(runtimeConfig));
	extensions.forEach((extension) => extension.configure(extensionConfiguration));
	return Object.assign(runtimeConfig, resolveAwsRegionExtensionConfiguration(extensionConfiguration), resolveDefaultRuntimeConfig(extensionConfiguration), resolveHttpHandlerRuntimeConfig(extensionConfiguration), resolveHttpAuthRuntimeConfig(extensionConfiguration));
};
// node_modules/@aws-sdk/client-ssm/dist-es/SSMClient.js
var SSMClient = class extends Client {
	config;
	constructor(...[configuration]) {
		const _config_0 = getRuntimeConfig(configuration || {});
		super(_config_0);
		this.initConfig = _config_0;
		const _config_2 = resolveUserAgentConfig(resolveClientEndpointParameters(_config_0));
		const _config_3 = resolveRetryConfig(_config_2);
		const _config_5 = resolveHostHeaderConfig(resolveRegionConfig(_config_3));
		const _config_6 = resolveEndpointConfig(_config_5);
		const _config_7 = resolveHttpAuthSchemeConfig(_config_6);
		const _config_8 = resolveRuntimeExtensions(_config_7, configuration?.extensions || []);
		this.config = _config_8;
		this.middlewareStack.use(getSchemaSerdePlugin(this.config));
		this.middlewareStack.use(getUserAgentPlugin(this.config));
		this.middlewareStack.use(getRetryPlugin(this.config));
		this.middlewareStack.use(getContentLengthPlugin(this.config));
		this.middlewareStack.use(getHostHeaderPlugin(this.config));
		this.middlewareStack.use(getLoggerPlugin(this.config));
		this.middlewareStack.use(getRecursionDetectionPlugin(this.config));
		this.middlewareStack.use(getHttpAuthSchemeEndpointRuleSetPlugin(this.config, {
			httpAuthSchemeParametersProvider: defaultSSMHttpAuthSchemeParametersProvider,
			identityProviderConfigProvider: async (config) => new DefaultIdentityProviderConfig({ "aws.auth#sigv4": config.credentials })
		}));
		this.middlewareStack.use(getHttpSigningPlugin(this.config));
	}
	destroy() {
		super.destroy();
	}
};
// node_modules/@aws-sdk/client-ssm/dist-es/commandBuilder.js
const command = makeBuilder(commonParams, "AmazonSSM", "SSMClient", getEndpointPlugin);
const _ep0 = {};
const _mw0 = (Command, cs, config, o) => [];
// node_modules/@aws-sdk/client-ssm/dist-es/commands/DeleteParameterCommand.js
var DeleteParameterCommand = class extends command(_ep0, _mw0, "DeleteParameter", DeleteParameter$) {};
// node_modules/@aws-sdk/client-ssm/dist-es/commands/GetParameterCommand.js
var GetParameterCommand = class extends command(_ep0, _mw0, "GetParameter", GetParameter$) {};
// node_modules/@aws-sdk/client-ssm/dist-es/commands/PutParameterCommand.js
var PutParameterCommand = class extends command(_ep0, _mw0, "PutParameter", PutParameter$) {};
export { ALGORITHM_IDENTIFIER, ALGORITHM_QUERY_PARAM, ALWAYS_UNSIGNABLE_HEADERS, AMZ_DATE_HEADER, AMZ_DATE_QUERY_PARAM, AUTH_HEADER, AccessDeniedException$4 as AccessDeniedException, AccessDeniedException$$4 as AccessDeniedException$, AccessDeniedException$$5 as AccessDeniedException$$1, AccessDeniedException$5 as AccessDeniedException$1, AccessToken$, AssumeRole$, AssumeRoleCommand, AssumeRoleRequest$, AssumeRoleResponse$, AssumeRoleWithWebIdentity$, AssumeRoleWithWebIdentityCommand, AssumeRoleWithWebIdentityRequest$, AssumeRoleWithWebIdentityResponse$, AssumedRoleUser$, AuthorizationPendingException, AuthorizationPendingException$, BedrockAgentCoreControlClient, CREDENTIAL_QUERY_PARAM, Client, CloudWatchLogsClient, Command, ContinueServiceDeploymentCommand, CreateOAuth2Token$, CreateOAuth2TokenCommand, CreateOAuth2TokenRequest$, CreateOAuth2TokenRequestBody$, CreateOAuth2TokenResponse$, CreateOAuth2TokenResponseBody$, CreateToken$, CreateTokenCommand, CreateTokenRequest$, CreateTokenResponse$, Credentials$, DATE_HEADER, DEFAULT_TIMEOUT, DeleteParameterCommand, DescribeImagesCommand, DescribeInstanceStatusCommand, DescribeListenersCommand, DescribeLoadBalancersCommand, DescribeServiceDeploymentsCommand, DescribeServiceRevisionsCommand, DescribeServicesCommand, DescribeTargetGroupsCommand, DescribeTargetHealthCommand, DescribeTaskDefinitionCommand, DescribeTasksCommand, EC2Client, ECRClient, ECSClient, ENV_ACCOUNT_ID, ENV_CMDS_AUTH_TOKEN, ENV_CMDS_FULL_URI, ENV_CMDS_RELATIVE_URI, ENV_CREDENTIAL_SCOPE, ENV_EXPIRATION, ENV_KEY, ENV_SECRET, ENV_SESSION, EVENT_ALGORITHM_IDENTIFIER, EXPIRES_QUERY_PARAM, ElasticLoadBalancingV2Client, Endpoint, EventStreamCodec, EventStreamMarshaller, EventStreamMarshaller$1, EventStreamSerde, ExpiredTokenException, ExpiredTokenException$, ExpiredTokenException$$1, ExpiredTokenException$1, FilterLogEventsCommand, GENERATED_HEADERS, GetAgentRuntimeCommand, GetAgentRuntimeEndpointCommand, GetAliasCommand, GetConsoleOutputCommand, GetFunctionCommand, GetFunctionConfigurationCommand, GetLogEventsCommand, GetParameterCommand, GetRoleCredentialsCommand, HeaderMarshaller, IDPCommunicationErrorException, IDPCommunicationErrorException$, IDPRejectedClaimException, IDPRejectedClaimException$, Int64, InternalServerException$2 as InternalServerException, InternalServerException$$2 as InternalServerException$, InternalServerException$$3 as InternalServerException$$1, InternalServerException$3 as InternalServerException$1, InvalidClientException, InvalidClientException$, InvalidGrantException, InvalidGrantException$, InvalidIdentityTokenException, InvalidIdentityTokenException$, InvalidRequestException, InvalidRequestException$, InvalidScopeException, InvalidScopeException$, KEY_TYPE_IDENTIFIER, LambdaClient, ListServiceDeploymentsCommand, ListTasksCommand, MAX_PRESIGNED_TTL, MalformedPolicyDocumentException, MalformedPolicyDocumentException$, MessageDecoderStream, MessageEncoderStream, PROXY_HEADER_PATTERN, PackedPolicyTooLargeException, PackedPolicyTooLargeException$, PolicyDescriptorType$, ProvidedContext$, PutParameterCommand, RegionDisabledException, RegionDisabledException$, SEC_HEADER_PATTERN, SHA256_HEADER, SIGNATURE_HEADER, SIGNATURE_QUERY_PARAM, SIGNED_HEADERS_QUERY_PARAM, SSMClient, SSOClient, SSOOIDCClient, SSOOIDCServiceException, SSOOIDCServiceException$, STSClient, STSServiceException, STSServiceException$, SignatureV4, SignatureV4Base, SigninClient, SigninServiceException, SigninServiceException$, SlowDownException, SlowDownException$, SmithyMessageDecoderStream, SmithyMessageEncoderStream, StopServiceDeploymentCommand, TOKEN_HEADER, TOKEN_QUERY_PARAM, Tag$$2 as Tag$, TooManyRequestsError, TooManyRequestsError$, UNSIGNED_PAYLOAD, UnauthorizedClientException, UnauthorizedClientException$, UnsupportedGrantTypeException, UnsupportedGrantTypeException$, UpdateAgentRuntimeEndpointCommand, UpdateAliasCommand, UpdateServiceCommand, ValidationException$4 as ValidationException, ValidationException$$4 as ValidationException$, createScope, credentialsTreatedAsExpired, defaultProvider, errorTypeRegistries$8 as errorTypeRegistries, errorTypeRegistries$9 as errorTypeRegistries$1, errorTypeRegistries$10 as errorTypeRegistries$2, eventStreamSerdeProvider, fromContainerMetadata, fromEnv, fromHttp, fromIni, fromInstanceMetadata, fromLoginCredentials, fromProcess, fromSSO, fromTokenFile, fromWebToken, getCanonicalHeaders, getCanonicalQuery, getChunkedStream, getDefaultRoleAssumer, getDefaultRoleAssumerWithWebIdentity, getInstanceMetadataEndpoint, getMessageUnmarshaller, getPayloadHash, getSigningKey, hasHeader, httpRequest, isSsoProfile, moveHeadersToQuery, prepareRequest, providerConfigFromInit, resolveEventStreamSerdeConfig, signatureV4aContainer, validateSsoProfile };
