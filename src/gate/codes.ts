/**
 * The table of every failure of the gate: its meaning, whether waiting may fix it, the kind of change that does, and
 * the fix. A new code is one row here and one line where it is detected. The wording is that of AWS and of the MCP
 * specification, because readers search for it next.
 */

import type { Named } from '../errors.ts'

/** The three wire forms of a deployed server; `legacy` is Streamable HTTP up to revision 2025-11-25. */
export type Era = 'modern' | 'legacy' | 'http-sse'

/**
 * The kind of change that fixes a failure. `replace`: the running revision is broken. `config`: another revision
 * changes nothing. `wait`: time may fix it.
 */
export type Remedy = 'replace' | 'config' | 'wait'

/** The layer at which an exchange failed. */
export type Layer = 'DNS' | 'TCP' | 'TLS' | 'HTTP' | 'MCP'

/** One row of the table. */
interface CodeRow {
  readonly layer: Layer
  readonly remedy: Remedy
  /** Whether the code ends the gate immediately; any other code is retried until the deadline. */
  readonly final: boolean
  /** The observed symptom. */
  readonly meaning: string
  /** The most frequent cause. */
  readonly cause: string
  readonly fix: string
}

const row = (
  layer: Layer,
  remedy: Remedy,
  when: 'final' | 'retry',
  meaning: string,
  cause: string,
  fix: string,
): CodeRow => ({
  layer,
  remedy,
  final: when === 'final',
  meaning,
  cause,
  fix,
})

