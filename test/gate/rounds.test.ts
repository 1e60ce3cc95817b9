/**
 * What several rounds come to together: the verdict on each era, what a rate limit and the deadline of the gate may not
 * change, and what a probe may change on a server.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { toNodeHandler } from '@modelcontextprotocol/node'
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server'
import { describe, expect, it } from 'vitest'
import { mergeRounds } from '../../src/gate/decide.ts'
import { type GateRequest, gate } from '../../src/gate/gate.ts'
import { RequestBudget } from '../../src/gate/request-budget.ts'
import { monotonicMs } from '../../src/poll.ts'
import { legacyOracle } from '../support/mcp/clients.ts'
import { type Answer, events, faulty, mcpLike, reply } from '../support/mcp/faults.ts'
import { listenHttp } from '../support/mcp/listen.ts'
import { v2 } from '../support/mcp/servers.ts'

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

const rpcError = (id: unknown, code: number, message: string) =>
  JSON.stringify({ jsonrpc: '2.0', id, error: { code, message } })

/** A modern server beside another answer to everything of the legacy era, on one address. */
const besideModern = (legacy: Answer) => {
  const handler = toNodeHandler(
    createMcpHandler(
      () => {
        const server = new McpServer({ name: 'modern', version: '1' })
        server.registerTool('search_docs', {}, async () => ({ content: [] }))
        return server
      },
      { legacy: 'reject' },
    ),
  )
  return listenHttp(async (req: IncomingMessage, res: ServerResponse) => {
    if (req.headers['mcp-method'] !== undefined) return void handler(req as Parameters<typeof handler>[0], res)
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString()
    await legacy(text === '' ? undefined : JSON.parse(text), req, res)
  })
}

/** Counts the requests that another answer gets. */
const counting = (answer: Answer) => {
  const methods: string[] = []
  const counted: Answer = (asked, req, res) => {
    methods.push(asked?.method ?? req.method ?? '')
    return answer(asked, req, res)
  }
  return { answer: counted, methods }
}

describe('all counted rounds together', () => {
  it('an era that failed in one of them has failed, and warnings are those of all', () => {
    const era = (verdict: 'passed' | 'failed' | 'absent', ...warnings: string[]) => ({
      verdict,
      warnings,
      elapsedMs: 1,
    })
    const rounds = [
      { modern: era('passed', 'a'), legacy: era('failed', 'b'), 'http-sse': era('absent') },
      { modern: era('passed'), legacy: era('passed', 'c'), 'http-sse': era('absent') },
    ]
    expect(mergeRounds(rounds)).toMatchObject({
      modern: { verdict: 'passed', warnings: ['a'] },
      legacy: { verdict: 'failed', warnings: ['b', 'c'] },
      'http-sse': { verdict: 'absent' },
    })
  })

  it('a legacy era that fails in the first round and passes in the last is reported as failed', {
    timeout: LONG,
  }, async () => {
    let lists = 0
    await using server = await besideModern(
      mcpLike({
        on: {
          'tools/list': (asked, req, res) =>
            ++lists <= 9
              ? reply(res, 200, 'application/json', rpcError(asked?.id, -32603, 'no list'))
              : mcpLike()(asked, req, res),
        },
      }),
    )
    const report = await gate(request(`${server.url}/mcp`, { require: 'modern', rounds: 3, timeoutMs: 30_000 }), quiet)
    expect(report.rounds.length).toBe(3)
    expect(report).toMatchObject({
      passed: true,
      eras: { legacy: { verdict: 'failed', failure: { code: 'RPC_ERROR' } } },
    })
    expect(report.warnings).toEqual([expect.stringContaining('MODERN_OK_LEGACY_BROKEN (RPC_ERROR)')])
  })

  it('an era that passes in one round and is not there in the next starts the count again', {
    timeout: LONG,
  }, async () => {
    const both = await v2()
    await using _both = both
    let rounds = 0
    const legacyOnly = mcpLike()
    await using server = await listenHttp(async (req, res) => {
      const chunks: Buffer[] = []
      for await (const chunk of req) chunks.push(chunk)
      const text = Buffer.concat(chunks).toString()
      const asked = text === '' ? undefined : JSON.parse(text)
      if (asked?.method === 'server/discover') rounds++
      // The sampling of the first round asks three times.
      if (rounds <= 4) {
        const { host: _, ...headers } = req.headers
        const answer = await fetch(`${both.url}/mcp`, {
          method: req.method ?? 'GET',
          headers: headers as Record<string, string>,
          ...(text !== '' && { body: text }),
        })
        res.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' })
        return void res.end(await answer.text())
      }
      await legacyOnly(asked, req, res)
    })
    const report = await gate(request(`${server.url}/mcp`, { rounds: 2, timeoutMs: 30_000 }), quiet)
    expect(report.rounds.map(({ verdict }) => verdict)).toEqual(['green', 'FLAPPING', 'green', 'green'])
    expect(report).toMatchObject({
      passed: true,
      eras: { legacy: { verdict: 'passed' }, modern: { verdict: 'absent' } },
    })
  })
})

