/**
 * The gate against a laboratory of broken endpoints: each fault has its own code, named at once when it is final;
 * and its behaviour over time: waiting, flapping, counting rounds, and what it logs and never shows.
 */
import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { createServer as createTcpServer } from 'node:net'
import tls from 'node:tls'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { InputError } from '../../src/errors.ts'
import { type Code, codes } from '../../src/gate/codes.ts'
import type { GateReport, GateRequest } from '../../src/gate/gate.ts'
import type { GateTimes } from '../../src/gate/times.ts'
import { authority, events, faulty, mcpLike, reply, tool } from '../support/mcp/faults.ts'
import { droppingListener, type Listening, listen, listenHttp } from '../support/mcp/listen.ts'
import { quickGate as gate } from '../support/mcp/quick-gate.ts'
import { v1HttpSse, v1Stateful, v1StatefulApp, v1Stateless, v2 } from '../support/mcp/servers.ts'

const LONG = 60_000

const request = (endpoint: string, more: Partial<GateRequest> = {}): GateRequest => ({
  endpoint,
  require: 'any',
  transport: 'auto',
  headers: {},
  tools: [],
  rounds: 1,
  timeoutMs: 0,
  ...more,
})

const quiet = (): void => {}

const GZIP_BOMB = gzipSync(Buffer.alloc(64 << 20))
const BROTLI_BOMB = brotliCompressSync(Buffer.alloc(64 << 20), { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } })

async function codeOf(
  url: string,
  more: Partial<GateRequest> = {},
  times: Partial<GateTimes> = {},
): Promise<string | undefined> {
  return (await gate(request(url, more), quiet, times)).failure?.code
}

const html = (text: string) => `<html><head><title>${text}</title></head><body>${text}</body></html>`
const awselb = { server: 'awselb/2.0' }

/** The same reply to every request. */
const always = (status: number, type: string, body: string | Buffer, headers = {}) =>
  faulty((_asked, _req, res) => reply(res, status, type, body, headers))

/** A good server whose reply to one method is replaced. */
const but = (method: string, status: number, type: string, body: string, headers = {}) =>
  faulty(mcpLike({ on: { [method]: (_asked, _req, res) => reply(res, status, type, body, headers) } }))

/** A good server whose initialize is answered by these server-sent events. */
const stream = (text: (id: number) => string, end = true) =>
  faulty(mcpLike({ on: { initialize: (asked, _req, res) => events(res, text(asked?.id ?? 0), end) } }))

const initialized = (id: unknown) =>
  JSON.stringify({
    jsonrpc: '2.0',
    id,
    result: { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name: 'lab', version: '1' } },
  })

const rpcError = (code: number, message: string, data?: unknown) =>
  JSON.stringify({ jsonrpc: '2.0', id: 1, error: { code, message, data } })

const raw = (bytes: string | Buffer) =>
  listen(createTcpServer(socket => void socket.once('data', () => socket.end(bytes))))