/** The rows by code, mostly ordered from the lowest layer to the highest. */
export const codes = {
  DNS_NXDOMAIN: row(
    'DNS',
    'config',
    'retry',
    'the host name does not exist (yet)',
    'No record was made for this name, it is not yet visible, or the name is misspelt.',
    'Create the Route 53 alias record for this name in the public hosted zone, or use the DNS name of the load balancer. A record made by this apply can take a minute to be visible.',
  ),
  DNS_FAILED: row(
    'DNS',
    'config',
    'retry',
    'the resolver could not answer',
    'The delegation of the zone is broken, or the resolver has trouble.',
    'Check the name servers of the hosted zone (the delegation at the registrar must name them) and the resolver of the runner.',
  ),
  DNS_TIMEOUT: row(
    'DNS',
    'config',
    'retry',
    'the resolver did not answer in time',
    'The name servers do not answer, or a firewall holds DNS back.',
    'Check the name servers of the hosted zone and whether the runner can reach its resolver.',
  ),
  PROXY_FAILED: row(
    'TCP',
    'config',
    'retry',
    'the proxy of the runner did not open a tunnel',
    'The proxy is down, or does not allow this host and port.',
    'Correct HTTPS_PROXY / HTTP_PROXY on the runner, or add the host to NO_PROXY.',
  ),
  TCP_REFUSED: row(
    'TCP',
    'wait',
    'retry',
    'nothing listens on the port',
    'The load balancer has no listener on this port, or the process listens elsewhere, on 127.0.0.1 only, or not yet.',
    'Check that the load balancer has a listener on this port, or that the process on the instance listens on 0.0.0.0 and on the port of the URL.',
  ),
  TCP_TIMEOUT: row(
    'TCP',
    'config',
    'retry',
    'no answer to the connection attempt',
    'A security group, a network ACL or a private subnet drops the packets.',
    'Packets are dropped: open the port in the security group and the network ACL, put the load balancer into public subnets (scheme internet-facing), and check the port of the URL.',
  ),
  TCP_UNREACHABLE: row(
    'TCP',
    'config',
    'retry',
    'no route to the address',
    'The subnet has no route to the internet, or the name has only an IPv6 address and the runner only IPv4.',
    'Check the route tables, the internet gateway, and whether the name resolves to an address family the runner has.',
  ),
  CONN_RESET: row(
    'TCP',
    'wait',
    'retry',
    'the connection was closed before a reply',
    'The process crashes on the request, a proxy cuts it off, or https is spoken there and http was sent.',
    'The process accepts connections but drops them: read its log. When the port speaks TLS, use https:// in the URL.',
  ),
  CONN_FAILED: row(
    'TCP',
    'wait',
    'retry',
    'the connection failed',
    'The network between the runner and the endpoint broke the connection.',
    'Check host and port of the URL and the network between the runner and the endpoint.',
  ),
  TLS_UNTRUSTED: row(
    'TLS',
    'config',
    'final',
    'the certificate is not from a public authority',
    'The certificate is self-signed, its chain is incomplete, or the one of ACM is not issued yet.',
    'Put an issued ACM certificate on the HTTPS listener (certificate_arn), with the full chain when the server terminates TLS itself.',
  ),
  TLS_NAME: row(
    'TLS',
    'config',
    'final',
    'the certificate is for another name',
    'The URL has the DNS name of the load balancer, or a name that was forgotten in the certificate.',
    'Use the name in the certificate in the URL (the custom domain, not the DNS name of the load balancer), or add this name to the ACM certificate.',
  ),
  TLS_EXPIRED: row(
    'TLS',
    'config',
    'final',
    'the certificate is outside its validity',
    'The renewal failed, often because the DNS record that validates it is gone.',
    'Renew the certificate; with ACM, restore the DNS validation record so that it renews by itself.',
  ),
  TLS_NOT_TLS: row(
    'TLS',
    'config',
    'final',
    'the port does not speak TLS',
    'The URL says https and the listener speaks HTTP.',
    'Use http:// or the port of the HTTPS listener; on the load balancer the listener of this port must have protocol HTTPS.',
  ),
  TLS_TIMEOUT: row(
    'TLS',
    'config',
    'retry',
    'the TLS handshake was never answered',
    'A process that is no TLS server accepts the connection and waits.',
    'Something accepts TCP on the port and does not speak TLS: check the port, the listener protocol and any proxy in between.',
  ),
  TLS_FAILED: row(
    'TLS',
    'config',
    'retry',
    'the TLS handshake failed',
    'The two ends have no protocol version or cipher in common, or there is no certificate for this name.',
    'Check the security policy of the HTTPS listener (TLS 1.2 or 1.3) and that a certificate for this name is attached.',
  ),
  PORT_SPEAKS_TLS: row(
    'TLS',
    'config',
    'final',
    'plain HTTP was sent to a TLS port',
    'The URL says http and the listener speaks HTTPS.',
    'Use https:// in the URL.',
  ),
  NOT_HTTP: row(
    'HTTP',
    'config',
    'final',
    'the reply is not HTTP/1.1',
    'The port belongs to another service (SSH, a database), or to HTTP/2 without TLS.',
    'Check the port: something other than an HTTP server listens there, or it speaks HTTP/2 only.',
  ),
  HEADERS_TOO_BIG: row(
    'HTTP',
    'replace',
    'final',
    'the response headers are larger than clients read',
    'Cookies, a token or a policy grows without end, or the server repeats a header.',
    'Send less than 16 KiB of response headers, the limit of Node.js and so of most MCP clients.',
  ),
  HEADERS_TIMEOUT: row(
    'HTTP',
    'wait',
    'retry',
    'the connection was accepted and no response came',
    'The handler waits for something that does not come, or the process is overloaded.',
    'The server hangs on the request: read the log of the task, and check the security group between load balancer and task.',
  ),
  REDIRECT: row(
    'HTTP',
    'config',
    'final',
    'the endpoint redirects',
    'The listener sends http to https, the server adds or removes a final slash, or a login page stands in front.',
    'Put the final address into the URL: MCP clients do not follow a redirect to another origin, and 301/302 would turn the POST into a GET. Behind a load balancer that terminates TLS, let the server trust X-Forwarded-Proto.',
  ),
  ALB_404: row(
    'HTTP',
    'config',
    'final',
    'the load balancer itself answered 404',
    'The default action of the listener is a fixed response and no rule matches.',
    'No listener rule forwards this host and path: add one to the ALB listener, or change its default action from fixed-response to forward.',
  ),
  ALB_502: row(
    'HTTP',
    'replace',
    'retry',
    'the load balancer got no valid reply from the target',
    'The task crashed, closed the connection, or listens on another port than the target group uses.',
    'The task closed the connection or crashed: compare the container port with the target group port and read the stopped reason of the ECS tasks.',
  ),
  ALB_503: row(
    'HTTP',
    'wait',
    'retry',
    'the load balancer has no usable target',
    'The service has no running task, or all of them are still starting or draining.',
    'No registered target: look at DescribeTargetHealth, the desired count of the service, and the health check path (never /mcp).',
  ),
  ALB_504: row(
    'HTTP',
    'wait',
    'retry',
    'the target did not answer the load balancer in time',
    'A security group between the load balancer and the task, or a server that starts slowly.',
    'Allow the load balancer security group on the container port of the tasks, or raise the start period of a slow server.',
  ),
  PATH_404: row(
    'HTTP',
    'config',
    'final',
    'a server is up, this path is not there',
    'The MCP handler is mounted at another path.',
    'Correct the path of the URL (most servers use /mcp), or mount the MCP handler at this path.',
  ),
  HTTP_400: row(
    'HTTP',
    'replace',
    'final',
    'the server refused a correct request',
    'A proxy changes the request, or the handler refuses what the specification allows.',
    'Read the log of the server: the request followed the specification.',
  ),
  HTTP_403: row(
    'HTTP',
    'config',
    'final',
    'access is forbidden',
    'An access rule of the server, a gateway or an IP allow list.',
    'Give the credentials in mcp-headers the permission, or let the runner through the access rules in front of the server.',
  ),
  AWS_FORBIDDEN: row(
    'HTTP',
    'config',
    'final',
    'AWS refused the request before it reached the server',
    'API Gateway has no route for this path or stage, or the API or function URL wants requests signed with AWS credentials.',
    'Check path and stage of the URL (API Gateway answers "Missing Authentication Token" for a route that is not there). With AWS_IAM authorization clients must sign each request (SigV4): set the authorization to NONE and protect the server with OAuth, or let only signing clients in.',
  ),
  MTLS_REQUIRED: row(
    'TLS',
    'config',
    'final',
    'the endpoint demands a client certificate',
    'Mutual TLS is turned on in the server, the load balancer or the API gateway.',
    'Turn mutual TLS off for the public name, or verify the server at an address that does not demand a client certificate.',
  ),
  HTTP_405: row(
    'HTTP',
    'config',
    'final',
    'the path does not take POST',
    'The MCP handler is at another path, or only the deprecated HTTP+SSE transport is served.',
    'Mount the MCP handler for POST at this path, or correct the path of the URL.',
  ),
  HTTP_406: row(
    'HTTP',
    'config',
    'final',
    'the server refuses application/json and text/event-stream',
    'A proxy removes or rewrites Accept, or the server is older than Streamable HTTP.',
    'A proxy may remove the Accept header; else update the MCP SDK of the server.',
  ),
  HTTP_413: row(
    'HTTP',
    'config',
    'final',
    'a request of under one kilobyte is too large for the server',
    'A body limit was set far too low.',
    'Raise the body limit of the server or of the proxy in front of it.',
  ),
  HTTP_415: row(
    'HTTP',
    'replace',
    'final',
    'the server refuses application/json',
    'A proxy removes Content-Type, or no JSON body parser is mounted.',
    'Mount the JSON body parser for this path; a proxy must not remove Content-Type.',
  ),
  HTTP_4XX: row(
    'HTTP',
    'replace',
    'final',
    'the server refused the request',
    'The server, or something in front of it, has a rule of its own.',
    'Read the log of the server for this status.',
  ),
  SERVER_ERROR: row(
    'HTTP',
    'replace',
    'retry',
    'the server answered with a 5xx status',
    'An exception in the handler, or the application still starting.',
    'Read the log of the task: the server, or a proxy in front of it, failed on the request.',
  ),
  RATE_LIMITED: row(
    'HTTP',
    'wait',
    'retry',
    'too many requests',
    'A limiter counts the requests of the gate.',
    'Exempt the runner from the rate limit (AWS WAF rate-based rule, API gateway, or the limiter of the server), or lower mcp-rounds.',
  ),
  AUTH_REQUIRED: row(
    'HTTP',
    'config',
    'final',
    'the server wants authorization',
    'The server is protected, and no credentials or wrong ones were given.',
    'Give a token in mcp-headers (Authorization: Bearer ...) from a secret, or set mcp-auth: required when the server is meant to require authentication.',
  ),
  AUTH_BARE_401: row(
    'HTTP',
    'config',
    'final',
    '401 without WWW-Authenticate',
    'A gateway or a middleware of your own answers 401 and knows nothing of MCP.',
    'Answer 401 with WWW-Authenticate: Bearer resource_metadata="..." (RFC 9728), else clients cannot find where to log in; or give a token in mcp-headers.',
  ),
  AUTH_SCOPE: row(
    'HTTP',
    'config',
    'final',
    'the token lacks a scope',
    'The client was registered without a scope that the server wants.',
    'Issue the token in mcp-headers with the scope that the server names.',
  ),
  AUTH_NOT_REQUIRED: row(
    'HTTP',
    'config',
    'final',
    'the endpoint is open, and an authorization wall is expected',
    'The authorization middleware is not mounted on this path, or a setting turned it off.',
    'Turn authorization on in the server or in front of it (requireBearerAuth of the MCP SDK, an OIDC rule of the gateway). Where only tools/call is protected, serve the protected-resource metadata (RFC 9728), by which the gate knows it. Or set mcp-auth: none when everybody may call it.',
  ),
  AUTH_METADATA_MISSING: row(
    'HTTP',
    'config',
    'final',
    'the protected-resource metadata cannot be fetched',
    'The well-known path is not served, stands behind the wall itself, or is not forwarded by the load balancer.',
    'Serve /.well-known/oauth-protected-resource/<path of the endpoint> (RFC 9728) without authorization, let the load balancer forward /.well-known/*, and name its https URL as resource_metadata in WWW-Authenticate.',
  ),
  AUTH_METADATA_INVALID: row(
    'HTTP',
    'config',
    'final',
    'the protected-resource metadata is not valid',
    'The document was written by hand, or it is of another kind.',
    'Serve a JSON object with resource (the URL of the endpoint) and authorization_servers (at least one https URL), RFC 9728 §2.',
  ),
  AUTH_RESOURCE_MISMATCH: row(
    'HTTP',
    'config',
    'final',
    'the protected-resource metadata is for another URL',
    'The server knows itself by its internal address, or was moved.',
    'Set the resource of the metadata to the public URL of the endpoint: clients refuse tokens for another one. Behind a load balancer the server often takes its own address for it.',
  ),
  AUTH_ISSUER_UNPINNED: row(
    'HTTP',
    'config',
    'final',
    'the endpoint names an authorization server that nobody has vouched for',
    'The authorization server is on another host than the endpoint, or there are several, and mcp-oauth-issuer is not set.',
    'Set mcp-oauth-issuer to the authorization server at which the client of mcp-oauth-client-id is registered. If the server that is named here is not yours, the endpoint may be compromised: do not pin it.',
  ),
  AUTH_ISSUER_MISMATCH: row(
    'HTTP',
    'config',
    'final',
    'the endpoint does not name the authorization server of mcp-oauth-issuer',
    'The server was moved to another authorization server, the issuer is spelt otherwise, or somebody wants the secret.',
    'Compare authorization_servers of the protected-resource metadata with mcp-oauth-issuer: correct the one that is wrong. If the server that is named here is not yours, the endpoint may be compromised.',
  ),
  AUTH_SERVER_METADATA: row(
    'HTTP',
    'config',
    'final',
    'the authorization server does not say where its token endpoint is',
    'The issuer has another spelling than the metadata, or the address is not that of the issuer.',
    'Check authorization_servers in the protected-resource metadata: it must be the issuer exactly, and serve /.well-known/oauth-authorization-server (RFC 8414) or openid-configuration with issuer and an https token_endpoint.',
  ),
  AUTH_SERVER_UNREACHABLE: row(
    'HTTP',
    'config',
    'retry',
    'the authorization server cannot be reached',
    'An outage, or a network in which the runner is not.',
    'Check that the authorization server is up and that the runner may reach it.',
  ),
  AUTH_TOKEN_REFUSED: row(
    'HTTP',
    'config',
    'final',
    'the authorization server gave no token for the client credentials',
    'A wrong secret, a client without this grant, or a scope it may not have.',
    'Check mcp-oauth-client-id and mcp-oauth-client-secret, and that this client may use the client_credentials grant with the scope of the endpoint.',
  ),
  WAF_403: row(
    'HTTP',
    'config',
    'final',
    'something in front of the server blocked the request',
    'AWS WAF, CloudFront or another filter took the POST for an attack.',
    'Allow JSON POSTs to this path in the AWS WAF web ACL (or the CDN rules) in front of the load balancer.',
  ),
  HOST_REJECTED: row(
    'HTTP',
    'config',
    'final',
    'the server refuses this host name',
    'The guard against DNS rebinding of the SDK knows only localhost; it also refuses health checks of the load balancer.',
    'Add the public host name to the allowed hosts of the server (allowedHosts of createMcpExpressApp, TransportSecuritySettings in Python).',
  ),
  HTML_PAGE: row(
    'HTTP',
    'config',
    'final',
    'a web page answered',
    'A web site or a single-page application answers every path.',
    'The URL reaches a web site, not the MCP server: correct host and path, or the catch-all route that answers first.',
  ),
  CONTENT_TYPE: row(
    'HTTP',
    'replace',
    'final',
    'the reply has a content type that MCP clients refuse',
    'The handler sets no Content-Type, or a proxy replaces it.',
    'Answer with Content-Type application/json or text/event-stream.',
  ),
  EMPTY_200: row(
    'HTTP',
    'replace',
    'retry',
    'success without a body',
    'A handler that ends without writing, or a proxy that answers by itself.',
    'The handler ended the response without an answer: read the log of the server.',
  ),
  BODY_TRUNCATED: row(
    'HTTP',
    'replace',
    'retry',
    'the body ended before its announced length',
    'A crash in the middle of the answer, an idle timeout, or a wrong Content-Length.',
    'The server or a proxy cut the reply: compare Content-Length with the body, and check for crashes and idle timeouts.',
  ),
  BODY_SLOW: row(
    'HTTP',
    'replace',
    'retry',
    'the body did not end in time',
    'The server computes while it answers, or a proxy buffers.',
    'Find out why the server sends its answer so slowly; a proxy that buffers may hold it back.',
  ),
  BODY_TOO_BIG: row(
    'HTTP',
    'replace',
    'final',
    'the body is larger than 4 MiB after decompression, or far too intricate',
    'Another kind of resource is behind the URL, or the tool list is far too large for any client.',
    'Page the tool list (nextCursor) or shorten descriptions and schemas; check that the URL is an MCP endpoint.',
  ),
  BODY_ENCODING: row(
    'HTTP',
    'replace',
    'final',
    'the body is not what Content-Encoding says',
    'A body that is compressed twice or not at all, by a proxy that says otherwise.',
    'Correct the compression of the server or the proxy (gzip, deflate and br are accepted).',
  ),
  NOT_JSON: row(
    'MCP',
    'replace',
    'final',
    'the body says it is JSON and is not',
    'A warning or a stack trace is written into the response.',
    'Read the log of the server: something other than the MCP handler writes to this response.',
  ),
  NOT_JSONRPC: row(
    'MCP',
    'config',
    'final',
    'JSON, but no JSON-RPC 2.0 response',
    'A health check, a REST API or a static file is behind the URL.',
    'The URL reaches another handler (a health endpoint?): correct the path, or wrap the answer in a JSON-RPC 2.0 response.',
  ),
  WRONG_ID: row(
    'MCP',
    'replace',
    'final',
    'the answer carries the id of another request',
    'A cache answers, or answers of several requests are mixed up.',
    'Answer with the id of the request; a response must not be cached or shared between requests.',
  ),
  RPC_ERROR: row(
    'MCP',
    'replace',
    'retry',
    'the server answered with a JSON-RPC error',
    'Something the server needs is missing: a database, a secret, another API.',
    'Read the log of the server for this message: a dependency (database, secret, API) may be missing.',
  ),
  RPC_REFUSED: row(
    'MCP',
    'replace',
    'final',
    'the server does not accept a correct MCP request',
    'The method is not registered, or the SDK is too old or in another state.',
    'Register a handler for this method and update the MCP SDK of the server.',
  ),
  BAD_INIT_RESULT: row(
    'MCP',
    'replace',
    'final',
    'the initialize result lacks a required field',
    'A server written without an SDK.',
    'Return protocolVersion, capabilities and serverInfo {name, version} from initialize.',
  ),
  BAD_DISCOVER_RESULT: row(
    'MCP',
    'replace',
    'final',
    'the server/discover result is not valid',
    'A server of a draft of the revision, or one written without an SDK.',
    'Return resultType "complete", supportedVersions, capabilities, ttlMs and cacheScope from server/discover.',
  ),
  NO_COMMON_VERSION: row(
    'MCP',
    'replace',
    'final',
    'no protocol version in common',
    'The server is older than 2024-11-05, or of a draft.',
    'Update the MCP SDK of the server: it must speak one of 2026-07-28, 2025-11-25, 2025-06-18, 2025-03-26, 2024-11-05.',
  ),
  LEGACY_CLIENTS_LOCKED_OUT: row(
    'MCP',
    'config',
    'final',
    'only 2026-07-28 is served; clients that send initialize are refused',
    'The server was built to refuse the older revisions.',
    "Serve both eras (legacy: 'stateless' of createMcpHandler, its default), or set mcp-require: modern when no such client matters.",
  ),
  MODERN_ABSENT: row(
    'MCP',
    'config',
    'final',
    'server/discover is not served: the server does not speak 2026-07-28',
    'The server uses an SDK 1.x, or an SDK 2 transport with sessions.',
    'Serve 2026-07-28 (MCP SDK 2.x), or set mcp-require: legacy or any.',
  ),
  MODERN_OK_LEGACY_BROKEN: row(
    'MCP',
    'config',
    'final',
    '2026-07-28 works, and clients that send initialize do not get through',
    'Most often several tasks that serve 2026-07-28 without a state and older clients with sessions that only one task knows.',
    'Mend what the code in the sentence names (its row says how, whether waiting or replacing helps), or set mcp-require: modern when no older client matters. Most clients in use still send initialize.',
  ),
  LEGACY_OK_MODERN_BROKEN: row(
    'MCP',
    'config',
    'final',
    'initialize works, and clients of 2026-07-28 do not get through',
    'A proxy or a rule that knows only the older requests, or a server that does not answer methods it does not know.',
    'Mend what the code in the sentence names (its row says how, whether waiting or replacing helps), or set mcp-require: legacy when no client of 2026-07-28 matters.',
  ),
  OLD_TRANSPORT: row(
    'MCP',
    'config',
    'final',
    'only the deprecated HTTP+SSE transport is served',
    'The server was built for the transport of 2024-11-05.',
    'Serve Streamable HTTP, or accept HTTP+SSE with mcp-require: any or mcp-transport: sse.',
  ),
  ACCEPTED_NO_REPLY: row(
    'MCP',
    'replace',
    'retry',
    'a request was accepted like a notification, without an answer',
    'The handler takes every message for a notification.',
    'Answer the POST itself: 202 is only for notifications and responses.',
  ),
  SSE_SILENT: row(
    'MCP',
    'replace',
    'retry',
    'the event stream stayed open without the answer',
    'A proxy buffers the stream, or the handler hangs.',
    'Turn response buffering off in every proxy (X-Accel-Buffering: no), and check that the handler does not hang.',
  ),
  SSE_EMPTY: row(
    'MCP',
    'replace',
    'retry',
    'the event stream ended without the answer',
    'The handler failed after it had opened the stream.',
    'The handler closed the stream before it answered: read the log of the server.',
  ),
  SSE_TRUNCATED: row(
    'MCP',
    'replace',
    'retry',
    'the event stream ended in the middle of an event',
    'A crash, an idle timeout, or a final blank line that is missing.',
    'End each event with a blank line and do not close the stream before; check for crashes and idle timeouts.',
  ),
  SSE_BAD_JSON: row(
    'MCP',
    'replace',
    'retry',
    'an event does not carry JSON',
    'A message with line breaks is sent as one data line and bare lines.',
    'Send one JSON-RPC message per event; each line of it needs its own data: prefix.',
  ),
  SSE_EVENT_NAME: row(
    'MCP',
    'replace',
    'retry',
    'the answer came under an event name that clients ignore',
    'The server names its events as it likes.',
    'Send answers as event: message, or without an event field.',
  ),
  SSE_NO_ENDPOINT: row(
    'MCP',
    'config',
    'retry',
    'the HTTP+SSE stream did not name its endpoint',
    'Another kind of stream is behind the URL, or a proxy buffers the first event.',
    'Send event: endpoint with the POST address as the first event of the stream, and turn response buffering off in every proxy (nginx: proxy_buffering off, or X-Accel-Buffering: no).',
  ),
  SSE_FOREIGN_ENDPOINT: row(
    'MCP',
    'config',
    'final',
    'the HTTP+SSE stream names an endpoint on another origin',
    'The server knows itself by its internal address.',
    'Send a relative endpoint, or configure the public base URL of the server: clients refuse another origin.',
  ),
  SSE_ENDPOINT_PREFIX: row(
    'MCP',
    'config',
    'final',
    'the HTTP+SSE stream names an endpoint without the path prefix of the URL',
    'A proxy removes the prefix, and the server does not know it.',
    'The endpoint event leaves the prefix out: set root_path (Starlette, FastAPI, uvicorn), the context path, or the base URL of the server to the prefix of the public path.',
  ),
  DISCOVER_FATAL: row(
    'MCP',
    'replace',
    'final',
    'the server does not survive a method that it does not know',
    'The Python SDK 1.8.0 to 1.9.3 with stateless_http stops for good at any unknown method, and clients of 2026-07-28 send one.',
    'Update the MCP SDK of the server (Python: mcp 1.9.4 or newer) and restart it. Until then set mcp-require: legacy, with which the gate sends no such method.',
  ),
  GET_STREAM_SILENT: row(
    'HTTP',
    'config',
    'retry',
    'the GET stream of a session sends no response headers (a warning)',
    'The server writes the headers with the first event, or a proxy buffers them.',
    'Flush the response headers at once, or answer GET with 405; turn response buffering off in every proxy. Clients of Go and Rust wait for these headers before they list tools.',
  ),
  GET_STREAM_REFUSED: row(
    'HTTP',
    'config',
    'retry',
    'the GET stream of a session is refused in another way than 405 (a warning)',
    'A rule of a gateway or a firewall allows POST only.',
    'Let GET with Accept: text/event-stream through to the server, or answer it with 405, which says that there is no stream.',
  ),
  NO_TOOLS_CAPABILITY: row(
    'MCP',
    'replace',
    'final',
    'the server declares no tools',
    'Tools are registered after the server has connected, or not at all.',
    'Register the tools before the server connects; SDK 2 clients do not even ask a server without the tools capability.',
  ),
  TOOL_MISSING: row(
    'MCP',
    'replace',
    'final',
    'an expected tool is not listed',
    'The tool was renamed, is behind a setting, or an older revision answers.',
    'Deploy the revision that has the tool, or correct mcp-tools.',
  ),
  MODERN_HEADERS_LOST: row(
    'MCP',
    'config',
    'final',
    'the headers of a 2026-07-28 request do not reach the server as they were sent',
    'A proxy, a CDN or a gateway forwards only the headers it knows.',
    'Forward MCP-Protocol-Version, Mcp-Method and Mcp-Name in everything in front of the server.',
  ),
  CLIENT_CAPABILITY_MISSING: row(
    'MCP',
    'config',
    'final',
    'the server demands a capability that a plain client does not have',
    'The server refuses clients without sampling, elicitation or roots.',
    'Let the server list its tools to every client, and demand the capability only in the tools that need it.',
  ),
  BAD_MODERN_RESULT: row(
    'MCP',
    'replace',
    'final',
    'a result lacks what 2026-07-28 requires of it',
    'A server of a draft of the revision, one written without an SDK, or a gateway that builds the result.',
    'Return resultType "complete" with each result, and ttlMs and cacheScope with each list: clients of 2026-07-28 refuse the list otherwise.',
  ),
  CONTRACT_BROKEN: row(
    'MCP',
    'replace',
    'final',
    'the tools are not compatible with the committed contract',
    'A tool or argument was removed or renamed, or an argument became required or narrower.',
    'Deploy a revision that keeps the contract, or, when the change is meant, commit the ready file of this run (output mcp-contract-file) in place of the one that mcp-contract names.',
  ),
  CONTRACT_MISSING: row(
    'MCP',
    'config',
    'final',
    'the file that mcp-contract names is not in the repository',
    'The first run with mcp-contract, or a misspelt path.',
    'Commit the ready file of this run (output mcp-contract-file, also in the job summary) under the name that mcp-contract gives, or correct the name.',
  ),
  BAD_TOOLS: row(
    'MCP',
    'replace',
    'final',
    'the tool list is not valid',
    'A schema that was written by hand or that a library turned into something else.',
    'Give each tool a name and an inputSchema with type "object", and leave nextCursor out on the last page: clients refuse the whole list otherwise.',
  ),
  LIST_UNBUILDABLE: row(
    'MCP',
    'replace',
    'final',
    'the server cannot build its tool list',
    'The argument or result model of a tool refers to itself, or has a type without a JSON Schema.',
    'Find the tool whose model is recursive or has no JSON Schema (the log of the server names it): give it a plain argument or result type, or update the MCP SDK.',
  ),
  PAGINATION_LOOP: row(
    'MCP',
    'replace',
    'final',
    'the tool list never ends',
    'The cursor is ignored by the handler.',
    'Return a new nextCursor for each page and none on the last.',
  ),
  SESSION_LOST: row(
    'MCP',
    'config',
    'final',
    'the session is unknown right after it was opened',
    'Several tasks, each of which knows only its own sessions.',
    'More than one task shares the endpoint and the session lives in one of them: or several workers of one task (uvicorn --workers, gunicorn -w) do: make the server stateless (Python stateless_http=True, Go Stateless: true, mcp-go WithStateLess, rmcp legacy_session_mode, Spring spring.ai.mcp.server.protocol=STATELESS), or run one task with one worker, or share the session store. Cookie stickiness (lb_cookie) does not help: the official clients keep no cookies.',
  ),
  SESSION_HEADER_LOST: row(
    'MCP',
    'config',
    'final',
    'the Mcp-Session-Id header does not reach the server',
    'A proxy, a CDN or a gateway forwards only the headers it knows.',
    'Forward Mcp-Session-Id and MCP-Protocol-Version in everything in front of the server (CloudFront: origin request policy; API Gateway: parameter mapping).',
  ),
  SESSION_NEEDS_COOKIES: row(
    'MCP',
    'config',
    'final',
    'sessions work only for clients that keep cookies',
    'Several tasks behind target group stickiness (lb_cookie).',
    'The official MCP clients keep no cookies, so target group stickiness does not reach them: make the server stateless, or run one task, or share the session store.',
  ),
  OLD_REVISION: row(
    'MCP',
    'wait',
    'retry',
    'the server that answers is not of the expected version',
    'An old task still serves, the new image has the old version, or serverInfo was not raised.',
    'An old revision still serves, or the new image was not deployed: check the image tag and the rollout of the ECS service; and that serverInfo.version of the server is what mcp-expect-version says.',
  ),
  FLAPPING: row(
    'MCP',
    'wait',
    'retry',
    'good and bad rounds alternate',
    'One of several tasks is bad, or tasks of two revisions serve at the same time.',
    'One of several targets is bad, or an old revision still serves: compare the tasks of the service (DescribeTargetHealth, ListTasks).',
  ),
  REQUESTS_SPENT: row(
    'MCP',
    'config',
    'final',
    'mcp-requests-per-minute was spent, so the gate could not finish before mcp-timeout',
    'The limit is too low for mcp-rounds within mcp-timeout. It says nothing about the server.',
    'Raise mcp-requests-per-minute or mcp-timeout, or lower mcp-rounds.',
  ),
  DEADLINE: row(
    'MCP',
    'wait',
    'retry',
    'the time was up before enough green rounds',
    'The endpoint became healthy late, or answers slowly.',
    'Raise mcp-timeout or lower mcp-rounds.',
  ),
} as const satisfies Record<string, CodeRow>

