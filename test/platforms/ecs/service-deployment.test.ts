/**
 * Blue/green, linear and canary deployments, by what ECS answers through its real SDK client: a stand-in that speaks its
 * protocol scripts the answers, and nothing else is stood in for.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ecs } from '../../../src/platforms/ecs/platform.ts'
import { type EcsService, findService, revision } from '../../../src/platforms/ecs/service.ts'
import { taintTargetOf } from '../../../src/platforms/index.ts'
import type { WatchContext } from '../../../src/platforms/platform.ts'
import { decideRepair, heldBack, rolledBack, startRollback } from '../../../src/platforms/rollback.ts'
import { waitUntilStable } from '../../../src/platforms/watch.ts'
import { decideTaint } from '../../../src/terraform/taint.ts'
import { type Stories, type Story, startStories } from '../../support/aws-stories.ts'

const environment = {
  AWS_ACCESS_KEY_ID: 'testing',
  AWS_SECRET_ACCESS_KEY: 'testing',
  AWS_REGION: 'eu-west-1',
  AWS_EC2_METADATA_DISABLED: 'true',
}
let stories: Stories
beforeAll(async () => {
  stories = await startStories()
  Object.assign(process.env, environment, { AWS_ENDPOINT_URL: stories.url })
})
afterAll(async () => {
  for (const name of [...Object.keys(environment), 'AWS_ENDPOINT_URL']) delete process.env[name]
  await stories[Symbol.asyncDispose]()
})

type Fields = Record<string, unknown>

const prefix = 'arn:aws:ecs:eu-west-1:123456789012'
const taskDefinition = (number: number) => `${prefix}:task-definition/weather:${number}`
const revisionArn = (name: string, id: number) => `${prefix}:service-revision/prod/${name}/${id}`
const now = Date.now() / 1000

function service(name: string, more: Fields = {}): Fields {
  return {
    serviceName: name,
    status: 'ACTIVE',
    desiredCount: 2,
    runningCount: 2,
    deployments: [],
    events: [],
    taskDefinition: taskDefinition(2),
    deploymentConfiguration: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 10 },
    currentServiceRevisions: [{ arn: revisionArn(name, 2), runningTaskCount: 2 }],
    ...more,
  }
}

/** The service deployment of revision 2, which went out from revision 1. */
function deployment(name: string, status: string, more: Fields = {}, target: Fields = {}): Fields {
  return {
    serviceDeploymentArn: `${prefix}:service-deployment/prod/${name}/d2`,
    createdAt: now,
    status,
    deploymentConfiguration: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 10 },
    targetServiceRevision: {
      arn: revisionArn(name, 2),
      requestedTaskCount: 2,
      runningTaskCount: 2,
      requestedProductionTrafficWeight: 0,
      requestedTestTrafficWeight: 0,
      ...target,
    },
    ...more,
  }
}
const isCutOver = { requestedProductionTrafficWeight: 100, requestedTestTrafficWeight: 100 }
const atTest = { requestedProductionTrafficWeight: 0, requestedTestTrafficWeight: 100 }
const pause = {
  hookId: 'hook-1',
  targetType: 'PAUSE',
  status: 'AWAITING_ACTION',
  expiresAt: now + 600,
  timeoutAction: 'ROLLBACK',
}
const goingBack = (name: string, reason: string) => ({ rollback: { reason, serviceRevisionArn: revisionArn(name, 1) } })

let count = 0
const target = (name: string, number: number, more: Partial<EcsService> = {}): EcsService => ({
  kind: 'ecs',
  cluster: 'prod',
  service: name,
  name,
  region: 'eu-west-1',
  taskDefinition: { arn: taskDefinition(number), address: 'aws_ecs_task_definition.this' },
  ...more,
})

interface Watched extends Partial<Omit<WatchContext, 'log'>> {
  readonly number?: number
  readonly testEndpoint?: string
  readonly story?: Partial<Story>
  readonly of?: Fields
}

