import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test } from 'vitest'
import { canonical } from '../../src/approval/canonical.ts'
import { Configuration } from '../../src/approval/expression-inputs.ts'
import { fingerprintOf, normalizePlan, type PlanView } from '../../src/approval/fingerprint.ts'
import { parseIgnoredPath } from '../../src/approval/ignored-paths.ts'
import { placeholdersOf } from '../../src/approval/placeholders.ts'
import { createPlanSigner, type PlanSigner, saltedSigner } from '../../src/approval/signer.ts'
import { parseExactJson } from '../../src/json.ts'
import type { PlanJson, ResourceChange } from '../../src/terraform/json.ts'
import fc from '../support/property.ts'

const settings = { 'Terraform version': '1.11.4', workspace: 'default', backend: 's3 bucket=b key=k' }
const commit = '4b825dc642cb6eb9a060e54bf8d69288fbee4904'

/** Form 2, without files: what a plan has in its JSON. */
function viewOf(
  json: PlanJson,
  { ignore = [] as readonly string[], commits = [commit] as readonly string[] } = {},
): PlanView {
  const ignoredPaths = ignore.flatMap(line => parseIgnoredPath(line) ?? [])
  expect(ignoredPaths).toHaveLength(ignore.length)
  return {
    placeholders: placeholdersOf(json, commits),
    configuration: new Configuration(json, () => undefined),
    ignoredPaths,
  }
}
const normalized = (
  json: object,
  made: Record<string, string>,
  signer: PlanSigner,
  more: Parameters<typeof viewOf>[1],
) => {
  const plan = { format_version: '1.2', ...json } as PlanJson
  return normalizePlan(plan, made, signer, viewOf(plan, more))
}
const fingerprint = (
  json: object,
  made: Record<string, string> = settings,
  signer: PlanSigner = createPlanSigner('key', undefined, undefined),
  more: Parameters<typeof viewOf>[1] = {},
) => fingerprintOf(normalized(json, made, signer, more), signer)
const inForm1 = (json: object) => {
  const signer = createPlanSigner('key', undefined, undefined)
  return fingerprintOf(normalizePlan({ format_version: '1.2', ...json } as PlanJson, settings, signer), signer)
}

