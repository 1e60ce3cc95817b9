import { describe, expect, test } from 'vitest'
import { InputError } from '../../src/errors.ts'
import { assertUsableEndpoint, readDeployment } from '../../src/platforms/deployment.ts'
import { familyOf, revisionInState } from '../../src/platforms/ecs/service.ts'
import type { PlatformInputs } from '../../src/platforms/platform.ts'
import {
  listManagedResources,
  type OutputValue,
  type StateJson,
  type StateModule,
  type StateResource,
} from '../../src/terraform/json.ts'

type Given = { endpoint?: string; cluster?: string; service?: string }
const given = ({ endpoint, cluster, service }: Given = {}): PlatformInputs => ({
  mcp: { endpoint },
  ecs: { cluster, service },
  deployTimeoutMs: 1,
  formerTimeoutsMs: {},
})

const arn = (kind: string, name: string, region = 'eu-west-1') => `arn:aws:ecs:${region}:123456789012:${kind}/${name}`

function resource(address: string, values: Record<string, unknown>, mode: 'managed' | 'data' = 'managed') {
  const type = address.replace(/^(module\.[^.]+\.)*(data\.)?/, '').split('.')[0] ?? ''
  return { address, mode, type, values } satisfies StateResource
}

const definition = (address: string, family: string, revision: number) =>
  resource(address, { family, revision, arn: arn('task-definition', `${family}:${revision}`) })

function service(address: string, cluster: string, name: string, task: string, region?: string) {
  return resource(address, {
    id: arn('service', `${cluster}/${name}`, region),
    name,
    cluster: arn('cluster', cluster, region),
    task_definition: arn('task-definition', task, region),
  })
}

const outputs = {
  mcp_endpoint: { value: 'https://mcp.example.com/mcp', sensitive: false },
  ecs_cluster_name: { value: 'prod', sensitive: false },
  ecs_service_name: { value: 'weather', sensitive: false },
}
const state = (root_module: StateModule, all: Record<string, OutputValue> = outputs): StateJson => ({
  values: { outputs: all, root_module },
})

describe('the ECS service', () => {
  const nested: StateModule = {
    resources: [resource('aws_ecs_cluster.this', { name: 'prod' })],
    child_modules: [
      {
        child_modules: [
          {
            resources: [
              definition('module.a.module.b.aws_ecs_task_definition.sidecar', 'sidecar', 3),
              definition('module.a.module.b.aws_ecs_task_definition.this', 'weather', 7),
              service('module.a.module.b.aws_ecs_service.this', 'prod', 'weather', 'weather:7'),
            ],
          },
        ],
      },
    ],
  }

  test('is found in a module of any depth, with its task definition and its region', () => {
    expect(readDeployment(state(nested), given())).toMatchObject({
      endpoint: 'https://mcp.example.com/mcp',
      serving: {
        kind: 'ecs',
        cluster: 'prod',
        service: 'weather',
        region: 'eu-west-1',
        taskDefinition: {
          arn: arn('task-definition', 'weather:7'),
          address: 'module.a.module.b.aws_ecs_task_definition.this',
        },
      },
    })
  })

  test('after a rollback it is the revision in the state that must serve', () => {
    const rolledBack: StateModule = {
      resources: [
        definition('aws_ecs_task_definition.this', 'weather', 8),
        service('aws_ecs_service.this', 'prod', 'weather', 'weather:7'),
      ],
    }
    expect(readDeployment(state(rolledBack), given()).serving).toMatchObject({
      taskDefinition: { arn: arn('task-definition', 'weather:8') },
    })
    expect(revisionInState(state(rolledBack), 'weather', 'prod')).toBe(arn('task-definition', 'weather:7'))
  })

  describe('of one name in two clusters is told by the cluster', () => {
    const two: StateModule = {
      resources: [
        definition('aws_ecs_task_definition.staging', 'weather-staging', 1),
        service('aws_ecs_service.staging', 'staging', 'weather', 'weather-staging:1', 'us-east-1'),
        definition('aws_ecs_task_definition.prod', 'weather-prod', 2),
        service('aws_ecs_service.prod', 'prod', 'weather', 'weather-prod:2'),
      ],
    }

    test.each([
      ['by the output', state(two), given()],
      [
        'by an output that is an ARN',
        state(two, { ...outputs, ecs_cluster_name: { value: arn('cluster', 'prod') } }),
        given(),
      ],
      [
        'by the inputs',
        state(two, { mcp_endpoint: outputs.mcp_endpoint }),
        given({ cluster: 'prod', service: arn('service', 'prod/weather') }),
      ],
    ])('%s', (_, json, inputs) => {
      expect(readDeployment(json, inputs).serving).toMatchObject({
        region: 'eu-west-1',
        taskDefinition: { address: 'aws_ecs_task_definition.prod' },
      })
    })

    test('so is the revision that served before', () => {
      expect(revisionInState(state(two), 'weather', 'prod')).toBe(arn('task-definition', 'weather-prod:2'))
      expect(revisionInState(state(two), 'weather', 'staging')).toMatch(/weather-staging:1$/)
      expect(revisionInState(state(two), 'weather', 'elsewhere')).toBeUndefined()
    })
  })

  test('without a cluster of its own is in the cluster called default', () => {
    const { values, ...rest } = service('aws_ecs_service.this', 'default', 'weather', 'weather:1')
    const { cluster: _, ...without } = values
    expect(revisionInState(state({ resources: [{ ...rest, values: without }] }), 'weather', 'default')).toMatch(/:1$/)
  })

  test('that is not in this state has neither region nor task definition', () => {
    const serving = readDeployment(state({ resources: [] }), given()).serving
    expect(serving).toMatchObject({ kind: 'ecs', region: undefined, taskDefinition: undefined })
    expect(revisionInState(undefined, 'weather')).toBeUndefined()
  })

  test('whose task definition is elsewhere has none that could be tainted', () => {
    const elsewhere = [
      service('aws_ecs_service.this', 'prod', 'weather', 'weather:7'),
      definition('aws_ecs_task_definition.a', 'other', 1),
    ]
    expect(readDeployment(state({ resources: elsewhere }), given()).serving).toMatchObject({
      taskDefinition: undefined,
    })
  })
})

