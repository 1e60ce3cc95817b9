/**
 * The words of a failure: answers of frameworks, gateways and AWS that were seen in public reports, the code that each gets,
 * and the fix that a person can act on.
 */
import { describe, expect, it } from 'vitest'
import { type Code, codes } from '../../src/gate/codes.ts'
import { type GateRequest, gate } from '../../src/gate/gate.ts'
import type { Reply } from '../../src/gate/http-exchange.ts'
import { type RequestContext, readOutcome } from '../../src/gate/read-reply.ts'
import { faulty, mcpLike, reply as respond } from '../support/mcp/faults.ts'

const context: RequestContext = {
  id: 1,
  url: new URL('https://mcp.example.com/mcp'),
  inSession: false,
  authorized: false,
  secrets: [],
}

const reply = (status: number, body: string, headers = {}): Reply => ({
  kind: 'reply',
  status,
  headers: { 'content-type': 'text/plain', ...headers },
  body,
  bytes: body.length,
  ending: 'end',
  phases: { dns: null, tcp: 1, tls: null, headers: 1, body: 1 },
  elapsedMs: 2,
})

/** Status, body, code, what the fix says, and what else the answer and the request have. */
const ANSWERS: [string, Reply, Code, RegExp, Partial<RequestContext>?][] = [
  ['@playwright/mcp', reply(403, 'Access is only allowed at localhost:8931'), 'HOST_REJECTED', /--allowed-hosts/],
  ['Starlette', reply(400, 'Invalid host header'), 'HOST_REJECTED', /TrustedHostMiddleware/],
  ['ASP.NET', reply(400, '<h2>Bad Request - Invalid Hostname</h2>'), 'HOST_REJECTED', /AllowedHosts in appsettings/],
  ['Rails', reply(403, '<h1>Blocked hosts: mcp.example.com</h1>'), 'HOST_REJECTED', /config\.hosts/],
  ['the Python SDK', reply(421, 'Invalid Host header'), 'HOST_REJECTED', /TransportSecuritySettings/],
  ['the Go SDK', reply(403, 'Forbidden: invalid Host header "x"'), 'HOST_REJECTED', /DisableLocalhostProtection/],
  ['rmcp', reply(403, 'Forbidden: Host header is not allowed'), 'HOST_REJECTED', /allowed_hosts of the rmcp/],
  [
    'the TypeScript SDK',
    reply(403, '{"jsonrpc":"2.0","error":{"code":-32000,"message":"Invalid Host: mcp.example.com"},"id":null}'),
    'HOST_REJECTED',
    /createMcpExpressApp/,
  ],
  ['API Gateway', reply(403, '{"message":"Missing Authentication Token"}'), 'AWS_FORBIDDEN', /path and stage/],
  ['a Lambda function URL', reply(403, '{"Message":"Forbidden"}'), 'AWS_FORBIDDEN', /SigV4/],
  [
    'an AWS error by its header',
    reply(403, '{}', { 'x-amzn-errortype': 'AccessDeniedException' }),
    'AWS_FORBIDDEN',
    /SigV4/,
  ],
  [
    'nginx without a client certificate',
    reply(400, '<h1>400</h1>No required SSL certificate was sent'),
    'MTLS_REQUIRED',
    /mutual TLS/,
  ],
  ['Spring Security', reply(403, '{"error":"Invalid CSRF token"}'), 'HTTP_403', /CSRF protection/],
  ['a proxy that removes Accept', reply(400, "Accept must contain 'text/event-stream'"), 'HTTP_406', /Accept header/],
  [
    'a gateway that drops Mcp-Method',
    reply(400, '{"jsonrpc":"2.0","id":1,"error":{"code":-32020,"message":"Mcp-Method missing"}}'),
    'MODERN_HEADERS_LOST',
    /Forward MCP-Protocol-Version/,
  ],
  [
    'a server that demands sampling',
    reply(400, '{"jsonrpc":"2.0","id":1,"error":{"code":-32021,"message":"sampling"}}'),
    'CLIENT_CAPABILITY_MISSING',
    /to every client/,
  ],
  [
    'a lost session',
    reply(404, '{"jsonrpc":"2.0","id":null,"error":{"code":-32001,"message":"Session not found"}}'),
    'SESSION_LOST',
    /uvicorn --workers.*stateless_http=True.*WithStateLess.*STATELESS/,
    { inSession: true },
  ],
  [
    'a session header that a proxy removes',
    reply(
      400,
      '{"jsonrpc":"2.0","id":null,"error":{"code":-32000,"message":"Bad Request: Mcp-Session-Id header is required"}}',
    ),
    'SESSION_HEADER_LOST',
    /Forward Mcp-Session-Id/,
    { inSession: true },
  ],
  [
    'a path that is gone within a session',
    reply(404, '<pre>Cannot POST /mcp</pre>'),
    'PATH_404',
    /path/,
    { inSession: true },
  ],
  [
    'FastMCP mounted without its lifespan',
    reply(
      500,
      'Traceback (most recent call last):\n  File "x"\nRuntimeError: Task group is not initialized. Make sure to use run().\n',
    ),
    'SERVER_ERROR',
    /lifespan/,
  ],
  [
    'a REST API whose function takes too long',
    reply(504, '{"message": "Endpoint request timed out"}', { 'x-amz-apigw-id': 'x' }),
    'SERVER_ERROR',
    /^API Gateway gives an integration 29 s/,
  ],
  [
    'an HTTP API whose function takes too long',
    reply(503, '{"message":"Service Unavailable"}', { 'apigw-requestid': 'x' }),
    'SERVER_ERROR',
    /^API Gateway gives/,
  ],
  [
    'another server that is not available',
    reply(503, '{"message":"Service Unavailable"}'),
    'SERVER_ERROR',
    /^(?!API Gateway)/,
  ],
  [
    'a stream with keep-alives and no answer',
    { ...reply(200, ': ping\n\n: ping\n\n', { 'content-type': 'text/event-stream' }), ending: 'slow' },
    'SSE_SILENT',
    /raise mcp-request-timeout/,
  ],
  [
    'a silent stream',
    { ...reply(200, '', { 'content-type': 'text/event-stream' }), ending: 'slow' },
    'SSE_SILENT',
    /buffering/,
  ],
]

