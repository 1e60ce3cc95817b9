/**
 * What the clients do beside requests and answers, and the gate with them: they answer the requests of a server, resume
 * streams, leave tools out and read large lists. The official clients are the measure.
 */
import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import type { GateRequest } from '../../src/gate/gate.ts'
import { legacyOracle, modernOracle } from '../support/mcp/clients.ts'
import { type Answer, events, faulty, mcpLike, reply, tool } from '../support/mcp/faults.ts'
import { quickGate as gate } from '../support/mcp/quick-gate.ts'
import { v1Stateful, v1Stateless, v2 } from '../support/mcp/servers.ts'
import { startProtectedServer, TOKEN } from '../support/mcp/wall.ts'
import fc from '../support/property.ts'

const LONG = 60_000

const request = (endpoint: string, more: Partial<GateRequest> = {}): GateRequest => ({
  endpoint,
  require: 'any',
  transport: 'auto',
  headers: {},
  tools: [],
  rounds: 1,
  timeoutMs: 20_000,
  ...more,
})

const quiet = (): void => {}

const listOf = (id: unknown, ...tools: object[]) => JSON.stringify({ jsonrpc: '2.0', id, result: { tools } })

/** A server that answers tools/list only after the client has answered its own request in the same stream. */
const asking = (method: string, isExpected: (answer: Record<string, unknown>) => boolean) => {
  const waiting: (() => void)[] = []
  const wrong: unknown[] = []
  const good = mcpLike({
    on: {
      'tools/list': (asked, _req, res) => {
        events(res, `data: ${JSON.stringify({ jsonrpc: '2.0', id: 'ask-1', method })}\n\n`, false)
        waiting.push(() => res.end(`data: ${listOf(asked?.id, tool('a'))}\n\n`))
      },
    },
  })
  const answer: Answer = (asked, req, res) => {
    const message = asked as unknown as Record<string, unknown> | undefined
    if (message?.id === 'ask-1' && message.method === undefined) {
      if (!isExpected(message)) wrong.push(message)
      reply(res, 202, '', '')
      for (const send of waiting.splice(0)) send()
      return
    }
    return good(asked, req, res)
  }
  return { answer, wrong }
}

describe.concurrent('requests of the server', () => {
  it.each([
    ['a ping', 'ping', (message: Record<string, unknown>) => JSON.stringify(message.result) === '{}'],
    [
      'a request for roots, which the gate does not have',
      'roots/list',
      (message: Record<string, unknown>) => (message.error as { code: number }).code === -32601,
    ],
  ] as const)(
    '%s inside the stream of tools/list is answered',
    { timeout: LONG },
    async (_name, method, isExpected) => {
      const { answer, wrong } = asking(method, isExpected)
      await using server = await faulty(answer)
      expect(await legacyOracle(`${server.url}/mcp`)).toMatchObject({ passed: true, tools: ['a'] })
      const report = await gate(request(`${server.url}/mcp`), quiet)
      expect(report).toMatchObject({ passed: true, tools: ['a'] })
      expect(wrong).toEqual([])
    },
  )

  it('in endless number are answered up to a limit', { timeout: LONG }, async () => {
    let answers = 0
    const ping = (id: number) => `data: ${JSON.stringify({ jsonrpc: '2.0', id, method: 'ping' })}\n\n`
    const good = mcpLike({
      on: {
        initialize: (_asked, _req, res) =>
          events(res, Array.from({ length: 500 }, (_, id) => ping(1000 + id)).join('')),
      },
    })
    await using server = await faulty((asked, req, res) => {
      if (asked && asked.method === undefined) {
        answers++
        return reply(res, 202, '', '')
      }
      return good(asked, req, res)
    })
    const report = await gate(request(`${server.url}/mcp`, { timeoutMs: 0, require: 'legacy' }), quiet)
    expect(report.failure?.code).toBe('SSE_EMPTY')
    expect(answers).toBeLessThanOrEqual(20 * report.rounds.flatMap(({ exchanges }) => exchanges).length)
    expect(report.rounds[0]?.exchanges.filter(({ step }) => step === 'answer to ping').length).toBeLessThanOrEqual(200)
  })
})

