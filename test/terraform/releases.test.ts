import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Action, PlanJson, ResourceChange } from '../../src/terraform/json.ts'
import { findReleases } from '../../src/terraform/releases.ts'

const change = (
  type: string,
  actions: readonly Action[],
  before: object,
  after: object,
  after_unknown: object = {},
): ResourceChange => ({
  address: `${type}.x`,
  mode: 'managed',
  type,
  change: { actions, before, after: { ...before, ...after }, after_unknown },
})
const of = (...changes: ResourceChange[]) => [...findReleases(changes).values()]
const definition = change('aws_ecs_task_definition', ['create', 'delete'], { family: 'weather', revision: 1 }, {})
const service = (after: object) => change('aws_ecs_service', ['update'], {}, after)

test.each([
  [[definition], { what: 'revision', name: 'weather', number: 2, rollout: undefined }],
  [[definition, service({})], { what: 'revision', name: 'weather', number: 2, rollout: 'rolling update' }],
  [
    [definition, service({ deployment_controller: [{ type: 'CODE_DEPLOY' }] })],
    { what: 'revision', name: 'weather', number: 2, rollout: 'blue/green' },
  ],
  [
    [definition, service({ deployment_configuration: [{ strategy: 'CANARY' }] })],
    { what: 'revision', name: 'weather', number: 2, rollout: 'canary' },
  ],
  [
    [change('aws_launch_template', ['update'], { name: 'web', latest_version: 4 }, {}, { latest_version: true })],
    { what: 'version', name: 'web', number: 5, rollout: undefined },
  ],
  [
    [
      change(
        'aws_lambda_function',
        ['update'],
        { function_name: 'mcp', publish: true, version: '7' },
        {},
        { version: true },
      ),
    ],
    { what: 'version', name: 'mcp', number: 8, rollout: undefined },
  ],
  [
    [change('aws_lambda_alias', ['update'], { name: 'live', function_version: '7' }, { function_version: '8' })],
    { what: 'target', name: 'live', number: 8, rollout: undefined },
  ],
  [
    [change('aws_lambda_layer_version', ['delete', 'create'], { layer_name: 'deps', version: '1' }, {})],
    { what: 'version', name: 'deps', number: 2, rollout: undefined },
  ],
  [
    [change('aws_api_gateway_deployment', ['create', 'delete'], {}, {})],
    { what: 'deployment', name: '', number: undefined, rollout: undefined },
  ],
])('%j is a release', (changes, release) => {
  expect(of(...changes)).toEqual([release])
})

test.each<[string, ResourceChange]>([
  ['another family', change('aws_ecs_task_definition', ['delete', 'create'], { family: 'a' }, { family: 'b' })],
  ['a destroyed definition', change('aws_ecs_task_definition', ['delete'], { family: 'a', revision: 1 }, {})],
  ['a new definition', change('aws_ecs_task_definition', ['create'], {}, { family: 'a' })],
  ['an alias with another description', change('aws_lambda_alias', ['update'], { function_version: '1' }, {})],
  ['a function that publishes nothing', change('aws_lambda_function', ['update'], { publish: false }, {})],
  ['a replaced load balancer', change('aws_lb', ['delete', 'create'], {}, {})],
])('%s is no release', (_, changed) => {
  expect(of(changed)).toEqual([])
})

test('the plan of a new image of the shipped module releases one revision', () => {
  const file = new URL('../fixtures/rules/stack-new-image.json', import.meta.url)
  const { resource_changes = [] } = JSON.parse(readFileSync(file, 'utf8')) as PlanJson
  expect(of(...resource_changes)).toEqual([
    { what: 'revision', name: 'weather', number: expect.any(Number), rollout: 'rolling update' },
  ])
})