describe('the answer of', () => {
  it.each(ANSWERS)('%s', (_name, outcome, code, fix, more) => {
    const parsed = readOutcome(outcome, { ...context, ...more })
    expect(parsed).toMatchObject({ answered: false, code })
    expect(parsed.answered ? '' : (parsed.fix ?? codes[parsed.code].fix)).toMatch(fix)
    // What is around the server is not mended by another task.
    if (!['SERVER_ERROR', 'SSE_SILENT'].includes(code)) expect(codes[code].remedy).toBe('config')
  })

  it('a demand for a client certificate that ends a TLS 1.3 connection', () => {
    const fault = {
      kind: 'fault',
      phase: 'headers',
      code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
      message: 'tlsv13 alert certificate required',
      phases: { dns: null, tcp: 1, tls: 1, headers: 1, body: null },
      elapsedMs: 2,
    } as const
    expect(readOutcome(fault, context)).toMatchObject({ code: 'MTLS_REQUIRED' })
  })
})

describe('a quoted body', () => {
  const sentence = (body: string): string => {
    const parsed = readOutcome(reply(500, body), context)
    return parsed.answered ? '' : parsed.sentence
  }

  it.each([
    [
      'the visible text of a page',
      '<html><head><style>b{}</style><title>T</title></head><body><h1>It &amp; broke</h1><script>x</script></body></html>',
      '"It & broke"',
    ],
    [
      'the message of a JSON error',
      JSON.stringify({ timestamp: 1, trace: 'at x\nat y', message: 'No static resource mcp' }),
      '"No static resource mcp"',
    ],
    [
      'the last line of a traceback',
      'Traceback (most recent call last):\n  File "a.py", line 1\nValueError: no such tool\n',
      '"ValueError: no such tool"',
    ],
    ['a page that never closes its script', '<p>before</p><script>forever', '"before"'],
  ])('shows %s', (_name, body, shown) => {
    expect(sentence(body)).toContain(`body ${shown}`)
  })
})

describe('the right path', () => {
  const request = (endpoint: string): GateRequest => ({
    endpoint,
    require: 'any',
    transport: 'auto',
    headers: {},
    tools: [],
    rounds: 1,
    timeoutMs: 0,
  })

  it.each([
    ['/', '/nothing', ['/', '/sse']],
    ['/mcp', '/', ['/mcp', '/sse']],
    ['/mcp/mcp', '/mcp', ['/mcp/mcp']],
    ['/gradio_api/mcp/', '/mcp', ['/gradio_api/mcp/']],
  ])(
    '%s is named, with the query in the request and not in the sentence',
    { timeout: 60_000 },
    async (best, asks, served) => {
      await using server = await faulty((asked, req, res) => {
        const [path = '', query] = (req.url ?? '').split('?')
        if (!served.includes(path) || query !== 'key=s3cret') return respond(res, 404, 'text/plain', 'no')
        return mcpLike()(asked, req, res)
      })
      const { failure } = await gate(request(`${server.url}${asks}?key=s3cret`), () => {})
      expect(failure).toMatchObject({ code: 'PATH_404' })
      expect(failure?.sentence).toContain(`MCP answers at ${server.url}${best}.`)
      expect(failure?.sentence).not.toContain('s3cret')
    },
  )

  it('server/discover that is answered with 500 names what such a server must do', { timeout: 60_000 }, async () => {
    await using server = await faulty(
      mcpLike({
        on: { 'server/discover': (_a, _q, res) => respond(res, 500, 'application/json', '{"message":"No handler"}') },
      }),
    )
    const report = await gate(request(`${server.url}/mcp`), () => {})
    expect(report.passed).toBe(true)
    expect(report.warnings).toEqual([
      expect.stringMatching(/DISCOVER_FAILS.*"No handler".*Update the MCP SDK.*does not know/),
    ])
  })
})
