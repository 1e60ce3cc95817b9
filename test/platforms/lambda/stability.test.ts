/** The verdict over what Lambda shows, state by state. */
import { describe, expect, test } from 'vitest'
import { taintTargetOf } from '../../../src/platforms/index.ts'
import type { Alias, FunctionState } from '../../../src/platforms/lambda/client.ts'
import type { LambdaFunction } from '../../../src/platforms/lambda/function.ts'
import { lambda } from '../../../src/platforms/lambda/platform.ts'
import { judgeAlias, judgeLatest, timedOut } from '../../../src/platforms/lambda/stability.ts'
import { decideRepair } from '../../../src/platforms/rollback.ts'
import { decideTaint } from '../../../src/terraform/taint.ts'

const target: LambdaFunction = {
  kind: 'lambda',
  name: 'weather',
  region: 'eu-west-1',
  alias: 'live',
  version: '7',
  codeSha256: 'bmV3IGNvZGU=',
  isBuffered: true,
}
const latest: LambdaFunction = { ...target, alias: undefined, version: undefined }
const at = (version: string, more: Partial<Alias> = {}): Alias => ({
  version,
  weights: {},
  revisionId: 'r',
  ...more,
})
const none = { code: '', text: '' }
const active = (more: Partial<FunctionState> = {}): FunctionState => ({
  version: '7',
  codeSha256: 'bmV3IGNvZGU=',
  state: 'Active',
  stateReason: none,
  lastUpdate: 'Successful',
  lastUpdateReason: none,
  logGroup: '/aws/lambda/weather',
  timeoutSeconds: 30,
  ...more,
})

describe('an alias', () => {
  test('on our version, which can be invoked, serves; also when AWS has put it to sleep', () => {
    const serving = { kind: 'serving', version: { id: '7', label: 'version 7 of weather' }, running: 1 }
    expect(judgeAlias(target, at('7'), active())).toEqual(serving)
    expect(judgeAlias(target, at('7'), active({ state: 'Inactive' }))).toEqual(serving)
  })

  test.each([
    [
      'the version is being made',
      at('7'),
      active({ state: 'Pending', stateReason: { code: 'Creating', text: 'The function is being created.' } }),
      /version 7 of weather is Pending: Creating: The function/,
    ],
    [
      'addresses run out, which AWS tries again',
      at('7'),
      active({ state: 'Failed', stateReason: { code: 'EniLimitExceeded', text: '' } }),
      /Failed: EniLimitExceeded/,
    ],
    [
      'the requests are split',
      at('7', { weights: { '6': 0.5 } }),
      active(),
      /live of weather still splits its requests/,
    ],
    [
      'the requests are split, and the larger part goes to the old version',
      at('6', { weights: { '7': 0.1 } }),
      active(),
      /still splits/,
    ],
  ])('waits: %s', (_, alias, state, what) => {
    expect(judgeAlias(target, alias, state)).toMatchObject({ kind: 'waiting', for: expect.stringMatching(what) })
  })

  test('that splits its requests as the configuration does serves, and the label says so', () => {
    const canary = { ...target, weights: { '8': 0.1 } }
    expect(judgeAlias(canary, at('7', { weights: { '8': 0.1 } }), active())).toEqual({
      kind: 'serving',
      version: { id: '7', label: 'version 7 of weather, and by the configuration 10 % of the requests to version 8' },
      running: 1,
    })
    for (const alias of [
      at('7', { weights: { '8': 0.2 } }),
      at('7', { weights: { '9': 0.1 } }),
      at('6', { weights: { '8': 0.1 } }),
    ])
      expect(judgeAlias(canary, alias, active())).toMatchObject({ kind: 'waiting' })
    // Something else has ended the split: all requests go to the version of the state.
    expect(judgeAlias(canary, at('7'), active())).toMatchObject({ kind: 'serving', version: { id: '7' } })
  })

  test.each([
    ['there is no alias', undefined, undefined, 'LAMBDA_NO_FUNCTION', /no alias live of a function weather/],
    ['there is no version', at('7'), undefined, 'LAMBDA_NO_FUNCTION', /no version 7 of weather/],
    ['the alias is elsewhere', at('8'), active(), 'LAMBDA_SUPERSEDED', /points at version 8, not at version 7/],
  ])('%s: nothing to replace', (_, alias, state, code, sentence) => {
    expect(judgeAlias(target, alias, state)).toMatchObject({
      kind: 'failed',
      failure: { code, sentence: expect.stringMatching(sentence), remedy: 'config' },
      // An answer of before the apply looks the same, so it is asked again.
      mayBeStale: true,
    })
  })

  test.each([
    'ImageAccessDenied',
    'ImageDeleted',
    'InvalidImage',
    'InvalidRuntime',
    'InvalidConfiguration',
    'InvalidZipFileException',
    'FunctionErrorInitTimeout',
    'KMSKeyAccessDenied',
    'KMSKeyNotFound',
    'DisabledKMSKey',
    'InvalidSubnet',
    'InvalidSecurityGroup',
    'InsufficientRolePermissions',
  ])('%s does not end by itself', reason => {
    const state = active({ state: 'Failed', stateReason: { code: reason, text: 'AWS says why.' } })
    expect(judgeAlias(target, at('7'), state)).toEqual({
      kind: 'failed',
      failure: expect.objectContaining({
        code: 'LAMBDA_FAILED',
        sentence: `Lambda cannot run version 7 of weather: ${reason}: AWS says why.`,
      }),
    })
  })
})

