import { expect, test } from 'vitest'
import { driftMode, driftOf, driftSentence, judgeDrift } from '../../src/steps/drift.ts'
import type { PlannedChange } from '../../src/steps/plan.ts'

const commit = '4b825dc642cb6eb9a060e54bf8d69288fbee4904'
const change = (address: string, kind: PlannedChange['kind']): PlannedChange => ({
  address,
  kind,
  previousAddress: undefined,
  type: 'aws_x',
  imported: false,
  deposed: false,
  reason: undefined,
  forcedBy: [],
  lines: ['+ secret = 1'],
})

test.each([
  ['auto', undefined, 'report'],
  ['auto', 'https://a.example/mcp', 'ignore'],
  ['report', 'https://a.example/mcp', 'report'],
  ['fail', 'https://a.example/mcp', 'fail'],
  ['ignore', undefined, 'ignore'],
] as const)('drift %s with mcp-endpoint %s is %s', (drift, endpoint, mode) => {
  expect(driftMode({ drift, mcp: { endpoint } } as Parameters<typeof driftMode>[0])).toBe(mode)
})

test('what would be changed is told by address, and red only where that is asked for', () => {
  const drift = driftOf({
    hasChanges: true,
    changes: [change('aws_lb.this', 'replace'), change('aws_ecs_service.this', 'update')],
    outputs: [{ name: 'mcp_endpoint', kind: 'update', lines: [] }],
  })
  expect(drift.changes).toEqual([
    { address: 'aws_lb.this', kind: 'replace' },
    { address: 'aws_ecs_service.this', kind: 'update' },
  ])
  const sentence =
    '3 things are not as the configuration at 4b825dc says; an apply would change aws_lb.this (replace), aws_ecs_service.this (update), output.mcp_endpoint.'
  expect(judgeDrift(drift, commit, 'fail')).toMatchObject({ code: 'DRIFT', sentence, remedy: 'config' })
  expect(judgeDrift(drift, commit, 'report')).toBeUndefined()
})

test('many addresses are counted', () => {
  const changes = Array.from({ length: 9 }, (_, i) => change(`aws_x.n${i}`, 'update'))
  expect(driftSentence(driftOf({ hasChanges: true, changes, outputs: [] }), commit)).toMatch(
    /^9 things .* aws_x\.n4 \(update\) and 4 more\.$/,
  )
})

test('a plan without changes has no drift, whatever Terraform read on the way', () => {
  const drift = driftOf({ hasChanges: false, changes: [change('aws_x.a', 'move')], outputs: [] })
  expect(drift).toEqual({ changes: [], outputs: [] })
  expect(judgeDrift(drift, commit, 'fail')).toBeUndefined()
})
