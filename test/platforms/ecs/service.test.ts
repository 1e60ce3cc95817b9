/** The service of an endpoint, in states that hold more than one service, cluster and task definition. */
import { describe, expect, test } from 'vitest'
import {
  familyOf,
  findService,
  revision,
  revisionInState,
  servicesBehind,
  targetGroupsOf,
} from '../../../src/platforms/ecs/service.ts'
import type { PlatformInputs } from '../../../src/platforms/platform.ts'
import type { StateJson, StateResource } from '../../../src/terraform/json.ts'

const arnOf = (kind: string, name: string) => `arn:aws:ecs:eu-west-1:123456789012:${kind}/${name}`
const resource = (type: string, name: string, values: object): StateResource => ({
  address: `${type}.${name}`,
  mode: 'managed',
  type,
  values: { ...values },
})
const definition = (family: string, revisionNumber: number, name = family) =>
  resource('aws_ecs_task_definition', name, {
    family,
    arn: arnOf('task-definition', `${family}:${revisionNumber}`),
  })
const serviceOf = (cluster: string | undefined, name: string, taskDefinition: string, more: object = {}) =>
  resource('aws_ecs_service', `${cluster}_${name}`, {
    id: arnOf('service', `${cluster}/${name}`),
    name,
    cluster,
    task_definition: arnOf('task-definition', taskDefinition),
    ...more,
  })
const stateOf = (...resources: readonly StateResource[]): StateJson => ({
  values: {
    outputs: { ecs_cluster_name: { value: 'prod' }, ecs_service_name: { value: 'weather' } },
    root_module: {
      resources: resources.filter((_, index) => index % 2 === 0),
      child_modules: [{ resources: resources.filter((_, index) => index % 2 === 1) }],
    },
  },
})
const inputs = (ecs: { cluster?: string; service?: string } = {}) => ({ ecs }) as PlatformInputs

/** Two clusters with a service of one name, two services in one cluster, and three task definitions. */
const many = stateOf(
  definition('orders', 3),
  serviceOf(arnOf('cluster', 'staging'), 'weather', 'weather-staging:5'),
  definition('weather-staging', 5),
  serviceOf(arnOf('cluster', 'prod'), 'orders', 'orders:3'),
  definition('weather', 7),
  serviceOf(arnOf('cluster', 'prod'), 'weather', 'weather:6'),
)

describe('of several services', () => {
  test.each<[string, PlatformInputs, string]>([
    ['the one that the outputs name, in its cluster', inputs(), 'aws_ecs_task_definition.weather'],
    [
      'the one of that name in another cluster',
      inputs({ cluster: 'staging' }),
      'aws_ecs_task_definition.weather-staging',
    ],
    ['another one in the same cluster', inputs({ service: 'orders' }), 'aws_ecs_task_definition.orders'],
    [
      'one that is named by ARN',
      inputs({ cluster: arnOf('cluster', 'staging'), service: arnOf('service', 'staging/weather') }),
      'aws_ecs_task_definition.weather-staging',
    ],
  ])('%s', (_, given, address) => {
    expect(findService(given, many)?.taskDefinition?.address).toBe(address)
  })

  test('the target has the revision of the state, not the one that runs, and its region', () => {
    expect(findService(inputs(), many)).toEqual({
      kind: 'ecs',
      cluster: 'prod',
      service: 'weather',
      name: 'weather',
      region: 'eu-west-1',
      taskDefinition: { address: 'aws_ecs_task_definition.weather', arn: arnOf('task-definition', 'weather:7') },
    })
  })

  test('one that this state does not hold has no task definition, and none of the others is taken', () => {
    expect(findService(inputs({ service: 'absent' }), many)).toMatchObject({
      region: undefined,
      taskDefinition: undefined,
    })
    expect(findService(inputs({ cluster: 'absent' }), many)?.taskDefinition).toBeUndefined()
  })

  test('the revision that one runs is that of its own cluster', () => {
    expect(revisionInState(many, 'weather', 'prod')).toBe(arnOf('task-definition', 'weather:6'))
    expect(revisionInState(many, 'weather', 'staging')).toBe(arnOf('task-definition', 'weather-staging:5'))
    expect(revisionInState(many, 'orders')).toBe(arnOf('task-definition', 'orders:3'))
    expect(revisionInState(many, 'orders', 'staging')).toBeUndefined()
    expect(revisionInState(undefined, 'orders')).toBeUndefined()
  })
})

