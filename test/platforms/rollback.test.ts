import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type EcsService, revision } from '../../src/platforms/ecs/service.ts'
import {
  deleteLastGoodRevision,
  lastGoodRevisionParameter,
  readLastGoodRevision,
  saveLastGoodRevision,
} from '../../src/platforms/last-good-revision.ts'
import type { Target, Version } from '../../src/platforms/platform.ts'
import {
  decideRepair,
  decideRollback,
  heldBack,
  type KnownVersions,
  rollbackLine,
  rollbackResult,
  rollbackStarted,
  rolledBack,
  startRollback,
} from '../../src/platforms/rollback.ts'
import { type Stories, startStories } from '../support/aws-stories.ts'

const arn = (number: number) => `arn:aws:ecs:eu-west-1:123456789012:task-definition/weather:${number}`
const version = (number: number): Version => revision(arn(number))
const serving: EcsService = {
  kind: 'ecs',
  cluster: 'arn:aws:ecs:eu-west-1:123456789012:cluster/prod',
  service: 'weather',
  name: 'weather',
  region: 'eu-west-1',
  taskDefinition: { arn: arn(7), address: 'aws_ecs_task_definition.this' },
}
const broken = { remedy: 'replace' } as const

describe('a version that was held back', () => {
  const [held, previous] = [version(7), version(6)]

  test('is said to serve nobody, and the version before to serve on', () => {
    expect(heldBack(serving, held, previous, undefined)).toEqual({
      from: 'weather:7',
      to: 'weather:6',
      wasPassed: false,
      restored: true,
      sentence: expect.stringMatching(
        /^The gate refused weather:7 before any client reached it\. weather still runs weather:6\. .*the next plan/,
      ),
    })
  })

  test('is said to be given up if the version before does not go on', () => {
    const failure = { code: 'SERVER_ERROR', sentence: 'It answers 500.', fix: '', remedy: 'replace' } as const
    expect(heldBack(serving, held, previous, failure)).toMatchObject({
      restored: false,
      sentence: expect.stringMatching(/ weather was to go on with weather:6, but: It answers 500\. .*the next plan/),
    })
  })
})

test('a version is the same one by its id or by its label', () => {
  const [byId, byLabel] = [
    { id: arn(7), label: 'another' },
    { id: 'another', label: 'weather:7' },
  ]
  for (const passed of [byId, byLabel])
    expect(decideRollback(serving, broken, { passed, previous: undefined })).toMatchObject({ instead: 'taint' })
  const other = { id: arn(8), label: 'another' }
  expect(decideRollback(serving, broken, { passed: other, previous: undefined })).toMatchObject({ to: other })
})

describe('what is gone back to', () => {
  test.each<[string, Version | undefined, Version | undefined, object]>([
    ['what passed last', version(5), version(6), { to: version(5), wasPassed: true }],
    ['without a record, what served before', undefined, version(6), { to: version(6), wasPassed: false }],
    [
      'with a record of the failed one, what served before',
      version(7),
      version(6),
      { to: version(6), wasPassed: false },
    ],
    ['nothing on a first deployment', undefined, undefined, { to: undefined, instead: 'taint' }],
    ['nothing when only the failed one is known', version(7), version(7), { to: undefined, instead: 'taint' }],
    [
      'nothing when the failed one served before unverified',
      undefined,
      version(7),
      { to: undefined, instead: 'taint' },
    ],
  ])('%s', (_, passed, previous, decision) => {
    expect(decideRollback(serving, broken, { passed, previous })).toMatchObject(decision)
  })

  test('nothing, and no taint, for what lies around the server', () => {
    const decision = decideRollback(serving, { remedy: 'config' }, { passed: version(5), previous: version(6) })
    expect(decision).toMatchObject({
      to: undefined,
      instead: 'nothing',
      why: 'Nothing was rolled back: what is wrong lies around the server, and an older revision would meet it, too.',
    })
  })

  test('nothing when it is not known what failed', () => {
    const nowhere: EcsService = { ...serving, taskDefinition: undefined }
    const decision = decideRollback(nowhere, broken, {
      passed: version(5),
      previous: version(6),
    })
    expect(decision).toEqual({
      to: undefined,
      why: 'Nothing was rolled back: the task definition of weather is not in this Terraform state, so it is not known what failed.',
      instead: 'nothing',
    })
  })

  test('nothing for a target without versions', () => {
    const endpoint: Target = { kind: 'endpoint', candidates: [] } as Target
    expect(decideRollback(endpoint, broken, { passed: version(5), previous: version(6) })).toMatchObject({
      to: undefined,
      instead: 'nothing',
    })
  })

  test.each([
    [
      'no other revision is known',
      undefined,
      'weather has run no other revision that is known to have passed the gate.',
    ],
    ['the failed one passed last', version(7), 'weather:7 is itself the revision that the gate passed last.'],
  ])('the reason when %s', (_, passed, reason) => {
    for (const previous of [undefined, version(7)])
      expect(decideRollback(serving, broken, { passed, previous })).toEqual({
        to: undefined,
        why: `There is nothing to roll back to: ${reason}`,
        instead: 'taint',
      })
  })

  test('a wait that did not help is rolled back like a fault of the server', () => {
    const known = { passed: version(5), previous: undefined }
    expect(decideRollback(serving, { remedy: 'wait' }, known)).toEqual({ to: version(5), wasPassed: true })
  })
})

