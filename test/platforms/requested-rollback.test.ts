/** A rollback that somebody asks for: which version, and what is said about the drift that it leaves. */
import { describe, expect, test } from 'vitest'
import { type EcsService, revision } from '../../src/platforms/ecs/service.ts'
import { platformOf } from '../../src/platforms/index.ts'
import { type LambdaFunction, publishedVersion } from '../../src/platforms/lambda/function.ts'
import type { Target } from '../../src/platforms/platform.ts'
import { decideRequestedRollback, requestedRollback, whyNoRollback } from '../../src/platforms/requested-rollback.ts'

const arn = (number: number, family = 'weather', account = '123456789012') =>
  `arn:aws:ecs:eu-west-1:${account}:task-definition/${family}:${number}`
const service: EcsService = {
  kind: 'ecs',
  cluster: 'prod',
  service: 'weather',
  name: 'weather',
  region: 'eu-west-1',
  taskDefinition: { arn: arn(7), address: 'aws_ecs_task_definition.this' },
}
const lambda: LambdaFunction = {
  kind: 'lambda',
  name: 'weather',
  region: 'eu-west-1',
  alias: 'live',
  version: '7',
  codeSha256: undefined,
  isBuffered: true,
}
const named = (target: Target, name: string) => platformOf(target).versions?.named(target, name)

describe('the name of a version', () => {
  test.each([
    [service, '5', revision(arn(5))],
    [service, 'weather:5', revision(arn(5))],
    [service, arn(5), revision(arn(5))],
    [service, '7', revision(arn(7))],
    [lambda, '5', publishedVersion('weather', '5')],
  ] as const)('%o, %s', (target, name, version) => {
    expect(named(target, name)).toEqual(version)
  })

  test.each([
    [service, 'storms:5'],
    [service, arn(5, 'storms')],
    [service, arn(5, 'weather', '210987654321')],
    [service, arn(5).replace('eu-west-1', 'us-east-1')],
    [service, 'weather'],
    [service, 'weather:0'],
    [service, 'weather:05'],
    [service, '0'],
    [service, '-1'],
    [service, 'latest'],
    [service, 'x/weather:5'],
    [service, ''],
    [{ ...service, taskDefinition: undefined }, '5'],
    [lambda, '$LATEST'],
    [lambda, 'live'],
    [lambda, '0'],
    [lambda, 'weather:5'],
  ] as const)('%o has no version %s', (target, name) => {
    expect(named(target, name)).toBeUndefined()
  })
})

describe('the version to go back to', () => {
  test('is the named one, and the record says whether it has passed', () => {
    expect(decideRequestedRollback(service, '5', revision(arn(5)))).toEqual({ to: revision(arn(5)), wasPassed: true })
    expect(decideRequestedRollback(service, '5', revision(arn(6)))).toEqual({ to: revision(arn(5)), wasPassed: false })
    expect(decideRequestedRollback(service, '5', undefined)).toEqual({ to: revision(arn(5)), wasPassed: false })
  })

  test('is the recorded one without a name', () => {
    expect(decideRequestedRollback(service, undefined, revision(arn(6)))).toEqual({
      to: revision(arn(6)),
      wasPassed: true,
    })
  })

  test('a name of something else is refused with what is allowed', () => {
    expect(decideRequestedRollback(service, 'storms:5', undefined)).toMatchObject({
      code: 'ROLLBACK_VERSION_INVALID',
      sentence:
        'Input rollback-to is "storms:5", which is not a task definition of weather: allowed are a revision such as weather:6, its number 6, or its ARN.',
    })
    expect(decideRequestedRollback(lambda, 'live', undefined)).toMatchObject({
      code: 'ROLLBACK_VERSION_INVALID',
      sentence: expect.stringContaining('allowed are the number of a published version, such as 6.'),
    })
  })

  test('without a name and without an earlier record there is none', () => {
    expect(decideRequestedRollback(service, undefined, undefined)).toMatchObject({ code: 'ROLLBACK_VERSION_MISSING' })
    expect(decideRequestedRollback(service, undefined, revision(arn(7)))).toMatchObject({
      code: 'ROLLBACK_VERSION_MISSING',
      sentence: expect.stringMatching(
        /^weather:7 passed the gate last, and it is the task definition of the newest apply\./,
      ),
    })
  })
})

test.each<[string, Target]>([
  ['an endpoint', { kind: 'endpoint' }],
  ['an instance', { kind: 'ec2', instanceId: 'i-1', address: 'aws_instance.this' } as Target],
  ['a function without an alias', { ...lambda, alias: undefined, version: undefined } as Target],
  ['a service of CodeDeploy', { ...service, controller: 'CODE_DEPLOY' } as Target],
  ['a service whose task definition is not in the state', { ...service, taskDefinition: undefined } as Target],
])('%s cannot go back, whatever is named', (_, target) => {
  expect(whyNoRollback(target)).toMatchObject({ code: 'ROLLBACK_IMPOSSIBLE', sentence: expect.stringMatching(/\.$/) })
  expect(decideRequestedRollback(target, '5', undefined)).toEqual(whyNoRollback(target))
  expect(decideRequestedRollback(target, undefined, undefined)).toEqual(whyNoRollback(target))
})

test('a service and a function with an alias can', () => {
  expect(whyNoRollback(service)).toBeUndefined()
  expect(whyNoRollback(lambda)).toBeUndefined()
})

describe('the report', () => {
  const decision = { to: revision(arn(5)), wasPassed: true }

  test('explains the drift, and what the next plan does', () => {
    const rollback = requestedRollback(service, decision, { failure: undefined })
    expect(rollback).toMatchObject({ from: 'weather:7', to: 'weather:5', restored: true, wasPassed: true })
    expect(rollback.sentence).toBe(
      'weather runs weather:5, and it passes the gate. Terraform still has weather:7: verify reports the difference as drift, and the next apply moves weather to weather:7 again, also if it is about something else. Before that, merge a pull request that reverts the change.',
    )
  })

  test('says that a version does not pass, and that nothing else was tried', () => {
    const rollback = requestedRollback(service, decision, { failure: { sentence: 'It answers 500.' } })
    expect(rollback.restored).toBe(false)
    expect(rollback.sentence).toContain('that does not pass: It answers 500. Nothing else was tried')
  })

  test('of a run that ended early promises nothing', () => {
    const rollback = requestedRollback(service, decision, undefined)
    expect(rollback.restored).toBe(false)
    expect(rollback.sentence).toContain('run the rollback again')
  })

  test('of a return to the newest version has no drift', () => {
    const rollback = requestedRollback(service, { to: revision(arn(7)), wasPassed: false }, { failure: undefined })
    expect(rollback.sentence).toContain('This is the version that Terraform has')
  })
})