/** Every fault that an HTTP endpoint can show, and the code that names it. */
const FAULTS: [string, Code, () => Promise<Listening>, Partial<GateRequest>?][] = [
  [
    'connection closed without a reply',
    'CONN_RESET',
    () => listen(createTcpServer(s => void s.once('data', () => s.destroy()))),
  ],
  ['not HTTP', 'NOT_HTTP', () => raw('SSH-2.0-OpenSSH_9.6\r\n')],
  ['502 of the load balancer', 'ALB_502', () => always(502, 'text/html', html('502 Bad Gateway'), awselb)],
  ['503 of the load balancer', 'ALB_503', () => always(503, 'text/html', html('503'), awselb)],
  ['504 of the load balancer', 'ALB_504', () => always(504, 'text/html', html('504'), awselb)],
  ['404 of the load balancer', 'ALB_404', () => always(404, 'text/plain', 'Not Found', awselb)],
  ['404 of the application', 'PATH_404', () => always(404, 'text/html', '<pre>Cannot POST /mcp</pre>')],
  ['400 without a reason', 'HTTP_400', () => always(400, 'text/plain', 'no')],
  [
    '400 of a TLS port',
    'PORT_SPEAKS_TLS',
    () => always(400, 'text/html', html('The plain HTTP request was sent to HTTPS port')),
  ],
  ['405', 'HTTP_405', () => always(405, '', '')],
  ['406', 'HTTP_406', () => always(406, 'text/plain', 'no')],
  ['413', 'HTTP_413', () => always(413, 'text/plain', 'no')],
  ['415', 'HTTP_415', () => always(415, 'text/plain', 'no')],
  ['418', 'HTTP_4XX', () => always(418, 'text/plain', 'teapot')],
  ['429', 'RATE_LIMITED', () => always(429, 'text/plain', 'slow down', { 'retry-after': '7' })],
  ['500', 'SERVER_ERROR', () => always(500, 'text/html', html('Internal Server Error'))],
  ['503 of the application', 'SERVER_ERROR', () => always(503, 'text/plain', 'starting')],
  [
    '401 with a challenge',
    'AUTH_REQUIRED',
    () => always(401, '', '', { 'www-authenticate': 'Bearer resource_metadata="http://x/"' }),
  ],
  ['401 without a challenge', 'AUTH_BARE_401', () => always(401, 'application/json', '{"error":"unauthorized"}')],
  [
    '403 for want of a scope',
    'AUTH_SCOPE',
    () => always(403, '', '', { 'www-authenticate': 'Bearer error="insufficient_scope"' }),
  ],
  ['403 of a firewall', 'WAF_403', () => always(403, 'text/html', html('403 Forbidden'), awselb)],
  ['403 of the application', 'HTTP_403', () => always(403, 'text/plain', 'forbidden')],
  [
    '403 for the host name',
    'HOST_REJECTED',
    () => always(403, 'application/json', rpcError(-32000, 'Invalid Host: mcp.example.com')),
  ],
  ['421', 'HOST_REJECTED', () => always(421, 'text/plain', 'Invalid Host header')],
  ['301 to https', 'REDIRECT', () => always(301, '', '', { location: 'https://127.0.0.1:443/mcp' })],
  ['302 within the origin', 'REDIRECT', () => always(302, '', '', { location: '/login' })],
  ['307 in a circle', 'REDIRECT', () => always(307, '', '', { location: '/mcp' })],
  ['a web page', 'HTML_PAGE', () => always(200, 'text/html', html('My SPA'))],
  ['plain text', 'CONTENT_TYPE', () => always(200, 'text/plain', 'ok')],
  ['an empty 200', 'EMPTY_200', () => always(200, '', '')],
  ['JSON that is not JSON', 'NOT_JSON', () => always(200, 'application/json', '{"jsonrpc":')],
  ['a health endpoint', 'NOT_JSONRPC', () => always(200, 'application/json', '{"status":"ok"}')],
  [
    'a static protocolVersion',
    'NOT_JSONRPC',
    () => always(200, 'application/json', '{"result":{"protocolVersion":"2024-11-05"}}'),
  ],
  [
    'a JSON-RPC error',
    'RPC_ERROR',
    () => but('initialize', 200, 'application/json', rpcError(-32603, 'DB connection failed')),
  ],
  [
    'a JSON-RPC refusal',
    'RPC_REFUSED',
    () => but('initialize', 400, 'application/json', rpcError(-32602, 'Invalid params')),
  ],
  ['the id of another request', 'WRONG_ID', () => but('initialize', 200, 'application/json', initialized(999))],
  ['no serverInfo', 'BAD_INIT_RESULT', () => faulty(mcpLike({ initialize: { serverInfo: undefined } }))],
  ['no capabilities', 'BAD_INIT_RESULT', () => faulty(mcpLike({ initialize: { capabilities: undefined } }))],
  ['an unknown version', 'NO_COMMON_VERSION', () => faulty(mcpLike({ initialize: { protocolVersion: '2023-01-01' } }))],
  ['202 to initialize', 'ACCEPTED_NO_REPLY', () => but('initialize', 202, '', '')],
  ['an event stream closed at once', 'SSE_EMPTY', () => stream(() => '')],
  ['keep-alives and the end', 'SSE_EMPTY', () => stream(() => ': ping\n\n: ping\n\n')],
  ['an event without its blank line', 'SSE_TRUNCATED', () => stream(id => `data: ${initialized(id)}`)],
  ['an event that is not JSON', 'SSE_BAD_JSON', () => stream(() => 'data: {"jsonrpc"\n\n')],
  ['an event that is not JSON, stream open', 'SSE_BAD_JSON', () => stream(() => 'data: {"jsonrpc"\n\n', false)],
  [
    'an answer under a foreign event name',
    'SSE_EVENT_NAME',
    () => stream(id => `event: response\ndata: ${initialized(id)}\n\n`),
  ],
  ['the id of another request in a stream', 'WRONG_ID', () => stream(() => `data: ${initialized(7)}\n\n`, false)],
  [
    'a body cut short',
    'BODY_TRUNCATED',
    () => raw('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{"jsonrpc":"2.0"'),
  ],
  [
    'a complete body shorter than announced',
    'BODY_TRUNCATED',
    () => raw(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n${initialized(1)}`),
  ],
  [
    'a chunk that is no chunk',
    'BODY_TRUNCATED',
    () => raw('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}'),
  ],
  ['a large body', 'BODY_TOO_BIG', () => always(200, 'application/json', Buffer.alloc(5 << 20, ' '))],
  ['a gzip bomb', 'BODY_TOO_BIG', () => always(200, 'application/json', GZIP_BOMB, { 'content-encoding': 'gzip' })],
  ['a brotli bomb', 'BODY_TOO_BIG', () => always(200, 'application/json', BROTLI_BOMB, { 'content-encoding': 'br' })],
  [
    'gzip that is not gzip',
    'BODY_ENCODING',
    () => always(200, 'application/json', '{}', { 'content-encoding': 'gzip' }),
  ],
  ['an unknown encoding', 'BODY_ENCODING', () => always(200, 'application/json', '{}', { 'content-encoding': 'zpaq' })],
  [
    'tools/list with an error',
    'RPC_ERROR',
    () => but('tools/list', 200, 'application/json', rpcError(-32000, 'registry down').replace('"id":1', '"id":2')),
  ],
  ['tools/list with a 500', 'SERVER_ERROR', () => but('tools/list', 500, 'text/html', html('oops'))],
  ['no capability at all', 'NO_TOOLS_CAPABILITY', () => faulty(mcpLike({ initialize: { capabilities: {} } }))],
  [
    'prompts alone where a tool is expected',
    'NO_TOOLS_CAPABILITY',
    () => faulty(mcpLike({ initialize: { capabilities: { prompts: {} } } })),
    { tools: ['x'] },
  ],
  ['a missing tool', 'TOOL_MISSING', () => faulty(mcpLike()), { tools: ['search'] }],
  ['a tool without a schema', 'BAD_TOOLS', () => faulty(mcpLike({ tools: { tools: [{ name: 'x' }] } }))],
  ['nextCursor null', 'BAD_TOOLS', () => faulty(mcpLike({ tools: { tools: [], nextCursor: null } }))],
  [
    'a cursor that returns',
    'PAGINATION_LOOP',
    () => faulty(mcpLike({ tools: { tools: [tool('a')], nextCursor: 'again' } })),
  ],
  [
    'a list without end',
    'PAGINATION_LOOP',
    () => faulty(mcpLike({ tools: cursor => ({ tools: [], nextCursor: `${cursor}+` }) })),
  ],
  [
    'a session lost by 404',
    'SESSION_LOST',
    () =>
      faulty(
        mcpLike({
          session: 's1',
          on: {
            'tools/list': (_a, _q, res) => reply(res, 404, 'application/json', rpcError(-32001, 'Session not found')),
          },
        }),
      ),
  ],
  [
    'modern alone where legacy must pass',
    'LEGACY_CLIENTS_LOCKED_OUT',
    () => v2({ legacy: 'reject' }),
    { require: 'both' },
  ],
  ['legacy alone where modern must pass', 'MODERN_ABSENT', () => v1Stateless(), { require: 'modern' }],
  [
    'an endpoint event for another origin',
    'SSE_FOREIGN_ENDPOINT',
    () => faulty((_a, _q, res) => events(res, 'event: endpoint\ndata: http://127.0.0.2/x\n\n', false)),
    { transport: 'sse' },
  ],
  [
    'a stream without an endpoint event',
    'SSE_NO_ENDPOINT',
    () => faulty((_a, _q, res) => events(res, ': hello\n\n')),
    { transport: 'sse' },
  ],
]

describe('each fault has its own code', () => {
  it.concurrent.each(FAULTS)('%s: %s', { timeout: LONG }, async (_name, code, start, more) => {
    await using server = await start()
    // A final code ends the gate by itself, so its server may take its time on a busy machine.
    const timeoutMs = codes[code].final ? 30_000 : 0
    const report = await gate(request(`${server.url}/mcp`, { timeoutMs, ...more }), quiet, {
      doubtfulStreamTimeoutMs: 50,
    })
    // The fix of a refused host name is the setting of the framework that refuses it.
    const fix = code === 'HOST_REJECTED' ? expect.stringContaining('public host name') : codes[code].fix
    expect(report.failure).toMatchObject({ code, remedy: codes[code].remedy, fix })
    expect(report.passed).toBe(false)
    expect(report.rounds.at(-1)?.verdict).toBe(code)
    if (codes[code].final) expect(report.rounds).toHaveLength(1)
  })

  it('ends at once, whatever the deadline, when the code is final', { timeout: LONG }, async () => {
    await using server = await always(404, 'text/plain', 'nothing here')
    const report = await gate(request(`${server.url}/mcp`, { timeoutMs: 3_600_000 }), quiet)
    expect(report.failure?.code).toBe('PATH_404')
    expect(report.rounds).toHaveLength(1)
  })
})

describe('below HTTP', () => {
  it('tells a name that does not exist from a port nobody listens on', { timeout: LONG }, async () => {
    expect(await codeOf('http://gate-test.invalid/mcp')).toMatch(/^DNS_/)
    const gone = await listenHttp(quiet)
    await gone[Symbol.asyncDispose]()
    expect(await codeOf(`${gone.url}/mcp`)).toBe('TCP_REFUSED')
  })

  it('names what is wrong with a certificate, whose it is, who issued it and how long it holds', {
    timeout: LONG,
  }, async () => {
    await using lab = await authority()
    let requests = 0
    const serve = (certificate: { key: Buffer; cert: Buffer | string }) =>
      listen(
        createHttpsServer(certificate, (_req, res) => {
          requests++
          res.end()
        }),
        'https',
      )
    const describeFailure = async (server: Listening, url = `${server.url}/mcp`) => {
      const { failure, rounds } = await gate(request(url, { timeoutMs: 3_600_000, headers: { 'X-Key': 'k3y' } }), quiet)
      expect(rounds).toHaveLength(1)
      return `${failure?.code}: ${failure?.sentence}`
    }
    const date = '\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC'
    const whole = (names: string, issuer: string) =>
      `for ${names}, issued by "${issuer}", valid from ${date} to ${date}`
    await using self = await serve(await lab.selfSigned('127.0.0.1'))
    await using strange = await serve(await lab.issue('127.0.0.1'))
    expect(await describeFailure(self)).toMatch(
      new RegExp(
        `^TLS_UNTRUSTED: .*DEPTH_ZERO_SELF_SIGNED_CERT.*: it is self-signed; it is ${whole('127.0.0.1', '127.0.0.1')}`,
      ),
    )
    expect(await describeFailure(strange)).toMatch(
      new RegExp(`^TLS_UNTRUSTED: .*${whole('127.0.0.1', 'Lab Authority')}`),
    )
    const trusted = tls.getCACertificates('default')
    tls.setDefaultCACertificates([...trusted, lab.cert.toString()])
    try {
      await using other = await serve(await lab.issue('mcp.example.com'))
      await using old = await serve(await lab.issue('127.0.0.1', -1, -3))
      await using early = await serve(await lab.issue('127.0.0.1', 3, 1))
      const through = await lab.issueThrough('127.0.0.1')
      await using incomplete = await serve(through)
      await using complete = await serve({ ...through, cert: `${through.cert}${through.chain}` })
      expect(await describeFailure(other)).toMatch(
        new RegExp(`^TLS_NAME: .* is ${whole('mcp.example.com', 'Lab Authority')}; you asked 127.0.0.1`),
      )
      expect(await describeFailure(old)).toMatch(
        new RegExp(
          `^TLS_EXPIRED: .* expired on ${date} .*clock of the runner shows ${date}.*${whole('127.0.0.1', 'Lab Authority')}`,
        ),
      )
      expect(await describeFailure(early)).toMatch(new RegExp(`^TLS_EXPIRED: .* is not valid before ${date}`))
      expect(await describeFailure(incomplete)).toMatch(
        /^TLS_UNTRUSTED: .*without the certificate of its issuer.*Lab Intermediate/,
      )
      // Not one byte of HTTP was sent to a server whose certificate is not right.
      expect(requests).toBe(0)
      expect(await codeOf(`${complete.url}/mcp`)).toBe('EMPTY_200')
      const plain = `${complete.url.replace('https', 'http')}/mcp`
      expect(await describeFailure(complete, plain)).toMatch(
        new RegExp(`^PORT_SPEAKS_TLS: .*${whole('127.0.0.1', 'Lab Intermediate')}`),
      )
    } finally {
      tls.setDefaultCACertificates(trusted)
    }
  })

  it('a listener that drops connection attempts is TCP_TIMEOUT', { timeout: LONG }, async () => {
    await using full = await droppingListener()
    const { failure } = await gate(request(`http://127.0.0.1:${full.port}/mcp`), quiet, { minPhaseTimeoutMs: 200 })
    expect(failure).toMatchObject({
      code: 'TCP_TIMEOUT',
      sentence: `127.0.0.1:${full.port} does not answer connection attempts at all.`,
    })
  })

  it('an IPv6 address is asked and named as one', { timeout: LONG }, async () => {
    const server = createHttpServer((_q, res) => void res.writeHead(418).end())
    await new Promise<void>(resolve => server.listen(0, '::1', resolve))
    const { port } = server.address() as { port: number }
    const { failure } = await gate(request(`http://[::1]:${port}/mcp`), quiet)
    expect(failure).toMatchObject({ code: 'HTTP_4XX', sentence: expect.stringContaining(`http://[::1]:${port}/mcp`) })
    await new Promise(resolve => server.close(resolve))
    expect(await codeOf(`http://[::1]:${port}/mcp`)).toBe('TCP_REFUSED')
  })

  it('tells a port without TLS from one that never answers the handshake', { timeout: LONG }, async () => {
    await using plain = await listenHttp((_req, res) => void res.end())
    await using mute = await listen(createTcpServer(quiet))
    expect(await codeOf(`${plain.url.replace('http', 'https')}/mcp`)).toBe('TLS_NOT_TLS')
    expect(await codeOf(`${mute.url.replace('http', 'https')}/mcp`, {}, { minPhaseTimeoutMs: 200 })).toBe('TLS_TIMEOUT')
  })

  it('stops a server that accepts and never answers, a silent stream and a dripping body', {
    timeout: LONG,
  }, async () => {
    await using mute = await listen(createTcpServer(quiet))
    await using silent = await stream(() => ': keep-alive\n\n', false)
    await using drip = await faulty(
      mcpLike({
        on: { initialize: (_a, _q, res) => void res.writeHead(200, { 'content-type': 'application/json' }).write('{') },
      }),
    )
    const failureCodes = await Promise.all(
      [mute, silent, drip].map(server =>
        codeOf(`${server.url}/mcp`, {}, { minPhaseTimeoutMs: 200, confirmationTimeoutMs: 100 }),
      ),
    )
    expect(failureCodes).toEqual(['HEADERS_TIMEOUT', 'SSE_SILENT', 'BODY_SLOW'])
  })
})

