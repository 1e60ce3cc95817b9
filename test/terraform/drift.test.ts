import { describe, expect, test } from 'vitest'
import { verifyLines } from '../../src/report/checks.ts'
import { renderIssue } from '../../src/report/issue.ts'
import { type Report, reportJson } from '../../src/report/report.ts'
import { renderSummary } from '../../src/report/summary.ts'
import { driftFailure, driftMode, driftOf, driftSentence } from '../../src/terraform/drift.ts'
import type { PlanJson, ResourceChange } from '../../src/terraform/json.ts'
import { type PlannedChange, readPlan } from '../../src/terraform/plan.ts'
import { linesOf, withTexts } from '../support/diff-lines.ts'
import { planReport } from '../support/reports.ts'

/** The diff of a resource that loses an attribute. */
const secretLines = linesOf({ secret: 1 })

const commit = '4b825dc642cb6eb9a060e54bf8d69288fbee4904'
const change = (address: string, kind: PlannedChange['kind']): PlannedChange => ({
  address,
  kind,
  previousAddress: undefined,
  type: 'aws_x',
  imported: undefined,
  loss: undefined,
  release: undefined,
  keepsOld: false,
  deposed: false,
  reason: undefined,
  forcedBy: [],
  lines: secretLines,
})

const normal = { mode: 'normal', drift: [] } as const

test.each([
  ['auto', undefined, 'report'],
  ['auto', 'https://a.example/mcp', 'ignore'],
  ['report', 'https://a.example/mcp', 'report'],
  ['fail', 'https://a.example/mcp', 'fail'],
  ['ignore', undefined, 'ignore'],
] as const)('drift %s with mcp-endpoint %s is %s', (drift, endpoint, mode) => {
  expect(driftMode(drift, endpoint)).toBe(mode)
})

test('changed addresses are reported, and fail the job only with drift: fail', () => {
  const drift = driftOf({
    ...normal,
    hasChanges: true,
    changes: [change('aws_lb.this', 'replace'), change('aws_ecs_service.this', 'update')],
    outputs: [{ name: 'mcp_endpoint', kind: 'update', lines: [] }],
  })
  expect(drift.changes).toEqual([
    { address: 'aws_lb.this', kind: 'replace', lines: secretLines },
    { address: 'aws_ecs_service.this', kind: 'update', lines: secretLines },
  ])
  const sentence =
    '3 objects differ from the configuration at 4b825dc; an apply would change aws_lb.this (replace), aws_ecs_service.this (update), output.mcp_endpoint.'
  expect(driftFailure(drift, commit, 'fail')).toMatchObject({ code: 'DRIFT', sentence, remedy: 'config' })
  expect(driftFailure(drift, commit, 'report')).toBeUndefined()
})

test('many addresses are counted', () => {
  const changes = Array.from({ length: 9 }, (_, i) => change(`aws_x.n${i}`, 'update'))
  expect(driftSentence(driftOf({ ...normal, hasChanges: true, changes, outputs: [] }), commit)).toMatch(
    /^9 objects .* aws_x\.n4 \(update\) and 4 more\.$/,
  )
})

test('a plan without changes has no drift, whatever Terraform read on the way', () => {
  const drift = driftOf({ ...normal, hasChanges: false, changes: [change('aws_x.a', 'move')], outputs: [] })
  expect(drift).toEqual({ plan: 'normal', changes: [], outputs: [] })
  expect(driftFailure(drift, commit, 'fail')).toBeUndefined()
})