describe('$LATEST', () => {
  test('serves when its last update is over and has our package', () => {
    expect(judgeLatest(latest, active())).toMatchObject({
      kind: 'serving',
      version: { label: 'code bmV3IGNvZGU= of weather' },
    })
  })

  test.each([
    [
      'the old code answers during the update',
      active({ lastUpdate: 'InProgress', codeSha256: 'b2xk' }),
      'waiting',
      /the old code answers/,
    ],
    [
      'the update failed for good',
      active({ lastUpdate: 'Failed', lastUpdateReason: { code: 'InvalidImage', text: 'no arm64.' } }),
      'failed',
      /could not update weather: InvalidImage: no arm64\. The old code still answers\.$/,
    ],
    [
      'the update failed, and AWS tries again',
      active({ lastUpdate: 'Failed', lastUpdateReason: { code: 'SubnetOutOfIPAddresses', text: '' } }),
      'waiting',
      /SubnetOutOfIPAddresses/,
    ],
    [
      'somebody put other code there',
      active({ codeSha256: 'c29tZWJvZHk=' }),
      'failed',
      /it is c29tZWJvZHk=, not bmV3IGNvZGU=/,
    ],
    ['it is gone', undefined, 'failed', /no function weather/],
  ])('%s', (_, state, kind, text) => {
    const judged = judgeLatest(latest, state)
    expect(judged.kind).toBe(kind)
    expect(judged.kind === 'failed' ? judged.failure.sentence : judged.kind === 'waiting' ? judged.for : '').toMatch(
      text,
    )
  })

  test('has no way back, and the reason names what would give one', () => {
    expect(
      decideRepair(latest, { remedy: 'replace' }, 'rollback', { passed: undefined, previous: undefined }),
    ).toMatchObject({
      rollback: undefined,
      warning: expect.stringMatching(/keeps no earlier code\. Publish versions \(publish = true\)/),
    })
  })
})

test('a time-out while the alias only moves is no fault of the version', () => {
  const moving = judgeAlias(target, at('7', { weights: { '6': 0.5 } }), active())
  if (moving.kind !== 'waiting') throw new Error('It does not wait.')
  expect(timedOut(target, 60_000, moving).failure).toMatchObject({ code: 'LAMBDA_STILL_MOVING', remedy: 'config' })
})

test('a function is never tainted: its URL and permissions would go with it', () => {
  expect(decideTaint(taintTargetOf(target), { remedy: 'replace' }, 'taint')).toEqual({
    address: undefined,
    why: 'Nothing was tainted: a replacement of the function weather would take its URL and its permissions with it.',
  })
})

test('a failure goes back to the version that passed, else to the one before the apply', () => {
  const [passed, previous] = ['5', '6'].map(version => lambda.versions?.ofId(target, version))
  const decide = (known: { passed: typeof passed; previous: typeof previous }) =>
    decideRepair(target, { remedy: 'replace' }, 'rollback', known).rollback
  expect(decide({ passed, previous })).toEqual({ to: passed, wasPassed: true })
  expect(decide({ passed: undefined, previous })).toEqual({ to: previous, wasPassed: false })
  // The record may name the version that fails now.
  expect(decide({ passed: lambda.versions?.ofId(target, '7'), previous })).toEqual({ to: previous, wasPassed: false })
})

test.each(['$LATEST', 'live', '0', '7:8', 'arn:aws:lambda:us-east-1:1:function:x:7'])(
  'a record that names %s is not used for a rollback',
  id => {
    expect(lambda.versions?.ofId(target, id)).toBeUndefined()
  },
)
