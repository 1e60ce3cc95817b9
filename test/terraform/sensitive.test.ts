import { describe, expect, test } from 'vitest'
import type { Change, PlanJson, StateJson } from '../../src/terraform/json.ts'
import {
  collectSensitive,
  endpointSecrets,
  resourceNames,
  sensitiveStateValues,
  sensitiveValues,
} from '../../src/terraform/sensitive.ts'

describe('what Terraform marks as sensitive', () => {
  const planOf = (change: Change) =>
    sensitiveValues({
      format_version: '1.2',
      resource_changes: [{ address: 'a.b', mode: 'managed', type: 'a', change }],
    })

  test('is found at any depth, on both sides, and whole objects with all that is in them', () => {
    const found = planOf({
      actions: ['update'],
      before: { list: [{ key: 'before-key', open: 'open' }], whole: { a: ['in-whole', 1234567] } },
      after: { list: [{ key: 'after-key', open: 'open' }], whole: null },
      before_sensitive: { list: [{ key: true }], whole: true },
      after_sensitive: { list: [{ key: true }], whole: true },
    })
    expect(found.sort()).toEqual(['1234567', 'after-key', 'before-key', 'in-whole'])
  })

  test('is found in sensitive variables and outputs', () => {
    const found = sensitiveValues({
      format_version: '1.2',
      variables: { password: { value: 'in-variable' }, name: { value: 'open' } },
      output_changes: { token: { actions: ['create'], before: null, after: 'in-output', after_sensitive: true } },
      prior_state: { values: { outputs: { old: { value: ['in-state'], sensitive: true } } } },
      configuration: { root_module: { variables: { password: { sensitive: true }, name: {} } } },
    })
    expect(found.sort()).toEqual(['in-output', 'in-state', 'in-variable'])
  })

  test('is found in a state, without empty values, booleans and ports', () => {
    const found = sensitiveStateValues({
      values: {
        outputs: {
          token: { value: 'output-1', sensitive: true },
          database: { value: { host: 'db', port: 5432, user: 'app', database: 'weather' }, sensitive: true },
          url: { value: 'open' },
        },
        root_module: {
          resources: [
            {
              address: 'a.b',
              mode: 'managed',
              type: 'a',
              values: { result: 'born', empty: '', flag: true, port: 8080, host: 'db.internal', open: 'open' },
              sensitive_values: { result: true, empty: true, flag: true, port: true, host: true },
            },
          ],
          child_modules: [
            {
              resources: [
                {
                  address: 'module.m.a.b',
                  mode: 'data',
                  type: 'a',
                  values: { x: 'deep' },
                  sensitive_values: { x: true },
                },
              ],
            },
          ],
        },
      },
    })
    expect(found.toSorted()).toEqual(['born', 'deep', 'output-1'])
  })

  test('names of resources are their addresses without keys, and their types', () => {
    const resource = { mode: 'managed' as const, type: 'aws_ecs_service' }
    const state = { values: { root_module: { resources: [{ ...resource, address: 'aws_ecs_service.a["secret"]' }] } } }
    expect(resourceNames(state)).toEqual(['aws_ecs_service.a', 'aws_ecs_service'])
    const change: Change = { actions: ['delete'], before: {}, after: null }
    const changes = [{ ...resource, address: 'module.m[0].aws_ecs_service.gone', change }]
    expect(resourceNames({ format_version: '1', resource_changes: changes, prior_state: state })).toEqual([
      'module.m',
      '.aws_ecs_service.gone',
      'aws_ecs_service',
      'aws_ecs_service.a',
    ])
  })
})

