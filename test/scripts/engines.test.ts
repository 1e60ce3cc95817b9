/** The table of compatibility says what was run, and nothing more. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ageOf, versionsOf } from '../../scripts/engine-age.ts'
import { type EngineRun, readEngineRuns, runsTable, suites, versionsRun } from '../../scripts/engines.ts'
import { tools } from '../../src/terraform/tools.ts'

const run = (more: Partial<EngineRun>): EngineRun => ({
  tool: 'tofu',
  version: '1.12.6',
  suite: 'approval',
  passed: 29,
  failed: 0,
  date: '2026-11-29',
  ...more,
})

describe('the table of compatibility', () => {
  test('what was not run says so, and a failure is not hidden', () => {
    const table = runsTable([run({}), run({ suite: 'rules', passed: 1, failed: 2 }), run({ suite: 'demo', passed: 0 })])
    const rows = table.split('\n').map(line => line.split('|').map(cell => cell.trim()))
    const cells = Object.fromEntries((rows[0] ?? []).map((name, index) => [name, rows[2]?.[index]]))
    expect(cells).toMatchObject({
      program: 'OpenTofu 1.12.6',
      'plan, comment and approval': '29 passed',
      findings: '2 of 3 failed',
      'the demo with terraform/ecs': 'not run',
      'a provider upgrade': 'not run',
      date: '2026-11-29',
    })
    expect(table.split('\n').at(-1)).toMatch(/^\| every other version (\| not run )+\| {2}\|$/)
  })

  test('the newest version is the first', () => {
    expect(
      versionsRun(
        'tofu',
        ['1.9.0', '1.12.6', '1.10.0'].map(version => run({ version })),
      ),
    ).toEqual(['1.12.6', '1.10.0', '1.9.0'])
  })

  test('the versions that the action installs by default were run, and nothing of them failed', () => {
    for (const { command, defaultVersion } of Object.values(tools)) {
      const own = readEngineRuns().filter(({ tool, version }) => tool === command && version === defaultVersion)
      expect(own.map(({ suite }) => suite)).toEqual(expect.arrayContaining(['approval', 'rules', 'upgrade']))
      expect(own.filter(({ failed }) => failed > 0)).toEqual([])
    }
  })

  test('the workflow names only suites that exist', () => {
    const workflow = readFileSync(join(import.meta.dirname, '../../.github/workflows/engines.yml'), 'utf8')
    const named = [...workflow.matchAll(/suites: (.+)/g)].flatMap(([, names = '']) => names.split(' '))
    expect(named.length).toBeGreaterThan(0)
    for (const name of named) expect(Object.keys(suites)).toContain(name)
  })

  test('the workflow runs nothing with a recorded version that did not pass with it', () => {
    const workflow = readFileSync(join(import.meta.dirname, '../../.github/workflows/engines.yml'), 'utf8')
    const pairs = [...workflow.matchAll(/engine: (\w+)@([\d.]+).*\n\s+suites: (.+)/g)]
    const recorded = pairs.flatMap(([, tool, version, names = '']) => {
      const own = readEngineRuns().filter(each => each.tool === tool && each.version === version)
      return own.length === 0 ? [] : [{ names: names.split(' '), passed: own.filter(({ failed }) => failed === 0) }]
    })
    expect(recorded.length).toBeGreaterThan(1)
    for (const { names, passed } of recorded)
      expect(passed.map(({ suite }) => suite)).toEqual(expect.arrayContaining(names))
  })
})

describe('the age of a default version', () => {
  const tool = { title: 'OpenTofu', defaultVersion: '1.12.6' }

  test.each([
    ['the newest', ['1.11.9', '1.12.6', '1.13.0-rc1'], []],
    ['behind by a patch', ['1.12.6', '1.12.7'], [expect.stringContaining('1.12.7 is released')]],
    ['behind by a minor', ['1.13.0'], [expect.stringContaining('npm run engine -- tofu@1.13.0')]],
    ['an empty list', [], [expect.stringContaining('has no release')]],
  ])('%s', (_, published, expected) => {
    expect(ageOf(tool, published)).toEqual(expected)
  })

  test('both lists of versions are read', () => {
    expect(versionsOf({ versions: { '1.5.7': {}, '1.6.0': {} } })).toEqual(['1.5.7', '1.6.0'])
    expect(versionsOf({ versions: [{ id: '1.12.6' }] })).toEqual(['1.12.6'])
  })
})