const update: ResourceChange = {
  address: 'aws_ecs_service.this',
  mode: 'managed',
  type: 'aws_ecs_service',
  provider_name: 'registry.terraform.io/hashicorp/aws',
  change: {
    actions: ['update'],
    before: { id: 'x', task_definition: 'weather:1', desired_count: 2, tags: { a: '1' }, env: [{ n: 'A', v: 'old' }] },
    after: { id: 'x', desired_count: 2, tags: { a: '2' }, env: [{ n: 'A', v: 'new' }, { n: 'B' }] },
    after_unknown: { task_definition: true, tags: {}, env: [{}, { v: true }] },
    before_sensitive: { tags: {}, env: [{ v: true }] },
    after_sensitive: { tags: {}, env: [{ v: true }, {}] },
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
const adopt: ResourceChange = {
  address: 'aws_s3_bucket.logs',
  mode: 'managed',
  type: 'aws_s3_bucket',
  change: { actions: ['no-op'], before: { id: 'logs' }, after: { id: 'logs' }, importing: { id: 'logs' } },
}
const move: ResourceChange = {
  address: 'aws_lb.this',
  previous_address: 'aws_lb.old',
  mode: 'managed',
  type: 'aws_lb',
  change: { actions: ['no-op'], before: { id: 'lb' }, after: { id: 'lb' } },
}
const forget: ResourceChange = {
  address: 'aws_vpc.old',
  mode: 'managed',
  type: 'aws_vpc',
  change: { actions: ['forget'], before: { id: 'vpc-1', cidr: '10.0.0.0/16' }, after: null },
}
const leftOver: ResourceChange = { ...remove, address: 'aws_db_instance.new', deposed: 'abcd1234' }
const invocation = {
  address: 'action.aws_lambda_invoke.warm',
  type: 'aws_lambda_invoke',
  config_values: { payload: 'x', list: [{ a: 1, token: 'secret' }] },
  config_sensitive: { list: [{ token: true }] },
  config_unknown: { arn: true },
  lifecycle_action_trigger: {
    triggering_resource_address: 'aws_ecs_service.this',
    action_trigger_event: 'AfterCreate',
    actions_list_index: 0,
  },
}
const output = {
  actions: ['update' as const],
  before: { url: 'a', key: 'k1' },
  after: { url: 'b', key: 'k2' },
  after_unknown: { id: true },
  before_sensitive: { key: true },
  after_sensitive: { key: true },
}
const plan = {
  resource_changes: [update, replace, remove, adopt, move, forget, leftOver],
  output_changes: { url: output, other: output },
  action_invocations: [invocation],
}
const with_ = (resource: ResourceChange, change: object, more: object = {}) => ({
  ...plan,
  resource_changes: plan.resource_changes.map(each =>
    each === resource ? { ...each, ...more, change: { ...each.change, ...change } } : each,
  ),
})
const created = (change: object) => ({
  resource_changes: [{ ...update, change: { actions: ['create'], before: null, ...change } }],
})

describe('golden fingerprints: a release must not change a form unnoticed, because records of open pull requests have it', () => {
  test('form 1, that of version 0.1', () => {
    expect(inForm1(plan)).toMatchInlineSnapshot(
      `"sha256:b618e83babaafce2e870dae764a8c3a2499a6fa03b8c512f0ab7dce79f891010"`,
    )
  })

  test('form 2', () => {
    expect(fingerprint(plan)).toMatchInlineSnapshot(
      `"sha256:b618e83babaafce2e870dae764a8c3a2499a6fa03b8c512f0ab7dce79f891010"`,
    )
  })

  test('form 2 with placeholders, exact numbers, inputs and an ignored path', () => {
    const json = parseExactJson(
      JSON.stringify({
        timestamp: '2026-11-22T20:41:07Z',
        variables: { tag: { value: commit.slice(0, 7) } },
        ...created({
          after: { image: `weather:${commit}`, big: 0, at: '2026-11-22T20:41:07Z', note: 'x' },
          after_unknown: { arn: true },
        }),
        configuration: {
          root_module: {
            variables: { tag: {} },
            resources: [
              {
                mode: 'managed',
                type: 'aws_ecs_service',
                name: 'this',
                expressions: {
                  arn: { references: ['aws_ecr_repository.this.arn', 'aws_ecr_repository.this', 'var.tag'] },
                },
              },
            ],
          },
        },
      }).replace('"big":0', '"big":9007199254740993'),
    ) as object
    const signer = createPlanSigner('key', undefined, undefined)
    const { changes } = normalized(json, {}, signer, { ignore: ['aws_ecs_service.this:note'] })
    expect(changes).toMatchInlineSnapshot(`
      [
        {
          "actions": "create",
          "address": "aws_ecs_service.this",
          "after": {
            "arn": "?",
            "at": """@timestamp/-_T_colon"Z"",
            "big": "9007199254740993",
            "image": ""weather:"@commit/40""",
            "note": "@ignored",
          },
          "before": {},
          "notes": {
            "inputs of arn": "{"var.tag":""@commit/7""}",
            "provider": "registry.terraform.io/hashicorp/aws",
            "references of arn": "["aws_ecr_repository.this.arn","var.tag"]",
          },
        },
      ]
    `)
    expect(fingerprintOf({ settings: {}, changes }, signer)).toMatchInlineSnapshot(
      `"sha256:46c682be1a679406d731f174bee874f67143dea572ad5c2443ec72c81dd4b76f"`,
    )
  })
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
    [
      'a change that Terraform defers, because the apply does not make it',
      { ...plan, deferred_changes: [{ reason: 'provider_config_unknown', resource_change: update }] },
    ],
  ])('%s', (_, other) => {
    expect(fingerprint(other)).toBe(fingerprint(plan))
    expect(inForm1(other)).toBe(inForm1(plan))
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
  /** Every leaf of a value with the path to it. */
  function leaves(value: unknown, path: readonly string[] = []): { path: readonly string[]; value: unknown }[] {
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : []
    if (entries.length === 0) return [{ path, value }]
    return entries.flatMap(([key, part]) => leaves(part, [...path, key]))
  }
  const another = (value: unknown) => {
    if (typeof value === 'number') return value === 0 ? 1 : -value
    if (typeof value === 'boolean') return !value
    if (typeof value === 'string') return `${value}!`
    return value === null ? 'x' : { more: true }
  }
  const withLeaf = (value: unknown, [key, ...path]: readonly string[], leaf: unknown): unknown => {
    if (key === undefined) return leaf
    const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>
    copy[key] = withLeaf(copy[key], path, leaf)
    return copy
  }

  /** Members that another one decides, or that only exist in another shape of the plan. */
  const blind = [
    // The address has them.
    /^resource_changes\.\d+\.(?:mode|type)$/,
    // Computed attributes of what is destroyed or forgotten, which has an id.
    /\.before\.(?:latest_restorable_time|cidr)$/,
    // What is moved or imported stays what it is before.
    /^resource_changes\.[34]\.change\.after\.id$/,
    // No part has the name `more` that could be sensitive.
    /_sensitive\.(?:tags|env\.1)$/,
    // Nothing is there after a removal.
    /^resource_changes\.[256]\.change\.after$/,
  ]
  test.each(leaves(plan).map(({ path, value }) => [path.join('.'), path, value] as const))(
    'another value of %s',
    (name, path, value) => {
      const isSame = fingerprint(withLeaf(plan, path, another(value)) as object) === fingerprint(plan)
      expect(isSame).toBe(blind.some(pattern => pattern.test(name)))
    },
  )

  test.each<[string, object]>([
    ['another action', with_(update, { actions: ['delete', 'create'] })],
    ['the order of a replacement', with_(replace, { actions: ['delete', 'create'] })],
    ['what is there now', with_(update, { before: { ...(update.change.before as object), tags: { a: '0' } } })],
    ['one more attribute', with_(update, { after: { ...(update.change.after as object), name: 'n' } })],
    ['a value that is not set any more', with_(update, { after: { id: 'x', desired_count: 2 } })],
    [
      'a value that was unknown',
      with_(update, { after_unknown: {}, after: { ...(update.change.after as object), task_definition: 'w:2' } }),
    ],
    ['that a value is no longer sensitive', with_(replace, { after_sensitive: {} })],
    ['one reason less to replace it', with_(replace, { replace_paths: [['cpu']] })],
    ['one output less', { ...plan, output_changes: { url: output } }],
    ['one action less', { ...plan, action_invocations: [] }],
    ['an action twice', { ...plan, action_invocations: [invocation, invocation] }],
    ['one move less', { ...plan, resource_changes: plan.resource_changes.filter(each => each !== move) }],
    ['an import as a creation', with_(adopt, { actions: ['create'] })],
    ['a removal as a mere forgetting', with_(remove, { actions: ['forget'] })],
  ])('%s', (_, other) => {
    expect(fingerprint(other)).not.toBe(fingerprint(plan))
  })

  test.each(Object.keys(settings))('what it was made with: %s', name => {
    expect(fingerprint(plan, { ...settings, [name]: 'other' })).not.toBe(fingerprint(plan))
  })

  test('two values have the same fingerprint exactly when they are equal, at any depth', () => {
    const isEqual = (one: unknown, other: unknown) =>
      isDeepStrictEqual(JSON.parse(JSON.stringify(one)), JSON.parse(JSON.stringify(other)))
    const of = (value: unknown) => fingerprint(created({ after: { value: [value] } }))
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => (of(one) === of(other)) === isEqual(one, other)),
    )
  })

  test('one changed leaf of any value is seen, however deep it lies', () => {
    const of = (value: unknown) => fingerprint(created({ after: { value: [value] } }))
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.nat(), (value, index) => {
        const all = leaves(value)
        const { path = [], value: leaf } = all[index % all.length] ?? {}
        return of(withLeaf(value, path, another(leaf))) !== of(value)
      }),
    )
  })

  test('the first of many changes, although the text is hashed in pieces', () => {
    const many = (first: string) => ({
      resource_changes: Array.from({ length: 3_000 }, (_, i) => ({
        ...update,
        address: `aws_lb.many[${String(i).padStart(5, '0')}]`,
        change: { actions: ['create'], before: null, after: { name: i === 0 ? first : 'x'.repeat(100) } },
      })),
    })
    expect(JSON.stringify(many('a')).length).toBeGreaterThan(500_000)
    expect(fingerprint(many('a'))).not.toBe(fingerprint(many('b')))
    expect(fingerprint(many('a'))).toBe(fingerprint(many('a')))
  })
})