describe('any era', () => {
  it('does not pass while an offered era is broken', { timeout: LONG }, async () => {
    await using server = await besideModern(
      mcpLike({
        on: {
          'tools/list': (asked, _q, res) =>
            reply(res, 200, 'application/json', rpcError(asked?.id, -32603, 'maximum recursion depth exceeded')),
        },
      }),
    )
    const { failure } = await gate(request(`${server.url}/mcp`), quiet)
    expect(failure).toMatchObject({
      code: 'MODERN_OK_LEGACY_BROKEN',
      cause: 'LIST_UNBUILDABLE',
      fix: expect.stringMatching(/recursive.*mcp-require: modern/),
    })
  })

  it.each([
    ['is refused in the terms of HTTP', (_a, _q, res) => reply(res, 404, 'text/plain', 'no')],
    [
      'is refused in the terms of JSON-RPC',
      (asked, _q, res) => reply(res, 200, 'application/json', rpcError(asked?.id, -32601, 'Method not found')),
    ],
  ] as [string, Answer][])('passes where the legacy era %s', { timeout: LONG }, async (_name, answer) => {
    await using server = await besideModern(answer)
    expect(await gate(request(`${server.url}/mcp`), quiet)).toMatchObject({ passed: true })
  })

  it('does not pass where initialize fails in another way', { timeout: LONG }, async () => {
    await using server = await besideModern((_a, _q, res) => reply(res, 500, 'text/plain', 'oops'))
    const { failure } = await gate(request(`${server.url}/mcp`), quiet)
    expect(failure).toMatchObject({ code: 'MODERN_OK_LEGACY_BROKEN', cause: 'SERVER_ERROR' })
  })

  it('passes a server with sessions that answers server/discover with older revisions, without a warning', {
    timeout: LONG,
  }, async () => {
    const result = {
      supportedVersions: ['2025-11-25', '2025-06-18'],
      capabilities: { tools: {} },
      resultType: 'complete',
    }
    await using server = await faulty(
      mcpLike({
        session: 's',
        on: {
          'server/discover': (asked, _q, res) =>
            reply(res, 200, 'application/json', JSON.stringify({ jsonrpc: '2.0', id: asked?.id, result })),
        },
      }),
    )
    const report = await gate(request(`${server.url}/mcp`), quiet)
    expect(report).toMatchObject({ passed: true, warnings: [], eras: { modern: { verdict: 'absent' } } })
  })
})

describe('what a probe may change', () => {
  /** The Python SDK 1.8.0 to 1.9.3, stateless: any unknown method ends its task group, and nothing is answered again. */
  const mortal = (protocolVersion: string) => {
    let isDead = false
    const { answer, methods } = counting((asked, req, res) => {
      if (asked?.method === 'server/discover') isDead = true
      if (isDead) return reply(res, 500, 'text/plain', 'Internal Server Error')
      return mcpLike({ initialize: { protocolVersion } })(asked, req, res)
    })
    return { answer, methods }
  }

  it('sends no server/discover where the legacy era alone is required', { timeout: LONG }, async () => {
    const { answer, methods } = mortal('2025-11-25')
    await using server = await faulty(answer)
    expect(
      await gate(request(`${server.url}/mcp`, { require: 'legacy', rounds: 2, timeoutMs: 30_000 }), quiet),
    ).toMatchObject({ passed: true })
    expect(methods).not.toContain('server/discover')
    expect(new Set(methods)).toEqual(new Set(['initialize', 'notifications/initialized', 'tools/list', 'GET']))
  })

  it('sends none to a server that speaks no revision after 2025-03-26', { timeout: LONG }, async () => {
    const { answer, methods } = mortal('2025-03-26')
    await using server = await faulty(answer)
    expect(await gate(request(`${server.url}/mcp`), quiet)).toMatchObject({ passed: true })
    expect(methods).not.toContain('server/discover')
  })

  it('names a server that does not survive it, at once', { timeout: LONG }, async () => {
    const { answer } = mortal('2025-11-25')
    await using server = await faulty(answer)
    const report = await gate(request(`${server.url}/mcp`, { timeoutMs: 3_600_000 }), quiet)
    expect(report.rounds).toHaveLength(1)
    expect(report.failure).toMatchObject({ code: 'DISCOVER_FATAL', fix: expect.stringContaining('mcp 1.9.4') })
  })
})