describe('a service that the state does not hold', () => {
  test('has the only task definition', () => {
    const state = stateOf(definition('weather', 7))
    expect(findService(inputs(), state)?.taskDefinition?.address).toBe('aws_ecs_task_definition.weather')
  })
  test('has none of two', () => {
    const state = stateOf(definition('weather', 7), definition('orders', 3))
    expect(findService(inputs(), state)?.taskDefinition).toBeUndefined()
  })
})

test('the only task definition is not taken from a service of another cluster', () => {
  const state = stateOf(serviceOf(arnOf('cluster', 'staging'), 'weather', 'weather:3'), definition('weather', 3))
  expect(findService(inputs({ cluster: 'prod', service: 'weather' }), state)?.taskDefinition).toBeUndefined()
})

test('the only task definition of another family is not that of the service', () => {
  const state = stateOf(serviceOf('prod', 'weather', 'weather:6'), definition('orders', 3))
  expect(findService(inputs(), state)?.taskDefinition).toBeUndefined()
})

test('a service without a cluster is in the default one', () => {
  const state = stateOf(serviceOf(undefined, 'weather', 'weather:7'), definition('weather', 7), definition('orders', 3))
  expect(findService(inputs({ cluster: 'default' }), state)?.taskDefinition?.address).toBe(
    'aws_ecs_task_definition.weather',
  )
  expect(findService(inputs({ cluster: 'prod' }), state)?.taskDefinition).toBeUndefined()
})

test('half of a name finds no service', () => {
  expect(findService(inputs({ cluster: 'prod' }), undefined)).toBeUndefined()
  expect(findService(inputs({ service: 'weather' }), undefined)).toBeUndefined()
  expect(findService(inputs({ cluster: 'prod', service: 'weather' }), undefined)).toMatchObject({ service: 'weather' })
})

describe('the services behind a load balancer', () => {
  const balancer = resource('aws_lb', 'this', { dns_name: 'Weather-1.eu-west-1.elb.amazonaws.com' })
  const group = (name: string) => resource('aws_lb_target_group', name, { arn: `arn:group/${name}` })
  const behind = (name: string, ...groups: readonly string[]) =>
    serviceOf(arnOf('cluster', 'prod'), name, `${name}:1`, {
      load_balancer: groups.map(each => ({ target_group_arn: `arn:group/${each}` })),
    })
  const endpoint = new URL('https://weather-1.eu-west-1.elb.amazonaws.com/mcp')
  const namesIn = (...resources: readonly StateResource[]) =>
    servicesBehind(endpoint, stateOf(...resources)).map(({ cluster, service }) => `${cluster}/${service}`)

  test('are all with a target group, and those without one are not', () => {
    const alone = serviceOf(arnOf('cluster', 'prod'), 'worker', 'worker:1')
    expect(namesIn(balancer, behind('weather', 'a'), group('a'), alone)).toEqual(['prod/weather'])
    expect(
      namesIn(
        balancer,
        behind('weather', 'a'),
        group('a'),
        behind('orders', 'b', 'c'),
        group('b'),
        group('c'),
      ).toSorted(),
    ).toEqual(['prod/orders', 'prod/weather'])
  })
  test('are unknown when a target group belongs to something else', () => {
    expect(namesIn(balancer, behind('weather', 'a'), group('a'), group('lambda'))).toEqual([])
  })
  test('are none when the address leads elsewhere', () => {
    const elsewhere = resource('aws_lb', 'this', { dns_name: 'other.eu-west-1.elb.amazonaws.com' })
    expect(namesIn(elsewhere, behind('weather', 'a'), group('a'))).toEqual([])
    expect(namesIn(behind('weather', 'a'), group('a'))).toEqual([])
  })
  test('have the target groups of all their load balancers', () => {
    expect(targetGroupsOf(behind('weather', 'a', 'b'))).toEqual(['arn:group/a', 'arn:group/b'])
    expect(targetGroupsOf(undefined)).toEqual([])
  })
})

test.each([
  [arnOf('task-definition', 'weather:12'), 'weather', 'weather:12'],
  ['weather:12', 'weather', 'weather:12'],
  ['weather', 'weather', 'weather'],
])('%s is of the family %s and has the label %s', (text, family, label) => {
  expect(familyOf(text)).toBe(family)
  expect(revision(text)).toEqual({ id: text, label })
})
