/** Which news a run has for its monitors, and that no monitor can turn a run red. */
import { describe, expect, test } from 'vitest'
import type { GateReport } from '../../src/gate/gate.ts'
import type { MonitorEvent, MonitorResult, MonitorService } from '../../src/monitors/monitor.ts'
import { notificationOf, notify, removalNotification } from '../../src/monitors/notify.ts'
import type { Deployment } from '../../src/platforms/deployment.ts'
import type { Report } from '../../src/report/report.ts'
import { news } from '../support/news.ts'
import { planReport } from '../support/reports.ts'

const run = { owner: 'acme', repo: 'infra' }
const open = { mcp: { endpoint: undefined } } as Parameters<typeof notificationOf>[2]
const endpoint = 'https://mcp.example.com/mcp'
const before = 'https://old.example.com/mcp'
const failure = { phase: 'gate', code: 'PATH_404', sentence: 'x', fix: '', remedy: 'config' } as const

const lacks = { code: 'TOOL_MISSING', sentence: 'x', fix: '', remedy: 'replace', step: 'tools/list' } as const

const deployment: Deployment = {
  endpoint,
  outputs: {},
  serving: { kind: 'ecs', name: 'weather' },
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
  const told = notificationOf(ran({ gate: gateOf(true) }), run, open)
  expect(told).toMatchObject({
    method: 'verified',
    event: { endpoint, previousEndpoint: before, name: 'weather', repository: 'acme/infra', isMcpServer: true },
  })
})

test.each([endpoint, '', null, 7])('no endpoint before it when the state has %j', prior => {
  const told = notificationOf(ran({ gate: gateOf(true) }, prior), run, open)
  expect(told?.event).toMatchObject({ endpoint, previousEndpoint: undefined })
})

test('an endpoint that is an input has nothing to do with the output of the state', () => {
  const inputs = { mcp: { endpoint } } as Parameters<typeof notificationOf>[2]
  expect(notificationOf(ran({ gate: gateOf(true) }), run, inputs)?.event.previousEndpoint).toBeUndefined()
})

test.each<[string, Partial<Report>, Partial<MonitorEvent>]>([
  [
    'the gate failed',
    { gate: gateOf(false), failures: [failure] },
    { endpoint, isMcpServer: false, previousEndpoint: before },
  ],
  ['one era passed', { gate: gateOf(false, 'passed'), failures: [failure] }, { endpoint, isMcpServer: true }],
  ['a tool is missing', { gate: { ...gateOf(false), failure: lacks }, failures: [failure] }, { isMcpServer: true }],
  [
    'the gate was not reached',
    { failures: [{ ...failure, phase: 'stability' }] },
    { endpoint, isMcpServer: undefined },
  ],
  ['somebody deployed meanwhile', { gate: gateOf(true), failures: [failure] }, { isMcpServer: true }],
])('a deployment that fails because %s', (_, more, expected) => {
  expect(notificationOf(ran(more), run, open)).toMatchObject({ method: 'failing', event: { failure: {}, ...expected } })
})

test('a run that fails before anything is known names the endpoint that was there, if any', () => {
  const {
    plan: _,
    deployment: __,
    ...report
  } = ran({ failures: [{ ...failure, phase: 'init', code: 'TERRAFORM_INIT_FAILED' }] })
  expect(notificationOf(report, run, open)?.event).toMatchObject({ endpoint: undefined, name: 'infra' })
  const { deployment: ___, ...planned } = ran({
    failures: [{ ...failure, phase: 'apply', code: 'TERRAFORM_APPLY_FAILED' }],
  })
  expect(notificationOf(planned, run, open)?.event).toMatchObject({ endpoint: before, previousEndpoint: undefined })
})

test('a plan tells nothing, and neither does a run that has not come to its end', () => {
  expect(notificationOf(ran({ command: 'plan', failures: [failure] }), run, open)).toBeUndefined()
  expect(notificationOf(ran({}), run, open)).toBeUndefined()
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
    expect(removalNotification(report, run, open)).toMatchObject({
      method: 'removed',
      event: { command: 'destroy', endpoint: before, previousEndpoint: undefined, name: 'weather', failure: undefined },
    })
    // And after it there is nothing more to tell, however it ended.
    expect(notificationOf(report, run, open)).toBeUndefined()
    expect(notificationOf({ ...report, failures: [failure] }, run, open)).toBeUndefined()
  })

  test('an input goes before the state, and of an empty state nothing is known', () => {
    const inputs = { mcp: { endpoint } } as Parameters<typeof removalNotification>[2]
    expect(removalNotification(destroys({ mcp_endpoint: before }), run, inputs).event.endpoint).toBe(endpoint)
    expect(removalNotification(destroys({}), run, open).event).toMatchObject({ endpoint: undefined, name: 'infra' })
  })
})

test('each monitor is told, in order, also when another one breaks', async () => {
  const answer = async (): Promise<MonitorResult> => ({ monitor: 'b', outcome: 'delivered', notices: [] })
  const broken = async () => {
    throw new Error('no memory left')
  }
  const monitors: MonitorService[] = [
    { name: 'a', verified: answer, failing: broken, removed: answer },
    { name: 'b', verified: broken, failing: answer, removed: broken },
  ]
  expect(await notify(monitors, { method: 'failing', event: news() })).toEqual([
    {
      monitor: 'a',
      outcome: 'failed',
      notices: [],
      warning: expect.stringMatching(/^The a was not notified .*no memory/),
    },
    { monitor: 'b', outcome: 'delivered', notices: [] },
  ])
})
