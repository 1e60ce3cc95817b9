/** The tool calls of mcp-call: the list in the input, the call in each era, and the comparison of the result. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { toNodeHandler } from '@modelcontextprotocol/node'
import { createMcpHandler, fromJsonSchema, McpServer } from '@modelcontextprotocol/server'
import { describe, expect, it } from 'vitest'
import { InputError } from '../../src/errors.ts'
import { parseToolCalls, type ToolCall } from '../../src/gate/call-list.ts'
import { differenceOf } from '../../src/gate/calls.ts'
import type { GateRequest } from '../../src/gate/gate.ts'
import { parseDuration } from '../../src/inputs.ts'
import { faulty, mcpLike, reply } from '../support/mcp/faults.ts'
import { listenHttp } from '../support/mcp/listen.ts'
import { quickGate as gate } from '../support/mcp/quick-gate.ts'
import { v1HttpSse, v1Stateful } from '../support/mcp/servers.ts'

const LONG = 60_000

const request = (endpoint: string, calls: readonly ToolCall[], more: Partial<GateRequest> = {}): GateRequest => ({
  endpoint,
  require: 'any',
  transport: 'auto',
  headers: {},
  tools: [],
  rounds: 1,
  timeoutMs: 20_000,
  calls,
  ...more,
})

const call = (tool: string, more: Partial<ToolCall> = {}): ToolCall => ({
  tool,
  arguments: {},
  expect: { isError: false },
  timeoutMs: undefined,
  allow: false,
  ...more,
})

const read = (text: string) => parseToolCalls(text, parseDuration)

/** A server of both eras that records its calls. */
const recording = async () => {
  const calls: unknown[] = []
  const schema = fromJsonSchema<{ city?: string }>({
    type: 'object',
    properties: { city: { type: 'string', 'x-mcp-header': 'City' } },
  } as Parameters<typeof fromJsonSchema>[0])
  const handler = toNodeHandler(
    createMcpHandler(() => {
      const server = new McpServer({ name: 'weather', version: '1' })
      server.registerTool('forecast', { inputSchema: schema, annotations: { readOnlyHint: true } }, async given => {
        calls.push(given)
        return {
          content: [{ type: 'text' as const, text: `sunny in ${given.city}` }],
          structuredContent: { city: given.city, days: [{ max: 20 }] },
        }
      })
      server.registerTool('wipe', { annotations: { destructiveHint: true, readOnlyHint: false } }, async () => {
        calls.push('wiped')
        return { content: [] }
      })
      server.registerTool('broken', {}, async () => {
        throw new Error('no database')
      })
      return server
    }),
  )
  const server = await listenHttp((req: IncomingMessage, res: ServerResponse) => {
    void handler(req as Parameters<typeof handler>[0], res)
  })
  return { server, calls }
}

describe.concurrent('a call', () => {
  it('is made once in each passing era, after the rounds', { timeout: LONG }, async () => {
    const { server, calls } = await recording()
    await using _server = server
    const wanted = call('forecast', {
      arguments: { city: 'Zürich' },
      expect: { isError: false, text: /^sunny in Z/, structuredContent: { days: [{ max: 20 }] } },
    })
    const report = await gate(request(`${server.url}/mcp`, [wanted], { rounds: 2 }))
    expect(report).toMatchObject({ passed: true })
    expect(calls).toEqual([{ city: 'Zürich' }, { city: 'Zürich' }])
    const steps = report.rounds.at(-1)?.exchanges.filter(({ step }) => step === 'tools/call')
    expect(steps?.map(({ era }) => era).sort()).toEqual(['legacy', 'modern'])
  })

  it.each([
    ['in a session', () => v1Stateful(), '/mcp', {}],
    ['over HTTP+SSE', () => v1HttpSse(), '/sse', { transport: 'sse' } as const],
  ] as const)('works %s', { timeout: LONG }, async (_name, start, path, more) => {
    await using server = await start()
    const wanted = call('search_docs', { expect: { isError: false, text: 'never called by the gate' } })
    expect((await gate(request(server.url + path, [wanted], more))).failure).toBeUndefined()
  })

  it.each([
    [
      'a result that differs',
      call('forecast', { expect: { isError: false, text: 'rain' } }),
      'CALL_UNEXPECTED',
      /"rain"/,
    ],
    ['an error in the result', call('broken'), 'CALL_UNEXPECTED', /isError is true.*no database/],
    ['a tool that is not listed', call('forecasts'), 'TOOL_MISSING', /close: "forecast"/],
    ['a destructive tool', call('wipe'), 'CALL_NOT_ALLOWED', /destructive/],
  ] as const)('%s fails the gate', { timeout: LONG }, async (_name, wanted, code, words) => {
    const { server, calls } = await recording()
    await using _server = server
    const { failure } = await gate(request(`${server.url}/mcp`, [wanted]))
    expect(failure).toMatchObject({ code, sentence: expect.stringMatching(words) })
    expect(calls).not.toContain('wiped')
  })

  it('of a destructive tool is made with permission', { timeout: LONG }, async () => {
    const { server, calls } = await recording()
    await using _server = server
    expect((await gate(request(`${server.url}/mcp`, [call('wipe', { allow: true })]))).passed).toBe(true)
    expect(calls).toEqual(['wiped', 'wiped'])
  })

  it('that gets no answer ends after its own time, and shows no secret', { timeout: LONG }, async () => {
    await using server = await faulty(mcpLike({ on: { 'tools/call': () => {} } }))
    const started = performance.now()
    const { failure } = await gate(request(`${server.url}/mcp`, [call('search_docs', { timeoutMs: 300 })]))
    expect(failure?.code).toBe('CALL_FAILED')
    expect(performance.now() - started).toBeLessThan(20_000)
    const headers = { Authorization: 'Bearer s3cret-token' }
    await using echoing = await faulty(
      mcpLike({
        on: {
          'tools/call': (asked, req, res) => {
            const text = `you sent ${req.headers.authorization}`
            const result = { content: [{ type: 'text', text }] }
            reply(res, 200, 'application/json', JSON.stringify({ jsonrpc: '2.0', id: asked?.id, result }))
          },
        },
      }),
    )
    const wanted = call('search_docs', { expect: { isError: false, text: 'nothing' } })
    const shown = await gate(request(`${echoing.url}/mcp`, [wanted], { headers }))
    expect(shown.failure?.sentence).toContain('you sent ***')
    expect(JSON.stringify(shown)).not.toContain('s3cret-token')
  })
})

