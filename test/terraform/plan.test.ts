import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { lineText } from '../../src/terraform/diff/line.ts'
import type { PlanJson } from '../../src/terraform/json.ts'
import { readPlan } from '../../src/terraform/plan.ts'
import { sensitiveValues } from '../../src/terraform/sensitive.ts'
import { withTexts } from '../support/diff-lines.ts'

/** A plan of Terraform's own, made by scripts/golden-plans.ts. */
const golden = (name: string): PlanJson =>
  JSON.parse(readFileSync(new URL(`../fixtures/plans/${name}/plan.json`, import.meta.url), 'utf8'))
const asItIs = (text: string) => text
const read = (name: string) => readPlan(golden(name), true, '', asItIs)

const none = { add: 0, change: 0, destroy: 0, replace: 0, import: 0, move: 0, forget: 0 }

describe('counts', () => {
  test.each([
    ['create', { add: 20 }],
    ['no-changes', {}],
    ['outputs-only', {}],
    ['create-before-destroy', { add: 2, destroy: 2, replace: 2 }],
    ['replace-and-destroy', { add: 2, change: 1, destroy: 3, replace: 1 }],
    ['moved', { change: 1, move: 2 }],
    ['import-and-forget', { change: 1, import: 2, forget: 1 }],
  ])('%s', (name, counts) => {
    expect(read(name).counts).toEqual({ ...none, ...counts })
  })
})

describe('changes', () => {
  const kinds = (name: string) => read(name).changes.map(({ address, kind }) => [address, kind])

  test('the most dangerous first, then by address', () => {
    const planned = kinds('replace-and-destroy').map(([, kind]) => kind)
    expect(planned).toEqual(['delete', 'delete', 'replace', 'update', 'create'])
    const [first = '', second = ''] = kinds('replace-and-destroy').map(([address]) => address)
    expect(first < second).toBe(true)
  })

  test('a replacement is one in either order of its two actions', () => {
    expect(golden('create-before-destroy').resource_changes?.map(({ change }) => change.actions)).toEqual([
      ['delete', 'create'],
      ['create', 'delete'],
    ])
    expect(kinds('create-before-destroy').map(([, kind]) => kind)).toEqual(['replace', 'replace'])
  })

  test('an import that changes something is an update, one that does not is an import', () => {
    const { changes } = read('import-and-forget')
    expect(changes.map(({ address, kind, imported }) => [address, kind, imported?.id])).toEqual([
      ['terraform_data.queue', 'update', 'acme-queue'],
      ['terraform_data.bucket', 'import', 'acme-logs'],
      ['terraform_data.log_group', 'forget', undefined],
    ])
  })

  test('a move that changes something is an update, and both say where from', () => {
    expect(read('moved').changes.map(({ address, kind, previousAddress }) => [address, kind, previousAddress])).toEqual(
      [
        ['terraform_data.log_group', 'update', 'terraform_data.log'],
        ['terraform_data.mcp_server', 'move', 'terraform_data.server'],
      ],
    )
  })

  test('what stays, and what is only read, is none', () => {
    expect(read('no-changes').changes).toEqual([])
    const change = { actions: ['read'] as const, before: null, after: {} }
    const json: PlanJson = {
      format_version: '1.2',
      resource_changes: [{ address: 'data.x.y', mode: 'data', type: 'x', change }],
    }
    expect(readPlan(json, false, '', asItIs).changes).toEqual([])
  })

  test('outputs change apart from resources, by name', () => {
    const { changes, outputs, outputNames } = read('outputs-only')
    expect(changes).toEqual([])
    expect(outputs.map(({ name, kind }) => [name, kind])).toEqual([
      ['mcp_endpoint', 'create'],
      ['regions', 'create'],
    ])
    expect(outputNames).toEqual(['mcp_endpoint', 'regions'])
  })

  describe('the diff of a change', () => {
    const planOf = (redact: (text: string) => string) =>
      readPlan(
        {
          format_version: '1.2',
          resource_changes: [1, 2].map(n => ({
            address: `aws_thing.n${n}`,
            mode: 'managed',
            type: 'aws_thing',
            change: { actions: ['update'], before: { name: 'old' }, after: { name: `value-${n}` } },
          })),
        },
        true,
        '',
        redact,
      )

    test('is made when it is read, once, and alone', () => {
      const redacted: string[] = []
      const { changes } = planOf(text => {
        redacted.push(text)
        return text
      })
      expect(redacted).toEqual([])
      const lines = changes[1]?.lines
      expect(lines?.map(lineText)).toEqual(['- name = "old"', '+ name = "value-2"'])
      expect(redacted.join()).toContain('value-2')
      expect(redacted.join()).not.toContain('value-1')
      const { length } = redacted
      expect(changes[1]?.lines).toBe(lines)
      expect(redacted).toHaveLength(length)
    })

    test('has no secret that became known after the plan was read', () => {
      const secrets: string[] = []
      const { changes } = planOf(text => secrets.reduce((shown, secret) => shown.replaceAll(secret, '***'), text))
      secrets.push('value-1')
      expect(changes[0]?.lines.map(lineText)).toEqual(['- name = "old"', '+ name = "***"'])
    })

    test('keeps no more of the JSON in memory than its change', async () => {
      setFlagsFromString('--expose-gc')
      const collectGarbage = runInNewContext('gc') as () => void
      const readAndForget = () => {
        const json = golden('replace-and-destroy')
        return { plan: readPlan(json, true, '', asItIs), json: new WeakRef(json) }
      }
      const { plan, json } = readAndForget()
      // A reference is strong until the turn of the event loop ends.
      await delay(0)
      collectGarbage()
      expect(json.deref()).toBeUndefined()
      expect(plan.changes[0]?.lines.length).toBeGreaterThan(0)
    })

    test('is that of a copy, too', () => {
      const copies = planOf(asItIs).changes.map(change => ({ ...change }))
      expect(copies[0]?.lines.map(lineText)).toEqual(['- name = "old"', '+ name = "value-1"'])
    })
  })

  test('an empty plan reads', () => {
    expect(readPlan({ format_version: '1.2' }, false, 'No changes.', asItIs)).toMatchObject({
      counts: none,
      changes: [],
      outputs: [],
      drift: [],
      outputNames: [],
      text: 'No changes.',
    })
  })
})