describe('eras', () => {
  it('passes a server of both eras and reports what it negotiated', { timeout: LONG }, async () => {
    await using server = await v2()
    const report = await gate(
      request(`${server.url}/mcp`, { require: 'both', tools: ['search_docs'], rounds: 3, timeoutMs: 30_000 }),
      quiet,
    )
    expect(report).toMatchObject({
      passed: true,
      protocolVersions: ['2026-07-28', '2025-11-25'],
      tools: ['fetch_page', 'search_docs'],
      serverInfo: { name: 'real-v2', version: '2.3.4' },
      warnings: [],
    })
    expect(report.failure).toBeUndefined()
    expect(report.rounds.map(round => round.verdict)).toEqual(['green', 'green', 'green'])
    expect(report.latencyMs).toBeGreaterThan(0)
  })

  it('passes a modern server for `any`, and warns that legacy clients are locked out', { timeout: LONG }, async () => {
    await using server = await v2({ legacy: 'reject' })
    const report = await gate(request(`${server.url}/mcp`), quiet)
    expect(report.passed).toBe(true)
    expect(report.eras.legacy.failure?.code).toBe('LEGACY_CLIENTS_LOCKED_OUT')
    expect(report.warnings).toEqual([expect.stringContaining('LEGACY_CLIENTS_LOCKED_OUT')])
  })

  it('calls the modern era of an SDK 1 server absent', { timeout: LONG }, async () => {
    await using server = await v1Stateful()
    const report = await gate(request(`${server.url}/mcp`, { require: 'legacy' }), quiet)
    expect(report).toMatchObject({
      passed: true,
      eras: { modern: { verdict: 'absent' }, legacy: { verdict: 'passed', protocolVersion: '2025-11-25' } },
    })
    expect(report.warnings).toEqual([])
  })

  it('takes HTTP+SSE for `any`, and for `legacy` only when the transport says so', { timeout: LONG }, async () => {
    await using server = await v1HttpSse()
    const url = `${server.url}/sse`
    const any = await gate(request(url), quiet)
    expect(any).toMatchObject({
      passed: true,
      eras: { legacy: { verdict: 'absent' }, 'http-sse': { verdict: 'passed' } },
    })
    expect(any.warnings).toEqual([expect.stringContaining('OLD_TRANSPORT')])
    expect(await codeOf(url, { require: 'legacy' })).toBe('OLD_TRANSPORT')
    expect(await codeOf(url, { require: 'legacy', transport: 'sse' })).toBeUndefined()
    expect(await codeOf(url, { transport: 'streamable-http' })).toBe('PATH_404')
  })

  it('follows a 307 within the origin, with the headers and the body', { timeout: LONG }, async () => {
    const good = mcpLike()
    await using server = await faulty((asked, req, res) => {
      if (req.url === '/mcp') return reply(res, 307, '', '', { location: '/mcp/' })
      if (req.headers.authorization !== 'Bearer t0ken-value') return reply(res, 401, '', '')
      return good(asked, req, res)
    })
    expect(await codeOf(`${server.url}/mcp`, { headers: { Authorization: 'Bearer t0ken-value' } })).toBeUndefined()
  })

  it('collects the tools of all pages', { timeout: LONG }, async () => {
    const pages: Record<string, object> = {
      undefined: { tools: [tool('b')], nextCursor: '2' },
      2: { tools: [tool('a')] },
    }
    await using server = await faulty(mcpLike({ tools: cursor => pages[String(cursor)] as Record<string, unknown> }))
    expect((await gate(request(`${server.url}/mcp`), quiet)).tools).toEqual(['a', 'b'])
  })

  it('resumes a stream that the server closed after an event id', { timeout: LONG }, async () => {
    await using server = await faulty(
      mcpLike({
        on: {
          initialize: (_asked, _req, res) => events(res, 'id: e1\nretry: 10\ndata:\n\n'),
          GET: (_asked, req, res) => {
            if (req.headers['last-event-id'] !== 'e1') return reply(res, 405, '', '')
            events(res, `id: e2\ndata: ${initialized(1)}\n\n`)
          },
        },
      }),
    )
    expect(await codeOf(`${server.url}/mcp`)).toBeUndefined()
  })
})

