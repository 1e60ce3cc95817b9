/**
 * The classifier is total: whatever a server sends, it answers with a code of the table and a sentence that is
 * one bounded line. Plus the readings that only a pure function can show cheaply.
 */
import { describe, expect, it } from 'vitest'
import { codes } from '../../src/gate/codes.ts'
import type { Ending, HttpOutcome, Phase, Reply } from '../../src/gate/http-exchange.ts'
import { readDiscoverResult } from '../../src/gate/modern.ts'
import { type RequestContext, readOutcome } from '../../src/gate/read-reply.ts'
import { clean, secretsOf } from '../../src/gate/sanitize.ts'
import { closest, readPage } from '../../src/gate/tools.ts'
import fc from '../support/property.ts'

const phases = { dns: null, tcp: 1, tls: null, headers: 1, body: 1 }
const context: RequestContext = {
  id: 1,
  url: new URL('http://mcp.example.com/mcp'),
  inSession: false,
  authorized: false,
  secrets: [],
}

const reply = (more: Partial<Reply>): Reply => ({
  kind: 'reply',
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: '',
  bytes: more.body?.length ?? 0,
  ending: 'end',
  phases,
  elapsedMs: 2,
  ...more,
})

const jsonish = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.json(),
  fc.jsonValue().map(value => JSON.stringify({ jsonrpc: '2.0', id: 1, result: value })),
  fc.jsonValue().map(value => JSON.stringify({ jsonrpc: '2.0', id: value, error: value })),
  fc
    .tuple(fc.integer(), fc.string())
    .map(([code, message]) => JSON.stringify({ jsonrpc: '2.0', id: 1, error: { code, message } })),
)

const body = fc.oneof(
  jsonish,
  fc
    .array(fc.tuple(fc.constantFrom('data: ', 'event: ', 'id: ', ': ', ''), jsonish))
    .map(lines => lines.map(line => line.join('')).join('\n')),
)

const headers = fc.record(
  {
    'content-type': fc.oneof(fc.constantFrom('application/json', 'text/event-stream', 'text/html'), fc.string()),
    server: fc.constantFrom('awselb/2.0', 'nginx'),
    location: fc.string(),
    'www-authenticate': fc.string(),
    'retry-after': fc.string(),
    'content-encoding': fc.string(),
  },
  { requiredKeys: [] },
)

const anyOutcome: fc.Arbitrary<HttpOutcome> = fc.oneof(
  fc.record({
    kind: fc.constant('reply' as const),
    status: fc.oneof(
      fc.constantFrom(200, 202, 204, 307, 400, 401, 403, 404, 421, 429, 503),
      fc.integer({ min: 0, max: 999 }),
    ),
    headers,
    body,
    bytes: fc.nat(),
    ending: fc.constantFrom<Ending>('end', 'enough', 'cut', 'slow', 'too-big', 'bad-encoding'),
    phases: fc.constant(phases),
    elapsedMs: fc.nat(),
  }),
  fc.record({
    kind: fc.constant('fault' as const),
    phase: fc.constantFrom<Phase | 'proxy'>('dns', 'tcp', 'tls', 'headers', 'body', 'proxy'),
    code: fc.oneof(fc.constantFrom('DEADLINE', 'ENOTFOUND', 'ECONNRESET', 'HPE_INVALID_CONSTANT'), fc.string()),
    message: fc.string({ unit: 'binary' }),
    phases: fc.constant(phases),
    elapsedMs: fc.nat(),
  }),
)