describe.concurrent('a stream that ends before the answer', () => {
  /** A server that opens the stream with an event id, and answers on a later GET. */
  const resuming = (opening: (res: ServerResponse) => void, polls: number) => {
    let id: unknown
    let left = polls
    return faulty(
      mcpLike({
        on: {
          'tools/list': (asked, _req, res) => {
            id = asked?.id
            left = polls
            opening(res)
          },
          GET: (_asked, req, res) => {
            if (req.headers['last-event-id'] === undefined) return reply(res, 405, '', '')
            if (--left > 0) return events(res, `id: e${left}\nretry: 10\ndata:\n\n`)
            events(res, `id: last\ndata: ${listOf(id, tool('a'))}\n\n`)
          },
        },
      }),
    )
  }

  it.each([
    [
      'is resumed when the connection breaks between two events',
      (res: ServerResponse) => {
        events(res, 'id: e1\nretry: 10\ndata:\n\n', false)
        setTimeout(() => res.destroy(), 50)
      },
      1,
    ],
    [
      'is resumed as often as the server lets the client poll',
      (res: ServerResponse) => events(res, 'id: e0\nretry: 10\ndata:\n\n'),
      4,
    ],
  ] as const)('%s', { timeout: LONG }, async (_name, opening, polls) => {
    await using server = await resuming(opening, polls)
    expect((await legacyOracle(`${server.url}/mcp`)).passed).toBe(true)
    const patient = request(`${server.url}/mcp`, { require: 'legacy', timeoutMs: 50_000 })
    expect(await gate(patient, quiet)).toMatchObject({ passed: true, tools: ['a'] })
  })
})

describe.concurrent('tool lists', () => {
  const modernAnswer =
    (tools: readonly object[]): Answer =>
    (asked, _req, res) => {
      const results: Record<string, object> = {
        'server/discover': {
          resultType: 'complete',
          supportedVersions: ['2026-07-28'],
          capabilities: { tools: {} },
          ttlMs: 0,
          cacheScope: 'public',
        },
        'tools/list': { resultType: 'complete', tools, ttlMs: 0, cacheScope: 'public' },
      }
      const result = results[asked?.method ?? '']
      const body = result ? { result } : { error: { code: -32601, message: 'Method not found' } }
      reply(res, result ? 200 : 404, 'application/json', JSON.stringify({ jsonrpc: '2.0', id: asked?.id, ...body }))
    }

  it('leave a tool with an invalid x-mcp-header out, with a warning', { timeout: LONG }, async () => {
    const bad = {
      name: 'bad',
      inputSchema: { type: 'object', properties: { a: { type: 'array', 'x-mcp-header': 'A' } } },
    }
    await using server = await faulty(modernAnswer([tool('good'), bad]))
    const url = `${server.url}/mcp`
    expect(await modernOracle(url)).toEqual({ passed: true, tools: ['good'] })
    const report = await gate(request(url, { require: 'modern' }), quiet)
    expect(report).toMatchObject({ passed: true, tools: ['good'] })
    expect(report.warnings).toContainEqual(expect.stringContaining('leave the tool "bad" out'))
    const missing = await gate(request(url, { require: 'modern', tools: ['bad'] }), quiet)
    expect(missing.failure?.code).toBe('TOOL_MISSING')
  })

  it('leave out the same tools as the client, over generated annotations', { timeout: 4 * LONG }, async () => {
    const name = fc.constantFrom('A', 'a', 'X-Id', '', 'with blank', 'ä', 'b')
    const annotation = fc.oneof({ weight: 3, arbitrary: name }, fc.constantFrom<unknown>(1, null, true))
    const optional = { requiredKeys: [] }
    const schemaOf = (depth: number): fc.Arbitrary<Record<string, unknown>> => {
      const own = {
        type: fc.constantFrom('string', 'integer', 'number', 'boolean', 'object', 'array'),
        'x-mcp-header': annotation,
      }
      if (depth === 0) return fc.record(own, optional)
      const inner = schemaOf(depth - 1)
      const named = fc.dictionary(fc.constantFrom('p', 'q', 'r'), inner, { maxKeys: 2 })
      const listed = fc.array(inner, { maxLength: 2 })
      const rare = { items: fc.oneof(inner, listed), anyOf: listed, $defs: named, not: inner }
      return fc
        .tuple(fc.record(own, optional), named, fc.record(rare, optional), fc.boolean())
        .map(([self, properties, others, isPlain]) => ({ ...self, properties, ...(isPlain ? {} : others) }))
    }
    const schemas = fc.sample(schemaOf(2), { numRuns: 400, seed: 7 })
    const tools = schemas.map((each, index) => ({
      name: `t${index}`,
      inputSchema: { properties: each.properties, type: 'object' },
    }))
    await using server = await faulty(modernAnswer(tools))
    const url = `${server.url}/mcp`
    const client = await modernOracle(url)
    expect(client.passed).toBe(true)
    const { tools: listed } = await gate(request(url, { require: 'modern' }), quiet)
    expect(listed).toEqual(client.passed && client.tools)
    expect(listed.length).toBeGreaterThan(20)
    expect(listed.length).toBeLessThan(380)
  })

  it.each([
    [64, true],
    [65, false],
  ])('of %i pages end as in the client', { timeout: LONG }, async (pages, passes) => {
    await using server = await faulty(
      mcpLike({
        tools: cursor => {
          const at = Number(cursor ?? 1)
          return { tools: [tool(`t${at}`)], ...(at < pages && { nextCursor: String(at + 1) }) }
        },
      }),
    )
    const report = await gate(request(`${server.url}/mcp`, { require: 'legacy', timeoutMs: 0 }), quiet)
    expect(report.passed).toBe(passes)
    if (!passes) expect(report.failure?.code).toBe('PAGINATION_LOOP')
  })

  it('without a tool are a warning', { timeout: LONG }, async () => {
    await using server = await faulty(mcpLike({ tools: { tools: [] } }))
    expect(await gate(request(`${server.url}/mcp`), quiet)).toMatchObject({
      passed: true,
      warnings: [expect.stringContaining('names no tool')],
    })
  })

  it('of 1,500 tools and 2.9 MB pass', { timeout: LONG }, async () => {
    const properties = Object.fromEntries(
      Array.from({ length: 12 }, (_, at) => [`argument_${at}`, { type: 'string', description: 'd'.repeat(110) }]),
    )
    const tools = Array.from({ length: 1500 }, (_, at) => ({
      name: `tool_${at}`,
      description: 'x'.repeat(60),
      inputSchema: { type: 'object', properties },
    }))
    expect(JSON.stringify(tools).length).toBeGreaterThan(2.8e6)
    await using server = await faulty(mcpLike({ tools: { tools } }))
    expect((await legacyOracle(`${server.url}/mcp`)).passed).toBe(true)
    expect((await gate(request(`${server.url}/mcp`, { require: 'legacy' }), quiet)).tools).toHaveLength(1500)
  })

  it('of a server with only resources fail: a warning that names the method', { timeout: LONG }, async () => {
    await using server = await faulty(
      mcpLike({
        initialize: { capabilities: { resources: {} } },
        on: { 'resources/list': (_asked, _req, res) => reply(res, 500, 'text/plain', 'no database') },
      }),
    )
    const report = await gate(request(`${server.url}/mcp`), quiet)
    expect(report.passed).toBe(true)
    expect(report.warnings).toContainEqual(expect.stringMatching(/resources\/list fails \(SERVER_ERROR\).*no database/))
  })
})