describe('the GET stream', () => {
  it('that sends no headers is a warning, as clients of Go hang there', { timeout: LONG }, async () => {
    await using server = await faulty(mcpLike({ session: 's', on: { GET: quiet } }))
    const report = await gate(request(`${server.url}/mcp`, { rounds: 3, timeoutMs: 30_000 }), quiet)
    expect(report).toMatchObject({ passed: true, warnings: [expect.stringMatching(/^GET_STREAM_SILENT: .*Flush/)] })
    expect(report.rounds.flatMap(({ exchanges }) => exchanges).filter(({ method }) => method === 'GET')).toHaveLength(2)
  })

  it.each([
    ['405', (_a, _q, res) => reply(res, 405, '', ''), undefined],
    ['404', (_a, _q, res) => reply(res, 404, '', ''), undefined],
    ['an open stream', (_a, _q, res) => events(res, ': hi\n\n', false), undefined],
    [
      'the 403 of a rule',
      (_a, _q, res) => reply(res, 403, 'application/json', '{"message":"Forbidden"}'),
      /^GET_STREAM_REFUSED/,
    ],
  ] as [string, Answer, RegExp | undefined][])('answered by %s', { timeout: LONG }, async (_name, answer, warning) => {
    const { answer: all, methods } = counting(mcpLike({ session: 's', on: { GET: answer } }))
    await using server = await faulty(all)
    const report = await gate(request(`${server.url}/mcp`, { rounds: 2, timeoutMs: 30_000 }), quiet)
    expect(report.passed).toBe(true)
    expect(report.warnings).toEqual(warning ? [expect.stringMatching(warning)] : [])
    expect(methods.filter(method => method === 'GET').length).toBe(warning ? 2 : 1)
  })
})

describe('a rate limit', () => {
  /** A limiter of so many requests in each window, with a correct Retry-After. */
  const limited = (limit: number, windowMs: number) => {
    let began = 0
    let count = 0
    let refused = 0
    let early = 0
    let retryAt = 0
    const answer: Answer = (asked, req, res) => {
      const now = Date.now()
      if (now - began >= windowMs) {
        began = now
        count = 0
      }
      if (++count <= limit) return mcpLike()(asked, req, res)
      if (now < retryAt) early++
      refused++
      const seconds = Math.ceil((began + windowMs - now) / 1000)
      retryAt = now + seconds * 1000 - 50
      reply(res, 429, 'text/plain', 'slow down', { 'retry-after': String(seconds) })
    }
    return { answer, counts: () => ({ refused, early }) }
  }

  it('is obeyed: sampling ends at the first 429, rounds are kept, and the verdict is that of the server', {
    timeout: LONG,
  }, async () => {
    const { answer, counts } = limited(10, 3000)
    await using server = await faulty(answer)
    expect(await legacyOracle(`${server.url}/mcp`)).toMatchObject({ passed: true })
    const report = await gate(request(`${server.url}/mcp`, { rounds: 3, timeoutMs: 30_000 }), quiet)
    expect(report.passed).toBe(true)
    expect(counts().early).toBe(0)
    expect(counts().refused).toBeLessThanOrEqual(3)
    expect(report.rounds.filter(({ verdict }) => verdict === 'green')).toHaveLength(3)
  })

  it('that outlasts the time is RATE_LIMITED and never FLAPPING', { timeout: LONG }, async () => {
    let calls = 0
    const good = mcpLike()
    await using server = await faulty((asked, req, res) =>
      ++calls > 10 ? reply(res, 429, 'text/plain', 'slow down', { 'retry-after': '60' }) : good(asked, req, res),
    )
    const report = await gate(request(`${server.url}/mcp`, { rounds: 3, timeoutMs: 20_000 }), quiet)
    expect(report.failure?.code).toBe('RATE_LIMITED')
    // Nobody waits for a moment after the end of the time.
    expect(calls).toBeLessThanOrEqual(12)
  })

  it('of the gate itself is kept', { timeout: LONG }, async () => {
    const { answer, methods } = counting(mcpLike())
    await using server = await faulty(answer)
    const few = await gate(request(`${server.url}/mcp`, { requestsPerMinute: 12, rounds: 2, timeoutMs: 5000 }), quiet)
    expect(few.passed).toBe(true)
    expect(methods.length).toBeLessThanOrEqual(12)
    const fewer = await gate(request(`${server.url}/mcp`, { requestsPerMinute: 4, rounds: 2, timeoutMs: 1500 }), quiet)
    // It says nothing about the server, so nothing is tainted because of it.
    const fix = expect.stringContaining('mcp-requests-per-minute')
    expect(fewer.failure).toMatchObject({ code: 'REQUESTS_SPENT', remedy: 'config', fix })
  })

  it('of the gate takes back what reached no server', async () => {
    const budget = new RequestBudget(1)
    expect(await budget.take(monotonicMs())).toBe(true)
    expect(budget.waitMs).toBeGreaterThan(50_000)
    expect(await budget.take(monotonicMs() + 1000)).toBe(false)
    budget.refund()
    expect(budget.waitMs).toBe(0)
  })
})