/** Watches a service whose newest service deployment is each of these in turn. */
async function watch(
  deployments: (name: string) => readonly Fields[],
  { number = 2, testEndpoint, story = {}, of = {}, ...context }: Watched = {},
) {
  const name = `blue-${String(++count).padStart(3, '0')}`
  stories.add(name, {
    services: [service(name, of)],
    serviceDeployments: deployments(name),
    serviceRevisions: { 1: taskDefinition(1), 2: taskDefinition(2), 3: taskDefinition(3) },
    ...story,
  })
  const lines: string[] = []
  const serving = target(name, number, testEndpoint === undefined ? {} : { testEndpoint })
  const result = await waitUntilStable(serving, {
    log: line => void lines.push(String(line)),
    previous: revision(taskDefinition(1)),
    times: { timeoutMs: deployments(name).length > 1 ? 30_000 : 60, isFixed: true, delayMs: () => 5 },
    ...context,
  })
  return { ...result, lines, name, serving }
}
const requestsOf = (name: string, action: string) =>
  stories.requests.filter(request => request.startsWith(action) && request.includes(name))

describe('our deployment', () => {
  test('runs through its stages, one line each, and serves when it is complete', async () => {
    const { lines, ...result } = await watch(
      name => [
        deployment(name, 'PENDING', {}, { requestedTaskCount: 2, runningTaskCount: 0 }),
        deployment(name, 'IN_PROGRESS', { lifecycleStage: 'SCALE_UP' }, { runningTaskCount: 1 }),
        deployment(name, 'IN_PROGRESS', { lifecycleStage: 'SCALE_UP' }, { runningTaskCount: 1 }),
        deployment(name, 'IN_PROGRESS', { lifecycleStage: 'PRODUCTION_TRAFFIC_SHIFT' }, isCutOver),
        deployment(name, 'SUCCESSFUL', { lifecycleStage: 'CLEAN_UP' }, isCutOver),
      ],
      { times: { timeoutMs: 30_000, delayMs: () => 5 } },
    )
    expect(result).toMatchObject({ failure: undefined, revision: 'weather:2', running: 2 })
    expect(lines).toEqual([
      expect.stringMatching(/is at its beginning, 0 of 2 tasks run, 0 % of the traffic/),
      expect.stringMatching(/is at SCALE_UP, 1 of 2 tasks run/),
      expect.stringMatching(/PRODUCTION_TRAFFIC_SHIFT, 2 of 2 tasks run, 100 % of the traffic goes to it/),
    ])
  })

  test('in its bake time has all clients: it is gated now, and watched to its end afterwards', async () => {
    const baking = (name: string) => [deployment(name, 'IN_PROGRESS', { lifecycleStage: 'BAKE_TIME' }, isCutOver)]
    expect(await watch(baking)).toMatchObject({ failure: undefined, revision: 'weather:2' })
    const { failure } = await watch(baking, { isFinal: true })
    expect(failure).toMatchObject({ code: 'ECS_STILL_DEPLOYING', remedy: 'config' })
  })

  test('of which a part of the clients is served only is waited for', async () => {
    const step = (name: string) => [
      deployment(
        name,
        'IN_PROGRESS',
        { lifecycleStage: 'PRODUCTION_TRAFFIC_SHIFT' },
        { requestedProductionTrafficWeight: 10 },
      ),
    ]
    expect((await watch(step)).failure?.sentence).toMatch(/10 % of the traffic goes to it/)
  })

  test('a healthy blue/green service whose time is over is not tainted', async () => {
    const { failure } = await watch(name => [deployment(name, 'IN_PROGRESS', { lifecycleStage: 'SCALE_UP' })])
    expect(failure).toMatchObject({ code: 'ECS_STILL_DEPLOYING', fix: expect.stringMatching(/^Raise deploy-timeout/) })
    expect(decideTaint(taintTargetOf(target('x', 2)), failure ?? { remedy: 'wait' }, 'taint').address).toBeUndefined()
  })

  test('the bake time is added to the default timeout: ten minutes for blue/green, the steps for linear and canary', async () => {
    const configured = (configuration: Fields) => (name: string) => [
      deployment(name, 'IN_PROGRESS', { deploymentConfiguration: configuration }),
      deployment(name, 'SUCCESSFUL', {}, isCutOver),
    ]
    const times = { timeoutMs: 1, delayMs: () => 30 }
    const linear = {
      strategy: 'LINEAR',
      bakeTimeInMinutes: 1,
      linearConfiguration: { stepPercent: 25, stepBakeTimeInMinutes: 1 },
    }
    const canary = { strategy: 'CANARY', canaryConfiguration: { canaryPercent: 5, canaryBakeTimeInMinutes: 1 } }
    for (const configuration of [{ strategy: 'BLUE_GREEN', bakeTimeInMinutes: 1 }, linear, canary])
      expect((await watch(configured(configuration), { times })).failure).toBeUndefined()
    expect((await watch(configured({ strategy: 'BLUE_GREEN' }), { times })).failure?.code).toBe('ECS_STILL_DEPLOYING')
  })

  test('reports success while tasks of the old revision still answer (early success): it is waited for', async () => {
    const name = (of: string) => [deployment(of, 'SUCCESSFUL', {}, isCutOver)]
    const both = (of: string) => ({
      currentServiceRevisions: [1, 2].map(id => ({ arn: revisionArn(of, id), runningTaskCount: 1 })),
    })
    const { failure } = await watch(name, { of: both('any') })
    expect(failure?.sentence).toMatch(/tasks of the revision before still run/)
  })

  test('that ECS does not remember any more: the service itself says what runs', async () => {
    expect(await watch(() => [], {})).toMatchObject({ failure: undefined, revision: 'weather:2' })
    const { failure } = await watch(() => [], { number: 3 })
    expect(failure?.sentence).toMatch(/Waiting for ECS to start a deployment/)
  })
})