/** The codes of the gate. */
export type Code = keyof typeof codes

/** A failed check, ready to be shown: `sentence` describes the symptom, `fix` the required change. */
export interface Failure {
  readonly code: Code
  /**
   * The code of the underlying failure when `code` describes one era of clients. The remedy and the fix are those of
   * the cause.
   */
  readonly cause?: Code
  readonly sentence: string
  readonly fix: string
  readonly remedy: Remedy
  readonly era?: Era
  /** The failed MCP method, or the failed stage of the transport. */
  readonly step: string
  /**
   * Set when the deadline of the whole gate ended the exchange, which reveals nothing about the server. Not in the
   * report.
   */
  readonly isCut?: true
  /** Milliseconds that the server requested to wait (Retry-After). Not in the report. */
  readonly retryAfterMs?: number
}

/** Creates a failure from the table. `sentence` must already be free of hostile text and secrets. Pure. */
export function failure(code: Code, step: string, sentence: string, era?: Era): Failure {
  const { fix, remedy } = codes[code]
  return { code, sentence, fix, remedy, step, ...(era && { era }) }
}

/** Whether a failure reveals nothing about the server: a rate limit, or the deadline of the whole gate. Pure. */
export function isInterruption({ code, isCut }: Failure): boolean {
  return code === 'RATE_LIMITED' || isCut === true
}

declare module '../errors.ts' {
  interface FailureCodes extends Named<typeof codes> {}
}