describe('the comparison', () => {
  const differs = (structuredContent: unknown, result: unknown) =>
    differenceOf({ expect: { isError: false, structuredContent } }, { structuredContent: result, content: [] }, [])

  it.each([
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: { b: [1, 2] } }, { a: { b: [1, 2], c: 3 } }],
    [[], []],
    [null, null],
  ])('%j is a part of %j', (part, whole) => {
    expect(differs(part, whole)).toBeUndefined()
  })

  it.each([
    [{ a: 1 }, { a: 2 }, 'structuredContent.a is 2, and 1 is expected'],
    [{ a: 1 }, {}, 'structuredContent.a is absent, and 1 is expected'],
    [{ a: [1] }, { a: [1, 2] }, 'structuredContent.a is [1,2], and [1] is expected'],
    [{ a: [{ b: 1 }] }, { a: [{ b: '1' }] }, 'structuredContent.a[0].b is "1", and 1 is expected'],
    [{ toString: 1 }, {}, 'structuredContent.toString is absent, and 1 is expected'],
    [{ a: 1 }, undefined, 'structuredContent is absent, and {"a":1} is expected'],
  ])('%j is no part of %j', (part, whole, words) => {
    expect(differs(part, whole)).toBe(words)
  })
})

describe('the list', () => {
  it('has defaults', () => {
    expect(
      read('- tool: search\n- tool: get\n  arguments: {id: 7}\n  timeout: 10s\n  expect: {text: "/a.b/i"}'),
    ).toEqual([
      call('search'),
      call('get', { arguments: { id: 7 }, timeoutMs: 10_000, expect: { isError: false, text: /a.b/i } }),
    ])
  })

  it.each([
    ['tool: x', 'is not a list'],
    ['- [', 'is not YAML'],
    ['- x', 'call 1: it is not a mapping'],
    ['- tool: a\n- argument: {}', 'call 2: "argument" is not allowed, only tool, arguments'],
    ['- tool: ""', 'call 1: "tool" must be the name'],
    ['- tool: a\n  arguments: [1]', '"arguments" must be a mapping'],
    ['- tool: a\n  allow: yes please', '"allow" must be true or false'],
    ['- tool: a\n  timeout: 10', '"timeout" must be a duration'],
    ['- tool: a\n  timeout: soon', 'mcp-call, call 1, timeout is "soon"'],
    ['- tool: a\n  expect: {txt: b}', 'expect: "txt" is not allowed'],
    ['- tool: a\n  expect: {text: "/(/"}', 'expect.text is not a regular expression'],
    ['- tool: a\n  expect: {isError: 1}', 'expect.isError must be true or false'],
    ['- &x {tool: a}\n- *x', 'is not YAML'],
    [Array(21).fill('- tool: a').join('\n'), 'has 21 calls: at most 20'],
  ])('%s is refused', (text, words) => {
    expect(() => read(text)).toThrow(InputError)
    expect(() => read(text)).toThrow(words)
  })
})