describe('each part of a plan that can hold a secret is read', () => {
  const secret = { actions: ['update' as const], before: { x: 'was-1' }, after: { x: 'will-1' } }
  const marked: Change = { ...secret, before_sensitive: { x: true }, after_sensitive: { x: true } }
  const resource = { address: 'a.b', mode: 'managed' as const, type: 'a' }
  const action = { address: 'action.a.b', type: 'a', name: 'b', provider_name: 'p' }

  test.each<[string, Partial<PlanJson>, string[]]>([
    ['resource_changes', { resource_changes: [{ ...resource, change: marked }] }, ['was-1', 'will-1']],
    ['resource_drift', { resource_drift: [{ ...resource, change: marked }] }, ['was-1', 'will-1']],
    [
      'deferred_changes, also one without a change',
      {
        deferred_changes: [{ resource_change: { ...resource, change: marked } }, {}] as NonNullable<
          PlanJson['deferred_changes']
        >,
      },
      ['was-1', 'will-1'],
    ],
    ['output_changes', { output_changes: { o: marked } }, ['was-1', 'will-1']],
    [
      'action_invocations',
      {
        action_invocations: [
          { ...action, config_values: { x: 'payload-1', y: 'open' }, config_sensitive: { x: true } },
        ] as NonNullable<PlanJson['action_invocations']>,
      },
      ['payload-1'],
    ],
    ['a change without marks', { resource_changes: [{ ...resource, change: secret }] }, []],
    [
      'a sensitive variable without a value, and a value without a declaration',
      {
        variables: { undeclared: { value: 'open' } },
        configuration: { root_module: { variables: { password: { sensitive: true } } } },
      },
      [],
    ],
  ])('%s', (_, part, found) => {
    expect(sensitiveValues({ format_version: '1.2', ...part })).toEqual(found)
  })

  test('a plan and a state without any part hold none', () => {
    expect(sensitiveValues({ format_version: '1.2' })).toEqual([])
    expect(sensitiveStateValues({})).toEqual([])
    expect(resourceNames({ format_version: '1.2', resource_changes: [] })).toEqual([])
    expect(resourceNames({ values: { root_module: { child_modules: [{}] } } })).toEqual([])
  })
})

describe('the marks of one value', () => {
  test.each<[string, unknown, unknown, string[]]>([
    ['true for a text', 'secret', true, ['secret']],
    ['false', 'open', false, []],
    ['no marks', 'open', undefined, []],
    ['null in place of marks of a part', { a: 'open' }, null, []],
    ['nothing to hide', null, true, []],
    ['no object in the place of marked parts', null, { a: true }, []],
    ['a value that is not there', undefined, true, []],
    ['an empty text', '', true, []],
    ['a boolean', true, true, []],
    ['a number that can be a port', 8080, true, []],
    ['a large number', 70_000, true, ['70000']],
    ['one element of a list', ['open', 'secret', 'open'], [false, true, false], ['secret']],
    ['marks of another shape', { a: 'open' }, { b: true }, []],
    [
      'a place is no secret, under each of its names',
      { host: 'db', Region: 'r-1', dbname: 'n', db_name: 'n', arn: 'a' },
      {
        host: true,
        Region: true,
        dbname: true,
        db_name: true,
        arn: true,
      },
      [],
    ],
    [
      'a name that only holds the name of a place',
      { my_host: 'alpha', hosts: 'beta' },
      { my_host: true, hosts: true },
      ['alpha', 'beta'],
    ],
    ['a place that looks generated', { host: 'a1b2c3d4e5' }, { host: true }, ['a1b2c3d4e5']],
    ['a place that is an object', { host: { token: 'secret-1' } }, { host: true }, ['secret-1']],
  ])('%s', (_, value, marks, found) => {
    const values = new Set<string>()
    collectSensitive(value, marks, values)
    expect([...values]).toEqual(found)
  })
})

test('the endpoint in an output: its user info and its query, of a state and on both sides of a plan', () => {
  const output = (value: unknown) => ({
    values: { outputs: { mcp_endpoint: { value }, other: { value: 'https://x/?k=no' } } },
  })
  expect(new Set(endpointSecrets(output('https://x.example/mcp?code=c0de')))).toEqual(new Set(['c0de']))
  expect(endpointSecrets(output(7))).toEqual([])
  expect(endpointSecrets({ format_version: '1.2' })).toEqual([])
  expect(endpointSecrets({ values: {} } as StateJson)).toEqual([])
  expect(endpointSecrets({ values: { outputs: {} } })).toEqual([])
  expect(
    new Set(
      endpointSecrets({
        format_version: '1.2',
        output_changes: {
          mcp_endpoint: {
            actions: ['update'],
            before: 'https://x.example/?code=old',
            after: 'https://x.example/?code=new',
          },
        },
      }),
    ),
  ).toEqual(new Set(['old', 'new']))
  expect(endpointSecrets({ format_version: '1.2', output_changes: {} })).toEqual([])
})

test('names of resources: instance keys with brackets and quotes, modules at any depth, drift', () => {
  const resource = { mode: 'managed' as const, type: 'aws_lb' }
  const change: Change = { actions: ['delete'], before: {}, after: null }
  expect(
    resourceNames({
      format_version: '1.2',
      resource_drift: [{ ...resource, address: 'module.m["a]\\"b"].aws_lb.x[12].y', change }],
      prior_state: {
        values: {
          root_module: {
            child_modules: [{ child_modules: [{ resources: [{ ...resource, address: 'module.n.aws_lb.z' }] }] }],
          },
        },
      },
    }),
  ).toEqual(['module.m', '.aws_lb.x', '.y', 'aws_lb', 'module.n.aws_lb.z'])
})
