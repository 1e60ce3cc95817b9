/** What monitors did, as it is shown: true to the answer, and nothing in an answer becomes Markdown, a link or a ping. */
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { expect, test } from 'vitest'
import type { MonitorResult } from '../../src/monitors/monitor.ts'
import { monitorLines } from '../../src/report/monitor.ts'
import { type Report, reportJson } from '../../src/report/report.ts'
import { renderSummary } from '../../src/report/summary.ts'
import { elements, renderTree, text } from '../support/render.ts'
import { planReport } from '../support/reports.ts'

const reported = (told: Partial<MonitorResult>, more: Partial<Report> = {}): Report =>
  planReport(
    { format_version: '1.2' },
    {
      command: 'apply',
      apply: 'done',
      monitors: [{ monitor: 'AliveMCP', outcome: 'created', id: 'mon_1', notices: [], ...told }],
      ...more,
    },
  )
const links = { badgeUrl: 'https://alivemcp.com/badge/w.svg', statusPageUrl: 'https://alivemcp.com/status/w' }

test.each<[Partial<MonitorResult>, RegExp]>([
  [{}, /^✅ \*\*Registered\*\* with AliveMCP as monitor `mon_1`$/],
  [{ outcome: 'exists', id: '' }, /^✅ \*\*Registered\*\* with AliveMCP before$/],
  [{ outcome: 'updated' }, /^✅ \*\*Moved\*\* at AliveMCP to the new endpoint as monitor `mon_1`$/],
  [{ outcome: 'resumed' }, /^✅ \*\*Resumed\*\* at AliveMCP/],
  [{ outcome: 'paused' }, /^⏸️ \*\*Paused\*\* until the next verified deployment, at AliveMCP/],
  [{ outcome: 'removed' }, /^✅ \*\*Removed\*\* from AliveMCP/],
  [{ monitor: 'webhook', outcome: 'delivered', id: 'd-1' }, /^✅ \*\*Notified\*\* the webhook as delivery `d-1`$/],
  [{ outcome: 'failed', warning: 'It did not answer.' }, /^⚠️ It did not answer\.$/],
  [{ outcome: 'none', notices: ['Pause it by hand.'] }, /^⚠️ Pause it by hand\.$/],
  [
    { ...links, status: 'live' },
    /, last status `live` \[!\[status\]\(https:\/\/alivemcp\.com\/badge\/w\.svg\)\]\(https:\/\/alivemcp\.com\/status\/w\)$/,
  ],
])('%j', (told, line) => {
  expect(monitorLines(reported(told)).map(String)).toEqual([expect.stringMatching(line)])
})

test('what did not concern a monitor has no line', () => {
  expect(monitorLines(reported({ outcome: 'none' }))).toEqual([])
})

const failure = { phase: 'gate', code: 'PATH_404', sentence: 'x', fix: '', remedy: 'wait' } as const
test('a failed deployment says that nothing was registered, if a monitor that registers endpoints is configured', () => {
  const nothing = '⚪ Nothing was registered with the monitor'
  const lines = (result: Partial<MonitorResult>) => monitorLines(reported(result, { failures: [failure] })).map(String)
  expect(lines({ outcome: 'none' })).toContain(nothing)
  expect(lines({ outcome: 'paused' })).not.toContain(nothing)
  expect(lines({ monitor: 'webhook', outcome: 'delivered' })).not.toContain(nothing)
  const unconfigured = { ...reported({ outcome: 'none' }, { failures: [failure] }), monitors: [] }
  expect(monitorLines(unconfigured)).toEqual([])
})

test('hostile answers stay text', async () => {
  const evil = '`</details><script>alert(1)</script> @team ![x](https://evil.example/x) [a](javascript:b) | a\n# b'
  const hostile = { id: evil, status: evil, notices: [evil], warning: evil, monitor: evil }
  const badgeUrl = 'https://alivemcp.com/badge/w.svg?)![x](https://evil.example/y'
  const tree = await renderTree(String(renderSummary(reported({ ...hostile, badgeUrl, statusPageUrl: badgeUrl }))))
  const all = [...elements(tree)]
  expect(all.filter(({ tagName }) => tagName === 'script' || tagName === 'details')).toEqual([])
  const targets = all.flatMap(({ properties }) => [properties.href, properties.src].filter(each => each !== undefined))
  // The page of the run is ours.
  const theirs = targets.filter(target => target !== 'https://github.com/acme/weather/actions/runs/1')
  expect(theirs.filter(target => !String(target).startsWith('https://alivemcp.com/'))).toEqual([])
  expect(theirs).toHaveLength(2)
  const outside = all.filter(({ tagName }) => tagName === 'h1' || tagName === 'h3').map(element => text(element))
  expect(outside).toEqual([])
})

test('the JSON report is what its schema says, and names the monitor that watches', () => {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true })
  addFormats.default(ajv)
  const valid = ajv.compile(JSON.parse(readFileSync(new URL('../../docs/report.schema.json', import.meta.url), 'utf8')))
  const json = (told: Partial<MonitorResult>) => JSON.parse(JSON.stringify(reportJson(reported(told))))
  const watched = json({ ...links, slug: 'w', status: 'live', outcome: 'resumed' })
  expect(valid(watched), JSON.stringify(valid.errors)).toBe(true)
  expect(watched.registration).toMatchObject({ ...links, id: 'mon_1', slug: 'w', status: 'live' })
  const paused = json({ outcome: 'paused' })
  expect(valid(paused), JSON.stringify(valid.errors)).toBe(true)
  expect(paused).not.toHaveProperty('registration')
  expect(valid(json({ outcome: 'vanished' as 'none' }))).toBe(false)
})
