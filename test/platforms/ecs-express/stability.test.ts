/** A canary of an Express service, by what ECS answers through its real SDK client: a stand-in scripts the answers. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ecsExpress } from '../../../src/platforms/ecs-express/platform.ts'
import type { ExpressService } from '../../../src/platforms/ecs-express/service.ts'
import { collectEvidence } from '../../../src/platforms/evidence.ts'
import { taintTargetOf } from '../../../src/platforms/index.ts'
import type { Target } from '../../../src/platforms/platform.ts'
import { decideRepair } from '../../../src/platforms/rollback.ts'
import { isWatchedAgain, waitUntilStable } from '../../../src/platforms/watch.ts'
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
const revisionArn = (name: string, id: number) => `${prefix}:service-revision/default/${name}/${id}`
const target = (name: string, id = 2): ExpressService => ({
  kind: 'ecs-express',
  arn: `${prefix}:service/default/${name}`,
  cluster: 'default',
  service: name,
  name,
  region: 'eu-west-1',
  revision: revisionArn(name, id),
  url: 'https://we-1.ecs.eu-west-1.on.aws/mcp',
})
const service = (name: string, more: Fields = {}): Fields => ({
  serviceName: name,
  status: 'ACTIVE',
  desiredCount: 1,
  runningCount: 1,
  deployments: [],
  events: [],
  taskDefinition: `${prefix}:task-definition/default-weather:2`,
  deploymentConfiguration: { strategy: 'CANARY' },
  currentServiceRevisions: [{ arn: revisionArn(name, 2), runningTaskCount: 1 }],
  ...more,
})
const deployment = (name: string, status: string, more: Fields = {}, of: Fields = {}): Fields => ({
  serviceDeploymentArn: `${prefix}:service-deployment/default/${name}/d2`,
  createdAt: Date.now() / 1000,
  status,
  lifecycleStage: 'PRODUCTION_TRAFFIC_SHIFT',
  deploymentConfiguration: {
    strategy: 'CANARY',
    bakeTimeInMinutes: 3,
    canaryConfiguration: { canaryBakeTimeInMinutes: 3 },
  },
  targetServiceRevision: {
    arn: revisionArn(name, 2),
    requestedTaskCount: 1,
    runningTaskCount: 1,
    requestedProductionTrafficWeight: 5,
    ...of,
  },
  ...more,
})

let count = 0
async function watch(deployments: (name: string) => Fields[], more: Partial<Story> = {}, id = 2, timeoutMs = 30_000) {
  // A story is found by its name in a request, so no name is the beginning of another.
  const name = `express-${++count}-service`
  stories.add(name, { services: [service(name)], serviceDeployments: deployments(name), ...more })
  const lines: string[] = []
  const watched = await waitUntilStable(target(name, id) as Target, {
    log: line => lines.push(String(line)),
    times: { timeoutMs, isFixed: true, delayMs: () => 5 },
  })
  return { ...watched, lines, name }
}

describe('our revision', () => {
  test('is gated only when the deployment is complete, and not while a canary or the bake time counts answers', async () => {
    const result = await watch(name => [
      deployment(name, 'IN_PROGRESS'),
      deployment(name, 'IN_PROGRESS', { lifecycleStage: 'BAKE_TIME' }, { requestedProductionTrafficWeight: 100 }),
      deployment(name, 'SUCCESSFUL', { lifecycleStage: 'CLEAN_UP' }, { requestedProductionTrafficWeight: 100 }),
    ])
    expect(result).toMatchObject({ failure: undefined, revision: '2' })
    expect(result.lines).toEqual([
      expect.stringMatching(/PRODUCTION_TRAFFIC_SHIFT, 1 of 1 tasks run, 5 % of the traffic goes to it/),
      expect.stringMatching(/BAKE_TIME, 1 of 1 tasks run, 100 % of the traffic goes to it/),
    ])
  })

  test('is not to blame while it bakes: a time-out then calls for no repair', async () => {
    const { failure } = await watch(
      name => [deployment(name, 'IN_PROGRESS', { lifecycleStage: 'BAKE_TIME' })],
      {},
      2,
      300,
    )
    expect(failure).toMatchObject({ code: 'ECS_STILL_DEPLOYING', remedy: 'config' })
  })

  test('is served by a service whose deployments ECS has forgotten', async () => {
    expect(await watch(() => [])).toMatchObject({ failure: undefined, revision: '2' })
    expect((await watch(() => [], {}, 3, 300)).failure?.sentence).toMatch(/Waiting for ECS to start a deployment/)
  })

  test('that an alarm took back: the fix says that protocol answers of MCP can be what it counted', async () => {
    const { failure } = await watch(name => [
      deployment(name, 'ROLLBACK_SUCCESSFUL', {
        alarms: { triggeredAlarmNames: ['express-4xx-5xx'] },
        rollback: { reason: 'alarm', serviceRevisionArn: revisionArn(name, 1) },
      }),
    ])
    expect(failure).toMatchObject({
      code: 'ECS_ROLLED_BACK',
      sentence: expect.stringMatching(
        /ECS rolled default\/express-\d+-service back to 1, because the deployment of 2 failed: the alarm express-4xx-5xx went off/,
      ),
      fix: expect.stringMatching(/The alarm of an Express service also counts 4xx answers/),
    })
  })
})

test.each<[string, (name: string) => Fields[], string]>([
  ['stopped by somebody', name => [deployment(name, 'STOPPED')], 'ECS_STOPPED'],
  ['that could not go back', name => [deployment(name, 'ROLLBACK_FAILED')], 'ECS_ROLLBACK_FAILED'],
  [
    'of somebody else after ours',
    name => [deployment(name, 'IN_PROGRESS', {}, { arn: revisionArn(name, 9) })],
    'ECS_SUPERSEDED',
  ],
])('a deployment %s is %s', async (_, deployments, code) => {
  expect((await watch(deployments)).failure?.code).toBe(code)
})

test('a service that is not there, or drains, and one that the job may not see', async () => {
  const gone = await watch(() => [], { services: [null] })
  expect(gone.failure).toMatchObject({ code: 'ECS_NO_SERVICE', fix: expect.stringMatching(/ecs_express_service_arn/) })
  const draining = await watch(name => [deployment(name, 'SUCCESSFUL')], {
    services: [{ ...service('x'), status: 'DRAINING' }],
  })
  expect(draining.failure?.sentence).toMatch(/its status is DRAINING/)
  const denied = await watch(() => [], { refused: { ListServiceDeployments: 'AccessDeniedException' } })
  expect(denied.failure).toMatchObject({ code: 'ECS_ACCESS', fix: expect.stringMatching(/ecs:ListServiceDeployments/) })
})

test('tasks of a deployment with stages are found by the id that its revision and their starter share', async () => {
  const name = 'express-evidence'
  const task = (startedBy: string, number: number) => ({
    taskArn: `${prefix}:task/default/${name}/${number}`,
    startedBy,
    stoppedReason: 'Essential container in task exited',
    stopCode: 'EssentialContainerExited',
    stoppedAt: Date.now() / 1000,
    containers: [{ name: 'Main', exitCode: 1 }],
  })
  stories.add(name, {
    services: [service(name)],
    stopped: [task('ecs-svc/2', 1), task('ecs-svc/1', 2)],
    definition: { taskDefinitionArn: 'x', containerDefinitions: [] },
  })
  const evidence = await collectEvidence(target(name) as Target, { id: '2', createdAt: 0 })
  expect(evidence.stopped.map(({ arn }) => arn)).toEqual([`${prefix}:task/default/${name}/1`])
})

test('it is watched again after the gate, never tainted, and never rolled back by the action', () => {
  const each = target('weather') as Target
  expect(isWatchedAgain(each)).toBe(true)
  expect(ecsExpress.watch?.defaultTimeoutMs).toBe(30 * 60_000)
  expect(decideTaint(taintTargetOf(each), { remedy: 'replace' }, 'taint')).toMatchObject({
    address: undefined,
    why: expect.stringMatching(/would take its load balancer and its URL with it/),
  })
  const known = { passed: undefined, previous: undefined }
  expect(decideRepair(each, { remedy: 'replace' }, 'rollback', known)).toMatchObject({
    rollback: undefined,
    warning: expect.stringMatching(/apply the image that worked before\.$/),
  })
})