describe('the repair', () => {
  const known = { passed: version(5), previous: version(6) }
  const instance = { kind: 'ec2', instanceId: 'i-1', address: 'aws_instance.this' }
  const endpoint = { kind: 'endpoint', candidates: [] }
  const nothing = { passed: undefined, previous: undefined }

  test.each<[string, Target, 'replace' | 'config', 'taint' | 'rollback' | 'none', KnownVersions, object]>([
    [
      'goes back',
      serving,
      'replace',
      'rollback',
      known,
      { rollback: { to: version(5), wasPassed: true }, warning: undefined, taints: true },
    ],
    [
      'has no rollback with on-failure none',
      serving,
      'config',
      'none',
      known,
      { rollback: undefined, warning: undefined, taints: true },
    ],
    [
      'taints by default',
      serving,
      'replace',
      'taint',
      known,
      { rollback: undefined, warning: undefined, taints: true },
    ],
    [
      'taints what has nothing to go back to',
      serving,
      'replace',
      'rollback',
      nothing,
      {
        rollback: undefined,
        warning: expect.stringMatching(/^There is nothing to roll back to: weather/),
        taints: true,
      },
    ],
    [
      'does nothing about what lies around the server',
      serving,
      'config',
      'rollback',
      known,
      { rollback: undefined, warning: expect.stringMatching(/^Nothing was rolled back/), taints: false },
    ],
    [
      'taints an instance and says why',
      instance,
      'replace',
      'rollback',
      nothing,
      {
        rollback: undefined,
        warning: 'There is nothing to roll back to: an instance has no earlier revision, so i-1 is tainted.',
        taints: true,
      },
    ],
    ['says nothing of what no rollback would help', instance, 'config', 'rollback', nothing, { warning: undefined }],
    [
      'says what cannot be done for an endpoint',
      endpoint,
      'replace',
      'rollback',
      nothing,
      { rollback: undefined, warning: expect.stringMatching(/^Nothing can be rolled back/), taints: true },
    ],
  ])('%s', (_, target, remedy, onFailure, versions, repair) => {
    expect(decideRepair(target, { remedy }, onFailure, versions)).toMatchObject(repair)
  })

  test('of a service is watched with the earlier revision, and its address stays', () => {
    const taskDefinition = { arn: arn(5), address: 'aws_ecs_task_definition.this' }
    expect(rolledBack(serving, version(5))).toEqual({ ...serving, taskDefinition })
    expect(rolledBack(endpoint, version(5))).toBe(endpoint)
  })

  test('of a target without versions has no version that failed', () => {
    expect(rollbackStarted(instance, { to: version(5), wasPassed: true })).toMatchObject({ from: '', to: 'weather:5' })
    const unknown: EcsService = { ...serving, taskDefinition: undefined }
    expect(rollbackStarted(unknown, { to: version(5), wasPassed: false })).toMatchObject({ from: '', wasPassed: false })
  })

  test('says whether ECS has done it already', () => {
    expect(String(rollbackLine(endpoint, version(5), false))).toBe(`The platform has already gone back to ${arn(5)}.`)
    expect(String(rollbackLine(serving, version(5), true))).toBe(`Rolling weather back to ${arn(5)}.`)
    expect(String(rollbackLine(serving, version(5), false))).toBe(`ECS has already gone back to ${arn(5)}.`)
  })
})

test('the report says what serves, whether that was known to be good, and what the next plan will do', () => {
  const next =
    'Terraform still has weather:7: the next plan with unchanged inputs deploys the broken revision again. Change the image or the settings before the next apply.'
  expect(rollbackStarted(serving, { to: version(5), wasPassed: true })).toMatchObject({
    restored: false,
    sentence: `weather is on its way back to weather:5, and the run ended before it was known whether that serves: run this again. ${next}`,
  })
  expect(rollbackResult(serving, { to: version(5), wasPassed: true }, undefined)).toEqual({
    from: 'weather:7',
    to: 'weather:5',
    wasPassed: true,
    restored: true,
    sentence: `weather runs weather:5 again, which the gate had passed, and it passes the gate now. ${next}`,
  })
  expect(
    rollbackResult(serving, { to: version(6), wasPassed: false }, { sentence: '503 from the load balancer.' }),
  ).toMatchObject({
    restored: false,
    sentence: `weather was rolled back to weather:6, which served before this apply, without a record that the gate had passed it, but it does not pass now: 503 from the load balancer. ${next}`,
  })
})

