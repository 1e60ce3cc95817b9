/** The decision of the gate as a table: what each era gave, what is required, and the failure that decides. */
import { describe, expect, test } from 'vitest'
import { type Code, codes, type Era, type Failure, failure, isInterruption } from '../../src/gate/codes.ts'
import {
  asSingleEraFailure,
  contractFault,
  contractIn,
  decideRound,
  disagreement,
  mergeRounds,
  missingContractFailure,
  namesOf,
  warningsOf,
} from '../../src/gate/decide.ts'
import type { Eras } from '../../src/gate/eras.ts'
import type { GateRequest } from '../../src/gate/request.ts'
import type { EraResult } from '../../src/gate/rpc.ts'

const result = (verdict: EraResult['verdict'], more: Partial<EraResult> = {}): EraResult => ({
  verdict,
  warnings: [],
  elapsedMs: 1,
  ...more,
})
const passed = result('passed')
const absent = result('absent')
const fails = (code: Code, era: Era, step = 'initialize', more: Partial<EraResult> = {}) =>
  result('failed', { failure: failure(code, step, `${code} of ${era}`, era), ...more })
/** Three eras: modern, legacy, HTTP+SSE. */
const eras = (modern: EraResult, legacy: EraResult, sse: EraResult = absent): Eras => ({
  modern,
  legacy,
  'http-sse': sse,
})
const http = fails('SERVER_ERROR', 'legacy')
const modernHttp = fails('SERVER_ERROR', 'modern', 'server/discover')

describe('one round', () => {
  type Request = Pick<GateRequest, 'require' | 'transport'>
  const auto = (require: Request['require']): Request => ({ require, transport: 'auto' })

  test.each<[string, Eras, Request, string | undefined]>([
    ['any, modern passes', eras(passed, absent), auto('any'), undefined],
    ['any, legacy passes', eras(absent, passed), auto('any'), undefined],
    ['any, HTTP+SSE passes', eras(absent, absent, passed), auto('any'), undefined],
    [
      'any, nothing answers as MCP',
      eras(absent, absent),
      auto('any'),
      'MODERN_ABSENT of The endpoint does not speak any era',
    ],
    ['any, one fails that is not offered', eras(passed, http), auto('any'), undefined],
    [
      'any, one fails that is offered',
      eras(passed, fails('SERVER_ERROR', 'legacy', 'initialize', { isOffered: true })),
      auto('any'),
      'SERVER_ERROR of legacy',
    ],
    [
      'any, both fail, the one with more progress',
      eras(fails('SERVER_ERROR', 'modern', 'tools/list'), http),
      auto('any'),
      'SERVER_ERROR of modern',
    ],
    ['any, both fail alike', eras(modernHttp, http), auto('any'), 'SERVER_ERROR of legacy'],
    ['any, a layer below', eras(modernHttp, fails('TLS_UNTRUSTED', 'legacy')), auto('any'), 'SERVER_ERROR of modern'],
    ['both, both pass', eras(passed, passed), auto('both'), undefined],
    ['both, legacy fails', eras(passed, http), auto('both'), 'SERVER_ERROR of legacy'],
    ['both, modern fails', eras(modernHttp, passed), auto('both'), 'SERVER_ERROR of modern'],
    ['both, modern is absent', eras(absent, passed), auto('both'), 'MODERN_ABSENT of'],
    ['modern, legacy does not matter', eras(passed, http), auto('modern'), undefined],
    ['modern, absent beside a legacy era', eras(absent, passed), auto('modern'), 'MODERN_ABSENT of'],
    ['modern, it fails', eras(modernHttp, passed), auto('modern'), 'SERVER_ERROR of modern'],
    ['legacy, modern does not matter', eras(modernHttp, passed), auto('legacy'), undefined],
    ['legacy, only HTTP+SSE', eras(passed, absent, passed), auto('legacy'), 'OLD_TRANSPORT of'],
    ['legacy over SSE', eras(passed, absent, passed), { require: 'legacy', transport: 'sse' }, undefined],
    [
      'legacy over SSE, it fails',
      eras(passed, passed, fails('SERVER_ERROR', 'http-sse')),
      { require: 'legacy', transport: 'sse' },
      'SERVER_ERROR of http-sse',
    ],
  ])('%s', (_, given, request, expected) => {
    const fault = decideRound(given, request)
    const [code, text = ''] = expected?.split(/ of ?/, 2) ?? []
    expect(fault?.code).toBe(code)
    if (fault !== undefined) expect(fault.sentence).toContain(text)
  })
})