describe('marks', () => {
  /** A value and marks of its shape that mark at least one part. */
  const marked = fc.jsonValue({ maxDepth: 3 }).chain(value =>
    fc.nat().map(index => {
      const paths: (readonly string[])[] = [[]]
      const visit = (part: unknown, path: readonly string[]) => {
        if (typeof part !== 'object' || part === null) return
        for (const [key, inner] of Object.entries(part)) {
          paths.push([...path, key])
          visit(inner, [...path, key])
        }
      }
      visit(value, [])
      const path = paths[index % paths.length] ?? []
      const marks = path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), true)
      return {
        value,
        marks,
        part: path.reduce<unknown>((whole, key) => (whole as Record<string, unknown>)[key], value),
      }
    }),
  )
  const isJson = (text: string) => {
    try {
      JSON.parse(text)
      return true
    } catch {
      return false
    }
  }

  test('a value without marks is JSON of that value, so none can look like one with marks', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  test('a value with an unknown part is no JSON, at any depth', () => {
    fc.assert(fc.property(marked, ({ value, marks }) => !isJson(canonical(value, false, marks))))
  })

  test('a value with a sensitive part is no JSON, at any depth, and its digest gets exactly that part', () => {
    fc.assert(
      fc.property(marked, ({ value, marks, part }) => {
        fc.pre(part !== null)
        const hidden: unknown[] = []
        const text = canonical(value, marks, false, secret => {
          hidden.push(secret)
          return '*'
        })
        expect(isJson(text)).toBe(false)
        expect(hidden).toEqual([part])
      }),
    )
  })

  test('a part of a list that does not exist yet has its place', () => {
    expect(canonical(['a'], false, [false, true])).toBe('["a",?]')
    expect(canonical([], false, [])).toBe('[]')
    expect(canonical(undefined, false, [true, true])).toBe('[?,?]')
    expect(canonical({ a: [{}] }, false, { a: [{ b: true }], c: true })).toBe('{"a":[{"b":?}],"c":?}')
  })
})

describe('numbers', () => {
  const of = (number: string) =>
    fingerprint(parseExactJson(JSON.stringify(created({ after: { port: 0 } })).replace(':0}', `:${number}}`)) as object)

  test.each([
    ['9007199254740993', '9007199254740992'],
    ['0.1000000000000000055', '0.1'],
    ['123456789012345678901', '123456789012345678902'],
  ])('%s is not %s', (one, other) => {
    expect(of(one)).not.toBe(of(other))
    expect(of(one)).toBe(of(one))
  })

  test('a number written in another way is the same', () => {
    expect(of('9007199254740993.0')).toBe(of('9007199254740993'))
    expect(of('1e3')).toBe(of('1000'))
  })

  test('a long number is not the text of its digits', () => {
    expect(of('9007199254740993')).not.toBe(of('"9007199254740993"'))
  })
})

