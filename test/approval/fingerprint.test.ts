import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonical } from '../../src/approval/canonical.ts'
import { fingerprintOf, normalizePlan } from '../../src/approval/fingerprint.ts'
import { createPlanSigner, saltedSigner } from '../../src/approval/signer.ts'
import type { PlanJson, ResourceChange } from '../../src/terraform/json.ts'

const settings = { 'Terraform version': '1.11.4', workspace: 'default', backend: 's3 bucket=b key=k' }
const fingerprint = (json: object, made: Record<string, string> = settings, key = 'key') => {
  const seal = createPlanSigner(key, undefined, undefined)
  return fingerprintOf(normalizePlan({ format_version: '1.2', ...json } as PlanJson, made, seal), seal)
}

const update: ResourceChange = {
  address: 'aws_ecs_service.this',
  mode: 'managed',
  type: 'aws_ecs_service',
  provider_name: 'registry.terraform.io/hashicorp/aws',
  change: {
    actions: ['update'],
    before: { id: 'x', task_definition: 'weather:1', desired_count: 2, tags: { a: '1' } },
    after: { id: 'x', desired_count: 2, tags: { a: '2' } },
    after_unknown: { task_definition: true, tags: {} },
    before_sensitive: { tags: {} },
    after_sensitive: { tags: {} },
  },
}
const replace: ResourceChange = {
  address: 'module.a["x"].aws_ecs_task_definition.this',
  mode: 'managed',
  type: 'aws_ecs_task_definition',
  change: {
    actions: ['create', 'delete'],
    before: { arn: 'arn:1', family: 'weather', revision: 1, secret: 'old', cpu: '256' },
    after: { family: 'weather', secret: 'new', cpu: '512' },
    after_unknown: { arn: true, revision: true },
    before_sensitive: { secret: true },
    after_sensitive: { secret: true },
    replace_paths: [['cpu'], ['secret']],
  },
  action_reason: 'replace_because_cannot_update',
}
const remove: ResourceChange = {
  address: 'aws_db_instance.old',
  mode: 'managed',
  type: 'aws_db_instance',
  change: { actions: ['delete'], before: { id: 'db-1', latest_restorable_time: '2026-01-01' }, after: null },
}
const output = {
  actions: ['update' as const],
  before: 'a',
  after: 'b',
  before_sensitive: false,
  after_sensitive: false,
}
const plan = { resource_changes: [update, replace, remove], output_changes: { url: output, other: output } }
const with_ = (resource: ResourceChange, change: object, more: object = {}) => ({
  ...plan,
  resource_changes: plan.resource_changes.map(each =>
    each === resource ? { ...each, ...more, change: { ...each.change, ...change } } : each,
  ),
})

test('the fingerprint is one line that says what it was made with', () => {
  expect(fingerprint(plan)).toMatch(/^sha256:[0-9a-f]{64}$/)
})

describe('what it is blind to', () => {
  test.each<[string, object]>([
    ['the order of changes', { ...plan, resource_changes: plan.resource_changes.toReversed() }],
    ['the order of outputs', { ...plan, output_changes: { other: output, url: output } }],
    ['the time of the plan', { ...plan, timestamp: '2026-11-22T10:00:00Z' }],
    [
      'the state, its serial and what was refreshed',
      { ...plan, prior_state: { values: {} }, resource_drift: [update] },
    ],
    ['the format version', { ...plan, format_version: '1.9' }],
    [
      'what does not change',
      {
        ...plan,
        resource_changes: [...plan.resource_changes, { ...update, address: 'x.y', change: { actions: ['no-op'] } }],
      },
    ],
    [
      'data sources that are read',
      {
        ...plan,
        resource_changes: [
          ...plan.resource_changes,
          {
            address: 'data.aws_ami.x',
            mode: 'data',
            type: 'aws_ami',
            change: { actions: ['read'], after: { id: 'ami' } },
          },
        ],
      },
    ],
    [
      'an attribute that the update does not touch, such as a count that autoscaling has moved',
      with_(update, {
        before: { ...(update.change.before as object), desired_count: 5 },
        after: { ...(update.change.after as object), desired_count: 5 },
      }),
    ],
    [
      'a computed attribute of what is destroyed',
      with_(remove, { before: { id: 'db-1', latest_restorable_time: '2026-01-02' } }),
    ],
    ['null where nothing was', with_(replace, { after: { ...(replace.change.after as object), volume: null } })],
    ['the order of the reasons to replace', with_(replace, { replace_paths: [['secret'], ['cpu']] })],
  ])('%s', (_, other) => {
    expect(fingerprint(other)).toBe(fingerprint(plan))
  })

  test('the order of keys, at any depth', () => {
    const shuffled = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(shuffled)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .toReversed()
                .map(([key, part]) => [key, shuffled(part)]),
            )
          : value
    fc.assert(fc.property(fc.jsonValue(), value => canonical(value) === canonical(shuffled(value))))
  })
})