describe('a deployment that ends badly', () => {
  test.each<[string, (name: string) => Fields, string, RegExp, string]>([
    [
      'an alarm went off',
      name =>
        deployment(name, 'ROLLBACK_IN_PROGRESS', {
          ...goingBack(name, 'Service deployment rolled back because of alarm.'),
          alarms: { status: 'TRIGGERED', alarmNames: ['weather-5xx'], triggeredAlarmNames: ['weather-5xx'] },
        }),
      'ECS_ROLLED_BACK',
      /^ECS rolled prod\/\S+ back to weather:1, because the deployment of weather:2 failed: the alarm weather-5xx went off; Service deployment rolled back because of alarm\.$/,
      'replace',
    ],
    [
      'the circuit breaker opened, with the threshold of AWS',
      name =>
        deployment(name, 'ROLLBACK_SUCCESSFUL', {
          ...goingBack(name, ''),
          deploymentCircuitBreaker: { status: 'TRIGGERED', failureCount: 3, threshold: 3 },
        }),
      'ECS_ROLLED_BACK',
      /the circuit breaker opened after 3 failed tasks/,
      'replace',
    ],
    [
      'nobody answered its pause',
      name =>
        deployment(name, 'ROLLBACK_SUCCESSFUL', {
          ...goingBack(name, ''),
          lifecycleHookDetails: [{ ...pause, status: 'TIMED_OUT' }],
        }),
      'ECS_ROLLED_BACK',
      /nobody answered its pause in time/,
      'config',
    ],
    [
      'a lifecycle hook failed',
      name =>
        deployment(name, 'ROLLBACK_REQUESTED', {
          ...goingBack(name, ''),
          lifecycleHookDetails: [{ ...pause, status: 'FAILED' }],
        }),
      'ECS_ROLLED_BACK',
      /a lifecycle hook failed/,
      'replace',
    ],
    [
      'somebody stopped it',
      name => deployment(name, 'STOPPED', { statusReason: 'Service deployment stopped by user.' }),
      'ECS_STOPPED',
      /was stopped: Service deployment stopped by user\.$/,
      'config',
    ],
    [
      'ECS could not go back',
      name => deployment(name, 'ROLLBACK_FAILED', goingBack(name, 'unable to place tasks')),
      'ECS_ROLLBACK_FAILED',
      /could not roll prod\/\S+ back from weather:2: unable to place tasks\.$/,
      'replace',
    ],
  ])('%s', async (_, fields, code, sentence, remedy) => {
    const { failure } = await watch(name => [fields(name)])
    expect(failure).toMatchObject({ code, sentence: expect.stringMatching(sentence), remedy })
  })

  test('a newer deployment of somebody else has taken its place', async () => {
    const { failure } = await watch(name => [deployment(name, 'SUCCESSFUL', {}, { arn: revisionArn(name, 3) })])
    expect(failure).toMatchObject({ code: 'ECS_SUPERSEDED', sentence: expect.stringMatching(/deployed weather:3 to/) })
  })

  test('a list of deployments of before the apply is asked again', async () => {
    const stale = (name: string) => deployment(name, 'SUCCESSFUL', {}, { arn: revisionArn(name, 1) })
    const { failure, revision } = await watch(name => [
      stale(name),
      stale(name),
      deployment(name, 'SUCCESSFUL', {}, isCutOver),
    ])
    expect(failure).toBeUndefined()
    expect(revision).toBe('weather:2')
  })

  test('a missing permission ends the watch, with the actions; throttling does not', async () => {
    const done = (name: string) => [deployment(name, 'SUCCESSFUL', {}, isCutOver)]
    const denied = await watch(done, { story: { refused: { ListServiceDeployments: 'AccessDeniedException' } } })
    expect(denied.failure).toMatchObject({
      code: 'ECS_ACCESS',
      fix: expect.stringMatching(/ecs:ListServiceDeployments/),
    })
  })
})