describe('placeholders', () => {
  const pushed = '0d1e2f3a4b5c6d7e8f9a0b1c2d3e4f5a6b7c8d9e'
  const value = (text: string, more: object = {}) => ({
    ...more,
    ...created({ after: { image: text, tags: { sha: text } } }),
  })
  const at = (json: object, commits: readonly string[]) =>
    fingerprint(json, settings, createPlanSigner('key', undefined, undefined), { commits })

  test('the own commit of either run is the same plan, and any other commit another one', () => {
    const reviewed = at(value(`weather:${commit.slice(0, 7)}`), [commit])
    expect(at(value(`weather:${pushed.slice(0, 7)}`), [pushed])).toBe(reviewed)
    expect(at(value(`weather:${pushed.slice(0, 8)}`), [pushed])).not.toBe(reviewed)
    expect(at(value(`other:${pushed.slice(0, 7)}`), [pushed])).not.toBe(reviewed)
    expect(at(value(`weather:${commit.slice(0, 7)}`), [pushed])).not.toBe(reviewed)
    expect(at(value('weather:v2'), [pushed])).not.toBe(reviewed)
  })

  test('a sensitive value with the commit, too', () => {
    const secret = (text: string) => created({ after: { a: text }, after_sensitive: { a: true } })
    const reviewed = at(secret(`s3cr3t-${commit}`), [commit])
    expect(at(secret(`s3cr3t-${pushed}`), [pushed])).toBe(reviewed)
    expect(at(secret(`other-${pushed}`), [pushed])).not.toBe(reviewed)
  })

  test('a value that holds the text of a placeholder is another value', () => {
    const reviewed = at(value(`weather:${commit}`), [commit])
    for (const text of ['weather:"@commit/40"', 'weather:"@commit/40""', '@commit/40', 'weather:\\"@commit/40'])
      expect(at(value(text), [pushed])).not.toBe(reviewed)
  })

  test('the timestamp of either plan is the same, and another time another one', () => {
    const [first, second] = ['2026-11-22T20:41:07Z', '2026-11-23T01:02:03Z']
    const reviewed = fingerprint(value(`built ${first}`, { timestamp: first }))
    expect(fingerprint(value(`built ${second}`, { timestamp: second }))).toBe(reviewed)
    expect(fingerprint(value(`built ${first}`, { timestamp: second }))).not.toBe(reviewed)
  })

  describe('the identity of the caller', () => {
    const account = '123456789012'
    const role = (name: string) => `arn:aws:sts::${account}:assumed-role/${name}/GitHubActions`
    const config = (references: readonly string[]) => ({
      configuration: {
        root_module: {
          resources: [
            { mode: 'managed', type: 'aws_ecs_service', name: 'this', expressions: { owner: { references } } },
            { mode: 'data', type: 'aws_caller_identity', name: 'me', expressions: {} },
          ],
        },
      },
    })
    const known = (name: string, values: object = {}) => ({
      prior_state: {
        values: {
          root_module: {
            resources: [
              {
                address: 'data.aws_caller_identity.me',
                mode: 'data',
                type: 'aws_caller_identity',
                provider_name: 'registry.terraform.io/hashicorp/aws',
                values: {
                  account_id: account,
                  arn: role(name),
                  user_id: `AROA${name.toUpperCase()}EXAMPLE12345:x`,
                  ...values,
                },
              },
            ],
          },
        },
      },
    })
    const asked = config(['data.aws_caller_identity.me.arn', 'data.aws_caller_identity.me'])
    const planOf = (caller: string, change: object, configuration: object = asked) => ({
      ...known(caller),
      ...configuration,
      resource_changes: [{ ...update, change }],
    })
    const creation = (owner: string) => ({ actions: ['create'], before: null, after: { owner } })

    test('of either role is the same, and another role another one', () => {
      const reviewed = fingerprint(planOf('plan', creation(role('plan'))))
      expect(fingerprint(planOf('apply', creation(role('apply'))))).toBe(reviewed)
      expect(fingerprint(planOf('apply', creation(role('admin'))))).not.toBe(reviewed)
      expect(fingerprint(planOf('apply', creation(role('apply').replace(account, '210987654321'))))).not.toBe(reviewed)
    })

    test('does not count where the configuration names the role itself', () => {
      const literal = config(['var.owner'])
      const reviewed = fingerprint(planOf('plan', creation(role('plan')), literal))
      expect(fingerprint(planOf('apply', creation(role('plan')), literal))).toBe(reviewed)
      expect(fingerprint(planOf('apply', creation(role('apply')), literal))).not.toBe(reviewed)
    })

    test('of the last apply in the state makes no difference, and a plan that only replaces it is no change', () => {
      const changed = (owner: string, more: object) => ({
        actions: ['update'],
        before: { owner: role('apply'), size: 1 },
        after: { owner, ...more },
      })
      const reviewed = fingerprint(planOf('plan', changed(role('plan'), { size: 2 })))
      expect(fingerprint(planOf('apply', changed(role('apply'), { size: 2 })))).toBe(reviewed)
      expect(fingerprint(planOf('apply', changed(role('apply'), { size: 3 })))).not.toBe(reviewed)
      const nothing = fingerprint({ ...known('plan'), ...asked, resource_changes: [] })
      expect(fingerprint(planOf('plan', changed(role('plan'), { size: 1 })))).toBe(nothing)
      expect(fingerprint(planOf('apply', changed('mallory', { size: 1 })))).not.toBe(nothing)
    })
  })
})

describe('plan-approval-ignore', () => {
  const tagged = (updated: string, team = 'a', address = update.address) => ({
    resource_changes: [
      {
        ...update,
        address,
        change: {
          actions: ['update'],
          before: { tags: { updated: 'old', team: 'a' }, rules: [{ note: '1' }, { note: '2' }] },
          after: { tags: { updated, team }, rules: [{ note: '1' }, { note: '2' }], size: 2 },
        },
      },
    ],
  })
  const of = (json: object, ...ignore: string[]) =>
    fingerprint(json, settings, createPlanSigner('key', undefined, undefined), { ignore })
  const line = 'aws_ecs_service.this:tags.updated'

  test('an ignored value may differ, and every other value not', () => {
    expect(of(tagged('1'), line)).toBe(of(tagged('2'), line))
    expect(of(tagged('1'), line)).not.toBe(of(tagged('1', 'b'), line))
    expect(of(tagged('1'))).not.toBe(of(tagged('2')))
    expect(of(tagged('1'), 'aws_ecs_service.other:tags.updated')).not.toBe(
      of(tagged('2'), 'aws_ecs_service.other:tags.updated'),
    )
    expect(of(tagged('1'), 'aws_ecs_service.this:tags.upd')).not.toBe(of(tagged('2'), 'aws_ecs_service.this:tags.upd'))
  })

  test('an ignored value is neither any value that a plan can have, nor no value', () => {
    for (const text of ['@ignored', '"@ignored', '?', '*']) expect(of(tagged(text))).not.toBe(of(tagged(text), line))
  })

  test('a resource in a module, an instance and all elements of a list', () => {
    const address = 'module.web["a"].aws_ecs_service.this[0]'
    const modular = (updated: string) => tagged(updated, 'a', address)
    for (const each of [line, 'module.web.aws_ecs_service.this:tags.updated', 'aws_ecs_service.this:tags'])
      expect(of(modular('1'), each)).toBe(of(modular('2'), each))
    expect(of(modular('1'), 'module.api.aws_ecs_service.this:tags')).not.toBe(
      of(modular('2'), 'module.api.aws_ecs_service.this:tags'),
    )
    const noted = (note: string) => {
      const [resource] = tagged('1').resource_changes
      const after = { ...resource?.change.after, rules: [{ note }, { note: `${note}!` }] }
      return { resource_changes: [{ ...resource, change: { ...resource?.change, after } }] }
    }
    expect(of(noted('x'), 'aws_ecs_service.this:rules[*].note')).toBe(
      of(noted('y'), 'aws_ecs_service.this:rules[*].note'),
    )
    expect(of(noted('x'), 'aws_ecs_service.this:rules[0].note')).not.toBe(
      of(noted('y'), 'aws_ecs_service.this:rules[0].note'),
    )
  })

  test('a part of an output', () => {
    const url = (key: string) => ({ output_changes: { url: { ...output, after: { url: 'b', key } } } })
    expect(of(url('1'), 'output.url:value.key')).toBe(of(url('2'), 'output.url:value.key'))
    expect(of(url('1'), 'output.url:value.url')).not.toBe(of(url('2'), 'output.url:value.url'))
  })

  test('an update of ignored values alone is no change, and the line is in the remarks', () => {
    const [resource] = tagged('2').resource_changes
    const { tags, rules } = resource?.change.after ?? {}
    const after = { tags, rules }
    const json = { resource_changes: [{ ...resource, change: { ...resource?.change, after } }] }
    const { changes, remarks } = normalized(json, {}, saltedSigner('00'), { ignore: [line, 'aws_lb.this:name'] })
    expect(changes).toEqual([])
    expect(remarks?.ignored).toEqual([line])
    expect(normalized(json, {}, saltedSigner('00'), {}).changes).toHaveLength(1)
    const moved = { resource_changes: [{ ...json.resource_changes[0], previous_address: 'aws_ecs_service.old' }] }
    expect(normalized(moved, {}, saltedSigner('00'), { ignore: [line] }).changes).toHaveLength(1)
    const unchanged = with_(update, { before: { id: 'x' }, after: { id: 'x' }, after_unknown: {} })
    expect(fingerprint(unchanged)).not.toBe(fingerprint({ ...plan, resource_changes: plan.resource_changes.slice(1) }))
  })
})