describe('with AWS', () => {
  const environment = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing', AWS_REGION: 'eu-west-1' }
  let stories: Stories
  beforeEach(async () => {
    stories = await startStories()
    Object.assign(process.env, environment, { AWS_ENDPOINT_URL: stories.url })
  })
  afterEach(async () => {
    for (const name of [...Object.keys(environment), 'AWS_ENDPOINT_URL']) delete process.env[name]
    await stories[Symbol.asyncDispose]()
  })
  const called = () => stories.requests.map(request => request.split(' ')[0])

  test('what passed is noted once under the names of cluster and service, and read back', async () => {
    const parameters = new Map<string, string>()
    stories.add('weather', { parameters })
    expect(await readLastGoodRevision(serving)).toBeUndefined()
    await saveLastGoodRevision(serving)
    await saveLastGoodRevision(serving)
    expect(lastGoodRevisionParameter(serving)).toBe('/terraform-mcp-deploy/prod/weather/passed-task-definition')
    expect([...parameters]).toEqual([[lastGoodRevisionParameter(serving), arn(7)]])
    expect(await readLastGoodRevision(serving)).toEqual(version(7))
    expect(called().filter(action => action === 'PutParameter')).toHaveLength(1)
    await deleteLastGoodRevision(serving)
    expect([...parameters]).toEqual([])
    await deleteLastGoodRevision(serving)
    expect(called().filter(action => action === 'DeleteParameter')).toHaveLength(2)
  })

  test.each([
    ['another family', 'arn:aws:ecs:eu-west-1:123456789012:task-definition/miner:1'],
    ['another account', 'arn:aws:ecs:eu-west-1:999999999999:task-definition/weather:5'],
    ['another region', 'arn:aws:ecs:us-east-1:123456789012:task-definition/weather:5'],
    ['no account', 'weather:5'],
    ['no revision', 'arn:aws:ecs:eu-west-1:123456789012:task-definition/weather'],
  ])('a record that names a revision of %s is not gone back to', async (_, id) => {
    stories.add('weather', { parameters: new Map([[lastGoodRevisionParameter(serving) ?? '', id]]) })
    await expect(readLastGoodRevision(serving)).rejects.toThrow(
      /is not a task definition of weather in its own account/,
    )
  })

  test('a missing permission is named', async () => {
    stories.add('weather', {
      parameters: new Map(),
      refused: { PutParameter: 'AccessDeniedException' },
    })
    await expect(saveLastGoodRevision(serving)).rejects.toThrow(/weather:7 passed the gate.*ssm:PutParameter/)
    stories.add('weather', { refused: { GetParameter: 'AccessDeniedException' } })
    await expect(readLastGoodRevision(serving)).rejects.toThrow(/ssm:GetParameter on it/)
    stories.add('weather', { refused: { DeleteParameter: 'AccessDeniedException' } })
    await expect(deleteLastGoodRevision(serving)).rejects.toThrow(
      /weather\/passed-task-definition.*ssm:DeleteParameter/,
    )
  })

  const at = (number: number) => ({
    status: 'ACTIVE',
    deployments: [{ id: 'ecs-svc/1', status: 'PRIMARY', taskDefinition: arn(number) }],
  })

  test('nothing is asked about a target without versions', async () => {
    const instance = { kind: 'ec2', instanceId: 'i-1', address: undefined }
    expect(await readLastGoodRevision(instance)).toBeUndefined()
    await saveLastGoodRevision(instance)
    await deleteLastGoodRevision(instance)
    expect(stories.requests).toEqual([])
  })

  test('the service is pointed at the revision', async () => {
    stories.add('weather', { services: [at(7)], definition: { taskDefinitionArn: arn(5), status: 'ACTIVE' } })
    expect(await startRollback(serving, version(5))).toBe(true)
    expect(stories.requests.at(-1)).toMatch(/^UpdateService .*weather:5/)
  })

  test('nothing is deployed when ECS has gone back to it by itself', async () => {
    stories.add('weather', { services: [at(5)], definition: { taskDefinitionArn: arn(5), status: 'ACTIVE' } })
    expect(await startRollback(serving, version(5))).toBe(false)
    expect(called()).not.toContain('UpdateService')
  })

  test('a revision that Terraform has deregistered cannot be gone back to, and skip_destroy is named', async () => {
    stories.add('weather', { services: [at(7)], definition: { taskDefinitionArn: arn(5), status: 'INACTIVE' } })
    await expect(startRollback(serving, version(5))).rejects.toThrow(/weather:5 is deregistered.*skip_destroy = true/)
    expect(called()).not.toContain('UpdateService')
  })
})