describe('what it sees', () => {
  test.each<[string, object]>([
    ['another action', with_(update, { actions: ['delete', 'create'] })],
    ['the order of a replacement', with_(replace, { actions: ['delete', 'create'] })],
    ['what is there now', with_(update, { before: { ...(update.change.before as object), tags: { a: '0' } } })],
    ['another value', with_(update, { after: { ...(update.change.after as object), tags: { a: '3' } } })],
    ['one more attribute', with_(update, { after: { ...(update.change.after as object), name: 'n' } })],
    ['a value that is not set any more', with_(update, { after: { id: 'x', desired_count: 2 } })],
    [
      'a value that was unknown',
      with_(update, { after_unknown: {}, after: { ...(update.change.after as object), task_definition: 'w:2' } }),
    ],
    ['a sensitive value', with_(replace, { after: { ...(replace.change.after as object), secret: 'newer' } })],
    ['that a value is no longer sensitive', with_(replace, { after_sensitive: {} })],
    ['why it is replaced', with_(replace, { replace_paths: [['cpu']] })],
    ['the reason', with_(replace, {}, { action_reason: 'replace_because_tainted' })],
    ['another object at the same address', with_(remove, { before: { id: 'db-2' } })],
    ['another address', with_(update, {}, { address: 'aws_ecs_service.other' })],
    ['from where it was moved', with_(update, {}, { previous_address: 'aws_ecs_service.was' })],
    ['what is imported', with_(update, { importing: { id: 'x' } })],
    ['a deposed object', with_(remove, {}, { deposed: 'abcd1234' })],
    ['another provider', with_(update, {}, { provider_name: 'registry.terraform.io/evil/aws' })],
    ['an output', { ...plan, output_changes: { ...plan.output_changes, url: { ...output, after: 'c' } } }],
    ['one output less', { ...plan, output_changes: { url: output } }],
    [
      'an action of Terraform 1.14',
      { ...plan, action_invocations: [{ address: 'action.x.y', config_values: { a: 1 } }] },
    ],
    [
      'a move alone',
      {
        ...plan,
        resource_changes: [
          ...plan.resource_changes,
          { ...update, address: 'a.b', previous_address: 'a.c', change: { actions: ['no-op'] } },
        ],
      },
    ],
  ])('%s', (_, other) => {
    expect(fingerprint(other)).not.toBe(fingerprint(plan))
  })

  test.each(Object.keys(settings))('what it was made with: %s', name => {
    expect(fingerprint(plan, { ...settings, [name]: 'other' })).not.toBe(fingerprint(plan))
  })

  test('any value, at any depth', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other) && canonical(one) !== canonical(other))
        const created = (value: unknown) => ({
          resource_changes: [{ ...update, change: { actions: ['create'], before: null, after: { value: [value] } } }],
        })
        return fingerprint(created(one)) !== fingerprint(created(other))
      }),
    )
  })

  test('no value can look like one that is unknown or sensitive', () => {
    const created = (change: object) =>
      fingerprint({ resource_changes: [{ ...update, change: { actions: ['create'], ...change } }] })
    const unknown = created({ after: {}, after_unknown: { a: true } })
    const sensitive = created({ after: { a: 'x' }, after_sensitive: { a: true } })
    for (const a of ['?', '*', '"?"', { $unknown: true }, '*x']) {
      expect(created({ after: { a } })).not.toBe(unknown)
      expect(created({ after: { a } })).not.toBe(sensitive)
    }
  })
})

describe('sensitive values', () => {
  const secretive = (secret: string) => ({
    resource_changes: [
      { ...update, change: { actions: ['create'], after: { password: secret }, after_sensitive: { password: true } } },
    ],
  })

  test('with a key and with a lineage a fingerprint is the same each time, and another with another one', () => {
    expect(fingerprint(secretive('a'), settings, 'k1')).toBe(fingerprint(secretive('a'), settings, 'k1'))
    expect(fingerprint(secretive('a'), settings, 'k1')).not.toBe(fingerprint(secretive('a'), settings, 'k2'))
    const lineage = (value: string) => {
      const seal = createPlanSigner('', '3f1c', undefined)
      return fingerprintOf(normalizePlan(secretive(value) as unknown as PlanJson, settings, seal), seal)
    }
    expect(lineage('a')).toBe(lineage('a'))
    expect(lineage('a')).not.toBe(lineage('b'))
  })

  test('without either it has a salt, and with the same salt it is the same', () => {
    const unkeyed = (value: string, salt?: string) => {
      const seal = saltedSigner(salt)
      const meaning = normalizePlan(secretive(value) as unknown as PlanJson, settings, seal)
      return fingerprintOf(meaning, seal)
    }
    const first = unkeyed('a')
    expect(first).toMatch(/^scrypt:[0-9a-f]{16}:/)
    expect(unkeyed('a')).not.toBe(first)
    const salt = first.split(':')[1]
    expect(unkeyed('a', salt)).toBe(first)
    expect(unkeyed('b', salt)).not.toBe(first)
  })

  // A salted seal computes for a fifth of a second, on purpose.
  test.each([
    ['a key', 100, createPlanSigner('key', undefined, undefined)],
    ['a lineage', 100, createPlanSigner('', 'lineage', undefined)],
    ['a salt', 4, saltedSigner('00')],
  ])('none of them is in what is kept with %s, in any form', (_, numRuns, seal) => {
    fc.assert(
      fc.property(fc.string({ minLength: 6 }), secret => {
        fc.pre(!/^[\s"{}[\],:]*$/.test(secret))
        const text = JSON.stringify(normalizePlan(secretive(`!${secret}!`) as unknown as PlanJson, {}, seal))
        expect(text).not.toContain(`!${secret}!`)
        expect(text).not.toContain(Buffer.from(`!${secret}!`).toString('base64'))
      }),
      { numRuns },
    )
  })
})
