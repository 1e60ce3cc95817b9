import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Parameters } from '../../src/platforms/aws/parameters.ts'
import type { EcsService } from '../../src/platforms/deployment.ts'
import { Ecs } from '../../src/platforms/ecs/client.ts'
import {
  decideRollback,
  deleteLastGoodRevision,
  lastGoodRevisionParameter,
  readLastGoodRevision,
  rollbackResult,
  rollbackStarted,
  saveLastGoodRevision,
  startRollback,
} from '../../src/platforms/rollback.ts'
import { type Stories, startStories } from '../support/aws-stories.ts'

const arn = (revision: number) => `arn:aws:ecs:eu-west-1:123456789012:task-definition/weather:${revision}`
const serving: EcsService = {
  kind: 'ecs',
  cluster: 'arn:aws:ecs:eu-west-1:123456789012:cluster/prod',
  service: 'weather',
  region: 'eu-west-1',
  taskDefinition: { arn: arn(7), address: 'aws_ecs_task_definition.this' },
}
const broken = { remedy: 'replace' } as const

describe('what is gone back to', () => {
  test.each<[string, string | undefined, string | undefined, object]>([
    ['what passed last', arn(5), arn(6), { to: arn(5), wasPassed: true }],
    ['without a record, what served before', undefined, arn(6), { to: arn(6), wasPassed: false }],
    ['with a record of the failed one, what served before', arn(7), arn(6), { to: arn(6), wasPassed: false }],
    ['nothing on a first deployment', undefined, undefined, { to: undefined, instead: 'taint' }],
    ['nothing when only the failed one is known', arn(7), arn(7), { to: undefined, instead: 'taint' }],
    ['nothing when the failed one served before unverified', undefined, arn(7), { to: undefined, instead: 'taint' }],
  ])('%s', (_, passed, previous, decision) => {
    expect(decideRollback(serving, broken, passed, previous)).toMatchObject(decision)
  })

  test('nothing, and no taint, for what lies around the server', () => {
    const decision = decideRollback(serving, { remedy: 'config' }, arn(5), arn(6))
    expect(decision).toMatchObject({
      to: undefined,
      instead: 'nothing',
      why: expect.stringMatching(/around the server/),
    })
  })

  test('nothing when it is not known what failed', () => {
    const decision = decideRollback({ ...serving, taskDefinition: undefined }, broken, arn(5), arn(6))
    expect(decision).toMatchObject({ to: undefined, instead: 'nothing' })
  })
})

test('the report says what serves, whether that was known to be good, and what the next plan will do', () => {
  const next =
    'Terraform still wants weather:7: the next plan with unchanged inputs deploys the broken revision again. Change the image or the settings before the next apply.'
  expect(rollbackStarted(serving, { to: arn(5), wasPassed: true })).toMatchObject({
    restored: false,
    sentence: `weather is on its way back to weather:5, and the run ended before it was known whether that serves: run this again. ${next}`,
  })
  expect(rollbackResult(serving, { to: arn(5), wasPassed: true }, undefined)).toEqual({
    from: 'weather:7',
    to: 'weather:5',
    wasPassed: true,
    restored: true,
    sentence: `weather runs weather:5 again, which the gate had passed, and it passes the gate now. ${next}`,
  })
  expect(
    rollbackResult(serving, { to: arn(6), wasPassed: false }, { sentence: '503 from the load balancer.' }),
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
    const client = new Parameters('eu-west-1')
    expect(await readLastGoodRevision(client, serving)).toBeUndefined()
    await saveLastGoodRevision(client, serving)
    await saveLastGoodRevision(client, serving)
    expect(lastGoodRevisionParameter(serving)).toBe('/terraform-mcp-deploy/prod/weather/passed-task-definition')
    expect([...parameters]).toEqual([[lastGoodRevisionParameter(serving), arn(7)]])
    expect(await readLastGoodRevision(client, serving)).toBe(arn(7))
    expect(called().filter(action => action === 'PutParameter')).toHaveLength(1)
    await deleteLastGoodRevision(client, serving)
    expect([...parameters]).toEqual([])
    await deleteLastGoodRevision(client, serving)
    expect(called().filter(action => action === 'DeleteParameter')).toHaveLength(2)
  })

  test('a missing permission is named', async () => {
    stories.add('weather', {
      parameters: new Map(),
      refused: { PutParameter: 'AccessDeniedException' },
    })
    const client = new Parameters('eu-west-1')
    await expect(saveLastGoodRevision(client, serving)).rejects.toThrow(/weather:7 passed the gate.*ssm:PutParameter/)
    stories.add('weather', { refused: { GetParameter: 'AccessDeniedException' } })
    await expect(readLastGoodRevision(client, serving)).rejects.toThrow(/ssm:GetParameter on it/)
    stories.add('weather', { refused: { DeleteParameter: 'AccessDeniedException' } })
    await expect(deleteLastGoodRevision(client, serving)).rejects.toThrow(
      /weather\/passed-task-definition.*ssm:DeleteParameter/,
    )
  })

  const at = (revision: number) => ({
    status: 'ACTIVE',
    deployments: [{ id: 'ecs-svc/1', status: 'PRIMARY', taskDefinition: arn(revision) }],
  })

  test('the service is pointed at the revision', async () => {
    stories.add('weather', { services: [at(7)], definition: { taskDefinitionArn: arn(5), status: 'ACTIVE' } })
    expect(await startRollback(new Ecs('eu-west-1'), serving, arn(5))).toBe(true)
    expect(stories.requests.at(-1)).toMatch(/^UpdateService .*weather:5/)
  })

  test('nothing is deployed when ECS has gone back to it by itself', async () => {
    stories.add('weather', { services: [at(5)], definition: { taskDefinitionArn: arn(5), status: 'ACTIVE' } })
    expect(await startRollback(new Ecs('eu-west-1'), serving, arn(5))).toBe(false)
    expect(called()).not.toContain('UpdateService')
  })

  test('a revision that Terraform has deregistered cannot be gone back to, and skip_destroy is named', async () => {
    stories.add('weather', { services: [at(7)], definition: { taskDefinitionArn: arn(5), status: 'INACTIVE' } })
    await expect(startRollback(new Ecs('eu-west-1'), serving, arn(5))).rejects.toThrow(
      /weather:5 is deregistered.*skip_destroy = true/,
    )
    expect(called()).not.toContain('UpdateService')
  })
})
