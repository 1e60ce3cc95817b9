import { CancelledError, InputError, asObject, asText, compareContracts, compositeSecrets, contractOf, driftFailure, driftMode, driftOf, hasAuthorization, inWordsOf, isObject, isSecretName, isSetting, keySetting, line, log, mergeBackendConfig, messageOf, namingSettings, openSigner, parseHcl, parseJson as parseJson$1, plainString, readSettings, readSigningScope, repositoryRoot, secrets, shippedModuleNames, urlSecrets } from "./entry.js";
const { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } = process.getBuiltinModule("node:fs");
const { isAbsolute, join, relative, resolve, sep } = process.getBuiltinModule("node:path");
const createHash = (...values) => process.getBuiltinModule("node:crypto").createHash(...values);
const { isIP } = process.getBuiltinModule("node:net");
const { pipeline } = process.getBuiltinModule("node:stream");
const zlib = {
	get constants() {
		return process.getBuiltinModule("node:zlib").constants;
	},
	get createBrotliDecompress() {
		return process.getBuiltinModule("node:zlib").createBrotliDecompress;
	},
	get createGunzip() {
		return process.getBuiltinModule("node:zlib").createGunzip;
	},
	get createInflate() {
		return process.getBuiltinModule("node:zlib").createInflate;
	},
	get createInflateRaw() {
		return process.getBuiltinModule("node:zlib").createInflateRaw;
	},
	get createZstdDecompress() {
		return process.getBuiltinModule("node:zlib").createZstdDecompress;
	}
};
const { fileURLToPath } = process.getBuiltinModule("node:url");
const { setTimeout: setTimeout$1 } = process.getBuiltinModule("node:timers/promises");
// src/gate/parameter-headers.ts
const ANNOTATION = "x-mcp-header";
const FIELD_NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const HEADER_TYPES = [
	"string",
	"integer",
	"boolean"
];
const SCHEMA_KEYWORDS = [...[
	"items",
	"prefixItems",
	"contains",
	"additionalProperties",
	"unevaluatedProperties",
	"unevaluatedItems"
], ...[
	"propertyNames",
	"oneOf",
	"anyOf",
	"allOf",
	"not",
	"if",
	"then",
	"else"
]];
const NAMED_SCHEMA_KEYWORDS = [
	"patternProperties",
	"dependentSchemas",
	"$defs",
	"definitions"
];
const MAX_DEPTH$1 = 200;
function findHeaderFault(inputSchema) {
	const fault = readHeaders(inputSchema);
	return typeof fault === "string" ? fault : void 0;
}
function readHeaders(inputSchema) {
	const headers = [];
	const visit = (schema, path, isArgument, depth) => {
		if (typeof schema !== "object" || schema === null) return void 0;
		if (depth > MAX_DEPTH$1) return "the schema is nested too deep";
		const members = schema;
		const fault = ANNOTATION in members ? readAnnotation(members, path, isArgument, headers) : void 0;
		if (fault !== void 0) return fault;
		const inside = (value, name, isNextArgument) => visit(value, [...path, name], isNextArgument, depth + 1);
		const { properties } = members;
		if (typeof properties === "object" && properties !== null) for (const [name, value] of Object.entries(properties)) {
			const found = inside(value, name, isArgument);
			if (found !== void 0) return found;
		}
		const others = [...SCHEMA_KEYWORDS.flatMap((keyword) => members[keyword] ?? []), ...NAMED_SCHEMA_KEYWORDS.flatMap((keyword) => schemasByName(members[keyword]))];
		for (const value of others) {
			const found = inside(value, "\u2026", false);
			if (found !== void 0) return found;
		}
	};
	return visit(inputSchema, [], true, 0) ?? headers;
}
function schemasByName(value) {
	if (Array.isArray(value)) return value;
	return isObject(value) ? Object.values(value) : [];
}
function readAnnotation(schema, path, isArgument, headers) {
	const at = path.length === 0 ? "the schema itself" : path.join(".");
	const name = schema[ANNOTATION];
	if (!isArgument || path.length === 0) return `${at} is not an argument that only "properties" lead to`;
	if (typeof name !== "string" || !FIELD_NAME.test(name)) return `${at} names no valid HTTP header`;
	if (!HEADER_TYPES.includes(schema.type)) return `${at} is not a string, an integer or a boolean`;
	if (headers.some((header) => header.name.toLowerCase() === name.toLowerCase())) return `${name} is named twice`;
	headers.push({
		path,
		name
	});
}
// node_modules/eventsource-parser/dist/errors.js
var ParseError = class extends Error {
	constructor(message, options) {
		super(message);
		this.name = "ParseError";
		this.type = options.type;
		this.field = options.field;
		this.value = options.value;
		this.line = options.line;
	}
};
// node_modules/eventsource-parser/dist/parse.js
const LF = 10;
const CR = 13;
const SPACE = 32;
const MAX_FIELD_PREFIX_LENGTH = 6;
function createParser(config) {
	if (typeof config === "function") throw new TypeError("`config` must be an object, got a function instead. Did you mean `createParser({onEvent: fn})`?");
	const { maxBufferSize, onComment, onError, onEvent, onId, onRetry } = config;
	const pendingFragments = [];
	let pendingFragmentsLength = 0;
	let bomPrefix = "";
	let id;
	let data = "";
	let dataLines = 0;
	let eventType;
	let terminated = false;
	let skippingLine = false;
	let skipNextLineFeed = false;
	function feed(chunk) {
		if (terminated) throw new Error("Cannot feed parser: it was terminated after exceeding the configured max buffer size. Call `reset()` to resume parsing.");
		if (bomPrefix !== void 0) {
			chunk = bomPrefix + chunk;
			if (chunk === "" || chunk === "\u00ef" || chunk === "\u00ef\u00bb") {
				bomPrefix = chunk;
				return;
			}
			bomPrefix = void 0;
			chunk = chunk.replace(/^(?:\uFEFF|\xEF\xBB\xBF)/, "");
		}
		if (skippingLine || skipNextLineFeed) {
			chunk = resumeAfterSkip(chunk);
			if (!chunk) return;
		}
		if (!pendingFragments.length) {
			const trailing = processLines(chunk);
			if (trailing !== "") storeTrailing(trailing);
			checkForBufferOverflow();
			return;
		}
		if (chunk.indexOf("\n") === -1 && chunk.indexOf("\r") === -1) {
			if (pendingFragmentsLength < MAX_FIELD_PREFIX_LENGTH) {
				if (!shouldBufferTrailing(pendingFragments.join("") + chunk.slice(0, MAX_FIELD_PREFIX_LENGTH - pendingFragmentsLength))) {
					pendingFragments.length = 0;
					pendingFragmentsLength = 0;
					skippingLine = true;
					return;
				}
			}
			pendingFragments.push(chunk);
			pendingFragmentsLength += chunk.length;
			checkForBufferOverflow();
			return;
		}
		pendingFragments.push(chunk);
		const input = pendingFragments.join("");
		pendingFragments.length = 0;
		pendingFragmentsLength = 0;
		storeTrailing(processLines(input));
		checkForBufferOverflow();
	}
	function resumeAfterSkip(chunk) {
		if (chunk.length === 0) return chunk;
		if (skipNextLineFeed) {
			skipNextLineFeed = false;
			return chunk.charCodeAt(0) === LF ? chunk.slice(1) : chunk;
		}
		const crIndex = chunk.indexOf("\r");
		const lfIndex = chunk.indexOf("\n");
		const lineEnd = crIndex === -1 ? lfIndex : lfIndex === -1 ? crIndex : crIndex < lfIndex ? crIndex : lfIndex;
		if (lineEnd === -1) return "";
		if (lineEnd === chunk.length - 1 && chunk.charCodeAt(lineEnd) === CR) {
			skippingLine = false;
			skipNextLineFeed = true;
			return "";
		}
		skippingLine = false;
		return chunk.slice(lineEnd + (chunk.charCodeAt(lineEnd) === CR && chunk.charCodeAt(lineEnd + 1) === LF ? 2 : 1));
	}
	function storeTrailing(trailing) {
		if (!trailing) return;
		if (trailing.charCodeAt(trailing.length - 1) === CR) {
			parseLine(trailing, 0, trailing.length - 1);
			if (checkForBufferOverflow()) return;
			skipNextLineFeed = true;
			return;
		}
		if (shouldBufferTrailing(trailing)) {
			pendingFragments.push(trailing);
			pendingFragmentsLength = trailing.length;
			return;
		}
		skippingLine = true;
	}
	function shouldBufferTrailing(trailing) {
		const firstCharCode = trailing.charCodeAt(0);
		return firstCharCode === 58 && !!onComment || firstCharCode === 100 && isPotentialField(trailing, "data") || firstCharCode === 101 && isPotentialField(trailing, "event") || firstCharCode === 105 && isPotentialField(trailing, "id") || firstCharCode === 114 && isPotentialField(trailing, "retry");
	}
	function checkForBufferOverflow() {
		if (terminated) return true;
		if (maxBufferSize === void 0) return false;
		if (pendingFragmentsLength + data.length <= maxBufferSize) return false;
		terminated = true;
		pendingFragments.length = 0;
		pendingFragmentsLength = 0;
		id = void 0;
		data = "";
		dataLines = 0;
		eventType = void 0;
		skippingLine = false;
		skipNextLineFeed = false;
		onError === null || onError === void 0 || onError(new ParseError(`Buffered data exceeded max buffer size of ${maxBufferSize} characters`, { type: "max-buffer-size-exceeded" }));
		return true;
	}
	function processLines(chunk) {
		let searchIndex = 0;
		if (chunk.indexOf("\r") === -1) {
			let lfIndex = chunk.indexOf("\n", searchIndex);
			while (lfIndex !== -1) {
				if (searchIndex === lfIndex) {
					if (id !== void 0) onId === null || onId === void 0 || onId(id);
					if (dataLines > 0) onEvent === null || onEvent === void 0 || onEvent({
						id,
						event: eventType,
						data
					});
					id = void 0;
					data = "";
					dataLines = 0;
					eventType = void 0;
					searchIndex = lfIndex + 1;
					lfIndex = chunk.indexOf("\n", searchIndex);
					continue;
				}
				const firstCharCode = chunk.charCodeAt(searchIndex);
				if (isDataPrefix(chunk, searchIndex, firstCharCode)) {
					const valueStart = chunk.charCodeAt(searchIndex + 5) === SPACE ? searchIndex + 6 : searchIndex + 5;
					const value = chunk.slice(valueStart, lfIndex);
					if (dataLines === 0 && chunk.charCodeAt(lfIndex + 1) === LF) {
						if (id !== void 0) onId === null || onId === void 0 || onId(id);
						onEvent === null || onEvent === void 0 || onEvent({
							id,
							event: eventType,
							data: value
						});
						id = void 0;
						data = "";
						eventType = void 0;
						searchIndex = lfIndex + 2;
						lfIndex = chunk.indexOf("\n", searchIndex);
						continue;
					}
					data = dataLines === 0 ? value : `${data}\n${value}`;
					dataLines++;
				} else if (isEventPrefix(chunk, searchIndex, firstCharCode)) eventType = chunk.slice(chunk.charCodeAt(searchIndex + 6) === SPACE ? searchIndex + 7 : searchIndex + 6, lfIndex) || void 0;
				else parseLine(chunk, searchIndex, lfIndex);
				if (checkForBufferOverflow()) return "";
				searchIndex = lfIndex + 1;
				lfIndex = chunk.indexOf("\n", searchIndex);
			}
			return chunk.slice(searchIndex);
		}
		let crIndex = chunk.indexOf("\r", searchIndex);
		let lfIndex = chunk.indexOf("\n", searchIndex);
		while (searchIndex < chunk.length) {
			let lineEnd = -1;
			if (crIndex !== -1 && lfIndex !== -1) lineEnd = crIndex < lfIndex ? crIndex : lfIndex;
			else if (crIndex !== -1) {
				if (crIndex === chunk.length - 1) lineEnd = -1;
				else lineEnd = crIndex;
			} else if (lfIndex !== -1) lineEnd = lfIndex;
			if (lineEnd === -1) break;
			parseLine(chunk, searchIndex, lineEnd);
			if (checkForBufferOverflow()) return "";
			searchIndex = lineEnd + 1;
			if (chunk.charCodeAt(searchIndex - 1) === CR && chunk.charCodeAt(searchIndex) === LF) searchIndex++;
			if (crIndex !== -1 && crIndex < searchIndex) crIndex = chunk.indexOf("\r", searchIndex);
			if (lfIndex !== -1 && lfIndex < searchIndex) lfIndex = chunk.indexOf("\n", searchIndex);
		}
		return chunk.slice(searchIndex);
	}
	function parseLine(chunk, start, end) {
		if (start === end) {
			dispatchEvent();
			return;
		}
		const firstCharCode = chunk.charCodeAt(start);
		if (isDataPrefix(chunk, start, firstCharCode)) {
			const valueStart = chunk.charCodeAt(start + 5) === SPACE ? start + 6 : start + 5;
			const value = chunk.slice(valueStart, end);
			data = dataLines === 0 ? value : `${data}\n${value}`;
			dataLines++;
			return;
		}
		if (isEventPrefix(chunk, start, firstCharCode)) {
			eventType = chunk.slice(chunk.charCodeAt(start + 6) === SPACE ? start + 7 : start + 6, end) || void 0;
			return;
		}
		if (firstCharCode === 105 && chunk.charCodeAt(start + 1) === 100 && chunk.charCodeAt(start + 2) === 58) {
			const value = chunk.slice(chunk.charCodeAt(start + 3) === SPACE ? start + 4 : start + 3, end);
			if (!value.includes("\0")) id = value;
			return;
		}
		if (firstCharCode === 58) {
			if (onComment) {
				const line = chunk.slice(start, end);
				onComment(line.slice(chunk.charCodeAt(start + 1) === SPACE ? 2 : 1));
			}
			return;
		}
		const line = chunk.slice(start, end);
		const fieldSeparatorIndex = line.indexOf(":");
		if (fieldSeparatorIndex === -1) {
			processField(line, "", line);
			return;
		}
		const field = line.slice(0, fieldSeparatorIndex);
		const offset = line.charCodeAt(fieldSeparatorIndex + 1) === SPACE ? 2 : 1;
		processField(field, line.slice(fieldSeparatorIndex + offset), line);
	}
	function processField(field, value, line) {
		switch (field) {
			case "event":
				eventType = value || void 0;
				break;
			case "data":
				data = dataLines === 0 ? value : `${data}\n${value}`;
				dataLines++;
				break;
			case "id":
				if (!value.includes("\0")) id = value;
				break;
			case "retry":
				if (/^\d+$/.test(value)) onRetry === null || onRetry === void 0 || onRetry(parseInt(value, 10));
				else onError === null || onError === void 0 || onError(new ParseError(`Invalid \`retry\` value: "${value}"`, {
					type: "invalid-retry",
					value,
					line
				}));
				break;
			default: onError === null || onError === void 0 || onError(new ParseError(`Unknown field "${field.length > 20 ? `${field.slice(0, 20)}\u2026` : field}"`, {
				type: "unknown-field",
				field,
				value,
				line
			}));
		}
	}
	function dispatchEvent() {
		if (id !== void 0) onId === null || onId === void 0 || onId(id);
		if (dataLines > 0) onEvent === null || onEvent === void 0 || onEvent({
			id,
			event: eventType,
			data
		});
		id = void 0;
		data = "";
		dataLines = 0;
		eventType = void 0;
	}
	function reset(options = {}) {
		if (options.consume && pendingFragments.length > 0) {
			const incompleteLine = pendingFragments.join("");
			parseLine(incompleteLine, 0, incompleteLine.length);
		}
		bomPrefix = "";
		id = void 0;
		data = "";
		dataLines = 0;
		eventType = void 0;
		pendingFragments.length = 0;
		pendingFragmentsLength = 0;
		terminated = false;
		skippingLine = false;
		skipNextLineFeed = false;
	}
	return {
		feed,
		reset
	};
}
function isDataPrefix(chunk, i, firstCharCode) {
	return firstCharCode === 100 && chunk.charCodeAt(i + 1) === 97 && chunk.charCodeAt(i + 2) === 116 && chunk.charCodeAt(i + 3) === 97 && chunk.charCodeAt(i + 4) === 58;
}
function isEventPrefix(chunk, i, firstCharCode) {
	return firstCharCode === 101 && chunk.charCodeAt(i + 1) === 118 && chunk.charCodeAt(i + 2) === 101 && chunk.charCodeAt(i + 3) === 110 && chunk.charCodeAt(i + 4) === 116 && chunk.charCodeAt(i + 5) === 58;
}
function isPotentialField(line, field) {
	let i = 1;
	while (i < line.length && i < field.length) {
		if (line.charCodeAt(i) !== field.charCodeAt(i)) return false;
		i++;
	}
	return line.length <= field.length || line.charCodeAt(field.length) === 58;
}
// src/poll.ts
function monotonicMs() {
	const [seconds, nanoseconds] = process.hrtime();
	return seconds * 1e3 + nanoseconds / 1e6;
}
async function poll(check, { delayMs, timeoutMs, signal }) {
	const began = Date.now();
	for (let attempt = 0;; attempt++) {
		const polled = await untilCancelled(() => check(attempt), signal);
		if ("done" in polled) return {
			timedOut: false,
			value: polled.done
		};
		const remainingMs = began + (typeof timeoutMs === "number" ? timeoutMs : timeoutMs()) - Date.now();
		if (remainingMs <= 0) return {
			timedOut: true,
			waitingFor: polled.waitingFor
		};
		await sleep(Math.min(delayMs(attempt), remainingMs), signal);
	}
}
async function sleep(ms, signal) {
	let timer;
	try {
		await untilCancelled(() => new Promise((resolve) => {
			timer = setTimeout(resolve, ms);
		}), signal);
	} finally {
		clearTimeout(timer);
	}
}
async function untilCancelled(action, signal) {
	if (signal === void 0) return await action();
	if (signal.aborted) throw cancellation(signal);
	let cancel = () => {};
	const cancelled = new Promise((_, reject) => {
		cancel = () => reject(cancellation(signal));
		signal.addEventListener("abort", cancel, { once: true });
	});
	try {
		return await Promise.race([action(), cancelled]);
	} finally {
		signal.removeEventListener("abort", cancel);
	}
}
function cancellation({ reason }) {
	return reason instanceof CancelledError ? reason : new CancelledError("The job was cancelled during a wait.");
}
function retryAfterMs(header) {
	const value = [header].flat()[0]?.trim() ?? "";
	if (/^\d{1,9}$/.test(value)) return Number(value) * 1e3;
	const ms = Date.parse(value) - Date.now();
	return ms >= 0 ? ms : void 0;
}
// src/gate/codes.ts
const row = (layer, remedy, when, meaning, cause, fix) => ({
	layer,
	remedy,
	final: when === "final",
	meaning,
	cause,
	fix
});
const codes = {
	DNS_NXDOMAIN: row("DNS", "config", "retry", "the host name does not exist (yet)", "No record was made for this name, it is not yet visible, or the name is misspelt.", "Create the Route 53 alias record for this name in the public hosted zone, or use the DNS name of the load balancer. A record made by this apply can take a minute to be visible."),
	DNS_FAILED: row("DNS", "config", "retry", "the resolver could not answer", "The delegation of the zone is broken, or the resolver has trouble.", "Check the name servers of the hosted zone (the delegation at the registrar must name them) and the resolver of the runner."),
	DNS_TIMEOUT: row("DNS", "config", "retry", "the resolver did not answer in time", "The name servers do not answer, or a firewall holds DNS back.", "Check the name servers of the hosted zone and whether the runner can reach its resolver."),
	PROXY_FAILED: row("TCP", "config", "retry", "the proxy of the runner did not open a tunnel", "The proxy is down, or does not allow this host and port.", "Correct HTTPS_PROXY / HTTP_PROXY on the runner, or add the host to NO_PROXY."),
	TCP_REFUSED: row("TCP", "wait", "retry", "nothing listens on the port", "The load balancer has no listener on this port, or the process listens elsewhere, on 127.0.0.1 only, or not yet.", "Check that the load balancer has a listener on this port. On an instance, check that the process listens on 0.0.0.0 and on the port of the URL."),
	TCP_TIMEOUT: row("TCP", "config", "retry", "no answer to the connection attempt", "A security group, a network ACL or a private subnet drops the packets.", "Open the port in the security group and the network ACL, and check the port of the URL. A load balancer must be in public subnets (scheme internet-facing)."),
	TCP_UNREACHABLE: row("TCP", "config", "retry", "no route to the address", "The subnet has no route to the internet, or the name has only an IPv6 address and the runner only IPv4.", "Check the route tables, the internet gateway, and whether the name resolves to an address family the runner has."),
	CONN_RESET: row("TCP", "wait", "retry", "the connection was closed before a reply", "The process crashes on the request, a proxy cuts it off, or the port uses https and http was sent.", "Read the log of the server: it accepts the connection and closes it. If the port uses TLS, use https:// in the URL."),
	CONN_FAILED: row("TCP", "wait", "retry", "the connection failed", "The network between the runner and the endpoint broke the connection.", "Check host and port of the URL and the network between the runner and the endpoint."),
	TLS_UNTRUSTED: row("TLS", "config", "final", "the certificate is not from a public authority", "The certificate is self-signed, its chain is incomplete, or ACM has not issued it yet.", "Put an issued ACM certificate on the HTTPS listener (certificate_arn), with the full chain when the server terminates TLS itself."),
	TLS_NAME: row("TLS", "config", "final", "the certificate is for another name", "The URL has the DNS name of the load balancer, or a name that the certificate does not have.", "Put the name of the certificate into the URL: the custom domain, not the DNS name of the load balancer. Or add this name to the ACM certificate."),
	TLS_EXPIRED: row("TLS", "config", "final", "the certificate is outside its validity", "The renewal failed, often because the DNS record that validates it is gone.", "Renew the certificate; with ACM, restore the DNS validation record so that ACM renews it automatically."),
	TLS_NOT_TLS: row("TLS", "config", "final", "the port does not speak TLS", "The URL has https, and the listener uses HTTP.", "Use http:// or the port of the HTTPS listener; on the load balancer the listener of this port must have protocol HTTPS."),
	TLS_TIMEOUT: row("TLS", "config", "retry", "the TLS handshake was never answered", "A process that is not a TLS server accepts the connection and waits.", "Check the port, the protocol of the listener and any proxy in between: something accepts TCP there and does not answer in TLS."),
	TLS_FAILED: row("TLS", "config", "retry", "the TLS handshake failed", "The two ends have no protocol version or cipher in common, or there is no certificate for this name.", "Check the security policy of the HTTPS listener (TLS 1.2 or 1.3) and that a certificate for this name is attached."),
	PORT_SPEAKS_TLS: row("TLS", "config", "final", "plain HTTP was sent to a TLS port", "The URL has http, and the listener uses HTTPS.", "Use https:// in the URL."),
	NOT_HTTP: row("HTTP", "config", "final", "the reply is not HTTP/1.1", "The port belongs to another service (SSH, a database), or to HTTP/2 without TLS.", "Check the port: something other than an HTTP server listens there, or it uses only HTTP/2."),
	HEADERS_TOO_BIG: row("HTTP", "replace", "final", "the response headers are larger than clients read", "Cookies, a token or a policy grows without end, or the server repeats a header.", "Send less than 16 KiB of response headers, the limit of Node.js and so of most MCP clients."),
	HEADERS_TIMEOUT: row("HTTP", "wait", "retry", "the connection was accepted and no response came", "The handler waits for something that does not come, or the process is overloaded.", "Read the log of the server for where it hangs, and check the security group between load balancer and task."),
	REDIRECT: row("HTTP", "config", "final", "the endpoint redirects", "The listener sends http to https, the server adds or removes a final slash, or a login page is in front of it.", "Put the final address into the URL: MCP clients do not follow a redirect to another origin, and 301/302 would turn the POST into a GET. Behind a load balancer that terminates TLS, let the server trust X-Forwarded-Proto."),
	ALB_404: row("HTTP", "config", "final", "the load balancer itself answered 404", "The default action of the listener is a fixed response and no rule matches.", "Add a listener rule that forwards this host and path, or change the default action of the listener from fixed-response to forward."),
	ALB_502: row("HTTP", "replace", "retry", "the load balancer got no valid reply from the target", "The task crashed, closed the connection, or listens on another port than the target group uses.", "Compare the container port with the port of the target group, and read the stopped reason of the ECS tasks."),
	ALB_503: row("HTTP", "wait", "retry", "the load balancer has no usable target", "The service has no running task, or all of them are still starting or draining.", "Check the health of the targets (DescribeTargetHealth), the desired count of the service, and the health check path, which must not be the MCP path."),
	ALB_504: row("HTTP", "wait", "retry", "the target did not answer the load balancer in time", "A security group blocks the load balancer, or the server starts slowly.", "Allow the load balancer security group on the container port of the tasks, or raise the start period of a slow server."),
	PATH_404: row("HTTP", "config", "final", "a server answers, and it has nothing at this path", "The MCP handler is mounted at another path.", "Correct the path of the URL (most servers use /mcp), or mount the MCP handler at this path."),
	HTTP_400: row("HTTP", "replace", "final", "the server refused a correct request", "A proxy changes the request, or the handler refuses what the specification allows.", "Read the log of the server: the request followed the specification."),
	HTTP_403: row("HTTP", "config", "final", "access is forbidden", "An access rule of the server, a gateway or an IP allowlist denies the request.", "Give the credentials in mcp-headers the permission, or let the runner through the access rules in front of the server."),
	AWS_FORBIDDEN: row("HTTP", "config", "final", "AWS refused the request before it reached the server", "API Gateway has no route for this path or stage, or the API or function URL requires requests signed with AWS credentials.", "Check path and stage of the URL (API Gateway answers \"Missing Authentication Token\" for a route that is not there). With AWS_IAM authorization clients must sign each request (SigV4): set mcp-sigv4: auto, with which the gate signs too."),
	AWS_CREDENTIALS_MISSING: row("HTTP", "config", "final", "a request could not be signed, because there are no AWS credentials", "The step that gets the credentials is missing, ran in another job, or its role has expired.", "Run aws-actions/configure-aws-credentials before this step, or set mcp-sigv4: none when the endpoint takes no signatures."),
	AWS_SIGNATURE_REFUSED: row("HTTP", "config", "final", "AWS refused a signed request", "The role may not call the endpoint, or the service or region of the signature is another one.", "Allow the role the call: bedrock-agentcore:InvokeAgentRuntime, lambda:InvokeFunctionUrl with lambda:InvokeFunction, execute-api:Invoke or vpc-lattice-svcs:Invoke. Check service and region in mcp-sigv4, and the clock of the runner."),
	CLIENT_CERTIFICATE_REFUSED: row("TLS", "config", "final", "the endpoint refused the client certificate", "The certificate is expired, or from an authority that the endpoint does not trust.", "Give a certificate in mcp-client-cert that the trust store of the endpoint accepts, with its intermediate certificates."),
	MTLS_REQUIRED: row("TLS", "config", "final", "the endpoint demands a client certificate", "Mutual TLS is turned on in the server, the load balancer or the API gateway.", "Give a client certificate in mcp-client-cert and its key in mcp-client-key, or turn mutual TLS off for the public name."),
	HTTP_405: row("HTTP", "config", "final", "the path does not take POST", "The MCP handler is at another path, or only the deprecated HTTP+SSE transport is served.", "Mount the MCP handler for POST at this path, or correct the path of the URL."),
	HTTP_406: row("HTTP", "config", "final", "the server refuses application/json and text/event-stream", "A proxy removes or rewrites Accept, or the server is older than Streamable HTTP.", "Check whether a proxy removes the Accept header. If not, update the MCP SDK of the server."),
	HTTP_413: row("HTTP", "config", "final", "a request of under one kilobyte is too large for the server", "A body limit was set far too low.", "Raise the body limit of the server or of the proxy in front of it."),
	HTTP_415: row("HTTP", "replace", "final", "the server refuses application/json", "A proxy removes Content-Type, or no JSON body parser is mounted.", "Mount the JSON body parser for this path; a proxy must not remove Content-Type."),
	HTTP_4XX: row("HTTP", "replace", "final", "the server refused the request", "The server, or something in front of it, has a rule of its own.", "Read the log of the server for this status."),
	SERVER_ERROR: row("HTTP", "replace", "retry", "the server answered with a 5xx status", "An exception in the handler, or the application still starting.", "Read the log of the task: the server, or a proxy in front of it, failed on the request."),
	START_FAILED: row("HTTP", "replace", "retry", "the platform could not start the server for the request (HTTP 424)", "The container ends while it starts, listens on another port or path, takes too long, or is built for another CPU.", "Read the log of the server for its start. It must be built for the CPU of the platform and listen on the address, port and path that the platform requires. A second failure in a row ends the gate."),
	RATE_LIMITED: row("HTTP", "wait", "retry", "too many requests", "A limiter counts the requests of the gate.", "Exempt the runner from the rate limit (AWS WAF rate-based rule, API gateway, or the limiter of the server), or lower mcp-rounds."),
	AUTH_REQUIRED: row("HTTP", "config", "final", "the server requires authorization", "The server is protected, and no credentials or wrong ones were given.", "Give a token in mcp-headers (Authorization: Bearer ...) from a secret, or set mcp-auth: required if the server must require authentication."),
	AUTH_BARE_401: row("HTTP", "config", "final", "401 without WWW-Authenticate", "A gateway or a middleware of your own answers 401 and knows nothing of MCP.", "Answer 401 with WWW-Authenticate: Bearer resource_metadata=\"...\" (RFC 9728), else clients cannot find where to log in; or give a token in mcp-headers."),
	AUTH_SCOPE: row("HTTP", "config", "final", "the token lacks a scope", "The client was registered without a scope that the server requires.", "Issue the token in mcp-headers with the scope that the server names."),
	AUTH_NOT_REQUIRED: row("HTTP", "config", "final", "the endpoint is open, and an authentication challenge is expected", "The authorization middleware is not mounted on this path, or a setting turned it off.", "Turn authorization on in the server or in front of it (requireBearerAuth of the MCP SDK, an OIDC rule of the gateway). Where only tools/call is protected, serve the protected-resource metadata (RFC 9728), by which the gate knows it. Or set mcp-auth: none when everybody may call it."),
	AUTH_METADATA_MISSING: row("HTTP", "config", "final", "the protected-resource metadata cannot be fetched", "The well-known path is not served, needs authentication itself, or is not forwarded by the load balancer.", "Serve /.well-known/oauth-protected-resource/<path of the endpoint> (RFC 9728) without authorization, let the load balancer forward /.well-known/*, and name its https URL as resource_metadata in WWW-Authenticate."),
	AUTH_METADATA_INVALID: row("HTTP", "config", "final", "the protected-resource metadata is not valid", "Somebody wrote the document manually, or it is another kind of document.", "Serve a JSON object with resource (the URL of the endpoint) and authorization_servers (at least one https URL), RFC 9728 \u00a72."),
	AUTH_RESOURCE_MISMATCH: row("HTTP", "config", "final", "the protected-resource metadata is for another URL", "The server builds the URL from its internal host name, or was moved.", "Set the resource of the metadata to the public URL of the endpoint: clients refuse tokens for another one. Behind a load balancer, servers often use their internal address."),
	AUTH_ISSUER_UNPINNED: row("HTTP", "config", "final", "the endpoint names an authorization server that no input confirms", "The authorization server is on another host than the endpoint, or there are several, and mcp-oauth-issuer is not set.", "Set mcp-oauth-issuer to the authorization server at which the client of mcp-oauth-client-id is registered. If the server that is named here is not yours, the endpoint may be compromised: do not pin it."),
	AUTH_ISSUER_MISMATCH: row("HTTP", "config", "final", "the endpoint does not name the authorization server of mcp-oauth-issuer", "The server was moved to another authorization server, the issuer is spelt differently, or an attacker tries to get the secret.", "Compare authorization_servers of the protected-resource metadata with mcp-oauth-issuer: correct the one that is wrong. If the server that is named here is not yours, the endpoint may be compromised."),
	AUTH_SERVER_METADATA: row("HTTP", "config", "final", "the metadata of the authorization server names no token endpoint", "The issuer has another spelling than the metadata, or the address is not that of the issuer.", "Check authorization_servers in the protected-resource metadata: it must be the issuer exactly, and serve /.well-known/oauth-authorization-server (RFC 8414) or openid-configuration with issuer and an https token_endpoint."),
	AUTH_SERVER_UNREACHABLE: row("HTTP", "config", "retry", "the authorization server cannot be reached", "The authorization server is down, or the runner is in a network that cannot reach it.", "Check that the authorization server is up and that the runner may reach it."),
	AUTH_TOKEN_REFUSED: row("HTTP", "config", "final", "the authorization server gave no token for the client credentials", "A wrong secret, a client without this grant, or a scope it may not have.", "Check mcp-oauth-client-id and mcp-oauth-client-secret, and that this client may use the client_credentials grant with the scope of the endpoint."),
	WAF_403: row("HTTP", "config", "final", "something in front of the server blocked the request", "AWS WAF, CloudFront or another filter treated the POST as an attack.", "Allow JSON POSTs to this path in the AWS WAF web ACL (or the CDN rules) in front of the load balancer."),
	HOST_REJECTED: row("HTTP", "config", "final", "the server refuses this host name", "The guard against DNS rebinding of the SDK knows only localhost; it also refuses health checks of the load balancer.", "Add the public host name to the allowed hosts of the server (allowedHosts of createMcpExpressApp, TransportSecuritySettings in Python)."),
	HTML_PAGE: row("HTTP", "config", "final", "a web page answered", "A web site or a single-page application answers every path.", "Correct host and path of the URL, or the catch-all route of the web site that answers first."),
	CONTENT_TYPE: row("HTTP", "replace", "final", "the reply has a content type that MCP clients refuse", "The handler sets no Content-Type, or a proxy replaces it.", "Answer with Content-Type application/json or text/event-stream."),
	EMPTY_200: row("HTTP", "replace", "retry", "a success status without a body", "A handler that ends without writing, or a proxy that answers instead of the server.", "Read the log of the server: its handler ended the response without an answer."),
	BODY_TRUNCATED: row("HTTP", "replace", "retry", "the body ended before its announced length", "A crash in the middle of the answer, an idle timeout, or a wrong Content-Length.", "Compare Content-Length with the body, and check the server and any proxy for crashes and idle timeouts."),
	BODY_SLOW: row("HTTP", "replace", "retry", "the body did not end in time", "The server computes while it answers, or a proxy buffers.", "Find out why the server sends its answer so slowly; a proxy that buffers may hold it back."),
	BODY_TOO_BIG: row("HTTP", "replace", "final", "the body is larger than 4 MiB after decompression, or far too intricate", "Another kind of resource is behind the URL, or the tool list is far too large for any client.", "Page the tool list (nextCursor) or shorten descriptions and schemas; check that the URL is an MCP endpoint."),
	BODY_ENCODING: row("HTTP", "replace", "final", "the body does not match Content-Encoding", "A body that is compressed twice or not at all, by a proxy that declares something else.", "Correct the compression of the server or the proxy (gzip, deflate and br are accepted)."),
	NOT_JSON: row("MCP", "replace", "final", "the body is declared as JSON and is not JSON", "A warning or a stack trace is written into the response.", "Read the log of the server: something other than the MCP handler writes to this response."),
	NOT_JSONRPC: row("MCP", "config", "final", "the answer is JSON, and not a JSON-RPC 2.0 response", "A health check, a REST API or a static file is behind the URL.", "Correct the path of the URL, or let the handler return a JSON-RPC 2.0 response."),
	WRONG_ID: row("MCP", "replace", "final", "the answer carries the id of another request", "A cache answers, or answers of several requests are mixed up.", "Answer with the id of the request; a response must not be cached or shared between requests."),
	RPC_ERROR: row("MCP", "replace", "retry", "the server answered with a JSON-RPC error", "Something the server needs is missing: a database, a secret, another API.", "Read the log of the server for this message: a dependency (database, secret, API) may be missing."),
	RPC_REFUSED: row("MCP", "replace", "final", "the server does not accept a correct MCP request", "The method is not registered, or the SDK is too old or in another state.", "Register a handler for this method and update the MCP SDK of the server."),
	BAD_INIT_RESULT: row("MCP", "replace", "final", "the initialize result lacks a required field", "The server was written without an SDK.", "Return protocolVersion, capabilities and serverInfo {name, version} from initialize."),
	BAD_DISCOVER_RESULT: row("MCP", "replace", "final", "the server/discover result is not valid", "The server implements a draft of the revision, or was written without an SDK.", "Return resultType \"complete\", supportedVersions, capabilities, ttlMs and cacheScope from server/discover."),
	NO_COMMON_VERSION: row("MCP", "replace", "final", "no protocol version in common", "The server implements only a draft, or revisions before 2024-11-05.", "Update the MCP SDK of the server: it must speak one of 2026-07-28, 2025-11-25, 2025-06-18, 2025-03-26, 2024-11-05."),
	LEGACY_CLIENTS_LOCKED_OUT: row("MCP", "config", "final", "only 2026-07-28 is served; clients that send initialize are refused", "The server was built to refuse the older revisions.", "Serve both eras (legacy: 'stateless' of createMcpHandler, its default), or set mcp-require: modern when no such client matters."),
	MODERN_ABSENT: row("MCP", "config", "final", "server/discover is not served: the server does not speak 2026-07-28", "The server uses an SDK 1.x, or an SDK 2 transport with sessions.", "Serve 2026-07-28 (MCP SDK 2.x), or set mcp-require: legacy or any."),
	MODERN_OK_LEGACY_BROKEN: row("MCP", "config", "final", "2026-07-28 works, and clients that send initialize do not get through", "Most often several tasks: they serve 2026-07-28 without a state, and older clients with sessions that only one task knows.", "Fix what the code in the sentence names (its row explains how, and whether waiting or replacing helps), or set mcp-require: modern when no older client matters. Most clients in use still send initialize."),
	LEGACY_OK_MODERN_BROKEN: row("MCP", "config", "final", "initialize works, and clients of 2026-07-28 do not get through", "A proxy or a rule that knows only the older requests, or a server that does not answer methods it does not know.", "Fix what the code in the sentence names (its row explains how, and whether waiting or replacing helps), or set mcp-require: legacy when no client of 2026-07-28 matters."),
	OLD_TRANSPORT: row("MCP", "config", "final", "only the deprecated HTTP+SSE transport is served", "The server was built for the transport of 2024-11-05.", "Serve Streamable HTTP, or accept HTTP+SSE with mcp-require: any or mcp-transport: sse."),
	ACCEPTED_NO_REPLY: row("MCP", "replace", "retry", "a request was accepted like a notification, without an answer", "The handler treats every message as a notification.", "Answer the POST itself: 202 is only for notifications and responses."),
	SSE_SILENT: row("MCP", "replace", "retry", "the event stream stayed open without the answer", "A proxy buffers the stream, or the handler hangs.", "Turn response buffering off in every proxy (X-Accel-Buffering: no), and check that the handler does not hang."),
	SSE_EMPTY: row("MCP", "replace", "retry", "the event stream ended without the answer", "The handler failed after it had opened the stream.", "Read the log of the server: its handler closed the stream before it answered."),
	SSE_TRUNCATED: row("MCP", "replace", "retry", "the event stream ended in the middle of an event", "A crash, an idle timeout, or a final blank line that is missing.", "End each event with a blank line and do not close the stream before; check for crashes and idle timeouts."),
	SSE_BAD_JSON: row("MCP", "replace", "retry", "an event does not carry JSON", "A message with line breaks is sent as one data line and bare lines.", "Send one JSON-RPC message per event; each line of it needs its own data: prefix."),
	SSE_EVENT_NAME: row("MCP", "replace", "retry", "the answer came under an event name that clients ignore", "The server uses an event name of its own.", "Send answers as event: message, or without an event field."),
	SSE_NO_ENDPOINT: row("MCP", "config", "retry", "the HTTP+SSE stream did not name its endpoint", "Another kind of stream is behind the URL, or a proxy buffers the first event.", "Send event: endpoint with the POST address as the first event of the stream, and turn response buffering off in every proxy (nginx: proxy_buffering off, or X-Accel-Buffering: no)."),
	SSE_FOREIGN_ENDPOINT: row("MCP", "config", "final", "the HTTP+SSE stream names an endpoint on another origin", "The server builds the address from its internal host name.", "Send a relative endpoint, or configure the public base URL of the server: clients refuse another origin."),
	SSE_ENDPOINT_PREFIX: row("MCP", "config", "final", "the HTTP+SSE stream names an endpoint without the path prefix of the URL", "A proxy removes the prefix, and the server does not know it.", "Set root_path (Starlette, FastAPI, uvicorn), the context path, or the base URL of the server to the prefix of the public path. Then the endpoint event contains it."),
	DISCOVER_FATAL: row("MCP", "replace", "final", "the server does not survive a method that it does not know", "The Python SDK 1.8.0 to 1.9.3 with stateless_http stops for good at any unknown method, and clients of 2026-07-28 send one.", "Update the MCP SDK of the server (Python: mcp 1.9.4 or newer) and restart it. Until then set mcp-require: legacy, with which the gate sends no such method."),
	DISCOVER_FAILS: row("MCP", "config", "retry", "server/discover is answered with a server error, while initialize works", "The SDK of the server treats a method that it does not know as an internal error (Spring AI with protocol STATELESS).", "Update the MCP SDK of the server: it must answer a method that it does not know with HTTP 404 or JSON-RPC -32601, else clients that try 2026-07-28 first give up."),
	GET_STREAM_SILENT: row("HTTP", "config", "retry", "the GET stream of a session sends no response headers (a warning)", "The server writes the headers with the first event, or a proxy buffers them.", "Flush the response headers at once, or answer GET with 405; turn response buffering off in every proxy. Clients of Go and Rust wait for these headers before they list tools."),
	GET_STREAM_REFUSED: row("HTTP", "config", "retry", "the GET stream of a session is refused in another way than 405 (a warning)", "A rule of a gateway or a firewall allows POST only.", "Let GET with Accept: text/event-stream through to the server, or answer it with 405, which means that there is no stream."),
	NO_TOOLS_CAPABILITY: row("MCP", "replace", "final", "the server declares no tools", "Tools are registered after the server has connected, or not at all.", "Register the tools before the server connects; SDK 2 clients request no list from a server without the tools capability."),
	TOOL_MISSING: row("MCP", "replace", "final", "an expected tool is not listed", "The tool was renamed, is behind a setting, or an older revision answers.", "Deploy the revision that has the tool, or correct mcp-tools."),
	MODERN_HEADERS_LOST: row("MCP", "config", "final", "the headers of a 2026-07-28 request do not reach the server as they were sent", "A proxy, a CDN or a gateway forwards only the headers it knows.", "Forward MCP-Protocol-Version, Mcp-Method and Mcp-Name in everything in front of the server."),
	CLIENT_CAPABILITY_MISSING: row("MCP", "config", "final", "the server demands a capability that a plain client does not have", "The server refuses clients without sampling, elicitation or roots.", "Let the server list its tools to every client, and demand the capability only in the tools that need it."),
	BAD_MODERN_RESULT: row("MCP", "replace", "final", "a result lacks what 2026-07-28 requires of it", "The server implements a draft of the revision, was written without an SDK, or a gateway builds the result.", "Return resultType \"complete\" with each result, and ttlMs and cacheScope with each list: clients of 2026-07-28 refuse the list otherwise."),
	CALL_FAILED: row("MCP", "replace", "final", "a tool of mcp-call gave no result", "The handler of the tool throws, waits too long, or does not accept the arguments.", "Read the log of the server for this call, and compare the arguments in mcp-call with the inputSchema of the tool."),
	CALL_UNEXPECTED: row("MCP", "replace", "final", "the result of a tool of mcp-call is not as expected", "The tool fails inside its result (isError), its data is missing, or the expectation is too strict.", "Fix the tool or what it depends on, or correct expect in mcp-call."),
	CALL_NOT_ALLOWED: row("MCP", "config", "final", "a tool of mcp-call is annotated as changing something", "Its annotations have destructiveHint: true or readOnlyHint: false.", "Name a tool that only reads, or set allow: true for this call when its effect is wanted at each deployment."),
	HOST_INCOMPATIBLE: row("MCP", "replace", "final", "an MCP host of mcp-hosts refuses the tools", "The host has limits that the specification does not have.", "Change the named tool as the sentence explains, or take the host out of mcp-hosts."),
	CONTRACT_BROKEN: row("MCP", "replace", "final", "the tools are not compatible with the committed contract", "A tool or argument was removed or renamed, or an argument became required or narrower.", "Deploy a revision that keeps the contract. If you want the change, replace the file that mcp-contract names with the ready file of this run (output mcp-contract-file)."),
	CONTRACT_MISSING: row("MCP", "config", "final", "the file that mcp-contract names is not in the repository", "The first run with mcp-contract, or a misspelt path.", "Commit the ready file of this run (output mcp-contract-file, also in the job summary) under the name that mcp-contract gives, or correct the name."),
	BAD_TOOLS: row("MCP", "replace", "final", "the tool list is not valid", "Somebody wrote a schema manually, or a library turned it into something else.", "Give each tool a name and an inputSchema with type \"object\", and leave nextCursor out on the last page: clients refuse the whole list otherwise."),
	LIST_UNBUILDABLE: row("MCP", "replace", "final", "the server cannot build its tool list", "The argument or result model of a tool refers to itself, or has a type without a JSON Schema.", "Find the tool whose model is recursive or has no JSON Schema. The log of the server names it. Give it a plain argument or result type, or update the MCP SDK."),
	PAGINATION_LOOP: row("MCP", "replace", "final", "the tool list never ends", "The handler ignores the cursor.", "Return a new nextCursor for each page and none on the last."),
	SESSION_LOST: row("MCP", "config", "final", "the session is unknown right after it was opened", "Several tasks, each of which knows only its own sessions.", "Several tasks, or several workers of one task (uvicorn --workers, gunicorn -w), share the endpoint, and the session is in one of them. Make the server stateless: Python stateless_http=True, Go Stateless: true, mcp-go WithStateLess, rmcp legacy_session_mode, Spring spring.ai.mcp.server.protocol=STATELESS. Or run one task with one worker, or share the session store. Cookie stickiness (lb_cookie) does not help: the official clients keep no cookies."),
	SESSION_HEADER_LOST: row("MCP", "config", "final", "the Mcp-Session-Id header does not reach the server", "A proxy, a CDN or a gateway forwards only the headers it knows.", "Forward Mcp-Session-Id and MCP-Protocol-Version in everything in front of the server (CloudFront: origin request policy; API Gateway: parameter mapping)."),
	SESSION_NEEDS_COOKIES: row("MCP", "config", "final", "sessions work only for clients that keep cookies", "Several tasks behind target group stickiness (lb_cookie).", "Make the server stateless, run one task, or share the session store. Target group stickiness does not help, because the official MCP clients keep no cookies."),
	OLD_REVISION: row("MCP", "wait", "retry", "the server that answers is not of the expected version", "An old task still answers, the new image has the old version, or serverInfo.version was not raised.", "Check the image tag and the rollout of the ECS service, and that serverInfo.version of the server is the value of mcp-expect-version."),
	FLAPPING: row("MCP", "wait", "retry", "good and bad rounds alternate", "One of several tasks fails, or tasks of two revisions answer at the same time.", "Compare the tasks of the service (DescribeTargetHealth, ListTasks): find the one that fails, or that runs another revision."),
	REQUESTS_SPENT: row("MCP", "config", "final", "mcp-requests-per-minute was spent, so the gate could not finish before mcp-timeout", "The limit is too low for mcp-rounds within mcp-timeout. It shows nothing about the server.", "Raise mcp-requests-per-minute or mcp-timeout, or lower mcp-rounds."),
	DEADLINE: row("MCP", "config", "retry", "the time was up before enough rounds passed, and nothing failed", "The endpoint became healthy late, or answers slowly. A server that answers is never replaced for that.", "Raise mcp-timeout or lower mcp-rounds.")
};
function failure(code, step, sentence, era) {
	const { fix, remedy } = codes[code];
	return {
		code,
		sentence,
		fix,
		remedy,
		step,
		...era && { era }
	};
}
function isInterruption({ code, isCut }) {
	return code === "RATE_LIMITED" || isCut === true;
}
// src/gate/events.ts
function readEvents(body) {
	const events = [];
	let comments = 0;
	let lastEventId;
	let retryMs;
	createParser({
		onEvent: (event) => events.push(event),
		onComment: () => comments++,
		onId: (id) => {
			lastEventId = id;
		},
		onRetry: (ms) => {
			retryMs = ms;
		}
	}).feed(body.replace(/\r$/, ""));
	return {
		events,
		comments,
		unfinished: isUnfinished(body) || body.endsWith("\r"),
		...lastEventId && { lastEventId },
		...retryMs !== void 0 && { retryMs }
	};
}
function isUnfinished(body) {
	return (body.slice(-65536).split(/\r\n\r\n|\n\n|\r\r/).at(-1) ?? "").split(/\r\n|\n|\r/).some((line) => line !== "" && !line.startsWith(":"));
}
function isMessage(event) {
	return (event.event ?? "message") === "message";
}
// src/gate/node-http.ts
const http = process.getBuiltinModule("node:http");
const https = () => process.getBuiltinModule("node:https");
const tls = () => process.getBuiltinModule("node:tls");
const isTls = (socket) => socket instanceof tls().TLSSocket;
// src/gate/certificate.ts
async function certificateOf(agent, url, timeoutMs, connectTo) {
	const host = url.hostname.replace(/^\[|\]$/g, "");
	const options = {
		host: connectTo?.host ?? host,
		port: connectTo?.port ?? Number(url.port || (url.protocol === "https:" ? 443 : 80)),
		servername: isIP(host) === 0 ? host : "",
		rejectUnauthorized: false,
		session: void 0
	};
	const result = Promise.withResolvers();
	const late = setTimeout(() => result.resolve(void 0), timeoutMs);
	let connection;
	let isOver = false;
	const watch = (socket) => {
		connection = socket;
		if (isOver) socket.destroy();
		socket.once("error", () => result.resolve(void 0));
		socket.once("close", () => result.resolve(void 0));
		const read = () => result.resolve(describe$1(socket.getPeerCertificate(true)));
		if (socket.getProtocol() && !socket.connecting) read();
		else socket.once("secureConnect", read);
	};
	try {
		const created = agent.createConnection(options, (error, socket) => {
			if (error) result.resolve(void 0);
			else if (isTls(socket) && connection === void 0) watch(socket);
		});
		if (isTls(created)) watch(created);
		return await result.promise;
	} catch {
		return;
	} finally {
		clearTimeout(late);
		isOver = true;
		connection?.destroy();
	}
}
function describe$1(certificate) {
	if (certificate?.raw === void 0) return void 0;
	const { subject, issuer, subjectaltname = "", valid_from: from, valid_to: to, issuerCertificate } = certificate;
	const named = [...subjectaltname.matchAll(/(?:DNS|IP Address):([^,]+)/g)].map(([, name = ""]) => name.trim());
	const common = [subject?.CN ?? []].flat();
	const isSelfSigned = issuerCertificate?.fingerprint256 === certificate.fingerprint256;
	return {
		names: named.length > 0 ? named : common,
		issuer: [issuer?.CN ?? issuer?.O ?? []].flat().join(", "),
		isSelfSigned,
		validFrom: new Date(from),
		validTo: new Date(to),
		hasIssuer: issuerCertificate !== void 0 && !isSelfSigned
	};
}
// src/gate/request-budget.ts
const WINDOW_MS = 6e4;
var RequestBudget = class {
	#maxPerMinute;
	#sent = [];
	constructor(maxPerMinute) {
		this.#maxPerMinute = maxPerMinute;
	}
	get waitMs() {
		const now = monotonicMs();
		while (this.#sent[0] !== void 0 && this.#sent[0] <= now - WINDOW_MS) this.#sent.shift();
		const oldest = this.#sent[this.#sent.length - this.#maxPerMinute];
		return oldest === void 0 ? 0 : oldest + WINDOW_MS - now;
	}
	get room() {
		return this.waitMs > 0 ? 0 : this.#maxPerMinute - this.#sent.length;
	}
	reserve(later) {
		return Math.min(later, Math.floor(this.#maxPerMinute / 2));
	}
	async take(deadline) {
		for (let wait = this.waitMs; wait > 0; wait = this.waitMs) {
			if (monotonicMs() + wait > deadline) return false;
			await new Promise((resolve) => setTimeout(resolve, wait));
		}
		this.#sent.push(monotonicMs());
		return true;
	}
	refund() {
		this.#sent.pop();
	}
};
// src/gate/times.ts
const defaultGateTimes = {
	firstRetryDelaysMs: [
		150,
		300,
		500
	],
	retryDelayMs: 800,
	greenDelayMs: 200,
	maxRetryAfterMs: 6e4,
	samplingTimeoutMs: 2e4,
	confirmationTimeoutMs: 1e3,
	phaseTimeoutsMs: {
		dns: 2500,
		tcp: 2500,
		tls: 2500,
		headers: 3e4,
		body: 3e4
	},
	minPhaseTimeoutMs: 1e3,
	doubtfulStreamTimeoutMs: 1e3,
	resumeDelayMs: 1e3,
	maxResumeDelayMs: 3e3,
	minDiscoverTimeoutMs: 2500,
	minSilentDiscoverTimeoutMs: 500,
	endpointEventTimeoutMs: 2500,
	certificateTimeoutMs: 1500,
	otherPathsTimeoutMs: 1e3,
	rateLimitedDelayMs: 5e3,
	streamHeadersTimeoutMs: 2500,
	endSessionTimeoutMs: 2500,
	notificationBodyTimeoutMs: 1e3,
	sameAnswerMs: 6e4,
	survivalDelaysMs: [
		0,
		500,
		1e3
	]
};
// src/gate/http-exchange.ts
const BODY_CAP_BYTES = 4194304;
const LINES_CAP = 2e5;
const REQUESTS_PER_MINUTE = 600;
function openTarget(endpoint, headers, timeoutMs, environment, times = defaultGateTimes, options = {}) {
	const { requestTimeoutMs, requestsPerMinute = REQUESTS_PER_MINUTE, tls: tls$1 = {}, connectTo, sign } = options;
	const direct = {
		keepAlive: false,
		autoSelectFamilyAttemptTimeout: 1e3
	};
	const proxied = {
		...direct,
		proxyEnv: environment
	};
	const ca = tls$1.ca === void 0 ? {} : { ca: [...tls().getCACertificates("default"), tls$1.ca] };
	const client = {
		...ca,
		...tls$1.cert !== void 0 && {
			cert: tls$1.cert,
			key: tls$1.key
		}
	};
	const agents = openAgents(connectTo === void 0 ? proxied : direct, client);
	const otherAgents = openAgents(proxied, ca);
	const { HTTPS_PROXY: upper, https_proxy: lower } = environment;
	if (upper || lower) otherAgents["https:"];
	return {
		endpoint,
		headers,
		agents,
		otherAgents,
		hasClientCertificate: tls$1.cert !== void 0,
		connectTo,
		sign,
		avoidsClientErrors: options.avoidsClientErrors === true,
		deadline: monotonicMs() + timeoutMs,
		times,
		requestTimeoutMs,
		budget: new RequestBudget(requestsPerMinute)
	};
}
function openAgents(options, secure) {
	let agent;
	return {
		"http:": new http.Agent(options),
		get "https:"() {
			agent ??= new (https()).Agent({
				...options,
				...secure
			});
			return agent;
		}
	};
}
const MAX_REDIRECTS = 5;
async function exchange(target, request) {
	const { outcome, url } = await exchangeFollowing(target, request);
	const isSigned = target.sign !== void 0 && isEndpoint(target, url);
	const setHeaders = [...Object.keys(target.headers), ...isSigned ? ["authorization"] : []];
	target.observer?.onSent(outcome, {
		request,
		url,
		setHeaders
	});
	return outcome;
}
async function exchangeFollowing(target, request) {
	let url = request.url;
	let outcome = await once(target, request);
	const isSigned = target.sign !== void 0 && isEndpoint(target, url);
	for (let followed = 0; followed < MAX_REDIRECTS && request.followsRedirect !== false && !isSigned; followed++) {
		const redirected = outcome.kind === "reply" ? redirectTarget(outcome, request.method, url) : void 0;
		if (redirected === void 0) break;
		url = redirected;
		outcome = await once(target, {
			...request,
			url
		});
	}
	if (outcome.kind === "reply" || !isAboutCertificate(outcome, url)) return {
		outcome,
		url
	};
	const isOwn = isEndpoint(target, url);
	const certificate = await certificateOf((isOwn ? target.agents : target.otherAgents)["https:"], url, target.times.certificateTimeoutMs, isOwn ? target.connectTo : void 0);
	return {
		outcome: certificate ? {
			...outcome,
			certificate
		} : outcome,
		url
	};
}
function redirectTarget({ status, headers }, method, from) {
	if (!(status === 307 || status === 308 || method === "GET" && [
		301,
		302,
		303
	].includes(status)) || headers.location === void 0) return void 0;
	const target = URL.parse(headers.location, from.href);
	return target?.origin === from.origin && target.username === "" && target.password === "" ? target : void 0;
}
function isAboutCertificate({ phase, code }, url) {
	if (url.protocol === "http:") return /^(?:ECONNRESET|EPIPE|HPE_)/.test(code) && phase === "headers";
	return /CERT|SIGNATURE|INVALID_CA|HOSTNAME_MISMATCH/.test(code);
}
function isEndpoint({ endpoint }, { origin }) {
	return origin === endpoint.origin;
}
const NO_PHASES = {
	dns: null,
	tcp: null,
	tls: null,
	headers: null,
	body: null
};
async function once(target, request) {
	if (!await target.budget.take(target.deadline)) return {
		kind: "fault",
		phase: "proxy",
		code: "BUDGET_SPENT",
		message: "no request was left before the end of the time",
		isCut: true,
		phases: NO_PHASES,
		elapsedMs: 0
	};
	let signature = {};
	if (target.sign !== void 0 && isEndpoint(target, request.url)) {
		const { method, url, headers, body = "" } = request;
		try {
			signature = await target.sign({
				method,
				url,
				contentType: headers["content-type"],
				body
			});
		} catch (error) {
			return {
				kind: "fault",
				phase: "proxy",
				code: "NOT_SIGNED",
				message: messageOf(error),
				phases: NO_PHASES,
				elapsedMs: 0
			};
		}
	}
	const outcome = await exchangeOnce(target, {
		...request,
		headers: {
			...request.headers,
			...signature
		}
	});
	if (outcome.kind === "fault" && outcome.phase !== "headers" && outcome.phase !== "body") target.budget.refund();
	return outcome;
}
function wayTo({ host, port }, endpointHost) {
	return {
		host,
		hostname: host,
		port,
		...isIP(endpointHost) === 0 && { servername: endpointHost }
	};
}
function exchangeOnce(target, request) {
	const { url, signal } = request;
	const { phaseTimeoutsMs, minPhaseTimeoutMs, doubtfulStreamTimeoutMs } = target.times;
	const started = monotonicMs();
	const phases = {
		dns: null,
		tcp: null,
		tls: null,
		headers: null,
		body: null
	};
	const host = url.hostname.replace(/^\[|\]$/g, "");
	const isOwn = isEndpoint(target, url);
	const way = isOwn && target.connectTo ? wayTo(target.connectTo, host) : {};
	let phase = "proxy";
	let entered = started;
	let timer;
	let onDeadline = () => {};
	let responded = false;
	let settled = false;
	let isCut = false;
	let sentAt = started;
	const arm = (ms) => {
		clearTimeout(timer);
		const remainingMs = Math.max(target.deadline - monotonicMs(), minPhaseTimeoutMs);
		isCut = remainingMs < ms;
		const armed = setTimeout(() => setImmediate(() => timer === armed && !settled && onDeadline()), Math.min(ms, remainingMs));
		timer = armed;
	};
	const leave = () => {
		if (phase !== "proxy") phases[phase] = monotonicMs() - entered;
		entered = monotonicMs();
	};
	const enter = (next) => {
		leave();
		phase = next;
		if (next === "headers") sentAt = entered;
		const own = {
			headers: request.headersTimeoutMs,
			body: request.bodyTimeoutMs
		}[next];
		const restMs = (next === "headers" || next === "body") && target.requestTimeoutMs ? target.requestTimeoutMs - (entered - sentAt) : void 0;
		arm(own ?? restMs ?? phaseTimeoutsMs[next]);
	};
	return new Promise((resolve) => {
		const settle = (outcome) => {
			if (settled) return;
			settled = true;
			clearTimeout(timer);
			signal?.removeEventListener("abort", abandon);
			leave();
			resolve({
				...outcome,
				phases,
				elapsedMs: monotonicMs() - started
			});
			req.destroy();
		};
		const fail = (code, message) => settle({
			kind: "fault",
			phase,
			code,
			message,
			...code === "DEADLINE" && isCut && { isCut },
			...way.host !== void 0 && { connectTo: `${way.host}:${way.port}` }
		});
		const abandon = () => fail("ABANDONED", "the exchange was closed before a response");
		onDeadline = () => fail("DEADLINE", `no progress in the ${phase} phase`);
		const req = (url.protocol === "https:" ? https() : http).request(url, {
			method: request.method,
			...way,
			agent: (isOwn ? target.agents : target.otherAgents)[url.protocol === "https:" ? "https:" : "http:"],
			headers: {
				host: url.host,
				...lowerCased(target.headers),
				"user-agent": "terraform-mcp-deploy",
				"accept-encoding": "gzip, deflate, br",
				...request.headers,
				...request.body !== void 0 && { "content-length": String(Buffer.byteLength(request.body)) }
			}
		});
		req.on("error", (error) => {
			if (responded) return;
			const cause = rootOf(error);
			fail(cause.code ?? cause.name, cause.message);
		});
		signal?.addEventListener("abort", abandon);
		if (signal?.aborted) return abandon();
		arm(phaseTimeoutsMs.dns + phaseTimeoutsMs.tcp);
		req.on("socket", (socket) => {
			if (!socket.connecting) return enter("headers");
			enter(isIP(way.host ?? host) ? "tcp" : "dns");
			socket.once("lookup", (error) => error ?? (phase === "dns" && enter("tcp")));
			socket.once("connect", () => enter(url.protocol === "https:" ? "tls" : "headers"));
			socket.once("secureConnect", () => enter("headers"));
		});
		req.on("continue", () => fail("UNASKED_CONTINUE", "HTTP 100 Continue, although no Expect was sent"));
		req.on("upgrade", (_res, socket) => {
			socket.destroy();
			fail("UNASKED_UPGRADE", "HTTP 101 Switching Protocols, although no Upgrade was sent");
		});
		req.on("response", (res) => {
			responded = true;
			const headers = headersOf(res);
			enter("body");
			request.onHeaders?.(res.statusCode ?? 0, headers);
			const bodyReader = readBody(res, headers, request, () => arm(doubtfulStreamTimeoutMs));
			signal?.removeEventListener("abort", abandon);
			signal?.addEventListener("abort", bodyReader.close);
			onDeadline = bodyReader.expire;
			bodyReader.body.then(({ text, bytes, ending }) => {
				signal?.removeEventListener("abort", bodyReader.close);
				const cut = ending === "slow" && isCut ? { isCut } : {};
				settle({
					kind: "reply",
					status: res.statusCode ?? 0,
					headers,
					body: text,
					bytes,
					ending,
					...cut
				});
			});
		});
		req.end(request.body === void 0 ? void 0 : Buffer.from(request.body));
	});
}
function lowerCased(headers) {
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
function headersOf({ headers, headersDistinct }) {
	const types = headersDistinct["content-type"];
	return types && types.length > 1 ? {
		...headers,
		"content-type": types.join(", ")
	} : headers;
}
function rootOf(error) {
	if (!(error instanceof AggregateError)) return error;
	const each = error.errors;
	return ["ECONNREFUSED", "ETIMEDOUT"].map((code) => each.find((one) => one.code === code)).find(Boolean) ?? each[0] ?? error;
}
function readBody(res, headers, request, onDoubt) {
	const isEvents = isEventStream(headers);
	let stoppedAs;
	const stop = (ending) => {
		stoppedAs ??= ending;
		res.destroy();
	};
	const read = async () => {
		let buffer = Buffer.allocUnsafe(16384);
		let bytes = 0;
		let lines = 0;
		let shown = 0;
		let ending = "end";
		try {
			for await (const chunk of await inflated(res)) {
				if (isEvents) {
					for (const byte of chunk) if (byte === 10 || byte === 13) lines++;
				}
				if (bytes + chunk.length > 4194304 || lines > 2e5) {
					ending = "too-big";
					break;
				}
				if (bytes + chunk.length > buffer.length) {
					const larger = Buffer.allocUnsafe(Math.min(BODY_CAP_BYTES, Math.max(buffer.length * 2, bytes + chunk.length)));
					buffer.copy(larger, 0, 0, bytes);
					buffer = larger;
				}
				chunk.copy(buffer, bytes);
				const lineEnd = Math.max(chunk.lastIndexOf(10), chunk.lastIndexOf(13, -2));
				const heldBack = bytes > shown && buffer[bytes - 1] === 13;
				if (isEvents && request.onLines && (lineEnd >= 0 || heldBack)) {
					const wanted = request.onLines(buffer.toString("utf8", shown, bytes + lineEnd + 1));
					shown = bytes + lineEnd + 1;
					if (wanted === "soon") onDoubt();
					if (wanted === "enough") ending = "enough";
				}
				bytes += chunk.length;
				if (ending === "enough") break;
			}
			ending = stoppedAs ?? ending;
		} catch (error) {
			const code = error.code ?? "";
			ending = stoppedAs ?? (/^(?:Z_|ZSTD_|ERR_?_?BROTLI|ERR__ERROR_FORMAT|BAD_ENCODING)/.test(code) ? "bad-encoding" : "cut");
		}
		return {
			text: buffer.toString("utf8", 0, bytes),
			bytes,
			ending
		};
	};
	return {
		body: read(),
		close: () => stop("enough"),
		expire: () => stop("slow")
	};
}
function mediaType(headers) {
	const stated = headers["content-type"] ?? "";
	return !hasSeveralValues(stated) ? (stated.split(";", 1)[0] ?? "").trim().toLowerCase() : "";
}
function hasSeveralValues(value) {
	let isQuoted = false;
	for (let at = 0; at < value.length; at++) {
		const char = value[at];
		if (isQuoted && char === "\\") at++;
		else if (char === "\"") isQuoted = !isQuoted;
		else if (char === "," && !isQuoted) return true;
	}
	return false;
}
function isEventStream(headers) {
	return mediaType(headers) === "text/event-stream";
}
const MAX_ENCODINGS = 5;
function encodingsOf(headers) {
	return (headers["content-encoding"] ?? "").toLowerCase().split(",").map((name) => name.trim()).filter((name) => name !== "" && name !== "identity");
}
function hasUnknownEncoding(headers) {
	return encodingsOf(headers).some((name) => !(name in decoders));
}
async function inflated(res) {
	const encodings = encodingsOf(res.headers);
	let stream = res;
	if (hasUnknownEncoding(res.headers)) return stream;
	if (encodings.length > MAX_ENCODINGS) throw Object.assign(new Error(`${encodings.length} content encodings`), { code: "BAD_ENCODING" });
	for (const name of encodings.toReversed()) {
		const first = name === "deflate" ? await firstByte(stream) : void 0;
		stream = pipeline(stream, decoders[name](first), () => {});
	}
	return stream;
}
const flushingBy = (flush) => ({
	flush,
	finishFlush: flush
});
const zlibFlush = () => flushingBy(zlib.constants.Z_SYNC_FLUSH);
const brotliFlush = () => flushingBy(zlib.constants.BROTLI_OPERATION_FLUSH);
const zstdFlush = () => flushingBy(zlib.constants.ZSTD_e_flush);
const decoders = {
	gzip: () => zlib.createGunzip(zlibFlush()),
	"x-gzip": () => zlib.createGunzip(zlibFlush()),
	deflate: (first) => first === void 0 || (first & 15) === 8 ? zlib.createInflate(zlibFlush()) : zlib.createInflateRaw(zlibFlush()),
	br: () => zlib.createBrotliDecompress(brotliFlush()),
	zstd: () => zlib.createZstdDecompress(zstdFlush())
};
async function firstByte(stream) {
	for (;;) {
		const chunk = stream.read();
		if (chunk !== null) {
			stream.unshift(chunk);
			return chunk[0];
		}
		if (stream.readableEnded || stream.destroyed) return void 0;
		await new Promise((resolve) => {
			for (const event of [
				"readable",
				"end",
				"close",
				"error"
			]) stream.once(event, () => resolve());
		});
	}
}
// src/gate/sanitize.ts
const MAX_SHOWN_CHARACTERS = 200;
const MAX_READ_CHARACTERS = 65536;
function secretsOf(headers) {
	const spellings = Object.values(headers).map((value) => value.replace(/\s+/g, " ").trim()).flatMap((value) => [value, /^[\w-]+ (.+)$/.exec(value)?.[1] ?? ""]).flatMap((value) => [value, ...value.split(/[^\x20-\x7e]+/).filter((run) => run !== value && run.length >= 6)]).flatMap((value) => [
		value,
		JSON.stringify(value).slice(1, -1),
		encodeURIComponent(value.toWellFormed())
	]);
	return [...new Set(spellings)].filter((secret) => secret !== "").sort((a, b) => b.length - a.length);
}
const MAX_PREVIEW_CHARACTERS = 400;
const MAX_PREVIEW_DEPTH = 8;
function previewJson(value, secrets) {
	let text = "";
	const write = (part, depth) => {
		if (text.length > MAX_PREVIEW_CHARACTERS) return;
		if (typeof part !== "object" || part === null) {
			text += JSON.stringify(typeof part === "string" ? startOf$1(part) : part) ?? "null";
			return;
		}
		const [open, close] = Array.isArray(part) ? "[]" : "{}";
		if (depth === MAX_PREVIEW_DEPTH) {
			text += `${open}\u2026${close}`;
			return;
		}
		text += open;
		let isFirst = true;
		for (const key in part) {
			if (text.length > MAX_PREVIEW_CHARACTERS) break;
			if (!isFirst) text += ",";
			isFirst = false;
			if (!Array.isArray(part)) text += `${JSON.stringify(startOf$1(key))}:`;
			write(part[key], depth + 1);
		}
		text += close;
	};
	write(value, 0);
	return clean(text, secrets);
}
function startOf$1(text) {
	return readStart(text).slice(0, MAX_PREVIEW_CHARACTERS);
}
function readStart(text) {
	if (text.length <= 65536) return secrets.redact(text);
	return secrets.redactStart(text.slice(0, MAX_READ_CHARACTERS));
}
function clean(text, secrets) {
	let line = readStart(text).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ");
	for (const secret of secrets) line = line.replaceAll(secret, "***");
	if (text.length > 65536) line = withoutHalf(line, secrets);
	line = line.trim();
	return line.length > MAX_SHOWN_CHARACTERS ? `${line.slice(0, MAX_SHOWN_CHARACTERS).toWellFormed()}\u2026` : line.toWellFormed();
}
function withoutHalf(line, secrets) {
	for (const secret of secrets) for (let length = secret.length - 1; length > 0; length--) if (line.endsWith(secret.slice(0, length))) return line.slice(0, -length);
	return line;
}
// src/gate/foreign-text.ts
function readableText(body) {
	const text = readStart(body);
	const start = text.trimStart();
	if (start.startsWith("<")) return visibleText(text);
	if (start.startsWith("{") && body.length <= 65536) {
		const message = messageIn(asObject(parseJson$1(body)));
		if (message !== void 0) return lastLineOfTraceback(message);
	}
	return lastLineOfTraceback(text);
}
function messageIn(value) {
	return [
		value.message,
		value.Message,
		value.detail,
		value.error_description,
		value.error,
		value.title
	].map(asText).find((text) => text !== void 0);
}
function lastLineOfTraceback(text) {
	if (!text.includes("Traceback (most recent call last)")) return text;
	return text.split("\n").filter((line) => line.trim() !== "").at(-1) ?? text;
}
function visibleText(page) {
	const lower = page.toLowerCase();
	let text = "";
	let at = 0;
	while (at < page.length) {
		const open = page.indexOf("<", at);
		if (open === -1) break;
		text += `${page.slice(at, open)} `;
		const hidden = [
			"script",
			"style",
			"head"
		].find((name) => lower.startsWith(`<${name}`, open));
		const close = hidden ? lower.indexOf(`</${hidden}`, open) : open;
		const end = close === -1 ? -1 : page.indexOf(">", close);
		if (end === -1) {
			at = page.length;
			break;
		}
		at = end + 1;
	}
	return (text + page.slice(at)).replace(/&(amp|lt|gt|quot|nbsp|#39);/g, (_all, name) => ENTITIES[name] ?? " ");
}
const ENTITIES = {
	amp: "&",
	lt: "<",
	gt: ">",
	quot: "\"",
	nbsp: " ",
	"#39": "'"
};
// src/gate/host-guards.ts
const GUARDS = [
	{
		statuses: [403],
		text: "access is only allowed at",
		fix: "Start @playwright/mcp with --allowed-hosts and the public host name (or \"*\" behind a proxy that checks it)."
	},
	{
		statuses: [403],
		text: "forbidden: invalid host header",
		fix: "Set DisableLocalhostProtection of the Go SDK (mcp-go: WithDisableLocalhostProtection), or let the proxy send Host: localhost."
	},
	{
		statuses: [403],
		text: "host header is not allowed",
		fix: "Add the public host name to allowed_hosts of the rmcp server configuration."
	},
	{
		statuses: [400],
		text: "invalid hostname",
		fix: "Add the public host name to AllowedHosts in appsettings.json (ASP.NET Core)."
	},
	{
		statuses: [403],
		text: "blocked host",
		fix: "Add the public host name to config.hosts (Rails)."
	},
	{
		statuses: [403],
		text: "blocked request. this host",
		fix: "Add the public host name to server.allowedHosts (Vite)."
	},
	{
		statuses: [400],
		text: "invalid host header",
		fix: "Add the public host name to allowed_hosts of TrustedHostMiddleware (Starlette, FastAPI), or to ALLOWED_HOSTS (Django)."
	},
	{
		statuses: [421],
		text: "invalid host header",
		fix: "Python SDK: FastMCP(host=\"0.0.0.0\"), or TransportSecuritySettings(allowed_hosts=[...]) with the public host name; FastMCP 3 and later: FASTMCP_HTTP_ALLOWED_HOSTS."
	},
	{
		statuses: [403],
		text: "invalid host:",
		fix: "Add the public host name to allowedHosts of createMcpExpressApp (TypeScript SDK)."
	}
];
function hostGuardFix(status, body) {
	const text = body.slice(0, 4e3).toLowerCase();
	return GUARDS.find((guard) => guard.statuses.includes(status) && text.includes(guard.text))?.fix;
}
// src/gate/read-reply.ts
function readCertificateFault({ code, message, certificate }, at, { url, secrets }) {
	if (UNTRUSTED_CODES.test(code)) return refusal("TLS_UNTRUSTED", `The certificate of ${at} is not trusted (${code})${whyUntrusted(certificate, secrets)}.`);
	if (code === "ERR_TLS_CERT_ALTNAME_INVALID" || code === "HOSTNAME_MISMATCH") return refusal("TLS_NAME", `The certificate of ${at} is ${certificate ? `${describe(certificate, secrets)}; you asked ${url.hostname}` : `for another name: "${clean(message, secrets)}"`}.`);
	if (code === "CERT_HAS_EXPIRED" || code === "CERT_NOT_YET_VALID") {
		const isPast = code === "CERT_HAS_EXPIRED";
		const when = certificate && date(isPast ? certificate.validTo : certificate.validFrom);
		const state = isPast ? `expired${when ? ` on ${when}` : ""}` : `is not valid ${when ? `before ${when}` : "yet"}`;
		const shown = certificate ? `; it is ${describe(certificate, secrets)}` : "";
		return refusal("TLS_EXPIRED", `The certificate of ${at} ${state} (the clock of the runner shows ${date(new Date())})${shown}.`);
	}
}
function describe({ names, issuer, validFrom, validTo }, secrets) {
	const shown = names.slice(0, 5).map((name) => clean(name, secrets));
	const more = names.length > shown.length ? ` and ${names.length - shown.length} more` : "";
	return `${shown.length === 0 ? "for no name" : `for ${shown.join(", ")}${more}`}, issued by "${clean(issuer, secrets)}", valid from ${date(validFrom)} to ${date(validTo)}`;
}
function whyUntrusted(certificate, secrets) {
	if (certificate === void 0) return "";
	return `: ${certificate.isSelfSigned ? "it is self-signed" : certificate.hasIssuer ? "the authority at the end of its chain is not a public one" : "the server sends only this one, without the certificate of its issuer, and the runner does not know that issuer"}; it is ${describe(certificate, secrets)}`;
}
function date(value) {
	return Number.isNaN(value.getTime()) ? "no date" : `${value.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
function seconds(ms) {
	return `${Math.round((ms ?? 0) / 100) / 10} s`;
}
const REFUSING_RPC_CODES = new Set([
	-32700,
	-32600,
	-32601,
	-32602
]);
const MODERN_RPC_CODES = {
	headerMismatch: -32020,
	missingCapability: -32021,
	unsupportedVersion: -32022
};
const UNTRUSTED_CODES = /^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT_UNTRUSTED|CERT_REJECTED|CERT_CHAIN_TOO_LONG|INVALID_CA|CERT_REVOKED|CERT_SIGNATURE_FAILURE)/;
const UNREACHABLE_CODES = new Set([
	"EHOSTUNREACH",
	"ENETUNREACH",
	"EADDRNOTAVAIL"
]);
function readOutcome(outcome, context) {
	const parsed = outcome.kind === "fault" ? readFault(outcome, context) : readReply(outcome, context);
	return outcome.isCut && !parsed.answered ? {
		...parsed,
		isCut: true
	} : parsed;
}
function refusal(code, sentence, more = {}) {
	return {
		answered: false,
		code,
		sentence,
		...more
	};
}
function readFault(fault, context) {
	const { phase, code, message, phases, certificate } = fault;
	const { url, secrets } = context;
	const host = url.hostname;
	const via = fault.connectTo === void 0 ? "" : ` (by mcp-connect-to ${fault.connectTo})`;
	const at = `${host}:${url.port || (url.protocol === "https:" ? 443 : 80)}${via}`;
	const detail = clean(message, secrets);
	if (code === "NOT_SIGNED") return refusal("AWS_CREDENTIALS_MISSING", `The request to ${host} could not be signed: ${detail}.`);
	if (code === "BUDGET_SPENT") return refusal("REQUESTS_SPENT", "No request of mcp-requests-per-minute was left before the end of mcp-timeout.");
	if (code === "DEADLINE") switch (phase) {
		case "dns": return refusal("DNS_TIMEOUT", `The resolver did not answer for ${host}.`);
		case "tls": return refusal("TLS_TIMEOUT", `${at} accepts TCP connections but does not answer the TLS handshake.`);
		case "tcp": return refusal("TCP_TIMEOUT", `${at} does not answer connection attempts at all.`);
		case "proxy": return refusal("PROXY_FAILED", `The proxy of the runner did not open a connection to ${at} in time.`);
		default: return refusal("HEADERS_TIMEOUT", `${at} accepted the request but sent no response headers in ${seconds(phases.headers)}.`);
	}
	const aboutCertificate = readCertificateFault(fault, at, context);
	if (aboutCertificate) return aboutCertificate;
	if (phase === "proxy" || code.startsWith("ERR_PROXY")) return refusal("PROXY_FAILED", `The proxy of the runner did not open a connection to ${at}: ${code}, "${detail}".`);
	if (code === "ENOTFOUND") return refusal("DNS_NXDOMAIN", `The name ${host} does not exist in DNS.`);
	if (phase === "dns" || /^EAI_|^ESERVFAIL$/.test(code)) return refusal("DNS_FAILED", `The name ${host} could not be resolved (${code}).`);
	if (/(?:bad|expired|revoked|unsupported) certificate|certificate (?:unknown|expired|revoked)|alert unknown ca/i.test(message)) return refusal("CLIENT_CERTIFICATE_REFUSED", `${at} refused the client certificate: ${code}, "${detail}".`);
	if (/certificate required/i.test(message) || code === "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED") return refusal("MTLS_REQUIRED", `${at} ended the connection because no client certificate was sent (${code}).`);
	if (url.protocol === "http:" && certificate) return refusal("PORT_SPEAKS_TLS", `${at} is a TLS port (its certificate is ${describe(certificate, secrets)}), and the URL has http.`);
	if (/wrong version number|packet length too long|http request|unknown protocol|record layer failure/i.test(message)) return refusal("TLS_NOT_TLS", `${at} does not speak TLS: it answered the handshake with something else.`);
	if (phase === "tls") return refusal("TLS_FAILED", `The TLS handshake with ${at} failed: ${code}, "${detail}".`);
	if (code === "ECONNREFUSED") return refusal("TCP_REFUSED", `Nothing listens at ${at}: the connection was refused.`);
	if (code === "ETIMEDOUT") return refusal("TCP_TIMEOUT", `${at} does not answer connection attempts at all.`);
	if (UNREACHABLE_CODES.has(code)) return refusal("TCP_UNREACHABLE", `There is no route to ${at} (${code}).`);
	if (code === "HPE_HEADER_OVERFLOW") return refusal("HEADERS_TOO_BIG", `${at} sent more than 16 KiB of response headers.`);
	if (code.startsWith("UNASKED_")) return refusal("NOT_HTTP", `${at} answered with ${detail}.`);
	if (code.startsWith("HPE_")) return refusal("NOT_HTTP", `${at} answered with something that is not HTTP/1.1 (${code}).`);
	if (code === "ECONNRESET" || code === "EPIPE") {
		const fix = `${codes.CONN_RESET.fix} Some servers also close the connection when they refuse the certificate of mcp-client-cert.`;
		const more = context.hasClientCertificate ? { fix } : {};
		return refusal("CONN_RESET", `${at} closed the connection before it answered.`, more);
	}
	return refusal("CONN_FAILED", `The connection to ${at} failed in the ${phase} phase: ${code}, "${detail}".`);
}
function readReply(reply, context) {
	const { status } = reply;
	if (status < 200 || status >= 300) return {
		...readStatus(reply, context),
		status
	};
	if (context.id === void 0) return {
		answered: true,
		result: {}
	};
	const parsed = readSuccess(reply, context, context.id);
	if (parsed.answered) return parsed;
	if (hasUnknownEncoding(reply.headers) && parsed.code.startsWith("NOT_JSON")) return {
		...notDecoded(reply, context),
		status
	};
	return {
		...parsed,
		status
	};
}
function notDecoded({ headers }, { url, secrets }) {
	const encoding = clean(headers["content-encoding"] ?? "", secrets);
	return refusal("BODY_ENCODING", `${`${url.origin}${url.pathname}`} sent a body that does not decode as Content-Encoding "${encoding}".`);
}
function readStatus(reply, context) {
	const { status, headers, body } = reply;
	const rpc = rpcErrorIn(body);
	const address = `${context.url.origin}${context.url.pathname}`;
	const detail = rpc ? `JSON-RPC ${rpc.code} "${clean(rpc.message, context.secrets)}"` : quoted(body, context);
	const observed = `${address} answered HTTP ${status}${server(reply, context)}, ${detail}.`;
	const more = rpc ? { rpc } : {};
	const byLoadBalancer = /^awselb\b/i.test(header(reply, "server"));
	const isPage = /^\s*</.test(body) || mediaType(reply.headers) === "text/html";
	if (status >= 300 && status < 400) return refusal("REDIRECT", `${address} answered HTTP ${status} and redirects to ${headers.location === void 0 ? "nowhere" : `"${clean(headers.location, context.secrets)}"`}.`);
	const aboutSession = context.inSession && !byLoadBalancer ? readSessionFault(reply, rpc, observed) : void 0;
	if (aboutSession) return {
		...aboutSession,
		...more
	};
	const guardFix = hostGuardFix(status, body);
	if (guardFix) return refusal("HOST_REJECTED", `The server refuses the host name ${context.url.hostname}: ${observed}`, {
		...more,
		fix: guardFix
	});
	if ((status === 401 || status === 403) && /csrf/i.test(body.slice(0, 4e3))) return refusal("HTTP_403", observed, {
		...more,
		fix: CSRF_FIX
	});
	switch (status) {
		case 400:
			if (/plain HTTP request was sent to HTTPS port|HTTP request to an HTTPS server/i.test(body)) return refusal("PORT_SPEAKS_TLS", `${address} is a TLS port, and the URL has http.`);
			if (/no required ssl certificate was sent|ssl certificate error/i.test(body.slice(0, 4e3))) return refusal("MTLS_REQUIRED", observed);
			if (/\baccept\b/i.test(rpc?.message ?? (isPage ? "" : body.slice(0, 2e3)))) return refusal("HTTP_406", observed, more);
			return rpc ? readRpcError(rpc, observed) : refusal("HTTP_400", observed);
		case 401:
			if (context.isSigned && isAwsRefusal(reply)) return refusal("AWS_SIGNATURE_REFUSED", observed);
			return readUnauthorized(reply, context, address);
		case 403:
			if (/insufficient_scope/i.test(headers["www-authenticate"] ?? "")) return refusal("AUTH_SCOPE", `${observed} WWW-Authenticate: "${clean(headers["www-authenticate"] ?? "", context.secrets)}"`);
			if (/\bhost\b/i.test(rpc?.message ?? (isPage ? "" : body.slice(0, 2e3)))) return refusal("HOST_REJECTED", `The server refuses the host name ${context.url.hostname}: ${observed}`, more);
			if (isAwsRefusal(reply)) return refusal(context.isSigned ? "AWS_SIGNATURE_REFUSED" : "AWS_FORBIDDEN", observed);
			return byLoadBalancer || isPage ? refusal("WAF_403", observed) : refusal("HTTP_403", observed, more);
		case 404:
			if (byLoadBalancer) return refusal("ALB_404", observed);
			return rpc ? readRpcError(rpc, observed) : refusal("PATH_404", observed);
		case 405: return refusal("HTTP_405", observed, more);
		case 406: return refusal("HTTP_406", observed, more);
		case 413: return refusal("HTTP_413", observed, more);
		case 415: return refusal("HTTP_415", observed, more);
		case 421: return refusal("HOST_REJECTED", `The server refuses the host name ${context.url.hostname}: ${observed}`, more);
		case 424: return refusal("START_FAILED", observed);
		case 429: {
			const waitMs = retryAfterMs(headers["retry-after"]);
			return refusal("RATE_LIMITED", observed + (waitMs === void 0 ? "" : ` It requests a wait of ${Math.ceil(waitMs / 1e3)} s.`), waitMs === void 0 ? {} : { retryAfterMs: waitMs });
		}
		case 502:
		case 503:
		case 504: if (byLoadBalancer) return refusal(`ALB_${status}`, observed);
	}
	if (rpc) return readRpcError(rpc, observed);
	const fix = status >= 500 ? serverErrorFix(reply) : {};
	return refusal(status >= 500 ? "SERVER_ERROR" : "HTTP_4XX", observed, fix);
}
function serverErrorFix({ status, headers, body }) {
	if (body.includes("Task group is not initialized")) return { fix: LIFESPAN_FIX };
	const isGateway = headers["apigw-requestid"] !== void 0 || headers["x-amz-apigw-id"] !== void 0;
	return status === 504 && /"message"\s{0,4}:\s{0,4}"Endpoint request timed out"/i.test(body.slice(0, 2e3)) || status === 503 && isGateway && /"message"\s{0,4}:\s{0,4}"Service Unavailable"/i.test(body.slice(0, 2e3)) ? { fix: GATEWAY_TIMEOUT_FIX } : {};
}
const GATEWAY_TIMEOUT_FIX = "API Gateway gives an integration 29 s (REST API) or 30 s (HTTP API): find what the server waits for, such as an event stream that it keeps open. A function URL with RESPONSE_STREAM, or a load balancer, has no such limit.";
const LIFESPAN_FIX = "Run the lifespan of the MCP application in the one that mounts it: FastAPI(lifespan=mcp_app.lifespan), or Starlette with session_manager.run() in its lifespan.";
function isAwsRefusal({ headers, body }) {
	const start = body.slice(0, 2e3);
	return headers["x-amzn-errortype"] !== void 0 || /"message"\s{0,4}:\s{0,4}"(?:Missing Authentication Token|Forbidden|The request signature|User: )/i.test(start);
}
function readSessionFault({ status, body }, rpc, observed) {
	if (status !== 400 && status !== 404) return void 0;
	const text = rpc?.message ?? body.slice(0, 2e3);
	if (/missing session|session-id header is required|session id is required|no session id/i.test(text)) return refusal("SESSION_HEADER_LOST", `The Mcp-Session-Id that was sent did not reach the server: ${observed}`);
	return /session|not initialized/i.test(text) || status === 404 && (body.trim() === "" || rpc?.code === -32001) ? refusal("SESSION_LOST", `The server gave a session and then did not know it: ${observed}`) : void 0;
}
const CSRF_FIX = "Leave the MCP path out of the CSRF protection (Spring Security: csrf.ignoringRequestMatchers): clients send no token of a form.";
function isSpringSecurity({ headers }) {
	return headers["x-xss-protection"] === "0" && headers.pragma === "no-cache" && headers.expires === "0";
}
function readUnauthorized(reply, { authorized, secrets }, address) {
	const { headers } = reply;
	const csrf = authorized && isSpringSecurity(reply) ? { fix: `Check the credentials in mcp-headers. ${CSRF_FIX}` } : {};
	const challenge = headers["www-authenticate"];
	const refused = authorized ? `${address} does not accept the given credentials (HTTP 401)` : `${address} answered HTTP 401`;
	const renamed = headers["x-amzn-remapped-www-authenticate"] === void 0 ? "" : " (API Gateway renamed it to x-amzn-remapped-www-authenticate)";
	return challenge === void 0 ? refusal("AUTH_BARE_401", `${refused} without WWW-Authenticate${renamed}, so clients cannot find where to log in.`, csrf) : refusal("AUTH_REQUIRED", `${refused} with WWW-Authenticate: "${clean(challenge, secrets)}".`, {
		challenge,
		...csrf
	});
}
function readSuccess(reply, context, id) {
	const { status, body, bytes, ending } = reply;
	const address = `${context.url.origin}${context.url.pathname}`;
	const type = mediaType(reply.headers);
	const stated = reply.headers["content-type"] === void 0 ? "no Content-Type" : `Content-Type "${clean(reply.headers["content-type"], context.secrets)}"`;
	const cap = `${BODY_CAP_BYTES / 1024 / 1024} MiB`;
	if (ending === "too-big") return refusal("BODY_TOO_BIG", `${address} sent more than ${type === "text/event-stream" ? `${cap} or ${LINES_CAP} lines of events` : cap} as one answer.`);
	if (isTooIntricate(body)) return refusal("BODY_TOO_BIG", `${address} sent more than ${MOST_NODES} JSON objects, arrays and members as one answer.`);
	if (ending === "bad-encoding") return notDecoded(reply, context);
	if (status === 202 || status === 204) return refusal("ACCEPTED_NO_REPLY", `${address} answered a request with HTTP ${status} and no JSON-RPC response.`);
	if (type === "text/event-stream") return readStream(reply, context, id, address);
	if (ending === "cut") {
		const announced = reply.headers["content-length"];
		return refusal("BODY_TRUNCATED", `${address} closed the connection after ${bytes}${announced === void 0 ? "" : ` of ${clean(announced, [])}`} bytes of the body.`);
	}
	if (ending === "slow") return refusal("BODY_SLOW", `${address} sent only ${bytes} bytes of the body in ${seconds(reply.phases.body)}.`);
	if (bytes === 0) return refusal("EMPTY_200", `${address} answered HTTP ${status} with an empty body (${stated}).`);
	if (type === "text/html" || /^\s*<(?:!doctype|html|head|body)\b/i.test(body)) {
		const title = titleOf(body);
		return refusal("HTML_PAGE", `${address} answered HTTP ${status} with ${title ? `a web page titled "${clean(title, context.secrets)}"` : `a web page, ${quoted(body, context)}`}.`);
	}
	if (type !== "application/json") return refusal("CONTENT_TYPE", `${address} answered HTTP ${status} with ${stated}, ${quoted(body, context)}.`);
	const parsed = parseJson(body.replace(/^\ufeff/, ""));
	if (parsed === void 0) return refusal("NOT_JSON", `${address} answered with ${quoted(body, context)}, which is not JSON.`);
	const messages = Array.isArray(parsed.value) ? parsed.value : [parsed.value];
	const stranger = messages.length > 1 ? messages.find((message) => !isJsonRpc(message)) : void 0;
	if (stranger !== void 0) return refusal("NOT_JSONRPC", `${address} answered with a batch that has a stranger among its messages: ${previewJson(stranger, context.secrets)}.`);
	return pickAnswer(messages.map(readMessage).filter((message) => message !== void 0), id, address, context) ?? refusal("NOT_JSONRPC", `${address} answered with JSON that is not a JSON-RPC 2.0 response: ${quoted(body, context)}.`);
}
function readStream(reply, context, id, address) {
	const stream = readEvents(reply.body);
	const messages = stream.events.filter(isMessage).filter((event) => event.data !== "");
	const parsed = messages.map((event) => parseJson(event.data));
	const answer = pickAnswer(parsed.map((json) => json && readMessage(json.value)).filter((message) => message !== void 0), id, address, context);
	if (answer) return answer;
	const bad = messages[parsed.indexOf(void 0)];
	if (bad) return refusal("SSE_BAD_JSON", `${address} sent an event that is not JSON, ${quoted(bad.data, context)}.`);
	const misnamed = stream.events.find((event) => !isMessage(event) && carriesAnswer(event.data, id));
	if (misnamed) return refusal("SSE_EVENT_NAME", `${address} sent the answer as "event: ${clean(misnamed.event ?? "", context.secrets)}", which clients ignore.`);
	const [code, sentence] = streamWithoutAnswer(stream, reply, address);
	return refusal(code, sentence, code === "SSE_SILENT" && stream.comments + stream.events.length > 0 ? { fix: SLOW_HANDLER_FIX } : {});
}
const SLOW_HANDLER_FIX = "The stream is alive, and the answer did not come: find out what the handler waits for, or raise mcp-request-timeout if it only takes long.";
function streamWithoutAnswer(stream, { ending, bytes }, address) {
	const got = `${count(stream.events.length, "event")} and ${count(stream.comments, "keep-alive comment")}`;
	if (ending === "slow" || ending === "enough") return ["SSE_SILENT", `${address} opened an event stream and sent ${got}, but no answer.`];
	if (stream.unfinished || ending === "cut") return ["SSE_TRUNCATED", `${address} closed the event stream inside an event, after ${bytes} bytes.`];
	return ["SSE_EMPTY", `${address} closed the event stream after ${got}, without the answer.`];
}
function titleOf(body) {
	const start = readStart(body);
	const element = start.search(/<title/i);
	const text = element === -1 ? -1 : start.indexOf(">", element) + 1;
	return text < 1 ? void 0 : start.slice(text).split("<", 1)[0];
}
function readMessage(value) {
	if (!isObject(value) || value.jsonrpc !== "2.0") return void 0;
	const { jsonrpc: _, id, result, error, ...rest } = value;
	if (Object.keys(rest).length > 0) return void 0;
	if (isObject(result) && error === void 0) return {
		id,
		result
	};
	const rpc = readError(error);
	return rpc && result === void 0 ? {
		id,
		error: rpc
	} : void 0;
}
function isJsonRpc(value) {
	if (readMessage(value)) return true;
	if (!isObject(value) || value.jsonrpc !== "2.0" || typeof value.method !== "string") return false;
	const { jsonrpc: _, method: _method, id, params, ...rest } = value;
	return (id === void 0 || typeof id === "string" || Number.isInteger(id)) && (params === void 0 || isObject(params)) && Object.keys(rest).length === 0;
}
function pickAnswer(messages, id, address, context) {
	const answer = messages.find((message) => isId(message.id, id)) ?? messages.find(({ id, error }) => error && id == null);
	if (answer?.result) return {
		answered: true,
		result: answer.result
	};
	if (answer?.error) return readRpcError(answer.error, `${address} answered JSON-RPC ${answer.error.code} "${clean(answer.error.message, context.secrets)}".`);
	const other = messages[0];
	if (other === void 0) return void 0;
	return refusal("WRONG_ID", `${address} answered request ${id} with the id ${typeof other.id === "string" ? `"${clean(other.id, context.secrets)}"` : typeof other.id === "number" ? other.id : `of type ${typeof other.id}`}.`);
}
function isId(value, id) {
	return (typeof value === "number" || typeof value === "string") && Number(value) === id;
}
function readRpcError(rpc, sentence) {
	if (rpc.code === MODERN_RPC_CODES.headerMismatch) return refusal("MODERN_HEADERS_LOST", sentence, { rpc });
	if (rpc.code === MODERN_RPC_CODES.missingCapability) return refusal("CLIENT_CAPABILITY_MISSING", sentence, { rpc });
	return refusal(REFUSING_RPC_CODES.has(rpc.code) ? "RPC_REFUSED" : "RPC_ERROR", sentence, { rpc });
}
function readError(error) {
	if (!isObject(error) || !Number.isInteger(error.code)) return void 0;
	const message = typeof error.message === "string" ? error.message : "";
	return {
		code: error.code,
		message,
		data: error.data
	};
}
function rpcErrorIn(body) {
	const texts = /^\s*\{/.test(body) ? [body] : /^(?:event|data|id|retry|:)/.test(body) ? readEvents(body).events.map((e) => e.data) : [];
	for (const text of texts) {
		const json = parseJson(text)?.value;
		const error = isObject(json) && json.jsonrpc === "2.0" ? readError(json.error) : void 0;
		if (error) return error;
	}
}
function carriesAnswer(data, id) {
	const message = readMessage(parseJson(data)?.value);
	return message !== void 0 && isId(message.id, id);
}
const MOST_NODES = 3e5;
function isTooIntricate(text) {
	let nodes = 0;
	for (let at = 0; at < text.length; at++) {
		const unit = text.charCodeAt(at);
		if (unit === 123 || unit === 91 || unit === 58) nodes++;
	}
	return nodes > MOST_NODES;
}
function parseJson(text) {
	try {
		return isTooIntricate(text) ? void 0 : { value: JSON.parse(text) };
	} catch {
		return;
	}
}
function server(reply, { secrets }) {
	const name = header(reply, "server");
	return name === "" ? "" : ` (Server: ${clean(name, secrets)})`;
}
function header({ headers }, name) {
	return [headers[name] ?? []].flat().join(", ");
}
function quoted(body, { secrets }) {
	const text = clean(readableText(body), secrets);
	return body === "" ? "with an empty body" : text === "" ? "with a body without text" : `body "${text}"`;
}
function count(n, noun) {
	return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
// src/gate/rpc.ts
const CLIENT_INFO = {
	name: "terraform-mcp-deploy",
	version: "1"
};
async function send(conversation, message) {
	const { method, params, id, url } = message;
	const { answerTimeoutMs } = conversation;
	const requests = answerServerRequests(conversation, url, message.headers);
	const outcome = await exchange(conversation.target, {
		url,
		method: "POST",
		headers: {
			accept: "application/json, text/event-stream",
			"content-type": "application/json",
			...message.headers
		},
		body: JSON.stringify({
			jsonrpc: "2.0",
			...id !== void 0 && { id },
			method,
			...params && { params }
		}),
		...id !== void 0 && { onLines: answerWatch(id, requests.answer) },
		...answerTimeoutMs !== void 0 && {
			headersTimeoutMs: answerTimeoutMs,
			bodyTimeoutMs: answerTimeoutMs
		},
		...id === void 0 && { bodyTimeoutMs: conversation.target.times.notificationBodyTimeoutMs }
	});
	await requests.sent();
	const answer = recordReply(conversation, message, "POST", outcome);
	if (id === void 0 || outcome.kind === "fault" || answer.reply.answered) return answer;
	return await resumed(conversation, {
		...message,
		id
	}, outcome, answer.reply) ?? answer;
}
function recordReply(conversation, message, httpMethod, outcome) {
	const reply = readOutcome(outcome, requestContext(conversation.target, message));
	recordExchange(conversation, {
		era: conversation.era,
		step: message.method,
		method: httpMethod
	}, outcome, reply.answered ? "ok" : reply.code);
	return {
		reply,
		outcome
	};
}
function recordExchange({ target, exchanges }, what, outcome, verdict) {
	const entry = {
		...what,
		status: outcome.kind === "reply" ? outcome.status : null,
		bytes: outcome.kind === "reply" ? outcome.bytes : 0,
		phases: outcome.phases,
		elapsedMs: outcome.elapsedMs,
		verdict
	};
	exchanges.push(entry);
	target.observer?.onRecorded(entry, outcome);
}
function requestContext(target, { id, url, headers }) {
	return {
		...id !== void 0 && { id },
		url,
		inSession: headers?.["mcp-session-id"] !== void 0,
		authorized: Object.keys(target.headers).some((name) => name.toLowerCase() === "authorization"),
		isSigned: target.sign !== void 0,
		hasClientCertificate: target.hasClientCertificate,
		secrets: secretsOf(target.headers)
	};
}
const MAX_EVENTS = 5e3;
const MAX_SERVER_REQUESTS = 20;
function answerServerRequests(conversation, url, headers = {}) {
	const { target, era } = conversation;
	const answers = [];
	const post = async (method, body) => {
		const outcome = await exchange(target, {
			url,
			method: "POST",
			headers: {
				accept: "application/json, text/event-stream",
				"content-type": "application/json",
				...headers
			},
			body: JSON.stringify(body),
			bodyTimeoutMs: target.times.notificationBodyTimeoutMs
		});
		recordExchange(conversation, {
			era,
			step: `answer to ${method}`,
			method: "POST"
		}, outcome, "ok");
	};
	const answer = (message) => {
		if (era === "modern" || answers.length >= MAX_SERVER_REQUESTS) return;
		if (!isObject(message) || typeof message.method !== "string") return;
		const { id, method } = message;
		if (typeof id !== "string" && typeof id !== "number") return;
		const result = method === "ping" ? { result: {} } : { error: {
			code: -32601,
			message: "Method not found"
		} };
		answers.push(post(method === "ping" ? "ping" : "a request", {
			jsonrpc: "2.0",
			id,
			...result
		}));
	};
	return {
		answer,
		sent: () => Promise.all(answers)
	};
}
function answerWatch(id, onRequest) {
	let isAnswered = false;
	let isDoubtful = false;
	let count = 0;
	const parser = createParser({ onEvent: (event) => {
		if (++count > MAX_EVENTS || isAnswered || event.data === "") return;
		const value = parseJson(event.data)?.value;
		const answers = isObject(value) && (value.result !== void 0 || value.error !== void 0);
		if (isMessage(event) && answers && isId(value.id, id)) isAnswered = true;
		else if (answers || value === void 0) isDoubtful = true;
		else if (isMessage(event)) onRequest(value);
	} });
	return (lines) => {
		const before = isDoubtful;
		parser.feed(lines);
		if (isAnswered || count > MAX_EVENTS) return "enough";
		return isDoubtful && !before ? "soon" : "more";
	};
}
const MAX_FAILED_RESUMPTIONS = 2;
const MAX_RESUMPTIONS = 50;
async function resumed(conversation, message, first, refusal) {
	if (refusal.code !== "SSE_EMPTY" && refusal.code !== "SSE_TRUNCATED" || conversation.era !== "legacy") return;
	const { target } = conversation;
	const { resumeDelayMs, maxResumeDelayMs, phaseTimeoutsMs } = target.times;
	const end = Math.min(monotonicMs() + (target.requestTimeoutMs ?? phaseTimeoutsMs.body), target.deadline);
	let { lastEventId, retryMs } = readEvents(first.body);
	let answer;
	let failures = 0;
	for (let attempt = 0; attempt < MAX_RESUMPTIONS && lastEventId !== void 0; attempt++) {
		const id = Buffer.from(lastEventId, "utf8").toString("latin1");
		if (!/^[\t\x20-\x7e\x80-\xff]+$/.test(id)) break;
		const delayMs = Math.min(retryMs ?? resumeDelayMs, maxResumeDelayMs);
		if (failures >= MAX_FAILED_RESUMPTIONS || attempt > 0 && monotonicMs() + delayMs > end) break;
		await setTimeout$1(delayMs);
		const requests = answerServerRequests(conversation, message.url, message.headers);
		const outcome = await exchange(target, {
			url: message.url,
			method: "GET",
			headers: {
				accept: "text/event-stream",
				...message.headers,
				"last-event-id": id
			},
			onLines: answerWatch(message.id, requests.answer)
		});
		await requests.sent();
		answer = recordReply(conversation, message, "GET", outcome);
		if (answer.reply.answered || outcome.kind === "fault") return answer;
		failures = outcome.status === 200 ? 0 : failures + 1;
		const next = readEvents(outcome.body);
		lastEventId = next.lastEventId ?? lastEventId;
		retryMs = next.retryMs ?? retryMs;
	}
	return answer?.reply.answered ? answer : void 0;
}
function failureOf({ code, sentence, fix, isCut, retryAfterMs }, step, era) {
	return {
		...failure(code, step, sentence, era),
		...fix !== void 0 && { fix },
		...isCut && { isCut },
		...retryAfterMs !== void 0 && { retryAfterMs }
	};
}
const INDIFFERENT_STATUSES = [
	401,
	403,
	407,
	408,
	421,
	424,
	429
];
function isCleanRefusal({ status, rpc }) {
	if (status === void 0) return false;
	return status < 300 ? rpc !== void 0 : status >= 400 && status < 500 && !INDIFFERENT_STATUSES.includes(status);
}
function isEraOffered(era, step, refusal) {
	switch (era) {
		case "legacy": return step !== "initialize" || !refusesInitialize(refusal);
		case "modern": return step !== "server/discover" || refusal.rpc !== void 0 && refusal.code === "NO_COMMON_VERSION";
		case "http-sse": return true;
	}
}
function refusesInitialize(refusal) {
	const { code, status = 0 } = refusal;
	return code === "LEGACY_CLIENTS_LOCKED_OUT" || code === "RPC_REFUSED" || status >= 400 && isCleanRefusal(refusal);
}
function failed(conversation, step, refusal, since) {
	return {
		verdict: "failed",
		failure: failureOf(refusal, step, conversation.era),
		isOffered: isEraOffered(conversation.era, step, refusal),
		warnings: [],
		elapsedMs: monotonicMs() - since
	};
}
function unfitRefusal(code, sentence) {
	return {
		answered: false,
		code,
		sentence
	};
}
// src/gate/schemas.ts
const being = (what, test) => (value, path) => test(value) ? void 0 : path === "" ? `is not ${what}` : `has ${path} that is not ${what}`;
const text = being("a string", (value) => typeof value === "string");
const flag = being("true or false", (value) => typeof value === "boolean");
const object = being("an object", isObject);
const list = being("a list", Array.isArray);
const structure = being("an object", (value) => typeof value === "object" && value !== null);
const token = being("a string or a whole number", (value) => typeof value === "string" || Number.isInteger(value));
const oneOf = (...choices) => being(choices.map((choice) => `"${choice}"`).join(" or "), (value) => choices.some((choice) => choice === value));
const listOf = (item) => (value, path) => {
	if (!Array.isArray(value)) return list(value, path);
	for (const [index, each] of value.entries()) {
		const fault = item(each, `${path}[${index}]`);
		if (fault) return fault;
	}
};
const mapOf = (item) => (value, path) => {
	if (!isObject(value)) return object(value, path);
	for (const key of Object.keys(value)) {
		const fault = item(value[key], `${path}.${key}`);
		if (fault) return fault;
	}
};
const members = (needed, optional = {}) => (value, path) => {
	if (!isObject(value)) return object(value, path);
	const at = (name) => path === "" ? name : `${path}.${name}`;
	for (const [name, shape] of Object.entries(needed)) {
		const fault = value[name] === void 0 ? `has no ${at(name)}` : shape(value[name], at(name));
		if (fault) return fault;
	}
	for (const [name, shape] of Object.entries(optional)) {
		const fault = value[name] === void 0 ? void 0 : shape(value[name], at(name));
		if (fault) return fault;
	}
};
const icons = listOf(members({ src: text }, {
	mimeType: text,
	sizes: listOf(text),
	theme: oneOf("light", "dark")
}));
const listChanging = members({}, { listChanged: flag });
const capabilities = {
	experimental: mapOf(structure),
	logging: structure,
	completions: structure,
	prompts: listChanging,
	resources: members({}, {
		subscribe: flag,
		listChanged: flag
	}),
	tools: listChanging,
	extensions: mapOf(structure)
};
const tasks = members({}, {
	list: structure,
	cancel: structure,
	requests: members({}, { tools: members({}, { call: structure }) })
});
const implementation = members({
	name: text,
	version: text
}, {
	title: text,
	icons,
	websiteUrl: text,
	description: text
});
const resultMeta = members({}, {
	progressToken: token,
	"io.modelcontextprotocol/related-task": members({ taskId: text })
});
const initializeResult = members({
	protocolVersion: text,
	capabilities: members({}, {
		...capabilities,
		tasks
	}),
	serverInfo: implementation
}, {
	instructions: text,
	_meta: resultMeta
});
const complete = { resultType: oneOf("complete") };
const discoverResult = members({
	supportedVersions: listOf(text),
	capabilities: members({}, capabilities)
}, {
	resultType: text,
	instructions: text,
	_meta: object
});
const page = { tools: list };
const duration = being("a whole number of milliseconds", (value) => Number.isSafeInteger(value) && Number(value) >= 0);
const legacyPage = members(page, {
	nextCursor: text,
	_meta: resultMeta
});
const modernPage = members({
	...complete,
	...page,
	ttlMs: duration,
	cacheScope: oneOf("public", "private")
}, {
	nextCursor: text,
	_meta: object
});
const described = {
	title: text,
	description: text,
	icons,
	annotations: members({}, {
		title: text,
		readOnlyHint: flag,
		destructiveHint: flag,
		idempotentHint: flag,
		openWorldHint: flag
	}),
	_meta: object
};
const objectSchema = members({ type: oneOf("object") }, {
	properties: mapOf(structure),
	required: listOf(text)
});
const legacyTool = members({
	name: text,
	inputSchema: objectSchema
}, {
	...described,
	outputSchema: objectSchema,
	execution: members({}, { taskSupport: oneOf("required", "optional", "forbidden") })
});
const modernTool = members({
	name: text,
	inputSchema: members({ type: oneOf("object") }, { $schema: text })
}, {
	...described,
	outputSchema: members({}, { $schema: text })
});
// src/gate/tools.ts
const MAX_PAGES = 64;
const MAX_BYTES = 8388608;
async function listTools(ask, isModern, secrets) {
	const tools = [];
	const cursors = new Set();
	let bytes = 0;
	for (let cursor;;) {
		const { reply, outcome } = await ask("tools/list", cursor === void 0 ? {} : { cursor });
		if (!reply.answered) return isUnbuildable(reply) ? {
			...reply,
			code: "LIST_UNBUILDABLE"
		} : reply;
		const page = readPage(reply.result, isModern, secrets);
		if ("answered" in page) return page;
		if (!isModern && page.tools.some(({ outputSchema }) => outputSchema !== void 0)) {
			const { findUncompilable } = await import("./output-schemas.js");
			const uncompilable = await findUncompilable(page.tools);
			if (uncompilable) return badOutputSchema(uncompilable, secrets);
		}
		for (const tool of page.tools) tools.push(tool);
		if (page.nextCursor === void 0) return {
			...readList(tools, isModern, secrets),
			pages: cursors.size + 1
		};
		if (cursors.has(page.nextCursor)) return unfitRefusal("PAGINATION_LOOP", `tools/list gave the cursor "${clean(page.nextCursor, secrets)}" twice.`);
		cursor = page.nextCursor;
		cursors.add(cursor);
		bytes += outcome.kind === "reply" ? outcome.bytes : 0;
		if (cursors.size >= MAX_PAGES || bytes > MAX_BYTES) return unfitRefusal("PAGINATION_LOOP", `tools/list has no end after ${cursors.size} pages and ${tools.length} tools.`);
	}
}
function readList(tools, isModern, secrets) {
	if (tools.length === 0) return {
		tools,
		warnings: ["tools/list names no tool, so clients have nothing to call."]
	};
	if (!isModern) return {
		tools,
		warnings: []
	};
	const warnings = [];
	return {
		tools: tools.filter(({ name, inputSchema }) => {
			const fault = findHeaderFault(inputSchema);
			if (fault !== void 0) warnings.push(`Clients of 2026-07-28 leave the tool "${clean(name, secrets)}" out, because of its x-mcp-header: ${clean(fault, secrets)}.`);
			return fault === void 0;
		}),
		warnings: warnings.slice(0, MAX_TOOL_WARNINGS)
	};
}
const MAX_TOOL_WARNINGS = 20;
function isUnbuildable({ rpc }) {
	return rpc !== void 0 && /recursi|circular|json schema|pydantic/i.test(rpc.message.slice(0, 2e3));
}
function badOutputSchema({ tool, fault }, secrets) {
	const sentence = `The tools/list result is not valid: tool "${clean(tool, secrets)}" has an outputSchema that clients cannot compile: ${clean(fault, secrets)}.`;
	const fix = "Correct the outputSchema of this tool (each $ref must point into the same schema), or leave it out: clients compile it when they list the tools, and refuse the whole list otherwise.";
	return {
		...unfitRefusal("BAD_TOOLS", sentence),
		fix
	};
}
function readPage(result, isModern, secrets) {
	const bad = (what) => unfitRefusal("BAD_TOOLS", `The tools/list result is not valid: ${what}.`);
	const fault = (isModern ? modernPage : legacyPage)(result, "");
	if (fault && isModern && legacyPage(result, "") === void 0) return unfitRefusal("BAD_MODERN_RESULT", `The tools/list result ${clean(fault, secrets)}.`);
	if (fault) return bad(`it ${clean(fault, secrets)}`);
	const { tools, nextCursor } = result;
	const listed = [];
	for (const [index, tool] of tools.entries()) {
		const named = isObject(tool) && typeof tool.name === "string" ? `"${clean(tool.name, secrets)}"` : `number ${index + 1}`;
		if (!isObject(tool)) return bad(`tool ${named} is not an object`);
		const toolFault = (isModern ? modernTool : legacyTool)(tool, "");
		if (toolFault) return bad(`tool ${named} ${clean(toolFault, secrets)}`);
		listed.push(toolFields(tool));
	}
	return {
		tools: listed,
		...nextCursor !== void 0 && { nextCursor }
	};
}
function toolFields({ name, title, description, inputSchema, outputSchema, annotations }) {
	return {
		name,
		...title !== void 0 && { title },
		...description !== void 0 && { description },
		inputSchema,
		...outputSchema !== void 0 && { outputSchema },
		...annotations !== void 0 && { annotations }
	};
}
function closest(wanted, names) {
	const plain = (name) => name.toLowerCase().replace(/[^a-z0-9]/g, "");
	const goal = plain(wanted);
	const best = names.slice(0, 2e3).map((name) => {
		const other = plain(name).slice(0, 128);
		return {
			name,
			distance: goal !== "" && other !== "" && (other.includes(goal) || goal.includes(other)) ? Math.min(1, Math.abs(other.length - goal.length)) : editDistance(goal.slice(0, 128), other)
		};
	}).sort((a, b) => a.distance - b.distance)[0];
	return best && best.distance <= Math.max(1, Math.floor(goal.length / 3)) ? best.name : void 0;
}
function editDistance(a, b) {
	let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
	for (let i = 1; i <= a.length; i++) {
		const current = [i];
		for (let j = 1; j <= b.length; j++) {
			const substituted = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
			current.push(Math.min(substituted, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
		}
		previous = current;
	}
	return previous[b.length] ?? b.length;
}
// src/gate/expectations.ts
async function checkOffer({ conversation, step, protocolVersion, offer, ask, isModern, since }, expected, secrets) {
	const refused = findVersionFault(offer, expected, secrets);
	if (refused) return failed(conversation, step, refused, since);
	const allowed = readCapabilities(offer.capabilities, expected.tools);
	if ("answered" in allowed) return failed(conversation, step, allowed, since);
	const listing = allowed.listsTools ? await listTools(ask, isModern, secrets) : {
		tools: [],
		pages: 0,
		warnings: await warningsWithoutTools(ask, offer)
	};
	if ("answered" in listing) return failed(conversation, "tools/list", listing, since);
	const missing = findMissingTool(listing.tools, expected.tools, secrets);
	if (missing) return failed(conversation, "tools/list", missing, since);
	return {
		verdict: "passed",
		protocolVersion,
		...offer.serverInfo && { serverInfo: offer.serverInfo },
		...allowed.listsTools && {
			tools: listing.tools,
			pages: listing.pages
		},
		warnings: listing.warnings,
		elapsedMs: monotonicMs() - since
	};
}
async function warningsWithoutTools(ask, { capabilities }) {
	const method = capabilities.resources === void 0 ? "prompts/list" : "resources/list";
	const { reply } = await ask(method, {});
	return ["The server declares no tools, only prompts or resources.", ...reply.answered || reply.isCut ? [] : [`It declares what ${method} lists, and ${method} fails (${reply.code}): ${reply.sentence}`]];
}
function findOfferFault(offer, expected, secrets) {
	const allowed = readCapabilities(offer.capabilities, expected.tools);
	return findVersionFault(offer, expected, secrets) ?? ("answered" in allowed ? allowed : void 0);
}
function findVersionFault({ serverInfo }, { version }, secrets) {
	if (version === void 0 || serverInfo?.version === clean(version, secrets)) return void 0;
	return unfitRefusal("OLD_REVISION", `The server gives ${serverInfo === void 0 ? "no serverInfo" : `version "${serverInfo.version}" of "${serverInfo.name}"`}; "${clean(version, secrets)}" is expected.`);
}
function readCapabilities(capabilities, expected) {
	if (capabilities.tools !== void 0) return { listsTools: true };
	if (expected.length === 0 && (capabilities.prompts !== void 0 || capabilities.resources !== void 0)) return { listsTools: false };
	return unfitRefusal("NO_TOOLS_CAPABILITY", "The server does not declare the tools capability.");
}
function findMissingTool(tools, expected, secrets) {
	const names = tools.map(({ name }) => name);
	const listed = new Set(names);
	const missing = expected.filter((name) => !listed.has(name));
	const [first] = missing;
	if (first === void 0) return void 0;
	const similar = closest(first, names);
	const others = missing.length > 1 ? ` (and ${missing.length - 1} more)` : "";
	const close = similar === void 0 ? "" : `; close: "${clean(similar, secrets)}"`;
	const has = names.length === 0 ? "no tools" : names.slice(0, 8).map((name) => clean(name, secrets)).join(", ");
	return unfitRefusal("TOOL_MISSING", `The tool "${clean(first, secrets)}"${others} is not listed (has: ${clean(has, secrets)}${close}).`);
}
function findContractFault(tools, { contract }, secrets) {
	if (contract === void 0) return void 0;
	const now = contractOf(tools);
	const broken = (what) => unfitRefusal("CONTRACT_BROKEN", `The tools are not those of ${contract.path}: ${what}.`);
	if (now === void 0) return broken("a schema is nested too deep to be compared");
	const { removed, breaking, counts } = compareContracts(contract.tools, now.tools);
	const changes = [...removed.slice(0, 3).map((name) => `"${clean(name, secrets)}" is gone`), ...breaking.slice(0, 3).map(({ tool, path, what }) => `"${clean(tool, secrets)}" ${clean(`${path} ${what}`, secrets)}`)].slice(0, 3);
	const more = counts.removed + counts.breaking - changes.length;
	return changes.length === 0 ? void 0 : broken(`${changes.join("; ")}${more > 0 ? ` and ${more} more` : ""}`);
}
// src/gate/legacy.ts
const LEGACY_VERSIONS = [
	"2025-11-25",
	"2025-06-18",
	"2025-03-26",
	"2024-11-05",
	"2024-10-07"
];
async function probeStreamable(conversation, expected, { withCookies = false, lists = 1, opensStream = false } = {}) {
	const secrets = secretsOf(conversation.target.headers);
	const since = monotonicMs();
	const opening = await initialize(conversation);
	const { session, cookies } = opening;
	const isSession = session["mcp-session-id"] !== void 0;
	const traits = {
		inSession: isSession,
		setsCookies: cookies !== ""
	};
	const headers = {
		...session,
		...withCookies && cookies !== "" && { cookie: cookies }
	};
	const { server } = opening;
	if ("answered" in server) {
		if (isSession) await endSession(conversation, headers);
		const result = failed(conversation, "initialize", server, since);
		return {
			...result,
			...traits,
			listings: [result]
		};
	}
	const inVersion = {
		...headers,
		"mcp-protocol-version": server.protocolVersion
	};
	let streamWarning;
	const use = async () => {
		const { endpoint: url } = conversation.target;
		const { reply } = await send(conversation, {
			method: "notifications/initialized",
			url,
			headers: inVersion
		});
		if (!reply.answered) return [failed(conversation, "notifications/initialized", reply, since)];
		const opened = {
			conversation,
			step: "initialize",
			protocolVersion: server.protocolVersion,
			offer: server,
			ask: legacyRequests(conversation, inVersion),
			isModern: false,
			since
		};
		const stream = opensStream ? openGetStream(conversation, inVersion) : void 0;
		const listings = [await checkOffer(opened, expected, secrets)];
		while (listings.length < lists && listings.at(-1)?.failure?.code !== "SESSION_LOST") listings.push(await checkOffer(opened, expected, secrets));
		streamWarning = await stream?.close();
		return listings;
	};
	const listings = await use();
	if (isSession) await endSession(conversation, inVersion);
	const [first] = listings;
	return {
		...listings.find(({ verdict }) => verdict !== "passed") ?? first,
		...traits,
		listings,
		...streamWarning !== void 0 && { streamWarning }
	};
}
async function inLegacySession(conversation, use) {
	const { endpoint: url } = conversation.target;
	const { server, session } = await initialize(conversation);
	if ("answered" in server) return server;
	const headers = {
		...session,
		"mcp-protocol-version": server.protocolVersion
	};
	const { reply } = await send(conversation, {
		method: "notifications/initialized",
		url,
		headers
	});
	const result = reply.answered ? await use(legacyRequests(conversation, headers)) : reply;
	if (session["mcp-session-id"] !== void 0) await endSession(conversation, headers);
	return result;
}
function openGetStream(conversation, headers) {
	const { target, era } = conversation;
	const { endpoint: url } = target;
	const closing = new AbortController();
	const opened = Promise.withResolvers();
	const requests = answerServerRequests(conversation, url, headers);
	const parser = createParser({ onEvent: (event) => isMessage(event) && requests.answer(parseJson(event.data)?.value) });
	const ended = exchange(target, {
		url,
		method: "GET",
		headers: {
			accept: "text/event-stream",
			...headers
		},
		headersTimeoutMs: target.times.streamHeadersTimeoutMs,
		signal: closing.signal,
		onHeaders: () => opened.resolve(),
		onLines: (lines) => {
			parser.feed(lines);
			return "more";
		}
	});
	const close = async () => {
		await Promise.race([opened.promise, ended]);
		closing.abort();
		const outcome = await ended;
		await requests.sent();
		const code = streamFault(outcome);
		recordExchange(conversation, {
			era,
			step: "GET",
			method: "GET"
		}, outcome, code ?? "ok");
		if (code === void 0) return "";
		const observed = outcome.kind === "fault" ? `sent no response headers in ${target.times.streamHeadersTimeoutMs} ms` : `answered HTTP ${outcome.status}`;
		return `${code}: GET ${url.origin}${url.pathname}, with which clients open the stream of the session, ${observed}. ${codes[code].fix}`;
	};
	return { close };
}
function streamFault(outcome) {
	if (outcome.isCut) return void 0;
	if (outcome.kind === "fault") return outcome.code === "DEADLINE" && outcome.phase === "headers" ? "GET_STREAM_SILENT" : void 0;
	return outcome.status === 403 || outcome.status >= 500 ? "GET_STREAM_REFUSED" : void 0;
}
async function initialize(conversation) {
	const { endpoint: url, headers } = conversation.target;
	const opened = await send(conversation, {
		method: "initialize",
		id: 1,
		url,
		params: initializeParams
	});
	const { reply } = opened;
	return {
		server: reply.answered ? readInitializeResult(reply.result, secretsOf(headers)) : lockedOut(reply) ?? reply,
		session: reply.answered ? sessionOf(opened) : {},
		cookies: cookiesOf(opened)
	};
}
async function endSession(conversation, headers) {
	const { endpoint: url, avoidsClientErrors } = conversation.target;
	if (avoidsClientErrors) return;
	const { endSessionTimeoutMs } = conversation.target.times;
	const outcome = await exchange(conversation.target, {
		url,
		method: "DELETE",
		headers,
		headersTimeoutMs: endSessionTimeoutMs,
		bodyTimeoutMs: endSessionTimeoutMs
	});
	recordReply(conversation, {
		method: "DELETE",
		url,
		headers
	}, "DELETE", outcome);
}
function legacyRequests(conversation, headers) {
	let id = 1;
	return (method, params) => send(conversation, {
		method,
		id: ++id,
		url: conversation.target.endpoint,
		headers,
		params: { ...params }
	});
}
const initializeParams = {
	protocolVersion: LEGACY_VERSIONS[0],
	capabilities: {},
	clientInfo: CLIENT_INFO
};
function readInitializeResult(result, secrets) {
	const fault = initializeResult(result, "");
	if (fault) return unfitRefusal("BAD_INIT_RESULT", `The initialize result ${clean(fault, secrets)}.`);
	const { protocolVersion, capabilities, serverInfo } = result;
	const { name, version } = serverInfo;
	if (!LEGACY_VERSIONS.some((known) => known === protocolVersion)) return unfitRefusal("NO_COMMON_VERSION", `initialize was answered with protocol version "${clean(protocolVersion, secrets)}", which clients do not speak.`);
	return {
		protocolVersion,
		capabilities,
		serverInfo: {
			name: clean(name, secrets),
			version: clean(version, secrets)
		}
	};
}
function lockedOut({ rpc, sentence }) {
	if (rpc?.code !== MODERN_RPC_CODES.unsupportedVersion) return void 0;
	return (isObject(rpc.data) && Array.isArray(rpc.data.supported) ? rpc.data.supported : []).some((version) => LEGACY_VERSIONS.some((known) => known === version)) ? void 0 : unfitRefusal("LEGACY_CLIENTS_LOCKED_OUT", `initialize is refused, only 2026-07-28 is served: ${sentence}`);
}
function sessionOf({ outcome }) {
	const id = outcome.kind === "reply" ? outcome.headers["mcp-session-id"] : void 0;
	return typeof id === "string" && id !== "" ? { "mcp-session-id": id } : {};
}
function cookiesOf({ outcome }) {
	return (outcome.kind === "reply" ? outcome.headers["set-cookie"] ?? [] : []).map((cookie) => cookie.split(";", 1)[0]).join("; ");
}
// src/gate/modern.ts
const MODERN_VERSION = "2026-07-28";
const META = "io.modelcontextprotocol";
async function probeModern(conversation, expected) {
	const since = monotonicMs();
	const discovery = await discover(conversation);
	if ("refusal" in discovery) {
		const result = failed(conversation, "server/discover", discovery.refusal, since);
		return discovery.absent ? {
			...result,
			verdict: "absent"
		} : result;
	}
	return await checkOffer({
		conversation,
		step: "server/discover",
		protocolVersion: MODERN_VERSION,
		offer: discovery,
		ask: modernRequests(conversation),
		isModern: true,
		since
	}, expected, secretsOf(conversation.target.headers));
}
async function discover(conversation) {
	const secrets = secretsOf(conversation.target.headers);
	let { reply } = await ask(conversation, 1, "server/discover", {});
	if (!reply.answered && supportedIn(reply)?.includes(MODERN_VERSION)) ({reply} = await ask(conversation, 2, "server/discover", {}));
	if (!reply.answered) return classifyRefusal(reply, secrets);
	const server = readDiscoverResult(reply.result, secrets);
	if (!("answered" in server)) return server;
	const listed = reply.result.supportedVersions;
	return {
		absent: server.code === "NO_COMMON_VERSION" && Array.isArray(listed) && !listed.some(isModernVersion),
		refusal: server
	};
}
function isModernVersion(version) {
	return typeof version === "string" && version >= MODERN_VERSION;
}
function modernRequests(conversation, headers = {}) {
	let id = 10;
	return (method, params) => ask(conversation, ++id, method, params, headers);
}
function ask(conversation, id, method, params, headers = {}) {
	return send(conversation, {
		method,
		id,
		url: conversation.target.endpoint,
		headers: {
			"mcp-protocol-version": MODERN_VERSION,
			"mcp-method": method,
			...headers
		},
		params: {
			...params,
			_meta: {
				[`${META}/protocolVersion`]: MODERN_VERSION,
				[`${META}/clientInfo`]: CLIENT_INFO,
				[`${META}/clientCapabilities`]: {}
			}
		}
	});
}
function readDiscoverResult(result, secrets) {
	const fault = discoverResult(result, "");
	if (fault) return unfitRefusal("BAD_DISCOVER_RESULT", `The server/discover result ${clean(fault, secrets)}.`);
	const { capabilities, _meta } = result;
	const supportedVersions = result.supportedVersions;
	if (!supportedVersions.includes(MODERN_VERSION)) return noCommonVersion(supportedVersions, secrets);
	const info = isObject(_meta) ? _meta[`${META}/serverInfo`] : void 0;
	return {
		capabilities,
		...isObject(info) && typeof info.name === "string" && typeof info.version === "string" && { serverInfo: {
			name: clean(String(info.name), secrets),
			version: clean(String(info.version), secrets)
		} }
	};
}
function classifyRefusal(refusal, secrets) {
	const { rpc } = refusal;
	const supported = supportedIn(refusal);
	if (supported) {
		const isModern = supported.some(isModernVersion);
		const sameRpc = rpc ? { rpc } : {};
		return {
			absent: !isModern,
			refusal: isModern ? {
				...noCommonVersion(supported, secrets),
				...sameRpc
			} : refusal
		};
	}
	if (rpc && (rpc.code === MODERN_RPC_CODES.headerMismatch || rpc.code === MODERN_RPC_CODES.missingCapability)) return {
		absent: false,
		refusal
	};
	if (refusal.status !== void 0 && refusal.status >= 500) return {
		absent: false,
		refusal
	};
	const isElsewhere = refusal.code === "ALB_404" || refusal.code === "PORT_SPEAKS_TLS";
	return {
		absent: isCleanRefusal(refusal) && !isElsewhere,
		refusal
	};
}
function supportedIn({ rpc }) {
	if (rpc?.code !== MODERN_RPC_CODES.unsupportedVersion || !isObject(rpc.data)) return void 0;
	const { supported } = rpc.data;
	return Array.isArray(supported) ? supported.filter((version) => typeof version === "string") : void 0;
}
function noCommonVersion(supported, secrets) {
	return unfitRefusal("NO_COMMON_VERSION", `The server supports the protocol versions ${clean(supported.slice(0, 10).join(", "), secrets) || "none"}, not ${MODERN_VERSION}.`);
}
// src/gate/eras.ts
const ERAS = [
	"modern",
	"legacy",
	"http-sse"
];
const NOT_ASKED = {
	verdict: "absent",
	warnings: [],
	elapsedMs: 0
};
const MAX_STREAM_TRIES = 2;
function timeoutFor({ verdict, elapsedMs, failure }, memory, { minDiscoverTimeoutMs, minSilentDiscoverTimeoutMs, phaseTimeoutsMs }) {
	const minMs = memory.modernIsSilent ? minSilentDiscoverTimeoutMs : minDiscoverTimeoutMs;
	if (verdict === "passed") return Math.min(Math.max(minMs, 5 * elapsedMs), phaseTimeoutsMs.headers);
	return failure?.code === "HEADERS_TIMEOUT" ? minDiscoverTimeoutMs : void 0;
}
async function probeEras(target, transport, expected, exchanges, require = "any", memory = { modernIsSilent: false }) {
	const conversationIn = (era) => ({
		target,
		era,
		exchanges
	});
	if (transport === "sse") return {
		modern: NOT_ASKED,
		legacy: NOT_ASKED,
		"http-sse": await probeOldTransport(conversationIn("http-sse"), expected)
	};
	let legacy = await probeLegacy(conversationIn("legacy"), expected, memory);
	if (legacy.failure && isSameForAllEras(legacy.failure)) {
		const { inSession: _, setsCookies: _cookies, ...same } = legacy;
		return {
			modern: {
				...same,
				failure: {
					...legacy.failure,
					era: "modern"
				}
			},
			legacy,
			"http-sse": NOT_ASKED
		};
	}
	let modern = NOT_ASKED;
	if (asksModern(require, legacy, target)) {
		const answerTimeoutMs = require === "modern" || require === "both" ? void 0 : timeoutFor(legacy, memory, target.times);
		modern = await probeModern({
			...conversationIn("modern"),
			...answerTimeoutMs && { answerTimeoutMs }
		}, expected);
		memory.modernIsSilent = modern.failure?.code === "HEADERS_TIMEOUT";
		if (legacy.verdict === "passed") modern = asDiscoverFailure(modern);
		legacy = await afterDiscover(conversationIn("legacy"), legacy, modern, memory);
	}
	if (transport === "streamable-http" || modern.verdict === "passed" || !mayBeOldTransport(legacy)) return {
		modern,
		legacy,
		"http-sse": NOT_ASKED
	};
	const sse = await probeOldTransport(conversationIn("http-sse"), expected);
	if (!claimsOldTransport(sse)) return {
		modern,
		legacy,
		"http-sse": NOT_ASKED
	};
	const { failure: _, isOffered: _offer, ...absent } = legacy;
	return {
		modern,
		legacy: {
			...absent,
			verdict: "absent"
		},
		"http-sse": sse
	};
}
async function probeOldTransport(conversation, expected) {
	return await (await import("./legacy-sse2.js")).probeSse(conversation, expected);
}
const FIRST_ROBUST_VERSION = "2025-06-18";
function asksModern(require, { verdict, protocolVersion = "" }, { avoidsClientErrors }) {
	if (require === "modern" || require === "both") return true;
	if (avoidsClientErrors && verdict === "passed") return false;
	return require === "any" && !(verdict === "passed" && protocolVersion < FIRST_ROBUST_VERSION);
}
async function probeLegacy(conversation, expected, memory) {
	const tries = memory.streamTries ?? 0;
	const legacy = await probeStreamable(conversation, expected, { opensStream: conversation.target.avoidsClientErrors !== true && tries < MAX_STREAM_TRIES && (tries === 0 || memory.streamWarning !== void 0) });
	if (legacy.streamWarning !== void 0) {
		memory.streamTries = tries + 1;
		memory.streamWarning = legacy.streamWarning || void 0;
	}
	const warnings = memory.streamWarning === void 0 ? [] : [memory.streamWarning];
	return {
		...legacy,
		warnings: [...legacy.warnings, ...warnings]
	};
}
async function afterDiscover(conversation, legacy, { verdict, isOffered, failure: fault }, memory) {
	const isSuspect = verdict === "failed" && !isOffered && fault !== void 0 && !isInterruption(fault);
	if (legacy.verdict !== "passed" || !isSuspect || memory.survivesDiscover) return legacy;
	const since = monotonicMs();
	let last;
	for (const delay of conversation.target.times.survivalDelaysMs) {
		if (delay > 0) await sleep(delay);
		const { server, session } = await initialize(conversation);
		if (session["mcp-session-id"] !== void 0) await endSession(conversation, session);
		if (!("answered" in server) || server.isCut || server.code === "RATE_LIMITED") {
			memory.survivesDiscover = !("answered" in server);
			return legacy;
		}
		last = server;
	}
	const sentence = `The server answered initialize and tools/list, and after server/discover it does not answer any more: ${last?.sentence}`;
	const { inSession, setsCookies, listings } = legacy;
	return {
		...failed(conversation, "server/discover", unfitRefusal("DISCOVER_FATAL", sentence), since),
		inSession,
		setsCookies,
		listings
	};
}
function asDiscoverFailure(modern) {
	const { failure: fault } = modern;
	const isServerError = fault?.code === "SERVER_ERROR" || fault?.code === "RPC_ERROR";
	if (fault === void 0 || !isServerError || fault.step !== "server/discover" || fault.isCut) return modern;
	return {
		...modern,
		failure: failure("DISCOVER_FAILS", fault.step, fault.sentence, "modern")
	};
}
function isSameForAllEras({ code }) {
	return isBelowHttp(code) || [
		"ALB_502",
		"ALB_503",
		"ALB_504",
		"RATE_LIMITED",
		"START_FAILED"
	].includes(code);
}
function isBelowHttp(code) {
	return [
		"DNS",
		"TCP",
		"TLS"
	].includes(codes[code].layer) && code !== "CONN_RESET" && code !== "CONN_FAILED";
}
function mayBeOldTransport({ failure }) {
	return failure?.step === "initialize" && [
		"HTTP_400",
		"PATH_404",
		"HTTP_405",
		"HTTP_406",
		"HTTP_415",
		"HTTP_4XX"
	].includes(failure.code);
}
function claimsOldTransport({ verdict, failure }) {
	if (verdict === "passed") return true;
	if (failure === void 0) return false;
	if (failure.step !== "endpoint") return true;
	return ![...[
		"HTTP_400",
		"PATH_404",
		"HTTP_405",
		"HTTP_406",
		"HTTP_415",
		"HTTP_4XX",
		"RPC_REFUSED",
		"RPC_ERROR"
	], ...[
		"HTML_PAGE",
		"CONTENT_TYPE",
		"EMPTY_200",
		"NOT_JSON",
		"NOT_JSONRPC",
		"ALB_404",
		"REDIRECT"
	]].includes(failure.code);
}
// src/gate/decide.ts
function decideRound(eras, { require, transport }) {
	if (require === "any") {
		if (ERAS.some((era) => eras[era].verdict === "passed")) return brokenOffer(eras);
		const [best] = [
			"legacy",
			"http-sse",
			"modern"
		].flatMap((era) => eras[era].failure ?? []).sort((a, b) => progressOf(b) - progressOf(a));
		return best ?? failure("MODERN_ABSENT", "server/discover", "The endpoint does not speak any era of MCP.", "modern");
	}
	const faults = [...require === "modern" ? [] : [legacyFault(eras, transport)], ...require === "legacy" ? [] : [modernFault(eras)]].filter((fault) => fault !== void 0);
	return faults.find((fault) => codes[fault.code].final) ?? faults[0];
}
function brokenOffer(eras) {
	const failed = ERAS.map((era) => eras[era]).filter(({ verdict }) => verdict === "failed");
	return (failed.find(({ isOffered }) => isOffered) ?? failed.find(({ failure: fault }) => fault && isInterruption(fault)))?.failure;
}
function mergeRounds(rounds) {
	const last = rounds.at(-1);
	if (last === void 0) return void 0;
	const merge = (era) => {
		const all = rounds.map((eras) => eras[era]);
		const worst = all.findLast(({ verdict }) => verdict === "failed") ?? last[era];
		return {
			...last[era],
			...worst,
			warnings: [...new Set(all.flatMap(({ warnings }) => warnings))]
		};
	};
	return {
		modern: merge("modern"),
		legacy: merge("legacy"),
		"http-sse": merge("http-sse")
	};
}
function disagreement(before, now, { require }) {
	if (before === void 0 || require !== "any") return void 0;
	const era = ERAS.find((each) => before[each].verdict === "passed" !== (now[each].verdict === "passed"));
	if (era === void 0) return void 0;
	const other = before[era].failure ?? now[era].failure;
	const sentence = `FLAPPING: of two rounds in a row one passed the ${era} era and the other did not.${other === void 0 ? "" : ` It did not: ${other.sentence}`}`;
	return failure("FLAPPING", other?.step ?? "rounds", sentence, era);
}
function legacyFault(eras, transport) {
	const era = eras[transport === "sse" ? "http-sse" : "legacy"];
	if (era.verdict === "passed") return void 0;
	if (transport !== "sse" && eras["http-sse"].verdict === "passed") return failure("OLD_TRANSPORT", "initialize", "The endpoint has only HTTP+SSE (2024-11-05).", "http-sse");
	return era.failure ?? eras["http-sse"].failure;
}
function modernFault({ modern, legacy, "http-sse": sse }) {
	if (modern.verdict === "passed") return void 0;
	if (modern.verdict === "failed" && modern.failure) return modern.failure;
	const isOlder = legacy.verdict === "passed" || sse.verdict === "passed" || legacy.failure?.code === "SESSION_LOST";
	const refused = modern.failure?.sentence ?? "";
	return isOlder || !modern.failure ? failure("MODERN_ABSENT", "server/discover", `The server does not offer revision 2026-07-28. ${refused}`.trim(), "modern") : modern.failure;
}
function progressOf({ code, step }) {
	const layers = [
		"DNS",
		"TCP",
		"TLS",
		"HTTP",
		"MCP"
	];
	const refusesEra = code === "LEGACY_CLIENTS_LOCKED_OUT" || step === "server/discover" && code.startsWith("RPC_");
	return (step === "tools/list" ? 10 : 0) + (refusesEra ? -10 : 0) + layers.indexOf(codes[code].layer);
}
const ERA_INDEPENDENT_CODES = [
	"LEGACY_CLIENTS_LOCKED_OUT",
	"MODERN_ABSENT",
	"NO_TOOLS_CAPABILITY",
	"TOOL_MISSING",
	"CONTRACT_BROKEN",
	"CALL_FAILED",
	"CALL_UNEXPECTED",
	"CALL_NOT_ALLOWED",
	"HOST_INCOMPATIBLE",
	"OLD_REVISION",
	"FLAPPING"
];
function asSingleEraFailure(fault, { modern, legacy }) {
	if (ERA_INDEPENDENT_CODES.includes(fault.code)) return fault;
	const [code, other] = fault.era === "legacy" && modern.verdict === "passed" ? ["MODERN_OK_LEGACY_BROKEN", "modern"] : fault.era === "modern" && legacy.verdict === "passed" ? ["LEGACY_OK_MODERN_BROKEN", "legacy"] : [];
	if (code === void 0) return fault;
	const sentence = `${capital(codes[code].meaning)}. ${fault.code}: ${fault.sentence}`;
	const fix = `${fault.fix} Or set mcp-require: ${other} when those clients do not matter.`;
	return {
		...fault,
		code,
		cause: fault.code,
		sentence,
		fix
	};
}
function capital(text) {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
function contractFault(eras, expected, secrets) {
	const era = ERAS.find((each) => eras[each].verdict === "passed");
	const refusal = era && findContractFault(eras[era].tools ?? [], expected, secrets);
	return refusal && failure(refusal.code, "tools/list", refusal.sentence, era);
}
function missingContractFailure({ contract }) {
	if (contract === void 0 || contract.tools !== void 0) return void 0;
	return failure("CONTRACT_MISSING", "contract", `The endpoint speaks MCP, but there is no ${contract.path} in the repository to compare its tools with.`);
}
function toolsOf(eras) {
	return ERAS.map((era) => eras[era]).find(({ verdict }) => verdict === "passed")?.tools ?? [];
}
function contractIn(eras, committed) {
	if (!ERAS.some((era) => eras[era].verdict === "passed")) return void 0;
	const now = contractOf(toolsOf(eras));
	return now && {
		...now,
		...committed && { comparison: compareContracts(committed, now.tools) }
	};
}
function warningsOf(eras) {
	const { modern, legacy, "http-sse": sse } = eras;
	const warnings = [
		modern,
		legacy,
		sse
	].flatMap((era) => era.warnings);
	for (const era of [modern, legacy]) {
		if (era.verdict !== "failed" || era.failure === void 0) continue;
		const { code, cause, sentence, fix } = asSingleEraFailure(era.failure, eras);
		if (modern.verdict === "passed" || legacy.verdict === "passed") warnings.push(`${code}${cause ? ` (${cause})` : ""}: ${sentence} ${fix}`);
	}
	if (sse.verdict === "passed") warnings.push(`OLD_TRANSPORT: only HTTP+SSE (2024-11-05) is served, deprecated since 2025-03-26. ${codes.OLD_TRANSPORT.fix}`);
	if (modern.tools && legacy.tools && namesOf(modern).join("\n") !== namesOf(legacy).join("\n")) warnings.push("The modern and the legacy era list different tools; the report shows those of the modern era.");
	return [...new Set(warnings)];
}
function namesOf(era) {
	return [...new Set(era?.tools?.map(({ name }) => name))].sort();
}
// src/gate/hints.ts
async function withHint(fault, target) {
	if (fault.code === "OLD_TRANSPORT") {
		const newer = await findStreamableAddress(target);
		return newer === void 0 ? fault : {
			...fault,
			sentence: `${fault.sentence} Streamable HTTP is served at ${newer}.`,
			fix: `Use ${newer} as the URL.`
		};
	}
	if (fault.code !== "PATH_404" && fault.code !== "HTTP_405" && fault.code !== "HTML_PAGE") return fault;
	const address = await findMcpAddress(target);
	return address === void 0 ? fault : {
		...fault,
		sentence: `${fault.sentence} MCP answers at ${address}.`
	};
}
function findStreamableAddress(target) {
	const { pathname } = target.endpoint;
	const folder = pathname.slice(0, pathname.lastIndexOf("/", pathname.length - 2) + 1);
	return findMcpAddress(target, [
		`${folder}mcp`,
		folder,
		...USUAL_PATHS.filter((path) => path !== "/sse")
	]);
}
const JAR_SESSIONS = 3;
async function withCookieJar(fault, target, expected) {
	for (let session = 0; session < JAR_SESSIONS; session++) {
		const result = await probeStreamable({
			target,
			era: "legacy",
			exchanges: []
		}, expected, {
			withCookies: true,
			lists: 2
		});
		if (!result.setsCookies || result.failure?.code === "SESSION_LOST") return fault;
	}
	const sentence = `${fault.sentence} ${JAR_SESSIONS} sessions that sent the cookies back were whole.`;
	return failure("SESSION_NEEDS_COOKIES", fault.step, sentence, fault.era);
}
const USUAL_PATHS = [
	"/mcp",
	"/",
	"/api/mcp",
	"/mcp/mcp",
	"/gradio_api/mcp/",
	"/sse"
];
async function findMcpAddress(target, paths = USUAL_PATHS) {
	if (target.avoidsClientErrors) return void 0;
	return (await Promise.all([...new Set(paths)].map(async (path) => {
		const endpoint = new URL(path, target.endpoint.href);
		endpoint.search = target.endpoint.search;
		if (endpoint.pathname === target.endpoint.pathname) return void 0;
		const eras = await probeEras({
			...target,
			endpoint,
			deadline: Math.min(target.deadline, monotonicMs() + target.times.otherPathsTimeoutMs)
		}, path === "/sse" ? "sse" : "streamable-http", {
			tools: [],
			version: void 0,
			contract: void 0
		}, []);
		return ERAS.some((era) => eras[era].verdict === "passed") ? `${endpoint.origin}${endpoint.pathname}` : void 0;
	}))).find((address) => address !== void 0);
}
// src/gate/hosts.ts
const hostTitles = {
	claude: "claude.ai",
	"claude-code": "Claude Code",
	chatgpt: "ChatGPT",
	vscode: "VS Code",
	cursor: "Cursor",
	gemini: "Gemini"
};
const firstTool = (what, breaks) => (tools) => {
	const tool = tools.find(breaks);
	return tool && {
		tool: tool.name,
		what
	};
};
const MAX_VSCODE_TOOLS = 128;
const MAX_LIST_TOKENS = 25e3;
const CHARACTERS_PER_TOKEN = 4;
const rules = [
	{
		hosts: ["claude-code"],
		source: "anthropics/claude-code#45106",
		find: firstTool("has anyOf, oneOf or allOf at the top of its inputSchema, which makes every request fail", ({ inputSchema }) => [
			"anyOf",
			"oneOf",
			"allOf"
		].some((keyword) => inputSchema[keyword] !== void 0))
	},
	{
		hosts: [
			"claude",
			"claude-code",
			"chatgpt",
			"vscode"
		],
		source: "github/copilot-cli#1879",
		find: firstTool("has a name with other characters than letters, digits, \"_\" and \"-\"", ({ name }) => !/^[\w-]+$/.test(name))
	},
	{
		hosts: [
			"claude",
			"claude-code",
			"chatgpt"
		],
		source: "microsoft/foundry-dev-tools#201",
		find: firstTool("has a name of more than 64 characters", ({ name }) => name.length > 64)
	},
	{
		hosts: ["cursor"],
		source: "ComposioHQ/composio#2788",
		find: firstTool("has a name of more than 58 characters, and with the name of the server at most 60 are shown", ({ name }) => name.length > 58)
	},
	{
		hosts: ["gemini"],
		source: "google-gemini/gemini-cli#2966",
		find: firstTool("has a name that is not a letter or \"_\" followed by at most 63 letters, digits, \"_\", \".\" and \"-\"", ({ name }) => !/^[A-Za-z_][\w.-]{0,63}$/.test(name))
	},
	{
		hosts: [
			"claude",
			"claude-code",
			"chatgpt",
			"vscode",
			"cursor",
			"gemini"
		],
		source: "modelcontextprotocol/modelcontextprotocol#1063",
		find: (tools) => {
			const names = new Set();
			const twice = tools.find(({ name }) => names.size === names.add(name).size);
			return twice && {
				tool: twice.name,
				what: "is listed twice"
			};
		}
	},
	{
		hosts: ["vscode", "gemini"],
		source: "microsoft/vscode#246119",
		find: firstTool("has an array without \"items\" in its inputSchema", ({ inputSchema }) => hasBareArray(inputSchema, 0))
	},
	{
		hosts: ["vscode"],
		source: "microsoft/vscode-copilot-release#11653",
		find: ({ length }) => length > MAX_VSCODE_TOOLS ? {
			tool: void 0,
			what: `has ${length} tools, and a request has at most ${MAX_VSCODE_TOOLS}`
		} : void 0
	},
	{
		hosts: ["claude-code"],
		source: "anthropics/claude-code#12241",
		find: (tools) => {
			const tokens = Math.round(sizeOf(tools) / CHARACTERS_PER_TOKEN);
			return tokens > MAX_LIST_TOKENS ? {
				tool: void 0,
				what: `takes about ${tokens} tokens of each conversation, and a warning starts at ${MAX_LIST_TOKENS}`
			} : void 0;
		}
	}
];
function findHostRefusals(tools) {
	return rules.flatMap(({ hosts, source, find }) => {
		const broken = find(tools);
		return broken === void 0 ? [] : [{
			...broken,
			hosts,
			source
		}];
	});
}
function checkHosts(eras, required, secrets) {
	const era = ERAS.find((each) => eras[each].verdict === "passed");
	const tools = era === void 0 ? [] : eras[era].tools ?? [];
	let failed;
	const warnings = [];
	for (const { hosts, source, tool, what } of findHostRefusals(tools)) {
		const isRequired = hosts.some((host) => required.includes(host));
		const named = hosts.filter((host) => !isRequired || required.includes(host)).map((host) => hostTitles[host]);
		const sentence = `${tool === void 0 ? "The tool list" : `The tool "${clean(tool, secrets)}"`} ${what}: ${named.join(", ")} (${source}).`;
		if (isRequired) failed ??= failure("HOST_INCOMPATIBLE", "tools/list", sentence, era);
		else warnings.push(`Some hosts refuse this. ${sentence}`);
	}
	return {
		failure: failed,
		warnings
	};
}
const MAX_DEPTH = 100;
function hasBareArray(schema, depth) {
	if (depth > MAX_DEPTH) return false;
	if (Array.isArray(schema)) return schema.some((each) => hasBareArray(each, depth + 1));
	if (!isObject(schema)) return false;
	if (schema.type === "array" && schema.items === void 0 && schema.prefixItems === void 0) return true;
	const { properties, items, anyOf, oneOf, allOf } = schema;
	return [
		...isObject(properties) ? Object.values(properties) : [],
		items,
		anyOf,
		oneOf,
		allOf
	].some((each) => hasBareArray(each, depth + 1));
}
function sizeOf(tools) {
	try {
		return JSON.stringify(tools.map(({ name, description, inputSchema }) => ({
			name,
			description,
			inputSchema
		}))).length;
	} catch {
		return 0;
	}
}
// src/gate/request.ts
const FRAMING = /^(?:connection|content-length|expect|keep-alive|te|trailer|transfer-encoding|upgrade)$/i;
function targetFor(request, times, onSecret = () => {}) {
	const { endpoint, headers, require, transport, rounds, timeoutMs, requestTimeoutMs, requestsPerMinute } = request;
	const url = URL.parse(endpoint);
	if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === "") throw new InputError(`The MCP endpoint "${endpoint}" is not an http or https URL, such as https://mcp.example.com/mcp.`);
	if (url.username !== "" || url.password !== "") throw new InputError("The MCP endpoint must not carry a user name or password; use mcp-headers.");
	url.hash = "";
	for (const [name, value] of Object.entries(headers)) {
		try {
			http.validateHeaderName(name);
			http.validateHeaderValue(name, value);
		} catch {
			throw new InputError(`mcp-headers: "${secrets.redact(name).slice(0, 100)}" is not a header that can be sent.`);
		}
		if (FRAMING.test(name)) throw new InputError(`mcp-headers: "${name}" is set by the connection itself.`);
	}
	if (!Number.isInteger(rounds) || rounds < 1) throw new InputError(`mcp-rounds: ${rounds} is not a whole number from 1.`);
	if (transport === "sse" && (require === "modern" || require === "both")) throw new InputError(`mcp-require: ${require} cannot pass with mcp-transport: sse, which only legacy clients speak.`);
	const scope = readSigningScope(request.sigv4 ?? "none", url);
	if (scope !== void 0 && (hasAuthorization(headers) || request.oauth !== void 0)) throw new InputError("mcp-sigv4 signs requests in the Authorization header, and mcp-headers or mcp-oauth-client-id sets the same header: use one of them.");
	try {
		const { tls, connectTo, traits = [] } = request;
		const options = {
			requestTimeoutMs,
			requestsPerMinute,
			tls,
			connectTo,
			sign: scope && openSigner(scope, onSecret),
			avoidsClientErrors: traits.includes("counts-client-errors")
		};
		return openTarget(url, headers, timeoutMs, process.env, times, options);
	} catch (error) {
		throw new InputError(`HTTPS_PROXY or HTTP_PROXY of the runner cannot be used: ${messageOf(error)}`);
	}
}
function endsAtAuthChallenge({ auth, oauth, headers }) {
	return auth === "required" && oauth === void 0 && !hasAuthorization(headers);
}
// src/gate/result.ts
function resultOf(request, outcome) {
	const { eras, failure, challenge, warnings, latencies, elapsedMs, rounds } = outcome;
	const passed = ERAS.map((era) => eras[era]).filter((era) => era.verdict === "passed");
	const serverInfo = passed.find((era) => era.serverInfo)?.serverInfo;
	const contract = contractIn(eras, request.contract?.tools);
	return {
		passed: failure === void 0,
		endpoint: request.endpoint,
		...failure && { failure: shownFailure(failure) },
		eras: {
			modern: reportOf(eras.modern),
			legacy: reportOf(eras.legacy),
			"http-sse": reportOf(eras["http-sse"])
		},
		protocolVersions: [...new Set(passed.flatMap((era) => era.protocolVersion ?? []))].sort().reverse(),
		tools: namesOf(passed[0]),
		...serverInfo && { serverInfo },
		...contract && { contract },
		...challenge && { wall: challenge },
		warnings: [...warningsOf(eras), ...warnings],
		latencyMs: median(latencies),
		elapsedMs,
		rounds
	};
}
function reportOf({ verdict, protocolVersion, failure: fault }) {
	return {
		verdict,
		...protocolVersion !== void 0 && { protocolVersion },
		...fault && verdict === "failed" && { failure: shownFailure(fault) }
	};
}
function shownFailure({ isCut: _, retryAfterMs: _wait, ...rest }) {
	return rest;
}
function latencyOf(eras, { require, transport }) {
	const { modern, legacy, "http-sse": sse } = eras;
	switch (require) {
		case "modern": return modern.elapsedMs;
		case "legacy": return transport === "sse" ? sse.elapsedMs : legacy.elapsedMs;
		case "both": return Math.max(modern.elapsedMs, legacy.elapsedMs);
		case "any": return Math.min(...[
			modern,
			legacy,
			sse
		].filter((era) => era.verdict === "passed").map((era) => era.elapsedMs));
	}
}
function median(values) {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.slice(Math.floor((sorted.length - 1) / 2), Math.floor(sorted.length / 2) + 1);
	return middle.length === 0 ? null : middle.reduce((sum, value) => sum + value, 0) / middle.length;
}
// src/gate/login.ts
async function authenticate(access, request, exchanges) {
	const { auth, oauth } = request;
	const needsToken = oauth !== void 0 && (access.token === void 0 || monotonicMs() > access.token.renewAt);
	if (auth !== "required" && !needsToken) return void 0;
	const challenge = await probeAuthChallenge(access.target, request, exchanges);
	if ("code" in challenge) {
		if (challenge.code !== "AUTH_NOT_REQUIRED" || auth === "required") return challenge;
		access.warnings.add("The endpoint answers without authorization, so no token was asked for with mcp-oauth-client-id.");
		return;
	}
	const { warning, steps, ...reported } = challenge;
	access.challenge = reported;
	access.challengeSteps = steps.join(", ");
	if (warning !== void 0) access.warnings.add(warning);
	if (oauth === void 0 || !needsToken) return void 0;
	const { obtainToken } = await import("./authorization.js");
	const token = await obtainToken(access.target, challenge, oauth, exchanges);
	if ("code" in token) return token;
	access.onSecret(token.accessToken);
	access.token = token;
	access.target = {
		...access.target,
		headers: {
			...request.headers,
			Authorization: `Bearer ${token.accessToken}`
		}
	};
}
async function probeAuthChallenge(target, { headers, transport, require }, exchanges) {
	const open = Object.fromEntries(Object.entries(headers).filter(([name]) => !hasAuthorization({ [name]: "" })));
	const { findAuthChallenge } = await import("./authorization.js");
	return await findAuthChallenge({
		...target,
		headers: open,
		sign: void 0
	}, {
		transport,
		require
	}, exchanges);
}
// src/gate/round.ts
async function runRound(access, request, expected) {
	const startedAt = new Date().toISOString();
	const started = monotonicMs();
	const exchanges = [];
	const noEras = {
		modern: NOT_ASKED,
		legacy: NOT_ASKED,
		"http-sse": NOT_ASKED
	};
	const barred = await authenticate(access, request, exchanges);
	const eras = barred || endsAtAuthChallenge(request) ? noEras : await probeEras(access.target, request.transport, expected, exchanges, request.require, access.memory);
	const elapsedMs = monotonicMs() - started;
	const { fault, final } = await confirmFailure(barred ?? (endsAtAuthChallenge(request) ? void 0 : decideRound(eras, request) ?? contractFault(eras, expected, secretsOf(access.target.headers))), access.target, eras, expected, exchanges);
	return {
		eras,
		fault,
		final,
		report: {
			startedAt,
			elapsedMs,
			verdict: fault?.code ?? "green",
			exchanges
		}
	};
}
async function sampleTargets(access, request, expected, eras, requestsPerRound) {
	const { decideSampling, SAMPLED_REQUESTS, sampleChallenge, sampleEra, sampleStep } = await import("./sampling.js");
	const started = monotonicMs();
	const later = (request.rounds - 1) * requestsPerRound;
	const target = {
		...access.target,
		reservedRequests: access.target.budget.reserve(later)
	};
	const halfMs = (access.target.deadline - started) / 2;
	const deadline = started + (later > 0 ? Math.min(target.times.samplingTimeoutMs, halfMs) : target.times.samplingTimeoutMs);
	const exchanges = [];
	const erasFailingSampling = {};
	const samplings = [];
	let first;
	if (request.auth === "required" && !target.avoidsClientErrors) {
		const sampling = await sampleChallenge(target, "the wall", deadline - monotonicMs(), async () => {
			const challenge = await probeAuthChallenge(target, request, exchanges);
			if ("code" in challenge) return challenge;
			const steps = challenge.steps.join(", ");
			const sentence = `The authentication challenge comes before ${steps}, and at another try before ${access.challengeSteps}.`;
			return steps === access.challengeSteps ? void 0 : failure("AUTH_NOT_REQUIRED", steps, sentence);
		});
		samplings.push(sampling);
		first = decideSampling(sampling);
	}
	const sampled = [
		"legacy",
		"modern",
		"http-sse"
	].filter((era) => isSampled(eras[era]));
	for (const [index, era] of sampled.entries()) {
		if (samplings.some(({ failures }) => failures.some(isInterruption))) break;
		const { failure: knownFailure } = eras[era];
		const conversation = {
			target,
			era,
			exchanges
		};
		const restMs = deadline - monotonicMs();
		const requests = Math.floor((SAMPLED_REQUESTS - requestsPerRound - exchanges.length) / (sampled.length - index));
		const eraSamplings = knownFailure ? [await sampleStep(conversation, eras[era], knownFailure.step, expected, restMs)] : await sampleEra(conversation, eras[era], expected, restMs, requests);
		samplings.push(...eraSamplings);
		const fault = eraSamplings.map((sampling) => decideSampling(sampling, era)).find(Boolean);
		if (fault) erasFailingSampling[era] = {
			...eras[era],
			verdict: "failed",
			isOffered: true,
			failure: fault
		};
	}
	first ??= endsAtAuthChallenge(request) ? void 0 : decideRound({
		...eras,
		...erasFailingSampling
	}, request);
	const { fault, final } = await confirmFailure(first, target, eras, expected, exchanges);
	const interruption = samplings.flatMap(({ failures }) => failures).find(isInterruption);
	return {
		erasFailingSampling,
		fault,
		final,
		report: {
			elapsedMs: monotonicMs() - started,
			verdict: fault?.code ?? "green",
			tries: samplings.reduce((sum, sampling) => sum + sampling.tries, 0),
			failed: samplings.reduce((sum, sampling) => sum + sampling.failures.length, 0),
			exchanges
		},
		...interruption && { interruption }
	};
}
function isSampled({ verdict, isOffered }) {
	return verdict === "passed" || verdict === "failed" && isOffered === true;
}
async function confirmFailure(fault, target, eras, expected, exchanges) {
	if (fault && isInterruption(fault)) return {
		fault,
		final: false
	};
	if (fault?.era === void 0 || !codes[fault.code].final || !mayDiffer(fault, exchanges)) return {
		fault,
		final: fault !== void 0 && codes[fault.code].final
	};
	if (fault.code === "SESSION_LOST") {
		const sessions = [1, 2].map(() => () => probeStreamable({
			target,
			era: "legacy",
			exchanges
		}, expected));
		for (const session of sessions) if ((await session()).failure?.code === "SESSION_LOST") return {
			fault,
			final: true
		};
		return {
			fault,
			final: false
		};
	}
	const { decideSampling, sampleStep } = await import("./sampling.js");
	const sampling = await sampleStep({
		target,
		era: fault.era,
		exchanges
	}, eras[fault.era], fault.step, expected, target.times.confirmationTimeoutMs);
	const failed = sampling.failures.filter((each) => !isInterruption(each)).length;
	if (failed === sampling.tries - (sampling.failures.length - failed)) return {
		fault,
		final: failed > 0
	};
	return {
		fault: decideSampling(sampling, fault.era) ?? fault,
		final: false
	};
}
async function describeMixedTargets(fault, target, eras, expected, exchanges) {
	if (isInterruption(fault) || fault.era === void 0 || fault.code === "FLAPPING") return fault;
	if (!mayDiffer(fault, exchanges)) return fault;
	const conversation = {
		target,
		era: fault.era,
		exchanges: []
	};
	const { decideSampling, sampleStep } = await import("./sampling.js");
	const verdict = decideSampling(await sampleStep(conversation, eras[fault.era], fault.step, expected, target.times.confirmationTimeoutMs), fault.era);
	return verdict?.code === "FLAPPING" ? verdict : fault;
}
const LARGE_BYTES = 524288;
const MAX_REPEATED_REQUESTS = 40;
function mayDiffer({ code }, exchanges) {
	return exchanges.length <= MAX_REPEATED_REQUESTS && exchanges.every(({ bytes }) => bytes < LARGE_BYTES) && !isBelowHttp(code) && !code.startsWith("AUTH_") && code !== "OLD_TRANSPORT";
}
// src/gate/gate.ts
async function gate(request, log, onSecret = () => {}, times = defaultGateTimes, observer) {
	const access = {
		target: {
			...targetFor(request, times, onSecret),
			observer
		},
		onSecret,
		warnings: new Set(),
		memory: { modernIsSilent: false }
	};
	const expected = {
		tools: request.tools,
		version: request.expectVersion,
		contract: committed(request)
	};
	const started = monotonicMs();
	const rounds = [];
	let counted = [];
	let eras = {
		modern: NOT_ASKED,
		legacy: NOT_ASKED,
		"http-sse": NOT_ASKED
	};
	let fault;
	let isSampled = false;
	let erasFailingSampling = {};
	let failures = 0;
	let logged = "";
	let same;
	let waitMs;
	const logChange = (state, text) => {
		if (state !== logged) log(text);
		logged = state;
	};
	const check = async () => {
		const round = await runRound(access, request, expected);
		let { report, final } = round;
		let interruption;
		eras = {
			...round.eras,
			...erasFailingSampling
		};
		fault = round.fault;
		if (fault === void 0) {
			fault = disagreement(counted.at(-1)?.eras, eras, request);
			if (fault) report = {
				...report,
				verdict: fault.code
			};
		}
		if (fault === void 0) {
			const latencyMs = endsAtAuthChallenge(request) ? report.elapsedMs : latencyOf(eras, request);
			if (!isSampled && request.traits?.includes("one-target") !== true) {
				const sampling = await sampleTargets(access, request, expected, eras, report.exchanges.length);
				report = {
					...report,
					survey: sampling.report
				};
				erasFailingSampling = sampling.erasFailingSampling;
				eras = {
					...eras,
					...erasFailingSampling
				};
				fault = sampling.fault;
				final = sampling.final;
				interruption = sampling.interruption;
				isSampled = fault === void 0;
			}
			if (fault === void 0) counted.push({
				eras,
				latencyMs
			});
		}
		if (fault?.isCut && counted.length > 0) {
			fault = tooFewRounds(counted.length, request.rounds, fault);
			report = {
				...report,
				verdict: fault.code
			};
		}
		final ||= report.verdict === "START_FAILED" && rounds.at(-1)?.verdict === "START_FAILED";
		rounds.push(report);
		waitMs = waitAfter(fault ?? interruption, times);
		if (fault === void 0) {
			same = void 0;
			logChange("green", greenLine(eras, access.challenge, request));
			return counted.length >= request.rounds ? { done: void 0 } : { waitingFor: "more green rounds" };
		}
		same = isInterruption(fault) ? same : sameFailure(same, fault);
		const isSteady = same !== void 0 && monotonicMs() - same.since >= times.sameAnswerMs;
		if (same && isSteady && !final && mayBeSteady(fault)) {
			final = true;
			fault = withSteadiness(fault, same);
		}
		logChange(fault.code, faultLine(fault, final));
		if (!isInterruption(fault)) {
			counted = [];
			isSampled = false;
			erasFailingSampling = {};
			failures++;
		}
		const isTooLate = waitMs !== void 0 && monotonicMs() + waitMs > access.target.deadline;
		return final || isTooLate || request.endsAtFailure ? { done: fault } : { waitingFor: fault.sentence };
	};
	const delayMs = () => {
		if (waitMs !== void 0) return waitMs;
		return fault === void 0 || isInterruption(fault) ? times.greenDelayMs : times.firstRetryDelaysMs[failures - 1] ?? times.retryDelayMs;
	};
	const polled = await poll(check, {
		delayMs,
		timeoutMs: request.timeoutMs
	});
	const { challenge } = access;
	const target = {
		...access.target,
		observer: void 0
	};
	const last = polled.timedOut ? fault : polled.value;
	const isUndecided = polled.timedOut || request.endsAtFailure === true;
	const mixed = last && isUndecided ? await describeMixedTargets(last, target, eras, expected, rounds.at(-1)?.exchanges ?? []) : last;
	const ended = polled.timedOut ? atDeadline(rounds, mixed, request.rounds) : mixed;
	const verdict = ended?.isCut && ended.code !== "DEADLINE" && failures === 0 ? asUnproven(ended) : ended;
	eras = mergeRounds(counted.map((round) => round.eras)) ?? eras;
	if (eras.legacy.failure?.code === "SESSION_LOST") eras = {
		...eras,
		legacy: {
			...eras.legacy,
			failure: await withCookieJar(eras.legacy.failure, target, expected)
		}
	};
	const compatibility = checkHosts(eras, request.hosts ?? [], secretsOf(target.headers));
	for (const warning of compatibility.warnings) access.warnings.add(warning);
	const afterRounds = verdict ?? compatibility.failure ?? await callTools(access, request, eras, rounds);
	const newer = eras["http-sse"].verdict === "passed" ? await findStreamableAddress(target) : void 0;
	if (newer !== void 0 && afterRounds?.code !== "OLD_TRANSPORT") access.warnings.add(`The same server has Streamable HTTP at ${newer}: use that address, the newer transport.`);
	const cause = afterRounds?.code === "SESSION_LOST" ? eras.legacy.failure ?? afterRounds : afterRounds;
	const decided = cause ? asSingleEraFailure(await withHint(cause, target), eras) : missingContractFailure(request);
	await leave(access, request, rounds);
	return resultOf(request, {
		eras,
		failure: decided,
		challenge,
		warnings: access.warnings,
		latencies: counted.map(({ latencyMs }) => latencyMs),
		elapsedMs: monotonicMs() - started,
		rounds
	});
}
async function leave({ target, warnings }, request, rounds) {
	const url = request.leaveUrl === void 0 ? null : URL.parse(request.leaveUrl);
	const isReached = rounds.some(({ exchanges }) => exchanges.some(({ status }) => status !== null));
	if (url === null || !isReached || endsAtAuthChallenge(request)) return;
	const { endSessionTimeoutMs } = target.times;
	const outcome = await exchange({
		...target,
		deadline: monotonicMs() + endSessionTimeoutMs
	}, {
		url,
		method: "POST",
		headers: {
			accept: "application/json",
			"content-type": "application/json"
		},
		body: "{}",
		followsRedirect: false,
		headersTimeoutMs: endSessionTimeoutMs,
		bodyTimeoutMs: endSessionTimeoutMs
	});
	if (outcome.kind === "reply" && outcome.status < 300) return;
	const observed = outcome.kind === "reply" ? `HTTP ${outcome.status}` : outcome.code;
	warnings.add(`The session of the gate could not be ended (${observed}), so the platform keeps it until its own timeout.`);
}
async function callTools({ target }, { calls = [] }, eras, rounds) {
	if (calls.length === 0) return void 0;
	const { runCalls } = await import("./calls.js");
	const exchanges = [];
	const failed = await runCalls(target, calls, eras, exchanges);
	const last = rounds.pop();
	if (last) rounds.push({
		...last,
		exchanges: [...last.exchanges, ...exchanges]
	});
	return failed;
}
function sameFailure(before, { sentence }) {
	return before?.sentence === sentence ? {
		...before,
		rounds: before.rounds + 1
	} : {
		sentence,
		since: monotonicMs(),
		rounds: 1
	};
}
function mayBeSteady({ code, step }) {
	return step === "tools/list" && [
		"RPC_ERROR",
		"SSE_EMPTY",
		"SERVER_ERROR"
	].includes(code);
}
function withSteadiness(fault, { since, rounds }) {
	const seconds = Math.round((monotonicMs() - since) / 1e3);
	const sentence = `${fault.sentence} It was the same in ${rounds} rounds over ${seconds} s, so the gate stopped waiting.`;
	const fix = `${fault.fix} ${codes.LIST_UNBUILDABLE.fix}`;
	return {
		...fault,
		sentence,
		fix
	};
}
function asUnproven(cut) {
	if (cut.remedy === "config") return cut;
	return {
		...cut,
		sentence: `${cut.sentence} The end of mcp-timeout cut this request.`,
		fix: `${codes.DEADLINE.fix} ${cut.fix}`,
		remedy: "config"
	};
}
function waitAfter(fault, times) {
	if (fault?.code !== "RATE_LIMITED") return void 0;
	return Math.min(Math.max(fault.retryAfterMs ?? times.rateLimitedDelayMs, times.retryDelayMs), times.maxRetryAfterMs);
}
function committed({ contract }) {
	return contract?.tools && {
		path: contract.path,
		tools: contract.tools
	};
}
const requestLimitCodes = ["RATE_LIMITED", "REQUESTS_SPENT"];
function atDeadline(rounds, last, wanted) {
	const recent = rounds.slice(-10).map(({ verdict, survey }) => verdict === "green" ? survey?.verdict : verdict).filter((verdict) => !requestLimitCodes.includes(verdict));
	const failed = recent.filter((verdict) => verdict !== void 0 && verdict !== "green");
	if (last && [
		"FLAPPING",
		"DEADLINE",
		...requestLimitCodes
	].includes(last.code)) return last;
	if (last?.code === "SESSION_LOST" && failed.every((verdict) => verdict === "SESSION_LOST")) return last;
	const [first] = failed;
	if (first && failed.length < recent.length) {
		const named = [...new Set(failed)].join(", ");
		const shown = last ? ` The last one: ${last.sentence}` : "";
		const sentence = `FLAPPING ${failed.length}/${recent.length}: of the last ${recent.length} rounds ${failed.length} failed (${named}).${shown}`;
		return failure("FLAPPING", last?.step ?? "rounds", sentence, last?.era);
	}
	return last ?? tooFewRounds(recent.length, wanted);
}
function tooFewRounds(done, wanted, cut) {
	return {
		...failure("DEADLINE", "rounds", `Only ${done} of ${wanted} green rounds were done when the time was up.` + (cut ? ` The end of the time cut a request to ${cut.step}.` : "")),
		...cut?.isCut && { isCut: true }
	};
}
function faultLine(fault, final) {
	return `${codes[fault.code].layer}: ${fault.code}: ${fault.sentence}${final ? "" : " Waiting."}`;
}
function greenLine(eras, challenge, { auth, rounds }) {
	const passedEras = ERAS.filter((era) => eras[era].verdict === "passed").map((era) => `${era} ${eras[era].protocolVersion ?? ""}`);
	return `MCP: green (${[...auth === "required" && challenge ? [`authorization by ${challenge.authorizationServers.join(", ")}`] : [], ...passedEras].join(", ")}); ${rounds} in a row are wanted.`;
}
// src/gate/recorder.ts
const maxBodyUnits = 20480;
const maxLineUnits = 4096;
const maxFirst = 60;
const maxLast = 60;
const maxSessions = 500;
var Recorder = class {
	#sent = new WeakMap();
	#first = new Map();
	#last = new Map();
	#sessions = new Map();
	onSent(outcome, request) {
		this.#sent.set(outcome, request);
	}
	onRecorded(entry, outcome) {
		const sent = this.#sent.get(outcome);
		if (sent === void 0) return;
		const transcript = this.#transcriptOf(sent, outcome);
		if (this.#first.size < maxFirst) this.#first.set(entry, transcript);
		else this.#last.set(entry, transcript);
		const [oldest] = this.#last.keys();
		if (this.#last.size > maxLast && oldest !== void 0) this.#last.delete(oldest);
	}
	find(entry) {
		return this.#first.get(entry) ?? this.#last.get(entry);
	}
	#transcriptOf(sent, outcome) {
		const { request, url, setHeaders } = sent;
		const holdsCredentials = request.holdsCredentials === true;
		const own = Object.entries(request.headers).map(([name, value]) => this.#recordHeader(name, value));
		const fromUser = setHeaders.map((name) => ({ name: name.toLowerCase() }));
		const { body } = request;
		return {
			sentAt: Date.now() - outcome.elapsedMs,
			url: startOf(url.href, maxLineUnits),
			isRedirected: url.href !== request.url.href,
			requestHeaders: [...own, ...fromUser],
			...body !== void 0 && !holdsCredentials && { requestBody: startOf(body, maxBodyUnits) },
			holdsCredentials,
			...outcome.kind === "reply" ? { reply: {
				headers: Object.entries(outcome.headers).map(([name, value]) => this.#recordHeader(name, [value ?? ""].flat().join(", "))),
				...!holdsCredentials && { body: startOf(outcome.body, maxBodyUnits) },
				ending: outcome.ending
			} } : { fault: {
				phase: outcome.phase,
				code: outcome.code,
				message: startOf(outcome.message, maxLineUnits)
			} }
		};
	}
	#recordHeader(name, value) {
		if (name === "mcp-session-id") return {
			name,
			...this.#sessionOf(value)
		};
		return isCredential(name) ? { name } : {
			name,
			value
		};
	}
	#sessionOf(id) {
		const known = this.#sessions.get(id);
		if (known !== void 0) return { session: known };
		if (this.#sessions.size >= maxSessions) return {};
		this.#sessions.set(id, this.#sessions.size + 1);
		return { session: this.#sessions.size };
	}
};
function isCredential(name) {
	return isSecretName(name) && !/^(?:connection$|(?:www|proxy)-authenticate$|access-control-)/i.test(name);
}
function startOf(text, maxUnits) {
	const { length: units } = text;
	if (units <= maxUnits) return {
		text,
		units
	};
	return {
		text: Buffer.from(text.slice(0, maxUnits)).toString(),
		units
	};
}
// src/platforms/access.ts
function withAccess(request, { signing, headers, traits, leaveUrl }) {
	const hasOther = request.oauth !== void 0 || hasAuthorization(request.headers);
	const sigv4 = request.sigv4 ?? (signing === void 0 || hasOther ? void 0 : `${signing.service}/${signing.region}`);
	const given = new Set(Object.keys(request.headers).map((name) => name.toLowerCase()));
	const added = Object.entries(headers ?? {}).filter(([name]) => !given.has(name.toLowerCase()));
	return {
		...request,
		sigv4,
		headers: {
			...Object.fromEntries(added),
			...request.headers
		},
		...traits !== void 0 && { traits },
		...leaveUrl !== void 0 && { leaveUrl }
	};
}
// src/commands/explain.ts
async function explanationOf(job, failure, deployment, { observed, began }) {
	if (failure === void 0 || deployment === void 0) return {};
	const { explained, symptoms } = await import("./causes.js");
	const { collectEvidence, hasEvidence } = await import("./evidence3.js");
	if (symptoms[failure.code] === void 0 || !hasEvidence(deployment.serving)) return {};
	const explain = async () => {
		const { evidenceLines } = await import("./evidence2.js");
		const evidence = await collectEvidence(deployment.serving, job.report.stability?.deployment, began);
		log.line(evidenceLines(evidence));
		return {
			failure: explained(failure, evidence, deployment.endpoint, observed),
			adds: { evidence }
		};
	};
	return { explain };
}
// src/commands/check-gate.ts
async function checkGate(job, endpoint, deployment) {
	const began = Date.now();
	return await job.check("gate", async () => {
		const report = await runGate(job, { endpoint }, deployment?.serving);
		const explanation = await explanationOf(job, report.failure, deployment, { began });
		return {
			adds: { gate: report },
			failure: report.failure,
			...explanation
		};
	});
}
function withOutputs({ inputs, outputCredentials }) {
	if (outputCredentials === void 0) return {};
	const { headers, oauth } = outputCredentials;
	return {
		headers: {
			...inputs.mcp.headers,
			...headers
		},
		oauth: oauth ?? inputs.mcp.oauth
	};
}
async function readCredentials(job, state) {
	const { fromOutputs, headers } = job.inputs.mcp;
	if (fromOutputs.headers === void 0 && fromOutputs.oauth === void 0) return;
	const { credentialSecrets, readOutputCredentials } = await import("./credential-outputs2.js");
	secrets.add(...credentialSecrets(state, fromOutputs));
	job.outputCredentials = readOutputCredentials(state, fromOutputs, headers);
}
const newestOnly = {
	tools: [],
	contract: void 0,
	expectVersion: void 0,
	calls: [],
	hosts: []
};
async function gateEarlierVersion(job, endpoint, serving) {
	return await runGate(job, {
		endpoint,
		...newestOnly
	}, serving);
}
async function runGate(job, more, serving) {
	const request = {
		...job.inputs.mcp,
		...withOutputs(job),
		...more
	};
	const access = serving && (await import("./platforms.js")).accessTo(serving, request.endpoint);
	const recorder = new Recorder();
	const report = await gate(access === void 0 ? request : withAccess(request, access), (text) => log.line(line`${text}`), (secret) => secrets.add(secret), void 0, recorder);
	job.recorders.set(report, recorder);
	return report;
}
// src/terraform/configuration.ts
const endpointOutput = "mcp_endpoint";
const relevantWords = new RegExp(String.raw`\b(module|terraform|${endpointOutput})\b`);
function isConfigurationFile(name) {
	return /\.(tf|tofu)(\.json)?$/.test(name);
}
function readConfiguration(files, textOf) {
	const isOverride = (file) => /(^|[/_])override\.\w+(\.json)?$/.test(file);
	const all = files.filter(isConfigurationFile).toSorted((a, b) => Number(isOverride(a)) - Number(isOverride(b))).map((file) => {
		const text = textOf(file) ?? "";
		if (!relevantWords.test(text)) return {
			sources: [],
			backend: void 0,
			hasEndpoint: false
		};
		return file.endsWith(".json") ? readJson(text) : readHcl(text);
	});
	return {
		sources: all.flatMap(({ sources }) => sources),
		backend: all.findLast(({ backend }) => backend !== void 0)?.backend,
		hasEndpoint: all.some(({ hasEndpoint }) => hasEndpoint)
	};
}
function readHcl(text) {
	const { blocks } = parseHcl(text);
	const ofType = (type) => blocks.filter((block) => block.type === type);
	const backend = ofType("terraform").flatMap((block) => block.blocks.filter(({ type }) => type === "backend" || type === "cloud")).at(-1);
	return {
		sources: ofType("module").flatMap(({ attributes }) => plainString(attributes.get("source")) ?? []),
		backend: backend && {
			type: backend.labels[0] ?? backend.type,
			settings: readSettings(backend)
		},
		hasEndpoint: ofType("output").some(({ labels }) => labels[0] === endpointOutput)
	};
}
function readJson(text) {
	let document;
	try {
		document = JSON.parse(text);
	} catch {
		document = void 0;
	}
	const { terraform, module, output } = objectOf(document);
	const [type, settings] = objectsOf(terraform).flatMap((each) => [...objectsOf(each.backend).flatMap((byType) => Object.entries(byType)), ...each.cloud === void 0 ? [] : [["cloud", each.cloud]]]).at(-1) ?? [];
	return {
		sources: objectsOf(module).flatMap((byName) => Object.values(byName)).flatMap(objectsOf).flatMap(({ source }) => typeof source === "string" ? source : []),
		backend: type === void 0 ? void 0 : {
			type,
			settings: textsOf$1(objectOf(objectsOf(settings)[0]))
		},
		hasEndpoint: objectsOf(output).some((byName) => endpointOutput in byName)
	};
}
function objectsOf(value) {
	return [value].flat().filter((each) => typeof each === "object" && each !== null);
}
function objectOf(value) {
	return objectsOf(value)[0] ?? {};
}
function textsOf$1(values) {
	return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]));
}
// src/terraform/root-module.ts
const shippedModulesDirectory = fileURLToPath(new URL("../../terraform/", import.meta.url));
function shippedModuleDirectory(stack) {
	return join(shippedModulesDirectory, stack);
}
const loadedAutomatically = /^(terraform\.tfvars|.+\.auto\.tfvars)(\.json)?$|^\.terraform\.lock\.hcl$|^\.(terraform|opentofu)-version$|^\.tool-versions$/;
function prepareRootModule({ stack, workingDirectory, backendConfig }, tempDirectory) {
	const ownFile = readdirSync(workingDirectory).find((file) => /\.(tf|tofu)(\.json)?$/.test(file));
	if (stack === void 0) {
		if (ownFile !== void 0) return workingDirectory;
		throw new InputError(`There is no root module to run: ${workingDirectory} has no .tf file and the input stack is empty. Set working-directory to your root module, or stack to ${shippedModuleNames} to run a shipped one.`);
	}
	if (ownFile !== void 0) throw new InputError(`Input stack is "${stack}", and ${join(workingDirectory, ownFile)} belongs to a root module of your own. Leave stack empty to run your module, or set working-directory to a directory that holds only var files.`);
	const directory = join(tempDirectory, stack);
	mkdirSync(directory, { recursive: true });
	for (const file of readdirSync(join(shippedModulesDirectory, stack))) {
		if (/^(tests|examples|README\.md|\.terraform.*)$/.test(file)) continue;
		cpSync(join(shippedModulesDirectory, stack, file), join(directory, file), { recursive: true });
	}
	for (const file of readdirSync(workingDirectory)) if (loadedAutomatically.test(file)) cpSync(join(workingDirectory, file), join(directory, file));
	const backend = backendConfig.length > 0 ? { s3: { use_lockfile: true } } : { local: { path: join(workingDirectory, "terraform.tfstate") } };
	writeFileSync(join(directory, "backend.tf.json"), JSON.stringify({ terraform: { backend } }, null, 2));
	return directory;
}
function locate(diagnostic, { directory, workspace, commit }, { stack, workingDirectory }) {
	const { file, line, ...diagnosticWithoutPlace } = diagnostic;
	if (file === void 0 || line === void 0) return diagnosticWithoutPlace;
	const absolutePath = resolve(directory, file);
	const inModule = relative(directory, absolutePath).replaceAll(sep, "/");
	const isShipped = stack !== void 0 && isInside(inModule);
	const isCopied = isShipped && loadedAutomatically.test(inModule);
	if (isShipped && !isCopied) return {
		...diagnosticWithoutPlace,
		outsideRepository: `terraform/${stack}/${inModule} line ${line} of this action`
	};
	const path = isCopied ? join(workingDirectory, inModule) : absolutePath;
	const inRepository = relative(repositoryRoot(path, workspace), path).replaceAll(sep, "/");
	if (!(isInside(inRepository) && !/(^|\/)\.terraform\//.test(inRepository) && existsSync(path))) return {
		...diagnosticWithoutPlace,
		outsideRepository: `${file} line ${line}`
	};
	return {
		...diagnosticWithoutPlace,
		file: inRepository,
		line,
		url: `${commit}/${inRepository.split("/").map(encodeURIComponent).join("/")}#L${line}`
	};
}
function isInside(path) {
	return path !== "" && !/^\.\.(\/|$)/.test(path) && !isAbsolute(path);
}
function configuredBackend(directory) {
	return readBackendRecord(directory)?.type ?? "local";
}
function configuredStateKey(directory, workspace) {
	const { type, config = {} } = readBackendRecord(directory) ?? {};
	if (type === void 0 || type === "local") return void 0;
	const value = config[keySetting(type)];
	if (typeof value !== "string" || value === "") return void 0;
	if (type !== "s3" || workspace === "default") return value.replace(/\/\/[^/@]*@/, "//");
	const prefix = config.workspace_key_prefix;
	return [
		typeof prefix === "string" && prefix !== "" ? prefix : "env:",
		workspace,
		value
	].join("/");
}
function readBackendRecord(directory) {
	const record = join(resolve(directory, process.env.TF_DATA_DIR ?? ".terraform"), "terraform.tfstate");
	if (!existsSync(record)) return void 0;
	const { backend } = JSON.parse(readFileSync(record, "utf8"));
	return backend;
}
function assertRemoteBackend(backend, stack, command) {
	if (backend !== "local") return;
	const consequences = {
		apply: "would be lost with this job, and the next apply would create everything again",
		destroy: "is not the state of an earlier job: it has no resources to destroy",
		rollback: "is not the state of an earlier job: it does not name what is deployed"
	};
	const fix = stack === void 0 ? "add a backend block to the root module, for example `terraform { backend \"s3\" { bucket = \"\u2026\" key = \"\u2026\" use_lockfile = true } }`" : "set the input backend-config, for example bucket=\u2026, key=\u2026 and region=\u2026, one per line";
	throw new InputError(`The state is local, so it ${consequences[command]}. Fix: ${fix}. On a self-hosted runner that keeps the directory, set allow-local-state to true.`, "STATE_LOCAL");
}
// src/report/target.ts
const keySettings = [
	"key",
	"prefix",
	"path",
	"schema_name",
	"secret_suffix",
	"workspaces"
];
function backendOf(lines, readText) {
	const settings = mergeBackendConfig(void 0, lines, readText)?.settings ?? {};
	const settingPairs = namingSettings.flatMap((name) => {
		const value = (settings[name] ?? "").trim().replace(/^"(.*)"$/, "$1");
		return value === "" ? [] : [[name, value.replace(/\/\/[^/@]*@/, "//")]];
	});
	if (settingPairs.length === 0) return void 0;
	const key = keySettings.map((each) => settingPairs.find(([name]) => name === each)?.[1]).find((value) => value !== void 0);
	return {
		text: settingPairs.map((pair) => pair.join(" ")).join(", "),
		key
	};
}
function commentMarker({ target }) {
	return `<!-- terraform-mcp-deploy:${digest([...placeParts(target), ...nameParts(target)])} -->`;
}
function formerCommentMarker({ target }) {
	const oldMarker = commentMarker({ target: asInVersion01(target) });
	return oldMarker === commentMarker({ target }) ? void 0 : oldMarker;
}
function issueMarker({ target }, endpoint) {
	return `<!-- terraform-mcp-deploy-issue:${digest([
		...placeParts(target),
		endpoint ?? "",
		...nameParts(target)
	])} -->`;
}
function formerIssueMarker({ target }, endpoint) {
	const former = issueMarker({ target: asInVersion01(target) }, endpoint);
	return former === issueMarker({ target }, endpoint) ? void 0 : former;
}
function incidentOf(target, repository) {
	return digest([
		repository,
		...placeParts(target),
		...nameParts(target)
	]);
}
function targetName({ target }) {
	const { name, stack, directory, backend } = target;
	if (name !== void 0) return name;
	const place = [stack, directory === "." ? void 0 : directory].filter((part) => part !== void 0).join(" in ");
	const workspace = workspaceOf(target);
	return [
		place || "root module",
		workspace === void 0 ? "" : `workspace ${workspace}`,
		backend?.key === void 0 ? "" : `state ${backend.key}`
	].filter((part) => part !== "").join(", ");
}
function stackName(target, repository) {
	const { stack, directory } = target;
	if (target.name !== void 0) return target.name;
	const name = [directory === "." ? void 0 : directory.replaceAll("\\", "/"), stack].filter((part) => part !== void 0).join(":") || repository;
	const workspace = workspaceOf(target);
	return workspace === void 0 ? name : `${name}@${workspace}`;
}
function workspaceOf({ workspace, inheritedWorkspace }) {
	return workspace ?? inheritedWorkspace;
}
function placeParts({ name, stack, directory, workspace, inheritedWorkspace }) {
	return [
		stack ?? "",
		directory,
		workspace ?? (name === void 0 ? inheritedWorkspace : void 0) ?? ""
	];
}
function nameParts({ name, backend }) {
	if (name !== void 0) return [name];
	return backend === void 0 ? [] : ["", backend.text];
}
function asInVersion01({ name, stack, directory, workspace }) {
	return {
		name,
		stack,
		directory,
		workspace
	};
}
function digest(parts) {
	return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}
// src/commands/job.ts
var Job = class {
	inputs;
	run;
	trigger;
	state;
	tempDirectory;
	signal;
	terraform;
	putBackData = () => {};
	recorders = new WeakMap();
	outputCredentials;
	signedRecord;
	begunPlan;
	lockFile;
	#report;
	#phase = "start";
	#client;
	constructor(inputs, run, trigger) {
		this.inputs = inputs;
		this.run = run;
		this.trigger = trigger;
		this.tempDirectory = mkdtempSync(join(run.temp, "terraform-mcp-deploy-"));
		this.#report = {
			...emptyReport(inputs, run),
			command: trigger.command,
			commit: trigger.sha,
			pullRequest: trigger.pullRequest
		};
		this.signal = this.#cancellation();
	}
	get report() {
		return this.#report;
	}
	get marker() {
		return commentMarker(this.#report);
	}
	get formerMarker() {
		return formerCommentMarker(this.#report);
	}
	get phase() {
		return this.#phase;
	}
	async check(phase, action) {
		const { adds = {}, failure, warnings = [], explain } = await this.step(phase, action);
		this.record(adds);
		this.warn(...warnings);
		if (failure === void 0) return true;
		const index = this.#report.failures.push(this.#inPhase(failure)) - 1;
		if (explain === void 0) return false;
		const explained = await this.step("diagnosis", explain);
		this.record(explained.adds);
		this.#report.failures[index] = {
			...this.#inPhase(explained.failure),
			phase
		};
		return false;
	}
	async step(phase, action) {
		this.#phase = phase;
		const started = Date.now();
		log.group(line`${phase}`);
		try {
			return await this.#untilCancelled(action);
		} finally {
			log.endGroup();
			this.#addTime(phase, Date.now() - started);
		}
	}
	record(parts) {
		Object.assign(this.#report, parts);
		for (const [part, value] of Object.entries(parts)) if (value === void 0) delete this.#report[part];
	}
	warn(...warnings) {
		this.#report.warnings.push(...warnings);
	}
	async fail(error, phase = this.#phase) {
		this.#report.failures.push(await this.failureOf(error, phase));
	}
	failWith(failure, phase = this.#phase) {
		this.#report.failures.push({
			...this.#inPhase(failure),
			phase
		});
	}
	async orWarn(action) {
		try {
			return await this.#untilCancelled(action);
		} catch (error) {
			if (this.signal.aborted) throw error;
			this.warn(messageOf(error));
			return;
		}
	}
	async failureOf(error, phase = this.#phase) {
		const { explainError } = await import("./thrown-error.js");
		const { failure, problems } = explainError(error, phase, this);
		if (problems.length > 0) this.record({ problems });
		return failure;
	}
	async github() {
		return this.inputs.comment === "never" ? void 0 : await this.githubFor("comment", "never");
	}
	async githubFor(input, off) {
		const { githubToken } = this.inputs;
		if (githubToken === "") {
			const what = {
				comment: "comment",
				issue: "issue",
				labels: "label",
				"plan-status": "status",
				"deployment-environment": "deployment"
			}[input];
			throw new InputError(`Input github-token is empty, so no ${what} can be written: give a token, or set ${input} to ${off}.`);
		}
		const { GitHub } = await import("./api2.js");
		this.#client ??= new GitHub(githubToken, this.run.owner, this.run.repo, (text) => log.line(line`${text}`));
		return this.#client;
	}
	#inPhase({ code, sentence, fix, remedy, ...more }) {
		return {
			code,
			...more.cause === void 0 ? {} : { cause: more.cause },
			sentence,
			fix: inWordsOf(this.inputs.tool, fix),
			remedy,
			phase: this.#phase
		};
	}
	#addTime(phase, ms) {
		const { phases } = this.#report;
		const index = phases.findIndex((each) => each.phase === phase);
		if (index === -1) phases.push({
			phase,
			ms
		});
		else phases[index] = {
			phase,
			ms: ms + (phases[index]?.ms ?? 0)
		};
	}
	async #untilCancelled(action) {
		this.signal.throwIfAborted();
		let stop = () => {};
		const aborted = new Promise((_, reject) => {
			stop = () => {
				if (this.terraform?.isRunning !== true) reject(this.signal.reason);
			};
			this.signal.addEventListener("abort", stop);
		});
		try {
			return await Promise.race([action(), aborted]);
		} finally {
			this.signal.removeEventListener("abort", stop);
		}
	}
	#cancellation() {
		const controller = new AbortController();
		for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {
			this.terraform?.interrupt();
			controller.abort(new CancelledError(`The job was cancelled during ${this.#phase}.`));
		});
		return controller.signal;
	}
};
function emptyReport(inputs, run) {
	const { stackName: name, stack, workingDirectory, workspace, backendConfig } = inputs;
	const inheritedWorkspace = workspace === void 0 ? process.env.TF_WORKSPACE || void 0 : void 0;
	const backend = backendOf(backendConfig, (file) => readFileSync(file, "utf8"));
	const directory = relative(run.workspace, workingDirectory).replaceAll(sep, "/") || ".";
	return {
		target: {
			...name !== void 0 && { name },
			stack,
			directory,
			workspace,
			inheritedWorkspace,
			backend
		},
		runUrl: run.url,
		docsUrl: docsUrl(run.action),
		environment: inputs.deploymentEnvironment,
		planApproval: inputs.planApproval,
		failures: [],
		warnings: [],
		phases: []
	};
}
function docsUrl(action) {
	return action === void 0 ? void 0 : `${action.url}/blob/${encodeURI(action.ref)}/docs`;
}
// src/terraform/hcl-literal.ts
const maxDepth = 100;
function literalValue(expression) {
	const reader = new LiteralReader(expression);
	const value = reader.value(0);
	return reader.isAtEnd ? value : void 0;
}
function textsInExpression(expression) {
	const heredoc = heredocText(expression);
	if (heredoc !== void 0) return [heredoc];
	return [...expression.matchAll(/"(?:[^"\\\n]|\\.)*"?/g)].map(([quoted]) => plainString(quoted) ?? quoted.replace(/^"|"$/g, ""));
}
var LiteralReader = class {
	#text;
	#at = 0;
	constructor(text) {
		this.#text = text;
	}
	get isAtEnd() {
		this.#skip();
		return this.#at >= this.#text.length;
	}
	value(depth) {
		this.#skip();
		if (depth > maxDepth) return void 0;
		const char = this.#text[this.#at];
		if (char === "\"") return this.#quoted();
		if (char === "[") return this.#list(depth);
		if (char === "{") return this.#object(depth);
		if (char === "<") return this.#heredoc();
		const word = this.#token(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[A-Za-z_][\w-]*/y);
		if (word === "true" || word === "false") return word === "true";
		if (word === "null") return null;
		if (word === void 0 || /^[A-Za-z_]/.test(word)) return void 0;
		return Number.isSafeInteger(Number(word)) || word.includes(".") ? Number(word) : word;
	}
	#quoted() {
		const quoted = this.#token(/"(?:[^"\\\n]|\\.)*"/y);
		return plainString(quoted);
	}
	#list(depth) {
		const items = [];
		this.#at++;
		for (;;) {
			if (this.#token(/[\s,]*\]/y) !== void 0) return items;
			this.#token(/[\s,]+/y);
			const before = this.#at;
			const item = this.value(depth + 1);
			if (item === void 0 || this.#at === before) return void 0;
			items.push(item);
		}
	}
	#object(depth) {
		const entries = [];
		this.#at++;
		for (;;) {
			this.#token(/[\s,]+/y);
			this.#skip();
			if (this.#token(/[\s,]*\}/y) !== void 0) return Object.fromEntries(entries);
			this.#token(/[\s,]+/y);
			const key = this.#text[this.#at] === "\"" ? this.#quoted() : this.#token(/[\p{L}\d_][\p{L}\d_.-]*/uy);
			if (key === void 0 || this.#token(/[^\S\n]*[=:]/y) === void 0) return void 0;
			const value = this.value(depth + 1);
			if (value === void 0) return void 0;
			entries.push([key, value]);
		}
	}
	#heredoc() {
		const start = this.#token(/<<-?[^\s"{}]+[^\S\n]*\r?\n/y);
		if (start === void 0) return void 0;
		const word = /^<<-?(\S+)/.exec(start)?.[1] ?? "";
		const closing = new RegExp(`^[^\\S\\n]*${RegExp.escape(word)}[^\\S\\n]*$`, "gm");
		closing.lastIndex = this.#at;
		const match = closing.exec(this.#text);
		if (match === null) return void 0;
		const text = this.#text.slice(this.#at, match.index);
		this.#at = match.index + match[0].length;
		return start.startsWith("<<-") ? text.replace(/^[^\S\n]+/gm, "") : text;
	}
	#skip() {
		for (;;) {
			this.#token(/\s+/y);
			if (this.#token(/(?:#|\/\/)[^\n]*/y) !== void 0) continue;
			if (!this.#text.startsWith("/*", this.#at)) return;
			const end = this.#text.indexOf("*/", this.#at + 2);
			this.#at = end === -1 ? this.#text.length : end + 2;
		}
	}
	#token(pattern) {
		pattern.lastIndex = this.#at;
		const match = pattern.exec(this.#text)?.[0];
		if (match !== void 0) this.#at += match.length;
		return match;
	}
};
function heredocText(expression) {
	const [, text] = /^<<-?\S+[^\S\n]*\r?\n([\s\S]*)\n[^\n]*$/.exec(expression.trim()) ?? [];
	return text;
}
// src/terraform/sensitive-variables.ts
const autoLoaded = /^(terraform\.tfvars|.+\.auto\.tfvars)(\.json)?$/;
function sensitiveVariableValues({ directories, varFiles, env }) {
	const present = directories.flatMap((directory) => listFiles(directory).map((name) => ({
		name,
		path: join(directory, name)
	})));
	const declared = new Map();
	for (const { path } of present.filter(({ name }) => isConfigurationFile(name))) {
		const text = readText(path);
		if (!/sensitive|ephemeral/.test(text)) continue;
		for (const [name, value] of path.endsWith(".json") ? declaredInJson(text) : declaredInHcl(text)) declared.set(name, value ?? declared.get(name));
	}
	if (declared.size === 0) return [];
	const { files, values } = argumentsOf(env);
	const paths = [...present.filter(({ name }) => autoLoaded.test(name)).map(({ path }) => path), ...[...varFiles, ...files].map((file) => resolve(directories[0] ?? ".", file))];
	const found = [...declared.values()];
	for (const path of paths) for (const [name, value] of valuesIn(path)) if (declared.has(name)) found.push(value);
	for (const [name, value] of values) if (declared.has(name)) found.push(value, literalValue(value));
	for (const name of declared.keys()) {
		const value = env[`TF_VAR_${name}`];
		if (value !== void 0) found.push(value, literalValue(value));
	}
	return [...new Set(found.flatMap(textsOf))].filter((text) => text !== "");
}
function backendSecrets(lines, directory) {
	const settings = [];
	for (const line of lines) {
		const equals = line.indexOf("=");
		if (isSetting(line)) settings.push([line.slice(0, equals).trim(), line.slice(equals + 1).trim()]);
		else settings.push(...Object.entries(readSettings(parseHcl(readText(resolve(directory, line))))));
	}
	for (const file of listFiles(directory).filter((name) => /\.(tf|tofu)$/.test(name))) {
		const text = readText(join(directory, file));
		if (!/\b(backend|cloud)\b/.test(text)) continue;
		for (const block of parseHcl(text).blocks.filter(({ type }) => type === "terraform")) for (const backend of block.blocks.filter(({ type }) => type === "backend" || type === "cloud")) settings.push(...Object.entries(readSettings(backend)));
	}
	return settings.flatMap(([name, raw]) => {
		const value = raw.replace(/^"(.*)"$/s, "$1");
		const isSecret = isSecretName(name) && !/^(key|.*_key_prefix|use_.*|skip_.*|secret_suffix|.*_files?|.*_path)$/.test(name);
		const user = URL.parse(value)?.username ?? "";
		return [
			...isSecret && value !== "" ? [value] : [],
			...value.includes("://") ? urlSecrets(value) : [],
			...user === "" ? [] : [user]
		];
	});
}
function declaredInHcl(text) {
	return parseHcl(text).blocks.flatMap(({ type, labels, attributes }) => {
		const isHidden = ["sensitive", "ephemeral"].some((name) => /^(true|"true")$/.test(attributes.get(name) ?? ""));
		const [name] = labels;
		return type === "variable" && name !== void 0 && isHidden ? [[name, expressionValue(attributes.get("default"))]] : [];
	});
}
function declaredInJson(text) {
	const { variable } = asObject(parseJson$1(text));
	return [variable].flat().filter(isObject).flatMap((byName) => Object.entries(byName)).flatMap(([name, blocks]) => [blocks].flat().map((block) => [name, asObject(block)])).filter(([, { sensitive, ephemeral }]) => [sensitive, ephemeral].some((each) => each === true || each === "true")).map(([name, block]) => [name, block.default]);
}
function valuesIn(path) {
	const text = readText(path);
	if (path.endsWith(".json")) return Object.entries(asObject(parseJson$1(text)));
	return [...parseHcl(text).attributes].map(([name, expression]) => [name, expressionValue(expression)]);
}
function expressionValue(expression) {
	if (expression === void 0) return void 0;
	const value = literalValue(expression);
	return value === void 0 ? textsInExpression(expression) : value;
}
function argumentsOf(env) {
	const files = [];
	const values = [];
	for (const [variable, text = ""] of Object.entries(env)) {
		if (!/^TF_CLI_ARGS(_|$)/.test(variable)) continue;
		const words = shellWords(text);
		for (const [index, word] of words.entries()) {
			const [, option, inline] = /^--?(var|var-file)(?:=(.*))?$/s.exec(word) ?? [];
			if (option === void 0) continue;
			const argument = inline ?? words[index + 1] ?? "";
			const equals = argument.indexOf("=");
			if (option === "var-file") files.push(argument);
			else if (equals > 0) values.push([argument.slice(0, equals).trim(), argument.slice(equals + 1)]);
		}
	}
	return {
		files,
		values
	};
}
function shellWords(text) {
	return [...text.matchAll(/(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/gs)].map(([word]) => word.replace(/\\(.)|"((?:[^"\\]|\\.)*)"|'([^']*)'/gs, (_, escaped, double, single) => escaped ?? single ?? double?.replace(/\\(["\\$`])/g, "$1") ?? ""));
}
function textsOf(value) {
	if (typeof value === "string") return [value];
	if (typeof value === "number") return Math.abs(value) > 65535 ? [String(value)] : [];
	return typeof value === "object" && value !== null ? compositeSecrets(value) : [];
}
function listFiles(directory) {
	try {
		return readdirSync(directory);
	} catch {
		return [];
	}
}
function readText(path) {
	try {
		return readFileSync(path, "utf8");
	} catch {
		return "";
	}
}
// src/commands/configuration-secrets.ts
function addConfigurationSecrets({ inputs }) {
	const { workingDirectory, stack, varFiles, backendConfig } = inputs;
	const directories = [workingDirectory, ...stack === void 0 ? [] : [shippedModuleDirectory(stack)]];
	secrets.add(...backendSecrets(backendConfig, workingDirectory), ...sensitiveVariableValues({
		directories,
		varFiles,
		env: process.env
	}));
}
// src/commands/verify.ts
async function runVerify(job) {
	const { endpoint, fromOutputs } = job.inputs.mcp;
	if (endpoint !== void 0 && fromOutputs.headers === void 0 && fromOutputs.oauth === void 0) {
		await checkGate(job, endpoint);
		await checkCertificate(job, endpoint);
		return await checkDrift(job, async () => (await import("./prepare.js")).prepare(job));
	}
	const { prepare } = await import("./prepare.js");
	const { readDeployment } = await import("./deployment2.js");
	const { consoleLinks } = await import("./platforms.js");
	const terraform = await prepare(job);
	const state = await terraform.showState();
	await readCredentials(job, state);
	const deployment = readDeployment(state, job.inputs);
	job.record({
		deployment,
		links: consoleLinks(deployment.serving, state)
	});
	await checkGate(job, deployment.endpoint, deployment);
	await checkCertificate(job, deployment.endpoint);
	await checkDrift(job, async () => terraform);
}
async function checkCertificate(job, endpoint) {
	const { certificateDays } = job.inputs;
	if (certificateDays === 0) return;
	await job.check("certificate", async () => {
		const { decideCertificate, describeCertificate, readCertificate, unreadCertificate } = await import("./certificate-check.js");
		const certificate = await readCertificate(endpoint, void 0, job.inputs.mcp);
		if (certificate === "none") return {};
		if (certificate === void 0) return job.report.failures.length > 0 ? {} : { failure: unreadCertificate(endpoint) };
		const described = describeCertificate(certificate, endpoint, Date.now());
		const { host, validTo, daysLeft } = described;
		log.line(line`The certificate of ${host} is valid until ${validTo}, ${daysLeft} days from now.`);
		return {
			adds: { certificate: described },
			failure: decideCertificate(described, certificateDays)
		};
	});
}
async function checkDrift(job, prepared) {
	const mode = driftMode(job.inputs.drift, job.inputs.mcp.endpoint);
	if (mode === "ignore") return;
	try {
		const terraform = await prepared();
		await job.check("drift", async () => {
			const { makeAndLogPlan } = await import("./prepare.js");
			await (await import("./images2.js")).chooseCurrentImages(job, terraform);
			const { plan } = await makeAndLogPlan(job, terraform, {
				replaces: [],
				mode: job.inputs.driftPlan
			});
			const drift = driftOf(plan);
			return {
				adds: { drift },
				failure: driftFailure(drift, job.report.commit, mode)
			};
		});
	} catch (error) {
		if (job.inputs.drift !== "auto" || error instanceof CancelledError) throw error;
		job.warn(`No plan could be made, so drift was not checked: ${messageOf(error)}`);
	}
}
// src/commands/run.ts
const commands = {
	plan: async (job) => (await import("./plan.js")).runPlan(job),
	apply: async (job) => (await import("./apply.js")).runApply(job),
	verify: runVerify,
	destroy: async (job) => (await import("./destroy2.js")).runDestroy(job),
	rollback: async (job) => (await import("./rollback.js")).runRollback(job)
};
async function runCommand(inputs, run, trigger) {
	const job = new Job(inputs, run, trigger);
	try {
		addConfigurationSecrets(job);
		await commands[trigger.command](job);
	} catch (error) {
		await job.fail(error);
	}
	await (await import("./publish.js")).publish(job);
	await job.terraform?.discardOpenRuns();
}
export { ERAS, LEGACY_VERSIONS, Recorder, answerServerRequests, assertRemoteBackend, certificateOf, checkGate, checkOffer, clean, closest, codes, commentMarker, configuredBackend, configuredStateKey, createParser, discover, emptyReport, endSession, exchange, explanationOf, failed, failure, failureOf, findContractFault, findHostRefusals, findMissingTool, findOfferFault, formerIssueMarker, gate, gateEarlierVersion, hostTitles, inLegacySession, incidentOf, initialize, initializeParams, isConfigurationFile, isEventStream, isId, isInterruption, isMessage, issueMarker, legacyRequests, listTools, locate, modernRequests, monotonicMs, openTarget, parseJson, poll, prepareRootModule, previewJson, probeStreamable, readBackendRecord, readConfiguration, readCredentials, readHeaders, readInitializeResult, readOutcome, recordExchange, recordReply, retryAfterMs, runCommand, runGate, secretsOf, send, sleep, stackName, targetFor, targetName, unfitRefusal };
