/**
 * The gate against what people deploy: SDKs of two years, frameworks, proxies and gateways. The official clients are the
 * measure, era by era, and the table says besides what is known of each server, so that clients and gate cannot be wrong
 * together. The packages are development dependencies; where they are not installed the rows say so and are left out, and
 * on CI that is an error.
 */
import { describe, expect, it } from 'vitest'
import type { GateRequest } from '../../src/gate/gate.ts'
import { httpSseOracle, legacyOracle, modernOracle, type Oracle } from '../support/mcp/clients.ts'
import type { Listening } from '../support/mcp/listen.ts'
import {
  everything,
  fastMcp,
  guardedExpress,
  hasPackages,
  hono,
  mcpHandler,
  mcpProxy,
  oldSdk,
  supergateway,
} from '../support/mcp/matrix.ts'
import { quickGate as gate } from '../support/mcp/quick-gate.ts'

const LONG = 120_000

interface Row {
  readonly name: string
  readonly packages: readonly string[]
  readonly start: () => Promise<Listening>
  readonly path?: string
  /** The server takes little processor, so its row runs at the same time as others. */
  readonly isLight?: true
  /** The server never answers a method that it does not know, so a client of the modern era waits until its end. */
  readonly isSilent?: boolean
  /** The eras that pass, with the version each negotiates. */
  readonly eras: Partial<Record<'modern' | 'legacy' | 'http-sse', string>>
}

/** The newest revision of each SDK of the table. */
const SDKS = { 'sdk-1.10': '2024-11-05', 'sdk-1.12': '2025-03-26', 'sdk-1.17': '2025-06-18', 'sdk-1.24': '2025-11-25' }

const sdkRows: Row[] = Object.entries(SDKS).flatMap(([alias, version]) =>
  [
    { stateful: false, json: false },
    { stateful: false, json: true },
    { stateful: true, json: false },
    { stateful: true, json: true },
  ].map(options => ({
    name: `${alias}, ${options.stateful ? 'stateful' : 'stateless'}, ${options.json ? 'JSON' : 'SSE'}`,
    packages: [alias],
    isLight: true,
    isSilent: alias === 'sdk-1.10' && options.json && !options.stateful,
    start: () => oldSdk(alias, options),
    eras: { legacy: version },
  })),
)

const EVERYTHING = ['@modelcontextprotocol/server-everything']
const both = { modern: '2026-07-28', legacy: '2025-11-25' }
const legacy = { legacy: '2025-11-25' }
const rows: Row[] = [
  ...sdkRows,
  { name: 'fastmcp', packages: ['fastmcp'], start: () => fastMcp(false), isLight: true, eras: legacy },
  { name: 'mcp-handler', packages: ['mcp-handler'], start: mcpHandler, path: '/api/mcp', isLight: true, eras: both },
  { name: '@hono/mcp', packages: ['@hono/mcp', 'hono'], start: hono, isLight: true, eras: legacy },
  {
    name: 'Express of SDK 2, as it comes',
    packages: ['@modelcontextprotocol/express'],
    start: () => guardedExpress(),
    isLight: true,
    eras: both,
  },
  { name: 'server-everything', packages: EVERYTHING, start: () => everything('streamableHttp'), eras: legacy },
  {
    name: 'server-everything, HTTP+SSE',
    packages: EVERYTHING,
    start: () => everything('sse'),
    path: '/sse',
    eras: { 'http-sse': '2025-11-25' },
  },
  { name: 'fastmcp, stateless', packages: ['fastmcp'], start: () => fastMcp(true), eras: legacy },
  { name: 'mcp-proxy', packages: ['mcp-proxy'], start: mcpProxy, eras: both },
  { name: 'supergateway', packages: ['supergateway'], start: () => supergateway('streamableHttp'), eras: legacy },
  {
    name: 'supergateway, stateful',
    packages: ['supergateway'],
    start: () => supergateway('streamableHttp', true),
    eras: legacy,
  },
  {
    name: 'supergateway, HTTP+SSE',
    packages: ['supergateway'],
    start: () => supergateway('sse'),
    path: '/sse',
    eras: { 'http-sse': '2025-11-25' },
  },
]

const request = (endpoint: string): GateRequest => ({
  endpoint,
  require: 'any',
  transport: 'auto',
  headers: {},
  tools: [],
  rounds: 2,
  timeoutMs: 30_000,
})

describe('the gate agrees with the official clients about', () => {
  for (const { name, packages, start, path = '/mcp', isLight = false, isSilent = false, eras } of rows) {
    const isHere = hasPackages(...packages)
    if (!isHere && process.env.CI) throw new Error(`${packages.join(', ')} must be installed on CI: run npm ci.`)
    it.skipIf(!isHere)(name, { timeout: LONG, concurrent: isLight }, async () => {
      await using server = await start()
      const url = server.url + path
      const times = isSilent ? { minDiscoverTimeoutMs: 300, minSilentDiscoverTimeoutMs: 100 } : {}
      const report = await gate(request(url), () => {}, times)
      const passed = Object.entries(report.eras).filter(([, { verdict }]) => verdict === 'passed')
      const versions = Object.fromEntries(passed.map(([era, { protocolVersion }]) => [era, protocolVersion]))
      expect(versions, JSON.stringify(report.failure)).toEqual(eras)
      expect(report.passed).toBe(true)
      expect(report.rounds.map(({ verdict, survey }) => [verdict, survey?.verdict])).toEqual([
        ['green', 'green'],
        ['green', undefined],
      ])
      const [old, modern] = [await legacyOracle(url), await modernOracle(url, isSilent ? 500 : undefined)]
      // This client never gives up on a server that opens another kind of stream.
      const sse: Oracle = eras['http-sse'] === undefined ? { passed: false } : await httpSseOracle(url)
      expect({ legacy: old.passed, modern: modern.passed }).toEqual({
        legacy: eras.legacy !== undefined,
        modern: eras.modern !== undefined,
      })
      if (eras['http-sse'] !== undefined) expect(sse.passed).toBe(true)
      const passedOracle = [modern, old, sse].find(oracle => oracle.passed)
      expect(report.tools).toEqual(passedOracle?.passed ? passedOracle.tools : [])
    })
  }

  it.skipIf(!hasPackages('@modelcontextprotocol/express'))(
    'a host guard that does not know the host',
    {
      timeout: LONG,
    },
    async () => {
      await using server = await guardedExpress(['mcp.example.com'])
      const report = await gate({ ...request(`${server.url}/mcp`), rounds: 1 })
      expect(report.failure).toMatchObject({ code: 'HOST_REJECTED', remedy: 'config' })
      const clients = [await legacyOracle(`${server.url}/mcp`), await modernOracle(`${server.url}/mcp`)]
      expect(clients).toEqual([{ passed: false }, { passed: false }])
    },
  )
})