describe('a version that is held by a pause', () => {
  const held = (name: string) => [
    deployment(
      name,
      'IN_PROGRESS',
      { lifecycleStage: 'POST_TEST_TRAFFIC_SHIFT', lifecycleHookDetails: [pause] },
      atTest,
    ),
  ]
  const testEndpoint = 'https://mcp.example.com:8443/mcp'

  test('is gated at the test listener, and the answer goes to its hook', async () => {
    const { hold, name, failure } = await watch(held, { testEndpoint })
    expect(failure).toBeUndefined()
    expect(hold).toMatchObject({
      id: 'hook-1',
      version: { label: 'weather:2' },
      endpoint: testEndpoint,
      expires: { action: 'ROLLBACK' },
    })
    await hold?.continue()
    await hold?.rollBack()
    expect(
      requestsOf(name, 'ContinueServiceDeployment').map(each => JSON.parse(each.slice(each.indexOf('{')))),
    ).toEqual(
      ['CONTINUE', 'ROLLBACK'].map(action => ({
        serviceDeploymentArn: expect.stringMatching(/service-deployment/),
        hookId: 'hook-1',
        action,
      })),
    )
  })

  test('is not held twice: an answered pause that ECS still shows is waited for', async () => {
    const { hold, failure } = await watch(held, { testEndpoint, answeredHolds: ['hook-1'] })
    expect(hold).toBeUndefined()
    expect(failure?.code).toBe('ECS_STILL_DEPLOYING')
  })

  test('without the URL of the test listener nobody can judge it: the line names the output and who decides', async () => {
    const { hold, lines } = await watch(held)
    expect(hold).toBeUndefined()
    expect(lines.join()).toMatch(
      /paused at POST_TEST_TRAFFIC_SHIFT until 20\S+, then ECS does ROLLBACK; .* mcp_test_endpoint/,
    )
  })

  test('before the test listener leads to it, the gate would judge the old version, so it is not held', async () => {
    const early = (name: string) => [
      deployment(name, 'IN_PROGRESS', { lifecycleStage: 'PRE_SCALE_UP', lifecycleHookDetails: [pause] }),
    ]
    const { hold, lines } = await watch(early, { testEndpoint })
    expect(hold).toBeUndefined()
    expect(lines.join()).toMatch(/does not lead to the new revision yet/)
  })

  test('after the cut-over the endpoint itself is gated', async () => {
    const late = (name: string) => [
      deployment(
        name,
        'IN_PROGRESS',
        { lifecycleStage: 'POST_PRODUCTION_TRAFFIC_SHIFT', lifecycleHookDetails: [pause] },
        { ...isCutOver, requestedTestTrafficWeight: 0 },
      ),
    ]
    expect((await watch(late)).hold).toMatchObject({ id: 'hook-1', endpoint: undefined })
  })

  test('that was given up: the service goes on with the version before, and no client was harmed', async () => {
    const back = (name: string) => [
      deployment(name, 'ROLLBACK_IN_PROGRESS', goingBack(name, 'hook')),
      deployment(name, 'ROLLBACK_SUCCESSFUL', goingBack(name, 'hook')),
    ]
    const { failure, revision: serves, serving } = await watch(back, { number: 1 })
    expect({ failure, serves }).toEqual({ failure: undefined, serves: 'weather:1' })
    const [held, previous] = [2, 1].map(number => revision(taskDefinition(number)))
    if (held === undefined || previous === undefined) throw new Error('There are two versions.')
    expect(rolledBack(target(serving.service, 2), previous).taskDefinition?.arn).toBe(taskDefinition(1))
    expect(heldBack(target('weather', 2), held, previous, undefined)).toMatchObject({
      restored: true,
      sentence: expect.stringMatching(
        /^The gate refused weather:2 before any client reached it\. weather still runs weather:1\. Terraform still has/,
      ),
    })
  })
})