describe('of two eras that fail, the one with more progress decides', () => {
  const layers = ['DNS', 'TCP', 'TLS', 'HTTP', 'MCP']
  const names = Object.keys(codes) as Code[]
  const one = (layer: string) =>
    names.find(code => codes[code].layer === layer && !/^(RPC_|LEGACY_CLIENTS|MODERN_ABSENT)/.test(code)) as Code
  const any = { require: 'any', transport: 'auto' } as const
  const winner = (modern: [Code, string], legacy: [Code, string]) =>
    decideRound(eras(fails(modern[0], 'modern', modern[1]), fails(legacy[0], 'legacy', legacy[1])), any)?.era

  test.each(layers.slice(1).map((layer, index) => [layer, layers[index] as string] as const))(
    '%s over %s',
    (more, less) => {
      expect(winner([one(more), 'x'], [one(less), 'x'])).toBe('modern')
      expect(winner([one(less), 'x'], [one(more), 'x'])).toBe('legacy')
    },
  )

  test('the list of tools over every layer, and every layer over the refusal of an era', () => {
    expect(winner([one('DNS'), 'tools/list'], [one('MCP'), 'x'])).toBe('modern')
    const rpc = names.find(code => code.startsWith('RPC_')) as Code
    expect(winner([rpc, 'server/discover'], [one('DNS'), 'x'])).toBe('legacy')
    expect(winner([rpc, 'x'], [one('DNS'), 'x'])).toBe('modern')
    expect(winner([one('MCP'), 'server/discover'], [one('DNS'), 'x'])).toBe('modern')
    expect(winner([one('DNS'), 'x'], ['LEGACY_CLIENTS_LOCKED_OUT', 'x'])).toBe('modern')
  })

  test('and where nothing answers as MCP, that is the failure of the first request', () => {
    expect(decideRound(eras(absent, absent), any)).toMatchObject({
      code: 'MODERN_ABSENT',
      step: 'server/discover',
      era: 'modern',
      sentence: 'The endpoint does not speak any era of MCP.',
    })
  })
})

test('an interrupted request of a failed era decides although another era passed', () => {
  const any = { require: 'any', transport: 'auto' } as const
  const interruption = (Object.keys(codes) as Code[]).find(code => isInterruption(failure(code, 'x', 'y'))) as Code
  expect(decideRound(eras(passed, fails(interruption, 'legacy')), any)?.code).toBe(interruption)
  const offered = fails('SERVER_ERROR', 'http-sse', 'initialize', { isOffered: true })
  expect(decideRound(eras(passed, fails(interruption, 'legacy'), offered), any)?.code).toBe('SERVER_ERROR')
})

test('the modern era is absent because of the age of a server, otherwise for its own reason', () => {
  const modern = { require: 'modern', transport: 'auto' } as const
  const refused = result('absent', { failure: failure('SERVER_ERROR', 'server/discover', 'It answers 500.', 'modern') })
  const sentence = 'The server does not offer revision 2026-07-28. It answers 500.'
  for (const older of [
    eras(refused, passed),
    eras(refused, absent, passed),
    eras(refused, fails('SESSION_LOST', 'legacy')),
  ])
    expect(decideRound(older, modern)).toMatchObject({ code: 'MODERN_ABSENT', step: 'server/discover', sentence })
  expect(decideRound(eras(refused, http), modern)).toMatchObject({ code: 'SERVER_ERROR', sentence: 'It answers 500.' })
  expect(decideRound(eras(absent, http), modern)?.sentence).toBe('The server does not offer revision 2026-07-28.')
})

test('of two faults a final one decides, and otherwise that of the legacy era', () => {
  const both = { require: 'both', transport: 'auto' } as const
  const final = (Object.keys(codes) as Code[]).find(code => codes[code].final) as Code
  expect(decideRound(eras(fails(final, 'modern'), http), both)?.code).toBe(final)
  expect(decideRound(eras(modernHttp, http), both)?.era).toBe('legacy')
  const old = { require: 'legacy', transport: 'auto' } as const
  expect(decideRound(eras(passed, absent, fails('SERVER_ERROR', 'http-sse')), old)?.era).toBe('http-sse')
  expect(decideRound(eras(passed, absent, passed), old)).toMatchObject({
    step: 'initialize',
    era: 'http-sse',
    sentence: 'The endpoint has only HTTP+SSE (2024-11-05).',
  })
  expect(decideRound(eras(passed, absent, passed), both)?.code).toBe('OLD_TRANSPORT')
})