describe('sessions', () => {
  it('ends each session it opened', { timeout: LONG }, async () => {
    await using server = await v1Stateful()
    const report = await gate(request(`${server.url}/mcp`, { rounds: 3, timeoutMs: 30_000 }), quiet)
    expect(report.passed).toBe(true)
    expect(report.rounds[0]?.exchanges.map(({ method, status }) => `${method} ${status}`)).toContain('DELETE 200')
    expect(server.open()).toBe(0)
  })

  const tasks = (cookies: boolean) => {
    const each = [v1StatefulApp().app, v1StatefulApp().app]
    let turn = 0
    return listenHttp((req, res) => {
      const stuck = /AWSALB=(\d)/.exec(req.headers.cookie ?? '')?.[1]
      const at = cookies && stuck ? Number(stuck) : turn++ % 2
      if (cookies) res.setHeader('set-cookie', `AWSALB=${at}; Path=/`)
      each[at]?.(req, res)
    })
  }

  it('names a session lost between two tasks', { timeout: LONG }, async () => {
    await using balancer = await tasks(false)
    expect(await codeOf(`${balancer.url}/mcp`, { timeoutMs: 30_000, rounds: 3 })).toBe('SESSION_LOST')
  })

  it('names cookie stickiness, which only a client with a cookie jar would survive', { timeout: LONG }, async () => {
    await using balancer = await tasks(true)
    expect(await codeOf(`${balancer.url}/mcp`, { timeoutMs: 30_000, rounds: 3 })).toBe('SESSION_NEEDS_COOKIES')
  })

  it('sends neither cookie nor Origin, and reads no more than it lists', { timeout: LONG }, async () => {
    const methods: string[] = []
    const session = ['initialize', 'notifications/initialized', 'tools/list', 'DELETE']
    const good = mcpLike({ session: 's' })
    await using server = await faulty((asked, req, res) => {
      methods.push(
        asked?.method ?? req.method ?? '',
        ...Object.keys(req.headers).filter(name => /^(cookie|origin)$/.test(name)),
      )
      res.setHeader('set-cookie', 'a=b')
      return good(asked, req, res)
    })
    const { rounds } = await gate(request(`${server.url}/mcp`), quiet)
    expect(rounds[0]?.exchanges.map(({ step }) => step).sort()).toEqual(methods.slice(0, 6).sort())
    // The stream is opened while the tools are listed, as the clients do it, and once.
    expect(methods.slice(0, 6).filter(step => step !== 'GET')).toEqual([...session, 'server/discover'])
    expect(methods.slice(2, 4)).toContain('GET')
    const list = session.slice(2, 3)
    expect(methods.slice(6)).toEqual(
      Array(2)
        .fill([...session.slice(0, 2), ...Array(4).fill(list).flat(), ...session.slice(3)])
        .flat(),
    )
  })
})