describe.concurrent('small differences', () => {
  it('a token that comes with HTTP 201 is a token', { timeout: LONG }, async () => {
    await using lab = await startProtectedServer({
      token: (_body, _req, res) =>
        reply(res, 201, 'application/json', JSON.stringify({ access_token: TOKEN, token_type: 'Bearer' })),
    })
    const oauth = { clientId: 'deployer', clientSecret: 's3cret' }
    expect((await gate(request(lab.url, { auth: 'required', oauth }), quiet)).passed).toBe(true)
  })

  it('a DELETE that is never answered costs little', { timeout: LONG }, async () => {
    await using server = await faulty(mcpLike({ session: 's', on: { DELETE: () => {} } }))
    const report = await gate(request(`${server.url}/mcp`), quiet, { endSessionTimeoutMs: 100 })
    expect(report.passed).toBe(true)
    const ends = report.rounds[0]?.exchanges.filter(({ step }) => step === 'DELETE') ?? []
    expect(ends.map(({ elapsedMs }) => elapsedMs < 3000)).toEqual([true])
  })
})

describe('requests of a passing verdict', () => {
  it.each([
    ['legacy, stateless', () => v1Stateless(), 6],
    // The end of a session belongs to no verdict, and is sent after it.
    ['legacy, in sessions', () => v1Stateful(), 6],
    ['both eras', () => v2(), 6],
    ['modern alone', () => v2({ legacy: 'reject' }), 6],
  ] as const)(
    '%s: few for the first verdict, at most 20 with the sampling',
    { timeout: LONG },
    async (_n, start, few) => {
      await using server = await start()
      const { passed, rounds } = await gate(request(`${server.url}/mcp`), quiet)
      const first = rounds[0]?.exchanges.length ?? Number.NaN
      expect(passed).toBe(true)
      expect(first).toBeLessThanOrEqual(few)
      expect(first + (rounds[0]?.survey?.exchanges.length ?? 0)).toBeLessThanOrEqual(20)
    },
  )
})

describe.concurrent('an end that proves nothing about the server', () => {
  it('of a server that is only slow leads to no replacement', { timeout: LONG }, async () => {
    const slow: Answer = (asked, req, res) => void setTimeout(() => void mcpLike()(asked, req, res), 3000)
    await using server = await faulty(slow)
    const { failure } = await gate(request(`${server.url}/mcp`, { timeoutMs: 500, requestTimeoutMs: 30_000 }), quiet)
    expect(failure).toMatchObject({ code: 'HEADERS_TIMEOUT', remedy: 'config' })
    expect(failure?.fix).toContain('mcp-timeout')
  })

  it('after a real failure leaves that failure its action', { timeout: LONG }, async () => {
    let turn = 0
    await using server = await faulty((_asked, _req, res) => {
      if (++turn < 4) return reply(res, 500, 'text/plain', 'no')
    })
    const { failure } = await gate(request(`${server.url}/mcp`, { timeoutMs: 1500 }), quiet)
    expect(failure?.remedy).not.toBe('config')
  })
})