describe('what a value depends on', () => {
  const account = '123456789012'
  const role = (name: string) => `arn:aws:sts::${account}:assumed-role/${name}/x`
  /** A plan of one creation whose attribute `image` has these references and marks. */
  const depending = (
    references: readonly string[],
    { tag = 'v1', secret = 's3cr3t', image = undefined as unknown, unknown = true as unknown, caller = 'plan' } = {},
  ) => ({
    variables: { tag: { value: tag }, secret: { value: secret } },
    ...created({ after: image === undefined ? {} : { image }, after_unknown: { image: unknown } }),
    prior_state: {
      values: {
        root_module: {
          resources: [
            {
              address: 'data.aws_caller_identity.me',
              mode: 'data',
              type: 'aws_caller_identity',
              provider_name: 'registry.terraform.io/hashicorp/aws',
              values: { account_id: account, arn: role(caller) },
            },
            {
              address: 'data.aws_iam_policy_document.x',
              mode: 'data',
              type: 'aws_iam_policy_document',
              values: { json: JSON.stringify({ AWS: role(caller) }) },
            },
          ],
        },
      },
    },
    configuration: {
      root_module: {
        variables: { tag: {}, secret: { sensitive: true } },
        resources: [
          { mode: 'managed', type: 'aws_ecs_service', name: 'this', expressions: { image: { references } } },
          {
            mode: 'data',
            type: 'aws_iam_policy_document',
            name: 'x',
            expressions: {
              principals: { references: ['data.aws_caller_identity.me.arn', 'data.aws_caller_identity.me'] },
            },
          },
          { mode: 'data', type: 'aws_caller_identity', name: 'me' },
        ],
      },
    },
  })
  const resource = ['aws_ecr_repository.this.repository_url', 'aws_ecr_repository.this']
  const differ = (one: object, other: object) => fingerprint(one) !== fingerprint(other)

  test.each<[string, readonly string[], object]>([
    ['of an unknown value', [...resource, 'var.tag'], {}],
    ['of an unknown value that no resource makes unknown', ['var.tag'], {}],
    ['of a value with an unknown part alone', ['var.tag'], { image: ['a'], unknown: [false, { url: true }] }],
    ['of a value with an unknown part', [...resource, 'var.tag'], { image: ['a'], unknown: [false, { url: true }] }],
    [
      'of a known value that was unknown before the resource existed',
      [...resource, 'var.tag'],
      { image: 'a', unknown: false },
    ],
  ])('a variable %s counts', (_, references, more) => {
    expect(differ(depending(references, { ...more, tag: 'v1' }), depending(references, { ...more, tag: 'v2' }))).toBe(
      true,
    )
    expect(differ(depending(references, more), depending(references, more))).toBe(false)
  })

  test('a variable of a known value that no resource is part of does not count, because the value does', () => {
    const known = { image: 'a', unknown: false }
    expect(
      differ(depending(['var.tag'], { ...known, tag: 'v1' }), depending(['var.tag'], { ...known, tag: 'v2' })),
    ).toBe(false)
  })

  test('a sensitive variable counts and is not readable', () => {
    const of = (secret: string) => depending([...resource, 'var.secret'], { secret })
    expect(differ(of('hunter2-one'), of('hunter2-two'))).toBe(true)
    const text = JSON.stringify(normalized(of('hunter2-one'), {}, createPlanSigner('key', undefined, undefined), {}))
    expect(text).toContain('inputs of image')
    expect(text).not.toContain('hunter2')
  })

  test('another reference counts, in an unknown value', () => {
    const other = ['aws_ecr_repository.other.repository_url', 'aws_ecr_repository.other']
    expect(differ(depending(resource), depending(other))).toBe(true)
    const known = { image: 'a', unknown: false }
    expect(differ(depending(resource, known), depending(other, known))).toBe(false)
  })

  test('the caller in a policy that the value depends on does not count', () => {
    const policy = [...resource, 'data.aws_iam_policy_document.x.json', 'data.aws_iam_policy_document.x']
    expect(differ(depending(policy, { caller: 'plan' }), depending(policy, { caller: 'apply' }))).toBe(false)
    const [, document] = depending(policy).prior_state.values.root_module.resources
    const other = depending(policy)
    other.prior_state.values.root_module.resources[1] = { ...document, values: { json: '{}' } } as never
    expect(differ(depending(policy), other)).toBe(true)
  })

  test('attributes that are known only after the apply are listed once for all instances, computed ones are not', () => {
    const [change] = (depending([...resource, 'var.tag']) as unknown as PlanJson).resource_changes ?? []
    const instance = (index: number) => ({
      ...change,
      address: `aws_ecs_service.this[${index}]`,
      change: { actions: ['create'], after: {}, after_unknown: { image: true, id: true } },
    })
    const json = { ...depending([...resource, 'var.tag']), resource_changes: [instance(0), instance(1)] }
    const { remarks } = normalized(json, {}, createPlanSigner('key', undefined, undefined), {})
    expect(remarks?.unreviewable).toEqual([{ address: 'aws_ecs_service.this', attribute: 'image' }])
  })
})