describe.concurrent('the deadline of the gate', () => {
  it('cuts a request without holding it against the server', { timeout: LONG }, async () => {
    const slow: Answer = (asked, req, res) => void setTimeout(() => void mcpLike()(asked, req, res), 1200)
    await using server = await faulty(slow)
    const report = await gate(request(`${server.url}/mcp`, { rounds: 50, timeoutMs: 9000 }), quiet)
    expect(report.failure).toMatchObject({ code: 'DEADLINE', remedy: 'config' })
    expect(report.rounds.map(({ verdict }) => verdict)).not.toContain('HEADERS_TIMEOUT')
    expect(report.eras.legacy.verdict).toBe('passed')
    expect(report.failure).not.toHaveProperty('isCut')
  })

  it('leaves one request as long as it is set: a list that takes longer than the other limits passes', {
    timeout: LONG,
  }, async () => {
    await using server = await faulty(
      mcpLike({
        on: { 'tools/list': (asked, req, res) => void setTimeout(() => void mcpLike()(asked, req, res), 11_000) },
      }),
    )
    const until = { timeoutMs: 50_000 }
    const report = await gate(request(`${server.url}/mcp`, until), quiet)
    expect(report.passed).toBe(true)
    const impatient = await gate(
      request(`${server.url}/mcp`, { ...until, timeoutMs: 6000, requestTimeoutMs: 500 }),
      quiet,
    )
    expect(impatient.failure).toMatchObject({ code: 'HEADERS_TIMEOUT', sentence: expect.stringContaining('0.5 s') })
  })
})

describe('what no client waits for', () => {
  it.each([
    ['the end of a session', 'DELETE', quiet],
    [
      'the body after an accepted notification',
      'notifications/initialized',
      (_a, _q, res) => events(res, ': open\n\n', false),
    ],
  ] as [string, string, Answer][])('costs little: %s', { timeout: LONG }, async (_name, method, answer) => {
    await using server = await faulty(mcpLike({ session: 's', on: { [method]: answer } }))
    const report = await gate(request(`${server.url}/mcp`, { requestsPerMinute: 7 }), quiet)
    expect(report.passed).toBe(true)
    const waited = report.rounds[0]?.exchanges.find(({ step }) => step === method)
    expect((waited?.phases.headers ?? 0) + (waited?.phases.body ?? 0)).toBeLessThan(10_000)
  })
})

describe('HTTP+SSE', () => {
  /** A server of 2024-11-05 whose parts can be replaced. */
  const old = (parts: { get?: Answer; post?: Answer; endpoint?: string }) =>
    faulty((asked, req, res) => {
      if (req.method === 'GET' && req.url?.startsWith('/api/sse')) {
        if (parts.get) return parts.get(asked, req, res)
        return events(res, `event: endpoint\ndata: ${parts.endpoint ?? '/api/messages?sessionId=1'}\n\n`, false)
      }
      if (req.url?.startsWith('/api/messages') && parts.post) return parts.post(asked, req, res)
      reply(res, req.url === '/api/sse' ? 405 : 404, 'text/plain', 'nothing here')
    })

  it.each([
    [
      'a lost session',
      { post: (_a, _q, res) => reply(res, 404, 'text/plain', 'Could not find session') },
      'SESSION_LOST',
    ],
    ['a path prefix that is left out', { endpoint: '/messages/?session_id=1' }, 'SSE_ENDPOINT_PREFIX'],
    ['a stream that is buffered', { get: (_a, _q, res) => events(res, '', false) }, 'SSE_NO_ENDPOINT'],
    [
      'a refused host name',
      { get: (_a, _q, res) => reply(res, 421, 'text/plain', 'Invalid Host header') },
      'HOST_REJECTED',
    ],
  ] as [string, Parameters<typeof old>[0], string][])('names %s', { timeout: LONG }, async (_name, parts, code) => {
    await using server = await old({ ...parts })
    const { failure } = await gate(request(`${server.url}/api/sse`), quiet)
    expect(failure).toMatchObject({ code, era: 'http-sse', remedy: 'config' })
  })

  it('is not claimed by a path that is not there', { timeout: LONG }, async () => {
    await using server = await old({})
    const { failure } = await gate(request(`${server.url}/nothing`), quiet)
    expect(failure).toMatchObject({ code: 'PATH_404', era: 'legacy' })
  })
})