describe('the EC2 instance', () => {
  const one = { mcp_endpoint: outputs.mcp_endpoint, instance_id: { value: 'i-2' } }
  const instances: StateModule = {
    resources: [resource('aws_instance.a', { id: 'i-1' }), resource('data.aws_instance.b', { id: 'i-2' }, 'data')],
    child_modules: [{ resources: [resource('module.m.aws_instance.b', { id: 'i-2' })] }],
  }

  test('is found by its id, and never a data source', () => {
    expect(readDeployment(state(instances, one), given()).serving).toEqual({
      kind: 'ec2',
      instanceId: 'i-2',
      address: 'module.m.aws_instance.b',
    })
    expect(listManagedResources(instances.child_modules?.[0])).toHaveLength(1)
    expect(listManagedResources(instances).map(({ mode }) => mode)).not.toContain('data')
  })

  test('gives way to an ECS service', () => {
    expect(readDeployment(state(instances, { ...outputs, ...one }), given()).serving.kind).toBe('ecs')
  })
})

describe('outputs', () => {
  test('those that are sensitive are left out', () => {
    const all = {
      ...outputs,
      password: { value: 'swordfish', sensitive: true },
      list: { value: [1], sensitive: false },
    }
    const deployment = readDeployment(state({}, all), given())
    expect(deployment.outputs).toEqual({
      mcp_endpoint: 'https://mcp.example.com/mcp',
      ecs_cluster_name: 'prod',
      ecs_service_name: 'weather',
      list: [1],
    })
  })

  test.each([
    ['mcp_endpoint', { mcp_endpoint: {} }, /output mcp_endpoint has no value/],
    ['mcp_endpoint', { mcp_endpoint: { value: null } }, /output mcp_endpoint has no value/],
    ['mcp_endpoint', { mcp_endpoint: { value: '' } }, /output mcp_endpoint has no value/],
    [
      'mcp_endpoint',
      { mcp_endpoint: { value: 'mcp.example.com' } },
      /mcp_endpoint is "mcp.example.com": it must be a URL/,
    ],
    ['mcp_endpoint', { mcp_endpoint: { value: 'javascript:1' } }, /must be a URL that begins with https/],
    ['ecs_cluster_name', { ecs_cluster_name: { value: null } }, /The output ecs_cluster_name has no value/],
    ['ecs_service_name', { ecs_service_name: { value: 5 } }, /The output ecs_service_name has no value/],
    ['ecs_service_name', { ecs_service_name: { value: '' } }, /The output ecs_service_name has no value/],
  ])('%s: %j', (_, replaced: Record<string, OutputValue>, message) => {
    const read = () => readDeployment(state({}, { ...outputs, ...replaced }), given())
    expect(read).toThrow(InputError)
    expect(read).toThrow(message)
  })

  test('are not needed where an input says it', () => {
    const inputs = given({ endpoint: 'https://other.example/mcp', cluster: 'prod', service: 'weather' })
    expect(readDeployment({ values: {} }, inputs)).toMatchObject({ endpoint: 'https://other.example/mcp', outputs: {} })
  })

  test('of an empty state are missing', () => {
    expect(() => readDeployment({}, given())).toThrow(/mcp_endpoint/)
  })
})

test.each([
  [arn('task-definition', 'weather:7'), 'weather'],
  ['weather:7', 'weather'],
  ['weather', 'weather'],
  ['arn:aws-us-gov:ecs:us-gov-west-1:1:task-definition/a_b-c:123', 'a_b-c'],
])('the family of %s', (taskDefinition, family) => {
  expect(familyOf(taskDefinition)).toBe(family)
})

describe('an endpoint that the plan knows', () => {
  const planned = (after: unknown, more: object = {}) => ({
    output_changes: { mcp_endpoint: { actions: ['create'] as const, after, ...more } },
  })

  test.each([
    ['mcp.example.com/mcp', 'such as https://mcp.example.com/mcp.'],
    ['weather-1.eu-west-1.elb.amazonaws.com:8443', 'such as https://weather-1.eu-west-1.elb.amazonaws.com:8443/mcp.'],
    ['weather', 'such as https://mcp.example.com/mcp.'],
    ['ftp://mcp.example.com', 'must be a URL that begins with https:// or http://'],
    ['https://user:secret@mcp.example.com/mcp', 'with a user name or a password'],
  ])('%s is refused before anything is changed', (value, message) => {
    expect(() => assertUsableEndpoint(planned(value))).toThrow(InputError)
    expect(() => assertUsableEndpoint(planned(value))).toThrow(message)
  })

  test.each([
    ['a URL', planned('https://mcp.example.com/mcp')],
    ['nothing yet', planned(undefined, { after_unknown: true })],
    ['nothing at all', {}],
    ['an empty text, which another check names', planned('')],
  ])('%s is not', (_, json) => {
    expect(() => assertUsableEndpoint(json)).not.toThrow()
  })
})
