import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { renderDiscovery, renderJoined } from '../../src/report/joined.ts'
import {
  expectedStacks,
  joinReports,
  readReports,
  readStackReport,
  reportsOfRun,
  type StackReport,
} from '../../src/report/read-reports.ts'
import { reportJson } from '../../src/report/report.ts'
import fc from '../support/property.ts'
import { elements, renderTree } from '../support/render.ts'
import { planReport } from '../support/reports.ts'

const runs = 'https://github.com/acme/weather/actions/runs/'
const report = (more: object = {}): StackReport => {
  const json = {
    command: 'apply',
    target: { directory: 'a' },
    runUrl: `${runs}7`,
    plan: { hasChanges: true, counts: { add: 2, change: 0, destroy: 3, replace: 1, import: 0, move: 0, forget: 0 } },
    apply: 'done',
    gate: { passed: true, endpoint: 'https://a.example/mcp' },
    ...more,
  }
  const read = readStackReport(JSON.parse(JSON.stringify(json)))
  if (read === undefined) throw new Error('no report')
  return read
}
const named = (name: string, more: object = {}) => report({ target: { name, directory: name }, ...more })
const failure = {
  phase: 'gate',
  code: 'HTTP_503',
  sentence: 'It answers 503.\nmore',
  fix: 'Repair it.',
  remedy: 'replace',
}
const stack = (name: string, more: object = {}) => ({ name, stack: '', directory: name, workspace: '', ...more })
const names = (...args: Parameters<typeof joinReports>) =>
  joinReports(...args).rows.map(row => `${row.name}${'missing' in row ? '?' : ''}`)

describe('which report is of which stack', () => {
  test('by name; what failed or is missing comes first and is red', () => {
    const joined = joinReports([stack('a'), stack('b'), stack('c')], [named('c'), named('b', { failure })])
    expect(joined.rows.map(({ name }) => name)).toEqual(['a', 'b', 'c'])
    expect(joined.rows[0]).toMatchObject({ missing: expect.stringContaining('cancelled, never ran') })
    expect(joined.failed).toEqual(['a', 'b'])
  })

  test('by directory, stack and workspace, where the job gave no name: each report is of one stack', () => {
    const same = { directory: 'a', stack: 'ecs', workspace: 'w' }
    const nameless = report({ target: same })
    expect(names([stack('x', same)], [nameless])).toEqual(['x'])
    expect(names([stack('x', { ...same, workspace: '' })], [nameless])).toEqual(['x?', 'ecs a w'])
    expect(names([stack('x', same), stack('y', same)], [nameless])).toEqual(['y?', 'x'])
    expect(names([stack('x', same), stack('y', same)], [nameless, nameless])).toEqual(['x', 'y'])
  })

  test('of a job that ran again the last attempt counts, and of one attempt what failed', () => {
    const second = { runUrl: `${runs}7/attempts/2` }
    expect(joinReports(undefined, [named('a', { failure }), named('a', second)]).failed).toEqual([])
    expect(joinReports(undefined, [named('a', { failure, ...second }), named('a')]).failed).toEqual(['a'])
    expect(joinReports(undefined, [named('a', { failure }), named('a')]).failed).toEqual(['a'])
    expect(joinReports(undefined, [named('a'), named('a', { failure })]).failed).toEqual(['a'])
  })

  test('of two reports of one attempt the one without an end counts, as one that failed', () => {
    const begun = named('a', { apply: 'started', gate: undefined })
    for (const both of [
      [named('a'), begun],
      [begun, named('a')],
    ])
      expect(joinReports([stack('a')], both).failed).toEqual(['a'])
  })

  test.each([
    ['of another run', `${runs}8`],
    ['of another repository', 'https://github.com/acme/other/actions/runs/7'],
    ['of a run whose number only begins so', `${runs}71`],
    ['of an attempt that never was', `${runs}7/attempts/3`],
    ['with an address that is none', ''],
    ['with more behind the attempt', `${runs}7/attempts/1/attempts/2`],
  ])('a report %s does not hide a stack that failed', (_, runUrl) => {
    const forged = named('a', { runUrl })
    const failed = named('a', { failure, runUrl: `${runs}7/attempts/2` })
    const { reports, foreign } = reportsOfRun([forged, failed], `${runs}7/attempts/2`)
    expect(foreign).toBe(1)
    expect(joinReports([stack('a')], reports).failed).toEqual(['a'])
  })

  test('the reports that an earlier attempt of this run left still count', () => {
    const reports = [named('a'), named('b', { runUrl: `${runs}7/attempts/2` })]
    expect(reportsOfRun(reports, `${runs}7/attempts/2`)).toEqual({ reports, foreign: 0 })
    expect(reportsOfRun(reports, `${runs}7`)).toEqual({ reports: [reports[0]], foreign: 1 })
  })

  test('a report of a stack that nobody expected is shown, and an apply without an end is red', () => {
    expect(names([stack('a')], [named('a'), named('z')])).toEqual(['a', 'z'])
    expect(joinReports(undefined, [named('a', { apply: 'started', gate: undefined })]).failed).toEqual(['a'])
    const begun = named('b', { command: 'destroy', destroy: { outcome: 'started' }, gate: undefined })
    const joined = joinReports(undefined, [begun])
    expect(joined.failed).toEqual(['b'])
    expect(String(renderJoined(joined, runs))).toContain('❌ `b`')
    expect(String(renderJoined(joined, runs))).toContain('The destroy was started, and its end is not known.')
    expect(joinReports(undefined, [], ['x/report.json']).failed).toEqual(['x/report.json'])
  })

  test('nothing at all is nothing', () => {
    expect(joinReports([], [])).toEqual({ rows: [], failed: [] })
  })
})