describe.concurrent('a list that cannot be built', () => {
  it.each([
    [
      'an error without a reason',
      'RPC_ERROR',
      (id: unknown, res: ServerResponse) =>
        reply(
          res,
          200,
          'application/json',
          JSON.stringify({ jsonrpc: '2.0', id, error: { code: -32603, message: 'oops' } }),
        ),
    ],
    ['a stream without an answer', 'SSE_EMPTY', (_id: unknown, res: ServerResponse) => events(res, '')],
  ] as const)(
    '%s, the same in each round, ends the gate before its time',
    { timeout: LONG },
    async (_name, code, answer) => {
      await using server = await faulty(mcpLike({ on: { 'tools/list': (asked, _q, res) => answer(asked?.id, res) } }))
      const started = performance.now()
      const { failure } = await gate(request(`${server.url}/mcp`, { timeoutMs: 50_000 }), quiet, { sameAnswerMs: 400 })
      expect(performance.now() - started).toBeLessThan(30_000)
      expect(failure).toMatchObject({ code, sentence: expect.stringMatching(/same in \d+ rounds/) })
      expect(failure?.fix).toContain('recursive')
    },
  )

  it('is waited for when the answer changes or the server is still starting', { timeout: LONG }, async () => {
    let lists = 0
    await using server = await faulty(
      mcpLike({
        on: {
          'tools/list': (asked, req, res) =>
            ++lists < 30
              ? reply(
                  res,
                  200,
                  'application/json',
                  JSON.stringify({ jsonrpc: '2.0', id: asked?.id, error: { code: -32603, message: `try ${lists}` } }),
                )
              : mcpLike()(asked, req, res),
        },
      }),
    )
    const { passed } = await gate(request(`${server.url}/mcp`, { require: 'legacy' }), quiet, { sameAnswerMs: 300 })
    expect(passed).toBe(true)
  })
})

describe.concurrent('words', () => {
  it('a refusal of Spring Security that may hide CSRF names it', { timeout: LONG }, async () => {
    const spring = {
      'www-authenticate': 'Bearer',
      'x-xss-protection': '0',
      'cache-control': 'no-cache, no-store, max-age=0, must-revalidate',
      pragma: 'no-cache',
      expires: '0',
    }
    await using server = await faulty((_asked, _req, res) => reply(res, 401, '', '', spring))
    const headers = { Authorization: 'Bearer valid-token' }
    const { failure } = await gate(request(`${server.url}/mcp`, { headers }), quiet)
    expect(failure).toMatchObject({
      code: 'AUTH_REQUIRED',
      fix: expect.stringContaining('csrf.ignoringRequestMatchers'),
    })
  })

  it('HTTP+SSE of a bridge whose Streamable HTTP stands beside it names that address', { timeout: LONG }, async () => {
    const good = mcpLike()
    await using server = await faulty((asked, req, res) => {
      const path = new URL(req.url ?? '/', 'http://lab').pathname
      if (path === '/servers/time/mcp') return good(asked, req, res)
      if (path === '/servers/time/sse' && req.method === 'GET') {
        streams.push(res)
        return events(res, 'event: endpoint\ndata: /servers/time/messages\n\n', false)
      }
      if (path !== '/servers/time/messages') return reply(res, 404, 'text/plain', 'Not Found')
      reply(res, 202, '', '')
      const result =
        asked?.method === 'initialize'
          ? { protocolVersion: '2024-11-05', capabilities: { tools: {} }, serverInfo: { name: 'b', version: '1' } }
          : { tools: [tool('now')] }
      if (asked?.id !== undefined)
        streams.at(-1)?.write(`data: ${JSON.stringify({ jsonrpc: '2.0', id: asked.id, result })}\n\n`)
    })
    const streams: ServerResponse[] = []
    const url = `${server.url}/servers/time/sse`
    const any = await gate(request(url), quiet)
    expect(any.passed).toBe(true)
    expect(any.warnings).toContainEqual(expect.stringContaining(`${server.url}/servers/time/mcp`))
    const { failure, rounds } = await gate(request(url, { require: 'legacy' }), quiet)
    expect(rounds).toHaveLength(1)
    expect(failure).toMatchObject({ code: 'OLD_TRANSPORT', fix: `Use ${server.url}/servers/time/mcp as the URL.` })
  })
})