describe('what a change does and no planned value shows', () => {
  /** A plan with one resource, its block, and these values of root variables. */
  const withBlock = (
    block: object,
    {
      actions = ['create'],
      before = null as object | null,
      after = { name: 'x' } as object | null,
      variables = { command: 'make deploy' } as Record<string, string>,
      module = '',
    } = {},
  ) => {
    const resource = { mode: 'managed', type: 'null_resource', name: 'this', ...block }
    const root = { variables: { command: {}, secret: { sensitive: true } } }
    const child = {
      variables: { command: {} },
      resources: [resource],
    }
    return {
      variables: Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, { value }])),
      resource_changes: [
        {
          address: `${module}null_resource.this`,
          mode: 'managed',
          type: 'null_resource',
          change: { actions, before, after },
        },
      ],
      configuration: {
        root_module:
          module === ''
            ? { ...root, resources: [resource] }
            : {
                ...root,
                module_calls: { web: { expressions: { command: { references: ['var.command'] } }, module: child } },
              },
      },
    }
  }
  const program = (type: string, expressions: object) => ({ provisioners: [{ type, expressions }] })
  const refers = (...references: string[]) => ({ references })
  const differ = (one: object, other: object) => fingerprint(one) !== fingerprint(other)
  const values = (command: string) => ({ variables: { command } })

  test.each<[string, object, object]>([
    [
      'another program',
      withBlock(program('local-exec', { command: { constant_value: 'true' } })),
      withBlock(program('local-exec', { command: { constant_value: 'curl evil' } })),
    ],
    ['one program more', withBlock({}), withBlock(program('local-exec', { command: { constant_value: 'curl evil' } }))],
    [
      'another value of a variable of a program',
      withBlock(program('local-exec', { command: refers('var.command') }), values('true')),
      withBlock(program('local-exec', { command: refers('var.command') }), values('curl evil')),
    ],
    [
      'the same in a module',
      withBlock(program('local-exec', { environment: refers('var.command') }), {
        module: 'module.web.',
        ...values('1'),
      }),
      withBlock(program('local-exec', { environment: refers('var.command') }), {
        module: 'module.web.',
        ...values('2'),
      }),
    ],
    [
      'another machine, whose connection is in no JSON',
      withBlock(program('remote-exec', { inline: { constant_value: ['true'] } }), values('one.example')),
      withBlock(program('remote-exec', { inline: { constant_value: ['true'] } }), values('two.example')),
    ],
    [
      'another program at a destruction',
      withBlock(program('local-exec', { command: { constant_value: 'a' } }), {
        actions: ['delete'],
        before: { id: '1' },
        after: null,
      }),
      withBlock(program('local-exec', { command: { constant_value: 'b' } }), {
        actions: ['delete'],
        before: { id: '1' },
        after: null,
      }),
    ],
    [
      'another provider block',
      withBlock({ provider_config_key: 'aws' }),
      withBlock({ provider_config_key: 'aws.west' }),
    ],
    [
      'another provider block of a module',
      withBlock({ provider_config_key: 'aws.east' }, { module: 'module.web.' }),
      withBlock({ provider_config_key: 'aws.west' }, { module: 'module.web.' }),
    ],
    [
      'another value of a write-only argument',
      withBlock({ expressions: { value_wo: refers('var.command') } }, { after: { value_wo: null }, ...values('one') }),
      withBlock({ expressions: { value_wo: refers('var.command') } }, { after: { value_wo: null }, ...values('two') }),
    ],
    [
      'another value of a write-only argument with a new version',
      withBlock(
        { expressions: { value_wo: refers('var.command') } },
        {
          actions: ['update'],
          before: { value_wo: null, value_wo_version: 1 },
          after: { value_wo: null, value_wo_version: 2 },
          ...values('one'),
        },
      ),
      withBlock(
        { expressions: { value_wo: refers('var.command') } },
        {
          actions: ['update'],
          before: { value_wo: null, value_wo_version: 1 },
          after: { value_wo: null, value_wo_version: 2 },
          ...values('two'),
        },
      ),
    ],
  ])('%s is another plan', (_, one, other) => {
    expect(fingerprint(one)).toBe(fingerprint(structuredClone(one)))
    expect(differ(one, other)).toBe(true)
  })

  test.each<[string, object, object]>([
    [
      'a program beside an update, which runs none',
      withBlock(program('local-exec', { command: refers('var.command') }), {
        actions: ['update'],
        before: { name: 'a' },
        ...values('one'),
      }),
      withBlock(program('local-exec', { command: refers('var.command') }), {
        actions: ['update'],
        before: { name: 'a' },
        ...values('two'),
      }),
    ],
    ['the usual provider block', withBlock({ provider_config_key: 'aws' }), withBlock({})],
    [
      'a write-only argument whose version stays, so that it is not sent',
      withBlock(
        { expressions: { value_wo: refers('var.command') } },
        {
          actions: ['update'],
          before: { name: 'a', value_wo: null, value_wo_version: 1 },
          after: { name: 'b', value_wo: null, value_wo_version: 1 },
          ...values('one'),
        },
      ),
      withBlock(
        { expressions: { value_wo: refers('var.command') } },
        {
          actions: ['update'],
          before: { name: 'a', value_wo: null, value_wo_version: 1 },
          after: { name: 'b', value_wo: null, value_wo_version: 1 },
          ...values('two'),
        },
      ),
    ],
    [
      'the commit of the run in a program',
      withBlock(program('local-exec', { command: { constant_value: `deploy ${commit}` } })),
      withBlock(program('local-exec', { command: { constant_value: `deploy ${commit}` } })),
    ],
  ])('%s does not count', (_, one, other) => {
    expect(differ(one, other)).toBe(false)
  })

  test('a secret for a program counts and is not readable', () => {
    const of = (secret: string) =>
      withBlock(program('local-exec', { environment: refers('var.secret') }), { variables: { command: '', secret } })
    expect(differ(of('hunter2-one'), of('hunter2-two'))).toBe(true)
    const text = JSON.stringify(normalized(of('hunter2-one'), {}, createPlanSigner('key', undefined, undefined), {}))
    expect(text).toContain('inputs of provisioners')
    expect(text).not.toContain('hunter2')
  })
})

