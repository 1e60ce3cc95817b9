/**
 * The reports of real gates: they are what docs/report.schema.json says, their JUnit XML is well-formed whatever a
 * server sent, and exactly the deciding failure fails in it.
 */
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { codes } from '../../src/gate/codes.ts'
import { type GateReport, type GateRequest, gate } from '../../src/gate/gate.ts'
import { checksOf, contractText, gateSection, renderJUnit } from '../../src/report/gate.ts'
import { reportJson } from '../../src/report/report.ts'
import { faulty, mcpLike, reply } from '../support/mcp/faults.ts'
import { v1HttpSse, v1Stateful, v2 } from '../support/mcp/servers.ts'
import { startProtectedServer } from '../support/mcp/wall.ts'
import fc from '../support/property.ts'
import { elements, renderTree, text } from '../support/render.ts'
import { planReport } from '../support/reports.ts'
import { type Element, readXml } from '../support/xml.ts'

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true })
addFormats.default(ajv)
const schema = JSON.parse(readFileSync(new URL('../../docs/report.schema.json', import.meta.url), 'utf8')) as object
const validate = ajv.compile(schema)

/** The errors of a report as it is written to its file. */
const faultsOf = (gateReport: GateReport) => {
  const report = planReport(
    { format_version: '1.2', applyable: true, terraform_version: '1.11.4' },
    {
      command: 'verify',
      gate: gateReport,
      ...(gateReport.failure && { failure: { ...gateReport.failure, phase: 'gate' } }),
    },
  )
  validate(JSON.parse(JSON.stringify(reportJson(report))))
  return validate.errors ?? []
}

const run = (url: string, more: Partial<GateRequest> = {}) =>
  gate(
    {
      endpoint: url,
      require: 'any',
      transport: 'auto',
      headers: {},
      tools: [],
      rounds: 1,
      timeoutMs: 0,
      ...more,
    },
    () => {},
  )

const oldTool = { name: 'search', description: 'a|b', inputSchema: { type: 'object', properties: { q: {} } } }
const contract = { path: 'c.json', tools: [oldTool] }
const oauth = { clientId: 'a', clientSecret: 'b' }

/** Gates of every kind, with the failing JUnit cases of each. */
const GATES: [string, () => Promise<GateReport>, string[]][] = [
  ['both eras', () => withServer(v2(), '/mcp', { rounds: 2, timeoutMs: 30_000 }), []],
  ['legacy alone', () => withServer(v1Stateful(), '/mcp', {}), []],
  [
    'legacy alone where modern must pass',
    () => withServer(v1Stateful(), '/mcp', { require: 'modern' }),
    ['passed rounds'],
  ],
  ['legacy locked out, unasked', () => withServer(v2({ legacy: 'reject' }), '/mcp', {}), []],
  [
    'legacy locked out',
    () => withServer(v2({ legacy: 'reject' }), '/mcp', { require: 'both' }),
    ['protocol initialize'],
  ],
  ['HTTP+SSE', () => withServer(v1HttpSse(), '/sse', {}), []],
  ['a missing tool', () => withServer(v2(), '/mcp', { tools: ['nothing'] }), ['protocol initialize']],
  ['a broken contract', () => withServer(v2(), '/mcp', { contract }), ['tool contract']],
  [
    'a changed contract',
    () => withServer(faulty(mcpLike({ tools: { tools: [{ ...oldTool, description: 'c' }] } })), '/mcp', { contract }),
    [],
  ],
  ['one era broken', () => withServer(halfBroken(), '/mcp', { require: 'both' }), ['protocol initialize']],
  [
    'a missing contract',
    () => withServer(v2(), '/mcp', { contract: { path: 'c', tools: undefined } }),
    ['tool contract'],
  ],
  ['another version', () => withServer(v2(), '/mcp', { expectVersion: '9' }), ['protocol initialize']],
  ['a wall', () => withServer(startProtectedServer(), '', { auth: 'required' }), []],
  ['a wall and what is behind', () => withServer(startProtectedServer(), '', { auth: 'required', oauth }), []],
  ['no wall', () => withServer(v2(), '/mcp', { auth: 'required' }), ['authorization']],
  ['nobody there', () => run('http://127.0.0.1:9/mcp'), ['protocol initialize']],
  [
    'a web page',
    () =>
      withServer(
        faulty((_a, _q, res) => reply(res, 200, 'text/html', '<title>]]>&"\u0000</title>')),
        '/mcp',
        {},
      ),
    ['protocol initialize'],
  ],
  ['one bad target of eight', () => withServer(flapping(), '/mcp', {}), ['protocol initialize']],
]

async function withServer(
  starting: Promise<{ url: string } & AsyncDisposable>,
  path: string,
  more: Partial<GateRequest>,
): Promise<GateReport> {
  await using server = await starting
  return await run(server.url + path, more)
}

