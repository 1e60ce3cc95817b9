import { expect, test } from 'vitest'
import type { Report } from '../../src/report/report.ts'
import { maxSummaryBytes, phaseTable, renderSummary } from '../../src/report/summary.ts'
import { elements, renderTree, text } from '../support/render.ts'
import { planReport } from '../support/reports.ts'

const planned = (words: string, more: Partial<Report> = {}) =>
  planReport({ format_version: '1.2', applyable: true }, more, words)

/** The runner drops a summary above this many bytes (actions/runner, AttachmentSizeLimit). */
const runnerLimit = 1024 * 1024

test.each([
  ['ASCII', 'resource "a" "b" {}\n'],
  ['multi-byte', 'Ünïcödé 東京 🟢🟠🔴\n'],
  ['control characters, each shown as many', '\u0001\u202e\u2066\u0007\n'],
  ['backticks', `${'`'.repeat(99)}\n`],
])('a plan of 3 MiB of %s is cut at a line, and that is said', async (_, line) => {
  const lines = Math.ceil((3 * runnerLimit) / Buffer.byteLength(line))
  const summary = String(renderSummary(planned(line.repeat(lines))))
  expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(maxSummaryBytes)
  expect(Buffer.byteLength(summary)).toBeGreaterThan(maxSummaryBytes * 0.9)
  expect(summary.isWellFormed()).toBe(true)
  expect(summary).not.toContain('\ufffd')
  const [, left] = /… (\d+) more lines: GitHub shows no summary above 1 MiB/.exec(summary) ?? []
  // One line of the plan stands for one line in the fence, but for the line break at its end.
  const block = /\n(`{3,}|~{3,})\n([\s\S]*)\n… \d+ more lines/.exec(summary)?.[2] ?? ''
  expect(block.split('\n').length + Number(left)).toBe(lines)
})

test.each([
  ['one line', 'x'.repeat(3 * runnerLimit)],
  ['what fences are made of', `${'`'.repeat(300_000)}\n${'~'.repeat(300_000)}`],
])('a plan that cannot be cut well (%s) still leaves a summary', async (_, words) => {
  const summary = String(renderSummary(planned(words)))
  expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(maxSummaryBytes)
  expect(summary).toMatch(/job log/)
})

test('a plan that fits is there whole, in one fold that nothing in it closes', async () => {
  const words = 'Terraform will perform:\n```\n</details>\n~~~\n@team\n<script>alert(1)</script>'
  const tree = await renderTree(String(renderSummary(planned(words))))
  const all = [...elements(tree)]
  expect(all.filter(({ tagName }) => tagName === 'pre').map(element => text(element))).toEqual([`${words}\n`])
  expect(all.filter(({ tagName }) => tagName === 'details')).toHaveLength(1)
  expect(all.some(({ tagName }) => tagName === 'script')).toBe(false)
})

test('a failed gate: each era with its reason, hostile or not', async () => {
  const failure = {
    code: 'RPC_ERROR',
    sentence: 'said "| a | <b> @team"',
    fix: '',
    remedy: 'replace',
    step: 'initialize',
  } as const
  const summary = String(
    renderSummary(
      planned('', {
        command: 'apply',
        phases: [],
        failures: [{ ...failure, phase: 'gate' }],
        gate: {
          passed: false,
          endpoint: 'https://a.example/mcp',
          failure,
          eras: {
            modern: { verdict: 'absent' },
            legacy: { verdict: 'failed', failure },
            'http-sse': { verdict: 'passed', protocolVersion: '2024-11-05' },
          },
          protocolVersions: [],
          tools: [],
          warnings: [],
          latencyMs: null,
          elapsedMs: 1_000,
          rounds: [],
        },
      }),
    ),
  )
  const tree = await renderTree(summary)
  const rows = [...elements(tree)]
    .filter(({ tagName }) => tagName === 'tr')
    .map(row => [...elements(row)].filter(({ tagName }) => tagName === 'td').map(cell => text(cell)))
  expect(rows).toEqual([
    [],
    ['⚪', 'protocol 2026-07-28', 'not offered'],
    ['❌', 'protocol initialize', 'RPC_ERROR: said "| a | <b> @team"'],
    ['✅', 'protocol HTTP+SSE', '2024-11-05'],
    ['✅', 'tools', '0 tools'],
    ['⚠️', 'passed rounds', '0 in a row, of 0 rounds in 1.0 s'],
  ])
  expect(text(tree, ['code'])).not.toContain('@team')
})

test('the whole plan begins after the lines about reading the state', () => {
  const plan = 'Terraform will perform the following actions:\n\n  # a.b: Refreshing state... [id=1]'
  const read =
    'data.aws_region.current: Reading...\ndata.aws_region.current: Read complete after 0s\na.b: Refreshing state... [id=1]\n\n'
  const summary = String(renderSummary(planReport({ format_version: '1.2', applyable: true }, {}, `${read}${plan}`)))
  expect(summary).toContain(`\`\`\`\n${plan}\n`)
  expect(summary).not.toContain('Read complete')
})

test('each phase has a bar as long, beside the others, as it took', () => {
  const phases: Report['phases'] = [
    { phase: 'init', ms: 1_000 },
    { phase: 'apply', ms: 48_000 },
    { phase: 'gate', ms: 24_000 },
    { phase: 'taint', ms: 0 },
  ]
  const bars = String(phaseTable(phases))
    .split('\n')
    .slice(2)
    .map(line => line.split('|').map(cell => cell.trim()))
  expect(bars.map(([, phase, time, bar = '']) => [phase, time, bar])).toEqual([
    ['init', '1.0 s', '▌'],
    ['apply', '48 s', '█'.repeat(24)],
    ['gate', '24 s', '█'.repeat(12)],
    ['taint', '0 ms', '▏'],
  ])
})

test('what was approved, what runs, where to look: rows and links', async () => {
  const summary = String(
    renderSummary(
      planned('', {
        command: 'apply',
        apply: 'done',
        approval: {
          outcome: 'reviewed',
          fingerprint: `sha256:${'a'.repeat(64)}`,
          reviewed: { commit: 'abcdef0123', runUrl: 'https://github.com/acme/infra/actions/runs/9' },
          differences: [],
        },
        previousRevision: 'arn:aws:ecs:eu-west-1:1:task-definition/weather:2',
        stability: {
          revision: 'weather:3',
          running: 2,
          elapsedMs: 65_000,
          failure: undefined,
          deployment: { id: 'ecs-svc/7', createdAt: 1 },
        },
        links: [{ title: 'ECS service weather', url: 'https://console.aws.amazon.com/ecs/v2' }],
      }),
    ),
  )
  const all = [...elements(await renderTree(summary))]
  const cells = all.filter(({ tagName }) => tagName === 'td').map(cell => text(cell))
  expect(cells).toContain(
    `As reviewed: the plan matches the plan reviewed at abcdef0 in this run; fingerprint sha256:${'a'.repeat(64)}, pull request 7`,
  )
  expect(cells).toContain('weather:3, 2 tasks after 65 s, deployment ecs-svc/7, before it weather:2')
  const links = all.filter(({ tagName }) => tagName === 'a').map(({ properties }) => properties.href)
  expect(links).toContain('https://console.aws.amazon.com/ecs/v2')
})
