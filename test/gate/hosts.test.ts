/** What hosts refuse beyond the specification: a warning for all, a failure for those that the user names. */
import { describe, expect, it } from 'vitest'
import type { Eras } from '../../src/gate/eras.ts'
import { hostNames } from '../../src/gate/host-names.ts'
import { checkHosts, findHostRefusals } from '../../src/gate/hosts.ts'
import type { Tool } from '../../src/gate/tool.ts'
import { faulty, mcpLike } from '../support/mcp/faults.ts'
import { quickGate as gate } from '../support/mcp/quick-gate.ts'

const tool = (name: string, inputSchema: Record<string, unknown> = {}): Tool => ({
  name,
  inputSchema: { type: 'object', ...inputSchema },
})

const erasWith = (tools: readonly Tool[]): Eras => {
  const absent = { verdict: 'absent', warnings: [], elapsedMs: 0 } as const
  return { modern: absent, 'http-sse': absent, legacy: { verdict: 'passed', tools, warnings: [], elapsedMs: 1 } }
}

const nested = { properties: { a: { type: 'object', properties: { b: { anyOf: [{ type: 'array' }] } } } } }

/** Each broken rule, a host that refuses it and one that does not. */
const ROWS: [string, readonly Tool[], (typeof hostNames)[number], (typeof hostNames)[number], RegExp][] = [
  ['anyOf at the top', [tool('a', { anyOf: [{}] })], 'claude-code', 'cursor', /"a" has anyOf/],
  ['a dot in a name', [tool('a.b')], 'vscode', 'gemini', /"a.b" has a name/],
  ['a name of 65 characters', [tool('a'.repeat(65))], 'chatgpt', 'vscode', /more than 64/],
  ['a name of 59 characters', [tool('a'.repeat(59))], 'cursor', 'claude', /more than 58/],
  ['a name that starts with a digit', [tool('1st')], 'gemini', 'claude', /"1st"/],
  ['a name twice', [tool('a'), tool('b'), tool('a')], 'claude', 'claude', /"a" is listed twice/],
  ['an array without items, deep inside', [tool('a', nested)], 'vscode', 'claude', /without "items"/],
  ['129 tools', Array.from({ length: 129 }, (_, at) => tool(`t${at}`)), 'vscode', 'claude', /129 tools/],
  [
    'a list of 110,000 characters',
    [{ ...tool('a'), description: 'x'.repeat(110_000) }],
    'claude-code',
    'cursor',
    /tokens/,
  ],
]

describe('hosts', () => {
  it.each(ROWS)('%s', (_name, tools, refusing, other, words) => {
    const anywhere = checkHosts(erasWith(tools), [], [])
    expect(anywhere.failure).toBeUndefined()
    expect(anywhere.warnings).toContainEqual(expect.stringMatching(words))
    const { failure, warnings } = checkHosts(erasWith(tools), [refusing], [])
    expect(failure).toMatchObject({ code: 'HOST_INCOMPATIBLE', sentence: expect.stringMatching(words) })
    expect(warnings).not.toContainEqual(expect.stringMatching(words))
    if (other !== refusing) expect(checkHosts(erasWith(tools), [other], []).failure).toBeUndefined()
  })

  it('accept ordinary tools', () => {
    const tools = [
      tool('search_docs', { properties: { tags: { type: 'array', items: { type: 'string' } } } }),
      tool('get-page'),
    ]
    expect(checkHosts(erasWith(tools), hostNames, [])).toEqual({ failure: undefined, warnings: [] })
  })

  it('that a user names fail the gate', { timeout: 60_000 }, async () => {
    await using server = await faulty(mcpLike({ tools: { tools: [tool('admin.list')] } }))
    const request = {
      endpoint: `${server.url}/mcp`,
      require: 'any',
      transport: 'auto',
      headers: {},
      tools: [],
    } as const
    const lax = await gate({ ...request, rounds: 1, timeoutMs: 0 })
    expect(lax).toMatchObject({ passed: true, warnings: [expect.stringContaining('github/copilot-cli#1879')] })
    const strict = await gate({ ...request, rounds: 1, timeoutMs: 0, hosts: ['claude'] })
    expect(strict.failure).toMatchObject({ code: 'HOST_INCOMPATIBLE', remedy: 'replace', era: 'legacy' })
  })
})

it('a list of tools has each requirement that it does not meet, with the text of the server as it is', () => {
  const refusals = findHostRefusals([tool('a\u202eb'), tool('1st')])
  expect(refusals.map(({ tool: name, source }) => [name, source])).toEqual([
    ['a\u202eb', 'github/copilot-cli#1879'],
    ['a\u202eb', 'google-gemini/gemini-cli#2966'],
  ])
  expect(findHostRefusals([tool('search')])).toEqual([])
})