describe('a rollback', () => {
  const previous = revision(taskDefinition(1))
  const begin = async (status: string) => {
    const name = `back-${String(++count).padStart(3, '0')}`
    stories.add(name, {
      services: [service(name)],
      definition: { status: 'ACTIVE', taskDefinitionArn: taskDefinition(1) },
      serviceDeployments: [
        deployment(name, status, status.startsWith('ROLLBACK') ? goingBack(name, '') : {}, isCutOver),
      ],
    })
    // The requests that name the version before.
    stories.add('weather:1', { services: [{}], definition: { status: 'ACTIVE', taskDefinitionArn: taskDefinition(1) } })
    return { name, isNew: await startRollback(target(name, 2), previous) }
  }

  test('during a deployment stops it, so that ECS restores revision and listener rules', async () => {
    const { name, isNew } = await begin('IN_PROGRESS')
    expect(isNew).toBe(true)
    expect(requestsOf(name, 'StopServiceDeployment')).toEqual([expect.stringMatching(/"stopType":"ROLLBACK"/)])
    expect(requestsOf(name, 'UpdateService')).toEqual([])
  })

  test('of a deployment that ECS rolls back already starts nothing', async () => {
    const { name, isNew } = await begin('ROLLBACK_IN_PROGRESS')
    expect(isNew).toBe(false)
    expect(requestsOf(name, 'UpdateService')).toEqual([])
  })

  test('after a complete deployment makes a new one of the version before', async () => {
    const { name, isNew } = await begin('SUCCESSFUL')
    expect(isNew).toBe(true)
    expect(requestsOf(name, 'UpdateService')).toEqual([expect.stringMatching(/weather:1/)])
  })
})

describe.each(['CODE_DEPLOY', 'EXTERNAL'])('deployments that %s makes', controller => {
  const taskSet = (more: Fields = {}) => ({
    status: 'PRIMARY',
    taskDefinition: taskDefinition(7),
    computedDesiredCount: 2,
    runningCount: 2,
    stabilityStatus: 'STEADY_STATE',
    ...more,
  })
  const of = (sets: readonly Fields[]) => ({ deploymentController: { type: controller }, taskSets: sets })

  test('are judged by the task set that serves, and the log says that the apply deployed nothing', async () => {
    const { lines, ...result } = await watch(() => [], { of: of([taskSet({ status: 'ACTIVE' }), taskSet()]) })
    expect(result).toMatchObject({ failure: undefined, revision: 'weather:7', running: 2 })
    expect(lines).toEqual([
      expect.stringMatching(/makes the deployments of prod\/\S+, so this apply deployed no new revision/),
    ])
  })

  test.each([
    [[], 'ECS_TIMEOUT', /Waiting for a task set/],
    [[taskSet({ runningCount: 1 })], 'ECS_TIMEOUT', /1 of 2 tasks of weather:7 run/],
    [[taskSet({ stabilityStatus: 'STABILIZING' })], 'ECS_STILL_DEPLOYING', /not steady yet/],
  ])('are waited for: %j', async (sets, code, sentence) => {
    const { failure } = await watch(() => [], { of: of(sets) })
    expect(failure).toMatchObject({ code, sentence: expect.stringMatching(sentence) })
  })

  test('are never repaired', () => {
    const resources = [
      {
        address: 'aws_ecs_service.this',
        mode: 'managed' as const,
        type: 'aws_ecs_service',
        values: {
          name: 'weather',
          cluster: 'prod',
          task_definition: taskDefinition(2),
          deployment_controller: [{ type: controller }],
        },
      },
      {
        address: 'aws_ecs_task_definition.this',
        mode: 'managed' as const,
        type: 'aws_ecs_task_definition',
        values: { family: 'weather', arn: taskDefinition(2) },
      },
    ]
    const outputs = { ecs_cluster_name: { value: 'prod' }, ecs_service_name: { value: 'weather' } }
    const inputs = {
      mcp: { endpoint: undefined },
      ecs: { cluster: undefined, service: undefined },
      deployTimeoutMs: undefined,
      formerTimeoutsMs: {},
    }
    const found = findService(inputs, { values: { outputs, root_module: { resources } } })
    if (found === undefined) throw new Error('The service is not found.')
    expect(found).toMatchObject({ controller, taskDefinition: undefined })
    expect(decideTaint(ecs.taintTarget?.(found), { remedy: 'replace' }, 'taint').why).toMatch(
      new RegExp(`^Nothing was tainted: ${controller} deploys weather`),
    )
    const known = { passed: undefined, previous: revision(taskDefinition(1)) }
    expect(decideRepair(found, { remedy: 'replace' }, 'rollback', known)).toMatchObject({
      rollback: undefined,
      warning: expect.stringMatching(/it also decides which version is live/),
    })
  })
})
