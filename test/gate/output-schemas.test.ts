/**
 * Output schemas are accepted exactly as the clients of SDK 1.32 and 2.4 accept them when they list tools: over schemas that were
 * seen in public reports, and over generated ones.
 */
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
import type { JSONRPCRequest } from '@modelcontextprotocol/sdk/types.js'
import { describe, expect, it } from 'vitest'
import { type GateRequest, gate } from '../../src/gate/gate.ts'
import { listTools } from '../../src/gate/tools.ts'
import { legacyOracle, modernOracle } from '../support/mcp/clients.ts'
import { faulty, mcpLike, reply } from '../support/mcp/faults.ts'
import fc from '../support/property.ts'

const phases = { dns: null, tcp: null, tls: null, headers: null, body: null }

const toolsOf = (...schemas: readonly unknown[]) => ({
  tools: schemas.map((outputSchema, index) => ({ name: `t${index}`, inputSchema: { type: 'object' }, outputSchema })),
})

/** Whether the gate accepts a list. */
async function gateAccepts(result: Record<string, unknown>, isModern = false): Promise<boolean> {
  const outcome = {
    kind: 'reply',
    status: 200,
    headers: {},
    body: '',
    bytes: 0,
    ending: 'end',
    phases,
    elapsedMs: 0,
  } as const
  const listing = await listTools(async () => ({ reply: { answered: true, result }, outcome }), isModern, [])
  return !('answered' in listing)
}

/** Whether the client of SDK 1.32 lists these tools. */
async function clientAccepts(result: Record<string, unknown>): Promise<boolean> {
  const client = new Client({ name: 'oracle', version: '1' })
  const [near, far] = InMemoryTransport.createLinkedPair()
  far.onmessage = message => {
    const { id, method } = message as JSONRPCRequest
    const opened = {
      protocolVersion: '2025-11-25',
      capabilities: { tools: {} },
      serverInfo: { name: 'lab', version: '1' },
    }
    if (id !== undefined) void far.send({ jsonrpc: '2.0', id, result: method === 'initialize' ? opened : result })
  }
  try {
    await client.connect(near)
    await client.listTools()
    return true
  } catch {
    return false
  } finally {
    await client.close()
  }
}