/** Answers 2026-07-28, and every initialize with an error. */
async function halfBroken() {
  const whole = await v2({ legacy: 'reject' })
  const half = await faulty(async (asked, req, res) => {
    if (req.headers['mcp-method'] === undefined) return reply(res, 500, 'text/plain', 'x')
    const headers = new Headers(req.headers as Record<string, string>)
    headers.delete('content-length')
    const answer = await fetch(`${whole.url}/mcp`, { method: 'POST', headers, body: JSON.stringify(asked) })
    reply(res, answer.status, answer.headers.get('content-type') ?? '', await answer.text())
  })
  return {
    url: half.url,
    [Symbol.asyncDispose]: async () => {
      await half[Symbol.asyncDispose]()
      await whole[Symbol.asyncDispose]()
    },
  }
}

function flapping() {
  let turn = 0
  const good = mcpLike()
  return faulty((asked, req, res) => (++turn % 8 === 0 ? reply(res, 500, 'text/plain', 'x') : good(asked, req, res)))
}

describe('the report of', () => {
  it.each(GATES)('%s is of the schema, and so is its JUnit file', async (_name, make, failing) => {
    const report = await make()
    expect(faultsOf(report)).toEqual([])
    const suite = readXml(renderJUnit(report)).children[0] as Element
    const cases = suite.children as Element[]
    const failed = cases.filter(({ children }) => (children[0] as Element | undefined)?.name === 'failure')
    expect(failed.map(({ attributes }) => attributes.name)).toEqual(failing)
    expect(suite.attributes).toMatchObject({ tests: String(cases.length), failures: String(failing.length) })
    expect(report.passed).toBe(failing.length === 0)
    const types = failed.map(({ children }) => (children[0] as Element).attributes.type)
    expect(types).toEqual(report.failure ? [report.failure.code] : [])

    const tree = await renderTree(String(gateSection(report)))
    const rows = [...elements(tree)].filter(({ tagName }) => tagName === 'tr')
    expect(rows).toHaveLength(cases.length + 1)
    expect([...elements(tree)].some(({ tagName }) => tagName === 'title')).toBe(false)
  })

  it('a gate that no longer fits the schema is noticed', async () => {
    const good = await withServer(v2(), '/mcp', {})
    expect(faultsOf({ ...good, latencyMs: '1' as unknown as number })).not.toEqual([])
    expect(faultsOf({ ...good, secret: 1 } as unknown as GateReport)).not.toEqual([])
  })
})

describe('JUnit', () => {
  it('is well-formed whatever a server says', () => {
    const failure = { code: 'RPC_ERROR', fix: codes.RPC_ERROR.fix, remedy: 'replace', step: 'initialize' } as const
    const nothing = { verdict: 'absent' } as const
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (sentence, endpoint) => {
        const report: GateReport = {
          passed: false,
          endpoint,
          failure: { ...failure, sentence, era: 'legacy' },
          eras: {
            modern: nothing,
            legacy: { verdict: 'failed', failure: { ...failure, sentence, era: 'legacy' } },
            'http-sse': nothing,
          },
          protocolVersions: [],
          tools: [],
          warnings: [],
          latencyMs: null,
          elapsedMs: 1,
          rounds: [],
        }
        expect(readXml(renderJUnit(report)).name).toBe('testsuites')
        expect(checksOf(report).filter(({ outcome }) => outcome === 'failed')).toHaveLength(1)
      }),
    )
  })
})

describe('the summary', () => {
  it('shows what changed in the contract, and the file to commit', async () => {
    const report = await withServer(v2({ tools: ['search'] }), '/mcp', { contract })
    const tree = await renderTree(String(gateSection(report)))
    const lines = [...elements(tree)].filter(({ tagName }) => tagName === 'li').map(element => text(element).trim())
    expect(lines).toEqual(
      expect.arrayContaining([expect.stringMatching(/^❌ breaking: search inputSchema.properties.q /)]),
    )
    const [shown] = [...elements(tree)].filter(({ tagName }) => tagName === 'pre').map(element => text(element))
    const { hash, tools } = report.contract ?? { hash: '', tools: [] }
    expect(shown).toBe(contractText({ hash, tools }))
  })

  it('caps the list of changes with a line that says how many are left out', async () => {
    const removed = Array.from({ length: 1500 }, (_, i) => ({ ...oldTool, name: `gone-${i}` }))
    const report = await withServer(v2({ tools: ['search'] }), '/mcp', { contract: { path: 'c.json', tools: removed } })
    expect(faultsOf(report)).toEqual([])
    const tree = await renderTree(String(gateSection(report)))
    const lines = [...elements(tree)].filter(({ tagName }) => tagName === 'li').map(element => text(element).trim())
    expect(lines.filter(line => line.includes('gone-'))).toHaveLength(20)
    expect(lines).toContain('and 1480 more removed: the first 1,000 are in the report (output gate-report)')
    expect(text(tree)).toContain('1500 removed')
  })
})
