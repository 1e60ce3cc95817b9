import { c as error, f as notice, g as warning, h as setOutput, m as setFailed, p as saveState } from "./log.js";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { EOL } from "os";
import { constants as constants$1, promises as promises$1 } from "fs";
import { createHash } from "node:crypto";
// node_modules/@actions/core/lib/summary.js
var __awaiter = function(thisArg, _arguments, P, generator) {
	function adopt(value) {
		return value instanceof P ? value : new P(function(resolve) {
			resolve(value);
		});
	}
	return new (P || (P = Promise))(function(resolve, reject) {
		function fulfilled(value) {
			try {
				step(generator.next(value));
			} catch (e) {
				reject(e);
			}
		}
		function rejected(value) {
			try {
				step(generator["throw"](value));
			} catch (e) {
				reject(e);
			}
		}
		function step(result) {
			result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
		}
		step((generator = generator.apply(thisArg, _arguments || [])).next());
	});
};
const { access, appendFile, writeFile } = promises$1;
const SUMMARY_ENV_VAR = "GITHUB_STEP_SUMMARY";
var Summary = class {
	constructor() {
		this._buffer = "";
	}
	filePath() {
		return __awaiter(this, void 0, void 0, function* () {
			if (this._filePath) return this._filePath;
			const pathFromEnv = process.env[SUMMARY_ENV_VAR];
			if (!pathFromEnv) throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
			try {
				yield access(pathFromEnv, constants$1.R_OK | constants$1.W_OK);
			} catch (_a) {
				throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
			}
			this._filePath = pathFromEnv;
			return this._filePath;
		});
	}
	wrap(tag, content, attrs = {}) {
		const htmlAttrs = Object.entries(attrs).map(([key, value]) => ` ${key}="${value}"`).join("");
		if (!content) return `<${tag}${htmlAttrs}>`;
		return `<${tag}${htmlAttrs}>${content}</${tag}>`;
	}
	write(options) {
		return __awaiter(this, void 0, void 0, function* () {
			const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
			const filePath = yield this.filePath();
			yield (overwrite ? writeFile : appendFile)(filePath, this._buffer, { encoding: "utf8" });
			return this.emptyBuffer();
		});
	}
	clear() {
		return __awaiter(this, void 0, void 0, function* () {
			return this.emptyBuffer().write({ overwrite: true });
		});
	}
	stringify() {
		return this._buffer;
	}
	isEmptyBuffer() {
		return this._buffer.length === 0;
	}
	emptyBuffer() {
		this._buffer = "";
		return this;
	}
	addRaw(text, addEOL = false) {
		this._buffer += text;
		return addEOL ? this.addEOL() : this;
	}
	addEOL() {
		return this.addRaw(EOL);
	}
	addCodeBlock(code, lang) {
		const attrs = Object.assign({}, lang && { lang });
		const element = this.wrap("pre", this.wrap("code", code), attrs);
		return this.addRaw(element).addEOL();
	}
	addList(items, ordered = false) {
		const tag = ordered ? "ol" : "ul";
		const listItems = items.map((item) => this.wrap("li", item)).join("");
		const element = this.wrap(tag, listItems);
		return this.addRaw(element).addEOL();
	}
	addTable(rows) {
		const tableBody = rows.map((row) => {
			const cells = row.map((cell) => {
				if (typeof cell === "string") return this.wrap("td", cell);
				const { header, data, colspan, rowspan } = cell;
				const tag = header ? "th" : "td";
				const attrs = Object.assign(Object.assign({}, colspan && { colspan }), rowspan && { rowspan });
				return this.wrap(tag, data, attrs);
			}).join("");
			return this.wrap("tr", cells);
		}).join("");
		const element = this.wrap("table", tableBody);
		return this.addRaw(element).addEOL();
	}
	addDetails(label, content) {
		const element = this.wrap("details", this.wrap("summary", label) + content);
		return this.addRaw(element).addEOL();
	}
	addImage(src, alt, options) {
		const { width, height } = options || {};
		const attrs = Object.assign(Object.assign({}, width && { width }), height && { height });
		const element = this.wrap("img", null, Object.assign({
			src,
			alt
		}, attrs));
		return this.addRaw(element).addEOL();
	}
	addHeading(text, level) {
		const tag = `h${level}`;
		const allowedTag = [
			"h1",
			"h2",
			"h3",
			"h4",
			"h5",
			"h6"
		].includes(tag) ? tag : "h1";
		const element = this.wrap(allowedTag, text);
		return this.addRaw(element).addEOL();
	}
	addSeparator() {
		const element = this.wrap("hr", null);
		return this.addRaw(element).addEOL();
	}
	addBreak() {
		const element = this.wrap("br", null);
		return this.addRaw(element).addEOL();
	}
	addQuote(text, cite) {
		const attrs = Object.assign({}, cite && { cite });
		const element = this.wrap("blockquote", text, attrs);
		return this.addRaw(element).addEOL();
	}
	addLink(text, href) {
		const element = this.wrap("a", text, { href });
		return this.addRaw(element).addEOL();
	}
};
const summary = new Summary();
// src/gate/codes.ts
const row$1 = (layer, remedy, when, meaning, cause, fix) => ({
	layer,
	remedy,
	final: when === "final",
	meaning,
	cause,
	fix
});
const codes = {
	DNS_NXDOMAIN: row$1("DNS", "config", "retry", "the host name does not exist (yet)", "No record was made for this name, it is not yet visible, or the name is misspelt.", "Create the Route 53 alias record for this name in the public hosted zone, or use the DNS name of the load balancer. A record made by this apply can take a minute to be visible."),
	DNS_FAILED: row$1("DNS", "config", "retry", "the resolver could not answer", "The delegation of the zone is broken, or the resolver has trouble.", "Check the name servers of the hosted zone (the delegation at the registrar must name them) and the resolver of the runner."),
	DNS_TIMEOUT: row$1("DNS", "config", "retry", "the resolver did not answer in time", "The name servers do not answer, or a firewall holds DNS back.", "Check the name servers of the hosted zone and whether the runner can reach its resolver."),
	PROXY_FAILED: row$1("TCP", "config", "retry", "the proxy of the runner did not open a tunnel", "The proxy is down, or does not allow this host and port.", "Correct HTTPS_PROXY / HTTP_PROXY on the runner, or add the host to NO_PROXY."),
	TCP_REFUSED: row$1("TCP", "wait", "retry", "nothing listens on the port", "The load balancer has no listener on this port, or the process listens elsewhere, on 127.0.0.1 only, or not yet.", "Check that the load balancer has a listener on this port, or that the process on the instance listens on 0.0.0.0 and on the port of the URL."),
	TCP_TIMEOUT: row$1("TCP", "config", "retry", "no answer to the connection attempt", "A security group, a network ACL or a private subnet drops the packets.", "Packets are dropped: open the port in the security group and the network ACL, put the load balancer into public subnets (scheme internet-facing), and check the port of the URL."),
	TCP_UNREACHABLE: row$1("TCP", "config", "retry", "no route to the address", "The subnet has no route to the internet, or the name has only an IPv6 address and the runner only IPv4.", "Check the route tables, the internet gateway, and whether the name resolves to an address family the runner has."),
	CONN_RESET: row$1("TCP", "wait", "retry", "the connection was closed before a reply", "The process crashes on the request, a proxy cuts it off, or https is spoken there and http was sent.", "The process accepts connections but drops them: read its log. When the port speaks TLS, use https:// in the URL."),
	CONN_FAILED: row$1("TCP", "wait", "retry", "the connection failed", "The network between the runner and the endpoint broke the connection.", "Check host and port of the URL and the network between the runner and the endpoint."),
	TLS_UNTRUSTED: row$1("TLS", "config", "final", "the certificate is not from a public authority", "The certificate is self-signed, its chain is incomplete, or the one of ACM is not issued yet.", "Put an issued ACM certificate on the HTTPS listener (certificate_arn), with the full chain when the server terminates TLS itself."),
	TLS_NAME: row$1("TLS", "config", "final", "the certificate is for another name", "The URL has the DNS name of the load balancer, or a name that was forgotten in the certificate.", "Use the name in the certificate in the URL (the custom domain, not the DNS name of the load balancer), or add this name to the ACM certificate."),
	TLS_EXPIRED: row$1("TLS", "config", "final", "the certificate is outside its validity", "The renewal failed, often because the DNS record that validates it is gone.", "Renew the certificate; with ACM, restore the DNS validation record so that it renews by itself."),
	TLS_NOT_TLS: row$1("TLS", "config", "final", "the port does not speak TLS", "The URL says https and the listener speaks HTTP.", "Use http:// or the port of the HTTPS listener; on the load balancer the listener of this port must have protocol HTTPS."),
	TLS_TIMEOUT: row$1("TLS", "config", "retry", "the TLS handshake was never answered", "A process that is no TLS server accepts the connection and waits.", "Something accepts TCP on the port and does not speak TLS: check the port, the listener protocol and any proxy in between."),
	TLS_FAILED: row$1("TLS", "config", "retry", "the TLS handshake failed", "The two ends have no protocol version or cipher in common, or there is no certificate for this name.", "Check the security policy of the HTTPS listener (TLS 1.2 or 1.3) and that a certificate for this name is attached."),
	PORT_SPEAKS_TLS: row$1("TLS", "config", "final", "plain HTTP was sent to a TLS port", "The URL says http and the listener speaks HTTPS.", "Use https:// in the URL."),
	NOT_HTTP: row$1("HTTP", "config", "final", "the reply is not HTTP/1.1", "The port belongs to another service (SSH, a database), or to HTTP/2 without TLS.", "Check the port: something other than an HTTP server listens there, or it speaks HTTP/2 only."),
	HEADERS_TOO_BIG: row$1("HTTP", "replace", "final", "the response headers are larger than clients read", "Cookies, a token or a policy grows without end, or the server repeats a header.", "Send less than 16 KiB of response headers, the limit of Node.js and so of most MCP clients."),
	HEADERS_TIMEOUT: row$1("HTTP", "wait", "retry", "the connection was accepted and no response came", "The handler waits for something that does not come, or the process is overloaded.", "The server hangs on the request: read the log of the task, and check the security group between load balancer and task."),
	REDIRECT: row$1("HTTP", "config", "final", "the endpoint redirects", "The listener sends http to https, the server adds or removes a final slash, or a login page stands in front.", "Put the final address into the URL: MCP clients do not follow a redirect to another origin, and 301/302 would turn the POST into a GET. Behind a load balancer that terminates TLS, let the server trust X-Forwarded-Proto."),
	ALB_404: row$1("HTTP", "config", "final", "the load balancer itself answered 404", "The default action of the listener is a fixed response and no rule matches.", "No listener rule forwards this host and path: add one to the ALB listener, or change its default action from fixed-response to forward."),
	ALB_502: row$1("HTTP", "replace", "retry", "the load balancer got no valid reply from the target", "The task crashed, closed the connection, or listens on another port than the target group uses.", "The task closed the connection or crashed: compare the container port with the target group port and read the stopped reason of the ECS tasks."),
	ALB_503: row$1("HTTP", "wait", "retry", "the load balancer has no usable target", "The service has no running task, or all of them are still starting or draining.", "No registered target: look at DescribeTargetHealth, the desired count of the service, and the health check path (never /mcp)."),
	ALB_504: row$1("HTTP", "wait", "retry", "the target did not answer the load balancer in time", "A security group between the load balancer and the task, or a server that starts slowly.", "Allow the load balancer security group on the container port of the tasks, or raise the start period of a slow server."),
	PATH_404: row$1("HTTP", "config", "final", "a server is up, this path is not there", "The MCP handler is mounted at another path.", "Correct the path of the URL (most servers use /mcp), or mount the MCP handler at this path."),
	HTTP_400: row$1("HTTP", "replace", "final", "the server refused a correct request", "A proxy changes the request, or the handler refuses what the specification allows.", "Read the log of the server: the request followed the specification."),
	HTTP_403: row$1("HTTP", "config", "final", "access is forbidden", "An access rule of the server, a gateway or an IP allow list.", "Give the credentials in mcp-headers the permission, or let the runner through the access rules in front of the server."),
	HTTP_405: row$1("HTTP", "config", "final", "the path does not take POST", "The MCP handler is at another path, or only the deprecated HTTP+SSE transport is served.", "Mount the MCP handler for POST at this path, or correct the path of the URL."),
	HTTP_406: row$1("HTTP", "replace", "final", "the server refuses application/json and text/event-stream", "A proxy removes or rewrites Accept, or the server is older than Streamable HTTP.", "A proxy may remove the Accept header; else update the MCP SDK of the server."),
	HTTP_413: row$1("HTTP", "config", "final", "a request of under one kilobyte is too large for the server", "A body limit was set far too low.", "Raise the body limit of the server or of the proxy in front of it."),
	HTTP_415: row$1("HTTP", "replace", "final", "the server refuses application/json", "A proxy removes Content-Type, or no JSON body parser is mounted.", "Mount the JSON body parser for this path; a proxy must not remove Content-Type."),
	HTTP_4XX: row$1("HTTP", "replace", "final", "the server refused the request", "The server, or something in front of it, has a rule of its own.", "Read the log of the server for this status."),
	SERVER_ERROR: row$1("HTTP", "replace", "retry", "the server answered with a 5xx status", "An exception in the handler, or the application still starting.", "Read the log of the task: the server, or a proxy in front of it, failed on the request."),
	RATE_LIMITED: row$1("HTTP", "wait", "retry", "too many requests", "A limiter counts the requests of the gate.", "Exempt the runner from the rate limit (AWS WAF rate-based rule, API gateway, or the limiter of the server), or lower mcp-rounds."),
	AUTH_REQUIRED: row$1("HTTP", "config", "final", "the server wants authorization", "The server is protected, and no credentials or wrong ones were given.", "Give a token in mcp-headers (Authorization: Bearer ...) from a secret, or expect the wall with mcp-expect: auth-wall."),
	AUTH_BARE_401: row$1("HTTP", "config", "final", "401 without WWW-Authenticate", "A gateway or a middleware of your own answers 401 and knows nothing of MCP.", "Answer 401 with WWW-Authenticate: Bearer resource_metadata=\"...\" (RFC 9728), else clients cannot find where to log in; or give a token in mcp-headers."),
	AUTH_SCOPE: row$1("HTTP", "config", "final", "the token lacks a scope", "The client was registered without a scope that the server wants.", "Issue the token in mcp-headers with the scope that the server names."),
	AUTH_NOT_REQUIRED: row$1("HTTP", "config", "final", "the endpoint is open, and an authorization wall is expected", "The authorization middleware is not mounted on this path, or a setting turned it off.", "Turn authorization on in the server or in front of it (requireBearerAuth of the MCP SDK, an OIDC rule of the gateway), or set mcp-expect: open when everybody may call it."),
	AUTH_METADATA_MISSING: row$1("HTTP", "config", "final", "the protected-resource metadata cannot be fetched", "The well-known path is not served, stands behind the wall itself, or is not forwarded by the load balancer.", "Serve /.well-known/oauth-protected-resource/<path of the endpoint> (RFC 9728) without authorization, let the load balancer forward /.well-known/*, and name its https URL as resource_metadata in WWW-Authenticate."),
	AUTH_METADATA_INVALID: row$1("HTTP", "config", "final", "the protected-resource metadata is not valid", "The document was written by hand, or it is of another kind.", "Serve a JSON object with resource (the URL of the endpoint) and authorization_servers (at least one https URL), RFC 9728 §2."),
	AUTH_RESOURCE_MISMATCH: row$1("HTTP", "config", "final", "the protected-resource metadata is for another URL", "The server knows itself by its internal address, or was moved.", "Set the resource of the metadata to the public URL of the endpoint: clients refuse tokens for another one. Behind a load balancer the server often takes its own address for it."),
	AUTH_ISSUER_UNPINNED: row$1("HTTP", "config", "final", "the endpoint names an authorization server that nobody has vouched for", "The authorization server is on another host than the endpoint, or there are several, and mcp-oauth-issuer is not set.", "Set mcp-oauth-issuer to the authorization server at which the client of mcp-oauth-client-id is registered. If the server that is named here is not yours, the endpoint may be compromised: do not pin it."),
	AUTH_ISSUER_MISMATCH: row$1("HTTP", "config", "final", "the endpoint does not name the authorization server of mcp-oauth-issuer", "The server was moved to another authorization server, the issuer is spelt otherwise, or somebody wants the secret.", "Compare authorization_servers of the protected-resource metadata with mcp-oauth-issuer: correct the one that is wrong. If the server that is named here is not yours, the endpoint may be compromised."),
	AUTH_SERVER_METADATA: row$1("HTTP", "config", "final", "the authorization server does not say where its token endpoint is", "The issuer has another spelling than the metadata, or the address is not that of the issuer.", "Check authorization_servers in the protected-resource metadata: it must be the issuer exactly, and serve /.well-known/oauth-authorization-server (RFC 8414) or openid-configuration with issuer and an https token_endpoint."),
	AUTH_SERVER_UNREACHABLE: row$1("HTTP", "config", "retry", "the authorization server cannot be reached", "An outage, or a network in which the runner is not.", "Check that the authorization server is up and that the runner may reach it."),
	AUTH_TOKEN_REFUSED: row$1("HTTP", "config", "final", "the authorization server gave no token for the client credentials", "A wrong secret, a client without this grant, or a scope it may not have.", "Check mcp-oauth-client-id and mcp-oauth-client-secret, and that this client may use the client_credentials grant with the scope of the endpoint."),
	WAF_403: row$1("HTTP", "config", "final", "something in front of the server blocked the request", "AWS WAF, CloudFront or another filter took the POST for an attack.", "Allow JSON POSTs to this path in the AWS WAF web ACL (or the CDN rules) in front of the load balancer."),
	HOST_REJECTED: row$1("HTTP", "config", "final", "the server refuses this host name", "The guard against DNS rebinding of the SDK knows only localhost; it also refuses health checks of the load balancer.", "Add the public host name to the allowed hosts of the server (allowedHosts of createMcpExpressApp, TransportSecuritySettings in Python)."),
	HTML_PAGE: row$1("HTTP", "config", "final", "a web page answered", "A web site or a single-page application answers every path.", "The URL reaches a web site, not the MCP server: correct host and path, or the catch-all route that answers first."),
	CONTENT_TYPE: row$1("HTTP", "replace", "final", "the reply has a content type that MCP clients refuse", "The handler sets no Content-Type, or a proxy replaces it.", "Answer with Content-Type application/json or text/event-stream."),
	EMPTY_200: row$1("HTTP", "replace", "retry", "success without a body", "A handler that ends without writing, or a proxy that answers by itself.", "The handler ended the response without an answer: read the log of the server."),
	BODY_TRUNCATED: row$1("HTTP", "replace", "retry", "the body ended before its announced length", "A crash in the middle of the answer, an idle timeout, or a wrong Content-Length.", "The server or a proxy cut the reply: compare Content-Length with the body, and check for crashes and idle timeouts."),
	BODY_SLOW: row$1("HTTP", "replace", "retry", "the body did not end in time", "The server computes while it answers, or a proxy buffers.", "Find out why the server sends its answer so slowly; a proxy that buffers may hold it back."),
	BODY_TOO_BIG: row$1("HTTP", "replace", "final", "the body is larger than 4 MiB after decompression, or far too intricate", "Another kind of resource is behind the URL, or the tool list is far too large for any client.", "Page the tool list (nextCursor) or shorten descriptions and schemas; check that the URL is an MCP endpoint."),
	BODY_ENCODING: row$1("HTTP", "replace", "final", "the body is not what Content-Encoding says", "A body that is compressed twice or not at all, by a proxy that says otherwise.", "Correct the compression of the server or the proxy (gzip, deflate and br are accepted)."),
	NOT_JSON: row$1("MCP", "replace", "final", "the body says it is JSON and is not", "A warning or a stack trace is written into the response.", "Read the log of the server: something other than the MCP handler writes to this response."),
	NOT_JSONRPC: row$1("MCP", "config", "final", "JSON, but no JSON-RPC 2.0 response", "A health check, a REST API or a static file is behind the URL.", "The URL reaches another handler (a health endpoint?): correct the path, or wrap the answer in a JSON-RPC 2.0 response."),
	WRONG_ID: row$1("MCP", "replace", "final", "the answer carries the id of another request", "A cache answers, or answers of several requests are mixed up.", "Answer with the id of the request; a response must not be cached or shared between requests."),
	RPC_ERROR: row$1("MCP", "replace", "retry", "the server answered with a JSON-RPC error", "Something the server needs is missing: a database, a secret, another API.", "Read the log of the server for this message: a dependency (database, secret, API) may be missing."),
	RPC_REFUSED: row$1("MCP", "replace", "final", "the server does not accept a correct MCP request", "The method is not registered, or the SDK is too old or in another state.", "Register a handler for this method and update the MCP SDK of the server."),
	BAD_INIT_RESULT: row$1("MCP", "replace", "final", "the initialize result lacks a required field", "A server written without an SDK.", "Return protocolVersion, capabilities and serverInfo {name, version} from initialize."),
	BAD_DISCOVER_RESULT: row$1("MCP", "replace", "final", "the server/discover result is not valid", "A server of a draft of the revision, or one written without an SDK.", "Return resultType \"complete\", supportedVersions, capabilities, ttlMs and cacheScope from server/discover."),
	NO_COMMON_VERSION: row$1("MCP", "replace", "final", "no protocol version in common", "The server is older than 2024-11-05, or of a draft.", "Update the MCP SDK of the server: it must speak one of 2026-07-28, 2025-11-25, 2025-06-18, 2025-03-26, 2024-11-05."),
	LEGACY_CLIENTS_LOCKED_OUT: row$1("MCP", "config", "final", "only 2026-07-28 is served; clients that send initialize are refused", "The server was built to refuse the older revisions.", "Serve both eras (legacy: 'stateless' of createMcpHandler, its default), or set mcp-require: modern when no such client matters."),
	MODERN_ABSENT: row$1("MCP", "config", "final", "server/discover is not served: the server does not speak 2026-07-28", "The server uses an SDK 1.x, or an SDK 2 transport with sessions.", "Serve 2026-07-28 (MCP SDK 2.x), or set mcp-require: legacy or any."),
	MODERN_OK_LEGACY_BROKEN: row$1("MCP", "config", "final", "2026-07-28 works, and clients that send initialize do not get through", "Most often several tasks that serve 2026-07-28 without a state and older clients with sessions that only one task knows.", "Mend what the code in the sentence names (its row says how, whether waiting or replacing helps), or set mcp-require: modern when no older client matters. Most clients in use still send initialize."),
	LEGACY_OK_MODERN_BROKEN: row$1("MCP", "config", "final", "initialize works, and clients of 2026-07-28 do not get through", "A proxy or a rule that knows only the older requests, or a server that does not answer methods it does not know.", "Mend what the code in the sentence names (its row says how, whether waiting or replacing helps), or set mcp-require: legacy when no client of 2026-07-28 matters."),
	OLD_TRANSPORT: row$1("MCP", "config", "final", "only the deprecated HTTP+SSE transport is served", "The server was built for the transport of 2024-11-05.", "Serve Streamable HTTP, or accept HTTP+SSE with mcp-require: any or mcp-transport: sse."),
	ACCEPTED_NO_REPLY: row$1("MCP", "replace", "retry", "a request was accepted like a notification, without an answer", "The handler takes every message for a notification.", "Answer the POST itself: 202 is only for notifications and responses."),
	SSE_SILENT: row$1("MCP", "replace", "retry", "the event stream stayed open without the answer", "A proxy buffers the stream, or the handler hangs.", "Turn response buffering off in every proxy (X-Accel-Buffering: no), and check that the handler does not hang."),
	SSE_EMPTY: row$1("MCP", "replace", "retry", "the event stream ended without the answer", "The handler failed after it had opened the stream.", "The handler closed the stream before it answered: read the log of the server."),
	SSE_TRUNCATED: row$1("MCP", "replace", "retry", "the event stream ended in the middle of an event", "A crash, an idle timeout, or a final blank line that is missing.", "End each event with a blank line and do not close the stream before; check for crashes and idle timeouts."),
	SSE_BAD_JSON: row$1("MCP", "replace", "retry", "an event does not carry JSON", "A message with line breaks is sent as one data line and bare lines.", "Send one JSON-RPC message per event; each line of it needs its own data: prefix."),
	SSE_EVENT_NAME: row$1("MCP", "replace", "retry", "the answer came under an event name that clients ignore", "The server names its events as it likes.", "Send answers as event: message, or without an event field."),
	SSE_NO_ENDPOINT: row$1("MCP", "replace", "retry", "the HTTP+SSE stream did not name its endpoint", "Another kind of stream is behind the URL, or a proxy buffers the first event.", "Send event: endpoint with the POST address as the first event of the stream."),
	SSE_FOREIGN_ENDPOINT: row$1("MCP", "config", "final", "the HTTP+SSE stream names an endpoint on another origin", "The server knows itself by its internal address.", "Send a relative endpoint, or configure the public base URL of the server: clients refuse another origin."),
	NO_TOOLS_CAPABILITY: row$1("MCP", "replace", "final", "the server declares no tools", "Tools are registered after the server has connected, or not at all.", "Register the tools before the server connects; SDK 2 clients do not even ask a server without the tools capability."),
	TOOL_MISSING: row$1("MCP", "replace", "final", "an expected tool is not listed", "The tool was renamed, is behind a setting, or an older revision answers.", "Deploy the revision that has the tool, or correct mcp-tools."),
	CONTRACT_BROKEN: row$1("MCP", "replace", "final", "the tools are not compatible with the committed contract", "A tool or argument was removed or renamed, or an argument became required or narrower.", "Deploy a revision that keeps the contract, or, when the change is meant, commit the ready file of this run (output mcp-contract-file) in place of the one that mcp-contract names."),
	CONTRACT_MISSING: row$1("MCP", "config", "final", "the file that mcp-contract names is not in the repository", "The first run with mcp-contract, or a misspelt path.", "Commit the ready file of this run (output mcp-contract-file, also in the job summary) under the name that mcp-contract gives, or correct the name."),
	BAD_TOOLS: row$1("MCP", "replace", "final", "the tool list is not valid", "A schema that was written by hand or that a library turned into something else.", "Give each tool a name and an inputSchema with type \"object\", and leave nextCursor out on the last page: clients refuse the whole list otherwise."),
	PAGINATION_LOOP: row$1("MCP", "replace", "final", "the tool list never ends", "The cursor is ignored by the handler.", "Return a new nextCursor for each page and none on the last."),
	SESSION_LOST: row$1("MCP", "config", "final", "the session is unknown right after it was opened", "Several tasks, each of which knows only its own sessions.", "More than one task shares the endpoint and the session lives in one of them: make the server stateless, or run one task, or share the session store. Cookie stickiness (lb_cookie) does not help: the official clients keep no cookies."),
	SESSION_NEEDS_COOKIES: row$1("MCP", "config", "final", "sessions work only for clients that keep cookies", "Several tasks behind target group stickiness (lb_cookie).", "The official MCP clients keep no cookies, so target group stickiness does not reach them: make the server stateless, or run one task, or share the session store."),
	OLD_REVISION: row$1("MCP", "wait", "retry", "the server that answers is not of the expected version", "An old task still serves, the new image has the old version, or serverInfo was not raised.", "An old revision still serves, or the new image was not deployed: check the image tag and the rollout of the ECS service; and that serverInfo.version of the server is what mcp-expect-version says."),
	FLAPPING: row$1("MCP", "wait", "retry", "good and bad rounds alternate", "One of several tasks is bad, or tasks of two revisions serve at the same time.", "One of several targets is bad, or an old revision still serves: compare the tasks of the service (DescribeTargetHealth, ListTasks)."),
	DEADLINE: row$1("MCP", "wait", "retry", "the time was up before enough green rounds", "The endpoint became healthy late, or answers slowly.", "Raise mcp-timeout or lower mcp-rounds.")
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
// src/report/markdown.ts
function code(text) {
	const content = oneLine(text);
	if (content.trim() === "") return "` `";
	const ticks = "`".repeat(longestRun(content, "`") + 1);
	const pad = content.startsWith("`") || content.endsWith("`") || /^ .* $/.test(content) ? " " : "";
	return `${ticks}${pad}${content}${pad}${ticks}`;
}
function prose(text) {
	return oneLine(text).trim().split(/([\s"'()<>[\],;]+)/).map((word) => {
		if (!linked.test(word)) return escaped(word);
		const core = word.replace(/[.:!?]+$/, "");
		return core === "" ? escaped(word) : `${code(core)}${word.slice(core.length)}`;
	}).join("").replace(/^(?:[#>+=-]|\d+[.)])/, (start) => start.replace(/./g, entity));
}
function html(text) {
	return oneLine(text).replace(/[&<>"']/g, entity);
}
function fence(content, language = "") {
	const shown = visible(content);
	const [backticks, tildes] = [longestRun(shown, "`"), longestRun(shown, "~")];
	const line = backticks <= tildes ? "`".repeat(Math.max(3, backticks + 1)) : "~".repeat(Math.max(3, tildes + 1));
	return `${line}${language}\n${shown}\n${line}`;
}
function fold(summary, body, open = false) {
	return `<details${open ? " open" : ""}><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}
function visible(text) {
	return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, (char) => {
		if (char === "\n" || char === "	") return char;
		return char === "\r" ? "" : `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
	});
}
function shorten(text, limit) {
	if (text.length <= limit) return text;
	const half = Math.floor((limit - 1) / 2);
	return `${text.slice(0, half)}…${text.slice(-half)}`.toWellFormed();
}
function count(n, thing) {
	return `${n} ${thing}${n === 1 ? "" : "s"}`;
}
function seconds(ms) {
	const s = ms / 1e3;
	if (s < 9.95) return `${s.toFixed(1)} s`;
	const whole = Math.round(s);
	return whole < 120 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
const linked = /[@#]|:\/\/|www\.|\bGH-\d|mailto:|xmpp:/i;
function escaped(text) {
	return text.replace(/[\\`*_[\]<>|~&$!]/g, entity);
}
function entity(char) {
	return `&#${char.charCodeAt(0)};`;
}
function oneLine(text) {
	return visible(text.replace(/[\r\n\t]+/g, " "));
}
function longestRun(text, char) {
	let longest = 0;
	let run = 0;
	for (const each of text) {
		run = each === char ? run + 1 : 0;
		if (run > longest) longest = run;
	}
	return longest;
}
// src/report/links.ts
function fileLink(title, url) {
	return `[${code(title)}](${destination$1(url)})`;
}
function destination$1(url) {
	return url.replace(/[()\\<>\s]/g, (char) => encodeURIComponent(char).replace(/[()]/, hex));
}
function linkLine({ links = [] }) {
	if (links.length === 0) return "";
	return `In the AWS console: ${links.map(({ title, url }) => `[${code(shorten(title, 120))}](${destination$1(url)})`).join(" · ")}`;
}
function hex(char) {
	return `%${char.charCodeAt(0).toString(16)}`;
}
// src/report/problems.ts
const maxShownErrors = 9;
const maxShownWarnings = 5;
const annotationLimit = 4e3;
function problemsOf({ problems, check, plan, command, failures: [failure] }) {
	if (problems !== void 0) return problems;
	if (check !== void 0) {
		const isRed = failure !== void 0;
		return check.diagnostics.map((each) => isRed ? each : {
			...each,
			severity: "warning"
		});
	}
	return command === "plan" ? (plan?.warnings ?? []).filter(({ file }) => file !== void 0) : [];
}
function annotationsOf(report) {
	const problems = problemsOf(report);
	const errors = problems.filter(({ severity }) => severity === "error");
	const warnings = problems.filter(({ severity }) => severity === "warning");
	return {
		annotations: [...errors.slice(0, maxShownErrors), ...warnings.slice(0, maxShownWarnings)].map((problem) => ({
			level: problem.severity,
			message: shorten(problemText(problem), annotationLimit),
			...problem.file !== void 0 && { at: {
				file: problem.file,
				startLine: problem.line ?? 1
			} }
		})),
		errors: errors.length
	};
}
function problemText({ summary, excerpt, detail, outsideRepository }) {
	return [
		[summary, outsideRepository === void 0 ? "" : `(${outsideRepository})`].filter((part) => part !== "").join(" "),
		excerpt,
		detail
	].filter((part) => part !== "").join("\n\n");
}
function placeText({ file, line, outsideRepository }) {
	if (file !== void 0) return ` (${file}:${line})`;
	return outsideRepository === void 0 ? "" : ` (${outsideRepository})`;
}
function problemLine(problem, units = 1e3) {
	const { severity, summary, address, file, line, url, outsideRepository } = problem;
	const place = file === void 0 ? outsideRepository : `${shorten(file, 200)}:${line}`;
	const parts = [place === void 0 ? "" : url === void 0 ? code(place) : fileLink(place, url), address === void 0 ? "" : code(shorten(address, 300))].filter((part) => part !== "");
	const where = parts.length === 0 ? "" : `${parts.join(" ")}: `;
	return `${severity === "error" ? "❌" : "⚠️"} ${where}**${prose(shorten(summary, units))}**`;
}
function problemsFold(problems, limit) {
	const errors = problems.filter(({ severity }) => severity === "error");
	const ordered = [...errors, ...problems.filter(({ severity }) => severity === "warning")];
	const title = `Problems: ${count(errors.length, "error")}${ordered.length > errors.length ? `, ${count(ordered.length - errors.length, "warning")}` : ""}`;
	let left = limit - title.length - 150;
	const parts = [];
	for (const problem of ordered) {
		const words = [problem.excerpt, problem.detail].filter((part) => part !== "").join("\n\n");
		const isFirst = parts.length === 0;
		const part = [`${problemLine(problem)}${body(words, 2e4)}`, ...isFirst ? [`${problemLine(problem, 300)}${body(words, Math.floor(left / 3))}`, problemLine(problem, 100)] : []].find((each) => each.length + 2 <= left);
		if (part === void 0) break;
		left -= part.length + 2;
		parts.push(part);
	}
	if (parts.length === 0) return "";
	const more = ordered.length - parts.length;
	return fold(title, [...parts, ...more > 0 ? [`and ${more} more, in the log`] : []].join("\n\n"), true);
}
function body(words, units) {
	return words === "" ? "" : `\n\n${fence(shorten(words, units))}`;
}
// src/report/approval.ts
const namedDifferences = 40;
function approvalLine({ approval, command }) {
	if (approval === void 0 || command !== "apply") return "";
	const { outcome, reviewed, fingerprint } = approval;
	const review = reviewed === void 0 ? "" : `${code(reviewed.commit.slice(0, 7))} in <a href="${html(reviewed.runUrl)}">this run</a>`;
	return {
		reviewed: `✅ **As reviewed**: the plan is the one of ${review}`,
		rest: `✅ **As reviewed**: the plan is what was left of the one of ${review}`,
		given: `✅ **As approved**: the plan is ${code(fingerprint)}`,
		"not required": "⚪ **Not compared** with a reviewed plan: plan-approval is none",
		empty: "",
		awaiting: "",
		refused: ""
	}[outcome];
}
function differencesSection({ approval }) {
	const differences = approval?.differences ?? [];
	if (differences.length === 0) return "";
	const lines = differences.slice(0, namedDifferences).map((difference) => `- ${differenceLine(difference)}`);
	const more = differences.length - lines.length;
	if (more > 0) lines.push(`- and ${count(more, "more difference")}`);
	return `**What differs from the reviewed plan**\n\n${lines.join("\n")}`;
}
function differenceLine(difference) {
	if (difference.what === "setting") {
		const { name, was, is } = difference;
		if (name === "sensitive values") return "a sensitive value is another one";
		const shown = (value) => value === "" ? "not set" : code(shorten(value, 200));
		return `${prose(name)}: was ${shown(was)}, is ${shown(is)}`;
	}
	const address = code(shorten(difference.address, 200));
	switch (difference.what) {
		case "added": return `${address}: **${verb(difference.actions)}** was not reviewed`;
		case "gone": return `${address}: ${verb(difference.actions)} was reviewed and is no longer planned`;
		case "actions": return `${address}: **${verb(difference.is)}**, reviewed was ${verb(difference.was)}`;
		case "attributes": {
			const some = difference.attributes.slice(0, 12).map((name) => code(shorten(name, 100)));
			const more = difference.attributes.length > 12 ? ` and ${difference.attributes.length - 12} more` : "";
			const what = some.length === 0 ? "is another change" : `${some.join(", ")}${more} ${some.length === 1 ? "differs" : "differ"}`;
			return `${address} (${verb(difference.actions)}): ${what}`;
		}
	}
}
function verb(actions) {
	return {
		delete: "destroy",
		"delete,create": "replace",
		"create,delete": "replace, the new one first",
		"no-op": "move or import",
		"create,forget": "replace, the old one forgotten",
		invoke: "action"
	}[actions] ?? prose(actions);
}
function checkSection({ check }) {
	if (check === void 0) return "";
	const { visitor, unformatted, diagnostics } = check;
	const whose = visitor === "fork" ? "comes from a fork" : "is of Dependabot";
	const lines = [
		unformatted.length === 0 ? "✅ `terraform fmt`: formatted" : `⚠️ \`terraform fmt\` would change ${unformatted.slice(0, 20).map((file) => code(shorten(file, 200))).join(", ")}${unformatted.length > 20 ? ` and ${unformatted.length - 20} more` : ""}`,
		...diagnostics.length === 0 ? ["✅ `terraform validate`: valid"] : [],
		...diagnostics.slice(0, 20).map((each) => `${problemLine(each)} ${prose(shorten(each.detail, 500))} (\`terraform validate\`)`),
		...diagnostics.length > 20 ? [`and ${count(diagnostics.length - 20, "more finding")}`] : []
	];
	return [`There is no plan: the pull request ${whose}, and GitHub gives its runs no credentials. A plan runs what the code says, so it must not have any. To see a plan, push the commits to a branch of this repository once you have read them.`, lines.map((line) => `- ${line}`).join("\n")].join("\n\n");
}
// src/report/plan.ts
const verbs = {
	delete: "destroy",
	replace: "replace",
	update: "update",
	create: "create",
	forget: "forget",
	move: "move",
	import: "import",
	read: "read",
	none: "keep"
};
const symbols$1 = {
	delete: "🔴",
	replace: "🟠",
	update: "🟡",
	create: "🟢",
	forget: "⚪",
	move: "🔵",
	import: "🔵",
	read: "⚪",
	none: "⚪"
};
const reasons = {
	replace_because_tainted: "is tainted: the last deployment of it failed",
	replace_because_cannot_update: "cannot be changed in place",
	replace_by_request: "was asked for by the input replace",
	replace_by_triggers: "by replace_triggered_by",
	delete_because_no_resource_config: "is no longer in the configuration",
	delete_because_no_module: "its module is no longer in the configuration",
	delete_because_wrong_repetition: "count or for_each was added or taken away",
	delete_because_count_index: "its index is out of range of count",
	delete_because_each_key: "its key is no longer in for_each",
	delete_because_no_move_target: "was moved to an address that is not in the configuration"
};
const deferrals = {
	instance_count_unknown: "its count or for_each is known only after this apply",
	resource_config_unknown: "its configuration is known only after this apply",
	provider_config_unknown: "its provider's configuration is known only after this apply",
	absent_prereq: "what it reads does not exist yet",
	deferred_prereq: "what it depends on is left for later, too"
};
const signs = {
	delete: "-",
	replace: "!",
	update: "!",
	create: "+"
};
const maxLinesPerChange = 120;
const maxUnitsPerChange = 8e3;
const maxUnitsPerLine = 600;
const minShares = 12;
const minRoom = 1e3;
function countsLine(counts) {
	const rare = [
		"replace",
		"import",
		"move",
		"forget"
	].filter((kind) => counts[kind] > 0);
	return [
		`${counts.add} to add`,
		`${counts.change} to change`,
		`${counts.destroy} to destroy`,
		...rare.map((kind) => `${counts[kind]} to ${kind}`)
	].join(", ");
}
function destructiveChanges({ changes }) {
	return changes.filter(({ kind }) => kind === "delete" || kind === "replace").map((change) => `${symbols$1[change.kind]} **${verbs[change.kind]}** ${code(shorten(change.address, 200))}${reasonText(change)}`);
}
function attentionLine({ checks, warnings, deferred, invocations }) {
	const failing = checks.filter(({ status }) => status === "fail" || status === "error").length;
	return [
		failing === 0 ? "" : `❌ ${count(failing, "check")} ${failing === 1 ? "does" : "do"} not hold`,
		warnings.length === 0 ? "" : `⚠️ ${count(warnings.length, "warning")} of Terraform`,
		invocations.length === 0 ? "" : `⚡ ${count(invocations.length, "provider action")} to run`,
		deferred.length === 0 ? "" : `⏸️ ${deferred.length} left for a later plan`
	].filter((part) => part !== "").join(" · ");
}
function planFolds(plan, budget, elsewhere) {
	const share = Math.min(maxUnitsPerChange, Math.floor(budget / minShares));
	const besides = share * minShares < minRoom * 2 ? "" : besidesFolds(plan, share);
	const room = budget - besides.length - 1;
	if (room < minRoom) return plan.changes.length === 0 ? "" : leftOutLine(plan.changes, elsewhere);
	const folds = [];
	let used = 0;
	for (const change of plan.changes) {
		const fold = changeFold(change);
		folds.push(fold);
		used += fold.length + 1;
		if (used > room) break;
	}
	if (used <= room) return [...folds, besides].filter((part) => part !== "").join("\n");
	const forFolds = room * 3 / 4;
	while (used > forFolds) used -= (folds.pop()?.length ?? used) + 1;
	const rest = plan.changes.slice(folds.length);
	const line = leftOutLine(rest, elsewhere);
	const names = namesFold(rest, room - used - line.length - 200);
	return [
		...folds,
		names,
		line,
		besides
	].filter((part) => part !== "").join("\n");
}
function besidesFolds({ drift, outputs, checks, warnings, invocations, deferred }, share) {
	return [
		driftFold$1(drift, share),
		outputsFold(outputs, share),
		checksFold(checks, share),
		warningsFold(warnings, share),
		invocationsFold(invocations, share),
		deferredFold(deferred, share)
	].filter((part) => part !== "").join("\n");
}
function changeFold(change) {
	const { address, kind, previousAddress, imported } = change;
	const notes = [
		previousAddress === void 0 ? "" : ` (moved from <code>${html(shorten(previousAddress, 200))}</code>)`,
		imported && kind !== "import" ? " (imported)" : "",
		change.deposed ? " (what an earlier replacement left behind)" : ""
	].join("");
	return fold(`${symbols$1[kind]} ${verbs[kind]} <code>${html(shorten(address, 200))}</code>${notes}`, change.lines.length === 0 ? "No attribute changes." : diffBlock(change.lines));
}
function diffBlock(lines, mostUnits = maxUnitsPerChange) {
	const shown = [];
	let units = 0;
	for (const line of lines) {
		const short = shorten(line, maxUnitsPerLine);
		units += short.length + 1;
		if (shown.length === maxLinesPerChange || units > mostUnits) break;
		shown.push(short);
	}
	if (shown.length < lines.length) shown.push(`# … ${count(lines.length - shown.length, "more line")}`);
	return fence(shown.join("\n"), "diff");
}
function namesFold(changes, room) {
	const lines = [];
	let left = room;
	for (const { address, kind } of changes) {
		const line = visible(`${signs[kind] ?? "#"} ${verbs[kind]} ${shorten(address, 200)}`).replaceAll("\n", " ");
		left -= line.length + 1;
		if (left < 0) break;
		lines.push(line);
	}
	if (lines.length === 0) return "";
	return fold(`${lines.length === changes.length ? "The others" : `The next ${lines.length}`} by name`, fence(lines.join("\n"), "diff"));
}
function leftOutLine(changes, elsewhere) {
	const each = Object.keys(verbs).flatMap((kind) => {
		const n = changes.filter((change) => change.kind === kind).length;
		return n === 0 ? [] : [`${n} to ${verbs[kind]}`];
	});
	return `\n**${count(changes.length, "more change")}** (${each.join(", ")}) ${changes.length === 1 ? "is" : "are"} not shown in full: ${elsewhere}.\n`;
}
function driftFold$1(drift, share) {
	if (drift.length === 0) return "";
	const items = drift.map(({ address, kind, lines }) => {
		return {
			address,
			what: kind === "delete" ? "is gone" : "was changed",
			lines
		};
	});
	return attributesFold(`Changed outside of Terraform: ${count(drift.length, "resource")}`, items, share);
}
function attributesFold(title, items, units) {
	return fold(title, diffBlock(items.flatMap(({ address, what, lines }) => [visible(`# ${shorten(address, 200)} ${what}`).replaceAll("\n", " "), ...lines]), units));
}
function outputsFold(outputs, share) {
	if (outputs.length === 0) return "";
	const lines = outputs.flatMap((output) => output.lines);
	return fold(`Outputs: ${count(outputs.length, "change")}`, diffBlock(lines, share));
}
function checksFold(checks, share) {
	const [failing, unknown] = [["fail", "error"], ["unknown"]].map((wanted) => checks.filter(({ status }) => wanted.includes(status)));
	if (failing.length === 0 && unknown.length === 0) return "";
	const lines = [...failing.map(({ address, problems, status }) => {
		const said = problems.map((problem) => prose(shorten(problem, 500))).join("; ");
		return `❌ ${code(shorten(address, 200))}: ${said || (status === "error" ? "could not be checked" : "does not hold")}`;
	}), ...unknown.map(({ address }) => `⚪ ${code(shorten(address, 200))}: is known after the apply`)];
	const holding = checks.length - failing.length - unknown.length;
	return fold(`Checks: ${[
		failing.length === 0 ? "" : `${failing.length} ${failing.length === 1 ? "does" : "do"} not hold`,
		unknown.length === 0 ? "" : `${unknown.length} known after the apply`,
		holding === 0 ? "" : `${holding} ${holding === 1 ? "holds" : "hold"}`
	].filter((part) => part !== "").join(", ")}`, list$1(lines, share), failing.length > 0);
}
function warningsFold(warnings, share) {
	if (warnings.length === 0) return "";
	const lines = warnings.flatMap(({ summary, excerpt, detail }, index) => [
		...index === 0 ? [] : [""],
		`Warning: ${summary}`,
		...[excerpt, detail].flatMap((part) => part === "" ? [] : ["", ...visible(part).split("\n")])
	]);
	return fold(`Warnings of Terraform: ${warnings.length}`, textBlock(lines, share));
}
function invocationsFold(invocations, share) {
	if (invocations.length === 0) return "";
	const lines = invocations.map(({ address, event, resource }) => {
		const when = event.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
		const of = resource === "" ? "" : ` of ${code(shorten(resource, 200))}`;
		return `⚡ ${code(shorten(address, 200))}${when === "" ? "" : ` ${prose(shorten(when, 80))}${of}`}`;
	});
	return fold(`Provider actions that the apply runs: ${invocations.length}`, list$1(lines, share));
}
function deferredFold(deferred, share) {
	if (deferred.length === 0) return "";
	const lines = deferred.map(({ address, kind, reason }) => {
		const what = kind === "none" ? "" : ` (${verbs[kind]})`;
		return `⏸️ ${code(shorten(address, 200))}${what}: ${deferrals[reason] ?? (prose(shorten(reason, 80)) || "Terraform does not say why")}`;
	});
	return fold(`Left for a later plan: ${deferred.length}`, list$1(lines, share));
}
function list$1(items, units) {
	let left = units;
	const shown = items.filter((item) => {
		left -= item.length + 3;
		return left >= 0;
	});
	const more = items.length - shown.length;
	return [...shown, ...more === 0 ? [] : [`and ${more} more`]].map((item) => `- ${item}`).join("\n");
}
function textBlock(lines, units) {
	const shown = [];
	let left = units;
	for (const line of lines) {
		const short = shorten(line, maxUnitsPerLine);
		left -= short.length + 1;
		if (left < 0) break;
		shown.push(short);
	}
	if (shown.length < lines.length) shown.push(`… ${count(lines.length - shown.length, "more line")}`);
	return fence(shown.join("\n"));
}
function reasonText({ kind, reason, forcedBy }) {
	const forcing = forcedBy.slice(0, 5).map((attribute) => code(shorten(attribute, 80))).join(", ");
	const more = forcedBy.length > 5 ? ` and ${forcedBy.length - 5} more` : "";
	const isForced = kind === "replace" && forcing !== "";
	const why = [reason === void 0 || isForced && reason === "replace_because_cannot_update" ? "" : reasons[reason] ?? code(shorten(reason, 80)), isForced ? `${forcing}${more} cannot be changed in place` : ""].filter((part) => part !== "");
	return why.length === 0 ? "" : `: ${why.join("; ")}`;
}
// src/report/checks.ts
const named = 12;
function driftWord(plan, kind) {
	if (plan === "normal") return kind;
	return kind === "delete" ? "gone" : "changed";
}
function driftFold({ drift }, units) {
	if (drift === void 0 || drift.changes.length === 0) return "";
	const items = drift.changes.map(({ address, kind, lines }) => ({
		address,
		what: driftWord(drift.plan, kind),
		lines
	}));
	return attributesFold(`What has drifted: ${count(items.length, "resource")}`, items, units);
}
function driftAddresses({ changes, outputs }) {
	return [...changes.map(({ address }) => address), ...outputs.map((name) => `output.${name}`)];
}
function destroyLines({ destroy, plan, runUrl }) {
	if (destroy === void 0) return [];
	const { outcome, left, deactivated = 0 } = destroy;
	const lines = [];
	if (outcome === "nothing") lines.push("⚪ **Nothing to destroy**: the state holds nothing of it");
	if (outcome === "done") lines.push(`✅ **Destroyed** by [this run](${runUrl})${plan === void 0 ? "" : `: ${count(plan.counts.destroy, "resource")}`}, and nothing is left in the state`);
	if (outcome === "left") {
		const shown = left.slice(0, named).map((address) => code(shorten(address, 200)));
		const more = left.length > named ? ` and ${left.length - named} more` : "";
		lines.push(`❌ **Left**: ${shown.join(", ")}${more}`);
	}
	if (deactivated > 0) lines.push(`⚪ **Inactive** in the environment: ${count(deactivated, "deployment")}`);
	return lines;
}
function verifyLines({ certificate, drift, failures: [failure], warnings, issue }) {
	const lines = [];
	if (certificate !== void 0) {
		const { daysLeft, validTo, host, issuer } = certificate;
		const isWell = failure?.code !== "CERTIFICATE_EXPIRES" && !warnings.some((each) => each.startsWith("CERTIFICATE_EXPIRES"));
		const by = issuer === "" ? "" : `, issued by ${code(shorten(issuer, 120))}`;
		lines.push(`${isWell ? "✅" : "❌"} **Certificate** of ${code(shorten(host, 200))}: ${count(daysLeft, "day")} left, until ${validTo.slice(0, 10)}${by}`);
	}
	if (drift !== void 0) lines.push(driftLine(drift, failure?.code === "DRIFT"));
	if (issue !== void 0) lines.push(issueLine(issue));
	return lines;
}
function driftLine(drift, isRed) {
	const addresses = driftAddresses(drift);
	const isRefresh = drift.plan === "refresh-only";
	if (addresses.length === 0) return isRefresh ? "✅ **No drift**: what is deployed is as the last apply left it" : "✅ **No drift**: what is deployed is as it is written";
	const kinds = new Map(drift.changes.map(({ address, kind }) => [address, kind]));
	const shown = addresses.slice(0, named).map((address) => {
		const kind = kinds.get(address);
		return `${code(shorten(address, 200))}${kind === void 0 ? "" : ` (${driftWord(drift.plan, kind)})`}`;
	});
	const more = addresses.length > named ? ` and ${addresses.length - named} more` : "";
	return `${isRed ? "❌" : "⚠️"} **Drift**: ${isRefresh ? "outside of Terraform" : "an apply would change"} ${shown.join(", ")}${more}`;
}
function issueLine({ number, url, outcome }) {
	return `${outcome === "closed" ? "✅" : "🔔"} **Issue** [${number}](${encodeURI(url)}): ${{
		opened: "opened",
		updated: "updated",
		kept: "open, told today already",
		closed: "closed"
	}[outcome]}`;
}
function checksSection(report) {
	const rows = [
		...approvalRow(report),
		...stabilityRow(report),
		...readinessRow(report)
	];
	if (rows.length === 0) return "";
	return [
		"**The deployment**",
		"",
		"| | check | seen |",
		"|---|---|---|",
		...rows.map(row)
	].join("\n");
}
function row([icon, check, seen]) {
	return `| ${icon} | ${check} | ${seen.replaceAll("|", "&#124;")} |`;
}
function approvalRow(report) {
	const { approval, command, pullRequest } = report;
	if (approval === void 0 || command !== "apply") return [];
	const [icon = "", ...words] = (approvalLine(report) || "✅ nothing was to be changed").split(" ");
	const where = pullRequest === void 0 ? "" : `, pull request ${pullRequest}`;
	const fingerprint = `fingerprint ${code(shorten(approval.fingerprint, 90))}`;
	if (approval.outcome === "refused") return [[
		"❌",
		"plan approved",
		`the plan was not approved; ${fingerprint}${where}`
	]];
	return [[
		icon,
		"plan approved",
		`${words.join(" ")}; ${fingerprint}${where}`
	]];
}
function stabilityRow({ stability, previousRevision }) {
	if (stability === void 0) return [];
	const { failure, revision, running, elapsedMs, deployment } = stability;
	if (failure !== void 0) return [[
		"❌",
		"ECS runs what was applied",
		prose(shorten(failure.sentence, 500))
	]];
	return [[
		"✅",
		"ECS runs what was applied",
		[
			revision === void 0 ? "" : code(revision),
			`${count(running, "task")} after ${seconds(elapsedMs)}`,
			deployment === void 0 ? "" : `deployment ${code(deployment.id)}`,
			previousRevision === void 0 ? "" : `before it ${code(previousRevision.replace(/^.*\//, ""))}`
		].filter((part) => part !== "").join(", ")
	]];
}
function readinessRow({ readiness }) {
	if (readiness === void 0) return [];
	const { failure, elapsedMs } = readiness;
	return failure === void 0 ? [[
		"✅",
		"status checks of the instance",
		`both passed after ${seconds(elapsedMs)}`
	]] : [[
		"❌",
		"status checks of the instance",
		prose(shorten(failure.sentence, 500))
	]];
}
// src/report/gate.ts
function checksOf(gate) {
	const { failure, eras, wall, contract, rounds, tools } = gate;
	const last = rounds.at(-1);
	const survey = rounds.findLast((round) => round.survey !== void 0)?.survey;
	const took = (era) => (last?.exchanges ?? []).reduce((sum, each) => sum + (each.era === era ? each.elapsedMs : 0), 0);
	const checks = [];
	let isTold = failure === void 0;
	for (const [era, { verdict, protocolVersion, failure: own }] of Object.entries(eras)) {
		const decides = own !== void 0 && own.code === (failure?.cause ?? failure?.code) && own.era === failure?.era;
		const outcome = decides ? "failed" : verdict === "failed" ? "noted" : verdict;
		isTold ||= decides;
		const seen = own ? `${own.code}: ${own.sentence}` : protocolVersion ?? "";
		checks.push({
			name: `era ${era}`,
			outcome,
			seen,
			ms: took(era),
			...decides && { failure }
		});
	}
	const more = (name, isWell, seen, ms, own) => {
		const decides = own && !isTold && failure !== void 0;
		isTold ||= decides;
		checks.push({
			name,
			outcome: decides ? "failed" : isWell ? "passed" : "noted",
			seen: decides ? `${failure.code}: ${failure.sentence}` : seen,
			ms,
			...decides && { failure }
		});
	};
	const isAuth = failure?.code.startsWith("AUTH_") === true;
	if (wall !== void 0 || isAuth) more("authorization", !isAuth, wall === void 0 ? "" : `by ${wall.authorizationServers.join(", ")}`, 0, isAuth);
	if (survey !== void 0) {
		const seen = `${count(survey.tries, "try")}, ${survey.failed} failed`.replace("trys", "tries");
		more("fresh connections", survey.verdict === "green", seen, survey.elapsedMs, failure?.code === "FLAPPING");
	}
	if (Object.values(eras).some(({ verdict }) => verdict === "passed")) more("tools", true, count(tools.length, "tool"), 0, failure?.step === "tools/list" && failure.code !== "CONTRACT_BROKEN");
	if (contract?.comparison !== void 0 || failure?.code.startsWith("CONTRACT_")) {
		const { comparison } = contract ?? {};
		more("tool contract", comparison?.counts.removed === 0 && comparison.counts.breaking === 0, comparison ? comparisonLine(comparison) : "", 0, failure?.code.startsWith("CONTRACT_") === true);
	}
	const seen = `${rounds.length - 1 - rounds.findLastIndex(({ verdict }) => verdict !== "green")} in a row, of ${count(rounds.length, "round")} in ${seconds(gate.elapsedMs)}`;
	more("green rounds", gate.passed, seen, gate.elapsedMs, true);
	return checks;
}
function comparisonLine({ counts }) {
	const { descriptions, ...others } = counts;
	const named = Object.entries({
		...others,
		"described anew": descriptions
	}).filter(([, number]) => number > 0);
	return named.length === 0 ? "unchanged" : named.map(([name, number]) => `${number} ${name}`).join(", ");
}
const ICONS = {
	passed: "✅",
	failed: "❌",
	noted: "⚠️",
	absent: "⚪"
};
function gateSection(gate) {
	return [[
		"**The gate**",
		"",
		"| | check | seen |",
		"|---|---|---|",
		...checksOf(gate).map(({ name, outcome, seen }) => {
			const text = prose(shorten(seen, 500)).replaceAll("|", "&#124;");
			return `| ${ICONS[outcome]} | ${name} | ${text} |`;
		})
	].join("\n"), contractSection(gate)].filter((part) => part !== "").join("\n\n");
}
const shownChanges = 20;
const shownContract = 6e4;
function contractSection({ contract, failure }) {
	if (contract === void 0) return "";
	const { hash, comparison } = contract;
	const changes = comparison ? changeLines(comparison) : [];
	const wantsFile = failure?.code === "CONTRACT_MISSING" || changes.length > 0;
	const text = contractText(contract);
	const shown = text.length <= shownContract ? fence(text.trimEnd(), "json") : "It is too large to be shown here: it is the file of the output `mcp-contract-file`.";
	return [
		`**The tool contract** ${code(hash.slice(0, 16))}${comparison ? `: ${comparisonLine(comparison)}` : ""}`,
		changes.join("\n"),
		wantsFile ? fold("The contract that is served, ready to be committed", shown) : ""
	].filter((part) => part !== "").join("\n\n");
}
function changeLines({ added, removed, breaking, harmless, descriptions, counts }) {
	const capped = (lines, kind, what) => {
		const more = counts[kind] - Math.min(lines.length, shownChanges);
		const rest = `- and ${more} more ${what}: the first 1,000 are in the report (output \`gate-report\`)`;
		return [...lines.slice(0, shownChanges), ...more > 0 ? [rest] : []];
	};
	const named = (icon, what, kind, names) => capped(names.map((name) => `- ${icon} ${what} ${code(shorten(name, 100))}`), kind, what);
	const listed = (icon, what, kind, changes) => capped(changes.map(({ tool, path, what: how }) => `- ${icon} ${what}: ${code(shorten(tool, 100))} ${code(shorten(path, 200))} ${code(shorten(how, 500))}`), kind, what);
	return [
		...named("❌", "removed", "removed", removed),
		...listed("❌", "breaking", "breaking", breaking),
		...listed("⚠️", "described anew", "descriptions", descriptions),
		...listed("✅", "harmless", "harmless", harmless),
		...named("✅", "added", "added", added)
	];
}
function contractText({ hash, tools }) {
	return `${JSON.stringify({
		hash,
		tools
	}, null, 2)}\n`;
}
function renderJUnit(gate) {
	const checks = checksOf(gate);
	const time = (ms) => (ms / 1e3).toFixed(3);
	const cases = checks.map(({ name, outcome, seen, failure, ms }) => {
		const open = `  <testcase classname="MCP gate" name=${attribute(name)} time="${time(ms)}"`;
		if (outcome === "passed") return `${open}/>`;
		if (failure === void 0) return `${open}><skipped message=${attribute(seen || outcome)}/></testcase>`;
		const { sentence, fix, remedy } = failure;
		const details = xml(`${sentence}\nLikely cause: ${codes[failure.code].cause}\nWhat to do: ${fix}\nRemedy: ${remedy}`);
		return `${open}><failure type=${attribute(failure.code)} message=${attribute(sentence)}>${details}</failure></testcase>`;
	});
	const of = (outcome) => checks.filter(outcome).length;
	const failures = of(({ failure }) => failure !== void 0);
	const skipped = of(({ failure, outcome }) => failure === void 0 && outcome !== "passed");
	const counts = `tests="${checks.length}" failures="${failures}" errors="0" skipped="${skipped}" time="${time(gate.elapsedMs)}"`;
	return [
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
		"<testsuites>",
		` <testsuite name=${attribute(gate.endpoint)} ${counts}>`,
		...cases,
		" </testsuite>",
		"</testsuites>",
		""
	].join("\n");
}
function attribute(text) {
	return `"${xml(text).replace(/[\t\n]/g, " ")}"`;
}
function xml(text) {
	const allowed = text.toWellFormed().replace(/[^\t\n\x20-\ufffd\u{10000}-\u{10ffff}]/gu, "�");
	const entities = {
		"&": "&amp;",
		"<": "&lt;",
		">": "&gt;",
		"\"": "&quot;"
	};
	return allowed.replace(/[&<>"]/g, (char) => entities[char] ?? "");
}
// src/report/monitor.ts
const done = {
	created: ({ monitor }) => `✅ **Registered** with ${prose(monitor)}`,
	exists: ({ monitor }) => `✅ **Registered** with ${prose(monitor)} before`,
	updated: ({ monitor }) => `✅ **Moved** at ${prose(monitor)} to the new endpoint`,
	resumed: ({ monitor }) => `✅ **Resumed** at ${prose(monitor)}`,
	paused: ({ monitor }) => `⏸️ **Paused** at ${prose(monitor)} until the next verified deployment`,
	removed: ({ monitor }) => `✅ **Removed** from ${prose(monitor)}`,
	delivered: ({ monitor }) => `✅ **Told** the ${prose(monitor)}`
};
function registrationOf({ monitors }) {
	return monitors?.find(({ outcome }) => [
		"created",
		"exists",
		"updated",
		"resumed"
	].includes(outcome));
}
function monitorLines(report) {
	const { monitors = [], failures: [failure], command, apply } = report;
	const lines = monitors.flatMap((told) => [...done[told.outcome] === void 0 ? [] : [`${done[told.outcome]?.(told)}${idText(told)}${publicText(told)}`], ...[told.warning ?? [], told.notices].flat().map((text) => `⚠️ ${prose(shorten(text, 500))}`)]);
	if (failure !== void 0 && command === "apply" && apply === "done" && registrationOf(report) === void 0) lines.push("⚪ Nothing was registered with the monitor");
	return lines;
}
function idText({ outcome, id = "" }) {
	if (id === "") return "";
	return ` as ${outcome === "delivered" ? "delivery" : "monitor"} ${code(shorten(id, 80))}`;
}
function publicText({ status, badgeUrl, statusPageUrl }) {
	const badge = badgeUrl === void 0 ? "" : `![status](${destination(badgeUrl)})`;
	const shown = statusPageUrl === void 0 ? badge : `[${badge || "status page"}](${destination(statusPageUrl)})`;
	return [status === void 0 ? "" : `, last seen ${code(shorten(status, 40))}`, shown === "" ? "" : ` ${shown}`].join("");
}
function destination(url) {
	return url.replace(/[()\\]/g, (char) => `%${char.charCodeAt(0).toString(16)}`);
}
// src/report/report.ts
const reportCommands = [
	"plan",
	"apply",
	"verify",
	"destroy"
];
const destroyOutcomes = [
	"unconfirmed",
	"nothing",
	"started",
	"done",
	"left"
];
function unfinished({ apply, destroy }) {
	if (apply === "started") return "apply";
	return destroy?.outcome === "started" ? "destroy" : void 0;
}
function headline(report) {
	const { plan, failures: [failure], apply, gate, approval, check, destroy } = report;
	if (failure !== void 0) {
		if (approval?.outcome === "refused") return "Not applied: the plan was not reviewed";
		if (failure.phase === "credentials") return "Not begun: the AWS credentials end";
		if (destroy?.outcome === "unconfirmed") return "Not destroyed: it was not confirmed";
		const what = {
			plan: check === void 0 ? "Plan failed" : "Check failed",
			verify: "Verification failed",
			apply: "Deployment failed",
			destroy: "Destroy failed"
		}[report.command];
		return failure.phase === "start" ? "Nothing was done" : what;
	}
	if (check !== void 0) return "Checked, not planned";
	if (report.command === "destroy") return destroy && {
		done: "Destroyed",
		nothing: "Nothing to destroy",
		unconfirmed: "",
		started: "",
		left: ""
	}[destroy.outcome] || "Destroying";
	if (report.command === "plan") return plan?.hasChanges === true ? "Plan" : "Plan: no changes";
	if (gate?.passed) return report.command === "verify" ? "Verified" : apply === "done" ? "Applied and verified" : "Verified";
	return apply === "started" ? "Applying" : "Running";
}
function targetName({ target: { name, stack, directory, workspace } }) {
	if (name !== void 0) return name;
	return `${[stack, directory === "." ? void 0 : directory].filter((part) => part !== void 0).join(" in ") || "root module"}${workspace === void 0 ? "" : `, workspace ${workspace}`}`;
}
function stackName({ name: given, stack, directory, workspace }, repository) {
	if (given !== void 0) return given;
	const name = [directory === "." ? void 0 : directory.replaceAll("\\", "/"), stack].filter((part) => part !== void 0).join(":") || repository;
	return workspace === void 0 ? name : `${name}@${workspace}`;
}
function eraLine(gate) {
	return Object.entries(gate.eras).map(([era, { verdict, protocolVersion }]) => `${era} ${protocolVersion ?? verdict}`).join(", ");
}
function reportJson(report) {
	const { plan, deployment, gate, ...rest } = report;
	const [failure] = report.failures;
	return {
		...rest,
		...failure && { failure },
		registration: registrationOf(report),
		gate: gate && {
			...gate,
			contract: gate.contract && {
				hash: gate.contract.hash,
				comparison: gate.contract.comparison
			}
		},
		plan: plan && {
			hasChanges: plan.hasChanges,
			counts: plan.counts,
			changes: plan.changes.map(({ address, kind }) => ({
				address,
				kind
			})),
			findings: plan.findings,
			terraformVersion: plan.terraformVersion
		},
		deployment: deployment && {
			endpoint: deployment.endpoint,
			serving: deployment.serving
		}
	};
}
// src/platforms/aws/causes/task-rule.ts
const DENIED = "AccessDenied|not authorized|UnauthorizedOperation|no identity-based policy|\\b403\\b";
function failing({ containers }) {
	return containers.find(({ exitCode, reason }) => reason !== "" || exitCode !== void 0 && exitCode !== 0) ?? containers.find(({ exitCode }) => exitCode !== void 0) ?? containers[0];
}
// src/report/evidence.ts
const shown = {
	events: 10,
	stopped: 5,
	targets: 10,
	console: 40
};
function evidenceFold({ evidence }, limit) {
	if (evidence === void 0) return "";
	const title = `What AWS shows of <code>${evidence.subject.replace(/[^\w./-]/g, "?").slice(0, 150)}</code>`;
	let left = limit - title.length - 100;
	const parts = sections(evidence).filter((part) => {
		if (part === "" || part.length + 2 > left) return false;
		left -= part.length + 2;
		return true;
	});
	return parts.length === 0 ? "" : fold(title, parts.join("\n\n"));
}
function sections(evidence) {
	const { log, console } = evidence;
	return [
		list("Tasks that stopped", stoppedLines(evidence).map(prose), shown.stopped),
		list("Targets", targetLines(evidence).map(prose), shown.targets),
		log === void 0 || log.lines.length === 0 ? "" : `The last ${count(log.lines.length, "line")} of container ${code(log.container)} (${code(shorten(`${log.group} ${log.stream}`, 300))}):\n\n${fence(cut(log.lines))}`,
		console.length === 0 ? "" : `The end of the console output:\n\n${fence(cut(console.slice(-shown.console)))}`,
		list("Events of the service, the newest first", eventLines(evidence).map(prose), shown.events),
		list("Left out", omittedLines(evidence).map(prose), evidence.omitted.length)
	];
}
function evidenceLines(evidence) {
	const { log, console, instance } = evidence;
	return [
		...stoppedLines(evidence),
		...targetLines(evidence),
		...instance === void 0 ? [] : [`instance ${evidence.subject}: ${instance.state}, system check ${instance.system}, instance check ${instance.instance}`],
		...log === void 0 ? [] : [`log of container ${log.container} (${log.group} ${log.stream}):`, ...log.lines.map(indent)],
		...console.length === 0 ? [] : ["console output:", ...console.slice(-shown.console).map(indent)],
		...omittedLines(evidence)
	];
}
function stoppedLines({ stopped }) {
	return stopped.map((task) => {
		const container = failing(task);
		const ended = container === void 0 ? "" : [
			`; container ${container.name}`,
			container.exitCode === void 0 ? "" : ` exit code ${container.exitCode}`,
			container.health === "UNHEALTHY" ? " unhealthy" : "",
			container.reason === "" || container.reason === task.stoppedReason ? "" : `, ${container.reason}`
		].join("");
		return `${new Date(task.stoppedAt).toISOString().slice(11, 19)} task ${task.arn.replace(/^.*\//, "")}: ${shorten(task.stoppedReason || task.stopCode, 600)}${ended}`;
	});
}
function targetLines({ targetGroups }) {
	return targetGroups.flatMap(({ name, healthPath, healthyCodes, targets }) => {
		const asked = healthPath === "" ? "" : `, checked on ${healthPath} for ${healthyCodes}`;
		if (targets.length === 0) return [`target group ${name}${asked}: no target is registered`];
		return targets.map(({ id, port, state, reason, description }) => [
			`target ${id}${port === void 0 ? "" : `:${port}`} of ${name}${asked}: ${state}`,
			reason,
			description
		].filter((part) => part !== "").join(", "));
	});
}
function eventLines({ events }) {
	return events.map(({ createdAt, message }) => `${new Date(createdAt).toISOString().slice(11, 19)} ${shorten(message, 600)}`);
}
function omittedLines({ omitted }) {
	return omitted.map(({ detail, action, why }) => action === void 0 ? `${detail} could not be had: ${shorten(why, 300)}` : `${detail} would be here if the role of this job had ${action}`);
}
function list(title, lines, most) {
	if (lines.length === 0) return "";
	const more = lines.length > most ? [`- and ${lines.length - most} more`] : [];
	return [
		`${title}:`,
		"",
		...lines.slice(0, most).map((line) => `- ${line}`),
		...more
	].join("\n");
}
function cut(lines) {
	return lines.map((line) => shorten(line, 500)).join("\n");
}
function indent(line) {
	return `  ${line}`;
}
function rollbackLine({ rollback }) {
	if (rollback === void 0) return [];
	return [`${rollback.restored ? "🟠 **Rolled back**" : "❌ **The rollback is not proved**"}: ${prose(rollback.sentence)}`];
}
// src/report/findings.ts
const symbols = {
	danger: "🔴",
	warning: "🟠",
	notice: "🔵"
};
const unitsOfAddress = 200;
const unitsOfSentence = 600;
function findingsSection(findings, budget) {
	const open = findings.filter(({ accepted }) => accepted === void 0);
	const accepted = findings.filter((finding) => finding.accepted !== void 0);
	const title = `Accepted: ${count(accepted.length, "finding")}`;
	const around = fold(title, "").length + 2;
	const reasons = listOf(accepted, acceptedLine, (open.length === 0 ? budget : Math.floor(budget / 4)) - around);
	const folded = reasons === "" ? "" : fold(title, reasons);
	const heading = "### What it means for the MCP server\n\n";
	const how = `\n\n${howToAccept(open[0]?.docs ?? "")}`;
	const listed = listOf(open, openLine, budget - 38 - how.length - folded.length - 2);
	return [listed === "" ? "" : `${heading}${listed}${how}`, folded].filter((part) => part !== "").join("\n\n");
}
function listOf(findings, line, budget) {
	let room = budget - 160;
	const shown = [];
	for (const finding of findings) {
		const item = line(finding);
		room -= item.length + 1;
		if (room < 0) break;
		shown.push(item);
	}
	const rest = findings.slice(shown.length);
	if (rest.length === 0) return shown.join("\n");
	if (budget < 160) return "";
	const each = [
		"danger",
		"warning",
		"notice"
	].flatMap((severity) => {
		const n = rest.filter((finding) => finding.severity === severity).length;
		return n === 0 ? [] : [`${symbols[severity]} ${n}`];
	});
	return [...shown, `- and ${count(rest.length, "more finding")} (${each.join(", ")}): the report of this run (output gate-report) has them all`].join("\n");
}
function openLine({ severity, address, sentence, fix, rule, docs }) {
	return `- ${symbols[severity]} ${code(shorten(address, unitsOfAddress))}: ${prose(shorten(sentence, unitsOfSentence))} **Instead**: ${prose(shorten(fix, unitsOfSentence))} ${pageLink(code(rule), docs)}`;
}
function acceptedLine({ severity, address, sentence, accepted = "", rule, docs }) {
	return `- ${symbols[severity]} ${code(shorten(address, unitsOfAddress))}: ${prose(shorten(sentence, unitsOfSentence))} **Accepted**: ${prose(shorten(accepted, unitsOfSentence))} ${pageLink(code(rule), docs)}`;
}
function howToAccept(docs) {
	const page = docs.replace(/#.*$/s, "#accept-a-finding");
	return `To accept one, say why above its resource: ${code("# mcp-deploy:accept RULE REASON")}, see ${pageLink("accepting", page)}.`;
}
function pageLink(words, page) {
	return /^https:\/\/[^\s()<>]+$/.test(page) ? `[${words}](${page})` : `${words} (${code(page)})`;
}
// src/report/history.ts
const outcomes = {
	planned: "planned",
	"plan-failed": "the plan failed",
	applying: "was being applied",
	applied: "applied",
	verified: "applied and verified",
	failed: "the deployment failed",
	destroying: "was being destroyed",
	destroyed: "destroyed",
	"destroy-failed": "the destroy failed",
	closed: "closed without being merged"
};
const maxEntries = 10;
const countNames = [
	"add",
	"change",
	"destroy",
	"replace",
	"import",
	"move",
	"forget"
];
const start = "<!-- terraform-mcp-deploy-runs:";
const end = " -->";
function entryOf(report) {
	const { run, attempt } = runOf(report.runUrl);
	const { plan, commit } = report;
	return {
		run,
		attempt,
		sha: commit,
		outcome: outcomeOf(report),
		...plan && { counts: plan.counts }
	};
}
function outcomeOf({ command, failures: [failure], apply, gate, destroy }) {
	if (command === "destroy") {
		if (failure !== void 0) return "destroy-failed";
		return destroy?.outcome === "started" ? "destroying" : "destroyed";
	}
	if (command === "plan") return failure === void 0 ? "planned" : "plan-failed";
	if (failure !== void 0) return "failed";
	if (gate?.passed) return "verified";
	return apply === "done" ? "applied" : "applying";
}
function runOf(runUrl) {
	const [, run = "0", attempt = "1"] = /\/actions\/runs\/(\d{1,15})(?:\/attempts\/(\d{1,6}))?$/.exec(runUrl) ?? [];
	return {
		run: Number(run),
		attempt: Number(attempt)
	};
}
function readHistory(body) {
	for (const line of body.split(/\r?\n/, 5)) {
		if (!line.startsWith(start) || !line.endsWith(end)) continue;
		try {
			const parsed = JSON.parse(Buffer.from(line.slice(31, -4), "base64url").toString("utf8"));
			return Array.isArray(parsed) ? parsed.slice(0, maxEntries).flatMap(readEntry) : [];
		} catch {
			return [];
		}
	}
	return [];
}
function addEntry(now, before) {
	return [now, ...before.filter(({ run, attempt, sha }) => run !== now.run || attempt !== now.attempt || sha !== now.sha)].slice(0, maxEntries);
}
function historyLine(entries) {
	return `${start}${Buffer.from(JSON.stringify(entries)).toString("base64url")}${end}`;
}
function historyFold([now, ...before], runUrl) {
	if (now === void 0 || before.length === 0) return "";
	const runs = runUrl.replace(/\/runs\/[^/]*(\/attempts\/\d+)?$/, "/runs");
	const lines = before.map(({ run, attempt, sha, outcome, counts }) => {
		const what = counts === void 0 ? "" : `: ${countsLine(counts)}`;
		const link = `${runs}/${run}${attempt > 1 ? `/attempts/${attempt}` : ""}`;
		return `- ${code(sha.slice(0, 7))} ${outcomes[outcome]}${what} ([run](${link}))`;
	});
	return fold(`Before this: ${count(before.length, "run")} by commit`, lines.join("\n"));
}
function isSuperseded(now, shown) {
	return (now.outcome === "planned" || now.outcome === "plan-failed") && shown !== void 0 && shown.run > now.run && shown.sha !== now.sha;
}
function readEntry(value) {
	if (typeof value !== "object" || value === null) return [];
	const { run, attempt, sha, outcome, counts } = value;
	if (!isCount(run) || !isCount(attempt)) return [];
	if (typeof sha !== "string" || !/^[\da-f]{7,64}$/.test(sha)) return [];
	if (typeof outcome !== "string" || !Object.hasOwn(outcomes, outcome)) return [];
	const read = readCounts(counts);
	return [{
		run,
		attempt,
		sha,
		outcome,
		...read && { counts: read }
	}];
}
function readCounts(value) {
	if (typeof value !== "object" || value === null) return void 0;
	const given = value;
	const read = countNames.map((name) => [name, given[name]]);
	return read.every(([, number]) => isCount(number)) ? Object.fromEntries(read) : void 0;
}
function isCount(value) {
	return Number.isSafeInteger(value) && value >= 0;
}
// src/report/comment.ts
const commentLimit = 65e3;
const maxListed = 25;
function marker({ target }) {
	const place = [
		target.stack ?? "",
		target.directory,
		target.workspace ?? ""
	];
	const identity = JSON.stringify(target.name === void 0 ? place : [...place, target.name]);
	return `<!-- terraform-mcp-deploy:${createHash("sha256").update(identity).digest("hex").slice(0, 32)} -->`;
}
function renderComment(report, firstLine, { limit = commentLimit, earlier = [] } = {}) {
	const history = addEntry(entryOf(report), earlier);
	const past = historyFold(history, report.runUrl);
	const foot = `${past === "" ? "" : `${past}\n\n`}<sub>${footer(report)}</sub>`;
	const parts = [`${hiddenLines(firstLine, history)}\n\n## ${icon(report)} ${title(report)}`];
	const room = () => limit - foot.length - parts.join("\n\n").length - 4;
	const add = (part) => {
		if (part !== "" && part.length <= room()) parts.push(part);
	};
	add(failureAlert(report, Math.floor(limit / 40)));
	add(failureDetails(report, Math.min(2e4, Math.floor(limit / 3))));
	add(differencesSection(report));
	add(timeline(report, Math.floor(limit / 2)));
	add(evidenceFold(report, Math.min(15e3, Math.floor(room() / 2))));
	add(linkLine(report));
	const { plan } = report;
	if (plan !== void 0) {
		const elsewhere = `see the summary of [this run](${report.runUrl}), and its log or plan.txt (output plan-file) for the whole plan`;
		const folds = (units) => units < 1e3 ? "" : planFolds(plan, units, elsewhere);
		if (report.apply === void 0 && !isDestroying(report)) {
			add(planOverview(report, Math.floor(limit / 2)));
			add(findingsSection(plan.findings, Math.min(room(), Math.floor(limit / 4))));
			add(folds(room()));
		} else {
			const body = plan.hasChanges ? folds(room() - 200) : "";
			if (body !== "") add(fold(`The plan: ${countsLine(plan.counts)}`, body));
		}
	}
	return [...parts, foot].join("\n\n");
}
function renderCounts(report, firstLine, why, earlier) {
	const { plan, runUrl } = report;
	return [
		`${hiddenLines(firstLine, addEntry(entryOf(report), earlier))}\n\n## ${icon(report)} ${title(report)}`,
		failureAlert(report, 500),
		plan === void 0 ? "" : `**${plan.hasChanges ? countsLine(plan.counts) : "No changes"}**`,
		`GitHub did not take the whole comment (${prose(shorten(why, 300))}). Read the rest in the summary of [this run](${runUrl}).`,
		`<sub>${footer(report)}</sub>`
	].filter((part) => part !== "").join("\n\n");
}
function renderOutdated(report, firstLine, earlier) {
	return [`${hiddenLines(firstLine, addEntry(entryOf(report), earlier))}\n\n## ⚠️ Outdated · ${prose(shorten(targetName(report), 200))}`, `What stood here was for an earlier commit. GitHub did not take what there is to say of ${code(report.commit.slice(0, 7))}: read it in the summary of [this run](${report.runUrl}), and run it again.`].join("\n\n");
}
function renderClosed(report, firstLine, earlier) {
	const history = addEntry({
		...entryOf(report),
		outcome: "closed"
	}, earlier);
	return [
		`${hiddenLines(firstLine, history)}\n\n## ⚪ Closed · ${prose(shorten(targetName(report), 200))}`,
		"This pull request was closed without being merged: what was planned here was not applied. Reopen it to plan again.",
		historyFold(history, report.runUrl)
	].filter((part) => part !== "").join("\n\n");
}
function hiddenLines(firstLine, history) {
	return [firstLine, historyLine(history)].filter((line) => line !== "").join("\n");
}
function title(report) {
	return `${headline(report)} · ${prose(shorten(targetName(report), 200))}`;
}
function icon({ failures: [failure], command, plan, gate, destroy }) {
	if (failure !== void 0) return "❌";
	if (destroy?.outcome === "done" || destroy?.outcome === "nothing") return "✅";
	if (gate?.passed) return "✅";
	if (command === "plan") return plan?.hasChanges === false ? "✅" : "📋";
	return "⏳";
}
function planOverview({ plan }, room) {
	if (plan === void 0) return "";
	const also = attentionLine(plan);
	if (!plan.hasChanges) return [unchanged[plan.mode], also].filter((part) => part !== "").join("\n\n");
	if (plan.mode === "refresh-only") return `**Changed outside of Terraform: ${[plan.drift.length === 0 ? "" : count(plan.drift.length, "resource"), plan.outputs.length === 0 ? "" : count(plan.outputs.length, "output")].filter((part) => part !== "").join(", ")}**`;
	const parts = plan.changes.length === 0 ? [`**No resource changes, ${count(plan.outputs.length, "output")} to change**`] : [`**${countsLine(plan.counts)}**`, destructiveChangesAlert(plan, room - 2e3)];
	if (plan.drift.length > 0) {
		const some = plan.drift.slice(0, 5).map(({ address }) => code(shorten(address, 200)));
		const more = plan.drift.length > 5 ? ` and ${plan.drift.length - 5} more` : "";
		parts.push(`Changed outside of Terraform, which this plan answers: ${some.join(", ")}${more}.`);
	}
	parts.push(also);
	return parts.filter((part) => part !== "").join("\n\n");
}
const unchanged = {
	normal: "No changes: the infrastructure is as it is written.",
	"refresh-only": "No changes: the infrastructure is as the last apply left it.",
	destroy: "No changes: there is nothing to destroy."
};
function isDestroying({ destroy }) {
	return destroy !== void 0 && destroy.outcome !== "unconfirmed";
}
function destructiveChangesAlert(plan, room) {
	const lines = destructiveChanges(plan);
	if (lines.length === 0) return "";
	const { destroy, replace } = plan.counts;
	const lost = [destroy > 0 ? `destroys ${destroy}` : "", replace > 0 ? `replaces ${replace}` : ""];
	let left = room;
	const named = lines.slice(0, maxListed).filter((line) => {
		left -= line.length + 5;
		return left >= 0;
	});
	return [
		"> [!WARNING]",
		`> This plan ${lost.filter((part) => part !== "").join(" and ")} of the resources that exist now:`,
		...named.map((line) => `> - ${line}`),
		...named.length < lines.length ? [`> - and ${lines.length - named.length} more`] : []
	].join("\n");
}
function timeline(report, room) {
	const parts = [];
	if (report.apply === "started" && report.failures.length === 0) parts.push(`Terraform is applying [in this run](${report.runUrl}). If this line stays, the run was stopped: run it again.`);
	let left = room;
	const lines = timelineLines(report).filter((line) => {
		left -= line.length + 3;
		return left >= 0;
	});
	if (lines.length > 0) parts.push(lines.map((line) => `- ${line}`).join("\n"));
	return parts.join("\n\n");
}
function timelineLines(report) {
	const { apply, stability, gate, taint, plan } = report;
	const lines = [approvalLine(report)].filter((line) => line !== "");
	if (apply === "done") lines.push(plan?.hasChanges === false ? `✅ **Applied** before: nothing was left to change for [this run](${report.runUrl})` : `✅ **Applied** by [this run](${report.runUrl})${plan === void 0 ? "" : `: ${countsLine(plan.counts)}`}`);
	if (stability !== void 0 && stability.failure === void 0) {
		const revision = stability.revision === void 0 ? "" : ` of ${code(stability.revision)}`;
		lines.push(`✅ **Stable** after ${seconds(stability.elapsedMs)}: ECS runs ${count(stability.running, "task")}${revision}`);
	}
	if (gate?.passed === false) lines.push(`❌ **Does not speak MCP** after ${seconds(gate.elapsedMs)}: ${prose(eraLine(gate))}`);
	if (gate?.passed) {
		const { serverInfo, latencyMs } = gate;
		const name = serverInfo === void 0 ? "" : code(shorten(`${serverInfo.name} ${serverInfo.version}`, 120));
		if (gate.protocolVersions.length === 0 && gate.wall !== void 0) lines.push(`✅ **Asks for authorization** at ${code(shorten(gate.endpoint, 300))}, by ${gate.wall.authorizationServers.map((server) => code(shorten(server, 200))).join(", ")}; what is behind it was not checked`);
		else lines.push(`✅ **Speaks MCP** ${gate.protocolVersions.map(code).join(" and ")} at ${code(shorten(gate.endpoint, 300))}${name && `, server ${name}`}`, `✅ **Lists ${count(gate.tools.length, "tool")}**${toolNames(gate.tools)}`);
		if (latencyMs !== null) lines.push(`✅ **Answers in ${Math.round(latencyMs)} ms** (median), green after ${seconds(gate.elapsedMs)}`);
	}
	if (taint !== void 0) {
		const { tainted, why } = taint;
		const undo = tainted.map((address) => code(`terraform untaint '${address}'`)).join(", ");
		lines.push(tainted.length > 0 ? `🟠 **Tainted** ${tainted.map(code).join(", ")}. ${prose(why)} To take that back: ${undo}` : `⚪ ${prose(why)}`);
	}
	lines.push(...verifyLines(report), ...rollbackLine(report), ...monitorLines(report), ...destroyLines(report));
	for (const warning of [...gate?.warnings ?? [], ...report.warnings]) lines.push(`⚠️ ${prose(shorten(warning, 500))}`);
	return lines;
}
function failureAlert({ failures: [failure] }, units) {
	if (failure === void 0) return "";
	const [sentence = ""] = failure.sentence.split("\n");
	return [
		"> [!CAUTION]",
		`> **${failure.code === "" ? failure.phase : failure.code}**: ${prose(shorten(sentence, units))}`,
		...failure.fix === "" ? [] : [">", `> **What to do**: ${prose(shorten(failure.fix, units))}`]
	].join("\n");
}
function failureDetails({ failures: [failure], problems = [] }, units) {
	if (problems.length > 0) return problemsFold(problems, units);
	const details = visible(failure?.sentence.split("\n").slice(1).join("\n").trim() ?? "");
	return details === "" ? "" : fold("What Terraform said", fence(shorten(details, units)), true);
}
function toolNames(tools) {
	if (tools.length === 0) return "";
	return `: ${tools.slice(0, 12).map((name) => code(shorten(name, 80))).join(", ")}${tools.length > 12 ? ` and ${tools.length - 12} more` : ""}`;
}
function footer({ commit, runUrl, plan, phases }) {
	const times = phases.map(({ phase, ms }) => `${phase} ${seconds(ms)}`).join(", ");
	const version = plan?.terraformVersion ? ` with Terraform ${html(plan.terraformVersion)}` : "";
	return `${code(commit.slice(0, 7))}${version}, <a href="${html(runUrl)}">run</a>${times === "" ? "" : `: ${times}`}`;
}
// src/report/summary.ts
const summaryLimit = 1e6;
const barLength = 24;
function renderSummary(report) {
	const { plan, gate, phases } = report;
	const lines = timelineLines(report);
	const head = [
		`## ${title(report)}`,
		failureAlert(report, 2e3),
		failureDetails(report, 5e4),
		differencesSection(report),
		checkSection(report),
		lines.map((line) => `- ${line}`).join("\n"),
		linkLine(report),
		checksSection(report),
		driftFold(report, 5e4),
		evidenceFold(report, 1e5),
		gate === void 0 ? "" : gateSection(gate),
		phases.length === 0 ? "" : phaseTable(phases),
		planOverview(report, 5e4),
		plan === void 0 ? "" : findingsSection(plan.findings, 2e5)
	].filter((part) => part !== "").join("\n\n");
	if (Buffer.byteLength(head) > 1e6) return `## ${title(report)}\n\n${failureAlert(report, 2e3)}\n\nThis report is too long for a summary: read it in the job log.\n`;
	if (plan === void 0 || plan.text.trim() === "") return `${head}\n`;
	const room = summaryLimit - Buffer.byteLength(head) - 1e3;
	const whole = `${head}\n\n${fold("The whole plan", fence(wholeLines(visible(plan.text.trim()), room)), true)}\n`;
	return Buffer.byteLength(whole) <= 1e6 ? whole : `${head}\n\nThe plan is in the job log, and in the file plan.txt (output plan-file).\n`;
}
function phaseTable(phases) {
	const longest = Math.max(...phases.map(({ ms }) => ms), 1);
	return [
		"| phase | time | |",
		"|---|---:|:---|",
		...phases.map(({ phase, ms }) => `| ${phase} | ${seconds(ms)} | ${bar(ms / longest)} |`)
	].join("\n");
}
function bar(share) {
	const eighths = Math.max(1, Math.round(share * barLength * 8));
	return "█".repeat(Math.floor(eighths / 8)) + " ▏▎▍▌▋▊▉".charAt(eighths % 8).trim();
}
function wholeLines(text, limit) {
	const bytes = Buffer.from(text);
	if (bytes.length <= limit) return text;
	const cut = bytes.subarray(0, Math.max(0, bytes.lastIndexOf(10, Math.max(0, limit)))).toString();
	return `${cut}\n… ${text.split("\n").length - cut.split("\n").length} more lines: GitHub shows no summary above 1 MiB. The job log has them all, and so has the file plan.txt (output plan-file).`;
}
// src/report/joined.ts
function renderJoined({ rows, failed }, runs) {
	const title = failed.length > 0 ? `❌ ${failed.length} of ${count(rows.length, "stack")} failed` : `✅ ${count(rows.length, "stack")}`;
	const quotes = rows.flatMap((row) => failureLine(row) ?? []);
	return [
		`## ${title}`,
		withinLimit(quotes, summaryLimit / 2, "failures"),
		rows.length === 0 ? "There was no stack to run for." : [...["| stack | how it ended | changes | gate | endpoint | run |", "|---|---|---|---|---|---|"], withinLimit(rows.map((row) => tableRow(row, runs)), summaryLimit / 3, "stacks")].join("\n")
	].filter((part) => part !== "").join("\n\n").concat("\n");
}
function failureLine(row) {
	const name = code(shorten(row.name, 200));
	if ("missing" in row) return `- **${name}**: ${prose(row.missing)}`;
	const [failure] = row.report.failures;
	if (failure === void 0) {
		const begun = unfinished(row.report);
		return begun && `- **${name}**: The ${begun} was begun, and nothing is known of its end.`;
	}
	const [sentence = ""] = failure.sentence.split("\n");
	const what = failure.code === "" ? failure.phase : failure.code;
	const fix = failure.fix === "" ? "" : ` **What to do**: ${prose(shorten(failure.fix, 500))}`;
	return `- **${name}** ${code(shorten(what, 60))}: ${prose(shorten(sentence, 500))}${fix}`;
}
function tableRow(row, runs) {
	const name = code(shorten(row.name, 200));
	if ("missing" in row) return cells([
		`❌ ${name}`,
		"No report",
		"",
		"",
		"",
		""
	]);
	const { report } = row;
	return cells([
		`${report.failures.length > 0 || unfinished(report) !== void 0 ? "❌" : "✅"} ${name}`,
		headline(report),
		changesOf(report),
		report.gate === void 0 ? "" : report.gate.passed ? "passed" : "failed",
		report.endpoint === void 0 || report.endpoint === "" ? "" : code(shorten(report.endpoint, 200)),
		isRun(report.runUrl, runs) ? `[run](${report.runUrl})` : ""
	]);
}
function changesOf({ plan, counts }) {
	if (plan === void 0) return "";
	if (!plan.hasChanges) return "none";
	const known = (name) => Math.max(0, Math.trunc(counts?.[name] ?? 0));
	return countsLine({
		add: known("add"),
		change: known("change"),
		destroy: known("destroy"),
		replace: known("replace"),
		import: known("import"),
		move: known("move"),
		forget: known("forget")
	});
}
function isRun(url, runs) {
	return url.startsWith(runs) && /^\d+(\/attempts\/\d+)?$/.test(url.slice(runs.length));
}
function renderDiscovery({ found, concerned, because }) {
	const rows = concerned.map(({ name, directory, environment = "" }) => cells([
		code(shorten(name, 200)),
		code(shorten(directory, 200)),
		environment === "" ? "" : code(shorten(environment, 100))
	]));
	const table = [
		"| stack | directory | environment |",
		"|---|---|---|",
		withinLimit(rows, summaryLimit / 2, "stacks")
	];
	return [
		`## ${concerned.length} of ${count(found.length, "stack")}`,
		`These run because ${prose(shorten(because, 500))}.`,
		...rows.length === 0 ? [] : [table.join("\n")]
	].join("\n\n").concat("\n");
}
function cells(values) {
	return `| ${values.map((value) => value.replace(/(\\*)\|/g, "$1$1\\|")).join(" | ")} |`;
}
function withinLimit(lines, limit, what) {
	let left = limit;
	const kept = lines.filter((line) => {
		left -= Buffer.byteLength(line) + 1;
		return left >= 0;
	});
	if (kept.length === lines.length) return kept.join("\n");
	return [
		...kept,
		"",
		`… ${lines.length - kept.length} more ${what}: GitHub shows no summary above 1 MiB.`
	].join("\n");
}
// src/outputs.ts
const reportFiles = {
	report: "report.json",
	plan: "plan.txt",
	junit: "gate-junit.xml",
	contract: "mcp-contract.json"
};
function writeReport(report, directory) {
	const { plan, approval, gate, deployment, taint, certificate, drift, issue, githubDeployment, destroy, monitors = [] } = report;
	const write = (file, text) => {
		const path = join(directory, file);
		writeFileSync(path, text);
		return path;
	};
	setOutput("gate-report", write(reportFiles.report, `${JSON.stringify(reportJson(report), null, 2)}\n`));
	if (plan !== void 0) {
		setOutput("has-changes", plan.hasChanges);
		setOutput("plan-summary", JSON.stringify(plan.counts));
		setOutput("plan-file", write(reportFiles.plan, plan.text));
	}
	setOutput("plan-fingerprint", approval?.fingerprint ?? "");
	setOutput("applied", report.apply === "done");
	setOutput("terraform-outputs", JSON.stringify(deployment?.outputs ?? {}));
	setOutput("mcp-endpoint", gate?.endpoint ?? deployment?.endpoint ?? "");
	setOutput("gate", gate === void 0 ? "skipped" : gate.passed ? "passed" : "failed");
	if (gate !== void 0) {
		const eras = Object.fromEntries(Object.entries(gate.eras).map(([era, { verdict }]) => [era, verdict]));
		setOutput("mcp-eras", JSON.stringify(eras));
		setOutput("mcp-tools", JSON.stringify(gate.tools));
		setOutput("gate-junit", write(reportFiles.junit, renderJUnit(gate)));
		if (gate.contract !== void 0) {
			setOutput("mcp-contract-hash", gate.contract.hash);
			setOutput("mcp-contract-file", write(reportFiles.contract, contractText(gate.contract)));
		}
	}
	setOutput("tainted", JSON.stringify(taint?.tainted ?? []));
	setOutput("monitor-id", registrationOf(report)?.id ?? "");
	setOutput("certificate-days-left", certificate?.daysLeft ?? "");
	setOutput("drift", drift === void 0 ? "" : JSON.stringify(driftAddresses(drift)));
	setOutput("issue-url", issue?.url ?? "");
	setOutput("deployment-id", githubDeployment?.id ?? "");
	setOutput("destroyed", destroy === void 0 ? "" : destroy.outcome === "done" || destroy.outcome === "nothing");
	for (const text of [...gate?.warnings ?? [], ...report.warnings]) warning(text);
	for (const told of monitors) {
		if (told.warning !== void 0) warning(told.warning);
		for (const text of told.notices) notice(text);
	}
}
async function writeSummary(report) {
	await summary.addRaw(renderSummary(report)).write();
}
function failRun(sentence) {
	setFailed([sentence].flat().map(String).join("\n"));
}
function saveRunning(running) {
	saveState("running", running ?? "");
}
function writeCommand(command) {
	setOutput("command", command);
}
function writeCommentUrl(url) {
	setOutput("comment-url", url);
}
async function writeDiscovery(discovery, { stacks, batches, count }, directory) {
	const file = join(directory, "stacks.json");
	writeFileSync(file, `${batches}\n`);
	setOutput("stacks", stacks);
	setOutput("batches", batches);
	setOutput("stack-count", count);
	setOutput("stacks-file", file);
	await summary.addRaw(renderDiscovery(discovery)).write();
}
async function writeJoined(joined, runs) {
	setOutput("stack-count", joined.rows.length);
	setOutput("failed-stacks", JSON.stringify(joined.failed));
	await summary.addRaw(renderJoined(joined, runs)).write();
}
function writeOutcome(failure) {
	setOutput("failed-phase", failure?.phase ?? "");
	setOutput("gate-code", failure?.code ?? "");
}
function writeAnnotations(report) {
	const { annotations, errors } = annotationsOf(report);
	for (const { level, message, at } of annotations) (level === "error" ? error : warning)(message, at);
	const [failure] = report.failures;
	if (failure === void 0) return;
	const { code, sentence, fix } = failure;
	const prefix = code === "" ? "" : `${code}: `;
	const toDo = fix === "" ? "" : `\nWhat to do: ${fix}`;
	const shown = annotations.filter(({ level }) => level === "error").length;
	if (shown === 0) {
		error(shorten(`${prefix}${sentence}${toDo}`, annotationLimit));
		setFailed(`${headline(report)}.`);
		return;
	}
	const [first = ""] = sentence.split("\n");
	const others = errors > shown ? ` The first ${shown} of ${errors} errors are annotated, all of them are in the log.` : "";
	setFailed(shorten(`${headline(report)}: ${prefix}${first}${others}${toDo}`, annotationLimit));
}
export { reportCommands as A, count as B, readHistory as C, failing as D, DENIED as E, driftWord as F, failure as G, shorten as H, countsLine as I, placeText as L, targetName as M, unfinished as N, destroyOutcomes as O, driftFold as P, linkLine as R, isSuperseded as S, evidenceLines as T, visible as U, prose as V, codes as W, renderComment as _, writeCommand as a, timelineLines as b, writeJoined as c, writeSummary as d, commentLimit as f, renderClosed as g, marker as h, writeAnnotations as i, stackName as j, eraLine as k, writeOutcome as l, failureDetails as m, reportFiles as n, writeCommentUrl as o, failureAlert as p, saveRunning as r, writeDiscovery as s, failRun as t, writeReport as u, renderCounts as v, evidenceFold as w, entryOf as x, renderOutdated as y, code as z };