describe('what a change concerns', () => {
  const signer = createPlanSigner('key', undefined, undefined)
  const one = (change: object, more: object = {}) =>
    normalized({ resource_changes: [{ address: 'a.b', mode: 'managed', type: 'a', change, ...more }] }, {}, signer, {})
      .changes

  test('of a creation every value that is not null, and no object before', () => {
    const after = { x: 1, y: null, z: [] }
    expect(one({ actions: ['create'], before: null, after, after_unknown: { id: true } })).toEqual([
      { address: 'a.b', actions: 'create', notes: {}, before: {}, after: { id: '?', x: '1', z: '[]' } },
    ])
  })

  test('of a deletion the identity of the object, or all of its values if it has none', () => {
    const of = (before: object) => one({ actions: ['delete'], before, after: null })[0]?.before
    expect(of({ id: 'i', arn: 'a', x: 1 })).toEqual({ id: '"i"', arn: '"a"' })
    expect(of({ arn: 'a', x: 1 })).toEqual({ arn: '"a"' })
    expect(of({ x: 1, y: null })).toEqual({ x: '1', y: 'null' })
  })

  test('of a replacement the identity of the old object, and all values of the new one', () => {
    const change = { before: { id: 'i', x: 1, y: 2, w: 4 }, after: { x: 1, y: 3, z: null } }
    for (const actions of [
      ['delete', 'create'],
      ['create', 'delete'],
    ])
      expect(one({ actions, ...change, after_unknown: { id: true } })).toEqual([
        {
          address: 'a.b',
          actions: actions.join(),
          notes: {},
          before: { id: '"i"', w: '4', y: '2' },
          after: { id: '?', x: '1', y: '3' },
        },
      ])
  })

  test('of an update the values that differ, a missing one as null', () => {
    const change = { actions: ['update'], before: { id: 'i', x: 1, y: null }, after: { id: 'i', x: 2, z: null } }
    expect(one(change)).toEqual([
      { address: 'a.b', actions: 'update', notes: {}, before: { x: '1' }, after: { x: '2' } },
    ])
  })

  test('of an update that differs only in its form nothing, and it counts', () => {
    const change = { actions: ['update'], before: { x: { a: 1, b: 2 } }, after: { x: { b: 2, a: 1 } } }
    expect(one(change)).toEqual([{ address: 'a.b', actions: 'update', notes: {}, before: {}, after: {} }])
  })

  test.each<[string, object, object, boolean]>([
    ['a data source', { actions: ['delete'], before: { id: 'i' }, after: null }, { mode: 'data' }, false],
    ['an untouched resource', { actions: ['no-op'], before: { x: 1 }, after: { x: 1 } }, {}, false],
    [
      'its own former address',
      { actions: ['no-op'], before: { x: 1 }, after: { x: 1 } },
      { previous_address: 'a.b' },
      false,
    ],
    [
      'another former address',
      { actions: ['no-op'], before: { x: 1 }, after: { x: 1 } },
      { previous_address: 'a.c' },
      true,
    ],
    ['an import', { actions: ['no-op'], before: { x: 1 }, after: { x: 1 }, importing: { id: 'i' } }, {}, true],
    ['no import', { actions: ['no-op'], before: { x: 1 }, after: { x: 1 }, importing: null }, {}, false],
    ['a read and a deletion', { actions: ['read', 'delete'], before: { id: 'i' }, after: null }, {}, true],
  ])('%s counts: %s', (_, change, more, counts) => {
    expect(one(change, more)).toHaveLength(counts ? 1 : 0)
  })

  test('an update of ignored values alone counts if it also moves or imports the resource', () => {
    const change = { actions: ['update'], before: { x: 1 }, after: { x: 2 } }
    const of = (more: object) =>
      normalized({ resource_changes: [{ address: 'a.b', mode: 'managed', type: 'a', change, ...more }] }, {}, signer, {
        ignore: ['a.b:x'],
      }).changes
    expect(of({})).toEqual([])
    expect(of({ previous_address: 'a.c' })).toMatchObject([{ notes: { 'moved from': 'a.c' } }])
    expect(of({ change: { ...change, importing: { id: 'i' } } })).toMatchObject([
      { notes: { importing: '{"id":"i"}' } },
    ])
    expect(of({ action_reason: 'x' })).toEqual([])
  })

  test('changes are in the order of their addresses; invocations of one action stay in theirs', () => {
    const invocations = ['b', 'a', 'b'].map((name, index) => ({ address: `action.${name}`, trigger: index }))
    const resources = ['a.z', 'a.b'].map(address => ({
      address,
      mode: 'managed',
      type: 'a',
      change: { actions: ['create'], after: {} },
    }))
    const outputs = {
      y: { actions: ['create'], after: 1 },
      x: { actions: ['create'], after: 1 },
      w: { actions: ['no-op'] },
    }
    const json = { action_invocations: invocations, resource_changes: resources, output_changes: outputs }
    const { changes } = normalized(json, {}, signer, {})
    expect(changes.map(({ address, notes }) => address + (notes.invocation ?? ''))).toEqual([
      'a.b',
      'a.z',
      'output.x',
      'output.y',
      'action.a{"trigger":1}',
      'action.b{"trigger":0}',
      'action.b{"trigger":2}',
    ])
  })
})