describe('by a refresh-only plan', () => {
  /** As Terraform 1.11.4 shows it: the tags were never set, one parameter was changed, and one deleted. */
  const json: PlanJson = {
    format_version: '1.2',
    resource_drift: [
      drifted('aws_ssm_parameter.filled_in', { tags: null, value: 'a', description: '' }, { tags: {}, value: 'a' }),
      drifted('aws_iam_policy.spelt', { policy: '{"a":1, "b":2}' }, { policy: '{"b":2,"a":1}' }),
      drifted(
        'aws_ssm_parameter.changed',
        { tags: null, value: 'a', version: 1 },
        { tags: {}, value: 'b', version: 2 },
      ),
      drifted('aws_ssm_parameter.gone', { value: 'a' }, null),
    ],
    output_changes: {
      endpoint: { actions: ['update'], before: 'a', after: 'b' },
      other: { actions: ['no-op'], before: 'a', after: 'a' },
    },
  }
  const read = (shown: PlanJson) => readPlan(shown, true, '', text => text, 'refresh-only')

  test('changed and missing resources are listed, and values that the provider fills in are not', () => {
    const drift = driftOf(read(json))
    expect({ ...drift, changes: drift.changes.map(withTexts) }).toEqual({
      plan: 'refresh-only',
      changes: [
        {
          address: 'aws_ssm_parameter.changed',
          kind: 'update',
          lines: ['- value = "a"', '+ value = "b"', '- version = 1', '+ version = 2'],
        },
        { address: 'aws_ssm_parameter.gone', kind: 'delete', lines: ['- value = "a"'] },
      ],
      outputs: ['endpoint'],
    })
    expect(driftFailure(drift, commit, 'fail')).toMatchObject({
      code: 'DRIFT',
      sentence:
        '3 objects have changed since the last apply: aws_ssm_parameter.changed (changed), aws_ssm_parameter.gone (gone), output.endpoint.',
      fix: expect.stringMatching(/apply to revert it/),
    })
  })

  test('a plan that Terraform calls changed for what was filled in alone has no drift', () => {
    const plan = read({ format_version: '1.2', resource_drift: json.resource_drift?.slice(0, 2) ?? [] })
    expect(plan.hasChanges).toBe(false)
    expect(driftOf(plan)).toEqual({ plan: 'refresh-only', changes: [], outputs: [] })
  })

  test('timeline, summary and issue show the same drift', () => {
    const drift = driftOf(read(json))
    const report: Report = { ...planReport({ format_version: '1.2' }), command: 'verify', plan: read(json), drift }
    const [line] = verifyLines(report).map(String)
    expect(line).toBe(
      '⚠️ **Drift**: outside of Terraform `aws_ssm_parameter.changed` (changed), `aws_ssm_parameter.gone` (gone), `output.endpoint`',
    )
    const summary = String(renderSummary(report))
    const issue = String(renderIssue(report, '<!-- m -->', { key: 'DRIFT', since: 0, reported: 0 }))
    for (const text of [summary, issue]) {
      expect(text).toContain(line)
      expect(text).toContain('# aws_ssm_parameter.changed changed')
      expect(text).toContain('+ value = "b"')
      expect(text).toContain('# aws_ssm_parameter.gone gone')
    }
    expect(summary).toContain('**Changed outside of Terraform: 2 resources, 1 output**')
    expect(reportJson(report).drift).toEqual({ ...drift, changes: drift.changes.map(withTexts) })
  })

  describe('after an upgrade of the provider', () => {
    const provider = 'registry.terraform.io/hashicorp/aws'

    /** A plan of three log groups, whose state gets a region as the given ones have it after the refresh. */
    function upgraded(
      after: readonly Readonly<Record<string, unknown>>[],
      before: readonly Readonly<Record<string, unknown>>[] = after.map(() => ({ region: null })),
      configuredRegion: readonly number[] = [],
    ): PlanJson {
      const address = (index: number) => `aws_cloudwatch_log_group.g${index}`
      return {
        format_version: '1.2',
        resource_drift: after.map((values, index) => ({
          ...drifted(address(index), { name: `g${index}`, ...before[index] }, { name: `g${index}`, ...values }),
          provider_name: provider,
        })),
        prior_state: {
          values: {
            root_module: {
              resources: after.map((values, index) => ({
                address: address(index),
                mode: 'managed',
                type: 'aws_cloudwatch_log_group',
                provider_name: provider,
                values: { name: `g${index}`, ...values },
              })),
            },
          },
        },
        configuration: {
          root_module: {
            resources: after.map((_, index) => ({
              address: address(index),
              mode: 'managed',
              type: 'aws_cloudwatch_log_group',
              name: `g${index}`,
              expressions: { name: {}, ...(configuredRegion.includes(index) && { region: {} }) },
            })),
          },
        },
      }
    }
    const [ireland, frankfurt] = [{ region: 'eu-west-1' }, { region: 'eu-central-1' }]
    const changed = (shown: PlanJson) => driftOf(read(shown)).changes.map(({ address }) => address)

    test('an attribute that it fills in on every resource is one line and no drift', () => {
      const plan = read(upgraded([ireland, ireland, frankfurt]))
      expect(plan.hasChanges).toBe(false)
      const drift = driftOf(plan)
      const filledIn = [{ provider, attribute: 'region', resources: 3 }]
      expect(drift).toEqual({ plan: 'refresh-only', changes: [], outputs: [], filledIn })
      expect(driftFailure(drift, commit, 'fail')).toBeUndefined()
      const report: Report = { ...planReport({ format_version: '1.2' }), command: 'verify', plan, drift }
      expect(verifyLines(report).map(String)).toEqual([
        '✅ **No drift**: the deployed resources match the last apply',
        '⚪ **Not drift**: the provider `hashicorp/aws` now fills in `region` on 3 resources; the next apply saves it in the state',
      ])
      expect(reportJson(report).drift).toMatchObject({ filledIn })
    })

    test('another change of such a resource is drift, without that attribute', () => {
      const drift = driftOf(read(upgraded([ireland, { ...ireland, name: 'renamed' }, ireland])))
      expect(drift.changes.map(withTexts)).toEqual([
        { address: 'aws_cloudwatch_log_group.g1', kind: 'update', lines: ['- name = "g1"', '+ name = "renamed"'] },
      ])
    })

    test.each([
      ['one resource alone', upgraded([ireland]), [0]],
      ['a resource that stays without', upgraded([ireland, ireland, { region: null }]), [0, 1]],
      ['a resource that had another value', upgraded([ireland, ireland, frankfurt], [{}, {}, ireland]), [0, 1, 2]],
      ['an attribute that the configuration sets', upgraded([ireland, ireland], undefined, [0, 1]), [0, 1]],
      ['tags', upgraded([{ tags: { a: 'b' } }, { tags: { a: 'b' } }], [{ tags: null }, { tags: null }]), [0, 1]],
    ])('%s: it is drift', (_, shown, drifting) => {
      expect(changed(shown)).toEqual(drifting.map(index => `aws_cloudwatch_log_group.g${index}`))
    })
  })
})

function drifted(address: string, before: object, after: object | null): ResourceChange {
  return {
    address,
    mode: 'managed',
    type: 'aws_ssm_parameter',
    change: { actions: [after === null ? 'delete' : 'update'], before, after },
  }
}
