/**
 * The gate against servers written in Python and Go, with the TypeScript and Python clients as the measure, era by era. Where a
 * toolchain or the network is missing they are left out, which one line says, and on CI that is an error.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { polyglotTable, withPolyglotTable } from '../../scripts/polyglot-table.ts'
import type { GateRequest } from '../../src/gate/gate.ts'
import { httpSseOracle, legacyOracle, modernOracle, type Oracle } from '../support/mcp/clients.ts'
import { type PolyglotEra, polyglotServers, polyglotToolchains, pythonOracle } from '../support/mcp/polyglot.ts'
import { quickGate as gate } from '../support/mcp/quick-gate.ts'

const LONG = 180_000
const toolchains = await polyglotToolchains()

const request = (endpoint: string): GateRequest => ({
  endpoint,
  require: 'any',
  transport: 'auto',
  headers: {},
  tools: [],
  rounds: 2,
  timeoutMs: 30_000,
})

const typeScriptOracles: Record<PolyglotEra, (url: string) => Promise<Oracle>> = {
  modern: modernOracle,
  legacy: legacyOracle,
  'http-sse': httpSseOracle,
}

describe('the gate agrees with the clients in TypeScript and Python about', () => {
  for (const { name, version, language, mode, path, eras, tools, start } of polyglotServers) {
    const isHere = toolchains !== undefined && (language === 'Python' || toolchains.go !== undefined)
    it.skipIf(!isHere)(`${language}: ${name} ${version}, ${mode}`, { timeout: LONG }, async () => {
      if (toolchains === undefined) throw new Error('The group is left out without toolchains.')
      await using server = await start(toolchains)
      const url = server.url + path
      const report = await gate(request(url))
      const passed = Object.entries(report.eras).filter(([, { verdict }]) => verdict === 'passed')
      const versions = Object.fromEntries(passed.map(([era, { protocolVersion }]) => [era, protocolVersion]))
      expect(versions, JSON.stringify(report.failure)).toEqual(eras)
      expect(report.passed).toBe(true)
      const others = Object.entries(report.eras).filter(([era]) => !(era in eras))
      expect(others.map(([, { verdict }]) => verdict)).toEqual(others.map(() => 'absent'))
      expect([...report.tools].sort()).toEqual(tools)

      // The clients are asked after the gate: they show too that the server survives its requests. The modern client of TypeScript is
      // the last, because its server/discover stops a server of an old SDK.
      const asked: PolyglotEra[] = mode === 'HTTP+SSE' ? ['http-sse'] : ['legacy', 'modern']
      const python = await pythonOracle(toolchains, url, asked)
      for (const era of asked) {
        const expected = eras[era] === undefined ? { passed: false } : { passed: true, tools }
        expect({ era, says: await typeScriptOracles[era](url) }).toEqual({ era, says: expected })
        expect({ era, says: python[era] }).toEqual({ era, says: expected })
      }
    })
  }
})

it.skipIf(toolchains === undefined)(
  'a server that an unknown method stops survives the gate',
  { timeout: LONG },
  async () => {
    const row = polyglotServers.find(({ version, mode }) => version === '1.9.2' && mode === 'stateless')
    if (toolchains === undefined || row === undefined)
      throw new Error('The table has no stateless server of mcp 1.9.2.')
    await using server = await row.start(toolchains)
    const url = server.url + row.path
    expect(await gate(request(url))).toMatchObject({ passed: true })
    expect(await legacyOracle(url)).toEqual({ passed: true, tools: row.tools })
    // The modern client sends server/discover, which shows that the version is one that it stops.
    await modernOracle(url)
    expect(await legacyOracle(url)).toEqual({ passed: false })
  },
)

const textOf = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

test('the table names the versions that are pinned', () => {
  const pins = ['mcp-1', 'mcp-2', 'mcp-proxy'].map(name => textOf(`test/support/requirements/${name}.txt`)).join('\n')
  const goModule = textOf('test/support/mcp/go/go.mod')
  for (const { name, version, language } of polyglotServers) {
    if (language === 'Go') expect(goModule).toContain(`\t${name} ${version}\n`)
    else
      for (const pin of `${name} ${version}`.split(' behind '))
        expect(pins).toContain(`\n${pin.replace(' ', '==').replace('awslabs.', 'awslabs-')} \\\n`)
  }
  const { devDependencies } = JSON.parse(textOf('package.json')) as { devDependencies: Record<string, string> }
  const table = polyglotTable(polyglotServers)
  expect(table).toContain(`TypeScript SDK ${devDependencies['@modelcontextprotocol/sdk']}`)
  expect(table).toContain(`TypeScript SDK ${devDependencies['@modelcontextprotocol/client']}`)
  expect(pins).toContain(`\nmcp==${/Python SDK ([\d.]+)/.exec(table)?.[1]} \\\n`)
})

test('every requirement has hashes, and no address', () => {
  for (const name of ['mcp-1', 'mcp-2', 'mcp-proxy']) {
    const requirements = textOf(`test/support/requirements/${name}.txt`)
      .split('\n')
      .filter(line => /^[a-z]/i.test(line))
    expect(requirements.length).toBeGreaterThan(10)
    for (const requirement of requirements) expect(requirement).toMatch(/^[\w.-]+==\S+ (?:; .* )?\\$/)
    expect(textOf(`test/support/requirements/${name}.txt`)).not.toContain('://')
  }
})

test('docs/verification.md has the table', () => {
  const page = textOf('docs/verification.md')
  expect(withPolyglotTable(page)).toBe(page)
  expect(withPolyglotTable(page, polyglotServers.slice(1))).not.toBe(page)
})
