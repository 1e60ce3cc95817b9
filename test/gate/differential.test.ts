/**
 * The gate against real servers, with the official clients as the measure: legacy passes exactly when SDK 1.32
 * connects and lists, modern exactly when SDK 2.4 pinned to 2026-07-28 does, HTTP+SSE when SDK 1.32 does over it.
 */
import { describe, expect, it } from 'vitest'
import type { GateRequest } from '../../src/gate/gate.ts'
import { httpSseOracle, legacyOracle, modernOracle } from '../support/mcp/clients.ts'
import { faulty, mcpLike } from '../support/mcp/faults.ts'
import type { Listening } from '../support/mcp/listen.ts'
import { ODD_SERVERS } from '../support/mcp/odd-servers.ts'
import { quickGate as gate } from '../support/mcp/quick-gate.ts'
import { v1HttpSse, v1Stateful, v1Stateless, v2, v2Stateful } from '../support/mcp/servers.ts'

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

const servers: [string, string, () => Promise<Listening>][] = [
  ['SDK 1, stateless, SSE answers', '/mcp', () => v1Stateless()],
  ['SDK 1, stateless, JSON answers', '/mcp', () => v1Stateless({ json: true })],
  ['SDK 1, stateful, SSE answers', '/mcp', () => v1Stateful()],
  ['SDK 1, stateful, JSON answers', '/mcp', () => v1Stateful({ json: true })],
  ['SDK 1, HTTP+SSE', '/sse', () => v1HttpSse()],
  ['SDK 2, both eras', '/mcp', () => v2()],
  ['SDK 2, both eras, SSE answers', '/mcp', () => v2({ responseMode: 'sse' })],
  ['SDK 2, modern alone', '/mcp', () => v2({ legacy: 'reject' })],
  ['SDK 2, stateful', '/mcp', () => v2Stateful()],
  ['SDK 1, a wrong path', '/nothing', () => v1Stateless()],
  ['an id sent back as a string', '/mcp', () => faulty(mcpLike({ id: id => String(id) }))],
  ['JSON answers in a batch', '/mcp', () => faulty(mcpLike({ wrap: message => [message] }))],
  [
    'an envelope with a member too many',
    '/mcp',
    () => faulty(mcpLike({ wrap: message => ({ ...message, extra: 1 }) })),
  ],
  [
    'a media type in capitals with a parameter',
    '/mcp',
    () => faulty(mcpLike({ type: 'Application/JSON; charset=utf-8' })),
  ],
  ['a media type that clients refuse', '/mcp', () => faulty(mcpLike({ type: 'text/json' }))],
  ['an older version than asked for', '/mcp', () => faulty(mcpLike({ initialize: { protocolVersion: '2024-11-05' } }))],
  ['a version nobody knows', '/mcp', () => faulty(mcpLike({ initialize: { protocolVersion: '2023-01-01' } }))],
  ['no serverInfo', '/mcp', () => faulty(mcpLike({ initialize: { serverInfo: undefined } }))],
  ['a tool without inputSchema', '/mcp', () => faulty(mcpLike({ tools: { tools: [{ name: 'x' }] } }))],
  [
    'a tool whose schema is no object schema',
    '/mcp',
    () => faulty(mcpLike({ tools: { tools: [{ name: 'x', inputSchema: { type: 'string' } }] } })),
  ],
  ['nextCursor null', '/mcp', () => faulty(mcpLike({ tools: { tools: [], nextCursor: null } }))],
]

describe('the gate agrees with the official clients', () => {
  it.each(servers)('%s', { timeout: 60_000 }, async (_name, path, start) => {
    await using server = await start()
    const url = server.url + path
    const [legacy, modern, sse] = [await legacyOracle(url), await modernOracle(url), await httpSseOracle(url)]
    const report = await gate(request(url), () => {})
    expect({
      legacy: report.eras.legacy.verdict === 'passed',
      modern: report.eras.modern.verdict === 'passed',
    }).toEqual({
      legacy: legacy.passed,
      modern: modern.passed,
    })
    if (sse.passed) expect(report.eras['http-sse'].verdict).toBe('passed')
    const oracle = [modern, legacy, sse].find(client => client.passed)
    expect(report.passed).toBe(oracle !== undefined)
    if (oracle?.passed) expect(report.tools).toEqual(oracle.tools)
  })
})

/** Milliseconds that a client waits for one answer: in some rows none comes, and in all others it is there at once. */
const REQUEST_TIMEOUT_MS = 3000

describe('the gate agrees with the official clients about odd servers', () => {
  it.concurrent.each(ODD_SERVERS)('%s', { timeout: 60_000 }, async (_name, start) => {
    await using server = await start()
    const url = `${server.url}/mcp`
    const [legacy, modern] = await Promise.all([
      legacyOracle(url, REQUEST_TIMEOUT_MS),
      modernOracle(url, REQUEST_TIMEOUT_MS),
    ])
    // None of these servers speaks TLS, which the gate finds out by a handshake.
    const { eras, tools, failure } = await gate(request(url), () => {}, { certificateTimeoutMs: 200 })
    expect(
      { legacy: eras.legacy.verdict === 'passed', modern: eras.modern.verdict === 'passed' },
      JSON.stringify(failure),
    ).toEqual({ legacy: legacy.passed, modern: modern.passed })
    // The client lists one page.
    if (legacy.passed) expect(tools).toEqual(expect.arrayContaining([...legacy.tools]))
  })
})