describe('behind a load balancer', () => {
  type Handler = Parameters<typeof listenHttp>[0]

  /** Round robin over targets, as ALB does without stickiness. */
  const balance = (targets: readonly Handler[]) => {
    let turn = 0
    return listenHttp((req, res) => targets[turn++ % targets.length]?.(req, res))
  }
  const handlerOf = (answer: ReturnType<typeof mcpLike>): Handler => {
    return async (req, res) => {
      const chunks: Buffer[] = []
      for await (const chunk of req) chunks.push(chunk)
      const text = Buffer.concat(chunks).toString()
      await answer(text === '' ? undefined : JSON.parse(text), req, res)
    }
  }
  const good = handlerOf(mcpLike())
  const broken = handlerOf((_a, _q, res) => reply(res, 502, 'text/html', html('502 Bad Gateway'), awselb))
  const page = handlerOf((_a, _q, res) => reply(res, 200, 'text/html', html('My SPA')))
  /** Answers the modern era alone, as every request of it stands for itself. */
  const modernOf = async () => {
    const { createMcpHandler, McpServer } = await import('@modelcontextprotocol/server')
    const { toNodeHandler } = await import('@modelcontextprotocol/node')
    const handler = toNodeHandler(
      createMcpHandler(
        () => {
          const server = new McpServer({ name: 'modern', version: '1' })
          server.registerTool('search', {}, async () => ({ content: [] }))
          return server
        },
        { legacy: 'reject' },
      ),
    )
    return ((req, res) => void handler(req as Parameters<typeof handler>[0], res)) as Handler
  }

  it.each([2, 3, 4, 5, 7, 8])('finds the one bad target of %i, stateless', { timeout: LONG }, async n => {
    for (const bad of [broken, page]) {
      await using balancer = await balance([...Array<Handler>(n - 1).fill(good), bad])
      const report = await gate(request(`${balancer.url}/mcp`), quiet)
      expect(report.failure).toMatchObject({
        code: 'FLAPPING',
        remedy: 'wait',
        sentence: expect.stringMatching(/^FLAPPING \d\/\d: .*(ALB_502|HTML_PAGE)/),
      })
    }
  })

  it.each([2, 3, 8])('finds the one bad target of %i, modern', { timeout: LONG }, async n => {
    const modern = await modernOf()
    await using balancer = await balance([...Array<Handler>(n - 1).fill(modern), broken])
    expect(await codeOf(`${balancer.url}/mcp`)).toBe('FLAPPING')
  })

  it('passes when the bad target has gone', { timeout: LONG }, async () => {
    const targets = [good, good, broken]
    await using balancer = await balance(targets)
    const lines: string[] = []
    const running = gate(request(`${balancer.url}/mcp`, { timeoutMs: 30_000, rounds: 2 }), line => {
      lines.push(line)
      if (line.includes('502')) targets[2] = good
    })
    const report = await running
    expect(report.passed).toBe(true)
    expect(report.rounds.at(-2)?.survey).toMatchObject({ verdict: 'green', tries: 15, failed: 0 })
    expect(lines).toEqual([expect.stringMatching(/502/), expect.stringMatching(/^MCP: green/)])
  })

  it('a fault that every target has is no flapping', { timeout: LONG }, async () => {
    await using balancer = await balance([page, page])
    expect(await codeOf(`${balancer.url}/mcp`, { timeoutMs: 3_600_000 })).toBe('HTML_PAGE')
  })

  it('sessions that any target knows pass, with several lists in each', { timeout: LONG }, async () => {
    const shared = handlerOf(mcpLike({ session: 'shared' }))
    await using balancer = await balance([shared, shared, shared])
    const report = await gate(request(`${balancer.url}/mcp`), quiet)
    expect(report.passed).toBe(true)
    expect(report.rounds[0]?.survey).toMatchObject({ verdict: 'green', tries: 8 })
  })

  it('a session lost once, while tasks are exchanged, is waited out', { timeout: LONG }, async () => {
    let lists = 0
    const once = mcpLike({
      session: 's1',
      on: {
        'tools/list': (asked, _q, res) =>
          ++lists === 1
            ? reply(res, 404, 'application/json', rpcError(-32001, 'Session not found'))
            : mcpLike()(asked, _q, res),
      },
    })
    await using server = await faulty(once)
    const report = await gate(request(`${server.url}/mcp`, { timeoutMs: 30_000 }), quiet)
    expect(report.rounds.map(({ verdict }) => verdict)).toEqual(['SESSION_LOST', 'green'])
    expect(report.passed).toBe(true)
  })

  it('cookies that keep no session are not taken for stickiness', { timeout: LONG }, async () => {
    const each = [v1StatefulApp().app, v1StatefulApp().app]
    let turn = 0
    await using balancer = await listenHttp((req, res) => {
      res.setHeader('set-cookie', 'theme=dark; Path=/')
      each[turn++ % 2]?.(req, res)
    })
    expect(await codeOf(`${balancer.url}/mcp`, { timeoutMs: 30_000 })).toBe('SESSION_LOST')
  })

  it('modern whole and legacy sessions lost: passes only where modern alone is required', {
    timeout: LONG,
  }, async () => {
    const modern = await modernOf()
    const each = [v1StatefulApp().app, v1StatefulApp().app]
    let turn = 0
    await using balancer = await listenHttp((req, res) => {
      if (req.headers['mcp-method'] !== undefined) return modern(req, res)
      each[turn++ % 2]?.(req, res)
    })
    const any = await gate(request(`${balancer.url}/mcp`, { timeoutMs: 30_000 }), quiet)
    expect(any.failure).toMatchObject({ code: 'MODERN_OK_LEGACY_BROKEN', cause: 'SESSION_LOST' })
    const report = await gate(request(`${balancer.url}/mcp`, { require: 'modern' }), quiet)
    expect(report).toMatchObject({ passed: true, eras: { legacy: { failure: { code: 'SESSION_LOST' } } } })
    expect(report.warnings).toEqual([expect.stringContaining('MODERN_OK_LEGACY_BROKEN (SESSION_LOST)')])
    const both = await gate(request(`${balancer.url}/mcp`, { require: 'both', timeoutMs: 30_000 }), quiet)
    expect(both.failure).toMatchObject({
      code: 'MODERN_OK_LEGACY_BROKEN',
      cause: 'SESSION_LOST',
      remedy: codes.SESSION_LOST.remedy,
      era: 'legacy',
      sentence: expect.stringMatching(/SESSION_LOST: .*session/),
      fix: expect.stringMatching(/stateless.* set mcp-require: modern/),
    })
    expect(both.eras.legacy.failure?.code).toBe('SESSION_LOST')
  })

  it('legacy whole and modern broken: a warning for `any`, red for `both`, with the action of the cause', {
    timeout: LONG,
  }, async () => {
    await using server = await but('server/discover', 500, 'text/plain', 'no such thing')
    const any = await gate(request(`${server.url}/mcp`), quiet)
    expect(any.passed).toBe(true)
    expect(any.warnings).toEqual([expect.stringMatching(/^LEGACY_OK_MODERN_BROKEN \(DISCOVER_FAILS\): .*HTTP 500/)])
    const { failure } = await gate(request(`${server.url}/mcp`, { require: 'both' }), quiet)
    expect(failure).toMatchObject({ code: 'LEGACY_OK_MODERN_BROKEN', cause: 'DISCOVER_FAILS', remedy: 'config' })
  })

  const search = { ...tool('search'), inputSchema: { type: 'object', properties: { q: { type: 'string' } } } }
  const contract = { path: 'mcp-contract.json', tools: [search] }
  const listing = (...tools: object[]) => ({ tools: { tools } })

  it.each([
    ['TOOL_MISSING', 'stateless', { tools: ['search'] }, {}],
    ['TOOL_MISSING', 'in shared sessions', { tools: ['search'] }, { session: 'shared' }],
    ['CONTRACT_BROKEN', 'stateless', { contract }, {}],
    ['CONTRACT_BROKEN', 'in shared sessions', { contract }, { session: 'shared' }],
  ] as const)('%s of one old target of two, %s, is waited for', { timeout: LONG }, async (code, _how, more, parts) => {
    const targets = [
      handlerOf(mcpLike({ ...parts, ...listing(tool('old')) })),
      handlerOf(mcpLike({ ...parts, ...listing(search) })),
    ]
    for (const order of [targets, targets.toReversed()]) {
      await using mixture = await balance(order)
      const { failure } = await gate(request(`${mixture.url}/mcp`, more), quiet)
      expect(failure).toMatchObject({ code: 'FLAPPING', remedy: 'wait', sentence: expect.stringContaining(code) })
    }
    const draining = [...targets]
    await using balancer = await balance(draining)
    const report = await gate(request(`${balancer.url}/mcp`, { ...more, rounds: 2, timeoutMs: 30_000 }), line => {
      if (line.includes('FLAPPING')) draining.splice(0, 1)
    })
    expect(report.passed).toBe(true)
    await using old = await balance([targets[0] as Handler, targets[0] as Handler])
    const final = await gate(request(`${old.url}/mcp`, { ...more, timeoutMs: 3_600_000 }), quiet)
    expect(final.failure?.code).toBe(code)
  })

  it('a refused initialized notification is final', { timeout: LONG }, async () => {
    await using server = await but('notifications/initialized', 400, 'text/plain', 'no')
    expect(await codeOf(`${server.url}/mcp`, { timeoutMs: 3_600_000 })).toBe('HTTP_400')
  })

  it('a server that never answers server/discover is not waited for in each round', { timeout: LONG }, async () => {
    await using server = await faulty(mcpLike({ on: { 'server/discover': quiet } }))
    const times = { minDiscoverTimeoutMs: 400, minSilentDiscoverTimeoutMs: 100 }
    const report = await gate(request(`${server.url}/mcp`, { rounds: 3, timeoutMs: 60_000 }), quiet, times)
    expect(report).toMatchObject({
      passed: true,
      eras: { legacy: { verdict: 'passed' }, modern: { verdict: 'failed', failure: { code: 'HEADERS_TIMEOUT' } } },
      warnings: [expect.stringMatching(/^LEGACY_OK_MODERN_BROKEN \(HEADERS_TIMEOUT\)/)],
    })
    const waits = report.rounds.flatMap(({ exchanges }) =>
      exchanges.filter(({ step }) => step === 'server/discover').map(({ phases }) => phases.headers ?? 0),
    )
    expect(waits).toHaveLength(3)
    expect(Math.min(...waits)).toBeGreaterThan(80)
    expect(Math.max(...waits)).toBeLessThan(10_000)
  })

  it('a server that answers server/discover late is waited for when the modern era is required', {
    timeout: LONG,
  }, async () => {
    const modern = await modernOf()
    const legacy = handlerOf(mcpLike())
    await using server = await listenHttp((req, res) => {
      if (req.headers['mcp-method'] === undefined) return legacy(req, res)
      setTimeout(() => modern(req, res), req.headers['mcp-method'] === 'server/discover' ? 1000 : 0)
    })
    const times = { minDiscoverTimeoutMs: 20, samplingTimeoutMs: 500 }
    const report = await gate(request(`${server.url}/mcp`, { require: 'both', timeoutMs: 60_000 }), quiet, times)
    expect(report.failure).toBeUndefined()
    expect(report.rounds).toHaveLength(1)
  })

  it('takes a rate limit for no bad target', { timeout: LONG }, async () => {
    let calls = 0
    const answer = mcpLike()
    await using server = await faulty((asked, req, res) =>
      ++calls > 10 ? reply(res, 429, 'text/plain', 'slow down') : answer(asked, req, res),
    )
    expect(await codeOf(`${server.url}/mcp`)).toBeUndefined()
  })
})

