/** What a deployment's last status says, and that GitHub takes it. */
import { expect, test } from 'vitest'
import type { FailureCode } from '../../src/errors.ts'
import type { GateReport } from '../../src/gate/gate.ts'
import { finalStatus } from '../../src/github/deployment.ts'
import type { Report } from '../../src/report/report.ts'

const runUrl = 'https://github.com/acme/infra/actions/runs/1'
const gate = (passed: boolean, endpoint = 'https://mcp.example.com/mcp'): GateReport => ({
  passed,
  endpoint,
  eras: {
    modern: { verdict: 'passed', protocolVersion: '2026-07-28' },
    legacy: { verdict: 'absent' },
    'http-sse': { verdict: 'absent' },
  },
  protocolVersions: ['2026-07-28'],
  tools: [],
  warnings: [],
  latencyMs: 1,
  elapsedMs: 1,
  rounds: [],
})
const ran = (more: Partial<Report>): Report => ({
  command: 'apply',
  target: { stack: 'ecs', directory: '.', workspace: undefined },
  commit: '4b825dc',
  runUrl,
  failures: [],
  warnings: [],
  phases: [],
  ...more,
})
const failed = (code: FailureCode, sentence: string): NonNullable<Report['failures'][number]> => ({
  phase: 'gate',
  code,
  sentence,
  fix: '',
  remedy: 'config',
})

test('verified: success, with the endpoint to open', () => {
  expect(finalStatus(ran({ gate: gate(true) }))).toEqual({
    state: 'success',
    description: 'Deployed and verified: 2026-07-28: passed · initialize: not offered · HTTP+SSE: not offered.',
    logUrl: runUrl,
    environmentUrl: 'https://mcp.example.com/mcp',
  })
  expect(finalStatus(ran({ gate: gate(true, 'mcp.example.com') })).environmentUrl).toBeUndefined()
})

test.each([
  [
    'a check said no',
    ran({ gate: gate(false), failures: [failed('PATH_404', 'Nothing is at /mcp.')] }),
    'failure',
    'PATH_404: Nothing is at /mcp.',
  ],
  [
    'green gate, but superseded',
    ran({ gate: gate(true), failures: [failed('ECS_SUPERSEDED', 'x')] }),
    'failure',
    'ECS_SUPERSEDED: x',
  ],
  [
    'Terraform failed',
    ran({ failures: [failed('TERRAFORM_APPLY_FAILED', 'terraform apply failed.\nError:\u0007 no\u202e')] }),
    'error',
    'terraform apply failed. Error: no',
  ],
  ['it ended before the gate', ran({}), 'error', 'The run ended before the endpoint was verified.'],
] as const)('%s', (_, report, state, description) => {
  expect(finalStatus(report)).toEqual({ state, description, logUrl: runUrl })
})

test('a long sentence is cut to what GitHub takes', () => {
  const { description } = finalStatus(ran({ failures: [failed('RPC_ERROR', '🟠'.repeat(200))] }))
  expect(description).toHaveLength(140)
  expect(description.isWellFormed()).toBe(true)
})