describe('drift', () => {
  const drifted = (address: string, before: object, after: object) => ({
    address,
    mode: 'managed' as const,
    type: 'aws_ecs_service',
    change: { actions: ['update' as const], before, after },
  })
  const json: PlanJson = {
    format_version: '1.2',
    resource_drift: [
      drifted('module.a["x"].aws_ecs_service.this[0]', { desired_count: 1 }, { desired_count: 5 }),
      drifted('aws_ecs_service.tags', { tags: null, desired_count: 1 }, { tags: {}, desired_count: 1 }),
      drifted('aws_ecs_service.other', { desired_count: 1 }, { desired_count: 2 }),
    ],
    relevant_attributes: [
      { resource: 'module.a.aws_ecs_service.this', attribute: ['desired_count'] },
      { resource: 'aws_ecs_service.tags', attribute: ['desired_count'] },
    ],
  }

  test('is listed only where it affects the plan, at any key', () => {
    expect(readPlan(json, true, '', asItIs).drift.map(withTexts)).toEqual([
      {
        address: 'module.a["x"].aws_ecs_service.this[0]',
        kind: 'update',
        lines: ['- desired_count = 1', '+ desired_count = 5'],
      },
    ])
  })
})

describe('sensitive values', () => {
  test('of variables, resources and outputs, at any depth, in lists, maps and sets', () => {
    const values = sensitiveValues(golden('sensitive-nested'))
    expect(values).toEqual(
      expect.arrayContaining([
        'token-before',
        'unused-key-one',
        'unused-key-two',
        'member-of-a-set',
        'deep-in-a-list',
        'user:output-value',
      ]),
    )
    for (const plain of ['to be seen', 'the same as ever', 'true', 'false']) expect(values).not.toContain(plain)
    expect(new Set(values).size).toBe(values.length)
  })

  test('before and after a change', () => {
    const values = sensitiveValues(golden('sensitive'))
    expect(values.filter(value => value.includes('swordfish')).length).toBeGreaterThan(1)
    expect(values).toContain('swordfish-after')
  })

  test('of what a data source has read, in any module: no change holds it', () => {
    const resource = {
      address: 'module.a.data.aws_secretsmanager_secret_version.this',
      mode: 'data' as const,
      type: 'aws_secretsmanager_secret_version',
      values: { secret_string: 'read-from-aws', arn: 'arn:aws:secretsmanager:x' },
      sensitive_values: { secret_string: true },
    }
    const json: PlanJson = {
      format_version: '1.2',
      prior_state: { values: { root_module: { child_modules: [{ child_modules: [{ resources: [resource] }] }] } } },
    }
    expect(sensitiveValues(json)).toEqual(['read-from-aws'])
  })

  test('none in a plan without any', () => {
    for (const name of ['create', 'no-changes', 'replace-and-destroy'])
      expect(sensitiveValues(golden(name))).toEqual([])
  })
})