describe('the version that answers', () => {
  it('is the expected one', { timeout: LONG }, async () => {
    await using server = await v2()
    expect(await codeOf(`${server.url}/mcp`, { require: 'both', expectVersion: '2.3.4' })).toBeUndefined()
    const { failure } = await gate(request(`${server.url}/mcp`, { expectVersion: '2.3.5' }), quiet)
    expect(failure).toMatchObject({
      code: 'OLD_REVISION',
      remedy: 'wait',
      sentence: 'The server gives version "2.3.4" of "real-v2"; "2.3.5" is expected.',
    })
  })

  it('is waited for', { timeout: LONG }, async () => {
    let version = '1'
    await using server = await faulty((asked, req, res) =>
      mcpLike({ initialize: { serverInfo: { name: 'lab', version } } })(asked, req, res),
    )
    const report = await gate(request(`${server.url}/mcp`, { expectVersion: '2', timeoutMs: 30_000 }), line => {
      if (line.includes('OLD_REVISION')) version = '2'
    })
    expect(report).toMatchObject({ passed: true, serverInfo: { version: '2' } })
  })

  it('is that of every target', { timeout: LONG }, async () => {
    let turn = 0
    await using server = await faulty((asked, req, res) => {
      const version = turn++ % 3 === 2 ? 'old' : 'new'
      return mcpLike({ initialize: { serverInfo: { name: 'lab', version } } })(asked, req, res)
    })
    const { failure } = await gate(request(`${server.url}/mcp`, { expectVersion: 'new' }), quiet)
    expect(failure).toMatchObject({ code: 'FLAPPING', sentence: expect.stringContaining('OLD_REVISION') })
  })
})