describe('two rounds in a row', () => {
  test('name the step of the failed one, or the rounds if it has no failure', () => {
    const before = eras(passed, fails('SERVER_ERROR', 'legacy', 'tools/list'))
    expect(disagreement(before, eras(passed, passed), { require: 'any' })).toMatchObject({
      step: 'tools/list',
      sentence:
        'FLAPPING: of two rounds in a row one passed the legacy era and the other did not. It did not: SERVER_ERROR of legacy',
    })
    expect(disagreement(eras(passed, absent), eras(passed, passed), { require: 'any' })).toMatchObject({
      step: 'rounds',
      sentence: 'FLAPPING: of two rounds in a row one passed the legacy era and the other did not.',
    })
  })

  const any = { require: 'any' } as const

  test.each<[string, Eras | undefined, Eras, Pick<GateRequest, 'require'>, Era | undefined]>([
    ['the first one', undefined, eras(passed, http), any, undefined],
    ['alike', eras(passed, http), eras(passed, absent), any, undefined],
    ['modern no longer', eras(passed, passed), eras(modernHttp, passed), any, 'modern'],
    ['legacy only now', eras(passed, http), eras(passed, passed), any, 'legacy'],
    ['another requirement', eras(passed, passed), eras(passed, http), { require: 'modern' }, undefined],
  ])('%s', (_, before, now, request, era) => {
    const fault = disagreement(before, now, request)
    expect(fault?.era).toBe(era)
    expect(fault?.code).toBe(era === undefined ? undefined : 'FLAPPING')
    if (era !== undefined)
      expect(fault?.sentence).toContain(`passed the ${era} era and the other did not. It did not: `)
  })
})

test('rounds are merged: a failure of any round stays, the last one counts, and a warning is there once', () => {
  expect(mergeRounds([])).toBeUndefined()
  const later = fails('HTTP_4XX', 'legacy')
  const merged = mergeRounds([
    eras(result('passed', { warnings: ['a'] }), http),
    eras(result('passed', { warnings: ['a', 'b'] }), later),
    eras(result('passed', { warnings: ['b'], protocolVersion: '2026-07-28' }), passed),
  ])
  expect(merged?.modern).toEqual(result('passed', { warnings: ['a', 'b'], protocolVersion: '2026-07-28' }))
  expect(merged?.legacy).toMatchObject({ verdict: 'failed', failure: later.failure })
  expect(merged?.['http-sse']).toEqual(absent)
})

describe('the failure of one era while the other works', () => {
  const fault = http.failure as Failure
  test('is for half of the clients, with its own code as the cause and its own remedy', () => {
    expect(asSingleEraFailure(fault, eras(passed, http))).toEqual({
      ...fault,
      code: 'MODERN_OK_LEGACY_BROKEN',
      cause: 'SERVER_ERROR',
      sentence:
        '2026-07-28 works, and clients that send initialize do not get through. SERVER_ERROR: SERVER_ERROR of legacy',
      fix: `${fault.fix} Or set mcp-require: modern when those clients do not matter.`,
    })
    const other = modernHttp.failure as Failure
    expect(asSingleEraFailure(other, eras(modernHttp, passed))).toMatchObject({
      code: 'LEGACY_OK_MODERN_BROKEN',
      cause: 'SERVER_ERROR',
      fix: `${other.fix} Or set mcp-require: legacy when those clients do not matter.`,
    })
  })
  test('stays as it is when no other era works', () => {
    expect(asSingleEraFailure(fault, eras(modernHttp, http))).toBe(fault)
    expect(asSingleEraFailure(fault, eras(absent, http, passed))).toBe(fault)
  })
  test.each([
    'LEGACY_CLIENTS_LOCKED_OUT',
    'MODERN_ABSENT',
    'NO_TOOLS_CAPABILITY',
    'TOOL_MISSING',
    'CONTRACT_BROKEN',
    'CALL_FAILED',
    'CALL_UNEXPECTED',
    'CALL_NOT_ALLOWED',
    'HOST_INCOMPATIBLE',
    'OLD_REVISION',
    'FLAPPING',
  ] as const)('%s stays as it is', code => {
    const same = failure(code, 'initialize', 'x', 'legacy')
    expect(asSingleEraFailure(same, eras(passed, result('failed', { failure: same })))).toBe(same)
  })
})

