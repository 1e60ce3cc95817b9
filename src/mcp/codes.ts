/**
 * Every way the gate can fail, in one table: what the code means, whether waiting may heal it, what kind of
 * change does, and what to change. A new code is one row here and one line where it is detected. The words are
 * those of AWS and of the MCP specification, because that is what the reader searches for next.
 */

/** The three wire forms a deployed server may speak; `legacy` is Streamable HTTP up to revision 2025-11-25. */
export type Era = 'modern' | 'legacy' | 'http-sse'

/** `replace`: what is serving is broken. `config`: replacing it changes nothing. `wait`: time may heal it. */
export type Remedy = 'replace' | 'config' | 'wait'

/** How far an exchange came before it failed. */
export type Layer = 'DNS' | 'TCP' | 'TLS' | 'HTTP' | 'MCP'

interface CodeRow {
  readonly layer: Layer
  readonly remedy: Remedy
  /** A final code ends the gate at once; any other is tried again until the deadline. */
  readonly final: boolean
  readonly meaning: string
  readonly fix: string
}

const row = (layer: Layer, remedy: Remedy, when: 'final' | 'retry', meaning: string, fix: string): CodeRow => ({
  layer,
  remedy,
  final: when === 'final',
  meaning,
  fix,
})

export const codes = {
  DNS_NXDOMAIN: row(
    'DNS',
    'config',
    'retry',
    'the host name does not exist (yet)',
    'Create the Route 53 alias record for this name in the public hosted zone, or use the DNS name of the load balancer. A record made by this apply can take a minute to be visible.',
  ),
  DNS_FAILED: row(
    'DNS',
    'config',
    'retry',
    'the resolver could not answer',
    'Check the name servers of the hosted zone (the delegation at the registrar must name them) and the resolver of the runner.',
  ),
  DNS_TIMEOUT: row(
    'DNS',
    'config',
    'retry',
    'the resolver did not answer in time',
    'Check the name servers of the hosted zone and whether the runner can reach its resolver.',
  ),
  PROXY_FAILED: row(
    'TCP',
    'config',
    'retry',
    'the proxy of the runner did not open a tunnel',
    'Correct HTTPS_PROXY / HTTP_PROXY on the runner, or add the host to NO_PROXY.',
  ),
  TCP_REFUSED: row(
    'TCP',
    'wait',
    'retry',
    'nothing listens on the port',
    'Check that the load balancer has a listener on this port, or that the process on the instance listens on 0.0.0.0 and on the port of the URL.',
  ),
  TCP_TIMEOUT: row(
    'TCP',
    'config',
    'retry',
    'no answer to the connection attempt',
    'Packets are dropped: open the port in the security group and the network ACL, put the load balancer into public subnets (scheme internet-facing), and check the port of the URL.',
  ),
  TCP_UNREACHABLE: row(
    'TCP',
    'config',
    'retry',
    'no route to the address',
    'Check the route tables, the internet gateway, and whether the name resolves to an address family the runner has.',
  ),
  CONN_RESET: row(
    'TCP',
    'wait',
    'retry',
    'the connection was closed before a reply',
    'The process accepts connections but drops them: read its log. When the port speaks TLS, use https:// in the URL.',
  ),
  CONN_FAILED: row(
    'TCP',
    'wait',
    'retry',
    'the connection failed',
    'Check host and port of the URL and the network between the runner and the endpoint.',
  ),
  TLS_UNTRUSTED: row(
    'TLS',
    'config',
    'final',
    'the certificate is not from a public authority',
    'Put an issued ACM certificate on the HTTPS listener (certificate_arn), with the full chain when the server terminates TLS itself.',
  ),
  TLS_NAME: row(
    'TLS',
    'config',
    'final',
    'the certificate is for another name',
    'Use the name in the certificate in the URL (the custom domain, not the DNS name of the load balancer), or add this name to the ACM certificate.',
  ),
  TLS_EXPIRED: row(
    'TLS',
    'config',
    'final',
    'the certificate is outside its validity',
    'Renew the certificate; with ACM, restore the DNS validation record so that it renews by itself.',
  ),
  TLS_NOT_TLS: row(
    'TLS',
    'config',
    'final',
    'the port does not speak TLS',
    'Use http:// or the port of the HTTPS listener; on the load balancer the listener of this port must have protocol HTTPS.',
  ),
  TLS_TIMEOUT: row(
    'TLS',
    'config',
    'retry',
    'the TLS handshake was never answered',
    'Something accepts TCP on the port and does not speak TLS: check the port, the listener protocol and any proxy in between.',
  ),
  TLS_FAILED: row(
    'TLS',
    'config',
    'retry',
    'the TLS handshake failed',
    'Check the security policy of the HTTPS listener (TLS 1.2 or 1.3) and that a certificate for this name is attached.',
  ),
  PORT_SPEAKS_TLS: row('TLS', 'config', 'final', 'plain HTTP was sent to a TLS port', 'Use https:// in the URL.'),
  NOT_HTTP: row(
    'HTTP',
    'config',
    'final',
    'the reply is not HTTP/1.1',
    'Check the port: something other than an HTTP server listens there, or it speaks HTTP/2 only.',
  ),
  HEADERS_TIMEOUT: row(
    'HTTP',
    'wait',
    'retry',
    'the connection was accepted and no response came',
    'The server hangs on the request: read the log of the task, and check the security group between load balancer and task.',
  ),
  REDIRECT: row(
    'HTTP',
    'config',
    'final',
    'the endpoint redirects',
    'Put the final address into the URL: MCP clients do not follow a redirect to another origin, and 301/302 would turn the POST into a GET. Behind a load balancer that terminates TLS, let the server trust X-Forwarded-Proto.',
  ),
  ALB_404: row(
    'HTTP',
    'config',
    'final',
    'the load balancer itself answered 404',
    'No listener rule forwards this host and path: add one to the ALB listener, or change its default action from fixed-response to forward.',
  ),
  ALB_502: row(
    'HTTP',
    'replace',
    'retry',
    'the load balancer got no valid reply from the target',
    'The task closed the connection or crashed: compare the container port with the target group port and read the stopped reason of the ECS tasks.',
  ),
  ALB_503: row(
    'HTTP',
    'wait',
    'retry',
    'the load balancer has no usable target',
    'No registered target: look at DescribeTargetHealth, the desired count of the service, and the health check path (never /mcp).',
  ),
  ALB_504: row(
    'HTTP',
    'wait',
    'retry',
    'the target did not answer the load balancer in time',
    'Allow the load balancer security group on the container port of the tasks, or raise the start period of a slow server.',
  ),
  PATH_404: row(
    'HTTP',
    'config',
    'final',
    'a server is up, this path is not there',
    'Correct the path of the URL (most servers use /mcp), or mount the MCP handler at this path.',
  ),
  HTTP_400: row(
    'HTTP',
    'replace',
    'final',
    'the server refused a correct request',
    'Read the log of the server: the request followed the specification.',
  ),
  HTTP_403: row(
    'HTTP',
    'config',
    'final',
    'access is forbidden',
    'Give the credentials in mcp-headers the permission, or let the runner through the access rules in front of the server.',
  ),
  HTTP_405: row(
    'HTTP',
    'config',
    'final',
    'the path does not take POST',
    'Mount the MCP handler for POST at this path, or correct the path of the URL.',
  ),
  HTTP_406: row(
    'HTTP',
    'replace',
    'final',
    'the server refuses application/json and text/event-stream',
    'A proxy may remove the Accept header; else update the MCP SDK of the server.',
  ),
  HTTP_413: row(
    'HTTP',
    'config',
    'final',
    'a request of under one kilobyte is too large for the server',
    'Raise the body limit of the server or of the proxy in front of it.',
  ),
  HTTP_415: row(
    'HTTP',
    'replace',
    'final',
    'the server refuses application/json',
    'Mount the JSON body parser for this path; a proxy must not remove Content-Type.',
  ),
  HTTP_4XX: row(
    'HTTP',
    'replace',
    'final',
    'the server refused the request',
    'Read the log of the server for this status.',
  ),
  SERVER_ERROR: row(
    'HTTP',
    'replace',
    'retry',
    'the server answered with a 5xx status',
    'Read the log of the task: the server, or a proxy in front of it, failed on the request.',
  ),
  RATE_LIMITED: row(
    'HTTP',
    'wait',
    'retry',
    'too many requests',
    'Exempt the runner from the rate limit (AWS WAF rate-based rule, API gateway, or the limiter of the server), or lower mcp-rounds.',
  ),
  AUTH_REQUIRED: row(
    'HTTP',
    'config',
    'final',
    'the server wants authorization',
    'Give a token in mcp-headers (Authorization: Bearer ...) from a secret, or expect the wall with mcp-expect: auth-wall.',
  ),
  AUTH_BARE_401: row(
    'HTTP',
    'config',
    'final',
    '401 without WWW-Authenticate',
    'Answer 401 with WWW-Authenticate: Bearer resource_metadata="..." (RFC 9728), else clients cannot find where to log in; or give a token in mcp-headers.',
  ),
  AUTH_SCOPE: row(
    'HTTP',
    'config',
    'final',
    'the token lacks a scope',
    'Issue the token in mcp-headers with the scope that the server names.',
  ),
  AUTH_NOT_REQUIRED: row(
    'HTTP',
    'config',
    'final',
    'the endpoint is open, and an authorization wall is expected',
    'Turn authorization on in the server or in front of it (requireBearerAuth of the MCP SDK, an OIDC rule of the gateway), or set mcp-expect: open when everybody may call it.',
  ),
  AUTH_METADATA_MISSING: row(
    'HTTP',
    'config',
    'final',
    'the protected-resource metadata cannot be fetched',
    'Serve /.well-known/oauth-protected-resource/<path of the endpoint> (RFC 9728) without authorization, let the load balancer forward /.well-known/*, and name its https URL as resource_metadata in WWW-Authenticate.',
  ),
  AUTH_METADATA_INVALID: row(
    'HTTP',
    'config',
    'final',
    'the protected-resource metadata is not valid',
    'Serve a JSON object with resource (the URL of the endpoint) and authorization_servers (at least one https URL), RFC 9728 §2.',
  ),
  AUTH_RESOURCE_MISMATCH: row(
    'HTTP',
    'config',
    'final',
    'the protected-resource metadata is for another URL',
    'Set the resource of the metadata to the public URL of the endpoint: clients refuse tokens for another one. Behind a load balancer the server often takes its own address for it.',
  ),
  AUTH_SERVER_METADATA: row(
    'HTTP',
    'config',
    'final',
    'the authorization server does not say where its token endpoint is',
    'Check authorization_servers in the protected-resource metadata: it must be the issuer exactly, and serve /.well-known/oauth-authorization-server (RFC 8414) or openid-configuration with issuer and an https token_endpoint.',
  ),
  AUTH_SERVER_UNREACHABLE: row(
    'HTTP',
    'config',
    'retry',
    'the authorization server cannot be reached',
    'Check that the authorization server is up and that the runner may reach it.',
  ),
  AUTH_TOKEN_REFUSED: row(
    'HTTP',
    'config',
    'final',
    'the authorization server gave no token for the client credentials',
    'Check mcp-oauth-client-id and mcp-oauth-client-secret, and that this client may use the client_credentials grant with the scope of the endpoint.',
  ),
  WAF_403: row(
    'HTTP',
    'config',
    'final',
    'something in front of the server blocked the request',
    'Allow JSON POSTs to this path in the AWS WAF web ACL (or the CDN rules) in front of the load balancer.',
  ),
  HOST_REJECTED: row(
    'HTTP',
    'config',
    'final',
    'the server refuses this host name',
    'Add the public host name to the allowed hosts of the server (allowedHosts of createMcpExpressApp, TransportSecuritySettings in Python).',
  ),
  HTML_PAGE: row(
    'HTTP',
    'config',
    'final',
    'a web page answered',
    'The URL reaches a web site, not the MCP server: correct host and path, or the catch-all route that answers first.',
  ),
  CONTENT_TYPE: row(
    'HTTP',
    'replace',
    'final',
    'the reply has a content type that MCP clients refuse',
    'Answer with Content-Type application/json or text/event-stream.',
  ),
  EMPTY_200: row(
    'HTTP',
    'replace',
    'retry',
    'success without a body',
    'The handler ended the response without an answer: read the log of the server.',
  ),
  BODY_TRUNCATED: row(
    'HTTP',
    'replace',
    'retry',
    'the body ended before its announced length',
    'The server or a proxy cut the reply: compare Content-Length with the body, and check for crashes and idle timeouts.',
  ),
  BODY_SLOW: row(
    'HTTP',
    'replace',
    'retry',
    'the body did not end in time',
    'Find out why the server sends its answer so slowly; a proxy that buffers may hold it back.',
  ),
  BODY_TOO_BIG: row(
    'HTTP',
    'replace',
    'final',
    'the body is larger than 4 MiB after decompression, or far too intricate',
    'Page the tool list (nextCursor) or shorten descriptions and schemas; check that the URL is an MCP endpoint.',
  ),
  BODY_ENCODING: row(
    'HTTP',
    'replace',
    'final',
    'the body is not what Content-Encoding says',
    'Correct the compression of the server or the proxy (gzip, deflate and br are accepted).',
  ),
  NOT_JSON: row(
    'MCP',
    'replace',
    'final',
    'the body says it is JSON and is not',
    'Read the log of the server: something other than the MCP handler writes to this response.',
  ),
  NOT_JSONRPC: row(
    'MCP',
    'config',
    'final',
    'JSON, but no JSON-RPC 2.0 response',
    'The URL reaches another handler (a health endpoint?): correct the path, or wrap the answer in a JSON-RPC 2.0 response.',
  ),
  WRONG_ID: row(
    'MCP',
    'replace',
    'final',
    'the answer carries the id of another request',
    'Answer with the id of the request; a response must not be cached or shared between requests.',
  ),
  RPC_ERROR: row(
    'MCP',
    'replace',
    'retry',
    'the server answered with a JSON-RPC error',
    'Read the log of the server for this message: a dependency (database, secret, API) may be missing.',
  ),
  RPC_REFUSED: row(
    'MCP',
    'replace',
    'final',
    'the server does not accept a correct MCP request',
    'Register a handler for this method and update the MCP SDK of the server.',
  ),
  BAD_INIT_RESULT: row(
    'MCP',
    'replace',
    'final',
    'the initialize result lacks a required field',
    'Return protocolVersion, capabilities and serverInfo {name, version} from initialize.',
  ),
  BAD_DISCOVER_RESULT: row(
    'MCP',
    'replace',
    'final',
    'the server/discover result is not valid',
    'Return resultType "complete", supportedVersions, capabilities, ttlMs and cacheScope from server/discover.',
  ),
  NO_COMMON_VERSION: row(
    'MCP',
    'replace',
    'final',
    'no protocol version in common',
    'Update the MCP SDK of the server: it must speak one of 2026-07-28, 2025-11-25, 2025-06-18, 2025-03-26, 2024-11-05.',
  ),
  LEGACY_CLIENTS_LOCKED_OUT: row(
    'MCP',
    'config',
    'final',
    'only 2026-07-28 is served; clients that send initialize are refused',
    "Serve both eras (legacy: 'stateless' of createMcpHandler, its default), or set mcp-require: modern when no such client matters.",
  ),
  MODERN_ABSENT: row(
    'MCP',
    'config',
    'final',
    'server/discover is not served: the server does not speak 2026-07-28',
    'Serve 2026-07-28 (MCP SDK 2.x), or set mcp-require: legacy or any.',
  ),
  OLD_TRANSPORT: row(
    'MCP',
    'config',
    'final',
    'only the deprecated HTTP+SSE transport is served',
    'Serve Streamable HTTP, or accept HTTP+SSE with mcp-require: any or mcp-transport: sse.',
  ),
  ACCEPTED_NO_REPLY: row(
    'MCP',
    'replace',
    'retry',
    'a request was accepted like a notification, without an answer',
    'Answer the POST itself: 202 is only for notifications and responses.',
  ),
  SSE_SILENT: row(
    'MCP',
    'replace',
    'retry',
    'the event stream stayed open without the answer',
    'Turn response buffering off in every proxy (X-Accel-Buffering: no), and check that the handler does not hang.',
  ),
  SSE_EMPTY: row(
    'MCP',
    'replace',
    'retry',
    'the event stream ended without the answer',
    'The handler closed the stream before it answered: read the log of the server.',
  ),
  SSE_TRUNCATED: row(
    'MCP',
    'replace',
    'retry',
    'the event stream ended in the middle of an event',
    'End each event with a blank line and do not close the stream before; check for crashes and idle timeouts.',
  ),
  SSE_BAD_JSON: row(
    'MCP',
    'replace',
    'retry',
    'an event does not carry JSON',
    'Send one JSON-RPC message per event; each line of it needs its own data: prefix.',
  ),
  SSE_EVENT_NAME: row(
    'MCP',
    'replace',
    'retry',
    'the answer came under an event name that clients ignore',
    'Send answers as event: message, or without an event field.',
  ),
  SSE_NO_ENDPOINT: row(
    'MCP',
    'replace',
    'retry',
    'the HTTP+SSE stream did not name its endpoint',
    'Send event: endpoint with the POST address as the first event of the stream.',
  ),
  SSE_FOREIGN_ENDPOINT: row(
    'MCP',
    'config',
    'final',
    'the HTTP+SSE stream names an endpoint on another origin',
    'Send a relative endpoint, or configure the public base URL of the server: clients refuse another origin.',
  ),
  NO_TOOLS_CAPABILITY: row(
    'MCP',
    'replace',
    'final',
    'the server declares no tools',
    'Register the tools before the server connects; SDK 2 clients do not even ask a server without the tools capability.',
  ),
  TOOL_MISSING: row(
    'MCP',
    'replace',
    'final',
    'an expected tool is not listed',
    'Deploy the revision that has the tool, or correct mcp-tools.',
  ),
  CONTRACT_BROKEN: row(
    'MCP',
    'replace',
    'final',
    'the tools are not compatible with the committed contract',
    'Deploy a revision that keeps the contract, or, when the change is meant, commit the ready file of this run (output mcp-contract-file) in place of the one that mcp-contract names.',
  ),
  CONTRACT_MISSING: row(
    'MCP',
    'config',
    'final',
    'the file that mcp-contract names is not in the repository',
    'Commit the ready file of this run (output mcp-contract-file, also in the job summary) under the name that mcp-contract gives, or correct the name.',
  ),
  BAD_TOOLS: row(
    'MCP',
    'replace',
    'final',
    'the tool list is not valid',
    'Give each tool a name and an inputSchema with type "object", and leave nextCursor out on the last page: clients refuse the whole list otherwise.',
  ),
  PAGINATION_LOOP: row(
    'MCP',
    'replace',
    'final',
    'the tool list never ends',
    'Return a new nextCursor for each page and none on the last.',
  ),
  SESSION_LOST: row(
    'MCP',
    'config',
    'final',
    'the session is unknown right after it was opened',
    'More than one task shares the endpoint and the session lives in one of them: make the server stateless, or run one task, or share the session store. Cookie stickiness (lb_cookie) does not help: the official clients keep no cookies.',
  ),
  SESSION_NEEDS_COOKIES: row(
    'MCP',
    'config',
    'final',
    'sessions work only for clients that keep cookies',
    'The official MCP clients keep no cookies, so target group stickiness does not reach them: make the server stateless, or run one task, or share the session store.',
  ),
  OLD_REVISION: row(
    'MCP',
    'wait',
    'retry',
    'the server that answers is not of the expected version',
    'An old revision still serves, or the new image was not deployed: check the image tag and the rollout of the ECS service; and that serverInfo.version of the server is what mcp-expect-version says.',
  ),
  FLAPPING: row(
    'MCP',
    'wait',
    'retry',
    'good and bad rounds alternate',
    'One of several targets is bad, or an old revision still serves: compare the tasks of the service (DescribeTargetHealth, ListTasks).',
  ),
  DEADLINE: row(
    'MCP',
    'wait',
    'retry',
    'the time was up before enough green rounds',
    'Raise mcp-timeout or lower mcp-rounds.',
  ),
} as const satisfies Record<string, CodeRow>

export type Code = keyof typeof codes

/** One failed check, ready to be shown: `sentence` says what was seen, `fix` what to change. */
export interface Failure {
  readonly code: Code
  readonly sentence: string
  readonly fix: string
  readonly remedy: Remedy
  readonly era?: Era
  /** The MCP method, or the stage of the transport, that failed. */
  readonly step: string
}

/** Fills a failure from the table; `sentence` must already be free of hostile text and secrets. */
export function failure(code: Code, step: string, sentence: string, era?: Era): Failure {
  const { fix, remedy } = codes[code]
  return { code, sentence, fix, remedy, step, ...(era && { era }) }
}
