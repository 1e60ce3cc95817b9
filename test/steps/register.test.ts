/** Which news a run has for its monitors, and that no monitor can turn a run red. */
import { describe, expect, test } from 'vitest'
import type { MonitorService, News, Told } from '../../src/clients/monitor.ts'
import type { Report } from '../../src/report/report.ts'
import type { Deployment } from '../../src/steps/apply.ts'
import type { GateReport } from '../../src/steps/gate.ts'
import { announcement, removal, tell } from '../../src/steps/register.ts'
import { news } from '../support/news.ts'
import { planReport } from '../support/reports.ts'

const run = { owner: 'acme', repo: 'infra' }
const open = { mcp: { endpoint: undefined } } as Parameters<typeof announcement>[2]
const endpoint = 'https://mcp.example.com/mcp'
const before = 'https://old.example.com/mcp'
const failure = { phase: 'gate', code: 'PATH_404', sentence: 'x', fix: '', remedy: 'config' } as const

const lacks = { code: 'TOOL_MISSING', sentence: 'x', fix: '', remedy: 'replace', step: 'tools/list' } as const

const deployment: Deployment = {
  endpoint,
  outputs: {},
  serving: { kind: 'ecs', cluster: 'c', service: 'weather', region: undefined, taskDefinition: undefined },
}
const gateOf = (passed: boolean, legacy: 'passed' | 'failed' = passed ? 'passed' : 'failed'): GateReport => ({
  passed,
  endpoint,
  eras: { modern: { verdict: 'absent' }, legacy: { verdict: legacy }, 'http-sse': { verdict: 'absent' } },
  protocolVersions: legacy === 'passed' ? ['2025-11-25'] : [],
  tools: [],
  warnings: [],
  latencyMs: null,
  elapsedMs: 1,
  rounds: [],
})
/** A run whose state before the apply has this endpoint. */
const ran = (more: Partial<Report>, prior: unknown = before): Report =>
  planReport(
    {
      format_version: '1.2',
      output_changes: { mcp_endpoint: { actions: ['update'], before: prior, after: endpoint } },
    },
    { command: 'apply', apply: 'done', deployment, ...more },
  )

test('a verified deployment, with the endpoint before it', () => {
  const told = announcement(ran({ gate: gateOf(true) }), run, open)
  expect(told).toMatchObject({
    told: 'verified',
    news: { endpoint, previousEndpoint: before, name: 'weather', repository: 'acme/infra', speaksMcp: true },
  })
})

test.each([endpoint, '', null, 7])('no endpoint before it when the state has %j', prior => {
  const told = announcement(ran({ gate: gateOf(true) }, prior), run, open)
  expect(told?.news).toMatchObject({ endpoint, previousEndpoint: undefined })
})

test('an endpoint that is an input has nothing to do with the output of the state', () => {
  const inputs = { mcp: { endpoint } } as Parameters<typeof announcement>[2]
  expect(announcement(ran({ gate: gateOf(true) }), run, inputs)?.news.previousEndpoint).toBeUndefined()
})

test.each<[string, Partial<Report>, Partial<News>]>([
  ['the gate failed', { gate: gateOf(false), failure }, { endpoint, speaksMcp: false, previousEndpoint: before }],
  ['one era passed', { gate: gateOf(false, 'passed'), failure }, { endpoint, speaksMcp: true }],
  ['a tool is missing', { gate: { ...gateOf(false), failure: lacks }, failure }, { speaksMcp: true }],
  ['the gate was not reached', { failure: { ...failure, phase: 'stability' } }, { endpoint, speaksMcp: undefined }],
  ['somebody deployed meanwhile', { gate: gateOf(true), failure }, { speaksMcp: true }],
])('a deployment that fails because %s', (_, more, expected) => {
  expect(announcement(ran(more), run, open)).toMatchObject({ told: 'failing', news: { failure: {}, ...expected } })
})

test('a run that fails before anything is known names the endpoint that was there, if any', () => {
  const { plan: _, deployment: __, ...report } = ran({ failure: { ...failure, phase: 'init', code: '' } })
  expect(announcement(report, run, open)?.news).toMatchObject({ endpoint: undefined, name: 'infra' })
  const { deployment: ___, ...planned } = ran({ failure: { ...failure, phase: 'apply', code: '' } })
  expect(announcement(planned, run, open)?.news).toMatchObject({ endpoint: before, previousEndpoint: undefined })
})

test('a plan tells nothing, and neither does a run that has not come to its end', () => {
  expect(announcement(ran({ command: 'plan', failure }), run, open)).toBeUndefined()
  expect(announcement(ran({}), run, open)).toBeUndefined()
})

describe('before a destroy', () => {
  const destroys = (outputs: Record<string, unknown>) =>
    planReport(
      {
        format_version: '1.2',
        output_changes: Object.fromEntries(
          Object.entries(outputs).map(([name, value]) => [name, { actions: ['delete'], before: value, after: null }]),
        ),
      },
      { command: 'destroy', pullRequest: undefined },
    )

  test('the endpoint of the state is told, by the name of its service', () => {
    const report = destroys({ mcp_endpoint: before, ecs_service_name: 'weather' })
    expect(removal(report, run, open)).toMatchObject({
      told: 'removed',
      news: { command: 'destroy', endpoint: before, previousEndpoint: undefined, name: 'weather', failure: undefined },
    })
    // And after it there is nothing more to tell, however it ended.
    expect(announcement(report, run, open)).toBeUndefined()
    expect(announcement({ ...report, failure }, run, open)).toBeUndefined()
  })

  test('an input goes before the state, and of an empty state nothing is known', () => {
    const inputs = { mcp: { endpoint } } as Parameters<typeof removal>[2]
    expect(removal(destroys({ mcp_endpoint: before }), run, inputs).news.endpoint).toBe(endpoint)
    expect(removal(destroys({}), run, open).news).toMatchObject({ endpoint: undefined, name: 'infra' })
  })
})

test('each monitor is told, in order, also when another one breaks', async () => {
  const answer = async (): Promise<Told> => ({ monitor: 'b', outcome: 'delivered', notices: [] })
  const broken = async () => {
    throw new Error('no memory left')
  }
  const monitors: MonitorService[] = [
    { name: 'a', verified: answer, failing: broken, removed: answer },
    { name: 'b', verified: broken, failing: answer, removed: broken },
  ]
  expect(await tell(monitors, { told: 'failing', news: news() })).toEqual([
    { monitor: 'a', outcome: 'failed', notices: [], warning: expect.stringMatching(/^The a was not told .*no memory/) },
    { monitor: 'b', outcome: 'delivered', notices: [] },
  ])
})