test('the stacks, as one matrix or as batches; what is neither is refused', () => {
  const entry = { name: 'a', 'working-directory': 'd', stack: 'ecs', workspace: '', 'var-file': '' }
  const expected = { name: 'a', directory: 'd', stack: 'ecs', workspace: '' }
  expect(expectedStacks(JSON.stringify({ include: [entry] }))).toEqual([expected])
  expect(expectedStacks(JSON.stringify([{ include: [entry] }, { include: [entry, entry] }]))).toHaveLength(3)
  expect(expectedStacks('{"include":[]}')).toEqual([])
  for (const wrong of ['{', '7', '[7]', '{"include":[{}]}', '{"include":{"name":"a"}}', '[[]]', '{}'])
    expect(() => expectedStacks(wrong), wrong).toThrow(/Input stacks is not a list of stacks/)
})

describe('the reports in a directory', () => {
  let directory: string
  const write = (path: string, content: string) => {
    mkdirSync(dirname(join(directory, path)), { recursive: true })
    writeFileSync(join(directory, path), content)
  }
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'reports-'))
  })
  afterEach(() => rmSync(directory, { recursive: true, force: true }))

  test('at any depth; other files are passed over, and a report that is none is told', () => {
    const json = JSON.stringify(reportJson(planReport({ format_version: '1.2', terraform_version: '1.11.4' })))
    write('report.json', json)
    write('a/b/c/renamed.json', json)
    write('a/mcp-contract.json', '{"hash":"","tools":[]}')
    write('a/plan.txt', 'x')
    write('b/report.json', '{')
    write('c/report.json', '{"command":"deploy"}')
    write('d/report.json', `{"command":"plan","x":"${'x'.repeat(10_000_001)}"}`)
    symlinkSync('/', join(directory, 'root'))
    symlinkSync(join(directory, 'report.json'), join(directory, 'link.json'))
    const { reports, unreadable } = readReports(directory)
    expect(reports).toHaveLength(2)
    expect(reports[0]).toMatchObject({ command: 'plan', target: { directory: '.' } })
    expect(unreadable).toEqual(['b/report.json', 'c/report.json', 'd/report.json'])
  })

  test.each(['rest', 'given', 'empty'])('a report of version 0.1 with the approval outcome %s', outcome => {
    const old = {
      command: 'apply',
      target: { directory: 'a' },
      runUrl: `${runs}7`,
      apply: 'done',
      approval: { outcome },
    }
    write('report.json', JSON.stringify(old))
    const { reports, unreadable } = readReports(directory)
    expect(unreadable).toEqual([])
    expect(reports).toMatchObject([{ command: 'apply', apply: 'done', failures: [] }])
  })

  test('of one that does not exist there are none', () => {
    expect(readReports(join(directory, 'none'))).toEqual({ reports: [], unreadable: [] })
  })

  test('whatever stands in them', () => {
    const keys = fc.constantFrom(
      'command',
      'target',
      'directory',
      'name',
      'runUrl',
      'plan',
      'counts',
      'add',
      'gate',
      'failure',
      'sentence',
      'approval',
      'outcome',
      '__proto__',
    )
    const values = fc.letrec(tie => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom('plan', 'apply', 'started', `${runs}1`, 'refused'),
        fc.string(),
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(keys, tie('any'), { maxKeys: 8 }),
      ),
    })).any
    fc.assert(
      fc.property(
        values,
        fc.record({ plan: values, gate: values, failure: values, approval: values, counts: values }),
        (value, parts) => {
          const read = [value, { command: 'plan', target: { directory: 'x' }, runUrl: 'y', ...parts }].flatMap(
            each => readStackReport(each) ?? [],
          )
          expect(String(renderJoined(joinReports(undefined, read), runs))).toContain('## ')
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('the summary', () => {
  const render = (...args: Parameters<typeof joinReports>) => String(renderJoined(joinReports(...args), runs))

  test('says what failed with its sentence, then each stack in a row', () => {
    expect(
      render(
        [stack('b'), stack('c')],
        [named('a'), named('b', { failure, gate: { passed: false }, runUrl: `${runs}8/attempts/2` })],
      ),
    ).toBe(`## ❌ 2 of 3 stacks failed

- **\`b\`** \`HTTP_503\`: It answers 503. **What to do**: Repair it.
- **\`c\`**: It has no report: its job was cancelled, never ran, or did not upload one.

| stack | how it ended | changes | gate | endpoint | run |
|---|---|---|---|---|---|
| ❌ \`b\` | Deployment failed | 2 to add, 0 to change, 3 to destroy (1 replacement) | failed |  | [run](${runs}8/attempts/2) |
| ❌ \`c\` | No report |  |  |  |  |
| ✅ \`a\` | Applied and verified | 2 to add, 0 to change, 3 to destroy (1 replacement) | passed | \`https://a.example/mcp\` | [run](${runs}7) |
`)
    expect(render([], [])).toBe('## ✅ 0 stacks\n\nThere was no stack to run for.\n')
  })

  test('an address that is no run of this repository is no link', () => {
    for (const runUrl of ['javascript:alert(1)', 'https://evil.example/', `${runs}7/../../x`, `${runs}7) [x](y`])
      expect(render(undefined, [named('a', { runUrl })])).not.toContain('[run]')
  })

  test.each([
    '|',
    '\\|',
    '\\\\|',
    '` | `',
    '<img src=x>',
    '@acme',
    '[x](y)',
    'a\nb',
    '${{ x }}',
    '::error::x',
    '\u202e',
  ])('hostile text stays in its cell: %j', async text => {
    const tree = await renderTree(
      render(undefined, [
        named(`n${text}`, {
          gate: { passed: true, endpoint: text },
          failure: { ...failure, sentence: text, fix: text, code: text },
        }),
      ]),
    )
    const tags = [...elements(tree)].map(({ tagName }) => tagName)
    expect(tags.filter(tag => tag === 'tr' || tag === 'td')).toEqual(['tr', 'tr', ...Array(6).fill('td')])
    expect(tags.filter(tag => tag === 'li')).toHaveLength(1)
    // The only link is that to the run.
    expect(tags.filter(tag => tag === 'a')).toHaveLength(1)
    expect(tags).not.toContain('img')
  })

  test('of 5,000 stacks that all failed stays below the limit, and counts what is left out', () => {
    const all = Array.from({ length: 5_000 }, (_, index) =>
      named(`${index}`.padStart(150, 'x'), { failure: { ...failure, sentence: '*'.repeat(2_000) } }),
    )
    const text = render(undefined, all)
    expect(Buffer.byteLength(text)).toBeLessThan(1_000_000)
    expect(text).toMatch(/… \d+ more failures/)
    expect(text).toMatch(/… \d+ more stacks/)
  })

  test('of a discovery names why, and the stacks', () => {
    const found = ['a', 'b'].map(name => ({ ...stack(name), name, environment: 'e' })) as never[]
    expect(
      String(renderDiscovery({ stacks: found, concerned: found.slice(0, 1), because: 'the change has 1 file' })),
    ).toBe(
      '## 1 of 2 stacks\n\nThese run because the change has 1 file.\n\n| stack | directory | environment |\n|---|---|---|\n| `a` | `a` | `e` |\n',
    )
  })
})
