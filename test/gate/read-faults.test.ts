/** Which fault of a connection and which status of a reply is which code, as a table, with the sentence that people read. */
import { describe, expect, test } from 'vitest'
import type { Code } from '../../src/gate/codes.ts'
import type { Fault, Reply } from '../../src/gate/http-exchange.ts'
import { type RequestContext, readOutcome } from '../../src/gate/read-reply.ts'

const phases = { dns: 1, tcp: 1, tls: 1, headers: 1_240, body: 1 }
const context: RequestContext = {
  id: 1,
  url: new URL('https://mcp.example.com/mcp'),
  inSession: false,
  authorized: false,
  secrets: [],
}
const at = 'mcp.example.com:443'
const fault = (phase: Fault['phase'], code: string, message = 'why', more: Partial<Fault> = {}): Fault => ({
  kind: 'fault',
  phase,
  code,
  message,
  phases,
  elapsedMs: 2,
  ...more,
})
const reply = (
  status: number,
  body: string,
  headers: Record<string, string> = {},
  more: Partial<Reply> = {},
): Reply => ({
  kind: 'reply',
  status,
  headers: { 'content-type': 'text/plain', ...headers },
  body,
  bytes: body.length,
  ending: 'end',
  phases,
  elapsedMs: 2,
  ...more,
})
const certificate = {
  names: ['a.example', 'b.example'],
  issuer: 'Some CA',
  validFrom: new Date('2026-01-01T10:00:30Z'),
  validTo: new Date('2026-02-01T11:00:00Z'),
  isSelfSigned: false,
  hasIssuer: true,
} as NonNullable<Fault['certificate']>
const described =
  'for a.example, b.example, issued by "Some CA", valid from 2026-01-01 10:00 UTC to 2026-02-01 11:00 UTC'