describe('the classifier', () => {
  it('never throws, and always gives a code of the table and one bounded line', () => {
    fc.assert(
      fc.property(
        anyOutcome,
        fc.boolean(),
        fc.boolean(),
        fc.option(fc.constant(1), { nil: undefined }),
        (outcome, inSession, authorized, id) => {
          const { id: _, ...rest } = context
          const parsed = readOutcome(outcome, { ...rest, inSession, authorized, ...(id && { id }) })
          if (parsed.answered) {
            expect(parsed.result).toBeTypeOf('object')
            return
          }
          expect(codes).toHaveProperty(parsed.code)
          expect(parsed.sentence).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u)
          expect(parsed.sentence.length).toBeLessThan(1000)
        },
      ),
      { numRuns: 3000 },
    )
  })

  it('survives JSON nested deeper than any stack', () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
    const answers = [
      deep,
      `{"jsonrpc":"2.0","id":${deep},"result":{}}`,
      `{"jsonrpc":"2.0","id":1,"error":{"code":1,"data":${deep}}}`,
    ]
    const refusalCodes = answers
      .map(text => readOutcome(reply({ body: text }), context))
      .map(parsed => !parsed.answered && parsed.code)
    expect(refusalCodes).toEqual(['NOT_JSONRPC', 'WRONG_ID', 'RPC_ERROR'])
  })

  it('takes the answer out of a stream of other messages, however its lines end', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const text = [
        ': hi',
        '',
        'data: {"jsonrpc":"2.0","method":"notifications/x"}',
        '',
        'event: message',
        'data: {"jsonrpc":"2.0",',
        'data: "id":1,"result":{}}',
        '',
        ': bye',
        '',
      ].join(end)
      expect(readOutcome(reply({ headers: { 'content-type': 'text/event-stream' }, body: text }), context)).toEqual({
        answered: true,
        result: {},
      })
    }
  })

  it('calls a 404 with an error body a refusal of the server, not a wrong path', () => {
    const error = '{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"Method not found"}}'
    expect(readOutcome(reply({ status: 404, body: error }), context)).toMatchObject({ code: 'RPC_REFUSED' })
    expect(readOutcome(reply({ status: 404, body: '{"message":"Not Found"}' }), context)).toMatchObject({
      code: 'PATH_404',
    })
  })

  it('reads Retry-After as seconds', () => {
    const limited = reply({ status: 429, headers: { 'retry-after': '12' } })
    expect(readOutcome(limited, context)).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 12_000 })
  })
})

describe('quoting', () => {
  it('removes header values in every spelling, and keeps to one line of 200 characters', () => {
    const key = 'p@ss/w"rd'
    const secrets = secretsOf({ Authorization: `Bearer ${key}` })
    const text = `${key} ${JSON.stringify({ key })} ${encodeURIComponent(key)} p@ss/\u200bw"rd\n`.repeat(20)
    const shown = clean(text.replaceAll('\u200b', ''), secrets)
    expect(shown).not.toMatch(/p@ss|p%40ss|\n/)
    expect(shown.length).toBeLessThanOrEqual(201)
  })
})

describe('tools', () => {
  it.each([
    ['search', ['fetch', 'search_docs'], 'search_docs'],
    ['getWeather', ['get_weather', 'get_time'], 'get_weather'],
    ['create_issue', ['creat_issue'], 'creat_issue'],
    ['search', ['delete_everything'], undefined],
    ['search', [], undefined],
  ])('%s is closest to one of %j: %s', (wanted, names, expected) => {
    expect(closest(wanted, names)).toBe(expected)
  })

  it('names the tool and the field that clients would refuse', () => {
    const page = {
      tools: [
        { name: 'ok', inputSchema: { type: 'object' } },
        { name: 'bad', inputSchema: { type: 'string' } },
      ],
    }
    expect(readPage(page, false, [])).toMatchObject({
      code: 'BAD_TOOLS',
      sentence: expect.stringContaining('tool "bad" has inputSchema.type that is not "object"'),
    })
  })

  it('wants the cache fields of a modern list, and of that alone', () => {
    expect(readPage({ tools: [] }, false, [])).toEqual({ tools: [] })
    expect(readPage({ tools: [] }, true, [])).toMatchObject({ code: 'BAD_MODERN_RESULT' })
    expect(readPage({ tools: [], resultType: 'complete', ttlMs: 0, cacheScope: 'private' }, true, [])).toEqual({
      tools: [],
    })
  })
})

describe('server/discover', () => {
  const good = { resultType: 'complete', supportedVersions: ['2026-07-28'], capabilities: { tools: {} } }

  it.each([
    ['resultType', { ...good, resultType: 1 }, 'BAD_DISCOVER_RESULT'],
    ['supportedVersions', { ...good, supportedVersions: '2026-07-28' }, 'BAD_DISCOVER_RESULT'],
    ['capabilities', { ...good, capabilities: [] }, 'BAD_DISCOVER_RESULT'],
    ['a version in common', { ...good, supportedVersions: ['2027-01-01'] }, 'NO_COMMON_VERSION'],
  ])('proves the modern era only with %s', (_field, result, code) => {
    expect(readDiscoverResult(good, [])).toEqual({ capabilities: { tools: {} } })
    expect(readDiscoverResult({ ...good, resultType: undefined }, [])).toEqual({ capabilities: { tools: {} } })
    expect(readDiscoverResult(result, [])).toMatchObject({ code })
  })
})