/** Schemas of public reports, and one for each way in which a keyword can be wrong. */
const SCHEMAS: Readonly<Record<string, object>> = {
  'a plain object': { type: 'object', properties: { a: { type: 'string' } } },
  'a reference into $defs': { type: 'object', $defs: { A: {} }, properties: { a: { $ref: '#/$defs/A' } } },
  'a dangling reference': { type: 'object', properties: { a: { $ref: '#/$defs/Gone' } } },
  'a reference to another document': { type: 'object', properties: { a: { $ref: 'https://x.example/y.json' } } },
  'a reference to itself': { type: 'object', properties: { a: { $ref: '#' } } },
  'an identifier': { $id: 'https://x.example/a', type: 'object' },
  'an identifier twice': {
    $id: 'https://x.example/a',
    type: 'object',
    properties: { a: { $id: 'https://x.example/b' }, b: { $id: 'https://x.example/b', type: 'null' } },
  },
  'a minimum that is a string': { type: 'object', properties: { a: { type: 'number', minimum: '1' } } },
  'exclusiveMinimum true': { type: 'object', properties: { a: { type: 'number', exclusiveMinimum: true } } },
  'an empty enum': { type: 'object', properties: { a: { enum: [] } } },
  'items that are a string': { type: 'object', properties: { a: { type: 'array', items: 'x' } } },
  'additionalProperties that are a string': { type: 'object', additionalProperties: 'x' },
  'nullable without a type': { type: 'object', properties: { a: { nullable: true } } },
  'nullable with a type': { type: 'object', properties: { a: { type: 'string', nullable: true } } },
  'required true inside of a property': { type: 'object', properties: { a: { type: 'string', required: true } } },
  'oneOf that is an object': { type: 'object', properties: { a: { oneOf: {} } } },
  'an unknown type': { type: 'object', properties: { a: { type: 'text' } } },
  'an unknown type in an unused definition': { type: 'object', definitions: { A: { type: 'text' } } },
  'a pattern that is none': { type: 'object', properties: { a: { type: 'string', pattern: '(' } } },
  'an unknown format': { type: 'object', properties: { a: { type: 'string', format: 'color' } } },
  'an unknown keyword': { type: 'object', 'x-thing': [1] },
  'the dialect of 2020-12': { $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object' },
  'an unknown dialect': { $schema: 'https://x.example/dialect', type: 'object' },
  prefixItems: { type: 'object', properties: { a: { prefixItems: [{ type: 'text' }] } } },
  'a reference to an anchor': { type: 'object', properties: { a: { $ref: '#b' }, b: { $anchor: 'b' } } },
}

const key = fc.constantFrom('a', 'b')
const reference = fc.constantFrom(
  '#',
  '#/$defs/a',
  '#/definitions/b',
  '#/properties/a',
  '#a',
  'other',
  'https://x.example/a',
)
const scalar = fc.oneof(
  fc.constantFrom('string', 'object', 'text', 'x', '(', '1', ''),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
)

/** Schemas whose keywords have the right kind of value, and now and then another. */
const schema: fc.Arbitrary<unknown> = fc.letrec(tie => {
  const one = tie('schema')
  const many = fc.array(one, { maxLength: 2 })
  const map = fc.dictionary(key, one, { maxKeys: 2 })
  const wrong = fc.oneof(scalar, fc.array(scalar, { maxLength: 2 }), fc.constant({}))
  const member = (right: fc.Arbitrary<unknown>) =>
    fc.oneof({ weight: 9, arbitrary: right }, { weight: 1, arbitrary: wrong })
  const type = fc.constantFrom('string', 'number', 'integer', 'boolean', 'null', 'array', 'object')
  const keywords = {
    type: member(fc.oneof(type, fc.array(type, { minLength: 1, maxLength: 2 }))),
    properties: member(map),
    patternProperties: member(map),
    required: member(fc.uniqueArray(key, { maxLength: 2 })),
    items: member(fc.oneof(one, many)),
    additionalProperties: member(fc.oneof(one, fc.boolean())),
    anyOf: member(many),
    oneOf: member(many),
    allOf: member(many),
    not: member(one),
    if: member(one),
    enum: member(fc.array(scalar, { maxLength: 2 })),
    const: wrong,
    minimum: member(fc.integer()),
    exclusiveMaximum: member(fc.integer()),
    multipleOf: member(fc.integer()),
    minLength: member(fc.nat()),
    maxItems: member(fc.nat()),
    uniqueItems: member(fc.boolean()),
    pattern: member(fc.constantFrom('^a$', '[', '\\p{L}', '(?<a>b)')),
    format: member(fc.constantFrom('uri', 'date-time', 'color')),
    nullable: member(fc.boolean()),
    dependencies: member(map),
    contains: member(one),
    propertyNames: member(one),
    $ref: member(reference),
    $id: member(fc.constantFrom('a', 'https://x.example/a', '#a')),
    $anchor: member(fc.constantFrom('a', 'b')),
    $defs: member(map),
    definitions: member(map),
    $schema: member(fc.constantFrom('http://json-schema.org/draft-07/schema#', 'https://x.example/none')),
    discriminator: wrong,
    default: wrong,
    title: wrong,
  }
  const some = fc
    .uniqueArray(fc.constantFrom(...(Object.keys(keywords) as (keyof typeof keywords)[])), { maxLength: 3 })
    .chain(names => fc.record(Object.fromEntries(names.map(name => [name, keywords[name]]))))
  return { schema: fc.oneof({ depthSize: 'small', withCrossShrink: true }, fc.constant({}), some, some) }
}).schema

const root = fc.tuple(schema, fc.constant({ type: 'object' })).map(([each, type]) => ({ ...(each as object), ...type }))

describe('an output schema', () => {
  it.each(Object.entries(SCHEMAS))(
    '%s is accepted by the gate exactly when the client accepts it',
    async (_name, each) => {
      expect(await gateAccepts(toolsOf(each))).toBe(await clientAccepts(toolsOf(each)))
    },
  )

  it('is accepted alike in 600 generated lists', { timeout: 120_000 }, async () => {
    const counts = { accepted: 0, refused: 0 }
    const property = fc.asyncProperty(fc.array(root, { minLength: 1, maxLength: 3 }), async schemas => {
      const list = toolsOf(...schemas)
      const accepts = await clientAccepts(list)
      counts[accepts ? 'accepted' : 'refused']++
      expect(await gateAccepts(list)).toBe(accepts)
    })
    await fc.assert(property, { numRuns: 600 })
    expect(Math.min(counts.accepted, counts.refused)).toBeGreaterThan(50)
  })

  it('and an input schema are accepted alike by the client of SDK 2.4 in 150 generated lists', {
    timeout: 240_000,
  }, async () => {
    // Members that the clients read of each schema, in the right kind or in another.
    const near = fc.record(
      {
        type: fc.constantFrom('object', 'object', 'object', 'string', 1),
        properties: fc.constantFrom({}, { a: true }, { a: { type: 'string' } }, [], 'x'),
        required: fc.constantFrom(['a'], [], 'a', [1]),
        $schema: fc.constantFrom('https://json-schema.org/draft/2020-12/schema', 1),
        additionalProperties: fc.boolean(),
      },
      { requiredKeys: [] },
    )
    const tool = fc.record({
      inputSchema: fc.oneof(near, root),
      outputSchema: fc.option(fc.oneof(near, root), { nil: undefined }),
    })
    const lists = fc.sample(fc.array(tool, { minLength: 1, maxLength: 2 }), { numRuns: 150, seed: 11 })
    const results = lists.map(tools => ({
      resultType: 'complete',
      ttlMs: 0,
      cacheScope: 'public',
      tools: tools.map((each, index) => ({ name: `t${index}`, ...each })),
    }))
    const discovery = {
      resultType: 'complete',
      supportedVersions: ['2026-07-28'],
      capabilities: { tools: {} },
      ttlMs: 0,
      cacheScope: 'public',
    }
    await using server = await faulty((asked, req, res) => {
      const list = results[Number(req.url?.slice(1))]
      const result = asked?.method === 'server/discover' ? discovery : list
      reply(res, 200, 'application/json', JSON.stringify({ jsonrpc: '2.0', id: asked?.id, result }))
    })
    const counts = { accepted: 0, refused: 0 }
    for (const [index, result] of results.entries()) {
      const client = await modernOracle(`${server.url}/${index}`)
      counts[client.passed ? 'accepted' : 'refused']++
      const received = JSON.parse(JSON.stringify(result))
      expect(await gateAccepts(received, true), JSON.stringify(result)).toBe(client.passed)
    }
    expect(Math.min(counts.accepted, counts.refused)).toBeGreaterThan(15)
  })

  it('that clients cannot compile is named with the tool and what to do', { timeout: 60_000 }, async () => {
    const result = toolsOf(SCHEMAS['a dangling reference'])
    await using server = await faulty(mcpLike({ tools: result }))
    const request: GateRequest = {
      endpoint: `${server.url}/mcp`,
      require: 'any',
      transport: 'auto',
      headers: {},
      tools: [],
      rounds: 1,
      timeoutMs: 0,
    }
    const { failure } = await gate(request, () => {})
    expect(failure).toMatchObject({
      code: 'BAD_TOOLS',
      sentence: expect.stringMatching(/tool "t0" has an outputSchema .*can't resolve reference #\/\$defs\/Gone/),
      fix: expect.stringContaining('$ref'),
    })
    expect([await legacyOracle(request.endpoint), await modernOracle(request.endpoint)]).toEqual([
      { passed: false },
      { passed: false },
    ])
  })

  it('that is too large to be compiled here is left to the clients', async () => {
    const properties = Object.fromEntries(
      Array.from({ length: 3000 }, (_, index) => [`property${index}`, { type: 'text' }]),
    )
    expect(await gateAccepts(toolsOf({ type: 'object', properties }))).toBe(true)
  })
})