test.each<[Fault, Code, string]>([
  [
    fault('headers', 'NOT_SIGNED'),
    'AWS_CREDENTIALS_MISSING',
    'The request to mcp.example.com could not be signed: why.',
  ],
  [
    fault('headers', 'BUDGET_SPENT'),
    'REQUESTS_SPENT',
    'No request of mcp-requests-per-minute was left before the end of mcp-timeout.',
  ],
  [fault('dns', 'DEADLINE'), 'DNS_TIMEOUT', 'The resolver did not answer for mcp.example.com.'],
  [fault('tcp', 'DEADLINE'), 'TCP_TIMEOUT', `${at} does not answer connection attempts at all.`],
  [fault('tls', 'DEADLINE'), 'TLS_TIMEOUT', `${at} accepts TCP connections but does not answer the TLS handshake.`],
  [fault('proxy', 'DEADLINE'), 'PROXY_FAILED', `The proxy of the runner did not open a connection to ${at} in time.`],
  [
    fault('headers', 'DEADLINE'),
    'HEADERS_TIMEOUT',
    `${at} accepted the request but sent no response headers in 1.2 s.`,
  ],
  [
    fault('headers', 'DEADLINE', '', { phases: { ...phases, headers: null } }),
    'HEADERS_TIMEOUT',
    `${at} accepted the request but sent no response headers in 0 s.`,
  ],
  [
    fault('proxy', 'ECONNREFUSED'),
    'PROXY_FAILED',
    `The proxy of the runner did not open a connection to ${at}: ECONNREFUSED, "why".`,
  ],
  [
    fault('tcp', 'ERR_PROXY_TUNNEL'),
    'PROXY_FAILED',
    `The proxy of the runner did not open a connection to ${at}: ERR_PROXY_TUNNEL, "why".`,
  ],
  [fault('dns', 'ENOTFOUND'), 'DNS_NXDOMAIN', 'The name mcp.example.com does not exist in DNS.'],
  [fault('dns', 'EREFUSED'), 'DNS_FAILED', 'The name mcp.example.com could not be resolved (EREFUSED).'],
  [fault('tcp', 'EAI_AGAIN'), 'DNS_FAILED', 'The name mcp.example.com could not be resolved (EAI_AGAIN).'],
  [fault('tcp', 'ESERVFAIL'), 'DNS_FAILED', 'The name mcp.example.com could not be resolved (ESERVFAIL).'],
  [
    fault('tls', 'X', 'SSL alert: bad certificate'),
    'CLIENT_CERTIFICATE_REFUSED',
    `${at} refused the client certificate: X, "SSL alert: bad certificate".`,
  ],
  [
    fault('tls', 'X', 'expired certificate'),
    'CLIENT_CERTIFICATE_REFUSED',
    `${at} refused the client certificate: X, "expired certificate".`,
  ],
  [
    fault('tls', 'X', 'certificate unknown'),
    'CLIENT_CERTIFICATE_REFUSED',
    `${at} refused the client certificate: X, "certificate unknown".`,
  ],
  [
    fault('tls', 'X', 'alert unknown CA'),
    'CLIENT_CERTIFICATE_REFUSED',
    `${at} refused the client certificate: X, "alert unknown CA".`,
  ],
  ...[
    'revoked certificate',
    'unsupported certificate',
    'certificate expired',
    'certificate revoked',
    'Alert Unknown CA',
  ].map((message): [Fault, Code, string] => [
    fault('tls', 'X', message),
    'CLIENT_CERTIFICATE_REFUSED',
    `${at} refused the client certificate: X, "${message}".`,
  ]),
  ...['unknown protocol', 'record layer failure'].map((message): [Fault, Code, string] => [
    fault('tls', 'X', message),
    'TLS_NOT_TLS',
    `${at} does not speak TLS: it answered the handshake with something else.`,
  ]),
  [
    fault('tls', 'X', 'certificate required'),
    'MTLS_REQUIRED',
    `${at} ended the connection because no client certificate was sent (X).`,
  ],
  [
    fault('tls', 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'),
    'MTLS_REQUIRED',
    `${at} ended the connection because no client certificate was sent (ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED).`,
  ],
  [
    fault('tls', 'X', 'wrong version number'),
    'TLS_NOT_TLS',
    `${at} does not speak TLS: it answered the handshake with something else.`,
  ],
  [
    fault('tls', 'X', 'packet length too long'),
    'TLS_NOT_TLS',
    `${at} does not speak TLS: it answered the handshake with something else.`,
  ],
  [
    fault('tls', 'X', 'http request'),
    'TLS_NOT_TLS',
    `${at} does not speak TLS: it answered the handshake with something else.`,
  ],
  [fault('tls', 'X'), 'TLS_FAILED', `The TLS handshake with ${at} failed: X, "why".`],
  [fault('tcp', 'ECONNREFUSED'), 'TCP_REFUSED', `Nothing listens at ${at}: the connection was refused.`],
  [fault('tcp', 'ETIMEDOUT'), 'TCP_TIMEOUT', `${at} does not answer connection attempts at all.`],
  [fault('tcp', 'EHOSTUNREACH'), 'TCP_UNREACHABLE', `There is no route to ${at} (EHOSTUNREACH).`],
  [fault('tcp', 'ENETUNREACH'), 'TCP_UNREACHABLE', `There is no route to ${at} (ENETUNREACH).`],
  [fault('tcp', 'EADDRNOTAVAIL'), 'TCP_UNREACHABLE', `There is no route to ${at} (EADDRNOTAVAIL).`],
  [fault('headers', 'HPE_HEADER_OVERFLOW'), 'HEADERS_TOO_BIG', `${at} sent more than 16 KiB of response headers.`],
  [fault('headers', 'UNASKED_UPGRADE', 'an upgrade'), 'NOT_HTTP', `${at} answered with an upgrade.`],
  [
    fault('headers', 'HPE_INVALID_CONSTANT'),
    'NOT_HTTP',
    `${at} answered with something that is not HTTP/1.1 (HPE_INVALID_CONSTANT).`,
  ],
  [fault('headers', 'ECONNRESET'), 'CONN_RESET', `${at} closed the connection before it answered.`],
  [fault('headers', 'EPIPE'), 'CONN_RESET', `${at} closed the connection before it answered.`],
  [fault('body', 'EX'), 'CONN_FAILED', `The connection to ${at} failed in the body phase: EX, "why".`],
  [
    fault('tls', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
    'TLS_UNTRUSTED',
    `The certificate of ${at} is not trusted (UNABLE_TO_VERIFY_LEAF_SIGNATURE).`,
  ],
  ...[
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'CERT_UNTRUSTED',
    'CERT_REJECTED',
    'CERT_CHAIN_TOO_LONG',
    'INVALID_CA',
    'CERT_REVOKED',
    'CERT_SIGNATURE_FAILURE',
  ].map((code): [Fault, Code, string] => [
    fault('tls', code, 'why', { certificate }),
    'TLS_UNTRUSTED',
    `The certificate of ${at} is not trusted (${code}): the authority at the end of its chain is not a public one; it is ${described}.`,
  ]),
  [
    fault('tls', 'CERT_UNTRUSTED', '', { certificate: { ...certificate, isSelfSigned: true } }),
    'TLS_UNTRUSTED',
    `The certificate of ${at} is not trusted (CERT_UNTRUSTED): it is self-signed; it is ${described}.`,
  ],
  [
    fault('tls', 'CERT_UNTRUSTED', '', { certificate: { ...certificate, hasIssuer: false } }),
    'TLS_UNTRUSTED',
    `The certificate of ${at} is not trusted (CERT_UNTRUSTED): the server sends only this one, without the certificate of its issuer, and the runner does not know that issuer; it is ${described}.`,
  ],
  [
    fault('tls', 'ERR_TLS_CERT_ALTNAME_INVALID', 'why', { certificate }),
    'TLS_NAME',
    `The certificate of ${at} is ${described}; you asked mcp.example.com.`,
  ],
  [fault('tls', 'HOSTNAME_MISMATCH'), 'TLS_NAME', `The certificate of ${at} is for another name: "why".`],
  [
    fault('tls', 'ERR_TLS_CERT_ALTNAME_INVALID', 'why', {
      certificate: { ...certificate, names: [], validTo: new Date(Number.NaN) },
    }),
    'TLS_NAME',
    `The certificate of ${at} is for no name, issued by "Some CA", valid from 2026-01-01 10:00 UTC to no date; you asked mcp.example.com.`,
  ],
  [
    fault('tls', 'ERR_TLS_CERT_ALTNAME_INVALID', 'why', { certificate: { ...certificate, names: [...'abcdefg'] } }),
    'TLS_NAME',
    `The certificate of ${at} is for a, b, c, d, e and 2 more, issued by "Some CA", valid from 2026-01-01 10:00 UTC to 2026-02-01 11:00 UTC; you asked mcp.example.com.`,
  ],
])('a fault: %o', (given, code, sentence) => {
  expect(readOutcome(given, context)).toEqual({
    answered: false,
    code,
    sentence,
  })
})

test('a certificate that is not valid now is described with the clock of the runner', () => {
  const expired = readOutcome(fault('tls', 'CERT_HAS_EXPIRED', '', { certificate }), context)
  expect(expired).toMatchObject({
    code: 'TLS_EXPIRED',
    sentence: expect.stringMatching(
      /^The certificate of mcp\.example\.com:443 expired on 2026-02-01 11:00 UTC \(the clock of the runner shows .* UTC\); it is for a\.example/,
    ),
  })
  expect(readOutcome(fault('tls', 'CERT_NOT_YET_VALID', '', { certificate }), context)).toMatchObject({
    sentence: expect.stringMatching(/443 is not valid before 2026-01-01 10:00 UTC \(/),
  })
  expect(readOutcome(fault('tls', 'CERT_HAS_EXPIRED'), context)).toMatchObject({
    sentence: expect.stringMatching(/443 expired \(.*\)\.$/),
  })
  expect(readOutcome(fault('tls', 'CERT_NOT_YET_VALID'), context)).toMatchObject({
    sentence: expect.stringMatching(/443 is not valid yet \(.*\)\.$/),
  })
})

test('the address of a fault has the port of its scheme, a port of its own, and the place that mcp-connect-to names', () => {
  const sentence = (url: string, more: Partial<Fault> = {}) => {
    const parsed = readOutcome(fault('tcp', 'ECONNREFUSED', '', more), { ...context, url: new URL(url) })
    return !parsed.answered && parsed.sentence
  }
  expect(sentence('http://h/')).toContain('at h:80:')
  expect(sentence('https://h/')).toContain('at h:443:')
  expect(sentence('https://h:8443/')).toContain('at h:8443:')
  expect(sentence('https://h/', { connectTo: '10.0.0.1:1' } as Partial<Fault>)).toContain(
    'at h:443 (by mcp-connect-to 10.0.0.1:1):',
  )
})

test('a port that speaks TLS behind a URL with http is named, with its certificate', () => {
  const url = new URL('http://mcp.example.com/mcp')
  expect(readOutcome(fault('headers', 'X', '', { certificate }), { ...context, url })).toMatchObject({
    code: 'PORT_SPEAKS_TLS',
    sentence: `mcp.example.com:80 is a TLS port (its certificate is ${described}), and the URL has http.`,
  })
  expect(readOutcome(fault('headers', 'X', ''), { ...context, url })).toMatchObject({ code: 'CONN_FAILED' })
  expect(readOutcome(fault('headers', 'X', '', { certificate }), context)).toMatchObject({ code: 'CONN_FAILED' })
})

test('a connection that was reset beside a client certificate may be the refusal of it', () => {
  const withOne = readOutcome(fault('headers', 'ECONNRESET'), { ...context, hasClientCertificate: true })
  expect(withOne).toMatchObject({
    fix: expect.stringMatching(/when they refuse the certificate of mcp-client-cert\.$/),
  })
})

test('a request that our own deadline cut is marked, an answer is not', () => {
  expect(readOutcome(fault('tcp', 'DEADLINE', '', { isCut: true }), context)).toMatchObject({ isCut: true })
  const body = '{"jsonrpc":"2.0","id":1,"result":{}}'
  const answer = reply(200, body, { 'content-type': 'application/json' }, { isCut: true } as Partial<Reply>)
  expect(readOutcome(answer, context)).toEqual({ answered: true, result: {} })
})

describe('a status', () => {
  const elb = { server: 'awselb/2.0' }
  const html = { 'content-type': 'text/html' }
  const rpc = (code: number, message: string) => JSON.stringify({ jsonrpc: '2.0', id: 1, error: { code, message } })
  test.each<[number, string, Record<string, string>, Code, Partial<RequestContext>?]>([
    [301, '', { location: 'https://other/' }, 'REDIRECT'],
    [399, '', {}, 'REDIRECT'],
    [100, '', {}, 'HTTP_4XX'],
    [400, 'The plain HTTP request was sent to HTTPS port', {}, 'PORT_SPEAKS_TLS'],
    [400, 'Client sent an HTTP request to an HTTPS server.', {}, 'PORT_SPEAKS_TLS'],
    [400, 'No required SSL certificate was sent', {}, 'MTLS_REQUIRED'],
    [400, 'The SSL certificate error', {}, 'MTLS_REQUIRED'],
    [400, 'must accept both', {}, 'HTTP_406'],
    [400, '<p>must accept both</p>', {}, 'HTTP_400'],
    [400, 'must accept both', html, 'HTTP_400'],
    [400, 'acceptance', {}, 'HTTP_400'],
    [400, `${' '.repeat(2_000)}accept`, {}, 'HTTP_400'],
    [400, rpc(-32000, 'Not Acceptable: Client must accept both'), {}, 'HTTP_406'],
    [400, rpc(-32600, 'bad'), {}, 'RPC_REFUSED'],
    [400, 'bad', {}, 'HTTP_400'],
    [401, 'csrf token', {}, 'HTTP_403'],
    [403, 'CSRF token', {}, 'HTTP_403'],
    [401, '{"message":"Forbidden"}', {}, 'AWS_SIGNATURE_REFUSED', { isSigned: true }],
    [401, '{"message":"Forbidden"}', {}, 'AUTH_BARE_401'],
    [401, 'no', {}, 'AUTH_BARE_401', { isSigned: true }],
    [403, '', { 'www-authenticate': 'Bearer error="insufficient_scope"' }, 'AUTH_SCOPE'],
    [403, 'wrong host', {}, 'HOST_REJECTED'],
    [403, '<p>wrong host</p>', {}, 'WAF_403'],
    [403, rpc(-32000, 'wrong host'), {}, 'HOST_REJECTED'],
    [403, '{"message": "User: x is not authorized"}', {}, 'AWS_FORBIDDEN'],
    [403, '{"message": "The request signature differs"}', {}, 'AWS_SIGNATURE_REFUSED', { isSigned: true }],
    [403, '', { 'x-amzn-errortype': 'X' }, 'AWS_FORBIDDEN'],
    [403, '', elb, 'WAF_403'],
    [403, 'no', html, 'WAF_403'],
    [403, 'no', {}, 'HTTP_403'],
    [403, 'no <b>entry</b>', {}, 'HTTP_403'],
    [404, '', elb, 'ALB_404'],
    [404, rpc(-32601, 'Method not found'), {}, 'RPC_REFUSED'],
    [404, rpc(-32601, 'Method not found'), elb, 'ALB_404'],
    [404, '', {}, 'PATH_404'],
    [405, '', {}, 'HTTP_405'],
    [406, '', {}, 'HTTP_406'],
    [413, '', {}, 'HTTP_413'],
    [415, '', {}, 'HTTP_415'],
    [421, '', {}, 'HOST_REJECTED'],
    [429, '', {}, 'RATE_LIMITED'],
    [502, '', elb, 'ALB_502'],
    [503, '', elb, 'ALB_503'],
    [504, '', elb, 'ALB_504'],
    [502, '', { server: 'my awselb' }, 'SERVER_ERROR'],
    [500, '', elb, 'SERVER_ERROR'],
    [500, rpc(-32603, 'x'), {}, 'RPC_ERROR'],
    [500, '', {}, 'SERVER_ERROR'],
    [499, '', {}, 'HTTP_4XX'],
    [499, 'Task group is not initialized', {}, 'HTTP_4XX'],
  ])('%i %j %j: %s', (status, body, headers, code, more = {}) => {
    const parsed = readOutcome(reply(status, body, headers), { ...context, ...more })
    expect(parsed).toMatchObject({ answered: false, code, status })
    const isLifespan = !parsed.answered && /lifespan/.test(parsed.fix ?? '')
    expect(isLifespan).toBe(false)
  })

  test('has what the server says, and where it redirects to', () => {
    const sentenceOf = (given: Reply) => {
      const parsed = readOutcome(given, context)
      return !parsed.answered && parsed.sentence
    }
    const address = 'https://mcp.example.com/mcp'
    expect(sentenceOf(reply(307, '', { location: 'https://other/' }))).toBe(
      `${address} answered HTTP 307 and redirects to "https://other/".`,
    )
    expect(sentenceOf(reply(307, ''))).toBe(`${address} answered HTTP 307 and redirects to nowhere.`)
    expect(sentenceOf(reply(500, rpc(-32603, 'x')))).toContain('JSON-RPC -32603 "x"')
    expect(sentenceOf(reply(429, '', { 'retry-after': '2' }))).toMatch(/ It requests a wait of 2 s\.$/)
    expect(sentenceOf(reply(429, ''))).not.toContain('requests a wait')
    expect(sentenceOf(reply(403, '', { 'www-authenticate': 'Bearer error="insufficient_scope"' }))).toContain(
      'WWW-Authenticate: "Bearer error=',
    )
    expect(sentenceOf(reply(421, ''))).toMatch(/^The server refuses the host name mcp\.example\.com: https:/)
    expect(sentenceOf(reply(400, 'plain HTTP request was sent to HTTPS port'))).toBe(
      `${address} is a TLS port, and the URL has http.`,
    )
  })

  test('of success answers a notification, and not a request whose body is no JSON', () => {
    const { id: _, ...notification } = context
    expect(readOutcome(reply(202, 'anything'), notification)).toEqual({ answered: true, result: {} })
    expect(readOutcome(reply(200, 'anything'), context)).toMatchObject({ answered: false, status: 200 })
    expect(
      readOutcome(reply(200, 'anything', { 'content-type': 'application/json', 'content-encoding': 'zstd9' }), context),
    ).toMatchObject({
      code: 'BODY_ENCODING',
      status: 200,
      sentence: 'https://mcp.example.com/mcp sent a body that does not decode as Content-Encoding "zstd9".',
    })
  })
})
