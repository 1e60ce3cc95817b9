/**
 * The gate never throws, whatever a server sends: to any method of any era, any status, headers and body. Each run is the
 * whole gate over a real socket.
 */
import type { ServerResponse } from 'node:http'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readResourceMetadata } from '../../src/gate/authorization.ts'
import { codes } from '../../src/gate/codes.ts'
import { type GateReport, type GateRequest, gate } from '../../src/gate/gate.ts'
import { type Answer, faulty, mcpLike, reply, tool } from '../support/mcp/faults.ts'
import type { Listening } from '../support/mcp/listen.ts'

const LONG = 120_000

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

/** A list within lists, deeper than a recursive reader can follow. */
const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`

/** JSON that is shallow as a rule, and sometimes far too deep. */
const json: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.constantFrom(deep(5000), `{"x":${deep(100_000)}}`) },
)

/** A body that starts as an answer to the request and has anything in the places that the gate reads. */
const body = (id: number): fc.Arbitrary<string> => {
  const error = fc.tuple(fc.oneof(fc.integer(), fc.constantFrom(-32601, -32603, -32022)), fc.json(), json)
  const message = fc.oneof(
    json.map(result => `{"jsonrpc":"2.0","id":${id},"result":${result}}`),
    error.map(
      ([code, message, data]) =>
        `{"jsonrpc":"2.0","id":${id},"error":{"code":${code},"message":${message},"data":${data}}}`,
    ),
    json.map(
      each =>
        `{"jsonrpc":"2.0","id":${id},"result":{"tools":[${each},{"name":"x","inputSchema":{"type":"object","properties":${each}},"outputSchema":{"type":"object","properties":${each}}}]}}`,
    ),
    json.map(
      each =>
        `{"jsonrpc":"2.0","id":${id},"result":{"protocolVersion":"2025-11-25","resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":${each},"serverInfo":${each}}}`,
    ),
  )
  const batch = fc.tuple(message, json).map(([one, other]) => `[${one},${other}]`)
  const text = fc.oneof(message, batch, json, fc.string({ unit: 'binary' }), page)
  return fc.oneof(
    text,
    fc.array(text, { minLength: 1, maxLength: 3 }).map(all => all.map(one => `data: ${one}\n\n`).join('')),
  )
}

/** Pages that repeat what a reader looks for. */
const page = fc
  .tuple(fc.constantFrom('<html', '<title', '<title>', '</title', '<', '"\\', 'session ', 'host '), fc.nat(5000))
  .map(([part, times]) => `<html>${part.repeat(times)}`)

const status = fc.oneof(
  { weight: 3, arbitrary: fc.constant(200) },
  { weight: 2, arbitrary: fc.constantFrom(202, 204, 307, 400, 401, 403, 404, 405, 421, 429, 500, 503) },
)

const headerText = fc.string({ unit: fc.constantFrom(...'ab= ,;"\\/:<>-[]{}%\t'), maxLength: 60 })

const headers = fc.record(
  {
    'content-type': fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('application/json', 'text/event-stream', 'text/html') },
      { weight: 1, arbitrary: headerText },
    ),
    'www-authenticate': fc.oneof(headerText, fc.constantFrom('Bearer', 'Bearer resource_metadata="/x"')),
    location: headerText,
    'retry-after': fc.constantFrom('0', 'x', '1e9'),
    'mcp-session-id': fc.constantFrom('s', ''),
    server: fc.constantFrom('awselb/2.0', 'nginx'),
  },
  { requiredKeys: ['content-type'] },
)

const exchange = fc.record({ status, headers })

/** Runs the gate against a server that answers one method as it is told, and all others well. */
async function report(method: string, send: (id: number, res: ServerResponse) => void, more = {}): Promise<GateReport> {
  const answer: Answer = mcpLike({ session: 's', on: { [method]: (asked, _req, res) => send(asked?.id ?? 1, res) } })
  await using server: Listening = await faulty(answer)
  return await gate(request(`${server.url}/mcp`, more), quiet)
}

describe('any reply', () => {
  it.each([
    ['legacy', 'initialize', {}],
    ['legacy', 'notifications/initialized', {}],
    ['legacy', 'tools/list', {}],
    ['legacy', 'GET', {}],
    ['legacy', 'DELETE', {}],
    ['modern', 'server/discover', { require: 'modern' }],
    ['http-sse', 'GET', { transport: 'sse' }],
    ['authorization', 'initialize', { auth: 'required' }],
  ] as const)('of the %s era to %s has a verdict', { timeout: LONG }, async (_era, method, more) => {
    const property = fc.asyncProperty(
      exchange,
      body(method === 'tools/list' ? 2 : 1),
      async ({ status, headers }, text) => {
        const { passed, failure } = await report(method, (_id, res) => reply(res, status, '', text, headers), more)
        if (passed) return
        expect(codes).toHaveProperty(failure?.code ?? '')
        expect(failure?.sentence.length).toBeLessThan(2000)
      },
    )
    await fc.assert(property, { numRuns: 40 })
  })

  it('of a batch that hides a deep value is refused by name', { timeout: LONG }, async () => {
    const hidden = `{"x":${deep(5000)}}`
    const { failure } = await report('tools/list', (id, res) => {
      reply(res, 200, 'application/json', `[{"jsonrpc":"2.0","id":${id},"result":{"tools":[]}},${hidden}]`)
    })
    expect(failure).toMatchObject({ code: 'NOT_JSONRPC', sentence: expect.stringContaining('{"x":[[[') })
  })

  it.each(['inputSchema', 'outputSchema', 'annotations', '_meta'])(
    'with a tool whose %s is 5,000 levels deep has a verdict and a report that can be written',
    { timeout: LONG },
    async member => {
      const text = JSON.stringify({ ...tool('deep'), [member]: { type: 'object', x: 0 } }).replace(
        '"x":0',
        `"x":${deep(5000)}`,
      )
      const contract = { path: 'mcp-contract.json', tools: [tool('deep')] }
      const result = await report(
        'tools/list',
        (id, res) => reply(res, 200, 'application/json', `{"jsonrpc":"2.0","id":${id},"result":{"tools":[${text}]}}`),
        { contract },
      )
      expect(JSON.stringify(result)).toContain('deep')
    },
  )

  it('with a schema type that no text can be made of has a verdict', { timeout: LONG }, async () => {
    const each = { name: 'x', inputSchema: { type: 'object', properties: { a: { type: { toString: '' } } } } }
    const contract = {
      path: 'mcp-contract.json',
      tools: [{ name: 'x', inputSchema: { type: 'object', properties: { a: { type: 'string' } } } }],
    }
    const result = await report(
      'tools/list',
      (id, res) =>
        reply(res, 200, 'application/json', JSON.stringify({ jsonrpc: '2.0', id, result: { tools: [each] } })),
      { contract },
    )
    expect(result.failure?.code).toBe('CONTRACT_BROKEN')
  })

  it('that is metadata with a million slashes is read', () => {
    const slashes = `https://mcp.example.com/${'/'.repeat(1_000_000)}x`
    const metadata = { resource: slashes, authorization_servers: [slashes] }
    expect(readResourceMetadata(metadata, new URL('https://mcp.example.com/mcp'), [])).toMatchObject({
      code: 'AUTH_RESOURCE_MISMATCH',
    })
  })
})