describe('the contract', () => {
  const tool = (name: string) => ({ name, inputSchema: { type: 'object' } })
  const listing = (...names: readonly string[]) =>
    result('passed', { tools: names.map(tool) as unknown as NonNullable<EraResult['tools']> })
  const expecting = (...names: readonly string[]) =>
    ({ contract: { path: 'mcp.json', tools: names.map(tool) } }) as unknown as Parameters<typeof contractFault>[1]

  test('is that of the newest era that passed', () => {
    const both = eras(listing('a'), listing('b'))
    expect(contractIn(both, undefined)?.tools.map(({ name }) => name)).toEqual(['a'])
    expect(contractIn(eras(modernHttp, listing('b')), undefined)?.tools.map(({ name }) => name)).toEqual(['b'])
    expect(contractIn(both, undefined)).not.toHaveProperty('comparison')
    const committed = contractIn(both, undefined)?.tools
    expect(contractIn(both, committed)).toHaveProperty('comparison')
    expect(contractIn(eras(modernHttp, http), committed)).toBeUndefined()
    expect(contractIn(eras(passed, absent), undefined)?.tools).toEqual([])
  })

  test('is broken in the era that the contract is compared with', () => {
    expect(contractFault(eras(listing('a'), listing('b')), expecting('a'), [])).toBeUndefined()
    expect(contractFault(eras(listing('a'), listing('b')), expecting('b'), [])).toMatchObject({
      code: 'CONTRACT_BROKEN',
      step: 'tools/list',
      era: 'modern',
      sentence: expect.stringContaining('"b" is gone'),
    })
    expect(contractFault(eras(http, passed), expecting('b'), [])).toMatchObject({ era: 'legacy' })
    expect(contractFault(eras(modernHttp, http), expecting('b'), [])).toBeUndefined()
  })
})

test('no warning is made of an era that is absent, or that failed without a failure', () => {
  expect(warningsOf(eras(passed, result('failed')))).toEqual([])
  expect(warningsOf(eras(passed, result('absent', { failure: failure('SERVER_ERROR', 'x', 'y', 'legacy') })))).toEqual(
    [],
  )
})

test('the failure of an era that is not named, or whose own era passed too, stays as it is', () => {
  const unnamed = failure('SERVER_ERROR', 'initialize', 'x')
  expect(asSingleEraFailure(unnamed, eras(passed, passed))).toBe(unnamed)
  const sse = failure('SERVER_ERROR', 'initialize', 'x', 'http-sse')
  expect(asSingleEraFailure(sse, eras(passed, passed, fails('SERVER_ERROR', 'http-sse')))).toBe(sse)
})

describe('warnings', () => {
  const listing = (...names: readonly string[]) =>
    result('passed', { tools: names.map(name => ({ name })) as unknown as NonNullable<EraResult['tools']> })

  test('name the broken era beside one that works, and none where nothing works', () => {
    expect(warningsOf(eras(passed, http))).toEqual([
      expect.stringMatching(/^MODERN_OK_LEGACY_BROKEN \(SERVER_ERROR\): /),
    ])
    expect(warningsOf(eras(modernHttp, http))).toEqual([])
    expect(warningsOf(eras(passed, passed))).toEqual([])
  })
  test('name the deprecated transport, and tools that only one era lists', () => {
    expect(warningsOf(eras(absent, absent, passed))).toEqual([
      `OLD_TRANSPORT: only HTTP+SSE (2024-11-05) is served, deprecated since 2025-03-26. ${codes.OLD_TRANSPORT.fix}`,
    ])
    expect(warningsOf(eras(listing('a', 'b'), listing('b', 'a')))).toEqual([])
    expect(warningsOf(eras(listing('a'), listing('a', 'b')))).toEqual([expect.stringMatching(/list different tools/)])
  })
  test('of all eras are there once', () => {
    const warned = result('passed', { warnings: ['slow'] })
    expect(warningsOf(eras(warned, warned))).toEqual(['slow'])
  })
  test('names are sorted and distinct', () => {
    expect(namesOf(listing('b', 'a', 'b'))).toEqual(['a', 'b'])
    expect(namesOf(undefined)).toEqual([])
  })
})

test('a contract that is asked for and is not there is a failure', () => {
  const of = (contract: object | undefined) => missingContractFailure({ contract } as GateRequest)
  expect(of(undefined)).toBeUndefined()
  expect(of({ path: 'mcp.json', tools: [] })).toBeUndefined()
  expect(of({ path: 'mcp.json', tools: undefined })).toMatchObject({
    code: 'CONTRACT_MISSING',
    sentence: 'The endpoint speaks MCP, but there is no mcp.json in the repository to compare its tools with.',
  })
})