describe('the remarks about a plan', () => {
  const date = '2026-11-22'
  const remarksOf = (after: object, ignore: readonly string[] = []) =>
    normalized(
      {
        timestamp: `${date}T20:41:07Z`,
        resource_changes: [
          { address: 'module.m["k"].a.b[0]', mode: 'managed', type: 'a', change: { actions: ['create'], after } },
          { address: 'a.c', deposed: '01ab', mode: 'managed', type: 'a', change: { actions: ['create'], after } },
        ],
      },
      {},
      createPlanSigner('key', undefined, undefined),
      { ignore },
    ).remarks

  test('list each attribute with a placeholder, by its kind', () => {
    const remarks = remarksOf({ z: `w:${commit}`, x: [commit, `${date}T20:41:07Z`], y: 'none' })
    const at = (attribute: string) => ['module.m.a.b', 'a.c'].map(address => ({ address, attribute }))
    const both = [...at('x'), ...at('z')].toSorted((a, b) =>
      a.address > b.address ? -1 : a.address < b.address ? 1 : 0,
    )
    expect(
      remarks?.placeholders.commit.toSorted((a, b) => (a.address > b.address ? -1 : a.address < b.address ? 1 : 0)),
    ).toEqual(both)
    expect(remarks?.placeholders.timestamp).toHaveLength(2)
    expect(remarks?.placeholders.identity).toEqual([])
  })

  test('list the path of each date, as plan-approval-ignore names it', () => {
    const tags = { Updated: date, 'app:date': `on ${date}`, other: 'none', list: [[date]], full: `${date}T20:41:07Z` }
    const paths = remarksOf({ tags, name: date })?.dated.filter(({ address }) => address === 'a.c')
    expect(paths?.map(({ attribute }) => attribute)).toEqual([
      'name',
      'tags.Updated',
      'tags.list[*][*]',
      'tags["app:date"]',
    ])
    expect(remarksOf({ tags: { Updated: date } }, ['a.c:tags', 'a.b:tags'])?.dated).toEqual([])
  })

  test('list the lines that apply, each once and in their order', () => {
    const lines = ['a.c:tags.z', 'a.c:tags.a', 'a.c:tags.missing', 'a.d:tags']
    expect(remarksOf({ tags: { a: 1, z: 2 } }, lines)?.ignored).toEqual(['a.c:tags.a', 'a.c:tags.z'])
    expect(remarksOf({ tags: { a: 1 }, name: 2 }, ['a.c:name'])?.ignored).toEqual(['a.c:name'])
  })
})

describe('sensitive values', () => {
  const secretive = (secret: string) => created({ after: { password: secret }, after_sensitive: { password: true } })
  const keyed = (key: string) => createPlanSigner(key, undefined, undefined)

  test('with a key and with a lineage a fingerprint is the same each time, and another with another one', () => {
    expect(fingerprint(secretive('a'), settings, keyed('k1'))).toBe(fingerprint(secretive('a'), settings, keyed('k1')))
    expect(fingerprint(secretive('a'), settings, keyed('k1'))).not.toBe(
      fingerprint(secretive('a'), settings, keyed('k2')),
    )
    const lineage = (value: string) => fingerprint(secretive(value), settings, createPlanSigner('', '3f1c', undefined))
    expect(lineage('a')).toBe(lineage('a'))
    expect(lineage('a')).not.toBe(lineage('b'))
  })

  test('without either it has a salt, and with the same salt it is the same', () => {
    const unkeyed = (value: string, salt?: string) => fingerprint(secretive(value), settings, saltedSigner(salt))
    const first = unkeyed('a')
    expect(first).toMatch(/^scrypt:[0-9a-f]{16}:/)
    expect(unkeyed('a')).not.toBe(first)
    const salt = first.split(':')[1]
    expect(unkeyed('a', salt)).toBe(first)
    expect(unkeyed('b', salt)).not.toBe(first)
  })

  test('the fingerprint is one line that says what it was made with', () => {
    expect(fingerprint(plan)).toMatch(/^sha256:[0-9a-f]{64}$/)
  })

  // A salted signer computes for a fifth of a second, on purpose.
  test.each([
    ['a key', 100, () => keyed('key')],
    ['a lineage', 100, () => createPlanSigner('', 'lineage', undefined)],
    ['a salt', 4, () => saltedSigner('00')],
  ])('none of them is in what is kept with %s, in any form', (_, numRuns, signer) => {
    fc.assert(
      fc.property(fc.string({ minLength: 6 }), secret => {
        fc.pre(!/^[\s"{}[\],:]*$/.test(secret))
        const text = JSON.stringify(normalized(secretive(`!${secret}!`), {}, signer(), {}))
        expect(text).not.toContain(`!${secret}!`)
        expect(text).not.toContain(Buffer.from(`!${secret}!`).toString('base64'))
      }),
      { numRuns },
    )
  })
})

test("an attribute with the name of an object's prototype counts", () => {
  const update = (value: string) => {
    const change = `{"actions":["update"],"before":{"__proto__":"a"},"after":{"__proto__":"${value}"}}`
    const text = `{"format_version":"1.2","resource_changes":[{"address":"thing.a","mode":"managed","type":"thing","change":${change}}]}`
    return fingerprint(parseExactJson(text) as PlanJson)
  }
  expect(update('b')).not.toBe(update('c'))
})
