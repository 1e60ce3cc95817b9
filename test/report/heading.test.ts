import { expect, test } from 'vitest'
import { mergeLine, placeLine, title } from '../../src/report/heading.ts'
import type { Report } from '../../src/report/report.ts'
import type { Action, PlanJson } from '../../src/terraform/json.ts'
import { planReport } from '../support/reports.ts'

const fingerprint = `sha256:${'0123456789abcdef'.repeat(4)}`
const json: PlanJson = {
  format_version: '1.2',
  variables: { name: { value: 'weather' } },
  resource_changes: [
    {
      address: 'aws_lb.this',
      mode: 'managed',
      type: 'aws_lb',
      change: {
        actions: ['update'] as Action[],
        before: { arn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/x/1' },
        after: {},
      },
    },
  ],
}
const target: Report['target'] = { stack: 'ecs', directory: 'services/weather', workspace: undefined }
const report = (more: Partial<Report>): Report =>
  planReport(
    { ...json, applyable: true },
    { approval: { outcome: 'awaiting', fingerprint, reviewed: undefined, differences: [] }, ...more },
  )

test.each<[Partial<Report>, string]>([
  [{ target }, '📋 Plan · weather'],
  [{ target, environment: 'production' }, '📋 Plan · weather, production'],
  [{ target: { ...target, workspace: 'staging' } }, '📋 Plan · weather, workspace staging'],
  [{ target: { ...target, workspace: 'staging' }, environment: 'staging' }, '📋 Plan · weather, staging'],
  [{ target: { ...target, name: 'docs' } }, '📋 Plan · docs'],
  [{ target: { ...target, stack: undefined } }, '📋 Plan · services/weather'],
  [
    { target: { ...target, backend: { text: 'key a.tfstate', key: 'a.tfstate' } } },
    '📋 Plan · weather, state a.tfstate',
  ],
  [{ target, plan: undefined as never }, '⏳ Running · ecs in services/weather'],
])('the title of %j is "%s"', (more, words) => {
  expect(String(title(report(more)))).toBe(words)
})

test('the place names module, account, region and state, and repeats nothing of the title', () => {
  const stateKey = 'weather/prod.tfstate'
  expect(String(placeLine(report({ target, stateKey })))).toBe(
    '`ecs in services/weather` · AWS account `123456789012` · `eu-west-1` · state `weather/prod.tfstate`',
  )
  const own = report({ target: { ...target, stack: undefined, backend: { text: stateKey, key: stateKey } }, stateKey })
  expect(String(placeLine(own))).toBe('AWS account `123456789012` · `eu-west-1`')
})

test('a reviewed plan says that the merge applies exactly it', () => {
  expect(String(mergeLine(report({ planApproval: 'reviewed' })))).toBe(
    'Merging applies exactly this plan (fingerprint `sha256:0123456789ab…`). If the plan has changed by then, nothing is applied.',
  )
})

test('without approval the comment says that the merge applies another plan', () => {
  expect(String(mergeLine(report({ planApproval: 'none' })))).toContain('Merging does **not** apply exactly this plan')
  const other = `sha256:${'f'.repeat(64)}`
  expect(String(mergeLine(report({ planApproval: other })))).toContain('`plan-approval` names `sha256:ffffffffffff…`')
  expect(String(mergeLine(report({ planApproval: fingerprint })))).toContain('which is this one')
})

test.each<[string, Partial<Report>]>([
  ['a plan without changes', { plan: { ...(report({}).plan as NonNullable<Report['plan']>), hasChanges: false } }],
  ['a plan without a pull request', { pullRequest: undefined }],
  ['an apply', { command: 'apply' }],
  [
    'a failed plan',
    { failures: [{ code: 'PLAN_CHANGED', sentence: '', fix: '', remedy: undefined, phase: 'approval' }] },
  ],
])('%s promises nothing about a merge', (_, more) => {
  expect(String(mergeLine(report({ planApproval: 'reviewed', ...more })))).toBe('')
})