describe('over time', () => {
  it('waits for a server that is not there yet, and logs each change once', { timeout: LONG }, async () => {
    const gone = await listenHttp(quiet)
    await gone[Symbol.asyncDispose]()
    const lines: string[] = []
    const running = gate(request(`${gone.url}/mcp`, { timeoutMs: 30_000, rounds: 2 }), line => {
      lines.push(line)
    })
    await expect.poll(() => lines.length, { timeout: 20_000 }).toBe(1)
    await using _server = await faulty(mcpLike(), gone.port)
    const report = await running
    expect(report.passed).toBe(true)
    expect(lines).toEqual([expect.stringMatching(/^TCP: TCP_REFUSED/), expect.stringMatching(/^MCP: green/)])
  })

  it('calls rounds that alternate till the deadline FLAPPING', { timeout: LONG }, async () => {
    let inits = 0
    const good = mcpLike()
    await using server = await faulty((asked, req, res) => {
      if (asked?.method === 'initialize' && ++inits % 2 === 0) return reply(res, 500, 'text/plain', 'no')
      return good(asked, req, res)
    })
    const report = await gate(request(`${server.url}/mcp`, { timeoutMs: 500, rounds: 3 }), quiet)
    expect(report.failure).toMatchObject({
      code: 'FLAPPING',
      remedy: 'wait',
      sentence: expect.stringMatching(/^FLAPPING \d+\/\d+: .*SERVER_ERROR/),
    })
  })

  it('says DEADLINE when all is green but too late', { timeout: LONG }, async () => {
    await using server = await faulty(mcpLike())
    const report = await gate(request(`${server.url}/mcp`, { timeoutMs: 0, rounds: 50 }), quiet)
    expect(report.failure?.code).toBe('DEADLINE')
    expect(report.passed).toBe(false)
  })
})

