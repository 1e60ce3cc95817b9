/**
 * The gate never throws, whatever a server sends: to any method of any era, any status, headers and body, in chunks and compressed.
 * Each run is the whole gate over a real socket.
 */
import { describe, expect, it } from 'vitest'
import { readResourceMetadata } from '../../src/gate/authorization.ts'
import { codes } from '../../src/gate/codes.ts'
import { deep, hasVerdict, places, reportOf } from '../support/mcp/any-reply.ts'
import { reply, tool } from '../support/mcp/faults.ts'
import fc from '../support/property.ts'

const LONG = 120_000

describe('any reply', () => {
  for (const place of places) {
    it(`of the ${place[0]} era to ${place[1]} has a verdict`, { timeout: LONG }, async () => {
      await fc.assert(hasVerdict(place, codes), { numRuns: 40 })
    })
  }

  it('of a batch that hides a deep value is refused by name', { timeout: LONG }, async () => {
    const hidden = `{"x":${deep(5000)}}`
    const { failure } = await reportOf('tools/list', (id, res) => {
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
      const result = await reportOf(
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
    const result = await reportOf(
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