describe('what people read', () => {
  it('names the tool that a missing one became', { timeout: LONG }, async () => {
    await using server = await faulty(mcpLike({ tools: { tools: [tool('fetch'), tool('search_docs')] } }))
    const { failure } = await gate(request(`${server.url}/mcp`, { tools: ['search'] }), quiet)
    expect(failure?.sentence).toContain('close: "search_docs"')
  })

  it('names the path where MCP answers', { timeout: LONG }, async () => {
    await using server = await v1Stateless()
    const { failure } = await gate(request(`${server.url}/api`), quiet)
    expect(failure).toMatchObject({
      code: 'PATH_404',
      sentence: expect.stringContaining(`MCP answers at ${server.url}/mcp.`),
    })
  })

  it('shows neither our header values nor control characters that a server sends back', { timeout: LONG }, async () => {
    const token = 'tok-"8f3a91c2/\u00e9'
    await using server = await faulty((_asked, req, res) => {
      const echo = `\u001b[31m::error::x\r\n${req.headers.authorization} ${JSON.stringify(req.headers)} ${encodeURIComponent(token)}`
      reply(res, 500, 'application/json', rpcError(-32603, echo))
    })
    const lines: string[] = []
    const headers = { Authorization: `Bearer ${token}`, 'X-Key': 'k3y-value' }
    const report: GateReport = await gate(request(`${server.url}/mcp`, { headers }), line => void lines.push(line))
    const shown = JSON.stringify(report) + lines.join('')
    expect(report.failure?.sentence).toContain('***')
    expect(shown).not.toContain('8f3a91c2')
    expect(shown).not.toContain('k3y-value')
    expect(report.failure?.sentence).not.toMatch(/\p{Cc}/u)
    expect(report.failure?.sentence.length).toBeLessThan(500)
  })

  it.each(['', 'mcp.example.com/mcp', 'ftp://x/mcp', 'https://', 'https://user:pw@x/mcp'])(
    'refuses the endpoint %j before any request',
    async endpoint => {
      await expect(gate(request(endpoint), quiet)).rejects.toThrow(InputError)
    },
  )

  it('refuses headers it cannot send, without showing their values', async () => {
    const bad = gate(request('http://127.0.0.1:1/', { headers: { 'X-Key': 'secret\nvalue' } }), quiet)
    await expect(bad).rejects.toThrow(InputError)
    await expect(bad).rejects.not.toThrow(/secret/)
  })
})
